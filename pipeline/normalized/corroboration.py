"""What prose claims meets what law and lists tell: a claim supports a measure, founds one, or stays a claim.

The rule, told row by row in `claims.reason_text`:

- A claim **supports** a measure of the same issuer, territory and type where something ties the two beyond that: an act that
  it cites by number, a day that is a day of the measure, a year or month in which it started, or publication within a
  month of that; the same goods add weight. A measure whose start no source tells needs no such tie. The measure with the
  most ties has the claim; where two have as many, neither has it.
- Claims that fit no measure **found** one where they agree on issuer, territory and type within two months and say
  that it is imposed, and two publishers tell it independently, or the issuer's own press states it with a
  day within a month of the publication: what it tells without one is as often the past, a plan or a hope. Texts that share
  the sentence are one report.
- A person's word in `reviews.toml` goes before both.
"""

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl

import schemas
from pipeline.identifiers import digests
from pipeline.normalized.goods import headings_of

Frames = Mapping[str, pl.DataFrame]

_REVIEWS = Path(__file__).with_name("reviews.toml")
BY_A_PERSON = "by a person"
"""How the reason of a claim ends that a review decided."""
_NEAR = timedelta(days=31)
"""Press tells a measure in the weeks around its start; what it says later is of what has stood for long."""
_ONE_TIME = timedelta(days=62)
"""Reports of one decision, from the first plan to the last detail, lie within two months of one another."""
_IMPOSING, _STANDING = ("impose", "widen"), ("announced", "approved", "in_force")
_NOT_SAYING_SO = ("threaten", "propose", "reject")
"""Actions of a claim that do not say that the measure which they are about was ever imposed."""
_TOO_VAGUE = ("sanctions_unspecified", "trade_restriction", "financial_restriction", "secondary_sanctions")
"""Types that say too little to found a measure. That targets were listed says enough where the issuer's press tells the day,
and too little to tell that two papers speak of one decision."""
_ON_TARGETS = ("listing", "asset_freeze", "travel_ban", "terrorist_designation")
"""Types that hit persons and bodies, of the territory or connected with it, and not the territory."""
_SAME = ["issuer_code", "territory_code", "measure_type_code"]
_ALIKE = ["issuer_code", "territories", "measure_type_code"]
_STEP = ["measure_id", "action_code", "step_code"]
_COMMON_WORDS = [
    "goods",
    "good",
    "product",
    "item",
    "certain",
    "other",
    "including",
    "such",
    "export",
    "import",
    "with",
    "from",
]


def corroborate(frames: Frames) -> dict[str, pl.DataFrame]:
    """The tables with claims tied to measures, the measures that claims found, and the steps that law does not tell.

    `documents` must bear `known_from_at` and the publisher of each text, `measures` the columns that
    `merging.merge_measures` gives.
    """
    if frames["claims"].is_empty():
        return {**frames, "measures": frames["measures"].with_columns(is_confirmed=pl.lit(value=False))}
    told = _told(frames)
    fitting = _fitting(told, frames)
    supporting = _supporting(fitting)
    founding = _founding(told.join(fitting, on="claim_id", how="anti"))
    claims = _explained(frames["claims"], supporting, founding)
    measures = pl.concat([_supported(frames["measures"], told, supporting), _measures_of(founding)], how="diagonal_relaxed")
    return {
        **frames,
        "claims": claims,
        "measures": _reviewed(measures, claims),
        "measure_keys": pl.concat([frames["measure_keys"], _keys_of(founding)], how="diagonal_relaxed"),
        "dates": _with_steps_of_claims(frames["dates"], frames["listings"], supporting, founding),
    }


# What is told


def _told(frames: Frames) -> pl.DataFrame:
    """One row a claim, issuer and territory, with its publisher, its report and the day that it speaks of."""
    texts = frames["documents"].select(
        "document_id", "published_date", "source_id", "publisher_issuer_code", "known_from_at",
        publisher=pl.coalesce("publisher_issuer_code", "publisher_name", "source_id"),  # one government is one voice
    )  # fmt: skip
    return (
        frames["claims"]
        .filter(~pl.col("claim_id").is_in(_reviewed_as("dismissed")))
        .drop("measure_id", "reason_text", "known_from_at", strict=False)
        .join(texts, on="document_id", maintain_order="left")
        .join(_days(frames["dates"], "claim_id"), on="claim_id", how="left", maintain_order="left")
        .with_columns(territories=pl.col("territory_codes").list.sort().list.join(" "))
        .explode("issuer_codes").explode("territory_codes")
        .rename({"issuer_codes": "issuer_code", "territory_codes": "territory_code"})
        .drop_nulls(["issuer_code", "territory_code", "measure_type_code"])
        .filter(pl.all_horizontal(pl.col("issuer_code", "territory_code").is_in(schemas.territory_frame()["code"].implode())))
        .with_columns(
            day=pl.coalesce("first_day", "published_date"),
            is_of_issuer=(pl.col("publisher_issuer_code") == pl.col("issuer_code")).fill_null(value=False),
            act_numbers=pl.col("instrument_texts").list.eval(_act_number(pl.element())).list.drop_nulls(),
            headings=pl.col("goods_text").map_elements(lambda text: headings_of(text, "en"), return_dtype=pl.List(pl.String)),
            goods_words=_goods_words(pl.col("goods_text")),
        )
    )  # fmt: skip


