"""Opening an account at the counter: how often a link may be asked for."""

import re

from django.utils import timezone

from parvis.foundation.accounts.models import AccountAsked

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
    assert len(mailoutbox) == 21


def test_an_hour_later_one_may_ask_again_and_nobody_can_read_who_asked(db, at_counter, mailoutbox):
    seat = at_counter()
    for _turn in range(4):
        asked(seat, "nina@assoc.example")
    AccountAsked.objects.update(asked_at=timezone.now() - timezone.timedelta(hours=1, seconds=1))

    assert asked(seat, "nina@assoc.example").status_code == 200
    assert {len(row.digest) for row in AccountAsked.objects.all()} == {64}
