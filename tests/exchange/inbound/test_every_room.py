"""A spreadsheet of each room: titles, memorials, promises, claims, figures, offices become records, once."""

from decimal import Decimal

import pytest

from parvis.domain.accountability.models import Claim, Indicator, Promise
from parvis.domain.directory.models import Office, Person
from parvis.domain.honours.models import Honour, Memorial
from parvis.exchange.inbound import actions
from parvis.foundation.accounts.models import Role
from parvis.register.models import Statement
from tests.exchange.inbound.conftest import NOON


@pytest.fixture
def brought(receive, judge, accept, told):
    """A table brought in and accepted, and what each row says; then brought in again, which says the same."""

    def twice(table, target):
        first = judge(receive(table, target))
        said = told(first)
        if any(row[1] in ("new", "changed") for row in said):
            accept(first)
        return said, [row[1] for row in told(judge(receive(table, target)))]

    return twice


def test_a_list_of_memorials(brought, enter):
    enter("place", "paris", title={"fr": "Paris"}, level="city", country="FR")
    enter("commemoration", "tutsi", title={"fr": "Génocide des Tutsi"}, event_day="1994")

    said, again = brought(
        "Nom du mémorial;Type;Emplacement;En mémoire de;Inauguration\n"
        "Jardin de la mémoire;Jardin;Paris;Génocide des Tutsi;2020\nStèle;statue;Paris;;1961\n",
        "memorials",
    )

    memorial = Memorial.objects.get()
    assert (memorial.subject.kind, memorial.place.key, memorial.remembers.key, memorial.unveiled) == (
        "garden", "paris", "tutsi", "2020",
    )  # fmt: skip
    assert [row[:2] for row in said] == [(2, "new"), (3, "refused")]
    assert said[1][2][0].startswith("Type: “statue” is not one of:")
    assert again == ["same", "refused"]


def test_a_list_of_titles_names_persons_the_register_does_not_know(receive, judge, accept, told, clerk):
    table = "Distinction;Récipiendaire;Date d'attribution\nCitoyenneté d'honneur : Asia Bibi;Asia Bibi;2019\n"
    clerk.role = Role.PUBLISHER
    clerk.save()

    asked = judge(receive(table, "honours"), options={"bodies": "enter"})
    assert told(asked)[0][2] == ["Récipiendaire: “Asia Bibi” is in the register under no name: choose what it is."]
    actions.settle_names(imported=asked, answers={"Asia Bibi": "new:person:honoured"}, bodies="", by=clerk, at=NOON)
    asked.refresh_from_db()
    accept(actions.judge_import(imported=asked, by=clerk, at=NOON))

    honour = Honour.objects.get()
    assert (honour.honoree.key, list(honour.steps.values_list("step", "day"))) == ("asia-bibi", [("awarded", "2019")])
    assert Person.objects.count() == 1
    assert told(judge(receive(table, "honours")))[0][1] == "same"


def test_an_award_is_a_publishers_act_in_a_file_too(receive, judge, told, enter):
    enter("person", "asia-bibi", kind="honoured", title={"fr": "Asia Bibi"})

    imported = judge(receive("Titre;Lauréate;Date\nCitoyenneté d'honneur;Asia Bibi;2019\n", "honours"))

    assert [row[1] for row in told(imported)] == ["refused"]


def test_a_list_of_promises_follows_them(brought, enter):
    enter("body", "city", title={"fr": "Ville"})

    said, again = brought(
        "Engagement;Pris par;Date de l'engagement;Échéance;État d'avancement;Date de l'état\n"
        "Planter des arbres;Ville;2015;2020;En cours;2017\nOuvrir une maison;Ville;2016;;;\nSans auteur;;2016;;;\n",
        "promises",
    )

    told = {one.subject.key: list(one.steps.values_list("state", "day")) for one in Promise.objects.all()}
    assert told == {
        "planter-des-arbres-city": [("in_progress", "2017")], "ouvrir-une-maison-city": [("said", "2016")],
    }  # fmt: skip
    assert said[2][2] == ["Pris par: This cell is empty, and every record needs it."]
    assert again == ["same", "same", "refused"]


def test_a_list_of_claims_says_of_whom_within_what_and_when(brought, enter):
    enter("body", "city", title={"fr": "Ville"})

    said, again = brought(
        "Affirmation;Nature;Selon;Périmètre;Date;Rang;Parmi quoi\n"
        "Première ville;Rang;Ville;Le monde;2019;1;Les villes\nDeuxième ville;Rang;Ville;Le monde;2019;2;\n",
        "claims",
    )

    claim = Claim.objects.get()
    assert (claim.place_in_rank, claim.scope, claim.set, claim.as_of, claim.state) == (
        1, {"fr": "Le monde"}, {"fr": "Les villes"}, "2019", "claimed",
    )  # fmt: skip
    assert [row[1] for row in said] == ["new", "refused"]
    assert again == ["same", "refused"]


def test_a_list_of_figures_keeps_each_value_with_its_day(brought):
    said, again = brought(
        "Indicateur;Unité;Valeur;Date de la valeur;Nature du montant\nAccords signés;accords;60;2016;\n"
        "Budget;EUR;6 500 000;2022;par an\nSans jour;accords;3;;\nSans nature;EUR;3;2022;\n",
        "indicators",
    )

    values = list(
        Statement.objects.order_by("pk").values_list("subject__key", "number", "unit", "as_of", "amount_kind")
    )
    assert Indicator.objects.count() == 2
    assert values == [
        ("accords-signes", Decimal(60), "agreements", "2016", ""),
        ("budget", Decimal(6500000), "EUR", "2022", "yearly"),
    ]  # fmt: skip
    assert [row[2] for row in said[2:]] == [
        [": A value is said with its day."], [": An amount says what kind it is: a year, in all, a ceiling…"],
    ]  # fmt: skip
    assert again == ["same", "same", "refused", "refused"]


def test_a_list_of_offices_names_who_holds_them(brought, enter):
    enter("body", "city", title={"fr": "Ville"})
    enter("person", "anne-hidalgo", kind="office_holder", title={"fr": "Anne Hidalgo"})

    _said, again = brought("Fonction;Institution;Titulaire;Depuis\nMaire;Ville;Anne Hidalgo;2014\n", "offices")

    office = Office.objects.get()
    assert list(office.holdings.values_list("person__key", "valid_from")) == [("anne-hidalgo", "2014")]
    assert again == ["same"]


def test_themes_come_back_as_our_own_lists_write_them(receive, judge, told):
    imported = judge(receive("Nom,Thèmes\nJardin,remembrance rights\nStèle,remembrance ; rights\n", "memorials"))

    assert [row.content["themes"] for row in imported.rows.all()] == [["remembrance", "rights"]] * 2
