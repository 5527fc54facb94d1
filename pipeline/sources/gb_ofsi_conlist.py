"""The Treasury's Consolidated List of Financial Sanctions Targets, as CSV until it was closed in January 2026.

A target stands in as many rows as it has combinations of names, titles, dates of birth and addresses (252 of Group ID 7877),
sorted by name and not by target. A row names a regime and no measure: what follows is derived from the cited table in
`gb_ofsi_conlist.toml`. Listed On belongs to the regime of its row, since six targets stand under two or three.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple, cast

from pipeline.dates import UnreadableDate, english
from pipeline.documents import Document
from pipeline.readers.delimited import rows
from pipeline.readers.regimes import Regime, regimes
from pipeline.records import Address, DatedStep, Fact, Identifier, Listing, Name, Period, Record, Reject, Target
from pipeline.sources import Source

Origin = Literal["own", "un", "own_and_un", "other"]
Row = dict[str, str]

_NAMES = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6")
_LINES = ("Address 1", "Address 2", "Address 3", "Address 4", "Address 5", "Address 6")
# The columns of the recorded states of 2014, 2016 and 2018.
HEADER = (
    "Name 6", "Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Title", "DOB", "Town of Birth", "Country of Birth",
    "Nationality", "Passport Details", "NI Number", "Position", *_LINES, "Post/Zip Code", "Country", "Other Information",
    "Group Type", "Alias Type", "Regime", "Listed On", "Last Updated", "Group ID",
)  # fmt: skip

# (1) Somali (2) Swedish; 1) Uzbek 2) Afghan; a) French, b) Tunisian
_MARK = re.compile(r"(?:^|(?<=[\s,;]))\(?(?:\d{1,2}|[a-h])\)\s*")
# (1)-(2) Indonesia; (1) to (6) Algeria
_SPAN = re.compile(r"\(\d{1,2}\)\s*(?:-|to)\s*(?=\(\d{1,2}\))")
_REMARK = re.compile(r"(?P<country>[^()]+?)\s*\((?P<remark>.+)\)")
# Passport No: 592667 (Qatari passport issued on 3 May 2007).; AE/088 DH 12 (Ivory Coast). Issued on 20 Dec 2002.
# Brackets hold a country, or a remark that starts or speaks otherwise.
_NO_COUNTRY = r"(?!(?i:issued|expire|valid|[^()]*(?:diplomatic|false|passport|identity|number|NI No)))"
_DOCUMENT = re.compile(
    r"(?i:passport\s*(?:numbers?|no)?[.:]*\s*)?(?i:no[.:]*\s*)?(?P<number>(?=[A-Z0-9 /-]*\d)[A-Z0-9]+(?:[ /-][A-Z0-9]+)*)"
    rf"(?:\s*\((?P<country>{_NO_COUNTRY}[A-Z][a-z][A-Za-z '-]*)\))?"
    r"(?P<remark>[.,;]*\s*\(.+\)[.,]?|[.,;]*\s+(?i:issued|expir|valid|date|place).+|[.,;]*)"
)
_NOT_VALID = re.compile(r"\b(?:fraudulent(?:ly)?|false|cancelled|revoked)\b", re.IGNORECASE)
# UN Ref QI.E.64.02.; UN REF:QDi.352; UN Reference No: TAi.172. One is misspelt (QI.Z,168.04) and is a number for no register.
_UN = r"\bUN ?REF(?:ERENCE)?(?: No)?[.: ]{1,3}"
_UN_REFERENCE = re.compile(_UN + r"(?P<number>[A-Z][A-Z0-9]{0,2}(?:\.[A-Z0-9]{1,4}){0,3}\.\d{1,3})\b", re.IGNORECASE)
_UN_NAMED = re.compile(_UN, re.IGNORECASE)
# EU listing only; UK listing and EU listing; UN and EU listing; EU listing, Not UN listing
_LISTED_BY = re.compile(r"(?<!Not )\b(?P<one>EU|UN|UK)(?: and (?P<other>EU|UN|UK))? list(?:ing|ed)\b")


class _Group(NamedTuple):
    key: str
    locator: str
    rows: list[Row]

    def values(self, column: str) -> list[str]:
        """What the column says in any of the rows, each once."""
        return list(dict.fromkeys(text for row in self.rows if (text := _line(row[column]))))

    def value(self, column: str) -> str | None:
        """What the column says in every row; where rows differ, the first of them."""
        return next(iter(self.values(column)), None)


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield each regime that the document names, and each target with all that its rows say, in the order of the document.

    Raises UnknownColumns for another layout. A regime in words that the table does not hold becomes a reject.
    """
    known, told = regimes(source.facts), set[str]()
    for group in _groups(document):
        yield from _names(group)
        yield from _texts(group, source)
        yield from _births(group, source)
        for column in ("Passport Details", "NI Number"):
            yield from _documents(group, column)
        yield from _addresses(group, source)
        yield from _listings(group, known, told, source)


