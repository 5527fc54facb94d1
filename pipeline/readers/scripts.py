"""The script that a name is written in, by the letters alone: told only where every letter is of one script."""

import functools
import unicodedata

# The first word of a letter's Unicode name, and its script by ISO 15924.
_SCRIPTS = {
    "LATIN": "Latn", "CYRILLIC": "Cyrl", "ARABIC": "Arab", "HEBREW": "Hebr", "GREEK": "Grek", "ARMENIAN": "Armn",
    "GEORGIAN": "Geor", "MYANMAR": "Mymr", "THAI": "Thai", "DEVANAGARI": "Deva", "SINHALA": "Sinh", "TAMIL": "Taml",
    "KHMER": "Khmr", "ETHIOPIC": "Ethi", "BENGALI": "Beng", "HANGUL": "Hang", "CJK": "Hani",
}  # fmt: skip


def script_of(text: str) -> str | None:
    """The ISO 15924 code of the one script of the text; None where it has letters of several or of none that is certain."""
    scripts = {_script(letter) for letter in text if letter.isalpha()}
    return next(iter(scripts)) if len(scripts) == 1 else None


@functools.cache
def _script(letter: str) -> str | None:
    return _SCRIPTS.get(unicodedata.name(letter, "").partition(" ")[0])
