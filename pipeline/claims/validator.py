"""The one validator of claims, whoever made them: rules, a parser or a language model."""

import functools
from collections.abc import Iterable, Iterator

import schemas
from pipeline.claims import gazetteer
from pipeline.claims.model import Claim, ClaimDate, Fault, Span, Text
from pipeline.dates import UnreadableDate, prose

_LISTS = {
    "measure_type_code": "measure_type_code", "status_code": "status_code", "action_code": "claim_action_code",
    "confidence_code": "confidence_code",
}  # fmt: skip
"""By field of a claim the closed list that its code must be in."""


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
    """What is wrong with a claim: places, codes, dates, and mentions that do not stand in the text."""
    yield from _misplaced(claim, text)
    yield from _unlisted(claim)
    for date in claim.dates:
        if told := _misdated(date, text):
            yield Fault(claim, "malformed_date", told)
    yield from _unmentioned(claim, text)


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
        elif not text.text[span.start : span.end].strip():
            yield Fault(claim, "malformed_value", f"evidence {span.start}-{span.end} is blank")


def _is_inside(span: Span, text: Text) -> bool:
    return 0 <= span.start < span.end <= len(text.text)


def _unlisted(claim: Claim) -> Iterator[Fault]:
    for field, name in _LISTS.items():
        code = getattr(claim, field)
        if code is not None and code not in _codes(name):
            yield Fault(claim, "unknown_label", f"{field} {code!r} is not in the list {name}")
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
    for is_ahead in (None, False, True):
        try:
            period = prose(date.text, published=text.published, is_ahead=is_ahead)
        except UnreadableDate as error:
            return None if date.earliest is None and date.latest is None else str(error)
        if (period.earliest, period.latest) == (date.earliest, date.latest):
            return None
    return f"{date.text!r} is {period.earliest} to {period.latest}, not {date.earliest} to {date.latest}"


def _unmentioned(claim: Claim, text: Text) -> Iterator[Fault]:
    """Whoever is named neither in the evidence (looked at first, since that is short) nor anywhere else."""
    evidence = _plain("\n".join(text.text[span.start : span.end] for span in claim.evidence))
    for code in (*claim.issuer_codes, *claim.territory_codes):
        if code == text.publisher_issuer_code or gazetteer.is_named(code, evidence):
            continue
        if not gazetteer.is_named(code, _plain(f"{text.title}\n{text.text}")):
            yield Fault(claim, "failed_rule", f"{code} is mentioned neither in the text nor as its publisher")


def _plain(words: str) -> str:
    return words.replace("’", "'").replace("\n", " ")
