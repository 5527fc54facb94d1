"""What a parser may say about a document: the source's own words, and where they stand.

A parser yields these records in any order; `pipeline.normalized` turns their words into codes and identifiers. Records
refer to each other by keys of the source: a target by its `key`, a measure by its `key`, an instrument by its `number`.

`locator` says where a fact stands, by the source's own key where it has one (`//SanctionsEntry[@ID='17013']`), never by a
mere position. A record about a target that has no place of its own inherits the place of its target, and a step of a
measure that of the measure.
"""

import calendar
import datetime as dt
from typing import Literal, NamedTuple, Self

Precision = Literal["day", "month", "year", "between", "not_before", "not_after"]
Action = Literal["impose", "list", "amend", "widen", "renew", "ease", "suspend", "exempt", "lift", "delist", "expire", "reject"]
Step = Literal[
    "threatened", "proposed", "announced", "approved", "signed", "enacted", "published", "effective", "unspecified"
]  # fmt: skip
Scope = Literal[
    "listed_targets", "territory", "sector", "goods", "central_bank", "government", "vessels", "unknown"
]  # fmt: skip


class Period(NamedTuple):
    """The days on which something may have happened: the first and the last possible, and the words they were read from."""

    earliest: dt.date | None
    """First possible day; None for `not_after`."""
    latest: dt.date | None
    """Last possible day; equal to `earliest` for `day`, None for `not_before`."""
    precision: Precision
    text: str
    """The words of the source, as written."""
    is_approximate: bool = False
    """The source itself says circa."""
    derivation: str | None = None
    """How the day was computed, where it does not stand in the words ("seven days after promulgation on 2022-03-29")."""

    @classmethod
    def of_day(cls, day: dt.date, text: str, *, derivation: str | None = None) -> Self:
        """One day."""
        return cls(day, day, "day", text, derivation=derivation)

    @classmethod
    def of_month(cls, year: int, month: int, text: str) -> Self:
        """A day in a month; raises ValueError for a month that is none."""
        return cls(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]), "month", text)

    @classmethod
    def of_years(cls, first: int, last: int, text: str) -> Self:
        """A day in a year, or in the years from one to another; raises ValueError for a year that is none."""
        precision: Precision = "year" if first == last else "between"
        return cls(dt.date(first, 1, 1), dt.date(last, 12, 31), precision, text)


class Programme(NamedTuple):
    """A regime or programme as the issuer names it."""

    key: str
    name: str
    url: str | None = None
    territory_texts: tuple[str, ...] = ()
    amended: dt.date | None = None
    """Day of the last change of the regime; never a date of one of its measures."""
    expires: dt.date | None = None
    """Day until which the regime runs, if it is not renewed; never the end of one of its measures."""
    note: str | None = None
    """What the issuer says of it."""


class Instrument(NamedTuple):
    """A law, order, regulation, resolution or notice."""

    number: str
    """Its native number (`Executive Order 14024`, `S/RES/1718 (2006)`, 令和四年政令第百二十二号): the key of the instrument."""
    type_text: str
    title: str | None = None
    url: str | None = None
    locator: str | None = None
    quote: str | None = None
    signed: dt.date | None = None
    """The day on which it was signed or adopted, where the source states it."""
    published: dt.date | None = None
    """The day of promulgation, or of the official gazette that printed it."""
    effective: dt.date | None = None
    """The first day on which it binds, but for parts to which `effective_text` gives another day."""
    effective_text: str | None = None
    """The words of the rule that says when it binds, also where they name no day that can be worked out."""
    effective_derivation: str | None = None
    """How `effective` was worked out, where the day does not stand in the words."""
    known_as: str | None = None
    """How sources that tell no number name it: (title of the law that it amends)|(day of promulgation), as in
    `Measure.founding_act`. An instrument with that as its number is this one."""
    issuer_code: str | None = None
    """Who made it, where that is not the issuer of the source: a resolution that a union carries out."""
    ends: dt.date | None = None
    """Last day of force."""


class InstrumentLink(NamedTuple):
    """One act that amends, revokes, renews, implements or cites another."""

    number: str
    other_number: str
    type_text: str


class Measure(NamedTuple):
    """One restriction by one issuer."""

    key: str
    """The source's key for it, made of its mandatory stable facts (`SDN List|RUSSIA-EO14024|Block`)."""
    type_text: str
    """The source's words for what is restricted; `[words.measure_type]` gives the code."""
    locator: str
    scope: Scope
    programme_key: str | None = None
    authority_name: str | None = None
    territory_texts: tuple[str, ...] = ()
    title: str | None = None
    """In the project's own words, English."""
    goods_text: str | None = None
    sector_text: str | None = None
    exceptions_text: str | None = None
    quote: str | None = None
    founding_act: str | None = None
    """The act, and where it holds several measures of the type the provision, that founded it: two sources that name the same
    one, with the same type and territories, tell the same measure. The act's native number (`Executive Order 14068`,
    `S/RES/1718 (2006)|8(a)(iii)`, `32014R0833|3h`), or (title of the law)|(day of promulgation) where no number is told."""


class MeasureInstrument(NamedTuple):
    """The act, and the provision in it, that a measure rests on."""

    measure_key: str
    number: str
    role: Literal["authority", "imposes", "amends", "ends"]
    provision_text: str | None = None


