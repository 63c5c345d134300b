"""What passes the gate is declared: every table says its grain, every column its meaning."""

from __future__ import annotations

from importlib import import_module

import pytest

from tests.support.source import SOURCE


def shared():
    rooms = [import_module("parvis.register.published")]
    rooms += [
        import_module(f"parvis.domain.{path.parent.name}.published")
        for path in sorted([*SOURCE.glob("domain/*/published.py"), *SOURCE.glob("domain/*/published")])
    ]
    return [table for room in rooms for table in room.TABLES]


def test_every_table_has_one_name_of_its_own():
    names = [table.name for table in shared()]

    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("table", shared(), ids=lambda table: table.name)
def test_every_table_and_column_says_what_it_means_in_french_and_english(table):
    said = [table.title, table.grain, *(column.meaning for column in table.columns)]

    assert [words for words in said if not all(len(words.get(language, "")) > 2 for language in ("fr", "en"))] == []
