"""What `sanctions explain` reads: a page at an address or in a file, as a person would read it."""

import functools
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
