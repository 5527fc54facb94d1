"""The Export Trade Control Order and the act that it rests on, from e-Gov."""

import datetime as dt
import re
from collections import Counter
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


def acts(records: list[Record]) -> dict[str, Instrument]:
    """The instruments by their number."""
    return {record.number: record for record in records if isinstance(record, Instrument)}


def rejects(records: list[Record]) -> list[tuple[str, str]]:
    """Table and reason of each reject."""
    return [(record.table, record.reason) for record in records if isinstance(record, Reject)]


def test_every_ban_is_a_measure_by_the_minister(records: list[Record]) -> None:
    measures = {record.key: record for record in records if isinstance(record, Measure)}
    assert {key.removeprefix(f"{ORDER}|"): measure.scope for key, measure in measures.items()} == {
        "別表第二の三第三号|ロシア": "goods",
        "別表第二の二|北朝鮮": "goods",
        "附則第三項|北朝鮮": "territory",
        "別表第二の三第一号|ロシア": "goods",
        "別表第二の三第一号|ベラルーシ": "goods",
        "別表第二の三第二号|ロシア": "goods",
        "別表第二の三第二号|ベラルーシ": "goods",
        "第二条第一項第一号の五|ウクライナ": "territory",
        "第二条第一項第一号の六|ベラルーシ": "listed_targets",
        "第二条第一項第一号の七|ロシア": "listed_targets",
        "別表第二の三第二号の二|ロシア": "goods",
        "別表第二の三第一号の二|ロシア": "goods",
        "第二条第一項第一号の八|別表第二の四": "listed_targets",
    }
    assert {record.authority_name for record in measures.values()} == {"経済産業大臣"}
    assert {record.type_text for record in measures.values()} == {"輸出の承認"}


def test_territories_are_the_country_the_regions_or_the_countries_of_the_table(records: list[Record]) -> None:
    territories = {record.key: record.territory_texts for record in records if isinstance(record, Measure)}
    assert (territories[RUSSIA], territories[KOREA], territories[KOREA_ALL]) == (("ロシア",), ("北朝鮮",), ("北朝鮮",))
    assert territories[f"{ORDER}|第二条第一項第一号の五|ウクライナ"] == ("ドネツク州", "ルハンスク州")
    third = territories[f"{ORDER}|第二条第一項第一号の八|別表第二の四"]
    assert (third[0], third[2], len(third)) == ("アラブ首長国連邦", "中華人民共和国", 10)


def test_the_words_have_codes(source: Source) -> None:
    assert source.code("measure_type", "輸出の承認") == "export_ban"  # an approval that is not given
    assert (source.code("country", "ドネツク州"), source.code("country", "ルハンスク州")) == ("UA-14", "UA-09")
    assert source.code("instrument_link_type", "に基づく") == "implements"


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


def test_the_place_tells_the_bans_of_one_order_on_one_territory_apart(records: list[Record]) -> None:
    founding = {
        record.founding_act for record in records if isinstance(record, Measure) and record.territory_texts == ("ロシア",)
    }
    assert founding == {
        "輸出貿易管理令|2022-03-29",
        "輸出貿易管理令|2022-03-11|別表第二の三第一号",
        "輸出貿易管理令|2022-03-11|別表第二の三第二号",
        "輸出貿易管理令|2022-03-11|第二条第一項第一号の七",
        "輸出貿易管理令|2022-06-10",
        "輸出貿易管理令|2022-09-30",
    }


def test_the_luxury_ban_against_north_korea_is_effective_on_the_day_after_promulgation(records: list[Record]) -> None:
    assert steps(records, KOREA) == [
        ("impose", "published", dt.date(2006, 11, 14)),
        ("impose", "effective", dt.date(2006, 11, 15)),
        ("widen", "published", dt.date(2017, 2, 22)),
        ("widen", "effective", dt.date(2017, 2, 22)),
    ]
    effective = next(
        step for step in records if isinstance(step, DatedStep) and step.measure_key == KOREA and step.step == "effective"
    )
    assert effective.period.text == "公布の日の翌日"
    assert effective.period.derivation == "the day after promulgation on 2006-11-14"
    assert effective.instrument_number == "平成十八年政令第三百五十六号"


