"""Against whom a measure is directed: the object of its words, or the likeliest territory where none stands with them."""

import re
from typing import NamedTuple

from pipeline.claims import lexicon, roles
from pipeline.claims.context import Context
from pipeline.claims.frames import SANCTIONS, Frame
from pipeline.claims.gazetteer import Mention
from pipeline.claims.masks import Sentence
from pipeline.claims.occurrences import Occurrence

_OF_PARTIES = frozenset({"sanctions", "designation", "listing", "terrorist_designation"})
"""Triggers whose verb has whom it hits as its object ("sanctions five banks")."""
_NEED_NOT_REPEAT = SANCTIONS | {"travel_ban", "asset_freeze", "listing", "terrorist_designation"}
"""Triggers of which a press release need not repeat whom they hit."""
_WEAK = frozenset({"for", "in", "towards", "toward", "to"})
_DIRECT = re.compile(
    r" (?:for|in|towards?|to) (?:the |\d+ |two |three |four |five |six |seven |eight |nine |ten |several "
    r"|[\w-]+ (?:general |minister |president )?of |government of )*[XALO]"
)
"""Prepositions that lead to whom sanctions hit only where they follow at once."""
_OF_ANOTHER = re.compile(
    r"\b(?:wars?(?: of \w+)?|attacks?|assaults?|invasion|aggression|crackdown|influence|impact|effects?"
    r"|dependence|report|talks|pressure|strikes?|threats?"
    r"|offensive|reliance|views?|position) $"
)
"""Nouns with a preposition of their own: "his war on Ukraine"."""
_MEETING = re.compile(
    r" (?:Brussels|Luxembourg|Geneva|New York|Vienna|Strasbourg|The Hague)\b|[^,;]{3,30}? (?:against|on|upon) (?:the )?[A-Z]"
)
""" "sanctions in Brussels", "in Oslo against Serbia": where it was decided."""
_LIST_GOES_ON = re.compile(r", and ")
_ENDS_WITH_PREPOSITION = (" with", " to", " from", " of", " in", " for", " against")
_OWN = re.compile(
    r"\W*(?!(?:its|their) own\W)(?:(?:[\w-]+ ){0,6}?(?:its|their|his|her)(?: own)?(?: [a-z]|\W)|(?:itself|them|it)\b)"
)
""" "members of its own", "its oil firms": of whoever tells of it, and not of whoever imposes it."""
_BROUGHT_IN = re.compile(r"\W*(?:[\w-]+ ){0,4}?(?:into|entering|leaving) (?:the|its|their)\b")
""" "goods into the country": of whoever restricts them."""
_BLOC = re.compile(r"\W*(?:[\w-]+ ){0,3}?the (?:\w+ )?(?:bloc|union)\b")
_PRONOUN = re.compile(r"\b(?:they|he|she|it) $")
_ITS_PRONOUN = re.compile(r"\w+ (?:it|them|him|her) (?:from|off|as|to|on|out|an?)\b")
""" "removes it from its list"."""
_ITS_ENVOY = re.compile(r"(?:expulsions?|removal|ouster) of (?:its|their) ")
""" "Panama condemns the expulsion of its ambassador": it hits the one who tells of it."""
_PLURAL = re.compile(r"\W*(?:[\w-]+ ){0,3}?(?:these|those|both|two)\b")
_OFFENDER = re.compile(r"\b(?:violat\w+|breach\w*) (?:of )?(?:\w+ ){0,3}$")
_NAME = re.compile(
    r"\s+(?:the |a |an |former |then-|senior |its |[a-z]+[- ]){0,5}?(?:(?:President|Vice President|Prime Minister|Minister"
    r"|General|Colonel|Commander|Attorney General|Justice|Judge|Senator|Governor|Foreign Minister|Chief|Ayatollah) )*"
    r"(?P<name>(?:[A-ZÀ-ÞŠŽ][\w’'.-]+|[A-Z]{2,})"
    r"(?: (?:(?:al-|bin |al |de |la |del |von |ibn |el |of |and |for |the |& )*[A-ZÀ-ÞŠŽ][\w’'.-]*|&))*)"
)


