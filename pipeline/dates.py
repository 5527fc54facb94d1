"""Days read from words, language by language: each function gives a Period or raises UnreadableDate.

Japanese: eras, both styles of numerals, the rules by which laws say when they take effect, and the months, years and spans
by which lists say when people were born. Chinese: both styles of numerals, and the rule that counts from publication.
Russian: numbers and names of months, and the abbreviated current year. English: days, months, years and spans,
and the rules by which executive orders say when they take effect. Instants: the day that begins at one.
"""

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pipeline.records import Period


class UnreadableDate(ValueError):
    """Words that are no day, or name a day that never was."""


class NoSuchDay(UnreadableDate):
    """Words that name a day that never was."""


# --- Japanese ---------------------------------------------------------------------------------------------------------


class Era(NamedTuple):
    """One era, with the first and the last day that bear its name.

    The days of the changes in 1912 and 1926 bear both names.
    """

    name: str
    first: dt.date
    last: dt.date


ERAS = {
    era.name: era
    for era in (
        Era("明治", dt.date(1868, 1, 25), dt.date(1912, 7, 30)),
        Era("大正", dt.date(1912, 7, 30), dt.date(1926, 12, 25)),
        Era("昭和", dt.date(1926, 12, 25), dt.date(1989, 1, 7)),
        Era("平成", dt.date(1989, 1, 8), dt.date(2019, 4, 30)),
        Era("令和", dt.date(2019, 5, 1), dt.date.max),
    )
}
# Until then Japan's months were those of the moon: a day of 明治五年 is no day of our calendar.
GREGORIAN_SINCE = dt.date(1873, 1, 1)

_KANJI_DIGITS = "〇一二三四五六七八九"
_NUMBER = r"[0-9〇○一二三四五六七八九十百千]+"
_ADDITIVE = re.compile("".join(rf"(?:([一二三四五六七八九])?{unit})?" for unit in "千百十") + "([一二三四五六七八九])?")
_YEAR = rf"(?:(?P<era>{'|'.join(ERAS)})(?P<era_year>元|{_NUMBER})|(?P<year>{_NUMBER}))年"
_DAY = rf"{_YEAR}(?P<month>{_NUMBER})月(?P<day>{_NUMBER})日"
_COUNT = rf"公布の日から起算して(?P<count>{_NUMBER})(?P<unit>日|(?:箇|か|カ|ヶ|ケ)?月|年)を"
_TAKES_EFFECT = r"(?:から施行(?:する)?。?)?"
_STATED = re.compile(_DAY + _TAKES_EFFECT)
_STATED_IN_BRACKETS = re.compile(rf".+(?:施行の日|効力発生の日|効力を生ずる日)\({_DAY}\){_TAKES_EFFECT}")
_PROMULGATION = re.compile(rf"公布の日(?P<next>の翌日)?{_TAKES_EFFECT}")
_ELAPSED = re.compile(rf"{_COUNT}経過した日{_TAKES_EFFECT}")
_WITHIN = re.compile(rf"{_COUNT}超えない範囲内において政令で定める日{_TAKES_EFFECT}")
_CALLED = re.compile(r"\(以下「[^」]+」という。\)")
_SLASHED_DAY = re.compile(r"(?P<year>\d{4})/(?P<month>\d\d?)/(?P<day>\d\d?)", re.ASCII)
_POINT = re.compile(rf"(?:{_YEAR}(?P<mark>(?P<month>{_NUMBER})月(?:(?P<day>{_NUMBER})日)?)?|(?P<bare>[0-9]{{4}}))")
_ABOUT = re.compile(r"(?P<before>およそ|おおよそ|おおむね|約)?(?P<words>.+?)(?P<after>の?頃|の?ごろ)?")
_SPAN = re.compile(r"(?P<first>.+?)(?:から|[-~〜–ー])(?P<last>.+?)(?:まで)?(?:の間)?")
_MONTH_OF_SAME_YEAR = re.compile(rf"{_NUMBER}月(?:{_NUMBER}日)?")


def japanese(text: str, *, promulgated: dt.date | None = None, may_be_vague: bool = False) -> Period:
    """The day that Japanese words name: a date, or a rule that counts from the day of promulgation.

    Dates: `令和四年四月五日`, `平成18年11月14日`, `二〇二二年三月二九日`, `２０２２年３月２９日`, and after an event
    in brackets, `…の施行の日（平成三十年六月一日）`.
    Rules: 公布の日, 公布の日の翌日, 公布の日から起算して七日を経過した日 (月 and 年 likewise), and
    公布の日から起算して六月を超えない範囲内において政令で定める日, which is `between`. から施行する。 may follow, and after a
    day the name that the law gives it （以下「施行日」という。）.

    The day of promulgation is the first day counted (起算して); months and years end by article 143 of the Civil Code.
    A date past the end of its era is read if the words are older (平成三十一年九月一日, promulgated in 2018).
    `may_be_vague` also reads a year, a month, a span and what is approximate: 1963年, 1963年頃, おおよそ1963年, 1970年5月,
    1955年から1958年の間, 1955年-1958年頃, 1982年2月から3月の間, and 1963/3/21. A law never speaks so of its days.
    Raises UnreadableDate for anything else, and NoSuchDay, which is one, for a day that never was.
    """
    words = _CALLED.sub("", "".join(unicodedata.normalize("NFKC", text).split()))
    if found := _STATED.fullmatch(words) or _STATED_IN_BRACKETS.fullmatch(words):
        return _stated(text, found, promulgated)
    if may_be_vague:
        return _vague(text, words)
    if not (rule := _PROMULGATION.fullmatch(words) or _ELAPSED.fullmatch(words) or _WITHIN.fullmatch(words)):
        raise UnreadableDate(f"expected a Japanese date or a rule that counts from promulgation, found {text!r}")
    if promulgated is None:
        raise UnreadableDate(f"{text!r} counts from the day of promulgation, which is not known here")
    if rule.re is _PROMULGATION:
        return _promulgation(text, promulgated, is_next_day=rule["next"] is not None)
    following = _following(text, promulgated, kanji_value(rule["count"]), rule["unit"])
    period = f"{kanji_value(rule['count'])} {_UNITS[rule['unit'][-1]]}, the day of promulgation {promulgated} counted"
    if rule.re is _ELAPSED:
        return Period(following, following, "day", text, derivation=f"the day after {period}")
    latest = following - dt.timedelta(days=1)
    return Period(promulgated, latest, "between", text, derivation=f"a day set by Cabinet Order within {period}")


