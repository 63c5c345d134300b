"""Plates and globes of a release: its partners, named in each language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from parvis.observatory.maps.globe import globe
from parvis.observatory.maps.towns import Subject, Town, accords, europe, world, world_narrow
from parvis.observatory.measures.ties import Tie, european_accords, ties
from parvis.observatory.paper.drawing import Drawing
from parvis.observatory.tables import Row, Tables, Titles, number, rows, text

#: Partners beyond this number get no globe of their own: the plates hold them all.
MOST_GLOBES = 200


def plates(tables: Tables, city: Mapping[str, Any], lang: str, day: str) -> Iterator[Drawing]:
    """The world and Europe, wide and narrow, the European accords, and a globe for each partner."""
    home = next((row for row in rows(tables, "places") if row["key"] == city.get("place")), None)
    if home is None or number(home, "latitude") is None:
        return
    tied = ties(tables, city)
    bound = set(european_accords(tables, city))
    titles = Titles(tables, [home["key"], *(tie.place for tie in tied)])
    towns = (_town(tie, titles, lang) for tie in tied)
    subject = Subject(
        city=_home(home, titles.of(home["key"], lang)),
        lang=lang,
        day=day,
        towns=tuple(sorted(towns, key=lambda town: (town.name, town.key))),
    )
    by_accord = [replace(town, tie="agreement") for town in subject.towns if town.key in bound]
    if subject.towns:
        yield from (world(subject), world_narrow(subject), europe(subject), europe(subject, narrow=True))
    if by_accord:
        yield from (accords(subject, by_accord), accords(subject, by_accord, narrow=True))
    for town in sorted(subject.towns, key=_weight)[:MOST_GLOBES]:
        yield globe(subject, town)


def _home(row: Row, name: str) -> Town:
    """The city itself, where its place is."""
    lon, lat = number(row, "longitude") or 0.0, number(row, "latitude") or 0.0
    return Town(row["key"], name, lon, lat, "city", text(row, "country"))


def _town(tie: Tie, titles: Titles, lang: str) -> Town:
    return Town(tie.place, titles.of(tie.place, lang), tie.lon, tie.lat, tie.tie, tie.country)


def _weight(town: Town) -> tuple[int, str]:
    return ("agreement", "project", "other").index(town.tie), town.key
