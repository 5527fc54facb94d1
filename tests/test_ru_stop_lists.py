"""Russia's stop-list: statements in several layouts; the recordings are counted by regex and by the numbers they state."""

import datetime as dt
import json
import lzma
import re
from collections import Counter
from pathlib import Path

import pytest
from conftest import document_of

from pipeline.readers.announcements import UnknownAnnouncement
from pipeline.records import DatedStep, Fact, Listing, Measure, Name, Reject, Target
from pipeline.sources import load

SOURCE = load(("ru_stop_lists",))["ru_stop_lists"]
SAMPLE = Path("ru_stop_lists") / "2026-03-15" / "announcements.jsonl"
CONSOLIDATED = (
    "Граждане Великобритании, находящиеся под персональными санкциями, включая запрет на въезд в Российскую Федерацию"
)


def parsed(path: Path) -> list:
    return list(SOURCE.parse(document_of("ru_stop_lists", path, media_type="application/x-ndjson"), SOURCE))


@pytest.fixture(scope="module")
def said(samples) -> list:
    return parsed(samples / SAMPLE)


def raw_lines(path: Path) -> list[bytes]:
    body = path.read_bytes()
    return (lzma.decompress(body) if path.suffix == ".xz" else body).splitlines()


def of(records: list, kind: type) -> list:
    return [record for record in records if isinstance(record, kind)]


def changed(samples: Path, tmp_path: Path, find: str, put: str) -> list:
    text = (samples / SAMPLE).read_text(encoding="utf-8")
    assert find in text
    path = tmp_path / "2026-03-15" / "announcements.jsonl"
    path.parent.mkdir()
    path.write_text(text.replace(find, put, 1), encoding="utf-8")
    return parsed(path)


# ---- Names ----
def test_names_stand_in_both_scripts(said):
    names = [(r.type_text, r.value, r.language, r.script) for r in of(said, Name)][:2]
    assert names == [("имя", "Иван Образцов", "ru", "Cyrl"), ("(имя)", "John Sample", None, "Latn")]


def test_a_name_that_goes_over_two_lines_is_one(said):
    assert "Anne Sample-Wells" in [r.value for r in of(said, Name)]


def test_a_cyrillic_look_alike_in_a_latin_name_is_kept_and_the_script_is_not_claimed(said):
    (name,) = [r for r in of(said, Name) if r.value.endswith("PROBE") and r.value.startswith("Maria")]
    assert (name.value, name.script) == ("Maria \u041c. PROBE", None)


def test_an_office_below_a_dash_of_its_own_line_belongs_to_the_name_above(said):
    offices = {r.target_key.split("|")[0]: r.value for r in of(said, Fact) if r.kind_text == "должность"}
    assert offices["Джилл ТЕСТ"] == "член Сената (шт. Мэн)"
    assert offices["Иван Образцов"] == "премьер-министр"


def test_a_faction_holds_for_those_who_follow(said):
    factions = {r.target_key.split("|")[0]: r.value for r in of(said, Fact) if r.kind_text == "фракция"}
    assert factions["Пётр ПРОБА"] == "Члены фракции Консервативной партии"
    assert factions["Мария М. ПРОБА"] == "Члены фракции Лейбористской партии"


def test_cells_of_a_table_that_go_over_lines_and_begin_in_latin_letters_are_whole(said):
    names = [r.name for r in of(said, Target) if "2019-29-10-2024" in r.key]
    assert names == ["Кен Тейбл", "Костиган Гэбриэль Энн", "Энн Роу", "Боб Роу", "Сид Роу", "Ди Роу"]
    offices = {r.target_key.split("|")[0]: r.value for r in of(said, Fact) if r.kind_text == "должность"}
    assert offices["Кен Тейбл"] == "Директор компании Sentinel Boats"
    assert offices["Ди Роу"] == "Советник"


def test_the_english_part_adds_nobody(said):
    assert len([r for r in of(said, Target) if "755-07-04-2022" in r.key]) == 2


def test_offices_of_the_english_part_go_with_the_very_name(said):
    english = {r.target_key.split("|")[0]: (r.value, r.note) for r in of(said, Fact) if r.kind_text == "position"}
    assert english == {
        "Иван Образцов": ("Prime Minister", "in the English text of the statement"),
        "Анна Уэллс": ("Senator", "in the English text of the statement"),
    }


def test_a_part_that_somebody_else_translated_is_not_the_ministrys_text(samples, tmp_path):
    records = changed(samples, tmp_path, "## English", "## English (TRANSLATED)")
    assert [r for r in of(records, Fact) if r.kind_text == "position"] == []


def test_citizenship_is_that_of_the_whole_list_only_where_the_statement_says_so(said):
    citizens = {r.target_key.split("|")[2]: r.country_text for r in of(said, Fact) if r.kind_text == "гражданство"}
    assert citizens == {"755-07-04-2022": "Австралии", "2019-29-10-2024": "Австралии", CONSOLIDATED: "Великобритании"}


# ---- Measures and dates ----
def test_the_stop_list_alone_is_a_travel_ban_by_derivation(said):
    assert {(r.measure_key, r.basis) for r in of(said, Listing)} == {
        ("755-07-04-2022", "stated"), ("806-13-04-2022", "derived"), ("2019-29-10-2024", "stated"), (CONSOLIDATED, "stated")
    }  # fmt: skip
    assert {SOURCE.code("measure_type", r.type_text) for r in of(said, Measure)} == {"travel_ban"}


