"""The UK Sanctions List: every trap of the source has a claim here; the recordings are counted by an independent pass."""

import datetime as dt
import html
import re
from collections import Counter
from pathlib import Path

import pytest
from conftest import document_of

from pipeline.normalized import normalize
from pipeline.readers.xml import UnknownContent
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

SOURCE = load(("gb_fcdo",))["gb_fcdo"]
FILE = Path("gb_fcdo") / "2026-08-20" / "UK-Sanctions-List.xml"
DISQUALIFICATION = "Director Disqualification Sanction"
CORRESPONDENT = "Prohibition on correspondent banking relationships and processing payments"


@pytest.fixture(scope="module")
def said(samples) -> list:
    return list(SOURCE.parse(document_of("gb_fcdo", samples / FILE), SOURCE))


def of(records: list, kind: type, target: str) -> list:
    return [record for record in records if isinstance(record, kind) and record.target_key == target]


def listed(records: list, target: str) -> dict:
    return {
        step.measure_key.split("|", 1)[1]: (step.period.earliest, step.period.precision)
        for step in of(records, DatedStep, target)
    }


def changed(samples, tmp_path: Path, find: str, put: str) -> list:
    text = (samples / FILE).read_text(encoding="utf-8")
    assert find in text
    path = tmp_path / "2026-08-20" / "list.xml"
    path.parent.mkdir()
    path.write_text(text.replace(find, put, 1), encoding="utf-8")
    return list(SOURCE.parse(document_of("gb_fcdo", path), SOURCE))


# ---- Entries and names ----
def test_every_designation_is_a_target_under_its_unique_id_and_nothing_is_rejected(said):
    assert [(r.key, r.type_text, r.name) for r in said if isinstance(r, Target)] == [
        ("BEL0001", "Individual", "Ivan Petrovich PRIMER"), ("RUS0664", "Individual", "Pyotr OBRAZETS"),
        ("RUS0250", "Entity", "OBRAZETSBANK"), ("DPR0075", "Ship", "Example 8"), ("INU0008", "Entity", "EXAMPLE INDUSTRIES"),
    ]  # fmt: skip
    assert next(r.locator for r in said if isinstance(r, Target)) == "//Designation[UniqueID='BEL0001']"
    assert [r for r in said if isinstance(r, Reject)] == []


def test_name_6_stands_last_and_names_without_parts_are_none(said):
    assert [(r.value, r.type_text) for r in of(said, Name, "BEL0001")][:3] == [
        ("Ivan Petrovich PRIMER", "primary name"),
        ("Jan PRYMIER", "primary name variation"),
        ("Vanya", "alias (low quality a.k.a)"),
    ]
    assert len(of(said, Name, "BEL0001")) == 5


def test_names_in_their_own_script_bear_language_and_script_where_certain(said):
    native = [r for target in ("BEL0001", "RUS0250") for r in of(said, Name, target) if r.type_text == "NonLatinName"]
    assert [(r.value, r.language, r.script) for r in native] == [
        ("Иван Петрович Пример", "ru", "Cyrl"), ("Ян Прымер", None, "Cyrl"), ("Образецбанк (Obrazetsbank)", None, None)
    ]  # fmt: skip


def test_a_language_that_no_code_stands_for_stays_in_words(said):
    (note,) = [r for r in of(said, Fact, "RUS0250") if r.kind_text == "NonLatinScript"]
    assert (note.value, note.note) == ("NonLatinScriptLanguage: Old Permic", "Образецбанк (Obrazetsbank)")


# ---- Which sanctions, and since when ----
def test_each_sanction_is_a_measure_of_its_regime(said):
    assert [r.measure_key for r in of(said, Listing, "BEL0001")] == [
        "Belarus|Asset freeze", "Belarus|Travel Ban", f"Belarus|{DISQUALIFICATION}"
    ]  # fmt: skip
    (measure,) = [r for r in said if isinstance(r, Measure) and r.key == "Belarus|Travel Ban"]
    assert (measure.type_text, measure.scope, measure.territory_texts) == ("Travel Ban", "listed_targets", ("Belarus",))
    assert measure.authority_name == "Secretary of State for Foreign, Commonwealth and Development Affairs"
    assert measure.locator == (
        '//Designation[RegimeName="The Republic of Belarus (Sanctions) (EU Exit) Regulations 2019"]'
        '[contains(SanctionsImposed, "Travel Ban")]'
    )


