"""Goods: codes are mended and checked, words reach headings through a cited table, and neither is taken for the other."""

import csv
import lzma
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from conftest import SAMPLES, document_of, register_source
from hypothesis import given
from hypothesis import strategies as st

from pipeline import sources, stages
from pipeline.documents import Document
from pipeline.documents.recordings import Recordings
from pipeline.normalized import Frames, normalize
from pipeline.normalized.goods import MalformedCode, headings_of, table, told, whole_code
from pipeline.normalized.merging import merge_goods
from pipeline.records import Goods, Measure, Record
from pipeline.sources import Source

BAN = Measure("ban", "freeze", "/ban", "goods")


def normalized(tmp_path: Path, *goods: Goods, language: str = "en") -> Frames:
    def parse(document: Document, source: Source) -> Iterator[Record]:
        yield BAN
        yield from goods

    path = tmp_path / "2022-01-01" / "list.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text("{}", encoding="utf-8")
    return normalize(document_of("xx_list", path), register_source(parse=parse, language=language))


# Codes


@pytest.mark.parametrize(
    ("nomenclature", "printed", "code"),
    [
        ("cn", "1012100", "01012100"),
        ("hs", "101", "0101"),
        ("hts", "101210010", "0101210010"),
        ("hs", "1", None),
        ("cn", "0101 21 00", "01012100"),
        ("hs", "8703.23", "8703.23"),
        ("hts", "8703.23.01.10", "8703.23.01.10"),
        ("eccn", "3A001.b.1", "3A001.b.1"),
    ],
)
def test_a_zero_lost_at_the_head_is_restored_and_blanks_are_left_out(nomenclature: str, printed: str, code: str | None) -> None:
    if code is None:
        with pytest.raises(MalformedCode):
            whole_code(nomenclature, printed)
    else:
        assert whole_code(nomenclature, printed).text == code


def test_a_restored_code_says_how_and_a_whole_one_says_nothing() -> None:
    derivation = whole_code("cn", "1012990").derivation
    assert derivation is not None
    assert "the source prints 1012990" in derivation
    assert whole_code("cn", "01012990").derivation is None


@pytest.mark.parametrize("printed", ["0012100", "001", "87O3", "ex 8703", "012345678901", "0101210"])
def test_what_cannot_be_a_code_is_refused(printed: str) -> None:
    with pytest.raises(MalformedCode):
        whole_code("cn", printed)


@given(st.from_regex(r"(0[1-9]|[1-8]\d|9[0-7])(\d\d){1,4}", fullmatch=True))
def test_a_code_is_the_same_with_its_zero_or_without(code: str) -> None:
    assert whole_code("hts", code).text == code
    assert whole_code("hts", code.removeprefix("0")).text == code


@pytest.mark.parametrize(
    ("nomenclature", "code", "match"),
    [
        ("hs", "870323", "exact"), ("hs", "8703", "prefix"), ("hs", "87", "prefix"), ("cn", "87032310", "exact"),
        ("cn", "870323", "prefix"), ("hts", "8703230110", "exact"), ("hts", "87032301", "prefix"), ("eccn", "3A001", "exact"),
        ("ca_tariff", "87032310", "exact"), ("ca_tariff", "8703", "prefix"), ("eccn", "3A", "prefix"),
        ("cas", "7697-37-2", "exact"), ("jp_item", "三 ヨ", "exact"),
    ],
)  # fmt: skip
def test_a_code_shorter_than_its_nomenclature_is_a_prefix(nomenclature: str, code: str, match: str) -> None:
    assert told(nomenclature, code, "goods", "en").match_code == match


def test_where_only_a_part_of_the_code_is_meant_the_words_tell_and_the_code_is_a_guide() -> None:
    assert told("cn", "8703", "cars above 50 000 EUR", "en", is_part=True).match_code == "text_only"


def test_words_without_a_code_are_text_only() -> None:
    assert told("text", None, "caviar", "en") == (None, "text_only", ["1604"], "words", None)
    assert told("text", None, "services", "en") == (None, "text_only", [], None, None)


def test_a_code_gives_its_own_heading_whatever_the_words_say() -> None:
    assert told("cn", "1012100", "cars", "en")[2:4] == (["0101"], "code")


def test_a_chapter_written_with_two_zeros_is_a_chapter() -> None:
    assert told("hs", "7200", "Iron and steel", "en")[:4] == ("7200", "prefix", ["72"], "code")


def test_words_give_no_code_to_goods_of_a_list_of_technology() -> None:
    assert told("eccn", "3A001", "semiconductors", "en").heading_codes == []


# Words


