"""Good documents are told from broken ones before anything is built from them.

A document is judged by itself (`inspect`: is it what its source promises?) and in its place among the other states of its
address (`in_order`: is it newer inside than those before, and not far smaller?). What is refused is reported with its
reason and never read.
"""

import csv
import hashlib
import io
import json
import lzma
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

from pipeline.documents import Document
from pipeline.sources import Format, Source

_HEAD_BYTES = 200_000
_CHUNK_BYTES = 1 << 20
_PART = "part"
_HTML_START = re.compile(rb"\s*(<!doctype html|<html|<head|<body)", re.IGNORECASE)
_REDIRECT_STUB = re.compile(rb"object (may be found|moved|has moved)|http-equiv=.?refresh", re.IGNORECASE)
_ENTITY_DECLARATION = re.compile(rb"<!(DOCTYPE[^>]*\[|ENTITY)", re.IGNORECASE)
csv.field_size_limit(10_000_000)
_UNREADABLE = (
    EOFError, OSError, lzma.LZMAError, zlib.error,  # a compressed file that breaks off or is damaged
    UnicodeDecodeError, RecursionError,  # another encoding; JSON nested without end
    RuntimeError,  # what zipfile raises for an archive under a password
)  # fmt: skip


class RefusedError(ValueError):
    """A document that must not be built from: `reason` is a short code, the message what was expected and what came."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True)
class State:
    """A good document: one dated state of one address."""

    document: Document
    entry_count: int
    """Entries (list entries, rows, lines) that an independent pass over the bytes counted."""

    @property
    def day(self) -> date:
        """The day that the state speaks of: the date inside, else the day of the copy."""
        return self.document.published_date or self.document.recorded_date


@dataclass(frozen=True)
class Refusal:
    """A document kept apart, and why."""

    document: Document
    reason: str
    message: str


@dataclass(frozen=True)
class Inspection:
    """What one pass over the bytes of a document tells."""

    published_date: date | None
    entry_count: int
    sha256: str
    byte_count: int


class UnkeptError(Exception):
    """What was unpacked cannot be kept, as on a full disk: that says nothing of the document."""


class _Metered(io.RawIOBase):
    """A stream that hashes, counts and copies what is read through it, and stops at a limit."""

    def __init__(self, stream: IO[bytes], limit: int, copy: IO[bytes] | None = None) -> None:
        self._stream = stream
        self._limit = limit
        self._copy = copy
        self.hash = hashlib.sha256()
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        chunk = self._stream.read(len(view))
        view[: len(chunk)] = chunk
        self.hash.update(chunk)
        self.count += len(chunk)
        if self.count > self._limit:
            raise RefusedError("too_large", f"expected at most {self._limit:,} bytes; more came")
        if self._copy:
            try:
                self._copy.write(chunk)
            except OSError as error:
                raise UnkeptError(f"expected room for what is unpacked: {error}") from error
        return len(chunk)

    def drain(self) -> None:
        while self.read(_CHUNK_BYTES):
            pass


def inspect(document: Document, form: Format, unpacked: Path | None = None) -> Inspection:
    """One pass over the document; raises RefusedError where it is not what its source promises.

    Where it is compressed, its bytes are left in the folder `unpacked`, named by their sha256, in place of those of the
    document inspected before: a build reads the newest state next, and need not unpack it again. Raises UnkeptError or
    OSError where they cannot be left there.
    """
    with _copy(unpacked if document.compression else None) as copy:
        found = _inspected(document, form, copy)
    if unpacked and document.compression:
        (unpacked / _PART).rename(unpacked / found.sha256)
    return found


def _inspected(document: Document, form: Format, copy: IO[bytes] | None) -> Inspection:
    try:
        head = document.read(_HEAD_BYTES)
        _refuse_by_first_bytes(head, form)
        with document.open() as stream:
            metered = _Metered(stream, form.max_bytes, copy)
            entry_count = _COUNTERS[form.media_type](metered, form)
            metered.drain()
    except _UNREADABLE as error:
        raise RefusedError("unreadable", f"the file {document.path.name} cannot be read whole: {error}") from error
    found = Inspection(_published(head, form), entry_count, metered.hash.hexdigest(), metered.count)
    if document.document_id and found.sha256 != document.document_id:
        raise RefusedError(
            "altered", f"expected the bytes with sha256 {document.document_id}, as the index says; came {found.sha256}"
        )
    return found


@contextmanager
def _copy(folder: Path | None) -> Iterator[IO[bytes] | None]:
    if folder is None:
        yield None
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with (folder / _PART).open("wb") as copy:
        yield copy


def _refuse_by_first_bytes(head: bytes, form: Format) -> None:
    if not head.strip():
        raise RefusedError("empty", f"expected {form.media_type}; the document is empty")
    if head.startswith(b"version https://git-lfs.github.com/spec"):
        raise RefusedError("git_lfs_pointer", "a git-LFS pointer stands in place of the document; fetch the object itself")
    if form.media_type != "text/html" and _HTML_START.match(head):
        if _REDIRECT_STUB.search(head[:2_000]):
            raise RefusedError(
                "redirect_stub", f"expected {form.media_type}; came a page that points elsewhere: {_start(head)}"
            )
        raise RefusedError("html_page", f"expected {form.media_type}; came an HTML page: {_start(head)}")
    if form.media_type == "application/xml" and _ENTITY_DECLARATION.search(head):
        raise RefusedError("entity_declarations", "the XML declares entities of its own, which no list needs")


def _start(head: bytes) -> str:
    return " ".join(head[:160].decode("utf-8", "replace").split())


def _published(head: bytes, form: Format) -> date | None:
    if form.published is None:
        return None
    text = head.decode(form.encoding, "replace")
    match = form.published.search(text)
    if match is None:
        raise RefusedError("no_date_inside", f"expected the date of the document ({form.published.pattern}) near its start")
    try:
        return date(*(int(match[part]) for part in ("year", "month", "day")))
    except ValueError as error:
        raise RefusedError("malformed_date_inside", f"the date of the document cannot be read: {match[0]!r}") from error


def _count_xml(stream: _Metered, form: Format) -> int:
    """The tags that open an entry, in XML that is well-formed to its end. To be called back for each element costs far more."""
    parser, roots = expat.ParserCreate(), list[str]()

    def keep_root(name: str, _attributes: object) -> None:
        roots.append(name.rpartition(":")[2])
        parser.StartElementHandler = None

    parser.StartElementHandler = keep_root
    parser.EntityDeclHandler = _refuse_entities
    opening = re.compile(rb"<(?:[\w.-]+:)?(?:%s)[\s/>]" % "|".join(map(re.escape, form.entries)).encode())
    count, rest = 0, b""
    try:
        while chunk := stream.read(_CHUNK_BYTES):
            parser.Parse(chunk, False)
            whole, bracket, rest = (rest + chunk).rpartition(b"<")  # the last tag may go on in the next chunk
            count, rest = count + len(opening.findall(whole)), bracket + rest
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise RefusedError("ill_formed", f"the XML breaks off or is ill-formed: {error}") from error
    if roots[0] != form.root:
        raise RefusedError("wrong_root", f"expected an XML document <{form.root}>; came <{roots[0]}>")
    return (count + len(opening.findall(rest))) if form.entries else 0


def _refuse_entities(name: str, *_: object) -> None:
    raise RefusedError("entity_declarations", f"the XML declares the entity {name} of its own, which no list needs")


def _count_delimited(stream: _Metered, form: Format) -> int:
    text = io.TextIOWrapper(io.BufferedReader(stream), encoding=form.encoding, newline="")
    width = form.columns
    count = 0
    try:
        for _ in range(form.skip):
            text.readline()
        for row in csv.reader(text, delimiter=form.delimiter, strict=True):
            if not row or row == ["\x1a"]:  # Ctrl-Z ends OFAC's files
                continue
            width = width or len(row)
            if len(row) != width:
                raise RefusedError("truncated", f"expected {width} columns in row {count + 1}; came {len(row)}")
            count += 1
    except UnicodeDecodeError as error:
        raise RefusedError("wrong_encoding", f"expected text in {form.encoding}: {error}") from error
    except csv.Error as error:
        raise RefusedError("truncated", f"row {count + 1} cannot be read as delimited text: {error}") from error
    finally:
        text.detach()
    return count


def _count_json(stream: _Metered, form: Format) -> int:
    try:
        content = json.loads(stream.readall().decode(form.encoding))
    except ValueError as error:
        raise RefusedError("ill_formed", f"the JSON breaks off or is ill-formed: {error}") from error
    for name in () if form.may_be_a_list and isinstance(content, list) else form.entries:
        if not isinstance(content, dict) or name not in content:
            raise RefusedError("wrong_root", f"expected the entries at /{'/'.join(form.entries)}; {name!r} is not there")
        content = content[name]
    if not isinstance(content, list | dict):
        raise RefusedError("wrong_root", f"expected a list or an object of entries; came {str(content)[:100]!r}")
    return len(content)


def _count_json_lines(stream: _Metered, form: Format) -> int:
    count = 0
    for line in io.BufferedReader(stream):
        try:
            json.loads(line)
        except ValueError as error:
            raise RefusedError("ill_formed", f"line {count + 1} is no JSON: {error}") from error
        count += 1
    return count


def _count_html(stream: _Metered, form: Format) -> int:
    body = stream.readall()
    if not re.search(rb"</html\s*>", body[-2_000:], re.IGNORECASE):
        raise RefusedError("truncated", "the page does not end with </html>")
    return len(re.findall(rb"<tr\b|<p\b|<li\b", body, re.IGNORECASE))


def _count_zip(stream: _Metered, form: Format) -> int:
    try:
        with zipfile.ZipFile(io.BytesIO(stream.readall())) as archive:
            total = sum(member.file_size for member in archive.infolist())
            if total > form.max_bytes:
                raise RefusedError("too_large", f"expected at most {form.max_bytes:,} bytes; the archive unpacks to {total:,}")
            broken = archive.testzip()
            count = len(archive.infolist())
    except zipfile.BadZipFile as error:
        raise RefusedError("ill_formed", f"expected a workbook; the archive cannot be read: {error}") from error
    if broken:
        raise RefusedError("ill_formed", f"the workbook's part {broken} is damaged")
    return count


def _count_pdf(stream: _Metered, form: Format) -> int:
    body = stream.readall()
    if not body.startswith(b"%PDF-") or b"%%EOF" not in body[-2_000:]:
        raise RefusedError("truncated", f"expected a whole PDF; came {_start(body)!r} … {body[-40:]!r}")
    return max(1, len(re.findall(rb"/Type\s*/Page\b", body)))


def _count_lines(stream: _Metered, form: Format) -> int:
    return stream.readall().decode(form.encoding).count("\n") + 1


_COUNTERS = {
    "application/xml": _count_xml,
    "application/rss+xml": _count_xml,
    "application/atom+xml": _count_xml,
    "text/csv": _count_delimited,
    "text/tab-separated-values": _count_delimited,
    "application/json": _count_json,
    "application/x-ndjson": _count_json_lines,
    "text/html": _count_html,
    "text/plain": _count_lines,
    "application/pdf": _count_pdf,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _count_zip,
}


def in_order(documents: Iterable[Document], source: Source, inspected: "Inspector") -> Iterator[State | Refusal]:
    """Each document as a state or a refusal, in the order in which they were recorded.

    A document is stale where it is older inside than a state of the same address recorded before it (a content network
    that serves an old copy), and short where it has fewer than `fewest_share` of the entries of that state. Documents of a
    media type that another source reads (`beside`) are left to it.
    """
    last: dict[str, State] = {}
    for document in documents:
        if document.media_type == source.document.beside:
            continue
        try:
            form = source.format_of(document.url)
            inspection = inspected(document, form)
            state = _dated(document, inspection)
            _refuse_in_its_place(state, last.get(document.url), form)
        except RefusedError as error:
            yield Refusal(document, error.reason, str(error))
            continue
        last[document.url] = state
        yield state


def _dated(document: Document, inspection: Inspection) -> State:
    inside = inspection.published_date or document.published_date
    if inside and inside > document.recorded_date:
        raise RefusedError(
            "from_the_future",
            f"the document says {inside}, after the day on which it was copied, {document.recorded_date}",
        )
    whole = replace(document, published_date=inside, document_id=inspection.sha256, byte_count=inspection.byte_count)
    return State(whole, inspection.entry_count)


def _refuse_in_its_place(state: State, before: State | None, form: Format) -> None:
    if before is None:
        return
    if state.document.published_date and state.day < before.day:
        raise RefusedError(
            "stale",
            f"says {state.day} inside, but the copy of {before.document.recorded_date} already said {before.day}",
        )
    if state.entry_count < before.entry_count * form.fewest_share:
        raise RefusedError(
            "too_few_entries",
            f"has {state.entry_count:,} entries; the last good state of {before.day} has {before.entry_count:,}",
        )


class Inspector:
    """Inspects a document once: what was found is remembered for the file as it lies there (size and time of change)."""

    def __init__(self, remembered: dict[str, dict[str, str | int | None]] | None = None, unpacked: Path | None = None) -> None:
        self.remembered = remembered or {}
        self._unpacked = unpacked
        self.used: dict[str, dict[str, str | int | None]] = {}

    def __call__(self, document: Document, form: Format) -> Inspection:
        """As `inspect`, from memory where the file, the index row and the expected format are the same as before."""
        status = document.path.stat()
        key = f"{document.path}|{status.st_size}|{status.st_mtime_ns}|{document.document_id}|{form}"
        found = self.remembered.get(key)
        if found is None:
            found = _as_facts(document, form, self._unpacked)
        if found["reason"] != "unreadable":  # a disk may be whole again tomorrow
            self.used[key] = found
        if found["reason"]:
            raise RefusedError(str(found["reason"]), str(found["message"]))
        day = found["published_date"]
        return Inspection(
            date.fromisoformat(str(day)) if day else None,
            int(found["entry_count"] or 0),
            str(found["sha256"]),
            int(found["byte_count"] or 0),
        )


def _as_facts(document: Document, form: Format, unpacked: Path | None) -> dict[str, str | int | None]:
    try:
        found = inspect(document, form, unpacked)
    except RefusedError as error:
        return {"reason": error.reason, "message": str(error)}
    return {
        "reason": None,
        "published_date": found.published_date.isoformat() if found.published_date else None,
        "entry_count": found.entry_count,
        "sha256": found.sha256,
        "byte_count": found.byte_count,
    }
