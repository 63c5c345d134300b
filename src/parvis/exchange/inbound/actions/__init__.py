"""Writes of an import: each step locks it, checks where it stands, and leaves a line in the journal."""

from .accepting import accept_import, begin_accepting
from .judging import judge_import
from .receiving import choose_columns, choose_sheet, choose_strictness, drop_import, give_up, receive_file, settle_names
from .recognising import recognise, recognise_each
from .undoing import begin_undoing, finish_undoing, undo_import

__all__ = [
    "accept_import",
    "begin_accepting",
    "begin_undoing",
    "choose_columns",
    "choose_sheet",
    "choose_strictness",
    "drop_import",
    "finish_undoing",
    "give_up",
    "judge_import",
    "receive_file",
    "recognise",
    "recognise_each",
    "settle_names",
    "undo_import",
]
