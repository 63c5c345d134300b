"""A record as it stood: read back from the history that the database keeps by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import models

from parvis.register.content import content_of
from parvis.register.models import Record, Subject

M = TypeVar("M", bound=models.Model)


class RowsAt:
    """The lines of a record as they stood at a moment."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def of_subject(self, model: type[models.Model], subject: Subject) -> Sequence[Any]:
        return self._stood(model, subject_id=subject.pk)

    def parts(self, owner: models.Model, name: str) -> Sequence[Any]:
        model: Any = owner._meta.get_field(name).related_model
        return self._stood(model, owner_id=owner.pk)

    def one(self, model: type[M], key: Any) -> M | None:
        found = self._stood(model, pgh_obj_id=key)
        return found[0] if found else None

    def _stood(self, model: type[M], **which: Any) -> list[M]:
        events = (
            model.pgh_event_model.objects.filter(pgh_created_at__lte=self.moment, **which)  # type: ignore[attr-defined]
            .order_by("pgh_obj_id", "-pgh_id")
            .distinct("pgh_obj_id")
        )
        names = [field.attname for field in model._meta.concrete_fields]
        rows = [
            model(**{name: getattr(event, name) for name in names}) for event in events if event.pgh_label != "delete"
        ]
        return sorted(rows, key=_in_the_order_of(model))


def _in_the_order_of(model: type[models.Model]) -> Callable[[Any], tuple[Any, ...]]:
    """Lines come as they do when they are read now: in the order of their model, what is empty last."""
    fields = {field.name: field.attname for field in model._meta.concrete_fields}
    columns = [fields[str(name)] for name in model._meta.ordering or () if str(name) in fields]
    return lambda row: (*((getattr(row, name) is None, getattr(row, name)) for name in columns), row.pk)


def content_at(record: Record, moment: datetime) -> dict[str, Any] | None:
    """The content of a record at a moment; None before it was entered."""
    rows = RowsAt(moment)
    subject = rows.one(Subject, record.pk)
    stood = rows.one(type(record), record.pk)
    if subject is None or stood is None:
        return None
    stood.subject = subject
    return content_of(stood, rows)


def revisions(record: Record) -> list[dict[str, Any]]:
    """Every revision of a record, latest first: its number, when, and by whom (their id)."""
    events = (
        Subject.pgh_event_model.objects.filter(pgh_obj_id=record.pk, revision__gte=1)  # type: ignore[attr-defined]
        .order_by("-pgh_id")
        .values("revision", "pgh_created_at", "amended_at", "amended_by_id", "visibility", "pgh_label")
    )
    return list(events)
