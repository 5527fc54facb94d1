"""OFAC's advanced XML: every trap of the source has a claim here; the recordings are counted by an independent pass."""

import bz2
import datetime as dt
import re
from collections import Counter
from pathlib import Path

import pytest
from conftest import document_of
from hypothesis import given
from hypothesis import strategies as st

from pipeline.readers.ofac import Law, Pair, join_name, pair
from pipeline.readers.xml import UnknownContent
from pipeline.records import (
    Address,
    DatedStep,
    Fact,
    Identifier,
    Instrument,
    Link,
    Listing,
    Measure,
    MeasureInstrument,
    Name,
    Programme,
    Record,
    Reject,
    Target,
)
from pipeline.sources import Source, load

EARLIER, LATER = dt.date(2025, 8, 14), dt.date(2025, 10, 14)
SSI = "Sectoral Sanctions Identifications List"
PLC = "Non-SDN Palestinian Legislative Council List"


@pytest.fixture(scope="module")
def source() -> Source:
    return load(("us_ofac_sdn",))["us_ofac_sdn"]


def sample(samples: Path, day: dt.date) -> Path:
    return samples / "us_ofac_sdn" / day.isoformat() / "SDN_ADVANCED.XML"


@pytest.fixture(scope="module")
def records(samples: Path, source: Source) -> list[Record]:
    return list(source.parse(document_of("us_ofac_sdn", sample(samples, LATER)), source))


@pytest.fixture(scope="module")
def earlier(samples: Path, source: Source) -> list[Record]:
    return list(source.parse(document_of("us_ofac_sdn", sample(samples, EARLIER)), source))


def of(records: list[Record], kind: type, key: str) -> list:
    return [record for record in records if type(record) is kind and record.target_key == key]


def listings(records: list[Record], key: str) -> dict[str, str]:
    return {record.measure_key: record.basis for record in of(records, Listing, key)}


def days(records: list[Record], key: str, measure_key: str) -> list[str]:
    return [record.period.text for record in of(records, DatedStep, key) if record.measure_key == measure_key]


def changed(samples: Path, source: Source, tmp_path: Path, old: str, new: str) -> list[Record]:
    """The records of the later sample after its first `old` became `new`."""
    text = sample(samples, LATER).read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / LATER.isoformat() / "SDN_ADVANCED.XML"
    path.parent.mkdir()
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return list(source.parse(document_of("us_ofac_sdn", path), source))


# Parties and names


def test_every_party_is_a_target_under_its_fixed_ref(records: list[Record]) -> None:
    targets = {record.key: record.type_text for record in records if isinstance(record, Target)}
    assert targets == {
        "10386": "Entity",
        "10392": "Entity",
        "17013": "Entity",
        "17018": "Entity",
        "30001": "Individual",
        "30002": "Entity",
        "30003": "Vessel",
        "30004": "Aircraft",
        "30005": "Individual",
        "30006": "Entity",
    }


def test_a_target_stands_at_its_own_key(records: list[Record]) -> None:
    target = next(record for record in records if isinstance(record, Target) and record.key == "17013")
    assert target.locator == "//DistinctParty[@FixedRef='17013']"
    assert target.name == "VTB BANK PUBLIC JOINT STOCK COMPANY"


def test_names_keep_their_order_script_kind_and_quality(records: list[Record]) -> None:
    assert of(records, Name, "30001") == [
        Name("30001", "OBRAZTSOV, Ivan Petrovich", "Name", script="Latn"),
        Name("30001", "Образцов, Иван Петрович", "Name (other script)", script="Cyrl"),
        Name("30001", "OBRAZCOV, Ivan", "Name (other spelling)", script="Latn"),
        Name("30001", "Vanya", "A.K.A. (low quality)", script="Latn"),
        Name("30001", "GARCIA LOPEZ, Juan", "A.K.A.", script="Latn"),
        Name("30001", "김철수", "N.K.A.", script="Hang"),
    ]


