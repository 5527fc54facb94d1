"""The press feed of the US Department of State: items repeat over its daily states and are one text each."""

import datetime as dt
import lzma
from pathlib import Path

import pytest
from conftest import document_of
from lxml import etree

from pipeline import sources
from pipeline.documents.recordings import Recordings
from pipeline.records import Item, Record, Reject

SOURCE = sources.load(("us_state_press",))["us_state_press"]


def read(samples: Path, day: str) -> list[Record]:
    path = samples / "us_state_press" / day / "feed.xml"
    document = document_of("us_state_press", path, url=SOURCE.urls[0], media_type="application/rss+xml")
    return list(SOURCE.parse(document, SOURCE))


def test_an_item_is_its_whole_text_title_address_and_day(samples: Path) -> None:
    assert read(samples, "2022-02-25") == [
        Item(
            key="https://www.state.gov/?page_id=1001",
            text="The Secretary of Samples\n\nWashington, D.C.\n\nToday the United States imposes sanctions on Russia’s two "
            "largest banks. The banks are cut off from dollar payments.\n\nThe first bank\n\nThe second bank",
            locator="//item[guid='https://www.state.gov/?page_id=1001']",
            published_source="feed",
            published=dt.date(2022, 2, 24),
            title="Sanctions Against Two Banks – Fact Sheet",
            url="https://www.state.gov/sanctions-against-two-banks/",
            language="en-US",
            publisher_issuer_code="US",
        )
    ]


def test_an_item_of_the_evening_is_of_the_day_in_washington(samples: Path) -> None:
    """03:30 of the 26th in UTC is half past ten in the evening of the 25th."""
    call = read(samples, "2022-02-26")[0]
    assert isinstance(call, Item)
    assert call.published == dt.date(2022, 2, 25)


def test_words_that_are_no_day_are_rejected_and_the_item_is_kept_without_one(samples: Path) -> None:
    reject, item, _ = read(samples, "2022-02-27")
    assert isinstance(reject, Reject)
    assert (reject.reason, reject.raw) == ("malformed_date", "sometime on Sunday")
    assert reject.locator == "//item[guid='https://www.state.gov/?page_id=1003']"
    assert isinstance(item, Item)
    assert (item.published, item.published_source) == (None, "unknown")


def test_line_breaks_of_the_markup_are_kept_where_a_reader_sees_them(samples: Path) -> None:
    call = read(samples, "2022-02-26")[0]
    assert isinstance(call, Item)
    assert call.text == "The two spoke about the weather.\nThey will speak again."


@pytest.mark.recordings
def test_the_recorded_states_hold_409_texts(recordings: Path) -> None:
    """550 items in 55 states, 409 by their own key: as many texts, each with the day of its feed."""
    documents = Recordings(recordings).documents("us_state_press")
    said = [record for document in documents for record in SOURCE.parse(document, SOURCE)]
    items = [record for record in said if isinstance(record, Item)]
    assert len(items) == len(said) == 550
    guids = {guid for each in documents for guid in etree.fromstring(_bytes_of(each.path)).xpath("//guid/text()")}
    assert {item.key for item in items} == guids
    assert len({item.text for item in items}) == len(guids) == 409
    assert {item.published_source for item in items} == {"feed"}


def _bytes_of(path: Path) -> bytes:
    return lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
