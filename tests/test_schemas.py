"""What the dataset promises: its tables, columns, closed lists and rules, and what is derived from them."""

import datetime as dt
import lzma
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pycountry
import pytest

import schemas
from schemas import model, promise
from schemas.lists import CROSSWALKS

ROOT = Path(__file__).parents[1]
# The contract, copied by hand: the columns that it names, table by table. More may stand beside them.
PROMISED = {
    "measures": """measure_id measure_slug issuer_code authority_name programme_id measure_type_code measure_type_text
        scope_code territory_codes goods_text sector_text exceptions_text title summary status_code announced_date
        approved_date published_date effective_date expiry_date lifted_date evidence_level_code review_code evidence_id
        known_from_at known_until_at""",
    "targets": """target_id register_code issuer_code source_key key_kind_code target_type_code name name_latin
        country_codes birth_date source_url entity_id is_current evidence_id known_from_at known_until_at""",
    "target_names": "target_id name name_type_code language script is_derived",
    "target_identifiers": "target_id identifier_type_code value country_code issue_date expiry_date is_valid",
    "target_addresses": "target_id",
    "target_facts": "target_id fact_code value_text date date_precision_code country_code",
    "target_links": "target_id other_target_id link_type_code",
    "listings": """listing_id measure_id target_id spell_number listed_date delisted_date expiry_date status_code
        basis_code origin_code reason_text evidence_id known_from_at known_until_at""",
    "dates": """date_id measure_id listing_id claim_id action_code step_code event_code date date_latest
        date_precision_code date_text is_derived derivation_text instrument_id evidence_id
        known_from_at known_until_at""",
    "evidence": "evidence_id document_id locator quote_text extractor_name extractor_version",
    "documents": """document_id container_document_id container_locator source_id title language published_date
        published_date_source_code media_type byte_count licence""",
    "retrievals": "document_id url retrieved_at etag last_modified",
    "claims": """claim_id document_id evidence_id issuer_codes territory_codes target_names measure_type_code goods_text
        status_code action_code instrument_texts confidence_code measure_id reason_text""",
    "instruments": """instrument_id issuer_code instrument_type_code title number url signed_date published_date
        effective_date effective_text effective_derivation_text evidence_id""",
    "measure_instruments": "measure_id instrument_id provision_text role_code",
    "instrument_links": "instrument_id other_instrument_id link_type_code",
    "programmes": "programme_id issuer_code name url territory_codes",
    "goods": """goods_id measure_id nomenclature_code nomenclature_year goods_code item_text goods_text exclusion_text
        threshold_amount threshold_unit match_code start_date end_date evidence_id known_from_at known_until_at""",
    "nomenclature": "nomenclature_code nomenclature_year code parent_code description evidence_id",
    "measure_keys": "measure_id source_id source_key",
    "measure_links": "measure_id other_measure_id link_type_code",
    "sources": """source_id register_code title publisher_name issuer_code kind_code url format licence licence_url
        is_redistributable cadence status retrieved_at""",
    "codes": "list code family_code definition",
    "territories": "code name parent_code",
    "rejects": "source_id document_id locator table reason_code reason_text raw_json",
    "redirects": "old_id new_id snapshot_date reason_code",
    "changes": "snapshot_date table key change_code columns before_json after_json reason_code",
    "snapshots": "snapshot_date version pipeline_version input_sha256",
}
MEASURE_TYPES = """asset_freeze asset_seizure travel_ban arms_embargo military_assistance_ban comprehensive_embargo
    export_ban export_control export_privilege_denial import_ban price_cap tariff_increase mfn_revocation
    trade_preference_suspension technical_assistance_ban investment_ban central_bank_restriction
    financial_messaging_ban capital_market_restriction correspondent_banking_restriction transaction_ban services_ban
    director_disqualification airspace_ban port_vessel_ban vessel_deregistration road_transport_ban broadcast_ban
    aid_suspension diplomatic_measure procurement_ban terrorist_designation secondary_sanctions claims_prohibition
    listing trade_restriction financial_restriction sanctions_unspecified"""
ADDED_TYPES = """trade_ban cargo_inspection deposit_restriction public_financing_ban property_rights_ban work_permit_ban
    education_ban vigilance_duty"""