def test_the_total_ban_expires_on_13_april_2027_as_renewed_on_11_april_2025(records: list[Record]) -> None:
    told = steps(records, KOREA_ALL)
    assert told[:3] == [
        ("impose", "published", dt.date(2009, 6, 16)),
        ("impose", "effective", dt.date(2009, 6, 18)),
        ("expire", "effective", dt.date(2010, 4, 13)),
    ]
    assert told[-3:] == [
        ("renew", "published", dt.date(2025, 4, 11)),
        ("renew", "effective", dt.date(2025, 4, 11)),
        ("expire", "effective", dt.date(2027, 4, 13)),
    ]


def test_each_renewal_puts_the_end_off_and_says_where_that_was_read(records: list[Record]) -> None:
    told = [record for record in records if isinstance(record, DatedStep) and record.measure_key == KOREA_ALL]
    renewed = [step.period.earliest for step in told if (step.action, step.step) == ("renew", "effective")]
    assert [day.isoformat() for day in renewed if day] == [
        "2010-04-09", "2011-04-08", "2012-04-06", "2013-04-10", "2015-04-03", "2017-04-12", "2019-04-12", "2021-04-07",
        "2023-04-10", "2025-04-11",
    ]  # fmt: skip
    ends = {step.period.earliest: step for step in told if step.action == "expire"}
    assert [day.year for day in ends if day] == [2010, 2011, 2012, 2013, 2015, 2017, 2019, 2021, 2023, 2025, 2027]
    former = ends[dt.date(2015, 4, 13)]
    assert former.instrument_number == "平成二十五年政令第百二十号"
    assert former.period.derivation is not None
    assert former.period.derivation.endswith("read at http://law.e-gov.go.jp/htmldata/S24/S24SE378.html")
    last = ends[dt.date(2027, 4, 13)]
    assert (last.instrument_number, last.period.derivation) == ("令和七年政令第百七十七号", None)
    assert last.quote == "令和九年四月十三日までの間"


