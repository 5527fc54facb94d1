"""Japan's list of asset freezes: every trap of the workbook has a claim here; an independent pass counts the recording."""

import datetime as dt
import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from conftest import document_of
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from workbooks import Row, write_workbook

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
from pipeline.sources import load
from pipeline.sources.jp_mof import UnknownContent, _alternatives, _notice_day

SOURCE = load(("jp_mof",))["jp_mof"]
SAMPLE = Path("jp_mof") / "2026-03-05" / "shisantouketsu20260305.xlsx"
FREEZE = "資産凍結等"
D = dt.date

TALIBAN = "2.タリバーン関係者等"
TALIBAN_HEADINGS = [
    "告示日付",
    "告示番号",
    "日本語表記",
    "英語表記",
    "別名・別称",
    "旧称",
    "確定に十分でない別名",
    "称号",
    "役職",
    "生年月日",
    "出生地・出身地",
    "国籍",
    "旅券番号",
    "ID番号",
    "住所・所在地",
    "国連制裁員会による指定日",
    "国連参照番号",
    "その他の情報",
]
BIRTHS = [
    D(1965, 9, 11),
    22898,
    "1963年頃",
    "1955年から1958年の間",
    "(a)1955年-1958年頃\n©１945年-1950年頃",
    "1965年又は1966年5月",
    "1979年10月27日又は10月30日",
    "1958、59又は60年生まれ",
    "(a)1960年9月1\n日 (b)不明",
    "1402年6月24日（ヒジュラ暦）",
    "10月10日（year unknown）",
    "昭和38年3月21日",
    1963,
]
SHEETS: dict[str, list[Row]] = {
    "一覧": [
        [None, None],
        [None, "このファイルは、外為法に基づく資産凍結等の措置の情報を…"],
        [1, "ミロシェビッチ前ユーゴスラビア大統領及び関係者"],
    ],
    "1.ミロシェビッチ前ユーゴ大統領関係者": [
        ["ミロシェビッチ前ユーゴスラビア大統領及び関係者"],
        ["告示日付", "告示番号", "日本語表記", "英語表記", "生年月日・出生地", "その他の情報"],
        [
            "2002.3.1",
            1,
            "ペトロヴィッチ・ヤン",
            "Petrovic Jan",
            "1941年8月20日セルビア共和国ニシュ生\nBorn at Nis, on 20 August 1941",
            "前大統領",
        ],
        ["2002.3.1", 2, "ペトロヴィッチ・アナ", "Petrovic Ana", "1970年生\nBorn 1970", None],
    ],
    TALIBAN: [
        ["タリバーン関係者等", None, None, "（注1）…告示番号の冒頭に＊印を付しています。"],
        TALIBAN_HEADINGS,
        ["2011.11.18削除", "1"],
        [
            "2001.9.22\n2008.6.25改訂\n2012.3.27改訂",
            "2",
            "アリ・ハサン",
            "ALI HASAN\n(original script: علي حسن)",
            "(a)アリ・ハッサン(b)アリ（カブール旅券番号：123）\n(a.k.a.: (a)Ali Hassan (b)Ali)",
            "不明",
            "アブ・アリ（Abu Ali）",
            "(a)Mullah（ムラー） (b)Haji（ハッジ）",
            "不明",
            "(a)1955年-1958年頃\n(b)１945年-1950年頃",
            "Kandahar, Afghanistan",
            "(a)アフガニスタン (b)イラン\u3000Iran",
            "(a)アフガニスタン旅券番号：OR1961825（2003年2月4日に発行、2006年2月2日に失効、Ali Gulの名義で発行)"
            "\u3000(b)偽造イラン旅券 A 000123",
            "アフガニスタン国民ＩＤカード(tazkira)番号: (a)2132370 (b)812673",
            "(a)Quetta, Pakistan (b)カブール、アフガニスタン",
            "2001年1月25日（2003年9月3日及び2011年11月29日に改訂）",
            "TAi.002 ",
            "アリ・ハサン（４．に指定した個人）の兄",
        ],
        ["2008.6.25削除\n（2．と同一人物）", "3"],
        ["2012.10.25", "4"],
        ["2006.12.25\n2007.713改訂\n2010.2.12改訂\n", "*5", "アル・ナジャート財団", "AL-NAJAT FOUNDATION"],
        ["２０２０．１．２０ 削除", "6"],
    ],
    "3.テロリスト等 (1)": [
        ["テロリスト等", None, "先進主要７か国が協調して…"],
        [None, None, "（注）*で標記した個人及び団体は、…"],
        [
            "告示日付",
            "告示番号",
            "日本語表記",
            "英語表記",
            "別名",
            "旧称",
            "称号",
            "役職",
            "生年月日",
            "出生地",
            "国籍",
            "旅券番号",
            "ID番号",
            "住所・所在地",
            "国連制裁員会による指定日",
            "その他の情報",
        ],
        ["2002.4.20", "1(*5)", "アル・ナジャート財団", "AL-NAJAT FOUNDATION"],
    ],
    "6.イラク前政権関係者等 (Ⅱ)": [
        ["イラク前政権の機関、高官又はその関係者等\n（Ⅱ．決議第1483号23(a)の対象となる団体）"],
        ["（注）資本取引等については、外為法上の許可制の対象となる取引の範囲は、平成15年5月22日以前に発生した債権に限る。"],
        ["告示日付", "告示番号", "日本語表記", "英語表記", "別名", "所在地", "詳細"],
        ["2010.7.16", "7", "国営染料会社", "STATE DYE COMPANY", None, "バグダッド、イラク", None],
    ],
    "8.【解除】リベリア": [["リベリア前政権の高官又はその関係者等"], ["【2015年12月18日告示廃止】"]],
    "9.コンゴ民主共和国（個人）": [
        ["コンゴ民主共和国に対する武器禁輸措置等に違反した者等（個人）"],
        [
            "告示日付",
            "告示番号",
            "日本語表記",
            "英語表記",
            "別名",
            "確定に十分でない別名",
            "称号",
            "役職",
            "生年月日",
            "出生地",
            "国籍",
            "旅券番号",
            "身分登録番号",
            "住所",
            "リスト掲載日",
            "その他の情報",
        ],
        [
            "\n2013.2.27",
            "4",
            "ジャン・ムガボ",
            "JEAN MUGABO",
            "(a)ジャン（Jean）、(b)議長（Chairman）",
            None,
            None,
            None,
            D(1973, 11, 1),
            None,
            "ルワンダ共和国",
            "不明",
            "10978000004482",
            None,
            D(2012, 12, 31),
            None,
        ],
    ],
    "15.北朝鮮(決議1718号等；個人)": [
        ["北朝鮮に関連する…（個人）"],
        [
            "告示日付",
            "告示番号",
            "日本語表記",
            "英語表記",
            "別称・別名",
            "役職",
            "生年月日",
            "国籍",
            "旅券番号",
            "住所",
            "その他の情報",
        ],
        ["2009.7.24", "#22", "キム・チョルス", "KIM CHOL SU", None, None, None, "北朝鮮", 563410081, None, None],
    ],
    "17.北朝鮮(協調；個人)": [
        ["国際平和のための…（個人）"],
        [
            "告示日付",
            "告示番号",
            "日本語表記",
            "英語表記",
            "別称・別名",
            "役職",
            "生年月日",
            "国籍",
            "旅券番号",
            "身分証番号",
            "住所",
            "その他の情報",
        ],
        [
            "2013.4.5\n2017.6.9改訂",
            "1(#22)",
            "キム・チョルス",
            "KIM CHOL SU",
            None,
            None,
            None,
            None,
            "472336944，旅券失効日：2017年9月10日",
            None,
            None,
            None,
        ],
    ],
    "18.【解除】イラン": [
        ["イランの拡散上機微な核活動及び核兵器運搬手段の開発に関与する者"],
        ["【2016年1月22日告示廃止】"],
        [None],
        ["イランの拡散上機微な核活動又は核兵器運搬システムの開発に寄与し得る銀行"],
        ["【2016年1月22日告示廃止】"],
    ],
    "21.ソマリア": [
        ["ソマリアに対する武器禁輸措置等に違反した者等"],
        [
            "告示日付",
            "告示番号",
            "日本語表記",
            "英語表記",
            "別称・別名",
            "役職",
            "活動地域・住所",
            "生年月日",
            "出生地",
            "国籍",
            "その他の情報",
        ],
        ["2010.6.25", "1", "ハラカト", "HARAKAT", None, None, "ソマリア", None, None, None, "平和を脅かした。"],
        [None, None, None, None, None, None, None, None, None, None, "人道支援を妨害した。"],
        *(
            ["2010.6.25", str(number), f"アデン{number}", f"ADEN {number}", None, None, None, birth]
            for number, birth in enumerate(BIRTHS, start=2)
        ),
    ],
    "28.ロシア連邦(団体(特定銀行を除く))": [
        [
            "資産凍結等の措置の対象となるロシア連邦の団体及び個人（団体（特定銀行を除く））\n（注）…50％以上を直接に所有されている団体に対しても適用されます。"
        ],
        ["告示日付", "告示番号", "日本語表記", "英語表記", "別称・旧称", "所在地"],
        [
            "2022.3.8",
            "2",
            "有限会社ヴォルガ",
            "Volga LLC",
            "（別称、VSK、ヴォルガ社及びヴォルガ海運）\n（a.k.a. VSK, a.k.a. OOO Volga, a.k.a. Volga Shipping）",
            "55 Savushkina Street, St.Petersburg, Russian Federation",
        ],
    ],
    "29.ロシア連邦(個人)": [
        ["資産凍結等の措置の対象となるロシア連邦の団体及び個人（個人）"],
        ["告示日付", "告示番号", "日本語表記", "英語表記", "別名", "肩書等", "生年月日", "出生地"],
        [
            "2022.3.1",
            "1",
            "イワン・イワノフ",
            "Ivan Ivanov",
            None,
            "国家院議員\nMember of the State Duma",
            D(1952, 10, 7),
            "モスクワ（ロシア）",
        ],
    ],
}


