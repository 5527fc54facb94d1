"""What may be shown of a text that may not be passed on: a sentence at most, and of more its length and its hash."""

import hashlib
import json
import re
from itertools import islice
from typing import Any

from pipeline.claims.sentences import sentences

LONGEST_QUOTE = 800
"""Longer than any sentence of a press release that says one thing; what is longer is a list without full stops."""
LONGEST_TITLE = 300
"""Longer than any headline that is one."""
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z]{2,8});")
_CUT = "…"


def is_one_sentence(words: str) -> bool:
    """Whether words are one sentence at most, as a reader sees it: without the marks of HTML."""
    return len(words) <= LONGEST_QUOTE and not _MARKUP.search(words) and len(list(islice(sentences(words), 2))) < 2


def headline(words: str) -> str:
    """The first sentence of the first line, of 300 characters at most; an ellipsis tells that there was more."""
    whole = words.strip()
    first = next(sentences(whole.split("\n", 1)[0]), None)
    said = whole[first.start : first.end] if first else ""
    if len(said) > LONGEST_TITLE:
        at_most = said[: LONGEST_TITLE - len(_CUT)]
        return (at_most.rsplit(maxsplit=1)[0] if " " in at_most else at_most) + _CUT
    return said if said == whole else f"{said[: LONGEST_TITLE - 2]} {_CUT}"


def abridged(raw_json: str) -> str:
    """The raw content of a reject with the length and the hash of each text in it that is more than a sentence."""
    return json.dumps(_abridged(json.loads(raw_json)), ensure_ascii=False)


def _abridged(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _abridged(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_abridged(each) for each in value]
    if not isinstance(value, str) or is_one_sentence(value):
        return value
    return {"character_count": len(value), "sha256": hashlib.sha256(value.encode("utf-8", "replace")).hexdigest()}
