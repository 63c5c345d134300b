"""A record with all that is tied to it, as a table: what its page shows."""

import csv
import io

import pytest


def rows(response):
    text = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_a_partner_s_table_holds_the_place_itself_then_all_that_is_tied_to_it(site):
    response = site.get("/en/partners/cordoba-spain.csv")

    told = rows(response)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert [(row["key"], row["role"]) for row in told] == [
        ("cordoba-spain", ""),
        ("festival", "place"),
        ("accord-cordoba", "party"),
    ]
    assert told[1]["address"] == "http://testserver/en/agenda/festival"


def test_on_a_past_day_the_table_holds_what_had_begun(site):
    told = rows(site.get("/en/partners/cordoba-spain.csv?on=2016-06-20"))

    assert "festival" not in [row["key"] for row in told]


@pytest.mark.parametrize("address", ["/en/partners/never-heard-of.csv", "/en/agenda/cordoba-spain/x.csv"])
def test_what_is_not_there_has_no_table(site, address):
    assert site.get(address).status_code == 404
