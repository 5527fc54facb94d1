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
_COUNT = r"(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|sixty|ninety)"
_LEAD = re.compile(
    r"\b(?:[Oo]n|[Ii]n|[Ff]rom|[Aa]s of|[Ss]ince|[Bb]y|[Uu]ntil|till|[Tt]hrough|[Ee]ffective(?: on| from| as of)?"
    r"|[Bb]eginning(?: on| in)?|[Ss]tarting(?: on| in)?|[Bb]ack in|[Ee]arlier|[Bb]efore|[Aa]fter|[Bb]eyond|[Bb]etween|[Dd]ated"
    r"|[Uu]p to|with effect from|[Dd]uring|[Nn]ot? later than|[Pp]rior to|of) (?:the )?$"
)
_REACH = 24
"""The longest words that lead to a date."""
_DATES = (
    r"\b\d{4}-\d\d-\d\d\b",
    rf"(?:{_WEEKDAY},? )?{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?!\d)(?:,? {_YEAR})?",
    rf"\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}(?!\w)(?: {_YEAR})?",
    r"\b(?:[Tt]oday|[Yy]esterday|[Tt]onight|[Tt]omorrow)\b(?:['’]s)?",
    rf"\b(?:last |this |next )?{_WEEKDAY}\b",
    rf"\b(?<=etween ){_MONTH}(?: {_YEAR})? and {_MONTH} {_YEAR}",
    rf"\b(?:last |next |early |late |mid-|this )*{_MONTH}(?:(?: of)? (?:this|last|next) year|(?:,? (?:of )?{_YEAR})?)(?!\w)",
    rf"\b(?:end|start|beginning) of (?:{_YEAR}|(?:this|the|next) year\b)",
    rf"\b(?:19|20)\d\d(?:[-–]| (?:and|to|until) ){_YEAR}",
    rf"\b(?:mid-|early |late )?{_YEAR}(?![\d/-])",
    rf"(?:(?<=effect )|(?<=force )|(?<=effective ))(?:in|within|after) {_COUNT} (?:days|weeks)\b",
    rf"\b{_COUNT} (?:days|weeks) from (?:now|today)\b",
    rf"\b(?:a |one |{_COUNT} )(?:year|month|week|day)s? ago\b",
    r"\b(?:earlier this|later this|earlier in the|later in the|last|this|next) (?:year|month|week)\b",
    r"(?:(?<=effective )|(?<=effect )|(?<=force ))(?:immediately|at once|forthwith)\b|\b(?:with )?immediate effect\b",
)
"""The forms of dates in prose, the fuller ones first."""
_WORDS = re.compile(rf"(?<![\w/])(?=[JFMASONDTWYaefilmnostwy\d])(?:{'|'.join(_DATES)})")
_NOT_A_DATE = re.compile(
    r"(?:resolution|number|no\.|act of|section|agreement of|constitution of|report|olympics|cup|election|games|summit"
    r"|convention of|championships?|no (?:sooner|earlier) than|as (?:early|soon|late) as|around|about|approximately|circa) $",
    re.IGNORECASE,
)
"""Of another thing, or a day that is told only roughly."""
_NOT_AFTER = re.compile(
    r"^(?: of (?:each|every) year)?,? as (?:[^\w\s]?\w[\w.]* ){1,8}day\b"
    r"|^\s?(?:invasion|election|coup|war|crisis|olympic|summer olympics|winter olympics|world cup|attack|protests?|nuclear"
    r"|rocket|missile|massacre|act\b|agreement|deal|accord|constitution|ukrainian|annexation|referendum|budget|genocide"
    r"|presidential|movement|parliamentary|general election)"
    r"|^['’]s (?!(?:new |latest )?(?:sanctions|actions?|announcements?|decisions?|designations?|measures|moves?|bans?|votes?"
    r"|steps?)\b)",
    re.IGNORECASE,
)
_OTHER_CLAUSE = re.compile(
    r"\b(?:after|because|while|when|whereas|who|which|despite|following|in response|in retaliation|over|citing|accus\w+"
    r"|for (?:its|their|his|her|\w+ing|the)|amid|as part of|condemn\w+|that|where|if|unless|responding|said|says|but"
    r"|in connection|prior to|ahead of|during|with|until|rising|increasing|in violation|in breach|in defiance|about|regarding"
    r"|what|and (?:stressed|discussed|reaffirmed|underscored|welcomed|called|urged|noted|emphasi[sz]ed)|the need)\b|; "
    r"|,[”\"]? (?:an?|one of|his|her) |\bor $| [–—] "
    r"|\band (?:lifted|removed|eased|suspended|renewed|extended|expanded|tightened|strengthened|amended) (?:it|them)\b"
)
_ENDS = re.compile(r"(?:until|till|through|up to)\s*(?:the )?$|expir\w+ (?:on|in|at the end of)\s*$", re.IGNORECASE)
_BEGINS = re.compile(
    r"(?:t(?:akes?|aken|ook|aking) effect|into (?:force|effect)|with effect|implement\w*)(?: \w+){0,3} (?:the )?$"
    r"|(?:effective|beginning|starting|from|as of|with effect from)(?: on| in)? (?:the )?$",
    re.IGNORECASE,
)
_UNTIED_LEADS = ("beyond", "before", "prior to", "after", "between", "during")
_FAR = 60
"""Characters between a date and what is only proposed or threatened, from which on it dates something else."""
_NEAR = 30
_APART = re.compile(
    r", (?:which|who|whose|an?|one of|his|her) [^,]*,"
    r"|^, (?:in|following|as|pursuant|building|consistent|under|with|for|at|by|after|together|alongside|along)\b[^,]*,"
    r"(?= (?:the |its )?[XABL]| we | i )"
)
"""What is put in between commas: about whom it speaks, or why and with whom somebody acts."""
_THAT_BANS = re.compile(
    r"\b(?:ordinance|decree|law|bill|orders?|resolution|regulations?|measures?|act|directive|package|rules?"
    r"|plan) (?:that|which) $"
)
"""An act that imposes has the date of the verb that tells of it: "approved on Tuesday a decree that bans"."""
_NEW_SUBJECT = re.compile(
    r", (?:and |but |while )?(?:(?:the |its )?[XABL]|(?:it|he|she|they|we|you|there|both|all|these|those)\b)|: "
)
_NEXT_CLAUSE = re.compile(r", (?:and|but|while|as) (?:the |its )?[XABL]|, (?:it|he|she|they|there) ")
_EVENT = (
    r"(?:violence|wars?|invasion|attacks?|protests|crackdown|coup|conflict|fighting|uprising|offensive|elections?|referendum|tests?"
    r"|launch(?:es)?|arrest|murder|killing|poisoning|annexation|downing|takeover|massacre|bombing|shooting|strikes?|raid)"
)
_OF_ANOTHER = re.compile(
    rf"\b{_EVENT}(?: that| which)? (?:began|started|erupted|broke out|took place|occurred) (?:on|in)? ?(?:the )?$"
    rf"|\b{_EVENT}(?: (?:in|on|of|against|by)(?: the)? [\w'-]+){{0,2}} (?:(?:on|in|of|back in) )?(?:the )?$"
)
"""What happened on a day and is no measure."""
_NUMBERED = re.compile(
    r"\b(?:orders?|proclamations?|resolutions?|memorandum|decrees?|determination|act|law)(?: (?:no\. )?[\d-]+)? (?:of|dated) $"
)
_IMPOSED_BY = re.compile(r"\b(?:impos\w+|declar\w+|established|instituted|blocked)\b[^;]{0,120}$")
_AMENDED_BY = re.compile(r"\b(?:amended|expanded|modified|supplemented)\b(?:(?!\bdeclared\b)[^;]){0,60}$")
_STATES = ("since", "as of")
"""Words before a date that say how things have been from then on, not when they were done."""
_IMPOSED_IN = re.compile(
    r"\b(?P<how>imposed|introduced|enacted|levied|instituted|adopted|approved|agreed|announced|declared|placed|put in place|put"
    r"|slapped|issued|in place|in force"
    r"|(?:had|was|were|been|being) (?:suspended|expelled|banned|sanctioned|listed|blacklisted))\b"
    r"(?: by (?:(?:,? and|,)? ?(?:the )?[XABLG]+)+)?"
    r"(?P<rest>(?:(?!\b(?:expir\w*|until|end\w*|laps\w*|lift\w*|exten\w*|will|would|to)\b)[^,;]){0,50})$"
)
"""Words after sanctions that say when they had come: "lifts the sanctions imposed on Fiji in 2006"."""
_OF_YEARS = re.compile(
    rf"(?:.*\b{_YEAR}|(?:last|earlier this|earlier in the) (?:year|month|week)|.* ago|(?:last )?{_MONTH}(?: of last year)?)$"
)
_TAKING_EFFECT = re.compile(
    r"[^,;]{0,60}?(?:[,;] )?(?:(?:which|that|will|would|ha(?:ve|s|d)|are to|is to|due to|set to|scheduled to|expected to"
    r"|to|and|the|it|they"
    r"|this|these|ban|order|measures?|restrictions?|sanctions|tariffs?|rules?|decision|previously|formally) ){0,4}"
    r"(?:t(?:akes?|aken|ook|aking) effect|(?:c[oa]mes?|coming|goe?s?|went|enter(?:s|ed|ing)?) into (?:force|effect)"
    r"|begins?|starts?|kick(?:s|ed)? in)\b"
)
"""The measure before it takes effect: "the tariffs, which take effect on 6 July"."""
_ON_A_DAY = re.compile(r" (?:(?:on|from|at|by|as of) |in \d|tomorrow|immediately|next |(?:mon|tues|wednes|thurs|fri)day)")
_PUT_IN = re.compile(r", [^,;]{0,60}(?=,)")
_CAME = re.compile(r"\b(?:took|came|ran|went|entered|taken|expired|lapsed|ended|began|started|was|were|been)\b")
_PAST = re.compile(r"(?:\w+ed|put|hit|took|froze|cut|brought|set|shut)\b")
_NOT_YET = re.compile(r"\b(?:will|would|to|could|(?<!in )may|might|should|can|shall|is|are)(?: be| also| soon)* $")
_TO_BE = re.compile(
    r"(?:\b(?:will|would|shall|going to|set to|due to|plans? to|is to|are to|intends? to)|[XABL] to)(?: be| also| soon)* $"
)
_BARE_MONTH = re.compile(_MONTH)
_VERBS = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|said|says)\b|[.,;]")
_DECLARED = re.compile(r"\b(?:declared|declaring|proclaimed)\b")
_DECLARED_ON = re.compile(
    r"\b(?:declared|declaration of a national emergency) (?:by the president )?"
    r"(?:(?:in|by|under|pursuant to) executive order \d+,? )?(?:of |on )?$"
)
_EXPANDED_ON = re.compile(
    r"\b(?:expanded|amended|modified) (?:in scope )?(?:(?:in|by) executive order \d+,? )?(?:of |on )?$"
    r"|\b(?:expanded|amended|modified|relied on|steps taken)\b(?:(?!\bdeclared\b|;).){0,200}"
    r"\bexecutive order \d+,? (?:of |on )$"
)
_AMENDED = re.compile(r"\b(?:issued|signed)\b.*\b(?:additional steps|expand\w*|amend\w*|modif\w*|further steps|relied)\b")
_FURTHER = re.compile(r"^\W*(?:on )?[^,]{5,20}, \d{4},? .*\b(?:issued|signed)\b.*\b(?:additional|further) steps\b")
_TODAY = re.compile(r"\b[Tt]oday(?:['’]s (?:action|actions|designations?|announcement|measures|sanctions))?\b")
_OF_MEASURES = re.compile(r"designat|sanction|action|impos|target|visa|blocking|measures|licens|tariff")
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
        if lead.lower().startswith("from") and _FROM_TO_YEARS.fullmatch(words):
            yield Moment(start, found.start() + len("2012"), lead.lower(), words[: len("2012")])
            yield Moment(found.end() - len("2016"), found.end(), "", words[-len("2016") :])
        else:
            yield Moment(start, found.end(), lead.lower(), words)


