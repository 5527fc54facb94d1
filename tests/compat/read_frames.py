"""Reads every table as CSV in pandas and polars, and as Parquet in pyarrow, polars and pandas."""

import json
import sys
from pathlib import Path

import pandas as pd
import polars as pl
import pyarrow.parquet as pq


def main(snapshot: Path, expected: dict[str, int]) -> None:
    """Raises where a table has other rows or columns in one of them than in another."""
    for table, rows in expected.items():
        csv, parquet = snapshot / f"{table}.csv", snapshot / f"{table}.parquet"
        frames = {
            # Only an empty cell is NULL: by default pandas would read the code of Namibia, NA, as missing.
            "CSV in pandas": pd.read_csv(csv, dtype=str, keep_default_na=False, na_values=[""]),
            "CSV in polars": pl.read_csv(csv, infer_schema=False, glob=False),
            "Parquet in pandas": pd.read_parquet(parquet),
            "Parquet in polars": pl.read_parquet(parquet, glob=False),
        }
        arrow = pq.read_table(parquet)
        assert arrow.num_rows == rows, f"{table}: Parquet in pyarrow has {arrow.num_rows} rows, not {rows}"
        for reader, frame in frames.items():
            assert len(frame) == rows, f"{table}: {reader} has {len(frame)} rows, not {rows}"
            assert list(frame.columns) == arrow.column_names, f"{table}: {reader} has other columns"


if __name__ == "__main__":
    main(Path(sys.argv[1]) / "latest", json.load(sys.stdin))
