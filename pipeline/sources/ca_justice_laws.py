"""Canada's sanctions regulations as consolidated (Justice Laws XML): what they prohibit, of which goods, and since when.

A provision that prohibits something is a measure; its kind is read from its own words by the patterns of the .toml. The note
at the end of a section names every act that changed it, with the day on which each took effect: the first is the one that
put the section there. Where a section has several prohibitions and a later act may have added one of them, its beginning is
between the day of the section and the day of its words, unless `[[founding]]` of the .toml says where it was first read.

Persons and ships in schedules are no targets here: they are those of the register `ca_sema`, which has their details.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from lxml import etree

from pipeline.dates import UnreadableDate, english_effect
from pipeline.documents import Document
from pipeline.readers.justice_goods import QUOTE_LENGTH, chapters, goods_of, key_of
from pipeline.readers.justice_laws import (
    DATABASE_SINCE,
    ENACTED,
    FRAGMENT,
    Amendment,
    Citation,
    Item,
    Law,
    amendments,
    citation,
    day,
    days_of_acts,
    items,
    label,
    law,
    path_of_schedule,
    path_of_section,
    repealed_by,
    schedule_number,
    since,
    words,
)
from pipeline.readers.xml import UnknownContent, elements, local_name
from pipeline.records import (
    DatedStep,
    Goods,
    Instrument,
    InstrumentLink,
    Measure,
    MeasureInstrument,
    Period,
    Programme,
    Record,
    Reject,
    Scope,
    Step,
)
from pipeline.sources import Source

_PROHIBITED = re.compile(
    r"^(?:(?:Subject to|With respect to) .+?, )?it is (?:also )?prohibited for (?P<who>.+?)"
    r"(?:(?<!referred) to(?: knowingly)?,?(?: (?P<act>.+))?)?$"
    r"|^(?:Subject to .+?, )?No (?:person|owner) .*?shall(?: knowingly)?(?: (?P<also>.+))?$"
    r"|^The Chief Registrar .+? (?P<must>must not register or .+)$",
    re.IGNORECASE,
)
_CLAIMS = re.compile(r"^No (?:legal proceedings lie in Canada at the instance|claim in respect of any contract) .+")
_POWER = re.compile(
    r"(?:pursuant to|under) (?P<provision>(?:(?:sub)?sections?|paragraphs?) [^;]+?) of the (?P<act>[A-Z][^,;]+?)(?:,|\.|$)"
)
_SCHEDULE = re.compile(
    r"(?:Parts? (?P<parts>\d+(?:(?:, | or | and )\d+)*) (?:of|to) )?"
    r"(?:(?P<that>that Schedule)|Schedule (?P<number>\d+(?:\.\d+)?))"
)
_RESOLUTION = re.compile(r"\b(?P<number>\d{3,4}) \((?P<year>\d{4})\)")
_COMES_INTO_FORCE = re.compile(r"^(?:These Regulations|This (?:Order|(?:General )?Permit)) comes? into force (?P<rule>.+?)\.?$")
_TAKES_EFFECT = re.compile(r"^Subsections? (?P<which>.+?) takes? effect (?P<rule>.+?)\.?$")
_DOES_NOT_APPLY = re.compile(r"^(?P<which>(?:Subsections?|Sections?|Paragraphs?) .+?) (?:does|do) not (?:apply|prohibit)")
_NUMBER = r"\d+(?:\.\d+)?"
_NAMED = re.compile(
    rf"(?P<section>\b{_NUMBER}\b)?(?:\((?P<first>{_NUMBER})\)(?: to \((?P<last>{_NUMBER})\))?|(?P<letter>\([a-z]))?"
    rf"(?: to (?P<to_section>{_NUMBER})\b)?"
)
_ASSISTING = "assisting in what is prohibited"
_GONE = "repealed regulation"


@dataclass(frozen=True)
class Clause:
    """One prohibition: a section, a subsection, or the paragraphs of one that prohibit the same kind of thing."""

    section: etree._Element
    provision: str
    """`3.08(1)`, `4.1(a) and (b)`; empty for a whole order."""
    type_text: str
    scope: Scope
    act: str
    """What is prohibited: the words after `It is prohibited for … to`."""
    note: str
    """The words in the margin; empty where there are none."""
    quote: str
    since: dt.date | None
    """The day since which it reads as it does."""
    locator: str
    parts: tuple[etree._Element, ...] = ()
    """The paragraphs that say what the words before them mean: goods, services, persons."""


class Origin(NamedTuple):
    """How a clause came into the law."""

    number: str
    provision: str | None
    in_force: Period | None
    enacted: dt.date | None
    locator: str | None
    quote: str | None


@dataclass(frozen=True)
class Text:
    """A regulation that imposes something, with what all its measures share."""

    law: Law
    source: Source
    url: str
    territories: tuple[str, ...]
    act_days: Mapping[str, dt.date]
    into_force: str | None
    """The rule by which it came into force, in its own words."""
    exceptions: tuple[tuple[etree._Element, str, str], ...]
    """Each provision that takes something out of others: its section, the provisions that it names, its words."""
    items: dict[str, list[Item]] = field(default_factory=dict)
    """The items of the schedules that have been read, by the number of the schedule."""

    @property
    def programme_key(self) -> str:
        """The key of the regime: that of the register where it has the regime too, else the number of the regulation."""
        return str(self.source.facts["programmes"].get(self.law.number, self.law.number))


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield the regulation, the acts that it rests on and that changed it, then each prohibition with its goods and days.

    Raises UnknownContent for an element, a title or a heading of a column never seen before.
    """
    with document.open() as stream:
        root = next(elements(stream, "Regulation"), None)
        if root is None:
            raise UnknownContent(f"{document.url} holds no <Regulation>")
        _must_be_known(root, source)
        text = law(root)
        imposes, found = _kind(text, source)
        yield from _acts(text, source, document.url)
        if imposes:
            yield from _imposed(_shared(text, source, document.url, found), found)


