"""The money of a list: exact, of what is shown and of nothing else."""

from datetime import date
from decimal import Decimal

import pytest

from parvis.publication.reader import Filters, Sum
from parvis.publication.reader.withdrawn import Hidden
from tests.publication.hand_made import Hand

_TYPES = {
    ("grants", "amount_voted"): "decimal(14,2)",
    ("grants", "voted"): "pdate",
    ("grants", "beneficiary"): "ref",
    ("grants", "currency"): "text",
}


class Giver(Hand):
    def _kinds(self, name):
        return {column: _TYPES.get((name, column), kind) for column, kind in super()._kinds(name).items()}


def given():
    hand = Giver()
    hand.record("place", "mali", title={"en": "Mali"}, kind="country", country="ML")
    hand.record("place", "bamako", title={"en": "Bamako"}, kind="city", country="ML", latitude="12.6", longitude="-8.0")
    hand.record("body", "one", title={"en": "One"})
    hand.record("body", "two", title={"en": "Two"})
    hand.record("programme", "health", title={"en": "Health"}, kind="grants")
    told = {"title": {"en": "A grant"}, "currency": "EUR", "state": "awarded"}
    hand.record(
        "grant", "a", voted="2020", amount_voted="0.10", beneficiary="one", place="bamako", programme="health", **told
    )
    hand.record("grant", "b", voted="2021", amount_voted="0.20", beneficiary="two", place="mali", **told)
    hand.record("grant", "c", voted="2021-05-04", beneficiary="two", **told)
    hand.record("grant", "d", voted="2022", amount_voted="9", beneficiary="one", **{**told, "currency": "USD"})
    return hand


@pytest.fixture
def release(tmp_path):
    return given().publish(tmp_path)


def keys(release, **asked):
    return [row["key"] for row in release.listing("grant", lang="en", **asked).rows]


def test_amounts_add_up_to_the_cent_and_other_currencies_are_silent(release):
    assert release.summed("grant") == Sum(Decimal("0.3"), 2, 2)


def test_the_sum_is_that_of_what_the_list_shows(release):
    filters = Filters(bodies=("two",))

    assert release.summed("grant", filters=filters) == Sum(Decimal("0.2"), 1, 1)
    assert keys(release, filters=filters) == ["b", "c"]


def test_a_day_counts_the_grants_voted_by_then(release):
    assert release.summed("grant", on=date(2020, 12, 31)) == Sum(Decimal("0.1"), 1, 0)


def test_grants_are_narrowed_by_fund_body_city_country_and_year(release):
    assert keys(release, filters=Filters(funds=("health",))) == ["a"]
    assert keys(release, filters=Filters(places=("bamako",))) == ["a"]
    assert keys(release, filters=Filters(countries=("ML",))) == ["a", "b"]
    assert keys(release, filters=Filters(years=("2021",))) == ["b", "c"]
    assert release.values("grant", "place") == {"bamako"}


def test_each_value_of_a_facet_has_its_own_sum(release):
    assert release.summed_by("grant", "year") == {
        "2020": Sum(Decimal("0.1"), 1, 0),
        "2021": Sum(Decimal("0.2"), 1, 1),
        "2022": Sum(Decimal(0), 0, 1),
    }


def test_the_largest_comes_first_and_what_says_no_sum_last(release):
    assert keys(release, sort="amount") == ["b", "a", "c", "d"]


def test_records_of_no_money_have_no_sum(release):
    assert release.summed("place") is None
    assert release.summed_by("body", "kind") == {}


def test_what_is_withdrawn_is_in_no_sum(tmp_path):
    release = given().publish(tmp_path)
    hidden = type(release)(release.folder, Hidden(frozenset({"b"})))

    assert hidden.summed("grant") == Sum(Decimal("0.1"), 1, 2)
