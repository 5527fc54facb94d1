"""The UK Sanctions List: people, entities and ships that stand under the regulations made under the Sanctions Act of 2018.

A designation names its regulations and, in SanctionsImposed, every sanction by itself: each is a measure of its own. The date
of the record belongs to those sanctions that no text dates: "The Director Disqualification Sanction was imposed on 09/04/2025."
stands in a record designated in 2020. What the elements hold is told by the public format notes of February 2022; the recorded
file is rebuilt from a conversion and lacks the details of persons and ships.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple, cast

from lxml import etree

from pipeline.dates import UnreadableDate, english
from pipeline.documents import Document
from pipeline.readers.regimes import Regime, regimes
from pipeline.readers.xml import Fields, UnknownContent, elements, local_name, shown
from pipeline.records import Address, DatedStep, Fact, Identifier, Listing, Name, Period, Record, Reject, Target
from pipeline.sources import Source

Origin = Literal["own", "un", "own_and_un", "other"]

_SECTIONS = {"DateGenerated", "Designation"}
# A name reads from Name1 to Name5 and ends with Name6, the family name or the whole name of an entity.
_NAME_PARTS = ("Name1", "Name2", "Name3", "Name4", "Name5", "Name6")
_LINES = tuple(f"AddressLine{number}" for number in range(1, 7))
# Holder and item of what a designation of any kind says in plain texts, each item one fact.
_TEXTS = (
    ("Titles", "Title"),
    ("PhoneNumbers", "PhoneNumber"),
    ("EmailAddresses", "EmailAddress"),
    ("Websites", "Website"),
)
_PERSON_TEXTS = (("Genders", "Gender"), ("Positions", "Position"))
_ENTITY_TEXTS = (("TypeOfEntities", "TypeOfEntity"), ("ParentCompanies", "ParentCompany"), ("Subsidiaries", "Subsidiary"))
_SHIP_TEXTS = (
    ("CurrentOwnerOperators", "CurrentOwnerOperator"),
    ("PreviousOwnerOperators", "PreviousOwnerOperator"),
    ("TypeOfShipDetails", "TypeOfShip"),
    ("TonnageOfShipDetails", "TonnageOfShip"),
    ("LengthOfShipDetails", "LengthOfShip"),
)
_NATIONS = (("Nationalities", "Nationality"),)
_FLAGS = (("CurrentBelievedFlagOfShips", "CurrentBelievedFlagOfShip"), ("PreviousFlags", "PreviousFlag"))
_REMARKS = ("OtherInformation", "UKStatementofReasons")
_IMPOSED = re.compile(
    r"\b[Tt]he (?P<sanction>[A-Za-z][^.;:|]*?) (?:was|were) imposed on (?P<day>\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d\d-\d\d)\b"
)
# The first word of a letter's Unicode name, and the script that it is sure to be.
_SCRIPTS = {
    "ARABIC": "Arab", "ARMENIAN": "Armn", "CJK": "Hani", "CYRILLIC": "Cyrl", "GEORGIAN": "Geor", "GREEK": "Grek",
    "HANGUL": "Hang", "HEBREW": "Hebr", "LATIN": "Latn", "MYANMAR": "Mymr", "THAI": "Thai",
}  # fmt: skip


@dataclass(frozen=True)
class _Sanction:
    """One value of SanctionsImposed."""

    type_text: str
    stated: tuple[str, ...]
    """How a text names it that dates it, folded."""
    since: dt.date | None
    """The day on which the law first knew it."""
    since_act: str | None


class _Tables(NamedTuple):
    regimes: Mapping[str, Regime]
    sanctions: Mapping[str, _Sanction]


class _Entry(NamedTuple):
    key: str
    locator: str
    fields: Fields


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield each regime and measure that the document names, and each designation with all that it says.

    Raises UnknownContent for an element or attribute never seen before; a regime, sanction or source of designation in words
    that the tables do not hold becomes a reject.
    """
    tables, told, keys = _tables(source), set[str](), set[str]()
    with document.open() as stream:
        for element in elements(stream, *_SECTIONS, "Designations"):
            _must_be_known(element)
            if local_name(element) != "Designation":
                continue
            fields = Fields(element)
            key = fields.required("UniqueID")
            entry = _Entry(key, f"//Designation[UniqueID='{key}']", fields)
            if key in keys:
                yield _reject(entry, "targets", "duplicate_key", "a second designation of the same UniqueID", shown(element))
                continue
            keys.add(key)
            yield from _said(entry, tables, told, source)


