"""What would become public, publishing it, and going back to an earlier release."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.domain.directory.queries import names_that_stand
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.comparing import Difference
from parvis.doors.desk.guarding import told_of as told_of_names
from parvis.doors.desk.sheets.paths import label_of_published
from parvis.doors.desk.words import PLURALS, one, tongue
from parvis.foundation.accounts.models import Role
from parvis.foundation.accounts.rules import at_least
from parvis.foundation.values.refusal import Refusal
from parvis.publication.bake import BakeFault, actions, preparing
from parvis.publication.releases.archive import Archive
from parvis.publication.releases.checking import damaged
from parvis.publication.releases.errors import NoSuchRelease, PersonsNamedBefore

_SHOWN = 200
#: How what was typed is told from what is said, among the messages of a page; shorter words are quickly typed again.
KEPT, _A_FEW_SIGNS = "kept", 20


@require_http_methods(["GET", "POST"])
@for_role(Role.READER, to_write=Role.PUBLISHER)
def preview(request: HttpRequest) -> HttpResponse:
    """What disappears, changes and becomes public if one publishes now; and publishing it.

    Both are made by the task worker; until they are, the page says how far it is and asks again by itself.
    """
    if request.method == "POST":
        return _asked_to_publish(request)
    if (work := preparing.under_way()) is not None:
        return progress(request, work)
    if "X-Parvis-Progress" in request.headers:  # the page that waited asks whether it still must
        return HttpResponse(status=204)
    return _outcome(request) or _prepared(request)


def _prepared(request: HttpRequest) -> HttpResponse:
    """The last preview, while it is still good; else one is asked for."""
    current = preparing.mark()
    kept = preparing.seen(current)
    if kept is None:
        failed = preparing.last()
        if failed is not None and failed.refused and failed.mark == current and "again" not in request.GET:
            return render(request, "desk/preview.html", {"refusal": failed.said}, status=409)
        preparing.ask_for_preview(language=get_language() or "en")
        kept = preparing.seen(current)  # made at once where there is no worker
    if kept is None:
        work = preparing.under_way()
        return progress(request, work) if work else redirect("desk:preview")
    return compared(request, *kept)


def compared(
    request: HttpRequest, seen: actions.Preview, prepared: float, refused: dict[str, Any] | None = None
) -> HttpResponse:
    """What would change, with the persons it names. ``refused``: what was ticked and typed about them, and why not."""
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
        "prepared": datetime.fromtimestamp(prepared, tz=UTC),
        "named": told_of_names(seen.named) if at_least(request.user, Role.OFFICER) else [],
        "refused_names": refused,
        "let_stand": names_that_stand() if at_least(request.user, Role.PUBLISHER) else (),
    }
    return render(request, "desk/preview.html", context, status=422 if refused else 200)


def _asked_to_publish(request: HttpRequest) -> HttpResponse:
    typed = request.POST.get("removals", "0").strip() or "0"
    removals = int(typed) if typed.isdecimal() and len(typed) < 9 else -1
    try:
        preparing.ask_to_publish(removals=removals, by=who(request), language=get_language() or "en")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return _outcome(request) or redirect("desk:preview")


def _outcome(request: HttpRequest) -> HttpResponse | None:
    """What came of the publication this person asked for, told once."""
    work = preparing.last()
    if work is None or not work.done or work.kind != preparing.PUBLISH or work.by != who(request).pk:
        return None
    preparing.set_aside()
    if work.refused:
        messages.error(request, work.said)
        return redirect("desk:preview")
    messages.success(request, _("Published: the public site shows it now."))
    return redirect("desk:releases")


def progress(request: HttpRequest, work: preparing.Work) -> HttpResponse:
    """How far something is."""
    return render(request, "desk/progress.html", {"work": work})


@require_GET
@for_role(Role.READER)
def listing(request: HttpRequest) -> HttpResponse:
    """Every release kept, the one in force, and what each changed."""
    house = actions.archive()
    faults = damaged(house)
    rows = [{**_told(house, number), "fault": faults.get(number, "")} for number in reversed(house.numbers)]
    return render(
        request,
        "desk/releases.html",
        {
            "rows": rows,
            "in_force": house.in_force,
            "may_publish": at_least(request.user, Role.PUBLISHER),
            "held_back": actions.releases_to_make_again(),
        },
    )


@require_POST
@for_role(Role.PUBLISHER)
def roll_back(request: HttpRequest, number: int) -> HttpResponse:
    """Put an earlier release in force again."""
    try:
        actions.roll_back(to=number, by=who(request), at=timezone.now())
    except PersonsNamedBefore as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:names_before", number=number)
    except Refusal as refusal:
        refused(request, refusal)
    else:
        messages.success(request, _("Release %(number)s is in force again.") % {"number": number})
    return redirect("desk:releases")


def done(request: HttpRequest, do: Callable[[], object], said: str) -> bool:
    """Do it and say so, or say why it was refused."""
    try:
        do()
    except (Refusal, BakeFault) as refusal:
        refused(request, refusal)
        return False
    messages.success(request, said)
    return True


def refused(request: HttpRequest, refusal: Exception) -> None:
    """Say why, and show again what was typed: the page that follows has empty fields."""
    messages.error(request, str(refusal))
    typed = (str(text).strip() for name, text in request.POST.items() if name != "csrfmiddlewaretoken")
    if kept := "\n\n".join(text for text in typed if len(text) > _A_FEW_SIGNS):
        messages.info(request, kept, extra_tags=KEPT)


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
