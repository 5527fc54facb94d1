"""China's countermeasures: two publishers in one container of announcements; the recordings are counted by regex."""

import datetime as dt
import json
import lzma
import re
from collections import Counter
from pathlib import Path

import pytest
from conftest import document_of

from pipeline.readers.announcements import UnknownAnnouncement
from pipeline.records import DatedStep, Fact, Instrument, Link, Listing, Measure, MeasureInstrument, Name, Reject, Target
from pipeline.sources import Source, load

SOURCES = load(("cn_mfa", "cn_mofcom"))
SAMPLE = Path("cn_countermeasures") / "2026-03-15" / "announcements.jsonl"
ORDER = "中华人民共和国外交部令第30号（2024-01-02）"
SECOND_ORDER = "中华人民共和国外交部令第31号（2024-02-03）"
LISTED = "不可靠实体清单工作机制公告〔2024〕6号"
EXPORTS = "商务部公告2026年第7号"


def parsed(source: Source, path: Path) -> list:
    return list(source.parse(document_of("cn_countermeasures", path, media_type="application/x-ndjson"), source))


@pytest.fixture(scope="module")
def mfa(samples) -> list:
    return parsed(SOURCES["cn_mfa"], samples / SAMPLE)


@pytest.fixture(scope="module")
def mofcom(samples) -> list:
    return parsed(SOURCES["cn_mofcom"], samples / SAMPLE)


def of(records: list, kind: type) -> list:
    return [record for record in records if isinstance(record, kind)]


def changed(samples: Path, tmp_path: Path, source_id: str, find: str, put: str) -> list:
    text = (samples / SAMPLE).read_text(encoding="utf-8")
    assert find in text
    path = tmp_path / "2026-03-15" / "announcements.jsonl"
    path.parent.mkdir()
    path.write_text(text.replace(find, put, 1), encoding="utf-8")
    return parsed(SOURCES[source_id], path)


def raw_lines(path: Path) -> list[bytes]:
    body = path.read_bytes()
    return (lzma.decompress(body) if path.suffix == ".xz" else body).splitlines()


def texts(path: Path) -> dict[str, str]:
    """The text of each announcement by its locator's first part."""
    rows = [json.loads(line) for line in raw_lines(path)]
    by_place = {}
    for row in rows:
        url = row["text"].split("\n", 1)[0]
        place = f"url='{url}'" if url.startswith("http") else f"file='{row['file']}'"
        by_place[f"/documents[{place}]"] = row["text"]
    return by_place


# ---- Names ----
def test_each_name_stands_in_both_scripts(mfa, mofcom):
    names = {(r.type_text, r.value, r.language, r.script) for r in of(mfa + mofcom, Name)}
    assert ("名称", "样本公司", "zh", "Hans") in names
    assert ("（名称）", "Sample Works, Inc.", None, "Latn") in names
    assert ("（名称）", "Alpha B. Beta", None, "Latn") in names


def test_a_full_width_bracket_that_closes_with_a_half_width_one_is_read(mfa):
    assert "Sample Works, Inc." in [r.value for r in of(mfa, Name)]


def test_an_office_before_a_name_is_no_part_of_the_name(mfa):
    (person,) = [r for r in of(mfa, Target) if "丙·丁" in (r.name or "")]
    assert person.name == "丙·丁"
    assert ("职务", "样本研究所所长") in [(r.kind_text, r.value) for r in of(mfa, Fact) if r.target_key == person.key]


def test_a_birth_and_a_nationality_after_the_name_are_facts(mfa):
    facts = {r.kind_text: r for r in of(mfa, Fact) if "丙·丁" in r.target_key}
    assert facts["出生日期"].period.earliest == dt.date(1953, 2, 3)
    assert facts["国籍"].country_text == "日本"
    assert facts["性别"].value == "男"