def test_a_former_name_is_former(records: list[Record], source: Source) -> None:
    kinds = [source.code("name_type", name.type_text) for name in of(records, Name, "17013")]
    assert kinds == ["primary", "native", "former"]


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ([("First Name", "Hasan"), ("Last Name", "NASRALLAH")], "NASRALLAH, Hasan"),
        ([("Last Name", "KORZYUK"), ("Middle Name", "Mikhaylovich"), ("First Name", "Dmitriy")],
         "KORZYUK, Dmitriy Mikhaylovich"),
        ([("Matronymic", "GARZON"), ("First Name", "Henry"), ("Patronymic", "CASTELLANOS")],
         "CASTELLANOS GARZON, Henry"),
        ([("Last Name", "CORADO"), ("First Name", "Jenny"), ("Last Name", "PORTILLO")], "CORADO PORTILLO, Jenny"),
        ([("Last Name", "FAWAZ"), ("Maiden Name", "Darwish"), ("First Name", "Reda")], "FAWAZ, Reda Darwish"),
        ([("Nickname", "El Mayo")], "El Mayo"),
        ([("Entity Name", "LABORATORY"), ("Entity Name", "VASL")], "LABORATORY VASL"),
    ],
)  # fmt: skip
def test_the_parts_of_a_name_are_joined_by_their_kind(parts: list[tuple[str, str]], name: str) -> None:
    assert join_name(parts, "Latn") == name


@given(st.permutations([("Last Name", "A"), ("First Name", "B"), ("Middle Name", "C"), ("Patronymic", "D")]))
def test_the_order_of_parts_of_different_kinds_does_not_matter(parts: list[tuple[str, str]]) -> None:
    assert join_name(parts, "Cyrl") == "A, B C D"


def test_an_unknown_part_of_a_name_is_news() -> None:
    with pytest.raises(UnknownContent, match="Clan Name"):
        join_name([("Clan Name", "X"), ("Last Name", "Y")], "Latn")


# Identifiers, facts, addresses


def test_a_document_keeps_country_days_authority_and_validity(records: list[Record]) -> None:
    first, second, *_ = of(records, Identifier, "30001")
    assert (first.type_text, first.value, first.country_text, first.is_valid) == (
        "Passport", "40 123456", "Russia", False,
    )  # fmt: skip
    assert first.issued.earliest == dt.date(2013, 8, 11)
    assert first.expires.earliest == dt.date(2023, 8, 11)
    assert first.note == "issued by Tver Department; for travel abroad"
    assert second.note == "issued in Faisalabad, Punjab, Pakistan; issued to GARCIA LOPEZ, Juan"


def test_features_that_identify_are_identifiers(records: list[Record], source: Source) -> None:
    found = {
        (source.code("identifier_type", record.type_text), record.value, record.is_valid)
        for key in ("17013", "30001", "30003", "30004")
        for record in of(records, Identifier, key)
    }
    assert found >= {
        ("swift_bic", "VTBRRUMM", None),
        ("wallet_address", "1ExampleAddressOfThisSample000", None),
        ("imo_number", "IMO 9187629", True),
        ("vessel_registration", "RS 123456", True),
        ("mmsi", "273123450", False),
        ("call_sign", "UBCD5", None),
        ("aircraft_tail_number", "RA-00001", None),
    }


def test_birth_dates_keep_precision_circa_and_reliability(records: list[Record]) -> None:
    births = [record for record in of(records, Fact, "30001") if record.kind_text == "Birthdate"]
    assert [(birth.period.precision, birth.period.text, birth.period.is_approximate, birth.note) for birth in births] == [
        ("day", "1971-05-09", False, None),
        ("between", "1955-01-01 to 1957-12-31", False, "reliability: False"),
        ("year", "1966", True, "Circa 1966; reliability: Reported"),
        ("month", "1962-02", False, None),
    ]


def test_a_false_flag_is_kept_and_called_false(records: list[Record]) -> None:
    flags = [record for record in of(records, Fact, "30003") if record.kind_text == "Vessel Flag"]
    assert [(flag.value, flag.country_text, flag.is_valid) for flag in flags] == [
        ("Afghanistan", "Afghanistan", False),
        ("Russia", "Russia", None),
    ]


def test_lookups_and_countries_are_resolved_to_words(records: list[Record]) -> None:
    facts = {record.kind_text: record.value for record in of(records, Fact, "30001")}
    assert (facts["Gender"], facts["Nationality Country"], facts["Place of Birth"]) == (
        "Male",
        "Russia",
        "Tver, Russia",
    )
    assert of(records, Fact, "17013")[0] == Fact("17013", "Remarks", "all offices worldwide")


