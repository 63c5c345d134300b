"""What changes a signed convention: made on a decision, in effect once both have signed, or given up.

Until the second signature an amendment changes nothing that anybody relies on: not the amount, not the end, not what a
report is awaited for. Money it adds is reserved for its grant; money it takes stays committed, and is not paid.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from parvis.domain.funding.enums import AmendmentKind, GrantForm, PaperKind, ReportKind, ReportState
from parvis.domain.funding.errors import AlreadySigned, NoConvention, NotSignedYet, StepHeldBack, spelt
from parvis.domain.funding.models import Amendment, Convention, Envelope, Grant
from parvis.domain.funding.queries import (
    convention_of,
    envelope_by,
    instalments_to_move,
    paper_to_sign,
    report_of,
    standing_of_grant,
    unordered_of,
    unsettled,
    waiting_amendments,
)
from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal
from parvis.register.actions.revising import revise_record
from parvis.register.reading import day_said

from .awards import change_as_foreseen, foresee_change, locked_award, release
from .conventions import near_its_grant, wording_of
from .posting import Slip

ZERO = Decimal(0)


@transaction.atomic
def amend_convention(
    *,
    grant: Grant,
    slip: Slip,
    reason: str,
    envelope: Envelope | None = None,
    change: Decimal | None = None,
    ends: date | None = None,
    carried: Decimal | None = None,
    purpose: Mapping[str, str] | None = None,
    dates: Mapping[int, date] | None = None,
) -> Amendment:
    """Make an amendment of a signed convention, to be signed by both: its amount, its end, its purpose, its days.

    What it adds is reserved at once, so that it is there when it is signed. Raises NoConvention, NotSignedYet,
    NotEnoughLeft, FarFromItsGrant, and StepHeldBack with the reason.
    """
    held = locked_award(grant)
    convention = convention_of(held)
    if convention is None:
        raise NoConvention
    if convention.signed is None:
        raise NotSignedYet
    convention.grant = held
    near_its_grant(held, ends, *(dates or {}).values())
    source = envelope.subject if envelope and change and held.form != GrantForm.IN_KIND else None
    amendment = Amendment(
        convention=convention, kind=_kind_of(change, ends, carried, purpose), made=slip.day, change=change, ends=ends,
        carried=carried, envelope=source, purpose=dict(purpose or {}), reason=reason, decision=slip.decision,
        dates={str(number): day.isoformat() for number, day in (dates or {}).items()},
    )  # fmt: skip
    for why in _no_amendment(amendment, slip.day):
        raise StepHeldBack(why=why)
    convention.ends = ends or convention.ends
    convention.full_clean(exclude=["grant", "form", "wording"])
    amendment.wording = wording_of(held, PaperKind.AMENDMENT, slip.by, slip.at)
    amendment.save()
    journal.write("convention amended", about=grant.key, by=slip.by, at=slip.at, change=str(change or ""))
    if change is not None:
        foresee_change(grant=held, envelope=envelope if source else None, change=change, slip=slip)
    return amendment


@transaction.atomic
def sign_amendment(*, amendment: Amendment, signed: date, by: User, at: datetime) -> Amendment:
    """Record that both sides signed an amendment, which then takes effect. Raises AlreadySigned and StepHeldBack.

    Where the beneficiary signed a paper at the counter, the city signs that same paper.
    """
    grant = locked_award(amendment.convention.grant)
    held = _waiting(amendment)
    if signed < held.made:
        raise StepHeldBack(why=_("This amendment was made on %(day)s: it is not signed before.") % {
            "day": day_said(held.made)
        })  # fmt: skip
    paper = paper_to_sign(grant, held)
    if hasattr(paper, "signature") and not hasattr(paper, "city_signature"):
        raise StepHeldBack(why=_("Its beneficiary signed a paper at the counter: the City signs that same paper."))
    if held.effective is None:
        _take_effect(held, grant, Slip(decision=held.decision, day=signed, by=by, at=at, reason=held.reason))
    held.signed, held.effective = signed, held.effective or signed
    held.save(update_fields=["signed", "effective"])
    journal.write("amendment signed", about=grant.key, by=by, at=at, day=signed.isoformat())
    return held


@transaction.atomic
def give_up_amendment(*, amendment: Amendment, on: date, by: User, at: datetime) -> Amendment:
    """Give up an amendment that was not signed by both: the convention stands as it did, what was reserved is free.

    Raises AlreadySigned and StepHeldBack.
    """
    grant = locked_award(amendment.convention.grant)
    held = _waiting(amendment)
    if held.effective is not None:
        raise StepHeldBack(why=_("This amendment is in effect already: it waits for its signatures alone."))
    if on < held.made:
        made = {"day": day_said(held.made)}
        raise StepHeldBack(why=_("This amendment was made on %(day)s: it is not given up before.") % made)
    held.given_up = on
    held.save(update_fields=["given_up"])
    journal.write("amendment given up", about=grant.key, by=by, at=at, day=on.isoformat())
    if held.change is not None and held.change > 0 and held.envelope is not None:
        slip = Slip(decision=held.decision, day=on, by=by, at=at)
        release(grant=grant, envelope=envelope_by(held.envelope), amount=held.change, slip=slip)
    return held


def _waiting(amendment: Amendment) -> Amendment:
    """An amendment that is still to be signed, read again under lock. Raises AlreadySigned and StepHeldBack."""
    ties = ("convention__grant__subject", "decision", "envelope")
    held = Amendment.objects.select_related(*ties).get(pk=amendment.pk)
    if held.signed:
        raise AlreadySigned
    if held.given_up:
        raise StepHeldBack(why=_("This amendment was given up on %(day)s.") % {"day": day_said(held.given_up)})
    return held


def _take_effect(amendment: Amendment, grant: Grant, slip: Slip) -> None:
    """Do what an amendment says, now that both have signed it; the money moves last. Raises StepHeldBack."""
    convention = amendment.convention
    for why in (*_not_carried(convention, amendment.carried), *_not_taken(amendment)):
        raise StepHeldBack(why=why)
    if amendment.dates:
        _redate(grant, {int(number): date.fromisoformat(day) for number, day in amendment.dates.items()})
    if amendment.purpose:
        grant = _repurpose(grant, amendment.purpose, slip)
    if amendment.carried:
        _carried(grant, amendment.carried)
    convention.amount += amendment.change or ZERO
    convention.ends = amendment.ends or convention.ends
    convention.save(update_fields=["amount", "ends"])
    if amendment.change is not None:
        envelope = envelope_by(amendment.envelope) if amendment.envelope else None
        change_as_foreseen(grant=grant, envelope=envelope, change=amendment.change, slip=slip)


def _no_amendment(amendment: Amendment, on: date) -> Iterator[str]:
    """Why a convention cannot be amended so; nothing where it can."""
    convention = amendment.convention
    if waiting_amendments(convention.grant).exists():
        yield _("An amendment of this convention waits for its signatures: have it signed, or give it up.")
    if not any((amendment.change, amendment.ends, amendment.carried, amendment.purpose, amendment.dates)):
        yield _("Say what is to change: an end, an amount, a purpose, the day of an instalment.")
    if not set(map(int, amendment.dates)) <= _movable(convention.grant):
        yield _("An instalment that is ordered, paid or replaced in the plan is not moved.")
    if amendment.change:
        yield from _not_changed(amendment, amendment.change)
    if amendment.carried and amendment.ends is None:
        yield _("Money is carried to a new end: write it.")
    if amendment.carried and on > convention.ends:
        said = {"day": day_said(convention.ends)}
        yield _("This convention ended on %(day)s: what is left is claimed back, and no longer carried.") % said
    yield from _not_carried(convention, amendment.carried)


def _not_changed(amendment: Amendment, change: Decimal) -> Iterator[str]:
    """Why the amount cannot change so: what is ordered or paid is not reduced, and money comes from somewhere."""
    grant = amendment.convention.grant
    if amendment.convention.amount + change <= 0:
        yield _("Nothing would be left of this convention: cancel its grant.")
    if grant.form == GrantForm.IN_KIND:
        return
    if amendment.envelope is None:
        yield _("Say which envelope the amount moves in.")
        return
    yield from _not_taken(amendment)


def _not_taken(amendment: Amendment) -> Iterator[str]:
    """Why an amount cannot go down so far: what is ordered or paid, be it since the amendment was made, stays."""
    grant = amendment.convention.grant
    if not amendment.change or amendment.envelope is None:
        return
    free = unordered_of(grant, amendment.envelope)
    if -amendment.change > free:
        said = {"to_pay": spelt(free, grant.currency)}
        yield _("The amount can go down by %(to_pay)s at most: the rest is ordered or paid.") % said


def _not_carried(convention: Convention, carried: Decimal | None) -> Iterator[str]:
    """Why so much is not carried: what is claimed back is not left to spend, nor what a report says was spent."""
    grant, money = convention.grant, standing_of_grant(convention.grant.subject)
    kept, report = money.kept - money.owed, report_of(convention.grant, ReportKind.FINANCIAL, ReportState.ACCEPTED)
    if (carried or ZERO) > kept:
        yield _("No more can be carried than was paid: %(kept)s.") % {"kept": spelt(kept, grant.currency)}
    elif carried and report is not None and report.unspent is not None and carried > (left := unsettled(grant)):
        said = {"left": spelt(left, grant.currency)}
        yield _("The accepted report tells what is spent or claimed back: %(left)s is left to carry.") % said


def _kind_of(change: Decimal | None, ends: date | None, carried: Decimal | None, purpose: object) -> AmendmentKind:
    if change is not None:
        return AmendmentKind.AMOUNT
    return AmendmentKind.PURPOSE if purpose and ends is None and carried is None else AmendmentKind.PERIOD


def _movable(grant: Grant) -> set[int]:
    return set(instalments_to_move(grant).values_list("position", flat=True))


def _repurpose(grant: Grant, purpose: Mapping[str, str], slip: Slip) -> Grant:
    def change(content: dict[str, Any]) -> None:
        content["purpose"] = dict(purpose)

    return revise_record(grant, change=change, verb="purpose amended", by=slip.by, at=slip.at)


def _redate(grant: Grant, dates: Mapping[int, date]) -> None:
    """Move the days from which instalments may be paid. Raises StepHeldBack."""
    waiting = {each.position: each for each in instalments_to_move(grant)}
    for position, day in dates.items():
        if position not in waiting:
            raise StepHeldBack(why=_("An instalment that is ordered, paid or replaced in the plan is not moved."))
        waiting[position].not_before = day
        waiting[position].save(update_fields=["not_before"])


def _carried(grant: Grant, carried: Decimal) -> None:
    """What is carried is spent in the new period: a new report will tell of it, and this one keeps what it said."""
    report = report_of(grant, ReportKind.FINANCIAL, ReportState.ACCEPTED)
    if report is not None:
        said = _("%(amount)s is carried by an amendment: a new report tells of it.")
        report.state, report.remark = ReportState.RETURNED, said % {"amount": spelt(carried, grant.currency)}
        report.save(update_fields=["state", "remark"])
