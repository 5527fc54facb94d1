"""The stages of a build as plain functions, each of which does nothing again for inputs and code that did not change.

Under the output folder: `judged/` what was found of each document, `unpacked/<source>/` the one judged last until it is
read, `normalized/<source>/` its rows, `history/<series>/` the rows over all editions, `tables/` the tables of the contract,
`snapshots/` what is published.
"""

import datetime as dt
import functools
import hashlib
import io
import json
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

import polars as pl

import schemas
from pipeline import changes, history, published, tables
from pipeline.changes import Previous
from pipeline.documents import Document
from pipeline.documents.judgement import Inspector, Refusal, State, in_order
from pipeline.documents.recordings import Recordings
from pipeline.history import Edition
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
    remembered = json.loads(memory.read_text(encoding="utf-8")) if memory.exists() else None
    inspector = Inspector(remembered, _unpacked(source, place.output))
    judged = list(in_order(place.recordings.documents(source.recorded_as, place.as_of), source, inspector))
    _write_json(memory, inspector.used)
    return Judged(
        tuple(found for found in judged if isinstance(found, State)),
        tuple(found for found in judged if isinstance(found, Refusal)),
    )


def normalize_source(source: Source, judged: Judged, output: Path, told: Callable[[str], None] = print) -> Reading:
    """The rows of every state of a source, each state read once.

    A state that the parser stops on is reported as the failure of the source, and the other states are used.
    """
    editions: list[Edition] = []
    failure = None
    for state in judged.states:
        try:
            editions.append(Edition(source, state, _normalized_document(source, state, output, told)))
        except Exception as error:
            failure = f"{state.document.path}: {type(error).__name__}: {error}"
    shutil.rmtree(_unpacked(source, output), ignore_errors=True)
    used = tuple(edition.state for edition in editions)
    return Reading(source, used, judged.refusals, tuple(editions), failure if used or failure else _why_nothing(judged))


def _unpacked(source: Source, output: Path) -> Path:
    """Where the document judged last waits to be read."""
    return output / "unpacked" / source.source_id


def build_tables(readings: Sequence[Reading], output: Path) -> Path:
    """The folder with every table of the contract; raises NothingGoodError where no source can be read."""
    if not any(reading.editions for reading in readings):
        told = "; ".join(f"{reading.source.source_id}: {reading.failure}" for reading in readings)
        raise NothingGoodError(f"no source has a good document: {told}")
    previous = _previous(readings, output)
    return _built(readings, _fold_series(readings, output), output / "tables", previous)


def _built(readings: Sequence[Reading], histories: Mapping[str, Path], folder: Path, previous: Previous | None) -> Path:
    made_of = [f"{series} {_inputs_of(place)}" for series, place in histories.items()]
    asked = [f"{reading.source.source_id} {_code('sources', reading.source)} {bool(reading.editions)}" for reading in readings]
    documents = [f"{replace(state.document, path=Path())}" for reading in readings for state in reading.states]
    compared = [f"{previous.day} {_content(previous.folder)} {previous.rebuilt}"] if previous else []
    inputs = digest([*made_of, *asked, *documents, *compared, _code("tables")], 64)
    code = _code_of(reading.source for reading in readings if reading.editions)
    _once(folder, inputs, lambda part: tables.build(readings, histories, part, code_sha256=code, previous=previous))
    return folder


def _previous(readings: Sequence[Reading], output: Path) -> Previous | None:
    """The snapshot to compare with; where other code made it, with its documents read and folded by the code of today."""
    read = [reading.source.source_id for reading in readings if reading.editions]
    is_sample = any(state.document.is_sample for reading in readings for state in reading.states)
    day = tables.snapshot_day(readings)
    found = changes.find_previous(output / "snapshots", day, read, is_sample=is_sample)
    if found is None:
        return None
    then = _readings_of(found, readings)
    if not any(reading.editions for reading in then):
        return found  # none of its documents is held any more: what it says was said by others
    code_then = found.read("snapshots").sort("snapshot_date")["code_sha256"].last()
    if code_then == _code_of(reading.source for reading in then if reading.editions):
        return found
    output_then = output / "rebuilt"
    return replace(found, rebuilt=_built(then, _fold_series(then, output_then), output_then / "tables", None))


