"""The legal acts that a text names: orders and resolutions by their short names, others as written."""

import re
from collections.abc import Iterator

from pipeline.claims import lexicon

_ORDER = re.compile(
    r"\b(?:Executive Orders?|E\. ?O\.s?)(?: ?\(E\. ?O\.s?\))? (?:Nos?\. )?"
    r"(?P<numbers>1[0-9]{4}(?:,? (?:(?:and|or) )?(?:E\. ?O\. )?1[0-9]{4})*)"
)
_RESOLUTION = re.compile(
    r"\b(?P<of>House |Senate |Assembly |Joint |Rights Council |Parliament )?(?:UNSCRs?|S/RES/|Resolutions?)"
    r"(?: \(UNSCRs?\))? ?(?:Nos?\.? ?)?"
    r"(?P<numbers>[12]?\d{3}(?: \(\d{4}\))?(?:(?:, | and |, and )(?:UNSCR )?[12]?\d{3}(?: \(\d{4}\))?)*)(?![\d/-])",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{3}")
_YEAR = re.compile(r"\(\d{4}\)")
_NAME = r"(?:[A-ZÀ-Þ][\w’'.-]*\w|\([A-Z][^()]{2,40}\))"
_ACT = re.compile(
    rf"(?<![\w’'-]){_NAME}(?: (?:(?:and|of|for|to|with|the|on|in) )*{_NAME}){{0,14}}? "
    r"(?:Act|Regulations?|Proclamation|Decree|Ordinance|Directive|Joint Action|Common Position|(?<!Martial )(?<!Sharia )Law)"
    r"\b(?!-)"
    r"(?: of (?:19|20)\d\d| (?:No\.? ?)?\d[\w/.-]*\w)?"
)
_LEADS = re.compile(
    r"^(?:(?:[A-Z]{2,}['’]s|The|This|That|Under|In|On|By|With|As|Pursuant|And|Using|to|the|of|by|signed|also) )+"
)
_UNDER = re.compile(r"^.* (?:[Uu]nder|[Oo]f) (?:the )(?=\S+ \S+)")
"""The title of another act, which names one: "Delegation of Functions Under the Kingpin Act"."""
_OF_ALL = re.compile(
    r"International Emergency Economic Powers|National Emergencies|Immigration and Nationality|Title \d"
    r"|Appropriations|Trade Expansion|Freedom of Information|Administrative Procedure|Privacy Act|Paperwork Reduction"
    r"|Code of Federal"
)
"""Acts that give a power to impose anything; a text cites them for every measure."""


def named(text: str) -> Iterator[str]:
    """The acts that a sentence names, in their kinds; an act without a name as the words that tell what it is."""
    numbered = _numbered(text) if _NUMBER.search(text) else ()
    found = [*numbered, *_titled(text), *(match[0] for match in lexicon.acts().finditer(text))]
    found = found or [match["act"] for name in _UNNAMED for match in lexicon.pattern(name).finditer(text)]
    yield from (words for words in dict.fromkeys(found) if not any(words != other and words in other for other in found))


_UNNAMED = ("unnamed_act", "signed_act")


def _numbered(text: str) -> Iterator[str]:
    for order in _ORDER.finditer(text):
        yield from (f"EO {number}" for number in re.findall(r"1\d{4}", order["numbers"]))
    for resolution in _RESOLUTION.finditer(text):
        if not resolution["of"]:
            yield from (f"UNSCR {number}" for number in re.findall(r"\d+", _YEAR.sub("", resolution["numbers"])))


def _titled(text: str) -> Iterator[str]:
    for act in _ACT.finditer(text):
        words = _LEADS.sub("", _UNDER.sub("", act[0]))
        if not _OF_ALL.search(words) and len(words.split()) > 1:
            yield words
