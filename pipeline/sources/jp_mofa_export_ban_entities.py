"""The documents by which Japan added entities to its lists of those to which exports are banned, one a day and list."""

from collections.abc import Iterator

from pipeline.documents import Document
from pipeline.readers import export_ban_text, export_bans, pdf
from pipeline.readers.xml import UnknownContent
from pipeline.records import Record
from pipeline.sources import Source


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield the measure and the entries that were added; raises UnknownContent where they are not those that are known."""
    addition = export_bans.addition_at(document.url)
    heading, entries = export_ban_text.read(pdf.lines(document))
    numbers = (entries[0].number, entries[-1].number)
    if numbers != (addition.first, addition.last):
        raise UnknownContent(
            f"expected the numbers {addition.first} to {addition.last}, as export_bans.toml says; found {numbers}"
        )
    yield from export_bans.records(heading, entries, source.words["country"].keys())
