"""A file or a page that somebody hands over becomes texts with their title and day: HTML, plain text, JSON or JSON lines."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from pipeline.claims import lines
from pipeline.readers.articles import article_of, decoded
from pipeline.readers.html_text import bcp47, tidied
from pipeline.readers.publication import believed, days_of
from pipeline.records import Item

_HTML = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype html|html|head|body|article|main|div|p|h1)\b", re.I | re.DOTALL
)

_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\]])")
"""How objects and lists of them begin; a text may begin with brackets of its own ("[AP] Canada …")."""


class UnreadableText(ValueError):
    """Bytes that hold no text that a person could read; the message says what was looked for."""


def texts_of(
    content: bytes, *, url: str | None = None, media_type: str = "", time_zone: str = "UTC", read_on: dt.date | None = None
) -> list[Item]:
    """The texts in what was handed over, in their order: one for a page or a plain text, one a line for JSON lines.

    A document as JSON has a `text`, and may have `id`, `title`, `url`, `published_date`, `publisher_issuer_code` and
    `language`. A day of publication is looked for in a page or plain text, in the publisher's `time_zone`; nothing later
    than `read_on` is believed. Raises UnreadableText where there is no text.
    """
    words = decoded(content)
    if "\x00" in words:
        raise UnreadableText("expected HTML, plain text or JSON; came binary data")
    if "json" in media_type or (not media_type.startswith("text/html") and _JSON.match(words)):
        found = [_of_json(row, number) for number, row in enumerate(_json_documents(words), start=1)]
    elif "html" in media_type or _HTML.match(words):
        found = [_of_page(content, url, time_zone, read_on)]
    else:
        found = [_of_plain(words, url, read_on)]
    if not found or not all(item.text.strip() for item in found):
        raise UnreadableText("expected a text; came nothing that a person could read")
    return found


def _of_page(content: bytes, url: str | None, time_zone: str, read_on: dt.date | None) -> Item:
    article = article_of(content, url=url, time_zone=time_zone, read_on=read_on)
    return Item(
        key=url or "/", text=article.text, locator="/", published_source=article.published.source,
        published=article.published.day, title=article.title, url=article.url, language=article.language,
    )  # fmt: skip


def _of_plain(words: str, url: str | None, read_on: dt.date | None) -> Item:
    found = believed(days_of(words, url), read_on)
    return Item(key=url or "/", text=words, locator="/", published_source=found.source, published=found.day, url=url)


def _json_documents(words: str) -> Iterator[Any]:
    try:
        whole = lines.loaded(words)
    except lines.LineError:
        whole = [_line(number, line) for number, line in enumerate(words.split("\n"), start=1) if line.strip()]
    yield from whole if isinstance(whole, list) else [whole]


def _line(number: int, words: str) -> Any:
    try:
        return lines.loaded(words)
    except lines.LineError as error:
        raise UnreadableText(f"line {number}: {error}") from error


def _of_json(row: Any, number: int) -> Item:
    try:
        facts = lines.facts(row)
        published = lines.day(facts.get("published_date"))
    except lines.LineError as error:
        raise UnreadableText(f"document {number}: {error}") from error
    return Item(
        key=facts.get("id") or str(number), text=facts["text"], locator=f"/documents[{number}]",
        published_source="feed" if published else "unknown", published=published,
        title=tidied(facts.get("title", "")) or None, url=facts.get("url"), language=bcp47(facts.get("language")),
        publisher_issuer_code=facts.get("publisher_issuer_code") or None,
    )  # fmt: skip
