"""OFAC's sdn.csv: every trap of the table has a claim here; the recordings are counted by an independent pass."""

import csv
import datetime as dt
import io
import lzma
from pathlib import Path

import pytest
from conftest import document_of

from pipeline.readers.delimited import UnknownColumns
from pipeline.records import DatedStep, Fact, Identifier, Listing, Measure, Name, Record, Reject, Target
from pipeline.sources import Source, load

BEFORE, AFTER = dt.date(2022, 2, 23), dt.date(2022, 3, 30)
DIRECTIVE_1 = "Sectoral Sanctions Identifications List|UKRAINE-EO13662|13662 Sectoral Directive 1"
DIRECTIVE_3 = "Non-SDN Menu-Based Sanctions List|RUSSIA-EO14024|Executive Order 14024 Directive 3"


@pytest.fixture(scope="module")
def source() -> Source:
    return load(("us_ofac_sdn_csv",))["us_ofac_sdn_csv"]


def sample(samples: Path, day: dt.date) -> Path:
    return samples / "us_ofac_sdn_csv" / day.isoformat() / "sdn.csv"


def read(source: Source, path: Path) -> list[Record]:
    return list(source.parse(document_of("us_ofac_sdn_csv", path, media_type="text/csv"), source))


@pytest.fixture(scope="module")
def records(samples: Path, source: Source) -> list[Record]:
    return read(source, sample(samples, AFTER))


def of(records: list[Record], kind: type, key: str) -> list:
    return [record for record in records if type(record) is kind and record.target_key == key]


def facts(records: list[Record], key: str, label: str) -> list[str]:
    return [fact.value for fact in of(records, Fact, key) if fact.kind_text == label]


def test_a_row_is_an_entry_under_the_publishers_own_number(records: list[Record]) -> None:
    targets = [record for record in records if isinstance(record, Target)]
    assert [target.key for target in targets] == ["36", "10386", "17013", "15001", "15002", "20001"]
    assert targets[1] == Target("10386", "individual", "MADANI, Karim", "/rows[ent_num='10386']")


def test_the_table_leaves_the_type_of_an_entity_empty(records: list[Record], source: Source) -> None:
    kind = next(record.type_text for record in records if isinstance(record, Target) and record.key == "36")
    assert (kind, source.code("target_type", kind)) == ("-0-", "organization")


def test_nothing_said_is_no_fact(records: list[Record]) -> None:
    assert of(records, Fact, "36") == []
    assert not any(fact.value == "-0-" for fact in records if isinstance(fact, Fact))


def test_the_ctrl_z_at_the_end_is_no_row(samples: Path) -> None:
    assert sample(samples, AFTER).read_bytes().endswith(b"\r\n\x1a")


def test_several_programmes_in_a_cell_are_several_listings(records: list[Record]) -> None:
    found = {(listing.measure_key, listing.basis) for listing in of(records, Listing, "10386")}
    assert found == {
        ("SDN List", "stated"), ("SDN List|SDGT|Block", "derived"), ("SDN List|IRGC|", "stated"), ("SDN List|IFSR|", "stated"),
    }  # fmt: skip


def test_measures_have_the_keys_of_the_advanced_xml(records: list[Record]) -> None:
    keys = {record.key: record.type_text for record in records if isinstance(record, Measure)}
    assert (keys["SDN List"], keys["SDN List|SDGT|Block"], keys["SDN List|IFSR|"]) == ("SDN List", "Block", "Program")


def test_a_directive_told_in_the_remarks_belongs_to_its_programme_and_the_block_to_the_other(records: list[Record]) -> None:
    found = {listing.measure_key: listing.basis for listing in of(records, Listing, "17013")}
    assert found == {
        "SDN List": "stated", DIRECTIVE_1: "stated", DIRECTIVE_3: "stated", "SDN List|RUSSIA-EO14024|Block": "derived",
    }  # fmt: skip


def test_a_directive_is_listed_on_one_day_and_effective_on_another(records: list[Record]) -> None:
    steps = [(step.measure_key, step.step, step.period.earliest) for step in of(records, DatedStep, "17013")]
    assert steps == [
        (DIRECTIVE_3, "unspecified", dt.date(2022, 2, 24)), (DIRECTIVE_3, "effective", dt.date(2022, 3, 26)),
    ]  # fmt: skip


def test_a_programme_that_cannot_block_stands_on_its_own_list(records: list[Record]) -> None:
    assert {listing.measure_key for listing in of(records, Listing, "20001")} == {
        "SDN List", "SDN List|ZIMBABWE|Block", "FSE List|FSE-SY|Reject",
    }  # fmt: skip


def test_birth_dates_are_read_from_the_remarks(records: list[Record]) -> None:
    births = [fact for fact in of(records, Fact, "10386") if fact.kind_text == "Birthdate"]
    assert [(fact.value, fact.note) for fact in births] == [("12 Mar 1960", None), ("circa 1958", "alternative")]
    assert births[0].period.earliest == dt.date(1960, 3, 12)
    assert (births[1].period.precision, births[1].period.is_approximate) == ("year", True)


def test_nationality_and_citizenship_are_countries(records: list[Record]) -> None:
    found = {fact.kind_text: fact.country_text for fact in of(records, Fact, "10386") if fact.country_text}
    assert found == {"Nationality Country": "Iran", "Citizenship Country": "Syria"}


def test_identifiers_keep_their_value_as_written_with_country_and_days(records: list[Record]) -> None:
    passport, other, national = of(records, Identifier, "10386")
    assert (passport.type_text, passport.value, passport.country_text) == ("Passport", "A 0003456", "Iran")
    assert (passport.issued.earliest, passport.expires.earliest) == (dt.date(1999, 6, 23), dt.date(2004, 2, 5))
    assert (other.value, other.note) == ("K123", "alternative")
    assert (national.value, national.country_text) == ("12345 (Stuttgart)", "Germany")  # only the last brackets are a country


