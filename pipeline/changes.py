"""What a snapshot says otherwise than the one before it, row by row, and why: the sources changed, or the pipeline did.

The two are told apart by building the documents of the snapshot before once more with the code of today: what that alone
changes is the pipeline's doing, the rest is the sources'.
"""

import datetime as dt
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

import schemas

_NOT_COMPARED = {"changes", "snapshots", "sources"}
"""What is about the run or about publication itself."""
_NOT_CONTENT = {"evidence": {"extractor_version"}}
"""Columns that say who read it, not what was read: a new version of a program is not a change of each row it read."""
_MEMORY_LIMIT = "300MB"
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


def compare(previous: Previous, tables: Path, day: dt.date) -> pl.DataFrame:
    """The rows of `changes` between the previous snapshot and a folder of tables, behind those that the previous one holds."""
    compared = [_of_table(previous, tables, table) for table in schemas.TABLES if table not in _NOT_COMPARED]
    found = pl.concat(compared).with_columns(snapshot_date=pl.lit(day))
    return pl.concat([previous.read("changes"), found.select(list(schemas.polars_schema("changes")))])


def _of_table(previous: Previous, tables: Path, table: str) -> pl.DataFrame:
    before, after = previous.folder / f"{table}.parquet", tables / f"{table}.parquet"
    changed = _difference(table, before, after)
    told = changed.with_columns(table=pl.lit(table))
    if previous.rebuilt is None or changed.is_empty():
        return told.with_columns(reason_code=pl.lit("source_changed"))
    rebuilt = previous.rebuilt / f"{table}.parquet"
    by_pipeline, by_source = (_difference(table, *pair)["key"] for pair in ((before, rebuilt), (rebuilt, after)))
    is_pipeline, is_source = (pl.col("key").is_in(keys.implode()) for keys in (by_pipeline, by_source))
    reason = (
        pl.when(is_pipeline & is_source).then(pl.lit("source_and_pipeline_changed"))
        .when(is_pipeline).then(pl.lit("pipeline_changed"))
        .otherwise(pl.lit("source_changed"))
    )  # fmt: skip
    return told.with_columns(reason_code=reason)


def _difference(table: str, before: Path, after: Path) -> pl.DataFrame:
    """Rows that are not the same on both sides, by their key; none for a table that one side does not know.

    Only columns that both sides have are compared: a column that is new says nothing of what it would have held.
    """
    with duckdb.connect(config={"memory_limit": _MEMORY_LIMIT, "threads": 1}) as database:
        if not before.exists():
            return pl.DataFrame(schema=_FOUND)
        sides = [database.read_parquet(str(path)).columns for path in (before, after)]
        columns = [name for name in sides[1] if name in sides[0] and name not in _NOT_CONTENT.get(table, ())]
        query = _DIFFERENCE.format(
            columns=", ".join(f'"{name}"' for name in columns),
            key=_key_text(schemas.key(table) or tuple(columns)),
            differing=", ".join(
                f'case when old."{name}" is distinct from new."{name}" then \'{name}\' end' for name in columns
            ),
            old=", ".join(f'"{name}" := old."{name}"' for name in columns),
            new=", ".join(f'"{name}" := new."{name}"' for name in columns),
        )
        found: pl.DataFrame = database.sql(query, params={"before": str(before), "after": str(after)}).pl()
        return found.cast(_FOUND)  # type: ignore[arg-type]  # names, each with its type


def _key_text(key: tuple[str, ...]) -> str:
    texts = [f'cast("{name}" as varchar)' for name in key]
    return texts[0] if len(texts) == 1 else f"cast(to_json([{', '.join(texts)}]) as varchar)"


_TEXT = pl.String()
_FOUND = {"key": _TEXT, "change_code": _TEXT, "columns": pl.List(pl.String), "before_json": _TEXT, "after_json": _TEXT}
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
order by key
"""


# The summary for people


def summary(tables: Path) -> str:
    """CHANGES.md of a snapshot: who came to and left each register in which edition, new measures, counts of changed rows."""
    snapshot = pl.read_parquet(tables / "snapshots.parquet", glob=False).sort("snapshot_date").row(-1, named=True)
    day, before = snapshot["snapshot_date"], snapshot["previous_snapshot_date"]
    head = f"# Changes of the snapshot of {day}\n\n"
    if before is None:
        return head + "There is no earlier snapshot of the same sources to compare it with.\n"
    changes = pl.read_parquet(tables / "changes.parquet", glob=False).filter(pl.col("snapshot_date") == day)
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
    """The spells that began and the ends of spells that this snapshot is the first to tell, with register and programme."""
    new = changes.filter(change_code="added").select("table", "key")
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
        .join(programmes.select("programme_id", programme="name"), on="programme_id", how="left")
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
