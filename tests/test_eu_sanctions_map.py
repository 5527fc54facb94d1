"""The EU Sanctions Map: its two shapes, its types onto ours, its acts by CELEX, and whose date is whose."""

import ast
import datetime as dt
import json
import lzma
import re
from collections import Counter
from pathlib import Path

import pytest
from conftest import document_of

from pipeline.dates import UnreadableDate, midnight
from pipeline.documents.judgement import Inspector, Refusal, in_order
from pipeline.normalized import normalize
from pipeline.readers import celex
from pipeline.readers.xml import UnknownContent
from pipeline.records import DatedStep, Goods, Instrument, InstrumentLink, Measure, MeasureInstrument, Programme, Reject
from pipeline.sources import load

SOURCE = load(("eu_sanctions_map",))["eu_sanctions_map"]


def parsed(path: Path) -> list:
    return list(SOURCE.parse(document_of("eu_sanctions_map", path, media_type="application/json"), SOURCE))


@pytest.fixture(scope="module")
def sample(samples) -> Path:
    return samples / "eu_sanctions_map" / "2023-08-31" / "regime.json"


@pytest.fixture(scope="module")
def records(sample) -> list:
    return parsed(sample)


@pytest.fixture(scope="module")
def tables(sample) -> dict:
    return normalize(document_of("eu_sanctions_map", sample, media_type="application/json"), SOURCE)


def changed(sample: Path, tmp_path: Path, find: str, put: str) -> list:
    text = sample.read_text(encoding="utf-8")
    assert find in text
    path = tmp_path / "2023-08-31" / "regime.json"
    path.parent.mkdir()
    path.write_text(text.replace(find, put), encoding="utf-8")
    return parsed(path)


def the(records: list, key: str) -> Measure:
    return next(record for record in records if isinstance(record, Measure) and record.key == key)


def code(measure: Measure) -> str:
    return SOURCE.code("measure_type", measure.type_text)


def acts(records: list, key: str) -> set:
    return {
        (each.number, each.role, each.provision_text)
        for each in records
        if isinstance(each, MeasureInstrument) and each.measure_key == key
    }


def steps(records: list, key: str) -> list:
    return [
        (each.action, each.step, each.period.precision, str(each.period.latest))
        for each in records
        if isinstance(each, DatedStep) and each.measure_key == key
    ]


# ---- Types ----
@pytest.mark.parametrize(
    ("key", "type_code", "scope"),
    [
        ("312", "export_ban", "goods"),  # luxury goods
        ("328", "financial_messaging_ban", "listed_targets"),  # SWIFT
        ("323", "central_bank_restriction", "central_bank"),
        ("317", "capital_market_restriction", "listed_targets"),
        ("320", "capital_market_restriction", "territory"),
        ("329", "export_ban", "goods"),  # banknotes
        ("64", "arms_embargo", "territory"),
        ("35", "arms_embargo", "listed_targets"),  # "to the listed individuals"
        ("310", "airspace_ban", "territory"),
        ("307", "broadcast_ban", "listed_targets"),
        ("335", "road_transport_ban", "territory"),
        ("333", "port_vessel_ban", "vessels"),
        ("340", "import_ban", "goods"),
        ("57", "import_ban", "goods"),
        ("112", "trade_ban", "goods"),  # import or export
        ("16", "asset_freeze", "listed_targets"),
        ("264", "travel_ban", "listed_targets"),
        ("258", "property_rights_ban", "territory"),
        ("999", "vigilance_duty", "territory"),
    ],
)
def test_each_type_of_the_map_has_ours_and_one_type_of_theirs_can_be_many_of_ours(records, key, type_code, scope):
    measure = the(records, key)
    assert (code(measure), measure.scope) == (type_code, scope)


def test_a_type_that_the_map_never_had_is_a_reject_of_its_closed_list(sample, tmp_path):
    records = changed(sample, tmp_path, "Media ban", "Space ban")
    assert the(records, "307").type_text == "Space ban"
    path = tmp_path / "2023-08-31" / "regime.json"
    rejects = normalize(document_of("eu_sanctions_map", path, media_type="application/json"), SOURCE)["rejects"]
    told = rejects.filter(table="measures").select("locator", "reason_code").rows()
    assert told == [("/[regimes_id='26']/measures/data[id=307]", "unknown_label")]


