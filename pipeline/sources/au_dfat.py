"""Australia's Consolidated List: one workbook, a row for every name, so that an entry is the rows of one reference number.

`12` is the entry and its primary name, `12a`, `12b` … are its other names. Since 2026 flags say which measures an entry stands
under; before, it stands on the list of its committee and no more is said. Days of listing and change stand in sentences;
Control Date is the day on which the row was last changed, and no listing.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from pipeline.dates import UnreadableDate, english, excel_serial
from pipeline.documents import Document
from pipeline.readers.workbook import Cell, sheets
from pipeline.records import (
    Action,
    Address,
    DatedStep,
    Fact,
    Identifier,
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
from pipeline.sources import Source


class UnknownContent(ValueError):
    """A sheet, column, reference number, committee or type of cell that the parser does not know: news, to be looked up."""


FLAGS = ("Targeted Financial Sanction", "Travel Ban", "Arms Embargo", "Maritime Restriction")
COLUMNS = (
    "Reference", "Name of Individual or Entity", "Type", "Name Type", "Alias Strength", "Date of Birth", "Place of Birth",
    "Citizenship", "Address", "Additional Information", "Listing Information", "IMO Number", "Committees", "Control Date",
    "Instrument of Designation", *FLAGS,
)  # fmt: skip
_SINCE_2026 = {"Alias Strength", "IMO Number", "Instrument of Designation", *FLAGS}
COLUMNS_BEFORE_2026 = tuple(column for column in COLUMNS if column not in _SINCE_2026)
_ON_THE_LIST = "Consolidated List"  # what an entry without flags stands under

_REFERENCE = re.compile(r"(?P<number>\d+)(?P<letters>[a-z]*)", re.IGNORECASE)
_UN_REFERENCE = re.compile(r"(?P<number>[A-Z]{2}[ie]\.\d{3})\b")
_FORMERLY = re.compile(r"Formerly listed on the RBA(?: Consolidated List)? as (?P<number>\d{4}[A-Z]{3}\d{4})")
_LETTERED = re.compile(r"(?:^|(?<=\s))([a-z])\) ?")
_BIRTHS = re.compile(r"[,;\n\r]+|(?<=\d{4})\s+(?=\d{1,2}/)")
_BRACKETS = re.compile(r"\([^()]*\)")

# 2 Sep. 2014; 25 January 2001; 1st June 2017; 13/09/2025
_DAY = (
    r"(?:\d{1,2}(?:st|nd|rd|th)? ?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?,? ?\d{4}|\d{1,2}/\d{1,2}/\d{4})"
)
_DAYS = rf"{_DAY}(?:(?:, and|,| and|;| and subsequently) ?(?:on )?{_DAY})*"
_CLAUSE = re.compile(
    r"(?<!formerly )\b(?P<verb>(?:first |last |lasted )?listed|re-?listed|designated|amended|updated)"
    r"(?: this (?:entity|person|individual)| afresh| by [^.;]{1,90}?(?= on)| under the Autonomous Sanctions Regulations 2011)*"
    rf"(?: ?on)?:? ?(?P<days>{_DAYS})",
    re.IGNORECASE,
)
# The Minister declared on 8 February 2018 …, that this listing would continue to have effect.
_CONTINUED = re.compile(
    rf"(?:declared on (?P<declared>{_DAYS})(?=[^.]*\bcontinue)|Continued in effect [^.]*?made on (?P<made>{_DAYS}))",
    re.IGNORECASE,
)
_BY_PARAGRAPH = re.compile(
    rf"(?:Listed )?on (?P<day>{_DAY}) pursuant to (?P<paragraph>paragraph \d+ of resolution \d+)", re.IGNORECASE
)
# Titles of instruments; brackets, amendment and number are parts of them.
_TITLE = re.compile(
    r"(?:Autonomous Sanctions|Charter of (?:the )?United Nations(?: Act 1945)?)"
    r"(?: \((?:[^()]|\([^()]*\))*\))?(?: Amendment)?(?: \(No\.? ?\d+\))? (?P<kind>Instrument|List|Listing|Designation) \d{4}"
    r"(?: ?\(No\.? ?\d+\))?"
)
_DASH = re.compile(r"\s*[–—]\s*|\s+-\s+|(?<=Persons)-(?=[A-Z])")

Row = dict[str, Cell]
_Told = dict[tuple[Action, dt.date], str]


class _Entry(NamedTuple):
    key: str
    locator: str
    type_text: str
    committee: str
    rows: list[Row]


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield the committees and measures that the list names, then each entry with all its rows, in the order of the sheet.

    Raises UnknownContent for a sheet, column, reference number or committee never seen before.
    """
    entries = list(_entries(document))
    countries = set(source.words["country"]) | {name for entry in entries for name in _citizenships(entry.rows)}
    yield from _measures(entries, source)
    for entry in entries:
        yield from _said(entry, countries, source)


