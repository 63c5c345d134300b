"""One form field for each column, named by its dotted path (``parties.0.role``)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from parvis.doors.desk.sheets.labels import label_of
from parvis.foundation.publishing.tables import LANGUAGES
from parvis.register.fields import PartialDateField, RefField, WordsField

#: Columns the sheet does not show: they are the record's own bookkeeping.
HIDDEN = frozenset({"id", "subject", "owner", "position", "line_from", "line_to", "chosen_by", "chosen_at"})


def cells_of(field: models.Field[Any, Any], path: str) -> dict[str, forms.Field]:
    """The form fields of one column; several for words in several languages."""
    label = label_of(field)
    if isinstance(field, WordsField):
        return {
            f"{path}.{language}": _text(f"{label} ({language})", area=field.name not in ("called", "role"))
            for language in LANGUAGES
        }
    return {path: _cell(field, label)}


def _cell(field: models.Field[Any, Any], label: str) -> forms.Field:
    if isinstance(field, RefField):
        return _text(
            label, help_text=_("Key of a record"), attrs={"list": list_of(field), "autocomplete": "off"}
        )
    if isinstance(field, models.ForeignKey):
        return _text(label, help_text=_("Key of the record, #, mark of the fact"))
    if isinstance(field, PartialDateField):
        return _text(label, help_text=_("2015, 2015-05, 2015-05-09 or 2013/2016"))
    if field.choices:
        choices = [("", "—"), *((code, name) for code, name in field.choices if code)]
        return forms.ChoiceField(label=label, choices=choices, required=False)
    if isinstance(field, models.BooleanField):
        return forms.BooleanField(label=label, required=False)
    if isinstance(field, ArrayField):
        return _text(label, area=True, help_text=_("One a line"))
    if isinstance(field, models.JSONField):
        return _text(label, area=True, help_text=_("One a line: name: value"))
    return _text(label)


def list_of(field: RefField) -> str:
    """Name of the list of keys a tie is chosen from."""
    return "keys-" + ("-".join(field.nouns) or "any")


def text_cell(label: str, *, area: bool = False, required: bool = False) -> forms.CharField:
    """A plain field for a text of the record's head."""
    cell = _text(capfirst(label), area=area)
    cell.required = required
    return cell


def _text(
    label: str, *, area: bool = False, help_text: str = "", attrs: dict[str, str] | None = None
) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2}) if area else forms.TextInput(attrs=attrs or {})
    return forms.CharField(label=label, required=False, widget=widget, help_text=help_text)


def written(field: models.Field[Any, Any] | None, value: Any) -> Any:
    """How a value stands in its form field."""
    if isinstance(value, list):
        return "\n".join(str(one) for one in value)
    if isinstance(value, dict) and not isinstance(field, WordsField):
        return "\n".join(f"{name}: {text}" for name, text in value.items())
    return value


def read(field: models.Field[Any, Any], value: Any) -> Any:
    """The value a form field holds, as it would stand in a data file."""
    if isinstance(field, ArrayField):
        return [line.strip() for line in str(value).splitlines() if line.strip()]
    if isinstance(field, models.JSONField):
        pairs = (line.partition(":") for line in str(value).splitlines() if line.strip())
        return {name.strip(): text.strip() for name, _colon, text in pairs}
    return value
