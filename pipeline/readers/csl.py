"""The Consolidated Screening List of the United States, as one CSV: the lists of three departments, each row naming its own.

A source reads the lists that its `.toml` holds as `[[list]]`; the rows of the others, OFAC's own lists among them, are those
of other registers and add nothing here. A list that no table knows stops the source. The register has no key, so that
the name, the country of the first address, the earliest notice and the place among equals compose it.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pipeline.documents import Document
from pipeline.identifiers import composed_key
from pipeline.readers.delimited import rows
from pipeline.readers.federal_register import Citation, citations
from pipeline.readers.xml import UnknownContent
from pipeline.records import (
    Address,
    DatedStep,
    Fact,
    Instrument,
    Listing,
    Measure,
    MeasureInstrument,
    Name,
    Period,
    Programme,
    Record,
    Target,
)

if TYPE_CHECKING:  # a source imports its reader
    from pipeline.sources import Source

COLUMNS = (
    "_id", "source", "entity_number", "type", "programs", "name", "title", "addresses", "federal_register_notice", "start_date",
    "end_date", "standard_order", "license_requirement", "license_policy", "call_sign", "vessel_type", "gross_tonnage",
    "gross_registered_tonnage", "vessel_flag", "vessel_owner", "remarks", "source_list_url", "alt_names", "citizenships",
    "dates_of_birth", "nationalities", "places_of_birth", "source_information_url", "ids",
)  # fmt: skip
# _id is a digest of the row, new with every change of it: a place, and no key. The two addresses are those of the list.
_OF_THE_LIST = ("_id", "source", "source_list_url", "source_information_url")
_READ = ("name", "addresses", "start_date", "end_date", "alt_names", "programs")
_FACTS = ("license_requirement", "license_policy", "standard_order", "remarks", "federal_register_notice")
_FIRST_YEAR = 1936  # of the Federal Register; every volume is a year. 0017-05-26 and 0097-06-30 are slips of the file.
_SEPARATOR = re.compile(r";\s*(?:and\s+)?")

Row = dict[str, str]
Table = Mapping[str, Any]


def parse(document: Document, source: "Source") -> Iterator[Record]:
    """Yield each list of the source with its measures, and its entries, in the order of the document.

    Raises UnknownContent for a list that neither this source nor another reads, and for a column that a list never filled.
    """
    tables: dict[str, Table] = {table["word"]: table for table in source.facts["list"]}
    entries: dict[str, list[Row]] = {word: [] for word in tables}
    for raw in rows(document, COLUMNS):
        row = {column: " ".join(value.split()) for column, value in raw.items()}
        if row["source"] in entries:
            entries[row["source"]].append(row)
        elif row["source"] not in source.facts["read_elsewhere"]:
            raise UnknownContent(f"{source.source_id}: no table knows the list {row['source']!r}, row {row['_id']}")
    for word, table in tables.items():
        yield from _founded(table, source)
        for key, same in _keyed(entries[word], table, source).items():
            yield from _entry(key, same, table, source)


def _founded(table: Table, source: "Source") -> Iterator[Record]:
    """The programmes of a list and their measures, each with the acts of the table."""
    for measure in table["measure"]:
        programme = measure.get("programme", table["key"])
        yield Programme(programme, measure.get("programme_name", programme), table["url"])
        yield Measure(
            measure["key"], measure["type_text"], f"/rows[source='{table['word']}']", "listed_targets",
            programme_key=programme, authority_name=source.publisher_name, title=measure["title"],
        )  # fmt: skip
        for act in measure["acts"]:
            yield Instrument(act["number"], act["type_text"], url=act["read_at"])
            yield MeasureInstrument(measure["key"], act["number"], "authority", act.get("provision"))


# ---- Entries ----
def _keyed(found: list[Row], table: Table, source: "Source") -> dict[str, list[Row]]:
    """The rows of each entry. Of the Denied Persons List a row is an address, of the others an entry."""
    entries: dict[str, list[Row]] = {}
    for row in sorted(found, key=lambda row: (row["start_date"], row["addresses"])):
        notices = citations(row["federal_register_notice"])
        notice = notices[0].number if notices else row["federal_register_notice"] or None
        country = None if table.get("is_by_address") else _country(row["addresses"], source)
        ordinal = 1
        while (key := composed_key(name=row["name"], country=country, notice=notice, ordinal=ordinal)) in entries:
            if table.get("is_by_address"):
                break
            ordinal += 1
        entries.setdefault(key, []).append(row)
    return entries


def _entry(key: str, same: list[Row], table: Table, source: "Source") -> Iterator[Record]:
    first = same[0]
    _must_be_known(same, table)
    yield Target(key, table["target_type"], first["name"], f"/rows[_id='{first['_id']}']", key_kind="composed")
    yield Name(key, first["name"], "name")
    yield from dict.fromkeys(Name(key, name, "alt_names") for row in same for name in _parts(row["alt_names"]))
    addresses = dict.fromkeys(address for row in same for address in _parts(row["addresses"]))
    for address in addresses:
        yield Address(key, address, country_text=_country(address, source))
    for label in _FACTS:
        word = table.get("facts", {}).get(label, label)
        yield from dict.fromkeys(Fact(key, word, row[label]) for row in same if row[label])
    for measure in _measures(same, table):
        yield Listing(key, measure["key"], table["basis"])
        yield from _dated(key, same, measure["key"], table)
    yield from dict.fromkeys(Fact(key, "start_date", row["start_date"]) for row in same if row["start_date"] and not _day(row))
    yield from dict.fromkeys(_notice(notice) for notice in _notices(same))


def _must_be_known(same: list[Row], table: Table) -> None:
    read = {*_OF_THE_LIST, *_READ, *_FACTS}
    for row in same:
        strange = [column for column in COLUMNS if row[column] and column not in read]
        strange += [column for column in ("programs", "end_date") if row[column] and not table.get(f"has_{column}")]
        if strange:
            raise UnknownContent(
                f"{table['word']}: {', '.join(strange)} has content in the row {row['_id']}, which it never had"
            )


def _measures(same: list[Row], table: Table) -> list[Table]:
    """The measures that an entry stands under: those of its list, or of the laws that it names."""
    if not table.get("has_programs"):
        return list(table["measure"])
    named = {word for row in same for word in _parts(row["programs"])}
    found = [measure for measure in table["measure"] if named & set(measure["words"])]
    unknown = named - {word for measure in found for word in measure["words"]}
    if unknown or not named:
        raise UnknownContent(f"{table['word']}: no measure has the words {', '.join(sorted(unknown)) or 'of an empty cell'}")
    return found


def _parts(text: str) -> list[str]:
    return [part.strip(" ;") for part in _SEPARATOR.split(text) if part.strip(" ;")]


def _country(addresses: str, source: "Source") -> str | None:
    """The last word of the first address that names a country; addresses in the United States often name none."""
    for address in _parts(addresses):
        last = address.rsplit(",", 1)[-1].strip()
        if last in source.words["country"]:
            return last
    return None


# ---- Days ----
def _notices(same: list[Row]) -> list[Citation]:
    return citations(" ".join(row["federal_register_notice"] for row in same))


def _notice(notice: Citation) -> Instrument:
    address = f"https://www.federalregister.gov/citation/{notice.volume}-FR-{notice.page}"
    return Instrument(notice.number, "Federal Register notice", url=address)


def _day(row: Row) -> dt.date | None:
    day = dt.date.fromisoformat(row["start_date"]) if row["start_date"] else None
    return day if day and day.year >= _FIRST_YEAR else None


def _dated(key: str, same: list[Row], measure: str, table: Table) -> Iterator[DatedStep]:
    """The days of the listing. `start_date` is that of a later act where the earliest notice is of an earlier day or year."""
    notices = [(notice, notice.published or _year(notice)) for notice in _notices(same)]
    first = notices[0][1].latest if notices else None
    step = table.get("start_step", "unspecified")
    for row in same:
        if (day := _day(row)) is not None:
            is_later = first is not None and day > first and len(notices) > 1
            period = Period.of_day(day, row["start_date"])
            step_key = f"Effective_Date {day:%m/%d/%Y}" if step == "effective" else f"start_date {day}"
            yield DatedStep(measure, "amend" if is_later else "list", step, period, key, source_step_key=step_key)
        if row["end_date"]:
            end = dt.date.fromisoformat(row["end_date"])
            step_key = f"Expiration_Date {end:%m/%d/%Y}"
            yield DatedStep(
                measure, "expire", "unspecified", Period.of_day(end, row["end_date"]), key, source_step_key=step_key
            )
    for place, (notice, period) in enumerate(notices):
        yield DatedStep(measure, "amend" if place else "list", "published", period, key, notice.number, notice.number)


def _year(notice: Citation) -> Period:
    """The year of a notice that is cited without its day."""
    year = _FIRST_YEAR - 1 + notice.volume
    derivation = f"volume {notice.volume} of the Federal Register is that of {year}"
    return Period.of_years(year, year, notice.number)._replace(derivation=derivation)
