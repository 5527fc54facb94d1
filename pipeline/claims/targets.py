"""The names of those whom a measure hits, as a sentence writes them."""

import re
from collections.abc import Iterator

from pipeline.claims import gazetteer, lexicon
from pipeline.claims.masks import Sentence
from pipeline.claims.occurrences import Occurrence

_CAPITAL = r"(?:[A-ZÀ-ÞŠŽ][\w’'&.-]*[\w]|[A-ZÀ-Þ]\.|[A-Z]{2,}|\d+(?:st|nd|rd|th))"
_JOINT = r"(?:al-|bin|ibn|bint|ag|ould|al|el|de|la|del|dos|von|van|der|of|for|the|and|&|y|e)"
_COMPANY = r"(?:[.,]{0,2} (?:Ltd|Inc|LLC|L\.L\.C|Limited|Corp|Co|GmbH|S\.A|JSC|PJSC|OJSC|AG|PLC)\b\.?)"
_NAME = re.compile(rf"(?<![\w’'-])(?:al-)?{_CAPITAL}(?:[ -](?:{_JOINT} )*(?:al-)?{_CAPITAL})*{_COMPANY}*")
_END = re.compile(
    r"\b(?:pursuant|under|in (?:response|retaliation|connection|order|exchange|return|protest)|for (?:its|their|his|her|being"
    r"|having|allegedly|alleged|violat\w+|human|\w+ing)|because|due to|following|after|before|since|until|during|despite"
    r"|over (?!\d)|in an? (?:bid|attempt|effort)|accus\w+|citing|who|which|whose|saying|amid(?:st)?|responsible|involved"
    r"|that|to|by|from|(?<!well )as (?!well)|named|believed|linked|affiliated|operated|with(?:out)?|when|where|while|but|if"
    r"|including on)\b|; |–|—|:\*"
)
_VERB = re.compile(r"\S+(?: off| out| up)?")
_WITHDRAWN = re.compile(r"\b(?:from|out of|off|to (?:its|the|a|their)|on(?:to)? (?:its|the|a|their)|as an?)\b")
"""Where a verb that has its object inside says what is done with it: "cut Acme Bank off from SWIFT"."""
_CLAUSE = re.compile(
    r"; |: |\b(?:after|that|which|who|because|while|when|where|but|although|though|before|since|if|says?|said|and then)\b"
)
_APART = re.compile(r", (?:which|who|whose|a|an|the|formerly) [^,]*,")
_OPENING = re.compile(r"\W*(?:in|on|at|since|during|under|with|following|by|for|as|late|early) [^,]*, ")
_NOT_HIT = re.compile(
    r"\b(?:(?:supporters?|backers?|allies|associates?|relatives|wi(?:fe|ves)|husband|sons?|daughters?|children|parents|brothers?"
    r"|sisters?|nephews?|financiers?|affiliates?|prox(?:y|ies)|agents?|opponents?|critics?|members?|spokes\w+|heads?|leaders?"
    r"|commanders?|chief|director|governor|chairman|ceo|minister|founder|owner|officials?|branch|arm|part|subsidiar(?:y|ies)"
    r"|units?) of|in|at|near|inside|across|throughout|into|outside|via|for|against the backdrop of) (?:the )?$"
)
"""Words after which a name tells of whom somebody is, or where: "supporters of the Blue Front"."""
_NOT_THE_NAME = re.compile(
    r"['’]s? |-(?:[a-z]+\b)| (?:regime|government|administration|junta|era|war|family|clan"
    r"|signed|signs|announce[ds]|said|says|issue[ds]|declare[ds]|ordered|orders|will)\b"
)
_PART = re.compile(r"; (?:and |as well as )?(?P<words>[^;]+)")
_SAYS = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|may|can|impos\w+|bann\w+|ban|sanction\w+|said|says)\b")
_WHOSE = re.compile(r"A+ $")
_LIST = re.compile(r": (?=[^a-z])")
_KIND = re.compile(r"(?:\S+-[a-z]+ )*")
"""What stands in front of a name and tells of what kind or where it is: "Yemen-based"."""
_OWNED = re.compile(r"(?:['’]s?) ")
_HEADING = 0.7
"""The share of capitalized words from which on a sentence is a heading, whose capitals tell no names."""


def names(occurrence: Occurrence, begin: int) -> tuple[str, ...]:
    """The names in what a measure hits, which begins at a place unless its words hold it; not those of territories."""
    sentence = occurrence.sentence
    for start, end in _objects(occurrence, begin):
        if found := list(_names(sentence, start, end)):
            return tuple(dict.fromkeys([*found, *_further(sentence, end)]))
    return tuple(_called(occurrence, begin))


def _further(sentence: Sentence, start: int) -> Iterator[str]:
    """The names of the further parts of a list that semicolons part, as long as these say nothing but names."""
    for part in _PART.finditer(sentence.masked, start):
        stop = _END.search(sentence.masked, part.start("words"), part.end())
        end = stop.start() if stop else part.end()
        if _SAYS.search(sentence.masked, part.start("words"), end):
            return
        yield from _names(sentence, part.start("words"), end)


