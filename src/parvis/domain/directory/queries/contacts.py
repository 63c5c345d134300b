"""Reads of private contacts. Nothing of them is ever published."""

from __future__ import annotations

from datetime import date

from parvis.domain.directory.models import Contact
from parvis.register.models import Subject


def contacts_of(subject: Subject, *, on: date) -> tuple[Contact, ...]:
    """The contacts of a body or office that have not expired."""
    return tuple(Contact.objects.of(subject).valid_on(on))


def contacts_expired(on: date) -> tuple[Contact, ...]:
    """The contacts whose day has passed, and that are to be forgotten."""
    return tuple(Contact.objects.expired_on(on))
