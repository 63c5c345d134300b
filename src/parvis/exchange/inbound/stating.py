"""What a file says about a record, beside what the record holds: dated figures and words, each with the file as source.

Such statements are recorded when a row is accepted, once, and retracted when its file is undone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from parvis.exchange.inbound.comparing import alike, corrected
from parvis.exchange.inbound.errors import RowsRefusedAtLast
from parvis.foundation.accounts.models import User
from parvis.register.actions import record_statement, record_statements, retract_statement, retract_statements
from parvis.register.errors import ManyInvalid
from parvis.register.models import Statement, Subject

#: What the keys of files brought in begin with, as sources.
FILES = "import-"
#: What makes two statements one: all but their source and the day they were learned.
_SAME = ("property", "number", "unit", "currency", "amount_kind", "words", "scope", "as_of", "as_of_basis")


def stated(records: Sequence[Any]) -> dict[str, dict[str, Any]]:
    """What is held about these records, in the manner of a row: ``{key: {"statements": […]}}``."""
    held = Statement.objects.held().filter(subject__in=[record.pk for record in records])
    found: dict[str, dict[str, Any]] = {}
    for one in held.select_related("subject", "source__subject"):
        found.setdefault(one.subject.key, {"statements": []})["statements"].append(_told(one))
    return found


def _told(one: Statement) -> dict[str, Any]:
    said = {name: getattr(one, name) for name in _SAME}
    if one.number is not None:
        said["number"] = format(one.number.normalize(), "f")
    if one.source.subject.key.startswith(FILES):
        said["from_file"] = True
    return {name: value for name, value in said.items() if value not in (None, "", {}, [])}


class Unsaid(NamedTuple):
    """What a row says of its record and nobody said before, beside the amounts of earlier files that it corrects."""

    number: int
    key: str
    statements: list[Mapping[str, Any]]
    corrects: list[Mapping[str, Any]]


def unsaid(number: int, key: str, content: Mapping[str, Any], before: Mapping[str, Any]) -> Unsaid:
    """What accepting this row records, and retracts."""
    held, said = before.get("statements", []), content.get("statements", [])
    fresh = [one for one in said if not any(_same(one, known) for known in held)]
    return Unsaid(number, key, fresh, [old for old, _new in corrected(held, said)] if fresh else [])


def state(rows: Iterable[Unsaid], *, source: str, by: User, at: datetime) -> tuple[list[int], list[int]]:
    """Record what rows say, all at once. Returns the numbers of what was recorded, and of what was retracted.

    Raises RowsRefusedAtLast where the register does not take what a row says.
    """
    rows = [row for row in rows if row.statements]
    subjects = {one.key: one for one in Subject.objects.filter(key__in={row.key for row in rows}).only("key", "noun")}
    gone = [_retracted(subjects[row.key], old, source, by, at) for row in rows for old in row.corrects]
    said = [(row, {**one, "source": source, "lines": str(row.number)}) for row in rows for one in row.statements]
    try:
        recorded = record_statements([(subjects[row.key], content) for row, content in said], by=by, at=at)
    except ManyInvalid as refusal:
        place, problems = next(iter(refusal.wrong.items()))
        raise RowsRefusedAtLast(row=said[place][0].number, why=str(problems[0])) from refusal
    return [one.pk for one in recorded], [pk for pks in gone for pk in pks]


def _retracted(subject: Subject, old: Mapping[str, Any], source: str, by: User, at: datetime) -> list[int]:
    """Retract the one statement of an earlier file that says this."""
    of_files = Statement.objects.held().filter(subject=subject, source__subject__key__startswith=FILES)
    for one in of_files.filter(property=old["property"]).exclude(source__subject__key=source).order_by("pk"):
        if _same(_told(one), old):
            retract_statement(statement=one, reason=_("Corrected by a later file."), by=by, at=at)
            return [one.pk]
    return []


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(alike(one.get(name), other.get(name)) for name in _SAME)


def take_back(numbers: Iterable[int], *, by: User, at: datetime) -> None:
    """Retract what an import said, save what a person retracted since."""
    retract_statements(numbers, reason=_("Undone with its file."), by=by, at=at)


def say_again(numbers: Iterable[int], *, by: User, at: datetime) -> None:
    """Record anew what an import had corrected, when it is undone: what was retracted stays so, in the history."""
    for one in Statement.objects.filter(pk__in=list(numbers)).select_related("subject", "source__subject"):
        content = {name: value for name, value in _told(one).items() if name != "from_file"}
        record_statement(
            about=one.subject, content={**content, "source": one.source.subject.key, "lines": str(one.line_from or "")},
            by=by, at=at,
        )  # fmt: skip
