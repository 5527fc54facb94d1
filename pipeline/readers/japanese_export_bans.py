"""The export bans that stand in a consolidated text of the Export Trade Control Order, with goods, steps and renewals.

The text says what is banned now. Which order put what into it, and which renewed it, is not said: `[[measure]]` of
`japanese_law.toml` names them, with where that was read. Their days and everything else is read from the text.
"""

import contextlib
import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pipeline.dates import NoSuchDay, UnreadableDate, japanese, kanji_numeral, kanji_value
from pipeline.readers.japanese_law import (
    AmendingLaw,
    Approval,
    Dangling,
    Effect,
    Entry,
    Law,
    Passage,
    amending_law,
    cited_number,
    effect,
    enacted_under,
    known_as,
)
from pipeline.records import Action, DatedStep, Goods, Measure, MeasureInstrument, Period, Record, Reject, Scope, Step

Facts = Mapping[str, Any]

# Brackets within brackets, as in （別表第二の三（第二号（３２）から（８５）までを除く。）に掲げる貨物を除く。）
_IN_BRACKETS = "[^（）]"
for _ in range(3):
    _IN_BRACKETS = f"(?:[^（）]|（{_IN_BRACKETS}*）)"
_PERSONS = "（(?P<persons>経済産業大臣が告示で指定する者)との直接又は間接の取引によるものに限る。）"
_GOODS_OF_TABLE = re.compile(
    f"(?P<goods>(?P<table>別表第[^（）に]+)(?:（(?P<left_out>{_IN_BRACKETS}+)を除く。）)?に掲げる貨物)"
    f"(?:（(?P<exceptions>{_IN_BRACKETS}+)）)?の(?P<territory>[^（）]+?)(?:に掲げる地域)?を仕向地とする輸出(?:{_PERSONS})?"
)
_ALL_GOODS = re.compile(
    f"(?P<territory>[^（）]+?)(?:（(?P<areas>[^（）、]+)の区域のうち、{_IN_BRACKETS}+）)?を仕向地とする(?P<goods>貨物)"
    f"(?:（(?P<exceptions>{_IN_BRACKETS}+)）)?の輸出(?:{_PERSONS})?"
)
_READ_AS = re.compile(
    "(?P<until>.+?)までの間は、(?P<provision>[^「]+)中「[^」]+」とあるのは"
    "「(?P<goods>(?P<territory>[^（「」]+)を仕向地とする貨物)(?:（(?P<exceptions>[^（）]+)）)?の」と"
)
_RUN = re.compile(
    r"第(?P<number>\w+?)号(?:の(?P<of>\w+?))?(?:（(?P<first>[０-９]+)）から（(?P<last>[０-９]+)）まで)?"
)  # fmt: skip
# An item that was repealed keeps its number, so that the others keep theirs.
_REPEALED = "削除"


class Ban(NamedTuple):
    """A measure as the text tells it, with what rests on it."""

    measure: Measure
    place: str
    """The place in the law that tells it apart from other bans of the same order: 別表第二の三第二号."""
    provision_text: str
    goods: tuple[Goods, ...] = ()
    until: str | None = None
    """The words of the day on which it ends."""
    until_from: Passage | None = None


def measures(law: Law, facts: Mapping[str, Any]) -> Iterator[Record]:
    """Each measure of the tables that stands in this text; what should stand there and does not is a reject in its place."""
    newest = _newest(law)
    for line in facts["measure"]:
        # An older text knows nothing of later orders.
        if line["law"] == law.number and _promulgated(line["founded_by"]) <= newest:
            yield from _measure(law, line, facts["authority"], newest)


def _newest(law: Law) -> dt.date:
    """The day of the latest law that amended this one; its own where none did."""
    days = [law.promulgated.earliest or dt.date.min]
    for amendment in law.amendments:
        with contextlib.suppress(UnreadableDate):  # told as a reject of the act
            days.append(_promulgated(amendment.key))
    return max(days)


def _promulgated(order: str) -> dt.date:
    return japanese(cited_number(order)["day"]).earliest or dt.date.min


def _measure(law: Law, line: Facts, authority: Facts, newest: dt.date) -> Iterator[Record]:
    try:
        ban = _ban(law, line)
    except (Dangling, UnreadableDate) as error:
        yield _reject("measures", law.number_text.locator, error, repr(dict(line)))
        return
    key = ban.measure.key
    try:
        order = _amendment(law, line["founded_by"])
    except (Dangling, UnreadableDate) as error:
        yield ban.measure
        yield _reject("dates", ban.measure.locator, error, repr(dict(line)))
    else:
        place = f"|{ban.place}" if line.get("several", False) else ""
        yield ban.measure._replace(founding_act=known_as(law.title.text, order.promulgated) + place)
        yield MeasureInstrument(key, order.number, "imposes")
        yield from _steps(key, order, "impose")
    yield MeasureInstrument(key, law.number, "imposes", ban.provision_text)
    if (enacted := enacted_under(law)) is not None and enacted[0].number == authority["act"]:
        yield MeasureInstrument(key, authority["act"], "authority", authority["provision"])
    yield from _since(law, ban.goods, line, newest)
    yield from _changes(law, key, line, newest)
    yield from _term(law, ban, line, newest)


