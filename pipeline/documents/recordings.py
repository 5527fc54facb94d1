"""Recordings: a folder with an `index.csv`, one row a document, and the files themselves, plain or compressed."""

import csv
import datetime as dt
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.documents import Document
from pipeline.documents.judgement import Refusal

INDEX_COLUMNS = (
    "source_id",
    "url",
    "recorded_date",
    "published_date",
    "media_type",
    "path",
    "compression",
    "byte_count",
    "sha256",
    "licence",
    "origin",
    "note",
    "retrieved_at",
    "etag",
    "last_modified",
)
_MANDATORY = INDEX_COLUMNS[:12]
COMPRESSIONS = ("", "xz", "bz2", "gz")


class RecordingsError(ValueError):
    """A folder of recordings whose index cannot be used; the message names the row."""


@dataclass(frozen=True)
class Recordings:
    """A folder of recorded documents."""

    folder: Path

    @property
    def index(self) -> Path:
        """The index of the folder."""
        return self.folder / "index.csv"

    def documents(self, source_id: str, as_of: dt.date | None = None) -> list[Document]:
        """The documents of a source recorded by a day, by address, in the order of recording."""
        rows = [row for row in self._rows() if row["source_id"] == source_id]
        documents = [self._document(row) for row in rows]
        kept = [document for document in documents if as_of is None or document.recorded_date <= as_of]
        return sorted(kept, key=_when)

    def add(self, document: Document, body: Path) -> Document:
        """Keep a finished file as a recorded document; the index is replaced in one step."""
        relative = Path(document.source_id) / document.recorded_date.isoformat() / body.name
        kept = self.folder / relative
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(body, kept)
        row = {
            "source_id": document.source_id,
            "url": document.url,
            "recorded_date": document.recorded_date.isoformat(),
            "published_date": _iso(document.published_date),
            "media_type": document.media_type,
            "path": relative.as_posix(),
            "compression": document.compression,
            "byte_count": str(document.byte_count),
            "sha256": document.document_id,
            "licence": document.licence,
            "origin": document.origin,
            "note": document.note,
            "retrieved_at": _iso(document.retrieved_at),
            "etag": document.etag or "",
            "last_modified": document.last_modified or "",
        }
        rows = [other for other in self._rows() if other["path"] != row["path"]] if self.index.exists() else []
        self._write([*rows, row])
        return self._document(row)

    def keep_apart(self, refusal: Refusal, body: Path) -> Path:
        """Move a refused file aside and note the reason beside it; it is never built from."""
        folder = self.folder / "refused" / refusal.document.source_id / refusal.document.recorded_date.isoformat()
        folder.mkdir(parents=True, exist_ok=True)
        kept = folder / f"{refusal.reason}-{body.name}"
        shutil.move(body, kept)
        note = f"{refusal.document.url}\n{refusal.reason}: {refusal.message}\n"
        kept.with_name(kept.name + ".reason.txt").write_text(note, encoding="utf-8")
        return kept

    def _rows(self) -> list[dict[str, str]]:
        if not self.index.exists():
            raise RecordingsError(f"{self.folder} has no index.csv; expected a folder of recorded documents")
        with self.index.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            missing = [column for column in _MANDATORY if column not in (reader.fieldnames or ())]
            if missing:
                raise RecordingsError(f"{self.index}: the columns {', '.join(missing)} are missing")
            return [dict(row) for row in reader]

    def _document(self, row: dict[str, str]) -> Document:
        path = (self.folder / row["path"]).resolve()
        if not path.is_relative_to(self.folder.resolve()):
            raise RecordingsError(f"{self.index}: {row['path']!r} leads out of the folder")
        if row["compression"] not in COMPRESSIONS:
            raise RecordingsError(f"{self.index}: {row['path']}: compression is {row['compression']!r}, not xz, bz2 or gz")
        if not path.is_file():
            raise RecordingsError(f"{self.index}: {row['path']} is named but not there")
        try:
            return Document(
                source_id=row["source_id"],
                url=row["url"],
                recorded_date=dt.date.fromisoformat(row["recorded_date"]),
                published_date=dt.date.fromisoformat(row["published_date"]) if row["published_date"] else None,
                media_type=row["media_type"],
                path=path,
                compression=row["compression"],
                byte_count=int(row["byte_count"] or 0),
                document_id=row["sha256"],
                licence=row["licence"],
                origin=row["origin"],
                note=row["note"],
                retrieved_at=dt.datetime.fromisoformat(row["retrieved_at"]) if row.get("retrieved_at") else None,
                etag=row.get("etag") or None,
                last_modified=row.get("last_modified") or None,
            )
        except ValueError as error:
            raise RecordingsError(f"{self.index}: {row['path']}: {error}") from error

    def _write(self, rows: Iterable[dict[str, str]]) -> None:
        part = self.index.with_suffix(".part")
        with part.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, INDEX_COLUMNS, restval="", extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows(sorted(rows, key=lambda row: (row["source_id"], row["recorded_date"], row["path"])))
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(self.index)


def _when(document: Document) -> tuple[dt.date, str, str, str]:
    """Two copies of one day stand in the order in which they were fetched, where that is known."""
    return document.recorded_date, _iso(document.retrieved_at), document.url, str(document.path)


def _iso(moment: dt.date | dt.datetime | None) -> str:
    return moment.isoformat() if moment else ""
