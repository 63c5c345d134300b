"""A record placed by a hidden one is where the release made again will have it: nowhere, or where others place it."""

from __future__ import annotations

import random

import pytest

from parvis.publication.reader import Filters, Release
from parvis.publication.reader.moved import Moved
from parvis.publication.reader.points import extent, items_within, mapped_nouns
from parvis.publication.reader.tables.figures import Circle
from parvis.publication.reader.tables.tree import Field, Located
from parvis.publication.reader.withdrawn import Hidden
from parvis.publication.releases import withdrawals
from parvis.publication.releases.archive import Archive
from tests.publication.hand_made import NOON, Hand

WHERE_FACETS = ("country", "area")


def many_places() -> Hand:
    """Towns, bodies in them, agreements and projects between bodies, events, and grants that name several of these."""
    hand, chance = Hand(), random.Random(86)
    hand.record("place", "paris", country="FR", areas=["europe"], latitude="48.85", longitude="2.35")
    hand.record("body", "city-of-paris", place="paris")
    towns = [f"town-{n}" for n in range(8)]
    for n, key in enumerate(towns):
        point = {"latitude": f"{n}.5", "longitude": f"{10 + n}.25"} if n != 3 else {}
        hand.record(
            "place", key, country=("GE", "ES", "PE", None)[n % 4], areas=[("europe", "americas")[n % 2]], **point
        )
    bodies = [f"body-{n}" for n in range(12)]
    for n, key in enumerate(bodies):
        named = {"place": towns[n % 8]} if n % 3 else {"parent": bodies[n - 1] if n else None}
        hand.record("body", key, **named)
    for n in range(16):
        hand.record("agreement", f"pact-{n}", signed=f"20{10 + n}")
        for party in ("city-of-paris", *chance.sample([*towns, *bodies], 2)):
            hand.line("agreement_parties", agreement=f"pact-{n}", party=party, role="party")
    for n in range(6):
        hand.record("project", f"works-{n}", agreement=f"pact-{n * 2}" if n % 2 else None)
        hand.line("project_partners", project=f"works-{n}", partner=chance.choice(bodies))
        hand.record("event", f"day-{n}", starts="2020", place=chance.choice([None, *towns]), about=f"works-{n}")
    for n in range(9):
        named = {"beneficiary": chance.choice(bodies), "place": towns[n] if n % 3 and n < len(towns) else None}
        named |= {"country": "IT" if n % 2 else None}
        hand.record("grant", f"grant-{n}", amount_voted="1000", currency="EUR", agreement=f"pact-{n}", **named)
    return hand


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return many_places().publish(tmp_path_factory.mktemp("whole"))


def made_without(keys, folder) -> Release:
    for key in keys:
        withdrawals.add(Archive(folder), key=key, reason="asked", by=1, at=NOON)
    return many_places().publish(folder)


def everywhere(release: Release) -> dict[str, object]:
    """All that a release tells of where its records are."""
    nouns = sorted(noun for noun, many in release.nouns().items() if many)
    keys = {noun: release.keys(noun, lang="en", sort="kind") for noun in nouns}
    cards = {key: release.cards([key], lang="fr")[key] for noun in nouns for key in keys[noun]}
    counts = {noun: release.listing(noun, lang="en").facets for noun in nouns}
    place = ("country", "lat", "lon")
    table = release.table("agreement_parties")
    near = Located(Field("agreement"), Circle((12.25, 2.5), 900_000), outside=False)
    return {
        "cards": {key: [card[name] for name in place] for key, card in cards.items()},
        "records": {key: [release.record(key)[name] for name in place] for key in cards},
        "counts": {noun: {facet: counts[noun].get(facet) for facet in WHERE_FACETS} for noun in nouns},
        "values": {noun: [release.values(noun, facet) for facet in WHERE_FACETS] for noun in nouns},
        "spanish": release.keys(tuple(nouns), lang="en", filters=Filters(countries=("ES", "IT"))),
        "american": release.keys(tuple(nouns), lang="en", filters=Filters(areas=("americas",))),
        "by country": {noun: release.keys(noun, lang="en", sort="country") for noun in nouns},
        "sums": release.summed_by("grant", "country"),
        "mapped": mapped_nouns(release),
        "extents": {noun: extent(release, noun)[0] for noun in nouns},
        "items": {
            noun: [(row["key"], row["lat"], row["lon"]) for row in rows]
            for noun in nouns
            for _total, rows in [items_within(release, noun, box=(10, 0, 14, 6), days=None, start=0, size=99)]
        },
        "near": [row[0] for row in table.rows(list(table.meeting(near)), ["agreement"])],
        "tied": [[row["lat"] for row in release.links(key, lang="en")] for key in cards],
        "found": [[row["lat"] for row in release.search(word, lang="en").rows] for word in ("pact", "works", "day")],
    }


@pytest.mark.parametrize(
    "keys",
    [
        ("town-0",), ("town-1",), ("town-2", "town-5"), ("body-1",), ("body-4", "town-4"), ("pact-3", "pact-6"),
        ("town-0", "town-1", "town-2", "town-4", "town-5", "town-6", "town-7"), ("paris",), ("city-of-paris",),
        ("works-1", "grant-2"),
    ],
)  # fmt: skip
def test_what_is_told_meanwhile_is_what_the_release_made_again_tells(whole, tmp_path, keys):
    meanwhile = Release(whole.folder, Hidden(frozenset(keys)))

    assert everywhere(meanwhile) == everywhere(made_without(keys, tmp_path))
    assert everywhere(meanwhile) != everywhere(whole)


def test_where_nothing_is_hidden_nothing_is_moved_nor_asked(whole):
    asked: list[str] = []
    whole.db.set_trace_callback(asked.append)

    moved = Moved.by(whole.db, (), ("paris",))
    whole.db.set_trace_callback(None)

    assert (bool(moved), asked, whole.placed) == (False, [], ("record", ()))


def test_who_is_moved_is_found_by_as_many_queries_however_many_they_are(whole):
    def asked_for(keys):
        hidden = {whole.db.execute("SELECT id FROM record WHERE key = ?", (key,)).fetchone()[0] for key in keys}
        asked: list[str] = []
        whole.db.set_trace_callback(asked.append)
        moved = Moved.by(whole.db, hidden, ("paris", "city-of-paris"))
        whole.db.set_trace_callback(None)
        return len(moved.where), len(asked)

    (few, first), (many, then) = asked_for(["works-5"]), asked_for([f"town-{n}" for n in range(8)])

    assert few < many
    assert first == then
