"""Persons named in public texts: told as they are written, and again in what is about to be published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from parvis.doors.desk.naming import titles_of
from parvis.doors.desk.sheets.paths import label_of_cell
from parvis.doors.desk.words import quoted
from parvis.foundation.values.naming import visible
from parvis.foundation.values.shortened import announced
from parvis.foundation.values.text import fold
from parvis.publication.bake.persons import Named, names_in

_SHOWN = 200
#: Nouns of money, whose texts somebody may write a person into; names are looked for as each is saved.
_OF_MONEY = frozenset({"grant", "call", "project", "label", "crisis", "envelope"})


def warn_of_names(request: HttpRequest, noun: str, content: Any) -> None:
    """Say at once that a text just written names a person the house knows: the next release would stop at it.

    Somebody behind a title whom the house does not know stops nothing; whoever writes is asked to look.
    """
    if noun not in _OF_MONEY:
        return
    texts = list(_texts(content))
    if names := names_in(texts):
        said = _("A public text names a person the house knows: %(names)s. Take the name out: a release stops at it.")
        messages.warning(request, said % {"names": ", ".join(map(quoted, names))})
    seen = {one: None for text in texts for one in announced(visible(text)) if not _told(one, names)}
    if seen:
        said = _("A public text seems to name a person: %(names)s. Leave the name only to who acts in a public office.")
        messages.info(request, said % {"names": ", ".join(map(quoted, seen))})


def _told(announced_as: str, names: list[str]) -> bool:
    return any(fold(name) in fold(announced_as) or fold(announced_as) in fold(name) for name in names)


def _texts(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, Mapping):
        for part in content.values():
            yield from _texts(part)
    elif isinstance(content, list | tuple):
        for part in content:
            yield from _texts(part)


def told_of(named: Iterable[Named]) -> list[dict[str, Any]]:
    """Names as the preview shows them: the record, what its field is called, the words with those around them."""
    first = list(named)[:_SHOWN]
    titles = titles_of(one.key for one in first)
    return [
        {
            "named": one,
            "title": titles.get(one.key) or one.key,
            "field": label_of_cell(one.table, one.column, one.language),
        }
        for one in first
    ]
