"""The views and macros of the published DuckDB file, over a small database of plain facts written by hand."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

import schemas

QUERIES = Path(schemas.__file__).parent / "queries.sql"
LONG_AGO = "2006-11-14 00:00:00"
RUSSIA, NORTH_KOREA = "JP-aaaaaaaaaaaa", "JP-bbbbbbbbbbbb"
LAW_TEXT, LIST_2024, LIST_2025 = "a" * 64, "b" * 64, "c" * 64
UNTOLD: dict[str, dict[str, Any]] = {
    "sources": {
        "format": "XML", "licence": "as read", "language": "en", "cadence": "daily", "status": "ok",
        "document_count": 1, "row_count": 1, "reject_count": 0, "url": "https://example.org/",
    },
    "documents": {
        "published_date_source_code": "inside", "media_type": "application/xml", "byte_count": 1, "licence": "as read",
    },
    "evidence": {"extractor_name": "reader", "extractor_version": "1"},
    "measures": {
        "scope_code": "goods", "territory_codes": ["RU"], "status_code": "unknown", "evidence_level_code": "law",
        "review_code": "machine", "known_from_at": LONG_AGO,
    },
    "targets": {
        "register_code": "us_ofac", "issuer_code": "US", "key_kind_code": "source_key", "target_type_code": "person",
        "country_codes": [], "is_current": True, "known_from_at": LONG_AGO,
    },
    "target_names": {"is_derived": False, "ordinal": 1},
    "listings": {
        "spell_number": 1, "status_code": "in_force", "basis_code": "stated", "origin_code": "own",
        "known_from_at": LONG_AGO,
    },
    "dates": {"is_approximate": False, "is_derived": False, "known_from_at": LONG_AGO},
    "goods": {"heading_codes": [], "is_derived": False},
    "changes": {"columns": [], "reason_code": "source_changed", "table": "measures", "change_code": "modified"},
}  # fmt: skip
"""Values of columns that may not be NULL and that the questions do not turn on."""


def add(con: duckdb.DuckDBPyConnection, table: str, **told: Any) -> None:
    """One row, with what the test tells of it."""
    row = UNTOLD.get(table, {}) | told
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    con.execute(f'insert into "{table}" ({names}) values ({marks})', list(row.values()))


def add_step(con: duckdb.DuckDBPyConnection, event: str, day: str | None, /, **told: Any) -> None:
    """A dated step, told as `impose effective`; to the day unless `date_latest` and a precision are given."""
    action, step = event.split()
    count = con.sql("from dates").shape[0]
    row = {
        "date_id": f"date-{count}", "action_code": action, "step_code": step,
        "event_code": schemas.event_code(action, step), "date": day, "date_latest": day,
        "date_precision_code": "day", "evidence_id": "law",
    }  # fmt: skip
    add(con, "dates", **row | told)


def add_measure(con: duckdb.DuckDBPyConnection, name: str, **told: Any) -> str:
    """A measure without any step; returns its identifier."""
    identifier = f"JP-{name.encode().hex():0>12}"[:15]
    row = {"measure_id": identifier, "issuer_code": "JP", "measure_type_code": "export_ban", "evidence_id": "law"} | told
    add(con, "measures", **row)
    return row["measure_id"]


@pytest.fixture(scope="module")
def plain_facts() -> Iterator[duckdb.DuckDBPyConnection]:
    """Japan's luxury bans out of one law text of 2026, and an American list held in editions of 2024 and 2025."""
    with duckdb.connect() as connection:
        for table in schemas.TABLES:
            connection.execute(schemas.create_table_sql(table))
        for statement in QUERIES.read_text(encoding="utf-8").split(";\n"):
            connection.execute(statement)
        _add_documents(connection)
        _add_japanese_bans(connection)
        _add_american_list(connection)
        yield connection


