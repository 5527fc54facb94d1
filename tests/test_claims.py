"""Reading prose: what texts in our own words say of measures, and what they do not say."""

import datetime as dt
import itertools
import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import claims
from pipeline.__main__ import main
from pipeline.claims import (
    Claim,
    ClaimDate,
    Span,
    Text,
    acts,
    blanks,
    deeds,
    gazetteer,
    lexicon,
    lines,
    rules,
    sentences,
    validator,
)
from pipeline.claims.masks import sentence_of

TUESDAY = dt.date(2022, 3, 29)

Told = tuple[str, str, str]


def read(words: str, *, published: dt.date | None = TUESDAY, issuer: str | None = None, title: str = "") -> list[Claim]:
    return claims.read(Text("t", words, title, published, issuer))


def told(words: str, *, issuer: str | None = None) -> set[Told]:
    """Who, against whom, what: `?` where the text does not say."""
    return {
        (who, whom, claim.measure_type_code)
        for claim in read(words, issuer=issuer)
        for who in claim.issuer_codes or ("?",)
        for whom in claim.territory_codes or ("?",)
    }


def events(words: str, *, published: dt.date | None = TUESDAY, issuer: str | None = None) -> set[tuple[str, str, str | None]]:
    found = read(words, published=published, issuer=issuer)
    return {(date.action, date.step, lines.written(date)) for claim in found for date in claim.dates}


ARTICLE = (
    "The government on Tuesday approved a ban on exports of watches and sports cars to Russia, as part of economic sanctions "
    "over the war.\n\n"
    "The Cabinet of Prime Minister Fumio Kishida amended the order to implement the ban on April 5. "
    "Canada and Switzerland have already taken similar measures. "
    "Japan imposed a comparable ban on perfume exports to North Korea in 2006. Japan has since banned imports from and "
    "exports to the country.\n\n"
    "Russia's war against Ukraine has been met with a wave of sanctions, including a freeze on the Russian central bank's "
    "assets and imposing export bans and controls. Japan also decided to strip Russia of its “most favored nation” status.\n\n"
    "Tokyo lodged a protest over drills on two islands, which Moscow calls its own."
)


# Who does what to whom


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Canada imposes sanctions on Belarus.", ("CA", "BY", "sanctions_unspecified")),
        ("Norway and Iceland tighten their sanctions against Syria.", ("NO", "SY", "sanctions_unspecified")),
        ("Norway and Iceland tighten their sanctions against Syria.", ("IS", "SY", "sanctions_unspecified")),
        ("New sanctions on Mali were announced by the African Union.", ("AFRICAN_UNION", "ML", "sanctions_unspecified")),
        ("The announcement by Norway of sanctions against Iran came late.", ("NO", "IR", "sanctions_unspecified")),
        ("Tokyo's sanctions on Moscow remain in place.", ("JP", "RU", "sanctions_unspecified")),
        ("The British Treasury sanctions two Cuban generals.", ("GB", "CU", "listing")),
        ("Three Syrian banks were sanctioned by the European Union.", ("EU", "SY", "listing")),
        ("Ships of North Korea evade U.N. sanctions.", ("UN", "KP", "sanctions_unspecified")),
        ("Iran faces sanctions by the European Union.", ("EU", "IR", "sanctions_unspecified")),
        ("The minister threatens Turkey with European Union sanctions.", ("EU", "TR", "sanctions_unspecified")),
        ("The White House blacklists a dozen Chinese firms.", ("US", "CN", "listing")),
        ("Ottawa adds forty Russian officials to its sanctions list.", ("CA", "RU", "listing")),
        ("Australia bans imports of Russian coal.", ("AU", "RU", "import_ban")),
        ("Taiwan bans the export of machine tools to Belarus.", ("TW", "BY", "export_ban")),
        ("The Netherlands announces export controls on chip machines to China.", ("NL", "CN", "export_control")),
        ("Finland closes its airspace to Russian planes.", ("FI", "RU", "airspace_ban")),
        ("Brussels bans Russian ships from its ports.", ("EU", "RU", "port_vessel_ban")),
        ("Latvia bans Russian television channels.", ("LV", "RU", "broadcast_ban")),
        ("Germany expels forty Russian diplomats.", ("DE", "RU", "diplomatic_measure")),
        ("Norway suspends its development aid to Uganda.", ("NO", "UG", "aid_suspension")),
        ("Canada revokes the most favoured nation status of Belarus.", ("CA", "BY", "mfn_revocation")),
        ("The Security Council extends the arms embargo on Libya by a year.", ("UN", "LY", "arms_embargo")),
        ("The United States keeps its embargo on Cuba.", ("US", "CU", "comprehensive_embargo")),
        ("Switzerland freezes the assets of Libya's leader.", ("CH", "LY", "asset_freeze")),
        ("The allies' sanctions cut Russian banks off from SWIFT.", ("?", "RU", "financial_messaging_ban")),
        ("The Treasury bars banks from trading Russian sovereign debt.", ("US", "RU", "capital_market_restriction")),
        ("Canada lists the Houthis as a terrorist organization.", ("CA", "YE", "terrorist_designation")),
        ("The United States announces visa restrictions on officials of Uganda.", ("US", "UG", "travel_ban")),
        ("The G7 and Australia agree on a price cap on Russian oil.", ("AU", "RU", "price_cap")),
        ("Australia will impose 35% tariffs on goods from Belarus.", ("AU", "BY", "tariff_increase")),
    ],
)  # fmt: skip
def test_who_restricts_what_against_whom(words: str, expected: Told) -> None:
    assert expected in told(words)


