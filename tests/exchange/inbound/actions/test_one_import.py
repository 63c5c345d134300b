"""A file from its upload to its records, and back out."""

import io

import pytest
from python_calamine import CalamineWorkbook

from parvis.domain.directory.models import Body
from parvis.exchange.inbound import actions
from parvis.exchange.inbound.enums import ImportState
from parvis.exchange.inbound.errors import ChangedSince, ColumnsMissing, ColumnTwice, FileUnreadable, NotNow
from parvis.exchange.inbound.models import Import, Recognition, RememberedMapping
from parvis.exchange.inbound.refused import refused_rows
from parvis.register.actions.revising import revise_record
from parvis.register.content import content_of
from parvis.register.models import Judgement, Source, Subject
from tests.exchange.inbound.conftest import NOON

BODIES = (
    "Nom du partenaire;N SIRET;Nature;Date de création;Remarque\n"
    "Sidaction;39894554300021;;1994;rien\n"
    "Maison des Cités;;ong;14 mars 2001;x\n"
    "Faux numéro;12345678901234;;2001;\n"
    ";;;;seule\n"
)


def test_columns_are_understood_by_their_names_and_what_nobody_claims_is_said(receive):
    imported = receive(BODIES, "bodies")

    assert {name: said["field"] for name, said in imported.mapping.items()} == {
        "Nom du partenaire": "title",
        "N SIRET": "siret",
        "Nature": "kind",
        "Date de création": "founded",
        "Remarque": "",
    }
    assert imported.state == ImportState.READ


def test_every_row_has_its_verdict_with_the_reason_and_the_cell(receive, judge, told):
    imported = judge(receive(BODIES, "bodies"))

    refusal_of_kind = told(imported)[1][2][0]
    assert refusal_of_kind.startswith("Nature: “ong” is not one of: ")
    assert told(imported) == [
        (2, "new", []),
        (3, "refused", [refusal_of_kind]),
        (4, "refused", ["N SIRET: “12345678901234” is not a valid SIRET number."]),
        (5, "refused", ["Nom du partenaire: This cell is empty, and every record needs it."]),
    ]
    assert imported.tallies["verdicts"] == {"new": 1, "changed": 0, "same": 0, "refused": 3}
    assert imported.tallies["unclaimed"] == ["Remarque"]


def test_what_is_accepted_is_a_draft_that_cites_its_row(receive, judge, accept):
    imported = accept(judge(receive(BODIES, "bodies")))

    body = Body.objects.select_related("subject").get(subject__key="sidaction")
    assert imported.state == ImportState.ACCEPTED
    content = content_of(body)
    assert content.pop("cites")[0] | {"fact": ""} == {
        "source": f"import-2026-03-01-{imported.pk}",
        "lines": "2",
        "fact": "",
    }
    assert content == {
        "key": "sidaction",
        "visibility": "draft",
        "title": {"fr": "Sidaction"},
        "original": "fr",
        "founded": "1994",
        "identifiers": {"siret": "39894554300021"},
    }
    assert (imported.tallies["before"]["records"] + 1) == imported.tallies["after"]["records"]


def test_importing_twice_writes_nothing_twice(receive, judge, accept, told):
    accept(judge(receive(BODIES, "bodies")))
    held = Subject.objects.count()

    again = judge(receive(BODIES, "bodies"))

    assert told(again)[0] == (2, "same", [])
    assert Subject.objects.count() == held


def test_a_row_that_says_more_changes_its_record_and_undoing_gives_it_back(receive, judge, accept, clerk):
    accept(judge(receive(BODIES, "bodies")))
    before = content_of(Body.objects.get(subject__key="sidaction"))
    changed = judge(receive("Nom;SIRET;Création;Description\nSidaction;39894554300021;1994-06;Lutte\n", "bodies"))

    accepted = accept(changed)
    after = content_of(Body.objects.get(subject__key="sidaction"))
    undone = actions.undo_import(imported=accepted, by=clerk, at=NOON)

    assert (after["founded"], after["summary"]) == ("1994-06", {"fr": "Lutte"})
    assert content_of(Body.objects.get(subject__key="sidaction")) == before
    assert undone.state == ImportState.UNDONE


def test_undoing_takes_out_everything_the_import_entered(receive, judge, accept, clerk):
    imported = accept(judge(receive(BODIES, "bodies")))

    actions.undo_import(imported=imported, by=clerk, at=NOON)

    left = Body.objects.get()
    assert list(Subject.objects.filter(revision__gte=1)) == []
    assert (left.identifiers, left.founded, left.subject.texts.count(), Source.objects.get().file) == ({}, "", 0, "")


def test_what_was_undone_can_be_brought_in_again(receive, judge, accept, clerk):
    actions.undo_import(imported=accept(judge(receive(BODIES, "bodies"))), by=clerk, at=NOON)

    again = accept(judge(receive(BODIES, "bodies")))

    assert (again.state, content_of(Body.objects.get())["founded"]) == (ImportState.ACCEPTED, "1994")


def test_undoing_is_refused_when_somebody_worked_on_a_record_since(receive, judge, accept, clerk):
    imported = accept(judge(receive(BODIES, "bodies")))
    body = Body.objects.get(subject__key="sidaction")
    revise_record(body, change=lambda content: content.update(founded="1995"), verb="amended", by=clerk, at=NOON)

    with pytest.raises(ChangedSince, match="sidaction"):
        actions.undo_import(imported=imported, by=clerk, at=NOON)

    assert Body.objects.get(subject__key="sidaction").founded == "1995"


