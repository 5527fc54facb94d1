"""The EU's financial sanctions: every trap of the list has a claim here; the recording is counted by an independent pass."""

import re
from collections import Counter
from html import unescape
from pathlib import Path

import pytest
from conftest import document_of

from pipeline.normalized import normalize, territories
from pipeline.readers.regimes import UnknownRegime
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
    Target,
)  # fmt: skip
from pipeline.sources import load
from pipeline.sources.eu_fsf import _number

SOURCE = load(("eu_fsf",))["eu_fsf"]
FREEZE = "Asset freeze and prohibition to make funds available"


def parsed(path: Path) -> list:
    return list(SOURCE.parse(document_of("eu_fsf", path), SOURCE))


def of(records: list, kind: type, target: str) -> list:
    return [record for record in records if isinstance(record, kind) and record.target_key == target]


@pytest.fixture(scope="module")
def sample(samples) -> Path:
    return samples / "eu_fsf" / "2024-05-13" / "xmlFullSanctionsList_1_1.xml"


@pytest.fixture(scope="module")
def records(sample) -> list:
    return parsed(sample)


def changed(sample: Path, tmp_path: Path, find: str, put: str) -> list:
    text = sample.read_text(encoding="utf-8")
    assert find in text
    path = tmp_path / "2024-05-13" / "list.xml"
    path.parent.mkdir()
    path.write_text(text.replace(find, put), encoding="utf-8")
    return parsed(path)


def steps(records: list, target: str, programme: str) -> list:
    return [
        (r.action, r.step, r.period.precision, str(r.period.latest), r.instrument_number)
        for r in of(records, DatedStep, target)
        if r.measure_key == f"{programme}|{FREEZE}"
    ]


# ---- The acts behind the programmes ----
def test_the_freeze_of_a_programme_with_one_regulation_names_it_and_one_of_several_names_none(records):
    founded = {r.programme_key: r.founding_act for r in records if isinstance(r, Measure) and r.type_text == FREEZE}
    assert founded["COD"] == "32005R1183"
    assert founded["IRN"] is None  # three regulations, and the list does not say which


# ---- Listings and their dates ----
def test_the_entry_without_designation_was_listed_no_later_than_its_earliest_act_and_not_with_its_last(records):
    assert steps(records, "175", "TERR") == [
        ("list", "published", "not_after", "2003-12-22", "32003D0902"),
        ("amend", "published", "day", "2023-07-21", "32023R1505"),
        ("amend", "published", "day", "2024-01-16", "32024R0329"),
        ("amend", "effective", "day", "2024-01-16", "32024R0329"),
    ]
    listed = of(records, DatedStep, "175")[0].period
    assert (listed.earliest, listed.derivation) == (
        None, "the earliest act that the entry cites; the entry was listed no later"
    )  # fmt: skip


def test_a_designation_is_the_listing_and_later_acts_amend(records):
    assert steps(records, "7001", "IRN") == [
        ("list", "unspecified", "day", "2010-07-26", None),
        ("list", "published", "day", "2010-07-27", "32010R0668"),  # the day after: no amendment
        ("amend", "published", "day", "2022-06-28", "32022R1010"),
        ("amend", "effective", "day", "2022-06-29", "32022R1010"),
    ]
    stated, of_act = of(records, DatedStep, "7001")[:2]
    assert (stated.period.derivation, stated.source_step_key) == (None, "designationDate")
    assert "within a week after the designation on 2010-07-26" in of_act.period.derivation


def test_one_logical_id_under_two_programmes_is_one_target_with_two_listings_and_united_names(records):
    assert [r.locator for r in records if isinstance(r, Target) and r.key == "547"] == ["//sanctionEntity[@logicalId='547']"]
    assert [r.measure_key for r in of(records, Listing, "547")] == [f"AFG|{FREEZE}", f"TAQA|{FREEZE}"]
    assert [(r.value, r.type_text, r.language, r.script) for r in of(records, Name, "547")] == [
        ("Jalaluddin Haqqani", "nameAlias", None, "Latn"),
        ("جلال الدين حقانى", "(original script)", None, "Arab"),
        ("Jallaloudine Haqani", "strong nameAlias", None, "Latn"),  # would lead the second entry, were it alone
        ("Jallalouddin Haqani", "weak nameAlias", "fr", "Latn"),
    ]
    assert [r.value for r in of(records, Fact, "547") if r.kind_text == "remark"] == ["Belongs to Ghilzai tribe."]


