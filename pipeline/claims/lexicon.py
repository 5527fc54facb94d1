"""The words by which prose speaks of measures, from the data files beside this module."""

import functools
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
    ranks = {rank for need, having in _by_need().items() if need in masked for rank in having}
    return [(rank, triggers()[rank]) for rank in sorted(ranks)]


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


Stem = tuple[str, re.Pattern[str] | None]


def stems_in(text: str) -> list[Stem]:
    """The stems whose letters stand in a text in lower case: only these need be looked for in its sentences."""
    return [stem for stem in _stems() if stem[0] in text]


def may_speak(sentence: str, stems: Sequence[Stem] | None = None) -> bool:
    """Whether a sentence in lower case may speak of a measure at all."""
    for mark, refined in _stems() if stems is None else stems:
        if mark in sentence and (refined is None or refined.search(sentence)):
            return True
    return False


@functools.cache
def _stems() -> tuple[Stem, ...]:
    return tuple((mark, re.compile(words) if words else None) for mark, words in _file("measures")["stems"])


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
