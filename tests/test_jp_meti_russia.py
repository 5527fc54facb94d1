"""The ministry's index page of measures against Russia."""

import datetime as dt
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from conftest import document_of
from lxml import html

from pipeline.documents import Document
from pipeline.readers.xml import UnknownContent
from pipeline.records import DatedStep, Goods, Instrument, Measure, MeasureInstrument, Record, Reject
from pipeline.sources import Source, load
from pipeline.sources.jp_meti_russia import Entry, rows

ADDRESS = "https://www.meti.go.jp/policy/external_economy/trade_control/02_export/17_russia/russia.html"
LUXURY = "【参考】ロシア向け奢侈品輸出禁止措置"
LUXURY_BAN = "Ban on exports of luxury goods from Japan to Russia"


@pytest.fixture(scope="module")
def source() -> Source:
    return load(("jp_meti_russia",))["jp_meti_russia"]


@pytest.fixture(scope="module")
def document(samples: Path) -> Document:
    path = samples / "jp_meti_russia" / "2025-09-12" / "russia.html"
    return document_of("jp_meti_russia", path, url=ADDRESS, media_type="text/html")


@pytest.fixture(scope="module")
def page(document: Document) -> str:
    """The sample as text, to be changed by a test."""
    return document.text()


@pytest.fixture(scope="module")
def records(source: Source, document: Document) -> list[Record]:
    return list(source.parse(document, source))


def parsed(source: Source, text: str, tmp_path: Path) -> list[Record]:
    """The records of a changed page."""
    path = tmp_path / "2025-09-12" / "russia.html"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return list(source.parse(document_of("jp_meti_russia", path, url=ADDRESS, media_type="text/html"), source))


def of(records: list[Record], kind: type[Any]) -> list[Any]:
    """The records of one kind."""
    return [record for record in records if isinstance(record, kind)]


def numbers(records: list[Record], type_text: str) -> list[str]:
    """The numbers of the instruments of one type."""
    return [record.number for record in of(records, Instrument) if record.type_text == type_text]


def bans(records: list[Record]) -> dict[str, Measure]:
    """The measures by their title."""
    return {measure.title: measure for measure in of(records, Measure)}


def steps(records: list[Record], title: str) -> list[tuple[str, str, dt.date | None]]:
    """Action, step and day of each dated step of a measure, by its title."""
    key = bans(records)[title].key
    told = [step for step in of(records, DatedStep) if step.measure_key == key]
    return [(step.action, step.step, step.period.earliest) for step in told]


def test_the_words_of_a_link_name_the_luxury_goods_ban(records: list[Record]) -> None:
    measure = bans(records)[LUXURY_BAN]
    assert (measure.type_text, measure.goods_text, measure.territory_texts) == ("輸出禁止措置", "奢侈品", ("ロシア",))
    assert measure.founding_act == "輸出貿易管理令|2022-03-29"
    assert measure.scope == "goods"


def test_the_ban_is_announced_and_promulgated_on_29_march_2022(records: list[Record]) -> None:
    key = bans(records)[LUXURY_BAN].key
    told = [step for step in of(records, DatedStep) if step.measure_key == key]
    assert [(step.action, step.step, step.period.earliest, step.quote) for step in told] == [
        ("impose", "announced", dt.date(2022, 3, 29), "＜令和4年3月29日発表＞"),
        ("impose", "published", dt.date(2022, 3, 29), "＜令和4年3月29日公布＞"),
    ]
    [rests_on] = [record for record in of(records, MeasureInstrument) if record.measure_key == key]
    assert (rests_on.number, rests_on.role) == ("輸出貿易管理令|2022-03-29", "imposes")


def test_the_page_tells_these_measures(source: Source, records: list[Record]) -> None:
    told = [
        (source.code("measure_type", measure.type_text), measure.territory_texts, measure.founding_act)
        for measure in of(records, Measure)
    ]
    assert len(told) == len(set(told)) == 20
    assert Counter(code for code, _, _ in told) == {
        "export_ban": 11, "import_ban": 4, "price_cap": 2, "technical_assistance_ban": 1, "export_control": 1,
        "capital_market_restriction": 1,
    }  # fmt: skip


def test_the_bans_of_one_order_are_told_apart_by_their_provision_as_in_the_law(records: list[Record]) -> None:
    march = {measure.founding_act for measure in of(records, Measure) if "2022-03-11" in (measure.founding_act or "")}
    assert march == {
        "輸出貿易管理令|2022-03-11|別表第二の三第一号",
        "輸出貿易管理令|2022-03-11|別表第二の三第二号",
        "輸出貿易管理令|2022-03-11|第二条第一項第一号の五",
        "輸出貿易管理令|2022-03-11|第二条第一項第一号の六",
        "輸出貿易管理令|2022-03-11|第二条第一項第一号の七",
    }


