"""Pages with one article: its text without what surrounds it, its title, its address and its day.

Trafilatura tells the article from the menus and footers. The day is found by our own rules, so that it can be said what told
it. The facts of a source may hold a table `[page]` with XPaths for a press room whose pages are known: `text`, `title`,
`date` (the element whose text is the day), and `is_day_first` for days in figures.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import lxml.html
from lxml import etree

from pipeline.dates import UnreadableDate, english, japanese
from pipeline.documents import Document
from pipeline.readers.html_text import bcp47, text_of_element, tidied
from pipeline.readers.publication import Day, PublishedOn, believed, byline_day, days_of, instant
from pipeline.records import Item, Record, Reject

if TYPE_CHECKING:  # a source imports its reader
    from pipeline.sources import Source

_ARTICLE_TYPES = ("newsarticle", "reportagenewsarticle", "pressrelease", "article", "report", "blogposting", "webpage")
"""Types of schema.org that bear `datePublished`, the surest first."""
_PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "article:published", "datepublished", "dcterms.issued",
    "dc.date.issued", "dcterms.created", "dc.date.created", "govuk:first-published-at", "publication_date", "publish_date",
    "publish-date", "pubdate", "parsely-pub-date", "sailthru.date", "citation_publication_date", "release_date", "dc.date",
    "dcterms.date", "date",
)  # fmt: skip
"""Names under which pages say in their head when they were published, the surest first; none that tells a change."""
_AROUND = frozenset({"header", "nav", "footer", "aside"})
_HEADINGS = 12
"""Lines after the title among which a byline stands."""
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
    published = believed([*_told(page, title, time_zone, facts), *days_of(text, url)], read_on)
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


# The day


def _told(page: lxml.html.HtmlElement, title: str | None, time_zone: str, facts: Mapping[str, Any]) -> list[Day]:
    """What the page says beside the text: a known element, then metadata, then a byline."""
    known: list[Day] = [("byline", day) for day in _known_days(page, facts)]
    metadata: list[Day] = [("metadata", day) for day in _metadata_days(page, time_zone)]
    return [*known, *metadata, ("byline", _byline_of_page(page, title))]


def _known_days(page: lxml.html.HtmlElement, facts: Mapping[str, Any]) -> Iterator[dt.date]:
    for found in page.xpath(facts["date"]) if "date" in facts else ():
        words = " ".join((found if isinstance(found, str) else text_of_element(found)).split())
        try:
            period = japanese(words) if "年" in words else english(words, is_day_first=facts.get("is_day_first"))
        except UnreadableDate:
            continue
        if period.precision == "day" and period.earliest:
            yield period.earliest


def _metadata_days(page: lxml.html.HtmlElement, time_zone: str) -> Iterator[dt.date]:
    words = [*_linked_data(page), *_meta(page), *_times(page)]
    for each in words:
        try:
            yield instant(each.strip(), time_zone)
        except ValueError:
            continue


def _linked_data(page: lxml.html.HtmlElement) -> list[str]:
    """What JSON-LD says of the article, by type; an article that is only listed on the page does not count."""
    found: list[tuple[int, str]] = []
    for script in page.xpath("//script[@type='application/ld+json']"):
        try:
            waiting = [json.loads(script.text or "")]
        except (ValueError, RecursionError):
            continue
        while waiting:
            thing = waiting.pop(0)
            if isinstance(thing, list):
                waiting += thing
            elif isinstance(thing, dict):
                waiting += [thing["@graph"]] if "@graph" in thing else []
                rank = _rank(thing.get("@type"))
                if rank is not None and isinstance(thing.get("datePublished"), str):
                    found.append((rank, thing["datePublished"]))
    return [words for _, words in sorted(found, key=lambda each: each[0])]


def _rank(kind: object) -> int | None:
    names = [str(name).lower() for name in (kind if isinstance(kind, list) else [kind])]
    return min((_ARTICLE_TYPES.index(name) for name in names if name in _ARTICLE_TYPES), default=None)


def _meta(page: lxml.html.HtmlElement) -> list[str]:
    found: list[tuple[int, str]] = []
    for meta in page.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name in _PUBLISHED_META and meta.get("content"):
            found.append((_PUBLISHED_META.index(name), meta.get("content")))
    return [words for _, words in sorted(found, key=lambda each: each[0])]


def _times(page: lxml.html.HtmlElement) -> list[str]:
    """The <time> that says it is the day of publication; else the only day among those beside the article."""
    told: list[str] = []
    others: list[str] = []
    for time in page.iter("time"):
        words = time.get("datetime") or ""
        said = f"{time.get('class', '')} {time.get('itemprop', '')}".lower()
        if not words or re.search(r"updat|modif", said):
            continue
        if time.get("pubdate") is not None or re.search(r"publi|entry-date|datepublished", said):
            told.append(words)
        elif not any(holder.tag in _AROUND - {"header"} for holder in time.iterancestors()):
            others.append(words)
    return told or (others if len({words[:10] for words in others}) == 1 else [])


def _byline_of_page(page: lxml.html.HtmlElement, title: str | None) -> dt.date | None:
    """A day on a line of its own just below the heading, which extractors take for no part of the text."""
    body = page.find("body")
    lines = [line for line in text_of_element(body).splitlines() if line] if body is not None else []
    if title not in lines:
        return None
    heading = len(lines) - 1 - lines[::-1].index(title)
    first = lines.index(title)
    near = [lines[at + 1 : at + 1 + _HEADINGS] for at in (first, heading)]
    return next((day for part in near if (day := byline_day("\n".join(part)))), None)
