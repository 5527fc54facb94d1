"""China's countermeasures: decisions of ministries in prose, with the names in the sentence or in an annex.

One announcement is one instrument; each sanction that it states is a measure, and each name a target under the measures of
its group. What counts as a sanction, a law or an office stands in the source's `.toml`, each pattern with an example. A
clause of the decision that no pattern reads is a reject, so that a new kind of sanction is seen.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.dates import UnreadableDate, chinese, english
from pipeline.documents import Document
from pipeline.readers.announcements import Announcement, KeyMaker, Passage, UnknownAnnouncement, announcements
from pipeline.records import (
    DatedStep,
    Fact,
    Instrument,
    Link,
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

if TYPE_CHECKING:  # a source imports its reader
    from pipeline.sources import Source

_NUMERAL = "[一二三四五六七八九十]+"
_DAY = r"\d{4}年\d{1,2}月\d{1,2}日"
_ANNOUNCED = re.compile(r"(?P<day>\d{4}-\d\d-\d\d) \d\d:\d\d")
_EFFECTIVE = re.compile(r"本(?:决定|公告)(?P<words>自[^，。]*?起(?:正式)?(?:施行|实施))")
_ANNEX = re.compile(r"^[ \t\u3000]*(?:附件|附|反制清单)[ \t\u3000]*$", re.MULTILINE)
_DECISION = re.compile(r"(?:采取|以下)[^，。：\n]{0,6}措施：")
_ITEM = re.compile(rf"^[ \t\u3000]*{_NUMERAL}、(?P<text>.*)$", re.MULTILINE)
_CLAUSE = re.compile(r"[^；。\n]+")
_NUMBERING = re.compile(rf"(?:{_NUMERAL}、|（{_NUMERAL}）|附件：.*)?")
_SECTION = re.compile(rf"^[ \t\u3000]*{_NUMERAL}、(?P<kind>[^（(，：\n]*)(?:（共计?\d+[家人]）)?[ \t]*$")
_ENTRY = re.compile(rf"^[ \t\u3000]*(?P<number>{_NUMERAL}、|（{_NUMERAL}）|\d+\.)?[ \t\u3000]*(?P<words>\S.*)$", re.MULTILINE)
_NAMED = re.compile(r"(?P<name>[^（(，。]+?)[ \t]*(?:[（(](?P<other>[^（）()]+)[)）])?(?P<rest>[，。及].*)?[ \t]*")
_GROUP = re.compile(r"(?P<count>\d+)(?:家|名)(?:后附《[^》]*》列明的)?(?P<kind>企业高级管理人员|企业|机构|个人|实体)")
_KIND = re.compile(r"(?:列明的|\d家)(?P<kind>企业|机构|实体|个人)|(?P<person>本人)|上述(?P<body>企业|实体)")
_LAW = re.compile(r"《(?P<law>[^》]+)》(?P<provision>第[^，。；《》]*?条(?:[、和]第[^，。；《》]*?条)*)?")
_COUNTRY = re.compile(
    r"(?P<country>美国|日本|加拿大|台湾地区)(?:军工)?(?:相关)?(?:企业|实体|机构)|^关于对(?P<of_title>加拿大)机构", re.MULTILINE
)
_COUNTRY_BEFORE_NAME = re.compile("美国|日本|加拿大")
_SUSPENSION = re.compile(
    r"(?P<action>继续暂停|暂停|停止)(?:\d{1,2}月\d{1,2}日)公告（不可靠实体清单工作机制(?:公告)?〔(?P<year>\d{4})〕"
    r"(?P<numbers>\d+号(?:和\d+号)*)）相关措施(?P<term>\d+天|\d+年)?"
)
_SINCE = re.compile(rf"自(?P<day>{_DAY})起")
_NO_GROUP = -1
_INVISIBLE = "\u200b\u200c\u200d\ufeff"


class _Sanction(NamedTuple):
    """One sanction as a decision states it."""

    key: str
    group: int
    row: Mapping[str, Any]
    passage: Passage
    goods: str | None


class _Law(NamedTuple):
    """A law on which a decision rests, and the articles that it names."""

    title: str
    provision: str | None
    passage: Passage


class _Entry(NamedTuple):
    """One name of a decision."""

    name: str
    other: str | None
    rest: str
    kind: str
    group: int
    passage: Passage
    office: str | None = None
    country: str | None = None
    branch_of: int | None = None


class _Notice:
    """One announcement with what all of its records share."""

    def __init__(self, announcement: Announcement, source: "Source") -> None:
        self.announcement = announcement
        self.text = announcement.text
        self.facts = source.facts
        self.source = source

    @cached_property
    def title(self) -> Passage:
        """The title: the first line after the address and the publisher's mark."""
        found = re.search(r"^(?!https?:|来源：)\S.*(?:(?<=号)\n+\S.*)?$", self.text, re.MULTILINE)
        if found is None:
            raise UnknownAnnouncement(f"{self.announcement.file}: no title")
        return self.announcement.found(found)

    @cached_property
    def number(self) -> str:
        """The native number; of a decision without one the title and its day."""
        header = self.text[: self.title.end + 200]
        for row in self.facts["number"]:
            if found := re.search(row["pattern"], header, re.MULTILINE):
                parts = {**found.groupdict(), "published": self.published.earliest}
                return str(row["number"]).format(**parts)
        return f"{' '.join(self.title.quote.split())}（{self.published.earliest}）"

    @cached_property
    def published(self) -> Period:
        """The day of promulgation or issue: stated in brackets or under the title, else the day of the signature."""
        for pattern in self.facts["published"]:
            if found := re.search(pattern, self.text, re.MULTILINE):
                return chinese(found["day"])
        if self.announced is not None:
            return self.announced
        raise UnknownAnnouncement(f"{self.announcement.file}: no day of publication")

    @cached_property
    def announced(self) -> Period | None:
        """The day on which the page was put up, where it says so."""
        found = _ANNOUNCED.search(self.text, 0, self.title.end + 40)
        return english(found["day"])._replace(text=found[0]) if found else None

    @cached_property
    def effective(self) -> tuple[Period, Passage] | None:
        """From when the decision binds."""
        found = _EFFECTIVE.search(self.text)
        if found is None:
            return None
        return chinese(found["words"], published=self.published.earliest), self.announcement.found(found)

    @cached_property
    def annex(self) -> int:
        """Where the annex begins; the end of the text where there is none."""
        start = self.effective[1].end if self.effective else len(self.text)
        found = _ANNEX.search(self.text, start)
        return found.start() if found else len(self.text)

    @cached_property
    def decision(self) -> tuple[int, int]:
        """From the announcement of measures to the sentence that says since when they bind."""
        end = self.effective[1].start if self.effective else self.annex
        found = _DECISION.search(self.text, self.title.end)
        return (found.end() if found and found.end() < end else end, end)

    @cached_property
    def groups(self) -> list[re.Match[str]]:
        """The items that each name a group of targets and what is done to it; none where all targets share the measures."""
        items = list(_ITEM.finditer(self.text, *self.decision))
        return items if items and items[0]["text"].startswith("对") else []

    def group_at(self, offset: int) -> int:
        """The number of the group in whose item a place stands; 0 where there are no groups."""
        return sum(item.start() <= offset for item in self.groups)

    @cached_property
    def reason(self) -> str | None:
        """Why, in the words of the decision."""
        head = self.text[self.title.end : self.decision[1]]
        found = [match["reason"] for pattern in self.facts["reason"] for match in re.finditer(pattern, head, re.DOTALL)]
        return "；".join(" ".join(words.split()) for words in dict.fromkeys(found)) or None


