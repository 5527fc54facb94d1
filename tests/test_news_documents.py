"""The collection of press releases and news items: each line is a text with its own publisher, day and licence."""

import datetime as dt
import gzip
import json
from pathlib import Path

import pytest
from conftest import document_of

from pipeline import sources
from pipeline.documents.recordings import Recordings
from pipeline.readers.collection import UnknownFields
from pipeline.records import Item, Reject

SOURCE = sources.load(("news_documents",))["news_documents"]
TEXT = {
    "id": "a", "licence": "CC BY 2.5", "published_date": "2022-03-30", "publisher_issuer_code": None,
    "publisher_name": "Wikinews", "text": "A text.", "title": "A title", "url": "https://example.org/a",
}  # fmt: skip


def read_lines(folder: Path, *lines: dict[str, object]) -> list[object]:
    path = folder / "2022-04-06" / "documents.jsonl"
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return list(SOURCE.parse(document_of("news_documents", path), SOURCE))


def test_a_news_item_has_its_own_publisher_day_and_terms(samples: Path) -> None:
    path = samples / "news_documents" / "2022-04-06" / "documents.jsonl"
    news, portal, undated = SOURCE.parse(document_of("news_documents", path), SOURCE)
    assert isinstance(news, Item)
    assert news.text.startswith("Japan's Cabinet approved on Tuesday a revised ordinance")
    assert news.published == dt.date(2022, 3, 29)  # a Tuesday
    assert news.published_source == "feed"
    assert news.locator == "/documents[id='sample-japan-luxury']"
    assert news.publisher_issuer_code is None
    assert news.licence == "Apache-2.0"
    assert isinstance(portal, Item)
    assert portal.url == "https://en.wikipedia.org/wiki/Portal:Current_events/2022_April_6"
    assert portal.title is None
    assert isinstance(undated, Item)
    assert (undated.published, undated.published_source) == (None, "unknown")


def test_a_press_release_tells_whose_press_it_is(tmp_path: Path) -> None:
    (item,) = read_lines(tmp_path, TEXT | {"publisher_issuer_code": "US", "publisher_name": "The White House"})
    assert isinstance(item, Item)
    assert (item.publisher_issuer_code, item.publisher_name) == ("US", "The White House")


def test_a_title_has_its_characters_where_the_collector_left_escapes_of_them(tmp_path: Path) -> None:
    titles = {
        "Costs for Putin\\u2019\\ s War, \\u201CUkraine\\u201D and \\ Russia": "Costs for Putin’s War, “Ukraine” and Russia",
        "CARBIS BAY G7 SUMMIT COMMUNIQU\\xC9": "CARBIS BAY G7 SUMMIT COMMUNIQUÉ",
        "A mark \\uD83D, \\u0000 or \\x1F alone": "A mark \\uD83D, \\u0000 or \\x1F alone",
    }
    found = read_lines(tmp_path, *(TEXT | {"title": title} for title in titles))
    assert [item.title for item in found if isinstance(item, Item)] == list(titles.values())


def test_a_line_without_a_text_is_rejected(tmp_path: Path) -> None:
    (reject,) = read_lines(tmp_path, TEXT | {"text": "  "})
    assert isinstance(reject, Reject)
    assert (reject.reason, reject.locator) == ("missing_value", "/documents[id='a']")


def test_a_new_field_is_news(tmp_path: Path) -> None:
    with pytest.raises(UnknownFields, match="line 1: expected the fields"):
        read_lines(tmp_path, TEXT | {"author": "somebody"})


@pytest.mark.recordings
def test_every_recorded_text_is_an_item(recordings: Path) -> None:
    (document,) = Recordings(recordings).documents("news_documents")
    items = list(SOURCE.parse(document, SOURCE))
    with gzip.open(document.path, "rt", encoding="utf-8") as lines:
        raw = [json.loads(line) for line in lines]
    assert len(items) == len(raw) == 2_994
    assert [item.text for item in items if isinstance(item, Item)] == [line["text"] for line in raw]
    assert sum(item.publisher_issuer_code == "US" for item in items if isinstance(item, Item)) == 1_434
