"""The text of an executive order: its sections down to each item, and what they prohibit, block, suspend or revoke.

Every place is a pair of offsets in the text as it was given, so that a quote is the text between them. The phrases of the
law that are known stand in `executive_orders.toml`.
"""

import datetime as dt
import functools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.dates import english, order_day
from pipeline.readers.executive_orders import Order, measures, name, territories_of
from pipeline.records import (
    Action,
    DatedStep,
    Goods,
    Instrument,
    Measure,
    MeasureInstrument,
    Period,
    Record,
    Reject,
    Scope,
    Step,
)

if TYPE_CHECKING:  # a source imports its reader
    from pipeline.sources import Source

Facts = Mapping[str, Any]
_LONGEST_QUOTE = 300
_PARAGRAPH = r"(?:\A|\n[ \t]*\n|  \n)[ \t]*"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = rf"(?P<day>(?:{_MONTHS})\s+\d{{1,2}},\s+\d{{4}})"
_SECTION = re.compile(rf"{_PARAGRAPH}Sec(?:tion)?[\s.]*\s(?P<number>\d{{1,2}})\s*\.(?=\s|$)")
_MARK = r"\(\s?(?:[a-z]{1,5}|[A-Z]|\d{1,2})\s?\)"
_ITEM = re.compile(rf"(?:{_PARAGRAPH}“?|\A\s*|\.\s+(?=\(a\)))(?P<marks>{_MARK}(?:\s*{_MARK})*)(?=\s)")
_ROMAN = re.compile(r"x{0,2}(?:ix|iv|v?i{0,3})")
_ROMANS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_AMENDING = re.compile(r"\b(?:amended|replaced with|revised to read|by striking|by adding)\b")
_LIST = re.compile(r"The\s+following\s+are\s+prohibited:\s*$")
_SIGNED = re.compile(rf"The\s+White\s+House,\s+{_DAY}", re.IGNORECASE)
_NAMED = re.compile(rf"Executive\s+Order\s+(?P<number>\d{{5}})\s+of\s+{_DAY}\s+\((?P<title>[^()]+)\)")


class Clause(NamedTuple):
    """One item of a section: its words from one offset to another."""

    provision: str
    """1(a)(ii)."""
    start: int
    end: int
    is_amending: bool
    """Whether its section changes another order."""
    is_listed: bool
    """Whether it stands in a list of what is prohibited."""


class Text(NamedTuple):
    """The text of one order and where it stands."""

    number: str
    """14068."""
    title: str
    url: str
    words: str
    place: str
    """Where the text stands in its document: offsets are added to it."""
    released: str = ""
    """The day of its release, as its document gives it (2022-03-11); empty where it is no release."""
    released_place: str = ""
    signed: dt.date | None = None
    """For a text that breaks off before the day of signature: the day, as it was read in `signed_in`."""
    signed_in: str = ""

    @property
    def name(self) -> str:
        """The number by which the order is cited as an act."""
        return name(self.number)

    def locator(self, start: int, end: int) -> str:
        """The place of the words between two offsets."""
        return f"{self.place}/char:{start}-{end}"


class Prohibition(NamedTuple):
    """What one clause prohibits: the phrase that was found in it, from one offset to another."""

    clause: Clause
    phrase: Facts
    start: int
    end: int
    goods: tuple[int, int] | None
    sector: tuple[int, int] | None


def plain(text: str) -> str:
    """The text without the marks of its layout, each replaced by as many blanks, so that offsets stay."""
    return re.sub(r"<[^>]+>|\\(?=[().])|\*+|\xa0", lambda mark: " " * len(mark[0]), text)


