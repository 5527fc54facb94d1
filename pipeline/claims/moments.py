"""Dates in prose, and the step of a measure that each of them tells."""

import datetime as dt
import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.claims.deeds import Deed
from pipeline.claims.masks import Sentence
from pipeline.claims.model import ClaimDate, Span
from pipeline.dates import UnreadableDate, prose
from pipeline.records import Action, Step

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Mar\.|Apr\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_YEAR = r"(?:19|20)\d\d\b"
_LEAD = re.compile(
    r"\b(?:[Oo]n|[Ii]n|[Ff]rom|[Aa]s of|[Ss]ince|[Bb]y|[Uu]ntil|till|[Tt]hrough|[Ee]ffective(?: on| from| as of)?"
    r"|[Bb]eginning(?: on| in)?|[Ss]tarting(?: on| in)?|[Bb]ack in|[Ee]arlier|[Bb]efore|[Aa]fter|[Bb]eyond|[Bb]etween|[Dd]ated"
    r"|[Uu]p to|with effect from|[Dd]uring|of) (?:the )?$"
)
_REACH = 24
"""The longest words that lead to a date."""
_DATES = (
    r"\b\d{4}-\d\d-\d\d\b",
    rf"(?:{_WEEKDAY},? )?{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?!\d)(?:,? {_YEAR})?",
    rf"\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}(?!\w)(?: {_YEAR})?",
    r"\b(?:[Tt]oday|[Yy]esterday|[Tt]onight|[Tt]omorrow)\b(?:['’]s)?",
    rf"\b(?:last |this |next )?{_WEEKDAY}\b",
    rf"\b(?:last |next |early |late |mid-|this )*{_MONTH}(?:,? (?:of )?{_YEAR})?(?!\w)",
    rf"\b(?:end|start|beginning) of (?:{_YEAR}|(?:this|the|next) year\b)",
    rf"\b(?:19|20)\d\d(?:[-–]| (?:and|to|until) ){_YEAR}",
    rf"\b(?:mid-|early |late )?{_YEAR}(?![\d-])",
    r"\b(?:earlier this|later this|last|this|next) (?:year|month|week)\b",
)
"""The forms of dates in prose, the fuller ones first."""
_WORDS = re.compile(rf"(?<![\w])(?=[JFMASONDTWYaeflmnsty\d])(?:{'|'.join(_DATES)})")
_NOT_A_DATE = re.compile(
    r"(?:resolution|number|no\.|act of|section|agreement of|constitution of|report|olympics|cup|election|games|summit"
    r"|convention of|championships?) $",
    re.IGNORECASE,
)
_NOT_AFTER = re.compile(
    r"^\s?(?:invasion|election|coup|war|crisis|olympic|summer olympics|winter olympics|world cup|attack|protests?|nuclear"
    r"|rocket|missile|massacre|act\b|agreement|deal|accord|constitution|ukrainian|annexation|referendum|budget|genocide"
    r"|presidential|movement|parliamentary|general election)",
    re.IGNORECASE,
)
_OTHER_CLAUSE = re.compile(
    r"\b(?:after|because|while|when|whereas|who|which|despite|following|in response|in retaliation|over|citing|accus\w+"
    r"|for (?:its|their|his|her|\w+ing|the)|amid|as part of|condemn\w+|that|where|if|unless|responding|said|says|but"
    r"|in connection|prior to|ahead of|during|with|until|in violation|in breach|in defiance)\b|; "
)
_ENDS = re.compile(r"(?:until|till|through|up to)\s*(?:the )?$|expir\w+ (?:on|in|at the end of)\s*$", re.IGNORECASE)
_BEGINS = re.compile(
    r"(?:effective|beginning|starting|from|as of|takes? effect|into (?:force|effect)|with effect|implement\w*)"
    r"(?: \w+){0,3} (?:the )?$|(?:effective|beginning|starting|from|as of|with effect from)(?: on| in)? (?:the )?$",
    re.IGNORECASE,
)
_UNTIED_LEADS = ("beyond", "before", "after", "between", "during")
_FAR = 60
"""Characters between a date and what is only proposed or threatened, from which on it dates something else."""
_NEAR = 30
_APART = re.compile(r", (?:which|who|whose) [^,]*,")
_THAT_BANS = re.compile(
    r"\b(?:ordinance|decree|law|bill|orders?|resolution|regulations?|measures?|act|directive|package|rules?"
    r"|plan) (?:that|which) $"
)
"""An act that imposes has the date of the verb that tells of it: "approved on Tuesday a decree that bans"."""
_NEW_SUBJECT = re.compile(r", (?:and |but |while )?(?:the |its )?[XABL]|: ")
_NEXT_CLAUSE = re.compile(r", (?:and|but|while|as) (?:the |its )?[XABL]")
_BARE_MONTH = re.compile(_MONTH)
_VERBS = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|said|says)\b|[.,;]")
_DECLARED = re.compile(r"\b(?:declared|declaring|proclaimed)\b")
_DECLARED_ON = re.compile(
    r"\bdeclared (?:by the president )?(?:(?:in|by|under|pursuant to) executive order \d+,? )?(?:of |on )?$"
)
_EXPANDED_ON = re.compile(r"\b(?:expanded|amended|modified) (?:in scope )?(?:(?:in|by) executive order \d+,? )?(?:of |on )?$")
_AMENDED = re.compile(r"\b(?:issued|signed)\b.*\b(?:additional steps|expand\w*|amend\w*|modif\w*|further steps|relied)\b")
_TODAY = re.compile(r"\b[Tt]oday(?:['’]s (?:action|actions|designations?|announcement|measures|sanctions))?\b")
_OF_MEASURES = re.compile(r"designat|sanction|action|impos|target|visa|blocking")
_NEAR_TODAY = 70
"""Characters around "today" in which a press release says what it does."""
_ORDERS = re.compile(r"[Bb]y the authority vested in me|(?:it is )?hereby (?:ordered|order|proclaim)")
_SIGNED = re.compile(rf"THE WHITE HOUSE,?\s+(?P<day>{_MONTH} \d{{1,2}}, \d{{4}})\.?\s*$")


