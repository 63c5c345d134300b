"""What needs a person today, the search over everything, and records to choose from as one writes."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from parvis.domain.funding import queries
from parvis.domain.funding.models import Grant
from parvis.doors.desk import words
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.choices import choices_for
from parvis.doors.desk.closing import closed_to_me
from parvis.doors.desk.naming import title_of
from parvis.doors.desk.reminders import SHOWN, next_due, reminders
from parvis.doors.desk.saving import may_undo
from parvis.foundation.accounts.models import Role
from parvis.foundation.values.text import fold
from parvis.publication.bake.actions import archive
from parvis.publication.releases.checking import damaged
from parvis.register.enums import Visibility
from parvis.register.models import Subject

_FOUND = 50
_DONE = 10


@require_GET
@for_role(Role.REVIEWER)
def today(request: HttpRequest) -> HttpResponse:
    """Reasons to act, each with why now and one thing to do; what I did today; what is held.

    Whoever comes to read files only is brought to them: of the rest of the desk nothing is theirs.
    """
    if who(request).role == Role.REVIEWER:
        return redirect("desk:readings")
    counts = dict(Subject.objects.filter(revision__gte=1).values_list("noun").annotate(Count("pk")).order_by())
    nouns = [noun for _title, group in words.RAIL for noun in group]
    day = timezone.localdate()
    groups = [(title, count, lines[:SHOWN], lines[SHOWN:]) for title, count, lines in reminders(day, who(request))]
    context = {
        "day": day,
        "kept": queries.kept_pages_of(who(request)),
        "groups": groups,
        "damaged": damaged(archive()),
        "coming": None if groups else next_due(day),
        "done": _done_today(request),
        "held": [(words.PLURALS[noun], words.several(noun), counts.get(noun, 0)) for noun in nouns],
    }
    return render(request, "desk/today.html", context)


@require_GET
@for_role(Role.READER)
def search(request: HttpRequest) -> HttpResponse:
    """Everything that bears these words in its key, a name or a text, in any spelling of accents."""
    asked = request.GET.get("q", "").strip()[:100]
    found = _found(asked) if asked else Subject.objects.none()
    counts = dict(found.values_list("noun").annotate(Count("pk", distinct=True)).order_by())
    noun = request.GET.get("noun", "")
    rows = found.filter(noun=noun) if noun in counts else found
    rows = rows.distinct().prefetch_related("texts").order_by("noun", "key")[:_FOUND]
    closed = closed_to_me(request, (subject.pk for subject in rows if subject.noun == Grant.noun))
    context = {
        "asked": asked,
        "searched": asked,
        "noun_asked": noun if noun in counts else "",
        "total": sum(counts.values()),
        "counts": [(code, words.several(code), count) for code, count in sorted(counts.items())],
        "rows": [
            (subject, title_of(subject), words.PLURALS[subject.noun], words.one(subject.noun))
            for subject in rows
            if subject.pk not in closed
        ],
        "closed_to_me": len(closed),
    }
    return render(request, "desk/search.html", context)


@require_GET
@for_role(Role.READER)
def choices(request: HttpRequest) -> HttpResponse:
    """Records that may be meant, for the box being filled."""
    nouns = [noun for noun in request.GET.get("nouns", "").split() if noun in words.PLURALS]
    found = choices_for(request.GET.get("q", "")[:100], nouns)
    closed = _kept_from(request, [each.key for each in found])
    rows = [
        {"written": each.written, "title": each.title, "note": f"{each.noun} · {each.key}"}
        for each in found
        if each.key not in closed
    ]
    return JsonResponse({"choices": rows})


def _kept_from(request: HttpRequest, keys: list[str]) -> set[str]:
    """Those of these keys that are grants nobody outside knows of, and that concern this person."""
    inside = Grant.objects.filter(subject__key__in=keys).exclude(subject__visibility=Visibility.PUBLIC)
    named = dict(inside.values_list("pk", "subject__key"))
    return {named[pk] for pk in closed_to_me(request, named)}


@require_GET
@for_role(Role.READER)
def go(_request: HttpRequest, key: str) -> HttpResponse:
    """The record of this key, whatever it is."""
    subject = get_object_or_404(Subject, key=key, noun__in=words.PLURALS, revision__gte=1)
    return redirect("desk:record", plural=words.PLURALS[subject.noun], key=key)


def _found(asked: str) -> Any:
    folded = fold(asked)
    return Subject.objects.filter(
        Q(key__contains=folded.replace(" ", "-")) | Q(names__folded__contains=folded) | Q(texts__body__icontains=asked),
        revision__gte=1,
        noun__in=words.PLURALS,
    )


def _done_today(request: HttpRequest) -> list[dict[str, Any]]:
    """What this person changed today, latest first, and whether it may still be undone."""
    now = timezone.now()
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    mine = Subject.objects.filter(amended_by=who(request), amended_at__gte=midnight, revision__gte=1)
    return [
        {
            "subject": subject,
            "title": title_of(subject),
            "plural": words.PLURALS[subject.noun],
            "may_undo": may_undo(subject, who(request), now),
        }
        for subject in mine.prefetch_related("texts").order_by("-amended_at")[:_DONE]
    ]