def test_a_mark_between_names_that_is_part_of_a_name_does_not_part_it(mofcom):
    names = [r.name for r in of(mofcom, Target) if LISTED in r.key]
    assert names == ["样本防务公司", "波音防务、空间与安全集团"]


def test_a_company_is_american_where_the_sentence_says_so_and_its_managers_are_not(mfa):
    assert [r.target_key.split("|")[0] for r in of(mfa, Fact) if r.kind_text == "国别"] == ["样本公司", "海与天公司"]


def test_branches_are_targets_of_their_own_and_an_empty_number_is_none(mofcom):
    names = [r.name for r in of(mofcom, Target) if EXPORTS in r.key]
    assert names == ["样本造船株式会社", "样本科技公司", "Sample Tech Europe"]
    (link,) = of(mofcom, Link)
    assert (link.target_key.split("|")[0], link.other_key.split("|")[0]) == ("Sample Tech Europe", "样本科技公司")


def test_keys_are_composed_of_name_country_announcement_and_ordinal(mfa, mofcom):
    assert f"样本公司|美国|{ORDER}|1" in [r.key for r in of(mfa, Target)]
    assert {r.key_kind for r in of(mfa + mofcom, Target)} == {"composed"}


# ---- Measures ----
def test_a_sanction_hits_those_of_its_own_group_alone(mfa):
    listed = {(r.target_key.split("|")[0], r.measure_key) for r in of(mfa, Listing) if ORDER in r.measure_key}
    assert listed == {
        ("样本公司", f"{ORDER}|1|冻结财产"), ("海与天公司", f"{ORDER}|1|冻结财产"),
        ("甲·乙", f"{ORDER}|2|禁止交易、合作"), ("甲·乙", f"{ORDER}|2|不予签发签证、不准入境"),
    }  # fmt: skip


def test_an_annex_without_sections_falls_to_the_groups_by_their_numbers(mfa):
    listed = {
        (r.target_key.split("|")[0], r.measure_key.split("|", 1)[1]) for r in of(mfa, Listing) if SECOND_ORDER in r.measure_key
    }
    assert listed == {
        ("样本研究所", "1|严格限制交易、交流、合作"),
        ("丙·丁", "2|冻结财产"), ("丙·丁", "2|不予签发签证、不准入境"),
    }  # fmt: skip


def test_what_a_restriction_does_is_not_made_a_ban(mfa):
    codes = SOURCES["cn_mfa"].words["measure_type"]
    assert codes["严格限制交易、交流、合作"] == "financial_restriction"


def test_an_entry_ban_on_managers_says_so_in_its_words_and_title(mofcom):
    (ban,) = [r for r in of(mofcom, Measure) if r.type_text == "禁止高级管理人员入境"]
    assert ban.quote == "禁止上述企业高级管理人员入境"
    assert ban.title == "No entry for senior managers of the listed companies, who are not named"


def test_goods_and_the_exception_go_with_the_export_bans(mofcom):
    bans = [r for r in of(mofcom, Measure) if EXPORTS in r.key]
    assert [r.type_text for r in bans] == ["禁止出口两用物项", "禁止境外转移或提供两用物项"]
    assert {(r.goods_text, r.exceptions_text) for r in bans} == {
        ("两用物项", "特殊情况下确需出口的，出口经营者应当向商务部提出申请")
    }


def test_a_measure_rests_on_the_articles_that_the_decision_names(mfa):
    links = {(r.number, r.role, r.provision_text) for r in of(mfa, MeasureInstrument) if r.measure_key == f"{ORDER}|1|冻结财产"}
    assert links == {(ORDER, "imposes", None), ("中华人民共和国反外国制裁法", "authority", "第三条、第四条、第十五条")}


def test_the_reason_is_the_paragraph_before_the_ground_in_law(mfa, mofcom):
    assert {r.reason_text for r in of(mfa, Listing)} == {"样本公司长期干涉中国内政。", "样本研究所干涉中国内政。"}
    assert "为维护国家主权、安全和发展利益；参与对台湾地区军售" in {r.reason_text for r in of(mofcom, Listing)}


