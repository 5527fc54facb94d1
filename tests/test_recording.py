"""Recording: what arrives is kept as good, kept apart with its reason, or found to be what is there already."""

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents import Document
from pipeline.documents.addresses import links
from pipeline.documents.recording import Recorded, file_name, record
from pipeline.documents.recordings import Recordings
from pipeline.documents.web import Fetched, FetchError, Limits, NotModified
from pipeline.records import Record
from pipeline.sources import Format, Pages, Source

URL, OTHER_URL = "https://one.example/lists/list.xml", "https://one.example/lists/other.xml"
MONDAY, TUESDAY = dt.date(2026, 1, 5), dt.date(2026, 1, 6)
NOON = dt.datetime(2026, 1, 5, 12, tzinfo=dt.UTC)
DATED = "<list day='{}'>" + "<entry/>" * 4 + "</list>"
GOOD = DATED.format("2026-01-04").encode()
NEWER = DATED.format("2026-01-05").encode()
OLDER = DATED.format("2026-01-03").encode()
SHORT = b"<list day='2026-01-05'><entry/></list>"
PAGE = b"<html><body>Sign in</body></html>"


def parse(document: Document, source: Source) -> Iterator[Record]:
    yield from ()


def source_of(*urls: str, media_type: str = "application/xml") -> Source:
    day = r"day='(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
    return Source(
        source_id="ch_one",
        register_code="ch_one",
        title="List",
        publisher_name="Ministry",
        issuer_code="CH",
        kind="list",
        urls=urls,
        format_name="XML",
        licence="none seen",
        licence_url=None,
        is_redistributable=None,
        cadence="daily",
        language="en",
        states="latest_of_one_address",
        time_zone="UTC",
        document=Format(media_type, root="list", entries=("entry",), published=day_of(day, media_type), max_bytes=1_000),
        expected_entries=(1, 9),
        words=MappingProxyType({}),
        facts=MappingProxyType({}),
        parse=parse,
    )


def day_of(pattern: str, media_type: str) -> "re.Pattern[str] | None":
    return re.compile(pattern) if media_type == "application/xml" else None


SOURCE = source_of(URL)


class Publisher:
    """Stands in for the client: what lies at each address, and what it was asked."""

    def __init__(self, **answers: bytes | None) -> None:
        self.bodies: dict[str, bytes | None] = {URL: answers.get("body"), OTHER_URL: answers.get("other")}
        self.etag: str | None = None
        self.media_type = "text/xml"
        self.asked: list[tuple[str, str | None, str | None]] = []

    def fetch(
        self,
        url: str,
        into: Path,
        *,
        limits: Limits,
        etag: str | None = None,
        last_modified: str | None = None,
        headers: Mapping[str, str] | None = None,
        progress: Callable[[int, int | None], None] | None = None,
    ) -> Fetched | NotModified:
        assert limits.max_bytes == 1_000
        self.asked.append((url, etag, last_modified))
        body = self.bodies[url]
        if body is None:
            raise FetchError(url, "http_status", "expected 200, got 404.")
        if etag and etag == self.etag:
            return NotModified(url, NOON)
        sha256 = hashlib.sha256(body).hexdigest()
        path = into / sha256
        path.write_bytes(body)
        if progress:
            progress(len(body), len(body))
        return Fetched(path, url, url, NOON, self.etag, None, self.media_type, len(body), sha256)


@pytest.fixture
def recordings(tmp_path: Path) -> Recordings:
    return Recordings(tmp_path / "documents")


def days(recordings: Recordings) -> list[str]:
    return [document.recorded_date.isoformat() for document in recordings.documents("ch_one")]


def left_over(recordings: Recordings) -> list[Path]:
    return list(recordings.folder.glob(".incoming-*"))


