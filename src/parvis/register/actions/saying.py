"""Recording many statements at once, as one by one: the same checks, the same lines in the journal, a few queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models.base import ModelState
from django.utils.translation import gettext as _

from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal
from parvis.foundation.journal.pouring import pour
from parvis.register.actions.filling import Filler, lines_of
from parvis.register.actions.many import _broken
from parvis.register.actions.reasons import reason_given
from parvis.register.actions.statements import filled, record_statement
from parvis.register.enums import Rank
from parvis.register.errors import ManyInvalid, Problem
from parvis.register.models import Statement, Subject

_AT_ONCE = 1000
_WORDS: Any = Statement._meta.get_field("words")

Said = tuple[Subject, Mapping[str, Any]]


@transaction.atomic
def record_statements(said: Sequence[Said], *, by: User, at: datetime) -> list[Statement]:
    """Record what sources say about subjects. Raises UnknownProperty, or ManyInvalid with each one's problems."""
    if any(content.get("rank", Rank.NORMAL) != Rank.NORMAL for _about, content in said):
        return [record_statement(about=about, content=content, by=by, at=at) for about, content in said]
    statements = _filled(said, by, at)
    try:
        with transaction.atomic():
            pour(statements)
    except IntegrityError as fault:
        raise ManyInvalid(_broken(statements) or {0: [Problem("", str(fault).splitlines()[0])]}) from fault
    lines = [
        ("statement recorded", about.key, {"statement": one.pk, "content": journal.digest_of(content)})
        for one, (about, content) in zip(statements, said, strict=True)
    ]
    journal.write_many(lines, by=by, at=at)
    return statements


@transaction.atomic
def retract_statements(numbers: Iterable[int], *, reason: str, by: User, at: datetime) -> int:
    """Stop holding statements, those retracted since left as they are. Returns how many were held."""
    said, wanted, done = reason_given(reason), sorted(set(numbers)), 0
    for start in range(0, len(wanted), _AT_ONCE):
        held = Statement.objects.select_for_update(of=("self",)).held().filter(pk__in=wanted[start : start + _AT_ONCE])
        keys = dict(held.order_by("pk").values_list("pk", "subject__key"))
        Statement.objects.filter(pk__in=keys).update(retracted_at=at, retracted_by=by, retraction_reason=said)
        lines: list[tuple[str, str, dict[str, Any]]] = [
            ("statement retracted", key, {"statement": number}) for number, key in keys.items()
        ]
        journal.write_many(lines, by=by, at=at)
        done += len(keys)
    return done


def _filled(said: Sequence[Said], by: User, at: datetime) -> list[Statement]:
    """Statements with their columns set and checked, not saved. What differs in its words alone is checked once."""
    filler = Filler(sure=("source", "recorded_by"))
    checked: dict[tuple[str, bytes], Statement] = {}
    statements: list[Statement] = []
    wrong: dict[int, list[Problem]] = {}
    for place, (about, content) in enumerate(said):
        filler.problems = []
        shape = about.noun, _shape(content)
        if shape not in checked:
            plain = {name: value for name, value in content.items() if name != "lines"}
            one = filled(about, plain, filler, by, at)
            if not filler.problems:
                checked[shape] = one
        if not filler.problems:
            statements.append(_about(checked[shape], about, content, filler))
        if filler.problems:
            wrong[place] = filler.problems
    if wrong:
        raise ManyInvalid(wrong)
    return statements


def _shape(content: Mapping[str, Any]) -> bytes:
    """What is said, less its lines and the very words: only the languages they are in."""
    words = content.get("words")
    told = {"words": sorted(words), "said": True} if isinstance(words, Mapping) and words else {"words": words}
    return journal.canonical({name: value for name, value in content.items() if name != "lines"} | told)


def _about(checked: Statement, about: Subject, content: Mapping[str, Any], filler: Filler) -> Statement:
    """The same statement about another subject, with its own words and lines."""
    one = Statement.__new__(Statement)
    one.__dict__.update(checked.__dict__, _state=ModelState())
    one._state.fields_cache["subject"] = about
    one.__dict__["subject_id"] = about.pk
    try:
        one.line_from, one.line_to = lines_of(content.get("lines"))
    except ValueError:
        filler.problem("lines", _("Lines are written 47 or 47-48."))
    try:
        one.words = _WORDS.clean(content.get("words"), None)
    except ValidationError as fault:
        for sentence in fault.messages:
            filler.problem("words", sentence)
    return one
