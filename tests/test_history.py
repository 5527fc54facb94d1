"""History: the editions of a list tell who was on it, since when and until when, and what was known on which day."""

import datetime as dt
import json
import random
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from conftest import record_register, register_source
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import history, stages
from pipeline.documents import Document
from pipeline.documents.judgement import State
from pipeline.history import Edition
from pipeline.normalized import normalize, target_id
from pipeline.records import DatedStep, Listing, Measure, Period, Programme, Record, Target
from pipeline.sources import Source
from pipeline.tables import Reading

ACME = {"name": "ACME", "since": {"ALPHA": "2020-01-01"}}
States = dict[str, dict[str, object]]


class Told:
    """The history that the editions of the made-up register tell."""

    def __init__(self, folder: Path, states: States, source: Source | None = None, others: list[Edition] | None = None) -> None:
        editions = [_edition(folder, day, entries, source or register_source()) for day, entries in states.items()]
        self.frames = history.fold([*editions, *(others or [])])

    def rows(self, table: str, key: str | None = None) -> pl.DataFrame:
        rows = self.frames[table]
        return rows if key is None else rows.filter(pl.col("target_id") == target_id("xx_list", key))

    def spells(self, key: str) -> list[dict[str, list[tuple[str, str | None, str | None]]]]:
        """For each spell of a target its steps: action → (precision, first and last possible day)."""
        spells = self.rows("listings", key).sort("spell_number")
        told = []
        for listing_id in spells["listing_id"]:
            steps = self.rows("dates").filter(listing_id=listing_id).sort("action_code", "date", nulls_last=True)
            told.append(
                {
                    action: [
                        (row["date_precision_code"], _iso(row["date"]), _iso(row["date_latest"])) for row in group.to_dicts()
                    ]
                    for (action,), group in steps.group_by("action_code", maintain_order=True)
                }
            )
        return told

    def name_known_on(self, key: str, day: str) -> list[str]:
        known = self.rows("targets", key).filter(
            pl.col("known_from_at") <= dt.datetime.fromisoformat(day),
            pl.col("known_until_at").is_null() | (pl.col("known_until_at") > dt.datetime.fromisoformat(day)),
        )
        return known["name"].to_list()


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _edition(folder: Path, day: str, entries: dict[str, object], source: Source, url: str = "https://example.org/") -> Edition:
    when = dt.date.fromisoformat(day)
    path = folder / f"{source.source_id}-{day}.json"
    path.write_text(json.dumps(entries), encoding="utf-8")
    document = Document(source.source_id, url, when, when, "application/json", path, "", 1, f"{source.source_id}{day}", "")
    place = folder / f"{source.source_id}-{day}"
    place.mkdir()
    for table, frame in normalize(document, source).items():
        frame.write_parquet(place / f"{table}.parquet")
    return Edition(source, State(document, len(entries)), place)


# Spells


def test_a_target_that_is_still_listed_has_one_open_spell(tmp_path: Path) -> None:
    told = Told(tmp_path, {"2022-01-01": {"A1": ACME}, "2022-02-01": {"A1": ACME}})
    assert told.spells("A1") == [{"list": [("day", "2020-01-01", "2020-01-01")]}]


def test_a_target_that_leaves_is_delisted_between_two_editions_and_not_gone(tmp_path: Path) -> None:
    told = Told(tmp_path, {"2022-01-01": {"A1": ACME, "B2": ACME}, "2022-02-01": {"B2": ACME}})
    assert told.spells("A1") == [
        {"delist": [("between", "2022-01-01", "2022-02-01")], "list": [("day", "2020-01-01", "2020-01-01")]}
    ]
    assert told.rows("targets", "A1")["is_current"].to_list() == [False]
    assert told.rows("targets", "A1")["known_until_at"].to_list() == [dt.datetime.fromisoformat("2022-02-01")]


