"""Japan's consolidated laws (e-Gov Law XML): the acts behind the export bans, the bans, their goods and their days."""

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from pipeline.dates import japanese, kanji_numeral
from pipeline.documents import Document
from pipeline.readers import japanese_export_bans, japanese_law
from pipeline.readers.japanese_law import Amendment, Approval, Entry, Law, Passage
from pipeline.readers.xml import UnknownContent, elements, local_name
from pipeline.records import Record
from pipeline.sources import Source

_APPROVAL = "の承認を受けなければならない。"
_PARTS = ("Item", "Subitem1", "Subitem2")


def parse(document: Document, source: Source) -> Iterator[Record]:
    """Yield the law, the act that it is made under, every law that amended it, and the export bans that stand in it."""
    with document.open() as stream:
        root = next(elements(stream, "Law"), None)
        if root is None:
            raise UnknownContent(f"{document.url} holds no <Law>")
        _must_be_known(root, source)
        law = _law(root)
        yield from japanese_law.acts(law)
        yield from japanese_export_bans.measures(law, source.facts)


def _must_be_known(root: etree._Element, source: Source) -> None:
    known: Mapping[str, Any] = source.facts["elements"]
    for element in root.iter(etree.Element):
        name = local_name(element)
        strange = set(map(str, element.attrib)) - set(known.get(name, ()))
        if name not in known or strange:
            raise UnknownContent(f"<{name}> {sorted(strange)} is not in [elements] of jp_egov_law.toml: {_path(element)}")


def _law(root: etree._Element) -> Law:
    number = _find(root, "LawNum")
    era_and_year = _text(number).partition("年")[0]
    day = f"{era_and_year}年{int(root.get('PromulgateMonth', '0'))}月{int(root.get('PromulgateDay', '0'))}日"
    statement = root.find("LawBody/EnactStatement")
    main = _find(root, "LawBody/MainProvision")
    own = [each for each in root.iterfind(".//SupplProvision") if each.get("AmendLawNum") is None]
    return Law(
        number=_text(number),
        title=_passage(_find(root, "LawBody/LawTitle")),
        number_text=_passage(number),
        promulgated=japanese(day),
        enactment=None if statement is None else _passage(statement),
        main_text=_text(main),
        approvals=tuple(_approvals(main)),
        own_provision=tuple(_paragraphs(each) for provision in own for each in provision.iter("Paragraph")),
        own_paragraphs=dict(_numbered(own)),
        amendments=tuple(_amendment(each) for each in root.iterfind(".//SupplProvision[@AmendLawNum]")),
        tables=dict(_tables(root)),
    )


def _amendment(provision: etree._Element) -> Amendment:
    place, number = _path(provision), provision.get("AmendLawNum", "")
    paragraphs = tuple(_paragraphs(each) for each in provision.iter("Paragraph"))
    return Amendment(Passage(number, f"{place}/@AmendLawNum", number), place, paragraphs)


def _paragraphs(paragraph: etree._Element) -> tuple[Passage, ...]:
    """The sentences of a paragraph, then its items, each as one line."""
    sentences = [_passage(each) for each in paragraph.iterfind("ParagraphSentence/Sentence")]
    items = [_line(each) for each in paragraph.iterfind("Item")]
    return (*sentences, *items)


def _line(item: etree._Element) -> Passage:
    pieces = [_text(each) for each in item.iter("ItemTitle", "Sentence")]
    return _passage(item)._replace(text="　".join(pieces))


def _numbered(provisions: list[etree._Element]) -> Iterator[tuple[str, Passage]]:
    for provision in provisions:
        for paragraph in provision.iterfind("Paragraph"):
            if (sentence := paragraph.find("ParagraphSentence/Sentence")) is not None:
                yield paragraph.get("Num", ""), _passage(sentence)


def _approvals(main: etree._Element) -> Iterator[Approval]:
    """Every item of a paragraph that makes exports depend on approval (…の承認を受けなければならない。)."""
    for sentence in main.iterfind(".//Paragraph/ParagraphSentence/Sentence"):
        words = _text(sentence)
        paragraph = next(sentence.iterancestors("Paragraph"))
        article = paragraph.getparent()
        if not words.endswith(_APPROVAL) or article is None:
            continue
        authority = words.removesuffix(_APPROVAL).rpartition("、")[2]
        for item in paragraph.iterfind("Item"):
            number = japanese_export_bans.item_number(_required(item, "ItemTitle"))
            place = f"{_required(article, 'ArticleTitle')}第{kanji_numeral(int(paragraph.get('Num', '')))}項{number}"
            caption = _required(article, "ArticleCaption").strip("（）")
            yield Approval(place, caption, authority, _passage(_find(item, "ItemSentence/Sentence")))


def _tables(root: etree._Element) -> Iterator[tuple[str, list[Entry]]]:
    """The entries of each appended table that has items; those whose cells stand in a grid have none."""
    for table in root.iter("AppdxTable"):
        if table.find("Item") is not None:
            yield _required(table, "AppdxTableTitle"), [_entry(each) for each in table.iter(*_PARTS)]


def _entry(item: etree._Element) -> Entry:
    words = _find(item, f"{local_name(item)}Sentence")
    sentences = words.findall("Sentence")
    titles = [title for each in (item, *item.iterancestors()) if (title := _title(each))]
    has_parts = any(local_name(each) in _PARTS for each in item)
    return Entry(tuple(reversed(titles)), _passage(sentences[0] if len(sentences) == 1 else words), has_parts)


# --- Reading the text -------------------------------------------------------------------------------------------------


def _find(element: etree._Element, path: str) -> etree._Element:
    found = element.find(path)
    if found is None:
        raise UnknownContent(f"{_path(element)} has no {path}")
    return found


def _required(element: etree._Element, path: str) -> str:
    return _text(_find(element, path))


def _passage(element: etree._Element) -> Passage:
    return Passage(_text(element), _path(element), _text(element, with_readings=True))


def _text(element: etree._Element, *, with_readings: bool = False) -> str:
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
