"""The goods of the export annexes of Regulation 833/2014: codes as copied, codes with words, and no annex."""

import csv
import datetime as dt
import lzma
import re
from pathlib import Path

import pytest
from conftest import document_of

from pipeline import sources
from pipeline.documents import Document
from pipeline.normalized import normalize
from pipeline.readers.delimited import UnknownColumns
from pipeline.readers.xml import UnknownContent
from pipeline.records import DatedStep, Goods, Instrument, Measure, MeasureInstrument, Record, Reject
from pipeline.sources import Source
from pipeline.sources.eu_833_2014_goods import label

FOLDER = Path("eu_833_2014_goods") / "2022-10-07"
URL = "http://publications.europa.eu/resource/celex/02014R0833-20221007"
KEY = "32014R0833|goods of the export annexes|Russia"


@pytest.fixture
def source() -> Source:
    return sources.load(("eu_833_2014_goods",))["eu_833_2014_goods"]


def document(path: Path, url: str = URL) -> Document:
    return document_of("eu_833_2014_goods", path, url=url, media_type="text/csv")


def parsed(source: Source, text: str, tmp_path: Path, url: str = URL) -> list[Record]:
    path = tmp_path / "2022-10-07" / "codes.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return list(source.parse(document(path, url), source))


def goods(records: list[Record]) -> list[Goods]:
    return [record for record in records if isinstance(record, Goods)]


@pytest.fixture
def worded(source: Source, samples: Path) -> list[Record]:
    return list(source.parse(document(samples / FOLDER / "export_sanctions_codes.csv"), source))


@pytest.fixture
def copied(source: Source, samples: Path) -> list[Record]:
    return list(source.parse(document(samples / FOLDER / "input_codes.csv"), source))


def test_both_files_tell_one_ban_on_exports_to_russia_by_the_regulation(worded: list[Record], copied: list[Record]) -> None:
    [ban] = [record for record in worded if isinstance(record, Measure)]
    assert [record for record in copied if isinstance(record, Measure)] == [ban]
    assert (ban.key, ban.scope, ban.territory_texts) == (KEY, "goods", ("Russia",))
    [act] = [record for record in worded if isinstance(record, Instrument)]
    assert (act.number, act.type_text) == ("32014R0833", "Council Regulation")


def test_no_article_and_no_annex_is_claimed(worded: list[Record]) -> None:
    [rests_on] = [record for record in worded if isinstance(record, MeasureInstrument)]
    assert (rests_on.role, rests_on.provision_text) == ("imposes", None)
    [ban] = [record for record in worded if isinstance(record, Measure)]
    assert ban.founding_act is None  # the act holds several export bans: it would be merged with one of them
    assert {item.item_text for item in goods(worded)} == {None}


def test_the_ban_stood_no_later_than_the_text_was_consolidated(worded: list[Record]) -> None:
    [step] = [record for record in worded if isinstance(record, DatedStep)]
    assert (step.period.earliest, step.period.latest, step.period.precision) == (None, dt.date(2022, 10, 7), "not_after")
    assert step.period.derivation is not None


def test_another_day_of_consolidation_is_another_day_and_vintage(source: Source, tmp_path: Path) -> None:
    records = parsed(source, '"code"\n87032310\n', tmp_path, URL.replace("20221007", "20241215"))
    [step] = [record for record in records if isinstance(record, DatedStep)]
    assert step.period.latest == dt.date(2024, 12, 15)
    assert [item.year for item in goods(records)] == [2024]


def test_a_code_bears_eurostats_newest_words_and_the_last_year_that_had_them(worded: list[Record]) -> None:
    assert [(item.code, item.goods_text, item.year) for item in goods(worded)] == [
        ("01012100", "Horses for breeding, of pure breed", 2022),
        ("62019200", "Jackets of cotton, for men", 2021),
        ("87032310", "Cars, new, with a petrol engine of 1500 to 3000 cc", 2022),
        ("88033000", "Parts of aeroplanes or helicopters", 2022),
    ]


def test_years_within_words_are_no_years_of_the_words() -> None:
    assert label("Works of art (made 1850-1900), framed") == ("Works of art (made 1850-1900), framed", None)
    assert label("New; and old(2017-2500);Old(1988-2016)") == ("New; and old", None)
    assert label("Old(1988-1991);Newer(1992-2021)") == ("Newer", 2021)


def test_codes_as_copied_keep_their_fault_and_have_no_words(copied: list[Record]) -> None:
    assert [(item.code, item.goods_text) for item in goods(copied)] == [
        ("6201", None), ("8703", None), ("1012100", None), ("62019200", None), ("87032310", None), ("88033000", None),
    ]  # fmt: skip


def test_a_heading_among_the_codes_is_a_guide(copied: list[Record]) -> None:
    assert [item.code for item in goods(copied) if item.is_part_of_code] == ["6201", "8703"]


def test_each_locator_names_the_code_as_it_is_printed(copied: list[Record], samples: Path) -> None:
    printed = (samples / FOLDER / "input_codes.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert [item.locator for item in goods(copied)] == [f"/rows[code='{code}']" for code in printed]


def test_an_empty_code_is_a_reject(source: Source, tmp_path: Path) -> None:
    records = parsed(source, '"code","product"\n"","Cars"\n', tmp_path)
    assert [record.reason for record in records if isinstance(record, Reject)] == ["missing_value"]
    assert goods(records) == []


def test_a_text_of_another_act_and_a_new_column_are_news(source: Source, tmp_path: Path) -> None:
    with pytest.raises(UnknownContent, match="32014R0833"):
        parsed(source, '"code"\n8703\n', tmp_path, URL.replace("2014R0833", "2006R0765"))
    with pytest.raises(UnknownColumns, match="annex"):
        parsed(source, '"code","annex"\n8703,XVIII\n', tmp_path)


@pytest.mark.recordings
def test_the_recorded_codes_as_copied_become_those_of_the_tidied_list(source: Source, recordings: Path) -> None:
    """The tidied list is the check: 2,223 codes of eight digits. The copy has 115 headings more; two codes lost a zero."""
    rows = normalize(document(recordings / FOLDER / "input_codes.csv"), source)["goods"]
    lines = (recordings / FOLDER / "input_codes.csv").read_bytes().split()[1:]
    assert (len(rows), len(lines)) == (2338, 2338)
    assert sorted(rows.filter("is_derived")["goods_code"]) == ["01012100", "01012990"]
    with lzma.open(recordings / FOLDER / "export_sanctions_codes.csv.xz", "rt", encoding="utf-8") as file:
        tidied = set(re.findall(r'^"(\d{8})",', file.read(), re.MULTILINE))
    assert len(tidied) == 2223
    whole = rows.filter(rows["goods_code"].str.len_chars() == 8)
    assert set(whole["goods_code"]) == tidied
    assert len(rows) - len(whole) == 115


@pytest.mark.recordings
def test_the_recorded_words_are_all_read_and_the_codes_that_hs_2022_lacks_are_42(source: Source, recordings: Path) -> None:
    path = recordings / FOLDER / "export_sanctions_codes.csv.xz"
    items = goods(list(source.parse(document(path), source)))
    assert all(item.goods_text for item in items)
    assert len([item for item in items if item.year == 2021]) == 5
    with lzma.open(recordings / "hs_nomenclature" / "2022-01-01" / "harmonized-system.csv.xz", "rt", encoding="utf-8") as file:
        subheadings = {row["hscode"] for row in csv.DictReader(file)}
    lacking = {item.code for item in items if item.code and item.code[:6] not in subheadings}
    assert len(lacking) == 42
    assert {"62019200", "88033000", "89039210"} <= lacking