def test_a_target_that_returns_has_two_spells_and_its_old_date_belongs_to_the_first(tmp_path: Path) -> None:
    states = {"2022-01-01": {"A1": ACME, "B2": ACME}, "2022-02-01": {"B2": ACME}, "2022-03-01": {"A1": ACME, "B2": ACME}}
    first, second = Told(tmp_path, states).spells("A1")
    assert first == {"delist": [("between", "2022-01-01", "2022-02-01")], "list": [("day", "2020-01-01", "2020-01-01")]}
    assert second == {"list": [("between", "2022-02-01", "2022-03-01")]}


def test_an_old_date_of_a_new_entry_is_kept_beside_what_the_editions_say(tmp_path: Path) -> None:
    told = Told(tmp_path, {"2022-01-01": {"B2": ACME}, "2022-02-01": {"A1": ACME, "B2": ACME}})
    assert told.spells("A1") == [{"list": [("day", "2020-01-01", "2020-01-01"), ("between", "2022-01-01", "2022-02-01")]}]


def test_a_date_after_the_last_edition_without_the_target_needs_no_doubt(tmp_path: Path) -> None:
    new = {"name": "NEW", "since": {"ALPHA": "2022-01-20"}}
    told = Told(tmp_path, {"2022-01-01": {"B2": ACME}, "2022-02-01": {"A1": new, "B2": ACME}})
    assert told.spells("A1") == [{"list": [("day", "2022-01-20", "2022-01-20")]}]


def test_a_new_stated_date_belongs_to_the_spell_that_it_opened(tmp_path: Path) -> None:
    again = {"name": "ACME", "since": {"ALPHA": "2022-02-20"}}
    states = {"2022-01-01": {"A1": ACME, "B2": ACME}, "2022-02-01": {"B2": ACME}, "2022-03-01": {"A1": again, "B2": ACME}}
    assert Told(tmp_path, states).spells("A1")[1] == {"list": [("day", "2022-02-20", "2022-02-20")]}


def test_the_date_of_an_old_entry_is_not_that_of_a_programme_added_later(tmp_path: Path) -> None:
    old = {"name": "ACME", "since": {"ALPHA": "2007-06-01"}}
    more = {"name": "ACME", "since": {"ALPHA": "2007-06-01", "BETA": "2007-06-01"}}
    told = Told(tmp_path, {"2022-01-01": {"A1": old}, "2022-02-01": {"A1": more}})
    assert sorted(told.spells("A1"), key=str) == [
        {"list": [("between", "2022-01-01", "2022-02-01")]},
        {"list": [("day", "2007-06-01", "2007-06-01")]},
    ]


def test_a_listing_without_a_date_was_made_no_later_than_the_first_edition_held(tmp_path: Path) -> None:
    undated = {"name": "ACME", "since": {"ALPHA": None}}
    told = Told(tmp_path, {"2022-01-01": {"A1": undated}, "2022-02-01": {"A1": undated}})
    assert told.spells("A1") == [{"list": [("not_after", None, "2022-01-01")]}]
    derived = told.rows("dates").row(0, named=True)
    assert derived["is_derived"]
    assert "2022-01-01" in derived["derivation_text"]


def test_every_derived_step_names_a_document_that_is_held(tmp_path: Path) -> None:
    told = Told(tmp_path, {"2022-01-01": {"A1": ACME, "B2": ACME}, "2022-02-01": {"B2": ACME}})
    evidence = told.rows("evidence")
    steps = told.rows("dates").join(evidence, on="evidence_id", how="left")
    assert steps["document_id"].null_count() == 0
    delisted = steps.filter(action_code="delist").row(0, named=True)
    assert (delisted["document_id"], delisted["locator"]) == ("xx_list2022-02-01", "/")


# Knowledge


def test_a_correction_is_new_knowledge_and_the_old_words_stand_for_their_time(tmp_path: Path) -> None:
    renamed = {**ACME, "name": "ACME LTD"}
    told = Told(tmp_path, {"2022-01-01": {"A1": ACME}, "2022-02-01": {"A1": renamed}, "2022-03-01": {"A1": renamed}})
    assert told.name_known_on("A1", "2022-01-15") == ["ACME"]
    assert told.name_known_on("A1", "2022-02-15") == ["ACME LTD"]
    assert len(told.rows("targets", "A1")) == 2, "the third edition says nothing new"
    assert told.rows("listings", "A1")["known_from_at"].to_list() == [dt.datetime.fromisoformat("2022-01-01")]


