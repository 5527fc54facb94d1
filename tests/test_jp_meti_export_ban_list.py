"""Japan's consolidated lists of entities under export bans: each trap of the form has a claim here."""

import datetime as dt
import re
import unicodedata
from collections import Counter
from itertools import pairwise

import pytest
from conftest import SAMPLES, document_of
from pdf_by_hand import pdf

from pipeline.normalized import normalize
from pipeline.readers import export_ban_text, export_bans
from pipeline.readers.pdf import Line, lines
from pipeline.readers.xml import UnknownContent
from pipeline.records import Address, DatedStep, Fact, Instrument, Listing, Measure, MeasureInstrument, Name, Reject, Target
from pipeline.sources import load

SOURCE = load(("jp_meti_export_ban_list",))["jp_meti_export_ban_list"]
RUSSIA = SAMPLES / "jp_meti_export_ban_list" / "2025-09-12" / "list_russia_tokutei.pdf"
THIRD = SAMPLES / "jp_meti_export_ban_list" / "2025-09-12" / "list_daisangoku_tokutei.pdf"
HEADING = ["○ 輸出等に係る禁止措置の対象となるロシア連邦の団体（令和四年外務省告示第八十二号）", "指定日：2022 年 03 月 01 日",
           "最終更新日：2025 年 09 月 12 日"]  # fmt: skip
ENTRY = ["1 株式会社甲", "Alpha JSC", "所在地：1 A Street, Moscow, Russia"]


def document(path):
    return document_of("jp_meti_export_ban_list", path, media_type="application/pdf")


def parsed(path):
    return list(SOURCE.parse(document(path), SOURCE))


def of(kind, path=RUSSIA, key=None):
    return [each for each in parsed(path) if isinstance(each, kind) and (key is None or each.target_key == key)]


def names(key, path=RUSSIA):
    return [(name.type_text, name.value) for name in of(Name, path, key)]


def written(folder, page):
    place = folder / "2025-09-12"
    place.mkdir()
    (place / "list.pdf").write_bytes(pdf([page]))
    return place / "list.pdf"


# --- Entries ----------------------------------------------------------------------------------------------------------


def test_an_entry_is_known_by_its_list_and_number_in_whatever_width_the_number_is_printed():
    assert [target.key for target in of(Target)] == ["RU|1", "RU|2", "RU|3", "RU|4", "RU|5"]
    assert [target.key for target in of(Target, THIRD)] == ["third_countries|1", "third_countries|2", "third_countries|3"]
    assert of(Target)[2].locator == "/entry[@number='3']"


def test_an_entry_goes_on_over_the_end_of_a_page_though_the_next_line_starts_with_a_number():
    assert of(Address, key="RU|3") == [
        Address("RU|3", "5 Field Street, Moscow, 125000, Russia", country_text="Russia"),
        Address("RU|3", "4 Wing Street, Kazan, Russia, 420000", country_text="Russia"),
    ]


def test_other_names_stand_in_brackets_in_japanese_and_one_a_line_in_english():
    assert names("RU|3") == [
        ("名称", "公共株式会社雪国航空機工場"),
        ("名称", "Snowland Aircraft Plant PJSC"),
        ("別称", "PAO Snezhny Zavod"),
        ("別称", "雪国航空"),
        ("別称", "SAZ"),
        ("別称", "SAZ-NPO"),
        ("別称", "Snowland Aviation Co."),
    ]


def test_and_within_a_name_parts_no_names():
    assert names("RU|4") == [
        ("名称", "研究所「北極星」及び付属工場"),
        ("名称", "Polar Star Institute and the plant attached to it"),
        ("別称", "ＮＩＩ北極星"),
        ("別称", "NII Polyarnaya Zvezda"),
    ]


def test_a_hyphen_at_the_start_of_a_line_is_no_dash_where_the_list_counts_fewer_names():
    assert [value for kind, value in names("RU|5") if kind == "別称"] == [
        "IFTT",
        "Institute of Solid-State Physics of the Academy",
    ]


def test_since_2025_other_names_stand_after_their_label_between_semicolons():
    assert names("third_countries|3", THIRD) == [
        ("名称", "ユキ・チップ・テクノロジ有限会社"),
        ("名称", "Yuki Chip Co Ltd"),
        ("現地語", "雪芯有限公司"),
        ("現地語", "雪芯科技有限公司"),
        ("別称", "ユキ・チップ"),
        ("別称", "ユキ・エレクトロニクス"),
        ("別称", "ユキ社"),
        ("別称", "Yuki Chip"),
        ("別称", "Yuki Elektronik Tic. Ltd. Sti."),
    ]