def test_every_announcement_of_a_ban_and_of_what_it_was_widened_to_is_a_step(records: list[Record]) -> None:
    assert steps(records, "Ban on exports of goods that strengthen the industrial base from Japan to Russia") == [
        ("impose", "announced", dt.date(2022, 6, 7)),
        ("impose", "announced", dt.date(2022, 6, 10)),
        ("impose", "published", dt.date(2022, 6, 10)),
        ("widen", "announced", dt.date(2023, 2, 28)),
        ("widen", "announced", dt.date(2023, 3, 31)),
        ("widen", "published", dt.date(2023, 3, 31)),
        ("widen", "announced", dt.date(2023, 5, 26)),
        ("widen", "announced", dt.date(2023, 7, 28)),
        ("widen", "published", dt.date(2023, 8, 2)),
        ("widen", "announced", dt.date(2024, 3, 1)),
        ("widen", "announced", dt.date(2024, 4, 5)),
        ("widen", "published", dt.date(2024, 4, 10)),
        ("widen", "announced", dt.date(2025, 1, 10)),
        ("widen", "published", dt.date(2025, 1, 16)),
    ]


def test_import_rules_have_days_of_effect_and_say_where_those_were_read(records: list[Record]) -> None:
    title = "Ban on imports of alcoholic beverages, wood, machinery and electrical machinery from Russia to Japan"
    assert steps(records, title)[-1] == ("impose", "effective", dt.date(2022, 4, 19))
    assert [goods.goods_text for goods in of(records, Goods)] == [
        "アルコール飲料",
        "木材（チップ、丸太及び単板）",
        "機械類・電気機械",
    ]
    cited = [step.period.derivation for step in of(records, DatedStep) if step.step == "effective"]
    assert all(words.startswith("read at http") for words in cited)


def test_a_month_is_no_day(records: list[Record]) -> None:
    key = bans(records)["Ban on imports of non-industrial diamonds from Russia to Japan"].key
    [effective] = [
        step for step in of(records, DatedStep)
        if (step.measure_key, step.action, step.step) == (key, "impose", "effective")
    ]  # fmt: skip
    assert (effective.period.precision, effective.period.text) == ("month", "2024年1月")


def test_a_circular_names_the_places_that_an_import_ban_hits(source: Source, records: list[Record]) -> None:
    places = {measure.title: measure.territory_texts for measure in of(records, Measure)}
    crimea = places["Ban on imports of all goods that originate in Crimea and Sevastopol to Japan"]
    assert [source.code("country", place) for place in crimea] == ["UA-43", "UA-40"]
    republics = places["Ban on imports of all goods that originate in the so-called republics of Donetsk and Luhansk to Japan"]
    assert [source.code("country", place) for place in republics] == ["UA-14", "UA-09"]


def test_oil_above_the_cap_is_no_import_ban(records: list[Record]) -> None:
    caps = [measure.goods_text for measure in of(records, Measure) if measure.type_text == "プライスキャップ制度"]
    assert caps == ["原油", "石油製品"]


def test_each_later_list_of_entities_widens_the_ban_and_the_first_is_part_of_it(records: list[Record]) -> None:
    told = steps(records, "Ban on exports from Japan to designated entities of Russia")
    assert told[:2] == [("impose", "announced", dt.date(2022, 3, 11)), ("impose", "published", dt.date(2022, 3, 11))]
    assert [day for action, step, day in told if (action, step) == ("widen", "published")] == [
        dt.date(2022, 5, 10), dt.date(2022, 9, 26), dt.date(2023, 1, 27), dt.date(2023, 2, 28), dt.date(2023, 5, 26),
        dt.date(2023, 12, 15), dt.date(2024, 3, 1),
    ]  # fmt: skip
    third = steps(records, "Ban on exports from Japan to designated entities of third countries")
    assert third == [("impose", "announced", dt.date(2023, 12, 15)), ("impose", "published", dt.date(2023, 12, 20))]


def test_the_words_have_codes(source: Source, records: list[Record]) -> None:
    for measure in of(records, Measure):
        source.code("measure_type", measure.type_text)
    for instrument in of(records, Instrument):
        source.code("instrument_type", instrument.type_text)


def test_every_document_bears_the_day_of_its_mark_but_one_that_is_kept_up_over_several(records: list[Record]) -> None:
    days = {instrument.number: instrument.published for instrument in of(records, Instrument)}
    assert [number for number, day in days.items() if day is None] == ["https://www.meti.go.jp/policy/seisai/pricecap.pdf"]
    assert days["輸出貿易管理令|2022-03-29"] == dt.date(2022, 3, 29)
    assert days["平成二十六年外務省告示第三百六十五号"] == dt.date(2014, 12, 10)


