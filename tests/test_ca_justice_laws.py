"""Canada's regulations: prohibitions, goods and days, with each trap of the source; recordings against independent passes."""

import csv
import datetime as dt
import lzma
import re
from collections import Counter
from pathlib import Path

import pytest
from conftest import document_of
from lxml import etree

from pipeline.dates import UnreadableDate, english_effect
from pipeline.documents import Document
from pipeline.readers.justice_goods import chapters, key_of
from pipeline.readers.justice_laws import citation
from pipeline.readers.xml import UnknownContent
from pipeline.records import (
    DatedStep,
    Goods,
    Instrument,
    InstrumentLink,
    Measure,
    MeasureInstrument,
    Programme,
    Record,
    Reject,
    Target,
)  # fmt: skip
from pipeline.sources import Source, load
from pipeline.sources.ca_justice_laws import _names

RUSSIA = "SOR/2014-58"
EXPORTS = "export, sell, supply or ship"
FREEZE = f"{RUSSIA}|810875|deal in property, make property or services available"
DEBT = f"{RUSSIA}|810884|new debt"
DOCKING = f"{RUSSIA}|34|dock, pass"
LUXURY = f"{RUSSIA}|1348830|{EXPORTS}"
LUXURY_IMPORTS = f"{RUSSIA}|1348830|import, purchase or acquire"
INDUSTRIAL = f"{RUSSIA}|1348844|{EXPORTS}"
OLD, NEW, SAME = "2022-06-03", "2022-12-28", "2023-01-04"


@pytest.fixture(scope="module")
def source() -> Source:
    return load(("ca_justice_laws",))["ca_justice_laws"]


@pytest.fixture(scope="module")
def parsed(source: Source, samples: Path):
    def records(day: str, name: str = "SOR-2014-58") -> list[Record]:
        return list(source.parse(document_of("ca_justice_laws", samples / "ca_justice_laws" / day / f"{name}.xml"), source))

    return records


@pytest.fixture
def changed(source: Source, samples: Path, tmp_path: Path):
    def records(find: str, put: str, *, day: str = NEW, name: str = "SOR-2014-58") -> list[Record]:
        text = (samples / "ca_justice_laws" / day / f"{name}.xml").read_text(encoding="utf-8")
        assert find in text
        path = tmp_path / day / f"{name}.xml"
        path.parent.mkdir()
        path.write_text(text.replace(find, put), encoding="utf-8")
        return list(source.parse(document_of("ca_justice_laws", path), source))

    return records


def measures(records: list[Record]) -> dict[str, Measure]:
    return {record.key: record for record in records if isinstance(record, Measure)}


def steps(records: list[Record], key: str) -> list[tuple[str, str, str]]:
    """Action, step and day, or days, of each dated step of a measure."""
    return [
        (record.action, record.step, "/".join(dict.fromkeys(str(day) for day in record.period[:2])))
        for record in records
        if isinstance(record, DatedStep) and record.measure_key == key
    ]


def goods(records: list[Record], key: str) -> list[Goods]:
    return [record for record in records if isinstance(record, Goods) and record.measure_key == key]


# ---- Prohibitions ----
def test_each_prohibition_is_a_measure_with_the_kind_that_its_words_tell(source, parsed):
    told = [
        (measure.founding_act, source.code("measure_type", measure.type_text), measure.scope)
        for measure in measures(parsed(NEW)).values()
    ]
    assert told == [
        ("SOR/2014-58|3", "asset_freeze", "listed_targets"),
        ("SOR/2014-58|3.01(1)", "capital_market_restriction", "listed_targets"),
        ("SOR/2014-58|3.04", "port_vessel_ban", "vessels"),
        ("SOR/2014-58|3.08(1)", "export_ban", "goods"),
        ("SOR/2014-58|3.08(3)", "import_ban", "goods"),
        ("SOR/2014-58|3.09", "export_ban", "goods"),
    ]


def test_all_are_directed_at_the_country_of_the_title_by_the_governor_in_council(parsed):
    told = {(measure.territory_texts, measure.authority_name) for measure in measures(parsed(NEW)).values()}
    assert told == {(("Russia",), "Governor in Council")}


