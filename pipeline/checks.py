"""What is checked of each asset, and how bad it is where it does not hold.

Only a table that is not as promised stops what follows; what goes wrong in one source is shown there.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import dagster as dg
import polars as pl

import schemas
from pipeline.documents.judgement import State
from pipeline.fields import fallen
from pipeline.resources import Kept
from pipeline.sources import Source
from pipeline.tables import Reading, row_counts

FAILURES = frozenset({"recorded", "read"})
"""The checks whose failing makes a source a failed one."""
_ABOUT = {
    "recorded": "The documents could be fetched, where that was asked for, and judged.",
    "refused": "No document was refused: nothing came broken, stale, or far too short.",
    "fresh": "The newest good document is no older than the source's cadence lets expect.",
    "read": "The newest good document could be read whole.",
    "row_counts": "The newest documents have as many entries as the source's bounds let expect.",
    "nothing_vanished": "The newest document of an address has hardly fewer entries than the one before it.",
    "fields": "No field is filled far less often than in the edition before.",
    "rejects": "At most 0.5 % of what was read could not be represented.",
    "schema": "The table has the columns and types that are promised; its rows have passed the rules.",
}
_ERRORS = FAILURES | {"schema"}
DOCUMENT_CHECKS = ("recorded", "refused", "fresh")
NORMALIZED_CHECKS = ("read", "row_counts", "nothing_vanished", "fields", "rejects")
_MOST_REJECTED = 0.005
_FEWEST_KEPT = 0.9
_PATIENCE_DAYS = {"daily": 14, "weekly": 28, "monthly": 92}
"""A list may stay as it is for a while, and an unchanged one is not recorded again."""


def specs(asset: dg.AssetKey, names: tuple[str, ...]) -> list[dg.AssetCheckSpec]:
    """The named checks of an asset."""
    return [dg.AssetCheckSpec(name, asset=asset, description=_ABOUT[name], blocking=name == "schema") for name in names]


def of_documents(source: Source, kept: Kept, day: date) -> list[dg.AssetCheckResult]:
    """The checks of the documents of a source, seen on a day."""
    broken = [kept.failure] if kept.failure else []
    broken += [f"{error.reason}: {error}" for error in kept.recorded.failed] if kept.recorded else []
    aged = _aged(source, kept, day)
    return [_result("recorded", broken), _result("refused", refusal_lines(kept)), _result("fresh", aged)]


def of_normalized(reading: Reading, *, is_yet_to_come: bool) -> list[dg.AssetCheckResult]:
    """The checks of the rows of a source; one of which nothing has been recorded yet has not failed."""
    counts = row_counts(reading.folder)
    rejects, name = counts.pop("rejects", 0), reading.source.source_id
    return [
        _result("read", [reading.failure] if reading.failure and not is_yet_to_come else []),
        _result("row_counts", _out_of_bounds(reading)),
        _result("nothing_vanished", _shrunk(reading)),
        _result("fields", fallen(reading.editions)),
        _result("rejects", [] if is_sampled(reading.states) else too_many_rejects(name, sum(counts.values()), rejects)),
    ]


def of_table(table: str, folder: Path, readings: Sequence[Reading] = ()) -> list[dg.AssetCheckResult]:
    """The checks of a table of the contract, built from what the sources gave."""
    promised = schemas.polars_schema(table)
    found = pl.read_parquet_schema(folder / f"{table}.parquet")
    broken = [f"expected {promised}; came {found}"] if list(found.items()) != list(promised.items()) else []
    key = table_key(table)
    results = [_result("schema", broken, key)]
    if table == "rejects":
        real = [each.source.source_id for each in readings if not is_sampled(each.states)]
        sources = pl.read_parquet(folder / "sources.parquet", glob=False).filter(pl.col("source_id").is_in(real))
        counts = sources.select("source_id", "row_count", "reject_count").iter_rows()
        results.append(_result("rejects", [line for row in counts for line in too_many_rejects(*row)], key))
    return results


def table_key(table: str) -> dg.AssetKey:
    """The key of the asset of a table."""
    return dg.AssetKey(["tables", table])


def refusal_lines(kept: Kept) -> list[str]:
    """Each document that was refused, just now or among those recorded before, with the reason."""
    refusals = (*kept.judged.refusals, *(kept.recorded.refused if kept.recorded else ()))
    return [f"{each.document.path.name}: {each.reason}: {each.message}" for each in refusals]


def is_sampled(states: Sequence[State]) -> bool:
    """Whether the states are hand-written samples, full of traps and never renewed, which no usual figure binds."""
    return any(state.document.is_sample for state in states)


def newest_by_address(states: tuple[State, ...]) -> Mapping[str, State]:
    """The newest good state of each address."""
    return {state.document.url: state for state in states}


def _result(name: str, broken: list[str], key: dg.AssetKey | None = None) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        check_name=name, asset_key=key, passed=not broken, description="; ".join(broken) or None,
        severity=dg.AssetCheckSeverity.ERROR if name in _ERRORS else dg.AssetCheckSeverity.WARN,
    )  # fmt: skip


def _aged(source: Source, kept: Kept, day: date) -> list[str]:
    patience = _PATIENCE_DAYS.get(source.cadence)  # irregular: nothing can be expected
    if (
        patience is None
        or is_sampled(kept.judged.states)
        or (kept.recorded and not kept.recorded.failed and not kept.recorded.refused)
    ):
        return []
    newest = max((state.document.recorded_date for state in kept.judged.states), default=None)
    if newest is None:
        return ["expected a good document; there is none"]
    age = (day - newest).days
    return [f"expected one of the {patience} days to {day}; the newest is of {newest}"] if age > patience else []


def _out_of_bounds(reading: Reading) -> list[str]:
    fewest, most = reading.source.expected_entries
    return [
        f"{state.document.path.name}: expected {fewest:,} to {most:,} entries; came {state.entry_count:,}"
        for state in newest_by_address(reading.states).values()
        if not state.document.is_sample and not fewest <= state.entry_count <= most
    ]


def _shrunk(reading: Reading) -> list[str]:
    if is_sampled(reading.states):
        return []
    before: dict[str, State] = {}
    found: dict[str, str] = {}
    for state in reading.states:
        last = before.get(state.document.url)
        found.pop(state.document.url, None)
        if last and state.entry_count < last.entry_count * _FEWEST_KEPT:
            found[state.document.url] = (
                f"{last.entry_count:,} entries of {last.day} became {state.entry_count:,} of {state.day}"
            )
        before[state.document.url] = state
    return list(found.values())


def too_many_rejects(source_id: str, rows: int, rejects: int) -> list[str]:
    """What is to be told where more of a source was rejected than may be; empty where not."""
    share = rejects / max(rows + rejects, 1)
    return [f"{source_id}: {rejects:,} rejects beside {rows:,} rows ({share:.1%})"] if share > _MOST_REJECTED else []
