"""What a new call may begin from: the last edition of another, the last call of its kind, a model, its kind itself.

What a kind says of itself is data of the house, and over it of the city: a city with no call yet begins from it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from parvis.domain.funding.models import Call
from parvis.domain.funding.queries.limits import city_currency, city_folder, city_vocabulary
from parvis.foundation.vocabulary.call_kinds import CallKind, call_kind, call_workflow
from parvis.register.content import content_of
from parvis.register.enums import Visibility

#: What a call takes from its kind, or from a model, where it has none of its own.
FORM = ("sections", "fields", "documents", "criteria")


def last_editions() -> QuerySet[Call]:
    """Calls that no other call follows yet. Those kept inside are models, and have no next edition."""
    followed = Call.objects.filter(follows__isnull=False).values("follows")
    found = Call.objects.exclude(pk__in=followed).exclude(subject__visibility=Visibility.INTERNAL)
    return found.select_related("subject").prefetch_related("subject__texts").order_by("-edition", "subject__key")


def last_of_kind(kind: str) -> Call | None:
    """The call of that kind with the latest edition."""
    return last_editions().filter(subject__kind=kind).first()


def form_for(kind: str) -> dict[str, Any]:
    """The content a call of that kind takes its form from: a model kept inside, or what the kind itself begins with.

    A kind that nothing is known of takes the first model there is, or begins as a project does.
    """
    inside = Call.objects.filter(subject__visibility=Visibility.INTERNAL, fields__isnull=False).distinct()
    models = list(inside.select_related("subject").order_by("subject__key"))
    own = next((call for call in models if call.subject.kind == kind), None)
    known = kind_begun(kind)
    if own is not None or (known is None and models):
        return content_of(own or models[0])
    return dict((known or kind_begun("project") or CallKind({}, {})).content)


def kind_begun(kind: str) -> CallKind | None:
    """What the first call of a kind begins with, by the house or by the city's own file."""
    return call_kind(kind, city_vocabulary(), _own_kinds())


def terms_of_kind(kind: str) -> dict[str, Any]:
    """The terms a kind begins with, without its form; in the city's own currency where no text gives another."""
    known = kind_begun(kind)
    content = dict(known.content) if known else {}
    return {"currency": city_currency()} | {name: said for name, said in content.items() if name not in FORM}


def workflow_of_kinds() -> dict[str, Any]:
    """The way files go in a city that has none yet, as its record would hold it."""
    said = call_workflow(_own_kinds())
    return {"kind": "applications", "visibility": Visibility.INTERNAL.value, **said}


def _own_kinds() -> Path:
    return city_folder() / "call_kinds.yaml"


def numbers_would_mix(call: Call) -> list[str]:
    """Why a call may not take files beside another: their numbers, made of edition and code, would be the same."""
    others = Call.objects.filter(code=call.code, forms__isnull=False).exclude(pk=call.pk)
    if call.edition:
        others = others.filter(edition__in=[call.edition, ""])
    if not others.exists():
        return []
    return [_("Give it a code that no other call of its edition has: the numbers of their files would be the same.")]


def next_edition(call: Call) -> Call | None:
    """The call that follows this one, where it was begun."""
    found = Call.objects.filter(follows=call.subject).select_related("subject").prefetch_related("subject__texts")
    return found.order_by("-edition", "subject__key").first()
