"""What tests share: the repository's samples and, where it is there, the folder of real recordings."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.documents import Document
from pipeline.documents.recordings import Recordings
from pipeline.records import DatedStep, Fact, Listing, Measure, Name, Period, Record, Target
from pipeline.sources import Format, Source

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "tests" / "samples"
RECORDINGS = ROOT.parent / "shared" / "recordings"


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of hand-written samples."""
    return SAMPLES


@pytest.fixture(scope="session")
def recordings() -> Path:
    """The folder of real recorded documents; a test that needs it is skipped where it is missing."""
    if not (RECORDINGS / "index.csv").exists():
        pytest.skip("the real recordings are not there: expected ../shared/recordings/index.csv beside the checkout")
    return RECORDINGS


def document_of(
    source_id: str, path: Path, *, url: str = "https://example.org/", media_type: str = "application/xml"
) -> Document:
    """A Document over a file that stands in a folder named by its day, as in a recordings folder."""
    compression = {".xz": "xz", ".bz2": "bz2", ".gz": "gz"}.get(path.suffix, "")
    day = dt.date.fromisoformat(path.parent.name)
    body = Document(source_id, url, day, day, media_type, path, compression, 0, "", "test").read()
    return Document(
        source_id, url, day, day, media_type, path, compression,
        byte_count=len(body), document_id=hashlib.sha256(body).hexdigest(), licence="test", origin="sample",
    )  # fmt: skip


def register_source(**changes: object) -> Source:
    """A made-up register of one address, whose documents are JSON: entries with a name and the day of each programme.

    `{"A1": {"name": "ACME", "since": {"ALPHA": "2020-01-01"}}}` is one entry under one programme.
    """
    facts: dict[str, object] = {
        "source_id": "xx_list", "register_code": "xx_list", "title": "A list", "publisher_name": "A ministry",
        "issuer_code": "JP", "kind": "list", "urls": ("https://example.org/list.json",), "format_name": "JSON",
        "licence": "none", "licence_url": None, "is_redistributable": True, "cadence": "daily", "language": "en",
        "states": "latest_of_one_address", "time_zone": "Asia/Tokyo", "expected_entries": (1, 100),
        "document": Format("application/json"), "facts": {}, "parse": register_parser,
        "words": {
            "target_type": {"entity": "organization"}, "measure_type": {"freeze": "asset_freeze"},
            "name_type": {"name": "primary"}, "fact": {"born": "birth_date", "citizen of": "citizenship"},
            "identifier_type": {"ship": "imo_number", "passport": "passport"},
        },
    }  # fmt: skip
    return Source(**{**facts, **changes})  # type: ignore[arg-type]


def register_parser(document: Document, source: Source) -> Iterator[Record]:
    """Reads the documents of `register_source`."""
    entries = json.loads(document.read())
    programmes = sorted({programme for entry in entries.values() for programme in entry["since"]})
    for programme in programmes:
        yield Measure(key=programme, type_text="freeze", locator=f"/programmes/{programme}", scope="listed_targets")
    for key, entry in entries.items():
        yield Target(key=key, type_text=entry.get("type", "entity"), name=entry["name"], locator=f"/{key}")
        yield Name(target_key=key, value=entry["name"], type_text="name")
        for label, words in entry.get("facts", {}).items():
            yield Fact(target_key=key, kind_text=label, value=words, country_text=words)
        for programme, day in entry["since"].items():
            yield Listing(target_key=key, measure_key=programme)
            if day:
                since = dt.date.fromisoformat(day)
                period = Period(since, since, "day", day)
                yield DatedStep(measure_key=programme, action="list", step="unspecified", period=period, target_key=key)


def record_register(folder: Path, states: dict[str, dict[str, object]], source_id: str = "xx_list") -> Recordings:
    """A recordings folder with a state of the made-up register for each day."""
    recordings = Recordings(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for day, entries in states.items():
        body = folder / f"{day}.json"
        body.write_text(json.dumps(entries), encoding="utf-8")
        when = dt.date.fromisoformat(day)
        url = "https://example.org/list.json"
        recordings.add(Document(source_id, url, when, when, "application/json", body, "", 0, "", "none"), body)
    return recordings


def order_measures(records: list[Record], order: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Type, scope and territories of the measures of an executive order."""
    found = [record for record in records if isinstance(record, Measure) and record.key.startswith(f"Executive Order {order}|")]
    return [(each.type_text, each.scope, each.territory_texts) for each in found]


def order_steps(records: list[Record], key: str) -> list[tuple[str, str, dt.date | None]]:
    """Action, step and day of each dated step of a measure of an executive order."""
    return [
        (each.action, each.step, each.period.earliest)
        for each in records
        if isinstance(each, DatedStep) and each.measure_key == key
    ]
