"""The words by which prose speaks of measures, from the data files beside this module."""

import functools
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).parent
MENTION = r"(?:[XABLOG]+(?:'s|s')?(?:-[a-z]+)? )"
"""A mention in a masked sentence, with what hangs on it and the blank after it."""


@dataclass(frozen=True)
class Trigger:
    """Words that name a measure."""

    pattern: re.Pattern[str]
    code: str
    is_verb: bool
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
            row["kind"] == "verb",
            tuple(row["needs"]),
            re.compile(rf"\b(?:{row['object']})(?= )") if row["object"] else None,
            row["example"],
        )
        for row in _file("measures")["trigger"]
    )


@functools.cache
def deeds() -> tuple[Deed, ...]:
    """All words of action."""
    return tuple(
        Deed(re.compile(rf"\b(?:{row['words']})(?![\w-])"), row["action"], row["role"], row["example"])
        for row in _file("actions")["word"]
    )


@functools.cache
def stems() -> re.Pattern[str]:
    """What stands in every sentence that may speak of a measure."""
    return re.compile("|".join(_file("measures")["stems"]))


@functools.cache
def words(name: str) -> frozenset[str]:
    """A list of plain words of `roles.toml`."""
    return frozenset(_file("roles")[name])


@functools.cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern of `roles.toml`."""
    return re.compile(_file("roles")[name].replace("{M}", MENTION))


@functools.cache
def _file(name: str) -> dict:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
