"""What a body receives in a year: currencies never add up, and what no threshold counts is told."""

from decimal import Decimal

import pytest

from parvis.domain.funding import actions, queries
from parvis.domain.funding.queries.yearly import yearly_by_currency


@pytest.fixture
def in_kind(asked, slip):
    def helped(key, value, currency):
        grant = asked(key, form="in_kind", kind="in_kind", currency=currency)
        return actions.award_in_kind(grant=grant, value=Decimal(value), slip=slip)

    return helped


def test_each_currency_is_counted_apart_and_only_the_citys_own_against_a_threshold(envelope, asked, award, in_kind):
    grant = award(asked(), envelope, "23000.00")
    in_kind("b", "40000", "USD")
    in_kind("c", "9000000", "XOF")
    in_kind("d", "1", "USD")
    body = grant.beneficiary

    found = (queries.yearly_total(body, 2026), queries.yearly_beside(body, 2026), queries.needs_convention(grant))

    assert yearly_by_currency(body, 2026) == {"EUR": Decimal(23_000), "USD": Decimal(40_001), "XOF": Decimal(9_000_000)}
    assert found == (Decimal(23_000), "US$40,001.00, F\u202fCFA9,000,000", False)
    assert (queries.yearly_total(body, 2027), queries.yearly_beside(body, 2027)) == (0, "")


def test_of_a_body_that_receives_only_the_citys_money_nothing_stands_beside(envelope, asked, award):
    grant = award(asked(), envelope, 50_000)

    assert (queries.yearly_beside(grant.beneficiary, 2026), queries.needs_convention(grant)) == ("", True)