def _groups(document: Document) -> Iterator[_Group]:
    found: dict[str, list[Row]] = {}
    for row in rows(document, HEADER, encoding="cp1252", skip=1):
        found.setdefault(row["Group ID"].strip(), []).append(row)
    for key, said in found.items():
        yield _Group(key, f"/rows[Group ID='{key}']", said)


# ---- Names and facts ----
def _names(group: _Group) -> Iterator[Record]:
    """The target under its prime alias, and every name once for each kind that the list gives it."""
    names = list(dict.fromkeys(Name(group.key, _name(row), _line(row["Alias Type"])) for row in group.rows))
    primary = next((name.value for name in names if name.type_text == "Prime Alias"), None)
    kinds = group.values("Group Type")
    yield Target(group.key, kinds[0], primary, group.locator)
    yield from names
    if len(kinds) > 1:
        yield _reject(
            group, "targets", "ambiguous_value", "Group Type differs between the rows of the target", ", ".join(kinds)
        )


def _name(row: Row) -> str:
    """Names 1 to 5 and at the end name 6, the family name or the whole name of an entity."""
    return " ".join(text for part in _NAMES if (text := _line(row[part])))


def _texts(group: _Group, source: Source) -> Iterator[Record]:
    for column in ("Title", "Position"):
        yield from (Fact(group.key, column, part) for text in group.values(column) for part in _parts(text))
    for part in dict.fromkeys(part for text in group.values("Nationality") for part in _parts(text)):
        country, remark = _country(part, source)
        yield Fact(group.key, "Nationality", part, country_text=country, note=remark)
    for text in group.values("Other Information"):
        yield Fact(group.key, "Other Information", text)
    yield from (Identifier(group.key, "UN Ref", number) for number in _un_references(group))
    for text in group.values("Last Updated"):
        yield Fact(group.key, "Last Updated", text, _read(text))


def _births(group: _Group, source: Source) -> Iterator[Record]:
    for text in group.values("DOB"):
        yield Fact(group.key, "DOB", text, _read(text))
    places = dict.fromkeys((_line(row["Town of Birth"]), _line(row["Country of Birth"])) for row in group.rows)
    for town, country in places:
        for place, where in _places(town, country):
            yield Fact(group.key, "Place of Birth", place, country_text=_country(where, source)[0] if where else None)


def _places(town: str, country: str) -> Iterator[tuple[str, str | None]]:
    """Each place of birth and its country, where the enumerations of both agree; else the words as they stand."""
    towns, countries = _parts(town) or [""], _parts(country) or [""]
    if len(countries) == 1:
        countries *= len(towns)
    elif not town:
        towns *= len(countries)
    if len(towns) != len(countries):
        towns, countries = [f"{town}, {country}"], [""]
    for place, where in zip(towns, countries, strict=True):
        if words := ", ".join(text for text in (place, where) if text):
            yield words, where or None


def _documents(group: _Group, column: str) -> Iterator[Record]:
    """A document with its number; one that is told in free text is a fact in the list's words."""
    for part in dict.fromkeys(part for text in group.values(column) for part in _parts(text)):
        if not (found := _DOCUMENT.fullmatch(part)):
            yield Fact(group.key, column, part)
            continue
        remark = found["remark"].strip(" .,;") or None
        is_valid = False if remark and _NOT_VALID.search(remark) else None
        yield Identifier(group.key, column, found["number"], found["country"], is_valid=is_valid, note=remark)