def test_a_regime_of_the_register_is_the_same_programme(parsed):
    [russia], [haiti] = (
        [r.key for r in parsed(SAME, name) if isinstance(r, Programme)] for name in ("SOR-2014-58", "SOR-2022-237")
    )
    assert (russia, haiti) == ("Russia", "SOR/2022-237")
    register = load(("ca_sema",))["ca_sema"].facts["programme"]
    assert set(load(("ca_justice_laws",))["ca_justice_laws"].facts["programmes"].values()) == {row["key"] for row in register}


def test_a_section_that_was_renumbered_keeps_its_key(parsed):
    old, new = measures(parsed(OLD)), measures(parsed(NEW))
    assert set(old) < set(new)
    assert (old[LUXURY].founding_act, new[LUXURY].founding_act) == ("SOR/2014-58|3.8(1)", "SOR/2014-58|3.08(1)")
    assert set(new) - set(old) == {DOCKING}


def test_paragraphs_of_one_kind_are_one_measure_and_of_several_kinds_several(parsed):
    haiti = measures(parsed(SAME, "SOR-2022-237"))
    assert [measure.founding_act for measure in haiti.values()] == [
        "SOR/2022-237|2", "SOR/2022-237|3(a)", "SOR/2022-237|3(b)", "SOR/2022-237|14",
    ]  # fmt: skip


def test_a_paragraph_that_only_goes_with_another_is_no_measure_of_its_own(source, parsed):
    haiti = measures(parsed(SAME, "SOR-2022-237"))
    assert [source.code("measure_type", measure.type_text) for measure in haiti.values()] == [
        "asset_freeze", "arms_embargo", "military_assistance_ban", "claims_prohibition",
    ]  # fmt: skip


def test_a_ban_on_the_debt_of_a_government_hits_no_listed_person(changed):
    assert (
        measures(changed("a person listed in Schedule 2.", "Russia or an entity controlled by it."))[DEBT].scope == "government"
    )


def test_assisting_stands_with_what_it_assists_and_is_no_measure(parsed):
    records = parsed(NEW)
    told = [
        record for record in records if isinstance(record, MeasureInstrument) and "assisting" in (record.provision_text or "")
    ]
    assert [record.measure_key for record in told] == list(measures(records))
    assert {record.provision_text for record in told} == {"s. 5 (assisting in what is prohibited)"}


def test_exceptions_are_those_of_the_section_and_of_the_sections_beside_it(parsed):
    told = measures(parsed(NEW))
    assert told[LUXURY].exceptions_text == "Subsection (1) does not apply to personal effects."
    assert told[LUXURY_IMPORTS].exceptions_text is None
    assert told[FREEZE].exceptions_text == "Section 3 does not apply in respect of pensions."


@pytest.mark.parametrize(
    ("which", "provision", "is_named"),
    [
        ("Subsections 8(1) to (3)", ("8", 2.0, ""), True),
        ("Subsections 8(1) to (3)", ("8", 4.0, ""), False),
        ("Subsections 8(1) to (3)", ("9", 2.0, ""), False),
        ("Subsections (1) and (1.1)", ("3.01", 1.1, "3.01"), True),
        ("Subsections (1) and (1.1)", ("3.02", 1.0, ""), False),
        ("Section 4 and subsection 5(1)", ("4", None, ""), True),
        ("Section 4 and subsection 5(1)", ("5", 1.0, ""), True),
        ("Sections 2 and 12", ("1", None, ""), False),
        ("Sections 3 to 7", ("5", 2.0, ""), True),
        ("Paragraphs 3(d) and (e)", ("3", None, ""), True),
    ],
)
def test_exceptions_name_sections_subsections_and_rows_of_them(which, provision, is_named):
    section, subsection, own = provision
    assert _names(which, section, subsection, own=own) is is_named


def test_a_ban_of_goods_has_its_own_title_and_the_words_of_the_law(parsed):
    told = measures(parsed(NEW))[LUXURY]
    assert told.title == "Canada: Luxury goods — export (s. 3.08(1) of the Special Economic Measures (Russia) Regulations)"
    assert told.goods_text is not None
    assert told.goods_text.startswith("export, sell, supply or ship any good referred to in column 1 of Part 1 to Schedule 6")


def test_a_permit_prohibits_nothing(parsed):
    records = parsed(SAME, "SOR-2014-59")
    assert {type(record) for record in records} == {Instrument, InstrumentLink}


