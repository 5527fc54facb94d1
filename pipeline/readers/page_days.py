"""The day that a page says its article was published on: a known element, metadata, or a byline below the heading.

Pages bear the days of other articles too: of related ones, of comments, of events. A day counts where the page says that it is
that of the article: in its head, in linked data of the article, or in an element at the head of the article, under no heading
but the article's own.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import lxml.html

from pipeline.dates import UnreadableDate, english, japanese
from pipeline.readers.html_text import text_of_element
from pipeline.readers.publication import LONGEST_LABEL, Day, byline_day, day_told, is_of_another_day, is_paragraph

_ARTICLE_TYPES = ("newsarticle", "reportagenewsarticle", "pressrelease", "article", "report", "blogposting", "webpage")
"""Types of schema.org that bear `datePublished`, the surest first."""
_PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "article:published", "datepublished", "dcterms.issued",
    "dc.date.issued", "dcterms.created", "dc.date.created", "govuk:first-published-at", "publication_date", "publish_date",
    "publish-date", "pubdate", "parsely-pub-date", "sailthru.date", "citation_publication_date", "release_date", "dc.date",
    "dcterms.date", "date",
)  # fmt: skip
"""Names under which pages say in their head when they were published, the surest first; none that tells a change."""
_AROUND = frozenset({"nav", "footer", "aside"})
_HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HEADINGS = 12
"""Lines after the title among which a byline stands."""
_MARKS_AROUND_DATA = re.compile(r"^\s*(?://|/\*)?\s*<!\[CDATA\[(?:\s*\*/)?|(?://|/\*)?\s*\]\]>\s*(?:\*/)?\s*$")
_SAYS_CHANGED = re.compile(r"updat|modif", re.IGNORECASE)
_SAYS_PUBLISHED = re.compile(r"publi|entry-date", re.IGNORECASE)


class PageOf(NamedTuple):
    """A page, and what tells its article from the others that it names."""

    tree: lxml.html.HtmlElement
    title: str | None
    url: str | None
    time_zone: str


def days_of_page(page: PageOf, facts: Mapping[str, Any]) -> list[Day]:
    """What the page says beside the text: a known element, then metadata, then a byline."""
    known: list[Day] = [("byline", day) for day in _known_days(page.tree, facts)]
    metadata: list[Day] = [("metadata", day_told(words, page.time_zone)) for words in _metadata(page)]
    return [*known, *metadata, ("byline", _byline(page))]


def _known_days(tree: lxml.html.HtmlElement, facts: Mapping[str, Any]) -> Iterator[dt.date]:
    for found in tree.xpath(facts["date"]) if "date" in facts else ():
        words = _words(found)
        try:
            period = japanese(words) if "年" in words else english(words, is_day_first=facts.get("is_day_first"))
        except UnreadableDate:
            continue
        if period.precision == "day" and period.earliest:
            yield period.earliest


def _metadata(page: PageOf) -> Iterator[str]:
    yield from _linked_data(page)
    yield from _meta(page.tree)
    head = _head_of_article(page)
    yield from _microdata(page, frozenset(head))
    yield from _times(head)


# Linked data


def _linked_data(page: PageOf) -> list[str]:
    """What JSON-LD says of the article, by type; of several of one type, only the one that names this page."""
    things = sorted(_things(page.tree), key=lambda each: each[0])
    best = [thing for rank, thing in things if rank == things[0][0]]
    if len({thing["datePublished"][:10] for thing in best}) > 1:
        best = [thing for thing in best if _is_this_page(thing, page)]
    return [thing["datePublished"] for thing in best]


def _things(tree: lxml.html.HtmlElement) -> Iterator[tuple[int, dict[str, Any]]]:
    """The articles that stand by themselves in JSON-LD with their rank; one that is only listed by another does not count."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            waiting = [json.loads(_MARKS_AROUND_DATA.sub("", script.text or ""), strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            thing = waiting.pop(0)
            if isinstance(thing, list):
                waiting += thing
            elif isinstance(thing, dict):
                waiting += [thing[name] for name in ("@graph", "mainEntity") if name in thing]
                rank = _rank(thing.get("@type"))
                if rank is not None and isinstance(thing.get("datePublished"), str):
                    yield rank, thing


def _rank(kind: object) -> int | None:
    names = [str(name).lower().rpartition("/")[2] for name in (kind if isinstance(kind, list) else [kind])]
    return min((_ARTICLE_TYPES.index(name) for name in names if name in _ARTICLE_TYPES), default=None)


