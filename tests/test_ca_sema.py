"""Canada's list: every trap of the source has a claim here; the recording is counted by an independent pass."""

import datetime as dt
import re
from pathlib import Path

import pytest
from conftest import document_of
from lxml import etree

from pipeline.readers.regimes import UnknownRegime
from pipeline.readers.scripts import script_of
from pipeline.readers.xml import UnknownContent
from pipeline.records import (
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
)  # fmt: skip
from pipeline.sources import load
from pipeline.sources.ca_sema import aliases

SOURCE = load(("ca_sema",))["ca_sema"]
PETROV, TANKER = "Russia|1, Part 1|12", "Russia|1.1|1"


def parsed(path: Path) -> list:
    return list(SOURCE.parse(document_of("ca_sema", path), SOURCE))


def of(records: list, kind: type, target: str) -> list:
    return [record for record in records if isinstance(record, kind) and record.target_key == target]


@pytest.fixture(scope="module")
def old(samples) -> list:
    return parsed(samples / "ca_sema" / "2020-06-30" / "sema-lmes.xml")


@pytest.fixture(scope="module")
def new(samples) -> list:
    return parsed(samples / "ca_sema" / "2025-06-30" / "sema-lmes.xml")


def changed(samples, tmp_path: Path, find: str, put: str) -> list:
    text = (samples / "ca_sema" / "2025-06-30" / "sema-lmes.xml").read_text(encoding="utf-8")
    assert find in text
    path = tmp_path / "2025-06-30" / "sema-lmes.xml"
    path.parent.mkdir()
    path.write_text(text.replace(find, put, 1), encoding="utf-8")
    return parsed(path)


# ---- Keys ----
def test_the_key_is_country_schedule_and_item_in_the_registers_own_words(new):
    assert [(r.key, r.key_kind, r.type_text) for r in new if isinstance(r, Target)] == [
        ("Myanmar (Burma)|Part 1|4", "source_key", "entity"),
        ("Russia|1, Part 1|12", "source_key", "person"),
        ("Russia|1, Part 1.1|3", "source_key", "person"),
        ("Russia|1.1|1", "source_key", "ship"),
        ("Russia|2|1", "source_key", "entity"),
        ("Russia|3|1", "source_key", "entity"),
        ("Venezuela||7", "source_key", "person"),
        ("JVCFOR||5", "source_key", "person"),
        ("Hamas Terrorist Attacks|Part 2|1", "source_key", "entity"),
    ]


def test_nbsp_a_lost_blank_na_and_a_renamed_country_do_not_change_the_key(old, new):
    before = [r.key for r in old if isinstance(r, Target)]
    assert before == ["Myanmar (Burma)|Part 1|4", "Russia|1, Part 1|12", "Venezuela||7"]
    assert set(before) <= {r.key for r in new if isinstance(r, Target)}


def test_the_locator_finds_its_record_and_no_other(samples, old, new):
    for day, records in (("2020-06-30", old), ("2025-06-30", new)):
        tree = etree.parse(samples / "ca_sema" / day / "sema-lmes.xml")
        found = [tree.xpath(r.locator) for r in records if isinstance(r, Target)]
        assert [len(elements) for elements in found] == [1] * len(tree.getroot())
        assert [elements[0] for elements in found] == list(tree.getroot())


# ---- Names ----
def test_surname_and_given_name_are_joined_with_a_comma(new):
    names = {r.key: r.name for r in new if isinstance(r, Target)}
    assert names[PETROV] == "Petrov, Ivan Testovich"
    assert names["JVCFOR||5"] == "Exemple"
    assert names[TANKER] == "EXAMPLE TANKER"


def test_the_aliases_of_one_cell_are_names_in_their_language_and_script(new):
    assert [(r.value, r.type_text, r.language, r.script) for r in of(new, Name, PETROV)] == [
        ("Petrov, Ivan Testovich", "name", None, "Latn"),
        ("Ivan Testowitsch PETROV", "Aliases", None, "Latn"),
        ("Іван Пятроў", "Aliases", "be", "Cyrl"),
        ("Иван Тестович Петров", "Aliases", "ru", "Cyrl"),
        ("Ваня Петров", "Aliases", "ru", "Cyrl"),
    ]


@pytest.mark.parametrize(
    ("cell", "kind", "names"),
    [
        ("Sergei, Serhii SHERBAKOV", "person", ["Sergei, Serhii SHERBAKOV"]),
        ("Aleksey Azarov, Алексей Азаров", "person", ["Aleksey Azarov", "Алексей Азаров"]),
        ("Example Group, Ltd.; EHL", "entity", ["Example Group, Ltd.", "EHL"]),
        ("Иван ПЕТРОВ / Iван ПЕТРОВ", "person", ["Иван ПЕТРОВ", "Iван ПЕТРОВ"]),
        ("Nikolay or Nikolai / Vasilievich", "person", ["Nikolay or Nikolai / Vasilievich"]),
        ("", "person", []),
    ],
)
def test_only_what_surely_parts_names_parts_them(cell, kind, names):
    assert [name for name, _ in aliases(cell, kind)] == names


