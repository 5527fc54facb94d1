"""Resolutions of the Security Council: what their operative paragraphs impose, ease, suspend, renew and end, and when.

A resolution is read only where it says that it acts under Chapter VII (or Article 41) of the Charter. Its operative
paragraphs are found by their numbers, the subparagraphs by their letters. `[[phrase]]` of the shared table says which words
are which measure, `[[change]]` which words change measures of an earlier paragraph or act, `[[effect]]` from and until when;
each row has an `example`. Other verbs than those of `decision` bind nobody and found nothing.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pipeline.dates import UnreadableDate, english, resolution_day
from pipeline.records import (
    Action,
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
    Step,
)

if TYPE_CHECKING:  # a source imports its reader
    from pipeline.sources import Source

AUTHORITY = "United Nations Security Council"
KIND = "Security Council resolution"
_LONGEST_QUOTE = 240
_FURTHEST_GAP = 3
"""A number lost by the scanner leaves a gap of one or two; what comes after a wider one is a footnote."""
_NUMBER = re.compile(r"^[ \t\f|]*(?P<number>\d{1,2}) ?[.,)]? *(?=\W{0,3}[A-Z][a-z]+)", re.MULTILINE)
_LOST_NUMBER = re.compile(r"^[ \t]*(?!\()[^\s(]{1,3}[.,]\s+(?=[A-Z][a-z]+)", re.MULTILINE)
_LETTER = re.compile(r"^[ \t\f]*\((?P<mark>[a-z0-9]{1,4})\)\s", re.MULTILINE)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi")
_HEADING = re.compile(r"(?i)resolution\s+(?P<number>\d{1,4})\s*\((?P<year>\d{4})\)")
_ADOPTED = re.compile(r"(?:\b(?:of|on)\s+|^)(?P<day>\d{1,2}\s+[A-Z][a-z\]|!]+\s+\d{4})", re.MULTILINE)
_SPOILT_L = re.compile(r"[\]|!]")
"""What a scanner makes of the l of April."""
_ACTS = re.compile(
    r"(?:(?:sub)?paragraphs? (?P<provisions>[^.;]{1,60}?) of )?(?:its )?"
    r"resolutions? (?P<acts>\d+ \(\d{4}\)(?:(?:,| and) \d+ \(\d{4}\))*)"
)
_OWN = re.compile(
    r"(?:sub)?paragraphs? (?P<provisions>[\d() a-z,]+?)(?: above| below| of the present resolution| of this resolution)"
)
_ACT = re.compile(r"(?P<number>\d+) \((?P<year>\d{4})\)")
_PROVISION = re.compile(
    r"(?P<first>\d+)(?: to (?P<last>\d+)|(?P<letters>(?: ?\([a-z]+\))*(?:(?:,| and| to)(?: \([a-z]+\))+)*))"
)


class UnknownResolution(ValueError):
    """A text that is no resolution in a form that is known; the message says what was looked for."""


class Refs(NamedTuple):
    """A paragraph of an act to which a text refers; all of the act where `provision` is None."""

    number: str
    provision: str | None


class Flat(NamedTuple):
    """Words of a text on one line, and for each character its offset in the text."""

    words: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the text of a part of the words."""
        return self.offsets[start], self.offsets[end - 1] + 1


class Unit(NamedTuple):
    """An operative paragraph, or one of its subparagraphs."""

    provision: str
    """`3`, `3(c)`, `8(a)(iii)`."""
    lead: str
    """The words of the paragraph, and of the subparagraph, before it; empty for a paragraph."""
    flat: Flat

    @property
    def paragraph(self) -> int:
        """The number of the paragraph; 0 in a resolution that numbers none."""
        return int(self.provision.partition("(")[0] or 0)


