"""A field's path said in words: ``steps.1.day`` is “Steps 2: Day”."""

from __future__ import annotations

import re

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from parvis.doors.desk.sheets.labels import LABELS, PARTS, TEXTS, head_label, language_label, part_label, text_label
from parvis.foundation.publishing.tables import LANGUAGES
from parvis.register.models import Record

_SHELL = re.compile(r"^(?:texts|facts|rows)\.")
_PLACE = re.compile(r"\[(\d+)\]")


def label_of_path(model: type[Record], path: str) -> str:
    """What a field of a sheet is called, with the line it stands in and its language."""
    stem, language = _language_of(path)
    steps = stem.split(".")
    said = _line(steps) if len(steps) > 1 and steps[1].isdigit() else _own(model, steps[0])
    return f"{said} ({language})" if language else said


def label_of_published(path: str) -> str:
    """What a value of a published record is called: ``rows.agreement_steps[2].state``."""
    plain = _SHELL.sub("", _PLACE.sub(lambda found: f".{found[1]}", path))
    stem, language = _language_of(plain)
    steps = [step for step in stem.split(".") if step]
    words = " ".join(step if step.isdigit() else _word(step) for step in steps)
    return f"{capfirst(words)} ({language})" if language else capfirst(words)


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
