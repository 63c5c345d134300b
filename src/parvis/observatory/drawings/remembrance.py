"""The anniversaries of the twelve months after the day of the release, and where memorials stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from parvis.observatory.charts.measured import About
from parvis.observatory.charts.strip import Coming, by_month
from parvis.observatory.maps.memorials import Memorial, memorial_plans
from parvis.observatory.maps.towns import Subject, Town
from parvis.observatory.paper.drawing import Drawing, same_rows
from parvis.observatory.paper.phrases import day_words, say
from parvis.observatory.tables import Row, Tables, Titles, number, rows, text

_MOST = 24


def anniversary_drawings(tables: Tables, lang: str, day: date | None) -> Iterator[Drawing]:
    """A strip of the anniversaries whose day is known. Without a day of release there is nothing to come."""
    if day is None:
        return
    until = (day + timedelta(days=365)).isoformat()
    known = [row for row in rows(tables, "anniversaries") if len(text(row, "day")) == len("2027-04-07")]
    near = (row for row in known if day.isoformat() <= text(row, "day") < until)
    coming = sorted((text(row, "day"), row["commemoration"], row["years"]) for row in near)[:_MOST]
    if not coming:
        return
    titles = Titles(tables, {key for _, key, _ in coming})
    title = say(lang, "anniversaries.title", count=len(coming))
    head = [say(lang, f"columns.{column}") for column in ("day", "commemoration", "anniversary")]
    yield by_month(
        [Coming(titles.of(key, lang), date.fromisoformat(when)) for when, key, _ in coming],
        day,
        About("anniversaries", lang, title, source=say(lang, "words.records"), day=day.isoformat()),
        text=say(lang, "anniversaries.text"),
        table=same_rows(head, [(day_words(when, lang), titles.of(key, lang), years) for when, key, years in coming]),
    )


def memorial_drawings(tables: Tables, city: Mapping[str, Any], lang: str, day: str) -> Iterator[Drawing]:
    """The memorials of a release on their plan. One that names no place but the city itself has no known address."""
    memorials = list(rows(tables, "memorials"))
    places = {row["key"]: row for row in rows(tables, "places")}
    home = places.get(str(city.get("place")))
    if not memorials or home is None or number(home, "latitude") is None:
        return
    titles = Titles(tables, [home["key"], *(row["key"] for row in memorials), *_remembered(memorials)])
    lon, lat = number(home, "longitude") or 0.0, number(home, "latitude") or 0.0
    subject = Subject(Town(home["key"], titles.of(home["key"], lang), lon, lat, "city"), lang, day)
    shown = (_memorial(row, places, home["key"], titles, lang) for row in memorials)
    yield from memorial_plans(subject, sorted(shown, key=lambda one: (one.day.removeprefix("../") or "9", one.key)))


def _remembered(memorials: list[Row]) -> Iterator[str]:
    return (row["remembers"] for row in memorials if text(row, "remembers"))


def _memorial(row: Row, places: Mapping[str, Row], home: str, titles: Titles, lang: str) -> Memorial:
    where = places.get(text(row, "place"))
    known = where is not None and where["key"] != home and number(where, "latitude") is not None
    event = text(row, "remembers")
    return Memorial(
        row["key"],
        titles.of(row["key"], lang),
        text(row, "unveiled"),
        titles.of(event, lang) if event else "",
        number(where, "longitude") if known and where else None,
        number(where, "latitude") if known and where else None,
    )
