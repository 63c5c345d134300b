"""A workflow tried on a file: a real one, or one an officer invents. Guards are run; no file moves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from parvis.domain.funding.enums import Actor, ApplicationState, Guard, MemberRole
from parvis.domain.funding.models import Application, Call, Workflow
from parvis.domain.funding.queries.files import form_read, latest_form
from parvis.domain.funding.queries.forms import Form, amount_problem
from parvis.domain.funding.queries.guards import (
    TESTS,
    Attempt,
    beyond_envelope,
    conflict_left_open,
    out_of_time,
    still_open,
    too_few_reviews,
)
from parvis.domain.funding.queries.workflows import Step, Trial
from parvis.foundation.accounts.models import User

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Invented:
    """A file as an officer imagines it: what each guard would look at."""

    at: datetime
    call: Call | None = None
    complete: bool = True
    balanced: bool = True
    documents: bool = True
    eligible: bool = True
    signatory: bool = True
    conflict: bool = False
    reviews: int = 0
    asked: Decimal | None = None
    reason: bool = True


@dataclass(frozen=True, slots=True)
class Real:
    """A real file, looked at by somebody of the office at a moment."""

    file: Application
    by: User
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Ran:
    """A step with what each of its guards says of the file tried: empty where it lets it pass."""

    step: Step
    guards: tuple[tuple[str, str], ...]

    @property
    def is_open(self) -> bool:
        return not any(why for _guard, why in self.guards)


@dataclass(frozen=True, slots=True)
class TriedOut:
    """Where a trial stands, the steps it took, and every step of the workflow with its guards run there."""

    trial: Trial
    ran: tuple[Ran, ...]


def tried(steps: Sequence[Step], codes: Iterable[str], case: Invented | Real) -> TriedOut:
    """Walk a workflow with a file, and run the guards of every step. A step that is held back ends the walk."""
    start = _state_of(case.file) if isinstance(case, Real) else ApplicationState.DRAFT
    taken: list[Step] = []
    state: str = start.value
    for code in codes:
        step = next((one for one in steps if one.comes_from == state and one.code == code), None)
        if step is None or not run(step, case).is_open:
            break
        taken.append(step)
        state = step.goes_to
    here = tuple(step for step in steps if step.comes_from == state)
    return TriedOut(Trial(state, tuple(taken), here), tuple(run(step, case) for step in steps))


def _state_of(file: Application) -> ApplicationState:
    return ApplicationState(Application.objects.values_list("state", flat=True).get(pk=file.pk))


def run(step: Step, case: Invented | Real) -> Ran:
    """The guards of one step, run on a file as it would be where the step begins."""
    said = _on_real(step, case) if isinstance(case, Real) else _on_invented(step, case)
    return Ran(step, tuple(said))


def _on_real(step: Step, case: Real) -> list[tuple[str, str]]:
    """The guards as they stand in the room, on the file with the state the step begins from, in memory alone."""
    file = Application.objects.select_related("call", "body").get(pk=case.file.pk)
    file.state = step.comes_from
    asks = step.taken_by == Actor.APPLICANT
    attempt = Attempt(
        file,
        file.begun_by if asks else case.by,
        case.at,
        reason=case.reason,
        role=MemberRole.SIGNATORY if asks else None,
        step=step,
    )
    return [(name, TESTS[Guard(name)](attempt)) for name in step.guards]


def _on_invented(step: Step, case: Invented) -> list[tuple[str, str]]:
    return [(name, _imagined(Guard(name), step, case)) for name in step.guards]


def _imagined(guard: Guard, step: Step, case: Invented) -> str:
    """What a guard would say of an invented file, in the words it has for a real one where these tell figures."""
    plain = {
        Guard.FORM_COMPLETE: (case.complete, _("A required answer is missing.")),
        Guard.BUDGET_BALANCED: (case.balanced, _("The budget does not balance.")),
        Guard.DOCUMENTS_GIVEN: (case.documents, _("A required document is missing or expired.")),
        Guard.SIGNATORY: (case.signatory, _("Only a person who may sign for the body can send it.")),
        Guard.REASON_GIVEN: (case.reason, _("Give the reason.")),
        Guard.ELIGIBLE: (case.eligible, _("A rule of eligibility is not met.")),
        Guard.NO_CONFLICT: (not case.conflict, conflict_left_open()),
    }
    if guard in plain:
        met, why = plain[guard]
        return "" if met else why
    if guard == Guard.TWO_REVIEWS:
        return too_few_reviews(case.reviews, replace(step, least_reviews=None))
    if guard == Guard.REVIEWS:
        return too_few_reviews(case.reviews, step)
    if guard == Guard.IN_ITS_TIME:
        return out_of_time(step, case.at)
    return _of_its_call(guard, step, case)


def _of_its_call(guard: Guard, step: Step, case: Invented) -> str:
    if case.call is None:
        return _("Choose a call: this guard looks at its dates, its amounts or its envelope.")
    asks: dict[Guard, Callable[[Call], str]] = {
        Guard.CALL_CLOSED: lambda call: still_open(call, case.at),
        Guard.WITHIN_ENVELOPE: lambda call: beyond_envelope(call, case.asked),
        Guard.AMOUNT_ALLOWED: lambda call: _allowed(call, case.asked),
        Guard.CALL_OPEN: lambda call: _open(call, step, case.at),
    }
    return asks[guard](case.call)


def _allowed(call: Call, asked: Decimal | None) -> str:
    """By the form that is open; before one is, by the terms that would be frozen with it."""
    held = latest_form(call)
    names = ("amount_rule", "amount", "least_amount", "most_rate", "currency")
    form = form_read(held.pk) if held else Form((), (), (), {name: getattr(call, name) for name in names})
    return amount_problem(form, asked, asked or ZERO)


def _open(call: Call, step: Step, at: datetime) -> str:
    file = Application(call=call, state=step.comes_from)
    return TESTS[Guard.CALL_OPEN](Attempt(file, User(), at))


def calls_of(workflow: Workflow) -> list[Call]:
    """Calls whose files go this way, the latest edition first."""
    return list(
        Call.objects.filter(workflow=workflow.subject)
        .select_related("subject")
        .prefetch_related("subject__texts")
        .order_by("-edition", "subject__key")
    )
