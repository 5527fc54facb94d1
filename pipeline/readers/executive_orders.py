"""Executive orders as the Federal Register describes them: acts that amend or end one another, and sanctions by their titles.

The Register's disposition notes say what an order does to others and what others do to it (`Amends: EO 13224, September
23, 2001; Revoked by: …`), its titles what the order restricts (`Blocking Property of …`). The words and phrases that are
known stand in `executive_orders.toml`, which every source of such documents shares.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.dates import UnreadableDate, english
from pipeline.readers.federal_register import citations
from pipeline.records import (
    Action,
    DatedStep,
    Instrument,
    InstrumentLink,
    Measure,
    MeasureInstrument,
    Period,
    Record,
    Reject,
    Scope,
)

if TYPE_CHECKING:
    from pipeline.sources import Source

Facts = Mapping[str, Any]
ORDER_ADDRESS = "https://www.federalregister.gov/executive-order/{}"
CITATION_ADDRESS = "https://www.federalregister.gov/citation/{}-FR-{}"

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = rf"(?P<day>(?:{_MONTHS}),? \d{{1,2}},? ?\d{{4}})"
_LABELLED = re.compile(r"(?P<label>[A-Za-z][A-Za-z ]*(?:\(in part\)[a-z ]*)?):\s*|(?P<bare>See|Superseded by)\s+(?=EO )")
_NEXT_LABEL = re.compile(r"[\r\n]+|(?:;\s*|(?<=\d)\s+)(?=[A-Z][A-Za-z ]*(?:\(in part\)[a-z ]*)?:)")
_ORDER = re.compile(rf"(?:E?E[OP]|Executive Order(?: No\.)?)\s+(?:EO )?(?P<number>\d{{4,5}})(?:[\s,.]*(?:of )?{_DAY})?")
_BARE_ORDER = re.compile(rf"^(?P<number>\d{{5}}), {_DAY}$")
_PROCLAMATION = re.compile(rf"Proc(?:\.|lamation)\s*(?P<number>\d{{4,5}})(?:[\s,]*(?:of )?{_DAY})?")
_DETERMINATION = re.compile(rf"Pres(?:idential|\.) Determination (?:No\. )?(?P<number>[\d-]+)(?:[\s,]*(?:of )?{_DAY})?")
_PUBLIC_LAW = re.compile(rf"Public Law (?P<number>[\d-]+)(?:[\s,]*{_DAY})?(?:[\s,]*\([^)]*\))?")
_NOTICE = re.compile(rf"Notice(?: of|,)?\s+{_DAY}[\s,;]*(?:\(?(?P<citation>\d+ FR \d+)\)?)?")
_PRINTED = re.compile(rf"^(?P<citation>\d+ FR \d+)(?:, {_DAY})?$")
_LONGEST_QUOTE = 300
_IN_PART = re.compile(r"\(in part\)")


class Order(NamedTuple):
    """One executive order, as a row or record of the Register gives it."""

    number: str
    """14068."""
    type_text: str
    title: str
    url: str
    citation: str
    """87 FR 14381."""
    signed: str
    published: str
    notes: str
    place: str
    """Where the record stands in its document, by its own number."""
    title_place: str

    @property
    def name(self) -> str:
        """The number by which the order is cited as an act."""
        return name(self.number)

    @property
    def notes_place(self) -> str:
        """Where its disposition notes stand."""
        return f"{self.place}/disposition_notes"


class Cited(NamedTuple):
    """An act that a disposition note names."""

    type_text: str
    number: str | None
    """As the act is cited; None where the note gives none."""
    url: str | None
    day_text: str | None
    words: str
    """The words of the note that name it."""
    is_in_part: bool


class Note(NamedTuple):
    """One statement of a disposition note: what the order does to an act, or undergoes by it."""

    label: str
    cited: Cited


class Unread(NamedTuple):
    """Words of a disposition note that are no statement about an act."""

    label: str
    words: str


def name(number: str) -> str:
    """The number by which an executive order is cited: `Executive Order 14068`."""
    return f"Executive Order {number}"


def notes(text: str) -> Iterator[Note | Unread]:
    """What disposition notes say, statement by statement, in their order."""
    label = ""
    for line in _NEXT_LABEL.split(text):
        words = " ".join(line.split())
        if found := _LABELLED.match(words):
            label, words = found["label"] or found["bare"], words[found.end() :]
        for item in (each.strip(" ,.") for each in words.split(";")):
            if item:
                yield from _statements(label, item)


def _statements(label: str, item: str) -> Iterator[Note | Unread]:
    """The acts that one item names; an item names several where it was written without its semicolon."""
    if label == "Note":
        yield Unread(label, item)
        return
    if own := _LABELLED.match(item):
        label, item = own["label"] or own["bare"], item[own.end() :]
    rest = item
    found: list[Cited] = []
    for pattern, cited in _KINDS:
        for match in pattern.finditer(item):
            found.append(cited(match)._replace(is_in_part=bool(_IN_PART.search(item))))
            rest = rest.replace(match[0], " ", 1)
    if not found or re.sub(r"\(in part\)|\([^)]*\)|eff\. .*|\band\b|read in conjunction with|[\s,;.]", "", rest):
        yield Unread(label, item)
    else:
        yield from (Note(label, cited) for cited in found)


def _order(match: re.Match[str]) -> Cited:
    address = ORDER_ADDRESS.format(match["number"])
    return Cited("Executive Order", name(match["number"]), address, match["day"], match[0], is_in_part=False)


def _numbered(kind: str) -> Any:
    return lambda match: Cited(kind, f"{kind} {match['number']}", None, match["day"], match[0], is_in_part=False)


def _notice(match: re.Match[str]) -> Cited:
    printed = citations(match["citation"] or "")
    address = CITATION_ADDRESS.format(printed[0].volume, printed[0].page) if printed else None
    number = printed[0].number if printed else None
    return Cited("Notice", number, address, match["day"], match[0], is_in_part=False)


def _printed(match: re.Match[str]) -> Cited:
    return _notice(match)._replace(type_text="Federal Register document")


def _memorandum(match: re.Match[str]) -> Cited:
    return Cited(match["kind"], None, None, match["day"], match[0], is_in_part=False)


_KINDS = (
    (_ORDER, _order),
    (_BARE_ORDER, _order),
    (_PROCLAMATION, _numbered("Proclamation")),
    (_DETERMINATION, _numbered("Presidential Determination")),
    (_PUBLIC_LAW, _numbered("Public Law")),
    (_NOTICE, _notice),
    (_PRINTED, _printed),
    (re.compile(rf"(?P<kind>Memo(?:\.|randum|randa)?|Military Order)(?: of|,)?\s+{_DAY}"), _memorandum),
)


# --- Records ----------------------------------------------------------------------------------------------------------


class Change(NamedTuple):
    """What one act does to an order, by the note of either."""

    action: Action
    by: str
    """The act that does it, by its number; by its words where it has none."""
    is_numbered: bool
    day_text: str | None
    place: str
    quote: str
    end: Facts | None = None
    """The line of `[ends]` that says that the part it ended was the measures themselves."""


def records(orders: Sequence[Order], source: "Source") -> Iterator[Record]:
    """The orders as instruments, their links to other acts, and the measures of those that impose or end sanctions."""
    for order in orders:
        yield _instrument(order)
    changes: dict[str, list[Change]] = {}
    for order in orders:
        yield from _links(order, source.facts, changes)
    signed = {order.name: order.signed for order in orders}
    for order in orders:
        yield from _sanctions(order, source, changes.get(order.name, []), signed)


def _instrument(order: Order) -> Instrument:
    signed, published = english(order.signed, is_day_first=False), english(order.published, is_day_first=False)
    return Instrument(
        order.name, order.type_text, order.title, order.url, order.place, order.citation, signed.earliest, published.earliest
    )


def _links(order: Order, facts: Facts, changes: dict[str, list[Change]]) -> Iterator[Record]:
    passive = facts["notes"]["passive"]
    for said in notes(order.notes):
        if isinstance(said, Unread):
            reason, text = _why_unread(said)
            yield Reject(order.notes_place, "instrument_links", reason, text, f"{said.label}: {said.words}")
            continue
        cited, label = said.cited, _label(said, facts)
        if label in facts["notes"]["own"]:
            continue
        _note_change(order, Note(label, cited), facts, changes)
        if cited.number is None:  # memoranda and notices without a citation: no number tells them apart
            continue
        yield Instrument(cited.number, cited.type_text, url=cited.url, locator=order.notes_place, quote=cited.words)
        pair = (cited.number, order.name) if label in passive else (order.name, cited.number)
        yield InstrumentLink(*pair, label)


def _why_unread(said: Unread) -> tuple[str, str]:
    if said.label == "Note":
        return "unrepresentable", "a remark of the Register about the order, for which there is no column"
    return "malformed_value", "expected acts by their numbers, with the days of their signature"


def _label(note: Note, facts: Facts) -> str:
    """The label, with what the item adds to it: an act that is revoked `(in part)`."""
    return str(facts["notes"]["in_part"].get(note.label, note.label)) if note.cited.is_in_part else note.label


def _note_change(order: Order, note: Note, facts: Facts, changes: dict[str, list[Change]]) -> None:
    """Keep what the note says was done to an order: to this one by another act, or by this one to another."""
    told, (label, cited) = facts["notes"], note
    quote = f"{label}: {cited.words}"
    action = told["continuation"].get(f"{label} {cited.type_text}") or told["undergone"].get(label)
    if action:
        by = cited.number or cited.words
        change = Change(action, by, cited.number is not None, cited.day_text, order.notes_place, quote)
        changes.setdefault(order.name, []).append(change)
    elif label in told["done"] and cited.number:
        change = Change(told["done"][label], order.name, True, None, order.notes_place, quote)
        changes.setdefault(cited.number, []).append(change)


def _sanctions(order: Order, source: "Source", changes: list[Change], signed: Mapping[str, str]) -> Iterator[Record]:
    for measure in measures(order, source):
        yield measure
        yield MeasureInstrument(measure.key, order.name, "imposes", _provision(measure))
        yield from _imposed(measure.key, order)
        yield from _changed(measure.key, [_known_end(order, change, source.facts) for change in changes], signed)


def _known_end(order: Order, change: Change, facts: Facts) -> Change:
    """The change, as an end of the measures where a line of `[ends]` says that the part that was revoked imposed them."""
    end = facts["ends"].get(f"{order.name}|{change.by}")
    return change._replace(action="lift", end=end) if end and change.action == "ease" else change


def _provision(measure: Measure) -> str | None:
    _, _, provision = (measure.founding_act or "").partition("|")
    return f"section {provision}" if provision else None


def _imposed(key: str, order: Order) -> Iterator[DatedStep]:
    steps: tuple[tuple[Any, str, str], ...] = (
        ("signed", order.signed, "signing_date"),
        ("published", order.published, "publication_date"),
    )
    for step, words, field in steps:
        period = english(words, is_day_first=False)
        yield DatedStep(
            key, "impose", step, period, instrument_number=order.name, locator=f"{order.place}/{field}", quote=words
        )


def _changed(key: str, changes: list[Change], signed: Mapping[str, str]) -> Iterator[Record]:
    """The steps by which later acts amended, continued or ended a measure; each act once for each thing it did."""
    told: set[tuple[str, str]] = set()
    for change in changes:
        if (change.action, change.by) in told:
            continue
        told.add((change.action, change.by))
        try:
            period = _signed(change, signed)
        except UnreadableDate as error:
            yield Reject(change.place, "dates", "malformed_date", str(error), change.quote)
            continue
        yield DatedStep(
            key, change.action, "signed", period, instrument_number=change.by if change.is_numbered else None,
            source_step_key=f"{change.action} {change.by}", locator=change.place, quote=change.quote,
        )  # fmt: skip
        if change.end:
            told_in = f"revoked on that day, as {change.end['read_in']} says"
            yield DatedStep(
                key, "lift", "effective", Period.of_day(change.end["effective"], change.quote, derivation=told_in),
                instrument_number=change.by, source_step_key=f"lift effective {change.by}", locator=change.place,
                quote=change.quote,
            )  # fmt: skip
        if change.is_numbered:
            yield MeasureInstrument(key, change.by, "ends" if change.action == "lift" else "amends")


def _signed(change: Change, signed: Mapping[str, str]) -> Period:
    """When the act was signed: its own row says it where it is held, and else the note that names it."""
    own = signed.get(change.by)
    if own is None:
        return english((change.day_text or "").replace(",", ", "))
    period = english(own, is_day_first=False)
    if change.day_text and _same_day(change.day_text, period.earliest):
        return period._replace(text=change.day_text)
    return period._replace(derivation=f"signed on {own}, as the row of {change.by} says")


def _same_day(words: str, day: dt.date | None) -> bool:
    try:
        return english(words).earliest == day
    except UnreadableDate:
        return False


# --- What a title says ------------------------------------------------------------------------------------------------


def measures(order: Order, source: "Source") -> Iterator[Measure]:
    """The restrictions that the title of an order names, or those of `[order]` in the table; none for most orders."""
    facts = source.facts
    own = facts["order"].get(order.name, {})
    title = " ".join(order.title.split())
    if own.get("none") or (not own and any(re.match(start, title) for start in facts["imposes_nothing"]["starts"])):
        return
    territories = tuple(own.get("territories", territories_of(title, source)))
    for phrase in own.get("measure") or list(_phrases(title, facts)):
        yield from _measure(order, phrase, territories, facts)


def _phrases(title: str, facts: Facts) -> Iterator[Mapping[str, Any]]:
    for phrase in facts["phrase"]:
        if found := re.search(phrase["pattern"], title):
            groups = {name: words for name, words in found.groupdict().items() if words}
            yield {**phrase, **groups}


def _measure(order: Order, phrase: Mapping[str, Any], territories: tuple[str, ...], facts: Facts) -> Iterator[Measure]:
    scope: Scope = phrase["scope"]
    territories = tuple(phrase.get("territories", territories))
    for provision in phrase.get("provisions", [""]):
        act = f"{order.name}|{provision}" if provision else order.name
        yield Measure(
            f"{act}|{phrase['type_text']}", phrase["type_text"], order.title_place, scope,
            authority_name=facts["authority_name"], territory_texts=territories, goods_text=phrase.get("goods"),
            sector_text=phrase.get("sector"),
            title=facts["measure_title"][phrase["type_text"]].format(
                f"{order.name}, section {provision}" if provision else order.name
            ),
            quote=" ".join(order.title.split())[:_LONGEST_QUOTE], founding_act=act,
        )  # fmt: skip


def territories_of(title: str, source: "Source") -> list[str]:
    """The names of the territories at which a title is directed, each territory once.

    The longest name is read first (`Crimea Region of Ukraine`), after the phrases in which one is not aimed at.
    """
    rest = re.sub("|".join(source.facts["not_aimed_at"]["phrases"]), " ", title)
    codes = source.words["country"]
    found: dict[str, tuple[int, str]] = {}
    for words in sorted(codes, key=lambda words: (-len(words), words)):
        if match := re.search(rf"(?<!\w){re.escape(words)}(?!\w)", rest):
            place = (match.start(), words)
            found[codes[words]] = min(place, found.get(codes[words], place))
            rest = rest[: match.start()] + " " * len(match[0]) + rest[match.end() :]
    return [words for _, words in sorted(found.values())]
