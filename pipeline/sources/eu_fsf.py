"""The consolidated list of the European Union's financial sanctions: people and entities of all its programmes in one XML file.

An entry is a logicalId. It stands once for each of its programmes: its names and details unite, its programmes are listings.
`regulation` is the last act that touched the entry and no listing; `designationDate` is the day of the listing, and where it
is missing the listing is no later than the earliest act that anything in the entry cites.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal, NamedTuple

from lxml import etree

from pipeline.documents import Document
from pipeline.readers.regimes import Regime, UnknownRegime, regimes
from pipeline.readers.scripts import script_of
from pipeline.readers.xml import UnknownContent, elements, local_name, shown
from pipeline.records import Address, DatedStep, Fact, Identifier, Instrument, Measure, Name, Period, Record, Target
from pipeline.sources import Source

# Every attribute of every element; anything else is news.
_ATTRIBUTES = {
    "sanctionEntity": "designationDetails unitedNationId euReferenceNumber logicalId designationDate",
    "regulation": "regulationType organisationType publicationDate entryIntoForceDate numberTitle programme logicalId",
    "publicationUrl": "",
    "remark": "",
    "regulationSummary": "regulationType publicationDate numberTitle publicationUrl",
    "subjectType": "code classificationCode",
    "nameAlias": "firstName middleName lastName wholeName function gender title nameLanguage strong regulationLanguage "
    "logicalId",
    "citizenship": "region countryIso2Code countryDescription regulationLanguage logicalId",
    "birthdate": "circa calendarType city zipCode birthdate dayOfMonth monthOfYear year yearRangeFrom yearRangeTo region place "
    "countryIso2Code countryDescription regulationLanguage logicalId",
    "identification": "diplomatic knownExpired knownFalse reportedLost revokedByIssuer issuedBy latinNumber nameOnDocument "
    "number region identificationTypeCode identificationTypeDescription countryIso2Code countryDescription "
    "regulationLanguage logicalId validTo validFrom issueDate",
    "address": "city street poBox zipCode region place asAtListingTime countryIso2Code countryDescription regulationLanguage "
    "logicalId",
    "contactInfo": "key value",
}  # fmt: skip
_KNOWN = {name: frozenset(attributes.split()) for name, attributes in _ATTRIBUTES.items()}
_HOLDS = {
    "sanctionEntity": {
        "remark",
        "regulation",
        "subjectType",
        "nameAlias",
        "citizenship",
        "birthdate",
        "identification",
        "address",
    },
    "regulation": {"publicationUrl"},
    "address": {"remark", "regulationSummary", "contactInfo"},
    **{name: {"remark", "regulationSummary"} for name in ("nameAlias", "citizenship", "birthdate", "identification")},
}
_CLASSES = {"person": "P", "enterprise": "E"}
_COUNCIL, _UN = "Council of the European Union", "United Nations Security Council"
_NO_COUNTRY = "00"  # "UNKNOWN"
_CELEX_IN_URL = re.compile(r"CELEX(?::|%3A)(\d{5}[A-Z]\d{4})", re.IGNORECASE)
# As in "2022/1529 (OJ L239)", "1210/2003 (OJ L169)", "2003/902/EC (OJ L340)", "2018/1539 (OJ L257I", "2024//1172 (OJ
# L19042024)", "2024/753 (OJ L23022024) (2)"; a corrigendum is an act of its own.
_TITLE = re.compile(r"(\d+)/+(\d+)(/EC)?(?: \(OJ [^()]*\)?)?(?: \(\d\))?")
_TYPE_OF_CELEX = {"R": "regulation", "D": "decision", "E": "common position"}
_UN_DESIGNATION = re.compile(r"\bUN(?: Security Council)? (?:designation|listed)|\bresolution \d", re.IGNORECASE)
_NO_LONGER = re.compile(r"no longer (?:valid|in force)", re.IGNORECASE)
_EU_DESIGNATION = re.compile(r"\bEU designation", re.IGNORECASE)
_NOT_VALID = re.compile(r"\b(?:fraudulent(?:ly)?|false|cancelled|revoked)\b", re.IGNORECASE)
# The act that lists an entry is published on its designationDate or within a week after it: 3,195 of 4,139 entries of the
# recorded file cite such an act, 2,964 of them none before that day itself. No act is taken to list before that day.
_WITHIN = dt.timedelta(days=7)
_ADDRESS_PARTS = ("street", "poBox", "place", "city", "zipCode", "region")


Origin = Literal["own", "un", "own_and_un", "other"]


class _Act(NamedTuple):
    """An act that an entry cites."""

    published: dt.date
    number: str
    title: str
    url: str
    in_force: dt.date | None = None


class _Entry(NamedTuple):
    key: str
    locator: str
    children: Mapping[str, list[etree._Element]]

    def the(self, name: str) -> etree._Element:
        """The only child of this name."""
        found = self.children.get(name, [])
        if len(found) != 1:
            raise UnknownContent(f"the entry {self.key} has {len(found)} <{name}>; expected one")
        return found[0]


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield each programme that the document names, and each entry with all that it says, in the order of the document.

    Raises UnknownContent for an element or attribute, UnknownRegime for a programme never seen before.
    """
    known, told, said = regimes(source.facts), set[str](), dict[str, set[Record]]()
    with document.open() as stream:
        for element in elements(stream, "sanctionEntity", "export"):
            _must_be_known(element)
            if local_name(element) == "export":
                continue
            entry = _entry(element)
            if entry.the("regulation").get("programme") not in told:
                yield from _programme(known, entry.the("regulation"), told)
            before = said.setdefault(entry.key, set())
            for record in _said(entry, known[entry.the("regulation").get("programme", "")], source, told, before):
                if record not in before:  # a second programme repeats what it has in common with the first
                    before.add(record)
                    yield record


