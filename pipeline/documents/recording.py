"""Recording: what a source publishes now is fetched, judged, and kept as a good document or apart with the reason."""

import datetime as dt
import lzma
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from pipeline.documents import Document
from pipeline.documents.addresses import links
from pipeline.documents.judgement import Inspector, Refusal, State, in_order
from pipeline.documents.recordings import INDEX_COLUMNS, Recordings
from pipeline.documents.web import Fetched, FetchError, Limits, NotModified
from pipeline.identifiers import digest
from pipeline.records import Instrument
from pipeline.sources import Source, load

Progress = Callable[[str, int, int | None], None]
"""Called with an address, the bytes written so far and the bytes to come in all; None where the server does not say."""

_XZ_PRESET = 6
_COMPACT = frozenset({"application/pdf", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"})
"""Compressed by themselves: xz would only slow down reading them."""
_SAYS_NOTHING = frozenset(
    {
        "",
        "text/plain",
        "application/octet-stream",
        "binary/octet-stream",
        "application/download",
        "application/x-download",
    }
)
"""What servers send for files whose type they do not know; the bytes alone are judged then."""
_ALSO_CALLED = {
    "application/xml": {"text/xml"},
    "application/rss+xml": {"application/xml", "text/xml", "application/atom+xml"},
    "application/atom+xml": {"application/xml", "text/xml", "application/rss+xml"},
    "text/csv": {"application/csv", "application/vnd.ms-excel", "text/x-csv"},
    "text/tab-separated-values": {"text/csv"},
    "application/json": {"text/json", "application/ld+json"},
    "application/x-ndjson": {"application/json", "application/jsonlines"},
    "text/html": {"application/xhtml+xml"},
}
_LONGEST_NAME = 80


class Client(Protocol):
    """What fetches: `pipeline.documents.web.Client`."""

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
        """The bytes at an address as a file, or that they are as before; raises FetchError."""


@dataclass(frozen=True)
class Recorded:
    """What came of asking every address of a source once."""

    fetched: tuple[Document, ...] = ()
    """Kept as good."""
    unchanged: tuple[str, ...] = ()
    """Addresses that still have the bytes kept last."""
    refused: tuple[Refusal, ...] = ()
    """Kept apart, with the reason."""
    failed: tuple[FetchError, ...] = ()
    """Addresses that gave nothing."""


def record(
    source: Source, recordings: Recordings, client: Client, today: dt.date, progress: Progress | None = None
) -> Recorded:
    """Ask every address of a source and keep what is new; `today` is the day of the copy.

    Of the pages that its documents lead to, the newest ones not held yet are asked for too. What goes wrong at one address
    leaves the others as they are: it stands in the answer.
    """
    _begin(recordings)
    recorder = _Recorder(source, recordings, client, today, progress)
    found = [recorder.recorded(url) for url in addresses(source, recordings)]
    found += [recorder.recorded(url) for url in recorder.new_pages()]
    return Recorded(
        tuple(each for each in found if isinstance(each, Document)),
        tuple(each for each in found if isinstance(each, str)),
        tuple(each for each in found if isinstance(each, Refusal)),
        tuple(each for each in found if isinstance(each, FetchError)),
    )


def addresses(source: Source, recordings: Recordings) -> tuple[str, ...]:
    """Where the source is asked: its own addresses, then those of the acts that other sources' newest documents name."""
    told = source.addresses
    if told is None or told.number is None or not told.acts_of:
        return source.urls
    named = {number for other in load(told.acts_of).values() for number in _acts_named(other, recordings)}
    further = (told.of(number) for number in sorted(named) if told.number.fullmatch(number))
    return (*source.urls, *(url for url in further if url not in source.urls))


def _acts_named(source: Source, recordings: Recordings) -> set[str]:
    """The numbers of the acts in the newest document of each address of a source."""
    newest = {document.url: document for document in recordings.documents(source.recorded_as)}  # in the order of recording
    said = (record for document in newest.values() for record in source.parse(document, source))
    return {record.number for record in said if isinstance(record, Instrument)}


def file_name(url: str, sha256: str) -> str:
    """A name for the file of an address: its last segment, made safe, and a mark of the address and the bytes."""
    segment = unquote(urlsplit(url).path).rsplit("/", 1)[-1]
    clean = re.sub(r"[^A-Za-z0-9._-]+", "_", segment).strip("._-")[-_LONGEST_NAME:].lstrip("._-") or "document"
    name = Path(clean)
    return f"{name.stem}-{digest([url, sha256], 8)}{name.suffix}"


def _begin(recordings: Recordings) -> None:
    recordings.folder.mkdir(parents=True, exist_ok=True)
    if not recordings.index.exists():
        recordings.index.write_text(",".join(INDEX_COLUMNS) + "\n", encoding="utf-8")


@dataclass(frozen=True)
class _Recorder:
    """One round over the addresses of a source."""

    source: Source
    recordings: Recordings
    client: Client
    today: dt.date
    progress: Progress | None

    def recorded(self, url: str) -> Document | str | Refusal | FetchError:
        """The document kept, the address where it is unchanged, or why nothing good came."""
        newest = _newest(self.recordings.documents(self.source.recorded_as), url)
        with tempfile.TemporaryDirectory(prefix=".incoming-", dir=self.recordings.folder) as folder:
            try:
                answer = self._fetched(url, Path(folder), newest)
            except FetchError as error:
                return error
            if isinstance(answer, NotModified) or (newest and answer.sha256 == newest.document_id):
                return url
            arrived = _arrived(self.source, answer, self.today)
            return _kept(_judged(arrived, newest, answer.media_type, self.source), self.recordings)

    def new_pages(self) -> list[str]:
        """The addresses of pages that the newest documents lead to and that are not held; no more than may be asked for."""
        pages = self.source.pages
        if pages is None:
            return []
        held = self.recordings.documents(self.source.recorded_as)
        newest = [document for url in self.source.urls if (document := _newest(held, url))]
        told = dict.fromkeys(url for document in newest for url in links(document) if pages.links.fullmatch(url))
        new = [url for url in told if _newest(held, url) is None and url not in self.source.urls]
        return new[: pages.most]

    def _fetched(self, url: str, folder: Path, newest: Document | None) -> Fetched | NotModified:
        progress = self.progress
        return self.client.fetch(
            url,
            folder,
            limits=Limits(max_bytes=self.source.format_of(url).max_bytes, pause_seconds=self.source.pause_seconds),
            etag=newest.etag if newest else None,
            last_modified=newest.last_modified if newest else None,
            headers=self.source.headers or None,
            progress=(lambda done, total: progress(url, done, total)) if progress else None,
        )


def _newest(documents: Iterable[Document], url: str) -> Document | None:
    of_address = [document for document in documents if document.url == url]
    epoch = dt.datetime.min.replace(tzinfo=dt.UTC)
    return max(of_address, key=lambda document: (document.recorded_date, document.retrieved_at or epoch), default=None)


def _arrived(source: Source, answer: Fetched, today: dt.date) -> Document:
    body = answer.path.rename(answer.path.with_name(file_name(answer.url, answer.sha256)))
    return Document(
        source_id=source.recorded_as, url=answer.url, recorded_date=today, published_date=None,
        media_type=source.format_of(answer.url).media_type, path=body, compression="", byte_count=answer.byte_count,
        document_id=answer.sha256, licence=source.licence, retrieved_at=answer.retrieved_at, etag=answer.etag,
        last_modified=answer.last_modified,
    )  # fmt: skip


def _judged(arrived: Document, newest: Document | None, said: str, source: Source) -> State | Refusal:
    """The document by the type that its server says, by itself, and beside the state of its address kept last."""
    promised = source.format_of(arrived.url).media_type
    if said != promised and said not in _SAYS_NOTHING | _ALSO_CALLED.get(promised, set()):
        return Refusal(arrived, "wrong_media_type", f"expected {promised}; the server says that it sent {said}")
    # Only good documents are kept, so the last one of the address stands for all before it.
    *_, found = in_order([newest, arrived] if newest else [arrived], source, Inspector())
    return found


def _kept(found: State | Refusal, recordings: Recordings) -> Document | Refusal:
    if isinstance(found, Refusal):
        recordings.keep_apart(found, found.document.path)
        return found
    document = found.document
    if document.media_type in _COMPACT:
        return recordings.add(document, document.path)
    return recordings.add(replace(document, compression="xz"), _compressed(document.path))


def _compressed(body: Path) -> Path:
    packed = body.with_name(body.name + ".xz")
    with body.open("rb") as plain, lzma.open(packed, "wb", preset=_XZ_PRESET) as stream:
        shutil.copyfileobj(plain, stream, 1 << 20)
    return packed
