"""The outbox at the desk: every email of the counter is read before it leaves, and no link of a way in ever is."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core.management import call_command
from django.utils import timezone

from parvis.domain.funding.enums import EmailState
from parvis.domain.funding.models import OutgoingEmail
from parvis.doors.jobs.management.commands import send_emails
from parvis.foundation.accounts.models import Role

OUTBOX = "/bureau/boite-envoi/"


def test_an_officer_sees_to_whom_a_way_in_goes_and_never_its_link(at_desk, client, mailoutbox):
    desk = at_desk(Role.OFFICER)
    client.post("/guichet/compte/", {"email": "nina@assoc.example"}, headers={"accept-language": "en"})

    page = desk.get(OUTBOX).content.decode()
    call_command("send_emails")
    after = desk.get(OUTBOX).content.decode()

    link = next(word for word in mailoutbox[0].body.split() if "/guichet/compte/" in word)
    assert "nina@assoc.example" in page
    assert "nina@assoc.example" in after
    assert "⟨•••⟩" in page
    assert link not in page + after
    assert [link.rpartition("/compte/")[2] in str(row) for row in OutgoingEmail.objects.values()] == [False]


def test_a_new_password_is_asked_for_through_the_outbox_and_its_link_is_read_by_nobody_else(
    at_desk, client, mailoutbox, people
):
    reader, language = people[Role.READER], {"accept-language": "en"}
    for email in (reader.email.upper(), "nobody@assoc.example"):
        client.post("/compte/password/reset/", {"email": email}, headers=language)
    desk = at_desk(Role.OFFICER)
    before = desk.get(OUTBOX).content.decode()
    call_command("send_emails")
    after = desk.get(OUTBOX).content.decode()

    links = {mail.to[0]: next(word for word in mail.body.split() if "/compte/" in word) for mail in mailoutbox}
    reset, opening = links[reader.email], links["nobody@assoc.example"]
    chosen = client.get(reset.partition("8001")[2] or reset, follow=True)

    assert "Link that gives a new password" in before
    assert reader.email in after
    assert reset.rpartition("/key/")[2] not in before + after
    assert "/guichet/compte/" in opening
    assert 'name="password1"' in chosen.content.decode()


def test_an_officer_mends_an_email_and_lets_it_go(at_desk, people, mailoutbox):
    desk, now = at_desk(Role.OFFICER), timezone.now()
    row = OutgoingEmail.objects.create(
        to=people[Role.READER], subject="News", body="Come.", language="en", written_at=now,
        leaves_at=now + timedelta(minutes=30),
    )  # fmt: skip

    bad = desk.post(f"{OUTBOX}{row.pk}/mots/", {"subject": "Kept words", "body": ""})
    good = desk.post(f"{OUTBOX}{row.pk}/mots/", {"subject": "Good news", "body": "Come in."})
    desk.post(f"{OUTBOX}{row.pk}/", {"state": "waiting"})
    call_command("send_emails")

    row.refresh_from_db()
    assert (bad.status_code, good.status_code) == (422, 302)
    assert 'value="Kept words"' in bad.content.decode()
    assert [(one.subject, one.body) for one in mailoutbox] == [("Good news", "Come in.")]
    assert row.state == EmailState.SENT


@pytest.mark.parametrize(("code", "state"), [(450, EmailState.WAITING), (550, EmailState.FAILED)])
def test_what_a_mail_server_answers_is_waited_for_or_told(people, monkeypatch, code, state):
    email = _notice(people[Role.APPLICANT])

    def refuse(*_said):
        raise SMTPRecipientsRefused({email.recipient: (code, b"no")})

    monkeypatch.setattr(send_emails, "send_mail", refuse)
    call_command("send_emails")

    email.refresh_from_db()
    assert email.state == state


def test_an_email_whose_moment_is_past_is_told_to_wait_for_the_mail_server(at_desk, people):
    email, told = _notice(people[Role.APPLICANT]), "1 email should have left, and none has for five minutes"

    late = at_desk(Role.OFFICER).get("/bureau/boite-envoi/").content.decode()
    OutgoingEmail.objects.filter(pk=_notice(people[Role.APPLICANT]).pk).update(state="sent", sent_at=timezone.now())
    queue = at_desk(Role.OFFICER).get("/bureau/boite-envoi/").content.decode()
    OutgoingEmail.objects.filter(state="sent").delete()
    OutgoingEmail.objects.filter(pk=email.pk).update(leaves_at=timezone.now())
    in_time = at_desk(Role.OFFICER).get("/bureau/boite-envoi/").content.decode()

    assert (told in late, told in queue, told in in_time) == (True, False, False)


def test_an_email_put_off_too_long_stands_first_in_the_outbox_and_is_given_up_there(at_desk, people, monkeypatch):
    desk, first, lost = at_desk(Role.OFFICER), _notice(people[Role.READER]), _notice(people[Role.APPLICANT])
    OutgoingEmail.objects.filter(pk=lost.pk).update(
        put_off_at=timezone.now() - timedelta(hours=24), leaves_at=timezone.now()
    )

    def greylist(_subject, _body, _sender, recipients):
        raise SMTPRecipientsRefused({recipients[0]: (450, b"later")})

    monkeypatch.setattr(send_emails, "send_mail", greylist)
    call_command("send_emails")
    page = desk.get(OUTBOX).content.decode()
    desk.post(f"{OUTBOX}{lost.pk}/", {"state": "cancelled"})
    after = desk.get(OUTBOX).content.decode()

    assert page.index(f'id="email-{lost.pk}"') < page.index(f'id="email-{first.pk}"')
    assert [page.count(said) for said in ("1 email could not be delivered", "Give it up", "has answered “later”")] == [
        1, 1, 1,
    ]  # fmt: skip
    assert "could not be delivered" not in after
    assert {row.pk: row.state for row in OutgoingEmail.objects.all()} == {first.pk: "waiting", lost.pk: "cancelled"}


def _notice(person):
    at = timezone.now() - timedelta(minutes=10)
    return OutgoingEmail.objects.create(
        kind="notice", to=person, subject="News", body="Come.", language="en", written_at=at, leaves_at=at
    )
