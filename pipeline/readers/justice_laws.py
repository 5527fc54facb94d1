"""Canada's consolidated regulations (Justice Laws XML): provisions, what amended them and when, and the items of schedules.

The text is that of one point in time. Beside it, in schedules of their own with an `id`, stand related provisions and
amendments that are not in force yet: they are no part of the text, and nothing here reads them.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from lxml import etree

from pipeline.readers.xml import UnknownContent, local_name, shown

_LIMS = "{http://justice.gc.ca/lims}"
IN_FORCE, ENACTED, FRAGMENT = f"{_LIMS}inforce-start-date", f"{_LIMS}enacted-date", f"{_LIMS}fid"
"""`fid` names a provision for good: section 3.1 kept it when it became 3.01."""
DATABASE_SINCE = dt.date(2006, 3, 22)
"""No provision bears an earlier `inforce-start-date`: that day is of the database, not of the law."""

_UNSAID = frozenset({"FootnoteRef", "Footnote", "HistoricalNote"})
_IN_LINE = frozenset(
    {"Emphasis", "Sub", "Sup", "XRefExternal", "XRefInternal", "DefinedTermEn", "DefinedTermFr", "DefinitionRef", "Language"}
)
_CITATION = re.compile(
    r"(?:(?P<kind>SOR|SI)/?(?P<number>\d{2,4}[-–]\d+)|(?P<year>\d{4}), (?P<chapter>c\. \d+))(?:, (?P<place>.+))?"
)
_REPEALED = re.compile(r"\[Repealed, (?P<citation>[^\]]+)\]")
_SCHEDULE_LABEL = re.compile(r"SCHEDULE(?: (?P<number>[\d.]+))?")
_PART_LABEL = re.compile(r"PART (?P<part>\d+(?:\.\d+)?)")
_LETTER = re.compile(r"(\([a-z]+\)) ")
_COLUMN_NUMBER = re.compile(r"Column \d+")


class Citation(NamedTuple):
    """An act as a regulation cites it: `SOR/2022-102, s. 3`."""

    number: str
    """`SOR/2022-102`, or `S.C. 2024, c. 16`."""
    provision: str | None
    """`s. 3`."""
    text: str


class Amendment(NamedTuple):
    """What the note at the end of a provision says of one act that changed it."""

    citation: Citation
    in_force: dt.date | None
    """The day on which the change took effect; None where the note names several acts and one day, which is the last one's."""
    enacted: dt.date | None
    """The day on which the amending act was registered."""
    locator: str
    note: str
    """The whole item of the note."""