def _objects(occurrence: Occurrence, begin: int) -> Iterator[tuple[int, int]]:
    """Where those whom it hits may be named: before a passive, inside its words, else after them."""
    masked = occurrence.sentence.masked
    if occurrence.trigger.is_passive:
        whose = _WHOSE.search(masked, 0, occurrence.start)
        yield whose.start() if whose else occurrence.start, occurrence.done
    elif occurrence.passive is not None:
        yield _subject_begin(masked, occurrence.passive), occurrence.passive
    elif occurrence.is_verb:
        named = masked.find("designat", occurrence.start, occurrence.end) if occurrence.code == "designation" else 0
        verb = _VERB.match(masked, max(occurrence.start, named))
        at = verb.end() if verb else occurrence.end
        stop = _WITHDRAWN.search(masked, at, occurrence.end)
        yield at, stop.start() if stop else occurrence.end
    stop = _END.search(masked, begin)
    yield begin, stop.start() if stop else len(masked)
    if listed := _LIST.search(occurrence.sentence.plain, begin):
        yield listed.end(), len(masked)


def _subject_begin(masked: str, passive: int) -> int:
    """Where the subject of a passive begins, behind the clause before it and the words that open the sentence."""
    whole = _APART.sub(lambda apart: "." * len(apart[0]), masked[:passive])
    begin = max((barrier.end() for barrier in _CLAUSE.finditer(whole)), default=0)
    opening = _OPENING.match(whole, begin)
    return opening.end() if opening else begin


def _is_heading(sentence: Sentence) -> bool:
    if sentence.text.endswith((".", "”", '"')):
        return False
    words = [word for word in sentence.text.split() if len(word) > 3]
    return sum(word[0].isupper() for word in words) > _HEADING * len(words)


def _names(sentence: Sentence, start: int, end: int) -> Iterator[str]:
    if _is_heading(sentence):
        return
    for match in _NAME.finditer(sentence.plain, start, end):
        is_led = _NOT_HIT.search(sentence.masked, max(0, match.start() - 30), match.start())
        is_led = is_led or lexicon.pattern("no_party").search(match[0])
        if is_led or _bracketed(sentence.text, match.start()) or _is_owner(sentence, match):
            continue
        for part in _parts(match[0]):
            if (name := _bare(part)) and not _is_place(f"{name}."):
                yield name


def _is_owner(sentence: Sentence, match: re.Match[str]) -> bool:
    """It only tells of whom what follows is: "Acme's ships", "the Doe regime", "Acme-backed"."""
    if match[0].endswith(("'s", "’s", "s'", "s’")):
        return True
    is_backed = re.fullmatch(r"\S+-[a-z]+", match[0]) is not None
    return is_backed or _NOT_THE_NAME.match(sentence.plain, match.end()) is not None


def _parts(name: str) -> list[str]:
    """What "and" joins are two names, unless it joins words of one: "Ministry of Defence and Logistics"."""
    wholes = name.split(" and the ")
    if len(wholes) > 1:
        return [part for whole in wholes for part in _parts(whole)]
    parts = [_bare(part) or part for part in name.split(" and ")]
    is_one = lexicon.pattern("of_bodies").search(" and ".join(parts)) and not any(map(_is_place, parts))
    return [name] if is_one and not all(map(_is_whole_body, parts)) else parts


def _is_whole_body(name: str) -> bool:
    """It ends with the word for a body: "Omega Research Institute"."""
    return lexicon.pattern("bodies").fullmatch(name.rsplit(" ", 1)[-1]) is not None


def _bare(name: str) -> str | None:
    """A name without its owner, its place and its titles; None where nothing is left that names somebody."""
    owner = next(iter(gazetteer.mentions(name)), None)
    if owner is not None and owner.start == 0 and (found := _OWNED.match(name, owner.end)):
        name = name[found.end() :]
    titled = lexicon.pattern("titled").match(name)
    words = _without_titles(_KIND.sub("", name[titled.end() if titled else 0 :], count=1).split())
    plain = _without_home(re.sub(r"['’]s$", "", " ".join(words).rstrip(".’'-")))
    is_name = (
        (len(plain) > 2 or (len(plain) == 2 and plain.isupper()))
        and plain[:1].isupper()
        and not lexicon.pattern("no_party").search(plain)
    )
    return plain if is_name and plain.lower() not in lexicon.words("not_names") else None


def _without_home(name: str) -> str:
    """A person's name without the country that "of" tells after it: "Charles Taylor of Liberia"; a body has it in its name."""
    head, _, home = name.rpartition(" of ")
    return head if head and _is_place(home) and not lexicon.pattern("bodies").search(head) else name


def _without_titles(words: list[str]) -> list[str]:
    """What follows the titles: "Secretary of Defense Ivan Petrov"; "Defense" is none but after "of"."""
    titles, departments, last = lexicon.words("titles"), lexicon.words("departments"), ""
    while words and (words[0].lower().strip(".") in titles or (last == "of" and words[0].lower() in departments)):
        last, words = words[0].lower(), words[1:]
    return words


def _is_place(name: str) -> bool:
    """It is made of nothing but territories and their people: "Russia and Belarusian"."""
    rest = list(name)
    for each in gazetteer.mentions(name):
        if each.kind not in {"group", "leader"}:
            rest[each.start : each.end] = " " * (each.end - each.start)
    return not any(letter.isupper() for letter in rest)


def _called(occurrence: Occurrence, begin: int) -> Iterator[str]:
    """Those who are told by what they are, where none has a name: "Syrian rebels", "four Israeli settlers"."""
    pattern = lexicon.pattern("called")
    for start, end in () if _is_heading(occurrence.sentence) else _objects(occurrence, begin):
        for match in pattern.finditer(occurrence.sentence.masked, start, end):
            yield occurrence.sentence.plain[slice(*match.span())]


def _bracketed(text: str, at: int) -> bool:
    return text.rfind("(", 0, at) > text.rfind(")", 0, at)
