"""The models of all tables as the rest of the project uses them: types, keys, checks, DDL, dictionary, data package."""

import functools
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrors

from schemas import housekeeping, law, measures, proof, targets
from schemas.lists import code_frame, list_names
from schemas.lists import codes as codes_of
from schemas.model import NOT_BLANK, Table

TABLES: Mapping[str, type[Table]] = MappingProxyType(
    {
        "measures": measures.Measures,
        "targets": targets.Targets,
        "target_names": targets.TargetNames,
        "target_identifiers": targets.TargetIdentifiers,
        "target_addresses": targets.TargetAddresses,
        "target_facts": targets.TargetFacts,
        "target_links": targets.TargetLinks,
        "listings": measures.Listings,
        "dates": measures.Dates,
        "evidence": proof.Evidence,
        "documents": proof.Documents,
        "retrievals": proof.Retrievals,
        "claims": proof.Claims,
        "instruments": law.Instruments,
        "measure_instruments": law.MeasureInstruments,
        "instrument_links": law.InstrumentLinks,
        "programmes": law.Programmes,
        "goods": measures.Goods,
        "nomenclature": measures.Nomenclature,
        "measure_keys": measures.MeasureKeys,
        "measure_links": measures.MeasureLinks,
        "sources": housekeeping.Sources,
        "codes": housekeeping.Codes,
        "territories": housekeeping.Territories,
        "rejects": housekeeping.Rejects,
        "redirects": housekeeping.Redirects,
        "changes": housekeeping.Changes,
        "snapshots": housekeeping.Snapshots,
    }
)
"""Every table of the dataset, in the order in which a reader meets them."""

INSTANT = pl.Datetime("us")
TEXTS = pl.List(pl.String)
DUCKDB: dict[pl.DataType, str] = {
    pl.String(): "VARCHAR", pl.Date(): "DATE", INSTANT: "TIMESTAMP", pl.Boolean(): "BOOLEAN", pl.Int64(): "BIGINT",
    pl.Float64(): "DOUBLE", TEXTS: "VARCHAR[]",
}  # fmt: skip
FRICTIONLESS: dict[pl.DataType, str] = {
    pl.String(): "string", pl.Date(): "date", INSTANT: "datetime", pl.Boolean(): "boolean", pl.Int64(): "integer",
    pl.Float64(): "number", TEXTS: "array",
}  # fmt: skip


class SchemaError(ValueError):
    """A frame without the columns or types that its table promises."""


class Column(NamedTuple):
    """One column of a table, as everything else is told of it."""

    name: str
    dtype: pl.DataType
    duckdb_type: str
    is_nullable: bool
    description: str
    codes: str | None
    """Name of its closed list."""
    references: tuple[str, str] | None
    """Table and column that its values, or the elements of its lists, stand in."""
    is_key: bool
    pattern: str | None


@functools.cache
def _schema(name: str) -> pa.DataFrameSchema:
    return TABLES[name].to_schema()


@functools.cache
def columns(name: str) -> tuple[Column, ...]:
    """The columns of a table, in their order; raises KeyError for a table that is none."""
    return tuple(_column(title, facts) for title, facts in _schema(name).columns.items())


def _column(title: str, facts: Any) -> Column:
    dtype: pl.DataType = facts.dtype.type
    about = facts.metadata
    return Column(
        title, dtype, DUCKDB[dtype], facts.nullable, facts.description,
        codes=about["codes"], references=about["references"], is_key=about["key"], pattern=about["pattern"],
    )  # fmt: skip


def polars_schema(name: str) -> dict[str, pl.DataType]:
    """The column names and types of a table, in their order."""
    return {column.name: column.dtype for column in columns(name)}


def empty_frame(name: str) -> pl.DataFrame:
    """The table without rows."""
    return pl.DataFrame(schema=polars_schema(name))


def key(name: str) -> tuple[str, ...]:
    """The columns that tell the rows of a table apart; empty for `rejects`, which may say the same thing twice."""
    return tuple(column.name for column in columns(name) if column.is_key)


def references(name: str) -> dict[str, tuple[str, str]]:
    """By column: the table and column that its values, or the elements of its lists, must stand in."""
    return {column.name: column.references for column in columns(name) if column.references}


FAILURES = {"row": pl.Int64(), "column": pl.String(), "check": pl.String(), "value": pl.String()}


