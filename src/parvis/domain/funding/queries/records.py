"""Levies and grants as they are told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum

from parvis.domain.funding.enums import GrantState
from parvis.domain.funding.models import Grant, Levy, LevyRule
from parvis.foundation.values.certainty import Certainty, begun_by
from parvis.register.models import Subject
from parvis.register.ordering import known_date


def all_levies() -> QuerySet[Levy]:
    """Levies with their rules and their plan."""
    return (
        Levy.objects.select_related("subject", "programme").prefetch_related("rules", "plan").order_by("subject__key")
    )


def all_grants() -> QuerySet[Grant]:
    """Grants, the latest year first."""
    ties = ("subject", "beneficiary", "decision", "levy", "envelope", "programme", "project", "place", "crisis")
    return Grant.objects.select_related(*ties).order_by("-year", "subject__key")


def given_to_project(project: Subject, currency: str) -> Decimal:
    """All that was voted to a project in grants, in one currency."""
    given = Grant.objects.filter(project=project, currency=currency, state__in=(GrantState.AWARDED, GrantState.CLOSED))
    total: Decimal = given.aggregate(total=Sum("amount_voted"))["total"] or Decimal(0)
    return total


def rule_of(levy: Levy, on: date) -> LevyRule | None:
    """The rule a levy obeys on a day; none for a levy without ceiling."""
    for rule in levy.rules.all():
        start, end = known_date(rule.valid_from), known_date(rule.valid_to)
        if start and begun_by(start, on) != Certainty.YES:
            continue
        if end and begun_by(end, on) == Certainty.YES:
            continue
        return rule
    return None