class Moment(NamedTuple):
    """A date that a sentence writes; places count from its beginning."""

    start: int
    end: int
    lead: str
    words: str


@functools.lru_cache(maxsize=256)
def moments(text: str) -> tuple[Moment, ...]:
    """The dates that a sentence writes, with the words that lead to them; several measures ask for those of one sentence."""
    return tuple(_moments(text))


def _moments(text: str) -> Iterator[Moment]:
    for found in _WORDS.finditer(text):
        before = text[max(0, found.start() - _REACH) : found.start()]
        if _NOT_A_DATE.search(before) or _NOT_AFTER.match(text[found.end() :]):
            continue
        led = _LEAD.search(before)
        words, lead = found[0], led[0] if led else ""
        if lead.startswith("of"):
            if words.isdigit():
                continue  # "the events of 2014"
            lead = lead if words[0].isdigit() else ""
        if words.isdigit() and lead.endswith("the "):
            continue  # "since the 2003 wars"
        if words == "May" and not lead:
            continue
        start = found.start() - len(lead)
        yield Moment(start, found.end(), lead.lower(), words)


def told(sentence: Sentence, start: int, end: int, deed: Deed, published: dt.date | None) -> list[ClaimDate]:
    """The dates that a sentence ties to the measure at a place of it, each with its step."""
    found = []
    for moment in moments(sentence.plain):
        step = _step(sentence, moment, start, end, deed)
        if step is not None:
            found.append(dated(sentence, moment, *step, published))
    return found


def dated(sentence: Sentence, moment: Moment, action: Action, step: Step, published: dt.date | None) -> ClaimDate:
    """A dated step, with the words as the text writes them; a relative date stays unresolved without a day of publication."""
    return _dated(sentence.text, moment, action, step, at=sentence.span.start, published=published)


def _dated(text: str, moment: Moment, action: Action, step: Step, *, at: int = 0, published: dt.date | None) -> ClaimDate:
    words, span = text[moment.start : moment.end], Span(at + moment.start, at + moment.end)
    is_ahead = step == "effective" or action == "expire"
    try:
        period = prose(words, published=published, is_ahead=is_ahead)
    except UnreadableDate:
        return ClaimDate(action, step, None, None, "day", words, span)
    return ClaimDate(action, step, period.earliest, period.latest, period.precision, words, span, period.derivation)


def _step(  # noqa: PLR0911 — one way out a kind of date
    sentence: Sentence, moment: Moment, start: int, end: int, deed: Deed
) -> tuple[Action, Step] | None:
    """Which step of the measure a date tells; None where it dates something else."""
    if start <= moment.start and moment.end <= end:  # "our March 15 designations"
        return ("impose", "unspecified") if deed.inner_action in {"impose", "mention"} else None
    between = _THAT_BANS.sub("", _APART.sub("", _between(sentence.masked, moment, min(start, deed.inner), end)))
    if not _is_date_of_clause(sentence.masked, moment, between, min(start, deed.inner)):
        return None
    before = sentence.plain[max(0, moment.start - 30) : moment.start] + moment.lead
    if _ENDS.search(before):
        return None if _OTHER_CLAUSE.search(between.replace("until", "")) else ("expire", "unspecified")
    is_far = deed.action in {"propose", "threaten"} and len(between) > _FAR
    if moment.lead.startswith(_UNTIED_LEADS) or _OTHER_CLAUSE.search(between) or is_far:
        return None
    if deed.action == "mention":
        is_begin = moment.start >= end and _BEGINS.search(before)
        return ("impose", "effective") if is_begin else _step_of_mention(moment, between, start)
    if _takes_effect(sentence.masked, moment, before, end, deed):
        return "impose", "effective"
    return _STEPS.get((deed.action, deed.status)) or _STEPS.get((deed.action, ""))


