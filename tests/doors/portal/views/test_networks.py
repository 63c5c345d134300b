"""What the city was in a network on a day, from the dates of its statuses alone."""

from __future__ import annotations

from datetime import date

import pytest

from parvis.doors.portal.views.networks import standing_on


def membership(*statuses):
    columns = ("status", "valid_from", "valid_to")
    return {"rows": {"membership_statuses": [dict(zip(columns, row, strict=True)) for row in statuses]}}


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2006, 12, 31), "not_yet"),
        (date(2007, 6, 1), "not_known"),  # the year alone is known
        (date(2007, 12, 31), "observer"),
        (date(2015, 5, 1), "member"),
        (date(2020, 1, 1), "not_known"),
    ],
)
def test_a_status_is_told_of_the_days_it_surely_held(day, standing):
    found = membership(("observer", "2007", "2014-03"), ("member", "2014-03", "2019"))

    assert standing_on(found, day) == standing


def test_a_membership_without_a_date_says_nothing_of_any_day():
    assert standing_on(membership(("member", "", "")), date(2015, 1, 1)) == "not_known"