def parse(document: Document, source: "Source") -> Iterator[Record]:
    """Yield every announcement of the source's publisher in the container.

    Raises UnknownAnnouncement for one that no publisher is known for, or whose names and groups do not fit together.
    """
    notices = [_Notice(said, source) for said in announcements(document) if _is_of_publisher(said, source)]
    keys = KeyMaker()
    measures: dict[str, list[str]] = {}
    for row in source.facts["programme"]:
        yield Programme(row["key"], row["name"], row["url"])
    for notice in notices:
        yield from _instrument(notice)
        sanctions = _sanctions(notice)
        measures[notice.number] = [sanction.key for sanction in sanctions]
        yield from _imposed(notice, sanctions)
        entries = _entries(notice)
        yield from _targets(notice, sanctions, entries, keys)
        if not _is_known(notice, sanctions):
            yield _reject(notice, notice.title, "measures", "expected a sanction of [[sanction]] or a known kind of notice")
        yield from _unread(notice, sanctions)
    for notice in notices:
        yield from _changes(notice, measures)


def _is_of_publisher(announcement: Announcement, source: "Source") -> bool:
    head = announcement.text[:200]
    mine = re.search(source.facts["publisher_mark"], head)
    if not mine and not re.search(source.facts["other_publisher_mark"], head):
        raise UnknownAnnouncement(f"{announcement.file}: no known publisher in {head[:80]!r}")
    return bool(mine)