def _must_be_known(element: etree._Element) -> None:
    """Raise UnknownContent for an attribute or an element that this list never had, beside or in an entry."""
    name, before = local_name(element), element.getprevious()
    strange = {local_name(child) for child in ([before] if before is not None else [])} - {"sanctionEntity"}
    if name == "export":
        strange |= {local_name(child) for child in element} - {"sanctionEntity"}
        strange |= set(map(str, element.keys())) - {"generationDate", "globalFileId"}
    else:
        for node in element.iter():
            held, children = _local(node.tag), {_local(child.tag) for child in node}
            strange |= children - _HOLDS.get(held, set()) if children else set()
            if not _KNOWN[held].issuperset(node.keys()):
                strange |= {f"{held} {name}" for name in map(str, node.keys()) if name not in _KNOWN[held]}
            if strange:  # before an element of a name that _KNOWN does not hold
                break
    if strange:
        raise UnknownContent(
            f"in or before <{name}>: {', '.join(sorted(strange))}, which the parser does not know: {shown(element)}"
        )


@cache
def _local(tag: str) -> str:
    return tag[tag.rfind("}") + 1 :]


def _entry(element: etree._Element) -> _Entry:
    children: dict[str, list[etree._Element]] = {"sanctionEntity": [element]}
    for child in element:
        children.setdefault(_local(child.tag), []).append(child)
    key = element.get("logicalId", "")
    return _Entry(key, f"//sanctionEntity[@logicalId='{key}']", children)


def _programme(known: dict[str, Regime], regulation: etree._Element, told: set[str]) -> Iterator[Record]:
    """The programme, its measure and the acts behind it, from the table."""
    word = regulation.get("programme", "")
    if word not in known:
        raise UnknownRegime(f"eu_fsf: the programme {word!r} is not among the words of [[programme]] in eu_fsf.toml")
    told.add(word)
    for record in known[word].records(f"//regulation[@programme='{word}']", instrument_type="regulation"):
        if isinstance(record, Instrument):
            told.add(record.number)
            yield record._replace(type_text=_TYPE_OF_CELEX[record.number[5]])
        elif isinstance(record, Measure):
            imposing = [act.number for act in known[word].measure(record.type_text).acts if act.role == "imposes"]
            # The regulation names its freeze only where it is the one behind the programme.
            founding_act = imposing[0] if len(imposing) == 1 else None
            yield record._replace(authority_name=_UN if word == "UNLI" else _COUNCIL, founding_act=founding_act)
        else:
            yield record