@pytest.fixture
def con(plain_facts: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """The plain facts; what a test adds to them is gone after it."""
    plain_facts.begin()
    yield plain_facts
    plain_facts.rollback()


def _add_documents(con: duckdb.DuckDBPyConnection) -> None:
    law = {
        "title": "e-Gov",
        "publisher_name": "Digital Agency",
        "issuer_code": "JP",
        "kind_code": "law",
        "cadence": "irregular",
    }
    register = {"title": "SDN", "publisher_name": "OFAC", "issuer_code": "US", "kind_code": "list"}
    add(con, "sources", source_id="jp_egov_law", **law)
    add(con, "sources", source_id="us_ofac_sdn", register_code="us_ofac", **register)
    add(con, "documents", document_id=LAW_TEXT, source_id="jp_egov_law", published_date="2026-02-14")
    add(con, "documents", document_id=LIST_2024, source_id="us_ofac_sdn", published_date="2024-05-28")
    add(con, "documents", document_id=LIST_2025, source_id="us_ofac_sdn", published_date="2025-10-14")
    add(con, "retrievals", document_id=LAW_TEXT, url="https://example.org/order", retrieved_at="2026-02-20 00:00:00")
    add(con, "retrievals", document_id=LIST_2025, url="https://example.org/sdn", retrieved_at="2025-10-14 00:00:00")
    add(
        con,
        "evidence",
        evidence_id="law",
        document_id=LAW_TEXT,
        locator="//Article[@Num='1']",
        quote_text="公布の日から起算して七日",
    )
    add(con, "evidence", evidence_id="entry", document_id=LIST_2025, locator="//SanctionsEntry[@ID='1']")
    for code, name in (("RU", "Russian Federation"), ("KP", "North Korea"), ("NE", "Niger"), ("NG", "Nigeria")):
        add(con, "territories", code=code, name=name)


def _add_japanese_bans(con: duckdb.DuckDBPyConnection) -> None:
    ban = {"issuer_code": "JP", "measure_type_code": "export_ban", "evidence_id": "law"}
    add(
        con,
        "measures",
        measure_id=RUSSIA,
        title="Export ban on luxury goods",
        measure_slug="jp-ru-luxury",
        published_date="2022-03-29",
        effective_date="2022-04-05",
        **ban,
    )
    add(con, "measures", measure_id=NORTH_KOREA, territory_codes=["KP"], effective_date="2006-11-15", **ban)
    add(
        con,
        "instruments",
        instrument_id="order-122",
        issuer_code="JP",
        instrument_type_code="order",
        number="令和四年政令第百二十二号",
        url="https://example.org/122",
    )
    add(con, "measure_instruments", measure_id=RUSSIA, instrument_id="order-122", role_code="imposes")
    key = {"source_id": "jp_egov_law", "evidence_id": "law", "why_text": "founded the measure"}
    add(con, "measure_keys", measure_id=RUSSIA, source_key="324CO0000000378 別表第二の三", **key)
    known = {"known_from_at": "2022-03-29 00:00:00"}
    add_step(con, "impose announced", "2022-03-29", measure_id=RUSSIA, **known)
    add_step(con, "impose approved", "2022-03-29", measure_id=RUSSIA, **known)
    add_step(con, "impose published", "2022-03-29", measure_id=RUSSIA, instrument_id="order-122", **known)
    add_step(con, "impose effective", "2022-04-05", measure_id=RUSSIA, **known)
    add_step(con, "impose effective", "2006-11-15", measure_id=NORTH_KOREA)
    add(
        con,
        "goods",
        goods_id="goods-1",
        measure_id=RUSSIA,
        nomenclature_code="text",
        goods_text="酒類",
        match_code="text_only",
        evidence_id="law",
        **known,
    )


def _add_american_list(con: duckdb.DuckDBPyConnection) -> None:
    freeze = {"measure_type_code": "asset_freeze", "scope_code": "listed_targets", "territory_codes": []}
    for programme in ("US-000000000001", "US-000000000002"):
        add(
            con,
            "measures",
            measure_id=programme,
            issuer_code="US",
            title=f"Blocking {programme[-1]}",
            evidence_id="entry",
            **freeze,
        )
    add(con, "targets", target_id="us_ofac-1", source_key="1", name="O'Néill, Seán", evidence_id="entry")
    add(con, "targets", target_id="us_ofac-2", source_key="2", name="100% Russia Shipping", evidence_id="entry")
    names = (
        ("us_ofac-1", "O'Néill, Seán", "primary"),
        ("us_ofac-1", "The Captain", "alias"),
        ("us_ofac-2", "100% Russia Shipping", "primary"),
    )
    for ordinal, (target, name, kind) in enumerate(names, start=1):
        add(con, "target_names", target_id=target, evidence_id="entry", ordinal=ordinal, name=name, name_type_code=kind)
    add(
        con,
        "target_identifiers",
        target_id="us_ofac-2",
        evidence_id="entry",
        ordinal=1,
        identifier_type_code="imo_number",
        value="IMO 9187629",
    )
    listings = (("listing-1", "us_ofac-1", "1"), ("listing-2", "us_ofac-2", "1"), ("listing-3", "us_ofac-2", "2"))
    for listing, target, programme in listings:
        add(
            con,
            "listings",
            listing_id=listing,
            target_id=target,
            measure_id=f"US-00000000000{programme}",
            evidence_id="entry",
        )
    add_step(con, "list unspecified", "2014-03-20", listing_id="listing-1", evidence_id="entry")
    add_step(con, "list unspecified", "2022-04-06", listing_id="listing-2", evidence_id="entry")
    add_step(
        con,
        "list unspecified",
        None,
        date_latest="2024-05-28",
        date_precision_code="not_after",
        listing_id="listing-3",
        evidence_id="entry",
    )


def in_force(con: duckdb.DuckDBPyConnection, *days: str) -> dict[str, str]:
    """The certainty of each measure in force on the first day, as known on the second."""
    asked = ", ".join(f"date '{day}'" for day in days)
    return dict(con.execute(f"select measure_id, certainty_code from in_force({asked})").fetchall())


def listed(con: duckdb.DuckDBPyConnection, *days: str) -> dict[str, str]:
    """The certainty of each listing that stood on the first day, as known on the second."""
    asked = ", ".join(f"date '{day}'" for day in days)
    return dict(con.execute(f"select listing_id, certainty_code from listed({asked})").fetchall())


def test_a_ban_published_but_not_yet_effective_is_not_in_force(con: duckdb.DuckDBPyConnection) -> None:
    assert RUSSIA not in in_force(con, "2022-04-04")


def test_a_ban_is_in_force_from_its_effective_day(con: duckdb.DuckDBPyConnection) -> None:
    assert in_force(con, "2022-04-05")[RUSSIA] == "certain"


def test_it_is_told_where_the_start_is_written_and_in_which_act(con: duckdb.DuckDBPyConnection) -> None:
    question = f"""
        select start_date, start_event_code, end_date, instrument_numbers, written_at, locator, quote_text
        from in_force(date '2022-04-05') where measure_id = '{RUSSIA}'
    """
    assert con.sql(question).fetchall() == [
        (
            dt.date(2022, 4, 5), "effective", None, ["令和四年政令第百二十二号"], "https://example.org/order",
            "//Article[@Num='1']", "公布の日から起算して七日",
        )
    ]  # fmt: skip


def test_what_was_not_known_on_a_day_does_not_count(con: duckdb.DuckDBPyConnection) -> None:
    assert RUSSIA not in in_force(con, "2022-04-05", "2022-03-28")
    assert RUSSIA in in_force(con, "2022-04-05", "2022-03-29")


def test_the_future_is_only_possible_to_whoever_asked_before(con: duckdb.DuckDBPyConnection) -> None:
    assert in_force(con, "2022-04-05", "2022-03-30")[RUSSIA] == "possible"


def test_what_became_known_during_a_day_was_known_on_it(con: duckdb.DuckDBPyConnection) -> None:
    late = add_measure(con, "late")
    add_step(con, "impose effective", "2022-04-01", measure_id=late, known_from_at="2022-04-10 23:30:00")
    assert late in in_force(con, "2022-04-10", "2022-04-10")
    assert late not in in_force(con, "2022-04-10", "2022-04-09")


def test_a_day_that_was_corrected_counts_until_its_correction(con: duckdb.DuckDBPyConnection) -> None:
    moved = add_measure(con, "moved")
    add_step(
        con,
        "impose effective",
        "2022-05-01",
        measure_id=moved,
        known_from_at="2022-04-01 00:00:00",
        known_until_at="2022-04-20 00:00:00",
    )
    add_step(con, "impose effective", "2022-06-01", measure_id=moved, known_from_at="2022-04-20 00:00:00")
    assert moved in in_force(con, "2022-05-15", "2022-04-19")
    assert moved not in in_force(con, "2022-05-15", "2022-04-20")
    assert moved not in in_force(con, "2022-05-15")


def test_the_time_zone_of_the_session_changes_no_answer(con: duckdb.DuckDBPyConnection) -> None:
    late = add_measure(con, "late")
    add_step(con, "impose effective", "2022-04-01", measure_id=late, known_from_at="2022-04-10 23:30:00")
    answers = []
    for zone in ("Asia/Tokyo", "America/Los_Angeles"):
        con.execute(f"set timezone = '{zone}'")
        answers.append((in_force(con, "2022-04-10", "2022-04-09"), in_force(con, "2022-04-10", "2022-04-10")))
    con.execute("reset timezone")
    assert answers[0] == answers[1]
    assert late not in answers[0][0]
    assert late in answers[0][1]


def test_a_lifted_measure_is_in_force_until_the_day_before(con: duckdb.DuckDBPyConnection) -> None:
    lifted = add_measure(con, "lifted")
    add_step(con, "impose effective", "2010-01-01", measure_id=lifted)
    add_step(con, "lift announced", "2015-12-01", measure_id=lifted)
    add_step(con, "lift effective", "2016-01-16", measure_id=lifted)
    assert in_force(con, "2016-01-15")[lifted] == "certain"
    assert lifted not in in_force(con, "2016-01-16")
    ends = con.sql(f"select end_date from in_force('2016-01-15') where measure_id = '{lifted}'").fetchall()
    assert ends == [(dt.date(2016, 1, 15),)]


def test_what_was_lifted_may_be_imposed_again(con: duckdb.DuckDBPyConnection) -> None:
    again = add_measure(con, "again")
    add_step(con, "impose effective", "2010-01-01", measure_id=again)
    add_step(con, "lift effective", "2016-01-16", measure_id=again)
    add_step(con, "impose effective", "2018-11-05", measure_id=again)
    assert [again in in_force(con, day) for day in ("2015-01-01", "2017-01-01", "2018-11-05")] == [True, False, True]


def test_a_suspended_measure_is_not_in_force_until_it_is_put_back(con: duckdb.DuckDBPyConnection) -> None:
    measure = add_measure(con, "suspended")
    add_step(con, "impose effective", "1993-06-23", measure_id=measure)
    add_step(con, "suspend approved", "1993-08-20", measure_id=measure)
    add_step(con, "suspend effective", "1993-08-27", measure_id=measure)
    add_step(con, "suspend effective", "1993-09-27", measure_id=measure)
    add_step(con, "impose effective", "1993-10-18", measure_id=measure)
    add_step(con, "lift effective", "1994-10-16", measure_id=measure)
    assert in_force(con, "1993-08-26")[measure] == "certain"
    assert measure not in in_force(con, "1993-08-27")
    assert measure not in in_force(con, "1993-10-17")
    assert in_force(con, "1993-10-18")[measure] == "certain"
    assert measure not in in_force(con, "1994-10-16")
    last_day = con.execute("select end_date from in_force('1993-07-01') where measure_id = ?", [measure]).fetchone()
    assert last_day == (dt.date(1993, 8, 26),)


def test_what_expires_while_it_is_suspended_stays_out_of_force(con: duckdb.DuckDBPyConnection) -> None:
    measure = add_measure(con, "lapses")
    add_step(con, "impose effective", "2020-01-01", measure_id=measure)
    add_step(con, "expire effective", "2021-12-31", measure_id=measure)
    add_step(con, "suspend effective", "2021-06-01", measure_id=measure)
    assert measure in in_force(con, "2021-05-31")
    assert measure not in in_force(con, "2021-06-01")
    assert measure not in in_force(con, "2022-01-01")


def test_a_measure_seen_suspended_was_possibly_in_force_before(con: duckdb.DuckDBPyConnection) -> None:
    measure = add_measure(con, "seen suspended")
    seen = {"date_latest": "2023-08-31", "date_precision_code": "not_after", "measure_id": measure}
    add_step(con, "impose unspecified", None, **seen)
    add_step(con, "suspend unspecified", None, **seen)
    assert in_force(con, "2022-04-05")[measure] == "possible"
    assert measure not in in_force(con, "2023-08-31")


def test_an_expiry_is_the_last_day_in_force(con: duckdb.DuckDBPyConnection) -> None:
    expired = add_measure(con, "expired")
    add_step(con, "impose effective", "2020-01-01", measure_id=expired)
    add_step(con, "expire effective", "2021-04-13", measure_id=expired)
    assert in_force(con, "2021-04-13")[expired] == "certain"
    assert expired not in in_force(con, "2021-04-14")


def test_the_last_expiry_known_then_counts(con: duckdb.DuckDBPyConnection) -> None:
    renewed = add_measure(con, "renewed")
    add_step(con, "impose effective", "2020-01-01", measure_id=renewed)
    add_step(con, "expire effective", "2021-04-13", measure_id=renewed)
    add_step(con, "expire effective", "2023-04-13", measure_id=renewed, known_from_at="2021-04-06 00:00:00")
    assert renewed not in in_force(con, "2022-01-01", "2021-04-05")
    assert renewed in in_force(con, "2022-01-01", "2021-04-06")
    assert renewed not in in_force(con, "2023-04-14")


def test_a_lift_counts_before_an_expiry(con: duckdb.DuckDBPyConnection) -> None:
    lifted = add_measure(con, "both")
    add_step(con, "impose effective", "2020-01-01", measure_id=lifted)
    add_step(con, "expire effective", "2027-04-13", measure_id=lifted)
    add_step(con, "lift effective", "2022-01-01", measure_id=lifted)
    assert lifted not in in_force(con, "2023-01-01")


def test_an_expiry_without_a_start_is_possible_up_to_its_day(con: duckdb.DuckDBPyConnection) -> None:
    endless = add_measure(con, "total ban")
    add_step(con, "expire unspecified", "2025-04-13", measure_id=endless)
    assert in_force(con, "2025-04-13")[endless] == "possible"
    assert endless not in in_force(con, "2025-04-14")


def test_a_measure_that_was_only_announced_is_not_in_force(con: duckdb.DuckDBPyConnection) -> None:
    promised = add_measure(con, "promised")
    add_step(con, "impose announced", "2022-01-01", measure_id=promised)
    add_step(con, "impose approved", "2022-01-02", measure_id=promised)
    assert promised not in in_force(con, "2023-01-01")


def test_publication_alone_makes_it_possible(con: duckdb.DuckDBPyConnection) -> None:
    printed = add_measure(con, "printed")
    add_step(con, "impose published", "2022-01-01", measure_id=printed)
    assert in_force(con, "2022-01-01")[printed] == "possible"


def test_an_imposed_day_counts_before_a_published_one(con: duckdb.DuckDBPyConnection) -> None:
    imposed = add_measure(con, "imposed")
    add_step(con, "impose published", "2022-01-01", measure_id=imposed)
    add_step(con, "impose unspecified", "2022-02-01", measure_id=imposed)
    assert imposed not in in_force(con, "2022-01-15")
    assert in_force(con, "2022-02-01")[imposed] == "certain"


def test_a_day_inside_a_month_is_possible(con: duckdb.DuckDBPyConnection) -> None:
    vague = add_measure(con, "vague")
    add_step(con, "impose effective", "2022-02-01", measure_id=vague, date_latest="2022-02-28", date_precision_code="month")
    certainties = [in_force(con, day).get(vague) for day in ("2022-01-31", "2022-02-15", "2022-02-28")]
    assert certainties == [None, "possible", "certain"]


def test_a_measure_without_steps_of_its_own_starts_with_its_earliest_listing(con: duckdb.DuckDBPyConnection) -> None:
    assert "US-000000000001" not in in_force(con, "2014-03-19")
    assert in_force(con, "2014-03-20")["US-000000000001"] == "certain"


def test_prose_about_an_older_measure_is_no_start(con: duckdb.DuckDBPyConnection) -> None:
    measure = add_measure(con, "order of 2006")
    add_step(con, "impose published", "2006-06-20", measure_id=measure)
    add_step(con, "impose unspecified", "2021-08-09", measure_id=measure, claim_id="claim")
    assert in_force(con, "2010-01-01")[measure] == "possible"


def test_prose_tells_the_start_where_law_tells_none_before(con: duckdb.DuckDBPyConnection) -> None:
    measure = add_measure(con, "told first")
    add_step(con, "impose unspecified", "2022-03-08", measure_id=measure, claim_id="claim")
    add_step(con, "impose published", "2022-03-10", measure_id=measure)
    assert in_force(con, "2022-03-09")[measure] == "certain"


def test_nothing_is_in_force_before_it_was_signed(con: duckdb.DuckDBPyConnection) -> None:
    measure = add_measure(con, "signed and revoked")
    add_step(con, "impose signed", "2011-08-17", measure_id=measure)
    add_step(con, "lift effective", "2025-07-01", measure_id=measure)
    assert measure not in in_force(con, "1993-01-01")
    answer = "select start_date, start_date_latest, certainty_code from in_force('2015-01-01') where measure_id = ?"
    assert con.execute(answer, [measure]).fetchone() == (dt.date(2011, 8, 17), None, "possible")
    assert measure not in in_force(con, "2025-07-01")


def test_a_day_of_its_own_counts_before_a_day_that_it_was_seen_by(con: duckdb.DuckDBPyConnection) -> None:
    measure = add_measure(con, "notices")
    seen = {"date_latest": "2025-01-10", "date_precision_code": "not_after", "measure_id": measure}
    add_step(con, "impose published", "2022-02-26", measure_id=measure)
    add_step(con, "impose unspecified", None, **seen)
    answer = "select start_date, certainty_code from in_force(?) where measure_id = ?"
    assert con.execute(answer, ["2022-04-05", measure]).fetchone() == (dt.date(2022, 2, 26), "possible")
    assert con.execute(answer, ["2025-04-05", measure]).fetchone() == (dt.date(2022, 2, 26), "certain")
    assert measure not in in_force(con, "2022-02-25")


def test_a_day_after_it_was_seen_is_no_start(con: duckdb.DuckDBPyConnection) -> None:
    measure = add_measure(con, "seen before")
    seen = {"date_latest": "2022-03-01", "date_precision_code": "not_after", "measure_id": measure}
    add_step(con, "impose unspecified", None, **seen)
    add_step(con, "impose unspecified", "2022-03-10", measure_id=measure)
    assert in_force(con, "2022-03-05")[measure] == "certain"


def test_beyond_the_newest_edition_of_its_register_it_is_possible(con: duckdb.DuckDBPyConnection) -> None:
    assert in_force(con, "2025-10-14")["US-000000000001"] == "certain"
    assert in_force(con, "2025-10-15")["US-000000000001"] == "possible"
    assert in_force(con, "2025-10-15")[NORTH_KOREA] == "certain"


def test_an_edition_that_came_later_lends_no_certainty(con: duckdb.DuckDBPyConnection) -> None:
    assert listed(con, "2025-01-01", "2025-01-01")["listing-1"] == "possible"
    assert listed(con, "2025-01-01", "2025-10-14")["listing-1"] == "certain"


def test_the_earliest_listing_counts_whatever_its_step_is_called(con: duckdb.DuckDBPyConnection) -> None:
    measure = add_measure(con, "regime")
    for name, steps in {
        "old": {"list unspecified": "2004-09-24"},
        "new": {"list published": "2021-06-20", "list effective": "2021-06-21"},
        "notice": {"list published": "2003-01-01", "list effective": "2004-10-01"},
    }.items():
        add(con, "listings", listing_id=name, measure_id=measure, target_id="target", evidence_id="entry")
        for step, day in steps.items():
            add_step(con, step, day, listing_id=name)
    answer = "select start_date from in_force('2010-01-01') where measure_id = ?"
    assert con.execute(answer, [measure]).fetchone() == (dt.date(2004, 9, 24),)


def test_a_listing_makes_certain_what_publication_leaves_open(con: duckdb.DuckDBPyConnection) -> None:
    measure = add_measure(con, "order with a list")
    add_step(con, "impose published", "2014-03-19", measure_id=measure)
    add(con, "listings", listing_id="under it", measure_id=measure, target_id="target", evidence_id="entry")
    add_step(con, "list unspecified", "2014-03-20", listing_id="under it")
    assert in_force(con, "2014-03-19")[measure] == "possible"
    assert in_force(con, "2014-03-20")[measure] == "certain"


def test_each_listing_has_its_own_days(con: duckdb.DuckDBPyConnection) -> None:
    assert "listing-2" not in listed(con, "2022-04-05")
    assert listed(con, "2022-04-06")["listing-2"] == "certain"


def test_a_listing_not_after_a_day_is_possible_before_it(con: duckdb.DuckDBPyConnection) -> None:
    assert listed(con, "2023-01-01")["listing-3"] == "possible"
    assert listed(con, "2024-05-28")["listing-3"] == "certain"


def test_between_two_editions_a_delisting_is_possible(con: duckdb.DuckDBPyConnection) -> None:
    add_step(
        con,
        "delist unspecified",
        "2024-05-28",
        date_latest="2025-10-14",
        date_precision_code="between",
        listing_id="listing-1",
    )
    certainties = [listed(con, day).get("listing-1") for day in ("2024-05-27", "2025-01-01", "2025-10-14")]
    assert certainties == ["certain", "possible", None]


def test_who_left_and_came_back_has_two_spells(con: duckdb.DuckDBPyConnection) -> None:
    add_step(con, "delist unspecified", "2016-01-16", listing_id="listing-1")
    add(
        con,
        "listings",
        listing_id="listing-4",
        target_id="us_ofac-1",
        measure_id="US-000000000001",
        spell_number=2,
        evidence_id="entry",
    )
    add_step(con, "list unspecified", "2018-11-05", listing_id="listing-4", evidence_id="entry")
    days = ("2015-01-01", "2017-01-01", "2019-01-01")
    spells = [{"listing-1", "listing-4"} & set(listed(con, day)) for day in days]
    assert spells == [{"listing-1"}, set(), {"listing-4"}]


def found(con: duckdb.DuckDBPyConnection, text: str) -> list[str]:
    """The targets that a text finds, the closest first."""
    return [row[0] for row in con.execute("select target_id from find_target(?)", [text]).fetchall()]


def test_a_target_is_found_by_any_of_its_names(con: duckdb.DuckDBPyConnection) -> None:
    assert found(con, "the captain") == ["us_ofac-1"]


def test_case_accents_and_the_order_of_words_do_not_matter(con: duckdb.DuckDBPyConnection) -> None:
    assert found(con, "sean O'NEILL") == ["us_ofac-1"]


def test_quotes_in_a_searched_name_are_just_text(con: duckdb.DuckDBPyConnection) -> None:
    assert con.sql("select target_id from find_target('O''Néill')").fetchall() == [("us_ofac-1",)]
    assert found(con, "'; drop table targets; --") == []


def test_wildcards_in_a_searched_name_are_just_text(con: duckdb.DuckDBPyConnection) -> None:
    assert found(con, "%") == []
    assert found(con, "O_Néill Se.n") == []


def test_an_empty_text_finds_nothing(con: duckdb.DuckDBPyConnection) -> None:
    assert found(con, " ") == []


def test_a_target_is_found_by_its_identifiers(con: duckdb.DuckDBPyConnection) -> None:
    assert found(con, "9187629") == ["us_ofac-2"]
    assert found(con, "us_ofac-2") == ["us_ofac-2"]


def test_listings_are_found_by_target_or_by_name(con: duckdb.DuckDBPyConnection) -> None:
    for asked in ("us_ofac-2", "russia shipping"):
        listings = con.execute("select listing_id from listings_of(?)", [asked]).fetchall()
        assert sorted(listings) == [("listing-2",), ("listing-3",)]


def against(con: duckdb.DuckDBPyConnection, asked: str) -> list[tuple[str, str | None]]:
    """The measures, and the target where it is one that they hit."""
    return con.execute("select measure_id, target_id from measures_against(?)", [asked]).fetchall()


def test_measures_against_a_territory_are_found_by_code_and_by_name(con: duckdb.DuckDBPyConnection) -> None:
    assert [against(con, asked) for asked in ("RU", "ru", "Russia", "Russian Federation")] == [[(RUSSIA, None)]] * 4
    assert against(con, "North Korea") == [(NORTH_KOREA, None)]


def test_a_whole_name_of_a_territory_is_not_the_start_of_another(con: duckdb.DuckDBPyConnection) -> None:
    nigeria = add_measure(con, "nigeria", territory_codes=["NG"])
    assert against(con, "Niger") == []
    assert against(con, "Nigeria") == [(nigeria, None)]


def test_measures_against_a_target_are_those_that_list_it(con: duckdb.DuckDBPyConnection) -> None:
    assert against(con, "Russia Shipping") == [("US-000000000001", "us_ofac-2"), ("US-000000000002", "us_ofac-2")]


def test_a_timeline_counts_the_days_from_announcement_to_effect(con: duckdb.DuckDBPyConnection) -> None:
    question = "select event_code, days_since_announced, days_from_announced_to_effective from timeline(?)"
    for asked in (RUSSIA, "jp-ru-luxury"):
        assert con.execute(question, [asked]).fetchall() == [
            ("announced", 0, 7), ("approved", 0, 7), ("published", 0, 7), ("effective", 7, 7),
        ]  # fmt: skip


def test_a_step_leads_to_its_act(con: duckdb.DuckDBPyConnection) -> None:
    steps = con.execute("select act_url from timeline(?) where instrument_number is not null", [RUSSIA]).fetchall()
    assert steps == [("https://example.org/122",)]
    told = con.execute("select act_url from evidence_of(?) where why like '%published 2022-03-29'", [RUSSIA]).fetchall()
    assert told == [("https://example.org/122",)]


def test_a_timeline_without_an_announcement_counts_no_days(con: duckdb.DuckDBPyConnection) -> None:
    question = "select event_code, days_since_announced, days_from_announced_to_effective from timeline(?)"
    assert con.execute(question, [NORTH_KOREA]).fetchall() == [("effective", None, None)]


def reasons(con: duckdb.DuckDBPyConnection, asked: str) -> set[tuple[str, str, str]]:
    """Why each piece of evidence counts, its address and its place."""
    return set(con.execute("select why, written_at, locator from evidence_of(?)", [asked]).fetchall())


def test_the_evidence_of_a_measure_is_told_in_words(con: duckdb.DuckDBPyConnection) -> None:
    order = ("https://example.org/order", "//Article[@Num='1']")
    assert reasons(con, RUSSIA) == {
        ("says that the measure exists: jp_egov_law founded the measure", *order),
        ("gives the day of a step: announced 2022-03-29", *order),
        ("gives the day of a step: approved 2022-03-29", *order),
        ("gives the day of a step: published 2022-03-29", *order),
        ("gives the day of a step: effective 2022-04-05", *order),
        ("names goods that are covered: 酒類", *order),
        ("is, or shows, the act 令和四年政令第百二十二号", "https://example.org/122", None),
    }


def test_the_evidence_of_a_listing_is_its_entry_and_its_days(con: duckdb.DuckDBPyConnection) -> None:
    entry = ("https://example.org/sdn", "//SanctionsEntry[@ID='1']")
    assert reasons(con, "listing-3") == {
        ("says that the target stands under measure US-000000000002", *entry),
        ("is the entry of the target that is listed", *entry),
        ("says that measure US-000000000002 exists, under which the target is listed", *entry),
        ("gives the day of a step: listed not after 2024-05-28", *entry),
    }


@pytest.mark.parametrize("asked", ["law", "entry", "us_ofac-1", "date-0", "goods-1", "order-122"])
def test_every_kind_of_identifier_has_evidence(con: duckdb.DuckDBPyConnection, asked: str) -> None:
    assert reasons(con, asked)


def test_the_wide_view_has_one_row_a_listing(con: duckdb.DuckDBPyConnection) -> None:
    question = "select listing_id, name, all_names, issuer_code, measure_type_code, written_at from listings_wide"
    rows = con.sql(f"{question} order by listing_id").fetchall()
    assert rows[0] == (
        "listing-1", "O'Néill, Seán", ["O'Néill, Seán", "The Captain"], "US", "asset_freeze", "https://example.org/sdn",
    )  # fmt: skip
    assert len(rows) == 3


def test_coverage_tells_the_first_and_last_edition_and_whether_gaps_are_longer_than_the_cadence(
    con: duckdb.DuckDBPyConnection,
) -> None:
    columns = "source_id, earliest_edition_date, latest_edition_date, longest_gap_days, is_history_complete"
    assert con.sql(f"select {columns} from coverage").fetchall() == [
        ("us_ofac_sdn", dt.date(2024, 5, 28), dt.date(2025, 10, 14), 504, False),
        ("jp_egov_law", dt.date(2026, 2, 14), dt.date(2026, 2, 14), None, None),
    ]


def add_foreign_ban(con: duckdb.DuckDBPyConnection, issuer: str, number: int, /) -> str:
    """An export ban of another issuer against Russia; returns its identifier."""
    return add_measure(con, "", measure_id=f"{issuer}-{number:012}", issuer_code=issuer, evidence_id="entry")


def test_alignment_tells_who_was_first_and_how_many_days_behind_the_others_were(con: duckdb.DuckDBPyConnection) -> None:
    add_step(con, "impose effective", "2022-03-11", measure_id=add_foreign_ban(con, "US", 3))
    assert con.sql("select territory_code, issuer_code, first_issuer_code, days_behind from alignment").fetchall() == [
        ("RU", "US", "US", 0),
        ("RU", "JP", "US", 25),
    ]


def test_alignment_tells_who_may_have_been_earlier(con: duckdb.DuckDBPyConnection) -> None:
    seen = {"date_latest": "2023-08-31", "date_precision_code": "not_after"}
    add_step(con, "impose unspecified", None, measure_id=add_foreign_ban(con, "EU", 1), **seen)
    add_step(con, "impose effective", "2022-04-11", measure_id=add_foreign_ban(con, "US", 1))
    add_step(con, "impose unspecified", None, measure_id=add_foreign_ban(con, "US", 2), **seen)
    assert con.sql("select issuer_code, days_behind, measure_count, undated_measure_count from alignment").fetchall() == [
        ("JP", 0, 1, 0),
        ("US", 6, 2, 1),
        ("EU", None, 1, 1),
    ]


def test_changes_between_two_days_leave_out_the_first_and_hold_the_last(con: duckdb.DuckDBPyConnection) -> None:
    for day in ("2026-01-01", "2026-02-01", "2026-03-01"):
        add(con, "changes", snapshot_date=day, key=RUSSIA, before_json="{}", after_json="{}")
    question = "select snapshot_date from changes_between(date '2026-01-01', date '2026-02-01')"
    assert con.sql(question).fetchall() == [(dt.date(2026, 2, 1),)]


def test_who_came_to_a_register_and_who_left_it_between_two_days(con: duckdb.DuckDBPyConnection) -> None:
    for number, since in (("7", "2024-05-28"), ("8", "2025-10-14"), ("9", "2025-10-14")):
        told = {"target_id": f"us_ofac-{number}", "known_from_at": f"{since} 00:00:00", "evidence_id": "entry"}
        add(con, "targets", source_key=number, name=f"Entry {number}", **told)
        if number != "9":  # the ninth stands under no measure
            add(con, "listings", listing_id=f"listing-{number}", measure_id="US-000000000001", **told)
    add_step(
        con, "delist unspecified", "2024-05-28", listing_id="listing-7", date_latest="2025-10-14",
        date_precision_code="between", known_from_at="2025-10-14 00:00:00",
    )  # fmt: skip
    moved = con.sql("select change_code, name from moved_between('us_ofac', '2025-01-01', '2025-12-31')").fetchall()
    assert moved == [("added", "Entry 8"), ("added", "Entry 9"), ("removed", "Entry 7")]


def test_every_view_and_macro_says_what_it_answers(con: duckdb.DuckDBPyConnection) -> None:
    said = dict(
        con.sql("""
            select function_name, comment from duckdb_functions() where not internal
            union all
            select view_name, comment from duckdb_views() where not internal
        """).fetchall()
    )
    promised = {
        "in_force", "listed", "find_target", "listings_of", "measures_against", "timeline", "evidence_of",
        "changes_between", "listings_wide", "coverage", "alignment",
    }  # fmt: skip
    assert promised <= set(said)
    assert [name for name, comment in said.items() if not comment] == []
