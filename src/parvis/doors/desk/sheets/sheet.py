"""The form of a record: from its content to cells and back, each refusal beside the cell it speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _

from parvis.doors.desk.sheets import cells
from parvis.doors.desk.sheets.labels import (
    HELP,
    head_label,
    language_label,
    part_label,
    text_label,
)
from parvis.doors.desk.sheets.meaning import settle_refs
from parvis.doors.desk.sheets.refusals import column_of_rule, place_of
from parvis.doors.desk.words import vocabulary
from parvis.foundation.publishing.tables import LANGUAGES
from parvis.foundation.values.refusal import Refusal
from parvis.register.enums import NameKind, Visibility
from parvis.register.errors import InvalidContent
from parvis.register.fields import RefField, WordsField
from parvis.register.models import Part, Record

CITE = ("source", "lines", "page", "section", "about", "fact")
NAME = ("text", "lang", "kind", "from", "to")
#: An empty line is offered under each list, so that one can be added without a script.
SPARE = 1
#: No record has more lines than this in one list; a hostile form stops here.
_MOST_LINES = 500
#: A line ticked so is taken out; a line moves to the place written there.
GONE, PLACE = "-gone", "-place"


class Sheet(forms.Form):
    """A record as a form. It checks shape; the room's action decides.

    ``content`` is the record's content as in a data file, ``titles`` what the keys in it stand for.
    Fields are named by their path in the content. ``keys_sought`` says that a key no record has is told with all
    else that cannot be read.
    """

    keys_sought = False

    def __init__(
        self,
        model: type[Record],
        *,
        content: Mapping[str, Any],
        data: Mapping[str, Any] | None = None,
        titles: Mapping[str, str] | None = None,
    ) -> None:
        self.model = model
        self.held = {name: len(content.get(name) or ()) for name in self.lists(model)}
        self.sizes = _sizes(self.held, data)
        self.kept: dict[str, list[int]] = {}
        self.section_errors: dict[str, list[str]] = {}
        super().__init__(data=data, initial=dict(_flattened(model, content)))
        self.fields |= self._head()
        for field in columns_of(model):
            self.fields |= cells.cells_of(field, field.name)
        for name in model.parts:
            self.fields |= self._part(part_of(model, name), name)
        self.fields |= self._plain("names", NAME) | self._plain("cites", CITE)
        if content.get("key"):
            self.fields["key"].disabled = True
        self._show(titles or {})

    @staticmethod
    def lists(model: type[Record]) -> tuple[str, ...]:
        """The lists of lines of a record; ties that are a key alone are one field, not a list."""
        return (*(name for name in model.parts if not is_keys(part_of(model, name))), "names", "cites")

    def clean(self) -> dict[str, Any]:
        settle_refs(self, keys=self.keys_sought)
        return self.cleaned_data

    def content(self) -> dict[str, Any]:
        """What was written, as it would stand in a data file. Call it on a valid form."""
        plain = ("key", "kind", "visibility", "themes", "priorities", "original", "future_until")
        found = {name: self.cleaned_data.get(name) for name in plain}
        for text in ("title", "summary", *self.model.texts):
            found[text] = self._by_language(text)
        found |= self._row(self.model, "")
        for name in self.model.parts:
            part = part_of(self.model, name)
            found[name] = self.cleaned_data.get(name) if is_keys(part) else self._in_order(name, part)
        found["names"] = self._in_order("names", None)
        found["cites"] = self._in_order("cites", None)
        return {name: value for name, value in found.items() if value not in ("", None, {}, [])}

    def add_refusal(self, refusal: Refusal) -> None:
        """Say a refusal where it belongs: beside its field, over its list, or at the top."""
        if isinstance(refusal, InvalidContent):
            for problem in refusal.problems:
                self._add_problem(problem.path, str(problem.sentence))
            return
        where = place_of(refusal, fields=self.fields, lists=self.sizes)
        if where in self.fields:
            self.add_error(where, str(refusal))
        else:
            if where:
                self.section_errors.setdefault(where, []).append(str(refusal))
            self.add_error(None, str(refusal))

    def _add_problem(self, path: str, sentence: str) -> None:
        steps = self._as_laid_out(self._with_its_column(path, sentence).split("."))
        named = [".".join(steps[:count]) for count in range(len(steps), 0, -1)]
        near = (name for path in named for name in self.fields if name == path or name.startswith(f"{path}."))
        self.add_error(next(near, None), sentence)

    def _with_its_column(self, path: str, sentence: str) -> str:
        """A rule that a whole record or a whole line breaks is told at the first column it speaks of."""
        name, _dot, place = path.partition(".")
        if not path:
            return column_of_rule(self.model, sentence)
        if name in self.model.parts and place.isdigit():
            return f"{path}.{column_of_rule(part_of(self.model, name), sentence)}".rstrip(".")
        return path

    def _as_laid_out(self, steps: list[str]) -> list[str]:
        """Lines are counted again when some were left empty: back to where the line stands on the form."""
        if len(steps) > 1 and steps[0] in self.kept and steps[1].isdigit():
            kept = self.kept[steps[0]]
            if int(steps[1]) < len(kept):
                return [steps[0], str(kept[int(steps[1])]), *steps[2:]]
        return steps

    def _head(self) -> dict[str, forms.Field]:
        words = vocabulary()
        kinds = cells.term_choices(words.kinds[self.model.noun]) if self.model.noun in words.kinds else []
        kind = cells.TermCell(label=head_label("kind"), choices=[("", "—"), *kinds], required=False)
        read = forms.ChoiceField(
            label=head_label("visibility"), choices=Visibility.choices, help_text=HELP["visibility"]
        )
        key = cells.text_cell(_("Key"), help_text=str(HELP["key"]))
        found = cells.words_cells(text_label("title"), "title", area=False)
        found |= {"kind": kind, "visibility": read, "key": key}
        for text in ("summary", *self.model.texts):
            found |= cells.words_cells(text_label(text), text)
        original = forms.ChoiceField(
            label=head_label("original"),
            choices=[("", "—"), *((code, language_label(code)) for code in LANGUAGES)],
            required=False,
        )
        until = cells.text_cell(head_label("future_until"), help_text=str(HELP["future_until"]))
        themes = cells.TermsCell(words.themes, label=head_label("themes"))
        priorities = cells.TermsCell(words.priorities, label=head_label("priorities"))
        return found | {
            "original": original,
            "future_until": until,
            "themes": themes,
            "priorities": priorities,
        }

    def _part(self, part: type[Part], path: str) -> dict[str, forms.Field]:
        if is_keys(part):
            return {path: keys_cell(part, part_label(path), str(HELP.get(path, "")))}
        found: dict[str, forms.Field] = {}
        for place in range(self.sizes[path]):
            found |= _line_cells(part, f"{path}.{place}") | _line_tools(f"{path}.{place}", place)
        return found

    def _plain(self, name: str, columns: tuple[str, ...]) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {}
        for place in range(self.sizes[name]):
            for column in columns:
                found[f"{name}.{place}.{column}"] = _plain_cell(name, column)
            found |= _line_tools(f"{name}.{place}", place)
        return found

    def _show(self, titles: Mapping[str, str]) -> None:
        for name, field in self.fields.items():
            if isinstance(field, cells.RefCell | cells.KeysCell):
                field.titles = titles
            elif isinstance(field, cells.TermCell | cells.TermsCell):
                field.admit(self.initial.get(name))

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
            if value is not False and value not in ("", None, {}, []):  # nought is said, too
                found[field.name] = value
        if hasattr(model, "line_from") and self.cleaned_data.get(f"{prefix}lines"):
            found["lines"] = self.cleaned_data[f"{prefix}lines"]
        return found

    def _in_order(self, name: str, part: type[Part] | None) -> list[Any]:
        """The lines that say something, in the order asked for."""
        lines = []
        for place in range(self.sizes[name]):
            prefix = f"{name}.{place}."
            line = self._line(part, prefix) if part else self._plain_line(name, prefix)
            if line and not self.cleaned_data.get(f"{prefix}{GONE}"):
                lines.append((self.cleaned_data.get(f"{prefix}{PLACE}") or place + 1, place, line))
        lines.sort(key=lambda row: row[:2])
        self.kept[name] = [place for _asked, place, _line in lines]
        return [line for _asked, _place, line in lines]

    def _line(self, part: type[Part], prefix: str) -> Any:
        line = self._row(part, prefix)
        for name in part.parts:
            if keys := self.cleaned_data.get(f"{prefix}{name}"):
                line[name] = keys
        return line[part.lone] if part.lone and set(line) == {part.lone} else line

    def _plain_line(self, name: str, prefix: str) -> dict[str, str]:
        columns = NAME if name == "names" else CITE
        line = {column: self.cleaned_data.get(f"{prefix}{column}") for column in columns}
        said = {column: value for column, value in line.items() if value}
        return said if set(said) - {"kind"} else {}


def columns_of(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns a person fills; where it is read comes after what is said."""
    found = [
        field
        for field in model._meta.concrete_fields
        if field.name not in cells.HIDDEN and field.editable and not field.name.endswith("_ptr")
    ]
    cited = hasattr(model, "line_from")
    return sorted(found, key=lambda field: cited and field.name in ("source", "fact"))


