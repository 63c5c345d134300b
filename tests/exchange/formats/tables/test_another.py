"""Two tables in one sheet, and sheets beside the first: told, never swallowed."""

import io

import pytest
import xlsxwriter

from parvis.exchange.formats.tables.reading import open_table

KNOWN = frozenset({"nom", "courriel", "telephone", "ville"})
AGAIN = "These are the headings again, not a row of data."


@pytest.fixture
def opened(tmp_path):
    def opened_as(data, name="a.csv"):
        (tmp_path / name).write_bytes(data.encode() if isinstance(data, str) else data)
        return open_table(tmp_path / name, name, known=KNOWN)

    return opened_as


def told(table):
    return [(row.number, [fault.told(str) for fault in row.faults]) for row in table.rows()]


@pytest.mark.parametrize(
    "below",
    [
        "Nom;Courriel\nAnne;a@x.fr",  # words that name columns
        "Année;Budget\n2020;12,5\n2021;13",  # words above figures, where the table has none
    ],
)
def test_another_table_under_blank_rows_is_told_and_none_of_its_rows_is_taken(opened, below):
    rows = told(opened(f"Partenaire;Ville\nSidaction;Paris\nTélécoms;Dakar\n\n\n{below}\n"))

    assert [(number, bool(faults)) for number, faults in rows[:2]] == [(2, False), (3, False)]
    assert rows[2] == (6, [
        "Another table begins here, under headings of its own: bring it in as a file or a sheet of its own."
    ])  # fmt: skip
    assert {faults[0] for _number, faults in rows[3:]} == {
        "This row stands under other headings, those of row 6: it is not of the first table."
    }


def test_headings_that_come_again_are_no_row_and_what_follows_is_the_same_table(opened):
    rows = told(opened("Partenaire;Montant\nUn;12\n\nPartenaire;Montant\nDeux;13\n"))

    assert rows == [(2, []), (4, [AGAIN]), (5, [])]


@pytest.mark.parametrize(
    "data",
    [
        "Partenaire;Ville\nUn;Paris\n\nDeux;Dakar\nTrois;Lomé\n",  # a gap is no end
        "Partenaire;Montant\nUn;12\n\nDeux;en attente\nTrois;13\n",  # words once, where figures stand
        "Partenaire;Montant\nUn;\n\nDeux;n.c.\nTrois;13\n",  # nothing said
        "Partenaire;Ville\nUn;Paris\n\nAfrique;\nDeux;Dakar\n",  # the name of a part
    ],
)
def test_blank_rows_within_a_table_end_nothing(opened, data):
    assert {tuple(faults) for _number, faults in told(opened(data))} == {()}


def test_sheets_that_hold_something_beside_the_one_read_are_named(opened):
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        for name, rows in (("2020", [["Nom", "Ville"], ["Un", "Paris"]]), ("Vide", []), ("2021", [["Nom"], ["Deux"]])):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)

    table = opened(held.getvalue(), "a.xlsx")

    assert (table.how.sheet, table.other_sheets) == ("2020", ("2021",))
    assert opened("Nom;Ville\nUn;Paris\n").other_sheets == ()
