"""Runs of blanks become one, so that patterns of words need not know of them; places can be led back to the text as it was."""

import re
from bisect import bisect_right
from dataclasses import replace

from pipeline.claims.model import Claim, ClaimDate, Span, Text

_RUN = re.compile(r"[ \t\xa0\u202f\u2009](?:[ \t\xa0\u202f\u2009]+|(?<=[\t\xa0\u202f\u2009])|(?<=\n.)(?=\S))")


class Places:
    """By place in the collapsed text the place in the text as it was."""

    def __init__(self) -> None:
        self._here, self._there = [0], [0]

    def skip(self, here: int, there: int) -> None:
        """From a place on, the collapsed text goes on at another place of the text."""
        self._here.append(here)
        self._there.append(there)

    def __getitem__(self, at: int) -> int:
        index = bisect_right(self._here, at) - 1
        return self._there[index] + at - self._here[index]


def collapsed(text: Text) -> tuple[Text, Places | None]:
    """The text with single plain blanks, and where its places were; None where nothing changed."""
    if not _RUN.search(text.text):
        return text, None
    parts: list[str] = []
    places = Places()
    at = length = 0
    for run in _RUN.finditer(text.text):
        start, end = run.span()
        is_kept = start == 0 or text.text[start - 1] != "\n"
        parts.append(text.text[at:start] + " " * is_kept)
        length += start - at + is_kept
        places.skip(length, end)
        at = end
    parts.append(text.text[at:])
    return replace(text, text="".join(parts)), places


def led_back(claim: Claim, text: Text, places: Places) -> Claim:
    """A claim of a collapsed text with its places, and the words of its dates, in the text as it was."""
    return claim._replace(
        evidence=tuple(_place(span, places) for span in claim.evidence),
        dates=tuple(_date(date, text, places) for date in claim.dates),
    )


def _place(span: Span, places: Places) -> Span:
    return Span(places[span.start], places[span.end - 1] + 1)


def _date(date: ClaimDate, text: Text, places: Places) -> ClaimDate:
    span = _place(date.span, places)
    return date._replace(span=span, text=text.text[span.start : span.end])
