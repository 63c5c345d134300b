"""What is done with an agreement, from the first wish to its end."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from itertools import groupby, pairwise
from typing import Any

from django.db import transaction

from parvis.domain.partnerships.enums import AGREEMENT_MOVES, PIPELINE, AgreementState
from parvis.domain.partnerships.errors import (
    AgreementMoveRefused,
    AlreadyEnded,
    AlreadySigned,
    DayMissing,
    NotYetSigned,
    SignedTwice,
    StepsOutOfOrder,
    TooFewParties,
)
from parvis.domain.partnerships.models import Agreement, AgreementStep, Relation
from parvis.domain.partnerships.rules import BINDING
from parvis.foundation.accounts.models import User
from parvis.foundation.accounts.rules import allow_acts
from parvis.foundation.values.partial_date import PartialDate
from parvis.register.actions import amend_record, enter_record
from parvis.register.actions.revising import revise_record
from parvis.register.entry import Entry, Facts
from parvis.register.ordering import known_date

_TWO = 2


@transaction.atomic
def enter_agreement(*, entry: Entry, facts: Facts, by: User, at: datetime) -> Agreement:
    """Enter an agreement with its parties, steps and clauses.

    Raises TooFewParties, AgreementMoveRefused, StepsOutOfOrder, SignedTwice and BindsTheCity, besides what
    the register refuses.
    """
    return _sound(enter_record(Agreement, entry=entry, facts=facts, by=by, at=at), before=Counter(), by=by)


@transaction.atomic
def amend_agreement(
    *, record: Agreement, entry: Entry, facts: Facts, seen_revision: int, by: User, at: datetime
) -> Agreement:
    """Correct what is known of an agreement. Raises as entering it does."""
    before = _acts(record)
    amended = amend_record(record, entry=entry, facts=facts, seen_revision=seen_revision, by=by, at=at)
    return _sound(amended, before=before, by=by)


@transaction.atomic
def open_agreement(
    *, relation: Relation, the_city: str, entry: Entry, by: User, at: datetime, day: str = ""
) -> Agreement:
    """Make an agreement of a relation that ripens: its two sides are known, nothing is typed again."""
    step = {"state": AgreementState.PROSPECT.value, "day": day or relation.as_of}
    parties = [the_city, relation.partner.key]
    return enter_agreement(entry=entry, facts={"parties": parties, "steps": [step]}, by=by, at=at)


@transaction.atomic
def record_step(
    *,
    agreement: Agreement,
    step: Facts,
    by: User,
    at: datetime,
    seen_revision: int | None = None,
    verb: str = "",
) -> Agreement:
    """Add a step to an agreement's life: its state, its day, its source.

    Raises AlreadyEnded, AgreementMoveRefused and StepsOutOfOrder.
    """
    state = AgreementState(step["state"])

    def add(content: dict[str, Any]) -> None:
        steps = content.setdefault("steps", [])
        _may_follow(steps, state)
        steps.append(dict(step))

    return _revised(agreement, change=add, verb=verb or f"step {state}", by=by, at=at, seen_revision=seen_revision)


def draft_agreement(*, agreement: Agreement, day: str, by: User, at: datetime, **place: Any) -> Agreement:
    """Record that the text is drafted."""
    return _dated_step(agreement, AgreementState.DRAFT, day, by=by, at=at, verb="drafted", **place)


@transaction.atomic
def sign_agreement(
    *,
    agreement: Agreement,
    signed: str,
    by: User,
    at: datetime,
    term: Facts | None = None,
    seen_revision: int | None = None,
    **place: Any,
) -> Agreement:
    """Record a signature. ``term`` may give in_force_from, until, term_years, renewal and notice_months."""
    if not signed:
        raise DayMissing

    def sign(content: dict[str, Any]) -> None:
        steps = content.setdefault("steps", [])
        if content.get("signed") or any(step["state"] == AgreementState.SIGNED for step in steps):
            raise AlreadySigned
        _may_follow(steps, AgreementState.SIGNED)
        steps.append({"state": AgreementState.SIGNED.value, "day": signed, **place})
        content |= {"signed": signed, **(term or {})}

    return _revised(agreement, change=sign, verb="signed", by=by, at=at, seen_revision=seen_revision)


def suspend_agreement(*, agreement: Agreement, day: str, by: User, at: datetime, **place: Any) -> Agreement:
    """Suspend an agreement that is signed."""
    return _dated_step(agreement, AgreementState.SUSPENDED, day, by=by, at=at, verb="suspended", **place)


def resume_agreement(*, agreement: Agreement, day: str, by: User, at: datetime, **place: Any) -> Agreement:
    """Put an agreement in force: after its signature, or after it was suspended."""
    return _dated_step(agreement, AgreementState.IN_FORCE, day, by=by, at=at, verb="put in force", **place)


@transaction.atomic
def renew_agreement(
    *,
    agreement: Agreement,
    day: str,
    by: User,
    at: datetime,
    until: str = "",
    seen_revision: int | None = None,
    **place: Any,
) -> Agreement:
    """Renew an agreement; ``until`` is its new end, where one is set."""
    if not day:
        raise DayMissing

    def renew(content: dict[str, Any]) -> None:
        steps = content.setdefault("steps", [])
        _may_follow(steps, AgreementState.RENEWED)
        steps.append({"state": AgreementState.RENEWED.value, "day": day, **place})
        content["until"] = until

    return _revised(agreement, change=renew, verb="renewed", by=by, at=at, seen_revision=seen_revision)


def end_agreement(*, agreement: Agreement, day: str, by: User, at: datetime, **place: Any) -> Agreement:
    """End an agreement, or give up a tie that never came to one."""
    return _dated_step(agreement, AgreementState.ENDED, day, by=by, at=at, verb="ended", **place)


def _dated_step(
    agreement: Agreement, state: AgreementState, day: str, *, by: User, at: datetime, verb: str, **place: Any
) -> Agreement:
    if not day:
        raise DayMissing
    seen_revision = place.pop("seen_revision", None)
    step = {"state": state.value, "day": day, **place}
    return record_step(agreement=agreement, step=step, by=by, at=at, seen_revision=seen_revision, verb=verb)


def _may_follow(steps: list[dict[str, Any]], then: AgreementState) -> None:
    moves = [AgreementState(step["state"]) for step in steps if step["state"] != AgreementState.LISTED]
    now = moves[-1] if moves else None
    if now == AgreementState.ENDED:
        raise AlreadyEnded
    after_signature = {AgreementState.RENEWED, AgreementState.SUSPENDED}
    if now in PIPELINE and then in after_signature:
        raise NotYetSigned
    if now is not None and then not in AGREEMENT_MOVES[now]:
        raise AgreementMoveRefused(now=now.label, then=then.label)


def _revised(agreement: Agreement, *, by: User, **revision: Any) -> Agreement:
    before = _acts(agreement)
    return _sound(revise_record(agreement, by=by, **revision), before=before, by=by)


def _acts(agreement: Agreement) -> Counter[AgreementState]:
    """What an agreement tells of in the city's name. Two sources on one step tell of one act."""
    states = agreement.steps.exclude(state=AgreementState.LISTED).values_list("state", flat=True)
    acts = Counter(AgreementState(state) for state, _told in groupby(states))
    if Agreement.objects.filter(pk=agreement.pk).exclude(signed="").exists() or acts[AgreementState.SIGNED]:
        acts[AgreementState.SIGNED] = 1
    return acts