@pytest.mark.parametrize(
    "words",
    [
        "International sanctions against Iran remain in place.",
        "Western sanctions on Russia bite.",
        "Myanmar is under sanctions over the coup.",
        "The mayor of Prague calls for sanctions on Belarus.",
    ],
)
def test_the_issuer_stays_empty_where_the_text_does_not_say_who(words: str) -> None:
    assert {who for who, _, _ in told(words)} == {"?"}


def test_a_call_names_the_one_who_would_impose_it_and_not_the_caller() -> None:
    (claim,) = read("Ukraine's president urges the European Union to impose sanctions on Belarus.")
    assert (claim.issuer_codes, claim.territory_codes) == (("EU",), ("BY",))
    assert (claim.action_code, claim.status_code) == ("propose", "proposed")


def test_a_vetoer_is_no_issuer() -> None:
    words = "Russia and China veto a United Nations Security Council resolution imposing sanctions on Syria."
    (claim,) = read(words)
    assert (claim.issuer_codes, claim.territory_codes) == (("UN",), ("SY",))
    assert (claim.action_code, claim.status_code) == ("reject", "rejected")


def test_a_critic_is_no_issuer() -> None:
    assert told("Venezuela condemns the decision by Canada to impose sanctions on President Maduro.") == {
        ("CA", "VE", "listing")
    }


def test_a_listing_is_told_by_an_object_of_persons_and_bodies() -> None:
    assert told("Canada imposes sanctions on twelve officials of Iran.") == {("CA", "IR", "listing")}
    assert told("Canada imposes sanctions on Iranian banks.") == {("CA", "IR", "listing")}
    assert told("Canada imposes sanctions on the Iranian government.") == {("CA", "IR", "sanctions_unspecified")}


def test_sanctions_give_way_to_the_measures_that_they_include() -> None:
    words = "Canada imposes sanctions on Belarus, including asset freezes and travel bans."
    assert told(words) == {("CA", "BY", "asset_freeze"), ("CA", "BY", "travel_ban")}


def test_a_participle_explains_the_measure_before_it() -> None:
    words = "China sanctions five Canadian lawmakers, barring them from entering China."
    assert told(words) == {("CN", "CA", "listing"), ("CN", "CA", "travel_ban")}


def test_whoever_adopts_the_sanctions_of_another_imposes_them_too() -> None:
    assert ("CH", "IR", "sanctions_unspecified") in told("Switzerland adopts European Union sanctions against Iran.")


def test_similar_measures_take_their_kind_from_the_sentence_before() -> None:
    words = "Japan bans exports of watches to Russia. Canada and Norway have taken similar measures."
    assert told(words) >= {("CA", "RU", "export_ban"), ("NO", "RU", "export_ban")}


def test_the_country_is_the_one_that_was_spoken_of() -> None:
    assert told("North Korea fires a missile. Japan warns of sanctions against the country.") == {
        ("JP", "KP", "sanctions_unspecified")
    }


@pytest.mark.parametrize(
    ("words", "action", "status"),
    [
        ("The European Union renews its sanctions against Syria.", "renew", "in_force"),
        ("The European Union widens its sanctions against Syria.", "widen", "in_force"),
        ("Australia eases sanctions on Myanmar.", "ease", "in_force"),
        ("Taiwan lifts its sanctions on the Philippines.", "lift", "lifted"),
        ("The European Union suspends sanctions against Zimbabwe.", "suspend", "suspended"),
        ("Canada announces sanctions against Belarus.", "impose", "announced"),
        ("The European Union agrees to impose sanctions on Belarus.", "impose", "approved"),
        ("The European Union considers sanctions against Belarus.", "propose", "proposed"),
        ("Japan threatens sanctions against North Korea.", "threaten", "threatened"),
        ("The arms embargo on Iran by the United Nations expires.", "expire", "expired"),
        ("Australia revokes the most favoured nation status of Russia.", "impose", "in_force"),
        ("The United States grants India an exemption from sanctions on Iran.", "waive", "in_force"),
        ("The Treasury will not renew the sanctions waiver for Iraq.", "waiver_end", "in_force"),
    ],
)
def test_what_is_done_and_how_far_it_has_come(words: str, action: str, status: str) -> None:
    (claim,) = read(words)
    assert (claim.action_code, claim.status_code) == (action, status)


