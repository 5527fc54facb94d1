"""Russia's stop-list: the foreign ministry's statements that close Russia to foreigners, each with its list of names.

A statement is transcribed in Russian and, mostly, in English. The Russian text is read, since it alone has every name in
both scripts; from the ministry's own English text come the offices, where a line begins with the very name. A part that is
marked as translated is not the ministry's.
Statements list people in prose (`1. Имя (Name) – должность;`) or as a table that was flattened to one cell a line.
"""

import re
from collections import Counter
from collections.abc import Container, Iterator
from functools import cached_property
from typing import Any, NamedTuple

from pipeline.dates import russian
from pipeline.documents import Document
from pipeline.readers.announcements import Announcement, KeyMaker, Passage, UnknownAnnouncement, announcements
from pipeline.records import (
    DatedStep,
    Fact,
    Instrument,
    Listing,
    Measure,
    MeasureInstrument,
    Name,
    Period,
    Programme,
    Record,
    Reject,
    Target,
)
from pipeline.sources import Source

_HEADINGS = {"## Russian", "## English", "## English (TRANSLATED)"}
_HEADING = re.compile(r"^#+ .*$", re.MULTILINE)
_DATELINE = re.compile(r"^(?P<day>\d\d\.\d\d\.\d{4}) \d\d:\d\d[ \t]*\n+(?P<title>\S.*)$", re.MULTILINE)
_NUMBER = re.compile(r"^(?P<number>\d+-\d\d-\d\d-\d{4})[ \t]*$", re.MULTILINE)
_AS_OF = re.compile(r"^По состоянию на (?P<day>\d.*\d{4} года)[ \t]*$", re.MULTILINE)
_STATED_DAY = re.compile(r"с \d\d? [а-я]+ с\.г\.")
# The name in Cyrillic at the start of a line, the one in Latin letters in brackets; the latter can stand on the next line
# or go over two, can begin with a Cyrillic look-alike (В J Kang), and once lacks its closing bracket (Christopher Gerard
# Cavoli – ).
_IN_PROSE = re.compile(
    r"^[ \t\u00a0]*(?:(?P<number>\d{1,3})[.)]?[ \t\u00a0]+)?(?P<name>[А-ЯЁ][^()\n;:]{2,80}?)[ \t\u00a0]*(?:\n\s*)?"
    r"\((?P<latin>(?:[АВЕКМНОРСТХ]\.? )?[A-ZÀ-Þ][^()–;:]*?)[ \t]*(?:\)|(?=[ ]–[ ]))(?P<office>[^\n]*)",
    re.MULTILINE,
)
_OFFICE_BELOW = re.compile(r"\s*\n[ \t]*–[ \t]*\n\s*(?P<office>[^\n]+(?:\n(?!\s*\n)[^\n]+)*)")
_TABLE = re.compile(r"№ п/п\s+Имя, фамилия\s+Имя, фамилия\s+на русском языке\s+Место работы ?/ ?[Дд]олжность[ \t]*\n")
_ROW_NUMBER = re.compile(r"^[ \t]*(?P<number>\d{1,3})\.?[ \t]*$", re.MULTILINE)
_FEW_NUMBERS = 6  # the table of 2024-04-17 keeps 2, 3 and 4 of 235
_LATIN_LINE = re.compile(r"^(?=[^\n\t]*[A-Za-z])[^\n\tА-Яа-яЁё]+(?=[\n\t])", re.MULTILINE)
_CELL = re.compile(r"[^\n\t]+(?:\n(?!\s*\n)[^\n\t]+)*")
_ENGLISH_NUMBER = re.compile(r"^\d{1,3}[.)]? +")
_ENGLISH_ENTRY = re.compile(r"(?P<name>[^,(–;:]+?)(?=\s*(?:[,(–;:]| - |$))(?P<rest>\s*(?P<bracket>\()?.*)$")
_CYRILLIC = re.compile("[А-Яа-яЁё]")


class _Person(NamedTuple):
    """One entry of a list."""

    name: str
    latin: str
    office: str | None
    faction: str | None
    passage: Passage


