"""A sheet laid out as a person fills it: sections, lines, and cells that keep a text's languages together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from parvis.doors.desk.sheets import cells
from parvis.doors.desk.sheets.labels import part_label, text_label
from parvis.doors.desk.sheets.sheet import GONE, PLACE, Sheet, columns_of
from parvis.doors.desk.words import tongue
from parvis.doors.ui import spelling
from parvis.foundation.publishing.tables import LANGUAGES

#: Languages every record is written in; the others stand behind one click.
_FIRST = ("fr", "en")


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing to fill: a field, or a text in each of its languages."""

    kind: str
    label: str
    size: str
    first: tuple[tuple[str, forms.BoundField], ...]
    others: tuple[tuple[str, forms.BoundField], ...] = ()

    @property
    def field(self) -> forms.BoundField:
        return self.first[0][1]

    @property
    def others_written(self) -> bool:
        return any(bound.value() or bound.errors for _code, bound in self.others)

    @property
    def said(self) -> list[tuple[str, str]]:
        """What is written in it, for reading: (language, words)."""
        found = ((code, shown(bound.field, bound.value())) for code, bound in (*self.first, *self.others))
        return [(code, words) for code, words in found if words]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list."""

    place: int
    cells: tuple[Cell, ...]
    gone: forms.BoundField
    order: forms.BoundField

    @property
    def wrong(self) -> bool:
        return any(bound.errors for cell in self.cells for _code, bound in (*cell.first, *cell.others))

    @property
    def written(self) -> bool:
        return any(cell.said for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form under its own title: cells, or lines of them."""

    name: str
    title: str
    cells: tuple[Cell, ...] = ()
    lines: tuple[Line, ...] = ()
    spare: Line | None = None
    errors: tuple[str, ...] = field(default_factory=tuple)

    @property
    def written(self) -> bool:
        return any(cell.said for cell in self.cells) or any(line.written for line in self.lines)


def sections_of(sheet: Sheet) -> list[Section]:
    """The parts of the form, in the order a person fills them."""
    texts = ("summary", *sheet.model.texts)
    own = [name for column in columns_of(sheet.model) for name in cells.cells_of(column, column.name)]
    keys = [name for name in sheet.model.parts if name not in sheet.sizes]
    about = ("original", "future_until")
    found = [
        Section("identity", "", _cells(sheet, ("title", "kind", "visibility", "key"))),
        Section("facts", _("Facts"), _cells(sheet, [*own, *keys])),
        Section("texts", _("Texts"), _cells(sheet, [*texts, *about])),
        *(listed(sheet, name) for name in (*sheet.model.parts, "cites", "names") if name in sheet.sizes),
        Section("filing", _("Filing"), _cells(sheet, ("themes", "priorities"))),
    ]
    return [section for section in found if section.cells or section.name in sheet.sizes]


def grouped(sheet: Sheet, groups: Mapping[str, tuple[Any, Sequence[str]]]) -> list[Section]:
    """Some cells of a sheet under headings of one's own: by name, the heading and the columns under it."""
    return [Section(name, str(title), _cells(sheet, columns)) for name, (title, columns) in groups.items()]


def listed(sheet: Sheet, name: str) -> Section:
    """One list of a sheet, line by line, with an empty line after."""
    lines = [_line(sheet, name, place) for place in range(sheet.sizes[name])]
    spare = lines[-1] if lines and len(lines) > sheet.held[name] and not lines[-1].written else None
    title = {"cites": _("Sources of this record"), "names": _("Other names")}.get(name) or part_label(name)
    shown = lines[:-1] if spare else lines
    errors = tuple(sheet.section_errors.get(name, ()))
    return Section(name, title, lines=tuple(shown), spare=spare or _fresh(sheet, name), errors=errors)


def _fresh(sheet: Sheet, name: str) -> Line | None:
    """An empty line after a form came back with all of its lines written."""
    place = sheet.sizes[name]
    again = Sheet(sheet.model, content={name: [{}] * place})
    return _line(again, name, place)


def _line(sheet: Sheet, name: str, place: int) -> Line:
    prefix = f"{name}.{place}."
    tools = (f"{prefix}{GONE}", f"{prefix}{PLACE}")
    named = [path for path in sheet.fields if path.startswith(prefix) and path not in tools]
    return Line(place, _cells(sheet, named), sheet[tools[0]], sheet[tools[1]])


def _cells(sheet: Sheet, names: Any) -> tuple[Cell, ...]:
    return tuple(_gathered(sheet, list(dict.fromkeys(_without_language(name) for name in names))))


def _without_language(path: str) -> str:
    stem, _dot, code = path.rpartition(".")
    return stem if stem and code in LANGUAGES else path


def _gathered(sheet: Sheet, paths: list[str]) -> Iterator[Cell]:
    for path in paths:
        if path in sheet.fields:
            bound = sheet[path]
            yield Cell(_kind(bound), str(bound.label), getattr(bound.field, "size", "medium"), (("", bound),))
            continue
        each = [(code, sheet[f"{path}.{code}"]) for code in LANGUAGES if f"{path}.{code}" in sheet.fields]
        if each:
            area = isinstance(each[0][1].field.widget, forms.Textarea)
            first = tuple(pair for pair in each if pair[0] in _FIRST)
            others = tuple(pair for pair in each if pair[0] not in _FIRST)
            label = str(each[0][1].label).rpartition(" (")[0] or text_label(path)
            yield Cell("words", label, "area" if area else "wide", first, others)


def _kind(bound: forms.BoundField) -> str:
    cell = bound.field
    if isinstance(cell, cells.KeysCell):
        return "keys"
    if isinstance(cell, cells.TermsCell):
        return "terms"
    if isinstance(cell, cells.RefCell):
        return "ref"
    return "check" if isinstance(cell, forms.BooleanField) else "plain"


def shown(field: forms.Field, value: Any) -> str:
    """A value as a person reads it: titles for keys, labels for codes."""
    if isinstance(field, cells.KeysCell | cells.RefCell):
        keys = value if isinstance(value, list) else [value]
        return "; ".join(_title_alone(one) for one in keys if one)
    if isinstance(field, forms.ChoiceField):
        labels = {str(code): label for code, label in cells.pairs(field)}
        codes = value if isinstance(value, list) else [value]
        return ", ".join(str(labels.get(code, code)) for code in codes if code)
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else ""
    if value in (None, ""):
        return ""
    return _day(str(value)) if isinstance(field, cells.DayCell) else str(value)


def _day(written: str) -> str:
    """A date said in words; as it was written where it is none."""
    try:
        return spelling.day(written, tongue())
    except ValueError:
        return written


def _title_alone(text: str) -> str:
    return text.rpartition(" (")[0] or text