def told(sentence: Sentence, start: int, end: int, deed: Deed, published: dt.date | None) -> list[ClaimDate]:
    """The dates that a sentence ties to the measure at a place of it, each with its step."""
    found, last = [], None
    for moment in moments(sentence.plain):
        is_end = last is not None and _is_range(sentence.plain, last, moment)
        step: tuple[Action, Step] | None = ("expire", "unspecified") if is_end else _step(sentence, moment, start, end, deed)
        last = moment if step is not None else None
        if step is not None:
            found.append(dated(sentence, moment, *step, published, is_ahead=_is_ahead(sentence.masked, moment, *step, deed)))
    return found


def _is_range(text: str, first: Moment, last: Moment) -> bool:
    """ "from 1 May to 30 June 2021", "effective July 1 through the end of the year"."""
    return first.lead.startswith(_FROM) and bool(_TO.fullmatch(text, first.end, last.end - len(last.words)))


_TO = re.compile(r",? (?:to|until|till|through|up to)(?: the)? ")
_FROM_TO_YEARS = re.compile(rf"{_YEAR} (?:to|until) {_YEAR}")


def _is_ahead(masked: str, moment: Moment, action: Action, step: Step, deed: Deed) -> bool | None:
    """Whether a date lies ahead of the text, if its words tell: from when and until when measures are is told before."""
    if _is_of_saying(masked, moment, deed):
        return False
    is_of_telling = moment.start < deed.inner and _is_done(masked, deed.start)  # "on May 13, he announced that he would lift"
    is_to_be = not is_of_telling and _TO_BE.search(masked, max(0, deed.inner - 20), deed.inner)
    if moment.lead.startswith(_FROM) and _is_past(masked, deed) and any(map(str.isdigit, moment.words)):
        return None  # "has banned imports from March 1"
    if step == "effective" or action == "expire" or moment.lead.startswith(_FROM) or is_to_be:
        return None if _CAME.search(masked, max(0, moment.start - _NEAR), moment.start) else True
    is_of_earlier = action == "impose" and deed.action not in _IMPOSING
    return False if is_of_earlier or moment.lead.startswith("since") or _is_past(masked, deed) else None


