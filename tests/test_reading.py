"""What `sanctions explain` reads: a page at an address or in a file, as a person would read it."""

import functools
import json
from collections.abc import Iterator
from pathlib import Path

import loopback
import pytest

from pipeline.__main__ import main
from pipeline.documents import web

BODY = (
    "Norway bans exports of jet fuel to Myanmar, the government said. The rule applies from 5 April 2022. "
    "Traders had asked for more time, and the ministry gave them a week to end what they had begun under older contracts."
)
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><title>Fuel for Myanmar</title>'
    '<meta property="article:published_time" content="2022-03-29T09:00:00+02:00"></head>'
    "<body><nav><a href='/'>Home</a> Canada imposes sanctions on Belarus.</nav>"
    f"<article><h1>Fuel for Myanmar</h1><p>{BODY}</p><p>{BODY.replace('jet fuel', 'engines')}</p></article></body></html>"
)


class _Handler(loopback.Answering):
    def respond(self) -> None:
        self.answer(PAGE.encode(), "text/html; charset=utf-8", 404 if self.path == "/robots.txt" else 200)


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with loopback.site(_Handler) as host:
        monkeypatch.setattr(web, "Client", functools.partial(web.Client, allowed_hosts=frozenset({host})))
        yield f"http://{host}/news/fuel.html"


def test_explain_reads_the_article_of_a_page_at_an_address(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", place]) == 0
    told = capsys.readouterr().out
    assert "the government said. [1]" in told
    assert "export_ban" in told
    assert "Canada" not in told


def test_explain_reads_the_article_of_a_page_in_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    assert main(["explain", str(page)]) == 0
    told = capsys.readouterr().out
    assert "<p>" not in told
    assert "export_ban" in told


def test_bytes_that_are_no_text_are_told_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    binary = tmp_path / "page.bin"
    binary.write_bytes(b"\x00\x01\x02")
    assert main(["explain", str(binary)]) == 2
    assert "binary data" in capsys.readouterr().err


def test_explain_shows_title_and_day_of_publication_and_who_said_so(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", place.replace("http:", "HTTP:")]) == 0
    assert "Fuel for Myanmar\nPublished: 2022-03-29 (metadata)" in capsys.readouterr().out
    plain = tmp_path / "a.txt"
    plain.write_text("[AP] Norway bans exports of jet fuel to Myanmar.", encoding="utf-8")
    assert main(["explain", str(plain)]) == 0
    told = capsys.readouterr().out
    assert "nothing says when" in told
    assert "export_ban" in told
    assert main(["explain", str(plain), "--published", "2022-03-29"]) == 0
    assert "2022-03-29 (--published)" in capsys.readouterr().out


# Extract

DOCUMENT = json.dumps({"id": "a", "text": "Norway bans exports of jet fuel to Myanmar."})


def extracted(tmp_path: Path, content: bytes) -> tuple[int, Path]:
    documents, claims = tmp_path / "documents.jsonl", tmp_path / "claims.jsonl"
    documents.write_bytes(content)
    return main(["extract", str(documents), str(claims)]), claims


def test_a_mark_of_the_order_of_bytes_is_no_text(tmp_path: Path) -> None:
    code, claims = extracted(tmp_path, b"\xef\xbb\xbf" + DOCUMENT.encode())
    assert (code, json.loads(claims.read_text(encoding="utf-8"))["id"]) == (0, "a")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (f"{DOCUMENT}\n{DOCUMENT}".replace("jet", "café").encode("latin-1"), "line 1: expected UTF-8; came the byte 0xe9"),
        (DOCUMENT.encode("utf-16"), "line 1: expected UTF-8"),
        (f'{DOCUMENT}\n{{"id": "b", "text": "\\ud800"}}'.encode(), "line 2: expected text to be a text in Unicode"),
        (b"[" * 100_000, "line 1: expected JSON"),
        (b'{"id": "a", "text": null}', "line 1: expected a JSON object with a text; it has none"),
        (b'{"id": "a", "text": 5}', "line 1: expected text to be a text in Unicode; came 5"),
        (b'{"text": "a"}', "it has no id"),
        (b'{"id": "a", "text": "b", "title": []}', "line 1: expected title to be a text"),
    ],
)
def test_what_is_no_document_is_told_in_one_line_and_the_claims_of_before_stay(
    content: bytes, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "claims.jsonl").write_text("before", encoding="utf-8")
    code, claims = extracted(tmp_path, content)
    err = capsys.readouterr().err
    assert (code, claims.read_text(encoding="utf-8"), err.count("\n")) == (2, "before", 1)
    assert told in err
    assert len(list(tmp_path.iterdir())) == 2


def test_extract_never_writes_over_its_input_and_a_missing_input_leaves_everything(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    documents, claims, link = (tmp_path / name for name in ("documents.jsonl", "claims.jsonl", "link.jsonl"))
    documents.write_text(DOCUMENT, encoding="utf-8")
    claims.write_text("before", encoding="utf-8")
    link.symlink_to(documents)
    for same in (documents, link):
        assert main(["extract", str(documents), str(same)]) == 2
        assert "which holds the documents" in capsys.readouterr().err
    assert documents.read_text(encoding="utf-8") == DOCUMENT
    assert main(["extract", str(tmp_path / "document.jsonl"), str(claims)]) == 2
    assert "document.jsonl" in capsys.readouterr().err
    assert claims.read_text(encoding="utf-8") == "before"
    assert main(["extract", str(documents), str(tmp_path / "no" / "claims.jsonl")]) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["claims.jsonl", "documents.jsonl", "link.jsonl"]
