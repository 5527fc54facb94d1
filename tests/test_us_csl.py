"""The Consolidated Screening List, read by two sources: what each takes, and that together they account for every row."""

import csv
import io
from collections import Counter
from pathlib import Path

import pytest
from conftest import document_of

from pipeline.normalized import normalize
from pipeline.readers.xml import UnknownContent
from pipeline.records import Address, DatedStep, Fact, Instrument, Listing, Measure, Name, Target
from pipeline.sources import Source, load

SOURCES = load(("us_csl_bis", "us_csl_state"))
BIS, STATE = SOURCES["us_csl_bis"], SOURCES["us_csl_state"]


def parsed(path: Path, source: Source) -> list:
    return list(source.parse(document_of("us_csl", path, media_type="text/csv"), source))


@pytest.fixture(scope="module")
def sample(samples) -> Path:
    return samples / "us_csl" / "2022-05-06" / "consolidated.csv"


@pytest.fixture(scope="module")
def bis(sample) -> list:
    return parsed(sample, BIS)


@pytest.fixture(scope="module")
def state(sample) -> list:
    return parsed(sample, STATE)


def of(records: list, kind: type, target: str) -> list:
    return [record for record in records if isinstance(record, kind) and record.target_key == target]


def steps(records: list, target: str) -> list:
    return [
        (r.action, r.step, r.period.precision, str(r.period.earliest), r.instrument_number)
        for r in of(records, DatedStep, target)
    ]


def test_keys_are_composed_of_name_country_earliest_notice_and_ordinal(bis, state):
    assert [r.key for r in bis if isinstance(r, Target)] == [
        "Aerospace One, S.A.|GR||1", "Oriental Engineers|PK|82 FR 24245|1",
        "Gunther Migeotte|NO|75 FR 36516|1", "Gunther Migeotte|NO|75 FR 36516|2",
        "Cho-Man Wong|HK|76 FR No. 197 (10/12/2011)|1", "EKT Electronics|LB|73 FR 54507|1",
        "AECC Harbin Dongan Engine Co., Ltd.|CN|85 FR 83799|1", "Abu Trade LLC|AE||1",
        "I. ASH||68 FR 38290|1", "AL NASER AIRLINES||80 FR 30435|1",
    ]  # fmt: skip
    assert {r.key_kind for r in (*bis, *state) if isinstance(r, Target)} == {"composed"}
    assert {r.key for r in state if isinstance(r, Target)} == {
        "Abdul Qadeer Khan||Vol. 74, No. 11, 01/16/09|1", "Government of Syria||Vol. 78, No. 237, 12/10/13|1",
        "Government of Syria||Vol. 78, No. 175, 9/10/13|1", "Ronald W. Wiseman||83 FR 18112|1",
    }  # fmt: skip


def test_a_row_of_ofacs_own_lists_yields_nothing(bis, state):
    assert "'ABBAS, Rim" not in {r.name for r in (*bis, *state) if isinstance(r, Target)}


def test_each_list_is_a_measure_of_its_own(bis, state):
    types = {r.key: BIS.code("measure_type", r.type_text) for r in bis if isinstance(r, Measure)}
    assert types == {
        "Entity List|license requirement": "export_control",
        "Military End User List|license requirement": "export_control",
        "Unverified List|no license exceptions": "export_control",
        "Denied Persons List|denial of export privileges": "export_privilege_denial",
    }
    listed = [r.measure_key.split("|")[:2] for r in of(state, Listing, "Abdul Qadeer Khan||Vol. 74, No. 11, 01/16/09|1")]
    assert [name for _, name in listed] == ["E.O. 13382", "Export-Import Bank Act", "Nuclear Proliferation Prevention Act"]
    assert [(r.measure_key, r.basis) for r in of(state, Listing, "Ronald W. Wiseman||83 FR 18112|1")] == [
        ("AECA Debarred List|debarment from defense trade", "derived")
    ]


def test_two_addresses_of_a_denied_person_are_one_target_with_the_key_of_the_bureaus_own_file(bis):
    key = "AL NASER AIRLINES||80 FR 30435|1"
    assert [(r.text, r.country_text) for r in of(bis, Address, key)] == [
        ("HOME 46, AL-KARRADA, BABIL REGION, IQ", "IQ"), ("P.O. BOX 28360, DUBAI, UAE", "UAE")
    ]  # fmt: skip
    assert set(steps(bis, key)) == {
        ("amend", "effective", "day", "2021-11-17", None),  # a renewal: the order is of 2015
        ("expire", "unspecified", "day", "2022-05-16", None),
        ("list", "published", "day", "2015-05-28", "80 FR 30435"),
        ("amend", "published", "day", "2021-11-18", "86 FR 64435"),
    }


