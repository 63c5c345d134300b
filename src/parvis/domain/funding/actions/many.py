"""Entering grants by the thousand, as they are told in the tables of a city."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from parvis.domain.funding.actions.records import in_its_currency, unnamed
from parvis.domain.funding.models import Grant
from parvis.foundation.accounts.models import User
from parvis.foundation.values.refusal import Refusal
from parvis.register.actions import enter_records
from parvis.register.entry import Content
from parvis.register.errors import ManyInvalid, Problem

from .ties import look_at_past


@transaction.atomic
def enter_grants(contents: Sequence[Content], *, by: User, at: datetime) -> list[Grant]:
    """Enter grants that are all new. Raises KeyTaken, or ManyInvalid with what is wrong with each."""
    grants = enter_records(Grant, contents, by=by, at=at)
    wrong = {}
    for place, grant in enumerate(grants):
        try:
            unnamed(in_its_currency(grant))
        except Refusal as refusal:
            wrong[place] = [Problem("", str(refusal))]
    if wrong:
        raise ManyInvalid(wrong)
    look_at_past(grants=grants, by=by, at=at)
    return grants
