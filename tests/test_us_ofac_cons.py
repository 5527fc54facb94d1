"""OFAC's consolidated.xml: the lists of persons who are not blocked, each under the sanction that its details tell."""

import datetime as dt
import lzma
import re
from collections import Counter
from pathlib import Path

import pytest
from conftest import document_of

from pipeline.readers.ofac_sdn_list import IncompleteList
from pipeline.records import DatedStep, Fact, Identifier, Listing, Measure, MeasureInstrument, Record, Reject, Target
from pipeline.sources import Source, load

EARLIER, LATER = "2022-02-22", "2025-03-28"
SSI = "Sectoral Sanctions Identifications List"
MENU = "Non-SDN Menu-Based Sanctions List"


@pytest.fixture(scope="module")
def source() -> Source:
    return load(("us_ofac_cons",))["us_ofac_cons"]


def read(source: Source, path: Path) -> list[Record]:
    return list(source.parse(document_of("us_ofac_cons", path), source))


@pytest.fixture(scope="module")
def earlier(samples: Path, source: Source) -> list[Record]:
    return read(source, samples / "us_ofac_cons" / EARLIER / "consolidated.xml")


@pytest.fixture(scope="module")
def later(samples: Path, source: Source) -> list[Record]:
    return read(source, samples / "us_ofac_cons" / LATER / "consolidated.xml")


def listings(records: list[Record], key: str) -> dict[str, str]:
    return {record.measure_key: record.basis for record in records if isinstance(record, Listing) and record.target_key == key}


def steps(records: list[Record], key: str) -> list[tuple[str, str, dt.date]]:
    return [
        (step.measure_key, step.step, step.period.earliest)
        for step in records
        if isinstance(step, DatedStep) and step.target_key == key
    ]


def test_the_namespace_changed_and_the_entries_did_not(earlier: list[Record], later: list[Record]) -> None:
    keys = [{record.key for record in state if isinstance(record, Target)} for state in (earlier, later)]
    assert keys[0] & keys[1] == {"9640", "33111", "31693", "17013", "15268"}


def test_a_directive_is_the_one_that_the_details_tell(earlier: list[Record]) -> None:
    assert listings(earlier, "17013") == {f"{SSI}|UKRAINE-EO13662|13662 Sectoral Directive 1": "stated"}


def test_two_directives_of_one_order_are_two_listings(earlier: list[Record], later: list[Record]) -> None:
    first, fourth = (f"{MENU}|RUSSIA-EO14024|Executive Order 14024 Directive {number}" for number in ("1a", "4"))
    assert listings(earlier, "31693") == {first: "stated"}
    assert listings(later, "31693") == {first: "stated", fourth: "stated"}
    assert steps(later, "31693") == [
        (first, "unspecified", dt.date(2022, 2, 22)), (first, "effective", dt.date(2022, 3, 1)),
    ]  # fmt: skip


def test_a_programme_that_no_directive_takes_is_a_block(later: list[Record]) -> None:
    assert listings(later, "17250") == {
        f"{SSI}|UKRAINE-EO13662|13662 Sectoral Directive 4": "stated", "SDN List|RUSSIA-EO14024|Block": "derived",
    }  # fmt: skip


def test_a_directive_takes_its_programme_so_that_no_block_follows(later: list[Record]) -> None:
    assert set(listings(later, "17013")) == {
        f"{SSI}|UKRAINE-EO13662|13662 Sectoral Directive 1", f"{MENU}|RUSSIA-EO14024|Executive Order 14024 Directive 3",
    }  # fmt: skip


def test_a_programme_of_one_sanction_gives_it(earlier: list[Record]) -> None:
    assert listings(earlier, "9640") == {"Non-SDN Palestinian Legislative Council List|NS-PLC|Reject": "derived"}
    assert listings(earlier, "15268") == {"CAPTA List|561-Related|561 Full Restrictions": "derived"}
    assert listings(earlier, "18001") == {"FSE List|FSE-SY|Reject": "derived", "SDN List|SYRIA|Block": "derived"}


def test_a_block_outside_the_sdn_list_stands_where_the_entry_says(earlier: list[Record]) -> None:
    assert listings(earlier, "4632") == {"Executive Order 13599 List|IRAN|Block": "derived"}
    assert listings(earlier, "30010") == {f"{MENU}|PEESA|Block": "derived"}


def test_securities_may_be_sold_until_a_day_that_is_no_step(earlier: list[Record]) -> None:
    measure = "Non-SDN CMIC List|CMIC-EO13959|CMIC Executive Order"
    assert steps(earlier, "33111") == [
        (measure, "unspecified", dt.date(2021, 12, 16)), (measure, "effective", dt.date(2022, 2, 14)),
    ]  # fmt: skip
    last = [fact.period.earliest for fact in earlier if isinstance(fact, Fact) and "Divestment" in fact.kind_text]
    assert last == [dt.date(2022, 12, 16)]


