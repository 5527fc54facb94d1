"""What is done with a measure: the verb or noun of action that governs it, and how far the deed has come."""

import re
from typing import NamedTuple

from pipeline.claims import lexicon

_REACH = 130
"""Characters before a trigger in which its verb is looked for."""
_CLAUSE = re.compile(
    r"; |\b(?:which|who|whose|if|unless|until|while|whereas|although|though|because|despite|where|amid"
    r"|as part of|so that|responding|saying|"
    r"in (?:violation|breach|defiance|accordance|line|alignment|compliance|response|retaliation|protest)|as a result|"
    r"citing|accusing|alleging|says?|said|states|stated|claims?|claimed|under|due to|following|after"
    r"|(?<!roll )(?<!rolls )(?<!rolled )(?<!rolling )over|in return for|in exchange for)\b|: "
)
_PASSIVE = re.compile(
    r"^(?:[^;]{0,90}?)\b(?:(?:is|are|was|were) being|to be|should be|must be|will be|would be|could be|may be"
    r"|can be|be|being|were"
    r"|was|are|is|been)"
    r"(?: (?:not|also|\w+ly|soon|now|still))? (?P<verb>\w+(?: up| back)?)"
)
_NOT_OF_IT = re.compile(r"\b(?:who|which|that|after|because|while|when|if|but|and [XABLOG]+)\b")
_STATUS = {"lift": "lifted", "expire": "expired", "suspend": "suspended"}
_EVADED = re.compile(
    r"\b(?:avoid\w*|break(?:s|ing)?|broke|busting|flouting|evad\w+|evasion of|bypass\w*|violat\w+(?: of)?"
    r"|breach\w*(?: of)?|circumvent\w*"
    r"|retaliat\w+ (?:against|for|to)|respon(?:d\w*|se) to|skirt\w*|dodg\w+|counter\w*|flout\w*|defian\w+ of|defy\w*"
    r"|ignor\w+|recogni[sz]\w*|compl\w+ with|amid|despite|subject to) "
    r"(?:(?!after|because|by|with|\w+ing )[\w'-]+ ){0,5}$"
)

_TALKED = re.compile(
    r"\b(?:discuss\w*|sp(?:oke|oken|eak|eaking)|talk\w*|convers\w+|raised) (?:(?:of|about|on) )?"
    r"(?:(?!new|further|fresh|more|tougher|possible|potential|additional|whether|how|imposing)[\w'-]+ ){0,6}$"
)
_WITH = re.compile(r"[^;.]{0,70}?\b(?:with|imposed|levied)\b")
"""What stands is only talked of: "discussed the sanctions on Moscow with its ambassador"."""
_TOLD_AFTER = frozenset({"do", "decide", "announce", "propose"})
"""What a passive after the measure may tell of it: "sanctions are being considered"."""


class Deed(NamedTuple):
    """The action and status that a sentence tells of a measure."""

    action: str
    status: str
    start: int
    """Where the outermost verb that governs the measure begins; the place of the measure where none does."""
    inner: int
    """Where the innermost such verb begins."""
    role: str
    """`do`, `decide`, `announce`, `propose`, `call`, `threaten`, `reject`, or empty without a verb."""
    inner_action: str


class _Word(NamedTuple):
    start: int
    end: int
    action: str
    role: str


