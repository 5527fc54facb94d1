"""The Denied Persons List of the Bureau of Industry and Security: those to whom export privileges are denied, as one TSV.

A row is an address, not an entry: the rows of one name under the same order are one target. The register has no key, so
the name and the earliest notice in the Federal Register compose it; the file gives a country to an address only, and
adds or removes it between editions, so that no country stands in the key.
"""

from collections.abc import Iterator

from pipeline.dates import UnreadableDate, english
from pipeline.documents import Document
from pipeline.identifiers import composed_key
from pipeline.readers.delimited import rows
from pipeline.readers.federal_register import Citation, citations
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
    Reject,
    Target,
)
from pipeline.sources import Source

COLUMNS = (
    "Name", "Street_Address", "City", "State", "Country", "Postal_Code", "Effective_Date", "Expiration_Date",
    "Standard_Order", "Last_Update", "Action", "FR_Citation",
)  # fmt: skip
_ADDRESS = ("Street_Address", "City", "State", "Postal_Code", "Country")
_FACTS = ("Standard_Order", "Action", "FR_Citation")

Row = dict[str, str]


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield the programme and its measure, then each denied person with its addresses and dates, in the order of the file."""
    entries: dict[str, list[Row]] = {}
    for raw in rows(document, COLUMNS, delimiter="\t"):
        row = {column: " ".join(value.split()) for column, value in raw.items()}
        entries.setdefault(_key(row), []).append(row)
    yield from _measure(source)
    for key, same in entries.items():
        yield from _entry(key, same, source.facts["measure"]["key"])


def _key(row: Row) -> str:
    notices = citations(row["FR_Citation"])
    return composed_key(name=row["Name"], notice=notices[0].number if notices else None)


def _measure(source: Source) -> Iterator[Record]:
    facts = source.facts["measure"]
    yield Programme(facts["programme"], facts["programme"], facts["url"])
    yield Measure(
        facts["key"], facts["type_text"], "/rows", "listed_targets",
        programme_key=facts["programme"], authority_name=source.publisher_name, title=facts["title"],
    )  # fmt: skip
    for act in facts["acts"]:
        yield Instrument(act["number"], act["type_text"], url=act["read_at"])
        yield MeasureInstrument(facts["key"], act["number"], "authority", act["provision"])


def _entry(key: str, same: list[Row], measure: str) -> Iterator[Record]:
    name = same[0]["Name"]
    locator = f"/rows[normalize-space(Name)={_quoted(name)}][Effective_Date='{same[0]['Effective_Date']}']"
    yield Target(key, "denied person", name, locator, key_kind="composed")
    yield Name(key, name, "Name")
    yield from dict.fromkeys(_address(key, row) for row in same if any(row[part] for part in _ADDRESS))
    yield from dict.fromkeys(Fact(key, label, row[label]) for label in _FACTS for row in same if row[label])
    yield Listing(key, measure)
    for label in ("Last_Update", "Effective_Date", "Expiration_Date"):
        yield from _dated(key, same, label, locator, measure)
    yield from _published(key, _notices(same), locator, measure)


def _quoted(text: str) -> str:
    return f"'{text}'" if "'" not in text else f'"{text}"'


def _address(key: str, row: Row) -> Address:
    return Address(
        key, ", ".join(row[part] for part in _ADDRESS if row[part]), row["City"] or None, row["State"] or None,
        row["Postal_Code"] or None, row["Country"] or None,
    )  # fmt: skip


def _notices(same: list[Row]) -> list[Citation]:
    return citations(" ".join(row["FR_Citation"] for row in same))


# ---- Days ----
def _dated(key: str, same: list[Row], label: str, locator: str, measure: str) -> Iterator[Record]:
    """One record for each day that the rows give under this label; the rows of one entry may differ."""
    for text in dict.fromkeys(row[label] for row in same if row[label]):
        try:
            day = english(text, is_day_first=False)
        except UnreadableDate as error:
            yield Reject(locator, "dates", "malformed_date", f"{label}: {error}", text, key)
            continue
        if label == "Last_Update":
            yield Fact(key, label, text, day)
        elif label == "Expiration_Date":
            yield DatedStep(measure, "expire", "unspecified", day, key, source_step_key=f"{label} {text}")
        else:
            yield _effective(key, same, day, measure)


def _effective(key: str, same: list[Row], day: Period, measure: str) -> DatedStep:
    """The first day of the order; of a later one where it is after the first of several notices (a renewed order)."""
    notices = _notices(same)
    days = [notice.published.earliest for notice in notices if notice.published and notice.published.earliest]
    step_key = f"Effective_Date {day.text}"
    if len(notices) < 2 or not days or day.earliest is None or day.earliest <= min(days):
        return DatedStep(measure, "list", "effective", day, key, source_step_key=step_key)
    is_renewal = any("RENEWAL" in row["Action"].upper() for row in same)
    return DatedStep(measure, "renew" if is_renewal else "amend", "effective", day, key, source_step_key=step_key)


def _published(key: str, notices: list[Citation], locator: str, measure: str) -> Iterator[Record]:
    """The notices: the earliest made the denial known, each later one changed or renewed it."""
    for place, notice in enumerate(notices):
        yield Instrument(notice.number, "Federal Register notice", locator=locator)
        if notice.published:
            yield DatedStep(
                measure, "amend" if place else "list", "published", notice.published, key,
                instrument_number=notice.number, source_step_key=notice.number,
            )  # fmt: skip
