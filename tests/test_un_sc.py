"""The UN list: every trap of the source has a claim here; the recordings are counted by an independent pass."""

import datetime as dt
import re
from collections import Counter
from pathlib import Path

import pytest
from conftest import document_of
from hypothesis import given
from hypothesis import strategies as st

from pipeline.readers.regimes import UnknownRegime
from pipeline.readers.xml import UnknownContent
from pipeline.records import (
    Address,
    DatedStep,
    Fact,
    Identifier,
    Listing,
    Measure,
    MeasureInstrument,
    Name,
    Programme,
    Reject,
    Target,
)  # fmt: skip
from pipeline.sources import load
from pipeline.sources.un_sc import _day, _expiry, _read

SOURCE = load(("un_sc",))["un_sc"]


def parsed(path: Path) -> list:
    return list(SOURCE.parse(document_of("un_sc", path), SOURCE))


def of(records: list, kind: type, target: str) -> list:
    return [record for record in records if isinstance(record, kind) and record.target_key == target]


@pytest.fixture(scope="module")
def old(samples) -> list:
    return parsed(samples / "un_sc" / "2021-10-01" / "consolidated.xml")


@pytest.fixture(scope="module")
def new(samples) -> list:
    return parsed(samples / "un_sc" / "2026-02-27" / "consolidated.xml")


def changed(samples, tmp_path: Path, find: str, put: str) -> list:
    text = (samples / "un_sc" / "2026-02-27" / "consolidated.xml").read_text(encoding="utf-8")
    assert find in text
    path = tmp_path / "2026-02-27" / "consolidated.xml"
    path.parent.mkdir()
    path.write_text(text.replace(find, put, 1), encoding="utf-8")
    return parsed(path)


# ---- Keys and regimes ----
def test_a_reference_number_with_a_trailing_blank_is_the_same_key_as_without(old, new):
    (before,) = [r for r in old if isinstance(r, Target) and r.name == "RI WON HO"]
    (after,) = [r for r in new if isinstance(r, Target) and r.name == "RI WON HO"]
    assert before.key == after.key == "KPi.034"
    assert before.locator == after.locator == "//INDIVIDUAL[normalize-space(REFERENCE_NUMBER)='KPi.034']"


def test_every_entry_is_a_target_and_nothing_is_rejected(old, new):
    assert [r.key for r in old if isinstance(r, Target)] == ["KPi.034", "QDi.092", "LYi.009", "HTi.001", "CDe.001"]
    assert [r.key for r in new if isinstance(r, Target)] == ["KPi.034", "LYi.009", "LYi.015", "HTi.001", "YEe.001"]
    assert [r for r in old + new if isinstance(r, Reject)] == []


def test_a_renamed_regime_keeps_its_programme_and_says_where_it_is_named(old, new):
    programmes = [{r.key for r in records if isinstance(r, Programme)} for records in (old, new)]
    assert "Haiti" in programmes[0] & programmes[1]
    locators = [{r.locator for r in records if isinstance(r, Measure) and r.programme_key == "Haiti"} for records in (old, new)]
    assert locators == [
        {"//UN_LIST_TYPE[normalize-space()='26532022']"}, {"//UN_LIST_TYPE[normalize-space()='Haiti']"}
    ]  # fmt: skip


def test_only_regimes_that_the_document_names_are_told(old):
    assert {r.key for r in old if isinstance(r, Programme)} == {"DPRK", "Al-Qaida", "Libya", "Haiti", "DRC"}


def test_gb_is_guinea_bissau_and_has_a_travel_ban_alone():
    (row,) = [row for row in SOURCE.facts["programme"] if row["key"] == "GB"]
    assert row["territory_texts"] == ["Guinea-Bissau"]
    assert [measure["type_text"] for measure in row["measure"]] == ["travel ban"]


def test_the_freeze_against_north_korea_rests_on_its_paragraph(new):
    (link,) = [r for r in new if isinstance(r, MeasureInstrument) and r.measure_key == "DPRK|assets freeze"]
    assert link == MeasureInstrument("DPRK|assets freeze", "S/RES/1718 (2006)", "imposes", "para. 8(d)")


def test_an_unknown_regime_stops_the_source(samples, tmp_path):
    with pytest.raises(UnknownRegime, match="Atlantis"):
        changed(samples, tmp_path, ">Haiti<", ">Atlantis<")


