"""Ready-made press rooms and news feeds, on pages and feeds of their true shape that were written for the purpose.

What each must give stands below as a person reads it from the sample: the day in the publisher's time zone, what told it,
and the words with which the text begins and ends.
"""

import datetime as dt
import re
from pathlib import Path

import pytest

from pipeline import sources
from pipeline.documents.judgement import Inspector, State, in_order
from pipeline.documents.recordings import Recordings
from pipeline.records import Item, Reject
from pipeline.sources import Source

Said = tuple[str, str | None, str, str | None, str, str]
FEED_OF_CANADA = "https://www.canada.ca/en/global-affairs/news/2022/02/canada-imposes-additional-measures-sample.html"
EXPECTED: dict[str, list[Said]] = {
    "us_ofac_recent_actions": [
        (
            "https://ofac.treasury.gov/recent-actions/20220318_33", "2022-03-18", "url", "Removal of an Entry",
            "The following deletions have been made to the SDN List:", "SAMPLE TRADING LTD, Valletta, Malta [LIBYA3].",
        ),
        (
            "https://ofac.treasury.gov/recent-actions/20220324", "2022-03-24", "byline",
            "Russia-related Designations; Issuance of a General License",
            "The office has issued a general license.", "SAMPLE BANK -to- SAMPLE BANK PAO [RUSSIA-EO14024].",
        ),
    ],
    "us_treasury_press": [
        # 02:30 of the 25th in UTC is half past nine in the evening of the 24th; the day of the last change is another.
        (
            "https://home.treasury.gov/news/press-releases/jy0608", "2022-02-24", "metadata",
            "A Department Imposes Sanctions on Two Banks",
            "A Department Imposes Sanctions on Two Banks", "is in the United States is blocked and must be reported.",
        ),
    ],
    "us_whitehouse_press": [
        (
            "https://www.whitehouse.gov/presidential-actions/2025/02/continuation-of-a-sample/", "2025-02-28", "feed",
            "Continuation of a National Emergency With Respect to a Sample",
            "On a day in March an Executive Order declared", "must continue in effect beyond March 6, 2025.",
        ),
    ],
    "eu_council_press": [
        (
            "https://www.consilium.europa.eu/en/press/press-releases/2022/03/15/fourth-package-sample/", "2022-03-15", "url",
            "A fourth package of sanctions: a sample",
            "A fourth package of sanctions: a sample", "it said in its announcement.",
        ),
        (
            "https://www.consilium.europa.eu/en/press/press-releases/2022/03/15/fourth-package-sample/", "2022-03-15", "feed",
            "A fourth package of sanctions: a sample",
            "The Council decided on a fourth package.", "The Council decided on a fourth package.",
        ),
    ],
    "gb_government_press": [
        # Published a quarter past midnight of the 14th in London; the entry of the feed has only the day of the change.
        (
            "https://www.gov.uk/government/news/sample-ban-on-luxury-goods", "2022-04-14", "metadata",
            "A ban on luxury goods: a sample",
            "A ban on luxury goods: a sample", "rise by 35 percentage points as well.",
        ),
        (
            "https://www.gov.uk/government/news/sample-ban-on-luxury-goods", None, "unknown",
            "A ban on luxury goods: a sample",
            "The export of luxury goods to Russia is to be banned.", "The export of luxury goods to Russia is to be banned.",
        ),
    ],
    "jp_meti_press": [
        (
            "https://www.meti.go.jp/english/press/2022/0329_001.html", "2022-03-29", "byline",
            "Export Ban on Luxury Goods: A Sample",
            "Export Ban on Luxury Goods: A Sample", "is promulgated today and takes effect on April 5, 2022.",
        ),
    ],
    "jp_mofa_press": [
        (
            "https://www.mofa.go.jp/press/release/press4e_009999.html", "2022-03-25", "byline",
            "Sanction Measures on Russia: A Sample",
            "March 25, 2022", "in line with the other members of the Group of Seven, the ministry said.",
        ),
    ],
    "ca_gac_press": [
        # 01:30 of the 25th in UTC is the evening of the 24th in Ottawa.
        (
            FEED_OF_CANADA, "2022-02-24", "feed", "Canada imposes additional measures: a sample",
            "Canada imposes “severe” sanctions on 31 entities.", "Canada imposes “severe” sanctions on 31 entities.",
        ),
        (
            FEED_OF_CANADA, "2022-02-24", "dateline", "Canada imposes additional measures: a sample",
            "Canada imposes additional measures: a sample", "cancels those that have been given, with few exceptions.",
        ),
    ],
    "au_dfat_press": [
        (
            "https://www.dfat.gov.au/news/media-release/sanctions-on-a-sample-industry", "2022-03-21", "byline",
            "Sanctions on a sample industry",
            "Sanctions on a sample industry", "further aid to Ukraine, the department said on Monday.",
        ),
        # 20:00 of the 20th in UTC is the morning of the 21st in Canberra.
        (
            "https://www.dfat.gov.au/news/media-release/sanctions-on-a-sample-industry", "2022-03-21", "feed",
            "Sanctions on a sample industry",
            "Australia bans exports of alumina to Russia.", "Australia bans exports of alumina to Russia.",
        ),
    ],
    "ch_federal_press": [
        (
            "https://www.admin.ch/gov/en/start/documentation/media-releases.msg-id-99999.html", "2022-02-28", "dateline",
            "Switzerland adopts sanctions: a sample",
            "Switzerland adopts sanctions: a sample", "with immediate effect, and the office reports on them.",
        ),
        (
            "https://www.admin.ch/gov/en/start/documentation/media-releases.msg-id-99999.html", "2022-02-28", "feed",
            "Switzerland adopts sanctions: a sample",
            "Bern, 28.02.2022 - The Federal Council", "to adopt the sanctions of the European Union.",
        ),
    ],
    "news_un": [
        (
            "https://news.un.org/feed/view/en/story/2022/03/1113152", "2022-03-02", "feed", "A vote on a sample",
            "An assembly votes.", "An assembly votes.",
        ),
    ],
    "news_bbc_world": [
        (
            "https://www.bbc.com/news/sample-60706333?at_medium=RSS", "2022-03-11", "feed", "Luxury exports & vodka: a sample",
            "The US bans imports of vodka", "and exports of luxury goods.",
        ),
    ],
    "news_al_jazeera": [
        # 22:30 of the 11th in UTC is half past one in the night of the 12th in Doha.
        (
            "https://www.aljazeera.com/news/2022/3/11/a-sample?traffic_source=rss", "2022-03-12", "feed", "A sample of news",
            "A group of states revokes", "a privilege of trade.",
        ),
    ],
    "news_japan_times": [
        (
            "https://www.japantimes.co.jp/news/2022/03/29/national/japan-russia-sanctions-cars/", "2022-03-29", "url", None,
            "A ministry said on Tuesday that", "it stands for one.\n",
        ),
    ],
    "news_gdelt": [
        # When the search saw an article is no day of publication: only the address may tell one.
        (
            "https://www.example.com/news/2022/03/29/a-sample-of-a-ban", "2022-03-29", "url",
            "Japan bans exports of luxury goods to Russia",
            "Japan bans exports of luxury goods to Russia", "Japan bans exports of luxury goods to Russia",
        ),
        (
            "https://www.example.net/story-4711", None, "unknown", "Sanctions : a sample",
            "Sanctions : a sample", "Sanctions : a sample",
        ),
    ],
}  # fmt: skip
SOURCES = sources.load(tuple(EXPECTED))


