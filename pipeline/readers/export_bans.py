"""What Japan's lists of entities under export bans say, as records: for the consolidated lists and the dated additions alike.

An entry is known by its list and its number (`RU|50`): over all editions no number has ever changed hands. What the lists do
not print (the provision that bans the exports, the day on which each number was added) stands in `export_bans.toml`.
"""

import functools
import re
import tomllib
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import urlsplit

from pipeline.dates import japanese
from pipeline.readers.export_ban_text import Entry, Heading, unstopped
from pipeline.readers.xml import UnknownContent
from pipeline.records import (
    Address,
    DatedStep,
    Fact,
    Instrument,
    Listing,
    Measure,
    MeasureInstrument,
    Name,
    Period,
    Record,
    Reject,
    Step,
    Target,
)

_FACTS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_MARK = re.compile("＜(?P<day>.+日)公布＞")
_AUTHORITY = "外務省"
_NOTICE = "告示"
_HEADING = "/heading"
_KANA = "\u3040-\u30ff\uff66-\uff9f"
_HAN = "\u3005-\u3007\u3400-\u9fff"
_CHINESE = re.compile(rf"(?P<name>.+?)[（(](?P<chinese>[{_HAN}、()（）]+)[）)]")
_CHINESE_PLACES = ("China", "Hong Kong")
# 国防省（連邦軍及び場所を問わず全ての運用部隊を含む）。右には…; The Ministry of Defence …, including the Armed Forces …
_DESCRIBED = (
    re.compile("(?P<name>[^（]+)（[^）]+を含む。?）。.+"),
    re.compile("(?P<name>[^,]+), including .+ wherever located. .+"),
)
_BRACKETS = {"（": 1, "(": 1, "「": 1, "）": -1, ")": -1, "」": -1}


class BanList(NamedTuple):
    """One of the three lists, and what `export_bans.toml` knows of it."""

    key: str
    whose: str
    territories: tuple[str, ...]
    notice: str
    notice_read_at: str
    """The consolidated list, which prints the number of the notice; the additions do not."""
    provision: str
    title: str
    amended_by: str
    published: str
    effective: str
    areas: tuple[str, ...] = ()
    """Where the list names no country: those of the table that the provision refers to."""
    areas_read_at: str | None = None
    approved: str | None = None
    approved_read_at: str | None = None

    @property
    def order_key(self) -> str:
        """The order that founded the ban, as sources know it that tell no number: its law and the day of promulgation."""
        return f"{_FACTS['order']['title']}|{japanese(self.published).earliest}"

    @property
    def founding_act(self) -> str:
        """The order, and the provision that tells the ban from others of that order, as the text of the law has it too."""
        return f"{self.order_key}|{self.provision}"

    @property
    def directed_at(self) -> tuple[str, ...]:
        """The words for the countries to which exports are banned."""
        return self.territories or self.areas

    def measure_key(self, type_text: str) -> str:
        """The same in every document of the list."""
        return f"{self.key}|{type_text}"


class Addition(NamedTuple):
    """One document by which numbers were added to a list, whether it is at hand or not."""

    list: str
    first: int
    last: int
    mark: str
    """＜令和4年3月25日公布＞, under which the ministry's index page links the document."""
    url: str
    is_between: bool = False
    """The document is not at hand: its numbers are those between its neighbours'."""

    @property
    def file_name(self) -> str:
        """What stays the same where the site has moved the document."""
        return PurePosixPath(urlsplit(self.url).path).name

    @property
    def day(self) -> Period:
        """The day of the mark, and how it is known for the numbers."""
        found = _MARK.fullmatch(self.mark)
        if found is None:
            raise ValueError(f"expected a mark like ＜令和4年3月25日公布＞, found {self.mark!r}")
        how = f"the day under which {_FACTS['index']['read_at']} links {self.url}"
        if self.is_between:
            how += f"; its numbers, {self.first} to {self.last}, are those between the documents before and after it"
        return japanese(found["day"])._replace(text=self.mark, derivation=how)


@functools.cache
def ban_lists() -> dict[str, BanList]:
    """Every list by whose entities it names (ロシア連邦)."""
    lists = [{**row, "territories": tuple(row["territories"]), "areas": tuple(row.get("areas", ()))} for row in _FACTS["list"]]
    rows = [BanList(**row) for row in lists]
    return {row.whose: row for row in rows}


@functools.cache
def additions() -> tuple[Addition, ...]:
    """Every document of additions that the ministry's index page links."""
    return tuple(Addition(**row) for row in _FACTS["addition"])


