"""Every field of every file, taken away from the desk."""

import csv
import io
import zipfile

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from parvis.domain.funding import actions
from parvis.foundation.accounts.models import Role
from parvis.foundation.journal.models import Line
from tests.support import calls, reviews


@pytest.fixture
def call(people):
    return calls.opened_call(people[Role.OFFICER])


@pytest.fixture
def file(call):
    """A file whose need begins like a formula, with a partner."""
    person = calls.applicant()
    made = calls.whole(call, calls.body_of(person), person)
    calls.write(made, person, {"need": "=HYPERLINK(1)", "partners.p1.partner-name": "Câmara", "people": "1 250"})
    actions.send_file(application=made.pk, by=person, at=calls.WHILE_OPEN, language="fr")
    made.refresh_from_db()
    return made


def taken(client, form, query=""):
    answer = client.get(reverse("desk:take_files", args=[form]) + query)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer, body


def table(body):
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=";"))


def test_a_csv_holds_every_question_and_runs_none_of_it(file, at_desk):
    answer, body = taken(at_desk(Role.OFFICER), "csv")

    heads, row = table(body)
    told = dict(zip(heads, row, strict=True))
    names = ("Number", "Body", "Which need does it answer?", "People who benefit", "Starts", "Partners",
             "Will part of the grant go to another body?", "Documents")  # fmt: skip
    assert [told[name] for name in names] == [
        file.number, "Amis des ports", "'=HYPERLINK(1)", "1250", "2027-06-01", "Câmara", "no", "accounts, statutes",
    ]  # fmt: skip
    assert answer["Content-Disposition"].startswith("attachment; ")


def test_budget_lines_are_numbers_of_a_workbook(file, at_desk):
    _answer, body = taken(at_desk(Role.OFFICER), "xlsx")

    book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    sheets = [book.get_sheet_by_index(place).to_python() for place in range(3)]
    told = dict(zip(*sheets[0], strict=True))
    asked = [value for head, value in told.items() if head.startswith("Budget of the project: ") and value]
    assert (asked, [len(sheet) for sheet in sheets]) == ([12000, 8000, 15000, 5000], [2, 5, 3])


def test_a_zip_holds_each_document_under_the_number_of_its_file(file, at_desk, settings, tmp_path):
    settings.VAULT_DIR = tmp_path
    place = actions.place_of(tmp_path, "statutes".ljust(64, "0"))
    place.parent.mkdir(parents=True)
    place.write_bytes(b"%PDF statutes")

    _answer, body = taken(at_desk(Role.OFFICER), "zip")

    held = zipfile.ZipFile(io.BytesIO(body))
    document = f"documents/{file.number}/statutes.pdf"
    assert held.namelist() == ["files.csv", "lines.csv", "documents.csv", document, "missing.txt"]
    assert (held.read(document), held.read("missing.txt")) == (
        b"%PDF statutes",
        f"documents/{file.number}/accounts.pdf".encode(),
    )


def test_what_leaves_is_what_the_list_shows_and_is_written_in_the_journal(file, at_desk, people):
    officer = at_desk(Role.OFFICER)
    _answer, some = taken(officer, "csv", "?q=ports")
    _answer, none = taken(officer, "csv", "?country=SN")

    assert (len(table(some)), len(table(none))) == (2, 1)
    noted = Line.objects.filter(verb="applications taken").order_by("pk")
    assert [(row.actor, row.digests["files"], "ports" in str(row.digests)) for row in noted] == [
        (people[Role.OFFICER], 1, False),
        (people[Role.OFFICER], 0, False),
    ]


def test_a_file_read_blind_or_of_one_s_own_does_not_leave(file, call, at_desk, people):
    actions.declare_interest(application=file, words="My sister", by=people[Role.OFFICER], at=reviews.READING)

    _answer, body = taken(at_desk(Role.OFFICER), "csv")

    assert len(table(body)) == 1


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.REVIEWER, Role.READER])
def test_who_only_reads_takes_nothing_away(file, at_desk, role):
    answer, body = taken(at_desk(role), "csv")

    assert (answer.status_code, file.number.encode() in body) == (403, False)


def test_there_is_no_other_form(file, at_desk):
    assert at_desk(Role.OFFICER).get(reverse("desk:take_files", args=["xls"])).status_code == 404
