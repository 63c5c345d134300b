"""Steps of a workflow in words, and the way of a file drawn."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.domain.funding.enums import SETTLED, ApplicationState, Guard
from parvis.domain.funding.queries.guards import least_reviews
from parvis.domain.funding.queries.workflows import Step, Trial, ranks_of
from parvis.doors.desk.words import tongue, vocabulary
from parvis.foundation.values.typed import Unread, moment_typed
from parvis.foundation.values.words import in_language
from parvis.observatory.charts.ways import State, Way, ways
from parvis.register.reading import moment_said


def state_said(code: str) -> str:
    return vocabulary().state_label("application", "state", code, tongue())


def guard_said(name: str, step: Step) -> str:
    """A guard in words, with what the step asks of it."""
    label = vocabulary().states["workflow.guard"].label(Guard(name).value, tongue())
    if name == Guard.REVIEWS:
        return _("%(guard)s (%(n)s at least)") % {"guard": label, "n": least_reviews(step)}
    if name == Guard.IN_ITS_TIME:
        return f"{label} ({_moment(step.not_before)} – {_moment(step.not_after)})"
    return label


def _moment(written: str) -> str:
    """A moment of a step as its reader writes it; as it was written where no clock could show it."""
    zone = timezone.get_default_timezone_name()
    try:
        return moment_said(moment_typed(written, zone), zone) if written else "…"
    except Unread:
        return written


def step_told(step: Step) -> dict[str, Any]:
    return {
        "code": step.code,
        "words": in_language(step.words, tongue())[0] or step.code,
        "comes_from": state_said(step.comes_from),
        "goes_to": state_said(step.goes_to),
        "code_from": step.comes_from,
        "code_to": step.goes_to,
        "by": vocabulary().states["workflow.actor"].label(step.taken_by, tongue()),
        "guards": [guard_said(name, step) for name in step.guards],
    }


def drawn(steps: Sequence[Step], trial: Trial, held: Collection[tuple[str, str]] = ()) -> str:
    """The way of a file, with where a trial stands, what it took and what is held back there."""
    ranks = ranks_of(steps)
    gone = {(step.comes_from, step.goes_to) for step in trial.taken}
    guarded = {(step.comes_from, step.goes_to) for step in steps if step.guards}
    states = [
        State(code, state_said(code), rank, here=code == trial.state, end=code in SETTLED)
        for code, rank in sorted(
            ranks.items(), key=lambda pair: (pair[1], list(ApplicationState.values).index(pair[0]))
        )
    ]
    pairs = dict.fromkeys((step.comes_from, step.goes_to) for step in steps)
    lines = [Way(*pair, taken=pair in gone, held=pair in held, guarded=pair in guarded) for pair in pairs]
    return ways(states, lines, title=_("Way of a file"), text=_("Each step is in the table below."))