def kanji_value(words: str) -> int:
    """The number that digits or kanji write (二〇二二, 三〇, 二十九, 三百七十八); raises UnreadableDate for others."""
    plain = unicodedata.normalize("NFKC", words).replace("○", "〇")
    if re.fullmatch("[0-9]+", plain):
        return int(plain)
    if re.fullmatch(f"[{_KANJI_DIGITS}]+", plain):
        return int("".join(str(_KANJI_DIGITS.index(digit)) for digit in plain))
    if not plain or not (found := _ADDITIVE.fullmatch(plain)):
        raise UnreadableDate(f"expected a number, found {words!r}")
    places = zip((1000, 100, 10), "千百十", found.groups()[:3], strict=True)
    tens = sum(place * (_KANJI_DIGITS.index(digit) if digit else 1) for place, unit, digit in places if unit in plain)
    return tens + (_KANJI_DIGITS.index(found[4]) if found[4] else 0)


def kanji_numeral(value: int) -> str:
    """A number from 1 to 9999 as laws write it in their names (378: 三百七十八); raises ValueError outside of them."""
    if not 1 <= value <= 9999:
        raise ValueError(f"expected a number from 1 to 9999, found {value}")
    written = ""
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // place % 10
        if digit:
            written += ("" if digit == 1 and unit else _KANJI_DIGITS[digit]) + unit
    return written


_UNITS = {"日": "days", "月": "months", "年": "years"}


def _stated(text: str, found: re.Match[str], written: dt.date | None) -> Period:
    era = ERAS[found["era"]] if found["era"] else None
    year = kanji_value(found["year"]) if era is None else era.first.year - 1 + _era_year(found["era_year"])
    try:
        day = dt.date(year, kanji_value(found["month"]), kanji_value(found["day"]))
    except (ValueError, OverflowError) as error:
        raise NoSuchDay(f"{text!r} is no day of the calendar: {error}") from None
    if day < GREGORIAN_SINCE:
        raise NoSuchDay(f"{text!r} is before {GREGORIAN_SINCE}, when Japan took the calendar of today")
    if era is None or era.first <= day <= era.last:
        return Period(day, day, "day", text)
    if day < era.first or written is None or written > era.last:
        raise NoSuchDay(f"{text!r} is not within the era {era.name}, {era.first} to {era.last}")
    return Period(day, day, "day", text, derivation=f"{era.name} counted on past its end: written on {written}")


def _vague(text: str, words: str) -> Period:
    """A day, month, year or span, approximate where the words say so."""
    about = _ABOUT.fullmatch(words)
    if about is None:
        raise UnreadableDate("expected a Japanese date, found no words")
    is_approximate = bool(about["before"] or about["after"])
    point, span = _POINT.fullmatch(about["words"]), _SPAN.fullmatch(about["words"])
    if slashed := _SLASHED_DAY.fullmatch(about["words"]):
        day = _calendar_day(text, *(int(slashed[part]) for part in ("year", "month", "day")))
        return Period(day, day, "day", text, is_approximate)
    if point and not point["bare"]:
        return _point(text, point)._replace(is_approximate=is_approximate)
    if span is None:
        raise UnreadableDate(f"expected a Japanese date, month, year or span, found {text!r}")
    return _span(text, span["first"], span["last"])._replace(is_approximate=is_approximate)


def _span(text: str, first: str, last: str) -> Period:
    start = _POINT.fullmatch(first)
    if start and start["mark"] and _MONTH_OF_SAME_YEAR.fullmatch(last):  # 1982年2月から3月の間
        last = first[: first.index("年") + 1] + last
    end = _POINT.fullmatch(last)
    if start is None or end is None or end["bare"]:  # 1955-1958年: the first year may lack its 年
        raise UnreadableDate(f"expected the two ends of a span, found {text!r}")
    earliest, latest = _point(text, start).earliest, _point(text, end).latest
    if earliest is None or latest is None or latest < earliest:
        raise UnreadableDate(f"{text!r} ends before it begins")
    return Period(earliest, latest, "between", text)


