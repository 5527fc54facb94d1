"""The Harmonized System: a tree of chapters, headings and subheadings, with the edition that the file itself names."""

import lzma
from collections import Counter
from pathlib import Path

import pytest
from conftest import document_of

from pipeline import sources
from pipeline.readers.delimited import UnknownColumns
from pipeline.readers.xml import UnknownContent
from pipeline.records import NomenclatureItem
from pipeline.sources import Source

FILE = Path("hs_nomenclature") / "2022-01-01" / "harmonized-system.csv"


@pytest.fixture
def source() -> Source:
    return sources.load(("hs_nomenclature",))["hs_nomenclature"]


@pytest.fixture
def text(samples: Path) -> str:
    return (samples / FILE).read_text(encoding="utf-8")


def parsed(source: Source, text: str, tmp_path: Path) -> list[NomenclatureItem]:
    path = tmp_path / "2022-01-01" / "harmonized-system.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    items = list(source.parse(document_of("hs_nomenclature", path, media_type="text/csv"), source))
    assert all(isinstance(item, NomenclatureItem) for item in items)
    return items  # type: ignore[return-value]


def test_a_heading_stands_under_its_chapter_and_in_a_section(source: Source, text: str, tmp_path: Path) -> None:
    heading = next(item for item in parsed(source, text, tmp_path) if item.code == "8703")
    assert heading == NomenclatureItem("hs", 2022, "8703", "87", "Cars for persons", "/rows[hscode='8703']", "XVII")


def test_a_chapter_has_no_parent_and_the_whole_is_no_code(source: Source, text: str, tmp_path: Path) -> None:
    items = {item.code: item for item in parsed(source, text, tmp_path)}
    assert items["87"].parent_code is None
    assert "TOTAL" not in items


def test_a_code_that_the_publisher_added_has_no_section(source: Source, text: str, tmp_path: Path) -> None:
    assert [item.code for item in parsed(source, text, tmp_path) if item.section_text is None] == ["99", "9999", "999999"]


def test_another_edition_in_the_document_is_another_year(source: Source, text: str, tmp_path: Path) -> None:
    assert {item.year for item in parsed(source, text.replace("HS2022", "HS2028"), tmp_path)} == {2028}


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        ("HS2022", "all"),
        ("XVII,8703,Cars for persons,87,4", "XVII,8703,Cars for persons,88,4"),
        ("XVII,8703,Cars for persons,87,4", "XVII,87030,Cars for persons,8703,5"),
        ("XVII,87,Vehicles for roads,TOTAL,2", "17,87,Vehicles for roads,TOTAL,2"),
    ],
)
def test_codes_that_are_no_tree_of_an_edition_are_news(
    source: Source, text: str, tmp_path: Path, words: str, instead: str
) -> None:
    assert words in text
    with pytest.raises(UnknownContent):
        parsed(source, text.replace(words, instead), tmp_path)


def test_a_new_column_is_news(source: Source, text: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownColumns):
        parsed(source, text.replace("level\n", "depth\n"), tmp_path)


@pytest.mark.recordings
def test_the_recorded_edition_has_97_chapters_1229_headings_and_5613_subheadings(source: Source, recordings: Path) -> None:
    [path] = (recordings / "hs_nomenclature" / "2022-01-01").iterdir()
    items = list(source.parse(document_of("hs_nomenclature", path, media_type="text/csv"), source))
    lengths = Counter(len(item.code) for item in items if isinstance(item, NomenclatureItem))
    assert lengths == {2: 97, 4: 1229, 6: 5613}
    # Independently: every line of the file but the header and the row of the whole is a code.
    assert len(items) == lzma.decompress(path.read_bytes()).count(b"\n") - 2
