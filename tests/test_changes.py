"""Changes: each publication says what it tells otherwise than the one before, and whether a source or the pipeline did it."""

import csv
import dataclasses
import datetime as dt
import json
from pathlib import Path

import polars as pl
import pytest
from conftest import SAMPLES, record_register, register_source

import schemas
from pipeline import sources, stages
from pipeline.changes import Previous, compare, find_previous
from pipeline.documents.recordings import Recordings
from pipeline.normalized import corroboration
from pipeline.sources import Source

ACME: dict[str, object] = {"name": "ACME", "since": {"ALPHA": "2020-01-01"}}
BOLT: dict[str, object] = {"name": "BOLT", "since": {"ALPHA": "2022-05-01"}}
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


def with_facts(recordings: Path, **facts: str) -> None:
    """Write other facts into every row of the index."""
    with (recordings / "index.csv").open(newline="") as stream:
        rows = [row | facts for row in csv.DictReader(stream)]
    with (recordings / "index.csv").open("w", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize("url", ["https://example.org/list.json", ""])
def test_the_pipeline_s_doing_is_told_from_the_source_s(two_states: Path, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """The same register, first read as freezes and later, by other code, as travel bans; also one that was handed over."""
    with_facts(two_states / "recordings", url=url)
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


def test_a_snapshot_whose_documents_are_gone_is_compared_as_it_stands(
    two_states: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = stages._code
    monkeypatch.setattr(stages, "_code", lambda *asked: "old " + code(*asked))
    publish(two_states, register_source(), as_of=FIRST)
    monkeypatch.setattr(stages, "_code", code)
    record_register(two_states / "others", {SECOND: {"A1": ACME, "B2": BOLT}})
    second = publish(two_states, register_source(), recordings=two_states / "others")
    assert {row["reason_code"] for row in changes_of(second, "listings")} == {"source_changed"}


def test_a_snapshot_made_before_a_column_of_a_key_is_compared_by_whole_rows(two_states: Path) -> None:
    first = publish(two_states, register_source(), as_of=FIRST)
    names = pl.read_parquet(first / "target_names.parquet", glob=False).drop("ordinal")
    names.write_parquet(first / "target_names.parquet")
    second = publish(two_states, register_source())
    assert [row["change_code"] for row in changes_of(second, "target_names")] == ["added", "added"]


def test_samples_hold_back_no_data(tmp_path: Path) -> None:
    """A source of the samples of which no data is held has not been lost."""
    sources_of = [register_source(source_id=name, register_code=name) for name in ("xx_list", "yy_list")]
    for source in sources_of:
        record_register(tmp_path / "samples", {FIRST: {"A1": ACME}}, source.source_id)
    with_facts(tmp_path / "samples", origin="sample")
    publish(tmp_path, *sources_of, recordings=tmp_path / "samples")
    record_register(tmp_path / "recordings", {SECOND: {"A1": ACME}})
    second = publish(tmp_path, *sources_of)
    assert (tmp_path / "output" / "latest").resolve() == second.resolve()
    assert pl.read_parquet(second / "changes.parquet", glob=False).is_empty()


def test_a_snapshot_of_an_earlier_day_needs_no_source_that_came_later(tmp_path: Path) -> None:
    sources_of = [register_source(source_id=name, register_code=name) for name in ("xx_list", "yy_list")]
    record_register(tmp_path / "recordings", {FIRST: {"A1": ACME}})
    record_register(tmp_path / "recordings", {SECOND: {"A1": ACME}}, "yy_list")
    publish(tmp_path, *sources_of)
    assert publish(tmp_path, *sources_of, as_of=FIRST).name == FIRST
    assert (tmp_path / "output" / "latest").readlink().name == SECOND


def test_what_a_verdict_changed_is_told_as_reviewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person dismissed one claim, which founded a measure; of another the pipeline alone reads the goods otherwise."""
    dismissed, other, measure_id = "0" * 16, "1" * 16, "JP-000000000001"
    claims: dict[str, list[dict[str, object]]] = {
        name: [
            {"claim_id": dismissed, "measure_id": tied, "reason_text": why},
            {"claim_id": other, "measure_id": None, "reason_text": "not corroborated", "goods_text": goods},
        ]
        for name, (tied, why, goods) in {
            "before": (measure_id, "told by 2 publishers independently", "cars"),
            "after": (None, "dismissed by a person", "luxury cars"),
        }.items()
    }
    measures: dict[str, list[dict[str, object]]] = {"before": [{"measure_id": measure_id}], "after": []}
    for name in ("before", "after"):
        (tmp_path / name).mkdir()
        for table in schemas.TABLES:
            rows = {"claims": claims[name], "measures": measures[name]}.get(table, [])
            pl.DataFrame(rows, schema=schemas.polars_schema(table)).write_parquet(tmp_path / name / f"{table}.parquet")
    monkeypatch.setattr(corroboration, "reviews", lambda: [{"claim_id": dismissed, "verdict": "dismissed"}])
    previous = Previous(dt.date(2022, 4, 1), tmp_path / "before", rebuilt=tmp_path / "after")
    assert compare(previous, tmp_path / "after", dt.date(2022, 5, 1)) == 3
    found = pl.read_parquet(tmp_path / "after" / "changes.parquet", glob=False)
    assert found.select("table", "key", "reason_code").rows() == [
        ("claims", dismissed, "reviewed"),
        ("claims", other, "pipeline_changed"),
        ("measures", measure_id, "reviewed"),
    ]


def test_a_verdict_is_no_reason_to_read_a_document_again() -> None:
    def reads_reviews(stage: str) -> bool:
        patterns = stages._STAGE_FILES[stage]
        return any(path.name == "reviews.toml" for each in patterns for path in stages._PIPELINE.glob(each))

    assert [stage for stage in stages._STAGE_FILES if reads_reviews(stage)] == ["tables"]


def test_changes_of_earlier_snapshots_stay(tmp_path: Path) -> None:
    third = "2022-06-01"
    states: dict[str, dict[str, object]] = {FIRST: {"A1": ACME}, SECOND: {"A1": ACME, "B2": BOLT}, third: {"A1": ACME}}
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