def test_a_new_heading_below_the_restrictions_on_goods_is_read_as_they_are(sample, tmp_path):
    measure = the(changed(sample, tmp_path, "'Luxury goods', 'parent_id': 20", "'Diamonds', 'parent_id': 20"), "312")
    assert (measure.type_text, code(measure)) == ("Restrictions on goods: sell, supply, transfer or export", "export_ban")
    assert measure.title == "EU: export ban against Russia (diamonds)"


# ---- Whom, what, by whom ----
def test_the_luxury_goods_are_the_words_of_the_description_and_its_annex(records):
    assert the(records, "312").goods_text == "luxury goods"
    assert the(records, "312").title == "EU: export ban against Russia (luxury goods)"
    goods = [(each.measure_key, each.goods_text, each.item_text) for each in records if isinstance(each, Goods)]
    assert ("312", "luxury goods", "Annex XVIII") in goods
    assert ("57", "goods originating in Crimea or Sevastopol", "Restrictions on goods") in goods
    assert the(records, "340").exceptions_text == "Certain exemptions apply"


def test_changing_the_goods_of_the_sample_changes_the_row(sample, tmp_path):
    assert (
        the(changed(sample, tmp_path, "export luxury goods, as", "export luxury cars, as"), "312").goods_text == "luxury cars"
    )


def test_the_territory_is_the_country_of_the_map_or_the_part_of_it_that_the_description_means(tables):
    keys = {row["measure_id"]: row["source_key"] for row in tables["measure_keys"].to_dicts()}
    territories = {keys[row["measure_id"]]: row["territory_codes"] for row in tables["measures"].to_dicts()}
    assert territories["312"] == ["RU"]
    assert territories["112"] == ["KP"]
    assert territories["57"] == ["UA-40", "UA-43"]
    assert territories["263"] == []


def test_the_adopting_body_is_the_one_that_the_map_names(records):
    assert the(records, "312").authority_name == "Council of the European Union"
    assert the(records, "35").authority_name == "United Nations Security Council"
    assert the(records, "112").authority_name == "United Nations Security Council and Council of the European Union"


# ---- Acts ----
def test_an_act_is_named_by_its_celex_number_whether_its_address_or_its_number_tells_it(records):
    numbers = {each.number for each in records if isinstance(each, Instrument)}
    assert numbers == {
        "32014D0512", "32014R0833", "32016D0849", "32017R1509", "32014D0386", "32014R0692", "32023D1188", "32014R0224",
        "32018R1542", "S/RES/1718 (2006)", "S/RES/2371 (2017)", "S/RES/2339 (2017)", "S/RES/2648 (2022)",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "kind", "number"),
    [
        ("(EU) No 833/2014", "Regulation", "32014R0833"),
        ("(EU) 833/2014", "Regulation", "32014R0833"),
        ("(EU) 2017/1509", "Regulation", "32017R1509"),
        ("(EEC) No 3541/92", "Regulation", "31992R3541"),
        ("(EC) No 2580/2001", "Regulation", "32001R2580"),
        ("2014/512/CFSP", "Decision", "32014D0512"),
        ("(CFSP) 2016/849", "Decision", "32016D0849"),
        ("94/315/CFSP", "Decision", "31994D0315"),
        ("2003/495/CFSP", "Common Position", "32003E0495"),
        ("96/668/CFSP", "Joint Action", "31996E0668"),
    ],
)
def test_the_numbers_that_lawyers_write_are_celex_numbers(words, kind, number):
    assert celex.of_number(words, kind) == number


def test_words_that_are_no_number_of_an_act_are_refused():
    with pytest.raises(celex.NoCelex, match="expected a number"):
        celex.of_number("OJ L 229", "Regulation")
    with pytest.raises(celex.NoCelex, match="no act that can be"):
        celex.of_number("833/1", "Regulation")
    assert celex.of_address("https://eur-lex.europa.eu/eli/reg/2014/692/2022-10-06") is None


def test_a_number_that_is_not_the_one_of_its_address_is_a_reject_and_its_act_ties_no_measure(sample, tmp_path):
    records = changed(sample, tmp_path, "basic legal act - (EU) No 833/2014", "basic legal act - (EU) No 834/2014")
    rejects = [(each.locator, each.reason) for each in records if isinstance(each, Reject)]
    assert rejects == [("/[regimes_id='26']/legal_acts/data[id=49]", "malformed_value")]
    assert acts(records, "312") == {("32014D0512", "authority", None)}


