"""What prose claims meets what law and lists tell: a claim supports a measure, founds one, or stays a claim.

The rule, told row by row in `claims.reason_text`:

- A claim **supports** a measure of the same issuer, territory and type where something ties the two beyond that: an act that
  it cites by number, a day that is a day of the measure, a month in which it started, publication within a month of that, or
  the same goods from the start on. A measure whose start no source tells needs no such tie.
- What an issuer lists it tells in its lists: a claim that it listed or designated somebody supports the measure under which
  it listed somebody whom the claim names within a month, or somebody connected with the territory within three days.
- The measure with the most ties has the claim, for each issuer and territory that it names; where two have as many, neither
  has it.
- Claims that fit no measure **found** one where they agree on issuer, territory, type and, where they name any, goods
  within two months and say that it is imposed, and two publishers tell it independently, or the issuer's own press states it
  with a day within a month of the publication, or does it with these words ("is designating", "hereby"), which is as good as
  that day: what else it tells without one is as often the past, a plan or a hope, and counts where the news of that week tell
  the same. Nor does it state by itself what several governments declare together, or what is said in answer to questions.
  Texts that share the sentence are one report.
- Whom an act against terrorism at large lists, such as Executive Order 13224, is of no territory: it founds no measure.
- A person's word in `reviews.toml` goes before both.

How sure what it founds is, `test_what_annotated_texts_found_is_what_they_say` measures: the annotated texts become a snapshot
without law and lists, and of each pair of a published measure and a territory it asks whether a text behind the measure is
annotated with that issuer, territory and type. All 7 pairs of the 5 measures that come of the 107 texts are; the test fails
below 0.95. Seven are few: a rule that is right in two of three cases gets as many right by chance once in seventeen times.
"""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl

import schemas
from pipeline.identifiers import digests
from pipeline.normalized.listed import SAYING_LISTED, listed_times
from pipeline.normalized.ties import NOT_SAYING_SO, ON_TARGETS, SAME, TOO_VAGUE, best_fits, fits, starts
from pipeline.normalized.told import IMPOSING, NEAR, Frames, claims_told, steps_of_claims

_REVIEWS = Path(__file__).with_name("reviews.toml")
BY_A_PERSON = "by a person"
"""How the reason of a claim ends that a review decided."""
_ONE_TIME = timedelta(days=62)
"""Reports of one decision, from the first plan to the last detail, lie within two months of one another."""
_THAT_WEEK = timedelta(days=7)
"""In which the press of a government that tells no day speaks of what the news tell."""
_NEXT_DAY = timedelta(days=1)
"""By which a day may be another one elsewhere on the globe."""
_STANDING = ("announced", "approved", "in_force")
_BEFORE_FORCE = ("threatened", "proposed", "announced", "approved", "signed")
"""Steps on the way to a measure."""
_OF_GOODS = ("export_ban", "export_control", "import_ban", "tariff_increase", "trade_preference_suspension", "mfn_revocation")
"""Types of which an issuer may have several against a territory, which their goods tell apart."""
_OF_FINANCE = (
    "capital_market_restriction", "central_bank_restriction", "correspondent_banking_restriction", "financial_messaging_ban",
    "investment_ban", "services_ban", "transaction_ban",
)  # fmt: skip
"""Types that law and lists tell in full: what prose tells of them is one of those."""
_ALIKE = ["issuer_code", "territories", "measure_type_code"]
_STEP = ["measure_id", "action_code", "step_code"]


