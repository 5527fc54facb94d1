"""The one validator of claims, whoever made them: rules, a parser or a language model."""

import datetime as dt
import functools
import itertools
from collections.abc import Callable, Iterable, Iterator

import schemas
from pipeline.claims import acts, gazetteer
from pipeline.claims.model import Claim, ClaimDate, Fault, Span, Text
from pipeline.claims.sentences import paragraphs, sentences
from pipeline.dates import UnreadableDate, prose

_TEXTS = ("measure_type_code", "action_code", "confidence_code", "extractor_name")
_TEXTS_OR_NONE = ("status_code", "goods_text")
_SEVERAL_TEXTS = ("issuer_codes", "territory_codes", "instrument_texts", "target_names")
_LISTS = {
    "measure_type_code": "measure_type_code", "status_code": "status_code", "action_code": "claim_action_code",
    "confidence_code": "confidence_code",
}  # fmt: skip
"""By field of a claim the closed list that its code must be in."""
_LISTS_OF_DATES = {"action": "action_code", "step": "step_code", "precision": "date_precision_code"}


def examined(claims: Iterable[Claim], text: Text) -> tuple[list[Claim], list[Fault]]:
    """The claims that hold, and for each of the others its first fault."""
    passed, failed = [], []
    for claim in claims:
        fault = next(faults(claim, text), None)
        if fault is None:
            passed.append(claim)
        else:
            failed.append(fault)
    return passed, failed


def faults(claim: Claim, text: Text) -> Iterator[Fault]:
    """What is wrong with a claim: its shape, places, codes, dates, and what does not stand in the text.

    A claim of a wrong shape is shown without places, since what it has for them may be none.
    """
    if told := _misshapen(claim):
        yield Fault(claim._replace(evidence=(), dates=()), "malformed_value", told)
        return
    yield from _misplaced(claim, text)
    yield from _unlisted(claim)
    for date in claim.dates:
        if told := _misdated(date, text):
            yield Fault(claim, "malformed_date", told)
    yield from _unmentioned(claim, text)
    yield from _unquoted(claim, text)


def _misshapen(claim: Claim) -> str | None:
    """Which field of a claim is not of its type, whatever made it."""
    values = claim._asdict()
    is_sound = {
        **{field: _is_text(values[field]) for field in _TEXTS},
        **{field: values[field] is None or _is_text(values[field]) for field in _TEXTS_OR_NONE},
        **{field: _is_all(values[field], _is_text) for field in _SEVERAL_TEXTS},
        "evidence": _is_all(values["evidence"], _is_span),
        "dates": _is_all(values["dates"], _is_date),
    }
    wrong = next((field for field, holds in is_sound.items() if not holds), None)
    return f"{wrong} is of another type: {values[wrong]!r}" if wrong else None


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_all(values: object, is_sound: Callable[[object], bool]) -> bool:
    return isinstance(values, tuple) and all(map(is_sound, values))


def _is_span(value: object) -> bool:
    return isinstance(value, Span) and all(type(place) is int for place in value)


def _is_date(value: object) -> bool:
    return (
        isinstance(value, ClaimDate)
        and all(_is_text(each) for each in (value.action, value.step, value.precision))
        and isinstance(value.text, str)
        and _is_span(value.span)
        and all(day is None or isinstance(day, dt.date) for day in (value.earliest, value.latest))
    )


def _misplaced(claim: Claim, text: Text) -> Iterator[Fault]:
    if not claim.evidence:
        yield Fault(claim, "missing_value", "a claim needs the sentence that carries it")
    for span in claim.evidence:
        if not _is_inside(span, text):
            yield Fault(
                claim,
                "malformed_value",
                f"evidence {span.start}-{span.end} lies outside the text of {len(text.text)} characters",
            )
        elif not _is_sentence(span, text.text):
            yield Fault(claim, "malformed_value", f"evidence {span.start}-{span.end} is not one whole sentence")


