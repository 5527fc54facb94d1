"""The ministry's index page of measures against Russia: what was announced and promulgated on which day.

Each cell of its tables holds dated marks (＜令和4年3月29日公布＞), and under each the documents of that day.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urljoin

from lxml import etree

from pipeline.dates import UnreadableDate, japanese
from pipeline.documents import Document
from pipeline.readers.xml import UnknownContent
from pipeline.records import DatedStep, Instrument, Measure, MeasureInstrument, Period, Record, Reject, Step
from pipeline.sources import Source

# Some marks close with a half-width bracket (two on the page of 2025-09-12).
_MARK = re.compile("(＜[^＜＞<>]*日(?:発表|公布|公表)[＞>])")
_MARK_WORDS = re.compile("＜(?P<day>.+日)(?P<what>発表|公布|公表)[＞>]")
_STEPS: Mapping[str, Step] = {"発表": "announced", "公表": "announced", "公布": "published"}
# Designations have no link, only the numbers of their notices; some numbers lack 第, some rows say 制裁者対象者.
_NOTICES = re.compile("（制裁(?:者)?対象者の指定等）(?P<series>[^年]+年[^、0-9]+告示)(?P<numbers>(?:第?[0-9]+号、?)+)")
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
    """The number of a notice; else the address of a press release; else title and day."""
    type_text: str
    title: str | None
    url: str | None
    words: str
    """As the page writes it."""


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield each document under a dated mark once, as an instrument, and the measures that the words of a link name."""
    seen: set[str] = set()
    for row in rows(document, source):
        entries = [piece for piece in row if isinstance(piece, Entry)]
        yield from (piece for piece in row if isinstance(piece, Reject))
        for entry in entries:
            # A press release that concerns both tables stands in both.
            if entry.number not in seen:
                seen.add(entry.number)
                yield _instrument(entry)
        yield from _measures(entries, source)


def rows(document: Document, source: Source) -> Iterator[list[Entry | Reject]]:
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
                yield Entry(self._mark, f"{found['series']}第{number}号", _NOTICE, None, None, text)
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
        number = url if type_text == _PRESS_RELEASE else f"{words}|{self._mark.day.earliest}"
        yield Entry(self._mark, number, type_text, words, url, words)

    def _type(self, title: str) -> str | None:
        if self._column not in self._source.facts["mixed"]["columns"]:
            return str(self._source.facts["columns"][self._column])
        rules = self._source.facts["title_rule"]
        return next((rule["type"] for rule in rules if title.endswith(tuple(rule["ends"]))), None)

    def _end_of_mark(self) -> Iterator[Reject]:
        if self._mark and self._is_bare:
            yield _reject(self._mark.text, "empty_mark", "expected a document under each dated mark")
        self._is_bare = False


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


def _instrument(entry: Entry) -> Instrument:
    return Instrument(entry.number, entry.type_text, entry.title, entry.url, _place(entry), quote=entry.words)


def _measures(entries: list[Entry], source: Source) -> Iterator[Record]:
    """The measures that the links of one row name by the words in `[[measure]]`, with the act beside them."""
    for facts in source.facts["measure"]:
        for entry in entries:
            if found := re.fullmatch(facts["link"], entry.words):
                yield from _measure(entry, found, facts, entries)


def _measure(entry: Entry, found: re.Match[str], facts: Mapping[str, Any], entries: list[Entry]) -> Iterator[Record]:
    acts = [(act, law) for act in entries if (law := re.fullmatch(facts["act"], act.words)) and act.mark.what == "公布"]
    founding_act = f"{acts[0][1]['law']}|{acts[0][0].mark.day.earliest}" if len(acts) == 1 else None
    measure = Measure(
        f"{entry.words}|{entry.mark.day.earliest}", found["type"], _place(entry), "goods",
        territory_texts=(found["territory"],), title=facts["title"], goods_text=found["goods"], quote=entry.words,
        founding_act=founding_act,
    )  # fmt: skip
    yield measure
    number = acts[0][0].number if founding_act else None
    yield _step(measure, entry, number)
    if number is None:
        yield _reject(entry.words, "dangling_reference", f"expected one act like {facts['act']} beside it: {len(acts)}")
        return
    yield MeasureInstrument(measure.key, number, "imposes")
    yield _step(measure, acts[0][0], number)


def _step(measure: Measure, entry: Entry, number: str | None) -> DatedStep:
    mark = entry.mark
    return DatedStep(
        measure.key, "impose", _STEPS[mark.what], mark.day, instrument_number=number,
        source_step_key=f"{mark.text} {entry.words}", locator=_cell(mark.text, entry.words), quote=mark.text,
    )  # fmt: skip


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