def test_chinese_names_in_brackets_are_names_of_their_own():
    assert [(name.value, name.type_text, name.language, name.script) for name in of(Name, THIRD, "third_countries|2")] == [
        ("リンユン･テクノロジー有限会社", "名称", "ja", "Jpan"),
        ("凌雲技術有限公司", "現地語", "zh", "Hani"),
        ("Ling Yun Technology Co., Ltd.", "名称", None, "Latn"),
        ("リンユン・トレーディング", "別称", "ja", "Jpan"),
        ("凌雲貿易有限公司", "別称", "zh", "Hani"),
        ("LYT", "別称", None, "Latn"),
        ("Ling Yun Trading Co., Limited", "別称", None, "Latn"),
        ("LYT Ltd.", "別称", None, "Latn"),
    ]


def test_what_a_name_includes_is_told_and_is_no_name():
    assert names("RU|2") == [("名称", "国防省"), ("名称", "Ministry of Defence")]
    assert [fact.value for fact in of(Fact, key="RU|2") if fact.kind_text == "名称の説明"] == [
        "国防省（連邦軍及び場所を問わず全ての運用部隊を含む）。右には、陸軍及び海軍が含まれる。",
        "Ministry of Defence, including the Armed Forces and all operating units wherever located. "
        "This includes the army and the navy",
    ]


def test_addresses_are_parted_by_semicolons_or_by_and_after_a_country():
    assert [(address.text, address.country_text) for address in of(Address, key="RU|4")] == [
        ("7 Ring Road, Perm, Perm Krai, 614000, Russia", "Russia"),
        ("93 Mine Street, Perm 614001, Russia", "Russia"),
    ]


def test_an_address_without_a_country_has_none():
    assert of(Address, key="RU|5") == [Address("RU|5", "2 Oak Street, 142000")]


def test_hong_kong_is_told_from_the_rest_of_china():
    assert [address.country_text for address in of(Address, THIRD, "third_countries|2")] == ["Hong Kong", "China"]
    assert [address.country_text for address in of(Address, THIRD, "third_countries|3")] == ["Hong Kong", "Turkey"]


def test_the_heading_tells_whose_entities_they_are_and_of_third_countries_none():
    assert Fact("RU|1", "ロシア連邦の団体", country_text="ロシア連邦") in of(Fact)
    assert of(Fact, THIRD) == []


# --- Measure and days -------------------------------------------------------------------------------------------------


def test_the_ban_rests_on_the_notice_that_is_printed_and_the_order():
    (measure,) = of(Measure)
    assert (measure.type_text, measure.scope, measure.territory_texts) == (
        "輸出等に係る禁止措置",
        "listed_targets",
        ("ロシア連邦",),
    )
    assert [(act.number, act.role, act.provision_text) for act in of(MeasureInstrument)] == [
        ("昭和二十四年政令第三百七十八号", "authority", "第二条第一項第一号の七"),
        ("令和四年政令第五十九号", "imposes", None),
        ("令和四年外務省告示第八十二号", "imposes", None),
    ]
    assert [act.number for act in of(Instrument) if act.locator] == ["令和四年外務省告示第八十二号"]


def test_a_ban_on_entities_of_third_countries_is_directed_at_those_of_table_2_4_which_say_nothing_of_the_entities():
    (measure,) = of(Measure, THIRD)
    assert len(measure.territory_texts) == 10
    assert {"中華人民共和国", "アラブ首長国連邦"} < set(measure.territory_texts)
    assert [fact for fact in of(Fact, THIRD) if fact.kind_text.endswith("の団体")] == []


def test_a_list_and_the_law_name_the_same_founding_act():
    assert [measure.founding_act for measure in of(Measure, THIRD)] == ["輸出貿易管理令|2023-12-20|第二条第一項第一号の八"]


def test_the_ban_binds_since_the_order_was_amended_and_not_since_the_first_designation():
    steps = [step for step in of(DatedStep) if step.action == "impose"]
    assert [(step.step, step.period.earliest) for step in steps] == [
        ("approved", dt.date(2022, 3, 11)),
        ("published", dt.date(2022, 3, 11)),
        ("effective", dt.date(2022, 3, 18)),
    ]
    assert all(step.period.derivation and "read at https://" in step.period.derivation for step in steps)
    third = [step.period.earliest for step in of(DatedStep, THIRD) if step.step == "effective"]
    assert third == [dt.date(2023, 12, 27)]  # the eighth day, that of promulgation being the first


