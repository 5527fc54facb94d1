"""Australia's list: rows are names, flags are measures, and the day of the last change is no listing."""

import datetime as dt
import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from conftest import document_of
from lxml import etree
from workbooks import write_workbook

from pipeline.documents.recordings import Recordings
from pipeline.normalized import normalize
from pipeline.readers.workbook import sheets
from pipeline.records import (
    Address,
    DatedStep,
    Fact,
    Identifier,
    Instrument,
    Listing,
    Measure,
    MeasureInstrument,
    Name,
    Reject,
    Target,
)  # fmt: skip
from pipeline.sources import load
from pipeline.sources.au_dfat import UnknownContent, _instrument_title, _parts

SOURCE = load(("au_dfat",))["au_dfat"]
NEW = Path("au_dfat") / "2026-08-02" / "Australian_Sanctions_Consolidated_List.xlsx"
OLD = Path("au_dfat") / "2024-01-15" / "regulation8_consolidated.xlsx"


def parsed(path: Path) -> list:
    return list(SOURCE.parse(document_of("au_dfat", path), SOURCE))


def of(records: list, kind: type, target: str) -> list:
    return [record for record in records if isinstance(record, kind) and record.target_key == target]


def steps(records: list, target: str, flag: str) -> list:
    return sorted(
        (
            (r.action, r.period.precision, r.period.latest)
            for r in of(records, DatedStep, target)
            if r.measure_key.endswith(flag)
        ),
        key=lambda step: (step[2], step[0]),
    )


def values(records: list, target: str, label: str) -> list:
    return [r.value for r in of(records, Fact, target) if r.kind_text == label]


@pytest.fixture(scope="module")
def new(samples) -> list:
    return parsed(samples / NEW)


@pytest.fixture(scope="module")
def old(samples) -> list:
    return parsed(samples / OLD)


def changed(samples, tmp_path: Path, row: int, column: str, cell: object) -> list:
    (sheet,) = sheets(document_of("au_dfat", samples / NEW))
    rows = [list(cells) for cells in sheet.rows]
    rows[row][rows[0].index(column)] = cell
    return parsed(write_workbook(tmp_path / "2026-08-02" / "list.xlsx", {sheet.name: rows}))


# ---- Entries and names ----
def test_the_rows_of_one_reference_number_are_one_target(new):
    targets = [r for r in new if isinstance(r, Target)]
    assert [r.key for r in targets] == ["2", "30", "31", "40", "50", "60"]
    assert targets[0].locator == "/rows[Reference='2']"
    assert targets[0].name == "MOHAMMAD EXAMPLE AKHUND"


def test_every_row_is_a_name_with_its_strength(new):
    assert [(r.value, r.type_text) for r in of(new, Name, "2")] == [
        ("MOHAMMAD EXAMPLE AKHUND", "Primary Name"), ("محمد مثال", "Original Script"), ("M. Example", "Alias, Weak"),
    ]  # fmt: skip


def test_what_every_row_repeats_is_one_fact(new):
    assert values(new, "2", "Additional Information") == ["TAi.902. Title: a) Mullah b) Haji. Belongs to a sample tribe."]
    assert values(new, "2", "Date of Birth") == ["Approximately 1963", "30/01/1972"]
    assert values(new, "60", "Additional Information") == []  # na


def test_lists_with_letters_are_several_places(new):
    assert values(new, "2", "Place of Birth") == [
        "Sample village, Kandahar Province, Afghanistan", "Nahr, Uruzgan Province, Afghanistan",
    ]  # fmt: skip
    assert _parts("Built in 1980 a) by hand") == ["Built in 1980 a) by hand"]
    assert _parts("a) Kabul c) Herat") == ["a) Kabul c) Herat"]


def test_the_country_of_a_place_is_told_only_where_the_place_ends_with_it(new):
    assert of(new, Address, "2") == [Address("2", "Kabul, Afghanistan", country_text="Afghanistan")]
    assert of(new, Address, "31") == [Address("31", "Moscow 141411 Russia")]


def test_several_citizenships_are_several_facts(new):
    assert values(new, "2", "Citizenship") == ["Afghanistan", "Pakistan"]


def test_births_are_read_from_every_type_of_cell(new, old):
    born = {key: [r.period.earliest for r in of(new, Fact, key) if r.kind_text == "Date of Birth"] for key in ("30", "40", "2")}
    assert born["30"] == [dt.date(1955, 12, 26)]
    assert born["40"] == [dt.date(1958, 1, 1)]
    assert born["2"] == [dt.date(1963, 1, 1), dt.date(1972, 1, 30)]
    periods = [r.period for r in of(old, Fact, "2") if r.kind_text == "Date of Birth"]
    assert [(p.earliest, p.latest) for p in periods] == [
        (dt.date(1955, 3, 10), dt.date(1955, 3, 10)),  # 20158, a serial number
        (dt.date(1955, 3, 1), dt.date(1955, 3, 31)),
        (dt.date(1955, 1, 1), dt.date(1958, 12, 31)),
    ]


