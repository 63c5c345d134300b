from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.foundation.values.partial_date import PartialDate, Precision


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision", "year"),
    [
        ("2015", date(2015, 1, 1), date(2015, 12, 31), Precision.YEAR, 2015),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29), Precision.MONTH, 2016),
        ("2015-05-09", date(2015, 5, 9), date(2015, 5, 9), Precision.DAY, 2015),
        ("2019/2020", date(2019, 1, 1), date(2020, 12, 31), Precision.INTERVAL, None),
        ("2015-03/2015-06", date(2015, 3, 1), date(2015, 6, 30), Precision.INTERVAL, 2015),
        ("../2016-07", None, date(2016, 7, 31), Precision.INTERVAL, None),
        ("2014/..", date(2014, 1, 1), None, Precision.INTERVAL, None),
    ],
)
def test_a_date_is_as_precise_as_its_text(text, earliest, latest, precision, year):
    day = PartialDate.parse(f" {text} ")

    assert (day.earliest, day.latest, day.precision, day.year, str(day)) == (
        earliest,
        latest,
        precision,
        year,
        text,
    )


@pytest.mark.parametrize("text", ["", "15", "2015-13", "2015-02-30", "May 2015", "2015-5", "0000"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match="is not a date"):
        PartialDate.parse(text)


@pytest.mark.parametrize("text", ["../..", "2015/", "/2015", "2015/May"])
def test_what_is_no_interval_is_refused(text):
    with pytest.raises(ValueError, match="is not an interval"):
        PartialDate.parse(text)


def test_an_interval_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="ends before it starts"):
        PartialDate.parse("2016/2015")


def test_dates_sort_by_their_first_day_an_unknown_beginning_first():
    days = [PartialDate.parse(text) for text in ("2016", "2015-05-09", "../2016-07", "2015", "2015-05")]

    assert [str(day) for day in sorted(days)] == ["../2016-07", "2015", "2015-05", "2015-05-09", "2016"]


@given(st.dates(date(1, 1, 1)))
def test_a_day_is_read_back_as_itself(day):
    read = PartialDate.parse(day)

    assert (read.earliest, read.latest) == (day, day)
