"""A record's content as it is written in a data file: the inverse of entering it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from django.db import models
from django.db.models import Prefetch

from parvis.register.fields import MomentField, RefField
from parvis.register.models import Citation, Name, Part, Record, Statement, Subject, Text

_OWN = frozenset({"id", "subject", "owner", "position", "line_from", "line_to"})


class Rows(Protocol):
    """Where the lines of a record are read from: as they stand, or as they stood."""

    def of_subject(self, model: type[models.Model], subject: Subject) -> Sequence[Any]: ...
    def parts(self, owner: models.Model, name: str) -> Sequence[Any]: ...


class RowsNow:
    """As they stand, in as many queries for three lines as for one."""

    def of_subject(self, model: type[models.Model], subject: Subject) -> Sequence[Any]:
        rows = model._default_manager.filter(subject=subject)
        return rows.select_related("source__subject") if model is Citation else rows  # type: ignore[return-value]  # it is read as one

    def parts(self, owner: models.Model, name: str) -> Sequence[Any]:
        if name in getattr(owner, "_prefetched_objects_cache", {}):
            held: Sequence[Any] = getattr(owner, name).all()
            return held
        model = owner._meta.get_field(name).related_model
        deeper = [Prefetch(part, _with_refs(model, part)) for part in model.parts]  # type: ignore[union-attr]  # a Part
        rows: Any = _joined(getattr(owner, name).all(), model)
        lines: Sequence[Any] = rows.prefetch_related(*deeper)
        return lines


class RowsOnce(RowsNow):
    """As they stand, each asked for once: for who reads a record under lock and writes it again."""

    def __init__(self) -> None:
        self._read: dict[tuple[Any, ...], list[Any]] = {}

    def of_subject(self, model: type[models.Model], subject: Subject) -> list[Any]:
        asked = (model, subject.pk)
        if asked not in self._read:
            self._read[asked] = list(super().of_subject(model, subject))
        return self._read[asked]

    def parts(self, owner: models.Model, name: str) -> list[Any]:
        asked = (type(owner), owner.pk, name)
        if asked not in self._read:
            self._read[asked] = list(super().parts(owner, name))
        return self._read[asked]


class RowsOfMany:
    """As they stand, read for many records at once: as many queries for a thousand as for one."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._records = list(records)
        self._of: dict[type[models.Model], dict[int, list[Any]]] = {}
        self._parts: dict[tuple[type[models.Model], str], dict[int, list[Any]]] = {}

    def of_subject(self, model: type[models.Model], subject: Subject) -> Sequence[Any]:
        if model not in self._of:
            rows = model._default_manager.filter(subject__in=[record.pk for record in self._records])
            rows = rows.select_related("source__subject") if model is Citation else rows
            self._of[model] = _grouped(rows, "subject_id")
        return self._of[model].get(subject.pk, [])

    def parts(self, owner: models.Model, name: str) -> Sequence[Any]:
        if not isinstance(owner, Record):
            return RowsNow().parts(owner, name)
        asked = (type(owner), name)
        if asked not in self._parts:
            model: Any = owner._meta.get_field(name).related_model
            rows = model._default_manager.filter(owner__in=[record.pk for record in self._records])
            self._parts[asked] = _grouped(_joined(rows, model), "owner_id")
        return self._parts[asked].get(owner.pk, [])


def _grouped(rows: Any, by: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, by), []).append(row)
    return found


def with_ties(model: type[Record]) -> models.QuerySet[Any]:
    """The records of a model, each read with its head and its ties."""
    return model._default_manager.select_related("subject", *_refs(model))


def _refs(model: Any) -> list[str]:
    """The ties of a line, read with it."""
    return [
        f"{field.name}__subject" if field.related_model is Statement else field.name
        for field in model._meta.concrete_fields
        if isinstance(field, RefField) or field.related_model is Statement
    ]


def _with_refs(model: Any, name: str) -> models.QuerySet[Any]:
    part = model._meta.get_field(name).related_model
    return _joined(part._default_manager.all(), part)


