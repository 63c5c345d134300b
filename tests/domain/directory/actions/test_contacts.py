from datetime import timedelta

import pytest

from parvis.domain.directory.actions import enter_contact, forget_contact, forget_expired_contacts
from parvis.domain.directory.errors import AlreadyExpired
from parvis.domain.directory.models import Contact
from parvis.foundation.journal.models import Line


def lines():
    return [(line.verb, line.about) for line in Line.objects.filter(verb__startswith="contact").order_by("id")]


def test_the_journal_tells_of_the_body_never_of_the_person(contact):
    written = Line.objects.get(verb="contact entered")

    assert (written.about, written.digests) == ("aimf", {"contact": contact.pk})
    assert "anary" not in str(contact)


def test_a_contact_that_would_have_expired_is_refused(contact, clerk):
    with pytest.raises(AlreadyExpired):
        enter_contact(
            about=contact.about,
            person_name="A",
            channel="email",
            reached_at="a@b.example",
            expires_on=contact.entered_at.date() - timedelta(days=1),
            by=clerk,
            at=contact.entered_at,
        )

    assert Contact.objects.count() == 1


def test_a_contact_can_be_forgotten(contact, clerk):
    forget_contact(contact=contact, by=clerk, at=contact.entered_at)

    assert (Contact.objects.count(), lines()) == (
        0,
        [("contact entered", "aimf"), ("contact forgotten", "aimf")],
    )


def test_only_expired_contacts_are_forgotten_by_the_clock(contact, clerk):
    at = contact.entered_at

    assert forget_expired_contacts(by=clerk, at=at) == 0
    assert forget_expired_contacts(by=clerk, at=at + timedelta(days=1)) == 1
    assert Contact.objects.count() == 0


def test_what_is_forgotten_leaves_no_history():
    assert not hasattr(Contact, "pgh_event_model")
