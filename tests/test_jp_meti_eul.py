"""The Foreign End User List: names in both scripts, keys that no number of a row makes, and no day that nobody stated."""

import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from conftest import document_of
from lxml import etree
from workbooks import write_workbook

from pipeline.records import DatedStep, Fact, Listing, Measure, MeasureInstrument, Name, Reject, Target
from pipeline.sources import load
from pipeline.sources.jp_meti_eul import UnknownContent

SOURCE = load(("jp_meti_eul",))["jp_meti_eul"]
SAMPLE = Path("jp_meti_eul") / "2025-09-29" / "20250929_4.xlsx"
HEADINGS = [
    "No.",
    "国名、地域名\nCountry or Region",
    "企業名､組織名\nCompany or Organization",
    "別名\nAlso Known As",
    "懸念区分\nType of WMD",
    "通常兵器\nConventional Weapons",
]
IRAN, KOREA = "イラン\nIslamic Republic of Iran", "北朝鮮\nNorth Korea"
SHEETS = {
    "ユーザーリスト": [
        HEADINGS,
        [1, IRAN, "Pars Ball Bearings Co.", "・Pars Bearings\n・PBB Co. \n・Pars Ball Bearings Co.", "ミサイル\nM", None],
        [
            2,
            KOREA,
            "Korea Samrok Trading Corporation (KSTC)\n(朝鮮三緑貿易会社)",
            "・Samrok General\n(三緑総会社)\n・Samrok Works of\nTransport",
            "生物、化学、ミサイル、核\nB,C,M,N",
            "通常兵器\nCW",
        ],
        [3, KOREA, "Korea Samrok Trading Corporation (KSTC)\n(朝鮮三緑貿易会社)", "三緑貿易", None, "通常兵器\nCW"],
        [4, IRAN, "Pars Optics（POC）", None, "ミサイルM", None],
        [5, None, None, None, None, None],
    ]
}
SAMROK = "Korea Samrok Trading Corporation (KSTC) (朝鮮三緑貿易会社)|北朝鮮 North Korea"


def parsed(path: Path) -> list:
    return list(SOURCE.parse(document_of("jp_meti_eul", path), SOURCE))


def changed(tmp_path: Path, sheets: dict) -> list:
    return parsed(write_workbook(tmp_path / "2025-09-29" / "list.xlsx", sheets))


def rows(*more: list) -> dict:
    return {"ユーザーリスト": [HEADINGS, *more]}


@pytest.fixture(scope="module")
def said(samples) -> list:
    return parsed(samples / SAMPLE)


def test_the_sample_is_the_workbook_that_stands_here(samples, tmp_path):
    assert (samples / SAMPLE).read_bytes() == write_workbook(tmp_path / "again.xlsx", SHEETS).read_bytes()


def test_a_key_is_made_of_name_and_country_and_tells_equals_apart(said):
    assert [(r.key, r.key_kind) for r in said if isinstance(r, Target)] == [
        ("Pars Ball Bearings Co.|イラン Islamic Republic of Iran|1", "composed"),
        (f"{SAMROK}|1", "composed"),
        (f"{SAMROK}|2", "composed"),
        ("Pars Optics(POC)|イラン Islamic Republic of Iran|1", "composed"),
    ]


def test_the_number_of_a_row_is_in_no_key(tmp_path, said):
    moved = rows([7, *SHEETS["ユーザーリスト"][1][1:]])
    (target,) = [r for r in changed(tmp_path, moved) if isinstance(r, Target)]
    assert target in said


def test_each_bullet_is_a_name_and_a_form_in_another_script_is_one_too(said):
    names = [(r.value, SOURCE.code("name_type", r.type_text), r.script) for r in said if isinstance(r, Name)]
    assert names == [
        ("Pars Ball Bearings Co.", "primary", "Latn"),
        ("Pars Bearings", "alias", "Latn"),
        ("PBB Co.", "alias", "Latn"),
        ("Korea Samrok Trading Corporation (KSTC)", "primary", "Latn"),
        ("朝鮮三緑貿易会社", "alias", "Hani"),
        ("Samrok General", "alias", "Latn"),
        ("三緑総会社", "alias", "Hani"),
        ("Samrok Works of Transport", "alias", "Latn"),
        ("Korea Samrok Trading Corporation (KSTC)", "primary", "Latn"),
        ("朝鮮三緑貿易会社", "alias", "Hani"),
        ("三緑貿易", "alias", "Hani"),
        ("Pars Optics（POC）", "primary", "Latn"),
    ]


