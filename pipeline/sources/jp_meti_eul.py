"""Japan's Foreign End User List: companies and organizations for whose orders an exporter may need a licence.

The list has no key of its own: No. is the formula =ROW()-1, so that it moves with every entry before it.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pipeline.documents import Document
from pipeline.readers.japanese_lists import has_japanese, script_of, two_scripts
from pipeline.readers.regimes import Regime, regimes
from pipeline.readers.workbook import Cell, sheets
from pipeline.records import Fact, Instrument, Listing, Measure, Name, Record, Target
from pipeline.sources import Source

_COUNTRY, _NAME, _ALIASES, _MASS, _CONVENTIONAL = "国名、地域名", "企業名､組織名", "別名", "懸念区分", "通常兵器"
_BULLET = "・"
_CONVENTIONAL_WEAPONS = "通常兵器 CW"


class UnknownContent(ValueError):
    """A sheet, heading or cell of a form never seen before: the publisher's format has changed."""


class _Entry(NamedTuple):
    key: str
    locator: str
    cells: dict[str, str]


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield the measures that the list informs, then each entry with its names, its country and the weapons of concern.

    Raises UnknownContent for another sheet or heading, or for a kind of weapons never seen before.
    """
    (regime,) = _regimes(source.facts).values()
    yield from _regime(regime, source)
    count: Counter[str] = Counter()
    for cells in _rows(document, source.facts["layout"]):
        entry = _entry(cells, count)
        yield from _names(entry)
        yield from _weapons(entry, regime, source)


def _rows(document: Document, layout: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """The cells of each row by the Japanese half of their headings; a row of which only the formula is left is none."""
    found = list(sheets(document))
    if [sheet.name for sheet in found] != [layout["sheet"]]:
        raise UnknownContent(f"jp_meti_eul: expected the sheet {layout['sheet']!r}, found {[sheet.name for sheet in found]}")
    header, *rows = found[0].rows
    if [_line(_text(cell)) for cell in header] != layout["headings"]:
        raise UnknownContent(f"jp_meti_eul: expected the headings {layout['headings']}, found {header}")
    names = [heading.split(" ")[0] for heading in layout["headings"]]
    for row in rows:
        cells = dict(zip(names, map(_text, row), strict=True))
        if any(cells[name] for name in names[1:]):
            yield cells


def _entry(cells: dict[str, str], count: Counter[str]) -> _Entry:
    name, country = _line(cells[_NAME]), _line(cells[_COUNTRY])
    if not name or not country:
        raise UnknownContent(f"jp_meti_eul: expected a name and a country in every row, found {cells}")
    stem = unicodedata.normalize("NFKC", f"{name}|{country}")
    count[stem] += 1
    quoted = name.replace("'", "''")
    return _Entry(f"{stem}|{count[stem]}", f"/rows[{_NAME}='{quoted}'][{_COUNTRY}='{country}'][{count[stem]}]", cells)


# ---- Measures ----
def _regimes(facts: Mapping[str, Any]) -> dict[str, Regime]:
    rows = [
        {
            **row,
            "measure": [{name: measure[name] for name in ("type_text", "target_types", "acts")} for measure in row["measure"]],
        }
        for row in facts["programme"]
    ]
    return regimes({"programme": rows})


def _regime(regime: Regime, source: Source) -> Iterator[Record]:
    """The measures of the table, under the titles of their acts; the list names them by its columns."""
    (programme,) = source.facts["programme"]
    told = {measure["type_text"]: measure for measure in programme["measure"]}
    for record in regime.records("/", instrument_type="政令"):
        if isinstance(record, Instrument):
            act = source.facts["acts"][record.number]
            yield record._replace(type_text=act["type_text"], title=act["title"])
        elif isinstance(record, Measure):
            said = told[record.type_text]
            yield record._replace(
                title=said["title"], authority_name=source.publisher_name, locator=f"/headings['{said['column']}']"
            )
        else:
            yield record


# ---- Entries ----
def _names(entry: _Entry) -> Iterator[Record]:
    """The name, with the form in another script that brackets hold (Air Koryo, 高麗航空), and every alias so."""
    name, *others = _forms(entry.cells[_NAME])
    yield Target(entry.key, _NAME, name, entry.locator, key_kind="composed")
    given = [Name(entry.key, name, _NAME, None, script_of(name))]
    given += [Name(entry.key, other, f"{_NAME} (別の文字)", None, script_of(other)) for other in others]
    for alias in _aliases(entry.cells[_ALIASES]):
        given += [Name(entry.key, form, _ALIASES, None, script_of(form)) for form in _forms(alias)]
    unique: dict[str, Name] = {}
    for one in given:
        unique.setdefault(one.value, one)
    yield from unique.values()
    japanese = entry.cells[_COUNTRY].splitlines()[0].strip()
    yield Fact(entry.key, _COUNTRY, _line(entry.cells[_COUNTRY]), country_text=japanese)


def _aliases(text: str) -> list[str]:
    """Each bulleted alias with the lines that belong to it; three cells hold one alias without a bullet."""
    found: list[str] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        if line.startswith(_BULLET) or not found:
            found.append(line.removeprefix(_BULLET).strip())
        else:
            found[-1] += f"\n{line}"
    return [alias for alias in found if alias]


def _forms(text: str) -> tuple[str, ...]:
    """A name and its form in another script, in brackets or on a line of its own."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) == 2 and has_japanese(lines[0]) != has_japanese(lines[1]) and not lines[1].startswith(("(", "（")):
        return tuple(map(_line, lines))
    return tuple(map(_line, two_scripts(_line(text))))


def _weapons(entry: _Entry, regime: Regime, source: Source) -> Iterator[Record]:
    """What the entry is a concern for, and so which of the two controls looks at it."""
    (programme,) = source.facts["programme"]
    columns = {measure["column"]: regime.measure(measure["type_text"]).key for measure in programme["measure"]}
    mass, conventional = _line(entry.cells[_MASS]), _line(entry.cells[_CONVENTIONAL])
    if conventional not in ("", _CONVENTIONAL_WEAPONS) or (mass and not _is_known(mass, source.facts["weapons"])):
        raise UnknownContent(f"jp_meti_eul: {entry.key}: {mass!r} and {conventional!r} are no kinds of weapons that are known")
    if not mass and not conventional:
        raise UnknownContent(f"jp_meti_eul: {entry.key} names no kind of weapons")
    for column, words in ((_MASS, mass), (_CONVENTIONAL, conventional)):
        if words:
            yield Fact(entry.key, column, words)
            yield Listing(entry.key, columns[column], "derived")


def _is_known(text: str, weapons: Mapping[str, str]) -> bool:
    """Whether both halves are known kinds and the same: 生物、化学、ミサイル、核 B,C,M,N; six cells run them together."""
    found = re.fullmatch(r"(?P<words>[^A-Z]+?)\s*(?P<letters>[A-Z][A-Z,、 ]*)", unicodedata.normalize("NFKC", text))
    words = found["words"].split("、") if found else []
    letters = re.split(r"[,、]\s*", found["letters"].strip()) if found else []
    return bool(words) and [weapons.get(word) for word in words] == letters


def _text(cell: Cell) -> str:
    return str(cell).strip()


def _line(text: str) -> str:
    return " ".join(text.split())