def parsed(path: Path) -> list:
    return list(SOURCE.parse(document_of("jp_mof", path), SOURCE))


def changed(tmp_path: Path, sheets: dict) -> list:
    return parsed(write_workbook(tmp_path / "2026-03-05" / "list.xlsx", sheets))


def of(records: list, kind: type, target: str) -> list:
    return [record for record in records if isinstance(record, kind) and record.target_key == target]


def steps(records: list, target: str) -> list:
    return [(r.action, r.step, r.period.earliest) for r in of(records, DatedStep, target)]


@pytest.fixture(scope="module")
def said(samples) -> list:
    return parsed(samples / SAMPLE)


def test_the_sample_is_the_workbook_that_stands_here(samples, tmp_path):
    assert (samples / SAMPLE).read_bytes() == write_workbook(tmp_path / "again.xlsx", SHEETS).read_bytes()


# ---- Keys ----
def test_an_entry_is_known_by_its_list_and_its_number_in_it(said):
    (target,) = [r for r in said if isinstance(r, Target) and r.name == "アル・ナジャート財団" and r.key.startswith("taliban")]
    assert (target.key, target.key_kind) == ("taliban|5", "source_key")
    assert target.locator == "/sheets['タリバーン関係者等']/rows[告示番号='5']"


def test_a_regime_put_between_two_others_changes_no_key(tmp_path, said):
    moved = {re.sub(r"^\d+", lambda number: str(int(number[0]) + 3), name): rows for name, rows in SHEETS.items()}
    assert changed(tmp_path, moved) == said