def _is_of_saying(masked: str, moment: Moment, deed: Deed) -> bool:
    """It dates the saying and not what is said: "said on Friday it would ban", "On Friday, Norway said it would"."""
    return bool(
        _TOLD_ON.search(masked, max(0, moment.start - _SAID_WITHIN), moment.start)
        or (moment.end <= deed.start and _TOLD_NEXT.match(masked, moment.end, deed.start))
    )


_SAID_WITHIN = 100
_SAYS = r"(?:sa(?:id|ys?)|told (?:reporters|parliament|lawmakers|journalists)|announced|stated|declared|confirmed|vowed)"
_TOLD_ON = re.compile(rf"\b{_SAYS} (?:(?:late|early|in an? [\w-]+(?: [\w-]+)?) )?$")
_TOLD_NEXT = re.compile(rf",? (?:[^,;:]{{1,60}}|[^,;:]{{1,60}}, [^,;:]{{1,60}},) {_SAYS}\b[^,;:]{{0,60}}$")
_TOLD_LAST = re.compile(r",[\"”]? [^,;]{1,80}$")
""" "will ban imports, its minister said on Friday"."""
_IS_TO = re.compile(r"\b(?:will|would|shall|is to|are to|(?:set|due|going|expected|scheduled) to) $")
_SAID = frozenset({"announce", "threaten", "propose"})
_AT_ONCE = re.compile(r"immediate|at once|forthwith")
_FROM = ("from", "starting", "beginning", "effective", "with effect")
_EFFECTIVE = frozenset({"impose", "widen", "mention", "propose", "threaten"})
_UNDONE = frozenset({"propose", "threaten", "reject"})
_OF_OTHER_DEED = re.compile(r"\b(?:designated|sanctioned|listed|announced|imposed|issued|adopted) $")
"""What has been done on a day is not what is only proposed: "whoever deals with those designated today"."""
_IMPOSING = frozenset({"impose", "widen", "propose", "threaten"})


