"""What a person hands over is read as what it is: a page, a plain text, a document as JSON, or one a line."""

import datetime as dt
import json

import pytest

from pipeline.readers.readable import UnreadableText, texts_of

PLAIN = "March 29, 2022\n\nJapan bans exports to Russia.\n"


def test_a_plain_text_is_itself() -> None:
    (item,) = texts_of(PLAIN.encode(), read_on=dt.date(2022, 4, 1))
    assert (item.text, item.published, item.published_source) == (PLAIN, dt.date(2022, 3, 29), "byline")


def test_a_page_is_its_article() -> None:
    body = "<p>Japan's government bans the export of luxury goods to Russia from the fifth of April on.</p>" * 2
    html = f"<!DOCTYPE html><html><head><title>T</title></head><body><main><h1>A ban</h1>{body}</main></body></html>"
    (item,) = texts_of(html.encode(), url="https://example.org/2022/03/29/a")
    assert (item.title, item.published, item.published_source) == ("A ban", dt.date(2022, 3, 29), "url")
    assert item.text.startswith(("Japan's government", "A ban"))


def test_each_line_of_json_is_a_document() -> None:
    lines = [{"id": "a", "text": "One.", "published_date": "2022-03-29", "publisher_issuer_code": "US"}, {"text": "Two."}]
    first, second = texts_of("\n".join(json.dumps(line) for line in lines).encode())
    assert (first.key, first.text, first.published, first.publisher_issuer_code) == ("a", "One.", dt.date(2022, 3, 29), "US")
    assert (second.key, second.published, second.published_source) == ("2", None, "unknown")


def test_one_document_and_a_list_of_them_are_read_too() -> None:
    assert [item.text for item in texts_of(b'{"text": "One."}')] == ["One."]
    assert [item.text for item in texts_of(b'[{"text": "One."}, {"text": "Two."}]')] == ["One.", "Two."]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "expected a text"),
        (b"<html><body></body></html>", "expected a text"),
        (b"\x89PNG\x00\x01", "binary data"),
        (b'{"title": "x"}', "document 1: expected a JSON object with a text"),
        (b'{"text": "x", "published_date": "29 March"}', "document 1: expected a published_date"),
        (b'{"text": "x"}\n{broken', "line 2: expected JSON"),
        (b"[]", "expected a text"),
        (b'{"text": "x", "title": 5}', "document 1: expected title to be a text"),
        (b'{"text": "x", "language": 5}', "document 1: expected language to be a text"),
        (b'{"text": "\\ud800"}', "document 1: expected text to be a text in Unicode"),
        (b'[{"a":' * 20_000, "line 1: expected JSON"),
    ],
)
def test_what_holds_no_text_says_so(content: bytes, told: str) -> None:
    with pytest.raises(UnreadableText, match=told):
        texts_of(content)


@pytest.mark.parametrize(
    "words", ["[AP] Canada bans imports of Iranian gold.", "{Update} Canada bans imports of Iranian gold."]
)
def test_a_text_may_begin_with_brackets_of_its_own(words: str) -> None:
    (item,) = texts_of(words.encode())
    assert item.text == words
