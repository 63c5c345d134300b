"""XLSX: what a spreadsheet holds, and parcels made to burst."""

import datetime as dt
import re

import pytest

from parvis.exchange.formats.tables import workbook as reading
from parvis.exchange.formats.tables.faults import Unreadable
from parvis.exchange.formats.tables.limits import Limits
from tests.support.hostile import zip_bomb
from tests.support.readers import packed

SHEET = "xl/worksheets/sheet1.xml"


def plain(_book, sheet):
    sheet.write_row(0, 0, ["Nom", "Montant", "Jour"])
    sheet.write_row(1, 0, ["Été", 12.5])
    sheet.write_row(2, 0, ["Aïda", 7])


def test_numbers_days_and_words_come_as_text(workbook, read):
    def fill(book, sheet):
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, ["Nom", "Montant", "Jour", "Oui"])
        sheet.write_row(1, 0, ["Été", 1234.5])
        sheet.write_datetime(1, 2, dt.date(2024, 7, 24), day)
        sheet.write_boolean(1, 3, True)
        sheet.write_row(2, 0, ["Aïda", 21750001600019])

    table, rows = read(workbook(fill), "f.xlsx")

    assert table.columns == ("Nom", "Montant", "Jour", "Oui")
    assert [cells for _number, cells, _faults in rows] == [
        ["Été", "1234.5", "2024-07-24", "true"],
        ["Aïda", "21750001600019", "", ""],
    ]


def test_a_title_above_the_headings_is_left_aside_and_said(workbook, read):
    def fill(_book, sheet):
        sheet.write(1, 0, "Subventions 2024")
        sheet.write_row(3, 0, ["Nom", "Montant", "Ville"])
        sheet.write_row(4, 0, ["A", 1, "Lyon"])

    table, rows = read(workbook(fill), "f.xlsx")

    assert rows == [(5, ["A", "1", "Lyon"], [])]
    assert [str(note) for note in table.notes] == [
        "row 2: The rows before the headings are left aside: “Subventions 2024”."
    ]


def test_merged_headings_name_each_column_they_cover(workbook, read):
    def fill(_book, sheet):
        sheet.merge_range(0, 0, 1, 0, "Nom")
        sheet.merge_range(0, 1, 0, 2, "Contact")
        sheet.write_row(1, 1, ["Tél.", "Courriel"])
        sheet.write_row(2, 0, ["A", "01", "a@x.fr"])

    table, rows = read(workbook(fill), "f.xlsx")

    assert table.columns == ("Nom", "Contact – Tél.", "Contact – Courriel")
    assert rows == [(3, ["A", "01", "a@x.fr"], [])]


def test_a_row_of_totals_is_not_data_whether_it_says_so_or_only_adds_up(workbook, read):
    def fill(_book, sheet):
        sheet.write_row(0, 0, ["Nom", "Montant"])
        for place, amount in enumerate((10, 20, 30), 1):
            sheet.write_row(place, 0, [f"n{place}", amount])
        sheet.write_row(4, 0, ["", 60])
        sheet.write_row(5, 0, ["TOTAL GÉNÉRAL", 60])

    _table, rows = read(workbook(fill), "f.xlsx")

    assert [faults for _number, _cells, faults in rows] == [
        [], [], [],
        ["row 5: This row adds up the rows above it: it is taken for a total, not for data."],
        ["row 6: This is a row of totals, not of data."],
    ]  # fmt: skip


def test_a_number_dressed_as_a_day_of_1900_is_named(workbook, read):
    def fill(book, sheet):
        sheet.write_row(0, 0, ["Nom", "Jour"])
        sheet.write(1, 0, "A")
        sheet.write_number(1, 1, 12, book.add_format({"num_format": "dd/mm/yyyy"}))

    _table, rows = read(workbook(fill), "f.xlsx")

    assert rows[0][2] == [
        "row 2, column Jour: This cell is shown as a day of 1900: it holds the number 12 in the dress of a date."
    ]


def test_the_29_february_1900_that_never_was_is_not_told_for_the_day_before_it(workbook, read):
    def fill(book, sheet):
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, ["Nom", "Jour"])
        for row, number in enumerate((58, 60, 61), 1):
            sheet.write(row, 0, "A")
            sheet.write_number(row, 1, number, day)

    _table, rows = read(workbook(fill), "f.xlsx")

    assert [faults for _number, _cells, faults in rows] == [
        ["row 2, column Jour: This cell is shown as a day of 1900: it holds the number 58 in the dress of a date."],
        [
            (
                "row 3, column Jour: This cell holds the number 59 or 60 in the dress of a date: 28 February 1900, or"
                " the 29th, a day that never was. If that year is meant, write the year alone."
            )
        ],
        [],
    ]


def test_an_error_of_the_spreadsheet_is_no_empty_cell(workbook, read):
    def fill(book, sheet):
        other = book.add_worksheet("Autre")
        other.write_formula(1, 0, "=1/0", None, "#DIV/0!")
        sheet.write_row(0, 0, ["Nom", "Début"])
        sheet.write(1, 0, "A")
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        sheet.write_row(2, 0, ["B", "2020"])
        sheet.write_formula(3, 1, "=NA()", None, "#N/A")

    _table, rows = read(workbook(fill), "f.xlsx")

    said = "This cell holds an error of the spreadsheet (such as #DIV/0! or #N/A): its value is not known."
    assert rows == [
        (2, ["A", "#?"], [f"row 2, column Début: {said}"]),
        (3, ["B", "2020"], []),
        (4, ["", "#?"], [f"row 4, column Début: {said}"]),
    ]