def _readings_of(previous: Previous, readings: Sequence[Reading]) -> list[Reading]:
    """The readings with the documents only that an earlier snapshot was built from."""
    retrieved = set(previous.read("retrievals").select("document_id", "retrieved_at").iter_rows())
    held = set(previous.read("documents")["document_id"])

    def was_read(document: Document) -> bool:
        # What was handed over, as an archive is, came from no address and was never retrieved.
        return tables.retrieved(document) in retrieved if document.url else document.document_id in held

    limited = []
    for reading in readings:
        editions = tuple(each for each in reading.editions if was_read(each.state.document))
        limited.append(replace(reading, states=tuple(each.state for each in editions), editions=editions))
    return limited


def _content(snapshot: Path) -> str:
    return str(json.loads((snapshot / "datapackage.json").read_text(encoding="utf-8"))["content_sha256"])


def publish_snapshot(readings: Sequence[Reading], output: Path) -> Snapshot:
    """Publish the tables; raises NothingGoodError where a source of the snapshot that `latest` is can no longer be read."""
    folder = output / "tables"
    day = tables.snapshot_day(readings)
    is_sample = any(state.document.is_sample for reading in readings for state in reading.states)
    # What goes behind `latest`, or takes the place of samples, need not have what that one has.
    follows = (
        published.may_be_latest(output, day, is_sample=is_sample) and published.holds_samples(output / "latest") == is_sample
    )
    lost = _lost_sources(readings, output) if follows else []
    if lost:
        raise NothingGoodError(
            f"{', '.join(lost)} stood in the last snapshot and has no good document now; latest stays as it was"
        )
    inputs = digest([_inputs_of(folder), _code("published")], 64)
    memory = output / "snapshots" / ".published.json"
    done = json.loads(memory.read_text(encoding="utf-8")) if memory.exists() else {}
    content = published.published_content(output, day)
    if content and done.get(day.isoformat()) == inputs:
        return Snapshot(day, output / "snapshots" / day.isoformat(), content, is_latest=published.is_latest(output, day))
    snapshot = published.publish(folder, output, is_sample=is_sample)
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


def _normalized_document(source: Source, state: State, output: Path, told: Callable[[str], None]) -> Path:
    document = state.document
    # What a parser may look at of a document: its bytes, and when and where they were read.
    facts = [document.document_id, document.url, str(document.recorded_date), str(document.published_date)]
    place = output / "normalized" / source.source_id / digest(facts, 16)

    def write(part: Path) -> None:
        told(f"{source.source_id}: reading the state of {state.day} ({document.byte_count / 1e6:,.1f} MB)")
        _write_frames(part, normalize(document.unpacked_in(_unpacked(source, output)), source))

    _once(place, digest([*facts, _code("normalized", source)], 64), write)
    return place


def _fold_series(readings: Sequence[Reading], output: Path) -> dict[str, Path]:
    """For each series the folder of its rows over all editions of its sources."""
    editions: dict[str, list[Edition]] = {}
    for reading in readings:
        editions.setdefault(reading.source.series, []).extend(reading.editions)
    return {series: _folded(series, held, output) for series, held in sorted(editions.items()) if held}


def _folded(series: str, editions: Sequence[Edition], output: Path) -> Path:
    place = output / "history" / series
    held = [f"{edition.state.day} {edition.state.document.url} {_inputs_of(edition.folder)}" for edition in editions]
    _once(place, digest([*sorted(held), _code("history")], 64), lambda part: _write_frames(part, history.fold(editions)))
    return place


