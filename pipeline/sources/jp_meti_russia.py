"""The ministry's index page of measures against Russia: what was announced and promulgated on which day.

Each cell of its tables holds dated marks (＜令和4年3月29日公布＞), and under each the documents of that day.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urljoin

from lxml import etree

from pipeline.dates import UnreadableDate, japanese, kanji_numeral
from pipeline.documents import Document
from pipeline.readers import export_bans
from pipeline.readers.xml import UnknownContent
from pipeline.records import Action, DatedStep, Goods, Instrument, Measure, MeasureInstrument, Period, Record, Reject, Step
from pipeline.sources import Source

# Some marks close with a half-width bracket (two on the page of 2025-09-12).
_MARK = re.compile("(＜[^＜＞<>]*日(?:発表|公布|公表)[＞>])")
_MARK_WORDS = re.compile("＜(?P<day>.+日)(?P<what>発表|公布|公表)[＞>]")
_STEPS: Mapping[str, Step] = {"発表": "announced", "公表": "announced", "公布": "published"}
# Designations have no link, only the numbers of their notices; some numbers lack 第, some rows say 制裁者対象者.
_NOTICES = re.compile(
    "（制裁(?:者)?対象者の指定等）(?P<era>令和|平成)(?P<year>[0-9]+)年(?P<series>[^、0-9]+告示)(?P<numbers>(?:第?[0-9]+号、?)+)"
)
_DESIGNATED = re.compile("(?P<type>輸出等に係る禁止措置)の対象となる(?P<whose>.+)の特定団体")
_AMENDING_ORDER = re.compile("(?P<law>.+?)の一部(?:を改正する政令|改正)")
_ORDER = "政令"
_DATED_COLUMN = "プレス発表資料"
_PRESS_RELEASE = "発表資料"
_NOTICE = "告示"


class Mark(NamedTuple):
    """One dated mark."""

    text: str
    """＜令和4年3月29日公布＞, as written."""
    what: str
    """発表, 公布 or 公表."""
    day: Period


class Entry(NamedTuple):
    """One document under a mark."""

    mark: Mark
    number: str
    """As `_number` and `_notice` tell it."""
    type_text: str
    title: str | None
    url: str | None
    words: str
    """As the page writes it."""


Row = list[Entry | Reject]
"""What one row of the page holds."""


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield each document under a dated mark once, as an instrument, and the measures that the links and acts tell."""
    page = list(rows(document, source))
    # A press release that concerns both tables stands in both.
    firsts: dict[str, Entry] = {}
    days: dict[str, set[dt.date | None]] = {}
    for entry in _entries(page):
        firsts.setdefault(entry.number, entry)
        days.setdefault(entry.number, set()).add(entry.mark.day.earliest)
    for row in page:
        yield from (piece for piece in row if isinstance(piece, Reject))
    for entry in firsts.values():
        yield _instrument(entry, days[entry.number])
    for facts in source.facts["measure"]:
        yield from _measure(facts, page)
    yield from _entity_bans(page)


