"""Files of persons erase themselves at their term; what was paid stays."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from parvis.domain.funding import actions
from parvis.domain.funding.errors import StepHeldBack
from parvis.domain.funding.models import (
    Answer,
    ApplicantBody,
    Application,
    ApplicationStep,
    Submission,
    VaultDocument,
)
from parvis.domain.funding.queries import retention
from parvis.foundation.journal.models import Line
from tests.support import calls

#: Ten years and a day after the files of the tests are settled.
LATER = calls.WHILE_OPEN + timedelta(days=3660)


@pytest.fixture
def settled(clerk, enter):
    """The file of a person, sent and refused; and that of an association, refused too."""
    call = calls.opened_call(clerk)
    person = calls.applicant("lea@etu.example", first_name="Léa", last_name="Martin")
    own = actions.open_in_own_name(country="FR", by=person, at=calls.OPENS)
    other = calls.applicant()
    files = [calls.sent(call, body, who) for body, who in ((own, person), (calls.body_of(other), other))]
    actions.write_message(file=files[0], side="applicant", words="Léa Martin", by=person, at=calls.WHILE_OPEN)
    for file in files:
        ApplicationStep.objects.create(
            application=file, code="refuse", comes_from="ranked", goes_to="refused", reason="Léa Martin is late.",
            taken_at=calls.WHILE_OPEN, taken_by=clerk,
        )  # fmt: skip
    actions.declare_interest(application=files[0], words="Léa Martin.", by=clerk, at=calls.WHILE_OPEN)
    Application.objects.update(state="refused")
    return files


def erased(clerk, at=LATER):
    gone = []
    files = actions.erase_due_files(forget=gone.append, by=clerk, at=at)
    return files, gone


def test_nothing_goes_before_the_term_and_the_dry_run_says_what_will(settled, clerk):
    (term,) = retention.terms_of_persons(calls.WHILE_OPEN.date())

    assert erased(clerk, calls.WHILE_OPEN + timedelta(days=3640)) == ([], [])
    assert (term.file.number, term.goes["submissions"], term.goes["documents"]) == (settled[0].number, 1, 2)
    assert term.goes["reasons"] == 2
    assert (term.erased_from.year - term.settled.year, term.erased_from.day) == (10, term.settled.day)
    with pytest.raises(StepHeldBack):
        actions.erase_file(file=settled[0], forget=print, by=clerk, at=calls.WHILE_OPEN)


def test_at_its_term_every_word_of_a_person_goes_and_its_number_stays(
    settled, clerk, django_capture_on_commit_callbacks
):
    own, association = settled
    digest = own.submissions.get().digest

    with django_capture_on_commit_callbacks(execute=True):
        files, gone = erased(clerk)

    own.refresh_from_db()
    sent = Submission.objects.get(application=own)
    assert ([file.pk for file in files], own.title, own.number is None) == ([own.pk], "", False)
    assert (sent.content["answers"], sent.content["documents"], sent.digest) == ({}, [], digest)
    assert "Martin" not in str([sent.content, *own.messages.values("words"), *ApplicantBody.objects.values("name")])
    assert {row.application_id for row in Answer.objects.all()} == {association.pk}
    assert (own.steps.get(code="refuse").reason, own.interests.get().words) == ("▒▒▒", "▒▒▒")
    assert association.steps.get(code="refuse").reason == "Léa Martin is late."
    assert set(VaultDocument.objects.filter(removed_at__isnull=False).values_list("body", flat=True)) == {own.body_id}
    assert gone == []  # the association keeps the same content in its vault
    assert Line.objects.filter(verb="personal file erased", about=f"application:{own.pk}").count() == 1
    assert retention.terms_of_persons(LATER.date()) == []


def test_the_database_lets_a_submission_be_emptied_and_nothing_else(settled):
    with pytest.raises(DatabaseError), transaction.atomic():
        Submission.objects.filter(application=settled[1]).update(content={"answers": {"title": "x"}, "documents": []})
    with pytest.raises(DatabaseError), transaction.atomic():
        Submission.objects.filter(application=settled[1]).update(digest="0" * 64)
    with pytest.raises(DatabaseError), transaction.atomic():
        Submission.objects.filter(application=settled[1]).delete()


def test_a_grant_on_its_way_keeps_its_file(settled, clerk, enter):
    own = settled[0]
    Application.objects.filter(pk=own.pk).update(state="awarded")
    enter(
        "grant",
        "grant-own",
        state="awarded",
        natural_person=True,
        year=2027,
        currency="EUR",
        file=own.number,
        visibility="internal",
    )

    assert retention.due_for_erasure(LATER.date()) == []