def deed(masked: str, start: int, end: int, *, is_verb: bool, by_itself: str = "impose") -> Deed:
    """What is done with the measure at a place of a masked sentence; a verb does it `by_itself`."""
    left = masked[max(0, start - 90) : start]
    if not is_verb and (_EVADED.search(left) or (_TALKED.search(left) and _WITH.match(masked, end))):
        return Deed("mention", "in_force", start, start, "", "mention")
    words = _governing(masked, start) or (_modal(masked, start) if is_verb else [])
    inner = next((word for word in reversed(words) if word.role == "do"), None) if not is_verb else None
    after = _after(masked, end) if not is_verb else None
    if after is not None and after.role != "do":
        words, after = [*words, after], None
    if after is not None and (inner is None or inner.action == "impose"):
        action = after.action
    elif is_verb or inner is not None:
        action = inner.action if inner else by_itself
    else:
        action = "impose" if any(word.role != "do" for word in words) else "mention"
    done_at = start if is_verb else inner.start if inner else start
    begin = min((word.start for word in words), default=start)
    role = _role(masked, words, (done_at, end)) if words or is_verb else "do"
    is_background = _is_background(masked[max(0, done_at - _REACH) : done_at])
    if action == "expire" and after is not None and _WILL_RUN_OUT.match(masked[end : after.end + len(" next")]):
        return Deed("expire", "in_force", start, start, "", "expire")
    if not words and not is_verb:
        told = _told(action, _role_of_passive(masked, end)) if after and not is_background else ("mention", "in_force")
        return Deed(*told, start, start, "", action)
    if role == "reject" and masked.startswith("block", begin) and _BY_COURT.search(masked, 0, begin):
        return Deed("suspend", "suspended", begin, (inner or words[-1]).start, "do", "suspend")
    told = ("mention", "in_force") if is_background else _told(action, role)
    if told == ("lift", "announced") and _THE.search(masked, max(0, done_at - 30), done_at):
        told = ("lift", "lifted")  # whoever announces "the lifting of" has lifted
    innermost = start if is_verb else (inner or words[-1]).start
    return Deed(*told, begin, innermost, role, action)


def _role(masked: str, words: list[_Word], place: tuple[int, int]) -> str:
    """How far the deed of a place has come, by its words and by what else its clause says."""
    done_at, end = place
    if _DRAFT.search(masked, 0, done_at) and words and words[0].role == "decide":
        words = words[:1]
    role = "do" if _PERFECT.search(masked, max(0, done_at - 20), done_at) else _weightiest(words)
    if role == "decide" and _THEREBY.search(masked[:done_at]) and _ING.match(masked, done_at):
        role = "do"
    if role in {"do", "decide", "announce"} and _SUPPOSED.search(masked, max(0, done_at - _REACH), done_at):
        role = "propose"
    if role in {"announce", "propose", "do"} and _is_conditional(masked, done_at, end):
        role = "threaten"
    return role


def _role_of_passive(masked: str, end: int) -> str:
    """How far has come what is told after a measure alone: "sanctions will be imposed unless"."""
    if not _WILL_BE.match(masked, end):
        return "do"
    return "threaten" if _CONDITION.match(masked, end) else "announce"


_BY_COURT = re.compile(
    r"\b(?:judges?|justices?|(?:(?:supreme|district|circuit|appeals?|federal|high|constitutional|trade|international) )+courts?"
    r"|courts? of [\w ]+|court)\b(?:(?!\b(?:after|that|which|over|and)\b)[^;]){0,70}? $"
)
""" "a federal judge blocks the ban": a court that blocks what stands suspends it."""
_DRAFT = re.compile(r"\b(?:favou?r of (?:\S+ ){0,6}resolution|resolution (?:drafted|proposed|put forward|calling))\b")
""" "votes in favour of a British-drafted resolution to place": it is decided."""
_THEREBY = re.compile(r"\bresolution (?:no\. )?\d+, (?:thus |thereby |\w+ing [^;]{3,90} and )?$")
_ING = re.compile(r"\w+ing\b")
""" "adopts Resolution 1500, imposing": what is adopted does it."""


def _is_background(left: str) -> bool:
    """What a deed adds to, what was done before: "has already banned", "building on"."""
    return bool(_BUILT_ON.search(left) or _ALREADY.search(left) or _BEFORE.search(left))