# ---- Dates ----
def test_promulgation_and_effect_are_days_of_their_own(mfa):
    steps = {(r.action, r.step): r.period.earliest for r in of(mfa, DatedStep) if r.measure_key == f"{ORDER}|1|冻结财产"}
    assert steps == {
        ("impose", "announced"): dt.date(2024, 1, 2), ("impose", "published"): dt.date(2024, 1, 2),
        ("impose", "effective"): dt.date(2024, 1, 5), ("list", "announced"): dt.date(2024, 1, 2),
        ("list", "published"): dt.date(2024, 1, 2), ("list", "effective"): dt.date(2024, 1, 5),
    }  # fmt: skip


def test_an_effect_from_the_day_of_publication_is_derived_from_it(mofcom):
    (step,) = [
        r for r in of(mofcom, DatedStep)
        if r.measure_key == f"{LISTED}|0|禁止高级管理人员入境" and (r.action, r.step) == ("impose", "effective")
    ]  # fmt: skip
    assert (step.period.earliest, step.period.text) == (dt.date(2024, 6, 3), "自公布之日起实施")
    assert step.period.derivation == "the day of publication, 2024-06-03"


def test_an_hour_does_not_move_the_day(mofcom):
    days = {r.period.earliest for r in of(mofcom, DatedStep) if EXPORTS in r.measure_key and r.step == "effective"}
    assert days == {dt.date(2026, 2, 3)}


def test_a_suspension_is_a_step_of_each_measure_of_the_announcement_that_it_names(mofcom):
    steps = [r for r in of(mofcom, DatedStep) if r.action == "suspend"]
    assert {r.measure_key for r in steps} == {f"{LISTED}|0|禁止从事与中国有关的进出口活动", f"{LISTED}|0|禁止高级管理人员入境"}
    assert {r.period.earliest for r in steps} == {dt.date(2024, 11, 10)}
    assert all(r.period.text.endswith("相关措施90天") for r in steps)


def test_an_end_of_measures_that_the_container_does_not_hold_stays_an_instrument(mofcom):
    assert [r for r in of(mofcom, DatedStep) if r.action == "lift"] == []
    assert "商务部新闻发言人就调整不可靠实体清单措施答记者问（2024-11-05）" in [r.number for r in of(mofcom, Instrument)]


# ---- Evidence, strictness ----
def _quotes_stand_at_their_offsets(records: list, path: Path) -> int:
    by_place, count = texts(path), 0
    for record in records:
        if locator := getattr(record, "locator", None):
            place, _, span = locator.rpartition("/char:")
            start, end = map(int, span.split("-"))
            words = by_place[place][start:end]
            assert words.strip() == words != ""
            quote = getattr(record, "quote", None)
            if quote is not None:
                assert words == quote
            if isinstance(record, Target):
                assert record.name in words
            count += 1
    return count


def test_every_quote_equals_the_text_at_its_offsets(samples, mfa, mofcom):
    assert _quotes_stand_at_their_offsets(mfa + mofcom, samples / SAMPLE) > 40


def test_nothing_of_the_sample_is_rejected(mfa, mofcom):
    assert of(mfa + mofcom, Reject) == []


def test_a_sanction_in_new_words_is_a_reject_with_its_clause(samples, tmp_path):
    records = changed(samples, tmp_path, "cn_mofcom", "禁止上述企业高级管理人员入境", "没收上述企业在中国境内的财产")
    assert [r.raw for r in of(records, Reject)] == ["二、没收上述企业在中国境内的财产"]


def test_a_law_never_seen_before_stops_the_source(samples, tmp_path):
    with pytest.raises(UnknownAnnouncement, match="中华人民共和国新法"):
        changed(samples, tmp_path, "cn_mfa", "中华人民共和国反外国制裁法", "中华人民共和国新法")


