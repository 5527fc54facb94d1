"""Where triggers stand in a sentence, and in what form: a noun, a verb, a passive, an adjective."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.claims import deeds, denials, lexicon
from pipeline.claims.deeds import Deed
from pipeline.claims.masks import Sentence

_PRIVILEGES = frozenset({"mfn_revocation", "trade_preference_suspension"})
"""Triggers that name what a measure takes away."""
_DESIGNATIONS = frozenset({"designation", "terrorist_designation"})
_RESTRICTS = re.compile(
    r"\b(?:is|are|was|were|been|be|being|remains?|not|longer|or) (?:\w+ ){0,2}?(?:banned|prohibited|forbidden"
    r"|barred|outlawed|embargoed|blocked"
    r"|halted|suspended|stopped|ended|terminated|cut|severed|broken|discontinued|frozen|immobili[sz]ed|seized|withheld|expelled|declared|exported|sold|supplied|shipped|delivered|imported|bought"
    r"|purchased|controlled|restricted|cancell?ed|revoked|withdrawn|annulled)\b"
    r"|\b(?:no longer|not) (?:be )?(?:allowed|permitted)\b|\b(?:may|can) (?:no longer|not) (?:use|enter|dock|call|sail|pass)\b"
)
"""What a passive needs that begins with what it restricts."""
_ENDS = frozenset({"lift", "suspend", "expire"})
_CHANGES = _ENDS | {"ease", "renew", "widen"}
_DEALINGS = re.compile(r"transactions|dealings")
_NOUN = re.compile(
    r"sanctions? (?:on|against|targeting)\b|(?:\w+ ){0,2}(?:bans?|closures?|embargo)(?: on\b.*)?$|prohibitions? (?:on|of)\b"
    r"|(?:restrictions|curbs|limits) on\b|freez(?:e|es) on\b"
    r"|(?:exclusion|removal|expulsions?|suspension|freeze|cut-?off|revocation|ouster|addition|inclusion) of\b"
)
"""Words of a verb's trigger that are a noun, wherever they stand."""
_BARE = ("ban", "bans", "closure", "embargo")
"""How a noun ends after which, and not in which, stands whom the measure hits."""
_BASE = re.compile(r"(?:ban|freeze|halt|block|cut|embargo|boycott|suspension|expulsion|blacklist)\b")
_NOUN_NEXT = re.compile(
    r"(?:\b(?:the|a|an|its|their|his|this)|[\w.]'s)"
    r"(?: (?!(?:to|will|would|may|can|could|should|must|might|not|and|or|also|that|which|who|people|police)\b)[a-z-]*[^s\W])? $"
)
"""What stands before a noun: "the ban", "Norway's sweeping freeze"."""
_ONE_SANCTION = re.compile(r" (?:on|against|imposed)\b")
_PARTICIPLES = re.compile(r"\w+ed\b|frozen\b|cut\b|shut\b|forbidden\b|put\b|set\b|kicked\b")
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|being|be|get|gets|got)(?: (?:also|not|previously|already|recently|now|later|first|\w+ly))? $"
)
_SPONSOR = re.compile(r"state[- ]sponsors? of (?:international )?terror")
_OF_STATUS = re.compile(
    r"\b(?:designat\w+|(?:black)?list(?:s|ed|ing)?|status|label\w*|declar\w+|recogni\w+|nam(?:es?|ed|ing)|remov(?:e|es|ed|ing|al)"
    r"|rescind\w*|revo\w+)\b"
)
_NEAR = 60
"""Characters around the words for a status in which is told that somebody has it by a list."""
_IN_TITLE = re.compile(r"\b(?:order|proclamation|memorandum|determination) \d+[^().;]{0,60}\([^()]*$")
_AS_COUNTRY = re.compile(
    r" (?:(?:the )?X+ )?as (?:(?:an?|the) )?(?:cpc|countr(?:y|ies)|currency|jurisdiction|tier|special watch|major non)\b"
    r"|(?: the)? X+ as\b"
)
""" "designated Pakistan as a country of particular concern": on a list, but of no measure."""
_BEFORE = re.compile(r"\b(?:already|previously|earlier) (?:designated|sanctioned)\b")
_DESIGNATED_GROUP = re.compile(r"designated (?:foreign |global |specially )?(?:terrorist|terror)")
_ARTICLE = re.compile(r"(?:\b|—)an? $")
_STANDING = re.compile(r" (?:persons?|parties|nationals?|(?:foreign |global )?terrorists?)\b")
""" "are designated persons"."""
_DOER = re.compile(
    r"(?:[XABLG]+|\b(?:has|have|had|also|which|who|that|it|they|we|and|government|administration"
    r"|department|ministry|council|union)),?(?: (?:on|late on|early on) \w+day,?| (?:today|yesterday))? $"
)
_WAIVER = re.compile(r"\b(?:exemption|waiver|general licen)")
_DETERMINER = re.compile(r"\b(?:other|another|the|of|by|any|such|these|formerly|previously|already|all|a) $")
_SEVERAL = re.compile(r"(?:(?:\band|,|&)|\b(?:propos|demand|suggest|recommend|insist|ask|request)\w* that) (?:the )?[XABL]+$")
""" "Norway and Iceland", "proposes that Norway", before the verb "sanction"."""
_TO_VERB = (" to", "will", "would", "could", "may", "should", "can", "not", "also")


