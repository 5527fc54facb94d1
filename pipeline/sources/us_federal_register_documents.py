"""The Federal Register by its API: lists of documents as JSON.

A list says of each document when it was printed and takes effect, which parts of the Code of Federal Regulations it changes,
and what it corrects; of an executive order also the day of signature and the disposition notes. The texts that the lists of
executive orders lead to lie among the same documents and are read by `us_federal_register_texts`.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.dates import english
from pipeline.documents import Document
from pipeline.readers import executive_orders
from pipeline.readers.executive_orders import Order, territories_of
from pipeline.records import DatedStep, Instrument, InstrumentLink, Measure, MeasureInstrument, Record, Reject
from pipeline.sources import Source

_DOCUMENT_OF = re.compile(r"/documents/(?P<number>[\w-]+?)(?:\.json)?$")
_CODE_PART = "https://www.ecfr.gov/current/title-{}/part-{}"

Entry = Mapping[str, Any]


class UnknownFields(ValueError):
    """A document with other fields than were asked for, or more documents than one answer can hold."""


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield the documents of a list; raises UnknownFields. A text gives nothing here."""
    if document.media_type == "application/json":
        yield from _list(json.loads(document.read()), source)


def _list(answer: Entry, source: Source) -> Iterator[Record]:
    found: list[Entry] = answer["results"]
    if answer["count"] != len(found):
        raise UnknownFields(f"expected the whole answer, {answer['count']} documents, came {len(found)}: ask in smaller parts")
    for entry in found:
        strange = set(entry) - set(source.facts["fields"]["known"])
        if strange:
            raise UnknownFields(f"{entry.get('document_number')}: {sorted(strange)} is not in [fields] of the .toml")
    orders = [_order(entry) for entry in found if entry.get("executive_order_number") and not entry["correction_of"]]
    yield from executive_orders.records(orders, source)
    numbers = {entry["document_number"]: _number(entry) for entry in found}
    for entry in found:
        if not entry.get("executive_order_number"):
            yield from _document(entry, source)
        yield from _corrected(entry, numbers)


def _place(entry: Entry) -> str:
    return f"/results[document_number='{entry['document_number']}']"


def _number(entry: Entry) -> str:
    """The number by which a document is cited: that of the order, else its place in the Register."""
    order = entry.get("executive_order_number")
    return executive_orders.name(str(order)) if order and not entry["correction_of"] else str(entry["citation"])


def _order(entry: Entry) -> Order:
    place = _place(entry)
    return Order(
        number=str(entry["executive_order_number"]), type_text="Executive Order", title=entry["title"], url=entry["html_url"],
        citation=entry["citation"], signed=entry["signing_date"], published=entry["publication_date"],
        notes=entry["disposition_notes"] or entry["executive_order_notes"] or "", place=place, title_place=f"{place}/title",
    )  # fmt: skip


def _document(entry: Entry, source: Source) -> Iterator[Record]:
    number, place = _number(entry), _place(entry)
    type_text = "Correction" if entry["correction_of"] else entry["type"]
    effective = _day(entry.get("effective_on"))
    yield Instrument(
        number, type_text, entry["title"], entry["html_url"], place, entry["document_number"],
        published=_day(entry["publication_date"]), effective=effective, effective_text=entry.get("dates") or None,
    )  # fmt: skip
    for reference in entry.get("cfr_references") or ():
        yield from _changed_code(number, type_text, reference, place)
    yield from _controls(entry, source)


def _day(words: str | None) -> dt.date | None:
    return english(words).earliest if words else None


def _changed_code(number: str, type_text: str, reference: Entry, place: str) -> Iterator[Record]:
    """The part of the Code that a rule changes, or that another document is about."""
    part = f"{reference['title']} CFR Part {reference['part']}"
    address = reference.get("citation_url") or _CODE_PART.format(reference["title"], reference["part"])
    yield Instrument(part, "Code of Federal Regulations", url=address, locator=f"{place}/cfr_references", quote=part)
    yield InstrumentLink(number, part, "cfr_references" if type_text in ("Rule", "Correction") else "cites")


def _corrected(entry: Entry, numbers: Mapping[str, str]) -> Iterator[Record]:
    """The link of a correction to the document that it corrects, which is told by its API address."""
    if not entry["correction_of"]:
        return
    found = _DOCUMENT_OF.search(entry["correction_of"])
    other = numbers.get(found["number"]) if found else None
    if other is None:
        expected = "expected the corrected document in the same answer"
        yield Reject(_place(entry), "instrument_links", "dangling_reference", expected, entry["correction_of"])
        return
    if entry.get("executive_order_number"):
        published = _day(entry["publication_date"])
        yield Instrument(_number(entry), "Correction", entry["title"], entry["html_url"], _place(entry), published=published)
    yield InstrumentLink(_number(entry), other, "correction_of")


def _controls(entry: Entry, source: Source) -> Iterator[Record]:
    """The measure of a rule whose title names one, with the day of the Register and the day on which it takes effect."""
    for phrase in source.facts["rule"]:
        found = re.search(phrase["pattern"], entry["title"])
        if not found or entry["correction_of"]:
            continue
        number, place = _number(entry), _place(entry)
        key = f"{number}|{phrase['type_text']}"
        yield Measure(
            key, phrase["type_text"], f"{place}/title", phrase["scope"], authority_name=entry["agencies"][-1]["raw_name"],
            territory_texts=tuple(territories_of(entry["title"], source)), goods_text=found["goods"], quote=found[0],
            founding_act=number,
        )  # fmt: skip
        yield MeasureInstrument(key, number, "imposes")
        for step, field in (("published", "publication_date"), ("effective", "effective_on")):
            if entry[field]:
                yield DatedStep(
                    key, "impose", "effective" if step == "effective" else "published", english(entry[field]),
                    instrument_number=number, locator=f"{place}/{field}", quote=entry[field],
                )  # fmt: skip
