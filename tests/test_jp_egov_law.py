"""The Export Trade Control Order and the act that it rests on, from e-Gov."""

import datetime as dt
from pathlib import Path

import pytest
from conftest import document_of
from lxml import etree

from pipeline.readers.xml import UnknownContent
from pipeline.records import DatedStep, Goods, Instrument, InstrumentLink, Measure, MeasureInstrument, Record, Reject
from pipeline.sources import Source, load

ORDER = "昭和二十四年政令第三百七十八号"
RUSSIA = f"{ORDER}|別表第二の三第三号|ロシア"
KOREA = f"{ORDER}|別表第二の二|北朝鮮"
KOREA_ALL = f"{ORDER}|附則第三項|北朝鮮"
FOLDER = Path("jp_egov_law") / "2026-02-14"


@pytest.fixture(scope="module")
def source() -> Source:
    return load(("jp_egov_law",))["jp_egov_law"]


@pytest.fixture(scope="module")
def order(samples: Path) -> str:
    """The sample of the order as text, to be changed by a test."""
    return (samples / FOLDER / "324CO0000000378.xml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def records(source: Source, samples: Path) -> list[Record]:
    return list(source.parse(document_of("jp_egov_law", samples / FOLDER / "324CO0000000378.xml"), source))


def parsed(source: Source, text: str, tmp_path: Path) -> list[Record]:
    """The records of a changed document."""
    path = tmp_path / "2026-02-14" / "order.xml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return list(source.parse(document_of("jp_egov_law", path), source))


def steps(records: list[Record], measure_key: str) -> list[tuple[str, str, dt.date | None]]:
    """Action, step and day of each dated step of a measure."""
    return [
        (record.action, record.step, record.period.earliest)
        for record in records
        if isinstance(record, DatedStep) and record.measure_key == measure_key
    ]


def goods(records: list[Record], measure_key: str) -> list[tuple[str, str]]:
    """Place and words of each item of goods of a measure."""
    return [
        (record.item_text, record.goods_text)
        for record in records
        if isinstance(record, Goods) and record.measure_key == measure_key
    ]


def rejects(records: list[Record]) -> list[tuple[str, str]]:
    """Table and reason of each reject."""
    return [(record.table, record.reason) for record in records if isinstance(record, Reject)]


def test_the_bans_are_three_measures_by_the_minister(records: list[Record]) -> None:
    measures = {record.key: record for record in records if isinstance(record, Measure)}
    assert list(measures) == [RUSSIA, KOREA, KOREA_ALL]
    assert {record.authority_name for record in measures.values()} == {"経済産業大臣"}
    assert {record.type_text for record in measures.values()} == {"輸出の承認"}
    assert [record.territory_texts for record in measures.values()] == [("ロシア",), ("北朝鮮",), ("北朝鮮",)]
    assert [record.scope for record in measures.values()] == ["goods", "goods", "territory"]


def test_an_approval_that_is_not_given_is_an_export_ban(source: Source) -> None:
    assert source.code("measure_type", "輸出の承認") == "export_ban"
    assert (source.code("country", "ロシア"), source.code("country", "北朝鮮")) == ("RU", "KP")


def test_the_ban_against_russia_is_published_on_29_march_and_effective_on_5_april_2022(records: list[Record]) -> None:
    assert steps(records, RUSSIA) == [
        ("impose", "published", dt.date(2022, 3, 29)),
        ("impose", "effective", dt.date(2022, 4, 5)),
    ]


def test_a_founding_act_is_the_title_of_the_order_and_the_day_of_promulgation(records: list[Record]) -> None:
    founding = {record.key: record.founding_act for record in records if isinstance(record, Measure)}
    assert founding[RUSSIA] == "輸出貿易管理令|2022-03-29"
    assert founding[KOREA] == "輸出貿易管理令|2006-11-14"
    assert founding[KOREA_ALL] == "輸出貿易管理令|2009-06-16"


def test_the_luxury_ban_against_north_korea_is_effective_on_the_day_after_promulgation(records: list[Record]) -> None:
    assert steps(records, KOREA) == [
        ("impose", "published", dt.date(2006, 11, 14)),
        ("impose", "effective", dt.date(2006, 11, 15)),
    ]
    [effective] = [
        step for step in records if isinstance(step, DatedStep) and step.measure_key == KOREA and step.step == "effective"
    ]
    assert effective.period.text == "公布の日の翌日"
    assert effective.period.derivation == "the day after promulgation on 2006-11-14"
    assert effective.instrument_number == "平成十八年政令第三百五十六号"


def test_the_total_ban_expires_on_13_april_2027_as_renewed_on_11_april_2025(records: list[Record]) -> None:
    assert steps(records, KOREA_ALL) == [
        ("impose", "published", dt.date(2009, 6, 16)),
        ("impose", "effective", dt.date(2009, 6, 18)),
        ("expire", "effective", dt.date(2027, 4, 13)),
        ("renew", "published", dt.date(2025, 4, 11)),
        ("renew", "effective", dt.date(2025, 4, 11)),
    ]


def test_goods_are_the_items_of_the_table_in_its_own_words(records: list[Record]) -> None:
    assert goods(records, KOREA) == [
        ("別表第二の二 一", "牛の肉（冷凍したものに限る。）"),
        ("別表第二の二 二の二", "つづれ織物（経済産業大臣が告示で定めるものに限る。）"),
    ]


def test_a_repealed_item_is_no_goods(records: list[Record]) -> None:
    assert "別表第二の二 二" not in dict(goods(records, KOREA))


def test_only_the_item_of_luxury_goods_is_read_and_its_parts_with_their_heading(records: list[Record]) -> None:
    assert [place for place, _ in goods(records, RUSSIA)] == [
        "別表第二の三 三 ワ",
        "別表第二の三 三 ヨ",
        "別表第二の三 三 ヨ （１）",
    ]


def test_readings_above_kanji_are_no_words_of_the_goods(records: list[Record]) -> None:
    assert goods(records, RUSSIA)[0] == ("別表第二の三 三 ワ", "真珠、貴石及び瑪瑙並びにこれらの製品")


def test_exceptions_are_the_words_in_brackets_of_article_2(records: list[Record]) -> None:
    exceptions = {record.key: record.exceptions_text for record in records if isinstance(record, Measure)}
    assert exceptions[RUSSIA] == "別表第二の一、二〇及び四三の項の中欄に掲げる貨物を除く。"
    assert exceptions[KOREA] == "別表第二の一の項の中欄に掲げる貨物を除く。"
    assert exceptions[KOREA_ALL] == "別表第二の一及び一九の項の中欄に掲げる貨物を除く。"


def test_a_measure_rests_on_the_order_on_the_act_and_on_the_amending_order(records: list[Record]) -> None:
    assert [record[1:] for record in records if isinstance(record, MeasureInstrument) and record[0] == RUSSIA] == [
        ("令和四年政令第百二十二号", "imposes", None),
        (ORDER, "imposes", "第二条第一項第一号の四、別表第二の三第三号"),
        ("昭和二十四年法律第二百二十八号", "authority", "第二十六条、第四十八条及び附則第四項"),
    ]
    assert ("令和七年政令第百七十七号", "amends", None) in [
        record[1:] for record in records if isinstance(record, MeasureInstrument) and record[0] == KOREA_ALL
    ]


def test_each_amending_order_amends_the_order(records: list[Record]) -> None:
    assert [record[:2] for record in records if isinstance(record, InstrumentLink)] == [
        ("令和四年政令第百二十二号", ORDER),
        ("平成十八年政令第三百五十六号", ORDER),
        ("平成二十一年政令第百六十号", ORDER),
        ("令和七年政令第百七十七号", ORDER),
    ]


def test_every_instrument_that_is_named_is_given(records: list[Record]) -> None:
    given = {record.number: record for record in records if isinstance(record, Instrument)}
    assert {record.number for record in records if isinstance(record, MeasureInstrument)} == set(given)
    assert given[ORDER].title == "輸出貿易管理令"
    assert given[ORDER].url == "https://laws.e-gov.go.jp/law/324CO0000000378"
    # The statement of 1949 still says 外国貿易管理法; article 1 has the name of today.
    assert given["昭和二十四年法律第二百二十八号"].title == "外国為替及び外国貿易法"
    assert given["昭和二十四年法律第二百二十八号"].url == "https://laws.e-gov.go.jp/law/324AC0000000228"


def test_the_act_is_an_instrument_and_nothing_else(source: Source, samples: Path) -> None:
    document = document_of("jp_egov_law", samples / FOLDER / "324AC0000000228.xml")
    [act] = source.parse(document, source)
    assert isinstance(act, Instrument)
    assert (act.number, act.type_text, act.title) == (
        "昭和二十四年法律第二百二十八号",
        "法律",
        "外国為替及び外国貿易法",
    )


def in_place(document: bytes, records: list[Record]) -> int:
    """How many records have a place, after it was seen that each place exists once and holds the quote."""
    root = etree.fromstring(document)
    located = [record for record in records if getattr(record, "locator", None) and getattr(record, "quote", None)]
    for record in located:
        [place] = root.xpath(record.locator)
        text = str(place) if isinstance(place, str) else "".join(place.itertext())
        assert record.quote in text, record
    return len(located)


def test_each_locator_leads_to_the_words_that_are_quoted(samples: Path, records: list[Record]) -> None:
    document = (samples / FOLDER / "324CO0000000378.xml").read_bytes()
    # 6 instruments (that of the order, the act, 4 amending orders), 3 measures, 9 steps, 5 goods.
    assert in_place(document, records) == 23


def test_another_day_in_the_document_is_another_day_of_the_measure(source: Source, order: str, tmp_path: Path) -> None:
    records = parsed(source, order.replace("令和四年四月五日から", "公布の日から起算して十日を経過した日から"), tmp_path)
    assert steps(records, RUSSIA)[1] == ("impose", "effective", dt.date(2022, 4, 8))


def test_another_expiry_is_another_expiry_and_no_stated_renewal(source: Source, order: str, tmp_path: Path) -> None:
    text = order.replace("令和九年四月十三日までの間", "令和一一年四月一三日までの間")
    assert steps(parsed(source, text, tmp_path), KOREA_ALL)[2:] == [("expire", "effective", dt.date(2029, 4, 13))]


def test_other_goods_in_the_document_are_other_goods_of_the_measure(source: Source, order: str, tmp_path: Path) -> None:
    records = parsed(source, order.replace("牛の肉", "馬の肉"), tmp_path)
    assert goods(records, KOREA)[0] == ("別表第二の二 一", "馬の肉（冷凍したものに限る。）")


def test_an_amending_order_that_is_not_there_gives_a_reject_and_no_date(source: Source, order: str, tmp_path: Path) -> None:
    records = parsed(source, order.replace("令和四年三月二九日政令第一二二号", "令和四年三月二九日政令第一二三号"), tmp_path)
    assert rejects(records) == [("dates", "dangling_reference")]
    assert steps(records, RUSSIA) == []
    [measure] = [record for record in records if isinstance(record, Measure) and record.key == RUSSIA]
    assert measure.founding_act is None


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        (">別表第二の三<", ">別表第二の五<"),
        ("<ItemTitle>三</ItemTitle>", "<ItemTitle>四</ItemTitle>"),
        ("のロシアを仕向地とする輸出", "のキューバを仕向地とする輸出"),
    ],
)
def test_a_table_item_or_territory_that_is_not_there_gives_a_reject_and_no_measure(
    source: Source, order: str, tmp_path: Path, words: str, instead: str
) -> None:
    records = parsed(source, order.replace(words, instead), tmp_path)
    assert rejects(records) == [("measures", "dangling_reference")]
    assert RUSSIA not in [record.key for record in records if isinstance(record, Measure)]