@dataclass(frozen=True)
class Occurrence:
    """One trigger at one place of a sentence."""

    number: int
    """Of the sentence."""
    sentence: Sentence
    trigger: lexicon.Trigger
    match: re.Match[str]
    is_verb: bool
    passive: int | None
    """Where the passive begins whose participle it is ("was sanctioned")."""
    is_adjective: bool
    """ "a sanctioned bank": nobody does anything."""
    deed: Deed

    @property
    def start(self) -> int:
        """Where it begins in the sentence."""
        return self.match.start()

    @property
    def end(self) -> int:
        """Where it ends in the sentence."""
        return self.match.end()

    @property
    def left(self) -> str:
        """The masked sentence before it."""
        return self.sentence.masked[: self.start]

    @property
    def done(self) -> int:
        """Where its participle begins, if it is a passive that begins with what is restricted."""
        return _done(self.match)

    @property
    def code(self) -> str:
        """The code of its trigger."""
        return self.trigger.code

    @property
    def is_privilege(self) -> bool:
        """It names what a measure takes away."""
        return self.code in _PRIVILEGES


def occurrences(number: int, sentence: Sentence, *, is_of_sanctions: bool) -> Iterator[Occurrence]:
    """The triggers of a sentence that do not overlap, from left to right; to designate counts in texts on sanctions only."""
    for trigger, match in _triggers(sentence.masked):
        if not is_of_sanctions and (trigger.code == "designation" or match[0].startswith("general licen")):
            continue
        if match[0].startswith("block") and sentence.masked[match.start() - 1 : match.start()] in {'"', "“"}:
            continue  # the title of an act: “Blocking Property …”
        near = sentence.masked[max(0, match.start() - _NEAR) : match.end() + _NEAR]
        if _SPONSOR.match(match[0]) and not _OF_STATUS.search(near):
            continue  # why something is done: "as a state sponsor of terrorism"
        if _IN_TITLE.search(sentence.masked, 0, match.start()):
            continue  # "Proclamation 1234 of 5 May (Suspension of Entry …)"
        if trigger.code == "designation" and _AS_COUNTRY.match(sentence.masked, match.end()):
            continue
        is_verb = trigger.is_verb or (trigger.code == "sanctions" and _is_verb_form(sentence, match))
        if match[0] == "sanction" and not is_verb and not _ONE_SANCTION.match(sentence.masked, match.end()):
            continue
        told = _occurrence(number, sentence, trigger, match, is_verb=is_verb)
        place = told.done if trigger.is_passive else told.start
        if (deed := denials.settled(sentence.masked, place, told.end, told.deed, is_verb=is_verb)) is not None:
            yield replace(told, deed=deed)


def _occurrence(
    number: int, sentence: Sentence, trigger: lexicon.Trigger, match: re.Match[str], *, is_verb: bool
) -> Occurrence:
    m = sentence.masked
    if trigger.is_passive:
        told = deeds.deed(m, _done(match), match.end(), is_verb=True, by_itself=trigger.action)
        return Occurrence(number, sentence, trigger, match, is_verb, match.start(), is_adjective=False, deed=told)
    passive = _passive_before(m, match.start()) if is_verb and _PARTICIPLES.match(match[0]) else None
    if trigger.code == "designation" and match[0].endswith("designated") and not match[0].startswith("designated"):
        passive = match.start()  # "those designated", "both of whom were designated"
    if passive is None and match[0] == "sanctioned" and m.startswith(" by ", match.end()):
        passive = match.start()
    is_adjective = passive is None and _is_adjective(m, match)
    deed = deeds.deed(m, match.start(), match.end(), is_verb=is_verb, by_itself=trigger.action)
    if is_verb and trigger.action == "impose" and (noun := _of_noun(m, trigger, match)):
        deed, is_verb = noun, trigger.object_pattern is None or not match[0].endswith(_BARE)
    if _BEFORE.search(match[0]) or (match[0].endswith("authorities") and deed.action != "widen"):
        deed = deed._replace(action="mention", status="in_force")
    elif trigger.code in _PRIVILEGES and trigger.action == "impose":
        deed = deeds.of_privilege(deed, m)
    elif _WAIVER.search(match[0]):
        deed = deeds.of_waiver(deed, m, *match.span())
    return Occurrence(number, sentence, trigger, match, is_verb, passive, is_adjective, deed)