def _is_inside(span: Span, text: Text) -> bool:
    return 0 <= span.start < span.end <= len(text.text)


def _is_sentence(span: Span, text: str) -> bool:
    """Whether a place is a whole sentence, and no more, of its paragraph."""
    around = (each for each in _paragraphs(text) if each.start <= span.start < each.end)
    return any(span in sentences(text, *paragraph) for paragraph in around)


@functools.lru_cache(maxsize=1)
def _paragraphs(text: str) -> tuple[Span, ...]:
    return tuple(paragraphs(text))


def _unlisted(claim: Claim) -> Iterator[Fault]:
    for field, name in _LISTS.items():
        code = getattr(claim, field)
        if code is not None and code not in _codes(name):
            yield Fault(claim, "unknown_label", f"{field} {code!r} is not in the list {name}")
    for date, (field, name) in itertools.product(claim.dates, _LISTS_OF_DATES.items()):
        if getattr(date, field) not in _codes(name):
            yield Fault(claim, "unknown_label", f"{field} {getattr(date, field)!r} of a date is not in the list {name}")
    for code in (*claim.issuer_codes, *claim.territory_codes):
        if code not in _places():
            yield Fault(claim, "unknown_territory", f"{code!r} is the code of no territory and of no body of the gazetteer")
    if not claim.issuer_codes and not claim.territory_codes:
        yield Fault(claim, "missing_value", "neither who imposes it nor whom it hits is said")


@functools.cache
def _codes(name: str) -> frozenset[str]:
    return frozenset(schemas.codes(name))


@functools.cache
def _places() -> frozenset[str]:
    return frozenset(schemas.territory_frame()["code"].to_list()) | gazetteer.codes()


def _misdated(date: ClaimDate, text: Text) -> str | None:
    """Why a date does not hold: its words must stand at its place, and our own reader must read the same days in them."""
    if not _is_inside(date.span, text) or text.text[date.span.start : date.span.end] != date.text:
        return f"{date.text!r} does not stand at {date.span.start}-{date.span.end}"
    told = date.earliest, date.latest
    read = []
    for is_ahead in (None, False, True):
        try:
            period = prose(date.text, published=text.published, is_ahead=is_ahead)
            read.append((period.earliest, period.latest))
        except UnreadableDate:
            read.append((None, None))
    return None if told in read else f"{date.text!r} is {read[0][0]} to {read[0][1]}, not {told[0]} to {told[1]}"


def _unmentioned(claim: Claim, text: Text) -> Iterator[Fault]:
    """Whoever is named neither in the evidence (looked at first, since that is short) nor anywhere else."""
    evidence = _evidence(claim, text)
    for code in (*claim.issuer_codes, *claim.territory_codes):
        if code == text.publisher_issuer_code or gazetteer.is_named(code, evidence):
            continue
        if not gazetteer.is_named(code, _whole(text)):
            yield Fault(claim, "failed_rule", f"{code} is mentioned neither in the text nor as its publisher")


def _unquoted(claim: Claim, text: Text) -> Iterator[Fault]:
    """Goods, acts and names that do not stand in the text; an act may be told in short, as our own reader tells it."""
    evidence = _evidence(claim, text)
    for words in filter(None, (claim.goods_text, *claim.target_names)):
        if (quoted := _one_line(words)) not in evidence and quoted not in _whole(text):
            yield Fault(claim, "failed_rule", f"{words!r} does not stand in the text")
    for act in claim.instrument_texts:
        if not any(_one_line(act) in told or act in acts.named(told) for told in (evidence, _whole(text))):
            yield Fault(claim, "failed_rule", f"{act!r} does not stand in the text")


def _evidence(claim: Claim, text: Text) -> str:
    return _one_line("\n".join(text.text[span.start : span.end] for span in claim.evidence))


@functools.lru_cache(maxsize=1)
def _whole(text: Text) -> str:
    return _one_line(f"{text.title}\n{text.text}")


def _one_line(words: str) -> str:
    return words.replace("’", "'").replace("\n", " ")
