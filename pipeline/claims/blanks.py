"""The one place that folds blanks and ends of lines, so that patterns of words need not know of them.

Whatever ends the lines of a text, and whatever blanks keep its words together or apart, it is read with single plain blanks
and plain ends of lines; marks that nobody sees, and those of links and of bold print, are left out. Places are led back to
the text as it was.
"""

import functools
import re
from bisect import bisect_right
from dataclasses import replace
from typing import NamedTuple

from pipeline.claims.model import Claim, ClaimDate, Span, Text

_UNSEEN = "\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe0e\ufe0f\ufeff"
"""Hyphens where a word may be parted, joiners, and marks of the direction of writing."""
_ANY = rf"[\s{_UNSEEN}]"
_GOES_ON = rf"(?:(?<= )(?={_ANY})|(?<=\n)(?!\n?[^\s{_UNSEEN}])|(?<![][* \n])){_ANY}*"
_RUN = re.compile(_ANY + _GOES_ON)
"""Blanks that are not already one plain blank or one or two plain ends of lines."""
_MARKUP = ("](", "**")
_RUN_OR_MARKUP = re.compile(
    rf"[][*\s{_UNSEEN}](?:{_GOES_ON}|(?<=\[)(?=[^][]{{1,200}}\]\()|(?<=\*)\*"
    r"|(?<=\S\])\((?:https?:|/|#|mailto:)[^()\s]*(?:\([^()\s]*\)[^()\s]*)*\))"
)
"""Of `[imposed](https://…)` the words remain. All begin with one of a few characters, since that is quicker to look for."""
_LED = re.compile(r"(?i)(?:on|in) \[")
"""Words of a date before the mark of a link; the date stands behind it."""


class Places(NamedTuple):
    """Where a folded text begins to be the text as it was again: its place in the one and in the other."""

    folded: list[int]
    original: list[int]

    def led_back(self, claim: Claim, text: Text) -> Claim:
        """A claim of a folded text with its places, and the words of its dates, in the text as it was."""
        return claim._replace(
            evidence=tuple(self._of(span) for span in claim.evidence),
            dates=tuple(filter(None, (self._date(date, text) for date in claim.dates))),
        )

    def _date(self, date: ClaimDate, text: Text) -> ClaimDate | None:
        """The date as the text writes it; None where the mark of a link stands among its words."""
        span = self._of(date.span)
        words = text.text[span.start : span.end] or date.text
        if led := _LED.match(words):
            span, words = Span(span.start + led.end(), span.end), words[led.end() :]
        return None if any(mark in words for mark in "[]*") else date._replace(span=span, text=words)

    def _of(self, span: Span) -> Span:
        """A place; one that is none stays so."""
        return Span(self._place(span.start), self._place(span.end - 1) + 1) if 0 <= span.start < span.end else span

    def _place(self, place: int) -> int:
        piece = bisect_right(self.folded, place) - 1
        return place - self.folded[piece] + self.original[piece]


def plain(words: str) -> str:
    """Words with plain blanks: of several one is left, of ends of lines, which part paragraphs, two."""
    return _pattern(words).sub(_plain_run, words)


def _pattern(words: str) -> re.Pattern[str]:
    return _RUN_OR_MARKUP if any(mark in words for mark in _MARKUP) else _RUN


def _plain_run(run: re.Match[str]) -> str:
    return _plain_blanks(run[0])


@functools.lru_cache(maxsize=1024)
def _plain_blanks(run: str) -> str:
    ends = len(f"{run}.".splitlines()) - 1
    return "\n" * min(ends, 2) or " " * any(each.isspace() for each in run)


def folded(text: Text) -> tuple[Text, Places]:
    """The text with plain blanks, and the way back to the text as it was."""
    parts: list[str] = []
    places = Places([0], [0])
    at = length = 0
    for run in _pattern(text.text).finditer(text.text):
        parts += [text.text[at : run.start()], _plain_run(run)]
        at, length = run.end(), length + len(parts[-2]) + len(parts[-1])
        places.folded.append(length)
        places.original.append(at)
    return replace(text, title=plain(text.title), text="".join([*parts, text.text[at:]])), places
