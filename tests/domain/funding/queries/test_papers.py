"""What in a paper tells who asks, and the officer's word on it."""

import pytest
from django.db import IntegrityError, transaction

from parvis.domain.funding import actions
from parvis.domain.funding.errors import NamesFound
from parvis.domain.funding.models import PaperVerdict
from parvis.domain.funding.queries.papers import Naming, namings
from parvis.domain.funding.queries.verdicts import papers_let_through
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.journal.models import Line
from tests.support import calls


@pytest.fixture
def officer(db):
    return User.objects.create_user("officer@ville.example", role=Role.OFFICER)


@pytest.fixture
def file(officer):
    person = calls.applicant(first_name="Ana", last_name="Lima")
    return calls.sent(calls.opened_call(officer), calls.body_of(person), person)


def test_names_numbers_and_addresses_are_found_with_their_places(file):
    said = [
        ("property", "Author", "Somebody"),
        ("page", "1", "L'AMIS DES PORTS, SIRET 732 829 320 00074"),
        ("page", "2", "Écrire à quai@ports.example ou au 01 42 76 40 40. Mme Lîma signe."),
        ("page", "3", "A quay of 12 500 000 euros for Porto-Lume."),
    ]

    found = [(one.kind, one.where, one.place) for one in namings(file, "amis_des_ports.pdf", said)]

    assert found == [
        ("name", "file name", ""), ("author", "property", "Author"), ("number", "page", "1"),
        ("phone", "page", "1"), ("name", "page", "1"),
        ("email", "page", "2"), ("phone", "page", "2"), ("name", "page", "2"),
    ]  # fmt: skip


def judged(file, officer, *found, shown=True, unread=False, reason=""):
    held = file.attachments.select_related("document").get(code="accounts")
    return actions.judge_paper(
        attachment=held, found=found, unread=unread, shown=shown, reason=reason, by=officer, at=calls.WHILE_OPEN
    )


def test_a_paper_that_names_somebody_or_is_unread_is_shown_for_a_reason_only(file, officer):
    name = Naming("name", "page", "1", "Amis des ports")

    with pytest.raises(NamesFound):
        judged(file, officer, name)
    with pytest.raises(NamesFound):
        judged(file, officer, unread=True)
    row = judged(file, officer, name, reason="A partner of the same name")

    assert row.found == [{"kind": "name", "where": "page", "place": "1"}]
    assert Line.objects.latest("pk").verb == "paper let through to reviewers"
    with pytest.raises(IntegrityError), transaction.atomic():
        PaperVerdict.objects.create(
            application=file, code="accounts", sha256="x", found=[{"kind": "name"}], shown=True,
            given_at=calls.WHILE_OPEN, given_by=officer,
        )  # fmt: skip


def test_the_last_word_counts_and_only_for_that_very_paper(file, officer):
    judged(file, officer)
    held = file.attachments.get(code="accounts").document.sha256
    through = papers_let_through(file)

    judged(file, officer, shown=False, reason="A logo on page 2")

    assert (through, papers_let_through(file)) == ({("accounts", held)}, set())
