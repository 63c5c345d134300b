from .conflict import Conflict, ConflictSide
from .links import Judgement, Proposal, Tie
from .record import CitedPart, Part, Record
from .source import Citation, Source
from .statement import Statement
from .subject import Subject
from .words import Name, Text

__all__ = [
    "Citation",
    "CitedPart",
    "Conflict",
    "ConflictSide",
    "Judgement",
    "Name",
    "Part",
    "Proposal",
    "Record",
    "Source",
    "Statement",
    "Subject",
    "Text",
    "Tie",
]
