"""Texts and claims as lines of JSON, in the shape in which claims of texts are exchanged and scored."""

import datetime as dt
import json
import re
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
    with path.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            try:
                words = line.decode("utf-8-sig" if number == 1 else "utf-8")
                if words.strip():
                    yield _text(loaded(words))
            except UnicodeDecodeError as error:
                told = f"expected UTF-8; came the byte {line[error.start]:#04x}: save the file in that encoding"
                raise LineError(f"{path}, line {number}: {told}") from error
            except LineError as error:
                raise LineError(f"{path}, line {number}: {error}") from error


def loaded(words: str) -> Any:
    """What JSON says; raises LineError for what is none."""
    try:
        return json.loads(words)
    except (ValueError, RecursionError) as error:
        told = error if isinstance(error, ValueError) else "brackets in one another beyond all measure"
        raise LineError(f"expected JSON; came {shown(words)}: {told}") from error


def facts(row: Any) -> dict[str, str]:
    """What a document as JSON says of itself, by name, without what is null; raises LineError for another shape."""
    if not isinstance(row, dict):
        raise LineError(f"expected a JSON object with a text; came {shown(row)}")
    found = {name: str(value) if name == "id" and type(value) is int else value for name, value in row.items()}
    for name in _FACTS:
        if found.get(name) is None:
            found.pop(name, None)
        elif not isinstance(found[name], str) or _HALF.search(found[name]):
            raise LineError(f"expected {name} to be a text in Unicode; came {shown(row[name])}")
    if "text" not in found:
        raise LineError("expected a JSON object with a text; it has none")
    return {name: found[name] for name in _FACTS if name in found}


_FACTS = ("id", "text", "title", "published_date", "publisher_issuer_code", "language", "url")
_HALF = re.compile("[\ud800-\udfff]")
"""Half of a character, which JSON can name (`\\ud800`) and no file can hold."""


def shown(value: object) -> str:
    """The beginning of a value, for a message."""
    return repr(value)[:_SHOWN]


_SHOWN = 60


def day(words: str | None) -> dt.date | None:
    """A day as YYYY-MM-DD; raises LineError for other words."""
    try:
        return dt.date.fromisoformat(words) if words else None
    except ValueError as error:
        raise LineError(f"expected a published_date such as 2022-03-29; came {shown(words)}") from error


def _text(row: Any) -> Text:
    found = facts(row)
    if "id" not in found:
        raise LineError("expected a JSON object with id and text; it has no id")
    return Text(
        found["id"], found["text"], found.get("title", ""), day(found.get("published_date")),
        found.get("publisher_issuer_code") or None, found.get("language") or "en",
    )  # fmt: skip


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
        "date_precision_code": date.precision if date.earliest or date.latest else None,
        "is_approximate": _is_approximate(text, date),
        "date_text": date.text,
        "start": date.span.start,
        "end": date.span.end,
    }


def written(date: ClaimDate) -> str | None:
    """A day, month or year as it is known (2022-03-29, 2022-03, 2022), of a limit the last day; else None."""
    if date.precision == "not_after" and date.latest is not None:
        return date.latest.isoformat()
    if date.earliest is None or date.precision not in {"day", "month", "year"}:
        return None
    return date.earliest.isoformat()[: {"day": 10, "month": 7, "year": 4}[date.precision]]


def _is_approximate(text: Text, date: ClaimDate) -> bool:
    try:
        return prose(blanks.plain(date.text), published=text.published).is_approximate
    except UnreadableDate:
        return False
