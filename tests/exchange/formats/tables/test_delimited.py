"""CSV in any dress, and files made to hurt."""

import pytest

from parvis.exchange.formats.tables.faults import Unreadable

ROWS = "Nom;Montant\nÉcole d’été;1 234,50\nAïda;12\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-32"])
def test_the_encoding_is_found(encoding, read):
    table, rows = read(ROWS.encode(encoding))

    assert table.columns == ("Nom", "Montant")
    assert rows == [(2, ["École d’été", "1 234,50"], []), (3, ["Aïda", "12"], [])]


def test_old_encodings_of_one_byte_are_told_apart_by_their_letters(read):
    text = "Nom;Objet\n" + "Société française des étudiants;Préparation d'une fête à Besançon où l'été renaît\n" * 30

    assert {read(text.encode(name))[1][0][1][0] for name in ("cp1252", "mac_roman", "cp850")} == {
        "Société française des étudiants"
    }


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_found_though_others_stand_in_the_words(separator, read):
    data = separator.join(("a", "b", "c")) + "\n" + f'"x, y; z"{separator}2{separator}3\n' * 5

    table, rows = read(data)

    assert (table.how.separator, rows[0][1]) == (separator, ["x, y; z", "2", "3"])


def test_a_quoted_line_break_stays_in_its_cell_and_rows_are_counted_as_a_spreadsheet_does(read):
    _table, rows = read('a,b\n"one\r\ntwo",1\nthree,2\n')

    assert rows == [(2, ["one\ntwo", "1"], []), (3, ["three", "2"], [])]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_in_any_way(end, read):
    assert [cells for _number, cells, _faults in read(end.join(("a,b", "1,2", "3,4")))[1]] == [["1", "2"], ["3", "4"]]


def test_a_line_in_another_encoding_is_named_and_the_rest_is_read(read):
    table, rows = read("Nom;Ville\nÉté;Paris\n".encode() + "Hélène;Nîmes\n".encode("cp1252") + "Noël;Lyon\n".encode())

    assert rows[1][2] == [
        "row 3, column Nom: This cell is not in the encoding of the file (utf-8).",
        "row 3, column Ville: This cell is not in the encoding of the file (utf-8).",
    ]
    assert [faults for _number, _cells, faults in rows if _number != 3] == [[], []]
    assert len(table.notes) == 1


def test_a_sign_that_is_no_text_is_named(read):
    _table, rows = read("a,b\n1,x\x00y\n2,z\n")

    assert rows[0] == (2, ["1", "xy"], ["row 2, column b: This cell holds a sign that is no text (NUL)."])


def test_a_row_cut_by_its_own_separator_is_refused_with_what_was_found(read):
    _table, rows = read("nom,montant,nature\nA,423 051,84,numéraire\nB,1,numéraire\n")

    assert rows[0][2] == [
        "row 2, column D: This row has 4 cells where the headings are 3: a separator stands inside a value."
    ]


def test_a_row_that_is_short_is_refused(read):
    assert read("a,b,c\n1,2\n")[1][0][2] == ["row 2, column C: This row has 2 cells where the headings are 3."]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("", "The file is empty."),
        (b"\x01\x02\x03\x04" * 500, "This is no table: send a CSV, XLSX, ODS or JSON file."),
        ("a,b\n" + ",".join("x" * 5000) + "\n", "This row has 5000 cells; a table of at most 400 columns can be read."),
        ('a,b\n1,"never closed\n' + "x,y\n" * 2_000_000, "A quotation mark is opened in this row and never closed"),
        (b"a,b\n" + b"x" * 50_000_000 + b"\n", "This line has more than 2 MB: it is no row of a table."),
        ("1,2\n3,4\n", "No row of this file names its columns: put their names in the first row."),
        ("<html><table>", "This is no table: it is a page or an XML file."),
        (b"\xd0\xcf\x11\xe0" + bytes(100), "This is a workbook of the old kind, or one with a password"),
    ],
    ids=["empty", "binary", "5000 columns", "unclosed quote", "one line", "no heading", "a page", "xls"],
)
def test_what_is_no_table_is_refused_with_a_sentence(data, said, read):
    with pytest.raises(Unreadable) as refused:
        read(data)

    assert said in str(refused.value)
    assert str(refused.value).startswith("file.csv, ")


def test_five_thousand_columns_are_refused_where_they_begin(read):
    with pytest.raises(Unreadable, match=r"row 1, column GJH: This row has 5000 cells"):
        read(",".join(f"c{place}" for place in range(5000)) + "\n")


def test_a_crowd_of_blank_rows_costs_little(read):
    _table, rows = read("a,b\n1,2\n" + ",\n" * 300_000 + "3,4\n")

    assert rows == [(2, ["1", "2"], []), (300_003, ["3", "4"], [])]


@pytest.mark.parametrize("opened", ['A;100;"bla\n', '"A;100;bla\n'], ids=["last cell", "first cell"])
def test_a_quotation_mark_that_is_never_closed_swallows_no_row_in_silence(opened, read):
    data = "objet;montant;description\nZ;1;z\n" + opened + "B;200;b\n" * 300

    with pytest.raises(Unreadable, match="row 3: A quotation mark is opened in this row and never closed"):
        read(data)


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_quotation_mark_closed_on_the_last_line_is_whole(end, read):
    _table, rows = read('objet;montant\nA;"1\n2"' + end)

    assert [cells for _number, cells, _faults in rows] == [["A", "1\n2"]]