def test_an_order_against_one_owner_is_one_measure(source, parsed):
    [order] = measures(parsed(SAME, "SOR-2022-279")).values()
    assert (order.key, source.code("measure_type", order.type_text)) == ("SOR/2022-279|restrain property", "asset_freeze")
    assert order.territory_texts == ("Russian Federation",)


def test_persons_and_ships_in_schedules_are_no_targets_here(parsed):
    assert not [record for record in parsed(NEW) if isinstance(record, Target)]


def test_an_unknown_prohibition_reaches_the_closed_list_with_its_words(changed):
    told = measures(changed("dock in Canada a ship listed in Schedule 1.1", "juggle with ships of Schedule 1.1"))
    assert "juggle with ships of Schedule 1.1, unless that is necessary to safeguard human life." in {
        measure.type_text for measure in told.values()
    }


# ---- Days ----
def test_the_first_note_of_a_section_tells_the_day_of_a_ban_that_it_has_alone(parsed):
    assert steps(parsed(NEW), DOCKING) == [("impose", "enacted", "2022-12-07"), ("impose", "effective", "2022-12-07")]


def test_luxury_exports_are_banned_60_days_after_the_section_came_into_force(parsed):
    assert steps(parsed(OLD), LUXURY) == [("impose", "enacted", "2022-05-18"), ("impose", "effective", "2022-07-17")]
    [effective] = [
        record.period for record in parsed(OLD)
        if isinstance(record, DatedStep) and record.measure_key == LUXURY and record.step == "effective"
    ]  # fmt: skip
    assert (effective.text, effective.derivation) == (
        "60 days after they come into force", "60 days after coming into force on 2022-05-18",
    )  # fmt: skip


def test_a_later_text_adds_what_changed_it_and_repeats_the_beginning(parsed):
    assert steps(parsed(NEW), LUXURY) == [
        ("impose", "enacted", "2022-05-18"),
        ("impose", "effective", "2022-07-17"),
        ("amend", "effective", "2022-12-07"),
    ]


def test_a_rule_of_effect_that_was_repealed_is_kept_in_the_table_of_foundings(changed):
    assert ("impose", "effective", "2022-07-17") in steps(changed("take effect 60 days after", "have had effect since"), LUXURY)


def test_the_day_of_a_note_is_read_from_the_note(changed):
    records = changed(
        'lims:inforce-start-date="2022-12-07" lims:enacted-date="2022-12-07">SOR/2022-262, s. 1<',
        'lims:inforce-start-date="2022-12-09" lims:enacted-date="2022-12-07">SOR/2022-262, s. 1<',
    )
    assert ("impose", "effective", "2022-12-09") in steps(records, DOCKING)


def test_words_younger_than_their_section_began_between_the_two(parsed):
    key = "SOR/2006-287|88|export, sell, supply or ship"
    assert steps(parsed(SAME, "SOR-2006-287"), key) == [("impose", "effective", "2006-11-09/2020-06-01")]


def test_of_several_acts_in_one_note_the_day_is_the_last_ones(parsed):
    assert steps(parsed(NEW), DEBT) == [
        ("impose", "effective", "2014-07-24/2014-12-19"),
    ]


def test_a_founding_act_that_no_note_names_is_a_reject(changed):
    records = changed("SOR/2022-102, s. 3", "SOR/2022-103, s. 3")
    assert [(record.table, record.reason) for record in records if isinstance(record, Reject)] == [
        ("dates", "malformed_date"), ("dates", "malformed_date"), ("dates", "malformed_date"),
    ]  # fmt: skip


def test_a_repealed_regulation_was_imposed_and_lifted(parsed):
    records = parsed(SAME, "SOR-2010-84")
    assert steps(records, "SOR/2010-84|repealed regulation") == [
        ("impose", "signed", "2010-04-22"),
        ("impose", "enacted", "2010-04-22"),
        ("lift", "effective", "2020-06-01"),
    ]
    assert ("SOR/2020-118", "SOR/2010-84", "repeals") in [
        record[:3] for record in records if isinstance(record, InstrumentLink)
    ]


def test_a_repealed_paragraph_of_a_prohibition_is_one_that_was_lifted(parsed):
    key = "SOR/2006-287|89|repealed prohibition"
    assert ("lift", "effective", "2018-01-11") in steps(parsed(SAME, "SOR-2006-287"), key)