def _point(text: str, found: re.Match[str]) -> Period:
    if found["era"]:
        era = ERAS[found["era"]]
        year = era.first.year - 1 + _era_year(found["era_year"])
        if year > era.last.year:
            raise UnreadableDate(f"{text!r} is not within the era {era.name}, {era.first} to {era.last}")
    else:
        year = kanji_value(found["year"] or found["bare"])
    if year <= GREGORIAN_SINCE.year or year > dt.date.max.year:
        raise UnreadableDate(f"{text!r}: the year {year} is none of a living person or an act of today")
    if found["day"]:
        day = _calendar_day(text, year, kanji_value(found["month"]), kanji_value(found["day"]))
        return Period(day, day, "day", text)
    if not found["month"]:
        return Period.of_years(year, year, text)
    try:
        return Period.of_month(year, kanji_value(found["month"]), text)
    except ValueError as error:
        raise UnreadableDate(f"{text!r} is no month of the calendar: {error}") from None


def _calendar_day(text: str, year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise UnreadableDate(f"{text!r} is no day of the calendar: {error}") from None


def _era_year(words: str) -> int:
    value = 1 if words == "元" else kanji_value(words)
    if value == 0:
        raise UnreadableDate("an era has no year 0")
    return value


def _promulgation(text: str, promulgated: dt.date, *, is_next_day: bool) -> Period:
    day = promulgated + dt.timedelta(days=1) if is_next_day else promulgated
    what = "the day after promulgation on" if is_next_day else "the day of promulgation,"
    return Period(day, day, "day", text, derivation=f"{what} {promulgated}")


def _following(text: str, first: dt.date, count: int, unit: str) -> dt.date:
    """The day after `count` days, months or years of which `first` is the first day.

    A period of months that lacks the corresponding day (31 January, one month) ends with the last day of its month.
    """
    try:
        if unit == "日":
            return first + dt.timedelta(days=count)
        months = first.year * 12 + first.month - 1 + count * (12 if unit == "年" else 1)
        month = dt.date(months // 12, months % 12 + 1, 1)
        corresponding = month + dt.timedelta(days=first.day - 1)
        return corresponding if corresponding.month == month.month else corresponding.replace(day=1)
    except (ValueError, OverflowError) as error:
        raise NoSuchDay(f"{text!r} counted from {first} leaves the calendar: {error}") from None


# --- Workbooks --------------------------------------------------------------------------------------------------------

# Day 1 is 1900-01-01, and Excel counts a 29 February 1900 that never was; before it no serial is read.
_SERIALS_FROM = dt.date(1899, 12, 30)
_SERIALS = range(61, 73051)  # 1900-03-01 to 2099-12-31


def excel_serial(number: float) -> Period:
    """The day that a workbook's number means (20158 is 1955-03-10); raises UnreadableDate for a number that is none."""
    if number != int(number) or int(number) not in _SERIALS:
        raise UnreadableDate(f"expected a day as a workbook counts them, found {number!r}")
    day = _SERIALS_FROM + dt.timedelta(days=int(number))
    return Period.of_day(day, str(int(number)), derivation=f"serial number {int(number)} of a workbook, the day {day}")


# --- Instants ---------------------------------------------------------------------------------------------------------


def midnight(seconds: float, time_zone: str) -> Period:
    """The day that begins at this instant (seconds since 1970) in a time zone; raises UnreadableDate where none begins.

    In UTC the midnights of Brussels belong to the day before.
    """
    try:
        moment = dt.datetime.fromtimestamp(seconds, ZoneInfo(time_zone))
    except (ValueError, OverflowError, OSError) as error:
        raise UnreadableDate(f"{seconds!r} is no instant: {error}") from None
    if moment.time() != dt.time():
        raise UnreadableDate(f"expected a midnight of {time_zone}, found {seconds!r}, which is {moment}")
    text = f"{seconds:.0f}"
    return Period.of_day(moment.date(), text, derivation=f"the day that begins at the instant {text} in {time_zone}")


# --- English ----------------------------------------------------------------------------------------------------------

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, start=1)}
_MONTH = rf"(?P<month>{'|'.join(_MONTH_NAMES)})[a-z]*\.?"
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)(?:T[\d:.]+)?(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
_ISO_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)", re.ASCII)
_SLASHED = re.compile(r"(?P<first>\d\d?|dd)(?P<mark>[/.])(?P<second>\d\d?|mm)(?P=mark)(?P<year>\d{4})", re.ASCII)
_SLASHED_MONTH = re.compile(r"(?P<month>\d\d?)/(?P<year>\d{4})", re.ASCII)
_WRITTEN = re.compile(
    rf"(?:(?P<day>\d\d?)(?:st|nd|rd|th)?(?:\s+of)?[\s-]*{_MONTH},?[\s-]+(?P<year>\d{{4}})"
    rf"|{_MONTH.replace('month', 'month2')}\s+(?P<day2>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<year2>\d{{4}}))",
    re.ASCII | re.IGNORECASE,
)
_WRITTEN_MONTH = re.compile(rf"{_MONTH},?[\s-]+(?P<year>\d{{4}})", re.ASCII | re.IGNORECASE)
_YEAR_ALONE = re.compile(r"(?P<year>\d{4})", re.ASCII)
_CIRCA = re.compile(r"(?:circa|about|around|approx(?:imately|\.)?|c\.|ca\.)\s*", re.IGNORECASE)
_RANGE = re.compile(
    r"(?:between\s+(?P<a>.+?)\s+and\s+(?P<b>.+)|(?:from\s+)?(?P<c>.+?)\s+to\s+(?P<d>.+)|(?P<e>\d{4})\s*[-–]\s*(?P<f>\d{4}))",
    re.IGNORECASE,
)


