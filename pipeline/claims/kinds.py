"""What kind of measure an occurrence tells: its words leave it to the object whether sanctions are a listing or hit a state."""

import re

from pipeline.claims import lexicon
from pipeline.claims.gazetteer import Mention
from pipeline.claims.occurrences import Occurrence

_BY_TRIGGER = {"designation": "listing", "national_emergency": "asset_freeze"}
_REGIME = re.compile(
    r"(?:'s)? (?:\w+ )?(?:regime|government|administration|economy)\b(?! officials| leaders| members"
    r"| ministers| and)"
)
_MENTION = re.compile(r"[XALO]")
_OF_STATE = re.compile(r"\W*(?:the )?(?:\w+ )?(?:government|regime|administration|economy|state|junta) of\b")
_EXEMPTION = re.compile(r"\b(?:exemption|waiver|licen[cs]e)")
_DEBT = re.compile(r"\b(?:debt|bond)")
_FROM = re.compile(r" from (?:the )?")
_THEIR_EXPORTS = re.compile(r"[XA]+(?:'s)? (?:[\w-]+ ){0,2}?(?:exports?|exporting)\b")
""" "bans North Korea's exports of coal": nobody else may buy them."""
_EMBARGO_ON_GOODS = re.compile(
    r" (?:on|of|against) (?:[a-z]+,? ){0,3}?(?:gem ?stones|gems|metals?|timber|wood|diamonds?|gold|oil|gas"
    r"|coal|crude|grain|wheat|meat|beef|wine|fish"
    r"|seafood|fruit|steel|ivory|charcoal)\b"
)
_ARMS = re.compile(r"\b(?:arms|weapons?)\b")
_TRADED = re.compile(
    r"\b(?:oil|gas|coal|beef|wheat|goods|products|fuel|food|imports?|crude|meat|wine|grain)\b"
)  # fmt: skip
_NEAR = 40
_OF_TERRORISTS = re.compile(r"\b(?:fto|sdgts?)\b")
""" "these FTO designations", "the removal of six persons as SDGTs"."""
_ENABLES = re.compile(
    r"\b(?:order|regime|law|act|legislation|authority|authorities|powers?),?(?: \w+){0,2} (?:allow|authori[sz]|permit|enabl)\w*"
    r"(?: (?!list|freez)[\w-]+){0,5} $|\bauthorit(?:y|ies) to (?:\w+ )?impose (?:\w+ )?$"
)
""" "the order authorizes sanctions on those who": nobody is listed yet."""
_OF_ECONOMY = re.compile(r"\b(?:economic|sectoral) $")
_GOES_ON = re.compile(r", (?:and )?\w+ing\b")
""" "levying economic sanctions, imposing visa restrictions on officials": whom the next words name the former do not hit."""
_PERSONAL = re.compile(r"\b(?:personal|individual) $")
_ON_GOODS = re.compile(
    r"\W*(?:[$€£]?[\d.,]+ (?:m|b|tr)illion (?:worth )?(?:of|in) )?(?:[\w'-]+ ){0,4}?"
    r"(?:goods|products|imports|commodities)\b"
    r"(?! (?:compan|firms|traders|control))"
)
""" "sanctions on $2 billion of Swiss goods"."""
_PARTY_OF = re.compile(r"[XA]+(?:'s)? (?:[\w-]+ ){0,3}[OL]")
_THEIR_PARTIES = re.compile(
    r"(?:'s)?(?: (?!and\b|over\b|for\b|in\b|after\b)[\w-]+){1,3} (?:firms?|compan(?:y|ies)|banks?|officials?|traders?"
    r"|refiners?|refiner(?:y|ies)|shippers|tankers|networks?|producers?|giants?|executives?|magnates?|tycoons?|ministers?)\b"
)
""" "Syrian oil firms"."""
_TARGETS = re.compile(
    r"[^,;.]{0,60}?(?:,? (?:that |which )?(?:target|hit|blacklist|name|affect|cover)(?:s|ed|ing|ting)?"
    r"|,? (?:aimed at|directed at)| to (?:cover|include|target|hit)) "
    rf"(?:(?!for\b|over\b|after\b|whose\b|who\b|in response\b)[\w'-]+,? ){{0,5}}?(?:and )?{lexicon.pattern('people').pattern}"
)
""" "sanctions on Mali, targeting its banks", "its sanctions on Burma to cover judges"."""
_STATE_AND_PARTIES = re.compile(r"(?:'s)?(?: and| \w+ and) (?:\w+ )?(?:individuals|companies|entities|officials)")


