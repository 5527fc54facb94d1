"""Acts of the European Union from CELLAR: their days, what they put into other acts, and how they are asked for."""

import datetime as dt
import hashlib
from dataclasses import replace
from pathlib import Path

import loopback
import polars as pl
import pytest
from conftest import document_of

from pipeline.dates import UnreadableDate, european_effect
from pipeline.documents.recording import addresses, record
from pipeline.documents.recordings import INDEX_COLUMNS, Recordings
from pipeline.documents.web import Client, Fetched, FetchError
from pipeline.normalized import normalize
from pipeline.normalized.merging import merge_measures
from pipeline.readers.xml import UnknownContent
from pipeline.records import DatedStep, Goods, Instrument, InstrumentLink, Measure, MeasureInstrument, Reject
from pipeline.sources import load

SOURCES = load(("eu_cellar", "eu_cellar_notices", "eu_sanctions_map"))
TEXTS, NOTICES, MAP = SOURCES["eu_cellar"], SOURCES["eu_cellar_notices"], SOURCES["eu_sanctions_map"]
ADDRESS = "https://publications.europa.eu/resource/celex/{}"


def text_of(path: Path, number: str) -> list:
    return list(TEXTS.parse(document_of("eu_cellar", path, url=ADDRESS.format(number), media_type="text/html"), TEXTS))


def notice_of(path: Path, number: str) -> list:
    return list(NOTICES.parse(document_of("eu_cellar_notices", path, url=ADDRESS.format(number)), NOTICES))


@pytest.fixture(scope="module")
def texts(samples) -> Path:
    return samples / "eu_cellar" / "2023-08-31"


@pytest.fixture(scope="module")
def notices(samples) -> Path:
    return samples / "eu_cellar_notices" / "2023-08-31"


@pytest.fixture(scope="module")
def luxury(texts) -> list:
    return text_of(texts / "32022R0428.xhtml", "32022R0428")


def changed(path: Path, tmp_path: Path, find: str, put: str) -> Path:
    text = path.read_text(encoding="utf-8")
    assert find in text
    copy = tmp_path / "2023-08-31" / path.name
    copy.parent.mkdir()
    copy.write_text(text.replace(find, put), encoding="utf-8")
    return copy


def of(records: list, kind: type) -> list:
    return [each for each in records if isinstance(each, kind)]


def days(records: list, key: str) -> dict:
    return {each.step: str(each.period.earliest) for each in of(records, DatedStep) if each.measure_key == key}


# ---- The text of an act ----
def test_an_amending_act_has_the_days_of_its_title_its_heading_and_its_last_article(luxury):
    act = of(luxury, Instrument)[0]
    assert (act.number, act.type_text) == ("32022R0428", "REGULATION")
    assert (act.signed, act.published, act.effective) == (dt.date(2022, 3, 15), dt.date(2022, 3, 15), dt.date(2022, 3, 16))
    assert act.effective_text == "the day following that of its publication"
    assert act.effective_derivation
    assert act.title == "Council Regulation (EU) 2022/428 of 15 March 2022 amending Regulation (EU) No 833/2014 on Russia"
    assert [(each.number, each.other_number, each.type_text) for each in of(luxury, InstrumentLink)] == [
        ("32022R0428", "32014R0833", "is amended")
    ]


def test_an_inserted_article_that_prohibits_is_a_measure_of_the_act_that_it_is_put_into(luxury):
    measures = {each.key: each for each in of(luxury, Measure)}
    assert set(measures) == {"32014R0833|3g", "32014R0833|3h", "32014R0833|5j"}
    ban = measures["32014R0833|3h"]
    assert (ban.type_text, ban.scope, ban.goods_text, ban.founding_act) == (
        "sell, supply, transfer or export", "goods", "luxury goods", "32014R0833|3h",
    )  # fmt: skip
    assert ban.locator == "//*[@id='003H']"
    rests_on = [
        (each.number, each.role, each.provision_text) for each in of(luxury, MeasureInstrument) if each.measure_key == ban.key
    ]
    assert rests_on == [("32014R0833", "imposes", "Article 3h; Annex XVIII"), ("32022R0428", "imposes", None)]


def test_the_measure_takes_effect_with_the_act_or_on_the_day_of_its_own_article(luxury):
    assert days(luxury, "32014R0833|3h") == {"signed": "2022-03-15", "published": "2022-03-15", "effective": "2022-03-16"}
    assert days(luxury, "32014R0833|5j")["effective"] == "2022-04-15"
    rule = next(each for each in of(luxury, DatedStep) if each.step == "effective")
    assert (rule.period.derivation, rule.locator) == ("1 days after the publication on 2022-03-15", "//*[@id='art_2']")


