"""Resolutions of the Security Council as the United Nations' documents site gives them: one PDF, one resolution.

A document is read alone. What it changes of the measures of other acts is told as a link between the acts; the steps of those
measures stand in the table of `un_resolutions_table`. Days, goods and quotes of its own measures come from its text.
"""

from collections.abc import Iterator

from pipeline.documents import Document
from pipeline.readers.pdf import lines
from pipeline.readers.resolutions import (
    KIND,
    Change,
    Founded,
    Reader,
    Resolution,
    act,
    address,
    change_records,
    imposed,
)
from pipeline.records import Instrument, InstrumentLink, Record
from pipeline.sources import Source


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield the resolution with the measures that it imposes, and what it does to others.

    Raises UnknownResolution for a text without the heading of a resolution, UnreadableDate for one without its day.
    """
    reader = Reader(source)
    resolution = Resolution("\n".join(line.text for line in lines(document)), "")
    yield act(resolution, address(resolution.number))
    founded = reader.founded(resolution)
    for key in sorted({each.measure.programme_key for each in founded if each.measure.programme_key}):
        yield reader.programme(key)
    for each in founded:
        yield from imposed(each, resolution)
    for change in reader.changed(resolution):
        yield from _changed(change, founded, resolution)


def _changed(change: Change, founded: list[Founded], resolution: Resolution) -> Iterator[Record]:
    """The change for measures of the resolution itself, and a link to every other act that it names."""
    for each in founded:
        if any(each.is_meant_by(reference) for reference in change.references):
            yield from change_records(change, each, resolution)
    for number in sorted({reference.number for reference in change.references} - {resolution.number}):
        yield Instrument(number, KIND, url=address(number))
        yield InstrumentLink(resolution.number, number, change.action)
