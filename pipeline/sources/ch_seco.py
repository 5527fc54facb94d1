"""Switzerland's list of sanctioned individuals, entities and objects (SECO): measures and the dates of every step.

A programme (an ordinance) holds sets of sanctions, and a target names the sets that it stands under. Each modification of a
target (listed, amended, de-listed) has up to three days: enacted, published, effective. The list forgets nobody: de-listed
targets stay in it, and a modification may hold copies of what was added and removed, which are no targets and no people:
their texts stay in the document, but for the sets of sanctions that they brought or took.
"""

import datetime as dt
import functools
import re
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import pycountry
from lxml import etree

from pipeline.documents import Document
from pipeline.readers.scripts import script_of
from pipeline.readers.xml import Fields, UnknownContent, elements, local_name, shown
from pipeline.records import (
    Action,
    Address,
    DatedStep,
    Fact,
    Identifier,
    Instrument,
    Link,
    Listing,
    Measure,
    MeasureInstrument,
    Name,
    Period,
    Programme,
    Record,
    Reject,
    Scope,
    Step,
    Target,
)
from pipeline.sources import Source

_ROOT, _CHILDREN = "swiss-sanctions-list", ("sanctions-program", "place", "target")
# `full-without-history` is a conversion without programmes and modifications; `amendment` holds the changed targets alone.
_LIST_TYPES = ("whole-list", "amendment", "full-without-history")
_KINDS = ("individual", "entity", "object")
_ACTIONS: dict[str, Action] = {"listed": "list", "amended": "amend", "de-listed": "delist"}
_STEPS: dict[str, Step] = {
    "enactment-date": "enacted", "publication-date": "published", "effective-date": "effective",
}  # fmt: skip
# Every attribute that an element may have; ssid is the register's key of everything.
_ATTRIBUTES = {
    "sanctions-program": {"ssid", "version-date", "predecessor-version-date"},
    "program-key": {"lang"}, "program-name": {"lang"}, "sanctions-set": {"ssid", "lang"}, "origin": set[str](),
    "place": {"ssid"}, "country": {"iso-code"},
    "location-variant": {"variant-type", "lang", "script"}, "area-variant": {"variant-type", "lang", "script"},
    "target": {"ssid", "sanctions-set-id"}, "generic-attribute": {"ssid", "name"},
    "individual": {"sex"}, "object": {"object-type"}, "identity": {"ssid", "main"},
    "name": {"ssid", "name-type", "quality", "lang"}, "name-part": {"order", "name-part-type"},
    "spelling-variant": {"lang", "script", "spelling-variant-type"},
    "day-month-year": {"ssid", "day", "month", "year", "calendar", "quality"},
    "nationality": {"ssid"}, "place-of-birth": {"ssid", "place-id", "quality"},
    "address": {"ssid", "place-id", "quality", "main", "current"},
    "identification-document": {"ssid", "document-type"}, "issuer": {"code"}, "place-of-issue": {"place-id"},
    "justification": {"ssid"}, "other-information": {"ssid"}, "relation": {"ssid", "target-id", "relation-type"},
    "modification": {"modification-type", "enactment-date", "publication-date", "effective-date"},
}  # fmt: skip
_NONE = frozenset[str]()
_UN_REFERENCE = re.compile(r"[A-Z]{2,3}[ei]\.\d{3}")
_IMO = re.compile(r"IMO(?: [Nn]umber| [Nn]o\.?)?\s*:\s*(?P<number>(?:IMO )?\d{7})\.?")


class _Set(NamedTuple):
    """A set of sanctions: what the list calls a measure, with the types that its words name."""

    text: str
    origins: frozenset[str]
    types: tuple[str, ...]


class _Ordinance(NamedTuple):
    """A programme: the ordinance, by its name in English, and what its sets share."""

    key: str
    name: str
    origins: frozenset[str]
    territories: tuple[str, ...]


