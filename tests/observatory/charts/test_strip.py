import re
from datetime import date

from parvis.observatory.charts.measured import About
from parvis.observatory.charts.strip import Coming, Entry, by_month, by_year
from parvis.observatory.paper.drawing import same_rows

ABOUT = About("joining", "en", "3 dated entries")
NONE = same_rows(["a"], [])


def test_a_year_without_an_entry_stays_in_grey():
    svg = by_year([Entry("A", 2005), Entry("B", 2007)], ABOUT, text="", table=NONE).svg

    assert re.findall(r'class="(value|faint)">(\d{4})', svg) == [
        ("value", "2005"),
        ("faint", "2006"),
        ("value", "2007"),
    ]


def test_entries_of_one_year_share_a_dot():
    assert by_year([Entry("A", 2005), Entry("B", 2005)], ABOUT, text="", table=NONE).svg.count("<circle") == 1


def test_twelve_months_follow_the_day():
    svg = by_month([Coming("A", date(2027, 4, 7))], date(2026, 11, 22), ABOUT, text="", table=NONE).svg

    assert re.findall(r'class="faint">([^<]+)', svg)[:2] == ["Dec", "Jan"]


def test_names_that_would_meet_are_raised_above_one_another():
    near = [Coming("A long commemoration", date(2027, 4, 7)), Coming("Another long one", date(2027, 4, 9))]

    heights = re.findall(r'y="([\d.]+)" class="name">(?:A|Another)', by_month(
        near, date(2026, 11, 22), ABOUT, text="", table=NONE
    ).svg)  # fmt: skip

    assert len(set(heights)) == len(heights) == 2
