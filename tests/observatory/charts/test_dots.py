import re

import pytest

from parvis.observatory.charts.dots import Value, dots
from parvis.observatory.charts.measured import About, Kind, UnlikeAmounts

CITIES = Kind("cities")
ABOUT = About("members", "en", "Members of AIMF: 2 values by source")


def value(number, as_of, scope="cities", **more):
    return Value(number, as_of, CITIES, scope, **more)


def texts(drawing):
    return re.findall(r">([^<>]+)</t", drawing.svg)


def test_values_of_different_scope_are_never_joined():
    drawing = dots([value(250, "2015-05", "cities and groupings"), value(221, "2022-09-19", first=True)], ABOUT)

    assert 'class="join"' not in drawing.svg


def test_exact_values_of_one_scope_are_joined():
    assert dots([value(94, "2019"), value(90, "2022")], ABOUT).svg.count('class="join"') == 1


def test_a_value_above_which_the_truth_lies_is_not_joined_and_wears_an_arrow():
    drawing = dots([value(94, "2019", qualifier="more_than"), value(90, "2022")], ABOUT)

    assert ('class="join"' in drawing.svg, drawing.svg.count('class="arrow"')) == (False, 1)


def test_a_qualifier_is_never_dropped():
    assert "more than 250" in texts(dots([value(250, "2015", qualifier="more_than"), value(221, "2022")], ABOUT))


def test_a_value_without_date_stands_apart():
    drawing = dots([value(94, "2019"), value(97, "")], ABOUT)

    assert "no date" in texts(drawing)
    assert [row[2] for row in drawing.table.rows] == ["2019", "no date"]


def test_the_value_shown_first_is_full_and_told_in_the_table():
    drawing = dots([value(250, "2015"), value(221, "2022", first=True)], ABOUT)

    assert drawing.svg.count('class="dot first"') == 1
    assert [row[4] for row in drawing.table.rows] == ["", "yes"]


def test_a_range_is_drawn_from_end_to_end():
    drawing = dots([value(20_000, "2015", number_to=100_000.0), value(30_000, "2016")], ABOUT)

    assert drawing.svg.count('class="range"') == 1
    assert "20,000\u2013100,000" in texts(drawing)


def test_unlike_amounts_are_refused():
    with pytest.raises(UnlikeAmounts):
        dots([value(1, "2015"), Value(2, "2016", Kind("", "EUR"))], ABOUT)


def test_every_number_keeps_its_label_on_a_phone():
    crowd = [value(1_000_000 + 1000 * n, "2015-05", f"a scope of some length, number {n}") for n in range(4)]

    assert len([text for text in texts(dots(crowd, ABOUT, narrow=True)) if text.endswith("M")]) >= 4
