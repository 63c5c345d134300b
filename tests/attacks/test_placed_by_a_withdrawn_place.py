"""Once a place is withdrawn, nothing tells where it was through those it placed, while the files still hold it."""

from __future__ import annotations

import pytest

from parvis.publication import reader
from parvis.publication.bake import actions
from parvis.publication.reader import Filters
from tests.attacks.conftest import body_of
from tests.attacks.test_names_covered import PICTURES_ON, more_rooms, whole
from tests.attacks.test_withdrawn_everywhere import every_address
from tests.publication.canaries import MOMENT, enter, house, publisher, register

__all__ = ["enter", "house", "publisher", "register"]

#: Its point, as figures are written in either language, and its country, by code and by name.
SIGNS = [one.encode() for one in ("77.04", "77,04", "12.05", "12,05", '"PE"', "=PE", "Peru", "Pérou", "P\\u00e9rou")]
#: Files of the land and borders of the world, which pass through it; and what they are packed in.
THE_LAND = ("/map/land.geojson", "/map/borders.geojson", ".zip")
#: Who was placed by it: a body in it, what it takes part in, and what names it or one of these.
PLACED = {"city-of-lima", "pact-lima", "open-forum", "quays", "pumps", "to-lima"}


@pytest.fixture
def published(register, enter, house, publisher, public_site, settings, monkeypatch):
    """Two releases in which one town, and it alone, places a body, its pact, an event, a project and a grant."""
    monkeypatch.setattr(actions, "pictures_on", PICTURES_ON)
    settings.PARVIS_API_RATE = 1_000_000
    more_rooms(enter, publisher)
    actions.publish(removals=0, by=publisher, at=MOMENT)
    enter("network", "harbours")
    actions.publish(removals=0, by=publisher, at=MOMENT)
    reader.serve_from(house)
    return public_site


def telling(site, paths, tmp_path) -> list[str]:
    """Addresses whose answer holds a sign of where the place is; what was asked is said back by some."""
    found = []
    for path in paths:
        answer = site.get(path)
        assert answer.status_code not in (429, 500), path
        said = whole(body_of(answer), tmp_path) + repr(dict(answer.headers)).encode()
        if any(sign in said for sign in SIGNS):
            found.append(path)
    return found


def placed(site) -> dict[str, tuple[object, ...]]:
    """Who is somewhere."""
    told = {key: site.get(f"/id/{key}.json").json() for key in sorted(PLACED)}
    return {key: (one["country"], one["lat"]) for key, one in told.items() if one["country"] or one["lat"]}


def of_its_country() -> list[tuple[int, bool]]:
    """For each noun placed: how many records of the country there are, and whether a filter offers it."""
    release, only = reader.current(), Filters(countries=("PE",))
    nouns = ("body", "agreement", "event", "project", "grant", "mission")
    return [
        (release.listing(noun, lang="en", filters=only).total, "PE" in release.values(noun, "country"))
        for noun in nouns
    ]


def test_where_a_withdrawn_place_was_is_in_no_answer_of_those_it_placed(published, publisher, tmp_path):
    before, told = telling(published, every_address(), tmp_path), placed(published)
    listed = of_its_country()

    actions.withdraw_record(key="lima", reason="asked", by=publisher, at=MOMENT)
    between, meanwhile = telling(published, before, tmp_path), placed(published)
    listed_meanwhile = of_its_country()
    waiting = actions.releases_to_make_again()
    actions.finish_purge()
    after = [path for path in telling(published, before, tmp_path) if not path.endswith(THE_LAND)]

    assert told == dict.fromkeys(sorted(PLACED), ("PE", -12.05))
    assert (meanwhile, placed(published)) == ({}, {})
    assert (listed, listed_meanwhile) == ([(1, True)] * 6, [(0, False)] * 6)
    assert (waiting, between, after) == ([1, 2], [], [])
