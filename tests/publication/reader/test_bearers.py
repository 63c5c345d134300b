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


@given(
    st.dictionaries(st.sampled_from("abcdefgh"), SETS, min_size=1),
    st.dictionaries(st.integers(0, SIZE - 1), st.sets(st.sampled_from("aceix"))),
)
@settings(max_examples=40, deadline=None)
def test_those_moved_bear_what_they_are_moved_to_and_nothing_else(borne, moved):
    bearers = Bearers.read((value, written(sorted(held), SIZE)) for value, held in borne.items())
    now = {value: [p for p, values in moved.items() if value in values] for value in "aceix"}

    found = dict(bearers.moved(moved, now).items())

    expected = {value: (borne.get(value, set()) - set(moved)) | set(now.get(value, ())) for value in "abcdefghix"}
    assert found == {value: bits.from_positions(held, SIZE) for value, held in expected.items() if held}
