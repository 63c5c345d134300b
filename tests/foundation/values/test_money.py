from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.foundation.values.money import Money, smallest_unit

cents = st.integers(-(10**14), 10**14).map(lambda n: Decimal(n).scaleb(-2))


def test_an_amount_is_held_to_the_cent():
    assert str(Money(Decimal(6_500_000), "EUR")) == "6500000.00 EUR"


@pytest.mark.parametrize(("currency", "unit"), [("JPY", "1"), ("TND", "0.001"), ("CLF", "0.0001"), ("FRF", "0.01")])
def test_each_currency_has_its_smallest_unit(currency, unit):
    assert smallest_unit(currency) == Decimal(unit)


@pytest.mark.parametrize("currency", ["euro", "EURO", "", "QQQ", "eur"])
def test_an_unknown_currency_is_refused(currency):
    with pytest.raises(ValueError, match="is not a currency"):
        Money(Decimal(1), currency)


def test_a_float_is_refused():
    with pytest.raises(TypeError, match="not a float"):
        Money(0.1, "EUR")


def test_an_amount_finer_than_a_cent_is_refused_never_rounded_in_silence():
    with pytest.raises(ValueError, match="finer than"):
        Money(Decimal("0.605"), "EUR")


@pytest.mark.parametrize("amount", ["NaN", "Infinity"])
def test_what_is_no_amount_is_refused(amount):
    with pytest.raises(ValueError, match="is not an amount"):
        Money(Decimal(amount), "EUR")


def test_an_amount_past_reckoning_is_refused():
    with pytest.raises(ValueError, match="too large"):
        Money(Decimal("1e40"), "EUR")


def test_rounding_is_asked_for_by_name():
    assert Money.rounded(Decimal("0.605"), "EUR") == Money(Decimal("0.61"), "EUR")
    assert Money.floored(Decimal("0.609"), "EUR") == Money(Decimal("0.60"), "EUR")


def test_two_currencies_do_not_add_up():
    with pytest.raises(ValueError, match="do not add up"):
        Money(Decimal(1), "EUR") + Money(Decimal(1), "USD")


def test_two_currencies_cannot_be_compared():
    with pytest.raises(ValueError, match="do not add up"):
        Money(Decimal(1), "EUR") < Money(Decimal(2), "USD")  # noqa: B015
    with pytest.raises(ValueError, match="do not add up"):
        Money(Decimal(1), "EUR") <= Money(Decimal(2), "USD")  # noqa: B015


def test_money_adds_to_money_alone():
    with pytest.raises(TypeError):
        Money(Decimal(1), "EUR") + 1
    with pytest.raises(TypeError):
        Money(Decimal(1), "EUR") - 1


@given(cents, cents)
def test_taking_away_undoes_adding(a, b):
    assert Money(a, "EUR") + Money(b, "EUR") - Money(b, "EUR") == Money(a, "EUR")


@given(cents, cents)
def test_order_is_the_order_of_amounts(a, b):
    assert (Money(a, "EUR") < Money(b, "EUR")) == (a < b)
    assert (Money(a, "EUR") <= Money(b, "EUR")) == (a <= b)