def test_the_date_of_the_record_is_not_that_of_a_sanction_whose_text_says_another(said):
    assert listed(said, "BEL0001") == {
        "Asset freeze": (dt.date(2020, 12, 31), "day"),
        "Travel Ban": (dt.date(2020, 12, 31), "day"),
        DISQUALIFICATION: (dt.date(2025, 4, 9), "day"),
    }
    (step,) = [r for r in of(said, DatedStep, "BEL0001") if r.measure_key.endswith(DISQUALIFICATION)]
    assert (step.action, step.step, step.period.text) == ("list", "unspecified", "09/04/2025")


def test_texts_of_both_fields_date_sanctions_with_or_without_a_full_stop(said):
    assert listed(said, "RUS0250") == {
        "Asset freeze": (dt.date(2022, 3, 1), "day"),
        "Trust Services Sanctions": (dt.date(2023, 3, 21), "day"),
        CORRESPONDENT: (dt.date(2023, 12, 15), "day"),
    }


def test_a_sanction_that_the_law_did_not_know_on_the_record_s_date_was_imposed_later(said):
    assert listed(said, "RUS0664")["Trust Services Sanctions"] == (dt.date(2022, 12, 16), "not_before")
    assert listed(said, "RUS0664")["Asset freeze"] == (dt.date(2022, 3, 15), "day")
    (step,) = [r for r in of(said, DatedStep, "RUS0664") if r.measure_key.endswith("Trust Services Sanctions")]
    assert "SI 2022/1331" in (step.period.derivation or "")


def test_the_day_of_the_last_update_is_read_in_both_forms_and_is_no_step_of_a_measure(said):
    updates = {r.target_key: r.period for r in said if isinstance(r, Fact) and r.kind_text == "LastUpdated"}
    assert updates["BEL0001"][:4] == (dt.date(2025, 7, 31), dt.date(2025, 7, 31), "day", "31/07/2025")
    assert updates["RUS0664"][:4] == (dt.date(2026, 8, 20), dt.date(2026, 8, 20), "day", "2026-08-20")
    assert {r.action for r in said if isinstance(r, DatedStep)} == {"list"}


def test_the_same_sanction_in_another_case_and_with_another_blank_is_the_same_measure(said):
    assert [r.measure_key for r in of(said, Listing, "RUS0250")][-1] == f"Russia|{CORRESPONDENT}"


@pytest.mark.parametrize("spelling", ["Prohibition on correspondent banking and sterling clearing", "asset  Freeze"])
def test_known_spellings_are_one_sanction(samples, tmp_path, spelling):
    records = changed(samples, tmp_path, "Asset freeze|Travel Ban|Director", f"{spelling}|Travel Ban|Director")
    assert len(of(records, Listing, "BEL0001")) == 3
    assert [r for r in records if isinstance(r, Reject)] == []


def test_an_unknown_spelling_is_rejected_and_the_other_sanctions_stand(samples, tmp_path):
    records = changed(samples, tmp_path, "Asset freeze|Travel Ban|Director", "Asset freezing|Travel Ban|Director")
    (reject,) = [r for r in records if isinstance(r, Reject)]
    assert (reject.reason, reject.raw, reject.target_key) == ("unknown_label", "Asset freezing", "BEL0001")
    assert len(of(records, Listing, "BEL0001")) == 2


def test_a_dated_sanction_that_the_designation_does_not_bear_is_rejected(samples, tmp_path):
    records = changed(
        samples, tmp_path, "Asset freeze|Travel Ban|Director Disqualification Sanction", "Asset freeze|Travel Ban"
    )
    (reject,) = [r for r in records if isinstance(r, Reject)]
    assert reject.reason == "dangling_reference"
    assert "was imposed on 09/04/2025" in reject.raw


def test_an_unknown_regime_is_rejected_and_its_target_stands(samples, tmp_path):
    records = changed(samples, tmp_path, "The Republic of Belarus", "The Republic of Atlantis")
    (reject,) = [r for r in records if isinstance(r, Reject)]
    assert (reject.reason, reject.table) == ("unknown_label", "measures")
    assert of(records, Listing, "BEL0001") == []
    assert "BEL0001" in {r.key for r in records if isinstance(r, Target)}


def test_a_day_that_never_was_is_rejected(samples, tmp_path):
    records = changed(samples, tmp_path, ">31/12/2020<", ">31/11/2020<")
    assert [r.reason for r in records if isinstance(r, Reject)] == ["malformed_date"]
    assert listed(records, "BEL0001") == {DISQUALIFICATION: (dt.date(2025, 4, 9), "day")}


@pytest.mark.parametrize(("target", "origin"), [("BEL0001", "own"), ("DPR0075", "un"), ("INU0008", "own_and_un")])
def test_a_republished_un_listing_keeps_its_origin(said, target, origin):
    assert {(r.origin, r.basis) for r in of(said, Listing, target)} == {(origin, "stated")}


