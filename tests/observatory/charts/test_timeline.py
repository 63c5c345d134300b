import pytest

from parvis.observatory.charts.measured import About, NothingToDraw
from parvis.observatory.charts.timeline import Line, Size, Stretch, networks

ABOUT = About("networks", "en", "3 networks, 2 with a date of joining", day="2026-11-22")
C40 = Line(
    "c40", "C40", "2007", status="member", sizes=(Size("94", "2019/2020"), Size("90", "2022-09-19")),
    offices=(Stretch("Chair", "2014", "2016"),),
)  # fmt: skip
AIMF = Line("aimf", "AIMF", status="member")
ICORN = Line("icorn", "ICORN", "2011", status="member")


def drawn(*lines, **more):
    return networks(lines, ABOUT, city="Paris", **more)


def test_the_first_joined_comes_first_and_the_undated_last():
    assert [row[0] for row in drawn(AIMF, ICORN, C40).table.rows] == ["C40", "ICORN", "AIMF"]


def test_a_date_known_as_by_then_is_not_the_first():
    late = Line("al-las", "AL-LAs", "../2016-07", status="member")

    assert [row[0] for row in drawn(late, C40).table.rows] == ["C40", "AL-LAs"]


def test_an_unknown_date_of_joining_is_said_and_never_given():
    drawing = drawn(AIMF, C40)

    assert "joined: date unknown" in drawing.svg
    assert drawing.table.rows[1][1] == "unknown"


def test_sizes_that_differ_are_set_side_by_side():
    assert drawn(C40).table.rows[0][4] == "94 (2019\u20132020) ≠ 90 (2022)"


def test_an_open_end_fades_and_a_known_end_does_not():
    left = Line("100rc", "100 Resilient Cities", "2015", left="2019", status="left")

    assert (drawn(ICORN, C40).svg.count("stay open"), drawn(left).svg.count("stay open")) == (2, 0)


def test_an_office_is_a_thicker_stretch_and_a_cell_of_the_table():
    drawing = drawn(C40)

    assert drawing.svg.count('class="office"') == 1
    assert drawing.table.rows[0][5] == "Chair (2014\u20132016)"


def test_what_is_planned_is_hollow():
    assert 'class="dot"' in drawn(Line("x", "X", "2016", status="planned")).svg


def test_the_phone_reads_from_top_to_bottom():
    drawing = drawn(C40, ICORN, AIMF, narrow=True)

    assert (drawing.meta()["width"], drawing.svg.count("<circle")) == (340, 3)


def test_without_a_network_there_is_no_timeline():
    with pytest.raises(NothingToDraw):
        drawn()