def test_a_resolution_is_made_by_the_united_nations_also_where_a_union_carries_it_out(tables):
    made = dict(tables["instruments"].select("number", "issuer_code").rows())
    assert made["S/RES/1718 (2006)"] == "UN"
    assert made["32014R0833"] == "EU"
    ids = set(tables["instruments"]["instrument_id"])
    assert set(tables["measure_instruments"]["instrument_id"]) <= ids


def test_the_act_that_the_description_names_imposes_and_the_other_acts_of_the_regime_are_its_authority(records):
    assert acts(records, "312") == {("32014R0833", "imposes", "Article 3h; Annex XVIII"), ("32014D0512", "authority", None)}
    assert acts(records, "64") == {("32014R0833", "authority", None), ("32014D0512", "authority", None)}
    assert acts(records, "35") == {
        ("32014R0224", "authority", None), ("S/RES/2339 (2017)", "authority", None), ("S/RES/2648 (2022)", "authority", None),
    }  # fmt: skip


def test_an_act_that_is_not_yet_consolidated_amends_the_one_of_its_kind_and_bears_no_measure(records):
    links = [(each.number, each.other_number) for each in records if isinstance(each, InstrumentLink)]
    assert links == [("32023D1188", "32014D0386")]
    assert "32023D1188" not in {number for number, _, _ in acts(records, "57")}


def test_the_founding_act_is_the_article_that_the_annex_or_the_subject_tells(records):
    assert the(records, "312").founding_act == "32014R0833|3h"
    assert the(records, "328").founding_act == "32014R0833|5h"
    assert the(records, "323").founding_act == "32014R0833|5a(4)"
    assert the(records, "112").founding_act == "32017R1509|10"
    assert the(records, "64").founding_act is None
    assert the(records, "317").founding_act is None  # the paragraphs of article 5 were numbered anew
    assert the(records, "16").founding_act == "32017R1509"  # the only asset freeze of the only regulation


def test_another_annex_is_another_article(sample, tmp_path):
    records = changed(sample, tmp_path, "luxury goods, as listed in Annex XVIII of", "luxury goods, as listed in Annex XX of")
    assert the(records, "312").founding_act is None
    assert ("32014R0833", "imposes", "Annex XX") in acts(records, "312")


def test_a_provision_that_two_measures_of_one_type_share_founds_neither(sample, tmp_path):
    banknotes = (
        "It is prohibited to sell, supply, transfer or export banknotes denominated in any official currency of a Member State"
    )
    reserves = "Of the management of reserves as well as of assets of the Central Bank of Russia are prohibited all"
    records = changed(sample, tmp_path, banknotes, reserves)
    assert code(the(records, "329")) == "central_bank_restriction"
    assert (the(records, "329").founding_act, the(records, "323").founding_act) == (None, None)


# ---- Days ----
def test_the_day_of_a_measure_is_the_one_of_its_own_text(records):
    assert steps(records, "328") == [("impose", "effective", "day", "2022-03-12")]
    assert steps(records, "320") == [("impose", "effective", "day", "2022-04-12"), ("widen", "effective", "day", "2023-01-29")]


def test_changing_the_day_of_the_sample_changes_the_step(sample, tmp_path):
    records = changed(sample, tmp_path, "as of 12.3.2022", "as of 13.3.2022")
    assert steps(records, "328") == [("impose", "effective", "day", "2022-03-13")]


def test_a_day_of_securities_or_of_ownership_is_no_day_of_the_measure(records):
    assert steps(records, "317") == [("impose", "unspecified", "not_after", "2023-08-31")]
    assert not [each for each in records if isinstance(each, Reject)]


def test_a_measure_without_a_day_of_its_own_has_no_date_and_none_of_its_regime(records, tables):
    assert steps(records, "312") == [("impose", "unspecified", "not_after", "2023-08-31")]
    told = tables["dates"].filter(tables["dates"]["date_precision_code"] == "not_after")
    assert told["date"].null_count() == told.height


def test_a_new_way_to_say_as_of_is_a_reject_and_no_date(sample, tmp_path):
    records = changed(sample, tmp_path, "Russian air carriers to overfly", "Russian air carriers as from 1.1.2022 to overfly")
    assert [(each.reason, each.raw) for each in records if isinstance(each, Reject)] == [
        ("ambiguous_value", "prohibited for any aircraft operated by Russian air carriers as from 1.1.2022")
    ]


def test_a_day_that_never_was_is_a_reject(sample, tmp_path):
    records = changed(sample, tmp_path, "as of 12.3.2022", "as of 32.3.2022")
    assert [each.reason for each in records if isinstance(each, Reject)] == ["malformed_date"]