# ---- The law ----
def test_the_regulations_are_the_act_of_each_of_their_measures(said):
    act = next(r for r in said if isinstance(r, Instrument) and r.number == "SI 2019/855")
    assert (act.title, act.url) == (
        "The Russia (Sanctions) (EU Exit) Regulations 2019", "https://www.legislation.gov.uk/uksi/2019/855"
    )  # fmt: skip
    links = [r for r in said if isinstance(r, MeasureInstrument)]
    assert MeasureInstrument("Belarus|Travel Ban", "SI 2019/600", "imposes") in links
    assert [r for r in links if r.measure_key == "Russia|Asset freeze"] == [
        MeasureInstrument("Russia|Asset freeze", "SI 2019/855", "imposes")
    ]


def test_correspondent_banking_rests_on_regulation_17a(said):
    links = [r for r in said if isinstance(r, MeasureInstrument) and r.measure_key == f"Russia|{CORRESPONDENT}"]
    assert [(r.number, r.role, r.provision_text) for r in links] == [
        ("SI 2019/855", "imposes", "regulation 17A"), ("SI 2022/194", "amends", None)
    ]  # fmt: skip


def test_only_regimes_and_measures_that_the_document_names_are_told(said):
    assert [r.key for r in said if isinstance(r, Programme)] == [
        "Belarus", "Russia", "Democratic People's Republic of Korea", "Iran (Nuclear)"
    ]  # fmt: skip
    assert len([r for r in said if isinstance(r, Measure)]) == 3 + 3 + 1 + 2 + 2


# ---- Details ----
def test_a_person_s_details_are_facts_and_identifiers_each_once(said):
    facts = [(r.kind_text, r.value) for r in of(said, Fact, "BEL0001")]
    assert [value for kind, value in facts if kind == "DOB"] == ["dd/mm/1971", "24/10/1972", "dd/11/1973"]
    assert [r.period.precision for r in of(said, Fact, "BEL0001") if r.kind_text == "DOB"] == ["year", "day", "month"]
    assert {("Title", "Colonel"), ("Gender", "Male"), ("Nationality", "Belarus"), ("Location", "Grodno, Belarus")} <= set(facts)
    assert ("Passport", "Also holds a diplomatic passport") in facts
    assert ("SanctionsImposedIndicators", "AssetFreeze|TravelBan|DirectorDisqualificationSanction") in facts
    assert [value for kind, value in facts if kind == "Position"] == ["Head of the Example Department", "Former deputy head"]
    assert [(r.type_text, r.value, r.note) for r in of(said, Identifier, "BEL0001")] == [
        ("OFSIGroupID", "13911", None), ("PassportNumber", "MP1234567", "Belarusian passport, expired 1 June 2021"),
        ("NationalIdentifierNumber", "3241072A001PB1", None),
    ]  # fmt: skip


def test_an_address_is_one_line_with_its_code_and_country(said):
    assert of(said, Address, "BEL0001") == [
        Address("BEL0001", "1 Example Street, Minsk, 220030, Belarus", postal_code="220030", country_text="Belarus")
    ]


def test_a_ship_has_its_imo_number_owners_and_flags(said):
    assert [(r.type_text, r.value) for r in of(said, Identifier, "DPR0075")] == [("IMONumber", "IMO9562233")]
    facts = {r.kind_text: r for r in of(said, Fact, "DPR0075")}
    assert (facts["CurrentBelievedFlagOfShip"].country_text, facts["PreviousFlag"].country_text) == ("Comoros", "India")
    assert facts["PreviousOwnerOperator"].value == "Sample Lines"
    assert facts["YearBuilt"].period.precision == "year"


def test_an_entity_has_its_numbers_owners_and_contacts_as_written(said):
    assert [(r.type_text, r.value) for r in of(said, Identifier, "RUS0250")] == [
        ("OFSIGroupID", "14191"), ("BusinessRegistrationNumber", "OGRN 1027700132195 / INN 7707083893")
    ]  # fmt: skip
    kinds = [r.kind_text for r in of(said, Fact, "RUS0250")]
    assert {"PhoneNumber", "EmailAddress", "Website", "TypeOfEntity", "ParentCompany", "Subsidiary"} <= set(kinds)


