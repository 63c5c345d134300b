"""A grant that was awarded to a body of the counter, with all that stands behind it: levy, vote, envelope, record."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from parvis.domain.funding import actions
from parvis.domain.funding.actions import Part, Slip, Source
from parvis.domain.funding.actions.beneficiaries import record_of
from parvis.domain.funding.models import ApplicantBody, Application, Envelope, Grant, Levy
from parvis.foundation.accounts.models import Role, User
from parvis.register.entry import take_apart
from parvis.register.models import Subject

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = date(2026, 3, 1)


def finance() -> User:
    known = User.objects.filter(email="finance@ville.example").first()
    return known or User.objects.create_user("finance@ville.example", role=Role.FINANCE)


def decision(key: str = "vote-2026") -> Subject:
    by = finance()
    moments = {"entered_at": AT, "amended_at": AT, "entered_by": by, "amended_by": by, "revision": 1}
    return Subject.objects.get_or_create(key=key, noun="decision", defaults={"visibility": "public", **moments})[0]


def enter(model: Any, action: Any, key: str, kind: str = "", *, by: User | None = None, **facts: Any) -> Any:
    titles = {"en": key.replace("-", " ").capitalize(), "fr": key.replace("-", " ").capitalize()}
    taken = take_apart(model, {"key": key, "title": titles, **({"kind": kind} if kind else {}), **facts})
    return action(entry=taken.entry, facts=taken.facts, by=by or finance(), at=AT)


def slip(day: date = DAY) -> Slip:
    return Slip(decision=decision(), day=day, by=finance(), at=AT)


def an_envelope(amount: int = 500_000) -> Envelope:
    """An envelope of the general budget, of which so much is voted and put in."""
    known = Envelope.objects.filter(subject__key="general-2026").first()
    if known:
        return known
    levy = enter(Levy, actions.enter_levy, "general-budget", "general")
    year = actions.open_levy_year(levy=levy, year=2026, currency="EUR", base=None, by=finance(), at=AT)
    made: Envelope = enter(Envelope, actions.enter_envelope, "general-2026", "direct", levy="general-budget", year=2026)
    actions.vote_levy(levy_year=year, amount=Decimal(amount), slip=slip())
    actions.allot(envelope=made, amount=Decimal(amount), slip=slip())
    return made


def awarded(body: ApplicantBody, *, file: Application | None = None, amount: int = 50_000, **more: Any) -> Grant:
    """A grant awarded to a body that signed its contract of republican commitment."""
    record = record_of(body, by=finance(), at=AT)
    actions.declare_standing(body=record, contract_signed=date(2026, 1, 1), by=finance(), at=AT)
    key = more.pop("key", "a-quay")
    facts = {"beneficiary": record.key, "year": 2026, "currency": "EUR", "state": "asked", "asked_on": "2026-01-10"}
    facts |= {"file": file.number} if file else {}
    grant = enter(Grant, actions.enter_grant, key, more.pop("kind", "call"), **facts, **more)
    source = Source(an_envelope(), Decimal(amount))
    return actions.award_grant(grant=grant, sources=[source], slip=slip())


def under_convention(grant: Grant) -> Grant:
    """Its convention drawn up, not signed; one instalment of the whole."""
    actions.draw_up_convention(
        grant=grant, number="2026-DGRI-1", regranting=False, starts=date(2026, 1, 1), ends=date(2026, 12, 31),
        by=finance(), at=AT,
    )  # fmt: skip
    parts = [Part(an_envelope(), grant.amount_voted or Decimal(0))]
    actions.plan_instalments(grant=grant, parts=parts, by=finance(), at=AT)
    return grant


def paid(grant: Grant, day: date = date(2026, 5, 4)) -> Grant:
    """Signed by both, and its whole paid."""
    if grant.convention.signed is None:
        actions.sign_convention(grant=grant, signed=date(2026, 4, 1), by=finance(), at=AT)
    order = actions.order_payment(instalment=grant.instalments.get(), slip=slip(day))
    actions.export_orders(on=day, by=finance(), at=AT)
    answer = actions.Answer(line=1, number=order.number, paid=day, amount=order.amount, reference="M-1")
    actions.take_answers(answers=[answer], by=finance(), at=AT)
    return Grant.objects.select_related("subject").get(pk=grant.pk)
