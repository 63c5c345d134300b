"""A text with digits in words, or words cut at a line's end, is read again; each sign is known by its place."""

import pytest

from parvis.foundation.values.rereading import readings


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Dup0nt", ["Dupont"]),
        ("MAR1E DUP0NT", ["MARiE DUPoNT", "MARlE DUPoNT"]),
        ("Mari3 M4rt1n", ["Marie Martin", "Marie Martln"]),
        ("0livier", ["Olivier"]),
        ("Traor3", ["Traore"]),
        ("Ma-\nrie Du-\n   pont", ["Marie Dupont"]),
        ("Marie Dup0-\nnt", ["Marie Dupont"]),
        ("Ma\u2010\nrie", ["Marie"]),
    ],
)
def test_a_word_is_read_as_a_reader_understands_it(text, read):
    assert [one for one, _places in readings(text)] == read


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Dupont",
        "2024",
        "covid19 et G20",
        "H2O",
        "A4",
        "1 2 3",
        "Aix-en-Provence",
        "Aix-\n",
        "un - \ndeux 3",
        "LPE2021",
    ],
)
def test_numbers_codes_and_words_with_a_hyphen_are_left_as_they_are(text):
    assert list(readings(text)) == []


def test_each_sign_of_a_reading_is_told_by_its_place_in_the_text():
    text = "Le 8eme séjour de Du-\n p0nt"
    ((read, places),) = readings(text)

    assert read == "Le Beme séjour de Dupont"
    assert (len(places), text[places[read.index("Dupont")] : places[-1] + 1]) == (len(read), "Du-\n p0nt")
