"""Stable identifiers: made from raw, mandatory facts of the source, so that the same facts give the same one everywhere."""

import hashlib
from collections.abc import Iterable

import polars as pl

_SEPARATOR = "\x1f"


def digest(facts: Iterable[str | None], length: int) -> str:
    """So many hex digits of the sha256 of the facts in their order; a missing fact differs from an empty one."""
    return _hexadecimal(_SEPARATOR.join("\x00" if fact is None else fact for fact in facts), length)


def digests(*facts: pl.Expr, length: int) -> pl.Expr:
    """`digest` for every row of a frame; the facts are expressions that give text."""
    joined = pl.concat_str([fact.fill_null("\x00") for fact in facts], separator=_SEPARATOR)
    return joined.map_elements(lambda text: _hexadecimal(text, length), return_dtype=pl.String)


def _hexadecimal(text: str, length: int) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]
