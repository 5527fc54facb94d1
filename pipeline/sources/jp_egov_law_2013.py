"""The Export Trade Control Order as the former site of e-Gov showed it: one HTML page, read into the same pieces as the XML.

The page has no keys below its articles and provisions, so that a fact stands at its offsets in the text of the page.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pipeline.dates import japanese, kanji_numeral, kanji_value
from pipeline.documents import Document
from pipeline.readers import japanese_export_bans, japanese_law
from pipeline.readers.japanese_law import Amendment, Approval, Entry, Law, Passage
from pipeline.readers.xml import UnknownContent
from pipeline.records import Record
from pipeline.sources import Source

_TOKEN = re.compile(
    r"<(?P<closes>/)?(?P<tag>[A-Za-z]+)(?P<attributes>[^>]*)>|(?P<comment><!--.*?-->)|(?P<text>[^<]+)", re.DOTALL
)
_ATTRIBUTE = re.compile(r'([A-Za-z]+)="([^"]*)"')
_BREAKS = {"BR", "DIV", "P", "TABLE", "TD", "TR"}
# Anchors number the places of the page: 1… the main text, 5… the supplementary provisions, 3… the appended tables.
_MAIN, _SUPPLEMENTARY, _APPENDED = "1", "5", "3"
_AMENDED_BY = re.compile("附　則　（(?P<number>[^）]+)）")
_OWN_PROVISION = re.compile("附　則(?:　抄)?")
_TABLE = re.compile("(?P<title>別表第[^（\\s]+)\\s*（[^）]+関係）")
_TABLE_ITEM = re.compile("(?P<title>[一二三四五六七八九十]+(?:の[一二三四五六七八九十]+)*)　(?P<words>.+)", re.DOTALL)
_SHORT_NUMBER = re.compile("(?P<era>\\w)(?P<year>\\w+?)(?P<kind>[法政])(?P<number>\\w+)")
_APPROVAL = "の承認を受けなければならない。"
_BRACKETS = {"（": 1, "）": -1, "「": 1, "」": -1}


@dataclass
class Line:
    """What stands between two breaks of the page."""

    part: str
    """The first figure of the last anchor before it."""
    kind: str
    """The class of the division that begins with it; empty where none does."""
    mark: str = ""
    """What stands in bold at its head: 第二条, ２, 一の二."""
    pieces: list[tuple[int, str]] = field(default_factory=list)
    """Each run of text with its offset."""
    is_cell: bool = False

    @property
    def raw(self) -> str:
        """Its text as the page writes it."""
        return "".join(text for _, text in self.pieces)

    def passage(self, first: int = 0, last: int | None = None) -> Passage:
        """Some of its text; the quote is what stands in one run, as links part a text into several."""
        raw = self.raw[first:last]
        start = first + len(raw) - len(raw.lstrip())
        words = raw.strip()
        for offset, text in self.pieces:
            if start < len(text):
                quote = text[start : start + len(words)].rstrip()
                return Passage("".join(words.split("\n")), "", quote, offset + start)
            start -= len(text)
        raise UnknownContent(f"no text in {self.raw!r}")

    def sentences(self) -> Iterator[Passage]:
        """Its sentences: a full stop in brackets ends none."""
        first = depth = 0
        for index, letter in enumerate(self.raw):
            depth += _BRACKETS.get(letter, 0)
            if letter == "。" and depth == 0:
                yield self.passage(first, index + 1)
                first = index + 1
        if self.raw[first:].strip():
            yield self.passage(first)


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield the law, the act that it is made under, every law that amended it by 2013, and the export bans that stand in it."""
    law = _law(document.text(source.document.encoding), source)
    yield from japanese_law.acts(law)
    yield from japanese_export_bans.measures(law, source.facts)


def _law(page: str, source: Source) -> Law:
    lines = [line for line in _lines(page, source.facts["elements"]) if line.raw.strip()]
    head = next((line for line in lines if not line.part), None)
    number = next((line for line in lines if not line.part and line.raw.strip().startswith("（")), None)
    if head is None or number is None:
        raise UnknownContent("expected the title of a law, and its number in brackets below")
    found = japanese_law.cited_number(number.raw.strip().strip("（）"))
    return Law(
        number=japanese_law.native_number(found),
        title=head.passage(),
        number_text=number.passage(),
        promulgated=japanese(found["day"]),
        enactment=next((line.passage() for line in lines if line.raw.strip().startswith("内閣は、")), None),
        main_text=_main_text(page, source.facts),
        approvals=tuple(_approvals([line for line in lines if line.part == _MAIN])),
        **_supplementary([line for line in lines if line.part == _SUPPLEMENTARY]),
        tables=dict(_tables([line for line in lines if line.part == _APPENDED])),
    )


# --- Lines ------------------------------------------------------------------------------------------------------------


