"""OFAC's enhanced XML of the non-SDN lists: lists with their days, kinds of sanction, and what a filter would hide."""

import datetime as dt
import lzma
import re
from collections import Counter
from pathlib import Path

import pytest
from conftest import document_of

from pipeline.readers.xml import UnknownContent
from pipeline.records import Address, DatedStep, Fact, Identifier, Link, Listing, Name, Record, Reject, Target
from pipeline.sources import Source, load
from pipeline.sources.us_ofac_cons_enhanced import FilteredExport

DAY = "2025-01-10"
SSI = "Sectoral Sanctions Identifications List"
DIRECTIVE_1 = f"{SSI}|UKRAINE-EO13662|13662 Sectoral Directive 1"
DIRECTIVE_3 = "Non-SDN Menu-Based Sanctions List|RUSSIA-EO14024|Executive Order 14024 Directive 3"
BLOCK = "SDN List|RUSSIA-EO14024|Block"


@pytest.fixture(scope="module")
def source() -> Source:
    return load(("us_ofac_cons_enhanced",))["us_ofac_cons_enhanced"]


@pytest.fixture(scope="module")
def path(samples: Path) -> Path:
    return samples / "us_ofac_cons_enhanced" / DAY / "CONS_ENHANCED.XML"


@pytest.fixture(scope="module")
def records(path: Path, source: Source) -> list[Record]:
    return list(source.parse(document_of("us_ofac_cons_enhanced", path), source))


def of(records: list[Record], kind: type, key: str) -> list:
    return [record for record in records if type(record) is kind and record.target_key == key]


def days(records: list[Record], key: str) -> dict[tuple[str, str], str]:
    return {(step.measure_key, step.step): step.period.earliest.isoformat() for step in of(records, DatedStep, key)}


def test_an_entity_has_the_key_of_the_other_formats(records: list[Record]) -> None:
    assert [record for record in records if isinstance(record, Target)][1] == Target(
        "17013", "Entity", "NORTHERN TRADE BANK", "//entity[@id='17013']"
    )


def test_types_and_programmes_are_paired_as_in_the_advanced_xml(records: list[Record]) -> None:
    assert {listing.measure_key: listing.basis for listing in of(records, Listing, "17013")} == {
        SSI: "stated", "SDN List": "stated", DIRECTIVE_1: "derived", DIRECTIVE_3: "derived", BLOCK: "derived",
    }  # fmt: skip
    assert {listing.measure_key: listing.basis for listing in of(records, Listing, "33111")} == {
        "Non-SDN CMIC List": "stated", "Non-SDN CMIC List|CMIC-EO13959|CMIC Executive Order": "stated",
    }  # fmt: skip


def test_the_day_of_a_list_is_that_of_its_own_programmes_only(records: list[Record]) -> None:
    assert days(records, "17013") == {
        (SSI, "published"): "2014-07-29", (DIRECTIVE_1, "published"): "2014-07-29",
        ("SDN List", "published"): "2022-04-06", (BLOCK, "published"): "2022-04-06",
        (DIRECTIVE_3, "unspecified"): "2022-02-24", (DIRECTIVE_3, "effective"): "2022-03-26",
    }  # fmt: skip


def test_a_day_before_the_signature_of_the_order_is_no_day_of_its_programme(records: list[Record]) -> None:
    found = days(records, "18281")
    assert found["SDN List", "published"] == "2015-07-30"
    assert (BLOCK, "published") not in found  # Executive Order 14024 was signed on 2021-04-15


def test_the_combined_list_is_no_measure(records: list[Record]) -> None:
    assert not any("Consolidated" in listing.measure_key for listing in records if isinstance(listing, Listing))
    entry = next(fact for fact in of(records, Fact, "17013") if fact.kind_text == "Consolidated List entry")
    assert entry.period.earliest == dt.date(2014, 10, 10)


def test_names_keep_every_script_and_their_parts_in_order(records: list[Record]) -> None:
    assert [(name.value, name.type_text, name.script) for name in of(records, Name, "17013")] == [
        ("NORTHERN TRADE BANK", "Name", "Latn"),
        ("СЕВЕРНЫЙ ТОРГОВЫЙ БАНК", "Name (other script)", "Cyrl"),
        ("NTB BANK", "F.K.A.", "Latn"),
    ]
    assert [name.value for name in of(records, Name, "9640")] == ["ABU SALIM, Fadi", "ABOU SALEEM, Fadi"]
    assert of(records, Name, "9640")[1].type_text == "A.K.A. (low quality)"


def test_an_address_in_two_scripts_is_two_addresses(records: list[Record]) -> None:
    assert of(records, Address, "17013") == [
        Address("17013", "4, ul. Severnaya, Moscow", "Moscow", None, None, "Russia"),
        Address("17013", "Москва", "Москва", None, None, "Russia", "other spelling (Cyrl)"),
    ]


def test_a_year_is_told_as_a_year(records: list[Record]) -> None:
    birth = next(fact for fact in of(records, Fact, "9640") if fact.kind_text == "Birthdate")
    assert (birth.period.precision, birth.period.text, birth.period.latest) == ("year", "1958", dt.date(1958, 12, 31))