_BEFORE = re.compile(
    r"\b(?:after|(?<!are )(?<!is )following|in response to|in retaliation (?:for|to)|to reciprocate|to retaliate for) "
    r"(?!(?:which|that)\b)(?!\w+ing\b(?! \w+ing\b)) ?[^,;:]{2,110}$"
)
""" "expels envoys after Norway imposed": what the sentence tells as the cause."""
_BUILT_ON = re.compile(
    r"\b(?:(?:buil(?:d|ds|ding|t)|expand(?:s|ing)?|draw(?:s|ing)?) (?:up)?on|complement(?:s|ing)?|in addition to|on top of) "
    r"(?:(?:the|our|its|their|all|these|those|previous|earlier|prior|past|recent"
    r"|ongoing|existing|unprecedented|international|joint) )*"
    r"(?:(?:efforts?|actions?|steps?|moves?|measures?|commitments?|decisions?|work) )?(?:to |of |by |in )?(?:the )?(?:\w+ly )?$"
)
_ALREADY = re.compile(
    r"\b(?:has|have|had|having|was|were|been) (?:already|previously|earlier)(?: been)? $|\bwhose [^,;]{0,60}$"
)
_SUPPOSED = re.compile(
    r"\b(?:if|unless|in case|in the event)\b[^,;]*(?<! of )(?<! the )$|^should (?:the )?(?:\w+ of )?(?:the )?[XBL][^,;]*$"
)
""" "if the government raises tariffs"."""
_FUTURE = re.compile(
    r"\b(?:will|would|shall|vow\w*|promis\w+|pledg\w+|intend\w*|plan(?:s|ned|ning)?|(?:going|prepared|ready|willing) to)\b"
    r"[^;]{0,40}$"
)
_CONDITION = re.compile(r"[^;]*?\b(?:(?<!as )(?<!even )if|unless|should (?:it|they|he|she|the|[XABL]+))\b")


def _is_conditional(masked: str, start: int, end: int) -> bool:
    """ "will impose sanctions if it does not withdraw"."""
    is_future = _FUTURE.search(masked, max(0, start - _REACH), start) or _WILL_BE.match(masked, end)
    return bool(is_future and _CONDITION.match(masked, end))


_WILL_BE = re.compile(r"[^;.]{0,60}?\b(?:will|would) (?:be|follow|come|take effect)\b")
_THE = re.compile(r"\b(?:the|a|an|its|their) (?:[a-z]+ )?$")
_PERFECT = re.compile(r"(?<!would )(?<!could )(?<!should )(?<!must )\b(?:has|have|had) (?:(?:also|now|since|\w+ly) )?$")


def called(deed_: Deed) -> tuple[str, str]:
    """Action and status of what somebody is only asked to do."""
    if deed_.role in {"threaten", "reject"}:
        return deed_.action, deed_.status
    return _told(deed_.inner_action, "call")


def of_privilege(deed_: Deed, masked: str) -> Deed:
    """What is done to a privilege means the opposite for the measure: to revoke it is to impose, to restore it to lift."""
    if deed_.action == "impose" and _RESTORES.match(masked, deed_.inner):
        status = "announced" if deed_.status == "announced" else "lifted"
        return deed_._replace(action="lift", status=status, inner_action="lift")
    if deed_.action not in {"lift", "suspend", "expire"}:
        return deed_
    status = {"decide": "approved", "announce": "announced"}.get(deed_.role, "in_force")
    return deed_._replace(action="impose", status=status, inner_action="impose")


_RESTORES = re.compile(r"restor|reinstat")


def of_waiver(deed_: Deed, masked: str, start: int, end: int) -> Deed:
    """What is done to an exemption: to end it brings the measure back, anything else waives the measure; it stays in force."""
    is_ended = deed_.action in {"lift", "expire", "suspend"} or _NO_MORE.search(masked[:start])
    action = "waiver_end" if is_ended else "waive"
    return deed_._replace(action=action, status="in_force") if deed_.role or _ALLOWS.match(masked, end) else deed_


_ALLOWS = re.compile(
    r"[^;.]{0,60}?\b(?:authori[sz]\w+|allow\w*|permit\w*|clarif\w+|facilitat\w+|enabl\w+"
    r"|will be issued|(?:was|were|is|are) issued)\b"
)
""" "General License 5, which authorizes payments"."""
_NO_MORE = re.compile(
    r"\b(?:not|never|no longer|refus\w+ to|declin\w+ to) (?:\w+ )?(?:renew|extend|grant|continue)\w* (?:[\w-]+ ){0,4}$"
)


