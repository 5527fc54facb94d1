"""The reading of prose against texts that a careful reader has annotated: no field may fall below what was last recorded."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.recordings
def test_no_field_falls_below_the_recorded_score(recordings: Path) -> None:
    if not (recordings.parent / "gold" / "claims.jsonl").exists():
        pytest.skip("the annotated texts are not there: expected ../shared/gold/claims.jsonl beside the checkout")
    command = [sys.executable, "tests/benchmarks/claims.py", "--check"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (run.stdout, run.returncode) == ("No score of reading prose has fallen.\n", 0), run.stderr