@pytest.mark.parametrize(
    "words",
    [
        "The football federation imposes sanctions on the national team of Togo.",
        "Greece lifts its coronavirus travel bans for visitors from Italy.",
        "France bans plastic bags from Italy.",
        "The European Union threatens sanctions against member states of the European Union.",
        "A court in Moscow bans a Russian party.",
        "Kenya suspends imports of pork from Poland over an outbreak of swine fever.",
        "An earthquake strikes Chile; Argentina sends aid.",
        "Taylor Swift sings in Tokyo.",
        "Tokyo lodged a protest with Moscow over drills on two islands.",
    ],
)
def test_other_worlds_are_no_measures(words: str) -> None:
    assert read(words) == []


# The article


def test_an_article_tells_the_whole_ladder_of_a_ban() -> None:
    assert told(ARTICLE) == {
        ("JP", "RU", "export_ban"),
        ("CA", "RU", "export_ban"),
        ("CH", "RU", "export_ban"),
        ("JP", "KP", "export_ban"),
        ("JP", "KP", "comprehensive_embargo"),
        ("?", "RU", "central_bank_restriction"),
        ("?", "RU", "export_ban"),
        ("?", "RU", "export_control"),
        ("JP", "RU", "mfn_revocation"),
    }


def test_every_claim_reads_back_its_sentence_and_the_words_of_its_dates() -> None:
    for claim in read(ARTICLE):
        for span in claim.evidence:
            assert ARTICLE[span.start : span.end][-1] in ".!?"
        for date in claim.dates:
            assert ARTICLE[date.span.start : date.span.end] == date.text


@pytest.mark.recordings
def test_the_recorded_article_tells_what_a_careful_reader_finds_in_it(recordings: Path) -> None:
    text = (recordings / "news_japan_times" / "2022-03-29" / "japan-russia-sanctions-cars.txt").read_text(encoding="utf-8")
    assert told(text) == {
        ("JP", "RU", "export_ban"), ("US", "RU", "export_ban"), ("EU", "RU", "export_ban"), ("JP", "KP", "export_ban"),
        ("JP", "KP", "comprehensive_embargo"), ("?", "RU", "central_bank_restriction"), ("?", "RU", "financial_messaging_ban"),
        ("?", "RU", "export_ban"), ("?", "RU", "export_control"), ("JP", "RU", "mfn_revocation"),
        ("JP", "RU", "sanctions_unspecified"),
    }  # fmt: skip
    assert events(text) == {
        ("impose", "approved", "2022-03-29"), ("impose", "effective", "2022-04-05"), ("impose", "unspecified", "2006"),
    }  # fmt: skip


def test_an_article_dates_the_approval_and_the_effect_of_the_ban() -> None:
    assert events(ARTICLE) == {
        ("impose", "approved", "2022-03-29"), ("impose", "effective", "2022-04-05"), ("impose", "unspecified", "2006"),
    }  # fmt: skip


# Dates


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Canada imposed sanctions on Belarus on Monday.", ("impose", "unspecified", "2022-03-28")),
        ("Canada approved sanctions on Belarus on Tuesday.", ("impose", "approved", "2022-03-29")),
        ("Canada announced on March 24 sanctions on Belarus.", ("impose", "announced", "2022-03-24")),
        ("Canada will impose tariffs on goods from Belarus beginning on April 25.", ("impose", "effective", "2022-04-25")),
        ("Canada lifted its sanctions on Sudan last October.", ("lift", "unspecified", "2021-10")),
        ("Canada imposed an arms embargo on Sudan in 2005.", ("impose", "unspecified", "2005")),
        ("The Union extends its sanctions against Syria until June 1, 2023.", ("expire", "unspecified", "2023-06-01")),
        ("China suspends coal imports from North Korea until the end of 2022.", ("expire", "unspecified", "2022-12-31")),
    ],
)
def test_a_date_tells_a_step_of_the_measure(words: str, expected: tuple[str, str, str]) -> None:
    words = words.replace("The Union", "The European Union")
    assert events(words) == {expected}


def test_when_a_measure_takes_effect_is_told_by_the_sentence_after_it() -> None:
    words = "Canada bans imports of Russian coal. The ban will take effect on April 11 and run until the end of 2023."
    (claim,) = read(words)
    assert [(date.step, lines.written(date)) for date in claim.dates] == [
        ("effective", "2022-04-11"), ("unspecified", "2023-12-31"),
    ]  # fmt: skip
    assert len(claim.evidence) == 2


@pytest.mark.parametrize(
    "words",
    [
        "Canada imposes sanctions on Belarus over the elections of August 2020.",
        "Canada imposes sanctions on Iran, which tested a missile on Monday.",
        "On Monday, Iran tested a missile, and Canada imposes sanctions on Iran.",
    ],
)
def test_the_date_of_something_else_is_no_date_of_the_measure(words: str) -> None:
    assert events(words) == set()


def test_a_relative_date_stays_unresolved_without_a_day_of_publication() -> None:
    (claim,) = read("Canada imposed sanctions on Belarus on Monday.", published=None)
    (date,) = claim.dates
    assert (date.earliest, date.latest, date.text) == (None, None, "on Monday")