def _tables(source: Source) -> _Tables:
    sanctions: dict[str, _Sanction] = {}
    for row in source.facts["sanction"]:
        sanction = _sanction(row)
        sanctions |= dict.fromkeys(map(_folded, (row["type_text"], *row.get("words", ()))), sanction)
    usual = source.facts["authority_name"]
    named = {
        _folded(word): replace(regime, authority_name=regime.authority_name or usual)
        for word, regime in regimes(source.facts).items()
    }
    return _Tables(named, sanctions)


def _sanction(row: Mapping[str, Any]) -> _Sanction:
    return _Sanction(row["type_text"], tuple(map(_folded, row.get("stated", ()))), row.get("since"), row.get("since_act"))


def _must_be_known(element: etree._Element) -> None:
    """Raise UnknownContent for an attribute in an entry or an element beside it that is no known section.

    Elements that stand before this one are gone when the next is read, so that its neighbour is looked at here.
    """
    before = element.getprevious()
    beside = [element] if before is None else [element, before]
    known = {"Designations"} if element.getparent() is None else _SECTIONS
    children = list(element) if local_name(element) == "Designations" else []
    strange = {local_name(each) for each in beside} - known | {local_name(each) for each in children} - _SECTIONS
    if local_name(element) == "Designation":
        strange |= {f"{local_name(node)} {list(node.attrib)}" for node in element.iter() if node.attrib}
    if strange:
        raise UnknownContent(
            f"in or before <{local_name(element)}>: {', '.join(sorted(strange))}, which the parser does not know"
        )


def _said(entry: _Entry, tables: _Tables, told: set[str], source: Source) -> Iterator[Record]:
    kind = entry.fields.required("IndividualEntityShip")
    yield from _names(entry, kind, source)
    texts = {label: text for label in _REMARKS if (text := entry.fields.text(label))}
    yield from (Fact(entry.key, label, text) for label, text in texts.items())
    for label in ("OFSIGroupID", "UNReferenceNumber"):
        if number := entry.fields.text(label):
            yield Identifier(entry.key, label, number)
    yield from _contacts(entry)
    yield from _details(entry)
    yield from _listings(entry, tables, told, " ".join(" ".join(texts.values()).split()), source)
    entry.fields.must_be_empty()


# ---- Names ----
def _names(entry: _Entry, kind: str, source: Source) -> Iterator[Record]:
    """The target under its first primary name, and every name; four designations have two primary names."""
    names = [name for fields in _items(entry.fields, "Names", "Name") if (name := _name(entry, fields))]
    primary = next((name.value for name in names if name.type_text == "primary name"), None)
    yield Target(entry.key, kind, primary, entry.locator)
    native, notes = list[Name](), list[Fact]()
    for fields in _items(entry.fields, "NonLatinNames", "NonLatinName"):
        found, said = _native_name(entry, fields, source)
        native += found
        notes += said
    yield from dict.fromkeys((*names, *native))
    yield from dict.fromkeys(notes)


def _name(entry: _Entry, fields: Fields) -> Name | None:
    """The name as one line, its type in lower case with the strength of an alias; None where every part is empty."""
    parts = [_line(text) for part in _NAME_PARTS if (text := fields.text(part))]
    kind, strength = fields.required("NameType").casefold(), (fields.text("AliasStrength") or "").casefold()
    fields.must_be_empty()
    return Name(entry.key, " ".join(parts), f"{kind} ({strength})" if strength else kind) if parts else None


