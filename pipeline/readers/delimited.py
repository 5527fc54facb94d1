"""Rows of delimited text (CSV, TSV), each with its header and no column unread."""

import csv
import io
from collections.abc import Iterator, Sequence

from pipeline.documents import Document


class UnknownColumns(ValueError):
    """A header that is not the one expected: the publisher's format has changed."""


def rows(
    document: Document,
    header: Sequence[str] | None,
    *,
    delimiter: str = ",",
    encoding: str = "utf-8-sig",
    skip: int = 0,
) -> Iterator[dict[str, str]]:
    """Each row by column name, in the order of the document; `skip` lines stand before the header.

    `header` is what the first row must say, or None where the parser looks at the columns itself. Raises UnknownColumns
    where the header differs or a row is shorter or longer than it, UnicodeDecodeError for a wrong encoding, csv.Error for a
    quotation mark that is never closed.
    """
    lines = values(document, delimiter=delimiter, encoding=encoding, skip=skip)
    found = next(lines, [])
    if header is not None and found != list(header):
        raise UnknownColumns(f"expected the columns {', '.join(header)}; came {', '.join(found)}")
    for number, line in enumerate(lines, start=2):
        if len(line) != len(found):
            raise UnknownColumns(f"expected {len(found)} cells in row {number}; came {len(line)}: {line!r:.300}")
        yield dict(zip(found, line, strict=True))


def values(document: Document, *, delimiter: str = ",", encoding: str = "utf-8-sig", skip: int = 0) -> Iterator[list[str]]:
    """Each row as its cells, empty rows and the Ctrl-Z that ends some files left out."""
    with document.open() as stream, io.TextIOWrapper(stream, encoding=encoding, newline="") as text:
        for _ in range(skip):
            text.readline()
        for line in csv.reader(text, delimiter=delimiter, strict=True):
            if line and line != ["\x1a"]:
                yield line
