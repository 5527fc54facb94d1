"""A document is bytes, plus where and when they were read.

`recordings` keeps documents and reads them back, `judgement` tells good ones from broken ones, `web` fetches them and is
the only module that opens a socket.
"""

import bz2
import datetime as dt
import gzip
import lzma
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, Self, cast

_OPENERS: dict[str, Callable[..., Any]] = {"": Path.open, "xz": lzma.open, "bz2": bz2.open, "gz": gzip.open}


@dataclass(frozen=True)
class Document:
    """One recorded state of one address. `document_id` is the sha256 of the uncompressed bytes."""

    source_id: str
    url: str
    recorded_date: dt.date
    """The day of the copy."""
    published_date: dt.date | None
    """The day that the document itself bears; None where it bears none."""
    media_type: str
    path: Path
    compression: str
    """Empty, `xz`, `bz2` or `gz`."""
    byte_count: int
    """Of the uncompressed bytes."""
    document_id: str
    licence: str
    origin: str = ""
    """Who made the copy; `sample` for the hand-written samples of the repository."""
    note: str = ""
    retrieved_at: dt.datetime | None = None
    etag: str | None = None
    last_modified: str | None = None

    @property
    def is_sample(self) -> bool:
        """Whether it is a hand-written sample, which no expected number of entries binds."""
        return self.origin == "sample"

    def open(self) -> IO[bytes]:
        """The uncompressed bytes as a stream."""
        return cast(IO[bytes], _OPENERS[self.compression](self.path, "rb"))

    def read(self, limit: int = -1) -> bytes:
        """The uncompressed bytes, or the first `limit` of them."""
        with self.open() as stream:
            return stream.read(limit)

    def text(self, encoding: str = "utf-8-sig") -> str:
        """The whole document as text; raises UnicodeDecodeError for a wrong encoding."""
        return self.read().decode(encoding)

    def unpacked_in(self, folder: Path) -> Self:
        """The same document, read from its uncompressed copy in a folder where one lies there."""
        copy = folder / self.document_id
        return replace(self, path=copy, compression="") if copy.is_file() else self
