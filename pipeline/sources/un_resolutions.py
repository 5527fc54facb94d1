"""Texts of the resolutions of the Security Council, one a line: the sanctions that they impose, ease, suspend and end.

The container holds the whole texts, so that what a later resolution does to the measures of an earlier one is joined here;
what refers to an act that it does not hold stands in the table of `un_resolution_records`.
"""

from collections.abc import Iterator

from pipeline.dates import UnreadableDate
from pipeline.documents import Document
from pipeline.readers.announcements import announcements
from pipeline.readers.resolutions import (
    Change,
    Founded,
    Reader,
    Resolution,
    UnknownResolution,
    act,
    address,
    change_records,
    imposed,
    reject,
)
from pipeline.records import Record
from pipeline.sources import Source


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield every regime, then each resolution that imposes or changes measures, with its measures and their steps."""
    reader = Reader(source)
    measures: list[Founded] = []
    told: set[str] = set()
    for resolution in _resolutions(document):
        try:
            founded, changes = reader.founded(resolution), reader.changed(resolution)
        except (UnknownResolution, UnreadableDate) as error:
            yield reject(resolution, "measures", "malformed_date", str(error), resolution.text[:100])
            continue
        if founded or changes:
            yield act(resolution, address(resolution.number))
        for each in founded:
            yield from _regime(reader, each, told)
            yield from imposed(each, resolution)
        measures += founded
        for change in changes:
            yield from _changed(change, measures, resolution)


def _resolutions(document: Document) -> Iterator[Resolution]:
    """The texts with the place of each in the container, in the order of their numbers in the file names."""
    for announcement in sorted(announcements(document), key=lambda each: each.file):
        yield Resolution(announcement.text, f"/documents[file='{announcement.file}']")


def _regime(reader: Reader, founded: Founded, told: set[str]) -> Iterator[Record]:
    key = founded.measure.programme_key
    if key is not None and key not in told:
        told.add(key)
        yield reader.programme(key)


def _changed(change: Change, measures: list[Founded], resolution: Resolution) -> Iterator[Record]:
    """The change for every measure that it means; a reject where the container holds none of them."""
    meant = [each for each in measures if _is_meant(change, each)]
    for each in meant:
        yield from change_records(change, each, resolution)
    if not meant:
        text = "expected a measure of the act that the paragraph changes"
        yield reject(resolution, "dates", "dangling_reference", text, change.quote)


def _is_meant(change: Change, founded: Founded) -> bool:
    if change.references:
        return any(founded.is_meant_by(reference) for reference in change.references)
    return founded.measure.programme_key == change.regime_key
