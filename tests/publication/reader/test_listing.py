from datetime import date

import pytest

from parvis.publication.reader import Filters, UnknownSort


def keys(listing) -> list[str]:
    return [row["key"] for row in listing.rows]


def test_a_list_is_sorted_by_name_with_counts_laid_down_in_the_release(small):
    listing = small.listing("agreement", lang="en")

    assert keys(listing) == ["accord-undated", "accord-cordoba", "pact-tbilisi"]
    assert listing.stored_counts
    assert listing.facets == {
        "kind": [("accord", 2), ("pact", 1)],
        "state": [("ended", 1), ("signed", 1)],
        "theme": [("culture", 2), ("climate", 1)],
        "area": [("europe", 2)],
        "country": [("ES", 1), ("GE", 1)],
        "year": [("2014", 1), ("2018", 1)],
    }


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(kinds=("accord",)), ["accord-undated", "accord-cordoba"]),
        (Filters(kinds=("accord", "pact")), ["accord-undated", "accord-cordoba", "pact-tbilisi"]),
        (Filters(themes=("culture",), countries=("GE",)), ["pact-tbilisi"]),
        (Filters(states=("signed",)), ["accord-cordoba"]),
        (Filters(areas=("europe",)), ["accord-cordoba", "pact-tbilisi"]),
        (Filters(from_year=2019), ["accord-cordoba", "pact-tbilisi"]),
        (Filters(to_year=2015), ["pact-tbilisi"]),
        (Filters(from_year=2021), ["accord-cordoba"]),
        (Filters(text="oeuvre eau"), ["pact-tbilisi"]),
        (Filters(text="tblissi"), []),
        (Filters(text="  ?! "), []),
        (Filters(kinds=("no such kind",)), []),
    ],
)
def test_filters_narrow_a_list(small, filters, expected):
    listing = small.listing("agreement", lang="en", filters=filters)

    assert keys(listing) == expected
    assert listing.total == len(expected)


def test_one_filter_leaves_its_own_facet_whole_and_narrows_the_others(small):
    listing = small.listing("agreement", lang="en", filters=Filters(kinds=("accord",)))

    assert listing.stored_counts
    assert listing.facets["kind"] == [("accord", 2), ("pact", 1)]
    assert listing.facets["theme"] == [("culture", 1)]


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(kinds=("accord",)),
        Filters(themes=("culture",)),
        Filters(countries=("ES",)),
        Filters(areas=("europe",)),
    ],
)
def test_counts_laid_down_are_those_counted_live(small, filters):
    stored = small.listing("agreement", lang="en", filters=filters)
    live = small.listing("agreement", lang="en", filters=filters, on=None)
    counted_live = _counted_live(small, filters)

    assert stored.facets == live.facets == counted_live


def _counted_live(release, filters):
    from parvis.publication.reader import listing

    asked = listing.Asked(filters, hides=True)
    return listing.select(release._shelves("agreement"), asked, release.db).facets


def test_a_day_shows_what_had_begun_and_was_not_over_in_the_state_of_that_day(small):
    in_2016 = small.listing("agreement", lang="en", on=date(2016, 6, 1))
    in_2021 = small.listing("agreement", lang="en", on=date(2021, 1, 1))

    assert [(row["key"], row["state"]) for row in in_2016.rows] == [
        ("accord-undated", None), ("pact-tbilisi", "signed"),
    ]  # fmt: skip
    assert in_2016.facets["state"] == [("signed", 1)]
    assert keys(in_2021) == ["accord-undated", "accord-cordoba"]
    assert not in_2016.stored_counts


def test_the_state_of_a_day_can_be_asked_for(small):
    listing = small.listing("agreement", lang="en", on=date(2018, 6, 1), filters=Filters(states=("renewed",)))

    assert keys(listing) == ["pact-tbilisi"]


def test_what_happened_stays_true_after_its_day(small):
    before = small.listing("event", lang="en", on=date(2015, 5, 8))
    after = small.listing("event", lang="en", on=date(2020, 1, 1))

    assert (keys(before), keys(after)) == ([], ["forum"])


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", ["accord-undated", "accord-cordoba", "pact-tbilisi"]),
        ("date", ["accord-cordoba", "pact-tbilisi", "accord-undated"]),
        ("oldest", ["pact-tbilisi", "accord-cordoba", "accord-undated"]),
        ("country", ["accord-cordoba", "pact-tbilisi", "accord-undated"]),
        ("kind", ["accord-undated", "accord-cordoba", "pact-tbilisi"]),
        ("updated", ["accord-undated", "accord-cordoba", "pact-tbilisi"]),
    ],
)
def test_a_list_is_sorted_as_asked(small, sort, expected):
    assert keys(small.listing("agreement", lang="en", sort=sort)) == expected


def test_nobody_sorts_by_anything_else(small):
    with pytest.raises(UnknownSort):
        small.listing("agreement", lang="en", sort="doc; drop table record")
    with pytest.raises(UnknownSort):
        next(small.each("agreement", lang="en", sort="doc"))


def test_names_sort_in_the_language_of_the_reader(small):
    english = keys(small.listing("place", lang="en"))
    spanish = keys(small.listing("place", lang="es"))

    assert english == ["cordoba-spain", "cordoba-argentina", "paris", "tbilisi"]
    assert spanish == ["cordoba-argentina", "cordoba-spain", "paris", "tbilisi"]


def test_several_nouns_make_one_list_in_one_order(small):
    listing = small.listing(("agreement", "event"), lang="en")

    assert keys(listing) == ["accord-undated", "accord-cordoba", "forum", "pact-tbilisi"]
    assert listing.facets["country"] == [("GE", 2), ("ES", 1)]


def test_pages_follow_one_another_and_a_page_past_the_end_is_empty(small):
    pages = [keys(small.listing("agreement", lang="en", page=page, size=2)) for page in (1, 2, 3, 10**9)]

    assert pages == [["accord-undated", "accord-cordoba"], ["pact-tbilisi"], [], []]
    assert small.listing("agreement", lang="en", size=2).pages == 2


def test_a_page_number_below_one_is_the_first_page(small):
    assert keys(small.listing("agreement", lang="en", page=-3, size=1)) == ["accord-undated"]


def test_an_unknown_noun_lists_nothing(small):
    listing = small.listing("refuge", lang="en")

    assert (listing.rows, listing.total, listing.pages) == ([], 0, 1)


def test_rows_can_carry_the_whole_record(small):
    (row,) = small.listing("event", lang="en", docs=True).rows

    assert row["doc"] == small.record("forum")


def test_each_gives_every_row_few_at_a_time(small, monkeypatch):
    monkeypatch.setattr("parvis.publication.reader.release._AT_ONCE", 2)

    rows = list(small.each("agreement", lang="en", docs=True))

    assert [row["key"] for row in rows] == ["accord-undated", "accord-cordoba", "pact-tbilisi"]
    assert rows[0]["doc"]["key"] == "accord-undated"


def test_values_tell_what_a_facet_may_be(small):
    assert small.values("agreement", "kind") == {"accord", "pact"}
    assert small.values("agreement", "no such facet") == set()


def test_a_search_in_a_list_that_takes_too_long_is_interrupted_and_says_so(small, monkeypatch):
    monkeypatch.setattr("parvis.publication.reader.search.BUDGET_SECONDS", -1)
    monkeypatch.setattr("parvis.publication.reader.search._STEPS_BETWEEN_LOOKS", 1)

    listing = small.listing("agreement", lang="en", filters=Filters(text="accord"))

    assert listing.interrupted