def test_a_day_that_never_was_is_a_reject(source: Source, order: str, tmp_path: Path) -> None:
    records = parsed(source, order.replace("令和四年四月五日", "令和四年四月三一日"), tmp_path)
    assert rejects(records) == [("dates", "malformed_date")]
    assert steps(records, RUSSIA) == [("impose", "published", dt.date(2022, 3, 29))]


def test_a_proviso_that_gives_parts_another_day_makes_the_day_uncertain(source: Source, order: str, tmp_path: Path) -> None:
    proviso = '</Sentence><Sentence Num="2">ただし、別表の改正規定は、平成十九年一月一日から施行する。'
    records = parsed(source, order.replace("の翌日から施行する。", f"の翌日から施行する。{proviso}"), tmp_path)
    assert rejects(records) == [("dates", "dangling_reference")]
    assert steps(records, KOREA) == [("impose", "published", dt.date(2006, 11, 14))]


@pytest.mark.parametrize(
    ("words", "instead"),
    [("<ArticleCaption>", "<Fig/><ArticleCaption>"), ('Extract="true"', 'Delete="true"')],
)
def test_an_unknown_element_or_attribute_is_news(source: Source, order: str, tmp_path: Path, words: str, instead: str) -> None:
    with pytest.raises(UnknownContent, match="elements"):
        parsed(source, order.replace(words, instead), tmp_path)


