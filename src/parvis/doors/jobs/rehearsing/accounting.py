"""What bodies report, what they did not spend, and how each grant ends. What the reports say is played."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from parvis.domain.funding import actions
from parvis.domain.funding.actions import Spent
from parvis.domain.funding.enums import ReportKind
from parvis.domain.funding.models import Grant, RecoveryClaim, Report

from .stage import Stage

_CENT = Decimal("0.01")
#: One grant in so many is not spent whole; then this share of it is left.
ONE_IN = 19
_LEFT = Decimal(7)
_WORDS = "Compte rendu joué pour la répétition : aucune action réelle n’y est décrite."
_WHY = "Non dépensé, d’après le compte rendu financier (répétition)."
#: Who signs accounts: nobody who lives. Reports stay inside, and so does this name.
SIGNED = "Ysolde Montplanche (personne inventée)"


def unspent_of(grant: Grant) -> Decimal:
    """What is played to be left of a grant, to the cent."""
    number = int(grant.file.rpartition("-")[2])
    return ((grant.amount_voted or Decimal(0)) / _LEFT).quantize(_CENT) if number % ONE_IN == 0 else Decimal(0)


def told(grants: Iterable[Grant], stage: Stage) -> None:
    """A narrative report of each grant, accepted."""
    for grant in grants:
        _accepted(narrative(grant, stage), stage, stage.calendar.told)


def narrative(grant: Grant, stage: Stage) -> Report:
    """What was done, received and not read yet."""
    at = stage.calendar.told
    return actions.receive_report(
        grant=grant, kind=ReportKind.NARRATIVE, received=at.date(), words=_WORDS, by=stage.cast.officer, at=at
    )


def accounted(grants: Iterable[Grant], stage: Stage) -> None:
    """A financial report of each grant, accepted, with what is left of it."""
    for grant in grants:
        _accepted(financial(grant, stage), stage, stage.calendar.accounted)


def financial(grant: Grant, stage: Stage) -> Report:
    """The budget of a grant beside what was spent, received and not read yet."""
    at, voted, left = stage.calendar.accounted, grant.amount_voted or Decimal(0), unspent_of(grant)
    asked = grant.amount_asked or voted
    lines = [Spent("60", "Achats", asked, voted - left), Spent("74", "Subventions", asked, voted)]
    return actions.receive_report(
        grant=grant, kind=ReportKind.FINANCIAL, received=at.date(), lines=lines, unspent=left, signed_by=SIGNED,
        by=stage.cast.officer, at=at,
    )  # fmt: skip


def recovered(grants: Iterable[Grant], stage: Stage) -> Decimal:
    """What was not spent is claimed back and paid back. Returns how much in all."""
    claims = claimed(grants, stage)
    for claim in claims:
        actions.settle_claim(claim=claim, recovered=True, slip=stage.slip(stage.calendar.settled))
    return sum((claim.amount for claim in claims), Decimal(0))


def claimed(grants: Iterable[Grant], stage: Stage) -> list[RecoveryClaim]:
    """What was not spent is claimed back."""
    slip = stage.slip(stage.calendar.accounted)
    return [
        actions.claim_back(grant=grant, envelope=stage.envelope, amount=left, reason=_WHY, slip=slip)
        for grant in grants
        for left in [unspent_of(grant)]
        if left
    ]


def closed(grants: Iterable[Grant], stage: Stage) -> None:
    for grant in grants:
        actions.close_grant(grant=grant, slip=stage.slip(stage.calendar.settled))


def _accepted(report: Report, stage: Stage, at: datetime) -> None:
    actions.review_report(report=report, accepted=True, on=at.date(), by=stage.cast.officer, at=at)
