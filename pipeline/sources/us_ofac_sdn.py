"""OFAC's list of Specially Designated Nationals in the advanced XML: parties, details, relations and list entries.

All codes of the file are references into its own ReferenceValueSets. Dates belong to entries on lists, never to
programmes: an entry's date reaches a programme only where the programme's earliest act was signed by then. The file
ties programmes and sanctions types to the party as a whole; which belong together comes from the tables of the `.toml`.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from pipeline.documents import Document
from pipeline.readers.ofac import LATIN, Law, Pair, join_name, pair
from pipeline.readers.xml import LOCAL_NAMES, UnknownContent, elements, shown
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
    Step,
    Target,
)
from pipeline.sources import Source

Element = etree._Element
Known = frozenset[str]

_SECTIONS = (
    "DateOfIssue", "ReferenceValueSets", "Locations", "IDRegDocuments", "DistinctParties", "ProfileRelationships",
    "SanctionsEntries", "SanctionsEntryLinks",
)  # fmt: skip
_NO_ATTRIBUTE: Known = frozenset()
_ID: Known = frozenset({"ID"})
_TYPED_DAY: Known = frozenset({"CalendarTypeID"})
_PERIOD: Known = frozenset({"CalendarTypeID", "YearFixed", "MonthFixed", "DayFixed"})
_BOUND: Known = frozenset({"Approximate", "YearFixed", "MonthFixed", "DayFixed"})
_DOCUMENT: Known = frozenset({"ID", "IDRegDocTypeID", "IdentityID", "IssuedBy-CountryID", "ValidityID", "IssuedIn-LocationID"})
_IDENTITY: Known = frozenset({"ID", "FixedRef", "Primary", "False"})
_ALIAS: Known = frozenset({"FixedRef", "AliasTypeID", "Primary", "LowQuality"})
_DOCUMENTED_NAME: Known = frozenset({"ID", "FixedRef", "DocNameStatusID"})
_NAME_PART: Known = frozenset({"NamePartGroupID", "ScriptID", "ScriptStatusID", "Acronym"})
_RELATION: Known = frozenset(
    {"ID", "From-ProfileID", "To-ProfileID", "RelationTypeID", "RelationQualityID", "Former", "SanctionsEntryID"}
)
_LOCATION_VALUE: Known = frozenset({"Primary", "LocPartValueTypeID", "LocPartValueStatusID"})

_ADDRESS_PARTS = ("Unknown", "ADDRESS1", "ADDRESS2", "ADDRESS3", "CITY", "STATE/PROVINCE", "POSTAL CODE", "REGION")


class Entry(NamedTuple):
    """One entry of a party on one list."""

    entry_id: str
    list_name: str
    events: tuple[tuple[str, Period, str], ...]
    """For each event its ID, its day and its legal basis."""
    types: tuple[str, ...]
    tags: tuple[str, ...]


class Place(NamedTuple):
    """A location before it is known whose it is."""

    text: str | None
    city: str | None
    region: str | None
    postal_code: str | None
    country: str | None
    note: str | None = None


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield each party with its details, then the relations, then the measures, listings and dates.

    Raises UnknownContent for a section, element or attribute that has not been seen before, and for a date in a
    SanctionsMeasure, which has always been empty.
    """
    reader = _Reader(source)
    with document.open() as stream:
        for element in elements(stream, *reader.sections, "Sanctions"):
            yield from reader.read(element)
    yield from reader.remaining()


