"""A workbook given away as it is made, read back by a reader that is not ours."""

import io
import tracemalloc
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from parvis.exchange.formats import workbook
from parvis.exchange.formats.workbook import workbook_chunks

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
CUT = " […] cut"


def made(*sheets):
    return b"".join(workbook_chunks(sheets, CUT, NOON))


def read(whole, name):
    return CalamineWorkbook.from_filelike(io.BytesIO(whole)).get_sheet_by_name(name).to_python(skip_empty_area=False)


def test_what_is_written_is_what_is_read():
    rows = [
        ["=1+1", Decimal("12.50"), date(2027, 6, 1), "https://example.org", -3],
        ["Ça & là <b>", None, date(2024, 2, 29), "two\nlines", 0],
        ["  kept  ", "", date(1999, 12, 31), "é 中文 😀", Decimal("0.25")],
    ]

    read_back = read(made(("files", rows)), "files")

    assert read_back == [["" if cell is None else cell for cell in row] for row in rows]


def test_every_sheet_has_its_name_and_columns_beyond_z():
    wide = [f"c{place}" for place in range(60)]

    whole = made(("Files & more", [wide]), ("Empty", []))

    assert CalamineWorkbook.from_filelike(io.BytesIO(whole)).sheet_names == ["Files & more", "Empty"]
    assert read(whole, "Files & more") == [wide]


def test_no_text_is_a_formula_and_every_part_is_sound_xml():
    whole = made(("files", [["=1+1", "\x00\x0bodd_x0041_", "x" * 40_000]]))

    held = zipfile.ZipFile(io.BytesIO(whole))
    cells = read(whole, "files")[0]
    assert held.testzip() is None
    assert all(etree.fromstring(held.read(name)) is not None for name in held.namelist())
    assert b"<f>" not in held.read("xl/worksheets/sheet1.xml")
    assert b"_x0000__x000B_odd_x005F_x0041_" in held.read("xl/worksheets/sheet1.xml")
    assert (len(cells[2]), cells[2][-8:]) == (workbook.LONGEST_CELL, CUT)


def test_a_table_longer_than_a_sheet_says_that_it_is_cut(monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)

    assert read(made(("files", [["a"], ["b"], ["c"], ["d"]])), "files") == [["a"], ["b"], [CUT]]


@pytest.mark.parametrize("rows", [2_000, 20_000])
def test_a_long_table_is_held_nowhere_whole(rows):
    tracemalloc.start()

    size = sum(map(len, workbook_chunks([("files", (["x" * 400, place] for place in range(rows)))], CUT, NOON)))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert size > 0
    assert most < 3_000_000