def _ban(law: Law, line: Facts) -> Ban:
    if "supplementary_paragraph" in line:
        return _total_ban(law, line)
    return _ban_of_provision(law, line) if "provision" in line else _ban_of_table(law, line)


# --- What is banned ---------------------------------------------------------------------------------------------------


def _ban_of_table(law: Law, line: Facts) -> Ban:
    """The ban on the goods of one table, or of one item of it, to the territory that an article names with the table."""
    table, territory = line["table"], line["territory"]
    holders = [each for each in _entries(law, table) if each.titles == (table, line.get("item"))]
    if "item" in line:
        _only(holders, f"item {line['item']} of {table}")
    approval, found = _approval_of_table(law, table, territory)
    left_out = _runs(found["left_out"])
    place = f"{table}{item_number(line['item'])}" if "item" in line else table
    if any(_is_in(each.titles, left_out) for each in holders):
        raise Dangling(f"{approval.provision_text} leaves {place} out")
    key = f"{law.number}|{place}|{territory}"
    concerned = holders and any(each[0] == line["item"] for each in left_out)
    exceptions = [f"{found['left_out']}を除く。"] if concerned else []
    measure = Measure(
        key, approval.caption, approval.sentence.locator, _scope(found, "goods"), authority_name=approval.authority_name,
        territory_texts=(territory,), title=line["title"],
        exceptions_text="".join([*exceptions, found["exceptions"] or ""]) or None,
        goods_text=holders[0].words.text if holders else found["goods"], quote=approval.sentence.quote,
    )  # fmt: skip
    goods = _goods(key, _entries(law, table), line.get("item"), left_out)
    return Ban(measure, place, f"{approval.provision_text}、{place}", tuple(goods))


def _ban_of_provision(law: Law, line: Facts) -> Ban:
    """The ban that an item of an article tells by itself: to an area, or to persons whom a notice designates."""
    approval = next((each for each in law.approvals if each.provision_text == line["provision"]), None)
    if approval is None:
        raise Dangling(f"{line['provision']} asks for no approval")
    of_table, of_all = (each.fullmatch(approval.sentence.text) for each in (_GOODS_OF_TABLE, _ALL_GOODS))
    found = of_table or of_all
    if found is None or found["territory"] != line["territory"]:
        raise Dangling(f"{line['provision']} bans no export to {line['territory']}: {approval.sentence.text}")
    key = f"{law.number}|{line['provision']}|{line['territory']}"
    measure = Measure(
        key, approval.caption, approval.sentence.locator, _scope(found, "territory"), title=line["title"],
        authority_name=approval.authority_name, territory_texts=_territories(law, found), goods_text=found["goods"],
        exceptions_text=found["exceptions"], quote=approval.sentence.quote,
    )  # fmt: skip
    goods: Iterator[Goods] = iter(())
    if of_table is not None:
        goods = _goods(key, _entries(law, of_table["table"]), None, _runs(of_table["left_out"]))
    return Ban(measure, line["provision"], line["provision"], tuple(goods))


def _total_ban(law: Law, line: Facts) -> Ban:
    """The ban on all goods that a supplementary paragraph reads into an article until a day."""
    number = line["supplementary_paragraph"]
    passage = law.own_paragraphs.get(number)
    found = _READ_AS.match(passage.text) if passage else None
    if passage is None or not found or found["territory"] != line["territory"]:
        raise Dangling(f"supplementary paragraph {number} bans no export of all goods to {line['territory']}")
    approval = next((each for each in law.approvals if each.provision_text == found["provision"]), None)
    if approval is None:
        raise Dangling(f"supplementary paragraph {number} refers to {found['provision']}, which asks for no approval")
    place = f"附則第{kanji_numeral(int(number))}項"
    key = f"{law.number}|{place}|{found['territory']}"
    told = passage.part(found[0])
    measure = Measure(
        key, approval.caption, told.locator, "territory", authority_name=approval.authority_name,
        territory_texts=(found["territory"],), title=line["title"], goods_text=found["goods"],
        exceptions_text=found["exceptions"], quote=told.quote,
    )  # fmt: skip
    ends = passage.part(f"{found['until']}までの間")
    return Ban(measure, place, f"{place}、{approval.provision_text}", until=found["until"], until_from=ends)


