"""The Federal Register's own export of a search for executive orders: one row an order, with its disposition notes.

It writes the day of publication as 03/15/2022 and that of signature as 2022-03-11, sets blanks before the numbers of
documents, and breaks lines inside the notes.
"""

from collections.abc import Iterator, Mapping

from pipeline.documents import Document
from pipeline.readers.delimited import rows
from pipeline.readers.executive_orders import Order, records
from pipeline.records import Record
from pipeline.sources import Source


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield every order with its links, then the measures of those that impose sanctions; raises UnknownColumns."""
    yield from records([_order(row) for row in rows(document, source.facts["columns"]["names"])], source)


def _order(row: Mapping[str, str]) -> Order:
    number = row["executive_order_number"].strip()
    place = f"/rows[executive_order_number='{number}']"
    return Order(
        number=number,
        type_text=row["subtype"].strip(),
        title=row["title"].strip(),
        url=row["html_url"].strip(),
        citation=row["citation"].strip(),
        signed=row["signing_date"].strip(),
        published=row["publication_date"].strip(),
        notes=row["disposition_notes"],
        place=place,
        title_place=f"{place}/title",
    )