def test_the_dates_of_one_programme_are_not_those_of_the_other(records):
    assert steps(records, "547", "AFG")[0] == ("list", "unspecified", "day", "2001-02-23", None)
    assert [step[:4] for step in steps(records, "547", "TAQA")] == [
        ("list", "published", "not_after", "2002-05-29"),
        ("amend", "published", "day", "2007-08-18"), ("amend", "effective", "day", "2007-08-18"),
    ]  # fmt: skip


def test_the_origin_is_the_lists_or_the_entrys_own_word(records):
    origins = {(r.target_key, r.measure_key.split("|")[0]): r.origin for r in records if isinstance(r, Listing)}
    assert origins == {
        ("175", "TERR"): "own", ("547", "AFG"): "un", ("547", "TAQA"): "un", ("140002", "COD"): "own_and_un",
        ("7001", "IRN"): "own",  # "UN designation … (no longer valid)"
        ("120128", "UNLI"): "un",
    }  # fmt: skip
    assert {r.basis for r in records if isinstance(r, Listing)} == {"derived"}


def test_a_programme_has_the_freeze_of_its_acts_and_no_travel_ban(records):
    assert {r.type_text for r in records if isinstance(r, Measure)} == {FREEZE, "Listed by the United Nations"}
    acts = {(r.number, r.role) for r in records if isinstance(r, MeasureInstrument) and r.measure_key == f"IRN|{FREEZE}"}
    assert acts == {
        ("32012R0267", "imposes"), ("32011R0359", "imposes"), ("32023R1529", "imposes"),
        ("32010D0413", "authority"), ("32011D0235", "authority"), ("32023D1532", "authority"),
    }  # fmt: skip


# ---- Acts ----
def test_acts_are_instruments_by_their_celex_number(records):
    acts = {r.number: (r.type_text, r.title, r.url) for r in records if isinstance(r, Instrument)}
    assert acts["32003D0902"] == (
        "decision", "2003/902/EC (OJ L340)", "http://eur-lex.europa.eu/LexUriServ/LexUriServ.do?uri=OJ:L:2003:340:0063:0064:EN:PDF"
    )  # fmt: skip
    assert acts["2024/1195 corrigendum"][0] == "corrigendum"
    assert acts["UNLI - 14.05.2019"][0] == "un"
    assert acts["32002R0881"][0] == "regulation"


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("2022/1529 (OJ L239)", "32022R1529"), ("1210/2003 (OJ L169)", "32003R1210"), ("7/2012 (OJ L4)", "32012R0007"),
        ("2024//1172 (OJ L19042024)", "32024R1172"), ("2024/753 (OJ L23022024) (2)", "32024R0753"),
        ("2018/1539 (OJ L257I", "32018R1539"), ("2003/902/EC (OJ L340)", "32003D0902"), ("2016/13 (OJ L4/10)", "32016R0013"),
        ("36/2012 (OJ L16) [corr. 27.07.2018]", "36/2012 (OJ L16) [corr. 27.07.2018]"),
        ("2024/753-corr 2024/90233 (OJ L12042024)", "2024/753-corr 2024/90233 (OJ L12042024)"),
        ("2005/221/CFSP (OJ L69)", "2005/221/CFSP (OJ L69)"),
    ],
)  # fmt: skip
def test_a_regular_title_gives_the_celex_number(title, number):
    assert _number(title, "") == number


def test_a_decision_of_the_common_policy_is_what_its_address_says():
    assert _number("2005/221/CFSP (OJ L69)", "http://eur-lex.europa.eu/TXT/PDF/?uri=CELEX:32005D0221&qid=1") == "32005D0221"


# ---- Names ----
def test_the_leading_name_is_the_oldest_english_one_and_not_the_first_of_the_file(records):
    names = {r.key: r.name for r in records if isinstance(r, Target)}
    assert names["175"] == "Abdelkarim Hussein Mohamed AL-NASSER"
    assert names["547"] == "Jalaluddin Haqqani"
    assert names["7001"] == "Aerospace Industries Organisation"


def test_names_keep_their_language_script_and_quality(records):
    assert [(r.value, r.type_text, r.language, r.script) for r in of(records, Name, "7001")] == [
        ("Aerospace Industries Organisation", "nameAlias", None, "Latn"),
        ("Организация „Авиокосмически промишлености“", "strong nameAlias", "bg", "Cyrl"),
        ("Eagraíocht na dTionscal Aerospáis", "strong nameAlias", None, "Latn"),  # GL, but Irish
    ]
    assert [r.type_text for r in of(records, Name, "140002")] == ["nameAlias", "low quality alias"]