def _must_be_known(root: etree._Element, source: Source) -> None:
    known, everywhere = source.facts["elements"], set(source.facts["attributes_of_every_element"])
    for name, attributes in {(local_name(each), tuple(each.attrib)) for each in root.iter(etree.Element)}:
        strange = {_prefixed(str(attribute)) for attribute in attributes} - everywhere - set(known.get(name, ()))
        if name not in known or strange:
            raise UnknownContent(f"<{name}> {sorted(strange)} is not in [elements] of ca_justice_laws.toml")


def _prefixed(attribute: str) -> str:
    return attribute.replace("{http://justice.gc.ca/lims}", "lims:").replace("{http://www.w3.org/XML/1998/namespace}", "xml:")


def _kind(text: Law, source: Source) -> tuple[bool, dict[str, str]]:
    """Whether a regulation of this title imposes anything, and what the title names."""
    for row in source.facts["regulation"]:
        if found := re.fullmatch(row["title"], text.title):
            return row["imposes"], {name: words for name, words in found.groupdict().items() if words}
    raise UnknownContent(f"{text.number}: {text.title!r} is in no title of [[regulation]] in ca_justice_laws.toml")


def _shared(text: Law, source: Source, url: str, found: Mapping[str, str]) -> Text:
    place = found.get("territory", "")
    territories = () if not place or place in source.facts["title_words"]["thematic"] else (place,)
    if "seizure" in found and (told := _of_preamble(text, source)):
        territories = (told,)
    return Text(text, source, url, territories, days_of_acts(text), _rule_of_force(text), tuple(_taken_out(text)))


def _rule_of_force(text: Law) -> str | None:
    leads = (section.find("Text") for section in text.sections)
    rules = (_COMES_INTO_FORCE.match(words(lead)) for lead in leads if lead is not None)
    return next((rule["rule"] for rule in rules if rule), None)


def _of_preamble(text: Law, source: Source) -> str | None:
    """The country whose acts moved the maker of an order that names none in its title."""
    pattern = re.compile(source.facts["title_words"]["country_of_preamble"])
    return next((found["territory"] for each in text.preamble if (found := pattern.search(words(each)))), None)


# --- Acts -------------------------------------------------------------------------------------------------------------


def _acts(text: Law, source: Source, url: str) -> Iterator[Record]:
    """The regulation, the acts under which it was made and that changed or repealed it, the resolutions that it implements."""
    rule = _rule_of_force(text)
    period = english_effect(rule, registered=text.registered) if rule else None
    yield Instrument(
        text.number, "regulation", text.title, url, "/Regulation/Identification/InstrumentNumber", signed=text.made,
        effective=period.earliest if period else None, effective_text=rule,
        effective_derivation=period.derivation if period else None,
    )  # fmt: skip
    for number, name, _ in _powers(text, source):
        place = f"/Regulation/Identification/EnablingAuthority/XRefExternal[@link='{name}']"
        facts = source.facts["acts"][name]
        yield Instrument(number, "act", facts["title"], _act_page(name), place)
        yield InstrumentLink(text.number, number, "made under")
    yield from _amending(text)
    yield from _resolutions(text)
    yield from _permitted(text)


