"""A consolidated law of Japan in pieces, whatever format it came in, and the acts that it is made of.

The main text says what holds now; each amending law has left a supplementary provision (附則) that says when it took effect.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from pipeline.dates import ERAS, NoSuchDay, UnreadableDate, japanese, kanji_numeral, kanji_value
from pipeline.readers.xml import UnknownContent
from pipeline.records import Instrument, InstrumentLink, Period, Record, Reject

_AMENDING_LAW = re.compile(rf"(?P<day>(?P<era>{'|'.join(ERAS)})(?P<year>[^年]+)年.+?日)(?P<kind>\w+?)第(?P<number>\w+)号")
_LAW_NUMBER = re.compile(rf"(?P<era>{'|'.join(ERAS)})(?P<year>[^年]+)年(?P<kind>\w+?)第(?P<number>\w+)号")
_ENACTED_UNDER = re.compile("内閣は、(?P<title>[^（]+)（(?P<number>[^）]+)）(?P<provisions>.+?)の規定に基(?:き|づき)")
# この法律（第二条及び第三条を除く。）は、平成十三年一月六日から施行する。 The comma is missing once (昭和五九年法律第四四号).
_TAKES_EFFECT = re.compile("この(?:政令|法律)(?:（[^（）]+を除く。）)?は、?(?P<when>.+)から施行する。")
_DAY_TO_BE_SET = re.compile("この(?:政令|法律)の施行期日は、.+政令で定める。")
_OTHER_DAY = "から施行する"
# The identifier of a law at e-Gov: era, year, type and number (324CO0000000378).
_LAW_PAGE = "https://laws.e-gov.go.jp/law/{era}{year:02}{kind}{number:010}"
_LAW_TYPES = {"法律": "AC", "政令": "CO"}
_AMENDED, _ENACTED = "改正", "に基づく"


class Dangling(LookupError):
    """Something that a table or the text refers to is not in the document, or in no form that can be read."""


class Passage(NamedTuple):
    """Words of a law, and where they stand."""

    text: str
    """Without the readings that stand above some kanji."""
    place: str
    quote: str
    start: int | None = None
    """For a format without keys: the offset of the quote in the text of the document, which is then its place."""

    @property
    def locator(self) -> str:
        """Its key in the document, or the first and last offset."""
        return self.place if self.start is None else f"char:{self.start}-{self.start + len(self.quote)}"

    def part(self, words: str) -> Self:
        """The place of some of its words; of all where the quote does not hold them."""
        index = self.quote.find(words)
        if index < 0:
            return self
        return self._replace(quote=words, start=None if self.start is None else self.start + index)


class Approval(NamedTuple):
    """One item of an article that makes exports depend on approval."""

    provision_text: str
    """第二条第一項第一号の四."""
    caption: str
    authority_name: str
    sentence: Passage


class Entry(NamedTuple):
    """One item of an appended table."""

    titles: tuple[str, ...]
    """The table, the item and its parts: 別表第二の三, 三, ワ."""
    words: Passage
    has_parts: bool = False


class Amendment(NamedTuple):
    """An amending law, by the supplementary provision that it left."""

    number_text: Passage
    """As the provision is headed: 令和四年三月二九日政令第一二二号."""
    provision: str
    """The place of the provision."""
    paragraphs: tuple[tuple[Passage, ...], ...]
    """Each paragraph's sentences, then its items."""

    @property
    def key(self) -> str:
        """What tables name it by."""
        return self.number_text.text


class AmendingLaw(NamedTuple):
    """What the number of an amending law tells."""

    amendment: Amendment
    number: str
    """As laws are cited: 令和四年政令第百二十二号."""
    kind: str
    promulgated: Period


class Effect(NamedTuple):
    """The rule that says when a law takes effect."""

    rule: Passage
    period: Period | None
    """None where the words name no day that can be worked out."""
    exceptions: tuple[str, ...]
    """Other sentences and items, which may give parts of it another day."""
    mistake: str | None = None
    """What is wrong with the words, where they name a day that never was."""

    @property
    def text(self) -> str:
        """The rule with what it excepts."""
        return "".join((self.rule.text, *self.exceptions))

    @property
    def elsewhere(self) -> list[str]:
        """The sentences that give parts of the law another day."""
        return [text for text in self.exceptions if _OTHER_DAY in text]


@dataclass(frozen=True)
class Law:
    """The consolidated text of one law."""

    number: str
    """昭和二十四年政令第三百七十八号."""
    title: Passage
    number_text: Passage
    promulgated: Period
    enactment: Passage | None
    """The statement of a cabinet order that names the act it is made under."""
    main_text: str
    approvals: tuple[Approval, ...]
    own_provision: tuple[tuple[Passage, ...], ...]
    """The law's own supplementary provision, paragraph by paragraph."""
    own_paragraphs: Mapping[str, Passage]
    """Its first sentences by the number of the paragraph."""
    amendments: tuple[Amendment, ...]
    tables: Mapping[str, Sequence[Entry]] = field(default_factory=dict)
    """The entries of each appended table that has items."""


def cited_number(words: str) -> re.Match[str]:
    """The parts of 令和四年三月二九日政令第一二二号; raises UnknownContent for other words."""
    found = _AMENDING_LAW.fullmatch(words)
    if not found:
        raise UnknownContent(f"expected a law by its day and number like 令和四年三月二九日政令第一二二号, found {words!r}")
    return found