def test_a_start_date_later_than_the_earliest_notice_is_no_listing(bis):
    assert steps(bis, "EKT Electronics|LB|73 FR 54507|1") == [
        ("amend", "unspecified", "day", "2012-04-25", None),
        ("list", "published", "year", "2008-01-01", "73 FR 54507"),
        ("amend", "published", "year", "2012-01-01", "77 FR 24587"),
    ]
    published = [r for r in of(bis, DatedStep, "AECC Harbin Dongan Engine Co., Ltd.|CN|85 FR 83799|1") if r.step == "published"]
    assert published[0].period.derivation == "volume 85 of the Federal Register is that of 2020"


def test_a_start_date_in_the_year_17_stays_words(bis):
    key = "Oriental Engineers|PK|82 FR 24245|1"
    assert [(r.value, r.period) for r in of(bis, Fact, key) if r.kind_text == "start_date"] == [("0017-05-26", None)]
    assert {step[1] for step in steps(bis, key)} == {"published"}


def test_citations_are_instruments_in_one_spelling_and_others_stay_words(bis, state):
    acts = {r.number: r.url for r in bis if isinstance(r, Instrument)}
    assert acts["68 FR 38290"] == "https://www.federalregister.gov/citation/68-FR-38290"
    words = [r.value for r in of(bis, Fact, "Cho-Man Wong|HK|76 FR No. 197 (10/12/2011)|1")
             if r.kind_text == "federal_register_notice"]  # fmt: skip
    assert words == ["76 FR No. 197 (10/12/2011)"]
    assert not [r for r in state if isinstance(r, Instrument) and r.number.startswith("74")]


def test_names_addresses_and_licence_terms(bis):
    key = "EKT Electronics|LB|73 FR 54507|1"
    assert [r.value for r in of(bis, Name, key)] == ["EKT Electronics", "Katrangi Electronics", "Katranji Labs"]
    assert [r.country_text for r in of(bis, Address, key)] == ["LB", "Syria"]
    assert {"license_requirement", "license_policy"} <= {r.kind_text for r in of(bis, Fact, key)}


def test_nothing_of_the_sample_is_rejected(sample):
    for source in SOURCES.values():
        assert normalize(document_of("us_csl", sample, media_type="text/csv"), source)["rejects"].to_dicts() == []


@pytest.mark.parametrize(
    ("find", "put"),
    [
        ("Unverified List (UVL) -", "Unfriendly List (UFL) -"),
        (",Abu Trade LLC,,", ",Abu Trade LLC,Director,"),
        (",Chemical and Biological Weapons Act,", ",Space Weapons Act,"),
    ],
)
def test_an_unknown_list_column_or_law_stops_the_source(sample, tmp_path, find, put):
    text = sample.read_text(encoding="utf-8")
    assert find in text
    path = tmp_path / "2022-05-06" / "consolidated.csv"
    path.parent.mkdir()
    path.write_text(text.replace(find, put), encoding="utf-8")
    source = STATE if "Weapons" in put else BIS
    with pytest.raises(UnknownContent):
        parsed(path, source)


@pytest.mark.recordings
def test_every_row_of_the_real_document_is_accounted_for(recordings):
    path = recordings / "us_csl" / "2022-05-06" / "consolidated.csv.xz"
    text = document_of("us_csl", path, media_type="text/csv").text()
    found = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(found) == 14160
    count = Counter(row["source"] for row in found)
    assert count["Specially Designated Nationals (SDN) - Treasury Department"] == 10026
    for source, lists in ((BIS, 4), (STATE, 2)):
        records = parsed(path, source)
        own = [row for row in found if row["source"] in {table["word"] for table in source.facts["list"]}]
        assert len({row["source"] for row in own}) == lists
        assert set(count) == {table["word"] for table in source.facts["list"]} | set(source.facts["read_elsewhere"])
        by_address = {
            (" ".join(row["name"].split()), row["federal_register_notice"]) for row in own if "(DPL)" in row["source"]
        }
        others = sum("(DPL)" not in row["source"] for row in own)
        targets = sum(isinstance(r, Target) for r in records)
        assert others < targets <= others + len(by_address) if by_address else targets == others
        names = {" ".join(row["name"].split()) for row in own}
        assert {r.value for r in records if isinstance(r, Name) and r.type_text == "name"} == names
        starts = sum(bool(row["start_date"]) and row["start_date"] > "1936" for row in own if "(DPL)" not in row["source"])
        dated = [r for r in records if isinstance(r, DatedStep) and (r.source_step_key or "").startswith("start_date")]
        assert len({(r.target_key, r.source_step_key) for r in dated}) == starts