def _approval_of_table(law: Law, table: str, territory: str) -> tuple[Approval, re.Match[str]]:
    for approval in law.approvals:
        found = _GOODS_OF_TABLE.fullmatch(approval.sentence.text)
        if found and found["persons"] is None and (found["table"], found["territory"]) == (table, territory):
            return approval, found
    raise Dangling(f"no item of an approval bans exports of the goods of {table} to {territory}")


def _scope(found: re.Match[str], otherwise: Scope) -> Scope:
    return "listed_targets" if found["persons"] else otherwise


def _territories(law: Law, found: re.Match[str]) -> tuple[str, ...]:
    """The regions that a provision singles out, the countries of the table that it refers to, or its one territory."""
    if (areas := found.groupdict().get("areas")) is not None:
        return tuple(areas.split("及び"))
    if found["territory"] in law.tables:
        return tuple(name for entry in law.tables[found["territory"]] for name in entry.words.text.split("、"))
    return (found["territory"],)


# --- Goods ------------------------------------------------------------------------------------------------------------


def _entries(law: Law, table: str) -> Sequence[Entry]:
    if table not in law.tables:
        raise Dangling(f"expected a table {table}, found {', '.join(law.tables)}")
    return law.tables[table]


def _goods(key: str, entries: Sequence[Entry], item: str | None, left_out: Sequence["Run"]) -> Iterator[Goods]:
    """Each part of an item, or the item itself where it has none; without an item, every item and part of the table."""
    for entry in entries:
        is_inside = item is None or (entry.titles[1] == item and (len(entry.titles) > 2 or not entry.has_parts))
        if not is_inside or entry.words.text == _REPEALED or _is_in(entry.titles, left_out):
            continue
        place = " ".join(entry.titles)
        yield Goods(key, place, entry.words.text, "jp_item", entry.words.locator, code=place, quote=entry.words.quote)


class Run(NamedTuple):
    """An item of a table, or a run of its parts."""

    item: str
    first: int | None
    last: int | None


def _since(law: Law, goods: Sequence[Goods], line: Facts, newest: dt.date) -> Iterator[Goods]:
    """The goods, with the day on which a later order took effect for those that it added."""
    days: list[tuple[list[Run], dt.date | None]] = []
    for change in line.get("change", ()):
        if "adds" in change and _promulgated(change["order"]) <= newest:
            with contextlib.suppress(Dangling, UnreadableDate):  # told as a reject of the step
                period = _binding(_amendment(law, change["order"]), None)[1]
                days.append((_runs(change["adds"]), period.earliest))
    for each in goods:
        titles = tuple((each.item_text or "").split(" "))
        yield each._replace(start=next((day for added, day in days if _is_in(titles, added)), None))


def _runs(words: str | None) -> list[Run]:
    """第一号の二、第二号（３２）から（８５）まで及び第三号: item 一の二, the parts 32 to 85 of item 二, and item 三."""
    if words is None:
        return []
    found = [_RUN.fullmatch(piece) for piece in re.split("、|及び", words)]
    if not all(found):
        raise Dangling(f"expected items and their parts, found {words!r}")
    return [
        Run(
            each["number"] + (f"の{each['of']}" if each["of"] else ""),
            kanji_value(each["first"]) if each["first"] else None,
            kanji_value(each["last"]) if each["last"] else None,
        )
        for each in found
        if each
    ]


def _is_in(titles: tuple[str, ...], runs: Sequence[Run]) -> bool:
    """Whether an entry, by its table, item and parts, is one of the items or in one of the runs."""
    for item, first, last in runs:
        if titles[1] != item:
            continue
        if first is None or last is None:
            return True
        if len(titles) > 2 and first <= kanji_value(titles[2].strip("（）")) <= last:
            return True
    return False


# --- Steps ------------------------------------------------------------------------------------------------------------


def _changes(law: Law, key: str, line: Facts, newest: dt.date) -> Iterator[Record]:
    """What later orders did to the measure (`[[measure.change]]`)."""
    for change in line.get("change", ()):
        if _promulgated(change["order"]) > newest:
            continue
        try:
            order = _amendment(law, change["order"])
        except (Dangling, UnreadableDate) as error:
            yield _reject("dates", law.number_text.locator, error, repr(dict(change)))
        else:
            yield MeasureInstrument(key, order.number, "amends")
            yield from _steps(key, order, change["action"])


