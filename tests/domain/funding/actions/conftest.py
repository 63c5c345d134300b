"""A grant at each point of its way: awarded, drawn up, signed, planned, paid, accounted for."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from parvis.domain.funding import actions
from parvis.domain.funding.actions import Answer, Part, Spent
from parvis.domain.funding.enums import Condition, ReportKind


@pytest.fixture
def granted(envelope, asked, award):
    """50,000 awarded."""
    return award(asked(asked_on="2026-01-10"), envelope, 50_000)


@pytest.fixture
def drawn_up(granted, act):
    act(
        actions.draw_up_convention,
        grant=granted,
        number="2026-DGRI-1",
        regranting=True,
        starts=date(2026, 1, 1),
        ends=date(2027, 6, 30),
    )
    return granted


@pytest.fixture
def under_convention(drawn_up, act):
    act(actions.sign_convention, grant=drawn_up, signed=date(2026, 4, 1))
    return drawn_up


@pytest.fixture
def planned(under_convention, envelope, act):
    """30,000 at signature, 20,000 once a narrative report is accepted."""
    parts = [Part(envelope, Decimal(30_000)), Part(envelope, Decimal(20_000), Condition.NARRATIVE)]
    return act(actions.plan_instalments, grant=under_convention, parts=parts)


@pytest.fixture
def pay(slip, act):
    """Order an instalment, hand the order over, and take the answer of finance."""

    def paid(instalment, day=date(2026, 5, 4)):
        order = actions.order_payment(instalment=instalment, slip=replace(slip, day=day))
        act(actions.export_orders, on=day)
        answer = Answer(line=1, number=order.number, paid=day, amount=order.amount, reference="M-77")
        return act(actions.take_answers, answers=[answer])

    return paid


@pytest.fixture
def account(act):
    """Receive and accept a report."""

    def accounted(grant, kind=ReportKind.NARRATIVE, *, received=date(2027, 12, 1), **more):
        if kind == ReportKind.FINANCIAL:
            lines = [
                Spent("60", "Purchases", Decimal(40_000), Decimal(38_000)),
                Spent("64", "Staff", Decimal(0), Decimal(500)),
            ]
            more = {"lines": lines, "signed_by": "The president", **more}
        report = act(actions.receive_report, grant=grant, kind=kind, received=received, **more)
        return act(actions.review_report, report=report, accepted=True, on=received)

    return accounted
