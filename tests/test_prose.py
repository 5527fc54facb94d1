"""Texts become documents, and what they say claims with dates and evidence, over all editions, without being published."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import polars as pl
import pytest
from conftest import document_of, register_source

from pipeline import claims, history
from pipeline.claims import Claim, ClaimDate, Span, Text
from pipeline.documents import Document
from pipeline.documents.judgement import State
from pipeline.history import Edition
from pipeline.normalized import normalize
from pipeline.published import DATABASE, publish
from pipeline.records import Item, Record, Reject
from pipeline.sources import Format, Source
from pipeline.tables import Reading, build

BAN = "Japan bans exports of luxury cars to Russia. It said so on Tuesday."
TUESDAY = dt.date(2022, 3, 29)


def read(text: Text) -> list[Claim]:
    """A small reader: the first sentence is a claim, the word Tuesday a day of it."""
    if "bans" not in text.text:
        return []
    end, day = text.text.index(".") + 1, text.text.find("on Tuesday")
    dates: tuple[ClaimDate, ...] = ()
    if day >= 0:
        told = (text.published, text.published, "day") if text.published else (None, None, "day")
        why = "the Tuesday of the day of publication" if text.published else None
        dates = (ClaimDate("impose", "announced", *told, "on Tuesday", Span(day, day + 10), why),)  # type: ignore[arg-type]
    evidence = (Span(0, end), Span(end + 1, len(text.text)))
    return [
        Claim(
            issuer_codes=("JP",), territory_codes=("RU",), measure_type_code="export_ban", status_code="announced",
            action_code="impose", evidence=evidence, goods_text="luxury cars", dates=dates, confidence_code="high",
        )
    ]  # fmt: skip


@pytest.fixture(autouse=True)
def small_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "examined", lambda text: (read(text), []))


def parse(document: Document, source: Source) -> Iterator[Record]:
    for key, (text, day) in json.loads(document.read()).items():
        published = dt.date.fromisoformat(day) if day else None
        yield Item(
            key=key, text=text, locator=f"/{key}", published_source="feed", published=published, title=f"Title of {key}",
            url=f"https://example.org/{key}",
        )  # fmt: skip


def press(name: str = "xx_press", **changes: object) -> Source:
    facts: dict[str, object] = {
        "source_id": name, "register_code": None, "kind": "news", "states": "all", "parse": parse, "words": {},
        "document": Format("application/json"), "urls": (f"https://example.org/{name}.json",),
    }  # fmt: skip
    return register_source(**{**facts, **changes})


def stated(folder: Path, source: Source, day: str, items: dict[str, tuple[str, str | None]]) -> Edition:
    path = folder / source.source_id / day / "items.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(items), encoding="utf-8")
    document = document_of(source.source_id, path, url=source.urls[0], media_type="application/json")
    rows = path.parent / "rows"
    rows.mkdir()
    for table, frame in normalize(document, source).items():
        frame.write_parquet(rows / f"{table}.parquet")
    return Edition(source, State(document, len(items)), rows)


def rows_of(folder: Path, *editions: Edition) -> dict[str, pl.DataFrame]:
    """The tables of the contract that a build over the editions writes."""
    by_source: dict[str, list[Edition]] = {}
    for edition in editions:
        by_source.setdefault(edition.source.source_id, []).append(edition)
    readings, histories = [], {}
    for name, held in by_source.items():
        histories[name] = folder / "history" / name
        histories[name].mkdir(parents=True)
        for table, frame in history.fold(held).items():
            frame.write_parquet(histories[name] / f"{table}.parquet")
        readings.append(Reading(held[0].source, tuple(edition.state for edition in held), (), tuple(held)))
    build(readings, histories, folder / "tables")
    return {path.stem: pl.read_parquet(path) for path in (folder / "tables").glob("*.parquet")}


def test_a_text_is_a_document_by_the_hash_of_its_words(tmp_path: Path) -> None:
    edition = stated(tmp_path, press(), "2022-03-30", {"a": (BAN, "2022-03-29")})
    (row,) = edition.rows("documents").to_dicts()
    assert row == {
        "document_id": hashlib.sha256(BAN.encode()).hexdigest(),
        "container_document_id": edition.state.document.document_id,
        "container_locator": "/a",
        "source_id": "xx_press",
        "publisher_name": None,
        "publisher_issuer_code": None,
        "title": "Title of a",
        "url": "https://example.org/a",
        "language": "en",
        "published_date": TUESDAY,
        "published_date_source_code": "feed",
        "media_type": "text/plain",
        "byte_count": len(BAN),
        "licence": "test",
    }


def test_a_claim_stands_with_its_places_and_its_dates(tmp_path: Path) -> None:
    tables = rows_of(tmp_path, stated(tmp_path, press(), "2022-03-30", {"a": (BAN, "2022-03-29")}))
    (claim,) = tables["claims"].to_dicts()
    places = {row["evidence_id"]: row for row in tables["evidence"].to_dicts()}
    assert places[claim["evidence_id"]]["locator"] == "char:0-44"
    assert places[claim["evidence_id"]]["quote_text"] == "Japan bans exports of luxury cars to Russia."
    assert [places[other]["locator"] for other in claim["other_evidence_ids"]] == ["char:45-67"]
    assert (claim["issuer_codes"], claim["territory_codes"], claim["measure_type_code"]) == (["JP"], ["RU"], "export_ban")
    assert claim["measure_id"] is None
    (step,) = tables["dates"].to_dicts()
    assert (step["claim_id"], step["measure_id"], step["event_code"]) == (claim["claim_id"], None, "announced")
    assert (step["date"], step["date_text"], step["is_derived"]) == (TUESDAY, "on Tuesday", True)
    assert places[step["evidence_id"]]["locator"] == "char:56-66"


def test_every_quote_reads_back_at_its_offsets_and_no_text_is_published(tmp_path: Path) -> None:
    tables = rows_of(tmp_path, stated(tmp_path, press(), "2022-03-30", {"a": (BAN, "2022-03-29")}))
    for row in tables["evidence"].to_dicts():
        start, end = (int(number) for number in row["locator"].removeprefix("char:").split("-"))
        assert row["quote_text"] == BAN[start:end]
    cells = [str(cell) for table in tables.values() for row in table.rows() for cell in row]
    assert not any(BAN in cell for cell in cells)


@pytest.mark.parametrize("allowed", [False, None])
def test_news_under_copyright_is_told_without_a_quote(tmp_path: Path, allowed: bool | None) -> None:
    source = press(is_redistributable=allowed)
    tables = rows_of(tmp_path, stated(tmp_path, source, "2022-03-30", {"a": (BAN, "2022-03-29")}))
    assert tables["evidence"]["quote_text"].to_list() == [None, None, None]
    assert tables["evidence"]["locator"].sort().to_list() == ["char:0-44", "char:45-67", "char:56-66"]


@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        ("Japan bans exports. Russia protests", False),
        ("The U.S. Treasury, with Mr. Kishida, bans cars worth $1.5 million", True),
        ("Japan bans cars.\n\nRussia protests", False),
        ("“Japan bans cars.” The minister said so", False),
        ("政府は高級車の輸出を禁止した。", True),
        ("The order is revoked. (b) This ends no suit", False),
        ("<span style='x'>Sec</span>. 3. The order is revoked", False),
        ("Japan bans cars &amp; boats", False),
        ("Cars of < 500 and boats of > 300 horse powers are banned", True),
        ("政府は高級車の輸出を禁止した。措置は五日に始まる。", False),
    ],
)
def test_a_quote_is_one_sentence_at_most(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, *, is_one: bool) -> None:
    claim = Claim(("JP",), ("RU",), "export_ban", None, "impose", (Span(0, len(words)),))
    monkeypatch.setattr(claims, "examined", lambda text: ([claim], []))
    edition = stated(tmp_path, press(), "2022-03-30", {"a": (words, None)})
    assert edition.rows("evidence")["quote_text"].to_list() == [words if is_one else None]


LONG = "Japan bans exports of luxury cars to Russia. " * 60


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("The U.S. bans cars", "The U.S. bans cars"),
        ("  Japan bans cars.  ", "Japan bans cars."),
        (LONG, "Japan bans exports of luxury cars to Russia. …"),
        ("Cars banned\nJapan bans cars", "Cars banned …"),
        ("日本" * 300, "日本" * 149 + "日…"),
        ("cars " * 100, ("cars " * 59).strip() + "…"),
        (" ", None),
    ],
)
def test_the_title_of_a_text_under_copyright_is_a_sentence_at_most(tmp_path: Path, title: str, shown: str | None) -> None:
    def titled(document: Document, source: Source) -> Iterator[Record]:
        yield Item(key="a", text=BAN, locator="/a", published_source="unknown", title=title)

    def title_of(name: str, *, allowed: bool) -> object:
        source = press(name, parse=titled, is_redistributable=allowed)
        return stated(tmp_path, source, "2022-03-30", {}).rows("documents")["title"].item()

    assert title_of("xx_closed", allowed=False) == shown
    assert title_of("xx_open", allowed=True) == (title.strip() or None)


def test_goods_of_a_text_under_copyright_are_a_sentence_at_most(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    claim = Claim(("JP",), ("RU",), "export_ban", None, "impose", (Span(0, 9),), goods_text="cars, " * 100)
    monkeypatch.setattr(claims, "examined", lambda text: ([claim], []))
    edition = stated(tmp_path, press(is_redistributable=False), "2022-03-30", {"a": (BAN, None)})
    assert edition.rows("claims")["goods_text"].to_list() == [("cars, " * 49).strip() + "…"]


def test_of_what_is_refused_of_a_text_under_copyright_no_more_than_a_sentence_stands(tmp_path: Path) -> None:
    def refusing(document: Document, source: Source) -> Iterator[Record]:
        yield Reject("/a", "documents", "malformed_date", "expected an instant", LONG)
        yield Reject("/b", "documents", "malformed_date", "expected an instant", "on some Tuesday")

    def raw(name: str, **changes: object) -> list[object]:
        rejects = stated(tmp_path, press(name, parse=refusing, **changes), "2022-03-30", {}).rows("rejects")
        return [json.loads(words)["raw"] for words in rejects["raw_json"]]

    told = {"character_count": len(LONG), "sha256": hashlib.sha256(LONG.encode()).hexdigest()}
    assert raw("xx_closed", is_redistributable=False) == [told, "on some Tuesday"]
    assert raw("xx_silent", is_redistributable=None) == [told, "on some Tuesday"]
    assert raw("xx_open", is_redistributable=True) == [LONG, "on some Tuesday"]
    assert raw("xx_law", is_redistributable=None, kind="law") == [LONG, "on some Tuesday"]


def test_a_day_that_cannot_be_resolved_keeps_its_words(tmp_path: Path) -> None:
    tables = rows_of(tmp_path, stated(tmp_path, press(), "2022-03-30", {"a": (BAN, None)}))
    (step,) = tables["dates"].to_dicts()
    assert (step["date"], step["date_latest"], step["date_precision_code"]) == (None, None, None)
    assert (step["date_text"], step["is_derived"]) == ("on Tuesday", False)
    assert len(tables["rejects"]) == 0


def test_a_text_that_is_repeated_is_one_document_known_from_its_publication(tmp_path: Path) -> None:
    both = {"a": (BAN, "2022-03-29"), "b": ("Nothing here.", None)}
    editions = [
        stated(tmp_path, press(), "2022-03-30", both),
        stated(tmp_path, press(), "2022-03-31", both),
        stated(tmp_path, press(), "2022-04-01", {"b": both["b"]}),
    ]
    frames = history.fold(editions[::-1])
    known = dict(frames["documents"].select("title", pl.col("known_from_at").cast(pl.Date)).iter_rows())
    assert known == {"Title of a": TUESDAY, "Title of b": TUESDAY + dt.timedelta(days=1)}
    assert set(frames["documents"]["container_document_id"]) == {editions[0].state.document.document_id}
    assert len(frames["claims"]) == 1
    assert frames["dates"]["known_from_at"].cast(pl.Date).to_list() == [TUESDAY]


def test_not_being_repeated_never_ends_what_a_text_told(tmp_path: Path) -> None:
    first = stated(tmp_path, press(), "2022-03-30", {"a": (BAN, "2022-03-29")})
    tables = rows_of(tmp_path, first, stated(tmp_path, press(), "2022-03-31", {}))
    assert tables["dates"]["known_until_at"].to_list() == [None]
    assert len(tables["claims"]) == 1


def test_one_text_in_two_sources_is_told_once_by_the_press_office_itself(tmp_path: Path) -> None:
    archive = stated(tmp_path, press("aa_archive"), "2022-03-30", {"a": (BAN, "2022-03-29")})
    office = stated(tmp_path, press("xx_office", kind="press"), "2022-03-31", {"x": (BAN, "2022-03-29")})
    tables = rows_of(tmp_path, archive, office)
    texts = tables["documents"].filter(pl.col("container_document_id").is_not_null())
    assert texts["source_id"].to_list() == ["xx_office"]
    assert len(tables["claims"]) == len(tables["dates"]) == 1


def test_a_document_that_is_nothing_but_its_text_holds_itself(tmp_path: Path) -> None:
    def whole(document: Document, source: Source) -> Iterator[Record]:
        yield Item(key="/", text=document.text("utf-8"), locator="/", published_source="unknown")

    tables = rows_of(tmp_path, stated(tmp_path, press(parse=whole), "2022-03-30", {"a": ("No news", None)}))
    (row,) = tables["documents"].to_dicts()
    assert (row["container_document_id"], row["media_type"], row["url"]) == (None, "text/plain", None)


def test_the_address_of_a_place_in_a_text_is_that_of_the_text(tmp_path: Path) -> None:
    documents = stated(tmp_path, press(), "2022-03-30", {"a b": (BAN, "2022-03-29")}).rows("documents")
    assert documents["url"].to_list() == [None]  # no address holds a blank


def test_evidence_of_a_text_leads_to_the_address_and_day_of_the_text(tmp_path: Path) -> None:
    rows_of(tmp_path, stated(tmp_path, press(), "2022-03-31", {"a": (BAN, "2022-03-29"), "b b": (f"{BAN} B", None)}))
    snapshot = publish(tmp_path / "tables", tmp_path / "output")
    with duckdb.connect(str(snapshot.folder / DATABASE), read_only=True) as database:
        places = database.execute(
            "SELECT DISTINCT document_title, written_at, edition_date FROM evidence_places ORDER BY ALL"
        ).fetchall()
    assert places == [
        ("Title of a", "https://example.org/a", TUESDAY),
        # A text without an address of its own stands at that of its container, and on no other day than its copy's.
        ("Title of b b", "https://example.org/xx_press.json", dt.date(2022, 3, 31)),
    ]


def test_an_archive_that_came_from_no_address_has_no_retrieval(tmp_path: Path) -> None:
    edition = stated(tmp_path, press(), "2022-03-30", {"a": (BAN, "2022-03-29")})
    nowhere = replace(edition.state.document, url="")
    tables = rows_of(tmp_path, replace(edition, state=State(nowhere, 1)))
    assert len(tables["retrievals"]) == 0
    assert len(tables["documents"]) == 2


def test_what_the_validator_refuses_is_rejected_and_stops_nothing_and_a_body_without_a_code_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = Claim(("LEAGUE",), ("RU",), "export_ban", None, "impose", (Span(0, 5),))
    nowhere = Claim(("JP",), ("RU",), "export_ban", None, "impose", ())
    good = Claim(("JP",), ("RU",), "export_ban", None, "impose", (Span(0, 5),))
    fault = claims.Fault(nowhere, "missing_value", "a claim needs evidence")
    monkeypatch.setattr(claims, "examined", lambda text: ([body, good], [fault]))
    tables = rows_of(tmp_path, stated(tmp_path, press(), "2022-03-30", {"a": (BAN, None)}))
    assert sorted(tables["claims"]["issuer_codes"].to_list()) == [["JP"], ["LEAGUE"]]
    rejects = tables["rejects"].select("locator", "reason_code", "reason_text").rows()
    assert rejects == [("/a", "missing_value", "a claim needs evidence")]


def test_what_breaks_a_rule_is_rejected_under_the_source_of_the_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    claim = Claim(("JP",), ("RU",), "no_such_type", None, "impose", (Span(0, 5),))
    monkeypatch.setattr(claims, "examined", lambda text: ([claim], []))
    tables = rows_of(tmp_path, stated(tmp_path, press(), "2022-03-30", {"a": (BAN, None)}))
    assert len(tables["claims"]) == 0
    (reject,) = tables["rejects"].to_dicts()
    assert (reject["source_id"], reject["table"], reject["reason_code"]) == ("xx_press", "claims", "failed_rule")
    assert reject["locator"] == "char:0-5"
