"""Days read from words."""

import contextlib
import datetime as dt
import re
from pathlib import Path

import pytest
from conftest import document_of
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline import dates
from pipeline.dates import ERAS, NoSuchDay, UnreadableDate, japanese, kanji_numeral, kanji_value, order_day

DAYS = st.dates(min_value=dt.date(1873, 1, 1), max_value=dt.date(2100, 12, 31))
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
POSITIONAL = str.maketrans("0123456789", "〇一二三四五六七八九")
NUMERALS = {
    "ascii": str,
    "full width": lambda value: str(value).translate(FULL_WIDTH),
    "positional": lambda value: str(value).translate(POSITIONAL),
    "additive": kanji_numeral,
}


def day(text: str, promulgated: dt.date | None = None) -> dt.date:
    """The only day that the words can mean."""
    period = japanese(text, promulgated=promulgated)
    assert period.precision == "day"
    assert period.earliest == period.latest
    assert period.text == text
    assert period.earliest is not None
    return period.earliest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("令和四年四月五日", dt.date(2022, 4, 5)),
        ("令和四年三月二九日", dt.date(2022, 3, 29)),
        ("令和四年三月二十九日", dt.date(2022, 3, 29)),
        ("令和4年3月29日", dt.date(2022, 3, 29)),
        ("２０２２年３月２９日", dt.date(2022, 3, 29)),
        ("二〇二二年三月三一日", dt.date(2022, 3, 31)),
        ("平成一八年一一月一四日", dt.date(2006, 11, 14)),
        ("平成十八年十一月十四日", dt.date(2006, 11, 14)),
        ("平成三〇年一〇月三〇日", dt.date(2018, 10, 30)),
        ("昭和二十四年十二月一日", dt.date(1949, 12, 1)),
        ("令和九年四月十三日", dt.date(2027, 4, 13)),
        ("平成 26年 8月 5日", dt.date(2014, 8, 5)),
    ],
)
def test_both_styles_of_numerals_and_every_digit_are_read(text: str, expected: dt.date) -> None:
    assert day(text) == expected


def test_the_first_year_of_an_era_is_written_gannen() -> None:
    assert day("令和元年八月七日") == dt.date(2019, 8, 7)
    assert day("平成元年二月七日") == dt.date(1989, 2, 7)
    assert day("令和1年8月7日") == dt.date(2019, 8, 7)


@pytest.mark.parametrize(
    ("last", "first", "expected"),
    [
        ("昭和64年1月7日", "平成元年1月8日", dt.date(1989, 1, 7)),
        ("平成31年4月30日", "令和元年5月1日", dt.date(2019, 4, 30)),
    ],
)
def test_eras_meet_without_a_gap(last: str, first: str, expected: dt.date) -> None:
    assert day(last) == expected
    assert day(first) == expected + dt.timedelta(days=1)


def test_the_days_of_change_in_1912_and_1926_bear_both_names() -> None:
    assert day("明治45年7月30日") == day("大正元年7月30日") == dt.date(1912, 7, 30)
    assert day("大正15年12月25日") == day("昭和元年12月25日") == dt.date(1926, 12, 25)


@pytest.mark.parametrize(
    "text",
    [
        "昭和64年1月8日",
        "平成31年5月1日",
        "令和元年4月30日",
        "平成元年1月7日",
        "明治45年7月31日",
        "大正15年12月26日",
        "平成三十一年九月一日",
    ],
)
def test_a_day_outside_its_era_is_refused(text: str) -> None:
    with pytest.raises(UnreadableDate, match="era"):
        japanese(text)


def test_a_day_written_in_heisei_before_the_era_ended_is_read_past_its_end() -> None:
    # Cabinet Order 319 of 2018-11-21: 改正法第五条の規定の施行の日（平成三十一年九月一日）から施行する。
    words = "改正法第五条の規定の施行の日（平成三十一年九月一日）から施行する。"
    period = japanese(words, promulgated=dt.date(2018, 11, 21))
    assert period.earliest == period.latest == dt.date(2019, 9, 1)
    assert period.derivation == "平成 counted on past its end: written on 2018-11-21"
    with pytest.raises(UnreadableDate):
        japanese(words, promulgated=dt.date(2019, 6, 1))


