"""Citations of the Federal Register as lists write them: volume, page and day of publication."""

import datetime as dt
import re
from typing import NamedTuple

from pipeline.records import Period

# 68 F.R. 38290 6/27/03; 80 F.R 57572 9/24/15; 81.F.R. 22576 4/18/2016; 82 F.R. 16788, 16789 4/6/2017; 85 FR 83420
_CITATION = re.compile(
    r"(?P<volume>\d{1,3})[\s.]*F\.?\s*R\.?,?\s*(?P<page>\d{1,6})(?:,\s*\d{3,6}(?![\d.]*\s*F))*"
    r"(?:[\s,]+(?P<day>(?P<month>\d{1,2})/(?P<of_month>\d{1,2})/(?P<year>\d{4}|\d{2}))(?!\d))?",
    re.IGNORECASE,
)
_YEAR_BEFORE_VOLUME_1 = 1935  # the first volume is that of 1936; every year has its own


class Citation(NamedTuple):
    """One notice of the Federal Register; notices sort in the order of their publication."""

    volume: int
    page: int
    published: Period | None
    """None where no day stands beside it, or one that is none or is not of the volume's year."""

    @property
    def number(self) -> str:
        """The citation in one spelling: `68 FR 38290`."""
        return f"{self.volume} FR {self.page}"


def citations(text: str) -> list[Citation]:
    """The notices that the text cites, each once, the earliest first."""
    found: dict[tuple[int, int], Citation] = {}
    for match in _CITATION.finditer(text):
        citation = Citation(int(match["volume"]), int(match["page"]), _published(match))
        known = found.get(citation[:2])
        found[citation[:2]] = known if known and known.published else citation
    return [found[place] for place in sorted(found)]


def _published(match: re.Match[str]) -> Period | None:
    if match["day"] is None:
        return None
    year = int(match["volume"]) + _YEAR_BEFORE_VOLUME_1
    if int(match["year"]) not in (year, year % 100):
        return None
    try:
        return Period.of_day(dt.date(year, int(match["month"]), int(match["of_month"])), match["day"])
    except ValueError:
        return None
