"""How a person is named to their colleagues at the counter, and a record by its title."""

from __future__ import annotations

from parvis.doors.counter.words import tongue
from parvis.foundation.accounts.models import User
from parvis.foundation.values.words import in_language
from parvis.register.models import Subject


def person_named(person: User) -> str:
    """First and last name, or the address where none was given."""
    return str(person)


def title_said(subject: Subject) -> str:
    """The title of a record in the reader's language, or its key."""
    texts = {text.language: text.body for text in subject.texts.all() if text.field == "title"}
    return in_language(texts, tongue())[0] or subject.key
