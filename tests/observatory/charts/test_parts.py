import re

import pytest

from parvis.observatory.charts.measured import About, Kind, UnlikeAmounts
from parvis.observatory.charts.parts import Part, bar, rows_of_dots

EUROS = Kind("", "EUR", "yearly")
ABOUT = About("parts", "en", "Water takes half")


def names(drawing):
    return re.findall(r'class="name">([^<]+)', drawing.svg)


def test_parts_are_sorted_and_beyond_six_become_others():
    drawing = bar([Part(f"part {n}", n, EUROS) for n in range(1, 9)], ABOUT)

    assert names(drawing) == ["part 8", "part 7", "part 6", "part 5", "part 4", "Others"]
    assert len(drawing.table.rows) == 8


def test_six_parts_stay_six():
    assert "Others" not in names(bar([Part(f"part {n}", n, EUROS) for n in range(1, 7)], ABOUT))


def test_unlike_parts_are_no_whole():
    with pytest.raises(UnlikeAmounts):
        bar([Part("a", 1, EUROS), Part("b", 1, Kind("", "EUR", "ceiling"))], ABOUT)


def test_rows_go_from_the_largest_to_the_smallest():
    drawing = rows_of_dots([Part("Dakar", 7), Part("Bamako", 12, lit=True)], ABOUT)

    assert names(drawing) == ["Bamako", "Dakar"]
    assert drawing.svg.count('class="dot first"') == 1