def _said(entry: _Entry, regime: Regime, source: Source, told: set[str], before: set[Record]) -> Iterator[Record]:
    element, subject = entry.the("sanctionEntity"), entry.the("subjectType")
    kind = subject.get("code", "")
    if _CLASSES.get(kind) != subject.get("classificationCode"):
        raise UnknownContent(
            f"the entry {entry.key} is of the type {kind!r} and the class {subject.get('classificationCode')!r}"
        )
    yield from _names(entry, kind, source, before)
    yield from _births(entry)
    yield from _documents(entry, source)
    yield from _addresses(entry)
    for remark in entry.children.get("remark", ()):
        if text := _line(remark.text):
            yield Fact(entry.key, "remark", text)
    if details := _line(element.get("designationDetails")):
        yield Fact(entry.key, "designationDetails", details, note=f"under {regime.key}")
    for kind_of_number in ("euReferenceNumber", "unitedNationId"):
        if number := _line(element.get(kind_of_number)):
            yield Identifier(entry.key, kind_of_number, number)
    yield from _listed(entry, kind, regime, source, told)


# ---- Names ----
def _names(entry: _Entry, kind: str, source: Source, before: set[Record]) -> Iterator[Record]:
    """The target under the name that leads it, its names, and what is said of each.

    The file leads no name before the others. Ours is the oldest (lowest logicalId) of those in English, else of those without
    a language, else of all; a name in Latin letters goes before others, and one that its remark calls an alias comes last.
    """
    said = entry.children.get("nameAlias", [])
    names = [_name(entry, element, source) for element in said]
    leading = next((record for record in before if isinstance(record, Name) and record.type_text == "nameAlias"), None)
    if leading is None:
        oldest = min(zip(names, said, strict=True), key=lambda pair: _rank(*pair))[0] if names else None
        yield Target(entry.key, kind, oldest.value if oldest else None, entry.locator)
        if oldest:
            leading = oldest._replace(type_text="nameAlias")
            yield leading
    for name, element in zip(names, said, strict=True):
        if leading is None or (name.value, name.language) != (leading.value, leading.language):
            yield name
        yield from _of_name(entry, name, element)


def _rank(name: Name, element: etree._Element) -> tuple[bool, int, bool, int]:
    language = {"EN": 0, "": 1}.get(element.get("nameLanguage", ""), 2)
    return name.type_text != "strong nameAlias", language, name.script != "Latn", int(element.get("logicalId", "0"))


def _name(entry: _Entry, element: etree._Element, source: Source) -> Name:
    value, language = _line(element.get("wholeName")), element.get("nameLanguage", "")
    if value is None or element.get("regulationLanguage") != "en" or element.get("strong") not in ("true", "false"):
        raise UnknownContent(f"the entry {entry.key} has a name of a new form: {shown(element)}")
    tag = source.facts["name_language"][language] if language else None
    remark = (_remark(element) or "").lower()
    word = remark if remark in source.words["name_type"] else None
    return Name(
        entry.key, value, word or ("strong nameAlias" if element.get("strong") == "true" else "weak nameAlias"),
        tag or None, script_of(value),
    )  # fmt: skip


def _of_name(entry: _Entry, name: Name, element: etree._Element) -> Iterator[Record]:
    for part in ("gender", "title", "function", "firstName", "middleName", "lastName"):
        if text := _line(element.get(part)):
            yield Fact(entry.key, part, text)
    if remark := _remark(element):
        yield Fact(entry.key, "remark of a name", remark, note=f"of the name {name.value}")


