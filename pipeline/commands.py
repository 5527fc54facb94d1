"""What each command does, and how it tells the result to a person."""

import datetime as dt
import fcntl
import logging
import os
import shutil
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import dagster as dg
import polars as pl
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn
from rich.table import Column, Table

import schemas
from pipeline import checks, terminal
from pipeline.assets import SNAPSHOT, assets_of, documents_key, normalized_key
from pipeline.claims import lines
from pipeline.documents.recordings import Recordings, RecordingsError
from pipeline.resources import ROOT, SettingError, Workplace, named_sources
from pipeline.sources import Source
from pipeline.tables import rows_of

USER_ERRORS = (SettingError, RecordingsError, lines.LineError)
"""What the user can mend; told in one line, without a traceback."""
_SILENT = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
"""What fails is told once, below the table, not as a log."""


@dataclass(frozen=True)
class Outcome:
    """What a run of the assets told: by asset its metadata, its failed checks, and the steps that broke."""

    metadata: Mapping[dg.AssetKey, Mapping[str, object]]
    failed_checks: Mapping[tuple[dg.AssetKey, str], str]
    broken_steps: tuple[str, ...]

    def failures(self, source: Source) -> list[str]:
        """Why a source counts as failed; empty where it does not."""
        keys = (documents_key(source), normalized_key(source))
        failed = [told for (key, name), told in self.failed_checks.items() if key in keys and name in checks.FAILURES]
        return failed + [f"{key.to_user_string()} broke off" for key in keys if key not in self.metadata]

    def told(self, source: Source, name: str) -> str:
        """What an asset of a source says under a name, as a person reads it; empty where its step broke."""
        said = [self.metadata.get(key, {}) for key in (documents_key(source), normalized_key(source))]
        found = next((each[name] for each in said if name in each), "")
        return f"{found:,}" if isinstance(found, int) else str(found)


def build(options: Namespace) -> int:
    """Run the assets of the selected sources in this process and tell what came of them."""
    workplace = _workplace(options)
    selected = workplace.selected()
    _check(workplace)
    before = _targets(workplace.place.output)
    with _progress_lines():
        outcome = materialized(workplace)
    console, snapshot = terminal.console(), outcome.metadata.get(SNAPSHOT)
    last = _last_run(Path(str(snapshot["folder"]))) if snapshot else {}
    console.print(_summary(outcome, selected, last, before, _targets(workplace.place.output)))
    _tell_troubles(console, outcome)
    if snapshot:
        _tell_snapshot(console, snapshot, workplace.place.output)
    else:
        terminal.line(console, "Nothing was published; what was published before stays as it was.")
    return 0 if snapshot and not any(outcome.failures(source) for source in selected.values()) else 1


def record(options: Namespace) -> int:
    """Fetch, judge and keep what the sources publish now."""
    from pipeline.documents import recording, web  # noqa: PLC0415 — only this command needs HTTP

    output = Path(options.output) if options.output else ROOT / "output"
    recordings = Recordings(Path(options.into) if options.into else output / "documents")
    console, is_well = terminal.console(), True
    bars = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with web.Client() as client, Progress(*bars, console=Console(stderr=True), transient=True) as progress:
        for source in named_sources(options.sources).values():
            tasks = _Bars(progress, source.source_id)
            today = dt.datetime.now(dt.UTC).date()
            recorded = recording.record(source, recordings, client, today, tasks)
            terminal.line(console, f"{source.source_id}: {len(recorded.fetched)} new, {len(recorded.unchanged)} unchanged")
            for refusal in recorded.refused:
                terminal.line(console, f"  refused: {refusal.document.url}: {refusal.reason}: {refusal.message}")
            for failure in recorded.failed:
                terminal.line(console, f"  failed: {failure.reason}: {failure}")
            is_well = is_well and not recorded.refused and not recorded.failed
    terminal.line(console, f"Kept in {recordings.folder}. Build from it: sanctions build --from {recordings.folder}")
    return 0 if is_well else 1


def sources(options: Namespace) -> int:
    """Print the catalogue of the sources with what the last snapshot has of them."""
    output = Path(options.output) if options.output else ROOT / "output"
    table = Table("source", "title", "register", "newest state", "rows", "rejects", "entries that have", "licence")
    last = _last_run(output / "latest")
    filled = _filled(output / "latest")
    for source in named_sources("").values():
        of_source = last.get(source.source_id, {})
        newest = of_source.get("newest_published_date") or of_source.get("retrieved_at")
        figures = [f"{of_source[name]:,}" if of_source else "" for name in ("row_count", "reject_count")]
        day = str(newest)[:10] if newest else ""
        register = source.register_code or ""
        table.add_row(source.source_id, source.title, register, day, *figures, filled.get(register, ""), source.licence)
    terminal.console().print(table, markup=False)
    return 0


