"""Runs of blanks become one, so that patterns of words need not know of them; places can be led back to the text as it was."""

import re
from array import array
from collections.abc import Sequence
from dataclasses import replace

from pipeline.claims.model import Claim, ClaimDate, Span, Text

_RUN = re.compile(r"[ \t\xa0\u202f\u2009]{2,}|[\xa0\u202f\u2009\t]|(?<=\n)[ \t\xa0]+(?=\S)")


def collapsed(text: Text) -> tuple[Text, Sequence[int] | None]:
    """The text with single plain blanks, and by place in it the place in the text as it was; None where nothing changed."""
    if not _RUN.search(text.text):
        return text, None
    parts: list[str] = []
    places = array("L")
    at = 0
    for run in _RUN.finditer(text.text):
        parts.append(text.text[at : run.start()])
        places.extend(range(at, run.start()))
        if run.start() == 0 or text.text[run.start() - 1] != "\n":
            parts.append(" ")
            places.append(run.start())
        at = run.end()
    parts.append(text.text[at:])
    places.extend(range(at, len(text.text)))
    return replace(text, text="".join(parts)), places


def led_back(claim: Claim, text: Text, places: Sequence[int]) -> Claim:
    """A claim of a collapsed text with its places, and the words of its dates, in the text as it was."""
    return claim._replace(
        evidence=tuple(_place(span, places) for span in claim.evidence),
        dates=tuple(_date(date, text, places) for date in claim.dates),
    )


def _place(span: Span, places: Sequence[int]) -> Span:
    return Span(places[span.start], places[span.end - 1] + 1)


def _date(date: ClaimDate, text: Text, places: Sequence[int]) -> ClaimDate:
    span = _place(date.span, places)
    return date._replace(span=span, text=text.text[span.start : span.end])