def test_a_threshold_of_the_article_stands_with_its_goods(luxury):
    goods = {each.item_text: (each.goods_text, each.threshold_amount, each.threshold_unit) for each in of(luxury, Goods)}
    assert goods == {"Annex XVII": ("iron and steel", None, None), "Annex XVIII": ("luxury goods", 300.0, "EUR")}


def test_what_is_replaced_inside_an_article_and_the_guard_of_the_others_are_no_measures(luxury):
    keys = {each.key for each in of(luxury, Measure)}
    assert not {"32014R0833|2b", "32014R0833|12"} & keys
    assert not of(luxury, Reject)


def test_an_article_that_is_replaced_amends_its_measure(texts, tmp_path):
    path = changed(
        texts / "32022R0428.xhtml", tmp_path, "the following Article is inserted:", "Article 5j is replaced by the following:"
    )
    records = text_of(path, "32022R0428")
    assert {each.action for each in of(records, DatedStep) if each.measure_key == "32014R0833|5j"} == {"amend"}
    roles = {(each.number, each.role) for each in of(records, MeasureInstrument) if each.measure_key == "32014R0833|5j"}
    assert ("32022R0428", "amends") in roles


def test_a_paragraph_that_is_added_to_an_article_is_a_measure_where_it_is_one_of_several_kinds(texts):
    records = text_of(texts / "32022R0334.xhtml", "32022R0334")
    assert {each.key: each.scope for each in of(records, Measure)} == {
        "32014R0833|3d": "territory", "32014R0833|5a(4)": "central_bank",
    }  # fmt: skip
    assert days(records, "32014R0833|5a(4)")["effective"] == "2022-02-28"  # the date of its publication


def test_the_cut_off_from_financial_messaging_was_published_ten_days_before_it_took_effect(texts):
    records = text_of(texts / "32022R0345.xhtml", "32022R0345")
    assert days(records, "32014R0833|5h") == {"signed": "2022-03-01", "published": "2022-03-02", "effective": "2022-03-12"}
    assert "32014R0833|2e" not in {each.key for each in of(records, Measure)}  # a paragraph inside an article
    assert days(records, "32014R0833|5i")["effective"] == "2022-03-02"


def test_an_act_that_amends_none_has_its_own_articles_as_measures(texts):
    records = text_of(texts / "32014R0833.xhtml", "32014R0833")
    assert {each.key: each.type_text for each in of(records, Measure)} == {
        "32014R0833|2": "sell, supply, transfer or export",
        "32014R0833|5": "transferable securities",
    }
    assert days(records, "32014R0833|5") == {"signed": "2014-07-31", "published": "2014-07-31", "effective": "2014-08-01"}
    rests_on = {(each.number, each.provision_text) for each in of(records, MeasureInstrument)}
    assert rests_on == {("32014R0833", f"Article {each}") for each in ("2", "5")}
    assert not of(records, InstrumentLink)


def test_changing_the_day_or_the_goods_of_the_act_changes_the_row(texts, tmp_path):
    path = changed(texts / "32022R0428.xhtml", tmp_path, "15.3.2022", "18.3.2022")
    assert days(text_of(path, "32022R0428"), "32014R0833|3h")["effective"] == "2022-03-19"
    path.write_text(path.read_text(encoding="utf-8").replace("luxury goods as", "luxury cars as"), encoding="utf-8")
    assert of(text_of(path, "32022R0428"), Goods)[1].goods_text == "luxury cars"


def test_the_page_of_another_act_or_of_no_act_stops_the_parser(texts, tmp_path):
    with pytest.raises(UnknownContent, match=r"32022R0429.*32022R0428"):
        text_of(texts / "32022R0428.xhtml", "32022R0429")
    with pytest.raises(UnknownContent, match="expected the title"):
        text_of(changed(texts / "32022R0428.xhtml", tmp_path, "oj-doc-ti", "oj-normal"), "32022R0428")


def test_an_act_without_a_day_of_effect_is_a_reject_and_its_measures_have_none(texts, tmp_path):
    path = changed(texts / "32022R0428.xhtml", tmp_path, "the day following that of its publication", "a day to be told")
    records = text_of(path, "32022R0428")
    assert [each.reason for each in of(records, Reject)] == ["malformed_date"]
    assert "effective" not in days(records, "32014R0833|3h")