def rows(document: Document, source: Source) -> Iterator[Row]:
    """What each row of the dated tables holds; last, a reject for each dated mark that stands outside of them."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    page = etree.fromstring(document.text().encode(), parser)
    outside = Counter(_MARK.findall(_words(page)))
    for table in page.iter("table"):
        columns = [_words(heading) for heading in table.iter("th")]
        if _DATED_COLUMN in columns:
            _must_be_known(columns, source)
            outside -= Counter(_MARK.findall(_words(table)))
            for row in table.iter("tr"):
                yield list(_row(row, columns, document.url, source))
    expected = "expected dated marks only in the tables of announcements"
    yield [_reject(text, "unknown_place", expected) for text in outside.elements()]


def _must_be_known(columns: list[str], source: Source) -> None:
    known = {*source.facts["columns"], *source.facts["mixed"]["columns"]}
    if strange := [column for column in columns if column not in known]:
        raise UnknownContent(f"columns {strange} are not in jp_meti_russia.toml")


def _row(row: etree._Element, columns: list[str], page_url: str, source: Source) -> Iterator[Entry | Reject]:
    cells = row.findall("td")
    if len(cells) > len(columns):
        raise UnknownContent(f"expected at most {len(columns)} cells ({', '.join(columns)}), found: {_words(row)}")
    # A row may leave out its last cells.
    for cell, column in zip(cells, columns, strict=False):
        yield from _Cell(column, page_url, source).read(cell)


# --- Reading a cell ---------------------------------------------------------------------------------------------------


class _Cell:
    """Reads one cell in its order: a text is a mark, a notice or a label, a link is a document under the last mark."""

    def __init__(self, column: str, page_url: str, source: Source) -> None:
        self._column = column
        self._page_url = page_url
        self._source = source
        self._mark: Mark | None = None
        self._is_guidance = False
        self._is_bare = False

    def read(self, cell: etree._Element) -> Iterator[Entry | Reject]:
        """Every document of the cell, and a reject for each thing that is none and not known."""
        for words, href in _texts_and_links(cell):
            if href is not None:
                yield from self._link(words, href)
                continue
            for text in filter(None, map(str.strip, _MARK.split(words))):
                yield from self._text(text)
        yield from self._end_of_mark()

    def _text(self, text: str) -> Iterator[Entry | Reject]:
        if found := _MARK_WORDS.fullmatch(text):
            yield from self._end_of_mark()
            self._mark, self._is_guidance = None, False
            try:
                self._mark = Mark(text, found["what"], japanese(found["day"]))
                self._is_bare = True
            except UnreadableDate as error:
                yield _reject(text, "malformed_date", str(error))
        elif (found := _NOTICES.fullmatch(text)) and self._mark:
            self._is_bare = False
            for number in re.findall("[0-9]+", found["numbers"]):
                yield Entry(self._mark, _notice(found, number), _NOTICE, None, None, text)
        elif text in self._source.facts["text"]["guidance"]:
            self._is_guidance = True
        elif text not in self._source.facts["text"]["labels"]:
            yield _reject(text, "unknown_label", "expected a dated mark, the numbers of notices or a known label")

    def _link(self, words: str, href: str) -> Iterator[Entry | Reject]:
        # A link without text is left over from an older row: nobody who reads the page can see it.
        if not words or self._is_guidance:
            return
        if self._mark is None:
            yield _reject(words, "unknown_place", "expected a dated mark that can be read before each link")
            return
        self._is_bare = False
        type_text = self._type(words)
        if type_text is None:
            yield _reject(words, "unknown_label", "expected a title whose end is in [[title_rule]] of jp_meti_russia.toml")
            return
        url = urljoin(self._page_url, href)
        yield Entry(self._mark, _number(type_text, words, url, self._mark), type_text, words, url, words)

    def _type(self, title: str) -> str | None:
        if self._column not in self._source.facts["mixed"]["columns"]:
            return str(self._source.facts["columns"][self._column])
        rules = self._source.facts["title_rule"]
        return next((rule["type"] for rule in rules if title.endswith(tuple(rule["ends"]))), None)

    def _end_of_mark(self) -> Iterator[Reject]:
        if self._mark and self._is_bare:
            yield _reject(self._mark.text, "empty_mark", "expected a document under each dated mark")
        self._is_bare = False


def _number(type_text: str, title: str, url: str, mark: Mark) -> str:
    """What tells a document from others: the page prints no numbers of acts.

    An order that amends a law is known by the law and the day of promulgation, by which its number is found where the law
    is held; other acts by title and day, press releases by their address.
    """
    if type_text == _PRESS_RELEASE:
        return url
    amended = _AMENDING_ORDER.fullmatch(title) if type_text == _ORDER else None
    return f"{amended['law'] if amended else title}|{mark.day.earliest}"


def _notice(found: re.Match[str], number: str) -> str:
    """The number of a notice as acts cite it: 令和五年外務省告示第四百四十三号 for 令和5年外務省告示第443号."""
    return f"{found['era']}{kanji_numeral(int(found['year']))}年{found['series']}第{kanji_numeral(int(number))}号"


def _texts_and_links(element: etree._Element) -> Iterator[tuple[str, str | None]]:
    """Each text with None, each link's text with its address, in the order of the page."""
    yield (element.text or "").strip(), None
    for child in element:
        if child.tag == "a":
            yield _words(child), child.get("href")
        elif isinstance(child.tag, str):
            yield from _texts_and_links(child)
        yield (child.tail or "").strip(), None