@dataclass(frozen=True)
class Item:
    """One item of a schedule."""

    place: str
    """`Schedule 7, item 1`, `Schedule 6, Part 2, item 4`."""
    schedule: str
    part: str | None
    cells: dict[str, str]
    """The words of each column by the role of its heading (`goods`, `hs`, `cas`, …)."""
    in_force: dt.date | None
    locator: str
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The entries of the cells that hold a list."""

    @property
    def is_repealed(self) -> bool:
        """Whether only its number is left."""
        return any(_REPEALED.match(text) for text in self.cells.values())


@dataclass(frozen=True)
class Law:
    """The consolidated text of one regulation or order."""

    root: etree._Element
    number: str
    """SOR/2014-58."""
    title: str
    registered: dt.date
    made: dt.date | None
    """The day of the order in council."""

    @property
    def sections(self) -> list[etree._Element]:
        """The sections of the body, without what is not in force and what other acts provide."""
        return list(self.root.iterfind("Body/Section"))

    @property
    def preamble(self) -> list[etree._Element]:
        """The paragraphs before the body: what moved the maker, and under which power."""
        return list(self.root.iterfind("Order/Provision"))

    def schedule(self, number: str) -> etree._Element | None:
        """The schedule of that number; None where the text has none, or it is repealed."""
        for schedule in self.root.iterfind("Schedule"):
            if schedule.get("id") is None and schedule.find("Repealed") is None and schedule_number(schedule) == number:
                return schedule
        return None


def law(root: etree._Element) -> Law:
    """The regulation; raises UnknownContent where its heading lacks a number, a title or the day of registration."""
    heading = root.find("Identification")
    if local_name(root) != "Regulation" or heading is None:
        raise UnknownContent(f"expected <Regulation> with <Identification>, found {shown(root)}")
    registered = day_of(_child(heading, "RegistrationDate/Date"))
    made = heading.find("RegulationMakerOrder/Date")
    number, title = words(_child(heading, "InstrumentNumber")), words(_child(heading, "LongTitle"))
    return Law(root, number, title, registered, None if made is None else day_of(made))


def day_of(date: etree._Element) -> dt.date:
    """The day of a <Date>, whose numbers are written with or without zeros in front."""
    return dt.date(*(int(words(_child(date, part))) for part in ("YYYY", "MM", "DD")))


def day(element: etree._Element, attribute: str = IN_FORCE) -> dt.date | None:
    """The day that an attribute names; None where the element has none."""
    text = element.get(attribute)
    return dt.date.fromisoformat(text) if text else None


def since(element: etree._Element) -> dt.date | None:
    """Since when the element reads as it does: its own day, else that of the nearest element around it."""
    for each in (element, *element.iterancestors()):
        if (found := day(each)) is not None:
            return found
    return None


def label(element: etree._Element) -> str:
    """The number of a provision, of a schedule or of an item; empty where it has none."""
    found = element.find("Label")
    return "" if found is None else words(found)


def schedule_number(schedule: etree._Element) -> str | None:
    """`5.01`; empty for the only schedule of a regulation; None for what is no schedule of it."""
    heading = schedule.find("ScheduleFormHeading/Label")
    found = None if heading is None else _SCHEDULE_LABEL.fullmatch(words(heading))
    return None if found is None else found["number"] or ""


def path_of_section(section: etree._Element) -> str:
    """Where a section of the body stands."""
    return f"/Regulation/Body/Section[Label='{label(section)}']"


def path_of_schedule(schedule: etree._Element) -> str:
    """Where a schedule of the regulation stands; related provisions that are not in force have none of its labels there."""
    heading = schedule.find("ScheduleFormHeading")
    return f"/Regulation/Schedule[ScheduleFormHeading/Label='{'' if heading is None else label(heading)}']"


def words(element: etree._Element) -> str:
    """The text on one line, without footnotes and notes of history; parts of a provision are set apart by a blank."""
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element.iterchildren(etree.Element):
        name = local_name(child)
        if name not in _UNSAID:
            blank = "" if name in _IN_LINE else " "
            yield blank
            yield from _pieces(child)
            yield blank
        yield child.tail or ""


# --- What changed a provision -----------------------------------------------------------------------------------------


def citation(text: str) -> Citation:
    """The act that a note cites; raises UnknownContent for words that cite none."""
    found = _CITATION.fullmatch(text.strip())
    if found is None:
        raise UnknownContent(f"expected an act as in SOR/2022-102, s. 3, found {text!r}")
    # SOR2005-122 and SOR/2004–117 stand beside SOR/2005-122 and SOR/2004-117.
    number = (
        f"S.C. {found['year']}, {found['chapter']}" if found["year"] else f"{found['kind']}/{found['number'].replace('–', '-')}"
    )
    return Citation(number, found["place"], text.strip())


def repealed_by(text: str) -> Citation | None:
    """The act that repealed what stood here; None where the words are not `[Repealed, …]`."""
    found = _REPEALED.search(text)
    return citation(found["citation"]) if found else None


def amendments(holder: etree._Element, where: str) -> list[Amendment]:
    """The acts that the note of a section or schedule names, in its order; `where` is the XPath of the holder."""
    found: list[Amendment] = []
    for item in holder.iterfind("HistoricalNote/HistoricalNoteSubItem"):
        note = words(item)
        place = f"{where}/HistoricalNote/HistoricalNoteSubItem[.='{note}']"
        *earlier, last = note.split(";")
        found += [Amendment(citation(text), None, None, place, note) for text in earlier]
        found.append(Amendment(citation(last), day(item), day(item, ENACTED), place, note))
    return found


def days_of_acts(law: Law) -> dict[str, dt.date]:
    """The day on which each amending act took effect, where all the notes of the law that date it say the same."""
    told: dict[str, set[dt.date]] = defaultdict(set)
    for holder in law.root.iter("Section", "Schedule"):
        for each in amendments(holder, ""):
            if each.in_force is not None:
                told[each.citation.number].add(each.in_force)
    return {number: days.pop() for number, days in told.items() if len(days) == 1}


# --- Schedules --------------------------------------------------------------------------------------------------------


def items(schedule: etree._Element, roles: Mapping[str, str]) -> Iterator[Item]:
    """The items of a schedule, in tables and lists; `roles` tells what each heading of a column means.

    Raises UnknownContent for a heading that it does not know.
    """
    number, part = schedule_number(schedule) or "", None
    path = path_of_schedule(schedule)
    for child in schedule.iterchildren(etree.Element):
        name = local_name(child)
        if name == "Heading":
            part = _part(label(child)) or part
        elif name == "List":
            after = f"[preceding-sibling::Heading[1]/Label='PART {part}']" if part else ""
            yield from _items_of_list(child, f"{path}/List{after}", number, part)
        elif name == "TableGroup":
            caption = child.find("Caption")
            own = None if caption is None else _part(words(caption))
            part = own or part
            within = f"[normalize-space(Caption)='{words(caption)}']" if own and caption is not None else ""
            yield from _items_of_table(child, f"{path}/TableGroup{within}", number, part, roles)


def _part(text: str) -> str | None:
    found = _PART_LABEL.fullmatch(text)
    return found["part"] if found else None


def _place(schedule: str, part: str | None, item: str) -> str:
    named = f"Schedule {schedule}" if schedule else "Schedule"
    return ", ".join([named, *([f"Part {part}"] if part else []), f"item {item}"])


def _items_of_list(holder: etree._Element, path: str, schedule: str, part: str | None) -> Iterator[Item]:
    for each in holder.iterfind("Item"):
        number = label(each)
        text = words(each).removeprefix(number).strip()
        yield Item(
            _place(schedule, part, number), schedule, part, {"goods": text}, since(each), f"{path}/Item[Label='{number}']"
        )


def _items_of_table(
    group: etree._Element, path: str, schedule: str, part: str | None, roles: Mapping[str, str]
) -> Iterator[Item]:
    table = group.find("table/tgroup")
    if table is None:
        raise UnknownContent(f"a table without <tgroup>: {shown(group)}")
    columns = [_role(heading, roles) for heading in _headings(table)]
    spot = _Spot(path, schedule, part)
    number_before: etree._Element | None = None
    held: list[Item] = []
    for row, cells in _grid(table, "tbody"):
        told = dict(zip(columns, cells, strict=True))
        number = told.pop("item")
        if number is not None and number is number_before and held:  # (a), (b), … of an item whose number spans their rows
            held = _with_part(held, {role: words(cell) for role, cell in told.items() if cell is not None})
            continue
        yield from held
        held, number_before = [], number
        if number is not None and any(words(cell) for cell in cells if cell is not None):
            held = [_item(row, words(number), told, spot)]
    yield from held


def _with_part(held: list[Item], cells: Mapping[str, str]) -> list[Item]:
    """An item and its parts with a further one: a part with a code of its own is an item, another goes on with the words."""
    item, *parts = held
    letter = _LETTER.match(cells.get("goods", ""))
    if letter is None or not cells.get("cas"):
        return [replace(item, cells=item.cells | {"goods": f"{item.cells['goods']} {cells.get('goods', '')}"}), *parts]
    head = item.cells["goods"].partition(":")[0]
    where = f"{item.locator}/following-sibling::row[entry/Provision/Label='{letter[1]}'][1]"
    told = {**cells, "goods": f"{head}: {cells['goods']}"}
    return [item, *parts, replace(item, place=item.place + letter[1], cells=told, locator=where)]


class _Spot(NamedTuple):
    """Where a table stands."""

    path: str
    schedule: str
    part: str | None


def _item(row: etree._Element, number: str, cells: Mapping[str, etree._Element | None], spot: _Spot) -> Item:
    texts = {role: words(cell) for role, cell in cells.items() if cell is not None}
    where = f"{spot.path}//tbody/row[entry[1]='{number}']"
    lists = {
        role: tuple(words(each) for each in cell.iterfind("List/Item"))
        for role, cell in cells.items()
        if cell is not None and cell.find("List/Item") is not None
    }
    return Item(_place(spot.schedule, spot.part, number), spot.schedule, spot.part, texts, since(row), where, lists)


def _role(heading: str, roles: Mapping[str, str]) -> str:
    if heading not in roles:
        raise UnknownContent(f"a column of a schedule is headed {heading!r}; known are {', '.join(map(repr, roles))}")
    return roles[heading]


def _headings(table: etree._Element) -> list[str]:
    """The last heading of each column that is not a mere `Column 1`."""
    found = [""] * int(table.get("cols", "0"))
    for _, cells in _grid(table, "thead"):
        for column, cell in enumerate(cells):
            text = "" if cell is None else words(cell)
            if text and not _COLUMN_NUMBER.fullmatch(text):
                found[column] = text
    return found


def _grid(table: etree._Element, name: str) -> Iterator[tuple[etree._Element, list[etree._Element | None]]]:
    """Each row with the cell of every column; a cell that spans rows or columns stands in all of them."""
    width = int(table.get("cols", "0"))
    names = {spec.get("colname", ""): number for number, spec in enumerate(table.iterfind("colspec"))}
    spanned: dict[int, tuple[etree._Element, int]] = {}
    for row in table.iterfind(f"{name}/row"):
        cells: list[etree._Element | None] = [None] * width
        for column, (cell, _) in spanned.items():
            cells[column] = cell
        spanned = {column: (cell, more - 1) for column, (cell, more) in spanned.items() if more > 1}
        taken = {column for column, cell in enumerate(cells) if cell is not None}
        for cell in row.iterfind("entry"):
            first = next((column for column in range(width) if column not in taken), None)
            if first is None:
                if words(cell):
                    raise UnknownContent(f"a row with more cells than columns: {shown(row)}")
                continue
            last = names[cell.get("nameend", "")] if cell.get("nameend") in names else first
            for column in range(first, max(first, last) + 1):
                cells[column] = cell
                taken.add(column)
                if more := int(cell.get("morerows", "0")):
                    spanned[column] = (cell, more)
        yield row, cells


def _child(element: etree._Element, path: str) -> etree._Element:
    found = element.find(path)
    if found is None:
        raise UnknownContent(f"<{local_name(element)}> has no {path}: {shown(element)}")
    return found
