"""Workbooks: every sheet, every row, every cell with the type it was given."""

import datetime as dt

import pytest
from conftest import document_of
from workbooks import write_workbook

from pipeline.readers.workbook import sheets

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def read(tmp_path):
    def written(**content):
        return list(sheets(document_of("xx_list", write_workbook(tmp_path / "2026-01-01" / "list.xlsx", content))))

    return written


def test_sheets_come_in_the_order_of_the_workbook(read):
    assert [sheet.name for sheet in read(一覧=[["a"]], 解除=[["b"]])] == ["一覧", "解除"]


def test_a_cell_keeps_its_type(read):
    (sheet,) = read(A=[["2a", 12, True, dt.date(2026, 2, 20), "", "Kabul\xa0"]])
    assert sheet.rows == [["2a", 12.0, True, dt.date(2026, 2, 20), "", "Kabul\xa0"]]


def test_a_serial_without_the_format_of_a_day_stays_a_number(read):
    (sheet,) = read(A=[[20158]])
    assert sheet.rows == [[20158.0]]


def test_empty_rows_and_columns_stay_so_that_places_hold(read):
    (sheet,) = read(A=[["", ""], ["", "x"]])
    assert sheet.rows == [["", ""], ["", "x"]]
