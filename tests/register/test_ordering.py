import pytest
from django.db.models import Value

from parvis.register.ordering import dates_in_order, known_date

ORDERED = [
    ("", ""),
    ("2015", ""),
    ("", "2015"),
    ("2015", "2015"),
    ("2015-05", "2015"),
    ("2015", "2015-05"),
    ("2015-05-09", "2015-05"),
    ("2014/2016", "2015"),
    ("2015", "2013/2016"),
    ("../2016-07", "2015"),
    ("2020", "2014/.."),
]
REVERSED = [
    ("2016", "2015"),
    ("2015-06", "2015-05"),
    ("2015-05-09", "2015-05-08"),
    ("2016-01", "2013/2015-12"),
    ("2016/2018", "2015-12-31"),
    ("2016", "../2015"),
]


@pytest.mark.parametrize(
    ("signed", "until", "in_order"),
    [(*pair, True) for pair in ORDERED] + [(*pair, False) for pair in REVERSED],
)
def test_the_database_orders_dates_as_far_as_their_precision_tells(db, signed, until, in_order):
    rule = dates_in_order("signed", "until")

    assert rule.check({"signed": Value(signed), "until": Value(until)}) is in_order


def test_an_empty_date_is_not_known():
    assert known_date("") is None
    assert known_date("2015-05").earliest.month == 5