def test_every_row_with_a_number_is_a_target(said):
    count = Counter(r.key.split("|")[0] for r in said if isinstance(r, Target))
    assert count == {
        "milosevic": 2,
        "taliban": 6,
        "terrorists_g7": 1,
        "iraq_bodies_23a": 1,
        "drc_persons": 1,
        "dprk_1718_persons": 1,
        "dprk_concerted_persons": 1,
        "somalia": 14,
        "russia_bodies": 1,
        "russia_persons": 1,
    }


# ---- Notice dates ----
def test_a_cell_holds_the_whole_history_of_a_listing(said):
    assert steps(said, "taliban|2") == [
        ("list", "published", D(2001, 9, 22)),
        ("amend", "published", D(2008, 6, 25)),
        ("amend", "published", D(2012, 3, 27)),
    ]
    assert steps(said, "drc_persons|4") == [("list", "published", D(2013, 2, 27))]


def test_a_deleted_row_keeps_its_number_and_is_history_without_a_name(said):
    (target,) = [r for r in said if isinstance(r, Target) and r.key == "taliban|1"]
    assert (target.name, SOURCE.code("target_type", target.type_text)) == (None, "other")
    assert steps(said, "taliban|1")[0] == ("delist", "published", D(2011, 11, 18))
    assert steps(said, "taliban|6")[0] == ("delist", "published", D(2020, 1, 20))
    assert of(said, Listing, "taliban|1") == [Listing("taliban|1", f"taliban|{FREEZE}", "stated", "un")]


