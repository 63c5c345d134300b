from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.honours import queries
from parvis.domain.honours.models import Commemoration

A_YEAR = timedelta(days=365)


def keys(records):
    return [record.key for record in records]


def test_titles_come_with_what_followed_and_say_when_sources_disagree(enter, subject, source):
    for key in ("one", "two", "three", "four"):
        subject(key, noun="person")
    source("page", date="2022")
    source("record", date="2020")
    outcome = {"day": "2019", "words": {"en": "Freed, after the title"}, "source": "page", "lines": "27"}
    awarded = [
        {"step": "awarded", "day": "2019", "source": "record", "lines": "25"},
        {"step": "awarded", "day": "2018", "source": "page", "lines": "27"},
    ]
    enter("honour", "disputed", honoree="one", steps=awarded, outcomes=[outcome])
    enter("honour", "plain", honoree="two", steps=[{"step": "awarded", "day": "2015"}])
    enter("honour", "undated", honoree="three", steps=[{"step": "awarded"}])
    enter("honour", "nominated", honoree="four", steps=[{"step": "nominated", "day": "2020"}])

    titles = queries.titles_with_outcomes()

    assert [
        (title.honour.key, [str(day) for day in title.awarded], len(title.outcomes), title.sources_disagree)
        for title in titles
    ] == [
        ("disputed", ["2018", "2019"], 1, True),
        ("plain", ["2015"], 0, False),
        ("undated", [], 0, False),
    ]
    assert keys(queries.honours_in_preparation()) == ["nominated"]


@pytest.fixture
def remembered(enter):
    enter("commemoration", "srebrenica", event_day="1995-07-11")
    enter("commemoration", "camps", event_day="1945-01")
    enter("commemoration", "tutsi", event_day="1994-04-07/1994-07-15")
    enter("commemoration", "armenia", event_day="1915")
    enter("commemoration", "leap", event_day="1996-02-29")
    enter("commemoration", "unknown")
    enter("commemoration", "by-then", event_day="../1990")


def test_coming_anniversaries_are_computed_and_round_ones_proposed(remembered):
    found = queries.coming_anniversaries(date(2025, 1, 15), within=A_YEAR)

    assert [(row.commemoration.key, str(row.when), row.years, row.round) for row in found] == [
        ("armenia", "2025", 110, True),
        ("camps", "2025-01", 80, True),
        ("leap", "2025-02-28", 29, False),
        ("tutsi", "2025-04-07", 31, False),
        ("srebrenica", "2025-07-11", 30, True),
        ("armenia", "2026", 111, False),
        ("camps", "2026-01", 81, False),
    ]


def test_an_anniversary_gone_by_is_not_coming(remembered):
    found = queries.coming_anniversaries(date(2025, 7, 12), within=timedelta(days=30))

    assert [row.commemoration.key for row in found] == ["armenia"]


def test_the_29_of_february_is_kept_in_a_leap_year():
    leap = Commemoration(event_day="1996-02-29")

    found = {year: str(queries.anniversary_in(leap, year).when) for year in (2000, 2024, 2025, 2100)}

    assert found == {2000: "2000-02-29", 2024: "2024-02-29", 2025: "2025-02-28", 2100: "2100-02-28"}


def test_there_is_no_anniversary_before_the_first_year():
    event = Commemoration(event_day="1995-07-11")

    assert queries.anniversary_in(event, 1995) is None
    assert queries.anniversary_in(event, 1996).years == 1


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        (1, False),
        (5, True),
        (10, True),
        (15, False),
        (20, True),
        (25, True),
        (70, True),
        (75, True),
        (95, False),
        (100, True),
    ],
)
def test_round_years(years, expected):
    assert queries.is_round(years) is expected


@given(st.dates(date(1800, 1, 1), date(1999, 12, 31)), st.integers(2000, 2100))
def test_an_anniversary_falls_in_its_year_on_its_day(day, year):
    found = queries.anniversary_in(Commemoration(event_day=day.isoformat()), year)

    fallen = found.when.earliest
    assert (fallen.year, found.years) == (year, year - day.year)
    assert (fallen.month, fallen.day) == (day.month, day.day) or (day.month, day.day) == (2, 29)


def test_memorials_are_sorted_by_what_they_remember(enter):
    enter("commemoration", "tutsi", event_day="1994")
    garden = enter("memorial", "garden", remembers="tutsi")
    enter("memorial", "headstone", remembers="tutsi")
    enter("memorial", "other")

    found = queries.memorials_by_event()

    assert {subject.key if subject else None: keys(memorials) for subject, memorials in found.items()} == {
        "tutsi": ["garden", "headstone"],
        None: ["other"],
    }
    assert keys(type(garden).objects.remembering(garden.remembers).order_by("subject__key")) == [
        "garden",
        "headstone",
    ]