def _native_name(entry: _Entry, fields: Fields, source: Source) -> tuple[list[Name], list[Fact]]:
    """A name in its own script, and what is said of its language and script in words that no code stands for."""
    value = fields.text("NameNonLatinScript")
    said = {label: fields.text(label) for label in ("NonLatinScriptLanguage", "NonLatinScriptType")}
    fields.must_be_empty()
    language = source.facts["languages"].get((said["NonLatinScriptLanguage"] or "").casefold())
    script = source.facts["scripts"].get((said["NonLatinScriptType"] or "").casefold())
    known = {"NonLatinScriptLanguage": language, "NonLatinScriptType": script}
    notes = [
        Fact(entry.key, "NonLatinScript", f"{label}: {words}", note=value)
        for label, words in said.items()
        if words and not (value and known[label])
    ]
    return [Name(entry.key, value, "NonLatinName", language, script or _script(value))] if value else [], notes


def _script(text: str) -> str | None:
    """The script of the words where all their letters are of one; None where they mix."""
    found = {_SCRIPTS.get(unicodedata.name(letter, "?").split()[0]) for letter in text if letter.isalpha()}
    return found.pop() if len(found) == 1 else None


# ---- Contacts and details ----
def _contacts(entry: _Entry) -> Iterator[Record]:
    yield from _facts(entry, entry.fields, _TEXTS)
    yield from dict.fromkeys(
        address for fields in _items(entry.fields, "Addresses", "Address") if (address := _address(entry, fields))
    )


def _address(entry: _Entry, fields: Fields) -> Address | None:
    """The address as one line: which of the six lines is the town and which the province differs from entry to entry."""
    lines = [_line(text) for line in _LINES if (text := fields.text(line))]
    code, country = fields.text("AddressPostalCode"), fields.text("AddressCountry")
    fields.must_be_empty()
    whole = ", ".join(text for text in (*lines, code, country) if text)
    return Address(entry.key, whole, postal_code=code, country_text=country) if whole else None


def _details(entry: _Entry) -> Iterator[Record]:
    """What only persons, entities or ships have; the same fact is often told twice and is one."""
    said: list[Record] = []
    for fields in _items(entry.fields, "IndividualDetails", "Individual"):
        said += _person(entry, fields)
        fields.must_be_empty()
    for fields in _items(entry.fields, "EntityDetails", "Entity"):
        said += _facts(entry, fields, _ENTITY_TEXTS)
        said += _numbers(entry, fields, "BusinessRegistrationNumbers", "BusinessRegistrationNumber")
        fields.must_be_empty()
    for fields in _items(entry.fields, "ShipDetails", "Ship"):
        said += _ship(entry, fields)
        fields.must_be_empty()
    yield from dict.fromkeys(said)


def _person(entry: _Entry, fields: Fields) -> Iterator[Record]:
    yield from _facts(entry, fields, _PERSON_TEXTS)
    yield from _facts(entry, fields, _NATIONS, is_country=True)
    for holder in fields.all("DOBs"):
        for text in _only(Fields(holder), "DOB"):
            yield Fact(entry.key, "DOB", text, _read(text))
    for place in _items(fields, "BirthDetails", "Location"):
        town, country = place.text("TownOfBirth"), place.text("CountryOfBirth")
        place.must_be_empty()
        if words := ", ".join(text for text in (town, country) if text):
            yield Fact(entry.key, "Location", words, country_text=country)
    yield from _documents(entry, fields, "PassportDetails", "Passport")
    yield from _documents(entry, fields, "NationalIdentifierDetails", "NationalIdentifier")


def _documents(entry: _Entry, fields: Fields, holder: str, item: str) -> Iterator[Record]:
    """A passport or national identifier; a remark without a number is one on the document all the same."""
    for document in _items(fields, holder, item):
        number, remark = document.text(f"{item}Number"), document.text(f"{item}AdditionalInformation")
        document.must_be_empty()
        if number:
            yield Identifier(entry.key, f"{item}Number", number, note=remark)
        elif remark:
            yield Fact(entry.key, item, remark)


