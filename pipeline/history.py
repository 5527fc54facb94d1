"""The states of a source become one set of rows, each with what was known since when.

Valid time stands in `dates`; knowledge time is the run of editions, up to the newest, that show a row unchanged. What an
older edition already says of a target also tells which stated dates cannot be a listing's own.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import polars as pl

from pipeline.documents.judgement import State
from pipeline.identifiers import digests
from pipeline.sources import Source

KNOWN_TABLES = ("measures", "targets", "listings", "dates", "goods")
"""Tables whose rows bear `known_from_at` and `known_until_at`."""
_DETAILS = ("target_names", "target_identifiers", "target_addresses", "target_facts", "target_links")
_KEYS: Mapping[str, tuple[str, ...]] = {
    "programmes": ("programme_id",),
    "instruments": ("instrument_id",),
    "instrument_links": ("instrument_id", "other_instrument_id", "link_type_code"),
    "measures": ("measure_id",),
    "measure_keys": ("measure_id", "source_id", "source_key"),
    "measure_instruments": ("measure_id", "instrument_id", "role_code", "provision_text"),
    "targets": ("target_id",),
    "listings": ("listing_id",),
    "dates": ("date_id",),
    "goods": ("goods_id",),
    "evidence": ("evidence_id",),
} | dict.fromkeys(_DETAILS, ("target_id", "evidence_id", "ordinal"))


@dataclass(frozen=True)
class Edition:
    """A state, and the folder that holds its rows as one Parquet file a table."""

    state: State
    folder: Path

    @property
    def known_at(self) -> dt.datetime:
        """When the public could know it: the start of its day, in UTC."""
        return dt.datetime.combine(self.state.day, dt.time())

    def rows(self, table: str) -> pl.DataFrame:
        """The rows that this edition alone gives."""
        return pl.read_parquet(self.folder / f"{table}.parquet", glob=False)


def chains(editions: Sequence[Edition], source: Source) -> list[list[Edition]]:
    """The editions that follow one another, oldest first: a chain an address, or a chain an edition for a feed."""
    in_order = sorted(editions, key=lambda edition: (edition.state.day, edition.state.document.recorded_date))
    if source.states == "latest_of_one_address":
        return [in_order]
    if source.states == "all":
        return [[edition] for edition in in_order]
    by_address = sorted(in_order, key=lambda edition: edition.state.document.url)  # stable: keeps the order of days
    return [list(chain) for _, chain in groupby(by_address, key=lambda edition: edition.state.document.url)]


def fold(editions: Sequence[Edition], source: Source) -> dict[str, pl.DataFrame]:
    """The rows of the newest edition of every chain, with knowledge time and the evidence that first showed them."""
    folded = [_fold_chain(chain) for chain in chains(editions, source)]
    tables = folded[0].keys()
    return {
        table: pl.concat([rows[table] for rows in folded]).unique(_KEYS[table], keep="first", maintain_order=True)
        if table in _KEYS
        else pl.concat([rows[table] for rows in folded])
        for table in tables
    }


def _fold_chain(chain: list[Edition]) -> dict[str, pl.DataFrame]:
    newest = chain[-1]
    tables = [path.stem for path in sorted(newest.folder.glob("*.parquet"))]
    rows = {table: newest.rows(table) for table in tables if table != "evidence"}
    for table in KNOWN_TABLES:
        rows[table] = _known_since(rows[table], table, chain)
    rows["dates"] = _with_dates_from_presence(rows["dates"], rows["listings"], chain)
    rows["evidence"] = _evidence(chain, [rows[table] for table in (*KNOWN_TABLES, "instruments")])
    return rows


def _known_since(rows: pl.DataFrame, table: str, chain: list[Edition]) -> pl.DataFrame:
    """The rows with `known_from_at`, and the evidence of the first edition of the run that shows them unchanged."""
    key = _KEYS[table][0]
    compared = rows.with_columns(_sameness(rows, table))
    kept = compared.select(key, "sameness", "evidence_id", known_from_at=pl.lit(chain[-1].known_at, pl.Datetime("us")))
    running = kept.select(key, "sameness")
    for edition in reversed(chain[:-1]):
        earlier = edition.rows(table)
        earlier = earlier.with_columns(_sameness(earlier, table)).select(key, "sameness", first_evidence_id="evidence_id")
        running = running.join(earlier, on=[key, "sameness"], how="inner")
        kept = (
            kept.join(running, on=[key, "sameness"], how="left")
            .with_columns(
                known_from_at=pl.when(pl.col("first_evidence_id").is_not_null())
                .then(edition.known_at)
                .otherwise("known_from_at"),
                evidence_id=pl.coalesce("first_evidence_id", "evidence_id"),
            )
            .drop("first_evidence_id")
        )
        running = running.drop("first_evidence_id")
    joined = compared.drop("evidence_id").join(kept, on=[key, "sameness"], how="left", maintain_order="left")
    return joined.drop("sameness").with_columns(known_until_at=pl.lit(None, pl.Datetime("us")))


def _sameness(rows: pl.DataFrame, table: str) -> pl.Expr:
    # An entry is the same where all that is said of it is, which its evidence_id tells; any other row, where its columns are.
    told = ["evidence_id"] if table == "targets" else [column for column in rows.columns if column != "evidence_id"]
    return pl.struct(told).hash(seed=0).alias("sameness")


def _with_dates_from_presence(dates: pl.DataFrame, listings: pl.DataFrame, chain: list[Edition]) -> pl.DataFrame:
    """Take away listed dates that an older edition contradicts, and give a listing without one a `not_after`.

    An entry's date says nothing of a measure added to the entry later: an edition of that day or after that shows the
    target without the listing proves it. Such a listing was made no later than the first edition that shows it.
    """
    presence = _presence(listings, chain)
    listed = pl.col("action_code") == "list"
    dates = dates.join(presence, on="listing_id", how="left", maintain_order="left")
    contradicted = listed & (pl.col("date") <= pl.col("last_day_without"))
    dates = dates.filter(contradicted.is_null() | ~contradicted).drop("last_day_without", "first_day_with")
    undated = listings.join(dates.filter(listed), on="listing_id", how="anti").join(presence, on="listing_id")
    derived = undated.select(
        "listing_id",
        "evidence_id",
        "known_from_at",
        "known_until_at",
        date_id=digests(pl.col("listing_id"), pl.lit("list"), pl.lit("presence"), length=16),
        measure_id=pl.lit(None, pl.String),
        action_code=pl.lit("list"),
        step_code=pl.lit("unspecified"),
        date=pl.lit(None, pl.Date),
        date_latest="first_day_with",
        date_precision_code=pl.lit("not_after"),
        date_text=pl.lit(None, pl.String),
        is_approximate=pl.lit(value=False),
        is_derived=pl.lit(value=True),
        derivation_text=pl.lit("no later than the first edition held that shows the target under this measure"),
        instrument_id=pl.lit(None, pl.String),
    ).select(dates.columns)
    return pl.concat([dates, derived])


def _presence(listings: pl.DataFrame, chain: list[Edition]) -> pl.DataFrame:
    """For each listing the first day of its present run of editions, and the last day that showed its target without it."""
    presence = listings.select(
        "listing_id",
        "target_id",
        is_running=pl.lit(value=True),
        first_day_with=pl.lit(chain[-1].state.day),
        last_day_without=pl.lit(None, pl.Date),
    )
    for edition in reversed(chain[:-1]):
        here = edition.rows("listings")["listing_id"].implode()
        there = edition.rows("targets")["target_id"].implode()
        presence = presence.with_columns(is_here=pl.col("listing_id").is_in(here), is_there=pl.col("target_id").is_in(there))
        without = pl.col("is_there") & ~pl.col("is_here") & pl.col("last_day_without").is_null()
        presence = presence.with_columns(
            is_running=pl.col("is_running") & pl.col("is_here"),
            last_day_without=pl.when(without).then(edition.state.day).otherwise("last_day_without"),
        ).with_columns(first_day_with=pl.when("is_running").then(edition.state.day).otherwise("first_day_with"))
    return presence.select("listing_id", "first_day_with", "last_day_without")


def _evidence(chain: list[Edition], using: list[pl.DataFrame]) -> pl.DataFrame:
    """The evidence that the rows cite, each from the first edition that showed it."""
    cited = pl.concat([rows.select("evidence_id") for rows in using]).unique()
    shown = [edition.rows("evidence").join(cited, on="evidence_id", how="semi") for edition in chain]
    return pl.concat(shown).unique("evidence_id", keep="first", maintain_order=True)
