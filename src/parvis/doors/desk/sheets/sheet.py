"""The form of a record: from a content to its cells, from its cells to a content, refusals beside the cell they speak of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _

from parvis.doors.desk.sheets import cells
from parvis.doors.desk.words import tongue, vocabulary
from parvis.foundation.publishing.tables import LANGUAGES
from parvis.register.enums import NameKind, Visibility
from parvis.register.errors import InvalidContent
from parvis.register.fields import WordsField
from parvis.register.models import Part, Record

_CITE = ("source", "lines", "page", "section", "about", "fact")
_NAME = ("text", "lang", "kind", "from", "to")
#: Empty lines offered under each list, so that a line can be added without a script.
_SPARE = 2


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the form: its title, and the bound fields of each of its lines."""

    name: str
    lines: tuple[tuple[forms.BoundField, ...], ...]
    spare: int = 0


class Sheet(forms.Form):
    """A record as a form. It checks shape; the room's action decides.

    ``content`` is the record's content as in a data file. Fields are named by their path in it.
    """

    def __init__(
        self, model: type[Record], *, content: Mapping[str, Any], data: Mapping[str, Any] | None = None
    ) -> None:
        self.model = model
        self.sizes = _sizes(model, content, data)
        super().__init__(data=data, initial=dict(_flattened(model, content)))
        self.fields |= self._head()
        for field in columns_of(model):
            self.fields |= cells.cells_of(field, field.name)
        for name in model.parts:
            self.fields |= self._part(part_of(model, name), name)
        self.fields |= self._plain("names", _NAME) | self._plain("cites", _CITE)
        if content.get("key"):
            self.fields["key"].disabled = True

    def content(self) -> dict[str, Any]:
        """What was written, as it would stand in a data file. Call it on a valid form."""
        found = {
            name: value for name in ("key", "kind", "visibility") if (value := self.cleaned_data.get(name))
        }
        for name in ("themes", "priorities"):
            found[name] = self.cleaned_data.get(name) or []
        for text in ("title", "summary", *self.model.texts):
            found[text] = self._by_language(text)
        found |= self._row(self.model, "")
        for name in self.model.parts:
            found[name] = list(self._lines(part_of(self.model, name), name))
        found["names"] = list(self._plain_lines("names", _NAME))
        found["cites"] = list(self._plain_lines("cites", _CITE))
        return {name: value for name, value in found.items() if value not in ("", None, {}, [])}

    def add_problems(self, refusal: InvalidContent) -> None:
        """Put each problem beside the field it speaks of, or at the top when there is none."""
        for problem in refusal.problems:
            steps = problem.path.split(".")
            named = [".".join(steps[:count]) for count in range(len(steps), 0, -1)]
            near = (
                name for path in named for name in self.fields if name == path or name.startswith(f"{path}.")
            )
            self.add_error(next(near, None), problem.sentence)

    def groups(self) -> Iterator[Group]:
        """The parts of the form, in the order a person fills them."""
        head = [name for name in self._head() if name in self.fields]
        yield Group("head", (tuple(self[name] for name in head),))
        own = [name for field in columns_of(self.model) for name in cells.cells_of(field, field.name)]
        yield Group("facts", (tuple(self[name] for name in own),))
        for name in (*self.model.parts, "names", "cites"):
            yield Group(name, tuple(self._bound_lines(name)), spare=_SPARE)

    def _bound_lines(self, name: str) -> Iterator[tuple[forms.BoundField, ...]]:
        for place in range(self.sizes[name]):
            prefix = f"{name}.{place}."
            yield tuple(self[field] for field in self.fields if field.startswith(prefix))

    def _head(self) -> dict[str, forms.Field]:
        words = vocabulary()
        kinds = [(term.code, term.in_language(tongue())) for term in _terms(words.kinds.get(self.model.noun))]
        found: dict[str, forms.Field] = {"key": cells.text_cell(_("Key"), required=True)}
        found |= {f"title.{code}": cells.text_cell(f"{_('Title')} ({code})") for code in LANGUAGES}
        found["kind"] = forms.ChoiceField(label=_("Kind"), choices=[("", "—"), *kinds], required=False)
        found["visibility"] = forms.ChoiceField(label=_("Who may read it"), choices=Visibility.choices)
        found |= {
            f"summary.{code}": cells.text_cell(f"{_('Summary')} ({code})", area=True) for code in LANGUAGES
        }
        for text in self.model.texts:
            found |= {f"{text}.{code}": cells.text_cell(f"{text} ({code})", area=True) for code in LANGUAGES}
        for name, terms in (("themes", words.themes), ("priorities", words.priorities)):
            choices = [(term.code, term.in_language(tongue())) for term in _terms(terms)]
            found[name] = forms.MultipleChoiceField(
                label={"themes": _("Themes"), "priorities": _("Priorities")}[name],
                choices=choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        return found

    def _part(self, part: type[Part], path: str) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {}
        for place in range(self.sizes[path]):
            found |= _line_cells(part, f"{path}.{place}")
        return found

    def _plain(self, name: str, columns: tuple[str, ...]) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {}
        for place in range(self.sizes[name]):
            for column in columns:
                cell: forms.Field = cells.text_cell(_PLAIN_LABELS[column]())
                if (name, column) == ("names", "kind"):
                    cell = forms.ChoiceField(
                        label=_("Kind"), choices=[("", "—"), *NameKind.choices], required=False
                    )
                if column == "source":
                    cell.widget.attrs["list"] = "keys-source"
                found[f"{name}.{place}.{column}"] = cell
        return found

    def _by_language(self, path: str) -> dict[str, str]:
        said = {code: (self.cleaned_data.get(f"{path}.{code}") or "").strip() for code in LANGUAGES}
        return {code: text for code, text in said.items() if text}

    def _row(self, model: type[models.Model], prefix: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for field in columns_of(model):
            path = f"{prefix}{field.name}"
            if isinstance(field, WordsField):
                value: Any = self._by_language(path)
            else:
                value = cells.read(field, self.cleaned_data.get(path))
            if value not in ("", None, False, {}, []):
                found[field.name] = value
        if hasattr(model, "line_from") and self.cleaned_data.get(f"{prefix}lines"):
            found["lines"] = self.cleaned_data[f"{prefix}lines"]
        return found

    def _lines(self, part: type[Part], path: str) -> Iterator[dict[str, Any]]:
        for place in range(self.sizes[path]):
            prefix = f"{path}.{place}."
            line = self._row(part, prefix)
            for name in part.parts:
                keys = str(self.cleaned_data.get(f"{prefix}{name}") or "").split()
                if keys:
                    line[name] = keys
            if line:
                yield line

    def _plain_lines(self, name: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
        for place in range(self.sizes[name]):
            line = {column: self.cleaned_data.get(f"{name}.{place}.{column}") for column in columns}
            said = {column: value for column, value in line.items() if value}
            if said and set(said) != {"kind"}:
                yield said


_PLAIN_LABELS = {
    "source": lambda: _("Source"),
    "lines": lambda: _("Lines"),
    "page": lambda: _("Page"),
    "section": lambda: _("Section"),
    "about": lambda: _("Field it supports"),
    "fact": lambda: _("Mark of the fact"),
    "text": lambda: _("Name"),
    "lang": lambda: _("Language"),
    "kind": lambda: _("Kind"),
    "from": lambda: _("From"),
    "to": lambda: _("Until"),
}


def columns_of(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns a person fills."""
    return [
        field
        for field in model._meta.concrete_fields
        if field.name not in cells.HIDDEN and field.editable and not field.name.endswith("_ptr")
    ]


def part_of(model: type[models.Model], name: str) -> type[Part]:
    return model._meta.get_field(name).related_model  # type: ignore[return-value, union-attr]


def _line_cells(part: type[Part], prefix: str) -> dict[str, forms.Field]:
    found: dict[str, forms.Field] = {}
    for field in columns_of(part):
        found |= cells.cells_of(field, f"{prefix}.{field.name}")
    if hasattr(part, "line_from"):
        found[f"{prefix}.lines"] = cells.text_cell(_("Lines"))
    for name in part.parts:
        deeper = part_of(part, name)
        cell = cells.text_cell(name, area=True)
        cell.help_text = _("Keys of records, one a line")
        found[f"{prefix}.{name}"] = cell
        assert deeper.lone, f"{deeper.__name__} must say which field a line is written by alone"
    return found


def _sizes(model: type[Record], content: Mapping[str, Any], data: Mapping[str, Any] | None) -> dict[str, int]:
    """How many lines each list of the form has: those written, and a few to spare."""
    sizes = {}
    for name in (*model.parts, "names", "cites"):
        held = len(content.get(name) or ())
        if data is not None:
            places = [
                int(key.split(".")[1])
                for key in data
                if key.startswith(f"{name}.") and key.split(".")[1].isdigit()
            ]
            held = max([held, *(place + 1 for place in places if place < 500)])
            sizes[name] = held
        else:
            sizes[name] = held + _SPARE
    return sizes


def _flattened(model: type[Record], content: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    columns = {field.name: field for field in columns_of(model)}
    for name, value in content.items():
        if name in (*model.parts, "names", "cites"):
            part = part_of(model, name) if name in model.parts else None
            for place, line in enumerate(value):
                yield from _flattened_line(part, f"{name}.{place}", line)
        elif name in ("title", "summary", *model.texts) or isinstance(columns.get(name), WordsField):
            yield from ((f"{name}.{code}", text) for code, text in value.items())
        elif name in ("themes", "priorities"):
            yield name, value
        else:
            yield name, cells.written(columns.get(name), value)


def _flattened_line(part: type[Part] | None, prefix: str, line: Any) -> Iterator[tuple[str, Any]]:
    if not isinstance(line, Mapping):
        line = {part.lone if part else "text": line}
    columns = {field.name: field for field in columns_of(part)} if part else {}
    for name, value in line.items():
        if isinstance(columns.get(name), WordsField):
            yield from ((f"{prefix}.{name}.{code}", text) for code, text in value.items())
        else:
            yield f"{prefix}.{name}", cells.written(columns.get(name), value)


def _terms(terms: Any) -> list[Any]:
    return list(terms or ())
