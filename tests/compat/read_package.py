"""Validates the data package with Frictionless: the descriptor, and every row of every table.

A table that refers to another would have Frictionless read that one too, each time, at some 10,000 rows a second: the
references are left to the build, which checks them all.
"""

import json
import sys
from pathlib import Path

from frictionless import Package, Resource


def main(snapshot: Path, expected: dict[str, int]) -> None:
    """Raises where the descriptor or a table breaks the standard, or a table of the snapshot is not described."""
    descriptor = json.loads((snapshot / "datapackage.json").read_text(encoding="utf-8"))
    errors = list(Package.metadata_validate(descriptor))
    assert not errors, f"datapackage.json: {errors}"
    named = {resource["name"] for resource in descriptor["resources"]}
    assert named == expected.keys(), f"tables differ: {sorted(named ^ expected.keys())}"
    for described in descriptor["resources"]:
        described["schema"].pop("foreignKeys", None)
        resource = Resource.from_descriptor(described, basepath=str(snapshot))
        report = resource.validate()
        assert report.valid, f"{described['name']}: {report.flatten(['rowNumber', 'fieldName', 'type', 'note'])[:5]}"
        rows = report.tasks[0].stats.get("rows", 0)  # an empty table has no count
        assert rows == expected[described["name"]], f"{described['name']}: {rows} rows, not {expected[described['name']]}"


if __name__ == "__main__":
    main(Path(sys.argv[1]) / "latest", json.load(sys.stdin))
