"""Resolutions of the Security Council since 2020 in Akoma Ntoso for the United Nations (AKN4UN): one file, one resolution.

The file marks what is a paragraph, a subparagraph and a number. It is written out as the lines of a resolution, which are read
like any other text; a place is told by the `eId` of the element in which it stands.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from pipeline.documents import Document
from pipeline.readers.resolutions import Reader, Resolution, alone
from pipeline.readers.xml import UnknownContent, elements, local_name
from pipeline.records import Record
from pipeline.sources import Source

_IN_BODY = {"paragraph", "p", "container", "tblock"}
_HOLDING = {"list", "sublist", "point"}
_SAYING = {"content", "intro", "wrapUp", "subheading", "heading"}


@dataclass(frozen=True)
class _Marked(Resolution):
    """A resolution written out in lines, each with the `eId` of its element."""

    starts: tuple[tuple[int, str], ...] = ()

    def locator(self, start: int, end: int) -> str:
        """The element in which a part of the text begins."""
        return f"//*[@eId='{[identifier for begin, identifier in self.starts if begin <= start][-1]}']"


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield the resolution with the measures that it imposes, and what it does to others.

    Raises UnknownContent for an element that the body of a resolution has not had.
    """
    with document.open() as stream:
        root = next(elements(stream, "akomaNtoso"), None)
        if root is None:
            raise UnknownContent(f"{document.url} holds no <akomaNtoso>")
        yield from alone(_resolution(root), Reader(source))


def _resolution(root: etree._Element) -> Resolution:
    text, starts = "", list[tuple[int, str]]()
    for line, identifier in _lines(root):
        starts.append((len(text), identifier))
        text += f"{line}\n"
    return _Marked(text, "", tuple(starts))


def _lines(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Each line of the resolution with the `eId` under which it stands, in order."""
    cover = next(root.iter("{*}coverPage")).get("eId", "coverPage_1")
    for title in root.iter("{*}docTitle"):
        yield _words(title), cover
    for part in (*root.iterfind(".//{*}preamble/*"), *root.iterfind(".//{*}mainBody/*")):
        name = local_name(part)
        if name == "paragraph":
            yield from _paragraph(part, part.get("eId", ""), "")
        elif name in {*_IN_BODY, "formula"}:
            yield _words(part), part.get("eId", "")
        else:
            raise UnknownContent(f"<{name}> in the body of a resolution, which the parser does not know")


def _paragraph(element: etree._Element, identifier: str, number: str) -> Iterator[tuple[str, str]]:
    """The lines of a paragraph, list or point: its number goes before its first words, a letter in brackets."""
    for part in element.iterchildren(etree.Element):
        name, place = local_name(part), part.get("eId") or identifier
        if name == "num":
            number = _number(part, is_paragraph=local_name(element) == "paragraph")
        elif name in _SAYING:
            yield f"{number} {_words(part)}".strip(), identifier
            number = ""
        elif name in _HOLDING:
            yield from _paragraph(part, place if name == "point" else identifier, number)
            number = ""
        else:
            raise UnknownContent(f"<{name}> in {identifier}, which the parser does not know")


def _number(num: etree._Element, *, is_paragraph: bool) -> str:
    words = _words(num)
    return words if is_paragraph else f"({words.strip('().')})"


def _words(element: etree._Element) -> str:
    return " ".join("".join(str(text) for text in element.itertext()).split())