def test_rules_of_effect_count_from_registration_or_from_coming_into_force():
    day = dt.date(2022, 5, 18)
    assert english_effect("on the day on which they are registered", registered=day).earliest == day
    assert english_effect("60 days after the day on which they come into force", in_force=day).earliest == dt.date(2022, 7, 17)
    assert english_effect("30 days after it comes into force", in_force=day).earliest == dt.date(2022, 6, 17)
    for rule in ("30 days after it comes into force", "on the day on which it is registered", "in due course"):
        with pytest.raises(UnreadableDate):
            english_effect(rule)


# ---- Goods ----
def test_an_item_has_its_place_its_code_and_the_day_since_which_it_is_covered(parsed):
    told = goods(parsed(NEW), LUXURY)
    assert [(item.item_text, item.nomenclature, item.code) for item in told] == [
        ("Schedule 6, Part 1, item 1", "hs", "220300"),
        ("Schedule 6, Part 1, item 2", "hs", "160431"),
        ("Schedule 6, Part 1, item 2", "hs", "160432"),
        ("Schedule 6, Part 1, item 3", "hs", "701399"),
        ("Schedule 6, Part 1, item 3", "hs", "691390"),
    ]
    assert {item.start for item in told} == {dt.date(2022, 7, 17)}


def test_only_the_part_that_the_prohibition_names_is_covered(parsed):
    assert [(item.item_text, item.code) for item in goods(parsed(NEW), LUXURY_IMPORTS)] == [
        ("Schedule 6, Part 2, item 1", "301")  # the zero at its head is restored when the codes are normalized
    ]


def test_an_item_that_was_renumbered_keeps_its_key(parsed):
    old = {item.key: item.item_text for item in goods(parsed(OLD), INDUSTRIAL)}
    new = {item.key: item.item_text for item in goods(parsed(NEW), INDUSTRIAL)}
    [tungsten] = [key for key in old if key and "tungsten" in key]
    assert (old[tungsten], new[tungsten]) == ("Schedule 7, item 1", "Schedule 7, item 2")
    assert [key for key in old if key not in new] == ["7|841410|vacuum pumps"]


def test_dots_lost_zeros_and_chapters_printed_as_headings_do_not_change_the_key():
    def key(code: str, words: str) -> str:
        return key_of(Goods("m", "item 1", words, "hs", "/", code), "7")

    assert key("2611", "Tungsten ores and concentrates.") == key("26.11", "Tungsten ores and concentrates")
    assert key("7200", "Iron and steel") == key("72", "Iron and steel") == "7|72|iron and steel"
    assert key("301", "Live fish") == key("0301", "Live fish")


def test_a_repealed_item_is_no_goods_and_a_subset_is_told(parsed):
    told = goods(parsed(NEW), INDUSTRIAL)
    assert [(item.code, item.nomenclature, item.exclusion_text, item.is_part_of_code) for item in told] == [
        ("0601.10", "hs", None, False),
        ("2611", "hs", None, False),
        ("8112.92.21", "ca_tariff", None, False),
        ("2853.90", "hs", "Subset of 2853.90", True),
    ]


def test_years_of_build_are_no_codes(parsed):
    assert goods(parsed(NEW), DOCKING) == []
    assert "2005" not in {record.code for record in parsed(NEW) if isinstance(record, Goods)}


def test_an_amendment_that_is_not_in_force_covers_nothing(parsed):
    assert "99" not in {record.code for record in parsed(NEW) if isinstance(record, Goods)}


def test_paragraphs_that_list_products_are_goods_with_the_chapters_that_they_name(parsed):
    told = goods(parsed(SAME, "SOR-2006-287"), "SOR/2006-287|88|export, sell, supply or ship")
    assert [(item.item_text, item.code) for item in told] == [
        ("s. 8(1)(a)", None), ("s. 8(1)(b)", "72"), ("s. 8(1)(b)", "73"), ("s. 8(1)(b)", "74"),
    ]  # fmt: skip


def test_chapters_are_named_singly_in_pairs_and_in_rows():
    assert list(chapters("HS code 7, HS code 8 and HS code 12")) == ["07", "08", "12"]
    assert list(chapters("referred to in HS codes 84 and 85")) == ["84", "85"]
    assert list(chapters("Chapter 88 of the Harmonized Commodity Description and Coding System")) == ["88"]


def test_what_is_no_code_is_a_reject_and_the_words_are_kept(changed):
    records = changed("<entry>2611</entry>", "<entry>26.1</entry>")
    [found] = [record for record in records if isinstance(record, Reject)]
    assert (found.table, found.reason) == ("goods", "malformed_value")
    assert "Tungsten ores and concentrates" in [item.goods_text for item in goods(records, INDUSTRIAL)]