def english(text: str, *, is_day_first: bool | None = None) -> Period:
    """The day, month, year or range that English words name: `12 Mar 1960`, `March 1960`, `circa 1960`, `1957 to 1958`.

    `is_day_first` tells what 03/04/2022 means (True: 3 April); without it such a date is unreadable. `00/00/1955` is a
    year, `00/04/1955` and `04/1955` are a month, as are `dd/mm/1955` and `dd/04/1955` where the day comes first.
    Raises UnreadableDate for anything else.
    """
    words = " ".join(text.split())
    circa = _CIRCA.match(words)
    plain = words[circa.end() :] if circa else words
    try:
        found = _single(plain, is_day_first) or _between(plain, is_day_first)
    except ValueError as error:
        raise UnreadableDate(f"{text!r} names a day that never was: {error}") from error
    if found is None:
        raise UnreadableDate(f"{text!r} is no date in a form that is known")
    return found._replace(text=text, is_approximate=bool(circa) or found.is_approximate)


_REGISTRATION = re.compile(r"on the day on which (?:they are|it is) registered")
_DAYS_AFTER = re.compile(r"(?P<count>\d+) days after (?:the day on which )?(?:it comes|they come) into force")


def english_effect(text: str, *, registered: dt.date | None = None, in_force: dt.date | None = None) -> Period:
    """The day that a rule of effect in English names: it counts from the day of registration, or of coming into force.

    Rules: `on the day on which they are registered`, `60 days after the day on which they come into force`.
    Raises UnreadableDate for anything else, and where the day that it counts from is not known.
    """
    words = " ".join(text.split())
    if _REGISTRATION.fullmatch(words):
        if registered is None:
            raise UnreadableDate(f"{text!r} counts from the day of registration, which is not known here")
        return Period.of_day(registered, text, derivation=f"registered on {registered}")
    if not (rule := _DAYS_AFTER.fullmatch(words)):
        raise UnreadableDate(f"expected a rule that counts from registration or from coming into force, found {text!r}")
    if in_force is None:
        raise UnreadableDate(f"{text!r} counts from the day of coming into force, which is not known here")
    count = int(rule["count"])
    day = in_force + dt.timedelta(days=count)
    return Period.of_day(day, text, derivation=f"{count} days after coming into force on {in_force}")


_ORDINALS = {"third": 3, "fifth": 5, "seventh": 7, "tenth": 10, "fifteenth": 15, "twentieth": 20, "thirtieth": 30}
_OF_PUBLICATION = re.compile(
    rf"the (?:(?:(?P<count>{'|'.join(_ORDINALS)}) )?day following (?:that|the day|the date) of its publication"
    r"|day following its publication|(?P<same>day|date) of its publication)(?: .*)?"
)


def european_effect(text: str, *, published: dt.date) -> Period:
    """The day on which an act of the European Union enters into force: a date, or a rule that counts from its publication.

    `the day following that of its publication` is the day after, `the twentieth day following that of its publication` the
    twentieth after (Article 297 TFEU). Raises UnreadableDate for other words.
    """
    words = " ".join(text.split())
    found = _OF_PUBLICATION.fullmatch(words)
    if not found:
        return english(words, is_day_first=True)
    days = 0 if found["same"] else _ORDINALS[found["count"]] if found["count"] else 1
    day = published + dt.timedelta(days=days)
    return Period.of_day(day, text, derivation=f"{days} days after the publication on {published}")


def _single(words: str, is_day_first: bool | None) -> Period | None:
    if found := _ISO.fullmatch(words) or _written_groups(words):
        return Period.of_day(dt.date(*(int(found[part]) for part in ("year", "month", "day"))), words)
    if found := _SLASHED.fullmatch(words):
        return _slashed(found, words, is_day_first)
    if found := _ISO_MONTH.fullmatch(words) or _SLASHED_MONTH.fullmatch(words):
        return Period.of_month(int(found["year"]), int(found["month"]), words)
    if found := _WRITTEN_MONTH.fullmatch(words):
        return Period.of_month(int(found["year"]), _MONTHS[found["month"].lower()], words)
    if found := _YEAR_ALONE.fullmatch(words):
        return Period.of_years(int(found["year"]), int(found["year"]), words)
    return None


def _written_groups(words: str) -> dict[str, str] | None:
    found = _WRITTEN.fullmatch(words)
    if not found:
        return None
    month = found["month"] or found["month2"]
    return {
        "year": found["year"] or found["year2"],
        "month": str(_MONTHS[month.lower()]),
        "day": found["day"] or found["day2"],
    }


def _slashed(found: re.Match[str], words: str, is_day_first: bool | None) -> Period | None:
    if is_day_first is None:
        return None
    first, second = (found[part].replace("dd", "00").replace("mm", "00") for part in ("first", "second"))
    day, month = (first, second) if is_day_first else (second, first)
    year = int(found["year"])
    if int(month) == 0 and int(day) == 0:
        return Period.of_years(year, year, words)
    if int(day) == 0:
        return Period.of_month(year, int(month), words)
    return Period.of_day(dt.date(year, int(month), int(day)), words)