def addition_at(url: str) -> Addition:
    """The addition that a document is; raises UnknownContent for an address that nobody has looked up yet."""
    name = PurePosixPath(urlsplit(url).path).name
    for addition in additions():
        if addition.file_name == name:
            return addition
    raise UnknownContent(
        f"{url} is in no [[addition]] of export_bans.toml: look up under which mark {_FACTS['index']['read_at']} links it"
    )


def records(heading: Heading, entries: Collection[Entry], countries: Collection[str]) -> Iterator[Record]:
    """The measure of a list with its acts, and every entry; `countries` are the words for countries in its addresses."""
    if heading.whose not in ban_lists():
        raise UnknownContent(f"{heading.whose!r} of {heading.text!r} is in no [[list]] of export_bans.toml")
    ban = ban_lists()[heading.whose]
    yield from _measure(ban, heading)
    for entry in entries:
        yield from _entry(ban, heading, entry, countries)


# --- The measure ------------------------------------------------------------------------------------------------------


def _measure(ban: BanList, heading: Heading) -> Iterator[Record]:
    key, order = ban.measure_key(heading.type_text), _FACTS["order"]
    if heading.notice not in (None, ban.notice):
        raise UnknownContent(f"expected the notice {ban.notice} in {heading.text!r}")
    yield Measure(
        key, heading.type_text, _HEADING, "listed_targets", authority_name=_AUTHORITY, territory_texts=ban.directed_at,
        title=ban.title, quote=heading.text, founding_act=ban.founding_act,
    )  # fmt: skip
    printed = heading.notice is not None
    yield Instrument(ban.notice, _NOTICE, url=ban.notice_read_at, locator=_HEADING if printed else None, quote=heading.notice)
    yield Instrument(order["number"], order["type"], order["title"], order["read_at"])
    yield Instrument(ban.amended_by, order["type"], url=order["read_at"])
    yield MeasureInstrument(key, order["number"], "authority", ban.provision)
    yield MeasureInstrument(key, ban.amended_by, "imposes")
    yield MeasureInstrument(key, ban.notice, "imposes")
    yield from _steps(ban, key)


def _steps(ban: BanList, key: str) -> Iterator[DatedStep]:
    """How the ban came into the order. The documents do not say so: the derivation names the place where it was read."""
    published = japanese(ban.published)
    days: list[tuple[Step, str | None, str | None]] = [
        ("approved", ban.approved, ban.approved_read_at),
        ("published", ban.published, _FACTS["order"]["read_at"]),
        ("effective", ban.effective, _FACTS["order"]["read_at"]),
    ]
    for step, words, read_at in days:
        if words is None:
            continue
        day = japanese(words, promulgated=published.earliest)
        how = f"{ban.amended_by}, which put {ban.provision} into the order, read at {read_at}"
        period = day._replace(derivation=how if day.derivation is None else f"{day.derivation}; {how}")
        yield DatedStep(key, "impose", step, period, instrument_number=ban.amended_by, source_step_key=ban.amended_by)


def steps_of_list(heading: Heading, entries: Collection[Entry]) -> Iterator[DatedStep]:
    """What the days above a whole list say: 指定日 is the day of its first numbers, 最終更新日 that of its last change."""
    ban = ban_lists()[heading.whose]
    key = ban.measure_key(heading.type_text)
    updated = japanese(heading.days["最終更新日"])
    yield DatedStep(key, "amend", "unspecified", updated, locator=_HEADING, quote=f"最終更新日：{updated.text}")
    first = next(addition for addition in additions() if addition.list == ban.key)
    how = f"printed for the whole list; its first document holds the numbers {first.first} to {first.last}"
    designated = japanese(heading.days["指定日"])._replace(derivation=how)
    for entry in entries:
        if entry.number <= first.last:
            target_key = _key(ban, entry)
            yield DatedStep(key, "list", "unspecified", designated, target_key, ban.notice)


# --- The entries ------------------------------------------------------------------------------------------------------


def _key(ban: BanList, entry: Entry) -> str:
    return f"{ban.key}|{entry.number}"


