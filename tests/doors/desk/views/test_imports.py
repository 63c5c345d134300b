"""A file brought in at the desk, as an officer does it."""

import io

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from python_calamine import CalamineWorkbook

from parvis.domain.directory.models import Body, Contact
from parvis.exchange.inbound import tasks
from parvis.exchange.inbound.enums import ImportState
from parvis.exchange.inbound.matching import in_order
from parvis.exchange.inbound.models import Import
from parvis.foundation.accounts.models import Role, User
from parvis.register.models import Subject

DATA = "Nom;N SIRET;Remarque\nSidaction;39894554300021;x\nFaux;123;y\n"


@pytest.fixture(autouse=True)
def at_once(settings, tmp_path):
    """The worker's tasks are done at once, and files lie in a folder of the test."""
    settings.VAR_DIR = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def desk(at_desk):
    return at_desk(Role.OFFICER)


def bring(desk, data=DATA, target="bodies", name="liste.csv", language="fr"):
    file = SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)
    return desk.post(reverse("desk:imports"), {"file": file, "target": target, "language": language})


def take_columns(desk, imported, **said):
    fields = [imported.mapping[name]["field"] for name in in_order(imported.mapping)]
    chosen = {f"column-{place}": field for place, field in enumerate(fields)}
    return desk.post(reverse("desk:import_columns", kwargs={"number": imported.pk}), {**chosen, **said})


def page(desk, imported, query=""):
    return desk.get(reverse("desk:import", kwargs={"number": imported.pk}) + query)


def post(desk, name, imported, **said):
    return desk.post(reverse(f"desk:{name}", kwargs={"number": imported.pk}), said)


def test_undoing_that_is_refused_by_the_worker_says_so_and_leaves_the_import(desk, monkeypatch):
    bring(desk)
    imported = Import.objects.get()
    take_columns(desk, imported)
    post(desk, "import_accept", imported, chosen="all")
    Import.objects.update(state=ImportState.UNDOING)  # asked; then somebody amends a record before the worker comes
    Subject.objects.filter(noun="body").update(revision=2)

    tasks.undo.enqueue(imported.pk, imported.received_by.pk)

    shown = page(desk, imported)
    imported.refresh_from_db()
    assert imported.state == ImportState.ACCEPTED
    assert "Nothing was undone" in shown.content.decode()
    assert imported.fault in shown.content.decode()


def test_an_officer_says_which_standard_a_file_follows(desk):
    file = SimpleUploadedFile("g.csv", b"Identifier,Title,Oddity\n360G-x-1,A grant,1\n")

    desk.post(reverse("desk:imports"), {"file": file, "target": "recognise", "standard": "giving360", "language": "en"})

    imported = Import.objects.get()
    assert (imported.how["standard"], imported.target) == ("giving360", "grants")


def test_an_officer_brings_a_file_in_accepts_it_and_undoes_it(desk):
    bring(desk)
    imported = Import.objects.get()
    columns = page(desk, imported).context["columns"]
    take_columns(desk, imported)
    judged = page(desk, imported).context
    post(desk, "import_accept", imported, chosen="all")
    written = list(Body.objects.values_list("subject__key", flat=True))
    accepted = page(desk, imported)
    post(desk, "import_undo", imported)

    imported.refresh_from_db()
    assert [(column["name"], column["field"], column["why"]) for column in columns] == [
        ("Nom", "title", "by its name"),
        ("N SIRET", "siret", "by its name"),
        ("Remarque", "", "nobody claims it"),
    ]
    assert [(row["number"], row["verdict"]) for row in judged["shown"]] == [(2, "new"), (3, "refused")]
    assert judged["totals"]["unclaimed"] == ["Remarque"]
    assert written == ["sidaction"]
    assert accepted.status_code == 200
    assert (imported.state, Subject.objects.filter(revision__gte=1).count()) == (ImportState.UNDONE, 0)


