"""The Export Trade Control Order as the former site of e-Gov showed it in 2013."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import document_of

from pipeline.documents import Document
from pipeline.readers.xml import UnknownContent
from pipeline.records import DatedStep, Goods, Instrument, Measure, Record, Reject
from pipeline.sources import Source, load

ORDER = "昭和二十四年政令第三百七十八号"
KOREA = f"{ORDER}|別表第二の二|北朝鮮"
KOREA_ALL = f"{ORDER}|附則第三項|北朝鮮"


@pytest.fixture(scope="module")
def source() -> Source:
    return load(("jp_egov_law_2013",))["jp_egov_law_2013"]


@pytest.fixture(scope="module")
def document(samples: Path) -> Document:
    return document_of("jp_egov_law_2013", samples / "jp_egov_law_2013" / "2013-12-01" / "S24SE378.html")


@pytest.fixture(scope="module")
def records(source: Source, document: Document) -> list[Record]:
    return list(source.parse(document, source))


def of(records: list[Record], kind: type[Any]) -> list[Any]:
    """The records of one kind."""
    return [record for record in records if isinstance(record, kind)]


def parsed(source: Source, text: str, tmp_path: Path) -> list[Record]:
    """The records of a changed page."""
    path = tmp_path / "2013-12-01" / "order.html"
    path.parent.mkdir()
    path.write_bytes(text.encode("cp932"))
    return list(source.parse(document_of("jp_egov_law_2013", path), source))


def test_the_measures_have_the_keys_of_the_present_text_and_later_bans_are_not_missed(records: list[Record]) -> None:
    assert [measure.key for measure in of(records, Measure)] == [KOREA, KOREA_ALL]
    assert [measure.founding_act for measure in of(records, Measure)] == [
        "輸出貿易管理令|2006-11-14",
        "輸出貿易管理令|2009-06-16",
    ]
    assert of(records, Reject) == []


def test_both_texts_tell_one_history(source: Source) -> None:
    present = load(("jp_egov_law",))["jp_egov_law"]
    assert (source.series, source.register_code, source.publisher_name) == (
        present.series, present.register_code, present.publisher_name,
    )  # fmt: skip


def test_the_total_ban_ended_on_13_april_2015_as_renewed_in_april_2013(records: list[Record]) -> None:
    told = [step for step in of(records, DatedStep) if step.measure_key == KOREA_ALL]
    last = told[-1]
    assert (last.action, last.step, last.period.earliest) == ("expire", "effective", dt.date(2015, 4, 13))
    assert (last.quote, last.period.derivation) == ("平成二十七年四月十三日までの間", None)
    assert last.instrument_number == "平成二十五年政令第百二十号"
    renewed = [step.period.earliest for step in told if (step.action, step.step) == ("renew", "effective")]
    assert renewed == [dt.date(2010, 4, 9), dt.date(2011, 4, 8), dt.date(2012, 4, 6), dt.date(2013, 4, 10)]


def test_another_day_on_the_page_is_another_end(source: Source, document: Document, tmp_path: Path) -> None:
    text = document.text("cp932").replace("平成二十七年四月十三日まで", "平成二十八年四月十三日まで")
    told = [step for step in of(parsed(source, text, tmp_path), DatedStep) if step.action == "expire"]
    assert told[-1].period.earliest == dt.date(2016, 4, 13)


def test_goods_are_the_lines_of_the_table(records: list[Record]) -> None:
    assert [(goods.item_text, goods.goods_text) for goods in of(records, Goods)] == [
        ("別表第二の二 一", "牛の肉（冷凍したものに限る。）"),
        ("別表第二の二 二の二", "つづれ織物"),
        ("別表第二の二 二十三", "乗用自動車"),
    ]


def test_orders_have_their_days_also_those_that_the_present_text_has_lost(records: list[Record]) -> None:
    acts = {act.number: act for act in of(records, Instrument)}
    assert (acts["昭和六十一年政令第三百十五号"].published, acts["昭和六十一年政令第三百十五号"].effective) == (
        dt.date(1986, 9, 30),
        dt.date(1986, 10, 6),
    )
    assert acts["平成十五年政令第五百三十五号"].effective == dt.date(2005, 4, 1)
    assert acts["平成十五年政令第五百三十五号"].effective_text == (
        "この政令は、薬事法の一部を改正する法律の施行の日（平成十七年四月一日）から施行する。ただし、附則第九条の規定は公布の日から施行する。"
    )
    assert acts["平成七年政令第百六十五号"].effective is None
    assert (acts["平成七年政令第百六十五号"].effective_text or "").endswith(
        "二　別表第二の三五の項の改正規定　平成七年六月十四日"
    )


def test_the_act_bears_the_name_by_which_a_link_of_the_main_text_calls_it(records: list[Record]) -> None:
    [act] = [act for act in of(records, Instrument) if act.number == "昭和二十四年法律第二百二十八号"]
    assert act.title == "外国為替及び外国貿易法"


def in_place(text: str, records: list[Record]) -> int:
    """How many records have a place, after it was seen that the quote stands at its offsets."""
    placed = [record for record in records if getattr(record, "locator", None)]
    for record in placed:
        first, last = re.fullmatch(r"char:(\d+)-(\d+)", record.locator).groups()  # type: ignore[union-attr]
        assert text[int(first) : int(last)] == record.quote, record  # type: ignore[union-attr]
    return len(placed)


def test_each_quote_stands_at_its_offsets(document: Document, records: list[Record]) -> None:
    # 11 instruments, 2 measures, 17 steps, 3 goods.
    assert in_place(document.text("cp932"), records) == 33


@pytest.mark.parametrize(("words", "instead"), [("<TABLE BORDER>", "<TABLE BORDER><TH>"), ('class="number"', 'class="row"')])
def test_an_unknown_element_or_class_is_news(
    source: Source, document: Document, tmp_path: Path, words: str, instead: str
) -> None:
    with pytest.raises(UnknownContent, match="elements"):
        parsed(source, document.text("cp932").replace(words, instead), tmp_path)


@pytest.mark.recordings
def test_the_recorded_page_and_the_present_text_tell_the_same_days(source: Source, recordings: Path) -> None:
    [path] = (recordings / "jp_egov_law_2013" / "2013-12-01").glob("*.xz")
    document = document_of("jp_egov_law_2013", path)
    text = document.text("cp932")
    records = list(source.parse(document, source))
    assert of(records, Reject) == []
    assert in_place(text, records) > 0
    old = {act.number: act for act in of(records, Instrument) if act.known_as}
    assert len(re.findall("附　則　（[^）]+号）", text)) == len(old) == 197
    present_source = load(("jp_egov_law",))["jp_egov_law"]
    [present_path] = (recordings / "jp_egov_law" / "2026-02-14").glob("*.xz")
    present = of(list(present_source.parse(document_of("jp_egov_law", present_path), present_source)), Instrument)
    both = {act.number: act for act in present if act.number in old}
    assert set(old) - set(both) == {"昭和六十一年政令第三百十五号", "平成六年政令第三百三十五号"}
    assert all((act.published, act.effective) == (old[number].published, old[number].effective) for number, act in both.items())
    # The table of 2013 has 33 items: tapestries, tableware and sporting goods came later.
    assert len(of(records, Goods)) == 33