def _days(dates: pl.DataFrame, owner: str) -> pl.DataFrame:
    """By claim or measure: the days of its steps, the first on which it is imposed, and the span where no day is told."""
    told = dates.filter(pl.col(owner).is_not_null(), pl.col("date_precision_code").is_in(["day", "month", "year", "between"]))
    is_day, is_imposing = pl.col("date_precision_code") == "day", pl.col("action_code").is_in(_IMPOSING)
    return told.group_by(owner).agg(
        days=pl.col("date").filter(is_day).unique().sort(),
        first_day=pl.col("date").filter(is_day & is_imposing).min(),
        span_from=pl.col("date").filter(~is_day & is_imposing).min(),
        span_to=pl.col("date_latest").filter(~is_day & is_imposing).max(),
    )


def _act_number(name: pl.Expr) -> pl.Expr:
    """The number that tells an act from others of its issuer: 14068 of Executive Order 14068, 833 of 32014R0833."""
    celex = name.str.extract(r"^3\d{4}[A-Z]0*(\d+)$")
    return pl.coalesce(celex, name.str.extract(r"(?:^|[^\d,])((?:1[0-8]|[2-9]\d)?\d{2,3}|\d{5})(?:[^\d,]|$)"))


def _goods_words(words: pl.Expr) -> pl.Expr:
    """The words that tell goods from other goods: `luxury`, `jewellery`, not `goods`."""
    plain = words.str.to_lowercase().str.extract_all(r"[a-z]{4,}").list.eval(pl.element().str.strip_suffix("s"))
    return plain.list.set_difference(_COMMON_WORDS)


# What supports a measure


def _fitting(told: pl.DataFrame, frames: Frames) -> pl.DataFrame:
    """The pairs of a claim and a measure that it may be about, with what ties them and how much that weighs."""
    is_near = (pl.col("day") - pl.col("first_day_of_measure")).abs() <= _NEAR
    pairs = told.join(_tellable(frames), on=_SAME, suffix="_of_measure").with_columns(
        act=_shared("act_numbers"),
        shared_day=_shared("days"),
        shared_goods=pl.coalesce(_shared("headings"), _shared("goods_words")),
        is_near=(is_near & pl.col("action_code").is_in(_IMPOSING)).fill_null(value=False),
        is_in_span=pl.col("first_day_of_measure").is_between("span_from", "span_to").fill_null(value=False),
        is_undated=pl.col("first_day_of_measure").is_null(),
    )
    has_act, has_day, has_goods = (pl.col(name).is_not_null() for name in ("act", "shared_day", "shared_goods"))
    weight = has_act * 8 + has_day * 4 + has_goods * 2 + pl.col("is_near") * 1 + pl.col("is_in_span") * 1
    held = pairs.filter(has_act | has_day | pl.any_horizontal("is_near", "is_in_span", "is_undated")).with_columns(
        weight=weight
    )
    return held.sort("claim_id", "weight", "measure_id", descending=[False, True, False]).unique(
        ["claim_id", "measure_id"], keep="first", maintain_order=True
    )


def _supporting(fitting: pl.DataFrame) -> pl.DataFrame:
    """The claims that support a measure: `claim_id`, `measure_id` and why."""
    best = fitting.filter(pl.col("weight") == pl.col("weight").max().over("claim_id"))
    return best.filter(pl.len().over("claim_id") == 1).select("claim_id", "measure_id", reason_text=_why_it_supports())