def _sound(agreement: Agreement, *, before: Counter[AgreementState], by: User) -> Agreement:
    """What must hold of an agreement beyond what a table can say, and who may say it."""
    allow_acts(by, before, _acts(agreement), BINDING)
    if agreement.parties.count() < _TWO:
        raise TooFewParties
    steps = list(agreement.steps.all())
    moves = [step for step in steps if step.state != AgreementState.LISTED]
    for now, then in pairwise(moves):
        _in_turn(now, then)
    _signed_once(agreement, moves)
    return agreement


def _in_turn(now: AgreementStep, then: AgreementStep) -> None:
    if now.state == then.state and now.source_id != then.source_id:
        return  # two sources tell the same step, each with its day
    if now.state == AgreementState.ENDED:
        raise AlreadyEnded
    if then.state not in AGREEMENT_MOVES[AgreementState(now.state)]:
        raise AgreementMoveRefused(now=now.get_state_display(), then=then.get_state_display())
    before, after = known_date(now.day), known_date(then.day)
    if before and after and _surely_before(after, before):
        raise StepsOutOfOrder(
            now=now.get_state_display(), now_day=now.day, then=then.get_state_display(), then_day=then.day
        )


def _signed_once(agreement: Agreement, moves: list[AgreementStep]) -> None:
    written = known_date(agreement.signed)
    told = [step for step in moves if step.state == AgreementState.SIGNED and step.day]
    for step in told:
        day = PartialDate.parse(step.day)
        if written and len(told) == 1 and (_surely_before(day, written) or _surely_before(written, day)):
            raise SignedTwice(signed=agreement.signed, step=step.day)


def _surely_before(one: PartialDate, other: PartialDate) -> bool:
    return one.latest is not None and other.earliest is not None and one.latest < other.earliest