def test_a_file_that_cannot_be_read_is_told_in_words(desk):
    answer = bring(desk, "")

    assert answer.status_code == 422
    assert answer.context["refusal"] == "liste.csv: The file is empty."


def test_a_column_needed_and_left_aside_is_asked_for_and_nothing_is_lost(desk):
    bring(desk)
    imported = Import.objects.get()

    answer = take_columns(desk, imported, **{"column-0": ""})

    assert answer.status_code == 422
    assert answer.context["refusal"].startswith("No column says: Name.")
    assert answer.context["columns"][0]["field"] == ""


def test_columns_are_looked_at_again_after_the_verdicts_and_the_rows_read_again(desk):
    bring(desk)
    imported = Import.objects.get()
    take_columns(desk, imported)
    shown = [(column["name"], column["field"]) for column in page(desk, imported, "?columns").context["columns"]]

    take_columns(desk, imported, **{"column-1": ""})
    without = [row["verdict"] for row in page(desk, imported).context["shown"]]
    post(desk, "import_settle", imported)

    assert shown == [("Nom", "title"), ("N SIRET", "siret"), ("Remarque", "")]
    assert without == ["new", "new"]
    assert [row["verdict"] for row in page(desk, imported).context["shown"]] == ["new", "new"]


def test_the_refused_rows_are_taken_away_as_a_spreadsheet(desk):
    bring(desk)
    imported = Import.objects.get()
    take_columns(desk, imported)

    answer = desk.get(reverse("desk:import_refused", kwargs={"number": imported.pk}))

    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[1] == ["Faux", "123", "y", "N SIRET: “123” is not a valid SIRET number."]


def test_a_name_the_register_does_not_know_is_asked_and_its_answer_holds_for_every_row(desk):
    bring(desk, "Intitulé;Partenaire;Signature\nPacte un;Ville X;2001\nPacte deux;Ville X;2002\n", "agreements")
    imported = Import.objects.get()
    take_columns(desk, imported)
    names = page(desk, imported).context["names"]

    post(desk, "import_settle", imported, **{"answer-0": "new:body"})

    after = page(desk, imported).context
    assert [(name["text"], name["row"], name["times"]) for name in names] == [("Ville X", 2, 2)]
    assert after["names"] == []
    assert {row["verdict"] for row in after["shown"]} <= {"new", "refused"}
    parties = [said["after"] for row in after["shown"] for said in row["says"] if said["label"] == "Parties"]
    assert {"ville-x" in said for said in parties} == {False}
    assert {"Ville X" in said for said in parties} == {True}


def test_another_sheet_of_a_workbook_is_named_until_all_is_written_and_may_be_read_instead(desk):
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        for year in ("2020", "2021"):
            sheet = book.add_worksheet(year)
            sheet.write_row(0, 0, ["Nom", "Type"])
            sheet.write_row(1, 0, [f"Sidaction {year}", "Association"])
    bring(desk, held.getvalue(), "bodies", "ans.xlsx")
    imported = Import.objects.get()
    before = page(desk, imported).content.decode()

    post(desk, "import_sheet", imported, sheet="2021")
    take_columns(desk, imported)

    imported.refresh_from_db()
    assert ("ans.xlsx" in before, "<option>2021</option>" in before) == (True, True)
    assert (imported.sheet, imported.how["others"], imported.rows.get().title) == ("2021", ["2020"], "Sidaction 2021")
    assert "left aside: 2020." in " ".join(page(desk, imported).content.decode().split())


