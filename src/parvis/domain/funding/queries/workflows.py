"""A workflow read as data: the steps open from a state, what is wrong with it, and where a trial leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from parvis.domain.funding.enums import SETTLED, WITH_MONEY, ApplicationState, Guard
from parvis.foundation.values.words import Words, in_language

START = ApplicationState.DRAFT
#: So many states that nothing leads to are each told in a sentence.
_FEW = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a workflow, as a form froze it."""

    code: str
    words: Words
    comes_from: str
    goes_to: str
    taken_by: str
    guards: tuple[str, ...]
    least_reviews: int | None = None
    not_before: str = ""
    not_after: str = ""


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
            row.get("least_reviews"),
            row.get("not_before") or "",
            row.get("not_after") or "",
        )
        for row in definition.get("workflow", {}).get("transitions", ())
    )


def steps_from(steps: Iterable[Step], state: str, actors: Iterable[str]) -> list[Step]:
    """The steps these actors may take from a state; from one in which money is promised, none."""
    allowed = frozenset(actors)
    return [step for step in _out_of(steps, state) if step.taken_by in allowed]


def step_named(steps: Iterable[Step], state: str, code: str) -> Step | None:
    return next((step for step in _out_of(steps, state) if step.code == code), None)


def _out_of(steps: Iterable[Step], state: str) -> Iterable[Step]:
    """A form frozen before may hold steps that lead out of where money is promised: they are not taken."""
    return () if state in WITH_MONEY else (step for step in steps if step.comes_from == state)


def workflow_problems(steps: Sequence[Step]) -> list[str]:
    """What keeps a workflow from being used."""
    states = {START.value} | {step.comes_from for step in steps} | {step.goes_to for step in steps}
    reached, ways_out = _from(steps, START.value), {step.comes_from for step in steps}
    found = []
    if not any(step.comes_from == START and step.goes_to == ApplicationState.SUBMITTED for step in steps):
        found.append(_("No step goes from “Draft” to “Submitted”: nothing could be sent."))
    found += _unreached(states - reached)
    blind = sorted(states - ways_out - {one.value for one in SETTLED})
    found += [_("A file that is “%(state)s” could go nowhere.") % _named(state) for state in blind]
    stuck = sorted(reached - _leading_to_an_end(steps) - {one.value for one in SETTLED} - (states - ways_out))
    found += [_("A file that is “%(state)s” could never be settled.") % _named(state) for state in stuck]
    found += [
        _("“%(step)s” leads out of “%(state)s”, where money is promised: take it out. The page of the grant does it.")
        % {"step": worded(step), **_named(step.comes_from)}
        for step in steps
        if step.comes_from in WITH_MONEY
    ]
    return [*found, *_guards_that_shut(steps, reached)]


def _unreached(states: set[str]) -> list[str]:
    """States that nothing leads to: one by one while they are few, in one sentence where a whole way is cut."""
    if len(states) <= _FEW:
        return [_("Nothing leads to “%(state)s”.") % _named(state) for state in sorted(states)]
    labels = ", ".join(str(one.label) for one in ApplicationState if one in states)
    return [_("Nothing leads to %(count)s states: %(states)s.") % {"count": len(states), "states": labels}]


def _guards_that_shut(steps: Sequence[Step], reached: set[str]) -> list[str]:
    """What guards make of a workflow: steps that could never be taken, and states that time would close for good."""
    read = _from(steps, ApplicationState.UNDER_REVIEW.value)
    found = []
    for step in steps:
        said = {"step": worded(step), **_named(step.comes_from)}
        guards = set(step.guards)
        if guards & {Guard.REVIEWS, Guard.TWO_REVIEWS} and step.comes_from not in read:
            found.append(
                _("“%(step)s” waits for reviews, and no file that is “%(state)s” was ever under review.") % said
            )
        if Guard.IN_ITS_TIME in guards and not (step.not_before or step.not_after):
            found.append(_("“%(step)s” is held to its time, and says no moment.") % said)
        if {Guard.CALL_OPEN, Guard.CALL_CLOSED} <= guards and step.comes_from == START:
            found.append(_("“%(step)s” waits for a call both open and closed: it could never be taken.") % said)
    for state in sorted(reached - {one.value for one in SETTLED}):
        out = [step for step in steps if step.comes_from == state]
        if out and all(Guard.IN_ITS_TIME in step.guards and step.not_after for step in out):
            found.append(
                _("Every step from “%(state)s” closes at a moment: after it, a file would stay there for good.")
                % _named(state)
            )
    return found


def _from(steps: Sequence[Step], state: str) -> set[str]:
    """A state and those a file may come to after it."""
    found = {state}
    while more := {step.goes_to for step in steps if step.comes_from in found} - found:
        found |= more
    return found


def worded(step: Step) -> str:
    return in_language(step.words, (get_language() or "fr")[:2])[0] or step.code


def _named(state: str) -> dict[str, object]:
    return {"state": ApplicationState(state).label}


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
    return Trial(state, tuple(taken), tuple(_out_of(steps, state)))


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
