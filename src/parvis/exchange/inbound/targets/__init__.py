"""What a table may hold for each kind of record: its fields, what they are called in four languages, where they go."""

from .targets import LINES, TARGETS, Meaning, Target, Wanted, headings, target_of

__all__ = ["LINES", "TARGETS", "Meaning", "Target", "Wanted", "headings", "target_of"]
