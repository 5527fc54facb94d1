"""The script that a name is written in, where all its letters are of one."""

import re

# ISO 15924 code and the letters of the script; what is no letter (blanks, digits, signs) belongs to every script.
_LETTERS = {
    "Latn": "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0250-\u02af\u1e00-\u1eff",
    "Cyrl": "\u0400-\u052f\u1c80-\u1c8f",
    "Arab": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff",
    "Grek": "\u0370-\u03ff\u1f00-\u1fff",
    "Hebr": "\u0590-\u05ff",
    "Hang": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af",
    "Hani": "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff",
}
_NO_LETTER = r"[\W\d_]"
_WHOLE = {code: re.compile(rf"(?:[{letters}]|{_NO_LETTER})*") for code, letters in _LETTERS.items()}
_LETTER = re.compile(r"[^\W\d_]")


def script_of(text: str) -> str | None:
    """The ISO 15924 code of the only script of the letters; None where there are none, several, or others than these."""
    if not _LETTER.search(text):
        return None
    return next((code for code, whole in _WHOLE.items() if whole.fullmatch(text)), None)