def _joined(rows: models.QuerySet[Any], model: Any) -> models.QuerySet[Any]:
    """Rows with their ties; as they are where they have none, for then Django would follow every key there is."""
    refs = _refs(model)
    return rows.select_related(*refs) if refs else rows


def ties_read(record: Record) -> list[Subject]:
    """What a record names, read in one question where it was not read with it."""
    named = [one for one in record._meta.concrete_fields if isinstance(one, RefField) and getattr(record, one.attname)]
    asked = {getattr(record, field.attname) for field in named if not field.is_cached(record)}
    found = Subject.objects.in_bulk(asked) if asked else {}
    for field in named:
        if not field.is_cached(record):
            field.set_cached_value(record, found.get(getattr(record, field.attname)))
    return [getattr(record, field.name) for field in named]


def content_of(record: Record, rows: Rows | None = None) -> dict[str, Any]:
    """The whole content of a record, empty fields left out. Entering it again would give the same record."""
    rows = rows or RowsNow()
    ties_read(record)
    subject = record.subject
    content: dict[str, Any] = {"key": subject.key}
    for name in ("kind", "visibility", "themes", "priorities"):
        if getattr(subject, name):
            content[name] = getattr(subject, name)
    content |= _texts_of(rows.of_subject(Text, subject))
    names = [_name(row) for row in rows.of_subject(Name, subject)]
    cites = [_cite(row) for row in rows.of_subject(Citation, subject)]
    content |= _facts_of(record, rows)
    return content | ({"names": names} if names else {}) | ({"cites": cites} if cites else {})


def _texts_of(texts: Sequence[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for text in texts:
        found.setdefault(text.field, {})[text.language] = text.body
        if text.state == "original" and text.field == "title":
            found["original"] = text.language
        if text.future_until:
            found["future_until"] = text.future_until
    return found


def _facts_of(row: Record | Part, rows: Rows) -> dict[str, Any]:
    facts = {}
    for field in row._meta.concrete_fields:
        value = None if field.name in _OWN or not field.editable else _value(row, field)
        if value not in (None, "", [], {}):
            facts[field.name] = value
    if getattr(row, "line_from", None):
        facts["lines"] = lines_text(row.line_from, row.line_to)  # type: ignore[union-attr]  # a cited part
    for name in row.parts:
        lines = [_line(part, rows) for part in rows.parts(row, name)]
        if lines:
            facts[name] = lines
    return facts


def _line(part: Part, rows: Rows) -> Any:
    facts = _facts_of(part, rows)
    return facts[part.lone] if part.lone and set(facts) == {part.lone} else facts


def _value(row: models.Model, field: models.Field[Any, Any]) -> Any:
    if isinstance(field, RefField):
        subject = getattr(row, field.name)
        return subject.key if subject else None
    if isinstance(field, models.ForeignKey):
        statement = getattr(row, field.name) if field.related_model is Statement else None
        return f"{statement.subject.key}#{statement.fact}" if statement else None
    value = getattr(row, field.name)
    if value == field.get_default() and not field.null and isinstance(field, models.BooleanField):
        return None
    if isinstance(field, MomentField):
        return field.written(value) if value is not None else None
    return str(value) if isinstance(field, models.DateField | models.DecimalField) and value is not None else value


def _name(row: Any) -> dict[str, str]:
    said = {
        "text": row.text,
        "lang": row.language,
        "kind": row.kind,
        "from": row.valid_from,
        "to": row.valid_to,
    }
    return {name: value for name, value in said.items() if value}


def _cite(row: Any) -> dict[str, str]:
    said = {
        "source": row.source.subject.key,
        "lines": lines_text(row.line_from, row.line_to),
        "page": row.page,
        "section": row.section,
        "about": row.about,
        "fact": row.fact,
    }
    return {name: value for name, value in said.items() if value}


def lines_text(start: int | None, end: int | None) -> str:
    """Write lines as they are read: ``47-48``."""
    if start is None:
        return ""
    return f"{start}-{end}" if end and end != start else str(start)
