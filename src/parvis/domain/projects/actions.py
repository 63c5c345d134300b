"""What is done with programmes and projects."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import get_language

from parvis.domain.projects.enums import COMMITTED, FINISHED, PROJECT_MOVES, PartnerRole, ProjectStage
from parvis.domain.projects.errors import (
    AlreadyFinished,
    MoreThanItCosts,
    OriginGoesRound,
    PlanUnbalanced,
    ProjectMoveRefused,
    SeveralLeads,
    StageWithoutDate,
)
from parvis.domain.projects.models import Programme, Project
from parvis.domain.projects.queries import plan_of
from parvis.foundation.accounts.models import User
from parvis.foundation.values.words import in_language
from parvis.register.actions import amend_record, enter_record
from parvis.register.actions.revising import revise_record
from parvis.register.entry import Entry, Facts
from parvis.register.models import Subject
from parvis.register.naming import called
from parvis.register.reading import money_said


@transaction.atomic
def enter_programme(*, entry: Entry, facts: Facts, by: User, at: datetime) -> Programme:
    """Enter a programme with its places and editions. Raises OriginGoesRound."""
    _not_from_itself(entry, facts)
    return _straight(enter_record(Programme, entry=entry, facts=facts, by=by, at=at))


@transaction.atomic
def amend_programme(
    *, record: Programme, entry: Entry, facts: Facts, seen_revision: int, by: User, at: datetime
) -> Programme:
    """Correct what is known of a programme. Raises OriginGoesRound."""
    _not_from_itself(entry, facts)
    return _straight(amend_record(record, entry=entry, facts=facts, seen_revision=seen_revision, by=by, at=at))


@transaction.atomic
def open_edition(
    *, programme: Programme, edition: Facts, by: User, at: datetime, seen_revision: int | None = None
) -> Programme:
    """Add an edition to a programme."""

    def add(content: dict[str, Any]) -> None:
        content.setdefault("editions", []).append(dict(edition))

    return revise_record(programme, change=add, verb="edition opened", by=by, at=at, seen_revision=seen_revision)


@transaction.atomic
def enter_project(*, entry: Entry, facts: Facts, by: User, at: datetime) -> Project:
    """Enter a project with its places, partners and plan. Raises StageWithoutDate, SeveralLeads, MoreThanItCosts."""
    return _sound(enter_record(Project, entry=entry, facts=facts, by=by, at=at))


@transaction.atomic
def amend_project(
    *, record: Project, entry: Entry, facts: Facts, seen_revision: int, by: User, at: datetime
) -> Project:
    """Correct what is known of a project. Raises as entering it does."""
    return _sound(amend_record(record, entry=entry, facts=facts, seen_revision=seen_revision, by=by, at=at))


@transaction.atomic
def move_project(
    *, project: Project, stage: str, as_of: str, by: User, at: datetime, seen_revision: int | None = None
) -> Project:
    """Move a project to a later stage, as of a day. Raises AlreadyFinished, ProjectMoveRefused, PlanUnbalanced."""
    then = ProjectStage(stage)
    plan = plan_of(project)
    if then in COMMITTED and plan.gap:
        raise PlanUnbalanced(gap=money_said(plan.gap, plan.currency), stage=then.label)

    def move(content: dict[str, Any]) -> None:
        now = ProjectStage(content.get("stage") or ProjectStage.UNKNOWN)
        if now in FINISHED:
            raise AlreadyFinished(now=str(now.label).lower())
        if then not in PROJECT_MOVES[now]:
            raise ProjectMoveRefused(now=now.label, then=then.label)
        content |= {"stage": then.value, "stage_as_of": as_of}

    return _sound(
        revise_record(project, change=move, verb=f"moved to {then}", by=by, at=at, seen_revision=seen_revision)
    )


def _sound(project: Project) -> Project:
    """What must hold of a project beyond what a table can say."""
    known = project.stage != ProjectStage.UNKNOWN
    if known and not (project.stage_as_of or project.since or project.until):
        raise StageWithoutDate(stage=project.get_stage_display())
    if project.partners.filter(role=PartnerRole.LEAD).count() > 1:
        raise SeveralLeads
    plan = plan_of(project)
    if plan.cost is not None and plan.asked > plan.cost:
        sources, cost = (money_said(amount, plan.currency) for amount in (plan.asked, plan.cost))
        raise MoreThanItCosts(sources=sources, cost=cost)
    return project


def _not_from_itself(entry: Entry, facts: Facts) -> None:
    if facts.get("origin") == entry.key:
        title = in_language(entry.texts.get("title", {}), (get_language() or "fr")[:2])[0] or entry.key
        raise OriginGoesRound(programme=title, origin=title)


def _straight(programme: Programme) -> Programme:
    """Programmes come from one another in one direction."""
    origin, seen = programme.origin, {programme.subject_id}
    while origin is not None:
        if origin.pk in seen:
            raise OriginGoesRound(programme=called(programme.subject), origin=called(programme.origin))
        seen.add(origin.pk)
        origin = _origin_of(origin)
    return programme


def _origin_of(subject: Subject) -> Subject | None:
    programme = Programme.objects.filter(subject=subject).select_related("origin").first()
    return programme.origin if programme else None


#: The noun of each kind of record of this room, its model, and how it is entered and amended.
ENTRANCES = {
    Programme.noun: (Programme, enter_programme, amend_programme),
    Project.noun: (Project, enter_project, amend_project),
}