def test_undoing_is_refused_when_another_record_rests_on_one(receive, judge, accept, clerk, enter):
    imported = accept(judge(receive(BODIES, "bodies")))
    enter("body", "daughter", parent="sidaction")

    with pytest.raises(ChangedSince, match="daughter"):
        actions.undo_import(imported=imported, by=clerk, at=NOON)

    assert Subject.objects.filter(key="sidaction", revision__gte=1).exists()


def test_only_the_rows_chosen_are_written(receive, judge, accept):
    imported = judge(receive("Nom\nUn\nDeux\nTrois\n", "bodies"))

    accept(imported, chosen="some", numbers=[2, 4])

    assert sorted(Body.objects.values_list("subject__key", flat=True)) == ["trois", "un"]


def test_a_record_of_the_same_name_is_asked_about_once_and_the_answer_is_kept(
    receive, judge, accept, enter, clerk, told
):
    known = enter("body", "cites-unies", title={"fr": "Maison commune"})
    data = "Nom;Description\nMaison Commune;Autre\n"
    imported = judge(receive(data, "bodies"))
    asked = told(imported)
    row = imported.rows.get()

    actions.recognise(imported=imported, row=row, subject=known.subject, same=False, by=clerk, at=NOON)
    accept(actions.judge_import(imported=imported, by=clerk, at=NOON))
    again = judge(receive(data, "bodies"))

    assert asked == [(2, "refused", [": A record of this name is in the register: say whether it is the same."])]
    assert row.doubles == [{"key": "cites-unies", "title": "Maison commune"}]
    assert told(again) == [(2, "same", [])]
    assert [(judged.verdict, judged.judged_by) for judged in Judgement.objects.all()] == [("different", clerk)]


def test_a_row_said_to_be_the_same_amends_that_record(receive, judge, accept, enter, clerk):
    known = enter("body", "cites-unies", title={"fr": "Maison commune"})
    imported = judge(receive("Nom;Description\nMaison Commune;Mieux dit\n", "bodies"))
    actions.recognise(imported=imported, row=imported.rows.get(), subject=known.subject, same=True, by=clerk, at=NOON)

    accept(actions.judge_import(imported=imported, by=clerk, at=NOON))

    assert content_of(Body.objects.get())["summary"] == {"fr": "Mieux dit"}
    assert Recognition.objects.get().same is True


def test_a_mapping_is_remembered_under_its_name(receive, judge):
    judge(receive("Machin;N SIRET\nSidaction;39894554300021\n", "bodies"), remember_as="Fichier annuel", Machin="title")

    again = receive("N SIRET;machin\n39894554300021;Sidaction\n", "bodies")

    assert RememberedMapping.objects.get().name == "Fichier annuel"
    assert {name: (said["field"], said["why"]) for name, said in again.mapping.items()} == {
        "N SIRET": ("siret", "remembered"),
        "machin": ("title", "remembered"),
    }


def test_refused_rows_are_taken_away_mended_and_brought_back(receive, judge, told):
    imported = judge(receive(BODIES, "bodies"))

    taken = refused_rows(imported)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(taken)).get_sheet_by_index(0).to_python()
    again = receive(taken, "bodies", name="refused.xlsx")

    assert rows[0] == [
        "Nom du partenaire",
        "N SIRET",
        "Nature",
        "Date de création",
        "Remarque",
        "Why it was refused (Parvis)",
    ]
    assert rows[2][-1] == "N SIRET: “12345678901234” is not a valid SIRET number."
    assert [said["field"] for said in again.mapping.values()] == ["title", "siret", "kind", "founded", "", ""]


def test_a_file_that_is_no_table_is_refused_and_nothing_of_it_is_kept(receive, kept):
    with pytest.raises(FileUnreadable, match=r"file.csv: The file is empty."):
        receive("", "bodies")

    assert (Import.objects.count(), list((kept / "imports").iterdir())) == (0, [])


def test_a_column_every_record_needs_is_asked_for(receive, judge):
    with pytest.raises(ColumnsMissing, match="Name"):
        judge(receive("N SIRET;Ville\n39894554300021;Lyon\n", "bodies"), N_SIRET="siret")


def test_two_columns_do_not_fill_one_field(receive, judge):
    with pytest.raises(ColumnTwice, match="Nom, Autre"):
        judge(receive("Nom;Autre\nA;B\n", "bodies"), Autre="title")


def test_what_is_dropped_leaves_no_file(receive, judge, clerk, kept, django_capture_on_commit_callbacks):
    imported = judge(receive(BODIES, "bodies"))

    with django_capture_on_commit_callbacks(execute=True):
        actions.drop_import(imported=imported, by=clerk, at=NOON)

    assert list((kept / "imports").iterdir()) == []
    with pytest.raises(NotNow):
        actions.drop_import(imported=imported, by=clerk, at=NOON)


def test_rows_of_totals_and_rows_said_twice_are_refused_and_the_rest_goes_on(receive, judge, told):
    imported = judge(receive("Nom;Création\nUn;2001\nUn;2001\nTotal;2\nDeux;2002\n", "bodies"))

    assert told(imported) == [
        (2, "new", []),
        (3, "refused", [": Row 2 of this file says the same thing already."]),
        (4, "refused", [": This is a row of totals, not of data."]),
        (5, "new", []),
    ]