def test_two_marks_in_one_cell_keep_their_own_documents(records: list[Record]) -> None:
    assert "輸出等に係る禁止措置の対象となるロシア連邦の特定団体|2023-12-15" in numbers(records, "告示")
    assert "輸出貿易管理令|2023-12-20" in numbers(records, "政令")


def test_an_order_is_known_by_the_law_that_it_amends_and_its_day_whatever_the_page_calls_it(records: list[Record]) -> None:
    # 輸出貿易管理令の一部を改正する政令, and that of 11 March 2022 輸出貿易管理令の一部改正.
    assert numbers(records, "政令") == [
        f"輸出貿易管理令|{day}"
        for day in (
            "2025-01-16", "2024-04-10", "2023-12-20", "2023-08-02", "2023-03-31", "2023-01-27", "2022-09-30", "2022-06-10",
            "2022-05-13", "2022-03-29", "2022-03-11",
        )
    ]  # fmt: skip
    titles = {instrument.number: instrument.title for instrument in of(records, Instrument)}
    assert titles["輸出貿易管理令|2022-03-11"] == "輸出貿易管理令の一部改正"


def test_the_type_is_told_by_the_column_or_by_the_end_of_the_title(records: list[Record]) -> None:
    assert numbers(records, "省令") == [
        "輸出貿易管理令別表第二の三の規定に基づき貨物を定める省令の一部を改正する省令|2022-03-29"
    ]
    assert "「輸出貿易管理令の運用について」の一部改正について|2022-03-29" in numbers(records, "通達")
    assert len(numbers(records, "通達")) == 6


def test_designations_without_a_link_are_notices_by_number_even_where_a_number_lacks_its_prefix(
    records: list[Record],
) -> None:
    # As acts cite them, so that a list that names its notice means the same one.
    assert [number for number in numbers(records, "告示") if "外務省" in number] == [
        "令和五年外務省告示第四百四十三号",
        "令和五年外務省告示第四百四十四号",
        "令和五年外務省告示第四十五号",
        "令和四年外務省告示第二百十号",
        "令和四年外務省告示第七十九号",
        "平成二十六年外務省告示第三百六十五号",
    ]


def test_a_press_release_is_known_by_its_address_and_given_once_though_it_stands_in_two_tables(
    records: list[Record],
) -> None:
    releases = numbers(records, "発表資料")
    assert releases.count("https://www.meti.go.jp/policy/seisai/20231215press.pdf") == 1
    assert len(releases) == len(set(releases)) == 31


def test_a_link_that_nobody_can_see_is_no_document(records: list[Record]) -> None:
    assert "20231201old" not in " ".join(numbers(records, "発表資料"))


def test_links_to_guidance_are_no_documents_of_the_day(records: list[Record]) -> None:
    assert not [record for record in of(records, Instrument) if record.title == "FAQ"]


def test_addresses_are_whole(records: list[Record]) -> None:
    urls = {record.number: record.url for record in of(records, Instrument)}
    assert urls["輸出貿易管理令|2022-03-29"] == ("https://www.meti.go.jp/policy/seisai/20220329_yushutsureitou.pdf")


@pytest.mark.parametrize("mark", ["＜令和4年2月26日公布>", "＜平成26年9月24日公表＞", "＜令和4年2月26日公布＞"])
def test_half_width_brackets_heisei_marks_and_a_promulgation_in_the_press_column_are_read(
    records: list[Record], mark: str
) -> None:
    assert [record for record in of(records, Instrument) if mark in (record.locator or "")]


def counted(document: Document, source: Source) -> int:
    """How many dated marks have a document under them."""
    kept = [piece for row in rows(document, source) for piece in row if isinstance(piece, Entry)]
    return len({id(entry.mark) for entry in kept})


def test_every_mark_is_accounted_for(source: Source, document: Document, page: str, records: list[Record]) -> None:
    assert counted(document, source) == len(re.findall("日(?:発表|公布|公表)[＞>]", page)) == 64
    assert of(records, Reject) == []


def in_place(document: Document, records: list[Record]) -> int:
    """How many records have a place, after it was seen that the quote stands there."""
    root = html.document_fromstring(document.text())
    located = [record for record in records if getattr(record, "locator", None)]
    for record in located:
        places = root.xpath(record.locator)
        assert places, record
        assert all(record.quote in place.text_content() for place in places), record
    return len(located)


def test_each_locator_leads_to_the_words_that_are_quoted(document: Document, records: list[Record]) -> None:
    # All but the steps whose day is cited from another place: those have the place of their measure.
    without = [step for step in of(records, DatedStep) if step.step == "effective"]
    rows_without_place = len(of(records, MeasureInstrument)) + len(without)
    assert in_place(document, records) == len(records) - rows_without_place


