"""The Treasury's list until 2026: every trap has a claim here; the recordings are counted by an independent pass."""

import csv
import datetime as dt
import io
import re
from pathlib import Path

import pytest
from conftest import document_of

from pipeline.documents.judgement import RefusedError, inspect
from pipeline.normalized import normalize
from pipeline.readers.delimited import UnknownColumns
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
    Programme,
    Reject,
    Target,
)
from pipeline.sources import load
from pipeline.sources.gb_ofsi_conlist import _DOCUMENT, HEADER, _parts

SOURCE = load(("gb_ofsi_conlist",))["gb_ofsi_conlist"]
FOLDER = Path("gb_ofsi_conlist")


def parsed(path: Path) -> list:
    return list(SOURCE.parse(document_of("gb_ofsi_conlist", path, media_type="text/csv"), SOURCE))


def of(records: list, kind: type, target: str) -> list:
    return [record for record in records if isinstance(record, kind) and record.target_key == target]


@pytest.fixture(scope="module")
def old(samples) -> list:
    return parsed(samples / FOLDER / "2014-04-23" / "ConList.csv")


@pytest.fixture(scope="module")
def new(samples) -> list:
    return parsed(samples / FOLDER / "2018-10-25" / "ConList.csv")


def changed(samples, tmp_path: Path, find: str, put: str) -> list:
    text = (samples / FOLDER / "2014-04-23" / "ConList.csv").read_bytes().decode("cp1252")
    assert find in text
    path = tmp_path / "2014-04-23" / "ConList.csv"
    path.parent.mkdir()
    path.write_bytes(text.replace(find, put, 1).encode("cp1252"))
    return parsed(path)


# ---- The file ----
@pytest.mark.parametrize(("day", "inside", "rows"), [("2014-04-23", "2014-04-02", 9), ("2018-10-25", "2018-04-13", 5)])
def test_the_first_line_of_two_or_of_29_cells_is_the_date_and_no_row(samples, day, inside, rows):
    document = document_of("gb_ofsi_conlist", samples / FOLDER / day / "ConList.csv", media_type="text/csv")
    found = inspect(document, SOURCE.document)
    assert (found.published_date, found.entry_count) == (dt.date.fromisoformat(inside), rows)


def test_a_row_that_is_cut_off_is_refused(samples, tmp_path):
    path = tmp_path / "2014-04-23" / "ConList.csv"
    path.parent.mkdir()
    path.write_bytes((samples / FOLDER / "2014-04-23" / "ConList.csv").read_bytes()[:-40])
    with pytest.raises(RefusedError) as refusal:
        inspect(document_of("gb_ofsi_conlist", path, media_type="text/csv"), SOURCE.document)
    assert refusal.value.reason == "truncated"


def test_curly_quotes_dashes_and_accents_are_read_in_their_code_page(old):
    (remark,) = [r.value for r in of(old, Fact, "12001") if r.kind_text == "Other Information"]
    assert remark == "Exports – and imports – samples. Also in Café Street."
    assert "Mother’s name" in next(r.value for r in of(old, Fact, "7001") if r.kind_text == "Other Information")


@pytest.mark.parametrize(
    "put", ["Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Rank", "Name 6,Name 2,Name 1,Name 3,Name 4,Name 5,Title"]
)
def test_another_header_stops_the_source(samples, tmp_path, put):
    with pytest.raises(UnknownColumns):
        changed(samples, tmp_path, "Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title", put)


# ---- Targets and names ----
def test_the_rows_of_a_group_are_one_target_wherever_they_stand(old):
    assert [(r.key, r.type_text, r.name, r.locator) for r in old if isinstance(r, Target)] == [
        ("7001", "Individual", "Nabil Ben EXAMPLE", "/rows[Group ID='7001']"),
        ("12001", "Entity", "EXAMPLE TRADING COMPANY", "/rows[Group ID='12001']"),
        ("10638", "Individual", "Ali SAMPLE", "/rows[Group ID='10638']"),
        ("6990", "Entity", "SAMPLE FRONT", "/rows[Group ID='6990']"),
    ]
    assert [r for r in old if isinstance(r, Reject)] == []