def test_a_deleted_entry_was_listed_no_later_than_it_was_deleted(said):
    (listed,) = [r for r in of(said, DatedStep, "taliban|1") if r.action == "list"]
    assert (listed.period[:3], listed.step) == ((None, D(2011, 11, 18), "not_after"), "unspecified")
    assert listed.period.derivation == "deleted by a notice of that day, and so listed no later"


def test_a_malformed_day_is_a_reject_and_the_others_of_the_cell_stand(said):
    assert steps(said, "taliban|5") == [("list", "published", D(2006, 12, 25)), ("amend", "published", D(2010, 2, 12))]
    assert [(r.reason, r.raw) for r in of(said, Reject, "taliban|5")] == [("malformed_date", "2007.713改訂")]


def test_a_nameless_row_that_does_not_say_deleted_is_no_listing(said):
    assert of(said, Listing, "taliban|4") == []
    assert steps(said, "taliban|4") == []
    assert [r.reason for r in of(said, Reject, "taliban|4")] == ["ambiguous_value"]
    assert [r.value for r in of(said, Fact, "taliban|4")] == ["2012.10.25"]


def test_nothing_else_is_rejected(said):
    assert len([r for r in said if isinstance(r, Reject)]) == 2


@pytest.mark.parametrize("text", ["2007.713", "200812.19", "2011.2.30", "2011.13.1", "2011.2"])
def test_no_day_is_guessed(text):
    assert _notice_day(text) is None


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_a_notice_day_is_read_as_written(day):
    assert _notice_day(f"{day.year}.{day.month}.{day.day}") == day


def test_the_day_of_the_united_nations_is_theirs_and_no_step_of_japan(said):
    (fact,) = [r for r in of(said, Fact, "taliban|2") if r.kind_text == "国連制裁員会による指定日"]
    assert (SOURCE.code("fact", fact.kind_text), fact.period.earliest) == ("un_listing_date", D(2001, 1, 25))
    assert fact.value == "2001年1月25日（2003年9月3日及び2011年11月29日に改訂）"
    (fact,) = [r for r in of(said, Fact, "drc_persons|4") if r.kind_text == "リスト掲載日"]
    assert fact.period.earliest == D(2012, 12, 31)


