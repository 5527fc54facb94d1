"""The edge: one source's failure stays its own, nothing is done twice, and a wrong setting is told in one line."""

import csv
import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import dagster as dg
import polars as pl
import pytest
from lxml import etree

import schemas
from pipeline import checks, commands, sources, terminal
from pipeline.__main__ import main
from pipeline.assets import SNAPSHOT, assets_of, documents_key, normalized_key
from pipeline.documents import Document, web
from pipeline.documents.recordings import INDEX_COLUMNS, Recordings
from pipeline.records import Listing, Measure, Record, Target
from pipeline.resources import SAMPLES, SettingError, Workplace, from_environment
from pipeline.schedules import schedules_of
from pipeline.sources import Format, Source

READ: list[str] = []
"""The days of the documents that the made-up parser was given."""


def parse(document: Document, source: Source) -> Iterator[Record]:
    READ.append(f"{source.source_id} {document.recorded_date}")
    yield Measure(key="freeze", type_text="freeze", locator="//list", scope="listed_targets")
    for entry in etree.fromstring(document.read()):
        if entry.tag != "entry":
            raise ValueError(f"expected <entry>; came <{entry.tag}>")
        key = entry.get("id", "")
        yield Target(key=key, type_text="person", name=entry.text, locator=f"//entry[@id='{key}']")
        yield Listing(target_key=key, measure_key="freeze")


def source_of(source_id: str, *, cadence: str = "daily", is_redistributable: bool | None = True) -> Source:
    return Source(
        source_id=source_id,
        register_code=source_id,
        title=f"List {source_id}",
        publisher_name="Ministry",
        issuer_code="CH",
        kind="list",
        urls=(f"https://{source_id}.example/list.xml",),
        format_name="XML",
        licence="none seen",
        licence_url=None,
        is_redistributable=is_redistributable,
        cadence=cadence,
        language="en",
        states="latest_of_one_address",
        time_zone="UTC",
        document=Format("application/xml", root="list", entries=("entry",)),
        expected_entries=(1, 3),
        words={"target_type": {"person": "person"}, "measure_type": {"freeze": "asset_freeze"}},
        facts=MappingProxyType({}),
        parse=parse,
    )


ONE, OTHER = source_of("ch_one"), source_of("ch_other", cadence="weekly", is_redistributable=None)
GOOD = "<list><entry id='1'>Anna Muster</entry><entry id='2'>Beat Beispiel</entry></list>"

FOUR = "<list><entry id='1'>A</entry><entry id='2'>B</entry><entry id='3'>C</entry><entry id='4'>D</entry></list>"


