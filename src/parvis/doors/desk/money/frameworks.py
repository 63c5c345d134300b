"""Framework agreements at the desk: what each year brings, both ways, and what was given under them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from parvis.domain.funding import actions, queries
from parvis.domain.funding.enums import Direction
from parvis.domain.funding.errors import spelt
from parvis.domain.funding.models import Allocation
from parvis.domain.partnerships.models import Agreement
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.money.deeds import Deed, Said, offered
from parvis.doors.desk.money.views import _told
from parvis.doors.desk.naming import title_of
from parvis.doors.ui.words import city
from parvis.foundation.accounts.models import Role
from parvis.foundation.accounts.rules import at_least


@require_safe
@for_role(Role.READER)
def frameworks(request: HttpRequest) -> HttpResponse:
    """Every framework agreement, with what its years bring."""
    rows = [(each, title_of(each.subject), queries.years_of_framework(each)) for each in queries.frameworks()]
    return render(request, "desk/money/frameworks.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@for_role(Role.READER, to_write=Role.FINANCE)
def framework(request: HttpRequest, key: str) -> HttpResponse:
    """The years of an agreement: allocations with their votes, totals both ways, what grants took of them."""
    held = get_object_or_404(Agreement.objects.select_related("subject"), subject__key=key)
    deeds, done = offered(_deeds(held, request) if at_least(request.user, Role.FINANCE) else [], request)
    if done:
        return _told(request, done, redirect("desk:framework", key=key))
    years = queries.years_of_framework(held)
    context = {
        "held": held,
        "title": title_of(held.subject),
        "parties": [title_of(party) for party in queries.parties_of(held)],
        "years": [(each, [(line, title_of(line.party)) for line in each.lines]) for each in years],
        "deeds": deeds,
        "open": request.POST.get("do", ""),
    }
    return render(request, "desk/money/framework.html", context, status=422 if request.method == "POST" else 200)


def _deeds(held: Agreement, request: HttpRequest) -> list[Deed]:
    lines = [line for each in queries.years_of_framework(held) for line in each.lines]
    return [_vote(held), *([_taking_out(lines, request)] if lines else [])]


def _taking_out(lines: list[Allocation], request: HttpRequest) -> Deed:
    def take_out(said: Said, slip: Any) -> None:
        line = next(line for line in lines if str(line.pk) == said["allocation"])
        actions.take_out_allocation(allocation=line, why=said["reason"], by=who(request), at=slip.at)

    return Deed(
        "take_out",
        _("Take out an allocation noted by mistake"),
        ("allocation", "reason"),
        take_out,
        warns=_("It leaves this page and what is published; its history keeps it, with your reason."),
        envelopes=[(str(line.pk), _said(line)) for line in lines],
    )


def _said(line: Allocation) -> str:
    return (
        f"{line.year} · {title_of(line.party)} · {line.get_direction_display()} · {spelt(line.amount, line.currency)}"
    )


def _vote(held: Agreement) -> Deed:
    parties = queries.others_of(held)

    def vote(said: Said, slip: Any) -> None:
        actions.vote_allocation(
            agreement=held,
            party=next(party for party in parties if party.key == said["party"]),
            year=said["year"],
            direction=Direction(said["direction"]),
            amount=said["amount"],
            currency=str(city().get("currency") or "EUR"),
            slip=slip,
        )

    return Deed(
        "vote",
        _("Note the allocation of a year"),
        ("year", "direction", "party", "amount", "decision", "day", "note"),
        vote,
        [] if parties else [_("this agreement names no party.")],
        warns=_("Noted again for the same year, party and way, it replaces what was noted before."),
        first={"day": timezone.localdate()},
        envelopes=[(party.key, title_of(party)) for party in parties],
    )