def records(text: Text, source: "Source") -> Iterator[Record]:
    """The order as an instrument, what it prohibits as measures with their goods and steps, and what it revokes."""
    words = plain(text.words)
    reading = Reading(text, words, _signature(text, words), source)
    yield Instrument(
        text.name, "Executive Order", text.title, text.url, text.locator(0, len(text.words)),
        signed=reading.signed.day if reading.signed else None,
    )  # fmt: skip
    found: list[Prohibition] = []
    for clause in clauses(words):
        prohibition = _prohibition(words, clause, source.facts)
        if prohibition is not None:
            found.append(prohibition)
        elif clause.is_listed and not _is_no_measure(words[clause.start : clause.end], source.facts):
            expected = "expected a phrase of [[clause]] in executive_orders.toml"
            place = text.locator(clause.start, clause.end)
            yield Reject(place, "measures", "unknown_label", expected, text.words[clause.start : clause.end])
    yield from _founded(reading, found)
    yield from _revoked(reading)


class Signature(NamedTuple):
    """When an order was signed, and where that stands."""

    period: Period
    day: dt.date
    locator: str | None
    """None where it does not stand in the text."""
    quote: str | None


def _signature(text: Text, words: str) -> Signature | None:
    """The day below the signature; where the text breaks off before it, the day that was read elsewhere."""
    found = _SIGNED.search(words)
    if found is None:
        if text.signed is None:
            return None
        why = f"signed on that day, as {text.signed_in} says; the text breaks off before it"
        return Signature(Period.of_day(text.signed, f"{text.signed}", derivation=why), text.signed, None, None)
    place = found.span("day")
    period = _day(words[slice(*place)])
    return Signature(period, period.earliest or dt.date.min, text.locator(*place), text.words[slice(*place)])


class Reading(NamedTuple):
    """One order as it is read."""

    text: Text
    words: str
    """The text without the marks of its layout, at the same offsets."""
    signed: Signature | None
    source: "Source"

    def step(self, key: str, step: Step, action: Action = "impose") -> Iterator[DatedStep]:
        """A step on the day of signature, where the text has it."""
        if self.signed is None:
            return
        period = self.signed.period
        if step == "effective":
            why = f"the order states no other day: it binds when it is signed, {self.signed.day}"
            period = period._replace(derivation="; ".join(each for each in (why, period.derivation) if each))
        yield DatedStep(
            key, action, step, period, instrument_number=self.text.name,
            source_step_key=f"{action} {step} {self.text.name}", locator=self.signed.locator, quote=self.signed.quote,
        )  # fmt: skip


def _day(words: str) -> Period:
    return english(" ".join(words.split()))


# --- Sections and items -----------------------------------------------------------------------------------------------


def clauses(words: str) -> Iterator[Clause]:
    """Every item of every section, in its order; the words before the first item of a section are a clause of their own."""
    sections = list(_SECTION.finditer(words))
    ends = [section.start() for section in sections[1:]] + [len(words)]
    for section, end in zip(sections, ends, strict=True):
        is_amending = bool(_AMENDING.search(words, section.end(), end))
        yield from _items(words, section, end, is_amending=is_amending)


def _items(words: str, section: re.Match[str], end: int, *, is_amending: bool) -> Iterator[Clause]:
    body = words[section.end() : end]
    marks = list(_ITEM.finditer(body))
    starts = [0, *(mark.end() for mark in marks)]
    ends = [*(mark.start() for mark in marks), len(body)]
    path: dict[int, str] = {}
    list_level: int | None = None
    for number, (start, stop) in enumerate(zip(starts, ends, strict=True)):
        level = 0
        for mark in re.findall(r"\w+", marks[number - 1]["marks"]) if number else ():
            level = _level(mark, path)
            path = {each: other for each, other in path.items() if each < level} | {level: mark}
        if list_level is not None and level <= list_level:
            list_level = None
        provision = section["number"] + "".join(f"({path[each]})" for each in sorted(path))
        yield Clause(provision, section.end() + start, section.end() + stop, is_amending, list_level is not None)
        if _LIST.search(body, start, stop):
            list_level = level


