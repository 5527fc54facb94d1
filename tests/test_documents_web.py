"""Fetching over HTTP, against a server on loopback that answers as publishers do on bad days."""

import datetime as dt
import gzip
import hashlib
import http.server
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents.web import Client, Fetched, FetchError, Limits, NotModified, _kept_secure, is_public

SHA256_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-2, appendix B.1
NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
LIMITS = Limits(connect_seconds=2, read_seconds=2, total_seconds=300, max_bytes=1_000_000, pause_seconds=0)


class Handler(http.server.BaseHTTPRequestHandler):
    """Gives the answers of its server in turn, and the last one for ever."""

    server: "Server"

    def do_GET(self) -> None:
        self.server.requests.append((self.path, dict(self.headers)))
        answers = self.server.answers
        (answers.pop(0) if len(answers) > 1 else answers[0])(self)

    def log_message(self, *_: object) -> None:
        pass


Answer = Callable[[Handler], None]


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = False  # so that closing the server waits for its threads and their sockets

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: list[Answer] = []
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.is_stopping = threading.Event()

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is what many of these tests are about."""

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    def url(self, path: str = "/list.xml") -> str:
        return f"http://{self.place}{path}"


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.seconds = 1_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds


def reply(status: int, body: bytes = b"", **headers: str) -> Answer:
    """A complete answer; `_` in the names of headers stands for `-`."""

    def answer(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def raw(*lines: str, body: bytes = b"") -> Answer:
    """Exactly these lines and bytes, then the end of the connection."""

    def answer(handler: Handler) -> None:
        handler.wfile.write("\r\n".join([*lines, "", ""]).encode() + body)

    return answer


def drip(head: bytes, block: bytes, pause: float) -> Answer:
    """A block again and again, until the client has enough."""

    def answer(handler: Handler) -> None:
        handler.wfile.write(head)
        while not handler.server.is_stopping.wait(pause):
            handler.wfile.write(block)

    return answer


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield running
        running.is_stopping.set()
        running.shutdown()
        thread.join()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(server: Server, clock: Clock) -> Iterator[Client]:
    allowed = frozenset({server.place, f"localhost:{server.server_port}"})
    with Client(allowed_hosts=allowed, sleep=clock.sleep, clock=clock, now=lambda: NOON) as running:
        yield running


def refused(client: Client, url: str, into: Path, limits: Limits = LIMITS) -> FetchError:
    """The error that a fetch ends with; nothing may be left in the folder."""
    with pytest.raises(FetchError) as caught:
        client.fetch(url, into, limits=limits)
    assert not into.exists() or list(into.iterdir()) == []
    return caught.value


# What arrives


def test_a_200_is_one_finished_file_with_what_the_server_said_about_it(server: Server, client: Client, tmp_path: Path) -> None:
    modified = "Sun, 22 Nov 2026 10:00:00 GMT"
    server.answers = [reply(200, b"abc", ETag='"1"', Last_Modified=modified, Content_Type="Text/XML; charset=utf-8")]
    assert client.fetch(server.url(), tmp_path / "new", limits=LIMITS) == Fetched(
        path=tmp_path / "new" / SHA256_OF_ABC,
        url=server.url(),
        final_url=server.url(),
        retrieved_at=NOON,
        etag='"1"',
        last_modified=modified,
        media_type="text/xml",
        byte_count=3,
        sha256=SHA256_OF_ABC,
    )
    assert [path.name for path in (tmp_path / "new").iterdir()] == [SHA256_OF_ABC]
    assert (tmp_path / "new" / SHA256_OF_ABC).read_bytes() == b"abc"


def test_headers_that_the_server_leaves_out_are_not_invented(server: Server, client: Client, tmp_path: Path) -> None:
    server.answers = [raw("HTTP/1.0 200 OK", body=b"abc")]
    fetched = client.fetch(server.url(), tmp_path, limits=LIMITS)
    assert isinstance(fetched, Fetched)
    assert (fetched.etag, fetched.last_modified, fetched.media_type) == (None, None, "")


def test_gzip_on_the_way_is_unpacked_and_the_hash_is_of_the_plain_bytes(server: Server, client: Client, tmp_path: Path) -> None:
    server.answers = [reply(200, gzip.compress(b"abc"), Content_Encoding="gzip")]
    fetched = client.fetch(server.url(), tmp_path, limits=LIMITS)
    assert isinstance(fetched, Fetched)
    assert (fetched.sha256, fetched.byte_count, fetched.path.read_bytes()) == (SHA256_OF_ABC, 3, b"abc")


def test_several_gzip_members_in_a_row_are_one_document(server: Server, client: Client, tmp_path: Path) -> None:
    server.answers = [reply(200, gzip.compress(b"ab") + gzip.compress(b"c"), Content_Encoding="gzip")]
    fetched = client.fetch(server.url(), tmp_path, limits=LIMITS)
    assert isinstance(fetched, Fetched)
    assert fetched.sha256 == SHA256_OF_ABC


def test_a_gzip_file_that_is_no_content_encoding_stays_packed(server: Server, client: Client, tmp_path: Path) -> None:
    packed = gzip.compress(b"abc")
    server.answers = [reply(200, packed, Content_Type="application/gzip")]
    fetched = client.fetch(server.url(), tmp_path, limits=LIMITS)
    assert isinstance(fetched, Fetched)
    assert fetched.path.read_bytes() == packed


def test_a_chunked_answer_arrives_whole(server: Server, client: Client, tmp_path: Path) -> None:
    chunks = b"1\r\na\r\n2\r\nbc\r\n0\r\n\r\n"
    server.answers = [raw("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "Connection: close", body=chunks)]
    fetched = client.fetch(server.url(), tmp_path, limits=LIMITS)
    assert isinstance(fetched, Fetched)
    assert fetched.sha256 == SHA256_OF_ABC


def test_progress_tells_the_bytes_so_far_and_in_all(server: Server, client: Client, tmp_path: Path) -> None:
    server.answers = [reply(200, bytes(200_000))]
    seen: list[tuple[int, int | None]] = []
    client.fetch(server.url(), tmp_path, limits=LIMITS, progress=lambda *step: seen.append(step))
    assert seen[-1] == (200_000, 200_000)
    assert [count for count, _ in seen] == sorted({count for count, _ in seen})
    assert len(seen) > 1


def test_progress_does_not_take_the_packed_length_for_the_length(server: Server, client: Client, tmp_path: Path) -> None:
    server.answers = [reply(200, gzip.compress(b"abc"), Content_Encoding="gzip")]
    seen: list[tuple[int, int | None]] = []
    client.fetch(server.url(), tmp_path, limits=LIMITS, progress=lambda *step: seen.append(step))
    assert seen == [(3, None)]


# Conditional requests


def test_a_304_keeps_nothing(server: Server, client: Client, tmp_path: Path) -> None:
    server.answers = [reply(304)]
    modified = "Sun, 22 Nov 2026 10:00:00 GMT"
    answer = client.fetch(server.url(), tmp_path, limits=LIMITS, etag='"1"', last_modified=modified)
    assert answer == NotModified(server.url(), NOON)
    assert list(tmp_path.iterdir()) == []
    [(_, sent)] = server.requests
    assert (sent["If-None-Match"], sent["If-Modified-Since"]) == ('"1"', modified)


def test_a_304_that_nobody_asked_for_is_an_error(server: Server, client: Client, tmp_path: Path) -> None:
    server.answers = [reply(304)]
    assert refused(client, server.url(), tmp_path).reason == "http_status"


def test_changed_content_under_the_same_etag_is_new_content(server: Server, client: Client, tmp_path: Path) -> None:
    server.answers = [reply(200, b"old", ETag='"1"'), reply(200, b"abc", ETag='"1"')]
    old = client.fetch(server.url(), tmp_path, limits=LIMITS)
    new = client.fetch(server.url(), tmp_path, limits=LIMITS, etag='"1"')
    assert isinstance(old, Fetched)
    assert isinstance(new, Fetched)
    assert (old.etag, new.etag) == ('"1"', '"1"')
    assert old.sha256 != new.sha256 == SHA256_OF_ABC
    assert old.path.read_bytes() == b"old"


def test_a_server_that_does_not_know_conditions_gives_the_same_hash_again(
    server: Server, client: Client, tmp_path: Path
) -> None:
    server.answers = [reply(200, b"abc", ETag='"1"')]
    fetched = client.fetch(server.url(), tmp_path, limits=LIMITS, etag='"1"')
    assert isinstance(fetched, Fetched)
    assert fetched.sha256 == SHA256_OF_ABC


# Who asks, and how often


def test_the_user_agent_says_who_we_are(
    server: Server, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answers = [reply(200)]
    client.fetch(server.url(), tmp_path, limits=LIMITS)
    monkeypatch.setenv("SANCTIONS_LEDGER_CONTACT", "desk@example.org")
    client.fetch(server.url(), tmp_path, limits=LIMITS)
    first, second = (sent["User-Agent"] for _, sent in server.requests)
    assert first.startswith("sanctions-ledger/")
    assert first.endswith(" (open dataset of sanctions)")
    assert second.endswith(" (open dataset of sanctions; desk@example.org)")


def test_no_password_of_netrc_and_no_cookie_is_sent(
    server: Server, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    server.answers = [reply(200, Set_Cookie="who=1")]
    client.fetch(server.url(), tmp_path / "into", limits=LIMITS)
    client.fetch(server.url(), tmp_path / "into", limits=LIMITS)
    assert all("Authorization" not in sent and "Cookie" not in sent for _, sent in server.requests)


def test_a_proxy_of_the_environment_is_not_used(
    server: Server, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)
    server.answers = [reply(200, b"abc")]
    assert isinstance(client.fetch(server.url(), tmp_path, limits=LIMITS), Fetched)


def test_a_host_is_left_alone_between_two_requests_and_another_host_does_not_wait(
    server: Server, client: Client, clock: Clock, tmp_path: Path
) -> None:
    server.answers = [reply(200)]
    limits = Limits(pause_seconds=3)
    client.fetch(server.url("/a"), tmp_path, limits=limits)
    client.fetch(f"http://localhost:{server.server_port}/b", tmp_path, limits=limits)
    assert clock.slept == []
    client.fetch(server.url("/c"), tmp_path, limits=limits)
    assert clock.slept == [3]


def test_threads_ask_one_host_one_at_a_time(server: Server, tmp_path: Path) -> None:
    at_once: list[int] = []
    busy: set[int] = set()

    def answer(handler: Handler) -> None:
        busy.add(threading.get_ident())
        at_once.append(len(busy))
        time.sleep(0.02)
        busy.discard(threading.get_ident())
        reply(200, b"abc")(handler)

    server.answers = [answer]
    with Client(allowed_hosts=frozenset({server.place})) as client, ThreadPoolExecutor(4) as pool:
        urls = [server.url(f"/{number}") for number in range(8)]
        list(pool.map(lambda url: client.fetch(url, tmp_path, limits=LIMITS), urls))
    assert at_once == [1] * 8


# Faults that pass


def test_a_500_and_then_a_200_is_a_200(server: Server, client: Client, clock: Clock, tmp_path: Path) -> None:
    server.answers = [reply(500), reply(200, b"abc")]
    fetched = client.fetch(server.url(), tmp_path, limits=LIMITS)
    assert isinstance(fetched, Fetched)
    assert fetched.sha256 == SHA256_OF_ABC
    assert clock.slept == [2]


def test_waits_double_and_attempts_end(server: Server, client: Client, clock: Clock, tmp_path: Path) -> None:
    server.answers = [reply(503)]
    error = refused(client, server.url(), tmp_path)
    assert (error.reason, error.url) == ("http_status", server.url())
    assert "got 503 Service Unavailable" in str(error)
    assert "Gave up after 5 attempts" in str(error)
    assert clock.slept == [2, 4, 8, 16]


@pytest.mark.parametrize(
    ("header", "waits"),
    [
        ("7", [7]),
        ("Mon, 23 Nov 2026 12:00:07 GMT", [7]),
        ("Mon, 23 Nov 2026 12:00:07 -0000", [7]),
        ("Mon, 23 Nov 2026 11:00:00 GMT", []),  # an hour ago
        ("soon", [2]),
        ("", [2]),
        ("-5", [2]),
    ],
)
def test_retry_after_in_seconds_or_as_a_date_is_honoured(server: Server, header: str, waits: list[float]) -> None:
    clock = Clock()
    server.answers = [reply(429, Retry_After=header), reply(404)]
    with (
        Client(allowed_hosts=frozenset({server.place}), sleep=clock.sleep, clock=clock, now=lambda: NOON) as client,
        pytest.raises(FetchError, match="404"),
    ):
        client.fetch(server.url(), Path("unused"), limits=LIMITS)
    assert clock.slept == waits


def test_a_server_that_asks_for_an_hour_is_left_alone(server: Server, client: Client, clock: Clock, tmp_path: Path) -> None:
    server.answers = [reply(429, Retry_After="3600")]
    error = refused(client, server.url(), tmp_path)
    assert error.reason == "http_status"
    assert "3600 s" in str(error)
    assert (len(server.requests), clock.slept) == (1, [])


def test_waits_count_towards_the_total(server: Server, client: Client, clock: Clock, tmp_path: Path) -> None:
    server.answers = [reply(503, Retry_After="60")]
    error = refused(client, server.url(), tmp_path, Limits(total_seconds=150))
    assert "150 s for this document are used up" in str(error)
    assert clock.slept == [60, 60]


def test_a_404_is_not_asked_again(server: Server, client: Client, tmp_path: Path) -> None:
    server.answers = [reply(404)]
    error = refused(client, server.url(), tmp_path)
    assert error.reason == "http_status"
    assert "expected 200, got 404 Not Found" in str(error)
    assert len(server.requests) == 1


def test_nobody_at_home_is_a_fault_of_the_connection(client: Client, server: Server, tmp_path: Path) -> None:
    server.answers = [raw()]
    assert refused(client, server.url(), tmp_path).reason == "connection"
    assert len(server.requests) == 5


def test_a_port_without_a_server_is_a_fault_of_the_connection(tmp_path: Path, clock: Clock) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: connections are refused
        place = f"127.0.0.1:{taken.getsockname()[1]}"
        with Client(allowed_hosts=frozenset({place}), sleep=clock.sleep, clock=clock) as client:
            assert refused(client, f"http://{place}/", tmp_path).reason == "connection"
    assert clock.slept == [2, 4, 8, 16]


def test_a_download_cut_midway_is_begun_again(server: Server, client: Client, tmp_path: Path) -> None:
    server.answers = [raw("HTTP/1.1 200 OK", "Content-Length: 3", body=b"ab"), reply(200, b"abc")]
    fetched = client.fetch(server.url(), tmp_path, limits=LIMITS)
    assert isinstance(fetched, Fetched)
    assert fetched.path.read_bytes() == b"abc"
    assert [path.name for path in tmp_path.iterdir()] == [SHA256_OF_ABC]


# Faults of the body


@pytest.mark.parametrize(
    ("lines", "body"),
    [
        pytest.param(["Content-Length: 1000"], b"abc", id="wrong length"),
        pytest.param(["Transfer-Encoding: chunked"], b"3\r\nabc\r\n", id="no last chunk"),
        pytest.param(["Transfer-Encoding: chunked"], b"9\r\nabc", id="half a chunk"),
        pytest.param(["Content-Encoding: gzip"], gzip.compress(b"abc")[:-4], id="half a gzip stream"),
        pytest.param(["Content-Encoding: gzip"], gzip.compress(b"abc") + gzip.compress(b"d")[:5], id="half a member"),
    ],
)
def test_a_truncated_body_is_refused(server: Server, client: Client, tmp_path: Path, lines: list[str], body: bytes) -> None:
    server.answers = [raw("HTTP/1.1 200 OK", *lines, body=body)]
    assert refused(client, server.url(), tmp_path).reason == "truncated"
    assert len(server.requests) == 5


def test_two_lengths_at_once_are_a_broken_answer(server: Server, client: Client, tmp_path: Path) -> None:
    server.answers = [raw("HTTP/1.1 200 OK", "Content-Length: 3", "Content-Length: 4", body=b"abcd")]
    assert refused(client, server.url(), tmp_path).reason == "connection"


def test_a_gzip_stream_that_is_none_is_refused(server: Server, client: Client, tmp_path: Path) -> None:
    server.answers = [reply(200, b"<list/>", Content_Encoding="gzip")]
    assert refused(client, server.url(), tmp_path).reason == "content_encoding"


def test_an_encoding_that_was_not_asked_for_is_refused(server: Server, client: Client, tmp_path: Path) -> None:
    server.answers = [reply(200, b"abc", Content_Encoding="br")]
    error = refused(client, server.url(), tmp_path)
    assert error.reason == "content_encoding"
    assert "'br'" in str(error)


def test_a_document_that_says_it_is_too_large_is_not_read(server: Server, client: Client, tmp_path: Path) -> None:
    server.answers = [raw("HTTP/1.1 200 OK", "Content-Length: 1000001", body=b"abc")]
    error = refused(client, server.url(), tmp_path)
    assert error.reason == "too_large"
    assert "at most 1,000,000 bytes" in str(error)


def test_an_endless_document_is_cut_at_its_limit(server: Server, client: Client, tmp_path: Path) -> None:
    server.answers = [drip(b"HTTP/1.1 200 OK\r\n\r\n", bytes(100_000), pause=0)]
    assert refused(client, server.url(), tmp_path).reason == "too_large"


def test_the_limit_itself_is_allowed(server: Server, client: Client, tmp_path: Path) -> None:
    server.answers = [reply(200, b"abc")]
    assert isinstance(client.fetch(server.url(), tmp_path, limits=Limits(max_bytes=3)), Fetched)
    assert refused(client, server.url(), tmp_path / "new", Limits(max_bytes=2)).reason == "too_large"


def test_a_gzip_bomb_is_cut_at_its_unpacked_size(server: Server, client: Client, tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(50_000_000), compresslevel=1)
    assert len(bomb) < 1_000_000
    server.answers = [reply(200, bomb, Content_Encoding="gzip")]
    seen: list[int] = []
    with pytest.raises(FetchError) as caught:
        client.fetch(server.url(), tmp_path, limits=LIMITS, progress=lambda count, _: seen.append(count))
    assert caught.value.reason == "too_large"
    assert max(seen) <= 1_000_000
    assert list(tmp_path.iterdir()) == []


# Time


@pytest.mark.parametrize(
    ("head", "block"),
    [
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", b"a", id="plain"),
        pytest.param(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n", id="chunked"),
        # A gzip header may hold a file name without end (RFC 1952, 2.3.1), which unpacks to nothing.
        pytest.param(
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x08\0\0\0\0\0\x03", b"a", id="gzip header"
        ),
    ],
)
def test_slow_bytes_do_not_outlast_the_total(server: Server, tmp_path: Path, head: bytes, block: bytes) -> None:
    server.answers = [drip(head, block, pause=0.02)]
    limits = Limits(read_seconds=5, total_seconds=0.3, pause_seconds=0)
    began = time.monotonic()
    with Client(allowed_hosts=frozenset({server.place})) as client:
        error = refused(client, server.url(), tmp_path, limits)
    assert error.reason == "timeout"
    assert time.monotonic() - began < 4
    assert len(server.requests) == 1


def test_silence_is_a_timeout_and_asked_again(server: Server, client: Client, tmp_path: Path) -> None:
    server.answers = [drip(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", b"abc", pause=5)]
    error = refused(client, server.url(), tmp_path, Limits(read_seconds=0.1, attempts=2))
    assert error.reason == "timeout"
    assert len(server.requests) == 2


def test_a_header_that_never_ends_is_a_timeout(server: Server, client: Client, tmp_path: Path) -> None:
    server.answers = [drip(b"HTTP/1.1 200 OK\r\nX-Slow: ", b"a", pause=0.02)]
    began = time.monotonic()
    error = refused(client, server.url(), tmp_path, Limits(read_seconds=0.2, attempts=2))
    assert error.reason == "timeout"
    assert len(server.requests) == 2
    assert time.monotonic() - began < 4


def test_a_server_that_never_answers_is_a_timeout(server: Server, client: Client, tmp_path: Path) -> None:
    server.answers = [drip(b"", b"", pause=5)]
    error = refused(client, server.url(), tmp_path, Limits(read_seconds=0.1, attempts=2))
    assert error.reason == "timeout"


# Where it leads


def test_redirects_are_followed_and_the_last_address_is_told(server: Server, client: Client, tmp_path: Path) -> None:
    server.answers = [reply(302, Location="/b"), reply(308, Location=server.url("/c")), reply(200, b"abc")]
    fetched = client.fetch(server.url("/a"), tmp_path, limits=LIMITS)
    assert isinstance(fetched, Fetched)
    assert (fetched.url, fetched.final_url) == (server.url("/a"), server.url("/c"))
    assert [path for path, _ in server.requests] == ["/a", "/b", "/c"]


def test_a_redirect_may_be_written_in_utf_8(server: Server, client: Client, tmp_path: Path) -> None:
    moved = raw("HTTP/1.1 301 Moved", "Location: /制裁", "Content-Length: 0")
    server.answers = [moved, reply(200, b"abc")]
    client.fetch(server.url("/a"), tmp_path, limits=LIMITS)
    assert server.requests[1][0] == "/%E5%88%B6%E8%A3%81"


def test_a_redirect_loop_ends_after_five(server: Server, client: Client, tmp_path: Path) -> None:
    server.answers = [reply(302, Location="/list.xml")]
    assert refused(client, server.url(), tmp_path).reason == "too_many_redirects"
    assert len(server.requests) == 6


def test_the_endless_body_of_a_redirect_is_not_read(server: Server, client: Client, tmp_path: Path) -> None:
    server.answers = [drip(b"HTTP/1.1 302 Found\r\nLocation: /b\r\n\r\n", bytes(1000), pause=0), reply(200, b"abc")]
    assert isinstance(client.fetch(server.url(), tmp_path, limits=LIMITS), Fetched)


@pytest.mark.parametrize(
    "location",
    [
        "http://192.0.2.1/",
        "https://127.0.0.1/",
        "https://10.0.0.1/list.xml",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://2130706433/",
        "https://localhost/",
        "https://somebody:secret@192.0.2.1/",
        "//10.0.0.1/",
        "ftp://192.0.2.1/",
        "file:///etc/passwd",
        "https://[",
        "https:///list.xml",
    ],
)
def test_a_redirect_to_http_or_to_a_private_address_is_refused(
    server: Server, client: Client, tmp_path: Path, location: str
) -> None:
    server.answers = [reply(302, Location=location)]
    error = refused(client, server.url(), tmp_path)
    assert (error.reason, error.url) == ("redirect_refused", server.url())
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("url", "location", "asked"),
    [
        (
            "https://one.example/resource/celex/1",
            "http://one.example/resource/cellar/2",
            "https://one.example/resource/cellar/2",
        ),
        ("https://one.example/a", "http://other.example/b", "http://other.example/b"),  # refused, as ever
        ("http://127.0.0.1:80/a", "http://127.0.0.1:80/b", "http://127.0.0.1:80/b"),
    ],
)
def test_an_https_host_that_names_itself_over_http_is_asked_over_https(url: str, location: str, asked: str) -> None:
    assert _kept_secure(url, location) == asked


def test_the_form_that_is_wanted_is_asked_for(server: Server, client: Client, tmp_path: Path) -> None:
    server.answers = [reply(303, Location="/cellar"), reply(200, b"abc")]
    wanted = {"Accept": "application/xhtml+xml", "Accept-Language": "eng"}
    client.fetch(server.url(), tmp_path, limits=LIMITS, headers=wanted)
    assert [{name: headers[name] for name in wanted} for _, headers in server.requests] == [wanted, wanted]


@pytest.mark.parametrize("url", ["https://127.0.0.1/", "http://192.0.2.1/", "HTTP://LOCALHOST/x", "list.xml", ""])
def test_the_first_address_is_held_to_the_same_rule(tmp_path: Path, url: str) -> None:
    with Client() as client:
        assert refused(client, url, tmp_path).reason == "address_refused"


def test_a_name_that_changes_its_address_after_the_check_is_refused_before_a_byte_is_sent(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    addresses = ["8.8.8.8", "127.0.0.1"]

    def resolve(_: str, port: int, *__: object, **___: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (addresses.pop(0), port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with Client() as client:
        error = refused(client, f"https://rebound.example:{server.server_port}/", tmp_path)
    assert error.reason == "address_refused"
    assert "leads to 127.0.0.1" in str(error)
    assert addresses == []
    assert server.requests == []


def test_one_private_address_among_public_ones_is_enough_to_refuse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ends = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: ends)
    with Client() as client:
        error = refused(client, "https://half.example/", tmp_path)
    assert error.reason == "address_refused"
    assert "leads to 10.0.0.1" in str(error)


def test_a_name_without_an_address_is_a_fault_of_the_connection(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def resolve(*_: object, **__: object) -> list[tuple[object, ...]]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with Client(sleep=clock.sleep, clock=clock) as client:
        error = refused(client, "https://nowhere.example/", tmp_path)
    assert error.reason == "connection"
    assert clock.slept == [2, 4, 8, 16]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("8.8.8.8", True),
        ("2606:4700:4700::1111", True),
        ("64:ff9b::808:808", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_only_addresses_of_the_public_internet_are_public(address: str, expected: bool) -> None:
    assert is_public(address) is expected


@given(st.ip_addresses(network="10.0.0.0/8"))
def test_wrapping_a_private_address_in_ipv6_does_not_make_it_public(address: object) -> None:
    assert not is_public(f"::ffff:{address}")
    assert not is_public(f"64:ff9b::{address}")


# Certificates


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate that 127.0.0.1 signed for itself, with its key in the same file."""
    if not shutil.which("openssl"):
        pytest.skip("making a certificate needs the command openssl")
    path = tmp_path / "self-signed.pem"
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1 "
        f"-addext subjectAltName=IP:127.0.0.1 -keyout {path.name} -out certificate.pem"
    )
    subprocess.run(command.split(), cwd=tmp_path, check=True, capture_output=True)
    path.write_text(path.read_text() + (tmp_path / "certificate.pem").read_text())
    return path


@pytest.fixture
def tls_server(server: Server, certificate: Path) -> Server:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.answers = [reply(200, b"abc")]
    return server


def test_a_self_signed_certificate_is_refused_and_not_tried_again(
    tls_server: Server, client: Client, clock: Clock, tmp_path: Path
) -> None:
    error = refused(client, f"https://{tls_server.place}/", tmp_path / "into")
    assert error.reason == "tls"
    assert tls_server.requests == []
    assert clock.slept == []


def test_a_certificate_of_an_authority_that_the_environment_names_is_accepted(
    tls_server: Server, clock: Clock, certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    with Client(allowed_hosts=frozenset({tls_server.place}), sleep=clock.sleep, clock=clock) as client:
        fetched = client.fetch(f"https://{tls_server.place}/", tmp_path / "into", limits=LIMITS)
    assert isinstance(fetched, Fetched)
    assert fetched.sha256 == hashlib.sha256(b"abc").hexdigest()


def test_a_server_that_speaks_no_tls_is_a_fault_of_tls(server: Server, client: Client, tmp_path: Path) -> None:
    assert refused(client, f"https://{server.place}/", tmp_path).reason == "tls"
