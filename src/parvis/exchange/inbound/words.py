"""The city that brings the file in: its own body, its currency, its vocabulary."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from parvis.foundation.vocabulary import Vocabulary, load


@cache
def _city(name: str) -> dict[str, Any]:
    path = Path(settings.DATA_DIR) / name / "city.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}


def the_city() -> str:
    """Key of the body that acts for the city."""
    return str(_city(settings.PARVIS_CITY).get("the_city", ""))


def currency() -> str:
    return str(_city(settings.PARVIS_CITY).get("currency", "EUR"))


def vocabulary() -> Vocabulary:
    own = Path(settings.DATA_DIR) / settings.PARVIS_CITY / "vocabulary.yaml"
    return load(own if own.exists() else None)
