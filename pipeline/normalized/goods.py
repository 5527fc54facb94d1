"""Goods: codes written as their nomenclature writes them, and headings of the Harmonized System for words.

The words stand in `goods.toml`, each with the place that ties it to its headings. The longest words come first, and none is
found inside another: no `oil` in `turmoil`, no 金 in 特定金属.
"""

import functools
import re
import tomllib
import unicodedata
from pathlib import Path
from typing import NamedTuple

import polars as pl
from polars.datatypes import DataTypeClass

_TABLE = Path(__file__).with_suffix(".toml")
BUILT_ON_HS = ("hs", "cn", "hts", "ca_tariff")
"""Nomenclatures whose first six digits are those of the Harmonized System."""
_IN_WORDS = ("text", "jp_item")
"""Nomenclatures whose items are told in words that a heading may be known for."""
_WHOLE_LENGTHS = {"hs": 6, "cn": 8, "hts": 10, "ca_tariff": 8, "cpc": 5}
_ECCN = re.compile(r"\d[A-E]\d{3}([.-].+)?|EAR99")
_DIGITS = re.compile(r"\d+([. -]?\d+)*")
# What is excluded, or only narrows the words before it, names no goods that are covered.
_NARROWING = (
    r"\([^()]*(?:除く|除き|限る|限り)[^()]*\)|\((?:excl|other than|except|not including)[^()]*\)"
    r"|\b(?:excluding|except(?: for)?|other than|containing|employing|made (?:of|from)|based on|capable of"
    r"|(?:specially )?designed"
    r"|(?:equipment|machinery|machines|apparatus|tools|parts|components|technology|technologies|services) for)\b[^,;.]*"
)
# An English word before another noun only says of what kind that is: no gold in "gold coins", no oil in "oil refining".
_MAY_FOLLOW = (
    "above|against|and|are|as|at|based|below|between|bound|but|by|capable|containing|designed|destined|employing"
    "|exceeding|except|excluding|exported|exports|extracted|for|from|if|imported|imports|in|including|intended|into"
    "|is|listed|located|made|manufactured|mined|nor|not|of|on|or|originating|other|over|per|produced|purchased"
    "|referred|shipments|shipped|sold|sourced|specially|such|supplied|than|that|to|under|until|unless|valued|via|was"
    "|were|when|where|wherever|whether|which|whose|with|within|without|worth"
)
# What joins two kinds of goods in Japanese prose has no blank around it.
_CONJUNCTIONS = re.compile("及び|並びに|又は|若しくは|その他(?:の|これら)?")
_KANJI, _KATAKANA = "一-鿿々〆ヶ", "゠-ヿ"


class MalformedCode(ValueError):
    """A code that cannot be one of its nomenclature."""


class Code(NamedTuple):
    """A code as its nomenclature writes it, and how it was mended where the source writes it otherwise."""

    text: str
    derivation: str | None = None


class Told(NamedTuple):
    """What is known of the code of an item of goods; `goods_code` is None where the source prints none, or a malformed one."""

    goods_code: str | None
    match_code: str
    heading_codes: list[str]
    heading_basis_code: str | None
    derivation_text: str | None


TOLD: dict[str, DataTypeClass | pl.DataType] = {
    "goods_code": pl.String, "match_code": pl.String, "heading_codes": pl.List(pl.String), "heading_basis_code": pl.String,
    "derivation_text": pl.String,
}  # fmt: skip
"""The columns of `Told` in a frame."""


def told(nomenclature: str, printed: str | None, words: str | None, language: str, *, is_part: bool = False) -> Told:
    """The code of an item, how the goods are matched with it, and the headings that it, or else the words, mean."""
    try:
        code = whole_code(nomenclature, printed) if printed else None
    except MalformedCode:
        return Told(None, "text_only", [], None, None)
    if code and nomenclature in BUILT_ON_HS:
        match = match_code(nomenclature, code.text, is_part=is_part)
        return Told(code.text, match, [_heading(digits_of(code.text))], "code", code.derivation)
    headings = headings_of(words, language) if words and nomenclature in _IN_WORDS else []
    match = match_code(nomenclature, code.text, is_part=is_part) if code else "text_only"
    return Told(code.text if code else None, match, headings, "words" if headings else None, None)