def test_a_corrected_date_of_listing_is_known_otherwise_on_two_days(tmp_path: Path) -> None:
    mended = {"name": "ACME", "since": {"ALPHA": "2020-02-01"}}
    told = Told(tmp_path, {"2022-01-01": {"A1": ACME}, "2022-02-01": {"A1": mended}})
    known = told.rows("dates").sort("date").select("date", "known_from_at", "known_until_at")
    first, second = (dt.datetime.fromisoformat(day) for day in ("2022-01-01", "2022-02-01"))
    assert known.rows() == [(dt.date(2020, 1, 1), first, second), (dt.date(2020, 2, 1), second, None)]


def test_the_evidence_is_the_first_edition_that_showed_the_row(tmp_path: Path) -> None:
    told = Told(tmp_path, {"2022-01-01": {"A1": ACME}, "2022-02-01": {"A1": ACME, "B2": ACME}})
    for table in ("targets", "listings"):
        (evidence_id,) = told.rows(table, "A1")["evidence_id"]
        assert told.rows("evidence").filter(evidence_id=evidence_id)["document_id"].to_list() == ["xx_list2022-01-01"]


def test_the_details_of_every_version_are_kept_under_its_evidence(tmp_path: Path) -> None:
    renamed = {**ACME, "name": "ACME LTD"}
    told = Told(tmp_path, {"2022-01-01": {"A1": ACME}, "2022-02-01": {"A1": renamed}})
    versions = told.rows("targets", "A1").join(told.rows("target_names", "A1"), on="evidence_id", suffix="_told")
    assert versions.select("name", "name_told").rows() == [("ACME", "ACME"), ("ACME LTD", "ACME LTD")]


# Formats and additions


POOR = register_source(source_id="yy_list", shared_series="xx_list", tells_types=False, precedence=0)
RICH = register_source(shared_series="xx_list", precedence=1)


def test_a_richer_format_s_words_stand_and_a_poorer_one_adds_none(tmp_path: Path) -> None:
    poor = _edition(tmp_path, "2022-02-01", {"A1": {**ACME, "name": "Acme"}}, POOR)
    told = Told(tmp_path, {"2022-01-01": {"A1": ACME}, "2022-03-01": {"A1": ACME}}, RICH, [poor])
    assert told.rows("targets", "A1")["name"].to_list() == ["ACME"]


def test_what_a_poor_format_showed_before_the_rich_one_came_is_kept_for_its_time(tmp_path: Path) -> None:
    poor = _edition(tmp_path, "2021-12-01", {"A1": {**ACME, "name": "Acme"}}, POOR)
    told = Told(tmp_path, {"2022-01-01": {"A1": ACME}}, RICH, [poor])
    assert told.name_known_on("A1", "2021-12-15") == ["Acme"]
    assert told.name_known_on("A1", "2022-01-15") == ["ACME"]


def test_a_poor_format_ends_a_listing_only_where_the_target_has_left(tmp_path: Path) -> None:
    poor = _edition(tmp_path, "2022-02-01", {"B2": ACME}, POOR)
    told = Told(tmp_path, {"2022-01-01": {"A1": ACME, "B2": ACME}}, RICH, [poor])
    assert "delist" in told.spells("A1")[0]
    assert "delist" not in told.spells("B2")[0]


