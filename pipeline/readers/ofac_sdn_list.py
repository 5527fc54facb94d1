"""The XML of OFAC's lists since 2011 (`sdnList`): sdn.xml and consolidated.xml have one schema.

It names programmes, but neither the list that a programme's entry is kept on, nor the kind of sanction, nor the day of
listing. Its namespace changed between 2024-02-23 and 2024-05-06, so that elements are told by their local names.
"""

from collections.abc import Iterable, Iterator

from lxml import etree

from pipeline.documents import Document
from pipeline.readers.ofac import Details, Entries, Facts, Label, Words, alias, join_name
from pipeline.readers.xml import UnknownContent, elements, local_name, shown
from pipeline.records import Address, Fact, Identifier, Name, Record, Target

Element = etree._Element

_ADDRESS_LINE = ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode")
_VESSEL_FACTS = {
    "vesselType": "VESSEL TYPE",
    "vesselFlag": "Vessel Flag",
    "vesselOwner": "Vessel Owner",
    "tonnage": "Vessel Tonnage",
    "grossRegisteredTonnage": "Vessel Gross Registered Tonnage",
}
_ITEMS = {
    "akaList": {"uid", "type", "category", "lastName", "firstName"},
    "addressList": {"uid", *_ADDRESS_LINE, "country"},
    "idList": {"uid", "idType", "idNumber", "idCountry", "issueDate", "expirationDate"},
    "dateOfBirthList": {"uid", "dateOfBirth", "mainEntry"},
    "placeOfBirthList": {"uid", "placeOfBirth", "mainEntry"},
    "nationalityList": {"uid", "country", "mainEntry"},
    "citizenshipList": {"uid", "country", "mainEntry"},
}
_SINGLE = {"uid", "firstName", "lastName", "title", "sdnType", "remarks"}
_VALUES = {
    "dateOfBirthList": ("dateOfBirth", "Birthdate"),
    "placeOfBirthList": ("placeOfBirth", "Place of Birth"),
    "nationalityList": ("country", "Nationality Country"),
    "citizenshipList": ("country", "Citizenship Country"),
}
_ENTRIES = {"publshInformation", "sdnEntry"}
_NOT_MAIN = "not the main entry"


class IncompleteList(ValueError):
    """A document with another number of entries than it says itself."""


def parse_sdn_list(document: Document, facts: Facts, words: Words, *, on_sdn_list: bool) -> Iterator[Record]:
    """Yield each entry with its details and listings.

    Raises UnknownContent for an element that has not been seen before, IncompleteList where Record_Count is another
    number than that of the entries.
    """
    reader = _Reader(facts, words, on_sdn_list=on_sdn_list)
    expected, count = None, 0
    with document.open() as stream:
        for element in elements(stream, "publshInformation", "sdnEntry", "sdnList"):
            previous = element.getprevious()
            if previous is not None and local_name(previous) not in _ENTRIES:
                raise UnknownContent(f"<{local_name(previous)}> stands before {shown(element)}")
            match local_name(element):
                case "publshInformation":
                    expected = int(_texts(element, {"Publish_Date", "Record_Count"})["Record_Count"])
                case "sdnEntry":
                    count += 1
                    yield from reader.entry(element)
                case _:
                    _must_hold(element, _ENTRIES)
    if count != expected:
        raise IncompleteList(f"expected {expected} entries, as Record_Count says; came {count}")


