"""One measure, many documents: what several sources tell of the same measure becomes one row with all their evidence.

The rule: measures of different sources are one where issuer, type, territories and founding act (the act and, where it holds
several measures of the type, the provision) are equal and stated by each; that a regime is against no territory is stated too.
Anything less stays apart, and so do all measures of a group in which one source tells two apart: its words do not say which
of them another source means.
Acts are joined before, by the rule of `acts`.
"""

from collections.abc import Mapping

import polars as pl
import polars.selectors as cs

from pipeline.normalized.acts import merge_acts

_SAME = ("issuer_code", "measure_type_code", "territory_list", "founding_act")
_STRENGTH = {"law": 0, "list": 1, "press": 2, "news": 3}
_SAME_REST = cs.by_name("measure_id", "instrument_id", "role_code", "provision_text", require_all=False)
_REFERRING = ("listings", "dates", "goods", "measure_instruments")

Frames = Mapping[str, pl.DataFrame]


def merge_measures(frames: Frames) -> dict[str, pl.DataFrame]:
    """The tables with one row a measure; `measures` must bear `source_id` and `kind_code` of the source of each row.

    The row with the strongest evidence names the measure and fills its columns; where it is silent the next one does.
    `measure_keys` keeps every source's key for it, with the place where the source tells it and why it means this measure;
    `redirects` has the identifiers that are no longer those of a measure.
    """
    frames = merge_acts(frames)
    ranked = _grouped(frames["measures"])
    firsts = ranked.select("measure_id", "founding_act", same_id=pl.col("measure_id").first().over("group")).unique(
        "measure_id", keep="first", maintain_order=True
    )
    renamed = {table: _renamed(frames[table], firsts) for table in _REFERRING}
    # Two sources that tell one measure name the same acts.
    renamed["measure_instruments"] = renamed["measure_instruments"].unique(_SAME_REST, keep="first", maintain_order=True)
    moved = firsts.filter(pl.col("measure_id") != pl.col("same_id")).sort("measure_id")
    return {
        **frames,
        **renamed,
        "measures": _merged(ranked),
        "measure_keys": _explained(frames["measure_keys"], firsts),
        "redirects": moved.select(old_id="measure_id", new_id="same_id", reason_code=pl.lit("merged")),
    }


def merge_goods(goods: pl.DataFrame) -> pl.DataFrame:
    """One row an item of goods: several documents of a day may tell it, one with its words and one without.

    The document that prints the code with its fault tells the item, since a list that was tidied up no longer shows what the
    act's own copy says; the words are those of the first document that has any.
    """
    ordered = goods.sort("known_from_at", "is_derived", "series", descending=[False, True, False], maintain_order=True)
    words = ordered.drop_nulls("goods_text").unique("goods_id", keep="first", maintain_order=True)
    once = ordered.unique("goods_id", keep="first", maintain_order=True).join(
        words.select("goods_id", words="goods_text"), on="goods_id", how="left", maintain_order="left"
    )
    return once.with_columns(goods_text=pl.coalesce("goods_text", "words")).drop("words")


def _grouped(measures: pl.DataFrame) -> pl.DataFrame:
    """The rows, strongest first, with the `group` that they form one measure with."""
    ranked = measures.with_columns(
        territory_list=pl.col("territory_codes").list.join(","),
        strength=pl.col("kind_code").replace_strict(_STRENGTH, return_dtype=pl.Int64),
    ).sort("strength", "source_id", "measure_id", maintain_order=True)
    told = ranked.with_columns(founding_act=pl.col("founding_act").drop_nulls().first().over("measure_id")).with_columns(
        # Rows of one measure stay together, whatever a weaker one says of it.
        same=pl.concat_str(*_SAME, separator="|", ignore_nulls=True).first().over("measure_id")
    )
    of_source = pl.struct("same", "source_id")
    is_told_apart = pl.col("measure_id").n_unique().over(of_source) > 1
    is_clear = pl.col("founding_act").is_not_null() & ~is_told_apart.any().over("same")
    return told.with_columns(group=pl.when(is_clear).then("same").otherwise("measure_id"))


def _merged(ranked: pl.DataFrame) -> pl.DataFrame:
    made = ("group", "same", "strength", "territory_list", "territory_codes", "known_from_at")
    values = [name for name in ranked.columns if name not in made]
    return (
        ranked.group_by("group", maintain_order=True)
        .agg(
            *(pl.col(name).drop_nulls().first() for name in values),
            pl.col("territory_codes").first(),
            pl.col("known_from_at").min(),
            publisher_count=pl.col("publisher_name").n_unique(),
        )
        .drop("group")
    )


def _renamed(rows: pl.DataFrame, firsts: pl.DataFrame) -> pl.DataFrame:
    same = pl.coalesce("same_id", "measure_id").alias("measure_id")
    known = firsts.select("measure_id", "same_id")
    return rows.join(known, on="measure_id", how="left", maintain_order="left").with_columns(same).drop("same_id")


def _explained(keys: pl.DataFrame, firsts: pl.DataFrame) -> pl.DataFrame:
    """The keys under the measures that they mean, each with the reason."""
    joined = keys.join(firsts, on="measure_id", how="left", maintain_order="left")
    why = pl.format(
        "tells the same issuer, type of measure and territories, and the same founding act, {}", pl.col("founding_act")
    )
    founded = pl.lit("founded the measure")
    return joined.with_columns(
        why_text=pl.when(pl.col("measure_id") == pl.col("same_id")).then(founded).otherwise(why),
        measure_id=pl.coalesce("same_id", "measure_id"),
    ).drop("same_id", "founding_act")