class _Place(NamedTuple):
    location: str | None
    area: str | None
    country: str | None

    @property
    def text(self) -> str | None:
        return ", ".join(part for part in self if part) or None


_NOWHERE = _Place(None, None, None)


class _Change(NamedTuple):
    """One modification: what it did, on which days, and the sets that it alone brought or took away."""

    action: Action
    days: dict[Step, dt.date]
    element: etree._Element
    sets_brought: frozenset[str]
    sets_taken: frozenset[str]

    @property
    def key(self) -> str:
        return " ".join(sorted(f"{name!s}={value!s}" for name, value in self.element.attrib.items()))

    @property
    def tells_sets_alone(self) -> bool:
        """True where all that was added and removed are sets, so that it changes no listing under another set."""
        told = {local_name(item) for holder in self.element for item in holder}
        return told == {"sanctions-set-id"}

    def is_before(self, other: "_Change | None") -> bool:
        """True where both have days and this one's come first; the list writes the newest first, but not always."""
        if other is None or not self.days or not other.days:
            return False
        return min(self.days.values()) < min(other.days.values())


class _Entry(NamedTuple):
    key: str
    kind: str
    locator: str
    element: etree._Element


class _List(NamedTuple):
    """What the document has said so far that its targets refer to."""

    source: Source
    day: dt.date
    sets: dict[str, _Set]
    places: dict[str, _Place]
    waiting: list[tuple[str, Record]]
    """Records whose place stands after the targets: the number of the place, and the record without it."""


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield each programme with its measures, each target with all that it says and every step of its listings.

    Raises UnknownContent for an element, attribute or type of list never seen before.
    """
    with document.open() as stream:
        said: _List | None = None
        for element in elements(stream, *_CHILDREN, _ROOT, of_root=True):
            said = said or _begin(element, source)
            _must_stand_among_known(element)
            if local_name(element) == "sanctions-program":
                yield from _programme(element, said)
            elif local_name(element) == "place":
                said.places.update(_place(element))
            elif local_name(element) == "target":
                yield from _target(element, said)
        if said is not None:
            yield from _placed(said)


def _begin(element: etree._Element, source: Source) -> _List:
    """The head of the list, looked at with its first child."""
    parent = element.getparent()
    root = element if parent is None else parent
    if local_name(root) != _ROOT or root.get("list-type") not in _LIST_TYPES:
        raise UnknownContent(f"the root is {shown(root, 200)}; expected a {_ROOT} of one of the types {', '.join(_LIST_TYPES)}")
    _must_have(root, {"list-type", "date"})
    return _List(source, dt.date.fromisoformat(root.get("date", "")), {}, {}, [])


def _must_stand_among_known(element: etree._Element) -> None:
    """Raise UnknownContent for a child of the root never seen: those before this one, or at the end those that are left."""
    before = element.getprevious()
    beside = list(element) if local_name(element) == _ROOT else [before] if before is not None else []
    for child in beside:
        if local_name(child) not in _CHILDREN:
            raise UnknownContent(f"<{local_name(child)}> in the list, which the parser does not know: {shown(child)}")


def _must_have(element: etree._Element, known: set[str] | frozenset[str]) -> None:
    if element.attrib and not known.issuperset(element.attrib):
        strange = sorted({str(name) for name in element.attrib} - known)
        raise UnknownContent(f"<{local_name(element)}> has {', '.join(strange)}, which the parser does not know")


def _must_be_known(element: etree._Element) -> None:
    """Raise UnknownContent for an attribute never seen. The copies inside a modification are not looked at."""
    name = local_name(element)
    _must_have(element, _ATTRIBUTES.get(name, _NONE))
    if name != "modification":
        for child in element:
            _must_be_known(child)


# ---- Programmes, measures and places ----
def _programme(element: etree._Element, said: _List) -> Iterator[Record]:
    """The ordinance, and a measure for each type of sanction that a set names."""
    _must_be_known(element)
    number, fields = element.get("ssid", ""), Fields(element)
    keys, names = _by_language(fields.all("program-key")), _by_language(fields.all("program-name"))
    sets: dict[str, list[etree._Element]] = {}
    for item in fields.all("sanctions-set"):
        sets.setdefault(item.get("ssid", ""), []).append(item)
    origins = _origins(fields.required("origin"), said.source)
    fields.must_be_empty()
    locator = f"//sanctions-program[@ssid='{number}']"
    territories = said.source.facts["territories"].get(keys["eng"])
    if territories is None:
        text = f"expected a programme of [territories] in ch_seco.toml, came {keys['eng']}"
        yield Reject(locator, "programmes", "unknown_label", text, keys["eng"])
    yield Programme(number, names["eng"], territory_texts=tuple(territories or ()))
    days = {name: element.get(name) for name in ("version-date", "predecessor-version-date")}
    versions = "; ".join(f"{name} {day}" for name, day in days.items() if day)
    spoken = " | ".join((*keys.values(), *names.values()))
    yield Instrument(names["eng"], "ordinance", names["eng"], locator=locator, quote=f"{spoken} ({versions})")
    ordinance = _Ordinance(number, names["eng"], origins, tuple(territories or ()))
    for key, texts in sets.items():
        yield from _measures(key, _by_language(texts), ordinance, said)


def _measures(key: str, texts: dict[str, str], ordinance: _Ordinance, said: _List) -> Iterator[Record]:
    """The measures of a set. Its words name one type of sanction or several; a set with none is a reject."""
    locator = f"//sanctions-set[@ssid='{key}']"
    types = tuple(row["type_text"] for row in said.source.facts["set_words"] if re.search(row["words"], texts["eng"], re.I))
    said.sets[key] = _Set(texts["eng"], ordinance.origins, types)
    if not types:
        text = "expected words of [[set_words]] in ch_seco.toml in the name of a set of sanctions"
        yield Reject(locator, "measures", "unknown_label", text, texts["eng"])
    for type_text in types:
        scope: Scope = "vessels" if type_text == "vessel-related measures" else "listed_targets"
        yield Measure(
            _measure_key(key, type_text), type_text, locator, scope, ordinance.key, "Federal Council",
            ordinance.territories, quote=" | ".join(texts.values()),
        )  # fmt: skip
        yield MeasureInstrument(_measure_key(key, type_text), ordinance.name, "imposes", texts["eng"])


def _measure_key(set_key: str, type_text: str) -> str:
    return f"{set_key}|{type_text}"


def _by_language(items: list[etree._Element]) -> dict[str, str]:
    """The words in each language. Raises UnknownContent where the English ones, which are read on, are missing."""
    found = {item.get("lang", ""): _line(item.text) for item in items if _line(item.text)}
    if "eng" not in found:
        raise UnknownContent(f"a programme or set without English words: {[shown(item) for item in items]}")
    return found


def _origins(text: str, source: Source) -> frozenset[str]:
    """`ONU, UE` is un and other; raises UnknownWord for a word that is none of [words.origin]."""
    return frozenset(source.code("origin", word.strip()) for word in text.split(","))


def _place(element: etree._Element) -> dict[str, _Place]:
    """A place by its number. Its other spellings say nothing of a target and stay in the document."""
    _must_be_known(element)
    fields = Fields(element).ignore("location-variant", "area-variant")
    place = _Place(fields.text("location"), fields.text("area"), _country(fields.all("country")))
    fields.must_be_empty()
    return {element.get("ssid", ""): place}


def _country(found: list[etree._Element]) -> str | None:
    """The name of a country, or its code where it has no name."""
    return next((_line(country.text) or country.get("iso-code") for country in found), None)


# ---- Targets ----
def _target(element: etree._Element, said: _List) -> Iterator[Record]:
    _must_be_known(element)
    fields, key = Fields(element), element.get("ssid", "")
    bodies = [body for kind in _KINDS for body in fields.all(kind)]
    if len(bodies) != 1 or not key:
        raise UnknownContent(f"a target without a number, or with {len(bodies)} bodies: {shown(element)}")
    kind = local_name(bodies[0])
    kind = bodies[0].get("object-type", kind) if kind == "object" else kind
    entry = _Entry(key, kind, f"/{_ROOT}/target[@ssid='{key}']", bodies[0])
    yield from _body(entry, said)
    foreign = fields.texts("foreign-identifier")
    for value in foreign:
        yield Identifier(key, "foreign-identifier", value)
    for attribute in fields.all("generic-attribute"):
        if value := _line(attribute.text):
            yield Fact(key, "generic-attribute", value, note=attribute.get("name"))
    sets = fields.texts("sanctions-set-id") or [word for word in [element.get("sanctions-set-id")] if word]
    changes = [_change(change) for change in fields.all("modification")]
    fields.must_be_empty()
    yield from _listings(entry, sets, changes, foreign, said)


def _body(entry: _Entry, said: _List) -> Iterator[Record]:
    fields, names, facts = Fields(entry.element), list[Name](), list[Record]()
    for identity in fields.all("identity"):
        for record in _identity(entry, identity, said):
            (names if isinstance(record, Name) else facts).append(record)  # type: ignore[arg-type]
    primary = next((name.value for name in names if name.type_text.startswith("primary-name")), None)
    yield Target(entry.key, entry.kind, primary, entry.locator)
    yield from dict.fromkeys(names)
    yield from facts
    if sex := entry.element.get("sex"):
        yield Fact(entry.key, "sex", sex)
    yield from _remarks(entry, fields)
    for relation in fields.all("relation"):
        inner = Fields(relation)
        note = "; ".join(part for part in (relation.get("relation-type"), inner.text("remark")) if part) or None
        yield Link(entry.key, relation.get("target-id", ""), "relation", note)
        inner.must_be_empty()
    fields.must_be_empty()


def _remarks(entry: _Entry, fields: Fields) -> Iterator[Record]:
    for label in ("justification", "other-information"):
        for text in dict.fromkeys(map(_line, fields.texts(label))):
            yield Fact(entry.key, label, text)
            if imo := _IMO.fullmatch(text):
                yield Identifier(entry.key, "IMO Number", imo["number"])


def _identity(entry: _Entry, identity: etree._Element, said: _List) -> Iterator[Record]:
    """An identity of the target: a second one is another name and birth of the same person, never another person."""
    fields, is_main = Fields(identity), identity.get("main") != "false"
    for element in fields.all("name"):
        yield from _names(entry, element, is_main=is_main)
    note = None if is_main else "of another identity"
    for element in fields.all("day-month-year"):
        yield _born(entry, element, note)
    for element in fields.all("nationality"):
        inner = Fields(element)
        if country := _country(inner.all("country")):
            yield Fact(entry.key, "nationality", country, country_text=country, note=note)
        inner.must_be_empty()
    for element in fields.all("place-of-birth"):
        said.waiting.append((element.get("place-id", ""), Fact(entry.key, "place-of-birth", note=_quality(element, note))))
    for element in fields.all("identification-document"):
        yield from _paper(entry, element, said)
    for element in fields.all("address"):
        yield from _address(entry, element, said)
    fields.must_be_empty()


# ---- Names ----
def _names(entry: _Entry, element: etree._Element, *, is_main: bool) -> Iterator[Record]:
    """The name in the order of its parts, and again for each language and script that its parts are spelled in.

    A title is a fact. A maiden name beside a family name is a fact too: nobody is called by both.
    """
    parts = sorted(element, key=lambda part: int(part.get("order", "0")))
    kinds = {part.get("name-part-type", "") for part in parts}
    apart = {"title", "maiden-name"} if "family-name" in kinds else {"title"}
    for part in parts:
        if part.get("name-part-type") in apart and (value := _value(part)):
            yield Fact(entry.key, part.get("name-part-type", ""), value)
    kept = [part for part in parts if part.get("name-part-type") not in apart]
    whole = " ".join(value for part in kept if (value := _value(part)))
    kind = element.get("name-type", "")
    kind = kind if is_main or kind != "primary-name" else "primary-name of another identity"
    kind = f"{kind}/{element.get('quality')}" if element.get("quality") not in ("good", None) else kind
    if whole:
        yield Name(entry.key, whole, kind, _language(element.get("lang")), script_of(whole))
    for language, script, spelling in _spellings(kept):
        if spelling != whole:
            yield Name(entry.key, spelling, "spelling-variant", language, script)


def _spellings(parts: list[etree._Element]) -> Iterator[tuple[str | None, str | None, str]]:
    """Each way in which the name is spelled otherwise: the variants of one language and script, part by part.

    A part without such a variant keeps its own spelling, unless its script is another: then the name is of the parts that
    have one. Variants are not crossed with each other.
    """
    variants: dict[tuple[str | None, str | None], dict[int, list[str]]] = {}
    for number, part in enumerate(parts):
        for variant in part.iterfind("{*}spelling-variant"):
            if value := _line(variant.text):
                group = (variant.get("lang"), variant.get("script"))
                variants.setdefault(group, {}).setdefault(number, []).append(value)
    for (language, written), by_part in variants.items():
        for turn in range(max(map(len, by_part.values()))):
            words = [_spelled(part, by_part.get(number), turn, written) for number, part in enumerate(parts)]
            spelling = " ".join(word for word in words if word)
            yield _language(language), (written or "").capitalize() or script_of(spelling), spelling


def _spelled(part: etree._Element, variants: list[str] | None, turn: int, script: str | None) -> str | None:
    if variants:
        return variants[min(turn, len(variants) - 1)]
    value = _value(part)
    return value if value and (script or "LATN").capitalize() == script_of(value) else None


def _value(part: etree._Element) -> str | None:
    return _line(part.findtext("{*}value")) or None


@functools.cache
def _language(code: str | None) -> str | None:
    """BCP 47 for the three letters of the list (`eng`, `ger`, `RUS`); None where they name no language."""
    letters = (code or "").lower()
    if not letters:
        return None
    found: Any = pycountry.languages.get(alpha_3=letters) or pycountry.languages.get(bibliographic=letters)
    return getattr(found, "alpha_2", None) or getattr(found, "alpha_3", None)


# ---- Days, papers, addresses ----
def _born(entry: _Entry, element: etree._Element, note: str | None) -> Fact:
    """The day, month or year; days of another calendar, and those without a year, stay words."""
    year, month, day, calendar = (element.get(name) for name in ("year", "month", "day", "calendar"))
    words = "-".join(part.zfill(2) for part in (year or "--", month, day) if part)
    period = _period(year, month, day, words) if calendar in ("Gregorian", None) else None
    if calendar not in ("Gregorian", None):
        note = "; ".join(part for part in (f"calendar {calendar}", note) if part)
    return Fact(entry.key, f"day-month-year of {entry.kind}", words, period, note=_quality(element, note))


def _period(year: str | None, month: str | None, day: str | None, words: str) -> Period | None:
    if not year or (day and not month):
        return None
    try:
        if day and month:
            return Period.of_day(dt.date(int(year), int(month), int(day)), words)
        return Period.of_month(int(year), int(month), words) if month else Period.of_years(int(year), int(year), words)
    except ValueError:
        return None


def _quality(element: etree._Element, note: str | None) -> str | None:
    quality = element.get("quality")
    return "; ".join(part for part in (f"quality {quality}" if quality not in ("good", None) else None, note) if part) or None


def _paper(entry: _Entry, element: etree._Element, said: _List) -> Iterator[Record]:
    """A passport or the like; one without a number is a fact."""
    fields, kind = Fields(element), element.get("document-type", "")
    number, remark = fields.text("number"), fields.text("remark")
    issuers, places = fields.all("issuer"), fields.all("place-of-issue")
    words = [fields.text(name) for name in ("date-of-issue", "expiry-date")]
    issued, expires = (_day(text) for text in words)
    remark = "; ".join(text for text in (remark, *(text for text in words if text and not _day(text))) if text) or None
    fields.must_be_empty()
    country = next((_line(issuer.text) or issuer.get("code") for issuer in issuers), None)
    record: Record = (
        Identifier(entry.key, kind, number, country, issued, expires, note=remark) if number
        else Fact(entry.key, f"identification-document {kind}", remark or kind, issued or expires, country)
    )  # fmt: skip
    if places:
        said.waiting.append((places[0].get("place-id", ""), record))
    else:
        yield record


def _day(text: str | None) -> Period | None:
    """The day as the list writes it; None for other words, which then stand in the note."""
    try:
        return Period.of_day(dt.date.fromisoformat(text), text) if text else None
    except ValueError:
        return None


def _address(entry: _Entry, element: etree._Element, said: _List) -> Iterator[Record]:
    fields = Fields(element)
    remark, code = fields.text("remark"), fields.text("zip-code")
    lines = [line for name in ("c-o", "address-details", "p-o-box") if (line := fields.text(name))]
    fields.must_be_empty()
    former = "not current" if element.get("current") == "false" else None
    note = "; ".join(part for part in (former, _quality(element, None), remark) if part) or None
    record = Address(entry.key, ", ".join(lines) or None, postal_code=code, note=note)
    if element.get("place-id"):
        said.waiting.append((element.get("place-id", ""), record))
    else:
        yield from _with_place(record, _NOWHERE)


def _placed(said: _List) -> Iterator[Record]:
    """The records that waited for their place, which stands at the end of the list."""
    for number, record in said.waiting:
        place = said.places.get(number)
        if place is None:
            # The trimmed sample and the conversion have no places: what is known without them is told.
            place = _NOWHERE
            if said.places:
                where = getattr(record, "target_key", "")
                text = "expected a place of this number in the list"
                yield Reject(f"/{_ROOT}/target[@ssid='{where}']", "target_addresses", "dangling_reference", text, number, where)
        yield from _with_place(record, place)


def _with_place(record: Record, place: _Place) -> Iterator[Record]:
    if isinstance(record, Address):
        parts = (record.text, record.postal_code, place.location, place.area, place.country)
        whole = ", ".join(part for part in parts if part) or None
        if whole or record.note:
            yield record._replace(text=whole, city=place.location, region=place.area, country_text=place.country)
    elif isinstance(record, Identifier):
        note = "; ".join(part for part in (f"issued in {place.text}" if place.text else None, record.note) if part) or None
        yield record._replace(country_text=record.country_text or place.country, note=note)
    elif isinstance(record, Fact) and (place.text or record.value):
        yield record._replace(value=record.value or place.text, country_text=record.country_text or place.country)


# ---- Listings and their steps ----
def _change(element: etree._Element) -> _Change:
    _must_have(element, _ATTRIBUTES["modification"])
    if strange := {local_name(child) for child in element} - {"added", "removed"}:
        raise UnknownContent(f"<modification> holds {', '.join(sorted(strange))}, which the parser does not know")
    kind = element.get("modification-type", "")
    if kind not in _ACTIONS:
        raise UnknownContent(f"modification-type {kind!r}; expected one of {', '.join(_ACTIONS)}")
    days = {step: dt.date.fromisoformat(day) for name, step in _STEPS.items() if (day := element.get(name))}
    added, removed = _sets_in(element, "added"), _sets_in(element, "removed")
    # A modification that only adds a set tells that set alone; copies of whole targets name the same sets on both sides.
    return _Change(_ACTIONS[kind], days, element, added - removed, removed - added)


def _sets_in(change: etree._Element, side: Literal["added", "removed"]) -> frozenset[str]:
    texts = (item.text for holder in change.iterfind(f"{{*}}{side}") for item in holder.iter("{*}sanctions-set-id"))
    return frozenset(line for text in texts if (line := _line(text)))


def _listings(entry: _Entry, sets: list[str], changes: list[_Change], foreign: list[str], said: _List) -> Iterator[Record]:
    """The target under each measure of its sets, with the steps that are that set's.

    A set that a later amendment brought was listed by that amendment; one that an amendment took away was de-listed by it,
    and stands in no sanctions-set-id of today.
    """
    brought = {key: change for change in changes if change.action == "amend" for key in change.sets_brought}
    taken = {key: change for change in changes if change.action == "amend" for key in change.sets_taken}
    # The newest modification comes first. De-listed on no day: it is on the list no more, and nothing tells since when.
    is_over = bool(changes) and changes[0].action == "delist" and not changes[0].days
    for key in dict.fromkeys([*sets, *(key for key in taken if key not in brought)]):
        known = said.sets.get(key)
        if known is None or not known.types or is_over:
            yield from _unlisted(entry, key, known, said)
            continue
        for type_text in known.types:
            if type_text in said.source.facts["of_individuals_alone"] and entry.kind != "individual":
                continue
            measure = _measure_key(key, type_text)
            yield Listing(entry.key, measure, "stated", _origin(known.origins, foreign), known.text)
            yield from _steps(entry, measure, _history(key, changes, brought.get(key), taken.get(key), key in sets))


def _unlisted(entry: _Entry, key: str, known: _Set | None, said: _List) -> Iterator[Record]:
    """A set without a listing is a fact: where the list has no programmes at all (the conversion), nothing more is known."""
    yield Fact(entry.key, "sanctions-set-id", known.text if known else key, note=f"sanctions-set {key}")
    if known is None and said.sets:
        text = "expected a set of sanctions of this number in the list"
        yield Reject(entry.locator, "listings", "dangling_reference", text, key, entry.key)


def _origin(origins: frozenset[str], foreign: list[str]) -> Literal["own", "un", "own_and_un", "other"]:
    """Whose decision it is. Where an ordinance follows several, the reference of the entry tells: QDe.169 is the UN's."""
    if origins == {"own", "un"}:
        return "own_and_un"
    if origins == {"un"} or ("un" in origins and any(_UN_REFERENCE.fullmatch(word) for word in foreign)):
        return "un"
    return "own" if origins == {"own"} else "other"


def _history(
    key: str, changes: list[_Change], bringing: _Change | None, taking: _Change | None, is_named: bool
) -> Iterator[tuple[Action, _Change]]:
    """The changes of the target as steps of its listing under this set: none of before it came or after it went."""
    for change in changes:
        if change is bringing:
            yield "list", change
        elif change is taking and not is_named:
            yield "delist", change
        elif change.tells_sets_alone or change.is_before(bringing) or (taking and not is_named and taking.is_before(change)):
            continue
        elif change.action != "list" or bringing is None:
            yield change.action, change


def _steps(entry: _Entry, measure: str, history: Iterator[tuple[Action, _Change]]) -> Iterator[DatedStep]:
    """One modification is up to three steps of one action; one without days (seen in the trial list alone) is none."""
    seen: set[tuple[Action, str]] = set()
    for action, change in history:
        if (action, change.key) in seen:
            continue
        seen.add((action, change.key))
        for step, day in change.days.items():
            period = Period.of_day(day, day.isoformat())
            yield DatedStep(measure, action, step, period, entry.key, source_step_key=change.key)


def _line(text: str | None) -> str:
    return " ".join((text or "").split())
