"""Reserving, awarding, amending and cancelling grants: the money of an envelope given to somebody.

What the record says is written first and the money moves last: all who draw on an envelope wait for one another from
the moment it moves to the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from parvis.domain.funding.enums import GRANT_MOVES, Act, GrantForm, GrantState, Stage
from parvis.domain.funding.errors import (
    CurrencyDiffers,
    GrantMoveRefused,
    MoreThanAsked,
    NoDecision,
    NotAwarded,
    NotEnoughLeft,
    NothingMoves,
    spelt,
)
from parvis.domain.funding.models import Envelope, Grant, LedgerAccount, LedgerEntry, LevyYear
from parvis.domain.funding.queries import standing_of_grant, waiting_amendments
from parvis.foundation.accounts.spelt import Spelt
from parvis.register.actions.revising import revise_record
from parvis.register.models import Subject

from .guarding import lawful
from .posting import Slip, Way, account_of, decided_by, judge, may_write, open_year_of, post

_S = Stage
ZERO = Decimal(0)
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Source:
    """So much of an envelope. A grant above a ceiling has several: one of the levy, one of the general budget."""

    envelope: Envelope
    amount: Decimal


@transaction.atomic
def reserve(*, grant: Grant, envelope: Envelope, amount: Decimal, slip: Slip) -> LedgerEntry:
    """Keep money of an envelope for a file under way. Raises GrantMoveRefused and NotEnoughLeft."""
    held = _locked(grant)
    _may_become(held, GrantState.AWARDED)
    return _between(held, envelope, Act.RESERVE, amount, (_S.AVAILABLE, _S.RESERVED), slip)


@transaction.atomic
def release(*, grant: Grant, envelope: Envelope, amount: Decimal, slip: Slip) -> LedgerEntry:
    """Give a reservation back to its envelope. Raises NotEnoughLeft."""
    return _between(_locked(grant), envelope, Act.RELEASE, amount, (_S.RESERVED, _S.AVAILABLE), slip)


@transaction.atomic
def award_grant(
    *,
    grant: Grant,
    sources: Sequence[Source],
    slip: Slip,
    above_asked: Words | None = None,
    seen_revision: int | None = None,
) -> Grant:
    """Award a grant that was asked for, out of its envelopes, on a decision of the council.

    What is reserved for it is used first. A vote above what was asked needs its reason (``above_asked``), and
    passes. Raises GrantMoveRefused, MoreThanAsked, CurrencyDiffers, NotEnoughLeft, NoDecision.
    """
    held = _locked(grant)
    _may_become(held, GrantState.AWARDED)
    if held.form == GrantForm.IN_KIND:
        raise NothingMoves
    total = sum((source.amount for source in sources), ZERO)
    _explained(held, total, above_asked)
    lawful(held, total, slip.day, decided_by(slip))
    in_order = sorted(sources, key=lambda each: each.envelope.pk)
    for source in in_order:
        _foreseen(held, source, slip)
    first = max(sources, key=lambda each: each.amount).envelope
    facts = {"envelope": first.key, "levy": first.levy.key}
    awarded = _awarded(held, total, slip, above_asked, seen_revision, facts)
    for source in in_order:
        _commit(held, source, slip)
    return awarded


@transaction.atomic
def award_in_kind(
    *, grant: Grant, value: Decimal, slip: Slip, above_asked: Words | None = None, seen_revision: int | None = None
) -> Grant:
    """Award help in kind at its estimated value: no envelope pays for it, and it counts in the body's total."""
    may_write(slip.by, Act.AWARD)
    held = _locked(grant)
    _may_become(held, GrantState.AWARDED)
    if held.form != GrantForm.IN_KIND or value <= 0:
        raise NothingMoves
    if slip.decision is None or slip.decision.noun != "decision":
        raise NoDecision
    _explained(held, value, above_asked)
    lawful(held, value, slip.day, decided_by(slip))
    return _awarded(held, value, slip, above_asked, seen_revision, {})


@transaction.atomic
def refuse_grant(*, grant: Grant, slip: Slip, seen_revision: int | None = None) -> Grant:
    """Refuse what was asked for, and give back what was reserved for it."""
    held = _locked(grant)
    _may_become(held, GrantState.REFUSED)
    _release_all(held, slip)

    def change(content: dict[str, Any]) -> None:
        content |= {"state": GrantState.REFUSED.value, "decision": slip.decision.key, "amount_voted": "0"}

    return _revised(held, change, "refused", slip, seen_revision)


