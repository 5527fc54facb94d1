"""Switzerland's list: every trap of the source has a claim here; the recordings are counted by an independent pass."""

import datetime as dt
import re
from pathlib import Path

import pytest
from conftest import document_of
from lxml import etree

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
    Reject,
    Target,
)
from pipeline.sources import UnknownWord, load

SOURCE = load(("ch_seco",))["ch_seco"]
FREEZE, TRAVEL, MONEY = (
    "4387|financial measures", "4387|travel ban", "46113|restrictions on the money and capital market",
)  # fmt: skip


def parsed(path: Path) -> list:
    return list(SOURCE.parse(document_of("ch_seco", path), SOURCE))


def of(records: list, kind: type, target: str) -> list:
    return [record for record in records if isinstance(record, kind) and record.target_key == target]


def steps(records: list, target: str, measure: str) -> list:
    found = [r for r in of(records, DatedStep, target) if r.measure_key == measure]
    return [(r.action, r.step, r.period.latest.isoformat()) for r in found]


@pytest.fixture(scope="module")
def before(samples) -> list:
    return parsed(samples / "ch_seco" / "2026-08-27" / "consolidated-list.xml")


@pytest.fixture(scope="module")
def after(samples) -> list:
    return parsed(samples / "ch_seco" / "2026-09-04" / "consolidated-list.xml")


def changed(samples, tmp_path: Path, find: str, put: str) -> list:
    text = (samples / "ch_seco" / "2026-08-27" / "consolidated-list.xml").read_text(encoding="utf-8")
    assert find in text
    path = tmp_path / "2026-08-27" / "consolidated-list.xml"
    path.parent.mkdir()
    path.write_text(text.replace(find, put, 1), encoding="utf-8")
    return parsed(path)


# ---- Targets ----
def test_copies_inside_a_modification_are_neither_targets_nor_names(before):
    assert [(r.key, r.type_text) for r in before if isinstance(r, Target)] == [
        ("5142", "individual"), ("46130", "entity"), ("34461", "vessel"), ("34470", "entity"), ("34480", "individual")
    ]  # fmt: skip
    names = {r.value for r in before if isinstance(r, Name)}
    assert not {"Nobodyelse", "Example Traders"} & names
    assert [r for r in before if isinstance(r, Reject)] == []


def test_the_locator_finds_the_target_and_no_copy_of_it(samples, before):
    tree = etree.parse(samples / "ch_seco" / "2026-08-27" / "consolidated-list.xml")
    for target in (r for r in before if isinstance(r, Target)):
        (found,) = tree.xpath(target.locator)
        assert found.get("ssid") == target.key


# ---- Programmes and measures ----
def test_a_set_of_sanctions_is_a_measure_for_each_type_that_it_names(before):
    assert {r.key: SOURCE.code("measure_type", r.type_text) for r in before if isinstance(r, Measure)} == {
        "4387|financial measures": "asset_freeze",
        "4387|travel ban": "travel_ban",
        "46113|restrictions on the money and capital market": "capital_market_restriction",
        "34422|vessel-related measures": "sanctions_unspecified",
        "34430|financial measures": "asset_freeze",
    }


def test_the_ordinance_is_the_act_and_the_set_names_its_article_or_annex(before):
    (link,) = [r for r in before if isinstance(r, MeasureInstrument) and r.measure_key == MONEY]
    ordinance = "Ordinance of 15 June 2016 on measures against Belarus"
    words = "article 16 and 17 -- Restrictions on the money and capital market"
    assert link == MeasureInstrument(MONEY, ordinance, "imposes", words)
    assert Programme("20", ordinance, territory_texts=("Belarus",)) in before


def test_the_names_in_four_languages_and_the_days_of_the_version_are_kept(before):
    (act,) = [r for r in before if isinstance(r, Instrument) and r.title.endswith("Belarus")]
    for words in ("Verordnung vom 15. Juni 2016", "Ordonnance du 15 juin 2016", "Ordinanza del 15 giugno 2016"):
        assert words in act.quote
    assert act.quote.endswith("(version-date 2026-05-21; predecessor-version-date 2025-12-12)")