# ---- Births, citizenships, documents, addresses ----
def _births(entry: _Entry) -> Iterator[Record]:
    for element in entry.children.get("citizenship", ()):
        country, note = _country(element), _note(_line(element.get("region")), _remark(element))
        yield Fact(entry.key, "citizenship", country, country_text=country, note=note)
    for element in entry.children.get("birthdate", ()):
        remark, place = _remark(element), _joined(element, ("place", "city", "zipCode", "region"))
        words, period = _birth(entry, element)
        country = _country(element)
        if words or (remark and not place and not country):
            yield Fact(entry.key, "birthdate", words or remark, period, note=remark if words else None)
        if place or country:
            whole = ", ".join(part for part in (place, country) if part)
            yield Fact(entry.key, "place of birth", whole, country_text=country, note=None if words else remark)


def _birth(entry: _Entry, element: etree._Element) -> tuple[str | None, Period | None]:
    """The words and the days of a birth. Of a year in the Islamic calendar only the words; the file itself turns days of it."""
    said = {part: int(text) for part in ("dayOfMonth", "monthOfYear", "year", "yearRangeFrom", "yearRangeTo")
            if (text := element.get(part))}  # fmt: skip
    day, calendar = element.get("birthdate"), element.get("calendarType")
    if calendar not in ("GREGORIAN", "ISLAMIC") or element.get("circa") not in ("true", "false"):
        raise UnknownContent(f"the entry {entry.key} has a birth of a new form: {shown(element)}")
    parts = [f"{said[part]:02}" for part in ("year", "monthOfYear", "dayOfMonth") if part in said]
    span = [str(said[part]) for part in ("yearRangeFrom", "yearRangeTo") if part in said]
    words = day or "-".join(parts) or (f"{' to '.join(span)}" if len(span) > 1 else f"to {span[0]}" if span else None)
    period = _days(words, said) if day or calendar == "GREGORIAN" else None
    if calendar == "ISLAMIC" and parts:
        words = f"{'-'.join(parts)} (Islamic calendar)" + (f", {day}" if day else "")
    if words and element.get("circa") == "true":
        words, period = f"circa {words}", period._replace(is_approximate=True) if period else None
    return words, period


def _days(words: str | None, said: dict[str, int]) -> Period | None:
    if words is None:
        return None
    if re.fullmatch(r"\d{4}-\d\d-\d\d", words):
        return Period.of_day(dt.date.fromisoformat(words), words)
    if "yearRangeTo" in said and "yearRangeFrom" not in said:
        return Period(None, dt.date(said["yearRangeTo"], 12, 31), "not_after", words)
    if "yearRangeTo" in said:
        return Period.of_years(said["yearRangeFrom"], said["yearRangeTo"], words)
    if "monthOfYear" in said:
        return Period.of_month(said["year"], said["monthOfYear"], words)
    return Period.of_years(said["year"], said["year"], words)


def _documents(entry: _Entry, source: Source) -> Iterator[Record]:
    for element in entry.children.get("identification", ()):
        number, remark = _line(element.get("number")), _remark(element)
        kind, flags = element.get("identificationTypeCode", ""), _flags(entry, element)
        if kind == "passport" and flags["diplomatic"]:
            kind = "diplomatic passport"
        is_known = remark in source.words["identifier_type"]
        note = _note(
            None if is_known else remark, "known to have expired" if flags["knownExpired"] else None,
            "reported lost" if flags["reportedLost"] else None, "revoked by its issuer" if flags["revokedByIssuer"] else None,
            "diplomatic" if flags["diplomatic"] and kind != "diplomatic passport" else None,
            _labelled(element, "valid from", "validFrom"), _labelled(element, "issued by", "issuedBy"),
            _labelled(element, "in Latin letters", "latinNumber"), _line(element.get("nameOnDocument")),
            _line(element.get("region")),
        )  # fmt: skip
        if number is None:
            raise UnknownContent(f"the entry {entry.key} has an identification without a number: {shown(element)}")
        is_false = flags["knownFalse"] or flags["revokedByIssuer"] or _NOT_VALID.search(remark or "")
        yield Identifier(
            entry.key, remark if is_known and remark else kind, number, _country(element), _on(element, "issueDate"),
            _on(element, "validTo"), is_valid=False if is_false else None, note=note,
        )  # fmt: skip