def test_a_new_document_is_kept_compressed_with_its_headers_and_its_inside_date(recordings: Recordings) -> None:
    publisher = Publisher(body=GOOD)
    publisher.etag = '"a"'
    recorded = record(SOURCE, recordings, publisher, MONDAY)
    (kept,) = recordings.documents("ch_one")
    assert [document.document_id for document in recorded.fetched] == [hashlib.sha256(GOOD).hexdigest()]
    assert kept.read() == GOOD
    assert kept.path.read_bytes().startswith(b"\xfd7zXZ")
    assert (kept.compression, kept.byte_count, kept.licence) == ("xz", len(GOOD), "none seen")
    assert (kept.recorded_date, kept.published_date) == (MONDAY, dt.date(2026, 1, 4))
    assert (kept.retrieved_at, kept.etag) == (NOON, '"a"')
    assert left_over(recordings) == []


def test_the_next_request_names_the_state_that_we_have(recordings: Recordings) -> None:
    publisher = Publisher(body=GOOD)
    publisher.etag = '"a"'
    record(SOURCE, recordings, publisher, MONDAY)
    recorded = record(SOURCE, recordings, publisher, TUESDAY)
    assert publisher.asked == [(URL, None, None), (URL, '"a"', None)]
    assert recorded == Recorded(unchanged=(URL,))
    assert days(recordings) == ["2026-01-05"]


def test_the_same_bytes_sent_again_are_unchanged(recordings: Recordings) -> None:
    record(SOURCE, recordings, Publisher(body=GOOD), MONDAY)
    assert record(SOURCE, recordings, Publisher(body=GOOD), TUESDAY) == Recorded(unchanged=(URL,))
    assert days(recordings) == ["2026-01-05"]
    assert left_over(recordings) == []


def test_new_bytes_under_the_same_etag_are_a_new_state(recordings: Recordings) -> None:
    first, second = Publisher(body=GOOD), Publisher(body=NEWER)
    first.etag = '"a"'
    record(SOURCE, recordings, first, MONDAY)
    record(SOURCE, recordings, second, TUESDAY)
    assert days(recordings) == ["2026-01-05", "2026-01-06"]


def test_two_states_of_one_day_are_both_kept(recordings: Recordings) -> None:
    record(SOURCE, recordings, Publisher(body=GOOD), MONDAY)
    record(SOURCE, recordings, Publisher(body=NEWER), MONDAY)
    assert {document.read() for document in recordings.documents("ch_one")} == {GOOD, NEWER}


def test_the_same_bytes_at_two_addresses_are_two_documents(recordings: Recordings) -> None:
    record(source_of(URL, OTHER_URL), recordings, Publisher(body=GOOD, other=GOOD), MONDAY)
    assert [document.url for document in recordings.documents("ch_one")] == [URL, OTHER_URL]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (PAGE, "html_page"),
        (b"", "empty"),
        (GOOD[:-3], "ill_formed"),
        (OLDER, "stale"),
        (SHORT, "too_few_entries"),
        (b"version https://git-lfs.github.com/spec/v1\n", "git_lfs_pointer"),
    ],
)
def test_what_is_refused_is_kept_apart_with_its_reason(recordings: Recordings, body: bytes, reason: str) -> None:
    record(SOURCE, recordings, Publisher(body=GOOD), MONDAY)
    recorded = record(SOURCE, recordings, Publisher(body=body), TUESDAY)
    assert [refusal.reason for refusal in recorded.refused] == [reason]
    assert days(recordings) == ["2026-01-05"]
    note, kept = sorted(
        (recordings.folder / "refused" / "ch_one" / "2026-01-06").iterdir(), key=lambda path: path.suffix != ".txt"
    )
    assert kept.read_bytes() == body
    assert note.read_text(encoding="utf-8").startswith(f"{URL}\n{reason}: ")
    assert left_over(recordings) == []


def test_a_type_that_the_source_does_not_promise_is_refused(recordings: Recordings) -> None:
    publisher = Publisher(body=GOOD)
    publisher.media_type = "application/pdf"
    (refusal,) = record(SOURCE, recordings, publisher, MONDAY).refused
    assert refusal.reason == "wrong_media_type"
    assert refusal.message == "expected application/xml; the server says that it sent application/pdf"