def _between(words: str, is_day_first: bool | None) -> Period | None:
    if not (found := _RANGE.fullmatch(words)):
        return None
    ends = [_CIRCA.sub("", end, count=1) for end in found.groups() if end]
    first, last = (_single(end, is_day_first) for end in ends)
    if first is None or last is None or first.earliest is None or last.latest is None or last.latest < first.earliest:
        return None
    return Period(first.earliest, last.latest, "between", words, is_approximate=any(map(_CIRCA.match, (found.groups("")))))


# --- Executive orders of the United States ----------------------------------------------------------------------------

_HOUR = re.compile(r"\d{1,2}:\d\d [ap]\.m\.,?(?: eastern (?:standard|daylight) time,?)?(?: on)? ", re.IGNORECASE)
_DAYS_AFTER_ORDER = re.compile(r"(?P<count>\d{1,3})\s+days\s+after\s+the\s+date\s+of\s+this\s+order", re.IGNORECASE)


def order_day(text: str, *, signed: dt.date) -> Period:
    """The day that an order sets: `12:01 a.m. eastern daylight time on May 23, 2001`, `7 days after the date of this order`.

    The date of an order is the day of its signature. Raises UnreadableDate for other words.
    """
    words = " ".join(text.split())
    plain = _HOUR.sub("", words, count=1)
    if found := _DAYS_AFTER_ORDER.fullmatch(plain):
        day = signed + dt.timedelta(days=int(found["count"]))
        return Period.of_day(day, words, derivation=f"{found['count']} days after the date of the order, {signed}")
    return english(plain)._replace(text=words)


# --- English prose ----------------------------------------------------------------------------------------------------

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SAID_MONTH = (
    r"(?P<month>jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)|apr(?:il|\.)|may|june?|july?|aug(?:ust|\.)?|sept?(?:ember|\.)?"
    r"|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_SAID_YEAR = r"(?P<year>(?:19|20)\d\d)"
_SAID_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_SAID_WEEKDAY = rf"(?P<weekday>{'|'.join(_WEEKDAYS)})"
_LEADING = re.compile(
    r"(?:on|in|from|as of|since|by|until|till|through|effective(?: on| from| as of)?|beginning(?: on| in)?|starting(?: on| in)?"
    r"|within|earlier|late(?: on)?|early(?: on)?|before|after|the|of|dated|back in|up to|with effect from"
    r"|not? later than|prior to)\s+"
)
_MONTH_DAY = (
    rf"(?:{_SAID_MONTH} {_SAID_DAY}|{_SAID_DAY.replace('day', 'day2', 1)}(?: of)? {_SAID_MONTH.replace('month', 'month2', 1)})"
)
_TWO_YEARS = (
    r"(?:between |from )?(?P<first>(?:19|20)\d\d) (?:and|to|until) (?P<last>(?:19|20)\d\d)"
    r"|(?P<first2>(?:19|20)\d\d)[-–](?P<last2>(?:19|20)\d\d)"
)
_COUNTS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "fifteen": 15, "twenty": 20, "thirty": 30, "sixty": 60, "ninety": 90,
}  # fmt: skip
_PROSE = {
    "iso": r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)",
    "day": rf"(?:(?:{'|'.join(_WEEKDAYS)}),? )?{_MONTH_DAY}(?:,? {_SAID_YEAR})?",
    "today": r"(?P<word>today|tonight|yesterday|tomorrow|this (?:morning|afternoon|evening))(?:'s)?",
    "weekday": rf"(?P<which>last |this |next |this past |this coming )?{_SAID_WEEKDAY}(?:'s)?(?: (?:night|morning|evening))?",
    "month": (
        rf"(?P<which>last |this |next |early |mid-|late |earlier this )*{_SAID_MONTH}"
        rf"(?: of)?,?(?: {_SAID_YEAR}| (?P<of>this|last|next) year)?(?:'s)?"
    ),
    "end_of_year": rf"(?P<edge>end|start|beginning) of (?:{_SAID_YEAR}|(?P<which>this|the|next|last) year)",
    "months": rf"(?:between )?{_SAID_MONTH.replace('month', 'month2')}(?: (?P<year2>\d{{4}}))? and {_SAID_MONTH} {_SAID_YEAR}",
    "span": _TWO_YEARS,
    "year": rf"(?P<about>early |mid-|mid |late |about |around )?{_SAID_YEAR}",
    "count": rf"(?P<count>\d{{1,3}}|{'|'.join(_COUNTS)}) (?P<unit>day|week)s(?: from (?:now|today))?",
    "ago": rf"(?P<count>\d{{1,3}}|{'|'.join(_COUNTS)}) (?P<unit>day|week|month|year)s? ago",
    "which": (
        r"(?P<which>last|this|next|earlier this|later this|earlier in the|later in the|the past|the previous|past|previous)"
        r" (?P<unit>year|month|week)"
    ),
    "at_once": r"(?P<word>immediately|at once|(?:with )?immediate effect|forthwith)",
}