def _is_this_page(thing: Mapping[str, Any], page: PageOf) -> bool:
    names = (thing.get("headline"), thing.get("name"))
    of_page = thing.get("mainEntityOfPage")
    places = (thing.get("url"), thing.get("@id"), of_page.get("@id") if isinstance(of_page, dict) else of_page)
    return (page.title is not None and page.title in names) or (page.url is not None and page.url in places)


def _meta(tree: lxml.html.HtmlElement) -> list[str]:
    found: list[tuple[int, str]] = []
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").lower()
        if name in _PUBLISHED_META and meta.get("content"):
            found.append((_PUBLISHED_META.index(name), meta.get("content")))
    return [words for _, words in sorted(found, key=lambda each: each[0])]


# Elements of the article


def _head_of_article(page: PageOf) -> list[lxml.html.HtmlElement]:
    """The elements around the heading: above it and, after it, before the second paragraph and before any other heading.

    A heading beside that of the article, as a standfirst often is, belongs to it.
    """
    body, found = page.tree.find("body"), list[lxml.html.HtmlElement]()
    heading, is_own, paragraphs, beside = None, True, 0, set[lxml.html.HtmlElement]()
    for element in body.iter("*") if body is not None else ():
        if element.tag in _HEADING_TAGS:
            is_title = heading is None and _words(element) == page.title
            heading = element if is_title else heading
            is_own = is_title or (heading is not None and element.getparent() is heading.getparent())
            paragraphs = 0 if is_title else paragraphs
        paragraphs += element.tag == "p" and is_paragraph(_words(element))
        if element.getparent() in beside or _is_beside(element):
            beside.add(element)
        elif is_own and paragraphs <= 1:
            found.append(element)
    return found


def _is_beside(element: lxml.html.HtmlElement) -> bool:
    """Whether it is a menu, a margin, or an item of a list of links to other articles."""
    return element.tag in _AROUND or (element.tag == "li" and element.find(".//a[@href]") is not None)


def _microdata(page: PageOf, head: frozenset[lxml.html.HtmlElement]) -> Iterator[str]:
    """What the microdata of the article say: of its own scope or, without one, at its head or in that of the page."""
    headings = (each for each in page.tree.iter(*_HEADING_TAGS) if _words(each) == page.title)
    around = {holder for heading in headings for holder in heading.iterancestors()}
    for element in page.tree.xpath("//*[@itemprop]"):
        if "datepublished" not in element.get("itemprop").lower().split():
            continue
        scope = next((each for each in element.iterancestors() if each.get("itemscope") is not None), None)
        if scope is None:
            is_own = element in head or next(element.iterancestors("head"), None) is not None
        else:
            is_own = scope in around and _rank(scope.get("itemtype")) is not None
        if is_own:
            yield element.get("content") or element.get("datetime") or _words(element)


def _times(head: list[lxml.html.HtmlElement]) -> list[str]:
    """The <time> that says it is the day of publication; else the only day among the others."""
    told: list[str] = []
    others: list[str] = []
    for time in head:
        words = time.tag == "time" and (time.get("datetime") or _words(time))
        said = f"{time.get('class', '')} {time.get('itemprop', '')}"
        label = _label(time) if words else ""
        if not words or _SAYS_CHANGED.search(said) or is_of_another_day(label):
            continue
        is_told = time.get("pubdate") is not None or _SAYS_PUBLISHED.search(f"{said} {label}")
        (told if is_told else others).append(words)
    return told or (others if len({words[:10] for words in others}) == 1 else [])


def _label(time: lxml.html.HtmlElement) -> str:
    """The last words before it in the element that holds it, since the <time> before it."""
    words: list[str] = []
    for before in time.itersiblings(preceding=True):
        words.append(before.tail or "")
        if before.tag == "time":
            break
        words.append(text_of_element(before))
    else:
        words.append(time.getparent().text or "")
    return " ".join(" ".join(reversed(words)).split()[-LONGEST_LABEL:])


def _byline(page: PageOf) -> dt.date | None:
    """A day on a line of its own just below the heading, which extractors take for no part of the text."""
    body = page.tree.find("body")
    lines = [line for line in text_of_element(body).splitlines() if line] if body is not None else []
    if page.title not in lines:
        return None
    heading = len(lines) - 1 - lines[::-1].index(page.title)
    first = lines.index(page.title)
    near = [lines[at + 1 : at + 1 + _HEADINGS] for at in (first, heading)]
    return next((day for part in near if (day := byline_day("\n".join(part)))), None)


def _words(found: lxml.html.HtmlElement | str) -> str:
    return " ".join((found if isinstance(found, str) else text_of_element(found)).split())