@pytest.mark.parametrize(
    "text",
    [
        "", "四月五日", "令和四年四月", "令和四年二月三十日", "令和四年十三月一日", "令和四年四月〇日",
        "令和〇年四月一日", "令和四年三月二十〇日", "令和四年四月五日頃", "同年二月一日", "慶応四年一月一日",
        "明治五年十二月二日", "九九九九九年一月一日", "22年3月29日", "2022-03-29", "法の施行の日",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_and_shown(text: str) -> None:
    with pytest.raises(UnreadableDate):
        japanese(text, promulgated=dt.date(2022, 3, 29))


D = dt.date


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision", "is_approximate"),
    [
        ("1963年", D(1963, 1, 1), D(1963, 12, 31), "year", False),
        ("1963年頃", D(1963, 1, 1), D(1963, 12, 31), "year", True),
        ("１９６３年ごろ", D(1963, 1, 1), D(1963, 12, 31), "year", True),
        ("おおよそ1963年", D(1963, 1, 1), D(1963, 12, 31), "year", True),
        ("昭和38年頃", D(1963, 1, 1), D(1963, 12, 31), "year", True),
        ("1970年5月", D(1970, 5, 1), D(1970, 5, 31), "month", False),
        ("1960年4月30日頃", D(1960, 4, 30), D(1960, 4, 30), "day", True),
        ("1963/3/21", D(1963, 3, 21), D(1963, 3, 21), "day", False),
        ("1955年から1958年の間", D(1955, 1, 1), D(1958, 12, 31), "between", False),
        ("1984年から1986年までの間", D(1984, 1, 1), D(1986, 12, 31), "between", False),
        ("１９５５年－1958年頃", D(1955, 1, 1), D(1958, 12, 31), "between", True),
        ("1955-1958年頃", D(1955, 1, 1), D(1958, 12, 31), "between", True),
        ("1956年～1958年", D(1956, 1, 1), D(1958, 12, 31), "between", False),
        ("1982年2月から3月の間", D(1982, 2, 1), D(1982, 3, 31), "between", False),
        ("1960年9月1日から\n1960年9月30日の間", D(1960, 9, 1), D(1960, 9, 30), "between", False),
    ],
)
def test_lists_say_births_by_year_month_and_span(
    text: str, earliest: dt.date, latest: dt.date, precision: str, is_approximate: bool
) -> None:
    period = japanese(text, may_be_vague=True)
    assert period[:3] == (earliest, latest, precision)
    assert (period.text, period.is_approximate) == (text, is_approximate)


@pytest.mark.parametrize(
    "text",
    [
        "", "不明", "63年", "1963", "1963年13月", "1963年2月30日", "1958年から1955年の間", "1960年から",
        "1387年8月1日（ヒジュラ暦）", "1962、1963又は1964年生まれ", "8月9日（year unknown）",
        "昭和65年", "0年", "1963年(67)年1月1日", "公布の日", "99999年",
    ],
)  # fmt: skip
def test_a_vague_date_is_not_a_licence_to_guess(text: str) -> None:
    with pytest.raises(UnreadableDate):
        japanese(text, may_be_vague=True)


@given(st.text(alphabet="0123456789年月日頃からの間まで-~／/元昭和平成令約およそ"))
def test_no_words_break_the_reading_of_vague_dates(text: str) -> None:
    with contextlib.suppress(UnreadableDate):
        period = japanese(text, may_be_vague=True)
        assert period.earliest is not None
        assert period.latest is not None
        assert period.earliest <= period.latest


def test_an_error_says_what_came() -> None:
    with pytest.raises(UnreadableDate, match="法の施行の日"):
        japanese("法の施行の日")


@pytest.mark.parametrize(
    ("rule", "promulgated", "expected"),
    [
        # The rules of real orders; the expected days are those that the ministry or e-Gov itself gives.
        ("公布の日", dt.date(2025, 4, 11), dt.date(2025, 4, 11)),
        ("公布の日から施行", dt.date(2025, 4, 11), dt.date(2025, 4, 11)),
        ("公布の日の翌日から施行する。", dt.date(2006, 11, 14), dt.date(2006, 11, 15)),
        ("公布の日から起算して七日を経過した日", dt.date(2022, 3, 29), dt.date(2022, 4, 5)),
        ("公布の日から起算して七日を経過した日", dt.date(2023, 8, 2), dt.date(2023, 8, 9)),
        ("公布の日から起算して七日を経過した日", dt.date(2023, 12, 20), dt.date(2023, 12, 27)),
        ("公布の日から起算して二十一日を経過した日", dt.date(2019, 8, 7), dt.date(2019, 8, 28)),
        # Cabinet Order 376 of 2025: e-Gov names the state that it makes 324CO0000000378_20260214.
        ("公布の日から起算して三月を経過した日", dt.date(2025, 11, 14), dt.date(2026, 2, 14)),
        ("公布の日から起算して二月を経過した日", dt.date(2022, 10, 6), dt.date(2022, 12, 6)),
        ("公布の日から起算して六月を経過した日から施行する。", dt.date(2025, 4, 9), dt.date(2025, 10, 9)),
        ("公布の日から起算して1年を経過した日", dt.date(2024, 2, 29), dt.date(2025, 3, 1)),
        # No 31 February: two months from 31 December end with 28 February.
        ("公布の日から起算して二月を経過した日", dt.date(2022, 12, 31), dt.date(2023, 3, 1)),
        ("公布の日から起算して二箇月を経過した日", dt.date(2022, 12, 31), dt.date(2023, 3, 1)),
    ],
)
def test_rules_that_count_from_promulgation(rule: str, promulgated: dt.date, expected: dt.date) -> None:
    assert day(rule, promulgated) == expected


def test_a_day_in_brackets_after_an_event_is_read() -> None:
    assert day("外国為替及び外国貿易法の一部を改正する法律の施行の日（平成二十一年十一月一日）") == dt.date(2009, 11, 1)
    assert day("条約が日本国について効力を生ずる日（昭和五十五年十一月四日）から施行する。") == dt.date(1980, 11, 4)


def test_the_name_that_a_law_gives_a_day_is_no_part_of_it() -> None:
    assert day("平成十二年十二月一日（以下「施行日」という。）") == dt.date(2000, 12, 1)
    within = "公布の日から起算して六月を超えない範囲内において政令で定める日（以下「施行日」という。）"
    assert japanese(within, promulgated=dt.date(2004, 12, 3)).precision == "between"


def test_a_day_that_never_was_is_told_from_words_that_are_no_day() -> None:
    with pytest.raises(NoSuchDay):
        japanese("令和四年四月三一日")
    with pytest.raises(UnreadableDate) as raised:
        japanese("会社法の施行の日")
    assert not isinstance(raised.value, NoSuchDay)


def test_a_computed_day_says_how_and_a_stated_one_does_not() -> None:
    period = japanese("公布の日から起算して七日を経過した日", promulgated=dt.date(2022, 3, 29))
    assert period.derivation == "the day after 7 days, the day of promulgation 2022-03-29 counted"
    assert japanese("公布の日の翌日", promulgated=dt.date(2006, 11, 14)).derivation == (
        "the day after promulgation on 2006-11-14"
    )
    assert japanese("令和四年四月五日", promulgated=dt.date(2022, 3, 29)).derivation is None


def test_a_day_left_to_a_cabinet_order_is_between_promulgation_and_the_limit() -> None:
    period = japanese(
        "公布の日から起算して六月を超えない範囲内において政令で定める日から施行する。", promulgated=dt.date(2024, 5, 17)
    )
    assert (period.earliest, period.latest, period.precision) == (
        dt.date(2024, 5, 17),
        dt.date(2024, 11, 16),
        "between",
    )
    assert period.derivation is not None


def test_a_rule_without_its_day_of_promulgation_is_refused() -> None:
    with pytest.raises(UnreadableDate, match="promulgation"):
        japanese("公布の日の翌日")


@given(DAYS, st.sampled_from(sorted(NUMERALS)))
def test_every_day_of_the_calendar_reads_back_in_every_style(value: dt.date, style: str) -> None:
    numeral = NUMERALS[style]
    assert day(f"{numeral(value.year)}年{numeral(value.month)}月{numeral(value.day)}日") == value


@given(DAYS, st.sampled_from(sorted(NUMERALS)), st.booleans())
def test_every_day_of_every_era_reads_back_in_every_style(value: dt.date, style: str, is_gannen: bool) -> None:
    numeral = NUMERALS[style]
    for era in ERAS.values():
        if era.first <= value <= era.last:
            year = value.year - era.first.year + 1
            written = "元" if year == 1 and is_gannen else numeral(year)
            assert day(f"{era.name}{written}年{numeral(value.month)}月{numeral(value.day)}日") == value


@given(st.integers(min_value=1, max_value=9999))
def test_kanji_numerals_round_trip(value: int) -> None:
    assert kanji_value(kanji_numeral(value)) == value
    assert kanji_value(str(value).translate(POSITIONAL)) == value


@pytest.mark.parametrize(
    ("value", "written"), [(10, "十"), (21, "二十一"), (100, "百"), (378, "三百七十八"), (1949, "千九百四十九")]
)
def test_numerals_are_written_as_in_the_names_of_laws(value: int, written: str) -> None:
    assert kanji_numeral(value) == written


def test_a_numeral_outside_of_what_laws_write_is_refused() -> None:
    with pytest.raises(ValueError, match="9999"):
        kanji_numeral(0)


@given(DAYS, st.integers(min_value=1, max_value=400))
def test_a_period_of_days_is_as_long_as_it_says(promulgated: dt.date, count: int) -> None:
    effective = day(f"公布の日から起算して{count}日を経過した日", promulgated)
    assert (effective - promulgated).days == count


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    with contextlib.suppress(UnreadableDate):
        japanese(text, promulgated=dt.date(2022, 3, 29))


@pytest.mark.recordings
def test_of_238_rules_of_the_recorded_amending_orders_only_five_name_no_day(recordings: Path) -> None:
    [path] = (recordings / "jp_egov_law" / "2026-02-14").glob("*.xz")
    root = etree.fromstring(document_of("jp_egov_law", path).read())
    read, unread = 0, []
    for provision in root.iterfind(".//SupplProvision[@AmendLawNum]"):
        promulgated = day(re.sub("(?<=日).*", "", provision.get("AmendLawNum", "")))
        for sentence in provision.iter("Sentence"):
            if found := re.fullmatch("この政令は、([^。]+)から施行する。", "".join(sentence.itertext())):
                try:
                    japanese(found[1], promulgated=promulgated)
                    read += 1
                except UnreadableDate:
                    unread.append(found[1])
    assert read == 233
    assert sorted(unread) == [
        "使用済燃料管理及び放射性廃棄物管理の安全に関する条約が日本国について効力を生ずる日",
        "国際貿易の対象となる特定の有害な化学物質及び駆除剤についての事前のかつ情報に基づく同意の手続に関するロッテルダム条約が"
        "日本国について効力を生ずる日",
        "次の各号に掲げる規定ごとに、それぞれ当該各号に定める日",
        "次の各号に掲げる規定ごとに、それぞれ当該各号に定める日",
        "法の施行の日",
    ]


# English


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("12 Mar 1960", (1960, 3, 12), (1960, 3, 12), "day"),
        ("9th of December 2006", (2006, 12, 9), (2006, 12, 9), "day"),
        ("March 22, 2018", (2018, 3, 22), (2018, 3, 22), "day"),
        ("08-Oct-2026", (2026, 10, 8), (2026, 10, 8), "day"),
        ("2015-07-01-04:00", (2015, 7, 1), (2015, 7, 1), "day"),
        ("Nov. 1973", (1973, 11, 1), (1973, 11, 30), "month"),
        ("2012-02", (2012, 2, 1), (2012, 2, 29), "month"),
        ("1958", (1958, 1, 1), (1958, 12, 31), "year"),
        ("1957 to 1958", (1957, 1, 1), (1958, 12, 31), "between"),
        ("1957-1958", (1957, 1, 1), (1958, 12, 31), "between"),
        ("between 1955 and Mar 1958", (1955, 1, 1), (1958, 3, 31), "between"),
        ("25 Mar 1960 to 31 Mar 1960", (1960, 3, 25), (1960, 3, 31), "between"),
    ],
)
def test_english_dates(text: str, first: tuple[int, int, int], last: tuple[int, int, int], precision: str) -> None:
    period = dates.english(text)
    assert (period.earliest, period.latest, period.precision) == (dt.date(*first), dt.date(*last), precision)
    assert (period.text, period.is_approximate) == (text, False)