def whole_code(nomenclature: str, printed: str) -> Code:
    """The code without blanks and with the zero that a spreadsheet took from its head; raises MalformedCode.

    Every level of the Harmonized System and of what is built on it adds two digits, and no chapter is numbered 00: an odd
    number of digits has lost one zero, whatever the level.
    """
    text = "".join(printed.split())
    if nomenclature not in BUILT_ON_HS:
        return Code(text)
    digits = digits_of(text)
    if not _DIGITS.fullmatch(text) or not 1 < len(digits) <= 10 or digits.startswith("00"):
        raise MalformedCode(f"expected a code of {nomenclature}: 2 to 10 digits, of a chapter from 01 on; came {printed!r}")
    if len(digits) % 2 == 0:
        return Code(text)
    if digits.startswith("0"):
        raise MalformedCode(f"expected an even number of digits; came {printed!r}, which lacks one that is not its first")
    return Code(f"0{text}", f"the zero at its head restored: the source prints {text}, and codes have an even number of digits")


def digits_of(code: str) -> str:
    """The digits of a code without dots, hyphens and blanks."""
    return re.sub(r"\D", "", code)


def _heading(digits: str) -> str:
    """The heading that a code lies in; its chapter where it names no heading: some write `7200` for chapter 72."""
    return digits[:2] if digits[2:4] == "00" else digits[:4]


def match_code(nomenclature: str, code: str, *, is_part: bool) -> str:
    """How goods are matched with a code: `prefix` where the code is shorter than its nomenclature's longest."""
    if is_part:
        return "text_only"
    if nomenclature == "eccn":
        return "exact" if _ECCN.fullmatch(code) else "prefix"
    return "prefix" if len(digits_of(code)) < _WHOLE_LENGTHS.get(nomenclature, 0) else "exact"


def headings_of(text: str, language: str) -> list[str]:
    """The headings that words for goods mean in a language (BCP 47), sorted; empty where the table knows none of them."""
    return list(_headings_of(text, language.split("-", maxsplit=1)[0]))


@functools.lru_cache(maxsize=20_000)  # the states of a law repeat its items
def _headings_of(text: str, language: str) -> tuple[str, ...]:
    pattern, headings = _lexicon(language)
    found = pattern.finditer(_folded(text)) if pattern else ()
    return tuple(sorted({heading for match in found for heading in headings.get(match[0], ())}))


@functools.cache
def table() -> tuple[dict[str, object], ...]:
    """The entries of `goods.toml`."""
    return tuple(tomllib.loads(_TABLE.read_text(encoding="utf-8"))["entry"])


@functools.cache
def _lexicon(language: str) -> tuple[re.Pattern[str] | None, dict[str, list[str]]]:
    """One pattern for all words of a language, the longest first, then for what narrows them; and the headings of each word."""
    headings: dict[str, list[str]] = {}
    for entry in table():
        if entry["language"] == language:
            for word in entry["words"]:  # type: ignore[attr-defined]
                if headings.setdefault(_folded(word), entry["headings"]) != entry["headings"]:  # type: ignore[arg-type]
                    raise ValueError(f"goods.toml: {word!r} stands twice, with other headings")
    words = sorted(headings, key=lambda word: (-len(word), word))
    return (re.compile(f"{_any_alone(words)}|{_NARROWING}") if words else None), headings


def _folded(text: str) -> str:
    """Without differences of case, width and blanks, and in Japanese with a blank in the place of a conjunction."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'")
    return " ".join(_CONJUNCTIONS.sub(" ", plain).split())


def _any_alone(words: list[str]) -> str:
    """A pattern for the first of the words that nothing joins to another: no letter of its own script, no hyphen, no noun.

    Words that start with the same script share the look behind them, which costs most: no two of those start at one place.
    """
    starts: dict[str, list[str]] = {}
    for word in words:
        starts.setdefault(_edge(word[0], "<!"), []).append(re.escape(word) + _edge(word[-1], "!"))
    return "|".join(f"{start}(?:{'|'.join(alike)})" for start, alike in starts.items())


def _edge(letter: str, look: str) -> str:
    for script in (_KANJI, _KATAKANA):
        if re.match(f"[{script}]", letter):
            return f"(?{look}[{script}])"
    # In hiragana words run on into particles: nothing tells where one ends.
    if not letter.isascii():
        return ""
    return f"(?{look}[\\w-])" + (rf"(?! (?!(?:{_MAY_FOLLOW})\b)[a-z])" if look == "!" else "")
