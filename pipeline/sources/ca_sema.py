"""Canada's consolidated list of autonomous sanctions: persons, entities and ships listed under the country's own regulations.

A record names a country (or an act), a schedule and an item of it, and no measure: which regulation that is, and what its
sections prohibit towards those on that schedule, stands in the cited table of `ca_sema.toml`. The date of listing is the
entry's own; it is no date of a prohibition that came later.
"""

import dataclasses
import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from pipeline.dates import UnreadableDate, english
from pipeline.documents import Document
from pipeline.readers.regimes import Regime, RegimeMeasure, RegimeRecord, UnknownRegime, regimes
from pipeline.readers.scripts import script_of
from pipeline.readers.xml import Fields, UnknownContent, elements, local_name, shown
from pipeline.records import (
    DatedStep,
    Fact,
    Identifier,
    Instrument,
    Listing,
    Measure,
    Name,
    Period,
    Record,
    Reject,
    Target,
)  # fmt: skip
from pipeline.sources import Source

# "Belarusian: Руслан …, Russian: Руслан …" names the language of what follows.
_IN_LANGUAGE = re.compile(r"[,;(]?\s*\b(Belarusian|Belarussian|Russian|Ukrainian|Arabic)\s*:\s*")
_LANGUAGES = {"Belarusian": "be", "Belarussian": "be", "Russian": "ru", "Ukrainian": "uk", "Arabic": "ar"}
_OR = re.compile(r" or ", re.IGNORECASE)
_PROVISION = re.compile(r"(?:sub)?section (?P<label>[\d.]+(?:\([\d.]+\))?)")


