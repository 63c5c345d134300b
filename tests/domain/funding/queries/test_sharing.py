"""What the ledger lets anyone know, and what it keeps."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from parvis.domain.funding.actions.posting import Way, account_of, post
from parvis.domain.funding.enums import Act, Stage
from parvis.domain.funding.models import Convention
from parvis.domain.funding.queries.sharing import (
    conventions_to_share,
    envelopes_to_share,
    movements_to_share,
    waits_to_share,
    years_to_share,
)

CANARY = "canary-of-the-ledger"


@pytest.fixture
def paid(asked, envelope, award, water_2026, slip):
    """A grant of 60,000 euros asked for on 1 March, of which 20,000 are paid on 30 April."""
    grant = asked(asked_on="2026-03-01")
    award(grant, envelope, 60_000)
    ways = [
        Way(*(account_of(water_2026, stage, envelope=envelope, grant=grant.subject) for stage in stages))
        for stages in ((Stage.COMMITTED, Stage.PAID),)
    ]
    post(
        Act.PAY,
        Decimal(20_000),
        ways,
        replace(slip, day=date(2026, 4, 30), reason=CANARY, reference=CANARY),
        grant=grant.subject,
    )
    return grant


def test_a_year_shares_its_ceiling_and_what_became_of_the_vote(paid):
    (year,) = years_to_share()

    assert {name: str(year[name]) for name in ("levy", "year", "ceiling", "voted", "committed", "paid", "left")} == {
        "levy": "levy-water",
        "year": "2026",
        "ceiling": "1000000.00",
        "voted": "800000.00",
        "committed": "60000.00",
        "paid": "20000.00",
        "left": "740000.00",
    }


def test_an_envelope_shares_what_it_gave_and_never_what_is_reserved(paid):
    (envelope,) = envelopes_to_share()

    assert [str(envelope[name]) for name in ("envelope", "voted", "committed", "left")] == [
        "solidae-2026",
        "500000.00",
        "60000.00",
        "440000.00",
    ]


def test_a_convention_is_shared_once_it_is_signed(paid, asked):
    terms = {"amount": 60_000, "regranting": False, "starts": date(2026, 4, 1), "ends": date(2027, 3, 31)}
    Convention.objects.create(grant=paid, number="2026-1", signed=date(2026, 4, 2), **terms)
    Convention.objects.create(grant=asked("asked-2"), number="2026-2", signed=None, **terms)

    assert list(conventions_to_share()) == [
        {"grant": "asked-1", "number": "2026-1", "signed": date(2026, 4, 2), "starts": date(2026, 4, 1),
         "ends": date(2027, 3, 31)}
    ]  # fmt: skip


def test_a_payment_is_shared_with_its_day_and_decision_and_no_word_that_was_typed(paid):
    (move,) = movements_to_share()

    assert move == {
        "grant": "asked-1",
        "act": "pay",
        "day": date(2026, 4, 30),
        "amount": Decimal(20_000),
        "decision": "vote-2026",
    }


def test_days_are_counted_from_the_request_to_the_first_payment(paid):
    assert list(waits_to_share()) == [{"grant": "asked-1", "days": 60}]


def test_nothing_of_a_grant_kept_inside_is_shared(paid):
    paid.subject.visibility = "internal"
    paid.subject.save()

    assert (list(movements_to_share()), list(waits_to_share())) == ([], [])