def _governing(masked: str, start: int) -> list[_Word]:
    """The words of action before a place that govern it, in their order."""
    begin = max(0, start - _REACH)
    left = _PUT_IN.sub(lambda found: " " * len(found[0]), masked[begin:start])
    for barrier in _CLAUSE.finditer(left):
        if not _resumes(left, barrier.end()):
            begin_of_clause = barrier.end()
            left = " " * begin_of_clause + left[begin_of_clause:]
    found = [
        _Word(begin + match.start(), begin + match.end(), deed_.action, deed_.role)
        for deed_ in lexicon.deeds()
        for match in deed_.pattern.finditer(left)
    ]
    kept: list[_Word] = []
    for word in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or word.start >= kept[-1].end:
            kept.append(word)
    return _since_new_verb([_as_reported(word, masked) for word in kept], masked)


def _as_reported(word: _Word, masked: str) -> _Word:
    """ "announces that it would ban" tells what "will ban" does."""
    is_would = masked.startswith("would", word.start) and _REPORTED.search(masked, max(0, word.start - 90), word.start)
    return word._replace(action="impose", role="announce") if is_would else word


_REPORTED = re.compile(
    r"\b(?:announc\w+|sa(?:id|ys?)|stat(?:es|ed)|confirm\w*|indicat\w+|declar\w+|reveal\w*|vow\w*|pledg\w+|promis\w+"
    r"|told (?:reporters|parliament|lawmakers|journalists))(?: in an? [\w-]+(?: [\w-]+)?)?"
    r"(?: (?:(?:late |early )?on |this |last |late |early )?(?:\w+day|\d{1,2} [a-z]+|[a-z]+\.? \d{1,2})(?:,? \d{4},?)?"
    r"| (?:last|this) \w+)?(?: that)? "
    r"(?:it|they|he|she|we|(?:the )?[XBL]+|(?:(?:[XBL]+ )?(?:the|its|his|her) )?"
    r"(?:country|government|ministry|administration|union|bloc)) $"
)


def _since_new_verb(words: list[_Word], masked: str) -> list[_Word]:
    """The words from the last that begins a verb of its own: "blocked Russian networks and imposed"."""
    for index in range(len(words) - 1, 0, -1):
        between = masked[words[index - 1].end : words[index].start]
        is_finite = words[index].role == "do" and masked[: words[index].end].endswith(("ed", "es", "s"))
        if is_finite and words[index - 1].role in _UNSURE and _AND.search(between):
            return words[index:]
    return words


_PUT_IN = re.compile(
    r"(?:(?<=, )|(?<=^))(?:in (?:response|retaliation|coordination|line|accordance|light|view|addition)|following|citing|amid"
    r"|despite|given|due to|because of|as a result of|after|along with|together with|building on|pursuant to|consistent with)"
    r" [^,;]*,(?= )"
)
"""Why or with whom somebody acts, between commas: what it tells is done to nothing."""
_UNSURE = frozenset({"reject", "threaten", "propose", "call"})
_AND = re.compile(r"(?: [\w'-]+){2,} and (?:also |then |\w+ly )?$")


def _resumes(left: str, at: int) -> bool:
    """A clause that a comma closes before the verb is only put in between: ", who had protested, imposed"."""
    return (
        re.search(r", (?:and |but )?\w+", left[at:]) is not None
        and re.match(r"(?:who|which|whose)", left[at - 6 : at].strip()) is not None
    )


def _after(masked: str, end: int) -> _Word | None:
    """What is done with it where the verb follows: "sanctions should be lifted"."""
    right = masked[end : end + 130]
    stop = _NOT_OF_IT.search(right)
    right = right[: stop.start()] if stop else right
    if found := _RUNS_OUT.match(right):
        return _Word(end + found.start("verb"), end + found.end("verb"), "expire", "do")
    if _IS_OVER.match(right):
        return _Word(end, end, "lift", "do")
    if _COMES.match(right) or _WILL_COME.match(right):
        return _Word(end, end, "impose", "do" if _COMES.match(right) else "announce")
    if not (found := _PASSIVE.match(right)):
        return None
    for each in lexicon.deeds():
        if each.role in _TOLD_AFTER and each.pattern.fullmatch(found["verb"]):
            return _Word(end + found.start("verb"), end + found.end("verb"), each.action, each.role)
    return None


