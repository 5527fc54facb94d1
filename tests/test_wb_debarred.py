"""The World Bank's listing: no end is no day, and what changes every day says nothing."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from conftest import document_of

from pipeline.documents.judgement import inspect
from pipeline.documents.recordings import Recordings
from pipeline.normalized import normalize
from pipeline.records import Address, DatedStep, Fact, Identifier, Listing, Name, Reject, Target
from pipeline.sources import load
from pipeline.sources.wb_debarred import UnknownShape

SOURCE = load(("wb_debarred",))["wb_debarred"]
DEBARRED = "Listing of Ineligible Firms and Individuals|DEBARRED"
CROSS = "Listing of Ineligible Firms and Individuals|X-DEBARRED"


def parsed(path: Path) -> list:
    return list(SOURCE.parse(document_of("wb_debarred", path), SOURCE))


def of(records: list, kind: type, target: str) -> list:
    return [record for record in records if isinstance(record, kind) and record.target_key == target]


@pytest.fixture(scope="module")
def new(samples) -> list:
    return parsed(samples / "wb_debarred" / "2026-02-22" / "wb-data.json")


def changed(samples, tmp_path: Path, find: str, put: str) -> list:
    text = (samples / "wb_debarred" / "2026-02-22" / "wb-data.json").read_text(encoding="utf-8")
    assert find in text
    path = tmp_path / "2026-02-22" / "wb-data.json"
    path.parent.mkdir()
    path.write_text(text.replace(find, put, 1), encoding="utf-8")
    return parsed(path)


# ---- Entries ----
def test_the_key_is_supp_id_and_the_place_names_it(new):
    targets = [r for r in new if isinstance(r, Target)]
    assert [(r.key, r.type_text) for r in targets] == [("900001", "I"), ("900002", "F"), ("900003", "F"), ("900004", "U")]
    assert targets[0].locator == "/response/ZPROCSUPP[SUPP_ID='900001']"
    assert targets[0].name == "MR. AMADI EXAMPLE"


def test_days_of_the_refresh_change_nothing(samples, new):
    old = parsed(samples / "wb_debarred" / "2026-01-01" / "wb-data.json")
    assert [r for r in new if getattr(r, "target_key", getattr(r, "key", None)) != "900004"] == old


# ---- From when, until when ----
def test_2999_is_no_day_and_the_words_for_it_are_kept(new):
    for key, words in (("900001", "Ongoing"), ("900003", "Permanent")):
        assert [r.action for r in of(new, DatedStep, key)] == ["list"]
        assert [r.value for r in of(new, Fact, key) if r.kind_text == "INELIGIBLY_STATUS"] == [words]
    assert not [r for r in new if isinstance(r, DatedStep) and r.period.latest.year > 2100]


def test_a_debarment_with_an_end_is_listed_and_expires(new):
    assert [(r.measure_key, r.action, r.step, r.period.earliest) for r in of(new, DatedStep, "900002")] == [
        (CROSS, "list", "effective", dt.date(2024, 8, 22)),
        (CROSS, "expire", "unspecified", dt.date(2027, 7, 22)),
    ]


def test_a_day_that_is_none_is_a_reject_and_the_entry_stays(samples, tmp_path):
    records = changed(samples, tmp_path, "2027-07-22", "2027-07-32")
    assert [(r.reason, r.raw) for r in records if isinstance(r, Reject)] == [("malformed_date", "2027-07-32")]
    assert of(records, Listing, "900002")


# ---- Whose decision ----
def test_a_cross_debarment_is_the_decision_of_another_bank(new):
    listings = {r.target_key: (r.measure_key, r.origin, r.reason_text) for r in new if isinstance(r, Listing)}
    assert listings["900002"] == (CROSS, "other", "Cross Debarment: ADB")
    assert listings["900001"] == (DEBARRED, "own", "Consultant Guidelines, 1.22(a)(i)")


def test_a_reason_that_names_another_bank_counts_where_the_status_does_not(samples, tmp_path):
    records = changed(samples, tmp_path, "Fraudulent Practice", "Cross-Debarment:  IDB")
    assert [(r.measure_key, r.origin) for r in of(records, Listing, "900004")] == [(DEBARRED, "other")]


# ---- Names and numbers in the remark ----
def test_names_in_the_remark_are_read_where_they_stand_alone(new):
    assert [(r.value, r.type_text, r.script) for r in of(new, Name, "900002")] == [
        ("EXEMPLAR ROADS GROUP CO., LTD.", "SUPP_NAME", None),
        ("样本路桥集团有限公司", "in Chinese characters", "Hani"),
    ]
    assert [(r.value, r.type_text) for r in of(new, Name, "900003")][1:] == [
        ("Sample C&I Co., Ltd.", "formerly known as"),
        ("MetaSample Inc.", "now known as"),
    ]
    assert [r.value for r in of(new, Name, "900004")] == ["KNOWLEDGE SAMPLES"]


def test_several_names_in_one_remark_are_left_in_its_words(samples, tmp_path):
    records = changed(samples, tmp_path, ", also MR. PEDRO EXAMPLE *340", "(also d/b/a ALPHA LTD. and BETA LTD.) *340")
    assert [r.value for r in of(records, Name, "900004")] == ["KNOWLEDGE SAMPLES"]
    assert "(also d/b/a ALPHA LTD. and BETA LTD.) *340" in [r.value for r in of(records, Fact, "900004")]


def test_numbers_under_a_label_are_identifiers_and_footnotes_are_facts(new):
    assert [(r.type_text, r.value) for r in of(new, Identifier, "900003")] == [("Reg. No.", "1859937")]
    assert [(r.type_text, r.value) for r in of(new, Identifier, "900002")] == [("REGISTER_ID", "C8")]
    assert [r.value for r in of(new, Fact, "900003") if r.kind_text == "footnote"] == ["189"]


def test_an_address_is_one_line_with_its_parts(new):
    assert of(new, Address, "900002") == [
        Address("900002", "NO. 26 STREET, TAIYUAN, SHANXI, 030012, China", "TAIYUAN", "SHANXI", "030012", "China")
    ]


# ---- Strictness and codes ----
def test_a_new_field_stops_the_source(samples, tmp_path):
    with pytest.raises(UnknownShape, match="SHOE_SIZE"):
        changed(samples, tmp_path, '"MANDT":"300"', '"MANDT":"300","SHOE_SIZE":42')


def test_a_new_status_stops_the_source(samples, tmp_path):
    with pytest.raises(UnknownShape, match="Z-DEBARRED"):
        changed(samples, tmp_path, '"SUPP_ELIG_STAT":"X-DEBARRED"', '"SUPP_ELIG_STAT":"Z-DEBARRED"')


def test_the_world_bank_issues_under_a_code_of_its_own(samples):
    document = document_of("wb_debarred", samples / "wb_debarred" / "2026-02-22" / "wb-data.json")
    frames = normalize(document, SOURCE)
    assert frames["rejects"].is_empty()
    assert set(frames["measures"]["issuer_code"]) == {"XW"}
    assert set(frames["measures"]["measure_type_code"]) == {"procurement_ban"}
    assert set(frames["target_addresses"]["country_code"]) == {"NG", "CN", "BS", "US"}


def test_the_day_of_the_document_is_that_of_its_refresh(samples):
    document = document_of("wb_debarred", samples / "wb_debarred" / "2026-02-22" / "wb-data.json")
    found = inspect(document, SOURCE.document)
    assert (found.published_date, found.entry_count) == (dt.date(2026, 2, 21), 4)


# ---- Recordings ----
@pytest.mark.recordings
def test_every_row_of_the_recorded_states_is_accounted_for(recordings):
    counts = []
    for document in Recordings(recordings).documents("wb_debarred"):
        text = document.read().decode()
        records = list(SOURCE.parse(document, SOURCE))
        keys = re.findall(r'"SUPP_ID":(\d+),', text)
        assert [r.key for r in records if isinstance(r, Target)] == keys
        endless = len(re.findall(r'"DEBAR_TO_DATE":"2999-', text))
        permanent = len(re.findall(r'"DEBAR_TO_DATE":"2999-12-31"', text))
        steps = [r for r in records if isinstance(r, DatedStep)]
        assert sum(r.action == "list" for r in steps) == len(keys)
        assert sum(r.action == "expire" for r in steps) == len(keys) - endless
        assert len([r for r in records if isinstance(r, Fact) and r.kind_text == "INELIGIBLY_STATUS"]) == permanent
        assert len([r for r in records if isinstance(r, Fact) and r.kind_text == "DEBAR_TO_DATE"]) == endless - permanent
        names = re.findall(r'"SUPP_NAME":("(?:[^"\\]|\\.)*")', text)
        assert [r.value for r in records if isinstance(r, Name) and r.type_text == "SUPP_NAME"] == [
            " ".join(json.loads(name).split()) for name in names
        ]
        assert not [r for r in records if isinstance(r, Reject)]
        counts.append((document.recorded_date.isoformat(), len(keys), permanent))
    assert counts[0] == ("2021-01-28", 1261, 415)
    assert counts[-1] == ("2026-02-22", 1370, 684)
