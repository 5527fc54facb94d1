"""CELEX numbers of the acts of the European Union: out of their addresses, and out of the numbers that lawyers write.

`32014R0833` is sector 3 (legislation), the year, the kind of act (R regulation, D decision, E common position or joint action)
and its number in four digits. `02014R0833-20230624` is the same act as consolidated on a day: we name it by the act.
"""

import re

_IN_ADDRESS = re.compile(r"(?:CELEX(?::|%3A)|resource/celex/)(?P<celex>[03]\d{4}[A-Z]\d{4})", re.IGNORECASE)
# As in "(EU) No 833/2014", "(CFSP) 2016/849", "2014/512/CFSP", "(EEC) No 3541/92", "94/315/CFSP", "692/2014".
_NUMBER = re.compile(
    r"(?:\((?:EU|EC|EEC|CFSP|EU, Euratom)\)\s*)?(?P<no>No\s*)?(?P<first>\d+)/(?P<second>\d+)"
    r"(?:/(?P<suffix>CFSP|EC|EU|EEC))?"
)
# Until 2014 a regulation was "No number/year", since then it is "year/number"; numbers with a suffix always were year/number.
_YEAR_FIRST = range(2015, 2100)
_FIRST_YEAR = 1952
KINDS = {"Regulation": "R", "Decision": "D", "Common Position": "E", "Joint Action": "E"}


class NoCelex(ValueError):
    """Words that are no number of an act, or of another act than they should be."""


def of_address(url: str) -> str | None:
    """The CELEX number of the act that an address names, consolidated or not; None where it names none."""
    found = _IN_ADDRESS.search(url)
    return f"3{found['celex'][1:].upper()}" if found else None


def of_number(words: str, kind: str) -> str:
    """The CELEX number of the act with this number and kind (a key of KINDS); raises NoCelex for words that are no number."""
    found = _NUMBER.fullmatch(words.strip())
    if not found:
        raise NoCelex(f"expected a number like (EU) No 833/2014 or 2014/512/CFSP, found {words!r}")
    first, second = found["first"], found["second"]
    is_year_first = found["suffix"] is not None or (found["no"] is None and int(first) in _YEAR_FIRST)
    year, number = (first, second) if is_year_first else (second, first)
    whole_year = int(year) if len(year) == 4 else 1900 + int(year)
    if whole_year < _FIRST_YEAR or int(number) > 9999:
        raise NoCelex(f"{words!r} names no act that can be: year {whole_year}, number {number}")
    return f"3{whole_year}{KINDS[kind]}{int(number):04}"
