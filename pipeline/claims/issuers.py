"""Who imposes a measure, as far as the text says so."""

import re
from typing import NamedTuple

from pipeline.claims import roles
from pipeline.claims.context import Context
from pipeline.claims.gazetteer import Mention
from pipeline.claims.occurrences import Occurrence

_FACED = re.compile(r"\bfac(?:e|es|ed|ing) (?:(?!and\b)[\w'-]+ ){0,6}$")
_OF_OTHERS = re.compile(
    r"\b(?:international|unilateral|multilateral|global|western|coordinated) (?:\w+ ){0,2}sanctions"
    r"|\bby (?:the )?[BXG]++(?! (?:persons?|citizens|nationals|companies|investors)\b)"
)
_AGAINST = re.compile(
    r"(?:veto|resist|oppos|block|stall|refus(?!\w* to (?:\w+ )?(?:impose|adopt|join|introduce|apply|sanction"
    r"|follow|ban|place|implement)))"
)
"""Deeds of those who keep others from imposing."""
_OTHERS = re.compile(
    r"(?:^|[,;:–—] |\b(?:and|that|as|while|when|where|because) )(?:(?:the|many|other|some|several"
    r"|more|over|than|our|these|those|another|"
    r"like-minded|most|all|dozens|of|and|foreign|\d+|\w+ dozen) )*(?:countr(?:y|ies)|nations?|governments|partners|allies|"
    r"companies|firms|businesses|lawmakers|legislators|senators|members|others)\b"
    r"(?: (?:in|across|around|from) [a-z, ]{1,60}?)?(?: (?!we\b|i\b|and\b|but\b)[\w'-]+){0,10} $"
)
""" "countries around the world have", "another country": somebody else than who tells it."""
_NOMINAL = re.compile(r"\b(?:an?|for|any|immediate|further|for the|of the) $")
"""What stands before a deed that is a noun: "calls for an extension of"."""
_RESOLVED = re.compile(r"\bresolution (?:\w+ )?(?:calling|that calls|urging)\b")
_FIRST_PERSON = re.compile(r"\b(?:we|i|our|the department|the secretary|the president|the administration)\b")
_WE = re.compile(r"\b(?:we|i)\b(?: [\w']+){0,6} $")
_ANAPHORA = re.compile(
    r"\b(?:the (?:government|cabinet|ministry|parliament|president|prime minister|country|bloc"
    r"|administration|organi[sz]ation|union)|it|they|he|she)\b(?! is | was )"
)
_AS_CAUSE = re.compile(
    r"\b(?:due to|following|after|over|despite|amid|because of|since|in exchange for|in return for) (?:the |an? |any )?"
    r"(?:(?:full|partial|possible|early|gradual|recent) )*(?:re-?imposition|imposition|lifting|removal|easing"
    r"|suspension|extension|renewal|adoption"
    r"|dismantling|end) of (?:[\w-]+ ){0,4}$"
    r"|\bin (?:exchange|return) for (?:(?:the |an? |any |some |further )?(?:sanctions )?relief from|reduced|eased|lifted|fewer"
    r"|lighter) (?:[\w-]+ ){0,4}$"
)
""" "due to the imposition of sanctions": whoever acts for that reason is not the one who imposed them."""
_SPOKEN_AGAINST = re.compile(
    r"\b(?:warn|caution|argu|advis|speak|spoke|lobb|campaign|protest)\w* (?:\w+ )?against (?:any |the )?$"
)
""" "warns against easing sanctions": whoever says so does not ease them."""


class Issuers(NamedTuple):
    """Whoever imposes a measure."""

    codes: tuple[str, ...] = ()
    has_nobody: bool = False
    """Somebody without a code is among them, or a caller who need not be the one."""
    is_called: bool = False
    """They are only asked to do it."""
    is_near: bool = False
    """Another sentence, or the publisher, says who they are."""
    hit: Mention | None = None
    """A mention before the measure that it hits instead ("Iran sanctions")."""


_NONE = Issuers()
_NOBODY = Issuers(has_nobody=True)


