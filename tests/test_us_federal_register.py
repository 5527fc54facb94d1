"""Executive orders as the Federal Register exports them: their links, and the sanctions that their titles name."""

import csv
import datetime as dt
import lzma
import re
from pathlib import Path

import pytest
from conftest import document_of
from conftest import order_measures as measures
from conftest import order_steps as steps

from pipeline.normalized import normalize
from pipeline.readers.delimited import UnknownColumns
from pipeline.readers.executive_orders import Note, Unread, notes
from pipeline.records import DatedStep, Instrument, InstrumentLink, Measure, MeasureInstrument, Record, Reject
from pipeline.sources import Source, load

FOLDER = Path("us_federal_register") / "2025-11-24"
LUXURY = "Executive Order 14068|1(a)(ii)|Prohibiting Certain Exports"


@pytest.fixture(scope="module")
def source() -> Source:
    return load(("us_federal_register",))["us_federal_register"]


@pytest.fixture(scope="module")
def export(samples: Path) -> str:
    """The sample as text, to be changed by a test."""
    return (samples / FOLDER / "executive_orders.csv").read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def records(source: Source, samples: Path) -> list[Record]:
    return parsed_at(source, samples / FOLDER / "executive_orders.csv")


def parsed_at(source: Source, path: Path) -> list[Record]:
    return list(source.parse(document_of("us_federal_register", path, media_type="text/csv"), source))


def parsed(source: Source, text: str, tmp_path: Path) -> list[Record]:
    """The records of a changed export."""
    path = tmp_path / "2025-11-24" / "orders.csv"
    path.parent.mkdir()
    path.write_bytes(text.encode("utf-8"))
    return parsed_at(source, path)


def links(records: list[Record]) -> set[tuple[str, str, str]]:
    """The numbers of the two orders, and the words of the link."""
    return {
        (record.number.removeprefix("Executive Order "), record.type_text, record.other_number.removeprefix("Executive Order "))
        for record in records
        if isinstance(record, InstrumentLink)
    }


def rejects(records: list[Record]) -> list[tuple[str, str]]:
    return [(record.table, record.reason) for record in records if isinstance(record, Reject)]


# --- Orders and links -------------------------------------------------------------------------------------------------


def test_every_order_is_an_instrument_with_its_title_and_address(records: list[Record]) -> None:
    orders = [record for record in records if isinstance(record, Instrument) and record.title]
    assert len(orders) == 12
    order = orders[0]
    assert (order.number, order.type_text, order.quote) == ("Executive Order 14068", "Executive Order", "87 FR 14381")
    assert (order.signed, order.published) == (dt.date(2022, 3, 11), dt.date(2022, 3, 15))
    assert order.url is not None
    assert order.url.startswith("https://www.federalregister.gov/documents/2022/03/15/2022-05554/")
    assert order.locator == "/rows[executive_order_number='14068']"


def test_an_order_that_is_only_named_has_the_address_of_its_number(records: list[Record]) -> None:
    named = {record.number: record for record in records if isinstance(record, Instrument) and not record.title}
    order = named["Executive Order 14329"]
    assert order.url == "https://www.federalregister.gov/executive-order/14329"
    assert order.locator == "/rows[executive_order_number='14024']/disposition_notes"
    assert named["Proclamation 8693"].url is None
    assert named["87 FR 12387"].url == "https://www.federalregister.gov/citation/87-FR-12387"


def test_a_passive_note_turns_the_link_round(records: list[Record]) -> None:
    assert {
        ("14114", "Amended by", "14068"),
        ("14114", "Amends", "14068"),
        ("14118", "Revoked by", "13288"),
        ("14068", "See", "14024"),
        ("13391", "Superseded in part by", "13288"),
    } <= links(records)
    assert ("13288", "Revoked by", "14118") not in links(records)


def test_labels_on_one_line_and_after_a_line_break_are_told_apart() -> None:
    said = list(
        notes("Amends: EO 14024, May 15, 2021; EO 14068, March 11, 2022 Revokes: EO 1\r\nSee: EO 14039, August 20, 2021")
    )
    assert [each.label for each in said] == ["Amends", "Amends", "Revokes", "See"]


