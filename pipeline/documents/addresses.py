"""The addresses that a document leads to: the links of a page, the items of a feed, the addresses in a list as JSON."""

import json
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml import etree

from pipeline.documents import Document

_LINKS = ("link", "guid", "id")
"""Elements of feeds whose text is an address; in Atom it stands in the attribute href."""


def links(document: Document) -> Iterator[str]:
    """Every web address that a document leads to, absolute and without its fragment, in the order of the document."""
    readers = {"text/html": _of_page, "application/json": _of_json}
    for words in readers.get(document.media_type, _of_feed)(document.read()):
        try:
            address = urljoin(document.url, words.strip()).partition("#")[0]
            is_web = urlsplit(address).scheme in ("http", "https")
        except ValueError:
            continue
        if is_web:
            yield address


def _of_page(content: bytes) -> list[str]:
    if not content.strip():
        return []
    page = lxml.html.document_fromstring(content, parser=lxml.html.HTMLParser(no_network=True))
    return [href for anchor in page.iter("a") if (href := anchor.get("href"))]


def _of_feed(content: bytes) -> list[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(content, parser)
    elements = [] if root is None else list(root.iter(*(f"{{*}}{name}" for name in _LINKS)))
    return [words for each in elements for words in (each.get("href"), each.text) if words and words.strip().startswith("http")]


def _of_json(content: bytes) -> list[str]:
    found: list[str] = []
    waiting = [json.loads(content)]
    while waiting:
        thing = waiting.pop(0)
        if isinstance(thing, str) and thing.startswith("http"):
            found.append(thing)
        waiting += thing if isinstance(thing, list) else list(thing.values()) if isinstance(thing, dict) else []
    return found