# ---- Entries that refer to others ----
def test_a_number_in_brackets_is_the_same_entry_on_another_list(said):
    assert of(said, Link, "terrorists_g7|1") == [Link("terrorists_g7|1", "taliban|5", "重複指定", note="1(*5)")]
    assert of(said, Link, "dprk_concerted_persons|1") == [
        Link("dprk_concerted_persons|1", "dprk_1718_persons|22", "重複指定", note="1(#22)")
    ]
    assert [r.value for r in of(said, Fact, "dprk_1718_persons|22") if r.kind_text == "告示番号"] == ["#22"]


def test_a_deleted_entry_that_is_the_same_as_another_is_linked_to_it(said):
    assert of(said, Link, "taliban|3") == [Link("taliban|3", "taliban|2", "同一人物", note="(2.と同一人物)")]
    assert steps(said, "taliban|3")[0] == ("delist", "published", D(2008, 6, 25))


# ---- Regimes ----
def test_two_sheets_of_one_regime_are_one_measure_and_two_lists(said):
    russia = [r for r in said if isinstance(r, Measure) and r.programme_key == "russia"]
    assert [(r.key, r.locator) for r in russia] == [(f"russia|{FREEZE}", "/sheets['ロシア連邦(団体(特定銀行を除く))']")]
    assert "50％以上を直接に所有されている団体" in russia[0].quote
    assert {r.target_key for r in said if isinstance(r, Listing) and r.measure_key == russia[0].key} == {
        "russia_bodies|2",
        "russia_persons|1",
    }
    (programme,) = [r for r in said if isinstance(r, Programme) and r.key == "russia"]
    assert programme.territory_texts == ("ロシア連邦",)


def test_the_freeze_rests_on_the_powers_over_payments_and_over_capital_transactions(said):
    assert [
        (r.number, r.role, r.provision_text)
        for r in said
        if isinstance(r, MeasureInstrument) and r.measure_key == f"russia|{FREEZE}"
    ] == [
        ("昭和二十四年法律第二百二十八号", "authority", "第十六条第一項"),
        ("昭和二十四年法律第二百二十八号", "authority", "第二十一条第一項"),
        ("平成十年大蔵省告示第九十九号", "imposes", None),
    ]
    assert {(r.number, SOURCE.code("instrument_type", r.type_text)) for r in said if isinstance(r, Instrument)} == {
        ("昭和二十四年法律第二百二十八号", "act"),
        ("平成十年大蔵省告示第九十九号", "notice"),
    }


def test_a_republished_listing_of_the_united_nations_keeps_its_origin(said):
    origins = {r.measure_key.split("|")[0]: r.origin for r in said if isinstance(r, Listing)}
    assert (origins["taliban"], origins["drc"], origins["dprk_1718"]) == ("un", "un", "un")
    assert (origins["terrorists_g7"], origins["dprk_concerted"], origins["russia"]) == ("own", "own", "own")


def test_a_sheet_of_lifted_measures_ends_them_on_the_day_that_it_states(said):
    ended = [(r.measure_key, r.action, r.period.earliest) for r in said if isinstance(r, DatedStep) and r.target_key is None]
    assert ended == [
        (f"liberia|{FREEZE}", "lift", D(2015, 12, 18)),
        (f"iran_until_2016_nuclear|{FREEZE}", "lift", D(2016, 1, 22)),
        (f"iran_until_2016_banks|{FREEZE}", "lift", D(2016, 1, 22)),
    ]


def test_a_freeze_that_the_sheet_narrows_says_so(said):
    narrowed = {r.key: r.exceptions_text for r in said if isinstance(r, Measure) and r.exceptions_text}
    assert list(narrowed) == [f"iraq_bodies_23a|{FREEZE}"]
    assert "平成15年5月22日以前に発生した債権に限る" in narrowed[f"iraq_bodies_23a|{FREEZE}"]