def states(samples: Path, source: Source) -> list[State]:
    found = list(in_order(Recordings(samples).documents(source.source_id), source, Inspector()))
    assert all(isinstance(each, State) for each in found), "a sample was refused"
    return [each for each in found if isinstance(each, State)]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_press_room_gives_its_texts_with_their_days(name: str, samples: Path) -> None:
    source = SOURCES[name]
    items = [item for state in states(samples, source) for item in source.parse(state.document, source)]
    assert all(isinstance(item, Item) for item in items)
    found = sorted(items, key=lambda item: (item.url or "", item.published_source))  # type: ignore[union-attr]
    expected = sorted(EXPECTED[name], key=lambda said: (said[0], said[2]))
    assert len(found) == len(expected)
    for item, (url, day, told_by, title, begins, ends) in zip(found, expected, strict=True):
        assert isinstance(item, Item)
        assert (item.url, item.title) == (url, title)
        assert (item.published.isoformat() if item.published else None, item.published_source) == (day, told_by)
        assert item.text.startswith(begins)
        assert item.text.endswith(ends)
        assert item.publisher_issuer_code == (source.issuer_code if source.kind == "press" else None)
        assert not re.search("Copyright|Privacy|Home|Last updated|Last review|Date modified", item.text)


@pytest.mark.parametrize("name", [name for name, source in SOURCES.items() if source.pages])
def test_the_pages_of_a_press_room_are_found_from_its_list(name: str, samples: Path) -> None:
    """Every page among the samples is one to which a list or feed among them leads, and looks like one."""
    from pipeline.documents.addresses import links  # noqa: PLC0415

    source = SOURCES[name]
    documents = Recordings(samples).documents(name)
    told = {url for document in documents if document.url in source.urls for url in links(document)}
    pages = {document.url for document in documents if document.url not in source.urls}
    assert pages
    assert source.pages
    assert pages == {url for url in told if source.pages.links.fullmatch(url)}


