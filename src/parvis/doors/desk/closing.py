"""Nobody sees what concerns them: files are looked at for ties before they are shown, grants when they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from parvis.domain.funding import actions, queries
from parvis.domain.funding.errors.choosing import GrantConcernsYou
from parvis.domain.funding.models import Grant
from parvis.doors.desk.access import who

#: How many files a page has the time to look at: a tenth of a second or two.
_MOST = 100

View = Callable[..., HttpResponseBase]
Row = TypeVar("Row")


def ties_first(view: View) -> View:
    """A page of files, shown once ties were looked for in what arrived, and of whoever opens it.

    Where thousands arrived at once, the page looks at some and the outbox's clock at the others: these are in no list
    until then.
    """

    @wraps(view)
    def looked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actions.look_at_arrivals(by=who(request), at=timezone.now(), most=_MOST)
        actions.look_at_newcomer(by=who(request), at=timezone.now())
        return view(request, *args, **kwargs)

    return looked


def own_ties_first(view: View) -> View:
    """A page of a reviewer, shown once their own ties were looked for anew where their account changed."""

    @wraps(view)
    def looked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actions.look_at_newcomer(by=who(request), at=timezone.now())
        return view(request, *args, **kwargs)

    return looked


def closed_where_tied(view: View) -> View:
    """A page about a grant; who is tied to the body that receives it reads that a colleague sees to it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        about_a_grant = kwargs.get("plural", "grants") == "grants"
        grant = Grant.objects.filter(subject__key=kwargs["key"]).first() if about_a_grant else None
        try:
            if grant is not None:
                actions.unconcerned_by_grant(grant, who(request), timezone.now())
        except GrantConcernsYou as refusal:
            return render(request, "desk/refused.html", {"refusal": refusal}, status=403)
        return view(request, *args, **kwargs)

    return guarded


def open_to_me(request: HttpRequest, rows: Iterable[Row], grant: Callable[[Row], Grant]) -> tuple[list[Row], int]:
    """These rows without those about a grant that concerns this person, and how many these are."""
    held = list(rows)
    closed = queries.grants_of_concern(map(grant, held), who(request), timezone.localdate())
    kept = [row for row in held if grant(row).pk not in closed]
    return kept, len(held) - len(kept)


def closed_to_me(request: HttpRequest, grants: Iterable[int]) -> set[int]:
    """Those of these grants, by number, that concern this person."""
    return queries.grants_of_concern(Grant.objects.filter(pk__in=set(grants)), who(request), timezone.localdate())


def keys_closed_to_me(request: HttpRequest, keys: Iterable[str]) -> set[str]:
    """Those of these records, by key, that are grants which concern this person."""
    named = dict(Grant.objects.filter(subject__key__in=set(keys)).values_list("pk", "subject__key"))
    return {named[pk] for pk in closed_to_me(request, named)}
