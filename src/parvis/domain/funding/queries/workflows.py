"""A workflow read as data: the steps open from a state, what is wrong with it, and where a trial leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from parvis.domain.funding.enums import SETTLED, ApplicationState
from parvis.foundation.values.words import Words

START = ApplicationState.DRAFT


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a workflow, as a form froze it."""

    code: str
    words: Words
    comes_from: str
    goes_to: str
    taken_by: str
    guards: tuple[str, ...]


def steps_of(definition: Mapping[str, Any]) -> tuple[Step, ...]:
    """The steps of a frozen form's workflow."""
    return tuple(
        Step(
            row["code"],
            row.get("words") or {},
            row["comes_from"],
            row["goes_to"],
            row.get("taken_by") or "officer",
            tuple(row.get("guards") or ()),
        )
        for row in definition.get("workflow", {}).get("transitions", ())
    )


def steps_from(steps: Iterable[Step], state: str, actors: Iterable[str]) -> list[Step]:
    """The steps these actors may take from a state."""
    allowed = frozenset(actors)
    return [step for step in steps if step.comes_from == state and step.taken_by in allowed]


def step_named(steps: Iterable[Step], state: str, code: str) -> Step | None:
    return next((step for step in steps if step.comes_from == state and step.code == code), None)


def workflow_problems(steps: Sequence[Step]) -> list[str]:
    """What keeps a workflow from being used."""
    states = {START.value} | {step.comes_from for step in steps} | {step.goes_to for step in steps}
    reached, ways_out = _reached(steps), {step.comes_from for step in steps}
    found = []
    if not any(step.comes_from == START and step.goes_to == ApplicationState.SUBMITTED for step in steps):
        found.append(_("No step goes from “Draft” to “Submitted”: nothing could be sent."))
    found += [_("Nothing leads to “%(state)s”.") % _named(state) for state in sorted(states - reached)]
    blind = sorted(states - ways_out - {one.value for one in SETTLED})
    found += [_("A file that is “%(state)s” could go nowhere.") % _named(state) for state in blind]
    stuck = sorted(reached - _leading_to_an_end(steps) - {one.value for one in SETTLED} - (states - ways_out))
    found += [_("A file that is “%(state)s” could never be settled.") % _named(state) for state in stuck]
    return found


def _named(state: str) -> dict[str, object]:
    return {"state": ApplicationState(state).label}


def _reached(steps: Sequence[Step]) -> set[str]:
    reached = {START.value}
    while more := {step.goes_to for step in steps if step.comes_from in reached} - reached:
        reached |= more
    return reached


def _leading_to_an_end(steps: Sequence[Step]) -> set[str]:
    ends = {one.value for one in SETTLED}
    while more := {step.comes_from for step in steps if step.goes_to in ends} - ends:
        ends |= more
    return ends


@dataclass(frozen=True, slots=True)
class Trial:
    """A walk through a workflow that moves no file: where it stands, what was done, what it would have to meet."""

    state: str
    taken: tuple[Step, ...]
    open: tuple[Step, ...]


def simulate(steps: Sequence[Step], codes: Iterable[str]) -> Trial:
    """Walk the steps of these codes from a draft. A code that is not open where the walk stands ends it there."""
    state, taken = START.value, []
    for code in codes:
        step = step_named(steps, state, code)
        if step is None:
            break
        taken.append(step)
        state = step.goes_to
    return Trial(state, tuple(taken), tuple(step for step in steps if step.comes_from == state))


def ranks_of(steps: Sequence[Step]) -> dict[str, int]:
    """How far each state stands from the start, for a drawing: the shortest way from a draft."""
    ranks = {START.value: 0}
    frontier = [START.value]
    while frontier:
        nearer = [step.goes_to for state in frontier for step in steps if step.comes_from == state]
        frontier = [state for state in dict.fromkeys(nearer) if state not in ranks]
        ranks |= dict.fromkeys(frontier, max(ranks.values()) + 1)
    unreached = {state for step in steps for state in (step.comes_from, step.goes_to)} - set(ranks)
    return ranks | dict.fromkeys(sorted(unreached), max(ranks.values()) + 1)
