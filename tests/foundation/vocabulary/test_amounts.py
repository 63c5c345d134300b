from decimal import Decimal

import pytest

from parvis.foundation.values import Money
from parvis.foundation.vocabulary import DoNotAddUp, UnknownCode, add_up, load

KINDS = load().amount_kinds


def euros(amount, kind="yearly"):
    return Money(Decimal(amount), "EUR"), kind


def test_amounts_of_one_kind_add_up():
    assert add_up([euros(2), euros(3)], KINDS) == Money(Decimal(5), "EUR")


@pytest.mark.parametrize(
    ("amounts", "reason"),
    [
        ([], "there are none"),
        ([euros(2), euros(3, "estimate")], "several kinds (estimate, yearly)"),
        ([euros(2), (Money(Decimal(3), "USD"), "yearly")], "several currencies (EUR, USD)"),
        ([euros(2, "per_grant"), euros(3, "per_grant")], "“per_grant” have no sum"),
        ([euros(7, "cumulative")], "“cumulative” have no sum"),
    ],
)
def test_amounts_of_different_natures_do_not_add_up(amounts, reason):
    with pytest.raises(DoNotAddUp) as refusal:
        add_up(amounts, KINDS)

    assert reason in str(refusal.value)


def test_a_kind_nobody_declared_is_refused():
    with pytest.raises(UnknownCode):
        add_up([euros(2, "monthly")], KINDS)
