"""The words the counter shows: the city's vocabulary in the reader's language."""

from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from parvis.domain.funding.queries.budgets import SIDES
from parvis.doors.ui.words import tongue, vocabulary
from parvis.foundation.values.text import sort_key


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
    """Kinds of bodies, and that of a person who asks in their own name."""
    return {term.code: capfirst(term.in_language(tongue())) for term in vocabulary().kinds["body"]}


def state_word(code: str) -> str:
    return vocabulary().state_label("application", "state", code, tongue())