@pytest.mark.parametrize("text", ["circa 1960", "Approximately 1955- 1958", "c. 12 Mar 1960", "approx. 1971 to 1972"])
def test_circa_is_said_and_not_lost(text: str) -> None:
    assert dates.english(text).is_approximate


def test_a_slashed_date_means_what_its_publisher_means() -> None:
    assert dates.english("03/04/2022", is_day_first=True).earliest == dt.date(2022, 4, 3)
    assert dates.english("03/04/2022", is_day_first=False).earliest == dt.date(2022, 3, 4)
    with pytest.raises(dates.UnreadableDate):
        dates.english("03/04/2022")


def test_noughts_stand_for_a_day_or_month_that_is_not_known() -> None:
    assert dates.english("00/00/1955", is_day_first=True).precision == "year"
    assert dates.english("00/04/1955", is_day_first=True).precision == "month"


def test_a_month_and_a_year_with_a_slash_are_a_month() -> None:
    assert dates.english("04/1955")[:3] == (dt.date(1955, 4, 1), dt.date(1955, 4, 30), "month")
    with pytest.raises(dates.UnreadableDate):
        dates.english("13/1955")


def test_the_serial_number_of_a_workbook_is_a_day_and_says_how_it_was_read() -> None:
    period = dates.excel_serial(20158.0)
    assert (period.earliest, period.precision, period.text) == (dt.date(1955, 3, 10), "day", "20158")
    assert period.derivation


