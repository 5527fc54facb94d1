"""Mentions of territories, authorities, persons and bodies in prose, with the code of whom they mean.

The English names of territories are those of CLDR; all else is data, in `gazetteer.toml`.
"""

import functools
import re
import tomllib
from pathlib import Path
from typing import Literal, NamedTuple

from babel import Locale

Kind = Literal["name", "adjective", "body", "leader", "group", "nobody"]
LETTERS: dict[Kind, str] = {"name": "X", "adjective": "A", "body": "B", "leader": "L", "group": "O", "nobody": "G"}
"""By kind the letter that stands for each letter of a mention in a masked sentence."""
_DATA = Path(__file__).with_suffix(".toml")
_KINDS: dict[str, Kind] = {
    "names": "name", "adjectives": "adjective", "people": "adjective", "capitals": "name", "bodies": "body",
    "leaders": "leader", "groups": "group",
}  # fmt: skip
_NOT_OF_CLDR = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ", "JE", "GG", "IM", "AC", "TA", "CP", "DG", "BV", "HM"})


class Mention(NamedTuple):
    """A place in a text that names somebody."""

    start: int
    end: int
    code: str
    """Of the territory or body; empty for somebody without one."""
    kind: Kind


class _Entry(NamedTuple):
    words: str
    code: str
    kind: Kind


def mentions(words: str) -> list[Mention]:
    """The mentions in some words, in their order; the longest name wins, and none lies in brackets."""
    plain = words.replace("’", "'").replace("\n", " ")
    brackets = [part.span() for part in _BRACKETS.finditer(plain)]
    found: list[Mention] = []
    at = 0
    entries = _entries()
    for word in _FIRST_WORDS.finditer(plain):
        beginning, named = word.start(), entries.get(word[0].upper())
        entry = _longest(plain, beginning, word[0], named) if named and beginning >= at else None
        if entry is None:
            continue
        at = beginning + len(entry.words)
        if entry.code != _IGNORED and not any(first <= beginning < last for first, last in brackets):
            found.append(_owned(Mention(beginning, at, entry.code, entry.kind), found, plain))
    return [_of_whom(each, after, plain) for each, after in zip(found, (*found[1:], None), strict=False)]


_OF_STATE = re.compile(" of (?:the )?")


def _of_whom(mention: Mention, after: Mention | None, plain: str) -> Mention:
    """A body with a state after it is that state's: the Security Council of Russia is not the one of the United Nations."""
    if mention.kind != "body" or after is None or after.kind not in {"name", "body"} or not after.code:
        return mention
    return mention._replace(code=after.code) if _OF_STATE.fullmatch(plain, mention.end, after.start) else mention


_IGNORED = "?"
"""The code of names that mean something else."""
_OWNER = re.compile("(?:'s?)? ")


def _owned(mention: Mention, before: list[Mention], plain: str) -> Mention:
    """A body after the name of a state is that state's: the British Treasury is not the one of the United States."""
    owner = before[-1] if before else None
    if mention.kind != "body" or owner is None or owner.kind not in {"name", "adjective"}:
        return mention
    return mention._replace(code=owner.code) if _OWNER.fullmatch(plain, owner.end, mention.start) else mention


_BRACKETS = re.compile(r"\([^()]*\)")
_FIRST = re.compile(r"\w{2,}|[\w.'’]{1,3}")
"""The first word of a name without what hangs on it: of "EU's", "UK." and "U.S.-led" only "EU", "UK" and "U.S"."""
_FIRST_WORDS = re.compile(
    rf"\b(?=[A-ZÀ-ÞŠŽ](?<!['.].)|al-|von der|pro-R|anti-b|mainland C|international c|world p)(?:{_FIRST.pattern})"
)
"""Where a name may begin, which is with a capital letter but for a few."""


def _longest(plain: str, at: int, first: str, named: tuple[_Entry, ...]) -> _Entry | None:
    for entry in named:
        end = at + len(entry.words)
        if plain.startswith(entry.words, at) and not _continues(plain, end):
            return entry
        if first.isupper() and len(first) > 3 and plain[at:end] == entry.words.upper() and not _continues(plain, end):
            return entry
    return None


def _continues(plain: str, end: int) -> bool:
    """A name is not a mention where its last word goes on."""
    return end < len(plain) and (plain[end].isalnum() or plain[end] in "_$")


def _first_word(words: str) -> str:
    first = _FIRST.match(words)
    if first is None:
        raise ValueError(f"{words!r} begins with no word")
    return first[0].upper()


@functools.cache
def _entries() -> dict[str, tuple[_Entry, ...]]:
    """By their first word, in capital letters, the names that begin with it, the longest first."""
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    entries: dict[str, _Entry] = {}
    for code, name in Locale.parse("en").territories.items():
        if len(code) == 2 and code.isalpha() and code not in _NOT_OF_CLDR:
            for words in (str(name), str(name).replace("’", "'").replace("&", "and")):
                entries[words] = _Entry(words, code, "name")
    for code, lists in (
        *data.pop("bodies").items(),
        *((code, lists) for code, lists in data.items() if len(code) in {2, 4, 5}),
    ):
        for label, words_list in lists.items():
            for words in words_list:
                kind: Kind = _KINDS[label]
                entries[words] = _Entry(words, code, kind)
                if label == "adjectives" and not words.endswith(("ese", "sh", "ch", "ss", "'s", "-")):
                    entries.setdefault(words + "s", _Entry(words + "s", code, kind))
    for words in data["nobody"]["names"]:
        entries[words] = _Entry(words, "", "nobody")
    for words in data["ignored"]["names"]:
        entries[words] = _Entry(words, "?", "nobody")
    by_key: dict[str, list[_Entry]] = {}
    for entry in entries.values():
        by_key.setdefault(_first_word(entry.words), []).append(entry)
    return {key: tuple(sorted(each, key=lambda entry: (-len(entry.words), entry.words))) for key, each in by_key.items()}


def is_named(code: str, text: str) -> bool:
    """Whether any of the names of a code stands in a text, apostrophes plain, as a word or a part of one."""
    return any(words in text for words in _words_by_code().get(code, ()))


@functools.cache
def _words_by_code() -> dict[str, list[str]]:
    words_of: dict[str, list[str]] = {}
    for entry in (entry for entries in _entries().values() for entry in entries):
        upper = [entry.words.upper()] if len(entry.words) > 4 else []
        words_of.setdefault(entry.code, []).extend([entry.words, *upper])
    return words_of


@functools.cache
def codes() -> frozenset[str]:
    """Every code that a mention may have."""
    return frozenset(_words_by_code()) - {"", _IGNORED}


@functools.cache
def bodies() -> frozenset[str]:
    """The codes of bodies of several states that are no territories."""
    return frozenset(tomllib.loads(_DATA.read_text(encoding="utf-8"))["bodies"])
