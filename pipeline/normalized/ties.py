"""What ties a claim to a measure of law or list: its act, a day of it, its goods, the time of its start, a listing under it."""

from datetime import timedelta

import polars as pl

from pipeline.normalized.listed import SAYING_LISTED, listings_told
from pipeline.normalized.told import IMPOSING, NEAR, Frames, act_number, days, goods_words

TOO_VAGUE = (
    "sanctions_unspecified", "trade_restriction", "financial_restriction", "secondary_sanctions", "diplomatic_measure",
)  # fmt: skip
"""Types that say too little to found a measure. That targets were listed says enough where the issuer's press tells the day,
and too little to tell that two papers speak of one decision."""
NOT_SAYING_SO = ("threaten", "propose", "reject")
"""Actions of a claim that do not say that the measure which they are about was ever imposed."""
_ENDED = ("lifted", "expired")
"""What a text says to have ended is not what a source shows without a day."""
_THAT_WEEK = timedelta(days=7)
"""Words that do not say what is restricted may be of any decision but of one in the days around them."""
ON_TARGETS = ("listing", "asset_freeze", "travel_ban", "terrorist_designation")
"""Types that hit persons and bodies, of the territory or connected with it, and not the territory."""
SAME = ["issuer_code", "territory_code", "measure_type_code"]
_CLAIM = ["claim_id", "issuer_code", "territory_code"]


def fits(told: pl.DataFrame, frames: Frames, names: pl.DataFrame) -> pl.DataFrame:
    """The claims and the measures that they may be about: for each issuer and territory what ties them, and how much."""
    pairs = [_by_facts(told, frames), _by_lists(told, frames, names)]
    return (
        pl.concat(pairs, how="diagonal")
        .group_by(*_CLAIM, "measure_id")
        .agg(
            pl.col("weight").sum(),
            pl.col("listed_count").max(),
            pl.col("is_freeze").any(),
            pl.col("reason_text").sort().str.join("; "),
            pl.col("tells_steps").any(),
        )
    )


def _by_facts(told: pl.DataFrame, frames: Frames) -> pl.DataFrame:
    """The pairs that an act, a day, goods or the time of the start ties."""
    is_vague = pl.col("measure_type_code").is_in(TOO_VAGUE)
    since_start = pl.col("day") - pl.col("start")
    since_first = pl.coalesce("earliest_day", "day") - pl.col("start")
    says_so = ~pl.col("action_code").is_in(NOT_SAYING_SO)
    # What is said to be in force by a day did not begin weeks after it.
    is_done = (pl.col("action_code") == "impose") & (pl.col("status_code") == "in_force")
    earliest, latest = (pl.when(is_brief).then(_THAT_WEEK).otherwise(NEAR) for is_brief in (is_vague | is_done, is_vague))
    pairs = _comparable(told, _tellable(frames)).with_columns(
        act=_shared("act_numbers"),
        shared_day=_shared("days"),
        shared_goods=pl.coalesce(_shared("headings"), _shared("goods_words")),
        is_near=pl.col("action_code").is_in(IMPOSING)
        & pl.any_horizontal(since.is_between(-earliest, latest) for since in (since_start, since_first)),
        is_in_span=pl.col("start").is_between("span_from", "span_to"),
        is_undated=pl.col("start").is_null() & says_so & ~is_vague & ~pl.col("status_code").is_in(_ENDED),
        is_by_then=since_start >= timedelta(0),
    ).with_columns(pl.col("is_near", "is_in_span", "is_by_then").fill_null(value=False))  # fmt: skip
    has_act, has_day, has_goods = (pl.col(name).is_not_null() for name in ("act", "shared_day", "shared_goods"))
    is_in_month = pl.col("is_in_span") & (pl.col("span_to") - pl.col("span_from") <= NEAR)
    has_goods_of_it = has_goods & pl.any_horizontal("is_in_span", "is_by_then")
    in_time = pl.any_horizontal("is_near", "is_undated") | is_in_month | has_goods_of_it
    is_tied = has_act | (~pl.col("is_thematic") & (has_day | (in_time & ~pl.col("is_kindred"))))
    is_of_start = has_act | has_day | pl.any_horizontal("is_near", "is_undated", "is_in_span")
    weight = has_act * 8 + has_day * 4 + has_goods * 2 + pl.col("is_near") * 1 + pl.col("is_in_span") * 1
    return pairs.filter(is_tied).select(
        *_CLAIM, "measure_id", weight=weight.cast(pl.Int64), listed_count=pl.lit(0, pl.Int64), is_freeze=pl.lit(value=False),
        reason_text=_why_it_supports(), tells_steps=is_of_start & ~pl.col("is_kindred"),
    )  # fmt: skip


def _comparable(told: pl.DataFrame, measures: pl.DataFrame) -> pl.DataFrame:
    """Each claim with the measures of its issuer, territory and type; one against no territory is `is_thematic`.

    Who is listed or designated has his assets frozen: such a claim is compared with freezes too, to which it is `is_kindred`.
    """
    kindred = told.filter(pl.col("measure_type_code").is_in(SAYING_LISTED)).with_columns(
        measure_type_code=pl.lit("asset_freeze"), is_kindred=pl.lit(value=True)
    )
    claims = pl.concat([told.with_columns(is_kindred=pl.lit(value=False)), kindred])
    thematic = measures.filter(pl.col("territory_code").is_null()).drop("territory_code")
    of_territory = claims.join(measures, on=SAME, suffix="_of_measure").with_columns(is_thematic=pl.lit(value=False))
    of_none = claims.join(thematic, on=["issuer_code", "measure_type_code"], suffix="_of_measure")
    return pl.concat([of_territory, of_none.with_columns(is_thematic=pl.lit(value=True))])