# ---- Which measures, and since when ----
def test_lyi_015_has_a_travel_ban_and_a_later_freeze_stated_in_its_comment(new):
    assert [(r.measure_key, r.basis) for r in of(new, Listing, "LYi.015")] == [
        ("Libya|travel ban", "stated"), ("Libya|assets freeze", "stated")
    ]  # fmt: skip
    listed = {r.measure_key: r.period.earliest for r in of(new, DatedStep, "LYi.015") if r.action == "list"}
    assert listed == {"Libya|travel ban": dt.date(2011, 2, 26), "Libya|assets freeze": dt.date(2011, 3, 17)}


def test_lyi_009_has_the_freeze_alone_where_its_comment_names_it_alone(old, new):
    assert [r.measure_key for r in of(old, Listing, "LYi.009")] == ["Libya|travel ban", "Libya|assets freeze"]
    (listing,) = of(new, Listing, "LYi.009")
    assert (listing.measure_key, listing.basis) == ("Libya|assets freeze", "stated")
    assert listing.reason_text == "Listed pursuant to paragraph 17 of resolution 1970 ( Asset Freeze)"


def test_an_entity_listed_for_the_arms_embargo_alone_has_no_freeze(new):
    assert [(r.measure_key, r.basis) for r in of(new, Listing, "YEe.001")] == [("Yemen|arms embargo", "stated")]


def test_where_the_record_names_the_regime_alone_its_measures_are_derived(old):
    assert [(r.measure_key, r.basis) for r in of(old, Listing, "KPi.034")] == [
        ("DPRK|assets freeze", "derived"), ("DPRK|travel ban", "derived")
    ]  # fmt: skip
    assert [(r.measure_key, r.basis) for r in of(old, Listing, "CDe.001")] == [("DRC|assets freeze", "derived")]


def test_a_measure_in_unknown_words_stops_the_source(samples, tmp_path):
    with pytest.raises(UnknownRegime, match="Yacht Ban"):
        changed(samples, tmp_path, "(Travel Ban)", "(Yacht Ban)")


def test_a_measure_that_the_regime_does_not_have_stops_the_source(samples, tmp_path):
    with pytest.raises(UnknownRegime, match="arms embargo"):
        changed(samples, tmp_path, "(Travel Ban)", "(targeted arms embargo)")


def test_listed_on_with_a_zone_is_the_day_as_written(old):
    listed = [r for r in of(old, DatedStep, "QDi.092") if r.action == "list"]
    assert {(r.step, r.period.earliest, r.period.text) for r in listed} == {
        ("unspecified", dt.date(2015, 7, 1), "2015-07-01-04:00")
    }


def test_days_of_update_amend_each_listing_and_empty_or_repeated_ones_are_no_steps(old):
    amended = [r for r in of(old, DatedStep, "QDi.092") if r.action == "amend"]
    assert len(of(old, Listing, "QDi.092")) == 3
    assert Counter(r.period.earliest for r in amended) == {dt.date(2004, 11, 26): 3, dt.date(2019, 12, 6): 3}
    assert [r for r in of(old, DatedStep, "KPi.034") if r.action == "amend"] == []


def test_a_malformed_listed_on_is_a_reject_and_the_entry_stays(samples, tmp_path):
    records = changed(samples, tmp_path, "<LISTED_ON>2022-10-21<", "<LISTED_ON>autumn of 2022<")
    rejects = [r for r in records if isinstance(r, Reject)]
    assert {(r.table, r.reason, r.raw, r.target_key) for r in rejects} == {
        ("dates", "malformed_date", "autumn of 2022", "HTi.001")
    }
    assert len(of(records, Listing, "HTi.001")) == 2


# ---- Names ----
def test_names_keep_their_quality_and_an_empty_alias_is_no_name(old):
    assert [(r.value, r.type_text) for r in of(old, Name, "KPi.034")] == [("RI WON HO", "NAME")]
    assert [(r.value, SOURCE.code("name_type", r.type_text)) for r in of(old, Name, "QDi.092")] == [
        ("MEHREZ BEN MAHMOUD BEN SASSI AL-AMDOUNI", "primary"),
        ("محرز بن محمود", "native"),
        ("Fabio Fusco", "alias"),
        ("Abu Thale", "weak_alias"),
        ("Abu Banat", "alias"),
        ("Абу Банат", "native"),
    ]
    assert [(r.value, SOURCE.code("name_type", r.type_text)) for r in of(old, Name, "CDe.001")] == [
        ("ALLIED DEMOCRATIC FORCES (ADF)", "primary"),
        ("Forces Démocratiques Alliées", "former"),
        ("ADF/NALU", "alias"),
    ]


