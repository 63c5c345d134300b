"""What is done with agreements, networks, memberships and relations."""

from parvis.domain.partnerships.models import Agreement, Membership, Network, Relation

from .agreements import (
    amend_agreement,
    draft_agreement,
    end_agreement,
    enter_agreement,
    open_agreement,
    record_step,
    renew_agreement,
    resume_agreement,
    sign_agreement,
    suspend_agreement,
)
from .memberships import (
    amend_membership,
    amend_network,
    change_status,
    enter_membership,
    enter_network,
    leave_network,
)
from .relations import amend_relation, enter_relation, grade_relation, move_relation

#: The noun of each kind of record of this room, its model, and how it is entered and amended.
ENTRANCES = {
    Agreement.noun: (Agreement, enter_agreement, amend_agreement),
    Network.noun: (Network, enter_network, amend_network),
    Membership.noun: (Membership, enter_membership, amend_membership),
    Relation.noun: (Relation, enter_relation, amend_relation),
}

__all__ = [
    "ENTRANCES",
    "amend_agreement",
    "amend_membership",
    "amend_network",
    "amend_relation",
    "change_status",
    "draft_agreement",
    "end_agreement",
    "enter_agreement",
    "enter_membership",
    "enter_network",
    "enter_relation",
    "grade_relation",
    "leave_network",
    "move_relation",
    "open_agreement",
    "record_step",
    "renew_agreement",
    "resume_agreement",
    "sign_agreement",
    "suspend_agreement",
]