def test_a_sheet_of_both_kinds_tells_individuals_by_their_columns(said):
    kinds = {r.key: SOURCE.code("target_type", r.type_text) for r in said if isinstance(r, Target)}
    assert (kinds["taliban|2"], kinds["taliban|5"], kinds["somalia|1"], kinds["somalia|2"]) == (
        "person",
        "organization",
        "organization",
        "person",
    )
    assert (kinds["russia_bodies|2"], kinds["milosevic|1"]) == ("organization", "person")


# ---- Names and details ----
def test_names_stand_in_japanese_english_and_the_original_script(said):
    assert [(r.value, SOURCE.code("name_type", r.type_text), r.script) for r in of(said, Name, "taliban|2")] == [
        ("アリ・ハサン", "primary", "Jpan"),
        ("ALI HASAN", "primary", "Latn"),
        ("علي حسن", "native", "Arab"),
        ("アリ・ハッサン", "alias", "Jpan"),
        ("アリ", "alias", "Jpan"),
        ("Ali Hassan", "alias", "Latn"),
        ("Ali", "alias", "Latn"),
        ("アブ・アリ", "weak_alias", "Jpan"),
        ("Abu Ali", "weak_alias", "Latn"),
    ]
    assert [(r.value, r.note) for r in of(said, Fact, "taliban|2") if r.kind_text == "別名の注記"] == [
        ("（カブール旅券番号：123）", "アリ")
    ]
    assert [r.value for r in of(said, Name, "russia_bodies|2")][2:] == [
        "VSK",
        "ヴォルガ社",
        "ヴォルガ海運",
        "OOO Volga",
        "Volga Shipping",
    ]


def births(records: list, target: str) -> list:
    return [
        (r.value, r.period and (r.period.earliest, r.period.latest, r.period.precision, r.period.is_approximate))
        for r in of(records, Fact, target)
        if r.kind_text == "生年月日"
    ]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (2, [("1965-09-11", (D(1965, 9, 11), D(1965, 9, 11), "day", False))]),
        (3, [("1962-09-09", (D(1962, 9, 9), D(1962, 9, 9), "day", False))]),
        (4, [("1963年頃", (D(1963, 1, 1), D(1963, 12, 31), "year", True))]),
        (5, [("1955年から1958年の間", (D(1955, 1, 1), D(1958, 12, 31), "between", False))]),
        (
            6,
            [
                ("1955年-1958年頃", (D(1955, 1, 1), D(1958, 12, 31), "between", True)),
                ("１945年-1950年頃", (D(1945, 1, 1), D(1950, 12, 31), "between", True)),
            ],
        ),
        (
            7,
            [
                ("1965年", (D(1965, 1, 1), D(1965, 12, 31), "year", False)),
                ("1966年5月", (D(1966, 5, 1), D(1966, 5, 31), "month", False)),
            ],
        ),
        (
            8,
            [
                ("1979年10月27日", (D(1979, 10, 27), D(1979, 10, 27), "day", False)),
                ("1979年10月30日", (D(1979, 10, 30), D(1979, 10, 30), "day", False)),
            ],
        ),
        (9, [(f"{year}年", (D(year, 1, 1), D(year, 12, 31), "year", False)) for year in (1958, 1959, 1960)]),
        (10, [("1960年9月1日", (D(1960, 9, 1), D(1960, 9, 1), "day", False))]),
        (11, [("1402年6月24日（ヒジュラ暦）", None)]),
        (12, [("10月10日（year unknown）", None)]),
        (13, [("昭和38年3月21日", (D(1963, 3, 21), D(1963, 3, 21), "day", False))]),
        (14, [("1963年", (D(1963, 1, 1), D(1963, 12, 31), "year", False))]),
    ],
)
def test_births_are_days_serial_numbers_years_spans_and_alternatives(said, number, expected):
    assert births(said, f"somalia|{number}") == expected


def test_a_cell_that_shows_only_the_month_gives_no_day(said):
    assert births(said, "drc_persons|4") == [("1973年11月", (D(1973, 11, 1), D(1973, 11, 30), "month", False))]


