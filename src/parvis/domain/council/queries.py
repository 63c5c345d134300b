"""Reads of the council's room, each named for what it returns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from parvis.domain.council.enums import LegalState
from parvis.domain.council.models import Decision, DecisionConcern, LegalBasis, LegalMilestone
from parvis.foundation.values.certainty import Certainty, begun_by
from parvis.foundation.values.partial_date import PartialDate
from parvis.register.models import Subject, Tie
from parvis.register.ordering import known_date


@dataclass(frozen=True, slots=True)
class Lateness:
    """A milestone expected by a day gone by, of which nothing is known to have come."""

    milestone: LegalMilestone
    expected: PartialDate


def legal_bases() -> QuerySet[LegalBasis]:
    """Legal bases with their milestones."""
    milestones = LegalMilestone.objects.select_related("source")
    return (
        LegalBasis.objects.select_related("subject", "jurisdiction")
        .prefetch_related(Prefetch("milestones", milestones))
        .order_by("subject__key")
    )


def legal_bases_by_state() -> dict[LegalState, list[LegalBasis]]:
    """Legal bases sorted by how far each has come."""
    sorted_out: dict[LegalState, list[LegalBasis]] = {state: [] for state in LegalState}
    for basis in legal_bases():
        sorted_out[LegalState(basis.state)].append(basis)
    return sorted_out


def late_milestones(on: date) -> list[Lateness]:
    """Milestones of texts on their way whose expected day has gone by, the oldest first."""
    late = []
    for basis in legal_bases().on_the_way():  # type: ignore[attr-defined]  # our own queryset
        for milestone in basis.milestones.all():
            expected = known_date(milestone.expected)
            if expected and expected.latest and expected.latest < on and not milestone.actual:
                late.append(Lateness(milestone, expected))
    return sorted(late, key=lambda lateness: (lateness.expected.sort_key, lateness.milestone.pk))


def state_on(basis: LegalBasis, day: date) -> tuple[LegalState | None, Certainty]:
    """What a text was on a day, as far as its dates tell: in force, adopted, repealed, or not known."""
    dated = (
        (LegalState.REPEALED, known_date(basis.repealed)),
        (LegalState.IN_FORCE, known_date(basis.in_force_from)),
        (LegalState.ADOPTED, known_date(basis.adopted)),
    )
    for state, start in dated:
        if start is None:
            continue
        begun = begun_by(start, day)
        if begun != Certainty.NO:
            return state, begun
    return None, Certainty.NOT_KNOWN


def resting_on_repealed() -> list[tuple[Subject, LegalBasis]]:
    """Records that a text now repealed led to: what stands on it should be looked at again."""
    repealed = {basis.subject_id: basis for basis in legal_bases() if basis.state == LegalState.REPEALED}
    ties = Tie.objects.filter(cause__in=repealed).select_related("effect").order_by("effect__key")
    return [(tie.effect, repealed[tie.cause_id]) for tie in ties]


def resting_on_none(records: Iterable[Subject]) -> list[Subject]:
    """Of these records, those that neither a legal basis nor a decision led to, and no decision concerns."""
    wanted = {subject.pk: subject for subject in records}
    tied = Tie.objects.filter(effect__in=wanted, cause__noun__in=["legal_basis", "decision"])
    covered = set(tied.values_list("effect_id", flat=True))
    covered |= set(DecisionConcern.objects.filter(about__in=wanted).values_list("about_id", flat=True))
    return sorted((subject for key, subject in wanted.items() if key not in covered), key=lambda subject: subject.key)


def decisions() -> QuerySet[Decision]:
    """Decisions, the latest first, with what they concern."""
    concerns = DecisionConcern.objects.select_related("about")
    return (
        Decision.objects.select_related("subject", "body")
        .prefetch_related(Prefetch("concerns", concerns))
        .order_by("-day", "subject__key")
    )


def decisions_concerning(record: Subject) -> QuerySet[Decision]:
    """Decisions about a record."""
    return decisions().filter(concerns__about=record)
