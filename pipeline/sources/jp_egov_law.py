"""Japan's consolidated laws (e-Gov Law XML): the export bans in them, the goods, and when the orders took effect.

The main text says what is banned now; each amending order leaves a provision that says when it took effect.
Which order put what into the text is not said: `[[measure]]` of the .toml names it, with where that was read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from lxml import etree

from pipeline.dates import ERAS, UnreadableDate, japanese, kanji_numeral, kanji_value
from pipeline.documents import Document
from pipeline.readers.xml import UnknownContent, elements, local_name
from pipeline.records import (
    Action,
    DatedStep,
    Goods,
    Instrument,
    InstrumentLink,
    Measure,
    MeasureInstrument,
    Period,
    Record,
    Reject,
    Step,
)
from pipeline.sources import Source

_AMENDING_LAW = re.compile(rf"(?P<day>(?P<era>{'|'.join(ERAS)})(?P<year>[^年]+)年.+?日)(?P<kind>\w+?)第(?P<number>\w+)号")
_LAW_NUMBER = re.compile(rf"(?P<era>{'|'.join(ERAS)})(?P<year>[^年]+)年(?P<kind>\w+?)第(?P<number>\w+)号")
_ENACTED_UNDER = re.compile("内閣は、(?P<title>[^（]+)（(?P<number>[^）]+)）(?P<provisions>.+?)の規定に基(?:き|づき)")
_TAKES_EFFECT = re.compile("この政令は、(?P<when>[^。]+)から施行する。")
_APPROVED_BY = re.compile("、(?P<authority>[^、]+)の承認を受けなければならない。")
_READ_AS = re.compile(
    "(?P<until>.+?)までの間は、(?P<provision>[^「]+)中「[^」]+」とあるのは"
    "「(?P<goods>(?P<territory>[^（「」]+)を仕向地とする貨物)(?:（(?P<exceptions>[^（）]+)）)?の」と"
)
# The identifier of a law at e-Gov: era, year, type and number (324CO0000000378).
_LAW_PAGE = "https://laws.e-gov.go.jp/law/{era}{year:02}{kind}{number:010}"
_LAW_TYPES = {"法律": "AC", "政令": "CO"}
# An item that was repealed keeps its number, so that the others keep theirs.
_REPEALED = "削除"


class Dangling(LookupError):
    """Something that the .toml or the text refers to is not in this document, or in no form that can be read."""


@dataclass(frozen=True)
class Law:
    """The consolidated text of one law."""

    root: etree._Element
    number: str
    """昭和二十四年政令第三百七十八号."""
    title: str


class Approval(NamedTuple):
    """One item of the article that makes exports depend on approval."""

    provision_text: str
    """第二条第一項第一号の四."""
    caption: str
    authority_name: str
    sentence: etree._Element


class AmendingLaw(NamedTuple):
    """An amending law, by the supplementary provision that it left."""

    provision: etree._Element
    amend_law_num: str
    """As the attribute writes it: 令和四年三月二九日政令第一二二号."""
    number: str
    """As laws are cited: 令和四年政令第百二十二号."""
    kind: str
    promulgated: Period


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield the law and those that it rests on as instruments, then each measure of the .toml that stands in it."""
    with document.open() as stream:
        root = next(elements(stream, "Law"), None)
        if root is None:
            raise UnknownContent(f"{document.url} holds no <Law>")
        _must_be_known(root, source)
        law = Law(root, _required(root, "LawNum"), _required(root, "LawBody/LawTitle"))
        yield _instrument(law.number, law.title, "//LawNum")
        authority = _enacted_under(law)
        if authority is not None:
            yield authority[0]
        for facts in source.facts["measure"]:
            if facts["law"] == law.number:
                yield from _measure(law, facts, authority)


def amending_law(provision: etree._Element) -> AmendingLaw:
    """The law that left a supplementary provision; raises UnreadableDate or UnknownContent for a malformed number."""
    words = provision.get("AmendLawNum", "")
    found = _AMENDING_LAW.fullmatch(words)
    if not found:
        raise UnknownContent(f"expected AmendLawNum like 令和四年三月二九日政令第一二二号, found {words!r}")
    year = "元" if found["year"] == "元" else kanji_numeral(kanji_value(found["year"]))
    number = f"{found['era']}{year}年{found['kind']}第{kanji_numeral(kanji_value(found['number']))}号"
    return AmendingLaw(provision, words, number, found["kind"], japanese(found["day"]))


