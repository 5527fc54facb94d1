"""Resolutions of the Security Council as the United Nations' documents site gives them: one PDF, one resolution."""

from collections.abc import Iterator

from pipeline.documents import Document
from pipeline.readers.pdf import lines
from pipeline.readers.resolutions import Reader, Resolution, alone
from pipeline.records import Record
from pipeline.sources import Source


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield the resolution with the measures that it imposes, and what it does to others.

    Raises UnknownResolution for a text without the heading of a resolution, UnreadableDate for one without its day.
    """
    yield from alone(Resolution("\n".join(line.text for line in lines(document)), ""), Reader(source))
