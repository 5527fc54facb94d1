"""A snapshot of all tables: CSV, Parquet, a DuckDB file, a data package, checksums and a README, whole or not at all."""

import datetime as dt
import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

import schemas
from pipeline import changes

STORAGE_VERSION = "v1.2.0"
"""Opens in DuckDB 1.3 to 2.0 and in DuckDB-WASM."""
DATABASE = "sanctions.duckdb"
_QUERIES = Path(schemas.__file__).with_name("queries.sql")
_SETTLED = ("editions", "measure_acts", "measure_steps", "measure_places")
"""Views that are small and asked by nearly every question: kept as tables in the file, so that none runs them anew."""
_MEMORY_LIMIT = "300MB"
QUESTION = "Who restricts what, against whom, since when and until when, under which law, and where is that written?"
HOW_TO_READ = """\
- **Valid time** is when something was so in law: the steps in `dates`, which `in_force(day)` and `listed(day)` ask. Unknown is
  NULL; what is not known to the day has a first and a last possible day (`date`, `date_latest`).
- **Knowledge time** runs from `known_from_at` to `known_until_at`: while the documents held here show it.
  `in_force(day, known_on)` answers from what they showed by then; what only a later copy of a law tells is known from then on.
- **Certainty** is `possible` where a precision, a missing day or the editions held leave doubt. A missing row is no denial:
  `coverage` tells how far back each source goes.
- **Evidence level** is the strongest kind of source held: `law`, `list`, `press`, `news`. `review_code` is `corroborated` where
  two publishers tell a measure, `confirmed` where a person did.
- **Claims** are what a program read in one text. One with a `measure_id` supports or founded that measure, and `reason_text`
  says why; one without is an early warning and no fact.
"""
"""For analysts; the README of the repository says the same."""
_LICENCE = {
    "name": "ODC-By-1.0",
    "title": "Open Data Commons Attribution License 1.0, and the terms of each source for its rows (table sources)",
    "path": "https://opendatacommons.org/licenses/by/1-0/",
}


class SampleOverDataError(ValueError):
    """Hand-written samples would take the place of a snapshot of data."""


@dataclass(frozen=True)
class Snapshot:
    """A published snapshot."""

    day: dt.date
    folder: Path
    content_sha256: str
    """Over the sorted rows of every table: the same for the same content, whatever wrote it."""
    is_latest: bool
    """Whether `latest` points at it; it never moves to an earlier day."""


def publish(tables: Path, output: Path, *, is_sample: bool = False) -> Snapshot:
    """Publish a folder of tables under `output`; readers see the old snapshot until the new one is whole."""
    day = changes.newest_snapshot(tables)["snapshot_date"]
    snapshots = output / "snapshots"
    if is_sample and (snapshots / day.isoformat()).exists() and not holds_samples(snapshots / day.isoformat()):
        raise SampleOverDataError(f"{snapshots / day.isoformat()} holds data; give the samples another OUTPUT")
    snapshots.mkdir(parents=True, exist_ok=True)
    part = snapshots / f".{day}.part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    content = _write_files(tables, part, is_sample=is_sample)
    folder = _replace_day(part, snapshots, day)
    return Snapshot(day, folder, content, _move_latest(output, day))


def published_content(output: Path, day: dt.date) -> str | None:
    """The content hash of the snapshot of a day; None where there is none."""
    package = output / "snapshots" / day.isoformat() / "datapackage.json"
    return json.loads(package.read_text(encoding="utf-8"))["content_sha256"] if package.exists() else None


def is_latest(output: Path, day: dt.date) -> bool:
    """Whether `latest` points at the snapshot of a day."""
    latest = output / "latest"
    return latest.is_symlink() and latest.readlink().name == day.isoformat()


def may_be_latest(output: Path, day: dt.date, *, is_sample: bool) -> bool:
    """Whether `latest` would move to a snapshot: never back, never from data to samples, from samples to data always."""
    latest = output / "latest"
    if not latest.is_symlink():
        return True
    if holds_samples(latest) != is_sample:
        return holds_samples(latest)
    return day >= dt.date.fromisoformat(latest.readlink().name)


# Files