def test_a_weak_alias_stands_in_the_remarks(records: list[Record]) -> None:
    assert [(name.value, name.type_text) for name in of(records, Name, "10386")] == [
        ("MADANI, Karim", "Name"), ("THE ENGINEER", "a.k.a. (weak)"),
    ]  # fmt: skip


def test_what_is_not_regular_stays_as_remarks_and_the_whole_column_stays_too(records: list[Record]) -> None:
    assert facts(records, "10386", "Remarks") == ["deputy of a workshop"]
    whole = facts(records, "10386", "Remarks column")[0]
    assert whole.startswith("DOB 12 Mar 1960; ")
    assert whole.endswith("Linked To: QOM WORKSHOP.")
    assert facts(records, "10386", "Linked To:") == ["QOM WORKSHOP"]


def test_a_ship_has_its_call_sign_flag_and_imo_number(records: list[Record]) -> None:
    assert [(found.type_text, found.value) for found in of(records, Identifier, "15001")] == [
        ("Vessel Call Sign", "T2XX4"), ("Vessel Registration Identification (IMO)", "IMO 9187629"), ("MMSI", "572469210"),
    ]  # fmt: skip
    assert facts(records, "15001", "Vessel Tonnage") == ["318,000"]
    assert facts(records, "15001", "Former Vessel Flag") == ["Malta", "Tuvalu"]


def test_a_date_in_a_fact_is_read(records: list[Record]) -> None:
    built = next(fact for fact in of(records, Fact, "15002") if fact.kind_text == "Aircraft Manufacture Date")
    assert (built.value, built.period.precision) == ("1992", "year")


def test_the_part_that_the_publisher_cut_is_no_identifier(records: list[Record]) -> None:
    assert of(records, Identifier, "20001") == []
    whole = next(fact for fact in of(records, Fact, "20001") if fact.kind_text == "Remarks column")
    assert (len(whole.value), whole.note) == (1_000, "cut by the publisher at 1,000 characters")


def test_one_row_came(samples: Path, source: Source, records: list[Record]) -> None:
    before = {record.key for record in read(source, sample(samples, BEFORE)) if isinstance(record, Target)}
    assert {record.key for record in records if isinstance(record, Target)} - before == {"17013"}


def test_another_width_stops_the_source(samples: Path, source: Source, tmp_path: Path) -> None:
    path = tmp_path / AFTER.isoformat() / "sdn.csv"
    path.parent.mkdir()
    path.write_bytes(sample(samples, AFTER).read_bytes().replace(b"36,", b"36,1,", 1))
    with pytest.raises(UnknownColumns, match="12 columns"):
        read(source, path)


def test_an_unknown_programme_is_rejected(samples: Path, source: Source, tmp_path: Path) -> None:
    path = tmp_path / AFTER.isoformat() / "sdn.csv"
    path.parent.mkdir()
    path.write_bytes(sample(samples, AFTER).read_bytes().replace(b'"CUBA"', b'"NOVELTY"'))
    rejects = [record for record in read(source, path) if isinstance(record, Reject)]
    assert [(reject.reason, reject.raw, reject.target_key) for reject in rejects] == [("unknown_label", "NOVELTY", "36")]


@pytest.mark.recordings
@pytest.mark.parametrize(("day", "count"), [("2022-02-23", 9_121), ("2022-03-30", 9_814), ("2024-05-01", 14_966)])
def test_a_recorded_state_is_accounted_for(recordings: Path, source: Source, day: str, count: int) -> None:
    path = recordings / "us_ofac_sdn_csv" / day / "sdn.csv.xz"
    text = lzma.decompress(path.read_bytes()).decode("ascii")
    rows = [row for row in csv.reader(io.StringIO(text, newline="")) if len(row) == 12]
    assert len(rows) == count
    records = read(source, path)
    assert [record.key for record in records if isinstance(record, Target)] == [row[0] for row in rows]
    programmes = sum(row[3].count("] [") + 1 for row in rows)
    assert len({(key.target_key, key.measure_key.split("|")[1]) for key in _under_programmes(records)}) == programmes
    remarks = [row[11].strip() for row in rows if row[11].strip() != "-0-"]
    kept = {(fact.kind_text, fact.target_key) for fact in records if isinstance(fact, Fact) and "Remarks" in fact.kind_text}
    assert len({key for _, key in kept}) == len(remarks)
    births = sum(text.count(f"{mark}DOB ") for mark in ('"', "; ", "; alt. "))
    cut = sum(row[11].strip().split("; ")[-1].startswith(("DOB", "alt. DOB")) for row in rows if len(row[11]) == 1_000)
    assert sum(isinstance(fact, Fact) and fact.kind_text == "Birthdate" for fact in records) == births - cut
    assert [record for record in records if isinstance(record, Reject)] == []


def _under_programmes(records: list[Record]) -> list[Listing]:
    return [record for record in records if isinstance(record, Listing) and "|" in record.measure_key]


@pytest.mark.recordings
def test_between_february_and_march_2022_694_came_and_one_went(recordings: Path, source: Source) -> None:
    before, after = (
        {
            record.key
            for record in read(source, recordings / "us_ofac_sdn_csv" / day / "sdn.csv.xz")
            if isinstance(record, Target)
        }
        for day in ("2022-02-23", "2022-03-30")
    )
    assert (len(after - before), len(before - after)) == (694, 1)
