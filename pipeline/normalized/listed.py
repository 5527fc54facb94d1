"""Which listings a claim is about: what an issuer tells of its listings, its lists tell already.

A claim that an issuer listed somebody is tied to a measure of that issuer under which it listed a target that the claim names,
within a month, or a target connected with the claim's territory, on the day that the claim tells. Another day within three
days of it counts where the claim names nobody, or the issuer lists targets connected with the territory under one measure
alone: else it is as often another list. What a text calls a listing or a designation may be of any measure of a list; other
types are of measures of the same type.
"""

from datetime import timedelta

import polars as pl

from pipeline.normalized.told import IMPOSING, NEAR, Frames

SAYING_LISTED = ("listing", "terrorist_designation")
"""Types of a claim that tell that somebody came on a list, and not what follows from it."""
_SAME_DAY, _THAT_DAY, _THOSE_DAYS = timedelta(0), timedelta(days=1), timedelta(days=3)
"""Press tells a listing on its day, on the next one elsewhere on the globe, or in the days after."""
_SHORTEST_NAME = 5
"""Shorter names are those of many."""
_A_NAME = r"\b\p{Lu}\S*$"
"""`Rosario Murillo`, and not `five terrorist leaders`."""
_CLAIM = ["claim_id", "issuer_code", "territory_code"]


def listings_told(told: pl.DataFrame, frames: Frames, names: pl.DataFrame) -> pl.DataFrame:
    """One row a claim, issuer, territory and measure: how many targets were listed, and the listing that ties the two most.

    That is one of a target that the claim names (`named`), else one of its day, else the first. `told` has one row a claim,
    issuer and territory, with the `day` about which it is told, and the `own_day` that it tells.
    """
    claims = told.filter(pl.col("action_code").is_in(IMPOSING))
    listed = _listed(frames).filter(pl.col("issuer_code").is_in(claims["issuer_code"].unique().implode()))
    both = pl.concat([_of_territory(claims, listed), _by_name(claims, listed, names)], how="diagonal_relaxed")
    closest_first = both.sort(pl.col("named").is_null(), ~pl.col("is_that_day"), "listed_on", "named")
    return closest_first.group_by(*_CLAIM, "measure_id", maintain_order=True).agg(
        pl.col("listed_count").max(), pl.col("listed_on", "named").first(), pl.col("is_that_day").any(),
        is_freeze=(pl.col("measure_type_code_of_measure") == "asset_freeze").any(),
    )  # fmt: skip


def listed_times(frames: Frames) -> pl.DataFrame:
    """By issuer the first and the last day of a listing that its lists tell."""
    return _listed(frames).group_by("issuer_code").agg(pl.col("listed_on").min().alias("from"), to=pl.col("listed_on").max())


def _listed(frames: Frames) -> pl.DataFrame:
    """One row a listing whose day is known, with its measure and the territories that it has to do with."""
    days = frames["dates"].filter(pl.col("date_precision_code") == "day", action_code="list")
    listings = frames["listings"].select("listing_id", "measure_id", "target_id")
    measures = frames["measures"].select(
        "measure_id",
        "issuer_code",
        "measure_type_code",
        "territory_codes",
        is_thematic=pl.col("territory_codes").list.len() == 0,
    )
    return (
        days.select("listing_id", listed_on="date").drop_nulls()
        .join(listings, on="listing_id")
        .join(measures, on="measure_id")
        .join(frames["targets"].select("target_id", "country_codes"), on="target_id", how="left")
        .with_columns(territory_code=pl.concat_list("territory_codes", pl.col("country_codes").fill_null([])).list.unique())
        .drop("territory_codes", "country_codes", "listing_id").unique()
    )  # fmt: skip