def test_a_suspended_measure_was_suspended_no_later_than_the_day_of_the_map(records):
    assert ("suspend", "unspecified", "not_after", "2023-08-31") in steps(records, "999")


def test_the_seconds_of_a_regime_are_midnights_of_brussels(records):
    russia = next(each for each in records if isinstance(each, Programme) and each.key == "26")
    assert russia.expires == dt.date(2024, 1, 31)  # 2024-01-30T23:00:00Z
    assert russia.amended == dt.date(2023, 7, 20)  # 2023-07-19T22:00:00Z
    korea = next(each for each in records if isinstance(each, Programme) and each.key == "20")
    assert korea.expires is None
    with pytest.raises(UnreadableDate, match="expected a midnight"):
        midnight(1706655601, "Europe/Brussels")


def test_seconds_that_are_no_midnight_are_a_reject_and_no_day(sample, tmp_path):
    records = changed(sample, tmp_path, "1706655600.0", "1706655601.0")
    assert [(each.locator, each.reason) for each in records if isinstance(each, Reject)] == [
        ("/[regimes_id='26']/expiration", "malformed_date")
    ]


# ---- Shapes ----
API_REGIME = {
    "id": 26, "specification": "Measures", "acronym": None, "notes": None, "special": False, "expiration": 1706655600,
    "amendment": 1689804000, "programme": [], "has_lists": True, "adopted_by": {"data": {"id": 1, "title": "EU"}},
    "country": {"data": {"code": "RU", "title": "Russia"}}, "guidances": {"data": []}, "general_guidances": {"data": []},
    "category": None,
    "legal_acts": {"data": [{
        "id": 49, "title": "Council Regulation", "number": "24.06.2023 consolidated basic legal act - (EU) No 833/2014",
        "url": "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX%3A02014R0833-20230624",
        "type": {"data": {"id": 2, "title": "EU Council Regulation"}},
    }]},
    "measures": {"data": [{
        "id": 312, "suspend": False,
        "description": "It is prohibited to sell, supply, transfer or export luxury goods, as listed in Annex XVIII of "
        "Regulation (EU) 833/2014, to any person or entity in Russia.",
        "type": {"data": {"id": 24, "icon": "x", "title": "Luxury goods", "parent_id": 20}},
    }]},
}  # fmt: skip


def api(tmp_path: Path, **changes: object) -> Path:
    path = tmp_path / "2024-01-15" / "regime.json"
    path.parent.mkdir()
    path.write_text(json.dumps({"data": [{**API_REGIME, **changes}]}), encoding="utf-8")
    return path


def test_the_answer_of_the_api_says_what_a_dump_of_it_says(tmp_path, records):
    told = parsed(api(tmp_path))
    luxury = the(told, "312")
    assert luxury._replace(locator="", quote=None) == the(records, "312")._replace(locator="", quote=None)
    assert luxury.locator == "/data[id=26]/measures/data[id=312]"
    assert next(each for each in told if isinstance(each, Programme)).expires == dt.date(2024, 1, 31)


def test_a_field_that_the_map_never_had_stops_the_parser(tmp_path):
    with pytest.raises(UnknownContent, match="severity"):
        parsed(api(tmp_path, severity=3))


def test_a_literal_is_read_and_never_run(sample, tmp_path):
    with pytest.raises(ValueError, match="malformed node"):
        changed(sample, tmp_path, "\"['PRK']\"", "\"[__import__('os').getcwd()]\"")


def test_both_shapes_are_judged_good_and_another_root_is_refused(tmp_path, sample):
    def is_refused(path: Path) -> bool:
        document = document_of("eu_sanctions_map", path, media_type="application/json")
        *_, found = in_order([document], SOURCE, Inspector())
        return isinstance(found, Refusal)

    answer = api(tmp_path)
    assert not is_refused(sample)
    assert not is_refused(answer)
    answer.write_text('{"response": []}', encoding="utf-8")
    assert is_refused(answer)


# ---- Merging ----
def test_the_freeze_of_the_map_and_of_the_list_of_those_frozen_name_one_act(records):
    fsf = load(("eu_fsf",))["eu_fsf"]
    korea = next(each for each in fsf.facts["programme"] if each["key"] == "PRK")
    imposing = [act["number"] for each in korea["measure"] for act in each["acts"] if act["role"] == "imposes"]
    assert [the(records, "16").founding_act] == imposing


