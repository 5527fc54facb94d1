"""The Denied Persons List: rows are addresses, days belong to orders, and the key is composed."""

import csv
import datetime as dt
import io
from collections import Counter
from pathlib import Path

import pytest
from conftest import document_of

from pipeline.documents.recordings import Recordings
from pipeline.normalized import normalize
from pipeline.readers.delimited import UnknownColumns
from pipeline.records import Address, DatedStep, Fact, Listing, Name, Reject, Target
from pipeline.sources import load

SOURCE = load(("us_bis_dpl",))["us_bis_dpl"]
HERON = "BLUE HERON AIRLINES||80 FR 30435|1"


def parsed(path: Path) -> list:
    return list(SOURCE.parse(document_of("us_bis_dpl", path), SOURCE))


def of(records: list, kind: type, target: str) -> list:
    return [record for record in records if isinstance(record, kind) and record.target_key == target]


def steps(records: list, target: str) -> set:
    return {(r.action, r.step, r.period.earliest, r.instrument_number) for r in of(records, DatedStep, target)}


@pytest.fixture(scope="module")
def old(samples) -> list:
    return parsed(samples / "us_bis_dpl" / "2022-09-07" / "dpl.txt")


@pytest.fixture(scope="module")
def new(samples) -> list:
    return parsed(samples / "us_bis_dpl" / "2023-11-30" / "dpl.txt")


# ---- Keys ----
def test_two_addresses_of_one_name_under_one_order_are_one_target(old):
    (target,) = [r for r in old if isinstance(r, Target) and r.name == "BLUE HERON AIRLINES"]
    assert (target.key, target.key_kind) == (HERON, "composed")
    assert [r.country_text for r in of(old, Address, HERON)] == ["IQ", "AE"]


def test_the_key_holds_when_the_order_is_renewed(old, new):
    assert {HERON} <= {r.key for r in old if isinstance(r, Target)} & {r.key for r in new if isinstance(r, Target)}


def test_one_name_under_two_orders_is_two_targets(new):
    keys = [r.key for r in new if isinstance(r, Target) and r.name == "TWIN RIVERS, LLC"]
    assert keys == ["TWIN RIVERS, LLC||68 FR 11000|1", "TWIN RIVERS, LLC||88 FR 38813|1"]
    assert len({r.locator for r in new if isinstance(r, Target)}) == 6


def test_blanks_before_and_within_names_are_layout(old):
    (name,) = of(old, Name, "I. ROWAN||68 FR 38290|1")
    assert name.value == "I. ROWAN"


def test_an_entry_whose_notice_is_not_yet_printed_has_a_key_without_it(old):
    assert [r.key for r in old if isinstance(r, Target)][-1] == "WEI SUNDAY|||1"


# ---- Days ----
def test_an_order_is_effective_before_its_notice_and_later_notices_amend(old):
    assert steps(old, "I. ROWAN||68 FR 38290|1") == {
        ("list", "effective", dt.date(2003, 6, 19), None),
        ("list", "published", dt.date(2003, 6, 27), "68 FR 38290"),
        ("amend", "published", dt.date(2006, 7, 10), "71 FR 38843"),
        ("amend", "published", dt.date(2007, 1, 30), "72 FR 4236"),
        ("expire", "unspecified", dt.date(2056, 6, 29), None),
    }


def test_the_day_of_a_renewed_order_is_not_the_day_of_the_listing(old):
    told = steps(old, HERON)
    assert ("renew", "effective", dt.date(2022, 5, 13), None) in told
    assert ("list", "published", dt.date(2015, 5, 28), "80 FR 30435") in told
    assert not [step for step in told if step[:2] == ("list", "effective")]


def test_a_blank_expiration_means_no_end(old):
    assert {action for action, *_ in steps(old, "ADT ANALOG AND DIGITAL WORKS||46 FR 19290|1")} == {"list"}


