"""What a beneficiary signs before it is paid, and what it accounts for afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from parvis.domain.funding.enums import (
    Act,
    Condition,
    GrantForm,
    GrantState,
    PaperKind,
    ReportKind,
    ReportState,
)
from parvis.domain.funding.errors import (
    AlreadyReviewed,
    AlreadySigned,
    AlreadyUnderConvention,
    CannotClose,
    ConventionExceeds,
    InstalmentsDoNotAddUp,
    InstalmentsSigned,
    NoConvention,
    RemarkMissing,
    ReportRefused,
    StepHeldBack,
    UnspentAbovePaid,
    spelt,
)
from parvis.domain.funding.errors.moving import BrokenBeforeSigned, FarFromItsGrant, LineTwice
from parvis.domain.funding.models import (
    BodyStanding,
    Convention,
    Envelope,
    Grant,
    Instalment,
    Report,
    ReportLine,
    Wording,
)
from parvis.domain.funding.queries import (
    closing_lacks,
    convention_of,
    paper_to_sign,
    standing_of_grant,
)
from parvis.domain.funding.queries.reporting import latest_form_of
from parvis.domain.funding.queries.wordings import served_by_grant, text_in_force
from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal
from parvis.register.actions.revising import revise_record
from parvis.register.models import Subject
from parvis.register.reading import day_said

from .awards import free_commitments, locked_award
from .planning import free_instalments, no_day_waits
from .posting import Slip, is_an_amount, stands_on
from .ties import local_day
from .whole import not_too_long
from .wordings import kept_wording

ZERO = Decimal(0)
#: No convention runs as far from the year of its grant: a day beyond was mistyped.
_FAR = 30


@dataclass(frozen=True, slots=True)
class Part:
    """An instalment to come: from which envelope, how much, and what must be so first."""

    envelope: Envelope
    amount: Decimal
    condition: Condition = Condition.SIGNATURE
    not_before: date | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """A line of a financial report as it is told."""

    code: str
    label: str
    budget: Decimal
    actual: Decimal


@transaction.atomic
def declare_standing(
    *,
    body: Subject,
    by: User,
    at: datetime,
    approved: bool = False,
    public_interest: bool = False,
    contract_signed: date | None = None,
    contract_broken: date | None = None,
) -> BodyStanding:
    """Say what a body has shown: its republican-commitment contract, or why it needs none.

    Raises BrokenBeforeSigned.
    """
    if contract_signed and contract_broken and contract_broken < contract_signed:
        raise BrokenBeforeSigned(signed=day_said(contract_signed))
    held, _new = BodyStanding.objects.update_or_create(
        body=body,
        defaults={
            "approved": approved,
            "public_interest": public_interest,
            "contract_signed": contract_signed,
            "contract_broken": contract_broken,
        },
    )
    journal.write("standing declared", about=body.key, by=by, at=at)
    return held


def near_its_grant(grant: Grant, *days: date | None) -> None:
    """Pass, or raise FarFromItsGrant: a convention of year 1, or without an end, is refused before it is signed."""
    for day in days:
        if day and abs(day.year - grant.year) > _FAR:
            raise FarFromItsGrant(day=day_said(day), year=grant.year)


@transaction.atomic
def plan_instalments(*, grant: Grant, parts: Sequence[Part], by: User, at: datetime) -> list[Instalment]:
    """Share out an award in instalments. Those paid or under way stay; one whose order paid nothing is set aside.

    Raises InstalmentsDoNotAddUp, FarFromItsGrant, InstalmentsSigned, and StepHeldBack while a day waits to be moved.
    """
    held = locked_award(grant)
    near_its_grant(held, *(part.not_before for part in parts))
    kept = list(held.instalments.in_plan().under_order())
    total = sum((part.amount for part in parts), ZERO) + sum((each.amount for each in kept), ZERO)
    awarded = standing_of_grant(held.subject).engaged
    if total != awarded:
        raise InstalmentsDoNotAddUp(total=spelt(total, held.currency), awarded=spelt(awarded, held.currency))
    for part in parts:
        is_an_amount(part.amount, held.currency)
    _keeps_what_is_signed(held, parts, kept)
    no_day_waits(held)
    free_instalments(held, local_day(at))
    first = max(held.instalments.values_list("position", flat=True), default=0) + 1
    planned = [
        Instalment.objects.create(
            grant=held,
            position=first + place,
            envelope=part.envelope.subject,
            amount=part.amount,
            condition=part.condition,
            not_before=part.not_before,
        )
        for place, part in enumerate(parts)
    ]
    journal.write("instalments planned", about=held.key, by=by, at=at, count=len(planned))
    return planned


def _keeps_what_is_signed(grant: Grant, parts: Sequence[Part], kept: Sequence[Instalment]) -> None:
    """Pass, or raise InstalmentsSigned: what both sides signed is shared out anew when its amount was amended."""
    paper = paper_to_sign(grant)
    convention = convention_of(grant)
    before = list(grant.instalments.in_plan())
    if convention is None or not before or not (convention.signed or hasattr(paper, "signature")):
        return
    if sum((each.amount for each in before), ZERO) != standing_of_grant(grant.subject).engaged:
        return
    waiting = [(each.amount, each.condition, each.not_before) for each in before if each not in kept]
    if waiting != [(part.amount, part.condition, part.not_before) for part in parts]:
        raise InstalmentsSigned


@transaction.atomic
def draw_up_convention(
    *, grant: Grant, number: str, regranting: bool, starts: date, ends: date, by: User, at: datetime
) -> Convention:
    """Draw up the convention of an award, for all of it. Raises AlreadyUnderConvention and FarFromItsGrant."""
    held = locked_award(grant)
    near_its_grant(held, starts, ends)
    if convention_of(held):
        raise AlreadyUnderConvention
    amount = _given(held)
    convention = Convention(
        grant=held, number=number, amount=amount, regranting=regranting, starts=starts, ends=ends,
        form=latest_form_of(held), wording=wording_of(held, PaperKind.CONVENTION, by, at),
    )  # fmt: skip
    convention.full_clean(exclude=["grant", "form", "wording"])
    convention.save()
    journal.write("convention drawn up", about=held.key, by=by, at=at, amount=str(amount))
    return convention


def _given(grant: Grant) -> Decimal:
    """What a convention is about: the money committed, or the estimated value of help in kind."""
    if grant.form == GrantForm.IN_KIND:
        return grant.amount_voted or ZERO
    return standing_of_grant(grant.subject).engaged


def wording_of(grant: Grant, paper: PaperKind, by: User, at: datetime) -> Wording:
    """The version a paper of a grant is made from, which it keeps."""
    return kept_wording(text_in_force(paper, served_by_grant(grant)), by=by, at=at)


@transaction.atomic
def renew_wording(*, grant: Grant, by: User, at: datetime) -> Convention:
    """Make a convention nobody signed from the text as it stands now. Raises NoConvention and AlreadySigned."""
    held = locked_award(grant)
    convention = convention_of(held)
    if convention is None:
        raise NoConvention
    if convention.signed or convention.papers.filter(signature__isnull=False).exists():
        raise AlreadySigned
    convention.wording = wording_of(held, PaperKind.CONVENTION, by, at)
    convention.save(update_fields=["wording"])
    journal.write("convention made from a newer text", about=held.key, by=by, at=at, wording=convention.wording.pk)
    return convention


@transaction.atomic
def sign_convention(*, grant: Grant, signed: date, by: User, at: datetime) -> Convention:
    """Record that both sides signed, once it was decided.

    Raises NoConvention, AlreadySigned, StepHeldBack, ConventionExceeds, FarFromItsGrant and DecidedLater.
    Where the beneficiary signed a paper at the counter, the city signs that same paper.
    """
    held = locked_award(grant)
    convention = convention_of(held)
    if convention is None:
        raise NoConvention
    if convention.signed:
        raise AlreadySigned
    paper = paper_to_sign(held)
    if hasattr(paper, "signature") and not hasattr(paper, "city_signature"):
        raise StepHeldBack(why=_("Its beneficiary signed a paper at the counter: the City signs that same paper."))
    near_its_grant(held, signed)
    if held.decision:
        stands_on(held.decision, signed)
    awarded = _given(held)
    if convention.amount > awarded:
        said = {"amount": spelt(convention.amount, held.currency), "awarded": spelt(awarded, held.currency)}
        raise ConventionExceeds(**said)
    convention.signed = signed
    convention.save(update_fields=["signed"])
    journal.write("convention signed", about=held.key, by=by, at=at, day=signed.isoformat())
    return convention


@transaction.atomic
def receive_report(
    *,
    grant: Grant,
    kind: ReportKind,
    received: date,
    by: User,
    at: datetime,
    words: str = "",
    lines: Sequence[Spent] = (),
    unspent: Decimal | None = None,
    signed_by: str = "",
) -> Report:
    """Receive what a beneficiary accounts for. Raises ReportRefused, LineTwice and UnspentAbovePaid."""
    held = locked_award(grant)
    if kind == ReportKind.FINANCIAL and (not lines or not signed_by.strip()):
        raise ReportRefused
    paid = standing_of_grant(held.subject).kept
    if unspent is not None and not ZERO <= unspent <= paid:
        raise UnspentAbovePaid(unspent=spelt(unspent, held.currency), paid=spelt(paid, held.currency))
    report = Report.objects.create(
        grant=held, kind=kind, received=received, words=words, unspent=unspent, signed_by=signed_by.strip()
    )
    rows = [ReportLine(report=report, code=line.code, label=line.label, budget=line.budget, actual=line.actual)
            for line in lines]  # fmt: skip
    _clean(rows)
    ReportLine.objects.bulk_create(rows)
    journal.write(f"{kind} report received", about=held.key, by=by, at=at, lines=len(rows))
    return report


def _clean(rows: Sequence[ReportLine]) -> None:
    seen: set[tuple[str, str]] = set()
    for row in rows:
        if (row.code, row.label) in seen:
            raise LineTwice(line=f"{row.code} {row.label}")
        seen.add((row.code, row.label))
        if row.budget < 0 or row.actual < 0:
            raise ReportRefused
        try:
            row.full_clean(exclude=["report"], validate_unique=False, validate_constraints=False)
        except ValidationError as fault:
            raise ReportRefused from fault


@transaction.atomic
def review_report(*, report: Report, accepted: bool, on: date, by: User, at: datetime, remark: str = "") -> Report:
    """Accept a report, or send it back with what it lacks. Raises AlreadyReviewed, RemarkMissing, WordsTooMany."""
    found = Report.objects.select_for_update(of=("self",)).select_related("grant__subject").get(pk=report.pk)
    if found.state != ReportState.RECEIVED:
        raise AlreadyReviewed(state=ReportState(found.state).label)
    if not accepted and not remark.strip():
        raise RemarkMissing
    found.state = ReportState.ACCEPTED if accepted else ReportState.RETURNED
    found.reviewed, found.remark = on, not_too_long(remark)
    found.save(update_fields=["state", "reviewed", "remark"])
    journal.write(f"{found.kind} report {found.state}", about=found.grant.key, by=by, at=at)
    return found


@transaction.atomic
def close_grant(*, grant: Grant, slip: Slip, seen_revision: int | None = None) -> Grant:
    """Close a grant when everything is accounted for; what was never paid goes back. Raises CannotClose."""
    held = locked_award(grant)
    lacks = closing_lacks(held)
    if lacks:
        raise CannotClose(why=" ".join(lacks))
    free_commitments(held, slip, Act.CANCEL)

    def close(content: dict[str, Any]) -> None:
        content["state"] = GrantState.CLOSED.value

    return revise_record(held, change=close, verb="closed", by=slip.by, at=slip.at, seen_revision=seen_revision)
