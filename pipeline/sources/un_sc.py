"""The consolidated list of the United Nations Security Council: people and entities of all its regimes in one XML file.

An entry names its regime (UN_LIST_TYPE); which measures follow is stated in the comment of some entries and otherwise
derived from the cited table in `un_sc.toml`. LISTED_ON is the day of the first listing: Iran's names came back in 2025
with the days of 2006 to 2012, so that being on the list on a day is known from the editions and not from LISTED_ON.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from pipeline.dates import UnreadableDate, english
from pipeline.documents import Document
from pipeline.readers.regimes import Regime, UnknownRegime, regimes
from pipeline.readers.xml import Fields, UnknownContent, elements, local_name, shown
from pipeline.records import Address, DatedStep, Fact, Identifier, Listing, Name, Period, Record, Reject, Target
from pipeline.sources import Source

# What each element around the entries holds; anything else is a new section of the list.
_SECTIONS = {"CONSOLIDATED_LIST": {"INDIVIDUALS", "ENTITIES"}, "INDIVIDUALS": {"INDIVIDUAL"}, "ENTITIES": {"ENTITY"}}
_NAME_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_ADDRESS_PARTS = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")
_PLACE_PARTS = ("STREET", "CITY", "STATE_PROVINCE", "COUNTRY")
# Said at most once each, as text; GENDER since 2025.
_TEXT_FACTS = ("GENDER", "HAS_INTERPOL_LINK", "INTERPOL_LINK")
# VERSIONNUM is 1 and the sort keys are empty in every entry of the 44 recorded states; DATAID is a number of the
# publisher's system that changed eight times under the same reference number (HTi.001, KPe.068, …).
_SAYING_NOTHING = ("DATAID", "VERSIONNUM", "SORT_KEY", "SORT_KEY_LAST_MOD")

# 9 Dec 2006; 18 Feb. 2013; March 22, 2018; 2023-06-04
_WRITTEN_DAY = r"(?:\d{1,2} ?[A-Z][a-z]{2,8}\.? \d{4}|[A-Z][a-z]{2,8} \d{1,2}, \d{4}|\d{4}-\d\d-\d\d)"
_EXPIRY = re.compile(
    r"\b(?:expir(?:ation|y) date(?: of)?|date of expiration|expire[ds]|expiring|exp\.|valid until)(?: on|:)? "
    rf"(?P<day>{_WRITTEN_DAY})",
    re.IGNORECASE,
)
_NOT_VALID = re.compile(r"\b(?:fraudulent(?:ly)?|false|cancelled|revoked)\b", re.IGNORECASE)
_ORIGINAL_SCRIPT = re.compile(r"(?:original script|in Arabic script): (?P<name>.+)")
_INTERPOL_LINK = re.compile(r"https://www\.interpol\.int/[^\s,;)]+")
# "Listed on 17 March 2011 pursuant to paragraph 17 of resolution 1970 (Asset Freeze)"; brackets without such a word
# hold a year or part of a paragraph's number.
_STATEMENT = re.compile(
    r"\blisted(?: on (?P<day>\d{1,2} [a-z]+ \d{4}))? pursuant to [^.;“]*?"
    r"\((?P<measures>[^()]*\b(?:ban|freeze|embargo)\b[^()]*)\)",
    re.IGNORECASE,
)


class _Entry(NamedTuple):
    key: str
    kind: str
    locator: str
    fields: Fields


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield each regime that the document names, and each entry with all that it says, in the order of the document.

    Raises UnknownContent for an element or attribute, UnknownRegime for a regime or measure never seen before.
    """
    known, named, keys = regimes(source.facts), set[str](), set[str]()
    with document.open() as stream:
        for element in elements(stream, "INDIVIDUAL", "ENTITY", *_SECTIONS):
            _must_be_known(element)
            if local_name(element) in _SECTIONS:
                continue
            entry, word = _entry(element)
            if entry.key in keys:
                yield _reject(entry, "targets", "duplicate_key", "a second entry of the same reference number", shown(element))
                continue
            keys.add(entry.key)
            regime = _regime(known, word)
            if regime.key not in named:
                named.add(regime.key)
                locator = f"//UN_LIST_TYPE[normalize-space()='{word}']"
                yield from regime.records(locator, instrument_type="Security Council resolution")
            yield from _said(entry, regime, source)