def _between(masked: str, moment: Moment, first: int, last: int) -> str:
    """The words between a date and the words of the measure with its verb; empty where it stands among them."""
    if moment.start >= last:
        return masked[last : moment.start]
    return masked[moment.end : first] if moment.end <= first else ""


def _is_date_of_clause(masked: str, moment: Moment, between: str, first: int) -> bool:
    """It is written as a date, and nobody else begins to act between it and the measure; a date may open the sentence."""
    if not moment.lead and (moment.words.isdigit() or _BARE_MONTH.fullmatch(moment.words)):
        return False
    is_opening = not masked[: moment.start].strip(" ,") and not _NEXT_CLAUSE.search(between)
    return is_opening or moment.end > first or not _NEW_SUBJECT.search(between)


def _step_of_mention(moment: Moment, between: str, start: int) -> tuple[Action, Step] | None:
    """ "the January 12 U.S. sanctions", "sanctions in place since 2010"."""
    is_before = moment.end <= start and len(between) < _NEAR and not _VERBS.search(between)
    return ("impose", "unspecified") if is_before or moment.lead.startswith(("since", "in", "on")) else None


def _takes_effect(masked: str, moment: Moment, before: str, end: int, deed: Deed) -> bool:
    if masked.startswith("implement", deed.inner) and moment.start >= end:
        return True
    if _BEGINS.search(before) and deed.inner_action in {"impose", "widen"}:
        return True
    return moment.lead.startswith("by") and deed.role in {"decide", "announce", "propose", "do"}


_STEPS: dict[tuple[str, str], tuple[Action, Step]] = {
    ("impose", "approved"): ("impose", "approved"),
    ("impose", "announced"): ("impose", "announced"),
    ("impose", ""): ("impose", "unspecified"),
    ("mention", ""): ("impose", "unspecified"),
    ("list", ""): ("impose", "unspecified"),
    ("widen", ""): ("widen", "unspecified"),
    ("renew", ""): ("renew", "unspecified"),
    ("ease", ""): ("ease", "unspecified"),
    ("suspend", ""): ("suspend", "unspecified"),
    ("lift", ""): ("lift", "unspecified"),
    ("expire", ""): ("expire", "unspecified"),
    ("reject", ""): ("reject", "unspecified"),
    ("propose", ""): ("impose", "proposed"),
    ("threaten", ""): ("impose", "threatened"),
}


def of_emergency(sentence: Sentence, published: dt.date | None) -> Iterator[ClaimDate]:
    """The dates of a national emergency: its declaration, and the orders that took further steps."""
    for moment in moments(sentence.plain):
        action = _emergency_action(sentence.masked[: moment.start] + moment.lead, sentence.masked[moment.end :])
        if action is not None:
            yield dated(sentence, moment, action, "unspecified", published)


def _emergency_action(before: str, after: str) -> Action | None:
    is_first = not before.removesuffix("on ").strip(" ,")
    if _DECLARED_ON.search(before) or (is_first and _DECLARED.search(after) and not _AMENDED.search(after)):
        return "impose"
    return "amend" if _EXPANDED_ON.search(before) or (is_first and _AMENDED.search(after)) else None


def of_release(text: str, action: str, published: dt.date | None) -> list[ClaimDate]:
    """The day of a press release, where it speaks of what is done today or is signed with its date."""
    found = []
    if signed := _SIGNED.search(text):
        told_action, step = _signed_step(text, action)
        day = Moment(*signed.span("day"), "", signed["day"])
        found.append(_dated(text, day, told_action, step, published=published))
    today = _today_of_measures(text) if action == "impose" else None
    return found if today is None else [*found, _dated(text, today, "impose", "unspecified", published=published)]


def _signed_step(text: str, action: str) -> tuple[Action, Step]:
    """An order is signed; a message announces; whatever else a notice does, it does on its day."""
    if action == "impose":
        return "impose", "signed" if _ORDERS.search(text) else "announced"
    return _STEPS[(action, "")][0], "unspecified"


def _today_of_measures(text: str) -> Moment | None:
    for found in _TODAY.finditer(text):
        if _OF_MEASURES.search(text, max(0, found.start() - _NEAR_TODAY), found.end() + _NEAR_TODAY):
            return Moment(found.start(), found.start() + len("today"), "", found[0][: len("today")])
    return None
