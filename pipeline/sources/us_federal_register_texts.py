"""The texts of executive orders in the Federal Register, as XML: what their sections prohibit, from when, and what they revoke.

They lie among the documents that the Register's API leads to (`us_federal_register_documents`); a list gives nothing here.
"""

import re
from collections.abc import Iterator

from lxml import etree

from pipeline.documents import Document
from pipeline.readers.executive_orders import ORDER_ADDRESS
from pipeline.readers.order_text import Text, records
from pipeline.readers.xml import UnknownContent, elements, local_name
from pipeline.records import Record
from pipeline.sources import Source

_ORDER_NUMBER = re.compile(r"Executive Order (?P<number>\d{4,5}) of (?P<day>.+)")


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield what the text of an order says; offsets count in its paragraphs, joined by an empty line; raises UnknownContent."""
    if document.media_type != "application/xml":
        return
    with document.open() as stream:
        for order in elements(stream, "EXECORD"):
            heading = _words(_one(order, "EXECORDR"))
            found = _ORDER_NUMBER.fullmatch(heading)
            if not found:
                raise UnknownContent(f"expected Executive Order … of …, found {heading!r}")
            title = _words(_one(order, "HD"))
            paragraphs = "\n\n".join(_paragraphs(order, source))
            place = f"//EXECORD[EXECORDR='{heading}']"
            address = ORDER_ADDRESS.format(found["number"])
            yield from records(Text(found["number"], title, address, paragraphs, place), source)


def _paragraphs(order: etree._Element, source: Source) -> Iterator[str]:
    known = source.facts["elements"]
    for child in order:
        name = local_name(child)
        strange = {local_name(each) for each in child.iterdescendants(etree.Element)} - set(known["inside"])
        if name not in known["paragraphs"] + known["rest"] or (strange and name in known["paragraphs"]):
            raise UnknownContent(f"<{name}> {sorted(strange)} is not in [elements] of us_federal_register_texts.toml")
        if name in known["paragraphs"]:
            yield _words(child)


def _one(order: etree._Element, name: str) -> etree._Element:
    found = order.find(name)
    if found is None:
        raise UnknownContent(f"expected <{name}> in an executive order")
    return found


def _words(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())
