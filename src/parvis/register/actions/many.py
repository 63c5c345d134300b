"""Entering many records at once, as one by one: the same checks, the same lines in the journal, a few statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import BooleanField, Model

from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal
from parvis.foundation.journal.pouring import pour
from parvis.register.actions.filling import Filler, keys_named
from parvis.register.actions.records import RESERVED, _citation, _digest, _names, _set_head, _texts, enter_record
from parvis.register.entry import Content
from parvis.register.enums import Visibility
from parvis.register.errors import ManyInvalid, Problem, StillNeeded
from parvis.register.models import Citation, Judgement, Name, Part, Record, Statement, Subject, Text

R = TypeVar("R", bound=Record)

_TOLD = 5
#: Words and sources go with their record.
_ITS_OWN = frozenset({Text, Name, Citation})


@transaction.atomic
def enter_records(model: type[R], contents: Sequence[Content], *, by: User, at: datetime) -> list[R]:
    """Enter records that are all new. Raises KeyTaken, or ManyInvalid with each one's problems; all or none."""
    keys = [content.entry.key for content in contents]
    known = dict(Subject.objects.filter(key__in=keys).values_list("key", "revision"))
    if known:
        return _one_by_one(model, contents, by=by, at=at)
    filler = Filler()
    filler.foresee(key for content in contents for key in keys_named(model, content.facts))
    records, parts = _filled(model, contents, filler, by, at)
    try:
        with transaction.atomic():
            _save(records, parts, filler)
    except IntegrityError as fault:
        raise ManyInvalid(_broken(records) or {0: [Problem("", str(fault).splitlines()[0])]}) from fault
    _write_words(records, contents, filler)
    lines = [
        (f"{model.noun} entered", content.entry.key, {"content": _digest(content.entry, content.facts)})
        for content in contents
    ]
    journal.write_many(lines, by=by, at=at)
    return records


def _one_by_one(model: type[R], contents: Sequence[Content], *, by: User, at: datetime) -> list[R]:
    """Some keys were reserved, or entered once and taken back: each record finds its own way in."""
    return [enter_record(model, entry=content.entry, facts=content.facts, by=by, at=at) for content in contents]


@transaction.atomic
def take_back_entries(model: type[Record], keys: Sequence[str], *, by: User, at: datetime) -> int:
    """Take back records that were entered by mistake and that nothing rests on.

    Their words, lines and sources go; their keys stay reserved, for no head of a record is ever deleted, and
    entering them again gives them back. Raises StillNeeded, naming what rests on them; nothing is taken back then.
    """
    subjects = Subject.objects.select_for_update().filter(key__in=keys, noun=model.noun, revision__gt=RESERVED)
    pks = [subject.pk for subject in subjects]
    needed = sorted(set(_resting_on(pks)))
    if needed:
        raise StillNeeded(by=", ".join(needed[:5]))
    for name in model.parts:
        part: Any = model._meta.get_field(name).related_model
        part._default_manager.filter(owner__in=pks).delete()
    for words in (Text, Name, Citation):
        words.objects.filter(subject__in=pks).delete()
    blank = _blank(model)
    if blank:
        model._default_manager.filter(pk__in=pks).update(**blank)
    Subject.objects.filter(pk__in=pks).update(
        revision=RESERVED, visibility=Visibility.DRAFT, kind="", themes=[], priorities=[], amended_at=at, amended_by=by
    )
    journal.write_many([(f"{model.noun} entry undone", key, {}) for key in keys], by=by, at=at)
    return len(pks)


def _resting_on(pks: Sequence[int]) -> Iterator[str]:
    """What names these records: others, their lines, statements, ties. What was undone or retracted does not count."""
    for tie in Subject._meta.get_fields(include_hidden=True):
        model: Any = getattr(tie, "related_model", None)
        if model is None or not tie.auto_created or hasattr(model, "pgh_tracked_model") or model in _ITS_OWN:
            continue
        field = tie.field.name  # type: ignore[union-attr]  # a tie from elsewhere
        if field == "subject" and issubclass(model, Record):
            continue
        rows = model._default_manager.filter(**{f"{field}__in": pks})
        if issubclass(model, Record):
            rows = rows.filter(subject__revision__gt=RESERVED)
        if model is Judgement:
            rows = rows.filter(undone_at__isnull=True)
        if model is Statement and field == "subject":
            rows = rows.filter(retracted_at__isnull=True)
        yield from (_named(row) for row in rows[:_TOLD])


def _named(row: Any) -> str:
    owner = row
    while isinstance(owner, Part):
        owner = owner.owner  # type: ignore[attr-defined]  # each line has one
    return str(owner)


def _blank(model: type[Record]) -> dict[str, Any]:
    """The columns of a record that may be empty, emptied; ties stay, since others may ask for them."""
    found: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.is_relation or field.primary_key:
            continue
        if field.null:
            found[field.name] = None
        elif field.blank and not field.choices and not isinstance(field, BooleanField):
            found[field.name] = field.get_default()
    return found


def _filled(
    model: type[R], contents: Sequence[Content], filler: Filler, by: User, at: datetime
) -> tuple[list[R], list[dict[str, Sequence[Any]]]]:
    """Records with their columns set and checked, not saved; and the lines said of each."""
    records: list[R] = []
    parts: list[dict[str, Sequence[Any]]] = []
    wrong: dict[int, list[Problem]] = {}
    by_whom = {"entered_by_id": by.pk, "amended_by_id": by.pk}
    for place, content in enumerate(contents):
        subject = Subject(key=content.entry.key, noun=model.noun, entered_at=at, amended_at=at, **by_whom)
        filler.problems = []
        _set_head(model, subject, content.entry, filler)
        record = model(subject=subject)
        parts.append(filler.fill(record, content.facts))
        records.append(record)
        if filler.problems:
            wrong[place] = filler.problems
    filler.problems = []
    if wrong:
        raise ManyInvalid(wrong)
    return records, parts


def _save(records: list[R], parts: Sequence[Mapping[str, Sequence[Any]]], filler: Filler) -> None:
    pour([record.subject for record in records])
    for record in records:
        record.subject = record.subject  # it has its number now
    pour(records)
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
    pour(texts)
    pour(names)
    pour(cites)


def _broken(records: Sequence[Model]) -> dict[int, list[Problem]]:
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