@pytest.mark.parametrize("number", [60, 1958.5, 1_000_000, -1])
def test_other_numbers_are_no_serials(number: float) -> None:
    with pytest.raises(dates.UnreadableDate):
        dates.excel_serial(number)


def test_letters_in_place_of_a_day_or_month_say_that_it_is_not_known() -> None:
    assert dates.english("dd/mm/1945", is_day_first=True)[2:4] == ("year", "dd/mm/1945")
    assert dates.english("dd/11/1945", is_day_first=True).earliest == dt.date(1945, 11, 1)
    assert dates.english("dd/11/1945", is_day_first=True).precision == "month"


@pytest.mark.parametrize("text", ["", "31 Feb 2020", "Sep-64", "unknown", "1958 to 1957", "13/13/2020", "12 Mar 1960 or 1961"])
def test_what_is_no_english_date_is_refused(text: str) -> None:
    with pytest.raises(dates.UnreadableDate):
        dates.english(text, is_day_first=True)


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_every_day_reads_back_in_every_english_form(day: dt.date) -> None:
    for form in (
        f"{day.day} {day:%B} {day.year}",
        f"{day:%b} {day.day}, {day.year}",
        day.isoformat(),
        f"{day:%d/%m}/{day.year}",
    ):
        assert dates.english(form, is_day_first=True)[:3] == (day, day, "day")


