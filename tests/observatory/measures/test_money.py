from decimal import Decimal

from parvis.observatory.measures.money import NOWHERE, Voted, by_country_and_year, by_year, served
from tests.observatory.drawn import drawn

PLACES = drawn("""
    key      | country
    bamako   | ML
    mali     | ML
    senegal  | SN
""")
GRANTS = drawn("""
    key | year | amount_voted | currency | state     | place   | country
    a   | 2020 | 1000.10      | EUR      | awarded   | bamako  |
    b   | 2020 | 2000.20      | EUR      | awarded   | mali    |
    c   | 2022 | 500          | EUR      | closed    | senegal |
    d   | 2022 | 300          | EUR      | awarded   |         |
    e   | 2022 | 900          | EUR      | refused   | senegal |
    f   | 2022 | 900          | USD      | awarded   | senegal |
    g   | 2022 |              | EUR      | asked     | senegal |
""")
FURTHER = drawn("""
    grant | place
    c     | bamako
""")
TABLES = {"grants": GRANTS, "places": PLACES, "grant_places": FURTHER}


def test_only_what_was_voted_in_the_currency_adds_up_and_a_year_without_a_grant_is_absent():
    assert by_year(served(TABLES, "EUR")) == {
        2020: Voted(Decimal("3000.30"), 2),
        2022: Voted(Decimal(800), 2),
    }


def test_a_grant_for_two_countries_counts_whole_in_each_and_what_is_nowhere_comes_last():
    told = by_country_and_year(served(TABLES, "EUR"))

    assert list(told) == ["ML", "SN", NOWHERE]
    assert told["ML"] == {2020: Voted(Decimal("3000.30"), 2), 2022: Voted(Decimal(500), 1)}
    assert told["SN"] == {2022: Voted(Decimal(500), 1)}
    assert told[NOWHERE] == {2022: Voted(Decimal(300), 1)}


def test_no_table_of_grants_is_no_grant():
    assert served({}, "EUR") == []
