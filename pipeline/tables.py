"""All sources become the tables that are promised: united, merged, dated, validated, one Parquet file a table."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from pyarrow import parquet

import schemas
from pipeline import VERSION, changes
from pipeline.changes import Previous
from pipeline.documents import Document
from pipeline.documents.judgement import Refusal, State
from pipeline.history import Edition
from pipeline.identifiers import digest
from pipeline.normalized.corroboration import corroborate
from pipeline.normalized.goods import BUILT_ON_HS
from pipeline.normalized.merging import merge_goods, merge_measures
from pipeline.sources import Source

Frames = dict[str, pl.DataFrame]

_REFERRED_TO = ("documents", "evidence", "programmes", "instruments", "measures", "targets", "listings", "claims")
"""Validated first, so that what refers to a rejected row can be rejected with it."""
_BINDING_STEPS = ("effective", "unspecified", "published", "signed", "enacted", "approved")
"""Of several exact days of one action the best is the one on which it binds, then the others in this order."""
_CHAPTER_DIGITS, _HS_DIGITS = 2, 6
"""The digits that the Harmonized System gives to a chapter, and at most; what follows is of the nomenclature built on it."""
_DETAILS = ("target_names", "target_identifiers", "target_addresses", "target_facts", "target_links")
_HOME = ["target_id", "series"]
_TOLD_LAST = ("rejects", "sources", "changes", "snapshots")
"""Tables that count or compare the others."""


NOTHING_RECORDED = "nothing recorded"
"""The failure of a source of which no document is held at all."""


class BrokenPromiseError(ValueError):
    """A rule about a whole table does not hold (a duplicate key, a broken reference): nothing may be published."""


@dataclass(frozen=True)
class Reading:
    """What one source gives to a build."""

    source: Source
    states: tuple[State, ...]
    """The good states, in order; empty where the source has none."""
    refusals: tuple[Refusal, ...]
    editions: tuple[Edition, ...]
    """The states that were read, with their rows."""
    failure: str | None = None
    """Why a state could not be read, where the parser stopped."""

    @property
    def folder(self) -> Path | None:
        """The rows of its newest edition, one Parquet file a table; None where it has no good state that could be read."""
        return self.editions[-1].folder if self.editions else None


def snapshot_day(readings: Sequence[Reading]) -> dt.date:
    """The newest recorded day among the inputs: the day of the snapshot, whatever the clock says."""
    return max(state.document.recorded_date for reading in readings if reading.folder for state in reading.states)


def input_digest(readings: Sequence[Reading]) -> str:
    """One sha256 over what went in: every source with its documents."""
    used = sorted(
        f"{reading.source.source_id} {state.document.document_id} {state.document.recorded_date}"
        for reading in readings
        if reading.folder
        for state in reading.states
    )
    return digest(used, 64)


def build(
    readings: Sequence[Reading],
    histories: Mapping[str, Path],
    folder: Path,
    *,
    code_sha256: str | None = None,
    previous: Previous | None = None,
) -> dict[str, int]:
    """Write every table of the contract as `<table>.parquet` into the folder; the number of rows of each.

    `histories` has for each series the folder of its rows over all editions; `previous` is the snapshot to compare with.
    A row that breaks a rule of its own, or that refers to such a row, goes to `rejects`. Raises BrokenPromiseError where a
    rule about a whole table fails.
    """
    day = snapshot_day(readings)
    united = _united(histories, {reading.source.source_id: reading.source for reading in readings})
    frames = _dated(corroborate(merge_measures(united), _names(histories)), day)
    texts = frames["documents"]
    frames |= _housekeeping(readings)
    frames["documents"] = _with_texts(frames["documents"], texts)
    frames["redirects"] = _redirects(frames, day, previous)
    folder.mkdir(parents=True, exist_ok=True)
    validation = _Validation(frames["evidence"], frames["documents"], sorted(reading.source.source_id for reading in readings))
    counts: dict[str, int] = {}
    for table in (*_REFERRED_TO, *(name for name in schemas.TABLES if name not in (*_REFERRED_TO, *_TOLD_LAST))):
        rows = _details(histories, table, frames["targets"]) if table in _DETAILS else frames.get(table)
        counts[table] = _write(folder, table, validation.good_rows(table, _shaped(table, rows)))
    rejects = pl.concat([frames["rejects"], *validation.rejects], how="diagonal")
    counts["rejects"] = _write(folder, "rejects", validation.good_rows("rejects", _shaped("rejects", rejects)))
    counts["sources"] = _write(
        folder, "sources", validation.good_rows("sources", _shaped("sources", _sources(readings, rejects)))
    )
    frames.clear()  # what is compared stands on the disk
    counts["changes"] = (
        changes.compare(previous, folder, day) if previous else _write(folder, "changes", schemas.empty_frame("changes"))
    )
    snapshots = _snapshots(readings, day, code_sha256, previous, counts)
    counts["snapshots"] = _write(folder, "snapshots", validation.good_rows("snapshots", snapshots))
    check_references(folder)
    return counts


# Union and dates


def _united(histories: Mapping[str, Path], sources: Mapping[str, Source]) -> Frames:
    """All series together; an entry that several series of a register show is kept as the one that shows it last has it."""
    tables = {path.stem for path in next(iter(histories.values())).glob("*.parquet")} - set(_DETAILS)
    united = {table: _of_all_series(histories, table) for table in sorted(tables)}
    united["targets"] = united["targets"].join(_homes(united["targets"]), on=_HOME, how="semi", maintain_order="left")
    united |= _texts_at_home(united, sources)
    united["dates"] = _without_denied_ends(united["dates"], united["listings"])
    united["goods"] = _checked(merge_goods(united["goods"]), united["nomenclature"])
    for table in ("listings", "dates", "goods"):
        united[table] = united[table].sort("known_from_at", "series", maintain_order=True)
    for table in schemas.TABLES:
        if table in united and table not in ("measures", "instruments", "rejects"):  # merged, or may say a thing twice
            united[table] = united[table].unique(schemas.key(table), keep="first", maintain_order=True)
    about = [(name, source.kind, source.publisher_name) for name, source in sorted(sources.items())]
    facts = pl.DataFrame(about, schema=["source_id", "kind_code", "publisher_name"], orient="row")
    united["measures"] = united["measures"].join(facts, on="source_id", how="left", maintain_order="left")
    return united


def _of_all_series(histories: Mapping[str, Path], table: str, columns: list[str] | None = None) -> pl.DataFrame:
    return pl.concat(
        [
            pl.read_parquet(folder / f"{table}.parquet", columns=columns, glob=False).with_columns(series=pl.lit(series))
            for series, folder in sorted(histories.items())
        ],
        how="diagonal_relaxed",
    )


def _names(histories: Mapping[str, Path]) -> pl.DataFrame:
    """Every name that any series has for a target."""
    return _of_all_series(histories, "target_names", ["target_id", "name"]).drop("series").unique()


def _homes(targets: pl.DataFrame) -> pl.DataFrame:
    """The series that tells of each target: the one that shows it last."""
    by_day = targets.sort("is_current", "known_from_at", "series")
    return by_day.unique("target_id", keep="last", maintain_order=True).select(_HOME)


def _details(histories: Mapping[str, Path], table: str, targets: pl.DataFrame) -> pl.DataFrame:
    """What the series of each target says of it: the largest tables, which nothing is merged into, read one at a time."""
    rows = _of_all_series(histories, table).join(targets, on=_HOME, how="semi", maintain_order="left")
    return rows.unique(schemas.key(table), keep="first", maintain_order=True)


def _texts_at_home(united: Frames, sources: Mapping[str, Source]) -> Frames:
    """A text that several series carry is kept, with its claims, as first known, on one day as the press office's."""
    is_news = pl.col("source_id").is_in([name for name, source in sources.items() if source.kind == "news"])
    by_day = united["documents"].sort("known_from_at", is_news, "series")
    home = by_day.unique("document_id", keep="first", maintain_order=True)
    at_home = home.select("document_id", "series")
    claims = united["claims"].join(at_home, on=["document_id", "series"], how="semi", maintain_order="left")
    elsewhere = united["claims"].join(at_home, on=["document_id", "series"], how="anti").select("claim_id", "series")
    dates = united["dates"].join(elsewhere, on=["claim_id", "series"], how="anti", maintain_order="left")
    return {"documents": home, "claims": claims, "dates": dates}


