"""OFAC's list of Specially Designated Nationals as sdn.csv: one row an entry, most of what it says in its remarks.

The table has no header, writes `-0- ` where it says nothing, several programmes as `SDGT] [IRGC`, and ends with a Ctrl-Z.
Remarks are cut at 1,000 characters; they go on in another table, which is not read.
"""

import re
from collections.abc import Iterator

from pipeline.documents import Document
from pipeline.readers.delimited import UnknownColumns, values
from pipeline.readers.ofac import LATIN, Details, Entries, Label, alias
from pipeline.records import Fact, Name, Record, Target
from pipeline.sources import Source

_COLUMNS = (
    "ent_num", "SDN_Name", "SDN_Type", "Program", "Title", "Call_Sign",
    "Vess_type", "Tonnage", "GRT", "Vess_flag", "Vess_owner", "Remarks",
)  # fmt: skip
"""The columns of the publisher's data specification, in its order."""
_NOTHING = "-0-"
_REMARKS_LIMIT = 1_000
_FACTS = {
    4: "Title",
    6: "VESSEL TYPE",
    7: "Vessel Tonnage",
    8: "Vessel Gross Registered Tonnage",
    9: "Vessel Flag",
    10: "Vessel Owner",
}
_ALTERNATIVE = "alt. "
_SHORT = {"DOB": "Birthdate", "POB": "Place of Birth", "nationality": "Nationality Country", "citizen": "Citizenship Country"}
"""How the remarks call what other formats name in full."""
_DAY = r"(?:circa )?(?:\d{1,2} )?(?:[A-Z][a-z]{2} )?\d{4}"
_DAYS = rf"{_DAY}(?: to {_DAY})?"
_IDENTIFIER = re.compile(
    rf"(?P<value>.*?)(?: \((?P<country>[^()\d]*)\))?(?: issued (?P<issued>{_DAYS}))?(?: expires (?P<expires>{_DAYS}))?"
)
_ALIAS = re.compile(r"(?P<kind>[afn]\.k\.a\.) '(?P<name>.*)'")


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield each row's entry with what its columns and remarks say, and its listings.

    Raises UnknownColumns for a row of another width.
    """
    reader = _Reader(source)
    for row in values(document, encoding=source.document.encoding):
        if len(row) != len(_COLUMNS):
            raise UnknownColumns(f"expected the {len(_COLUMNS)} columns {', '.join(_COLUMNS)}; came {row!r:.300}")
        yield from reader.entry([text.strip() for text in row])


class _Reader:
    """Turns one row after another into records."""

    def __init__(self, source: Source) -> None:
        self._details = Details(source.words, source.facts)
        self._entries = Entries(source.facts, _place, on_sdn_list=True)
        self._not_countries = frozenset(source.facts["not_countries"])
        self._labels: dict[str, list[tuple[str, str]]] = {}
        words = [*source.words["identifier_type"], *source.words["fact"]]
        for label, written in [*_SHORT.items(), *((word, word) for word in words)]:
            self._labels.setdefault(label.split(" ", 1)[0], []).append((label + " ", _SHORT.get(label, written)))
        for labels in self._labels.values():
            labels.sort(key=lambda pair: -len(pair[0]))  # the longest label that fits is the one meant

    def entry(self, row: list[str]) -> Iterator[Record]:
        key, name, kind, programmes = row[:4]
        locator = f"/rows[ent_num='{key}']"
        yield Target(key, kind, name, locator)
        yield Name(key, name, "Name", script=LATIN)
        for column, label in _FACTS.items():
            if row[column] != _NOTHING:
                yield self._details.fact(key, label, row[column])
        if row[5] != _NOTHING:
            yield self._details.identifier(key, "Vessel Call Sign", row[5])
        labels: list[Label] = []
        if row[11] != _NOTHING:
            yield from self._remarks(key, row[11], labels)
        yield from self._entries.records(key, locator, programmes.split("] ["), labels)

    def _remarks(self, key: str, remarks: str, labels: list[Label]) -> Iterator[Record]:
        """What the remarks say in a known way; the rest as remarks, and the whole column where something was read."""
        parts = remarks.removesuffix(".").split("; ")
        is_cut = len(remarks) >= _REMARKS_LIMIT
        rest = [parts.pop()] if is_cut else []  # the part that is cut would be a wrong identifier or half a name
        unread = []
        for part in parts:
            record = self._part(key, part, labels)
            if record is None:
                unread.append(part)
            else:
                yield record
        note = f"cut by the publisher at {_REMARKS_LIMIT:,} characters" if is_cut else None
        if unread or rest:
            yield Fact(key, "Remarks", "; ".join([*unread, *rest]), note=note)
        if len(unread) < len(parts):
            yield Fact(key, "Remarks column", remarks, note=note)

    def _part(self, key: str, part: str, labels: list[Label]) -> Record | None:
        """The record of one part of the remarks; None for one without a known label."""
        text = part.removeprefix(_ALTERNATIVE)
        note = "alternative" if len(text) < len(part) else None
        for start, label in self._labels.get(text.split(" ", 1)[0], ()):
            if text.startswith(start):
                value = text[len(start) :].strip()
                labels.append(Label(label, value))
                return self._labelled(key, label, value, note)
        if found := _ALIAS.fullmatch(text):
            return alias(key, found["name"], found["kind"], is_weak=True)
        return None

    def _labelled(self, key: str, label: str, value: str, note: str | None) -> Record:
        if label not in self._details.identifiers:
            return self._details.fact(key, label, value, note)
        found = _IDENTIFIER.fullmatch(value)
        if found is None or not found["value"] or found["country"] in self._not_countries:
            return self._details.identifier(key, label, value, note=note)
        return self._details.identifier(
            key, label, found["value"], country=found["country"], issued=found["issued"], expires=found["expires"], note=note
        )


def _place(kind: str, word: str) -> str:
    """Where the table names a programme; it does not name the list that it is."""
    return f"/rows[Program='{word}']" if kind == "SanctionsProgram" else "/rows"
