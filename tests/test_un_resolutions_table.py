"""The record table of resolutions, and the cited table of measures whose texts are not held."""

import datetime as dt
import lzma
import re
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from conftest import document_of

from pipeline.readers.delimited import UnknownColumns
from pipeline.records import DatedStep, Goods, Instrument, InstrumentLink, Measure, MeasureInstrument, Programme, Reject
from pipeline.sources import load

SOURCE = load(("un_resolutions_table",))["un_resolutions_table"]
SAMPLE = Path("un_resolutions") / "2024-12-31" / "record_table.csv"


def parsed(path: Path, source=SOURCE) -> list:
    return list(source.parse(document_of("un_resolutions", path, media_type="text/csv"), source))


@pytest.fixture(scope="module")
def said(samples) -> list:
    return parsed(samples / SAMPLE)


def of(records: list, kind: type) -> list:
    return [record for record in records if isinstance(record, kind)]


def steps(records: list, key: str) -> list[tuple[str, str, dt.date]]:
    return [(each.action, each.step, each.period.earliest) for each in of(records, DatedStep) if each.measure_key == key]


def with_measures(*rows: dict) -> object:
    """The source with another table of measures."""
    return replace(SOURCE, facts=MappingProxyType({**SOURCE.facts, "measure": list(rows)}))


# ---- Acts ----
def test_an_act_has_the_address_of_its_record_and_its_place_in_the_record_table(said):
    act = next(each for each in of(said, Instrument) if each.number == "S/RES/1718 (2006)")
    assert (act.url, act.locator) == ("https://digitallibrary.un.org/record/901718", "/rows[res_no='1718']")


def test_an_act_after_the_end_of_the_record_table_has_the_address_of_its_row(said):
    act = next(each for each in of(said, Instrument) if each.number == "S/RES/2745 (2024)")
    assert (act.url, act.locator) == ("https://undocs.org/S/RES/2745(2024)", None)


def test_a_row_whose_act_is_neither_held_nor_addressed_is_a_reject(samples, tmp_path):
    text = (samples / SAMPLE).read_text(encoding="utf-8")
    path = tmp_path / "2024-12-31" / "record_table.csv"
    path.parent.mkdir()
    path.write_text(re.sub(r"^1718,.*\n", "", text, flags=re.MULTILINE), encoding="utf-8")
    records = parsed(path)
    assert [(each.reason, "S/RES/1718 (2006)" in each.reason_text) for each in of(records, Reject)] == [
        ("dangling_reference", True)
    ]
    assert not [each for each in of(records, Measure) if each.key.startswith("S/RES/1718")]


def test_another_column_of_the_record_table_stops_the_parser(tmp_path):
    path = tmp_path / "2024-12-31" / "record_table.csv"
    path.parent.mkdir()
    path.write_text("res_no,url_record,title\n1,https://example.org/,x\n", encoding="utf-8")
    with pytest.raises(UnknownColumns):
        parsed(path)


# ---- Measures ----
def test_measures_against_north_korea_stand_by_resolution_and_paragraph(said):
    keys = [each.founding_act for each in of(said, Measure) if each.territory_texts == ("North Korea",)]
    assert keys[:7] == [
        f"S/RES/1718 (2006)|{where}" for where in ("8(a)(i)", "8(a)(ii)", "8(a)(iii)", "8(b)", "8(c)", "8(d)", "8(e)")
    ]
    assert {key.split(" ")[0] for key in keys} == {
        "S/RES/1718", "S/RES/1874", "S/RES/2094", "S/RES/2270", "S/RES/2321", "S/RES/2371", "S/RES/2375", "S/RES/2397",
    }  # fmt: skip


def test_the_luxury_goods_ban_has_its_goods_its_paragraph_and_its_days(said):
    key = "S/RES/1718 (2006)|8(a)(iii)|luxury goods ban"
    assert MeasureInstrument(key, "S/RES/1718 (2006)", "imposes", "para. 8(a)(iii)") in said
    assert [each.goods_text for each in of(said, Goods) if each.measure_key == key] == ["luxury goods"]
    assert steps(said, key)[:2] == [
        ("impose", "approved", dt.date(2006, 10, 14)),
        ("impose", "effective", dt.date(2006, 10, 14)),
    ]
    assert ("amend", "effective", dt.date(2013, 3, 7)) in steps(said, key)


def test_every_day_from_the_table_says_so_and_whether_the_paragraph_was_seen(said):
    derivations = [each.period.derivation or "" for each in of(said, DatedStep)]
    assert all("seen" in text or "from the table of acts" in text for text in derivations)
    seen = next(
        each
        for each in of(said, DatedStep)
        if each.measure_key.startswith("S/RES/1718 (2006)|8(d)") and each.step == "effective"
    )
    assert "seen at https://smb.gov.mt/" in seen.period.derivation
    unseen = next(
        each
        for each in of(said, DatedStep)
        if each.measure_key.startswith("S/RES/1718 (2006)|8(b)") and each.step == "effective"
    )
    assert "has not been seen" in unseen.period.derivation


