"""The goods that may not be exported to Russia by Regulation 833/2014, as codes of the Combined Nomenclature.

Two files tell the annexes of one consolidated text, neither the annex that a code stands in: the codes as they were copied,
with headings among them and zeros lost at the head of two, and the codes of eight digits with Eurostat's words for them.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pipeline.documents import Document
from pipeline.readers.delimited import UnknownColumns, rows
from pipeline.readers.xml import UnknownContent
from pipeline.records import DatedStep, Goods, Instrument, Measure, MeasureInstrument, Period, Record, Reject
from pipeline.sources import Source

COPIED = ["code"]
WORDED = ["code", "product"]
_CONSOLIDATED = re.compile(r"/celex/0(?P<act>\d{4}[A-Z]\d{4})-(?P<day>\d{8})$")
# Eurostat puts the years to a label where a code has changed its meaning; 2500 stands for no end.
_YEARS = re.compile(r"\(\d{4}-(\d{4})\)(?:;|$)")
_NO_END = 2500
_HEADING_DIGITS = 4


class Label(NamedTuple):
    """Words for a code, and the last year in which they were its words; None while they are."""

    words: str
    last_year: int | None


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield the measure and the act that it rests on, then each code in the order of the file."""
    facts = source.facts["measure"]
    day = _consolidated_on(document.url, facts["act"])
    yield from _measure(facts, day)
    for number, row in enumerate(rows(document, None), start=2):
        if list(row) not in (COPIED, WORDED):
            raise UnknownColumns(f"expected the columns {', '.join(WORDED)}, or {COPIED[0]} alone; came {', '.join(row)}")
        yield _goods(row, facts, day.year) if row["code"].strip() else _without_code(number, row)


def label(product: str) -> Label:
    """The newest of the words that the file gives for a code."""
    said = _YEARS.split(product)  # words, last year, words, last year, … and what follows the last year
    labels = [Label(words, int(last)) for words, last in zip(said[::2], said[1::2], strict=False)]
    if not labels:
        return Label(product, None)
    newest = max(labels, key=lambda each: each.last_year or 0)
    return newest if newest.last_year != _NO_END else Label(newest.words, None)


def _consolidated_on(url: str, act: str) -> dt.date:
    """The day of the consolidated text, which its number bears; raises UnknownContent where it is one of another act."""
    found = _CONSOLIDATED.search(url)
    if found is None or f"3{found['act']}" != act:
        raise UnknownContent(f"expected the address of a consolidated text of {act}; came {url}")
    return dt.datetime.strptime(found["day"], "%Y%m%d").date()  # noqa: DTZ007 (a day has no zone)


def _measure(facts: Mapping[str, Any], day: dt.date) -> Iterator[Record]:
    act, key = facts["act"], _key(facts)
    yield Instrument(act, facts["act_type"], facts["act_title"], facts["read_in"])
    yield Measure(
        key, facts["type_text"], "/rows", "goods", authority_name=facts["authority_name"],
        territory_texts=(facts["territory"],), title=facts["title"],
    )  # fmt: skip
    yield MeasureInstrument(key, act, "imposes")
    told = f"stands in the text as consolidated on {day}; since when is not told"
    yield DatedStep(
        key, "impose", "effective", Period(None, day, "not_after", day.isoformat(), derivation=told), instrument_number=act
    )


def _key(facts: Mapping[str, Any]) -> str:
    return f"{facts['act']}|goods of the export annexes|{facts['territory']}"


def _goods(row: Mapping[str, str], facts: Mapping[str, Any], year: int) -> Goods:
    code = row["code"].strip()
    told = label(row["product"].strip()) if row.get("product", "").strip() else Label("", None)
    return Goods(
        _key(facts), None, told.words or None, "cn", f"/rows[code='{row['code']}']", code=code,
        year=min(year, told.last_year or year), quote=code,
        # Of 25 headings among 115 some subheadings are in no code of the list: a heading does not say that all of it is meant.
        is_part_of_code=len(code) <= _HEADING_DIGITS,
    )  # fmt: skip


def _without_code(number: int, row: Mapping[str, str]) -> Reject:
    return Reject(f"/rows[{number}]", "goods", "missing_value", "expected a code; the cell is empty", repr(dict(row)))