class Target(NamedTuple):
    """One entry of a register."""

    key: str
    """The register's own key, trimmed."""
    type_text: str
    """`[words.target_type]` gives the code."""
    name: str | None
    """Primary name as the source writes it."""
    locator: str
    key_kind: Literal["source_key", "composed"] = "source_key"
    url: str | None = None
    """Address of the entry where it has one of its own."""


class Name(NamedTuple):
    """A name of a target, the primary one included."""

    target_key: str
    value: str
    type_text: str
    """`[words.name_type]` gives primary, alias, weak_alias, former or native."""
    language: str | None = None
    """BCP 47."""
    script: str | None = None
    """ISO 15924."""


class Identifier(NamedTuple):
    """A passport, a registration number, an IMO number, a wallet address."""

    target_key: str
    type_text: str
    """`[words.identifier_type]` gives the code."""
    value: str
    country_text: str | None = None
    issued: Period | None = None
    expires: Period | None = None
    is_valid: bool | None = None
    """False where the source calls the document false or fraudulent; None where it does not say."""
    note: str | None = None


class Address(NamedTuple):
    """A place where a target is found."""

    target_key: str
    text: str | None
    """The whole address as one line, in the order of the source."""
    city: str | None = None
    region: str | None = None
    postal_code: str | None = None
    country_text: str | None = None
    note: str | None = None


class Fact(NamedTuple):
    """Anything else that the source says of a target."""

    target_key: str
    kind_text: str
    """The label of the source; `[words.fact]` gives the code."""
    value: str | None = None
    period: Period | None = None
    country_text: str | None = None
    note: str | None = None
    is_valid: bool | None = None
    """False where the source itself calls it false; None where it does not say."""


class Link(NamedTuple):
    """A relation that a target has to another of the same register."""

    target_key: str
    other_key: str
    type_text: str
    """`[words.link_type]` gives the code."""
    note: str | None = None
    period: Period | None = None


class Listing(NamedTuple):
    """A target under a measure, as the source itself says."""

    target_key: str
    measure_key: str
    basis: Literal["stated", "derived"] = "stated"
    origin: Literal["own", "un", "own_and_un", "other"] = "own"
    reason_text: str | None = None


class DatedStep(NamedTuple):
    """One step in the life of a measure, or of a target under it."""

    measure_key: str
    action: Action
    step: Step
    period: Period
    target_key: str | None = None
    """Set where the step is one of the target's listing under the measure."""
    instrument_number: str | None = None
    """The act that this step is, or rests on, where stated."""
    source_step_key: str | None = None
    """The source's own key of the step (`EntryEvent 17013`), where one day bears several."""
    locator: str | None = None
    quote: str | None = None


class Goods(NamedTuple):
    """One item of goods that a measure covers."""

    measure_key: str
    item_text: str | None
    """The place in the annex (別表第二の三 三 ワ); None where the source does not tell it."""
    goods_text: str | None
    """None where the source prints the code alone."""
    nomenclature: Literal["hs", "cn", "hts", "ca_tariff", "eccn", "cas", "cpc", "jp_item", "text"]
    locator: str
    code: str | None = None
    """As the source prints it: zeros that it lost are restored in `pipeline.normalized`."""
    year: int | None = None
    is_part_of_code: bool = False
    """The source says that not all goods of the code are meant (`ex 8703`): the words tell, and the code is a guide."""
    exclusion_text: str | None = None
    threshold_amount: float | None = None
    threshold_unit: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    quote: str | None = None
    key: str | None = None
    """What names the item under its measure where its place does not: schedules are renumbered. None: place, code and words."""


class NomenclatureItem(NamedTuple):
    """One code of a nomenclature of goods, with the words that it stands for."""

    nomenclature: Literal["hs"]
    year: int
    """The edition, by the year in which it began to apply."""
    code: str
    parent_code: str | None
    """None for a chapter."""
    description: str
    locator: str
    section_text: str | None = None
    """Section of the nomenclature; None for a code that the publisher has added to it."""


class Item(NamedTuple):
    """A text that stands in a document: an item of a feed, a press release of an archive, the article of a page."""

    key: str
    """Its own key in the document: its guid or its address."""
    text: str
    """The whole text, from which claims are read; never published."""
    locator: str
    """Its place in the document, by its own key."""
    published_source: Literal["feed", "metadata", "byline", "url", "dateline", "inside", "unknown"]
    """What said when it was published."""
    published: dt.date | None = None
    """In the publisher's time zone; None where nothing says."""
    title: str | None = None
    url: str | None = None
    language: str | None = None
    """BCP 47; None for that of the source."""
    publisher_name: str | None = None
    """None for that of the source."""
    publisher_issuer_code: str | None = None
    """The issuer whose own press it is; None for news."""
    licence: str | None = None
    """None for that of the source."""


class Reject(NamedTuple):
    """Something that the document says and that no record can hold; never used for what a parser has not learnt yet."""

    locator: str
    table: str
    reason: str
    """A short code: `unknown_label`, `malformed_date`, `dangling_reference`, …"""
    reason_text: str
    """What was expected, and what came."""
    raw: str
    """The raw content."""
    target_key: str | None = None


Record = (
    Programme | Instrument | InstrumentLink | Measure | MeasureInstrument | Target | Name | Identifier | Address
    | Fact | Link | Listing | DatedStep | Goods | NomenclatureItem | Item | Reject
)  # fmt: skip
