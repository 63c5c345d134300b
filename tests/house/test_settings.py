"""Every setting is explained, and read in one place."""

from __future__ import annotations

import re

from parvis.config.settings.environment import VARIABLES
from tests.support.source import PROJECT, code, name_of

_PAGE = PROJECT / "docs" / "settings.md"
#: Where a variable of ours may be read outside the settings: the reader has no framework, the tests are their own.
_MAY_READ = {"src/parvis/publication/reader/place.py", "src/parvis/config/settings/environment.py"}


def test_the_page_of_settings_explains_each_and_no_other():
    explained = re.findall(r"^\| `(\w+)` \|", _PAGE.read_text(encoding="utf-8"), re.MULTILINE)

    assert sorted(explained) == sorted(VARIABLES)


def test_settings_are_asked_by_a_declared_name():
    asked = {
        name
        for path in code("src")
        for name in re.findall(r"\basked(?:_yes)?\(\"(\w+)\"\)", path.read_text(encoding="utf-8"))
    }

    assert asked - set(VARIABLES) == set()


def test_variables_of_ours_are_read_in_one_place():
    reading = re.compile(r"(?:environ(?:\.get)?[\[(]|getenv\()\s*[\"'](?:PARVIS_|DATABASE_)")
    readers = {name_of(path) for path in code("src") if reading.search(path.read_text(encoding="utf-8"))}

    assert readers - _MAY_READ == set()