def _without_denied_ends(dates: pl.DataFrame, listings: pl.DataFrame) -> pl.DataFrame:
    """The steps without the ends that one list infers from an absence while another list of the register shows the listing."""
    shown = listings.group_by("listing_id").agg(shown_on=pl.col("last_shown_date").max())
    joined = dates.join(shown, on="listing_id", how="left", maintain_order="left")
    is_denied = (pl.col("action_code") == "delist") & pl.col("is_derived") & (pl.col("shown_on") >= pl.col("date_latest"))
    return joined.filter(~is_denied.fill_null(value=False)).drop("shown_on")


def _checked(goods: pl.DataFrame, nomenclature: pl.DataFrame) -> pl.DataFrame:
    """The goods, with whether their code stands in the edition of the Harmonized System that is held."""
    # Codes without a section are the publisher's own, for what it could not classify.
    known = nomenclature.filter(pl.col("nomenclature_code") == "hs", pl.col("section_text").is_not_null())["code"].unique()
    digits = pl.col("goods_code").str.replace_all(r"\D", "").str.slice(0, _HS_DIGITS)
    chapters = known.filter(known.str.len_chars() == _CHAPTER_DIGITS)
    is_asked = pl.col("nomenclature_code").is_in(BUILT_ON_HS) & digits.str.slice(0, _CHAPTER_DIGITS).is_in(chapters.implode())
    return goods.with_columns(is_in_nomenclature=pl.when(is_asked).then(digits.is_in(known.implode())))