def _is_past(masked: str, deed: Deed) -> bool:
    """The verbs of the measure tell what has been done."""
    return deed.role in {"do", "announce", "decide"} and all(_is_done(masked, at) for at in (deed.start, deed.inner))


def _is_done(masked: str, at: int) -> bool:
    return bool(_PAST.match(masked, at)) and not _NOT_YET.search(masked, max(0, at - 20), at)


def dated(
    sentence: Sentence, moment: Moment, action: Action, step: Step, published: dt.date | None, *, is_ahead: bool | None = None
) -> ClaimDate:
    """A dated step, with the words as the text writes them; a relative date stays unresolved without a day of publication."""
    return _dated(sentence.text, moment, action, step, at=sentence.span.start, published=published, is_ahead=is_ahead)


def _dated(
    text: str,
    moment: Moment,
    action: Action,
    step: Step,
    *,
    at: int = 0,
    published: dt.date | None,
    is_ahead: bool | None = None,
) -> ClaimDate:
    words, span = text[moment.start : moment.end], Span(at + moment.start, at + moment.end)
    try:
        period = prose(words, published=published, is_ahead=is_ahead)
    except UnreadableDate:
        return ClaimDate(action, step, None, None, "day", words, span)
    step = "effective" if _is_to_come(action, step, period.earliest or period.latest, published) else step
    return ClaimDate(action, step, period.earliest, period.latest, period.precision, words, span, period.derivation)


