"""History: what older editions tell of the newest one's rows."""

import datetime as dt
from pathlib import Path

import polars as pl
from conftest import record_register, register_source

from pipeline import stages
from pipeline.normalized import target_id
from pipeline.tables import Reading

ACME = {"name": "ACME", "since": {"ALPHA": "2020-01-01"}}


def read(tmp_path: Path, states: dict[str, dict[str, object]], as_of: str | None = None) -> Reading:
    recordings = record_register(tmp_path / "recordings", states)
    place = stages.Place(recordings, tmp_path / "output", dt.date.fromisoformat(as_of) if as_of else None)
    source = register_source()
    return stages.normalize_source(source, stages.judge_documents(source, place), place.output)


def row(reading: Reading, table: str, key: str) -> dict[str, object]:
    return reading.rows(table).filter(pl.col("target_id") == target_id("xx_list", key)).row(0, named=True)


def listed_steps(reading: Reading, key: str) -> dict[str, tuple[str, dt.date | None, dt.date | None]]:
    """By programme: precision, first and last possible day of the listed step."""
    dates = reading.rows("dates").filter(pl.col("action_code") == "list")
    programmes = reading.rows("measure_keys").select("measure_id", "source_key")
    listings = (
        reading.rows("listings").filter(pl.col("target_id") == target_id("xx_list", key)).join(programmes, on="measure_id")
    )
    joined = listings.join(dates, on="listing_id")
    return {
        each["source_key"]: (each["date_precision_code"], each["date"], each["date_latest"])
        for each in joined.iter_rows(named=True)
    }


def test_only_the_entries_of_the_newest_edition_stand(tmp_path: Path) -> None:
    reading = read(tmp_path, {"2022-01-01": {"A1": ACME, "B2": ACME}, "2022-02-01": {"A1": ACME, "C3": ACME}})
    assert set(reading.rows("targets")["source_key"]) == {"A1", "C3"}


def test_an_entry_is_known_since_the_first_edition_that_shows_it_unchanged(tmp_path: Path) -> None:
    renamed = {**ACME, "name": "ACME LTD"}
    editions = {
        "2022-01-01": {"A1": ACME, "B2": ACME},
        "2022-02-01": {"A1": ACME, "B2": renamed},
        "2022-03-01": {"A1": ACME, "B2": renamed},
    }
    reading = read(tmp_path, editions)
    assert row(reading, "targets", "A1")["known_from_at"] == dt.datetime.fromisoformat("2022-01-01")
    assert row(reading, "targets", "B2")["known_from_at"] == dt.datetime.fromisoformat("2022-02-01")
    assert row(reading, "listings", "B2")["known_from_at"] == dt.datetime.fromisoformat("2022-01-01"), (
        "its listing did not change"
    )


def test_what_went_and_came_back_is_known_since_it_came_back(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        {"2022-01-01": {"A1": ACME, "B2": ACME}, "2022-02-01": {"B2": ACME}, "2022-03-01": {"A1": ACME, "B2": ACME}},
    )
    assert row(reading, "targets", "A1")["known_from_at"] == dt.datetime.fromisoformat("2022-03-01")


def test_the_evidence_is_the_first_edition_that_showed_the_row(tmp_path: Path) -> None:
    reading = read(tmp_path, {"2022-01-01": {"A1": ACME}, "2022-02-01": {"A1": ACME, "B2": ACME}})
    evidence = reading.rows("evidence")
    first_document = reading.states[0].document.document_id
    for table in ("targets", "listings"):
        evidence_id = row(reading, table, "A1")["evidence_id"]
        assert evidence.filter(pl.col("evidence_id") == evidence_id)["document_id"].to_list() == [first_document]


def test_the_date_of_an_old_entry_is_not_that_of_a_programme_added_later(tmp_path: Path) -> None:
    more = {"name": "ACME", "since": {"ALPHA": "2007-06-01", "BETA": "2007-06-01"}}
    old = {"name": "ACME", "since": {"ALPHA": "2007-06-01"}}
    reading = read(tmp_path, {"2022-01-01": {"A1": old}, "2022-02-01": {"A1": more}, "2022-03-01": {"A1": more}})
    assert listed_steps(reading, "A1") == {
        "ALPHA": ("day", dt.date(2007, 6, 1), dt.date(2007, 6, 1)),
        "BETA": ("not_after", None, dt.date(2022, 2, 1)),
    }


def test_a_new_entry_keeps_the_date_that_it_states(tmp_path: Path) -> None:
    new = {"name": "NEW", "since": {"ALPHA": "2021-12-31"}}
    reading = read(tmp_path, {"2022-01-01": {"A1": ACME}, "2022-02-01": {"A1": ACME, "N1": new}})
    assert listed_steps(reading, "N1") == {"ALPHA": ("day", dt.date(2021, 12, 31), dt.date(2021, 12, 31))}


def test_a_listing_without_a_date_was_made_no_later_than_the_first_edition_that_shows_it(tmp_path: Path) -> None:
    undated = {"name": "ACME", "since": {"ALPHA": None}}
    reading = read(tmp_path, {"2022-01-01": {"A1": undated}, "2022-02-01": {"A1": undated}})
    assert listed_steps(reading, "A1") == {"ALPHA": ("not_after", None, dt.date(2022, 1, 1))}
    derived = reading.rows("dates").row(0, named=True)
    assert derived["is_derived"]
    assert derived["derivation_text"]


def test_as_of_a_day_reads_only_what_had_been_recorded(tmp_path: Path) -> None:
    reading = read(tmp_path, {"2022-01-01": {"A1": ACME}, "2022-02-01": {"B2": ACME}}, as_of="2022-01-31")
    assert reading.rows("targets")["source_key"].to_list() == ["A1"]


def test_a_parser_that_stops_on_the_newest_state_leaves_the_one_before(tmp_path: Path) -> None:
    broken = {"A1": {"name": "ACME"}}  # no "since": the parser stops
    reading = read(tmp_path, {"2022-01-01": {"A1": ACME}, "2022-02-01": broken})
    assert reading.rows("targets")["source_key"].to_list() == ["A1"]
    assert reading.failure is not None
    assert "2022-02-01" in reading.failure
    assert "KeyError" in reading.failure
