"""Texts and claims as lines of JSON, in the shape in which claims of texts are exchanged and scored."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import schemas
from pipeline.claims import blanks
from pipeline.claims.model import Claim, ClaimDate, Text
from pipeline.dates import UnreadableDate, prose


class LineError(ValueError):
    """A line that is no document; the message names the file and the line."""


def texts(path: Path) -> Iterator[Text]:
    """The documents of a file: one JSON object a line with `id` and `text`, and where known `title`, `published_date` and
    `publisher_issuer_code`.

    Raises LineError for a line that is none.
    """
    with path.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, start=1):
            if line.strip():
                yield _text(line, f"{path}, line {number}")


def _text(line: str, place: str) -> Text:
    try:
        row = json.loads(line)
        published = dt.date.fromisoformat(row["published_date"]) if row.get("published_date") else None
        return Text(
            str(row["id"]), str(row["text"]), str(row.get("title") or ""), published, row.get("publisher_issuer_code") or None,
            str(row.get("language") or "en"),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        told = f"it has no {error}" if isinstance(error, KeyError) else str(error)
        raise LineError(f"{place}: expected a JSON object with id and text; {told}") from error


def line(text: Text, claims: Iterable[Claim]) -> str:
    """A document with its claims, as one line without its end."""
    return json.dumps({"id": text.key, "claims": [row(text, claim) for claim in claims]}, ensure_ascii=False, sort_keys=True)


def row(text: Text, claim: Claim) -> dict[str, Any]:
    """A claim as plain data; offsets count code points of the text."""
    return {
        "issuer_codes": list(claim.issuer_codes),
        "territory_codes": list(claim.territory_codes),
        "measure_type_code": claim.measure_type_code,
        "status_code": claim.status_code,
        "action_code": claim.action_code,
        "goods_text": claim.goods_text,
        "instrument_texts": list(claim.instrument_texts),
        "target_names": list(claim.target_names),
        "dates": [_date(text, date) for date in claim.dates],
        "evidence": [
            {"start": span.start, "end": span.end, "sentence": text.text[span.start : span.end]} for span in claim.evidence
        ],
        "confidence_code": claim.confidence_code,
        "extractor_name": claim.extractor_name,
    }


def _date(text: Text, date: ClaimDate) -> Mapping[str, Any]:
    return {
        "event_code": schemas.event_code(date.action, date.step),
        "date": written(date),
        "date_precision_code": date.precision if date.earliest else None,
        "is_approximate": _is_approximate(text, date),
        "date_text": date.text,
        "start": date.span.start,
        "end": date.span.end,
    }


def written(date: ClaimDate) -> str | None:
    """A day, month or year as it is known (2022-03-29, 2022-03, 2022); None for what is vaguer or unresolved."""
    if date.earliest is None or date.precision not in {"day", "month", "year"}:
        return None
    return date.earliest.isoformat()[: {"day": 10, "month": 7, "year": 4}[date.precision]]


def _is_approximate(text: Text, date: ClaimDate) -> bool:
    try:
        return prose(blanks.plain(date.text), published=text.published).is_approximate
    except UnreadableDate:
        return False