PROMISED_CODES = {
    "measure_type_code": f"{MEASURE_TYPES} {ADDED_TYPES}",
    "family_code": "trade financial travel arms transport general other",
    "scope_code": "listed_targets territory sector goods central_bank government vessels unknown",
    "status_code": "threatened proposed announced approved in_force suspended lifted expired rejected unknown",
    "evidence_level_code": "law list press news",
    "review_code": "machine corroborated confirmed dismissed",
    "action_code": "impose list amend widen renew ease suspend exempt lift delist expire reject",
    "step_code": "threatened proposed announced approved signed enacted published effective unspecified",
    "date_precision_code": "day month year between not_before not_after",
    "target_type_code": "person organization vessel aircraft government crypto_wallet other",
    "key_kind_code": "source_key composed",
    "name_type_code": "primary alias weak_alias former native",
    "basis_code": "stated derived",
    "origin_code": "own un own_and_un other",
    "role_code": "authority imposes amends ends",
    "instrument_link_type_code": "amends revokes renews implements see",
    "measure_link_type_code": "replaces implements exempts",
    "nomenclature_code": "hs cn hts ca_tariff eccn cas cpc jp_item text",
    "match_code": "exact prefix text_only",
    "kind_code": "list law press news reference",
    "heading_basis_code": "code words",
    "published_date_source_code": "feed metadata byline url dateline inside unknown",
    "claim_action_code": """impose list amend widen renew ease suspend exempt lift delist expire reject
        propose threaten waive waiver_end mention""",
    "change_code": "added removed modified",
    "change_reason_code": "source_changed pipeline_changed source_and_pipeline_changed reviewed",
    "certainty_code": "certain possible",
}
DAY = dt.date(2022, 3, 29)
KNOWN = dt.datetime(2022, 3, 29)  # noqa: DTZ001 (instants are kept in UTC, without a zone)
STEP: dict[str, Any] = {
    "date_id": "d1", "measure_id": "JP-0123456789ab", "listing_id": None, "claim_id": None, "action_code": "impose",
    "step_code": "published", "event_code": "published", "date": DAY, "date_latest": DAY, "date_precision_code": "day",
    "is_approximate": False, "date_text": "令和四年三月二十九日", "is_derived": False, "derivation_text": None,
    "instrument_id": None, "evidence_id": "e1", "known_from_at": KNOWN, "known_until_at": None,
}  # fmt: skip
NAME = {
    "target_id": "un_sc-1", "evidence_id": "e1", "ordinal": 1, "name": "Acme Shipping", "name_type_code": "primary",
    "language": "en", "script": "Latn", "is_derived": False,
}  # fmt: skip


