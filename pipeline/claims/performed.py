"""Whether the press of an issuer does with its very words what it tells: "is designating", "hereby", "is taking steps:".

Such a release is the announcement of the measure, on the day of its publication, though it names no day. What "has been
imposed" was announced before, and what somebody "will" or "may" impose is announced by the words for that.
"""

import re

from pipeline.claims import moments
from pipeline.claims.context import Context
from pipeline.claims.frames import Frame
from pipeline.claims.masks import Sentence

_DOING = (
    r"(?:tak|announc|impos|re-?impos|design|re-?design|sanction|establish|issu|prohibit|bann|restrict|suspend|block|add|plac"
    r"|freez|revok|rais|increas|implement|levy|limit|cancel|clos|halt|cutt|launch|expand|widen|tighten|enact|introduc|declar"
    r"|publish|releas|roll|mov|act|target|deny|barr|terminat|remov|stripp|downgrad)\w*ing"
)
_PRESENT = re.compile(
    rf"(?:\b(?:am|is|are)|'m|'re) (?:(?:also|now|hereby|today|further|therefore|again|\w+ly) )*(?:{_DOING}|being \w+ed)\b"
    r"|\bhereby\b|\bannounces\b|\bdesignations? (?:is|are) (?:being )?made\b|\bthis includes \w+ing\b"
)
_AWAY = re.compile(
    r"; |, (?:and|but|so)\b|\b(?:years|months|weeks) (?:ago|earlier)\b"
    r"|\b(?:who|which|whose|that|because|after|since|before|while|despite|where|whom|in addition to|on top of)\b"
)
"""Words behind which another clause speaks of another measure."""
_ITEM = re.compile(
    r"\W*(?:\w+[.)] )?(?:(?:the |a |an )?(?:new |further |additional )?(?:designations?|imposition|actions?|steps?|addition"
    r"|visa|sanctions?|restrictions?|ban|policy)\b|an? new |(?!during|following|including|according)\w+ing )"
)
"""How an item of a list begins that has no verb of its own: "Action to impose visa restrictions on six individuals"."""
_LEAD = re.compile(rf"{_PRESENT.pattern}|\btoday\b")
_GOES_ON = re.compile(r"\W*(?:these|this|they|those)(?: \w+){0,2} (?:are|include|includes)\b")
"""A lead that speaks on of what the sentence before it says: "These include:"."""
_SO_FAR = re.compile(r"\b(?:to date|so far|thus far|has|have|had)\b")
_FARTHEST = 40
"""Sentences between an item and the lead of its list."""


def is_performed(frame: Frame, context: Context) -> bool:
    """Whether the text imposes a measure of its own publisher in its own present; an order has the day of its signature."""
    if context.publisher not in frame.issuers or frame.action not in {"impose", "widen"}:
        return False
    sentence = context.sentence(frame.sentence)
    masked = sentence.masked
    doing = [*_PRESENT.finditer(masked, 0, frame.end)]
    is_doing = (
        bool(doing)
        and not _AWAY.search(masked, doing[-1].end(), frame.start)
        and _does_itself(sentence, doing[-1].start(), frame)
    )
    is_told_now = is_doing or (bool(_ITEM.match(masked)) and _has_lead(frame.sentence, context))
    return is_told_now and not moments.is_order(context.text.text)


def _does_itself(sentence: Sentence, at: int, frame: Frame) -> bool:
    """Whoever is named last before the words of doing is the issuer, or "we" are."""
    named = [mention for mention in sentence.mentions if mention.end <= at]
    is_issuer = not named or named[-1].code in frame.issuers
    return is_issuer or bool(_WE.search(sentence.masked, named[-1].end, at))


_WE = re.compile(r"\b(?:we|i)\b")


def _has_lead(number: int, context: Context) -> bool:
    """The nearest sentence before that opens a list says that it is done now."""
    for before in range(number - 1, max(-1, number - 1 - _FARTHEST), -1):
        if context.sentence(before).text.rstrip("* ").endswith(":"):
            is_further = before > 0 and _GOES_ON.match(context.sentence(before).masked)
            lead = context.sentence(before - 1 if is_further else before).masked
            return bool(_LEAD.search(lead)) and not _SO_FAR.search(lead)
    return False
