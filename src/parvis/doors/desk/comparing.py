"""Two contents of a record side by side, each difference named in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from parvis.doors.desk.sheets import cells
from parvis.doors.desk.sheets.layout import shown
from parvis.doors.desk.sheets.paths import label_of_path
from parvis.doors.desk.sheets.sheet import Sheet
from parvis.register.models import Record

#: The language a record was first written in follows from its texts.
_UNSAID = frozenset({"original"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two contents differ. ``take`` proposes what somebody else wrote there."""

    path: str
    label: str
    before: str
    after: str
    take: bool = False

    @property
    def how(self) -> str:
        if not self.before:
            return "added"
        return "removed" if not self.after else "changed"


def differences(
    model: type[Record],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    titles: Mapping[str, str] | None = None,
) -> list[Difference]:
    """Every place where two contents differ, in the order of the form."""
    old, new = fields_of(model, before), fields_of(model, after)
    told = _Told(model, titles or {}, before, after)
    paths = [path for path in told.order if old.get(path) != new.get(path)]
    return [
        Difference(path, label_of_path(model, path), told.said(path, old), told.said(path, new))
        for path in paths
        if path not in _UNSAID
    ]


def clashes(
    model: type[Record],
    *,
    seen: Mapping[str, Any] | None,
    theirs: Mapping[str, Any],
    mine: Mapping[str, Any],
    titles: Mapping[str, str],
) -> list[Difference]:
    """What somebody else changed since ``seen`` was read, beside what I wrote: before is theirs, after mine.

    Where I left the field as it was, theirs is proposed. What only I changed is no clash.
    """
    base = fields_of(model, seen) if seen is not None else None
    here, there = fields_of(model, mine), fields_of(model, theirs)
    told = _Told(model, titles, theirs, mine, seen or {})
    found = []
    for path in told.order:
        if path in _UNSAID or told.same(path, here, there):
            continue
        if base is not None and base.get(path) == there.get(path):
            continue
        untouched = base is not None and base.get(path) == here.get(path)
        label = label_of_path(model, path)
        found.append(Difference(path, label, told.said(path, there), told.said(path, here), take=untouched))
    return found


def fields_of(model: type[Record], content: Mapping[str, Any]) -> dict[str, Any]:
    """A content as the values of its form fields; what is empty is left out."""
    initial = Sheet(model, content=content).initial
    return {path: value for path, value in initial.items() if value is not False and value not in (None, "", [], {})}


class _Told:
    """Values of fields in words: titles for keys, labels for codes, in the order of the form."""

    def __init__(self, model: type[Record], titles: Mapping[str, str], *contents: Mapping[str, Any]) -> None:
        longest = {name: max((content.get(name) or [] for content in contents), key=len) for name in Sheet.lists(model)}
        self.sheet = Sheet(model, content=longest, titles=titles)
        self.order = list(self.sheet.fields)

    def same(self, path: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
        """Whether two contents say the same in a field: 50000 is 50000.00."""
        field, here, there = self.sheet.fields[path], one.get(path), other.get(path)
        if isinstance(field, cells.NumberCell) and here is not None and there is not None:
            return field.as_read(here) == field.as_read(there)
        return bool(here == there)

    def said(self, path: str, values: Mapping[str, Any]) -> str:
        value = values.get(path)
        field = self.sheet.fields[path]
        if isinstance(field, cells.TermCell | cells.TermsCell):
            field.admit(value)
        if isinstance(field, cells.NumberCell):
            return field.as_read(value)
        return shown(field, field.prepare_value(value)) if value is not None else ""
