"""Reads of the projects' room, each named for what it returns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from parvis.domain.projects.enums import FINISHED, ProjectStage
from parvis.domain.projects.models import (
    EditionPlace,
    Programme,
    ProgrammeEdition,
    ProgrammePlace,
    Project,
    ProjectFunding,
    ProjectMilestone,
    ProjectPartner,
    ProjectPlace,
)
from parvis.foundation.values.certainty import Certainty, begun_by
from parvis.register.models import Subject
from parvis.register.ordering import known_date


@dataclass(frozen=True, slots=True)
class Staged:
    """A project and its stage on a day. ``fresh`` in the year the stage was told."""

    project: Project
    stage: ProjectStage
    fresh: bool


def all_projects() -> QuerySet[Project]:
    """Projects with their places and partners."""
    return (
        Project.objects.select_related("subject", "programme", "agreement")
        .prefetch_related(
            Prefetch("places", ProjectPlace.objects.select_related("place")),
            Prefetch("partners", ProjectPartner.objects.select_related("body")),
        )
        .order_by("subject__key")
    )


def all_programmes() -> QuerySet[Programme]:
    """Programmes with their places and editions."""
    editions = ProgrammeEdition.objects.select_related("source").prefetch_related(
        Prefetch("places", EditionPlace.objects.select_related("place"))
    )
    return (
        Programme.objects.select_related("subject", "run_by", "origin")
        .prefetch_related(
            Prefetch("places", ProgrammePlace.objects.select_related("place")), Prefetch("editions", editions)
        )
        .order_by("subject__key")
    )


def stage_on(project: Project, day: date) -> ProjectStage:
    """The stage a project was at on a day, as far as its record tells."""
    until, since = known_date(project.until), known_date(project.since)
    if since and begun_by(since, day) == Certainty.NO:
        return ProjectStage.UNKNOWN
    if project.stage not in FINISHED and until and begun_by(until, day) == Certainty.YES:
        return ProjectStage.CLOSED
    told = known_date(project.stage_as_of)
    if told is not None and begun_by(told, day) != Certainty.NO:
        return ProjectStage(project.stage)
    if since and begun_by(since, day) == Certainty.YES and project.stage == ProjectStage.RUNNING:
        return ProjectStage.RUNNING
    return ProjectStage.UNKNOWN


def projects_by_stage(on: date) -> dict[ProjectStage, list[Staged]]:
    """Projects sorted by the stage each is known to be at on that day."""
    sorted_out: dict[ProjectStage, list[Staged]] = {stage: [] for stage in ProjectStage}
    for project in all_projects():
        stage = stage_on(project, on)
        sorted_out[stage].append(Staged(project, stage, fresh=_told_that_year(project, on)))
    return sorted_out


def projects_in(place: Subject) -> QuerySet[Project]:
    """Projects that act in a place."""
    return all_projects().in_place(place)  # type: ignore[attr-defined]  # our own queryset


def places_with_a_project(on: date | None = None) -> list[Subject]:
    """Places where a project is or was: every one, or those whose project is known by that day."""
    places: dict[str, Subject] = {}
    for project in all_projects():
        told = known_date(project.stage_as_of) or known_date(project.since)
        if on is None or (told is not None and begun_by(told, on) == Certainty.YES):
            places |= {line.place.key: line.place for line in project.places.all()}
    return [places[key] for key in sorted(places)]


def stages_to_check(on: date) -> list[Project]:
    """Unfinished projects whose stage was last told in a year gone by."""
    return [
        project
        for project in all_projects().unfinished()  # type: ignore[attr-defined]  # our own queryset
        if not _told_that_year(project, on)
    ]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a project costs, what its partners are asked, have confirmed and have paid, added up once each."""

    cost: Decimal | None
    currency: str
    asked: Decimal
    confirmed: Decimal
    paid: Decimal

    @property
    def gap(self) -> Decimal:
        """What nobody is asked for; nothing while the cost is not known."""
        return max(self.cost - self.asked, Decimal(0)) if self.cost is not None else Decimal(0)

    @property
    def unconfirmed(self) -> Decimal:
        return max(self.asked - self.confirmed, Decimal(0))


def plan_of(project: Project) -> Plan:
    """The funding plan of a project, added up."""
    rows = project.funding.values_list("amount_asked", "amount_confirmed", "amount_paid")
    sums = [sum((amount or Decimal(0) for amount in column), Decimal(0)) for column in zip(*rows, strict=True)]
    asked, confirmed, paid = sums or [Decimal(0)] * 3
    return Plan(project.cost, project.currency or "EUR", asked, confirmed, paid)


def late_milestones(on: date) -> list[ProjectMilestone]:
    """Steps of unfinished projects whose day has gone by and that nobody says done, the longest late first."""
    rows = ProjectMilestone.objects.filter(done="").exclude(due="").exclude(owner__stage__in=FINISHED)
    late = [row for row in rows.select_related("owner__subject", "who") if _gone_by(row.due, on)]
    return sorted(late, key=lambda row: (row.due, row.owner.key, row.position))


def funding_awaited(on: date) -> list[ProjectFunding]:
    """What partners have not confirmed in full, and whose deadline has gone by, the longest late first."""
    rows = ProjectFunding.objects.exclude(deadline="").exclude(owner__stage__in=FINISHED)
    late = [
        row
        for row in rows.select_related("owner__subject", "body")
        if (row.amount_confirmed or 0) < row.amount_asked and _gone_by(row.deadline, on)
    ]
    return sorted(late, key=lambda row: (row.deadline, row.owner.key, row.position))


def _gone_by(day: str, on: date) -> bool:
    known = known_date(day)
    return known is not None and known.latest is not None and known.latest < on


def _told_that_year(project: Project, on: date) -> bool:
    told = known_date(project.stage_as_of)
    return told is not None and told.latest is not None and told.latest.year >= on.year