class _Statement:
    """One statement with what all of its records share."""

    def __init__(self, announcement: Announcement, source: Source) -> None:
        self.announcement = announcement
        self.facts = source.facts
        headings = list(_HEADING.finditer(announcement.text))
        strange = sorted({found[0].strip() for found in headings} - _HEADINGS)
        if strange or not headings:
            raise UnknownAnnouncement(f"{announcement.file}: headings {strange}; expected {sorted(_HEADINGS)}")
        self.start = headings[0].end()
        self.end = headings[1].start() if len(headings) > 1 else len(announcement.text)
        self.text = announcement.text[: self.end]

    @cached_property
    def head(self) -> re.Match[str]:
        """The line of the day, and the title under it."""
        found = _DATELINE.search(self.text, self.start)
        if found is None:
            raise UnknownAnnouncement(f"{self.announcement.file}: no line with a day and a title under it")
        return found

    @cached_property
    def announced(self) -> Period:
        """The day of the statement."""
        return russian(self.head["day"])

    @cached_property
    def number(self) -> str:
        """The statement's number (755-07-04-2022); its title where it has none."""
        found = _NUMBER.search(self.text, self.head.end())
        return found["number"] if found else self.head["title"].strip()

    @cached_property
    def as_of(self) -> re.Match[str] | None:
        """Where a page says that it is the state of a list on a day, so that its own day is nobody's."""
        return _AS_OF.search(self.text, self.head.end())

    @cached_property
    def table(self) -> re.Match[str] | None:
        """The header of the table, in statements that have one."""
        return _TABLE.search(self.text)

    @cached_property
    def english_offices(self) -> dict[str, str]:
        """Offices in the ministry's English text by name as the Russian text writes it, for names that stand there once."""
        whole = self.announcement.text[self.end :]
        if not whole.startswith("## English\n"):
            return {}
        lines = [_line(line) for line in whole.splitlines() if line.strip()]
        return _english_offices(lines, [person.latin for person in self.people])

    @cached_property
    def prose(self) -> str:
        """Title and sentences, without the names."""
        first = self.people[0].passage.start if self.people else self.end
        last = self.people[-1].passage.end if self.people else self.end
        return self.text[self.head.start("title") : first] + self.text[last:]

    @cached_property
    def people(self) -> list[_Person]:
        """Everybody on the list, in its order."""
        return list(_of_table(self, self.table) if self.table else _of_prose(self))

    def sentence(self, pattern: str) -> Passage | None:
        """The first place where the prose, before or after the names, says something."""
        spans = [(self.head.start("title"), self.people[0].passage.start), (self.people[-1].passage.end, self.end)]
        for span in spans:
            if found := re.compile(pattern).search(self.text, *span):
                return self.announcement.found(found)
        return None


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield every statement as an instrument and a measure, and everybody whom it names.

    Raises UnknownAnnouncement for a statement of another layout or without names.
    """
    keys = KeyMaker()
    yield Programme(source.facts["programme_key"], source.facts["programme_name"], source.urls[0])
    for announcement in announcements(document):
        statement = _Statement(announcement, source)
        if not statement.people:
            raise UnknownAnnouncement(f"{announcement.file}: no names can be read")
        sanction = _sanction(statement)
        if sanction is None:
            passage = announcement.found(statement.head, "title")
            yield Reject(passage.locator, "measures", "unrepresentable", "expected a sanction of [[sanction]]", passage.quote)
            continue
        yield from _measure(statement, source, *sanction)
        yield from _leftovers(statement)
        for person in statement.people:
            yield from _target(statement, person, keys, basis=sanction[0]["basis"])


# ---- The statement ----
def _sanction(statement: _Statement) -> tuple[dict[str, Any], Passage] | None:
    """The first row of the table of phrases that the statement's prose holds, and where."""
    for row in statement.facts["sanction"]:
        if passage := statement.sentence(row["pattern"]):
            return row, passage
    return None


def _measure(statement: _Statement, source: Source, row: dict[str, Any], passage: Passage) -> Iterator[Record]:
    number, head = statement.number, statement.announcement.found(statement.head, "title")
    kind = "Перечень" if statement.as_of else "Заявление МИД России"
    yield Instrument(number, kind, head.quote, statement.announcement.url, head.locator, head.quote)
    yield Measure(
        number, row["type_text"], passage.locator, "listed_targets", statement.facts["programme_key"],
        authority_name=source.publisher_name, title=row["title"], quote=passage.quote,
    )  # fmt: skip
    yield MeasureInstrument(number, number, "imposes")
    yield from _steps(statement)


