"""The key of a row whose title may name somebody says nothing of it, and is the same each time the file comes."""

import pytest

from parvis.domain.funding.models import Grant
from parvis.domain.honours.models import Honour
from parvis.domain.projects.models import Project
from parvis.exchange.inbound import actions, judging
from parvis.exchange.inbound.keying import marked_key, plain_start
from parvis.register.models import Subject
from tests.exchange.inbound.conftest import NOON

HEAD = "Année;Bénéficiaire;SIRET;Objet;Montant demandé;Montant voté;Financée\n"
STAYS = HEAD + (
    "2013;ESPOIR 18;45057218500038;Séjour de Aïssata Traoré-Lindqvist;7000;3000;Financee\n"
    "2014;ESPOIR 18;45057218500038;Séjour de Aïssata Traoré-Lindqvist;7000;;Non financee\n"
)
NAMES = ("aissata", "traore", "lindqvist", "sejour")
ENTER = {"bodies": "enter"}


@pytest.fixture
def as_before(monkeypatch):
    """Files brought in when any title was made into a key."""

    def bring_in(bring):
        with monkeypatch.context() as then:
            then.setattr(judging, "SAY_SOMEBODY", frozenset())
            return bring()

    return bring_in


def keys_of(noun):
    return sorted(Subject.objects.filter(noun=noun, revision__gte=1).values_list("key", flat=True))


def test_a_grant_of_a_file_has_a_key_of_its_year_and_a_mark_and_not_of_its_title(receive, judge, accept):
    accept(judge(receive(STAYS, "grants"), options=ENTER))

    keys = keys_of("grant")

    assert [key.rpartition("-")[0] for key in keys] == ["grant-2013", "grant-2014"]
    assert [len(key.rpartition("-")[2]) for key in keys] == [12, 12]
    assert [name for name in NAMES for key in keys if name in key] == []


def test_a_grant_known_by_an_identifier_is_not_keyed_by_its_title_nor_by_what_a_file_may_correct(
    receive, judge, accept, told
):
    head = "identifiant;Année;Bénéficiaire;Objet;Montant voté\n"
    accept(judge(receive(head + "A-1;2021;Un;Séjour de Aïssata Traoré-Lindqvist;100\n", "grants"), options=ENTER))

    again = judge(receive(head + "A-1;2022;Un;Séjour d’une autrice;100\n", "grants"), options=ENTER)

    (key,) = keys_of("grant")
    assert [name for name in NAMES if name in key] == []
    assert (key[:6], len(key)) == ("grant-", 18)
    assert [verdict for _row, verdict, _why in told(again)] == ["changed"]


@pytest.mark.parametrize(
    ("target", "noun", "model", "file"),
    [
        ("projects", "project", Project, "Intitulé;Depuis\nSéjour de Aïssata Traoré-Lindqvist;2021\n"),
        ("honours", "honour", Honour, "Titre;Lauréate\nMédaille de Aïssata Traoré-Lindqvist;Maison\n"),
    ],
)
def test_other_records_whose_titles_name_somebody_are_keyed_alike(
    target, noun, model, file, receive, judge, accept, enter
):
    enter("body", "maison", title={"fr": "Maison"})
    accept(judge(receive(file, target), options=ENTER))

    again = judge(receive(file, target), options=ENTER)

    (key,) = keys_of(noun)
    assert (key.startswith(f"{noun}-"), [name for name in NAMES if name in key]) == (True, [])
    assert again.tallies["verdicts"]["same"] == 1
    assert model.objects.count() == 1


def test_the_same_file_finds_the_same_grants_and_once_undone_gives_them_the_same_keys(receive, judge, accept, clerk):
    first = accept(judge(receive(STAYS, "grants"), options=ENTER))
    keys = keys_of("grant")

    again = judge(receive(STAYS, "grants"), options=ENTER)
    actions.undo_import(imported=first, by=clerk, at=NOON)
    gone = keys_of("grant")
    accept(judge(receive(STAYS, "grants"), options=ENTER))

    assert again.tallies["verdicts"]["same"] == 2
    assert gone == []
    assert keys_of("grant") == keys


@pytest.mark.parametrize(
    ("target", "noun", "file", "other"),
    [
        ("grants", "grant", STAYS, STAYS.replace(";3000;", ";3500;")),
        (
            "grants", "grant", "identifiant;Année;Bénéficiaire;Objet;Montant voté\nA-1;2021;Un;Puits;100\n",
            "identifiant;Année;Bénéficiaire;Objet;Montant voté\nA-1;2022;Un;Puits;100\n",
        ),
        ("projects", "project", "Intitulé;Depuis\nPuits de Mopti;2021\n", ""),
    ],
)  # fmt: skip
def test_a_record_keyed_by_its_title_before_keeps_its_address_and_is_found(
    target, noun, file, other, receive, judge, accept, clerk, as_before
):
    first = as_before(lambda: accept(judge(receive(file, target), options=ENTER)))
    keys = keys_of(noun)

    again = judge(receive(file, target), options=ENTER)
    changed = accept(judge(receive(other, target), options=ENTER)) if other else None
    then = keys_of(noun)
    for one in filter(None, (changed, first)):
        one.refresh_from_db()
        actions.undo_import(imported=one, by=clerk, at=NOON)

    assert again.tallies["verdicts"]["new"] == again.tallies["verdicts"]["changed"] == 0
    assert again.tallies["verdicts"]["same"] == len(keys)
    assert then == keys
    assert [key for key in keys if key.startswith(f"{noun}-")] == []
    assert keys_of(noun) == []


def test_two_rows_of_one_title_are_two_grants(receive, judge, accept):
    lines = HEAD + "2013;Un;;Puits;7000;3000;Financee\n2013;Un;;Puits;8000;3500;Financee\n"

    accept(judge(receive(lines, "grants"), options=ENTER))

    assert Grant.objects.count() == len(keys_of("grant")) == 2


def test_nobody_without_the_secret_of_the_house_proves_a_title_from_a_key(settings):
    here = marked_key("grant", "token", year="2021")
    settings.SECRET_KEY = "another house"

    elsewhere = marked_key("grant", "token", year="2021")

    assert here != elsewhere
    assert [plain_start("legal_basis", 2027), plain_start("grant")] == ["legal-basis-2027", "grant"]
