"""The plan of what is paid of a grant: what no order pays is free to be planned again, and its orders stay told."""

from __future__ import annotations

from datetime import date

from parvis.domain.funding.models import Grant, Instalment


def free_instalments(grant: Grant, on: date, *, but: Instalment | None = None) -> None:
    """Take out of the plan what no order pays: what finance refused, or the bank sent back, is set aside with it."""
    free = grant.instalments.in_plan().exclude(pk__in=grant.instalments.under_order())
    if but is not None:
        free = free.exclude(pk=but.pk)
    free.exclude(orders=None).update(set_aside=on)
    free.filter(orders=None).delete()


def put_back(instalment: Instalment, on: date) -> None:
    """Put an instalment that was set aside in the plan again: what was planned in its place goes."""
    instalment.set_aside = None
    instalment.save(update_fields=["set_aside"])
    free_instalments(instalment.grant, on, but=instalment)