# --- What is said -----------------------------------------------------------------------------------------------------


def _entries(page: Sequence[Row]) -> Iterator[Entry]:
    return (piece for row in page for piece in row if isinstance(piece, Entry))


def _instrument(entry: Entry, days: Collection[dt.date | None]) -> Instrument:
    """A document; one that stands under several marks (questions and answers that are kept up) has no day of its own."""
    return Instrument(
        entry.number, entry.type_text, entry.title, entry.url, _place(entry), quote=entry.words,
        published=entry.mark.day.earliest if len(days) == 1 else None,
    )  # fmt: skip


class Told(NamedTuple):
    """One line of `[[measure.told]]` with what it found on the page."""

    line: Mapping[str, Any]
    entry: Entry
    words: re.Match[str]
    act: Entry | None


def _measure(facts: Mapping[str, Any], page: Sequence[Row]) -> Iterator[Record]:
    """One measure of the .toml, by the links and acts that tell it; what is not on the page is a reject in its place."""
    told: list[Told] = []
    for line in facts["told"]:
        found = _found(line, page)
        told.extend([found] if isinstance(found, Told) else [])
        if isinstance(found, Reject):
            yield found
        elif found.act is None and "act" in line:
            yield _reject(found.entry.words, "dangling_reference", f"expected one act like {line['act']} beside it")
    imposed = [each for each in told if each.line["action"] == "impose"]
    if not imposed:
        yield _reject(facts["title"], "dangling_reference", "expected the link by which the ministry announced it")
        return
    measure = _founded(facts, imposed)
    yield measure
    for goods in facts.get("goods_items", ()):
        yield Goods(measure.key, goods, goods, "text", measure.locator, quote=measure.quote)
    for each in told:
        yield from _steps(measure, each)


def _founded(facts: Mapping[str, Any], imposed: Sequence[Told]) -> Measure:
    """The measure, in the words of the first link that has any for it, else in those that the table cites."""
    named = next((each for each in imposed if each.words.groupdict()), imposed[0])
    said = {**facts, **{name: words for name, words in named.words.groupdict().items() if words}}
    territories = said["territory"]
    texts = tuple(re.split("又は", territories)) if isinstance(territories, str) else tuple(territories)
    act = next((each.act for each in imposed if each.act), None)
    place = f"|{facts['provision']}" if "provision" in facts else ""
    founding_act = act.number + place if act else None
    return Measure(
        "|".join([founding_act or str(named.entry.mark.day.earliest), *texts, said["type"]]), said["type"], _place(named.entry),
        facts["scope"], territory_texts=texts, title=facts["title"], goods_text=said.get("goods"), quote=named.entry.words,
        exceptions_text=facts.get("exceptions"), founding_act=founding_act,
    )  # fmt: skip


def _found(line: Mapping[str, Any], page: Sequence[Row]) -> Told | Reject:
    """The link that a line means, under its mark where it names one, with the act in the same row."""
    for row in page:
        entries = list(_entries([row]))
        for entry in entries:
            words = re.fullmatch(line["link"], entry.words)
            if words and line.get("mark", entry.mark.text) == entry.mark.text:
                return Told(line, entry, words, _act(line, entries))
    place = line.get("mark", line["link"])
    return _reject(place, "dangling_reference", f"expected a link like {line['link']} under {line.get('mark', 'any mark')}")


def _act(line: Mapping[str, Any], entries: Sequence[Entry]) -> Entry | None:
    """The only act of the row that a line means."""
    acts = [each for each in entries if "act" in line and each.mark.what == "公布" and re.fullmatch(line["act"], each.words)]
    return acts[0] if len({each.number for each in acts}) == 1 else None


