"""Tables: sources are united and merged, dates give the status of the day, and what breaks a promise does not get out."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from conftest import record_register, register_parser, register_source

import schemas
from pipeline import stages, tables
from pipeline.changes import Previous
from pipeline.documents import Document
from pipeline.documents.judgement import State
from pipeline.documents.recordings import Recordings
from pipeline.history import Edition
from pipeline.normalized.acts import merge_acts
from pipeline.normalized.merging import merge_measures
from pipeline.records import Action, DatedStep, Instrument, Measure, MeasureInstrument, Period, Record, Step
from pipeline.sources import Source

ACME = {"name": "ACME", "since": {"ALPHA": "2020-01-01"}}


def readings_of(
    tmp_path: Path, *sources: Source, day: str = "2022-04-01", entries: dict[str, object] | None = None
) -> list[tables.Reading]:
    found = []
    for source in sources:
        recordings = record_register(tmp_path / "recordings", {day: entries or {"A1": ACME}}, source.source_id)
        place = stages.Place(recordings, tmp_path / "output")
        found.append(stages.normalize_source(source, stages.judge_documents(source, place), place.output))
    return found


def built_of(recordings: Recordings, output: Path, source: Source) -> dict[str, pl.DataFrame]:
    place = stages.Place(recordings, output)
    reading = stages.normalize_source(source, stages.judge_documents(source, place), output, told=lambda _: None)
    folder = stages.build_tables([reading], output)
    return {table: pl.read_parquet(folder / f"{table}.parquet") for table in schemas.TABLES}


def built(tmp_path: Path, *sources: Source, **state: object) -> dict[str, pl.DataFrame]:
    folder = stages.build_tables(readings_of(tmp_path, *sources, **state), tmp_path / "output")  # type: ignore[arg-type]
    return {table: pl.read_parquet(folder / f"{table}.parquet") for table in schemas.TABLES}


def test_every_table_of_the_contract_is_written_with_its_types(tmp_path: Path) -> None:
    frames = built(tmp_path, register_source())
    assert {table: dict(frame.schema) for table, frame in frames.items()} == {
        table: schemas.polars_schema(table) for table in schemas.TABLES
    }


def test_every_table_is_sorted_by_its_key_so_that_its_files_never_depend_on_the_order_of_reading(tmp_path: Path) -> None:
    frames = built(tmp_path, register_source(), entries=dict.fromkeys(("B2", "A1", "C3"), ACME))
    for table, frame in frames.items():
        key = schemas.key(table) or tuple(frame.columns)
        assert frame.equals(frame.sort(key, nulls_last=True)), table
    assert len(frames["targets"]) == 3


def test_the_day_of_a_snapshot_is_the_newest_recorded_day(tmp_path: Path) -> None:
    snapshot = built(tmp_path, register_source(), day="2022-04-07")["snapshots"].row(0, named=True)
    assert snapshot["snapshot_date"] == dt.date(2022, 4, 7)
    assert snapshot["previous_snapshot_date"] is None


def test_a_header_that_only_the_hundredth_document_bears_is_kept() -> None:
    """Documents that were handed over have no ETag; those fetched later have one."""
    day, source = dt.date(2022, 4, 1), register_source()
    documents = [
        Document("xx_list", f"https://example.org/{number}", day, day, "", Path(), "", 1, f"{number:064}", "")
        for number in range(150)
    ]
    documents.append(dataclasses.replace(documents[0], url="https://example.org/new", etag="abc"))
    states = tuple(State(document, 1) for document in documents)
    reading = tables.Reading(source, states, (), (Edition(source, states[-1], Path()),))
    assert tables._housekeeping([reading])["retrievals"]["etag"].drop_nulls().to_list() == ["abc"]


def test_a_row_that_breaks_a_rule_is_a_reject_and_takes_along_what_refers_to_it(tmp_path: Path) -> None:
    frames = built(tmp_path, register_source(), entries={"A1": ACME, "B2": {**ACME, "name": "  "}})
    assert frames["targets"]["source_key"].to_list() == ["A1"]
    assert len(frames["listings"]) == 1
    assert set(frames["rejects"]["table"]) == {"targets", "target_names", "listings", "dates"}
    reject = frames["rejects"].filter(table="targets").row(0, named=True)
    assert reject["reason_code"] == "failed_rule"
    assert "name" in reject["reason_text"]
    assert reject["locator"] == "/B2"
    assert reject["source_id"] == "xx_list"


def test_a_broken_reference_stops_publication(tmp_path: Path) -> None:
    built(tmp_path, register_source())
    (tmp_path / "output" / "tables" / "measures.parquet").unlink()
    schemas.empty_frame("measures").write_parquet(tmp_path / "output" / "tables" / "measures.parquet")
    with pytest.raises(tables.BrokenPromiseError, match=r"listings\.measure_id|dates\.measure_id|measure_keys\.measure_id"):
        tables.check_references(tmp_path / "output" / "tables")


def test_an_entry_in_two_lists_of_a_register_is_one_target_with_both_listings(tmp_path: Path) -> None:
    twin = register_source(source_id="yy_list", words={**register_source().words, "measure_type": {"freeze": "travel_ban"}})
    frames = built(tmp_path, register_source(), twin)
    assert len(frames["targets"]) == 1
    assert len(frames["target_names"]) == 1


# Status of the day


def law(*steps: DatedStep) -> Source:
    """A source whose one measure has these steps."""

    def parse(document: Document, source: Source) -> Iterator[Record]:
        yield Measure("ban", "freeze", "/ban", "goods", territory_texts=("Russia",), title="JP: ban on goods to Russia")
        yield from steps

    return register_source(kind="law", register_code=None, parse=parse)


def step(action: Action, name: Step, day: str) -> DatedStep:
    when = dt.date.fromisoformat(day)
    return DatedStep("ban", action, name, Period.of_day(when, day))


APPROVED = step("impose", "approved", "2022-03-29")
EFFECTIVE = step("impose", "effective", "2022-04-05")


@pytest.mark.parametrize(
    ("steps", "day", "status"),
    [
        ((), "2022-04-01", "unknown"),
        ((step("impose", "announced", "2022-03-29"), EFFECTIVE), "2022-04-01", "announced"),
        ((APPROVED, EFFECTIVE), "2022-04-04", "approved"),
        ((APPROVED, EFFECTIVE), "2022-04-05", "in_force"),
        ((EFFECTIVE, step("expire", "effective", "2022-04-30")), "2022-04-30", "in_force"),
        ((EFFECTIVE, step("expire", "effective", "2022-04-30")), "2022-05-01", "expired"),
        (
            (EFFECTIVE, step("expire", "effective", "2022-04-30"), step("expire", "effective", "2023-04-30")),
            "2022-05-01",
            "in_force",
        ),
        ((step("expire", "effective", "2027-04-13"),), "2022-04-01", "in_force"),
        ((EFFECTIVE, step("lift", "effective", "2022-06-01")), "2022-06-01", "lifted"),
        ((EFFECTIVE, step("lift", "effective", "2022-06-01")), "2022-05-31", "in_force"),
        ((APPROVED, step("reject", "unspecified", "2022-04-01")), "2022-04-02", "rejected"),
        ((step("reject", "unspecified", "2022-04-01"), EFFECTIVE), "2022-04-05", "in_force"),
        ((step("expire", "effective", "2022-04-01"), EFFECTIVE), "2022-04-05", "in_force"),
        ((step("suspend", "effective", "2022-04-01"), EFFECTIVE), "2022-04-05", "in_force"),
        ((EFFECTIVE, step("suspend", "effective", "2022-04-06")), "2022-04-07", "suspended"),
    ],
)
def test_the_status_of_the_day_follows_from_the_steps(
    tmp_path: Path, steps: tuple[DatedStep, ...], day: str, status: str
) -> None:
    assert built(tmp_path, law(*steps), day=day)["measures"]["status_code"].to_list() == [status]


def test_a_measure_that_a_list_still_uses_is_in_force_though_only_its_approval_is_dated(tmp_path: Path) -> None:
    adopted = DatedStep("ALPHA", "impose", "approved", Period.of_day(dt.date(2006, 10, 14), "S/RES/1718 (2006)"))

    def parse(document: Document, source: Source) -> Iterator[Record]:
        yield adopted
        yield from register_parser(document, source)

    assert built(tmp_path, register_source(parse=parse))["measures"]["status_code"].to_list() == ["in_force"]


def test_a_measure_that_its_listings_alone_tell_is_over_with_the_last_of_them(tmp_path: Path) -> None:
    beta = {"name": "BETA", "since": {"BETA": "2020-01-01"}}
    recordings = record_register(
        tmp_path / "recordings",
        {"2022-01-01": {"A1": ACME, "B2": beta}, "2022-03-01": {"A1": ACME, "B2": {**beta, "since": {}}}},
    )
    frames = built_of(recordings, tmp_path / "output", register_source())
    status = frames["listings"].join(frames["measures"], on="measure_id", suffix="_of_measure")
    assert status.select("status_code", "status_code_of_measure").sort("status_code").rows() == [
        ("in_force", "in_force"), ("lifted", "lifted"),
    ]  # fmt: skip


def test_an_identifier_that_stands_again_leads_nowhere_else(tmp_path: Path) -> None:
    """Of two measures that were merged the other one names them now; a third was founded on claims that support law now."""
    empty = {table: schemas.empty_frame(table) for table in schemas.TABLES}
    first: list[dict[str, object]] = [
        {"old_id": "JP-a", "new_id": "JP-b", "snapshot_date": dt.date(2022, 4, 1), "reason_code": "merged"}
    ]
    claims: list[dict[str, object]] = [{"claim_id": "c", "measure_id": "JP-prose"}]
    before: dict[str, list[dict[str, object]]] = {"redirects": first, "claims": claims}
    for table, rows in before.items():
        pl.DataFrame(rows, schema=schemas.polars_schema(table)).write_parquet(tmp_path / f"{table}.parquet")
    today = {
        "measures": empty["measures"].select("measure_id").vstack(pl.DataFrame({"measure_id": ["JP-a"]})),
        "claims": pl.DataFrame({"claim_id": ["c"], "measure_id": ["JP-a"]}),
        "redirects": pl.DataFrame({"old_id": ["JP-b"], "new_id": ["JP-a"], "reason_code": ["merged"]}),
    }
    told = tables._redirects(today, dt.date(2022, 5, 1), Previous(dt.date(2022, 4, 1), tmp_path))
    assert told.select("old_id", "new_id").sort("old_id").rows() == [("JP-b", "JP-a"), ("JP-prose", "JP-a")]


def test_the_dates_of_a_measure_are_copied_from_its_steps(tmp_path: Path) -> None:
    measure = built(tmp_path, law(APPROVED, EFFECTIVE))["measures"].row(0, named=True)
    assert (measure["approved_date"], measure["effective_date"]) == (dt.date(2022, 3, 29), dt.date(2022, 4, 5))
    assert measure["published_date"] is None
    assert measure["summary"] == "JP: ban on goods to Russia, in force from 2022-04-05."


def test_a_step_known_only_to_the_month_gives_no_exact_date(tmp_path: Path) -> None:
    month = DatedStep("ban", "impose", "effective", Period.of_month(2022, 3, "March 2022"))
    frames = built(tmp_path, law(month))
    assert frames["measures"]["effective_date"].to_list() == [None]
    assert frames["dates"]["date_precision_code"].to_list() == ["month"]


def test_an_end_that_a_later_edition_moved_is_not_the_end(tmp_path: Path) -> None:
    """Debarred until August in one edition, without an end in the next."""

    def parse(document: Document, source: Source) -> Iterator[Record]:
        yield from register_parser(document, source)
        if document.recorded_date == dt.date(2022, 1, 1):
            yield DatedStep("ALPHA", "expire", "effective", Period.of_day(dt.date(2022, 2, 1), "2022-02-01"), "A1")

    source = register_source(parse=parse)
    recordings = record_register(
        tmp_path / "recordings", {"2022-01-01": {"A1": ACME}, "2022-03-01": {"A1": {**ACME, "name": "B"}}}
    )
    place = stages.Place(recordings, tmp_path / "output")
    reading = stages.normalize_source(source, stages.judge_documents(source, place), place.output, told=lambda _: None)
    listings = pl.read_parquet(stages.build_tables([reading], place.output) / "listings.parquet")
    assert listings.select("status_code", "expiry_date").rows() == [("in_force", None)]


def test_an_entry_that_one_list_of_a_register_dropped_and_another_still_shows_is_listed(tmp_path: Path) -> None:
    first = register_source(source_id="aa_list")
    old = record_register(tmp_path / "recordings", {"2022-01-01": {"A1": ACME}, "2022-02-01": {"B2": ACME}}, "aa_list")
    record_register(tmp_path / "recordings", {"2022-03-01": {"A1": ACME}}, "xx_list")
    place = stages.Place(old, tmp_path / "output")
    readings = [
        stages.normalize_source(source, stages.judge_documents(source, place), place.output, told=lambda _: None)
        for source in (first, register_source())
    ]
    listings = pl.read_parquet(stages.build_tables(readings, place.output) / "listings.parquet")
    targets = pl.read_parquet(place.output / "tables" / "targets.parquet").filter(source_key="A1")
    assert listings.join(targets, on="target_id")["status_code"].to_list() == ["in_force"]


def test_an_act_of_an_unknown_kind_is_a_reject_and_takes_no_step_along(tmp_path: Path) -> None:
    def parse(document: Document, source: Source) -> Iterator[Record]:
        yield Instrument("Order 1", "a new kind of order", locator="/order")
        yield Measure("ban", "freeze", "/ban", "goods")
        yield MeasureInstrument("ban", "Order 1", "imposes")
        yield DatedStep("ban", "impose", "effective", Period.of_day(dt.date(2022, 1, 1), "1"), instrument_number="Order 1")

    frames = built(tmp_path, register_source(kind="law", register_code=None, parse=parse))
    assert frames["dates"].select("event_code", "instrument_id").rows() == [("effective", None)]
    assert sorted(frames["rejects"]["reason_code"]) == ["dangling_reference", "unknown_label"]


# Merging


def told(source_id: str, kind: str, **changes: object) -> pl.DataFrame:
    row: dict[str, object] = {
        "measure_id": f"JP-{source_id}",
        "issuer_code": "JP",
        "measure_type_code": "export_ban",
        "territory_codes": ["RU"],
        "founding_act": "輸出貿易管理令|2022-03-29",
        "source_id": source_id,
        "kind_code": kind,
        "publisher_name": source_id,
        "title": None,
        "known_from_at": dt.datetime.fromisoformat("2022-03-29"),
    }
    return pl.DataFrame([row | changes], schema_overrides={"title": pl.String, "founding_act": pl.String})


def merged(*measures: pl.DataFrame) -> dict[str, pl.DataFrame]:
    united = pl.concat(measures)
    referring = {table: united.select("measure_id") for table in ("listings", "dates", "goods", "measure_instruments")}
    referring["measure_keys"] = united.select("measure_id", "source_id", source_key="measure_id")
    return merge_measures({"measures": united, **referring})


def test_the_law_and_the_ministry_tell_one_measure() -> None:
    frames = merged(told("page", "press", title="from the page"), told("law", "law"))
    assert frames["measures"].select("measure_id", "title", "publisher_count").rows() == [("JP-law", "from the page", 2)]
    assert frames["dates"]["measure_id"].to_list() == ["JP-law", "JP-law"]


def test_every_key_says_why_it_means_the_measure_and_a_merged_identifier_leads_to_the_new_one() -> None:
    frames = merged(told("page", "press"), told("law", "law"))
    assert frames["measure_keys"].select("measure_id", "source_id", "why_text").rows() == [
        (
            "JP-law", "page",
            "tells the same issuer, type of measure and territories, and the same founding act, 輸出貿易管理令|2022-03-29",
        ),
        ("JP-law", "law", "founded the measure"),
    ]  # fmt: skip
    assert frames["redirects"].rows() == [("JP-page", "JP-law", "merged")]


def test_measures_that_one_source_tells_apart_are_not_one_for_another_source() -> None:
    """Two export bans of one act in the law, and a page that names the act alone."""
    frames = merged(told("law", "law"), told("law", "law", measure_id="JP-law2"), told("page", "press"))
    assert frames["measures"]["measure_id"].sort().to_list() == ["JP-law", "JP-law2", "JP-page"]
    assert frames["redirects"].is_empty()


def test_a_row_of_the_same_measure_without_its_act_goes_with_the_one_that_names_it() -> None:
    frames = merged(told("law", "law"), told("list", "list", measure_id="JP-law", founding_act=None))
    assert frames["measures"]["measure_id"].to_list() == ["JP-law"]


def test_rows_of_one_measure_stay_together_whatever_a_weaker_one_says_of_it() -> None:
    frames = merged(told("law", "law"), told("list", "list", measure_id="JP-law", territory_codes=["BY", "RU"]))
    assert frames["measures"].select("measure_id", "territory_codes").rows() == [("JP-law", ["RU"])]


def acts(*rows: tuple[str, str, str | None, str | None]) -> dict[str, pl.DataFrame]:
    """Acts by identifier, number, known_as and title; each amends the order, and a measure rests on each."""
    instruments = pl.DataFrame(
        [{"issuer_code": "JP", "instrument_id": row[0], "number": row[1], "known_as": row[2], "title": row[3]} for row in rows],
        schema_overrides={"known_as": pl.String, "title": pl.String},
    )
    ids = instruments["instrument_id"].to_list()
    links = {"instrument_id": ids, "other_instrument_id": "order", "link_type_code": "amends"}
    return merge_acts(
        {
            "instruments": instruments,
            "instrument_links": pl.DataFrame(links),
            "measure_instruments": pl.DataFrame({"instrument_id": ids}),
            "dates": pl.DataFrame({"instrument_id": [*ids, None]}),
        }
    )


def test_an_act_that_one_source_knows_by_number_and_another_by_its_day_is_one() -> None:
    frames = acts(
        ("page", "Order|2022-03-29", None, "Order to amend the Order"),
        ("law", "Cabinet Order 122 of 2022", "Order|2022-03-29", None),
    )
    assert frames["instruments"].select("instrument_id", "number", "title").rows() == [
        ("law", "Cabinet Order 122 of 2022", "Order to amend the Order")
    ]
    assert frames["measure_instruments"]["instrument_id"].to_list() == ["law", "law"]
    assert frames["dates"]["instrument_id"].to_list() == ["law", "law", None]
    assert frames["instrument_links"].rows() == [("law", "order", "amends")]


def test_two_acts_of_one_day_are_not_told_apart_by_it() -> None:
    frames = acts(
        ("page", "Order|2022-03-29", None, None), ("a", "1", "Order|2022-03-29", None), ("b", "2", "Order|2022-03-29", None)
    )
    assert sorted(frames["instruments"]["instrument_id"]) == ["a", "b", "page"]


@pytest.mark.parametrize(
    "difference",
    [
        {"territory_codes": ["BY"]},
        {"measure_type_code": "export_control"},
        {"issuer_code": "US"},
        {"founding_act": "輸出貿易管理令|2022-03-15"},
        {"founding_act": None},
    ],
)
def test_what_differs_in_type_territory_issuer_or_act_stays_apart(difference: dict[str, object]) -> None:
    frames = merged(told("law", "law"), told("page", "press", **difference))
    assert len(frames["measures"]) == 2
    assert frames["dates"]["measure_id"].to_list() == ["JP-law", "JP-page"]
