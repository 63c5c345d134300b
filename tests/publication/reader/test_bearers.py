"""Who bears a value, few or many: the same answers whichever way they are kept."""

from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.publication.reader import bits
from parvis.publication.reader.bearers import Bearers
from parvis.publication.reader.places import written

SIZE = 400
SETS = st.sets(st.integers(0, SIZE - 1), min_size=1, max_size=30)


@given(st.dictionaries(st.sampled_from("abcdefgh"), SETS, min_size=1), SETS)
@settings(max_examples=40, deadline=None)
def test_bearers_are_given_and_counted_as_by_hand(borne, among):
    bearers = Bearers.read((value, written(sorted(held), SIZE)) for value, held in borne.items())

    counted = dict(bearers.counted(bits.from_positions(among, SIZE), SIZE))

    assert counted == {value: len(held & among) for value, held in borne.items() if held & among}
    assert dict(bearers.items()) == {value: bits.from_positions(held, SIZE) for value, held in borne.items()}
    assert sorted(bearers) == sorted(borne)
    assert bearers.of("nobody bears it") == 0
