"""What a budget says of itself while it is typed and when it is sent: money and gifts in kind, each on its own."""

import pytest
from django.utils import translation

from parvis.domain.funding.queries.budgets import balance_of

MONEY = {"budget.60": "12 000,00", "budget.74-city": "1,000.50"}
KIND = {"budget.86": "1 500", "budget.87": "1.000,00"}
IN_MONEY = "Gap of €10,999.50: costs exceed income."
IN_KIND = "Contributions in kind (86 and 87) do not balance: gap of €500.00."


@pytest.mark.parametrize(
    ("language", "answers", "told"),
    [
        ("en", MONEY, IN_MONEY),
        ("en", KIND, IN_KIND),
        ("en", MONEY | KIND, f"{IN_MONEY} {IN_KIND}"),
        ("fr", KIND | {"budget.87": "1500"}, ""),
    ],
)  # fmt: skip
def test_a_gap_in_money_never_hides_a_gap_in_kind(language, answers, told):
    with translation.override(language):
        assert balance_of(answers).sentence() == told


@pytest.mark.parametrize(
    ("answers", "entered"),
    [
        ({}, False),
        ({"budget.60": "", "budget.75": None}, False),
        ({"budget.60": "0"}, True),
        ({"budget.60": "?"}, True),
    ],
)
def test_a_budget_nobody_wrote_in_is_told_from_one_that_balances(answers, entered):
    assert balance_of(answers).entered is entered
