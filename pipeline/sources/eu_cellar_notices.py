"""The notices of the Publications Office (CELLAR, XML): the days of an act of the Union, and the acts that it changes.

A notice tells the acts that changed an act later on, and the end of its force, which its own text cannot know. It names the
articles that were changed by codes of its own: what is done to an article is told by the text of the act (eu_cellar).
"""

import datetime as dt
import re
from collections.abc import Iterator

from lxml import etree

from pipeline.documents import Document
from pipeline.readers import celex
from pipeline.readers.xml import UnknownContent, elements, local_name
from pipeline.records import Instrument, InstrumentLink, Record, Reject
from pipeline.sources import Source

_ADDRESS = "http://publications.europa.eu/resource/celex/{}"
_CELEX = re.compile(r"3\d{4}[RDE]\d{4}")
_RELATION = re.compile(r"RESOURCE_LEGAL_.*_RESOURCE_LEGAL")
# No end is known: what the Publications Office writes for an act that is in force without a term; and for a day to be fixed.
_NO_DAY = ("9999-12-31", "1001-01-01")
_DAY = re.compile(r"\d{4}[-/]\d\d[-/]\d\d")
_ENTRY_INTO_FORCE = re.compile(r"\{EV\|")


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield the act with its days, then every link to another act that stands in its notice.

    Raises UnknownContent for a notice of another act than its address. A relation that is not in the .toml is a reject.
    """
    with document.open() as stream:
        root = next(elements(stream, "NOTICE"), None)
        work = root.find("WORK") if root is not None else None
        if root is None or work is None:
            raise UnknownContent(f"{document.url} holds no <NOTICE> with a <WORK>")
        number = _number(work, document)
        yield from _act(root, work, number)
        yield from _links(work, number, source)


def _number(work: etree._Element, document: Document) -> str:
    number, named = _celex_of(work), celex.of_address(document.url)
    if number is None or named not in (None, number):
        raise UnknownContent(f"{document.url} is a notice of {number}, the address names {named}")
    return number


def _celex_of(holder: etree._Element) -> str | None:
    """The CELEX number among the names of a work; None where it bears none, as dossiers and consolidated texts do."""
    for uri in holder.iterfind("SAMEAS/URI"):
        if uri.findtext("TYPE") == "celex" and _CELEX.fullmatch(uri.findtext("IDENTIFIER") or ""):
            return uri.findtext("IDENTIFIER")
    return None


def _act(root: etree._Element, work: etree._Element, number: str) -> Iterator[Record]:
    days: dict[str, dt.date | None] = {}
    for name, tag in (
        ("signed", "WORK_DATE_DOCUMENT"), ("effective", "RESOURCE_LEGAL_DATE_ENTRY-INTO-FORCE"),
        ("ends", "RESOURCE_LEGAL_DATE_END-OF-VALIDITY"),
    ):  # fmt: skip
        found = [each for each in work.iterfind(tag) if name != "effective" or _is_entry_into_force(each)]
        words = {each.findtext("VALUE") or "" for each in found} - set(_NO_DAY)
        try:
            days[name] = min((_day(each) for each in words), default=None)
        except ValueError as error:
            days[name] = None
            yield Reject(f"//WORK/{tag}", "instruments", "malformed_date", str(error), ", ".join(sorted(words)))
    title = root.findtext("EXPRESSION/EXPRESSION_TITLE[LANG='en']/VALUE")
    yield Instrument(
        number, number[5], " ".join(title.split()) if title else None, _ADDRESS.format(number), "//WORK", number,
        signed=days["signed"], effective=days["effective"], ends=days["ends"],
    )  # fmt: skip


def _is_entry_into_force(element: etree._Element) -> bool:
    """Not the days from which parts of it apply (MA); one without an annotation is the only one."""
    kinds = [each.findtext("TYPE_OF_DATE") or "" for each in element.iterfind("ANNOTATION")]
    return not kinds or any(_ENTRY_INTO_FORCE.match(kind) for kind in kinds)


def _day(words: str) -> dt.date:
    """2022-03-16, or 2022/03/16 in older notices; raises ValueError for other words."""
    if not _DAY.fullmatch(words):
        raise ValueError(f"expected a day like 2022-03-16, found {words!r}")
    return dt.date.fromisoformat(words.replace("/", "-"))


def _links(work: etree._Element, number: str, source: Source) -> Iterator[Record]:
    told = set[tuple[str, str, str]]()
    for element in work:
        name = local_name(element)
        if not _RELATION.fullmatch(name) or name in source.facts["relations"]["other"]:
            continue
        other = _celex_of(element)
        if other is None or (link := _link(name, number, other, source)) in told:
            continue
        told.add(link)
        place = f"//{name}[SAMEAS/URI/IDENTIFIER='{other}']"
        yield Instrument(other, other[5], url=_ADDRESS.format(other), locator=place, quote=other)
        yield InstrumentLink(*link)


def _link(name: str, number: str, other: str, source: Source) -> tuple[str, str, str]:
    return (other, number, name) if name in source.facts["relations"]["inverse"] else (number, other, name)
