"""Grants as Paris has published them, brought in through the desk's own reader."""

from pathlib import Path

import pytest

from parvis.domain.directory.models import Body
from parvis.domain.funding.models import Grant
from parvis.exchange.inbound import actions
from parvis.register.models import Statement, Subject
from tests.exchange.inbound.conftest import NOON

PARIS = Path(__file__).resolve().parents[3].parent / "shared/standards/paris"
handed = pytest.mark.skipif(
    not PARIS.exists(), reason="THE HANDOUT IS NOT BESIDE THE CHECKOUT: Paris's grants are not read"
)

GIVER = ("giver", "giver_number")
PAYING = (
    "payment_terms", "payment_period", "beneficiary_share", "notified_to_the_union", "aid_scheme",
    "register_of_business_aid",
)  # fmt: skip
HEAD = "Annee;Nom du partenaire;N SIRET;Intitule de la demande;Montant demande;Montant vote par demande;Financée\n"
LINES = HEAD + (
    "2013;ESPOIR 18;45057218500038;Echanges;7000;3000;Financee\n"
    "2013;ESPOIR 18;45057218500038;Carnets;12235;;Non financee\n"
    "2013;Faux;12345;Rien;1;1;Financee\n"
)


def test_grants_are_entered_with_the_bodies_they_name_and_undone_with_them(receive, judge, accept, clerk):
    imported = accept(judge(receive(LINES, "grants"), options={"bodies": "enter"}))
    grants = list(Grant.objects.order_by("amount_asked").values_list("year", "state", "amount_asked", "amount_voted"))
    body = Body.objects.get()
    actions.undo_import(imported=imported, by=clerk, at=NOON)

    assert grants == [(2013, "awarded", 7000, 3000), (2013, "refused", 12235, None)]
    assert body.identifiers == {"siret": "45057218500038"}
    assert imported.tallies["sums"]["amount_voted"] == {"new": "3000", "changed": "0", "same": "0", "refused": "1"}
    assert (imported.tallies["before"], imported.tallies["after"]) == (
        {"records": 0, "amount_asked": "0", "amount_voted": "0"},
        {"records": 2, "amount_asked": "19235.00", "amount_voted": "3000.00"},
    )
    assert list(Subject.objects.filter(revision__gte=1)) == []


def test_the_same_grants_again_are_the_same_and_a_corrected_amount_is_a_change(receive, judge, accept, told):
    accept(judge(receive(LINES, "grants"), options={"bodies": "enter"}))

    again = judge(receive(LINES.replace(";7000;3000;", ";7000;3500;"), "grants"), options={"bodies": "enter"})

    assert [verdict for _row, verdict, _why in told(again)] == ["changed", "same", "refused"]


def test_where_a_grant_stands_is_told_by_its_amounts_and_a_zero_alone_tells_nothing(receive, judge, accept, told):
    heads, rows = LINES.replace(";Financée", "").split("\n", 1)
    rows = rows.replace(";Financee", "").replace(";Non financee", "")
    zero = "2013;ESPOIR 18;45057218500038;Sorties;900;0\n"

    judged = judge(receive(f"{heads}\n{rows}{zero}", "grants"), options={"bodies": "enter"})
    accept(judged)

    grants = Grant.objects.order_by("amount_asked").values_list("amount_asked", "state")
    silent = ": This grant gives nothing, and its row does not say whether it was refused: say where it stands."
    assert [why for _row, _verdict, why in told(judged)][::3] == [[], [silent]]
    assert list(grants) == [(7000, "awarded"), (12235, "asked")]


@handed
@pytest.mark.parametrize(
    ("file", "rows", "fields"),
    [
        (
            "paris_2013_demandes_2tiers.csv",
            4308,
            {
                "Annee": "year", "Nom du partenaire": "beneficiary", "N SIRET": "siret",
                "Intitule de la demande": "title", "Montant demande": "amount_asked",
                "Montant vote par demande": "amount_voted", "Financee/Non Financee": "granted",
            },
        ),
        (
            "paris_dgri_2020_2022_gold.csv",
            98,
            {
                "id": "id", "annee": "year", "nom_beneficiaire": "beneficiary", "numero_siret": "siret",
                "objet_principal": "title", "montant_vote_total": "amount_voted", "gold_pays_iso2": "country",
            },
        ),
    ],
    ids=["2013", "2020-2022"],
)  # fmt: skip
def test_both_layouts_of_paris_are_understood_without_a_word(file, rows, fields, receive, judge):
    imported = receive((PARIS / file).read_bytes(), "grants", name=file)

    understood = {name: said["field"] for name, said in imported.mapping.items() if said["field"]}
    judged = judge(imported, options={"bodies": "enter"})

    assert understood == fields
    assert judged.tallies["rows"] == rows
    assert judged.tallies["verdicts"]["refused"] < rows * 0.05


@handed
@pytest.mark.parametrize(
    ("file", "fields"),
    [
        (
            "scdl/examples/VALID_paris.csv",
            {"agreed", "file", "beneficiary", "siret", "rna", "title", "amount_voted", "form", *GIVER, *PAYING},
        ),
        (
            "360giving/samples/fundingproviders-grants_fixed_2_grants.json",
            {"currency", "id", "title", "beneficiary", "org_id", "amount_voted", "decided", "file", *GIVER},
        ),
        (
            "360giving/samples/fundingproviders_grants_2_grants.csv",
            {"currency", "id", "title", "beneficiary", "org_id", "amount_voted", "decided", "file", *GIVER},
        ),
    ],
)
def test_grants_in_the_open_standards_are_understood_at_the_desk(file, fields, receive, judge):
    path = PARIS.parent / file
    imported = receive(path.read_bytes(), "grants", name=path.name)

    understood = {said["field"] for said in imported.mapping.values() if said["field"]}
    judged = judge(imported, options={"bodies": "enter"})

    assert understood == fields
    assert judged.tallies["verdicts"]["new"] == 2


def test_how_a_grant_is_paid_is_said_of_it_and_what_goes_without_saying_is_not(receive, judge, accept, told):
    """The columns that the SCDL alone has: a whole share and “non” say nothing; a share over one is refused."""
    head = "Objet;Bénéficiaire;Année;Montant voté;conditionsVersement;datesPeriodeVersement;notificationUE;Part\n"
    lines = (
        'Puits;Un;2024;100;"échelonné ; en deux fois";01/09/2024 au 30/06/2025;non;1,00\n'
        "Forage;Deux;2024;100;unique;2024;oui;45 %\n"
        "Pompe;Trois;2024;100;;;;450 %\n"
    )

    imported = accept(judge(receive(head + lines, "grants"), options={"bodies": "enter"}, Part="beneficiary_share"))

    assert {(one.line_from, one.property, one.words["fr"]) for one in Statement.objects.held()} == {
        (2, "payment_terms", "échelonné ; en deux fois"), (2, "payment_period", "2024-09-01/2025-06-30"),
        (3, "payment_terms", "unique"), (3, "payment_period", "2024"), (3, "notified_to_the_union", "oui"),
        (3, "beneficiary_share", "0.45"),
    }  # fmt: skip
    assert told(imported)[2][1:] == ("refused", ["Part: “450 %” is more than the whole."])
