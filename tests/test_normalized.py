"""Words become codes; what no code stands for is rejected with its reason and its raw content."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from conftest import document_of, register_source
from hypothesis import given
from hypothesis import strategies as st

from pipeline.documents import Document
from pipeline.identifiers import digest, digests
from pipeline.normalized import Frames, normalize, target_id, territories
from pipeline.normalized.latin import latin_form
from pipeline.normalized.numbers import is_well_formed
from pipeline.records import Address, Fact, Identifier, Instrument, Item, Link, Listing, Measure, Name, Period, Record, Target
from pipeline.sources import Source

ACME = Target(key="A1", type_text="entity", name="ACME", locator="/A1")


@pytest.fixture
def normalized(tmp_path: Path) -> "Normalized":
    path = tmp_path / "2022-01-01" / "list.json"
    path.parent.mkdir()
    path.write_text("{}", encoding="utf-8")
    return Normalized(document_of("xx_list", path))


class Normalized:
    """Normalizes records as if a parser had read them in a document."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def __call__(self, *records: Record, **changes: object) -> Frames:
        def parse(document: Document, source: Source) -> Iterator[Record]:
            yield from records

        return normalize(self._document, register_source(parse=parse, **changes))


def test_an_unknown_label_is_a_reject_with_its_raw_content(normalized: Normalized) -> None:
    frames = normalized(ACME, Fact(target_key="A1", kind_text="shoe size", value="43"))
    assert frames["target_facts"].is_empty()
    reject = frames["rejects"].row(0, named=True)
    assert (reject["reason_code"], reject["table"], reject["locator"]) == ("unknown_label", "target_facts", "/A1")
    assert json.loads(reject["raw_json"])["value"] == "43"


def test_an_entry_of_an_unknown_type_takes_its_details_along(normalized: Normalized) -> None:
    frames = normalized(ACME._replace(type_text="robot"), Name("A1", "ACME", "name"))
    assert frames["targets"].is_empty()
    assert frames["target_names"].is_empty()
    assert sorted(frames["rejects"]["reason_code"]) == ["dangling_reference", "unknown_label"]


def test_a_key_that_stands_twice_is_one_entry_and_one_reject(normalized: Normalized) -> None:
    frames = normalized(ACME, ACME._replace(name="OTHER"))
    assert frames["targets"]["name"].to_list() == ["ACME"]
    assert frames["rejects"]["reason_code"].to_list() == ["duplicate_key"]


def test_a_link_to_nobody_is_a_reject(normalized: Normalized) -> None:
    frames = normalized(ACME, Link(target_key="A1", other_key="Z9", type_text="owned by"))
    assert frames["target_links"].is_empty()
    assert len(frames["rejects"]) == 1


def test_a_listing_under_a_measure_that_is_not_there_is_a_reject(normalized: Normalized) -> None:
    frames = normalized(ACME, Listing(target_key="A1", measure_key="GAMMA"))
    assert frames["listings"].is_empty()
    assert frames["rejects"]["table"].to_list() == ["listings"]


def test_a_country_is_coded_and_its_words_are_kept(normalized: Normalized) -> None:
    frames = normalized(
        ACME,
        Fact("A1", "citizen of", "Viet Nam", country_text="Viet Nam"),
        Fact("A1", "citizen of", "Utopia", country_text="Utopia"),
    )
    assert frames["target_facts"].select("country_text", "country_code").rows() == [
        ("Viet Nam", "VN"),
        ("Utopia", None),
    ]
    assert frames["targets"]["country_codes"].to_list() == [["VN"]]


def test_the_countries_of_a_target_are_those_of_its_facts_and_its_addresses(normalized: Normalized) -> None:
    addresses = [Address("A1", "Main Street 1, Lima, Peru", country_text="Peru"), Address("A1", "somewhere")]
    frames = normalized(ACME, Fact("A1", "citizen of", "Viet Nam", country_text="Viet Nam"), *addresses)
    assert frames["targets"]["country_codes"].to_list() == [["PE", "VN"]]