def test_what_is_said_of_a_name_is_a_fact(records):
    facts = {(r.kind_text, r.value) for r in of(records, Fact, "140002")}
    assert {
        ("gender", "M"), ("title", "General"), ("function", "Leader of CODECO"), ("firstName", "Désiré"),
        ("middleName", "Londroma"), ("lastName", "NDJUKPA"), ("remark of a name", "Low quality alias"),
        ("designationDetails", "Date of EU designation: 08/12/2022 Date of UN designation: 20/02/2024"),
    } <= facts  # fmt: skip


# ---- Details ----
def test_births_in_every_form_keep_their_words_and_only_what_is_sure_is_a_day(records):
    births = [r for r in of(records, Fact, "140002") if r.kind_text == "birthdate"]
    assert [
        (b.value, p and (p.precision, str(p.earliest), str(p.latest), p.is_approximate), b.note)
        for b in births
        for p in [b.period]
    ] == [
        ("1970-01-01", ("day", "1970-01-01", "1970-01-01", False), "DOB: 1.1.1970 OR 8.7.1963"),
        ("circa 1972", ("year", "1972-01-01", "1972-12-31", True), None),
        ("1961-08", ("month", "1961-08-01", "1961-08-31", False), None),
        ("to 1980", ("not_after", "None", "1980-12-31", False), "Approximately 1980"),
        ("1402-06-24 (Islamic calendar), 1982-04-19", ("day", "1982-04-19", "1982-04-19", False), "hijri calendar"),
        ("1343 (Islamic calendar)", None, "Iranian Hijri calendar"),
        ("DOB: 10 October (year unknown)", None, None),
    ]  # fmt: skip
    (span,) = [r for r in of(records, Fact, "547") if r.kind_text == "birthdate"]
    assert (span.value, span.period.precision, span.period.is_approximate) == ("circa 1942 to 1948", "between", True)


def test_places_of_birth_and_citizenships(records):
    assert [(r.value, r.country_text) for r in of(records, Fact, "140002") if r.kind_text == "place of birth"] == [
        ("Bunagana, CONGO, Democratic Republic of (was Zaire)", "CONGO, Democratic Republic of (was Zaire)"),
        ("Farsan, IRAN (ISLAMIC REPUBLIC OF)", "IRAN (ISLAMIC REPUBLIC OF)"),
    ]
    (citizen,) = [r for r in of(records, Fact, "140002") if r.kind_text == "citizenship"]
    assert (citizen.country_text, citizen.note) == ("CONGO, Democratic Republic of (was Zaire)", "(as at December 2003)")


def test_documents_with_their_flags_days_and_kinds(records):
    passport, military, reference = of(records, Identifier, "140002")
    assert (passport.type_text, passport.value, str(passport.issued.earliest), str(passport.expires.earliest)) == (
        "diplomatic passport", "D0003264", "2013-02-21", "2015-02-21"
    )  # fmt: skip
    assert passport.note == (
        "misuse; known to have expired; issued by Ministry of Foreign Affairs; (name on doc. 'D. Londroma'); Kinshasa"
    )
    assert (military.type_text, military.value, military.is_valid) == ("Military Identification Number", "BC 17444", False)
    assert (reference.type_text, reference.value, passport.is_valid) == ("euReferenceNumber", "EU.8888.11", None)


def test_addresses_and_ways_of_contact(records):
    assert of(records, Address, "7001") == [
        Address(
            "7001", "28 Shian 5, Lavizan, 16595/159, Tehran, 16788, IRAN (ISLAMIC REPUBLIC OF)", "Tehran", None, "16788",
            "IRAN (ISLAMIC REPUBLIC OF)", "at the time of listing; (at the time of listing)",
        )
    ]  # fmt: skip
    assert [(r.type_text, r.value) for r in of(records, Identifier, "7001")] == [
        ("fiscalcode", "771577190559"), ("PHONE", "+98 21 2121824"), ("WEB", "https://www.aio.example.ir"),
        ("EMAIL", "info@aio.example.ir"), ("euReferenceNumber", "EU.1956.60"),
    ]  # fmt: skip


def test_nothing_of_the_sample_is_rejected(sample):
    frames = normalize(document_of("eu_fsf", sample), SOURCE)
    assert frames["rejects"].to_dicts() == []
    assert frames["targets"].height == 5


# ---- News ----
@pytest.mark.parametrize(
    ("find", "put"),
    [
        ('zipCode="16788"', 'zipCode="16788" floor="3"'),
        ('<contactInfo key="WEB"', '<fax/><contactInfo key="WEB"'),
        ("</export>", "<removedEntity/></export>"),
        ('strong="false"', 'strong="perhaps"'),
        ('calendarType="ISLAMIC"', 'calendarType="PERSIAN"'),
        ('knownFalse="true"', 'knownFalse="1"'),
        ('code="person" classificationCode="P"', 'code="person" classificationCode="V"'),
    ],
)
def test_what_has_never_been_seen_stops_the_source(sample, tmp_path, find, put):
    with pytest.raises(UnknownContent):
        changed(sample, tmp_path, find, put)


