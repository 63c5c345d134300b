from .agreement import Agreement, AgreementClause, AgreementParty, AgreementStep
from .membership import Membership, MembershipFiling, MembershipPeriod
from .network import Network
from .relation import Relation

__all__ = [
    "Agreement",
    "AgreementClause",
    "AgreementParty",
    "AgreementStep",
    "Membership",
    "MembershipFiling",
    "MembershipPeriod",
    "Network",
    "Relation",
]
