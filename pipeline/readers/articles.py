"""Pages with one article: its text without what surrounds it, its title, its address and its day.

Trafilatura tells the article from the menus and footers. The day is found by our own rules, so that it can be said what told
it. The facts of a source may hold a table `[page]` with XPaths for a press room whose pages are known: `text`, `title`,
`date` (the element whose text is the day), and `is_day_first` for days in figures.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import lxml.html
from lxml import etree

from pipeline.documents import Document
from pipeline.readers.html_text import bcp47, text_of_element, tidied
from pipeline.readers.page_days import PageOf, days_of_page
from pipeline.readers.publication import PublishedOn, believed, days_of
from pipeline.records import Item, Record, Reject

if TYPE_CHECKING:  # a source imports its reader
    from pipeline.sources import Source

_SHORTEST = 25
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE)


class Article(NamedTuple):
    """An article as a reader of its page finds it."""

    text: str
    title: str | None
    published: PublishedOn
    url: str | None
    """The address that the page gives itself, else the one that it was read from."""
    language: str | None


def parse(document: Document, source: Source) -> Iterator[Record]:
    """The article of a page; a page without one is a reject."""
    article = article_of(
        document.read(), url=document.url, time_zone=source.time_zone, read_on=document.recorded_date,
        facts=source.facts.get("page", {}),
    )  # fmt: skip
    if not article.text:
        yield Reject(
            "/", "documents", "missing_value", "expected a page with an article", tidied(article.title or document.url)
        )
        return
    yield Item(
        key=document.url, text=article.text, locator="/", published_source=article.published.source,
        published=article.published.day, title=article.title, url=document.url, language=article.language,
        publisher_issuer_code=source.issuer_code if source.kind == "press" else None,
    )  # fmt: skip


def article_of(
    content: bytes, *, url: str | None, time_zone: str, read_on: dt.date | None, facts: Mapping[str, Any] | None = None
) -> Article:
    """The article of a page; its text is empty where there is none. Nothing published after `read_on` is believed."""
    facts = facts or {}
    page = _page(content)
    title = _title(page, facts)
    text = _text(page, facts)
    address = next((href for href in page.xpath("//link[@rel='canonical']/@href") if href.startswith("http")), url)
    language = page.get("lang") or page.get("{http://www.w3.org/XML/1998/namespace}lang")
    told = days_of_page(PageOf(page, title, address, time_zone), facts)
    published = believed([*told, *days_of(text, url)], read_on)
    return Article(text, title, published, address, bcp47(language))


def decoded(content: bytes) -> str:
    """The text of a page in the encoding that it declares, else in UTF-8, else in that of western Windows."""
    declared = _CHARSET.search(content[:4_096])
    names = [declared[1].decode("ascii")] if declared else []
    for name in ["utf-8-sig", *names, "cp1252"] if content.startswith(b"\xef\xbb\xbf") else [*names, "utf-8", "cp1252"]:
        try:
            return content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("utf-8", "replace")


def _page(content: bytes) -> lxml.html.HtmlElement:
    words = re.sub(r"^\s*<\?xml[^>]*\?>", "", decoded(content))
    words = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", " ", words)
    parser = lxml.html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        return lxml.html.document_fromstring(words, parser=parser)
    except etree.ParserError:  # a page without a single element
        return lxml.html.document_fromstring("<html><body></body></html>")


def _title(page: lxml.html.HtmlElement, facts: Mapping[str, Any]) -> str | None:
    paths = [facts["title"]] if "title" in facts else []
    paths += ["//main//h1", "//article//h1", "//h1", "//meta[@property='og:title']/@content", "//head/title"]
    for path in paths:
        for found in page.xpath(path):
            words = " ".join((found if isinstance(found, str) else text_of_element(found)).split())
            if words:
                return words
    return None


def _text(page: lxml.html.HtmlElement, facts: Mapping[str, Any]) -> str:
    if "text" in facts:
        return "\n\n".join(text for found in page.xpath(facts["text"]) if (text := text_of_element(found)))
    import trafilatura  # noqa: PLC0415 — a third of a second, which only pages are worth

    # The library takes what it does not want out of the tree.
    copy = lxml.html.document_fromstring(lxml.html.tostring(page, encoding="unicode"))
    found: Any = trafilatura.bare_extraction(copy, include_comments=False, include_tables=True, with_metadata=False)
    text = "\n\n".join(tidied(found.text or "").split("\n")) if found else ""  # each line of it is a block
    if len(text) >= _SHORTEST:
        return text
    held = page.xpath("//article") or page.xpath("//main")
    return "\n\n".join(part for element in held if (part := text_of_element(element)))