def _term(law: Law, ban: Ban, line: Facts, newest: dt.date) -> Iterator[Record]:
    """The ends that a ban has had and the orders that put them off: those of the table, then what the text itself says."""
    if ban.until is None or ban.until_from is None:
        return
    key, by = ban.measure.key, law.number
    for term in line["term"]:
        if _promulgated(term["order"]) > newest:
            continue
        try:
            order = _amendment(law, term["order"])
        except (Dangling, UnreadableDate) as error:
            yield _reject("dates", law.number_text.locator, error, repr(dict(term)))
            continue
        if term["order"] != line["founded_by"]:
            yield MeasureInstrument(key, order.number, "amends")
            yield from _steps(key, order, "renew")
        if japanese(term["until"]).earliest == japanese(ban.until).earliest:
            by = order.number
            continue
        period = japanese(term["until"])._replace(derivation=f"set by {order.number}, read at {term['read_in']}")
        place = order.amendment.number_text
        yield _end(key, ban.place, period, order.number, place)
    for order in _renewing(law, ban.place, ban.until):
        by = order.number
        yield MeasureInstrument(key, by, "amends")
        yield from _steps(key, order, "renew", exempt=_exempt(ban.place, ban.until))
    yield _end(key, ban.place, japanese(ban.until), by, ban.until_from)


def _end(key: str, place: str, until: Period, number: str, passage: Passage) -> DatedStep:
    return DatedStep(
        key, "expire", "effective", until, instrument_number=number,
        source_step_key=f"{place} {until.earliest}", locator=passage.locator, quote=passage.quote,
    )  # fmt: skip


def _renewing(law: Law, place: str, until: str) -> Iterator[AmendingLaw]:
    """The amending law that itself says that it set the end: it takes that part out of the later date of the rest."""
    words = _exempt(place, until)
    for each in law.amendments:
        if any(words.search(passage.text) for passages in each.paragraphs for passage in passages):
            yield amending_law(each)


def _exempt(place: str, until: str) -> re.Pattern[str]:
    return re.compile(f"{place}の改正規定（「[^」]+」を「{until}」に改める部分を除く。）は")


def _steps(
    key: str, order: AmendingLaw, action: Action, *, exempt: re.Pattern[str] | None = None
) -> Iterator[DatedStep | Reject]:
    """The day of an amending law's promulgation and the day it took effect, as steps of a measure."""
    place = order.amendment.number_text
    yield _step(key, order, (action, "published"), order.promulgated, place)
    try:
        rule, period = _binding(order, exempt)
    except (Dangling, UnreadableDate) as error:
        yield _reject("dates", order.amendment.provision, error, order.amendment.key)
    else:
        yield _step(key, order, (action, "effective"), period, rule)


def _binding(order: AmendingLaw, exempt: re.Pattern[str] | None) -> tuple[Passage, Period]:
    """The sentence that says when an amending law takes effect, and that day.

    A proviso (ただし) that gives a part of the law another day makes the day of our part uncertain, unless `exempt`
    finds in it that our part is taken out. Raises Dangling then, and where no sentence says a day; UnreadableDate for
    a day that never was.
    """
    when: Effect | None = effect(order.amendment.paragraphs, order.promulgated)
    if when is not None and when.mistake:
        raise NoSuchDay(when.mistake)
    if when is None or when.period is None:
        raise Dangling(f"no sentence of {order.amendment.key} says a day from which it takes effect")
    uncertain = [text for text in when.elsewhere if exempt is None or not exempt.search(text)]
    if uncertain:
        raise Dangling(f"a proviso gives parts of the law another day: {uncertain[0]}")
    return when.rule, when.period


def _step(key: str, order: AmendingLaw, what: tuple[Action, Step], period: Period, passage: Passage) -> DatedStep:
    return DatedStep(
        key, *what, period, instrument_number=order.number,
        source_step_key=f"{order.amendment.key} {what[1]}", locator=passage.locator, quote=passage.quote,
    )  # fmt: skip


def _amendment(law: Law, key: str) -> AmendingLaw:
    return amending_law(_only([each for each in law.amendments if each.key == key], f"an amending provision {key}"))


def item_number(title: str) -> str:
    """An item as laws cite it: 一の四 is 第一号の四."""
    first, of, rest = title.partition("の")
    return f"第{first}号{of}{rest}"


def _only(found: Sequence[Any], what: str) -> Any:
    if len(found) != 1:
        raise Dangling(f"expected {what} once, found {len(found)}")
    return found[0]


def _reject(table: str, locator: str, error: Exception, raw: str) -> Reject:
    reason = "malformed_date" if isinstance(error, UnreadableDate) else "dangling_reference"
    return Reject(locator, table, reason, str(error), raw)
