"""Acts of the European Union as the Official Journal printed them (CELLAR, XHTML): what they prohibit, and from when.

An act is its own text, not the consolidated one: an amending act says which articles it puts into another act, and when
it takes effect. An article that prohibits is a measure of the act that it stands in from then on (`32014R0833|3h`).
What an act changes inside an article is told by the links between the acts alone.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, get_args

from lxml import etree

from pipeline.dates import UnreadableDate, english, european_effect
from pipeline.documents import Document
from pipeline.readers import celex
from pipeline.readers.xml import UnknownContent, elements, local_name
from pipeline.records import (
    DatedStep,
    Goods,
    Instrument,
    InstrumentLink,
    Measure,
    MeasureInstrument,
    Period,
    Record,
    Reject,
    Scope,
    Step,
)
from pipeline.sources import Source

_ADDRESS = "http://publications.europa.eu/resource/celex/{}"
_COUNCIL = "Council of the European Union"
_NUMBER = r"(?:\((?:EU|EC|EEC|CFSP)\) )?(?:No )?\d+/\d+(?:/CFSP|/EC)?"
_TITLE = re.compile(
    r"(?:COUNCIL |COMMISSION )?(?P<type>(?:IMPLEMENTING )?(?:REGULATION|DECISION)|COMMON POSITION|JOINT ACTION)"
    rf"(?: (?P<number>{_NUMBER}))? of (?P<signed>\d\d? \w+ \d{{4}})",
    re.IGNORECASE,
)
_KINDS = {"REGULATION": "Regulation", "DECISION": "Decision", "POSITION": "Common Position", "ACTION": "Joint Action"}
_AMENDED = re.compile(rf"(?:Council )?(?P<kind>Regulation|Decision) (?P<number>{_NUMBER}) is (?:hereby )?amended\b")
_REPEALED = re.compile(rf"(?:Council )?(?P<kind>Regulation|Decision) (?P<number>{_NUMBER}) is (?:hereby )?repealed\b")
_IN_FORCE = re.compile(
    r"This (?:Regulation|Decision|Common Position|Joint Action) shall (?:enter into force|take effect) on (?P<when>.+?)"
    r"(?: in the Official Journal of the European Union| in the Official Journal)?\."
)
_INSERTED = re.compile(r"the following Articles? (?:is|are) (?:inserted|added):|the following Articles?:$", re.IGNORECASE)
_PARAGRAPHS_ADDED = re.compile(
    r"(?:in Article (?P<before>\d+[a-z]*),? )?the following paragraphs?(?: [\d, and]+)? (?:is|are) (?:added|inserted)"
    r"(?: (?:to|in) Article (?P<after>\d+[a-z]*))?:",
    re.IGNORECASE,
)
_REPLACED = re.compile(r"Article \d+[a-z]* is replaced by the following:", re.IGNORECASE)
_ARTICLE = re.compile(r"[‘'\"“]?Article (?P<number>\d+[a-z]*)$")
_PARAGRAPH = re.compile(r"[‘'\"“]?(?P<number>\d+[a-z]?)\.\s+(?P<text>.+)", re.DOTALL)
_PROHIBITS = re.compile(r"\b(?:shall be|are|is) prohibited\b")
_OWN_DAY = re.compile(r"\bshall be prohibited,? as (?:of|from) (?P<day>\d\d? \w+ \d{4})")
_GOODS = re.compile(
    r"(?:sell, supply, transfer or export|purchase, import or transfer|import or purchase|import),? "
    r"(?:directly or indirectly,? )?(?P<goods>.+?)"
    r"(?:,? (?:as )?listed in (?P<annex>Annex [IVXL]+[a-z]*)|,? to (?:any |Russia|Belarus))"
)
_THRESHOLD = re.compile(r"value exceeds (?P<unit>EUR) (?P<amount>\d[\d ]*)")
_CLOSING_QUOTE = re.compile(r"’[;.]*$")
_END = "Done at "
_LONGEST_QUOTE = 300
_LONGEST_LABEL = 80

Manner = Literal["own", "inserted", "replaced", "added"]


class Line(NamedTuple):
    """One paragraph of the page."""

    style: str
    """Its class, without the `oj-` that newer pages put before it."""
    text: str
    locator: str
    is_nested: bool
    """It stands in a list: in an amending act this is the text that goes into the other act."""


class Act(NamedTuple):
    """An act, by its title and heading."""

    number: str
    type_text: str
    title: str
    signed: Period
    published: Period
    effective: Period | None
    effect_line: Line | None


@dataclass
class Article:
    """An article of an act, or one that the act puts into another."""

    act: str
    """The act in which it stands from then on."""
    number: str
    manner: Manner
    locator: str
    lines: list[str]

    def paragraphs(self) -> Iterator[tuple[str | None, str]]:
        """Its numbered paragraphs, each with the points below it; without numbers it is one."""
        number, words = None, list[str]()
        for line in self.lines:
            found = _PARAGRAPH.fullmatch(line)
            if found:
                if words:
                    yield number, " ".join(words)
                number, words = found["number"], []
            words.append(found["text"] if found else line)
        if words:
            yield number, " ".join(words)


class Prohibition(NamedTuple):
    """What an article prohibits: its provision, its words, and the row of the table that fits them."""

    article: Article
    provision: str
    """The article, with the paragraph where that is a measure by itself: 3h, 5a(4)."""
    text: str
    row: Mapping[str, Any] | None


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield the act and those that it changes, then a measure for each article that prohibits something.

    Raises UnknownContent for a page that is no act of the Official Journal, or another act than its address names.
    """
    with document.open() as stream:
        root = next(elements(stream, "html"), None)
        if root is None:
            raise UnknownContent(f"{document.url} holds no <html>")
        lines = list(_lines(root))
    act = _act(lines, document)
    yield _instrument(act, source)
    if act.effective is None:
        raw = act.effect_line.text if act.effect_line else act.title
        where = act.effect_line.locator if act.effect_line else "//*[@class='eli-main-title']"
        yield Reject(where, "dates", "malformed_date", "expected the day on which the act enters into force", raw)
    articles = list(_articles(lines, act))
    yield from _links(lines, act)
    for article in articles:
        yield from _measures(article, act, source)


