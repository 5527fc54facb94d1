"""A collection of press releases and news items: one a line as JSON, each with its publisher, day and licence."""

import json
from collections.abc import Iterator
from typing import Any

from pipeline.documents import Document

Release = dict[str, Any]
"""The fields of a release, texts where they are known."""

_FIELDS = {"id", "licence", "published_date", "publisher_issuer_code", "publisher_name", "text", "title", "url"}


class UnknownFields(ValueError):
    """A line with other fields than the known ones."""


def releases(document: Document) -> Iterator[Release]:
    """Each release, with its fields as they stand; raises UnknownFields for a line with others."""
    with document.open() as lines:
        for number, line in enumerate(lines, start=1):
            facts: Release = json.loads(line)
            if set(facts) != _FIELDS:
                raise UnknownFields(f"line {number}: expected the fields {sorted(_FIELDS)}; came {sorted(facts)}")
            yield facts