@pytest.mark.parametrize("name", [name for name in EXPECTED if name != "news_japan_times"])
def test_each_source_says_that_it_was_not_tested_against_the_live_address(name: str) -> None:
    facts = (sources.FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    assert "of the true shape written for the purpose" in facts
    assert "not against the live address" in facts


def test_news_under_copyright_may_not_be_passed_on() -> None:
    for name in ("news_japan_times", "news_un", "news_bbc_world", "news_al_jazeera"):
        assert SOURCES[name].is_redistributable is False


def test_the_search_is_asked_no_more_than_once_in_five_seconds() -> None:
    assert SOURCES["news_gdelt"].pause_seconds >= 5


def test_an_article_in_an_unknown_language_is_rejected(tmp_path: Path, samples: Path) -> None:
    source = SOURCES["news_gdelt"]
    (state,) = states(samples, source)
    path = tmp_path / "doc.json"
    path.write_text(state.document.text().replace("English", "Klingon", 1), encoding="utf-8")
    document = type(state.document)(**{**state.document.__dict__, "path": path})
    reject, item = source.parse(document, source)
    assert isinstance(reject, Reject)
    assert (reject.reason, reject.raw) == ("unknown_label", "Klingon")
    assert isinstance(item, Item)


@pytest.mark.recordings
def test_the_article_is_its_own_document_of_the_day_in_its_address(recordings: Path) -> None:
    """The article is copyright: nothing of it but its length and its days is told here."""
    source = SOURCES["news_japan_times"]
    (document,) = Recordings(recordings).documents("news_japan_times")
    (item,) = source.parse(document, source)
    assert isinstance(item, Item)
    assert item.text.encode() == document.read()
    assert (item.published, item.published_source) == (dt.date(2022, 3, 29), "url")


# A source by its facts alone

FACTS = (sources.FOLDER / "us_state_press.toml").read_text(encoding="utf-8").replace("us_state_press", "a_feed")


def of_facts(folder: Path, facts: str, monkeypatch: pytest.MonkeyPatch) -> sources.Source:
    (folder / "a_feed.toml").write_text(facts, encoding="utf-8")
    monkeypatch.setattr(sources, "FOLDER", folder)
    return sources.load()["a_feed"]


@pytest.mark.parametrize("reader", ["feeds", "press_rooms"])
def test_a_feed_is_a_source_by_its_toml_alone(reader: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = of_facts(tmp_path, FACTS.replace('reader = "feeds"', f'reader = "{reader}"'), monkeypatch)
    assert found.parse.__module__ == f"pipeline.readers.{reader}"
    assert "reader" not in found.facts


@pytest.mark.parametrize(
    ("reader", "told"),
    [
        ("", "expected either a reader"),
        ('reader = "none_such"', "pipeline/readers with parse"),
        ('reader = "xml"', "came reader = 'xml'"),
    ],
)
def test_a_source_that_nothing_reads_says_what_it_lacks(
    reader: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ValueError, match=told):
        of_facts(tmp_path, FACTS.replace('reader = "feeds"', reader), monkeypatch)


def test_a_source_has_one_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a_feed.py").write_text("", encoding="utf-8")
    with pytest.raises(ValueError, match="expected either"):
        of_facts(tmp_path, FACTS, monkeypatch)
