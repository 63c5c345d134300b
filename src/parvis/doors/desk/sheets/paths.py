"""A field's path said in words: ``steps.1.day`` is “Steps 2: Day”."""

from __future__ import annotations

import re

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from parvis.doors.desk.sheets.labels import LABELS, PARTS, TEXTS, head_label, language_label, part_label, text_label
from parvis.doors.desk.words import tongue
from parvis.foundation.publishing.tables import LANGUAGES
from parvis.foundation.values import in_language
from parvis.publication.bake.collecting import published_tables
from parvis.register.models import Record

_SHELL = re.compile(r"^(?:texts|facts|rows)\.")
#: A cell of a table that belongs to a record: ``rows.agreement_steps[2].state``.
_ROW = re.compile(r"^rows\.(\w+)\[(\d+)\]\.(.+)$")
_PLACE = re.compile(r"\[(\d+)\]")


def label_of_path(model: type[Record], path: str) -> str:
    """What a field of a sheet is called, with the line it stands in and its language."""
    stem, language = _language_of(path)
    steps = stem.split(".")
    said = _line(steps) if len(steps) > 1 and steps[1].isdigit() else _own(model, steps[0])
    return f"{said} ({language})" if language else said


def label_of_published(path: str) -> str:
    """What a value of a published record is called: ``rows.agreement_steps[2].state``."""
    if found := _ROW.match(path):
        return _published_cell(*found.groups())
    plain = _SHELL.sub("", _PLACE.sub(lambda found: f".{found[1]}", path))
    stem, language = _language_of(plain)
    steps = [step for step in stem.split(".") if step]
    if steps[0] == "originals":
        return _("Language it was written in: %(text)s") % {"text": _word(steps[-1])}
    words = " ".join(step if step.isdigit() else _word(step) for step in steps)
    return f"{capfirst(words)} ({language})" if language else capfirst(words)


def _published_cell(table: str, place: str, rest: str) -> str:
    """A cell of a published table: the title of the table, the place of the row, what the column means."""
    known = next((one for one in published_tables() if one.name == table), None)
    column = next((one for one in known.columns if one.name == rest.partition(".")[0]), None) if known else None
    title = in_language(known.title, tongue())[0] if known else _word(table)
    meaning = in_language(column.meaning, tongue())[0] if column else _word(rest)
    return f"{title} {place}".strip() + f" · {meaning}"


def label_of_cell(table: str, column: str, language: str) -> str:
    """What a text of a published table is called: the field of a record, or a column of one of its lines."""
    if table in ("texts", "subjects"):
        said = capfirst(_word(column))
    else:
        known = next((one for one in published_tables() if one.name == table), None)
        said = _published_cell(table, "", column) if known is None or not known.noun else capfirst(_word(column))
    return f"{said} ({language_label(language)})" if language else said


def _language_of(path: str) -> tuple[str, str]:
    stem, dot, code = path.rpartition(".")
    return (stem, language_label(code)) if dot and code in LANGUAGES else (path, "")


def _line(steps: list[str]) -> str:
    name, place, *rest = steps
    list_name = {"names": _("Other names"), "cites": _("Sources of this record")}.get(name) or part_label(name)
    column = rest[-1] if rest else ""
    return f"{list_name} {int(place) + 1}: {_word(column)}"


def _own(model: type[Record], name: str) -> str:
    if name in ("title", "summary", *model.texts):
        return capfirst(text_label(name))
    if name in model.parts:
        return part_label(name)
    columns = {field.name for field in model._meta.concrete_fields if isinstance(field, models.Field)}
    return capfirst(str(LABELS[name]) if name in columns and name in LABELS else head_label(name))


def _word(name: str) -> str:
    for known in (LABELS, PARTS, TEXTS):
        if name in known:
            return str(known[name])
    return head_label(name) if head_label(name) != name else name.replace("_", " ")
