"""Releases on disk: one folder each, never rewritten; which one is in force; what was withdrawn."""
