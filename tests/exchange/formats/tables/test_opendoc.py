"""ODS: what LibreOffice writes, and what a stranger may."""

import pytest

from parvis.exchange.formats.tables.faults import Unreadable

WORD = '<table:table-cell office:value-type="string"%s><text:p>%s</text:p></table:table-cell>'
REPEATED = ' table:number-columns-repeated="16384"'
HEAD = f"<table:table-row>{WORD % ('', 'Nom')}{WORD % ('', 'Montant')}</table:table-row>"


def row(name, amount):
    return (
        f'<table:table-row><table:table-cell office:value-type="string"><text:p>{name}</text:p></table:table-cell>'
        f'<table:table-cell office:value-type="float" office:value="{amount}"><text:p>…</text:p></table:table-cell>'
        '<table:table-cell table:number-columns-repeated="16382"/></table:table-row>'
    )


def test_a_sheet_is_read_and_a_million_repeated_blanks_cost_nothing(ods, read):
    none = '<table:table-cell table:number-columns-repeated="16384"/>'
    blanks = f'<table:table-row table:number-rows-repeated="1048000">{none}</table:table-row>'

    _table, rows = read(ods(HEAD + row("Été", "12.5") + blanks + row("Aïda", "7")), "f.ods")

    assert rows == [(2, ["Été", "12.5"], []), (1_048_003, ["Aïda", "7"], [])]


def test_repeated_cells_that_hold_something_are_bounded(ods, read):
    wide = f"<table:table-row>{WORD % (REPEATED, 'x')}</table:table-row>"

    with pytest.raises(Unreadable, match="row 3, column XFD: The sheet has 16384 columns"):
        read(ods(HEAD + row("A", 1) + wide), "f.ods")


def test_a_row_repeated_a_million_times_is_bounded(ods, read):
    many = row("A", 1).replace("<table:table-row>", '<table:table-row table:number-rows-repeated="99999999">', 1)

    with pytest.raises(Unreadable, match="more than 1048576 rows"):
        read(ods(HEAD + many), "f.ods")


@pytest.mark.parametrize(("times", "taken"), [(1_000, True), (1_001, False)])
def test_a_row_written_once_for_thousands_is_no_table(times, taken, ods, read):
    many = row("A", 1).replace("<table:table-row>", f'<table:table-row table:number-rows-repeated="{times}">', 1)

    if taken:
        assert len(read(ods(HEAD + many), "f.ods")[1]) == times
    else:
        with pytest.raises(Unreadable, match="row 2: This row says it is repeated 1001 times"):
            read(ods(HEAD + many), "f.ods")


def test_entities_are_refused(ods, read):
    laughs = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;">]><x>&c;</x>'

    with pytest.raises(Unreadable, match="The file declares entities"):
        read(ods("", whole=laughs), "f.ods")


def test_ten_thousand_levels_are_refused(ods, read):
    with pytest.raises(Unreadable, match="damaged"):
        read(ods("<a>" * 10_000 + "</a>" * 10_000), "f.ods")