def test_a_nationality_stands_in_a_place_as_a_part_of_unknown_type_and_is_a_country(records: list[Record]) -> None:
    (nationality,) = [record for record in of(records, Fact, "30001") if record.kind_text == "Nationality Country"]
    assert nationality.country_text == "Russia"


def test_the_parts_of_an_address_stand_in_the_order_of_an_address(records: list[Record]) -> None:
    first, second = of(records, Address, "30001")
    assert first == Address("30001", "ul. Lenina 1, Tver, 170000, Volga", "Tver", "Volga", "170000", "Russia")
    assert second == Address("30001", None, country_text="undetermined")


def test_the_same_address_in_another_script_is_a_second_address(records: list[Record]) -> None:
    assert [(address.text, address.note) for address in of(records, Address, "30002")] == [
        ("1-117 Shukuatocho, Nakamura Ward, Nagoya", None),
        ("1-117 宿跡町中村区, 名古屋市", "Japanese"),
    ]


# Relations


def test_relations_join_targets_with_former_quality_and_duration(records: list[Record]) -> None:
    owner, leader = [record for record in records if isinstance(record, Link)]
    assert owner == Link("30003", "30001", "Owned or Controlled By", "former; beneficial owner")
    assert (leader.target_key, leader.other_key, leader.note) == ("30001", "17013", "quality: High")
    assert (leader.period.earliest, leader.period.latest) == (dt.date(2015, 1, 1), dt.date(2020, 4, 14))


def test_a_relation_to_a_profile_that_is_not_there_is_rejected(records: list[Record]) -> None:
    reject = next(record for record in records if isinstance(record, Reject) and record.table == "target_links")
    assert (reject.reason, reject.locator) == ("dangling_reference", "//ProfileRelationship[@ID='3']")


# Lists, programmes and their dates


def test_every_party_has_a_listed_date(records: list[Record]) -> None:
    targets = {record.key for record in records if isinstance(record, Target)}
    dated = {record.target_key for record in records if isinstance(record, DatedStep) and record.measure_key == "SDN List"}
    assert dated == targets


def test_a_party_on_several_lists_gets_each_lists_own_day_and_nothing_crossed(records: list[Record]) -> None:
    directive, block = f"{SSI}|UKRAINE-EO13662|13662 Sectoral Directive 1", "SDN List|RUSSIA-EO14024|Block"
    assert listings(records, "17013") == {"SDN List": "stated", SSI: "stated", directive: "derived", block: "derived"}
    assert days(records, "17013", "SDN List") == ["2022-02-24", "2022-02-24"]
    assert days(records, "17013", SSI) == ["2014-07-29", "2014-07-29"]
    assert days(records, "17013", directive) == ["2014-07-29"]
    assert days(records, "17013", block) == ["2022-02-24"]


def test_the_consolidated_list_is_a_fact_and_no_measure(records: list[Record]) -> None:
    facts = [record for record in of(records, Fact, "17013") if record.kind_text == "Consolidated List entry"]
    assert [(fact.value, fact.period.text) for fact in facts] == [
        ("Executive Order 13662 (Ukraine)", "2014-10-10"),
        ("Executive Order 14024 (Russia)", "2014-10-10"),
    ]
    assert not [record for record in records if isinstance(record, Measure) and "Consolidated" in record.key]


def test_each_event_is_a_step_with_its_own_act(records: list[Record]) -> None:
    steps = [step for step in of(records, DatedStep, "10392") if step.measure_key == "SDN List"]
    assert [(step.source_step_key, step.instrument_number) for step in steps] == [
        ("EntryEvent 10392", "Executive Order 13382"),
        ("EntryEvent 1010392", "Executive Order 14024"),
        ("EntryEvent 2010392", None),
    ]
    assert {step.locator for step in steps} == {"//SanctionsEntry[@ID='10392']"}


def test_an_entry_older_than_the_order_gives_the_programme_no_date(records: list[Record]) -> None:
    assert days(records, "10392", "SDN List|RUSSIA-EO14024|Block") == []
    assert days(records, "10392", "SDN List|NPWMD|Block") == ["2007-10-25"]