def test_a_set_that_names_no_known_sanction_is_one_reject_and_no_measure(samples, tmp_path):
    records = changed(samples, tmp_path, "Vessel-related measures", "article 99")
    (reject,) = [r for r in records if isinstance(r, Reject)]
    assert (reject.table, reject.reason, reject.raw) == ("measures", "unknown_label", "article 99")
    assert of(records, Listing, "34461") == []
    assert ("sanctions-set-id", "article 99") in [(r.kind_text, r.value) for r in of(records, Fact, "34461")]


def test_an_unknown_programme_is_a_reject_and_keeps_its_measures(samples, tmp_path):
    records = changed(samples, tmp_path, '<program-key lang="eng">Belarus<', '<program-key lang="eng">Atlantis<')
    assert [(r.table, r.raw) for r in records if isinstance(r, Reject)] == [("programmes", "Atlantis")]
    assert of(records, Listing, "46130")


# ---- Listings ----
def test_a_person_stands_under_both_measures_of_a_set_and_a_bank_under_no_travel_ban(before):
    assert [r.measure_key for r in of(before, Listing, "5142")] == [FREEZE, TRAVEL]
    assert [r.measure_key for r in of(before, Listing, "46130")] == [MONEY, FREEZE]
    assert {r.basis for r in before if isinstance(r, Listing)} == {"stated"}


def test_the_origin_of_a_republished_listing_is_kept(before):
    origins = {r.target_key: r.origin for r in before if isinstance(r, Listing)}
    assert origins["5142"] == "other"  # the European Union's
    assert origins["34470"] == "un"  # of both, by its reference KPe.900
    assert origins["34461"] == "other"  # of both, and nothing tells whose


@pytest.mark.parametrize(
    ("words", "origin"), [("ONU", "un"), ("CH", "own"), ("CH, UNO", "own_and_un"), ("EU", "other"), ("CH, EU", "other")]
)
def test_an_origin_is_read_from_its_words(samples, tmp_path, words, origin):
    records = changed(samples, tmp_path, "<origin>EU<", f"<origin>{words}<")
    assert {r.origin for r in of(records, Listing, "46130")} == {origin}


def test_an_unknown_origin_stops_the_source(samples, tmp_path):
    with pytest.raises(UnknownWord, match="OSCE"):
        changed(samples, tmp_path, "<origin>EU<", "<origin>OSCE<")


# ---- Dates ----
def test_one_modification_is_three_steps_of_one_action(before):
    assert [step for step in steps(before, "5142", FREEZE) if step[0] == "list"] == [
        ("list", "enacted", "2006-06-28"), ("list", "published", "2006-07-04"), ("list", "effective", "2006-06-29")
    ]  # fmt: skip
    assert steps(before, "5142", FREEZE) == steps(before, "5142", TRAVEL)


def test_a_de_listed_target_stays_as_history_with_its_listing_and_its_end(before):
    assert [step for step in steps(before, "5142", TRAVEL) if step[0] == "delist"] == [
        ("delist", "enacted", "2016-02-29"), ("delist", "published", "2016-03-01"), ("delist", "effective", "2016-03-01")
    ]  # fmt: skip


def test_a_target_de_listed_between_two_editions_has_the_day_of_the_list(before, after):
    assert [step for step in steps(before, "46130", MONEY) if step[0] == "delist"] == []
    assert ("delist", "effective", "2026-09-03") in steps(after, "46130", MONEY)
    assert ("delist", "effective", "2026-09-03") in steps(after, "46130", FREEZE)


def test_a_set_added_later_does_not_have_the_day_of_the_target(before):
    assert steps(before, "46130", MONEY) == [
        ("list", "enacted", "2021-08-11"), ("list", "published", "2021-08-11"), ("list", "effective", "2021-08-12")
    ]  # fmt: skip
    assert steps(before, "46130", FREEZE) == [
        ("list", "enacted", "2022-03-16"), ("list", "published", "2022-03-16"), ("list", "effective", "2022-03-17")
    ]  # fmt: skip