def test_a_poor_format_attests_a_kind_no_earlier_than_its_stated_day(tmp_path: Path) -> None:
    """Under one programme a directive since 2020 and a freeze since 2022: the poor edition of 2021 attests the directive."""
    words = {**register_source().words, "measure_type": {"freeze": "asset_freeze"}}

    def parse(document: Document, source: Source) -> Iterator[Record]:
        yield Programme("RUSSIA", "Russia")
        for measure in ("directive", "freeze"):
            yield Measure(measure, "freeze", f"/{measure}", "listed_targets", programme_key="RUSSIA")
        yield Target("A1", "entity", "ACME", "/A1")
        kinds = {"directive": dt.date(2020, 1, 1), "freeze": dt.date(2022, 1, 1)} if source.tells_types else {"directive": None}
        for measure, day in kinds.items():
            yield Listing("A1", measure)
            if day:
                yield DatedStep(measure, "list", "unspecified", Period.of_day(day, str(day)), "A1")

    rich, poor = (
        register_source(source_id=name, shared_series="xx", words=words, parse=parse, tells_types=tells, precedence=tells)
        for name, tells in (("rich_list", True), ("poor_list", False))
    )
    editions = [_edition(tmp_path, "2021-01-01", {}, poor), _edition(tmp_path, "2023-01-01", {}, rich)]
    listings = history.fold(editions)["listings"].join(
        history.fold(editions)["measure_keys"].unique("measure_id"), on="measure_id"
    )
    known = {row["source_key"]: row["known_from_at"].date().isoformat() for row in listings.to_dicts()}
    assert known == {"directive": "2021-01-01", "freeze": "2023-01-01"}


def test_a_document_of_additions_ends_nothing(tmp_path: Path) -> None:
    additions = register_source(is_complete=False)
    told = Told(tmp_path, {"2022-01-01": {"A1": ACME}, "2022-02-01": {"B2": ACME}}, additions)
    assert [told.spells("A1"), told.spells("B2")] == [[{"list": [("day", "2020-01-01", "2020-01-01")]}]] * 2
    assert told.rows("targets")["is_current"].to_list() == [True, True]


def test_a_document_that_is_one_part_of_a_list_ends_nothing_of_another_part(tmp_path: Path) -> None:
    parts = register_source(states="latest_of_each_address")
    russia = _edition(tmp_path, "2022-01-01", {"A1": ACME}, parts, "https://example.org/russia")
    belarus = {"B2": {"name": "BETA", "since": {"BETA": "2020-01-01"}}}
    folded = Told(
        tmp_path, {}, parts, [russia, _edition(tmp_path, "2022-02-01", belarus, parts, "https://example.org/belarus")]
    )
    assert folded.rows("targets")["is_current"].to_list() == [True, True]
    assert folded.rows("dates").filter(action_code="delist").is_empty()


def test_two_documents_of_one_day_that_differ_do_not_end_one_another(tmp_path: Path) -> None:
    additions = register_source(source_id="yy_list", shared_series="xx_list", is_complete=False)
    addition = _edition(tmp_path, "2022-02-01", {"A1": ACME}, additions)
    told = Told(tmp_path, {"2022-01-01": {"B2": ACME}, "2022-02-01": {"B2": ACME}}, RICH, [addition])
    assert "delist" not in told.spells("A1")[0]
    assert told.rows("targets", "A1")["is_current"].to_list() == [True]


# In whatever order the documents are read


def read(folder: Path, states: States, as_of: str | None = None) -> Reading:
    place = stages.Place(
        record_register(folder / "recordings", states), folder / "output", dt.date.fromisoformat(as_of) if as_of else None
    )
    source = register_source()
    return stages.normalize_source(source, stages.judge_documents(source, place), place.output, told=lambda _: None)


def test_as_of_a_day_reads_only_what_had_been_recorded(tmp_path: Path) -> None:
    reading = read(tmp_path, {"2022-01-01": {"A1": ACME}, "2022-02-01": {"B2": ACME}}, as_of="2022-01-31")
    assert [edition.state.day for edition in reading.editions] == [dt.date(2022, 1, 1)]


def test_a_parser_that_stops_on_the_newest_state_leaves_the_one_before(tmp_path: Path) -> None:
    broken = {"A1": {"name": "ACME"}}  # no "since": the parser stops
    reading = read(tmp_path, {"2022-01-01": {"A1": ACME}, "2022-02-01": broken})
    assert [edition.state.day for edition in reading.editions] == [dt.date(2022, 1, 1)]
    assert reading.failure is not None
    assert "2022-02-01" in reading.failure
    assert "KeyError" in reading.failure


