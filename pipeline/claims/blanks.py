"""Runs of blanks become one, and the marks of links and of bold print none, so that patterns of words need not know of them;
places can be led back to the text as it was."""

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

_MARKUP = ("](", "**")
_RUN_OR_MARKUP = re.compile(
    rf"{_RUN.pattern}|\[(?=[^][]{{1,200}}\]\()|(?<=\S)\]\((?:https?:|/|#|mailto:)[^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)|\*\*"
)
"""Of `[imposed](https://…)` the words remain."""
_LED = re.compile(r"(?i)(?:on|in) \[")
"""Words of a date before the mark of a link; the date stands behind it."""


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
    has_markup = any(mark in text.text for mark in _MARKUP)
    if not has_markup and not any(mark in text.text for mark in _MARKS):
        return text, None
    parts: list[str] = []
    places = Places([0], [0])
    at = length = 0
    for run in (_RUN_OR_MARKUP if has_markup else _RUN).finditer(text.text):
        before = text.text[at : run.start()]
        is_blank = run[0].isspace() and text.text[run.start() - 1 : run.start()] != "\n"
        blank = " " if is_blank else ""
        parts += [before, blank]
        at, length = run.end(), length + len(before) + len(blank)
        places.collapsed.append(length)
        places.original.append(at)
    parts.append(text.text[at:])
    return replace(text, text="".join(parts)), places


def led_back(claim: Claim, text: Text, places: Places) -> Claim:
    """A claim of a collapsed text with its places, and the words of its dates, in the text as it was."""
    dates = (_date(date, text, places) for date in claim.dates)
    return claim._replace(
        evidence=tuple(_place(span, places) for span in claim.evidence), dates=tuple(filter(None, dates))
    )  # fmt: skip


def _place(span: Span, places: Places) -> Span:
    return Span(places.of(span.start), places.of(span.end - 1) + 1)


def _date(date: ClaimDate, text: Text, places: Places) -> ClaimDate | None:
    """The date as the text writes it; None where the mark of a link stands among its words."""
    span = _place(date.span, places)
    words = text.text[span.start : span.end]
    if led := _LED.match(words):
        span, words = Span(span.start + led.end(), span.end), words[led.end() :]
    return None if any(mark in words for mark in "[]*") else date._replace(span=span, text=words)