def _write_files(tables: Path, folder: Path, *, is_sample: bool) -> str:
    hashes: dict[str, str] = {}
    with duckdb.connect(
        config={"memory_limit": _MEMORY_LIMIT, "threads": 1, "temp_directory": str(folder / ".spill")}
    ) as database:
        database.execute(f"ATTACH ? AS sanctions (STORAGE_VERSION '{STORAGE_VERSION}')", [str(folder / DATABASE)])
        database.execute("USE sanctions")
        for table in schemas.TABLES:
            _load(database, table, tables / f"{table}.parquet")
            hashes[table] = _export(database, table, tables, folder)
        for statement in database.extract_statements(_QUERIES.read_text(encoding="utf-8")):
            database.execute(statement)
        for view in _SETTLED:
            _settle(database, view)
        database.execute("USE memory")
        database.execute("DETACH sanctions")
    shutil.rmtree(folder / ".spill", ignore_errors=True)
    content = hashlib.sha256("".join(f"{table} {hashes[table]}\n" for table in sorted(hashes)).encode()).hexdigest()
    _write_text(
        folder / "datapackage.json",
        json.dumps(_data_package(tables, content, is_sample=is_sample), ensure_ascii=False, indent=2) + "\n",
    )
    _write_text(folder / "README.md", _readme(tables, content, is_sample=is_sample))
    _write_text(folder / "CHANGES.md", changes.summary(tables))
    _write_text(folder / "SHA256SUMS", "".join(f"{_sha256(path)}  {path.name}\n" for path in _published_files(folder)))
    for path in folder.iterdir():
        _flush(path)
    return content


def _settle(database: duckdb.DuckDBPyConnection, view: str) -> None:
    """Keep a view as a table under the same name, with its comment."""
    comment = database.execute("SELECT comment FROM duckdb_views() WHERE view_name = ?", [view]).fetchall()[0][0]
    database.execute(f'CREATE TABLE settled AS FROM "{view}"')
    database.execute(f'DROP VIEW "{view}"')
    database.execute(f'ALTER TABLE settled RENAME TO "{view}"')
    told = comment.replace("'", "''")  # a comment takes no parameter
    database.execute(f"COMMENT ON TABLE \"{view}\" IS '{told}'")


def _load(database: duckdb.DuckDBPyConnection, table: str, path: Path) -> None:
    database.execute(schemas.create_table_sql(table))
    columns = ", ".join(f'"{column.name}"' for column in schemas.columns(table))
    database.execute(f'INSERT INTO "{table}" SELECT {columns} FROM read_parquet(?)', [str(path)])
    for statement in schemas.comment_sql(table):
        database.execute(statement)


def _export(database: duckdb.DuckDBPyConnection, table: str, tables: Path, folder: Path) -> str:
    """Write a table, which the build has sorted by its key, as CSV and Parquet; the sha256 of the CSV, which any client writes
    alike."""
    csv_path = folder / f"{table}.csv"
    cells = ", ".join(_csv_cell(column) for column in schemas.columns(table))
    database.execute(
        f"COPY (SELECT {cells} FROM \"{table}\") TO ? (FORMAT csv, HEADER, NULLSTR '', NEW_LINE '\\r\\n')", [str(csv_path)]
    )
    shutil.copyfile(tables / f"{table}.parquet", csv_path.with_suffix(".parquet"))
    return _sha256(csv_path)


def _csv_cell(column: schemas.Column) -> str:
    name = f'"{column.name}"'
    if column.duckdb_type == "VARCHAR[]":
        return f"to_json({name}) AS {name}"
    if column.duckdb_type == "TIMESTAMP":
        return f"strftime({name}, '%Y-%m-%dT%H:%M:%SZ') AS {name}"
    return name


def _data_package(tables: Path, content: str, *, is_sample: bool) -> dict[str, object]:
    snapshot = changes.newest_snapshot(tables)
    resources = [
        {
            **schemas.data_package_resource(table),
            "path": f"{table}.csv",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "profile": "tabular-data-resource",
        }
        for table in schemas.TABLES
    ]
    sources = pl.read_parquet(tables / "sources.parquet", glob=False)
    return {
        "profile": "tabular-data-package",
        "name": "sanctions-ledger",
        "title": "Sanctions Ledger",
        "description": QUESTION,
        "version": f"{snapshot['snapshot_date']}.{snapshot['version']}",
        "content_sha256": content,
        "is_sample": is_sample,
        "input_sha256": snapshot["input_sha256"],
        "licenses": [_LICENCE],
        "sources": [{"title": row["title"], "path": row["url"]} for row in sources.iter_rows(named=True)],
        "resources": resources,
    }


