"""A press room over HTTP on loopback: its list of links, then the pages behind it, one after the other with a pause."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from test_documents_web import NOON, Clock, Server, reply, server

from pipeline import sources
from pipeline.documents.recording import record
from pipeline.documents.recordings import Recordings
from pipeline.documents.web import Client
from pipeline.records import Item

__all__ = ["server"]
FRIDAY = dt.date(2022, 3, 25)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(server: Server, clock: Clock) -> Iterator[Client]:
    allowed = frozenset({server.place})
    with Client(allowed_hosts=allowed, sleep=clock.sleep, clock=clock, now=lambda: NOON) as running:
        yield running


def test_a_press_room_is_recorded_page_by_page_and_read(
    server: Server,
    client: Client,
    clock: Clock,
    samples: Path,
    tmp_path: Path,
) -> None:
    room = sources.load(("us_ofac_recent_actions",))["us_ofac_recent_actions"]
    assert room.pages
    local = replace(
        room, urls=(server.url("/recent-actions"),), pause_seconds=2,
        pages=replace(room.pages, links=re.compile(re.escape(server.url()[:-9]) + r"/recent-actions/\d{8}(_\d+)?")),
    )  # fmt: skip
    folder = samples / "us_ofac_recent_actions" / "2022-03-25"
    names = ("recent-actions.html", "20220324.html", "20220318_33.html")
    server.answers = [reply(200, (folder / name).read_bytes(), Content_Type="text/html; charset=UTF-8") for name in names]
    recordings = Recordings(tmp_path / "documents")
    recorded = record(local, recordings, client, FRIDAY)
    assert not recorded.failed
    assert not recorded.refused
    assert [path for path, _ in server.requests] == [
        "/recent-actions", "/recent-actions/20220324", "/recent-actions/20220318_33"
    ]  # fmt: skip
    assert clock.slept == [2, 2]
    items = [item for each in recordings.documents(room.source_id) for item in local.parse(each, local)]
    found = {item.published: item.title for item in items if isinstance(item, Item)}
    assert found == {
        dt.date(2022, 3, 24): "Russia-related Designations; Issuance of a General License",
        dt.date(2022, 3, 18): "Removal of an Entry",
    }
