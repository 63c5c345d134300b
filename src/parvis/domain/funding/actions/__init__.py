"""What is done with the city's money: every write of the room."""

from parvis.domain.funding.models import Call, Crisis, Envelope, Grant, Label, Levy, Workflow

from .aid import file_aid_declaration, record_aid_cost, take_back_aid_cost
from .amending import answer_request, ask_amendment, withdraw_request
from .amendments import amend_convention, give_up_amendment, sign_amendment
from .appeals import look_again
from .applicants import (
    change_part,
    checked_number,
    invite,
    join_body,
    leave_body,
    open_body,
    open_in_own_name,
    say_year_founded,
    withdraw_invitation,
)
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
from .budget import (
    allot,
    carry_over,
    ceiling_of,
    close_levy_year,
    lower_vote,
    open_levy_year,
    reopen_levy_year,
    set_base,
    take_back,
    vote_levy,
)
from .call_questions import (
    answer_about_call,
    ask_about_call,
    correct_call_answer,
    may_undo_answer,
    undo_call_answer,
)
from .calls import (
    amend_call,
    amend_workflow,
    begin_call,
    cautions_of,
    definition_of,
    enter_call,
    enter_workflow,
    faults_of,
    is_behind,
    open_form,
    own_workflow,
)
from .carrying import note_files_taken
from .conventions import (
    Part,
    Spent,
    close_grant,
    declare_standing,
    draw_up_convention,
    plan_instalments,
    receive_report,
    renew_wording,
    review_report,
    sign_convention,
)
from .emergencies import ask_emergency_aid, refuse_emergency, take_up_emergency
from .erasing import erase_applicant
from .files import attach_document, begin_file, detach_document, read_messages, take_step, write_message
from .frameworks import take_out_allocation, vote_allocation
from .guarding import bounds_of
from .kept_pages import drop_page, forget_pages, keep_page, keep_posted
from .labels import amend_label, enter_label, give_mark
from .letters import Written, decide_letters, keep_letters
from .many import enter_grants
from .opinions import give_opinion, take_opinion_back
from .otherwise import Otherwise
from .papers import judge_paper
from .payments import (
    Answer,
    Outcome,
    claim_back,
    export_orders,
    hand_over_orders,
    order_payment,
    settle_claim,
    take_answers,
)
from .post import (
    LINK,
    NotYet,
    Undeliverable,
    decide_email,
    forget_ways_in,
    leaves_after,
    mend_email,
    send_due,
    write_personal,
)
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
from .rectifying import rectify_award
from .reminding import write_reminders
from .reporting import SheetSaved, begin_report, choose_entry, save_report, send_report
from .restoring import restore_payment
from .retention import erase_due_files, erase_file, forgotten_in
from .returning import ask_for_report_again, return_payment
from .reviews import (
    Given,
    ask_reviewer,
    rank_files,
    save_review,
    share_files,
    sign_review,
)
from .selection import close_selection, record_answer, remove_scenario, save_scenario, withdraw_selection
from .sending import send_file
from .signing import put_up_for_signature, sign_for_beneficiary, sign_for_city
from .ties import (
    declare_interest,
    declare_ties,
    look_at_address,
    look_at_arrivals,
    look_at_newcomer,
    look_at_newcomers,
    unconcerned_by,
    unconcerned_by_grant,
)
from .vault import lay_down, place_of, remove_document, store_document
from .wordings import kept_wording, write_wording
from .writing import Save, Saved, choose_text, save_answers

