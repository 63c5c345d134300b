from datetime import date

import pytest

from parvis.observatory.charts.axes import Amounts, Years


@pytest.mark.parametrize(
    ("most", "ticks"),
    [
        (94, [0, 25, 50, 75, 100]),
        (10, [0, 5, 10]),
        (3, [0, 1, 2, 3]),
        (6_500_000, [0, 2_000_000, 4_000_000, 6_000_000, 8_000_000]),
        (0.66, [0, 0.2, 0.4, 0.6, 0.8]),
        (0, [0, 0.25, 0.5, 0.75, 1]),
    ],
)
def test_a_scale_starts_at_zero_and_ends_on_a_round_number(most, ticks):
    assert [round(tick, 6) for tick in Amounts.up_to(most, 100, 0).ticks()] == ticks


def test_an_amount_is_as_high_as_it_is_large():
    scale = Amounts.up_to(100, 200, 0)

    assert [scale(amount) for amount in (0, 50, 100)] == [200, 100, 0]


def test_every_year_takes_the_same_room():
    years = Years(2005, 2014, 0, 100)

    assert (years.start(2005), years.start(2010), years.middle(2014)) == (0, 50, 95)


def test_names_of_years_never_touch():
    assert Years(2005, 2014, 0, 100).ticks() == [2005, 2010]
    assert Years(2005, 2007, 0, 300).ticks() == [2005, 2006, 2007]


def test_a_date_known_in_part_stands_in_its_middle():
    assert Years(2015, 2015, 0, 100).between(date(2015, 1, 1), date(2015, 12, 31)) == pytest.approx(50, abs=1)
