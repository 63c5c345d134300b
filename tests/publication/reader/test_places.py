"""Places, few or many: the same answers whichever way they are kept."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.publication.reader import places
from parvis.publication.reader.places import Places, written

SETS = st.tuples(st.integers(1, 9000), st.sets(st.integers(0, 8999), max_size=60), st.booleans())


def _kept(told) -> tuple[Places, list[int]]:
    """A set of places as a release holds it, and by hand. Many are made of few: every place but these."""
    size, some, most = told
    numbers = sorted(set(range(size)) - some if most else {one for one in some if one < size})
    return Places.read(written(numbers, size)), numbers


@given(SETS, SETS, st.integers(0, 300))
@settings(max_examples=60, deadline=None)
def test_places_are_met_and_the_first_taken_as_by_hand(one, other, wanted):
    (kept, numbers), (kept_too, numbers_too) = _kept(one), _kept(other)

    met = kept.met(kept_too)

    by_hand = sorted(set(numbers) & set(numbers_too))
    assert list(met.first(wanted)) == by_hand[:wanted]
    assert list(met.all()) == by_hand
    assert list(kept.first(wanted)) == numbers[:wanted]
    assert [place for place in range(70) if kept.holds(place)] == [place for place in numbers if place < 70]
    assert list(kept.without(numbers[::2]).all()) == numbers[1::2]


def test_few_are_kept_as_numbers_and_many_as_bits():
    few, many = written(range(0, 1000, 200), 1000), written(range(0, 1000, 100), 1000)

    assert (few[:1], Places.read(few).size, Places.read(few).bits) == (b"n", 5, None)
    assert (many[:1], Places.read(many).size) == (b"b", 1008)
    assert places.NOWHERE.size == 0


@pytest.mark.parametrize(
    ("few", "many", "both"),
    [
        ([], [1], []),
        ([1], [], []),
        ([3, 90], list(range(0, 100, 3)), [3, 90]),
        ([1, 99], list(range(0, 100, 3)), [99]),
        ([200], list(range(50)), []),
    ],
)
def test_a_long_list_is_searched_and_a_short_one_read(few, many, both):
    assert places.both(few, many) == both
    assert places.both(many, few) == both
