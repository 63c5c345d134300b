"""The plan of what is paid of a grant: what no order pays is free to be planned again, and its orders stay told."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from parvis.domain.funding.enums import RequestState
from parvis.domain.funding.errors import StepHeldBack
from parvis.domain.funding.models import Grant, Instalment
from parvis.domain.funding.queries import amendments_asked, instalments_to_move, waiting_amendments


def no_day_waits(grant: Grant) -> None:
    """Pass, or raise StepHeldBack: an instalment whose day is asked to move keeps its number until that is settled."""
    to_move = set(instalments_to_move(grant).values_list("position", flat=True))
    asked = amendments_asked(grant).filter(state=RequestState.WAITING)
    settled_first = (
        (waiting_amendments(grant), _("An amendment that waits for its signatures moves the day of instalment "
            "%(number)s: have it signed, or give it up, before you plan again.")),
        (asked, _("The beneficiary asks for another day for instalment %(number)s: answer before you plan again.")),
    )  # fmt: skip
    for papers, why in settled_first:
        named = {int(number) for paper in papers for number in paper.dates}
        if moved := named & to_move:
            raise StepHeldBack(why=why % {"number": min(moved)})


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