def _must_be_known(root: etree._Element, source: Source) -> None:
    known = source.facts["elements"]
    for element in root.iter(etree.Element):
        name = local_name(element)
        strange = set(map(str, element.attrib)) - set(known.get(name, ()))
        if name not in known or strange:
            raise UnknownContent(f"<{name}> {sorted(strange)} is not in [elements] of jp_egov_law.toml: {_path(element)}")


# --- Measures ---------------------------------------------------------------------------------------------------------


def _measure(law: Law, facts: Mapping[str, Any], authority: tuple[Instrument, str] | None) -> Iterator[Record]:
    """The measure, its law, goods and steps; what is not in the document is a reject in its place."""
    ban = _total_ban if "supplementary_paragraph" in facts else _annex_ban
    try:
        measure, rests_on, rest = ban(law, facts)
    except (Dangling, UnreadableDate) as error:
        yield _reject("measures", "//LawNum", error, repr(dict(facts)))
        return
    try:
        order = amending_law(_amending_provision(law, facts["founded_by"]))
    except (Dangling, UnreadableDate) as error:
        yield measure
        yield _reject("dates", measure.locator, error, repr(dict(facts)))
    else:
        yield measure._replace(founding_act=f"{law.title}|{order.promulgated.earliest}")
        yield from _amendment(law, measure, order, "impose", "imposes")
    yield rests_on
    if authority is not None:
        yield MeasureInstrument(measure.key, authority[0].number, "authority", authority[1])
    yield from rest


def _annex_ban(law: Law, facts: Mapping[str, Any]) -> tuple[Measure, MeasureInstrument, list[Record]]:
    """The ban on the goods of one table, or of one item of it, to the territory that article 2 names with the table."""
    table, territory = facts["table"], facts["territory"]
    annex = _only(law.root.xpath("//AppdxTable[AppdxTableTitle=$table]", table=table), f"a table {table}")
    holder = annex
    place = table
    if "item" in facts:
        holder = _only(annex.xpath("Item[ItemTitle=$item]", item=facts["item"]), f"item {facts['item']} of {table}")
        place = f"{table}{_item_number(facts['item'])}"
    wording = re.compile(f"{table}に掲げる貨物(?:（(?P<exceptions>.+)）)?の{territory}を仕向地とする輸出")
    approval, found = _approval(law, wording)
    heading = holder.find("ItemSentence/Sentence")
    key = f"{law.number}|{place}|{territory}"
    measure = Measure(
        key, approval.caption, _path(approval.sentence), "goods", authority_name=approval.authority_name,
        territory_texts=(territory,), title=facts["title"], exceptions_text=found["exceptions"],
        goods_text=f"{table}に掲げる貨物" if heading is None else _text(heading), quote=_text(approval.sentence),
    )  # fmt: skip
    rests_on = MeasureInstrument(key, law.number, "imposes", f"{approval.provision_text}、{place}")
    return measure, rests_on, list(_goods(key, holder))


def _total_ban(law: Law, facts: Mapping[str, Any]) -> tuple[Measure, MeasureInstrument, list[Record]]:
    """The ban on all goods that a supplementary paragraph reads into article 2 until a day, and who set the day."""
    number = facts["supplementary_paragraph"]
    path = "//SupplProvision[not(@AmendLawNum)]/Paragraph[@Num=$number]/ParagraphSentence/Sentence"
    sentence = _only(law.root.xpath(path, number=number), f"supplementary paragraph {number}")
    found = _READ_AS.match(_text(sentence))
    if not found or found["territory"] != facts["territory"]:
        raise Dangling(f"supplementary paragraph {number} bans no export of all goods to {facts['territory']}")
    approval = next((each for each in _approvals(law) if each.provision_text == found["provision"]), None)
    if approval is None:
        raise Dangling(f"supplementary paragraph {number} refers to {found['provision']}, which asks for no approval")
    provision = f"附則第{kanji_numeral(int(number))}項"
    key = f"{law.number}|{provision}|{found['territory']}"
    measure = Measure(
        key, approval.caption, _path(sentence), "territory", authority_name=approval.authority_name,
        territory_texts=(found["territory"],), title=facts["title"], goods_text=found["goods"],
        exceptions_text=found["exceptions"], quote=found[0],
    )  # fmt: skip
    expiry = DatedStep(
        key, "expire", "effective", japanese(found["until"]), instrument_number=law.number,
        source_step_key=f"{provision} {found['until']}", locator=_path(sentence), quote=f"{found['until']}までの間",
    )  # fmt: skip
    rests_on = MeasureInstrument(key, law.number, "imposes", f"{provision}、{approval.provision_text}")
    return measure, rests_on, [expiry, *_renewal(law, measure, provision, found["until"])]


