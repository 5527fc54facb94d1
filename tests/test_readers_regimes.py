"""A table of regimes says which measures a listed target stands under, and under which act."""

import datetime as dt

import pytest

from pipeline.readers.regimes import Act, UnknownRegime, regimes
from pipeline.records import DatedStep, Instrument, Measure, MeasureInstrument, Programme

FREEZE = {
    "type_text": "assets freeze",
    "target_types": ["INDIVIDUAL", "ENTITY"],
    "acts": [
        {
            "number": "S/RES/1718 (2006)", "role": "imposes", "provision": "paragraph 8 (d)",
            "adopted": dt.date(2006, 10, 14), "read_at": "https://undocs.org/S/RES/1718(2006)", "checked_at": "https://example.org/1718",
        }
    ],
}  # fmt: skip
TRAVEL = {
    "type_text": "travel ban",
    "target_types": ["INDIVIDUAL"],
    "acts": [{"number": "S/RES/1718 (2006)", "role": "authority", "read_at": "https://undocs.org/S/RES/1718(2006)"}],
}
TABLE = {
    "programme": [
        {
            "key": "DPRK", "words": ["DPRK", "17182006"], "name": "Committee 1718", "url": "https://example.org/",
            "territory_texts": ["North Korea"], "measure": [FREEZE, TRAVEL],
        }
    ]
}  # fmt: skip


def test_a_renamed_regime_is_one_regime():
    table = regimes(TABLE)
    assert table["DPRK"] is table["17182006"]


def test_one_word_cannot_name_two_regimes():
    twice = {"programme": [*TABLE["programme"], {**TABLE["programme"][0], "key": "other"}]}
    with pytest.raises(ValueError, match="names both DPRK and other"):
        regimes(twice)


def test_an_entity_has_no_travel_ban_by_default():
    listings = regimes(TABLE)["DPRK"].listings("KPe.001", "ENTITY")
    assert [(listing.measure_key, listing.basis) for listing in listings] == [("DPRK|assets freeze", "derived")]


def test_a_regime_is_told_with_its_acts_and_provisions():
    records = list(regimes(TABLE)["DPRK"].records("//UN_LIST_TYPE", instrument_type="resolution"))
    assert [type(record) for record in records] == [
        Programme, Instrument, Measure, MeasureInstrument, DatedStep, Measure, MeasureInstrument,
    ]  # fmt: skip
    assert records[0] == Programme("DPRK", "Committee 1718", "https://example.org/", ("North Korea",))
    assert records[2].scope == "listed_targets"
    assert records[3] == MeasureInstrument("DPRK|assets freeze", "S/RES/1718 (2006)", "imposes", "paragraph 8 (d)")
    assert records[6].provision_text is None


def test_the_day_of_adoption_says_that_it_comes_from_the_table():
    (step,) = [r for r in regimes(TABLE)["DPRK"].records("//x", instrument_type="x") if isinstance(r, DatedStep)]
    assert (step.action, step.step, step.period.earliest) == ("impose", "approved", dt.date(2006, 10, 14))
    assert step.period.derivation == "day of adoption of S/RES/1718 (2006), from the table of regimes"


def test_a_measure_that_the_regime_does_not_have_is_an_error():
    with pytest.raises(UnknownRegime, match="arms embargo"):
        regimes(TABLE)["DPRK"].measure("arms embargo")


def test_a_paragraph_that_nobody_saw_cannot_stand_in_the_table():
    with pytest.raises(ValueError, match="checked_at"):
        Act("S/RES/1 (1946)", "imposes", "https://undocs.org/S/RES/1(1946)", provision="paragraph 1")


def test_the_first_day_of_force_is_a_step_of_its_own():
    act = {**FREEZE["acts"][0], "effective": dt.date(2006, 10, 15)}
    table = {"programme": [{**TABLE["programme"][0], "measure": [{**FREEZE, "acts": [act]}]}]}
    steps = [r for r in regimes(table)["DPRK"].records("//x", instrument_type="x") if isinstance(r, DatedStep)]
    assert [(step.step, step.period.earliest) for step in steps] == [
        ("approved", dt.date(2006, 10, 14)), ("effective", dt.date(2006, 10, 15))
    ]  # fmt: skip
    assert steps[1].period.derivation == "first day of force of S/RES/1718 (2006), from the table of regimes"


def test_a_measure_that_the_list_states_stands_on_the_acts_of_its_regime_and_on_its_own():
    acts = [
        {"number": "SI 2019/855", "title": "The Russia Regulations", "role": "imposes", "read_at": "https://example.org/855"},
        {
            "number": "SI 2019/855", "type_text": "Banking", "role": "imposes", "provision": "regulation 17A",
            "read_at": "https://example.org/855", "checked_at": "https://example.org/855/17A",
        },
        {"number": "SI 2022/1331", "type_text": "Trusts", "role": "amends", "read_at": "https://example.org/1331"},
    ]  # fmt: skip
    row = {"key": "Russia", "words": ["Russia"], "name": "R", "url": "u", "territory_texts": ["Russia"], "acts": acts}
    regime = regimes({"programme": [{**row, "authority_name": "Treasury"}]})["Russia"]
    measure, *links = regime.stated("Banking", "/rows")
    assert (measure.key, measure.authority_name, measure.locator) == ("Russia|Banking", "Treasury", "/rows")
    assert links == [MeasureInstrument("Russia|Banking", "SI 2019/855", "imposes", "regulation 17A")]
    assert [link.number for link in list(regime.stated("Trusts", "/rows"))[1:]] == ["SI 2019/855", "SI 2022/1331"]
    said = list(regime.records("/rows", instrument_type="Statutory Instrument"))
    assert [(r.number, r.title) for r in said if isinstance(r, Instrument)] == [
        ("SI 2019/855", "The Russia Regulations"), ("SI 2022/1331", None)
    ]  # fmt: skip