def test_blanks_of_a_page_neither_hide_words_nor_move_places() -> None:
    words = "Canada   imposed\xa0sanctions\n   on    Belarus on\n  March\xa0 28."
    (claim,) = read(words)
    (date,) = claim.dates
    assert lines.written(date) == "2022-03-28"
    assert date.text == words[date.span.start : date.span.end] == "on\n  March\xa0 28"
    assert claim.evidence == (Span(0, len(words)),)


# Press releases

RELEASE = (
    "Sanctions on Officials of Belarus\n\n"
    "Today, we are designating nine individuals under Executive Order 14038. "
    "The Department of State is also imposing visa restrictions on twenty-five officials of Belarus.\n\n"
    "We welcome the actions taken today by Canada under its sanctions against Belarusian officials."
)


def test_a_press_release_speaks_for_its_publisher() -> None:
    assert told(RELEASE, issuer="US") == {("US", "BY", "listing"), ("US", "BY", "travel_ban"), ("CA", "BY", "listing")}
    assert ("impose", "unspecified", "2022-03-29") in events(RELEASE, issuer="US")


def test_acts_are_named_by_their_short_names() -> None:
    assert any("EO 14038" in claim.instrument_texts for claim in read(RELEASE, issuer="US"))


def test_a_notice_that_continues_an_emergency_renews_the_blocking_and_dates_its_steps() -> None:
    words = (
        "On May 1, 2011, by Executive Order 13600, the President declared a national emergency with respect to Chad and "
        "blocked the property of certain persons.\n\n"
        "On June 2, 2013, the President issued Executive Order 13700, which expanded the scope of the national emergency.\n\n"
        "Therefore, I am continuing for 1 year the national emergency with respect to Chad.\n\n"
        "THE WHITE HOUSE, April 28, 2022."
    )
    assert told(words, issuer="US") == {("US", "TD", "asset_freeze")}
    assert events(words, issuer="US") == {
        ("impose", "unspecified", "2011-05-01"),
        ("amend", "unspecified", "2013-06-02"),
        ("renew", "unspecified", "2022-04-28"),
    }


def test_an_order_that_took_further_steps_amends_an_emergency_without_naming_it_again() -> None:
    words = (
        "On May 1, 2011, by Executive Order 13600, the President declared a national emergency with respect to Chad and "
        "blocked the property of certain persons.\n\n"
        "On June 2, 2013, the President issued Executive Order 13700 to take additional steps with respect to the mines."
    )
    assert ("amend", "unspecified", "2013-06-02") in events(words, issuer="US")


def test_what_an_issuer_announces_in_its_own_release_it_imposes_that_day() -> None:
    words = "Today, we are announcing sanctions on five officials of Chad."
    assert events(words, issuer="US") == {("impose", "unspecified", "2022-03-29")}
    assert events("Canada announced today sanctions on five officials of Chad.") == {("impose", "announced", "2022-03-29")}


def test_whoever_is_freed_from_a_listing_is_delisted() -> None:
    assert events("Canada lifted its sanctions on two officials of Chad on Monday.") == {
        ("delist", "unspecified", "2022-03-28")
    }


def test_what_is_asked_in_a_talk_is_not_said_by_the_publisher() -> None:
    turns = (
        "MR PRICE: Hello.",
        "QUESTION: Any sanctions?",
        "MR PRICE: No.",
        "QUESTION: More sanctions?",
        "MR PRICE: No.",
        "Iran?",
    )
    assert read("\n" + "\n".join(turns), issuer="US") == []


# Names


