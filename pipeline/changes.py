"""What a snapshot says otherwise than the one before it, row by row, and why: the sources changed, or the pipeline did.

The two are told apart by building the documents of the snapshot before once more with the code of today: what that alone
changes is the pipeline's doing, the rest is the sources'.
"""

import datetime as dt
import json
import shutil
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

import schemas
from pipeline.normalized import corroboration

_NOT_COMPARED = {"changes", "snapshots", "sources"}
"""What is about the run or about publication itself."""
_NOT_CONTENT = {"evidence": {"extractor_version"}, "redirects": {"snapshot_date"}}
"""Columns that say who read it or since when it is published, not what was read: a new version of a program is not a change
of each row it read."""
_MEMORY_LIMIT = "450MB"
_MOST_LINES = 40
"""Of measures in a summary; the table `changes` has all of them."""


@dataclass(frozen=True)
class Previous:
    """The snapshot that a new one is compared with."""

    day: dt.date
    folder: Path
    rebuilt: Path | None = None
    """The tables that the code of today makes of its documents; None where the code is the same as then."""

    def read(self, table: str) -> pl.DataFrame:
        """A table of it, in the columns promised today; empty where it has none."""
        path = self.folder / f"{table}.parquet"
        empty = schemas.empty_frame(table)
        return pl.concat([empty, pl.read_parquet(path, glob=False)], how="diagonal_relaxed") if path.exists() else empty


def find_previous(snapshots: Path, day: dt.date, source_ids: Collection[str], *, is_sample: bool) -> Previous | None:
    """The newest snapshot before a day that may be compared; None where there is none.

    Samples are not compared with data. A snapshot of more sources is not compared either: the rest would seem removed, and
    rows of a source that may no longer be passed on would be published as removed ones.
    """
    days = sorted((path.name for path in snapshots.glob("[0-9]*-[0-9]*-[0-9]*") if path.name < day.isoformat()), reverse=True)
    for name in days:
        folder = snapshots / name
        package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        read = pl.read_parquet(folder / "sources.parquet", glob=False).filter(pl.col("document_count") > 0)["source_id"]
        if package["is_sample"] == is_sample and set(read) <= set(source_ids):
            return Previous(dt.date.fromisoformat(name), folder)
    return None


def compare(previous: Previous, tables: Path, day: dt.date) -> int:
    """Write the table `changes` of a folder of tables, behind what the previous snapshot's holds; the number of its rows.

    The rows stay on the disk: one change of the pipeline may touch every row of every table. None can break a rule of the
    table, since each is made here, of rows that stand.
    """
    work = tables / ".changes"
    work.mkdir()
    schemas.empty_frame("changes").write_parquet(work / "promised.parquet")
    parts = [work / "promised.parquet", previous.folder / "changes.parquet"]
    settings: dict[str, Any] = {"memory_limit": _MEMORY_LIMIT, "threads": 1, "temp_directory": str(work / "spill")}
    with duckdb.connect(config=settings) as database:
        # What a sort gives is in order; keeping that of its input as well takes more memory than there is.
        database.execute("set preserve_insertion_order = false")
        comparison = _Comparison(database, previous, tables, _reviewed(previous, tables))
        known = [
            table for table in sorted({*schemas.TABLES} - _NOT_COMPARED) if (previous.folder / f"{table}.parquet").exists()
        ]
        parts += [comparison.write(table, work / f"{table}.parquet") for table in known]
        database.execute("set preserve_insertion_order = true")
        union = _UNION.format(columns=", ".join(f'"{name}"' for name in schemas.polars_schema("changes")))
        held = [str(path) for path in parts if path.exists()]
        database.execute(union, {"parts": held, "day": day, "promised": str(tables / "changes.parquet")})
    shutil.rmtree(work)
    return int(pl.scan_parquet(tables / "changes.parquet", glob=False).select(pl.len()).collect().item())


