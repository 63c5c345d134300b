import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.publication.reader import search


def keys(rows) -> list[str]:
    return [row["key"] for row in rows]


@pytest.mark.parametrize("query", ["Tblissi", "tblissi", "TBILISSI", "Tbilisi", " tbilisi "])
def test_a_town_is_found_under_any_spelling_and_comes_first(small, query):
    results = small.search(query, lang="en")

    assert results.exact["key"] == "tbilisi"
    assert results.ambiguous == []


def test_the_spelling_that_made_the_match_is_told(small):
    results = small.search("tblissi", lang="en")

    assert results.matched == {"tbilisi": "Tblissi"}
    assert small.search("tbilisi", lang="en").matched == {}


@pytest.mark.parametrize("query", ["cordoba", "Córdoba", "CÓRDOBA"])
def test_a_name_borne_by_several_towns_gives_candidates_and_no_choice(small, query):
    results = small.search(query, lang="en")

    assert results.exact is None
    assert keys(results.ambiguous) == ["cordoba-argentina", "cordoba-spain"]


def test_a_record_that_is_no_town_is_found_by_its_very_name(small):
    assert small.search("forum on water", lang="en").exact["key"] == "forum"


def test_counts_by_noun_and_pages(small):
    results = small.search("tbil", lang="en", size=1)

    assert results.counts == {"agreement": 1, "body": 1, "place": 1}
    assert (results.total, results.pages, len(results.rows)) == (3, 3, 1)


def test_a_search_can_be_kept_to_one_noun(small):
    results = small.search("tbilisi", lang="en", noun="agreement")

    assert keys(results.rows) == ["pact-tbilisi"]
    assert results.total == 1
    assert small.search("tbilisi", lang="en", noun="refuge").rows == []


def test_words_are_found_in_either_language_with_accents_or_none(small):
    found = [keys(small.search(query, lang="en").rows) for query in ("œuvre", "oeuvre", "OEUVRE", "common work")]

    assert found == [["pact-tbilisi"]] * 4


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "NEAR(",
        "x:y",
        "-zzz",
        "zzz AND",
        "* *",
        "((((",
        "'; DROP TABLE record; --",
        "\x00",
        "\ud800",
        "a" * 10_000,
        "",
    ],
)
def test_a_hostile_query_is_answered_like_any_other(small, query):
    results = small.search(query, lang="en")

    assert results.total == 0
    assert results.rows == []


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_makes_a_query_the_index_can_read(query):
    match = search.words_to_match(query)
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE t USING fts5(body)")

    if match:
        db.execute("SELECT * FROM t WHERE t MATCH ?", (match,)).fetchall()


def test_only_a_last_word_of_three_letters_may_be_the_beginning_of_another():
    assert search.words_to_match("Mo") == '"mo"'
    assert search.words_to_match("New Yor") == '"new" "yor"*'
    assert search.words_to_match(" ".join("abcdefghijklmn")) == " ".join(f'"{letter}"' for letter in "abcdefghijkl")


def test_a_search_that_takes_too_long_is_interrupted_says_so_and_shows_something(small, monkeypatch):
    monkeypatch.setattr(search, "BUDGET_SECONDS", -1)
    monkeypatch.setattr(search, "_STEPS_BETWEEN_LOOKS", 1)
    monkeypatch.setattr(search, "_AFTERWARDS", 10)

    results = small.search("tbilisi", lang="en")

    assert results.interrupted
    assert "tbilisi" in keys(results.rows)


def test_nothing_is_shown_when_even_that_takes_too_long(small, monkeypatch):
    monkeypatch.setattr(search, "BUDGET_SECONDS", -1)
    monkeypatch.setattr(search, "_AFTERWARDS", -1)
    monkeypatch.setattr(search, "_STEPS_BETWEEN_LOOKS", 1)

    results = small.search("tbilisi", lang="en")

    assert (results.interrupted, results.rows) == (True, [])


def test_a_fault_that_is_no_interruption_is_not_hidden(small):
    with pytest.raises(sqlite3.OperationalError), search.within(small.db, 1):
        small.db.execute("SELECT * FROM nothing")


def test_of_many_those_with_the_words_in_their_title_come_first_then_those_most_tied(tmp_path, monkeypatch):
    from tests.publication.hand_made import Hand

    monkeypatch.setattr(search, "_FEW", 2)
    hand = Hand()
    hand.record("place", "a", title={"en": "Aaa"}, summary={"en": "water"})
    hand.record("place", "b", title={"en": "Bbb"}, summary={"en": "water"})
    hand.record("place", "c", title={"en": "Ccc"}, names=[("Water", "alias")])
    hand.record("place", "d", title={"en": "Of water"})
    hand.record("event", "e", title={"en": "Eee"}, place="b")
    release = hand.publish(tmp_path)

    results = release.search("water", lang="en")

    assert keys(results.rows) == ["d", "c", "b", "a"]
    assert keys(release.search("water", lang="en", page=2, size=3).rows) == ["a"]
    assert results.matched == {"c": "Water"}
