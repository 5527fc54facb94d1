"""The whole way: from the samples to a published snapshot, twice the same, and never half."""

import csv
import datetime as dt
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import polars as pl
import pytest
from conftest import SAMPLES, record_register, register_source
from lxml import etree

from pipeline import sources, stages
from pipeline.documents.recordings import Recordings
from pipeline.published import DATABASE, Snapshot
from pipeline.tables import Reading

XML_SOURCES = (
    "ca_justice_laws",
    "ca_sema",
    "ch_seco",
    "eu_fsf",
    "gb_fcdo",
    "jp_egov_law",
    "un_sc",
    "us_ofac_cons",
    "us_ofac_sdn",
    "us_ofac_sdn_xml",
)
HISTORY = ("targets", "target_names", "measures", "listings", "dates", "evidence")
SOURCES = ("jp_egov_law", "jp_meti_russia", "un_sc", "us_ofac_sdn")


def build(recordings: Path, output: Path, names: tuple[str, ...] = SOURCES) -> tuple[Snapshot, list[Reading]]:
    place = stages.Place(Recordings(recordings), output)
    readings = [
        stages.normalize_source(source, stages.judge_documents(source, place), output, told=lambda _: None)
        for source in sources.load(names).values()
    ]
    stages.build_tables(readings, output)
    return stages.publish_snapshot(readings, output), readings