def _flags(entry: _Entry, element: etree._Element) -> dict[str, bool]:
    names = ("diplomatic", "knownExpired", "knownFalse", "reportedLost", "revokedByIssuer")
    if not {element.get(name) for name in names} <= {"true", "false"}:
        raise UnknownContent(f"the entry {entry.key} has a flag that is neither true nor false: {shown(element)}")
    return {name: element.get(name) == "true" for name in names}


def _addresses(entry: _Entry) -> Iterator[Record]:
    for element in entry.children.get("address", ()):
        country, remark = _country(element), _remark(element)
        text = ", ".join(part for part in (_joined(element, _ADDRESS_PARTS), country) if part) or None
        note = _note("at the time of listing" if element.get("asAtListingTime") == "true" else None, remark)
        if text or note:
            yield Address(
                entry.key, text, _line(element.get("city")), _line(element.get("region")), _line(element.get("zipCode")),
                country, note,
            )  # fmt: skip
        for contact in (child for child in element if _local(child.tag) == "contactInfo"):
            if value := _line(contact.get("value")):
                yield Identifier(entry.key, contact.get("key", ""), value)


# ---- Listings and their dates ----
def _listed(entry: _Entry, kind: str, regime: Regime, source: Source, told: set[str]) -> Iterator[Record]:
    """The listing under the programme, its day, and each act that touched the entry."""
    regulation = entry.the("regulation")
    acts = _acts(entry)
    for act in acts:
        if act.number not in told:
            told.add(act.number)
            yield Instrument(act.number, _type_of(act), act.title, act.url, f"//*[@numberTitle={_quoted(act.title)}]")
    words = f"{regulation.get('regulationType')} by {regulation.get('organisationType')}: {regulation.get('numberTitle')}"
    yield Fact(entry.key, "regulation", words, _on(regulation, "publicationDate"), note=f"the last act under {regime.key}")
    for listing in regime.listings(entry.key, kind):
        yield listing._replace(origin=_origin(entry, regime, source))
        yield from _dates(entry, listing.measure_key, acts)


def _dates(entry: _Entry, measure: str, acts: list[_Act]) -> Iterator[DatedStep]:
    """The day of the listing and of its act, then every other act as an amendment.

    `designationDate` is the listing; the act of it is the earliest one published on that day or within a week. Without it
    the listing is no later than the earliest act.
    """
    stated = _on(entry.the("sanctionEntity"), "designationDate")
    if stated and stated.earliest:
        yield DatedStep(measure, "list", "unspecified", stated, entry.key, source_step_key="designationDate")
        listed_by = next((act for act in acts if _lists(act, stated.earliest)), None)
        derivation = (
            f"the act published on or within a week after the designation on {stated.earliest} is taken for the act of it"
        )
    else:
        listed_by, derivation = acts[0], "the earliest act that the entry cites; the entry was listed no later"
    for act in acts:
        is_listing = act is listed_by
        days = {"published": act.published, "effective": act.in_force}
        for step, day in days.items():
            if day is None:
                continue
            period = Period.of_day(day, day.isoformat(), derivation=derivation if is_listing else None)
            if is_listing and stated is None:
                period = Period(None, day, "not_after", day.isoformat(), derivation=derivation)
            yield DatedStep(
                measure, "list" if is_listing else "amend", "published" if step == "published" else "effective", period,
                entry.key, act.number, f"{step} {act.number}",
            )  # fmt: skip


def _lists(act: _Act, designated: dt.date) -> bool:
    """Whether the act was published within a week from the day of designation, and binds from then on."""
    return designated <= act.published <= designated + _WITHIN and (act.in_force or act.published) >= designated