def test_sanctions_have_their_own_types_of_measure(earlier: list[Record], later: list[Record], source: Source) -> None:
    kinds = {m.key.split("|")[2]: source.code("measure_type", m.type_text) for m in earlier + later if isinstance(m, Measure)}
    assert kinds == {
        "Reject": "transaction_ban",
        "Block": "asset_freeze",
        "CMIC Executive Order": "investment_ban",
        "13662 Sectoral Directive 1": "capital_market_restriction",
        "13662 Sectoral Directive 4": "export_ban",
        "Executive Order 14024 Directive 1a": "capital_market_restriction",
        "Executive Order 14024 Directive 3": "capital_market_restriction",
        "Executive Order 14024 Directive 4": "central_bank_restriction",
        "561 Full Restrictions": "correspondent_banking_restriction",
    }


def test_a_measure_rests_on_its_orders(earlier: list[Record]) -> None:
    measure = "Non-SDN CMIC List|CMIC-EO13959|CMIC Executive Order"
    acts = {record.number for record in earlier if isinstance(record, MeasureInstrument) and record.measure_key == measure}
    assert acts == {"Executive Order 13959", "Executive Order 14032"}


def test_a_programme_that_was_renamed_is_the_same_programme(samples: Path, source: Source, tmp_path: Path) -> None:
    path = tmp_path / LATER / "consolidated.xml"
    path.parent.mkdir()
    text = (samples / "us_ofac_cons" / LATER / "consolidated.xml").read_text(encoding="utf-8")
    path.write_text(text.replace(">CMIC-EO13959<", ">CMIC-EO<"), encoding="utf-8")
    found = read(source, path)
    assert listings(found, "33111") == {"Non-SDN CMIC List|CMIC-EO13959|CMIC Executive Order": "derived"}
    tags = [(fact.value, fact.note) for fact in found if isinstance(fact, Fact) and fact.kind_text == "Program (earlier tag)"]
    assert tags == [("CMIC-EO", "now CMIC-EO13959")]


def test_an_isin_is_an_identifier(earlier: list[Record]) -> None:
    found = {record.type_text: record.value for record in earlier if isinstance(record, Identifier)}
    assert found["ISIN"] == "CNE1000002V2"


def test_another_number_of_entries_than_the_file_says_is_no_list(samples: Path, source: Source, tmp_path: Path) -> None:
    path = tmp_path / LATER / "consolidated.xml"
    path.parent.mkdir()
    text = (samples / "us_ofac_cons" / LATER / "consolidated.xml").read_text(encoding="utf-8")
    path.write_text(text.replace("<Record_Count>6<", "<Record_Count>443<"), encoding="utf-8")
    with pytest.raises(IncompleteList, match="expected 443 entries"):
        read(source, path)


@pytest.mark.recordings
@pytest.mark.parametrize(
    ("day", "count"), [("2016-01-16", 485), ("2022-02-22", 444), ("2022-02-24", 462), ("2024-02-23", 444), ("2025-03-28", 443)]
)
def test_a_recorded_state_is_accounted_for(recordings: Path, source: Source, day: str, count: int) -> None:
    path = recordings / "us_ofac_cons" / day / "consolidated.xml.xz"
    raw = lzma.decompress(path.read_bytes())
    counted = Counter(name.decode() for name in re.findall(rb"<(sdnEntry|aka|address|id|program)>", raw))
    assert counted["sdnEntry"] == count
    records = read(source, path)
    kinds = Counter(type(record).__name__ for record in records)
    assert (kinds["Target"], kinds["Name"], kinds["Address"]) == (count, count + counted["aka"], counted["address"])
    under = {(record.target_key, record.measure_key.split("|")[1]) for record in records if isinstance(record, Listing)}
    assert len(under) == counted["program"]
    directives = len(re.findall(rb"<idNumber>Subject to Directive \d", raw))
    second = len(re.findall(rb"Listing Date \(EO 14024 Directive 2\)", raw))
    third = len(re.findall(rb"<idNumber>Subject to Directive 3 -", raw))
    dated = len(re.findall(rb"Listing Date \(EO 14024 Directive 3\)", raw))
    told = sum("Directive" in record.measure_key for record in records if isinstance(record, Listing))
    assert told == directives + second + (dated - third)  # on 2022-02-24 thirteen entries told Directive 3 by its date alone
    assert [record for record in records if isinstance(record, Reject)] == []


@pytest.mark.recordings
def test_the_directives_of_february_2022_brought_eighteen_entries(recordings: Path, source: Source) -> None:
    states = [read(source, recordings / "us_ofac_cons" / day / "consolidated.xml.xz") for day in ("2022-02-22", "2022-02-24")]
    before, after = ({record.key for record in state if isinstance(record, Target)} for state in states)
    assert len(after) - len(before) == 18
    directives = Counter(key for step in states[1] if isinstance(step, DatedStep) and (key := step.measure_key.split("|")[2]))
    assert directives["Executive Order 14024 Directive 2"] == 2 * 26
    assert directives["Executive Order 14024 Directive 3"] == 2 * 13
