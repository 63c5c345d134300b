"""Counts on a day, by year, by state."""

from datetime import date

from parvis.observatory.measures.counts import agreements_in_force, by_state, dates_known, joined_by_year
from tests.observatory.drawn import drawn

standings = drawn("""
    agreement | from_day   | to_day     | standing
    mexico    |            | 2015-01-01 | no
    mexico    | 2015-01-01 | 2020-01-01 | yes
    mexico    | 2020-01-01 |            | not_known
    seoul     |            |            | not_known
""")


def test_agreements_in_force_on_a_day():
    assert agreements_in_force(standings, date(2019, 12, 31)) == {"yes": 1, "no": 0, "not_known": 1}


def test_the_last_day_of_a_period_is_excluded():
    assert agreements_in_force(standings, date(2020, 1, 1)) == {"yes": 0, "no": 0, "not_known": 2}


memberships = drawn("""
    network | member | joined
    c40     | paris  | 2007
    nazca   | paris  | 2014
    compact | paris  | 2014-09
    al-las  | paris  | ../2016-07
    aimf    | paris  |
    c40     | lima   | 2008
""")


def test_networks_by_year_of_joining():
    assert joined_by_year(memberships, ["paris"]) == {2007: ["c40"], 2014: ["compact", "nazca"]}


def test_dates_by_how_well_they_are_known():
    assert dates_known(memberships, "joined") == {
        "day": 0,
        "month": 1,
        "year": 3,
        "interval": 1,
        "unknown": 1,
    }


promises = drawn("""
    key | state
    a   | said
    b   | kept
    c   | said
    d   |
""")


def test_promises_by_state_the_most_frequent_first():
    assert list(by_state(promises).items()) == [("said", 2), ("kept", 1), ("not_known", 1)]