class _Reader:
    """One pass over the file: the reference values, and what must wait until its party or the end is reached."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._words: dict[str, dict[str, str]] = {}
        self._ids: dict[str, dict[str, str]] = {}
        self._script_codes: dict[str, str] = {}
        self._attributes: dict[str, dict[str, Mapping[str, str]]] = {}
        self._places: dict[str, tuple[Place, ...]] = {}
        self._documents: dict[str, list[tuple[str, Identifier]]] = {}
        self._parties: dict[str, str] = {}
        self._entries: dict[str, list[Entry]] = {}
        self._stated: dict[str, list[tuple[tuple[str, ...], Step, Period, str, str]]] = {}
        self._law = Law(source.facts, self._place_of)
        self.sections = {
            "ReferenceValueSets": self._read_values,
            "Location": self._read_location,
            "IDRegDocument": self._read_document,
            "DistinctParty": self._read_party,
            "ProfileRelationship": self._read_relation,
            "SanctionsEntry": self._read_entry,
        }

    def read(self, element: Element) -> Iterator[Record]:
        """The records of one element of a section."""
        name = LOCAL_NAMES[element.tag]
        if name == "Sanctions":
            _check_sections(element)
            return
        previous = element.getprevious()
        if previous is not None and previous.tag != element.tag and name != "ReferenceValueSets":
            raise UnknownContent(f"<{LOCAL_NAMES[previous.tag]}> stands before {shown(element)}")
        yield from self.sections[name](element)

    def remaining(self) -> Iterator[Record]:
        """What only the whole file can tell: listings with their dates, and what no party claimed."""
        for profile, entries in self._entries.items():
            if profile in self._parties:
                yield from self._listings(self._parties[profile], entries)
            else:
                for entry in entries:
                    yield _dangling(f"//SanctionsEntry[@ID='{entry.entry_id}']", "listings", "a profile", profile, entry)
        for identity, documents in self._documents.items():
            for _, document in documents:
                yield _dangling(f"//Identity[@ID='{identity}']", "target_identifiers", "an identity", identity, document)

    # Reference values

    def _read_values(self, element: Element) -> Iterator[Record]:
        for values in element:
            for value in values:
                name, key = LOCAL_NAMES[value.tag], value.get("ID", "")
                self._words.setdefault(name, {})[key] = (value.text or "").strip()
                self._attributes.setdefault(name, {})[key] = {str(name): str(text) for name, text in value.items()}
        self._script_codes = {key: self._script(key) for key in self._words["Script"]}
        yield from ()

    def _script(self, key: str) -> str:
        code = self._attributes["Script"][key]["ScriptCode"]
        code = self._source.facts["scripts"].get(code, code)
        if not re.fullmatch("[A-Z][a-z]{3}", code):
            raise UnknownContent(f"the script {code} is no code of ISO 15924; say in [scripts] which one it is")
        return str(code)

    def _word(self, kind: str, key: str | None) -> str:
        """The word that an ID stands for; raises UnknownContent where the file does not define it."""
        try:
            return self._words[kind][key or ""]
        except KeyError:
            raise UnknownContent(f"the ID {key} is in no {kind}Values of the file") from None

    # Locations

    def _read_location(self, element: Element) -> Iterator[Record]:
        _must_know(element, _ID)
        parts: dict[str, str] = {}
        others: dict[str, str] = {}
        notes: list[str] = []
        country = area = None
        for child in element:
            match LOCAL_NAMES[child.tag]:
                case "LocationPart":
                    self._read_location_part(child, parts, others, notes)
                case "LocationCountry":
                    country = self._word("Country", child.get("CountryID"))
                case "LocationAreaCode":
                    area = self._attributes["AreaCode"][child.get("AreaCodeID", "")]["Description"]
                case "FeatureVersionReference" | "IDRegDocumentReference":
                    pass  # the other end of VersionLocation and of IssuedIn-LocationID
                case _:
                    raise _unknown(element, child)
        places = [_place(parts, country or area)]
        if others:
            places.append(_place(parts | others, country or area, "; ".join(dict.fromkeys(notes)) or "other spelling"))
        self._places[element.get("ID", "")] = tuple(places)
        yield from ()

    def _read_location_part(self, element: Element, parts: dict[str, str], others: dict[str, str], notes: list[str]) -> None:
        kind = self._word("LocPartType", element.get("LocPartTypeID"))
        if kind not in _ADDRESS_PARTS:
            raise UnknownContent(f"a location has the part {kind}, which the parser does not know")
        for value in element:
            _must_know(value, _LOCATION_VALUE)
            texts = {LOCAL_NAMES[child.tag]: (child.text or "").strip() for child in value}
            text, note = texts.pop("Value"), texts.pop("Comment", "")
            if texts:
                raise _unknown(value, value[-1])
            if value.get("Primary") == "true":
                parts[kind] = text
            else:
                others[kind] = f"{others[kind]}; {text}" if kind in others else text
            if note:
                notes.append(note)

    # Identity documents

    def _read_document(self, element: Element) -> Iterator[Record]:
        _must_know(element, _DOCUMENT)
        texts: dict[str, str] = {}
        dates: dict[str, Period] = {}
        name_id = ""
        for child in element:
            match LOCAL_NAMES[child.tag]:
                case "Comment" | "IDRegistrationNo" | "IssuingAuthority" as name:
                    texts[name] = (child.text or "").strip()
                case "DocumentedNameReference":
                    name_id = child.get("DocumentedNameID", "")
                case "DocumentDate":
                    dates[self._word("IDRegDocDateType", child.get("IDRegDocDateTypeID"))] = _period(child[0])
                case "FeatureVersionReference":
                    texts["FeatureVersion"] = f"feature version {child.get('FeatureVersionID')}"
                case _:
                    raise _unknown(element, child)
        identifier = self._identifier(element, texts, dates)
        self._documents.setdefault(element.get("IdentityID", ""), []).append((name_id, identifier))
        yield from ()

    def _identifier(self, element: Element, texts: dict[str, str], dates: dict[str, Period]) -> Identifier:
        kind = self._word("IDRegDocType", element.get("IDRegDocTypeID"))
        value = texts["IDRegistrationNo"]
        if kind == "Vessel Registration Identification" and value.startswith("IMO"):
            kind += " (IMO)"
        issued, expires = dates.pop("Issue Date", None), dates.pop("Expiration Date", None)
        if dates:
            raise UnknownContent(f"a document has the date {', '.join(dates)}, which the parser does not know")
        country, place = element.get("IssuedBy-CountryID"), element.get("IssuedIn-LocationID")
        notes = (
            texts["IssuingAuthority"] and f"issued by {texts['IssuingAuthority']}",
            place and f"issued in {self._places[place][0].text if place in self._places else f'location {place}'}",
            texts["Comment"],
            texts.get("FeatureVersion"),
        )
        return Identifier(
            "", kind, value, self._word("Country", country) if country else None, issued, expires,
            {"Valid": True, "Fraudulent": False}[self._word("Validity", element.get("ValidityID"))], _note(*notes),
        )  # fmt: skip

    # Parties

    def _read_party(self, element: Element) -> Iterator[Record]:
        key = element.get("FixedRef", "")
        profile = element[-1]
        if [LOCAL_NAMES[child.tag] for child in element] != ["Comment", "Profile"]:
            raise UnknownContent(f"expected one Comment and one Profile: {shown(element)}")
        self._parties[profile.get("ID", "")] = key
        names: dict[str, Name] = {}
        details: list[Record] = []
        remarks = (element[0].text or "").strip()
        if remarks:
            details.append(Fact(key, "Remarks", remarks))
        for child in profile:
            match LOCAL_NAMES[child.tag]:
                case "Identity":
                    names |= self._names(key, child)
                    details += self._own_documents(key, child.get("ID", ""), names)
                case "Feature":
                    details += self._feature(key, child)
                case _:
                    raise _unknown(profile, child)
        primary = next((name.value for name in names.values() if name.type_text == "Name"), None)
        yield Target(key, self._party_type(profile), primary, f"//DistinctParty[@FixedRef='{key}']")
        yield from names.values()
        yield from details

    def _party_type(self, profile: Element) -> str:
        key = profile.get("PartySubTypeID", "")
        subtype = self._word("PartySubType", key)
        return (
            subtype if subtype != "Unknown" else self._word("PartyType", self._attributes["PartySubType"][key]["PartyTypeID"])
        )

    def _names(self, key: str, identity: Element) -> dict[str, Name]:
        """The names of an identity by their DocumentedName ID."""
        _must_know(identity, _IDENTITY)
        if identity.get("False") != "false" or identity.get("Primary") != "true":
            raise UnknownContent(f"an identity that is false or not the primary one: {shown(identity)}")
        if LOCAL_NAMES[identity[-1].tag] != "NamePartGroups":
            raise _unknown(identity, identity[-1])
        kinds = {
            part.get("ID"): self._word("NamePartType", part.get("NamePartTypeID")) for group in identity[-1] for part in group
        }
        found = {}
        for alias in identity:
            if LOCAL_NAMES[alias.tag] == "NamePartGroups":
                continue
            if LOCAL_NAMES[alias.tag] != "Alias":
                raise _unknown(identity, alias)
            _must_know(alias, _ALIAS)
            for documented in alias:
                found[documented.get("ID", "")] = self._name(key, alias, documented, kinds)
        return found

    def _name(self, key: str, alias: Element, documented: Element, kinds: Mapping[str | None, str]) -> Name:
        _must_know(documented, _DOCUMENTED_NAME)
        parts, script = [], LATIN
        for part in documented:
            value = part[0]
            _must_know(value, _NAME_PART)
            script = self._script_codes[value.get("ScriptID", "")]
            parts.append((kinds[value.get("NamePartGroupID")], (value.text or "").strip()))
        kind = self._word("AliasType", alias.get("AliasTypeID"))
        is_primary = self._word("DocNameStatus", documented.get("DocNameStatusID")) == "Primary Latin"
        if kind == "Name" and not is_primary:
            kind += " (other spelling)" if script == LATIN else " (other script)"
        if alias.get("LowQuality") == "true":
            kind += " (low quality)"
        return Name(key, join_name(parts, script), kind, script=script)

    def _own_documents(self, key: str, identity: str, names: Mapping[str, Name]) -> Iterator[Identifier]:
        for name_id, document in self._documents.pop(identity, ()):
            name = names.get(name_id)
            other = f"issued to {name.value}" if name is not None and name.type_text != "Name" else None
            yield document._replace(target_key=key, note=_note(document.note, other))

    # Features

    def _feature(self, key: str, feature: Element) -> Iterator[Record]:
        kind = self._word("FeatureType", feature.get("FeatureTypeID"))
        for child in feature:
            match LOCAL_NAMES[child.tag]:
                case "FeatureVersion":
                    yield from self._version(key, kind, feature.get("ID", ""), child)
                case "IdentityReference":
                    pass  # the party's only identity
                case _:
                    raise _unknown(feature, child)

    def _version(self, key: str, kind: str, feature_id: str, version: Element) -> Iterator[Record]:
        comment = value = period = place = None
        for child in version:
            match LOCAL_NAMES[child.tag]:
                case "Comment":
                    comment = (child.text or "").strip()
                case "VersionDetail":
                    value = self._detail(child)
                case "DatePeriod":
                    period = _period(child)
                case "VersionLocation":
                    place = self._places.get(child.get("LocationID", ""))
                    if place is None:
                        yield _dangling(
                            f"//Feature[@ID='{feature_id}']",
                            "target_facts",
                            "a location",
                            child.get("LocationID"),
                            kind,
                        )
                case _:
                    raise _unknown(version, child)
        reliability = self._word("Reliability", version.get("ReliabilityID"))
        is_valid = False if reliability == "False" else None
        note = _note(comment, None if reliability == "Unknown" else f"reliability: {reliability}")
        if kind == "Location":
            yield from (Address(key, *spelling[:5], _note(spelling.note, note)) for spelling in place or ())
        elif kind in self._source.words["identifier_type"]:
            yield Identifier(key, kind, value or "", is_valid=is_valid, note=note)
        else:
            country = self._country(kind, value, place)
            yield Fact(key, kind, value or country, period, country, note, is_valid)
            self._remember_step(key, kind, feature_id, period)

    def _detail(self, detail: Element) -> str | None:
        reference = detail.get("DetailReferenceID")
        return self._word("DetailReference", reference) if reference else (detail.text or "").strip() or None

    def _country(self, kind: str, value: str | None, place: tuple[Place, ...] | None) -> str | None:
        """The country that a feature names, in its text or as its place."""
        if kind in self._source.facts["features"]["country_in_text"]:
            return value
        if not place:
            return None
        is_country = kind in self._source.facts["features"]["country_as_place"]
        return place[0].country or (place[0].text if is_country else None)

    def _remember_step(self, key: str, kind: str, feature_id: str, period: Period | None) -> None:
        rule = self._source.facts["features"]["step"].get(kind)
        if rule and period:
            self._stated.setdefault(key, []).append((tuple(rule["sanctions_types"]), rule["step"], period, kind, feature_id))

    # Relations

    def _read_relation(self, element: Element) -> Iterator[Record]:
        _must_know(element, _RELATION)
        locator = f"//ProfileRelationship[@ID='{element.get('ID')}']"
        comment, period = "", None
        for child in element:
            match LOCAL_NAMES[child.tag]:
                case "Comment":
                    comment = (child.text or "").strip()
                case "DatePeriod":
                    period = _duration(child)
                case _:
                    raise _unknown(element, child)
        ends = [self._parties.get(element.get(end, "")) for end in ("From-ProfileID", "To-ProfileID")]
        if ends[0] is None or ends[1] is None:
            wanted = f"{element.get('From-ProfileID')} and {element.get('To-ProfileID')}"
            yield _dangling(locator, "target_links", "two profiles", wanted, shown(element))
            return
        quality = self._word("RelationQuality", element.get("RelationQualityID"))
        note = _note(
            "former" if element.get("Former") == "true" else None,
            None if quality == "Unknown" else f"quality: {quality}",
            comment,
        )
        yield Link(ends[0], ends[1], self._word("RelationType", element.get("RelationTypeID")), note, period)

    # Entries on lists

    def _read_entry(self, element: Element) -> Iterator[Record]:
        _must_know(element, frozenset({"ID", "ProfileID", "ListID"}))
        events: list[tuple[str, Period, str]] = []
        types: list[str] = []
        tags: list[str] = []
        for child in element:
            match LOCAL_NAMES[child.tag]:
                case "EntryEvent":
                    events.append(self._event(child))
                case "SanctionsMeasure":
                    name, comment = self._sanction(child)
                    (tags if name == "Program" else types).append(comment if name == "Program" else name)
                case _:
                    raise _unknown(element, child)
        entry = Entry(
            element.get("ID", ""), self._word("List", element.get("ListID")), tuple(events), tuple(types), tuple(tags)
        )
        self._entries.setdefault(element.get("ProfileID", ""), []).append(entry)
        yield from ()

    def _event(self, event: Element) -> tuple[str, Period, str]:
        _must_know(event, frozenset({"ID", "EntryEventTypeID", "LegalBasisID"}))
        kind = self._word("EntryEventType", event.get("EntryEventTypeID"))
        if kind != "Created":
            raise UnknownContent(f"an entry event of the type {kind}, which the parser does not know: {shown(event)}")
        comment, day = event
        if LOCAL_NAMES[day.tag] != "Date" or (comment.text or "").strip():
            raise UnknownContent(f"expected an empty Comment and a Date: {shown(event)}")
        _must_know(day, _TYPED_DAY)
        date = _day(day)
        return (
            event.get("ID", ""),
            Period(date, date, "day", date.isoformat()),
            self._word("LegalBasis", event.get("LegalBasisID")),
        )

    def _sanction(self, sanction: Element) -> tuple[str, str]:
        _must_know(sanction, frozenset({"ID", "SanctionsTypeID"}))
        comment = ""
        for child in sanction:
            match LOCAL_NAMES[child.tag]:
                case "Comment":
                    comment = (child.text or "").strip()
                case "DatePeriod" if not len(child) and not (child.text or "").strip():
                    _must_know(child, _PERIOD)
                case _:
                    raise _unknown(sanction, child)
        return self._word("SanctionsType", sanction.get("SanctionsTypeID")), comment

    # Measures, listings and their dates

    def _listings(self, key: str, entries: list[Entry]) -> Iterator[Record]:
        for entry in entries:
            yield from self._on_list(key, entry)
        locator = f"//SanctionsEntry[@ID='{entries[0].entry_id}']"
        types = self._law.known((name for entry in entries for name in entry.types), "sanctions_type")
        tags = self._law.known((tag for entry in entries for tag in entry.tags), "programme")
        for table, unknown in (("sanctions_type", types[1]), ("programme", tags[1])):
            for word in unknown:
                yield Reject(locator, "listings", "unknown_label", f"expected a key of [{table}] in the .toml", word, key)
        pairs, unpaired = pair(types[0], tags[0], self._source.facts)
        for name in unpaired:
            text = "expected a programme of the entry that the sanctions type belongs to"
            yield Reject(locator, "listings", "sanction_without_its_programme", text, f"{name} with {', '.join(tags[0])}", key)
        for found in pairs:
            yield from self._under_programme(key, found, entries)

    def _on_list(self, key: str, entry: Entry) -> Iterator[Record]:
        """The entry itself: a listing under the list, and each event a dated step of it."""
        locator = f"//SanctionsEntry[@ID='{entry.entry_id}']"
        if entry.list_name in self._source.facts["combined_lists"]:
            for event_id, period, basis in entry.events:
                yield Fact(key, f"{entry.list_name} entry", basis, period, note=f"EntryEvent {event_id}")
            return
        yield from self._law.on_list(entry.list_name)
        yield Listing(key, entry.list_name)
        for event_id, period, basis in entry.events:
            number = yield from self._law.cited(basis, locator)
            yield DatedStep(entry.list_name, "list", "unspecified", period, key, number, f"EntryEvent {event_id}", locator)

    def _under_programme(self, key: str, found: Pair, entries: list[Entry]) -> Iterator[Record]:
        """The listing under the measure of a pair, dated by its entry where act and directive were there by then."""
        list_name = self._law.list_of(found)
        measure_key = yield from self._law.under_programme(found, list_name)
        yield Listing(key, measure_key, found.basis)
        signed = self._law.signed(found)
        for entry in (entry for entry in entries if entry.list_name == list_name):
            yield from self._entry_date(key, measure_key, entry, signed)
        yield from self._law.named(key, found, measure_key)
        for type_names, step, period, kind, feature_id in self._stated.get(key, ()):
            if found.type_name in type_names:
                locator = f"//Feature[@ID='{feature_id}']"
                yield DatedStep(measure_key, "list", step, period, key, None, kind, locator)

    def _entry_date(self, key: str, measure_key: str, entry: Entry, signed: dt.date) -> Iterator[Record]:
        """The entry's day as the day under a programme: not where its act was signed, or its directive issued, later."""
        locator = f"//SanctionsEntry[@ID='{entry.entry_id}']"
        days = {period for _, period, _ in entry.events}
        if len(days) > 1:
            text = "expected one day for all events of an entry, since a programme names no event"
            yield Reject(locator, "dates", "entry_of_several_days", text, str(entry), key)
        elif days and (period := days.pop()).earliest is not None and period.earliest >= signed:
            step_key = f"SanctionsEntry {entry.entry_id}"
            yield DatedStep(measure_key, "list", "unspecified", period, key, None, step_key, locator)

    def _place_of(self, kind: str, word: str) -> str:
        return f"//{kind}[@ID='{self._id_of(kind, word)}']"

    def _id_of(self, kind: str, word: str) -> str:
        """The ID of the file for a word of its reference values."""
        if kind not in self._ids:
            self._ids[kind] = {text: key for key, text in self._words[kind].items()}
        return self._ids[kind].get(word, word)


