"""A snapshot: what stands in its files, and that it appears whole or not at all."""

import csv
import datetime as dt
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

import schemas
from pipeline import published
from pipeline.published import Snapshot, publish, published_content

DAY = dt.date(2026, 2, 28)
KNOWN = dt.datetime(2022, 3, 29)  # noqa: DTZ001 — instants are kept without a zone, in UTC
ORDER = "a" * 64
WITH_EVIDENCE = {"evidence_id": "e1", "known_from_at": KNOWN}
STEP = {
    "measure_id": "JP-0123456789ab", "action_code": "impose", "date_precision_code": "day", "is_approximate": False,
    "is_derived": False, **WITH_EVIDENCE,
}  # fmt: skip
TARGET = {
    "register_code": "us_ofac", "issuer_code": "US", "key_kind_code": "source_key", "target_type_code": "organization",
    "country_codes": [], "is_current": True, **WITH_EVIDENCE,
}  # fmt: skip

# One measure, as the Export Trade Control Order tells it, and what it rests on.
ROWS: Mapping[str, list[dict[str, Any]]] = {
    "measures": [
        {
            "measure_id": "JP-0123456789ab", "issuer_code": "JP", "measure_type_code": "export_ban",
            "scope_code": "goods", "territory_codes": ["RU"], "title": "Japan bans exports of luxury goods to Russia",
            "status_code": "in_force", "effective_date": dt.date(2022, 4, 5), "evidence_level_code": "law",
            "review_code": "machine", **WITH_EVIDENCE,
        }
    ],
    "dates": [
        {**STEP, "date_id": "d1", "step_code": "published", "event_code": "published",
         "date": dt.date(2022, 3, 29), "date_latest": dt.date(2022, 3, 29)},
        {**STEP, "date_id": "d2", "step_code": "effective", "event_code": "effective",
         "date": dt.date(2022, 4, 5), "date_latest": dt.date(2022, 4, 5)},
    ],
    "evidence": [
        {"evidence_id": "e1", "document_id": ORDER,
         "locator": "//SupplProvision[@AmendLawNum='令和四年政令第百二十二号']",
         "quote_text": "この政令は、令和四年四月五日から施行する。",
         "extractor_name": "jp_egov_law", "extractor_version": "1"}
    ],
    "documents": [
        {"document_id": ORDER, "source_id": "jp_egov_law", "published_date_source_code": "unknown",
         "media_type": "application/xml", "byte_count": 7, "licence": "free; name the source"}
    ],
    "retrievals": [{"document_id": ORDER, "url": "https://example.org/order", "retrieved_at": KNOWN}],
    "sources": [
        {"source_id": "jp_egov_law", "title": "e-Gov Law Search", "publisher_name": "Digital Agency of Japan",
         "issuer_code": "JP", "kind_code": "law", "language": "ja", "url": "https://example.org/", "format": "XML",
         "licence": "free; name the source", "is_redistributable": True, "cadence": "daily", "status": "read",
         "document_count": 1, "row_count": 3, "reject_count": 0}
    ],
}  # fmt: skip


def write_tables(folder: Path, rows: Mapping[str, list[dict[str, Any]]] = ROWS, *, day: dt.date = DAY) -> Path:
    """Every table as Parquet, with the rows that are given: what a column is not given is NULL."""
    counts = {table: len(rows.get(table, [])) for table in schemas.TABLES}
    snapshot = {
        "snapshot_date": day, "version": "1", "pipeline_version": "0.1.0", "input_sha256": "b" * 64,
        "row_counts_json": json.dumps(counts | {"snapshots": 1}),
    }  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    for table in schemas.TABLES:
        given = [snapshot] if table == "snapshots" else rows.get(table, [])
        frame = pl.DataFrame(
            [dict.fromkeys(schemas.polars_schema(table)) | row for row in given], schema=schemas.polars_schema(table)
        )
        frame.write_parquet(folder / f"{table}.parquet")
    return folder


