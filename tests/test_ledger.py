"""The question itself, asked of the real documents: who restricts what, against whom, since when, under which law?"""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from test_pipeline import build

from pipeline.published import DATABASE

SOURCES = (
    "eu_sanctions_map", "jp_egov_law", "jp_egov_law_2013", "jp_meti_russia", "news_japan_times", "un_resolutions",
    "un_resolutions_table", "us_federal_register", "us_presidential_orders",
)  # fmt: skip
Ledger = duckdb.DuckDBPyConnection
pytestmark = pytest.mark.recordings


@pytest.fixture(scope="module")
def ledger(recordings: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    output = tmp_path_factory.mktemp("ledger")
    build(recordings, output, SOURCES)
    with duckdb.connect(str(output / DATABASE), read_only=True) as connection:
        yield connection


def days(ledger: Ledger, issuer: str, territory: str, words: str) -> set[tuple[str, str]]:
    """The dated steps of the measures whose title or goods have the words."""
    return set(
        ledger.execute(
            "SELECT event_code, CAST(date AS VARCHAR) FROM dates JOIN measures USING (measure_id) WHERE issuer_code = ?"
            " AND list_contains(territory_codes, ?) AND concat_ws(' ', title, goods_text) ILIKE ?"
            " AND date_precision_code = 'day'",
            [issuer, territory, f"%{words}%"],
        ).fetchall()
    )


def types(ledger: Ledger, issuer: str, territory: str, act: str) -> dict[str, set[str]]:
    """The types of the measures that rest on an act, with their status."""
    rows = ledger.execute(
        "SELECT measure_type_code, status_code FROM measures JOIN measure_acts USING (measure_id) WHERE issuer_code = ?"
        " AND list_contains(territory_codes, ?) AND list_contains(instrument_numbers, ?)",
        [issuer, territory, act],
    ).fetchall()
    return {code: {status for other, status in rows if other == code} for code, _ in rows}


def test_japan_s_ban_on_luxury_exports_to_russia_stands_from_news_to_law(ledger: Ledger) -> None:
    told = days(ledger, "JP", "RU", "luxury goods")
    assert {
        ("announced", "2022-03-29"), ("approved", "2022-03-29"), ("published", "2022-03-29"), ("effective", "2022-04-05"),
    } <= told  # fmt: skip
    question = "SELECT count(*) FROM in_force('2022-04-05', ?) WHERE issuer_code = 'JP' AND title LIKE '%luxury%Russia'"
    assert [ledger.execute(question, [day]).fetchall()[0][0] for day in ("2022-03-28", "2022-03-29")] == [0, 1]


def test_its_evidence_is_the_law_the_ministry_and_the_paper(ledger: Ledger) -> None:
    rows = ledger.execute(
        "SELECT DISTINCT source_id FROM evidence_of((SELECT measure_id FROM measures WHERE title ="
        " 'Ban on exports of luxury goods from Japan to Russia'))"
    ).fetchall()
    assert {source for (source,) in rows} == {"jp_egov_law", "jp_meti_russia", "news_japan_times"}


def test_its_goods_are_told_in_words_and_reach_headings(ledger: Ledger) -> None:
    rows = ledger.execute(
        "SELECT goods.goods_text, heading_codes FROM goods JOIN measures USING (measure_id) WHERE title ="
        " 'Ban on exports of luxury goods from Japan to Russia' AND goods.known_until_at IS NULL"
    ).fetchall()
    assert any("乗用自動車" in words and "8703" in headings for words, headings in rows)


def test_no_quote_of_the_paper_is_published(ledger: Ledger) -> None:
    (count, quotes) = ledger.execute(
        "SELECT count(*), count(quote_text) FROM evidence_places WHERE source_id = 'news_japan_times'"
    ).fetchall()[0]
    assert count > 0
    assert quotes == 0


def test_the_paper_s_other_measures_without_an_issuer_stay_claims(ledger: Ledger) -> None:
    rows = ledger.execute(
        "SELECT measure_type_code FROM claims WHERE len(issuer_codes) = 0 AND territory_codes = ['RU'] AND measure_id IS NULL"
    ).fetchall()
    assert {"central_bank_restriction", "financial_messaging_ban", "export_ban", "export_control"} <= {code for (code,) in rows}


def test_japan_s_bans_on_north_korea_stand_with_their_renewals(ledger: Ledger) -> None:
    assert ("effective", "2006-11-15") in days(ledger, "JP", "KP", "luxury goods")
    total = days(ledger, "JP", "KP", "all exports")
    assert ("expires", "2027-04-13") in total
    assert len([day for event, day in total if event == "renewed"]) >= 10
    (end,) = ledger.execute(
        "SELECT CAST(end_date AS VARCHAR) FROM in_force('2014-06-01', '2014-06-01') WHERE title LIKE '%all exports%North Korea'"
    ).fetchall()[0]
    assert end == "2015-04-13"


def test_the_european_union_s_measures_of_the_article_rest_on_regulation_833_of_2014(ledger: Ledger) -> None:
    found = types(ledger, "EU", "RU", "32014R0833")
    assert {"export_ban", "financial_messaging_ban", "central_bank_restriction", "broadcast_ban", "airspace_ban"} <= set(found)
    assert ("effective", "2022-03-12") in days(ledger, "EU", "RU", "SWIFT")


def test_the_american_ban_on_luxury_exports_is_executive_order_14068(ledger: Ledger) -> None:
    assert {"export_ban", "import_ban", "investment_ban"} <= set(types(ledger, "US", "RU", "Executive Order 14068"))
    assert {("effective", "2022-03-11"), ("published", "2022-03-15")} <= days(ledger, "US", "RU", "luxury")


def test_the_united_nations_measures_on_north_korea_stand_by_resolution(ledger: Ledger) -> None:
    found = types(ledger, "UN", "KP", "S/RES/1718 (2006)")
    assert {"arms_embargo", "export_ban", "asset_freeze", "travel_ban"} <= set(found)


@pytest.mark.parametrize(
    ("territory", "act", "code", "span"),
    [
        ("IQ", "S/RES/661 (1990)", "comprehensive_embargo", ("1990-08-06", "2003-05-22")),
        ("LY", "S/RES/748 (1992)", "arms_embargo", ("1992-04-15", "2003-09-12")),
        ("YUCS", "S/RES/757 (1992)", "comprehensive_embargo", ("1992-05-30", "1996-10-01")),
        ("HT", "S/RES/841 (1993)", "arms_embargo", ("1993-06-23", "1994-10-16")),
    ],
)
def test_measures_of_the_1990s_were_read_from_the_texts_and_have_ended(
    ledger: Ledger, territory: str, act: str, code: str, span: tuple[str, str]
) -> None:
    rows = ledger.execute(
        "SELECT CAST(effective_date AS VARCHAR), CAST(lifted_date AS VARCHAR), status_code FROM measures"
        " JOIN measure_acts USING (measure_id) WHERE issuer_code = 'UN' AND measure_type_code = ?"
        " AND list_contains(territory_codes, ?) AND list_contains(instrument_numbers, ?)",
        [code, territory, act],
    ).fetchall()
    assert rows == [(*span, "lifted")]
