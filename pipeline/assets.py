"""The stages of a build as Dagster assets: each wraps a stage, and tells what came of it."""

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import dagster as dg
import polars as pl

import schemas
from pipeline import checks
from pipeline.checks import table_key
from pipeline.identifiers import digest
from pipeline.published import SampleOverDataError, Snapshot
from pipeline.resources import Kept, Workplace
from pipeline.sources import Source
from pipeline.stages import NothingGoodError, build_tables, publish_snapshot
from pipeline.tables import BrokenPromiseError, Reading, row_counts, rows_of

OWNERS = ["team:sanctions-ledger"]
SNAPSHOT = dg.AssetKey(["published", "snapshot"])
T = TypeVar("T")
if TYPE_CHECKING:
    Materialized: TypeAlias = dg.MaterializeResult[None]
else:  # with a type argument, Dagster takes it for the value of one of several outputs
    Materialized = dg.MaterializeResult
_PREVIEW_ROWS = 5
_PREVIEW_COLUMNS = 8
_PREVIEW_WIDTH = 60


def assets_of(sources: Mapping[str, Source]) -> list[dg.AssetsDefinition]:
    """The assets of a build over some sources, stage by stage."""
    by_source = [make(source) for source in sources.values() for make in (documents_asset, normalized_asset)]
    return [*by_source, tables_asset(sources), published_snapshot]


def documents_key(source: Source) -> dg.AssetKey:
    """The key of the documents of a source."""
    return dg.AssetKey(["documents", source.source_id])


def normalized_key(source: Source) -> dg.AssetKey:
    """The key of the rows of a source."""
    return dg.AssetKey(["normalized", source.source_id])


def documents_asset(source: Source) -> dg.AssetsDefinition:
    """The asset that judges, and with FROM=web first records, the documents of a source."""

    @dg.asset(
        key=documents_key(source),
        group_name="documents",
        kinds={_tag(source.format_name)},
        owners=OWNERS,
        tags=_tags(source),
        description=f"The documents of {source.publisher_name}: {source.title}. What came broken is kept apart.",
        check_specs=checks.specs(documents_key(source), checks.DOCUMENT_CHECKS),
    )
    def documents(workplace: Workplace) -> Materialized:
        kept = workplace.documents(source, fetch=workplace.is_web)
        return dg.MaterializeResult(
            metadata=_about_documents(kept),
            data_version=_version(state.document.document_id for state in kept.judged.states),
            check_results=checks.of_documents(source, kept, workplace.newest_day()),
        )

    return documents


def normalized_asset(source: Source) -> dg.AssetsDefinition:
    """The asset that reads the documents of a source into rows; a source that fails is shown by its check `read`."""

    @dg.asset(
        key=normalized_key(source),
        deps=[documents_key(source)],
        group_name="normalized",
        kinds={"python", "parquet"},
        owners=OWNERS,
        tags=_tags(source),
        check_specs=checks.specs(normalized_key(source), checks.NORMALIZED_CHECKS),
        description=f"What {source.title} says, in codes and identifiers of this dataset, and since when.",
    )
    def normalized(workplace: Workplace) -> Materialized:
        reading = workplace.reading(source)
        return dg.MaterializeResult(
            metadata=_about_reading(reading),
            data_version=_version([reading.folder.name if reading.folder else "none"]),
            check_results=checks.of_normalized(reading, is_yet_to_come=workplace.is_yet_to_come(source)),
        )

    return normalized


def tables_asset(sources: Mapping[str, Source]) -> dg.AssetsDefinition:
    """The one step that makes every table of the contract out of the rows of all sources."""
    rows = [normalized_key(source) for source in sources.values()]

    @dg.multi_asset(
        name="tables",
        specs=[_table_spec(table, rows) for table in schemas.TABLES],
        check_specs=[spec for table in schemas.TABLES for spec in checks.specs(table_key(table), _table_checks(table))],
    )
    def tables(workplace: Workplace) -> Iterator[Materialized]:
        readings = workplace.readings()
        folder = _or_failure(lambda: build_tables(readings, workplace.place.output))
        inputs = json.loads((folder / "done.json").read_text(encoding="utf-8"))["inputs"]
        for table in schemas.TABLES:
            yield dg.MaterializeResult(
                asset_key=table_key(table),
                metadata=_about_table(folder / f"{table}.parquet"),
                data_version=_version([inputs, table]),
                check_results=checks.of_table(table, folder, readings),
            )

    return tables


@dg.asset(
    key=SNAPSHOT,
    deps=[table_key(table) for table in schemas.TABLES],
    group_name="published",
    kinds={"duckdb", "parquet", "csv"},
    owners=OWNERS,
    tags={"stage": "published"},
    description="What users take: all tables as CSV, Parquet and one DuckDB file, with checksums and a dictionary.",
)
def published_snapshot(workplace: Workplace) -> Materialized:
    """Publish the tables, whole or not at all."""
    snapshot = _or_failure(lambda: publish_snapshot(workplace.readings(), workplace.place.output))
    return dg.MaterializeResult(metadata=_about_snapshot(snapshot), data_version=dg.DataVersion(snapshot.content_sha256))