def _renewal(law: Law, measure: Measure, provision: str, until: str) -> Iterator[Record]:
    """The amending law that says that it set the end of a measure, where one says so.

    One that only says 公布の日から施行する may have set an end too, but does not tell: no renewal is stated then.
    """
    words = re.compile(f"{provision}の改正規定（「[^」]+」を「{until}」に改める部分を除く。）は")
    for each in law.root.iterfind(".//SupplProvision[@AmendLawNum]"):
        # The part that sets the day is taken out of the later date of the rest: it takes effect with the main clause.
        if any(words.search(_text(sentence)) for sentence in each.iter("Sentence")):
            try:
                order = amending_law(each)
            except UnreadableDate as error:
                yield _reject("dates", _path(each), error, _text(each))
            else:
                yield from _amendment(law, measure, order, "renew", "amends", exempt=words)


def _amendment(
    law: Law,
    measure: Measure,
    order: AmendingLaw,
    action: Action,
    role: Literal["imposes", "amends"],
    *,
    exempt: re.Pattern[str] | None = None,
) -> Iterator[Record]:
    """An amending law as an instrument of a measure, the day of its promulgation and the day it took effect."""
    place = _path(order.provision)
    number = f"{place}/@AmendLawNum"
    yield Instrument(order.number, order.kind, locator=number, quote=order.amend_law_num)
    yield InstrumentLink(order.number, law.number, "改正")
    yield MeasureInstrument(measure.key, order.number, role)
    yield _step(measure, order, action, "published", order.promulgated, locator=number, quote=order.amend_law_num)
    try:
        sentence, period = _effective(order, exempt)
    except (Dangling, UnreadableDate) as error:
        yield _reject("dates", place, error, _text(order.provision))
    else:
        yield _step(measure, order, action, "effective", period, locator=_path(sentence), quote=_text(sentence))


def _step(
    measure: Measure, order: AmendingLaw, action: Action, step: Step, period: Period, *, locator: str, quote: str
) -> DatedStep:
    return DatedStep(
        measure.key, action, step, period, instrument_number=order.number,
        source_step_key=f"{order.amend_law_num} {step}", locator=locator, quote=quote,
    )  # fmt: skip


def _effective(order: AmendingLaw, exempt: re.Pattern[str] | None) -> tuple[etree._Element, Period]:
    """The sentence that says when an amending law takes effect, and that day.

    A proviso (ただし) that gives a part of the law another day makes the day of our part uncertain, unless `exempt`
    finds in it that our part is taken out. Raises Dangling then, and where no sentence says a day; UnreadableDate for
    words that are no day.
    """
    for sentence in order.provision.iter("Sentence"):
        if found := _TAKES_EFFECT.fullmatch(_text(sentence)):
            others = [text for each in sentence.itersiblings("Sentence") if "から施行する" in (text := _text(each))]
            uncertain = [text for text in others if exempt is None or not exempt.search(text)]
            if uncertain:
                raise Dangling(f"a proviso gives parts of the law another day: {uncertain[0]}")
            return sentence, japanese(found["when"], promulgated=order.promulgated.earliest)
    raise Dangling("no sentence says この政令は、…から施行する。")


def _goods(measure_key: str, holder: etree._Element) -> Iterator[Goods]:
    """Each titled item of the table below `holder`, or `holder` itself where it has none."""
    for item in list(holder.iterdescendants("Item", "Subitem1", "Subitem2")) or [holder]:
        sentence = _only(item.findall(f"{local_name(item)}Sentence/Sentence"), f"the sentence of {_path(item)}")
        if _text(sentence) == _REPEALED:
            continue
        place = " ".join(reversed([title for each in (item, *item.iterancestors()) if (title := _title(each))]))
        yield Goods(
            measure_key, place, _text(sentence, with_readings=False), "jp_item", _path(sentence), code=place,
            quote=_text(sentence),
        )  # fmt: skip


# --- Reading the text -------------------------------------------------------------------------------------------------


def _approvals(law: Law) -> Iterator[Approval]:
    """Every item of a paragraph that makes exports depend on approval (…の承認を受けなければならない。)."""
    for sentence in law.root.iterfind(".//MainProvision//Paragraph/ParagraphSentence/Sentence"):
        found = _APPROVED_BY.search(_text(sentence))
        paragraph = next(sentence.iterancestors("Paragraph"))
        article = paragraph.getparent()
        if not found or article is None:
            continue
        for item in paragraph.iterfind("Item"):
            number = _item_number(_required(item, "ItemTitle"))
            place = f"{_required(article, 'ArticleTitle')}第{kanji_numeral(int(paragraph.get('Num', '')))}項{number}"
            caption = _required(article, "ArticleCaption").strip("（）")
            yield Approval(place, caption, found["authority"], _find(item, "ItemSentence/Sentence"))