def _entry(ban: BanList, heading: Heading, entry: Entry, countries: Collection[str]) -> Iterator[Record]:
    key, place = _key(ban, entry), f"/entry[@number='{entry.number}']"
    names = list(_names(key, entry))
    yield Target(key, _type_text(key), names[0].value, place)
    yield from names
    yield from _descriptions(key, entry)
    if ban.territories:
        yield Fact(key, f"{heading.whose}の団体", country_text=heading.whose)
    for text in _addresses(entry.address, countries):
        yield Address(key, text, country_text=_country(text, countries))
    yield Listing(key, ban.measure_key(heading.type_text))
    yield from _added(ban, heading, entry)
    if entry.stated_count not in (None, len(entry.english_others)):
        told = f"expected {entry.stated_count} other names, as entry {entry.number} says; found {len(entry.english_others)}"
        yield Reject(place, "target_names", "failed_rule", told, "; ".join(entry.english_others), key)


def _type_text(key: str) -> str:
    return next((str(row["type_text"]) for row in _FACTS["person"] if row["key"] == key), "団体")


def _added(ban: BanList, heading: Heading, entry: Entry) -> Iterator[DatedStep]:
    for addition in additions():
        if addition.list == ban.key and addition.first <= entry.number <= addition.last:
            yield DatedStep(ban.measure_key(heading.type_text), "list", "published", addition.day, _key(ban, entry))


def _names(key: str, entry: Entry) -> Iterator[Name]:
    """Every name once, the Japanese first."""
    is_chinese = any(place in entry.address for place in _CHINESE_PLACES)
    said: dict[tuple[str, str], Name] = {}
    for kind, texts in (
        ("名称", [_undescribed(entry.japanese), _undescribed(entry.english)]),
        ("別称", [*_japanese_others(entry), *entry.english_others]),
    ):
        for text in texts:
            for name in _with_chinese(key, text, kind, is_chinese=is_chinese):
                said.setdefault((name.value, name.type_text), name)
    yield from said.values()


def _with_chinese(key: str, text: str, kind: str, *, is_chinese: bool) -> Iterator[Name]:
    """A name, and the Chinese names in the brackets after it: 元富科技集團股份有限公司."""
    found = _CHINESE.fullmatch(text) if is_chinese else None
    yield _name(key, found["name"].strip() if found else text, kind)
    for chinese in found["chinese"].split("、") if found else ():
        # A Chinese form of the name itself is its native form; that of another name is another name.
        yield Name(key, chinese, "現地語" if kind == "名称" else kind, "zh", "Hani")


def _name(key: str, value: str, kind: str) -> Name:
    if re.search(f"[{_KANA}{_HAN}]", value):
        return Name(key, value, kind, "ja", "Jpan")
    return Name(key, value, kind, None, "Latn")


def _japanese_others(entry: Entry) -> Iterator[str]:
    """The other names in Japanese: commas or semicolons part them, 及び the last two."""
    pieces = _pieces(entry.japanese_others or "", "、､;；")
    for piece in pieces[:-1]:
        yield unstopped(piece)
    if pieces:
        # A single name may hold 及び itself.
        last = [pieces[-1]] if entry.stated_count == 1 else pieces[-1].rsplit("及び", 1)
        yield from (unstopped(piece.strip()) for piece in last if piece.strip())


def _pieces(text: str, marks: str) -> list[str]:
    """The parts of a text between marks that stand outside of brackets."""
    parts, depth = [""], 0
    for letter in text:
        depth += _BRACKETS.get(letter, 0)
        if depth == 0 and letter in marks:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts if part.strip()]


def _undescribed(name: str) -> str:
    """A name without the sentence that says what it includes."""
    found = next((found for form in _DESCRIBED if (found := form.fullmatch(name))), None)
    return found["name"] if found else name


def _descriptions(key: str, entry: Entry) -> Iterator[Fact]:
    for text in (entry.japanese, entry.english):
        if _undescribed(text) != text:
            yield Fact(key, "名称の説明", text)


# --- Addresses --------------------------------------------------------------------------------------------------------


def _addresses(text: str, countries: Collection[str]) -> list[str]:
    """The addresses of an entry: semicolons part them, or `and` after the name of a country."""
    after_country = "|".join(f"(?<={re.escape(country)})" for country in sorted(countries))
    pieces = re.split(rf"[;；]\s*(?:and\s+)?|(?:{after_country}),?\s+and,?\s+", text)
    return [piece.strip().removesuffix(".") for piece in pieces if piece.strip()]


def _country(address: str, countries: Collection[str]) -> str | None:
    """The last country that an address names; Hong Kong where China follows it."""
    found = re.findall("|".join(rf"\b{re.escape(country)}" for country in sorted(countries, key=len, reverse=True)), address)
    if not found:
        return None
    is_hong_kong = re.search(r"\bHong Kong,?\s*(?:\d+,\s*)?(?:China\s*)?$", address)
    return "Hong Kong" if is_hong_kong else str(found[-1])