# ---- Rows ----
def _entries(document: Document) -> Iterator[_Entry]:
    entries: dict[str, list[Row]] = {}
    for row in _rows(document):
        reference = _text(row["Reference"])
        found = _REFERENCE.fullmatch(reference)
        if not found:
            raise UnknownContent(f"expected a reference number as in 12 or 12a; came {reference!r}: {str(row)[:300]}")
        entries.setdefault(found["number"], []).append(row)
    for key, rows in entries.items():
        kinds, committees = (list(dict.fromkeys(_text(row[label]) for row in rows)) for label in ("Type", "Committees"))
        if len(kinds) > 1 or len(committees) > 1:
            raise UnknownContent(f"the rows of reference {key} are of {kinds} and under {committees}; expected one of each")
        yield _Entry(key, f"/rows[Reference='{key}']", kinds[0], committees[0], rows)


def _rows(document: Document) -> Iterator[Row]:
    """The rows of the only sheet by column; the sheet of 2024 is declared 255 columns wide, of which 12 are used."""
    filled = [sheet for sheet in sheets(document) if any(any(cell != "" for cell in row) for row in sheet.rows)]
    if len(filled) != 1:
        raise UnknownContent(f"expected one sheet; came {[sheet.name for sheet in filled]}")
    header, *rows = filled[0].rows
    columns = tuple(_text(cell) for cell in header if cell != "")
    if columns not in (COLUMNS, COLUMNS_BEFORE_2026) or any(cell != "" for row in rows for cell in row[len(columns) :]):
        raise UnknownContent(f"expected the columns {', '.join(COLUMNS)}, or those before 2026; came {', '.join(columns)}")
    for row in rows:
        if any(cell != "" for cell in row):
            yield dict.fromkeys(COLUMNS, "") | dict(zip(columns, row, strict=False))


def _text(cell: Cell) -> str:
    """The cell on one line; a whole number without its fraction, a day in ISO."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return " ".join(str(cell).split())


def _texts(entry: _Entry, label: str) -> list[str]:
    """The different texts of a column in the rows of an entry, in their order."""
    return list(dict.fromkeys(text for row in entry.rows if (text := _text(row[label])) and text.lower() != "na"))


# ---- Committees and measures ----
def _measures(entries: Iterable[_Entry], source: Source) -> Iterator[Record]:
    """What the document names: each committee once, each measure under it once."""
    acts = {act["number"]: act for act in source.facts["act"]}
    wanted = dict.fromkeys((entry.committee, flag) for entry in entries for flag in _flags(entry))
    for word in dict.fromkeys(committee for committee, _ in wanted):
        programme = _programme(word, source)
        yield Programme(programme["key"], programme["key"], territory_texts=tuple(programme["territory_texts"]))
        for number in programme["acts"]:
            act = acts[number]
            yield Instrument(number, act["type_text"], url=act.get("url"), locator=f"/rows[Committees={_quoted(word)}]")
    for word, flag in wanted:
        programme = _programme(word, source)
        key = f"{programme['key']}|{flag}"
        yield Measure(
            key, flag, f"/rows[Committees={_quoted(word)}]", "vessels" if flag == "Maritime Restriction" else "listed_targets",
            programme_key=programme["key"], authority_name=source.publisher_name,
            territory_texts=tuple(programme["territory_texts"]),
        )  # fmt: skip
        for number in programme["acts"]:
            yield MeasureInstrument(key, number, "authority", acts[number].get("provisions", {}).get(flag))


def _programme(word: str, source: Source) -> Mapping[str, Any]:
    for programme in source.facts["programme"]:
        if word in programme["words"]:
            found: Mapping[str, Any] = programme
            return found
    raise UnknownContent(f"the committee {word!r} is not among the words of [[programme]] in au_dfat.toml")


def _flags(entry: _Entry) -> list[str]:
    """The measures that the entry's flags say; the list alone where the layout has no flags."""
    if all(row[flag] == "" for row in entry.rows for flag in FLAGS):
        return [_ON_THE_LIST]
    strange = {row[flag] for row in entry.rows for flag in FLAGS} - {True, False}
    if strange:
        raise UnknownContent(f"reference {entry.key}: a flag says {sorted(map(str, strange))}; expected true or false")
    return [flag for flag in FLAGS if any(row[flag] is True for row in entry.rows)]


