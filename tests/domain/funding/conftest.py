"""Levies, envelopes and grants the tests of money start from."""

from datetime import date
from decimal import Decimal

import pytest

from parvis.domain.funding import actions
from parvis.domain.funding.actions import Slip, Source
from parvis.foundation.accounts.models import Role, User

DAY = date(2026, 3, 1)


@pytest.fixture
def clerk(db):
    """Money is moved by a finance officer."""
    return User.objects.create_user("finance@ville.example", role=Role.FINANCE)


@pytest.fixture
def water(enter):
    return enter("levy", "levy-water", kind="water", rules=[{"rate": "0.01", "valid_from": "2005-02-09"}])


@pytest.fixture
def told(enter, subject, source):
    """A grant as history tells it: to whom, when, how much, and which source says so."""
    subject("solthis")
    source("deliberation")

    def entered(key="grant-1", **more):
        money = {"year": 2021, "currency": "EUR", "state": "awarded", "amount_voted": "50000"}
        facts = {"beneficiary": "solthis", **money, **more}
        return enter("grant", key, **{"cites": [{"source": "deliberation", "lines": "1"}], **facts})

    return entered


@pytest.fixture
def vote(subject):
    return subject("vote-2026", "decision")


@pytest.fixture
def slip(vote, clerk, noon):
    """What an entry says of itself: the vote it stands on, by the clerk, at noon."""
    return Slip(decision=vote, day=DAY, by=clerk, at=noon)


@pytest.fixture
def open_year(clerk, noon):
    def opened(levy, year=2026, base="100000000", **more):
        base = Decimal(base) if base is not None else None
        return actions.open_levy_year(levy=levy, year=year, currency="EUR", base=base, by=clerk, at=noon, **more)

    return opened


@pytest.fixture
def water_2026(water, open_year):
    """A year of the water levy: a ceiling of one million."""
    return open_year(water)


@pytest.fixture
def envelope(water_2026, enter, slip):
    """An envelope of 500,000 out of 800,000 voted."""
    made = enter("envelope", "solidae-2026", kind="call", levy="levy-water", year=2026)
    actions.vote_levy(levy_year=water_2026, amount=Decimal(800_000), slip=slip)
    actions.allot(envelope=made, amount=Decimal(500_000), slip=slip)
    return made


@pytest.fixture
def general(enter, open_year, slip):
    """The general budget: no rule, no ceiling; an envelope of 300,000."""
    levy = enter("levy", "general-budget", kind="general")
    year = open_year(levy, base=None)
    made = enter("envelope", "general-2026", kind="direct", levy="general-budget", year=2026)
    actions.vote_levy(levy_year=year, amount=Decimal(300_000), slip=slip)
    actions.allot(envelope=made, amount=Decimal(300_000), slip=slip)
    return made


@pytest.fixture
def asked(enter, subject):
    """A grant asked for by an association."""
    subject("solthis", kind="university")

    def entered(key="asked-1", **more):
        facts = {"beneficiary": "solthis", "year": 2026, "currency": "EUR", "state": "asked", **more}
        return enter("grant", key, kind=facts.pop("kind", "call"), **facts)

    return entered


@pytest.fixture
def award(slip):
    """Award a grant out of one envelope."""

    def awarded(grant, envelope, amount, **more):
        return actions.award_grant(grant=grant, sources=[Source(envelope, Decimal(amount))], slip=slip, **more)

    return awarded
