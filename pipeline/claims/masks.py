"""A sentence with its mentions masked, so that patterns of words can speak of "somebody" whoever that is."""

from dataclasses import dataclass, field

from pipeline.claims.gazetteer import LETTERS, Mention, mentions
from pipeline.claims.model import Span


@dataclass(frozen=True)
class Sentence:
    """A sentence; the places of its mentions count from its beginning."""

    span: Span
    text: str
    masked: str
    """Of the same length as the text, in lower case, each letter of a mention replaced by that of its kind."""
    mentions: tuple[Mention, ...]
    may_be_subject: dict[Mention, bool] = field(default_factory=dict, compare=False, repr=False)
    """Of the mentions looked at so far, whether each can be a subject where it stands."""

    @property
    def plain(self) -> str:
        """The text on one line, character for character: a line may end within a name or a date."""
        return self.text.replace("\n", " ")


def sentence_of(text: str, span: Span) -> Sentence:
    """The sentence at a place of a text."""
    words = text[span.start : span.end]
    found = tuple(mentions(words))
    return Sentence(span, words, _masked(words, found), found)


def lowered(text: str) -> str:
    """Lower case, character for character, with plain apostrophes."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(each.lower() if len(each.lower()) == 1 else each for each in text)
    return lower.replace("’", "'").replace("‘", "'").replace("\n", " ")


def _masked(words: str, found: tuple[Mention, ...]) -> str:
    lower, parts, at = lowered(words), [], 0
    for each in found:
        parts += [lower[at : each.start], LETTERS[each.kind] * (each.end - each.start)]
        at = each.end
    return "".join(parts) + lower[at:]
