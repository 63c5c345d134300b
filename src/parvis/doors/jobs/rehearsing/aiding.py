"""A crisis that is open on the day of the rehearsal: one request in it is paid, another waits. All of it is played."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

from parvis.domain.funding import actions
from parvis.domain.funding.actions import Part, Slip, Source
from parvis.domain.funding.actions.ties import local_day
from parvis.domain.funding.models import Crisis, EmergencyRequest, Envelope, Grant, Levy
from parvis.foundation.accounts.models import Role

from . import giving
from .people import Cast, account
from .stage import entered

#: Days before the rehearsal on which each thing is played to happen.
_OPENED, _ASKED, _TAKEN_UP, _DECIDED, _PAID, _ASKED_AGAIN = 30, 24, 23, 16, 12, 2
_GIVEN, _WAITING = Decimal(60_000), Decimal(45_000)
#: Who asks is invented, and its name says so: no body that exists asked for this.
WAITS, _PAID_TO = "aid-that-waits", "aid-that-was-paid"
_BODIES = {
    _PAID_TO: "Secours d’exercice (association inventée)",
    WAITS: "Eau d’exercice (association inventée)",
}
_PURPOSE = "Répétition : eau potable et abris pour deux camps, pendant trois semaines."


def aided(cast: Cast, at: datetime) -> list[EmergencyRequest]:
    """Open the crisis, answer one request in it to its payment, and leave another to whoever reads it."""

    def before(days: int) -> datetime:
        return at - timedelta(days=days)

    records = entered("crisis.yaml", _words(before), cast, before(_OPENED))
    crisis, envelope = records["rehearsal-crisis"], records["rehearsal-aid-envelope"]
    assert isinstance(crisis, Crisis)
    assert isinstance(envelope, Envelope)
    voted = before(_DECIDED)
    slip = Slip(decision=records["rehearsal-aid-decision"].subject, day=voted.date(), by=cast.finance, at=voted)
    _endowed(envelope, slip)
    paid = _asked(crisis, _PAID_TO, _GIVEN, cast, before(_ASKED))
    grant = actions.take_up_emergency(request=paid, by=cast.officer, at=before(_TAKEN_UP))
    _given(grant, envelope, slip, cast, before(_PAID))
    return [paid, _asked(crisis, WAITS, _WAITING, cast, before(_ASKED_AGAIN))]


def _words(before: Callable[[int], datetime]) -> dict[str, str]:
    return {
        "since": before(_OPENED).date().isoformat(),
        "decided": before(_DECIDED).date().isoformat(),
        "aid_year": str(local_day(before(_ASKED)).year),
    }


def _endowed(envelope: Envelope, slip: Slip) -> None:
    """What the council votes for it: twice what is paid, so that the request that waits can be given too."""
    levy = Levy.objects.get(subject=envelope.levy)
    year = actions.open_levy_year(levy=levy, year=envelope.year, currency="EUR", by=slip.by, at=slip.at)
    actions.vote_levy(levy_year=year, amount=2 * _GIVEN, slip=slip)
    actions.allot(envelope=envelope, amount=2 * _GIVEN, slip=slip)


def _asked(crisis: Crisis, name: str, amount: Decimal, cast: Cast, at: datetime) -> EmergencyRequest:
    person = account(name, Role.APPLICANT, by=cast.house, at=at)
    body = actions.open_body(
        name=_BODIES[name], kind="association", scheme="org_id", number=f"FR-XX-{name.upper()}", country="FR",
        by=person, at=at,
    )  # fmt: skip
    return actions.ask_emergency_aid(
        crisis=crisis, body=body, amount=amount, purpose=_PURPOSE, place="Lieu d’exercice", language="fr",
        by=person, at=at,
    )  # fmt: skip


def _given(grant: Grant, envelope: Envelope, slip: Slip, cast: Cast, at: datetime) -> None:
    """Voted, under a signed convention, ordered and paid."""
    day = slip.day
    actions.declare_standing(body=grant.beneficiary, contract_signed=day, by=cast.officer, at=slip.at)
    given = actions.award_grant(grant=grant, sources=[Source(envelope, _GIVEN)], slip=slip)
    actions.draw_up_convention(
        grant=given, number=f"CONV-{given.file}", regranting=False, starts=day, ends=day + timedelta(days=365),
        by=cast.officer, at=slip.at,
    )  # fmt: skip
    actions.sign_convention(grant=given, signed=day, by=cast.officer, at=slip.at)
    (whole,) = actions.plan_instalments(grant=given, parts=[Part(envelope, _GIVEN)], by=cast.officer, at=slip.at)
    ordered = Slip(decision=slip.decision, day=at.date(), by=cast.finance, at=at)
    giving.paid([actions.order_payment(instalment=whole, slip=ordered)], at, by=cast.finance)