def test_a_fact_that_the_source_calls_false_is_kept_and_says_nothing_of_the_target(normalized: Normalized) -> None:
    frames = normalized(ACME, Fact("A1", "citizen of", "Peru", country_text="Peru", is_valid=False))
    assert frames["target_facts"]["country_code"].to_list() == ["PE"]
    assert frames["targets"]["country_codes"].to_list() == [[]]


def test_one_birth_date_stands_with_the_target_and_of_two_none(normalized: Normalized) -> None:
    born = [Fact("A1", "born", period=Period.of_years(year, year, str(year))) for year in (1960, 1961)]
    assert normalized(ACME, born[0])["targets"]["birth_date_precision_code"].to_list() == ["year"]
    two = normalized(ACME, *born)
    assert two["targets"]["birth_date"].to_list() == [None]
    assert len(two["target_facts"]) == 2


def test_a_name_in_another_script_gets_the_latin_name_that_the_source_gives(normalized: Normalized) -> None:
    frames = normalized(ACME._replace(name="Банк ВТБ"), Name("A1", "Банк ВТБ", "name"), Name("A1", "VTB Bank", "name"))
    assert frames["targets"].select("name", "name_latin").rows() == [("Банк ВТБ", "VTB Bank")]


def test_the_order_of_records_does_not_change_the_evidence_and_a_changed_fact_does(normalized: Normalized) -> None:
    details = [Name("A1", "ACME", "name"), Fact("A1", "citizen of", "Peru")]
    evidence = [normalized(ACME, *order)["targets"]["evidence_id"][0] for order in (details, details[::-1])]
    changed = normalized(ACME, details[0], Fact("A1", "citizen of", "Chile"))["targets"]["evidence_id"][0]
    assert evidence[0] == evidence[1]
    assert changed != evidence[0]


def test_every_document_gives_the_columns_of_a_table_in_one_order(normalized: Normalized) -> None:
    """One with entries, one with nothing but texts, and an empty one: their rows are put under one another."""
    text = Item(key="a", text="Nothing was decided.", locator="/a", published=dt.date(2022, 4, 1), published_source="feed")
    documents: list[list[Record]] = [[ACME], [text], []]
    orders = [{table: frame.columns for table, frame in normalized(*said).items()} for said in documents]
    assert orders[0] == orders[1] == orders[2]


def test_every_row_that_states_a_fact_names_evidence_in_the_document(normalized: Normalized) -> None:
    measure = Measure(key="ALPHA", type_text="freeze", locator="/programmes/ALPHA", scope="listed_targets")
    frames = normalized(measure, ACME, Listing("A1", "ALPHA"))
    proven = set(frames["evidence"]["evidence_id"])
    for table in ("measures", "targets", "listings"):
        assert set(frames[table]["evidence_id"]) <= proven
    assert set(frames["evidence"]["locator"]) == {"/programmes/ALPHA", "/A1"}


def test_a_measure_against_no_known_territory_stops_the_source(normalized: Normalized) -> None:
    measure = Measure(key="ALPHA", type_text="freeze", locator="/", scope="territory", territory_texts=("Utopia",))
    with pytest.raises(ValueError, match="Utopia names no known territory"):
        normalized(measure)


def test_a_number_that_fails_its_check_is_kept_and_flagged(normalized: Normalized) -> None:
    numbers = ["IMO 9187629", "IMO 9187628", "A 1234"]
    frames = normalized(ACME, *(Identifier("A1", "ship" if "IMO" in number else "passport", number) for number in numbers))
    assert frames["target_identifiers"].select("value", "is_valid").rows() == [
        ("IMO 9187629", True),
        ("IMO 9187628", False),
        ("A 1234", None),
    ]


def test_an_act_bears_its_days_and_the_words_of_the_one_that_is_worked_out(normalized: Normalized) -> None:
    order = Instrument(
        "Order 1", "order", url="https://example.org/1", published=dt.date(2022, 3, 29), effective=dt.date(2022, 3, 30),
        effective_text="from the next day", effective_derivation="the day after promulgation",
    )  # fmt: skip
    [row] = normalized(order, words={"instrument_type": {"order": "order"}})["instruments"].to_dicts()
    assert (row["signed_date"], row["published_date"]) == (None, dt.date(2022, 3, 29))
    assert (row["effective_date"], row["effective_text"]) == (dt.date(2022, 3, 30), "from the next day")
    assert row["effective_derivation_text"] == "the day after promulgation"