def steps(*changes: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame([STEP | change for change in changes], schema=schemas.polars_schema("dates"))


def names(*changes: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame([NAME | change for change in changes], schema=schemas.polars_schema("target_names"))


def test_every_table_of_the_contract_exists_and_no_other() -> None:
    assert set(schemas.TABLES) == set(PROMISED)


@pytest.mark.parametrize("table", PROMISED)
def test_every_column_of_the_contract_exists(table: str) -> None:
    assert not set(PROMISED[table].split()) - set(schemas.polars_schema(table))


@pytest.mark.parametrize("table", PROMISED)
def test_every_column_is_described_in_a_sentence_that_says_more_than_its_name(table: str) -> None:
    for column in schemas.columns(table):
        assert column.description.endswith("."), column.name
        assert len(column.description.split()) >= 3, column.name
        assert not column.description.startswith("The "), column.name
        assert column.description.lower().rstrip(".") != column.name.replace("_", " ")


@pytest.mark.parametrize("table", PROMISED)
def test_names_tell_the_type_as_the_conventions_say(table: str) -> None:
    for column in schemas.columns(table):
        kinds = {"_date": "DATE", "_at": "TIMESTAMP", "_text": "VARCHAR", "_codes": "VARCHAR[]", "_texts": "VARCHAR[]"}
        for ending, kind in kinds.items():
            if column.name.endswith(ending):
                assert column.duckdb_type == kind, column.name
        if column.name.startswith(("is_", "has_")):
            assert column.duckdb_type == "BOOLEAN", column.name


@pytest.mark.parametrize("table", PROMISED)
def test_every_reference_names_a_column_that_exists_with_the_same_type(table: str) -> None:
    types = schemas.polars_schema(table)
    for name, (other, target) in schemas.references(table).items():
        element = pl.String() if types[name] == pl.List(pl.String) else types[name]
        assert schemas.polars_schema(other)[target] == element


def test_every_table_but_rejects_has_a_key() -> None:
    assert [table for table in schemas.TABLES if not schemas.key(table)] == ["rejects"]
    assert schemas.key("target_names") == ("target_id", "evidence_id", "ordinal")


@pytest.mark.parametrize("name", PROMISED_CODES)
def test_the_closed_lists_of_the_contract_are_complete(name: str) -> None:
    assert set(schemas.codes(name)) == set(PROMISED_CODES[name].split())


def test_each_type_of_measure_has_a_family_and_a_definition() -> None:
    types = schemas.code_frame().filter(pl.col("list") == "measure_type_code")
    assert types.height >= 38  # those of the contract; sources add their own
    assert types["family_code"].is_in(["trade", "financial", "travel", "arms", "transport", "general", "other"]).all()
    assert types["definition"].str.ends_with(".").all()


def test_every_closed_list_is_used_by_a_column_or_by_the_published_queries() -> None:
    used = {column.codes for table in schemas.TABLES for column in schemas.columns(table)}
    assert set(schemas.list_names()) - used == {"certainty_code"}


def test_an_asset_freeze_is_type_6_of_the_eu_sanctions_map() -> None:
    freeze = schemas.code_frame().filter(code="asset_freeze").row(0, named=True)
    assert freeze["eu_sanctions_map_code"] == "6"
    assert freeze["global_trade_alert_code"] is None


def test_the_event_of_imposing_is_its_step_and_of_all_else_the_action() -> None:
    assert schemas.event_code("impose", "approved") == "approved"
    assert schemas.event_code("impose", "unspecified") == "imposed"
    assert schemas.event_code("list", "effective") == "listed"
    assert schemas.event_code("expire", "unspecified") == "expires"


def test_the_list_of_events_is_what_actions_and_steps_generate() -> None:
    generated = {schemas.event_code(a, s) for a in schemas.codes("action_code") for s in schemas.codes("step_code")}
    assert set(schemas.codes("event_code")) == generated


def test_territories_hold_countries_former_states_regions_and_unions() -> None:
    names_of = dict(schemas.territory_frame().select("code", "name").iter_rows())
    assert names_of["KP"] == "North Korea"
    assert names_of["SUHH"] == "USSR, Union of Soviet Socialist Republics"
    assert names_of["UA-43"] == "Crimea"
    assert {"EU", "UN", "XK"} <= set(names_of)


def test_an_issuer_of_our_own_stands_where_iso_leaves_codes_to_its_users() -> None:
    names_of = dict(schemas.territory_frame().select("code", "name").iter_rows())
    assert names_of["XW"] == "World Bank Group"
    assert pycountry.countries.get(alpha_2="XW") is None


def test_a_region_belongs_to_its_country() -> None:
    parents = dict(schemas.territory_frame().select("code", "parent_code").iter_rows())
    assert parents["UA-43"] == "UA"
    assert parents["UA"] is None


def test_the_tables_of_codes_and_territories_keep_their_own_rules() -> None:
    assert schemas.row_failures("codes", schemas.code_frame()).is_empty()
    assert schemas.row_failures("territories", schemas.territory_frame()).is_empty()


def test_a_bad_row_is_reported_with_its_number_column_and_value() -> None:
    failures = schemas.row_failures("target_names", names({}, {"name_type_code": "nickname"}, {}))
    assert failures.select("row", "column", "value").rows() == [(1, "name_type_code", "nickname")]


def test_a_missing_mandatory_value_is_a_failure_and_a_missing_optional_one_is_none() -> None:
    failures = schemas.row_failures("target_names", names({"language": None}, {"name": None}))
    assert failures.select("row", "column", "check").rows() == [(1, "name", "not_nullable")]


@pytest.mark.parametrize("blank", ["", " ", "\n"])
def test_blank_text_never_stands_for_unknown(blank: str) -> None:
    assert schemas.row_failures("target_names", names({"name": blank}))["column"].to_list() == ["name"]


def test_a_name_that_starts_with_a_line_break_is_a_name() -> None:
    assert schemas.row_failures("target_names", names({"name": "\nAcme"})).is_empty()


def test_two_faults_of_one_row_are_two_failures() -> None:
    failures = schemas.row_failures("target_names", names({"ordinal": 0, "script": "latin"}))
    assert failures["column"].to_list() == ["ordinal", "script"]


def test_all_failing_rows_are_found_beyond_what_one_check_reports(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "MOST_FAILURES", 2)

    class Few(model.Table):
        """A table."""

        name: pl.String = model.text("Some name of it.")

    monkeypatch.setattr(promise, "TABLES", {"few": Few})
    failures = schemas.row_failures("few", pl.DataFrame({"name": ["", "a", "", "", "b", "", ""]}))
    assert failures["row"].to_list() == [0, 2, 3, 5, 6]


def test_a_missing_column_is_no_fault_of_a_row() -> None:
    with pytest.raises(schemas.SchemaError, match="target_names: missing columns: script"):
        schemas.row_failures("target_names", names({}).drop("script"))


def test_a_column_of_another_type_is_no_fault_of_a_row() -> None:
    with pytest.raises(schemas.SchemaError, match="ordinal is Int32, not Int64"):
        schemas.row_failures("target_names", names({}).cast({"ordinal": pl.Int32}))


def test_columns_in_another_order_are_refused() -> None:
    with pytest.raises(schemas.SchemaError, match="order"):
        schemas.row_failures("target_names", names({}).select(pl.col("name"), pl.exclude("name")))


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [
        ("day", DAY, DAY),
        ("month", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("year", dt.date(1955, 1, 1), dt.date(1955, 12, 31)),
        ("between", dt.date(1955, 1, 1), dt.date(1958, 12, 31)),
        ("not_before", DAY, None),
        ("not_after", None, DAY),
    ],
)
def test_a_day_agrees_with_its_precision(precision: str, first: dt.date | None, last: dt.date | None) -> None:
    good = steps({"date": first, "date_latest": last, "date_precision_code": precision})
    assert schemas.row_failures("dates", good).is_empty()


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [
        ("day", DAY, dt.date(2022, 3, 30)),
        ("day", DAY, None),
        ("day", None, None),
        ("month", dt.date(2024, 2, 1), dt.date(2024, 2, 28)),
        ("year", dt.date(1955, 1, 1), dt.date(1956, 12, 31)),
        ("between", dt.date(1958, 1, 1), dt.date(1955, 1, 1)),
        ("between", DAY, None),
        ("not_before", DAY, DAY),
        ("not_after", DAY, DAY),
        ("not_after", None, None),
    ],
)
def test_a_day_that_claims_another_precision_fails(precision: str, first: dt.date | None, last: dt.date | None) -> None:
    bad = steps({}, {"date": first, "date_latest": last, "date_precision_code": precision})
    failures = schemas.row_failures("dates", bad)
    assert failures.select("row", "column", "check").rows() == [
        (1, None, "date_precision_code agrees with date and date_latest")
    ]


def test_an_event_that_does_not_follow_from_action_and_step_fails() -> None:
    failures = schemas.row_failures("dates", steps({"event_code": "effective"}))
    assert failures["check"].to_list() == ["event_code follows from action_code and step_code"]


def test_a_step_of_nothing_fails() -> None:
    failures = schemas.row_failures("dates", steps({"measure_id": None}))
    assert failures["check"].to_list() == ["measure_id or listing_id or claim_id is known"]


def test_a_computed_day_says_how_it_was_computed() -> None:
    failures = schemas.row_failures("dates", steps({"is_derived": True}))
    assert failures["check"].to_list() == ["derivation_text is known where is_derived"]


def test_nothing_is_contradicted_before_it_was_known() -> None:
    failures = schemas.row_failures("dates", steps({"known_until_at": dt.datetime(2022, 3, 28)}))  # noqa: DTZ001
    assert failures["check"].to_list() == ["known_from_at is not after known_until_at"]


@pytest.mark.parametrize("measure_id", ["JP-0123456789AB", "JP-0123", "JPN-0123456789ab", "jp-0123456789ab", ""])
def test_a_measure_is_named_by_its_issuer_and_twelve_hexadecimal_digits(measure_id: str) -> None:
    assert schemas.row_failures("dates", steps({"measure_id": measure_id}))["column"].to_list() == ["measure_id"]


def test_the_statements_make_every_table_with_its_comments_in_duckdb() -> None:
    connection = duckdb.connect()
    for table in schemas.TABLES:
        connection.execute(schemas.create_table_sql(table))
        for statement in schemas.comment_sql(table):
            connection.execute(statement)
    uncommented = connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL"
    )
    assert uncommented.fetchall() == []
    types = connection.execute("SELECT column_name, data_type, is_nullable FROM duckdb_columns() WHERE table_name = 'goods'")
    found = {name: (kind, nullable) for name, kind, nullable in types.fetchall()}
    assert found["threshold_amount"] == ("DOUBLE", True)
    assert found["known_from_at"] == ("TIMESTAMP", False)