def test_the_language_of_a_name_in_its_own_script_is_not_invented(old):
    assert {(r.language, r.script) for r in old if isinstance(r, Name)} == {(None, None)}


def test_births_of_an_alias_are_not_births_of_the_person(old):
    facts = [
        (r.value, r.period and r.period.precision) for r in of(old, Fact, "QDi.092") if r.kind_text == "ALIAS_DATE_OF_BIRTH"
    ]
    assert facts == [("1968-05-25", "day"), ("1958 - 1964", "between")]
    (place,) = [r for r in of(old, Fact, "QDi.092") if r.kind_text == "ALIAS_PLACE_OF_BIRTH"]
    assert (place.value, place.country_text, place.note) == ("Naples, Italy", "Italy", "of the alias Fabio Fusco")


def test_a_birth_in_an_alias_without_a_name_is_the_persons_and_null_is_nothing(new):
    assert [(r.kind_text, r.value, r.note) for r in of(new, Fact, "KPi.034") if "BIRTH" in r.kind_text] == [
        ("DATE_OF_BIRTH", "1960", "in an alias without a name")
    ]


# ---- Births, documents, addresses ----
def test_every_kind_of_birth_date_keeps_its_words_and_its_precision(old):
    births = [r for r in of(old, Fact, "QDi.092") if r.kind_text == "DATE_OF_BIRTH"]
    assert [
        (r.value, r.period and (r.period.earliest, r.period.latest, r.period.precision, r.period.is_approximate))
        for r in births
    ] == [
        ("EXACT 1969", (dt.date(1969, 1, 1), dt.date(1969, 12, 31), "year", False)),
        ("APPROXIMATELY 1970", (dt.date(1970, 1, 1), dt.date(1970, 12, 31), "year", True)),
        ("BETWEEN 1955 - 1958", (dt.date(1955, 1, 1), dt.date(1958, 12, 31), "between", True)),
        ("EXACT Nov. 1973", (dt.date(1973, 11, 1), dt.date(1973, 11, 30), "month", False)),
        ("EXACT 1958", (dt.date(1958, 9, 1), dt.date(1958, 9, 30), "month", False)),
        ("EXACT 1979-03-03", (dt.date(1979, 3, 3), dt.date(1979, 3, 3), "day", False)),
        ("EXACT 24/06/1402 (Hijri Calendar)", None),
        ("APPROXIMATELY 30-35 years old", None),
        ("EXACT 1966-02-02-05:00", (dt.date(1966, 2, 2), dt.date(1966, 2, 2), "day", False)),
    ]  # fmt: skip
    assert births[5].note == "from false passport"


def test_places_of_birth_with_and_without_more_than_a_remark(old):
    assert [(r.value, r.country_text) for r in of(old, Fact, "QDi.092") if r.kind_text == "PLACE_OF_BIRTH"] == [
        ("Asima, Tunis, Tunisia", "Tunisia"), ("possibly Asmara, Eritrea", None)
    ]  # fmt: skip


def test_documents_with_their_dates_kinds_and_doubts(old):
    passport, fiscal, ration = of(old, Identifier, "QDi.092")
    assert (passport.type_text, passport.value, passport.country_text) == ("Passport", "G737411", "Tunisian")
    assert (passport.issued.earliest, passport.expires.earliest) == (dt.date(1990, 10, 24), dt.date(1997, 9, 20))
    assert (passport.note, passport.is_valid) == ("issued in Bonn, Germany; expired on 20 Sep. 1997", None)
    assert (SOURCE.code("identifier_type", fiscal.type_text), fiscal.country_text) == ("tax_id", "Italy")
    assert (ration.type_text, ration.note) == (
        "National Identification Number",
        "Ration card no.; fraudulently obtained",
    )
    assert ration.is_valid is False


def test_a_document_whose_number_stands_in_a_sentence_is_a_fact(old):
    (fact,) = [r for r in of(old, Fact, "QDi.092") if r.kind_text == "DOCUMENT"]
    assert fact.value == "Passport; Tunisian passport number L 191609 issued on 28 Feb. 1996, expired on 27 Feb. 2001"


def test_addresses_are_one_line_and_an_empty_one_is_none(old):
    whole, remark = of(old, Address, "QDi.092")
    assert whole == Address(
        "QDi.092", "Via Cilea 40, Milan, Lombardy, 20100, Italy", "Milan", "Lombardy", "20100", "Italy", "Domicile"
    )
    assert (remark.text, remark.note) == (None, "Believed to be in Tunisia")
    assert of(old, Address, "KPi.034") == []