def _steps(statement: _Statement) -> Iterator[DatedStep]:
    """When the statement was made, and since when it holds: the day that it names (с 7 апреля с.г., отныне), else its own.

    A page that gives the state of a list on a day tells only that everybody on it was listed by then.
    """
    number = statement.number
    if statement.as_of:
        latest = russian(statement.as_of["day"]).latest
        yield DatedStep(number, "impose", "unspecified", Period(None, latest, "not_after", statement.as_of[0].strip()))
        return
    yield DatedStep(number, "impose", "announced", statement.announced, instrument_number=number)
    if effective := _effective(statement):
        period, passage = effective
        yield DatedStep(
            number, "impose", "effective", period, instrument_number=number, locator=passage.locator, quote=passage.quote
        )
        return
    # закрывается, вводится, вносятся: the statement itself closes the border, and names no other day.
    own = statement.announced._replace(derivation="put in the present tense, with no other day: the day of the statement")
    yield DatedStep(number, "impose", "unspecified", own, instrument_number=number)


def _effective(statement: _Statement) -> tuple[Period, Passage] | None:
    written = statement.announced.earliest
    if found := statement.sentence(_STATED_DAY.pattern):
        return russian(found.quote, written=written), found
    if written and (found := statement.sentence(r"\bотныне\b")):
        return Period.of_day(written, "отныне", derivation=f"from now on: the day of the statement, {written}"), found
    return None


def _leftovers(statement: _Statement) -> Iterator[Record]:
    """A reject for people who are listed without their names, and for each line between two names that was not read."""
    if unnamed := statement.sentence(statement.facts["unnamed"]):
        yield Reject(unnamed.locator, "targets", "unrepresentable", "listed, and not named", unnamed.quote)
    if statement.table:
        return
    for before, after in zip(statement.people, statement.people[1:], strict=False):
        between = statement.announcement.passage(before.passage.end, after.passage.start)
        if between.quote and not re.fullmatch(statement.facts["faction"], between.quote):
            yield Reject(between.locator, "targets", "unrepresentable", "expected a name in both scripts", between.quote)


# ---- Names ----
def _of_prose(statement: _Statement) -> Iterator[_Person]:
    """People of a list in prose. A line with the name of a faction holds for everybody after it."""
    text = statement.text
    factions = [found for found in re.finditer(statement.facts["faction"], text) if found.start() > statement.head.end()]
    for found in _IN_PROSE.finditer(text, statement.head.end()):
        office, end = found["office"].strip(" \t\u00a0,–-;."), found.end()
        if not office and (below := _OFFICE_BELOW.match(text, end)):
            office, end = below["office"], below.end()
        before = [faction["faction"] for faction in factions if faction.start() < found.start()]
        start = found.start("number") if found["number"] else found.start("name")
        yield _Person(
            _line(found["name"]).rstrip(","), _line(found["latin"]), _line(office) or None, before[-1] if before else None,
            statement.announcement.passage(start, end),
        )  # fmt: skip


def _of_table(statement: _Statement, header: re.Match[str]) -> Iterator[_Person]:
    """People of a flattened table: a row is the cells Latin, Russian, office; the last can go over several."""
    for start, end in _rows(statement.text, header.end()):
        cells = list(_CELL.finditer(statement.text, start, end))
        latin = [cell for cell in cells[:1] if not _CYRILLIC.search(cell[0])]
        if not latin or len(cells) < 2:
            raise UnknownAnnouncement(f"{statement.announcement.file}: no row of the table: {statement.text[start:end]!r}")
        russian_name, _, rest = _name_cell(statement.text[cells[1].start() - 1], cells[1][0])
        office = " ".join([rest, *(cell[0] for cell in cells[2:])])
        yield _Person(
            _line(russian_name), _line(latin[0][0]), _line(office) or None, None, statement.announcement.passage(start, end)
        )


def _name_cell(before: str, cell: str) -> tuple[str, str, str]:
    """The Russian name apart from what follows: where a tab parts the names, the office stands on the next line."""
    return cell.partition("\n") if before == "\t" else (cell, "", "")


