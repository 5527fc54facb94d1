"""The Harmonized System as UN Comtrade lists it: what codes of goods are checked against, and what their headings say.

The row TOTAL is the whole: it names the edition, and every chapter names it as its parent. Chapter 99 and what lies in it stand
under no section: they are UN Comtrade's own, for goods that a country did not classify.
"""

import re
from collections.abc import Iterator

from pipeline.documents import Document
from pipeline.readers.delimited import rows
from pipeline.readers.xml import UnknownContent
from pipeline.records import NomenclatureItem, Record
from pipeline.sources import Source

COLUMNS = ("section", "hscode", "description", "parent", "level")
_WHOLE = "TOTAL"
_EDITION = re.compile(r"\bHS(?P<year>\d{4})\b")
_ROMAN = re.compile("[IVX]+")


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield every chapter, heading and subheading; raises UnknownContent where the codes are no tree of digits in pairs."""
    by_code = {row["hscode"]: row for row in rows(document, COLUMNS)}
    year = _edition(by_code.pop(_WHOLE, None))
    known = {*by_code, _WHOLE}
    for row in by_code.values():
        yield _item(row, year, known)


def _edition(whole: dict[str, str] | None) -> int:
    found = _EDITION.search(whole["description"]) if whole else None
    if found is None:
        raise UnknownContent(f"expected a row TOTAL that names the edition, such as HS2022; came {whole}")
    return int(found["year"])


def _item(row: dict[str, str], year: int, known: set[str]) -> NomenclatureItem:
    code, parent = row["hscode"], row["parent"]
    is_code = re.fullmatch(r"\d{2}|\d{4}|\d{6}", code) and int(row["level"]) == len(code)
    if not is_code or parent != (code[:-2] or _WHOLE) or parent not in known:
        raise UnknownContent(f"expected a code of 2, 4 or 6 digits under its parent; came {row}")
    if row["section"] != _WHOLE and not _ROMAN.fullmatch(row["section"]):
        raise UnknownContent(f"expected a section by its Roman number; came {row}")
    return NomenclatureItem(
        "hs", year, code, None if parent == _WHOLE else parent, row["description"], f"/rows[hscode='{code}']",
        section_text=None if row["section"] == _WHOLE else row["section"],
    )  # fmt: skip
