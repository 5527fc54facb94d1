"""Pages with an article: its text alone, and its day with what told it; no day is an answer."""

import datetime as dt

import pytest

from pipeline.readers.articles import Article, article_of, decoded
from pipeline.readers.publication import address_day, byline_day, dateline_day

URL = "https://example.org/news/a-ban"
READ_ON = dt.date(2022, 4, 1)
BODY = (
    "<p>Japan's government bans the export of luxury goods to Russia, the ministry said in the evening.</p>"
    "<p>Passenger cars, jewelry and works of art are among the goods that may no longer be shipped there.</p>"
)


def page(*, head: str = "", above: str = "", body: str = BODY, after: str = "") -> bytes:
    return (
        f"<!DOCTYPE html><html lang='en-gb'><head><title>A ban | Site</title>{head}</head><body>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/2019/01/02/other'>Another article of the site</a></li></ul></nav>"
        f"<main><article><h1>A ban</h1>{above}{body}</article></main>{after}"
        "<footer><p>Copyright 2021 Site. All rights reserved.</p><p>Last updated 30 March 2022</p></footer></body></html>"
    ).encode()


def read(content: bytes, *, url: str | None = URL, **facts: object) -> Article:
    return article_of(content, url=url, time_zone="Asia/Tokyo", read_on=READ_ON, facts=facts)


def day_of(content: bytes, *, url: str | None = URL, **facts: object) -> tuple[str | None, str]:
    found = read(content, url=url, **facts).published
    return found.day.isoformat() if found.day else None, found.source


def test_the_article_is_told_from_menus_and_footers() -> None:
    article = read(page())
    assert article.title == "A ban"
    assert article.language == "en-GB"
    assert "luxury goods" in article.text
    assert "works of art" in article.text
    assert not any(words in article.text for words in ("Home", "Another article", "Copyright", "Last updated"))
    assert article.text.count("\n\n") >= 1


def test_a_footers_copyright_and_the_day_of_an_update_are_no_day() -> None:
    assert day_of(page()) == (None, "unknown")


@pytest.mark.parametrize(
    "head",
    [
        "<meta property='article:published_time' content='2022-03-28T20:00:00Z'>",
        "<meta name='dcterms.issued' content='2022-03-29'>",
        "<meta itemprop='datePublished' content='2022-03-29'>",
        '<script type=\'application/ld+json\'>{"@type":"NewsArticle","datePublished":"2022-03-28T20:00:00+00:00"}</script>',
        '<script type=\'application/ld+json\'>{"@graph":[{"@type":"WebSite","datePublished":"2001-01-01"},'
        '{"@type":["Article"],"datePublished":"2022-03-29"}]}</script>',
        '<script type=\'application/ld+json\'>{"@type":"WebPage","mainEntity":'
        '{"@type":"NewsArticle","datePublished":"2022-03-29"}}</script>',
        "<script type='application/ld+json'>\n//<![CDATA[\n"
        '{"@type":"https://schema.org/NewsArticle","datePublished":"2022-03-29"}\n//]]>\n</script>',
        '<script type=\'application/ld+json\'>[{"@type":"NewsArticle","headline":"Old","datePublished":"2019-01-01"},'
        '{"@type":"NewsArticle","headline":"A ban","datePublished":"29 March 2022"}]</script>',
        "<meta name='dcterms.issued' content='29 March 2022'>",
        "<meta name='dcterms.issued' content='March 29, 2022 10:00 JST'>",
        "<meta name='date' content='2022/03/29'>",
    ],
)
def test_metadata_says_the_day_in_the_publishers_time_zone(head: str) -> None:
    assert day_of(page(head=head)) == ("2022-03-29", "metadata")


@pytest.mark.parametrize(
    "head",
    [
        "<meta property='article:modified_time' content='2022-03-29'>",
        "<meta name='dcterms.modified' content='2022-03-29'>",
        '<script type=\'application/ld+json\'>{"@type":"NewsArticle","dateModified":"2022-03-29"}</script>',
        "<script type='application/ld+json'>{broken</script>",
        "<meta property='article:published_time' content='soon'>",
        "<meta name='date' content='03/04/2022'>",  # in April or in March
        '<script type=\'application/ld+json\'>[{"@type":"NewsArticle","headline":"Old","datePublished":"2019-01-01"},'
        '{"@type":"NewsArticle","headline":"Older","datePublished":"2018-01-01"}]</script>',
        '<script type=\'application/ld+json\'>{"@type":"NewsArticle","comment":{"@type":"Report","datePublished":"2022-03-29"}}'
        "</script>",
        "<meta property='article:published_time' content='2023-01-01'>",
    ],
)
def test_a_change_broken_data_or_a_day_to_come_is_no_day(head: str) -> None:
    assert day_of(page(head=head)) == (None, "unknown")