# ---- Acts ----
def test_a_measure_rests_on_the_regulation_its_schedule_the_act_and_those_that_changed_it(parsed):
    told = [record[1:] for record in parsed(NEW) if isinstance(record, MeasureInstrument) and record.measure_key == LUXURY]
    assert told == [
        ("SOR/2014-58", "imposes", "s. 3.08(1), Schedule 6, Part 1"),
        ("S.C. 1992, c. 17", "authority", "subsections 4(1) to (3)"),
        ("SOR/2022-102", "imposes", "s. 3"),
        ("SOR/2022-262", "amends", "s. 1"),
        ("SOR/2014-58", "imposes", "s. 5 (assisting in what is prohibited)"),
    ]


def test_a_resolution_is_an_act_of_the_united_nations_that_the_regulation_implements(parsed):
    records = parsed(SAME, "SOR-2022-237")
    [resolution] = [record for record in records if isinstance(record, Instrument) and record.type_text == "resolution"]
    assert (resolution.number, resolution.issuer_code, resolution.quote) == ("S/RES/2653 (2022)", "UN", "2653 (2022)")
    assert InstrumentLink("SOR/2022-237", "S/RES/2653 (2022)", "implements") in records


def test_acts_bear_the_day_on_which_they_took_effect_where_all_notes_agree(parsed):
    acts = {record.number: record for record in parsed(NEW) if isinstance(record, Instrument)}
    assert (acts["SOR/2014-58"].signed, acts["SOR/2014-58"].effective) == (dt.date(2014, 3, 17), dt.date(2014, 3, 17))
    assert acts["SOR/2022-102"].effective == dt.date(2022, 5, 18)


def test_citations_with_a_lost_slash_or_a_long_dash_are_the_same_acts():
    assert citation("SOR2005-122, s. 3").number == "SOR/2005-122"
    assert citation("SOR/2004–117, s. 2").number == "SOR/2004-117"
    assert citation("2024, c. 16, s. 98")[:2] == ("S.C. 2024, c. 16", "s. 98")
    with pytest.raises(UnknownContent):
        citation("by a later act")


# ---- Strictness ----
def test_a_change_of_bytes_that_is_no_change_of_law_changes_no_record(parsed, samples):
    folder = samples / "ca_justice_laws"
    assert (folder / NEW / "SOR-2014-58.xml").read_bytes() != (folder / SAME / "SOR-2014-58.xml").read_bytes()
    assert parsed(NEW) == parsed(SAME)


@pytest.mark.parametrize(
    ("find", "put", "why"),
    [
        ("<Label>11</Label>", "<Label>11</Label><Sidenote/>", "Sidenote"),
        ('<Section lims:inforce-start-date="2014-03-17"', '<Section shade="1" lims:inforce-start-date="2014-03-17"', "shade"),
        ("Special Economic Measures (Russia) Regulations</LongTitle>", "Tea Regulations</LongTitle>", "Tea Regulations"),
        ("<entry>Goods</entry>", "<entry>Colour</entry>", "Colour"),
    ],
)
def test_what_was_never_seen_before_is_an_error(changed, find, put, why):
    with pytest.raises(UnknownContent, match=why):
        changed(find, put)


# ---- Recordings ----
def _recorded(recordings: Path) -> list[dict[str, str]]:
    with (recordings / "index.csv").open(encoding="utf-8", newline="") as stream:
        return [row for row in csv.DictReader(stream) if row["source_id"] == "ca_justice_laws"]


def _document(recordings: Path, row: dict[str, str]) -> Document:
    return Document(
        row["source_id"], row["url"], dt.date.fromisoformat(row["recorded_date"]), None, row["media_type"],
        recordings / row["path"], row["compression"], int(row["byte_count"]), row["sha256"], row["licence"],
    )  # fmt: skip


def _raw(recordings: Path, row: dict[str, str]) -> str:
    raw = (recordings / row["path"]).read_bytes()
    return (lzma.decompress(raw) if row["compression"] else raw).decode("utf-8-sig")


@pytest.fixture(scope="module")
def newest(recordings: Path, source: Source) -> dict[str, list[Record]]:
    """The records of the newest state of each regulation."""
    rows = {row["url"]: row for row in _recorded(recordings)}
    return {row["url"]: list(source.parse(_document(recordings, row), source)) for row in rows.values()}


