"""Files made to hurt, or that came out wrong: a sentence that names the file, the row, the column; nothing is kept."""

import pytest
from django.utils import translation

from parvis.exchange.inbound import actions
from parvis.exchange.inbound.errors import FileUnreadable, NotRecognised
from parvis.exchange.inbound.models import Import
from parvis.register.models import Subject
from tests.exchange.inbound.conftest import NOON
from tests.support.hostile import zip_bomb

_ACTIVITIES = '<iati-activities version="2.03">'


@pytest.mark.parametrize(
    ("data", "target", "said"),
    [
        (lambda: zip_bomb(510), "grants", "Décompressé, le fichier pèse plus de 500 Mo"),
        (lambda: _ACTIVITIES + "<iati-activity>" + "<a>" * 10_000, "recognise", "60 niveaux"),
        (lambda: "<!DOCTYPE x [<!ENTITY a 'b'>]>" + _ACTIVITIES, "recognise", "déclare des entités"),
        (lambda: ",".join(f"c{place}" for place in range(5000)) + "\n", "grants", "(ligne 1, colonne GJH)"),
        (lambda: "Nom;Ville\n" + "x" * 50_000_000 + "\n", "grants", "(ligne 2, colonne A)"),
        (lambda: '[{"openDate": "", "closeDate": ' + "[" * 10_000, "recognise", "40 niveaux"),
        (lambda: '{"grants": [{"a": ' + '{"a":' * 10_000, "recognise", "40 niveaux"),
    ],
    ids=["zip bomb", "10 000 levels", "entities", "5 000 columns", "a line of 50 MB", "deep calls", "deep grants"],
)
def test_a_file_made_to_hurt_is_refused_in_the_officers_words_and_nothing_is_kept(data, target, said, receive, kept):
    with translation.override("fr"), pytest.raises(FileUnreadable) as refused:
        receive(data(), target, name="liste.csv")

    assert str(refused.value).startswith("liste.csv")
    assert said in str(refused.value)
    assert (list((kept / "imports").iterdir()), Import.objects.count()) == ([], 0)


def test_a_file_that_breaks_at_its_end_goes_back_with_the_line_and_leaves_no_row(receive, judge):
    whole = f"{_ACTIVITIES}\n" + "<iati-activity/>\n" * 70 + "<iati-activity>"

    imported = judge(receive(whole, "recognise", name="a.xml"))

    assert (imported.state, imported.rows.count()) == ("read", 0)
    assert imported.fault.endswith("(row 72)")


def test_rows_of_another_encoding_of_no_text_or_of_no_day_are_refused_and_the_rest_goes_on(
    receive, judge, accept, told
):
    data = (
        "Nom;Ville;Fondé le\nUn;;2001\n".encode()
        + "Été;Nîmes;2002\n".encode("cp1252")
        + b"De\x00ux;;2003\n"
        + "Cinquième;;32/13/2004\nSixième;;2005\n".encode()
    )

    imported = accept(judge(receive(data, "bodies")))

    assert [(row, verdict) for row, verdict, _why in told(imported)] == [
        (2, "new"), (3, "refused"), (4, "refused"), (5, "refused"), (6, "new"),
    ]  # fmt: skip
    assert told(imported)[1][2][0] == "Nom: This cell is not in the encoding of the file (utf-8)."
    assert imported.tallies["written"] == 2


def test_nothing_is_half_written_when_the_register_refuses_a_row_at_the_last_moment(receive, judge, accept, enter):
    imported = judge(receive("Nom\nUn\nDeux\n", "bodies"))
    enter("place", "deux", title={"fr": "Deux"}, level="city", country="FR")

    after = accept(imported)

    assert after.state == "judged"
    assert after.fault.startswith("Nothing was written: the register refuses row 3.")
    assert not Subject.objects.filter(key="un", revision__gte=1).exists()


def test_a_file_of_nothing_known_is_not_taken_for_a_standard(receive):
    for data in ("{}", "[]", "<html></html>", "@prefix a: <https://x.example/> .", "\x00\x01"):
        with pytest.raises((FileUnreadable, NotRecognised)):
            receive(data, "recognise")


def test_a_file_thrown_away_takes_its_verdicts_with_it(receive, judge, clerk, kept, django_capture_on_commit_callbacks):
    imported = judge(receive(f"{_ACTIVITIES}<iati-activity/></iati-activities>", "recognise"))

    with django_capture_on_commit_callbacks(execute=True):
        actions.drop_import(imported=imported, by=clerk, at=NOON)

    assert list((kept / "imports").iterdir()) == []
