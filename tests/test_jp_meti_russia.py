"""The ministry's index page of measures against Russia."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import document_of
from lxml import html

from pipeline.documents import Document
from pipeline.readers.xml import UnknownContent
from pipeline.records import DatedStep, Instrument, Measure, MeasureInstrument, Record, Reject
from pipeline.sources import Source, load
from pipeline.sources.jp_meti_russia import Entry, rows

ADDRESS = "https://www.meti.go.jp/policy/external_economy/trade_control/02_export/17_russia/russia.html"
LUXURY = "【参考】ロシア向け奢侈品輸出禁止措置"


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


def test_the_words_of_a_link_name_the_luxury_goods_ban(records: list[Record]) -> None:
    [measure] = of(records, Measure)
    assert (measure.type_text, measure.goods_text, measure.territory_texts) == ("輸出禁止措置", "奢侈品", ("ロシア",))
    assert measure.founding_act == "輸出貿易管理令|2022-03-29"
    assert measure.scope == "goods"


def test_the_ban_is_announced_and_promulgated_on_29_march_2022(records: list[Record]) -> None:
    steps = [(step.action, step.step, step.period.earliest, step.quote) for step in of(records, DatedStep)]
    assert steps == [
        ("impose", "announced", dt.date(2022, 3, 29), "＜令和4年3月29日発表＞"),
        ("impose", "published", dt.date(2022, 3, 29), "＜令和4年3月29日公布＞"),
    ]
    [rests_on] = of(records, MeasureInstrument)
    assert rests_on.number == "輸出貿易管理令の一部を改正する政令|2022-03-29"


def test_the_words_have_codes(source: Source, records: list[Record]) -> None:
    assert source.code("measure_type", "輸出禁止措置") == "export_ban"
    for instrument in of(records, Instrument):
        source.code("instrument_type", instrument.type_text)


def test_two_marks_in_one_cell_keep_their_own_documents(records: list[Record]) -> None:
    assert "輸出等に係る禁止措置の対象となるロシア連邦の特定団体|2023-12-15" in numbers(records, "告示")
    assert "輸出貿易管理令の一部を改正する政令|2023-12-20" in numbers(records, "政令")


def test_the_type_is_told_by_the_column_or_by_the_end_of_the_title(records: list[Record]) -> None:
    assert numbers(records, "政令") == [
        "輸出貿易管理令の一部を改正する政令|2023-12-20",
        "輸出貿易管理令の一部を改正する政令|2022-03-29",
        "輸出貿易管理令の一部改正|2022-03-11",
    ]
    assert numbers(records, "省令") == [
        "輸出貿易管理令別表第二の三の規定に基づき貨物を定める省令の一部を改正する省令|2022-03-29"
    ]
    assert numbers(records, "通達") == ["「輸出貿易管理令の運用について」の一部改正について|2022-03-29"]


def test_designations_without_a_link_are_notices_by_number_even_where_a_number_lacks_its_prefix(
    records: list[Record],
) -> None:
    assert [number for number in numbers(records, "告示") if "外務省" in number] == [
        "令和5年外務省告示第443号",
        "令和5年外務省告示第444号",
        "令和5年外務省告示第45号",
        "令和4年外務省告示第79号",
    ]


def test_a_press_release_is_known_by_its_address_and_given_once_though_it_stands_in_two_tables(
    records: list[Record],
) -> None:
    releases = numbers(records, "発表資料")
    assert releases.count("https://www.meti.go.jp/policy/seisai/20231215press.pdf") == 1
    assert len(releases) == len(set(releases)) == 6


def test_a_link_that_nobody_can_see_is_no_document(records: list[Record]) -> None:
    assert "20230728press" not in " ".join(numbers(records, "発表資料"))


def test_links_to_guidance_are_no_documents_of_the_day(records: list[Record]) -> None:
    assert not [record for record in of(records, Instrument) if record.title == "FAQ"]


def test_addresses_are_whole(records: list[Record]) -> None:
    urls = {record.number: record.url for record in of(records, Instrument)}
    assert urls["輸出貿易管理令の一部を改正する政令|2022-03-29"] == (
        "https://www.meti.go.jp/policy/seisai/20220329_yushutsureitou.pdf"
    )


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
    assert counted(document, source) == len(re.findall("日(?:発表|公布|公表)[＞>]", page)) == 13
    assert of(records, Reject) == []


def in_place(document: Document, records: list[Record]) -> int:
    """How many records have a place, after it was seen that the quote stands there."""
    root = html.document_fromstring(document.text())
    located = [record for record in records if hasattr(record, "locator")]
    for record in located:
        places = root.xpath(record.locator)
        assert places, record
        assert all(record.quote in place.text_content() for place in places), record
    return len(located)


def test_each_locator_leads_to_the_words_that_are_quoted(document: Document, records: list[Record]) -> None:
    # 16 instruments, one measure, two steps.
    assert in_place(document, records) == 19


def test_another_day_on_the_page_is_another_day_of_the_measure(source: Source, page: str, tmp_path: Path) -> None:
    records = parsed(source, page.replace("令和4年3月29日公布", "令和4年3月30日公布"), tmp_path)
    [measure] = of(records, Measure)
    assert measure.founding_act == "輸出貿易管理令|2022-03-30"
    assert of(records, DatedStep)[1].period.earliest == dt.date(2022, 3, 30)


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
    records = parsed(source, page.replace("令和5年12月20日公布", "令和5年12月32日公布"), tmp_path)
    assert [reject.reason for reject in of(records, Reject)] == ["malformed_date", "unknown_place"]
    assert not [number for number in numbers(records, "政令") if "2023" in number]


def test_a_ban_without_an_act_beside_it_has_no_founding_act_and_a_reject(source: Source, page: str, tmp_path: Path) -> None:
    act = '<a href="/policy/seisai/20220329_yushutsureitou.pdf">輸出貿易管理令の一部を改正する政令</a>'
    records = parsed(source, page.replace(act, ""), tmp_path)
    [measure] = of(records, Measure)
    assert measure.founding_act is None
    assert [step.step for step in of(records, DatedStep)] == ["announced"]
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
    [measure] = of(records, Measure)
    assert (measure.quote, measure.founding_act) == (LUXURY, "輸出貿易管理令|2022-03-29")
    assert {number.number: number for number in of(records, Instrument)}["令和7年外務省告示第28号"].type_text == "告示"
    in_place(document, records)