@dataclass(frozen=True)
class Resolution:
    """The text of one resolution."""

    text: str
    place: str
    """Where it stands in its document; `/char:…` follows. Empty where the text is the whole document."""

    @cached_property
    def heading(self) -> re.Match[str]:
        """Its number as the text has it; raises UnknownResolution where the text begins with none."""
        found = _HEADING.search(self.text, 0, 1_000)
        if found is None:
            raise UnknownResolution(f"expected a heading like 'Resolution 661 (1990)', found {self.text[:60]!r}")
        return found

    @cached_property
    def number(self) -> str:
        """Its native number, `S/RES/661 (1990)`."""
        return native(self.heading["number"], self.heading["year"])

    @cached_property
    def adopted(self) -> tuple[Period, re.Match[str]]:
        """The day of its adoption and where it stands; raises UnreadableDate where the heading tells none."""
        head = self.text.find("The Security Council,", self.heading.end())
        found = _ADOPTED.search(self.text, self.heading.end(), head if head > 0 else self.heading.end() + 200)
        if found is None:
            raise UnreadableDate(f"{self.number}: expected the day of its adoption after the heading")
        return english(_SPOILT_L.sub("l", found["day"]))._replace(text=found["day"]), found

    @property
    def day(self) -> dt.date:
        """The day of its adoption; raises UnreadableDate where the heading tells none."""
        day = self.adopted[0].earliest
        assert day is not None
        return day

    @cached_property
    def line(self) -> str:
        """The whole text on one line."""
        return " ".join(self.text.split())

    @cached_property
    def paragraphs(self) -> list[Unit]:
        """The operative paragraphs, whole; the one that stands alone without a number is paragraph 0."""
        starts = _numbered(self.text)
        if not starts:
            found = re.search(r"^[ \t]*Decides\b", self.text, re.MULTILINE)
            return [Unit("", "", flat(self.text, found.start(), len(self.text)))] if found else []
        ends = [start for _, start, _ in starts[1:]] + [len(self.text)]
        return [
            Unit(str(number), "", flat(self.text, begin, end)) for (number, _, begin), end in zip(starts, ends, strict=True)
        ]

    @cached_property
    def units(self) -> list[Unit]:
        """The subparagraphs of each paragraph, and the paragraph itself, whole, before them."""
        return [unit for paragraph in self.paragraphs for unit in (paragraph, *_subparagraphs(self.text, paragraph))]

    def locator(self, start: int, end: int) -> str:
        """The place of a part of the text."""
        return f"{self.place}/char:{start}-{end}" if self.place else f"char:{start}-{end}"

    def quoted(self, unit: Unit, start: int, end: int) -> tuple[str, str]:
        """Locator and quote of a part of a unit, cut to a quotable length."""
        begin, stop = unit.flat.span(start, end)
        if stop - begin > _LONGEST_QUOTE:
            stop = begin + len(self.text[begin : begin + _LONGEST_QUOTE].rpartition(" ")[0])
        return self.locator(begin, stop), self.text[begin:stop]


def native(number: str, year: str) -> str:
    """How a resolution is cited: `S/RES/661 (1990)`."""
    return f"S/RES/{int(number)} ({year})"


def address(number: str) -> str:
    """The address of the text of a resolution at the United Nations' documents site."""
    return f"https://undocs.org/{number.replace(' ', '')}"


def title(type_text: str, places: Iterable[str], founding: str) -> str:
    """What a measure is called: `Import ban against North Korea (S/RES/2371 (2017), paragraph 8)`."""
    number, _, provision = founding.partition("|")
    against = f" against {' and '.join(places)}" if places else ""
    where = f", paragraph {provision}" if provision else ""
    return f"{type_text[0].upper()}{type_text[1:]}{against} ({number}{where})"


def flat(text: str, start: int, end: int) -> Flat:
    """A part of a text on one line; a word that a hyphen breaks over two lines is one again."""
    words: list[str] = []
    offsets: list[int] = []
    for found in re.finditer(r"(?P<broken>(?<=[a-z])-\s*\n\s*(?=[a-z]))|(?P<blank>\s+)|\S", text[start:end]):
        if not found["broken"]:
            words.append(" " if found["blank"] else found[0])
            offsets.append(start + found.start())
    return Flat("".join(words), tuple(offsets))


# ---- Paragraphs ----
def _numbered(text: str) -> list[tuple[int, int, int]]:
    """Number, start, and start of the words of each operative paragraph: the longest rising run of numbers at line starts."""
    found = [(int(each["number"]), each.start(), each.end()) for each in _NUMBER.finditer(text)]
    best: list[tuple[int, int | None]] = []
    for at, (number, _, _) in enumerate(found):
        options = [(best[i][0] + (3 if found[i][0] == number - 1 else 1), i) for i in range(at) if found[i][0] < number]
        best.append(max(options, default=(1 if number > _FURTHEST_GAP else 2, None), key=lambda option: option[0]))
    at_last: int | None = max(range(len(best)), key=lambda at: best[at][0], default=None)
    run: list[tuple[int, int, int]] = []
    while at_last is not None:
        run.append(found[at_last])
        at_last = best[at_last][1]
    return _mended(text, run[::-1])