@dataclass(frozen=True)
class _Comparison:
    """A folder of tables beside the previous snapshot."""

    database: duckdb.DuckDBPyConnection
    previous: Previous
    tables: Path
    reviewed: Mapping[str, list[str]]

    def write(self, table: str, part: Path) -> Path:
        """Write the changed rows of a table, each with the reason; the file."""
        before, after = self.previous.folder / f"{table}.parquet", self.tables / f"{table}.parquet"
        self._find("found", table, (before, after))
        # Where the same code made both sides, the sources did it all.
        rebuilt = self.previous.rebuilt / f"{table}.parquet" if self.previous.rebuilt else None
        self._find("by_pipeline", table, (before, rebuilt) if rebuilt else None)
        self._find("by_source", table, (rebuilt, after) if rebuilt else None)
        reviewed = self.reviewed.get(table, [])
        self.database.execute(_REASONED, {"table": table, "reviewed": reviewed, "part": str(part)})
        return part

    def _find(self, name: str, table: str, sides: tuple[Path, Path] | None) -> None:
        """Keep what differs between two files as a temporary table, which has no row where nothing is asked.

        Only columns that both sides have are compared: a column that is new says nothing of what it would have held. Where
        a column of the key is new, as where a table has no key, the whole row is the key.
        """
        if sides is None:
            self.database.execute(f"create or replace temp table {name} (key varchar)")
            return
        before, after = (self.database.read_parquet(str(path)).columns for path in sides)
        columns = [column for column in after if column in before and column not in _NOT_CONTENT.get(table, ())]
        key = schemas.key(table)
        query = _DIFFERENCE.format(
            columns=", ".join(f'"{column}"' for column in columns),
            key=_key_text(key if key and set(key) <= set(columns) else tuple(columns)),
            differing=", ".join(_differing(column) for column in columns),
            old=", ".join(f'"{column}" := old."{column}"' for column in columns),
            new=", ".join(f'"{column}" := new."{column}"' for column in columns),
        )
        asked = "*" if name == "found" else "key"
        paths = {"before": str(sides[0]), "after": str(sides[1])}
        self.database.execute(f"create or replace temp table {name} as select {asked} from ({query})", paths)


def _reviewed(previous: Previous, tables: Path) -> dict[str, list[str]]:
    """The keys of the rows, by table, that the verdict of a person may have changed."""
    verdicts = pl.col("claim_id").is_in([str(review["claim_id"]) for review in corroboration.reviews()])
    told = pl.concat([previous.read("claims"), pl.read_parquet(tables / "claims.parquet", glob=False)], how="diagonal_relaxed")
    # Also where the verdict has been taken back since.
    claims = told.filter(verdicts | pl.col("reason_text").str.ends_with(corroboration.BY_A_PERSON))
    return {
        "claims": claims["claim_id"].unique().sort().to_list(),
        "measures": claims["measure_id"].drop_nulls().unique().sort().to_list(),
    }


def _differing(column: str) -> str:
    return f'case when old."{column}" is distinct from new."{column}" then \'{column}\' end'


def _key_text(key: tuple[str, ...]) -> str:
    texts = [f'cast("{name}" as varchar)' for name in key]
    return texts[0] if len(texts) == 1 else f"cast(to_json([{', '.join(texts)}]) as varchar)"


_DIFFERENCE = """
with before as (select {columns} from read_parquet($before)),
after as (select {columns} from read_parquet($after)),
old as (select *, {key} as row_key from (from before except from after)),
new as (select *, {key} as row_key from (from after except from before))
select
    coalesce(old.row_key, new.row_key) as key,
    case when old.row_key is null then 'added' when new.row_key is null then 'removed' else 'modified' end as change_code,
    case
        when old.row_key is null or new.row_key is null then []::varchar[]
        else list_filter([{differing}], lambda name: name is not null)
    end as columns,
    case when old.row_key is not null then cast(to_json(struct_pack({old})) as varchar) end as before_json,
    case when new.row_key is not null then cast(to_json(struct_pack({new})) as varchar) end as after_json
from old
full join new on old.row_key = new.row_key
"""
_REASONED = """
copy (
    select
        $table as "table", found.*,
        case
            when key in (from by_pipeline) and list_contains($reviewed::varchar[], key)
                and (change_code <> 'modified' or list_has_any(columns, ['measure_id', 'reason_text', 'review_code']))
            then 'reviewed'
            when key in (from by_pipeline) and key in (from by_source) then 'source_and_pipeline_changed'
            when key in (from by_pipeline) then 'pipeline_changed'
            else 'source_changed'
        end as reason_code
    from found
    order by key
) to $part (format parquet)
"""
# The earlier changes, then those of each table by its name and key: in the order of the key of `changes`.
_UNION = """
copy (
    select {columns}
    from (
        select * replace (coalesce(snapshot_date, $day::date) as snapshot_date)
        from read_parquet($parts::varchar[], union_by_name = true)
    )
) to $promised (format parquet, compression zstd)
"""


def newest_snapshot(tables: Path) -> dict[str, Any]:
    """The row of the newest snapshot: that of the folder itself, behind those of the earlier ones."""
    return pl.read_parquet(tables / "snapshots.parquet", glob=False).sort("snapshot_date").row(-1, named=True)


# The summary for people