def test_part_of_an_order_that_is_revoked_is_no_revocation(source: Source, export: str, tmp_path: Path) -> None:
    text = export.replace("Revoked by: EO 14118, March 4, 2024", "Revoked by: EO 14118, March 4, 2024 (in part)")
    records = parsed(source, text.replace("Revokes: EO 13288, March 6, 2003; ", "Revokes: "), tmp_path)
    assert ("14118", "Revoked in part by", "13288") in links(records)
    assert source.code("instrument_link_type", "Revoked in part by") == "amends"
    assert ("ease", "signed", dt.date(2024, 3, 4)) in steps(records, "Executive Order 13288|Blocking Property")


def test_a_notice_without_a_citation_has_no_number_and_makes_no_instrument(records: list[Record]) -> None:
    assert not [record for record in records if isinstance(record, Instrument) and record.number.startswith("Notice")]


def test_words_that_name_no_act_are_not_dropped() -> None:
    [remark] = notes("Note: A remark")
    [day] = notes("See: March 2, 2025")
    assert (remark, day) == (Unread("Note", "A remark"), Unread("See", "March 2, 2025"))


def test_a_remark_of_the_register_is_a_reject(records: list[Record]) -> None:
    assert rejects(records) == [("instrument_links", "unrepresentable")]


# --- Measures ---------------------------------------------------------------------------------------------------------


def test_an_order_without_a_sanction_in_its_title_is_no_measure(records: list[Record]) -> None:
    assert measures(records, "13805") == []
    assert measures(records, "14114") == []


def test_exports_imports_and_new_investment_are_measures_of_their_own(records: list[Record]) -> None:
    assert measures(records, "14068") == [
        ("Prohibiting Certain Imports", "goods", ("Russian Federation",)),
        ("Prohibiting Certain Exports", "goods", ("Russian Federation",)),
        ("Prohibiting Certain Exports", "goods", ("Russian Federation",)),
        ("Prohibiting New Investment", "sector", ("Russian Federation",)),
    ]


def test_the_luxury_ban_was_signed_on_11_and_published_on_15_march_2022(records: list[Record]) -> None:
    assert steps(records, LUXURY)[:2] == [
        ("impose", "signed", dt.date(2022, 3, 11)),
        ("impose", "published", dt.date(2022, 3, 15)),
    ]


def test_an_order_with_two_measures_of_a_type_founds_them_by_their_provisions(records: list[Record]) -> None:
    acts = [record.founding_act for record in records if isinstance(record, Measure) and "14068" in record.key]
    assert acts == [
        "Executive Order 14068",
        "Executive Order 14068|1(a)(ii)",
        "Executive Order 14068|1(a)(iv)",
        "Executive Order 14068",
    ]
    [title] = [record.title for record in records if isinstance(record, Measure) and record.key == LUXURY]
    assert title == "Exports prohibited by Executive Order 14068, section 1(a)(ii)"
    rests_on = [record[1:] for record in records if isinstance(record, MeasureInstrument) and record.measure_key == LUXURY]
    assert rests_on == [
        ("Executive Order 14068", "imposes", "section 1(a)(ii)"),
        ("Executive Order 14114", "amends", None),
    ]


def test_the_day_of_an_amendment_is_that_of_its_own_row_where_the_note_errs(records: list[Record]) -> None:
    [step] = [each for each in records if isinstance(each, DatedStep) and each.measure_key == LUXURY and each.action == "amend"]
    assert step.quote == "Amended by: EO 14114, December 12, 2023"
    assert step.period.earliest == dt.date(2023, 12, 22)
    assert step.period.derivation == "signed on 2023-12-22, as the row of Executive Order 14114 says"


def test_property_is_blocked_without_a_travel_ban_unless_the_title_says_so(records: list[Record]) -> None:
    assert measures(records, "14024") == [("Blocking Property", "listed_targets", ("Russian Federation",))]
    assert measures(records, "13882") == [
        ("Blocking Property", "listed_targets", ("Mali",)),
        ("Suspending Entry", "listed_targets", ("Mali",)),
    ]


def test_a_country_that_is_wronged_is_no_territory_of_the_measure(records: list[Record]) -> None:
    assert {territories for *_, territories in measures(records, "14066")} == {("Russian Federation",)}


def test_a_region_stands_for_itself_and_not_for_its_country(source: Source, records: list[Record]) -> None:
    assert {territories for *_, territories in measures(records, "13685")} == {("Crimea Region of Ukraine",)}
    assert source.code("country", "Crimea Region of Ukraine") == "UA-43"


def test_goods_that_the_title_names_are_the_goods_of_the_measure(records: list[Record]) -> None:
    [measure] = [record for record in records if isinstance(record, Measure) and "13194" in record.key]
    assert (measure.type_text, measure.goods_text, measure.territory_texts) == (
        "Prohibiting the Importation",
        "Rough Diamonds",
        ("Sierra Leone",),
    )