def test_the_days_of_an_entry_are_those_of_its_document_and_for_the_first_ones_that_of_the_list():
    days = [(step.step, step.period.earliest, step.period.text) for step in of(DatedStep, key="RU|5")]
    assert days == [
        ("published", dt.date(2022, 3, 15), "＜令和4年3月15日公布＞"),
        ("unspecified", dt.date(2022, 3, 1), "2022 年 03 月 01 日"),
    ]
    assert all(step.period.derivation for step in of(DatedStep, key="RU|5"))


def test_the_last_change_of_the_list_is_a_step_of_the_ban_and_of_no_entry():
    assert [(step.period.earliest, step.target_key) for step in of(DatedStep) if step.action == "amend"] == [
        (dt.date(2025, 9, 12), None)
    ]


def test_every_entry_is_listed_under_the_one_ban_and_nothing_is_rejected():
    assert {(listing.target_key, listing.measure_key) for listing in of(Listing)} == {
        (f"RU|{number}", "RU|輸出等に係る禁止措置") for number in range(1, 6)
    }
    assert of(Reject) == of(Reject, THIRD) == []


def test_additions_follow_on_one_another_without_a_gap_in_every_list():
    for key in ("RU", "BY", "third_countries"):
        rows = [addition for addition in export_bans.additions() if addition.list == key]
        assert rows[0].first == 1
        assert all(before.last + 1 == after.first for before, after in pairwise(rows))
        assert all(before.day.earliest < after.day.earliest for before, after in pairwise(rows))


# --- What stops the parser --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ([*HEADING, *ENTRY, "3 株式会社丙", *ENTRY[1:]], "expected entry 2 after entry 1"),
        ([*HEADING, *ENTRY[:2], "2 株式会社乙", *ENTRY[1:]], "expected no Japanese after the English name of entry 1"),
        ([*HEADING, *ENTRY[:2]], "expected 所在地 in entry 1"),
        ([*HEADING, ENTRY[0], ENTRY[2]], "expected a Japanese and an English name"),
        ([*HEADING, *ENTRY[:2], "-Beta JSC", ENTRY[2]], r"expected a\.k\.a\."),
        ([*HEADING, "2 株式会社乙", *ENTRY[1:]], "expected a whole list from entry 1 on"),
        ([HEADING[0], *ENTRY], "expected a whole list from entry 1 on"),
        ([HEADING[0].replace("ロシア連邦", "北朝鮮"), *HEADING[1:], *ENTRY], "'北朝鮮' of .* is in no"),
        ([HEADING[0].replace("八十二", "八十三"), *HEADING[1:], *ENTRY], "expected the notice 令和四年外務省告示第八十二号"),
        (["輸入の禁止", *ENTRY], "expected a heading like"),
        (HEADING, "expected a heading and numbered entries"),
    ],
)  # fmt: skip
def test_a_form_that_is_not_known_is_an_error_that_says_what_came(tmp_path, page, told):
    with pytest.raises(UnknownContent, match=told):
        parsed(written(tmp_path, page))


def test_a_wrong_count_of_names_is_told_and_the_names_are_kept(tmp_path):
    page = [*HEADING, "1 株式会社甲", "Alpha JSC, a.k.a., the following three aliases:", "-A; and", "-B.", ENTRY[2]]
    records = parsed(written(tmp_path, page))
    assert [name.value for name in records if isinstance(name, Name)] == ["株式会社甲", "Alpha JSC", "A", "B"]
    assert [reject.reason for reject in records if isinstance(reject, Reject)] == ["failed_rule"]


def test_a_japanese_name_in_latin_letters_is_told_from_the_english_one():
    _, (entry,) = export_ban_text.read(
        Line(1, text)
        for text in [
            *HEADING,
            "1 MPI VOLNA（別称、ヴォルナ）",
            "MPI VOLNA, a.k.a., the following one alias:",
            "—Volna.",
            ENTRY[2],
        ]
    )
    assert (entry.japanese, entry.japanese_others) == ("MPI VOLNA", "ヴォルナ")
    assert (entry.english, entry.english_others) == ("MPI VOLNA", ("Volna",))


