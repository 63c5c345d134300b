"""The city's aid, told in the standards of the field, and what is said of its rank: row FUN-22 of the inventory."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from lxml import etree

YEARS = (2020, 2021, 2022)
WHOLE = Decimal("3215051.00")


def fetched(pages, path):
    answer = pages.client.get(path)
    assert answer.status_code == 200, path
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def standard(pages, name):
    return fetched(pages, f"/data/1/standards/{name}")


def test_each_year_of_aid_is_a_file_in_a_recognised_standard_made_from_every_grant(paris):
    listed = list(csv.DictReader(io.StringIO(fetched(paris, "/en/money/grants.csv").decode())))
    told = {}
    for year in YEARS:
        activities = etree.fromstring(standard(paris, f"iati-activities-{year}.xml")).findall("iati-activity")
        told |= {one.findtext("iati-identifier"): Decimal(one.findtext("budget/value")) for one in activities}
        voted = [Decimal(row["amount_voted"]) for row in listed if row["year"] == str(year)]
        assert (len(activities), sum(Decimal(one.findtext("budget/value")) for one in activities)) == (
            len(voted), sum(voted),
        )  # fmt: skip
        for one in activities:
            where = one.findall("recipient-country") or one.findall("recipient-region")
            assert len(where) == 1
            assert one.find("sector").get("code")
            assert one.find("default-aid-type").get("code") in ("B01", "C01", "E01")
            assert one.find("budget/period-start").get("iso-date") == f"{year}-01-01"
        assert f"iati-activities-{year}.xml" in paris.words("/en/data")

    assert (len(told), sum(told.values())) == (98, WHOLE)
    assert all(one.startswith("FR-INSEE-217500016-") for one in told)


def test_each_year_s_declaration_adds_up_to_the_same_grants_and_says_what_nobody_recorded(paris):
    counted, voted = 0, Decimal()
    for year in YEARS:
        lines = list(csv.DictReader(io.StringIO(standard(paris, f"aid-{year}.csv").decode())))
        counted += sum(int(line["grants"]) for line in lines)
        voted += sum(Decimal(line["voted"]) for line in lines)
        assert {line["paid"] for line in lines} == {""}
        assert all(line["grants"] == line["grants_whose_payment_is_unknown"] for line in lines)
        assert f"aid-{year}.csv" in paris.words("/fr/donnees")

    assert (counted, voted) == (98, WHOLE)


@pytest.mark.parametrize(
    ("claim", "peers", "year", "source"),
    [
        ("leading-authority-for-aid", "Local authorities that give aid", "2015", "Communication to the Paris Council"),
        ("first-authority-for-aid", "All local authorities of the world", "2022", "City page"),
        ("first-city-for-solidarity", "All cities of the world", "2019 or 2020", "Record of the term"),
    ],
)
def test_what_is_said_of_the_city_s_rank_names_its_peers_its_year_and_its_source(paris, claim, peers, year, source):
    page = f"/en/claims/{claim}"

    assert peers in paris.section(page, "At a glance")
    assert year in paris.section(page, "At a glance")
    assert source in paris.words(page).rpartition("Sources of this page")[2]


def test_what_an_officer_tells_of_a_grant_is_on_its_page_and_in_the_standard(house):
    house.enter("body", "wells-ngo", kind="ngo")
    house.enter(
        "grant", "wells", kind="call", beneficiary="wells-ngo", currency="EUR", year=2024, amount_voted="1000",
        state="awarded", country="ML", goals=["6", "5"], aims=[{"aim": "gender", "importance": "main"}],
        cites=[{"source": "minutes", "lines": "9"}],
        figures=[{"words": {"en": "Wells dug", "fr": "Puits creusés"}, "effect": "output", "aimed_at": "12",
                  "reached": "10", "unit": "projects", "method": {"en": "Counted", "fr": "Comptés"},
                  "starts": "2024-05", "source": "minutes", "lines": "9"}],
    )  # fmt: skip

    pages = house.publish()

    words = pages.words("/en/money/grants/wells")
    assert "Equality of women and men Its main aim" in words
    assert "6. Clean water and sanitation" in words
    assert "10 projects aimed at: 12 projects What was done ·" in pages.section("/en/money/grants/wells", "Results")
    told = etree.fromstring(standard(pages, "iati-activities-2024.xml"))
    assert [one.get("code") for one in told.iter("policy-marker")] == ["1"]
    assert [one.get("value") for one in told.iter("target", "actual")] == ["12", "10"]


def test_what_an_officer_says_of_a_grant_as_aid_stands_in_each_file_made_from_it(house):
    cited = {"cites": [{"source": "minutes", "lines": "3"}]}
    house.enter("body", "wells", kind="association", title={"fr": "Puits"}, **cited)
    house.enter("grant", "one", beneficiary="wells", year=2024, amount_voted="1000", amount_paid="1000", currency="EUR",
                state="awarded", form="cash", country="SN", **cited)  # fmt: skip
    desk = house.desk().client
    page = "/bureau/fiches/grants/one/enonce/"
    for term in ("aid_sector 14031", "aid_channel 23000", "flow_type 10", "tied_status 5", "finance_type 110"):
        said = {"property": "observation", "aid_term": term, "as_of_basis": "page", "source": "minutes", "lines": "3"}
        assert desk.post(page, said).status_code == 302

    pages = house.publish()

    (activity,) = etree.fromstring(standard(pages, "iati-activities.xml")).findall("iati-activity")
    codes = {
        name: activity.find(name).get("code")
        for name in ("sector", "default-flow-type", "default-finance-type", "default-tied-status")
    }
    (line,) = csv.DictReader(io.StringIO(standard(pages, "aid-2024.csv").decode()))
    assert codes == {
        "sector": "14031", "default-flow-type": "10", "default-finance-type": "110", "default-tied-status": "5",
    }  # fmt: skip
    assert activity.find("participating-org[@role='4']").get("crs-channel-code") == "23000"
    assert [value for name, value in line.items() if name in ("sector", "channel")] == ["14031", "23000"]
    assert "Untied (5)" in pages.words("/en/money/grants/one")