def renamed(name: str) -> dict[str, list[dict[str, Any]]]:
    """The tables with one target of that name."""
    return {**ROWS, "targets": [{**TARGET, "target_id": "us_ofac-1", "source_key": "1", "name": name}]}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder with one snapshot, only to be read."""
    folder = tmp_path_factory.mktemp("published")
    publish(write_tables(folder / "tables"), folder)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """What has to be the same in every run: all but the DuckDB file, whose content hash stands in datapackage.json."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".duckdb"}


def is_whole(snapshot: Path) -> bool:
    """Whether every file that the checksums name is there as they say, and the database opens."""
    lines = [line.split("  ") for line in (snapshot / "SHA256SUMS").read_text().splitlines()]
    good = all(hashlib.sha256((snapshot / name).read_bytes()).hexdigest() == digest for digest, name in lines)
    copy = snapshot.parent / "opened.duckdb"  # DuckDB keeps one instance of a path: a copy is surely read anew
    shutil.copyfile(snapshot / "sanctions.duckdb", copy)
    with duckdb.connect(str(copy), read_only=True) as database:
        rows = database.sql("SELECT count(*) FROM measures").fetchall()
    copy.unlink()
    return good and rows == [(1,)]


# What stands in the files


def test_every_table_is_published_as_csv_and_parquet_if_only_empty(output: Path) -> None:
    names = {path.name for path in (output / "latest").iterdir()}
    tables = {f"{table}{suffix}" for table in schemas.TABLES for suffix in (".csv", ".parquet")}
    assert names == tables | {"datapackage.json", "README.md", "CHANGES.md", "SHA256SUMS", "sanctions.duckdb"}
    assert (output / "latest" / "goods.csv").read_bytes().count(b"\r\n") == 1


def test_readme_and_data_package_name_every_table_and_the_terms_of_every_source(output: Path) -> None:
    readme = (output / "latest" / "README.md").read_text(encoding="utf-8")
    package = json.loads((output / "latest" / "datapackage.json").read_text(encoding="utf-8"))
    assert [resource["name"] for resource in package["resources"]] == list(schemas.TABLES)
    assert all(f"### {table}\n" in readme for table in schemas.TABLES)
    assert "| `jp_egov_law` | Digital Agency of Japan: e-Gov Law Search | free; name the source | yes |" in readme
    assert package["licenses"][0]["name"] == "ODC-By-1.0"


def test_checksums_cover_every_file_but_the_database_and_themselves(output: Path) -> None:
    assert is_whole(output / "latest")
    named = {line.split("  ")[1] for line in (output / "latest" / "SHA256SUMS").read_text().splitlines()}
    assert named == set(files(output / "latest")) - {"SHA256SUMS"}


def test_database_is_written_in_the_storage_version_that_duckdb_1_3_and_webassembly_open(output: Path) -> None:
    header = (output / "sanctions.duckdb").read_bytes()[:20]
    assert header[8:12] == b"DUCK"
    assert int.from_bytes(header[12:20], "little") == 65  # 64: before 1.2; 65: v1.2.0; 66: v1.3.0; 69: v2.0.0


def test_database_answers_what_was_in_force_and_where_it_is_written(output: Path) -> None:
    with duckdb.connect(str(output / "sanctions.duckdb"), read_only=True) as database:
        question = "SELECT title, start_date, written_at, quote_text FROM in_force(DATE '{}')"
        assert database.sql(question.format("2022-04-04")).fetchall() == []
        assert database.sql(question.format("2022-04-05")).fetchall() == [
            (
                "Japan bans exports of luxury goods to Russia", dt.date(2022, 4, 5), "https://example.org/order",
                "この政令は、令和四年四月五日から施行する。",
            )
        ]  # fmt: skip


def test_every_table_and_column_of_the_database_is_commented(output: Path) -> None:
    with duckdb.connect(str(output / "sanctions.duckdb"), read_only=True) as database:
        tables = database.sql("SELECT table_name, comment IS NOT NULL FROM duckdb_tables()").fetchall()
        columns = database.sql(
            "SELECT table_name, column_name FROM duckdb_columns() JOIN duckdb_tables() USING (table_name)"
            " WHERE duckdb_columns.comment IS NULL"
        ).fetchall()
    settled = {"editions", "measure_acts", "measure_steps", "measure_places"}
    assert dict(tables) == dict.fromkeys([*schemas.TABLES, *settled], True)
    assert {table for table, _ in columns} == settled