def part_of(model: type[models.Model], name: str) -> type[Part]:
    return model._meta.get_field(name).related_model  # type: ignore[return-value]


def is_keys(part: type[Part]) -> bool:
    """Whether the lines of a part are each the key of a record, and nothing else."""
    columns = columns_of(part)
    return [field.name for field in columns] == [part.lone] and isinstance(columns[0], RefField)


def keys_cell(part: type[Part], label: str, help_text: str = "") -> cells.KeysCell:
    (column,) = columns_of(part)
    assert isinstance(column, RefField)
    return cells.KeysCell(column.nouns, label=label, help_text=help_text)


def _line_cells(part: type[Part], prefix: str) -> dict[str, forms.Field]:
    own: dict[str, forms.Field] = {}
    where: dict[str, forms.Field] = {}
    for field in columns_of(part):
        cited = hasattr(part, "line_from") and field.name in ("source", "fact")
        (where if cited else own).update(cells.cells_of(field, f"{prefix}.{field.name}"))
    for name in part.parts:
        own[f"{prefix}.{name}"] = keys_cell(part_of(part, name), part_label(name), str(HELP.get(name, "")))
    if hasattr(part, "line_from"):
        lines = cells.short_cell(head_label("lines"), str(HELP["lines"]))
        fact = where.pop(f"{prefix}.fact")
        where |= {f"{prefix}.lines": lines, f"{prefix}.fact": fact}
    return own | where


