"""Several rows of one file about one record: years of a figure, holders of an office, steps of a promise."""

from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext

from parvis.domain.accountability.models import Indicator, Promise
from parvis.domain.directory.models import Office
from parvis.domain.honours.models import Honour
from parvis.domain.partnerships.models import Membership
from parvis.exchange.inbound import actions
from parvis.register.models import Statement
from tests.exchange.inbound.conftest import NOON

YEARS = (
    "Indicateur;Unité;Valeur;Date de la valeur\nAccords signés;accords;60;2016\nAccords signés;accords;64;2017\n"
    "Accords signés;accords;71;2018\n"
)
HOLDERS = "Fonction;Institution;Titulaire;Depuis;Fin\nMaire;Ville;{first};2001;2014\nMaire;Ville;{second};2014;\n"


def test_a_figure_keeps_each_of_its_years_and_the_same_file_again_says_nothing_new(receive, judge, accept, told):
    first = judge(receive(YEARS, "indicators"))
    assert told(first) == [(2, "new", []), (3, "new", []), (4, "new", [])]

    accept(first)

    figure = Indicator.objects.get()
    values = Statement.objects.order_by("pk").values_list("subject__key", "number", "as_of", "line_from")
    assert list(values) == [
        (figure.key, Decimal(60), "2016", 2), (figure.key, Decimal(64), "2017", 3),
        (figure.key, Decimal(71), "2018", 4),
    ]  # fmt: skip
    assert [row[1] for row in told(judge(receive(YEARS, "indicators")))] == ["same", "same", "same"]


def test_the_years_of_a_figure_are_taken_some_at_a_time_and_undone_as_one(receive, judge, accept, told, clerk):
    some = accept(judge(receive(YEARS, "indicators")), chosen="some", numbers=[3])
    rest = judge(receive(YEARS, "indicators"))
    assert [row[1] for row in told(rest)] == ["changed", "same", "changed"]
    rest = accept(rest)
    assert _held() == ["2016", "2017", "2018"]

    actions.undo_import(imported=rest, by=clerk, at=NOON)
    assert _held() == ["2017"]
    some.refresh_from_db()
    actions.undo_import(imported=some, by=clerk, at=NOON)

    assert (_held(), Indicator.objects.filter(subject__revision__gte=1).count()) == ([], 0)


def test_a_later_row_in_capitals_is_the_same_figure_and_does_not_rename_it(receive, judge, accept):
    accept(judge(receive(YEARS.replace("Accords signés;accords;71", "ACCORDS SIGNÉS;accords;71"), "indicators")))

    figure = Indicator.objects.get()
    assert (figure.subject.texts.get(field="title").body, _held()) == ("Accords signés", ["2016", "2017", "2018"])


def test_a_value_said_twice_is_refused_and_so_is_another_unit(receive, judge, told):
    again = YEARS + "Accords signés;accords;64;2017\nAccords signés;EUR;3;2019\nAccords signés;accords;;\n"

    said = told(judge(receive(again, "indicators")))[3:]

    assert said == [
        (5, "refused", [": Row 3 of this file says the same thing already."]),
        (6, "refused", [
            ": An amount says what kind it is: a year, in all, a ceiling…",
        ]),
        (7, "refused", [": Row 2 of this file says the same thing already."]),
    ]  # fmt: skip
    other = told(judge(receive(YEARS + "Accords signés;projets;3;2019\n", "indicators")))[3]
    assert other == (5, "refused", ["Unité: Row 2 of this file says otherwise of the same record."])


def test_an_office_keeps_each_of_its_holders(receive, judge, accept, told, enter):
    _city(enter)
    table = HOLDERS.format(first="Bertrand Delanoë", second="Anne Hidalgo")

    accept(judge(receive(table, "offices")))

    office = Office.objects.get()
    assert list(office.holdings.order_by("position").values_list("person__key", "valid_from", "valid_to")) == [
        ("bertrand-delanoe", "2001", "2014"), ("anne-hidalgo", "2014", ""),
    ]  # fmt: skip
    assert list(office.subject.citations.order_by("pk").values_list("line_from", flat=True)) == [2, 3]
    assert [row[1] for row in told(judge(receive(table, "offices")))] == ["same", "same"]


def test_the_holders_a_file_added_to_an_office_are_taken_back_with_it(receive, judge, accept, enter, clerk):
    _city(enter)
    enter(
        "office",
        "maire",
        title={"fr": "Maire"},
        body="city",
        holdings=[{"person": "jean-tiberi", "valid_from": "1995"}],
    )
    table = HOLDERS.format(first="Bertrand Delanoë", second="Anne Hidalgo").replace("Fonction", "Clé;Fonction")
    table = table.replace("\nMaire", "\nmaire;Maire")

    imported = accept(judge(receive(table, "offices")))
    office = Office.objects.get()
    assert [one.person.key for one in office.holdings.order_by("position")] == [
        "jean-tiberi", "bertrand-delanoe", "anne-hidalgo",
    ]  # fmt: skip
    actions.undo_import(imported=imported, by=clerk, at=NOON)

    assert [one.person.key for one in Office.objects.get().holdings.all()] == ["jean-tiberi"]