def test_another_day_on_the_page_is_another_day_of_the_measure(source: Source, page: str, tmp_path: Path) -> None:
    records = parsed(source, page.replace("令和4年3月29日公布", "令和4年3月30日公布"), tmp_path)
    assert bans(records)[LUXURY_BAN].founding_act == "輸出貿易管理令|2022-03-30"
    assert steps(records, LUXURY_BAN)[1] == ("impose", "published", dt.date(2022, 3, 30))


def test_an_announcement_that_is_not_on_the_page_is_a_reject_and_no_step(source: Source, page: str, tmp_path: Path) -> None:
    records = parsed(source, page.replace("令和4年6月7日発表", "令和4年6月8日発表"), tmp_path)
    assert [reject.reason for reject in of(records, Reject)] == ["dangling_reference"]
    title = "Ban on exports of goods that strengthen the industrial base from Japan to Russia"
    assert steps(records, title)[0] == ("impose", "announced", dt.date(2022, 6, 10))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("＜令和4年3月11日発表＞", "＜令和4年13月11日発表＞"), "malformed_date"),
        (("＜令和4年3月11日発表＞", "＜令和4年3月11日発表"), "unknown_label"),
        (("輸出貿易管理令の一部改正<", "輸出貿易管理令の話<"), "unknown_label"),
        (("<p>（制裁者対象者の指定等）令和4年外務省告示第79号</p>", ""), "empty_mark"),
        (("<h2>措置概要</h2>", "<h2>＜令和4年1月1日発表＞</h2>"), "unknown_place"),
    ],
)
def test_what_cannot_be_read_is_a_reject_with_its_words(
    source: Source, page: str, tmp_path: Path, change: tuple[str, str], reason: str
) -> None:
    assert reason in [reject.reason for reject in of(parsed(source, page.replace(*change), tmp_path), Reject)]


def test_a_link_under_a_mark_that_cannot_be_read_is_not_given_to_another_day(source: Source, page: str, tmp_path: Path) -> None:
    records = parsed(source, page.replace("令和5年8月2日公布", "令和5年8月32日公布"), tmp_path)
    assert [reject.reason for reject in of(records, Reject)] == ["malformed_date", "unknown_place", "dangling_reference"]
    assert not [number for number in numbers(records, "政令") if "2023-08" in number]


def test_a_ban_without_an_act_beside_it_has_no_founding_act_and_a_reject(source: Source, page: str, tmp_path: Path) -> None:
    act = '<a href="/policy/seisai/20220329_yushutsureitou.pdf">輸出貿易管理令の一部を改正する政令</a>'
    records = parsed(source, page.replace(act, ""), tmp_path)
    assert bans(records)[LUXURY_BAN].founding_act is None
    assert steps(records, LUXURY_BAN) == [("impose", "announced", dt.date(2022, 3, 29))]
    assert [reject.reason for reject in of(records, Reject)] == ["dangling_reference"]


def test_an_unknown_column_is_news(source: Source, page: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownContent, match="columns"):
        parsed(
            source,
            page.replace(
                ">通達</th></tr>\n </thead>\n <tbody>\n  <tr>\n   <td style",
                ">訓令</th></tr>\n </thead>\n <tbody>\n  <tr>\n   <td style",
            ),
            tmp_path,
        )


@pytest.mark.recordings
def test_the_124_marks_of_the_recorded_page_are_all_accounted_for(source: Source, recordings: Path) -> None:
    [path] = (recordings / "jp_meti_russia" / "2025-09-12").glob("*.xz")
    document = document_of("jp_meti_russia", path, url=ADDRESS, media_type="text/html")
    raw = document.text().replace("&gt;", ">")
    assert len(re.findall("日発表[＞>]", raw)) == 50
    assert len(re.findall("日公布[＞>]", raw)) == 73
    assert len(re.findall("日公表[＞>]", raw)) == 1
    assert counted(document, source) == 124
    kept = {id(entry.mark): entry.mark for row in list(rows(document, source)) for entry in row if isinstance(entry, Entry)}
    assert {mark.text[1:3] for mark in kept.values()} == {"令和", "平成"}
    records = list(source.parse(document, source))
    assert of(records, Reject) == []
    measure = bans(records)[LUXURY_BAN]
    assert (measure.quote, measure.founding_act) == (LUXURY, "輸出貿易管理令|2022-03-29")
    assert {act.number: act for act in of(records, Instrument)}["令和七年外務省告示第二十八号"].type_text == "告示"
    assert all(act.published for act in of(records, Instrument))
    assert len(of(records, Measure)) == 20
    assert len(numbers(records, "政令")) == 12
    in_place(document, records)