def _level(mark: str, path: Mapping[int, str]) -> int:
    """How deep an item stands: (a), (i), (A), (1); an (i) after an (h) is a letter."""
    if mark.isdigit():
        return 4
    if mark.isupper():
        return 3
    if not _ROMAN.fullmatch(mark):
        return 1
    before = path.get(2)
    follows = before in _ROMANS and _ROMANS.index(before) + 1 == _ROMANS.index(mark) if mark in _ROMANS and before else False
    is_letter = len(mark) == 1 and path.get(1) == chr(ord(mark) - 1) and not follows
    return 1 if is_letter else 2


# --- Measures ---------------------------------------------------------------------------------------------------------


@functools.cache
def _pattern(phrase: str) -> re.Pattern[str]:
    """A phrase of the law as it is found over the ends of lines."""
    return re.compile(phrase.replace(" ", r"\s+"), re.DOTALL)


def _prohibition(words: str, clause: Clause, facts: Facts) -> Prohibition | None:
    if clause.is_amending and not clause.is_listed:
        return None
    for phrase in facts["clause"]:
        if phrase.get("listed", False) and not clause.is_listed:
            continue
        found = _pattern(phrase["pattern"]).search(words, clause.start, clause.end)
        if found:
            spans = {group: found.span(group) for group, said in found.groupdict().items() if said}
            return Prohibition(clause, phrase, *found.span(), spans.get("goods"), spans.get("sector"))
    return None


def _is_no_measure(words: str, facts: Facts) -> bool:
    return any(_pattern(phrase).search(words) for phrase in facts["no_measure"]["patterns"])


def _founded(reading: Reading, found: Sequence[Prohibition]) -> Iterator[Record]:
    codes = reading.source.words["measure_type"]
    kept: list[Prohibition] = []
    for each in found:  # a block that several sections state is one measure; items of a list are one each
        is_told = each.phrase["type_text"] in (other.phrase["type_text"] for other in kept)
        if not (is_told and not each.phrase.get("each", False)):
            kept.append(each)
    count = Counter(codes[each.phrase["type_text"]] for each in kept)
    for each in kept:
        yield from _measure(reading, each, is_only=count[codes[each.phrase["type_text"]]] == 1)


def _measure(reading: Reading, found: Prohibition, *, is_only: bool) -> Iterator[Record]:
    text, words, facts = reading.text, reading.words, reading.source.facts
    provision, type_text = found.clause.provision, found.phrase["type_text"]
    key = f"{text.name}|{provision}|{type_text}"
    scope: Scope = found.phrase["scope"]
    own = facts["order"].get(text.name, {})
    territories = tuple(own.get("territories") or territories_of(text.title, reading.source))
    yield Measure(
        key, type_text, text.locator(found.start, _cut(found)), scope, authority_name=facts["authority_name"],
        territory_texts=territories, title=facts["measure_title"][type_text].format(f"{text.name}, section {provision}"),
        goods_text=_said(words, found.goods), sector_text=_said(words, found.sector),
        quote=text.words[found.start : _cut(found)], founding_act=text.name if is_only else f"{text.name}|{provision}",
    )  # fmt: skip
    yield MeasureInstrument(key, text.name, "imposes", f"section {provision}")
    yield from _imposed(key, reading, found.clause)
    if found.goods:
        yield from _goods(key, text, words, found.goods, provision)


def _cut(found: Prohibition) -> int:
    return min(found.end, found.start + _LONGEST_QUOTE)


def _said(words: str, span: tuple[int, int] | None) -> str | None:
    return " ".join(words[slice(*span)].split()).rstrip(" ;,.:") or None if span else None


