"""Giving the mark of a label: as it is told, and with the council's answer to a call."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from parvis.domain.funding.models import Call, Grant, Label
from parvis.foundation.accounts.models import User
from parvis.foundation.values.months import months_after
from parvis.register.actions import amend_record, enter_record
from parvis.register.entry import Entry, Facts
from parvis.register.models import Subject


@transaction.atomic
def enter_label(*, entry: Entry, facts: Facts, by: User, at: datetime) -> Label:
    """Enter a mark that was given to a holder."""
    return enter_record(Label, entry=entry, facts=facts, by=by, at=at)


@transaction.atomic
def amend_label(*, record: Label, entry: Entry, facts: Facts, seen_revision: int, by: User, at: datetime) -> Label:
    """Correct what is known of a mark, or take it away on a day."""
    return amend_record(record, entry=entry, facts=facts, seen_revision=seen_revision, by=by, at=at)


def give_mark(
    *, grant: Grant, call: Call, title: Mapping[str, str], decision: Subject, day: date, by: User, at: datetime
) -> Label | None:
    """The mark a call gives with its grant, from the day of the decision on; nothing where it gives none."""
    if call.label_months is None or grant.beneficiary is None:
        return None
    entry = Entry(
        key=f"label-{grant.key.removeprefix('grant-')}",
        kind="project",
        visibility="internal",
        themes=tuple(call.subject.themes),
        texts={"title": dict(title)},
        original=next(iter(title), ""),
    )
    facts = {
        "holder": grant.beneficiary.key,
        "programme": call.programme.key if call.programme else "",
        "call": call.key,
        "year": day.year,
        "decision": decision.key,
        "given": day.isoformat(),
        "until": months_after(day, call.label_months).isoformat(),
        "grant": grant.key,
        "country": grant.country,
    }
    return enter_label(entry=entry, facts=facts, by=by, at=at)
