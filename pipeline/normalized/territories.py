"""Names of countries and regions become their codes: ISO 3166 and CLDR first, then our own list of other spellings."""

import functools
import tomllib
import unicodedata
from pathlib import Path

import pycountry
from babel import Locale

_ALIASES = Path(__file__).with_suffix(".toml")


def code(text: str, language: str = "en") -> str | None:
    """The code of the territory that the words name in that language (BCP 47); None where they name none.

    Case, accents, punctuation and blanks do not matter; nothing else is guessed.
    """
    return _lookup(language.split("-", maxsplit=1)[0]).get(_folded(text))


@functools.cache
def _lookup(language: str) -> dict[str, str]:
    names: dict[str, str] = {}
    for country in pycountry.countries:
        for attribute in ("name", "official_name", "common_name"):
            if language == "en" and hasattr(country, attribute):
                names[_folded(getattr(country, attribute))] = country.alpha_2
    for territory, name in Locale.parse(language).territories.items():
        if len(territory) == 2 and territory.isalpha() and territory not in ("EU", "EZ", "QO", "XA", "XB", "ZZ"):
            names.setdefault(_folded(name), territory)
    aliases = tomllib.loads(_ALIASES.read_text(encoding="utf-8")).get(language, {})
    return names | {_folded(name): territory for name, territory in aliases.items()}


def _folded(text: str) -> str:
    letters = [
        character if character.isalnum() or _is_voicing_mark(character) else " "
        for character in unicodedata.normalize("NFKD", text.casefold())
        if not unicodedata.combining(character) or _is_voicing_mark(character)
    ]
    return " ".join("".join(letters).split())


def _is_voicing_mark(character: str) -> bool:
    """The marks of ガ and パ, which make another letter; an accent does not."""
    return character in "\u3099\u309a"
