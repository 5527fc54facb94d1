"""OFAC's sanctions lists other than the SDN List in the enhanced XML: lists with their days, kinds of sanction, programmes.

It tells most of all formats, but ties types and programmes only to the party as a whole, as the advanced XML does. A `filters`
block tells what an export was cut down to: only one that is the whole consolidated list is read.
"""

from collections.abc import Iterable, Iterator

from lxml import etree

from pipeline.dates import english
from pipeline.documents import Document
from pipeline.readers.ofac import LATIN, Details, Label, Law, Pair, day_of, identifier_type, join_name, pair, stated_steps
from pipeline.readers.xml import Fields, UnknownContent, elements, local_name, shown
from pipeline.records import (
    Address,
    DatedStep,
    Fact,
    Identifier,
    Link,
    Listing,
    Name,
    Period,
    Record,
    Reject,
    Target,
)
from pipeline.sources import Source

Element = etree._Element

_SECTIONS = {"publicationInfo", "referenceValues", "featureTypes", "entities"}
_ADDRESS_PARTS = ("Unknown", "ADDRESS1", "ADDRESS2", "ADDRESS3", "CITY", "STATE/PROVINCE", "POSTAL CODE", "REGION")
_DAYS = ("fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd")


class FilteredExport(ValueError):
    """An export that somebody cut down: what is missing from it says nothing."""


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield each entity with its details, lists, programmes and relations.

    Raises FilteredExport where the export is not the whole consolidated list, UnknownContent for an element or a kind of
    value that has not been seen before.
    """
    reader = _Reader(source)
    with document.open() as stream:
        for element in elements(stream, "publicationInfo", "entity", "sanctionsData"):
            match local_name(element):
                case "publicationInfo":
                    _must_be_whole(element, source.facts["whole_list"])
                case "entity":
                    previous = element.getprevious()
                    if previous is not None and local_name(previous) != "entity":
                        raise UnknownContent(f"<{local_name(previous)}> stands before {shown(element)}")
                    yield from reader.entity(element)
                case _ if strange := {local_name(child) for child in element} - _SECTIONS:
                    raise UnknownContent(f"<sanctionsData> has the section {', '.join(sorted(strange))}")
    yield from reader.links()


def _must_be_whole(element: Element, whole_list: str) -> None:
    fields = Fields(element).ignore("dataAsOf")
    filters = [
        (local_name(kind), local_name(value), value.text) for block in fields.all("filters") for kind in block for value in kind
    ]
    fields.must_be_empty()
    if filters != [("sanctionsLists", "sanctionsList", whole_list)]:
        raise FilteredExport(f"expected the one filter {whole_list}; the export was cut down to {filters or 'nothing named'}")


class _Reader:
    """Turns one entity after another into records; relations wait until all entities are known."""

    def __init__(self, source: Source) -> None:
        self._facts = source.facts
        self._details = Details(source.words, source.facts)
        self._law = Law(source.facts, _place)
        self._keys: set[str] = set()
        self._links: list[Link] = []

    def entity(self, element: Element) -> Iterator[Record]:
        key = str(element.get("id"))
        locator = f"//entity[@id='{key}']"
        self._keys.add(key)
        fields = Fields(element)
        general = _only(fields, "generalInfo")
        names = list(self._names(key, _children(fields, "names")))
        primary = next((name.value for name in names if name.type_text == "Name"), None)
        yield Target(key, general.required("entityType"), primary, locator)
        yield from names
        for label, text in (("Title", general.text("title")), ("Remarks", general.text("remarks"))):
            if text:
                yield Fact(key, label, text)
        general.ignore("identityId").must_be_empty()
        for address in _children(fields, "addresses"):
            yield from _addresses(key, address, self._facts["script_names"])
        labels: list[Label] = []
        for feature in _children(fields, "features"):
            yield self._feature(key, feature, labels)
        for paper in _children(fields, "identityDocuments"):
            yield self._identity_document(key, paper, primary)
        for relation in _children(fields, "relationships"):
            self._links.append(_link(key, relation))
        yield from self._sanctions(key, locator, fields, labels)
        fields.must_be_empty()

    def links(self) -> Iterator[Record]:
        """The relations between entities; one to a party of another list stands as a fact, under the name given."""
        for link in self._links:
            if link.other_key in self._keys:
                yield link
            else:
                note = f"{link.type_text}: entity {link.other_key}, which is not on these lists"
                yield Fact(link.target_key, "Linked To:", link.note, note=note)

    # Names and addresses

    def _names(self, key: str, names: Iterable[Element]) -> Iterator[Name]:
        for name in names:
            fields = Fields(name)
            is_primary, is_weak = _flag(fields, "isPrimary"), _flag(fields, "isLowQuality")
            kind = "Name" if is_primary else fields.required("aliasType")
            for translation in _children(fields, "translations"):
                yield self._name(key, kind, translation, is_weak=is_weak)
            fields.must_be_empty()

    def _name(self, key: str, kind: str, translation: Element, *, is_weak: bool) -> Name:
        fields = Fields(translation)
        is_main = _flag(fields, "isPrimary")
        script = _script(fields, self._facts["script_names"])
        parts = []
        for part in _children(fields, "nameParts"):
            texts = Fields(part)
            parts.append((texts.required("type"), texts.required("value")))
            texts.must_be_empty()
        fields.ignore("formattedFirstName", "formattedLastName", "formattedFullName").must_be_empty()
        if kind == "Name" and not is_main:
            kind += " (other spelling)" if script == LATIN else " (other script)"
        return Name(key, join_name(parts, script), f"{kind} (low quality)" if is_weak else kind, script=script)

    # Features and documents

    def _feature(self, key: str, feature: Element, labels: list[Label]) -> Fact | Identifier:
        fields = Fields(feature)
        label, value = fields.required("type"), fields.text("value") or ""
        labels.append(Label(label, value))
        period = _value_date(fields.all("valueDate"), value)
        reliability, comment = fields.text("reliability"), fields.text("comments")
        note = "; ".join(text for text in (comment, reliability and f"reliability: {reliability}") if text) or None
        fields.ignore("versionId", "valueRefId", "isPrimary").must_be_empty()
        is_valid = False if reliability == "False" else None
        if label in self._details.identifiers:
            return self._details.identifier(key, label, value, note=note)._replace(is_valid=is_valid)
        fact = self._details.fact(key, label, value, note)
        return fact._replace(period=period or fact.period, is_valid=is_valid)

    def _identity_document(self, key: str, paper: Element, primary: str | None) -> Identifier:
        fields = Fields(paper)
        label, value, name = fields.required("type"), fields.required("documentNumber"), fields.text("name")
        issued, expires = fields.text("issueDate"), fields.text("expirationDate")
        country, place, authority = (fields.text(part) for part in ("issuingCountry", "issuingLocation", "issuingAuthority"))
        notes = (
            authority and f"issued by {authority}",
            place and f"issued in {place}",
            f"issued to {name}" if name and name != primary else None,
            fields.text("comments"),
        )
        is_valid = _flag(fields, "isValid")
        fields.must_be_empty()
        identifier = self._details.identifier(
            key, label, value, country=country, issued=issued, expires=expires, note="; ".join(filter(None, notes)) or None
        )
        return identifier._replace(type_text=identifier_type(label, value), is_valid=is_valid)

    # Lists, programmes and their days

    def _sanctions(self, key: str, locator: str, fields: Fields, labels: list[Label]) -> Iterator[Record]:
        """The listings under lists and programmes.

        A list's day is a programme's where the programme's earliest act, and the directive, was there by then.
        """
        days: dict[str, tuple[Period, str]] = {}
        for entry in _children(fields, "sanctionsLists"):
            name, period = (entry.text or "").strip(), english(entry.get("datePublished", ""))
            days[name] = period, f"sanctionsList {entry.get('id')}"
            yield from self._on_list(key, name, period, f"//sanctionsList[@id='{entry.get('id')}']")
        for basis in _children(fields, "legalAuthorities"):
            yield from self._law.cited((basis.text or "").strip(), locator)
        types, strange_types = self._law.known(_texts(fields, "sanctionsTypes"), "sanctions_type")
        tags, strange_tags = self._law.known(_texts(fields, "sanctionsPrograms"), "programme")
        for table, words in (("sanctions_type", strange_types), ("programme", strange_tags)):
            for word in words:
                yield Reject(locator, "listings", "unknown_label", f"expected a key of [{table}] in the .toml", word, key)
        pairs, unpaired = pair(types, tags, self._facts)
        for name in unpaired:
            text = "expected a programme of the entry that the sanctions type belongs to"
            yield Reject(locator, "listings", "sanction_without_its_programme", text, f"{name} with {', '.join(tags)}", key)
        for found in pairs:
            yield from self._under_programme(key, found, days, labels)

    def _on_list(self, key: str, list_name: str, period: Period, locator: str) -> Iterator[Record]:
        if list_name in self._facts["combined_lists"]:
            yield Fact(key, f"{list_name} entry", None, period)
            return
        yield from self._law.on_list(list_name)
        yield Listing(key, list_name)
        yield DatedStep(list_name, "list", "published", period, key, source_step_key=locator, locator=locator)

    def _under_programme(
        self, key: str, found: Pair, days: dict[str, tuple[Period, str]], labels: list[Label]
    ) -> Iterator[Record]:
        list_name = self._law.list_of(found)
        measure_key = yield from self._law.under_programme(found, list_name)
        yield Listing(key, measure_key, found.basis)
        if list_name in days:
            period, step_key = days[list_name]
            if period.earliest is not None and period.earliest >= self._law.signed(found):
                yield DatedStep(measure_key, "list", "published", period, key, source_step_key=step_key)
        yield from self._law.named(key, found, measure_key)
        yield from stated_steps(key, measure_key, found, labels, self._facts)


def _children(fields: Fields, name: str) -> list[Element]:
    return [child for block in fields.all(name) for child in block]


def _texts(fields: Fields, name: str) -> list[str]:
    return [(child.text or "").strip() for child in _children(fields, name)]


def _only(fields: Fields, name: str) -> Fields:
    (block,) = fields.all(name)
    return Fields(block)


def _flag(fields: Fields, name: str) -> bool:
    """True or false as written; raises KeyError for another word."""
    return {"true": True, "false": False}[fields.required(name)]


def _script(fields: Fields, names: dict[str, str]) -> str:
    word = fields.required("script")
    if word not in names:
        raise UnknownContent(f"the script {word} is not in [script_names]; say which code of ISO 15924 it is")
    return names[word]


def _value_date(dates: list[Element], text: str) -> Period | None:
    """The days of a feature, from the first possible to the last, under the words that it shows."""
    if not dates:
        return None
    fields = Fields(dates[0])
    days = [english(fields.required(name)).earliest for name in _DAYS]
    is_approximate = _flag(fields, "isApproximate")
    fields.ignore("isDateRange").must_be_empty()
    first, last = days[0], days[-1]
    read = day_of(text)
    if read is not None and (read.earliest, read.latest) == (first, last):
        return read._replace(is_approximate=is_approximate)
    return Period(first, last, "day" if first == last else "between", text or f"{first} to {last}", is_approximate)


def _addresses(key: str, address: Element, scripts: dict[str, str]) -> Iterator[Address]:
    """An address, and each further spelling of it as one of its own."""
    fields = Fields(address)
    country = fields.text("country")
    for translation in _children(fields, "translations"):
        texts = Fields(translation)
        is_main, script = _flag(texts, "isPrimary"), _script(texts, scripts)
        parts: dict[str, str] = {}
        for part in _children(texts, "addressParts"):
            content = Fields(part)
            kind, value = content.required("type"), content.text("value")
            content.must_be_empty()
            if kind not in _ADDRESS_PARTS or kind in parts:
                raise UnknownContent(f"an address has the part {kind} in a way that the parser does not know: {shown(address)}")
            if value:
                parts[kind] = value
        texts.must_be_empty()
        if parts or country:  # 52 addresses of the state of 2025-01-10 say nothing at all
            yield _address(key, parts, country, None if is_main else f"other spelling ({script})")
    fields.must_be_empty()


def _address(key: str, parts: dict[str, str], country: str | None, note: str | None) -> Address:
    line = ", ".join(parts[kind] for kind in _ADDRESS_PARTS if kind in parts)
    region = parts.get("STATE/PROVINCE") or parts.get("REGION")
    return Address(key, line or None, parts.get("CITY"), region, parts.get("POSTAL CODE"), country, note)


def _link(key: str, relation: Element) -> Link:
    fields = Fields(relation)
    kind, quality = fields.required("type"), fields.text("quality")
    (other,) = fields.all("relatedEntity")
    comment = fields.text("comments")
    fields.must_be_empty()
    note = "; ".join(text for text in (other.text, quality and f"quality: {quality}", comment) if text)
    return Link(key, str(other.get("entityId")), kind, note or None)


def _place(kind: str, word: str) -> str:
    """Where a document names a list, a programme or a legal basis."""
    element = {"List": "sanctionsList", "SanctionsProgram": "sanctionsProgram", "LegalBasis": "legalAuthority"}[kind]
    return f"//{element}[text()='{word}']"