# --- The page ---------------------------------------------------------------------------------------------------------


def _lines(root: etree._Element) -> Iterator[Line]:
    for paragraph in root.iter("{*}p"):
        text = " ".join("".join(map(str, paragraph.itertext())).split())
        if text:
            # The pieces of an act have keys of their own (art_1, 003H); those of single paragraphs are numbered by a program.
            keyed = next((each for each in paragraph.iterancestors("{*}div") if each.get("id")), None)
            locator = f"//*[@id='{keyed.get('id')}']" if keyed is not None else f"//p[.='{text[:40]}']"
            is_nested = any(local_name(each) == "td" for each in paragraph.iterancestors())
            yield Line((paragraph.get("class") or "").removeprefix("oj-"), text, locator, is_nested)


def _act(lines: list[Line], document: Document) -> Act:
    title = " ".join(line.text for line in lines if line.style == "doc-ti")
    found = _TITLE.match(title)
    printed = next((line for line in lines if line.style == "hd-date"), None)
    if not found or printed is None:
        raise UnknownContent(
            f"{document.url}: expected the title and the day of an act of the Official Journal, found {title[:200]!r}"
        )
    kind, named = _KINDS[found["type"].upper().split()[-1]], celex.of_address(document.url)
    # Before 2015 many decisions bear their number at the end of the title; their address tells it.
    number = celex.of_number(found["number"], kind) if found["number"] else named
    if number is None or named not in (None, number):
        raise UnknownContent(f"{document.url} names {named}; the page is {number}: {title[:200]!r}")
    published = english(printed.text, is_day_first=True)
    in_force = next((line for line in lines if not line.is_nested and _IN_FORCE.search(line.text)), None)
    signed = english(found["signed"])
    return Act(number, found["type"].upper(), _own_title(title), signed, published, _effective(in_force, published), in_force)


