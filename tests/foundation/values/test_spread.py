from fractions import Fraction

import pytest

from parvis.foundation.values.spread import Spread, spread


def test_no_number_has_no_spread():
    assert spread([]) is None


@pytest.mark.parametrize(
    ("numbers", "median", "ninth"),
    [
        ([60], 60, 60),
        ([10, 20], 15, 20),
        ([3, 1, 2], 2, 3),
        (range(1, 11), Fraction(11, 2), 9),
        (range(1, 12), 6, 10),
    ],
)
def test_the_median_may_lie_between_two_and_the_decile_is_always_one_of_them(numbers, median, ninth):
    held = list(numbers)

    assert spread(held) == Spread(len(held), Fraction(median), ninth, max(held))
