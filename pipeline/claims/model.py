"""What goes into a reading of prose and what comes out: texts, places in them, and claims."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.records import Action, Precision, Step


class UnreadText(Exception):
    """An extractor could not read a text; the message says why. Other texts are not concerned."""


@dataclass(frozen=True)
class Text:
    """A press release or news item, as its publisher wrote it."""

    key: str
    text: str
    title: str = ""
    published: dt.date | None = None
    """In the publisher's time zone; relative days are resolved against it."""
    publisher_issuer_code: str | None = None
    """The issuer whose own press it is; None for news."""
    language: str = "en"


class Span(NamedTuple):
    """A place in a text: code points from `start` up to, not including, `end`."""

    start: int
    end: int


class ClaimDate(NamedTuple):
    """A dated step that a text tells."""

    action: Action
    step: Step
    earliest: dt.date | None
    """First possible day, as in `pipeline.records.Period`."""
    latest: dt.date | None
    precision: Precision
    text: str
    """The words that it was read from ("on Tuesday")."""
    span: Span
    derivation: str | None = None
    """How the day was computed, where it does not stand in the words."""


class Claim(NamedTuple):
    """Who restricts what, against whom, as one extractor read it."""

    issuer_codes: tuple[str, ...]
    """Empty where the text does not say who."""
    territory_codes: tuple[str, ...]
    measure_type_code: str
    status_code: str | None
    action_code: str
    evidence: tuple[Span, ...]
    goods_text: str | None = None
    instrument_texts: tuple[str, ...] = ()
    target_names: tuple[str, ...] = ()
    dates: tuple[ClaimDate, ...] = ()
    confidence_code: str = "low"
    extractor_name: str = "rules"
    is_performed: bool = False
    """Whether the press of the issuer does with these words what they tell: "is designating"."""
    is_of_terrorism: bool = False
    """Whether its text rests on an act against terrorism at large: whom that hits says nothing of a territory."""


class Fault(NamedTuple):
    """A claim that the validator does not let pass, and why; `reason` is a code of `reject_reason_code`."""

    claim: Claim
    reason: str
    reason_text: str