def _must_be_known(element: etree._Element) -> None:
    """Raise UnknownContent for an attribute, or for a section or an entry of a new kind.

    Elements that stand before this one are gone when the next is read, so that its neighbour is looked at here.
    """
    name, before, parent = local_name(element), element.getprevious(), element.getparent()
    beside = {name} if before is None else {name, local_name(before)}
    strange = set() if parent is None else beside - _SECTIONS.get(local_name(parent), set())
    if name in _SECTIONS:
        strange |= {local_name(child) for child in element} - _SECTIONS[name]
    else:
        strange |= {f"{local_name(node)} {list(node.attrib)}" for node in element.iter() if node.attrib}
    if strange:
        raise UnknownContent(f"in or before <{name}>: {', '.join(sorted(strange))}, which the parser does not know")


def _entry(element: etree._Element) -> tuple[_Entry, str]:
    """The entry and the word for its regime; its key is trimmed, since trailing blanks came and went."""
    fields, kind = Fields(element), local_name(element)
    key = fields.required("REFERENCE_NUMBER")
    locator = f"//{kind}[normalize-space(REFERENCE_NUMBER)='{key}']"
    return _Entry(key, kind, locator, fields), fields.required("UN_LIST_TYPE")


def _regime(known: dict[str, Regime], word: str) -> Regime:
    try:
        return known[word]
    except KeyError:
        raise UnknownRegime(f"un_sc: UN_LIST_TYPE {word!r} is not among the words of [[programme]] in un_sc.toml") from None


def _said(entry: _Entry, regime: Regime, source: Source) -> Iterator[Record]:
    comment = _line(entry.fields.text("COMMENTS1"))
    yield from _names(entry)
    yield from _texts(entry, comment)
    yield from _births(entry)
    yield from _documents(entry, source)
    yield from _addresses(entry)
    yield from _listings(entry, regime, comment, source)
    _must_say_un_list(entry)
    entry.fields.ignore(*_SAYING_NOTHING).must_be_empty()


def _must_say_un_list(entry: _Entry) -> None:
    said = [text for holder in entry.fields.all("LIST_TYPE") for text in _values(holder)]
    if said != ["UN List"]:
        raise UnknownContent(f"{entry.key}: LIST_TYPE says {said}; expected 'UN List' in every entry")


# ---- Names ----
def _names(entry: _Entry) -> Iterator[Record]:
    """The target, its names, and what is said of each alias. An alias without a name is no name."""
    name = " ".join(text for part in _NAME_PARTS if (text := _line(entry.fields.text(part))))
    yield Target(entry.key, entry.kind, name or None, entry.locator)
    names, facts = [Name(entry.key, name, "NAME")] if name else [], list[Record]()
    if original := _line(entry.fields.text("NAME_ORIGINAL_SCRIPT")):
        names.append(Name(entry.key, original, "NAME_ORIGINAL_SCRIPT"))  # its language is not said
    for element in entry.fields.all(f"{entry.kind}_ALIAS"):
        said_names, said_facts = _alias(entry, Fields(element))
        names += said_names
        facts += said_facts
    yield from dict.fromkeys(names)  # QDi.092 has one alias three times, with three births
    yield from facts


def _alias(entry: _Entry, fields: Fields) -> tuple[list[Name], list[Record]]:
    """The name, and the birth and remark that go with it.

    Since 2024 a birth also stands in an alias without a name: that one is the entry's own.
    """
    value, quality, note = _line(fields.text("ALIAS_NAME")), _line(fields.text("QUALITY")), _line(fields.text("NOTE"))
    if bool(value) != bool(quality):
        raise UnknownContent(f"{entry.key}: alias {value!r} of quality {quality!r}; expected both or neither")
    names = [Name(entry.key, value, quality)] if value and quality else []
    of_alias = f"of the alias {value}" if value else "in an alias without a name"
    whose = "ALIAS_" if value else ""
    facts: list[Record] = []
    born = _line(fields.text("DATE_OF_BIRTH"))
    if born and born != "null":  # 24 times in 2024 and after: the word of a program, not of a person
        facts.append(Fact(entry.key, f"{whose}DATE_OF_BIRTH", born, _read(born), note=of_alias))
    place = _place(entry, fields, ("CITY_OF_BIRTH", "COUNTRY_OF_BIRTH"), of_alias)
    facts += [fact._replace(kind_text=f"{whose}PLACE_OF_BIRTH") for fact in place]
    if note:
        facts.append(Fact(entry.key, "ALIAS_NOTE", note, note=of_alias))
        if script := _ORIGINAL_SCRIPT.fullmatch(note):
            names.append(Name(entry.key, script["name"], "NAME_ORIGINAL_SCRIPT"))
    fields.must_be_empty()
    return names, facts


