"""Texts of executive orders among the releases of the White House: what their sections prohibit, from when, and revoke."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from conftest import document_of
from conftest import order_measures as measures
from conftest import order_steps as steps

from pipeline.documents import Document
from pipeline.documents.recordings import Recordings
from pipeline.readers.order_text import Clause, clauses, plain
from pipeline.records import DatedStep, Goods, Instrument, Measure, MeasureInstrument, Record, Reject
from pipeline.sources import Source, load

SAMPLE = Path("us_presidential_orders") / "2026-08-21" / "documents.jsonl"
LUXURY = "Executive Order 14068|1(a)(ii)|exportation, reexportation, sale, or supply"
BANKNOTES = "Executive Order 14068|1(a)(iv)|exportation, reexportation, sale, or supply"


@pytest.fixture(scope="module")
def source() -> Source:
    return load(("us_presidential_orders",))["us_presidential_orders"]


@pytest.fixture(scope="module")
def releases(samples: Path) -> list[dict[str, str]]:
    """The lines of the sample, to be changed by a test."""
    return [json.loads(line) for line in (samples / SAMPLE).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def records(source: Source, samples: Path) -> list[Record]:
    return list(source.parse(_document(samples / SAMPLE), source))


def _document(path: Path) -> Document:
    return document_of("us_presidential_orders", path, media_type="application/x-ndjson")


def parsed(source: Source, releases: list[dict[str, str]], tmp_path: Path) -> list[Record]:
    """The records of a changed collection."""
    path = tmp_path / "2026-08-21" / "documents.jsonl"
    path.parent.mkdir()
    path.write_text("".join(json.dumps(release) + "\n" for release in releases), encoding="utf-8")
    return list(source.parse(_document(path), source))


def changed(releases: list[dict[str, str]], key: str, words: str, instead: str) -> list[dict[str, str]]:
    """The collection with other words in one text; the words must stand there."""
    assert any(words in release["text"] for release in releases if release["id"] == key)
    return [{**each, "text": each["text"].replace(words, instead)} if each["id"] == key else each for each in releases]


def goods(records: list[Record], key: str) -> list[tuple[str, str]]:
    """Place and words of each item of goods of a measure."""
    return [(each.item_text, each.goods_text) for each in records if isinstance(each, Goods) and each.measure_key == key]


def measure(records: list[Record], key: str) -> Measure:
    [found] = [record for record in records if isinstance(record, Measure) and record.key == key]
    return found


# --- What is an order -------------------------------------------------------------------------------------------------


def test_only_orders_of_the_white_house_are_read(records: list[Record]) -> None:
    acts = [record.number for record in records if isinstance(record, Instrument)]
    assert acts == [
        "Executive Order 14068",
        "Executive Order 14312",
        "Executive Order 13338",
        "Executive Order 13572",
        "Executive Order 14014",
        "Executive Order 14245",
    ]


def test_an_order_bears_the_day_of_its_signature_and_its_address(records: list[Record]) -> None:
    orders = {record.number: record for record in records if isinstance(record, Instrument)}
    assert orders["Executive Order 14068"].signed == dt.date(2022, 3, 11)
    assert (orders["Executive Order 14068"].url or "").startswith("https://bidenwhitehouse.archives.gov/")
    assert orders["Executive Order 13338"].signed == dt.date(2004, 5, 11)
    assert orders["Executive Order 14014"].signed == dt.date(2021, 2, 10)


def test_an_order_that_the_table_does_not_know_is_a_reject(source: Source, releases, tmp_path: Path) -> None:
    later = [{**releases[0], "published_date": "2022-03-12"}]
    [reject] = parsed(source, later, tmp_path)
    assert isinstance(reject, Reject)
    assert (reject.table, reject.reason) == ("instruments", "dangling_reference")
    assert reject.locator == f"/documents[url='{later[0]['url']}']"


def test_another_field_of_a_release_is_news(source: Source, releases, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="author"):
        parsed(source, [{**releases[0], "author": "somebody"}], tmp_path)


# --- Sections ---------------------------------------------------------------------------------------------------------


def test_marks_of_layout_become_blanks_so_that_offsets_stay() -> None:
    marked = '**Sec. 1.** <span style="x">A</span> \\(i\\) b\xa0c'
    assert len(plain(marked)) == len(marked)
    assert plain(marked).split() == ["Sec.", "1.", "A", "(i", ")", "b", "c"]


def provisions(words: str) -> list[str]:
    return [clause.provision for clause in clauses(words)]


def test_items_are_found_at_the_beginning_of_a_paragraph_and_not_in_a_reference() -> None:
    words = "Section 1.  (a)  One:\n\n(i) a;\n\n(ii) b.\n\n(b)  The rule of subsection\n(a) of this section.\n\nSec. 2.  Two."
    assert provisions(words) == ["1", "1(a)", "1(a)(i)", "1(a)(ii)", "1(b)", "2"]


def test_an_i_after_an_h_is_a_letter_and_else_a_number() -> None:
    words = "Section 1. (a) x\n\n(h) x\n\n(i) x\n\n(j) x\n\n(i) y\n\n(ii) y\n\n(A) z"
    assert provisions(words)[3:] == ["1(i)", "1(j)", "1(j)(i)", "1(j)(ii)", "1(j)(ii)(A)"]


def test_two_marks_at_one_place_are_one_item() -> None:
    assert provisions("Sec. 4. (a) x\n\n(b)(i) y\n\n(ii) z")[1:] == ["4(a)", "4(b)(i)", "4(b)(ii)"]


def test_a_list_of_prohibitions_ends_with_the_next_item_of_its_level() -> None:
    words = "Section 1. (a) The following are prohibited:\n\n(i) x;\n\n(ii) y.\n\n(b) z"
    listed = [clause.provision for clause in clauses(words) if clause.is_listed]
    assert listed == ["1(a)(i)", "1(a)(ii)"]
    assert Clause("1", 10, 11, is_amending=False, is_listed=False).provision == "1"


# --- Executive Order 14068 --------------------------------------------------------------------------------------------


def test_the_bans_against_russia_are_four_measures(records: list[Record]) -> None:
    russia = ("Russian Federation",)
    assert measures(records, "14068") == [
        ("importation into the United States", "goods", russia),
        ("exportation, reexportation, sale, or supply", "goods", russia),
        ("new investment", "sector", russia),
        ("exportation, reexportation, sale, or supply", "goods", russia),
    ]


def test_the_words_of_the_sections_are_bans(source: Source) -> None:
    assert source.code("measure_type", "exportation, reexportation, sale, or supply") == "export_ban"
    assert source.code("measure_type", "importation into the United States") == "import_ban"
    assert source.code("measure_type", "new investment") == "investment_ban"


def test_luxury_goods_are_the_goods_of_their_own_ban(records: list[Record]) -> None:
    assert goods(records, LUXURY) == [("section 1(a)(ii)", "luxury goods")]
    assert goods(records, BANKNOTES) == [("section 1(a)(iv)", "U.S. dollar-denominated banknotes")]
    assert measure(records, LUXURY).goods_text == "luxury goods, and any other items as may be determined by the Secretary"


def test_each_product_of_the_import_ban_is_an_item(records: list[Record]) -> None:
    key = "Executive Order 14068|1(a)(i)|importation into the United States"
    assert [words for _, words in goods(records, key)] == [
        "fish, seafood, and preparations thereof",
        "alcoholic beverages",
        "non-industrial diamonds",
    ]


def test_measures_of_one_type_are_founded_by_their_provisions(records: list[Record]) -> None:
    acts = [record.founding_act for record in records if isinstance(record, Measure) and "14068" in record.key]
    assert acts == [
        "Executive Order 14068",
        "Executive Order 14068|1(a)(ii)",
        "Executive Order 14068",
        "Executive Order 14068|1(a)(iv)",
    ]
    rests_on = [record[1:] for record in records if isinstance(record, MeasureInstrument) and record.measure_key == LUXURY]
    assert rests_on == [("Executive Order 14068", "imposes", "section 1(a)(ii)")]


def test_titles_and_sections_found_the_same_measures_alike(records: list[Record]) -> None:
    """The Register's export names the measures of this order by the same acts and provisions."""
    register = load(("us_federal_register",))["us_federal_register"]
    known = {
        f"Executive Order 14068|{provision}" if provision else "Executive Order 14068"
        for phrase in register.facts["order"]["Executive Order 14068"]["measure"]
        for provision in phrase.get("provisions", [""])
    }
    assert known == {record.founding_act for record in records if isinstance(record, Measure) and "14068" in record.key}


