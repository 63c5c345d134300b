"""A key for a record whose clerk typed none: short, free, and telling nobody's name where a title may."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import chain, count
from typing import Any

from django.utils.text import slugify

from parvis.exchange.inbound.keying import SAY_SOMEBODY, plain_start
from parvis.foundation.values.text import fold
from parvis.register.models import Subject

_LONGEST = 80


def proposed_key(noun: str, content: Mapping[str, Any], *, on: date) -> str:
    """What a new record may be known by: its title; its noun, the year and a number where a title may name somebody."""
    title = content.get("title") or {}
    wish = slugify(fold(title.get("en") or title.get("fr") or next(iter(title.values()), "")))[:_LONGEST].strip("-")
    if noun not in SAY_SOMEBODY and wish and not wish[0].isdigit():
        return _first_free(wish, [wish])
    return _first_free(plain_start(noun, on.year), [])


def _first_free(wish: str, first: list[str]) -> str:
    taken = set(Subject.objects.filter(key__startswith=wish).values_list("key", flat=True))
    numbered = (f"{wish}-{number}" for number in count(len(first) + 1))
    return next(key for key in chain(first, numbered) if key not in taken)
