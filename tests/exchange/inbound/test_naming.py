"""What public rows name is said before they are accepted: it becomes public with them, or it stays a draft."""

import pytest

from parvis.exchange.inbound import actions
from parvis.exchange.inbound.errors import NamedNotSaid
from parvis.register.models import Subject
from tests.exchange.inbound.conftest import NOON

ROWS = "Objet;Bénéficiaire;Année;Montant\nPuits;Fonds neuf;2024;5000\nÉcole;Fonds neuf;2024;6000\nRoute;Ancien;2024;7\n"


@pytest.fixture
def public(receive, judge, enter):
    enter("body", "city-of-paris", title={"fr": "Ville de Paris"})
    enter("body", "ancien", title={"fr": "Ancien"}, visibility="draft")
    return judge(receive(ROWS, "grants", name="subventions.csv"), options={"bodies": "enter", "visibility": "public"})


def _seen():
    return dict(Subject.objects.filter(noun__in=("body", "grant", "source")).values_list("key", "visibility"))


def test_it_is_counted_before_anything_is_written(public):
    assert public.tallies["named"] == {
        "fresh": 1, "fresh_rows": 2, "persons": 0, "hidden": 1, "hidden_rows": 1,
    }  # fmt: skip


def test_rows_that_stay_drafts_say_nothing_of_it(receive, judge):
    imported = judge(receive(ROWS, "grants"), options={"bodies": "enter"})

    assert imported.tallies["named"] == {}


def test_nobody_is_asked_to_guess(public, clerk):
    with pytest.raises(NamedNotSaid):
        actions.begin_accepting(imported=public, chosen="all", numbers=(), named="", by=clerk, at=NOON)


@pytest.mark.parametrize(("named", "body", "source"), [("public", "public", "public"), ("draft", "draft", "internal")])
def test_new_bodies_and_the_file_are_seen_with_the_rows_only_where_a_person_says_so(named, body, source, public, clerk):
    begun = actions.begin_accepting(imported=public, chosen="all", numbers=(), named=named, by=clerk, at=NOON)
    actions.accept_import(imported=begun, by=clerk, at=NOON)

    seen = _seen()
    key = next(key for key in seen if key.startswith("import-"))
    assert (seen["fonds-neuf"], seen[key], seen["ancien"]) == (body, source, "draft")
    assert Subject.objects.filter(noun="grant", visibility="public").count() == 3
    cited = Subject.objects.get(key="fonds-neuf").citations.values_list("source__subject__key", "line_from")
    assert list(cited) == ([(key, 2)] if named == "public" else [])


def test_a_person_stays_a_draft(receive, judge, enter, clerk):
    enter("body", "city-of-paris", title={"fr": "Ville de Paris"})
    imported = judge(
        receive("Intitulé;À qui;Nature\nCitoyenneté;Une Inconnue;Citoyenneté d’honneur\n", "honours"),
        options={"visibility": "public"},
    )
    imported = actions.settle_names(
        imported=imported, answers={"Une Inconnue": "new:person:honoured"}, bodies="", by=clerk, at=NOON
    )
    imported = actions.judge_import(imported=imported, by=clerk, at=NOON)

    begun = actions.begin_accepting(imported=imported, chosen="all", numbers=(), named="public", by=clerk, at=NOON)
    actions.accept_import(imported=begun, by=clerk, at=NOON)

    assert imported.tallies["named"]["persons"] == 1
    assert Subject.objects.get(noun="person").visibility == "draft"