def test_an_entry_stands_under_the_control_of_the_weapons_that_it_names(said):
    listings = [(r.target_key[:4], r.measure_key.split("|")[1], r.basis) for r in said if isinstance(r, Listing)]
    assert listings == [
        ("Pars", "大量破壊兵器キャッチオール規制", "derived"),
        ("Kore", "大量破壊兵器キャッチオール規制", "derived"),
        ("Kore", "通常兵器キャッチオール規制", "derived"),
        ("Kore", "通常兵器キャッチオール規制", "derived"),
        ("Pars", "大量破壊兵器キャッチオール規制", "derived"),
    ]
    assert {SOURCE.code("measure_type", r.type_text) for r in said if isinstance(r, Measure)} == {"export_control"}
    provisions = {
        r.provision_text for r in said if isinstance(r, MeasureInstrument) and r.number == "昭和二十四年政令第三百七十八号"
    }
    assert provisions == {"第四条第一項第三号イ、第四号イ", "第四条第一項第三号ハ、第四号ハ"}


def test_no_day_is_stated_and_so_none_is_given(said):
    assert [r for r in said if isinstance(r, DatedStep | Reject)] == []


def test_the_weapons_and_the_country_are_kept_in_the_words_of_the_list(said):
    facts = [(r.kind_text, r.value, r.country_text) for r in said if isinstance(r, Fact) and r.target_key == f"{SAMROK}|1"]
    assert facts == [
        ("国名、地域名", "北朝鮮 North Korea", "北朝鮮"),
        ("懸念区分", "生物、化学、ミサイル、核 B,C,M,N", None),
        ("通常兵器", "通常兵器 CW", None),
    ]


@pytest.mark.parametrize(
    "sheets",
    [
        {"リスト": SHEETS["ユーザーリスト"]},
        {**SHEETS, "二": [["a"]]},
        {"ユーザーリスト": [[*HEADINGS[:-1], "備考"], *SHEETS["ユーザーリスト"][1:]]},
        rows([1, IRAN, "Pars", None, "細菌\nB", None]),
        rows([1, IRAN, "Pars", None, "生物、核\nB,M", None]),
        rows([1, IRAN, "Pars", None, None, "その他"]),
        rows([1, IRAN, "Pars", None, None, None]),
        rows([1, None, "Pars", None, "核\nN", None]),
    ],
)
def test_what_has_never_been_seen_stops_the_source(tmp_path, sheets):
    with pytest.raises(UnknownContent):
        changed(tmp_path, sheets)


@pytest.mark.recordings
def test_the_real_list_is_read_whole(recordings):
    path = recordings / "jp_meti_eul" / "2025-09-29" / "20250929_4.xlsx"
    said = parsed(path)
    assert Counter(type(r) for r in said if isinstance(r, Target | Listing | Reject)) == {Target: 835, Listing: 1021}
    bullets, words = counted_in_the_bytes(path)
    aliases = [r for r in said if isinstance(r, Name) and r.type_text == "別名"]
    assert bullets == 1421
    assert len({r.target_key for r in said if isinstance(r, Name)}) == 835
    assert len(aliases) >= bullets - 40  # the same alias twice in a cell is one name; a form in another script adds one
    assert words == {"通常兵器\nCW": 240}


def counted_in_the_bytes(path: Path) -> tuple[int, dict[str, int]]:
    """Bullets of the aliases, and cells for conventional weapons, from the archive itself."""
    with zipfile.ZipFile(path) as archive:
        strings = etree.fromstring(archive.read("xl/sharedStrings.xml"))
        texts = [
            "".join(node.text or "" for node in item.iter("{*}t") if etree.QName(node.getparent()).localname != "rPh")
            for item in strings
        ]
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    used = [texts[int(index)] for index in re.findall(r't="s"[^>]*><v>(\d+)</v>', sheet)]
    lines = [line.strip() for text in used for line in text.splitlines()]
    return sum(line.startswith("・") for line in lines), dict(Counter(text for text in used if text == "通常兵器\nCW"))