# ---- The recording ----
@pytest.fixture(scope="module")
def recorded(recordings) -> Path:
    return recordings / "eu_sanctions_map" / "2023-08-31" / "regime.json.xz"


@pytest.mark.recordings
def test_the_recorded_map_has_49_regimes_289_measures_and_227_acts_by_an_independent_pass(recorded):
    rows = json.loads(lzma.decompress(recorded.read_bytes()))
    measures = [each for row in rows for each in ast.literal_eval(row["measures.data"])]
    acts_told = [each for row in rows for each in ast.literal_eval(row["legal_acts.data"])]
    assert (len(rows), len(measures), len(acts_told)) == (49, 289, 227)
    records = parsed(recorded)
    counts = Counter(type(each).__name__ for each in records)
    assert (counts["Programme"], counts["Measure"], counts["Instrument"]) == (49, 289, 227)
    assert {each.key for each in records if isinstance(each, Measure)} == {str(each["id"]) for each in measures}
    assert counts["Reject"] == 0
    titles = Counter(each["type"]["data"]["title"] for each in measures)
    codes = Counter(code(each) for each in records if isinstance(each, Measure))
    assert codes["asset_freeze"] == titles["Asset freeze and prohibition to make funds available"] == 38
    assert codes["travel_ban"] == titles["Restrictions on admission"] == 35
    assert codes["arms_embargo"] == sum(titles[each] for each in titles if each.startswith("Arms ")) == 25
    assert codes["claims_prohibition"] == titles["Prohibition to satisfy claims"] == 12


@pytest.mark.recordings
def test_every_recorded_address_with_a_celex_number_names_the_act_that_we_name(recorded):
    text = lzma.decompress(recorded.read_bytes()).decode()
    addressed = {f"3{found}" for found in re.findall(r"CELEX(?:%3A|:)[03](\d{4}[A-Z]\d{4})", text)}
    numbers = {each.number for each in parsed(recorded) if isinstance(each, Instrument)}
    assert len(addressed) > 80
    assert addressed <= numbers
    resolutions = [number for number in numbers if number.startswith("S/RES/")]
    assert all(re.fullmatch(r"S/RES/\d+ \(\d{4}\)", number) for number in resolutions)


@pytest.mark.recordings
def test_no_measure_is_left_with_words_that_say_less_than_its_description(recorded):
    vague = {"financial_restriction", "trade_restriction", "sanctions_unspecified", "listing"}
    assert not [each.key for each in parsed(recorded) if isinstance(each, Measure) and code(each) in vague]


@pytest.mark.recordings
def test_days_stand_only_in_eight_descriptions(recorded):
    stated = {each.measure_key for each in parsed(recorded) if isinstance(each, DatedStep) and each.period.precision == "day"}
    assert stated == {"299", "305", "320", "324", "328", "348", "352", "353"}


@pytest.mark.recordings
def test_the_freezes_on_iraq_and_somalia_are_founded_by_the_regulation_that_freezes(recorded):
    founded = {
        each.territory_texts: each.founding_act
        for each in parsed(recorded)
        if isinstance(each, Measure) and code(each) == "asset_freeze" and each.territory_texts in (("Iraq",), ("Somalia",))
    }
    assert founded == {("Iraq",): "32003R1210", ("Somalia",): "32010R0356"}


@pytest.mark.recordings
def test_regulation_269_is_directed_at_russia_and_208_at_ukraine(recorded):
    records = parsed(recorded)
    told = {each.measure_key for each in records if isinstance(each, MeasureInstrument) and each.number == "32014R0269"}
    other = {each.measure_key for each in records if isinstance(each, MeasureInstrument) and each.number == "32014R0208"}
    where = {each.key: each.territory_texts for each in records if isinstance(each, Measure)}
    assert {where[key] for key in told} == {("Russia",)}
    assert {where[key] for key in other} == {("Ukraine",)}


@pytest.mark.recordings
def test_no_two_measures_of_a_regime_bear_one_title_unless_the_map_says_the_same_twice(recorded):
    measures = [each for each in parsed(recorded) if isinstance(each, Measure)]
    told = Counter((each.programme_key, code(each), each.territory_texts, each.title) for each in measures)
    assert [title for (_, _, _, title), count in told.items() if count > 1] == [
        "EU: port vessel ban against Russia (vessels suspected of ship-to-ship transfers or of hiding their position)"
    ]