def test_the_rows_have_codes_and_countries():
    frames = normalize(document(RUSSIA), SOURCE)
    assert frames["rejects"].is_empty()
    assert frames["measures"]["measure_type_code"].to_list() == ["export_ban"]
    assert frames["measures"]["territory_codes"].to_list() == [["RU"]]
    assert frames["targets"]["country_codes"].to_list() == [["RU"]] * 5
    assert frames["targets"]["name_latin"][0] == "Northern Shipyard JSC"
    assert normalize(document(THIRD), SOURCE)["target_addresses"]["country_code"].to_list() == ["AM", "HK", "CN", "HK", "TR"]


# --- The real documents -----------------------------------------------------------------------------------------------


def real(recordings, name):
    return recordings / "jp_meti_export_ban_list" / "2025-09-12" / name


@pytest.mark.recordings
@pytest.mark.parametrize(
    ("name", "entries"),
    [("list_russia_tokutei.pdf", 561), ("list_belarus_tokutei.pdf", 27), ("list_daisangoku_tokutei.pdf", 56)],
)
def test_no_entry_name_or_address_of_the_real_lists_is_lost(recordings, name, entries):
    text = "\n".join(line.text for line in lines(document(real(recordings, name))))
    records = parsed(real(recordings, name))
    targets = [each for each in records if isinstance(each, Target)]
    assert len(targets) == entries == len(re.findall(r"^所\s*在\s*地", text, re.MULTILINE))
    assert [int(target.key.split("|")[1]) for target in targets] == list(range(1, entries + 1))
    assert not [each for each in records if isinstance(each, Reject)]
    for target, block in zip(targets, _blocks(text), strict=True):
        kept = " ".join(
            each.value or "" if isinstance(each, Name | Fact) else each.text or ""
            for each in records
            if isinstance(each, Name | Address | Fact) and each.target_key == target.key
        )
        assert not _words(block) - _words(kept) - _FORM, target.key


# The words of the form itself, which are none of the entry's.
_COUNTS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
_FORM = set(f"a|k|the|following|follow|{_COUNTS}|alias|aliases|and".split("|")) | set("別称名所在地及び")


def _blocks(text):
    """The text of each entry: from a line that starts with the next number and holds Japanese, after the days of the list."""
    blocks = []
    for line in text.split("最終更新日", 1)[1].split("\n")[1:]:
        plain = unicodedata.normalize("NFKC", line)
        if re.match(rf"{len(blocks) + 1} .*[\u3040-\u30ff\u4e00-\u9fff]", plain):
            blocks.append(line.split(None, 1)[1])
        else:
            blocks[-1] += f"\n{line}"
    return blocks


def _words(text):
    """Latin words and numbers whole, Japanese letter by letter, since lines break its words."""
    return set(
        re.findall(r"[^\W\d_\u3040-\uffef]+|[0-9]+|[\u3040-\uffef]", re.sub(r"[･・、､；：，（）「」＝－ー。．]", " ", text))
    )


@pytest.mark.recordings
def test_the_real_list_of_russia_says_what_was_read_in_it_by_eye(recordings):
    path = real(recordings, "list_russia_tokutei.pdf")
    listed = Counter(step.period.earliest for step in of(DatedStep, path) if step.action == "list" and step.step == "published")
    assert listed == {
        dt.date(2022, 3, 15): 49, dt.date(2022, 3, 25): 81, dt.date(2022, 5, 10): 71, dt.date(2022, 7, 5): 65,
        dt.date(2022, 9, 26): 21, dt.date(2023, 1, 27): 49, dt.date(2023, 2, 28): 21, dt.date(2023, 5, 26): 80,
        dt.date(2023, 12, 15): 57, dt.date(2024, 3, 1): 29, dt.date(2024, 6, 21): 14, dt.date(2025, 1, 10): 22,
        dt.date(2025, 9, 12): 2,
    }  # fmt: skip
    assert names("RU|22", path) == [
        ("名称", "参謀本部情報総局"), ("名称", "Main Intelligence Directorate"),
        ("別称", "Glavnoe Razvedyvatel’noe Upravlenie"), ("別称", "GRU"), ("別称", "情報総局"),
        ("別称", "Main Intelligence Department"),
    ]  # fmt: skip
    assert [target.type_text for target in of(Target, path) if target.key == "RU|69"] == ["個人"]