def test_a_birth_and_its_place_in_one_cell_are_two_facts(said):
    assert births(said, "milosevic|1") == [("1941年8月20日", (D(1941, 8, 20), D(1941, 8, 20), "day", False))]
    assert [r.value for r in of(said, Fact, "milosevic|1") if r.kind_text == "出生地"] == ["セルビア共和国ニシュ"]
    assert births(said, "milosevic|2")[0][0] == "1970年"


@given(st.text(alphabet="0123456789年月日又は、(ab)不明頃\n"))
def test_no_cell_breaks_the_reading_of_births(text):
    assert all(part.strip() for part in _alternatives(text))


def test_documents_keep_their_numbers_as_written_and_their_doubts(said):
    first, second, *cards = of(said, Identifier, "taliban|2")
    assert (first.value, first.type_text, first.country_text) == ("OR1961825", "旅券", "アフガニスタン")
    assert (first.issued.earliest, first.expires.earliest) == (D(2003, 2, 4), D(2006, 2, 2))
    assert "Ali Gulの名義" in first.note
    assert (second.value, second.is_valid) == ("A 000123", False)
    assert [(r.value, SOURCE.code("identifier_type", r.type_text), r.country_text) for r in cards] == [
        ("2132370", "national_id", "アフガニスタン"),
        ("812673", "national_id", "アフガニスタン"),
    ]
    (typed_as_number,) = of(said, Identifier, "dprk_1718_persons|22")
    assert typed_as_number.value == "563410081"
    (behind_a_wide_comma,) = of(said, Identifier, "dprk_concerted_persons|1")
    assert (behind_a_wide_comma.value, behind_a_wide_comma.expires.earliest) == ("472336944", D(2017, 9, 10))


def test_addresses_and_nationalities_name_their_country(said):
    assert [(r.text, SOURCE.code("country", r.country_text)) for r in of(said, Address, "taliban|2")] == [
        ("Quetta, Pakistan", "PK"),
        ("カブール、アフガニスタン", "AF"),
    ]
    assert [(r.value, r.country_text) for r in of(said, Fact, "taliban|2") if r.kind_text == "国籍"] == [
        ("アフガニスタン", "アフガニスタン"),
        ("イラン Iran", "イラン"),
    ]


def test_what_is_not_known_says_nothing_and_remarks_go_on_through_rows(said):
    assert "不明" not in {r.value for r in said if isinstance(r, Fact | Name)}
    assert [r.value for r in of(said, Fact, "somalia|1") if r.kind_text == "その他の情報"] == [
        "平和を脅かした。",
        "人道支援を妨害した。",
    ]
    assert [r.value for r in of(said, Fact, "taliban|2") if r.kind_text == "称号"] == ["Mullah（ムラー）", "Haji（ハッジ）"]


# ---- News ----
@pytest.mark.parametrize(
    ("sheet", "rows"),
    [
        ("45.ミャンマー", SHEETS["29.ロシア連邦(個人)"]),
        ("29.ロシア連邦(個人)", [["題"], ["告示日付", "告示番号", "日本語表記", "英語表記", "顔写真"]]),
        ("29.ロシア連邦(個人)", [["題"], ["指定日", "告示番号"]]),
        ("29.ロシア連邦(個人)", [*SHEETS["29.ロシア連邦(個人)"], ["2022.3.1修正", "2", "甲", "Ko", "", "", "", ""]]),
        ("29.ロシア連邦(個人)", [*SHEETS["29.ロシア連邦(個人)"], ["2022.3.1", "二", "甲", "Ko", "", "", "", ""]]),
        ("29.ロシア連邦(個人)", [*SHEETS["29.ロシア連邦(個人)"], ["", "", "甲", "Ko", "", "", "", ""]]),
        ("29.ロシア連邦(個人)", [*SHEETS["29.ロシア連邦(個人)"], ["2022.3.1", "2(#1)", "甲", "Ko", "", "", "", ""]]),
        ("8.【解除】リベリア", [["リベリア前政権の高官又はその関係者等"], ["廃止"]]),
        ("8.【解除】リベリア", [["別の題"], ["【2015年12月18日告示廃止】"]]),
    ],
)
def test_what_has_never_been_seen_stops_the_source(tmp_path, sheet, rows):
    with pytest.raises(UnknownContent):
        changed(tmp_path, {**SHEETS, sheet: rows})


