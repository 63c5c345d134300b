"""A record named by its title instead of its key: found where one bears it, asked about where several do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from parvis.doors.desk.naming import meant, unborne
from parvis.doors.desk.sheets.cells import KeysCell, RefCell


def settle_refs(form: forms.Form, *, keys: bool = False) -> None:
    """Put keys where titles were written. Several that bear one title are never chosen from in silence.

    ``keys`` says that what looks like a key is looked for too: who wrote it may have meant a title.
    """
    written = {
        name: form.cleaned_data[name]
        for name, field in form.fields.items()
        if isinstance(field, RefCell | KeysCell) and form.cleaned_data.get(name)
    }
    words = {one for value in written.values() for one in _each(value)} - {form.cleaned_data.get("key")}
    known = meant(words, unborne(words) if keys else ())
    for name, value in written.items():
        found = [_the_one(one, known) for one in _each(value)]
        form.cleaned_data[name] = found if isinstance(value, list) else found[0]
        for one in found:
            if len(known.get(one, ())) > 1:
                said = _("Several records are called “%(name)s”: choose one: %(keys)s.")
                form.add_error(name, said % {"name": one, "keys": ", ".join(known[one])})
            elif known.get(one) == []:
                said = _("“%(name)s” names no record: choose one of those offered as you type.")
                form.add_error(name, said % {"name": one})


def _each(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def _the_one(word: str, known: Mapping[str, list[str]]) -> str:
    return known[word][0] if len(known.get(word, ())) == 1 else word