def test_an_order_that_names_no_day_binds_when_it_is_signed(records: list[Record]) -> None:
    assert steps(records, LUXURY) == [
        ("impose", "announced", dt.date(2022, 3, 11)),
        ("impose", "signed", dt.date(2022, 3, 11)),
        ("impose", "effective", dt.date(2022, 3, 11)),
    ]
    [effective] = [r for r in records if isinstance(r, DatedStep) and r.measure_key == LUXURY and r.step == "effective"]
    assert effective.period.derivation == "the order states no other day: it binds when it is signed, 2022-03-11"


def test_financing_of_a_banned_transaction_is_no_measure_of_its_own(records: list[Record]) -> None:
    assert not [record for record in records if isinstance(record, Reject)]


def test_a_prohibition_in_unknown_words_is_a_reject(source: Source, releases, tmp_path: Path) -> None:
    records = parsed(source, changed(releases, "a1", "new investment in any sector", "new loans to any sector"), tmp_path)
    [reject] = [record for record in records if isinstance(record, Reject)]
    assert (reject.table, reject.reason) == ("measures", "unknown_label")


def test_other_goods_and_another_day_in_the_text_change_the_measure(source: Source, releases, tmp_path: Path) -> None:
    other = changed(changed(releases, "a1", "luxury goods", "grand pianos"), "a1", "March 11, 2022", "March 14, 2022")
    records = parsed(source, other, tmp_path)
    assert goods(records, LUXURY) == [("section 1(a)(ii)", "grand pianos")]
    assert steps(records, LUXURY)[1:] == [
        ("impose", "signed", dt.date(2022, 3, 14)),
        ("impose", "effective", dt.date(2022, 3, 14)),
    ]


