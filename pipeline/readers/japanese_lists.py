"""Items and names in one cell of a Japanese list: `(a)…(b)…`, `別称、…`, `(a.k.a. …; a.k.a. …)`, 日本語（English）.

Marks of full and of half width mean the same; what they enclose is given back as it was written.
"""

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

# One character for one, so that what is found in the plain copy can be cut out of the text itself.
_PLAIN = str.maketrans(
    "（）；：，．\u3000\u00a0［］ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ", "();:,.  []abcdefghijklmnopqrstuvwxyz"
)
# A spreadsheet makes © of (c) while it is typed.
_LETTER = re.compile(r"\(\s?([a-z]{1,2})\s?\)|©")
_JAPANESE = re.compile(r"[\u3041-\u30fa\u30fd-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_KANA = re.compile(r"[\u3041-\u30fa\u30fd-\u30ff]")
_SCRIPTS = (
    ("Jpan", _KANA),
    ("Hani", re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")),
    ("Arab", re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")),
    ("Cyrl", re.compile(r"[\u0400-\u04ff]")),
    ("Latn", re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")),
)
_MARK = r"(?:[afn]\.\s?k\.?\s?a\.?|別称|別名\d*|旧称)"
_MARKED = re.compile(rf"\s*(?:\({_MARK}\)|{_MARK}(?=[\s、,:(]|$))\s*[、,:]?\s*", re.IGNORECASE)
_LATIN_MARK = re.compile(r"\s*[;,、]?\s*\b[afn]\.\s?k\.?\s?a\.?\s*:?\s*", re.IGNORECASE)
_TRAILING_MARK = re.compile(rf"[\s、,;]*\(?\s*{_MARK}\s*[:、]?\s*$", re.IGNORECASE)
_FORMER = re.compile(r"旧称|f\.\s?k", re.IGNORECASE)
# SULTAN AZIZ AZAM(original script: …); one cell says "scipt".
_ORIGINAL = re.compile(r"\(?\s*original\s*sc(?:r)?ipt\s*:\s*(?P<name>[^()]*)\)?", re.IGNORECASE)
# Said of a name, and no part of it: （リビア旅券番号：215215）, （1948年12月16日、…イゾ生まれ）, (born in 1971 …).
_OF_A_PERSON = re.compile(
    r"旅券|生年月日|生まれ|出生|国籍|名義|ID番号|\bborn\b|passport|\bidenti(?:ty|fication)\b", re.IGNORECASE
)
_TOLD_BEHIND = re.compile(r"[、,]\s*(?:\d{4}年|[A-Z][a-z]+ passport).*|[、,]?\s*\bborn\b.*|\s*【[^】]*】$", re.DOTALL)
_NOTHING = frozenset({"", "不明", "なし", "-", "－", "―"})


class Written(NamedTuple):
    """A name in a cell."""

    value: str
    is_former: bool = False
    is_original_script: bool = False
    note: str | None = None
    """What the cell says of this name."""
    is_sentence: bool = False
    """The cell speaks of a name instead of giving it."""


def plain(text: str) -> str:
    """A copy of the same length with marks of half width."""
    return text.translate(_PLAIN)


def script_of(text: str) -> str | None:
    """The ISO 15924 code of the only script of the words, Japanese where kana stand among them; None where not certain."""
    found = [code for code, letters in _SCRIPTS if letters.search(text)]
    return found[0] if len(found) == 1 or found[:1] == ["Jpan"] else None


def has_japanese(text: str) -> bool:
    """Whether kana or Chinese characters stand in the text."""
    return _JAPANESE.search(text) is not None


def items(text: str) -> tuple[str, list[str]]:
    """The items that letters in brackets count, (a) first, and the words before them; none where no (a) stands there.

    Counting may begin again (names in Japanese, then in English) and may pass over a letter; any other letter in brackets
    belongs to the words.
    """
    marks: list[re.Match[str]] = []
    expected = {1}
    for mark in _LETTER.finditer(plain(text)):
        place = _place(mark[1] or "c")
        if place in expected or (place == 1 and marks):
            marks.append(mark)
            expected = {place + 1, place + 2}
    if not marks:
        return text, []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    found = [text[mark.end() : end].strip(" 　\n\xa0、,;；") for mark, end in zip(marks, ends, strict=True)]
    return text[: marks[0].start()], [item for item in found if item not in _NOTHING]


def _place(letters: str) -> int:
    """(a) is 1, (z) is 26, (aa) is 27."""
    value = 0
    for letter in letters:
        value = value * 26 + ord(letter) - ord("a") + 1
    return value


def split_outside(text: str, separators: str) -> list[str]:
    """The text at each of the characters that stands outside of brackets and quotation marks."""
    parts, depth, start = list[str](), 0, 0
    for position, character in enumerate(plain(text)):
        if character in "([「“":
            depth += 1
        elif character in ")]」”":
            depth = max(0, depth - 1)
        elif character in separators and depth == 0:
            parts.append(text[start:position])
            start = position + 1
    return [*parts, text[start:]]


def two_scripts(text: str) -> tuple[str, ...]:
    """`ニコラ（Nicolas）` and `Air Koryo (高麗航空)` are two names; anything else is one."""
    copy = plain(text)
    if copy.endswith(")"):
        for opening in (match.start() for match in re.finditer(r"\(", copy)):
            outer, inner = text[:opening].strip(), text[opening + 1 : -1].strip()
            is_other = has_japanese(outer) != has_japanese(inner) and bool(has_japanese(inner) or script_of(inner))
            if outer and is_other and _is_balanced(inner):
                return outer, inner
    return (text,)


def names(text: str) -> list[Written]:
    """Every name that the cell gives, in its order, each once."""
    found: dict[str, Written] = {}
    for name in _names(text):
        found.setdefault(name.value, name)
    return list(found.values())


def _names(text: str) -> Iterator[Written]:
    originals = [match["name"].strip() for match in _ORIGINAL.finditer(plain(text))]
    text = _without(text, _ORIGINAL)
    before, counted = items(text)
    pieces = _counted(before, counted) if counted else _uncounted(text)
    for piece, is_former in pieces:
        yield from _written(piece, is_former)
    for original in originals:
        if original not in _NOTHING:
            yield Written(original, is_original_script=True)


def _counted(before: str, counted: list[str]) -> Iterator[tuple[str, bool]]:
    """Each item; a mark at the end of one (`…\n(f.k.a.: (a)…`) speaks of those that follow."""
    is_former = bool(_FORMER.search(before))
    for item in counted:
        mark = _TRAILING_MARK.search(plain(item))
        yield (item[: mark.start()] if mark else item), is_former
        is_former = bool(_FORMER.search(mark[0])) if mark else is_former


def _uncounted(text: str) -> Iterator[tuple[str, bool]]:
    is_former, listed_before = False, 0
    lines = _whole_lines(text)
    for line, following in itertools.zip_longest(lines, lines[1:], fillvalue=""):
        inner = _unwrapped(line)
        mark = _MARKED.match(plain(inner))
        if mark:
            is_former = bool(_FORMER.search(mark[0]))
            inner = inner[mark.end() :]
        parts = _parts(inner, has_mark=mark is not None, listed_before=listed_before)
        if mark and has_japanese(inner):
            parts = _with_last_two(parts, len(_LATIN_MARK.findall(plain(following))))
        listed_before = len(parts)
        for part in parts:
            yield part, is_former


def _parts(line: str, *, has_mark: bool, listed_before: int) -> list[str]:
    """The names of one line. A Latin comma divides names only where the Japanese line above lists as many."""
    if has_mark and _LATIN_MARK.search(plain(line)):
        cuts = [match.span() for match in _LATIN_MARK.finditer(plain(line))]
        starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(line)]
        return [line[start:end] for start, end in zip(starts, ends, strict=True)]
    parts = split_outside(line, ";")
    if len(parts) > 1:
        return parts
    if has_japanese(line):
        return split_outside(line, "、")
    listed = re.split(r",\s+", line)
    return listed if len(listed) == listed_before else [line]


def _with_last_two(parts: list[str], count_in_latin: int) -> list[str]:
    """`X、Y及びZ` are three names where the line below has three: 及び also stands within names of ministries."""
    if len(parts) + 1 == count_in_latin and parts[-1].count("及び") == 1:
        return [*parts[:-1], *parts[-1].split("及び")]
    return parts


def _whole_lines(text: str) -> list[str]:
    """The lines, those joined whose brackets close only on a later one."""
    lines: list[str] = []
    for line in text.splitlines():
        if lines and not _is_balanced(lines[-1]):
            lines[-1] += f" {line}"
        elif line.strip():
            lines.append(line)
    return lines


def _unwrapped(line: str) -> str:
    line = line.strip()
    copy = plain(line)
    if copy.startswith("(") and copy.endswith(")") and _is_balanced(copy[1:-1]):
        return line[1:-1].strip()
    return line


def _written(piece: str, is_former: bool) -> Iterator[Written]:
    value, said = _parted(piece)
    behind = _TOLD_BEHIND.search(value) if not said or _OF_A_PERSON.search(plain(value)) else None
    if behind:
        value, said = value[: behind.start()], [*said, behind[0].strip("、, ")]
    value, note = _tidy(value), " ".join(said) or None
    if value.endswith("。") or _OF_A_PERSON.search(plain(value)):
        yield Written(value, is_sentence=True)
        return
    for name in two_scripts(value):
        if name not in _NOTHING:
            yield Written(name, is_former, note=note)


def _parted(piece: str) -> tuple[str, list[str]]:
    """The words without the brackets that tell of a person, and these."""
    kept, said, depth, start = "", list[str](), 0, 0
    for position, character in enumerate(plain(piece)):
        if character == "(":
            if depth == 0:
                kept, start = kept + piece[start:position], position
            depth += 1
        elif character == ")" and depth:
            depth -= 1
            group = piece[start : position + 1]
            if depth == 0 and _OF_A_PERSON.search(plain(group)):
                said, start = [*said, group], position + 1
    return kept + piece[start:], said


def _tidy(text: str) -> str:
    """On one line, without the comma that parted it from the next and the bracket of a pair around several."""
    value = " ".join(text.split()).strip("、,;； 　")
    while value and not _is_balanced(value) and plain(value)[-1] == ")":
        value = value[:-1].rstrip("、,;； 　")
    while value and not _is_balanced(value) and plain(value)[0] == "(":
        value = value[1:].lstrip("、,;； 　")
    return value


def _without(text: str, pattern: re.Pattern[str]) -> str:
    for match in reversed(list(pattern.finditer(plain(text)))):
        text = text[: match.start()] + text[match.end() :]
    return text


def _is_balanced(text: str) -> bool:
    depth = 0
    for character in plain(text):
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return False
    return depth == 0
