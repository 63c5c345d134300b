"""Two days in one cell, as the offices of four languages write them."""

import pytest

from parvis.exchange.formats.tables.spans import following, is_open, span
from parvis.exchange.formats.tables.values import NotSo, Writing


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("12-15 mai 2014", ("2014-05-12", "2014-05-15")),
        ("12/05/2014 - 15/05/2014", ("2014-05-12", "2014-05-15")),
        ("12.05-15.05.2014", ("2014-05-12", "2014-05-15")),
        ("du 30 mai au 2 juin 2014", ("2014-05-30", "2014-06-02")),
        ("Du 1er mars au 30 avril 2019", ("2019-03-01", "2019-04-30")),
        ("May 12–15, 2014", ("2014-05-12", "2014-05-15")),
        ("from 12 May 2014 to 15 May 2014", ("2014-05-12", "2014-05-15")),
        ("del 12 al 15 de mayo de 2014", ("2014-05-12", "2014-05-15")),
        ("de 12 a 15 de maio de 2014", ("2014-05-12", "2014-05-15")),
        ("mai-juin 2014", ("2014-05", "2014-06")),
        ("2014-2016", ("2014", "2016")),
        ("2014 – en cours", ("2014", "")),
        ("depuis le 12 mai 2014", ("2014-05-12", "")),
        ("desde 2014 hasta la actualidad", ("2014", "")),
    ],
)
def test_two_days_are_read_as_they_are_written(cell, days):
    assert span(cell, Writing()) == days


@pytest.mark.parametrize(
    "cell", ["12 mai 2014", "2014-05-12", "Paris - Rome", "32-33 mai 2014", "12 et 15 mai 2014", "2013/2016", "-", ""]
)
def test_one_day_and_what_is_no_day_are_no_span(cell):
    assert span(cell, Writing()) is None


def test_a_span_that_ends_before_it_starts_is_told():
    with pytest.raises(NotSo, match="ends before it starts"):
        span("15 mai 2014 au 12 mai 2014", Writing())


def test_what_goes_on_is_known_in_four_languages():
    cells = ("En cours", "à ce jour", "On-going", "current", "en curso", "Em andamento", "fini", "2014")

    assert [is_open(cell) for cell in cells] == [True] * 6 + [False] * 2


@pytest.mark.parametrize(
    ("last", "after"),
    [("2010", "2011"), ("2010-12", "2011-01"), ("2012-02-28", "2012-02-29"), ("2010-12-31", "2011-01-01"),
     ("9999", "9999")],
)  # fmt: skip
def test_what_follows_a_last_day_is_as_precise_as_it(last, after):
    assert following(last) == after