def _approval(law: Law, wording: re.Pattern[str]) -> tuple[Approval, re.Match[str]]:
    for approval in _approvals(law):
        if found := wording.fullmatch(_text(approval.sentence)):
            return approval, found
    raise Dangling(f"no item of an approval reads {wording.pattern}")


def _enacted_under(law: Law) -> tuple[Instrument, str] | None:
    """The act that a cabinet order is made under, and its provisions; None for an act, which has no such statement."""
    statement = law.root.find("LawBody/EnactStatement")
    if statement is None:
        return None
    found = _ENACTED_UNDER.match(_text(statement))
    if not found:
        raise UnknownContent(f"expected 内閣は、…の規定に基き, found {_text(statement)}")
    # The statement keeps the name of its day; the main text names the act as it is called now.
    named = re.compile(rf"(?P<title>[^\s、。（）「」]+)（{found['number']}[。）]")
    now = named.search(_text(_find(law.root, "LawBody/MainProvision"), with_readings=False)) or found
    return _instrument(found["number"], now["title"], "//EnactStatement"), found["provisions"]


def _instrument(number: str, title: str, locator: str) -> Instrument:
    """A law by its number (昭和二十四年政令第三百七十八号), with its page at e-Gov."""
    found = _LAW_NUMBER.fullmatch(number)
    if not found:
        raise UnknownContent(f"expected a law number like 昭和二十四年政令第三百七十八号, found {number!r}")
    page = _LAW_PAGE.format(
        era=list(ERAS).index(found["era"]) + 1, year=kanji_value(found["year"]), kind=_LAW_TYPES[found["kind"]],
        number=kanji_value(found["number"]),
    )  # fmt: skip
    return Instrument(number, found["kind"], title, page, locator, quote=number)


def _amending_provision(law: Law, number: str) -> etree._Element:
    return _only(law.root.xpath("//SupplProvision[@AmendLawNum=$number]", number=number), f"an amending provision {number}")


def _item_number(title: str) -> str:
    """An item as laws cite it: 一の四 is 第一号の四."""
    first, of, rest = title.partition("の")
    return f"第{first}号{of}{rest}"


def _only(found: Any, what: str) -> etree._Element:
    if len(found) != 1:
        raise Dangling(f"expected {what} once, found {len(found)}")
    element: etree._Element = found[0]
    return element


def _find(element: etree._Element, path: str) -> etree._Element:
    found = element.find(path)
    if found is None:
        raise UnknownContent(f"{_path(element)} has no {path}")
    return found


def _required(element: etree._Element, path: str) -> str:
    return _text(_find(element, path))


def _text(element: etree._Element, *, with_readings: bool = True) -> str:
    """The text of an element; with or without the readings (Rt) that stand above some kanji."""
    pieces = element.xpath(".//text()" if with_readings else ".//text()[not(parent::Rt)]")
    return "".join(map(str, pieces)).strip() if isinstance(pieces, list) else ""


def _path(element: etree._Element) -> str:
    """Where an element stands, by the law's own keys: titles of articles and items, numbers of paragraphs."""
    within = [each for each in (element, *element.iterancestors()) if local_name(each) not in {"Law", "LawBody"}]
    return "//" + "/".join(_path_step(each) for each in reversed(within))


def _path_step(element: etree._Element) -> str:
    name = local_name(element)
    if title := _title(element):
        return f"{name}[{name}Title={_quoted(title)}]"
    if name == "SupplProvision":
        number = element.get("AmendLawNum")
        return f"{name}[@AmendLawNum={_quoted(number)}]" if number else f"{name}[not(@AmendLawNum)]"
    return f"{name}[@Num={_quoted(element.get('Num', ''))}]" if "Num" in element.attrib else name


def _title(element: etree._Element) -> str | None:
    return element.findtext(f"{local_name(element)}Title")


def _quoted(words: str) -> str:
    if "'" in words:
        raise UnknownContent(f"an apostrophe in a key of the law: {words!r}")
    return f"'{words}'"


def _reject(table: str, locator: str, error: Exception, raw: str) -> Reject:
    reason = "malformed_date" if isinstance(error, UnreadableDate) else "dangling_reference"
    return Reject(locator, table, reason, str(error), raw)
