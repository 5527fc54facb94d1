"""The editions of a list, read in the order of their days, become what was so and what was known, since when and until when.

An *edition* is one state of one source with the rows that it alone gives. Editions of a *series* (one list, in whatever
formats and at whatever addresses) tell one history:

- **Spells.** A target is under a measure from the first edition that shows it to the last before one that could have shown
  it and does not; a target that returns has another spell. A format that does not tell the kind of sanction attests the kinds
  that are known of its programme, and ends one only where the target has lost the programme.
- **Steps.** What a source states is kept. Where it states no day, or an edition after the stated day still lacks the target,
  the step is derived: `between` the two editions that bracket it, `not_after` where there is none before.
- **Knowledge.** A row is known from the first edition that shows it until the first later edition of the same source that
  shows its owner without it. An entry is known in the words of the richest format.
- **Texts.** What press and news say is not a list: a text is told once, however many editions repeat it, and nothing ends it.

The order in which documents were read does not matter, only their days.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from pyarrow import parquet

from pipeline.documents.judgement import State
from pipeline.identifiers import digests
from pipeline.sources import Source

Frames = dict[str, pl.DataFrame]

_DETAILS = ("target_names", "target_identifiers", "target_addresses", "target_facts", "target_links")
_INSTANT = pl.Datetime("us")
_MANY = 1_000_000
"""More than any number of spells."""


@dataclass(frozen=True)
class Edition:
    """A state of a source, and the folder that holds its rows as one Parquet file a table."""

    source: Source
    state: State
    folder: Path

    @property
    def known_at(self) -> dt.datetime:
        """When the public could know it: the start of its day, in UTC."""
        return dt.datetime.combine(self.state.day, dt.time())

    def rows(self, table: str) -> pl.DataFrame:
        """The rows that this edition alone gives."""
        return pl.read_parquet(self.folder / f"{table}.parquet", glob=False)

    def row_count(self, table: str) -> int:
        """How many rows of a table it gives."""
        return int(parquet.read_metadata(self.folder / f"{table}.parquet").num_rows)


def fold(editions: Sequence[Edition]) -> Frames:
    """The rows of a series over all its editions, by table."""
    in_order = _in_order(editions)
    telling = [edition for edition in in_order if _tells_entries(edition)]
    # Texts need no history: of a series of nothing else its newest edition gives every other table, empty.
    folded = [_Chain(chain).frames() for chain in (chains(editions) if telling else [in_order[-1:]])]
    frames = {table: pl.concat([rows[table] for rows in folded], how="diagonal_relaxed") for table in folded[0]}
    texts = _texts([edition for edition in in_order if edition.row_count("documents")] or in_order[-1:])
    if not telling:
        rejects = pl.concat([edition.rows("rejects") for edition in in_order])
        frames["rejects"] = rejects.unique(pl.exclude("document_id"), keep="first", maintain_order=True)
    both = {table: [part[table] for part in (frames, texts) if table in part] for table in frames | texts}
    return {table: pl.concat(parts, how="diagonal_relaxed") for table, parts in both.items()}


def chains(editions: Sequence[Edition]) -> list[list[Edition]]:
    """The editions that are read together, oldest first: all of a series, or each alone where none follows another."""
    in_order = _in_order(editions)
    source = in_order[0].source
    if source.states == "all" and not source.register_code:
        return [[edition] for edition in in_order]
    return [in_order]


def _in_order(editions: Sequence[Edition]) -> list[Edition]:
    return sorted(editions, key=lambda edition: (edition.state.day, edition.source.precedence, _place(edition)))


def _tells_entries(edition: Edition) -> bool:
    """Whether an edition has rows of law or of a list, and not only texts."""
    return any(edition.row_count(table) for table in ("measures", "targets", "programmes", "instruments"))


def _texts(editions: Sequence[Edition]) -> Frames:
    """The texts that the editions carry, each once with its claims, known since its publication, else since it was first held.

    A text comes with all that its first edition says of it. Not being repeated never ends what it told.
    """
    documents = _numbered_rows(editions, "documents").unique("document_id", keep="first", maintain_order=True)
    documents = documents.with_columns(known_from_at=pl.coalesce(pl.col("published_date").cast(_INSTANT), "known_at"))
    known = documents.select("document_id", "edition", "known_from_at")
    claims, evidence = (
        _numbered_rows(editions, table).join(known, on=["document_id", "edition"], maintain_order="left")
        for table in ("claims", "evidence")
    )
    steps = _numbered_rows(editions, "dates").filter(pl.col("claim_id").is_not_null())
    dates = steps.join(claims.select("claim_id", "edition", "known_from_at"), on=["claim_id", "edition"], maintain_order="left")
    return {
        "documents": documents.drop("edition", "known_at"),
        "claims": claims.drop("edition", "known_at"),
        "dates": dates.drop("edition", "known_at"),
        "evidence": evidence.drop("edition", "known_at", "known_from_at"),
    }


def _numbered_rows(editions: Sequence[Edition], table: str) -> pl.DataFrame:
    """The rows of a table in all editions, with the number of the edition and when it could be known."""
    rows = [
        edition.rows(table).with_columns(edition=pl.lit(number, pl.Int64), known_at=pl.lit(edition.known_at, _INSTANT))
        for number, edition in enumerate(editions)
    ]
    return pl.concat(rows, how="diagonal_relaxed")


def _place(edition: Edition) -> tuple[str, str, str, str]:
    document = edition.state.document
    fetched = document.retrieved_at.isoformat() if document.retrieved_at else ""
    return edition.source.source_id, document.recorded_date.isoformat(), fetched, document.document_id


class _Chain:
    """The editions of one chain, told by their number, and the history that they tell."""

    def __init__(self, editions: Sequence[Edition]) -> None:
        self._editions = editions
        self._calendar = pl.DataFrame(
            {
                "edition": range(len(editions)),
                "day": [edition.state.day for edition in editions],
                "known_at": [edition.known_at for edition in editions],
                "source_id": [edition.source.source_id for edition in editions],
                "told_by": [_told_by(edition) for edition in editions],
                "document_of": [_document_of(edition) for edition in editions],
                "precedence": [edition.source.precedence for edition in editions],
                "is_complete": [edition.source.is_complete for edition in editions],
                "tells_types": [edition.source.tells_types for edition in editions],
            },
            schema_overrides={"edition": pl.Int64, "day": pl.Date, "known_at": _INSTANT},
        )
        self._entries = self._of_all("targets", "target_id", "evidence_id")
        self._stated = self._of_all("dates")
        self._listings, self._shown = self._presence()
        self._witnesses = self._able_to_tell()
        self._spells = self._spells_of()

    def frames(self) -> Frames:
        """Every table with its history."""
        targets = self._targets()
        listings, stated = self._spell_rows(), self._listing_dates()
        dates = pl.concat([self._measure_dates(), stated, *self._derived_dates(listings, stated)], how="diagonal_relaxed")
        frames = {
            "targets": targets,
            **self._details(targets),
            "measures": self._measures(),
            "listings": listings,
            "dates": dates.unique("date_id", keep="first", maintain_order=True),
            "goods": self._goods(),
            **{table: self._union(table) for table in ("programmes", "instruments", "instrument_links", "measure_keys")},
            "nomenclature": self._union("nomenclature"),
            "measure_instruments": self._union("measure_instruments"),
            "rejects": self._union("rejects", apart_from=("document_id",)),
        }
        return frames | {"evidence": self._evidence(frames)}

    # Reading

    def _of_all(self, table: str, *columns: str) -> pl.DataFrame:
        """The rows of a table in every edition, with the number of the edition; all columns where none is named."""
        parts = [
            (rows.select(columns) if columns else rows).with_columns(edition=pl.lit(number, pl.Int64))
            for number, rows in ((number, edition.rows(table)) for number, edition in self._telling(table))
        ]
        return pl.concat(parts, how="diagonal_relaxed")

    def _telling(self, table: str) -> list[tuple[int, Edition]]:
        """The editions that have rows of a table, with their numbers; the newest, whose table is empty, where none has."""
        numbered = list(enumerate(self._editions))
        return [(number, edition) for number, edition in numbered if edition.row_count(table)] or numbered[-1:]

    def _union(self, table: str, *, apart_from: tuple[str, ...] = ()) -> pl.DataFrame:
        """Every row that any edition gives, once, as the newest edition has it."""
        rows = self._of_all(table).sort("edition", descending=True, maintain_order=True).drop("edition")
        return rows.unique([name for name in rows.columns if name not in apart_from], keep="first", maintain_order=True)

    # Spells

    def _presence(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Every listing that was ever made (`listing_id` of its first spell), and the editions that show or attest it."""
        programmes = self._of_all("measures", "measure_id", "programme_id").select("measure_id", "programme_id").unique()
        rows = self._of_all("listings", "listing_id", "measure_id", "target_id").join(programmes, on="measure_id", how="left")
        rows = rows.join(self._calendar.select("edition", "tells_types"), on="edition")
        told, attested = rows.filter("tells_types"), rows.filter(~pl.col("tells_types"))
        pair = ["target_id", "programme_id"]
        # What a poor format alone knows stands; where a rich one tells the kinds of a programme, the poor one attests those.
        alone = attested.join(told.select(pair).unique(), on=pair, how="anti", nulls_equal=True)
        alone = pl.concat([alone, attested.filter(pl.col("programme_id").is_null())]).unique()
        listings = pl.concat([told, alone]).select("listing_id", "measure_id", *pair).unique().sort("listing_id")
        by_pair = self._attested(listings, attested, pair)
        shown = pl.concat([told.select("listing_id", "edition"), alone.select("listing_id", "edition"), by_pair]).unique()
        return listings, shown.join(self._calendar, on="edition").sort("listing_id", "edition")

    def _attested(self, listings: pl.DataFrame, attested: pl.DataFrame, pair: list[str]) -> pl.DataFrame:
        """The kinds that a programme in a poor format attests: the only one, or those whose stated day had come by then."""
        steps = self._stated.filter(pl.col("action_code") == "list", pl.col("date_precision_code") == "day")
        since = steps.group_by("listing_id").agg(since=pl.col("date").min())
        kinds = listings.with_columns(is_only=pl.len().over(pair) == 1).join(since, on="listing_id", how="left")
        held = kinds.join(attested.select(*pair, "edition").unique(), on=pair).join(
            self._calendar.select("edition", "day"), on="edition"
        )
        return held.filter(pl.col("is_only") | (pl.col("since") <= pl.col("day"))).select("listing_id", "edition")

    def _able_to_tell(self) -> pl.DataFrame:
        """For each measure the editions that would show a listing under it, so that its absence there means something."""
        measures = self._listings.select("measure_id", "programme_id").unique()
        carried = self._carried("listings", "measure_id").with_columns(is_carried=pl.lit(value=True))
        complete = self._calendar.filter("is_complete").select("edition", "day", "document_of", "tells_types")
        asked = measures.join(complete, how="cross").join(carried, on=["measure_id", "document_of"], how="left")
        attests = ~pl.col("tells_types") & pl.col("programme_id").is_not_null()
        can_tell = pl.col("is_carried").fill_null(value=False) | attests
        return asked.filter(can_tell).select("measure_id", "edition", "day").sort("measure_id", "edition")

    def _carried(self, table: str, key: str) -> pl.DataFrame:
        """What each document (a source, or one of its addresses) has ever carried."""
        rows = self._of_all(table, key).unique().join(self._calendar.select("edition", "document_of"), on="edition")
        return rows.select(key, "document_of").unique()

    def _spells_of(self) -> pl.DataFrame:
        """For each spell of each listing its editions: first, last, the last witness before, the first witness after."""
        witnesses = self._witnesses
        shown = self._shown.join(self._listings.select("listing_id", "measure_id"), on="listing_id")
        numbered = _numbered(shown, witnesses, key="listing_id", by="measure_id")
        spells = numbered.group_by("listing_id", "measure_id", "spell", maintain_order=True).agg(
            first=pl.col("edition").min(),
            last=pl.col("edition").max(),
            first_day=pl.col("day").min(),
            last_day=pl.col("day").max(),
            known_from_at=pl.col("known_at").min(),
        )
        absent = witnesses.sort("edition")
        before, after = (absent.rename({"edition": f"edition_{side}", "day": f"day_{side}"}) for side in ("before", "after"))
        nearest: Any = {"by": "measure_id", "allow_exact_matches": False, "check_sortedness": False, "coalesce": False}
        return (
            # Strictly before and after: two documents of one day that differ do not end one another.
            spells.sort("first_day")
            .join_asof(before, left_on="first_day", right_on="day_before", strategy="backward", **nearest)
            .sort("last_day")
            .join_asof(after, left_on="last_day", right_on="day_after", strategy="forward", **nearest)
            .join(self._listings.select("listing_id", "target_id"), on="listing_id")
            .with_columns(spell_id=_spell_id("listing_id", "measure_id", "target_id", "spell"))
            .sort("listing_id", "spell")
        )  # fmt: skip

    def _spell_rows(self) -> pl.DataFrame:
        """One row a spell, in the words and with the evidence of the first edition that shows it."""
        rows = self._of_all("listings").drop("spell_number")
        own = self._spells.join(rows, on=["listing_id", "measure_id", "target_id"], how="inner", suffix="_row")
        own = own.filter(pl.col("edition").is_between("first", "last")).sort("listing_id", "spell", "edition")
        # A spell that poor formats alone attest takes the row of any edition: it differs in nothing but its evidence.
        other = self._spells.join(own, on="spell_id", how="anti").join(rows, on=["listing_id", "measure_id", "target_id"])
        firsts = pl.concat([own, other.sort("listing_id", "spell", "edition")], how="diagonal_relaxed").unique(
            "spell_id", keep="first", maintain_order=True
        )
        return firsts.select(
            "measure_id", "target_id", "reason_text", "basis_code", "origin_code", "evidence_id", "known_from_at",
            listing_id="spell_id", spell_number="spell", known_until_at=pl.lit(None, _INSTANT), last_shown_date="last_day",
        )  # fmt: skip

    # Steps

    def _listing_dates(self) -> pl.DataFrame:
        """What the sources state of listings, each step with the spell that it belongs to."""
        rows = self._known_rows(self._stated.drop_nulls("listing_id"), "date_id", owner="listing_id")
        ending = pl.coalesce("date_latest", "date")
        spells = self._spells.select("listing_id", "spell", "spell_id", "first", "first_day", "last_day")
        joined = rows.join(spells, on="listing_id").sort("date_id", "spell")
        # A step belongs to the first spell that had not ended by its day; what comes after all of them, to the last.
        # An end belongs to the last spell that had begun by its day.
        is_end = pl.col("action_code").is_in(["delist", "expire"])
        fits = pl.when(is_end).then(pl.col("first_day") <= ending).otherwise(pl.col("last_day") >= ending).fill_null(value=True)
        last_first = _MANY - pl.col("spell")
        order = pl.when(is_end).then(last_first).otherwise("spell")
        chosen = joined.with_columns(
            rank=pl.when(fits).then(order).otherwise(_MANY + pl.when(is_end).then("spell").otherwise(last_first))
        )
        placed = chosen.sort("date_id", "rank", maintain_order=True).unique("date_id", keep="first", maintain_order=True)
        contradicted = placed.join(self._without(), on=["listing_id", "spell"], how="left").filter(
            (pl.col("action_code") == "list") & (pl.col("date") <= pl.col("last_day_without"))
        )
        kept = placed.join(contradicted.select("date_id"), on="date_id", how="anti")
        later = pl.col("spell") > 1
        return kept.with_columns(
            date_id=pl.when(later).then(digests(pl.col("date_id"), pl.col("spell_id"), length=16)).otherwise("date_id"),
            listing_id="spell_id",
        ).drop("spell", "spell_id", "first", "first_day", "last_day", "rank")  # fmt: skip

    def _without(self) -> pl.DataFrame:
        """For each spell the last day before it on which an edition shows the target, but not under the measure.

        The date of an entry says nothing of a measure that was added to it later.
        """
        entries = self._entries.select("target_id", "edition").unique()
        starts = self._spells.select("listing_id", "measure_id", "target_id", "spell", "first")
        seen = starts.join(entries, on="target_id").filter(pl.col("edition") < pl.col("first"))
        unlisted = seen.join(self._shown.select("listing_id", "edition"), on=["listing_id", "edition"], how="anti")
        told = unlisted.join(self._witnesses, on=["measure_id", "edition"])
        return told.group_by("listing_id", "spell").agg(last_day_without=pl.col("day").max())

    def _derived_dates(self, listings: pl.DataFrame, dates: pl.DataFrame) -> list[pl.DataFrame]:
        """Listed and delisted steps from presence, where no source states them or an edition contradicts the stated day."""
        stated = dates.filter(pl.col("date_precision_code") == "day")
        listed = stated.filter(pl.col("action_code") == "list").group_by("listing_id").agg(stated_day=pl.col("date").max())
        delisted = stated.filter(pl.col("action_code") == "delist").select("listing_id").unique()
        rows = listings.select("listing_id", "evidence_id")
        spells = self._spells.drop("listing_id").rename({"spell_id": "listing_id"}).join(rows, on="listing_id")
        began = spells.join(listed, on="listing_id", how="left").filter(
            pl.col("stated_day").is_null() | (pl.col("stated_day") <= pl.col("day_before"))
        )
        ended = spells.filter(pl.col("day_after").is_not_null()).join(delisted, on="listing_id", how="anti")
        return [self._began(began), self._ended(ended)]

    def _began(self, spells: pl.DataFrame) -> pl.DataFrame:
        between = pl.col("day_before").is_not_null()
        told = (
            pl.when(between)
            .then(pl.format("absent from the edition of {}, shown in that of {}", "day_before", "first_day"))
            .otherwise(pl.format("no later than the first edition held that shows it, of {}", "first_day"))
        )
        return spells.select(
            "listing_id", "evidence_id", "known_from_at", **_derived("list"), derivation_text=told,
            date="day_before", date_latest="first_day",
            date_precision_code=pl.when(between).then(pl.lit("between")).otherwise(pl.lit("not_after")),
        )  # fmt: skip

    def _ended(self, spells: pl.DataFrame) -> pl.DataFrame:
        after = self._calendar.select(edition_after="edition", known_after="known_at")
        told = pl.format("shown in the edition of {}, absent from that of {}", "last_day", "day_after")
        return spells.join(after, on="edition_after").join(self._absences(), on="edition_after").select(
            "listing_id", evidence_id="absence_id", known_from_at="known_after", **_derived("delist"), derivation_text=told,
            date="last_day", date_latest="day_after", date_precision_code=pl.lit("between"),
        )  # fmt: skip

    def _absences(self) -> pl.DataFrame:
        """The evidence of an absence: the whole of the edition that lacks the target."""
        return pl.DataFrame(
            {
                "edition_after": range(len(self._editions)),
                "document_id": [edition.state.document.document_id for edition in self._editions],
                "extractor_name": [edition.source.source_id for edition in self._editions],
            },
            schema_overrides={"edition_after": pl.Int64},
        ).with_columns(absence_id=digests(pl.lit("absence"), pl.col("document_id"), length=16))

    def _measure_dates(self) -> pl.DataFrame:
        return self._known_rows(self._stated.drop_nulls("measure_id"), "date_id", owner="measure_id")

    def _goods(self) -> pl.DataFrame:
        """The items of goods. One that a later text of a law no longer has was covered until the only change of its measure
        between the two texts; where several changes lie between them, its last day is not known."""
        goods = self._of_all("goods")
        rows = self._known_rows(goods, "goods_id", owner="measure_id")
        if self._editions[0].source.kind != "law":
            return rows
        shown = (
            goods.join(self._calendar.select("edition", "day"), on="edition").group_by("goods_id").agg(last=pl.col("day").max())
        )
        changes = self._of_all("dates", "measure_id", "action_code", "step_code", "date").filter(
            pl.col("action_code").is_in(["impose", "amend", "lift"]), pl.col("step_code") == "effective"
        )
        gone = rows.filter(pl.col("known_until_at").is_not_null()).join(shown, on="goods_id")
        between = (pl.col("date") > pl.col("last")) & (pl.col("date") <= pl.col("known_until_at").dt.date())
        told = gone.join(changes.select("measure_id", "date").unique(), on="measure_id").filter(between)
        only = (
            told.group_by("goods_id")
            .agg(change=pl.col("date").min())
            .join(told.group_by("goods_id").agg(count=pl.col("date").n_unique()).filter(pl.col("count") == 1), on="goods_id")
        )
        ended = rows.join(only.select("goods_id", "change"), on="goods_id", how="left", maintain_order="left")
        last_day = pl.col("change") - pl.duration(days=1)
        is_later = (last_day >= pl.col("start_date")).fill_null(value=True)
        return ended.with_columns(end_date=pl.coalesce("end_date", pl.when(is_later).then(last_day))).drop("change")

    # Knowledge

    def _known_rows(self, rows: pl.DataFrame, key: str, *, owner: str) -> pl.DataFrame:
        """The rows, known from the first edition that shows them to one that shows their owner without them."""
        rows = rows.join(self._calendar.select("edition", "known_at", "told_by"), on="edition")
        runs = rows.group_by(key, "told_by").agg(last=pl.col("edition").max(), known_from_at=pl.col("known_at").min())
        firsts = rows.sort("edition").unique([key, "told_by"], keep="first", maintain_order=True)
        owners = self._owners(owner).join(self._calendar.select("edition", "known_at", "told_by"), on="edition")
        until = (
            firsts.select(key, "told_by", owner).join(runs, on=[key, "told_by"])
            .join(owners, on=[owner, "told_by"]).filter(pl.col("edition") > pl.col("last"))
            .group_by(key, "told_by").agg(known_until_at=pl.col("known_at").min())
        )  # fmt: skip
        known = firsts.drop("edition", "known_at").join(runs.drop("last"), on=[key, "told_by"])
        known = known.join(until, on=[key, "told_by"], how="left").sort("known_from_at", key, "told_by")
        return known.unique(key, keep="first", maintain_order=True).drop("told_by")

    def _owners(self, owner: str) -> pl.DataFrame:
        if owner == "listing_id":
            return self._shown.select("listing_id", "edition")
        return self._of_all("measures", "measure_id").unique()

    def _measures(self) -> pl.DataFrame:
        """One row a measure, as the newest edition has it, known from the first edition that shows it."""
        rows = self._of_all("measures").join(
            self._calendar.select("edition", "known_at", "precedence", "source_id"), on="edition"
        )
        known = rows.group_by("measure_id").agg(known_from_at=pl.col("known_at").min())
        newest = rows.sort("precedence", "edition").unique("measure_id", keep="last", maintain_order=True)
        return (
            newest.drop("edition", "known_at", "precedence")
            .join(known, on="measure_id")
            .with_columns(known_until_at=pl.lit(None, _INSTANT))
        )

    def _targets(self) -> pl.DataFrame:
        """One row for each version of an entry; `is_current` where the newest edition still shows it so."""
        complete = self._calendar.filter("is_complete").select("edition", "document_of", gone_at="known_at")
        witnesses = self._carried("targets", "target_id").join(complete, on="document_of").sort("target_id", "edition")
        shown = self._entries.join(self._calendar, on="edition")
        ranked = _numbered(shown, witnesses, key="target_id", by="target_id")
        # A poorer format says no more of an entry that a richer one has shown before.
        told = ranked.filter(pl.col("precedence") >= pl.col("precedence").cum_max().over("target_id", "spell"))
        run = ["target_id", "spell"]
        is_new = (pl.col("evidence_id") != pl.col("evidence_id").shift().over(run)).fill_null(value=True)
        versions = told.filter(is_new).with_columns(next_at=pl.col("known_at").shift(-1).over(run))
        ends = ranked.group_by(run).agg(last_at=pl.col("known_at").max())
        ends = ends.sort("last_at").join_asof(
            witnesses.select("target_id", "gone_at").sort("gone_at"), left_on="last_at", right_on="gone_at",
            by="target_id", strategy="forward", allow_exact_matches=False, check_sortedness=False, coalesce=False,
        )  # fmt: skip
        known = versions.join(ends, on=run).with_columns(known_until_at=pl.coalesce("next_at", "gone_at"))
        known = known.unique(["target_id", "known_at"], keep="last", maintain_order=True)
        rows = self._of_all("targets").join(
            known.select("target_id", "evidence_id", "edition", "known_until_at", known_from_at="known_at"),
            on=["target_id", "evidence_id", "edition"],
        )
        return rows.drop("edition").with_columns(is_current=pl.col("known_until_at").is_null())

    def _details(self, targets: pl.DataFrame) -> Frames:
        """By table the details of the versions that are kept, each from the first edition that shows the version."""
        versions = targets.select("evidence_id").unique()
        shown: dict[str, list[pl.DataFrame]] = {table: [] for table in _DETAILS}
        for _, edition in self._telling("targets"):
            for table, rows in shown.items():
                rows.append(edition.rows(table).join(versions, on="evidence_id", how="semi"))
            versions = versions.join(edition.rows("targets").select("evidence_id"), on="evidence_id", how="anti")
        return {table: pl.concat(rows) for table, rows in shown.items()}

    def _evidence(self, frames: Frames) -> pl.DataFrame:
        """The evidence that the rows cite, each from the first edition that showed it."""
        citing = ("targets", "measures", "measure_keys", "listings", "dates", "goods", "nomenclature", "instruments")
        cited = pl.concat([frames[table].select("evidence_id") for table in citing]).drop_nulls().unique()
        shown = pl.concat([edition.rows("evidence").join(cited, on="evidence_id", how="semi") for edition in self._editions])
        version = shown["extractor_version"].first()
        absences = self._absences().select(
            "document_id", "extractor_name", evidence_id="absence_id", locator=pl.lit("/"), quote_text=pl.lit(None, pl.String),
            extractor_version=pl.lit(version, pl.String),
        ).join(cited, on="evidence_id", how="semi")  # fmt: skip
        return pl.concat([shown, absences.select(shown.columns)]).unique("evidence_id", keep="first", maintain_order=True)