def row_failures(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Every rule that a row breaks: row (its index in `frame`), column (NULL: the whole row), check, value as text.

    Raises SchemaError where columns are missing, unknown, in another order or of another type.
    """
    expected = polars_schema(name)
    if dict(frame.schema) != expected or frame.columns != list(expected):
        raise SchemaError(f"{name}: {_difference(dict(frame.schema), expected)}")
    if frame.is_empty():
        return pl.DataFrame(schema=FAILURES)
    rest = frame.with_row_index("row")
    found = []
    while not (failures := _first_failures(name, rest)).is_empty():
        found.append(failures)
        rest = rest.join(failures.select("row").unique(), on="row", how="anti")
    reports = pl.concat(found) if found else pl.DataFrame(schema=FAILURES)
    return reports.unique().sort("row", "column", "check", nulls_last=True)


def _difference(found: dict[str, Any], expected: dict[str, Any]) -> str:
    missing = [name for name in expected if name not in found]
    unknown = [name for name in found if name not in expected]
    shared = [name for name in expected if name in found]
    retyped = [f"{name} is {found[name]}, not {expected[name]}" for name in shared if found[name] != expected[name]]
    parts = {"missing columns": missing, "unknown columns": unknown, "types": retyped}
    told = "; ".join(f"{label}: {', '.join(names)}" for label, names in parts.items() if names)
    return told or f"columns are in the order {', '.join(found)}, not {', '.join(expected)}"


def _first_failures(name: str, numbered: pl.DataFrame) -> pl.DataFrame:
    """At most MOST_FAILURES failures of each check."""
    try:
        _schema(name).validate(numbered.drop("row"), lazy=True)
    except SchemaErrors as errors:
        cases: pl.DataFrame = errors.failure_cases
        return cases.select(
            numbered["row"].gather(cases["index"].cast(pl.UInt32)).cast(pl.Int64).alias("row"),
            pl.when(pl.col("schema_context") == "Column").then("column").cast(pl.String).alias("column"),
            pl.col("check").cast(pl.String),
            pl.col("failure_case").cast(pl.String).alias("value"),
        )
    return pl.DataFrame(schema=FAILURES)


def create_table_sql(name: str) -> str:
    """The CREATE TABLE statement in DuckDB's SQL; NOT NULL is its only constraint: rows are checked before."""
    lines = [f'    "{column.name}" {column.duckdb_type}{"" if column.is_nullable else " NOT NULL"}' for column in columns(name)]
    return f'CREATE TABLE "{name}" (\n' + ",\n".join(lines) + "\n)"


def comment_sql(name: str) -> list[str]:
    """The COMMENT statements for a table and its columns."""
    on_table = f'COMMENT ON TABLE "{name}" IS {_quoted(_about(name))}'
    on_columns = [f'COMMENT ON COLUMN "{name}"."{column.name}" IS {_quoted(_told(column))}' for column in columns(name)]
    return [on_table, *on_columns]


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


def _about(name: str) -> str:
    """What a table holds: the docstring of its model, in one line."""
    return " ".join((TABLES[name].__doc__ or "").split())


def _told(column: Column) -> str:
    """The description of a column, with its closed list and what it refers to."""
    told = column.description
    if column.codes:
        told += f" Codes: `{column.codes}`."
    if column.references:
        told += f" Refers to `{'.'.join(column.references)}`."
    return told


def dictionary() -> str:
    """The data dictionary in Markdown: every table with its columns, then every closed list with its definitions."""
    tables = "\n\n".join(_table_entry(name) for name in TABLES)
    lists = "\n\n".join(_list_entry(name) for name in list_names())
    return f"## Tables\n\n{tables}\n\n## Closed lists\n\n{lists}\n"


def _table_entry(name: str) -> str:
    rows = [
        f"| `{column.name}` | {column.duckdb_type} | {'yes' if column.is_nullable else 'no'} | {_told(column)} |"
        for column in columns(name)
    ]
    keys = ", ".join(f"`{part}`" for part in key(name)) or "none"
    head = ["| column | type | may be NULL | meaning |", "|---|---|---|---|"]
    return "\n".join([f"### {name}", "", _about(name), "", f"Key: {keys}.", "", *head, *rows])


def _list_entry(name: str) -> str:
    entries = code_frame().filter(pl.col("list") == name).select("code", "definition")
    rows = [f"| `{code}` | {definition} |" for code, definition in entries.iter_rows()]
    return "\n".join([f"### {name}", "", "| code | meaning |", "|---|---|", *rows])


def data_package_resource(name: str) -> dict[str, Any]:
    """Name, description and Table Schema of a table for a Frictionless data package; path and format are left out."""
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in columns(name)],
        "missingValues": [""],
    }
    if key(name) and not any(column.is_nullable for column in columns(name) if column.is_key):
        schema["primaryKey"] = list(key(name))
    scalars = {column.name for column in columns(name) if column.dtype != TEXTS}
    schema["foreignKeys"] = [
        {"fields": [field], "reference": {"resource": "" if table == name else table, "fields": [other]}}
        for field, (table, other) in references(name).items()
        if field in scalars
    ]
    return {"name": name, "description": _about(name), "schema": schema}


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": not column.is_nullable}
    if column.codes:
        constraints["enum"] = list(codes_of(column.codes))
    if column.pattern not in {None, NOT_BLANK}:
        constraints["pattern"] = column.pattern
    return {
        "name": column.name,
        "type": FRICTIONLESS[column.dtype],
        "description": _told(column),
        "constraints": constraints,
    }