@pytest.mark.recordings
def test_each_of_the_71_regulations_imposes_something_or_the_table_says_why_not(recordings, newest, source):
    assert len(newest) == 71
    silent = [
        next(record.title for record in records if isinstance(record, Instrument)) or ""
        for records in newest.values() if not measures(records)
    ]  # fmt: skip
    reasons = [row for row in source.facts["regulation"] if not row["imposes"]]
    assert all(row["why"] for row in reasons)
    assert all(any(re.fullmatch(row["title"], title) for row in reasons) for title in silent)
    assert (len(silent), sum(len(measures(records)) for records in newest.values())) == (28, 214)


@pytest.mark.recordings
def test_nothing_of_the_newest_states_is_rejected_and_no_prohibition_is_of_an_unknown_kind(newest, source):
    records = [record for told in newest.values() for record in told]
    assert not [record for record in records if isinstance(record, Reject)]
    assert {record.type_text for record in records if isinstance(record, Measure)} <= set(source.words["measure_type"])


@pytest.mark.recordings
def test_every_sentence_that_prohibits_stands_in_a_measure(recordings, newest):
    """An independent pass over the text: each `prohibited for` but those of assisting is the place of a measure."""
    for row in {row["url"]: row for row in _recorded(recordings)}.values():
        text = re.sub(
            r"(?s)<Schedule\b.*|<(Order)\b.*?</\1>|<(?:XRef|Definition|Footnote)\w+[^>]*>|</(?:XRef|Definition)\w+>",
            "",
            _raw(recordings, row),
        )
        said = len(
            re.findall(
                r"prohibited for |\b[Nn]o person (?:in Canada|shall)|[Nn]o owner or master", re.sub("<[^>]+>", " ", text)
            )
        )
        assisting = len(re.findall("do anything that causes, facilitates or assists", text))
        places = {re.sub(r"/Paragraph.*", "", record.locator) for record in newest[row["url"]] if isinstance(record, Measure)}
        others = {place for place in places if "Section" not in place}
        claims = len(
            re.findall(
                r"No legal proceedings lie in Canada at the|No claim in respect of any contract|must not register or must", text
            )
        )
        assert len(places - others) == said - assisting + claims, row["path"]


@pytest.mark.recordings
def test_schedule_7_has_677_codes_and_schedule_13_244_and_the_ships_none(recordings, newest):
    [row] = [row for row in _recorded(recordings) if row["path"].endswith("2026-07-23/SOR-2014-58.xml.xz")]
    text = _raw(recordings, row)
    for number, expected in (("7", 677), ("13", 244)):
        [schedule] = re.findall(rf"(?s)<Label>SCHEDULE {number}</Label>.*?</Schedule>", text)
        cells = re.findall(r"<entry[^>]*>(?:Subset of )?(\d{2,4}(?:\.\d\d)*)</entry></row>", schedule)
        told = [r for r in newest[row["url"]] if isinstance(r, Goods) and r.item_text.startswith(f"Schedule {number},")]
        assert Counter(r.code for r in told) == Counter(cells)
        assert len(told) == expected
    [ships] = re.findall(r"(?s)<Label>SCHEDULE 1\.1</Label>.*?</Schedule>", text)
    assert len(re.findall(r"<entry[^>]*>(?:19|20)\d\d</entry>", ships)) > 600  # years of build
    assert not [r for r in newest[row["url"]] if isinstance(r, Goods) and "Schedule 1.1" in r.item_text]


@pytest.fixture(scope="module")
def states(recordings: Path, source: Source) -> list[tuple[str, str, list[Record]]]:
    """Day of the copy, point in time and records of each state of the Russia regulations, oldest first."""
    rows = [row for row in _recorded(recordings) if row["url"].endswith("SOR-2014-58.xml")]
    return [
        (
            row["recorded_date"],
            re.findall(r'lims:pit-date="([\d-]+)"', _raw(recordings, row)[:2000])[0],
            list(source.parse(_document(recordings, row), source)),
        )
        for row in sorted(rows, key=lambda row: row["recorded_date"])
    ]


