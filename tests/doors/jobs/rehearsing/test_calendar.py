"""The days of a rehearsal lie behind the day it is set up, reports late at the end of June included."""

from datetime import date

import pytest

from parvis.doors.jobs.rehearsing.calendar import Calendar


@pytest.mark.parametrize(
    ("today", "year"), [(date(2026, 11, 26), 2025), (date(2026, 7, 1), 2025), (date(2026, 6, 30), 2024)]
)
def test_the_year_played_is_the_last_whose_reports_are_due(today, year):
    days = Calendar(today)

    moments = [
        days.filed, days.read, days.proposed, days.council, days.signed, days.paid, days.told, days.paid_again,
        days.accounted, days.settled,
    ]  # fmt: skip
    assert days.year == year
    assert moments == sorted(moments)
    assert moments[-1].date() < today
    assert (days.words()["year"], days.words()["next_year"]) == (str(year), str(today.year + 1))