class Place:
    """A folder of recordings for the made-up sources, and a folder to write to."""

    def __init__(self, folder: Path) -> None:
        self.recordings = folder / "recordings"
        self.output = folder / "output"
        self._rows: list[dict[str, str]] = []

    def record(self, source: Source, day: str, text: str) -> None:
        path = self.recordings / source.source_id / day / "list.xml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        facts = {
            "source_id": source.source_id, "url": source.urls[0], "recorded_date": day, "media_type": "application/xml",
            "path": path.relative_to(self.recordings).as_posix(), "byte_count": str(len(text.encode())),
            "sha256": hashlib.sha256(text.encode()).hexdigest(), "licence": "none seen",
        }  # fmt: skip
        self._rows = [row for row in self._rows if row["path"] != facts["path"]] + [facts]
        with (self.recordings / "index.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, INDEX_COLUMNS, restval="")
            writer.writeheader()
            writer.writerows(self._rows)

    def build(self, *options: str) -> int:
        return main(["build", "--from", str(self.recordings), "--output", str(self.output), *options])

    def published(self, table: str) -> pl.DataFrame:
        return pl.read_parquet(self.output / "latest" / f"{table}.parquet", glob=False)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    for variable in ("FROM", "AS_OF", "SOURCES", "OUTPUT", "PUBLIC"):
        monkeypatch.delenv(variable, raising=False)

    def load(names: tuple[str, ...] = ()) -> dict[str, Source]:
        known = {source.source_id: source for source in (ONE, OTHER)}
        if unknown := set(names) - set(known):
            raise KeyError(f"no source is called {', '.join(unknown)}; there are: {', '.join(known)}")
        return {name: source for name, source in known.items() if not names or name in names}

    monkeypatch.setattr(sources, "load", load)
    READ.clear()
    made = Place(tmp_path)
    made.record(ONE, "2026-01-02", GOOD)
    made.record(OTHER, "2026-01-02", GOOD)
    return made


def names_of(place: Place, register: str) -> list[str]:
    return place.published("targets").filter(register_code=register)["name"].sort().to_list()


def test_a_build_publishes_what_every_source_says(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert place.build() == 0
    assert names_of(place, "ch_one") == ["Anna Muster", "Beat Beispiel"]
    assert names_of(place, "ch_other") == ["Anna Muster", "Beat Beispiel"]
    told = capsys.readouterr().out
    assert "targets 4" in told
    assert str(place.output / "snapshots" / "2026-01-02") in told
    assert "FROM in_force(DATE '2026-01-02')\"" in told


def test_a_second_build_reads_no_document_again(place: Place) -> None:
    place.build()
    assert READ == ["ch_one 2026-01-02", "ch_other 2026-01-02"]
    assert place.build() == 0
    assert READ == ["ch_one 2026-01-02", "ch_other 2026-01-02"]


def test_only_the_source_that_changed_is_read_again(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.build()
    place.record(ONE, "2026-01-03", "<list><entry id='2'>Beat Beispiel</entry><entry id='3'>Carla Exempel</entry></list>")
    capsys.readouterr()
    assert place.build() == 0
    assert READ[2:] == ["ch_one 2026-01-03"]
    row = next(line for line in capsys.readouterr().out.splitlines() if "ch_one" in line)
    assert [cell.strip() for cell in row.strip("│").split("│")][-3:] == ["1", "1", "read"]  # one new, one gone


def test_a_broken_source_leaves_the_other_and_the_publication_whole(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.record(ONE, "2026-01-02", "<list><entry id='1'>Anna</entry><surprise/></list>")
    assert place.build() == 1
    assert names_of(place, "ch_one") == []
    assert names_of(place, "ch_other") == ["Anna Muster", "Beat Beispiel"]
    assert "FAILED: normalized/ch_one: read: " in (told := capsys.readouterr().out)
    assert "expected <entry>; came <surprise>" in told


def test_a_source_that_breaks_keeps_its_last_good_state(place: Place) -> None:
    place.build()
    place.record(ONE, "2026-01-03", "<list><entry id='3'>Carla</entry><surprise/></list>")
    assert place.build() == 1
    assert names_of(place, "ch_one") == ["Anna Muster", "Beat Beispiel"]


def test_a_refused_document_is_told_with_its_reason_and_is_no_failure(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.record(ONE, "2026-01-03", "<html><body>Service unavailable</body></html>")
    assert place.build() == 0
    assert names_of(place, "ch_one") == ["Anna Muster", "Beat Beispiel"]
    assert "note: documents/ch_one: refused: list.xml: html_page: " in capsys.readouterr().out


def test_a_recorded_file_that_is_gone_fails_its_own_source_alone(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    (place.recordings / "ch_one" / "2026-01-02" / "list.xml").unlink()
    assert place.build() == 1
    assert names_of(place, "ch_other") == ["Anna Muster", "Beat Beispiel"]
    assert "ch_one/2026-01-02/list.xml is named but not there" in capsys.readouterr().out


def test_rows_that_validation_rejects_are_counted_with_their_source(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    # A blank name breaks a rule; with the target go its listing and the day of the listing, which refer to it.
    place.record(ONE, "2026-01-02", "<list><entry id='1'> </entry><entry id='2'>Beat Beispiel</entry></list>")
    assert place.build() == 0
    told = capsys.readouterr().out
    row = next(line for line in told.splitlines() if "ch_one" in line)
    assert row.strip("│").split("│")[5].strip() == "3"
    assert "note: tables/rejects: rejects: ch_one: 3 rejects beside " in told


def test_nothing_is_published_where_no_source_can_be_read(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.record(ONE, "2026-01-02", "<html>")
    assert place.build("--sources", "ch_one") == 1
    assert not (place.output / "latest").exists()
    told = capsys.readouterr().out
    assert "Nothing was published" in told
    assert "tables: no source has a good document" in told
    assert "Traceback" not in told


def test_a_source_of_which_nothing_had_been_recorded_by_the_day_has_not_failed(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    place.record(ONE, "2025-06-01", GOOD)
    assert place.build("--as-of", "2025-12-31") == 0
    assert names_of(place, "ch_other") == []
    assert "nothing recorded by then" in capsys.readouterr().out


def test_a_source_of_which_nothing_has_been_recorded_does_not_fail_a_build_of_all(
    place: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Place(tmp_path / "another")
    other.record(ONE, "2026-01-02", GOOD)
    assert other.build() == 0
    assert "nothing recorded" in capsys.readouterr().out
    status = dict(other.published("sources").select("source_id", "status").iter_rows())
    assert status == {"ch_one": "read", "ch_other": "empty"}
    assert other.build("--sources", "ch_one,ch_other") == 1, "what was asked for by name and is not there has failed"


def test_a_public_build_leaves_out_what_may_not_be_passed_on(place: Place) -> None:
    assert place.build() == 0
    assert place.build("--public") == 0
    public = pl.read_parquet(place.output / "public" / "latest" / "sources.parquet")
    assert public["source_id"].to_list() == ["ch_one"]
    assert place.published("sources")["source_id"].to_list() == ["ch_one", "ch_other"], "the whole snapshot stands apart"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--sources", "ch_oen"], "SOURCES: no source is called ch_oen; there are: ch_one, ch_other"),
        (["--as-of", "28.2.2026"], "AS_OF: expected a day such as 2026-02-28; came '28.2.2026'"),
        (["--public", "--sources", "ch_other"], "PUBLIC=1: expected a source that may be redistributed"),
        (["--from", "/nowhere"], "/nowhere has no index.csv; expected a folder of recorded documents"),
        (["--output", "/dev/null/output"], "OUTPUT: expected a folder to write to; /dev/null/output cannot be made"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_told_in_one_line(
    place: Place, capsys: pytest.CaptureFixture[str], options: list[str], told: str
) -> None:
    assert place.build(*options) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith(f"sanctions build: {told}")
    assert captured.err.count("\n") == 1
    assert captured.out == ""


def test_two_builds_never_write_to_one_folder(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    with commands.alone_in(place.output):
        assert place.build("--sources", "ch_one") == 2
    assert "another build is writing to" in capsys.readouterr().err
    assert place.build("--sources", "ch_one") == 0


def test_settings_come_from_the_environment(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FROM", str(place.recordings))
    monkeypatch.setenv("OUTPUT", str(place.output))
    monkeypatch.setenv("SOURCES", "ch_one")
    assert main(["build"]) == 0
    assert place.published("sources")["source_id"].to_list() == ["ch_one"]


def test_an_empty_environment_means_the_samples_of_the_repository() -> None:
    assert from_environment({}).place.recordings.folder == SAMPLES
    assert from_environment({"FROM": "web", "OUTPUT": "there"}).place.recordings.folder == Path("there/documents")


def test_public_takes_1_and_nothing_like_yes(place: Place) -> None:
    with pytest.raises(SettingError, match="PUBLIC: expected 1, or 0 or nothing; came 'yes'"):
        Workplace(public="yes").selected()


# Checks


def failed_checks(place: Place, **settings: str) -> Mapping[str, str | None]:
    """The checks of the two sources that fail, without a run of Dagster."""
    workplace = Workplace(origin=str(place.recordings), output=str(place.output), **settings)
    results = [
        (f"{stage}/{source.source_id}", result)
        for source in workplace.selected().values()
        for stage, found in (
            ("documents", checks.of_documents(source, workplace.documents(source), workplace.newest_day())),
            ("normalized", checks.of_normalized(workplace.reading(source), is_yet_to_come=False)),
        )
        for result in found
    ]
    return {f"{asset}: {result.check_name}": result.description for asset, result in results if not result.passed}


def test_all_checks_of_good_documents_pass(place: Place) -> None:
    assert failed_checks(place) == {}


def test_a_list_that_lost_entries_is_noted(place: Place) -> None:
    place.record(ONE, "2026-01-03", "<list><entry id='1'>Anna Muster</entry></list>")
    assert failed_checks(place) == {"normalized/ch_one: nothing_vanished": "2 entries of 2026-01-02 became 1 of 2026-01-03"}


def test_a_list_beyond_its_bounds_is_noted(place: Place) -> None:
    place.record(ONE, "2026-01-02", FOUR)
    assert failed_checks(place) == {"normalized/ch_one: row_counts": "list.xml: expected 1 to 3 entries; came 4"}


def test_an_old_copy_is_noted_by_the_cadence_of_its_source(place: Place) -> None:
    # ch_one is looked at daily and may be 14 days old, ch_other weekly and 28.
    assert failed_checks(place, as_of="2026-01-16") == {}
    assert failed_checks(place, as_of="2026-01-17") == {
        "documents/ch_one: fresh": "expected one of the 14 days to 2026-01-17; the newest is of 2026-01-02"
    }


def test_rejects_are_noted_above_half_a_percent() -> None:
    folder_rows = {"few": (995, 5), "many": (994, 6)}
    assert [bool(checks.too_many_rejects(name, *counts)) for name, counts in folder_rows.items()] == [False, True]


def test_a_table_that_is_not_as_promised_stops_publication(tmp_path: Path) -> None:
    schemas.empty_frame("goods").drop("goods_id").write_parquet(tmp_path / "goods.parquet")
    (result,) = checks.of_table("goods", tmp_path)
    (spec,) = checks.specs(checks.table_key("goods"), ("schema",))
    assert not result.passed
    assert result.severity == dg.AssetCheckSeverity.ERROR
    assert spec.blocking


# Definitions


@pytest.fixture(scope="module")
def definitions() -> dg.Definitions:
    from pipeline.definitions import defs  # noqa: PLC0415 — reads every source

    return defs


def test_every_asset_has_a_description_an_owner_a_group_and_kinds(definitions: dg.Definitions) -> None:
    specs = definitions.resolve_all_asset_specs()
    assert {spec.key.path[0] for spec in specs} == {"documents", "normalized", "tables", "published"}
    for spec in specs:
        assert spec.description, spec.key
        assert spec.owners == ["team:sanctions-ledger"], spec.key
        assert spec.group_name == spec.key.path[0]
        assert spec.kinds, spec.key
        assert spec.tags, spec.key


def test_every_source_and_every_table_is_an_asset(definitions: dg.Definitions) -> None:
    keys = {spec.key for spec in definitions.resolve_all_asset_specs()}
    every = sources.load().values()
    assert keys == {
        *(documents_key(source) for source in every), *(normalized_key(source) for source in every),
        *(checks.table_key(table) for table in schemas.TABLES), SNAPSHOT,
    }  # fmt: skip


def test_the_columns_of_a_table_are_told_with_their_meaning(definitions: dg.Definitions) -> None:
    spec = next(spec for spec in definitions.resolve_all_asset_specs() if spec.key == checks.table_key("dates"))
    column = spec.metadata["dagster/column_schema"].columns[0]
    assert (column.name, column.type) == ("date_id", "VARCHAR")
    assert column.description


def test_each_cadence_has_one_schedule_that_is_off_at_first() -> None:
    schedules = {schedule.name: schedule for schedule in schedules_of({"a": ONE, "b": OTHER})}
    assert set(schedules) == {"daily", "weekly"}
    assert {schedule.default_status for schedule in schedules.values()} == {dg.DefaultScheduleStatus.STOPPED}


def test_a_run_in_one_process_is_the_default(definitions: dg.Definitions) -> None:
    dg.Definitions.validate_loadable(definitions)
    assert definitions.executor is dg.in_process_executor


def test_an_asset_shows_rows_and_a_preview_that_runs_nothing(place: Place) -> None:
    place.record(ONE, "2026-01-02", "<list><entry id='1'>&lt;script&gt;|A*</entry></list>")
    workplace = Workplace(origin=str(place.recordings), output=str(place.output), sources="ch_one")
    result = dg.materialize(assets_of(workplace.selected()), resources={"workplace": workplace})
    events = {event.asset_key: event.materialization for event in result.get_asset_materialization_events()}
    targets = events[checks.table_key("targets")].metadata
    assert targets["dagster/row_count"].value == 1
    assert r"&lt;script&gt;\|A\*" in str(targets["preview"].value)
    assert events[SNAPSHOT].metadata["day"].value == dt.date(2026, 1, 2).isoformat()


class Publishers:
    """Stands in for the HTTP client: what lies at each address now."""

    bodies: Mapping[str, str | None] = {}

    def __enter__(self) -> "Publishers":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def fetch(self, url: str, into: Path, **_: object) -> web.Fetched:
        body = self.bodies[url]
        if body is None:
            raise web.FetchError(url, "http_status", "expected 200, got 500.")
        path = into / "body"
        path.write_text(body, encoding="utf-8")
        sha256 = hashlib.sha256(body.encode()).hexdigest()
        now = dt.datetime(2026, 1, 5, 12, tzinfo=dt.UTC)
        return web.Fetched(path, url, url, now, None, None, "application/xml", len(body), sha256)


@pytest.fixture
def publishers(monkeypatch: pytest.MonkeyPatch) -> type[Publishers]:
    monkeypatch.setattr(web, "Client", Publishers)
    return Publishers


def test_a_build_from_the_web_records_first_and_then_builds(
    place: Place, publishers: type[Publishers], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(publishers, "bodies", {ONE.urls[0]: GOOD, OTHER.urls[0]: None})
    assert main(["build", "--from", "web", "--output", str(place.output)]) == 1
    assert names_of(place, "ch_one") == ["Anna Muster", "Beat Beispiel"]
    assert len(Recordings(place.output / "documents").documents("ch_one")) == 1
    assert "FAILED: documents/ch_other: recorded: http_status: " in capsys.readouterr().out


def test_recording_tells_what_came_and_ends_with_1_where_something_failed(
    place: Place, publishers: type[Publishers], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(publishers, "bodies", {ONE.urls[0]: GOOD, OTHER.urls[0]: None})
    into = place.output / "kept"
    assert main(["record", "--into", str(into)]) == 1
    assert main(["record", "--into", str(into), "--sources", "ch_one"]) == 0
    told = capsys.readouterr().out
    assert "ch_one: 1 new, 0 unchanged" in told
    assert "ch_one: 0 new, 1 unchanged" in told
    assert "failed: http_status: https://ch_other.example/list.xml: expected 200, got 500." in told
    assert len(Recordings(into).documents("ch_one")) == 1


def test_the_user_interface_is_on_loopback_and_without_telemetry(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[list[str], Mapping[str, str]]] = []

    def execve(_: str, command: list[str], settings: Mapping[str, str]) -> None:
        started.append((command, settings))
        raise SystemExit

    monkeypatch.setattr("os.execve", execve)
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    with pytest.raises(SystemExit):
        main(["run", "--output", str(place.output), "--from", str(place.recordings), "--port", "3999"])
    ((command, settings),) = started
    assert command[1:4] == ["-m", "dagster", "dev"]
    assert command[-4:] == ["-h", "127.0.0.1", "-p", "3999"]
    assert settings["DAGSTER_DISABLE_TELEMETRY"] == "1"
    assert settings["FROM"] == str(place.recordings)
    home = Path(settings["DAGSTER_HOME"])
    assert home == place.output / ".dagster"
    assert "telemetry:\n  enabled: false" in (home / "dagster.yaml").read_text(encoding="utf-8")


def test_the_catalogue_tells_what_the_last_snapshot_has(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.build()
    capsys.readouterr()
    assert main(["sources", "--output", str(place.output)]) == 0
    row = next(line for line in capsys.readouterr().out.splitlines() if "ch_one" in line)
    assert "List ch_one" in row
    assert "2026-01-02" in row


def test_control_characters_of_a_source_do_not_reach_the_terminal() -> None:
    assert terminal.plain("a\x1b[31mb\nc") == "a [31mb c"
