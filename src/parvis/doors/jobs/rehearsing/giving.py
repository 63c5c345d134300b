"""What the council gives: contracts, its answer, conventions, instalments, orders to pay."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from parvis.domain.funding import actions, queries
from parvis.domain.funding.actions import Answer, Part
from parvis.domain.funding.actions.beneficiaries import record_of
from parvis.domain.funding.enums import Condition
from parvis.domain.funding.models import Grant, Instalment, PaymentOrder, Selection
from parvis.foundation.accounts.models import User

from .stage import Stage

_CENT = Decimal("0.01")
#: What is paid once the convention is signed; the rest waits for a narrative report.
_FIRST = Decimal("0.70")


def answered(selection: Selection, stage: Stage) -> list[Grant]:
    """Each body signs the contract of republican commitment, then the council answers."""
    days = stage.calendar
    bodies = {
        line.application.body for line in selection.lines.filter(amount__gt=0).select_related("application__body")
    }
    for body in sorted(bodies, key=lambda one: one.pk):
        subject = record_of(body, by=stage.cast.officer, at=days.read)
        actions.declare_standing(body=subject, contract_signed=days.read.date(), by=stage.cast.officer, at=days.read)
    return actions.record_answer(selection=selection, decision=stage.decision, by=stage.cast.publisher, at=days.council)


def under_convention(grants: Iterable[Grant], stage: Stage) -> list[Grant]:
    """A signed convention for every grant to a body that passes the threshold in the year, and for none other."""
    at, found = stage.calendar.signed, drawn_up(grants, stage)
    for grant in found:
        actions.sign_convention(grant=grant, signed=at.date(), by=stage.cast.officer, at=at)
    return found


def drawn_up(grants: Iterable[Grant], stage: Stage) -> list[Grant]:
    """The same, not signed yet."""
    days, found = stage.calendar, [grant for grant in grants if queries.needs_convention(grant)]
    for grant in found:
        actions.draw_up_convention(
            grant=grant, number=f"CONV-{grant.file}", regranting=False, starts=days.council.date(),
            ends=date(days.year, 12, 31), by=stage.cast.officer, at=days.signed,
        )  # fmt: skip
    return found


def planned(grants: Iterable[Grant], bound: Iterable[Grant], stage: Stage) -> list[Instalment]:
    """Two instalments under a convention, one without."""
    two = {grant.pk for grant in bound}
    made: list[Instalment] = []
    for grant in grants:
        voted = grant.amount_voted or Decimal(0)
        first = (voted * _FIRST).quantize(_CENT) if grant.pk in two else voted
        parts = [Part(stage.envelope, first)]
        if first < voted:
            parts.append(Part(stage.envelope, voted - first, Condition.NARRATIVE))
        made += actions.plan_instalments(grant=grant, parts=parts, by=stage.cast.officer, at=stage.calendar.signed)
    return made


def ordered(instalments: Iterable[Instalment], stage: Stage, at: datetime) -> list[PaymentOrder]:
    return [actions.order_payment(instalment=one, slip=stage.slip(at)) for one in instalments]


def paid(orders: Iterable[PaymentOrder], at: datetime, *, by: User) -> None:
    """Handed over to finance, which answers that all is paid."""
    mine = {order.pk for order in orders}
    handed = actions.export_orders(on=at.date(), by=by, at=at)
    told = [
        Answer(line=line, number=order.number, paid=at.date(), amount=order.amount, reference=f"M-{order.pk}")
        for line, order in enumerate((order for order in handed if order.pk in mine), start=2)
    ]
    actions.take_answers(answers=told, by=by, at=at)


def handed_over(instalments: Iterable[Instalment], stage: Stage, at: datetime) -> None:
    """Ordered and handed over to finance, which has not answered."""
    ordered(instalments, stage, at)
    actions.export_orders(on=at.date(), by=stage.cast.finance, at=at)
