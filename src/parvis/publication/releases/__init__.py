"""Releases on disk: one folder each, which one is in force, and what was withdrawn from all of them."""