def run(options: Namespace) -> int:
    """Become the Dagster user interface, on loopback and without telemetry."""
    workplace = _workplace(options)
    workplace.selected()
    output = _made(workplace.place.output).resolve()
    home = Path(os.environ.get("DAGSTER_HOME") or output / ".dagster")
    home.mkdir(parents=True, exist_ok=True)
    if not (home / "dagster.yaml").exists():
        shutil.copyfile(ROOT / "dagster.yaml", home / "dagster.yaml")
    settings = {
        "FROM": workplace.origin, "AS_OF": workplace.as_of, "SOURCES": workplace.sources, "OUTPUT": str(output),
        "PUBLIC": workplace.public, "DAGSTER_HOME": str(home), "DAGSTER_DISABLE_TELEMETRY": "1",
    }  # fmt: skip
    interface = ["-m", "dagster", "dev", "-w", str(ROOT / "workspace.yaml"), "-h", "127.0.0.1", "-p", str(options.port)]
    os.execve(sys.executable, [sys.executable, *interface], os.environ | settings)


# Running


def _workplace(options: Namespace) -> Workplace:
    return Workplace(
        origin=getattr(options, "from"), as_of=options.as_of, sources=options.sources, output=options.output,
        public=options.public,
    )  # fmt: skip


def _check(workplace: Workplace) -> None:
    """Raise what the user can mend before anything runs."""
    _made(workplace.place.output)
    if not workplace.is_web:
        workplace.place.recordings.documents("")  # reads the index, and no document


@contextmanager
def alone_in(output: Path) -> Iterator[None]:
    """Keep other builds out of an output folder: two at a time would take away one another's unfinished files.

    The system forgets the lock with the process, however that ends. Raises SettingError where another build holds it.
    """
    folder = os.open(_made(output), os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SettingError(
                f"OUTPUT: another build is writing to {output}; wait for it, or give this one another"
            ) from error
        yield
    finally:
        os.close(folder)


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(f"OUTPUT: expected a folder to write to; {folder} cannot be made ({error})") from error
    return folder


def materialized(workplace: Workplace) -> Outcome:
    """Run the assets of the selected sources, the tables and the snapshot, in this process and without a log."""
    with alone_in(workplace.place.output), dg.DagsterInstance.ephemeral() as instance:
        result = dg.materialize(
            assets_of(workplace.selected()),
            resources={"workplace": workplace},
            instance=instance,
            run_config=_SILENT,
            raise_on_error=False,
        )
    told = {
        event.asset_key: {name: value.value for name, value in event.materialization.metadata.items()}
        for event in result.get_asset_materialization_events()
        if event.asset_key
    }
    failed = {
        (each.asset_key, each.check_name): each.description or each.check_name
        for each in result.get_asset_check_evaluations()
        if not each.passed
    }
    return Outcome(told, failed, tuple(_why(event) for event in result.all_events if event.is_step_failure))


def _why(event: dg.DagsterEvent) -> str:
    """Why a step broke: in its own words where it says so itself, else whatever was raised."""
    failure = event.step_failure_data
    if failure.user_failure_data and failure.user_failure_data.description:
        return f"{event.step_key}: {failure.user_failure_data.description}"
    return f"{event.step_key}: {failure.error.to_string() if failure.error else 'failed'}"


class _Bars:
    """Progress bars, one an address, for what takes long."""

    def __init__(self, progress: Progress, name: str) -> None:
        self._progress = progress
        self._name = name
        self._tasks: dict[str, object] = {}

    def __call__(self, url: str, done: int, total: int | None) -> None:
        if url not in self._tasks:
            self._tasks[url] = self._progress.add_task(self._name, total=total)
        self._progress.update(self._tasks[url], completed=done, total=total)  # type: ignore[arg-type]


@contextmanager
def _progress_lines() -> Iterator[None]:
    """What the stages say of their progress goes to the standard error, while this is entered."""
    logger, handler = logging.getLogger("pipeline"), logging.StreamHandler(sys.stderr)
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)


# Telling


