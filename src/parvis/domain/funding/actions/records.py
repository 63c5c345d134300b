"""Entering and amending levies, envelopes, crises and grants as they are told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db import IntegrityError, transaction

from parvis.domain.funding.errors import (
    EnvelopeInUse,
    FinerThanItsCurrency,
    KeptByTheLedger,
    PersonKeptInside,
    RulesOverlap,
    UnknownCurrency,
)
from parvis.domain.funding.errors.moving import PaidByNobody, VotedByNobody
from parvis.domain.funding.models import Crisis, Envelope, Grant, Levy
from parvis.domain.funding.queries import kept_by_ledger
from parvis.foundation.accounts.models import User
from parvis.foundation.values.money import smallest_unit
from parvis.register.actions import amend_record, enter_record
from parvis.register.entry import Entry, Facts
from parvis.register.enums import Visibility
from parvis.register.ordering import known_date

from .ties import look_at_past

#: What entries of the ledger alone may change.
_LEDGERS = ("state", "currency", "amount_voted", "amount_paid")


@transaction.atomic
def enter_levy(*, entry: Entry, facts: Facts, by: User, at: datetime) -> Levy:
    """Enter a levy with its rules and its plan. Raises RulesOverlap."""
    return _one_rule_at_a_time(enter_record(Levy, entry=entry, facts=facts, by=by, at=at))


@transaction.atomic
def amend_levy(*, record: Levy, entry: Entry, facts: Facts, seen_revision: int, by: User, at: datetime) -> Levy:
    """Correct what is known of a levy. Years already open keep their rate. Raises RulesOverlap."""
    amended = amend_record(record, entry=entry, facts=facts, seen_revision=seen_revision, by=by, at=at)
    return _one_rule_at_a_time(amended)


@transaction.atomic
def enter_envelope(*, entry: Entry, facts: Facts, by: User, at: datetime) -> Envelope:
    """Enter an envelope, empty: money is allotted to it by the ledger."""
    return enter_record(Envelope, entry=entry, facts=facts, by=by, at=at)


@transaction.atomic
def amend_envelope(
    *, record: Envelope, entry: Entry, facts: Facts, seen_revision: int, by: User, at: datetime
) -> Envelope:
    """Correct what an envelope is for. Raises EnvelopeInUse where its levy or year would change under its money."""
    try:
        with transaction.atomic():
            return amend_record(record, entry=entry, facts=facts, seen_revision=seen_revision, by=by, at=at)
    except IntegrityError as fault:
        raise EnvelopeInUse from fault


@transaction.atomic
def enter_crisis(*, entry: Entry, facts: Facts, by: User, at: datetime) -> Crisis:
    """Open a crisis that emergency aid may answer."""
    return enter_record(Crisis, entry=entry, facts=facts, by=by, at=at)


@transaction.atomic
def amend_crisis(*, record: Crisis, entry: Entry, facts: Facts, seen_revision: int, by: User, at: datetime) -> Crisis:
    """Correct what is known of a crisis."""
    return amend_record(record, entry=entry, facts=facts, seen_revision=seen_revision, by=by, at=at)


@transaction.atomic
def enter_grant(*, entry: Entry, facts: Facts, by: User, at: datetime) -> Grant:
    """Enter a grant as it is told.

    Raises UnknownCurrency, FinerThanItsCurrency, PersonKeptInside, PaidByNobody and VotedByNobody.
    """
    entered = unnamed(in_its_currency(enter_record(Grant, entry=entry, facts=facts, by=by, at=at)))
    look_at_past(grants=[entered], by=by, at=at)
    return _told_by_somebody(entered, _NOTHING, entry)


@transaction.atomic
def amend_grant(*, record: Grant, entry: Entry, facts: Facts, seen_revision: int, by: User, at: datetime) -> Grant:
    """Correct what is known of a grant. Raises as entering it does, and KeptByTheLedger."""
    before = {name: getattr(record, name) for name in _LEDGERS}
    amended = amend_record(record, entry=entry, facts=facts, seen_revision=seen_revision, by=by, at=at)
    look_at_past(grants=[amended], by=by, at=at)
    if not kept_by_ledger(record.subject):
        return _told_by_somebody(unnamed(in_its_currency(amended)), before, entry)
    if any(getattr(amended, name) != value for name, value in before.items()):
        raise KeptByTheLedger
    return unnamed(in_its_currency(amended))


_NOTHING: Mapping[str, Any] = {"amount_voted": None, "amount_paid": None}


def _told_by_somebody(grant: Grant, before: Mapping[str, Any], entry: Entry) -> Grant:
    """A grant whose money outside the ledger has its source. Raises PaidByNobody and VotedByNobody.

    What was written before without one stands; what is written now is asked for it.
    """
    if entry.cites:
        return grant
    if grant.amount_paid and grant.amount_paid != before["amount_paid"]:
        raise PaidByNobody
    new = grant.amount_voted and grant.amount_voted != before["amount_voted"]
    if new and grant.decision_id is None:
        raise VotedByNobody
    return grant


def _one_rule_at_a_time(levy: Levy) -> Levy:
    spans = sorted((rule.valid_from, rule.valid_to) for rule in levy.rules.all())
    for (_start, end), (start, _end) in pairwise(spans):
        until, begun = known_date(end), known_date(start)
        if until is None or begun is None or until.earliest is None or begun.earliest is None:
            raise RulesOverlap
        if begun.earliest < until.earliest:
            raise RulesOverlap
    return levy


def unnamed(grant: Grant) -> Grant:
    """Whatever was typed in the title or the key of a grant to a person, nobody outside will read it."""
    if grant.natural_person and grant.subject.visibility == Visibility.PUBLIC:
        raise PersonKeptInside
    return grant


def in_its_currency(grant: Grant) -> Grant:
    """A grant whose amounts its currency can hold. Raises UnknownCurrency and FinerThanItsCurrency."""
    try:
        unit = smallest_unit(grant.currency)
    except ValueError as fault:
        raise UnknownCurrency(currency=grant.currency) from fault
    for amount in (grant.amount_asked, grant.amount_voted, grant.amount_paid):
        if amount is not None and amount % unit:
            raise FinerThanItsCurrency(amount=amount, currency=grant.currency)
    return grant