def _by_lists(told: pl.DataFrame, frames: Frames, names: pl.DataFrame) -> pl.DataFrame:
    """The pairs that the listings under a measure tie."""
    # The press of a government tells much besides what it did on the day; news tells what is new.
    own_day = pl.when(pl.col("publisher_issuer_code").is_null()).then("day").otherwise("first_day")
    of_targets = told.filter(pl.col("measure_type_code").is_in(ON_TARGETS)).with_columns(own_day=own_day)
    found = listings_told(of_targets, frames, names)
    is_named = pl.col("named").is_not_null()
    why = (
        pl.when(is_named).then(pl.format("names {}, on its list since {}", "named", "listed_on"))
        .otherwise(pl.format("told when targets connected with {} came on its list on {}", "territory_code", "listed_on"))
    )  # fmt: skip
    weight = pl.when(is_named).then(6).when("is_that_day").then(4).otherwise(2)
    return found.select(
        *_CLAIM, "measure_id", "is_freeze", weight=weight.cast(pl.Int64), listed_count=pl.col("listed_count").cast(pl.Int64),
        reason_text=why, tells_steps=pl.lit(value=False),
    )  # fmt: skip


def best_fits(fitting: pl.DataFrame) -> pl.DataFrame:
    """The claims that support a measure, for each issuer and territory one at most: `claim_id`, `measure_id` and why."""
    strength = pl.struct("weight", "is_freeze", "listed_count")
    ranked = fitting.with_columns(rank=strength.rank("min", descending=True).over(_CLAIM))
    best = ranked.filter(pl.col("rank") == 1).filter(pl.len().over(_CLAIM) == 1)
    ordered = best.sort("claim_id", -pl.col("weight"), "measure_id", "territory_code", "reason_text")
    return ordered.unique(["claim_id", "measure_id"], keep="first", maintain_order=True).select(
        "claim_id", "measure_id", "reason_text", "tells_steps"
    )


def _tellable(frames: Frames) -> pl.DataFrame:
    """One row a measure and territory, with what may tie a claim to it; `territory_code` is NULL where it is against none."""
    own_steps = frames["dates"].filter(pl.col("listing_id").is_null())
    headings = frames["goods"].select("measure_id", headings="heading_codes").explode("headings").drop_nulls()
    numbers = frames["instruments"].select("instrument_id", act_numbers=act_number(pl.col("number"))).drop_nulls()
    acts = frames["measure_instruments"].join(numbers, on="instrument_id")
    return (
        frames["measures"]
        .select(
            "measure_id", "issuer_code", "measure_type_code", territory_code="territory_codes",
            goods_words=goods_words(pl.concat_str("title", "goods_text", separator=" ", ignore_nulls=True)),
        )
        .explode("territory_code", empty_as_null=True)
        .join(days(own_steps, "measure_id").select("measure_id", "days"), on="measure_id", how="left")
        .join(starts(frames["dates"], frames["listings"]), on="measure_id", how="left")
        .join(acts.group_by("measure_id").agg(pl.col("act_numbers").unique()), on="measure_id", how="left")
        .join(headings.group_by("measure_id").agg(pl.col("headings").unique()), on="measure_id", how="left")
    )  # fmt: skip


def _shared(column: str) -> pl.Expr:
    """The first of what a claim and a measure have in common."""
    return pl.col(column).list.set_intersection(f"{column}_of_measure").list.sort().list.first()


def _why_it_supports() -> pl.Expr:
    return pl.concat_str(
        pl.when(~pl.col("is_kindred") & ~pl.col("is_thematic")).then(pl.lit("same issuer, territory and type of measure")),
        pl.format("cites its act {}", "act"),
        pl.format("tells {}, a day of it", "shared_day"),
        pl.format("names its goods: {}", "shared_goods"),
        pl.when("is_undated").then(pl.lit("no source tells its start, and nothing ties the claim more to another")),
        pl.when("is_in_span").then(pl.format("tells a time in which it started, on {}", "start")),
        pl.when("is_near").then(pl.format("told within a month of its start on {}", "start")),
        separator="; ",
        ignore_nulls=True,
    )


def starts(of_measures: pl.DataFrame, listings: pl.DataFrame) -> pl.DataFrame:
    """By measure the first day on which it is imposed, else the last on which its first listing may have begun."""
    listed = of_measures.filter(action_code="list").select("listing_id", "date_latest").drop_nulls()
    first_listed = (
        listed.join(listings.select("listing_id", measure="measure_id"), on="listing_id")
        .group_by(measure_id="measure").agg(listed=pl.col("date_latest").min())
    )  # fmt: skip
    own = days(of_measures.filter(pl.col("listing_id").is_null()), "measure_id").select("measure_id", "first_day")
    both = own.join(first_listed, on="measure_id", how="full", coalesce=True)
    return both.select("measure_id", start=pl.coalesce("first_day", "listed"))
