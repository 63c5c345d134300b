"""What is done with a claim: proven, disputed, superseded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from parvis.domain.accountability.enums import CLAIM_MOVES, RANK, ClaimState
from parvis.domain.accountability.errors import (
    ClaimMoveRefused,
    EvidenceIsItself,
    ProvenWithoutEvidence,
    RankWithoutSet,
)
from parvis.domain.accountability.models import Claim
from parvis.domain.accountability.rules import BINDING
from parvis.foundation.accounts.models import User
from parvis.foundation.accounts.rules import allow_act
from parvis.register.actions import amend_record, enter_record
from parvis.register.actions.revising import revise_record
from parvis.register.entry import Entry, Facts


@transaction.atomic
def enter_claim(*, entry: Entry, facts: Facts, by: User, at: datetime) -> Claim:
    """Enter a claim. Raises ProvenWithoutEvidence, RankWithoutSet, EvidenceIsItself and BindsTheCity."""
    return _sound(enter_record(Claim, entry=entry, facts=facts, by=by, at=at), before="", by=by)


@transaction.atomic
def amend_claim(*, record: Claim, entry: Entry, facts: Facts, seen_revision: int, by: User, at: datetime) -> Claim:
    """Correct what is known of a claim. Raises as entering it does."""
    before = _state(record)
    amended = amend_record(record, entry=entry, facts=facts, seen_revision=seen_revision, by=by, at=at)
    return _sound(amended, before=before, by=by)


def prove_claim(
    *, claim: Claim, evidence: Iterable[str], by: User, at: datetime, seen_revision: int | None = None
) -> Claim:
    """Call a claim proven, with the records that bear it out."""
    return _move(claim, ClaimState.PROVEN, by=by, at=at, seen_revision=seen_revision, evidence=evidence)


def dispute_claim(*, claim: Claim, by: User, at: datetime, seen_revision: int | None = None) -> Claim:
    """Call a claim disputed."""
    return _move(claim, ClaimState.DISPUTED, by=by, at=at, seen_revision=seen_revision)


def supersede_claim(*, claim: Claim, by: User, at: datetime, seen_revision: int | None = None) -> Claim:
    """Lay a claim aside: a later one takes its place."""
    return _move(claim, ClaimState.SUPERSEDED, by=by, at=at, seen_revision=seen_revision)


@transaction.atomic
def _move(
    claim: Claim,
    then: ClaimState,
    *,
    by: User,
    at: datetime,
    seen_revision: int | None,
    evidence: Iterable[str] = (),
) -> Claim:
    def move(content: dict[str, Any]) -> None:
        now = ClaimState(content.get("state") or ClaimState.CLAIMED)
        if then not in CLAIM_MOVES[now]:
            raise ClaimMoveRefused(now=now.label, then=then.label)
        given = content.get("evidence", [])
        content |= {"state": then.value, "evidence": [*given, *(key for key in evidence if key not in given)]}

    before = _state(claim)
    revised = revise_record(claim, change=move, verb=f"claim {then}", by=by, at=at, seen_revision=seen_revision)
    return _sound(revised, before=before, by=by)


def _state(claim: Claim) -> str:
    return Claim.objects.values_list("state", flat=True).get(pk=claim.pk)


def _sound(claim: Claim, *, before: str, by: User) -> Claim:
    """What must hold of a claim beyond what a table can say, and who may say it."""
    state = ClaimState(claim.state)
    if state != before and state in BINDING:
        allow_act(by, BINDING[state], state.label)
    evidence = set(claim.evidence.values_list("record_id", flat=True))
    if claim.subject_id in evidence:
        raise EvidenceIsItself
    if claim.state == ClaimState.PROVEN and not evidence:
        raise ProvenWithoutEvidence
    if claim.subject.kind == RANK and (claim.place_in_rank is None or not claim.set):
        raise RankWithoutSet
    return claim
