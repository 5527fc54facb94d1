"""The words by which prose speaks of measures, from the data files beside this module."""

import bisect
import functools
import operator
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

_FOLDER = Path(__file__).parent
MENTION = r"(?:[XABLOG]+(?:'s|s')?(?:-[a-z]+)? )"
"""A mention in a masked sentence, with what hangs on it and the blank after it."""


@dataclass(frozen=True)
class Trigger:
    """Words that name a measure."""

    pattern: re.Pattern[str]
    code: str
    is_verb: bool
    is_passive: bool
    """It begins with what the measure restricts; its group `done` is the participle ("exports to Mali are banned")."""
    action: str
    """What its verb does to the measure: `impose`, or `lift` where it takes the measure back ("removes from its blacklist")."""
    needs: tuple[str, ...]
    object_pattern: re.Pattern[str] | None
    example: str


@dataclass(frozen=True)
class Deed:
    """Words that tell what is done with a measure, or how far the deed has come."""

    pattern: re.Pattern[str]
    action: str
    role: str
    example: str


@functools.cache
def triggers() -> tuple[Trigger, ...]:
    """All triggers, in the order in which they win over each other."""
    return tuple(
        Trigger(
            re.compile(rf"(?<![\w-])(?:{row['words'].replace('{M}', MENTION)})(?![\w])"),
            row["code"],
            row["kind"] in {"verb", "passive"},
            row["kind"] == "passive",
            row.get("action", "impose"),
            tuple(row["needs"]),
            re.compile(rf"\b(?:{row['object']})(?= )") if row["object"] else None,
            row["example"],
        )
        for row in _file("measures")["trigger"]
    )


def triggers_in(masked: str) -> list[tuple[int, Trigger]]:
    """The triggers that may stand in a masked sentence, each with its rank."""
    by_need, by_piece, pieces = _by_need(), _by_piece(), {masked[at : at + _PIECE] for at in range(len(masked))}
    needs = (need for piece in pieces & by_piece.keys() for need in by_piece[piece])
    ranks = {rank for need in (*needs, *_short_needs()) if need in masked for rank in by_need[need]}
    return [(rank, triggers()[rank]) for rank in sorted(ranks)]


_PIECE = 4
"""Letters by which needs are looked up: all of a sentence at once is far quicker than to look for each need."""


@functools.cache
def _by_piece() -> dict[str, tuple[str, ...]]:
    """By their first letters the needs that are long enough."""
    long = [need for need in _by_need() if len(need) >= _PIECE]
    return {need[:_PIECE]: tuple(each for each in long if each.startswith(need[:_PIECE])) for need in long}


@functools.cache
def _short_needs() -> tuple[str, ...]:
    return tuple(need for need in _by_need() if len(need) < _PIECE)


@functools.cache
def _by_need() -> dict[str, tuple[int, ...]]:
    """By piece of a word the ranks of the triggers that cannot stand without it or another."""
    needs = sorted({need for trigger in triggers() for need in trigger.needs})
    return {need: tuple(rank for rank, trigger in enumerate(triggers()) if need in trigger.needs) for need in needs}


@functools.cache
def deeds() -> tuple[Deed, ...]:
    """All words of action."""
    return tuple(
        Deed(re.compile(rf"\b(?:{row['words']})(?![\w-])"), row["action"], row["role"], row["example"])
        for row in _file("actions")["word"]
    )


@functools.cache
def acts() -> re.Pattern[str]:
    """The forms of legal acts that have a name or number of their own, which begin with a capital letter."""
    return re.compile(rf"(?<![\w-])(?=[A-Z])(?:{'|'.join(row['words'] for row in _file('acts')['act'])})(?!\w)")


def act_examples() -> tuple[str, ...]:
    """For each form of an act a sentence that names one."""
    return tuple(row["example"] for row in _file("acts")["act"])


class Mark(NamedTuple):
    """A place of a text at which the letters of a stem stand."""

    start: int
    end: int
    refined: re.Pattern[str] | None
    """What its sentence must hold too."""


def marks(text: str) -> list[Mark]:
    """Every place of a text in lower case at which a stem stands, in their order: only there may it speak of a measure."""
    found = [Mark(at, at + len(stem), refined) for stem, refined in _stems() if stem in text for at in _places(text, stem)]
    return sorted(found, key=lambda mark: mark.start)


def _places(text: str, letters: str) -> Iterator[int]:
    at = text.find(letters)
    while at >= 0:
        yield at
        at = text.find(letters, at + 1)


def may_speak(text: str, start: int, end: int, found: Sequence[Mark]) -> bool:
    """Whether a part of a text in lower case, of which the marks were found, may speak of a measure at all."""
    first, beyond = (bisect.bisect_left(found, place, key=_START) for place in (start, end))
    here = {mark.refined for mark in found[first:beyond] if mark.end <= end}
    return None in here or any(refined.search(text, start, end) for refined in here if refined)


_START = operator.attrgetter("start")


@functools.cache
def _stems() -> tuple[tuple[str, re.Pattern[str] | None], ...]:
    return tuple((letters, re.compile(words) if words else None) for letters, words in _file("measures")["stems"])


@functools.cache
def words(name: str) -> frozenset[str]:
    """A list of plain words of `roles.toml`."""
    return frozenset(_file("roles")[name])


@functools.cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern of `roles.toml`."""
    return re.compile(_file("roles")[name].replace("{M}", MENTION))


@functools.cache
def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