@pytest.mark.parametrize(
    ("words", "headings"),
    [
        ("luxury cars", ["8703"]),
        ("Passenger Cars, jewelry and works of art", ["7113", "8703", "9701", "9702", "9703"]),
        ("caviar and caviar substitutes", ["1604"]),
        ("alcoholic drinks", ["2203", "2204", "2205", "2206", "2208"]),
        ("furs, perfumes and watches", ["3303", "4301", "4302", "4303", "9101", "9102"]),
        ("fish, seafood, and preparations thereof", ["03", "1604", "1605"]),
        ("non-industrial diamonds", ["7102"]),
        ("crude oil", ["2709"]),
        ("palm oil", []),
        ("collectors\u2019 pieces", ["9705"]),
    ],
)
def test_english_words_reach_their_headings(words: str, headings: list[str]) -> None:
    assert headings_of(words, "en") == headings


@pytest.mark.parametrize(
    "words", ["turmoil", "oilfield", "scarf", "scars", "a state-of-the-art plant", "arms-length terms", "charm", "Coalville"]
)
def test_no_word_is_found_inside_another(words: str) -> None:
    assert headings_of(words, "en") == []


@pytest.mark.parametrize(
    ("words", "headings"),
    [
        ("乗用自動車", ["8703"]),
        ("乗用自動車その他の自動車、モーターサイクル", ["8703", "8711"]),
        ("自動車", ["8702", "8703", "8704", "8705"]),
        ("化粧品", ["3303", "3304", "3305", "3306", "3307"]),
        ("宝石", ["7102", "7103"]),
        ("銀及び金", ["7106", "7108"]),
        ("特定金属を張つた金属", ["7107", "7109", "7111"]),
        ("金属加工機械", []),
        ("石油製品", ["2710"]),
        ("ﾊﾝﾄﾞﾊﾞｯｸﾞ", ["4202"]),
    ],
)
def test_japanese_words_reach_their_headings_though_no_blank_stands_between_them(words: str, headings: list[str]) -> None:
    assert headings_of(words, "ja") == headings


@pytest.mark.parametrize(
    ("words", "headings"),
    [
        ("gold coins", ["7118"]),
        ("diamond jewelry", ["7113"]),
        ("oil refining technologies", []),
        ("stainless steel valves", []),
        ("arms dealers", []),
        ("coal exports from North Korea", ["2701"]),
        ("diamonds mined in Russia", ["7102"]),
        ("export arms and related material, wherever situated", ["93"]),
        ("decapsulation equipment for semiconductor devices", []),
        ("substrates containing a layer of copper, and watches", ["9101", "9102"]),
    ],
)
def test_a_word_that_only_says_of_what_kind_another_thing_is_names_no_goods(words: str, headings: list[str]) -> None:
    assert headings_of(words, "en") == headings


def test_what_is_excluded_or_only_narrows_is_no_goods() -> None:
    assert headings_of("帽子（安全帽子及び毛皮製品を除く。）", "ja") == ["6504", "6505", "6506"]
    assert headings_of("葉巻たばこ（たばこ又はたばこ代用物から成るものに限る。）", "ja") == ["2402"]
    assert headings_of("watches (excl. of gold)", "en") == ["9101", "9102"]
    assert headings_of("furs except fur clothing; coal", "en") == ["2701", "4301", "4302", "4303"]
    assert headings_of("metals other than gold, and coal", "en") == ["2701"]


def test_words_of_the_table_that_narrow_a_word_themselves_come_first() -> None:
    assert headings_of("衣類及び衣類附属品（革製又はコンポジションレザー製のものに限る。）", "ja") == ["4203"]
    assert headings_of("衣類及び衣類附属品", "ja") == ["61", "6117", "62", "6217"]


def test_a_language_without_words_and_another_region_of_one_with_them() -> None:
    assert headings_of("voitures", "fr") == []
    assert headings_of("luxury cars", "en-GB") == ["8703"]


def test_each_entry_of_the_table_says_where_it_was_read() -> None:
    for entry in table():
        assert str(entry["read_at"]).startswith("https://"), entry
        assert set(entry) <= {"language", "words", "headings", "hs_words", "read_at", "checked_at"}
        assert bool(entry["headings"]) == bool(entry["hs_words"]), entry


@pytest.mark.recordings
def test_each_heading_of_the_table_is_worded_so_in_the_harmonized_system(recordings: Path) -> None:
    with lzma.open(recordings / "hs_nomenclature" / "2022-01-01" / "harmonized-system.csv.xz", "rt", encoding="utf-8") as file:
        worded = {row["hscode"]: row["description"].casefold() for row in csv.DictReader(file)}
    for entry in table():
        for heading in entry["headings"]:  # type: ignore[attr-defined]
            assert any(words in worded[heading] for words in entry["hs_words"]), (heading, entry)  # type: ignore[attr-defined]


