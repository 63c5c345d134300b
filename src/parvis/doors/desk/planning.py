"""The plan of a project as its page at the desk sums it up: what is late, what is confirmed, what nobody pays for."""

from __future__ import annotations

from datetime import date
from typing import Any

from parvis.domain.funding import queries as funding
from parvis.domain.projects import queries
from parvis.domain.projects.models import Project
from parvis.doors.desk.naming import title_of
from parvis.register.models import Record


def planned(found: Record, on: date) -> dict[str, Any] | None:
    """What is to be said of a project's plan; nothing for another record, nor without a plan."""
    if not isinstance(found, Project):
        return None
    plan = queries.plan_of(found)
    late = [row for row in queries.late_milestones(on) if row.owner_id == found.pk]
    awaited = [row for row in queries.funding_awaited(on) if row.owner_id == found.pk]
    if plan.cost is None and not plan.asked and not found.milestones.exists():
        return None
    given = funding.given_to_project(found.subject, plan.currency)
    return {
        "plan": plan,
        "late": [(row, title_of(row.who) if row.who else "") for row in late],
        "awaited": [(row, title_of(row.body)) for row in awaited],
        "given": given,
    }