def test_a_prohibition_of_no_known_kind_is_a_reject_of_its_closed_list(texts, tmp_path):
    path = changed(texts / "32022R0428.xhtml", tmp_path, "provide credit rating services", "read the stars")
    rejects = normalize(
        document_of("eu_cellar", path, url=ADDRESS.format("32022R0428"), media_type="text/html"), TEXTS
    )["rejects"]  # fmt: skip
    assert rejects.filter(table="measures")["reason_code"].to_list() == ["unknown_label"]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("the day following that of its publication", dt.date(2022, 3, 16)),
        ("the day following its publication", dt.date(2022, 3, 16)),
        ("the date of its publication", dt.date(2022, 3, 15)),
        ("the day of its publication", dt.date(2022, 3, 15)),
        ("the twentieth day following that of its publication", dt.date(2022, 4, 4)),
        ("1 April 2022", dt.date(2022, 4, 1)),
    ],
)
def test_the_rules_of_effect_of_the_union_count_from_the_publication(words, day):
    assert european_effect(words, published=dt.date(2022, 3, 15)).earliest == day


def test_other_words_of_effect_are_unreadable():
    with pytest.raises(UnreadableDate):
        european_effect("the day after tomorrow", published=dt.date(2022, 3, 15))


# ---- Its notice ----
def test_a_notice_tells_the_days_of_an_act_and_no_placeholder(notices):
    act = of(notice_of(notices / "32022R0428.xml", "32022R0428"), Instrument)[0]
    assert (act.signed, act.effective, act.ends) == (dt.date(2022, 3, 15), dt.date(2022, 3, 16), None)
    assert act.title == "Council Regulation (EU) 2022/428 of 15 March 2022 amending Regulation (EU) No 833/2014"
    repealed = of(notice_of(notices / "32007R0329.xml", "32007R0329"), Instrument)[0]
    assert (repealed.effective, repealed.ends) == (None, dt.date(2017, 8, 31))


def test_a_relation_is_told_from_the_side_of_the_act_that_acts(notices):
    def links(number: str) -> list:
        return [tuple(each) for each in of(notice_of(notices / f"{number}.xml", number), InstrumentLink)]

    assert links("32022R0428") == [("32022R0428", "32014R0833", "RESOURCE_LEGAL_AMENDS_RESOURCE_LEGAL")]
    assert [link[:2] for link in links("32014R0833")] == [("32022R0428", "32014R0833"), ("32022R0345", "32014R0833")]
    assert links("32007R0329") == [("32017R1509", "32007R0329", "RESOURCE_LEGAL_REPEALED_BY_RESOURCE_LEGAL")]


def test_a_relation_that_the_table_does_not_hold_is_a_reject(notices, tmp_path):
    path = changed(notices / "32022R0428.xml", tmp_path, "RESOURCE_LEGAL_AMENDS_", "RESOURCE_LEGAL_SUSPENDS_")
    rejects = normalize(document_of("eu_cellar_notices", path, url=ADDRESS.format("32022R0428")), NOTICES)["rejects"]
    assert rejects.select("table", "reason_code").rows() == [("instrument_links", "unknown_label")]


def test_a_day_that_is_none_is_a_reject_and_the_notice_of_another_act_is_refused(notices, tmp_path):
    path = changed(notices / "32022R0428.xml", tmp_path, "<VALUE>2022-03-15</VALUE>", "<VALUE>soon</VALUE>")
    records = notice_of(path, "32022R0428")
    assert [each.reason for each in of(records, Reject)] == ["malformed_date"]
    assert of(records, Instrument)[0].signed is None
    with pytest.raises(UnknownContent, match="notice of 32022R0428"):
        notice_of(path, "32022R0429")


# ---- One measure, many documents ----
def test_the_map_and_the_act_tell_one_measure_with_the_acts_days(samples, texts):
    told = [
        (MAP, document_of("eu_sanctions_map", samples / "eu_sanctions_map" / "2023-08-31" / "regime.json")),
        (TEXTS, document_of("eu_cellar", texts / "32022R0428.xhtml", url=ADDRESS.format("32022R0428"))),
    ]
    frames = [
        {
            name: frame.with_columns(
                source_id=pl.lit(source.source_id), kind_code=pl.lit(source.kind), known_from_at=pl.lit(None)
            ).with_columns(publisher_name=pl.lit(source.publisher_name))
            for name, frame in normalize(document, source).items()
        }
        for source, document in told
    ]
    tables = ("measures", "listings", "dates", "goods", "measure_keys", "measure_instruments")
    united = {name: pl.concat([each[name] for each in frames], how="diagonal_relaxed") for name in tables}
    merged = merge_measures(united)
    keys = merged["measure_keys"].filter(pl.col("source_key").is_in(["312", "32014R0833|3h"]))
    assert keys["measure_id"].n_unique() == 1
    days_told = merged["dates"].filter(measure_id=keys["measure_id"][0], date_precision_code="day")
    assert dict(days_told.select("step_code", "date").rows()) == {
        "signed": dt.date(2022, 3, 15), "published": dt.date(2022, 3, 15), "effective": dt.date(2022, 3, 16),
    }  # fmt: skip
    rests_on = merged["measure_instruments"].filter(measure_id=keys["measure_id"][0], role_code="imposes")
    assert rests_on["provision_text"].to_list().count("Article 3h; Annex XVIII") == 1