def test_two_columns_of_one_name_are_told_apart(workbook, read):
    table, _rows = read(workbook(lambda _book, sheet: sheet.write_row(0, 0, ["Nom", "Nom", "Ville"])), "f.xlsx")

    assert table.columns == ("Nom", "Nom (2)", "Ville")


def test_a_zip_bomb_is_weighed_and_refused(read):
    with pytest.raises(Unreadable, match=r"more than 20 MB, its part “xl/worksheets/sheet1\.xml” included"):
        read(zip_bomb(40), "f.xlsx", limits=Limits(unpacked_bytes=20_000_000))


def test_a_zip_that_lies_about_its_weight_is_refused(read):
    data = bytearray(zip_bomb(40))
    size = (40_000_000).to_bytes(4, "little")
    lied = bytes(data).replace(size, (1000).to_bytes(4, "little"))

    with pytest.raises(Unreadable):
        read(lied, "f.xlsx", limits=Limits(unpacked_bytes=20_000_000))


def test_two_cells_at_the_ends_of_the_sheet_do_not_fill_the_memory(workbook, read):
    def fill(_book, sheet):
        sheet.write_row(0, 0, ["Nom", "Ville"])
        sheet.write(1_048_575, 16_383, "x")

    with pytest.raises(Unreadable, match="row 1048576, column XFD: The sheet reaches from its first cell to here"):
        read(workbook(fill), "f.xlsx")


def test_entities_are_refused(workbook, repacked, read):
    def inject(text):
        return re.sub(rb"(\?>)", rb'\1<!DOCTYPE x [<!ENTITY a "b">]>', text, count=1)

    with pytest.raises(Unreadable, match="The file declares entities"):
        read(repacked(workbook(plain), SHEET, inject), "f.xlsx")


def test_ten_thousand_levels_are_no_harm(workbook, repacked, read):
    deep = b"<a>" * 10_000 + b"</a>" * 10_000

    try:
        _table, rows = read(
            repacked(workbook(plain), SHEET, lambda text: text.replace(b"<sheetData>", deep + b"<sheetData>")), "f.xlsx"
        )
    except Unreadable:
        rows = []

    assert len(rows) in (0, 2)


@pytest.mark.parametrize("cut", [10, 200, 2000])
def test_a_damaged_file_is_refused_with_a_sentence(cut, workbook, read):
    with pytest.raises(Unreadable, match="damaged"):
        read(workbook(plain)[:-cut] if cut < 2000 else b"PK" + bytes(300), "f.xlsx")


def test_a_million_blank_rows_cost_little_and_what_stands_after_them_is_read(workbook, repacked, read):
    """Rows a spreadsheet keeps because somebody once coloured them."""
    blank = b"".join(b'<row r="%d" s="1"><c r="A%d" s="1"/></row>' % (row, row) for row in range(4, 400_004))
    last = b'<row r="1048000"><c r="A1048000"><v>9</v></c><c r="B1048000"><v>1</v></c></row></sheetData>'

    _table, rows = read(
        repacked(workbook(plain), SHEET, lambda text: text.replace(b"</sheetData>", blank + last)), "f.xlsx"
    )

    assert [(number, cells[0]) for number, cells, _faults in rows] == [(2, "Été"), (3, "Aïda"), (1_048_000, "9")]


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="AJJJJJJ1"><v>1</v></c>',
        '<c r="A99999999"><v>1</v></c>',
        "<c r='ZZZZ1'><v>1</v></c>",
        """<c s=" r='A1' " r="ZZZZZZZ1"><v>1</v></c>""",
        '<x-y:c r="ZZZZZZZ1"><v>1</v></x-y:c>',
        '<c s="1"><v>1</v></c>',
        "<c><v>1</v></c>",
    ],
)
def test_a_cell_that_stands_where_no_spreadsheet_has_one_is_refused_before_it_is_read(cell, read):
    """The library that reads sheets would ask the machine for gigabytes, and end the process that asked."""
    sheet = f'<worksheet><sheetData><row r="1"><c r="B1"><v>2</v></c>{cell}</row></sheetData></worksheet>'

    with pytest.raises(Unreadable) as refused:
        read(packed("sheets", sheet.encode()), "f.xlsx")

    assert str(refused.value) == (
        "f.xlsx, The cells of this file do not say where they stand: save it again in a spreadsheet program."
    )


def test_a_cell_cut_between_two_readings_of_the_parcel_is_measured_whole(read, monkeypatch):
    monkeypatch.setattr(reading, "_CHUNK", 7)
    sheet = (
        '<worksheet><sheetData><row r="1"><c r="A1"><v>2</v></c><c r="XFD1"><v>2</v></c></row></sheetData></worksheet>'
    )

    with pytest.raises(Unreadable, match=r"The sheet has 16384 columns"):
        read(packed("sheets", sheet.encode()), "f.xlsx")
