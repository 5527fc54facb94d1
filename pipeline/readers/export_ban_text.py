"""The text of Japan's lists of entities to which exports are banned, in the form in which both of its ministries publish them.

A list is a heading and numbered entries: a Japanese name with its other names in brackets, an English name with its other
names one a line, and addresses. Since September 2025 the other names stand after 別称, with semicolons between them.
`export_bans` says what that means.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.readers.pdf import Line
from pipeline.readers.xml import UnknownContent

_CJK = "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f"
_WIDE = re.compile(rf"[{_CJK}\u3000-\u303f\uff00-\uffef・]")
_START = re.compile(rf"(?P<number>[0-9０-９]{{1,4}})\s+(?P<rest>.*[{_CJK}].*)")
_ENCLOSURE = re.compile("（別添[^）]{0,2}）")
_HEADING = re.compile(
    "○ ?(?:(?:ウクライナをめぐる)?国際平和のための国際的な努力に我が国として寄与するために講ずる)?"
    "(?P<type>輸出等に係る禁止措置)の対象となる(?P<whose>.+)の(?:特定)?団体(?:を指定する件)?(?:（(?P<notice>[^）]+告示第[^）]+号)）)?"
)
_DAY = re.compile("(?P<label>指定日|最終更新日)：(?P<day>.+日)")
_ADDRESS = re.compile("所 ?在 ?地 ?[：:]")
_OTHER_NAMES = re.compile("別称 ?[：:]")
_BULLET = re.compile("[-—]")
_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
           "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty")  # fmt: skip
_ALSO_KNOWN_AS = re.compile(r",?\s*(?:a\.k\.a\.?,?\s+)?(?:the )?follow(?:ing)? (?P<count>[a-z-]+) alias(?:es)?:$")
_BRACKETS = {"（": 1, "(": 1, "）": -1, ")": -1}


class Heading(NamedTuple):
    """What stands above the entries."""

    text: str
    type_text: str
    """輸出等に係る禁止措置."""
    whose: str
    """Of which country the entities are: ロシア連邦."""
    notice: str | None
    """The number of the notice that designates them, where it is printed."""
    days: dict[str, str]
    """指定日 and 最終更新日 as written, where they are printed."""


class Entry(NamedTuple):
    """One numbered entry, in the words of the list."""

    number: int
    japanese: str
    """The Japanese name, with what is told of it (…を含む) but without other names."""
    japanese_others: str | None
    """The other names in Japanese as one text, from the brackets or after 別称."""
    english: str
    stated_count: int | None
    """How many other names in English the list says that there are."""
    english_others: tuple[str, ...]
    address: str
    """All addresses as one text."""


def read(lines: Iterable[Line]) -> tuple[Heading, list[Entry]]:
    """The heading and the entries of a list; raises UnknownContent for what is not in the form that is known."""
    above: list[str] = []
    blocks: list[tuple[int, list[Line]]] = []
    for line in lines:
        if found := _start(line, blocks):
            number = int(unicodedata.normalize("NFKC", found["number"]))
            blocks.append((number, [Line(line.page, found["rest"])]))
        elif blocks:
            blocks[-1][1].append(line)
        else:
            above.append(line.text)
    if not blocks:
        raise UnknownContent(f"expected a heading and numbered entries, found {' / '.join(above[:5])}")
    return _heading(above), [_entry(number, block) for number, block in blocks]


def _start(line: Line, blocks: list[tuple[int, list[Line]]]) -> re.Match[str] | None:
    """The match of a line that starts an entry. Names and addresses that go on with a number on a new line do not."""
    found = _START.fullmatch(line.text)
    if found is None or not blocks:
        return found
    before, block = blocks[-1]
    # An entry is whole once it has an address; Japanese never stands in one.
    if not any(_ADDRESS.match(each.text) for each in block):
        return None
    number = int(unicodedata.normalize("NFKC", found["number"]))
    if number != before + 1:
        raise UnknownContent(f"expected entry {before + 1} after entry {before}, found {line.text} on page {line.page}")
    return found


def _heading(above: list[str]) -> Heading:
    texts = [text for text in above if not _ENCLOSURE.fullmatch(text)]
    days = {found["label"]: found["day"] for text in texts if (found := _DAY.fullmatch(text))}
    text = joined([text for text in texts if not _DAY.fullmatch(text)])
    found = _HEADING.fullmatch(text)
    if found is None:
        raise UnknownContent(f"expected a heading like ○ 輸出等に係る禁止措置の対象となる…の特定団体, found {text!r}")
    return Heading(text, found["type"], found["whose"], found["notice"], days)


# --- One entry --------------------------------------------------------------------------------------------------------


def _entry(number: int, block: list[Line]) -> Entry:
    texts = [line.text for line in block]
    names, address = _cut(texts, _ADDRESS)
    if address is None:
        raise UnknownContent(f"expected 所在地 in entry {number}, found {' / '.join(texts)}")
    names, others = _cut(names, _OTHER_NAMES)
    japanese, english = _by_language(names, fewest=1)
    if not english:
        raise UnknownContent(f"expected a Japanese and an English name in entry {number}, found {' / '.join(names)}")
    # An entry without an address would take in the next one.
    if strange := [text for text in (joined(english), joined(address)) if _is_japanese(text)]:
        raise UnknownContent(f"expected no Japanese after the English name of entry {number}, found {' / '.join(strange)}")
    if others is None:
        return _with_bullets(number, joined(japanese), english, joined(address))
    in_japanese, in_english = _by_language(others, fewest=0)
    return Entry(
        number, joined(japanese), joined(in_japanese) or None, joined(english), None,
        tuple(filter(None, map(str.strip, joined(in_english).split(";")))), joined(address),
    )  # fmt: skip


def _with_bullets(number: int, japanese: str, english: list[str], address: str) -> Entry:
    """An entry whose other names stand in brackets and, in English, after a.k.a., one a line with a dash before it."""
    name, in_brackets = _cut_brackets(japanese)
    for first in range(1, len(english) + 1):
        if found := _ALSO_KNOWN_AS.search(joined(english[:first])):
            count = _COUNTS.index(found["count"]) + 1
            others = tuple(unstopped(joined(texts).lstrip("-— ")) for texts in _bullets(english[first:], count))
            return Entry(number, name, in_brackets, found.string[: found.start()], count, others, address)
    if strange := [text for text in english if _BULLET.match(text)]:
        raise UnknownContent(f"expected a.k.a. before the other names of entry {number}, found {' / '.join(strange)}")
    return Entry(number, name, in_brackets, unstopped(joined(english)), None, (), address)


def _bullets(texts: list[str], count: int) -> list[list[str]]:
    """The lines of each other name. A dash may be a hyphen that came to stand at the start of a line: the count tells."""
    others = [[text] for text in texts[:1]]
    spare = sum(1 for text in texts if _BULLET.match(text)) - count
    for before, text in itertools.pairwise(texts):
        is_hyphen = spare > 0 and not before.endswith((";", "and"))
        if _BULLET.match(text) and not is_hyphen:
            others.append([text])
        else:
            spare -= is_hyphen
            others[-1].append(text)
    return others


def _cut(texts: list[str], label: re.Pattern[str]) -> tuple[list[str], list[str] | None]:
    """The lines before a label, and from it on without the label; None where it is not there."""
    for index, text in enumerate(texts):
        if found := label.match(text):
            return texts[:index], [text[found.end() :].strip(), *texts[index + 1 :]]
    return texts, None


def _by_language(texts: list[str], *, fewest: int) -> tuple[list[str], list[str]]:
    """The Japanese lines and the English lines after them.

    A Japanese text goes on with a line of Latin letters only inside of brackets; an English one has Chinese only there. The
    first `fewest` lines are Japanese whatever their letters.
    """
    depth = 0
    for index, text in enumerate(texts):
        is_first = depth == 0 and index >= fewest
        if is_first and not _is_japanese(text) and re.search("[A-Za-z]", _outside_brackets(text)):
            return texts[:index], texts[index:]
        depth += sum(_BRACKETS.get(letter, 0) for letter in text)
    return texts, []


def _is_japanese(text: str) -> bool:
    return re.search(f"[{_CJK}]", _outside_brackets(text)) is not None


def _outside_brackets(text: str) -> str:
    return re.sub("[（(][^）)]*(?:[）)]|$)", "", text)


def _cut_brackets(japanese: str) -> tuple[str, str | None]:
    """A Japanese name and the other names that stand in brackets after it: 株式会社コンペル（別称、…）."""
    found = re.search("[（(]別[称名][、､]", japanese)
    if found is None:
        return japanese, None
    if not japanese.endswith(("）", ")")):
        raise UnknownContent(f"expected the other names at the end of {japanese!r}")
    return japanese[: found.start()].strip(), japanese[found.end() : -1].strip()


# --- Words ------------------------------------------------------------------------------------------------------------


def joined(texts: Iterable[str]) -> str:
    """Lines as one text: no blank between two wide letters or after a hyphen, one elsewhere."""
    whole = ""
    for text in texts:
        is_hyphenated = whole.endswith("-") or re.match(r"-\w", text)
        is_close = not whole or not text or is_hyphenated or (_WIDE.match(whole[-1]) and _WIDE.match(text[0]))
        whole += text if is_close else f" {text}"
    return " ".join(whole.split())


def unstopped(name: str) -> str:
    """A name without the mark or the `and` that joins it to the next, or the full stop of the sentence."""
    name = re.sub(r"\s*(?:[;；,]\s*and,?|[;；,])$", "", name)
    if re.search(r"(?:^|\s)(?:\S+\.\S+|Ltd|Co|Inc|Corp|Sti|Ști)\.$", name):
        return name
    return name.removesuffix(".")