@transaction.atomic
def amend_award(
    *, grant: Grant, envelope: Envelope, change: Decimal, slip: Slip, seen_revision: int | None = None
) -> Grant:
    """Raise or reduce an award by an amendment. What is paid cannot be reduced: it is claimed back."""
    held = _awarded_only(_locked(grant))
    if change <= 0:
        _between(held, envelope, Act.REDUCE, -change, (_S.COMMITTED, _S.AVAILABLE), slip)
        return _of_so_much(held, standing_of_grant(held.subject).engaged, slip, seen_revision)
    judge(Act.RAISE, change, open_year_of(envelope).currency, slip, held.subject)
    raised = _of_so_much(held, standing_of_grant(held.subject).engaged + change, slip, seen_revision)
    _between(held, envelope, Act.RAISE, change, (_S.AVAILABLE, _S.COMMITTED), slip)
    return raised


@transaction.atomic
def foresee_change(*, grant: Grant, envelope: Envelope | None, change: Decimal, slip: Slip) -> None:
    """Keep what an amendment will add, until it is signed; what it will take stays where it is. Of an award only."""
    held = _awarded_only(_locked(grant))
    act = Act.RAISE if change > 0 else Act.REDUCE
    judge(act, abs(change), held.currency, slip, held.subject)
    if envelope is not None and change > 0:
        _between(held, envelope, Act.RESERVE, change, (_S.AVAILABLE, _S.RESERVED), slip)


@transaction.atomic
def change_as_foreseen(*, grant: Grant, envelope: Envelope | None, change: Decimal, slip: Slip) -> Grant:
    """Change an award as its amendment said, once it is signed: out of what was kept for it, where it adds."""
    held = _awarded_only(_locked(grant))
    judge(Act.RAISE if change > 0 else Act.REDUCE, abs(change), held.currency, slip, held.subject)
    amended = _of_so_much(held, (held.amount_voted or ZERO) + change, slip, None)
    if envelope is None:
        return amended
    if change > 0:
        _between(held, envelope, Act.RELEASE, change, (_S.RESERVED, _S.AVAILABLE), slip)
        _between(held, envelope, Act.RAISE, change, (_S.AVAILABLE, _S.COMMITTED), slip)
    else:
        _between(held, envelope, Act.REDUCE, -change, (_S.COMMITTED, _S.AVAILABLE), slip)
    return amended


def _of_so_much(grant: Grant, total: Decimal, slip: Slip, seen: int | None) -> Grant:
    def amend(content: dict[str, Any]) -> None:
        content["amount_voted"] = str(total)

    return _revised(grant, amend, "award amended", slip, seen)


@transaction.atomic
def cancel_award(*, grant: Grant, slip: Slip, seen_revision: int | None = None) -> Grant:
    """Cancel an award of which nothing is kept: what is committed goes back to its envelopes."""
    held = _locked(grant)
    _may_become(held, GrantState.CANCELLED)
    kept = standing_of_grant(held.subject).kept
    if kept:
        raise NotEnoughLeft(left=spelt(ZERO, held.currency), asked=spelt(kept, held.currency), where=_S.PAID.label)
    _release_all(held, slip)
    free_commitments(held, slip, Act.CANCEL)
    waiting_amendments(held).update(given_up=slip.day)

    def cancel(content: dict[str, Any]) -> None:
        content["state"] = GrantState.CANCELLED.value

    return _revised(held, cancel, "cancelled", slip, seen_revision)


def free_commitments(grant: Grant, slip: Slip, act: Act) -> None:
    """Give what is committed and not paid back to its envelopes."""
    _give_back(grant, _S.COMMITTED, act, slip)


def book(grant: Grant, envelope: Envelope, act: Act, amount: Decimal, slip: Slip) -> LedgerEntry:
    """Move money of a grant along its life: paid, sent back by the bank, claimed back, recovered."""
    return _between(grant, envelope, act, amount, _LIFE[act], slip)


_LIFE = {
    Act.PAY: (_S.COMMITTED, _S.PAID),
    Act.RETURN: (_S.PAID, _S.COMMITTED),
    Act.CLAIM: (_S.PAID, _S.OWED),
    Act.WAIVE: (_S.OWED, _S.PAID),
    Act.RECOVER: (_S.OWED, _S.RECOVERED),
}


def tell_what_is_paid(grant: Grant, verb: str, slip: Slip, **more: Any) -> Grant:
    """Write on the record what the ledger says was paid and not paid back."""
    paid = standing_of_grant(grant.subject).kept

    def change(content: dict[str, Any]) -> None:
        content |= {"amount_paid": str(paid), **more}

    return _revised(grant, change, verb, slip, None)