def test_the_dictionary_names_every_table_column_and_code() -> None:
    dictionary = schemas.dictionary()
    for table in schemas.TABLES:
        assert f"### {table}\n" in dictionary
        assert all(f"| `{column.name}` | {column.duckdb_type} |" in dictionary for column in schemas.columns(table))
    assert "| `asset_freeze` | Funds and property may not be moved or made available; ownership stays. |" in dictionary


def test_the_data_package_tells_types_enums_keys_and_references() -> None:
    resource = schemas.data_package_resource("listings")
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    assert fields["spell_number"]["type"] == "integer"
    assert fields["basis_code"]["constraints"] == {"required": True, "enum": ["stated", "derived"]}
    assert fields["delisted_date"]["constraints"] == {"required": False}
    assert resource["schema"]["primaryKey"] == ["listing_id"]
    assert {
        "fields": ["measure_id"], "reference": {"resource": "measures", "fields": ["measure_id"]}
    } in resource["schema"]["foreignKeys"]  # fmt: skip


def test_a_key_that_may_be_null_is_no_primary_key_of_the_data_package() -> None:
    assert "primaryKey" not in schemas.data_package_resource("measure_instruments")["schema"]


def test_what_is_promised_needs_neither_the_orchestrator_nor_the_database() -> None:
    code = "import schemas, sys; print(sorted({'dagster', 'duckdb', 'pipeline'} & set(sys.modules)))"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert printed.stdout.strip() == "[]"


