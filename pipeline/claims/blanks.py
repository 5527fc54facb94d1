"""Runs of blanks become one, so that patterns of words need not know of them; places can be led back to the text as it was."""

import re
from bisect import bisect_right
from dataclasses import replace
from typing import NamedTuple

from pipeline.claims.model import Claim, ClaimDate, Span, Text

_RUN = re.compile(r"[ \t\xa0\u202f\u2009](?:[ \t\xa0\u202f\u2009]+|(?<! )|(?<=\n )(?=\S))")
"""Several blanks, one that is not plain, or one that begins a line; every run begins with one of the same few characters, since
that is quicker to look for."""
_MARKS = ("  ", "\t", "\xa0", "\u202f", "\u2009", "\n ")
"""What a run holds, or begins with: to look for these is far quicker than for the pattern."""


class Places(NamedTuple):
    """Where a collapsed text begins to be the text as it was again: its place in the one and in the other."""

    collapsed: list[int]
    original: list[int]

    def of(self, place: int) -> int:
        """The place in the text as it was."""
        piece = bisect_right(self.collapsed, place) - 1
        return place - self.collapsed[piece] + self.original[piece]


def collapsed(text: Text) -> tuple[Text, Places | None]:
    """The text with single plain blanks, and the way back to the text as it was; None where nothing changed."""
    if not any(mark in text.text for mark in _MARKS):
        return text, None
    parts: list[str] = []
    places = Places([0], [0])
    at = length = 0
    for run in _RUN.finditer(text.text):
        before = text.text[at : run.start()]
        blank = "" if text.text[run.start() - 1 : run.start()] == "\n" else " "
        parts += [before, blank]
        at, length = run.end(), length + len(before) + len(blank)
        places.collapsed.append(length)
        places.original.append(at)
    parts.append(text.text[at:])
    return replace(text, text="".join(parts)), places


def led_back(claim: Claim, text: Text, places: Places) -> Claim:
    """A claim of a collapsed text with its places, and the words of its dates, in the text as it was."""
    return claim._replace(
        evidence=tuple(_place(span, places) for span in claim.evidence),
        dates=tuple(_date(date, text, places) for date in claim.dates),
    )


def _place(span: Span, places: Places) -> Span:
    return Span(places.of(span.start), places.of(span.end - 1) + 1)


def _date(date: ClaimDate, text: Text, places: Places) -> ClaimDate:
    span = _place(date.span, places)
    return date._replace(span=span, text=text.text[span.start : span.end])
