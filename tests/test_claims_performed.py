"""Whether the press of an issuer does with its words what it tells: such a release is the announcement."""

import datetime as dt

import pytest

from pipeline.claims import Text, rules

TITLE = "Sanctions on Officials of Belarus"


def performed(words: str, issuer: str | None = "US") -> set[tuple[str, bool]]:
    text = Text("t", words, TITLE, dt.date(2022, 3, 29), issuer)
    return {(claim.measure_type_code, claim.is_performed) for claim in rules.claims(text)}


@pytest.mark.parametrize(
    "words",
    [
        "The Department of State is imposing visa restrictions on five officials of Belarus.",
        "I am announcing visa restrictions on judges of Belarus who jailed reporters.",
        "The Department is also taking further steps to impose visa restrictions on 40 officials of Belarus.",
        "We are hereby restricting visas: the United States hereby imposes visa restrictions on officials of Belarus.",
        "The Department of State announces visa restrictions on officials of Belarus.",
        "The United States is taking these actions:\n\n- Action to impose visa restrictions on 25 officials of Belarus.",
        "We are announcing a series of actions. These include:\n\nSteps to impose visa restrictions on officials of Belarus.",
        "Today the United States took further action:\n\n- Imposing visa restrictions on officials of Belarus.",
    ],
)
def test_a_release_that_does_what_it_tells_performs_it(words: str) -> None:
    assert ("travel_ban", True) in performed(words)
    assert ("travel_ban", True) not in performed(words, None)


@pytest.mark.parametrize(
    "words",
    [
        "The Department of State has imposed visa restrictions on five officials of Belarus.",
        "The Department of State will impose visa restrictions on five officials of Belarus.",
        "The United States is considering visa restrictions on officials of Belarus.",
        "The United States is supporting the people of Belarus after it imposed visa restrictions on officials of Belarus.",
        "We are taking stock. Our actions to date include:\n\n- Action to impose visa restrictions on officials of Belarus.",
        "The United States imposed visa restrictions on officials of Belarus, who are holding reporters.",
        "By the authority vested in me as President, I hereby impose visa restrictions on officials of Belarus.",
    ],
)
def test_what_was_done_before_or_will_be_is_not_done_with_these_words(words: str) -> None:
    assert not any(is_performed for _, is_performed in performed(words))


def test_a_day_that_is_proclaimed_for_remembrance_is_none_of_a_measure() -> None:
    words = "The United States sanctioned officials of Belarus. I proclaim March 9, 2022, as a Wrongful Detainee Day."
    text = Text("t", words, TITLE, dt.date(2022, 3, 9), "US")
    assert [date.text for claim in rules.claims(text) for date in claim.dates] == []


@pytest.mark.parametrize(
    ("words", "is_of_terrorism"),
    [
        ("The Treasury sanctioned Olle Ohm, a Swedish citizen, under Executive Order (E.O.) 13224.", True),
        ("The Treasury sanctioned Olle Ohm, a Swedish citizen, as a Specially Designated\nGlobal Terrorist.", True),
        ("The Treasury sanctioned Pavel Petrov, a Belarusian judge, under Executive Order 14038.", False),
        ("The Treasury acted under E.O. 13224. It sanctioned five judges of Belarus under E.O. 14038.", False),
    ],
)
def test_an_act_against_terrorism_at_large_is_told_from_others(words: str, *, is_of_terrorism: bool) -> None:
    told = rules.claims(Text("t", words, "", dt.date(2022, 3, 29), "US"))
    assert {claim.is_of_terrorism for claim in told} == {is_of_terrorism}


@pytest.mark.parametrize(
    "words",
    [
        "Iran is increasing its enrichment, and last month the United States sanctioned its central bank.",
        "China is expanding its navy, but the US banned exports of chips to China years earlier.",
        "Although Japan is raising tariffs, the US banned imports of steel from Russia.",
    ],
)
def test_what_others_are_doing_performs_nothing_of_the_publisher(words: str) -> None:
    assert not any(is_performed for _, is_performed in performed(words))
