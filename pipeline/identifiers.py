"""Stable identifiers: made from raw, mandatory facts of the source, so that the same facts give the same one everywhere."""

import hashlib
import unicodedata
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


def composed_key(*, name: str, country: str | None = None, notice: str | None = None, ordinal: int = 1) -> str:
    """The key of an entry whose register gives it none, from its raw name, country, earliest notice and ordinal among equals.

    The name stands under NFKC and with single blanks. A register that gives countries to addresses and not to entries has none.
    """
    plain = " ".join(unicodedata.normalize("NFKC", name).split())
    return "|".join((plain, country or "", notice or "", str(ordinal)))


def _hexadecimal(text: str, length: int) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]