def _of_noun(masked: str, trigger: lexicon.Trigger, match: re.Match[str]) -> Deed | None:
    """What is done with a measure that words of a verb name as a noun: "lifts its flight ban", "ended the freeze on"."""
    if trigger.code in _DESIGNATIONS or _DEALINGS.match(match[0]):  # "the revocation of the designation of"
        deed = deeds.deed(masked, match.start(), match.end(), is_verb=False)
        is_told = deed.action in (_ENDS if trigger.code in _DESIGNATIONS else _CHANGES)
        return deed if is_told or (deed.action == "mention" and deed.role == "do") else None  # "reviews the designation of"
    is_noun = _NOUN.match(match[0]) or (_BASE.match(match[0]) and _NOUN_NEXT.search(masked[: match.start()]))
    return deeds.deed(masked, match.start(), match.end(), is_verb=False) if is_noun else None


def _done(match: re.Match[str]) -> int:
    """Where the participle of a passive begins."""
    return max(match.start(name) for name in ("done", "done_too") if name in match.re.groupindex)


def _is_adjective(masked: str, match: re.Match[str]) -> bool:
    if match[0] == "sanctioned":
        return not _DOER.search(masked[: match.start()])
    if _DESIGNATED_GROUP.match(match[0]) and _ARTICLE.search(masked, 0, match.start()):
        return True  # "the gang, a designated terrorist organization, has"
    if not match[0].endswith("designated"):
        return False
    return bool(_DETERMINER.search(masked[: match.start()]) or _STANDING.match(masked, match.end()))


def _triggers(masked: str) -> Iterator[tuple[lexicon.Trigger, re.Match[str]]]:
    found, is_passive = [], bool(_RESTRICTS.search(masked))
    for rank, trigger in lexicon.triggers_in(masked):
        if is_passive or not trigger.is_passive:
            found += [(_core(masked, trigger, match), rank, trigger, match) for match in trigger.pattern.finditer(masked)]
    others = list(_other_senses(masked, {trigger.code for _, _, trigger, _ in found})) if found else []
    at = -1
    for start, _, trigger, match in sorted(found, key=lambda each: each[:2]):
        if start >= at and not _is_of_other_sense(trigger, match, others):
            at = match.end()
            yield trigger, match


def _other_senses(masked: str, told: set[str]) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Where words mean something else that look like one of the measures told."""
    for sense in lexicon.senses():
        if not sense.codes or sense.codes & told:
            yield from ((*words.span(), sense.codes) for words in sense.pattern.finditer(masked))


def _is_of_other_sense(trigger: lexicon.Trigger, match: re.Match[str], others: list[tuple[int, int, frozenset[str]]]) -> bool:
    """Some of its words belong to words that mean something else."""
    return any(
        match.start() < end and start < match.end() and (not codes or trigger.code in codes) for start, end, codes in others
    )


def _core(masked: str, trigger: lexicon.Trigger, match: re.Match[str]) -> int:
    """Where the words begin that name the measure; before them stands what tells that they are meant so."""
    if trigger.code != "designation":
        return match.start()
    return max(match.start(), masked.find("designat", match.start(), match.end()))


def _is_verb_form(sentence: Sentence, match: re.Match[str]) -> bool:
    """ "sanctions" is a verb between somebody who acts and what begins a noun."""
    if match[0] not in {"sanctions", "sanction"}:
        return False
    m, end = sentence.masked, match.end()
    is_name = re.match(r" [A-ZÀ-Þ]", sentence.text[end : end + 2]) and m[end : end + 2] != " B"
    if not is_name and not lexicon.pattern("noun_follows").match(m, end):
        return False
    before = m[: match.start()].rstrip()
    if match[0] == "sanction":
        return before.endswith(_TO_VERB) or bool(_SEVERAL.search(before))
    last = before.split()[-1].strip(",") if before else ""
    return last[-1:] in {"X", "B", "L", "G"} or last in lexicon.words("authorities") or last in {"also", "it", "and"}


def _passive_before(masked: str, start: int) -> int | None:
    begin = max(0, start - 30)
    found = _PASSIVE.search(masked[begin:start])
    return begin + found.start() if found else None