# --- Other orders -----------------------------------------------------------------------------------------------------


def test_property_is_blocked_and_entry_suspended(records: list[Record]) -> None:
    assert measures(records, "14014") == [
        ("property and interests in property are blocked", "listed_targets", ("Burma",)),
        ("entry into the United States is suspended", "listed_targets", ("Burma",)),
    ]


def test_a_text_without_its_end_was_signed_on_the_day_that_was_read_elsewhere(records: list[Record]) -> None:
    """Executive Order 14014 was signed on 10 February 2021 and released on the next day."""
    key = "Executive Order 14014|1(a)|property and interests in property are blocked"
    assert steps(records, key) == [
        ("impose", "announced", dt.date(2021, 2, 11)),
        ("impose", "signed", dt.date(2021, 2, 10)),
        ("impose", "effective", dt.date(2021, 2, 10)),
    ]
    [signed] = [r for r in records if isinstance(r, DatedStep) and r.measure_key == key and r.step == "signed"]
    assert (signed.period.derivation or "").startswith("signed on that day, as https://www.thompsonhinesmartrade.com/")
    assert (signed.locator, signed.quote) == (None, None)


def test_a_text_without_its_end_tells_no_day_where_none_was_read_elsewhere(
    source: Source, releases: list[dict[str, str]], tmp_path: Path
) -> None:
    records = parsed(source, changed(releases, "a1", "THE WHITE HOUSE,\n\nMarch 11, 2022.", ""), tmp_path)
    assert steps(records, LUXURY) == [("impose", "announced", dt.date(2022, 3, 11))]


def test_a_day_that_the_clause_states_is_the_day_on_which_it_binds(records: list[Record]) -> None:
    assert steps(records, "Executive Order 14245|2(a)|tariff") == [
        ("impose", "announced", dt.date(2025, 3, 24)),
        ("impose", "signed", dt.date(2025, 3, 24)),
        ("impose", "effective", dt.date(2025, 4, 2)),
    ]


def test_a_day_that_the_order_states_is_the_day_of_its_clauses(source: Source, releases, tmp_path: Path) -> None:
    other = changed(releases, "d4", "On or after April 2, 2025, a tariff", "Henceforth a tariff")
    records = parsed(source, changed(other, "d4", "time on April 2, 2025", "time on April 5, 2025"), tmp_path)
    assert steps(records, "Executive Order 14245|2(a)|tariff")[2] == ("impose", "effective", dt.date(2025, 4, 5))


