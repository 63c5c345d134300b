"""What may leave a room: public records, and of their ties only those to public records.

The rule stands here once. Rooms declare columns; rows are read from the fields of the same name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db import models

from parvis.foundation.publishing import Audience, Column, PublishedTable
from parvis.register.content import lines_text
from parvis.register.enums import Visibility
from parvis.register.fields import RefField
from parvis.register.models import Part, Record, Subject

Row = dict[str, Any]
#: How the value of a column is found, where it is not the field of the same name.
Readers = Mapping[str, Callable[[Any], Any]]
#: The same said in French, then in English.
Said = tuple[str, str]


def column(name: str, kind: str, fr: str, en: str) -> Column:
    """A column and its meaning in both languages."""
    return Column(name, kind, {"fr": fr, "en": en})


KIND = column("kind", "text", "Genre, dans le vocabulaire", "Kind, from the vocabulary")
SOURCE = column("source", "ref", "Clé de la source", "Key of the source")
LINES = column("lines", "lines", "Lignes de la source", "Lines of the source")
_KEY = column("key", "key", "Clé de la fiche, jamais réemployée", "Key of the record, never reused")


def record_table(
    model: type[Record],
    name: str,
    *,
    title: Said,
    grain: Said,
    columns: tuple[Column, ...],
    readers: Readers | None = None,
    prefetch: tuple[str, ...] = (),
) -> PublishedTable:
    """A table whose rows are the public records of a model. The key comes first."""
    columns = (_KEY, *columns)
    return PublishedTable(
        name=name,
        title=_both(title),
        grain=_both(grain),
        audience=Audience.PUBLIC,
        columns=columns,
        rows=record_rows(model, columns, readers, prefetch),
        noun=model.noun,
    )


def part_table(
    model: type[Part],
    name: str,
    *,
    of: Column,
    title: Said,
    grain: Said,
    columns: tuple[Column, ...],
    readers: Readers | None = None,
    needed: str = "",
    prefetch: tuple[str, ...] = (),
    kept: Mapping[str, Any] | None = None,
) -> PublishedTable:
    """A table whose rows are lines of public records. ``of`` holds the key of the record, and comes first.

    ``kept`` names the lines that may leave, where some stay inside.
    """
    columns = (of, *columns)
    return PublishedTable(
        name=name,
        title=_both(title),
        grain=_both(grain),
        audience=Audience.PUBLIC,
        columns=columns,
        rows=part_rows(model, columns, readers, needed=needed, prefetch=prefetch, kept=kept),
    )


def shared_key(subject: Subject | None) -> str | None:
    """The key of a record others may know of; nothing for any other."""
    return subject.key if subject is not None and subject.visibility == Visibility.PUBLIC else None


def public_records(model: type[Record]) -> models.QuerySet[Any]:
    """The records that may be shared, by key."""
    return (
        model._default_manager.filter(subject__visibility=Visibility.PUBLIC)
        .select_related("subject", *_refs(model))
        .order_by("subject__key")
    )


def public_parts(model: type[Part], *, needed: str = "") -> models.QuerySet[Any]:
    """The lines of records that may be shared, in order. Without its ``needed`` tie a line is nothing."""
    way = _way_up(model)
    found = model._default_manager.filter(**{f"{way}__subject__visibility": Visibility.PUBLIC})
    if needed:
        found = found.filter(**{f"{needed}__visibility": Visibility.PUBLIC})
    steps = way.split("__")
    places = ["__".join([*steps[:depth], "position"]) for depth in range(len(steps) - 1, 0, -1)]
    return found.select_related(f"{way}__subject", *_refs(model)).order_by(
        f"{way}__subject__key", *places, "position", "pk"
    )


def record_rows(
    model: type[Record],
    columns: tuple[Column, ...],
    readers: Readers | None = None,
    prefetch: tuple[str, ...] = (),
) -> Callable[[], Iterator[Row]]:
    """Rows of a table about records."""

    def rows() -> Iterator[Row]:
        for record in public_records(model).prefetch_related(*prefetch):
            yield {column.name: _value(record, column, readers or {}) for column in columns}

    return rows


def part_rows(
    model: type[Part],
    columns: tuple[Column, ...],
    readers: Readers | None = None,
    *,
    needed: str = "",
    prefetch: tuple[str, ...] = (),
    kept: Mapping[str, Any] | None = None,
) -> Callable[[], Iterator[Row]]:
    """Rows of a table about the lines of records. Its first column is the key of their record."""

    def rows() -> Iterator[Row]:
        for part in public_parts(model, needed=needed).filter(**(kept or {})).prefetch_related(*prefetch):
            row = {columns[0].name: record_of_part(part).key}
            yield row | {column.name: _value(part, column, readers or {}) for column in columns[1:]}

    return rows


def record_of_part(part: Part) -> Record:
    """The record a line belongs to, however deep."""
    owner = part.owner  # type: ignore[attr-defined]  # every part names its owner so
    return record_of_part(owner) if isinstance(owner, Part) else owner


def _both(said: Said) -> dict[str, str]:
    return {"fr": said[0], "en": said[1]}


def _way_up(model: type[Part]) -> str:
    held: Any = model._meta
    owner = held.get_field("owner").related_model
    return f"owner__{_way_up(owner)}" if issubclass(owner, Part) else "owner"


def _refs(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if isinstance(field, RefField)]


def _value(row: Any, column: Column, readers: Readers) -> Any:
    if column.name in readers:
        return readers[column.name](row)
    if column.type == "key" or (column.name == "kind" and isinstance(row, Record)):
        return getattr(row.subject, column.name)
    if column.type == "lines":
        return lines_text(row.line_from, row.line_to) if shared_key(row.source) else ""
    value = getattr(row, column.name)
    if isinstance(value, Subject):
        return shared_key(value)
    return value