def _document_of(edition: Edition) -> str:
    """What follows one another: the editions of a source, or of one of its addresses where each carries a part of the list."""
    source = edition.source
    return f"{source.source_id} {edition.state.document.url}" if source.states == "latest_of_each_address" else source.source_id


def _told_by(edition: Edition) -> str:
    """Whose word a later edition takes back: its source's; of laws that of the same address, or of an older text of the law."""
    source = edition.source
    if source.kind != "law":
        return source.source_id
    return source.series if source.register_code or source.states != "latest_of_each_address" else _document_of(edition)


def _numbered(shown: pl.DataFrame, witnesses: pl.DataFrame, *, key: str, by: str) -> pl.DataFrame:
    """What was shown, with the number of its `spell`: another one begins after a witness that does not show it."""
    ranks = witnesses.sort(by, "edition").select(
        by, "edition", rank=pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over(by), witness="edition"
    )
    ranked = shown.sort("edition").join_asof(ranks.sort("edition"), on="edition", by=by, check_sortedness=False)
    ranked = ranked.sort(key, "edition").with_columns(pl.col("rank").fill_null(0))
    # `rank`: how many witnesses there are up to the edition; a jump of more than one is an absence.
    is_witness = (pl.col("witness") == pl.col("edition")).fill_null(value=False).cast(pl.Int64)
    missed = (pl.col("rank") - is_witness - pl.col("rank").shift().over(key)).fill_null(0)
    return ranked.with_columns(spell=(missed > 0).cast(pl.Int64).cum_sum().over(key) + 1)


def _spell_id(listing_id: str, measure_id: str, target_id: str, spell: str) -> pl.Expr:
    """The first spell has the identifier that each edition gives the listing; a later one its own."""
    later = digests(pl.col(measure_id), pl.col(target_id), pl.col(spell).cast(pl.String), length=16)
    return pl.when(pl.col(spell) == 1).then(pl.col(listing_id)).otherwise(later)


def _derived(action: str) -> dict[str, pl.Expr]:
    return {
        "date_id": digests(pl.col("listing_id"), pl.lit(action), pl.lit("presence"), length=16),
        "action_code": pl.lit(action), "step_code": pl.lit("unspecified"), "is_approximate": pl.lit(value=False),
        "is_derived": pl.lit(value=True), "known_until_at": pl.lit(None, _INSTANT),
    }  # fmt: skip