def _amending(text: Law) -> Iterator[Record]:
    days = days_of_acts(text)
    told: set[str] = set()
    for cited, place, quote, link in _cited(text):
        number = cited.number
        if number != text.number and (number not in told or link == "repeals"):
            yield InstrumentLink(number, text.number, link)
        if number != text.number and number not in told:
            kind = "act" if number.startswith("S.C.") else "regulation"
            yield Instrument(number, kind, locator=place, quote=quote, effective=days.get(number))
        told.add(number)


def _resolutions(text: Law) -> Iterator[Record]:
    """The resolutions of the Security Council that the preamble names; they are acts of the United Nations."""
    told: set[str] = set()
    for each in text.preamble:
        said = words(each)
        for found in _RESOLUTION.finditer(said) if "Security Council" in said else ():
            number = f"S/RES/{found['number']} ({found['year']})"
            if number not in told:
                told.add(number)
                place = f"/Regulation/Order/Provision[contains(., '{found[0]}')]"
                address = f"https://undocs.org/S/RES/{found['number']}({found['year']})"
                yield Instrument(number, "resolution", None, address, place, found[0], issuer_code="UN")
                yield InstrumentLink(text.number, number, "implements")


def _act_page(name: str) -> str:
    return f"https://laws-lois.justice.gc.ca/eng/acts/{name}/"


def _powers(text: Law, source: Source) -> Iterator[tuple[str, str, str | None]]:
    """Number, name in the consolidation and provision of each act that gives the power."""
    provisions = {
        found["act"].casefold(): found["provision"] for each in text.preamble for found in _POWER.finditer(words(each))
    }
    for each in text.root.iterfind("Identification/EnablingAuthority/XRefExternal"):
        name = each.get("link", "")
        if name not in source.facts["acts"]:
            raise UnknownContent(f"{text.number} is made under {words(each)} ({name}), which is not in [acts]")
        facts = source.facts["acts"][name]
        yield facts["number"], name, provisions.get(facts["title"].casefold())


def _cited(text: Law) -> Iterator[tuple[Citation, str, str, str]]:
    """Every act that a note says changed or repealed the regulation, with its place and words."""
    for section in text.sections:
        for each in amendments(section, path_of_section(section)):
            yield each.citation, each.locator, each.note, "amends"
    for schedule in text.root.iterfind("Schedule"):
        if schedule.get("id") is None and schedule_number(schedule) is not None:
            for each in amendments(schedule, path_of_schedule(schedule)):
                yield each.citation, each.locator, each.note, "amends"
    for gone in text.root.iterfind("Body//Repealed"):
        if cited_here := repealed_by(words(gone)):
            yield cited_here, f"/Regulation/Body//Repealed[.='{words(gone)}']", words(gone), "amends"
    for recent in text.root.iterfind("RecentAmendments/Amendment/AmendmentCitation"):
        cited = words(recent)
        yield citation(cited), f"/Regulation/RecentAmendments/Amendment/AmendmentCitation[.='{cited}']", cited, "amends"
    if end := _repeal(text):
        yield end[0], "/Regulation/Repealed", end[1], "repeals"


def _repeal(text: Law) -> tuple[Citation, str, dt.date | None, dt.date | None] | None:
    """The act that repealed the whole of it, the words, the day and the day of that act; None where it stands."""
    mark = text.root.find("Repealed")
    cited = None if mark is None else repealed_by(words(mark))
    return None if mark is None or cited is None else (cited, words(mark), day(mark), day(mark, ENACTED))


def _permitted(text: Law) -> Iterator[Record]:
    """The other regulations that a permit names by their address (SOR-2011-114)."""
    for name in sorted(
        {each.get("link", "") for each in text.root.iterfind("Body//XRefExternal[@reference-type='regulation']")}
    ):
        found = re.fullmatch(r"(SOR|SI)-(\d{2,4}-\d+)", name)
        if found and f"{found[1]}/{found[2]}" != text.number:
            number = f"{found[1]}/{found[2]}"
            place = f"/Regulation/Body//XRefExternal[@link='{name}']"
            yield Instrument(number, "regulation", url=f"https://laws-lois.justice.gc.ca/eng/XML/{name}.xml", locator=place)
            yield InstrumentLink(text.number, number, "refers to")


# --- Prohibitions -----------------------------------------------------------------------------------------------------


