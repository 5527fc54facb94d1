"""Opens the published DuckDB file, its views and its macros, and the Parquet files, in one version of DuckDB."""

import json
import sys
from pathlib import Path

import duckdb

QUESTIONS = (
    "FROM in_force(DATE '2022-04-05')",
    "FROM in_force(DATE '2022-04-05', DATE '2022-03-30')",
    "FROM listed(DATE '2022-04-05')",
    "FROM find_target('bank')",
    "FROM measures_against('RU')",
    "FROM listings_wide",
    "FROM coverage",
)
SETTLED = {"editions", "measure_acts", "measure_places", "measure_steps"}
"""Views that the file keeps as tables; nothing of them is published apart."""
COLUMNS_WITHOUT_COMMENT = """
    SELECT DISTINCT each_table.table_name FROM duckdb_columns() AS each_column
    JOIN duckdb_tables() AS each_table USING (table_oid)
    WHERE each_column.comment IS NULL
"""


def main(output: Path, expected: dict[str, int]) -> None:
    """Raises where the file does not open, a question fails, or a table has other rows than its CSV."""
    with duckdb.connect(str(output / "sanctions.duckdb"), read_only=True) as database:
        tables = {row[0] for row in database.sql("SELECT table_name FROM duckdb_tables()").fetchall()}
        assert tables == expected.keys() | SETTLED, f"tables differ: {sorted(tables ^ (expected.keys() | SETTLED))}"
        for table, rows in expected.items():
            parquet = str(output / "latest" / f"{table}.parquet").replace("'", "''")
            for place in (f'"{table}"', f"read_parquet('{parquet}')"):
                found = database.sql(f"SELECT count(*) FROM {place}").fetchall()[0][0]
                assert found == rows, f"{place}: {found} rows, {rows} in the CSV"
        for question in QUESTIONS:
            database.sql(question).fetchall()
        views = database.sql("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
        for (view,) in views:
            database.sql(f'FROM "{view}" LIMIT 1').fetchall()
        silent = {table for (table,) in database.sql(COLUMNS_WITHOUT_COMMENT).fetchall()} - SETTLED
        assert not silent, f"tables with a column without a comment: {sorted(silent)}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.load(sys.stdin))