def _write_frames(folder: Path, frames: Mapping[str, pl.DataFrame]) -> None:
    for table, frame in frames.items():
        path = folder / f"{table}.parquet"
        if frame.is_empty():
            path.write_bytes(_empty_file(tuple(frame.schema.items())))
        else:
            frame.write_parquet(path, compression="lz4")


@functools.cache
def _empty_file(columns: tuple[tuple[str, pl.DataType], ...]) -> bytes:
    """A Parquet file without rows, encoded once: most documents leave most tables empty."""
    file = io.BytesIO()
    pl.DataFrame(schema=dict(columns)).write_parquet(file, compression="lz4")
    return file.getvalue()


def _inputs_of(folder: Path) -> str:
    """The digest of what a folder was filled from."""
    return str(json.loads((folder / _DONE).read_text(encoding="utf-8"))["inputs"])


def _once(place: Path, inputs: str, write: Callable[[Path], object]) -> None:
    """Fill a folder in one step, unless it was filled from the same inputs."""
    mark = place / _DONE
    if mark.exists() and _inputs_of(place) == inputs:
        return
    part = place.with_name(f".{place.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    write(part)
    _write_json(part / _DONE, {"inputs": inputs})
    mark.unlink(missing_ok=True)  # a folder that is half removed is not whole
    shutil.rmtree(place, ignore_errors=True)
    part.rename(place)


def _write_json(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(content, indent=1, sort_keys=True), encoding="utf-8")
    part.replace(path)


_LIBRARIES = (
    "sanctions-ledger", "polars", "pandera", "duckdb", "lxml", "babel", "pycountry", "anyascii", "python-stdnum",
    "python-calamine", "pypdfium2", "trafilatura",
)  # fmt: skip
"""What a stage's result depends on besides our own code."""
_UNITING = ("acts.py", "corroboration.py", "listed.py", "merging.py", "reviews.toml", "ties.py", "told.py")
"""What of `normalized` works on all sources together: a verdict on a claim is no reason to read a document again."""
_STAGE_FILES = {
    "sources": (),
    "normalized": (
        "sources/__init__.py",
        "documents/__init__.py",
        "records.py",
        "dates.py",
        "identifiers.py",
        *(f"normalized/{path.name}" for path in (_PIPELINE / "normalized").iterdir() if path.name not in _UNITING),
        "readers/*",
    ),
    "history": ("identifiers.py", "history.py"),
    "tables": (
        "identifiers.py",
        "normalized/goods.*",
        *(f"normalized/{name}" for name in _UNITING),
        "changes.py",
        "tables.py",
    ),
    "published": ("changes.py", "published.py"),
}


def _code_of(sources: Iterable[Source]) -> str:
    """A digest over all code that makes tables of the documents of some sources."""
    read = sorted(_code("normalized", source) for source in sources)
    return digest([*read, _code("history"), _code("tables")], 64)


@functools.cache
def _code(stage: str, source: Source | None = None) -> str:
    """A digest over the code that a stage runs: its modules, the promise, and the files of its source."""
    said = [_libraries(), *_digests(_PIPELINE, *_STAGE_FILES[stage]), *_digests(Path(schemas.__file__).parent, "*")]
    if source and source.kind in ("press", "news"):
        said += _digests(_PIPELINE, "claims/*")
    if source:
        said += _digests(SOURCES_FOLDER, f"{source.source_id}.*")
    return digest(said, 64)


@functools.cache
def _digests(folder: Path, *patterns: str) -> tuple[str, ...]:
    """Of each file in a folder that a pattern matches."""
    files = sorted({path for pattern in patterns for path in folder.glob(pattern) if path.is_file()})
    return tuple(hashlib.sha256(path.name.encode() + path.read_bytes()).hexdigest() for path in files)


@functools.cache
def _libraries() -> str:
    return " ".join(version(name) for name in _LIBRARIES)
