"""Days and amounts in the reader's words."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from parvis.foundation.values.typed import Unread, amount_typed
from parvis.register.reading import day_said, percent_said
from parvis.register.reading import said as said_of


@pytest.mark.parametrize(
    ("language", "day", "said"),
    [
        ("fr", date(2025, 1, 1), "1er janvier 2025"),
        ("fr", date(2025, 1, 11), "11 janvier 2025"),
        ("en", date(2025, 1, 1), "1 January 2025"),
        ("es", date(2025, 1, 1), "1 de enero de 2025"),
    ],
)
def test_a_day_is_said_as_the_reader_says_it(language, day, said):
    with override(language):
        assert day_said(day) == said


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "0,5\xa0%"), ("en", "0.5%"), ("es", "0,5\xa0%"), ("pt", "0,5\xa0%")]
)
def test_a_rate_is_said_as_the_reader_says_it(language, said):
    with override(language):
        assert percent_said(Decimal("0.005")) == said


def why(typed):
    with pytest.raises(Unread) as unread:
        amount_typed(typed)
    return said_of(unread.value)


@pytest.mark.parametrize(
    ("language", "example", "cents"),
    [
        ("en", "12,500.50", "12.50"),
        ("fr", "12\u202f500,50", "12,50"),
        ("es", "12.500,50", "12,50"),
        ("pt", "12\xa0500,50", "12,50"),
    ],
)
def test_an_amount_that_is_not_read_is_answered_with_one_as_the_reader_writes_it(language, example, cents):
    with override(language):
        letters, groups, two = why("?"), why("1 25 000"), why("12,500")

    assert [example in letters, example in groups, amount_typed(example)] == [True, True, Decimal("12500.50")]
    assert ["12 500" in two, cents in two] == [True, True]
