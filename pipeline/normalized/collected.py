"""The records of a parser become frames, one a record type, a batch at a time, so that no document is held as objects.

Every frame has the fields of its record; a `Period` field takes six columns (`period_earliest`, `period_latest`,
`period_precision`, `period_text`, `period_is_approximate`, `period_derivation`). `content` tells for every target a number
that changes when anything changes that the document says of it.
"""

import datetime as dt
import hashlib
import types
import typing
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from pipeline import records
from pipeline.records import Period, Record

_BATCH = 20_000
_DTYPES: dict[Any, pl.DataType] = {
    str: pl.String(),
    int: pl.Int64(),
    float: pl.Float64(),
    bool: pl.Boolean(),
    dt.date: pl.Date(),
    tuple[str, ...]: pl.List(pl.String()),
}
_CONTENT_BYTES = 16


@dataclass(frozen=True)
class Collected:
    """Everything that a parser said of one document."""

    frames: dict[type[Record], pl.DataFrame]
    content: dict[str, str]
    """For each target key, 32 hex digits over its records, whatever their order."""

    def of(self, kind: type[Record]) -> pl.DataFrame:
        """The frame of a record type, empty where the document has none."""
        return self.frames[kind]


def collect(said: Iterable[Record]) -> Collected:
    """Read a parser to its end. Records keep their order within a type, told by the column `position`."""
    batches: dict[type[Record], list[pl.DataFrame]] = {kind: [] for kind in typing.get_args(Record)}
    waiting: dict[type[Record], list[Record]] = {kind: [] for kind in batches}
    content: dict[str, int] = {}
    for record in said:
        kind = type(record)
        waiting[kind].append(record)
        key = _target_key(record)
        if key is not None:
            content[key] = (content.get(key, 0) + _content_of(record)) % (1 << 8 * _CONTENT_BYTES)
        if len(waiting[kind]) == _BATCH:
            batches[kind].append(_frame(kind, waiting[kind]))
            waiting[kind] = []
    frames = {kind: pl.concat([*batches[kind], _frame(kind, waiting[kind])]).with_row_index("position") for kind in batches}
    return Collected(frames, {key: f"{number:0{2 * _CONTENT_BYTES}x}" for key, number in content.items()})


def _target_key(record: Record) -> str | None:
    return record.key if isinstance(record, records.Target) else getattr(record, "target_key", None)


def _content_of(record: Record) -> int:
    # Records are added up, so that their order does not count: some publishers shuffle the same facts from day to day.
    text = f"{type(record).__name__}{tuple(record)!r}"
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_CONTENT_BYTES).digest())


def _frame(kind: type[Record], said: list[Record]) -> pl.DataFrame:
    columns = list(zip(*said, strict=True)) or [()] * len(kind._fields)
    hints = typing.get_type_hints(kind)
    series: list[pl.Series] = []
    for name, values in zip(kind._fields, columns, strict=True):
        series.extend(_series(name, values, _plain_type(hints[name])))
    return pl.DataFrame(series)


def _series(name: str, values: tuple[Any, ...], kind: Any) -> list[pl.Series]:
    if kind is not Period:
        return [pl.Series(name, values, _DTYPES[kind], strict=True)]
    hints = typing.get_type_hints(Period)
    parts = list(zip(*(value or (None,) * len(Period._fields) for value in values), strict=True))
    parts = parts or [()] * len(Period._fields)
    return [
        pl.Series(f"{name}_{part}", column, _DTYPES[_plain_type(hints[part])], strict=True)
        for part, column in zip(Period._fields, parts, strict=True)
    ]


def _plain_type(hint: Any) -> Any:
    """`str` for `str | None` and for a Literal of words, and so on."""
    if isinstance(hint, types.UnionType):
        hint = next(part for part in typing.get_args(hint) if part is not types.NoneType)
    return str if typing.get_origin(hint) is typing.Literal else hint