def test_no_sanction_is_older_than_its_directive(source: Source) -> None:
    law = Law(source.facts, lambda kind, word: f"//{kind}[{word}]")
    kinds = {
        "13662 Sectoral Directive 1": "UKRAINE-EO13662", "13662 Sectoral Directive 4": "UKRAINE-EO13662",
        "Executive Order 14024 Directive 1a": "RUSSIA-EO14024", "Executive Order 14024 Directive 4": "RUSSIA-EO14024",
        "Block": "RUSSIA-EO14024",
    }  # fmt: skip
    assert [str(law.signed(Pair(kind, tag, "stated"))) for kind, tag in kinds.items()] == [
        "2014-07-16", "2014-09-12", "2022-02-22", "2022-02-28", "2021-04-15",
    ]  # fmt: skip


def test_who_stood_on_the_list_before_a_directive_is_under_it_from_its_day_where_it_was_named_then(source: Source) -> None:
    law = Law(source.facts, lambda kind, word: f"//{kind}[{word}]")
    bank = Pair("Executive Order 14024 Directive 4", "RUSSIA-EO14024", "stated")
    [step] = law.named("31695", bank, "measure")
    assert isinstance(step, DatedStep)
    assert (step.action, step.step, step.period.earliest) == ("list", "effective", dt.date(2022, 2, 28))
    assert step.period.derivation == "named when the directive was issued"
    assert list(law.named("17013", bank, "measure")) == []


def test_a_tag_without_power_to_freeze_is_no_freeze(records: list[Record], source: Source) -> None:
    assert "SDN List|IFSR|" in listings(records, "10392")
    assert "SDN List|IFSR|Block" not in listings(records, "10392")
    measure = next(record for record in records if isinstance(record, Measure) and record.key == "SDN List|IFSR|")
    assert source.code("measure_type", measure.type_text) == "listing"


def test_a_sanction_written_twice_is_one_listing(records: list[Record]) -> None:
    assert [record.measure_key for record in of(records, Listing, "10392")].count("SDN List|NPWMD|Block") == 1


def test_a_bank_with_two_directives_and_a_block_is_blocked_under_the_later_order(records: list[Record]) -> None:
    assert set(listings(records, "17018")) == {
        "SDN List",
        SSI,
        f"{SSI}|UKRAINE-EO13662|13662 Sectoral Directive 1",
        "CAPTA List|RUSSIA-EO14024|Executive Order 14024 Directive 2",
        "SDN List|RUSSIA-EO14024|Block",
    }


def test_listing_and_effective_day_of_a_directive_differ(records: list[Record]) -> None:
    measure_key = "CAPTA List|RUSSIA-EO14024|Executive Order 14024 Directive 2"
    steps = [step for step in of(records, DatedStep, "17018") if step.measure_key == measure_key]
    assert [(step.step, step.period.text) for step in steps] == [
        ("unspecified", "2022-02-24"),
        ("effective", "2022-03-26"),
    ]


def test_transactions_of_council_members_are_rejected_and_dated_by_their_own_list(records: list[Record]) -> None:
    assert days(records, "30005", f"{PLC}|NS-PLC|Reject") == ["2006-04-12"]
    assert days(records, "30005", "SDN List|SDGT|Block") == ["2023-11-14"]


def test_a_directive_without_its_programme_is_rejected_and_not_guessed(records: list[Record]) -> None:
    reject = next(record for record in records if isinstance(record, Reject) and record.target_key == "30002")
    assert (reject.reason, reject.raw) == ("sanction_without_its_programme", "13662 Sectoral Directive 2 with DPRK4")
    assert listings(records, "30002") == {"SDN List": "stated", "SDN List|DPRK4|Block": "stated"}