def test_numbers_of_ships_and_of_other_registers_are_identifiers(new):
    assert of(new, Identifier, "50") == [Identifier("50", "IMO Number", "9288693")]
    assert of(new, Identifier, "2") == [Identifier("2", "UN reference number", "TAi.902")]


# ---- Measures ----
def test_each_flag_is_a_measure_of_its_committee(new):
    assert [(r.measure_key, r.basis, r.origin) for r in of(new, Listing, "2")] == [
        ("1988 (Taliban)|Targeted Financial Sanction", "stated", "un"),
        ("1988 (Taliban)|Travel Ban", "stated", "un"),
        ("1988 (Taliban)|Arms Embargo", "stated", "un"),
    ]
    assert [r.measure_key for r in of(new, Listing, "31")] == ["Autonomous (Russia)|Targeted Financial Sanction"]
    assert [r.measure_key for r in of(new, Listing, "50")] == ["Autonomous (Vessels)|Maritime Restriction"]


def test_a_listing_of_the_minister_under_resolution_1373_is_australias_own(new):
    assert {key: of(new, Listing, key)[0].origin for key in ("60", "30", "40")} == {"60": "own", "30": "own", "40": "un"}


def test_the_layout_without_flags_says_no_more_than_the_list(old):
    (listing,) = of(old, Listing, "2")
    assert (listing.measure_key, listing.basis) == ("1988 (Taliban)|Consolidated List", "stated")


def test_measures_rest_on_the_regulations_that_give_the_power(new):
    links = {(r.measure_key, r.number, r.provision_text) for r in new if isinstance(r, MeasureInstrument)}
    assert (
        "Autonomous (Vessels)|Maritime Restriction",
        "Autonomous Sanctions Regulations 2011",
        "regulations 8 and 16",
    ) in links
    taliban = "Charter of the United Nations (Sanctions—the Taliban) Regulation 2013"
    assert ("1988 (Taliban)|Travel Ban", taliban, None) in links


def test_only_measures_that_the_document_names_are_told(new):
    assert len([r for r in new if isinstance(r, Measure)]) == 3 + 2 + 1 + 3 + 1 + 1


# ---- Days ----
def test_days_in_a_sentence_list_and_amend(new):
    assert steps(new, "2", "Travel Ban") == [
        ("list", "day", dt.date(2001, 1, 25)),
        ("amend", "day", dt.date(2003, 9, 3)),
        ("amend", "day", dt.date(2005, 12, 20)),
        ("amend", "day", dt.date(2007, 7, 9)),
        ("amend", "day", dt.date(2026, 4, 14)),  # Control Date, the last change
    ]


def test_relistings_are_listed_steps_and_a_control_date_among_them_is_no_change(new):
    assert steps(new, "30", "Travel Ban") == [
        ("list", "day", dt.date(2014, 9, 2)),
        ("list", "day", dt.date(2017, 9, 1)),
        ("list", "day", dt.date(2020, 8, 28)),
        ("list", "day", dt.date(2023, 8, 27)),
    ]


def test_without_a_day_of_listing_the_control_date_is_the_latest_that_it_can_be(new):
    (step,) = of(new, DatedStep, "31")
    assert (step.action, step.period.earliest, step.period.latest, step.period.precision) == (
        "list", None, dt.date(2022, 4, 21), "not_after"
    )  # fmt: skip
    assert step.period.derivation
    assert step.instrument_number == (
        "Autonomous Sanctions (Designated Persons and Entities and Declared Persons—Russia and Ukraine) "
        "Amendment (No. 13) Instrument 2022"
    )


def test_a_day_that_belongs_to_one_measure_is_not_crossed_with_the_others(new):
    assert steps(new, "40", "Travel Ban")[0] == ("list", "day", dt.date(2011, 2, 26))
    assert steps(new, "40", "Targeted Financial Sanction")[0] == ("list", "day", dt.date(2011, 3, 17))
    assert [step for step in steps(new, "40", "Arms Embargo") if step[0] == "list"] == [
        ("list", "not_after", dt.date(2026, 2, 20))
    ]


def test_a_listing_that_the_minister_continues_is_renewed(new):
    assert steps(new, "60", "Targeted Financial Sanction") == [
        ("list", "day", dt.date(2015, 2, 24)),
        ("renew", "day", dt.date(2018, 2, 8)),
        ("renew", "day", dt.date(2020, 10, 12)),
        ("list", "day", dt.date(2025, 9, 13)),
    ]


def test_a_day_in_place_of_an_instrument_stays_in_its_words(new):
    assert values(new, "60", "Instrument of Designation") == ["2024-03-01"]


def test_an_instrument_has_one_title_whatever_dash_the_list_writes(new):
    titles = [r.number for r in new if isinstance(r, Instrument) and "No. 13" in r.number]
    assert len(set(titles)) == 1
    assert _instrument_title("Autonomous Sanctions (Declared Persons-Ukraine) Amendment (No. 4) Instrument 2022") == (
        "Autonomous Sanctions (Declared Persons—Ukraine) Amendment (No. 4) Instrument 2022"
    )
    assert "Anti-terrorism" in _instrument_title("Charter of United Nations (Anti-terrorism – Persons and Entities) List 2002")


