"""What keys stand for, and which record a person means by a title."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Q

from parvis.doors.desk.words import tongue
from parvis.foundation.values.text import fold
from parvis.register.models import Name, Subject, Text

_KEY = re.compile(r"^[a-z0-9][-a-z0-9_]*$")


def title_of(subject: Subject) -> str:
    """The title of a record in the reader's language, or in the one there is; its key at worst."""
    titles = {text.language: text.body for text in subject.texts.all() if text.field == "title"}
    return _best(titles) or subject.key


def titles_of(keys: Iterable[str]) -> dict[str, str]:
    """What each key stands for, in one query."""
    wanted = set(keys)
    if not wanted:
        return {}
    rows = Text.objects.filter(field="title", subject__key__in=wanted)
    found: dict[str, dict[str, str]] = {}
    for key, language, body in rows.values_list("subject__key", "language", "body"):
        found.setdefault(key, {})[language] = body
    return {key: _best(titles) or key for key, titles in found.items()}


def keys_in(content: Any) -> Iterator[str]:
    """Every word of a content that may be a key."""
    if isinstance(content, Mapping):
        for value in content.values():
            yield from keys_in(value)
    elif isinstance(content, list | tuple):
        for value in content:
            yield from keys_in(value)
    elif is_key(content):
        yield content


def is_key(word: Any) -> bool:
    return isinstance(word, str) and bool(_KEY.match(word))


def unborne(words: Iterable[str]) -> set[str]:
    """Those of these words that look like keys, and are the key of no record."""
    keys = {word for word in words if is_key(word)}
    return keys - set(Subject.objects.filter(key__in=keys).values_list("key", flat=True)) if keys else keys


def meant(words: Iterable[str], no_keys: Collection[str] = ()) -> dict[str, list[str]]:
    """For each title or name a person wrote instead of a key: the keys of the records that bear it.

    ``no_keys`` look like keys, and are none.
    """
    asked = {word for word in words if word and (word in no_keys or not is_key(word))}
    found: dict[str, set[str]] = {word: set() for word in asked}
    if not asked:
        return {}
    folded = {word: fold(word) for word in asked}
    either = Q()
    for word in asked:
        either |= Q(body__iexact=word)
    for key, body in Text.objects.filter(either, field="title", subject__revision__gte=1).values_list(
        "subject__key", "body"
    ):
        for word in asked:
            if body.casefold() == word.casefold():
                found[word].add(key)
    names = Name.objects.filter(folded__in=set(folded.values()), subject__revision__gte=1)
    for key, name in names.values_list("subject__key", "folded"):
        for word in asked:
            if folded[word] == name:
                found[word].add(key)
    return {word: sorted(keys) for word, keys in found.items()}


def _best(titles: Mapping[str, str]) -> str:
    return titles.get(tongue()) or titles.get("fr") or titles.get("en") or next(iter(titles.values()), "")
