"""Words that look like a measure and mean something else, and the measures beside which they stand."""

import pytest

from pipeline.claims import Text, lexicon, rules


def codes(words: str) -> list[str]:
    return [claim.measure_type_code for claim in rules.claims(Text("t", words))]


@pytest.mark.parametrize("sense", lexicon.senses(), ids=lambda sense: sense.example)
def test_each_example_tells_no_measure(sense: lexicon.Sense) -> None:
    assert codes(f"{sense.example} The envoy spoke of the sanctions later.") == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("The United States lifts visa restrictions on officials of the Gambia.", "travel_ban"),
        ("Iranian oil traders sanctioned by the United States lost their accounts.", "listing"),
        ("The Canadian government sanctioned Russian officials over the killing of a reporter.", "listing"),
        ("The United States is sanctioning Russian generals for torture in Ukraine.", "listing"),
        ("The US Treasury sanctioned and designated five firms used by Iran to run a procurement network.", "listing"),
        ("The United States applies additional tariffs to Brazilian steel.", "tariff_increase"),
        ("Canada will revoke Russia's most-favored-nation status.", "mfn_revocation"),
        ("The United States designates Cuba as a state sponsor of terrorism.", "terrorist_designation"),
        ("After the WTO rules against Europe, the United States imposes tariffs on European cars.", "tariff_increase"),
        ("Russia refuses entry to five American officials.", "travel_ban"),
    ],
)
def test_the_measure_beside_them_is_told(words: str, code: str) -> None:
    assert code in codes(words)