def test_csv_is_rfc_4180_with_a_header_empty_nulls_iso_days_and_json_lists(output: Path) -> None:
    body = (output / "latest" / "retrievals.csv").read_bytes()
    line = f"{ORDER},https://example.org/order,2022-03-29T00:00:00Z,,"
    assert body.decode() == f"document_id,url,retrieved_at,etag,last_modified\r\n{line}\r\n"
    with (output / "latest" / "measures.csv").open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream, strict=True)
    assert row["territory_codes"] == '["RU"]'
    assert row["effective_date"] == "2022-04-05"
    assert row["announced_date"] == ""


AWKWARD = [
    'Bank "Rossiya", JSC', "=HYPERLINK(1)", "+7 495", "-1", "@cmd", "two\nlines", "two\r\nlines", "tab\there", "a;b",
    "O'Brien's", "null", "NA", "nul\0byte", "Ｆｕｌｌ 株式会社", "\u202eright to left", "trailing blank ", "{}",
    "\\N", "\ufeffbom",
]  # fmt: skip


def test_awkward_text_survives_in_every_format(tmp_path: Path) -> None:
    targets = [
        {**TARGET, "target_id": f"us_ofac-{number:02}", "source_key": str(number), "name": name}
        for number, name in enumerate(AWKWARD)
    ]
    folder = publish(write_tables(tmp_path / "tables", {**ROWS, "targets": targets}), tmp_path).folder
    with (folder / "targets.csv").open(encoding="utf-8", newline="") as stream:
        assert [row["name"] for row in csv.DictReader(stream, strict=True)] == AWKWARD
    assert pl.read_csv(folder / "targets.csv", infer_schema=False, glob=False)["name"].to_list() == AWKWARD
    assert pl.read_parquet(folder / "targets.parquet", glob=False)["name"].to_list() == AWKWARD
    with duckdb.connect(str(folder / "sanctions.duckdb"), read_only=True) as database:
        assert database.sql("SELECT name FROM targets ORDER BY target_id").fetchall() == [(name,) for name in AWKWARD]


def test_output_folder_may_have_quotes_and_brackets_in_its_name(tmp_path: Path) -> None:
    output = tmp_path / 'it\'s [a] "folder" 出力'
    assert is_whole(publish(write_tables(output / "tables"), output).folder)


# The same input, the same bytes


def test_publishing_twice_gives_the_same_bytes(tmp_path: Path, output: Path) -> None:
    again = publish(write_tables(tmp_path / "tables"), tmp_path)
    assert files(again.folder) == files(output / "latest")
    assert again.content_sha256 == published_content(output, DAY)


def test_other_content_has_another_content_hash(tmp_path: Path, output: Path) -> None:
    other = publish(write_tables(tmp_path / "tables", renamed("ACME")), tmp_path)
    assert other.content_sha256 != published_content(output, DAY)


# Whole or not at all


def test_latest_never_moves_to_an_earlier_day(tmp_path: Path) -> None:
    newer = publish(write_tables(tmp_path / "newer"), tmp_path)
    older = publish(write_tables(tmp_path / "older", day=dt.date(2025, 10, 14)), tmp_path)
    assert (newer.is_latest, older.is_latest) == (True, False)
    assert (tmp_path / "latest").readlink() == Path("snapshots/2026-02-28")
    assert is_whole(tmp_path / "snapshots" / "2025-10-14")


def test_samples_give_way_to_data_of_any_day_and_never_take_its_place(tmp_path: Path) -> None:
    sample = publish(write_tables(tmp_path / "sample"), tmp_path, is_sample=True)
    data = publish(write_tables(tmp_path / "data", day=dt.date(2025, 10, 14)), tmp_path)
    again = publish(write_tables(tmp_path / "sample"), tmp_path, is_sample=True)
    assert (sample.is_latest, data.is_latest, again.is_latest) == (True, True, False)
    assert (tmp_path / "latest").readlink() == Path("snapshots/2025-10-14")
    with pytest.raises(published.SampleOverDataError, match="another OUTPUT"):
        publish(write_tables(tmp_path / "of-the-day", day=dt.date(2025, 10, 14)), tmp_path, is_sample=True)


