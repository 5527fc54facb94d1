"""The words for the goods that a measure is about."""

import re
from collections.abc import Iterator

from pipeline.claims import lexicon
from pipeline.claims.occurrences import Occurrence

_OF_GOODS = frozenset({"export_ban", "import_ban", "export_control"})
_OF_ANY_GOODS = frozenset({"tariff_increase", "price_cap"})
"""Measures that only goods can be the object of, whatever they are called."""
_ABOUT_GOODS = _OF_GOODS | _OF_ANY_GOODS | {"trade_restriction", "sanctions", "embargo", "comprehensive_embargo"}
_RESTRICTED = re.compile(r"\b\w+ of (?P<goods>(?:(?!(?:to|from|is|are|was|were|have|has|will|may)\b)\S+ ){1,9})")
_INSIDE = re.compile(
    r"(?:.*\b(?:on|of|in) |.*% |(?:retaliatory|additional|punitive|new|import|higher|export|illion) )*(?P<goods>.*?)"
    r"(?:^| )(?:import |export |trade )?(?:embargo\w*|bans?|sanctions|tariffs?|duties|price caps?|price cap)\b"
)
_LED = re.compile(r" (?:worth \S+(?: [mb]illion)? )?(?:of \S+(?: percent)? )?(?:imposed )?(?:on|of|against|for) ")
_LEADING = re.compile(
    r"(?:(?:the|all of the|its|their|importing|exporting|buying|selling|imported|foreign|further|both"
    r"|(?:imports?|exports?|purchases?|sales?|shipments?|supply|supplies|deliver(?:y|ies)) of|[XABLO]+(?:'s)?)(?: |$))+"
)
_TRAILING = re.compile(
    r"(?:(?:^| )(?:imports?|exports?|sales|shipments|purchases|suppl(?:y|ies)|deliver(?:y|ies)|trade|and|or))*[ ,]*$"
)
_STOP = re.compile(
    r" (?:from|to|into|in|by|before|between|after|over|at|on|for|starting|beginning|effective|until|till|unless|that"
    r"|this|which|as|if|with|worth|under|because|amid|when|while|including|except|such|like|imported|exported|made|produced"
    r"|processed|mined|enter(?:ing|ed)|coming|is|are|was|were|has|have|had|will|would|may|can|could|should|do|does|did|related|critical|bound|destined|due"
    r"|following|since|building|where|who|whose|but|so|during|through|exceeding|above|they|it|we|he|imports?|exports?|took"
    r"|takes?|came|comes?|specifically|remain\w*)\b|, \w+ing\b|[.;:?!()–—\"”]|\Z"
)
_AND = re.compile(r"(?:,? (?:and|or|&)|,) ")
_NO_GOODS = re.compile(
    r"\b(?:econom(?:y|ies)|governments?|regimes?|countr(?:y|ies)|nations|states?|regions?|adversar\w+|sectors?|industr(?:y|ies)"
    r"|central bank|data|others|targets?|access|military|parties|consumers|program(?:me)?s?|activit(?:y|ies)|giant|assets)\b"
    r"|^(?:nearly |almost |both |all |most |many |hundreds of |some |certain |any |each |this |that |it |them |us |of "
    r"|\$?[\d.,]+ (?:[mb]illion )?|[XABLOG]+ |\W)*$"
)
_SUCH_AS = re.compile(r"(?:imports?|exports?|goods|products),? (?:including|such as|like) ")
_NEAR = 40
"""Characters after a preposition in which "imports, including" names the goods."""


def goods(occurrence: Occurrence, code: str) -> str | None:
    """The goods that the trigger itself names, or the words after it; what hits parties is about none."""
    for start, end, is_sure in _places(occurrence) if code != "listing" else ():
        if words := _words(occurrence, start, end, is_sure=is_sure):
            return words
    return None


def _places(occurrence: Occurrence) -> Iterator[tuple[int, int, bool]]:
    """Where the goods may stand, the likeliest place first, and whether only goods stand there."""
    masked, match = occurrence.sentence.masked, occurrence.match
    if occurrence.trigger.is_passive and occurrence.code in _OF_GOODS:
        if found := _RESTRICTED.search(masked, occurrence.start, occurrence.done):
            yield *found.span("goods"), True
        return
    groups = match.groupdict()
    if (groups.get("goods2") or "").strip():
        yield match.start("goods2"), _end(masked, match.start("goods2")), True
    if (groups.get("goods") or "").strip():
        yield *match.span("goods"), True
    if occurrence.code not in _ABOUT_GOODS:
        return
    is_sure = occurrence.code in _OF_ANY_GOODS
    if inside := _INSIDE.match(masked, occurrence.start, occurrence.end):
        yield *inside.span("goods"), False
    if led := _LED.match(masked, occurrence.end):
        yield led.end(), _end(masked, led.end()), is_sure
        if such := _SUCH_AS.search(masked, led.end(), led.end() + _NEAR):
            yield such.end(), _end(masked, such.end()), False


def _end(masked: str, start: int) -> int:
    """Where the words for goods end that begin at a place; a list goes on as long as its parts are goods."""
    stop = _STOP.search(masked, start)
    end = stop.start() if stop else len(masked)
    for joint in _AND.finditer(masked, start, end):
        following = _AND.search(masked, joint.end(), end)
        if not _is_ware(masked[joint.end() : following.start() if following else end]):
            return joint.start()
    return end


def _words(occurrence: Occurrence, start: int, end: int, *, is_sure: bool) -> str | None:
    masked = occurrence.sentence.masked
    if leading := _LEADING.match(masked, start, end):
        start = leading.end()
    words = _TRAILING.sub("", masked[start:end])
    is_other = _NO_GOODS.search(words + " ") or lexicon.pattern("people").search(words) or _AND.match(f" {words}")
    is_goods = (is_sure or _is_ware(words)) and not is_other
    return occurrence.sentence.plain[start : start + len(words)].strip(" ,.") or None if is_goods else None


def _is_ware(words: str) -> bool:
    return lexicon.pattern("wares").search(words) is not None