def _dated(frames: Frames, day: dt.date) -> Frames:
    """The frames with today's best dates and the status on a day, all from `dates`, and titles from the fields."""
    steps = frames["dates"].select("action_code", "step_code").unique()
    events = steps.with_columns(
        event_code=pl.struct("action_code", "step_code").map_elements(
            lambda step: schemas.event_code(step["action_code"], step["step_code"]), return_dtype=pl.String
        ),
    )
    dates = frames["dates"].join(events, on=["action_code", "step_code"], how="left", maintain_order="left")
    listings = _dated_listings(frames["listings"], dates, day)
    measures = _dated_measures(frames["measures"], dates, listings, day)
    return {
        **frames,
        "dates": dates,
        "listings": listings,
        "measures": _told(measures, frames["programmes"]),
        "targets": _still_current(frames["targets"], listings),
    }


def _live(dates: pl.DataFrame, key: str) -> pl.DataFrame:
    """The steps that no later edition has overtaken and that are known to the day."""
    return dates.filter(pl.col(key).is_not_null(), pl.col("known_until_at").is_null(), pl.col("date_precision_code") == "day")


def _binding(action: str, *, last: bool = False) -> pl.Expr:
    """Of the days of an action the first, or the last, of the most binding step that has any."""
    days = [pl.col("date").filter((pl.col("action_code") == action) & (pl.col("step_code") == step)) for step in _BINDING_STEPS]
    return pl.coalesce(*(day.max() if last else day.min() for day in days))


