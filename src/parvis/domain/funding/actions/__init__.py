"""What is done with the city's money: every write of the room."""

from parvis.domain.funding.models import Call, Crisis, Envelope, Grant, Levy, Workflow

from .applicants import change_part, checked_number, invite, join_body, leave_body, open_body
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
from .post import decide_email, send_due
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
    "Save",
    "Saved",
    "amend_call",
    "amend_crisis",
    "amend_envelope",
    "amend_grant",
    "amend_levy",
    "amend_workflow",
    "answer_about_call",
    "ask_about_call",
    "attach_document",
    "begin_file",
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
    "enter_levy",
    "enter_workflow",
    "invite",
    "join_body",
    "lay_down",
    "leave_body",
    "open_body",
    "open_form",
    "place_of",
    "read_messages",
    "remove_document",
    "save_answers",
    "send_due",
    "send_file",
    "store_document",
    "take_step",
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
