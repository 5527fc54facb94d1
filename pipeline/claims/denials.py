"""What is told as not so: measures that nobody takes or that are only imagined, and ends that have not come."""

import re

from pipeline.claims.deeds import Deed

_REACH = 200
"""Characters before a verb in which its denial is looked for."""
_MAY_DENY = re.compile(
    r"\b(?:not|never|no|nobody|none|neither|nothing|no-one|den(?:y|ies|ied|ying)|false|untrue|wrong|without|short of|instead of"
    r"|rather than|far from|would have|could have|might have|myth|hoax|incorrect|nonsense|baseless|unfounded|fake|fabricated"
    r"|dismissed)\b|n't\b|^(?:had|were) "
)
_ADVERBS = (
    r"(?:(?:yet|even|ever|so far|also|itself|to|been|be|being|ready|prepared|going|willing|planning|in a position"
    r"|(?!only\b)\w+ly) )*(?:join(?:ed|ing)? [XAB]+ in )?$"
)
_WILL_NOT = re.compile(
    r"\b(?:(?:will|would|shall|should|must|may|can|could|to) (?:not|never)|(?:wo|would|should|must|ca|could)n't|not to) "
    rf"{_ADVERBS}"
)
_NOT = re.compile(rf"\b(?:(?<!whether or )(?:not|never)|(?:has|have|had|did|does|do|is|are|was|were)n't) {_ADVERBS}")
_NOBODY = re.compile(
    r"(?:^|[,;] |\b(?:that|but|and|said|where|although|though|because|far|since) )"
    r"(?:nobody|no[ -]one|nothing|none of|neither|no (?:other |single )?(?:\w+ )?(?:countr(?:y|ies)|states?"
    r"|governments?|nations?|members?|powers?|capitals?|ministers?|leaders?))\b"
    r"(?:(?!\b(?:when|that|after|because|as|if|and|but|where|while|who|which)\b)[^,;:]){0,60}$"
)
_NO_PLAN = re.compile(
    r"\b(?:no|any|without) (?:[\w-]+ ){0,2}?(?:plans?|intentions?|intent|desire|appetite|need|reason|grounds|basis|wish|power"
    r"|right) (?:to|of|for) (?:\w+ly )?$"
    r"|\b(?:short of|instead of|rather than|far from|den(?:y|ies|ied|ying)|without) (?:ever )?(?:having )?(?:\w+ly )?$"
)
_UNREAL = re.compile(
    r"\b(?:would|could|might) have (?:\w+ly )?$|^(?:had|were) (?:the )?(?:[XABLO]+|it|they)\b[^,;]*$"
    r"|\b(?:not true|untrue|false|wrong|a lie|a myth|a hoax|incorrect|nonsense|not the case)"
    r"(?: to (?:say|claim|suggest|believe))? that\b[^,;]*$"
    r"|\bden(?:y|ies|ied|ying) (?:(?:\w+ ){0,2}(?:reports?|claims?|rumou?rs|accusations?|allegations?|suggestions?"
    r"|speculation) )?(?:that|it|they|he|she)\b(?:(?! and )[^,;])*$"
)
_REPORTS = re.compile(
    r"(?:^|[,;] )(?:\w+ ){0,3}(?:reports?|claims?|rumou?rs|allegations?|suggestions?|posts?|stor(?:y|ies)) that\b[^;]*$"
)
_ARE_FALSE = re.compile(
    r"\b(?:is|are|was|were|proved|turned out)(?: to be)? (?:\w+ly )?(?:false|untrue|wrong|baseless|unfounded|denied|incorrect"
    r"|fabricated|a hoax|fake|dismissed|nonsense|not true)\b"
)
_NO_LONGER = re.compile(r"\bno longer (?:(?:under|any|subject to|\w+ly) )*$")
_NONE = re.compile(
    r"(?:\b(?:there (?:is|are|was|were|have been|has been)|impos\w+|face[sd]?|has|have|had|under|maintain\w*|appl\w+) no"
    r"|(?:^|[,;] |\bthat )no|\bwithout(?: any)?|\bnot any|\bnot (?:impos\w+|adopt\w+|introduc\w+) any)"
    r"(?: (?!(?:longer|new|further|more|additional|fresh|extra|plans?|doubt|\w+ing)\b)[\w'-]+){0,3} $"
)
_DONE = (
    r"(?P<done>impos\w+|introduc\w+|enacted|adopted|applied|placed|levied|approved|agreed|lifted|eased|removed|suspended"
    r"|relaxed|renewed|extended|revoked|cancell?ed|repealed|terminated|scrapped)"
)
_SUBJECT = r"(?: (?!(?:which|who|that|after|because|while|when|if|but)\b)[\w'’-]+){0,9}?"
_UNDONE_AFTER = re.compile(
    rf"{_SUBJECT} (?:has|have|had|was|were|is|are)(?: not|n't| never)(?: (?:yet|ever|be|been|being|\w+ly))* {_DONE}\b"
)
_REFUSED_AFTER = re.compile(
    rf"{_SUBJECT} (?:will|would|shall|should|must|can|could|wo)(?: not|n't| never) be (?:\w+ly )?{_DONE}\b"
)
_BEGINS = frozenset({"impose", "widen", "mention", "propose"})
_ENDS = frozenset({"lift", "ease", "suspend", "expire", "waive"})


def settled(masked: str, start: int, end: int, deed: Deed, *, is_verb: bool) -> Deed | None:
    """What a sentence that denies a deed leaves of it: what has not ended stands, and what nobody did is nothing."""
    if deed.action == "reject" or not _MAY_DENY.search(masked):
        return deed
    verb = start if is_verb or not deed.role else deed.inner
    left = _before(masked, verb)
    if _UNREAL.search(left) or (_REPORTS.search(left) and _ARE_FALSE.search(masked, end)):
        return _undone(deed)
    if deed.action in _BEGINS and _NO_LONGER.search(left):
        return deed._replace(action="lift", status="lifted", inner_action="lift")
    if not is_verb and _NONE.search(_before(masked, start)):
        return None
    if _WILL_NOT.search(left) or (not is_verb and _REFUSED_AFTER.match(masked, end)):
        return _refused(deed)
    is_undone = is_not(left) or _NO_PLAN.search(left) or (not is_verb and _UNDONE_AFTER.match(masked, end))
    return _undone(deed) if is_undone else deed


def is_not(left: str) -> bool:
    """The words before a verb deny it: "has never imposed", "nobody has banned"."""
    return bool(_NOT.search(left) or _NOBODY.search(left))


def _before(masked: str, at: int) -> str:
    """The words before a place; what is cut off is marked, since a denial may open a sentence."""
    return masked[:at] if at <= _REACH else f"…{masked[at - _REACH : at]}"


def _refused(deed: Deed) -> Deed:
    """What somebody will not do: whoever will not end a measure keeps it, whoever will not renew it lets it expire."""
    if deed.action in _BEGINS:
        return deed._replace(action="reject", status="rejected", role="reject")
    return deed._replace(action="expire", inner_action="expire") if deed.action == "renew" else _kept(deed)


def _undone(deed: Deed) -> Deed | None:
    """What nobody did; whoever "does not support" sanctions says nothing of whether they are."""
    return None if deed.action in _BEGINS and deed.role != "call" else _kept(deed)


def _kept(deed: Deed) -> Deed:
    return deed._replace(action="mention", status="in_force", inner_action="mention") if deed.action in _ENDS else deed