# ---- Chinese ----
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年12月5日", dt.date(2024, 12, 5)),
        ("2025年01月02日", dt.date(2025, 1, 2)),
        ("二〇二四年十二月五日", dt.date(2024, 12, 5)),
        ("自2025年4月10日12时01分起正式实施", dt.date(2025, 4, 10)),
        ("自2024年5月22日起施行", dt.date(2024, 5, 22)),
    ],
)
def test_chinese_days_are_read_in_both_styles_of_numerals(text: str, expected: dt.date) -> None:
    assert dates.chinese(text)[:4] == (expected, expected, "day", text)


def test_from_the_day_of_publication_counts_from_a_day_that_must_be_known() -> None:
    period = dates.chinese("自公布之日起正式实施", published=dt.date(2025, 1, 2))
    assert (period.earliest, period.derivation) == (dt.date(2025, 1, 2), "the day of publication, 2025-01-02")
    with pytest.raises(UnreadableDate):
        dates.chinese("自公布之日起正式实施")


@pytest.mark.parametrize("text", ["", "2024年13月5日", "4月4日", "2024-12-05", "民国113年1月1日"])
def test_what_is_no_chinese_date_is_refused(text: str) -> None:
    with pytest.raises(UnreadableDate):
        dates.chinese(text)


# ---- Russian ----
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 декабря 2024 года", dt.date(2024, 12, 5)),
        ("10 апреля 2024 г.", dt.date(2024, 4, 10)),
        ("1 мая 2023", dt.date(2023, 5, 1)),
        ("07.04.2022 18:54", dt.date(2022, 4, 7)),
    ],
)
def test_russian_days_are_read_with_names_and_numbers_of_months(text: str, expected: dt.date) -> None:
    assert dates.russian(text)[:4] == (expected, expected, "day", text)


