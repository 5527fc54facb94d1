"""Press rooms: a feed or a list of links at the addresses of the source, and the pages with the articles behind them.

A list of links says nothing that its pages do not say; it only leads there. A plain text is an article without a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.documents import Document
from pipeline.readers import articles, feeds
from pipeline.readers.publication import believed, days_of
from pipeline.records import Item, Record

if TYPE_CHECKING:  # a source imports its reader
    from pipeline.sources import Source


def parse(document: Document, source: Source) -> Iterator[Record]:
    """The texts that a document of a press room holds, by what kind of document it is."""
    if document.media_type == "text/plain":
        yield _plain(document, source)
    elif document.media_type != "text/html":
        yield from feeds.parse(document, source)
    elif source.pages is None or document.url not in source.urls:
        yield from articles.parse(document, source)


def _plain(document: Document, source: Source) -> Item:
    text = document.text("utf-8")  # as it stands, so that offsets count in the document itself
    found = believed(days_of(text, document.url), document.recorded_date)
    return Item(
        key=document.url, text=text, locator="/", published_source=found.source, published=found.day, url=document.url,
        publisher_issuer_code=source.issuer_code if source.kind == "press" else None,
    )  # fmt: skip