def _targets(output: Path) -> pl.DataFrame | None:
    """Identifiers and registers of the targets of the latest snapshot; None before the first."""
    path = output / "latest" / "targets.parquet"
    if not path.exists():
        return None
    return pl.scan_parquet(path, glob=False).filter("is_current").select("target_id", "register_code").collect()


def _filled(snapshot: Path) -> dict[str, str]:
    """By register, what share of its current entries has which field, in words."""
    if not (snapshot / "targets.parquet").exists():
        return {}
    targets, identifiers, listings = (
        pl.scan_parquet(snapshot / f"{table}.parquet", glob=False) for table in ("targets", "target_identifiers", "listings")
    )
    dated = listings.filter(pl.col("listed_date").is_not_null()).select("target_id").unique()
    having = {
        "country": pl.col("country_codes").list.len() > 0,
        "birth date": pl.col("birth_date").is_not_null(),
        "identifier": pl.col("target_id").is_in(identifiers.select("target_id").unique().collect()["target_id"].implode()),
        "listed date": pl.col("target_id").is_in(dated.collect()["target_id"].implode()),
    }
    shares = targets.filter("is_current").group_by("register_code").agg(**{name: has.mean() for name, has in having.items()})
    return {
        row.pop("register_code"): ", ".join(f"{name} {share:.0%}" for name, share in row.items())
        for row in shares.collect().to_dicts()
    }


def _last_run(snapshot: Path) -> dict[str, dict[str, object]]:
    """By source, what a snapshot says of it."""
    path = snapshot / "sources.parquet"
    return {row["source_id"]: row for row in pl.read_parquet(path, glob=False).to_dicts()} if path.exists() else {}


def _summary(
    outcome: Outcome,
    selected: Mapping[str, Source],
    last: Mapping[str, Mapping[str, object]],
    before: pl.DataFrame | None,
    after: pl.DataFrame | None,
) -> Table:
    """A line a source; rejects are those of the snapshot, where there is one: validation finds more of them."""
    table = Table("source", *(Column(name, justify="right") for name in (*_FIGURES, "new", "gone")), "result")
    for source in selected.values():
        figures = {name: outcome.told(source, told) for name, told in _FIGURES.items()}
        if source.source_id in last:
            figures["rejects"] = f"{last[source.source_id]['reject_count']:,}"
        moved = [_count(_missing(source, after, before)), _count(_missing(source, before, after))]
        table.add_row(source.source_id, *figures.values(), *moved, _result(outcome, source, figures["states"]))
    return table


def _result(outcome: Outcome, source: Source, states: str) -> str:
    if outcome.failures(source):
        return "failed"
    return "read" if states not in {"", "0"} else "nothing recorded by then"


_FIGURES = {
    "states": "states",
    "refused": "refused",
    "entries": "entries",
    "rows": "dagster/row_count",
    "rejects": "rejects",
}


def _missing(source: Source, these: pl.DataFrame | None, those: pl.DataFrame | None) -> int | None:
    """How many targets of the source's register these have and those lack; None where nothing can be compared."""
    if these is None or those is None or source.register_code is None:
        return None
    return len(these.filter(pl.col("register_code") == source.register_code).join(those, on="target_id", how="anti"))


def _count(number: int | None) -> str:
    return "" if number is None else f"{number:,}"


def _tell_troubles(console: Console, outcome: Outcome) -> None:
    for (key, name), told in outcome.failed_checks.items():
        word = "FAILED" if name in checks.FAILURES else "note"
        terminal.line(console, f"{word}: {key.to_user_string()}: {name}: {told}")
    for told in outcome.broken_steps:
        for line in told.splitlines():
            terminal.line(console, line)


def _tell_snapshot(console: Console, snapshot: Mapping[str, object], output: Path) -> None:
    folder = Path(str(snapshot["folder"]))
    rows = {table: rows_of(folder / f"{table}.parquet") for table in schemas.TABLES}
    terminal.line(console, "Rows: " + ", ".join(f"{table} {count:,}" for table, count in rows.items() if count))
    place = "" if snapshot["is_latest"] else "; `latest` stays at a newer day"
    terminal.line(console, f"Published: {folder}{place}")
    day = snapshot["day"]
    database = output / "sanctions.duckdb" if snapshot["is_latest"] else folder / "sanctions.duckdb"
    terminal.line(console, f"Next: duckdb {database} \"FROM in_force(DATE '{day}')\", or read {folder / 'README.md'}")
