"""Persons named in public texts: told as they are written, and again in what is about to be published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from parvis.doors.desk.naming import titles_of
from parvis.doors.desk.sheets.paths import label_of_cell
from parvis.doors.desk.words import quoted
from parvis.exchange.inbound.entrances import OF_MONEY
from parvis.foundation.values.naming import visible
from parvis.foundation.values.shortened import announced
from parvis.foundation.values.text import fold
from parvis.publication.bake.persons import Named, names_in_each

_SHOWN = 200


def warn_of_names(request: HttpRequest, noun: str, content: Any) -> None:
    """Say at once that a text just written names a person the house knows: the next release would stop at it.

    Somebody behind a title whom the house does not know stops nothing; whoever writes is asked to look.
    """
    if noun in OF_MONEY:
        ((known, unknown),) = _sentences([content])
        if known:
            messages.warning(request, known)
        if unknown:
            messages.info(request, unknown)


def names_told(noun: str, contents: Sequence[Any]) -> list[list[str]]:
    """The same sentences of each of many contents, looked through together."""
    if noun not in OF_MONEY:
        return [[] for _content in contents]
    return [[said for said in both if said] for both in _sentences(contents)]


def _sentences(contents: Sequence[Any]) -> Iterator[tuple[str, str]]:
    texts = [list(_texts(content)) for content in contents]
    for said, names in zip(texts, names_in_each(texts), strict=True):
        known = unknown = ""
        if names:
            known = _(
                "A public text names a person the house knows: %(names)s. Take the name out: a release stops at it."
            ) % {"names": ", ".join(map(quoted, names))}
        seen = {one: None for text in said for one in announced(visible(text)) if not _told(one, names)}
        if seen:
            unknown = _(
                "A public text seems to name a person: %(names)s. Leave the name only to who acts in a public office."
            ) % {"names": ", ".join(map(quoted, seen))}
        yield known, unknown


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
