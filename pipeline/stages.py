"""The stages of a build as plain functions, each of which does nothing again for inputs and code that did not change.

Under the output folder: `judged/` what was found of each document, `normalized/<source>/` its rows, `tables/` the tables
of the contract, `snapshots/` what is published.
"""

import datetime as dt
import functools
import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

import schemas
from pipeline import history, published, tables
from pipeline.documents.judgement import Inspector, Refusal, State, in_order
from pipeline.documents.recordings import Recordings
from pipeline.identifiers import digest
from pipeline.normalized import normalize
from pipeline.published import Snapshot
from pipeline.sources import FOLDER as SOURCES_FOLDER
from pipeline.sources import Source
from pipeline.tables import Reading

_PIPELINE = Path(__file__).parent
_DONE = "done.json"


@dataclass(frozen=True)
class Place:
    """Where a build reads from and writes to."""

    recordings: Recordings
    output: Path
    as_of: dt.date | None = None
    """Only what had been recorded by this day; None: everything."""


@dataclass(frozen=True)
class Judged:
    """The documents of a source, told apart."""

    states: tuple[State, ...]
    refusals: tuple[Refusal, ...]


class NothingGoodError(RuntimeError):
    """A source has no document that may be built from."""


def judge_documents(source: Source, place: Place) -> Judged:
    """The good states of a source, oldest first, and what was refused, with the reason."""
    memory = place.output / "judged" / f"{source.source_id}.json"
    inspector = Inspector(json.loads(memory.read_text(encoding="utf-8")) if memory.exists() else None)
    judged = list(in_order(place.recordings.documents(source.source_id, place.as_of), source, inspector))
    _write_json(memory, inspector.used)
    return Judged(
        tuple(found for found in judged if isinstance(found, State)),
        tuple(found for found in judged if isinstance(found, Refusal)),
    )


def normalize_source(source: Source, judged: Judged, output: Path, told: Callable[[str], None] = print) -> Reading:
    """The rows of a source, folded over its states.

    A state that the parser stops on is reported as the failure of the source, and the states before it are used.
    """
    folder = output / "normalized" / source.source_id
    editions: list[history.Edition] = []
    failure = None
    for state in judged.states:
        try:
            editions.append(history.Edition(state, _normalized_document(source, state, folder, told)))
        except Exception as error:
            failure = f"{state.document.path}: {type(error).__name__}: {error}"
    if not editions:
        return Reading(source, (), judged.refusals, None, failure or _why_nothing(judged))
    used = tuple(edition.state for edition in editions)
    return Reading(source, used, judged.refusals, _folded(source, editions, folder), failure)


def build_tables(readings: Sequence[Reading], output: Path) -> Path:
    """The folder with every table of the contract; raises NothingGoodError where no source can be read."""
    if not any(reading.folder for reading in readings):
        raise NothingGoodError(
            "no source has a good document: " + "; ".join(f"{each.source.source_id}: {each.failure}" for each in readings)
        )
    previous = published.previous_day(output, tables.snapshot_day(readings))
    folder = output / "tables"
    facts = [
        (reading.source.source_id, reading.folder.name if reading.folder else None, _code("sources", reading.source))
        for reading in readings
    ]
    inputs = digest([json.dumps(facts), tables.input_digest(readings), str(previous), _code("tables")], 64)
    _once(folder, inputs, lambda part: tables.build(readings, part, previous))
    return folder


def publish_snapshot(readings: Sequence[Reading], output: Path) -> Snapshot:
    """Publish the tables; raises NothingGoodError where a source that the last snapshot has can no longer be read."""
    folder = output / "tables"
    lost = _lost_sources(readings, output)
    if lost:
        raise NothingGoodError(
            f"{', '.join(lost)} stood in the last snapshot and has no good document now; latest stays as it was"
        )
    inputs = digest([json.loads((folder / _DONE).read_text(encoding="utf-8"))["inputs"], _code("published")], 64)
    memory = output / "snapshots" / ".published.json"
    done = json.loads(memory.read_text(encoding="utf-8")) if memory.exists() else {}
    day = tables.snapshot_day(readings)
    content = published.published_content(output, day)
    if content and done.get(day.isoformat()) == inputs:
        return Snapshot(day, output / "snapshots" / day.isoformat(), content, is_latest=published.is_latest(output, day))
    snapshot = published.publish(folder, output)
    _write_json(memory, done | {day.isoformat(): inputs})
    return snapshot


