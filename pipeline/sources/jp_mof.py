"""Japan's list of asset freezes: a workbook with a sheet a regime, each with its own headings, and deleted rows kept as gaps.

An entry is known by its list and its number in it (告示番号): numbers are given once, a deleted entry leaves its number with
nothing beside it but the day, and other entries and other lists refer to it by that number (41 sheets of 2026-03-05: no number
twice, none left out). The number before the name of a sheet is no part of the key: it moves when a regime is put between two
others. The ministry's CSV of 2026 writes 002-000790 where this workbook has number 790 of its second sheet.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from pipeline.dates import UnreadableDate, japanese
from pipeline.documents import Document
from pipeline.readers.japanese_lists import Written, has_japanese, items, names, plain, script_of
from pipeline.readers.regimes import Regime, regimes
from pipeline.readers.workbook import Cell, Sheet, sheets
from pipeline.records import (
    Action,
    Address,
    DatedStep,
    Fact,
    Identifier,
    Instrument,
    Link,
    Listing,
    Measure,
    Name,
    Period,
    Record,
    Reject,
    Target,
)
from pipeline.sources import Source

_CONTENTS = "一覧"
_LIFTED = "【解除】"
_DATES, _NUMBER = "告示日付", "告示番号"
_SEQUENCE = re.compile(r"^\d+\.")
# 186, *186, #22; 1(*186): this list's number 1, which is number 186 of another.
_ENTRY_NUMBER = re.compile(r"(?P<lead>[*#])?(?P<number>\d+)(?:\((?P<mark>[*#])(?P<other>\d+)\))?")
_NOTICE_DAY = re.compile(r"(?P<day>\d+\.\d+(?:\.\d+)?)\s*(?P<label>\D*)")
_DAY = re.compile(r"(\d{4})\.(\d{1,2})\.(\d{1,2})")
_SAME = re.compile(r"\((?P<number>\d+)\.?と(?P<what>同一人物|同一団体)\)")
_REPEALED = re.compile(r"【(?P<day>.+)告示廃止】")
_NARROWED = "許可制の対象となる取引の範囲"
_UNKNOWN = frozenset({"", "不明"})

_ALTERNATIVES = re.compile(r"\s*(?:、?又は|、?または|、|;|；|\n)\s*")
_BORN = re.compile(r"\s*(?:生まれ|生)$")
_REMARK = re.compile(r"\s*[（(](?P<remark>[^（()）]*[^\d（()）][^（()）]*)[)）]$")
_BIRTH_AND_PLACE = re.compile(r"(?P<day>[\d年月日]+)(?P<place>\D+)?生")
_NUMBERED_MONTH = re.compile(r"\d+月\d+日")
_NUMBERED_DAY = re.compile(r"\d+日")
_YEAR_ALONE = re.compile(r"\d{4}")
_SHORT_YEAR = re.compile(r"\d\d(?:年(?:生まれ)?)?")

_WORD = r"[A-ZＡ-Ｚa-z]{1,4}[ ./\-‐－ー]?"
_TOKEN = rf"(?:(?:{_WORD})?[0-9０-９][0-9０-９A-ZＡ-Ｚ./\-‐－]{{2,}}|[A-Z0-9]{{8,}}|[0-9][0-9\-]+)"
_DOCUMENT = re.compile(
    rf"(?P<label>(?:SSN|Italian Fiscal Code)?[^0-9０-９A-ZＡ-Ｚ]*?(?:ＩＤカード|ID|ＩＤ)?[^0-9０-９A-ZＡ-Ｚ]*?)[\s:]*"
    rf"(?P<number>{_TOKEN})号?\s*(?P<remark>[(、,].*|(?:旅券)?(?:発行|発効|失効)日.*)?",
    re.DOTALL,
)
_JAPANESE_DAY = r"(\d{4}年\s?\d{1,2}月\s?\d{1,2}日)"
_ISSUED = re.compile(rf"{_JAPANESE_DAY}[^、。0-9]{{0,16}}発行|発行日\s?:\s?{_JAPANESE_DAY}")
_EXPIRES = re.compile(rf"{_JAPANESE_DAY}に?失効|失効日\s?:\s?{_JAPANESE_DAY}|有効期限[:はが]?\s?{_JAPANESE_DAY}")
# What a label says of a number, the more particular word first; left the words of the list, right those of [words].
_KINDS_OF_DOCUMENT = (
    ("外交旅券", "外交旅券"), ("旅券", "旅券"), ("社会保障番号", "社会保障番号"), ("SSN", "社会保障番号"),
    ("納税者番号", "納税者番号"), ("Fiscal Code", "納税者番号"), ("運転免許証", "運転免許証"), ("軍事識別番号", "軍事識別番号"),
    ("国籍証明書", "国籍証明書"), ("配給カード", "配給カード"), ("国民ID", "国民ID"), ("国民識別", "国民ID"),
    ("tazkira", "国民ID"), ("身分登録", "身分登録番号"), ("IDカード", "国民ID"), ("ID番号", "ID番号"),
)  # fmt: skip


class UnknownContent(ValueError):
    """A sheet, heading or row of a form never seen before: the publisher's format has changed."""