def test_each_name_is_told_once_under_its_kind(old):
    assert [(r.value, r.type_text) for r in of(old, Name, "7001")] == [
        ("ABU SAMPLE", "AKA"),
        ("Nabil Ben EXAMPLE", "Prime Alias"),
    ]
    assert [(r.value, r.type_text) for r in of(old, Name, "6990")] == [("FORMER NAME", "FKA"), ("SAMPLE FRONT", "Prime Alias")]


# ---- Facts ----
def test_noughts_in_a_date_of_birth_leave_a_month_or_a_year(old):
    births = [(r.value, r.period.precision, r.period.earliest) for r in of(old, Fact, "7001") if r.kind_text == "DOB"]
    assert births == [("00/00/1955", "year", dt.date(1955, 1, 1)), ("28/11/1963", "day", dt.date(1963, 11, 28))]
    (birth,) = [r for r in of(old, Fact, "10638") if r.kind_text == "DOB"]
    assert birth.period[:3] == (dt.date(1960, 4, 1), dt.date(1960, 4, 30), "month")


def test_enumerations_are_taken_apart(old):
    facts = of(old, Fact, "7001")
    assert [(r.value, r.country_text) for r in facts if r.kind_text == "Nationality"] == [
        ("Tunisian", "Tunisian"), ("Saudi Arabian", "Saudi Arabian")
    ]  # fmt: skip
    assert [(r.value, r.country_text) for r in facts if r.kind_text == "Place of Birth"] == [
        ("Sampleville, Tunisia", "Tunisia"), ("Exampletown, Tunisia", "Tunisia")
    ]  # fmt: skip
    assert [r.value for r in facts if r.kind_text == "Position"] == ["General", "Minister for Samples"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("(1) to (6) Algeria (7) Morocco", ["Algeria", "Morocco"]),
        ("(1) Tunis (2)-(3) -", ["Tunis"]),
        ("1) Uzbek 2) Afghan", ["Uzbek", "Afghan"]),
        ("a) French, b) Tunisian", ["French", "Tunisian"]),
        ("Deputy (Cultural) Minister", ["Deputy (Cultural) Minister"]),
        ("", []),
    ],
)
def test_what_an_enumeration_is(text, parts):
    assert _parts(text) == parts


def test_a_document_with_a_number_is_an_identifier_and_any_other_a_fact(old):
    assert [(r.type_text, r.value, r.country_text, r.note) for r in of(old, Identifier, "7001")] == [
        ("UN Ref", "QI.E.64.02", None, None),
        ("Passport Details", "K815205", "Tunisian", "Issued on 17 Sept 1994. Expired on 16 Sept 1999"),
    ]
    kept = [(r.kind_text, r.value) for r in of(old, Fact, "7001") if r.kind_text in ("Passport Details", "NI Number")]
    assert kept == [
        ("Passport Details", "Also travelled on a borrowed document"), ("NI Number", "Italian Fiscal Code SMPLNL65H01Z352X")
    ]  # fmt: skip


def test_a_document_that_the_list_calls_false_is_not_valid(old):
    (passport,) = [r for r in of(old, Identifier, "10638") if r.type_text == "Passport Details"]
    assert (passport.value, passport.country_text, passport.is_valid) == ("A717288", None, False)


@pytest.mark.parametrize(
    ("text", "number", "country"),
    [
        ("Passport No: 592667 (Qatari passport issued on 3 May 2007).", "592667", None),
        ("AE/088 DH 12 (Ivory Coast). Issued on 20 Dec 2002.", "AE/088 DH 12", "Ivory Coast"),
        ("OA 454044(Afghan)", "OA 454044", "Afghan"),
        ("Passport number No 06AP104665 issued on 16.1.2006 (expired)", "06AP104665", None),
        ("Refugee travel document issued by Landratsamt Altenburger Land", None, None),
        ("Russian Passport number 8208 No. 555627", None, None),
    ],
)
def test_what_a_number_of_a_document_is(text, number, country):
    found = _DOCUMENT.fullmatch(text)
    assert (found["number"] if found else None, found["country"] if found else None) == (number, country)


