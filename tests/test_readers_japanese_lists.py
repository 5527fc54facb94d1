"""Items and names of a cell are told apart, and nothing else is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.readers.japanese_lists import Written, items, names, script_of, two_scripts


def values(text: str) -> list[str]:
    return [name.value for name in names(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(a)1970年\n(b)1969年", ["1970年", "1969年"]),
        ("（ａ）1946年、（b）1948年", ["1946年", "1948年"]),
        ("(a)一(b)二\n(a)one (b)two", ["一", "二", "one", "two"]),
        # A spreadsheet made © of (c), and one list passes over (c).
        ("(a)一\n(b)二\n©三", ["一", "二", "三"]),
        ("(a)一 (b)二 (d)四", ["一", "二", "四"]),
        ("(a)Branch: (i)shop 1 (ii)shop 2 (b)Quetta", ["Branch: (i)shop 1 (ii)shop 2", "Quetta"]),
        ("Kabul (Afghanistan)", []),
    ],
)
def test_letters_in_brackets_count_items(text, expected):
    assert items(text)[1] == expected


def test_words_before_the_first_item_are_kept():
    assert items("国民ＩＤ番号: (a)2132370 (b)812673") == ("国民ＩＤ番号: ", ["2132370", "812673"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Japanese, and below it the same in English.
        (
            "(a)アル・ラシド(b)アル・ラシード\n (a.k.a.: (a)Al-Rashid (b) Al-Rasheed Trust)",
            ["アル・ラシド", "アル・ラシード", "Al-Rashid", "Al-Rasheed Trust"],
        ),
        ("エー・ビー\nAB", ["エー・ビー", "AB"]),
        # Each with its English in brackets.
        ("(a)ニコラ（Nicolas）、\n(b)ポール（Paul）", ["ニコラ", "Nicolas", "ポール", "Paul"]),
        # A semicolon of either width divides, not within brackets.
        ("甲社（旧名；乙社）；丙社\nA Co. (form; of B); C Co.", ["甲社（旧名；乙社）", "丙社", "A Co. (form; of B)", "C Co."]),
        # A comma divides Japanese names; English ones only where as many stand above.
        ("甲・工業、乙・工業\nKo Industries, Otsu Industries", ["甲・工業", "乙・工業", "Ko Industries", "Otsu Industries"]),
        ("甲工業\nKo Industries, Ltd.", ["甲工業", "Ko Industries, Ltd."]),
        # 及び divides where the English below has one name more, and stands within names otherwise.
        ("（別称、甲、乙及び丙）\n(a.k.a. A; a.k.a. B, a.k.a. C)", ["甲", "乙", "丙", "A", "B", "C"]),
        (
            "（別称、国防及び軍需省）\n(a.k.a. Ministry of Defence and Munitions)",
            ["国防及び軍需省", "Ministry of Defence and Munitions"],
        ),
        ("(a.k.a. Al-Qaida in X (AQX))", ["Al-Qaida in X (AQX)"]),
        ("不明", []),
        ("", []),
    ],
)
def test_names_are_divided_where_the_cell_divides_them(text, expected):
    assert values(text) == expected


def test_a_former_name_is_marked_as_such_until_the_mark_changes():
    assert names("（別称）甲社\nKo\n（旧称）乙社\nOtsu") == [
        Written("甲社"),
        Written("Ko"),
        Written("乙社", is_former=True),
        Written("Otsu", is_former=True),
    ]
    assert names("(a)甲(b)乙\n(f.k.a.: (a)Ko (b)Otsu)")[2:] == [Written("Ko", is_former=True), Written("Otsu", is_former=True)]


def test_a_name_in_its_original_script_is_apart():
    assert names("Amir Khazmat (original script: Амир Хазмат)") == [
        Written("Amir Khazmat"),
        Written("Амир Хазмат", is_original_script=True),
    ]
    assert values("Abu(original script：不明)") == ["Abu"]


def test_what_is_said_of_a_name_is_no_part_of_it():
    assert names("アーイシャ（リビア旅券番号：215215）") == [Written("アーイシャ", note="（リビア旅券番号：215215）")]
    assert names("Dr. Ibrahim (born in 1971 in Samarra (Iraq))") == [
        Written("Dr. Ibrahim", note="(born in 1971 in Samarra (Iraq))")
    ]
    assert names("甲社が調達のために使用している別名。") == [Written("甲社が調達のために使用している別名。", is_sentence=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Air Koryo (高麗航空)", ("Air Koryo", "高麗航空")),
        ("Institute (SWIET) (中国西南電子技術研究所)", ("Institute (SWIET)", "中国西南電子技術研究所")),
        ("Rungrado Co. ((朝鮮)綾羅島会社)", ("Rungrado Co.", "(朝鮮)綾羅島会社")),
        ("Korea Mining (KOMID)", ("Korea Mining (KOMID)",)),
        ("ウレマ援助組織（パキスタン）", ("ウレマ援助組織（パキスタン）",)),
    ],
)
def test_a_name_and_its_form_in_another_script_are_two(text, expected):
    assert two_scripts(text) == expected


def test_the_script_is_told_only_where_it_is_certain():
    words = ("ニコラ", "国防科学院", "平壌情報センター", "Nicolas", "Амир", "ثناء", "Амир Khazmat", "1234")
    assert [script_of(text) for text in words] == ["Jpan", "Hani", "Jpan", "Latn", "Cyrl", "Arab", None, None]


@given(st.text(alphabet="(（a）b)c©；;、,.k別称旧及び\nアB1: "))
def test_no_cell_breaks_the_reading(text):
    for name in names(text):
        assert name.value.strip()