def locked_award(grant: Grant) -> Grant:
    """An awarded grant, under lock. Raises NotAwarded."""
    return _awarded_only(_locked(grant))


def _foreseen(grant: Grant, source: Source, slip: Slip) -> None:
    """Pass, or raise what a source is refused for whatever it has left."""
    year = open_year_of(source.envelope)
    if year.currency != grant.currency:
        raise CurrencyDiffers(envelope=year.currency, grant=grant.currency)
    judge(Act.AWARD, source.amount, year.currency, slip, grant.subject)


def _commit(grant: Grant, source: Source, slip: Slip) -> None:
    year = open_year_of(source.envelope)
    kept = _reserved(year, source.envelope, grant)
    used = min(kept, source.amount)
    if used:
        _between(grant, source.envelope, Act.AWARD, used, (_S.RESERVED, _S.COMMITTED), slip)
    if source.amount > used:
        left = source.amount - used
        _between(grant, source.envelope, Act.AWARD, left, (_S.AVAILABLE, _S.COMMITTED), slip)
    if kept > used:
        _between(grant, source.envelope, Act.RELEASE, kept - used, (_S.RESERVED, _S.AVAILABLE), slip)


def _reserved(year: LevyYear, envelope: Envelope, grant: Grant) -> Decimal:
    """What an envelope keeps for a grant. No account is opened to see that it holds nothing."""
    held = LedgerAccount.objects.filter(levy_year=year, stage=_S.RESERVED, envelope=envelope.pk, grant=grant.pk)
    return held.values_list("balance", flat=True).first() or ZERO


def _between(
    grant: Grant, envelope: Envelope, act: Act, amount: Decimal, stages: tuple[Stage, Stage], slip: Slip
) -> LedgerEntry:
    year = open_year_of(envelope)
    source, target = (
        account_of(year, stage, envelope=envelope, grant=None if stage == _S.AVAILABLE else grant.subject)
        for stage in stages
    )
    return post(act, amount, [Way(source, target)], slip, grant=grant.subject)


def _release_all(grant: Grant, slip: Slip) -> None:
    _give_back(grant, _S.RESERVED, Act.RELEASE, slip)


def _give_back(grant: Grant, stage: Stage, act: Act, slip: Slip) -> None:
    held = LedgerAccount.objects.filter(grant=grant.subject, stage=stage, balance__gt=0).order_by("envelope")
    for account in held.select_related("envelope"):
        envelope = Envelope.objects.select_related("subject", "levy").get(pk=account.envelope_id)
        _between(grant, envelope, act, account.balance, (stage, _S.AVAILABLE), slip)


_SUBJECT = Spelt(lambda pk: Subject.objects.select_for_update().filter(pk=pk), int)
_GRANT = Spelt(lambda pk: Grant.objects.select_related("subject", "beneficiary").filter(pk=pk), int)


def _locked(grant: Grant) -> Grant:
    _SUBJECT(grant.pk)
    held = _GRANT.first(grant.pk)
    if held is None:
        raise Grant.DoesNotExist
    return held


def _may_become(grant: Grant, then: GrantState) -> None:
    now = GrantState(grant.state)
    if then not in GRANT_MOVES[now]:
        raise GrantMoveRefused(now=now.label, then=then.label)


def _awarded_only(grant: Grant) -> Grant:
    if grant.state != GrantState.AWARDED:
        raise NotAwarded(now=GrantState(grant.state).label)
    return grant


def _explained(grant: Grant, voted: Decimal, why: Words | None) -> None:
    if voted <= 0:
        raise NothingMoves
    asked = grant.amount_asked
    if asked is not None and voted > asked and not why:
        raise MoreThanAsked(voted=spelt(voted, grant.currency), asked=spelt(asked, grant.currency))


def _awarded(
    grant: Grant, total: Decimal, slip: Slip, why: Words | None, seen: int | None, facts: dict[str, Any]
) -> Grant:
    def award(content: dict[str, Any]) -> None:
        content |= {
            "state": GrantState.AWARDED.value,
            "amount_voted": str(total),
            "decision": slip.decision.key,
            "above_asked": dict(why or {}),
            **facts,
        }

    return _revised(grant, award, "awarded", slip, seen)


def _revised(grant: Grant, change: Any, verb: str, slip: Slip, seen: int | None) -> Grant:
    return revise_record(grant, change=change, verb=verb, by=slip.by, at=slip.at, seen_revision=seen)