def code(occurrence: Occurrence, group: list[Mention], words: str, names: tuple[str, ...]) -> str:
    """The code of the measure that hits a group of mentions, by the words and names of its object."""
    trigger = occurrence.code
    if trigger in _EXPORTS and _WEAPONRY.search(_goods_of(occurrence)):
        return "arms_embargo"
    if trigger == "export_ban" and _are_theirs(occurrence, group):
        return "import_ban"
    if trigger == "embargo":
        if _EMBARGO_ON_GOODS.match(occurrence.sentence.masked, occurrence.end):
            return "import_ban"
        return _embargo(words, occurrence.sentence.masked[max(0, occurrence.start - 40) :])
    masked, start = occurrence.sentence.masked, occurrence.start
    if trigger == "designation" and _OF_TERRORISTS.search(masked, max(0, start - _NEAR), occurrence.end):
        return "terrorist_designation"
    return _of_sanctions(occurrence, group, words, names) if trigger == "sanctions" else _BY_TRIGGER.get(trigger, trigger)


def of_their_trade(code: str) -> str:
    """The code of a measure of the United Nations, whose members are all others: what one may not import none may export."""
    return _THEIR_TRADE.get(code, code)


_THEIR_TRADE = {"import_ban": "export_ban", "export_ban": "import_ban", "export_control": "import_ban"}


def _goods_of(occurrence: Occurrence) -> str:
    """The words of an occurrence and those after it, as far as they may name the goods."""
    m = occurrence.sentence.masked
    end = _AFTER_GOODS.search(m, occurrence.end)
    return m[occurrence.start : end.start() if end else len(m)]


_EXPORTS = frozenset({"export_ban", "export_control"})
_AFTER_GOODS = re.compile(r" (?:to|from|in|after|over|by|as|and)\b|[.,;:]|$")
_WEAPONRY = re.compile(
    r"\b(?:arms|weapon(?:s|ry)?|munitions|ammunition|bombs|missiles?|fighter (?:jets?|planes|aircraft)|warplanes|warships|tanks"
    r"|rifles|howitzers|artillery|lethal|f-\d\d\S*|s-[34]00\S*|(?:attack|military) helicopters"
    r"|military (?:equipment|hardware|goods|supplies|aircraft|vehicles|gear))\b(?!-| program)"
)


def _are_theirs(occurrence: Occurrence, group: list[Mention]) -> bool:
    """The exports are those of whom the measure hits: "bans Iran's exports of oil", "a ban on timber exports from Liberia"."""
    m, end = occurrence.sentence.masked, occurrence.end
    from_there = bool(group) and not occurrence.trigger.is_passive and _FROM.fullmatch(m, end, max(end, group[0].start))
    return bool(from_there or _THEIR_EXPORTS.search(occurrence.match[0]))


def _of_sanctions(occurrence: Occurrence, group: list[Mention], words: str, names: tuple[str, ...]) -> str:
    """What kind of measure is meant where the text only speaks of sanctions."""
    if _EXEMPTION.search(occurrence.match[0]) and _DEBT.search(occurrence.sentence.masked, occurrence.end):
        return "capital_market_restriction"
    if _PERSONAL.search(occurrence.left):
        return "listing"
    if _ON_GOODS.match(words):
        return "trade_restriction"
    if _OF_ECONOMY.search(occurrence.left) and _GOES_ON.match(occurrence.sentence.masked, occurrence.end):
        return "sanctions_unspecified"
    if _ENABLES.search(occurrence.left):
        return "sanctions_unspecified"
    is_of_parties = _hits_parties(occurrence, group, words, names) or _TARGETS.match(occurrence.sentence.masked, occurrence.end)
    return "listing" if is_of_parties else "sanctions_unspecified"


def _embargo(words: str, masked: str) -> str:
    if _ARMS.search(masked):
        return "arms_embargo"
    return "import_ban" if _TRADED.search(words[:60]) else "comprehensive_embargo"


def _hits_parties(occurrence: Occurrence, group: list[Mention], words: str, names: tuple[str, ...]) -> bool:
    """The object is persons or bodies, not a state, an economy or goods."""
    masked = occurrence.sentence.masked
    if group and group[0].kind == "nobody":
        return False
    if _OF_STATE.match(words) or (group and _MENTION.search(words) and _REGIME.match(masked, group[0].end)):
        return False
    if names or lexicon.pattern("persons").match(words):
        return True
    if group and (any(each.kind in {"group", "leader"} for each in group[:2]) or _PARTY_OF.search(words[:60])):
        return True
    if group and group[0].kind in {"adjective", "name"}:
        return _are_parties_of(group, words, masked[group[-1].end : group[-1].end + 60])
    return bool(lexicon.pattern("people").search(words[:70]))


def _are_parties_of(group: list[Mention], words: str, after: str) -> bool:
    """ "Russian banks", "Iran's ministers", and not "Russian oil" or "Iran"."""
    people = lexicon.pattern("people")
    if _THEIR_PARTIES.match(after):
        return True
    if lexicon.pattern("state").match(after) and not _STATE_AND_PARTIES.match(after):
        return False
    is_theirs = group[0].kind == "adjective" or after.startswith("'s") or people.search(after[:30])
    return bool(is_theirs and people.search(words[:90]))
