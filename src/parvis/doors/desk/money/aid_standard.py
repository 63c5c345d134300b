"""A year of aid as IATI would tell it: the verdict on each activity, by its record, with the way to mend it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parvis.doors.desk.access import for_role
from parvis.doors.desk.closing import keys_closed_to_me
from parvis.doors.desk.naming import titles_of
from parvis.exchange.inbound.verdicts import gravity
from parvis.exchange.outbound.judged import TABLES, Told, activities_judged
from parvis.foundation.accounts.models import Role
from parvis.publication.bake.standing import published_now

_A_PAGE = 50


@require_GET
@for_role(Role.READER)
def verdict(request: HttpRequest, number: int) -> HttpResponse:
    """What the judge says of a year's activities, as the next release would write them."""
    at = timezone.now()
    now = published_now(TABLES, origin=settings.PARVIS_PUBLIC_ORIGIN, moment=at)
    told = list(activities_judged(now, year=number, on=at.date()))
    some = sorted((one for one in told if one.wrong or one.lacks), key=lambda one: (not one.wrong, one.key))
    closed = keys_closed_to_me(request, (one.key for one in some))
    some = [one for one in some if one.key not in closed]
    page = Paginator(some, _A_PAGE).get_page(request.GET.get("page"))
    titles = titles_of({one.key for one in page.object_list})
    context = {
        "number": number,
        "all": len(told),
        "faulty": sum(any(wrong.grave for wrong in one.wrong) for one in told),
        "gaps": sum(bool(one.lacks) for one in told),
        "closed_to_me": len(closed),
        "page": page,
        "rows": [_row(one, titles.get(one.key, one.key)) for one in page.object_list],
    }
    return render(request, "desk/money/aid_standard.html", context)


def _row(one: Told, title: str) -> dict[str, Any]:
    said = {
        "sector": _("Its sector: give it a theme, or the levy that pays for it."),
        "country": _("The country it serves."),
        "channel": _("Through whom it goes: say what kind of body receives it, and where it is."),
        "number": _("A number of who receives it: SIRET, RNA or org-id."),
        "day": _("The day it was voted: tie it to its decision."),
    }
    wrong = [
        {"said": each.fault.told(_), "gravity": gravity(grave=each.grave), "rule": each.rule} for each in one.wrong
    ]
    return {"key": one.key, "title": title, "wrong": wrong, "lacks": [said[name] for name in one.lacks]}
