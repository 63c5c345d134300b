"""Every picture of a release, in each of the city's languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from parvis.observatory.drawings.figures import figure_drawings
from parvis.observatory.drawings.money import money_drawings
from parvis.observatory.drawings.networks import network_drawings
from parvis.observatory.drawings.plates import plates
from parvis.observatory.drawings.remembrance import anniversary_drawings, memorial_drawings
from parvis.observatory.maps.files import map_files
from parvis.observatory.measures.ties import ties
from parvis.observatory.paper.drawing import Drawing
from parvis.observatory.tables import ReleaseTables, Tables

__all__ = ["draw_release", "drawings", "map_files"]


def drawings(
    tables: Tables, city: Mapping[str, Any], languages: Iterable[str], *, day: date | None = None
) -> Iterator[Drawing]:
    """Plates, globes, timelines and charts. ``day`` is that of the release; none leaves anniversaries out.

    Raises NaturalEarthMissing when the land shapes are not on this machine.
    """
    written = day.isoformat() if day else ""
    for lang in languages:
        yield from plates(tables, city, lang, written)
        yield from network_drawings(tables, city, lang, written)
        yield from figure_drawings(tables, lang, written)
        yield from money_drawings(tables, city, lang, written)
        yield from anniversary_drawings(tables, lang, day)
        yield from memorial_drawings(tables, city, lang, written)


def draw_release(
    content: Path, city: Mapping[str, Any], *, day: date | None = None
) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """The same from the files of a release, as the bake stores them: name, language, picture, what it says.

    ``ties`` is no picture: it tells which cities the plates show, and by which records, so that a list
    beside a map holds the same ones.
    """
    languages = city.get("languages") or ["en"]
    tables = ReleaseTables(content)
    tied = {tie.place: {"tie": tie.tie, "records": dict(tie.records)} for tie in ties(tables, city)}
    yield "ties", "", "", {"ties": tied}
    for drawing in map(Drawing.checked, drawings(tables, city, languages, day=day)):
        yield drawing.name, drawing.lang, drawing.svg, drawing.meta()