def _own_title(title: str) -> str:
    """The title as acts cite it, without the capitals of the heading."""
    return re.sub(r"^[A-Z ]+", lambda heading: heading[0].title(), title)


def _effective(line: Line | None, published: Period) -> Period | None:
    found = _IN_FORCE.search(line.text) if line else None
    if not found or published.earliest is None:
        return None
    try:
        return european_effect(found["when"], published=published.earliest)
    except UnreadableDate:
        return None


def _instrument(act: Act, source: Source) -> Instrument:
    return Instrument(
        act.number, act.type_text, act.title, _ADDRESS.format(act.number), "//*[@class='eli-main-title']",
        act.title[:_LONGEST_QUOTE], signed=act.signed.earliest, published=act.published.earliest,
        effective=act.effective.earliest if act.effective else None, effective_text=_words_of_effect(act),
        effective_derivation=act.effective.derivation if act.effective else None,
    )  # fmt: skip


def _words_of_effect(act: Act) -> str | None:
    """The rule that says when the act binds, also where it names no day that can be worked out."""
    found = _IN_FORCE.search(act.effect_line.text) if act.effect_line else None
    return found["when"] if found else None


def _links(lines: list[Line], act: Act) -> Iterator[Record]:
    """The acts that this one amends or repeals, and which it says so of."""
    told = set[str]()
    for pattern, how in ((_AMENDED, "is amended"), (_REPEALED, "is repealed")):
        for line in lines:
            found = pattern.search(line.text) if not line.is_nested else None
            number = celex.of_number(found["number"], found["kind"]) if found else None
            if found and number and number not in told:
                told.add(number)
                yield Instrument(
                    number, found["kind"].upper(), url=_ADDRESS.format(number), locator=line.locator, quote=found[0]
                )
                yield InstrumentLink(act.number, number, how)


# --- Articles ---------------------------------------------------------------------------------------------------------


def _articles(lines: list[Line], act: Act) -> Iterator[Article]:
    """The act's own articles where it amends none, and those that it puts into another act."""
    reading = _Reading(act.number)
    for line in lines:
        if line.text.startswith(_END):
            break
        yield from reading.read(line)
    yield from reading.close()


@dataclass
class _Reading:
    """Where the reader of an act stands: the act that is being amended, how, and the article that is open."""

    own: str
    amended: str | None = None
    manner: Manner | None = None
    article: Article | None = None

    def read(self, line: Line) -> Iterator[Article]:
        """The article that ends with this line, where one does."""
        if self.amended is not None and line.is_nested:
            yield from self._read_change(self.amended, line)
        elif line.style == "ti-art" and not line.is_nested:
            yield from self.close()
            self.amended, self.manner = None, None
            self._open(self.own, line, "own")
        elif not line.is_nested and (found := _AMENDED.search(line.text)):
            self.amended, self.article = celex.of_number(found["number"], found["kind"]), None
        elif self.article is not None:
            self.article.lines.append(line.text)

    def close(self) -> Iterator[Article]:
        """The article that is open, where one is."""
        if self.article is not None:
            yield self.article
        self.article = None

    def _read_change(self, amended: str, line: Line) -> Iterator[Article]:
        instruction = _instruction(line)
        if instruction is not None:
            yield from self.close()
            self.manner, number = instruction
            self.article = Article(amended, number, "added", line.locator, []) if number else None
        elif line.style == "ti-art" and self.manner in ("inserted", "replaced"):
            yield from self.close()
            self._open(amended, line, self.manner)
        elif self.article is not None:
            self.article.lines.append(_CLOSING_QUOTE.sub("", line.text))
            if _CLOSING_QUOTE.search(line.text):
                yield from self.close()

    def _open(self, act: str, line: Line, manner: Manner) -> None:
        found = _ARTICLE.match(line.text)
        self.article = Article(act, found["number"], manner, line.locator, []) if found else None