@pytest.mark.recordings
def test_the_recorded_order_gives_the_measures_their_goods_and_days(source: Source, recordings: Path) -> None:
    [path] = (recordings / FOLDER).glob("*.xz")
    document = document_of("jp_egov_law", path)
    records = list(source.parse(document, source))
    assert rejects(records) == []
    assert len(goods(records, RUSSIA)) == 19
    assert len(goods(records, KOREA)) == 36
    assert dict(goods(records, RUSSIA))["別表第二の三 三 ソ"] == "グランドピアノ"
    assert dict(goods(records, KOREA))["別表第二の二 三十三"] == "美術品、収集品及びこつとう"
    assert steps(records, RUSSIA) == [
        ("impose", "published", dt.date(2022, 3, 29)),
        ("impose", "effective", dt.date(2022, 4, 5)),
    ]
    assert ("impose", "effective", dt.date(2006, 11, 15)) in steps(records, KOREA)
    assert ("expire", "effective", dt.date(2027, 4, 13)) in steps(records, KOREA_ALL)
    assert in_place(document.read(), records) == 6 + 3 + 9 + 55


@pytest.mark.recordings
def test_the_recorded_act_is_read(source: Source, recordings: Path) -> None:
    [path] = (recordings / "jp_egov_law" / "2025-06-01").glob("*.xz")
    [act] = source.parse(document_of("jp_egov_law", path), source)
    assert isinstance(act, Instrument)
    assert act.title == "外国為替及び外国貿易法"
