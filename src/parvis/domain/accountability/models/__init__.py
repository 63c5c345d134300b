from .claim import Claim, ClaimEvidence
from .indicator import Indicator
from .promise import Promise, PromiseEvidence, PromiseStep
from .question import Question, QuestionEvidence
from .story import Story, StorySubject

__all__ = [
    "Claim",
    "ClaimEvidence",
    "Indicator",
    "Promise",
    "PromiseEvidence",
    "PromiseStep",
    "Question",
    "QuestionEvidence",
    "Story",
    "StorySubject",
]