def _dated_listings(listings: pl.DataFrame, dates: pl.DataFrame, day: dt.date) -> pl.DataFrame:
    steps = _live(dates, "listing_id").group_by("listing_id").agg(
        listed_date=_binding("list"), relisted_date=_binding("list", last=True), delisted_date=_binding("delist", last=True),
        expiry_date=_binding("expire", last=True),
    )  # fmt: skip
    # A target known to be gone by an edition is gone, though the day is not known.
    gone = (
        dates.filter(pl.col("action_code") == "delist", pl.col("known_until_at").is_null())
        .group_by("listing_id").agg(delisted_by=pl.col("date_latest").max())
    )  # fmt: skip
    is_back = (pl.col("relisted_date") > pl.col("delisted_by")).fill_null(value=False)
    status = (
        pl.when((pl.col("delisted_by") <= day) & ~is_back).then(pl.lit("lifted"))
        .when(pl.col("expiry_date") < day).then(pl.lit("expired"))
        .otherwise(pl.lit("in_force"))
    )  # fmt: skip
    return (
        listings.join(steps, on="listing_id", how="left", maintain_order="left")
        .join(gone, on="listing_id", how="left", maintain_order="left")
        .with_columns(status_code=status, delisted_date=pl.when(~is_back).then("delisted_date"))
    )


def _still_current(targets: pl.DataFrame, listings: pl.DataFrame) -> pl.DataFrame:
    """An entry that stays in its register after every listing of it has ended is no longer a current one."""
    ended = listings.group_by("target_id").agg(is_ended=(pl.col("status_code") != "in_force").all())
    kept = targets.join(ended, on="target_id", how="left", maintain_order="left")
    return kept.with_columns(is_current=pl.col("is_current") & ~pl.col("is_ended").fill_null(value=False)).drop("is_ended")


def _dated_measures(measures: pl.DataFrame, dates: pl.DataFrame, listings: pl.DataFrame, day: dt.date) -> pl.DataFrame:
    impose, step = pl.col("action_code") == "impose", pl.col("step_code")
    first = {
        f"{name}_date": pl.col("date").filter(impose & (step == code)).min()
        for name, code in {
            "announced": "announced", "approved": "approved", "published": "published", "effective": "effective",
            "imposed": "unspecified",
        }.items()
    }  # fmt: skip
    steps = _live(dates, "measure_id").group_by("measure_id").agg(
        **first, reimposed_date=_binding("impose", last=True), lifted_date=_binding("lift", last=True),
        suspended_date=_binding("suspend", last=True), rejected_date=_binding("reject", last=True),
        expiry_date=pl.col("date").filter(pl.col("action_code") == "expire").max(),  # a renewal moves the end
    )  # fmt: skip
    # Press may tell that a measure was announced, and not the day.
    is_announced = (pl.col("event_code") == "announced") & pl.col("known_until_at").is_null()
    announced = (
        dates.filter(is_announced).drop_nulls("measure_id").group_by("measure_id").agg(announced_by=pl.col("date_latest").min())
    )
    of_measure = listings.group_by("measure_id").agg(has_listings=(pl.col("status_code") == "in_force").any())
    # A catalogue that shows a measure, or two texts of a law, say that it was imposed by a day, and not when.
    is_held = pl.col("measure_id").is_not_null() & pl.col("known_until_at").is_null()
    binds = impose & step.is_in(_BINDING_STEPS[:3])
    shown = dates.filter(is_held & binds).group_by("measure_id").agg(imposed_by=pl.col("date_latest").min())
    start = pl.coalesce("effective_date", "imposed_date", "published_date")
    status = (
        pl.when((pl.col("rejected_date") <= day) & ~_is_back("rejected_date", day))
        .then(pl.lit("rejected"))
        .when((pl.col("lifted_date") <= day) & ~_is_back("lifted_date", day))
        .then(pl.lit("lifted"))
        .when((pl.col("expiry_date") < day) & ~_is_back("expiry_date", day))
        .then(pl.lit("expired"))
        .when((pl.col("suspended_date") <= day) & ~_is_back("suspended_date", day))
        .then(pl.lit("suspended"))
        .when(start <= day)
        .then(pl.lit("in_force"))
        # No start is known, but a list or a law that is held today tells that the measure is there.
        .when(start.is_null() & (pl.col("has_listings") | pl.col("expiry_date").is_not_null() | (pl.col("imposed_by") <= day)))
        .then(pl.lit("in_force"))
        .when(pl.coalesce("approved_date", "published_date") <= day)
        .then(pl.lit("approved"))
        .when(pl.coalesce("announced_date", "announced_by") <= day)
        .then(pl.lit("announced"))
        # A measure that nothing but its listings tells is over with the last of them.
        .when((pl.col("scope_code") == "listed_targets") & ~pl.col("has_listings"))
        .then(pl.lit("lifted"))
        .otherwise(pl.lit("unknown"))
    )
    return (
        measures.join(steps, on="measure_id", how="left", maintain_order="left")
        .join(announced, on="measure_id", how="left", maintain_order="left")
        .join(of_measure, on="measure_id", how="left", maintain_order="left")
        .join(shown, on="measure_id", how="left", maintain_order="left")
        .with_columns(
            status_code=status,
            # An end that another start has overtaken is not the end.
            expiry_date=pl.when((pl.col("reimposed_date") > pl.col("expiry_date")).not_().fill_null(value=True)).then(
                "expiry_date"
            ),
            lifted_date=pl.when((pl.col("reimposed_date") > pl.col("lifted_date")).not_().fill_null(value=True)).then(
                "lifted_date"
            ),
            evidence_level_code="kind_code",
            review_code=pl.when("is_confirmed")
            .then(pl.lit("confirmed"))
            .when(pl.col("publisher_count") > 1)
            .then(pl.lit("corroborated"))
            .otherwise(pl.lit("machine")),
        )
    )