class Object(NamedTuple):
    """Whom a measure hits, as its own words say."""

    group: list[Mention]
    words: str = ""
    """The words of the object, as far as it goes."""
    names: tuple[str, ...] = ()
    """A name that is no mention, with which the object begins."""
    begin: int = 0
    """Where the words after a preposition begin that name it."""


def direct(occurrence: Occurrence) -> Object:
    """Whom its own words name."""
    if occurrence.trigger.is_passive and (told := _of_passive(occurrence)):
        return told
    if occurrence.passive is not None:
        return _of_participle(occurrence, occurrence.passive)
    if occurrence.is_verb and _ITS_PRONOUN.match(occurrence.match[0]):
        return Object([], " them")
    if occurrence.is_verb and (occurrence.code in _OF_PARTIES or occurrence.trigger.object_pattern is None):
        return _inside(occurrence) or _named_after(occurrence.sentence, occurrence.end)
    if occurrence.is_verb and occurrence.match[0].endswith(_ENDS_WITH_PREPOSITION):
        found = Object(*roles.first_group(occurrence.sentence, occurrence.end))
        if found.group or _is_meant(found.words):
            return found
    return (
        _by_preposition(occurrence) or _inside(occurrence)
        or _before(occurrence)
    )  # fmt: skip


def _before(occurrence: Occurrence) -> Object:
    """Whom the words before it name: "Turkish ministers face sanctions"."""
    group = roles.hit_before(occurrence.sentence, occurrence.start)
    return Object(group, occurrence.sentence.masked[group[0].start : occurrence.start] if group else "")


def _of_participle(occurrence: Occurrence, at: int) -> Object:
    """Whom a passive verb that begins at a place names: before it, or after it with whom one may not trade."""
    told = (_by_preposition(occurrence) or _inside(occurrence)) if occurrence.code in _OF_TRADE else None
    if told is not None and told.group:
        return told
    if occurrence.code == "designation" and at == occurrence.start and not occurrence.match[0].startswith("designat"):
        owner = roles.premodifier(occurrence.sentence, at)  # "Russian officials designated today"
        return Object([owner] if owner else [], occurrence.match[0])
    if _PRONOUN.search(occurrence.sentence.masked[:at]):
        return Object([], " them")
    return Object(roles.passive_subject(occurrence.sentence, at), occurrence.sentence.masked[max(0, at - 60) : at])


def _of_passive(occurrence: Occurrence) -> Object | None:
    """Whom what is restricted names: "exports of fuel to Mali are banned", "Russian ships were barred from British ports"."""
    sentence, pattern, done = occurrence.sentence, occurrence.trigger.object_pattern, occurrence.done
    for found in pattern.finditer(sentence.masked, occurrence.start) if pattern else ():
        hit = Object(*roles.first_group(sentence, found.end()))
        is_of_trade = occurrence.code in _TRADED and _INTO.search(
            sentence.masked, found.end(), (hit.group or [_NOBODY])[0].start
        )
        if hit.group and not is_of_trade and not sentence.masked[: hit.group[0].start].endswith((" by ", " by the ")):
            return hit
    if occurrence.code in _TRADED and not (occurrence.code == "import_ban" and _owned(occurrence)):
        return Object([])
    inside = [each for each in _mentions_inside(occurrence) if each.end <= done]
    return Object(inside, occurrence.match[0]) if inside else None


_OF_TRADE = frozenset({"export_ban", "import_ban", "procurement_ban", "transaction_ban", "services_ban"})
"""Where somebody is barred from trade, whom it hits stands after that: "firms are barred from buying fuel from Mali"."""
_TRADED = frozenset({"export_ban", "import_ban"})
_INTO = re.compile(r"\b(?:in)?to\b")
_IMPORTED_INTO = re.compile(
    r" (?:[\w-]+ ){0,3}?(?:imports?|goods|products|imported)(?: coming)? (?:in)?to (?:the )?X+ from\b"
    r"| (?:[a-z]+ ){0,2}?imports (?:in)?to (?:the )?X+\b"
)
""" "on imports into the United States from Brazil": from where they come is whom it hits, and not where they arrive."""
_NOBODY = Mention(0, 0, "", "nobody")