def _is_to_come(action: Action, step: Step, day: dt.date | None, published: dt.date | None) -> bool:
    """A day after the publication is none on which a measure was imposed, but that on which it will be."""
    return (
        action in {"impose", "lift"} and step != "effective" and day is not None and published is not None and day > published
    )


def _step(sentence: Sentence, moment: Moment, start: int, end: int, deed: Deed) -> tuple[Action, Step] | None:
    """Which step of the measure a date tells; None where it dates something else."""
    if start <= moment.start and moment.end <= end:  # "our March 15 designations"
        is_begin = _AT_ONCE.search(moment.words) or _BEGINS.search(sentence.plain[start : moment.start] + moment.lead)
        return ("impose", "effective" if is_begin else "unspecified") if deed.inner_action in {"impose", "mention"} else None
    masked, first = sentence.masked, min(start, deed.inner)
    left = masked[: moment.end - len(moment.words)]
    if (
        _OF_ANOTHER.search(left)
        or _is_put_in(masked, moment, first)
        or (moment.lead.startswith(_STATES) and moment.end <= first and deed.action != "mention")
    ):
        return None
    if numbered := _NUMBERED.search(left):
        return _step_of_act(left[: numbered.start()])
    between = _THAT_BANS.sub("", _APART.sub("", _between(masked, moment, first, end)))
    if deed.start < moment.start < deed.inner and _IS_TO.search(masked, deed.start, moment.start):
        return (_STEPS.get((deed.inner_action, "")) or ("impose", ""))[0], "effective"  # "will on Monday ban"
    is_apart = moment.end <= first or bool(_TOLD_LAST.search(masked, end, moment.start))
    if is_apart and deed.role in _SAID and _is_of_saying(masked, moment, deed):
        return _STEPS.get((deed.action, deed.status)) or _STEPS.get((deed.action, ""))
    if 0 < moment.start - deed.start < _NEAR:  # "announced on May 8 that it would impose"
        between = between.removeprefix(" that ")
    return (
        _step_of_clause(sentence, moment, between, (start, end), deed)
        if _is_date_of_clause(masked, moment, between, first)
        else None
    )


def _is_put_in(masked: str, moment: Moment, first: int) -> bool:
    """It stands in a clause about whoever acts: "Norway, which joined in 1949, imposes"."""
    return moment.end <= first and masked.startswith(",", moment.end) and bool(_ABOUT.search(masked, 0, moment.start))


_ABOUT = re.compile(r", (?:which|who|whose|where|when) [^,;]*$")


