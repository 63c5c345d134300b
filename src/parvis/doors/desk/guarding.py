"""Persons named in what is about to be published, each beside its text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from parvis.doors.desk.naming import titles_of
from parvis.doors.desk.sheets.paths import label_of_cell
from parvis.publication.bake.persons import Named

_SHOWN = 200


def told_of(named: Iterable[Named]) -> list[dict[str, Any]]:
    """Names as the preview shows them: the record, what its field is called, the words with those around them."""
    first = list(named)[:_SHOWN]
    titles = titles_of(one.key for one in first)
    return [
        {
            "named": one,
            "title": titles.get(one.key) or one.key,
            "field": label_of_cell(one.table, one.column, one.language),
        }
        for one in first
    ]
