"""Publishing: see what would change, publish it, take a record back out of every release.

::

    seen = preview()                                  # what disappears, changes and becomes public
    number = publish(removals=len(seen.changes.removed), by=user, at=now)
    withdraw_record(key="…", reason="…", by=user, at=now)   # hidden in every release from now on
    hide_names(keys=["…"], reason="…", by=user, at=now)     # names in texts of every release made so far
    finish_purge()                                          # which are made again without them
    roll_back(to=3, by=user, at=now)                  # an earlier release, looked through for names known today
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.domain.directory.actions import reason_without
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.accounts.rules import allow
from parvis.foundation.journal import actions as journal
from parvis.foundation.publishing import PublishedTable
from parvis.foundation.publishing.tables import Row
from parvis.observatory.drawings import draw_release, map_files
from parvis.publication.releases import actions as releases
from parvis.publication.releases import withdrawals
from parvis.publication.releases.archive import Archive, told_of
from parvis.publication.releases.comparing import Changes, differences
from parvis.publication.releases.errors import NoSuchRelease, NothingToHide, PersonsNamed, PersonsNamedBefore, WhyHidden

from .baking import Drawing, Pictures
from .collecting import city_of_this_house, published_tables, snapshot
from .hiding import texts_to_hide
from .persons import Named, persons_named, persons_named_before
from .purging import purge, to_purge
from .releasing import Offered, make_ready, offered
from .standards import standards_of

_MOST_SHOWN = 200
#: How far a release is: what says the step, to each in their language, and which part of how many where that is known.
Tell = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a release would change.

    ``differences``: by key, where a changed record differs (path, was, is). ``named``: persons its texts name.
    """

    parent: int | None
    number: int
    changes: Changes
    records: dict[str, int]
    differences: dict[str, list[tuple[str, Any, Any]]] = field(default_factory=dict)
    named: tuple[Named, ...] = ()


def archive() -> Archive:
    """The releases of this house."""
    return Archive(Path(settings.VAR_DIR))


def _in_silence(*_told: object) -> None:
    pass


def preview(*, tell: Tell = _in_silence) -> Preview:
    """What becomes public, changes and disappears if one publishes now. Nothing is kept."""
    house, city, tables = archive(), city_of_this_house(), published_tables()
    with snapshot(), offered(house, _telling(tables, tell), city=city, pictures=None) as made:
        return Preview(
            parent=made.parent,
            number=(house.numbers or [0])[-1] + 1,
            changes=made.changes,
            records=made.baked.records,
            differences=_differences(house, made),
            named=persons_named(made.folder / "content", tables),
        )


def _differences(house: Archive, made: Offered) -> dict[str, list[tuple[str, Any, Any]]]:
    if made.parent is None:
        return {}
    before, after = house.content(made.parent), made.folder / "content"
    changed = made.changes.changed[:_MOST_SHOWN]
    return {record["key"]: differences(before, after, record["key"]) for record in changed}


def _telling(tables: Sequence[PublishedTable], tell: Tell) -> tuple[PublishedTable, ...]:
    """The same tables, each saying that it is being read, and the last one that all are."""

    def told(table: PublishedTable, place: int) -> Callable[[], Iterable[Row]]:
        def rows() -> Iterator[Row]:
            tell(lambda: _("Reading the register"), place, len(tables))
            yield from table.rows()
            if place == len(tables):
                tell(lambda: _("Making the pages, the search and the files"))

        return rows

    return tuple(replace(table, rows=told(table, place)) for place, table in enumerate(tables, 1))


def publish(*, removals: int, by: User, at: datetime, tell: Tell = _in_silence) -> int:
    """Make a release of what the register says now, and put it in force. Returns its number.

    ``removals`` is the number of records the person was told would disappear: another number is refused. So is a
    release whose texts name a person the house knows, until each is corrected or let stand.
    """
    house, city = archive(), city_of_this_house()
    with ExitStack() as kept:
        with snapshot():
            pictures = pictures_on(city, at)
            tables = _telling(published_tables(), tell)
            made = kept.enter_context(offered(house, tables, city=city, pictures=_drawing(pictures, tell)))
            if named := persons_named(made.folder / "content", tables):
                raise PersonsNamed(number=len(named))
        tell(lambda: _("Packing the files and checking each of them"))
        make_ready(house, made, removals=removals)
        told = told_of(made.baked.content_hash, made.baked.records, city, at) | {"journal": journal.head()}
        facts: dict[str, str | int] = {"content": made.baked.content_hash, "removals": removals}
        with transaction.atomic():
            number = house.put_in_place(made.folder, told, made.changes)
            journal.write("release published", about=f"release:{number}", by=by, at=at, **facts)
    return number


