"""When a text was published, and what says so: metadata, byline, address or dateline; never the day on which it was fetched.

A day counts only where it belongs to the text: the year of a copyright notice, the day of a "last updated", of a deadline or of
another article on the page is none. No day is an answer.
"""

import datetime as dt
import email.utils
import re
from collections.abc import Iterable
from typing import Literal, NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pipeline.dates import UnreadableDate, english, japanese

Told = Literal["feed", "metadata", "byline", "url", "dateline", "inside", "unknown"]
Day = tuple[Told, dt.date | None]
"""What told a day, and the day; None where it tells none."""

_EARLIEST = dt.date(1900, 1, 1)
_IN_ADDRESS = tuple(
    re.compile(pattern)
    for pattern in (
        r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>0[1-9]|1[0-2])[/-](?P<day>0[1-9]|[12]\d|3[01])(?=[/._-]|$)",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)",
        r"/(?P<year>(?:19|20)\d\d)/(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])_\d+",  # of Japan's ministries
    )
)
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
_WRITTEN_DAY = rf"(?:(?:{_MONTHS})\.?\s+{_NTH},?\s+\d{{4}}|{_NTH}\s+(?:{_MONTHS})\.?,?\s+\d{{4}})"
_JAPANESE_DAY = r"(?:令和|平成)(?:元|\d{1,2})年\d{1,2}月\d{1,2}日|\d{4}年\d{1,2}月\d{1,2}日"
_YEAR_FIRST = r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
_DOTTED_DAY = r"\d{1,2}\.\d{1,2}\.\d{4}"
_ANY_DAY = rf"(?P<day>{_WRITTEN_DAY}|{_JAPANESE_DAY}|{_YEAR_FIRST}|{_DOTTED_DAY})(?!\d)"
_HALF_OF_DAY, _ZONE = r"\s*[ap]\.?m\b\.?", r"\s*\(?[A-Z]{1,5}(?:[+-]\d{1,4})?\)?"
_TIME = rf"(?:at\s+)?(?:\d{{1,2}}(?:[:.]\d\d){{1,2}}(?:{_HALF_OF_DAY})?|\d{{1,2}}{_HALF_OF_DAY})(?:{_ZONE})?"
_WEEKDAY = r"(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+"
_LABEL = (
    r"(?:first\s+)?(?:published|posted|issued|released)(?:\s+(?:on|at))?|(?:date|release date|publication date|date of "
    r"(?:issue|publication|release))|(?:for immediate release|(?:press|news|media) release|statement)"
)
_BYLINE = re.compile(
    rf"^(?P<label>(?:{_LABEL})\s*[:,|–—-]?\s*)?(?:{_TIME},?\s+)?(?:{_WEEKDAY})?{_ANY_DAY}(?!\s*[-–—:]\s*[^\W\d])"
    rf"[\s,|·•.–—-]*(?:{_TIME})?(?:[\s|·•,;(–—-]*(?:last\s+)?(?:updated|modified)\b.*)?\s*$",
    re.IGNORECASE,
)
_BYLINE_AFTER_NAME = re.compile(
    rf"^(?P<label>by\s(?!\w{{3,6}}day\b).{{1,80}}?\s?[,|·•–—-]|.{{1,60}}?\s[|·•])\s*(?P<day>{_WRITTEN_DAY})\s*$", re.IGNORECASE
)
_OF_ANOTHER_DAY = re.compile(
    r"copyright|©|\(c\)|all rights reserved|updated|modified|reviewed|amended|accessed|retrieved|archived"
    r"|deadline|\bdue\b|\bclos(?:es?d?|ing)\b|\bopens\b|\bend(?:s|ed|ing)?\b|expir|\beffect|\bin force\b"
    r"|\bappl(?:y|ies|ication)|\bheld\b|hearing|\bevents?\b|meeting|\bstart|\bbeg[iau]n|commenc|until|\bvalid\b|\bfrom\b"
    r"|\bsince\b|\b(?:by|on|before|after):?$|\bnext\b|regist|submi|adopted|signed|\bborn\b|\bbirth\b",
    re.IGNORECASE,
)
"""Words before a day that make it that of something else than the publication, unless they name that too."""
_OF_PUBLICATION = re.compile(r"publi[sc]|posted|issued|releas", re.IGNORECASE)
LONGEST_LABEL = 6
"""Words that tell what the day after them is."""
_NO_PLACES = (
    r"The(?!\sHague)|An?|On|In|At|By|Of|Since|Until|From|As|After|Before|Effective|Updated|Revised|Amended|Modified|Deadline|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|This|That|These|Those|Its?"
)
_NAME = r"[A-Z][\w.'’-]*"
_PLACE = (
    rf"(?!(?:{_NO_PLACES})\b){_NAME}(?:\s(?:(?:de|da|do|del|la|le|of|on|upon|am|an|der|sur|al)\s)?{_NAME}){{0,3}}"
    rf"(?:,\s*{_NAME}(?:\s{_NAME}){{0,2}})?"
)
_AGENCY = r"(?:\([A-Z][^()]{1,30}\)|/[A-Z][^/]{1,30}/)"
_DATELINES = (
    re.compile(
        rf"^{_PLACE}(?:\s*[,(–—-]\s*|(?<=[A-Z.])\s+)(?P<day>{_WRITTEN_DAY}|{_DOTTED_DAY})\s*\)?\s*{_AGENCY}?\s*(?:[–—:-]|\.\s)"
    ),
    re.compile(rf"^(?P<day>{_WRITTEN_DAY})\s*[–—-]\s*{_PLACE}\s*[–—-]"),
)
_HEAD_LINES = 12
"""A byline stands above the text."""
_LONGEST_BYLINE = 200
_PARAGRAPH = re.compile(r".{80,}[.!?。][”\"')]?", re.DOTALL)


