from datetime import timedelta

from parvis.domain.directory.queries import contacts_expired, contacts_of

DAY = timedelta(days=1)


def test_a_contact_is_there_until_its_last_day(contact):
    last = contact.expires_on

    assert contacts_of(contact.about, on=last) == (contact,)
    assert contacts_of(contact.about, on=last + DAY) == ()
    assert (contacts_expired(last), contacts_expired(last + DAY)) == ((), (contact,))