def _imposed(text: Text, found: Mapping[str, str]) -> Iterator[Record]:
    yield Programme(text.programme_key, text.law.title, text.url, text.territories)
    clauses = [_whole_order(text, found)] if "seizure" in found else list(_clauses(text))
    if not clauses and _repeal(text.law):
        clauses = [_gone(text)]
    alone = Counter(id(clause.section) for clause in clauses)
    assisting = _assisting(text.law)
    for clause, key in zip(clauses, _keys(text.law, clauses), strict=True):
        yield from _measure(text, clause, key, is_alone=alone[id(clause.section)] == 1)
        for provision in assisting:
            yield MeasureInstrument(key, text.law.number, "imposes", f"s. {provision} ({_ASSISTING})")


def _keys(text: Law, clauses: list[Clause]) -> Iterator[str]:
    """Number of the regulation, name of the section for good, kind; a further one of that kind in it has its ordinal.

    The number of a section is no key: on 2022-12-07 section 3.1 became 3.01, and 3.10 became 3.1.
    """
    seen: Counter[str] = Counter()
    for clause in clauses:
        named = clause.section.get(FRAGMENT) if clause.provision else None
        key = "|".join(filter(None, (text.number, named, clause.type_text)))
        seen[key] += 1
        yield key if seen[key] == 1 else f"{key}|{seen[key]}"


def _clauses(text: Text) -> Iterator[Clause]:
    for section in text.law.sections:
        for holder in section.findall("Subsection") or [section]:
            lead = holder.find("Text")
            if lead is not None:
                yield from _of_holder(text, section, holder, words(lead))


def _of_holder(text: Text, section: etree._Element, holder: etree._Element, lead: str) -> Iterator[Clause]:
    if _CLAIMS.match(lead):
        yield _clause(text, section, holder, lead, lead)
        return
    found = _PROHIBITED.match(lead)
    if found is None:
        return
    act = found["act"] or found["also"] or found["must"] or ""
    if re.search(text.source.facts["accessory"]["assists"], act):
        return
    if act:
        yield _clause(text, section, holder, act, lead)
    else:
        yield from _by_kind(text, section, holder, lead)


def _clause(text: Text, section: etree._Element, holder: etree._Element, act: str, lead: str) -> Clause:
    """A holder that prohibits one thing: its first words tell the kind, or else those of its paragraphs."""
    parts = tuple(holder.iterfind("Paragraph"))
    whole = " ".join([act, *(_of_paragraph(part) for part in parts)])
    type_text, scope = _kind_of(act, text) or _kind_of(whole, text) or (whole[:QUOTE_LENGTH], "unknown")
    if scope == "listed_targets" and not re.search(text.source.facts["listed"], whole):
        scope = "government"  # debt of Belarus and of entities that it controls
    return Clause(
        section, _provision(section, holder), type_text, scope, act, _note(section, holder), lead[:QUOTE_LENGTH], since(holder),
        _path(section, holder), parts,
    )  # fmt: skip


def _by_kind(text: Text, section: etree._Element, holder: etree._Element, lead: str) -> Iterator[Clause]:
    """A holder whose paragraphs prohibit each their own: one clause for each kind among them, in their order."""
    kinds: dict[tuple[str, Scope], list[etree._Element]] = {}
    before: tuple[str, Scope] | None = None
    for paragraph in holder.iterfind("Paragraph"):
        said = _of_paragraph(paragraph)
        follows = re.search(text.source.facts["accessory"]["follows"], said)
        kind = before if follows and before else _kind_of(said, text) or (said[:QUOTE_LENGTH], "unknown")
        kinds.setdefault(kind, []).append(paragraph)
        before = kind
    for (type_text, scope), paragraphs in kinds.items():
        is_all = len(kinds) == 1
        first = _path(section, holder)
        place = first if is_all else f"{first}/Paragraph[Label='{label(paragraphs[0])}']"
        said = "; ".join(_of_paragraph(each) for each in paragraphs)
        days = [found for each in paragraphs if (found := since(each))]
        provision = _provision(section, holder) + ("" if is_all else _letters(paragraphs))
        yield Clause(
            section, provision, type_text, scope, said, _note(section, holder), f"{lead} {said}"[:QUOTE_LENGTH],
            since(holder) if is_all else min(days, default=None), place,
        )  # fmt: skip


def _kind_of(act: str, text: Text) -> tuple[str, Scope] | None:
    said = act.casefold()
    for row in text.source.facts["prohibition"]:
        if re.search(row["words"], said):
            is_of_persons = row["scope"] == "territory" and not text.territories
            return row["type_text"], "listed_targets" if is_of_persons else row["scope"]
    return None


