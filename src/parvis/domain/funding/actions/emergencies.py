"""Emergency aid asked for at the counter, taken up or refused at the desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from parvis.domain.funding.actions.whole import not_too_long
from parvis.domain.funding.enums import MAY_SIGN, GrantState, RequestState
from parvis.domain.funding.errors import AnswerMissing, NotMember, OutsideTheBounds, StepHeldBack, spelt
from parvis.domain.funding.models import ApplicantBody, Crisis, EmergencyRequest, Grant, OutgoingEmail
from parvis.domain.funding.queries import city_currency, is_open, membership
from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal
from parvis.register.entry import Entry

from .answering import settled, waiting
from .beneficiaries import record_of
from .guarding import bounds_of
from .post import leaves_after
from .records import enter_grant
from .ties import unconcerned_by_emergency

_TIES = ("crisis__subject", "body")


@transaction.atomic
def ask_emergency_aid(
    *, crisis: Crisis, body: ApplicantBody, amount: Decimal, purpose: str, place: str, language: str, by: User,
    at: datetime,
) -> EmergencyRequest:  # fmt: skip
    """Ask for aid in an open crisis. Raises NotMember, OutsideTheBounds, and StepHeldBack with the reason."""
    member = membership(by, body)
    if member is None or member.role not in MAY_SIGN:
        raise NotMember
    held = Crisis.objects.select_for_update(of=("self",)).select_related("subject").get(pk=crisis.pk)
    day = timezone.localtime(at, timezone.get_default_timezone()).date()
    if not is_open(held, day):
        raise StepHeldBack(why=_("This crisis is closed: no more aid is asked for."))
    if held.requests.filter(body=body, state=RequestState.WAITING).exists():
        raise StepHeldBack(why=_("Your body's request in this crisis already waits for its answer."))
    if not purpose.strip() or not place.strip():
        raise StepHeldBack(why=_("Say what the money will do, and where."))
    lowest, highest = bounds_of(held, day)
    if not lowest <= amount <= highest:
        said = {"lowest": lowest, "highest": highest, "amount": amount}
        raise OutsideTheBounds(**{name: spelt(each, city_currency()) for name, each in said.items()})
    request = EmergencyRequest.objects.create(
        crisis=held, body=body, amount=amount, purpose=purpose.strip(), place=place.strip(), language=language,
        asked_at=at, asked_by=by,
    )  # fmt: skip
    journal.write("emergency aid asked for", about=_name_of(request), by=by, at=at, amount=str(amount))
    return request


@transaction.atomic
def take_up_emergency(*, request: EmergencyRequest, by: User, at: datetime) -> Grant:
    """Make a grant of a request: the city then decides on it as on any. Raises StepHeldBack and GrantConcernsYou."""
    held = waiting(request, *_TIES)
    unconcerned_by_emergency(held, by, at)
    asked = timezone.localtime(held.asked_at, timezone.get_default_timezone()).date()
    body = record_of(held.body, by=by, at=at)
    title = {held.language: held.purpose[:200]}
    entry = Entry(
        key=f"grant-{held.number.lower()}", kind="emergency", visibility="internal",
        texts={"title": title, "purpose": {held.language: f"{held.purpose} ({held.place})"}}, original=held.language,
    )  # fmt: skip
    facts = {
        "beneficiary": body.key,
        "state": GrantState.ASKED.value,
        "year": asked.year,
        "currency": city_currency(),
        "amount_asked": str(held.amount),
        "crisis": held.crisis.key,
        "file": held.number,
        "asked_on": asked.isoformat(),
    }
    held.grant = enter_grant(entry=entry, facts=facts, by=by, at=at)
    settled(held, RequestState.ACCEPTED, verb="emergency", about=_name_of(held), made="grant", by=by, at=at)
    _tell(held, lambda: _("Request %(number)s is taken up: the City now decides on it"), "", at)
    return held.grant


@transaction.atomic
def refuse_emergency(*, request: EmergencyRequest, reason: str, by: User, at: datetime) -> EmergencyRequest:
    """Refuse a request, with the reason. Raises AnswerMissing, StepHeldBack and GrantConcernsYou."""
    held = waiting(request, *_TIES)
    unconcerned_by_emergency(held, by, at)
    if not reason.strip():
        raise AnswerMissing
    said = not_too_long(reason, 300)
    settled(held, RequestState.REFUSED, answer=said, verb="emergency", about=_name_of(held), made="grant", by=by, at=at)
    _tell(held, lambda: _("Request %(number)s is refused"), said, at)
    return held


def _tell(request: EmergencyRequest, subject_said: Callable[[], str], words: str, at: datetime) -> None:
    """Write to whoever asked, in the language of the request; the email waits where an officer can read it."""
    with override(request.language):
        subject = subject_said() % {"number": request.number}
        body = "\n\n".join(filter(None, (subject, words, _("Follow your request and its clock at the counter."))))
    OutgoingEmail.objects.create(
        to=request.asked_by, subject=subject, body=body, language=request.language, written_at=at,
        leaves_at=leaves_after(at),
    )  # fmt: skip


def _name_of(request: EmergencyRequest) -> str:
    """A request as the journal names it."""
    return f"emergency:{request.pk}"
