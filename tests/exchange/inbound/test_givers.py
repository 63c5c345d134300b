"""Grants of another giver are not the city's, whatever the file they come in."""

import json
from pathlib import Path

import pytest

from parvis.domain.funding.models import Grant
from parvis.exchange.inbound.refused import refused_rows

STANDARDS = Path(__file__).resolve().parents[4] / "shared" / "standards"
SIRET = "21750001600019"
SCDL = (
    "nomAttribuant,idAttribuant,dateConvention,referenceDecision,nomBeneficiaire,idBeneficiaire,rnaBeneficiaire,objet,"
    "montant,nature,conditionsVersement,datesPeriodeVersement,idRAE,notificationUE,pourcentageSubvention,"
    "dispositifAide\n"
)


def _row(name, number, reference):
    rest = "Fonds Solidarité,49122604900014,,Puits,5000.00,aide en numéraire,unique,2024-09-01,,non,1.00,"
    return f"{name},{number},2024-07-10,{reference},{rest}\n"


@pytest.fixture
def city(enter):
    enter("body", "city-of-paris", title={"fr": "Ville de Paris"}, identifiers={"siret": SIRET})


def test_a_row_of_scdl_that_another_gives_is_refused_and_counted(city, receive, judge, told):
    data = SCDL + _row("Département de Maine-et-Loire", "22490001900019", "A") + _row("Ville de Paris", SIRET, "B")

    imported = judge(receive(data, "recognise"), options={"bodies": "enter", "strict": "take"})

    assert told(imported) == [
        (2, "refused", ["nomAttribuant: Département de Maine-et-Loire gives this grant, not the city."]),
        (3, "new", []),
    ]
    assert imported.tallies["sums"]["amount_voted"] == {"new": "5000", "changed": "0", "same": "0", "refused": "5000"}


def test_the_number_says_who_gives_and_the_name_where_no_number_is_said(city, receive, judge, told):
    givers = [
        ("Direction des affaires", "21750001600555"),
        ("Ville de Paris", ""),
        ("Ville de Paris", "22490001900019"),
    ]
    data = SCDL + "".join(_row(*giver, str(place)) for place, giver in enumerate(givers))

    imported = judge(receive(data, "recognise"), options={"bodies": "enter", "strict": "take"})

    assert [row[1] for row in told(imported)] == ["new", "new", "refused"]


def test_a_table_taken_for_grants_is_held_to_it_as_well(city, receive, judge, told):
    data = "Objet;Bénéficiaire;Année;Montant;Financeur\nPuits;Fonds;2024;5000;Région Bretagne\nÉcole;Fonds;2024;1;\n"

    imported = judge(receive(data, "grants"), options={"bodies": "enter"})

    assert [row[1:] for row in told(imported)] == [
        ("refused", ["Financeur: Région Bretagne gives this grant, not the city."]), ("new", []),
    ]  # fmt: skip
    assert [ask["text"] for ask in imported.asks] == []


def _giving(**funder):
    return json.dumps({"grants": [{
        "id": "360G-x-1", "title": "Wells", "description": "Wells", "currency": "EUR", "amountAwarded": 5000,
        "awardDate": "2024-07-10", "fundingOrganization": [funder],
        "recipientOrganization": [{"id": "GB-CHC-1", "name": "A fund"}],
    }]})  # fmt: skip


@pytest.mark.parametrize(
    ("funder", "verdict"),
    [
        ({"id": "GB-CHC-1164883", "name": "The Giver"}, "refused"),
        ({"id": "FR-SIREN-217500016", "name": "Some other name"}, "new"),
        ({"id": "parvis-paris-city-of-paris", "name": "Ville"}, "new"),
        ({"id": "FR-SIREN-224900019", "name": "Ville de Paris"}, "refused"),
    ],
)
def test_a_grant_of_360giving_is_ours_by_its_funder(funder, verdict, city, receive, judge):
    imported = judge(receive(_giving(**funder), "recognise", name="a.json"), options={"bodies": "enter"})

    assert [row.verdict for row in imported.rows.all()] == [verdict]


def test_refused_rows_taken_away_and_brought_back_are_refused_again(city, receive, judge):
    first = judge(receive(_giving(id="GB-CHC-1164883", name="The Giver"), "recognise", name="a.json"))

    again = judge(receive(refused_rows(first), "recognise", name="back.xlsx"), options={"bodies": "enter"})

    assert [row.verdict for row in again.rows.all()] == ["refused"]


def test_the_grants_of_maine_et_loire_stay_those_of_maine_et_loire(city, receive, judge, accept):
    found = sorted((STANDARDS / "scdl/real_dirty").glob("224900019_*"))
    if not found:
        pytest.skip("the handout is not beside the checkout")

    imported = judge(
        receive(found[0].read_bytes(), "recognise", name=found[0].name), options={"bodies": "enter", "strict": "take"}
    )

    assert imported.tallies["verdicts"] | {"refused": 0} == {"new": 0, "changed": 0, "same": 0, "refused": 0}
    assert Grant.objects.count() == 0
