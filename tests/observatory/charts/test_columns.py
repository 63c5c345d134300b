import re

import pytest

from parvis.observatory.charts.columns import Year, columns
from parvis.observatory.charts.measured import About, Kind, UnlikeAmounts

EUROS = Kind("", "EUR", "yearly")
ABOUT = About("paid", "en", "Payments doubled in three years", unit="euros a year")


def bars(drawing):
    return re.findall(r"<rect [^>]*class=\"bar\"", drawing.svg)


def test_a_missing_year_is_a_gap_and_never_a_zero():
    drawing = columns([Year(2014, 1.0, EUROS), Year(2016, 2.0, EUROS)], ABOUT)

    assert len(bars(drawing)) == 2
    assert drawing.table.rows == ((2014, 1.0), (2015, None), (2016, 2.0))


def test_the_title_states_the_finding():
    assert columns([Year(2014, 1.0, EUROS)], ABOUT).title == "Payments doubled in three years"


def test_amounts_of_different_kinds_are_refused():
    with pytest.raises(UnlikeAmounts):
        columns([Year(2014, 1.0, EUROS), Year(2015, 2.0, Kind("", "EUR", "ceiling"))], ABOUT)


def test_a_target_is_a_tick_and_a_column_of_the_table():
    drawing = columns([Year(2014, 1.0, EUROS, 2.0), Year(2015, 2.0, EUROS)], ABOUT)

    assert drawing.svg.count('class="target"') == 1
    assert drawing.table.rows == ((2014, 1.0, 2.0), (2015, 2.0, None))


def test_a_year_told_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        columns([Year(2014, 1.0, EUROS), Year(2014, 2.0, EUROS)], ABOUT)


def test_bars_stand_on_the_base_line():
    drawing = columns([Year(2014, 1.0, EUROS), Year(2015, 4.0, EUROS)], ABOUT)
    edges = re.findall(r'y="([\d.]+)" width="[\d.]+" height="([\d.]+)" class="bar"', drawing.svg)

    assert {float(top) + float(height) for top, height in edges} == {226}


def test_the_narrow_version_is_drawn_for_itself():
    drawing = columns([Year(2014, 1.0, EUROS)], ABOUT, narrow=True)

    assert (drawing.name, drawing.meta()["width"]) == ("paid-narrow", 340)