def _lines(page: str, known: Mapping[str, Sequence[str]]) -> Iterator[Line]:
    """The lines of the page's body; raises UnknownContent for an element or a class that it never had."""
    line = Line("", "")
    is_bold = False
    body = page.index("<BODY>")
    for token in _TOKEN.finditer(page, body):
        if (text := token["text"]) is not None:
            if is_bold and line.kind:
                line.mark += text.strip()
            else:
                line.pieces.append((token.start(), text))
            continue
        tag, attributes = (token["tag"] or "").upper(), dict(_ATTRIBUTE.findall(token["attributes"] or ""))
        name, kind = attributes.get("NAME"), attributes.get("class", "")
        if (tag and tag not in known["names"]) or (kind and kind not in known["classes"]):
            raise UnknownContent(f"<{tag}> {kind} is not in [elements] of jp_egov_law_2013.toml")
        if tag in _BREAKS:
            yield line
            line = Line(line.part, kind, is_cell=tag == "TD" and not token["closes"])
        elif tag == "B":
            is_bold = not token["closes"]
        elif name and name[0] != "9":
            line.part = name[0]
    yield line


def _main_text(page: str, facts: Mapping[str, Any]) -> str:
    """The main text, with the number of each law behind the name that links to it, as laws themselves write it."""
    first, end = (page.index(f'<A NAME="{part}') for part in (_MAIN, _SUPPLEMENTARY))
    text, number = "", None
    for token in _TOKEN.finditer(page, first, end):
        if token["text"] is not None:
            text += token["text"].strip()
        elif (token["tag"] or "").upper() == "A":
            text += f"（{number}）" if token["closes"] and number else "\n"
            number = _linked_law(dict(_ATTRIBUTE.findall(token["attributes"] or "")).get("HREF", ""), facts)
    return text


def _linked_law(address: str, facts: Mapping[str, Any]) -> str | None:
    """The number of the law that a link names by its title; None for a link to an article, which names none."""
    asked = parse_qs(urlsplit(address).query, encoding="cp932")
    found = _SHORT_NUMBER.fullmatch(asked.get("H_FILE", [""])[0])
    if not found or asked.get("REF_NAME", ["第"])[0].startswith(("第", "法")):
        return None
    year, number = (kanji_numeral(kanji_value(found[part])) for part in ("year", "number"))
    return f"{facts['link_eras'][found['era']]}{year}年{facts['link_kinds'][found['kind']]}第{number}号"


# --- The parts of the law ---------------------------------------------------------------------------------------------


def _approvals(lines: Sequence[Line]) -> Iterator[Approval]:
    """Every item of a paragraph that makes exports depend on approval (…の承認を受けなければならない。)."""
    caption = article = paragraph = authority = ""
    for line in lines:
        words = line.raw.strip()
        if line.kind == "arttitle":
            caption = words.strip("（）")
        elif line.kind == "item":
            is_article = line.mark.startswith("第")
            article = line.mark if is_article else article
            paragraph = "一" if is_article else kanji_numeral(kanji_value(line.mark))
            authority = words.removesuffix(_APPROVAL).rpartition("、")[2] if words.endswith(_APPROVAL) else ""
        elif line.kind == "number" and authority:
            place = f"{article}第{paragraph}項{japanese_export_bans.item_number(line.mark)}"
            yield Approval(place, caption, authority, line.passage())


def _supplementary(lines: Sequence[Line]) -> dict[str, Any]:
    """The law's own supplementary provision and those of the laws that amended it."""
    own: list[list[Passage]] = []
    numbered: dict[str, Passage] = {}
    amendments: list[tuple[Passage, list[list[Passage]]]] = []
    paragraphs = own
    for line in lines:
        words = line.raw.strip()
        if found := _AMENDED_BY.match(words):
            paragraphs = []
            at = line.raw.index(found["number"])
            amendments.append((line.passage(at, at + len(found["number"])), paragraphs))
        elif line.kind in ("number", "para1") and paragraphs:
            item = line.passage()
            paragraphs[-1].append(item._replace(text=f"{line.mark}　{item.text}"))
        elif line.kind != "arttitle" and not _OWN_PROVISION.fullmatch(words):
            paragraphs.append(list(line.sentences()))
            if paragraphs is own:
                numbered[str(kanji_value(line.mark)) if line.mark else "1"] = own[-1][0]
    return {
        "own_provision": tuple(map(tuple, own)),
        "own_paragraphs": numbered,
        "amendments": tuple(Amendment(number, number.locator, tuple(map(tuple, told))) for number, told in amendments),
    }


def _tables(lines: Sequence[Line]) -> Iterator[tuple[str, list[Entry]]]:
    """The entries of each appended table that has items; those whose cells stand in a grid have none."""
    title, entries = "", list[Entry]()
    for line in lines:
        if found := _TABLE.match(line.raw.strip()):
            if entries:
                yield title, entries
            title, entries = found["title"], []
        elif not line.is_cell and (item := _TABLE_ITEM.fullmatch(line.raw.strip())):
            words = line.passage(line.raw.index(item["words"]))
            entries.append(Entry((title, item["title"]), words))
    if entries:
        yield title, entries