def _acts(entry: _Entry) -> list[_Act]:
    """The acts that anything in the entry cites, the earliest first, each once."""
    found: dict[str, _Act] = {}
    regulation = entry.the("regulation")
    url = next((_line(child.text) for child in regulation), None) or ""
    cited = [(regulation, url, regulation.get("entryIntoForceDate"))]
    for children in entry.children.values():
        for child in children:
            cited += [(act, act.get("publicationUrl", ""), None) for act in child if _local(act.tag) == "regulationSummary"]
    for act, address, in_force in cited:
        title, published = _line(act.get("numberTitle")) or "", dt.date.fromisoformat(act.get("publicationDate", ""))
        number = _number(title, address)
        begins = dt.date.fromisoformat(in_force) if in_force else None
        found.setdefault(number, _Act(published, number, title, address, begins))
    return sorted(found.values(), key=lambda act: (act.published, act.number))


@cache
def _number(title: str, url: str) -> str:
    """The CELEX number, where the address names it or the title is regular; else the title as written.

    A title without a letter behind its number is a regulation: 232 of 232 whose address names the CELEX are, and decisions
    bear /EC or /CFSP (2005/221/CFSP). Until 2014 a regulation is number/year, since then year/number.
    """
    if "corr" in title.lower() or not (found := _TITLE.fullmatch(title)):
        celex = _CELEX_IN_URL.search(url) if "corr" not in title.lower() else None
        return celex[1] if celex else title
    first, second, is_decision = int(found[1]), int(found[2]), found[3] is not None
    year, number = (first, second) if is_decision or first >= _YEAR_FIRST else (second, first)
    return f"3{year}{'D' if is_decision else 'R'}{number:04}"


_YEAR_FIRST = 2015


def _type_of(act: _Act) -> str:
    if "corr" in act.title.lower():
        return "corrigendum"
    if act.title.startswith("UNLI"):
        return "un"
    return _TYPE_OF_CELEX[act.number[5]] if re.fullmatch(r"\d{5}[A-Z]\d{4}", act.number) else "decision"


def _origin(entry: _Entry, regime: Regime, source: Source) -> Origin:
    """Whose decision the listing is: by the programme's list, the entry's own words, or the number of the United Nations."""
    if next(row.get("origin") for row in source.facts["programme"] if row["key"] == regime.key) == "un":
        return "un"
    element = entry.the("sanctionEntity")
    remarks = [_line(remark.text) or "" for remark in entry.children.get("remark", ())]
    words = " ".join(text for text in (element.get("designationDetails", ""), *remarks) if not _NO_LONGER.search(text))
    is_un = bool(element.get("unitedNationId")) or bool(_UN_DESIGNATION.search(words))
    return "own" if not is_un else "own_and_un" if _EU_DESIGNATION.search(words) else "un"


# ---- Words ----
def _line(text: str | None) -> str | None:
    """The words on one line; None where there are none."""
    return " ".join(text.split()) or None if text else None


def _remark(element: etree._Element) -> str | None:
    return _note(*(_line(child.text) for child in element if _local(child.tag) == "remark"))


def _country(element: etree._Element) -> str | None:
    return None if element.get("countryIso2Code") == _NO_COUNTRY else _line(element.get("countryDescription"))


def _joined(element: etree._Element, parts: tuple[str, ...]) -> str | None:
    return ", ".join(text for part in parts if (text := _line(element.get(part)))) or None


def _labelled(element: etree._Element, label: str, attribute: str) -> str | None:
    text = _line(element.get(attribute))
    return f"{label} {text}" if text else None


def _note(*parts: str | None) -> str | None:
    return "; ".join(part for part in parts if part) or None


def _on(element: etree._Element, attribute: str) -> Period | None:
    text = element.get(attribute)
    return Period.of_day(dt.date.fromisoformat(text), text) if text else None


def _quoted(text: str) -> str:
    return f'"{text}"' if "'" in text else f"'{text}'"
