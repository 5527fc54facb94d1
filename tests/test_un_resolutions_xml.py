"""Resolutions in AKN4UN: the file's own numbers and marks, fetched from a server on loopback."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import loopback
import pytest
from conftest import document_of
from lxml import etree

from pipeline.documents.recording import record
from pipeline.documents.recordings import Recordings
from pipeline.documents.web import Client
from pipeline.readers.xml import UnknownContent
from pipeline.records import DatedStep, InstrumentLink, Measure
from pipeline.sources import load

SOURCE = load(("un_resolutions_xml",))["un_resolutions_xml"]
SAMPLE = Path("un_resolutions_xml") / "2026-11-20" / "S_RES_9653-2223898E.xml"


def parsed(path: Path) -> list:
    return list(SOURCE.parse(document_of("un_resolutions_xml", path), SOURCE))


def of(records: list, kind: type) -> list:
    return [record for record in records if isinstance(record, kind)]


@pytest.fixture(scope="module")
def said(samples) -> list:
    return parsed(samples / SAMPLE)


def test_measures_have_the_numbers_of_their_paragraphs_and_points(said):
    assert [(each.founding_act, each.type_text, each.territory_texts, each.programme_key) for each in of(said, Measure)] == [
        ("S/RES/9653 (2022)|1", "assets freeze", ("Haiti",), "Haiti"),
        ("S/RES/9653 (2022)|2(a)", "travel ban", ("Haiti",), "Haiti"),
    ]


def test_a_place_is_told_by_the_mark_of_its_element_and_the_quote_stands_there(said, samples):
    root = etree.parse(samples / SAMPLE).getroot()
    placed = [each for each in said if getattr(each, "quote", None)]
    assert len(placed) == 8
    assert {each.locator for each in of(said, Measure)} == {"//*[@eId='para_4']", "//*[@eId='para_5_list_point_a']"}
    for each in placed:
        [element] = root.xpath(each.locator)
        assert each.quote in " ".join("".join(element.itertext()).split())


def test_an_initial_period_ends_a_year_after_adoption(said):
    ends = [(each.measure_key, each.period.earliest) for each in of(said, DatedStep) if each.action == "expire"]
    assert ends == [("S/RES/9653 (2022)|1|assets freeze", dt.date(2023, 10, 21))]


def test_a_lifted_embargo_of_another_act_is_a_link(said):
    assert of(said, InstrumentLink) == [InstrumentLink("S/RES/9653 (2022)", "S/RES/9733 (1992)", "lift")]


@pytest.mark.parametrize(("find", "put"), [("content", "table"), ("mainBody>", "mainBody><table/>")])
def test_an_element_that_a_body_has_not_had_stops_the_parser(samples, tmp_path, find, put):
    text = (samples / SAMPLE).read_text(encoding="utf-8")
    path = tmp_path / "2026-11-20" / "one.xml"
    path.parent.mkdir()
    changed = text.replace("<mainBody>", "<mainBody><table/>") if "Body" in find else text.replace(f"{find} eId", f"{put} eId")
    path.write_text(changed.replace("</content>", f"</{put}>") if find == "content" else changed, encoding="utf-8")
    with pytest.raises(UnknownContent):
        parsed(path)


# ---- Fetching ----
class Handler(loopback.Answering):
    body = b""

    def respond(self) -> None:
        self.answer(self.body, "text/plain; charset=utf-8")  # what the host of the files says of XML


@pytest.fixture
def site(samples) -> Iterator[str]:
    Handler.body = (samples / SAMPLE).read_bytes()
    with loopback.site(Handler) as place:
        yield place


def test_a_fetched_resolution_is_kept_under_the_day_of_its_adoption(site, tmp_path):
    source = replace(SOURCE, urls=(f"http://{site}/UNxml/SCresolutions/HEAD/2022/English/S_RES_9653-2223898E.xml",))
    recordings = Recordings(tmp_path / "documents")
    with Client(allowed_hosts=frozenset({site})) as client:
        recorded = record(source, recordings, client, dt.date(2026, 11, 20))
    assert (recorded.refused, recorded.failed) == ((), ())
    [document] = recordings.documents("un_resolutions_xml")
    assert document.published_date == dt.date(2022, 10, 21)
    assert len(of(list(source.parse(document, source)), Measure)) == 2
