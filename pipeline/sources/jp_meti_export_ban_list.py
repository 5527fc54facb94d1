"""The ministry's consolidated lists of entities to which exports are banned: Russia, Belarus, third countries."""

from collections.abc import Iterator

from pipeline.documents import Document
from pipeline.readers import export_ban_text, export_bans, pdf
from pipeline.readers.xml import UnknownContent
from pipeline.records import Record
from pipeline.sources import Source


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield the measure, every entry, and the days above the list; raises UnknownContent where the list is not whole."""
    heading, entries = export_ban_text.read(pdf.lines(document))
    if entries[0].number != 1 or heading.notice is None or set(heading.days) != {"指定日", "最終更新日"}:
        raise UnknownContent(f"expected a whole list from entry 1 on, with its notice and its days, found {heading.text!r}")
    yield from export_bans.records(heading, entries, source.words["country"].keys())
    yield from export_bans.steps_of_list(heading, entries)
