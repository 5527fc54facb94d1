"""Fetching over HTTP: one address, one file or one reason why not. The only module that opens a socket.

Requests go over https to public addresses alone, with certificates always checked, one at a time and with a pause for
each host. They carry no cookies and no passwords of `.netrc`, and use no proxy of the environment: behind one the
address that is really asked could not be checked. The environment may name a bundle of certificates
(REQUESTS_CA_BUNDLE) and a contact for the User-Agent (SANCTIONS_LEDGER_CONTACT).
"""

import datetime as dt
import email.utils
import hashlib
import ipaddress
import os
import socket
import threading
import time
import uuid
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any, ClassVar, Self
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.util import Url, parse_url

Progress = Callable[[int, int | None], None]
"""Called with the bytes written so far and the bytes to come in all; None where the server does not say."""

_MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({429, 500, 502, 503, 504})
_BLOCK = 65_536
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one fetch may cost."""

    connect_seconds: float = 10
    read_seconds: float = 60
    """The longest silence of the server."""
    total_seconds: float = 1_800
    """Of all attempts with the waits between them, but without standing in line for a host."""
    max_bytes: int = 500_000_000
    """Of the uncompressed bytes."""
    attempts: int = 5
    pause_seconds: float = 1
    """Between the end of an answer and the next request to the same host."""
    backoff_seconds: float = 2
    """Before the second attempt; doubled for each further one, unless the server says Retry-After."""
    longest_wait_seconds: float = 120
    """A server that asks for a longer wait is left alone: the fetch fails."""


@dataclass(frozen=True)
class Fetched:
    """A 200: a finished file with the uncompressed bytes, named by their sha256."""

    path: Path
    url: str
    final_url: str
    retrieved_at: dt.datetime
    etag: str | None
    last_modified: str | None
    media_type: str
    """In lower case, without parameters; empty where the server names none."""
    byte_count: int
    sha256: str


@dataclass(frozen=True)
class NotModified:
    """A 304: the server says that what we have is what it has."""

    url: str
    retrieved_at: dt.datetime


class FetchError(Exception):
    """Nothing was kept. The message says what was expected, what came and what to do.

    `reason` is one of address_refused, connection, content_encoding, http_status, redirect_refused, timeout, tls,
    too_large, too_many_redirects, truncated.
    """

    def __init__(self, url: str, reason: str, message: str) -> None:
        super().__init__(f"{url}: {message}")
        self.url = url
        self.reason = reason


class _PassingError(FetchError):
    """A fault that may be gone at the next attempt."""

    def __init__(self, url: str, reason: str, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(url, reason, message)
        self.retry_after = retry_after


@dataclass
class _Errand:
    """One fetch on its way: what was asked for, and what is left of its limits."""

    url: str
    into: Path
    limits: Limits
    headers: Mapping[str, str]
    progress: Progress | None
    seconds_left: float
    attempt: int = 1

    @property
    def is_conditional(self) -> bool:
        return "If-None-Match" in self.headers or "If-Modified-Since" in self.headers

    def wait_after(self, fault: _PassingError) -> float:
        """Seconds to leave the host alone: what it asks for, else twice as long each time."""
        if fault.retry_after is not None:
            return fault.retry_after
        doubled: float = self.limits.backoff_seconds * 2 ** (self.attempt - 1)
        return min(doubled, self.limits.longest_wait_seconds)

    def error(self, reason: str, message: str) -> FetchError:
        """A fault that a further attempt would not mend."""
        return FetchError(self.url, reason, message)

    def passing(self, reason: str, message: str, *, retry_after: float | None = None) -> _PassingError:
        """A fault that a further attempt may mend."""
        return _PassingError(self.url, reason, message, retry_after=retry_after)

    def refusal(self, url: str, what: str) -> FetchError:
        """That an address, asked for or redirected to, is none that we ask."""
        if url == self.url:
            return self.error(
                "address_refused", f"expected a public https address, but it {what}. Correct the address of the source."
            )
        return self.error(
            "redirect_refused",
            f"expected a redirect to a public https address, but {url} {what}. Look where the publisher moved it to.",
        )

    def check_size(self, byte_count: int) -> None:
        """Raise FetchError where a document is larger than its limit."""
        if byte_count > self.limits.max_bytes:
            raise self.error(
                "too_large",
                f"expected at most {self.limits.max_bytes:,} bytes, got {byte_count:,} and perhaps more to come. "
                "If the document has really grown, raise max_bytes of the source.",
            )


@dataclass
class _Host:
    """Whose turn it is with one host, and from when on it may be asked again."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = float("-inf")