def published_bytes(output: Path) -> dict[str, str]:
    """The checksum of every published file but the DuckDB file, which is never byte-identical."""
    files = sorted(path for path in (output / "latest").iterdir() if path.is_file() and path.name != DATABASE)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("output")
    build(SAMPLES, folder)
    return folder


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the samples, to be changed."""
    return Path(shutil.copytree(SAMPLES, tmp_path / "recordings"))


def test_two_builds_from_the_same_samples_give_the_same_bytes(output: Path, tmp_path: Path) -> None:
    snapshot, _ = build(SAMPLES, tmp_path / "again")
    assert published_bytes(output) == published_bytes(tmp_path / "again")
    assert snapshot.content_sha256 == json.loads((output / "latest" / "datapackage.json").read_text())["content_sha256"]


@pytest.mark.parametrize("order", [(1, 0, 2), (2, 1, 0), (2, 0, 1)])
def test_states_that_are_found_in_another_order_give_the_same_bytes(tmp_path: Path, order: tuple[int, ...]) -> None:
    """Three states of a made-up register, one recorded after the other, with a build after each."""
    days = ("2022-04-01", "2022-05-01", "2022-06-01")
    acme, bolt = ({"name": name, "since": {"ALPHA": "2020-01-01"}} for name in ("ACME", "BOLT"))
    states: tuple[dict[str, object], ...] = (
        {"A1": acme, "B2": bolt},
        {"A1": {**acme, "name": "ACME PLC"}},
        {"A1": acme, "B2": bolt},
    )
    found = []
    for way in ((0, 1, 2), order):
        folder = tmp_path / "-".join(map(str, way))
        for number in way:
            recordings = record_register(folder / "recordings", {days[number]: states[number]})
            place = stages.Place(recordings, folder / "output")
            source = register_source()
            reading = stages.normalize_source(source, stages.judge_documents(source, place), place.output, told=lambda _: None)
            tables = stages.build_tables([reading], place.output)
        found.append({path.name: path.read_bytes() for path in tables.glob("*.parquet") if path.stem in HISTORY})
    assert found[0] == found[1]
    assert pl.read_parquet(tables / "listings.parquet").filter(spell_number=2).height == 1


def test_one_thread_gives_the_same_bytes_as_many(output: Path, tmp_path: Path) -> None:
    script = (
        "import sys, pathlib; sys.path.insert(0, 'tests'); from test_pipeline import build, SAMPLES; "
        f"build(SAMPLES, pathlib.Path({str(tmp_path / 'many')!r}))"
    )
    environment = {**os.environ, "POLARS_MAX_THREADS": "4", "PYTHONHASHSEED": "7"}  # the other one has one thread
    subprocess.run([sys.executable, "-c", script], check=True, env=environment, cwd=SAMPLES.parents[1])
    assert published_bytes(output) == published_bytes(tmp_path / "many")


def test_the_article_s_ban_stands_with_its_dates_its_law_and_its_evidence(output: Path) -> None:
    with duckdb.connect(str(output / DATABASE), read_only=True) as database:
        rows = database.execute(
            "SELECT measure_type_code, start_date, certainty_code, instrument_numbers, quote_text "
            "FROM in_force(DATE '2022-04-05') WHERE list_contains(instrument_numbers, '令和四年政令第百二十二号')"
        ).fetchall()
        before = database.execute(
            "SELECT count(*) FROM in_force(DATE '2022-04-04') "
            "WHERE list_contains(instrument_numbers, '令和四年政令第百二十二号')"
        ).fetchall()
    ((kind, start, certainty, acts, quote),) = rows
    assert (kind, start, certainty) == ("export_ban", dt.date(2022, 4, 5), "certain")
    assert "昭和二十四年政令第三百七十八号" in acts
    assert quote == "この政令は、令和四年四月五日から施行する。"
    assert before == [(0,)]


def test_law_page_and_list_tell_one_ban_and_one_order(tmp_path: Path) -> None:
    build(SAMPLES, tmp_path, ("jp_egov_law", "jp_meti_export_ban_list", "jp_meti_russia"))
    keys = pl.read_parquet(tmp_path / "latest" / "measure_keys.parquet")
    sources = keys.group_by("measure_id").agg(pl.col("source_id").unique().sort())["source_id"].to_list()
    # 13 bans stand in the law, 11 of them on the page (all but those on North Korea), 2 in the lists of the samples.
    assert len([names for names in sources if "jp_egov_law" in names]) == 13
    assert len([names for names in sources if {"jp_egov_law", "jp_meti_russia"} <= set(names)]) == 11
    assert sources.count(["jp_egov_law", "jp_meti_export_ban_list", "jp_meti_russia"]) == 2
    acts = pl.read_parquet(tmp_path / "latest" / "instruments.parquet")
    assert acts.filter(pl.col("number").str.starts_with("輸出貿易管理令|")).is_empty()
    order = acts.row(by_predicate=pl.col("number") == "令和四年政令第百二十二号", named=True)
    assert (order["published_date"], order["effective_date"]) == (dt.date(2022, 3, 29), dt.date(2022, 4, 5))
    assert order["url"].endswith("20220329_yushutsureitou.pdf")


def test_changing_the_date_in_the_law_changes_the_row(copied: Path, tmp_path: Path) -> None:
    law = copied / "jp_egov_law" / "2026-02-14" / "324CO0000000378.xml"
    law.write_text(
        law.read_text(encoding="utf-8").replace("令和四年四月五日から施行", "令和四年四月十二日から施行"), encoding="utf-8"
    )
    build(copied, tmp_path / "output", ("jp_egov_law",))
    measures = pl.read_parquet(tmp_path / "output" / "latest" / "measures.parquet")
    assert dt.date(2022, 4, 12) in measures["effective_date"].to_list()


def test_a_broken_newest_document_leaves_the_last_good_state(copied: Path, tmp_path: Path) -> None:
    (copied / "us_ofac_sdn" / "2025-10-14" / "SDN_ADVANCED.XML").write_bytes(b"")
    _, readings = build(copied, tmp_path / "output", ("un_sc", "us_ofac_sdn"))
    ofac = readings[1]
    assert [state.day for state in ofac.states] == [dt.date(2025, 8, 14)]
    assert [refusal.reason for refusal in ofac.refusals] == ["empty"]


def test_a_source_that_is_lost_stops_publication_and_leaves_latest(copied: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    build(copied, output, ("jp_meti_russia", "un_sc"))
    before = published_bytes(output)
    (copied / "jp_meti_russia" / "2025-09-12" / "russia.html").write_bytes(b"")
    with pytest.raises(stages.NothingGoodError, match="jp_meti_russia stood in the last snapshot"):
        build(copied, output, ("jp_meti_russia", "un_sc"))
    assert published_bytes(output) == before


def test_every_place_in_an_xml_sample_is_there(tmp_path: Path) -> None:
    """Evidence resolves to a place in a kept document: each XPath of the XML sources is looked up in the sample."""
    build(SAMPLES, tmp_path, XML_SOURCES)
    evidence = pl.read_parquet(tmp_path / "latest" / "evidence.parquet")
    samples = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in SAMPLES.rglob("*") if path.is_file()}
    assert set(evidence["extractor_name"]) == set(XML_SOURCES)
    for (document_id,), places in evidence.group_by("document_id", maintain_order=True):
        tree = _without_namespaces(samples[str(document_id)])
        for locator in places["locator"]:
            # An absence is told by the whole document.
            assert locator == "/" or tree.xpath(locator), f"{samples[str(document_id)]}: nothing stands at {locator}"


def _without_namespaces(path: Path) -> etree._ElementTree:
    tree = etree.parse(path)
    for element in tree.iter(etree.Element):
        element.tag = etree.QName(element).localname
    return tree


@pytest.mark.recordings
def test_none_of_the_real_failed_downloads_changes_latest(recordings: Path, tmp_path: Path) -> None:
    """Each broken download of the UN list in the place of a real state, and the build run again."""
    folder, output = tmp_path / "recordings", tmp_path / "output"
    days = ("2021-01-27", "2021-03-12", "2021-04-01")
    rows = [row for row in _index(recordings) if row["source_id"] == "un_sc" and row["recorded_date"] in days]
    for row in rows:
        (folder / row["path"]).parent.mkdir(parents=True)
        shutil.copy(recordings / row["path"], folder / row["path"])
    _write_index(folder, rows)
    build(folder, output, ("un_sc",))
    before = published_bytes(output)
    newest = max(rows, key=lambda row: row["recorded_date"])
    whole = (folder / newest["path"]).read_bytes()
    broken = sorted(path for path in (recordings / "broken").glob("*/*") if "2021-02-09" not in path.parent.name)
    assert len(broken) == 9
    for path in broken:
        compression = "xz" if path.suffix == ".xz" else ""
        row = {**newest, "path": f"un_sc/2021-04-01/{path.parent.name}-{path.name}", "compression": compression, "sha256": ""}
        shutil.copy(path, folder / row["path"])
        _write_index(folder, [*(other for other in rows if other != newest), row])
        _, (reading,) = build(folder, output, ("un_sc",))
        assert len(reading.refusals) == 1, path.parent.name
        assert published_bytes(output) == before, path.parent.name
    assert (folder / newest["path"]).read_bytes() == whole


def _index(folder: Path) -> list[dict[str, str]]:
    with (folder / "index.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _write_index(folder: Path, rows: list[dict[str, str]]) -> None:
    with (folder / "index.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