def test_a_later_order_widens_a_ban(records: list[Record]) -> None:
    assert steps(records, f"{ORDER}|別表第二の三第二号|ロシア") == [
        ("impose", "published", dt.date(2022, 3, 11)),
        ("impose", "effective", dt.date(2022, 3, 18)),
        ("widen", "published", dt.date(2022, 5, 13)),
        ("widen", "effective", dt.date(2022, 5, 20)),
        ("widen", "published", dt.date(2023, 1, 27)),
        ("widen", "effective", dt.date(2023, 2, 3)),
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


def test_an_item_without_parts_is_goods_itself(records: list[Record]) -> None:
    regimes = "別表第一の一から一五までの項の中欄に掲げる貨物"
    assert goods(records, f"{ORDER}|別表第二の三第一号|ベラルーシ") == [("別表第二の三 一", regimes)]


def test_what_a_later_order_added_is_goods_of_the_ban_since_that_order(records: list[Record]) -> None:
    since = {(record.measure_key, record.item_text): record.start for record in records if isinstance(record, Goods)}
    russia = f"{ORDER}|別表第二の三第二号|ロシア"
    assert since[russia, "別表第二の三 二 （４６）"] == dt.date(2023, 2, 3)
    # Equipment for oil refining stood there from the first; catalysts came later: one part, no day.
    assert since[russia, "別表第二の三 二 （３２）"] is None


def test_the_parts_that_the_article_leaves_out_are_no_goods_of_the_ban(records: list[Record]) -> None:
    assert [place for place, _ in goods(records, f"{ORDER}|別表第二の三第二号|ロシア")] == [
        "別表第二の三 二 （１）",
        "別表第二の三 二 （３２）",
        "別表第二の三 二 （４６）",
    ]
    assert goods(records, f"{ORDER}|別表第二の三第二号|ベラルーシ") == [("別表第二の三 二 （１）", "集積回路及び一次セル")]
    # The ban on persons of third countries covers the whole table but item 3.
    third = [place for place, _ in goods(records, f"{ORDER}|第二条第一項第一号の八|別表第二の四")]
    assert third[0] == "別表第二の三 一"
    assert third[-1] == "別表第二の三 二の二 （２）"
    assert len(third) == 14


def test_readings_above_kanji_are_no_words_of_the_goods(records: list[Record]) -> None:
    assert goods(records, RUSSIA)[0] == ("別表第二の三 三 ワ", "真珠、貴石及び瑪瑙並びにこれらの製品")


def test_exceptions_are_the_words_in_brackets_of_article_2(records: list[Record]) -> None:
    exceptions = {record.key: record.exceptions_text for record in records if isinstance(record, Measure)}
    assert exceptions[RUSSIA] == "別表第二の一、二〇及び四三の項の中欄に掲げる貨物を除く。"
    assert exceptions[KOREA] == "別表第二の一の項の中欄に掲げる貨物を除く。"
    assert exceptions[KOREA_ALL] == "別表第二の一及び一九の項の中欄に掲げる貨物を除く。"
    assert exceptions[f"{ORDER}|別表第二の三第二号|ベラルーシ"] == (
        "第一号の二、第二号（３２）から（４６）まで、第二号の二及び第三号を除く。別表第二の二〇の項の中欄に掲げる貨物を除く。"
    )
    assert exceptions[f"{ORDER}|第二条第一項第一号の五|ウクライナ"] == "別表第二（三四の項を除く。）中欄に掲げる貨物を除く。"


def test_a_measure_rests_on_the_order_on_the_act_and_on_the_amending_order(records: list[Record]) -> None:
    assert [record[1:] for record in records if isinstance(record, MeasureInstrument) and record[0] == RUSSIA] == [
        ("令和四年政令第百二十二号", "imposes", None),
        (ORDER, "imposes", "第二条第一項第一号の四、別表第二の三第三号"),
        ("昭和二十四年法律第二百二十八号", "authority", "第四十八条第三項"),
    ]
    assert ("令和七年政令第百七十七号", "amends", None) in [
        record[1:] for record in records if isinstance(record, MeasureInstrument) and record[0] == KOREA_ALL
    ]


def test_every_amending_order_is_an_act_that_amends_the_order(records: list[Record], order: str) -> None:
    amending = [record for record in records if isinstance(record, InstrumentLink) and record.type_text == "改正"]
    assert len(amending) == order.count("AmendLawNum=") == 30
    assert {link.other_number for link in amending} == {ORDER}
    assert {link.number for link in amending} <= {record.number for record in records if isinstance(record, Instrument)}
    # Other sources name it by what it amends and when it was promulgated.
    assert acts(records)["令和四年政令第百二十二号"].known_as == "輸出貿易管理令|2022-03-29"


@pytest.mark.parametrize(
    ("number", "published", "effective", "derivation"),
    [
        ("令和四年政令第百二十二号", "2022-03-29", "2022-04-05", None),
        ("平成十八年政令第三百五十六号", "2006-11-14", "2006-11-15", "the day after promulgation on"),
        ("平成二十三年政令第九十八号", "2011-04-08", "2011-04-08", "the day of promulgation,"),
        ("平成三十年政令第三百十九号", "2018-11-21", "2019-09-01", "平成 counted on past its end: written on"),
        ("令和五年政令第二百五十二号", "2023-08-02", "2023-08-09", "the day after 7 days, the day of promulgation"),
        ("令和元年政令第七十一号", "2019-08-07", "2019-08-28", "the day after 21 days, the day of promulgation"),
        ("令和七年政令第三百七十六号", "2025-11-14", "2026-02-14", "the day after 3 months, the day of promulgation"),
    ],
)
def test_the_rule_of_effect_of_an_order_is_worked_out(
    records: list[Record], number: str, published: str, effective: str, derivation: str | None
) -> None:
    act = acts(records)[number]
    assert (str(act.published), str(act.effective)) == (published, effective)
    assert (act.effective_derivation or "None").startswith(str(derivation))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("平成七年政令第百六十五号", "当該各号に定める日から施行する。一　別表第二の二七の項の改正規定　平成七年四月一日二　"),
        ("平成十五年政令第三百八十二号", "日本国について効力を生ずる日から施行する。"),
    ],
)
def test_a_rule_that_names_no_day_keeps_its_words_and_no_day_is_guessed(records: list[Record], number: str, words: str) -> None:
    act = acts(records)[number]
    assert (act.effective, act.effective_derivation) == (None, None)
    assert words in (act.effective_text or "")


def test_a_proviso_that_gives_a_part_another_day_stands_in_the_words_of_the_rule(records: list[Record]) -> None:
    old = acts(records)["昭和四十年政令第二百四十五号"]
    assert old.effective == dt.date(1965, 7, 5)
    assert old.effective_text == (
        "この政令は、公布の日から施行する。ただし、別表第一の改正規定は、昭和四十年七月十五日から施行する。"
    )
    new = acts(records)["令和七年政令第三百七十六号"]
    assert (new.effective_text or "").endswith("二　別表第二の改正規定　令和七年十二月一日")