def _of_territory(claims: pl.DataFrame, listed: pl.DataFrame) -> pl.DataFrame:
    """The measures under which targets connected with a claim's territory were listed on the day of the claim, or nearly."""
    by_day = (
        listed.explode("territory_code").drop_nulls("territory_code")
        .group_by("measure_id", "issuer_code", "measure_type_code", "is_thematic", "territory_code", "listed_on")
        .agg(listed_count=pl.col("target_id").n_unique())
    )  # fmt: skip
    place = ["issuer_code", "territory_code"]
    only = by_day.group_by(place).agg(is_only=pl.col("measure_id").n_unique() == 1)
    names_nobody = ~pl.col("target_names").list.eval(pl.element().str.contains(_A_NAME)).list.any().fill_null(value=False)
    pairs = (
        claims.select(*_CLAIM, "measure_type_code", "own_day", names_nobody=names_nobody)
        .join(by_day, on=place, suffix="_of_measure")
        .join(only, on=place)
    )
    is_meant = _is_within(_SAME_DAY, "own_day") | pl.col("names_nobody") | pl.col("is_only")
    return pairs.filter(_is_of_type(), _is_within(_THOSE_DAYS, "own_day"), is_meant).select(
        *_CLAIM,
        "measure_id",
        "measure_type_code_of_measure",
        "listed_on",
        "listed_count",
        is_that_day=_is_within(_THAT_DAY, "own_day"),
    )


def _by_name(claims: pl.DataFrame, listed: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """The measures under which a target that a claim names was listed in the month of the claim."""
    columns = claims.select(*_CLAIM, "measure_type_code", "day", named="target_names")
    told = columns.explode("named").filter(pl.col("named").str.contains(_A_NAME))
    known = names.join(listed, on="target_id", how="semi")
    pairs = (
        told.join(_same_names(told["named"], known["name"]), on="named")
        .join(known, on="name")
        .join(listed, on=["issuer_code", "target_id"], suffix="_of_measure")
    )
    is_of_place = pl.col("territory_code_of_measure").list.contains(pl.col("territory_code"))
    is_theirs = pl.col("is_whole") | (is_of_place & ((pl.col("shared") > 1) | _is_within(_THOSE_DAYS, "day")))
    return pairs.filter(_is_of_type(), _is_within(NEAR, "day"), is_theirs).select(
        *_CLAIM,
        "measure_id",
        "measure_type_code_of_measure",
        "listed_on",
        "named",
        listed_count=pl.lit(1, pl.UInt32),
        is_that_day=pl.lit(value=False),
    )


def _same_names(told: pl.Series, known: pl.Series) -> pl.DataFrame:
    """Names that are told with names that are known, where one has all words of the other: `Tareck El Aissami` is
    `EL AISSAMI MADDAH, Tareck`. `is_whole` where they have the same words, in any order."""
    both = _words(told, "named").join(_words(known, "name"), on="word")
    shared = both.group_by("named", "name").agg(pl.len().alias("shared"), pl.col("count", "count_right").first())
    is_whole = pl.col("count") == pl.col("count_right")
    has_all = pl.col("shared") == pl.min_horizontal("count", "count_right")
    return shared.filter(has_all).select("named", "name", "shared", is_whole=is_whole)


def _words(names: pl.Series, column: str) -> pl.DataFrame:
    """One row a name and word, without the marks on its letters, and how many words the name has."""
    plain = pl.col(column).str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase()
    words = plain.str.extract_all(r"\p{L}+").list.unique()
    split = names.unique().drop_nulls().to_frame(column).with_columns(word=words, count=words.list.len())
    return split.filter(words.list.join(" ").str.len_chars() >= _SHORTEST_NAME).explode("word")


def _is_of_type() -> pl.Expr:
    """No list of terrorists is against a territory."""
    told, held = pl.col("measure_type_code"), pl.col("measure_type_code_of_measure")
    return (told == held) | (told == "listing") | ((told == "terrorist_designation") & pl.col("is_thematic"))


def _is_within(time: timedelta, day: str) -> pl.Expr:
    return (pl.col(day) - pl.col("listed_on")).abs() <= time