# ---- The act and the laws it rests on ----
def _instrument(notice: _Notice) -> Iterator[Record]:
    title = notice.title
    yield Instrument(
        notice.number, _kind_of_act(notice), " ".join(title.quote.split()), notice.announcement.url, title.locator, title.quote
    )
    for law in _laws(notice):
        place = law.passage
        yield Instrument(law.title, notice.facts["laws"][law.title], law.title, locator=place.locator, quote=place.quote)


def _kind_of_act(notice: _Notice) -> str:
    for row in notice.facts["act"]:
        if re.search(row["pattern"], notice.text[: notice.decision[0]]):
            return str(row["type_text"])
    raise UnknownAnnouncement(f"{notice.announcement.file}: no pattern of [[act]] says what kind of act it is")


def _laws(notice: _Notice) -> list[_Law]:
    """The laws that the decision names as its ground, each with its articles; raises UnknownAnnouncement for a new one."""
    found: dict[tuple[str, str | None], _Law] = {}
    for ground in re.finditer("(?:根据|依据)(?P<laws>《[^，。]*)", notice.text[: notice.annex]):
        for law in _LAW.finditer(notice.text, *ground.span("laws")):
            if law["law"] not in notice.facts["laws"]:
                raise UnknownAnnouncement(f"{notice.announcement.file}: 《{law['law']}》 is not in [laws]")
            title, provision = law["law"], law["provision"]
            found.setdefault((title, provision), _Law(title, provision, notice.announcement.found(law)))
    # A law cited with its articles is not cited once more without them.
    precise = {law for law, provision in found if provision}
    return [law for law in found.values() if law.provision or law.title not in precise]


# ---- Measures ----
def _sanctions(notice: _Notice) -> list[_Sanction]:
    found: list[_Sanction] = []
    for row in notice.facts["sanction"]:
        place = notice.decision if not row.get("anywhere") else (notice.title.end, notice.annex)
        for match in re.compile(row["pattern"]).finditer(notice.text, *place):
            if row.get("anywhere") and found:
                continue  # being put on the list is a measure of its own only where no other is stated
            group = notice.group_at(match.start())
            key = "|".join((notice.number, str(group), row["type_text"]))
            goods = match.groupdict().get("goods")
            found.append(_Sanction(key, group, row, notice.announcement.found(match), goods))
    if len({sanction.key for sanction in found}) < len(found):
        raise UnknownAnnouncement(f"{notice.announcement.file}: one sanction is stated twice for one group")
    return found


def _imposed(notice: _Notice, sanctions: list[_Sanction]) -> Iterator[Record]:
    exception = re.compile(notice.facts["exception"]).search(notice.text, *notice.decision)
    for sanction in sanctions:
        yield Measure(
            sanction.key, sanction.row["type_text"], sanction.passage.locator, "listed_targets", _programme(notice),
            authority_name=notice.source.publisher_name, title=sanction.row["title"], goods_text=sanction.goods,
            exceptions_text=exception[0] if exception and sanction.goods else None, quote=sanction.passage.quote,
        )  # fmt: skip
        yield MeasureInstrument(sanction.key, notice.number, "imposes")
        for law in _laws(notice):
            yield MeasureInstrument(sanction.key, law.title, "authority", law.provision)
        for step in _steps(notice):
            yield step._replace(measure_key=sanction.key)


def _programme(notice: _Notice) -> str:
    """The list or law by whose name the decision belongs to a programme; raises UnknownAnnouncement where it names none."""
    for word, programme in notice.facts["programme_of"].items():
        if word in notice.text[: notice.annex]:
            return str(programme)
    raise UnknownAnnouncement(f"{notice.announcement.file}: none of {', '.join(notice.facts['programme_of'])} is named")