def test_a_day_of_the_current_year_is_read_against_the_day_of_the_statement(said):
    (step,) = [
        r for r in of(said, DatedStep) if r.measure_key == "755-07-04-2022" and r.step == "effective" and not r.target_key
    ]
    assert (step.period.earliest, step.period.text, step.quote) == (dt.date(2022, 4, 7), "с 7 апреля с.г.", "с 7 апреля с.г.")


def test_a_statement_without_another_day_holds_from_its_own_which_is_derived(said):
    steps = {r.step: r.period for r in of(said, DatedStep) if r.measure_key == "2019-29-10-2024" and not r.target_key}
    assert {step: period.earliest for step, period in steps.items()} == {
        "announced": dt.date(2024, 10, 29), "unspecified": dt.date(2024, 10, 29)
    }  # fmt: skip
    assert steps["announced"].derivation is None
    assert steps["unspecified"].derivation


def test_the_day_of_a_consolidated_page_is_not_the_day_of_anybody_on_it(said):
    steps = [r for r in of(said, DatedStep) if r.measure_key == CONSOLIDATED]
    assert {(r.period.earliest, r.period.latest, r.period.precision) for r in steps} == {
        (None, dt.date(2024, 4, 10), "not_after")
    }


# ---- Evidence, strictness ----
def test_every_quote_equals_the_text_at_its_offsets(samples, said):
    assert _quotes_stand_at_their_offsets(said, samples / SAMPLE) > 20


def _quotes_stand_at_their_offsets(records: list, path: Path) -> int:
    rows = [json.loads(line)["text"] for line in raw_lines(path)]
    by_place = {f"/documents[url='{text.split()[0]}']": text for text in rows}
    count = 0
    for record in records:
        if locator := getattr(record, "locator", None):
            place, _, span = locator.rpartition("/char:")
            start, end = map(int, span.split("-"))
            words = by_place[place][start:end]
            assert words.strip() == words != ""
            quote = getattr(record, "quote", None)
            assert quote is None or quote == words
            if isinstance(record, Target):
                assert (record.name or "") in " ".join(words.split())
            count += 1
    return count


def test_a_line_that_is_no_name_and_people_without_names_are_rejects(said):
    assert [r.raw for r in of(said, Reject)] == [
        "Также в список внесен ряд сотрудников министерства.", "строка без имени на латинице"
    ]  # fmt: skip


def test_a_statement_whose_sanction_is_in_new_words_is_a_reject(samples, tmp_path):
    records = changed(samples, tmp_path, "вносятся в российский «стоп-лист»", "лишаются наград")
    assert [r.table for r in of(records, Reject)] == ["measures"]
    assert "806-13-04-2022" not in [r.key for r in of(records, Measure)]


def test_a_new_heading_stops_the_source(samples, tmp_path):
    with pytest.raises(UnknownAnnouncement, match="## French"):
        changed(samples, tmp_path, "## English", "## French")


def test_a_table_that_lost_a_row_number_stops_the_source(samples, tmp_path):
    with pytest.raises(UnknownAnnouncement, match="count from 1 to 6"):
        changed(samples, tmp_path, "\\n\\n6\\n\\n", "\\n\\n7\\n\\n")


# ---- Recordings ----
@pytest.mark.recordings
def test_every_person_of_the_recordings_is_accounted_for(recordings):
    """The numbers that the statements state, and names with a bracket in Latin letters counted in the raw texts."""
    path = recordings / "ru_stop_lists" / "2026-03-15" / "announcements.jsonl.xz"
    records = parsed(path)
    counted = Counter(r.key.split("|")[2] for r in of(records, Target))
    assert len(counted) == 21
    stated = {
        "755-07-04-2022": 228, "806-13-04-2022": 398, "918-27-04-2022": 287, "1345-28-06-2022": 25, "1514-21-07-2022": 39,
        "1789-05-09-2022": 25, "2321-11-11-2022": 200, "684-12-04-2023": 333, "976-19-05-2023": 500, "1217-21-06-2023": 48,
        "482-14-03-2024": 227, "703-17-04-2024": 235, "1225-26-06-2024": 36, "1224-26-06-2024": 27, "2019-29-10-2024": 131,
        "1585-26-09-2025": 7, "9-05-01-2026": 28,
    }  # fmt: skip
    assert {number: counted[number] for number in stated} == stated
    for line in raw_lines(path):
        russian = json.loads(line)["text"].split("## English")[0]
        number = next(iter(re.findall(r"(?m)^(\d+-\d\d-\d\d-\d{4})[ \t]*$", russian)), CONSOLIDATED)
        if number not in stated:
            assert counted[number] == len(re.findall(r"(?m)^ *[А-ЯЁ][^()\n]+ \([A-ZÀ-Þ][^()]+\)", russian)), number
    assert sum(counted.values()) == 3185
    assert len({r.key for r in of(records, Target)}) == 3185
    english = [r for r in of(records, Fact) if r.kind_text == "position"]
    assert len(english) == 2221
    names = {r.target_key: r.value for r in of(records, Name) if r.type_text == "(имя)"}
    others = set(names.values())
    # An office that held the next name would be that of two people; these three name a relative, or the person twice.
    holding = [r.target_key.split("|")[0] for r in english if any(other in r.value for other in others if " " in other)]
    assert holding == ["Майкл Гринвальд", "Мэри Зайнтс", "Пенни Притцкер"]
    assert [r.raw[:22] for r in of(records, Reject)] == ["Также в список внесен "]
    assert _quotes_stand_at_their_offsets(records, path) > 3185