def _is_back(end: str, day: dt.date) -> pl.Expr:
    """Whether the measure was imposed again after an end, by a day."""
    return pl.col("reimposed_date").is_between(pl.col(end), day, closed="right").fill_null(value=False)


def _told(measures: pl.DataFrame, programmes: pl.DataFrame) -> pl.DataFrame:
    """Title, summary and slug, made of the fields in the project's own words."""
    names = dict(schemas.territory_frame().select("code", "name").iter_rows())
    against = pl.col("territory_codes").list.eval(pl.element().replace_strict(names, default=pl.element())).list.join(", ")
    # A listing hits the targets that are named, not the territory that they are connected with.
    is_listing = pl.col("measure_type_code") == "listing"
    aimed = pl.when(is_listing).then(pl.lit(" of targets connected with ")).otherwise(pl.lit(" against "))
    title = pl.coalesce(
        "title",
        pl.concat_str(
            pl.col("issuer_code"),
            pl.lit(": "),
            pl.col("measure_type_code").str.replace_all("_", " "),
            pl.when(pl.col("territory_codes").list.len() > 0).then(pl.concat_str(aimed, against)).otherwise(pl.lit("")),
            pl.concat_str(pl.lit(" ("), pl.col("programme_name"), pl.lit(")")).fill_null(""),
        ),
    )
    since = pl.concat_str(pl.lit(", in force from "), pl.col("effective_date").dt.to_string()).fill_null("")
    until = pl.concat_str(pl.lit(", until "), pl.col("expiry_date").dt.to_string()).fill_null("")
    named = measures.join(
        programmes.select("programme_id", programme_name="name"), on="programme_id", how="left", maintain_order="left"
    )
    slug = pl.concat_str(
        pl.col("issuer_code"), pl.lit(" "), pl.col("title").str.strip_prefix(pl.concat_str("issuer_code", pl.lit(": ")))
    )
    return named.with_columns(title=title).with_columns(
        summary=pl.concat_str(pl.col("title"), since, until, pl.lit(".")),
        measure_slug=slug.str.to_lowercase().str.replace_all(r"[^a-z0-9]+", "-").str.strip_chars("-").str.slice(0, 100),
    )


# Housekeeping


