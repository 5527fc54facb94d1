"""A collection of press releases and news items: one a line as JSON, each with its publisher, day and licence."""

import json
import re
from collections.abc import Iterator
from typing import Any

from pipeline.documents import Document

Release = dict[str, Any]
"""The fields of a release, texts where they are known."""

_FIELDS = {"id", "licence", "published_date", "publisher_issuer_code", "publisher_name", "text", "title", "url"}
_ESCAPED = re.compile(r"\\(?:u(?!00[01]|D[89A-F])([0-9A-F]{4})|x([2-9A-F][0-9A-F])| +)")
"""What the collector left of the notation (YAML) of some titles: characters by number, and marks of lines that go on."""


class UnknownFields(ValueError):
    """A line with other fields than the known ones."""


def releases(document: Document) -> Iterator[Release]:
    """Each release, with its fields as they stand, but for escapes in titles; raises UnknownFields for a line with others."""
    with document.open() as lines:
        for number, line in enumerate(lines, start=1):
            facts: Release = json.loads(line)
            if set(facts) != _FIELDS:
                raise UnknownFields(f"line {number}: expected the fields {sorted(_FIELDS)}; came {sorted(facts)}")
            yield facts | {"title": _ESCAPED.sub(_meant, facts["title"] or "")}


def _meant(escape: re.Match[str]) -> str:
    number = escape[1] or escape[2]
    return chr(int(number, 16)) if number else ""
