"""The anniversaries of the twelve months after the day of the release."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from parvis.observatory.charts.measured import About
from parvis.observatory.charts.strip import Coming, by_month
from parvis.observatory.paper.drawing import Drawing, same_rows
from parvis.observatory.paper.phrases import day_words, say
from parvis.observatory.tables import Tables, Titles, rows, text

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
