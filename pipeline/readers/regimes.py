"""Regimes and their measures, for lists that name a regime and not what it does.

A source's `.toml` holds the cited table: `[[programme]]` with `key`, `words` (every spelling that the source has used),
`name`, `url`, `territory_texts`, and in it `[[programme.measure]]` with `type_text`, `target_types` (the source's words
for the kinds of target that it applies to), `founding_act` where the act and paragraph are known under which the law tells
the same measure, and `acts`, each with `number`, `role`, `read_at` and, where known,
`provision`, `title`, `adopted` and `effective` (the first day of force). `checked_at` says where a provision was seen; none
stands there that was not seen.

Where a list states the measure itself, `[[programme]]` holds `acts` of its own instead, and `Regime.stated` tells the measure;
an act with a `type_text` belongs to that measure alone.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.records import DatedStep, Instrument, Listing, Measure, MeasureInstrument, Period, Programme

RegimeRecord = Programme | Instrument | Measure | MeasureInstrument | DatedStep


class UnknownRegime(LookupError):
    """A regime, or a measure of one, that the source names and its table does not hold: news, to be looked up."""


@dataclass(frozen=True)
class Act:
    """The act on which a measure of a regime stands."""

    number: str
    role: Literal["authority", "imposes", "amends", "ends"]
    read_at: str
    provision: str | None = None
    adopted: dt.date | None = None
    effective: dt.date | None = None
    checked_at: str | None = None
    title: str | None = None
    type_text: str | None = None
    """The only measure of the regime that stands on it; None where all do."""
    instrument_type: str | None = None
    """The source's word for its kind, where it is not that of the other acts."""

    def __post_init__(self) -> None:
        if self.provision is not None and self.checked_at is None:
            raise ValueError(f"{self.number}: {self.provision!r} needs a checked_at, the place where it was seen")


@dataclass(frozen=True)
class RegimeMeasure:
    """One restriction of a regime."""

    key: str
    type_text: str
    target_types: frozenset[str]
    acts: tuple[Act, ...]
    founding_act: str | None = None
    """The act and paragraph that founded it, as `Measure.founding_act` has them."""


@dataclass(frozen=True)
class Regime:
    """A regime of sanctions, and what it does to those on its list."""

    key: str
    name: str
    url: str
    territory_texts: tuple[str, ...]
    measures: tuple[RegimeMeasure, ...]
    acts: tuple[Act, ...] = ()
    """The acts of the regime, where the list states its measures itself."""
    authority_name: str | None = None
    """The body that acts, where it is not the one that names the regime."""

    def applying_to(self, target_type: str) -> tuple[RegimeMeasure, ...]:
        """The measures that the regime usually applies to a target of this type (the source's word)."""
        return tuple(measure for measure in self.measures if target_type in measure.target_types)

    def measure(self, type_text: str) -> RegimeMeasure:
        """The measure of this type; raises UnknownRegime where the table gives the regime none."""
        for measure in self.measures:
            if measure.type_text == type_text:
                return measure
        raise UnknownRegime(f"the regime {self.key} has no {type_text!r} in its table")

    def listings(self, target_key: str, target_type: str) -> tuple[Listing, ...]:
        """What a target stands under where its entry names the regime alone: derived, one listing for each measure."""
        return tuple(Listing(target_key, measure.key, "derived") for measure in self.applying_to(target_type))

    def records(self, locator: str, *, instrument_type: str) -> Iterator[RegimeRecord]:
        """The programme, its measures and acts; `locator` is where the document names the regime."""
        yield Programme(self.key, self.name, self.url, self.territory_texts)
        acts: dict[str, Act] = {}
        for act in (*self.acts, *(act for measure in self.measures for act in measure.acts)):
            acts.setdefault(act.number, act)
        for act in acts.values():
            yield Instrument(act.number, act.instrument_type or instrument_type, act.title, url=act.read_at)
        for measure in self.measures:
            yield Measure(
                measure.key, measure.type_text, locator, "listed_targets",
                programme_key=self.key, authority_name=self.authority_name or self.name, territory_texts=self.territory_texts,
                founding_act=measure.founding_act,
            )  # fmt: skip
            for act in measure.acts:
                yield MeasureInstrument(measure.key, act.number, act.role, act.provision)
                if act.role == "imposes" and act.adopted is not None:
                    yield _imposed(measure, act, "approved", act.adopted, "day of adoption")
                if act.role == "imposes" and act.effective is not None:
                    yield _imposed(measure, act, "effective", act.effective, "first day of force")

    def stated(self, type_text: str, locator: str) -> Iterator[RegimeRecord]:
        """A measure that the list itself states under this regime, with the most exact row of its table for each act."""
        key = f"{self.key}|{type_text}"
        yield Measure(
            key, type_text, locator, "listed_targets",
            programme_key=self.key, authority_name=self.authority_name or self.name, territory_texts=self.territory_texts,
        )  # fmt: skip
        acts = {act.number: act for act in self.acts if act.type_text is None}
        acts |= {act.number: act for act in self.acts if act.type_text == type_text}
        for act in acts.values():
            yield MeasureInstrument(key, act.number, act.role, act.provision)


def _imposed(measure: RegimeMeasure, act: Act, step: Literal["approved", "effective"], day: dt.date, what: str) -> DatedStep:
    """A step of the act that imposed the measure. From the table, so the derivation says where it comes from."""
    period = Period.of_day(day, act.number, derivation=f"{what} of {act.number}, from the table of regimes")
    return DatedStep(measure.key, "impose", step, period, instrument_number=act.number, source_step_key=act.number)


def regimes(facts: Mapping[str, Any]) -> dict[str, Regime]:
    """Every regime of a source's table by each word that names it; raises ValueError for a word of two regimes."""
    found: dict[str, Regime] = {}
    for row in facts["programme"]:
        regime = _regime(row)
        for word in row["words"]:
            if word in found:
                raise ValueError(f"{word!r} names both {found[word].key} and {regime.key}")
            found[word] = regime
    return found


def _regime(row: Mapping[str, Any]) -> Regime:
    measures = tuple(
        RegimeMeasure(
            f"{row['key']}|{measure['type_text']}", measure["type_text"], frozenset(measure["target_types"]),
            tuple(Act(**act) for act in measure["acts"]), measure.get("founding_act"),
        )
        for measure in row.get("measure", ())
    )  # fmt: skip
    return Regime(
        row["key"], row["name"], row["url"], tuple(row["territory_texts"]), measures,
        tuple(Act(**act) for act in row.get("acts", ())), row.get("authority_name"),
    )  # fmt: skip
