from parvis.observatory.drawings.money import money_drawings
from tests.observatory.measures.test_money import TABLES

CITY = {"currency": "EUR"}


def drawings(tables):
    return {drawing.name: drawing for drawing in money_drawings(tables, CITY, "en", "2026-11-22")}


def test_grants_are_drawn_by_year_and_by_country_each_wide_and_narrow():
    found = drawings(TABLES)

    assert sorted(found) == [
        "grants-by-country",
        "grants-by-country-narrow",
        "grants-by-year",
        "grants-by-year-narrow",
        "grants-ground",
        "grants-ground-narrow",
    ]
    assert found["grants-by-year"].title == "€4,000 voted from 2020 to 2022, year by year"
    assert found["grants-by-country"].title == "2 named countries received grants"


def test_the_ground_says_where_each_country_falls_on_both_sheets():
    ground = drawings(TABLES)["grants-ground"].meta()

    assert sorted(ground["at"]) == sorted(ground["at_narrow"]) == ["ML", "SN"]
    assert 0 < ground["at"]["SN"][0] < ground["width"]


def test_without_a_grant_nothing_is_drawn():
    assert drawings({}) == {}
