"""Sheets of a workbook (XLSX) as rows of plain values, cell by cell as they were typed."""

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass

from python_calamine import CalamineWorkbook

from pipeline.documents import Document

Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta
"""An empty cell is an empty string; a date is a date only where the sheet formats it as one."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name and its rows, the first of the sheet first, empty ones included."""

    name: str
    rows: list[list[Cell]]


def sheets(document: Document) -> Iterator[Sheet]:
    """The sheets of a workbook, in its order."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(document.read()))
    for name in workbook.sheet_names:
        yield Sheet(name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False))