def prose(text: str, *, published: dt.date | None = None, is_ahead: bool | None = None) -> Period:
    """The day, month or year that words of a news item name, against the day on which it was published.

    `on Tuesday` is the day of publication or the last such day before it (`is_ahead`: the next after it); `April 5` and
    `in January` are the nearest, though not far ahead (`is_ahead`: the next ones; False: never ahead); `last March` lies
    before the month of publication, `last year` is the year before; `today` is the day of publication, from which
    `30 days from now` and `11 years ago` count; what is done `with immediate effect` is done on it. `by the end of 2017` is
    not after its last day, `before May 1` not after the day before it. Precision is that of the words; `mid-2017` is the
    year, approximate; `between June and August 2021` lies between. Raises UnreadableDate for other words, and for
    words that count from a day of publication which is not known.
    """
    words = " ".join(text.replace("’", "'").lower().split()).strip(" ,.")
    kind, said = _said(words)
    if said is None:
        raise UnreadableDate(f"{text!r} is no date as prose writes them")
    try:
        period = _PROSE_READERS[kind](text, said, published, is_ahead)
        return _limited(period, limit) if (limit := _LIMIT.match(words)) else period
    except (ValueError, OverflowError) as error:
        raise UnreadableDate(f"{text!r} names a day that never was: {error}") from error


def _said(words: str) -> tuple[str, re.Match[str] | None]:
    """The form in which words name a day, with or without the words that lead to it."""
    for kind, pattern in _PROSE.items():
        if said := re.fullmatch(pattern, words):
            return kind, said
    found = _LEADING.match(words)
    return _said(words[found.end() :]) if found else ("", None)


_LIMIT = re.compile(r"(?:by|not? later than|(?P<before>before|prior to))\b")


def _limited(period: Period, limit: re.Match[str]) -> Period:
    latest = period.earliest - dt.timedelta(days=1) if limit["before"] and period.earliest else period.latest
    return period._replace(earliest=None, latest=latest, precision="not_after")


def _known(text: str, published: dt.date | None) -> dt.date:
    if published is None:
        raise UnreadableDate(f"{text!r} counts from the day of publication, which is not known here")
    return published


def _prose_day(text: str, said: re.Match[str], published: dt.date | None, is_ahead: bool | None) -> Period:
    month, day = _MONTHS[(said["month"] or said["month2"])[:3]], int(said["day"] or said["day2"])
    if said["year"]:
        return Period.of_day(dt.date(int(said["year"]), month, day), text)
    near = _known(text, published)
    days = [dt.date(year, month, day) for year in (near.year - 1, near.year, near.year + 1) if _is_day(year, month, day)]
    away = {(each - near).days: each for each in days}
    return Period.of_day(away[_nearest(away, is_ahead)], text, derivation=f"counted from the publication on {near}")


def _nearest(away: Iterable[int], is_ahead: bool | None) -> int:
    """Of numbers of days from the publication the one that is meant; what lies ahead may have begun a month before."""
    least, most = {True: (-31, 397), None: (-397, 90), False: (-397, 0)}[is_ahead]
    near = [days for days in away if least <= days <= most]
    if not near:
        raise UnreadableDate("the words name a day that no near year has")
    return min(near, key=abs)


def _is_day(year: int, month: int, day: int) -> bool:
    return 1 <= day <= calendar.monthrange(year, month)[1]


def _prose_today(text: str, said: re.Match[str], published: dt.date | None, _: bool | None) -> Period:
    near = _known(text, published)
    shift = {"yesterday": -1, "tomorrow": 1}.get(said["word"], 0)
    return Period.of_day(near + dt.timedelta(days=shift), text, derivation=f"counted from the publication on {near}")


def _prose_weekday(text: str, said: re.Match[str], published: dt.date | None, is_ahead: bool | None) -> Period:
    near = _known(text, published)
    number = _WEEKDAYS.index(said["weekday"])
    if is_ahead or (said["which"] or "").strip() in {"next", "this coming"}:
        day = near + dt.timedelta(days=(number - near.weekday() - 1) % 7 + 1)
        return Period.of_day(day, text, derivation=f"the first after the publication on {near}")
    day = near - dt.timedelta(days=(near.weekday() - number) % 7)
    return Period.of_day(day, text, derivation=f"the day of publication, {near}, or the last before it")


def _prose_month(text: str, said: re.Match[str], published: dt.date | None, is_ahead: bool | None) -> Period:
    month = _MONTHS[said["month"][:3]]
    if said["year"]:
        return Period.of_month(int(said["year"]), month, text)
    near = _known(text, published)
    which = (said["which"] or "").strip()
    if said["of"]:
        year = near.year + _SHIFTS[said["of"]]
    elif which in {"last", "this past"}:
        year = near.year if month < near.month else near.year - 1
    elif which == "next":
        year = near.year if month > near.month else near.year + 1
    else:
        away = {30 * ((year - near.year) * 12 + month - near.month): year for year in (near.year - 1, near.year, near.year + 1)}
        year = away[_nearest(away, is_ahead)]
    return Period.of_month(year, month, text)._replace(derivation=f"counted from the publication on {near}")


_SHIFTS = {"this": 0, "last": -1, "next": 1}


def _prose_end_of_year(text: str, said: re.Match[str], published: dt.date | None, _: bool | None) -> Period:
    shift = {"next": 1, "last": -1}.get(said["which"] or "", 0)
    year = int(said["year"]) if said["year"] else _known(text, published).year + shift
    day = dt.date(year, 12, 31) if said["edge"] == "end" else dt.date(year, 1, 1)
    return Period.of_day(day, text)._replace(is_approximate=True)