def test_names_of_targets_are_those_in_the_object() -> None:
    (claim,) = read(
        "Canada imposes sanctions on General Ivan Petrov and Acme Steel Works for their role in the war in Ukraine."
    )
    assert claim.target_names == ("Ivan Petrov", "Acme Steel Works")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Canada bans exports of luxury cars and furs to Russia.", "luxury cars and furs"),
        ("Canada bans imports of Russian oil, liquefied gas and coal.", "oil, liquefied gas and coal"),
        ("Japan imposes a 25% tariff on steel and aluminium from Turkey.", "steel and aluminium"),
        (
            "Japan imposes tariffs on Chinese imports, including cars, solar panels and batteries.",
            "cars, solar panels and batteries",
        ),
        ("Japan imposes tariffs on Mexico and Canada.", None),
        ("Canada agrees on a price cap on seaborne Russian crude oil after long talks.", "seaborne Russian crude oil"),
        ("Canada reimposes its oil and gas sanctions on Venezuela.", "oil and gas"),
        ("Canada imposes sanctions on Russia's central bank.", None),
        ("Canada imposes sanctions on Russian oil companies.", None),
    ],
)
def test_goods_are_the_words_of_the_text(words: str, expected: str | None) -> None:
    assert {claim.goods_text for claim in read(words)} == {expected}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The European Union designates the Red Harbour Brigade as a terrorist organization.", ("Red Harbour Brigade",)),
        ("Canada cut off Russia's Acme Bank from SWIFT.", ("Acme Bank",)),
        ("Jan Kowal and Russia's Acme Bank were sanctioned by Canada on Monday.", ("Jan Kowal", "Acme Bank")),
        ("Japan imposes sanctions on Russia's Acme Bank.", ("Acme Bank",)),
        ("Japan sanctions the Moscow-based Acme Bank and the Omega Trading Co., Ltd.", ("Acme Bank", "Omega Trading Co., Ltd")),
        ("Japan imposes sanctions on supporters of the Blue Front in Syria.", ()),
        ("Japan sanctions Syrian Defence Minister Adam Doe and Secretary of Commerce Eve Roe.", ("Adam Doe", "Eve Roe")),
        ("Japan sanctions Syria's Acme Bank and the Bank of Omega.", ("Acme Bank", "Bank of Omega")),
        ("Japan sanctions the Acme Bank, a lender that serves Syria; Adam Doe, its founder; and the Omega Bank.",
         ("Acme Bank", "Adam Doe", "Omega Bank")),
        ("Japan sanctions three Syrian judges under its law: Adam Doe, Eve Roe and Jan Kowal.",
         ("Adam Doe", "Eve Roe", "Jan Kowal")),
        ("Japan imposes sanctions on the Syrian firm Acme; Syrian banker Adam Doe; and Omega Bank, a bank that has aided him.",
         ("Acme", "Adam Doe", "Omega Bank")),
        ("Japan sanctions Syrian lawyer Adam Doe, the wife of Eve Roe and two members of the Blue Council.", ("Adam Doe",)),
        ("Japan imposes sanctions on the Syrian firms Acme, Beta and Gamma Steel.", ("Acme", "Beta", "Gamma Steel")),
        ("Japan sanctions the Syrian Ministry of Oil and Energy.", ("Syrian Ministry of Oil and Energy",)),
        ("Japan threatens the International Criminal Court with sanctions.", ("International Criminal Court",)),
        ("Russian airlines are barred from Japanese airspace.", ("Russian airlines",)),
        ("Japan imposes a travel ban on Adam Doe of Syria.", ("Adam Doe",)),
        ("Japan sanctions Syria's Acme Bank under the Foreign Exchange Act.", ("Acme Bank",)),
        ("Japan imposes sanctions on Syrian officials.", ("Syrian officials",)),
        ("Japan imposes sanctions on four Israeli settlers.", ("four Israeli settlers",)),
        ("Japan imposes sanctions on Belarus, including a travel ban on Deputy Minister Jan Kowal.", ("Jan Kowal",)),
        ("Japan imposes sanctions on companies in Russia and Belarus, and in the Middle East.", ()),
    ],
)  # fmt: skip
def test_a_target_is_named_where_its_measure_says_whom_it_hits(words: str, expected: tuple[str, ...]) -> None:
    assert {name for claim in read(words) for name in claim.target_names} == set(expected)


def test_the_capitals_of_a_heading_tell_no_names() -> None:
    assert [claim.target_names for claim in read("Canada Imposes Sanctions on Russia's Technology Firms and Cyber Actors")] == [
        ()
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The President signed an executive order imposing sanctions on Belarus.", ("executive order",)),
        ("Ukraine's president signs legislation and a decree imposing sanctions on Belarus.", ("legislation", "decree")),
        ("Japan imposes sanctions on North Korea under resolutions 1718 (2006) and 1874.", ("UNSCR 1718", "UNSCR 1874")),
        ("Canada imposes sanctions on Russia under the Special Economic Measures (Russia) Regulations.",
         ("Special Economic Measures (Russia) Regulations",)),
        ("Russia's president signed a law banning imports of Polish apples.", ("law",)),
        ("China imposes sanctions on Lockheed Martin of the United States under the Anti-Foreign Sanctions Law.",
         ("Anti-Foreign Sanctions Law",)),
        ("The United States considers a bill that would impose sanctions on Belarus.", ()),
        ("The United States imposes sanctions on Belarus under House Resolution 1234.", ()),
    ],
)  # fmt: skip
def test_the_acts_of_a_measure_are_told(words: str, expected: tuple[str, ...]) -> None:
    assert {act for claim in read(words) for act in claim.instrument_texts} == set(expected)


@pytest.mark.parametrize("example", lexicon.act_examples())
def test_the_example_of_an_act_names_one(example: str) -> None:
    assert list(acts.named(example))


# The lexicons


@pytest.mark.parametrize("trigger", lexicon.triggers(), ids=lambda each: f"{each.code}: {each.example[:40]}")
def test_the_example_of_a_trigger_is_found_by_it(trigger: lexicon.Trigger) -> None:
    masked = sentence_of(trigger.example, Span(0, len(trigger.example))).masked
    assert trigger.pattern.search(masked)
    assert any(need in masked for need in trigger.needs)
    words = trigger.example.lower()
    assert lexicon.may_speak(words, 0, len(words), lexicon.marks(words))


