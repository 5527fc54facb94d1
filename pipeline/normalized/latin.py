"""Names in other scripts get a Latin form by transliteration, marked as derived wherever it is published."""

import re

from anyascii import anyascii

_HAN = re.compile(r"[\u3400-\u9fff]")


def latin_form(name: str, language: str) -> str | None:
    """The name in Latin letters; None where none can be given: Japanese characters do not tell how a name is read."""
    if language.startswith("ja") and _HAN.search(name):
        return None
    return " ".join(anyascii(name).split()) or None