_IS_OVER = re.compile(r"[^;]{0,160}?\bno longer (?:be )?(?:in (?:effect|force)|appl\w+|valid)\b")
_RUNS_OUT = re.compile(
    r"[^;,]{0,60}?(?:, (?:first )?(?:imposed|in place|in force|adopted|introduced)\b[^;,]{0,40}, [^;,]{0,20}?)?"
    r"\b(?P<verb>expire[sd]?|lapse[sd]?|r[au]ns? out|c(?:a|o)mes? to an end|end(?:s|ed)?(?= (?:on|in|at|by|after|last|this|next"
    r"|today|yesterday|early|late|mid|\w+day|\d)\b|[.,]|$))"
)
""" "the embargo on Mali ended on Tuesday"."""
_WILL_RUN_OUT = re.compile(
    r".*\b(?:will|would|due to|set to|is to|are to) [a-z]+"
    r"|.*\b(?:expires?|lapses?|runs? out|comes? to an end|ends?) (?:on|in|at|next)"
)
_COMES = re.compile(
    r"(?:(?!\b(?:will|would|to|should|could|may|might|if|when|until)\b)[^;,]){0,100}?"
    r"\b(?:t(?:akes?|ook) effect|(?:go|goes|went|comes?|came|enter(?:s|ed)?) into (?:effect|force))\b"
)
""" "the tariffs on Norwegian steel take effect"."""
_WILL_COME = re.compile(
    r"(?:(?!\b(?:if|when|until|unless|whether)\b)[^;,]){0,100}?"
    r"\b(?:will|would|is to|are to|(?:is|are) (?:due|set|scheduled) to) (?:take effect|(?:go|come|enter) into (?:effect"
    r"|force))\b"
)
""" "the tariffs on Norwegian steel will take effect"."""
_WEIGHTS = ("reject", "threaten", "call", "propose", "announce", "decide", "do")


def _modal(masked: str, start: int) -> list[_Word]:
    """What governs a bare verb from the other side of a semicolon: "will ban imports; forbid investment"."""
    found = _FAR_MODAL.search(masked, 0, start) if _BARE.match(masked, start) else None
    return [_Word(found.start(), found.end(), "impose", "announce")] if found else []


_BARE = re.compile(
    r"(?:ban|forbid|prohibit|bar|suspend|freeze|block|revoke|criminali[sz]e|impose|raise|close|expel|cancel|withdraw|halt|stop|seize"
    r"|remove|add|sanction|designate|blacklist|restrict|limit|cut|sever|deny|end)\b"
)
_FAR_MODAL = re.compile(r"\b(?:will|shall|plans? to|intends? to)\b(?=[^.]*; (?:and |also |to )*$)")


def _weightiest(words: list[_Word]) -> str:
    roles = {word.role for word in words}
    return next((role for role in _WEIGHTS if role in roles), "do")


def _told(action: str, role: str) -> tuple[str, str]:
    if role == "reject":
        return "reject", "rejected" if action in {"impose", "widen"} else "in_force"
    if role == "threaten":
        return "threaten", "threatened"
    if role in {"call", "propose"}:
        return ("propose" if action == "impose" else action), "proposed" if action in {
            "impose",
            "widen",
            "renew",
        } or (action in _ENDS and role == "propose") else "in_force"
    return action, _status(action, role)


_ENDS = frozenset({"lift", "suspend"})


def _status(action: str, role: str) -> str:
    if action in {"impose", "lift", "widen", "suspend"} and role == "announce":
        return "announced"
    if action in {"impose", "widen"} and role == "decide":
        return "approved"
    return _STATUS.get(action, "in_force")