def _or_failure(make: Callable[[], T]) -> T:
    """What a stage gives; where nothing may be published, a failure of the step in the stage's own words."""
    try:
        return make()
    except (NothingGoodError, BrokenPromiseError, SampleOverDataError) as error:
        raise dg.Failure(str(error), allow_retries=False) from error


def _table_checks(table: str) -> tuple[str, ...]:
    return ("schema", "rejects") if table == "rejects" else ("schema",)


def _table_spec(table: str, rows: Iterable[dg.AssetKey]) -> dg.AssetSpec:
    return dg.AssetSpec(
        table_key(table),
        deps=rows,
        group_name="tables",
        kinds={"polars", "parquet"},
        owners=OWNERS,
        tags={"stage": "tables"},
        description=schemas.data_package_resource(table)["description"],
        metadata={"dagster/column_schema": dg.TableSchema(columns=[_column(column) for column in schemas.columns(table)])},
    )


def _column(column: schemas.Column) -> dg.TableColumn:
    constraints = dg.TableColumnConstraints(
        nullable=column.is_nullable, other=[f"codes: {column.codes}"] if column.codes else []
    )
    return dg.TableColumn(column.name, column.duckdb_type, column.description, constraints=constraints)


def _tags(source: Source) -> dict[str, str]:
    return {
        "source": source.source_id,
        "issuer": source.issuer_code,
        "evidence": source.kind,
        "cadence": source.cadence,
        "redistributable": "yes" if source.is_redistributable else "no",
    }


def _tag(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")[:63]


def _version(inputs: Iterable[str]) -> dg.DataVersion:
    return dg.DataVersion(digest(sorted(inputs), 32))


def _about_documents(kept: Kept) -> dict[str, Any]:
    states = kept.judged.states
    return {
        "states": len(states),
        "newest_state": states[-1].day.isoformat() if states else "none",
        "refused": len(checks.refusal_lines(kept)),
        "refusals": _listed(checks.refusal_lines(kept)),
        "newly_recorded": len(kept.recorded.fetched) if kept.recorded else 0,
    }


def _about_reading(reading: Reading) -> dict[str, Any]:
    counts = row_counts(reading.folder)
    rejects = counts.pop("rejects", 0)
    newest = checks.newest_by_address(reading.states).values()
    shown = max(counts, key=lambda table: (table == "targets") + (counts[table] > 0), default=None)
    return {
        "dagster/row_count": sum(counts.values()),
        "rejects": rejects,
        "states": len(reading.states),
        "refused": len(reading.refusals),
        "entries": sum(state.entry_count for state in newest),
        "rows_by_table": _markdown(["table", "rows"], counts.items()),
        **({"preview": _preview(reading.folder / f"{shown}.parquet")} if reading.folder and shown else {}),
        **({"failure": reading.failure} if reading.failure else {}),
    }


def _about_table(path: Path) -> dict[str, Any]:
    rows = rows_of(path)
    return {"dagster/row_count": rows, "dagster/table_name": path.stem, **({"preview": _preview(path)} if rows else {})}


def _about_snapshot(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "folder": dg.MetadataValue.path(str(snapshot.folder)),
        "day": snapshot.day.isoformat(),
        "is_latest": snapshot.is_latest,
        "content_sha256": snapshot.content_sha256,
    }


def _preview(path: Path) -> dg.MetadataValue[str]:
    frame = pl.scan_parquet(path, glob=False).head(_PREVIEW_ROWS).collect()
    return _markdown(frame.columns[:_PREVIEW_COLUMNS], (row[:_PREVIEW_COLUMNS] for row in frame.iter_rows()))


def _markdown(names: Iterable[str], rows: Iterable[Iterable[object]]) -> dg.MetadataValue[str]:
    """A table in Markdown; the cells are shown as they stand, whatever a source wrote into them."""
    head = list(names)
    lines = [head, ["---"] * len(head), *([_cell(value) for value in row] for row in rows)]
    return dg.MetadataValue.md("\n".join(f"| {' | '.join(line)} |" for line in lines))


def _listed(lines: Iterable[str]) -> dg.MetadataValue[str]:
    return dg.MetadataValue.md("\n".join(f"- {_cell(line, 500)}" for line in lines) or "none")


def _cell(value: object, width: int = _PREVIEW_WIDTH) -> str:
    words = "" if value is None else " ".join(str(value).split())
    short = words if len(words) <= width else words[: width - 1] + "…"
    return re.sub(r"([\\`*_\[\]|])", r"\\\1", html.escape(short, quote=False))
