"""How a person is named to their colleagues at the counter."""

from __future__ import annotations

from parvis.foundation.accounts.models import User


def person_named(person: User) -> str:
    """First and last name, or the address where none was given."""
    return person.get_full_name() or person.email
