"""Feeds of any publisher: RSS 2.0 and Atom become texts with their day in the publisher's time zone."""

import datetime as dt
from pathlib import Path

import pytest
from conftest import document_of, register_source
from lxml import etree

from pipeline.readers.feeds import parse
from pipeline.readers.html_text import text_of_html
from pipeline.readers.publication import instant
from pipeline.readers.xml import UnknownContent
from pipeline.records import Item, Record, Reject

RSS = (
    "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
    "<channel><title>Feed</title>{}</channel></rss>"
)
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='ja'>{}</feed>"


def read(folder: Path, feed: str, kind: str = "press", **facts: object) -> list[Record]:
    path = folder / "2022-04-01" / "feed.xml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(feed, encoding="utf-8")
    source = register_source(kind=kind, states="all", parse=parse, time_zone="Asia/Tokyo", facts={"feed": facts})
    return list(parse(document_of("xx", path, media_type="application/rss+xml"), source))


def only_item(said: list[Record]) -> Item:
    (item,) = said
    assert isinstance(item, Item)
    return item


def test_the_whole_text_goes_before_the_teaser(tmp_path: Path) -> None:
    body = "<content:encoded>&lt;p&gt;The whole text.&lt;/p&gt;</content:encoded><description>Teaser</description>"
    item = only_item(read(tmp_path, RSS.format(f"<item><title>T</title><guid>a</guid>{body}</item>")))
    assert (item.text, item.title, item.key, item.locator) == ("The whole text.", "T", "a", "//item[guid='a']")


def test_an_item_without_guid_is_found_by_its_link(tmp_path: Path) -> None:
    item = only_item(read(tmp_path, RSS.format("<item><link> https://e.org/a </link><description>Text</description></item>")))
    assert (item.key, item.url, item.locator) == ("https://e.org/a", "https://e.org/a", "//item[link='https://e.org/a']")


def test_a_guid_that_is_an_address_is_the_address(tmp_path: Path) -> None:
    item = only_item(read(tmp_path, RSS.format("<item><guid>https://e.org/a</guid><description>Text</description></item>")))
    assert item.url == "https://e.org/a"


def test_a_key_with_quotes_is_found_again(tmp_path: Path) -> None:
    feed = RSS.format("""<item><guid>it's "a"</guid><description>Text</description></item>""")
    item = only_item(read(tmp_path, feed))
    assert len(etree.fromstring(feed).xpath(item.locator)) == 1


def test_a_title_in_html_reads_as_a_person_reads_it(tmp_path: Path) -> None:
    feed = RSS.format("<item><title>Fish &amp;amp; &lt;b&gt;chips&lt;/b&gt; &amp;#8211; now</title><guid>a</guid></item>")
    item = only_item(read(tmp_path, feed))
    assert (item.title, item.text) == ("Fish & chips – now", "Fish & chips – now")


def test_an_atom_entry_has_its_text_address_and_day(tmp_path: Path) -> None:
    entry = (
        "<entry><id>tag:e.org,2022:1</id><title type='html'>A &lt;i&gt;title&lt;/i&gt;</title>"
        "<link rel='self' href='https://e.org/self'/><link href='https://e.org/1'/>"
        "<published>2022-03-29T23:30:00Z</published><updated>2022-03-31T00:00:00Z</updated><summary>Short</summary>"
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>One.</p><p>Two.</p></div></content></entry>"
    )
    item = only_item(read(tmp_path, ATOM.format(entry)))
    assert (item.title, item.text, item.url) == ("A title", "One.\n\nTwo.", "https://e.org/1")
    assert (item.published, item.published_source, item.language) == (dt.date(2022, 3, 30), "feed", "ja")


def test_the_day_of_a_change_is_no_day_of_publication(tmp_path: Path) -> None:
    entry = "<entry><id>a</id><title>T</title><updated>2022-03-31T00:00:00Z</updated><summary>Text</summary></entry>"
    assert only_item(read(tmp_path, ATOM.format(entry))).published is None
    named = only_item(read(tmp_path, ATOM.format(entry), days_from=["atom:updated"]))
    assert (named.published, named.published_source) == (dt.date(2022, 3, 31), "feed")


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Tue, 29 Mar 2022 16:00:00 GMT", "2022-03-30"),
        ("Tue, 29 Mar 2022 10:00:00 -0500", "2022-03-30"),
        ("29 Mar 2022 16:00:00 +0900", "2022-03-29"),
        ("2022-03-29T23:59:00+09:00", "2022-03-29"),
        ("2022-03-29T23:59:00", "2022-03-29"),
        ("2022-03-29", "2022-03-29"),
        ("Tue, 29 Mar 2022 23:30:00 JST", "2022-03-29"),
        ("Tue, 29 Mar 2022 23:30:00 -0000", "2022-03-29"),
    ],
)
def test_the_day_is_that_of_the_publisher(words: str, day: str) -> None:
    assert instant(words, "Asia/Tokyo").isoformat() == day