# ---- Facts ----
def _texts(entry: _Entry, comment: str | None) -> Iterator[Record]:
    """Titles, functions, nationalities and the other texts, each under its own label."""
    for kind in ("TITLE", "DESIGNATION", "NATIONALITY"):
        for holder in entry.fields.all(kind):
            for value in _values(holder):
                yield Fact(entry.key, kind, value, country_text=value if kind == "NATIONALITY" else None)
    for kind in _TEXT_FACTS:
        if text := _line(entry.fields.text(kind)):
            yield Fact(entry.key, kind, text)
    if comment:
        yield Fact(entry.key, "COMMENTS1", comment)
    for link in dict.fromkeys(_INTERPOL_LINK.findall(comment or "")):
        yield Fact(entry.key, "INTERPOL_LINK", link.rstrip("."))
    if state := _line(entry.fields.text("SUBMITTED_BY")):
        yield Fact(entry.key, "SUBMITTED_BY", state, country_text=state)
    if day := _line(entry.fields.text("SUBMITTED_ON")):
        yield Fact(entry.key, "SUBMITTED_ON", day, _day(day))


def _births(entry: _Entry) -> Iterator[Record]:
    for element in entry.fields.all("INDIVIDUAL_DATE_OF_BIRTH"):
        yield from _birth_date(entry, element)
    for element in entry.fields.all("INDIVIDUAL_PLACE_OF_BIRTH"):
        fields = Fields(element)
        note = _line(fields.text("NOTE"))
        place = _place(entry, fields, _PLACE_PARTS, note)
        yield from place or ([Fact(entry.key, "PLACE_OF_BIRTH", note)] if note else [])
        fields.must_be_empty()


def _place(entry: _Entry, fields: Fields, parts: tuple[str, ...], note: str | None) -> list[Fact]:
    """The place of birth as one line, where there is one; the last of the parts is its country."""
    said = {part: text for part in parts if (text := _line(fields.text(part)))}
    words = ", ".join(said.values())
    return [Fact(entry.key, "PLACE_OF_BIRTH", words, country_text=said.get(parts[-1]), note=note)] if said else []


def _birth_date(entry: _Entry, element: etree._Element) -> Iterator[Record]:
    """One date of birth in the words of the record; a Period where they are regular."""
    fields = Fields(element)
    kind, note = _line(fields.text("TYPE_OF_DATE")), _line(fields.text("NOTE"))
    day, year = _line(fields.text("DATE")), _line(fields.text("YEAR"))
    first, last = _line(fields.text("FROM_YEAR")), _line(fields.text("TO_YEAR"))
    fields.must_be_empty()
    span = f"{first} - {last}" if first or last else None
    words = day or year or span or note
    if words is None:
        return
    if kind not in ("EXACT", "APPROXIMATELY", "BETWEEN"):
        yield _reject(entry, "target_facts", "unknown_label", f"TYPE_OF_DATE {kind!r} of a date", shown(element))
        return
    # "Sep." beside the year 1958, "Nov. 1973" alone; other remarks ("30-35 years old", a Hijri date) stay words.
    period = (_read(f"{note} {year}") if note and year else None) or _read(words)
    circa = kind == "APPROXIMATELY" or (note is not None and note.lower() == "approximately")
    yield Fact(
        entry.key, "DATE_OF_BIRTH", f"{kind} {words}", period._replace(is_approximate=circa) if period else None,
        note=note if note != words else None,
    )  # fmt: skip


# ---- Documents and addresses ----
def _documents(entry: _Entry, source: Source) -> Iterator[Record]:
    for element in entry.fields.all("INDIVIDUAL_DOCUMENT"):
        yield from _document(entry, Fields(element), source)


def _document(entry: _Entry, fields: Fields, source: Source) -> Iterator[Record]:
    """A document with its number; one whose number stands in free text, or nowhere, is a fact in the record's words."""
    kind, number = _line(fields.text("TYPE_OF_DOCUMENT")), _line(fields.text("NUMBER"))
    detail, issued = _line(fields.text("TYPE_OF_DOCUMENT2")), _line(fields.text("DATE_OF_ISSUE"))
    country, other = _line(fields.text("ISSUING_COUNTRY")), _line(fields.text("COUNTRY_OF_ISSUE"))
    city, note = _line(fields.text("CITY_OF_ISSUE")), _line(fields.text("NOTE"))
    fields.must_be_empty()
    if detail in source.words["identifier_type"]:
        kind, detail = detail, None
    place = ", ".join(text for text in (city, other if country and other != country else None) if text)
    remark = "; ".join(text for text in (detail, f"issued in {place}" if place else None, note) if text) or None
    country = country or other
    if number and kind:
        yield Identifier(
            entry.key, kind, number, country, _day(issued) if issued else None, _expiry(note or ""),
            is_valid=False if _NOT_VALID.search(note or "") else None, note=remark,
        )  # fmt: skip
    elif kind or number or remark or country or issued:
        words = "; ".join(text for text in (kind, number, remark) if text) or None
        yield Fact(entry.key, "DOCUMENT", words, _day(issued) if issued else None, country)