def _steps(measure: Measure, told: Told) -> Iterator[Record]:
    """The day of the announcement, that of the act, and the day of effect where the table cites one."""
    action: Action = told.line["action"]
    # A circular that names a measure is an act of its own; a press release is not.
    acts = [each for each in (told.entry, told.act) if each is not None and each.mark.what == "公布"]
    number = acts[-1].number if acts else None
    if told.entry not in acts:
        yield _step(measure, told.entry, action, number)
    for act in acts:
        yield MeasureInstrument(measure.key, act.number, "imposes" if action == "impose" else "amends")
        yield _step(measure, act, action, act.number)
    if "effective" in told.line:
        words, read_in = told.line["effective"], told.line["effective_read_in"]
        period = japanese(words, may_be_vague=True)._replace(derivation=f"read at {read_in}")
        yield DatedStep(
            measure.key, action, "effective", period, instrument_number=number, source_step_key=f"{action} {words} {read_in}"
        )


def _step(measure: Measure, entry: Entry, action: Action, number: str | None) -> DatedStep:
    mark = entry.mark
    return DatedStep(
        measure.key, action, _STEPS[mark.what], mark.day, instrument_number=number,
        source_step_key=f"{mark.text} {entry.words}", locator=_cell(mark.text, entry.words), quote=mark.text,
    )  # fmt: skip


# --- Bans on designated entities --------------------------------------------------------------------------------------


def _entity_bans(page: Sequence[Row]) -> Iterator[Record]:
    """The bans whose entities the notices of the page designate, with the order that founded each."""
    known = export_bans.ban_lists()
    lists: dict[str, list[tuple[Entry, re.Match[str], Row]]] = {}
    for row in page:
        for entry in _entries([row]):
            if found := _DESIGNATED.fullmatch(entry.words):
                lists.setdefault(found["whose"], []).append((entry, found, row))
    for whose, designations in lists.items():
        if whose not in known:
            yield _reject(designations[0][0].words, "unknown_label", "expected whose entities [[list]] of export_bans.toml has")
            continue
        yield from _entity_ban(known[whose], sorted(designations, key=lambda each: str(each[0].mark.day.earliest)), page)


def _entity_ban(
    ban: export_bans.BanList, designations: Sequence[tuple[Entry, re.Match[str], Row]], page: Sequence[Row]
) -> Iterator[Record]:
    first, words, _ = designations[0]
    measure = Measure(
        f"{ban.key}|{words['type']}", words["type"], _place(first), "listed_targets", territory_texts=ban.directed_at,
        title=ban.title, quote=first.words, founding_act=ban.founding_act,
    )  # fmt: skip
    yield measure
    for row in page:
        for order in (entry for entry in _entries([row]) if entry.number == ban.order_key):
            yield MeasureInstrument(measure.key, order.number, "imposes")
            yield from (_step(measure, entry, "impose", order.number) for entry in (*_announced(row, order), order))
    for number, (entry, _, row) in enumerate(designations):
        yield MeasureInstrument(measure.key, entry.number, "amends" if number else "imposes")
        # The first designation is part of the ban; each later one adds to it.
        if number:
            yield from (_step(measure, each, "widen", entry.number) for each in (*_announced(row, entry), entry))


def _announced(row: Row, act: Entry) -> list[Entry]:
    """The first press release of the row that announced an act on its day or before."""
    releases = [
        entry
        for entry in _entries([row])
        if entry.mark.what == "発表" and str(entry.mark.day.earliest) <= str(act.mark.day.earliest)
    ]
    return releases[:1]


def _place(entry: Entry) -> str:
    if entry.url is None:
        return _cell(entry.mark.text, entry.words)
    return f"{_cell(entry.mark.text)}//a[contains(., {_quoted(entry.words)})]"


def _cell(*texts: str) -> str:
    return f"//td[{' and '.join(f'contains(., {_quoted(text)})' for text in texts)}]"


def _reject(text: str, reason: str, expected: str) -> Reject:
    return Reject(f"//*[contains(text(), {_quoted(text)})]", "instruments", reason, f"{expected}; found {text!r}", text)


def _quoted(text: str) -> str:
    """A text as XPath writes it; raises UnknownContent where it holds both kinds of quotation marks."""
    if "'" in text and '"' in text:
        raise UnknownContent(f"both kinds of quotation marks in {text!r}")
    return f'"{text}"' if "'" in text else f"'{text}'"


def _words(element: etree._Element) -> str:
    return "".join(map(str, element.itertext())).strip()