def test_an_expiry_known_to_the_month_stays_in_its_words(normalized: Normalized) -> None:
    passport = Identifier("A1", "passport", "A 1234", expires=Period.of_month(2030, 4, "April 2030"))
    row = normalized(ACME, passport)["target_identifiers"].row(0, named=True)
    assert (row["expiry_date"], row["expiry_text"]) == (None, "April 2030")


def test_a_name_without_a_latin_form_gets_one_that_is_marked_as_derived(normalized: Normalized) -> None:
    frames = normalized(ACME._replace(name="Банк ВТБ"), Name("A1", "Банк ВТБ", "name"))
    assert frames["targets"]["name_latin"].to_list() == ["Bank VTB"]
    assert frames["target_names"].select("name", "script", "is_derived").rows() == [
        ("Банк ВТБ", None, False),
        ("Bank VTB", "Latn", True),
    ]


@pytest.mark.parametrize(
    ("kind", "value", "verdict"),
    [
        ("lei", "213800KUD8LAJWSQ9D15", True),
        ("lei", "213800KUD8LAJWSQ9D16", False),
        ("swift_bic", "HAVIGB2L", True),
        ("swift_bic", "HAVI", False),
        ("wallet_address", "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h", True),
        ("wallet_address", "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9i", False),
        ("wallet_address", "0x7F367cC41522cE07553e823bf3be79A889DEbe1B", True),
        ("wallet_address", "t1MMXtBrSp1XG38Lx9cePcNUCJj5vdWfUWL", None),
        ("passport", "anything", None),
    ],
)
def test_formats_of_numbers(kind: str, value: str, verdict: bool | None) -> None:
    assert is_well_formed(kind, value) is verdict


def test_japanese_characters_do_not_tell_how_a_name_is_read() -> None:
    assert latin_form("株式会社", "ja") is None
    assert latin_form("Скотт Моррисон", "ru") == "Skott Morrison"


# Territories and identifiers


@pytest.mark.parametrize(
    ("words", "language", "code"),
    [
        ("Russia", "en", "RU"),
        ("RUSSIAN FEDERATION", "en", "RU"),
        ("Iran (Islamic Republic of)", "en", "IR"),
        ("Cote d Ivoire", "en", "CI"),
        ("Côte d’Ivoire", "en", "CI"),
        ("Congo, Democratic Republic of the", "en", "CD"),
        ("Kosovo", "en", "XK"),
        ("ロシア", "ja", "RU"),
        ("北朝鮮", "ja", "KP"),
        ("ベラルーシ", "ja", "BY"),
        ("Paris", "en", None),
        ("", "en", None),
    ],
)
def test_names_of_territories(words: str, language: str, code: str | None) -> None:
    assert territories.code(words, language) == code


def test_an_identifier_is_the_same_on_every_machine() -> None:
    # sha256 of us_ofac, the unit separator U+001F and 17013, as any other tool computes it
    assert digest(("us_ofac", "17013"), 12) == "f541afbc1abf"
    assert target_id("us_ofac", "17013") == "us_ofac-f541afbc1abf"


facts = st.lists(st.none() | st.text(st.characters(exclude_categories=["Cc", "Cs"])), min_size=1, max_size=4)


@given(facts, facts)
def test_other_facts_give_another_identifier(first: list[str | None], second: list[str | None]) -> None:
    assert (digest(first, 32) == digest(second, 32)) == (first == second)


@given(st.lists(st.none() | st.text(), min_size=1, max_size=5))
def test_a_frame_gives_the_identifiers_that_single_facts_give(values: list[str | None]) -> None:
    frame = pl.DataFrame({"fact": values}, schema={"fact": pl.String})
    made = frame.select(digests(pl.lit("xx"), pl.col("fact"), length=12)).to_series().to_list()
    assert made == [digest(("xx", value), 12) for value in values]


def test_no_frame_is_left_out(normalized: Normalized) -> None:
    assert all(isinstance(frame, pl.DataFrame) for frame in normalized(ACME).values())