def test_groups_that_do_not_add_up_stop_the_source(samples, tmp_path):
    with pytest.raises(UnknownAnnouncement, match="do not add up"):
        changed(samples, tmp_path, "cn_mfa", "等1家机构", "等2家机构")


def test_an_announcement_of_no_known_publisher_stops_both_sources(samples, tmp_path):
    with pytest.raises(UnknownAnnouncement, match="no known publisher"):
        changed(samples, tmp_path, "cn_mfa", "来源：安全与管制局", "来源：某局")


# ---- Recordings ----
@pytest.mark.recordings
def test_every_numbered_and_bracketed_name_of_the_recordings_is_accounted_for(recordings):
    """Names counted in the raw texts: lines with a number in the annexes, and names with a bracket in Latin letters."""
    path = recordings / "cn_countermeasures" / "2026-03-15" / "announcements.jsonl.xz"
    records = parsed(SOURCES["cn_mfa"], path) + parsed(SOURCES["cn_mofcom"], path)
    rows = [json.loads(line)["text"] for line in raw_lines(path)]
    assert len(rows) == 41
    bracketed = Counter()
    for text in rows:
        parts = re.split(r"\n[ \u3000]*(?:附件|附|反制清单)[ \u3000]*\n", text)
        bracketed.update(re.findall(r"[（(]\W*([A-Z][^（）()]*)[)）]", parts[-1]))
    # Recalled in 2024 as listed in 2023; a warning in the same announcement names a third, which is a target.
    bracketed.subtract(["Lockheed Martin Corporation", "Raytheon Missiles & Defense"])
    told = Counter(r.value for r in of(records, Name) if r.type_text == "（名称）")
    assert told == +bracketed
    dashes = sum(len(re.findall(r"(?m)^ +-(?=\w)", text)) for text in rows)
    # 余茂春, two institutions of 2023, 石平, PVH twice: named without a bracket; ten branches after dashes.
    assert len(of(records, Target)) == sum(told.values()) + 6 + dashes
    assert len(of(records, Target)) == 341
    assert [r.raw for r in of(records, Reject)] == ["企业及相关高级管理人员"]
    assert _quotes_stand_at_their_offsets(records, path) > 700


@pytest.mark.recordings
def test_the_numbers_that_announcements_state_are_those_of_their_listings(recordings):
    path = recordings / "cn_countermeasures" / "2026-03-15" / "announcements.jsonl.xz"
    records = parsed(SOURCES["cn_mofcom"], path)
    stated = {}
    for record in of(records, Instrument):
        if found := re.search(r"(\d+)家", record.title or ""):
            stated[record.number] = int(found[1])
    assert len(stated) == 15
    entries = Counter(r.key.split("|")[2] for r in of(records, Target))
    assert {number: entries[number] for number in stated if "答记者问" not in number} == {
        number: count for number, count in stated.items() if "答记者问" not in number
    }


@pytest.mark.recordings
def test_the_suspensions_of_2025_are_steps_of_the_measures_of_march_and_april(recordings):
    path = recordings / "cn_countermeasures" / "2026-03-15" / "announcements.jsonl.xz"
    steps = {
        (r.action, r.measure_key.split("〕")[1].split("|")[0], r.period.earliest)
        for r in of(parsed(SOURCES["cn_mofcom"], path), DatedStep) if r.action in ("suspend", "lift")
    }  # fmt: skip
    assert steps == {
        ("suspend", "7号", dt.date(2025, 5, 14)), ("suspend", "8号", dt.date(2025, 5, 14)),
        ("suspend", "7号", dt.date(2025, 8, 12)), ("lift", "8号", dt.date(2025, 8, 12)),
        ("suspend", "7号", dt.date(2025, 11, 10)), ("lift", "5号", dt.date(2025, 11, 10)),
        ("lift", "6号", dt.date(2025, 11, 10)),
    }  # fmt: skip