@dataclass(frozen=True)
class _List:
    """One sheet with entries, as the table of regimes knows it."""

    key: str
    kind: str
    """個人, 団体, or by_columns where the sheet holds both."""
    regime: Regime
    origin: Literal["own", "un"]
    refers: Mapping[str, str]
    """The mark before a number of another list, and that list."""
    persons: frozenset[str]
    """Numbers of the individuals on a sheet of bodies."""

    @property
    def measure(self) -> str:
        """The key of its only measure."""
        return self.regime.measures[0].key


class _Entry(NamedTuple):
    """One row, by its headings, without the empty cells."""

    key: str
    locator: str
    number: re.Match[str]
    cells: dict[str, Cell]


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield each regime where its first sheet stands, then the entries of the sheet in their order.

    Raises UnknownContent for a sheet, a heading or a form of row that is not in jp_mof.toml.
    """
    rows = _programmes(source.facts)
    known = regimes({"programme": rows})
    by_name = {_folded(sheet["name"]): _list(sheet, row, known) for row in rows for sheet in row.get("sheet", ())}
    told: set[str] = set()
    for sheet in sheets(document):
        name = _SEQUENCE.sub("", sheet.name).strip()
        if name.startswith(_LIFTED):
            yield from _lifted(sheet, name, known, source)
        elif name != _CONTENTS:
            found = by_name.get(_folded(name))
            if found is None:
                raise UnknownContent(f"jp_mof: the sheet {sheet.name!r} is not among [[programme.sheet]] of jp_mof.toml")
            yield from _sheet(sheet, name, found, source, is_first=found.regime.key not in told)
            told.add(found.regime.key)


# ---- Regimes ----
def _programmes(facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The regimes of the table with the measure that all of them share."""
    shared = facts["measure"]
    acts = [{name: act[name] for name in act if name not in ("type_text", "title")} for act in shared["act"]]
    measure = {"type_text": shared["type_text"], "target_types": ["個人", "団体"], "acts": acts}
    return [{**row, "url": shared["url"], "measure": [measure]} for row in facts["programme"]]


def _list(sheet: Mapping[str, Any], row: Mapping[str, Any], known: Mapping[str, Regime]) -> _List:
    refers = {sheet["refers"]["mark"]: sheet["refers"]["list"]} if "refers" in sheet else {}
    regime = known[row["words"][0]]
    return _List(sheet["list"], sheet["kind"], regime, row["origin"], refers, frozenset(sheet.get("persons", ())))


def _regime(regime: Regime, locator: str, heading: str, source: Source) -> Iterator[Record]:
    """The regime as the table has it, with the words of the sheet that say what it is and how far it goes."""
    acts = {act["number"]: act for act in source.facts["measure"]["act"]}
    title = next(row["title"] for row in source.facts["programme"] if row["key"] == regime.key)
    narrowed = next((line for line in heading.splitlines() if _NARROWED in line), None)
    for record in regime.records(locator, instrument_type="告示"):
        if isinstance(record, Instrument):
            yield record._replace(type_text=acts[record.number]["type_text"], title=acts[record.number]["title"])
        elif isinstance(record, Measure):
            yield record._replace(
                title=title, authority_name=source.facts["measure"]["authority_name"], exceptions_text=narrowed, quote=heading
            )
        else:
            yield record