def _housekeeping(readings: Sequence[Reading]) -> Frames:
    documents = [(state.document, reading.source) for reading in readings if reading.folder for state in reading.states]
    first_copies = {document.document_id: (document, source) for document, source in reversed(documents)}
    return {
        "documents": pl.DataFrame(
            [
                {
                    "document_id": document.document_id,
                    "source_id": source.source_id,
                    "title": source.title,
                    "language": source.language,
                    "published_date": document.published_date,
                    "published_date_source_code": "inside"
                    if source.document.published
                    else ("metadata" if document.published_date else "unknown"),
                    "media_type": document.media_type,
                    "byte_count": document.byte_count,
                    "licence": document.licence or source.licence,
                }
                for document, source in first_copies.values()
            ],
            schema_overrides={"published_date": pl.Date},
            infer_schema_length=None,
        ),
        "retrievals": pl.DataFrame(
            [
                {
                    "document_id": document.document_id,
                    "url": document.url,
                    "retrieved_at": retrieved(document)[1],
                    "etag": document.etag,
                    "last_modified": document.last_modified,
                }
                for document, _ in documents
                if document.url  # an archive that was handed over came from no address
            ],
            infer_schema_length=None,
        ).unique(maintain_order=True),
        "codes": schemas.code_frame(),
        "territories": schemas.territory_frame(),
    }