def amending_law(amendment: Amendment) -> AmendingLaw:
    """The law that left a provision; raises UnreadableDate or UnknownContent for a malformed number."""
    found = cited_number(amendment.key)
    return AmendingLaw(amendment, native_number(found), found["kind"], japanese(found["day"]))


def native_number(found: re.Match[str]) -> str:
    """A number as laws cite it: 令和四年政令第百二十二号 for 令和四年三月二九日政令第一二二号."""
    year = "元" if found["year"] == "元" else kanji_numeral(kanji_value(found["year"]))
    return f"{found['era']}{year}年{found['kind']}第{kanji_numeral(kanji_value(found['number']))}号"


def known_as(title: str, promulgated: Period) -> str:
    """How a source that tells no number names an amending law: the law that it amends and the day of promulgation."""
    return f"{title}|{promulgated.earliest}"


def effect(paragraphs: Sequence[Sequence[Passage]], promulgated: Period) -> Effect | None:
    """When a law takes effect, by its supplementary provision; None where no sentence says so."""
    for passages in paragraphs:
        for index, passage in enumerate(passages):
            found = _TAKES_EFFECT.fullmatch(passage.text)
            if found is None and not _DAY_TO_BE_SET.fullmatch(passage.text):
                continue
            when = Effect(passage, None, tuple(each.text for each in passages[index + 1 :]))
            return _worked_out(when, found["when"], promulgated) if found else when
    return None


def _worked_out(when: Effect, words: str, promulgated: Period) -> Effect:
    try:
        return when._replace(period=japanese(words, promulgated=promulgated.earliest))
    except NoSuchDay as error:
        return when._replace(mistake=str(error))
    except UnreadableDate:  # the day of some other event, which the text does not tell
        return when


# --- Acts -------------------------------------------------------------------------------------------------------------


def acts(law: Law) -> Iterator[Record]:
    """The law, the act that it is made under, and every law that amended it, with their days."""
    yield with_days(
        Instrument(
            law.number, _law_kind(law.number), law.title.text, _law_page(law.number),
            law.number_text.locator, quote=law.number_text.quote,
        ),
        law.promulgated, effect(law.own_provision, law.promulgated),
    )  # fmt: skip
    if (enacted := enacted_under(law)) is not None:
        yield enacted[0]
        yield InstrumentLink(law.number, enacted[0].number, _ENACTED)
    for amendment in law.amendments:
        try:
            yield from _amending_act(law, amending_law(amendment))
        except UnreadableDate as error:
            yield Reject(amendment.provision, "instruments", "malformed_date", str(error), amendment.key)


def _amending_act(law: Law, amending: AmendingLaw) -> Iterator[Record]:
    place = amending.amendment.number_text
    act = Instrument(
        amending.number, amending.kind, locator=place.locator, quote=place.quote,
        known_as=known_as(law.title.text, amending.promulgated),
    )  # fmt: skip
    when = effect(amending.amendment.paragraphs, amending.promulgated)
    yield with_days(act, amending.promulgated, when)
    if when is not None and when.mistake:
        yield Reject(when.rule.locator, "instruments", "malformed_date", when.mistake, when.text)
    yield InstrumentLink(amending.number, law.number, _AMENDED)


def with_days(act: Instrument, promulgated: Period, when: Effect | None) -> Instrument:
    """An act with the day of its promulgation and the rule of its effect, worked out where that can be."""
    act = act._replace(published=promulgated.earliest)
    if when is None:
        return act
    act = act._replace(effective_text=when.text)
    if when.period is None or when.period.precision != "day":
        return act
    return act._replace(effective=when.period.earliest, effective_derivation=when.period.derivation)


def enacted_under(law: Law) -> tuple[Instrument, str] | None:
    """The act that a cabinet order is made under, and its provisions; None for an act, which has no such statement."""
    if law.enactment is None:
        return None
    found = _ENACTED_UNDER.match(law.enactment.text)
    if not found:
        raise UnknownContent(f"expected 内閣は、…の規定に基き, found {law.enactment.text}")
    # The statement keeps the name of its day; the main text names the act as it is called now.
    named = re.compile(rf"(?P<title>[^\s、。（）「」]+)（{found['number']}[。）]")
    now = named.search(law.main_text) or found
    number, place = found["number"], law.enactment.part(found["number"])
    act = Instrument(number, _law_kind(number), now["title"], _law_page(number), place.locator, quote=place.quote)
    return act, found["provisions"]


def _law_kind(number: str) -> str:
    return _parts(number)["kind"]


def _law_page(number: str) -> str:
    found = _parts(number)
    return _LAW_PAGE.format(
        era=list(ERAS).index(found["era"]) + 1, year=kanji_value(found["year"]), kind=_LAW_TYPES[found["kind"]],
        number=kanji_value(found["number"]),
    )  # fmt: skip


def _parts(number: str) -> re.Match[str]:
    found = _LAW_NUMBER.fullmatch(number)
    if not found:
        raise UnknownContent(f"expected a law number like 昭和二十四年政令第三百七十八号, found {number!r}")
    return found