def _lifted(sheet: Sheet, name: str, known: Mapping[str, Regime], source: Source) -> Iterator[Record]:
    """Measures that ended with the repeal of their notice: a title, and below it the day; their entries are gone."""
    texts = [line for row in sheet.rows if (line := " ".join(filter(None, map(_text, row))))]
    for title, repeal in zip(texts[::2], texts[1::2], strict=False):
        regime, found = known.get(title), _REPEALED.fullmatch(repeal)
        if regime is None or found is None or len(texts) % 2:
            raise UnknownContent(
                f"jp_mof: the sheet {sheet.name!r} holds {title!r} and {repeal!r}; expected a known title and a repeal"
            )
        locator = f"/sheets['{name}']/titles['{title}']"
        yield from _regime(regime, locator, title, source)
        period = japanese(found["day"])
        yield DatedStep(regime.measures[0].key, "lift", "unspecified", period, locator=locator, quote=repeal)


# ---- Sheets ----
def _sheet(sheet: Sheet, name: str, found: _List, source: Source, *, is_first: bool) -> Iterator[Record]:
    top = next((number for number, row in enumerate(sheet.rows) if _text(row[0]) == _DATES), None)
    if top is None:
        raise UnknownContent(f"jp_mof: the sheet {sheet.name!r} has no row of headings")
    headings = [" ".join(_text(cell).split()) for cell in sheet.rows[top]]
    unknown = sorted({heading for heading in headings if heading not in source.facts["headings"]})
    if unknown:
        raise UnknownContent(f"jp_mof: {unknown} in {sheet.name!r} are not among [headings] of jp_mof.toml")
    if is_first:
        heading = "\n".join(_text(cell) for row in sheet.rows[:top] for cell in row if _text(cell))
        yield from _regime(found.regime, f"/sheets['{name}']", heading, source)
    entry: _Entry | None = None
    for row in sheet.rows[top + 1 :]:
        cells = {heading: cell for heading, cell in zip(headings, row, strict=True) if _text(cell)}
        if cells and not {_DATES, _NUMBER} & cells.keys():
            yield from _continued(entry, cells, source)
        elif cells:
            entry = _entry(name, found, cells)
            yield from _said(entry, found, source)


def _entry(name: str, found: _List, cells: dict[str, Cell]) -> _Entry:
    number = _ENTRY_NUMBER.fullmatch(unicodedata.normalize("NFKC", _text(cells.get(_NUMBER, ""))).replace(" ", ""))
    if number is None or _DATES not in cells:
        raise UnknownContent(
            f"jp_mof: a row of {name!r} has the dates {cells.get(_DATES)!r} and the number {cells.get(_NUMBER)!r}"
        )
    key = f"{found.key}|{number['number']}"
    return _Entry(key, f"/sheets['{name}']/rows[{_NUMBER}='{number['number']}']", number, cells)


def _continued(entry: _Entry | None, cells: dict[str, Cell], source: Source) -> Iterator[Record]:
    """The remarks of Al-Shabaab go on through twelve rows that hold nothing else."""
    if entry is None or any(source.facts["headings"][heading] != "text" for heading in cells):
        raise UnknownContent(f"jp_mof: a row without date and number holds {sorted(cells)}; expected remarks that go on")
    for heading, cell in cells.items():
        yield Fact(entry.key, heading, _text(cell))


def _said(entry: _Entry, found: _List, source: Source) -> Iterator[Record]:
    said = [(heading, cell) for heading, cell in entry.cells.items() if heading not in (_DATES, _NUMBER)]
    given = list(dict.fromkeys(name for heading, cell in said for name in _names(entry, heading, cell, source)))
    primary = next(
        (name.value for name in given if isinstance(name, Name) and name.type_text in ("日本語表記", "英語表記")), None
    )
    yield Target(entry.key, _kind(entry, found, primary, source), primary, entry.locator)
    yield from given
    for heading, cell in said:
        if _text(cell) not in _UNKNOWN:
            yield from _cell(entry, heading, cell, source)
    yield from _numbers(entry, found)
    yield from _dates(entry, found, source, is_named=primary is not None)


def _kind(entry: _Entry, found: _List, name: str | None, source: Source) -> str:
    kinds = source.facts["kinds"]
    if entry.number["number"] in found.persons:
        return str(kinds["person"])
    if found.kind != "by_columns":
        return found.kind
    if any(heading in entry.cells for heading in kinds["person_headings"]):
        return str(kinds["person"])
    return str(kinds["body"] if name else kinds["unknown"])


