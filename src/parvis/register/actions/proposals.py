"""What comes from elsewhere is proposed; a person accepts it or refuses it with a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal
from parvis.register.actions.reasons import reason_given
from parvis.register.enums import ProposalState
from parvis.register.errors import AlreadyDecided
from parvis.register.models import Proposal, Record


def propose(
    *,
    noun: str,
    key: str,
    content: Mapping[str, Any],
    seen_revision: int | None,
    origin: str,
    by: User,
    at: datetime,
) -> Proposal:
    """Put a change before the people of the office. Nothing changes until one of them accepts it."""
    with transaction.atomic():
        proposal = Proposal.objects.create(
            noun=noun,
            key=key,
            content=dict(content),
            seen_revision=seen_revision,
            origin=origin[:200],
            proposed_at=at,
            proposed_by=by,
        )
        journal.write("change proposed", about=key, by=by, at=at, content=journal.digest_of(content))
    return proposal


@transaction.atomic
def accept_proposal(*, proposal: Proposal, write: Callable[[Proposal], Record], by: User, at: datetime) -> Record:
    """Accept a proposal: ``write`` enters or amends the record through its room, in the same transaction."""
    proposal = _waiting(proposal)
    record = write(proposal)
    _decide(proposal, ProposalState.ACCEPTED, "", by, at)
    return record


@transaction.atomic
def refuse_proposal(*, proposal: Proposal, reason: str, by: User, at: datetime) -> Proposal:
    """Refuse a proposal; it stays, with the reason."""
    proposal = _waiting(proposal)
    said = reason_given(reason)
    return _decide(proposal, ProposalState.REFUSED, said, by, at)


def _waiting(proposal: Proposal) -> Proposal:
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if proposal.state != ProposalState.WAITING:
        raise AlreadyDecided
    return proposal


def _decide(proposal: Proposal, state: ProposalState, reason: str, by: User, at: datetime) -> Proposal:
    proposal.state, proposal.reason, proposal.decided_by, proposal.decided_at = state, reason, by, at
    proposal.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    journal.write(f"proposal {state}", about=proposal.key, by=by, at=at, proposal=proposal.pk)
    return proposal
