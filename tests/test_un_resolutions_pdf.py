"""Resolutions as PDF: one document, one resolution; fetched from a server on loopback and read like the texts."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import loopback
import pytest
from conftest import document_of
from pdf_by_hand import pdf

from pipeline.documents.recording import record
from pipeline.documents.recordings import Recordings
from pipeline.documents.web import Client
from pipeline.readers.pdf import lines
from pipeline.readers.resolutions import UnknownResolution
from pipeline.records import DatedStep, Goods, Instrument, InstrumentLink, Measure
from pipeline.sources import load

SOURCE = load(("un_resolutions_pdf",))["un_resolutions_pdf"]
SAMPLE = Path("un_resolutions_pdf") / "2026-11-20" / "S_RES_9718(2006).pdf"
TODAY = dt.date(2026, 11, 20)


def parsed(path: Path) -> list:
    return list(SOURCE.parse(document_of("un_resolutions_pdf", path, media_type="application/pdf"), SOURCE))


@pytest.fixture(scope="module")
def said(samples) -> list:
    return parsed(samples / SAMPLE)


def of(records: list, kind: type) -> list:
    return [record for record in records if isinstance(record, kind)]


def test_items_under_a_subparagraph_are_measures_of_their_own(said):
    assert [(each.founding_act, each.type_text) for each in of(said, Measure)] == [
        ("S/RES/9718 (2006)|2(a)(i)", "arms embargo"),
        ("S/RES/9718 (2006)|2(a)(ii)", "luxury goods ban"),
        ("S/RES/9718 (2006)|2(b)", "assets freeze"),
        ("S/RES/9718 (2006)|2(c)", "travel ban"),
    ]
    assert {each.territory_texts for each in of(said, Measure)} == {("Democratic People's Republic of Korea",)}
    assert [each.goods_text for each in of(said, Goods)] == ["battle tanks, combat aircraft or warships", "Luxury goods"]


def test_every_quote_stands_at_its_place_in_the_lines_of_the_document(samples, said):
    text = "\n".join(line.text for line in lines(document_of("un_resolutions_pdf", samples / SAMPLE)))
    placed = [each for each in said if getattr(each, "quote", None)]
    for each in placed:
        start, end = map(int, each.locator.removeprefix("char:").split("-"))
        assert text[start:end] == each.quote
    assert len(placed) > 15


def test_a_term_from_adoption_ends_every_measure_of_the_paragraph(said):
    ends = [each.period for each in of(said, DatedStep) if each.action == "expire"]
    assert [end.earliest for end in ends] == [dt.date(2007, 10, 14)] * 4
    assert {end.derivation for end in ends} == {"12 months from 2006-10-14"}


def test_the_end_of_measures_of_another_act_is_a_link_between_the_acts(said):
    assert InstrumentLink("S/RES/9718 (2006)", "S/RES/9695 (2006)", "lift") in said
    assert Instrument("S/RES/9695 (2006)", "Security Council resolution", url="https://undocs.org/S/RES/9695(2006)") in said


def test_another_term_and_other_goods_are_read_from_the_document(tmp_path):
    page = [
        "Resolution 9001 (2010)", "Adopted by the Security Council at its 9th meeting, on 1 June 2010", "The Security Council,",
        "Acting under Chapter VII of the Charter of the United Nations,",
        "1. Decides that the DPRK shall not supply, sell or transfer, directly or indirectly, from its territory or by its",
        "nationals or using its flag vessels or aircraft, tea and tin, and that all States shall prohibit the procurement;",
        "2. Decides that the measures imposed by paragraph 1 above shall apply for six months;",
    ]  # fmt: skip
    path = tmp_path / "2026-11-20" / "one.pdf"
    path.parent.mkdir()
    path.write_bytes(pdf([page]))
    records = parsed(path)
    assert [(each.type_text, each.goods_text) for each in of(records, Measure)] == [("import ban", "tea and tin")]
    assert [each.period.earliest for each in of(records, DatedStep)][-1] == dt.date(2010, 12, 1)


def test_an_initial_period_and_the_renewal_of_another_act_are_read(tmp_path):
    page = [
        "Resolution 9002 (2022)", "Adopted by the Security Council at its 9th meeting, on 21 October 2022",
        "The Security Council,", "Acting under Chapter VII of the Charter of the United Nations,",
        "1. Decides that, for an initial period of one year from the date of adoption of this resolution, all Member States",
        "shall prevent the direct or indirect supply, sale or transfer to the listed of Haiti, by their nationals, of arms and",
        "related materiel of all types;",
        "2. Decides to renew until 31 August 2023 the travel measures set out in paragraphs 1 to 7 of resolution 9001 (2017);",
        "3. Decides that, until 31 July 2025, all Member States shall prevent the entry into or transit through their",
        "territories of the listed;",
    ]  # fmt: skip
    path = tmp_path / "2026-11-20" / "one.pdf"
    path.parent.mkdir()
    path.write_bytes(pdf([page]))
    records = parsed(path)
    ends = {each.measure_key: each.period.earliest for each in of(records, DatedStep) if each.action == "expire"}
    assert ends == {
        "S/RES/9002 (2022)|1|arms embargo": dt.date(2023, 10, 21),
        "S/RES/9002 (2022)|3|travel ban": dt.date(2025, 7, 31),
    }
    assert InstrumentLink("S/RES/9002 (2022)", "S/RES/9001 (2017)", "renew") in records


def test_a_document_without_the_heading_of_a_resolution_stops_the_parser(tmp_path):
    path = tmp_path / "2026-11-20" / "one.pdf"
    path.parent.mkdir()
    path.write_bytes(pdf([["Letter dated 1 June 2010"]]))
    with pytest.raises(UnknownResolution):
        parsed(path)


# ---- Fetching ----
class Handler(loopback.Answering):
    """The documents site: a symbol leads to the PDF of its resolution."""

    body = b""

    def respond(self) -> None:
        if self.path.startswith("/en/S/RES/"):
            self.send_on("/doc/UNDOC/GEN/N06/572/07/PDF/N0657207.pdf")
        else:
            self.answer(self.body, "application/pdf")


@pytest.fixture
def site(samples) -> Iterator[str]:
    Handler.body = (samples / SAMPLE).read_bytes()
    with loopback.site(Handler) as place:
        yield place


def test_a_fetched_resolution_is_kept_and_read(site, tmp_path):
    source = replace(SOURCE, urls=(f"http://{site}/en/S/RES/9718(2006)",))
    recordings = Recordings(tmp_path / "documents")
    with Client(allowed_hosts=frozenset({site})) as client:
        recorded = record(source, recordings, client, TODAY)
    assert (recorded.refused, recorded.failed) == ((), ())
    [document] = recordings.documents("un_resolutions_pdf")
    assert document.url == f"http://{site}/en/S/RES/9718(2006)"
    assert len(of(list(source.parse(document, source)), Measure)) == 4


def test_the_addresses_are_those_of_the_acts_whose_texts_are_not_held():
    table = load(("un_resolutions_table",))["un_resolutions_table"]
    later = {row["number"] for row in table.facts["act"] if int(row["number"][6:].split(" ")[0]) > 899}
    wanted = {f"https://undocs.org/en/{number.replace(' ', '')}" for number in later | {"S/RES/778 (1992)"}}
    assert set(SOURCE.urls) == wanted