def test_an_unknown_programme_stops_the_source(sample, tmp_path):
    with pytest.raises(UnknownRegime, match="MARS"):
        changed(sample, tmp_path, 'programme="TERR"', 'programme="MARS"')


# ---- The real document ----
@pytest.fixture(scope="module")
def real(recordings) -> tuple[str, list]:
    path = recordings / "eu_fsf" / "2024-05-13" / "xmlFullSanctionsList_1_1.xml.xz"
    return document_of("eu_fsf", path).read().decode("utf-8"), parsed(path)


@pytest.mark.recordings
def test_the_real_entries_listings_and_designations_are_all_there(real):
    text, records = real
    entries = re.findall(r"<sanctionEntity ([^>]*)>", text)
    assert len(entries) == 4811
    keys = {re.search(r' logicalId="(\d+)"', " " + entry)[1] for entry in entries}
    assert len(keys) == 4808
    assert {r.key for r in records if isinstance(r, Target)} == keys
    assert sum(isinstance(r, Listing) for r in records) == 4811
    stated = [r for r in records if isinstance(r, DatedStep) and r.source_step_key == "designationDate"]
    assert len(stated) == sum("designationDate=" in entry for entry in entries) == 4139
    not_later = [r for r in records if isinstance(r, DatedStep) and r.action == "list" and r.period.precision == "not_after"]
    assert len({(r.target_key, r.measure_key) for r in not_later}) == 4811 - 4139


@pytest.mark.recordings
def test_the_real_names_documents_contacts_and_citizenships_are_all_there(real):
    text, records = real
    blocks = re.findall(r'<sanctionEntity [^>]*?logicalId="(\d+)".*?</sanctionEntity>', text, re.DOTALL)
    bodies = re.findall(r"<sanctionEntity .*?</sanctionEntity>", text, re.DOTALL)
    names, documents, contacts, citizens = set(), Counter(), set(), set()
    for key, body in zip(blocks, bodies, strict=True):
        names |= {(key, " ".join(unescape(name).split())) for name in re.findall(r'wholeName="([^"]*)"', body)}
        documents.update({(key, number) for number in re.findall(r'<identification [^>]* number="([^"]*)"', body)})
        contacts |= {
            (key, " ".join(unescape(value).split())) for value in re.findall(r'<contactInfo [^>]*value="([^"]*)"', body)
        }
        citizens |= {(key, unescape(c)) for c in re.findall(r'<citizenship [^>]*countryDescription="([^"]*)"', body)}
    assert {(r.target_key, r.value) for r in records if isinstance(r, Name)} == names
    values = {(r.target_key, r.value) for r in records if isinstance(r, Identifier)}
    assert {(key, " ".join(unescape(number).split())) for key, number in documents} <= values
    assert contacts <= values
    cited = {(r.target_key, r.value) for r in records if isinstance(r, Fact) and r.kind_text == "citizenship"}
    assert cited == {(key, country) for key, country in citizens if country != "UNKNOWN"}


@pytest.mark.recordings
def test_every_act_of_the_real_document_has_the_number_that_its_address_says(real):
    text, records = real
    cited = set(re.findall(r'numberTitle="([^"]*)" publicationUrl="[^"]*CELEX(?::|%3A)(\d{5}[A-Z]\d{4})', text))
    assert len(cited) == 227
    numbers = {r.title: r.number for r in records if isinstance(r, Instrument) and r.title}
    assert {(title, _number(title, f"CELEX:{number}")) for title, number in cited} == cited
    assert sum(not re.fullmatch(r"\d{5}[A-Z]\d{4}", number) for number in numbers.values()) == 8


@pytest.mark.recordings
def test_every_country_of_the_real_document_is_the_one_of_its_code(real):
    text, _ = real
    countries = set(re.findall(r'countryIso2Code="(..)" countryDescription="([^"]*)"', text)) - {("00", "UNKNOWN")}
    words = SOURCE.words["country"]
    found = {(code, unescape(text)): words.get(unescape(text)) or territories.code(unescape(text)) for code, text in countries}
    former = {"CS": "CSXX", "YU": "YUCS"}
    assert {pair: code for pair, code in found.items() if code != former.get(pair[0], pair[0])} == {}
