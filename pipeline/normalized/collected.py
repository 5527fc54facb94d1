"""The records of a parser become frames, one a record type, a batch at a time, so that no document is held as objects.

Every frame has the fields of its record; a `Period` field takes six columns (`period_earliest`, `period_latest`,
`period_precision`, `period_text`, `period_is_approximate`, `period_derivation`). `content` tells for every target a number
that changes when anything changes that the document says of it.
"""

import datetime as dt
import gc
import hashlib
import types
import typing
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
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
_CONTENTS = 1 << 8 * _CONTENT_BYTES
_SEPARATOR, _PART, _NULL = "\x1f", "\x1e", "\x00"


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

    def close_batch(kind: type[Record]) -> None:
        frame = _frame(kind, waiting[kind])
        batches[kind].append(frame)
        waiting[kind] = []
        _add_content(content, kind, frame)

    with _no_search_for_cycles():
        for record in said:
            kind = type(record)
            waiting[kind].append(record)
            if len(waiting[kind]) == _BATCH:
                close_batch(kind)
    for kind in batches:
        close_batch(kind)
    frames = {kind: pl.concat(of_kind).with_row_index("position") for kind, of_kind in batches.items()}
    return Collected(frames, {key: f"{number % _CONTENTS:0{2 * _CONTENT_BYTES}x}" for key, number in content.items()})


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Records are tuples of text, which no reference cycle can hold: looking for some takes an eighth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _add_content(content: dict[str, int], kind: type[Record], frame: pl.DataFrame) -> None:
    """Add what each row says to its target's number: added up, since some publishers shuffle the same facts from day to day."""
    key = "key" if kind is records.Target else "target_key"
    if key not in frame.columns or frame.is_empty():
        return
    said = [
        (pl.col(name).list.join(_PART) if dtype == pl.List(pl.String) else pl.col(name).cast(pl.String)).fill_null(_NULL)
        for name, dtype in frame.schema.items()
    ]
    text = pl.concat_str(pl.lit(kind.__name__), pl.concat_str(said, separator=_SEPARATOR))
    rows = frame.select(pl.col(key).alias("owner"), text=text).drop_nulls("owner")
    hashed, number = hashlib.blake2b, int.from_bytes
    for owner, words in zip(rows["owner"].to_list(), rows["text"].to_list(), strict=True):
        content[owner] = content.get(owner, 0) + number(hashed(words.encode(), digest_size=_CONTENT_BYTES).digest())


def _frame(kind: type[Record], said: list[Record]) -> pl.DataFrame:
    if said:
        return _filled(kind, list(zip(*said, strict=True)))
    if kind not in _EMPTY:
        _EMPTY[kind] = _filled(kind, [()] * len(kind._fields))
    return _EMPTY[kind]


_EMPTY: dict[type[Record], pl.DataFrame] = {}
"""The frames of record types of which a document has none, made once: most documents have but a few types."""


def _filled(kind: type[Record], columns: list[tuple[Any, ...]]) -> pl.DataFrame:
    types_of = _TYPES[kind]
    series: list[pl.Series] = []
    for name, values in zip(kind._fields, columns, strict=True):
        series.extend(_series(name, values, types_of[name]))
    return pl.DataFrame(series)


def _series(name: str, values: tuple[Any, ...], kind: Any) -> list[pl.Series]:
    if kind is not Period:
        return [pl.Series(name, values, _DTYPES[kind], strict=True)]
    types_of = _TYPES[Period]
    parts = list(zip(*(value or (None,) * len(Period._fields) for value in values), strict=True))
    parts = parts or [()] * len(Period._fields)
    return [
        pl.Series(f"{name}_{part}", column, _DTYPES[types_of[part]], strict=True)
        for part, column in zip(Period._fields, parts, strict=True)
    ]


def _plain_type(hint: Any) -> Any:
    """`str` for `str | None` and for a Literal of words, and so on."""
    if isinstance(hint, types.UnionType):
        hint = next(part for part in typing.get_args(hint) if part is not types.NoneType)
    return str if typing.get_origin(hint) is typing.Literal else hint


_TYPES = {
    kind: {field: _plain_type(hint) for field, hint in typing.get_type_hints(kind).items()}
    for kind in (*typing.get_args(Record), Period)
}
"""By record type the plain type of each field, found once: a document has a frame of every type."""