def _addresses(group: _Group, source: Source) -> Iterator[Record]:
    addresses: dict[Address, None] = {}
    for row in group.rows:
        lines = [text for line in _LINES if (text := _line(row[line]))]
        code, country = _line(row["Post/Zip Code"]), _line(row["Country"])
        if whole := ", ".join(text for text in (*lines, code, country) if text):
            named, remark = _country(country, source)
            addresses[Address(group.key, whole, postal_code=code or None, country_text=named or None, note=remark)] = None
    yield from addresses


# ---- Listings ----
def _listings(group: _Group, known: dict[str, Regime], told: set[str], source: Source) -> Iterator[Record]:
    """What follows from each regime of the target, with the day that its rows give for it."""
    pairs = dict.fromkeys((_line(row["Regime"]), _line(row["Listed On"])) for row in group.rows)
    names, kind = list(dict.fromkeys(name for name, _ in pairs)), group.value("Group Type") or ""
    for name in names:
        if not (regime := known.get(name)):
            yield _reject(group, "measures", "unknown_label", "Regime: expected a word of [[programme]] in the .toml", name)
            continue
        if regime.key not in told:
            told.add(regime.key)
            quoted = f'"{name}"' if "'" in name else f"'{name}'"
            yield from regime.records(f"/rows[Regime={quoted}]", instrument_type="Statutory Instrument")
        # Which of several regimes is meant the remark does not say.
        origin = (_stated_origin(group) if len(names) == 1 else None) or _usual_origin(regime, source)
        for listing in regime.listings(group.key, kind):
            yield listing._replace(origin=origin)
            yield from _listed(group, listing, [day for named, day in pairs if named == name])


def _stated_origin(group: _Group) -> Origin | None:
    """Whose listing the remarks say that it is; a reference of the United Nations says it too. None where they are silent."""
    remark = " ".join(group.values("Other Information"))
    said = {who for found in _LISTED_BY.finditer(remark) for who in found.groups() if who}
    if "UK" in said:
        return "own_and_un" if "UN" in said else "own"
    if "UN" in said or (not said and _UN_NAMED.search(remark)):
        return "un"
    return "other" if said else None


def _usual_origin(regime: Regime, source: Source) -> Origin:
    row = next(row for row in source.facts["programme"] if row["key"] == regime.key)
    return cast("Origin", row["origin"])


def _listed(group: _Group, listing: Listing, days: list[str]) -> Iterator[Record]:
    for day in days:
        period = _read(day)
        if period is None or period.precision != "day":
            yield _reject(group, "dates", "malformed_date", "Listed On: expected a day as in 08/11/2001", day)
            continue
        yield DatedStep(
            listing.measure_key, "list", "unspecified", period, group.key, source_step_key=f"Listed On {day}"
        )  # fmt: skip


# ---- Words ----
def _line(text: str) -> str:
    """The words on one line, without the blanks around them that came and went."""
    return " ".join(text.split())


def _parts(text: str) -> list[str]:
    """The items of an enumeration, empty ones (a dash) left out; the text itself where it is none."""
    plain = _SPAN.sub("", text)
    if not _MARK.match(plain):
        return [text] if text else []
    return [part for item in _MARK.split(plain) if (part := item.strip(" ,;")) not in ("", "-")]


def _country(text: str, source: Source) -> tuple[str, str | None]:
    """The name of the country and the remark in brackets behind it: Afghanistan (previous address)."""
    found = None if text in source.words["country"] else _REMARK.fullmatch(text)
    return (found["country"], found["remark"]) if found else (text, None)


def _un_references(group: _Group) -> list[str]:
    texts = group.values("Other Information")
    return list(dict.fromkeys(found["number"] for text in texts for found in _UN_REFERENCE.finditer(text)))


def _read(text: str) -> Period | None:
    """The day, month or year that the words name (00/00/1955 is a year, 00/04/1955 a month); None for other words."""
    try:
        return english(text, is_day_first=True)
    except UnreadableDate:
        return None


def _reject(group: _Group, table: str, reason: str, text: str, raw: str) -> Reject:
    return Reject(group.locator, table, reason, text, raw, group.key)