@pytest.mark.parametrize(
    ("types", "tags", "expected"),
    [
        (["Block"], ["SDGT", "NPWMD"], [Pair("Block", "SDGT", "stated"), Pair("Block", "NPWMD", "stated")]),
        (["Block", "Executive Order 14024 Directive 3"], ["UKRAINE-EO13662", "RUSSIA-EO14024"],
         [Pair("Block", "RUSSIA-EO14024", "derived"),
          Pair("Executive Order 14024 Directive 3", "RUSSIA-EO14024", "derived"),
          Pair(None, "UKRAINE-EO13662", "stated")]),
        (["Block", "13662 Sectoral Directive 1"], ["UKRAINE-EO13662"],
         [Pair("Block", "UKRAINE-EO13662", "stated"), Pair("13662 Sectoral Directive 1", "UKRAINE-EO13662", "stated")]),
        (["NDAA Special Conditions"], ["SDGT"], [Pair("NDAA Special Conditions", "SDGT", "stated")]),
    ],
)  # fmt: skip
def test_types_and_programmes_are_paired_by_the_table(
    source: Source, types: list[str], tags: list[str], expected: list[Pair]
) -> None:
    assert pair(types, tags, source.facts) == (expected, [])


def test_a_programme_names_its_country_and_its_acts(records: list[Record]) -> None:
    programme = next(record for record in records if isinstance(record, Programme) and record.key == "RUSSIA-EO14024")
    assert (programme.name, programme.territory_texts) == ("Russian Harmful Foreign Activities Sanctions", ("Russia",))
    assert MeasureInstrument("SDN List|RUSSIA-EO14024|Block", "Executive Order 14024", "authority") in records
    order = next(record for record in records if isinstance(record, Instrument) and record.number.endswith("14024"))
    assert order.title is not None
    assert order.title.startswith("Blocking Property With Respect To Specified Harmful Foreign Activities")


def test_every_word_of_the_table_of_sanctions_and_lists_has_a_code(source: Source) -> None:
    words = source.words["measure_type"]
    assert set(source.facts["sanctions_type"]) < set(words)
    assert {rule["list"] for rule in source.facts["programme"].values() if "list" in rule} < set(words)


def test_every_authority_of_a_programme_is_an_act_with_its_day(source: Source) -> None:
    acts = source.facts["instrument"]
    for programme in source.facts["programme"].values():
        assert all(isinstance(acts[act]["signed"], dt.date) for act in programme["authorities"])


# Two states


def test_one_party_came_and_one_went(earlier: list[Record], records: list[Record]) -> None:
    before, after = ({record.key for record in state if isinstance(record, Target)} for state in (earlier, records))
    assert (after - before, before - after) == ({"30006"}, {"24001"})


def test_a_programme_added_to_an_old_entry_carries_the_entrys_old_day(earlier: list[Record], records: list[Record]) -> None:
    new = listings(records, "10386").keys() - listings(earlier, "10386").keys()
    assert new == {"SDN List|FTO|Block", "SDN List|SDGT|Block"}
    assert days(records, "10386", "SDN List|SDGT|Block") == ["2007-06-01"]  # only the earlier edition contradicts it


def test_a_corrected_birth_date_is_another_fact(earlier: list[Record], records: list[Record]) -> None:
    first = [next(fact for fact in of(state, Fact, "30001") if fact.kind_text == "Birthdate") for state in (earlier, records)]
    assert [(fact.period.precision, fact.period.text) for fact in first] == [("year", "1971"), ("day", "1971-05-09")]


# What is new stops the source, what dangles is told


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<SanctionsEntryLinks />", "<SanctionsEntryLinks><SanctionsEntryLink /></SanctionsEntryLinks>"),
        ("<SanctionsEntryLinks />", "<Novelties />"),
        ('Primary="true" LowQuality="false"', 'Primary="true" LowQuality="false" Vowels="5"'),
        ("<IssuingAuthority />", "<IssuingAuthority /><Novelty />"),
        ('DayFixed="true" />', 'DayFixed="true"><Start /></DatePeriod>'),
        ('EntryEventType ID="1">Created', 'EntryEventType ID="1">Removed'),
        ('False="false"', 'False="true"'),
        ('ScriptCode="Cyrl"', 'ScriptCode="Cyrillic"'),
        ('AliasTypeID="1401"', 'AliasTypeID="9999"'),
    ],
)
def test_unknown_content_is_news(samples: Path, source: Source, tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(UnknownContent):
        changed(samples, source, tmp_path, old, new)


OTHER_DAY = ("<Year>2007</Year>\n          <Month>6</Month>", "<Year>2007</Year>\n          <Month>7</Month>")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("<Comment>SDNTK<", "<Comment>NOVELTY<"), "unknown_label"),
        (('"1705">Block<', '"1705">Novelty<'), "unknown_label"),
        ((">Executive Order 13382 (Non-proliferation)<", ">Executive Order 19999 (Novelty)<"), "unknown_label"),
        (('ID="30006" ProfileID="30006"', 'ID="30006" ProfileID="777"'), "dangling_reference"),
        (('IdentityID="517013"', 'IdentityID="777"'), "dangling_reference"),
        (OTHER_DAY, "entry_of_several_days"),
    ],
)
def test_what_no_record_can_hold_is_rejected(
    source: Source, samples: Path, tmp_path: Path, *, change: tuple[str, str], reason: str, records: list[Record]
) -> None:
    rejects = [record for record in changed(samples, source, tmp_path, *change) if isinstance(record, Reject)]
    assert reason in {reject.reason for reject in rejects if reject not in records}