@pytest.mark.parametrize("words", ["", "soon", "2022-13-01", "Tue, 32 Mar 2022 16:00:00 GMT", "0001-01-01T00:00:00Z"])
def test_what_is_no_instant_is_an_error(words: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        instant(words, "America/New_York")


def test_a_day_after_the_copy_was_made_is_not_believed(tmp_path: Path) -> None:
    item = "<item><guid>a</guid><pubDate>Mon, 04 Apr 2022 00:00:00 GMT</pubDate><description>Text</description></item>"
    said = only_item(read(tmp_path, RSS.format(item)))
    assert (said.published, said.published_source) == (None, "unknown")


def test_without_a_day_of_the_feed_the_text_or_the_address_tells(tmp_path: Path) -> None:
    dated = "<item><guid>a</guid><link>https://e.org/{}</link><description>{}</description></item>"
    by_address = only_item(read(tmp_path, RSS.format(dated.format("2022/03/29/x", "Text"))))
    by_dateline = only_item(read(tmp_path, RSS.format(dated.format("x", "TOKYO, March 28, 2022 — Japan bans exports."))))
    assert (by_address.published, by_address.published_source) == (dt.date(2022, 3, 29), "url")
    assert (by_dateline.published, by_dateline.published_source) == (dt.date(2022, 3, 28), "dateline")


def test_an_item_without_any_words_is_rejected(tmp_path: Path) -> None:
    (reject,) = read(tmp_path, RSS.format("<item><guid>a</guid></item>"))
    assert isinstance(reject, Reject)
    assert (reject.reason, reject.locator) == ("missing_value", "//item[guid='a']")


def test_an_element_that_the_format_does_not_know_is_told_once(tmp_path: Path) -> None:
    item = "<item><guid>{}</guid><description>Text</description><fulltext>x</fulltext><dc:creator>y</dc:creator></item>"
    said = read(tmp_path, RSS.format(item.format("a") + item.format("b")))
    assert [type(record) for record in said] == [Reject, Item, Item]
    assert isinstance(said[0], Reject)
    assert (said[0].reason, said[0].locator) == ("unknown_label", "//item/fulltext")


def test_news_is_nobodys_own_press(tmp_path: Path) -> None:
    feed = RSS.format("<item><guid>a</guid><description>Text</description></item>")
    assert only_item(read(tmp_path, feed, kind="news")).publisher_issuer_code is None
    assert only_item(read(tmp_path, feed)).publisher_issuer_code == "JP"


def test_what_is_no_feed_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnknownContent, match="came <html>"):
        read(tmp_path, "<html/>")


def test_entities_of_a_feed_are_not_expanded_and_nothing_is_loaded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    doctype = f"<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'><!ENTITY f SYSTEM '{secret.as_uri()}'>]>"
    feed = doctype + RSS.format("<item><guid>a</guid><description>One &b; &f; two</description></item>")
    said = read(tmp_path, feed)
    assert not any("haha" in str(record) or "secret" in str(record) for record in said)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One\n two</p><p>Three</p>", "One two\n\nThree"),
        ("One<br>two<br/>three", "One\ntwo\nthree"),
        ("<ul><li>One</li><li>Two</li></ul>", "One\n\nTwo"),
        ("A <b>bold</b><i>italic</i> word", "A bolditalic word"),
        ("<script>x()</script><style>p{}</style><p>Seen</p><form><input name='x'></form>", "Seen"),
        ("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>", "1 2\n\n3"),
        ("Caf&eacute; &amp; &#8220;bar&#8221; &nbsp; x", "Café & “bar” x"),
        ("plain words < more & less", "plain words < more & less"),
        ("", ""),
    ],
)
def test_html_becomes_what_a_reader_sees(markup: str, text: str) -> None:
    assert text_of_html(markup) == text


def test_hostile_html_is_read_to_its_end() -> None:
    assert text_of_html("<div>" * 5_000 + "deep" + "\x00" + "</div>" * 5_000).strip() in ("deep", "")
    assert text_of_html("<p>a\x00b") == "a b"