def _of_paragraph(paragraph: etree._Element) -> str:
    return words(paragraph).removeprefix(label(paragraph)).strip()


def _provision(section: etree._Element, holder: etree._Element) -> str:
    return label(section) + ("" if holder is section else label(holder))


def _letters(paragraphs: list[etree._Element]) -> str:
    """`(a)`, `(a) and (c)`, `(a), (b) and (d)`."""
    labels = [label(each) for each in paragraphs]
    return labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} and {labels[-1]}"


def _note(section: etree._Element, holder: etree._Element) -> str:
    """The words in the margin of a subsection, else those of its section."""
    own = holder.find("MarginalNote")
    note = own if own is not None else section.find("MarginalNote")
    return "" if note is None else words(note)


def _path(section: etree._Element, holder: etree._Element) -> str:
    return path_of_section(section) + ("" if holder is section else f"/Subsection[Label='{label(holder)}']")


def _whole_order(text: Text, found: Mapping[str, str]) -> Clause:
    """An order that seizes or restrains the property of one owner: it is one measure, as its title says."""
    said = f"{found['seizure']} of property"
    kind = _kind_of(said, text)
    if kind is None:
        raise UnknownContent(f"{text.law.number}: no [[prohibition]] of ca_justice_laws.toml fits {said!r}")
    return Clause(
        text.law.root, "", *kind, found["property"], "", text.law.title[:QUOTE_LENGTH], since(text.law.root),
        "/Regulation/Identification/LongTitle",
    )  # fmt: skip


def _gone(text: Text) -> Clause:
    """A regulation of which only the title is left: it imposed something until it was repealed."""
    return Clause(
        text.law.root, "", _GONE, "unknown", "", "", text.law.title[:QUOTE_LENGTH], None,
        "/Regulation/Identification/LongTitle",
    )  # fmt: skip


def _assisting(text: Law) -> list[str]:
    return [label(each) for each in text.sections if "do anything that causes, facilitates or assists in" in words(each)]


# --- Measures ---------------------------------------------------------------------------------------------------------


def _measure(text: Text, clause: Clause, key: str, *, is_alone: bool) -> Iterator[Record]:
    number = text.law.number
    schedules = _schedules(text.law, clause)
    yield Measure(
        key, clause.type_text, clause.locator, clause.scope, programme_key=text.programme_key,
        authority_name="Governor in Council", territory_texts=_territories(text, clause), title=_title(text.law, clause),
        goods_text=_goods_text(clause), sector_text=_sector(text, schedules), exceptions_text=_exceptions(text, clause),
        quote=clause.quote, founding_act="|".join(filter(None, (number, clause.provision))),
    )  # fmt: skip
    named = [_schedule_name(schedule, parts) for schedule, parts in schedules]
    provision = ", ".join([*([f"s. {clause.provision}"] if clause.provision else []), *named]) or None
    yield MeasureInstrument(key, number, "imposes", provision)
    for act, _, place in _powers(text.law, text.source):
        yield MeasureInstrument(key, act, "authority", place)
    steps = list(_steps(text, clause, key, schedules, is_alone=is_alone))
    yield from steps
    yield from _goods(text, clause, key, schedules, _first_day(steps))


def _first_day(steps: list[Record]) -> dt.date:
    """The day before which the measure covered nothing, where it is known."""
    days = [
        step.period.earliest
        for step in steps
        if isinstance(step, DatedStep)
        and (step.action, step.step) == ("impose", "effective")
        and step.period.precision == "day"
    ]
    return next((day for day in days if day), dt.date.min)


def _territories(text: Text, clause: Clause) -> tuple[str, ...]:
    for row in text.source.facts["place"]:
        if re.search(row["words"], clause.act):
            return tuple(row["territories"])
    return text.territories


def _goods_text(clause: Clause) -> str | None:
    """The words of the prohibition, where it is one of goods."""
    return clause.act if clause.scope in ("goods", "sector", "vessels") else None


def _title(text: Law, clause: Clause) -> str | None:
    """A title that tells the many bans of one regulation apart; the freeze of assets needs none."""
    if not clause.note or clause.scope == "listed_targets":
        return None
    return f"Canada: {clause.note} (s. {clause.provision} of the {text.title})"


def _taken_out(text: Law) -> Iterator[tuple[etree._Element, str, str]]:
    for section in text.sections:
        for holder in section.findall("Subsection") or [section]:
            said = words(holder).removeprefix(_heading(holder)).strip()
            if found := _DOES_NOT_APPLY.match(said):
                yield section, found["which"], said


