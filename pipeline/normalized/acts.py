"""One act, many documents: an act that one source knows by its number and another only by what it amends and when.

The rule: an instrument whose number is the `known_as` of exactly one other instrument of the same issuer ((title of the law
that it amends)|(day of promulgation)) is that one. Where two acts amended the law on that day, nothing is joined.
"""

from collections.abc import Mapping

import polars as pl

_REFERRING = {
    "measure_instruments": ("instrument_id",),
    "instrument_links": ("instrument_id", "other_instrument_id"),
    "dates": ("instrument_id",),
}
_ID = "instrument_id"

Frames = Mapping[str, pl.DataFrame]


def merge_acts(frames: Frames) -> dict[str, pl.DataFrame]:
    """The tables with one row an act; the one with a number of its own names it, the others fill what it leaves open."""
    acts = frames.get("instruments")
    if acts is None or "known_as" not in acts.columns:
        return dict(frames)
    same = _same(acts)
    renamed = {table: _renamed(frames[table], columns, same) for table, columns in _REFERRING.items()}
    # Both sources may say what an act amends.
    links = renamed["instrument_links"].unique(
        [*_REFERRING["instrument_links"], "link_type_code"], keep="first", maintain_order=True
    )
    return {**frames, **renamed, "instrument_links": links, "instruments": _merged(acts, same)}


def _same(acts: pl.DataFrame) -> pl.DataFrame:
    """The identifier of each act that is another one, with that of the other as `same_id`."""
    named = acts.filter(pl.col("known_as").is_not_null()).unique(["issuer_code", "known_as", _ID], maintain_order=True)
    alone = named.filter(pl.len().over("issuer_code", "known_as") == 1)
    keys = alone.select("issuer_code", number="known_as", same_id=_ID)
    return acts.select("issuer_code", "number", _ID).unique().join(keys, on=["issuer_code", "number"]).select(_ID, "same_id")


def _merged(acts: pl.DataFrame, same: pl.DataFrame) -> pl.DataFrame:
    grouped = acts.join(same, on=_ID, how="left", maintain_order="left")
    is_joined = pl.col("same_id").is_not_null()
    values = [name for name in acts.columns if name != _ID]
    return (
        grouped.with_columns(pl.coalesce("same_id", _ID).alias(_ID), is_joined=is_joined)
        .sort("is_joined", maintain_order=True)
        .group_by(_ID, maintain_order=True)
        .agg(pl.col(name).drop_nulls().first() for name in values)
        .select(acts.columns)
    )


def _renamed(rows: pl.DataFrame, columns: tuple[str, ...], same: pl.DataFrame) -> pl.DataFrame:
    for column in columns:
        other = same.rename({_ID: column})
        rows = rows.join(other, on=column, how="left", maintain_order="left")
        rows = rows.with_columns(pl.coalesce("same_id", column).alias(column)).drop("same_id")
    return rows
