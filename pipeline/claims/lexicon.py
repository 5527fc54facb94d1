"""The words by which prose speaks of measures, from the data files beside this module."""

import bisect
import functools
import itertools
import operator
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

Meaning = TypeVar("Meaning")
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
            re.compile(rf"\b(?<!-)(?:{_SHARED.sub(_in_full, row['words'])})(?!\w)"),
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


_SHARED = re.compile(r"\{([A-Za-z]+)\}")


def _in_full(name: re.Match[str]) -> str:
    """What stands for many words in a trigger: a mention, a word for goods, or what `measures.toml` has under the name."""
    match name[1]:
        case "M":
            return MENTION
        case "W":
            return str(_file("roles")["wares"])
        case shared:
            return f"(?:{'|'.join(_file('measures')['shared'][shared])})"


def triggers_in(masked: str) -> list[tuple[int, Trigger]]:
    """The triggers that may stand in a masked sentence, each with its rank."""
    needs, ranks_by = _needs()
    ranks = {rank for need in set(needs.findall(masked)) for rank in ranks_by[need]}
    return [(rank, triggers()[rank]) for rank in sorted(ranks)]


@functools.cache
def _needs() -> tuple[re.Pattern[str], dict[str, tuple[int, ...]]]:
    """A pattern of all that triggers cannot stand without, and by each the ranks of the triggers."""
    return _at_once(((need, rank) for rank, trigger in enumerate(triggers()) for need in trigger.needs), before="")


def _at_once(stems: Iterable[tuple[str, Meaning]], before: str) -> tuple[re.Pattern[str], dict[str, tuple[Meaning, ...]]]:
    """One pattern for many stems, since to read a text once for all is far quicker than once for each, and what they mean.

    At a place it finds the longest, with the meanings of all that begin there. The stems stand in it by their first letter, so
    that most places are left after one look.
    """
    known = list(stems)
    letters = sorted({stem for stem, _ in known}, key=lambda stem: (stem[0], -len(stem), stem))
    by_first = itertools.groupby(letters, key=operator.itemgetter(0))
    words = "|".join(f"{first}(?:{'|'.join(re.escape(stem[1:]) for stem in same)})" for first, same in by_first)
    meant = {stem: tuple(each for beginning, each in known if stem.startswith(beginning)) for stem in letters}
    return re.compile(f"{before}(?=({words}))"), meant


class Sense(NamedTuple):
    """Words that look like a measure and mean something else."""

    pattern: re.Pattern[str]
    codes: frozenset[str]
    """Of the triggers that they hide; all where it is empty."""
    example: str


@functools.cache
def senses() -> tuple[Sense, ...]:
    """All words that look like a measure and mean something else."""
    return tuple(
        Sense(re.compile(rf"\b(?:{row['words'].replace('{M}', MENTION)})"), frozenset(row["codes"]), row["example"])
        for row in _file("senses")["sense"]
    )


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
    """A place of a text at which a word begins with a stem."""

    start: int
    end: int
    refined: re.Pattern[str] | None
    """What its sentence must hold too."""


def marks(text: str) -> list[Mark]:
    """Every place of a text in lower case at which a stem stands, in their order: only there may it speak of a measure."""
    stems, refined_by = _stems()
    return [
        Mark(found.start(), found.start() + length, refined)
        for found in stems.finditer(f" {text}")  # so that a character stands before the first word too
        for length, refined in refined_by[found[1]]
    ]


def may_speak(text: str, start: int, end: int, found: Sequence[Mark]) -> bool:
    """Whether a part of a text in lower case, of which the marks were found, may speak of a measure at all."""
    first, beyond = (bisect.bisect_left(found, place, key=_START) for place in (start, end))
    if first == beyond:
        return False
    here = {mark.refined for mark in found[first:beyond] if mark.end <= end}
    return None in here or any(refined.search(text, start, end) for refined in here if refined)


_START = operator.attrgetter("start")


@functools.cache
def _stems() -> tuple[re.Pattern[str], dict[str, tuple[tuple[int, re.Pattern[str] | None], ...]]]:
    """A pattern of the stems, which begin words, and by each its length and what its sentence must hold too."""
    rows = _file("measures")["stems"]
    return _at_once(((stem, (len(stem), re.compile(refined) if refined else None)) for stem, refined in rows), before="[^a-z]")


@functools.cache
def words(name: str) -> frozenset[str]:
    """A list of plain words of `roles.toml`."""
    return frozenset(_file("roles")[name])


@functools.cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern of `roles.toml`."""
    return re.compile(_file("roles")[name].replace("{M}", MENTION))


def patterns() -> dict[str, str]:
    """The patterns of `roles.toml` by name, each with an example that it is found in."""
    return {name: _file("roles")["examples"][name] for name, words in _file("roles").items() if isinstance(words, str)}


@functools.cache
def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
