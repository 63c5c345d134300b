"""What is published: the tables of every room, read from one snapshot of the register."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import connection, transaction

from parvis.domain.accountability import published as accountability
from parvis.domain.council import published as council
from parvis.domain.directory import published as directory
from parvis.domain.encounters import published as encounters
from parvis.domain.funding import published as funding
from parvis.domain.honours import published as honours
from parvis.domain.partnerships import published as partnerships
from parvis.domain.projects import published as projects
from parvis.foundation.publishing import PublishedTable
from parvis.register import published as register

from .faults import BakeFault

#: Every room that shares something, from the ground up. A room that is not named here shares nothing.
ROOMS = (register, directory, council, partnerships, honours, projects, funding, encounters, accountability)


def published_tables() -> tuple[PublishedTable, ...]:
    """The tables of every room."""
    return tuple(table for room in ROOMS for table in room.TABLES)


#: What is said of something that others hold.
_OF_OUTSIDE = {"record", "title", "provider", "address", "terms"}
#: An address whose origin can be written into a policy as it stands.
_HTTPS = re.compile(r"https://[a-z0-9.-]+(:\d{1,5})?(/[^\s\"'<>;,]*)?")


@contextmanager
def snapshot() -> Iterator[None]:
    """One moment of the register, however long we read. Nothing can be written meanwhile by this connection.

    Within a transaction already open, that transaction is the moment.
    """
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def city_of_this_house() -> dict[str, Any]:
    """What the city says of itself, with its own words where it has some."""
    folder = Path(settings.DATA_DIR) / settings.PARVIS_CITY
    return read_city(folder if folder.is_dir() else Path(settings.PARVIS_CITY))


def read_city(folder: Path) -> dict[str, Any]:
    """``city.yaml`` of a folder, and its ``vocabulary.yaml`` where there is one. Raises BakeFault."""
    try:
        city: dict[str, Any] = yaml.safe_load((folder / "city.yaml").read_text("utf-8"))
        own = folder / "vocabulary.yaml"
        words = yaml.safe_load(own.read_text("utf-8")) if own.exists() else {}
    except (OSError, yaml.YAMLError) as fault:
        raise BakeFault(f"the city's own file cannot be read in {folder.name}") from fault
    for one in city.get("outside") or ():
        _check_outside(one)
    return {**city, "vocabulary": words or {}}


def _check_outside(one: Any) -> None:
    """What others hold is named with all that its reader must know before asking for it."""
    if not isinstance(one, dict) or set(one) != _OF_OUTSIDE or not isinstance(one["title"], dict):
        raise BakeFault(f"city.yaml, outside: each names its {', '.join(sorted(_OF_OUTSIDE))}, and nothing else")
    for name in ("address", "terms"):
        if not _HTTPS.fullmatch(str(one[name])):
            raise BakeFault(f"city.yaml, outside: “{one[name]}” is not an https:// address")