def test_a_holder_nobody_knows_is_asked_for_with_those_of_a_name_like_it_and_the_others_are_taken(
    receive, judge, told, enter
):
    _city(enter)

    imported = judge(receive(HOLDERS.format(first="Bertrand Delanoé", second="Anne Hidalgoo"), "offices"))

    assert told(imported) == [
        (2, "new", []),
        (3, "refused", ["Titulaire: “Anne Hidalgoo” is in the register under no name: choose what it is."]),
    ]
    assert [(ask["text"], [one["answer"] for one in ask["candidates"]]) for ask in imported.asks] == [
        ("Anne Hidalgoo", ["anne-hidalgo"])
    ]


def test_a_membership_a_promise_and_an_honour_keep_each_of_their_steps(receive, judge, accept, told, enter):
    _city(enter)
    enter("network", "eurocities", title={"fr": "Eurocities"})
    tables = {
        "memberships": "Réseau;Membre;Statut;Depuis;Fin\nEurocities;Ville;observateur;1991;1994\n"
        "Eurocities;Ville;membre;1994;\n",
        "promises": "Intitulé;Faite par;État;État au\nDes arbres;Ville;said;2014\nDes arbres;Ville;in progress;2016\n",
        "honours": "Intitulé;Nature;À qui;Étape;Date\nTitre;citoyenneté d’honneur;Anne Hidalgo;nominated;2001\n"
        "Titre;citoyenneté d’honneur;Anne Hidalgo;opinion;2002\n",
    }

    for target, table in tables.items():
        accept(judge(receive(table, target)))

    one, promise, honour = Membership.objects.get(), Promise.objects.get(), Honour.objects.get()
    assert [*one.statuses.order_by("position").values_list("status", "valid_from", "valid_to")] == [
        ("observer", "1991", "1994"), ("member", "1994", ""),
    ]  # fmt: skip
    assert [*promise.steps.order_by("position").values_list("state", "day")] == [
        ("said", "2014"),
        ("in_progress", "2016"),
    ]
    assert [*honour.steps.order_by("position").values_list("step", "day")] == [
        ("nominated", "2001"),
        ("opinion", "2002"),
    ]
    for target, table in tables.items():
        assert [row[1] for row in told(judge(receive(table, target)))] == ["same", "same"]


def test_two_honours_of_one_kind_to_one_person_are_not_one(receive, judge, told, enter):
    _city(enter)
    rows = (
        "Titre;{};Anne Hidalgo;opinion;2001",
        "Autre;{};Anne Hidalgo;opinion;2003",
        "Titre;{};Anne Hidalgo;opinion;2004",
    )
    table = "\n".join(["Intitulé;Nature;À qui;Étape;Date", *(row.format("citoyenneté d’honneur") for row in rows)])

    assert told(judge(receive(table, "honours"))) == [
        (2, "new", []),
        (3, "refused", ["Intitulé: Row 2 of this file says otherwise of the same record."]),
        (4, "refused", ["Date: The same source tells this step twice."]),
    ]


def _city(enter):
    enter("body", "city", title={"fr": "Ville"})
    for key, name in (
        ("anne-hidalgo", "Anne Hidalgo"), ("bertrand-delanoe", "Bertrand Delanoë"), ("jean-tiberi", "Jean Tiberi"),
    ):  # fmt: skip
        enter("person", key, kind="office_holder", title={"fr": name})


def _held():
    return list(Statement.objects.held().order_by("as_of").values_list("as_of", flat=True))


SHARED = "Intitulé;Partenaires\nPuits;Oxfam Novib [NL-KVK-27108436]\nPont;Campagne en cours [NL-KVK-27108436]\n"


def test_names_that_share_a_number_are_what_they_were_taken_for_when_the_file_comes_again(
    receive, judge, accept, told, clerk
):
    first = accept(judge(receive(SHARED, "projects"), options={"bodies": "enter"}))

    again = judge(receive(SHARED + "École;Campagne en cours [NL-KVK-27108436]\n", "projects"))

    assert [verdict for _row, verdict, _why in told(again)] == ["same", "same", "new"]
    assert again.asks == []
    actions.undo_import(imported=first, by=clerk, at=NOON)
    assert {verdict for _row, verdict, _why in told(judge(receive(SHARED, "projects")))} == {"refused"}


def test_undoing_many_bodies_that_came_with_a_file_costs_no_more_queries(receive, judge, accept, clerk):
    def queries(count):
        named = "; ".join(f"Fonds {count}-{n}" for n in range(count))
        table = f'Intitulé,Partenaires\nPuits {count},"{named}"\n'
        imported = accept(judge(receive(table, "projects"), options={"bodies": "enter"}))
        with CaptureQueriesContext(connection) as asked:
            actions.undo_import(imported=imported, by=clerk, at=NOON)
        return len(asked)

    assert queries(9) == queries(3)