def test_property_that_is_protected_from_creditors_is_no_sanction(records: list[Record]) -> None:
    assert measures(records, "13617") == []


def test_a_measure_ends_when_its_order_is_revoked(records: list[Record]) -> None:
    assert steps(records, "Executive Order 13288|Blocking Property") == [
        ("impose", "signed", dt.date(2003, 3, 6)),
        ("impose", "published", dt.date(2003, 3, 10)),
        ("amend", "signed", dt.date(2005, 11, 22)),
        ("renew", "signed", dt.date(2004, 3, 2)),
        ("renew", "signed", dt.date(2022, 3, 3)),
        ("lift", "signed", dt.date(2024, 3, 4)),
    ]
    rests_on = [each for each in records if isinstance(each, MeasureInstrument) and each.role == "ends"]
    assert ("Executive Order 13288|Blocking Property", "Executive Order 14118", "ends", None) in rests_on


def test_a_revocation_that_only_the_later_order_tells_ends_the_measure_too(records: list[Record]) -> None:
    key = "Executive Order 13194|Prohibiting the Importation"
    assert steps(records, key)[-1] == ("lift", "signed", dt.date(2004, 1, 15))
    [lift] = [each for each in records if isinstance(each, DatedStep) and each.measure_key == key and each.action == "lift"]
    assert lift.locator == "/rows[executive_order_number='13324']/disposition_notes"


def test_another_day_in_the_export_is_another_day_of_the_measure(source: Source, export: str, tmp_path: Path) -> None:
    records = parsed(source, export.replace("03/15/2022,2022-03-11", "03/18/2022,2022-03-14"), tmp_path)
    assert steps(records, LUXURY)[:2] == [
        ("impose", "signed", dt.date(2022, 3, 14)),
        ("impose", "published", dt.date(2022, 3, 18)),
    ]


def test_a_day_that_never_was_is_a_reject_and_no_step(source: Source, export: str, tmp_path: Path) -> None:
    records = parsed(
        source, export.replace("EO 13391, November 22, 2005; Superseded", "EO 13391, November 34, 2005; Superseded"), tmp_path
    )
    assert ("dates", "malformed_date") in rejects(records)


def test_an_unknown_column_is_news(source: Source, export: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownColumns, match="abstract"):
        parsed(source, export.replace("end_page", "abstract", 1), tmp_path)


def test_an_unknown_label_of_a_note_is_a_reject(source: Source, export: str, tmp_path: Path) -> None:
    path = tmp_path / "2025-11-24" / "orders.csv"
    path.parent.mkdir()
    path.write_bytes(export.replace("See: EO 13312", "Outlived by: EO 13312").encode())
    frames = normalize(document_of("us_federal_register", path, media_type="text/csv"), source)
    assert ("instrument_links", "unknown_label") in frames["rejects"].select("table", "reason_code").rows()


def test_lists_of_the_treasury_and_orders_name_the_act_of_one_measure_alike() -> None:
    """The programme RUSSIA-EO14024 blocks by section 1 of the order whose title blocks property against Russia."""
    ofac = load(("us_ofac_sdn",))["us_ofac_sdn"]
    programme = ofac.facts["programme"]["RUSSIA-EO14024"]
    assert (programme["authorities"], programme["territories"]) == (["Executive Order 14024"], ["Russia"])
    assert ofac.facts["programme"]["BPI-RUSSIA-EO14024"]["further_tag_of"] == "RUSSIA-EO14024"


def test_sections_that_were_revoked_may_be_the_measures_themselves(source: Source, export: str, tmp_path: Path) -> None:
    """Executive Order 13761 revoked the sections that imposed the embargo against Sudan, not the emergency."""
    text = export.replace(
        "Blocking Property of Persons Undermining Democratic Processes or Institutions in Zimbabwe",
        "Prohibiting Transactions With Sudan",
    )
    text = (
        text.replace(",13288\n", ",13067\n")
        .replace("EO 13288", "EO 13067")
        .replace("Revoked by: EO 14118, March 4, 2024", "Revoked in part by: EO 13761, January 13, 2017")
    )
    records = parsed(source, text.replace("Revokes: EO 13067, March 6, 2003; ", "Revokes: "), tmp_path)
    key = "Executive Order 13067|Prohibiting Transactions With a territory"
    assert steps(records, key)[-2:] == [("lift", "signed", dt.date(2017, 1, 13)), ("lift", "effective", dt.date(2017, 10, 12))]
    [end] = [
        r for r in records if isinstance(r, DatedStep) and r.measure_key == key and (r.action, r.step) == ("lift", "effective")
    ]
    assert (end.period.derivation or "").startswith("revoked on that day, as https://home.treasury.gov/")


