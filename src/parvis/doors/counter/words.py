"""The words the counter shows: the city's vocabulary in the reader's language."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from parvis.domain.funding.queries.budgets import SIDES
from parvis.foundation.values import in_language
from parvis.foundation.values.text import sort_key
from parvis.foundation.vocabulary import Vocabulary, load


@cache
def vocabulary() -> Vocabulary:
    """The house's vocabulary with the city's over it."""
    own = Path(settings.DATA_DIR) / settings.PARVIS_CITY / "vocabulary.yaml"
    return load(own if own.exists() else None)


def tongue() -> str:
    return (get_language() or "fr")[:2]


def budget_lines() -> list[tuple[str, list[tuple[str, str]]]]:
    """The lines of a budget by side, in the reader's language."""
    states = vocabulary().states
    return [
        (side, [(code, states[f"budget.{side}"].label(code, tongue())) for code in states[f"budget.{side}"].codes])
        for side in SIDES
    ]


def sdg_groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """Targets of sustainable development under their goals."""
    goals, targets = vocabulary().sdg_goals, vocabulary().sdg_targets
    found: dict[str, list[tuple[str, str]]] = {}
    for term in targets:
        goal = str(term.trait("goal", "") or term.code.partition(".")[0])
        found.setdefault(goal, []).append((term.code, f"{term.code} {term.in_language(tongue())}"))
    return [(f"{goal} {goals.label(goal, tongue())}", rows) for goal, rows in found.items()]


def yes_no() -> tuple[tuple[str, str], ...]:
    return (("yes", capfirst(_("yes"))), ("no", capfirst(_("no"))))


def countries() -> list[tuple[str, str]]:
    """Every country by its name in the reader's language."""
    named = [(term.code, term.in_language(tongue())) for term in vocabulary().countries]
    return sorted(named, key=lambda pair: sort_key(pair[1], tongue()))


def kinds_of_body() -> dict[str, str]:
    return {term.code: capfirst(term.in_language(tongue())) for term in vocabulary().kinds["body"]}


def state_word(code: str) -> str:
    return vocabulary().state_label("application", "state", code, tongue())


@cache
def city() -> dict[str, object]:
    """What the city says of itself."""
    file = Path(settings.DATA_DIR) / settings.PARVIS_CITY / "city.yaml"
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def city_name() -> str:
    return in_language(city().get("name", {}), tongue())[0]  # type: ignore[arg-type]  # words by language
