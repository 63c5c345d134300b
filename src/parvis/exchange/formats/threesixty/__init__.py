"""Grants in the 360Giving data standard, 1.4: JSON, and the same as a flat table."""