def test_an_address_keeps_the_remark_on_its_country_apart(old):
    assert of(old, Address, "12001") == [
        Address(
            "12001", "PO Box 1, Pyongyang, 00001, DPRK (previous address)",
            postal_code="00001", country_text="DPRK", note="previous address",
        )
    ]  # fmt: skip
    assert [r.country_text for r in of(old, Address, "7001")] == ["Italy", "Italy"]


# ---- Listings ----
def test_a_regime_means_an_asset_freeze_by_the_cited_table(old):
    assert [(r.measure_key, r.basis) for r in of(old, Listing, "12001")] == [("North Korea|asset freeze", "derived")]
    (measure,) = [r for r in old if isinstance(r, Measure) and r.programme_key == "North Korea"]
    assert (measure.authority_name, measure.territory_texts) == ("HM Treasury", ("North Korea",))
    assert measure.locator == '/rows[Regime="North Korea (Democratic People\'s Republic of Korea)"]'


def test_listed_on_belongs_to_the_regime_of_its_row(old):
    listed = {r.measure_key: (r.action, r.step, r.period.earliest) for r in of(old, DatedStep, "10638")}
    assert listed == {
        "Iran (nuclear proliferation)|asset freeze": ("list", "unspecified", dt.date(2008, 6, 24)),
        "Syria|asset freeze": ("list", "unspecified", dt.date(2011, 6, 24)),
    }


def test_the_last_update_is_of_the_entry_and_no_step_of_a_listing(old):
    (update,) = [r for r in of(old, Fact, "7001") if r.kind_text == "Last Updated"]
    assert update.period.earliest == dt.date(2011, 6, 23)
    assert {r.action for r in old if isinstance(r, DatedStep)} == {"list"}


def test_a_renamed_regime_and_one_with_a_trailing_blank_keep_their_programme(old, new):
    assert "ISIL (Da'esh) and Al-Qaida" in {r.key for r in old if isinstance(r, Programme)}
    assert {r.key for r in new if isinstance(r, Programme)} >= {"ISIL (Da'esh) and Al-Qaida", "Venezuela"}
    assert [r for r in new if isinstance(r, Reject)] == []


@pytest.mark.parametrize(("target", "origin"), [("7001", "un"), ("12001", "other"), ("10638", "other"), ("6990", "own")])
def test_whose_listing_it_is(old, target, origin):
    assert {r.origin for r in of(old, Listing, target)} == {origin}


@pytest.mark.parametrize(
    ("remark", "origin"),
    [
        ("UK listing only", "own"), ("UK listing and EU listing.", "own"), ("EU listing only.", "other"),
        ("EU listing, Not UN listing", "other"), ("UN and EU listing", "un"), ("EU and UN listed. UN Ref: QD1.410.", "un"),
    ],
)  # fmt: skip
def test_a_remark_says_whose_listing_it_is(samples, tmp_path, remark, origin):
    records = changed(
        samples, tmp_path, ",,Entity,Prime Alias,Terrorism", f",{remark.replace(',', ';')},Entity,Prime Alias,Terrorism"
    )
    assert {r.origin for r in of(records, Listing, "6990")} == {origin}


def test_the_act_of_a_regime_is_an_instrument_of_its_own_kind(old):
    assert (
        Instrument(
            "2010 c. 38",
            "Act of Parliament",
            "Terrorist Asset-Freezing etc. Act 2010",
            "https://www.legislation.gov.uk/ukpga/2010/38",
        )
        in old
    )
    assert MeasureInstrument("Syria|asset freeze", "SI 2012/129", "imposes", "regulations 3 to 7") in old


def test_an_unknown_regime_is_rejected_and_its_target_stands(samples, tmp_path):
    records = changed(samples, tmp_path, "Prime Alias,Syria,", "Prime Alias,Atlantis,")
    (reject,) = [r for r in records if isinstance(r, Reject)]
    assert (reject.reason, reject.raw, reject.target_key) == ("unknown_label", "Atlantis", "10638")
    assert len(of(records, Listing, "10638")) == 1