def issuers(occurrence: Occurrence, context: Context) -> Issuers:
    """Who imposes it: by the words of the measure, by the verb, or, in a press release, its publisher."""
    hit = None
    if not occurrence.is_verb:
        named, hit = _by_noun(occurrence, context)
        if named is not None:
            return named
    elif owner := _whose_deed(occurrence):
        return _of(owner)
    if doer := _told_after(occurrence):
        return _of(doer, hit)
    if occurrence.is_adjective:
        return _NONE
    found = _NONE
    if occurrence.passive is None and (occurrence.is_verb or occurrence.deed.role):
        found = _subject(occurrence, context)
    is_of_others = _FOUGHT.search(occurrence.match[0]) or _OF_OTHERS.search(occurrence.sentence.masked)
    if found == _NONE and context.publisher and not is_of_others:
        is_own = _WE_SAY.search(occurrence.sentence.masked)
        found = Issuers(context.we if is_own else context.tells_of, is_near=True)
    if found == _NONE and _is_enforced_by_us(occurrence):
        found = Issuers(("US",))
    if found == _NONE and _is_of_united_nations(occurrence):
        found = Issuers(("UN",))
    return found._replace(hit=hit)


_FOUGHT = re.compile(r"blockade$|\b(?:flow|movement|passage) of\b")
"""What is done in wars, of which others tell in their releases."""
_WE_SAY = re.compile(r"\b(?:we|i|our)\b")


def _whose_deed(occurrence: Occurrence) -> list[Mention]:
    """Whose "designation of", "removal of" or "ban on" it is: "Canada's designation of"."""
    found = _WHOSE.search(occurrence.left) if _DEED_AS_NOUN.match(occurrence.match[0]) else None
    first = next((each for each in occurrence.sentence.mentions if found and each.start == found.start("whose")), None)
    return roles.coordinated_left(occurrence.sentence, first) if first else []


_DEED_AS_NOUN = re.compile(r"(?:\w+(?:tion|sion|al|ure|ing)|bans?) (?:of|on|from)\b")
_WHOSE = re.compile(r"(?P<whose>[XBL]+)'s? (?:[a-z-]+ ){0,2}$")


def _is_of_united_nations(occurrence: Occurrence) -> bool:
    """An arms embargo that is merely spoken of in a sentence on the United Nations is theirs."""
    is_spoken_of = occurrence.code == "arms_embargo" and not occurrence.is_verb and not occurrence.deed.role
    return is_spoken_of and any(each.code == "UN" for each in occurrence.sentence.mentions)


def _is_enforced_by_us(occurrence: Occurrence) -> bool:
    """Sanctions of nobody for whose violation the United States charge or hold somebody are their own."""
    m = occurrence.sentence.masked
    is_broken = occurrence.code == "sanctions" and _BROKEN.search(occurrence.left) and _ENFORCED.search(m)
    return bool(is_broken) and any(each.code == "US" for each in occurrence.sentence.mentions)


_BROKEN = re.compile(
    r"\b(?:violat|breach|evad|circumvent|bust|flout|skirt|dodg|br[eo]ak)\w*(?: of)? (?:(?!by\b|after\b)[\w'-]+ ){0,4}$"
)
_ENFORCED = re.compile(
    r"\b(?:arrest|charg|indict|convict|sentenc|fines?\b|fined|prosecut|jail|imprison|extradit|held\b|plead|guilty|settl|penalt)\w*"
)


def _told_after(occurrence: Occurrence) -> list[Mention]:
    """Who imposes it by a phrase of its own: "by Canada", "under Swiss law", "from British ports", "to the EU list"."""
    sentence, start, end = occurrence.sentence, occurrence.start, occurrence.end
    is_doing = occurrence.is_verb and occurrence.passive is None and _IS_DOING.search(occurrence.left)
    doer = ([] if is_doing else roles.by_phrase(sentence, end)) or _announcer(occurrence) or roles.doer_of_noun(sentence, start)
    if doer or occurrence.is_adjective:
        return doer
    if occurrence.passive is not None:
        doer = roles.doer_of_passive(sentence, start, end) or _body_left(occurrence)
    elif _MEMBERS.search(occurrence.left):
        doer = _body_left(occurrence)
    return doer or _owner_of_list(occurrence)


def _announcer(occurrence: Occurrence) -> list[Mention]:
    """Who announces it by a noun before it: "the announcement by Canada and Norway of sanctions on"."""
    found = _ANNOUNCED_BY.search(occurrence.left)
    first = next((each for each in occurrence.sentence.mentions if found and each.start == found.start("whose")), None)
    return roles.coordinated_right(occurrence.sentence, first) if first else []


def _whose_act(occurrence: Occurrence) -> list[Mention]:
    """Whose law or whose practice it is: "Norway's new regime, which allows", "Norway's implementation of"."""
    found = _ACT_OF.search(occurrence.left)
    return [each for each in occurrence.sentence.mentions if found and each.start == found.start("whose")][:1]


