"""What prose tells: claims by issuer and territory, each with its publisher, its report and the days that it tells."""

from collections.abc import Mapping
from datetime import timedelta

import polars as pl

import schemas
from pipeline.normalized.goods import headings_of

Frames = Mapping[str, pl.DataFrame]

NEAR = timedelta(days=31)
"""Press tells a measure in the weeks around its start; what it says later is of what has stood for long."""
IMPOSING = ("impose", "widen")
_BY_SEVERAL = (
    r"(?i)\bcommuniqu|\bjoint\b.*\b(statement|declaration|press release)|\bG-?\d+\b.*\b(statement|declaration)"
    r"|\b(leaders|ministers)\S* (statement|declaration)"
)
"""Titles of what several governments declare together (`G7 Leaders’ Statement`): the measure is that of each, and follows."""
_IN_TALK = r"(?i)^([\w-]+ )?briefing\b|\bpress (briefing|call|conference|gaggle|availability)|\binterview\b|\breadout\b"
"""Titles of talks (`Briefing With Senior Officials`, `Readout of a call`), most of which is about what was done before."""
_NO_STATEMENT = f"{_BY_SEVERAL}|{_IN_TALK}"
_ONE_PAGE = 3000
"""The characters within which a text tells a claim and its day."""
_COMMON_WORDS = [
    "goods",
    "good",
    "product",
    "item",
    "certain",
    "other",
    "origin",
    "related",
    "including",
    "such",
    "export",
    "import",
    "with",
    "from",
]


def claims_told(frames: Frames) -> pl.DataFrame:
    """One row a claim, issuer and territory, with its publisher, its report and the day that it speaks of."""
    texts = frames["documents"].select(
        "document_id", "published_date", "source_id", "publisher_issuer_code", "known_from_at",
        is_statement=~pl.col("title").fill_null("").str.contains(_NO_STATEMENT),
        publisher=pl.coalesce("publisher_issuer_code", "publisher_name", "source_id"),  # one government is one voice
    )  # fmt: skip
    # Whoever "is designating" does so on the day of the text; that tells the days of earlier rounds too.
    is_performed = pl.all_horizontal("is_performed", "is_of_issuer", "is_statement") & pl.col("new_day").is_null()
    is_past = (pl.col("span_to") < pl.col("published_date")).fill_null(value=False)
    return (
        frames["claims"]
        .drop("measure_id", "reason_text", "known_from_at", strict=False)
        .join(texts, on="document_id", maintain_order="left")
        .join(_first_days(frames), on="claim_id", how="left", maintain_order="left")
        .with_columns(territories=pl.col("territory_codes").list.sort().list.join(" "))
        .explode("issuer_codes").explode("territory_codes")
        .rename({"issuer_codes": "issuer_code", "territory_codes": "territory_code"})
        .with_columns(is_of_issuer=(pl.col("publisher_issuer_code") == pl.col("issuer_code")).fill_null(value=False))
        .with_columns(performed_date=pl.when(is_performed).then("published_date"))
        .with_columns(earliest_day="first_day", first_day=pl.coalesce("new_day", "performed_date", "first_day"))
        .drop_nulls(["issuer_code", "territory_code", "measure_type_code"])
        .filter(pl.all_horizontal(pl.col("issuer_code", "territory_code").is_in(schemas.territory_frame()["code"].implode())))
        .with_columns(
            day=pl.coalesce("first_day", pl.when(is_past).then("span_to").otherwise("published_date")),
            act_numbers=pl.col("instrument_texts").list.eval(act_number(pl.element())).list.drop_nulls(),
            headings=pl.col("goods_text").map_elements(lambda text: headings_of(text, "en"), return_dtype=pl.List(pl.String)),
            goods_words=goods_words(pl.col("goods_text")),
        )
    )  # fmt: skip


def _first_days(frames: Frames) -> pl.DataFrame:
    """By claim the days of its steps, and the first of its imposition that lies about the publication of its text."""
    steps = steps_of_claims(frames)
    published = frames["claims"].join(frames["documents"], on="document_id").select("claim_id", "published_date")
    imposed = steps.filter(pl.col("action_code").is_in(IMPOSING), date_precision_code="day").join(published, on="claim_id")
    about = imposed.filter((pl.col("date") - pl.col("published_date")).abs() <= NEAR)
    new = about.group_by("claim_id").agg(new_day=pl.col("date").min())
    return days(steps, "claim_id").join(new, on="claim_id", how="left")


def days(dates: pl.DataFrame, owner: str) -> pl.DataFrame:
    """By claim or measure: the days of its steps, the first on which it is imposed, and the span where no day is told."""
    told = dates.filter(pl.col(owner).is_not_null(), pl.col("date_precision_code").is_in(["day", "month", "year", "between"]))
    is_day, is_imposing = pl.col("date_precision_code") == "day", pl.col("action_code").is_in(IMPOSING)
    return told.group_by(owner).agg(
        days=pl.col("date").filter(is_day).unique().sort(),
        first_day=pl.col("date").filter(is_day & is_imposing).min(),
        span_from=pl.col("date").filter(~is_day & is_imposing).min(),
        span_to=pl.col("date_latest").filter(~is_day & is_imposing).max(),
    )


def steps_of_claims(frames: Frames) -> pl.DataFrame:
    """The steps of claims, without days that their text tells far from the claim: a day of something else."""
    starts = frames["evidence"].select("evidence_id", start=pl.col("locator").str.extract(r"^char:(\d+)-").cast(pl.Int64))
    of_claims = frames["claims"].select("claim_id", "evidence_id").join(starts, on="evidence_id").drop("evidence_id")
    told = frames["dates"].join(of_claims, on="claim_id", how="left", suffix="_of_claim", maintain_order="left")
    placed = told.join(starts.rename({"start": "start_of_day"}), on="evidence_id", how="left", maintain_order="left")
    is_far = (pl.col("start_of_day") - pl.col("start")).abs() > _ONE_PAGE
    return placed.filter(~is_far.fill_null(value=False))


def act_number(name: pl.Expr) -> pl.Expr:
    """The number that tells an act from others of its issuer: 14068 of Executive Order 14068, 833 of 32014R0833."""
    celex = name.str.extract(r"^3\d{4}[A-Z]0*(\d+)$")
    return pl.coalesce(celex, name.str.extract(r"(?:^|[^\d,])((?:1[0-8]|[2-9]\d)?\d{2,3}|\d{5})(?:[^\d,]|$)"))


def goods_words(words: pl.Expr) -> pl.Expr:
    """The words that tell goods from other goods: `luxury`, `jewellery`, not `goods`, and no name of whose goods they are."""
    plain = words.str.extract_all(r"\b[a-z]{4,}\b").list.eval(pl.element().str.strip_suffix("s"))
    return plain.list.set_difference(_COMMON_WORDS)
