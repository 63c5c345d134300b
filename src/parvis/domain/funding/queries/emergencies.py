"""Emergency aid: crises that are open, what is asked in them, and the clock from request to payment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Case, F, QuerySet, When
from django.utils import timezone

from parvis.domain.funding.enums import GrantState, OrderState, RequestState
from parvis.domain.funding.models import Crisis, EmergencyRequest, PaymentOrder
from parvis.foundation.accounts.models import User
from parvis.register.ordering import known_date


def open_crises(on: date) -> list[Crisis]:
    """Crises that the public knows of, that a day has opened and none has closed, the latest first.

    One whose opening day nobody wrote down is remembered, not open: opening it is an officer's act.
    """
    known = Crisis.objects.filter(subject__visibility="public", subject__revision__gte=1).select_related("subject")
    found = [crisis for crisis in known.prefetch_related("subject__texts") if is_open(crisis, on)]
    return sorted(found, key=lambda crisis: str(crisis.opened or ""), reverse=True)


def is_open(crisis: Crisis, on: date) -> bool:
    opened, closed = known_date(crisis.opened), known_date(crisis.closed)
    begun = opened is not None and opened.earliest is not None and opened.earliest <= on
    return begun and (closed is None or closed.latest is None or closed.latest > on)


def emergencies_of(person: User) -> QuerySet[EmergencyRequest]:
    """What the bodies a person acts for asked for in crises, the latest first."""
    return _with_ties(EmergencyRequest.objects.filter(body__members__person=person))


def emergencies() -> QuerySet[EmergencyRequest]:
    """Everything asked for in crises: what waits first, the oldest on top; then what was answered last."""
    waits = Case(When(state=RequestState.WAITING, then=F("asked_at")))
    rows = _with_ties(EmergencyRequest.objects.all())
    return rows.order_by(waits.asc(nulls_last=True), F("answered_at").desc(nulls_last=True), "-asked_at")


def emergencies_waiting() -> QuerySet[EmergencyRequest]:
    """Requests nobody has answered, the oldest first."""
    return _with_ties(EmergencyRequest.objects.filter(state=RequestState.WAITING)).order_by("asked_at")


def _with_ties(rows: QuerySet[EmergencyRequest]) -> QuerySet[EmergencyRequest]:
    return rows.select_related("crisis__subject", "body", "grant__subject", "asked_by")


@dataclass(frozen=True, slots=True)
class Clock:
    """How long it is, or was, from a request to its first payment. It stops there, or where nothing more is paid."""

    days: int
    hours: int
    paid: date | None
    running: bool


def clock_of(request: EmergencyRequest, at: datetime) -> Clock:
    """The clock of a request. Finance tells the day of a payment and no hour: days alone are counted then."""
    orders = PaymentOrder.objects.filter(instalment__grant=request.grant_id, state=OrderState.PAID)
    paid = orders.order_by("paid").values_list("paid", flat=True).first() if request.grant_id else None
    if paid is not None:
        asked = timezone.localtime(request.asked_at, timezone.get_default_timezone()).date()
        return Clock((paid - asked).days, 0, paid, running=False)
    ended = request.answered_at if request.state in (RequestState.REFUSED, RequestState.WITHDRAWN) else None
    gone: timedelta = max((ended or at) - request.asked_at, timedelta(0))
    given_up = request.grant is not None and request.grant.state in _NEVER_PAID
    return Clock(gone.days, gone.seconds // 3600, None, running=ended is None and not given_up)


_NEVER_PAID = (GrantState.REFUSED, GrantState.CANCELLED)
