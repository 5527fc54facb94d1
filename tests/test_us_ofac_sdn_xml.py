"""OFAC's sdn.xml: every trap of the format has a claim here; the recording is counted by an independent pass."""

import datetime as dt
import lzma
import re
from collections import Counter
from pathlib import Path

import pytest
from conftest import document_of

from pipeline.readers.ofac_sdn_list import IncompleteList
from pipeline.readers.xml import UnknownContent
from pipeline.records import Address, DatedStep, Fact, Identifier, Listing, Name, Record, Reject, Target
from pipeline.sources import Source, load

DAY = "2024-05-07"


@pytest.fixture(scope="module")
def source() -> Source:
    return load(("us_ofac_sdn_xml",))["us_ofac_sdn_xml"]


@pytest.fixture(scope="module")
def path(samples: Path) -> Path:
    return samples / "us_ofac_sdn_xml" / DAY / "sdn.xml"


@pytest.fixture(scope="module")
def records(path: Path, source: Source) -> list[Record]:
    return list(source.parse(document_of("us_ofac_sdn_xml", path), source))


def of(records: list[Record], kind: type, key: str) -> list:
    return [record for record in records if type(record) is kind and record.target_key == key]


def test_an_entry_has_the_key_of_the_other_formats(records: list[Record]) -> None:
    assert next(record for record in records if isinstance(record, Target)) == Target(
        "10386", "Individual", "MADANI, Karim", "//sdnEntry[uid='10386']"
    )


def test_aliases_are_strong_weak_or_former(records: list[Record]) -> None:
    assert [(name.value, name.type_text) for name in of(records, Name, "10386")] == [
        ("MADANI, Karim", "Name"), ("AL-MADANI, Karim", "a.k.a."),
        ("MADANI, Reza", "f.k.a."), ("THE ENGINEER", "a.k.a. (weak)"),
    ]  # fmt: skip


def test_birth_dates_are_a_day_a_circa_year_and_a_range(records: list[Record]) -> None:
    births = [fact for fact in of(records, Fact, "10386") if fact.kind_text == "Birthdate"]
    assert [(fact.period.precision, fact.period.earliest, fact.period.is_approximate, fact.note) for fact in births] == [
        ("day", dt.date(1960, 3, 12), False, None),
        ("year", dt.date(1958, 1, 1), True, "not the main entry"),
        ("between", dt.date(1957, 1, 1), False, "not the main entry"),
    ]


def test_the_dumping_ground_of_ids_holds_identifiers_and_facts(records: list[Record], source: Source) -> None:
    (passport,) = of(records, Identifier, "10386")
    assert (passport.value, passport.country_text, passport.issued.earliest, passport.expires.earliest) == (
        "A 0003456", "Iran", dt.date(1999, 6, 23), dt.date(2004, 2, 5),
    )  # fmt: skip
    found = {fact.kind_text: fact.value for fact in of(records, Fact, "10386")}
    assert (found["Gender"], found["Additional Sanctions Information -"]) == ("Male", "Subject to Secondary Sanctions")
    assert source.code("fact", "Gender") == "gender"


def test_an_address_is_one_line_and_its_parts(records: list[Record]) -> None:
    assert of(records, Address, "10386") == [
        Address("10386", "12 Azadi Street, Floor 3, Yazd, 89100", "Yazd", None, "89100", "Iran")
    ]


def test_a_ship_has_its_call_sign_and_imo_number(records: list[Record]) -> None:
    assert [(found.type_text, found.value) for found in of(records, Identifier, "15001")] == [
        ("Vessel Registration Identification (IMO)", "IMO 9187629"), ("Vessel Call Sign", "T2XX4"),
    ]  # fmt: skip
    assert {fact.kind_text for fact in of(records, Fact, "15001")} == {
        "Former Vessel Flag", "VESSEL TYPE", "Vessel Flag", "Vessel Owner", "Vessel Tonnage", "Vessel Gross Registered Tonnage",
    }  # fmt: skip


def test_the_listings_are_those_of_sdn_csv(records: list[Record], samples: Path) -> None:
    table = load(("us_ofac_sdn_csv",))["us_ofac_sdn_csv"]
    rows = samples / "us_ofac_sdn_csv" / "2022-03-30" / "sdn.csv"
    csv_records = list(table.parse(document_of("us_ofac_sdn_csv", rows, media_type="text/csv"), table))
    for key in ("10386", "17013", "15001", "15002"):
        assert of(records, Listing, key) == of(csv_records, Listing, key)
        assert [step[:5] for step in of(records, DatedStep, key)] == [step[:5] for step in of(csv_records, DatedStep, key)]


def changed(path: Path, source: Source, tmp_path: Path, old: str, new: str) -> list[Record]:
    text = path.read_text(encoding="utf-8")
    assert old in text
    other = tmp_path / DAY / "sdn.xml"
    other.parent.mkdir()
    other.write_text(text.replace(old, new, 1), encoding="utf-8")
    return list(source.parse(document_of("us_ofac_sdn_xml", other), source))


def test_another_number_of_entries_than_the_file_says_is_no_list(path: Path, source: Source, tmp_path: Path) -> None:
    with pytest.raises(IncompleteList, match="expected 5 entries, as Record_Count says; came 4"):
        changed(path, source, tmp_path, "<Record_Count>4<", "<Record_Count>5<")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<sdnType>Individual</sdnType>", "<sdnType>Individual</sdnType><novelty/>"),
        ("<category>strong</category>", "<category>middling</category>"),
        ("<idType>Gender</idType>", "<idType>Gender</idType><novelty/>"),
        ("<callSign>", "<novelty/><callSign>"),
        ("<mainEntry>true</mainEntry>", "<mainEntry>true</mainEntry><novelty/>"),
        ("  <sdnEntry>", "  <novelty/><sdnEntry>"),
    ],
)
def test_unknown_content_is_news(path: Path, source: Source, tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(UnknownContent):
        changed(path, source, tmp_path, old, new)


@pytest.mark.recordings
def test_the_state_of_2024_05_07_is_accounted_for_to_the_last_element(recordings: Path, source: Source) -> None:
    path = recordings / "us_ofac_sdn_xml" / DAY / "sdn.xml.xz"
    raw = lzma.decompress(path.read_bytes())
    counted = Counter(
        name.decode() for name in re.findall(rb"<(sdnEntry|aka|address|id|program|\w+Item|nationality|title)>", raw)
    )
    assert counted["sdnEntry"] == 14_966
    records = list(source.parse(document_of("us_ofac_sdn_xml", path), source))
    kinds = Counter(type(record).__name__ for record in records)
    assert kinds["Target"] == 14_966
    assert kinds["Name"] == 14_966 + counted["aka"]
    assert kinds["Address"] == counted["address"]
    labels = Counter(fact.kind_text for fact in records if isinstance(fact, Fact))
    assert labels["Birthdate"] == counted["dateOfBirthItem"]
    assert labels["Place of Birth"] == counted["placeOfBirthItem"]
    assert labels["Nationality Country"] == counted["nationality"]
    assert labels["Title"] == counted["title"]
    unread = [fact for fact in records if isinstance(fact, Fact) and fact.kind_text == "Birthdate" and fact.period is None]
    assert unread == []
    under = [record for record in records if isinstance(record, Listing) and "|" in record.measure_key]
    assert len({(listing.target_key, listing.measure_key.split("|")[1]) for listing in under}) == counted["program"]
    assert [record for record in records if isinstance(record, Reject)] == []