def _step_of_act(left: str) -> tuple[Action, Step] | None:
    """The date of an act is that of what it imposed or amended: "imposed by Executive Order 13808 of August 24, 2017"."""
    if _AMENDED_BY.search(left):
        return "amend", "unspecified"
    return ("impose", "unspecified") if _IMPOSED_BY.search(left) else None


def _step_of_clause(
    sentence: Sentence, moment: Moment, between: str, place: tuple[int, int], deed: Deed
) -> tuple[Action, Step] | None:
    before = sentence.plain[max(0, moment.start - 30) : moment.start] + moment.lead
    after = sentence.masked[place[1] : moment.start]
    if deed.action not in _IMPOSING and not _ENDS.search(before) and (told_step := _was_imposed(after, moment)):
        return "impose", told_step
    if deed.action in _EFFECTIVE and _AT_ONCE.search(moment.words):
        return "impose", "effective"
    if deed.action in _EFFECTIVE and _TAKING_EFFECT.fullmatch(_PUT_IN.sub("", after).rstrip(" ,")):
        return "impose", "effective"
    if _ENDS.search(before) or (deed.action == "renew" and before.endswith(" to ")):
        return None if _OTHER_CLAUSE.search(between.replace("until", "")) else ("expire", "unspecified")
    is_far = deed.action in {"propose", "threaten"} and len(between) > _FAR
    other = _OF_OTHER_DEED.search(sentence.masked[: moment.start]) if deed.action in _UNDONE else None
    is_of_other = other is not None and other.start() != deed.start
    if _is_untied(sentence.masked, moment, place[0]) or _OTHER_CLAUSE.search(between) or is_far or is_of_other:
        return None
    return _step_of_deed(sentence.masked, moment, before, place, deed)


def _is_untied(masked: str, moment: Moment, start: int) -> bool:
    """It only limits when, though not as "between June and August 2021" does, or what is done later follows it."""
    if moment.lead.startswith(_UNTIED_LEADS):
        return " and " not in moment.words
    return moment.end <= start and bool(_ANOTHER_TIME.match(masked, moment.end))


_ANOTHER_TIME = re.compile(
    r",? (?:and|but) (?:later|then|subsequently|(?:has|have|had) since|since|(?:has|have) (?:now|later))\b"
)
""" "banned coal in 2020 and has since barred all trade"."""


def _was_imposed(after: str, moment: Moment) -> Step | None:
    """How far sanctions had come on a day that the words after them tell, whatever is done with them now."""
    found = _IMPOSED_IN.search(after)
    if found is None or not (_OF_YEARS.match(moment.words) or not found["rest"].strip()):
        return None  # whatever is done with "sanctions imposed on Fiji on Monday" may be done on Monday
    return _HOW.get(found["how"], "unspecified")


_HOW: dict[str, Step] = {"announced": "announced", "adopted": "approved", "approved": "approved", "agreed": "approved"}


def _step_of_deed(masked: str, moment: Moment, before: str, place: tuple[int, int], deed: Deed) -> tuple[Action, Step] | None:
    start, end = place
    if deed.action == "mention" and not (deed.role == "do" and deed.inner_action == "impose"):
        is_begin = _BEGINS.search(before) if moment.start >= end else _TAKING_EFFECT.match(masked, end)
        return ("impose", "effective") if is_begin else _step_of_mention(moment, _between(masked, moment, start, end), start)
    if _takes_effect(masked, moment, before, end, deed):
        return "impose", "effective"
    if moment.lead.startswith("since"):
        return "impose", "unspecified"
    if _is_of_inner(masked, moment, deed):
        return _STEPS.get((deed.inner_action, ""))
    return _STEPS.get((deed.action, deed.status)) or _STEPS.get((deed.action, ""))


def _is_of_inner(masked: str, moment: Moment, deed: Deed) -> bool:
    """It dates what somebody tells of, not the telling: "reveals that it imposed sanctions on March 18"."""
    said = masked.find(" that ", deed.start, deed.inner)
    return 0 <= said < moment.start and (moment.start < deed.inner or _is_done(masked, deed.inner))