def _addresses(entry: _Entry) -> Iterator[Record]:
    for element in entry.fields.all(f"{entry.kind}_ADDRESS"):
        fields = Fields(element)
        said = {part: text for part in _ADDRESS_PARTS if (text := _line(fields.text(part)))}
        note = _line(fields.text("NOTE"))
        fields.must_be_empty()
        if said or note:
            yield Address(
                entry.key, ", ".join(said.values()) or None, said.get("CITY"), said.get("STATE_PROVINCE"),
                said.get("ZIP_CODE"), said.get("COUNTRY"), note,
            )  # fmt: skip


# ---- Listings and their dates ----
def _listings(entry: _Entry, regime: Regime, comment: str | None, source: Source) -> Iterator[Record]:
    """The measures that the entry stands under, each with the day of its listing and of every change of the entry."""
    listed = _line(entry.fields.required("LISTED_ON")) or ""
    changes = [day for holder in entry.fields.all("LAST_DAY_UPDATED") for day in _values(holder)]
    stated = _stated(regime, comment or "", source.facts["stated_measures"])
    for measure, statement in stated.items():
        yield Listing(entry.key, measure, "stated", reason_text=statement.group())
        own_day = _day(statement["day"]) if statement["day"] else None
        yield from _listed(entry, measure, own_day or _day(listed), statement.group())
    derived = () if stated else regime.listings(entry.key, entry.kind)
    for listing in derived:
        yield listing
        yield from _listed(entry, listing.measure_key, _day(listed), None)
    if _day(listed) is None:
        yield _reject(entry, "dates", "malformed_date", "LISTED_ON: expected a day as in 2011-02-26", listed)
    for change in dict.fromkeys(changes):  # LYi.023 names one day twice
        yield from _amended(entry, change, (*stated, *(listing.measure_key for listing in derived)))


def _listed(entry: _Entry, measure: str, day: Period | None, quote: str | None) -> Iterator[DatedStep]:
    if day is not None:
        yield DatedStep(measure, "list", "unspecified", day, entry.key, source_step_key="LISTED_ON", quote=quote)


def _amended(entry: _Entry, text: str, measures: tuple[str, ...]) -> Iterator[Record]:
    day = _day(text)
    if day is None:
        yield _reject(entry, "dates", "malformed_date", "LAST_DAY_UPDATED: expected a day as in 2011-02-26", text)
        return
    for measure in measures:
        yield DatedStep(measure, "amend", "unspecified", day, entry.key, source_step_key=f"LAST_DAY_UPDATED {text}")


def _stated(regime: Regime, comment: str, words: dict[str, str]) -> dict[str, re.Match[str]]:
    """The keys of the measures that the comment names, each with the statement; empty where it names none.

    Raises UnknownRegime for a measure in words that `[stated_measures]` does not hold.
    """
    found: dict[str, re.Match[str]] = {}
    for statement in _STATEMENT.finditer(comment):
        for word in statement["measures"].split(","):
            type_text = words.get(word.strip().lower())
            if type_text is None:
                raise UnknownRegime(f"un_sc: {word.strip()!r} in {statement.group()!r} is not in [stated_measures]")
            found[regime.measure(type_text).key] = statement
    return found


# ---- Words ----
def _line(text: str | None) -> str | None:
    """The words on one line: line breaks and runs of blanks are the file's layout, which changed between editions."""
    return " ".join(text.split()) or None if text else None


def _values(holder: etree._Element) -> list[str]:
    """The texts of the VALUE children that have any (203 to 465 of LAST_DAY_UPDATED have none)."""
    fields = Fields(holder)
    texts = [line for text in fields.texts("VALUE") if (line := _line(text))]
    fields.must_be_empty()
    return texts


def _day(text: str) -> Period | None:
    """The day as written, without its zone: `2015-07-01-04:00` is 1 July; None for other forms and impossible days."""
    period = _read(text)
    return period if period and period.precision == "day" else None


def _read(text: str) -> Period | None:
    """The day, month, year or years that regular words name; None for others."""
    try:
        return english(text)
    except UnreadableDate:
        return None


def _expiry(note: str) -> Period | None:
    """The day on which a document expires, where the remark names exactly one in a regular form."""
    days = _EXPIRY.findall(note)
    return _day(days[0]) if len(days) == 1 else None


def _reject(entry: _Entry, table: str, reason: str, text: str, raw: str) -> Reject:
    return Reject(entry.locator, table, reason, text, raw, entry.key)
