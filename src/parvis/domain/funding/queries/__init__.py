"""Reads of the funding room, each named for what it returns."""

from .records import all_grants, all_levies, rule_of

__all__ = ["all_grants", "all_levies", "rule_of"]
