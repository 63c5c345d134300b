# ruff: noqa: E501  # sentences as they are shown
"""Files made to hurt, or that came out wrong, brought in at the desk: told on its page, in the officer's language."""

import io
from functools import cache

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from parvis.config import carrying
from parvis.exchange.inbound.models import Import
from parvis.foundation.accounts.models import Role
from parvis.register.models import Text
from tests.doors.desk.views.test_imports import at_once, page, post, take_columns
from tests.support.hostile import zip_bomb

__all__ = ["at_once"]

ACTIVITIES = '<iati-activities version="2.03">'


@pytest.fixture(params=["fr", "en"])
def tongue(request):
    return request.param


@pytest.fixture
def desk(people, tongue):
    client = Client(headers={"accept-language": tongue})
    client.force_login(people[Role.OFFICER])
    return client


def bring(desk, data, target, name):
    file = SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)
    return desk.post(reverse("desk:imports"), {"file": file, "target": target, "language": "fr"})


WHOLE = {
    "zip bomb": (
        "bombe.xlsx", "grants", lambda: zip_bomb(510),
        {
            "fr": "bombe.xlsx\u00a0: Décompressé, le fichier pèse plus de 500 Mo avec sa partie «\u00a0xl/worksheets/sheet1.xml\u202f»\u00a0: il n’est pas lu.",
            "en": "bombe.xlsx: Unpacked, the file weighs more than 500 MB, its part “xl/worksheets/sheet1.xml” included: it is not read.",
        },
    ),
    "entities": (
        "entites.xml", "recognise", lambda: f"<!DOCTYPE x [<!ENTITY a 'b'>]>{ACTIVITIES}<a>&a;</a>",
        {
            "fr": "entites.xml\u00a0: Le fichier déclare des entités, dont aucun tableau n’a besoin\u00a0: il n’est pas lu. (ligne 1)",
            "en": "entites.xml: The file declares entities, which no table needs: it is not read. (row 1)",
        },
    ),
    "10 000 levels": (
        "profond.xml", "recognise", lambda: ACTIVITIES + "<iati-activity>\n" + "<a>" * 10_000,
        {
            "fr": "profond.xml\u00a0: Le fichier s’emboîte sur plus de 60 niveaux. (ligne 2)",
            "en": "profond.xml: The file is nested more than 60 levels deep. (row 2)",
        },
    ),
    "a broken JSON": (
        "casse.json", "bodies", lambda: '[{"Nom": "Un"},\n {"Nom": }]',
        {
            "fr": "casse.json\u00a0: Ce n’est pas du JSON\u00a0: il ne peut être lu à partir de la ligne 2, caractère 10.",
            "en": "casse.json: This is not JSON: it cannot be read from line 2, character 10 on.",
        },
    ),
    "a deep JSON": (
        "profond.json", "bodies", lambda: '[{"Nom": "Un"},\n {"Nom": ' + "[" * 10_000,
        {
            "fr": "profond.json\u00a0: Le fichier s’emboîte sur plus de 64 niveaux. (ligne 2)",
            "en": "profond.json: The file is nested more than 64 levels deep. (row 2)",
        },
    ),
    "5 000 columns": (
        "large.csv", "grants", lambda: "Nom;Ville\n" + ";".join("x" * 5000) + "\n",
        {
            "fr": "large.csv\u00a0: Cette ligne a 5000 cellules\u202f; un tableau de 400 colonnes au plus peut être lu. (ligne 2, colonne GJH)",
            "en": "large.csv: This row has 5000 cells; a table of at most 400 columns can be read. (row 2, column GJH)",
        },
    ),
    "a line of 50 MB": (
        "ligne.csv", "grants", lambda: "Nom;Ville\n" + "x" * 50_000_000 + "\n",
        {
            "fr": "ligne.csv\u00a0: Cette ligne fait plus de 2 Mo\u00a0: ce n’est pas une ligne de tableau. (ligne 2, colonne A)",
            "en": "ligne.csv: This line has more than 2 MB: it is no row of a table. (row 2, column A)",
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WHOLE)
def test_a_file_made_to_hurt_is_refused_on_the_page_and_leaves_nothing(case, desk, tongue, tmp_path):
    name, target, make, said = WHOLE[case]

    answer = bring(desk, make(), target, name)

    assert (answer.status_code, answer.context["refusal"]) == (422, said[tongue])
    assert escape(said[tongue]) in answer.content.decode()
    assert (Import.objects.count(), list((tmp_path / "imports").iterdir())) == (0, [])


@cache
def workbook():
    """Merged headings, a day of 1900, a row of totals that looks like data, and blanks to the end of the sheet."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    sheet, day = book.add_worksheet("Liste"), book.add_format({"num_format": "dd/mm/yyyy", "bg_color": "#EEEEEE"})
    sheet.merge_range(0, 0, 1, 0, "Nom")
    sheet.merge_range(0, 1, 0, 2, "Association")
    sheet.write_row(1, 1, ["Création", "Adhérents"])
    for place, (title, founded, many) in enumerate([("Un", 36526, 10), ("Deux", 12, 20), ("Trois", 36892, 30)], 2):
        sheet.write_row(place, 0, [title])
        sheet.write_number(place, 1, founded, day)
        sheet.write_number(place, 2, many)
    sheet.write_number(5, 2, 60)
    sheet.write_row(6, 0, ["Ensemble", "", 60])
    for row in range(7, 20_000):
        sheet.write_blank(row, 0, None, day)
    sheet.write_row(1_000_000, 0, ["Quatre", "2004", 5])
    book.close()
    return kept.getvalue()


LINES = (
    "Nom;Création;Remarque\nUn;2001;Été\n".encode()
    + "Deux;2002;Été à Nîmes\n".encode("cp1252")
    + b"Tr\x00ois;2003;x\nQuatre;2004;y;z\nCinq;2005\nSix;05/06/07;w\n"
    + "Sept;2007;Noël\n".encode()
)
ROWS = {
    "a workbook": ("classeur.xlsx", workbook, {
        "fr": [
            (4, "Association – Création: Cette cellule s’affiche comme un jour de 1900\u00a0: elle contient le nombre 12 mis en forme de date."),
            (6, ": Cette ligne additionne celles qui la précèdent\u00a0: elle est prise pour un total, pas pour une donnée."),
            (7, ": C’est une ligne de totaux, pas de données."),
        ],
        "en": [
            (4, "Association – Création: This cell is shown as a day of 1900: it holds the number 12 in the dress of a date."),
            (6, ": This row adds up the rows above it: it is taken for a total, not for data."),
            (7, ": This is a row of totals, not of data."),
        ],
    }, ["Un", "Trois", "Quatre"]),
    "a CSV": ("lignes.csv", lambda: LINES, {
        "fr": [
            (3, "Remarque: Cette cellule n’est pas dans l’encodage du fichier (utf-8)."),
            (4, "Nom: Cette cellule contient un signe qui n’est pas du texte (NUL)."),
            (5, "D: Cette ligne a 4 cellules, alors qu’il y a 3 en-têtes\u00a0: un séparateur se trouve dans une valeur."),
            (6, "C: Cette ligne a 2 cellules, alors qu’il y a 3 en-têtes."),
            (7, "Création: «\u00a005/06/07\u202f»\u00a0: écrivez l’année avec quatre chiffres."),
        ],
        "en": [
            (3, "Remarque: This cell is not in the encoding of the file (utf-8)."),
            (4, "Nom: This cell holds a sign that is no text (NUL)."),
            (5, "D: This row has 4 cells where the headings are 3: a separator stands inside a value."),
            (6, "C: This row has 2 cells where the headings are 3."),
            (7, "Création: “05/06/07”: write the year with four digits."),
        ],
    }, ["Un", "Sept"]),
}  # fmt: skip


@pytest.mark.parametrize("case", ROWS)
def test_each_bad_row_is_told_with_its_row_and_column_and_the_rest_goes_on(case, desk, tongue):
    name, make, said, good = ROWS[case]
    bring(desk, make(), "bodies", name)
    imported = Import.objects.get()
    take_columns(desk, imported)

    judged = page(desk, imported)
    post(desk, "import_accept", imported, chosen="all")

    told = [
        (row["number"], f"{problem['column']}: {problem['sentence']}")
        for row in judged.context["shown"]
        for problem in row["problems"]
    ]
    assert told == said[tongue]
    assert all(escape(sentence.partition(": ")[2]) in judged.content.decode() for _row, sentence in told)
    assert sorted(Text.objects.filter(subject__noun="body", field="title").values_list("body", flat=True)) == sorted(
        good
    )


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.READER, Role.OFFICER])
def test_only_who_may_bring_a_table_in_may_send_one_larger_than_a_paper(role, at_desk, monkeypatch):
    monkeypatch.setattr(carrying, "LARGEST_REQUEST", 100)

    answers = [at_desk(role).post(reverse(address), {"file": SimpleUploadedFile("a.csv", b"x" * 200)}).status_code
               for address in ("desk:imports", "desk:today")]  # fmt: skip

    assert answers == [422 if role == Role.OFFICER else 413, 413]
