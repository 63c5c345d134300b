"""How a file was judged, for whoever accounts for the money: marks and places, and never who gave which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from parvis.domain.funding.enums import ReviewState
from parvis.domain.funding.models import Application, CallForm, SelectionLine, Submission
from parvis.domain.funding.queries.ranking import total_of
from parvis.domain.funding.queries.reviews import criteria_of, weights_of
from parvis.foundation.accounts.models import User


@dataclass(frozen=True, slots=True)
class Marked:
    """A criterion with its weight, and what each signed reading gave it, in the order of the readings."""

    words: Mapping[str, str]
    weight: int | None
    marks: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A file on its way to a decision. Readings stand by their totals, so that none is known by its place."""

    form: CallForm
    sent: Submission | None
    totals: tuple[Decimal | None, ...]
    criteria: tuple[Marked, ...]
    set_aside: int
    line: SelectionLine | None


def judged(file: Application, person: User) -> Judged | None:
    """How a file was judged; nothing where the file is closed to this person."""
    if not Application.objects.open_to(person).filter(pk=file.pk).exists():
        return None
    form = CallForm.objects.get(pk=file.form_id)
    weights = weights_of(form)
    given = [
        {mark.criterion: mark.value for mark in review.marks.all() if mark.value is not None}
        for review in file.reviews.signed().prefetch_related("marks")
    ]
    read = sorted(
        ((total_of(marks, weights), marks) for marks in given),
        key=lambda pair: (-(pair[0] or 0), sorted(pair[1].items())),
    )
    criteria = tuple(
        Marked(one.words, one.weight, tuple(marks.get(one.code) for _total, marks in read)) for one in criteria_of(form)
    )
    lines = file.selection_lines.select_related("selection__decision", "otherwise").order_by("-selection__closed_at")
    return Judged(
        form=form,
        sent=file.submissions.order_by("-turn").first(),
        totals=tuple(total for total, _marks in read),
        criteria=criteria,
        set_aside=file.reviews.filter(state=ReviewState.SET_ASIDE).count(),
        line=lines.first(),
    )