def _instruction(line: Line) -> tuple[Manner | None, str | None] | None:
    """What an item of an amending article does; with the article whose paragraphs it adds. None where it is no instruction."""
    if line.text.startswith(("‘", "“", "'")):
        return None
    if found := _PARAGRAPHS_ADDED.search(line.text):
        return "added", found["before"] or found["after"]
    if _INSERTED.search(line.text):
        return "inserted", None
    if _REPLACED.search(line.text):
        return "replaced", None
    is_other = re.search(r"\b(?:is|are) (?:replaced|inserted|added|deleted|amended)\b", line.text)
    return (None, None) if is_other else None


# --- Measures ---------------------------------------------------------------------------------------------------------


def _measures(article: Article, act: Act, source: Source) -> Iterator[Record]:
    """The measure that an article is, or the paragraph of it that is one by itself."""
    for number, text in article.paragraphs():
        if not _PROHIBITS.search(text):
            continue
        row = next((row for row in source.facts["prohibition"] if row["words"] in text), None)
        if row is not None and not row.get("is_measure", True):
            continue
        by_paragraph = number is not None and row is not None and row.get("paragraph", False)
        if article.manner == "added" and not by_paragraph:
            continue  # a change inside an article
        provision = f"{article.number}({number})" if by_paragraph else article.number
        yield from _measure(Prohibition(article, provision, text, row), act, source)
        if not by_paragraph:
            return


def _measure(prohibition: Prohibition, act: Act, source: Source) -> Iterator[Record]:
    article, provision, text, row = prohibition
    basic = next((each for each in source.facts["basic_act"] if each["number"] == article.act), None)
    if basic is None:
        return  # an act whose measures the map and the list of those frozen tell; here it is an instrument
    key, found = f"{article.act}|{provision}", _GOODS.search(text)
    scope = _scope(row["scope"] if row else "unknown")
    goods = found["goods"] if found and scope == "goods" else None
    annex = found["annex"] if found and goods else None
    yield Measure(
        key, row["words"] if row else text[:_LONGEST_LABEL], article.locator, scope, authority_name=_COUNCIL,
        territory_texts=(basic["territory"],), goods_text=goods, quote=text[:_LONGEST_QUOTE], founding_act=key,
    )  # fmt: skip
    yield MeasureInstrument(key, article.act, "imposes", "; ".join(filter(None, (f"Article {provision}", annex))))
    if article.act != act.number:
        yield MeasureInstrument(key, act.number, "amends" if article.manner == "replaced" else "imposes")
    if goods:
        yield _goods(key, goods, annex or f"Article {provision}", article)
    yield from _steps(key, article, text, act)


def _goods(key: str, goods: str, place: str, article: Article) -> Goods:
    """The goods of an article, with the value from which on they are meant where one of its paragraphs says so."""
    limit = _THRESHOLD.search(" ".join(article.lines))
    return Goods(
        key, place, goods, "text", article.locator, quote=goods,
        threshold_amount=float(limit["amount"].replace(" ", "")) if limit else None,
        threshold_unit=limit["unit"] if limit else None,
    )  # fmt: skip


def _scope(word: str) -> Scope:
    found: Scope = next(scope for scope in get_args(Scope) if scope == word)
    return found


def _steps(key: str, article: Article, text: str, act: Act) -> Iterator[DatedStep]:
    """The steps of the act for its article; the article's own day of effect goes before that of the act."""
    own = _OWN_DAY.search(text)
    days: list[tuple[Step, Period | None, str]] = [
        ("signed", act.signed, "//*[@class='eli-main-title']"),
        ("published", act.published, "//*[@class='oj-hd-date']"),
        ("effective", english(own["day"]) if own else act.effective, _effect_place(own, article, act)),
    ]
    for step, period, locator in days:
        if period is not None:
            yield DatedStep(
                key, "amend" if article.manner == "replaced" else "impose", step, period, instrument_number=act.number,
                source_step_key=f"{act.number} {step}", locator=locator, quote=period.text,
            )  # fmt: skip


def _effect_place(own: re.Match[str] | None, article: Article, act: Act) -> str:
    return article.locator if own or act.effect_line is None else act.effect_line.locator