__all__ = [
    "ENTRANCES",
    "ENTRANCES_OF_MANY",
    "LINK",
    "Answer",
    "Given",
    "NotYet",
    "Otherwise",
    "Outcome",
    "Part",
    "Save",
    "Saved",
    "SheetSaved",
    "Slip",
    "Source",
    "Spent",
    "Undeliverable",
    "Written",
    "allot",
    "amend_award",
    "amend_call",
    "amend_convention",
    "amend_crisis",
    "amend_envelope",
    "amend_grant",
    "amend_label",
    "amend_levy",
    "amend_workflow",
    "answer_about_call",
    "answer_request",
    "ask_about_call",
    "ask_amendment",
    "ask_emergency_aid",
    "ask_for_report_again",
    "ask_reviewer",
    "attach_document",
    "award_grant",
    "award_in_kind",
    "begin_call",
    "begin_file",
    "begin_report",
    "bounds_of",
    "cancel_award",
    "carry_over",
    "cautions_of",
    "ceiling_of",
    "change_part",
    "checked_number",
    "choose_entry",
    "choose_text",
    "claim_back",
    "close_grant",
    "close_levy_year",
    "close_selection",
    "correct_call_answer",
    "decide_email",
    "decide_letters",
    "declare_interest",
    "declare_standing",
    "declare_ties",
    "definition_of",
    "detach_document",
    "draw_up_convention",
    "drop_page",
    "enter_call",
    "enter_crisis",
    "enter_envelope",
    "enter_grant",
    "enter_grants",
    "enter_label",
    "enter_levy",
    "enter_workflow",
    "erase_applicant",
    "erase_due_files",
    "erase_file",
    "export_orders",
    "faults_of",
    "file_aid_declaration",
    "forget_pages",
    "forget_ways_in",
    "forgotten_in",
    "give_mark",
    "give_opinion",
    "give_up_amendment",
    "hand_over_orders",
    "invite",
    "is_behind",
    "join_body",
    "judge_paper",
    "keep_letters",
    "keep_page",
    "keep_posted",
    "kept_wording",
    "lay_down",
    "leave_body",
    "leaves_after",
    "look_again",
    "look_at_address",
    "look_at_arrivals",
    "look_at_newcomer",
    "look_at_newcomers",
    "lower_vote",
    "may_undo_answer",
    "mend_email",
    "note_files_taken",
    "open_body",
    "open_form",
    "open_in_own_name",
    "open_levy_year",
    "order_payment",
    "own_workflow",
    "place_of",
    "plan_instalments",
    "put_up_for_signature",
    "rank_files",
    "read_messages",
    "receive_report",
    "record_aid_cost",
    "record_answer",
    "rectify_award",
    "refuse_emergency",
    "refuse_grant",
    "release",
    "remove_document",
    "remove_scenario",
    "renew_wording",
    "reopen_levy_year",
    "reserve",
    "restore_payment",
    "return_payment",
    "review_report",
    "save_answers",
    "save_report",
    "save_review",
    "save_scenario",
    "say_year_founded",
    "send_due",
    "send_file",
    "send_report",
    "set_base",
    "settle_claim",
    "share_files",
    "sign_amendment",
    "sign_convention",
    "sign_for_beneficiary",
    "sign_for_city",
    "sign_review",
    "store_document",
    "take_answers",
    "take_back",
    "take_back_aid_cost",
    "take_opinion_back",
    "take_out_allocation",
    "take_step",
    "take_up_emergency",
    "unconcerned_by",
    "unconcerned_by_grant",
    "undo_call_answer",
    "vote_allocation",
    "vote_levy",
    "withdraw_invitation",
    "withdraw_request",
    "withdraw_selection",
    "write_message",
    "write_personal",
    "write_reminders",
    "write_wording",
]

#: The noun of each kind of record of this room, its model, and how it is entered and amended.
ENTRANCES = {
    Levy.noun: (Levy, enter_levy, amend_levy),
    Envelope.noun: (Envelope, enter_envelope, amend_envelope),
    Crisis.noun: (Crisis, enter_crisis, amend_crisis),
    Grant.noun: (Grant, enter_grant, amend_grant),
    Label.noun: (Label, enter_label, amend_label),
    Workflow.noun: (Workflow, enter_workflow, amend_workflow),
    Call.noun: (Call, enter_call, amend_call),
}

#: Nouns whose records come by the thousand, and how they are entered then.
ENTRANCES_OF_MANY = {Grant.noun: enter_grants}
