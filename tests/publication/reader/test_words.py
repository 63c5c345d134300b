"""Words met with each other: the same answer as walking through every record."""

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.publication.bake.words import gathered, write_words
from parvis.publication.reader import schema, words

WORDS = ("eau", "eaux", "ville", "villes", "vie")
SAID = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
ASKED = st.lists(st.sampled_from((*WORDS, "vi", "ea", "absent")), min_size=1, max_size=3, unique=True)
RECORDS = st.lists(st.tuples(SAID, SAID, SAID), min_size=1, max_size=80)


def _index(records, order=None):
    """A file with the words of these records; ``order`` numbers them from the most tied to the least."""
    db = sqlite3.connect(":memory:")
    db.executescript(schema.TABLES)
    places = [0] * (len(records) + 1)
    for place, number in enumerate(order or range(1, len(records) + 1)):
        places[number] = place
    write_words(db, gathered(map("\n".join, records), places), len(records))
    return db


def _having(records, column, asked, *, begins):
    """By hand: the numbers of the records whose columns hold every word, the last of them as a beginning."""

    def says(text, word, beginning):
        return any(one.startswith(word) if beginning else one == word for one in text.split())

    return [
        number
        for number, record in enumerate(records, 1)
        if all(says(" ".join(record[column]), word, begins and word is asked[-1]) for word in asked)
    ]


@given(
    RECORDS, st.lists(st.sampled_from((*WORDS, "vi", "ea", "absent")), min_size=1, max_size=3, unique=True), st.data()
)
@settings(max_examples=60, deadline=None)
def test_what_is_found_is_what_walking_through_all_would_find(records, asked, data):
    begins = data.draw(st.booleans())
    order = data.draw(st.permutations(range(1, len(records) + 1)))
    place = {number: rank for rank, number in enumerate(order)}

    found = words.of_all(_index(records, order), asked, begins=begins, seconds=10)

    assert list(found.numbers()) == _having(records, slice(0, 3), asked, begins=begins)
    for told, column in ((found.title, slice(0, 1)), (found.name, slice(1, 2))):
        assert list(told) == sorted(place[one] for one in _having(records, column, asked, begins=begins))


def test_a_word_of_many_is_kept_as_bits_and_met_with_one_of_few():
    db = _index([("eau", "", "rare" if number == 40 else "") for number in range(100)])

    assert db.execute("SELECT ids IS NULL, bits IS NULL FROM word ORDER BY term").fetchall() == [(1, 0), (0, 1)]
    assert words.of_all(db, ["eau", "rare"], begins=False, seconds=1).numbers() == [41]
    assert len(words.of_all(db, ["eau"], begins=False, seconds=1).numbers()) == 100


def test_beginnings_that_take_too_long_say_so():
    db = _index([("eau", "", ""), ("eaux", "", "")])

    with pytest.raises(words.TooLong):
        words.of_all(db, ["ea"], begins=True, seconds=-1)


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
    assert words.both(few, many) == both
    assert words.both(many, few) == both
