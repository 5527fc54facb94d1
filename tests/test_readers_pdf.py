"""The reader of PDF files: pages and lines, with files that the test writes itself."""

from pathlib import Path

import pytest
from conftest import document_of
from pdf_by_hand import pdf

from pipeline.readers.pdf import Line, UnreadablePdf, lines, page_lines


def read(folder: Path, body: bytes) -> list[Line]:
    day = folder / "2025-01-01"
    day.mkdir()
    (day / "list.pdf").write_bytes(body)
    return list(lines(document_of("xx_list", day / "list.pdf", media_type="application/pdf")))


def test_lines_come_page_by_page_without_the_blanks_around_them(tmp_path):
    body = pdf([["First line ", "   ", " second line"], ["third line"]])
    assert read(tmp_path, body) == [Line(1, "First line"), Line(1, "second line"), Line(2, "third line")]


def test_every_script_comes_as_it_is_printed(tmp_path):
    body = pdf([["所在地：１２ ﾃ 元富科技 広", "Şirketi “é” — Зенит"]])
    assert read(tmp_path, body) == [Line(1, "所在地：１２ ﾃ 元富科技 広"), Line(1, "Şirketi “é” — Зенит")]


def test_a_hyphen_at_the_end_of_a_line_stays_and_joins_the_next(tmp_path):
    assert read(tmp_path, pdf([["OOO RFNC-", "VNIIEF plant", "next"]])) == [Line(1, "OOO RFNC-VNIIEF plant"), Line(1, "next")]


def test_the_mark_that_pdfium_writes_for_that_hyphen_is_none_of_the_text():
    assert page_lines("Nauchno\x02Proizvodstvennoe\r\n \r\nend ") == ["Nauchno-Proizvodstvennoe", "end"]


def test_a_pdf_without_text_is_refused(tmp_path):
    with pytest.raises(UnreadablePdf, match="has no text"):
        read(tmp_path, pdf([[]]))


def test_what_is_no_pdf_is_refused(tmp_path):
    with pytest.raises(UnreadablePdf, match=r"list\.pdf cannot be read as a PDF"):
        read(tmp_path, b"%PDF-1.4 and then nothing")
