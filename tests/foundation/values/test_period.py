from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.foundation.values.partial_date import PartialDate
from parvis.foundation.values.period import Period

FIRST, LAST = date(2014, 3, 30), date(2020, 7, 3)


def test_the_first_day_is_in_and_the_end_is_out():
    term = Period(FIRST, LAST)

    assert (FIRST in term, LAST in term, date(2020, 7, 2) in term, date(2014, 3, 29) in term) == (
        True,
        False,
        True,
        False,
    )


def test_an_open_period_has_no_end():
    assert date.max in Period(FIRST)
    assert date.min in Period(None, LAST)
    assert Period(FIRST).last_day is None


@pytest.mark.parametrize("end", [FIRST, date(2013, 1, 1)])
def test_a_period_cannot_end_before_it_has_lasted_a_day(end):
    with pytest.raises(ValueError, match="cannot end on"):
        Period(FIRST, end)


def test_until_2020_means_the_whole_of_2020():
    spoken = Period.spoken(PartialDate.parse("2014"), PartialDate.parse("2020"))

    assert spoken == Period(date(2014, 1, 1), date(2021, 1, 1))
    assert spoken.last_day == date(2020, 12, 31)


def test_what_is_not_said_is_open():
    assert Period.spoken(None, None) == Period()
    assert Period.spoken(PartialDate.parse("../2016-07"), PartialDate.parse("2014/..")) == Period()


def test_nothing_follows_the_last_day_of_the_calendar():
    assert Period.spoken(None, PartialDate.parse("9999")) == Period()


def test_a_day_is_a_period():
    assert Period.on(FIRST) == Period(FIRST, date(2014, 3, 31))


days = st.dates(date(1900, 1, 1), date(2100, 1, 1))
periods = (
    st.tuples(st.none() | days, st.none() | days).filter(lambda p: None in p or p[0] < p[1]).map(lambda p: Period(*p))
)


@given(periods, periods)
def test_overlapping_is_mutual_and_means_a_common_day(a, b):
    candidates = [day for period in (a, b) for day in (period.start,) if day] or [FIRST]
    shared = any(day in a and day in b for day in candidates) or (a.start is b.start is None)

    assert a.overlaps(b) == b.overlaps(a) == shared
