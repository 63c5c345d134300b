"""Opening an account at the counter: how often a link may be asked for."""

import re

from django.core.management import call_command
from django.utils import timezone

from parvis.domain.funding.enums import EmailState
from parvis.domain.funding.models import OutgoingEmail
from parvis.foundation.accounts.models import AccountAsked, User

ASK = "/guichet/compte/"


def asked(seat, email, **more):
    return seat.post(ASK, {"email": email}, **more)


def test_an_address_gets_three_links_an_hour_and_is_told_when_to_ask_again(db, at_counter, mailoutbox):
    seat = at_counter()
    for _turn in range(3):
        asked(seat, "Nina@assoc.example")

    answer = asked(seat, "nina@assoc.example")

    assert answer.status_code == 429
    assert re.search(r"Too many links were asked for\..*Try again at \d\d:\d\d:\d\d\.", answer.content.decode())
    assert "nina@assoc.example" in answer.content.decode()
    call_command("send_emails")
    assert [message.to for message in mailoutbox] == [["nina@assoc.example"]] * 3


def test_the_refusal_is_said_in_french_and_another_address_still_gets_its_link(db, at_counter, mailoutbox):
    seat = at_counter(language="fr")
    for _turn in range(4):
        answer = asked(seat, "nina@assoc.example")

    assert "Trop de liens ont été demandés." in answer.content.decode()
    assert asked(seat, "omar@assoc.example").status_code == 200


def test_a_network_gets_twenty_links_an_hour_whatever_the_addresses(db, at_counter, mailoutbox):
    seat = at_counter()
    for turn in range(20):
        assert asked(seat, f"person{turn}@assoc.example").status_code == 200

    assert asked(seat, "one.more@assoc.example").status_code == 429
    assert asked(seat, "one.more@assoc.example", REMOTE_ADDR="198.51.100.7").status_code == 200
    call_command("send_emails")
    assert len(mailoutbox) == 21


def test_an_hour_later_one_may_ask_again_and_nobody_can_read_who_asked(db, at_counter, mailoutbox):
    seat = at_counter()
    for _turn in range(4):
        asked(seat, "nina@assoc.example")
    AccountAsked.objects.update(asked_at=timezone.now() - timezone.timedelta(hours=1, seconds=1))

    assert asked(seat, "nina@assoc.example").status_code == 200
    assert {len(row.digest) for row in AccountAsked.objects.all()} == {64}


def test_the_link_is_made_as_its_email_leaves_and_opens_one_account_once(db, at_counter, mailoutbox):
    asked(at_counter(), "nina@assoc.example")
    held = OutgoingEmail.objects.get()
    call_command("send_emails")
    link = re.search(r"http\S+(/guichet/compte/\S+/)", mailoutbox[0].body)[1]

    assert (held.recipient, held.leaves_at, held.body) == (
        "nina@assoc.example",
        held.written_at,
        "Open your account within two days: ⟨•••⟩",
    )
    person = {"first_name": "Nina", "last_name": "Sow", "password": "a long enough one"}
    answers = [at_counter().post(link, person).status_code for _turn in range(2)]
    assert answers == [302, 410]
    assert User.objects.get(email="nina@assoc.example").get_full_name() == "Nina Sow"
    assert OutgoingEmail.objects.get().state == EmailState.SENT
    assert "compte/" not in OutgoingEmail.objects.get().body


def test_an_address_with_an_account_is_shown_where_one_signs_in(ana, at_counter, mailoutbox):
    page = asked(at_counter(), ana.email)
    call_command("send_emails")

    assert page.status_code == 200
    assert mailoutbox[0].body.startswith("You have an account already: sign in at http")
    assert "⟨" not in mailoutbox[0].body