# ---- Names ----
def _names(entry: _Entry, heading: str, cell: Cell, source: Source) -> Iterator[Name | Fact]:
    """The names of a cell, each once, and what is said of them."""
    kind = source.facts["headings"][heading]
    if kind == "name":
        yield from _primary(entry, heading, _text(cell))
    elif kind in ("alias", "weak_alias", "former"):
        for written in names(_text(cell)):
            yield from _name(entry, "former" if written.is_former else kind, written)


def _primary(entry: _Entry, heading: str, text: str) -> Iterator[Name]:
    """The name as it stands, apart from a form in its original script: SULTAN AZIZ AZAM(original script: …)."""
    originals = [written for written in names(text) if written.is_original_script]
    value = " ".join(re.split(r"[（(]?\s*original\s*sc", text, flags=re.IGNORECASE)[0].split())
    if value not in _UNKNOWN:
        yield Name(entry.key, value, heading, "ja" if has_japanese(value) else None, script_of(value))
    for original in originals:
        yield Name(entry.key, original.value, "original script", None, script_of(original.value))


def _name(entry: _Entry, kind: str, written: Written) -> Iterator[Name | Fact]:
    if written.is_sentence:
        yield Fact(entry.key, "別名の注記", written.value)
        return
    kind = "original script" if written.is_original_script else kind
    yield Name(entry.key, written.value, kind, "ja" if script_of(written.value) == "Jpan" else None, script_of(written.value))
    if written.note:
        yield Fact(entry.key, "別名の注記", written.note, note=written.value)


# ---- The other cells ----
def _cell(entry: _Entry, heading: str, cell: Cell, source: Source) -> Iterator[Record]:
    kind = source.facts["headings"][heading]
    if kind == "birth":
        is_month = entry.key in source.facts["shown_as_month"]["births"]
        yield from _births(entry, cell, is_month=is_month)
    elif kind == "birth_and_place":
        yield from _birth_and_place(entry, _text(cell))
    elif kind == "nationality":
        yield from _nationalities(entry, heading, _text(cell), source)
    elif kind in ("passport", "identity"):
        yield from _documents(entry, heading, _text(cell), source)
    elif kind == "address":
        for item in items(_text(cell))[1] or [_text(cell)]:
            yield Address(entry.key, _line(item), country_text=_country(item, source))
    elif kind == "other_day":
        yield _other_day(entry, heading, cell)
    elif kind in ("items", "text"):
        yield from _texts(entry, heading, _text(cell), is_counted=kind == "items")


def _texts(entry: _Entry, heading: str, text: str, *, is_counted: bool) -> Iterator[Fact]:
    before, counted = items(text) if is_counted else (text, [])
    for item in counted or [text]:
        yield Fact(entry.key, heading, item, note=_line(before) or None if counted else None)


def _births(entry: _Entry, cell: Cell, *, is_month: bool) -> Iterator[Fact]:
    """Every day, month, year or span that the cell gives: several are alternatives; what is irregular stays words."""
    day = _sheet_day(cell)
    if day is not None:
        text = f"{day.year}年{day.month}月" if is_month else day.isoformat()
        period = Period.of_month(day.year, day.month, text) if is_month else Period.of_day(day, text)
        yield Fact(entry.key, "生年月日", text, period)
        return
    for words in _alternatives(f"{_text(cell)}年" if isinstance(cell, int | float) else _text(cell)):
        remark = _REMARK.search(words)
        note = remark["remark"] if remark else None
        bare = _BORN.sub("", words[: remark.start()] if remark else words)
        born = None if note and "ヒジュラ" in note else _period(bare, words)
        yield Fact(entry.key, "生年月日", words, born, note=note)


