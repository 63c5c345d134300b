"""What is done with the city's money: every write of the room."""

from parvis.domain.funding.models import Call, Crisis, Envelope, Grant, Levy, Workflow

from .applicants import change_part, checked_number, invite, join_body, leave_body, open_body
from .awards import (
    Source,
    amend_award,
    award_grant,
    award_in_kind,
    cancel_award,
    refuse_grant,
    release,
    reserve,
)
from .budget import allot, carry_over, ceiling_of, lower_vote, open_levy_year, set_base, take_back, vote_levy
from .calls import (
    amend_call,
    amend_workflow,
    answer_about_call,
    ask_about_call,
    clone_call,
    definition_of,
    enter_call,
    enter_workflow,
    open_form,
)
from .files import attach_document, begin_file, detach_document, read_messages, send_file, take_step, write_message
from .many import enter_grants
from .post import decide_email, send_due
from .posting import Slip
from .records import (
    amend_crisis,
    amend_envelope,
    amend_grant,
    amend_levy,
    enter_crisis,
    enter_envelope,
    enter_grant,
    enter_levy,
)
from .vault import lay_down, place_of, remove_document, store_document
from .writing import Save, Saved, choose_text, save_answers

__all__ = [
    "ENTRANCES",
    "ENTRANCES_OF_MANY",
    "Save",
    "Saved",
    "Slip",
    "Source",
    "allot",
    "amend_award",
    "amend_call",
    "amend_crisis",
    "amend_envelope",
    "amend_grant",
    "amend_levy",
    "amend_workflow",
    "answer_about_call",
    "ask_about_call",
    "attach_document",
    "award_grant",
    "award_in_kind",
    "begin_file",
    "cancel_award",
    "carry_over",
    "ceiling_of",
    "change_part",
    "checked_number",
    "choose_text",
    "clone_call",
    "decide_email",
    "definition_of",
    "detach_document",
    "enter_call",
    "enter_crisis",
    "enter_envelope",
    "enter_grant",
    "enter_grants",
    "enter_levy",
    "enter_workflow",
    "invite",
    "join_body",
    "lay_down",
    "leave_body",
    "lower_vote",
    "open_body",
    "open_form",
    "open_levy_year",
    "place_of",
    "read_messages",
    "refuse_grant",
    "release",
    "remove_document",
    "reserve",
    "save_answers",
    "send_due",
    "send_file",
    "set_base",
    "store_document",
    "take_back",
    "take_step",
    "vote_levy",
    "write_message",
]

#: The noun of each kind of record of this room, its model, and how it is entered and amended.
ENTRANCES = {
    Levy.noun: (Levy, enter_levy, amend_levy),
    Envelope.noun: (Envelope, enter_envelope, amend_envelope),
    Crisis.noun: (Crisis, enter_crisis, amend_crisis),
    Grant.noun: (Grant, enter_grant, amend_grant),
    Workflow.noun: (Workflow, enter_workflow, amend_workflow),
    Call.noun: (Call, enter_call, amend_call),
}

#: Nouns whose records come by the thousand, and how they are entered then.
ENTRANCES_OF_MANY = {Grant.noun: enter_grants}