def _tellable(frames: Frames) -> pl.DataFrame:
    """One row a measure and territory, with what may tie a claim to it."""
    own_steps = frames["dates"].filter(pl.col("listing_id").is_null())
    headings = frames["goods"].select("measure_id", headings="heading_codes").explode("headings").drop_nulls()
    numbers = frames["instruments"].select("instrument_id", act_numbers=_act_number(pl.col("number"))).drop_nulls()
    acts = frames["measure_instruments"].join(numbers, on="instrument_id")
    return (
        frames["measures"]
        .select(
            "measure_id", "issuer_code", "measure_type_code", territory_code="territory_codes",
            goods_words=_goods_words(pl.concat_str("title", "goods_text", separator=" ", ignore_nulls=True)),
        )
        .explode("territory_code").drop_nulls("territory_code")
        .join(_days(own_steps, "measure_id"), on="measure_id", how="left")
        .join(acts.group_by("measure_id").agg(pl.col("act_numbers").unique()), on="measure_id", how="left")
        .join(headings.group_by("measure_id").agg(pl.col("headings").unique()), on="measure_id", how="left")
    )  # fmt: skip


def _shared(column: str) -> pl.Expr:
    """The first of what a claim and a measure have in common."""
    return pl.col(column).list.set_intersection(f"{column}_of_measure").list.sort().list.first()


def _why_it_supports() -> pl.Expr:
    return pl.concat_str(
        pl.lit("same issuer, territory and type of measure"),
        pl.format("cites its act {}", "act"),
        pl.format("tells {}, a day of it", "shared_day"),
        pl.format("names its goods: {}", "shared_goods"),
        pl.when("is_undated").then(pl.lit("the only such measure that is held; no source tells its start")),
        pl.when("is_in_span").then(pl.format("tells a time in which it started, on {}", "first_day_of_measure")),
        pl.when("is_near").then(pl.format("told within a month of its start on {}", "first_day_of_measure")),
        separator="; ",
        ignore_nulls=True,
    )


# What founds a measure


def _founding(told: pl.DataFrame) -> pl.DataFrame:
    """The claims that found a measure: their rows with `measure_id`, why, and how many publishers tell it."""
    whole = told.unique(["claim_id", "issuer_code"], keep="first", maintain_order=True)  # not a row a territory
    fit = whole.filter(
        pl.col("action_code").is_in(_IMPOSING), pl.col("status_code").is_in(_STANDING), pl.col("day").is_not_null(),
        ~pl.col("measure_type_code").is_in(_TOO_VAGUE),
        (pl.col("confidence_code") != "low") | pl.col("claim_id").is_in(_reviewed_as("confirmed")),
    )  # fmt: skip
    since_last = pl.col("day").diff().over(_ALIKE)
    clusters = fit.sort(*_ALIKE, "day", "claim_id").with_columns(
        cluster=(since_last > _ONE_TIME).fill_null(value=False).cast(pl.Int64).cum_sum().over(_ALIKE)
    )
    one = [*_ALIKE, "cluster"]
    # A sentence may tell several measures: it is one report of each.
    first_of_report = pl.col("sentence_digest").is_first_distinct().over(one)
    counted = clusters.with_columns(
        founder=pl.col("claim_id").first().over(one),
        publishers=pl.col("publisher").filter(first_of_report).n_unique().over(one),
        is_stated=_is_stated().any().over(one),
        is_confirmed=pl.col("claim_id").is_in(_reviewed_as("confirmed")).any().over(one),
    )
    is_told_by_two = (pl.col("publishers") > 1) & (pl.col("measure_type_code") != "listing")
    founding = counted.filter(is_told_by_two | pl.col("is_stated") | pl.col("is_confirmed"))
    key = digests(pl.lit("claims"), pl.col("founder"), *(pl.col(name) for name in _ALIKE), length=12)
    return founding.with_columns(
        measure_id=pl.concat_str("issuer_code", pl.lit("-"), key), reason_text=_why_it_founds()
    )  # fmt: skip


def _is_stated() -> pl.Expr:
    is_news = ((pl.col("first_day") - pl.col("published_date")).abs() <= _NEAR).fill_null(value=False)
    return pl.col("is_of_issuer") & is_news


def _why_it_founds() -> pl.Expr:
    return (
        pl.when("is_confirmed").then(pl.lit(f"confirmed {BY_A_PERSON}"))
        .when(pl.col("publishers") > 1).then(pl.format("told by {} publishers independently", "publishers"))
        .otherwise(pl.lit("stated by the issuer's own press, with its day"))
    )  # fmt: skip