def _ship(entry: _Entry, fields: Fields) -> Iterator[Record]:
    yield from _numbers(entry, fields, "IMONumbers", "IMONumber")
    yield from _facts(entry, fields, _SHIP_TEXTS)
    yield from _facts(entry, fields, _FLAGS, is_country=True)
    for holder in fields.all("YearsBuilt"):
        for text in _only(Fields(holder), "YearBuilt"):
            yield Fact(entry.key, "YearBuilt", text, _read(text))


def _numbers(entry: _Entry, fields: Fields, holder: str, item: str) -> Iterator[Record]:
    for element in fields.all(holder):
        yield from (Identifier(entry.key, item, text) for text in _only(Fields(element), item))


def _facts(entry: _Entry, fields: Fields, pairs: tuple[tuple[str, str], ...], *, is_country: bool = False) -> Iterator[Record]:
    """A fact for each text of each pair of holder and item."""
    for holder, item in pairs:
        for element in fields.all(holder):
            for text in dict.fromkeys(_only(Fields(element), item)):
                yield Fact(entry.key, item, text, country_text=text if is_country else None)


# ---- Listings and their dates ----
def _listings(entry: _Entry, tables: _Tables, told: set[str], texts: str, source: Source) -> Iterator[Record]:
    """The measures that the designation stands under, each with its own day; the day of the last update is the record's."""
    designated, updated = entry.fields.text("DateDesignated"), entry.fields.text("LastUpdated")
    if updated:
        yield Fact(entry.key, "LastUpdated", updated, _read(updated))
    if indicators := _indicators(entry):
        yield Fact(entry.key, "SanctionsImposedIndicators", "|".join(indicators))
    name, origin_text = entry.fields.text("RegimeName") or "", entry.fields.text("DesignationSource") or ""
    words = [word for part in (entry.fields.text("SanctionsImposed") or "").split("|") if (word := part.strip())]
    regime = tables.regimes.get(_folded(name))
    origin = source.facts["origins"].get(origin_text)
    if regime is None:
        yield _unknown(entry, "measures", "RegimeName", name)
    elif origin is None:
        yield _unknown(entry, "listings", "DesignationSource", origin_text)
    else:
        known = {word: tables.sanctions.get(_folded(word)) for word in words}
        yield from (_unknown(entry, "listings", "SanctionsImposed", word) for word in words if not known[word])
        spelled = {sanction: word for word, sanction in reversed(known.items()) if sanction}
        sanctions = tuple(dict.fromkeys(sanction for sanction in known.values() if sanction))
        yield from _measures(regime, name, spelled, told)
        yield from (Listing(entry.key, f"{regime.key}|{each.type_text}", origin=cast("Origin", origin)) for each in sanctions)
        yield from _dated(entry, regime, sanctions, designated, texts)
    if not words:
        yield _reject(entry, "listings", "missing_value", "SanctionsImposed is empty; expected at least one sanction", name)


def _measures(regime: Regime, name: str, spelled: Mapping[_Sanction, str], told: set[str]) -> Iterator[Record]:
    """The regime and its measures, where the document names them for the first time, in the spelling that it has there."""
    if regime.key not in told:
        told.add(regime.key)
        yield from regime.records("/", instrument_type="Statutory Instrument")
    for sanction, word in sorted(spelled.items(), key=lambda each: each[0].type_text):
        key = f"{regime.key}|{sanction.type_text}"
        if key not in told:
            told.add(key)
            locator = f"//Designation[RegimeName={_quoted(name)}][contains(SanctionsImposed, {_quoted(word)})]"
            yield from regime.stated(sanction.type_text, locator)


