"""Entering many records at once, as one by one: the same checks, the same lines in the journal, a few statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, RestrictedError

from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal
from parvis.register.actions.filling import Filler
from parvis.register.actions.records import _citation, _digest, _names, _set_head, _texts
from parvis.register.entry import Content
from parvis.register.errors import KeyTaken, ManyInvalid, Problem, StillNeeded
from parvis.register.models import Citation, Name, Record, Subject, Text

R = TypeVar("R", bound=Record)

_BATCH = 1000


@transaction.atomic
def enter_records(model: type[R], contents: Sequence[Content], *, by: User, at: datetime) -> list[R]:
    """Enter records that are all new. Raises KeyTaken, or ManyInvalid with each one's problems; all or none."""
    taken = Subject.objects.filter(key__in=[content.entry.key for content in contents]).values_list("key", flat=True)
    if taken:
        raise KeyTaken(key=taken[0])
    filler = Filler()
    filler.foresee(_keys_in([content.facts for content in contents]))
    records, parts = _filled(model, contents, filler, by, at)
    try:
        with transaction.atomic():
            _save(model, records, parts, filler)
    except IntegrityError as fault:
        raise ManyInvalid(_broken(records) or {0: [Problem("", str(fault).splitlines()[0])]}) from fault
    _write_words(records, contents, filler)
    lines = [
        (f"{model.noun} entered", content.entry.key, {"content": _digest(content.entry, content.facts)})
        for content in contents
    ]
    journal.write_many(lines, by=by, at=at)
    return records


@transaction.atomic
def take_back_entries(model: type[Record], keys: Sequence[str], *, by: User, at: datetime) -> int:
    """Take records out again that were entered by mistake and that nothing rests on. Their history stays.

    Raises StillNeeded, naming what rests on them; nothing is taken back then.
    """
    subjects = Subject.objects.select_for_update().filter(key__in=keys, noun=model.noun)
    pks = list(subjects.values_list("pk", flat=True))
    try:
        model._default_manager.filter(pk__in=pks).delete()
        Subject.objects.filter(pk__in=pks).delete()
    except (ProtectedError, RestrictedError) as fault:
        objects = fault.protected_objects if isinstance(fault, ProtectedError) else fault.restricted_objects
        raise StillNeeded(by=", ".join(sorted({str(one) for one in objects})[:5])) from fault
    journal.write_many([(f"{model.noun} entry undone", key, {}) for key in keys], by=by, at=at)
    return len(pks)


def _filled(
    model: type[R], contents: Sequence[Content], filler: Filler, by: User, at: datetime
) -> tuple[list[R], list[dict[str, Sequence[Any]]]]:
    """Records with their columns set and checked, not saved; and the lines said of each."""
    records: list[R] = []
    parts: list[dict[str, Sequence[Any]]] = []
    wrong: dict[int, list[Problem]] = {}
    for place, content in enumerate(contents):
        subject = Subject(
            key=content.entry.key, noun=model.noun, entered_at=at, amended_at=at, entered_by=by, amended_by=by
        )
        filler.problems = []
        _set_head(subject, content.entry, filler)
        record = model(subject=subject)
        parts.append(filler.fill(record, content.facts))
        records.append(record)
        if filler.problems:
            wrong[place] = filler.problems
    filler.problems = []
    if wrong:
        raise ManyInvalid(wrong)
    return records, parts


def _save(model: type[R], records: list[R], parts: Sequence[Mapping[str, Sequence[Any]]], filler: Filler) -> None:
    Subject.objects.bulk_create([record.subject for record in records], batch_size=_BATCH)
    for record in records:
        record.subject_id = record.subject.pk
    model._default_manager.bulk_create(records, batch_size=_BATCH)
    wrong = {}
    for place, (record, lines) in enumerate(zip(records, parts, strict=True)):
        if lines:
            filler.save_parts(record, lines)
        if filler.problems:
            wrong[place], filler.problems = filler.problems, []
    if wrong:
        raise ManyInvalid(wrong)


def _write_words(records: list[R], contents: Sequence[Content], filler: Filler) -> None:
    texts: list[Text] = []
    names: list[Name] = []
    cites: list[Citation] = []
    wrong = {}
    for place, (record, content) in enumerate(zip(records, contents, strict=True)):
        subject, entry = record.subject, content.entry
        texts += _texts(subject, entry, filler)
        names += _names(subject, entry, filler)
        for at, cite in enumerate(entry.cites):
            citation = _citation(subject, cite, f"cites.{at}", filler)
            cites += [citation] if citation else []
        if filler.problems:
            wrong[place], filler.problems = filler.problems, []
    if wrong:
        raise ManyInvalid(wrong)
    Text.objects.bulk_create(texts, batch_size=_BATCH)
    Name.objects.bulk_create(names, batch_size=_BATCH)
    Citation.objects.bulk_create(cites, batch_size=_BATCH)


def _broken(records: Sequence[Record]) -> dict[int, list[Problem]]:
    """Which records break a rule of the database, in words; asked only once one has."""
    wrong = {}
    for place, record in enumerate(records):
        try:
            record.validate_constraints(exclude={"subject"})
        except ValidationError as fault:
            wrong[place] = [
                Problem("" if name == "__all__" else name, sentence)
                for name, said in fault.message_dict.items()
                for sentence in said
            ]
    return wrong


def _keys_in(found: Any) -> set[str]:
    if isinstance(found, str):
        return {found}
    if isinstance(found, Mapping):
        return {key for value in found.values() for key in _keys_in(value)}
    if isinstance(found, list | tuple):
        return {key for value in found for key in _keys_in(value)}
    return set()
