"""Loading the gazetteer: all of it in one transaction, by the fastest way the database has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import connection, transaction

from parvis.domain.directory.models import GazetteerName, GazetteerPlace, GazetteerState
from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal
from parvis.foundation.values.text import squeeze

#: Any number, the same for all: two starts at once load the gazetteer once.
_LOADERS_LOCK = 0x7061_7267
_LINES_AT_ONCE = 20_000
_LONGEST_NAME = 200

#: Told as the load goes on: what is being written, and how many lines so far.
Tell = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Town:
    """A place as a gazetteer's publisher gives it."""

    geoname: int
    name: str
    other_names: tuple[str, ...]
    country: str
    region: str
    latitude: float
    longitude: float
    population: int
    time_zone: str


def _silent(_what: str, _count: int) -> None:
    """Tell nobody."""


@transaction.atomic
def load_gazetteer(
    *, towns: Iterable[Town], fingerprint: str, by: User, at: datetime, tell: Tell = _silent
) -> GazetteerState | None:
    """Replace the gazetteer by these towns. Does nothing, and returns None, when they are loaded already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOADERS_LOCK])
    if GazetteerState.objects.filter(fingerprint=fingerprint).exists():
        return None
    for model in (GazetteerName, GazetteerPlace, GazetteerState):
        model.objects.all()._raw_delete("default")  # one DELETE, nothing read first
    listed = sorted(towns, key=lambda town: town.geoname)
    places = _copy(GazetteerPlace, _PLACE_COLUMNS, map(_place_line, listed), "places", tell)
    names = _copy(GazetteerName, _NAME_COLUMNS, sorted(_name_lines(listed)), "names", tell)
    state = GazetteerState.objects.create(fingerprint=fingerprint, places=places, names=names, loaded_at=at)
    journal.write("gazetteer loaded", about="gazetteer", by=by, at=at, places=places, names=names)
    return state


_PLACE_COLUMNS = (
    "geoname", "name", "country", "region", "latitude", "longitude", "population", "time_zone",
)  # fmt: skip
_NAME_COLUMNS = ("squeezed", "place_id", "own")


def _place_line(town: Town) -> str:
    cells = (
        str(town.geoname),
        _escaped(town.name[:_LONGEST_NAME]),
        town.country,
        _escaped(town.region),
        f"{town.latitude:.5f}",
        f"{town.longitude:.5f}",
        str(max(town.population, 0)),
        _escaped(town.time_zone),
    )
    return "\t".join(cells)


def _name_lines(towns: Iterable[Town]) -> Iterator[str]:
    for town in towns:
        own = squeeze(town.name)
        for key in sorted({own, *map(squeeze, town.other_names)}):
            if key and len(key) <= _LONGEST_NAME:
                yield f"{key}\t{town.geoname}\t{'t' if key == own else 'f'}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", " ").replace("\n", " ").replace("\r", " ")


def _copy(
    model: type[GazetteerName | GazetteerPlace],
    columns: tuple[str, ...],
    lines: Iterable[str],
    what: str,
    tell: Tell,
) -> int:
    """Stream lines into a table by COPY. Returns how many."""
    table = connection.ops.quote_name(model._meta.db_table)  # Django's own
    ahead, written = iter(lines), 0
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy,
    ):
        while block := list(islice(ahead, _LINES_AT_ONCE)):
            copy.write("\n".join(block) + "\n")
            written += len(block)
            tell(what, written)
    return written
