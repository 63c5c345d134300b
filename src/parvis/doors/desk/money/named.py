"""Grants as lists of money name them."""

from __future__ import annotations

from collections.abc import Iterable

from parvis.domain.funding.models import Grant
from parvis.doors.desk.naming import titles_of


def grants_named(grants: Iterable[Grant]) -> dict[int, tuple[str, str]]:
    """What each grant is for and whom it pays, in words: many are called alike, and told apart by their body."""
    told = {grant.pk: grant for grant in grants}
    bodies = {pk: grant.beneficiary.key for pk, grant in told.items() if grant.beneficiary}
    titles = titles_of([*(grant.key for grant in told.values()), *bodies.values()])
    return {
        pk: (titles.get(grant.key, grant.key), titles.get(bodies[pk], bodies[pk]) if pk in bodies else "")
        for pk, grant in told.items()
    }
