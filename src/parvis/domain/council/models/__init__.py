from .decision import Decision, DecisionConcern
from .legal_basis import LegalBasis, LegalMilestone

__all__ = ["Decision", "DecisionConcern", "LegalBasis", "LegalMilestone"]
