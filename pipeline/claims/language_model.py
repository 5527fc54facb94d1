"""An extractor by a language model that the user configures; off by default, and held to the same validator as the rules.

The model quotes, we look the quotes up and read the days ourselves: what is not in the text does not pass.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import schemas
from pipeline.claims.model import Claim, ClaimDate, Span, Text
from pipeline.dates import UnreadableDate, prose

Ask = Callable[[Sequence[Mapping[str, str]], Mapping[str, Any]], str]
"""Gives the model's answer, JSON text of a schema, to messages."""

_NOWHERE = Span(-1, -1)
"""The place of a quote that the text does not hold; the validator refuses it."""
_STEPS = tuple(schemas.codes("step_code"))
_ACTIONS = tuple(schemas.codes("action_code"))


class AnswerError(ValueError):
    """The answer of the model is not of the shape that was asked for."""


def extractor(ask: Ask) -> Callable[[Text], list[Claim]]:
    """An extractor that asks a model about each text."""

    def claims(text: Text) -> list[Claim]:
        return _claims(text, ask(messages(text), SCHEMA))

    return claims


def messages(text: Text) -> list[dict[str, str]]:
    """What the model is told and asked about a text."""
    told = {
        "publisher_issuer_code": text.publisher_issuer_code, "title": text.title, "text": text.text,
        "published_date": text.published.isoformat() if text.published else None,
    }  # fmt: skip
    return [
        {"role": "system", "content": INSTRUCTIONS},
        {"role": "user", "content": json.dumps(told, ensure_ascii=False)},
    ]


INSTRUCTIONS = f"""You read a press release or news item and list what it says of sanctions: who restricts what against whom.
One claim for each issuer, territory and kind of measure. Codes of countries are ISO 3166-1 alpha-2, EU and UN. issuer_codes is
empty where the text does not say who imposes it; a caller, critic or vetoer is no issuer. measure_type_code is what the text
supports: a designation whose effect it does not state is listing; sanctions without more are sanctions_unspecified. Domestic
rules, sport, fines of companies, food safety and pandemic travel rules are no measures. evidence holds whole sentences and
dates hold the words of each date, quoted exactly, letter for letter. An empty list is a good answer.
Kinds of measures: {", ".join(schemas.codes("measure_type_code"))}."""

_TEXTS = {"type": "array", "items": {"type": "string"}}
_NULLABLE = {"type": ["string", "null"]}


def _code(list_name: str) -> dict[str, Any]:
    return {"type": "string", "enum": list(schemas.codes(list_name))}


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": list(properties), "properties": dict(properties)}


SCHEMA = _object(
    {
        "claims": {
            "type": "array",
            "items": _object(
                {
                    "issuer_codes": _TEXTS,
                    "territory_codes": _TEXTS,
                    "measure_type_code": _code("measure_type_code"),
                    "status_code": _code("status_code"),
                    "action_code": _code("claim_action_code"),
                    "goods_text": _NULLABLE,
                    "instrument_texts": _TEXTS,
                    "target_names": _TEXTS,
                    "evidence": _TEXTS,
                    "dates": {
                        "type": "array",
                        "items": _object(
                            {"action_code": _code("action_code"), "step_code": _code("step_code"), "words": {"type": "string"}}
                        ),
                    },
                }
            ),
        }
    }
)
"""The shape of the answer, as a JSON schema."""


def _claims(text: Text, answer: str) -> list[Claim]:
    try:
        return [_claim(text, row) for row in json.loads(answer)["claims"]]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise AnswerError(f"{text.key}: expected an answer with claims; {type(error).__name__}: {error}") from error


def _claim(text: Text, row: Mapping[str, Any]) -> Claim:
    evidence = tuple(_place(text.text, quote) for quote in row["evidence"])
    return Claim(
        tuple(row["issuer_codes"]), tuple(row["territory_codes"]), row["measure_type_code"], row["status_code"],
        row["action_code"], evidence, row["goods_text"], tuple(row["instrument_texts"]), tuple(row["target_names"]),
        tuple(_date(text, date, evidence) for date in row["dates"]), "low", "language_model",
    )  # fmt: skip


def _place(text: str, quote: str, start: int = 0) -> Span:
    at = text.find(quote, start) if quote else -1
    return Span(at, at + len(quote)) if at >= 0 else _NOWHERE


def _date(text: Text, row: Mapping[str, str], evidence: tuple[Span, ...]) -> ClaimDate:
    """A date by its words, looked up in the evidence; the day is read by our own reader."""
    action, step = row["action_code"], row["step_code"]
    if action not in _ACTIONS or step not in _STEPS:
        raise AnswerError(f"{text.key}: {action} {step} is no step")
    words = row["words"]
    places = [_place(text.text, words, span.start) for span in evidence if span != _NOWHERE]
    span = next((place for place in places if place != _NOWHERE), _NOWHERE)
    try:
        period = prose(words, published=text.published, is_ahead=(step == "effective" or action == "expire") or None)
    except UnreadableDate:
        return ClaimDate(action, step, None, None, "day", words, span)  # type: ignore[arg-type]
    return ClaimDate(
        action, step, period.earliest, period.latest, period.precision, words, span, period.derivation  # type: ignore[arg-type]
    )  # fmt: skip