class Client:
    """Fetches addresses; threads may share one.

    `allowed_hosts` names hosts as `host:port` that may be asked over http and at private addresses: for tests alone.
    """

    def __init__(
        self,
        *,
        allowed_hosts: frozenset[str] = frozenset(),
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        self._allowed_hosts = allowed_hosts
        self._sleep = sleep
        self._clock = clock
        self._now = now
        self._hosts: dict[str, _Host] = {}
        self._certificates = os.environ.get("REQUESTS_CA_BUNDLE") or True
        self._public, self._allowed = _PublicAdapter(), _Adapter()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._public.close()
        self._allowed.close()

    def fetch(
        self,
        url: str,
        into: Path,
        *,
        limits: Limits,
        etag: str | None = None,
        last_modified: str | None = None,
        headers: Mapping[str, str] | None = None,
        progress: Progress | None = None,
    ) -> Fetched | NotModified:
        """The bytes at an address as a file in the folder `into`, or that they are as at `etag`, `last_modified`.

        `headers` say which of several forms of a document is asked for (Accept, Accept-Language). A 200 is kept as it
        came, whatever its ETag: only the sha256 tells whether anything changed. Raises FetchError, and then leaves no
        file behind.
        """
        asked = _headers(etag, last_modified) | dict(headers or {})
        errand = _Errand(url, into, limits, asked, progress, seconds_left=limits.total_seconds)
        while True:
            try:
                return self._attempt(errand)
            except _PassingError as fault:
                wait = errand.wait_after(fault)
                if reason := _why_no_more(errand, wait):
                    raise FetchError(url, fault.reason, f"{str(fault).removeprefix(f'{url}: ')} {reason}") from fault
                errand.seconds_left -= wait
                errand.attempt += 1

    def _attempt(self, errand: _Errand) -> Fetched | NotModified:
        url = errand.url
        for _ in range(_MOST_REDIRECTS + 1):
            answer = self._answer(errand, url)
            if not isinstance(answer, str):
                return answer
            url = answer
        raise errand.error(
            "too_many_redirects",
            f"expected a document after at most {_MOST_REDIRECTS} redirects, was sent on to {url}. "
            "Open the address in a browser and put the one where it ends into the source.",
        )

    def _answer(self, errand: _Errand, url: str) -> Fetched | NotModified | str:
        """What the server says at one address; a str is the address that it sends us on to."""
        request, place = _prepared(errand, url)
        with self._turn(errand, place.host or "") as deadline:
            adapter = self._adapter(errand, url, place)
            with self._sent(errand, url, adapter, request) as response:
                if response.status_code in _REDIRECTS and "Location" in response.headers:
                    return _next_url(errand, response)
                if response.status_code == 304 and errand.is_conditional:
                    return NotModified(errand.url, self._now())
                if response.status_code != 200:
                    raise self._status_fault(errand, response)
                return self._kept(errand, response, deadline)

    @contextmanager
    def _turn(self, errand: _Errand, host_name: str) -> Iterator[float]:
        """Stand in line for a host; gives the moment by which its answer must be complete."""
        host = self._hosts.setdefault(host_name, _Host())
        with host.lock:
            if (wait := host.free_at - self._clock()) > 0:
                self._sleep(wait)
            started = self._clock()
            pause = errand.limits.pause_seconds
            try:
                yield started + errand.seconds_left
            except _PassingError as fault:
                pause = max(pause, min(errand.wait_after(fault), errand.limits.longest_wait_seconds))
                raise
            finally:
                ended = self._clock()
                errand.seconds_left -= ended - started
                host.free_at = ended + pause

    def _adapter(self, errand: _Errand, url: str, place: Url) -> HTTPAdapter:
        """The way to an address that may be asked; raises FetchError for one that may not."""
        port = place.port or (80 if place.scheme == "http" else 443)
        if f"{place.host}:{port}" in self._allowed_hosts:
            return self._allowed
        if place.scheme != "https" or place.auth is not None or not place.host:
            raise errand.refusal(url, "is no plain https address")
        try:
            ends = socket.getaddrinfo(place.host.strip("[]"), port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise errand.passing("connection", f"expected {place.host} to have an address, got {error}.") from error
        if private := sorted({str(end[0]) for *_, end in ends if not is_public(str(end[0]))}):
            raise errand.refusal(url, f"leads to {', '.join(private)}")
        return self._public

    def _sent(self, errand: _Errand, url: str, adapter: HTTPAdapter, request: requests.PreparedRequest) -> requests.Response:
        """The answer with its body still to be read."""
        limits = errand.limits
        silence = max(min(limits.read_seconds, errand.seconds_left), 0.001)
        # Not through a requests.Session: even with allow_redirects=False it reads the whole body of a redirect.
        try:
            return adapter.send(request, stream=True, timeout=(limits.connect_seconds, silence), verify=self._certificates)
        except _NotPublicError as error:
            raise errand.refusal(url, f"leads to {error}") from error
        except requests.Timeout as error:
            raise errand.passing("timeout", f"expected an answer within {silence:g} s, got none ({error}).") from error
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise _connection_fault(errand, error) from error

    def _status_fault(self, errand: _Errand, response: requests.Response) -> FetchError:
        came = f"expected 200, got {response.status_code} {response.reason} from {response.url}."
        if response.status_code not in _PASSING:
            return errand.error(
                "http_status", f"{came} Open it in a browser; if the publisher moved the document, correct the source."
            )
        wait = _retry_after(response.headers.get("Retry-After", ""), self._now())
        return errand.passing("http_status", came, retry_after=wait)

    def _kept(self, errand: _Errand, response: requests.Response, deadline: float) -> Fetched:
        """The body on disk: whole or not at all."""
        errand.into.mkdir(parents=True, exist_ok=True)
        part = errand.into / f"{uuid.uuid4().hex}.part"
        try:
            byte_count, sha256 = self._written(errand, response, part, deadline)
            path = part.replace(errand.into / sha256)
        finally:
            part.unlink(missing_ok=True)
        return Fetched(
            path=path, url=errand.url, final_url=response.url, retrieved_at=self._now(),
            etag=response.headers.get("ETag"), last_modified=response.headers.get("Last-Modified"),
            media_type=response.headers.get("Content-Type", "").partition(";")[0].strip().lower(),
            byte_count=byte_count, sha256=sha256,
        )  # fmt: skip

    def _written(self, errand: _Errand, response: requests.Response, part: Path, deadline: float) -> tuple[int, str]:
        """Number of bytes and sha256 of what was written; raises as soon as there are too many."""
        declared: int | None = response.raw.length_remaining
        encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
        errand.check_size(declared or 0)
        byte_count, digest = 0, hashlib.sha256()
        with part.open("xb") as file:
            for block in _decoded(errand, encoding, self._received(errand, response, deadline)):
                byte_count += len(block)
                errand.check_size(byte_count)
                digest.update(block)
                file.write(block)
                if errand.progress:
                    errand.progress(byte_count, declared if encoding == "identity" else None)
            file.flush()
            os.fsync(file.fileno())
        return byte_count, digest.hexdigest()

    def _received(self, errand: _Errand, response: requests.Response, deadline: float) -> Iterator[bytes]:
        """The bytes as they come over the wire; raises where fewer come than were promised, or too slowly."""
        # read1 gives what there is: iter_content and read wait for a full block, so that a server which sends a byte a
        # second outlasts the time limit. urllib3 compares the length with Content-Length at the end.
        try:
            while block := response.raw.read1(_BLOCK, decode_content=False):
                if self._clock() > deadline:
                    raise errand.error(
                        "timeout",
                        f"expected the whole document within {errand.limits.total_seconds:g} s, "
                        f"got {response.raw.tell():,} bytes. Try again when the server is faster, or raise the limit.",
                    )
                yield block
        except urllib3.exceptions.ReadTimeoutError as error:
            raise errand.passing(
                "timeout", f"expected the bytes to go on, got {response.raw.tell():,} and then silence ({error})."
            ) from error
        except urllib3.exceptions.HTTPError as error:
            raise errand.passing(
                "truncated", f"expected the whole document, got {response.raw.tell():,} bytes and an end ({error})."
            ) from error


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet; of an IPv6 address that wraps an IPv4 one, whether that is.

    The ranges are those of the IANA special-purpose address registries, as Python's `ipaddress` knows them.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF) if ip in _NAT64 else ip.ipv4_mapped or ip.sixtofour
        if wrapped is None:
            return ip.is_global and ip in _GLOBAL_UNICAST
        ip = wrapped
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


class _NotPublicError(Exception):
    """The address of the other end, where it is not public."""


class _Connection(HTTPConnection):
    """Hangs up where the header of an answer is not complete within the read limit.

    http.client holds each single read to that limit, so that a server which sends a byte of the header now and then
    would keep it waiting without end.
    """

    def getresponse(self) -> urllib3.HTTPResponse:  # type: ignore[override]  # as in urllib3 itself
        line, is_late = self.sock, threading.Event()

        def hang_up() -> None:
            is_late.set()
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

        watch = threading.Timer(self.timeout or 0, hang_up)
        watch.start()
        try:
            return super().getresponse()
        finally:
            watch.cancel()
            if is_late.is_set():  # http.client takes the end of the connection for the end of the header
                raise TimeoutError("the header was not complete in time")


class _TlsConnection(_Connection, HTTPSConnection):
    pass


class _PublicConnection(_TlsConnection):
    """Looks again at the other end before a byte is sent: a name may have changed its address since it was resolved."""

    def _new_conn(self) -> socket.socket:
        connected = super()._new_conn()
        address = str(connected.getpeername()[0])
        if not is_public(address):
            connected.close()
            raise _NotPublicError(address)
        return connected


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


class _PublicPool(HTTPSConnectionPool):
    ConnectionCls = _PublicConnection


class _Adapter(HTTPAdapter):
    """Sends requests over connections of ours."""

    pools: ClassVar[dict[str, type[HTTPConnectionPool]]] = {"http": _Pool, "https": _TlsPool}

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self.pools


class _PublicAdapter(_Adapter):
    """Sends requests over https to public addresses, and nowhere else."""

    pools: ClassVar[dict[str, type[HTTPConnectionPool]]] = {"https": _PublicPool}


def _headers(etag: str | None, last_modified: str | None) -> dict[str, str]:
    about = ["open dataset of sanctions", os.environ.get("SANCTIONS_LEDGER_CONTACT", "")]
    headers = {
        "User-Agent": f"sanctions-ledger/{version('sanctions-ledger')} ({'; '.join(filter(None, about))})",
        "Accept": "*/*",
        "Accept-Encoding": "gzip",
        "If-None-Match": etag,
        "If-Modified-Since": last_modified,
    }
    return {name: value for name, value in headers.items() if value is not None}


def _prepared(errand: _Errand, url: str) -> tuple[requests.PreparedRequest, Url]:
    """The request, and its address read by the library that will connect to it."""
    try:
        request = requests.Request("GET", url, headers=dict(errand.headers)).prepare()
        return request, parse_url(request.url or "")
    except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
        raise errand.refusal(url, f"cannot be asked for ({error})") from error


def _next_url(errand: _Errand, response: requests.Response) -> str:
    """Where a redirect leads. http.client reads headers as Latin-1, servers write them in UTF-8."""
    location = response.headers["Location"].encode("latin-1").decode("utf-8", errors="replace")
    try:
        return _kept_secure(response.url, urljoin(response.url, location))
    except ValueError as error:
        raise errand.refusal(location, f"is no address ({error})") from error


def _kept_secure(url: str, next_url: str) -> str:
    """An https host that names itself over http is asked over https: the Publications Office does (303 to http://…/cellar/…)."""
    before, after = urlsplit(url), urlsplit(next_url)
    is_same = before.scheme == "https" and after.scheme == "http" and before.netloc == after.netloc
    return after._replace(scheme="https").geturl() if is_same else next_url


def _connection_fault(errand: _Errand, error: Exception) -> FetchError:
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return errand.error(
            "tls",
            f"expected a certificate that a known authority signed for this host, got another ({error}). "
            "Nothing was read. Wait until the publisher has mended it.",
        )
    reason = "tls" if isinstance(error, requests.exceptions.SSLError) else "connection"
    return errand.passing(reason, f"expected an answer, got a broken connection ({error}).")


def _why_no_more(errand: _Errand, wait: float) -> str | None:
    """Why a further attempt after this wait would break a limit; None where it would not."""
    limits = errand.limits
    if errand.attempt >= limits.attempts:
        return f"Gave up after {errand.attempt} attempts; try again later."
    if wait > limits.longest_wait_seconds:
        return f"The server asks to be left alone for {wait:g} s; try again after that."
    if wait >= errand.seconds_left:
        return f"The {limits.total_seconds:g} s for this document are used up; try again later."
    return None


def _retry_after(header: str, now: dt.datetime) -> float | None:
    """Seconds to wait by a Retry-After header (RFC 9110, 10.2.3: seconds or a date); None where it says neither."""
    if header.strip().isdecimal():
        return float(header)
    try:
        moment = email.utils.parsedate_to_datetime(header)
    except ValueError:
        return None
    return max((moment.replace(tzinfo=moment.tzinfo or dt.UTC) - now).total_seconds(), 0.0)


def _decoded(errand: _Errand, encoding: str, blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The uncompressed bytes, in blocks of bounded size however well they were compressed."""
    if encoding == "identity":
        yield from blocks
    elif encoding in ("gzip", "x-gzip"):
        yield from _gunzipped(errand, blocks)
    else:
        raise errand.error(
            "content_encoding",
            f"expected the bytes plain or in gzip, got Content-Encoding {encoding!r}, which was not asked for. "
            "Tell the publisher.",
        )


def _gunzipped(errand: _Errand, blocks: Iterator[bytes]) -> Iterator[bytes]:
    # By hand, because urllib3 takes a gzip stream that ends early for a whole one, and reads on without end, past every
    # limit, while the stream unpacks to nothing.
    unpacker = zlib.decompressobj(wbits=31)
    try:
        for block in blocks:
            packed = block
            while packed:
                if unpacker.eof:  # one more member: the answer may be several gzip files in a row
                    unpacker = zlib.decompressobj(wbits=31)
                if unpacked := unpacker.decompress(packed, _BLOCK):
                    yield unpacked
                packed = unpacker.unconsumed_tail or unpacker.unused_data
    except zlib.error as error:
        raise errand.passing("content_encoding", f"expected gzip as Content-Encoding says, got {error}.") from error
    if not unpacker.eof:
        raise errand.passing("truncated", "expected a whole gzip stream, got the beginning of one.")
