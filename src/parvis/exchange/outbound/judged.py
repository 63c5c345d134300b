"""What the judge of IATI says of each of our activities, by its record, and what each leaves untold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from parvis.exchange.formats.iati.activity import Activity
from parvis.exchange.formats.iati.judging import Wrong, judge_file
from parvis.exchange.formats.iati.writing import write_activities

from . import aid, iati
from .published import Published

#: The tables an activity is read from.
TABLES = aid.TABLES | {"grant_aims", "grant_results", "programmes"}
_UNSPECIFIED = "99810"


@dataclass(frozen=True, slots=True)
class Told:
    """An activity with its record, the faults of its judge, and what is not told: sector, country, channel, day."""

    key: str
    wrong: tuple[Wrong, ...]
    lacks: tuple[str, ...]


def activities_judged(published: Published, *, year: int, on: date) -> Iterator[Told]:
    """Each activity of a year, as the next release would write it."""
    told = [one for one in iati.activities(published) if one.year == year]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "activities.xml"
        reporter = iati.reporter(published)
        write_activities(told, path, reporter=reporter, made=published.moment, language=published.language)
        for one, judged in zip(told, judge_file(path, path.name, on=on), strict=True):
            yield Told(one.key, judged.wrong, tuple(_lacks(one)))


def _lacks(one: Activity) -> Iterator[str]:
    """What an officer may still tell. Nothing of it is a fault: an activity may leave it out."""
    if any(sector.code == _UNSPECIFIED for sector in one.sectors):
        yield "sector"
    if not one.countries:
        yield "country"
    receivers = [body for body in one.organisations if body.role == "4"]
    if any(not body.channel for body in receivers):
        yield "channel"
    if any(not body.ref for body in receivers):
        yield "number"
    if not one.transactions:
        yield "day"
