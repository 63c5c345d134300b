"""The essential data of conventions: whether the release in force shows them, and which must still be shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from parvis.domain.funding import queries
from parvis.domain.funding.models import Convention, Grant
from parvis.publication.bake.actions import archive
from parvis.publication.releases.showing import shown_since


def shown_on(grant: Grant) -> date | None:
    """The day of the release in force, where it shows this grant."""
    day, held = shown_since(archive(), [grant.key])
    return day if grant.key in held else None


def to_show() -> Iterator[tuple[Convention, date]]:
    """Conventions that the law wants public and no release shows since they were signed, each with its last day."""
    signed = list(queries.conventions_to_show())
    day, held = shown_since(archive(), (convention.grant.key for convention in signed))
    for convention in signed:
        if convention.grant.key in held and day and convention.signed and convention.signed <= day:
            continue
        due = queries.essential_data_due(convention)
        if due and queries.needs_convention(convention.grant):
            yield convention, due