def _steps(notice: _Notice) -> Iterator[DatedStep]:
    """The days of the decision: put up, promulgated, in effect; the key of the measure is filled in by the caller."""
    act = notice.number
    if notice.announced is not None:
        yield DatedStep("", "impose", "announced", notice.announced, instrument_number=act)
    yield DatedStep("", "impose", "published", notice.published, instrument_number=act)
    if notice.effective is not None:
        period, passage = notice.effective
        yield DatedStep("", "impose", "effective", period, instrument_number=act, locator=passage.locator, quote=passage.quote)


def _is_known(notice: _Notice, sanctions: list[_Sanction]) -> bool:
    return bool(sanctions) or any(re.search(row["pattern"], notice.text) for row in notice.facts["notice"])


def _unread(notice: _Notice, sanctions: list[_Sanction]) -> Iterator[Record]:
    """A reject for people who are hit without being named, and for each clause of the decision that was not read."""
    if unnamed := re.compile(notice.facts["unnamed"]).search(notice.text, notice.title.end):
        yield _reject(notice, notice.announcement.found(unnamed), "targets", "hit, and not named")
    read = [range(sanction.passage.start, sanction.passage.end) for sanction in sanctions]
    for clause in _CLAUSE.finditer(notice.text, *notice.decision):
        words = _NUMBERING.sub("", clause[0].strip(), count=1).strip()
        if not words or any(set(span).intersection(range(*clause.span())) for span in read):
            continue
        if not any(re.search(pattern, words) for pattern in notice.facts["no_sanction"]):
            yield _reject(notice, notice.announcement.found(clause), "measures", "expected a sanction of [[sanction]]")


def _reject(notice: _Notice, passage: Passage, table: str, text: str) -> Reject:
    return Reject(passage.locator, table, "unrepresentable", f"{notice.number}: {text}", passage.quote)


# ---- Names ----
def _entries(notice: _Notice) -> list[_Entry]:
    entries = _annexed(notice) if notice.annex < len(notice.text) else _in_the_sentence(notice)
    if notice.groups and not any(entry.group for entry in entries):
        entries = _grouped_by_count(notice, entries)
    return [*entries, *_told_of(notice)]


def _told_of(notice: _Notice) -> Iterator[_Entry]:
    """Those whom a notice names without imposing anything on them: under investigation, or warned of."""
    for row in notice.facts["notice"]:
        for found in re.finditer(row["pattern"], notice.text, re.DOTALL) if "fact" in row else ():
            for entry in _listed(notice, found, row["kind"]):
                yield entry._replace(group=_NO_GROUP)


def _annexed(notice: _Notice) -> list[_Entry]:
    """The names of the annex; sections follow the groups of the decision in their order."""
    found: list[_Entry] = []
    section, kind, head = 0, _kind(notice), True
    for line in _ENTRY.finditer(notice.text, notice.annex):
        title = _SECTION.fullmatch(line[0])
        if title and title["kind"] in notice.facts["section"]:
            section, kind, head = section + 1, title["kind"], False
            continue
        if head and not line["number"] and _is_heading(line["words"], notice):
            continue
        head = False
        if re.fullmatch(r"\d+\.", line["words"]):
            continue  # an empty number after the last entry (商务部公告2025年第1号: "29.")
        if line["words"].startswith("-"):
            passage = notice.announcement.found(line, "words")
            parent = next(index for index in reversed(range(len(found))) if found[index].branch_of is None)
            found.append(_Entry(passage.quote[1:].strip(), None, "", kind, section, passage, branch_of=parent))
        elif "包括" in line["words"]:
            found.extend(_enumerated(notice, line, section))
        else:
            found.append(_entry(notice, notice.announcement.found(line, "words"), kind, section))
    sections = max((entry.group for entry in found), default=0)
    if sections and sections != len(notice.groups):
        raise UnknownAnnouncement(f"{notice.announcement.file}: {sections} sections for {len(notice.groups)} groups")
    return found


def _is_heading(words: str, notice: _Notice) -> bool:
    return any(re.fullmatch(pattern, words.strip()) for pattern in notice.facts["heading"])


def _kind(notice: _Notice) -> str:
    """The decision's own word for those it hits."""
    found = _KIND.search(notice.text, notice.title.end, notice.annex)
    if notice.groups or found is None:
        return "实体"
    return found["kind"] or found["body"] or "个人"


