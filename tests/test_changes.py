"""Changes: each publication says what it tells otherwise than the one before, and whether a source or the pipeline did it."""

import dataclasses
import datetime as dt
import json
from pathlib import Path

import polars as pl
import pytest
from conftest import SAMPLES, record_register, register_source

from pipeline import sources, stages
from pipeline.changes import find_previous
from pipeline.documents.recordings import Recordings
from pipeline.sources import Source

ACME = {"name": "ACME", "since": {"ALPHA": "2020-01-01"}}
BOLT = {"name": "BOLT", "since": {"ALPHA": "2022-05-01"}}
FIRST, SECOND = "2022-04-01", "2022-05-01"


def publish(tmp_path: Path, *found: Source, as_of: str | None = None, recordings: Path | None = None) -> Path:
    place = stages.Place(
        Recordings(recordings or tmp_path / "recordings"), tmp_path / "output", dt.date.fromisoformat(as_of) if as_of else None
    )
    readings = [
        stages.normalize_source(source, stages.judge_documents(source, place), place.output, told=lambda _: None)
        for source in found
    ]
    stages.build_tables(readings, place.output)
    return stages.publish_snapshot(readings, place.output).folder


def changes_of(snapshot: Path, table: str) -> list[dict[str, object]]:
    frame = pl.read_parquet(snapshot / "changes.parquet", glob=False).filter(table=table)
    return frame.sort("snapshot_date", "key").to_dicts()


@pytest.fixture
def two_states(tmp_path: Path) -> Path:
    record_register(tmp_path / "recordings", {FIRST: {"A1": ACME}, SECOND: {"A1": {**ACME, "name": "ACME PLC"}, "B2": BOLT}})
    return tmp_path


def test_a_first_snapshot_has_nothing_to_compare_with(two_states: Path) -> None:
    snapshot = publish(two_states, register_source(), as_of=FIRST)
    assert pl.read_parquet(snapshot / "changes.parquet", glob=False).is_empty()
    assert "no earlier snapshot" in (snapshot / "CHANGES.md").read_text()


def test_what_a_source_added_and_corrected_is_told_with_both_sides(two_states: Path) -> None:
    publish(two_states, register_source(), as_of=FIRST)
    second = publish(two_states, register_source())
    listing = changes_of(second, "listings")
    assert [(row["change_code"], row["before_json"], row["reason_code"]) for row in listing] == [
        ("added", None, "source_changed")
    ]
    targets = changes_of(second, "targets")
    assert sorted(str(row["change_code"]) for row in targets) == ["added", "added", "modified"]
    overtaken = next(row for row in targets if row["change_code"] == "modified")
    assert overtaken["columns"] == ["is_current", "known_until_at"]
    assert json.loads(str(overtaken["before_json"]))["name"] == "ACME"


def test_changes_md_says_who_came_in_which_edition(two_states: Path) -> None:
    publish(two_states, register_source(), as_of=FIRST)
    told = (publish(two_states, register_source()) / "CHANGES.md").read_text()
    assert "- JP (`xx_list`), 2022-05-01: 1 added\n" in told


def test_who_left_is_told_by_programme(tmp_path: Path) -> None:
    """Between the two samples of the Security Council's list one entry leaves and one comes."""
    (un_sc,) = sources.load(("un_sc",)).values()
    publish(tmp_path, un_sc, as_of="2021-10-01", recordings=SAMPLES)
    told = (publish(tmp_path, un_sc, recordings=SAMPLES) / "CHANGES.md").read_text()
    line = next(line for line in told.splitlines() if "(`un_sc`), 2026-02-27" in line)
    assert "added" in line
    assert "removed (" in line


def test_a_snapshot_without_news_changes_nothing_but_knows_the_one_before(tmp_path: Path) -> None:
    record_register(tmp_path / "recordings", {FIRST: {"A1": ACME}, "2022-04-08": {"A1": ACME}})
    publish(tmp_path, register_source(), as_of=FIRST)
    second = publish(tmp_path, register_source())
    touched = set(pl.read_parquet(second / "changes.parquet", glob=False)["table"])
    assert touched <= {"documents", "retrievals"}
    snapshots = pl.read_parquet(second / "snapshots.parquet", glob=False)
    assert snapshots["snapshot_date"].to_list() == [dt.date(2022, 4, 1), dt.date(2022, 4, 8)]
    assert snapshots["previous_snapshot_date"].to_list() == [None, dt.date(2022, 4, 1)]


def test_the_pipeline_s_doing_is_told_from_the_source_s(two_states: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same register, first read as freezes and later, by other code, as travel bans."""
    code = stages._code
    monkeypatch.setattr(stages, "_code", lambda *asked: "old " + code(*asked))
    publish(two_states, register_source(), as_of=FIRST)
    monkeypatch.setattr(stages, "_code", code)
    words = {**register_source().words, "measure_type": {"freeze": "travel_ban"}}
    second = publish(two_states, dataclasses.replace(register_source(), words=words))
    (measure,) = changes_of(second, "measures")
    assert (measure["change_code"], measure["reason_code"]) == ("modified", "pipeline_changed")
    assert "measure_type_code" in measure["columns"]  # type: ignore[operator]
    assert {row["reason_code"] for row in changes_of(second, "listings")} == {"source_changed"}


def test_changes_of_earlier_snapshots_stay(tmp_path: Path) -> None:
    third = "2022-06-01"
    states = {FIRST: {"A1": ACME}, SECOND: {"A1": ACME, "B2": BOLT}, third: {"A1": ACME}}
    record_register(tmp_path / "recordings", states)
    for day in (FIRST, SECOND, third):
        snapshot = publish(tmp_path, register_source(), as_of=day)
    days = pl.read_parquet(snapshot / "changes.parquet", glob=False)["snapshot_date"].unique().sort().to_list()
    assert days == [dt.date(2022, 5, 1), dt.date(2022, 6, 1)]


def test_a_snapshot_of_more_sources_or_of_samples_is_not_compared_with(tmp_path: Path) -> None:
    for source_id in ("xx_list", "yy_list"):
        record_register(tmp_path / "recordings", {FIRST: {"A1": ACME}}, source_id)
    both = [register_source(source_id=name, register_code=name) for name in ("xx_list", "yy_list")]
    publish(tmp_path, *both)
    snapshots, later = tmp_path / "output" / "snapshots", dt.date(2022, 6, 1)
    assert find_previous(snapshots, later, ["xx_list"], is_sample=False) is None
    assert find_previous(snapshots, later, ["xx_list", "yy_list"], is_sample=True) is None
    found = find_previous(snapshots, later, ["xx_list", "yy_list", "zz_list"], is_sample=False)
    assert found is not None
    assert found.day == dt.date(2022, 4, 1)
    assert find_previous(snapshots, dt.date(2022, 4, 1), ["xx_list", "yy_list"], is_sample=False) is None


def test_publishing_again_gives_the_same_bytes(two_states: Path) -> None:
    publish(two_states, register_source(), as_of=FIRST)
    first = (publish(two_states, register_source()) / "SHA256SUMS").read_bytes()
    assert (publish(two_states, register_source()) / "SHA256SUMS").read_bytes() == first
