"""A collection of press releases and news items, one a line as JSON, each with its publisher, day and licence.

The encyclopaedia's items are addressed by the title of their page, under which several items stand.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator

from pipeline.documents import Document
from pipeline.readers.collection import releases
from pipeline.readers.html_text import tidied
from pipeline.records import Item, Record, Reject
from pipeline.sources import Source


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Each text of the collection; raises UnknownFields for a line with other fields than the known ones."""
    for release in releases(document):
        yield _record(release, source)


def _record(facts: dict[str, str | None], source: Source) -> Record:
    key, text = facts["id"], facts["text"]
    locator = f"/documents[id='{key}']"
    if not key or not (text or "").strip():
        return Reject(locator, "documents", "missing_value", "expected an id and a text", json.dumps(facts, ensure_ascii=False))
    day = facts["published_date"]
    return Item(
        key=key, text=text or "", locator=locator, published_source="feed" if day else "unknown",
        published=dt.date.fromisoformat(day) if day else None, title=tidied(facts["title"] or "") or None,
        url=_address(facts["url"], source), publisher_name=facts["publisher_name"],
        publisher_issuer_code=facts["publisher_issuer_code"], licence=facts["licence"],
    )  # fmt: skip


def _address(url: str | None, source: Source) -> str | None:
    """The address of a page; that of a page of the encyclopaedia is made of its title."""
    wiki = source.facts["wiki"]
    if url and url.startswith(wiki["namespace"]):
        return str(wiki["address"]) + re.sub(r"\s+", "_", url)
    return url
