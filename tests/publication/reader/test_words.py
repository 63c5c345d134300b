"""Words met with each other: the same answer as walking through every record."""

import sqlite3
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.publication.bake.words import gathered, write_words
from parvis.publication.reader import schema, words

WORDS = ("eau", "eaux", "ville", "villes", "vie")
SAID = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
ASKED = st.lists(st.sampled_from((*WORDS, "vi", "ea", "absent")), min_size=1, max_size=3, unique=True)
#: Of how many nouns records are, in turn by their places.
NOUNS = 3
RECORDS = st.lists(st.tuples(SAID, SAID, SAID), min_size=1, max_size=80)


def _index(records, order=None):
    """A file with the words of these records; ``order`` numbers them from the most tied to the least."""
    db = sqlite3.connect(":memory:")
    db.executescript(schema.TABLES)
    said = list(map("\n".join, records))
    nouns = bytes(place % NOUNS for place in range(len(records)))
    write_words(db, gathered(said, order or range(1, len(records) + 1)), nouns)
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

    for told, column in ((found.places, slice(0, 3)), (found.title, slice(0, 1)), (found.name, slice(1, 2))):
        assert list(told.all()) == sorted(place[one] for one in _having(records, column, asked, begins=begins))


@given(RECORDS, st.sampled_from(WORDS))
@settings(max_examples=30, deadline=None)
def test_one_word_says_how_many_records_of_each_noun_have_it(records, asked):
    found = words.of_all(_index(records), [asked], begins=False, seconds=10)

    by_noun = Counter(place % NOUNS for place in found.places.all())
    assert dict(enumerate(found.counts or ())) == {noun: by_noun[noun] for noun in range(len(found.counts or ()))}


def test_a_word_of_many_is_kept_as_bits_and_met_with_one_of_few():
    db = _index([("eau", "", "rare" if number == 40 else "") for number in range(200)])

    assert db.execute("SELECT substr(places, 1, 1) FROM word ORDER BY term").fetchall() == [(b"b",), (b"n",)]
    assert list(words.of_all(db, ["eau", "rare"], begins=False, seconds=1).places.all()) == [40]
    assert len(words.of_all(db, ["eau"], begins=False, seconds=1).places.all()) == 200


def test_beginnings_that_take_too_long_say_so():
    db = _index([("eau", "", ""), ("eaux", "", "")])

    with pytest.raises(words.TooLong):
        words.of_all(db, ["ea"], begins=True, seconds=-1)