@pytest.mark.parametrize(("name", "example"), lexicon.patterns().items())
def test_the_example_of_a_pattern_is_found_by_it(name: str, example: str) -> None:
    assert lexicon.pattern(name).search(example)


@pytest.mark.parametrize("deed", lexicon.deeds(), ids=lambda each: each.example[:40])
def test_the_example_of_a_deed_has_its_action(deed: lexicon.Deed) -> None:
    assert deed.pattern.search(deed.example.lower())
    masked = sentence_of(deed.example, Span(0, len(deed.example))).masked
    at = max(masked.find("sanctions"), masked.find("arms embargo"))
    found = deeds.deed(masked, at, at + len("sanctions"), is_verb=False)
    assert deed.action in {found.action, found.inner_action}


def test_territories_are_known_by_cldr_names_adjectives_capitals_and_leaders() -> None:
    words = "Belarusian, Minsk, Lukashenko, Republic of China, Côte d’Ivoire, the U.S. Treasury, South Sudan and MALI"
    assert [each.code for each in gazetteer.mentions(words)] == [
        "BY", "BY", "BY", "TW", "CI", "US", "US", "SS", "ML",
    ]  # fmt: skip


def test_names_of_other_things_and_of_newspapers_are_no_mentions() -> None:
    words = "The Washington Post, the South China Sea and New Mexico (Moscow Times)."
    assert gazetteer.mentions(words) == []


# Sentences


def test_abbreviations_end_no_sentence_and_paragraphs_do() -> None:
    words = "Gen. Kim met the U.S. envoy. He left\n\nNo. 3 stays. “So it is.” They agree."
    assert [words[span.start : span.end] for span in sentences.sentences(words)] == [
        "Gen. Kim met the U.S. envoy.", "He left", "No. 3 stays.", "“So it is.”", "They agree.",
    ]  # fmt: skip


def test_a_lettered_paragraph_begins_a_sentence() -> None:
    words = "(a) The order of 2004 (as amended) is revoked.  (b) This ends no suit. (ii) Nor does it begin one."
    assert [words[span.start : span.end] for span in sentences.sentences(words)] == [
        "(a) The order of 2004 (as amended) is revoked.", "(b) This ends no suit.", "(ii) Nor does it begin one.",
    ]  # fmt: skip


# The validator

TEXT = Text("t", "Canada imposed sanctions on Belarus on Monday.", published=TUESDAY)


def claim(**changes: object) -> Claim:
    sound = Claim(("CA",), ("BY",), "sanctions_unspecified", "in_force", "impose", (Span(0, len(TEXT.text)),))
    return sound._replace(**changes)  # type: ignore[arg-type]


def date(**changes: object) -> ClaimDate:
    monday = dt.date(2022, 3, 28)
    sound = ClaimDate("impose", "unspecified", monday, monday, "day", "on Monday", Span(36, 45))
    return sound._replace(**changes)  # type: ignore[arg-type]


def test_a_sound_claim_passes() -> None:
    assert validator.examined([claim(dates=(date(),))], TEXT) == ([claim(dates=(date(),))], [])


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (claim(evidence=()), "missing_value"),
        (claim(evidence=(Span(0, 900),)), "malformed_value"),
        (claim(evidence=(Span(6, 7),)), "malformed_value"),
        (claim(evidence=(Span(0, 6),)), "malformed_value"),
        (claim(goods_text="gold"), "failed_rule"),
        (claim(target_names=("Ivan Ivanov",)), "failed_rule"),
        (claim(instrument_texts=("EO 13405",)), "failed_rule"),
        (claim(dates=(date(step="thought"),)), "unknown_label"),
        (claim(measure_type_code="ban"), "unknown_label"),
        (claim(action_code="forbid"), "unknown_label"),
        (claim(status_code="active"), "unknown_label"),
        (claim(territory_codes=("BLR",)), "unknown_territory"),
        (claim(issuer_codes=("JP",)), "failed_rule"),
        (claim(issuer_codes=(), territory_codes=()), "missing_value"),
        (claim(dates=(date(span=Span(0, 9)),)), "malformed_date"),
        (claim(dates=(date(earliest=TUESDAY, latest=TUESDAY),)), "malformed_date"),
        (claim(dates=(date(text="Belarus", span=Span(28, 35)),)), "malformed_date"),
    ],
)
def test_a_claim_that_the_text_does_not_bear_is_refused_with_its_reason(wrong: Claim, reason: str) -> None:
    passed, (fault,) = validator.examined([wrong], TEXT)
    assert (passed, fault.reason) == ([], reason)
    assert fault.claim is wrong


@pytest.mark.parametrize(
    "change",
    [
        {"measure_type_code": None}, {"measure_type_code": ["ban"]}, {"action_code": {}}, {"issuer_codes": "CA"},
        {"issuer_codes": (("CA",),)}, {"target_names": "abc"}, {"goods_text": 5}, {"goods_text": ["gold"]},
        {"goods_text": float("nan")}, {"goods_text": " "}, {"evidence": ((0, 9),)}, {"evidence": None},
        {"dates": ("on Monday",)},
    ],
)  # fmt: skip
def test_a_claim_of_a_wrong_shape_is_refused_whoever_made_it(change: dict[str, object]) -> None:
    passed, (fault,) = claims.examined(TEXT, lambda _: [claim(**change)])
    assert (passed, fault.reason, fault.claim.evidence) == ([], "malformed_value", ())
    assert fault.reason_text.startswith(f"{next(iter(change))} is of another type")


