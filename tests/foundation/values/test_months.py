"""So many months after a day falls in the month it should, whatever the year."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.foundation.values.months import months_after

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2028, 2, 29), -12, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 12, 31), 14, date(2029, 2, 28)),
        (date(2026, 12, 31), 14, date(2028, 2, 29)),
        (date(2026, 12, 15), 0, date(2026, 12, 15)),
    ],
)
def test_a_month_without_that_day_ends_on_its_last(day, months, found):
    assert months_after(day, months) == found


@given(day=DAYS, months=st.integers(-240, 240))
def test_it_is_so_many_months_away_and_never_on_a_later_day_of_the_month(day, months):
    found = months_after(day, months)

    assert (found.year - day.year) * 12 + found.month - day.month == months
    assert found.day == day.day or (found.day < day.day and date.fromordinal(found.toordinal() + 1).day == 1)