def _imposed(key: str, reading: Reading, clause: Clause) -> Iterator[DatedStep]:
    text = reading.text
    if text.released:
        yield DatedStep(
            key, "impose", "announced", english(text.released), instrument_number=text.name, locator=text.released_place,
            quote=text.released,
        )  # fmt: skip
    yield from reading.step(key, "signed")
    if reading.signed is None:
        return
    for phrase, start, end in _places(clause, reading):
        if rule := _pattern(phrase).search(reading.words, start, end):
            place = rule.span("when")
            yield DatedStep(
                key, "impose", "effective", order_day(rule["when"], signed=reading.signed.day), instrument_number=text.name,
                locator=text.locator(*place), quote=text.words[slice(*place)],
            )  # fmt: skip
            return
    yield from reading.step(key, "effective")


def _places(clause: Clause, reading: Reading) -> Iterator[tuple[str, int, int]]:
    """Where the day on which a clause binds may stand: in the clause itself, else anywhere in the order."""
    rules = reading.source.facts["effective"]
    yield from ((phrase, clause.start, clause.end) for phrase in rules["of_clause"])
    yield from ((phrase, 0, len(reading.words)) for phrase in rules["of_order"])


def _goods(key: str, text: Text, words: str, span: tuple[int, int], provision: str) -> Iterator[Goods]:
    """The goods that a clause names, each an item; what an authority may add later is none."""
    start, end = span
    if later := re.search(r"[;,]?\s+and\s+any\s+other\s", words[start:end]):
        end = start + later.start()
    for item in re.finditer(r"[^;]+", words[start:end]):
        said = item[0].strip(" \n,.:")
        if not said:
            continue
        first = start + item.start() + item[0].index(said)
        quote = text.words[first : first + len(said)]
        yield Goods(
            key, f"section {provision}", " ".join(said.split()), "text", text.locator(first, first + len(said)), quote=quote
        )


# --- Revocations ------------------------------------------------------------------------------------------------------


def _revoked(reading: Reading) -> Iterator[Record]:
    """The measures of the orders that the text revokes, by the titles that it gives them, and their ends."""
    for phrase in reading.source.facts["revocation"]["patterns"]:
        found = _pattern(phrase).search(reading.words)
        if found is None:
            continue
        for number in re.findall(r"Executive\s+Order\s+(\d{5})", found["orders"]):
            named = next((each for each in _NAMED.finditer(reading.words) if each["number"] == number), None)
            if named:
                yield from _ended(reading, named, found)
        return


def _ended(reading: Reading, named: re.Match[str], revocation: re.Match[str]) -> Iterator[Record]:
    text = reading.text
    title, day = named.span("title"), named.span("day")
    order = Order(
        number=named["number"], type_text="Executive Order", title=" ".join(named["title"].split()), url="", citation="",
        signed=named["day"], published="", notes="", place=text.place, title_place=text.locator(*title),
    )  # fmt: skip
    yield Instrument(
        order.name, "Executive Order", order.title, locator=text.locator(*named.span()), signed=_day(named["day"]).earliest
    )
    for measure in measures(order, reading.source):
        yield measure._replace(quote=text.words[slice(*title)])
        yield MeasureInstrument(measure.key, order.name, "imposes")
        yield MeasureInstrument(measure.key, text.name, "ends")
        yield DatedStep(
            measure.key, "impose", "signed", _day(named["day"]), instrument_number=order.name,
            locator=text.locator(*day), quote=text.words[slice(*day)],
        )  # fmt: skip
        yield from reading.step(measure.key, "signed", "lift")
        yield from _lifted(measure.key, reading, revocation)


def _lifted(key: str, reading: Reading, revocation: re.Match[str]) -> Iterator[DatedStep]:
    if "when" not in revocation.groupdict():
        yield from reading.step(key, "effective", "lift")
        return
    place = revocation.span("when")
    yield DatedStep(
        key, "lift", "effective", _day(revocation["when"]), instrument_number=reading.text.name,
        source_step_key=f"lift effective {reading.text.name}", locator=reading.text.locator(*place),
        quote=reading.text.words[slice(*place)],
    )  # fmt: skip
