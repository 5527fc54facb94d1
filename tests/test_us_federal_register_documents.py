"""The Federal Register by its API: documents, corrections, effective days, and the texts of executive orders."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import loopback
import pytest
from conftest import document_of

from pipeline.documents.recording import record
from pipeline.documents.recordings import Recordings
from pipeline.documents.web import Client
from pipeline.normalized import normalize
from pipeline.readers.xml import UnknownContent
from pipeline.records import DatedStep, Goods, Instrument, InstrumentLink, Measure, MeasureInstrument, Record, Reject
from pipeline.sources import Source, load

FOLDER = Path("us_federal_register_documents") / "2026-10-02"
MEDIA_TYPES = {".json": "application/json", ".xml": "application/xml"}
LUXURY = "87 FR 14785|Imposition of Sanctions on goods under the Export Administration Regulations"


@pytest.fixture(scope="module")
def source() -> Source:
    return load(("us_federal_register_documents",))["us_federal_register_documents"]


@pytest.fixture(scope="module")
def texts() -> Source:
    return load(("us_federal_register_texts",))["us_federal_register_texts"]


def parsed(source: Source, path: Path) -> list[Record]:
    document = document_of("us_federal_register_documents", path, media_type=MEDIA_TYPES[path.suffix])
    return list(source.parse(document, source))


@pytest.fixture(scope="module")
def orders(source: Source, samples: Path) -> list[Record]:
    return parsed(source, samples / FOLDER / "executive-orders.json")


@pytest.fixture(scope="module")
def treasury(source: Source, samples: Path) -> list[Record]:
    return parsed(source, samples / FOLDER / "foreign-assets-control.json")


@pytest.fixture(scope="module")
def commerce(source: Source, samples: Path) -> list[Record]:
    return parsed(source, samples / FOLDER / "industry-and-security.json")


@pytest.fixture(scope="module")
def text(texts: Source, samples: Path) -> list[Record]:
    return parsed(texts, samples / FOLDER / "2022-05554.xml")


def written(tmp_path: Path, name: str, words: str) -> Path:
    path = tmp_path / "2026-10-02" / name
    path.parent.mkdir()
    path.write_text(words, encoding="utf-8")
    return path


def acts(records: list[Record]) -> dict[str, Instrument]:
    return {record.number: record for record in records if isinstance(record, Instrument)}


def links(records: list[Record]) -> set[tuple[str, str, str]]:
    return {(record.number, record.type_text, record.other_number) for record in records if isinstance(record, InstrumentLink)}


def steps(records: list[Record], key: str) -> list[tuple[str, str, dt.date | None]]:
    return [
        (each.action, each.step, each.period.earliest)
        for each in records
        if isinstance(each, DatedStep) and each.measure_key == key
    ]


# --- Addresses --------------------------------------------------------------------------------------------------------


def test_each_address_asks_for_a_part_that_one_answer_can_hold(source: Source) -> None:
    """The window of a search is 2,000 documents: addresses are parted by agency and day, with a whole page each."""
    asked = [parse_qs(urlsplit(url).query) for url in source.urls]
    assert all(each["per_page"] == ["1000"] and "conditions[publication_date][gte]" in each for each in asked)
    assert {agency for each in asked for agency in each.get("conditions[agencies][]", [])} == {
        "foreign-assets-control-office",
        "industry-and-security-bureau",
        "state-department",
    }


def test_the_addresses_ask_for_known_fields_only(source: Source) -> None:
    asked = {field for url in source.urls for field in parse_qs(urlsplit(url).query)["fields[]"]}
    assert asked == set(source.facts["fields"]["known"])


def test_only_the_lists_of_executive_orders_lead_to_texts(source: Source) -> None:
    for url in source.urls:
        asked = parse_qs(urlsplit(url).query)
        of_orders = asked.get("conditions[presidential_document_type][]") == ["executive_order"]
        assert ("full_text_xml_url" in asked["fields[]"]) == of_orders


# --- Lists of executive orders ----------------------------------------------------------------------------------------


def test_an_executive_order_has_its_number_days_and_address(orders: list[Record]) -> None:
    order = acts(orders)["Executive Order 14068"]
    assert (order.signed, order.published, order.quote) == (dt.date(2022, 3, 11), dt.date(2022, 3, 15), "87 FR 14381")
    assert order.locator == "/results[document_number='2022-05554']"


def test_its_disposition_notes_are_links_and_the_older_field_is_read_where_it_has_them(orders: list[Record]) -> None:
    assert ("Executive Order 14114", "Amended by", "Executive Order 14068") in links(orders)
    blocked = "Executive Order 14046|Blocking Property"
    assert steps(orders, blocked)[-1] == ("renew", "signed", dt.date(2025, 9, 8))


def test_a_correction_is_an_act_that_amends_what_it_corrects(source: Source, orders: list[Record]) -> None:
    assert ("87 FR 15000", "correction_of", "Executive Order 14068") in links(orders)
    assert source.code("instrument_type", acts(orders)["87 FR 15000"].type_text) == "corrigendum"
    assert source.code("instrument_link_type", "correction_of") == "amends"


def test_the_measures_of_the_title_are_those_of_the_sections(orders: list[Record], text: list[Record]) -> None:
    def founding(records: list[Record]) -> set[str | None]:
        return {record.founding_act for record in records if isinstance(record, Measure) and "14068" in record.key}

    assert founding(orders) == founding(text)
    assert "Executive Order 14068|1(a)(ii)" in founding(text)


# --- Lists of agencies ------------------------------------------------------------------------------------------------


def test_a_rule_takes_effect_on_its_day_and_changes_its_parts_of_the_code(treasury: list[Record]) -> None:
    rule = acts(treasury)["87 FR 11297"]
    assert (rule.type_text, rule.published, rule.effective) == ("Rule", dt.date(2022, 3, 1), dt.date(2022, 3, 1))
    assert rule.effective_text == "This rule is effective March 1, 2022."
    assert ("87 FR 11297", "cfr_references", "31 CFR Part 587") in links(treasury)
    assert acts(treasury)["31 CFR Part 587"].url == "https://www.ecfr.gov/current/title-31/part-587"


def test_a_notice_has_no_effective_day_and_is_no_measure(treasury: list[Record]) -> None:
    assert acts(treasury)["91 FR 50000"].effective is None
    assert not [record for record in treasury if isinstance(record, Measure)]


def test_the_rule_on_luxury_goods_is_a_control_against_russia_and_belarus(source: Source, commerce: list[Record]) -> None:
    [measure] = [record for record in commerce if isinstance(record, Measure)]
    assert (measure.key, measure.goods_text, measure.territory_texts) == (LUXURY, "Luxury Goods", ("Russia", "Belarus"))
    assert (measure.authority_name, measure.founding_act) == ("Bureau of Industry and Security", "87 FR 14785")
    assert source.code("measure_type", measure.type_text) == "export_control"


def test_the_rule_took_effect_before_it_was_printed(commerce: list[Record]) -> None:
    assert steps(commerce, LUXURY) == [
        ("impose", "published", dt.date(2022, 3, 16)),
        ("impose", "effective", dt.date(2022, 3, 11)),
    ]
    assert [record.number for record in commerce if isinstance(record, MeasureInstrument)] == ["87 FR 14785"]


def test_the_correction_of_a_rule_founds_no_measure_of_its_own(commerce: list[Record]) -> None:
    assert ("87 FR 20295", "correction_of", "87 FR 14785") in links(commerce)


def test_a_correction_of_a_document_that_is_not_there_is_a_reject(source: Source, samples: Path, tmp_path: Path) -> None:
    answer: dict[str, Any] = json.loads((samples / FOLDER / "industry-and-security.json").read_text(encoding="utf-8"))
    answer["results"], answer["count"] = answer["results"][1:], 1
    records = parsed(source, written(tmp_path, "list.json", json.dumps(answer)))
    assert [(r.table, r.reason) for r in records if isinstance(r, Reject)] == [("instrument_links", "dangling_reference")]


def test_an_answer_that_is_not_whole_is_refused(source: Source, samples: Path, tmp_path: Path) -> None:
    answer = json.loads((samples / FOLDER / "foreign-assets-control.json").read_text(encoding="utf-8"))
    with pytest.raises(ValueError, match="1200 documents, came 2"):
        parsed(source, written(tmp_path, "list.json", json.dumps(answer | {"count": 1200})))


def test_another_field_is_news(source: Source, samples: Path, tmp_path: Path) -> None:
    answer = json.loads((samples / FOLDER / "foreign-assets-control.json").read_text(encoding="utf-8"))
    answer["results"][0]["significant"] = True
    with pytest.raises(ValueError, match="significant"):
        parsed(source, written(tmp_path, "list.json", json.dumps(answer)))


# --- Texts of executive orders ----------------------------------------------------------------------------------------


def test_the_text_of_an_order_gives_its_bans_with_their_goods(text: list[Record]) -> None:
    bans = [(record.type_text, record.founding_act) for record in text if isinstance(record, Measure)]
    assert bans == [
        ("importation into the United States", "Executive Order 14068"),
        ("exportation, reexportation, sale, or supply", "Executive Order 14068|1(a)(ii)"),
        ("new investment", "Executive Order 14068"),
        ("exportation, reexportation, sale, or supply", "Executive Order 14068|1(a)(iv)"),
    ]
    assert [(record.item_text, record.goods_text) for record in text if isinstance(record, Goods)][3:] == [
        ("section 1(a)(ii)", "luxury goods"),
        ("section 1(a)(iv)", "U.S. dollar-denominated banknotes"),
    ]


def test_the_text_tells_when_it_was_signed(text: list[Record]) -> None:
    key = "Executive Order 14068|1(a)(ii)|exportation, reexportation, sale, or supply"
    assert steps(text, key) == [("impose", "signed", dt.date(2022, 3, 11)), ("impose", "effective", dt.date(2022, 3, 11))]
    assert acts(text)["Executive Order 14068"].url == "https://www.federalregister.gov/executive-order/14068"


def test_a_place_names_the_order_and_the_offsets_in_its_paragraphs(text: list[Record]) -> None:
    [luxury] = [record for record in text if isinstance(record, Goods) and record.goods_text == "luxury goods"]
    assert luxury.locator.startswith("//EXECORD[EXECORDR='Executive Order 14068 of March 11, 2022']/char:")


def test_a_text_is_read_by_one_source_and_a_list_by_the_other(source: Source, texts: Source, samples: Path) -> None:
    assert parsed(source, samples / FOLDER / "2022-05554.xml") == []
    assert parsed(texts, samples / FOLDER / "executive-orders.json") == []
    assert texts.recorded_as == source.source_id
    assert set(texts.urls) < set(source.urls)
    assert texts.pages == source.pages


def test_an_unknown_element_of_a_text_is_news(texts: Source, samples: Path, tmp_path: Path) -> None:
    xml = (samples / FOLDER / "2022-05554.xml").read_text(encoding="utf-8").replace("<PSIG> </PSIG>", "<TABLE/>")
    with pytest.raises(UnknownContent, match="TABLE"):
        parsed(texts, written(tmp_path, "order.xml", xml))


def test_nothing_of_the_samples_is_rejected(source: Source, texts: Source, samples: Path) -> None:
    for path in sorted((samples / FOLDER).iterdir()):
        document = document_of("us_federal_register_documents", path, media_type=MEDIA_TYPES[path.suffix])
        for reader in (source, texts):
            assert normalize(document, reader)["rejects"].is_empty(), path.name


# --- Fetching, on loopback --------------------------------------------------------------------------------------------

SITE = "https://www.federalregister.gov"


class Register(loopback.Answering):
    """Answers as the Register does: a list of orders, empty lists else, and the text that the list leads to."""

    folder: Path
    place: str
    asked: list[str]

    def respond(self) -> None:
        self.asked.append(self.path)
        name, media_type = "2022-05554.xml", "text/xml"
        if "/api/" in self.path:
            name, media_type = "executive-orders.json", "application/json; charset=utf-8"
        body = (self.folder / name).read_text(encoding="utf-8").replace(SITE, self.place).encode()
        self.answer(body, media_type)


@pytest.fixture
def register(samples: Path) -> Iterator[type[Register]]:
    handler = type("Here", (Register,), {"folder": samples / FOLDER, "asked": []})
    with loopback.site(handler) as place:
        handler.place = f"http://{place}"
        yield handler


def moved(source: Source, place: str) -> Source:
    """The source with one list of orders, at a place on loopback."""
    pages = replace(source.pages, links=re.compile(source.pages.links.pattern.replace(re.escape(SITE), re.escape(place))))
    return replace(source, urls=(source.urls[2].replace(SITE, place),), pages=pages, pause_seconds=0)


def test_a_list_of_orders_is_fetched_and_the_text_that_it_leads_to(
    source: Source, register: type[Register], tmp_path: Path
) -> None:
    here = moved(source, register.place)
    recordings = Recordings(tmp_path / "recordings")
    with Client(allowed_hosts=frozenset({urlsplit(register.place).netloc})) as client:
        first = record(here, recordings, client, dt.date(2026, 10, 2))
        again = record(here, recordings, client, dt.date(2026, 10, 3))
    assert (first.refused, first.failed) == ((), ())
    assert [document.media_type for document in first.fetched] == ["application/json", "application/xml"]
    assert (again.fetched, len(again.unchanged)) == ((), 1)  # a text that is held is not asked for again
    assert "conditions%5Bpresidential_document_type%5D%5B%5D=executive_order" in register.asked[0]
    assert register.asked[1] == "/documents/full_text/xml/2022/03/15/2022-05554.xml"


def test_what_was_fetched_is_read(source: Source, texts: Source, register: type[Register], tmp_path: Path) -> None:
    here = moved(source, register.place)
    recordings = Recordings(tmp_path / "recordings")
    with Client(allowed_hosts=frozenset({urlsplit(register.place).netloc})) as client:
        fetched = record(here, recordings, client, dt.date(2026, 10, 2)).fetched
    said = [each for document in fetched for reader in (source, texts) for each in reader.parse(document, reader)]
    assert "luxury goods" in [each.goods_text for each in said if isinstance(each, Goods)]
    assert not [each for each in said if isinstance(each, Reject)]
