"""Tables and files on their way out."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from parvis.exchange.formats import carried

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def rows_of(chunks):
    text = b"".join(chunks).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "\t=1"])
def test_no_text_of_a_csv_is_run_as_a_formula(text):
    assert rows_of(carried.csv_chunks([[text]])) == [[f"'{text}"]]


def test_a_number_keeps_its_sign_and_a_day_is_a_day():
    assert rows_of(carried.csv_chunks([[Decimal("-5.20"), 3, date(2027, 6, 1), None]])) == [
        ["-5.20", "3", "2027-06-01", ""]
    ]


def test_a_csv_comes_in_pieces_none_of_which_is_the_whole():
    pieces = list(carried.csv_chunks(["x" * 1000] for _ in range(500)))

    assert (len(pieces) > 5, max(map(len, pieces)) < 100_000) == (True, True)


def test_a_workbook_holds_text_as_text_numbers_as_numbers_and_says_what_it_cut(tmp_path):
    path = tmp_path / "a.xlsx"
    rows = [["=1+1", Decimal("12.50"), date(2027, 6, 1), "https://example.org", "x" * 40_000]]

    carried.write_workbook(path, [("files", rows)], cut=" […] cut")

    cells = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("files").to_python()[0]
    assert cells[:4] == ["=1+1", 12.5, date(2027, 6, 1), "https://example.org"]
    assert (len(cells[4]), cells[4][-8:]) == (carried.LONGEST_CELL, " […] cut")
    assert b"<f>" not in zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")


def test_a_zip_is_given_away_as_it_is_made():
    big = bytes(1 << 16)
    made = carried.zip_chunks([("a.bin", (big for _ in range(50)), False), ("b.txt", [b"b"], True)], NOON)
    pieces = list(made)

    held = zipfile.ZipFile(io.BytesIO(b"".join(pieces)))
    assert [(one.filename, one.file_size) for one in held.infolist()] == [("a.bin", 50 << 16), ("b.txt", 1)]
    assert (held.testzip(), max(map(len, pieces)) < 1 << 18) == (None, True)


@pytest.mark.parametrize(
    ("text", "plain"),
    [("../../etc/passwd", "etc-passwd"), ("2027-MAR-0001", "2027-MAR-0001"), ("été !", "t"), ("...", "file")],
)
def test_a_name_leads_nowhere(text, plain):
    assert carried.plain_name(text) == plain
