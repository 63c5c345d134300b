"""What needs a person today, and the search over everything."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from parvis.doors.desk.access import for_role
from parvis.doors.desk.reminders import reminders
from parvis.doors.desk.views.records import title_of
from parvis.doors.desk.words import NOUNS as WORDS
from parvis.exchange.inbound.entrances import NOUNS
from parvis.foundation.accounts.models import Role
from parvis.foundation.values.text import fold
from parvis.register.models import Subject

_PLURALS = {noun: plural for plural, noun in NOUNS.items()}
_FOUND = 50


def door(request: HttpRequest) -> HttpResponse:
    """The office opens on the desk."""
    return redirect("desk:today")


@require_GET
@for_role(Role.READER)
def today(request: HttpRequest) -> HttpResponse:
    """Reasons to act, each with why now and one thing to do; counts of what is held."""
    counts = dict(Subject.objects.filter(revision__gte=1).values_list("noun").annotate(Count("pk")))
    held = [(_PLURALS[noun], WORDS[noun][1], counts.get(noun, 0)) for noun in WORDS]
    day = timezone.localdate()
    return render(request, "desk/today.html", {"day": day, "reminders": reminders(day), "held": held})


@require_GET
@for_role(Role.READER)
def search(request: HttpRequest) -> HttpResponse:
    """Everything that bears these words in its key, a name or a text, in any spelling of accents."""
    asked = request.GET.get("q", "").strip()[:100]
    rows = []
    if asked:
        folded = fold(asked)
        found = Subject.objects.filter(
            Q(key__contains=folded.replace(" ", "-"))
            | Q(names__folded__contains=folded)
            | Q(texts__body__icontains=asked),
            revision__gte=1,
        )
        rows = [
            (subject, title_of(subject), _PLURALS[subject.noun], WORDS[subject.noun][0])
            for subject in found.distinct().prefetch_related("texts").order_by("noun", "key")[:_FOUND]
            if subject.noun in _PLURALS
        ]
    return render(request, "desk/search.html", {"asked": asked, "rows": rows})