@pytest.mark.recordings
def test_the_russia_regulations_are_told_in_55_states_of_52_points_in_time(states):
    assert (len(states), len({point for _, point, _ in states})) == (55, 52)
    told = {day: records for day, _, records in states}
    assert told["2025-07-24"] == told["2025-07-31"]


@pytest.mark.recordings
def test_no_measure_of_the_russia_regulations_is_lost_when_it_is_renumbered(states):
    seen: set[str] = set()
    for day, _, records in states:
        now = set(measures(records))
        assert seen <= now, day
        seen = now
    assert len(seen) == 29


@pytest.mark.recordings
def test_every_later_state_repeats_when_a_measure_began(states):
    """Else a later edition would overtake what an earlier one says, and the day would be known no more."""
    began: dict[tuple[str, str], set[object]] = {}
    for _, _, records in states:
        for record in records:
            if isinstance(record, DatedStep) and record.action == "impose":
                began.setdefault((record.measure_key, record.step), set()).add(record.period[:3])
    assert {key: days for key, days in began.items() if len(days) > 1} == {}


@pytest.mark.recordings
def test_the_luxury_and_the_industrial_goods_grow_from_schedule_to_schedule(states):
    """Counted by hand in the raw files: rows with digits in the last cell and no `[Repealed`, part by part."""
    told = {day: records for day, _, records in states}
    counts = {
        day: (len(goods(told[day], LUXURY)), len(goods(told[day], LUXURY_IMPORTS)), len(goods(told[day], INDUSTRIAL)))
        for day in ("2022-06-03", "2022-06-15", "2024-01-19", "2024-03-15", "2025-07-08", "2025-08-28", "2026-07-23")
    }
    assert counts == {
        "2022-06-03": (0, 0, 0),
        "2022-06-15": (257, 26, 60),
        "2024-01-19": (260, 35, 61),
        "2024-03-15": (260, 25, 82),
        "2025-07-08": (260, 25, 81),
        "2025-08-28": (260, 25, 678),
        "2026-07-23": (260, 25, 677),
    }


@pytest.mark.recordings
def test_persons_in_the_schedules_are_those_of_the_register_but_not_by_number(recordings):
    """The law of 2025-03-01 and the register of 2025-05-25, each read here by other means than the parsers."""
    [row] = [row for row in _recorded(recordings) if row["recorded_date"] == "2025-05-29"]
    law: dict[tuple[str, str], str] = {}
    for schedule in etree.fromstring(_raw(recordings, row).encode()).findall("Schedule"):
        part = ""
        for child in schedule.iterfind("*"):
            part = f", {child.findtext('Label')}" if child.tag == "Heading" else part
            for item in child.findall("Item") if child.tag == "List" else child.findall("table/tgroup/tbody/row"):
                number = item.findtext("Label") or item.findtext("entry") or ""
                place = (schedule.findtext("ScheduleFormHeading/Label") or "").removeprefix("SCHEDULE ")
                law[(f"{place}{part.replace('PART', 'Part')}", number)] = " ".join("".join(item.itertext()).split())
    standing = {key: text for key, text in law.items() if "[Repealed" not in text}
    with (recordings / "index.csv").open(encoding="utf-8", newline="") as stream:
        [entry] = [row for row in csv.DictReader(stream) if row["source_id"] == "ca_sema"]
    register = {
        (record.findtext("Schedule") or "", (record.findtext("Item") or "").strip()): " ".join(record.itertext())
        for record in etree.fromstring(_raw(recordings, entry).encode()).iter("record")
        if (record.findtext("Country") or "").startswith("Russia")
    }
    counts = [Counter(place.split(",")[0] for place, _ in keys) for keys in (standing, register)]
    assert [[count[number] for number in ("1", "1.1", "2", "3")] for count in counts] == [[2309, 109, 1, 3], [2313, 109, 1, 3]]
    shared = [key for key in register if key in standing]
    others = [key for key in shared if not _long_words(register[key]) & _long_words(standing[key])]
    assert (len(register) - len(shared), len(others)) == (4, 14)


def _long_words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d]{3,}", text.casefold()))


@pytest.mark.recordings
def test_every_place_of_the_newest_states_is_there(recordings, newest):
    rows = {row["url"]: row for row in _recorded(recordings)}
    for url, records in newest.items():
        root = etree.fromstring(_raw(recordings, rows[url]).encode())
        places = {place for record in records if (place := getattr(record, "locator", None))}
        assert [place for place in sorted(places) if not root.xpath(place)] == [], url
