"""Reading prose: a text becomes claims, each with the place in the text that carries it.

`read` is the only way in. What it gives has passed the validator: offsets inside the text, codes of their lists, days that
our own reader of dates finds in the words.
"""

from collections.abc import Callable, Iterable

from pipeline.claims import blanks
from pipeline.claims.model import Claim, ClaimDate, Fault, Span, Text, UnreadText

__all__ = ["Claim", "ClaimDate", "Extractor", "Fault", "Span", "Text", "UnreadText", "examined", "read"]

Extractor = Callable[[Text], Iterable[Claim]]
"""Whatever makes claims of a text with plain blanks: rules, a parser, a language model; raises UnreadText where it cannot."""


def read(text: Text) -> list[Claim]:
    """The claims of a text by the rules, in the order in which they stand."""
    return examined(text)[0]


def examined(text: Text, extractor: Extractor | None = None) -> tuple[list[Claim], list[Fault]]:
    """The claims of a text that hold, by the rules or another extractor, and those that the validator refuses.

    Extractor and validator see the text with plain blanks; the places of the claims are those of the text as it was given.
    """
    from pipeline.claims import rules, validator  # noqa: PLC0415 — lexicons and closed lists are loaded where prose is read

    plain, places = blanks.folded(text)
    held, faults = validator.examined((extractor or rules.claims)(plain), plain)
    return (
        [places.led_back(claim, text) for claim in held],
        [fault._replace(claim=places.led_back(fault.claim, text)) for fault in faults],
    )
