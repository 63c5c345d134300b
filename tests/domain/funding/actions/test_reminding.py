"""Reminders in the outbox: each thing in its time, in the applicant's language, once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from parvis.domain.funding import actions
from parvis.domain.funding.enums import MemberRole
from parvis.domain.funding.models import Application, OutgoingEmail
from parvis.foundation.accounts.models import Role, User
from tests.support import calls, grants

DAYS = [7, 30]


@pytest.fixture
def ana(db):
    return calls.applicant()


@pytest.fixture
def body(ana):
    return calls.body_of(ana)


@pytest.fixture
def call(db):
    return calls.opened_call(User.objects.create_user("officer@ville.example", role=Role.OFFICER))


def remind(at):
    actions.write_reminders(at=at, days=DAYS)
    rows = OutgoingEmail.objects.filter(kind="reminder").order_by("pk")
    return [(row.to.email, row.language, row.subject) for row in rows]


def stored(body, person, title):
    return actions.store_document(
        body=body, title=title, file_name="x.pdf", media_type="application/pdf", size=1,
        sha256=title.ljust(64, "0")[:64], scanned=False, valid_until=date(2026, 10, 20), by=person, at=calls.OPENS,
    )  # fmt: skip


def test_a_draft_is_reminded_before_its_call_closes_once_for_each_number_of_days(call, body, ana):
    file = calls.begun(call, body, ana)
    Application.objects.filter(pk=file.pk).update(language="pt")
    early, month, week = (calls.CLOSES - timedelta(days=days) for days in (31, 29, 6))

    told = [remind(early), remind(month), remind(month + timedelta(hours=2)), remind(week), remind(calls.CLOSES)]

    first = (ana.email, "pt", "O seu rascunho não foi enviado: o concurso fecha em 31 de março de 2027")
    assert told == [[], [first], [first], [first, first], [first, first]]


def test_several_drafts_of_one_call_are_one_reminder_that_counts_them(call, body, ana):
    first, _second, _third = (calls.begun(call, body, ana) for _turn in range(3))
    Application.objects.filter(pk=first.pk).update(language="en")

    told = remind(calls.CLOSES - timedelta(days=6))

    assert told == [(ana.email, "en", "Your draft is not sent: the call closes on 31 March 2027")]
    assert "by the server's clock. Your 3 drafts are not sent yet." in OutgoingEmail.objects.get().body


def test_a_file_that_was_sent_and_a_person_who_only_reads_get_no_reminder(call, body, ana):
    reader = calls.applicant("reader@assoc.example")
    body.members.create(person=reader, role=MemberRole.READER, since=calls.OPENS)
    calls.sent(call, body, ana)

    assert remind(calls.CLOSES - timedelta(days=3)) == []


def test_corrections_that_wait_are_reminded_with_the_words_of_the_office(call, body, ana):
    file = calls.sent(call, body, ana)
    officer = User.objects.get(email="officer@ville.example")
    asked = calls.WHILE_OPEN + timedelta(days=1)
    actions.take_step(application=file.pk, code="ask", by=officer, at=asked, reason="The accounts are missing.")

    told = [remind(asked + timedelta(days=days)) for days in (6, 7, 8)]

    once = [(ana.email, "fr", f"Le dossier {file.number} attend vos corrections")]
    assert told == [[], once, once]
    assert "The accounts are missing." in OutgoingEmail.objects.get(kind="reminder").body


def test_a_document_is_reminded_before_it_expires_and_not_once_it_is_taken_out(call, body, ana):
    Application.objects.filter(pk=calls.begun(call, body, ana).pk).update(language="en")
    day = datetime(2026, 10, 1, 12, tzinfo=UTC)
    stored(body, ana, "Statutes")
    actions.remove_document(document=stored(body, ana, "Old statutes"), by=ana, at=day)

    assert remind(day) == [(ana.email, "en", "A document expires on 20 October 2026")]
    assert OutgoingEmail.objects.get().body.startswith("“Statutes” expires on 20 October 2026.")


def test_both_reports_are_reminded_before_their_due_day(body, ana):
    grants.paid(grants.under_convention(grants.awarded(body)))
    due = datetime(2027, 6, 30, 9, tzinfo=UTC)

    told = remind(due - timedelta(days=30))

    assert told == [
        (ana.email, "fr", "Rapport narratif à remettre le 30 juin 2027"),
        (ana.email, "fr", "Compte rendu financier à remettre le 30 juin 2027"),
    ]
    assert "A quay" in OutgoingEmail.objects.filter(kind="reminder").first().body