def test_the_order_itself_has_its_days(records: list[Record]) -> None:
    assert (acts(records)[ORDER].published, acts(records)[ORDER].effective) == (dt.date(1949, 12, 1), dt.date(1949, 12, 1))
    assert InstrumentLink(ORDER, "昭和二十四年法律第二百二十八号", "に基づく") in records


def test_every_instrument_that_is_named_is_given(records: list[Record]) -> None:
    given = acts(records)
    assert {record.number for record in records if isinstance(record, MeasureInstrument)} <= set(given)
    assert given[ORDER].title == "輸出貿易管理令"
    assert given[ORDER].url == "https://laws.e-gov.go.jp/law/324CO0000000378"
    # The statement of 1949 still says 外国貿易管理法; article 1 has the name of today.
    assert given["昭和二十四年法律第二百二十八号"].title == "外国為替及び外国貿易法"
    assert given["昭和二十四年法律第二百二十八号"].url == "https://laws.e-gov.go.jp/law/324AC0000000228"


def test_the_act_is_an_instrument_with_those_that_amended_it(source: Source, samples: Path) -> None:
    document = document_of("jp_egov_law", samples / FOLDER / "324AC0000000228.xml")
    records = list(source.parse(document, source))
    assert {type(record) for record in records} == {Instrument, InstrumentLink}
    act, *amending = [record for record in records if isinstance(record, Instrument)]
    assert (act.number, act.type_text, act.title) == ("昭和二十四年法律第二百二十八号", "法律", "外国為替及び外国貿易法")
    assert (act.published, act.effective) == (dt.date(1949, 12, 1), None)
    assert [(each.number, each.effective) for each in amending] == [
        ("昭和五十八年法律第七十八号", dt.date(1984, 7, 1)),  # この法律（第一条を除く。）は、
        ("平成十二年法律第九十六号", dt.date(2000, 12, 1)),  # （以下「施行日」という。）から
        ("平成二十九年法律第三十八号", None),  # a day that the Cabinet sets within a year
        ("令和四年法律第六十八号", None),  # the day of another act
    ]


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
    # 32 instruments (the order, the act, 30 amending orders), 13 measures, 71 steps, 32 goods.
    assert in_place(document, records) == 148


def test_another_day_in_the_document_is_another_day_of_the_measure(source: Source, order: str, tmp_path: Path) -> None:
    records = parsed(source, order.replace("令和四年四月五日から", "公布の日から起算して十日を経過した日から"), tmp_path)
    assert steps(records, RUSSIA)[1] == ("impose", "effective", dt.date(2022, 4, 8))


def test_another_expiry_is_another_expiry_and_no_stated_renewal(source: Source, order: str, tmp_path: Path) -> None:
    text = order.replace("令和九年四月十三日までの間", "令和一一年四月一三日までの間")
    told = steps(parsed(source, text, tmp_path), KOREA_ALL)
    assert told[-2:] == [("expire", "effective", dt.date(2025, 4, 13)), ("expire", "effective", dt.date(2029, 4, 13))]
    assert ("renew", "effective", dt.date(2025, 4, 11)) not in told


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
    assert set(rejects(records)) == {("measures", "dangling_reference")}
    assert RUSSIA not in [record.key for record in records if isinstance(record, Measure)]


def test_a_day_that_never_was_is_a_reject(source: Source, order: str, tmp_path: Path) -> None:
    records = parsed(source, order.replace("令和四年四月五日", "令和四年四月三一日"), tmp_path)
    assert rejects(records) == [("instruments", "malformed_date"), ("dates", "malformed_date")]
    assert acts(records)["令和四年政令第百二十二号"].effective is None
    assert steps(records, RUSSIA) == [("impose", "published", dt.date(2022, 3, 29))]