def named_in(number: int, *, also: str = "") -> tuple[Named, ...]:
    """Persons known today, and who is typed, whom the texts of an earlier release name. Raises NoSuchRelease."""
    house = archive()
    if number not in house.numbers:
        raise NoSuchRelease(number=number)
    try:
        return _named_in(house, house.content(number), also=also)
    except (sqlite3.Error, ValueError, KeyError) as fault:
        raise NoSuchRelease(number=number) from fault


def _named_in(house: Archive, content: Path, *, also: str = "") -> tuple[Named, ...]:
    withdrawn = house.withdrawn
    return tuple(one for one in persons_named_before(content, also=also) if one.key not in withdrawn)


def roll_back(*, to: int, by: User, at: datetime) -> None:
    """Put an earlier release in force again, unless its texts name somebody the house knows today.

    Raises PersonsNamedBefore until each is let stand; nothing is let of a person who may be in danger.
    """
    house = archive()

    def looked_through(content: Path) -> None:
        if named := _named_in(house, content):
            raise PersonsNamedBefore(number=len(named), release=to)

    releases.roll_back(house, to=to, looked_through=looked_through, by=by, at=at)


def _drawing(pictures: Pictures, tell: Tell) -> Pictures:
    def draw(content: Path) -> Iterable[Drawing]:
        tell(lambda: _("Drawing the maps and the charts"))
        return pictures.draw(content)

    return replace(pictures, draw=draw)


def pictures_on(city: dict[str, Any], at: datetime) -> Pictures:
    """The pictures of a release made at that moment; its day is the city's."""
    day = at.astimezone(ZoneInfo(city.get("time_zone", "UTC"))).date()
    files = standards_of(settings.PARVIS_PUBLIC_ORIGIN, at.astimezone(ZoneInfo(city.get("time_zone", "UTC"))))
    return Pictures(lambda content: draw_release(content, city, day=day), map_files, files)


def withdraw_record(*, key: str, reason: str, by: User, at: datetime) -> list[int]:
    """Hide a record in every release at once; no roll-back undoes it. Returns the releases to be made again without it.

    It waits for nobody, whatever is being previewed, published or made again. Until ``finish_purge`` has made a
    release again, it gives none of its files.
    """
    house = archive()
    with house.withdrawing():
        withdrawals.refuse_withdrawal(house, key, reason)
        with transaction.atomic():
            journal.write("record withdrawn", about=key, by=by, at=at)
            withdrawals.add(house, key=key, reason=reason, by=by.pk, at=at)
    return to_purge(house)


def hide_names(*, keys: Iterable[str], reason: str, also: str = "", by: User, at: datetime) -> list[int]:
    """Hide names of persons in the texts of these records, in every release made so far. Returns their numbers.

    Persons known today whom nobody let stand, and who is typed. Until ``finish_purge`` has made a release again, it
    hides the whole records and gives none of its files. As a withdrawal, it waits for nobody's work.
    """
    allow(by, Role.PUBLISHER)
    if not reason.strip():
        raise WhyHidden
    house = archive()
    with house.withdrawing():
        texts, names = texts_to_hide(house, frozenset(keys) - house.withdrawn, also)
        if not texts:
            raise NothingToHide
        said = reason_without(names, reason)
        with transaction.atomic():
            for key in sorted({text.key for text in texts}):
                journal.write("names hidden in releases", about=key, by=by, at=at)
            withdrawals.add_texts(house, texts, reason=said, by=by.pk, at=at)
    return to_purge(house)


def finish_purge(*, tell: Tell = _in_silence) -> list[int]:
    """Make again each release whose files still hold what was withdrawn or hidden. Returns their numbers."""

    def told(number: int, place: int, many: int) -> None:
        tell(lambda: _("Making release %(number)s again") % {"number": number}, place, many)

    house = archive()
    with house.alone():
        return purge(house, redrawn=_redrawn, at=timezone.now(), tell=told)


def releases_to_make_again() -> list[int]:
    """Releases whose files still hold what was withdrawn or hidden: they are given to nobody."""
    return to_purge(archive())


def _redrawn(city: dict[str, Any], told: dict[str, Any]) -> Pictures:
    return pictures_on(city, datetime.fromisoformat(told["moment"]))
