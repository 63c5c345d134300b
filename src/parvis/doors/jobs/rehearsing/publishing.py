"""Grants and their bodies made public, each on the line of the City's file it is drawn from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from parvis.domain.directory.models import Body
from parvis.domain.funding.models import Grant
from parvis.foundation.accounts.models import User
from parvis.register.actions.revising import revise_record
from parvis.register.enums import Visibility

from .requests import Request

SUMMARY = {
    "fr": (
        "Répétition : demande réelle de 2013, jouée. Montants demandé et voté de 2013 ; dates, paiements et rapports"
        " joués."
    ),
    "en": (
        "Rehearsal: a real request of 2013, played. Amounts asked and voted are of 2013; dates, payments and reports"
        " are played."
    ),
}


def made_public(grants: Iterable[Grant], requests: Mapping[str, Request], *, by: User, at: datetime) -> None:
    """``requests`` gives the request of each file's number."""
    seen: set[int] = set()
    for grant in grants:
        one = requests[grant.file]
        cited = {
            "visibility": Visibility.PUBLIC.value,
            "cites": [{"source": "requests-open-data-2013", "lines": str(one.line)}],
        }
        _revise(grant, {**cited, "summary": SUMMARY}, by, at)
        body = Body.objects.get(pk=grant.beneficiary_id)
        if body.pk not in seen and body.subject.visibility != Visibility.PUBLIC:
            seen.add(body.pk)
            _revise(body, cited, by, at)


def _revise(record: Any, facts: dict[str, Any], by: User, at: datetime) -> None:
    def change(content: dict[str, Any]) -> None:
        content |= facts

    revise_record(record, change=change, verb="made public", by=by, at=at)