def _mended(text: str, run: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The run without the footnotes at its end, and with the one paragraph of a gap whose number the scanner spoilt."""
    kept: list[tuple[int, int, int]] = []
    for each in run:
        before = kept[-1] if kept else None
        if each[0] - (before[0] if before else 0) > _FURTHEST_GAP:
            break
        lost = _LOST_NUMBER.search(text, before[2], each[1]) if before and each[0] - before[0] == 2 else None
        if lost and before:
            kept.append((before[0] + 1, lost.start(), lost.end()))
        kept.append(each)
    return kept


def _subparagraphs(text: str, paragraph: Unit) -> Iterator[Unit]:
    """`(a)`, `(b)`, … and the roman numerals in them; a mark that the scanner spoilt is the letter that was due."""
    offsets = paragraph.flat.offsets
    if not offsets:
        return
    marks = _marks(text, offsets[0], offsets[-1] + 1)
    if not marks:
        return
    lead = flat(text, offsets[0], marks[0][1]).words
    stops = [start for _, start, _ in marks[1:]] + [offsets[-1] + 1]
    upper = ""
    for (mark, _, begin), stop in zip(marks, stops, strict=True):
        own = flat(text, begin, stop)
        is_nested = mark.count("(") > 1
        yield Unit(f"{paragraph.provision}{mark}", f"{lead}{upper}" if is_nested else lead, own)
        upper = upper if is_nested else own.words


def _marks(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """Each subparagraph's marks, `(a)` or `(a)(ii)`, with its start and the start of its words."""
    marks: list[tuple[str, int, int]] = []
    letter, roman = 0, 0
    for found in _LETTER.finditer(text, start, end):
        due, mark = chr(ord("a") + letter), found["mark"]
        if mark in _ROMAN and mark != due and (mark == _ROMAN[roman]):
            roman += 1
            upper = f"({chr(ord('a') + letter - 1)})" if letter else ""
            marks.append((f"{upper}({mark})", found.start(), found.end()))
        elif mark == due or len(mark) == 1:
            letter, roman = letter + 1, 0
            marks.append((f"({due})", found.start(), found.end()))
    return marks


# ---- What a text refers to ----
def references(words: str, own: str) -> list[Refs]:
    """The acts and paragraphs that words refer to; `own` is the number of the act in which they stand."""
    found: list[Refs] = []
    for each in _ACTS.finditer(words):
        acts = [native(act["number"], act["year"]) for act in _ACT.finditer(each["acts"])]
        found += [Refs(act, provision) for act in acts for provision in provisions(each["provisions"])]
    for each in _OWN.finditer(words):
        found += [Refs(own, provision) for provision in provisions(each["provisions"])]
    return found


def provisions(words: str | None) -> list[str | None]:
    """`5 to 9` and `8 (a), (b) and 9` one by one; None alone for no words: all of the act."""
    if words is None:
        return [None]
    found: list[str | None] = []
    for each in _PROVISION.finditer(words):
        letters = re.findall(r"\([a-z]+\)", each["letters"] or "")
        if each["last"]:
            found += [str(number) for number in range(int(each["first"]), int(each["last"]) + 1)]
        else:
            found += [f"{each['first']}{letter}" for letter in letters] or [each["first"]]
    return found


# ---- Measures ----
@dataclass
class Founded:
    """A measure that a paragraph imposes, with what else the resolution says of it."""

    measure: Measure
    number: str
    unit: Unit
    locator: str
    quote: str
    effective: Period | None = None
    expires: Period | None = None
    effect_places: list[tuple[str, str]] = field(default_factory=list)

    def is_meant_by(self, reference: Refs) -> bool:
        """Whether a reference to an act and paragraph takes in this measure."""
        if reference.number != self.number:
            return False
        wanted, own = reference.provision, self.unit.provision
        return wanted is None or own == wanted or own.startswith(f"{wanted}(") or wanted.startswith(f"{own}(")


class Change(NamedTuple):
    """What a paragraph does to measures that an act imposed before."""

    action: Action
    step: Step
    references: tuple[Refs, ...]
    regime_key: str | None
    """All measures of the regime, where the words name no paragraph alone."""
    period: Period
    unit: Unit
    locator: str
    quote: str
    until: Period | None = None


class Reader:
    """The shared tables of a source, made ready."""

    def __init__(self, source: "Source") -> None:
        facts = source.facts
        self.basis = re.compile(facts["basis"])
        self.continued = re.compile(facts["continued"])
        self.decision = re.compile(facts["decision"])
        self.phrases = [(re.compile(row["pattern"]), row) for row in facts["phrase"]]
        self.changes = [(re.compile(row["pattern"]), row) for row in facts["change"]]
        self.effects = [(re.compile(row["pattern"]), row) for row in facts["effect"]]
        self.exceptions = [re.compile(row["pattern"]) for row in facts["exception"]]
        self.no_place = re.compile(facts["no_place"])
        self.places = [(re.compile(row["pattern"]), row["name"]) for row in facts["place"]]
        self.regimes: list[Mapping[str, Any]] = facts["regime"]

    def founded(self, resolution: Resolution) -> list[Founded]:
        """The measures that a resolution imposes, in its order; none where it does not say that it acts under Chapter VII."""
        if not self.basis.search(resolution.line):
            return []
        found: list[Founded] = []
        taken = ""
        for unit in resolution.units:
            if not self.decision.match(unit.lead or unit.flat.words):
                continue
            if taken and unit.provision.startswith(f"{taken}("):
                continue
            if said := list(self._measures(resolution, unit, resolution.units)):
                taken = unit.provision
                found += [self._placed(each, found, resolution) for each in said]
        self._put_into_effect(resolution, found)
        self._except(resolution, found)
        return found

    def _measures(self, resolution: Resolution, unit: Unit, units: Iterable[Unit]) -> Iterator[Founded]:
        """The measures of one unit; a paragraph with subparagraphs is one measure only where its row says `whole`."""
        has_parts = any(other.provision.startswith(f"{unit.provision}(") for other in units)
        told: set[str] = set()
        for pattern, row in self.phrases:
            if row.get("whole", False) != has_parts or row["type_text"] in told:
                continue
            if not re.search(row.get("lead", ""), unit.lead) or ("lead" in row and not unit.lead):
                continue
            if found := _found(pattern, row, unit):
                told.add(row["type_text"])
                yield self._measure(resolution, unit, row, found)

    def _measure(self, resolution: Resolution, unit: Unit, row: Mapping[str, Any], found: re.Match[str]) -> Founded:
        number = resolution.number
        places = self.named(unit.flat.words) or self.named(unit.lead)
        locator, quote = resolution.quoted(unit, *found.span())
        said = found.groupdict()
        measure = Measure(
            f"{number}|{unit.provision}|{row['type_text']}", row["type_text"], locator, row["scope"],
            authority_name=AUTHORITY, territory_texts=places,
            goods_text=_said(said, "goods"), sector_text=_said(said, "sector"), exceptions_text=_said(said, "exceptions"),
            quote=quote, founding_act=f"{number}|{unit.provision}" if unit.provision else number,
        )  # fmt: skip
        return Founded(measure, number, unit, locator, quote)

    def _placed(self, founded: Founded, before: list[Founded], resolution: Resolution) -> Founded:
        """The measure with its regime; without a place, those of the measure before it, else of the preamble."""
        places = founded.measure.territory_texts or (before[-1].measure.territory_texts if before else ())
        places = places or self.named(_title_and_preamble(resolution))
        regime = self.regime(places, resolution.day)
        measure = founded.measure
        name = title(measure.type_text, places, measure.founding_act or measure.key)
        return replace(founded, measure=measure._replace(territory_texts=places, programme_key=regime, title=name))

    def named(self, words: str) -> tuple[str, ...]:
        """The territories that the words name, each once, as the table calls them."""
        plain = self.no_place.sub(" ", words)
        found: list[str] = []
        for pattern, name in self.places:
            plain, count = pattern.subn(" ", plain)
            if count and name not in found:
                found.append(name)
        return tuple(sorted(found))

    def regime(self, places: tuple[str, ...], day: dt.date) -> str | None:
        """The key of the regime under which a measure against these places of that day stands."""
        for row in self.regimes:
            if set(places) & set(row["places"]) and row["since"] <= day <= row.get("until", dt.date.max):
                return str(row["key"])
        return None

    def programme(self, key: str) -> Programme:
        """The regime of a key."""
        row = next(row for row in self.regimes if row["key"] == key)
        return Programme(key, row["name"], row.get("url"), tuple(row["territory_texts"]))

    # When

    def _put_into_effect(self, resolution: Resolution, founded: list[Founded]) -> None:
        """Set the days from and until which measures hold, where a paragraph of the resolution says them."""
        for unit in resolution.paragraphs:
            for pattern, row in self.effects:
                if found := _found(pattern, row, unit):
                    self._set(resolution, unit, row, found, founded)

    def _set(
        self, resolution: Resolution, unit: Unit, row: Mapping[str, Any], found: re.Match[str], founded: list[Founded]
    ) -> None:
        said, place = found.groupdict(), resolution.quoted(unit, *found.span())
        for each in founded:
            if not _is_meant(row["which"], said, unit, each):
                continue
            if said.get("from"):
                each.effective = resolution_day(said["from"], adopted=resolution.day, condition=said.get("unless"))
                each.effect_places.append(place)
            if said.get("until"):
                since = each.effective.earliest if each.effective else None
                each.expires = resolution_day(said["until"], adopted=resolution.day, since=since)
                each.effect_places.append(place)

    def _except(self, resolution: Resolution, founded: list[Founded]) -> None:
        """Set what a paragraph takes out of the measures of others, where these say nothing themselves."""
        for unit in resolution.paragraphs:
            for pattern in self.exceptions:
                if found := pattern.search(unit.flat.words):
                    for each in founded:
                        if _is_meant("named", found.groupdict(), unit, each) and each.measure.exceptions_text is None:
                            each.measure = each.measure._replace(exceptions_text=found["exceptions"])

    # Changes

    def changed(self, resolution: Resolution) -> list[Change]:
        """What a resolution does to the measures of acts before it, and of its own earlier paragraphs."""
        if not self.basis.search(resolution.line) and not self.continued.search(resolution.line):
            return []
        return [
            change
            for unit in resolution.paragraphs
            for pattern, row in self.changes
            if (found := _found(pattern, row, unit)) and (change := self._change(resolution, unit, row, found))
        ]

    def _change(self, resolution: Resolution, unit: Unit, row: Mapping[str, Any], found: re.Match[str]) -> Change | None:
        said = found.groupdict()
        refs = tuple(references(said.get("acts") or "", resolution.number))
        places = self.named(said.get("place") or "")
        regime = self.regime(places, resolution.day) if places else None
        if not refs and regime is None:
            return None
        when, until = said.get("from"), said.get("until")
        day = resolution_day(when or "", adopted=resolution.day, condition=said.get("unless"))
        end = resolution_day(until, adopted=resolution.day) if until else None
        return Change(
            row["action"], row.get("step", "effective"), refs, regime, day, unit, *resolution.quoted(unit, *found.span()), end
        )


def _found(pattern: re.Pattern[str], row: Mapping[str, Any], unit: Unit) -> re.Match[str] | None:
    """What a row finds in a unit; nothing where its words stand there `unless` others do."""
    found = pattern.search(unit.flat.words)
    return None if found and "unless" in row and re.search(row["unless"], found[0]) else found


def _is_meant(which: str, said: Mapping[str, str | None], unit: Unit, founded: Founded) -> bool:
    """Whether a paragraph that says when others take effect speaks of the measure: `named` ones, the `following`, or `own`."""
    if which == "own":
        return founded.unit.paragraph == unit.paragraph
    if which == "following":
        return founded.unit.paragraph > unit.paragraph
    wanted = provisions(said["provisions"])
    return any(founded.is_meant_by(Refs(founded.number, each)) for each in wanted)


def _title_and_preamble(resolution: Resolution) -> str:
    starts = _numbered(resolution.text)
    return " ".join(resolution.text[: starts[0][1] if starts else 2_000].split())


def _said(groups: Mapping[str, str | None], name: str) -> str | None:
    """What the group of that name found, or one of its alternatives (`goods`, `goods2`, …)."""
    found = next((words for group, words in groups.items() if group.rstrip("0123456789") == name and words), None)
    return found.strip(" ,;:") if found else None


# ---- Records ----
def act(resolution: Resolution, url: str | None = None) -> Instrument:
    """The resolution as an instrument, at its heading."""
    start, end = resolution.heading.span()
    return Instrument(
        resolution.number, KIND, url=url, locator=resolution.locator(start, end), quote=resolution.text[start:end]
    )


def imposed(founded: Founded, resolution: Resolution) -> Iterator[Record]:
    """A measure, its act, and its steps: adopted, in force, and the end that the text sets."""
    measure, number = founded.measure, founded.number
    period, words = resolution.adopted
    adopted_at = resolution.locator(*words.span("day"))
    yield measure
    yield MeasureInstrument(
        measure.key, number, "imposes", f"para. {founded.unit.provision}" if founded.unit.provision else None
    )
    yield _step(founded, ("impose", "approved", period), (number, "adopted"), (adopted_at, words["day"]))
    place = founded.effect_places[0] if founded.effect_places and founded.effective else (founded.locator, founded.quote)
    effective = founded.effective or resolution_day("", adopted=resolution.day)
    yield _step(founded, ("impose", "effective", effective), (number, "in force"), place)
    if measure.goods_text:
        item = f"para. {founded.unit.provision}"
        yield Goods(measure.key, item, measure.goods_text, "text", founded.locator, quote=founded.quote)
    if founded.expires:
        yield _step(founded, ("expire", "effective", founded.expires), (number, "until"), founded.effect_places[-1])


def change_records(change: Change, founded: Founded, resolution: Resolution) -> Iterator[Record]:
    """What a paragraph does to one measure; a renewal also sets its new end."""
    number, key, place = resolution.number, founded.measure.key, (change.locator, change.quote)
    where = change.unit.provision
    role: Literal["ends", "amends"] = "ends" if change.action == "lift" else "amends"
    yield MeasureInstrument(key, number, role, f"para. {where}" if where else None)
    yield _step(founded, (change.action, change.step, change.period), (number, f"{change.action} {where}"), place)
    if change.until:
        yield _step(founded, ("expire", "effective", change.until), (number, f"until {where}"), place)
    if founded.number != number:
        yield InstrumentLink(number, founded.number, change.action)


def alone(resolution: Resolution, reader: Reader) -> Iterator[Record]:
    """A resolution read by itself: its measures with their steps, and what it does to others.

    What it changes of the measures of other acts is told as a link between the acts: the document does not hold those
    measures, and their steps stand in the table of `un_resolutions_table`.
    """
    yield act(resolution, address(resolution.number))
    founded = reader.founded(resolution)
    for key in sorted({each.measure.programme_key for each in founded if each.measure.programme_key}):
        yield reader.programme(key)
    for each in founded:
        yield from imposed(each, resolution)
    for change in reader.changed(resolution):
        yield from _changed_alone(change, founded, resolution)


def _changed_alone(change: Change, founded: list[Founded], resolution: Resolution) -> Iterator[Record]:
    for each in founded:
        if any(each.is_meant_by(reference) for reference in change.references):
            yield from change_records(change, each, resolution)
    for number in sorted({reference.number for reference in change.references} - {resolution.number}):
        yield Instrument(number, KIND, url=address(number))
        yield InstrumentLink(resolution.number, number, change.action)


def _step(each: Founded, step: tuple[Action, Step, Period], by: tuple[str, str], place: tuple[str, str]) -> DatedStep:
    """A step of a measure; `by` tells the act and its key in it, `place` the locator and the quote."""
    return DatedStep(
        each.measure.key, *step, instrument_number=by[0], source_step_key=" ".join(by), locator=place[0], quote=place[1]
    )


def reject(resolution: Resolution, table: str, reason: str, text: str, raw: str) -> Reject:
    """Something of a resolution that no record can hold."""
    return Reject(resolution.locator(0, min(len(resolution.text), 60)), table, reason, text, raw)