def _between(masked: str, moment: Moment, first: int, last: int) -> str:
    """The words between a date and the words of the measure with its verb; empty where it stands among them."""
    if moment.start >= last:
        return masked[last : moment.start]
    return masked[moment.end : first] if moment.end <= first else ""


_OPENING = re.compile(r"[ ,•*–-]*(?:(?:\w{1,2}[.)]|\(\w{1,3}\)) )?(?:(?:and|but|also|additionally|finally|separately)[, ]+)*")
"""What may stand before a date that opens a sentence: the mark of a list, "And today"."""


def _is_date_of_clause(masked: str, moment: Moment, between: str, first: int) -> bool:
    """It is written as a date, and nobody else begins to act between it and the measure; a date may open the sentence."""
    if not moment.lead and (moment.words.isdigit() or _BARE_MONTH.fullmatch(moment.words)):
        return False
    is_opening = _OPENING.fullmatch(masked, 0, moment.start) and not _NEXT_CLAUSE.search(between)
    return is_opening or moment.end > first or not _NEW_SUBJECT.search(between)


def _step_of_mention(moment: Moment, between: str, start: int) -> tuple[Action, Step] | None:
    """ "the January 12 U.S. sanctions", "sanctions in place since 2010"."""
    is_before = moment.end <= start and len(between) < _NEAR and not _VERBS.search(between)
    return ("impose", "unspecified") if is_before or moment.lead.startswith(("since", "in", "on")) else None


def _takes_effect(masked: str, moment: Moment, before: str, end: int, deed: Deed) -> bool:
    if masked.startswith("implement", deed.inner) and moment.start >= end:
        return True
    takes = _TAKING_EFFECT.match(masked, end) if moment.end <= deed.start else None
    if takes and not _ON_A_DAY.match(masked, takes.end()):
        return True
    if _BEGINS.search(before) and deed.inner_action in {"impose", "widen"}:
        return True
    is_begun = deed.inner_action in {"impose", "widen"} and deed.role in {"decide", "announce", "propose", "do"}
    return moment.lead.startswith("by") and is_begun


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
    ("lift", "announced"): ("lift", "announced"),
    ("lift", ""): ("lift", "unspecified"),
    ("expire", ""): ("expire", "unspecified"),
    ("waive", ""): ("exempt", "unspecified"),
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


def of_order(sentence: Sentence, published: dt.date | None) -> tuple[ClaimDate, ...]:
    """The day of an order that took further steps, which the sentence opens with: it amends what an emergency brought."""
    if "executive order" not in sentence.masked or not _FURTHER.search(sentence.masked):
        return ()
    return tuple(date for date in of_emergency(sentence, published) if date.action == "amend")


def imposed_on(date: ClaimDate, published: dt.date | None) -> ClaimDate:
    """What an issuer announces today in its own press release, it imposes today."""
    is_today = date.step == "announced" and date.earliest == published
    return date._replace(step="unspecified") if is_today else date


def announced_on(date: ClaimDate) -> ClaimDate:
    """The day of a release that tells what is still to come."""
    is_of_release = (date.action, date.step) == ("impose", "unspecified")
    return date._replace(step="announced") if is_of_release else date


def delisted(date: ClaimDate) -> ClaimDate:
    """Whoever is freed from a listing is taken off a list."""
    return date._replace(action="delist") if date.action == "lift" else date


def of_release(text: str, action: str, published: dt.date | None) -> list[ClaimDate]:
    """The day of a press release, where it speaks of what is done today or is signed with its date."""
    found = []
    if signed := _SIGNED.search(text):
        told_action, step = _signed_step(text, action)
        day = Moment(*signed.span("day"), "", signed["day"])
        found.append(_dated(text, day, told_action, step, published=published))
    today = _today_of_measures(text) if action in _DONE_TODAY else None
    return (
        found if today is None else [*found, _dated(text, today, _STEPS[(action, "")][0], "unspecified", published=published)]
    )


_DONE_TODAY = frozenset({"impose", "lift", "ease", "suspend", "waive"})


def is_order(text: str) -> bool:
    """The text is the act itself, and no release about it."""
    return bool(_ORDERS.search(text))


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
