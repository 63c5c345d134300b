"""Writes of the directory: each guards, changes, tells the journal, and returns the noun."""

from parvis.domain.directory.models import Body, Office, Person, Place

from .contacts import enter_contact, forget_contact, forget_expired_contacts
from .gazetteer import Town, load_gazetteer
from .records import (
    amend_body,
    amend_office,
    amend_person,
    amend_place,
    enter_body,
    enter_office,
    enter_person,
    enter_place,
)
from .standing_names import LET_STAND, NamedIn, let_names_stand, reason_without

#: How a record of each noun of this room is entered and amended.
ENTRANCES = {
    "place": (Place, enter_place, amend_place),
    "body": (Body, enter_body, amend_body),
    "person": (Person, enter_person, amend_person),
    "office": (Office, enter_office, amend_office),
}

__all__ = [
    "ENTRANCES",
    "LET_STAND",
    "NamedIn",
    "Town",
    "amend_body",
    "amend_office",
    "amend_person",
    "amend_place",
    "enter_body",
    "enter_contact",
    "enter_office",
    "enter_person",
    "enter_place",
    "forget_contact",
    "forget_expired_contacts",
    "let_names_stand",
    "load_gazetteer",
    "reason_without",
]
