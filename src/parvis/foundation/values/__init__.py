"""Small frozen values with no framework in them.

Dates known in part, money, periods, identifiers, words in several languages, text folded and sorted.
"""

from .cell import as_cell
from .identifiers import identifier
from .money import Money
from .partial_date import PartialDate, Precision
from .period import Period
from .refusal import Refusal
from .text import fold, folded_words, sort_key, squeeze
from .words import Words, in_language, missing_languages

__all__ = [
    "Money",
    "PartialDate",
    "Period",
    "Precision",
    "Refusal",
    "Words",
    "as_cell",
    "fold",
    "folded_words",
    "identifier",
    "in_language",
    "missing_languages",
    "sort_key",
    "squeeze",
]
