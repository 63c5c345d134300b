"""Writes docs/data-format.md from the models: the format of a city's files, each noun with its fields and lines.

``python scripts/data_format.py`` writes it; ``--check`` says whether it is as it would be written, and changes
nothing.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
PAGE = PROJECT / "docs" / "data-format.md"
HEAD = Path(__file__).with_name("data_format_head.md")

_NEVER_WRITTEN = {"id", "subject", "owner", "position", "line_from", "line_to"}
_CITED = {"source", "fact"}


def page() -> str:
    """The whole page."""
    from django.utils import translation  # noqa: PLC0415

    from parvis.exchange.inbound.entrances import NOUNS, entrances  # noqa: PLC0415

    lines = [HEAD.read_text(encoding="utf-8").rstrip(), ""]
    with translation.override("en"):
        for plural, noun in NOUNS.items():
            lines += _noun(plural, entrances()[noun][0])
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


def _noun(plural: str, model: Any) -> Iterator[str]:
    yield from ("", f"### `{plural}` ({_words_for(model.noun)})", "")
    yield _docstring(model)
    yield ""
    if kinds := _kinds(model.noun):
        yield f"Kinds: {', '.join(f'`{kind}`' for kind in kinds)}."
        yield ""
    if model.texts:
        texts = " and ".join(f"`{text}`" for text in model.texts)
        yield f"Public texts besides title and summary: {texts} (words by language)."
        yield ""
    yield from _table(model, _meanings(model.noun))
    yield from _rules(model)
    for name in model.parts:
        yield from _lines_of(model, name)


def _lines_of(owner: Any, name: str, above: str = "") -> Iterator[str]:
    part = owner._meta.get_field(name).related_model  # Django's own way
    under = f" under each of `{above}`" if above else ""
    yield f"**`{name}`**: a list{under}. {_docstring(part)}{_how_written(part)}"
    yield ""
    yield from _table(part, _meanings_of_lines(part, name))
    yield from _rules(part)
    for deeper in part.parts:
        yield from _lines_of(part, deeper, name)


def _how_written(part: Any) -> str:
    said = f" Written as the key alone where nothing else is said of it (`{part.lone}`)." if part.lone else ""
    cited = " Each line may say where it was read: `source`, `lines`, `fact`." if hasattr(part, "line_from") else ""
    return said + cited


def _table(model: Any, meanings: Mapping[str, str]) -> Iterator[str]:
    cited = _CITED if hasattr(model, "line_from") else set()
    fields = [
        field
        for field in model._meta.concrete_fields
        if field.editable and field.name not in _NEVER_WRITTEN | cited and not _by_the_house(field)
    ]
    if not fields:
        return
    yield "| field | value | meaning |"
    yield "|---|---|---|"
    for field in fields:
        needed = " **(required)**" if _required(field) else ""
        yield f"| `{field.name}`{needed} | {_value(field)} | {meanings.get(field.name) or _label(field)} |"
    yield ""


def _rules(model: Any) -> Iterator[str]:
    from django.db.models import BaseConstraint  # noqa: PLC0415

    told = [
        str(rule.violation_error_message)
        for rule in model._meta.constraints
        if rule.violation_error_message != BaseConstraint.default_violation_error_message
    ]
    if told:
        yield "Refused otherwise:"
        yield ""
        yield from (f"- {sentence}" for sentence in dict.fromkeys(told))
        yield ""


def _value(field: Any) -> str:
    from django.db import models  # noqa: PLC0415

    from parvis.register.fields import PartialDateField, RefField, WordsField  # noqa: PLC0415

    if isinstance(field, RefField):
        named = ", ".join(f"`{noun}`" for noun in field.nouns)
        return f"key ({named})" if named else "key of any record"
    if field.choices:
        return ", ".join(f"`{code}`" for code, _label in field.choices if code)
    kinds = (
        (PartialDateField, "date"),
        (WordsField, "words by language"),
        (models.ForeignKey, "`key#fact` of a statement"),
        (models.BooleanField, "`true` or `false`"),
        (models.JSONField, "names and values"),
        (models.DecimalField, "number"),
        (models.IntegerField, "whole number"),
        (models.DateField, "day"),
    )
    return next((words for kind, words in kinds if isinstance(field, kind)), _text_or_list(field))


def _text_or_list(field: Any) -> str:
    return "list of codes" if field.get_internal_type() == "ArrayField" else "text"


def _by_the_house(field: Any) -> bool:
    """Who chose and when is written by the register, never by a file."""
    return (
        field.name.endswith(("_by", "_at")) and field.related_model is not None and not hasattr(field, "nouns")
    ) or (field.get_internal_type() == "DateTimeField")


def _required(field: Any) -> bool:
    return not field.blank and not field.null and not field.has_default()


def _docstring(model: Any) -> str:
    """What the class says of itself, as running text."""
    text = re.sub(r"\s+", " ", model.__doc__ or "").strip()
    return text.replace("``", "`")


def _label(field: Any) -> str:
    from parvis.doors.desk.sheets.labels import label_of  # noqa: PLC0415

    return label_of(field)


def _words_for(noun: str) -> str:
    said = _vocabulary().nouns.by_code.get(noun)
    return f"{said.in_language('en').lower()}, {said.in_language('fr').lower()}" if said else noun


def _kinds(noun: str) -> list[str]:
    found = _vocabulary().kinds.get(noun)
    return sorted(found.by_code) if found else []


@cache
def _vocabulary() -> Any:
    from parvis.foundation.vocabulary import load  # noqa: PLC0415

    return load(None)


def _meanings(noun: str) -> dict[str, str]:
    """What each field means, as the published table of the noun says it."""
    return next((_said(table) for table in _tables() if table.noun == noun), {})


def _meanings_of_lines(part: Any, name: str) -> dict[str, str]:
    """The same for the lines of a record: their table is named after them."""
    words = "_".join(re.findall(r"[A-Z][a-z]+", part.__name__)).lower()
    root = words.split("_")[0]
    named = {words, f"{words}s", f"{root}_{name}", name, words.replace("period", "statuses")}
    return next((_said(table) for table in _tables() if table.name in named), {})


def _said(table: Any) -> dict[str, str]:
    return {column.name: column.meaning["en"] for column in table.columns}


@cache
def _tables() -> Iterable[Any]:
    rooms = ("directory", "council", "partnerships", "projects", "funding", "encounters", "honours", "accountability")
    modules = ["parvis.register.published", *(f"parvis.domain.{room}.published" for room in rooms)]
    return tuple(table for module in modules for table in import_module(module).TABLES)


def main(asked: list[str]) -> int:
    import django  # noqa: PLC0415

    sys.path.insert(0, str(PROJECT / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.office")
    django.setup()
    fresh = page()
    if "--check" in asked:
        return 0 if PAGE.read_text(encoding="utf-8") == fresh else 1
    PAGE.write_text(fresh, encoding="utf-8")
    print(f"{PAGE.relative_to(PROJECT)}: {len(fresh.splitlines())} lines")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
