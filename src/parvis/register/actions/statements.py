"""Statements are recorded and retracted, never updated. A choice between them has an author and a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal
from parvis.register.actions.filling import Filler
from parvis.register.actions.reasons import reason_given
from parvis.register.enums import Rank
from parvis.register.errors import AlreadyRetracted, InvalidContent, ReasonMissing, UnknownProperty
from parvis.register.models import Statement, Subject
from parvis.register.properties import properties_of

_WRITTEN_AS = {"from": "valid_from", "to": "valid_to"}


@transaction.atomic
def record_statement(*, about: Subject, content: Mapping[str, Any], by: User, at: datetime) -> Statement:
    """Record what a source says about a subject. Raises UnknownProperty and InvalidContent."""
    filler = Filler()
    statement = filled(about, content, filler, by, at)
    if filler.problems:
        raise InvalidContent(filler.problems)
    if statement.rank == Rank.PREFERRED:
        _step_down(statement, by, at)
    if not filler.save(statement, force_insert=True):
        raise InvalidContent(filler.problems)
    journal.write(
        "statement recorded",
        about=about.key,
        by=by,
        at=at,
        statement=statement.pk,
        content=journal.digest_of(content),
    )
    return statement


def filled(about: Subject, content: Mapping[str, Any], filler: Filler, by: User, at: datetime) -> Statement:
    """A statement with its columns set and checked, not saved; ``filler`` has its problems. Raises UnknownProperty."""
    known = properties_of(about.noun)
    name = str(content.get("property", ""))
    if name not in known:
        raise UnknownProperty(property=name, noun=about.noun, known=", ".join(sorted(known)))
    statement = Statement(subject=about, recorded_at=at, recorded_by=by)
    statement.source_id = _source_of(content, filler)
    facts = {_WRITTEN_AS.get(field, field): value for field, value in content.items() if field != "source"}
    _set_number(statement, facts, filler)
    if facts.get("rank", Rank.NORMAL) != Rank.NORMAL:
        statement.ranked_by, statement.ranked_at = by, at
    known[name].check(content, filler.problem)
    filler.fill(statement, facts)
    return statement


@transaction.atomic
def retract_statement(*, statement: Statement, reason: str, by: User, at: datetime) -> Statement:
    """Stop holding a statement, from now on; what was known before stays readable."""
    statement = Statement.objects.select_for_update().select_related("subject").get(pk=statement.pk)
    if statement.retracted_at is not None:
        raise AlreadyRetracted
    said = reason_given(reason)
    statement.retracted_at, statement.retracted_by, statement.retraction_reason = at, by, said
    statement.save(update_fields=["retracted_at", "retracted_by", "retraction_reason"])
    journal.write("statement retracted", about=statement.subject.key, by=by, at=at, statement=statement.pk)
    return statement


@transaction.atomic
def prefer_statement(*, statement: Statement, reason: Mapping[str, str], by: User, at: datetime) -> Statement:
    """Show this statement first among those on the same property; the one shown until now steps down."""
    return _rank(statement, Rank.PREFERRED, reason, by, at)


@transaction.atomic
def doubt_statement(*, statement: Statement, reason: Mapping[str, str], by: User, at: datetime) -> Statement:
    """Mark a statement as doubtful: it stays in view and leaves every total."""
    return _rank(statement, Rank.DOUBTFUL, reason, by, at)


def _rank(statement: Statement, rank: Rank, reason: Mapping[str, str], by: User, at: datetime) -> Statement:
    statement = Statement.objects.select_for_update().select_related("subject").get(pk=statement.pk)
    if statement.retracted_at is not None:
        raise AlreadyRetracted
    said = {language: text.strip() for language, text in reason.items() if text.strip()}
    if not said:
        raise ReasonMissing
    if rank == Rank.PREFERRED:
        _step_down(statement, by, at)
    statement.rank, statement.reason, statement.ranked_by, statement.ranked_at = rank, said, by, at
    statement.save(update_fields=["rank", "reason", "ranked_by", "ranked_at"])
    journal.write(f"statement {rank}", about=statement.subject.key, by=by, at=at, statement=statement.pk)
    return statement


def _step_down(chosen: Statement, by: User, at: datetime) -> None:
    others = (
        Statement.objects.select_for_update()
        .held()
        .filter(subject=chosen.subject, property=chosen.property, rank=Rank.PREFERRED)
    )
    for other in others.exclude(pk=chosen.pk):
        other.rank, other.ranked_by, other.ranked_at = Rank.NORMAL, by, at
        other.save(update_fields=["rank", "ranked_by", "ranked_at"])


def _source_of(content: Mapping[str, Any], filler: Filler) -> int | None:
    key = str(content.get("source") or "")
    source = filler.subject(key) if key else None
    if source is None or not filler.is_source(source):
        filler.problem("source", _("A statement names its source. No source has the key “%(key)s”.") % {"key": key})
        return None
    return source.pk


def _set_number(statement: Statement, facts: dict[str, Any], filler: Filler) -> None:
    raw = facts.pop("number", None)
    if raw is None or raw == "":
        return
    low, high = raw if isinstance(raw, list) and len(raw) == 2 else (raw, facts.pop("number_to", None))
    try:
        statement.number = Decimal(str(low))
        statement.number_to = None if high in (None, "") else Decimal(str(high))
    except InvalidOperation:
        filler.problem("number", _("“%(value)s” is not a number.") % {"value": raw})
