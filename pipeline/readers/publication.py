"""When a text was published, and what says so: metadata, byline, address or dateline; never the day on which it was fetched.

A day counts only where it belongs to the text: the year of a copyright notice, the day of a "last updated" or of another
article on the page is none. No day is an answer.
"""

import datetime as dt
import re
from typing import Literal, NamedTuple, Self
from urllib.parse import urlsplit

from pipeline.dates import UnreadableDate, english, japanese
from pipeline.documents import Document

Told = Literal["feed", "metadata", "byline", "url", "dateline", "inside", "unknown"]

_EARLIEST = dt.date(1900, 1, 1)
_IN_ADDRESS = re.compile(
    r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>0[1-9]|1[0-2])[/-](?P<day>0[1-9]|[12]\d|3[01])(?=[/._-]|$)"
    r"|(?<!\d)(?P<year2>(?:19|20)\d\d)(?P<month2>0[1-9]|1[0-2])(?P<day2>0[1-9]|[12]\d|3[01])(?!\d)"
)
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
_WRITTEN_DAY = rf"(?:(?:{_MONTHS})\.?\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{_MONTHS})\.?,?\s+\d{{4}})"
_JAPANESE_DAY = r"(?:令和|平成)(?:元|\d{1,2})年\d{1,2}月\d{1,2}日|\d{4}年\d{1,2}月\d{1,2}日"
_BYLINE = re.compile(
    rf"^\s*(?:(?:published|posted|issued|released|date|first published|release date)\s*(?:on|:|at)?\s*)?"
    rf"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?P<day>{_WRITTEN_DAY}|{_JAPANESE_DAY})\b(?!\s*[-–—:]\s*\w)"
    rf"[\s,|·•.]*(?:\d{{1,2}}[:.]\d\d\s*(?:[ap]\.?m\.?)?\s*\w{{0,4}})?\s*$",
    re.IGNORECASE,
)
_BYLINE_AFTER_NAME = re.compile(rf"^\s*(?:by\s.{{1,80}}?|.{{1,60}}?\s[|·•])\s*(?P<day>{_WRITTEN_DAY})\s*$", re.IGNORECASE)
_DATELINE = re.compile(
    rf"^\s*(?P<place>[A-Z][\w.'’ -]{{1,40}}(?:,\s*[A-Z][\w.'’ -]{{1,30}})?)\s*(?:[,(–—-]|\s)\s*(?P<day>{_WRITTEN_DAY})\s*\)?"
    rf"\s*(?:[–—:-]|\.\s)"
)
_NOT_PUBLISHED = re.compile(r"copyright|©|\(c\)|all rights reserved|updated|modified|reviewed", re.IGNORECASE)
_HEAD_LINES = 12
"""A byline stands above the text."""


class PublishedOn(NamedTuple):
    """A day of publication and what said so."""

    day: dt.date | None
    source: Told

    @classmethod
    def believed(cls, day: dt.date, source: Told, document: Document) -> Self:
        """The day, unless nothing can have been published on it: before 1900, or later than the copy was made."""
        # The copy's day may be counted in another zone than the publisher's.
        is_possible = _EARLIEST <= day <= document.recorded_date + dt.timedelta(days=1)
        return cls(day, source) if is_possible else cls(None, "unknown")


def published_on(url: str | None, text: str, document: Document) -> PublishedOn:
    """The day that the byline, the address or the dateline tells, in this order; none where none does."""
    told: tuple[tuple[Told, dt.date | None], ...] = (
        ("byline", byline_day(text)), ("url", address_day(url)), ("dateline", dateline_day(text))
    )  # fmt: skip
    for name, day in told:
        if day:
            found = PublishedOn.believed(day, name, document)
            if found.day:
                return found
    return PublishedOn(None, "unknown")


def byline_day(text: str) -> dt.date | None:
    """The day of a line of its own near the head of a text: `March 29, 2022`, `Published: 29 March 2022 10:15`."""
    for line in text.splitlines()[:_HEAD_LINES]:
        found = _BYLINE.match(line) or _BYLINE_AFTER_NAME.match(line)
        if found and not _NOT_PUBLISHED.search(line):
            return _read(found["day"])
    return None


def dateline_day(text: str) -> dt.date | None:
    """The day with which the first paragraphs of an agency's text begin: `TOKYO, March 29, 2022 —`."""
    for line in text.splitlines()[:_HEAD_LINES]:
        found = _DATELINE.match(line)
        if found:
            return _read(found["day"])
    return None


def address_day(url: str | None) -> dt.date | None:
    """The day in an address: `/2022/03/29/`, `/20220329_33`."""
    found = _IN_ADDRESS.search(urlsplit(url or "").path)
    if not found:
        return None
    parts = [found[name] or found[f"{name}2"] for name in ("year", "month", "day")]
    try:
        return dt.date(*(int(part) for part in parts))
    except ValueError:
        return None


def _read(words: str) -> dt.date | None:
    try:
        period = japanese(words) if "年" in words else english(words)
    except (UnreadableDate, ValueError):
        return None
    return period.earliest if period.precision == "day" else None