def test_evidence_is_one_sentence_and_acts_may_be_told_in_short() -> None:
    words = "Rain falls.\n\nUnder Executive Order 13405 Canada imposed sanctions on Belarus. Snow falls."
    at = words.index("Under"), words.index(" Snow")
    sound = claim(evidence=(Span(*at),), instrument_texts=("EO 13405",))
    assert validator.examined([sound], Text("t", words)) == ([sound], [])
    for wrong in (Span(at[0], len(words)), Span(0, at[1]), Span(at[0], at[1] - 1)):
        assert len(validator.examined([claim(evidence=(wrong,))], Text("t", words))[1]) == 1


def test_the_publisher_needs_no_mention() -> None:
    release = Text("t", "We impose sanctions on Belarus.", publisher_issuer_code="CA")
    sound = claim(evidence=(Span(0, 31),))
    assert validator.examined([sound], release) == ([sound], [])


def test_every_extractor_is_held_to_the_validator() -> None:
    passed, faults = claims.examined(TEXT, lambda _: [claim(), claim(issuer_codes=("JP",))])
    assert (passed, len(faults)) == ([claim()], 1)


# Lines


def test_documents_are_read_and_claims_written_as_lines(tmp_path: Path) -> None:
    documents = tmp_path / "documents.jsonl"
    row = {"id": "a", "text": TEXT.text, "title": "", "published_date": "2022-03-29", "publisher_issuer_code": None, "url": "x"}
    documents.write_text(json.dumps(row) + "\n\n", encoding="utf-8")
    (text,) = lines.texts(documents)
    (written,) = json.loads(lines.line(text, claims.read(text)))["claims"]
    assert written["evidence"] == [{"start": 0, "end": 46, "sentence": TEXT.text}]
    assert written["dates"] == [
        {
            "event_code": "imposed", "date": "2022-03-28", "date_precision_code": "day", "is_approximate": False,
            "date_text": "on Monday", "start": 36, "end": 45,
        }
    ]  # fmt: skip


@pytest.mark.parametrize("content", ["[1]", "{", '{"id": "a"}', '{"id": "a", "text": "b", "published_date": "soon"}'])
def test_a_line_that_is_no_document_is_named(tmp_path: Path, content: str) -> None:
    documents = tmp_path / "documents.jsonl"
    documents.write_text(content, encoding="utf-8")
    with pytest.raises(lines.LineError, match="line 1"):
        list(lines.texts(documents))


# Blanks


@pytest.mark.parametrize(
    "blank", [" ", "\n", "\r\n", "\r", "\u2028", "\x85", "\v", "\t", "\xa0", "  ", " \r\n ", "\u3000", "\u200e "]
)
def test_whatever_blanks_and_ends_of_lines_a_text_has_it_says_the_same(blank: str) -> None:
    words = "The United Kingdom banned imports of North Korean gold on 5 May 2021. Rain fell."
    text = Text("t", words.replace(" ", blank), published=TUESDAY)
    ((claim,), faults) = claims.examined(text)
    (date,), (span,) = claim.dates, claim.evidence
    assert (claim.issuer_codes, claim.territory_codes, claim.goods_text, faults) == (("GB",), ("KP",), "gold", [])
    assert (date.earliest, date.text) == (dt.date(2021, 5, 5), "on 5 May 2021".replace(" ", blank))
    assert text.text[slice(*date.span)] == date.text
    assert text.text[slice(*span)] == "The United Kingdom banned imports of North Korean gold on 5 May 2021.".replace(
        " ", blank
    )


def test_marks_that_nobody_sees_part_neither_words_nor_sentences() -> None:
    words = "\ufeffCanada imposes sanc\xadtions on Bela\u200drus.\u200f Rain fell on Mali."
    ((claim,), _) = claims.examined(Text("t", words))
    assert words[slice(*claim.evidence[0])] == "Canada imposes sanc\xadtions on Bela\u200drus."


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("a b\nc\n\nd", "a b\nc\n\nd"),
        ("a \n b", "a\nb"),
        ("a\r\n\r\n\r\nb", "a\n\nb"),
        ("a\u200bb", "ab"),
        ("\xa0", " "),
        ("", ""),
    ],
)
def test_blanks_are_folded_and_paragraphs_stay_apart(words: str, plain: str) -> None:
    assert blanks.plain(words) == blanks.plain(plain) == plain


# Length


