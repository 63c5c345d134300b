"""Application files at the desk, of every call: narrowed by facets with their counts, fifty a page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from parvis.domain.funding import queries
from parvis.domain.funding.enums import FEWEST_REVIEWS, ApplicationState
from parvis.domain.funding.models import Application
from parvis.domain.funding.queries import BANDS, FACETS, ORDERS, Counted, Sought
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.closing import ties_first
from parvis.doors.desk.naming import titles_of
from parvis.doors.desk.paging import A_PAGE, with_asked
from parvis.doors.desk.words import tongue, vocabulary
from parvis.doors.ui import spelling
from parvis.foundation.accounts.models import Role
from parvis.foundation.accounts.rules import at_least

_LONGEST = 100
#: Facets a line says; the band of its amount stands in its amount.
_ON_A_LINE = tuple(facet for facet in FACETS if facet != "band")


@require_safe
@for_role(Role.READER)
@ties_first
def listing(request: HttpRequest) -> HttpResponse:
    """Files received, but for those that are closed to this person."""
    sought = sought_in(request)
    counted = queries.files_counted(sought, who(request))
    pages = max(1, -(-counted.total // A_PAGE))
    number = min(_number(request.GET.get("page", "")), pages)
    order = request.GET.get("sort", "number")
    order = order if order in ORDERS else "number"
    shown = queries.page_of_files(sought, who(request), order, (number - 1) * A_PAGE, number * A_PAGE)
    words = _words(titles_of(counted.facets["call"]))
    context = {
        "total": counted.total,
        "rows": [(file, _said(file, words)) for file in shown],
        "arriving": Application.objects.just_arrived().count(),
        "page": {"path": request.path},
        "listing": {"page": number, "pages": pages} | _around(request, number, pages),
        "facets": _facets(request, sought, counted, words, order),
        "sorts": {
            name: with_asked(request, sort=name, page="") for name in ("number", "asked", "-asked", "-sent", "sent")
        },
        "order": order,
        "asked_for": request.GET.urlencode(),
        "forms": [("xlsx", "XLSX"), ("csv", "CSV"), ("zip", _("ZIP with documents"))],
        "may_take": at_least(request.user, Role.OFFICER),
    }
    return render(request, "desk/received.html", context)


def sought_in(request: HttpRequest) -> Sought:
    """What an address asks for. A value nobody knows finds nothing, and is seen among the filters in force."""
    chosen = {facet: frozenset(request.GET.getlist(facet)[:_LONGEST]) for facet in FACETS}
    return Sought(request.GET.get("q", "").strip()[:_LONGEST], chosen)


def _said(file: Any, words: Any) -> dict[str, Any]:
    """What a line of the list says, ready to be set down: fifty lines are drawn at each page."""
    known = {facet: words(facet, _value(file, facet)) for facet in _ON_A_LINE}
    return known | {
        "address": reverse("desk:file", args=[file.pk]),
        "asked": "–" if file.asked is None else spelling.money(file.asked, file.currency, tongue()),
        "received": received_on(file.submitted_at) if file.submitted_at else "",
    }


def received_on(moment: datetime) -> SafeString:
    """A moment in the city's time, its day shown."""
    here = localtime(moment)
    return format_html('<time datetime="{}">{}</time>', here.isoformat(), _short_day(here.date(), tongue()))


@lru_cache(maxsize=2048)
def _short_day(day: date, _language: str) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def _value(file: Any, facet: str) -> str:
    return {"call": file.call_key, "kind": file.body.kind}.get(facet) or str(getattr(file, facet, ""))


def _facets(request: HttpRequest, sought: Sought, counted: Counted, words: Any, order: str) -> dict[str, Any]:
    titles = {
        "call": _("Call"), "state": _("State"), "kind": _("Kind of body"), "country": _("Country"),
        "band": _("Amount asked"), "read": _("Signed reviews"),
    }  # fmt: skip
    groups = []
    for facet in FACETS:
        chosen, found = sought.chosen[facet], counted.facets[facet]
        values = [
            {"code": code, "word": words(facet, code), "count": found.get(code, 0), "chosen": code in chosen}
            for code in _ordered(facet, {*found, *chosen}, found)
        ]
        if len(values) > 1 or chosen:
            groups.append({"name": facet, "title": titles[facet], "values": values})
    chips = [
        {
            "word": words(facet, value),
            "address": with_asked(request, page="", **{facet: sought.chosen[facet] - {value}}),
        }
        for facet in FACETS
        for value in sorted(sought.chosen[facet])
    ]
    if sought.text:
        chips.append({"word": sought.text, "address": with_asked(request, q="", page="")})
    kept = [("sort", order)] if order != "number" else []
    return {"groups": groups, "text": sought.text, "chosen": chips, "clear": request.path, "open": False,
            "kept": kept}  # fmt: skip


def _ordered(facet: str, values: set[str], found: Mapping[str, int]) -> list[str]:
    """States in the order a file goes through them, bands and readings upwards, all else by how many."""
    if facet == "state":
        return sorted(values, key=lambda code: [*ApplicationState.values, code].index(code))
    if facet in ("band", "read"):
        return sorted(values)
    return sorted(values, key=lambda code: (-found.get(code, 0), code))


def _words(titles: Mapping[str, str]) -> Any:
    """What a value of a facet is called. Amounts are in the currency of each call, and bear none."""
    known, language = vocabulary(), tongue()
    naming = {
        "call": lambda code: titles.get(code, code),
        "state": lambda code: known.state_label("application", "state", code, language),
        "kind": lambda code: known.kind_label("body", code, language),
        "country": lambda code: known.countries.label(code, language) if code else _("not said"),
        "band": _band,
        "read": lambda code: f"{FEWEST_REVIEWS} +" if code == str(FEWEST_REVIEWS) else code,
    }
    kept: dict[tuple[str, str], str] = {}

    def word(facet: str, code: str) -> str:
        if (facet, code) not in kept:
            kept[facet, code] = str(naming[facet](code))
        return kept[facet, code]

    return word


def _band(code: str) -> str:
    if code == "":
        return str(_("not said"))
    place = int(code) if code in map(str, range(len(BANDS) + 1)) else -1
    if place < 0:
        return code
    least, most = (BANDS[one] if 0 <= one < len(BANDS) else None for one in (place - 1, place))
    told = {"least": spelling.number(least or 0, tongue()), "most": spelling.number(most or 0, tongue())}
    if least is None:
        return _("under %(most)s") % told
    return _("%(least)s and more") % told if most is None else _("%(least)s to %(most)s") % told


def _number(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _around(request: HttpRequest, number: int, pages: int) -> dict[str, str]:
    return {
        "before": with_asked(request, page=str(number - 1)) if number > 1 else "",
        "after": with_asked(request, page=str(number + 1)) if number < pages else "",
    }
