"""Reading prose: a text becomes claims, each with the place in the text that carries it.

`read` is the only way in. What it gives has passed the validator: offsets inside the text, codes of their lists, days that
our own reader of dates finds in the words.
"""

from pipeline.claims.model import Claim, ClaimDate, Span, Text

__all__ = ["Claim", "ClaimDate", "Span", "Text", "read"]


def read(text: Text) -> list[Claim]:
    """The claims of a text, in the order in which they stand."""
    from pipeline.claims import rules, validator  # noqa: PLC0415 — the lexicons are only loaded where prose is read

    return [each for each in rules.claims(text) if not validator.faults(each, text)]
