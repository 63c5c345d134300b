"""Records to choose from as one writes: by title, by any name, by key, accents folded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, Value, When

from parvis.doors.desk.naming import titles_of
from parvis.doors.desk.words import one
from parvis.foundation.values.text import fold
from parvis.register.models import Subject

AT_MOST = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """A record that may be meant: its key, its title, what it is."""

    key: str
    title: str
    noun: str

    @property
    def written(self) -> str:
        """How the form shows it, and reads it back."""
        return f"{self.title} ({self.key})" if self.title != self.key else self.key


def choices_for(asked: str, nouns: Sequence[str] = ()) -> list[Choice]:
    """The records that bear these words, those that begin with them first."""
    words, folded = asked.strip(), fold(asked.strip())
    if not words:
        return []
    found = Subject.objects.filter(revision__gte=1).filter(
        Q(key__contains=folded.replace(" ", "-"))
        | Q(names__folded__contains=folded)
        | Q(texts__field="title", texts__body__icontains=words)
    )
    if nouns:
        found = found.filter(noun__in=nouns)
    nearest = Case(
        When(key__startswith=folded.replace(" ", "-"), then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    rows = list(found.annotate(near=nearest).values_list("near", "key", "noun").distinct()[: AT_MOST * 4])
    titles = titles_of(key for _near, key, _noun in rows)
    ranked = sorted(
        (not fold(titles.get(key, key)).startswith(folded), near, titles.get(key, key), key, noun)
        for near, key, noun in rows
    )
    return [Choice(key, title, one(noun)) for _begins, _near, title, key, noun in ranked[:AT_MOST]]
