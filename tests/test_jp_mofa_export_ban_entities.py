"""The dated additions to Japan's lists of entities under export bans: their days, and that their numbers never change hands."""

import datetime as dt
import re
import shutil
import unicodedata

import pytest
from conftest import SAMPLES, document_of

from pipeline.normalized import target_id
from pipeline.readers import export_ban_text, export_bans
from pipeline.readers.pdf import lines
from pipeline.readers.xml import UnknownContent
from pipeline.records import Address, DatedStep, Instrument, Name, Target
from pipeline.sources import load

SOURCES = load(("jp_meti_export_ban_list", "jp_mofa_export_ban_entities"))
SOURCE, LIST = SOURCES["jp_mofa_export_ban_entities"], SOURCES["jp_meti_export_ban_list"]
BELARUS = SAMPLES / "jp_mofa_export_ban_entities" / "2022-03-15" / "100312394.pdf"
RUSSIA = SAMPLES / "jp_mofa_export_ban_entities" / "2025-09-12" / "20250912list_russia_tokutei.pdf"


def document(path, name=None):
    url = f"https://example.org/files/{name or path.name}"
    return document_of("jp_mofa_export_ban_entities", path, url=url, media_type="application/pdf")


def of(kind, path, key=None):
    records = SOURCE.parse(document(path), SOURCE)
    return [each for each in records if isinstance(each, kind) and (key is None or each.target_key == key)]


def test_a_document_holds_only_the_numbers_of_its_day():
    assert [target.key for target in of(Target, BELARUS)] == ["BY|1", "BY|2"]
    assert [target.key for target in of(Target, RUSSIA)] == ["RU|560", "RU|561"]


def test_an_entry_has_one_identifier_in_the_additions_and_in_the_whole_list():
    assert SOURCE.register_code == LIST.register_code == "jp_meti_export_ban"
    assert {target_id(SOURCE.register_code, target.key) for target in of(Target, BELARUS)} == {
        target_id(LIST.register_code, "BY|1"),
        target_id(LIST.register_code, "BY|2"),
    }
    assert SOURCE.series == LIST.series
    assert SOURCE.precedence < LIST.precedence
    assert SOURCE.words == LIST.words


def test_each_document_is_the_whole_list_of_its_territory_and_the_additions_are_none():
    assert (LIST.is_complete, LIST.states) == (True, "latest_of_each_address")
    assert not SOURCE.is_complete


def test_the_day_is_that_under_which_the_index_page_links_the_document_and_says_so():
    (step,) = of(DatedStep, BELARUS, "BY|2")
    assert (step.action, step.step, step.period.earliest) == ("list", "published", dt.date(2022, 3, 15))
    assert step.period.text == "＜令和4年3月15日公布＞"
    assert step.period.derivation == (
        "the day under which https://www.meti.go.jp/policy/external_economy/trade_control/02_export/17_russia/russia.html "
        "links https://www.mofa.go.jp/mofaj/files/100312394.pdf"
    )


def test_the_notice_is_not_printed_here_and_has_an_address_instead():
    (notice,) = [act for act in of(Instrument, BELARUS) if act.number == "令和四年外務省告示第百四号"]
    assert notice.locator is None
    assert str(notice.url).endswith("list_belarus_tokutei.pdf")


def test_a_wrapped_address_that_starts_with_the_next_number_starts_no_entry():
    assert [address.text for address in of(Address, BELARUS, "BY|2")] == [
        "1 Forest Str., Minsk, 220000, Belarus",
        "12 3 Meadow Str., Minsk, 220001, Belarus",
    ]


def test_a_letter_after_the_label_can_be_latin_or_japanese():
    assert [name.value for name in of(Name, RUSSIA, "RU|560")] == [
        "ゼータ・マシナリー", "Zeta Machinery", "ZM 社", "有限会社 ZM", "LLC Company ZM", "Kompaniya ZM",
    ]  # fmt: skip
    assert [name.value for name in of(Name, RUSSIA, "RU|561")] == ["有限会社ヤンターリ", "LLC Yantar", "OOO Yantar"]


def test_a_document_that_nobody_has_looked_up_is_an_error_that_says_where_to_look():
    with pytest.raises(UnknownContent, match=r"100999999\.pdf is in no \[\[addition\]\] .* look up under which mark"):
        list(SOURCE.parse(document(BELARUS, "100999999.pdf"), SOURCE))


def test_a_document_with_other_numbers_than_those_looked_up_is_an_error(tmp_path):
    place = tmp_path / "2022-07-05"
    place.mkdir()
    shutil.copy(BELARUS, place / "100366227.pdf")
    with pytest.raises(UnknownContent, match=r"expected the numbers 3 to 27, .*; found \(1, 2\)"):
        list(SOURCE.parse(document(place / "100366227.pdf"), SOURCE))


def test_every_document_that_is_fetched_has_been_looked_up_and_every_one_looked_up_is_fetched():
    assert {addition.url for addition in export_bans.additions()} == set(SOURCE.urls)


# --- The real documents -----------------------------------------------------------------------------------------------


def plain(text):
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text))


@pytest.mark.recordings
def test_no_number_has_changed_hands_since_its_document(recordings):
    whole = {}
    for path in sorted((recordings / "jp_meti_export_ban_list").glob("*/*.pdf")):
        heading, entries = export_ban_text.read(lines(document(path)))
        whole |= {(heading.whose, entry.number): entry for entry in entries}
    changed, seen = [], 0
    for path in sorted((recordings / "jp_mofa_export_ban_entities").glob("*/*.pdf")):
        heading, entries = export_ban_text.read(lines(document(path)))
        for entry in entries:
            seen += 1
            now = whole[heading.whose, entry.number]
            assert plain(now.english) == plain(entry.english)
            assert plain(now.japanese) == plain(entry.japanese)
            if sorted(map(plain, now.english_others)) != sorted(map(plain, entry.english_others)):
                changed.append((entry.number, sorted(set(now.english_others) ^ set(entry.english_others))))
    assert (seen, len(whole)) == (566, 644)  # 78 stand in the two documents that are not at hand
    assert changed == [(37, ["LLC Profflab"])]  # one name that stood there twice was mended


@pytest.mark.recordings
def test_every_real_document_is_read_whole_under_the_day_of_the_index_page(recordings):
    page = _index_page(recordings)
    for path in sorted((recordings / "jp_mofa_export_ban_entities").glob("*/*.pdf")):
        text = "\n".join(line.text for line in lines(document(path)))
        targets = of(Target, path)
        assert len(targets) == len(re.findall(r"^所\s*在\s*地", text, re.MULTILINE)) == len(set(targets))
        assert not re.search("(?:令和|20[0-9]{2} ?年).*日", text)  # no document prints its day
        before = page[: page.index(path.name)]
        mark = re.findall("＜令和[^＜＞]*公布＞", before)[-1]
        assert {step.period.text for step in of(DatedStep, path) if step.action == "list"} == {mark}


def _index_page(recordings):
    path = recordings / "jp_meti_russia" / "2025-09-12" / "russia.html.xz"
    return document_of("jp_meti_russia", path, media_type="text/html").text()
