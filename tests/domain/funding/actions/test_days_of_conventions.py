"""Days of a convention: near the year of its grant, and signed once it was decided."""

from datetime import date
from decimal import Decimal

import pytest

from parvis.domain.council.models import Decision
from parvis.domain.funding import actions, queries
from parvis.domain.funding.actions import Part
from parvis.domain.funding.errors.moving import BrokenBeforeSigned, DecidedLater, FarFromItsGrant
from parvis.domain.funding.models import BodyStanding, Convention, Instalment

FAR = date(9999, 12, 31)


def drawn(act, grant, **days):
    said = {"number": "2026-1", "regranting": False, "starts": date(2026, 1, 1), "ends": date(2026, 12, 31), **days}
    return act(actions.draw_up_convention, grant=grant, **said)


@pytest.mark.parametrize("days", [{"ends": FAR}, {"ends": date(2206, 12, 31)}, {"starts": date(1, 1, 1)}])
def test_a_convention_that_would_never_end_is_not_drawn_up(granted, act, days):
    with pytest.raises(FarFromItsGrant):
        drawn(act, granted, **days)

    assert not Convention.objects.exists()


def test_a_convention_of_some_years_is(granted, act):
    drawn(act, granted, ends=date(2040, 12, 31))

    assert queries.report_due(granted) == date(2041, 6, 30)


def test_a_signed_convention_is_not_moved_to_an_end_that_never_comes(drawn_up, act, slip):
    act(actions.sign_convention, grant=drawn_up, signed=date(2026, 4, 1))

    with pytest.raises(FarFromItsGrant) as refusal:
        actions.amend_convention(grant=drawn_up, slip=slip, reason="Later", ends=FAR)

    assert str(refusal.value) == "31 December 9999 is far from 2026, the year of this grant: write the day again."
    assert Convention.objects.get().ends == date(2027, 6, 30)


def test_no_instalment_waits_for_a_day_that_never_comes(drawn_up, envelope, act):
    with pytest.raises(FarFromItsGrant):
        act(actions.plan_instalments, grant=drawn_up, parts=[Part(envelope, Decimal(50_000), not_before=FAR)])

    assert not Instalment.objects.exists()


@pytest.mark.parametrize(("signed", "why"), [(date(1, 1, 1), FarFromItsGrant), (date(2026, 2, 10), DecidedLater)])
def test_nothing_is_signed_before_it_was_decided(drawn_up, act, signed, why):
    Decision.objects.create(subject=drawn_up.decision, body=drawn_up.beneficiary, day="2026-02-11")

    with pytest.raises(why):
        act(actions.sign_convention, grant=drawn_up, signed=signed)
    act(actions.sign_convention, grant=drawn_up, signed=date(2026, 2, 11))

    assert Convention.objects.get().signed == date(2026, 2, 11)


def test_a_contract_is_not_broken_before_it_was_signed(granted, act):
    days = {"contract_signed": date(2026, 3, 1), "contract_broken": date(2026, 2, 1)}

    with pytest.raises(BrokenBeforeSigned):
        act(actions.declare_standing, body=granted.beneficiary, **days)

    assert not BodyStanding.objects.exists()