def _measures_of(founding: pl.DataFrame) -> pl.DataFrame:
    in_order = founding.sort("measure_id", "known_from_at", "claim_id").group_by("measure_id", maintain_order=True)
    firsts = ("issuer_code", "measure_type_code", "evidence_id", "source_id", "known_from_at")
    made = in_order.agg(
        *(pl.col(name).first() for name in firsts),
        territory_codes=pl.col("territories").first().str.split(" "),
        goods_text=pl.col("goods_text").drop_nulls().first(),
        publisher_count=pl.col("publishers").first(),
        is_of_issuer=pl.col("is_of_issuer").any(),
    )
    scope = (
        pl.when(pl.col("measure_type_code").is_in(_ON_TARGETS)).then(pl.lit("listed_targets"))
        .when(pl.col("goods_text").is_not_null()).then(pl.lit("goods"))
        .otherwise(pl.lit("unknown"))
    )  # fmt: skip
    return made.with_columns(
        scope_code=scope,
        kind_code=pl.when("is_of_issuer").then(pl.lit("press")).otherwise(pl.lit("news")),
    ).drop("is_of_issuer")


def _keys_of(founding: pl.DataFrame) -> pl.DataFrame:
    """The claims that founded a measure are its keys."""
    keys = founding.select(
        "measure_id", "source_id", "evidence_id", source_key="claim_id",
        why_text=pl.concat_str(pl.lit("founded the measure: "), "reason_text"),
    )  # fmt: skip
    return keys.unique(["measure_id", "source_id", "source_key"], keep="first", maintain_order=True)


# What comes of it


def _explained(claims: pl.DataFrame, supporting: pl.DataFrame, founding: pl.DataFrame) -> pl.DataFrame:
    """The claims with the measure that each supports or founded, and why, or why none."""
    tied = pl.concat([supporting, founding.select(supporting.columns)]).unique("claim_id", keep="first", maintain_order=True)
    is_vague = pl.col("measure_type_code").is_in(_TOO_VAGUE)
    nothing = (
        pl.when(pl.col("claim_id").is_in(_reviewed_as("dismissed"))).then(pl.lit(f"dismissed {BY_A_PERSON}"))
        .when(pl.col("issuer_codes").list.len() == 0).then(pl.lit("the text does not say who"))
        .when(pl.col("territory_codes").list.len() == 0).then(pl.lit("the text does not say against which territory"))
        .when(is_vague).then(pl.lit("the text does not say what is restricted"))
        .otherwise(pl.lit("fits no single measure of law or list, and is not corroborated"))
    )  # fmt: skip
    joined = claims.drop("measure_id", "reason_text", strict=False).join(tied, on="claim_id", how="left", maintain_order="left")
    told = pl.coalesce("reason_text", nothing)
    is_confirmed = pl.col("claim_id").is_in(_reviewed_as("confirmed")) & ~told.str.ends_with(BY_A_PERSON)
    return joined.with_columns(
        reason_text=pl.when(is_confirmed).then(told + pl.lit(f"; confirmed {BY_A_PERSON}")).otherwise(told)
    )


def _supported(measures: pl.DataFrame, told: pl.DataFrame, supporting: pl.DataFrame) -> pl.DataFrame:
    """The measures with the number of publishers that tell each, and known since the first text that says that it stands.

    The press of the issuer is the voice that the law and the lists of the issuer have already.
    """
    says_so = ~pl.col("action_code").is_in(_NOT_SAYING_SO) & (pl.col("confidence_code") != "low")
    by = (
        told.filter(says_so)
        .join(supporting, on="claim_id")
        .join(measures.select("measure_id", "issuer_code"), on=["measure_id", "issuer_code"], how="semi")
        .group_by("measure_id")
        .agg(
            further=pl.col("publisher").filter(~pl.col("is_of_issuer")).n_unique(),
            told_at=pl.col("known_from_at").min(),
        )
    )
    joined = measures.join(by, on="measure_id", how="left", maintain_order="left")
    return joined.with_columns(
        publisher_count=pl.col("publisher_count") + pl.col("further").fill_null(0),
        known_from_at=pl.min_horizontal("known_from_at", "told_at"),
    ).drop("further", "told_at")


def _reviewed(measures: pl.DataFrame, claims: pl.DataFrame) -> pl.DataFrame:
    """The measures, marked where a person confirmed a claim of theirs."""
    confirmed = claims.filter(pl.col("claim_id").is_in(_reviewed_as("confirmed")))["measure_id"].drop_nulls()
    return measures.with_columns(is_confirmed=pl.col("measure_id").is_in(confirmed.implode()))