class PublishedOn(NamedTuple):
    """A day of publication and what said so."""

    day: dt.date | None
    source: Told


def believed(told: Iterable[Day], read_on: dt.date | None) -> PublishedOn:
    """The first day on which something can have been published: not before 1900, and not after it was read."""
    # The day of the copy may be counted in another zone than the publisher's.
    latest = read_on + dt.timedelta(days=1) if read_on else dt.date.max
    possible = (PublishedOn(day, source) for source, day in told if day and _EARLIEST <= day <= latest)
    return next(possible, PublishedOn(None, "unknown"))


def days_of(text: str, url: str | None) -> list[Day]:
    """What the byline, the address and the dateline of a text say, the surest first."""
    return [("byline", byline_day(text)), ("url", address_day(url)), ("dateline", dateline_day(text))]


def instant(words: str, time_zone: str) -> dt.date:
    """The day of an instant of RFC 822 or RFC 3339 in a time zone; raises ValueError.

    An instant that names no zone is told in that of the publisher.
    """
    if re.fullmatch(r"\d{4}-\d\d-\d\d", words):
        return dt.date.fromisoformat(words)
    # A zone that RFC 822 does not know (BST, JST) gives a time without one.
    read = dt.datetime.fromisoformat if words[:4].isdigit() else email.utils.parsedate_to_datetime
    moment, zone = read(words), ZoneInfo(time_zone)
    try:
        return (moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)).date()
    except OverflowError as error:  # the first day of all, which some programs write for none
        raise ValueError(f"{words!r} is no instant of any day in {time_zone}") from error


def day_told(words: str, time_zone: str) -> dt.date | None:
    """The day of an instant, or of a day as people write it (`5 July 2022`); None for other words, `07/05/2022` among them."""
    plain = " ".join(words.split())
    try:
        return instant(plain, time_zone)
    except ValueError:
        found = _BYLINE.match(plain[:_LONGEST_BYLINE])
        return _read(found["day"]) if found else None


def byline_day(text: str) -> dt.date | None:
    """The day of a line of its own near the head of a text: `March 29, 2022`, `Published: 29 March 2022 10:15`."""
    above, paragraphs = "", 0
    for line in filter(None, _head(text)):
        paragraphs += is_paragraph(line)
        if paragraphs > 1:  # one may stand above a byline, to sum the text up
            return None
        found = (_BYLINE.match(line) or _BYLINE_AFTER_NAME.match(line)) if len(line) <= _LONGEST_BYLINE else None
        if found and not is_of_another_day(found["label"] or above):
            return _read(found["day"])
        above = line if len(line.split()) <= LONGEST_LABEL else ""
    return None


def is_paragraph(words: str) -> bool:
    """Whether words are a paragraph of running text, and no heading or byline."""
    return bool(_PARAGRAPH.fullmatch(words))


def is_of_another_day(label: str) -> bool:
    """Whether the words before a day say that it is that of a change, an event, a deadline or a copyright."""
    return bool(_OF_ANOTHER_DAY.search(label)) and not _OF_PUBLICATION.search(label)


def dateline_day(text: str) -> dt.date | None:
    """The day with which the first paragraphs of an agency's text begin: `TOKYO, March 29, 2022 —`, `Bern, 28.02.2022 -`."""
    for line in _head(text):
        found = next((match for pattern in _DATELINES if (match := pattern.match(line[:_LONGEST_BYLINE]))), None)
        if found:
            return _read(found["day"])
    return None


def _head(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n", _HEAD_LINES)[:_HEAD_LINES]]


def address_day(url: str | None) -> dt.date | None:
    """The day in an address: `/2022/03/29/`, `/20220329_33`, `/2022/0329_001`."""
    path = urlsplit(url or "").path
    found = next((match for pattern in _IN_ADDRESS if (match := pattern.search(path))), None)
    try:
        return dt.date(*(int(found[name]) for name in ("year", "month", "day"))) if found else None
    except ValueError:
        return None


def _read(words: str) -> dt.date | None:
    try:
        if re.fullmatch(_YEAR_FIRST, words):
            return dt.date(*map(int, re.split(r"[-/.]", words)))
        # With points between the figures the day stands first, wherever that is written.
        period = japanese(words) if "年" in words else english(words, is_day_first=True)
    except (UnreadableDate, ValueError):
        return None
    return period.earliest if period.precision == "day" else None