def _exceptions(text: Text, clause: Clause) -> str | None:
    """What the section, or one beside it, takes out of the prohibition, in the words of the law."""
    section, subsection = _section_and_subsection(clause)
    told = [
        said
        for holder, which, said in text.exceptions
        if section and _names(which, section, subsection, own=section if holder is clause.section else "")
    ]
    return " ".join(told) or None


def _heading(holder: etree._Element) -> str:
    note = holder.find("MarginalNote")
    return " ".join(filter(None, ("" if note is None else words(note), label(holder))))


def _names(which: str, section: str, subsection: float | None, *, own: str) -> bool:
    """Whether `Subsections (1) and (1.1)`, `Sections 2 and 4` or `Subsections 8(1) to (3)` name a provision.

    `own` is the number of the section in which these words stand, whose subsections they name without it.
    """
    current = own
    for found in _NAMED.finditer(which):
        current = found["section"] or current
        if found["section"] and found["to_section"]:
            if float(found["section"]) <= float(section) <= float(found["to_section"]):
                return True
        elif current == section and found[0].strip():
            first, last = found["first"], found["last"] or found["first"]
            if first is None or (subsection is not None and float(first) <= subsection <= float(last)):
                return True
    return False


# --- Days -------------------------------------------------------------------------------------------------------------


def _steps(
    text: Text, clause: Clause, key: str, schedules: list[tuple[etree._Element, frozenset[str]]], *, is_alone: bool
) -> Iterator[Record]:
    """How the measure came into the law, what changed it and what ended it."""
    notes = amendments(clause.section, path_of_section(clause.section)) if clause.provision else []
    try:
        origin = _origin(text, clause, key, notes, is_alone=is_alone)
    except UnreadableDate as error:
        yield Reject(clause.locator, "dates", "malformed_date", str(error), clause.quote)
        return
    yield from _beginning(text, clause, key, origin)
    first = origin.in_force.latest if origin.in_force else clause.since
    for schedule, _ in schedules:
        notes = [*notes, *amendments(schedule, path_of_schedule(schedule))]
    yield from _changes(key, sorted(notes, key=lambda note: note.in_force or dt.date.min), first)
    yield from _end(text, clause, key)


def _beginning(text: Text, clause: Clause, key: str, origin: Origin) -> Iterator[Record]:
    def step(kind: Step, period: Period) -> DatedStep:
        return DatedStep(key, "impose", kind, period, None, origin.number, origin.number, origin.locator, origin.quote)

    is_exact = (origin.in_force is not None and origin.in_force.precision == "day") or clause.type_text == _GONE
    if not is_exact:
        if origin.in_force:
            yield step("effective", origin.in_force)
        return
    if origin.number == text.law.number:
        if text.law.made:
            yield step("signed", Period.of_day(text.law.made, text.law.made.isoformat()))._replace(
                locator="/Regulation/Identification/RegulationMakerOrder/Date", quote=None
            )
    else:
        yield MeasureInstrument(key, origin.number, "imposes", origin.provision)
    if origin.enacted:
        yield step("enacted", Period.of_day(origin.enacted, origin.enacted.isoformat()))
    if origin.in_force:
        yield step("effective", origin.in_force)


def _origin(text: Text, clause: Clause, key: str, notes: list[Amendment], *, is_alone: bool) -> Origin:
    """The act that put the clause into the law, and the day on which it took effect.

    Raises UnreadableDate where `[[founding]]` names an act that no note of the section dates.
    """
    told = next((row for row in text.source.facts["founding"] if row["key"] == key), None)
    if told is not None:
        origin = _by_table(text, told, notes)
    elif notes and "." in label(clause.section):
        origin = _by_note(text, notes[0])
    else:
        origin = _by_regulation(text)
    return origin._replace(in_force=_effective(text, clause, told, origin, notes, is_alone=is_alone))


def _by_table(text: Text, row: Mapping[str, Any], notes: list[Amendment]) -> Origin:
    if row["act"] == text.law.number:
        return _by_regulation(text)
    note = next((each for each in notes if each.citation.number == row["act"]), None)
    if note is None:
        raise UnreadableDate(f"[[founding]] names {row['act']} for {row['key']}, which no note of the section names")
    return _by_note(text, note)


def _by_note(text: Text, note: Amendment) -> Origin:
    number, period = note.citation.number, None
    if note.in_force:
        period = Period.of_day(note.in_force, note.in_force.isoformat())
    elif number in text.act_days:
        found = text.act_days[number]
        period = Period.of_day(found, note.note, derivation=f"the day on which all other notes say that {number} took effect")
    return Origin(number, note.citation.provision, period, note.enacted, note.locator, note.note)


