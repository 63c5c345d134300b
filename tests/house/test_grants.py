"""The grants of Paris are those of the city's open data, to the cent, grant by grant and year by year."""

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from parvis.exchange.formats.city_files import read_yaml, record_files

PROJECT = Path(__file__).parents[2]
FILE = PROJECT.parent / "shared" / "standards" / "paris" / "paris_dgri_2020_2022_gold.csv"
PARIS = PROJECT / "data" / "paris"
SOURCE = "grants-open-data-2022"

pytestmark = pytest.mark.skipif(
    not FILE.exists(), reason="SKIPPED: the open data of Paris do not stand beside this checkout"
)


@pytest.fixture(scope="module")
def rows():
    """Rows of the file by their line; the first line is the head."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return dict(enumerate(csv.DictReader(file), 2))


@pytest.fixture(scope="module")
def records():
    found = {}
    for path in record_files(PARIS):
        for noun, told in read_yaml(path, PARIS).value.items():
            found.setdefault(noun, []).extend(told)
    return found


@pytest.fixture(scope="module")
def grants(records):
    """Grants by the line of the file they restate."""
    return {
        int(cite["lines"]): grant for grant in records["grants"] for cite in grant["cites"] if cite["source"] == SOURCE
    }


def test_each_row_is_one_grant_of_that_year_and_amount(rows, grants):
    told = {line: (grant["year"], Decimal(grant["amount_voted"])) for line, grant in grants.items()}

    assert told == {line: (int(row["annee"]), Decimal(row["montant_vote_total"])) for line, row in rows.items()}


def test_the_years_and_the_whole_add_up_to_those_of_the_file(rows, grants):
    of_file, of_ours = Counter(), Counter()
    for row in rows.values():
        of_file[int(row["annee"])] += Decimal(row["montant_vote_total"])
    for grant in grants.values():
        of_ours[grant["year"]] += Decimal(grant["amount_voted"])

    assert of_ours == of_file == {2020: Decimal(1202000), 2021: Decimal(956800), 2022: Decimal(1056251)}
    assert of_ours.total() == Decimal(3215051)


def test_each_grant_went_to_the_body_of_that_number(rows, grants, records):
    """One body a SIREN, and no two bodies under one: an association that moved keeps its nine digits."""
    known = {
        body["key"]: body["identifiers"]["siren"]
        for body in records["bodies"]
        if body.get("identifiers", {}).get("siren")
    }
    told = {line: known[grant["beneficiary"]] for line, grant in grants.items() if grant["beneficiary"] in known}

    assert told == {line: rows[line]["numero_siret"][:9] for line in told}
    assert {grant["beneficiary"] for grant in grants.values()} - set(known) == {"cuf"}
    assert len(set(known.values())) == len(known)


def test_places_are_those_read_from_the_purpose_and_say_how_sure_they_are(rows, grants, records):
    country_of = {place["key"]: place["country"] for place in records["places"]}
    ours = {
        line: {country_of[key] for key in (grant.get("place"), *grant.get("places", ())) if key}
        for line, grant in grants.items()
    }

    assert ours == {line: set(row["gold_pays_iso2"].split("|")) - {""} for line, row in rows.items()}
    assert {line for line, grant in grants.items() if ("place" in grant) != ("place_known" in grant)} == set()


def test_programmes_are_told_only_where_the_record_says_so(rows, grants):
    words = {
        "label-solidev": "solidev",
        "label-paris-europe": "lpe",
        "health-grants": "dgri sant",
    }
    said = {
        line: next((key for key, word in words.items() if word in row["objet_principal"].lower()), None)
        for line, row in rows.items()
    }

    assert {line: grant.get("programme") for line, grant in grants.items()} == said