_ACT_OF = re.compile(
    r"(?P<whose>[XBL]+)'s? (?:[\w-]+ ){0,3}(?:(?:regime|law|legislation|act|bill|order|decree|regulations),? (?:which|that) "
    r"[^;.]{0,80}"
    r"|(?:implementation|enforcement|application) of (?:its |all )?)$"
)
_ANNOUNCED_BY = re.compile(
    r"\b(?:announcements?|imposition|adoption|introduction|decisions?|actions?(?: taken)?|steps?(?: taken)?|approval|passage"
    r"|implementation|designation|moves?|lifting)(?: today| yesterday| on \w+)? by (?:the )?(?P<whose>[XB]+)[^;.]{0,90} "
    r"(?:of|to|against|that) [^;,.]{0,60}$"
)
_IS_DOING = re.compile(r"(?:[XBL]+ (?:(?:has|have|had|also|will|now|\w+ly) )*|\b(?:am|is|are|was|were|be|been) (?:\w+ )?)$")
""" "Norway designates a network led by", "is designating": whoever stands after "by" does something else."""


def _owner_of_list(occurrence: Occurrence) -> list[Mention]:
    """Whose list it is to which somebody is added: "added to the United Nations sanctions list"."""
    found = _ONTO_LIST.search(occurrence.match[0]) if occurrence.code in _ON_LISTS else None
    start = occurrence.start + found.start("whose") if found else -1
    return [each for each in occurrence.sentence.mentions if each.start == start]


_ON_LISTS = frozenset({"listing", "export_control", "terrorist_designation"})
_ONTO_LIST = re.compile(r" (?:to|on|onto) (?:the |an? )?(?P<whose>[XB]+)(?:'s)? ")
_MEMBERS = re.compile(r"\bvot(?:e|es|ed|ing)\b|\b(?:countries|nations|states|members|governments)\b(?: [\w'-]+){0,6} $")
""" "members vote to suspend Niger from the African Union": the body does it."""


def _body_left(occurrence: Occurrence) -> list[Mention]:
    """From what a member is suspended: "Niger was suspended from the African Union"."""
    if occurrence.code != "diplomatic_measure" or " from " not in occurrence.match[0]:
        return []
    first, end = occurrence.start + occurrence.match[0].find(" from "), occurrence.end
    return [each for each in occurrence.sentence.mentions if first < each.start < end and each.code][:1]


def _of(group: list[Mention], hit: Mention | None = None) -> Issuers:
    return Issuers(*roles.codes_of(group), hit=hit)


def _by_noun(occurrence: Occurrence, context: Context) -> tuple[Issuers | None, Mention | None]:
    """Who imposes it by the words before a noun: "its sanctions", "U.S. sanctions"; else the mention there that it hits."""
    sentence, start = occurrence.sentence, occurrence.start
    before = roles.premodifier(sentence, start)
    if before is None and _FACED.search(occurrence.left):
        return _of(roles.by_phrase(sentence, occurrence.end) or roles.warner(sentence, start)), None
    if _OUR.search(occurrence.left):
        return Issuers(context.we), None
    owners = [] if occurrence.is_privilege else (_whose_act(occurrence) or roles.owners(sentence, start))
    if owners:
        return _of(owners), None
    if occurrence.match[0].startswith(_GRANTED):
        return None, None
    if before is None or occurrence.is_privilege or not roles.premodifier_imposes(sentence, before, start, occurrence.end):
        return None, before
    return _of(roles.coordinated_left(sentence, before, is_modifier=True)), None


_GRANTED = ("waiver", "exemption", "licen")
"""What belongs to whom it is granted, not to whom imposes: "Iraq's waiver"."""


