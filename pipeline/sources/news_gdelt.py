"""Articles that the GDELT Project found: titles and addresses, as its search answers in mode `artlist`."""

import json
from collections.abc import Iterator
from typing import Any

from pipeline.documents import Document
from pipeline.readers.html_text import tidied
from pipeline.readers.publication import address_day, believed
from pipeline.records import Item, Record, Reject
from pipeline.sources import Source

_FIELDS = {"url", "url_mobile", "title", "seendate", "socialimage", "domain", "language", "sourcecountry"}


class UnknownAnswer(ValueError):
    """An answer of the search that is no list of articles as it is known."""


def parse(document: Document, source: Source) -> Iterator[Record]:
    """The title of each article; raises UnknownAnswer for a field that is not known."""
    for article in json.loads(document.read())["articles"]:
        if not set(article) <= _FIELDS or "url" not in article:
            raise UnknownAnswer(f"expected an url and others of the fields {sorted(_FIELDS)}; came {sorted(article)}")
        yield _item(article, document, source)


def _item(article: dict[str, Any], document: Document, source: Source) -> Record:
    url, title = article["url"], tidied(article.get("title") or "")
    locator = f"/articles[url='{url}']"
    if not title:
        raw = json.dumps(article, ensure_ascii=False)
        return Reject(locator, "documents", "missing_value", "expected an article with a title", raw)
    language = article.get("language") or "English"
    if language not in source.facts["languages"]:
        text = f"expected a language of [languages] in {source.source_id}.toml; came {language}"
        return Reject(locator, "documents", "unknown_label", text, language)
    # When the project saw an article says nothing of the day on which it was published.
    found = believed([("url", address_day(url))], document.recorded_date)
    return Item(
        key=url, text=title, locator=locator, published_source=found.source, published=found.day, title=title, url=url,
        language=source.facts["languages"][language], publisher_name=article.get("domain"),
    )  # fmt: skip
