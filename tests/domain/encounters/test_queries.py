from datetime import date

import pytest

from parvis.domain.encounters import queries

ON = date(2016, 7, 4)


def keys(records):
    return [record.key for record in records]


def test_the_calendar_shows_what_is_on_and_what_comes_back(enter):
    enter("event", "forum", starts="2016-06-27", ends="2016-07-03")
    enter("event", "conference", starts="2016-07-04")
    enter("event", "sometime-in-2016", starts="2016")
    enter("event", "over", starts="2015")
    enter("event", "undated")
    enter("event", "languages-day", recurs="yearly", recurs_on="--09-26")
    enter("event", "europe-day", recurs="yearly", recurs_on="--05", starts="2016")
    enter("event", "yearly-somehow", recurs="yearly")

    found = queries.calendar_between(date(2016, 7, 1), date(2017, 6, 30))

    assert [(row.event.key, str(row.when)) for row in found] == [
        ("sometime-in-2016", "2016"),
        ("forum", "2016-06-27"),
        ("conference", "2016-07-04"),
        ("languages-day", "2016-09-26"),
        ("europe-day", "2017-05"),
    ]


def test_what_comes_back_did_not_come_before_it_began(enter):
    event = enter("event", "dolega", recurs="yearly", recurs_on="--01", starts="2012-01")

    found = queries.times_of(event, date(2010, 1, 1), date(2013, 12, 31))

    assert [str(when) for when in found] == ["2012-01", "2013-01"]


def test_the_29_of_february_falls_on_the_28_in_other_years(enter):
    event = enter("event", "leap", recurs="yearly", recurs_on="--02-29")

    found = queries.times_of(event, date(2015, 1, 1), date(2016, 12, 31))

    assert [str(when) for when in found] == ["2015-02-28", "2016-02-29"]


@pytest.mark.parametrize(
    ("starts", "ends", "seen"),
    [
        ("../2016-01", "", True),
        ("2015/..", "", True),
        ("2016-12-31", "", True),
        ("2017-01-01", "", False),
        ("2015-12-31", "", False),
        ("2015-12-31", "2016-01-01", True),
    ],
)
def test_an_event_is_on_when_it_may_fall_in_these_days(enter, starts, ends, seen):
    event = enter("event", "e", starts=starts, ends=ends)

    assert bool(queries.times_of(event, date(2016, 1, 1), date(2016, 12, 31))) is seen


def test_events_past_their_day_are_still_spoken_of_as_to_come(enter):
    enter("event", "past", starts="2016-01", state="planned")
    enter("event", "past-by-its-end", starts="2016-01", ends="2016-07-03", state="won")
    enter("event", "today", starts="2016-07-04", state="planned")
    enter("event", "this-year", starts="2016", state="announced")
    enter("event", "held", starts="2015", state="held")
    enter("event", "undated", state="planned")
    enter("event", "open", starts="2015/..", state="planned")

    assert keys(queries.events_past_their_day(ON)) == ["past", "past-by-its-end"]


def test_missions_past_their_day_are_still_said_to_be_planned(enter):
    enter("mission", "past", starts="2015-09", state="planned")
    enter("mission", "held", starts="2015-09", state="held")
    enter("mission", "to-come", starts="2016-09", state="planned")

    assert keys(queries.missions_past_their_day(ON)) == ["past"]


def test_missions_by_origin(enter):
    enter("mission", "one", origin="remembrance", starts="2015")
    enter("mission", "two", origin="network", starts="2014")
    enter("mission", "three", origin="remembrance", starts="2013")

    assert {origin: keys(found) for origin, found in queries.missions_by_origin().items()} == {
        "remembrance": ["three", "one"],
        "network": ["two"],
    }


def test_events_with_a_body_that_holds_them_or_takes_part(enter, subject):
    c40 = subject("c40", noun="network")
    subject("uclg", noun="network")
    enter("event", "held-by-it", organisers=["c40"])
    enter("event", "with-it", organisers=["uclg"], participants=["c40"])
    enter("event", "without-it", organisers=["uclg"])

    assert keys(queries.events_with(c40)) == ["held-by-it", "with-it"]