def test_other_texts_stand_under_their_own_labels(old, new):
    said = {(r.kind_text, r.value) for r in of(old, Fact, "QDi.092")} | {
        (r.kind_text, r.value) for r in of(new, Fact, "HTi.001")
    }
    assert ("SUBMITTED_BY", "Germany") in said
    assert ("INTERPOL_LINK", "https://www.interpol.int/en/notice/search/un/1234567") in said
    assert ("HAS_INTERPOL_LINK", "true") in said
    assert ("GENDER", "Male") in {(r.kind_text, r.value) for r in of(new, Fact, "KPi.034")}
    assert ("NATIONALITY", "Democratic People's Republic of Korea") in {
        (r.kind_text, r.value) for r in of(old, Fact, "KPi.034")
    }
    (submitted,) = [r for r in of(old, Fact, "CDe.001") if r.kind_text == "SUBMITTED_ON"]
    assert submitted.period.earliest == dt.date(2009, 7, 17)


def test_every_word_has_a_code(old, new):
    lists = {
        Name: "name_type",
        Identifier: "identifier_type",
        Fact: "fact",
        Measure: "measure_type",
        Target: "target_type",
    }
    for record in old + new:
        if type(record) in lists:
            word = record.kind_text if isinstance(record, Fact) else record.type_text
            assert SOURCE.code(lists[type(record)], word)


# ---- News ----
@pytest.mark.parametrize(
    ("find", "put"),
    [
        ("<SORT_KEY/>", "<SORT_KEY/><FLAG>red</FLAG>"),
        ("<GENDER>", '<GENDER sure="no">'),
        ("<ENTITIES>", "<VESSELS/><ENTITIES>"),
        ("</ENTITY>", "</ENTITY><VESSEL/>"),
        ("</INDIVIDUAL>", "</INDIVIDUAL><VESSEL/>"),
        ("UN List", "Other List"),
        ("<QUALITY>a.k.a.</QUALITY>", "<QUALITY/>"),
    ],
)
def test_what_has_never_been_seen_stops_the_source(samples, tmp_path, find, put):
    with pytest.raises(UnknownContent):
        changed(samples, tmp_path, find, put)


def test_a_second_entry_of_one_reference_number_is_a_reject(samples, tmp_path):
    records = changed(samples, tmp_path, ">LYi.015<", ">LYi.009 <")
    assert [(r.reason, r.target_key) for r in records if isinstance(r, Reject)] == [("duplicate_key", "LYi.009")]


# ---- Days in words ----
@pytest.mark.parametrize(
    ("note", "day"),
    [
        ("expired on 20 Sep. 1997", (1997, 9, 20)),
        ("Expiration date: 2023-06-04.", (2023, 6, 4)),
        ("Expiration date: 9 Dec 2006", (2006, 12, 9)),
        ("Passport expiration date: March 22, 2018", (2018, 3, 22)),
        ("Issued on 12 June 2014, expires 12 June 2019 Iran (Islamic Republic of)", (2019, 6, 12)),
        ("valid until 10 April 2018", (2018, 4, 10)),
        ("exp. 20 Aug 2017", (2017, 8, 20)),
        ("expired on 7 Mar. 2010. Expiry date in Hijri Calendar 21/03/1431.", (2010, 3, 7)),
        ("issued by UK Passport Office with expiry date of 16 Jun. 2019, cancelled in Dec. 2014", (2019, 6, 16)),
    ],
)  # fmt: skip
def test_an_expiry_in_a_remark_is_read_where_it_is_regular(note, day):
    assert _expiry(note).earliest == dt.date(*day)


@pytest.mark.parametrize(
    "note", ["expired", "issued on 3 May 2007", "expires 31 Feb. 2011", "expired 1 May 2001, expires 2 May 2002"]
)
def test_no_expiry_is_guessed(note):
    assert _expiry(note) is None


@given(st.dates(), st.sampled_from(["", "Z", "-05:00", "+14:00"]))
def test_a_day_is_read_as_written_whatever_its_zone(day, zone):
    assert _day(f"{day.isoformat()}{zone}").earliest == day


@given(st.text())
def test_no_text_breaks_the_reading_of_days(text):
    for period in (_day(text), _read(text), _expiry(text)):
        assert period is None or period.earliest <= period.latest