def _line_tools(prefix: str, place: int) -> dict[str, forms.Field]:
    gone = forms.BooleanField(label=_("Take this line out"), required=False)
    box = forms.NumberInput(attrs={"min": 1, "max": _MOST_LINES})
    order = forms.IntegerField(label=_("Place in the list"), required=False, widget=box, initial=place + 1)
    return {f"{prefix}.{GONE}": gone, f"{prefix}.{PLACE}": order}


def _plain_cell(name: str, column: str) -> forms.Field:
    if column == "source":
        return cells.RefCell(("source",), label=head_label("source"))
    if (name, column) == ("names", "kind"):
        choices = [("", "—"), *NameKind.choices]
        return forms.ChoiceField(label=head_label("kind"), choices=choices, required=False)
    if (name, column) == ("cites", "about"):
        return cells.text_cell(_("Field it supports"), help_text=str(HELP["about"]))
    helps = {"lines": HELP["lines"], "fact": HELP["fact"], "from": _("2015, 2015-05 or 2015-05-09")}
    make = cells.text_cell if column in ("text", "section") else cells.short_cell
    return make(head_label(column), help_text=str(helps.get(column, "")))


def _sizes(held: Mapping[str, int], data: Mapping[str, Any] | None) -> dict[str, int]:
    """How many lines each list of the form has: those written, and one to spare."""
    if data is None:
        return {name: count + SPARE for name, count in held.items()}
    sizes = dict(held)
    for key in data:
        name, _dot, rest = key.partition(".")
        place = rest.partition(".")[0]
        if name in sizes and place.isdecimal() and len(place) < 5 and int(place) < _MOST_LINES:
            sizes[name] = max(sizes[name], int(place) + 1)
    return sizes


def _flattened(model: type[Record], content: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    columns = {field.name: field for field in columns_of(model)}
    lists = Sheet.lists(model)
    for name, value in content.items():
        if name in lists:
            part = part_of(model, name) if name in model.parts else None
            for place, line in enumerate(value):
                yield from _flattened_line(part, f"{name}.{place}", line)
        elif name in ("title", "summary", *model.texts) or isinstance(columns.get(name), WordsField):
            yield from ((f"{name}.{code}", text) for code, text in value.items())
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