@pytest.mark.parametrize(
    "time",
    [
        "<time datetime='2022-03-29T09:00:00+09:00'>29 March</time>",
        "<time class='updated' datetime='2022-03-31'>x</time><time class='published' datetime='2022-03-29'>x</time>",
        "<p>Posted <time>March 29, 2022</time>, updated <time>March 30, 2022</time></p>",
        "<h2>What it means</h2><p>Press release <time datetime='2022-03-29'>29 March</time></p>",
        "<ul><li>Tokyo</li><li><time datetime='2022-03-29'>29 March</time></li></ul>",
        "<span itemprop='datePublished' content='2022-03-29'>29 March</span>",
        "<div itemscope itemtype='http://schema.org/Person'><meta itemprop='datePublished' content='2001-01-01'></div>"
        "<time datetime='2022-03-29'>29 March</time>",
    ],
)
def test_a_time_element_beside_the_article_says_the_day(time: str) -> None:
    assert day_of(page(above=time)) == ("2022-03-29", "metadata")


def test_times_of_several_days_say_none() -> None:
    times = "<time datetime='2022-03-29'>a</time><time datetime='2022-03-30'>b</time>"
    assert day_of(page(above=times)) == (None, "unknown")


@pytest.mark.parametrize(
    "after",
    [
        "<aside><time datetime='2022-03-30'>x</time></aside>",
        "<section class='related'><h3>Related</h3><ul><li><a href='x'>Old</a> <time datetime='2018-01-01'>x</time></li></ul>"
        "</section>",
        "<div><h2>More</h2><div class='card'><time class='entry-date published' datetime='2018-01-01'>x</time></div></div>",
        "<div class='card'><time class='published' datetime='2018-01-01'>x</time></div>",
        "<article itemscope itemtype='http://schema.org/NewsArticle'><h3>Old</h3>"
        "<meta itemprop='datePublished' content='2018-01-01'></article>",
        "<div itemscope itemtype='http://schema.org/UserComments'>"
        "<time itemprop='datePublished' datetime='2022-03-30'>x</time></div>",
    ],
)
def test_the_day_of_another_article_or_of_a_comment_is_not_this_ones(after: str) -> None:
    assert day_of(page(after=after)) == (None, "unknown")


@pytest.mark.parametrize(
    "above",
    [
        "<p>Updated <time datetime='2022-03-30'>30 March</time></p>",
        "<p>The consultation closes on <time datetime='2022-03-30'>30 March</time></p>",
        "<ul><li><a href='/old'>An old story</a> <time datetime='2018-01-01'>x</time></li></ul>",
    ],
)
def test_a_time_of_something_else_is_no_day(above: str) -> None:
    assert day_of(page(above=above)) == (None, "unknown")


def test_the_microdata_of_the_article_say_its_day() -> None:
    whole = page(above="<span itemprop='datePublished' content='2022-03-29'>29 March</span>").decode()
    scoped = whole.replace("<article>", "<article itemscope itemtype='https://schema.org/NewsArticle'>")
    assert day_of(scoped.encode()) == ("2022-03-29", "metadata")


@pytest.mark.parametrize(
    "above",
    [
        "<p>March 29, 2022</p>",
        "<p>Published: 29 March 2022 10:15</p>",
        "<p>By A. Writer | 29 Mar 2022</p>",
        "<div>Tuesday, March 29, 2022</div>",
        "<p>令和4年3月29日</p>",
        "<p>March 29th, 2022</p>",
        "<p>2022-03-29</p>",
        "<p>29.03.2022</p>",
        "<p>Published March 29, 2022 at 10:00 a.m. JST</p>",
        "<p>Published 10:00 AM EDT, March 29, 2022</p>",
        "<p>Published 29 March 2022, 09:15 BST | Last updated 30 March 2022</p>",
        "<p>Tue, 29 Mar 2022 10:15 GMT+9</p>",
        "<dl><dt>Published</dt><dd>29 March 2022</dd><dt>Last updated</dt><dd>30 March 2022</dd></dl>",
        "<p>For immediate release:</p><p>March 29, 2022</p>",
    ],
)
def test_a_byline_says_the_day(above: str) -> None:
    assert day_of(page(above=above)) == ("2022-03-29", "byline")


@pytest.mark.parametrize(
    "above",
    [
        "<p>Updated March 29, 2022</p>",
        "<p>© March 29, 2022</p>",
        "<p>March 2022</p>",
        "<p>By Tuesday, March 29, 2022</p>",
        "<p>Application deadline:</p><p>29 March 2022</p>",
        "<p>Consultation closes</p><p>29 March 2022</p>",
        "<p>The hearing will be held on</p><p>Tuesday, 29 March 2022</p>",
        "<dl><dt>Last updated</dt><dd>29 March 2022</dd></dl>",
        "<p>Deadline | 29 March 2022</p>",
        "<p>Effective date: March 29, 2022</p>",
        "<p>03/04/2022</p>",
    ],
)
def test_a_line_that_speaks_of_something_else_is_no_byline(above: str) -> None:
    assert day_of(page(above=above)) == (None, "unknown")


