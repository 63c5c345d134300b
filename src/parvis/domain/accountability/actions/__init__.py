"""What is done with promises, claims, questions, stories and indicators."""

from parvis.domain.accountability.models import Claim, Indicator, Promise, Question, Story

from .claims import amend_claim, dispute_claim, enter_claim, prove_claim, supersede_claim
from .indicators import amend_indicator, enter_indicator
from .promises import amend_promise, dispute_promise, enter_promise, keep_promise, pass_deadline, record_step
from .questions import amend_question, answer_question, ask_question, enter_question
from .stories import amend_story, enter_story

#: The noun of each kind of record of this room, its model, and how it is entered and amended.
ENTRANCES = {
    Promise.noun: (Promise, enter_promise, amend_promise),
    Claim.noun: (Claim, enter_claim, amend_claim),
    Question.noun: (Question, enter_question, amend_question),
    Story.noun: (Story, enter_story, amend_story),
    Indicator.noun: (Indicator, enter_indicator, amend_indicator),
}

__all__ = [
    "ENTRANCES",
    "amend_claim",
    "amend_indicator",
    "amend_promise",
    "amend_question",
    "amend_story",
    "answer_question",
    "ask_question",
    "dispute_claim",
    "dispute_promise",
    "enter_claim",
    "enter_indicator",
    "enter_promise",
    "enter_question",
    "enter_story",
    "keep_promise",
    "pass_deadline",
    "prove_claim",
    "record_step",
    "supersede_claim",
]
