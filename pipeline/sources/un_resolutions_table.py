"""Addresses of resolutions (number → record), and the table of measures whose texts are not held.

The record table tells where each resolution stands and nothing else. What a resolution imposes, changes and ends comes from
the cited table `[[measure]]` of the .toml: every day from it bears a derivation that says so. A row whose act has no address,
neither in the record table nor in `act`, is a reject.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from pipeline.dates import resolution_day
from pipeline.documents import Document
from pipeline.readers.delimited import rows
from pipeline.readers.resolutions import AUTHORITY, KIND, Reader, native, title
from pipeline.records import (
    Action,
    DatedStep,
    Goods,
    Instrument,
    InstrumentLink,
    Measure,
    MeasureInstrument,
    Period,
    Record,
    Reject,
    Step,
)
from pipeline.sources import Source

_HEADER = ("res_no", "url_record")


class Part(NamedTuple):
    """One measure of a row: a paragraph and what it imposes."""

    provision: str | None
    """The paragraph; None where no place that was seen numbers it."""
    type_text: str
    scope: Any
    goods: str | None
    sector: str | None
    checked_at: str | None


@dataclass(frozen=True)
class Acts:
    """The acts that the table names: when they were adopted, and where they stand."""

    adopted: Mapping[str, dt.date]
    addresses: Mapping[str, str]
    held: frozenset[str]
    """Those that stand in the record table."""

    def locator(self, number: str) -> str | None:
        """The place of an act in the record table; None where it does not stand there."""
        return _locator(number) if number in self.held else None

    def unknown(self, row: Mapping[str, Any]) -> list[str]:
        """The acts of a row that have no address or no day."""
        named = [row["act"], *(step["act"] for step in row.get("steps", ()))]
        return sorted({act for act in named if act not in self.addresses or act not in self.adopted})


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield each act that is used with its address, then the table's regimes and measures."""
    records = {row["res_no"]: row["url_record"] for row in rows(document, _HEADER)}
    acts = _acts(source, records)
    reader = Reader(source)
    for number in sorted(acts.addresses):
        url, place = acts.addresses[number], acts.locator(number)
        yield Instrument(number, KIND, url=url, locator=place, quote=url if place else None)
    for key in sorted({row["regime"] for row in source.facts["measure"]}):
        yield reader.programme(key)
    for row in source.facts["measure"]:
        yield from _row(row, acts)


def _acts(source: Source, records: Mapping[str, str]) -> Acts:
    adopted = {str(row["number"]): row["adopted"] for row in source.facts["act"]}
    own = {str(row["number"]): str(row["url"]) for row in source.facts["act"] if "url" in row}
    held = {number: records[_record_number(number)] for number in adopted if _record_number(number) in records}
    return Acts(adopted, own | held, frozenset(held))


def _record_number(number: str) -> str:
    """1718 for `S/RES/1718 (2006)`."""
    plain = number.removeprefix("S/RES/").partition(" ")[0]
    assert native(plain, number[-5:-1]) == number
    return plain


def _locator(number: str) -> str:
    return f"/rows[res_no='{_record_number(number)}']"


def _row(row: Mapping[str, Any], acts: Acts) -> Iterator[Record]:
    """The measures of one act, each with its steps; a reject where an act of the row has no address."""
    number = row["act"]
    if unknown := acts.unknown(row):
        text = f"expected an address and a day for {', '.join(unknown)}"
        yield Reject(_locator(number), "measures", "dangling_reference", text, repr(dict(row)))
        return
    for facts in row["parts"]:
        part = Part(
            facts.get("provision"), facts["type_text"], facts["scope"], facts.get("goods"), facts.get("sector"),
            facts.get("checked_at"),
        )  # fmt: skip
        yield from _measure(row, part, acts)


def _measure(row: Mapping[str, Any], part: Part, acts: Acts) -> Iterator[Record]:
    number = row["act"]
    founding = f"{number}|{part.provision}" if part.provision else number
    key = f"{founding}|{part.type_text}"
    url = acts.addresses[number]
    measure = Measure(
        key, part.type_text, _locator(number), part.scope, programme_key=row["regime"], authority_name=AUTHORITY,
        territory_texts=tuple(row["territories"]), title=title(part.type_text, row["territories"], founding),
        goods_text=part.goods, sector_text=part.sector, quote=url, founding_act=founding,
    )  # fmt: skip
    yield measure
    yield MeasureInstrument(key, number, "imposes", _shown(part.provision))
    if "told_by" not in row:  # where its text is held, that tells its goods and its beginning
        yield from _beginning(row, part, acts, key)
    for step in row.get("steps", ()):
        if part.provision in step.get("only", [part.provision]):
            yield from _changed(step, key, number, acts)


def _beginning(row: Mapping[str, Any], part: Part, acts: Acts, key: str) -> Iterator[Record]:
    number, adopted = row["act"], acts.adopted[row["act"]]
    what = _shown(part.provision) or "the decision"
    seen = f"{what} seen at {part.checked_at}" if part.checked_at else "the paragraph has not been seen"
    approved = Period.of_day(adopted, number, derivation=f"day of adoption of {number}, from the table of acts")
    effective = _told(resolution_day(row.get("from", ""), adopted=adopted), number, seen)
    yield _step(key, ("impose", "approved", approved), number, "adopted", acts)
    yield _step(key, ("impose", "effective", effective), number, "in force", acts)
    if "until" in row:
        end = resolution_day(row["until"], adopted=adopted, since=effective.earliest)
        yield _step(key, ("expire", "effective", _told(end, number, seen)), number, "until", acts)
    if part.goods:
        yield Goods(key, _shown(part.provision) or number, part.goods, "text", _locator(number))


def _changed(step: Mapping[str, Any], key: str, founding: str, acts: Acts) -> Iterator[Record]:
    """A later act's step, and the end that it sets; `on` is a day that came after the act, with `why` it is known."""
    number = step["act"]
    adopted = acts.adopted[number]
    action: Action = step["action"]
    seen = f"seen at {step['checked_at']}" if "checked_at" in step else "the paragraph has not been seen"
    role: Literal["ends", "amends"] = "ends" if action == "lift" else "amends"
    yield MeasureInstrument(key, number, role, _shown(step.get("provision")))
    if number != founding:
        yield InstrumentLink(number, founding, action)
    if "on" in step:
        period = Period.of_day(step["on"], step["on"].isoformat(), derivation=f"{step['why']}; {seen}")
    else:
        period = _told(resolution_day(step.get("from", ""), adopted=adopted), number, seen)
    name: Step = step.get("step", "effective")
    yield _step(key, (action, name, period), number, f"{action} {period.earliest}", acts)
    if "until" in step:
        end = _told(resolution_day(step["until"], adopted=adopted, since=period.earliest), number, seen)
        yield _step(key, ("expire", "effective", end), number, "until", acts)


def _told(period: Period, number: str, seen: str) -> Period:
    """The period with a derivation that says that a table told it."""
    why = f"{period.derivation}; " if period.derivation else ""
    return period._replace(derivation=f"{why}from the table of measures of {number}; {seen}")


def _shown(provision: str | None) -> str | None:
    return f"para. {provision}" if provision else None


def _step(key: str, step: tuple[Action, Step, Period], number: str, what: str, acts: Acts) -> DatedStep:
    """A step of a measure, at the place of the act that takes it."""
    place = acts.locator(number)
    return DatedStep(
        key, *step, instrument_number=number, source_step_key=f"{number} {what}", locator=place,
        quote=acts.addresses[number] if place else None,
    )  # fmt: skip