@pytest.mark.parametrize("path", sorted((ROOT / "pipeline" / "sources").glob("*.toml")), ids=lambda path: path.stem)
def test_every_code_that_a_source_uses_stands_in_its_closed_list(path: Path) -> None:
    words = tomllib.loads(path.read_text(encoding="utf-8")).get("words", {})
    lists = {"fact": "fact_code", "link_type": "target_link_type_code"}
    for name, entries in words.items():
        if name != "country":
            assert not set(entries.values()) - set(schemas.codes(lists.get(name, f"{name}_code"))), name


def crosswalk(dataset: str) -> dict[str, str]:
    """By measure type the nearest code of another dataset, where one is given."""
    types = schemas.code_frame().filter(list="measure_type_code").drop_nulls(f"{dataset}_code")
    return dict(types.select("code", f"{dataset}_code").iter_rows())


@pytest.mark.parametrize(
    ("dataset", "form"),
    [
        ("gsdb", r"trade|arms|military|financial|travel|other|(exp|imp)_(part|compl)(,imp_(part|compl))?"),
        ("eu_sanctions_map", r"[1-9]\d?"),
        (
            "opensanctions",
            "Aid suspension|Arms embargo|Arms restrictions|Asset freeze|Debarment|Export control|Financial restrictions"
            "|Import restrictions|Investment ban|Services ban|Prohibition to satisfy claims|Sectoral sanctions"
            "|Transportation restrictions|Travel ban",
        ),
        ("global_trade_alert", r"[1-9]|[1-7]\d"),
        ("cameo", r"(0[1-9]|1\d|20)\d{1,2}"),
    ],
)
def test_each_code_of_the_crosswalk_has_the_form_of_its_dataset(dataset: str, form: str) -> None:
    codes = crosswalk(dataset)
    assert [code for code in codes.values() if not re.fullmatch(form, code)] == []
    assert len(codes) >= 8


def test_the_crosswalk_of_the_measures_that_everybody_knows() -> None:
    kinds = ("export_ban", "import_ban", "travel_ban", "financial_messaging_ban", "aid_suspension")
    assert {kind: crosswalk("eu_sanctions_map").get(kind) for kind in kinds} == {
        "export_ban": "20", "import_ban": "20", "travel_ban": "18", "financial_messaging_ban": "11", "aid_suspension": None,
    }  # fmt: skip
    assert [crosswalk("global_trade_alert")[kind] for kind in ("export_ban", "export_control", "import_ban")] == [
        "19",
        "35",
        "22",
    ]
    assert [crosswalk("gsdb")[kind] for kind in ("export_ban", "import_ban", "arms_embargo")] == [
        "exp_part",
        "imp_part",
        "arms",
    ]
    assert [crosswalk("cameo")[kind] for kind in ("export_ban", "aid_suspension", "diplomatic_measure")] == [
        "163",
        "162",
        "161",
    ]


def test_only_measure_types_bear_codes_of_other_datasets() -> None:
    others = schemas.code_frame().filter(pl.col("list") != "measure_type_code")
    assert others.select(pl.col(f"{name}_code") for name in CROSSWALKS).null_count().row(0) == (others.height,) * len(
        CROSSWALKS
    )


@pytest.mark.recordings
def test_each_type_of_the_eu_sanctions_map_stands_in_the_map(recordings: Path) -> None:
    [path] = (recordings / "eu_sanctions_map").glob("*/regime.json.xz")
    ids = set(re.findall(r"'type': \{'data': \{'id': (\d+), 'icon'", lzma.decompress(path.read_bytes()).decode()))
    assert len(ids) > 40
    assert not set(crosswalk("eu_sanctions_map").values()) - ids
