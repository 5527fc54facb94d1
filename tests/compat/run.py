"""Shows that a published snapshot opens in the clients that users have: each in an environment of its own.

`make compat` runs it over `OUTPUT` (default `output`). The environments are made by pip under `.venv-compat/` and
thrown away at the end; the readers beside this file run in them, and are told by the standard library's csv module how
many rows each table has.
"""

import csv
import json
import os
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

HERE = Path(__file__).parent
ENVIRONMENTS = HERE.parents[1] / ".venv-compat"
READERS = (
    ("read_duckdb.py", ("duckdb==1.3.2",)),  # the oldest that the storage version promises
    ("read_duckdb.py", ("duckdb==1.5.5",)),
    ("read_duckdb.py", ("duckdb==2.0.0",)),
    ("read_frames.py", ("pandas==3.1.1", "polars==2.1.0", "pyarrow==26.0.1")),
    ("read_package.py", ("frictionless==5.21.0",)),
)


def row_counts(snapshot: Path) -> dict[str, int]:
    """The rows of every table, counted in its CSV."""
    csv.field_size_limit(sys.maxsize)
    counts = {}
    for path in sorted(snapshot.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            counts[path.stem] = sum(1 for _ in csv.reader(stream, strict=True)) - 1
    return counts


def read(reader: str, packages: tuple[str, ...], output: Path, counts: dict[str, int]) -> bool:
    """Run a reader in a new environment with the packages; whether it could read everything."""
    place = ENVIRONMENTS / packages[0]
    venv.create(place, clear=True, symlinks=True)
    python = place / "bin" / "python"
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, "--only-binary", ":all:", *packages], check=True)
    began = time.monotonic()
    done = subprocess.run(
        [python, HERE / reader, output],
        input=json.dumps(counts),
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": ""},
    )
    told = "opens" if done.returncode == 0 else "FAILS"
    print(f"{', '.join(packages)}: {told} ({time.monotonic() - began:.1f} s)", flush=True)
    return done.returncode == 0


def main() -> int:
    """Every reader over the latest snapshot; 1 where one fails or where there is no snapshot."""
    output = Path(os.environ.get("OUTPUT") or "output").absolute()
    if not (output / "latest" / "datapackage.json").exists():
        print(f"{output} holds no snapshot: run `make snapshot` first", file=sys.stderr)
        return 1
    counts = row_counts(output / "latest")
    try:
        results = [read(reader, packages, output, counts) for reader, packages in READERS]
    finally:
        shutil.rmtree(ENVIRONMENTS, ignore_errors=True)
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