def _quoted(text: str) -> str:
    return f"'{text}'" if "'" not in text else f'"{text}"'


# ---- An entry ----
def _said(entry: _Entry, countries: set[str], source: Source) -> Iterator[Record]:
    primary = next((row for row in entry.rows if row["Name Type"] == "Primary Name"), entry.rows[0])
    yield Target(entry.key, entry.type_text, _text(primary["Name of Individual or Entity"]) or None, entry.locator)
    yield from _names(entry)
    yield from _births(entry)
    yield from _places(entry, countries)
    for label in ("Additional Information", "Listing Information", "Instrument of Designation"):
        yield from (Fact(entry.key, label, text) for text in _texts(entry, label))
    yield from _identifiers(entry)
    yield from _listings(entry, source)


def _names(entry: _Entry) -> Iterator[Record]:
    """Each name once, with the strength of an alias beside its type ("Alias, Weak")."""
    names = (
        Name(entry.key, name, ", ".join(filter(None, (_text(row["Name Type"]), _text(row["Alias Strength"])))))
        for row in entry.rows
        if (name := _text(row["Name of Individual or Entity"]))
    )
    yield from dict.fromkeys(names)


def _births(entry: _Entry) -> Iterator[Record]:
    """One fact for each day, month, year or range; what is irregular stays words."""
    facts = dict.fromkeys(fact for row in entry.rows for fact in _births_of(entry.key, row["Date of Birth"]))
    yield from facts


def _births_of(key: str, cell: Cell) -> Iterator[Fact]:
    if isinstance(cell, dt.datetime | dt.date):
        yield _birth(key, _text(cell))
    elif isinstance(cell, int | float):
        is_year = 1000 <= cell <= 9999
        yield _birth(key, _text(cell)) if is_year else Fact(key, "Date of Birth", _text(cell), excel_serial(cell))
    else:
        pieces = (" ".join(piece.split()) for piece in _BIRTHS.split(str(cell)))
        yield from (_birth(key, piece) for piece in pieces if piece and piece.lower() != "na")


def _birth(key: str, words: str) -> Fact:
    return Fact(key, "Date of Birth", words, _day(words))


def _day(words: str) -> Period | None:
    try:
        return english(words, is_day_first=True)
    except UnreadableDate:
        return None


def _places(entry: _Entry, countries: set[str]) -> Iterator[Record]:
    yield from (Fact(entry.key, "Citizenship", name, country_text=name) for name in _citizenships(entry.rows))
    for place in dict.fromkeys(part for text in _texts(entry, "Place of Birth") for part in _parts(text)):
        yield Fact(entry.key, "Place of Birth", place, country_text=_country(place, countries))
    for address in dict.fromkeys(part for text in _texts(entry, "Address") for part in _parts(text)):
        yield Address(entry.key, address, country_text=_country(address, countries))


def _citizenships(rows: list[Row]) -> list[str]:
    names = (name.strip() for row in rows for name in _text(row["Citizenship"]).split(";"))
    return list(dict.fromkeys(name for name in names if name and name.lower() != "na"))


def _parts(text: str) -> list[str]:
    """The items of `a) … b) …`, where the letters run on from a; else the text as it is."""
    pieces = _LETTERED.split(text)
    letters = "".join(pieces[1::2])
    if len(letters) < 2 or pieces[0].strip() or letters != "abcdefghijklmnopqrstuvwxyz"[: len(letters)]:
        return [text]
    return [item for piece in pieces[2::2] if (item := piece.strip(" ,;"))]


def _country(place: str, countries: set[str]) -> str | None:
    """The last part of the place, where the list itself uses it as a name of a country."""
    last = _BRACKETS.sub("", place).rsplit(",", maxsplit=1)[-1].strip(" .;")
    return last if last in countries else None


def _identifiers(entry: _Entry) -> Iterator[Record]:
    yield from (Identifier(entry.key, "IMO Number", text) for text in _texts(entry, "IMO Number"))
    numbers = (_UN_REFERENCE.match(text) for text in _texts(entry, "Additional Information"))
    yield from dict.fromkeys(Identifier(entry.key, "UN reference number", found["number"]) for found in numbers if found)
    former = (_FORMERLY.search(text) for text in _sentences(entry))
    yield from dict.fromkeys(Identifier(entry.key, "RBA Consolidated List", found["number"]) for found in former if found)