def _owned(occurrence: Occurrence) -> bool:
    """ "Russian imports were banned", "Russian oil imports"."""
    return bool(_GOODS_OF.search(occurrence.left))


_GOODS_OF = re.compile(r"[XA]+(?:'s)? (?:[\w-]+ )?$")


def _mentions_inside(occurrence: Occurrence) -> list[Mention]:
    end = min(occurrence.end, roles.end_of_deed(occurrence.sentence, occurrence.start))
    return [each for each in occurrence.sentence.mentions if occurrence.start <= each.start < end and each.kind != "nobody"]


def _inside(occurrence: Occurrence) -> Object | None:
    inside = _mentions_inside(occurrence)
    if _ITS_ENVOY.match(occurrence.match[0]):
        inside = roles.subject(occurrence.sentence, occurrence.start)
    if occurrence.code == "diplomatic_measure" and (left := occurrence.match[0].find(" from ")) >= 0:
        inside = [each for each in inside if each.start < occurrence.start + left]  # the body that suspends a member
    return Object(inside, occurrence.match[0]) if inside else None


def _named_after(sentence: Sentence, start: int) -> Object:
    """The object that begins at a place; where it is a mere name, the next territory that is spoken of."""
    group, words = roles.first_group(sentence, start)
    names = _names(sentence, start)
    return Object(group or (_next(sentence, start) if names else []), words, names)


def _by_preposition(occurrence: Occurrence) -> Object | None:
    """Whom the words after a preposition name: "sanctions on Russia", "a ban on exports to Iran"."""
    sentence, pattern = occurrence.sentence, occurrence.trigger.object_pattern
    is_general, bare = occurrence.code in SANCTIONS, None
    for found in pattern.finditer(sentence.masked, occurrence.end) if pattern else ():
        if roles.BARRIER.search(sentence.masked, occurrence.end, found.start()):
            return bare
        if not is_general and _LIST_GOES_ON.search(sentence.masked, occurrence.end, found.start()):
            return None
        if bare is not None and found[0] != "against":
            continue
        if _OF_ANOTHER.search(sentence.masked, occurrence.end, found.start()):
            continue
        if roles.TIME.match(sentence.masked, found.end()) or _IMPORTED_INTO.match(sentence.masked, found.end()):
            continue
        if found[0] == "in" and _MEETING.match(sentence.plain, found.end()):
            continue
        is_told_of = occurrence.is_verb and lexicon.pattern("same_country").match(sentence.masked, found.end())
        if is_general and found[0] in _WEAK and not (is_told_of or _DIRECT.match(sentence.masked, occurrence.end)):
            continue
        hit = _named_after(sentence, found.end()) if is_general else Object(*roles.first_group(sentence, found.end()))
        if hit.group or hit.names or _is_meant(hit.words) or (is_general and found[0] in {"on", "against", "upon"}):
            hit = hit._replace(begin=found.end())
            if not (hit.group or hit.names or _is_meant(hit.words)):
                bare = bare or hit  # "bans on investments and sales, against Iran"
                continue
            return hit if occurrence.code == "arms_embargo" else hit._replace(group=_mentions_inside(occurrence) + hit.group)
    return bare


def _next(sentence: Sentence, start: int) -> list[Mention]:
    after = [each for each in sentence.mentions if each.start >= start and each.kind != "body"]
    return [each for each in after if each.code not in {"", "EU"} and roles.is_ever_hit(sentence, each)][:1]


