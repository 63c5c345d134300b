"""What every record starts with, whatever its room: its head, its names, its texts, its sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from parvis.register.models import Record

#: Keys of a record's content that do not belong to its own room.
_HEAD = ("key", "kind", "visibility", "themes", "priorities", "names", "cites", "future_until", "original")
_ALONGSIDE = ("statements", "led_to")
_TEXTS = ("title", "summary")

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """The part of a record that does not depend on its room.

    ``texts`` maps a field to its text by language; ``original`` is the language they were written in.
    """

    key: str
    kind: str = ""
    visibility: str = "draft"
    themes: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    original: str = "fr"
    names: tuple[Mapping[str, Any], ...] = ()
    cites: tuple[Mapping[str, Any], ...] = ()
    future_until: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """A record's whole content, taken apart."""

    entry: Entry
    facts: Facts
    statements: tuple[Mapping[str, Any], ...] = ()
    led_to: tuple[Mapping[str, Any], ...] = ()


def take_apart(model: type[Record], content: Mapping[str, Any], *, original: str = "fr") -> Content:
    """Split a content as it is written in a data file or on a form into its head and its room's facts."""
    text_fields = (*_TEXTS, *model.texts)
    entry = Entry(
        key=str(content.get("key", "")),
        kind=content.get("kind") or "",
        visibility=content.get("visibility") or "public",
        themes=tuple(content.get("themes") or ()),
        priorities=tuple(content.get("priorities") or ()),
        texts={name: content[name] for name in text_fields if content.get(name)},
        original=content.get("original") or original,
        names=tuple(content.get("names") or ()),
        cites=tuple(content.get("cites") or ()),
        future_until=str(content.get("future_until") or ""),
    )
    set_aside = {*_HEAD, *_ALONGSIDE, *text_fields}
    return Content(
        entry=entry,
        facts={name: value for name, value in content.items() if name not in set_aside},
        statements=tuple(content.get("statements") or ()),
        led_to=tuple(content.get("led_to") or ()),
    )