def _by_regulation(text: Text) -> Origin:
    """The regulation itself; where it states no rule, it came into force no earlier than it was registered."""
    registered, place = text.law.registered, "/Regulation/Identification/RegistrationDate"
    period = Period.of_day(registered, registered.isoformat())
    if text.into_force is not None:
        period = english_effect(text.into_force, registered=registered)
    return Origin(text.law.number, None, period, registered, place, None)


def _effective(
    text: Text, clause: Clause, told: Mapping[str, Any] | None, origin: Origin, notes: list[Amendment], *, is_alone: bool
) -> Period | None:
    """The day on which the clause began to bind, or the days between which it did."""
    first = origin.in_force
    if _repeal(text.law):
        return None  # the rule by which it came into force is gone with the text
    if told is not None and "not_after" in told:
        why = f"section {label(clause.section)} came with {origin.number}; the text of {told['state']} dates its words so"
        return _between(first, told["not_after"], why)
    rule = told["takes_effect"] if told is not None and "takes_effect" in told else _delay(clause)
    if first is not None and first.earliest is not None and not _reads_since(clause, first.earliest):
        place = f"section {label(clause.section)}"
        if told is not None:
            first = first._replace(derivation=f"{origin.number} put it into {place}, as the text of {told['state']} shows")
        elif _is_only_reason(text, clause, notes, is_alone=is_alone):
            first = first._replace(derivation=first.derivation or f"the only prohibition of {place}, as old as the section")
        else:
            return _between(first, clause.since, f"{place} stands since {first.earliest}; these words since {clause.since}")
    elif first is None:
        return None if clause.since is None else _between(None, clause.since, f"these words stand since {clause.since}")
    if first is None or first.earliest is None or rule is None:
        return first
    return english_effect(rule, in_force=first.earliest)


def _reads_since(clause: Clause, first: dt.date) -> bool:
    """Whether the words of the clause are as old as its section."""
    return clause.since is None or clause.since <= first


def _is_only_reason(text: Text, clause: Clause, notes: list[Amendment], *, is_alone: bool) -> bool:
    """Whether the clause is why its section is there: the only one of a section that came with an act of its own.

    Sections with whole numbers came with the regulation, and may have said something else. Where no act changed one, its day
    may yet be that of the database, before which it stood.
    """
    if "." in label(clause.section):
        return is_alone and bool(notes)
    return not notes and clause.since == DATABASE_SINCE and text.into_force is not None


def _between(first: Period | None, latest: dt.date | None, why: str) -> Period:
    if latest is None:
        raise UnreadableDate(f"no day since which it reads as it does: {why}")
    earliest = first.earliest if first else None
    if earliest is None or earliest > latest:
        return Period(None, latest, "not_after", latest.isoformat(), derivation=why)
    return Period(earliest, latest, "between", latest.isoformat(), derivation=why)


def _delay(clause: Clause) -> str | None:
    """The rule of the section that a subsection takes effect so many days after it comes into force."""
    section, subsection = _section_and_subsection(clause)
    for each in clause.section.iterfind("Subsection/Text"):
        found = _TAKES_EFFECT.match(words(each))
        if found and _names(found["which"], section, subsection, own=section):
            return found["rule"]
    return None


def _section_and_subsection(clause: Clause) -> tuple[str, float | None]:
    """`3.08` and 1 for 3.08(1); no subsection for a section that has none."""
    section = label(clause.section) if clause.provision else ""
    found = re.match(r"\(([\d.]+)\)", clause.provision.removeprefix(section))
    return section, float(found[1]) if found else None


def _changes(key: str, notes: list[Amendment], first: dt.date | None) -> Iterator[Record]:
    """The acts that changed the section or its schedules after the clause came into the law, each once a day."""
    seen: set[tuple[str, dt.date | None]] = set()
    for note in notes:
        number = note.citation.number
        if note.in_force is None or first is None or note.in_force <= first or (number, note.in_force) in seen:
            continue
        seen.add((number, note.in_force))
        yield MeasureInstrument(key, number, "amends", note.citation.provision)
        days: list[tuple[Step, dt.date]] = [("effective", note.in_force)]
        if note.enacted and note.enacted != note.in_force:
            days.insert(0, ("enacted", note.enacted))
        for step, found in days:
            period = Period.of_day(found, found.isoformat())
            yield DatedStep(key, "amend", step, period, None, number, number, note.locator, note.note)


