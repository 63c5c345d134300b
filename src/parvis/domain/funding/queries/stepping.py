"""Composing a workflow: what its content becomes when a step is written, moved among those of its state, or taken out.

Nothing is written here. A step is known by the state it begins from and by its code.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from parvis.domain.funding.errors import PartHeld
from parvis.foundation.values.words import in_language

Row = dict[str, Any]
Content = dict[str, Any]


def rows_of(content: Mapping[str, Any]) -> list[Row]:
    return list(content.get("transitions", ()))


def row_of(content: Mapping[str, Any], state: str, code: str) -> Row:
    """The step of that code from that state. Raises PartHeld where it is gone."""
    found = (row for row in rows_of(content) if (row["comes_from"], row["code"]) == (state, code))
    row = next(found, None)
    if row is None:
        raise PartHeld(why=_("this step is no longer in the workflow, somebody took it out meanwhile."))
    return row


def written(content: Mapping[str, Any], row: Row, held: Row | None = None) -> Content:
    """The content with a step written anew, or added after those of its state. It keeps its code where it can."""
    rows, start = rows_of(content), row.get("comes_from", "")
    taken = {one["code"] for one in rows if one is not held and one["comes_from"] == start}
    wish = held["code"] if held else slugify(in_language(row.get("words") or {}, "en")[0])[:34] or "step"
    codes = (wish, *(f"{wish[:34]}-{number}" for number in range(2, 1000)))
    put = {**row, "code": next(code for code in codes if code not in taken)}
    if held is not None:
        return {**content, "transitions": [put if one is held else one for one in rows]}
    last = max((place for place, one in enumerate(rows) if one["comes_from"] == start), default=len(rows) - 1)
    return {**content, "transitions": [*rows[: last + 1], put, *rows[last + 1 :]]}


def moved(content: Mapping[str, Any], row: Row, steps: int) -> Content:
    """The content with a step before (-1) or after (+1) its neighbour: people are offered them in that order."""
    rows = rows_of(content)
    beside = [place for place, one in enumerate(rows) if one["comes_from"] == row["comes_from"]]
    at = next(place for place, one in enumerate(rows) if one is row)
    there = beside.index(at) + steps
    if 0 <= there < len(beside):
        rows[at], rows[beside[there]] = rows[beside[there]], rows[at]
    return {**content, "transitions": rows}


def removed(content: Mapping[str, Any], row: Row) -> Content:
    return {**content, "transitions": [one for one in rows_of(content) if one is not row]}