def test_a_russian_day_of_the_current_year_is_derived_from_when_it_was_written() -> None:
    period = dates.russian("с 7 апреля с.г.", written=dt.date(2022, 4, 8))
    assert (period.earliest, period.derivation) == (dt.date(2022, 4, 7), "the current year of words of 2022-04-08")
    with pytest.raises(UnreadableDate):
        dates.russian("с 7 апреля с.г.")


@pytest.mark.parametrize("text", ["", "31 февраля 2024 года", "5 декабрь 2024", "32.01.2024", "в апреле 2024 года"])
def test_what_is_no_russian_date_is_refused(text: str) -> None:
    with pytest.raises(UnreadableDate):
        dates.russian(text)


@given(DAYS)
def test_every_day_reads_back_in_chinese_and_russian(day: dt.date) -> None:
    assert dates.chinese(f"{day.year}年{day.month}月{day.day}日").earliest == day
    assert dates.russian(f"{day:%d.%m}.{day.year}").earliest == day


ADOPTED = dt.date(1993, 9, 15)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at 00.01 EST on 23 June 1993", dt.date(1993, 6, 23)),
        ("as of 2359 hours eastern standard time on 18 October 1993", dt.date(1993, 10, 18)),
        ("beginning at 0001 hours, Eastern Standard Time, on 31 December 2002", dt.date(2002, 12, 31)),
        ("on 15 April 1992", dt.date(1992, 4, 15)),
        ("until 31 May 2026", dt.date(2026, 5, 31)),
    ],
)
def test_a_resolution_names_a_day_with_or_without_an_hour(text: str, expected: dt.date) -> None:
    assert dates.resolution_day(text, adopted=ADOPTED)[:4] == (expected, expected, "day", text)
    assert dates.resolution_day(text, adopted=ADOPTED).derivation is None


@pytest.mark.parametrize(
    ("text", "expected", "derivation"),
    [
        ("ten days after the date of adoption of the present resolution", dt.date(1993, 9, 25), "10 days from 1993-09-15"),
        ("for a period of 12 months", dt.date(1994, 9, 15), "12 months from 1993-09-15"),
        ("for an initial period of 18 months", dt.date(1995, 3, 15), "18 months from 1993-09-15"),
        ("two months after the adoption", dt.date(1993, 11, 15), "2 months from 1993-09-15"),
        ("one year from the date of adoption", dt.date(1994, 9, 15), "1 years from 1993-09-15"),
        ("immediate effect", dt.date(1993, 9, 15), "the day of adoption, 1993-09-15"),
    ],
)
def test_a_term_of_a_resolution_counts_from_its_adoption_and_says_how(text: str, expected: dt.date, derivation: str) -> None:
    period = dates.resolution_day(text, adopted=ADOPTED)
    assert (period.earliest, period.derivation) == (expected, derivation)


def test_a_term_that_begins_with_the_measure_counts_from_there() -> None:
    since = dt.date(2001, 5, 31)
    assert dates.resolution_day("for a period of 9 months", adopted=ADOPTED, since=since).earliest == dt.date(2002, 2, 28)
    assert dates.resolution_day("12 months from the adoption", adopted=ADOPTED, since=since).earliest == dt.date(1994, 9, 15)