def test_what_is_longer_than_prose_writes_sentences_comes_in_parts() -> None:
    words = "; ".join(f"part {number} of a list" for number in range(1_000))
    parts = list(sentences.sentences(words))
    assert max(span.end - span.start for span in parts) <= sentences.LONGEST
    assert all(words[span.end - 1] == ";" for span in parts[:-1])
    assert " ".join(words[span.start : span.end] for span in parts) == words
    assert {span.end - span.start for span in sentences.sentences("x" * 5_000)} == {sentences.LONGEST, 1_000}


@pytest.mark.parametrize(
    "words",
    [
        "banned exports of luxury goods to Russia and ",
        "sanctions ",
        "Canada sanctions Iran, Mali and ",
        "the U.S. Ivan Petrov, ",
    ],
)
def test_the_work_on_an_endless_sentence_grows_with_its_length_alone(words: str) -> None:
    def work(times: int) -> int:
        calls = itertools.count()
        sys.setprofile(lambda *_: next(calls))
        claims.read(Text("t", f"Canada sanctioned {words * times}"))
        sys.setprofile(None)
        return next(calls)

    assert work(300) <= 5 * work(75)


# Properties

PIECES = st.sampled_from(
    [
        "Canada", "imposes", "sanctions", "on", "Belarus", "the", "U.N.", "arms embargo", "bans", "imports", "of", "from", "to",
        "was sanctioned", "by", "lifts", "threatens", "with", ",", ".", "\n\n", "“", "’s", "on Monday", "in 2014", "until",
        "May", "Russian", "banks", "İ", "ß", "2022", "its", "the country", "similar measures", "-", "\xa0", "\n  ", "\r\n",
        "national emergency",
    ]
)  # fmt: skip


@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map(" ".join)), st.sampled_from([None, "US", "CA"]))
def test_reading_any_text_never_fails_stays_inside_it_and_says_the_same_again(words: str, issuer: str | None) -> None:
    text = Text("t", words, words[:40], TUESDAY, issuer)
    passed, faults = claims.examined(text)
    for each in passed:
        assert all(0 <= span.start < span.end <= len(words) for span in each.evidence)
        assert all(words[date.span.start : date.span.end] == date.text for date in each.dates)
    assert not faults
    assert rules.claims(text) == rules.claims(text)


@given(st.text(max_size=300))
def test_sentences_never_overlap_and_lose_nothing_but_blanks(words: str) -> None:
    spans = list(sentences.sentences(words))
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
    kept = "".join(words[span.start : span.end] for span in spans)
    assert "".join(kept.split()) == "".join(words.split())


@given(st.text(max_size=200))
def test_a_masked_sentence_has_the_length_of_the_sentence(words: str) -> None:
    assert len(sentence_of(words, Span(0, len(words))).masked) == len(words)


# The commands


def test_extract_writes_the_claims_of_every_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    documents, written = tmp_path / "documents.jsonl", tmp_path / "claims.jsonl"
    rows = [{"id": "a", "text": TEXT.text, "published_date": "2022-03-29"}, {"id": "b", "text": "Rain falls on Oslo."}]
    documents.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    assert main(["extract", str(documents), str(written)]) == 0
    first, second = (json.loads(line) for line in written.read_text(encoding="utf-8").splitlines())
    assert (first["id"], first["claims"][0]["issuer_codes"], second) == ("a", ["CA"], {"id": "b", "claims": []})
    assert "1 claims written" in capsys.readouterr().out


def test_explain_marks_the_claims_in_the_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "news.txt"
    text.write_text(f"Rain falls on Oslo.\n\n{TEXT.text} Snow\x07 follows.", encoding="utf-8")
    assert main(["explain", str(text), "--published", "2022-03-29"]) == 0
    told = capsys.readouterr().out
    assert f"{TEXT.text} [1] Snow" in told
    assert "2022-03-28" in told
    assert "\x07" not in told


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["extract", "missing.jsonl", "out.jsonl"], "expected a file to read"),
        (["explain", "missing.txt"], "expected an address"),
        (["explain", "https://127.0.0.1/page"], "127.0.0.1"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(
    arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    told = capsys.readouterr().err
    assert message in told
    assert len(told.splitlines()) == 1


def test_a_wrong_day_of_publication_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "news.txt"
    text.write_text("Rain.", encoding="utf-8")
    assert main(["explain", str(text), "--published", "soon"]) == 2
    assert "--published" in capsys.readouterr().err


def test_the_marks_of_links_and_bold_print_hide_no_words() -> None:
    words = (
        "**Penalties.** On [March 4, 2023](https://example.org/a_(b)#:~:text=2023.), the United States "
        "[imposed](https://example.org/canada) a **ban on imports** from Belarus."
    )
    (claim,) = claims.read(Text("t", words, published=dt.date(2023, 3, 10)))
    assert (claim.issuer_codes, claim.territory_codes, claim.measure_type_code) == (("US",), ("BY",), "import_ban")
    (date,) = claim.dates
    assert (date.earliest, date.text, words[date.span.start : date.span.end]) == (dt.date(2023, 3, 4), *["March 4, 2023"] * 2)
    assert words[claim.evidence[0].start : claim.evidence[0].end].startswith("On [March")