def _place(parts: Mapping[str, str], country: str | None, note: str | None = None) -> Place:
    text = ", ".join(parts[kind] for kind in _ADDRESS_PARTS if parts.get(kind))
    region = parts.get("STATE/PROVINCE") or parts.get("REGION")
    return Place(text or None, parts.get("CITY"), region, parts.get("POSTAL CODE"), country, note)


def _day(element: Element) -> dt.date:
    year, month, day = element
    return dt.date(int(year.text or ""), int(month.text or ""), int(day.text or ""))


def _bounds(period: Element) -> dict[str, tuple[dt.date, dt.date, bool]]:
    """Start and End of a DatePeriod: for each its first and last day, and whether it is approximate."""
    _must_know(period, _PERIOD)
    found = {}
    for bound in period:
        name = LOCAL_NAMES[bound.tag]
        if name == "Comment" and not (bound.text or "").strip():
            continue
        if name not in ("Start", "End") or [LOCAL_NAMES[edge.tag] for edge in bound] != ["From", "To"]:
            raise _unknown(period, bound)
        _must_know(bound, _BOUND)
        found[name] = _day(bound[0]), _day(bound[1]), bound.get("Approximate") == "true"
    return found


def _period(element: Element) -> Period:
    """The days on which something happened, from the first of Start to the last of End.

    The file gives a year as its first and its last day; it is told as the year.
    """
    bounds = _bounds(element)
    first, last = bounds["Start"][0], bounds["End"][1]
    is_approximate = bounds["Start"][2] or bounds["End"][2]
    if first == last:
        return Period(first, last, "day", first.isoformat(), is_approximate)
    if first == dt.date(first.year, 1, 1) and last == dt.date(first.year, 12, 31):
        return Period(first, last, "year", str(first.year), is_approximate)
    if first.day == 1 and first.month == last.month and last + dt.timedelta(days=1) == _next_month(first):
        return Period(first, last, "month", f"{first:%Y-%m}", is_approximate)
    return Period(first, last, "between", f"{first.isoformat()} to {last.isoformat()}", is_approximate)


