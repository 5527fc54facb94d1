"""Corroboration: which claims support a measure, which found one, and which stay claims, each with its reason."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from conftest import record_register, register_source

import schemas
from pipeline import stages
from pipeline.documents import Document
from pipeline.normalized import corroboration
from pipeline.normalized.corroboration import corroborate
from pipeline.records import Item, Record
from pipeline.sources import Source

PUBLISHED = dt.date(2022, 3, 29)
BAN = {"issuer_codes": ["JP"], "territory_codes": ["RU"], "measure_type_code": "export_ban"}
LUXURY, INDUSTRY = "JP-000000000001", "JP-000000000002"


def frame(table: str, rows: list[dict[str, Any]], **more: pl.DataType) -> pl.DataFrame:
    schema = schemas.polars_schema(table) | more
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema, orient="row")


def text(name: str, **told: Any) -> dict[str, Any]:
    """A text of a newspaper of its own, unless `told` says whose it is."""
    row = {
        "document_id": name, "source_id": "xx_news", "publisher_name": f"The {name}", "published_date": PUBLISHED,
        "known_from_at": dt.datetime.combine(PUBLISHED, dt.time()),
    }  # fmt: skip
    return row | told


def claim(name: str, **told: Any) -> dict[str, Any]:
    row = {
        "claim_id": f"claim-{name}", "document_id": name, "evidence_id": f"place-{name}", "target_names": [],
        "instrument_texts": [], "action_code": "impose", "status_code": "announced", "confidence_code": "high",
        "sentence_digest": f"sentence-{name}",
    }  # fmt: skip
    return row | BAN | told


def measure(measure_id: str, **told: Any) -> dict[str, Any]:
    row = {
        "measure_id": measure_id, "issuer_code": "JP", "territory_codes": ["RU"], "measure_type_code": "export_ban",
        "title": None, "publisher_count": 1,
    }  # fmt: skip
    return row | told


def step(owner: dict[str, str], event: str, day: str, **told: Any) -> dict[str, Any]:
    action, code = event.split()
    when = dt.date.fromisoformat(day)
    key = "-".join([*owner.values(), *event.split(), day])
    row = {"date_id": key, "action_code": action, "step_code": code, "date": when, "date_latest": when}
    return row | {"date_precision_code": "day"} | owner | told


def corroborated(
    texts: list[dict[str, Any]], claims: list[dict[str, Any]], measures: list[dict[str, Any]] | None = None, **more: Any
) -> dict[str, pl.DataFrame]:
    instant = pl.Datetime("us")
    return corroborate(
        {
            "documents": frame("documents", texts, known_from_at=instant),
            "claims": frame(
                "claims", claims, sentence_digest=pl.String(), is_performed=pl.Boolean(), is_of_terrorism=pl.Boolean()
            ),
            "measures": frame("measures", measures or [], publisher_count=pl.UInt32(), source_id=pl.String()),
            "dates": frame("dates", more.get("dates", [])),
            "listings": frame("listings", more.get("listings", [])),
            "goods": frame("goods", more.get("goods", [])),
            "instruments": frame("instruments", more.get("instruments", [])),
            "measure_instruments": frame("measure_instruments", more.get("rests_on", [])),
            "measure_keys": frame("measure_keys", []),
            "evidence": frame("evidence", more.get("evidence", [])),
            "targets": frame("targets", more.get("targets", [])),
        },
        frame("target_names", more.get("target_names", [])).select("target_id", "name"),
    )


def tied(found: dict[str, pl.DataFrame]) -> dict[str, str | None]:
    return dict(found["claims"].select("claim_id", "measure_id").iter_rows())


LAW = [measure(LUXURY, title="Ban on exports of luxury goods"), measure(INDUSTRY, title="Ban on exports of machinery")]
LAW_DAYS = [
    step({"measure_id": LUXURY}, "impose effective", "2022-04-05"),
    step({"measure_id": INDUSTRY}, "impose effective", "2022-04-05"),
]


# What supports a measure


def test_a_claim_supports_the_measure_whose_day_and_goods_it_tells() -> None:
    days = [*LAW_DAYS, step({"claim_id": "claim-a"}, "impose effective", "2022-04-05")]
    found = corroborated([text("a")], [claim("a", goods_text="luxury cars")], LAW, dates=days)
    assert tied(found) == {"claim-a": LUXURY}
    reason = found["claims"]["reason_text"][0]
    assert "tells 2022-04-05, a day of it" in reason
    assert "names its goods: luxury" in reason
    assert found["measures"].filter(measure_id=LUXURY)["publisher_count"].to_list() == [2]


def test_a_claim_that_fits_two_measures_alike_supports_neither() -> None:
    found = corroborated([text("a")], [claim("a")], LAW, dates=LAW_DAYS)
    assert tied(found) == {"claim-a": None}
    assert found["claims"]["reason_text"].to_list() == ["fits several measures of law or list alike"]


def test_an_act_that_is_cited_by_number_ties_whatever_the_day() -> None:
    acts = {
        "instruments": [{"instrument_id": "act", "number": "Executive Order 14068"}],
        "rests_on": [{"measure_id": "US-000000000009", "instrument_id": "act", "role_code": "imposes"}],
    }
    american = claim("a", issuer_codes=["US"], instrument_texts=["E.O. 14068"], action_code="mention")
    orders = [measure("US-000000000009", issuer_code="US"), measure("US-000000000008", issuer_code="US")]
    late = text("a", published_date=dt.date(2024, 1, 5))
    assert tied(corroborated([late], [american], orders, **acts)) == {"claim-a": "US-000000000009"}


@pytest.mark.parametrize(
    "difference",
    [
        {"issuer_codes": ["US"]},
        {"territory_codes": ["BY"]},
        {"measure_type_code": "import_ban"},
        {"issuer_codes": []},
    ],
)
def test_another_issuer_territory_or_type_is_another_measure(difference: dict[str, Any]) -> None:
    days = [*LAW_DAYS, step({"claim_id": "claim-a"}, "impose effective", "2022-04-05")]
    assert tied(corroborated([text("a")], [claim("a", **difference)], LAW[:1], dates=days)) == {"claim-a": None}


def test_what_is_told_years_after_the_start_supports_nothing_by_its_day_alone() -> None:
    late = text("a", published_date=dt.date(2023, 3, 29))
    assert tied(corroborated([late], [claim("a")], LAW[:1], dates=LAW_DAYS[:1])) == {"claim-a": None}


def test_what_a_text_says_to_be_in_force_did_not_begin_weeks_later() -> None:
    early = text("a", published_date=dt.date(2022, 3, 20))
    for status, owner in (("announced", LUXURY), ("in_force", None)):
        found = corroborated([early], [claim("a", status_code=status)], LAW[:1], dates=LAW_DAYS[:1])
        assert tied(found) == {"claim-a": owner}


def test_what_has_been_lifted_is_not_what_a_source_shows_without_a_day() -> None:
    for status, owner in (("in_force", LUXURY), ("lifted", None)):
        ended = claim("a", action_code="lift", status_code=status)
        assert tied(corroborated([text("a")], [ended], LAW[:1])) == {"claim-a": owner}


def test_press_fills_the_steps_that_law_does_not_tell_and_no_other() -> None:
    said = {"claim_id": "claim-a"}
    days = [
        LAW_DAYS[0],
        step(said, "impose approved", "2022-03-29"),
        step(said, "impose effective", "2022-04-01"),
        step(said, "lift announced", "2022-03-30"),
    ]
    found = corroborated([text("a")], [claim("a")], LAW[:1], dates=days)["dates"]
    of_measure = found.filter(measure_id=LUXURY).select("step_code", "date", "claim_id").rows()
    assert of_measure == [
        ("effective", dt.date(2022, 4, 5), None),
        ("approved", dt.date(2022, 3, 29), "claim-a"),
    ]
    assert len(found) == 4


def test_press_gives_no_step_far_from_the_start_that_law_or_the_first_listing_tells() -> None:
    """An order cited years later was not announced then, and a list that has stood for long did not begin with its news."""
    late = [step({"claim_id": "claim-a"}, "impose announced", "2024-01-05")]
    acts = {
        "instruments": [{"instrument_id": "act", "number": "Order 506"}],
        "rests_on": [{"measure_id": LUXURY, "instrument_id": "act", "role_code": "imposes"}],
    }
    found = corroborated(
        [text("a")], [claim("a", instrument_texts=["Order 506"])], LAW[:1], dates=[*LAW_DAYS[:1], *late], **acts
    )
    assert tied(found) == {"claim-a": LUXURY}
    assert found["dates"].filter(pl.col("claim_id").is_not_null())["measure_id"].to_list() == [None]

    listed = [step({"listing_id": "l"}, "list unspecified", "2014-08-05"), *late]
    found = corroborated(
        [text("a")], [claim("a", instrument_texts=["Order 506"])], LAW[:1], dates=listed,
        listings=[{"listing_id": "l", "measure_id": LUXURY}], **acts,
    )  # fmt: skip
    assert tied(found) == {"claim-a": LUXURY}
    assert found["dates"].filter(pl.col("claim_id").is_not_null())["measure_id"].to_list() == [None]


@pytest.mark.parametrize(
    ("event", "day", "is_step"),
    [
        ("impose announced", "2022-03-20", True),
        ("impose announced", "2022-04-06", True),  # elsewhere on the globe
        ("impose announced", "2022-04-20", False),  # of another one: this one was in force
        ("impose published", "2022-04-20", True),
        ("impose unspecified", "2022-04-01", False),  # no step, and the start is known
    ],
)
def test_press_tells_no_step_that_cannot_be_one_of_a_measure_with_that_start(event: str, day: str, *, is_step: bool) -> None:
    days = [LAW_DAYS[0], step({"claim_id": "claim-a"}, event, day)]
    found = corroborated([text("a")], [claim("a")], LAW[:1], dates=days)
    assert tied(found) == {"claim-a": LUXURY}
    assert found["dates"].filter(claim_id="claim-a")["measure_id"].to_list() == [LUXURY if is_step else None]


def test_a_measure_whose_first_listing_is_known_is_not_meant_by_what_is_told_years_later() -> None:
    listed = [step({"listing_id": "l"}, "list unspecified", "2014-08-05")]
    listings = [{"listing_id": "l", "measure_id": LUXURY}]
    assert tied(corroborated([text("a")], [claim("a")], LAW[:1], dates=listed, listings=listings)) == {"claim-a": None}
    then = text("a", published_date=dt.date(2014, 8, 20))
    assert tied(corroborated([then], [claim("a")], LAW[:1], dates=listed, listings=listings)) == {"claim-a": LUXURY}


def test_a_day_that_a_text_tells_pages_away_from_a_claim_is_not_one_of_it() -> None:
    days = [LAW_DAYS[0], step({"claim_id": "claim-a"}, "impose approved", "2022-03-29", evidence_id="place-day")]
    law = {"dates": days, "measures": LAW[:1]}
    for start, owner in ((900, LUXURY), (48_000, None)):
        places = [
            {"evidence_id": "place-a", "locator": "char:100-180"},
            {"evidence_id": "place-day", "locator": f"char:{start}-{start + 5}"},
        ]
        found = corroborated([text("a")], [claim("a")], evidence=places, **law)["dates"]
        assert found.filter(claim_id="claim-a")["measure_id"].to_list() == [owner]


def test_a_step_that_several_texts_tell_is_one_step_of_the_measure_as_the_first_tells_it() -> None:
    names = ["b", "a"]
    told = [dt.datetime.fromisoformat(day) for day in ("2022-03-30", "2022-03-29")]
    days = [
        step({"claim_id": f"claim-{name}"}, "impose approved", "2022-03-29", known_from_at=at)
        for name, at in zip(names, told, strict=True)
    ]
    found = corroborated([text(name) for name in names], [claim(name) for name in names], LAW[:1], dates=[LAW_DAYS[0], *days])
    assert found["dates"].filter(measure_id=LUXURY, step_code="approved")["claim_id"].to_list() == ["claim-a"]
    assert len(found["dates"]) == 3


@pytest.mark.parametrize(
    ("publisher", "difference"),
    [
        ({"publisher_issuer_code": "JP"}, {}),
        ({}, {"action_code": "threaten"}),
        ({}, {"action_code": "propose"}),
        ({}, {"confidence_code": "low"}),
    ],
)
def test_neither_the_issuer_s_own_press_nor_a_threat_makes_a_second_publisher(
    publisher: dict[str, Any], difference: dict[str, Any]
) -> None:
    days = [LAW_DAYS[0], step({"claim_id": "claim-a"}, "impose effective", "2022-04-05")]
    found = corroborated([text("a", **publisher)], [claim("a", **difference)], LAW[:1], dates=days)
    assert tied(found) == {"claim-a": LUXURY}
    assert found["measures"]["publisher_count"].to_list() == [1]


def test_the_only_measure_of_a_kind_whose_start_no_source_tells_is_the_one_meant() -> None:
    assert tied(corroborated([text("a")], [claim("a")], LAW[:1])) == {"claim-a": LUXURY}


def test_a_year_in_which_the_measure_started_ties_with_its_goods_and_not_alone() -> None:
    """A paper of 2022 says that goods were banned in 2006."""
    year = {"date_latest": dt.date(2006, 12, 31), "date_precision_code": "year"}
    days = [
        step({"measure_id": LUXURY}, "impose effective", "2006-11-15"),
        step({"claim_id": "claim-a"}, "impose unspecified", "2006-01-01", **year),
    ]
    found = corroborated([text("a")], [claim("a", goods_text="luxury goods")], LAW[:1], dates=days)
    assert tied(found) == {"claim-a": LUXURY}
    assert "tells a time in which it started, on 2006-11-15" in found["claims"]["reason_text"][0]
    assert tied(corroborated([text("a")], [claim("a")], LAW[:1], dates=days)) == {"claim-a": None}


@pytest.mark.parametrize(
    ("goods", "day", "owner"),
    [
        ("luxury goods", "2024-05-01", LUXURY),  # what has stood for long
        ("luxury goods", "2020-05-01", None),  # what came before
        ("Russian machinery", "2024-05-01", None),  # whose goods they are says nothing of the goods
    ],
)
def test_the_same_goods_are_of_the_measure_that_stands_and_tell_no_step_of_it(goods: str, day: str, owner: str | None) -> None:
    law = [measure(LUXURY, title="Ban on exports of luxury goods to Russian buyers")]
    days = [LAW_DAYS[0], step({"claim_id": "claim-a"}, "impose announced", day)]
    late = text("a", published_date=dt.date.fromisoformat(day))
    found = corroborated([late], [claim("a", goods_text=goods)], law, dates=days)
    assert tied(found) == {"claim-a": owner}
    assert found["dates"].filter(claim_id="claim-a")["measure_id"].to_list() == [None]


def test_words_that_say_nothing_of_what_is_restricted_are_of_a_decision_of_those_days_alone() -> None:
    vague = {"measure_type_code": "sanctions_unspecified"}
    law = [measure(LUXURY, **vague)]
    assert tied(corroborated([text("a")], [claim("a", **vague)], law)) == {"claim-a": None}
    for day, owner in (("2022-04-08", None), ("2022-03-30", LUXURY)):
        days = [step({"measure_id": LUXURY}, "impose effective", day)]
        assert tied(corroborated([text("a")], [claim("a", **vague)], law, dates=days)) == {"claim-a": owner}


def test_a_measure_without_a_start_has_the_claim_that_nothing_ties_more_to_another() -> None:
    days = [step({"measure_id": INDUSTRY}, "impose effective", "2014-08-01")]
    found = corroborated([text("a")], [claim("a")], LAW, dates=days)
    assert tied(found) == {"claim-a": LUXURY}
    assert found["claims"]["reason_text"].to_list() == [
        "same issuer, territory and type of measure; no source tells its start, and nothing ties the claim more to another"
    ]


def test_what_is_threatened_is_not_the_only_measure_that_is_held() -> None:
    assert tied(corroborated([text("a")], [claim("a", action_code="threaten")], LAW[:1])) == {"claim-a": None}


def test_a_claim_of_two_issuers_supports_a_measure_of_each() -> None:
    european = measure("EU-000000000007", issuer_code="EU")
    days = [
        LAW_DAYS[0],
        step({"measure_id": "EU-000000000007"}, "impose effective", "2022-04-02"),
        step({"claim_id": "claim-a"}, "impose approved", "2022-03-29"),
    ]
    found = corroborated([text("a")], [claim("a", issuer_codes=["EU", "JP"])], [LAW[0], european], dates=days)
    assert found["measures"]["publisher_count"].to_list() == [2, 2]
    of_claim = found["dates"].filter(claim_id="claim-a")
    assert sorted(of_claim["measure_id"]) == ["EU-000000000007", LUXURY]
    assert of_claim["date_id"].is_unique().all()


# What lists tell

FREEZE, TERROR, ENTITIES = "US-000000000001", "US-000000000002", "US-000000000003"
AMERICAN = {"issuer_codes": ["US"], "territory_codes": ["RU"], "measure_type_code": "listing"}


def lists(*listed: tuple[str, str, str], countries: tuple[str, ...] = ("RU",)) -> dict[str, Any]:
    """Three American lists, and who came on which when."""
    held = list(enumerate(listed))
    freeze = {"issuer_code": "US", "measure_type_code": "asset_freeze"}
    return {
        "measures": [
            measure(FREEZE, **freeze),
            measure(TERROR, **freeze | {"territory_codes": []}),
            measure(ENTITIES, **freeze | {"territory_codes": [], "measure_type_code": "export_control"}),
        ],
        "listings": [{"listing_id": f"l{at}", "measure_id": owner, "target_id": f"t{at}"} for at, (owner, *_) in held],
        "targets": [{"target_id": f"t{at}", "country_codes": list(countries)} for at, _ in held],
        "target_names": [{"target_id": f"t{at}", "name": name} for at, (_, name, _) in held],
        "dates": [step({"listing_id": f"l{at}"}, "list unspecified", day) for at, (*_, day) in held],
    }


def with_day(held: dict[str, Any], day: str) -> dict[str, Any]:
    return held | {"dates": [*held["dates"], step({"claim_id": "claim-a"}, "impose unspecified", day)]}


def test_what_an_issuer_lists_its_list_tells() -> None:
    held = lists((FREEZE, "IVANOV, Ivan", "2022-03-28"))
    found = corroborated([text("a")], [claim("a", **AMERICAN)], **held)
    assert tied(found) == {"claim-a": FREEZE}
    assert found["claims"]["reason_text"].to_list() == ["told when targets connected with RU came on its list on 2022-03-28"]
    assert found["measures"].filter(measure_id=FREEZE)["publisher_count"].to_list() == [2]


@pytest.mark.parametrize(
    ("difference", "day"),
    [
        ({"territory_codes": ["BY"]}, "2022-03-28"),
        ({"issuer_codes": ["GB"]}, "2022-03-28"),
        ({"measure_type_code": "travel_ban"}, "2022-03-28"),
        ({"action_code": "threaten"}, "2022-03-28"),
        ({"measure_type_code": "terrorist_designation"}, "2022-03-28"),  # no list of terrorists is against a territory
        ({}, "2022-03-14"),
    ],
)
def test_a_listing_of_others_or_of_another_time_is_not_meant(difference: dict[str, Any], day: str) -> None:
    held = lists((FREEZE, "IVANOV, Ivan", day))
    assert tied(corroborated([text("a")], [claim("a", **AMERICAN | difference)], **held)) == {"claim-a": None}


def test_whom_a_claim_names_it_may_name_later_and_the_words_of_the_name_in_any_order() -> None:
    held = lists((FREEZE, "IVANOV, Ivan", "2022-03-14"), (TERROR, "PETROV, Petr", "2022-03-29"))
    named = claim("a", **AMERICAN | {"territory_codes": ["BY"]}, target_names=["Ivan Ivanov"])
    found = corroborated([text("a")], [named], **held)
    assert tied(found) == {"claim-a": FREEZE}
    assert found["claims"]["reason_text"].to_list() == ["names Ivan Ivanov, on its list since 2022-03-14"]


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (["Ivan Ivanov"], "names Ivan Ivanov, on its list since 2022-03-29"),
        (["Ivan Ivanov", "Sidor Sidorov"], "names Sidor Sidorov, on its list since 2022-03-26"),
        ([], "told when targets connected with RU came on its list on 2022-03-29"),
    ],
)
def test_of_several_listings_the_reason_tells_the_day_of_the_one_that_it_names(names: list[str], reason: str) -> None:
    held = lists(
        (FREEZE, "PETROV, Petr", "2022-03-27"), (FREEZE, "IVANOV, Ivan", "2022-03-29"), (FREEZE, "SIDOROV, Sidor", "2022-03-26")
    )
    found = corroborated([text("a")], [claim("a", **AMERICAN, target_names=names)], **held)
    assert found["claims"]["reason_text"].to_list() == [reason]


def test_of_several_lists_the_one_of_the_day_is_meant_then_the_freeze_then_the_longer_one() -> None:
    a, b = "IVANOV, Ivan", "PETROV, Petr"
    on_the_day = lists((FREEZE, a, "2022-03-26"), (ENTITIES, b, "2022-03-29"))
    assert tied(corroborated([text("a")], [claim("a", **AMERICAN)], **on_the_day)) == {"claim-a": ENTITIES}
    freeze = lists((FREEZE, a, "2022-03-29"), (ENTITIES, b, "2022-03-29"))
    assert tied(corroborated([text("a")], [claim("a", **AMERICAN)], **freeze)) == {"claim-a": FREEZE}
    longer = lists((FREEZE, a, "2022-03-29"), (TERROR, b, "2022-03-29"), (TERROR, "SIDOROV, Sidor", "2022-03-29"))
    assert tied(corroborated([text("a")], [claim("a", **AMERICAN)], **longer)) == {"claim-a": TERROR}
    alike = lists((FREEZE, a, "2022-03-29"), (TERROR, b, "2022-03-29"))
    assert tied(corroborated([text("a")], [claim("a", **AMERICAN)], **alike)) == {"claim-a": None}


def test_a_listing_of_a_neighbouring_day_is_meant_where_the_claim_names_nobody_else() -> None:
    """Of a name that is not on the list of that day, the day before tells as often another list."""
    held = lists((FREEZE, "IVANOV, Ivan", "2022-03-27"), (TERROR, "PETROV, Petr", "2020-01-01"))
    for names, owner in ((["five ministers"], FREEZE), (["Sidor Sidorov"], None), (["Ivan Ivanov"], FREEZE)):
        assert tied(corroborated([text("a")], [claim("a", **AMERICAN, target_names=names)], **held)) == {"claim-a": owner}
    alone = lists((FREEZE, "IVANOV, Ivan", "2022-03-27"))
    assert tied(corroborated([text("a")], [claim("a", **AMERICAN, target_names=["Sidor Sidorov"])], **alone)) == {
        "claim-a": FREEZE
    }


@pytest.mark.parametrize(
    ("name", "told", "day", "owner"),
    [
        ("PÉREZ MADURO, Tareck Zaidan", "Tareck Perez", "2022-03-10", FREEZE),
        ("IVANOV, Ivan", "President Ivan Ivanov", "2022-03-10", FREEZE),
        ("IVANOV, Ivan", "Ivan Petrov", "2022-03-10", None),
        ("IVANOV, Ivan", "Ivanov", "2022-03-10", None),  # one of many of that name
        ("IVANOV, Ivan", "Ivanov", "2022-03-27", FREEZE),
    ],
)
def test_a_name_may_be_told_in_part_where_its_target_is_connected_with_the_territory(
    name: str, told: str, day: str, owner: str | None
) -> None:
    held = lists((FREEZE, name, day))
    named = claim("a", **AMERICAN, target_names=[told])
    assert tied(corroborated([text("a")], [named], **held)) == {"claim-a": owner}
    elsewhere = lists((TERROR, name, day), countries=("UA",))
    assert tied(corroborated([text("a")], [named], **elsewhere)) == {"claim-a": None}


def test_a_listing_of_a_month_long_past_is_none_of_the_day_of_its_paper() -> None:
    month = {"date_latest": dt.date(2019, 12, 31), "date_precision_code": "month"}
    held = lists((FREEZE, "IVANOV, Ivan", "2022-03-29"))
    past = step({"claim_id": "claim-a"}, "impose announced", "2019-12-01", **month)
    held["dates"].append(past)
    assert tied(corroborated([text("a")], [claim("a", **AMERICAN)], **held)) == {"claim-a": None}


def test_the_press_of_a_government_tells_its_listings_with_their_day() -> None:
    state = text("a", publisher_issuer_code="US")
    held = lists((FREEZE, "IVANOV, Ivan", "2022-03-29"))
    assert tied(corroborated([state], [claim("a", **AMERICAN)], **held)) == {"claim-a": None}
    assert tied(corroborated([state], [claim("a", **AMERICAN)], **with_day(held, "2022-03-29"))) == {"claim-a": FREEZE}


def test_a_listing_is_no_step_of_the_measure_under_which_it_is() -> None:
    held = with_day(lists((FREEZE, "IVANOV, Ivan", "2022-03-29")), "2022-03-29")
    found = corroborated([text("a")], [claim("a", **AMERICAN)], **held)
    assert tied(found) == {"claim-a": FREEZE}
    assert found["dates"].filter(claim_id="claim-a")["measure_id"].to_list() == [None]


def test_who_is_designated_by_an_act_has_his_assets_frozen_by_it() -> None:
    acts = {
        "instruments": [{"instrument_id": "act", "number": "Executive Order 13224"}],
        "rests_on": [{"measure_id": TERROR, "instrument_id": "act", "role_code": "imposes"}],
    }
    designation = claim("a", **AMERICAN | {"measure_type_code": "terrorist_designation"}, instrument_texts=["E.O. 13224"])
    assert tied(corroborated([text("a")], [designation], **lists(), **acts)) == {"claim-a": TERROR}


def test_no_listing_of_the_time_that_the_issuer_s_lists_cover_founds_a_measure() -> None:
    state = text("a", publisher_issuer_code="US")
    for last, count in (("2023-01-01", 0), ("2022-03-01", 1)):
        held = lists((FREEZE, "IVANOV, Ivan", "2020-01-01"), (FREEZE, "PETROV, Petr", last), countries=("UA",))
        found = corroborated([state], [claim("a", **AMERICAN)], **with_day(held, "2022-03-29"))["measures"]
        assert len(found.filter(kind_code="press")) == count


def test_what_a_paper_told_first_was_known_since_then() -> None:
    """The day in force stands in the paper of 29 March and in a law that is held since much later."""
    late = dt.datetime.fromisoformat("2026-02-14")
    law_day = step({"measure_id": LUXURY}, "impose effective", "2022-04-05", known_from_at=late)
    told = dt.datetime.combine(PUBLISHED, dt.time())
    paper_day = step({"claim_id": "claim-a"}, "impose effective", "2022-04-05", known_from_at=told)
    law = [measure(LUXURY, known_from_at=late)]
    found = corroborated([text("a")], [claim("a")], law, dates=[law_day, paper_day])
    assert found["measures"]["known_from_at"].to_list() == [told]
    assert found["dates"].filter(measure_id=LUXURY)["known_from_at"].to_list() == [told]


# What founds a measure


def test_claims_that_fit_measures_of_law_found_no_further_one() -> None:
    found = corroborated([text("a"), text("b")], [claim("a"), claim("b")], LAW, dates=LAW_DAYS)
    assert set(found["measures"]["measure_id"]) == {LUXURY, INDUSTRY}


def test_two_papers_found_a_measure_and_one_does_not() -> None:
    one = corroborated([text("a")], [claim("a")])
    assert one["measures"].is_empty()
    two = corroborated([text("a"), text("b")], [claim("a"), claim("b")])
    assert two["measures"].select("issuer_code", "measure_type_code", "territory_codes", "kind_code").rows() == [
        ("JP", "export_ban", ["RU"], "news")
    ]
    assert len(set(tied(two).values()) - {None}) == 1
    assert set(two["claims"]["reason_text"]) == {"told by 2 publishers independently"}
    assert len(two["measure_keys"]) == 2


@pytest.mark.parametrize(
    ("goods", "count"),
    [
        (["gold", "fish"], 0),
        (["oil", "gas"], 0),
        (["gold", "unwrought gold"], 1),
        (["passenger cars", "luxury goods"], 0),
        (["gold", None], 1),
        ([None, None], 1),
        (["gold", "fish", "gold bars", "frozen fish"], 2),
        (["gold", "fish", None], 0),  # it may be of either, and of both
        (["gold", "fish", None, None], 1),
        (["gold", "gold and silver", "silver"], 1),
    ],
)
def test_papers_that_name_different_goods_tell_different_measures(goods: list[str | None], count: int) -> None:
    names = "abcd"[: len(goods)]
    found = corroborated(
        [text(name) for name in names], [claim(name, goods_text=words) for name, words in zip(names, goods, strict=True)]
    )
    assert len(found["measures"]) == count


def test_press_on_other_goods_than_the_news_gives_them_no_day() -> None:
    days = [
        step({"claim_id": "claim-a"}, "impose announced", "2022-03-28"),
        step({"claim_id": "claim-b"}, "impose announced", "2022-03-29"),
    ]
    texts = [text("a"), text("b", publisher_issuer_code="JP")]
    found = corroborated(texts, [claim("a", goods_text="vodka"), claim("b", goods_text="gold")], dates=days)
    assert found["measures"].select("kind_code", "goods_text", "publisher_count").rows() == [("press", "gold", 1)]
    assert found["dates"].drop_nulls("measure_id")["date"].to_list() == [PUBLISHED]


@pytest.mark.parametrize(("year", "count"), [(2022, 0), (1999, 1)])
def test_nothing_is_imposed_on_a_state_that_is_no_more(year: int, count: int) -> None:
    texts = [text(name, published_date=dt.date(year, 3, 29)) for name in "ab"]
    claims = [claim(name, territory_codes=["YUCS"]) for name in "ab"]
    assert len(corroborated(texts, claims)["measures"]) == count


@pytest.mark.parametrize(
    ("type_code", "is_of_terrorism", "count"),
    [
        ("asset_freeze", True, 0),
        ("asset_freeze", False, 1),
        ("export_ban", True, 1),
    ],
)
def test_whom_an_act_against_terrorism_at_large_lists_is_of_no_territory(
    type_code: str, count: int, *, is_of_terrorism: bool
) -> None:
    listed = {"territory_codes": ["SE"], "measure_type_code": type_code, "is_of_terrorism": is_of_terrorism}
    found = corroborated([text("a"), text("b")], [claim(name, **listed) for name in "ab"])
    assert len(found["measures"]) == count


def test_services_are_told_apart_by_no_goods() -> None:
    same = {"measure_type_code": "services_ban"}
    found = corroborated(
        [text("a"), text("b")], [claim("a", goods_text="audits", **same), claim("b", goods_text="advice", **same)]
    )
    assert len(found["measures"]) == 1


def test_a_measure_against_two_territories_is_one() -> None:
    both = {"territory_codes": ["RU", "BY"]}
    found = corroborated([text("a"), text("b")], [claim("a", **both), claim("b", **both)])
    assert found["measures"]["territory_codes"].to_list() == [["BY", "RU"]]
    assert len(set(tied(found).values())) == 1


def test_one_sentence_may_found_a_measure_of_each_issuer_with_its_steps() -> None:
    both = {"issuer_codes": ["JP", "US"]}
    days = [step({"claim_id": f"claim-{name}"}, "impose effective", "2022-04-05") for name in "ab"]
    found = corroborated([text("a"), text("b")], [claim("a", **both), claim("b", **both)], dates=days)
    assert found["measures"]["issuer_code"].sort().to_list() == ["JP", "US"]
    owners = found["dates"].join(found["measures"].select("measure_id", "issuer_code"), on="measure_id")
    assert owners.select("issuer_code", "step_code", "claim_id").sort("issuer_code").rows() == [
        ("JP", "effective", "claim-a"),
        ("US", "effective", "claim-a"),
    ]
    assert found["dates"]["date_id"].is_unique().all()


def test_a_step_of_no_known_day_leaves_a_measure_announced_by_the_day_of_publication() -> None:
    said = {"claim_id": "claim-a", "action_code": "impose", "step_code": "effective", "date_id": "open", "date_text": "soon"}
    found = corroborated([text("a"), text("b")], [claim("a"), claim("b")], dates=[said])["dates"]
    assert found.filter(step_code="announced")["date_latest"].to_list() == [PUBLISHED]


def test_papers_that_print_the_same_sentence_are_one_report() -> None:
    copied = [claim("a"), claim("b", sentence_digest="sentence-a")]
    assert corroborated([text("a"), text("b")], copied)["measures"].is_empty()


def test_the_issuer_s_own_press_founds_a_measure_of_level_press_alone() -> None:
    ministry = text("a", publisher_name="Ministry", publisher_issuer_code="JP")
    days = [step({"claim_id": "claim-a"}, "impose announced", "2022-03-29")]
    found = corroborated([ministry], [claim("a")], dates=days)
    assert found["measures"]["kind_code"].to_list() == ["press"]
    assert found["claims"]["reason_text"].to_list() == ["stated by the issuer's own press, with its day"]


@pytest.mark.parametrize("earlier", [None, "2021-11-30"])
def test_press_that_does_what_it_tells_announces_it_on_the_day_of_its_publication(earlier: str | None) -> None:
    """ "is imposing", with the day of an earlier round or with none."""
    ministry = text("a", publisher_issuer_code="JP")
    days = [step({"claim_id": "claim-a"}, "impose announced", earlier)] if earlier else []
    for status, steps in (("announced", {"announced"}), ("in_force", {"announced", "unspecified"})):
        found = corroborated([ministry], [claim("a", is_performed=True, status_code=status)], dates=days)
        assert found["claims"]["reason_text"].to_list() == ["stated by the issuer's own press in its own present"]
        of_measure = found["dates"].filter(pl.col("measure_id").is_not_null())
        assert set(of_measure["step_code"]) == steps
        (announced,) = of_measure.filter(step_code="announced").to_dicts()
        assert (announced["date"], announced["date_precision_code"], announced["is_derived"]) == (PUBLISHED, "day", True)
        assert announced["derivation_text"] == "stated in its own present by the issuer's press, published on 2022-03-29"


def test_what_is_performed_in_talks_or_told_by_others_founds_nothing() -> None:
    now = claim("a", is_performed=True)
    for told in ({"publisher_issuer_code": "US"}, {"publisher_issuer_code": "JP", "title": "Press Briefing"}):
        assert corroborated([text("a", **told)], [now])["measures"].is_empty()


@pytest.mark.parametrize("day", [None, "2020-01-01"])
def test_what_the_issuer_s_press_tells_of_no_day_or_of_long_ago_founds_nothing(day: str | None) -> None:
    days = [step({"claim_id": "claim-a"}, "impose announced", day)] if day else []
    found = corroborated([text("a", publisher_issuer_code="JP")], [claim("a")], dates=days)
    assert found["measures"].is_empty()


@pytest.mark.parametrize(
    "title",
    [
        "G7 Leaders’ Statement on Ukraine",
        "Joint Statement on Further Restrictive Economic Measures",
        "G7 Hiroshima Leaders’ Communiqué",
        "CARBIS BAY G7 SUMMIT COMMUNIQUÉ",
        "Department Press Briefing – March 29, 2022",
        "Briefing With Senior State Department Officials",
        "ON-THE-RECORD BRIEFING: Secretary Blinken’s Upcoming Travel to Panama",
        "Readout of a Call With Prime Minister Kishida",
    ],
)
def test_what_is_declared_with_others_or_said_in_talks_founds_nothing(title: str) -> None:
    days = [step({"claim_id": "claim-a"}, "impose announced", "2022-03-29")]
    ministry = text("a", publisher_issuer_code="JP", title=title)
    assert corroborated([ministry], [claim("a")], dates=days)["measures"].is_empty()
    assert corroborated([ministry, text("b")], [claim("a"), claim("b")], dates=days)["measures"].is_empty()


def test_the_press_of_a_government_is_a_second_publisher_where_it_tells_a_day() -> None:
    texts, claims = [text("a", publisher_issuer_code="US"), text("b")], [claim("a"), claim("b")]
    assert corroborated(texts, claims)["measures"].is_empty()
    days = [step({"claim_id": "claim-a"}, "impose announced", "2022-03-29")]
    assert len(corroborated(texts, claims, dates=days)["measures"]) == 1


@pytest.mark.parametrize(("day", "count"), [("2022-04-02", 1), ("2022-04-20", 0)])
def test_the_issuer_s_press_without_a_day_confirms_what_the_news_of_that_week_tell(day: str, count: int) -> None:
    ministry = text("a", publisher_issuer_code="JP", published_date=dt.date.fromisoformat(day))
    found = corroborated([ministry, text("b")], [claim("a"), claim("b")])
    assert len(found["measures"]) == count
    assert corroborated([ministry], [claim("a")])["measures"].is_empty()


def test_a_second_measure_on_goods_is_told_from_the_first_by_its_goods() -> None:
    ministry = text("a", publisher_issuer_code="JP")
    days = [
        step({"measure_id": LUXURY}, "impose effective", "2014-04-05"),
        step({"claim_id": "claim-a"}, "impose announced", "2022-03-29"),
    ]
    assert len(corroborated([ministry], [claim("a")], LAW[:1], dates=days)["measures"]) == 1
    assert len(corroborated([ministry], [claim("a", goods_text="oil")], LAW[:1], dates=days)["measures"]) == 2


def test_what_was_long_before_is_no_step_of_the_measure_that_its_sentence_founds() -> None:
    said, month = {"claim_id": "claim-a"}, {"date_latest": dt.date(2018, 5, 31), "date_precision_code": "month"}
    days = [
        step(said, "impose announced", "2022-03-29"),
        step(said, "impose effective", "2022-12-01"),
        step(said, "impose unspecified", "2018-05-01", **month),
    ]
    ministry = text("a", publisher_issuer_code="JP")
    found = corroborated([ministry], [claim("a")], dates=days)["dates"]
    assert found.drop_nulls("measure_id")["step_code"].to_list() == ["announced", "effective"]


def test_the_plainest_of_its_claims_tells_a_measure() -> None:
    texts = [text("a", published_date=dt.date(2022, 3, 20)), text("b", publisher_issuer_code="JP")]
    days = [step({"claim_id": "claim-b"}, "impose announced", "2022-03-29")]
    found = corroborated(texts, [claim("a", goods_text="things"), claim("b", goods_text="cars")], dates=days)
    assert found["measures"].select("evidence_id", "goods_text", "known_from_at").rows() == [
        ("place-b", "cars", dt.datetime.combine(PUBLISHED, dt.time()))
    ]


def test_what_the_issuer_s_press_tells_without_a_day_is_no_evidence_of_what_it_states() -> None:
    texts = [text(name, publisher_issuer_code="JP") for name in "ab"]
    days = [step({"claim_id": "claim-b"}, "impose announced", "2022-03-29")]
    found = corroborated(texts, [claim("a"), claim("b")], dates=days)
    assert [name for name, owner in tied(found).items() if owner] == ["claim-b"]


def test_two_offices_of_one_government_are_one_publisher() -> None:
    offices = [text(name, publisher_name=f"Office {name}", publisher_issuer_code="US") for name in "ab"]
    assert corroborated(offices, [claim("a"), claim("b")])["measures"].is_empty()


def test_the_press_of_another_government_is_one_voice_among_others() -> None:
    assert corroborated([text("a", publisher_issuer_code="US")], [claim("a")])["measures"].is_empty()


@pytest.mark.parametrize(
    "weakness",
    [
        {"action_code": "threaten", "status_code": "threatened"},
        {"action_code": "mention", "status_code": "in_force"},
        {"status_code": "proposed"},
        {"confidence_code": "low"},
        {"measure_type_code": "sanctions_unspecified"},
    ],
)
def test_threats_mentions_and_vague_words_found_nothing(weakness: dict[str, Any]) -> None:
    texts = [text("a"), text("b", publisher_issuer_code="JP")]
    found = corroborated(texts, [claim("a", **weakness), claim("b", **weakness)])
    assert found["measures"].is_empty()


def test_reports_are_of_the_decision_that_was_first_told_two_months_before_and_not_of_one_another() -> None:
    days = [dt.date(2022, 1, 10), dt.date(2022, 3, 1), dt.date(2022, 4, 20), dt.date(2022, 6, 10)]
    texts = [text(str(at), published_date=day) for at, day in enumerate(days)]
    found = corroborated(texts, [claim(str(at)) for at in range(4)])
    assert [found["claims"]["measure_id"].n_unique(), len(found["measures"])] == [2, 2]


def test_reports_half_a_year_apart_are_of_two_decisions() -> None:
    later = text("b", published_date=dt.date(2022, 10, 1))
    assert corroborated([text("a"), later], [claim("a"), claim("b")])["measures"].is_empty()


def test_a_measure_without_a_day_was_announced_by_the_day_of_publication() -> None:
    (announced,) = corroborated([text("a"), text("b")], [claim("a"), claim("b")])["dates"].to_dicts()
    assert (announced["step_code"], announced["date_precision_code"]) == ("announced", "not_after")
    assert (announced["date"], announced["date_latest"]) == (None, PUBLISHED)
    assert announced["is_derived"]


def test_what_is_only_told_to_have_been_widened_stood_before() -> None:
    days = [step({"claim_id": "claim-a"}, "widen unspecified", "2022-03-25")]
    ministry = text("a", publisher_issuer_code="JP")
    found = corroborated([ministry], [claim("a", action_code="widen", status_code="in_force")], dates=days)["dates"]
    (stood,) = found.filter(action_code="impose").to_dicts()
    assert (stood["step_code"], stood["date"], stood["date_latest"]) == ("unspecified", None, dt.date(2022, 3, 25))
    assert stood["derivation_text"] == "widened on 2022-03-25, as a text tells: it stood by then"


def test_the_order_of_texts_changes_nothing() -> None:
    texts, claims = [text(name) for name in "abc"], [claim(name) for name in "abc"]
    there, back = corroborated(texts, claims), corroborated(texts[::-1], claims[::-1])
    assert there["measures"].equals(back["measures"])


# What persons say


def test_a_dismissed_claim_supports_and_founds_nothing_and_a_confirmed_one_founds(monkeypatch: pytest.MonkeyPatch) -> None:
    verdict = {"claim_id": "claim-a", "verdict": "dismissed"}
    monkeypatch.setattr(corroboration, "reviews", lambda: [verdict])
    found = corroborated([text("a"), text("b")], [claim("a"), claim("b")])
    assert found["measures"].is_empty()
    assert dict(found["claims"].select("claim_id", "reason_text").iter_rows())["claim-a"] == "dismissed by a person"
    monkeypatch.setattr(corroboration, "reviews", lambda: [verdict | {"verdict": "confirmed"}])
    alone = corroborated([text("a")], [claim("a")])["measures"]
    assert alone["is_confirmed"].to_list() == [True]
    supporting = corroborated([text("a")], [claim("a")], LAW[:1])["claims"]
    assert supporting["reason_text"].str.ends_with("; confirmed by a person").to_list() == [True]
    unsure = corroborated([text("a")], [claim("a", confidence_code="low")])["measures"]
    assert unsure["is_confirmed"].to_list() == [True]


def test_every_review_says_which_claim_what_why_and_when() -> None:
    for review in corroboration.reviews():
        assert set(review) == {"claim_id", "verdict", "why", "reviewed"}
        assert review["verdict"] in {"confirmed", "dismissed"}


# Annotated texts


@pytest.mark.recordings
def test_what_annotated_texts_found_is_what_they_say(recordings: Path, tmp_path: Path) -> None:
    """Precision of published measures of the levels press and news, against the triples of the annotation: at least 0.95."""
    gold = [json.loads(line) for line in (recordings.parent / "gold" / "claims.jsonl").read_text(encoding="utf-8").splitlines()]

    def parse(_document: Document, _source: Source) -> Iterator[Record]:
        for row in gold:
            day = row["published_date"]
            yield Item(
                key=row["id"], text=row["text"], locator=f"/documents[id='{row['id']}']", published_source="metadata",
                published=dt.date.fromisoformat(day) if day else None, title=row["title"] or None,
                publisher_name=row["origin"], publisher_issuer_code=row["publisher_issuer_code"],
            )  # fmt: skip

    place = stages.Place(record_register(tmp_path / "recordings", {"2026-01-01": {}}), tmp_path / "output")
    source = register_source(kind="news", register_code=None, states="all", expected_entries=(0, 1), parse=parse)
    reading = stages.normalize_source(source, stages.judge_documents(source, place), place.output, told=lambda _: None)
    folder = stages.build_tables([reading], place.output)
    claims, measures = (pl.read_parquet(folder / f"{table}.parquet") for table in ("claims", "measures"))
    said = {hashlib.sha256(row["text"].encode()).hexdigest(): _triples(row) for row in gold}
    published = [
        (row["measure_id"], (row["issuer_code"], place, row["measure_type_code"]))
        for row in measures.iter_rows(named=True)
        for place in row["territory_codes"]
    ]
    sources = claims.group_by("measure_id").agg(pl.col("document_id").unique())
    documents = dict(sources.drop_nulls().iter_rows())
    right = [any(triple in said[document] for document in documents[measure_id]) for measure_id, triple in published]
    assert len(right) >= 7, "the precision that corroboration.py states is of seven"
    assert sum(right) / len(right) >= 0.95


def _triples(row: dict[str, Any]) -> set[tuple[str, str, str]]:
    return {
        (issuer, place, each["measure_type_code"])
        for each in row["claims"]
        for issuer in each["issuer_codes"] + each["issuer_codes_optional"]
        for place in each["territory_codes"] + each["territory_codes_optional"]
    }