def _dated(
    entry: _Entry, regime: Regime, sanctions: tuple[_Sanction, ...], designated: str | None, texts: str
) -> Iterator[Record]:
    """The day of each listing: that of the texts where they state one, else that of the record."""
    statements = list(_IMPOSED.finditer(texts))
    dated = {sanction: _statements(sanction, statements) for sanction in sanctions}
    for sanction in sanctions:
        key = f"{regime.key}|{sanction.type_text}"
        for statement in dated[sanction]:
            if period := _read(statement["day"]):
                step_key = f"imposed on {statement['day']}"
                yield DatedStep(key, "list", "unspecified", period, entry.key, source_step_key=step_key, quote=statement[0])
        if not dated[sanction] and designated and (period := _designation(designated, sanction)):
            yield DatedStep(key, "list", "unspecified", period, entry.key, source_step_key="DateDesignated")
    if designated is None or _day(designated) is None:
        yield _reject(entry, "dates", "malformed_date", "DateDesignated: expected a day as in 31/12/2020", designated or "")
    read = {id(statement) for own in dated.values() for statement in own}
    for statement in statements:
        if id(statement) not in read or _read(statement["day"]) is None:
            text = "a day of a sanction that is not among those of the designation, or no day"
            yield _reject(entry, "dates", "dangling_reference", text, statement[0])


def _statements(sanction: _Sanction, statements: list[re.Match[str]]) -> list[re.Match[str]]:
    """The statements that date this sanction: their subject ends with one of its names."""
    return [each for each in statements if sanction.stated and _folded(each["sanction"]).endswith(sanction.stated)]


def _designation(text: str, sanction: _Sanction) -> Period | None:
    """The day of designation; where the law did not know the sanction on that day, only that it was not before it did."""
    period = _day(text)
    if period is None or period.earliest is None or sanction.since is None or sanction.since <= period.earliest:
        return period
    why = f"the record's date, {period.earliest}, is older than the sanction, which {sanction.since_act} introduced"
    return Period(sanction.since, None, "not_before", text, derivation=why)


def _indicators(entry: _Entry) -> list[str]:
    """The names of the indicators that say true: the same sanctions once more, one element each."""
    found: list[str] = []
    for holder in entry.fields.all("SanctionsImposedIndicators"):
        for element in holder:
            text = (element.text or "").strip()
            if text not in ("true", "false") or len(element):
                raise UnknownContent(f"{entry.key}: expected true or false in an indicator; came {shown(element)}")
            found += [local_name(element)] if text == "true" else []
    return found


# ---- Words ----
def _items(fields: Fields, holder: str, item: str) -> Iterator[Fields]:
    """Each item of each holder; raises UnknownContent where a holder has anything else."""
    for element in fields.all(holder):
        inner = Fields(element)
        yield from (Fields(child) for child in inner.all(item))
        inner.must_be_empty()


def _only(fields: Fields, item: str) -> list[str]:
    """The texts of the items; raises UnknownContent where there is anything else."""
    texts = [_line(text) for text in fields.texts(item)]
    fields.must_be_empty()
    return texts


def _line(text: str) -> str:
    """The words on one line."""
    return " ".join(text.split())


def _folded(text: str) -> str:
    """The words without what changes between spellings: case, kinds of blanks (U+202F), curly quotes, a leading The."""
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").replace("“", '"').replace("”", '"')
    return _line(plain).casefold().removeprefix("the ")


def _quoted(text: str) -> str:
    return f"'{text}'" if '"' in text else f'"{text}"'


def _read(text: str) -> Period | None:
    """The day, month or year that the words name (31/07/2025, 2026-08-20, dd/mm/1945); None for other words."""
    try:
        return english(text, is_day_first=True)
    except UnreadableDate:
        return None


def _day(text: str) -> Period | None:
    period = _read(text)
    return period if period and period.precision == "day" else None


def _unknown(entry: _Entry, table: str, label: str, word: str) -> Reject:
    return _reject(entry, table, "unknown_label", f"{label}: expected a word of the tables in gb_fcdo.toml", word)


def _reject(entry: _Entry, table: str, reason: str, text: str, raw: str) -> Reject:
    return Reject(entry.locator, table, reason, text, raw, entry.key)