def test_rows_that_give_one_entry_two_ends_are_both_told(new):
    ends = {step[2] for step in steps(new, HERON) if step[0] == "expire"}
    assert ends == {dt.date(2024, 10, 20), dt.date(2024, 10, 30)}


def test_last_update_is_iso_and_no_step_of_the_denial(old):
    (fact,) = [r for r in of(old, Fact, HERON) if r.kind_text == "Last_Update"]
    assert fact.period.earliest == dt.date(2022, 5, 18)
    assert dt.date(2022, 5, 18) not in {step[2] for step in steps(old, HERON) if step[1] != "published"}


def test_a_day_that_is_none_is_a_reject_and_the_entry_stays(samples, tmp_path):
    text = (samples / "us_bis_dpl" / "2022-09-07" / "dpl.txt").read_text(encoding="utf-8")
    path = tmp_path / "2022-09-07" / "dpl.txt"
    path.parent.mkdir()
    path.write_text(text.replace("03/25/1981", "13/25/1981"), encoding="utf-8")
    records = parsed(path)
    assert [(r.reason, r.raw) for r in records if isinstance(r, Reject)] == [("malformed_date", "13/25/1981")]
    assert len([r for r in records if isinstance(r, Target)]) == 4


# ---- The rest ----
def test_every_denied_person_stands_under_the_one_measure_as_stated(old):
    listings = [r for r in old if isinstance(r, Listing)]
    assert len(listings) == 4
    assert {(r.measure_key, r.basis, r.origin) for r in listings} == {
        ("Denied Persons List|denial of export privileges", "stated", "own")
    }


def test_a_new_column_stops_the_source(samples, tmp_path):
    text = (samples / "us_bis_dpl" / "2022-09-07" / "dpl.txt").read_text(encoding="utf-8")
    path = tmp_path / "2022-09-07" / "dpl.txt"
    path.parent.mkdir()
    path.write_text(text.replace('"Action"', '"Deed"'), encoding="utf-8")
    with pytest.raises(UnknownColumns, match="Deed"):
        parsed(path)


def test_words_become_codes(samples):
    path = samples / "us_bis_dpl" / "2023-11-30" / "dpl.txt"
    frames = normalize(document_of("us_bis_dpl", path), SOURCE)
    assert frames["rejects"].is_empty()
    assert set(frames["targets"]["target_type_code"]) == {"other"}
    assert frames["measures"]["measure_type_code"].to_list() == ["export_privilege_denial"]
    assert set(frames["target_addresses"]["country_code"].drop_nulls()) == {"US", "DE", "IQ", "AE"}


# ---- Recordings ----
@pytest.mark.recordings
def test_every_row_of_the_recorded_states_is_accounted_for(recordings):
    counts = []
    for document in Recordings(recordings).documents("us_bis_dpl"):
        rows = list(csv.DictReader(io.StringIO(document.read().decode("utf-8"), newline=""), delimiter="\t"))
        records = list(SOURCE.parse(document, SOURCE))
        assert {" ".join(row["Name"].split()) for row in rows} == {r.name for r in records if isinstance(r, Target)}
        ends = {(" ".join(row["Name"].split()), row["Expiration_Date"]) for row in rows if row["Expiration_Date"]}
        names = {r.key: r.name for r in records if isinstance(r, Target)}
        told = {(names[r.target_key], r.period.text) for r in records if isinstance(r, DatedStep) and r.action == "expire"}
        assert told == ends
        updates = {r.value for r in records if isinstance(r, Fact) and r.kind_text == "Last_Update"}
        assert updates == {row["Last_Update"] for row in rows}
        effective = Counter(r.period.text for r in records if isinstance(r, DatedStep) and r.step == "effective")
        assert set(effective) == {row["Effective_Date"] for row in rows}
        streets = {r.text for r in records if isinstance(r, Address)}
        assert all(any(" ".join(row["Street_Address"].split()) in text for text in streets) for row in rows)
        assert not [r for r in records if isinstance(r, Reject)]
        counts.append((len(rows), len(names)))
    assert counts == [(546, 417), (581, 461), (665, 547)]
