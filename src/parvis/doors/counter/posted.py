"""Reading what a form or its script sends: fields with the revision each was written over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

import orjson
from django.http import QueryDict
from django.utils.translation import ngettext

from parvis.domain.directory.enums import Match
from parvis.domain.directory.queries import resolve
from parvis.domain.funding.actions import Save
from parvis.doors.ui.words import tongue, vocabulary
from parvis.register.reading import number_said

#: Beside each field, the revision its writer saw.
_BASE = "r:"
#: Beside each field, a mark of what it showed.
_SHOWN = "v:"
#: Marks a list of boxes, so that none ticked is told from none sent.
_SEVERAL = "s:"
_MOST = 400


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a page posted without a script. Words that were not saved come back in their fields."""

    told: str = ""
    status: int = 200
    onwards: str = ""
    typed: Mapping[str, Save] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)


def outcome_of(saves: Sequence[Save], refused: Mapping[str, str]) -> Outcome:
    """Some fields were refused, each with its sentence; the others were saved."""
    typed = {save.field: save for save in saves if save.field in refused}
    return Outcome(" ".join(refused.values()), 422, typed=typed, refused=refused)


def saves_in(post: QueryDict) -> list[Save]:
    """The fields a page posted that differ from what it showed."""
    found = []
    for name in post:
        if not name.startswith(_BASE):
            continue
        path = name.removeprefix(_BASE)
        base = _number(post.get(name, ""))
        value: Any = post.getlist(path) if f"{_SEVERAL}{path}" in post else post.get(path)
        if value is None and path.endswith(".-gone"):
            continue
        value = "" if value is None else value
        value = value.replace("\r\n", "\n") if isinstance(value, str) else value
        if (base == 0 and value in ("", [])) or post.get(f"{_SHOWN}{path}") == mark_of(value):
            continue
        found.append(Save(path, value, base))
    return found[:_MOST]


def mark_of(value: Any) -> str:
    """A short mark of what a field holds, to tell later whether it was touched."""
    return blake2b(orjson.dumps(value), digest_size=6).hexdigest()


def saves_of(said: Any) -> tuple[list[Save], str]:
    """The fields a script sends. Raises ValueError or TypeError for anything of another shape."""
    if not isinstance(said, dict) or not isinstance(said.get("saves"), list):
        raise TypeError("not a save")
    saves = [_save(one) for one in said["saves"][:_MOST]]
    window = said.get("window", "")
    if not isinstance(window, str) or not window or len(window) > 40 or "\0" in window:
        raise ValueError("no window")
    return saves, window


def version_known(said: Mapping[str, Any]) -> int:
    """The version of the call's form that the page has told its reader of."""
    known = said.get("version", 0)
    return known if isinstance(known, int) and 0 <= known < 2**15 else 0


def closing_known(said: Mapping[str, Any]) -> int:
    """The closing moment that the page shows, in milliseconds; nothing where it shows none."""
    known = said.get("closes", 0)
    return known if isinstance(known, int) and 0 <= known < 10**14 else 0


def _save(one: Any) -> Save:
    if not isinstance(one, dict) or not isinstance(one.get("field"), str):
        raise TypeError("not a field")
    base = one.get("base", 0)
    if not isinstance(base, int) or isinstance(base, bool):
        raise TypeError("not a revision")
    if not 0 <= base < 2**31:
        raise ValueError("not a revision")
    if len(one["field"]) > 120:
        raise ValueError("not a field")
    return Save(one["field"], one.get("value"), base)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _place_said(name: str, country: str, population: int | None) -> str:
    """A place told from others of its name: its country in words, and how many live there."""
    where = vocabulary().countries.label(country, tongue())
    people = (
        ngettext("%(n)s inhabitant", "%(n)s inhabitants", population) % {"n": number_said(population)}
        if population
        else ""
    )
    return f"{name} ({', '.join(part for part in (where, people) if part)})"


def candidates(name: str, country: str) -> list[dict[str, Any]]:
    """Places that answer to a name, the likeliest first; and what each is called once chosen.

    A name that is one slip away is put right; one that the place does bear, in whatever language, stands as typed.
    """
    if len(name.strip()) < 2:
        return []
    found = resolve(name, country=country or None)
    return [
        {
            "geoname": str(one.place.geoname),
            "name": one.place.name,
            "country": one.place.country,
            "called": one.place.name if one.match is Match.NEAR else name.strip(),
            "said": _place_said(one.place.name, one.place.country, one.place.population),
        }
        for one in found.candidates[:6]
    ]


def names_of_places(saves: Sequence[Save], post: QueryDict) -> list[Save]:
    """The names of the places just chosen on a page without a script, put in the place of what was typed."""
    written, found = {save.field for save in saves}, []
    for save in saves:
        line, _dot, column = save.field.rpartition(".")
        name = f"{line}.name"
        typed = post.get(name, "")
        if column != "geoname" or not save.value or name in written:
            continue
        called = {one["geoname"]: one["called"] for one in candidates(typed, "")}.get(save.value, typed)
        if called != typed:
            found.append(Save(name, called, _number(post.get(f"{_BASE}{name}", ""))))
    return found
