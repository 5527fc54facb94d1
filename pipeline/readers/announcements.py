"""Announcements in prose: a container with one announcement a line, each transcribed as text, its address in the first line.

A passage is found again by the announcement's own address (its file name where it has none) and the offsets in its text:
`/documents[url='https://…']/char:120-168`; its quote is the text there.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.documents import Document

_COLUMNS = {"file", "text"}
_ADDRESS = re.compile(r"https?://\S+")


class UnknownAnnouncement(ValueError):
    """An announcement, or a part of one, that the parser does not know: the message names it and what was looked for."""


class Passage(NamedTuple):
    """Words of an announcement, and where they stand."""

    locator: str
    quote: str
    start: int
    end: int


class Announcement(NamedTuple):
    """One announcement as it was transcribed."""

    file: str
    """The name of the transcription in its container."""
    url: str | None
    """The publisher's own address."""
    text: str
    """The whole text, the line of the address included: offsets count from its first character."""

    def passage(self, start: int, end: int) -> Passage:
        """The words from one offset to another, without the blanks around them."""
        words = self.text[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        place = f"url='{self.url}'" if self.url else f"file='{self.file}'"
        return Passage(f"/documents[{place}]/char:{start}-{end}", self.text[start:end], start, end)

    def found(self, match: re.Match[str], group: str | int = 0) -> Passage:
        """What a pattern found in the whole text."""
        return self.passage(*match.span(group))


def announcements(document: Document) -> Iterator[Announcement]:
    """Each announcement of a container, in its order; raises UnknownAnnouncement for a new column or an address told twice."""
    told: set[str] = set()
    with document.open() as lines:
        for number, line in enumerate(lines, start=1):
            row = json.loads(line)
            if set(row) != _COLUMNS:
                raise UnknownAnnouncement(f"line {number}: expected the columns {sorted(_COLUMNS)}, found {sorted(row)}")
            found = _ADDRESS.match(row["text"])
            announcement = Announcement(row["file"], found[0] if found else None, row["text"])
            place = announcement.url or announcement.file
            if place in told:
                raise UnknownAnnouncement(f"line {number}: {place} stands twice in the container")
            told.add(place)
            yield announcement


class KeyMaker:
    """Composes keys: raw name under NFKC and collapsed blanks, country, announcement, and ordinal among equals."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str, str], int] = {}

    def key(self, name: str, country: str | None, announcement: str) -> str:
        """The key of the next entry of this name in the announcement."""
        plain = " ".join(unicodedata.normalize("NFKC", name).split())
        facts = (plain, country or "", announcement)
        self._seen[facts] = self._seen.get(facts, 0) + 1
        return "|".join((*facts, str(self._seen[facts])))
