"""Yearly allocations of a framework agreement, each on its decision."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from parvis.domain.funding.enums import Direction
from parvis.domain.funding.errors import NoDecision, NothingMoves, NothingWritten, StepHeldBack
from parvis.domain.funding.models import Allocation
from parvis.domain.funding.queries import allocation_stays, others_of, outside_its_term
from parvis.domain.partnerships.models import Agreement
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.accounts.rules import allow
from parvis.foundation.journal import actions as journal
from parvis.register.models import Subject
from parvis.register.naming import called

from .posting import Slip


@transaction.atomic
def vote_allocation(
    *, agreement: Agreement, party: Subject, year: int, direction: Direction, amount: Decimal, currency: str, slip: Slip
) -> Allocation:
    """Note what a year of a framework agreement was voted to bring, one way or the other.

    Voted again, the later decision replaces the earlier, which history keeps. Raises NotAllowed, NoDecision,
    NothingMoves, and StepHeldBack with the reason.
    """
    allow(slip.by, Role.FINANCE)
    if slip.decision is None or slip.decision.noun != "decision":
        raise NoDecision
    if amount <= 0:
        raise NothingMoves
    Subject.objects.select_for_update().get(pk=agreement.pk)
    if party.pk not in {one.pk for one in others_of(agreement)}:
        raise StepHeldBack(why=_("“%(party)s” is no other party to this agreement.") % {"party": called(party)})
    if outside_its_term(agreement, year):
        raise StepHeldBack(why=_("The agreement does not bind in %(year)s.") % {"year": year})
    made, _new = Allocation.objects.update_or_create(
        agreement=agreement.subject, party=party, year=year, direction=direction,
        defaults={
            "amount": amount, "currency": currency, "decision": slip.decision, "voted": slip.day, "note": slip.reason
        },
    )  # fmt: skip
    said: dict[str, str | int] = {"year": year, "direction": str(direction), "amount": str(amount)}
    journal.write("allocation voted", about=agreement.key, by=slip.by, at=slip.at, **said)
    return made


@transaction.atomic
def take_out_allocation(*, allocation: Allocation, why: str, by: User, at: datetime) -> None:
    """Take out an allocation noted by mistake, which history keeps. Raises NothingWritten and StepHeldBack.

    What is given under it stays voted: another vote corrects it.
    """
    allow(by, Role.FINANCE)
    Subject.objects.select_for_update().get(pk=allocation.agreement_id)
    held = Allocation.objects.select_related("agreement", "party", "decision").filter(pk=allocation.pk).first()
    if held is None:
        raise StepHeldBack(why=_("This allocation was taken out already."))
    if not why.strip():
        raise NothingWritten
    if stays := allocation_stays(held):
        raise StepHeldBack(why=stays)
    said = {"party": held.party.key, "decision": held.decision.key, "why": journal.digest_of({"why": why.strip()})}
    told = {"year": held.year, "direction": held.direction, "amount": str(held.amount), **said}
    held.note = why.strip()[:300]
    held.save(update_fields=["note"])  # so that its history keeps why
    held.delete()
    journal.write("allocation taken out", about=held.agreement.key, by=by, at=at, **told)