def _rows(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Where the rows stand: parted by their numbers or, where nearly all of these were lost, begun by a line in Latin letters.

    Raises UnknownAnnouncement where the last number is not that of the rows.
    """
    numbers = list(_ROW_NUMBER.finditer(text, start))
    if len(numbers) < _FEW_NUMBERS:
        begins = [line.start() for line in _LATIN_LINE.finditer(text, start)]
        cuts = sorted({*begins, *(number.start() for number in numbers), len(text)})
        ends = [cuts[cuts.index(begin) + 1] for begin in begins]
    else:
        told = [int(number["number"]) for number in numbers]
        if (told[0], told[-1]) != (1, len(told)):  # one in between can be mistaken: 26, 27, 27, 29 on 2022-07-21
            raise UnknownAnnouncement(f"the numbers of the table do not count from 1 to {len(told)}: {told}")
        begins = [number.end() for number in numbers]
        ends = [*(number.start() for number in numbers[1:]), len(text)]
    for begin, end in zip(begins, ends, strict=True):
        yield begin, _closing(text, begin, end)


def _closing(text: str, start: int, end: int) -> int:
    """The end of a row, without the statement's last sentences after the last row."""
    closing = re.compile(r"\n\s*(?=В условиях, когда|С учетом того, что)").search(text, start, end)
    return closing.start() if closing else end


def _english_offices(lines: list[str], names: list[str]) -> dict[str, str]:
    """What stands behind each name that begins a line, or else in the lines under it.

    Those lines end with a row's number or with the next name; where this is not the next one of the Russian text, a name
    between them is spelled in another way (Sass, Sasse), and nothing is taken.
    """
    places = {name: number for number, name in enumerate(names)}
    begun = {number: found for number, line in enumerate(lines) if (found := _begins(line, places))}
    told = Counter(name for name, _ in begun.values())
    marks = sorted({*begun, *(number for number, line in enumerate(lines) if _ENGLISH_NUMBER.match(f"{line} "))})
    offices: dict[str, str] = {}
    for number, (name, rest) in begun.items():
        following = next((mark for mark in marks if mark > number), None)
        after = begun.get(following) if following is not None else None
        is_next = following is not None and (after is None or places[after[0]] == places[name] + 1)
        below = lines[number + 1 : following] if is_next else []
        office = rest or " ".join(line for line in below if not _CYRILLIC.search(line)).strip(" –")
        if told[name] == 1 and office:
            offices[name] = office
    return offices


def _begins(line: str, names: Container[str]) -> tuple[str, str] | None:
    """The name with which a line begins, and what stands behind it."""
    plain = _ENGLISH_NUMBER.sub("", line, count=1)
    found = _ENGLISH_ENTRY.match(plain)
    name = found["name"].strip() if found else ""
    if found is None or name not in names:
        return None
    rest = found["rest"].strip(" ,;.–-")
    if found["bracket"] and rest.startswith("("):  # (Democratic Party, California), member of the House
        rest = rest.replace("(", "", 1).replace(")", "", 1)
    return name, rest


def _target(statement: _Statement, person: _Person, keys: KeyMaker, *, basis: Any) -> Iterator[Record]:
    citizenship = _citizenship(statement, person)
    key = keys.key(person.name, citizenship[1] if citizenship else None, statement.number)
    yield Target(key, "лицо", person.name, person.passage.locator, "composed", statement.announcement.url)
    yield Name(key, person.name, "имя", "ru", "Cyrl")
    is_latin = not _CYRILLIC.search(person.latin)  # some Latin names hold Cyrillic look-alikes (Margarita М. Balmaceda)
    yield Name(key, person.latin, "(имя)", None, "Latn" if is_latin else None)
    if person.office:
        yield Fact(key, "должность", person.office)
    if english := statement.english_offices.get(person.latin):
        yield Fact(key, "position", english, note="in the English text of the statement")
    if person.faction:
        yield Fact(key, "фракция", person.faction)
    if citizenship:
        yield Fact(key, "гражданство", citizenship[0], country_text=citizenship[1])
    yield Listing(key, statement.number, basis, reason_text=_reason(statement))
    for step in _steps(statement):
        yield step._replace(action="list", target_key=key)


def _citizenship(statement: _Statement, person: _Person) -> tuple[str, str] | None:
    """The words that say whose citizen somebody is, and the country in them: the entry's own, else those of the whole list."""
    pattern = re.compile(statement.facts["citizenship"], re.IGNORECASE)
    own = pattern.search(person.office or "")
    if own is None and re.search(statement.facts["mixed_citizenship"], statement.prose):
        return None
    found = own or pattern.search(statement.prose)
    return (_line(found[0]), next(word for word in found.groups() if word)) if found else None


def _reason(statement: _Statement) -> str | None:
    """The first paragraph of the statement, which says what it answers."""
    start = _NUMBER.search(statement.text, statement.head.end())
    found = re.compile(r"\S[^\n]*").search(statement.text, start.end()) if start else None
    return found[0].strip() if found else None


def _line(words: str) -> str:
    return " ".join(words.split())