def test_a_set_taken_away_is_a_past_listing(samples, tmp_path):
    records = changed(
        samples, tmp_path, "<added><sanctions-set-id>4387</sanctions-set-id></added>",
        "<removed><sanctions-set-id>34430</sanctions-set-id></removed>",
    )  # fmt: skip
    assert steps(records, "46130", "34430|financial measures") == [
        ("delist", "enacted", "2022-03-16"), ("delist", "published", "2022-03-16"), ("delist", "effective", "2022-03-17"),
        ("list", "enacted", "2021-08-11"), ("list", "published", "2021-08-11"), ("list", "effective", "2021-08-12"),
    ]  # fmt: skip
    assert {step[0] for step in steps(records, "46130", MONEY)} == {"list"}


def test_copies_of_whole_targets_bring_and_take_no_set(before):
    assert steps(before, "34470", "34430|financial measures") == [
        ("amend", "effective", "2018-04-25"), ("list", "published", "2013-04-19"), ("list", "effective", "2013-04-20")
    ]  # fmt: skip


def test_a_modification_without_days_gives_none_and_de_listed_without_a_day_no_listing(before):
    assert of(before, DatedStep, "34480") == of(before, Listing, "34480") == []
    assert [(r.value, r.note) for r in of(before, Fact, "34480")] == [("Financial measures, annex 2", "sanctions-set 34430")]


# ---- Names ----
def test_a_name_is_told_in_the_order_of_its_parts_and_again_in_each_spelling(before):
    assert [(r.value, r.type_text, r.language, r.script) for r in of(before, Name, "5142")] == [
        ("Testovich Dzmitry Aliaksandravich", "primary-name", "en", "Latn"),
        ("Testowitsch Dzmitry Aliaksandravich", "spelling-variant", "ru", "Latn"),
        ("Тестович Дмитрий", "spelling-variant", "ru", "Cyrl"),
        ("Dima", "alias/low", "en", "Latn"),
        ("Example Dmitri", "primary-name of another identity", "en", "Latn"),
    ]


def test_titles_and_maiden_names_are_facts(before):
    facts = {(r.kind_text, r.value) for r in of(before, Fact, "5142")}
    assert {("title", "Colonel"), ("maiden-name", "Sample")} <= facts


# ---- Days, papers, places ----
def test_days_of_another_calendar_stay_words(before):
    births = [r for r in of(before, Fact, "5142") if r.kind_text.startswith("day-month-year")]
    assert [(r.value, r.period and r.period.earliest, r.note) for r in births] == [
        ("1980-03-23", dt.date(1980, 3, 23), None),
        ("1359-07-01", None, "quality low; calendar Hijri-Shamsi; of another identity"),
    ]


def test_the_day_of_an_entity_is_no_birth(before):
    (fact,) = of(before, Fact, "46130")
    assert SOURCE.code("fact", fact.kind_text) == "organization_established_date"
    assert (fact.value, fact.period.precision) == ("1991-09", "month")


def test_places_stand_after_the_targets(before):
    (address,) = of(before, Address, "5142")
    assert (address.city, address.country_text, address.postal_code) == ("Minsk", "Belarus", "220029")
    assert address.text == "Sports Club, ul. Primernaya, 4, 220029, Minsk, Belarus"
    (birth,) = [r for r in of(before, Fact, "5142") if r.kind_text == "place-of-birth"]
    assert (birth.value, birth.country_text) == ("Mogilev, Mogilev Region, Belarus", "Belarus")


def test_a_reference_to_a_place_that_is_not_there_is_a_reject(samples, tmp_path):
    records = changed(samples, tmp_path, '<place ssid="29490">', '<place ssid="29491">')
    assert [(r.reason, r.raw, r.target_key) for r in records if isinstance(r, Reject)] == [
        ("dangling_reference", "29490", "5142")
    ]  # fmt: skip


def test_papers_ships_and_references_are_identifiers(before):
    identifiers = {(r.target_key, r.type_text): r for r in before if isinstance(r, Identifier)}
    passport = identifiers["5142", "passport"]
    assert (passport.value, passport.country_text, passport.note) == ("MP1234567", "Belarus", "issued in Minsk, Belarus")
    assert (passport.issued.earliest, passport.expires.earliest) == (dt.date(2010, 1, 2), dt.date(2020, 1, 2))
    assert identifiers["34461", "IMO Number"].value == "9074729"
    assert identifiers["34470", "foreign-identifier"].value == "KPe.900"