def test_a_revocation_ends_the_measures_of_the_orders_that_it_names_by_title(records: list[Record]) -> None:
    assert measures(records, "13338") == [
        ("Blocking Property", "listed_targets", ("Syria",)),
        ("Prohibiting the Exportation", "goods", ("Syria",)),
    ]
    assert steps(records, "Executive Order 13572|Blocking Property") == [
        ("impose", "signed", dt.date(2011, 4, 29)),
        ("lift", "signed", dt.date(2025, 6, 30)),
        ("lift", "effective", dt.date(2025, 7, 1)),
    ]
    ends = [record for record in records if isinstance(record, MeasureInstrument) and record.role == "ends"]
    assert {record.number for record in ends} == {"Executive Order 14312"}


def test_what_amends_another_order_founds_no_measure(records: list[Record]) -> None:
    assert measures(records, "14312") == []


def test_each_quote_is_the_text_at_its_offsets(records: list[Record], releases: list[dict[str, str]]) -> None:
    # 14068: 4 measures, 5 items of goods, 2 days of each measure; 14312: 3 measures with 3 days; 14014: 2; 14245: 2 and 2 days.
    assert quoted(records, {release["url"]: release["text"] for release in releases}) == 17 + 12 + 2 + 4


def quoted(records: list[Record], texts: dict[str, str]) -> int:
    """How many records quote a text, after it was seen that each quote is the text between its offsets."""
    count = 0
    for record in records:
        place = re.fullmatch(r"/documents\[url='([^']+)'\]/char:(\d+)-(\d+)", getattr(record, "locator", None) or "")
        quote = getattr(record, "quote", None)
        if place and quote:
            assert texts[place[1]][int(place[2]) : int(place[3])] == quote, record
            count += 1
    return count


# --- The recorded collection ------------------------------------------------------------------------------------------


@pytest.mark.recordings
def test_the_recorded_orders_are_read_without_rejects(source: Source, recordings: Path) -> None:
    """An independent pass: White House texts that open as orders do and name the act on emergency powers in the opening."""
    [document] = Recordings(recordings).documents("news_documents")
    releases = [json.loads(line) for line in document.text().splitlines()]
    orders = [
        release
        for release in releases
        if release["publisher_name"] == "The White House"
        and release["text"].startswith("By the authority vested in me as President")
        and "Emergency Economic Powers Act" in " ".join(release["text"][:900].split())
    ]
    records = list(source.parse(document, source))
    addresses = {record.url for record in records if isinstance(record, Instrument) and record.url}
    # One of them modifies reciprocal tariffs, which are no sanction.
    assert {release["url"] for release in orders} - addresses == {
        "https://www.whitehouse.gov/presidential-actions/2025/11/modifying-reciprocal-tariff-rates-consistent-with-the-economic-and-trade-arrangement-between-the-united-states-and-the-peoples-republic-of-china/"
    }
    assert [record for record in records if isinstance(record, Reject)] == []
    assert quoted(records, {release["url"]: release["text"] for release in releases}) == 183


@pytest.mark.recordings
def test_the_recorded_order_bans_luxury_exports_to_russia(source: Source, recordings: Path) -> None:
    [document] = Recordings(recordings).documents("news_documents")
    records = list(source.parse(document, source))
    luxury = measure(records, LUXURY)
    assert luxury.locator.startswith("/documents[url='https://bidenwhitehouse.archives.gov/briefing-room/")
    assert luxury.founding_act == "Executive Order 14068|1(a)(ii)"
    assert goods(records, LUXURY) == [("section 1(a)(ii)", "luxury goods")]
    assert ("impose", "effective", dt.date(2022, 3, 11)) in steps(records, LUXURY)
    assert measures(records, "14065")[0] == ("new investment", "territory", ("Donetsk", "Luhansk"))
    assert steps(records, "Executive Order 14382|2(a)|tariff")[-1] == ("impose", "effective", dt.date(2026, 2, 7))
    assert steps(records, "Executive Order 14323|2(a)|tariff")[-1] == ("impose", "effective", dt.date(2025, 8, 6))


@pytest.mark.recordings
def test_no_two_measures_of_the_recorded_orders_are_founded_alike(source: Source, recordings: Path) -> None:
    [document] = Recordings(recordings).documents("news_documents")
    found = [
        (record.founding_act, source.code("measure_type", record.type_text), record.territory_texts)
        for record in source.parse(document, source)
        if isinstance(record, Measure)
    ]
    assert len(found) == len(set(found)) == 56