# --- The recorded export ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def recorded(recordings: Path) -> Path:
    [path] = (recordings / FOLDER).glob("*.xz")
    return path


@pytest.mark.recordings
def test_the_recorded_export_gives_its_thousand_orders_and_every_order_that_they_name(source: Source, recorded: Path) -> None:
    """An independent pass: plain words in the raw cells, without the parser's grammar."""
    with lzma.open(recorded, "rt", encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    cells = {row["executive_order_number"]: " ".join(row["disposition_notes"].split()) for row in rows}
    named = {number for cell in cells.values() for number in re.findall(r"\bE[OP] ?(\d{4,5})\b", re.sub(r"Note:.*", "", cell))}
    records = parsed_at(source, recorded)
    orders = {
        record.number.removeprefix("Executive Order ") for record in records if isinstance(record, Instrument) and record.title
    }
    told = {record.number.removeprefix("Executive Order ") for record in records if isinstance(record, Instrument)}
    assert len(rows) == len(orders) == 1000
    assert orders == set(cells)
    assert named - told == set()
    # 12917 was amended by a notice that bears no number.
    for words, count, unnumbered in (("Revoked by:", 228, set()), ("Amended by:", 89, {"12917"})):
        undergone = {number for number, cell in cells.items() if words in cell}
        assert len(undergone) == count
        linked = {other for _, label, other in links(records) if label in (words.rstrip(":"), "Revoked in part by")}
        assert undergone - linked == unnumbered


@pytest.mark.recordings
def test_the_recorded_export_gives_sanctions_with_their_ends(source: Source, recorded: Path) -> None:
    records = parsed_at(source, recorded)
    found = [record for record in records if isinstance(record, Measure)]
    lifted = {each.measure_key for each in records if isinstance(each, DatedStep) and each.action == "lift"}
    assert (len(found), len({each.key for each in found}), len(lifted)) == (104, 104, 29)
    assert steps(records, LUXURY)[:2] == [
        ("impose", "signed", dt.date(2022, 3, 11)),
        ("impose", "published", dt.date(2022, 3, 15)),
    ]
    assert ("lift", "signed", dt.date(2025, 6, 30)) in steps(records, "Executive Order 13572|Blocking Property")
    assert len(rejects(records)) <= len(records) * 0.005


@pytest.mark.recordings
def test_every_restriction_in_a_recorded_title_is_a_measure_or_told_why_not(source: Source, recorded: Path) -> None:
    """An independent list of the words that tell a sanction; orders that only change others do not begin one."""
    with lzma.open(recorded, "rt", encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    telling = re.compile(
        r"Blocking|Prohibiting .*(?:Transactions|Import|Invest)|(?:Imposing|Additional).* Sanctions|Suspending Entry"
    )
    titles = {row["executive_order_number"]: row["title"] for row in rows if telling.search(row["title"])}
    with_measure = {
        str(record.founding_act).removeprefix("Executive Order ")[:5]
        for record in parsed_at(source, recorded)
        if isinstance(record, Measure)
    }
    without = set(titles) - with_measure
    # 13099 adds names to another order, 13159 and 13617 protect property, 13372 clarifies two orders.
    assert without == {"13099", "13159", "13617", "13372"}


@pytest.mark.recordings
def test_no_two_measures_of_the_recorded_export_are_founded_alike(source: Source, recorded: Path) -> None:
    """Act, type and territories are what other sources join by: two that were equal here could not be told apart there."""
    found = [
        (record.founding_act, source.code("measure_type", record.type_text), record.territory_texts)
        for record in parsed_at(source, recorded)
        if isinstance(record, Measure)
    ]
    assert len(found) == len(set(found))


def test_notes_are_told_in_the_order_of_the_cell() -> None:
    said = list(notes("Amends: EO 1001, May 1, 2001; See: Proc. 8693, July 24, 2011 (76 FR 44751)"))
    assert all(isinstance(each, Note) for each in said)
    assert [each.cited.number for each in said if isinstance(each, Note)] == ["Executive Order 1001", "Proclamation 8693"]