# The real file


@pytest.mark.recordings
def test_the_state_of_2025_10_14_is_accounted_for_to_the_last_element(recordings: Path, source: Source) -> None:
    path = recordings / "us_ofac_sdn" / "2025-10-14" / "SDN_ADVANCED.XML.bz2"
    raw = bz2.decompress(path.read_bytes())
    names = re.findall(
        rb"<(DistinctParty|SanctionsEntry|EntryEvent|DocumentedName|IDRegDocument|ProfileRelationship|Feature) ", raw
    )
    counted = Counter(name.decode() for name in names)
    del raw
    assert counted == {
        "DistinctParty": 18_245, "SanctionsEntry": 18_399, "EntryEvent": 20_354, "DocumentedName": 48_242,
        "IDRegDocument": 20_880, "ProfileRelationship": 8_093, "Feature": 74_715,
    }  # fmt: skip
    records = list(source.parse(document_of("us_ofac_sdn", path), source))
    kinds = Counter(type(record).__name__ for record in records)
    assert (kinds["Target"], kinds["Name"], kinds["Link"]) == (18_245, 48_242, 8_093)
    _assert_details(records, source)
    _assert_dates(records)
    _assert_known_parties(records)
    assert [record.reason for record in records if isinstance(record, Reject)] == ["sanction_without_its_programme"] * 2


def _assert_details(records: list[Record], source: Source) -> None:
    """Each document and feature is one identifier, fact or address; remarks and other spellings come on top."""
    told: Counter[str] = Counter()
    for record in records:
        if isinstance(record, Identifier):
            assert record.type_text in source.words["identifier_type"]
            told["detail"] += 1
        elif isinstance(record, Fact):
            assert record.kind_text in source.words["fact"]
            told["detail"] += record.kind_text not in ("Remarks", "Consolidated List entry")
        elif isinstance(record, Address):
            told["detail"] += record.note is None or record.note.startswith("reliability")
    assert told["detail"] == 20_880 + 74_715


def _assert_dates(records: list[Record]) -> None:
    events = [record for record in records if isinstance(record, DatedStep) and record.source_step_key.startswith("EntryEvent")]
    combined = [record for record in records if isinstance(record, Fact) and record.kind_text == "Consolidated List entry"]
    assert len(events) + len(combined) == 20_354
    entries = {record.locator for record in events}
    assert len(entries) + len({fact.target_key for fact in combined}) == 18_399
    assert len({record.target_key for record in events if record.measure_key == "SDN List"}) == 18_245


def _assert_known_parties(records: list[Record]) -> None:
    directive, block = f"{SSI}|UKRAINE-EO13662|13662 Sectoral Directive 1", "SDN List|RUSSIA-EO14024|Block"
    assert set(listings(records, "17013")) == {"SDN List", SSI, directive, block}
    assert (days(records, "17013", directive), days(records, "17013", block)) == (["2014-07-29"], ["2022-02-24"])
    assert days(records, "10386", "SDN List|SDGT|Block") == ["2007-06-01"]
    assert days(records, "10386", "SDN List|ILLICIT-DRUGS-EO14059|Block") == []
    assert days(records, "10392", block) == []
    assert days(records, "10392", "SDN List|NPWMD|Block") == ["2007-10-25"]