def _readme(tables: Path, content: str, *, is_sample: bool) -> str:
    snapshot = changes.newest_snapshot(tables)
    counts = json.loads(snapshot["row_counts_json"])
    sources = pl.read_parquet(tables / "sources.parquet", glob=False)
    table_rows = "\n".join(f"| `{table}` | {counts[table]:,} |" for table in schemas.TABLES if table in counts)
    source_rows = "\n".join(
        f"| `{row['source_id']}` | {row['publisher_name']}: {row['title']} "
        f"| {row['licence']} | {_yes(row['is_redistributable'])} |"
        for row in sources.iter_rows(named=True)
    )
    warning = "\nMade from samples that were written by hand: the rows show formats and are no data.\n" if is_sample else ""
    return f"""# Sanctions Ledger, snapshot of {snapshot["snapshot_date"]}
{warning}
{QUESTION}
Every row that states a fact bears an `evidence_id`; `evidence` names the document and the place in it.

Each table stands here as CSV (UTF-8, RFC 4180, empty for NULL, lists as JSON arrays) and as Parquet; `{DATABASE}` holds all of
them with views and macros: `duckdb {DATABASE} "FROM in_force(DATE '{snapshot["snapshot_date"]}')"`.
`CHANGES.md` tells what this snapshot says otherwise than the one before it, the table `changes` row by row.
`SHA256SUMS` has the checksums of the files; the hash of the content, whatever wrote it, is `{content}`.

## How to read it

{HOW_TO_READ}
## Tables and rows

| table | rows |
|---|---|
{table_rows}

## Licence and attribution

The compilation is under the Open Data Commons Attribution License 1.0. The rows of a source stay under that source's terms.
Of a text from press or news its address, title, day, hash and offsets are published, what was read in it (who, against whom,
goods, names, acts and days, as it words them), and the sentence that says so where the terms allow passing it on. Where they
do not, title and goods are a sentence at most, and of what was refused only its length and hash stand where it is longer.

| source | title | terms | may be redistributed |
|---|---|---|---|
{source_rows}

## How to cite

Sanctions Ledger, snapshot of {snapshot["snapshot_date"]}, pipeline version {snapshot["pipeline_version"]},
content sha256 {content}.

{schemas.dictionary()}"""


def _yes(value: bool | None) -> str:
    return {True: "yes", False: "no", None: "terms not seen: no"}[value]


def _published_files(folder: Path) -> list[Path]:
    # The DuckDB file is never byte-identical; its content hash stands in datapackage.json.
    return sorted(path for path in folder.iterdir() if path.is_file() and path.name not in (DATABASE, "SHA256SUMS"))


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


# One step


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def _replace_day(part: Path, snapshots: Path, day: dt.date) -> Path:
    """Put a finished folder in the place of its day: the name of the day is a link, which changes in one step."""
    made_of = hashlib.sha256((part / "SHA256SUMS").read_bytes() + _QUERIES.read_bytes()).hexdigest()
    whole = snapshots / f".{day}-{made_of[:12]}"
    if whole.exists():
        shutil.rmtree(part)
    else:
        part.rename(whole)
    _link(snapshots / day.isoformat(), Path(whole.name))
    for other in snapshots.glob(f".{day}-*"):
        if other != whole:
            shutil.rmtree(other)
    return snapshots / day.isoformat()


def _move_latest(output: Path, day: dt.date) -> bool:
    """`latest` never moves to an earlier day, and never from data to hand-written samples; from samples to data always."""
    latest = output / "latest"
    if not may_be_latest(output, day, is_sample=holds_samples(output / "snapshots" / day.isoformat())):
        return False
    _link(latest, Path("snapshots") / day.isoformat())
    _link(output / DATABASE, Path("latest") / DATABASE)
    return True


def holds_samples(snapshot: Path) -> bool:
    """Whether a folder holds a snapshot of hand-written samples."""
    package = snapshot / "datapackage.json"
    return package.exists() and bool(json.loads(package.read_text(encoding="utf-8"))["is_sample"])


def _link(place: Path, to: Path) -> None:
    part = place.with_name(f".{place.name}.link")
    part.unlink(missing_ok=True)
    part.symlink_to(to)
    part.replace(place)
