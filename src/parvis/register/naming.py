"""What a record is called where it is spoken of."""

from __future__ import annotations

from django.utils.translation import get_language

from parvis.foundation.values.words import in_language
from parvis.register.models import Subject


def called(subject: Subject) -> str:
    """A record by its title, in the reader's language or another there is; by its key where it has none."""
    titles = {text.language: text.body for text in subject.texts.all() if text.field == "title"}
    return in_language(titles, (get_language() or "fr")[:2])[0] or subject.key