def test_a_decision_that_sets_no_day_binds_from_its_adoption() -> None:
    period = dates.resolution_day("", adopted=ADOPTED, condition="unless the Council is told otherwise")
    assert period.earliest == ADOPTED
    assert "Article 25" in str(period.derivation)
    assert str(period.derivation).endswith("; unless the Council is told otherwise")


@pytest.mark.parametrize("text", ["when the President returns", "31 June 1993", "for a while"])
def test_what_is_no_day_of_a_resolution_is_refused(text: str) -> None:
    with pytest.raises(UnreadableDate):
        dates.resolution_day(text, adopted=ADOPTED)


# --- Executive orders -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("12:01 a.m. eastern daylight time on May 23, 2001", dt.date(2001, 5, 23)),
        ("12:01 a.m. eastern\nstandard time on February 7, 2026", dt.date(2026, 2, 7)),
        ("April 2, 2025", dt.date(2025, 4, 2)),
        ("7 days after the date of this order", dt.date(2025, 8, 6)),
        ("12:01 a.m. eastern daylight time 7 days after the date of this order", dt.date(2025, 8, 6)),
    ],
)
def test_the_day_that_an_executive_order_sets_is_read(words: str, day: dt.date) -> None:
    assert order_day(words, signed=dt.date(2025, 7, 30)).earliest == day


def test_days_after_an_executive_order_say_how_they_were_counted() -> None:
    period = order_day("7 days after the date of this order", signed=dt.date(2025, 7, 30))
    assert period.derivation == "7 days after the date of the order, 2025-07-30"


def test_words_that_set_no_day_of_an_executive_order_are_unreadable() -> None:
    with pytest.raises(UnreadableDate):
        order_day("when the Secretary so determines", signed=dt.date(2025, 7, 30))


# English prose

TUESDAY = dt.date(2022, 3, 29)


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("on Tuesday", "2022-03-29", "2022-03-29", "day"),
        ("Monday", "2022-03-28", "2022-03-28", "day"),
        ("last Friday", "2022-03-25", "2022-03-25", "day"),
        ("next Friday", "2022-04-01", "2022-04-01", "day"),
        ("today’s", "2022-03-29", "2022-03-29", "day"),
        ("Yesterday", "2022-03-28", "2022-03-28", "day"),
        ("on April 5", "2022-04-05", "2022-04-05", "day"),
        ("December 24", "2021-12-24", "2021-12-24", "day"),
        ("24 December", "2021-12-24", "2021-12-24", "day"),
        ("Thursday, Feb. 24, 2022", "2022-02-24", "2022-02-24", "day"),
        ("effective from 1 July 2022", "2022-07-01", "2022-07-01", "day"),
        ("2022-04-05", "2022-04-05", "2022-04-05", "day"),
        ("end of the year", "2022-12-31", "2022-12-31", "day"),
        ("by the end of the year", "None", "2022-12-31", "not_after"),
        ("before April 5", "None", "2022-04-04", "not_after"),
        ("not later than April 5", "None", "2022-04-05", "not_after"),
        ("prior to April 5", "None", "2022-04-04", "not_after"),
        ("between June and August 2021", "2021-06-01", "2021-08-31", "between"),
        ("until the end of 2017", "2017-12-31", "2017-12-31", "day"),
        ("in January", "2022-01-01", "2022-01-31", "month"),
        ("last March", "2021-03-01", "2021-03-31", "month"),
        ("last November", "2021-11-01", "2021-11-30", "month"),
        ("since June 2021", "2021-06-01", "2021-06-30", "month"),
        ("next month", "2022-04-01", "2022-04-30", "month"),
        ("in 2006", "2006-01-01", "2006-12-31", "year"),
        ("last year", "2021-01-01", "2021-12-31", "year"),
        ("until mid-2017", "2017-01-01", "2017-12-31", "year"),
        ("from 2006 to 2010", "2006-01-01", "2010-12-31", "between"),
        ("2014–2016", "2014-01-01", "2016-12-31", "between"),
        ("earlier this week", "2022-03-28", "2022-04-03", "between"),
        ("last week", "2022-03-21", "2022-03-27", "between"),
    ],
)
def test_dates_in_prose_are_read_against_the_day_of_publication(text: str, first: str, last: str, precision: str) -> None:
    period = dates.prose(text, published=TUESDAY)
    assert (str(period.earliest), str(period.latest), period.precision) == (first, last, precision)
    assert period.text == text