# ---- Asking for it ----
class Cellar:
    """Stands in for the client: gives the samples, and notes what it was asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[tuple[str, dict]] = []

    def fetch(self, url: str, into: Path, *, headers: dict | None = None, **_: object) -> Fetched:
        self.asked.append((url, dict(headers or {})))
        body = self.folder / f"{url.rsplit('/', 1)[-1]}.xhtml"
        if not body.exists():
            raise FetchError(url, "http_status", "expected 200, got 404.")
        copy = into / "body"
        copy.write_bytes(body.read_bytes())
        now = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
        sha256 = hashlib.sha256(copy.read_bytes()).hexdigest()
        return Fetched(copy, url, url, now, None, None, "application/xhtml+xml", copy.stat().st_size, sha256)


def test_acts_are_asked_for_by_number_those_of_the_table_and_those_that_the_map_names(samples, texts, tmp_path):
    recordings = Recordings(tmp_path)
    row = ["eu_sanctions_map", MAP.urls[0], "2023-08-31", "", "application/json", "regime.json", "", "0", "0" * 64, "", "", ""]
    (tmp_path / "index.csv").write_text(f"{','.join(INDEX_COLUMNS[:12])}\n{','.join(row)}\n", encoding="utf-8")
    (tmp_path / "regime.json").write_bytes((samples / "eu_sanctions_map" / "2023-08-31" / "regime.json").read_bytes())
    asked = addresses(TEXTS, recordings)
    assert asked[: len(TEXTS.urls)] == TEXTS.urls
    assert ADDRESS.format("32022R0428") in TEXTS.urls
    assert ADDRESS.format("32017R1509") in asked  # only the map names it
    assert not [url for url in asked if "S/RES" in url]
    assert len(asked) == len(set(asked))
    cellar = Cellar(texts)
    recorded = record(TEXTS, recordings, cellar, dt.date(2026, 1, 5))
    assert [url for url, _ in cellar.asked] == list(asked)
    assert cellar.asked[0][1] == {"Accept": "application/xhtml+xml", "Accept-Language": "eng"}
    assert [each.message for each in recorded.refused] == []
    assert {document.url for document in recorded.fetched} == {
        ADDRESS.format(number) for number in ("32014R0833", "32022R0334", "32022R0345", "32022R0428")
    }
    assert not recorded.refused
    assert len(recorded.failed) == len(asked) - 4
    assert {document.published_date for document in recorded.fetched} == {
        dt.date(2014, 7, 31), dt.date(2022, 2, 28), dt.date(2022, 3, 2), dt.date(2022, 3, 15),
    }  # fmt: skip


class Negotiator(loopback.Answering):
    """Sends on, as CELLAR does, to the form of the act that the request accepts."""

    folder: Path

    def respond(self) -> None:
        wanted = self.headers["Accept"]
        if "/celex/" in self.path:
            self.send_on("/cellar/text" if wanted == "application/xhtml+xml" else "/cellar/notice", 303)
            return
        form = (
            "eu_cellar/2023-08-31/32022R0428.xhtml"
            if self.path == "/cellar/text"
            else "eu_cellar_notices/2023-08-31/32022R0428.xml"
        )
        self.answer((self.folder / form).read_bytes(), f"{wanted.partition(';')[0]};charset=UTF-8")


@pytest.mark.parametrize(("source", "media_type"), [(TEXTS, "text/html"), (NOTICES, "application/xml")])
def test_one_address_gives_the_text_or_the_notice_of_an_act_over_http(samples, tmp_path, monkeypatch, source, media_type):
    monkeypatch.setattr(Negotiator, "folder", samples, raising=False)
    with loopback.site(Negotiator) as place, Client(allowed_hosts=frozenset({place})) as client:
        asked = replace(source, urls=(f"http://{place}/resource/celex/32022R0428",), addresses=None)
        recorded = record(asked, Recordings(tmp_path / "documents"), client, dt.date(2026, 1, 5))
    (document,) = recorded.fetched
    assert (document.media_type, document.compression) == (media_type, "xz")
    assert next(each.number for each in source.parse(document, source) if isinstance(each, Instrument)) == "32022R0428"


def test_without_a_recorded_map_the_acts_of_the_table_are_asked_for(tmp_path):
    (tmp_path / "index.csv").write_text(",".join(INDEX_COLUMNS) + "\n", encoding="utf-8")
    assert addresses(TEXTS, Recordings(tmp_path)) == TEXTS.urls
