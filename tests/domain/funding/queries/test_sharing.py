"""What the ledger lets anyone know, and what it keeps."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from parvis.domain.funding.actions.posting import Way, account_of, post
from parvis.domain.funding.enums import Act, Stage
from parvis.domain.funding.queries.sharing import (
    envelopes_to_share,
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