# ---- Strictness and codes ----
def test_a_new_column_stops_the_source(samples, tmp_path):
    with pytest.raises(UnknownContent, match="Shoe Size"):
        changed(samples, tmp_path, 0, "Travel Ban", "Shoe Size")


def test_a_new_committee_stops_the_source(samples, tmp_path):
    with pytest.raises(UnknownContent, match="9999"):
        changed(samples, tmp_path, 4, "Committees", "9999 (Atlantis)")


def test_a_flag_that_is_neither_true_nor_false_stops_the_source(samples, tmp_path):
    with pytest.raises(UnknownContent, match="maybe"):
        changed(samples, tmp_path, 4, "Travel Ban", "maybe")


def test_a_reference_that_is_no_number_stops_the_source(samples, tmp_path):
    with pytest.raises(UnknownContent, match="A-7"):
        changed(samples, tmp_path, 4, "Reference", "A-7")


def test_a_second_sheet_stops_the_source(samples, tmp_path):
    (sheet,) = sheets(document_of("au_dfat", samples / NEW))
    with pytest.raises(UnknownContent, match="Delisted"):
        parsed(write_workbook(tmp_path / "2026-08-02" / "list.xlsx", {sheet.name: sheet.rows, "Delisted": [["x"]]}))


def test_a_name_type_of_a_new_spelling_is_a_reject_and_not_a_guess(samples, tmp_path):
    changed(samples, tmp_path, 3, "Name Type", "Nom de guerre")
    frames = normalize(document_of("au_dfat", tmp_path / "2026-08-02" / "list.xlsx"), SOURCE)
    assert frames["rejects"]["reason_code"].to_list() == ["unknown_label"]


@pytest.mark.parametrize("state", [NEW, OLD])
def test_words_become_codes(samples, state):
    frames = normalize(document_of("au_dfat", samples / state), SOURCE)
    assert frames["rejects"].is_empty()
    assert (
        frames["target_addresses"].filter(frames["target_addresses"]["country_text"].is_not_null())["country_code"].null_count()
        == 0
    )
    expected = {"asset_freeze", "travel_ban", "arms_embargo", "port_vessel_ban"} if state == NEW else {"listing"}
    assert set(frames["measures"]["measure_type_code"]) == expected


# ---- Recordings ----
def cells_of(path: Path) -> list[dict[str, str]]:
    """The cells of the recorded workbook by column letter, read from its XML without the reader."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(path) as archive:
        shared = [
            "".join(node.text or "" for node in item.iter(f"{space}t"))
            for item in etree.fromstring(archive.read("xl/sharedStrings.xml"))
        ]
        rows = []
        for _, row in etree.iterparse(archive.open("xl/worksheets/sheet1.xml"), tag=f"{space}row"):
            cells = {}
            for cell in row:
                value = cell.findtext(f"{space}v")
                if value is not None:
                    letters = re.match("[A-Z]+", cell.get("r"))[0]
                    cells[letters] = shared[int(value)] if cell.get("t") == "s" else value
            rows.append(cells)
            row.clear()
    return [row for row in rows if row]


@pytest.mark.recordings
def test_every_row_of_the_recorded_workbook_is_accounted_for(recordings):
    (document,) = Recordings(recordings).documents("au_dfat")
    header, *rows = cells_of(document.path)
    letter = {name: place for place, name in header.items()}
    records = list(SOURCE.parse(document, SOURCE))
    numbers = Counter(re.match(r"\d+", row[letter["Reference"]])[0] for row in rows)
    assert (len(rows), len(numbers)) == (11068, 3846)
    assert [r.key for r in records if isinstance(r, Target)] == list(numbers)
    names = {
        (re.match(r"\d+", row[letter["Reference"]])[0], " ".join(row[letter["Name of Individual or Entity"]].split()))
        for row in rows
    }
    assert names == {(r.target_key, r.value) for r in records if isinstance(r, Name)}
    flagged = {
        (re.match(r"\d+", row[letter["Reference"]])[0], flag)
        for row in rows
        for flag in ("Targeted Financial Sanction", "Travel Ban", "Arms Embargo", "Maritime Restriction")
        if row[letter[flag]] == "1"
    }
    assert flagged == {(r.target_key, r.measure_key.rsplit("|")[-1]) for r in records if isinstance(r, Listing)}
    imo = {row[letter["IMO Number"]].removesuffix(".0") for row in rows if letter["IMO Number"] in row}
    assert imo - {""} == {r.value for r in records if isinstance(r, Identifier) and r.type_text == "IMO Number"}
    listed = {(r.target_key, r.measure_key) for r in records if isinstance(r, DatedStep) and r.action == "list"}
    assert listed == {(r.target_key, r.measure_key) for r in records if isinstance(r, Listing)}
    assert not [r for r in records if isinstance(r, Reject)]