# ---- Strictness ----
@pytest.mark.parametrize(
    ("find", "put"),
    [
        ("<Gender>Male</Gender>", "<Gender>Male</Gender><Sex>M</Sex>"),
        ("<Title>Colonel</Title>", "<Title>Colonel</Title><Rank>1</Rank>"),
        ("<Designation>", "<Delisting/><Designation>"),
        ("</Designations>", "<Delisting/></Designations>"),
        ("<UniqueID>BEL0001", "<UniqueID form='new'>BEL0001"),
        ("<AssetFreeze>true", "<AssetFreeze>since 2020"),
        ("<IndividualEntityShip>Individual</IndividualEntityShip>", ""),
    ],
)
def test_what_has_never_been_seen_stops_the_source(samples, tmp_path, find, put):
    with pytest.raises(UnknownContent):
        changed(samples, tmp_path, find, put)


def test_a_second_designation_of_the_same_id_is_rejected(samples, tmp_path):
    records = changed(samples, tmp_path, "<UniqueID>RUS0664", "<UniqueID>BEL0001")
    assert [r.reason for r in records if isinstance(r, Reject)] == ["duplicate_key"]


def test_the_sample_becomes_coded_rows_without_rejects(samples):
    frames = normalize(document_of("gb_fcdo", samples / FILE), SOURCE)
    assert frames["rejects"].is_empty()
    assert frames["target_addresses"]["country_code"].to_list() == ["BY", "RU", "CD"]
    types = dict(frames["measures"].select("measure_type_text", "measure_type_code").iter_rows())
    assert types[CORRESPONDENT] == "correspondent_banking_restriction"
    assert types["De-flag"] == "vessel_deregistration"


# ---- Recordings ----
@pytest.mark.recordings
def test_the_recorded_list_is_accounted_for(recordings):
    document = document_of("gb_fcdo", recordings / "gb_fcdo" / "2026-02-25" / "UK-Sanctions-List.xml.xz")
    raw = html.unescape(document.read().decode("utf-8"))
    records = list(SOURCE.parse(document, SOURCE))
    kinds = Counter(type(r) for r in records)
    assert [r for r in records if isinstance(r, Reject)] == []
    assert kinds[Target] == raw.count("<UniqueID>") == 6035
    imposed = re.findall(r"<SanctionsImposed>(.*?)</SanctionsImposed>", raw)
    assert kinds[Listing] == sum(len(set(words.split("|"))) for words in imposed)
    native = {r.value for r in records if isinstance(r, Name) and r.type_text == "NonLatinName"}
    assert native == {name.strip() for name in re.findall(r"(?s)<NameNonLatinScript>(.*?)</NameNonLatinScript>", raw)}
    latin = {(r.target_key, r.value, r.type_text) for r in records if isinstance(r, Name) and r.type_text != "NonLatinName"}
    blocks = re.findall(r"(?s)<UniqueID>(.*?)</UniqueID>.*?<Names>(.*?)</Names>", raw)
    written = {(key, *_written(name)) for key, block in blocks for name in re.findall(r"(?s)<Name>(.*?)</Name>", block)}
    assert latin == {(key, value, kind) for key, value, kind in written if value}
    assert len(re.findall(r"<UNReferenceNumber>[^<]", raw)) + len(re.findall(r"<OFSIGroupID>[^<]", raw)) == kinds[Identifier]


@pytest.mark.recordings
def test_every_day_on_which_a_recorded_text_says_that_a_sanction_was_imposed_is_a_step(recordings):
    document = document_of("gb_fcdo", recordings / "gb_fcdo" / "2026-02-25" / "UK-Sanctions-List.xml.xz")
    raw = html.unescape(document.read().decode("utf-8"))
    steps = [r for r in SOURCE.parse(document, SOURCE) if isinstance(r, DatedStep)]
    stated = Counter(r.period.text for r in steps if (r.source_step_key or "").startswith("imposed on"))
    assert stated == Counter(re.findall(r"(?:was|were) imposed on\s+(\d\d/\d\d/\d{4})", raw))
    disqualified = [r for r in steps if r.measure_key.endswith(DISQUALIFICATION) and r.period.precision == "day"]
    assert min(r.period.earliest for r in disqualified if r.period.earliest) == dt.date(2025, 4, 9)
    late = Counter(r.measure_key.split("|")[1] for r in steps if r.period.precision == "not_before")
    assert late == {"Trust Services Sanctions": 20, DISQUALIFICATION: 2}


def _written(name: str) -> tuple[str, str]:
    parts = dict(re.findall(r"(?s)<(\w+)>(.*?)</", name))
    value = " ".join(" ".join(parts.get(f"Name{number}", "") for number in (1, 2, 3, 4, 5, 6)).split())
    strength = parts.get("AliasStrength", "").lower()
    return value, parts["NameType"].lower() + (f" ({strength})" if strength else "")
