"""What would become public, publishing it, and going back to an earlier release."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.comparing import Difference
from parvis.doors.desk.sheets.paths import label_of_published
from parvis.doors.desk.words import PLURALS, one, tongue
from parvis.foundation.accounts.models import Role
from parvis.foundation.accounts.rules import at_least
from parvis.foundation.values.refusal import Refusal
from parvis.publication.bake import BakeFault, actions
from parvis.publication.releases import actions as releases
from parvis.publication.releases.archive import Archive
from parvis.publication.releases.errors import NoSuchRelease

_SHOWN = 200


@require_http_methods(["GET", "POST"])
@for_role(Role.READER, to_write=Role.PUBLISHER)
def preview(request: HttpRequest) -> HttpResponse:
    """What disappears, changes and becomes public if one publishes now; and publishing it."""
    if request.method == "POST":
        typed = request.POST.get("removals", "0").strip() or "0"
        removals = int(typed) if typed.isdecimal() and len(typed) < 9 else -1
        published = done(
            request,
            lambda: actions.publish(removals=removals, by=who(request), at=timezone.now()),
            _("Published: the public site shows it now."),
        )
        return redirect("desk:releases" if published else "desk:preview")
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
        "may_publish": at_least(request.user, Role.PUBLISHER),
        "anything": bool(seen.changes),
    }
    return render(request, "desk/preview.html", context)


@require_GET
@for_role(Role.READER)
def listing(request: HttpRequest) -> HttpResponse:
    """Every release kept, the one in force, and what each changed."""
    house = actions.archive()
    rows = [_told(house, number) for number in reversed(house.numbers)]
    return render(
        request,
        "desk/releases.html",
        {"rows": rows, "in_force": house.in_force, "may_publish": at_least(request.user, Role.PUBLISHER)},
    )


@require_POST
@for_role(Role.PUBLISHER)
def roll_back(request: HttpRequest, number: int) -> HttpResponse:
    """Put an earlier release in force again."""
    done(
        request,
        lambda: releases.roll_back(actions.archive(), to=number, by=who(request), at=timezone.now()),
        _("Release %(number)s is in force again.") % {"number": number},
    )
    return redirect("desk:releases")


def done(request: HttpRequest, do: Callable[[], object], said: str) -> bool:
    """Do it and say so, or say why it was refused."""
    try:
        do()
    except (Refusal, BakeFault) as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, said)
    return True


def moment_of(text: str) -> datetime:
    """A moment as it is kept in files."""
    return datetime.fromisoformat(text)


def _told(house: Archive, number: int) -> dict[str, Any]:
    try:
        told = house.told(number)
    except NoSuchRelease:
        return {"number": number, "whole": False}
    changes = told.get("changes", {})
    counts = {kind: sum(changes.get(kind, {}).values()) for kind in ("added", "changed", "removed")}
    held = sum(told["records"].values())
    return {**told, **counts, "held": held, "moment": moment_of(told["moment"]), "whole": True}


def _shown(told: dict[str, Any], seen: actions.Preview) -> dict[str, Any]:
    titles = told["title"]
    title = titles.get(tongue()) or titles.get("fr") or next(iter(titles.values()), told["key"])
    rows = [
        Difference(path, label_of_published(path), _plain(was), _plain(now))
        for path, was, now in seen.differences.get(told["key"], ())
        if not path.startswith("titles.")
    ]
    return {
        "key": told["key"],
        "noun": one(told["noun"]),
        "plural": PLURALS.get(told["noun"], ""),
        "title": title,
        "changes": rows,
    }


def _plain(value: object) -> str:
    if value in (None, "", [], {}):
        return ""
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)