def test_contacts_leave_nothing_behind_in_the_import(desk, django_capture_on_commit_callbacks, tmp_path):
    bring(desk)
    bodies = Import.objects.get()
    take_columns(desk, bodies)
    post(desk, "import_accept", bodies)
    bring(desk, "Organisme;Nom;Courriel\nSidaction;Anne Martin;anne@exemple.fr\nSidaction;Sans;\n", "contacts", "c.csv")
    imported = Import.objects.get(target="contacts")
    take_columns(desk, imported)
    with django_capture_on_commit_callbacks(execute=True):
        post(desk, "import_accept", imported)

    imported.refresh_from_db()
    kept = Contact.objects.get()
    assert (kept.person_name, kept.reached_at, kept.expires_on.year > 2026) == ("Anne Martin", "anne@exemple.fr", True)
    assert imported.rows.count() == 0
    assert [path.name for path in (tmp_path / "imports").iterdir() if path.name.startswith(imported.stored)] == []
    assert page(desk, imported).status_code == 200


def test_the_first_name_of_a_contact_joins_its_name(desk, django_capture_on_commit_callbacks):
    bring(desk)
    take_columns(desk, Import.objects.get())
    post(desk, "import_accept", Import.objects.get())
    rows = ("Martin;Anne;a@x.fr", ";Zoé;z@x.fr", "Paul Roux;Paul;p@x.fr", f"{'N' * 70};{'P' * 60};n@x.fr")
    bring(
        desk, "\n".join(["Organisme;Nom;Prénom;Courriel", *(f"Sidaction;{row}" for row in rows)]), "contacts", "c.csv"
    )
    imported = Import.objects.get(target="contacts")
    take_columns(desk, imported)
    told = [(row["number"], row["verdict"]) for row in page(desk, imported).context["shown"]]
    with django_capture_on_commit_callbacks(execute=True):
        post(desk, "import_accept", imported)

    assert told == [(2, "new"), (3, "new"), (4, "new"), (5, "refused")]
    assert sorted(Contact.objects.values_list("person_name", "reached_at")) == [
        ("Anne Martin", "a@x.fr"), ("Paul Roux", "p@x.fr"), ("Zoé", "z@x.fr"),
    ]  # fmt: skip


def test_a_contact_brought_in_stands_in_the_table_of_contacts_and_nowhere_else(
    desk, django_capture_on_commit_callbacks, caplog
):
    bring(desk)
    bodies = Import.objects.get()
    take_columns(desk, bodies)
    post(desk, "import_accept", bodies)
    data = "Organisme;Nom;Courriel\nSidaction;Zoé Canari;zoe.canari@exemple.fr\nPersonne;Zoé Canari;zoe.canari\n"
    bring(desk, data, "contacts", "c.csv")
    imported = Import.objects.get(target="contacts")
    take_columns(desk, imported)
    with django_capture_on_commit_callbacks(execute=True):
        post(desk, "import_accept", imported)

    assert tables_that_say("anari") == ["directory_contact"]
    assert "anari" not in caplog.text


def tables_that_say(words):
    """Every table of the database with a row in which these words stand."""
    with connection.cursor() as cursor:
        return [
            table
            for table in sorted(connection.introspection.table_names(cursor))
            if cursor.execute(f'SELECT 1 FROM "{table}" AS row WHERE row::text LIKE %s LIMIT 1', [f"%{words}%"])
            and cursor.fetchone()
        ]


ACTIVITY = """<iati-activities version="2.03"><iati-activity>
<iati-identifier>X-1-%s</iati-identifier><title><narrative>=1+1</narrative></title></iati-activity></iati-activities>"""


def test_a_file_of_a_standard_is_recognised_and_its_faults_are_shown_by_kind_and_taken_away(desk):
    bring(desk, ACTIVITY % "=A", "recognise", "a.xml")
    imported = Import.objects.get()
    shown = page(desk, imported)
    take_columns(desk, imported)
    judged = page(desk, imported)
    address = reverse("desk:import_verdicts", kwargs={"number": imported.pk})

    every, ruled = desk.get(address).context, desk.get(address + "?by=rule").context
    taken = b"".join(desk.get(reverse("desk:import_verdicts_csv", kwargs={"number": imported.pk})).streaming_content)
    post(desk, "import_strictness", imported, strict="take")

    imported.refresh_from_db()
    lines = taken.decode("utf-8-sig").splitlines()
    assert (shown.context["standard"], shown.context["target"]) == ("IATI, activities (2.03)", "Projects")
    assert judged.context["verdict_of_standard"]["wrong"] == 1
    assert next((one["line"], one["rule"]) for one in every["shown"] if one["by"] == "schema") == (1, "missing")
    assert {one["by"] for one in ruled["shown"]} == {"rule"}
    assert lines[0] == "Record;Identifier;Line;Where;Kind;Rule;Gravity;What is wrong"
    assert len(lines) == 1 + len(every["shown"])
    assert imported.options["strict"] == "take"