@pytest.mark.parametrize("media_type", ["application/xml", "text/xml", "application/octet-stream", ""])
def test_other_names_of_the_promised_type_and_none_are_accepted(recordings: Recordings, media_type: str) -> None:
    publisher = Publisher(body=GOOD)
    publisher.media_type = media_type
    assert len(record(SOURCE, recordings, publisher, MONDAY).fetched) == 1


def test_an_address_that_fails_leaves_the_others(recordings: Recordings) -> None:
    recorded = record(source_of(OTHER_URL, URL), recordings, Publisher(body=GOOD), MONDAY)
    assert [error.reason for error in recorded.failed] == ["http_status"]
    assert [document.url for document in recorded.fetched] == [URL]


def test_a_round_that_brings_nothing_leaves_a_folder_that_can_be_read(recordings: Recordings) -> None:
    record(SOURCE, recordings, Publisher(), MONDAY)
    assert recordings.documents("ch_one") == []


def test_what_is_compressed_by_itself_is_kept_as_it_came(recordings: Recordings) -> None:
    body = b"%PDF-1.7\n1 0 obj << /Type /Page >>\n%%EOF\n"
    publisher = Publisher(body=body)
    publisher.media_type = "application/pdf"
    (kept,) = record(source_of(URL, media_type="application/pdf"), recordings, publisher, MONDAY).fetched
    assert kept.compression == ""
    assert kept.path.read_bytes() == body


def test_progress_is_told_by_address(recordings: Recordings) -> None:
    told: list[tuple[str, int, int | None]] = []
    record(SOURCE, recordings, Publisher(body=GOOD), MONDAY, lambda *each: told.append(each))
    assert told == [(URL, len(GOOD), len(GOOD))]


