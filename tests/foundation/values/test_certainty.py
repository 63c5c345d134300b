from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.foundation.values.certainty import Certainty, agreed, begun_by, holds_on
from parvis.foundation.values.partial_date import PartialDate

YES, NO, NOT_KNOWN = Certainty.YES, Certainty.NO, Certainty.NOT_KNOWN
dates = st.dates(date(2000, 1, 1), date(2030, 12, 31))


def when(text):
    return PartialDate.parse(text) if text else None


@pytest.mark.parametrize(
    ("start", "day", "answer"),
    [
        ("2015-05-09", date(2015, 5, 8), NO),
        ("2015-05-09", date(2015, 5, 9), YES),
        ("2015", date(2014, 12, 31), NO),
        ("2015", date(2015, 6, 1), NOT_KNOWN),
        ("2015", date(2015, 12, 31), YES),
        ("../2016-07", date(1900, 1, 1), NOT_KNOWN),
        ("../2016-07", date(2016, 7, 31), YES),
        ("2014/..", date(2013, 12, 31), NO),
        ("2014/..", date(2099, 1, 1), NOT_KNOWN),
        ("", date(2015, 1, 1), NOT_KNOWN),
    ],
)
def test_begun_by_a_day(start, day, answer):
    assert begun_by(when(start), day) == answer


@pytest.mark.parametrize(
    ("start", "end", "day", "answer"),
    [
        ("2013-01-01", "2016-05-09", date(2016, 5, 8), YES),
        ("2013-01-01", "2016-05-09", date(2016, 5, 9), NO),
        ("2013", "2016", date(2016, 5, 9), NOT_KNOWN),
        ("2013", "2016", date(2016, 12, 31), NO),
        ("2013", "", date(2099, 1, 1), YES),
        ("", "2016", date(2014, 1, 1), NOT_KNOWN),
        ("", "2016", date(2017, 1, 1), NO),
        ("2013", "2016", date(2012, 12, 31), NO),
    ],
)
def test_a_period_holds_until_the_day_it_ends(start, end, day, answer):
    assert holds_on(when(start), when(end), day) == answer


def test_answers_that_differ_agree_on_nothing():
    assert agreed([YES, YES]) == YES
    assert agreed([YES, NO]) == NOT_KNOWN
    assert agreed([]) == NOT_KNOWN


@given(first=dates, second=dates, day=dates)
def test_with_full_dates_nothing_is_unknown(first, second, day):
    start, end = sorted([first, second])

    answer = holds_on(when(start.isoformat()), when(end.isoformat()), day)

    assert answer == (YES if start <= day < end else NO)


@given(year=st.integers(2000, 2030), day=dates)
def test_what_is_said_of_a_year_holds_for_each_of_its_days(year, day):
    answer = begun_by(when(str(year)), day)
    answers = {begun_by(when(f"{year}-{month:02}-15"), day) for month in (1, 6, 12)}

    assert answer == NOT_KNOWN or answers == {answer}
