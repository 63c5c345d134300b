"""What would become public, publishing it, going back to an earlier release, withdrawing a record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.doors.desk.access import for_role
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.values.refusal import Refusal
from parvis.publication.bake import BakeFault, actions
from parvis.publication.releases import actions as releases
from parvis.publication.releases import withdrawals as withdrawn
from parvis.publication.releases.archive import Archive
from parvis.publication.releases.errors import NoSuchRelease

_SHOWN = 200


@require_http_methods(["GET", "POST"])
@for_role(Role.READER, to_write=Role.PUBLISHER)
def preview(request: HttpRequest) -> HttpResponse:
    """What disappears, changes and becomes public if one publishes now; and publishing it."""
    if request.method == "POST":
        typed = request.POST.get("removals", "0").strip() or "0"
        removals = int(typed) if typed.isdigit() and len(typed) < 9 else -1
        done = _doing(
            request,
            lambda: actions.publish(removals=removals, by=_who(request), at=timezone.now()),
            _("Published."),
        )
        return redirect("desk:releases" if done else "desk:preview")
    try:
        seen = actions.preview()
    except (Refusal, BakeFault) as refusal:
        return render(request, "desk/preview.html", {"refusal": str(refusal)}, status=409)
    groups = [
        (kind, label, [_shown(told, seen) for told in told_of[:_SHOWN]], len(told_of))
        for kind, label, told_of in (
            ("disappears", _("Disappears"), seen.changes.removed),
            ("changes", _("Changes"), seen.changes.changed),
            ("new", _("Becomes public"), seen.changes.added),
        )
    ]
    context = {
        "seen": seen,
        "groups": groups,
        "removed": len(seen.changes.removed),
        "anything": bool(seen.changes),
    }
    return render(request, "desk/preview.html", context)


@require_GET
@for_role(Role.READER)
def listing(request: HttpRequest) -> HttpResponse:
    """Every release kept, the one in force, and what each changed."""
    house = actions.archive()
    rows = [_told(house, number) for number in reversed(house.numbers)]
    return render(request, "desk/releases.html", {"rows": rows, "in_force": house.in_force})


@require_POST
@for_role(Role.PUBLISHER)
def roll_back(request: HttpRequest, number: int) -> HttpResponse:
    """Put an earlier release in force again."""
    _doing(
        request,
        lambda: releases.roll_back(actions.archive(), to=number, by=_who(request), at=timezone.now()),
        _("Release %(number)s is in force again.") % {"number": number},
    )
    return redirect("desk:releases")


@require_http_methods(["GET", "POST"])
@for_role(Role.READER, to_write=Role.PUBLISHER)
def withdrawals(request: HttpRequest) -> HttpResponse:
    """Records hidden from every release at once, and hiding one more."""
    key, reason = request.POST.get("key", "").strip(), request.POST.get("reason", "")
    if request.method == "POST":
        _doing(
            request,
            lambda: actions.withdraw_record(key=key, reason=reason, by=_who(request), at=timezone.now()),
            _("“%(key)s” is hidden in every release.") % {"key": key},
        )
        return redirect("desk:withdrawals")
    rows = withdrawn.told(actions.archive())
    people = User.objects.in_bulk({row["by"] for row in rows})
    shown = [{**row, "who": people.get(row["by"])} for row in rows]
    return render(request, "desk/withdrawals.html", {"rows": shown})


def _doing(request: HttpRequest, do: Callable[[], object], done: str) -> bool:
    try:
        do()
    except (Refusal, BakeFault) as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, done)
    return True


def _who(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _told(house: Archive, number: int) -> dict[str, Any]:
    try:
        return {**house.told(number), "whole": True}
    except NoSuchRelease:
        return {"number": number, "whole": False}


def _shown(told: dict[str, Any], seen: actions.Preview) -> dict[str, Any]:
    titles = told["title"]
    title = titles.get("fr") or titles.get("en") or next(iter(titles.values()), told["key"])
    rows = [
        {"path": path, "before": _plain(was), "after": _plain(now), "how": "changed"}
        for path, was, now in seen.differences.get(told["key"], ())
    ]
    return {"key": told["key"], "noun": told["noun"], "title": title, "changes": rows}


def _plain(value: object) -> str:
    return "" if value in (None, "", [], {}) else str(value)