class _Entry(NamedTuple):
    key: str
    kind: str
    """person, entity or ship."""
    schedule: str
    locator: str
    fields: Fields


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield each regulation that the document names, and each record with all that it says, in the order of the document.

    Raises UnknownContent for an element never seen before, UnknownRegime for a country or a schedule of it never seen before.
    """
    known, named, keys = _of_the_day(regimes(source.facts), source, document.recorded_date), set[str](), set[str]()
    with document.open() as stream:
        for element in elements(stream, "record", "data-set"):
            _must_be_known(element)
            if local_name(element) == "data-set":
                continue
            fields, country = Fields(element), element.findtext("Country") or ""
            regime = _regime(known, country)
            entry = _entry(element, fields, regime)
            if entry.key in keys:
                text = "a second record of the same country, schedule and item"
                yield Reject(entry.locator, "targets", "duplicate_key", text, shown(element), entry.key)
                continue
            keys.add(entry.key)
            if regime.key not in named:
                named.add(regime.key)
                yield from _told(regime, f"//Country[.={_quoted(country)}]", source)
            yield from _said(entry, regime, source)


def _must_be_known(element: etree._Element) -> None:
    """Raise UnknownContent for an attribute, or for something beside or in place of a record."""
    before = element.getprevious()
    strange = {f"{local_name(node)} {list(node.attrib)}" for node in element.iter() if node.attrib}
    if local_name(element) == "data-set":
        strange |= {local_name(child) for child in element} - {"record"}
    elif before is not None and local_name(before) != "record":
        strange.add(local_name(before))
    if strange:
        raise UnknownContent(f"in or before <{local_name(element)}>: {', '.join(sorted(strange))}, which is not known")


def _of_the_day(known: dict[str, Regime], source: Source, day: dt.date) -> dict[str, Regime]:
    """The regulations without what they, or another act, added after that day: an old list cannot have had that effect."""
    later = source.facts["later_than_the_lists"]
    return {
        word: dataclasses.replace(
            regime, measures=tuple(measure for measure in regime.measures if later.get(measure.type_text, day) <= day)
        )
        for word, regime in known.items()
    }


def _regime(known: dict[str, Regime], country: str) -> Regime:
    """The regulation of a country; blanks (`Venezuela ` ends with one that does not break) and renamings do not matter."""
    word = _line(country)
    if word not in known:
        raise UnknownRegime(f"ca_sema: the country {country!r} is not among the words of [[programme]] in ca_sema.toml")
    return known[word]


def _entry(element: etree._Element, fields: Fields, regime: Regime) -> _Entry:
    """The key is country|schedule|item in the register's own words, the country by its present name.

    A record of a regulation with one schedule has none, or `N/A`: both are the empty word.
    """
    country, schedule, item = (element.findtext(name) for name in ("Country", "Schedule", "Item"))
    place = _schedule(schedule)
    number = _line(item)
    if not number:
        raise UnknownContent(f"a record without an item: {shown(element)}")
    where = [f"Country={_quoted(country or '')}"]
    where.append(f"Schedule={_quoted(schedule)}" if schedule else "not(Schedule)")
    where.append(f"Item={_quoted(item or '')}")
    fields.ignore("Country", "Schedule", "Item")
    return _Entry(f"{regime.key}|{place}|{number}", _kind(element), place, f"//record[{' and '.join(where)}]", fields)


def _schedule(text: str | None) -> str:
    """`1,Part 2` is `1, Part 2`; none and `N/A` are the empty word."""
    words = re.sub(r"\s*,\s*", ", ", _line(text or ""))
    return "" if words == "N/A" else words


def _kind(element: etree._Element) -> str:
    person = any(_line(element.findtext(name) or "") for name in ("LastName", "GivenName"))
    body = any(_line(element.findtext(name) or "") for name in ("Entity", "EntityOrShip"))
    if person == body:
        raise UnknownContent(f"a record with the name of a person and of a body, or of neither: {shown(element)}")
    return "person" if person else "ship" if element.findtext("ShipIMONumber") else "entity"


def _told(regime: Regime, locator: str, source: Source) -> Iterator[RegimeRecord]:
    """The regulation, what it prohibits, and the acts; a measure against ships alone has the ships as its scope."""
    of_ships = {measure.key for measure in regime.measures if all(word.startswith("ship") for word in measure.target_types)}
    for record in regime.records(locator, instrument_type="regulation"):
        if isinstance(record, Measure):
            scope = "vessels" if record.key in of_ships else record.scope
            [measure] = [measure for measure in regime.measures if measure.key == record.key]
            yield record._replace(scope=scope, authority_name="Governor in Council", founding_act=_founding_act(measure))
        elif isinstance(record, Instrument):
            act = source.facts["acts"].get(record.number)
            yield record._replace(type_text="act", title=act) if act else record._replace(title=regime.name)
        else:
            yield record


def _founding_act(measure: RegimeMeasure) -> str | None:
    """The section or subsection that imposes the measure, as the source of the law names it: list and law tell one measure.

    None where the list shows less than a subsection (the ships of paragraph 3.04(1)(b)): the law's measure is another one.
    """
    for act in measure.acts:
        found = _PROVISION.fullmatch(act.provision or "")
        if act.role == "imposes" and act.number.startswith("SOR/") and found:
            return f"{act.number}|{found['label']}"
    return None


def _said(entry: _Entry, regime: Regime, source: Source) -> Iterator[Record]:
    yield from _names(entry)
    yield from _facts(entry)
    yield from _listings(entry, regime, source)
    entry.fields.must_be_empty()


# ---- Names ----
def _names(entry: _Entry) -> Iterator[Record]:
    """The target and its names. Surname and given names are joined with a comma, since the file keeps them apart."""
    parts = [_text(entry, "LastName"), _text(entry, "GivenName")]
    body = _text(entry, "EntityOrShip") or _text(entry, "Entity")
    name = body or ", ".join(part for part in parts if part)
    yield Target(entry.key, entry.kind, name, entry.locator)
    yield Name(entry.key, name, "name", script=script_of(name))
    for alias, language in dict.fromkeys(aliases(_text(entry, "Aliases") or "", entry.kind)):
        yield Name(entry.key, alias, "Aliases", language, script_of(alias))


def aliases(cell: str, kind: str) -> Iterator[tuple[str, str | None]]:
    """The names in one cell, each with its language where the cell says it.

    A semicolon, ` / ` and the name of a language always part names. A comma parts those of persons if every piece has two
    words: `Sergei, Serhii SHERBAKOV` and `Ltd.` after a comma are no names. With `or` in it a piece stays as it is.
    """
    pieces = _IN_LANGUAGE.split(cell)
    for text, language in zip(pieces[::2], [None, *pieces[1::2]], strict=True):
        for part in text.split(";"):
            for name in _parted(part, kind):
                if clean := name.strip(" ,"):
                    yield clean, _LANGUAGES[language] if language else None


def _parted(text: str, kind: str) -> list[str]:
    if _OR.search(text):
        return [text]
    found = text.split(" / ")
    commas = [piece for name in found for piece in name.strip(" ,").split(",")]
    return commas if kind == "person" and all(len(piece.split()) > 1 for piece in commas) else found


# ---- Facts ----
def _facts(entry: _Entry) -> Iterator[Record]:
    """Birth or building of the ship, title or kind of ship, IMO number."""
    for label in ("DateOfBirth", "DateOfBirthOrShipBuildDate"):
        if words := _text(entry, label):
            for part in _OR.split(words):
                yield Fact(entry.key, f"{label} of a {entry.kind}", part.strip(), _read(part), note=_alternative(words))
    for label in ("Title", "TitleOrShip"):
        if words := _text(entry, label):
            yield Fact(entry.key, f"{label} of a {entry.kind}", words)
    if number := _text(entry, "ShipIMONumber"):
        yield Identifier(entry.key, "ShipIMONumber", number)


def _alternative(words: str) -> str | None:
    return words if _OR.search(words) else None


# ---- Listings ----
def _listings(entry: _Entry, regime: Regime, source: Source) -> Iterator[Record]:
    """What the regulation does to those on this schedule: derived, by the table, from country and schedule."""
    applying = regime.applying_to(f"{entry.kind}/{entry.schedule.split(',')[0] if entry.schedule[:1].isdigit() else ''}")
    if not applying:
        raise UnknownRegime(f"ca_sema: {regime.key} has no measure for a {entry.kind} on schedule {entry.schedule!r}")
    words = _text(entry, "DateOfListing")
    listed = _day(words)
    if words and listed is None:
        text = "DateOfListing: expected a day as in 2022-02-24"
        yield Reject(entry.locator, "dates", "malformed_date", text, words, entry.key)
    for measure in applying:
        yield Listing(entry.key, measure.key, "derived")
        if listed is not None:
            since = _since(measure, listed, source.facts["later_than_the_lists"])
            yield DatedStep(measure.key, "list", "unspecified", since, entry.key, source_step_key="DateOfListing")


def _since(measure: RegimeMeasure, listed: Period, later: dict[str, dt.date]) -> Period:
    """The day of listing; for an effect that the law attached to the lists later, no later than the day of that law."""
    day = later.get(measure.type_text)
    if day is None or listed.earliest is None or listed.earliest >= day:
        return listed
    why = f"listed on {listed.text}; {measure.type_text} of all who are listed since {day.isoformat()}"
    return Period(None, day, "not_after", listed.text, derivation=why)


# ---- Words ----
def _line(text: str | None) -> str:
    """The words on one line: NBSP, line breaks and blanks at the end are the file's layout."""
    return " ".join(unicodedata.normalize("NFKC", text or "").split())


def _text(entry: _Entry, name: str) -> str | None:
    """A field on one line, otherwise as written."""
    return " ".join((entry.fields.text(name) or "").split()) or None


def _read(text: str) -> Period | None:
    """The day, month, year or years that regular words name (`1957-1958` are years); None for others (`Sep-64`)."""
    try:
        return english(text)
    except UnreadableDate:
        return None


def _day(text: str | None) -> Period | None:
    period = _read(text) if text else None
    return period if period and period.precision == "day" else None


def _quoted(text: str) -> str:
    """The text as a literal of XPath, which has no escapes."""
    return f'"{text}"' if "'" in text else f"'{text}'"