def test_a_day_that_never_was_is_rejected(samples, tmp_path):
    records = changed(samples, tmp_path, "23/04/2013,23/04/2013,12001", "31/04/2013,23/04/2013,12001")
    assert [r.reason for r in records if isinstance(r, Reject)] == ["malformed_date"]


def test_the_sample_becomes_coded_rows_without_rejects(samples):
    path = samples / FOLDER / "2014-04-23" / "ConList.csv"
    frames = normalize(document_of("gb_ofsi_conlist", path, media_type="text/csv"), SOURCE)
    assert frames["rejects"].is_empty()
    assert set(frames["measures"]["measure_type_code"]) == {"asset_freeze"}
    assert set(frames["targets"]["register_code"]) == {"gb_ofsi"}
    assert frames["target_addresses"]["country_code"].to_list() == ["IT", "IT", "KP"]
    countries = dict(frames["targets"].select("source_key", "country_codes").iter_rows())
    assert countries["7001"] == ["IT", "SA", "TN"]
    assert countries["10638"] == ["IR"]


# ---- Recordings ----
STATES = {"2014-04-23": (8950, 2297), "2016-03-25": (8746, 1924), "2018-10-25": (9487, 2106)}


@pytest.mark.recordings
@pytest.mark.parametrize("day", STATES)
def test_a_recorded_state_is_accounted_for(recordings, day):
    path = recordings / FOLDER / day / "ConList.csv.xz"
    document = document_of("gb_ofsi_conlist", path, media_type="text/csv")
    written = list(csv.reader(io.StringIO(document.read().decode("cp1252"), newline="")))
    assert written[0][:2] == ["Last Updated", written[0][1]]
    raw = [dict(zip(written[1], row, strict=True)) for row in written[2:]]
    records = parsed(path)
    groups = {row["Group ID"] for row in raw}
    assert (len(raw), len(groups)) == STATES[day]
    assert {r.key for r in records if isinstance(r, Target)} == groups
    assert [r for r in records if isinstance(r, Reject)] == []
    _names_are_accounted_for(records, raw)
    listed = {(row["Group ID"], row["Listed On"]) for row in raw}
    assert {(r.target_key, r.period.text) for r in records if isinstance(r, DatedStep)} == listed
    pairs = {(row["Group ID"], row["Regime"].strip()) for row in raw}
    assert len([r for r in records if isinstance(r, Listing)]) == len(pairs)


def _names_are_accounted_for(records: list, raw: list[dict[str, str]]) -> None:
    parts = [f"Name {number}" for number in (1, 2, 3, 4, 5, 6)]
    names = {(row["Group ID"], " ".join(" ".join(row[part] for part in parts).split()), row["Alias Type"]) for row in raw}
    assert {(r.target_key, r.value, r.type_text) for r in records if isinstance(r, Name)} == names
    births = {(row["Group ID"], row["DOB"]) for row in raw if row["DOB"]}
    said = [r for r in records if isinstance(r, Fact) and r.kind_text == "DOB"]
    assert {(r.target_key, r.value) for r in said} == births
    assert {r.value for r in said if r.period is None} <= {"29/02/1969"}  # Group ID 8052, until 2014: a day that never was
    reference = re.compile(r"UN ?REF(?:ERENCE)?(?: NO)?[.: ]+[A-Z][\w.]*\.\d", re.IGNORECASE)
    references = {row["Group ID"] for row in raw if reference.search(" ".join(row["Other Information"].split()))}
    assert {r.target_key for r in records if isinstance(r, Identifier) and r.type_text == "UN Ref"} == references


@pytest.mark.recordings
def test_one_target_of_2014_stands_in_252_rows(recordings):
    text = document_of("gb_ofsi_conlist", recordings / FOLDER / "2014-04-23" / "ConList.csv.xz").read().decode("cp1252")
    written = list(csv.reader(io.StringIO(text, newline="")))
    assert tuple(written[1]) == HEADER
    assert sum(row[-1] == "7877" for row in written) == 252
