"""OFAC's list of Specially Designated Nationals as sdn.xml: programmes, without the kind of sanction or a day of listing."""

from collections.abc import Iterator

from pipeline.documents import Document
from pipeline.readers.ofac_sdn_list import parse_sdn_list
from pipeline.records import Record
from pipeline.sources import Source


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield each entry with its details and listings; raises IncompleteList where Record_Count is another number."""
    return parse_sdn_list(document, source.facts, source.words, on_sdn_list=True)