class _Reader:
    """Turns one sdnEntry after another into records."""

    def __init__(self, facts: Facts, words: Words, *, on_sdn_list: bool) -> None:
        self._details = Details(words, facts)
        self._entries = Entries(facts, _place, on_sdn_list=on_sdn_list)

    def entry(self, element: Element) -> Iterator[Record]:
        single, lists = _split(element)
        key = single.pop("uid")
        locator = f"//sdnEntry[uid='{key}']"
        name = join_name(_name_parts(single), "Latn")
        yield Target(key, single["sdnType"], name, locator)
        yield Name(key, name, "Name", script="Latn")
        for kind, text in (("Title", single.get("title")), ("Remarks", single.get("remarks"))):
            if text:
                yield Fact(key, kind, text)
        labels: list[Label] = []
        tags: list[str] = []
        for child in lists:
            match local_name(child):
                case "programList":
                    _must_hold(child, {"program"})
                    tags = [(program.text or "").strip() for program in child]
                case "vesselInfo":
                    yield from self._vessel(key, child)
                case list_name:
                    for item in child:
                        texts = _texts(item, _ITEMS[list_name])
                        if list_name == "idList":
                            labels.append(Label(texts["idType"], texts.get("idNumber", "")))
                        yield from self._item(key, list_name, texts)
        yield from self._entries.records(key, locator, tags, labels)

    def _item(self, key: str, list_name: str, texts: dict[str, str]) -> Iterator[Record]:
        match list_name:
            case "akaList":
                kind = texts["type"]
                name = join_name(_name_parts(texts), "Latn")
                yield alias(key, name, kind, is_weak=_is_weak(texts["category"]))
            case "addressList":
                yield _address(key, texts)
            case "idList":
                yield self._id(key, texts)
            case _:
                field, label = _VALUES[list_name]
                note = None if texts["mainEntry"] == "true" else _NOT_MAIN
                yield self._details.fact(key, label, texts[field], note)

    def _id(self, key: str, texts: dict[str, str]) -> Identifier | Fact:
        label, value, country = texts["idType"], texts.get("idNumber", ""), texts.get("idCountry")
        if label in self._details.identifiers:
            issued, expires = texts.get("issueDate"), texts.get("expirationDate")
            return self._details.identifier(key, label, value, country=country, issued=issued, expires=expires)
        if "issueDate" in texts or "expirationDate" in texts:
            raise UnknownContent(f"{label}, which is no identifier, has a day of issue or expiry: {texts}")
        return self._details.fact(key, label, value, country=country)

    def _vessel(self, key: str, element: Element) -> Iterator[Record]:
        texts = _texts(element, {"callSign", *_VESSEL_FACTS})
        for field, text in texts.items():
            if field == "callSign":
                yield self._details.identifier(key, "Vessel Call Sign", text)
            else:
                yield self._details.fact(key, _VESSEL_FACTS[field], text)


def _split(element: Element) -> tuple[dict[str, str], list[Element]]:
    """The single fields of an entry, and its lists."""
    single: dict[str, str] = {}
    lists: list[Element] = []
    for child in element:
        name = local_name(child)
        if name in _SINGLE and name not in single:
            single[name] = (child.text or "").strip()
        elif name in _ITEMS or name in ("programList", "vesselInfo"):
            lists.append(child)
        else:
            raise UnknownContent(f"<sdnEntry> holds <{name}> in a way that the parser does not know: {shown(element)}")
    return single, lists


def _texts(element: Element, known: set[str]) -> dict[str, str]:
    """The texts of the children by name; raises UnknownContent for a child that is not known or stands twice."""
    texts: dict[str, str] = {}
    for child in element:
        name = local_name(child)
        if name not in known or name in texts or len(child):
            raise UnknownContent(
                f"<{local_name(element)}> holds <{name}> in a way that the parser does not know: {shown(element)}"
            )
        texts[name] = (child.text or "").strip()
    return texts


def _must_hold(element: Element, known: set[str]) -> None:
    strange = {local_name(child) for child in element} - known
    if strange:
        raise UnknownContent(f"<{local_name(element)}> holds <{'>, <'.join(sorted(strange))}>, which the parser does not know")


def _name_parts(texts: dict[str, str]) -> Iterable[tuple[str, str]]:
    # An entity, a ship or an aircraft has its whole name in lastName, and it stands for itself.
    yield "Last Name", texts["lastName"]
    if texts.get("firstName"):
        yield "First Name", texts["firstName"]


def _is_weak(category: str) -> bool:
    if category not in ("strong", "weak"):
        raise UnknownContent(f"an aka of the category {category!r}, which the parser does not know")
    return category == "weak"


def _address(key: str, texts: dict[str, str]) -> Address:
    line = ", ".join(texts[field] for field in _ADDRESS_LINE if texts.get(field))
    return Address(
        key, line or None, texts.get("city"), texts.get("stateOrProvince"), texts.get("postalCode"), texts.get("country")
    )


def _place(kind: str, word: str) -> str:
    """Where a document first names a list (its root) or a programme."""
    return f"//program[text()='{word}']" if kind == "SanctionsProgram" else "/sdnList"