def _sheet_day(cell: Cell) -> dt.date | None:
    """The day of a cell: a date, or the number by which a spreadsheet counts days; a number of four digits is a year."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    serial = unicodedata.normalize("NFKC", _text(cell))
    if re.fullmatch(r"[1-5]\d{4}", serial, re.ASCII):
        return dt.date(1899, 12, 30) + dt.timedelta(days=int(serial))
    return None


def _alternatives(text: str) -> list[str]:
    """1965年又は1966年 are two; 8月9日 takes its year from the day before, 59 in 1958、59又は60年 its 19 and its 年."""
    found: list[str] = []
    for item in items(text)[1] or [text]:
        joined = re.sub(r"\s+(?=[年月日])|(?<=から)\s+", "", item.strip())
        parts = [part for part in _ALTERNATIVES.split(joined) if part not in _UNKNOWN]
        for part in parts:
            found.append(_completed(part, found[-1] if found else "", is_of_years="年" in parts[-1]))
    return found


def _completed(part: str, before: str, *, is_of_years: bool) -> str:
    """An alternative with the year, month or 年 that it shares with its neighbours."""
    words = unicodedata.normalize("NFKC", "".join(part.split()))
    day = re.match(r"(?P<month>(?P<year>.+年).+月)", unicodedata.normalize("NFKC", before))
    if day and _NUMBERED_MONTH.fullmatch(words):
        return day["year"] + words
    if day and _NUMBERED_DAY.fullmatch(words):
        return day["month"] + words
    if is_of_years and _YEAR_ALONE.fullmatch(words):
        return f"{words}年"
    if is_of_years and re.match(r"\d{4}年", before) and _SHORT_YEAR.fullmatch(words):
        return f"{before[:2]}{words[:2]}年"
    return part


def _birth_and_place(entry: _Entry, text: str) -> Iterator[Fact]:
    """1941年8月20日セルビア共和国ポジャレヴァッツ生, and the same in English below."""
    found = _BIRTH_AND_PLACE.fullmatch(text.splitlines()[0])
    if found is None:
        yield Fact(entry.key, "生年月日", text)
        return
    yield Fact(entry.key, "生年月日", found["day"], _period(found["day"], found["day"]), note=_line(text))
    if found["place"]:
        yield Fact(entry.key, "出生地", found["place"], note=_line(text))


def _nationalities(entry: _Entry, heading: str, text: str, source: Source) -> Iterator[Fact]:
    for item in items(text)[1] or re.split(r"\s*[、;；]\s*", text):
        if _line(item) not in _UNKNOWN:
            yield Fact(entry.key, heading, _line(item), country_text=_country(item, source) or _line(item))


def _country(text: str, source: Source) -> str | None:
    """The word for the one country that the text starts or ends with; None where it names none there, or two."""
    words, known = _line(plain(text)), source.words["country"]
    bare = re.sub(r"\s*\([^()]*\)\s*$", "", words).rstrip(". ")
    ends = [part.strip(" .") for part in re.split(r"[,、・()]", bare) if part.strip(" .")]
    starts = sorted((word for word in known if has_japanese(word) and words.startswith(word)), key=len, reverse=True)
    candidates = [word for word in (bare, *ends[-1:], *starts[:1]) if word in known]
    return candidates[0] if len({known[word] for word in candidates}) == 1 else None


def _other_day(entry: _Entry, heading: str, cell: Cell) -> Fact:
    """The United Nations' own day; its changes stand in brackets behind it and stay words."""
    day = _sheet_day(cell)
    if day is not None:
        return Fact(entry.key, heading, day.isoformat(), Period.of_day(day, day.isoformat()))
    text = _line(_text(cell))
    return Fact(entry.key, heading, text, _period(plain(text).split("(")[0], text))


# ---- Documents ----
def _documents(entry: _Entry, heading: str, text: str, source: Source) -> Iterator[Record]:
    """Each number with what is said of it; where the words are not of a known form they stand as a fact."""
    before, counted = items(text)
    for item in counted or [text]:
        if _line(item) not in _UNKNOWN:
            yield _document(entry, heading, before if counted else "", _line(item), source)


def _document(entry: _Entry, heading: str, before: str, text: str, source: Source) -> Record:
    copy = plain(text)
    found = _DOCUMENT.fullmatch(copy)
    kind = _kind_of_document(heading, f"{before} {found['label']}", source) if found else None
    if found is None or kind is None:
        return Fact(entry.key, heading, f"{_line(before)} {text}".strip())
    remark = text[found.start("remark") :].strip("、, ") if found["remark"] else ""
    return Identifier(
        entry.key, kind, text[found.start("number") : found.end("number")].strip(),
        _issuer(f"{before}{found['label']}", remark, source), _first_day(_ISSUED, plain(remark)),
        _first_day(_EXPIRES, plain(remark)), is_valid=False if "偽造" in text else None, note=remark or None,
    )  # fmt: skip


def _kind_of_document(heading: str, label: str, source: Source) -> str | None:
    """The kind that the label names; that of the column where it names none, or only a country."""
    words = unicodedata.normalize("NFKC", label)
    for word, kind in _KINDS_OF_DOCUMENT:
        if word in words:
            return kind
    for country in sorted(filter(has_japanese, source.words["country"]), key=len, reverse=True):
        words = words.replace(country, "")
    return None if re.search(r"[^\s:.番号no()共和国]", words, re.IGNORECASE) else heading