def _end(text: Text, clause: Clause, key: str) -> Iterator[Record]:
    if end := _repeal(text.law):
        cited, said, effective, enacted = end
        place = "/Regulation/Repealed"
    elif cited_here := repealed_by(clause.act if clause.type_text == "repealed prohibition" else ""):
        cited, said, effective, enacted, place = cited_here, clause.act, clause.since, None, clause.locator
    else:
        return
    yield MeasureInstrument(key, cited.number, "ends", cited.provision)
    days: list[tuple[Step, dt.date | None]] = [("enacted", enacted if enacted != effective else None), ("effective", effective)]
    for step, found in days:
        if found:
            period = Period.of_day(found, found.isoformat())
            yield DatedStep(key, "lift", step, period, None, cited.number, cited.number, place, said[:QUOTE_LENGTH])


# --- Goods ------------------------------------------------------------------------------------------------------------


def _schedules(text: Law, clause: Clause) -> list[tuple[etree._Element, frozenset[str]]]:
    """The schedules of goods and services that a clause names, with the parts of them that it names; none for persons."""
    if clause.scope in ("listed_targets", "vessels", "unknown"):
        return []
    said = " ".join([clause.act, *(words(part) for part in clause.parts)])
    named: dict[str, set[str]] = {}
    last = ""
    for found in _SCHEDULE.finditer(said):
        last = last if found["that"] else found["number"]
        named.setdefault(last, set()).update(re.findall(r"\d+", found["parts"] or ""))
    return [(schedule, frozenset(parts)) for number, parts in named.items() if (schedule := text.schedule(number)) is not None]


def _schedule_name(schedule: etree._Element, parts: frozenset[str]) -> str:
    told = f"Schedule {schedule_number(schedule)}"
    return told + (f", Part{'s' if len(parts) > 1 else ''} {' and '.join(sorted(parts))}" if parts else "")


def _sector(text: Text, schedules: list[tuple[etree._Element, frozenset[str]]]) -> str | None:
    """The industries that a schedule names, in its words."""
    told = [item.cells["industry"] for item in _items(text, schedules) if item.cells.get("industry") and not item.is_repealed]
    return "; ".join(told) or None


def _items(text: Text, schedules: list[tuple[etree._Element, frozenset[str]]]) -> Iterator[Item]:
    for schedule, parts in schedules:
        number = schedule_number(schedule) or ""
        if number not in text.items:
            text.items[number] = list(items(schedule, text.source.facts["columns"]))
        for item in text.items[number]:
            if not parts or item.part is None or item.part in parts:
                yield item


def _goods(
    text: Text, clause: Clause, key: str, schedules: list[tuple[etree._Element, frozenset[str]]], first: dt.date
) -> Iterator[Record]:
    """The items of the schedules that a clause names, else what its paragraphs or its own words list.

    An item is covered since it stands there, but not before the measure took effect.
    """
    seen: Counter[str] = Counter()
    for item in _items(text, schedules):
        if not item.is_repealed and "industry" not in item.cells:
            for record in goods_of(item, key):
                if isinstance(record, Goods):
                    covered = max(record.start, first) if record.start else None
                    yield _keyed(record._replace(start=covered), item.schedule, seen)
                else:
                    yield record
    if clause.scope in ("goods", "sector") and not schedules:
        for record in _of_words(clause, key):
            if clause.scope == "goods" or record.code is not None:
                yield _keyed(record, clause.section.get(FRAGMENT, ""), seen)


def _keyed(goods: Goods, holder: str, seen: Counter[str]) -> Goods:
    """The item with its key, and its ordinal among equals."""
    key = key_of(goods, holder)
    seen[key] += 1
    return goods._replace(key=key if seen[key] == 1 else f"{key}|{seen[key]}")


def _of_words(clause: Clause, key: str) -> Iterator[Goods]:
    """What the paragraphs list as goods, or the words of the clause themselves, with the chapters that they name."""
    places = [
        (f"s. {clause.provision}{label(part)}", _of_paragraph(part), f"{clause.locator}/Paragraph[Label='{label(part)}']")
        for part in clause.parts
    ]
    if not places or clause.scope != "goods" or not re.search(r"following|:$", clause.act):
        places = [(f"s. {clause.provision}", clause.act, clause.locator)]
    for place, said, locator in places:
        base = Goods(key, place, said, "text", locator, quote=said[:QUOTE_LENGTH])
        codes = list(chapters(said))
        yield from (base._replace(nomenclature="hs", code=code) for code in codes)
        if not codes:
            yield base