def test_what_a_row_would_write_is_said_in_words_not_codes(desk):
    bring(desk, "Intitulé;Nature;Signature\nPacte;Jumelage;2001\n", "agreements")
    imported = Import.objects.get()
    take_columns(desk, imported)

    (row,) = page(desk, imported).context["shown"]

    assert {said["label"]: said["after"] for said in row["says"]} == {"Kind": "Twinning", "Signed": "2001"}


def test_a_file_of_no_standard_is_asked_what_it_holds(desk):
    answer = bring(desk, DATA, "recognise")

    assert answer.status_code == 422
    assert answer.context["refusal"] == "liste.csv follows none of the standards Parvis knows: say what it holds."


def test_forged_choices_are_answered_never_a_fault(desk):
    bring(desk)
    imported = Import.objects.get()

    answers = [
        post(desk, "import_columns", imported, **{"column-0": "no_such_field"}),
        post(desk, "import_accept", imported, chosen="everything", row=["x", "-1", "9" * 30]),
        post(desk, "import_recognise", imported, row="2", key="nobody"),
        post(desk, "import_settle", imported, **{"answer-0": "new:place:1:XX"}),
        post(desk, "import_undo", imported),
        page(desk, imported, "?verdict=odd&page=99999"),
    ]

    assert [answer.status_code for answer in answers] == [422, 302, 404, 422, 302, 200]


def test_a_year_is_shown_as_a_year(desk):
    bring(desk, "Objet;Bénéficiaire;Année;Montant\nPuits;Fonds;2024;5000\n", "grants")
    imported = Import.objects.get()
    take_columns(desk, imported, bodies="enter")

    says = page(desk, imported).context["shown"][0]["says"]

    assert {"2024", "5,000"} <= {said["after"] for said in says}


def test_rows_of_money_that_name_a_person_say_so_known_to_the_house_or_behind_a_title(desk):
    User.objects.create_user("m@assoc.example", role=Role.APPLICANT, first_name="Marie", last_name="Dupont")
    titles = ("Puits", "Séjour de Marie Dupont", "Bourse de M. Quazmodel", "Visite de M. Ruiz, maire de Lima")
    rows = "".join(f"{title};Fonds;2024;5000\n" for title in titles)
    bring(desk, f"Objet;Bénéficiaire;Année;Montant\n{rows}", "grants")
    imported = Import.objects.get()
    take_columns(desk, imported, bodies="enter")

    seen = page(desk, imported)

    assert [row["names"] for row in seen.context["shown"]] == [
        [],
        ["A public text names a person the house knows: “Marie Dupont”. Take the name out: a release stops at it."],
        ["A public text seems to name a person: “M. Quazmodel”. Leave the name only to who acts in a public office."],
        [],
    ]
    assert "1 row seems to name a person, whom the public would read: 4." in seen.content.decode()


def test_rows_of_no_money_are_not_looked_through_for_names(desk):
    bring(desk, "Nom;N SIRET;Remarque\nFondation de M. Quazmodel;39894554300021;x\n")
    imported = Import.objects.get()
    take_columns(desk, imported)

    seen = page(desk, imported)

    assert [row["names"] for row in seen.context["shown"]] == [[]]
    assert imported.tallies.get("announcing", {"rows": 0})["rows"] == 0