def test_a_name_of_two_scripts_has_none():
    assert script_of("Iван") is None  # a Latin capital I in a Cyrillic name
    assert [script_of(name) for name in ("Иван", "EHL (2)", "محمد", "12", "朴")] == ["Cyrl", "Latn", "Arab", None, "Hani"]


# ---- Facts ----
def test_dates_of_birth_are_read_where_regular_and_stay_words_elsewhere(old, new):
    assert [(r.value, r.period and r.period[:3]) for r in of(old, Fact, "Venezuela||7")] == [
        ("1957-1958", (dt.date(1957, 1, 1), dt.date(1958, 12, 31), "between"))
    ]
    assert [(r.value, r.period) for r in of(new, Fact, "Venezuela||7")] == [("Sep-64", None)]
    assert [(r.kind_text, r.value, r.period and r.period.earliest) for r in of(new, Fact, PETROV)] == [
        ("DateOfBirthOrShipBuildDate of a person", "1972-01-01", dt.date(1972, 1, 1)),
        ("TitleOrShip of a person", "Colonel", None),
    ]


def test_one_birth_or_another_are_two_facts(new):
    assert [(r.period.earliest, r.note) for r in of(new, Fact, "Russia|1, Part 1.1|3")] == [
        (dt.date(1964, 5, 1), "1964-05-01 or 1965-05-01"), (dt.date(1965, 5, 1), "1964-05-01 or 1965-05-01")
    ]  # fmt: skip


def test_a_ship_has_its_kind_its_year_and_its_imo_number(new):
    assert of(new, Identifier, TANKER) == [Identifier(TANKER, "ShipIMONumber", "9074729")]
    codes = [SOURCE.code("fact", r.kind_text) for r in of(new, Fact, TANKER)]
    assert codes == ["vessel_year_of_build", "vessel_type"]


# ---- Measures ----
def test_the_schedule_decides_what_is_prohibited(new):
    listed = {r.key: [x.measure_key.partition("|")[2] for x in of(new, Listing, r.key)] for r in new if isinstance(r, Target)}
    assert listed == {
        "Myanmar (Burma)|Part 1|4": ["dealings ban"],
        "Russia|1, Part 1|12": ["dealings ban", "inadmissibility"],
        "Russia|1, Part 1.1|3": ["dealings ban", "inadmissibility"],
        "Russia|1.1|1": ["docking and passage ban", "ship services ban"],
        "Russia|2|1": ["new debt ban, 30 days", "new equity ban"],
        "Russia|3|1": ["new debt ban, 90 days"],
        "Venezuela||7": ["dealings ban", "inadmissibility"],
        "JVCFOR||5": ["dealings ban", "inadmissibility of those listed for human rights or corruption"],
        "Hamas Terrorist Attacks|Part 2|1": ["dealings ban"],
    }
    assert {r.basis for r in new if isinstance(r, Listing)} == {"derived"}


def test_a_measure_rests_on_the_section_of_its_regulation(new):
    (link,) = [r for r in new if isinstance(r, MeasureInstrument) and r.measure_key == "Russia|dealings ban"]
    assert link == MeasureInstrument("Russia|dealings ban", "SOR/2014-58", "imposes", "section 3")
    (act,) = {r for r in new if isinstance(r, Instrument) and r.number == "SOR/2014-58"}
    assert act.title == "Special Economic Measures (Russia) Regulations"
    assert act.url == "https://laws-lois.justice.gc.ca/eng/XML/SOR-2014-58.xml"
    assert {r.type_text for r in new if isinstance(r, Instrument) and r.number.startswith("S.C.")} == {"act"}


def test_a_measure_against_ships_has_ships_as_its_scope(new):
    scopes = {r.key: r.scope for r in new if isinstance(r, Measure)}
    assert scopes["Russia|docking and passage ban"] == "vessels"
    assert scopes["Russia|dealings ban"] == "listed_targets"


def test_an_act_is_a_programme_without_territory(new):
    territories = {r.key: r.territory_texts for r in new if isinstance(r, Programme)}
    assert territories["JVCFOR"] == territories["Hamas Terrorist Attacks"] == ()
    assert territories["Myanmar (Burma)"] == ("Myanmar",)


def test_an_old_list_has_no_effect_that_the_law_did_not_yet_have(old):
    assert {r.measure_key.partition("|")[2] for r in old if isinstance(r, Listing)} == {"dealings ban"}
    assert "Russia|ship services ban" not in {r.key for r in old if isinstance(r, Measure)}


def test_a_measure_of_one_provision_names_it_as_the_source_of_the_law_does(new):
    told = {record.key: record.founding_act for record in new if isinstance(record, Measure)}
    assert told["Russia|dealings ban"] == "SOR/2014-58|3"
    assert told["Russia|new debt ban, 30 days"] == "SOR/2014-58|3.01(1)"
    assert told["Russia|new debt ban, 90 days"] == "SOR/2014-58|3.01(1.1)"
    assert told["Russia|new equity ban"] == "SOR/2014-58|3.02(1)"
    assert told["Russia|ship services ban"] == "SOR/2014-58|3.04(2)"
    assert told["JVCFOR|dealings ban"] == "SOR/2017-233|2"


