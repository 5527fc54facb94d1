"""The names of those whom a measure hits, and of the acts that it rests on, as a sentence writes them."""

import re
from collections.abc import Iterator

from pipeline.claims import lexicon
from pipeline.claims.masks import Sentence

_CAPITAL = r"(?:[A-ZÀ-ÞŠŽ][\w’'&.-]*[\w]|[A-ZÀ-Þ]\.|[A-Z]{2,}|\d+(?:st|nd|rd|th))"
_JOINT = r"(?:al-|bin|ibn|bint|al|el|de|la|del|dos|von|van|der|of|for|the|and|&|y|e)"
_NAME = re.compile(rf"(?<![\w’'-])(?:al-)?{_CAPITAL}(?:[ -](?:{_JOINT} )*(?:al-)?{_CAPITAL})*")
_END = re.compile(
    r"\b(?:pursuant|under|in (?:response|retaliation|connection)|for (?:its|their|his|her|being|having"
    r"|allegedly|\w+ing)|because|following|after|over (?!\d)|in an? (?:bid|attempt|effort)|accus\w+"
    r"|citing|"
    r"who|which|whose|saying|amid|responsible|involved|that|to|by|(?<!well )as (?!well)|named|believed"
    r"|linked|affiliated|operated|with|when|while|but|if)\b|; |–|—"
)
_TITLES = frozenset(
    [
        "president",
        "vice",
        "prime",
        "minister",
        "general",
        "colonel",
        "major",
        "commander",
        "chief",
        "justice",
        "judge",
        "senator",
        "governor",
        "attorney",
        "secretary",
        "ayatollah",
        "supreme",
        "leader",
        "mr",
        "mrs",
        "ms",
        "dr",
        "sheikh",
        "king",
        "queen",
        "prince",
        "deputy",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "state",
        "department",
        "treasury",
        "the",
        "this",
        "these",
        "those",
        "a",
        "an",
        "in",
        "on",
        "at",
        "by",
        "of",
        "and",
        "or",
        "as",
        "it",
        "its",
        "additionally",
        "also",
    ]
)
_ORDER = re.compile(
    r"\b(?:Executive Orders?|E\.O\.s?)(?: ?\(E\.O\.s?\))? (?:No\. )?(?P<number>1[0-9]{4})(?P<more>(?:,?"
    r" (?:and )?(?:E\.O\. )?1[0-9]{4})*)"
)
_RESOLUTION = re.compile(
    r"\b(?:UNSCRs?|(?:UN|U\.N\.|United Nations)?\s?(?:Security Council )?Resolutions?)"
    r" (?P<number>[12]?[0-9]{3,4})(?: \((?P<year>\d{4})\))?\b",
    re.IGNORECASE,
)
_ACT = re.compile(
    rf"\b(?:{_CAPITAL} (?:(?:and|of|for|to|with|the|Against|Through) )*)+(?:Act|Regulations?|Proclamation"
    rf"|Decree|Ordinance|Directive|Joint Action)\b(?: of (?:19|20)\d\d| (?:No\. )?\d[\w/.-]*)?"
)
_OF_ALL = re.compile(
    r"International Emergency Economic Powers|National Emergencies|Immigration and Nationality|Title \d"
    r"|Appropriations|Trade Expansion"
)
"""Acts that give a power to impose anything; a text cites them for every measure."""


def names(sentence: Sentence, start: int) -> tuple[str, ...]:
    """The names in the object that begins at a place: persons and bodies, not territories."""
    stop = _END.search(sentence.masked, start)
    end = stop.start() if stop else len(sentence.text)
    taken = [each for each in sentence.mentions if each.kind in {"name", "adjective", "body", "nobody"}]
    found = []
    for match in _NAME.finditer(sentence.plain, start, end):
        is_mention = any(each.start <= match.start() and match.end() <= each.end + 2 for each in taken)
        is_possessive = any(
            each.start == match.start() and sentence.masked[each.end : each.end + 2] in {"'s", "s'"} for each in taken
        )
        if is_mention or is_possessive or _bracketed(sentence.text, match.start()):
            continue
        found += [name for part in _parts(match[0]) if (name := _without_titles(part))]
    return tuple(dict.fromkeys(found))


def _parts(name: str) -> list[str]:
    """Two names of persons that "and" joins are two names; "Ministry of Defence and Logistics" is one."""
    parts = name.split(" and ")
    is_of_persons = all(2 <= len(part.split()) <= 4 and " of " not in part and " for " not in part for part in parts)
    return parts if len(parts) == 2 and is_of_persons else [name]


def _without_titles(name: str) -> str | None:
    words = name.split()
    while words and words[0].lower().strip(".") in _TITLES:
        words = words[1:]
    plain = " ".join(words).rstrip(".’'-")
    plain = re.sub("[’']s$", "", plain)
    return plain if len(plain) > 2 and plain[:1].isupper() and plain.lower() not in lexicon.words("not_names") else None


def _bracketed(text: str, at: int) -> bool:
    return text.rfind("(", 0, at) > text.rfind(")", 0, at)


def instruments(text: str) -> Iterator[str]:
    """The legal acts that a text names: orders and resolutions by their short names, others as written."""
    for order in _ORDER.finditer(text):
        yield f"EO {order['number']}"
        yield from (f"EO {number}" for number in re.findall(r"1[0-9]{4}", order["more"]))
    for resolution in _RESOLUTION.finditer(text):
        yield f"UNSCR {resolution['number']}"
    for act in _ACT.finditer(text):
        words = re.sub(r"^(?:The|This|Under the|Under|In|On) ", "", act[0])
        if not _OF_ALL.search(words) and len(words.split()) > 1:
            yield words
