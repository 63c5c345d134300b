import pytest

from parvis.publication.bake import days
from parvis.publication.bake.days import Span


@pytest.mark.parametrize(
    ("row", "span"),
    [
        ({"signed": "2014-10", "end": "2020"}, Span("2014-10-01", "2020-12-30")),
        ({"starts": "2015-05-09", "ends": "2015-05-10"}, Span("2015-05-09", "2015-05-10")),
        ({"valid_from": "../2016-07", "valid_to": "2019/.."}, Span(None, None)),
        ({"since": None, "signed": "2014"}, Span("2014-01-01", None)),
        ({"as_of": "2022"}, Span(None, None)),
        ({}, Span(None, None)),
    ],
)
def test_when_a_row_holds(row, span):
    assert days.span_of(row, frozenset(row)) == span


def test_a_column_that_bears_no_date_says_nothing_of_when():
    assert days.span_of({"to": "everyone", "day": "Monday"}, frozenset()) == Span()


def test_around_several_spans_the_end_is_open_where_one_is():
    assert days.around([Span("2015-01-01", "2016-01-01"), Span("2014-01-01", "2018-01-01")]) == Span(
        "2014-01-01", "2018-01-01"
    )
    assert days.around([Span("2015-01-01", "2016-01-01"), Span(None, None)]) == Span("2015-01-01", None)


def test_in_force_is_what_the_room_did_not_rule_out():
    rows = [
        {"from_day": None, "to_day": "2014-10-01", "standing": "no"},
        {"from_day": "2014-10-01", "to_day": "2019-10-01", "standing": "yes"},
        {"from_day": "2019-10-01", "to_day": "2020-10-01", "standing": "not_known"},
        {"from_day": "2020-10-01", "to_day": None, "standing": "no"},
    ]
    dated = frozenset({"from_day", "to_day"})

    assert days.in_force(rows, dated) == Span("2014-10-01", "2020-09-30")
    assert days.in_force(rows[:1], dated) is None
    assert days.in_force([{"from_day": None, "to_day": None, "standing": "not_known"}], dated) == Span(None, None)


def test_when_something_was_known_dates_it_and_begins_nothing():
    assert days.known_on({"stage_as_of": "2022-09"}) == "2022-09-01"
    assert days.known_on({"stage": "running"}) is None