def test_a_measure_of_less_than_one_provision_and_one_of_an_act_name_none(new):
    told = {record.key: record.founding_act for record in new if isinstance(record, Measure)}
    assert told["Russia|docking and passage ban"] is None
    assert told["Russia|inadmissibility"] is None


# ---- Dates ----
def test_the_date_of_listing_is_the_entrys_and_not_that_of_a_later_effect(new):
    steps = {r.measure_key: r.period for r in of(new, DatedStep, PETROV)}
    assert steps["Russia|dealings ban"][:3] == (dt.date(2014, 3, 17), dt.date(2014, 3, 17), "day")
    assert steps["Russia|inadmissibility"][:3] == (None, dt.date(2023, 6, 22), "not_after")
    assert "2014-03-17" in steps["Russia|inadmissibility"].derivation
    later = {r.measure_key: r.period.earliest for r in of(new, DatedStep, "Russia|1, Part 1.1|3")}
    assert later == {"Russia|dealings ban": dt.date(2024, 2, 21), "Russia|inadmissibility": dt.date(2024, 2, 21)}


def test_a_list_without_dates_of_listing_has_no_listed_step(old):
    assert [r for r in old if isinstance(r, DatedStep) and r.action == "list"] == []


def test_a_day_that_never_was_is_a_reject_and_no_date(new):
    (reject,) = [r for r in new if isinstance(r, Reject)]
    assert (reject.reason, reject.raw, reject.target_key) == (
        "malformed_date", "2024-02-31", "Hamas Terrorist Attacks|Part 2|1"
    )  # fmt: skip
    assert of(new, DatedStep, "Hamas Terrorist Attacks|Part 2|1") == []


# ---- Drift ----
@pytest.mark.parametrize(
    ("find", "put", "error"),
    [
        ("<Item>12</Item>", "<Item>12</Item><Sex>m</Sex>", UnknownContent),
        ("<record>", '<record id="1">', UnknownContent),
        ("</record>", "</record><note/>", UnknownContent),
        ("<Item>12</Item>", "<Item/>", UnknownContent),
        ("<GivenName>Anna", "<EntityOrShip>X</EntityOrShip><GivenName>Anna", UnknownContent),
        ("Russia / Russie", "Atlantis / Atlantide", UnknownRegime),
        ("<Schedule>1.1<", "<Schedule>1.2<", UnknownRegime),
    ],
)
def test_what_has_never_been_seen_stops_the_source(samples, tmp_path, find, put, error):
    with pytest.raises(error):
        changed(samples, tmp_path, find, put)


def test_a_second_record_of_one_key_is_a_reject(samples, tmp_path):
    records = changed(samples, tmp_path, "<Schedule>3</Schedule>", "<Schedule>2</Schedule>")
    assert [r.reason for r in records if isinstance(r, Reject)] == ["duplicate_key", "malformed_date"]


# ---- The real document ----
@pytest.mark.recordings
def test_the_real_document_is_read_whole(recordings):
    path = recordings / "ca_sema" / "2025-05-25" / "sema-lmes.xml.xz"
    text = document_of("ca_sema", path).read().decode("utf-8")
    records = parsed(path)
    targets = [r for r in records if isinstance(r, Target)]
    assert len(targets) == text.count("<record>") == 4759
    assert [r for r in records if isinstance(r, Reject)] == []
    steps = {(r.target_key, r.period.text) for r in records if isinstance(r, DatedStep) and r.action == "list"}
    assert len(steps) == len(re.findall(r"<DateOfListing>\d{4}-\d\d-\d\d<", text)) == 4759
    assert sum(isinstance(r, Identifier) for r in records) == text.count("<ShipIMONumber>") == 109
    births = {r.target_key for r in records if isinstance(r, Fact) and r.kind_text.startswith("DateOfBirth")}
    assert len(births) == text.count("<DateOfBirthOrShipBuildDate>") == 1825
    aliased = {r.target_key for r in records if isinstance(r, Name) and r.type_text == "Aliases"}
    assert len(aliased) == text.count("<Aliases>") == 2877
    assert {r.target_key for r in records if isinstance(r, Listing)} == {r.key for r in targets}


@pytest.mark.recordings
def test_every_cited_section_stands_in_the_recorded_regulation(recordings):
    folder = recordings / "ca_justice_laws" / "2026-07-23"
    for row in SOURCE.facts["programme"]:
        for act in (act for measure in row["measure"] for act in measure["acts"] if act["number"].startswith("SOR/")):
            (path,) = folder.glob(f"{act['number'].replace('/', '-')}.xml*")
            tree = etree.fromstring(document_of("ca_justice_laws", path).read())
            sections = {
                section.findtext("Label"): " ".join(section.itertext()) for section in tree.iterfind(".//Body//Section")
            }
            for number in re.findall(r"(?<![(.\d])\d+(?:\.\d+)?", act["provision"]):
                assert re.search(r"prohibited|[Nn]o person", sections[number]), (act["number"], number)