def test_an_older_state_found_later_is_woven_in_and_not_taken_for_news(tmp_path: Path) -> None:
    states = {"2022-01-01": {"A1": ACME}, "2022-02-01": {}, "2022-03-01": {"A1": ACME}}
    late = {day: states[day] for day in ("2022-03-01", "2022-01-01", "2022-02-01")}
    in_order = Told(_folder(tmp_path, "a"), states)
    shuffled = Told(_folder(tmp_path, "b"), late)
    for table, frame in in_order.frames.items():
        assert frame.equals(shuffled.frames[table]), table


def _folder(tmp_path: Path, name: str) -> Path:
    folder = tmp_path / name
    folder.mkdir()
    return folder


# Against a plain model: a set of keys a day, read by hand


presence = st.lists(st.sets(st.sampled_from("ABC"), max_size=3), min_size=1, max_size=7)


@given(presence)
@settings(max_examples=40, deadline=None)
def test_the_spells_of_any_history_are_those_of_a_plain_reading(editions: list[set[str]]) -> None:
    days = [f"2022-{number:02}-01" for number in range(1, len(editions) + 1)]
    undated = {"name": "X", "since": {"ALPHA": None}}
    states: States = {day: dict.fromkeys(sorted(keys), undated) for day, keys in zip(days, editions, strict=True)}
    with TemporaryDirectory() as folder:
        told = Told(Path(folder), dict(random.Random(len(editions)).sample(list(states.items()), len(states))))
    for key in "ABC":
        assert told.spells(key) == _by_hand(days, [key in keys for keys in editions])


def _by_hand(days: list[str], is_there: list[bool]) -> list[dict[str, list[tuple[str, str | None, str | None]]]]:
    spells: list[dict[str, list[tuple[str, str | None, str | None]]]] = []
    for number, (day, here) in enumerate(zip(days, is_there, strict=True)):
        before = is_there[number - 1] if number else None
        if here and before is not True:
            step = ("between", days[number - 1], day) if number else ("not_after", None, day)
            spells.append({"list": [step]})
        if before and not here:
            spells[-1] = {"delist": [("between", days[number - 1], day)], **spells[-1]}
    return spells


# The recorded states


@pytest.mark.recordings
def test_the_un_list_s_history_is_that_of_an_independent_count(recordings: Path, tmp_path: Path) -> None:
    """Counted by reference number over the raw files: 9 left in early 2022; in the autumn of 2025 123 came and 2 left."""
    from pipeline import sources  # noqa: PLC0415
    from pipeline.documents.recordings import Recordings  # noqa: PLC0415

    days = ("2022-02-18", "2022-03-07", "2023-04-18", "2024-04-02", "2025-09-03", "2025-11-15")
    source = sources.load(("un_sc",))["un_sc"]
    place = stages.Place(Recordings(recordings), tmp_path)
    judged = stages.judge_documents(source, place)
    chosen = stages.Judged(tuple(state for state in judged.states if state.day.isoformat() in days), ())
    reading = stages.normalize_source(source, chosen, tmp_path, told=lambda _: None)
    frames = history.fold(reading.editions)
    steps = frames["dates"].join(frames["listings"], on="listing_id")
    gone = steps.filter(action_code="delist").group_by("date_latest").agg(pl.col("target_id").n_unique())
    counts = dict(gone.iter_rows())
    assert (counts[dt.date(2022, 3, 7)], counts[dt.date(2025, 11, 15)]) == (9, 2)
    came = steps.filter(pl.col("action_code") == "list", pl.col("date_latest") == dt.date(2025, 11, 15), pl.col("is_derived"))
    assert came.filter(pl.col("spell_number") == 2)["target_id"].n_unique() == 84
    first_seen = frames["targets"].group_by("target_id").agg(pl.col("known_from_at").min())
    new = first_seen.filter(pl.col("known_from_at") == dt.datetime(2025, 11, 15))["target_id"]  # noqa: DTZ001
    assert len(set(new) | set(came["target_id"])) == 123
