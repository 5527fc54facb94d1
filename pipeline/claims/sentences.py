"""Sentences of prose, as places in the text; no character is moved."""

import re
from collections.abc import Iterator

from pipeline.claims.model import Span

_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "gen",
        "sen",
        "rep",
        "gov",
        "lt",
        "col",
        "maj",
        "capt",
        "sgt",
        "st",
        "jr",
        "sr",
        "no",
        "nos",
        "art",
        "vs",
        "inc",
        "ltd",
        "co",
        "corp",
        "bros",
        "u.s",
        "u.n",
        "u.k",
        "e.u",
        "e.o",
        "u.s.c",
        "d.c",
        "a.m",
        "p.m",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "approx",
        "est",
        "dept",
        "adm",
        "hon",
        "messrs",
        "i.e",
        "e.g",
        "cf",
        "al",
        "para",
        "sec",
        "ref",
        "fig",
        "vol",
        "pp",
        "p.b",
        "s.p.a",
        "s.a",
    ]
)
"""What stands before a full stop that ends no sentence, where a capital letter follows."""
_ENDERS = frozenset({"u.s", "u.n", "u.k", "e.u", "a.m", "p.m", "inc", "ltd", "co", "corp", "jr", "al", "d.c"})
"""Abbreviations with which a sentence may end: it does where a word that begins sentences follows."""
_MARKS = "\u200b-\u200f\u2060-\u206f\ufe0f\u2190-\u2bff\U0001f000-\U0001faff"
"""Emoji and marks of direction, which may stand after a sentence and before the next."""
_BREAK = re.compile(
    r"[。！？.!?\n](?:(?<=[。！？])|(?<=[.!?])[\"”’')\]]*(?:\s*\[\d+\])*"
    rf"(?:\s*[{_MARKS}])*(?=\s+[{_MARKS}]*(?:[\"“‘'(\[]*[A-Z0-9À-Þ–—-]|\([a-z]{{1,4}}\)\s))"
    r"|(?<=\n)(?:\s*\n\s*|(?=\s*[-–•*]\s)))"
)
"""Every break begins with one of a few characters, since that is quicker to look for."""
_WORD_BEFORE = re.compile(r"([\w.’'-]+)$")
_BEGINNERS = re.compile(
    r"\s+[\"“]?(?:The|A|An|In|On|He|She|It|They|This|That|These|Those|But|And|However|According"
    r"|After|For|At|We|I|As|If|Its)\b"
)
_BETWEEN_PARAGRAPHS = re.compile(r"\n\s*\n\s*")
_HEADING = re.compile(r":(?<=[A-Z]{3}:) (?=[A-Z])")
"""The end of a heading in capitals that begins a paragraph: "ACTING AT HOME: Today"; its colon is found fast."""
LONGEST = 2_000
"""Characters that a sentence of prose has at most; what goes on without an end is a list, a table or an enumeration."""


def paragraphs(text: str) -> Iterator[Span]:
    """The paragraphs of a text in their order; a heading in capitals that begins one stands apart."""
    start = len(text) - len(text.lstrip())
    for blank in _BETWEEN_PARAGRAPHS.finditer(text, start):
        yield from _without_headings(text, start, blank.start())
        start = blank.end()
    if start < len(text):
        yield from _without_headings(text, start, len(text))


def _without_headings(text: str, start: int, end: int) -> Iterator[Span]:
    for heading in _HEADING.finditer(text, start, end):
        yield Span(start, heading.start() + 1)
        start = heading.end()
    yield Span(start, end)


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The sentences of a text in their order, without the blanks around them; a paragraph ends a sentence.

    What is longer than prose writes sentences comes in parts that are not, so that the work on each of them is bounded.
    """
    end = len(text) if end is None else end
    begin = start
    for found in _BREAK.finditer(text, start, end):
        if text[found.start()] in ".!?" and not _ends(text, begin, found):
            continue
        yield from _trimmed(text, begin, found.end())
        begin = found.end()
    yield from _trimmed(text, begin, end)


def _ends(text: str, begin: int, found: re.Match[str]) -> bool:
    if text[found.start()] != ".":
        return True
    word = _WORD_BEFORE.search(text, max(begin, found.start() - 30), found.start())
    if word is None:
        return True
    last = word[1].lower()
    if last in _ENDERS:
        return bool(_BEGINNERS.match(text, found.end()))
    is_initial = len(last) == 1 and word[1].isupper() and last != "i"
    return not (last in _ABBREVIATIONS or is_initial)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > LONGEST:
        part = _end_of_part(text, start)
        yield from _trimmed(text, start, part)
        start = part
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        yield Span(start, end)


def _end_of_part(text: str, start: int) -> int:
    """Where the first part of what is too long ends: after its last semicolon, else its last end of line or blank."""
    last = start + LONGEST
    ends = (text.rfind(mark, start, last) + 1 for mark in (";", "\n", " "))
    return next((end for end in ends if end > start), last)