# ---- The real documents ----
def independent_counts(text: str) -> dict[str, int]:
    """Counted with regular expressions over the text, without the parser's reader."""
    entries = re.findall(r"<(INDIVIDUAL|ENTITY)>(.*?)</\1>", text, re.DOTALL)
    aliases = sum(
        len({(" ".join(q.split()), " ".join(n.split())) for q, n in
             re.findall(r"<QUALITY>([^<]*)</QUALITY>\s*<ALIAS_NAME>([^<]*)</ALIAS_NAME>", body) if n.strip()})
        for _, body in entries
    )  # fmt: skip
    documents = re.findall(r"<INDIVIDUAL_DOCUMENT>(.*?)</INDIVIDUAL_DOCUMENT>", text, re.DOTALL)
    return {
        "entries": len(entries),
        "listed": len(re.findall(r"<LISTED_ON>\d{4}-\d\d-\d\d", text)),
        "names": len(entries) + aliases + len(re.findall(r"<NAME_ORIGINAL_SCRIPT>[^<]*[^<\s][^<]*<", text)),
        "documents": sum(1 for body in documents if re.search(r">[^<]*[^<\s][^<]*<", body)),
        "births": sum(
            1 for body in re.findall(r"<INDIVIDUAL_DATE_OF_BIRTH>(.*?)</INDIVIDUAL_DATE_OF_BIRTH>", text, re.DOTALL)
            if re.search(r"<(?:DATE|YEAR|FROM_YEAR|NOTE)>", body)
        ),
        "nationalities": sum(
            len(re.findall(r"<VALUE>[^<]*[^<\s][^<]*<", body))
            for body in re.findall(r"<NATIONALITY>(.*?)</NATIONALITY>", text, re.DOTALL)
        ),
    }  # fmt: skip


def parsed_counts(records: list) -> dict[str, int]:
    facts = Counter(r.kind_text for r in records if isinstance(r, Fact) and not (r.note or "").startswith("in an alias"))
    notes = [r.value for r in records if isinstance(r, Fact) and r.kind_text == "ALIAS_NOTE"]
    scripts = sum(note.startswith(("original script:", "in Arabic script:")) for note in notes)
    return {
        "entries": sum(isinstance(r, Target) for r in records),
        "listed": len({r.target_key for r in records if isinstance(r, DatedStep) and r.action == "list"}),
        "names": sum(isinstance(r, Name) for r in records) - scripts,
        "documents": sum(isinstance(r, Identifier) for r in records) + facts["DOCUMENT"],
        "births": facts["DATE_OF_BIRTH"],
        "nationalities": facts["NATIONALITY"],
    }


@pytest.mark.recordings
@pytest.mark.parametrize(
    ("day", "entries"),
    [
        ("2017-06-30", 1024), ("2023-04-18", 955), ("2024-04-02", 875),
        ("2025-09-03", 879), ("2025-11-15", 1000), ("2026-02-27", 1003),
    ],
)  # fmt: skip
def test_the_real_documents_are_read_whole(recordings, day, entries):
    path = recordings / "un_sc" / day / "consolidated.xml.xz"
    text = document_of("un_sc", path).read().decode("utf-8")
    records = parsed(path)
    assert parsed_counts(records) == independent_counts(text)
    assert parsed_counts(records)["entries"] == entries
    assert [r for r in records if isinstance(r, Reject)] == []


@pytest.mark.recordings
def test_the_real_entries_of_libya_stand_under_what_they_state(recordings):
    records = parsed(recordings / "un_sc" / "2026-02-27" / "consolidated.xml.xz")
    listed = {
        (r.target_key, r.measure_key): r.period.earliest
        for r in records if isinstance(r, DatedStep) and r.action == "list" and r.target_key in ("LYi.009", "LYi.015")
    }  # fmt: skip
    assert listed == {
        ("LYi.009", "Libya|assets freeze"): dt.date(2011, 2, 26),
        ("LYi.015", "Libya|travel ban"): dt.date(2011, 2, 26),
        ("LYi.015", "Libya|assets freeze"): dt.date(2011, 3, 17),
    }


@pytest.mark.recordings
def test_the_names_of_iran_came_back_with_the_days_of_their_first_listing(recordings):
    listed = []
    for day in ("2023-04-18", "2025-11-15"):
        records = parsed(recordings / "un_sc" / day / "consolidated.xml.xz")
        listed.append({r.target_key: r.period.earliest for r in records if isinstance(r, DatedStep)
                       and r.action == "list" and r.measure_key == "Iran|assets freeze"})  # fmt: skip
    assert len(listed[0]) == 84
    assert len(listed[1]) == 121
    assert listed[0].items() <= listed[1].items()
