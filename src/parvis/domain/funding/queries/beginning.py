"""What a new call may begin from: the last edition of another, the last call of its kind, a model kept inside."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from parvis.domain.funding.models import Call
from parvis.register.enums import Visibility


def last_editions() -> QuerySet[Call]:
    """Calls that no other call follows yet. Those kept inside are models, and have no next edition."""
    followed = Call.objects.filter(follows__isnull=False).values("follows")
    found = Call.objects.exclude(pk__in=followed).exclude(subject__visibility=Visibility.INTERNAL)
    return found.select_related("subject").prefetch_related("subject__texts").order_by("-edition", "subject__key")


def last_of_kind(kind: str) -> Call | None:
    """The call of that kind with the latest edition."""
    return last_editions().filter(subject__kind=kind).first()


def model_of(kind: str) -> Call | None:
    """A call kept inside that has a form to start from: one of that kind, or the first there is."""
    models = Call.objects.filter(subject__visibility=Visibility.INTERNAL, fields__isnull=False).distinct()
    found = list(models.select_related("subject").order_by("subject__key"))
    return next((call for call in found if call.subject.kind == kind), found[0] if found else None)


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