def _issuer(label: str, remark: str, source: Source) -> str | None:
    """The country whose name begins the label, or stands alone in the brackets behind the number."""
    told = re.sub(r"旅券.*", "", plain(remark).strip("() "))
    known = source.words["country"]
    starts = [word for word in known if has_japanese(word) and plain(label).strip().startswith(word)]
    return max(starts, key=len) if starts else (told if told in known else None)


def _first_day(pattern: re.Pattern[str], text: str) -> Period | None:
    found = pattern.search(text)
    words = next((group for group in found.groups() if group), None) if found else None
    return _period(words, words) if words else None


# ---- Numbers and notice dates ----
def _numbers(entry: _Entry, found: _List) -> Iterator[Record]:
    """The marks at the number, and the entry of another list that it means."""
    number = entry.number
    if number["lead"] or number["mark"]:
        yield Fact(entry.key, _NUMBER, number[0])
    if number["mark"]:
        other = found.refers.get(number["mark"])
        if other is None:
            raise UnknownContent(f"jp_mof: {entry.key} refers by {number['mark']!r} to a list that jp_mof.toml does not name")
        yield Link(entry.key, f"{other}|{number['other']}", "重複指定", note=number[0])


def _dates(entry: _Entry, found: _List, source: Source, *, is_named: bool) -> Iterator[Record]:
    """The listing and its history: the day of the first notice, of every change, and of the deletion."""
    lines = [line.strip() for line in unicodedata.normalize("NFKC", _text(entry.cells[_DATES])).splitlines() if line.strip()]
    steps = [step for line in lines for step in _line_of_dates(entry, found, line, source)]
    actions = {step.action for step in steps if isinstance(step, DatedStep)}
    if not is_named and actions == {"list"}:
        words = " ".join(lines)
        yield Fact(entry.key, _DATES, words)
        yield _reject(
            entry, "ambiguous_value", "a row with nothing but a date and a number; 削除 does not stand beside the date", words
        )
        return
    yield Listing(entry.key, found.measure, "stated", found.origin)
    yield from steps
    if actions == {"delist"}:
        yield from (_listed_before(step) for step in steps if isinstance(step, DatedStep))


def _listed_before(deleted: DatedStep) -> DatedStep:
    """The row of a deleted entry no longer says when it was listed: no later than it was deleted."""
    period = deleted.period._replace(
        earliest=None, precision="not_after", derivation="deleted by a notice of that day, and so listed no later"
    )
    return deleted._replace(action="list", step="unspecified", period=period)


def _line_of_dates(entry: _Entry, found: _List, line: str, source: Source) -> Iterator[Record]:
    if same := _SAME.fullmatch(line):
        yield Link(entry.key, f"{found.key}|{same['number']}", same["what"], note=line)
        return
    said = _NOTICE_DAY.fullmatch(line)
    label = said["label"].strip() if said else line
    if said is None or label not in source.facts["steps"]:
        raise UnknownContent(f"jp_mof: {entry.key} has {line!r} among its dates; expected a day and one of [steps]")
    action: Action = source.facts["steps"][label]
    day = _notice_day(said["day"])
    if day is None:
        yield _reject(entry, "malformed_date", "告示日付: expected a day as in 2001.9.22", line)
        return
    yield DatedStep(found.measure, action, "published", Period.of_day(day, line), entry.key)


def _notice_day(text: str) -> dt.date | None:
    found = _DAY.fullmatch(text)
    try:
        return dt.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


# ---- Words ----
def _text(cell: Cell) -> str:
    """The cell as words; a whole number without the point that a spreadsheet gives it, a day as ISO writes it."""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _line(text: str) -> str:
    return " ".join(text.split())


def _folded(name: str) -> str:
    """A sheet's name without blanks and widths, which change from sheet to sheet."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def _period(words: str, text: str) -> Period | None:
    """What regular words name; None for others."""
    try:
        return japanese(words, may_be_vague=True)._replace(text=text)
    except UnreadableDate:
        return None


def _reject(entry: _Entry, reason: str, text: str, raw: str) -> Reject:
    return Reject(entry.locator, "dates", reason, text, raw, entry.key)