def _prose_months(text: str, said: re.Match[str], _: dt.date | None, __: bool | None) -> Period:
    last = Period.of_month(int(said["year"]), _MONTHS[said["month"][:3]], text)
    first = Period.of_month(int(said["year2"] or said["year"]), _MONTHS[said["month2"][:3]], text)
    if first.earliest is None or last.latest is None or last.latest < first.earliest:
        raise UnreadableDate(f"{text!r} ends before it begins")
    return Period(first.earliest, last.latest, "between", text)


def _prose_span(text: str, said: re.Match[str], _: dt.date | None, __: bool | None) -> Period:
    first, last = int(said["first"] or said["first2"]), int(said["last"] or said["last2"])
    if last < first:
        raise UnreadableDate(f"{text!r} ends before it begins")
    return Period.of_years(first, last, text)


def _prose_year(text: str, said: re.Match[str], _: dt.date | None, __: bool | None) -> Period:
    return Period.of_years(int(said["year"]), int(said["year"]), text)._replace(is_approximate=bool(said["about"]))


def _prose_which(text: str, said: re.Match[str], published: dt.date | None, _: bool | None) -> Period:
    near = _known(text, published)
    shift = {"next": 1, "last": -1, "the past": -1, "the previous": -1, "past": -1, "previous": -1}.get(said["which"], 0)
    derivation = f"counted from the publication on {near}"
    if said["unit"] == "year":
        return Period.of_years(near.year + shift, near.year + shift, text)._replace(derivation=derivation)
    if said["unit"] == "month":
        months = near.year * 12 + near.month - 1 + shift
        return Period.of_month(months // 12, months % 12 + 1, text)._replace(derivation=derivation)
    monday = near - dt.timedelta(days=near.weekday() - 7 * shift)
    return Period(monday, monday + dt.timedelta(days=6), "between", text, derivation=derivation)


_UNIT_DAYS = {"day": 1, "week": 7}


def _prose_count(text: str, said: re.Match[str], published: dt.date | None, _: bool | None) -> Period:
    near = _known(text, published)
    days = _said_count(said) * _UNIT_DAYS[said["unit"]]
    return Period.of_day(near + dt.timedelta(days=days), text, derivation=f"counted from the publication on {near}")


def _said_count(said: re.Match[str]) -> int:
    return int(said["count"]) if said["count"].isdigit() else _COUNTS[said["count"]]


def _prose_ago(text: str, said: re.Match[str], published: dt.date | None, _: bool | None) -> Period:
    near, count = _known(text, published), _said_count(said)
    derivation = f"counted from the publication on {near}"
    if said["unit"] in _UNIT_DAYS:
        day = near - dt.timedelta(days=count * _UNIT_DAYS[said["unit"]])
        return Period.of_day(day, text, derivation=derivation)
    if said["unit"] == "year":
        period = Period.of_years(near.year - count, near.year - count, text)
    else:
        months = near.year * 12 + near.month - 1 - count
        period = Period.of_month(months // 12, months % 12 + 1, text)
    return period._replace(is_approximate=True, derivation=derivation)


def _prose_iso(text: str, said: re.Match[str], _: dt.date | None, __: bool | None) -> Period:
    return Period.of_day(dt.date(*(int(said[part]) for part in ("year", "month", "day"))), text)


_PROSE_READERS = {
    "iso": _prose_iso, "day": _prose_day, "today": _prose_today, "weekday": _prose_weekday, "month": _prose_month,
    "end_of_year": _prose_end_of_year, "months": _prose_months, "span": _prose_span, "year": _prose_year, "which": _prose_which,
    "count": _prose_count, "ago": _prose_ago, "at_once": _prose_today,
}  # fmt: skip


# --- Chinese ----------------------------------------------------------------------------------------------------------

_CHINESE_NUMBER = "[0-9〇○零一二三四五六七八九十]+"
_CHINESE_DAY = re.compile(
    rf"自?(?P<year>{_CHINESE_NUMBER})年(?P<month>{_CHINESE_NUMBER})月(?P<day>{_CHINESE_NUMBER})日"
    r"(?:\d{1,2}时(?:\d{1,2}分)?)?起?(?:正式)?(?:施行|实施)?"
)
_CHINESE_PUBLICATION = re.compile("自?公布之日起?(?:正式)?(?:施行|实施)?")


def chinese(text: str, *, published: dt.date | None = None) -> Period:
    """The day that Chinese words name: `2024年12月5日`, `二〇二四年十二月五日`, `自2025年4月10日12时01分起`, `自公布之日起`.

    The hour is left in the words. The last form counts from the day of publication. Raises UnreadableDate for others.
    """
    words = "".join(unicodedata.normalize("NFKC", text).split())
    if _CHINESE_PUBLICATION.fullmatch(words):
        if published is None:
            raise UnreadableDate(f"{text!r} counts from the day of publication, which is not known here")
        return Period.of_day(published, text, derivation=f"the day of publication, {published}")
    if not (found := _CHINESE_DAY.fullmatch(words)):
        raise UnreadableDate(f"expected a Chinese date, found {text!r}")
    year, month, day = (kanji_value(found[part].replace("零", "〇")) for part in ("year", "month", "day"))
    try:
        return Period.of_day(dt.date(year, month, day), text)
    except (ValueError, OverflowError) as error:
        raise UnreadableDate(f"{text!r} is no day of the calendar: {error}") from None


# --- Russian ----------------------------------------------------------------------------------------------------------

_RUSSIAN_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"
)  # fmt: skip
_RUSSIAN_DAY = re.compile(
    rf"(?:с )?(?P<day>\d\d?) (?P<month>{'|'.join(_RUSSIAN_MONTHS)}) "
    r"(?:(?P<year>\d{4})(?: ?(?:года|год|г\.))?|(?P<current>с\. ?г\.))",
    re.IGNORECASE,
)
_RUSSIAN_NUMBERS = re.compile(r"(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>\d{4})(?: \d\d?:\d\d)?", re.ASCII)


def russian(text: str, *, written: dt.date | None = None) -> Period:
    """The day that Russian words name: `5 декабря 2024 года`, `05.12.2024 14:30`, and `5 декабря с.г.` of the year `written`.

    Raises UnreadableDate for others.
    """
    words = " ".join(text.split())
    derivation = None
    if found := _RUSSIAN_NUMBERS.fullmatch(words):
        year, month = int(found["year"]), int(found["month"])
    elif found := _RUSSIAN_DAY.fullmatch(words):
        month = _RUSSIAN_MONTHS.index(found["month"].lower()) + 1
        if found["year"] is None and written is None:
            raise UnreadableDate(f"{text!r} names a day of the current year, which is not known here")
        derivation = f"the current year of words of {written}" if found["year"] is None else None
        year = int(found["year"]) if found["year"] else (written or dt.date.min).year
    else:
        raise UnreadableDate(f"expected a Russian date, found {text!r}")
    try:
        return Period.of_day(dt.date(year, month, int(found["day"])), text, derivation=derivation)
    except ValueError as error:
        raise UnreadableDate(f"{text!r} is no day of the calendar: {error}") from None


# --- Resolutions of the Security Council ------------------------------------------------------------------------------

_COUNTS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "eighteen": 18, "twenty": 20,
    "twenty-four": 24, "thirty": 30, "sixty": 60, "ninety": 90,
}  # fmt: skip
_AT_ONCE = re.compile(
    r"(?:with |takes? |effective )?(?:immediate effect|immediately|forthwith)(?: upon (?:the )?adoption)?", re.IGNORECASE
)
_AN_HOUR = re.compile(
    r"(?:(?:at|as of|as from|from|with effect from|until|on|beginning at|of)\s+)*(?:\d\d[.:]?\d\d\s[^0-9]*)?(?P<day>\d.*)",
    re.IGNORECASE,
)
_A_TERM = re.compile(
    r"(?:for |of )?(?:an? )?(?:initial |further |additional |new )*(?:period of |term of )?(?:another )?"
    rf"(?P<count>\d+|{'|'.join(sorted(_COUNTS, key=len, reverse=True))})[ -](?P<unit>day|week|month|year)s?"
    r"(?P<rest>(?: (?:after|from|of|following) .*)?)",
    re.IGNORECASE,
)


