"""Levies, envelopes and grants the tests of money start from."""

import pytest


@pytest.fixture
def water(enter):
    return enter("levy", "levy-water", kind="water", rules=[{"rate": "0.01", "valid_from": "2005-02-09"}])


@pytest.fixture
def told(enter, subject):
    """A grant as history tells it: to whom, when, how much."""
    subject("solthis")

    def entered(key="grant-1", **more):
        facts = {"beneficiary": "solthis", "year": 2021, "currency": "EUR", "amount_voted": "50000", **more}
        return enter("grant", key, **facts)

    return entered