@pytest.mark.parametrize(
    ("url", "start"),
    [
        ("https://x.example/lists/list.xml", "list-"),
        ("https://x.example/a/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "passwd-"),
        ("https://x.example/..", "document-"),
        ("https://x.example/", "document-"),
        ("https://x.example/.bashrc?x=1", "bashrc-"),
        ("https://x.example/a%00b%0ac.xml", "a_b_c-"),
        ("https://x.example/リスト.xml", "xml-"),
        ("https://x.example/" + "n" * 5_000 + ".xml", "n" * 76 + "-"),
    ],
)
def test_the_name_of_a_file_is_the_cleaned_end_of_its_address(url: str, start: str) -> None:
    assert file_name(url, "0" * 64).startswith(start)


@given(st.text(max_size=300))
def test_no_address_leads_out_of_the_folder(path: str) -> None:
    name = file_name(f"https://x.example/{path}", "0" * 64)
    assert Path(name).name == name
    assert name not in {"", ".", ".."}
    assert not name.startswith(".")
    assert len(name) < 120


def test_a_hostile_address_is_kept_in_the_folder(recordings: Recordings) -> None:
    url = "https://x.example/%2e%2e/%2e%2e%2f%2e%2e%2findex.csv"
    publisher = Publisher()
    publisher.bodies[url] = GOOD
    (kept,) = record(source_of(url), recordings, publisher, MONDAY).fetched
    assert kept.path.parent == (recordings.folder / "ch_one" / "2026-01-05").resolve()


# Pages that the documents of a source lead to

FEED_URL, NEWS = "https://one.example/feed.xml", "https://one.example/news/"
ARTICLE = b"<html><body><p>An article.</p></body></html>"


def press_room(most: int = 20) -> Source:
    form = Format("application/xml", root="rss", entries=("item",), fewest_share=0.0, max_bytes=1_000)
    pages = Pages(re.compile(r"https://one\.example/news/\w+"), Format("text/html", fewest_share=0.0, max_bytes=1_000), most)
    return replace(source_of(FEED_URL), document=form, pages=pages, states="all", pause_seconds=3)


class Newsroom(Publisher):
    """A feed with the named articles, and the page of each."""

    def __init__(self, *names: str) -> None:
        super().__init__()
        items = "".join(f"<item><link>{NEWS}{name}</link><guid>{NEWS}{name}#x</guid></item>" for name in names)
        other = "<item><link>https://two.example/news/a</link></item><item><link>javascript:x()</link></item>"
        self.bodies = {FEED_URL: f"<rss>{items}{other}</rss>".encode(), **{NEWS + name: ARTICLE for name in names}}
        self.media_type = ""
        self.pauses: set[float] = set()

    def fetch(self, url: str, into: Path, *, limits: Limits, **options: Any) -> Fetched | NotModified:
        self.pauses.add(limits.pause_seconds)
        return super().fetch(url, into, limits=limits, **options)


def asked(newsroom: Newsroom) -> list[str]:
    return [url for url, _, _ in newsroom.asked]


def test_the_articles_behind_a_feed_of_teasers_are_fetched_too(recordings: Recordings) -> None:
    newsroom = Newsroom("a", "b")
    record(press_room(), recordings, newsroom, MONDAY)
    assert asked(newsroom) == [FEED_URL, f"{NEWS}a", f"{NEWS}b"]
    kept = {document.url: document.media_type for document in recordings.documents("ch_one")}
    assert kept == {FEED_URL: "application/xml", f"{NEWS}a": "text/html", f"{NEWS}b": "text/html"}
    assert newsroom.pauses == {3}


def test_an_article_that_is_held_is_not_asked_for_again(recordings: Recordings) -> None:
    record(press_room(), recordings, Newsroom("a"), MONDAY)
    newsroom = Newsroom("b", "a")
    record(press_room(), recordings, newsroom, TUESDAY)
    assert asked(newsroom) == [FEED_URL, f"{NEWS}b"]


def test_no_more_articles_are_fetched_at_a_time_than_the_source_says(recordings: Recordings) -> None:
    first, second = Newsroom("a", "b", "c"), Newsroom("a", "b", "c")
    record(press_room(most=2), recordings, first, MONDAY)
    assert asked(first) == [FEED_URL, f"{NEWS}a", f"{NEWS}b"]
    record(press_room(most=2), recordings, second, TUESDAY)
    assert asked(second) == [FEED_URL, f"{NEWS}c"]


def test_the_page_of_another_site_is_never_asked_for(recordings: Recordings) -> None:
    newsroom = Newsroom()
    record(press_room(), recordings, newsroom, MONDAY)
    assert asked(newsroom) == [FEED_URL]


def test_an_article_that_is_gone_leaves_the_feed_and_the_others_as_they_are(recordings: Recordings) -> None:
    newsroom = Newsroom("a", "b")
    newsroom.bodies[f"{NEWS}a"] = None
    recorded = record(press_room(), recordings, newsroom, MONDAY)
    assert [error.url for error in recorded.failed] == [f"{NEWS}a"]
    assert {document.url for document in recordings.documents("ch_one")} == {FEED_URL, f"{NEWS}b"}


def test_a_page_that_is_no_page_is_kept_apart(recordings: Recordings) -> None:
    newsroom = Newsroom("a")
    newsroom.bodies[f"{NEWS}a"] = b"<html><body><p>It breaks o"
    recorded = record(press_room(), recordings, newsroom, MONDAY)
    assert [refusal.reason for refusal in recorded.refused] == ["truncated"]


@pytest.mark.parametrize(
    ("media_type", "body", "names"),
    [
        ("text/html", "<a href='/news/a'>A</a><a href='b#part'>B</a><a href='mailto:x@y'>M</a><a>none</a>", ["a", "b"]),
        ("application/xml", "<rss><item><link>https://one.example/news/a</link><guid>4711</guid></item></rss>", ["a"]),
        (
            "application/atom+xml",
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='https://one.example/news/b'/></entry></feed>",
            ["b"],
        ),
        ("application/json", '{"articles": [{"url": "https://one.example/news/a", "n": 1, "t": "words"}]}', ["a"]),
        ("text/html", "", []),
        ("text/html", "<a href='https://[broken'>x</a>", []),
    ],
)
def test_links_are_read_from_pages_feeds_and_lists(tmp_path: Path, media_type: str, body: str, names: list[str]) -> None:
    path = tmp_path / "document"
    path.write_text(body, encoding="utf-8")
    document = Document("x", f"{NEWS}index", MONDAY, None, media_type, path, "", 0, "", "")
    assert list(links(document)) == [NEWS + name for name in names]