def corroborate(frames: Frames, names: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The tables with claims tied to measures, the measures that claims found, and the steps that law does not tell.

    `documents` must bear `known_from_at` and the publisher of each text, `measures` the columns that
    `merging.merge_measures` gives; `names` has those of all targets by `target_id`.
    """
    if frames["claims"].is_empty():
        return {**frames, "measures": frames["measures"].with_columns(is_confirmed=pl.lit(value=False))}
    open_claims = frames["claims"].filter(~pl.col("claim_id").is_in(_reviewed_as("dismissed")))
    told = claims_told({**frames, "claims": open_claims})
    fitting = fits(told, frames, names)
    supporting = best_fits(fitting)
    free = told.join(fitting, on=["claim_id", "issuer_code"], how="anti")
    founding = _founding(_told_apart(free, frames))
    claims = _explained(frames["claims"], fitting, supporting, founding)
    measures = pl.concat([_supported(frames["measures"], told, supporting), _measures_of(founding)], how="diagonal_relaxed")
    return {
        **frames,
        "claims": claims,
        "measures": _reviewed(measures, claims),
        "measure_keys": pl.concat([frames["measure_keys"], _keys_of(founding)], how="diagonal_relaxed"),
        "dates": _with_steps_of_claims(frames, supporting, founding),
    }


# What founds a measure


def _told_apart(told: pl.DataFrame, frames: Frames) -> pl.DataFrame:
    """What may be a further measure: no listing of the time that the issuer's own lists cover to the day, and no second
    measure on goods of an issuer, territory and type without its goods."""
    in_lists = pl.col("measure_type_code").is_in(SAYING_LISTED) & pl.col("day").is_between("from", "to")
    unlisted = told.join(listed_times(frames), on="issuer_code", how="left").filter(~in_lists.fill_null(value=False))
    held = frames["measures"].filter(pl.col("measure_type_code").is_in(_OF_GOODS + _OF_FINANCE)).explode("territory_codes")
    unnamed = unlisted.filter(pl.col("goods_text").is_null())
    is_like = unnamed.join(held.rename({"territory_codes": "territory_code"}), on=SAME, how="semi")
    return unlisted.join(is_like, on=["claim_id", "issuer_code"], how="anti").drop("from", "to")


def _founding(told: pl.DataFrame) -> pl.DataFrame:
    """The claims that found a measure: their rows with `measure_id`, why, and how many publishers tell it."""
    whole = told.unique(["claim_id", "issuer_code"], keep="first", maintain_order=True)  # not a row a territory
    is_confirmed = pl.col("claim_id").is_in(_reviewed_as("confirmed"))
    fit = whole.filter(
        pl.col("action_code").is_in(IMPOSING), pl.col("status_code").is_in(_STANDING), pl.col("day").is_not_null(),
        ~pl.col("measure_type_code").is_in(TOO_VAGUE), ~_is_against_former_state(), ~_is_against_nobody_s_territory(),
        is_confirmed | ((pl.col("confidence_code") != "low") & (_is_told() | _is_voice())),
    )  # fmt: skip
    decision = pl.col("day").map_batches(_decisions, return_dtype=pl.Int64).over(_ALIKE)
    together = fit.sort(*_ALIKE, "day", "claim_id").with_columns(cluster=decision, goods_named=_goods_named())
    wares = pl.col("goods_named").map_batches(_wares, return_dtype=pl.Int64).over([*_ALIKE, "cluster"])
    together = together.with_columns(wares=wares)
    one = [*_ALIKE, "cluster", "wares"]
    since_news = pl.col("day") - pl.col("day").filter(pl.col("publisher_issuer_code").is_null()).min().over(one)
    is_of_those_days = (since_news.abs() <= _THAT_WEEK).fill_null(value=False)
    clusters = together.filter(is_confirmed | _is_told() | is_of_those_days)
    # A sentence may tell several measures: it is one report of each.
    first_of_report = pl.col("sentence_digest").is_first_distinct().over(one)
    counted = clusters.with_columns(
        founder=pl.col("claim_id").first().over(one),
        publishers=pl.col("publisher").filter(first_of_report).n_unique().over(one),
        is_stated=(pl.col("is_of_issuer") & _is_told()).any().over(one),
        is_confirmed=is_confirmed.any().over(one),
    )
    is_told_by_two = (pl.col("publishers") > 1) & (pl.col("measure_type_code") != "listing")
    founding = counted.filter(is_told_by_two | pl.col("is_stated") | pl.col("is_confirmed"))
    key = digests(pl.lit("claims"), pl.col("founder"), *(pl.col(name) for name in _ALIKE), length=12)
    return founding.with_columns(
        measure_id=pl.concat_str("issuer_code", pl.lit("-"), key), reason_text=_why_it_founds()
    )  # fmt: skip


def _is_against_former_state() -> pl.Expr:
    """Whether it is told of a state that was no more on its day: the text speaks of what was once imposed on it."""
    end = pl.col("territory_code").replace_strict(schemas.ends_of_states(), default=None, return_dtype=pl.Date)
    return (pl.col("day") > end).fill_null(value=False)


def _is_against_nobody_s_territory() -> pl.Expr:
    """Whether an act against terrorism at large lists somebody: the territory is that of which he comes, or where he struck."""
    return pl.col("is_of_terrorism").fill_null(value=False) & pl.col("measure_type_code").is_in(ON_TARGETS)


def _decisions(days: pl.Series) -> pl.Series:
    """By day, in their order, the number of the decision that it is of: a new one where the last was first told long before."""
    first, number, numbers = None, 0, []
    for day in days:
        if first is None or day - first > _ONE_TIME:
            first, number = day, number + 1
        numbers.append(number)
    return pl.Series(numbers, dtype=pl.Int64)


def _goods_named() -> pl.Expr:
    """The headings and the words by which the goods of a claim are told from other goods; empty where it names none."""
    words = pl.concat_list(pl.col("headings").fill_null([]), pl.col("goods_words").fill_null([]))
    as_told = pl.concat_list(pl.col("goods_text").str.to_lowercase())
    of_goods = pl.col("measure_type_code").is_in(_OF_GOODS) & pl.col("goods_text").is_not_null()
    return pl.when(of_goods).then(pl.when(words.list.len() > 0).then(words).otherwise(as_told)).otherwise(pl.lit([]))


def _wares(named: pl.Series) -> pl.Series:
    """By claim of a decision the number of the goods that it is about: claims that share a word are about the same.

    A claim that names no goods is about the only ones that others name, and where they name several, about none of them.
    """
    groups: list[set[str]] = []
    for words in named:
        shared = [group for group in groups if group & set(words)]
        groups = [group for group in groups if group not in shared] + ([set(words).union(*shared)] if len(words) else [])
    unnamed = 0 if len(groups) == 1 else len(groups)
    numbers = [next((at for at, group in enumerate(groups) if group & set(words)), unnamed) for words in named]
    return pl.Series(numbers, dtype=pl.Int64)


def _is_told() -> pl.Expr:
    """Whether a text tells it as news: the press of a government where it states it alone, with a day near the publication."""
    is_new = ((pl.col("first_day") - pl.col("published_date")).abs() <= NEAR).fill_null(value=False)
    return pl.col("publisher_issuer_code").is_null() | (pl.col("is_statement") & is_new)


def _is_voice() -> pl.Expr:
    """Whether the issuer's own press states it without a day: it confirms what the news of that week tell, and founds nothing
    alone."""
    return pl.col("is_of_issuer") & pl.col("is_statement") & pl.col("first_day").is_null()


def _why_it_founds() -> pl.Expr:
    return (
        pl.when("is_confirmed").then(pl.lit(f"confirmed {BY_A_PERSON}"))
        .when(pl.col("publishers") > 1).then(pl.format("told by {} publishers independently", "publishers"))
        .when(pl.col("performed_date").is_not_null()).then(pl.lit("stated by the issuer's own press in its own present"))
        .otherwise(pl.lit("stated by the issuer's own press, with its day"))
    )  # fmt: skip


def _measures_of(founding: pl.DataFrame) -> pl.DataFrame:
    plainest = (~pl.col("is_of_issuer"), pl.col("first_day").is_null(), pl.col("confidence_code") != "high")
    in_order = founding.sort("measure_id", *plainest, "known_from_at", "claim_id").group_by("measure_id", maintain_order=True)
    firsts = ("issuer_code", "measure_type_code", "evidence_id", "source_id")
    made = in_order.agg(
        *(pl.col(name).first() for name in firsts),
        known_from_at=pl.col("known_from_at").min(),
        territory_codes=pl.col("territories").first().str.split(" "),
        goods_text=pl.col("goods_text").drop_nulls().first(),
        publisher_count=pl.col("publishers").first(),
        is_of_issuer=pl.col("is_of_issuer").any(),
    )
    scope = (
        pl.when(pl.col("measure_type_code").is_in(ON_TARGETS)).then(pl.lit("listed_targets"))
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


def _explained(claims: pl.DataFrame, fitting: pl.DataFrame, supporting: pl.DataFrame, founding: pl.DataFrame) -> pl.DataFrame:
    """The claims with the measure that each supports or founded, and why, or why none."""
    columns = ("claim_id", "measure_id", "reason_text")
    tied = pl.concat([supporting.select(columns), founding.select(columns)]).unique(
        "claim_id", keep="first", maintain_order=True
    )
    is_vague = pl.col("measure_type_code").is_in(TOO_VAGUE)
    fits_several = pl.col("claim_id").is_in(fitting["claim_id"].implode())
    nothing = (
        pl.when(pl.col("claim_id").is_in(_reviewed_as("dismissed"))).then(pl.lit(f"dismissed {BY_A_PERSON}"))
        .when(pl.col("issuer_codes").list.len() == 0).then(pl.lit("the text does not say who"))
        .when(pl.col("territory_codes").list.len() == 0).then(pl.lit("the text does not say against which territory"))
        .when(is_vague).then(pl.lit("the text does not say what is restricted"))
        .when(fits_several).then(pl.lit("fits several measures of law or list alike"))
        .otherwise(pl.lit("fits no measure of law or list, and is not corroborated"))
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
    says_so = ~pl.col("action_code").is_in(NOT_SAYING_SO) & (pl.col("confidence_code") != "low")
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


def _with_steps_of_claims(frames: Frames, supporting: pl.DataFrame, founding: pl.DataFrame) -> pl.DataFrame:
    """The steps, those of claims as steps of their measures too: where the claim founded it all but those of long before, else
    those of its imposition that law does not tell and that lie about its start, also where its first listing alone tells
    that. A measure that prose alone tells, and no day of it, was announced by the day of publication; one that is only
    told to have been widened stood by then."""
    dates = frames["dates"]
    of_claims = dates.filter(pl.col("claim_id").is_not_null()).drop("measure_id")
    of_measures = _known_sooner(dates.filter(pl.col("claim_id").is_null()), of_claims, supporting)
    founded = founding.select("claim_id", "measure_id").unique().sort("claim_id", "measure_id")
    near = of_claims.join(steps_of_claims(frames).select("date_id"), on="date_id", how="semi", maintain_order="left")
    is_vague = pl.col("date_precision_code") != "day"
    before = pl.col("start") - pl.when(is_vague).then(_NEXT_DAY).otherwise(NEAR)
    is_background = (pl.col("date_latest") < before) & pl.col("action_code").is_in(IMPOSING)
    with_founded = (
        near.join(founded, on="claim_id", maintain_order="left_right")
        .join(founding.group_by("measure_id").agg(start=pl.col("day").min()), on="measure_id", maintain_order="left")
        .filter(~is_background.fill_null(value=False)).drop("start")
    )  # fmt: skip
    with_supported = (
        near.filter(action_code="impose")
        .join(supporting.filter("tells_steps").select("claim_id", "measure_id"), on="claim_id", maintain_order="left")
        .join(of_measures.select(_STEP).unique(), on=_STEP, how="anti", maintain_order="left")
        .join(starts(of_measures, frames["listings"]), on="measure_id", how="left", maintain_order="left")
        .filter(~_is_of_another_time().fill_null(value=False)).drop("start")
    )  # fmt: skip
    owned = _once(pl.concat([with_founded, with_supported]))
    rest = of_claims.join(owned.select("date_id"), on="date_id", how="anti")
    dated = owned.filter(pl.col("action_code") == "impose", pl.col("date_precision_code").is_not_null())
    undated = founding.join(dated.select("measure_id"), on="measure_id", how="anti")
    is_new = (pl.col("action_code") == "impose").any().over("measure_id")
    performed = undated.filter(is_new).filter(pl.col("performed_date").is_not_null().any().over("measure_id"))
    told = undated.filter(is_new).join(performed.select("measure_id"), on="measure_id", how="anti")
    derived = [_announced_on(performed), _announced_by(told), _standing_by(undated.filter(~is_new))]
    parts = [of_measures, owned, rest, *derived]
    return pl.concat(parts, how="diagonal_relaxed")


def _is_of_another_time() -> pl.Expr:
    """Whether a step cannot be one of a measure with that start: far from it, on the way to it but later, or a mere day."""
    is_far = pl.any_horizontal((pl.col(day) - pl.col("start")).abs() > _ONE_TIME for day in ("date", "date_latest"))
    is_late = pl.col("step_code").is_in(_BEFORE_FORCE) & (pl.col("date") > pl.col("start") + _NEXT_DAY)
    return is_far | is_late | ((pl.col("step_code") == "unspecified") & pl.col("start").is_not_null())


def _once(steps: pl.DataFrame) -> pl.DataFrame:
    """The steps of measures, each as the first text tells it, under identifiers of their own.

    A claim may be of a measure of each issuer that it names.
    """
    same = [*_STEP, "date", "date_latest"]
    first = steps.sort("known_from_at", maintain_order=True).unique(same, keep="first", maintain_order=True)
    is_further = ~pl.col("date_id").is_first_distinct()
    return first.with_columns(
        date_id=pl.when(is_further).then(digests(pl.col("date_id"), pl.col("measure_id"), length=16)).otherwise("date_id")
    )


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


def _announced_on(founding: pl.DataFrame) -> pl.DataFrame:
    """What its issuer imposes with the words of a release was announced on its day; what it says to be done, stands since."""
    told = pl.format("stated in its own present by the issuer's press, published on {}", "performed_date")
    announced = _not_after(founding, "performed_date", "announced", told)
    is_done = (pl.col("status_code") == "in_force").all().over("measure_id")
    stands = _not_after(founding.filter(is_done), "performed_date", "unspecified", told)
    return pl.concat([announced.with_columns(date="date_latest", date_precision_code=pl.lit("day")), stands], how="diagonal")


def _announced_by(founding: pl.DataFrame) -> pl.DataFrame:
    told = pl.format("told by a text published on {}", "published_date")
    is_done = (pl.col("status_code") == "in_force").all().over("measure_id")
    announced = _not_after(founding.filter(~is_done), "published_date", "announced", told)
    return pl.concat([announced, _not_after(founding.filter(is_done), "published_date", "unspecified", told)])


def _standing_by(founding: pl.DataFrame) -> pl.DataFrame:
    """What is only told to have been widened was imposed before."""
    return _not_after(founding, "day", "unspecified", pl.format("widened on {}, as a text tells: it stood by then", "day"))


def _not_after(founding: pl.DataFrame, day: str, step: str, told: pl.Expr) -> pl.DataFrame:
    firsts = founding.drop_nulls(day).sort("measure_id", day, "claim_id")
    return firsts.unique("measure_id", keep="first", maintain_order=True).select(
        "measure_id", "claim_id", "evidence_id", "known_from_at",
        date_id=digests(pl.col("measure_id"), pl.lit(f"{step} by"), length=16),
        action_code=pl.lit("impose"), step_code=pl.lit(step), date_latest=day,
        date_precision_code=pl.lit("not_after"), is_approximate=pl.lit(value=False), is_derived=pl.lit(value=True),
        derivation_text=told,
    )  # fmt: skip


def _reviewed_as(verdict: str) -> list[str]:
    return [str(review["claim_id"]) for review in reviews() if review["verdict"] == verdict]


def reviews() -> list[dict[str, Any]]:
    """What persons said of claims: `claim_id`, `verdict` (confirmed or dismissed), `why` and `reviewed` (the day)."""
    found: list[dict[str, Any]] = tomllib.loads(_REVIEWS.read_text(encoding="utf-8")).get("review", [])
    return found