def test_metadata_goes_before_the_byline_and_that_before_the_address() -> None:
    head, above = "<meta name='dcterms.issued' content='2022-03-27'>", "<p>March 28, 2022</p>"
    url = "https://example.org/2022/03/29/a-ban"
    assert day_of(page(head=head, above=above), url=url) == ("2022-03-27", "metadata")
    assert day_of(page(above=above), url=url) == ("2022-03-28", "byline")
    assert day_of(page(), url=url) == ("2022-03-29", "url")


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://e.org/news/2022/03/29/national/a-ban/", dt.date(2022, 3, 29)),
        ("https://e.org/2022-03-29-a-ban", dt.date(2022, 3, 29)),
        ("https://ofac.treasury.gov/recent-actions/20220324_33", dt.date(2022, 3, 24)),
        ("https://www.meti.go.jp/english/press/2022/0329_001.html", dt.date(2022, 3, 29)),
        ("https://e.org/2022/02/30/x", None),
        ("https://e.org/20221399/x", None),
        ("https://e.org/a-60706333", None),
        ("https://e.org/2022/03/a-ban", None),
        ("https://e.org/x?day=2022/03/29", None),
        (None, None),
    ],
)
def test_the_address_says_the_day(url: str | None, day: dt.date | None) -> None:
    assert address_day(url) == day


@pytest.mark.parametrize(
    "text",
    [
        "TOKYO, March 29, 2022 — Japan bans exports.",
        "Washington, D.C. (March 29, 2022) – The department said so.",
        "Bern, 29.03.2022 - The Federal Council decided.",
        "March 29, 2022 - Ottawa, Ontario - Global Affairs Canada",
        "LONDON, March 29, 2022 (Reuters) - The ministry said so.",
        "WASHINGTON, March 29, 2022 /PRNewswire/ -- The department said so.",
        "The Hague, 29 March 2022 – The minister said so.",
        "NEW YORK March 29, 2022 – The council said so.",
    ],
)
def test_a_dateline_says_the_day(text: str) -> None:
    assert dateline_day(f"A heading\n\n{text}\n\nMore.") == dt.date(2022, 3, 29)


def test_a_day_in_a_sentence_is_neither_byline_nor_dateline() -> None:
    text = "Japan bans exports from April 5, 2022, the ministry said.\n\nThe order of March 29, 2022 was revised."
    assert byline_day(text) is None
    assert dateline_day(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "The ban of March 29, 2022 — a first — was lifted.",
        "On March 29, 2022 — the day of the ban — it rained.",
        "On Tuesday, March 29, 2022 — the day of the ban — it rained.",
        "Effective March 29, 2022 - exports are banned.",
        "Sanctions of March 29, 2022 — a first — were lifted.",
    ],
)
def test_a_sentence_with_a_dash_is_no_dateline(text: str) -> None:
    assert dateline_day(text) is None


def test_a_line_below_the_text_is_no_byline() -> None:
    assert byline_day("\n".join(["A ban", "Words of the text. " * 8, "More of them. " * 12, "29 March 2022"])) is None


def test_a_page_that_is_one_form_has_a_text() -> None:
    article = read(page(body=f"<form action='x'>{BODY}<input><button>Send</button></form>"), text="//article")
    assert "luxury goods" in article.text
    assert "Send" not in article.text


def test_a_line_without_end_costs_nothing() -> None:
    hostile = "March 29, 2022" + " " * 200_000 + "x"
    assert byline_day(hostile) is None
    assert dateline_day("A" * 200_000 + " " * 200_000) is None


def test_a_known_press_room_says_where_its_text_and_day_stand() -> None:
    body = "<div class='day'>03/04/2022</div><div class='body'><p>Short.</p></div>"
    article = read(page(body=body), text="//div[@class='body']", date="//div[@class='day']", is_day_first=False)
    assert article.text == "Short."
    assert article.published == (dt.date(2022, 3, 4), "byline")


@pytest.mark.parametrize(
    "content", [b"", b"   ", b"<!-- nothing -->", b"<html><body></body></html>", b"\xff\xfe\x00broken", b"<p>" * 10_000]
)
def test_what_holds_no_article_gives_no_text(content: bytes) -> None:
    assert len(article_of(content, url=URL, time_zone="UTC", read_on=READ_ON).text) < 20


@pytest.mark.parametrize(
    "content",
    [
        "<meta charset='shift_jis'><p>輸出</p>".encode("shift_jis"),
        "<p>輸出</p>".encode(),
        "\ufeff<p>輸出</p>".encode(),
        "<meta charset='no-such-name'><p>輸出</p>".encode(),
    ],
)
def test_a_page_is_read_in_its_own_encoding(content: bytes) -> None:
    assert "輸出" in decoded(content)


def test_windows_quotes_of_an_old_page_are_read() -> None:
    assert decoded(b"<p>\x93ban\x94</p>") == "<p>“ban”</p>"


def test_the_canonical_address_is_the_articles() -> None:
    head = "<link rel='canonical' href='https://example.org/canonical'>"
    assert read(page(head=head)).url == "https://example.org/canonical"
    assert read(page()).url == URL


def test_reading_a_page_leaves_the_network_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise AssertionError("a page was to be read, and a socket was opened")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    assert read(page(body=BODY + "<img src='https://example.org/x.png'><iframe src='https://example.org/y'></iframe>")).text