def test_a_day_of_the_week_ahead_is_the_next_one() -> None:
    assert dates.prose("on Tuesday", published=TUESDAY, is_ahead=True).earliest == dt.date(2022, 4, 5)


def test_a_day_of_what_is_past_never_lies_ahead_and_that_of_what_is_to_come_may_lie_far() -> None:
    assert dates.prose("in April", published=TUESDAY, is_ahead=False).earliest == dt.date(2021, 4, 1)
    assert dates.prose("April 5", published=TUESDAY, is_ahead=False).earliest == dt.date(2021, 4, 5)
    assert dates.prose("in August", published=TUESDAY).earliest == dt.date(2021, 8, 1)
    assert dates.prose("in August", published=TUESDAY, is_ahead=True).earliest == dt.date(2022, 8, 1)
    assert dates.prose("in June of last year", published=TUESDAY).earliest == dt.date(2021, 6, 1)
    assert dates.prose("30 days from now", published=TUESDAY).earliest == dt.date(2022, 4, 28)
    assert dates.prose("with immediate effect", published=TUESDAY).earliest == TUESDAY
    assert dates.prose("11 years ago", published=TUESDAY).earliest == dt.date(2011, 1, 1)
    assert dates.prose("two months ago", published=TUESDAY).earliest == dt.date(2022, 1, 1)
    assert dates.prose("three weeks ago", published=TUESDAY).earliest == dt.date(2022, 3, 8)
    assert dates.prose("earlier in the month", published=TUESDAY).earliest == dt.date(2022, 3, 1)


@pytest.mark.parametrize("text", ["on Tuesday", "April 5", "in January", "last year", "today", "by the end of the year"])
def test_relative_dates_stay_unread_without_a_day_of_publication(text: str) -> None:
    with pytest.raises(dates.UnreadableDate, match="not known here"):
        dates.prose(text)


@pytest.mark.parametrize("text", ["soon", "in Paris", "February 30", "February 30, 2022", "", "from 2010 to 2006", "1022"])
def test_what_prose_says_besides_is_no_date(text: str) -> None:
    with pytest.raises(dates.UnreadableDate):
        dates.prose(text, published=TUESDAY)


def test_the_last_of_february_is_no_other_day_where_the_year_that_is_meant_has_none() -> None:
    with pytest.raises(dates.UnreadableDate, match="no near year"):
        dates.prose("February 29", published=dt.date(2023, 6, 1), is_ahead=False)
    assert dates.prose("February 29", published=dt.date(2023, 6, 1), is_ahead=True).earliest == dt.date(2024, 2, 29)


def test_the_middle_of_a_year_is_approximate_and_a_computed_day_says_how() -> None:
    assert dates.prose("until mid-2017").is_approximate
    assert dates.prose("by the end of 2017").is_approximate
    assert "the day of publication" in (dates.prose("on Monday", published=TUESDAY).derivation or "")


@given(
    st.dates(min_value=dt.date(1950, 1, 1), max_value=dt.date(2050, 1, 1)), st.dates(dt.date(1960, 1, 1), dt.date(2040, 1, 1))
)
def test_a_day_without_its_year_is_less_than_a_year_ago_or_soon_to_come(day: dt.date, published: dt.date) -> None:
    written = f"{day:%B} {day.day}"
    try:
        period = dates.prose(written, published=published)
    except dates.UnreadableDate:
        assert (day.month, day.day) == (2, 29)
        return
    assert period.earliest is not None
    assert (period.earliest.month, period.earliest.day) == (day.month, day.day)
    assert -276 <= (period.earliest - published).days <= 90 or (day.month, day.day) == (2, 29)