def _with_texts(documents: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """The documents and the texts that they carry; a document that is nothing but its text is told as the text."""
    whole = documents.join(texts, on="document_id", how="anti", maintain_order="left")
    return pl.concat([whole, texts.drop("series", "known_from_at")], how="diagonal_relaxed")


def _sources(readings: Sequence[Reading], rejects: pl.DataFrame) -> pl.DataFrame:
    refused = dict(rejects.group_by("source_id").agg(pl.len()).iter_rows())
    return pl.DataFrame([_source_row(reading, refused) for reading in readings], infer_schema_length=None)


def row_counts(folder: Path | None) -> dict[str, int]:
    """Rows by table of a folder of Parquet files, without the evidence behind them; empty without a folder."""
    files = sorted(folder.glob("*.parquet")) if folder else []
    return {path.stem: rows_of(path) for path in files if path.stem != "evidence"}


def rows_of(path: Path) -> int:
    """The number of rows of a Parquet file, from its footer."""
    return int(parquet.read_metadata(path).num_rows)


def _source_row(reading: Reading, refused: Mapping[str, int]) -> dict[str, object]:
    source = reading.source
    newest = reading.states[-1] if reading.folder and reading.states else None
    return {
        "source_id": source.source_id,
        "register_code": source.register_code,
        "title": source.title,
        "publisher_name": source.publisher_name,
        "issuer_code": source.issuer_code,
        "kind_code": source.kind,
        "language": source.language,
        "url": source.urls[0],
        "format": source.format_name,
        "licence": source.licence,
        "licence_url": source.licence_url,
        "is_redistributable": source.is_redistributable,
        "cadence": source.cadence,
        "status": "read" if newest else "empty" if reading.failure == NOTHING_RECORDED else "failed",
        "retrieved_at": _instant(newest.document.retrieved_at, newest.document.recorded_date) if newest else None,
        "newest_published_date": newest.document.published_date if newest else None,
        "document_count": len(reading.states) if newest else 0,
        "row_count": sum(count for table, count in row_counts(reading.folder).items() if table != "rejects"),
        "reject_count": refused.get(source.source_id, 0),
    }


def _redirects(frames: Frames, day: dt.date, previous: Previous | None) -> pl.DataFrame:
    """The identifiers that others took the place of, each with the first snapshot in which that was so.

    An identifier that stands again, such as the other one of a pair that is now named by it, leads nowhere else.
    """
    if previous is None:
        return frames["redirects"].with_columns(snapshot_date=pl.lit(day))
    ids, pair = frames["measures"].select(old_id="measure_id"), ["old_id", "new_id"]
    today = pl.concat([frames["redirects"], _refounded(previous, frames["claims"], ids)])
    today = today.unique("old_id", keep="first", maintain_order=True).with_columns(snapshot_date=pl.lit(day))
    before = previous.read("redirects")
    still = pl.concat([before.join(today, on="old_id", how="anti"), before.join(today, on=pair, how="semi")])
    told = pl.concat([still, today.join(before, on=pair, how="anti")], how="diagonal_relaxed")
    return told.join(ids, on="old_id", how="anti", maintain_order="left")


def _refounded(previous: Previous, claims: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    """The measures of prose that are gone, and those that most of their claims tell now: law that came, or an older text."""
    then = previous.read("claims").select("claim_id", old_id="measure_id").drop_nulls().join(ids, on="old_id", how="anti")
    now = then.join(claims.select("claim_id", new_id="measure_id").drop_nulls(), on="claim_id")
    most = (
        now.group_by("old_id", "new_id").agg(count=pl.len()).sort("old_id", "count", "new_id", descending=[False, True, False])
    )
    firsts = most.unique("old_id", keep="first", maintain_order=True)
    return firsts.select("old_id", "new_id", reason_code=pl.lit("merged"))


def _snapshots(
    readings: Sequence[Reading], day: dt.date, code_sha256: str | None, previous: Previous | None, counts: Mapping[str, int]
) -> pl.DataFrame:
    """This snapshot, behind those that the previous one tells of."""
    row = {
        "snapshot_date": day,
        "version": "1",
        "pipeline_version": VERSION,
        "input_sha256": input_digest(readings),
        "code_sha256": code_sha256,
        "row_counts_json": json.dumps(dict(sorted(counts.items()))),
        "previous_snapshot_date": previous.day if previous else None,
    }
    own = _shaped("snapshots", pl.DataFrame([row]))
    return pl.concat([_shaped("snapshots", previous.read("snapshots")), own]) if previous else own


def retrieved(document: Document) -> tuple[str, dt.datetime]:
    """Which document came when, as `retrievals` tells it."""
    return document.document_id, _instant(document.retrieved_at, document.recorded_date)


def _instant(moment: dt.datetime | None, day: dt.date) -> dt.datetime:
    return moment.astimezone(dt.UTC).replace(tzinfo=None) if moment else dt.datetime.combine(day, dt.time())


# Validation


def _shaped(table: str, frame: pl.DataFrame | None) -> pl.DataFrame:
    """The frame with exactly the columns of the table, in their order; a column that no source fills is NULL."""
    schema = schemas.polars_schema(table)
    if frame is None:
        return schemas.empty_frame(table)
    missing = [pl.lit(None, dtype).alias(name) for name, dtype in schema.items() if name not in frame.columns]
    return frame.with_columns(missing).select(pl.col(name).cast(dtype) for name, dtype in schema.items())


class _Validation:
    """The validation of all tables of a build, which remembers what it rejected."""

    def __init__(self, evidence: pl.DataFrame, documents: pl.DataFrame, parsers: Iterable[str]) -> None:
        held_by = documents.select("document_id", "source_id")
        # A parser goes by the name of its source; what a reader of prose finds belongs to the source of the text.
        extractor = pl.col("extractor_name")
        self._places = evidence.join(held_by, on="document_id", how="left", maintain_order="left").select(
            "evidence_id", "document_id", "locator",
            source_id=pl.when(extractor.is_in(list(parsers))).then(extractor).otherwise("source_id"),
        )  # fmt: skip
        self._gone: dict[tuple[str, str], pl.Series] = {}
        self.rejects: list[pl.DataFrame] = []

    def good_rows(self, table: str, shaped: pl.DataFrame) -> pl.DataFrame:
        """The rows that hold, sorted by their key; raises BrokenPromiseError for a duplicate key."""
        failures = pl.concat([schemas.row_failures(table, shaped), self._dangling(table, shaped)])
        good = shaped
        if len(failures):
            numbered = shaped.with_row_index("row").with_columns(pl.col("row").cast(pl.Int64))
            self.rejects.append(self._as_rejects(table, numbered, failures))
            failed = numbered.join(failures.select("row").unique(), on="row", how="semi")
            good = numbered.join(failed, on="row", how="anti").drop("row")
            self._gone |= {(table, column): failed[column] for column in schemas.key(table)}
        return _sorted_by_key(table, good)

    def _dangling(self, table: str, shaped: pl.DataFrame) -> pl.DataFrame:
        """Rows that refer to a row that was rejected, in the shape of `schemas.row_failures`."""
        found = [
            shaped.select(pl.int_range(pl.len(), dtype=pl.Int64).alias("row"), value=pl.col(column))
            .filter(pl.col("value").is_in(self._gone[place].implode()))
            .select("row", column=pl.lit(column), check=pl.lit("refers to a row that stands"), value="value")
            for column, place in schemas.references(table).items()
            if place in self._gone
        ]
        return pl.concat([schemas.row_failures(table, shaped.clear()), *found])

    def _as_rejects(self, table: str, numbered: pl.DataFrame, failures: pl.DataFrame) -> pl.DataFrame:
        reason = pl.concat_str(
            pl.col("column").fill_null("the row"),
            pl.lit(": expected "),
            "check",
            pl.lit("; came "),
            pl.col("value").fill_null("NULL"),
        )
        reasons = failures.group_by("row", maintain_order=True).agg(why=reason.str.join(" | "))
        raw = pl.struct(pl.all().exclude("row")).struct.json_encode()
        evidence_id = pl.col("evidence_id") if "evidence_id" in numbered.columns else pl.lit(None, pl.String)
        rows = numbered.select("row", evidence_id=evidence_id, raw_json=raw).join(reasons, on="row")
        placed = rows.join(self._places, on="evidence_id", how="left")
        nowhere = placed.filter(pl.col("source_id").is_null())
        if len(nowhere):
            raise BrokenPromiseError(f"{table}: {nowhere['why'][0]}, in {nowhere['raw_json'][0]}")
        return placed.select(
            "source_id",
            "document_id",
            "locator",
            "raw_json",
            table=pl.lit(table),
            reason_code=pl.lit("failed_rule"),
            reason_text="why",
        )


def _sorted_by_key(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    key = list(schemas.key(table))
    twice = frame.filter(pl.struct(key).is_duplicated()) if key else frame.clear()
    if len(twice):
        told = twice.select(key).unique(maintain_order=True).head(5).to_dicts()
        raise BrokenPromiseError(f"{table}: expected one row for each {', '.join(key)}; these stand twice: {told}")
    return frame.sort(key or frame.columns, nulls_last=True)


def _write(folder: Path, table: str, frame: pl.DataFrame) -> int:
    frame.write_parquet(folder / f"{table}.parquet", compression="zstd")
    return len(frame)


def check_references(folder: Path) -> None:
    """Every value of a referring column stands in the column that it refers to; raises BrokenPromiseError naming the worst."""
    for table in schemas.TABLES:
        for column, (other, other_column) in schemas.references(table).items():
            broken = _broken_references(folder, table, column, other, other_column)
            if broken:
                raise BrokenPromiseError(
                    f"{table}.{column}: {len(broken)} values are not in {other}.{other_column}, such as {broken[:5]}"
                )


def _broken_references(folder: Path, table: str, column: str, other: str, other_column: str) -> list[str]:
    values = pl.scan_parquet(folder / f"{table}.parquet", glob=False).select(column)
    if schemas.polars_schema(table)[column] == pl.List(pl.String):
        values = values.explode(column)
    known = pl.scan_parquet(folder / f"{other}.parquet", glob=False).select(pl.col(other_column).alias(column))
    return values.drop_nulls().unique().join(known, on=column, how="anti").collect()[column].sort().to_list()