def resolution_day(text: str, *, adopted: dt.date, since: dt.date | None = None, condition: str | None = None) -> Period:
    """The day that a resolution sets: `at 0001 hours eastern standard time on 1 December 1993`, `with immediate effect`,
    `ten days after the date of adoption`, `for a period of 12 months`; the day of adoption for no words.

    Members carry out decisions of the Council from their adoption on where these set no other day (Article 25 of the
    Charter). A period without a beginning of its own counts from `since`, else from `adopted`, to the day of the same number.
    `condition` are words that the day depends on; they stand in the derivation. Raises UnreadableDate for other words.
    """
    words = " ".join(text.split()).strip(" ,;.")
    depends = f"; {' '.join(condition.split())}" if condition else None
    if not words or _AT_ONCE.fullmatch(words):
        why = (
            "the day of adoption"
            if words
            else "no other day is set: binding from the day of adoption (Article 25 of the Charter)"
        )
        return Period.of_day(adopted, text or "adopted", derivation=f"{why}, {adopted}{depends or ''}")
    if found := _A_TERM.fullmatch(words):
        start = adopted if since is None or "adoption" in found["rest"] else since
        count = int(found["count"]) if found["count"].isdigit() else _COUNTS[found["count"].lower()]
        day = _later(text, start, count, found["unit"].lower())
        return Period.of_day(day, text, derivation=f"{count} {found['unit'].lower()}s from {start}{depends or ''}")
    hour = _AN_HOUR.fullmatch(words)
    period = english(hour["day"] if hour else words)
    return period._replace(text=text, derivation=depends[2:] if depends else None)


def _later(text: str, start: dt.date, count: int, unit: str) -> dt.date:
    """The day so many days, weeks, months or years after another; the last of its month where it has no such day."""
    if unit in ("day", "week"):
        return start + dt.timedelta(days=count * (7 if unit == "week" else 1))
    months = start.year * 12 + start.month - 1 + count * (12 if unit == "year" else 1)
    year, month = months // 12, months % 12 + 1
    if year > dt.date.max.year:
        raise UnreadableDate(f"{text!r} counted from {start} leaves the calendar")
    return dt.date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