def _with_steps_of_claims(
    dates: pl.DataFrame, listings: pl.DataFrame, supporting: pl.DataFrame, founding: pl.DataFrame
) -> pl.DataFrame:
    """The steps, those of claims as steps of their measures too: all where the claim founded it, else those of its imposition
    that law does not tell and that lie about its start, also where its first listing alone tells that. A measure that prose
    alone tells, and no day of it, was announced by the day of publication."""
    of_claims = dates.filter(pl.col("claim_id").is_not_null()).drop("measure_id")
    of_measures = _known_sooner(dates.filter(pl.col("claim_id").is_null()), of_claims, supporting)
    founded = founding.select("claim_id", "measure_id").unique().sort("claim_id", "measure_id")
    is_further = ~pl.col("date_id").is_first_distinct()  # a claim may found a measure of each issuer that it names
    with_founded = of_claims.join(founded, on="claim_id", maintain_order="left_right").with_columns(
        date_id=pl.when(is_further).then(digests(pl.col("date_id"), pl.col("measure_id"), length=16)).otherwise("date_id")
    )
    is_far = pl.any_horizontal((pl.col(day) - pl.col("start")).abs() > _ONE_TIME for day in ("date", "date_latest"))
    with_supported = (
        of_claims.filter(action_code="impose")
        .join(supporting.select("claim_id", "measure_id"), on="claim_id", maintain_order="left")
        .join(of_measures.select(_STEP).unique(), on=_STEP, how="anti", maintain_order="left")
        .join(_starts(of_measures, listings), on="measure_id", how="left", maintain_order="left")
        .filter(~is_far.fill_null(value=False)).drop("start")
    )  # fmt: skip
    owned = pl.concat([with_founded, with_supported])
    rest = of_claims.join(owned.select("date_id"), on="date_id", how="anti")
    dated = with_founded.filter(pl.col("action_code") == "impose", pl.col("date_precision_code").is_not_null())
    undated = founding.join(dated.select("measure_id"), on="measure_id", how="anti")
    parts = [of_measures, owned, rest, _announced_by(undated)]
    return pl.concat(parts, how="diagonal_relaxed")


def _known_sooner(of_measures: pl.DataFrame, of_claims: pl.DataFrame, supporting: pl.DataFrame) -> pl.DataFrame:
    """The steps, known since the first text that tells the same day of the same step, where that came before the law."""
    same = [*_STEP, "date", "date_latest"]
    told = (
        of_claims.join(supporting.select("claim_id", "measure_id"), on="claim_id")
        .group_by(same)
        .agg(told_at=pl.col("known_from_at").min())
    )
    joined = of_measures.join(told, on=same, how="left", maintain_order="left")
    return joined.with_columns(known_from_at=pl.min_horizontal("known_from_at", "told_at")).drop("told_at")


def _starts(of_measures: pl.DataFrame, listings: pl.DataFrame) -> pl.DataFrame:
    """By measure the first day on which it is imposed, else the last on which its first listing may have begun."""
    listed = of_measures.filter(action_code="list").select("listing_id", "date_latest").drop_nulls()
    first_listed = (
        listed.join(listings.select("listing_id", measure="measure_id"), on="listing_id")
        .group_by(measure_id="measure").agg(listed=pl.col("date_latest").min())
    )  # fmt: skip
    own = _days(of_measures.filter(pl.col("listing_id").is_null()), "measure_id").select("measure_id", "first_day")
    both = own.join(first_listed, on="measure_id", how="full", coalesce=True)
    return both.select("measure_id", start=pl.coalesce("first_day", "listed"))


def _announced_by(founding: pl.DataFrame) -> pl.DataFrame:
    firsts = founding.drop_nulls("published_date").sort("measure_id", "published_date", "claim_id")
    return firsts.unique("measure_id", keep="first", maintain_order=True).select(
        "measure_id", "claim_id", "evidence_id", "known_from_at",
        date_id=digests(pl.col("measure_id"), pl.lit("announced by"), length=16),
        action_code=pl.lit("impose"), step_code=pl.lit("announced"), date_latest="published_date",
        date_precision_code=pl.lit("not_after"), is_approximate=pl.lit(value=False), is_derived=pl.lit(value=True),
        derivation_text=pl.format("told by a text published on {}", "published_date"),
    )  # fmt: skip


def _reviewed_as(verdict: str) -> list[str]:
    return [str(review["claim_id"]) for review in reviews() if review["verdict"] == verdict]


def reviews() -> list[dict[str, Any]]:
    """What persons said of claims: `claim_id`, `verdict` (confirmed or dismissed), `why` and `reviewed` (the day)."""
    found: list[dict[str, Any]] = tomllib.loads(_REVIEWS.read_text(encoding="utf-8")).get("review", [])
    return found
