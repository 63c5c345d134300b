"""What a file says about a record, beside what the record holds: dated figures and words, each with the file as source.

Such statements are recorded when a row is accepted, once, and retracted when its file is undone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from parvis.exchange.inbound.comparing import alike
from parvis.foundation.accounts.models import User
from parvis.register.actions import record_statement, retract_statement
from parvis.register.models import Statement, Subject

#: What makes two statements one: all but their source and the day they were learned.
_SAME = ("property", "number", "unit", "currency", "amount_kind", "words", "scope", "as_of", "as_of_basis")


def stated(records: Sequence[Any]) -> dict[str, dict[str, Any]]:
    """What is held about these records, in the manner of a row: ``{key: {"statements": […]}}``."""
    held = Statement.objects.held().filter(subject__in=[record.pk for record in records]).select_related("subject")
    found: dict[str, dict[str, Any]] = {}
    for one in held:
        found.setdefault(one.subject.key, {"statements": []})["statements"].append(_told(one))
    return found


def _told(one: Statement) -> dict[str, Any]:
    said = {name: getattr(one, name) for name in _SAME}
    if one.number is not None:
        said["number"] = format(one.number.normalize(), "f")
    return {name: value for name, value in said.items() if value not in (None, "", {}, [])}


def state(
    *, about: str, content: Mapping[str, Any], before: Mapping[str, Any], source: str, line: int, by: User, at: datetime
) -> list[int]:
    """Record what a row says and nobody said before. Returns the numbers of what was recorded."""
    held = before.get("statements", [])
    fresh = [said for said in content.get("statements", []) if not any(_same(said, known) for known in held)]
    if not fresh:
        return []
    subject = Subject.objects.get(key=about)
    return [
        record_statement(about=subject, content={**said, "source": source, "lines": str(line)}, by=by, at=at).pk
        for said in fresh
    ]


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(alike(one.get(name), other.get(name)) for name in _SAME)


def take_back(numbers: Iterable[int], *, by: User, at: datetime) -> None:
    """Retract what an import said, save what a person retracted since."""
    for statement in Statement.objects.held().filter(pk__in=list(numbers)):
        retract_statement(statement=statement, reason=_("Undone with its file."), by=by, at=at)