def test_a_measure_whose_text_is_held_gets_only_what_later_acts_did(said):
    assert steps(said, "S/RES/841 (1993)|5|arms embargo") == [("lift", "effective", dt.date(1994, 10, 16))]
    assert InstrumentLink("S/RES/944 (1994)", "S/RES/841 (1993)", "lift") in said


def test_a_step_stands_where_the_record_table_has_the_act_that_took_it(said):
    lifted = next(each for each in of(said, DatedStep) if each.measure_key == "S/RES/841 (1993)|5|arms embargo")
    assert lifted.locator == "/rows[res_no='944']"


def test_a_ban_that_was_renewed_has_every_end_that_was_set(said):
    key = "S/RES/1306 (2000)|1|import ban"
    assert [each[2] for each in steps(said, key) if each[0] == "expire"] == [
        dt.date(2002, 1, 5), dt.date(2002, 12, 5), dt.date(2003, 6, 5),
    ]  # fmt: skip
    assert [each[2] for each in steps(said, key) if each[0] == "renew"] == [dt.date(2002, 1, 5), dt.date(2002, 12, 5)]


def test_the_sanctions_on_iran_ended_in_2016_and_came_back_in_2025(said):
    assert steps(said, "S/RES/1737 (2006)|12|assets freeze")[2:] == [
        ("lift", "effective", dt.date(2016, 1, 16)),
        ("impose", "effective", dt.date(2025, 9, 27)),
    ]


def test_another_day_in_the_table_is_another_day_of_the_measure(samples):
    row = {
        "act": "S/RES/1718 (2006)", "regime": "DPRK", "territories": ["North Korea"], "from": "on 1 March 2007",
        "until": "for a period of 12 months",
        "parts": [{"provision": "8(a)(iii)", "type_text": "luxury goods ban", "scope": "goods"}],
    }  # fmt: skip
    records = parsed(samples / SAMPLE, with_measures(row))
    assert steps(records, "S/RES/1718 (2006)|8(a)(iii)|luxury goods ban")[1:] == [
        ("impose", "effective", dt.date(2007, 3, 1)),
        ("expire", "effective", dt.date(2008, 3, 1)),
    ]


def test_the_list_and_the_law_name_one_founding_act(said):
    table = {(each.founding_act, each.type_text, each.territory_texts, each.programme_key) for each in of(said, Measure)}
    rows = [
        (measure["founding_act"], measure["type_text"], tuple(programme["territory_texts"]), programme["key"])
        for programme in load(("un_sc",))["un_sc"].facts["programme"]
        for measure in programme["measure"]
    ]
    assert len(rows) == 32
    assert set(rows) <= table


def test_programmes_are_those_of_the_un_list(said):
    assert SOURCE.programmes_of == "un_sc"
    listed = {row["key"]: row["name"] for row in load(("un_sc",))["un_sc"].facts["programme"]}
    told = {each.key: each.name for each in of(said, Programme)}
    assert {key: told[key] for key in listed} == listed


# ---- Recordings ----
@pytest.mark.recordings
def test_every_act_of_the_table_stands_in_the_record_table(recordings):
    path = recordings / "un_resolutions" / "2024-12-31" / "record_table.csv.xz"
    lines = lzma.decompress(path.read_bytes()).decode("utf-8-sig").split()
    addresses = dict(line.split(",") for line in lines[1:])
    records = parsed(path)
    assert len(addresses) == 2722
    assert of(records, Reject) == []
    for act in of(records, Instrument):
        number = re.findall(r"S/RES/(\d+) ", act.number)[0]
        assert act.url == addresses.get(number, f"https://undocs.org/{act.number.replace(' ', '')}")


@pytest.mark.recordings
def test_every_row_about_a_text_that_is_held_is_the_measure_that_the_text_tells(recordings):
    folder = recordings / "un_resolutions" / "2024-12-31"
    texts = load(("un_resolutions",))["un_resolutions"]
    document = document_of("un_resolutions", folder / "resolutions_en.jsonl.xz", media_type="application/x-ndjson")
    told = [each for each in texts.parse(document, texts) if isinstance(each, Measure)]
    table = parsed(folder / "record_table.csv.xz")
    same = {(each.founding_act, each.type_text, each.territory_texts, each.programme_key) for each in told}
    acts = {row["act"] for row in SOURCE.facts["measure"] if "told_by" in row}
    about = [each for each in of(table, Measure) if each.key.split("|")[0] in acts]
    assert len(about) == 53
    assert {(each.founding_act, each.type_text, each.territory_texts, each.programme_key) for each in about} <= same
