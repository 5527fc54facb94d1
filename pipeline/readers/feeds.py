"""Feeds: RSS 2.0 and Atom of any publisher, each item with its text, its address and its day.

The facts of a source may hold a table `[feed]`:

- `days_from`: which elements say when an item was published; by default `pubDate`, `dc:date` and Atom's `published`. A
  feed that has nothing but `updated` names it here, where its publisher does not change old items.
Where the items hold no more than the beginning of the text, a table `[pages]` says which pages behind them are recorded too; a
teaser and its page are two texts at one address.

What stands in a namespace of its own is an extension that a reader may leave aside (RSS 2.0, "Extending RSS"; RFC 4287,
section 6); an element of the format itself that neither standard knows is a reject.
"""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from pipeline.documents import Document
from pipeline.readers.html_text import bcp47, text_of_element, text_of_html, tidied
from pipeline.readers.publication import believed, days_of, instant
from pipeline.readers.xml import UnknownContent, local_name, shown
from pipeline.records import Item, Record, Reject

if TYPE_CHECKING:
    from pipeline.sources import Source

_ATOM = "http://www.w3.org/2005/Atom"
_NAMESPACES = {
    "atom": _ATOM,
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_RSS = frozenset({"title", "link", "description", "author", "category", "comments", "enclosure", "guid", "pubDate", "source"})
"""The elements of an item in RSS 2.0."""
_ATOM_ENTRY = frozenset(
    {
        "author",
        "category",
        "content",
        "contributor",
        "id",
        "link",
        "published",
        "rights",
        "source",
        "summary",
        "title",
        "updated",
    }
)
"""The elements of an entry in RFC 4287."""
_DAYS_FROM = ("pubDate", "dc:date", "atom:published")


class _Entry(NamedTuple):
    """An item of either format."""

    element: etree._Element
    kind: str
    """`item` or `entry`."""
    key_name: str
    """The element that the item is found again by."""
    key: str
    url: str | None
    title: str
    text: str
    language: str | None


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Each item of a feed, in the order of the feed; raises UnknownContent for what is no feed."""
    root = _root(document)
    feed_language = root.findtext("channel/language") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    entries = root.findall("channel/item") or root.findall("atom:entry", _NAMESPACES)
    yield from _unknown_elements(entries)
    for element in entries:
        entry = _rss_item(element) if element.tag == "item" else _atom_entry(element)
        locator = f"//{entry.kind}[{entry.key_name}={_quoted(entry.key)}]"
        if not entry.text:
            yield Reject(locator, "documents", "missing_value", "expected a text or at least a title", shown(element))
            continue
        day = _day(entry, source)
        if isinstance(day, Reject):
            yield day._replace(locator=locator)
        told = None if isinstance(day, Reject) else day
        found = believed([("feed", told), *days_of(entry.text, entry.url)], document.recorded_date)
        yield Item(
            key=entry.key, text=entry.text, locator=locator, published_source=found.source, published=found.day,
            title=entry.title or None, url=entry.url, language=bcp47(entry.language or feed_language),
            publisher_issuer_code=source.issuer_code if source.kind == "press" else None,
        )  # fmt: skip


def _root(document: Document) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, strip_cdata=True
    )
    root = etree.fromstring(document.read(), parser)
    if root.tag not in ("rss", f"{{{_ATOM}}}feed"):
        raise UnknownContent(f"expected an RSS 2.0 or Atom feed; came <{local_name(root)}>: {shown(root, 200)}")
    return root


def _unknown_elements(entries: list[etree._Element]) -> Iterator[Reject]:
    """One reject for each name that the formats do not know, however many items bear it."""
    told: set[str] = set()
    for element in entries:
        known = _RSS if element.tag == "item" else {f"{{{_ATOM}}}{name}" for name in _ATOM_ENTRY}
        own = "" if element.tag == "item" else f"{{{_ATOM}}}"
        for child in element:
            name = str(child.tag)
            is_own = name.startswith(own) if own else not name.startswith("{")
            if is_own and name not in known and name not in told:
                told.add(name)
                text = f"expected an element of the format; came <{local_name(child)}>"
                yield Reject(f"//{local_name(element)}/{local_name(child)}", "documents", "unknown_label", text, shown(child))


def _rss_item(element: etree._Element) -> _Entry:
    guid, link = _plain(element.findtext("guid")), _plain(element.findtext("link"))
    permalink = element.find("guid[@isPermaLink='true']")
    url = link or (guid if permalink is not None or (guid or "").startswith("http") else None)
    key_name, key = ("guid", guid) if guid else ("link", link)
    title = _title(element.findtext("title"))
    body = element.findtext("content:encoded", namespaces=_NAMESPACES) or ""
    text = text_of_html(body) or text_of_html(element.findtext("description") or "") or title
    language = element.findtext("dc:language", namespaces=_NAMESPACES)
    return _Entry(element, "item", key_name if key else "title", key or title, url, title, text, language)


def _atom_entry(element: etree._Element) -> _Entry:
    links = element.findall("atom:link", _NAMESPACES)
    page = next((link for link in links if link.get("rel", "alternate") == "alternate" and link.get("href")), None)
    key = _plain(element.findtext("atom:id", namespaces=_NAMESPACES))
    title = " ".join(_atom_text(element.find("atom:title", _NAMESPACES)).split())
    whole = _atom_text(element.find("atom:content", _NAMESPACES)) or _atom_text(element.find("atom:summary", _NAMESPACES))
    url = page.get("href") if page is not None else None
    language = element.get("{http://www.w3.org/XML/1998/namespace}lang")
    return _Entry(element, "entry", "id", key or url or title, url, title, whole or title, language)


def _atom_text(element: etree._Element | None) -> str:
    """The text of an Atom construct by its `type` (RFC 4287, sections 3.1 and 4.1.3)."""
    if element is None or element.get("src"):
        return ""
    kind = (element.get("type") or "text").lower()
    if kind in ("html", "text/html"):
        return text_of_html(element.text or "")
    return text_of_element(element) if kind in ("xhtml", "application/xhtml+xml") else tidied(element.text or "")


def _day(entry: _Entry, source: Source) -> dt.date | Reject | None:
    """The day that the feed says; a reject where its words are no day, None where it says none."""
    for name in source.facts.get("feed", {}).get("days_from", _DAYS_FROM):
        words = _plain(entry.element.findtext(name, namespaces=_NAMESPACES))
        if not words:
            continue
        try:
            return instant(words, source.time_zone)
        except ValueError:
            return Reject("", "documents", "malformed_date", f"expected an instant in <{name}>", words)
    return None


def _title(words: str | None) -> str:
    """RSS does not say whether a title is text or HTML: tags are taken off and entities read either way."""
    return " ".join(html.unescape(text_of_html(words or "")).split())


def _plain(words: str | None) -> str | None:
    return " ".join((words or "").split()) or None


def _quoted(words: str) -> str:
    """A literal of XPath 1.0, which has no escapes."""
    if "'" not in words:
        return f"'{words}'"
    if '"' not in words:
        return f'"{words}"'
    parts = ', "\'", '.join(f"'{part}'" for part in words.split("'"))
    return f"concat({parts})"
