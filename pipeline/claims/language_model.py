"""An extractor by a language model that the user configures; off by default, and held to the same validator as the rules.

The model quotes, we look the quotes up and read the days ourselves: what is not in the text does not pass. An answer of
another shape than was asked for is none at all: its text stays unread.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import schemas
from pipeline.claims.model import Claim, ClaimDate, Span, Text, UnreadText
from pipeline.dates import UnreadableDate, prose

Rows = list[dict[str, Any]]
Ask = Callable[[Sequence[Mapping[str, str]], Mapping[str, Any]], str]
"""Gives the model's answer, JSON text of a schema, to messages."""

_NOWHERE = Span(-1, -1)
"""The place of a quote that the text does not hold; the validator refuses it."""
_TYPES: dict[str, type] = {"object": dict, "array": list, "string": str, "null": type(None)}


class AnswerError(UnreadText):
    """The answer of the model is not of the shape that was asked for."""


def extractor(ask: Ask) -> Callable[[Text], list[Claim]]:
    """An extractor that asks a model about each text."""

    def claims(text: Text) -> list[Claim]:
        return [_claim(text, row) for row in rows(ask(messages(text), SCHEMA))]

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


def rows(answer: str) -> Rows:
    """The claims of an answer as plain data; raises AnswerError where it is not of the schema.

    Whether codes are in their lists is left to the validator, which refuses a claim and not the answer.
    """
    try:
        found = json.loads(answer)
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise AnswerError(f"expected an answer as JSON; came {answer[:80]!r} ({type(error).__name__})") from error
    if told := _misfit(found, SCHEMA, "the answer"):
        raise AnswerError(told)
    return list(found["claims"])


def _misfit(value: Any, schema: Mapping[str, Any], place: str) -> str | None:
    """How a value differs from a schema of objects, lists and texts; None where it does not."""
    types = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    if not isinstance(value, tuple(_TYPES[name] for name in types)):
        return f"expected {place} to be of type {' or '.join(types)}; came {str(value)[:80]!r}"
    if isinstance(value, list):
        parts = [(each, schema["items"], f"{place}[{number}]") for number, each in enumerate(value)]
    elif isinstance(value, dict):
        if missing := [name for name in schema["required"] if name not in value]:
            return f"expected {place} to have {', '.join(missing)}"
        parts = [(value[name], part, f"{place}.{name}") for name, part in schema["properties"].items()]
    else:
        return None
    return next(filter(None, (_misfit(*part) for part in parts)), None)


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
    action, step, words = row["action_code"], row["step_code"], row["words"]
    places = [_place(text.text, words, span.start) for span in evidence if span != _NOWHERE]
    span = next((place for place in places if place != _NOWHERE), _NOWHERE)
    try:
        period = prose(words, published=text.published, is_ahead=(step == "effective" or action == "expire") or None)
    except UnreadableDate:
        return ClaimDate(action, step, None, None, "day", words, span)  # type: ignore[arg-type]
    return ClaimDate(
        action, step, period.earliest, period.latest, period.precision, words, span, period.derivation  # type: ignore[arg-type]
    )  # fmt: skip
