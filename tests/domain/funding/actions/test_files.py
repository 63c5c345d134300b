"""A file is begun, sent once, sent back, withdrawn; the server's clock alone says whether it is late."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connections

from parvis.domain.funding import actions, queries
from parvis.domain.funding.enums import ApplicationState, MemberRole
from parvis.domain.funding.errors import FileClosed, NotMember, StepHeldBack, StepUnknown
from parvis.domain.funding.models import Application, Call, OutgoingEmail, Submission
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.journal.actions import digest_of
from parvis.foundation.journal.models import Line
from tests.support import calls


@pytest.fixture
def officer(db):
    return User.objects.create_user("officer@ville.example", role=Role.OFFICER)


@pytest.fixture
def call(officer):
    return calls.opened_call(officer)


@pytest.fixture
def ana(db):
    return calls.applicant()


@pytest.fixture
def body(ana):
    return calls.body_of(ana)


def test_a_whole_file_gets_a_numbered_receipt_over_all_that_was_sent(call, body, ana):
    file = calls.whole(call, body, ana)

    given = actions.send_file(application=file.pk, by=ana, at=calls.WHILE_OPEN, language="fr")

    file.refresh_from_db()
    assert (file.number, file.state) == ("2027-MAR-0001", ApplicationState.SUBMITTED)
    assert given.content["answers"] == calls.WHOLE
    assert [one["code"] for one in given.content["documents"]] == ["accounts", "statutes"]
    assert len(given.digest) == 64
    email = OutgoingEmail.objects.get()
    assert (email.subject, email.kind) == ("Dossier 2027-MAR-0001 reçu", "receipt")
    assert email.leaves_at == calls.WHILE_OPEN + timedelta(minutes=30)
    assert "15 janvier 2027" in email.body


def test_what_was_sent_is_sealed_as_the_journal_seals_each_time(call, body, ana, officer):
    Call.objects.filter(pk=call.pk).update(edition='20"27\\é')
    file = calls.whole(call, body, ana)
    first = actions.send_file(application=file.pk, by=ana, at=calls.WHILE_OPEN, language="en")
    actions.take_step(application=file.pk, code="ask", by=officer, at=calls.CLOSES, reason="Who signs?")

    second = actions.send_file(application=file.pk, by=ana, at=calls.CLOSES + timedelta(days=1), language="en")

    kept = list(Submission.objects.order_by("turn"))
    assert [(one.pk, one.turn, one.content, one.digest) for one in kept] == [
        (one.pk, one.turn, one.content, one.digest) for one in (first, second)
    ]
    for one in kept:
        assert one.content["number"] == '20"27\\é-MAR-0001'
        assert one.digest == digest_of({**one.content, "received_at": one.received_at.isoformat()})
    told = [line.digests for line in Line.objects.filter(verb="application submitted").order_by("pk")]
    assert told == [{"content": one.digest} for one in kept]
    emails = OutgoingEmail.objects.filter(kind="receipt").order_by("pk")
    assert [one.digest in email.body for one, email in zip(kept, emails, strict=True)] == [True, True]


def test_one_second_before_the_closing_is_in_time_and_the_closing_second_is_late(call, body, ana):
    last = calls.whole(call, body, ana)
    other = calls.whole(call, calls.body_of(ana, "55210055400013"), ana)

    with pytest.raises(StepHeldBack) as refused:
        actions.send_file(application=other.pk, by=ana, at=calls.CLOSES + timedelta(seconds=1), language="en")
    actions.send_file(application=last.pk, by=ana, at=calls.CLOSES - timedelta(seconds=1), language="en")

    other.refresh_from_db()
    assert str(refused.value) == ("The call closed at 17:00:00. Yours arrived at 17:00:01: it stays here as a draft.")
    assert (other.state, other.number) == (ApplicationState.DRAFT, None)
    assert Submission.objects.count() == 1


def test_words_can_still_be_kept_in_a_draft_after_the_closing(call, body, ana):
    file = calls.begun(call, body, ana)

    calls.write(file, ana, {"title": "Kept"}, at=calls.CLOSES + timedelta(days=1))

    assert queries.answers_of(file) == {"title": "Kept"}


def test_a_form_sent_twice_gives_one_submission(call, body, ana):
    file = calls.whole(call, body, ana)

    first = actions.send_file(application=file.pk, by=ana, at=calls.WHILE_OPEN, language="fr")
    again = actions.send_file(application=file.pk, by=ana, at=calls.WHILE_OPEN + timedelta(minutes=1), language="fr")

    assert again == first
    assert OutgoingEmail.objects.count() == 1


def test_what_is_missing_is_counted_and_nothing_is_half_sent(call, body, ana):
    file = calls.begun(call, body, ana)
    calls.write(file, ana, calls.WHOLE | {"budget.60": "13 000"})

    with pytest.raises(StepHeldBack) as refused:
        actions.send_file(application=file.pk, by=ana, at=calls.WHILE_OPEN, language="en")

    assert str(refused.value) == "To mend before sending (3): Gap of €1,000.00: costs exceed income."
    assert Submission.objects.count() == 0


def test_a_request_over_the_limit_of_the_call_is_refused_with_the_reason(call, body, ana):
    file = calls.whole(call, body, ana)
    calls.write(file, ana, {"budget.74-city": "45 000", "budget.60": "42 000"})

    with pytest.raises(StepHeldBack) as refused:
        actions.send_file(application=file.pk, by=ana, at=calls.WHILE_OPEN, language="en")

    assert "This call gives €40,000.00 at most; you ask €45,000.00." in str(refused.value)


def test_a_writer_writes_and_does_not_sign(call, body, ana):
    bruno = calls.applicant("bruno@assoc.example")
    body.members.create(person=bruno, role=MemberRole.WRITER, since=calls.OPENS)
    file = calls.whole(call, body, ana)
    calls.write(file, bruno, {"summary": "By Bruno"})

    with pytest.raises(StepHeldBack):
        actions.send_file(application=file.pk, by=bruno, at=calls.WHILE_OPEN, language="en")


def test_nobody_else_comes_near_a_file(call, body, ana, officer):
    stranger = calls.applicant("stranger@other.example")
    file = calls.whole(call, body, ana)

    for person in (stranger, officer):
        with pytest.raises(NotMember):
            calls.write(file, person, {"title": "Mine now"})
        with pytest.raises(NotMember):
            actions.send_file(application=file.pk, by=person, at=calls.WHILE_OPEN, language="en")
    assert queries.file_of(stranger, file.pk) is None


def test_a_file_asked_for_more_is_completed_after_the_closing_and_sent_again(call, body, ana, officer):
    file = calls.sent(call, body, ana)
    late = calls.CLOSES + timedelta(days=3)

    with pytest.raises(StepHeldBack):
        actions.take_step(application=file.pk, code="ask", by=officer, at=late)
    actions.take_step(application=file.pk, code="ask", by=officer, at=late, reason="The accounts are missing.")
    calls.write(file, ana, {"summary": "Completed"}, at=late)
    given = actions.send_file(application=file.pk, by=ana, at=late, language="fr")

    file.refresh_from_db()
    assert (given.turn, file.number, file.state) == (2, "2027-MAR-0001", ApplicationState.SUBMITTED)
    assert [step.goes_to for step in file.steps.all()] == ["submitted", "to_complete", "submitted"]
    waiting = OutgoingEmail.objects.filter(kind="notice", leaves_at__gt=late)
    assert ["The accounts are missing." in email.body for email in waiting] == [True]


def test_a_file_that_was_withdrawn_takes_nothing_more(call, body, ana):
    file = calls.sent(call, body, ana)

    actions.take_step(application=file.pk, code="withdraw", by=ana, at=calls.WHILE_OPEN)

    with pytest.raises(FileClosed):
        calls.write(file, ana, {"title": "Again"})
    with pytest.raises(StepUnknown):
        actions.take_step(application=file.pk, code="withdraw", by=ana, at=calls.WHILE_OPEN)


def test_a_call_edited_while_people_fill_it_leaves_them_their_version(call, body, ana, officer):
    file = calls.begun(call, body, ana)
    content = calls.content_now(call)
    content["fields"] = [one for one in content["fields"] if one["code"] != "need"]

    calls.amend(call, content, by=officer)
    newer = actions.open_form(call=call, by=officer, at=calls.WHILE_OPEN)
    calls.write(file, ana, {"need": "Still asked of me"})

    assert newer.version == 2
    assert queries.form_read(file.form_id).question("need") is not None
    assert queries.form_read(newer.pk).question("need") is None
    assert queries.drafts_on_older_forms(call, newer.version) == 1


def test_the_journal_names_no_person_and_holds_no_word_of_a_file(call, body, ana):
    calls.sent(call, body, ana)

    told = " ".join(f"{line.verb} {line.about} {line.digests}" for line in Line.objects.all())
    for word in ("ana", "assoc.example", "quai", "Amis", calls.SIRET):
        assert word not in told


def test_files_sent_at_the_same_moment_get_numbers_without_gap_or_double(own_database):
    officer = User.objects.create_user("officer@ville.example", role=Role.OFFICER)
    call, ana = calls.opened_call(officer), calls.applicant()
    bodies = [calls.body_of(ana, number) for number in ("73282932000074", "55210055400013", "44306184100047")]
    files = [calls.whole(call, body, ana) for body in bodies]

    def send(file):
        actions.send_file(application=file.pk, by=ana, at=calls.WHILE_OPEN, language="fr")
        connections.close_all()

    threads = [Thread(target=send, args=(file,)) for file in (*files, *files)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    numbers = sorted(Application.objects.values_list("number", flat=True))
    assert numbers == ["2027-MAR-0001", "2027-MAR-0002", "2027-MAR-0003"]
    assert Submission.objects.count() == 3