def _names(sentence: Sentence, start: int) -> tuple[str, ...]:
    """The capitalized name with which the object begins that stands at a place; a mention of a territory is none."""
    found = _NAME.match(sentence.plain, start)
    places = [each for each in sentence.mentions if each.kind in {"name", "adjective"}]
    if not found or any(each.start < found.end() and found.start() < each.end for each in places):
        return ()
    name = found["name"].rstrip(".,'’")
    return (name,) if len(name) > 2 else ()


def answered(occurrence: Occurrence, issuers: tuple[str, ...]) -> tuple[str, ...]:
    """Whose measures it answers, and so hits: "tariffs in response to Swiss tariffs"."""
    sentence = occurrence.sentence
    found = roles.ANSWER.search(sentence.masked, occurrence.end) if occurrence.deed.action != "mention" else None
    after = [each for each in sentence.mentions if found and each.start >= found.end()][:1]
    others = [each.code for each in after if found and each.code not in {*issuers, ""} and roles.is_ever_hit(sentence, each)]
    is_near = bool(others and found) and _OF_A_MEASURE.match(sentence.masked, after[0].end)
    return tuple(others) if is_near else ()


_IN_TURN = re.compile(
    r"\bretaliat|\breciproc|\bcounter-?(?:sanction|tariff|measure)|\brespon(?:d|ds|ded|ding) (?:with|by)\b|\btit-for-tat\b"
    r"|\b(?:in|its|as a) (?:response|reply|turn|kind|return)\b|\bof its own\b|\b(?:hit|strik|struck|fir)\w* back\b"
)
""" "responds with tariffs of its own"."""
_OF_A_MEASURE = re.compile(
    r"(?:'s?)? (?:(?!and\b|or\b)[\w%-]+ ){0,4}?(?:sanctions|tariffs?|dut(?:y|ies)|bans?|embargo|restrictions"
    r"|measures|blacklist\w*|freez\w+|decision|move|controls|curbs|levies|expulsions?|designations?|penalties|sanctioning|imposing)\b"
)


def elsewhere(
    occurrence: Occurrence, hit: Object, issuers: tuple[str, ...], before: list[Frame], context: Context
) -> tuple[tuple[str, ...], bool]:
    """The likeliest territory where none stands with the measure, and whether that is a guess."""
    if whom := _answering(occurrence, issuers, before, context):
        return whom, False
    if _is_meant(hit.words) and (meant := _meant(occurrence, hit, issuers, before, context)):
        return meant, False
    if issuers and (same := _of_same(occurrence, issuers, before)):
        return same, False
    if context.is_talk:
        return (), True
    if context.text.publisher_issuer_code:
        return context.main(issuers), occurrence.code not in _NEED_NOT_REPEAT
    return _guessed(occurrence, issuers, before, context), True


def _answering(occurrence: Occurrence, issuers: tuple[str, ...], before: list[Frame], context: Context) -> tuple[str, ...]:
    """Whom a measure hits that is imposed in turn: who imposed one on its issuers, or whoever else is spoken of."""
    turn = _IN_TURN.search(occurrence.sentence.masked) if issuers and not roles.ANSWER.search(occurrence.left) else None
    if turn is None:
        return ()
    others = context.other(occurrence.number, issuers) if turn[0] == "retaliat" else ()
    return context.answered(before, issuers) or others


def _of_same(occurrence: Occurrence, issuers: tuple[str, ...], before: list[Frame]) -> tuple[str, ...]:
    """Whom the measures of the sentence hit so far, if of the same issuers or compared with it; or who accuses of it."""
    accuser, _ = roles.codes_of(roles.accuser(occurrence.sentence, occurrence.deed.inner))
    if others := tuple(code for code in accuser if code not in issuers):
        return others
    certain = [frame for frame in reversed(before) if frame.territories and not frame.is_inferred]
    if _BESIDES.search(occurrence.left):
        return next((frame.territories for frame in certain if not set(issuers) & set(frame.territories)), ())
    return next((frame.territories for frame in certain if frame.issuers == issuers), ())


