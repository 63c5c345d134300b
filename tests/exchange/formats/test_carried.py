"""Tables and files on their way out."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

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