def test_a_day_that_is_published_again_replaces_its_snapshot_and_leaves_nothing_behind(tmp_path: Path) -> None:
    publish(write_tables(tmp_path / "tables"), tmp_path)
    again = publish(write_tables(tmp_path / "tables", renamed("ACME")), tmp_path)
    assert published_content(tmp_path, DAY) == again.content_sha256
    assert len([path for path in (tmp_path / "snapshots").iterdir() if not path.is_symlink()]) == 1


class KilledError(BaseException):
    """Stands for the end of the process: nothing in the program catches it."""


CHANGES = (
    (Path, "mkdir"), (Path, "rename"), (Path, "replace"), (Path, "symlink_to"), (Path, "unlink"), (shutil, "rmtree"),
    (shutil, "copytree"),
)  # fmt: skip


def killing(patch: pytest.MonkeyPatch, at: int) -> list[int]:
    """Make the call number `at` of those that change the disk fail; the list counts the calls."""
    calls = [0]

    def failing(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            calls[0] += 1
            if calls[0] == at:
                raise KilledError
            return real(*arguments, **named)

        return call

    for owner, name in (
        (Path, "rename"),
        (Path, "replace"),
        (Path, "symlink_to"),
        (Path, "mkdir"),
        (shutil, "rmtree"),
        (Path, "write_text"),
    ):
        patch.setattr(owner, name, failing(getattr(owner, name)))
    return calls


@pytest.mark.parametrize("day", [DAY, dt.date(2026, 3, 1)], ids=["the same day again", "a later day"])
def test_wherever_publishing_is_killed_latest_is_whole_and_the_next_run_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, day: dt.date
) -> None:
    first = publish(write_tables(tmp_path / "first"), tmp_path / "output")
    tables = write_tables(tmp_path / "second", renamed("ACME"), day=day)
    second = publish(tables, tmp_path / "elsewhere")

    def written_before(
        _: Path, part: Path, *, is_sample: bool
    ) -> str:  # nothing of what is being written can be seen: it need not be again
        shutil.copytree(second.folder, part, dirs_exist_ok=True)
        return second.content_sha256

    monkeypatch.setattr(published, "_write_files", written_before)
    for at in range(1, 100):
        output = tmp_path / f"killed-{at}"
        shutil.copytree(tmp_path / "output", output, symlinks=True)
        with pytest.MonkeyPatch.context() as patch:
            killing(patch, at)
            try:
                publish(tables, output)
            except KilledError:
                pass
            else:
                break
        assert published_content_of(output / "latest") in (first.content_sha256, second.content_sha256)
        assert is_whole(output / "latest")
        assert is_mended(publish(tables, output))
        assert files(output / "latest") == files(second.folder)
    assert at > 10


def published_content_of(folder: Path) -> str:
    """The content hash that a snapshot states."""
    package: dict[str, str] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return package["content_sha256"]


KILLED_WHILE_PUBLISHING = """
import os, signal, sys
from pathlib import Path
from pipeline import published
def killed(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
setattr(published, sys.argv[3], killed)
published.publish(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.mark.parametrize("step", ["_readme", "_replace_day", "_move_latest"])
def test_kill_9_leaves_the_last_snapshot_as_latest(tmp_path: Path, step: str) -> None:
    publish(write_tables(tmp_path / "first"), tmp_path)
    before = files(tmp_path / "latest")
    tables = write_tables(tmp_path / "second", renamed("ACME"), day=dt.date(2026, 3, 1))
    command = [sys.executable, "-c", KILLED_WHILE_PUBLISHING, str(tables), str(tmp_path), step]
    assert subprocess.run(command, check=False, env=os.environ).returncode == -signal.SIGKILL
    assert files(tmp_path / "latest") == before
    assert is_whole(tmp_path / "latest")
    assert is_mended(publish(tables, tmp_path))


def is_mended(snapshot: Snapshot) -> bool:
    """Whether the snapshot is whole, the latest, and nothing half-made lies beside it."""
    left = [path.name for path in snapshot.folder.parent.iterdir() if path.name.endswith((".part", ".link"))]
    return snapshot.is_latest and is_whole(snapshot.folder) and not left