def _why_nothing(judged: Judged) -> str:
    refused = "; ".join(f"{each.reason}: {each.message}" for each in judged.refusals)
    return f"no good document: {refused}" if refused else "nothing recorded"


def _lost_sources(readings: Iterable[Reading], output: Path) -> list[str]:
    latest = output / "latest" / "sources.parquet"
    if not latest.exists():
        return []
    before = pl.read_parquet(latest, glob=False).filter(pl.col("document_count") > 0)["source_id"].to_list()
    return [reading.source.source_id for reading in readings if reading.folder is None and reading.source.source_id in before]


def _normalized_document(source: Source, state: State, folder: Path, told: Callable[[str], None]) -> Path:
    document = state.document
    inputs = digest([document.document_id, _code("normalized", source)], 64)
    place = folder / "documents" / document.document_id[:16]

    def write(part: Path) -> None:
        told(f"{source.source_id}: reading the state of {state.day} ({document.byte_count / 1e6:,.1f} MB)")
        for table, frame in normalize(document, source).items():
            frame.write_parquet(part / f"{table}.parquet", compression="zstd", compression_level=1)

    _once(place, inputs, write)
    return place


def _folded(source: Source, editions: Sequence[history.Edition], folder: Path) -> Path:
    known = [f"{edition.folder.name} {edition.state.day} {edition.state.document.url}" for edition in editions]
    inputs = digest([*known, _code("history", source)], 64)
    place = folder / inputs[:16]

    def write(part: Path) -> None:
        for table, frame in history.fold(editions, source).items():
            frame.write_parquet(part / f"{table}.parquet", compression="zstd", compression_level=1)

    _once(place, inputs, write)
    for other in folder.iterdir():
        if other not in (place, folder / "documents"):
            shutil.rmtree(other)
    return place


def _once(place: Path, inputs: str, write: Callable[[Path], object]) -> None:
    """Fill a folder in one step, unless it was filled from the same inputs."""
    mark = place / _DONE
    if mark.exists() and json.loads(mark.read_text(encoding="utf-8"))["inputs"] == inputs:
        return
    part = place.with_name(f".{place.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    write(part)
    _write_json(part / _DONE, {"inputs": inputs})
    shutil.rmtree(place, ignore_errors=True)
    part.rename(place)


def _write_json(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(content, indent=1, sort_keys=True), encoding="utf-8")
    part.replace(path)


_STAGE_FILES = {
    "sources": (),
    "normalized": ("records.py", "dates.py", "identifiers.py", "normalized/*", "readers/*"),
    "history": ("records.py", "dates.py", "identifiers.py", "normalized/*", "readers/*", "history.py"),
    "tables": ("identifiers.py", "history.py", "normalized/merging.py", "tables.py"),
    "published": ("published.py",),
}


@functools.cache
def _code(stage: str, source: Source | None = None) -> str:
    """A digest over the code that a stage runs: its modules, the promise, and the pair of files of its source."""
    files = [path for pattern in _STAGE_FILES[stage] for path in _PIPELINE.glob(pattern)]
    files += [path for path in Path(schemas.__file__).parent.iterdir() if path.is_file()]
    if source:
        files += [SOURCES_FOLDER / f"{source.source_id}{suffix}" for suffix in (".py", ".toml")]
    hashed = hashlib.sha256(pl.__version__.encode())
    for path in sorted(set(files)):
        hashed.update(path.name.encode() + path.read_bytes() if path.is_file() else b"")
    return hashed.hexdigest()