# ---- The real document ----
def rows_in_the_bytes(path: Path) -> list[list[str]]:
    """Every row of a sheet with entries, below its headings, read from the archive without the parser's reader."""
    with zipfile.ZipFile(path) as archive:
        strings = [
            "".join(node.text or "" for node in item.iter("{*}t") if etree.QName(node.getparent()).localname != "rPh")
            for item in etree.fromstring(archive.read("xl/sharedStrings.xml"), etree.XMLParser(huge_tree=True))
        ]
        found: list[list[str]] = []
        for part in sorted(name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")):
            root = etree.fromstring(archive.read(part), etree.XMLParser(huge_tree=True))
            lines = [_cells(row, strings) for row in root.iter("{*}row")]
            top = next((number for number, line in enumerate(lines) if line.get("A") == "告示日付"), None)
            if top is not None:
                found += [
                    [line.get("A", ""), line.get("B", ""), *line.values()] for line in lines[top + 1 :] if any(line.values())
                ]
    return found


def _cells(row: etree._Element, strings: list[str]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for cell in row.iter("{*}c"):
        value = cell.find("{*}v")
        if value is not None and value.text:
            text = strings[int(value.text)] if cell.get("t") == "s" else value.text
            cells[re.sub(r"\d", "", cell.get("r"))] = text.strip()
    return cells


@pytest.mark.recordings
def test_the_real_workbook_is_read_whole(recordings):
    path = recordings / "jp_mof" / "2026-03-05" / "shisantouketsu20260305.xlsx"
    said, rows = parsed(path), rows_in_the_bytes(path)
    numbered = [row for row in rows if row[1]]
    assert (len(rows), len(numbered)) == (3473, 3461)
    assert len({r.key for r in said if isinstance(r, Target)}) == 3461
    assert len([r for r in said if isinstance(r, Name) and r.type_text in ("日本語表記", "英語表記")]) == 2862 + 2861
    stated = [r for r in said if isinstance(r, DatedStep) and r.target_key and not r.period.derivation]
    count = Counter(r.action for r in stated)
    assert count == {"list": 2862, "amend": 1787, "delist": 598}
    deleted = sum("削除" in row[0] for row in numbered)
    assert (deleted, sum(row[0].count("改訂") for row in numbered)) == (598, 1789)
    assert [(r.target_key, r.raw) for r in said if isinstance(r, Reject)] == [
        ("taliban|274", "2012.10.25"),
        ("taliban|465", "2007.713改訂"),
        ("terrorists_g7|1", "200812.19改訂"),
    ]
    # One cell names the day of a change twice: one step.
    assert len({(r.target_key, r.action, r.period.earliest) for r in stated}) == 5246


@pytest.mark.recordings
def test_nearly_every_birth_of_the_real_workbook_is_read(recordings):
    said = parsed(recordings / "jp_mof" / "2026-03-05" / "shisantouketsu20260305.xlsx")
    dates = [r for r in said if isinstance(r, Fact) and r.kind_text == "生年月日"]
    assert len(dates) > 2000
    assert [r.value for r in dates if r.period is None] == [
        "1402年6月24日（ヒジュラ暦）",
        "おおむね30～35歳",
        "1983年2(3)月10日",
        "10月10日（year unknown）",
        "９月28日（year unknown）",
        "1966/1969年3月27日",
        "2000年2月20/29日",
    ]
    assert min(r.period.earliest for r in dates if r.period) > D(1900, 1, 1)
