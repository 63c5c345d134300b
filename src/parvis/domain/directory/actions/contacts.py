"""Keeping private contacts, and forgetting them. The journal tells of the body, never of the person."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from parvis.domain.directory import queries
from parvis.domain.directory.errors import AlreadyExpired
from parvis.domain.directory.models import Contact
from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal
from parvis.register.models import Subject


@transaction.atomic
def enter_contact(
    *,
    about: Subject,
    person_name: str,
    channel: str,
    reached_at: str,
    expires_on: date,
    role: str = "",
    by: User,
    at: datetime,
) -> Contact:
    """Keep whom to reach at a body, until a day. Raises AlreadyExpired for a day gone by."""
    if expires_on < at.date():
        raise AlreadyExpired(expires_on=expires_on)
    contact = Contact.objects.create(
        about=about,
        person_name=person_name,
        role=role,
        channel=channel,
        reached_at=reached_at,
        expires_on=expires_on,
        entered_at=at,
        entered_by=by,
    )
    journal.write("contact entered", about=about.key, by=by, at=at, contact=contact.pk)
    return contact


@transaction.atomic
def forget_contact(*, contact: Contact, by: User, at: datetime) -> None:
    """Forget a contact for good."""
    about, number = contact.about.key, contact.pk
    contact.delete()
    journal.write("contact forgotten", about=about, by=by, at=at, contact=number)


@transaction.atomic
def forget_expired_contacts(*, by: User, at: datetime) -> int:
    """Forget every contact whose day has passed. Returns how many."""
    expired = queries.contacts_expired(at.date())
    for contact in expired:
        forget_contact(contact=contact, by=by, at=at)
    return len(expired)