def _entry(notice: _Notice, passage: Passage, kind: str, group: int) -> _Entry:
    """One name with what stands after it: （other name），sex，office, or a day of birth and a nationality."""
    found = _NAMED.fullmatch(passage.quote)
    if found is None:
        raise UnknownAnnouncement(f"{notice.announcement.file}: no name can be read in {passage.quote!r}")
    name, office, rest = found["name"].strip(_INVISIBLE + " "), None, (found["rest"] or "").strip("，。 ")
    if any(word in notice.facts["sexes"] for word in rest.split("，")) and kind not in notice.facts["persons"]:
        kind = "个人"
    if kind in notice.facts["persons"]:
        name, office = _without_office(name, notice)
    other = found["other"].strip(_INVISIBLE + " ") if found["other"] else None
    return _Entry(name, other, rest, kind, group, passage, office)


def _without_office(name: str, notice: _Notice) -> tuple[str, str | None]:
    """A person's name apart from the office before it (里根基金会首席行政官乔安妮·德雷克)."""
    ends = [match.end() for office in notice.facts["office"] for match in re.finditer(office, name)]
    cut = max(ends, default=0)
    return name[cut:], name[:cut] or None


def _enumerated(notice: _Notice, line: re.Match[str], group: int) -> Iterator[_Entry]:
    """The people of a sentence, whose offices hold for those after them: 包括执行主任甲（A），法律顾问乙（B）、丙（C）等."""
    office: str | None = None
    start = line.start("words") + line["words"].index("包括") + len("包括")
    for found in re.compile(r"(?P<name>[^，、（）等]+)（(?P<other>[^（）]+)）").finditer(notice.text, start, line.end()):
        name, own = _without_office(found["name"], notice)
        office = own or office
        yield _Entry(name, found["other"], "", "机构人员", group, notice.announcement.found(found), office)


def _in_the_sentence(notice: _Notice) -> list[_Entry]:
    """The names of a decision without an annex: 将甲（A）、乙（B）等6家实体列入, 对石平采取."""
    found: list[_Entry] = []
    for row in notice.facts["name_in_sentence"]:
        for sentence in re.compile(row["pattern"]).finditer(notice.text, notice.title.end, notice.annex):
            found.extend(_listed(notice, sentence, row["kind"]))
        if found:
            return found
    return found


def _listed(notice: _Notice, sentence: re.Match[str], kind: str) -> Iterator[_Entry]:
    joined = "|".join(re.escape(name) for name in notice.facts["name_with_comma"])
    part = re.compile(
        rf"(?:(?:{joined})|[^、（）()和])+(?:[ ]?[（(][^（）()]*[)）])?" if joined else r"[^、（）]+(?:（[^（）]*）)?"
    )
    for name in part.finditer(notice.text, *sentence.span("names")):
        entry = _entry(notice, notice.announcement.found(name), kind, 0)
        country = _COUNTRY_BEFORE_NAME.match(entry.name)
        if country and not re.match(notice.facts["country_in_name"], entry.name):
            yield entry._replace(name=entry.name[country.end() :], country=country[0])
        else:
            yield entry


def _grouped_by_count(notice: _Notice, entries: list[_Entry]) -> list[_Entry]:
    """Entries of an annex without sections fall to the groups in order, by the numbers that the groups state (2家, 4名)."""
    counts = [_GROUP.search(item["text"]) for item in notice.groups]
    if not all(counts) or sum(int(found["count"]) for found in counts if found) != len(entries):
        raise UnknownAnnouncement(
            f"{notice.announcement.file}: the numbers of the groups do not add up to {len(entries)} names"
        )
    groups = [number for number, found in enumerate(counts, start=1) if found for _ in range(int(found["count"]))]
    kinds = [found["kind"] for found in counts if found for _ in range(int(found["count"]))]
    regrouped = [entry._replace(group=group, kind=kind) for entry, group, kind in zip(entries, groups, kinds, strict=True)]
    return [_entry(notice, entry.passage, entry.kind, entry.group) for entry in regrouped]