# ---- Listings and their days ----
class _Days(NamedTuple):
    """The days that the sentences of an entry give, with the words of each."""

    of_entry: _Told
    of_flag: dict[tuple[str, dt.date], str]
    """Days of listing that a sentence ties to one measure by its paragraph."""

    def tell(self, action: Action, words: str) -> None:
        """Keep a day; one that never was stays in its sentence."""
        if (period := _day(words)) and period.earliest:
            self.of_entry.setdefault((action, period.earliest), words)


def _listings(entry: _Entry, source: Source) -> Iterator[Record]:
    programme = _programme(entry.committee, source)
    titles = dict.fromkeys(_instrument_title(found[0]) for text in _sentences(entry) for found in _TITLE.finditer(text))
    yield from (Instrument(title, "legislative instrument", locator=entry.locator) for title in titles)
    days = _days(entry, source.facts["paragraphs"])
    controls = [dt.date.fromisoformat(text) for text in _texts(entry, "Control Date")]
    yield from (Fact(entry.key, "Control Date", str(day), Period.of_day(day, str(day))) for day in controls)
    for flag in _flags(entry):
        key = f"{programme['key']}|{flag}"
        yield Listing(entry.key, key, origin=programme["origin"])
        yield from _steps(entry, key, _told(days, flag), controls, next(iter(titles)) if len(titles) == 1 else None)


def _sentences(entry: _Entry) -> list[str]:
    return [*_texts(entry, "Listing Information"), *_texts(entry, "Instrument of Designation")]


def _instrument_title(text: str) -> str:
    """The title in one spelling: the list writes its dash in five ways."""
    return _DASH.sub("—", " ".join(text.split())).replace("Charter of United", "Charter of the United")


def _days(entry: _Entry, paragraphs: Mapping[str, str]) -> _Days:
    days = _Days({}, {})
    for text in _sentences(entry):
        for found in _BY_PARAGRAPH.finditer(text):
            period, flag = _day(found["day"]), paragraphs.get(found["paragraph"].lower())
            if flag and period and period.earliest:
                days.of_flag.setdefault((flag, period.earliest), found[0])
        rest = _BY_PARAGRAPH.sub(lambda found: "" if found["paragraph"].lower() in paragraphs else found[0], text)
        for clause in _CLAUSE.finditer(rest):
            action: Action = "amend" if clause["verb"].lower() in ("amended", "updated") else "list"
            for words in re.findall(_DAY, clause["days"], re.IGNORECASE):
                days.tell(action, words)
        for continued in _CONTINUED.finditer(rest):
            for words in re.findall(_DAY, continued["declared"] or continued["made"], re.IGNORECASE):
                days.tell("renew", words)
    return days


def _told(days: _Days, flag: str) -> _Told:
    """The days of one listing: where a sentence ties a day of listing to its measure, that day and no other."""
    own: _Told = {("list", day): words for (of_flag, day), words in days.of_flag.items() if of_flag == flag}
    return {**{place: words for place, words in days.of_entry.items() if not own or place[0] != "list"}, **own}


def _steps(entry: _Entry, measure: str, told: _Told, controls: list[dt.date], instrument: str | None) -> Iterator[DatedStep]:
    """The steps of one listing. Without a stated day the entry was listed by the day on which its row was last changed."""
    for (action, day), words in told.items():
        yield DatedStep(
            measure, action, "unspecified", Period.of_day(day, words), entry.key,
            instrument_number=instrument if action == "list" and sum(place[0] == "list" for place in told) == 1 else None,
            source_step_key=f"{action} {day}",
        )  # fmt: skip
    listed = [day for action, day in told if action == "list"]
    for control in controls:
        if listed and control > max(day for _, day in told):
            period = Period.of_day(control, str(control))
            yield DatedStep(measure, "amend", "unspecified", period, entry.key, source_step_key=f"Control Date {control}")
    if not listed and controls:
        why = "the entry was on the list on the day of its last change, and states no day of listing"
        period = Period(None, min(controls), "not_after", str(min(controls)), derivation=why)
        yield DatedStep(
            measure, "list", "unspecified", period, entry.key, instrument_number=instrument, source_step_key="Control Date"
        )