def test_a_document_says_whose_name_and_authority_it_bears(records: list[Record]) -> None:
    swift, tax = of(records, Identifier, "17013")
    assert (swift.type_text, swift.value) == ("SWIFT/BIC", "NTBKRUMM")
    assert (tax.value, tax.country_text, tax.is_valid) == ("7700000001", "Russia", True)
    assert tax.note == "issued by INN; issued in Moscow; issued to NTB BANK"


def test_a_feature_keeps_its_comment_and_reliability(records: list[Record]) -> None:
    website = next(fact for fact in of(records, Fact, "17013") if fact.kind_text == "Website")
    assert (website.value, website.note) == ("www.ntb.example", "Russian Language website; reliability: Confirmed")


def test_a_relation_to_a_party_of_another_list_is_a_fact(records: list[Record]) -> None:
    assert of(records, Link, "18281") == [
        Link("18281", "17013", "Owned or Controlled By", "NORTHERN TRADE BANK; quality: High")
    ]
    other = next(fact for fact in of(records, Fact, "18281") if fact.kind_text == "Linked To:")
    assert (other.value, other.note) == (
        "GREY HOLDING; quality: High", "Acting for or on behalf of: entity 777, which is not on these lists",
    )  # fmt: skip


def changed(path: Path, source: Source, tmp_path: Path, old: str, new: str) -> list[Record]:
    text = path.read_text(encoding="utf-8")
    assert old in text
    other = tmp_path / DAY / "CONS_ENHANCED.XML"
    other.parent.mkdir()
    other.write_text(text.replace(old, new, 1), encoding="utf-8")
    return list(source.parse(document_of("us_ofac_cons_enhanced", other), source))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (">Consolidated List</sanctionsList>\n      </sanctionsLists>\n    </filters>",
         ">Non-SDN CMIC List</sanctionsList>\n      </sanctionsLists>\n    </filters>"),
        ("      </sanctionsLists>\n    </filters>",
         '      </sanctionsLists><sanctionsPrograms><sanctionsProgram>IRGC</sanctionsProgram></sanctionsPrograms></filters>'),
    ],
)  # fmt: skip
def test_a_filtered_export_is_not_the_list(path: Path, source: Source, tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(FilteredExport, match="expected the one filter Consolidated List"):
        changed(path, source, tmp_path, old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<generalInfo>", "<novelty>1</novelty><generalInfo>"),
        ("<identityId>9640</identityId>", "<novelty>1</novelty>"),
        (">Cyrillic<", ">Klingon<"),
        ("<type refId=\"1\">CITY</type>", "<type refId=\"1\">GALAXY</type>"),
        ("  <entities>", "  <novelty/>\n  <entities>"),
    ],
)  # fmt: skip
def test_unknown_content_is_news(path: Path, source: Source, tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(UnknownContent):
        changed(path, source, tmp_path, old, new)


def test_an_unknown_kind_of_sanction_is_rejected(path: Path, source: Source, tmp_path: Path) -> None:
    found = changed(path, source, tmp_path, ">CMIC Executive Order<", ">Novelty<")
    assert [(record.reason, record.raw) for record in found if isinstance(record, Reject)] == [("unknown_label", "Novelty")]


@pytest.mark.recordings
def test_the_state_of_2025_01_10_is_accounted_for_to_the_last_element(recordings: Path, source: Source) -> None:
    path = recordings / "us_ofac_cons_enhanced" / DAY / "CONS_ENHANCED.XML.xz"
    raw = lzma.decompress(path.read_bytes())
    raw = raw[raw.index(b"<entities>") :]
    counted = Counter(
        name.decode() for name in re.findall(rb"<(entity|script|feature|identityDocument|relationship)(?: [^>]*)?>", raw)
    )
    days_stated = Counter(name.decode() for name in re.findall(rb'datePublished="[\d-]+">([^<]*)<', raw))
    assert (counted["entity"], days_stated.total()) == (443, 966)
    records = list(source.parse(document_of("us_ofac_cons_enhanced", path), source))
    kinds = Counter(type(record).__name__ for record in records)
    assert kinds["Target"] == 443
    says_nothing = (
        rb'<address id="\d+">\s*<translations>\s*<translation id="\d+">\s*<isPrimary>\w+</isPrimary>\s*'
        rb'<script refId="\d+">\w+</script>\s*</translation>\s*</translations>\s*</address>'
    )
    assert kinds["Name"] + kinds["Address"] == counted["script"] - len(re.findall(says_nothing, raw))
    facts = Counter(fact.kind_text for fact in records if isinstance(fact, Fact))
    on_top = facts["Remarks"] + facts["Consolidated List entry"] + facts["Linked To:"]
    assert kinds["Fact"] - on_top + kinds["Identifier"] == counted["feature"] + counted["identityDocument"]
    assert kinds["Link"] + facts["Linked To:"] == counted["relationship"]
    on_lists = [step for step in records if isinstance(step, DatedStep) and "|" not in step.measure_key]
    assert len(on_lists) + facts["Consolidated List entry"] == 966
    assert [record for record in records if isinstance(record, Reject)] == []
