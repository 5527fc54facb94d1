"""Frames: what single triggers say, and how those of one sentence complete each other."""

import re
from dataclasses import dataclass, replace

from pipeline.claims.masks import Sentence
from pipeline.claims.model import ClaimDate

SANCTIONS = frozenset({"sanctions", "embargo", "arms_embargo", "comprehensive_embargo", "designation", "national_emergency"})
"""Triggers that speak of a sanction whatever else the sentence says."""
_GENERAL = frozenset({"sanctions", "designation", "listing"})
_EXPLAINS = re.compile(
    r"\b(?:including|such as|like|namely|which include|include|includes|consist\w*)\b"
    r"|\b(?:by|through|with) (?:an? |new |further )*$|^ (?:of|in the form of) (?:an? )?$|—|–|:"
    r"|^ (?:that|which|to) (?:(?:will|would|should|also) )*$"
)
_ANOTHER = re.compile(r"\bin (?:response|retaliation|reply|reprisal) (?:to|for)\b")
""" "including five ministers, in response to sanctions": those are others."""
_ANSWERED = re.compile(
    r"\b(?:retaliat|respond|react|repl[iy]|answer|hit\w* back|str[iu]\w+ back)\w*(?: (?:to|against|at))? (?:[\w-]+ ){0,4}$"
)
""" "retaliated against Swiss sanctions by banning imports"."""
_AS_PART = re.compile(r"\bas part of (?:[\w-]+ ){0,4}$")


@dataclass(frozen=True)
class Frame:
    """What one trigger says in one sentence; places count from the beginning of the sentence."""

    sentence: int
    start: int
    end: int
    code: str
    trigger: str
    issuers: tuple[str, ...]
    has_nobody: bool
    """Somebody without a code is said to impose it."""
    territories: tuple[str, ...]
    is_inferred: bool
    """The territory does not stand with the measure."""
    action: str
    status: str
    is_near: bool = False
    """Who or against whom comes from a neighbouring sentence."""
    goods: str | None = None
    names: tuple[str, ...] = ()
    dates: tuple[ClaimDate, ...] = ()

    @property
    def is_mutual(self) -> bool:
        """Those who impose it do so on each other."""
        return len(self.issuers) > 1 and self.issuers == self.territories


def inherited(frame: Frame, before: list[Frame], sentence: Sentence) -> Frame:
    """A particular measure of a list takes from "sanctions, including" what it does not say itself."""
    for general in before:
        is_other = frame.trigger in _GENERAL and frame.issuers not in {(), general.issuers}
        if general.trigger == "sanctions" and not is_other and _explains(general, frame, sentence):
            is_lacking = frame.is_inferred or not frame.territories
            return replace(
                frame, issuers=general.issuers or frame.issuers, has_nobody=frame.has_nobody or general.has_nobody,
                territories=general.territories if is_lacking else frame.territories, is_inferred=False,
                action=general.action, status=general.status, names=frame.names or general.names,
            )  # fmt: skip
    return frame


def shared(frames: list[Frame]) -> list[Frame]:
    """A measure without a territory of its own has that of the nearest one in its sentence by the same issuer."""
    return [_sharing(frame, frames) if frame.is_inferred and frame.issuers else frame for frame in frames]


def _sharing(frame: Frame, frames: list[Frame]) -> Frame:
    others = [other for other in frames if not other.is_inferred and other.issuers == frame.issuers and other.territories]
    nearest = min(others, key=lambda other: abs(other.start - frame.start), default=None)
    return replace(frame, territories=nearest.territories, is_inferred=False) if nearest else frame


def settled(frames: list[Frame], sentence: Sentence) -> list[Frame]:
    """The frames of a sentence that stand: general words and guesses give way to what the sentence says itself."""
    certain = [frame for frame in frames if not frame.is_inferred]
    stand = [frame for frame in frames if not frame.is_inferred or not certain or _is_borne_out(frame, certain)]
    return [frame for frame in stand if not _is_explained(frame, frames, sentence)]


def _is_borne_out(guess: Frame, certain: list[Frame]) -> bool:
    """The sentence says that somebody else's measure hits the same: "seizes his yacht after the Union sanctioned Russian"."""
    others = [frame for frame in certain if guess.issuers and set(guess.issuers).isdisjoint(frame.issuers)]
    return any(guess.territories == frame.territories for frame in others)


def _is_explained(frame: Frame, frames: list[Frame], sentence: Sentence) -> bool:
    """ "sanctions, including a travel ban" and "a travel ban as part of sanctions" speak of the ban alone."""
    if frame.trigger != "sanctions":
        return False
    others = [other for other in frames if other.trigger not in _GENERAL]
    return any(_explains(frame, other, sentence) or _is_whole(frame, other, sentence) for other in others)


def _explains(general: Frame, other: Frame, sentence: Sentence) -> bool:
    between = sentence.masked[general.end : other.start]
    is_other = _ANOTHER.search(between) or _ANSWERED.search(sentence.masked, 0, general.start)
    return general.end <= other.start and bool(_EXPLAINS.search(between)) and not is_other


def _is_whole(general: Frame, other: Frame, sentence: Sentence) -> bool:
    return other.end <= general.start and bool(_AS_PART.search(sentence.masked[other.end : general.start]))