def summary(tables: Path) -> str:
    """CHANGES.md of a snapshot: who came to and left each register in which edition, new measures, counts of changed rows."""
    snapshot = newest_snapshot(tables)
    day, before = snapshot["snapshot_date"], snapshot["previous_snapshot_date"]
    head = f"# Changes of the snapshot of {day}\n\n"
    if before is None:
        return head + "There is no earlier snapshot of the same sources to compare it with.\n"
    changes = (
        pl.scan_parquet(tables / "changes.parquet", glob=False).filter(pl.col("snapshot_date") == day)
        .select("table", "key", "change_code", "reason_code").collect()  # not the rows themselves, which may be many
    )  # fmt: skip
    parts = {
        "Registers": [*_register_lines(tables, changes)],
        "Measures": [*_measure_lines(tables, changes)],
        "Rows": [*_row_lines(changes)],
    }
    told = "".join(
        f"## {title}\n\n" + "\n".join(f"- {line}" for line in lines) + "\n\n" for title, lines in parts.items() if lines
    )
    return f"{head}Compared with the snapshot of {before}; every row of it stands in the table `changes`.\n\n" + (
        told or "Nothing changed.\n"
    )


def _register_lines(tables: Path, changes: pl.DataFrame) -> Iterator[str]:
    """`UN, 2022-03-07: 9 removed (Iraq 7, Al-Qaida 2)`, one line a register and edition."""
    moved = _moves(tables, changes)
    for (issuer, register, day), of_day in moved.group_by("issuer_code", "register_code", "day", maintain_order=True):
        told = []
        for what, rows in of_day.group_by("what", maintain_order=True):
            programmes = rows.group_by("programme").agg(count=pl.col("target_id").n_unique())
            named = programmes.drop_nulls().sort("count", "programme", descending=[True, False]).iter_rows()
            inside = ", ".join(f"{name} {count:,}" for name, count in named)
            told.append(f"{rows['target_id'].n_unique():,} {what[0]}" + (f" ({inside})" if inside else ""))
        yield f"{issuer} (`{register}`), {day}: {'; '.join(told)}"


def _moves(tables: Path, changes: pl.DataFrame) -> pl.DataFrame:
    """The spells that began and the ends of spells that this snapshot is the first to tell, with register and programme.

    What the pipeline alone reads otherwise moved nobody.
    """
    new = changes.filter(pl.col("change_code") == "added", pl.col("reason_code") != "pipeline_changed").select("table", "key")
    listings, dates, measures, targets, programmes = (
        pl.read_parquet(tables / f"{name}.parquet", glob=False)
        for name in ("listings", "dates", "measures", "targets", "programmes")
    )
    begun = listings.join(new.filter(table="listings"), left_on="listing_id", right_on="key", how="semi").select(
        "listing_id", what=pl.lit("added"), day=pl.col("known_from_at").dt.date()
    )
    ended = (
        dates.join(new.filter(table="dates"), left_on="date_id", right_on="key", how="semi")
        .filter(action_code="delist").drop_nulls("listing_id")
        .select("listing_id", what=pl.lit("removed"), day=pl.col("known_from_at").dt.date())
    )  # fmt: skip
    return (
        pl.concat([begun, ended])
        .join(listings.select("listing_id", "measure_id", "target_id"), on="listing_id")
        .join(measures.select("measure_id", "programme_id"), on="measure_id", how="left")
        .join(programmes.select("programme_id", programme=pl.coalesce("source_key", "name")), on="programme_id", how="left")
        .join(targets.select("target_id", "issuer_code", "register_code").unique(), on="target_id")
        .sort("issuer_code", "register_code", "day", "what", "programme", "target_id")
    )


def _measure_lines(tables: Path, changes: pl.DataFrame) -> Iterator[str]:
    new = changes.filter(table="measures", change_code="added").select(measure_id="key")
    measures = pl.read_parquet(tables / "measures.parquet", glob=False).join(new, on="measure_id", how="semi")
    for row in measures.sort("issuer_code", "title", "measure_id").head(_MOST_LINES).iter_rows(named=True):
        since = f", effective {row['effective_date']}" if row["effective_date"] else ""
        yield f"{row['issuer_code']}: new: {row['title']}{since}"
    if len(measures) > _MOST_LINES:
        yield f"and {len(measures) - _MOST_LINES:,} further new measures"


def _row_lines(changes: pl.DataFrame) -> Iterator[str]:
    counts = changes.group_by("table", "change_code", "reason_code").agg(count=pl.len())
    for (table,), rows in counts.sort("table", "change_code", "reason_code").group_by("table", maintain_order=True):
        told = (f"{row['count']:,} {row['change_code']} ({_REASON[row['reason_code']]})" for row in rows.iter_rows(named=True))
        yield f"`{table}`: {', '.join(told)}"


_REASON = {
    "source_changed": "the sources changed",
    "pipeline_changed": "the pipeline changed",
    "source_and_pipeline_changed": "the sources and the pipeline changed",
    "reviewed": "a review",
}
