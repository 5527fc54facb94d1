"""Delimited text: the header is a promise, and no cell is lost."""

import csv

import pytest
from conftest import document_of

from pipeline.readers.delimited import UnknownColumns, rows, values


@pytest.fixture
def kept(tmp_path):
    def keep(body: bytes):
        path = tmp_path / "2026-01-01" / "list.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(body)
        return document_of("xx_list", path, media_type="text/csv")

    return keep


def test_rows_stand_by_the_names_of_their_columns(kept):
    document = kept(b'Name,Note\r\n"ACME, LTD","line one\nline two"\r\n')
    assert list(rows(document, ("Name", "Note"))) == [{"Name": "ACME, LTD", "Note": "line one\nline two"}]


def test_a_byte_order_mark_is_no_part_of_the_first_column(kept):
    assert list(rows(kept("\ufeffName\nÉtat\n".encode()), ("Name",))) == [{"Name": "État"}]


def test_lines_before_the_header_are_skipped_and_another_encoding_is_read(kept):
    document = kept("Last Updated,28/01/2026\nName\tNote\nO\u2019NEIL\tx\n".encode("cp1252"))
    assert list(rows(document, ("Name", "Note"), delimiter="\t", encoding="cp1252", skip=1)) == [
        {"Name": "O\u2019NEIL", "Note": "x"}
    ]


def test_a_new_column_is_news(kept):
    with pytest.raises(UnknownColumns, match="Shoe_Size"):
        list(rows(kept(b"Name,Shoe_Size\nACME,42\n"), ("Name",)))


def test_without_a_header_given_the_first_row_is_the_header(kept):
    assert list(rows(kept(b"A,B\n1,2\n"), None)) == [{"A": "1", "B": "2"}]


def test_a_row_that_is_too_short_is_named(kept):
    with pytest.raises(UnknownColumns, match="row 3"):
        list(rows(kept(b"A,B\n1,2\n3\n"), ("A", "B")))


def test_empty_rows_and_the_ctrl_z_at_the_end_are_no_rows(kept):
    assert list(values(kept(b"1,2\n\n3,4\n\x1a\n"))) == [["1", "2"], ["3", "4"]]


def test_an_open_quotation_mark_is_an_error_and_not_the_rest_of_the_file(kept):
    with pytest.raises(csv.Error):
        list(values(kept(b'1,"2\n3,4\n')))
