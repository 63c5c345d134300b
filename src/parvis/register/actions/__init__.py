"""Writes of the register. Rooms enter and amend their records through these, with their own guards before."""

from .links import judge, tie_records, undo_judgement
from .many import enter_records, take_back_entries
from .proposals import accept_proposal, propose, refuse_proposal
from .records import amend_record, enter_record, faults_in, reserve_keys
from .saying import record_statements, retract_statements
from .statements import doubt_statement, prefer_statement, record_statement, retract_statement

__all__ = [
    "accept_proposal",
    "amend_record",
    "doubt_statement",
    "enter_record",
    "enter_records",
    "faults_in",
    "judge",
    "prefer_statement",
    "propose",
    "record_statement",
    "record_statements",
    "refuse_proposal",
    "reserve_keys",
    "retract_statement",
    "retract_statements",
    "take_back_entries",
    "tie_records",
    "undo_judgement",
]
