from datetime import UTC, datetime

import pytest

from parvis.domain.directory.actions import Town, load_gazetteer
from parvis.domain.directory.models import GazetteerName, GazetteerPlace, GazetteerState
from parvis.foundation.journal.models import Line

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ODD = Town(
    7,
    "Back\\slash\tTown",
    ("", "---", "x" * 300, "BACK slash town", "Other"),
    "FR",
    "",
    -1.5,
    2,
    -1,
    "Etc/UTC",
)


def test_a_town_is_written_as_it_is_given_whatever_signs_it_has(clerk):
    state = load_gazetteer(towns=[ODD], fingerprint="odd", by=clerk, at=NOON)
    place = GazetteerPlace.objects.get()

    assert (place.name, str(place.latitude), place.population) == ("Back\\slash Town", "-1.50000", 0)
    assert list(GazetteerName.objects.order_by("squeezed").values_list("squeezed", "own")) == [
        ("backslashtown", True),
        ("other", False),
    ]
    assert (state.places, state.names) == (1, 2)


def test_the_same_gazetteer_is_not_loaded_twice(world, clerk):
    assert load_gazetteer(towns=[ODD], fingerprint="small", by=clerk, at=NOON) is None
    assert GazetteerPlace.objects.filter(name__startswith="Back").count() == 0


def test_another_gazetteer_takes_its_place_whole(world, clerk):
    load_gazetteer(towns=[ODD], fingerprint="odd", by=clerk, at=NOON)

    assert (GazetteerPlace.objects.count(), GazetteerName.objects.count()) == (1, 2)
    assert [state.fingerprint for state in GazetteerState.objects.all()] == ["odd"]


def test_a_load_that_fails_keeps_the_one_before(world, clerk):
    def broken():
        yield ODD
        raise OSError("the file ends here")

    with pytest.raises(OSError, match="ends here"):
        load_gazetteer(towns=broken(), fingerprint="odd", by=clerk, at=NOON)

    assert (GazetteerState.objects.get().fingerprint, GazetteerPlace.objects.count()) == (
        "small",
        world.places,
    )


def test_the_load_is_told_as_it_goes_and_written_in_the_journal(clerk):
    told = []

    load_gazetteer(towns=[ODD], fingerprint="odd", by=clerk, at=NOON, tell=lambda *news: told.append(news))

    assert told == [("places", 1), ("names", 2)]
    assert Line.objects.get(verb="gazetteer loaded").digests == {"places": 1, "names": 2}
