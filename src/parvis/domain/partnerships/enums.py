"""The states of a tie, and where each may go."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AgreementState(TextChoices):
    WISHED = "wished", _("Wished for")
    PROSPECT = "prospect", _("Under way")
    DRAFT = "draft", _("Drafted")
    VOTED = "voted", _("Voted")
    SIGNED = "signed", _("Signed")
    IN_FORCE = "in_force", _("In force")
    LISTED = "listed", _("Listed by the city")
    SUSPENDED = "suspended", _("Suspended")
    RENEWED = "renewed", _("Renewed")
    ENDED = "ended", _("Ended")


class Renewal(TextChoices):
    FIXED = "fixed", _("Ends at its term")
    TACIT = "tacit", _("Renewed unless one side gives notice")
    EVERGREEN = "evergreen", _("Without end")
    UNKNOWN = "unknown", _("Not known")


_S = AgreementState

#: Nothing is signed yet: the pipeline.
PIPELINE = frozenset({_S.WISHED, _S.PROSPECT, _S.DRAFT, _S.VOTED})

#: Steps that put, or keep, an agreement in force.
RUNNING = frozenset({_S.SIGNED, _S.IN_FORCE, _S.RENEWED})

_LATER = frozenset({_S.SUSPENDED, _S.RENEWED, _S.LISTED, _S.ENDED})

#: From each state, the states that may follow. A listing may come at any time: it only attests.
AGREEMENT_MOVES: dict[AgreementState, frozenset[AgreementState]] = {
    _S.WISHED: frozenset({_S.PROSPECT, _S.DRAFT, _S.VOTED, _S.SIGNED, _S.LISTED, _S.ENDED}),
    _S.PROSPECT: frozenset({_S.DRAFT, _S.VOTED, _S.SIGNED, _S.LISTED, _S.ENDED}),
    _S.DRAFT: frozenset({_S.VOTED, _S.SIGNED, _S.LISTED, _S.ENDED}),
    _S.VOTED: frozenset({_S.SIGNED, _S.IN_FORCE, _S.LISTED, _S.ENDED}),
    _S.SIGNED: _LATER | {_S.IN_FORCE},
    _S.IN_FORCE: _LATER,
    _S.LISTED: _LATER | {_S.SIGNED, _S.IN_FORCE},
    _S.SUSPENDED: frozenset({_S.IN_FORCE, _S.LISTED, _S.ENDED}),
    _S.RENEWED: _LATER | {_S.IN_FORCE},
    _S.ENDED: frozenset(),
}


class MembershipStatus(TextChoices):
    OUTSIDE = "outside", _("Not in it")
    PLANNED = "planned", _("Planned")
    CANDIDATE = "candidate", _("Candidate")
    SELECTED = "selected", _("Selected")
    OBSERVER = "observer", _("Observer")
    SIGNATORY = "signatory", _("Signatory")
    MEMBER = "member", _("Member")
    LEFT = "left", _("Left")


#: Statuses of those who are in: they count as having joined.
JOINED = frozenset({MembershipStatus.MEMBER, MembershipStatus.SIGNATORY, MembershipStatus.SELECTED})
#: Statuses of those who are not in: before they come, or once they have left.
OUT = frozenset({MembershipStatus.OUTSIDE, MembershipStatus.LEFT})


class RelationLevel(TextChoices):
    SPECIAL = "special", _("Special")
    ENHANCED = "enhanced", _("Enhanced")
    ORDINARY = "ordinary", _("Ordinary")


class RelationStage(TextChoices):
    WATCH = "watch", _("Followed from afar")
    CONTACT = "contact", _("In contact")
    ASKED = "asked", _("Asked for by the other side")
    UNDER_WAY = "under_way", _("Under way")
    PROMISING = "promising", _("Promising")
    ACTIVE = "active", _("Active")
    DORMANT = "dormant", _("Dormant")


#: Stages of a tie that is not yet an agreement: it should move, or be let go.
PROSPECTS = frozenset({RelationStage.CONTACT, RelationStage.ASKED, RelationStage.UNDER_WAY, RelationStage.PROMISING})

_FORWARD = (
    RelationStage.WATCH,
    RelationStage.CONTACT,
    RelationStage.ASKED,
    RelationStage.UNDER_WAY,
    RelationStage.PROMISING,
    RelationStage.ACTIVE,
)

#: A tie moves forward, skipping as it likes, or falls asleep; asleep, it may wake at any stage.
RELATION_MOVES: dict[RelationStage, frozenset[RelationStage]] = {
    **{stage: frozenset(_FORWARD[place + 1 :]) | {RelationStage.DORMANT} for place, stage in enumerate(_FORWARD)},
    RelationStage.DORMANT: frozenset(_FORWARD),
}