def _subject(  # noqa: PLR0911 — one way out a part that somebody plays
    occurrence: Occurrence, context: Context
) -> Issuers:
    """Whoever does what the verb tells, or is asked, accused or bound by a resolution to do it."""
    sentence, deed, start = occurrence.sentence, occurrence.deed, occurrence.start
    at = start if occurrence.is_verb else deed.inner
    if (resolution := roles.resolution(sentence, start)) is not None:
        return _of(resolution) if resolution else _united_nations(context)
    if named := roles.kept_from(sentence, at) or roles.asking_leave(sentence, at):
        return _of(named)
    if deed.role == "reject" and _AGAINST.match(sentence.masked, deed.start):
        return Issuers(("UN",)) if any(each.code == "UN" for each in sentence.mentions) else _NOBODY
    if urged := roles.urged(sentence, at) or roles.urged(sentence, start) or roles.enabled(sentence, at):
        return _of(urged)._replace(is_called=True)
    if deed.role == "call" and _is_bare_call(occurrence):
        return _NOBODY
    if deciding := _whose_decision(occurrence, at):
        return _of(deciding)
    if context.text.publisher_issuer_code and _WE.search(sentence.masked[:at]):
        return Issuers(context.we)
    if _AS_CAUSE.search(occurrence.left) or _SPOKEN_AGAINST.search(sentence.masked[: deed.inner]) or _is_judged(occurrence):
        return _NOBODY
    if _GROUP.search(sentence.masked[:at]) and len(context.told) > 1:
        return Issuers(context.told)
    if _BLOC.search(sentence.masked[:at]) and (bloc := context.bloc(occurrence.number, at)):
        return _of([bloc])
    subject = roles.accused(sentence, at) or roles.subject(sentence, at)
    if subject:
        return _of(subject + roles.followers(sentence, start) + _partners(occurrence))
    if _OTHERS.search(sentence.masked[:at]):
        return _NOBODY
    return _understood(occurrence.number, sentence.masked[:at], context)


def _is_judged(occurrence: Occurrence) -> bool:
    """Whoever condemns or welcomes "the designation" is not the one who designates."""
    return occurrence.code == "designation" and bool(_JUDGED.search(occurrence.left))


def _partners(occurrence: Occurrence) -> list[Mention]:
    """With whom it is imposed: "imposes joint sanctions with Norway and Iceland on"."""
    found = _TOGETHER.match(occurrence.sentence.masked, occurrence.end) if _JOINT.search(occurrence.left) else None
    first = next((each for each in occurrence.sentence.mentions if found and each.start == found.end()), None)
    return roles.coordinated_right(occurrence.sentence, first) if first else []


_JOINT = re.compile(r"\b(?:joint|co-?ordinated|parallel|simultaneous) (?:[\w-]+ )?$")
_TOGETHER = re.compile(r" (?:together |jointly )?with (?:the )?(?=[XAB])")
_JUDGED = re.compile(
    r"\b(?:condemn|denounc|welcom|critici[sz]|oppos|reject|prais|applaud|support|deplor|protest|slam|hail|back)(?:e|s|es|ed|ing)?"
    r" (?:[\w-]+ )?$"
)
_OUR = re.compile(r"\bour (?:\w+ )?$")
_GROUP = re.compile(r"\b(?:the (?:group|coalition|signatories))(?: (?!and\b|but\b)[\w'-]+){0,5} [\"“]?$")
_BLOC = re.compile(
    r"\bthe (?:[\w-]+ )?(?:bloc|union|group|organi[sz]ation|body|alliance)(?: (?!and\b|but\b)[\w'-]+){0,5} [\"“]?$"
)
""" "the bloc has also"."""


def _whose_decision(occurrence: Occurrence, at: int) -> list[Mention]:
    """Whose decision somebody else tells of: "we welcome Norway's commitment to ban"."""
    found = _DECISION_OF.search(occurrence.sentence.masked, 0, at)
    first = next((each for each in occurrence.sentence.mentions if found and each.start == found.start("whose")), None)
    return roles.coordinated_left(occurrence.sentence, first) if first else []


_DECISION_OF = re.compile(
    r"(?P<whose>[XBL]+)'s? (?:\w+ ){0,2}(?:announcement|decision|commitment|pledge|promise|support|plan"
    r"|intention|readiness|willingness|determination|agreement|move|vote)s? (?:today |yesterday )?(?:to|that|of|for) "
    r"(?:(?:it|they) will )?(?:\w+ ){0,2}$"
)


def _is_bare_call(occurrence: Occurrence) -> bool:
    """Somebody calls for it without a word on who should do it; a resolution calls on those who pass it."""
    left, deed = occurrence.left, occurrence.deed
    is_bare = deed.start == deed.inner or bool(_NOMINAL.search(left[: deed.inner]))
    return is_bare and not _RESOLVED.search(left)


def _united_nations(context: Context) -> Issuers:
    """Whose a resolution is of which the text does not say more; nobody's where it does not speak of them."""
    return Issuers(("UN",)) if context.is_of_united_nations else _NOBODY


def _understood(number: int, left: str, context: Context) -> Issuers:
    """Whom "the government", "it" or "we" means."""
    publisher = context.text.publisher_issuer_code
    if publisher and (_FIRST_PERSON.search(left) or _ANAPHORA.search(left)):
        return Issuers((publisher,) if _FIRST_PERSON.search(left) else context.tells_of)
    return _of(context.acting_near(number))._replace(is_near=True) if _ANAPHORA.search(left) else _NONE