def _is_meant(words: str) -> bool:
    """The words of an object mean a territory without its name."""
    is_said = lexicon.pattern("same_country").match(words) or _OWN.match(words)
    return bool(is_said) and not _BROUGHT_IN.match(words)


def _meant(
    occurrence: Occurrence, hit: Object, issuers: tuple[str, ...], before: list[Frame], context: Context
) -> tuple[str, ...]:
    """Whom "the country", "its regime", "the bloc" or "itself" means."""
    sentence, at = occurrence.sentence, occurrence.start
    if _OWN.match(hit.words):
        codes, _ = roles.codes_of(roles.others_acting(sentence, at, issuers))
        if codes:
            return codes
    if _BLOC.match(hit.words):
        bloc = context.bloc(occurrence.number, at)
        return (bloc.code,) if bloc and bloc.code not in issuers else ()
    earlier = context.earlier(before, issuers)
    left = [each for each in _candidates(occurrence, issuers) if each.end <= at]
    if left and not (earlier and _PLURAL.match(hit.words)):
        acting = [each for each in left if each.kind != "group" and roles.acts(sentence, each)]
        return ((acting or left)[-1].code,)
    return earlier[0] if earlier else context.salient(occurrence.number, issuers)


_BESIDES = re.compile(
    r"\b(?:than|in addition to|on top of|alongside|besides|beyond|complement\w*|(?:similar|identical|comparable) to"
    r"|(?:following|after|matching|mirroring) (?:similar|earlier|previous|comparable|identical)|to (?:comply|conform) with"
    r"|in (?:line|accordance|compliance|keeping) with|to (?:implement|enforce)|(?:implement|enforc)ing|pursuant to)"
    r" (?:[\w-]+ ){0,4}$"
)
""" "harsher than the sanctions imposed by": against the same."""


def _guessed(occurrence: Occurrence, issuers: tuple[str, ...], before: list[Frame], context: Context) -> tuple[str, ...]:
    candidates = _candidates(occurrence, issuers)
    candidates = [each for each in candidates if each.code not in context.attacked] or candidates
    for each in candidates:
        if each.start >= occurrence.end:
            return (each.code,)
    left = [each for each in candidates if each.end <= occurrence.start]
    earlier = context.earlier(before, issuers)
    if averted := _AVERTED.search(occurrence.left):
        left = roles.others_acting(occurrence.sentence, averted.start(), issuers) or left
    elif earlier and left and _SPEAKS.match(occurrence.sentence.masked, left[-1].end):
        return earlier[0]
    if left:
        codes, _ = roles.codes_of(roles.coordinated_left(occurrence.sentence, left[-1]))
        return codes
    return earlier[0] if earlier else context.salient(occurrence.number, issuers)


_AVERTED = re.compile(r"\b(?:avert|avoid|forestall|escap|prevent|(?:stav|head|fend|ward)\w* off)\w* (?:[\w-]+ ){0,4}$")
""" "asks Norway for help to avert": whoever asks would be hit."""
_SPEAKS = re.compile(
    r"(?:'s?)?(?: [\w-]+){0,4}? (?:calls?|called|criticis|criticiz|condemn|denounc|welcom|oppos|reject|describ|prais"
    r"|support|object)\w*\b"
)
""" "Norway calls the sanctions illegal": those who judge measures against somebody else."""


def _candidates(occurrence: Occurrence, issuers: tuple[str, ...]) -> list[Mention]:
    """The mentions of a sentence that its measure may hit: those that measures often hit first, not who tells of an offence."""
    sentence = occurrence.sentence
    here = [each for each in sentence.mentions if each.code not in {*issuers, "", "EU"} and roles.is_ever_hit(sentence, each)]
    often = [each for each in here if each.code in lexicon.words("often_hit")]
    first = sentence.mentions[:1]
    acting = {each.code for each in first if roles.acts(sentence, each) and roles.may_be_subject(sentence, each)}
    innocent = [each for each in often or here if each.code not in acting]
    return (innocent if _OFFENDER.search(occurrence.left) else []) or often or innocent or here
