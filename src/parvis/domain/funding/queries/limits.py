"""The limits and delays that money obeys: those of the house, and over them those of the city's own file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.conf import settings

from parvis.foundation.vocabulary import funding_rules
from parvis.foundation.vocabulary.funding_rules import FundingRule


def funding_rule(name: str, on: date) -> FundingRule:
    """The rule of that name on a day, as the city sets it or, where it does not, as the house does."""
    return funding_rules.funding_rule(name, on, Path(settings.DATA_DIR) / settings.PARVIS_CITY / "funding_rules.yaml")
