"""What may be said of a promise, a claim, a question; and where each may go."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PromiseState(TextChoices):
    SAID = "said", _("Made")
    PLANNED = "planned", _("Planned")
    IN_PROGRESS = "in_progress", _("In progress")
    FOLLOWED = "followed", _("Followed by acts")
    CLAIMED_KEPT = "claimed_kept", _("Said to be kept")
    KEPT = "kept", _("Kept")
    NOT_KEPT = "not_kept", _("Not kept")
    DEADLINE_PASSED = "deadline_passed", _("Deadline passed")
    DISPUTED = "disputed", _("Disputed")


#: Kinds of promise: one that a figure measures, and one that nothing does.
TARGET, ASPIRATION = "target", "aspiration"

_P = PromiseState

#: The promise has its answer, unless someone disputes it.
SETTLED = frozenset({_P.KEPT, _P.NOT_KEPT})

_OPEN = frozenset(_P) - {_P.SAID}

#: From each state, the states that may follow. A settled promise opens again only by a dispute.
PROMISE_MOVES: dict[PromiseState, frozenset[PromiseState]] = {
    _P.SAID: _OPEN,
    _P.PLANNED: _OPEN,
    _P.IN_PROGRESS: _OPEN,
    _P.FOLLOWED: _OPEN,
    _P.CLAIMED_KEPT: _OPEN,
    _P.DEADLINE_PASSED: _OPEN - {_P.DEADLINE_PASSED},
    _P.DISPUTED: _OPEN,
    _P.KEPT: frozenset({_P.DISPUTED}),
    _P.NOT_KEPT: frozenset({_P.DISPUTED}),
}


#: The kind of claim that says a place in an order.
RANK = "rank"


class ClaimState(TextChoices):
    CLAIMED = "claimed", _("Claimed")
    PROVEN = "proven", _("Proven")
    DISPUTED = "disputed", _("Disputed")
    SUPERSEDED = "superseded", _("Superseded")


CLAIM_MOVES: dict[ClaimState, frozenset[ClaimState]] = {
    ClaimState.CLAIMED: frozenset({ClaimState.PROVEN, ClaimState.DISPUTED, ClaimState.SUPERSEDED}),
    ClaimState.PROVEN: frozenset({ClaimState.DISPUTED, ClaimState.SUPERSEDED}),
    ClaimState.DISPUTED: frozenset({ClaimState.CLAIMED, ClaimState.PROVEN, ClaimState.SUPERSEDED}),
    ClaimState.SUPERSEDED: frozenset(),
}


class QuestionState(TextChoices):
    OPEN = "open", _("Open")
    ANSWERED = "answered", _("Answered")


class CountedAs(TextChoices):
    """Counts the records themselves can give, against which a published figure is held."""

    AGREEMENTS_SIGNED = "agreements_signed", _("Agreements signed")
    EUROPEAN_ACCORDS = "european_accords", _("European accords")
    NETWORKS_JOINED = "networks_joined", _("Networks joined")
    PROJECT_PLACES = "project_places", _("Places with a project")