# Rows


def test_a_mended_code_is_marked_and_stands_under_its_heading(tmp_path: Path) -> None:
    goods = normalized(tmp_path, Goods("ban", None, None, "cn", "/1", code="1012100", year=2022))["goods"]
    row = goods.row(0, named=True)
    assert (row["goods_code"], row["is_derived"], row["match_code"]) == ("01012100", True, "exact")
    assert (row["heading_codes"], row["heading_basis_code"]) == (["0101"], "code")


def test_a_malformed_code_is_a_reject_with_its_raw_content(tmp_path: Path) -> None:
    frames = normalized(tmp_path, Goods("ban", None, "cars", "hs", "/1", code="87O3"))
    assert frames["goods"].is_empty()
    assert frames["rejects"].select("table", "reason_code").rows() == [("goods", "malformed_value")]
    assert "87O3" in frames["rejects"]["raw_json"][0]


def test_goods_of_a_japanese_annex_show_the_heading_of_their_words(tmp_path: Path) -> None:
    item = Goods("ban", "別表第二の三 三 ヨ", "乗用自動車", "jp_item", "/1", code="三 ヨ")
    row = normalized(tmp_path, item, language="ja")["goods"].row(0, named=True)
    assert (row["heading_codes"], row["heading_basis_code"], row["is_derived"]) == (["8703"], "words", False)


def test_a_code_without_a_place_is_one_item_with_words_or_without(tmp_path: Path) -> None:
    bare = Goods("ban", None, None, "cn", "/1", code="1012100")
    worded = Goods("ban", None, "horses", "cn", "/2", code="01012100")
    other = Goods("ban", "Annex I", "horses", "cn", "/3", code="01012100")
    assert normalized(tmp_path, bare, worded, other)["goods"]["goods_id"].n_unique() == 2


def test_an_item_with_a_key_of_its_own_stays_the_same_when_the_schedule_is_renumbered(tmp_path: Path) -> None:
    before = Goods("ban", "Schedule 7, item 1", "Tungsten ores", "hs", "/1", code="2611", key="2611 tungsten ores")
    after = before._replace(item_text="Schedule 7, item 2")
    assert normalized(tmp_path, before, after)["goods"]["goods_id"].n_unique() == 1


def test_of_two_documents_the_one_with_the_fault_tells_the_item_in_the_words_of_the_other() -> None:
    rows = pl.DataFrame(
        {
            "goods_id": ["a", "a", "b"], "goods_code": ["01012100"] * 3, "goods_text": ["horses", None, None],
            "is_derived": [False, True, False], "evidence_id": ["tidy", "copied", "tidy"], "known_from_at": [1, 1, 1],
            "series": ["x"] * 3,
        }
    )  # fmt: skip
    assert sorted(merge_goods(rows).select("goods_id", "goods_text", "is_derived", "evidence_id").rows()) == [
        ("a", "horses", True, "copied"),
        ("b", None, False, "tidy"),
    ]


@pytest.fixture(scope="module")
def goods(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    """The goods of the samples, as they are published."""
    output = tmp_path_factory.mktemp("output")
    place = stages.Place(Recordings(SAMPLES), output)
    chosen = sources.load(("eu_833_2014_goods", "hs_nomenclature", "jp_egov_law"))
    readings = [
        stages.normalize_source(source, stages.judge_documents(source, place), output, told=lambda _: None)
        for source in chosen.values()
    ]
    return pl.read_parquet(stages.build_tables(readings, output) / "goods.parquet")


def test_codes_that_the_edition_of_2022_does_not_have_are_flagged(goods: pl.DataFrame) -> None:
    of_codes = goods.filter(nomenclature_code="cn").sort("goods_code")
    assert of_codes.select("goods_code", "is_in_nomenclature").rows() == [
        ("01012100", True),
        ("6201", True),
        ("62019200", False),
        ("8703", True),
        ("87032310", True),
        ("88033000", False),
    ]


def test_words_are_not_held_against_the_nomenclature(goods: pl.DataFrame) -> None:
    of_words = goods.filter(nomenclature_code="jp_item")["is_in_nomenclature"]
    assert of_words.null_count() == len(of_words) > 0


def test_the_restored_zero_is_seen_in_the_published_table(goods: pl.DataFrame) -> None:
    assert goods.filter("is_derived").select("goods_code", "goods_text").rows() == [
        ("01012100", "Horses for breeding, of pure breed")
    ]
