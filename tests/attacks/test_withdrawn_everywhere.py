"""A record withdrawn is in no answer of the public site from that moment on, while the files still hold it.

Each record says a word of its own, in its key, its texts and its names. Those withdrawn together do not name each
other, so that what the others say of them is asked too.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from parvis.doors.feeds.sections import SECTIONS
from parvis.foundation.vocabulary.addresses import address
from parvis.publication import reader
from parvis.publication.bake import actions
from parvis.register.models import Subject, Text
from tests.attacks.conftest import body_of
from tests.attacks.test_names_covered import FIRST, OF, PICTURES_ON, more_rooms, whole
from tests.publication.canaries import MOMENT, enter, house, publisher, register

__all__ = ["enter", "house", "publisher", "register"]

#: Records of which none names another of the same line.
TOGETHER = (
    ("city-of-lima", "climate-plan", "october", "accords"),
    ("lima", "open-forum", "vote", "mayor"),
    ("quays", "pumps", "page"),
)
#: Those of the city itself keep their keys: its file says them.
_OF_THE_CITY = ("paris", "city-of-paris")


def word_of(key: str) -> str:
    """What a record alone says."""
    return f"qz{key.replace('-', '')}zq"


def whole_key(key: str) -> str:
    return key if key in _OF_THE_CITY else f"{key}-{word_of(key)}"


@pytest.fixture
def told_apart(register, enter, house, publisher, public_site, settings, monkeypatch):
    """Two releases in which each record says its own word."""
    monkeypatch.setattr(actions, "pictures_on", PICTURES_ON)
    settings.PARVIS_API_RATE = 1_000_000
    more_rooms(enter, publisher)
    for subject in Subject.objects.filter(visibility="public"):
        for text in Text.objects.filter(subject=subject):
            Text.objects.filter(pk=text.pk).update(body=f"{text.body} {word_of(subject.key)}")
        Subject.objects.filter(pk=subject.pk).update(key=whole_key(subject.key))
    actions.publish(removals=0, by=publisher, at=MOMENT)
    enter("network", "harbours")
    actions.publish(removals=0, by=publisher, at=MOMENT)
    reader.serve_from(house)
    return public_site


def every_address() -> list[str]:
    """Each address of the site, and lists and tables asked in ways that gather them by what they name."""
    asked = [path for made in OF.values() for path in made()]
    return list(dict.fromkeys((*asked, *_lists(), *_gathered())))


def _lists() -> Iterator[str]:
    for release in (FIRST, None):
        for section in SECTIONS:
            page = address(section, "en", release=release)
            yield from (f"{page}.{form}" for form in ("json", "csv", "geojson", "xlsx"))
            yield f"{page}.json?on=2025-01-01"
            yield f"{page}.json?kind=city&kind=plan&kind=water"


def _gathered() -> Iterator[str]:
    for table in reader.numbered(FIRST).tables():
        for column in table["columns"]:
            if column["type"] in ("key", "ref", "list"):
                yield f"/api/v1/datasets/{table['name']}/records?group_by={column['name']}&release={FIRST}"


def telling(site, tmp_path, keys) -> dict[str, list[str]]:
    """By record, the addresses that answer with its word; those that are asked for by its key say it back."""
    found: dict[str, list[str]] = {}
    for path in every_address():
        answer = site.get(path)
        assert answer.status_code not in (429, 500), path
        said = (whole(body_of(answer), tmp_path) + repr(dict(answer.headers)).encode()).lower()
        for key in keys:
            if word_of(key) not in path and word_of(key).encode() in said:
                found.setdefault(key, []).append(path)
    return found


@pytest.mark.parametrize("keys", TOGETHER)
def test_a_record_withdrawn_is_in_no_answer_while_the_files_still_hold_it(told_apart, publisher, tmp_path, keys):
    for key in keys:
        actions.withdraw_record(key=whole_key(key), reason="asked", by=publisher, at=MOMENT)

    assert actions.releases_to_make_again() == [1, 2]
    assert telling(told_apart, tmp_path, keys) == {}
    for key in keys:
        found = told_apart.get(f"/en/search.json?q={word_of(key)}").json()
        assert (found["total"], found["rows"], found["exact"]) == (0, [], None), key
        assert told_apart.get(f"/id/{whole_key(key)}.json").status_code == 404
