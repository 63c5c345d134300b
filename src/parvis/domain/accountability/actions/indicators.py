"""What is done with an indicator. Its values are statements, recorded in the register."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from parvis.domain.accountability.models import Indicator
from parvis.foundation.accounts.models import User
from parvis.register.actions import amend_record, enter_record
from parvis.register.entry import Entry, Facts


@transaction.atomic
def enter_indicator(*, entry: Entry, facts: Facts, by: User, at: datetime) -> Indicator:
    """Enter a figure to follow."""
    return enter_record(Indicator, entry=entry, facts=facts, by=by, at=at)


@transaction.atomic
def amend_indicator(
    *, record: Indicator, entry: Entry, facts: Facts, seen_revision: int, by: User, at: datetime
) -> Indicator:
    """Say otherwise what a figure counts; its values stay."""
    return amend_record(record, entry=entry, facts=facts, seen_revision=seen_revision, by=by, at=at)