def _next_month(day: dt.date) -> dt.date:
    return dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _duration(element: Element) -> Period:
    """The days during which a relation held, not before its Start; up to its End where it has one."""
    bounds = _bounds(element)
    first, _, is_approximate = bounds["Start"]
    if "End" not in bounds:
        return Period(first, None, "not_before", f"since {first.isoformat()}", is_approximate)
    last = bounds["End"][1]
    return Period(first, last, "between", f"{first.isoformat()} to {last.isoformat()}", is_approximate or bounds["End"][2])


def _note(*parts: str | None) -> str | None:
    return "; ".join(part for part in parts if part) or None


def _must_know(element: Element, attributes: Known) -> None:
    if not attributes.issuperset(element.keys()):
        strange = ", ".join(sorted(str(name) for name, _ in element.items() if name not in attributes))
        raise UnknownContent(
            f"<{LOCAL_NAMES[element.tag]}> has the attribute {strange}, which the parser does not know: {shown(element)}"
        )


def _unknown(parent: Element, child: Element) -> UnknownContent:
    return UnknownContent(
        f"<{LOCAL_NAMES[parent.tag]}> holds <{LOCAL_NAMES[child.tag]}> in a way that the parser does not know: {shown(parent)}"
    )


def _check_sections(root: Element) -> None:
    """Raise UnknownContent for an unknown section, for content that it never had, and for links between entries."""
    for section in root:
        name = LOCAL_NAMES[section.tag]
        strange = {LOCAL_NAMES[child.tag] for child in section}
        if name not in _SECTIONS or (name == "SanctionsEntryLinks" and strange) or len(strange) > 1:
            raise UnknownContent(f"the section <{name}> is not known with the content {', '.join(sorted(strange)) or 'none'}")


def _dangling(locator: str, table: str, expected: str, key: object, raw: object) -> Reject:
    return Reject(locator, table, "dangling_reference", f"expected {expected} of the file with the ID {key}", str(raw))