def test_a_proviso_that_gives_parts_another_day_makes_the_day_uncertain(source: Source, order: str, tmp_path: Path) -> None:
    proviso = '</Sentence><Sentence Num="2">ただし、別表の改正規定は、平成十九年一月一日から施行する。'
    records = parsed(source, order.replace("の翌日から施行する。", f"の翌日から施行する。{proviso}"), tmp_path)
    assert rejects(records) == [("dates", "dangling_reference")]
    assert steps(records, KOREA)[:2] == [
        ("impose", "published", dt.date(2006, 11, 14)),
        ("widen", "published", dt.date(2017, 2, 22)),
    ]


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
    placed = [record for record in records if getattr(record, "locator", None)]
    assert in_place(document.read(), records) == len(placed) == 241 + 13 + 71 + 1042


@pytest.mark.recordings
def test_every_item_of_the_recorded_tables_is_goods_of_the_bans_on_it(source: Source, recordings: Path) -> None:
    [path] = (recordings / FOLDER).glob("*.xz")
    document = document_of("jp_egov_law", path)
    records = list(source.parse(document, source))
    table = document.text().split(">別表第二の三</AppdxTableTitle>")[1].split("</AppdxTable>")[0]
    parts = re.split(r"<ItemTitle>", table)[1:]
    counts = {part.split("<")[0]: len(re.findall("<Subitem[12]Title>", part)) for part in parts}
    assert counts == {"一": 0, "一の二": 19, "二": 85, "二の二": 371, "三": 19}
    for item, place in {"一の二": "第一号の二", "二": "第二号", "二の二": "第二号の二", "三": "第三号"}.items():
        assert len(goods(records, f"{ORDER}|別表第二の三{place}|ロシア")) == counts[item]
    assert len(goods(records, f"{ORDER}|別表第二の三第二号|ベラルーシ")) == 31
    # Four items, of which three have parts, and the parts.
    assert len(goods(records, f"{ORDER}|第二条第一項第一号の八|別表第二の四")) == 4 + 19 + 85 + 371


@pytest.mark.recordings
def test_the_239_recorded_amending_orders_have_their_days(source: Source, recordings: Path) -> None:
    [path] = (recordings / FOLDER).glob("*.xz")
    document = document_of("jp_egov_law", path)
    records = list(source.parse(document, source))
    # An independent pass over the text: each provision, its number, and the first sentence that speaks of taking effect.
    provisions = re.findall(r'<SupplProvision AmendLawNum="([^"]+)"(.*?)</SupplProvision>', document.text(), re.DOTALL)
    assert len(provisions) == 239
    assert len([number for number, _ in provisions if number.startswith(("平成", "令和"))]) == 143
    rules = [re.search(r">(この政令は、[^<]*?)から施行する。<", words) for _, words in provisions]
    kinds = Counter(_kind(found[1]) for found in rules if found)
    assert kinds == {"stated": 170, "promulgation": 48, "counted": 16, "items": 2, "event": 3}
    heisei_on = [found for found, (number, _) in zip(rules, provisions, strict=True) if number[:2] in ("平成", "令和")]
    assert Counter(_kind(found[1]) for found in heisei_on if found) == {
        "stated": 91, "promulgation": 31, "counted": 16, "items": 2, "event": 3,
    }  # fmt: skip
    amending = [act for act in acts(records).values() if act.known_as]
    assert len(amending) == len({act.number for act in amending}) == 239
    assert all(act.published and act.effective_text for act in amending)
    assert len([act for act in amending if act.effective]) == 170 + 48 + 16
    assert len([act for act in amending if act.effective_derivation]) >= 48 + 16


def _kind(rule: str) -> str:
    if "起算して" in rule:
        return "counted"
    if "次の各号" in rule:
        return "items"
    if "公布の日" in rule:
        return "promulgation"
    return "stated" if re.search("年.+月.+日[）)]?$", rule) else "event"


@pytest.mark.recordings
def test_the_recorded_act_is_read_with_the_52_laws_that_amended_it(source: Source, recordings: Path) -> None:
    [path] = (recordings / "jp_egov_law" / "2025-06-01").glob("*.xz")
    document = document_of("jp_egov_law", path)
    records = list(source.parse(document, source))
    assert len(re.findall("AmendLawNum=", document.text())) == 52
    act, *amending = acts(records).values()
    assert act.title == "外国為替及び外国貿易法"
    assert len(amending) == 52
    assert all(each.published and each.effective_text for each in amending)
    # The day is stated for 17, that of promulgation for 7, and counted from it for 2; the Cabinet or another act set the rest.
    assert len([each for each in amending if each.effective]) == 26
    assert rejects(records) == []