def _targets(notice: _Notice, sanctions: list[_Sanction], entries: list[_Entry], keys: KeyMaker) -> Iterator[Record]:
    if sanctions and not entries:
        yield _reject(notice, notice.title, "targets", "expected names in an annex or in the sentence")
    country = _COUNTRY.search(notice.text, 0, notice.annex)
    stated = country["country"] or country["of_title"] if country and "外国实体" not in notice.title.quote else None
    made: list[str] = []
    for entry in entries:
        is_person = entry.kind in notice.facts["persons"]
        nation = entry.country or (None if is_person or entry.branch_of is not None else stated)
        key = keys.key(entry.name, nation, notice.number)
        made.append(key)
        yield Target(key, entry.kind, entry.name, entry.passage.locator, "composed", notice.announcement.url)
        yield from _described(notice, entry, key, nation, country[0] if country else None)
        if entry.branch_of is not None:
            yield Link(key, made[entry.branch_of], "分支机构")
        for sanction in sanctions:
            if sanction.group == entry.group:
                yield from _listing(notice, sanction, key)


def _described(notice: _Notice, entry: _Entry, key: str, nation: str | None, words: str | None) -> Iterator[Record]:
    yield Name(key, entry.name, "名称", *_writing(entry.name))
    if entry.other:
        yield Name(key, entry.other, "（名称）", *_writing(entry.other))
    if nation:
        yield Fact(key, "国别", entry.country or words, country_text=nation)
    if entry.office:
        yield Fact(key, "职务", entry.office)
    offices: list[str] = []
    for word in filter(None, entry.rest.split("，")):
        if word in notice.facts["sexes"]:
            yield Fact(key, "性别", word)
        elif born := re.fullmatch(rf"(?P<day>{_DAY})生", word):
            yield Fact(key, "出生日期", word, _day(born["day"]))
        elif nationality := re.fullmatch(r"(?P<country>\w+)籍", word):
            yield Fact(key, "国籍", word, country_text=nationality["country"])
        elif word != "及其分支机构":
            offices.append(word)
    if offices:
        yield Fact(key, "职务", "，".join(offices))
    for row in notice.facts["notice"]:
        if row.get("fact") and (found := re.search(row["pattern"], notice.text, re.DOTALL)) and entry.kind == row["kind"]:
            yield Fact(key, row["fact"], found[0], notice.published)


def _writing(name: str) -> tuple[str | None, str | None]:
    """Language and script where the letters are certain: mainland publishers write Chinese in simplified characters."""
    return ("zh", "Hans") if re.search("[\u4e00-\u9fff]", name) else (None, "Latn")


def _listing(notice: _Notice, sanction: _Sanction, key: str) -> Iterator[Record]:
    yield Listing(key, sanction.key, reason_text=notice.reason)
    for step in _steps(notice):
        yield step._replace(measure_key=sanction.key, action="list", target_key=key)


def _day(words: str) -> Period | None:
    try:
        return chinese(words)
    except UnreadableDate:
        return None


# ---- Suspensions and ends ----
def _changes(notice: _Notice, measures: Mapping[str, list[str]]) -> Iterator[Record]:
    """The steps by which a notice suspends or stops measures, on each measure of the announcements that it names."""
    for found in _SUSPENSION.finditer(notice.text):
        since = list(_SINCE.finditer(notice.text, 0, found.start()))
        if not since:
            yield _reject(notice, notice.announcement.found(found), "dates", "expected the day from which it holds")
            continue
        day = chinese(since[-1][0])
        passage = notice.announcement.passage(since[-1].start(), found.end())
        for number in re.findall(r"\d+", found["numbers"]):
            act = f"不可靠实体清单工作机制公告〔{found['year']}〕{number}号"
            for key in measures.get(act, ()):
                yield from _changed(notice, found, key, day, passage)


def _changed(
    notice: _Notice, found: re.Match[str], key: str, day: Period, passage: Passage
) -> Iterator[DatedStep | MeasureInstrument]:
    """The day from which it holds, which can be later than the notice; how long a suspension is to last stays in its words."""
    is_end = found["action"] == "停止"
    yield MeasureInstrument(key, notice.number, "ends" if is_end else "amends")
    yield DatedStep(
        key, "lift" if is_end else "suspend", "effective", day._replace(text=f"{day.text}，{found[0]}"),
        instrument_number=notice.number, source_step_key=f"{notice.number}|{found['action']}",
        locator=passage.locator, quote=passage.quote,
    )  # fmt: skip