def test_a_relation_is_a_link_in_the_words_of_the_list(before):
    assert [r for r in before if isinstance(r, Link)] == [Link("5142", "46130", "relation", "related-to; Director")]


# ---- Drift ----
@pytest.mark.parametrize(
    ("find", "put"),
    [
        ('list-type="whole-list"', 'list-type="delta"'),
        ("<swiss-sanctions-list ", '<swiss-sanctions-list state="x" '),
        ("<place ", "<vessel/><place "),
        ("</swiss-sanctions-list>", "<vessel/></swiss-sanctions-list>"),
        ("<sanctions-set-id>4387", "<flag/><sanctions-set-id>4387"),
        ('<individual sex="male">', '<individual gender="male">'),
        ("<nationality ", "<citizenship/><nationality "),
        ('modification-type="amended"', 'modification-type="suspended"'),
        ("<added>", "<changed/><added>"),
        ('<program-name lang="eng">', '<program-name lang="roh">'),
    ],
)
def test_what_has_never_been_seen_stops_the_source(samples, tmp_path, find, put):
    with pytest.raises(UnknownContent):
        changed(samples, tmp_path, find, put)


# ---- The real documents ----
@pytest.mark.recordings
def test_the_sample_of_the_true_format_is_read_whole(recordings):
    records = parsed(recordings / "ch_seco_sample" / "2026-08-27" / "consolidated-list_trimmed.xml")
    assert [r.name for r in records if isinstance(r, Target)] == [
        "Lukashenka Dzmitry Aliaksandravich", "Belagroprombank", "Hui Chon"
    ]  # fmt: skip
    measure = "4387|restrictions on named individuals and entities"
    assert ("delist", "effective", "2016-03-01") in steps(records, "5142", measure)
    assert ("list", "effective", "2021-08-11") in steps(records, "46130", MONEY)
    assert [r.value for r in of(records, Identifier, "34461")] == ["8405270"]
    assert [r for r in records if isinstance(r, Reject)] == []


@pytest.mark.recordings
def test_the_trial_amendment_list_ties_a_target_to_two_sets(recordings):
    records = parsed(recordings / "ch_seco_sample" / "2024-01-17" / "seco.xml")
    assert [r.measure_key for r in of(records, Listing, "64393")] == ["64391|financial measures", "64392|travel ban"]
    assert [r for r in records if isinstance(r, DatedStep | Reject)] == []


@pytest.mark.recordings
def test_the_conversion_is_read_whole_and_states_no_listing(recordings):
    path = recordings / "ch_seco" / "2026-03-15" / "consolidated-list.xml.xz"
    text = document_of("ch_seco", path).read().decode("utf-8")
    records = parsed(path)
    targets = [r for r in records if isinstance(r, Target)]
    assert len(targets) == text.count("<target ") == 7608
    assert all(target.name for target in targets)
    assert [r for r in records if isinstance(r, Listing | Measure | DatedStep | Reject)] == []
    facts = [r for r in records if isinstance(r, Fact)]
    assert sum(r.kind_text == "sanctions-set-id" for r in facts) == text.count("<sanctions-set-id>") == 7608
    assert sum(r.kind_text == "justification" for r in facts) == text.count("<justification ")
    assert sum(r.kind_text.startswith("day-month-year") for r in facts) == text.count("<day-month-year ")
    told = re.findall(r'<target ssid="(\d+)">|(<name name-type.*?</name>)', text)
    names, target = set[tuple[str, str]](), ""
    for key, name in told:
        target = key or target
        if name:
            parts = re.findall(r'name-part-type="([^"]+)"><value>([^<]*)<', name)
            apart = {"title", "maiden-name"} if "family-name" in dict(parts) else {"title"}
            names.add((target, " ".join(" ".join(value.split()) for kind, value in parts if kind not in apart)))
    read = {(r.target_key, r.value.replace("&", "&amp;")) for r in records if isinstance(r, Name)}
    assert read == {pair for pair in names if pair[1]}
