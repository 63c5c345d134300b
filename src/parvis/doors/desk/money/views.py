"""Where the money stands: by levy and year, by envelope; voting it and setting it aside."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parvis.domain.funding import actions, queries
from parvis.domain.funding.models import Envelope, Grant, LedgerEntry, Levy, LevyYear
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.closing import closed_to_me, open_to_me
from parvis.doors.desk.money.bar import money_bar
from parvis.doors.desk.money.deeds import Deed, Said, offered
from parvis.doors.desk.money.named import grants_named
from parvis.doors.desk.naming import title_of, titles_of
from parvis.doors.desk.paging import paged
from parvis.foundation.accounts.models import Role
from parvis.foundation.accounts.rules import at_least

_EMPTY = queries.Standing({})
ZERO = Decimal(0)


@require_http_methods(["GET", "POST"])
@for_role(Role.READER, to_write=Role.FINANCE)
def index(request: HttpRequest) -> HttpResponse:
    """Every year of every levy, its base, rate, ceiling, and how far its money has come."""
    deeds, done = offered([_opening(request)] if at_least(request.user, Role.FINANCE) else [], request)
    if done:
        return _told(request, done, redirect("desk:money"))
    years, money = list(queries.all_years()), queries.standings_of_years()
    titles = titles_of(year.levy.key for year in years)
    rows = [_row(year, money.get(year.pk, _EMPTY), titles) for year in years]
    context = {"rows": rows, "totals": _totals(rows), "deeds": deeds, "open": request.POST.get("do", "")}
    return render(request, "desk/money/index.html", context, status=422 if request.method == "POST" else 200)


def _row(year: LevyYear, money: queries.Standing, titles: Any) -> dict[str, Any]:
    return {
        "year": year,
        "title": titles.get(year.levy.key, year.levy.key),
        "money": money,
        "bar": money_bar(money, year.currency, year.ceiling),
        "near": bool(year.ceiling and money.engaged >= year.ceiling * queries.warn_share(year.year)),
    }


def _totals(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Year by year and currency by currency, what all levies vote, commit and pay."""
    found: dict[tuple[int, str], dict[str, Any]] = {}
    for row in rows:
        year = row["year"]
        total = found.setdefault(
            (year.year, year.currency),
            {"year": year.year, "currency": year.currency, "voted": ZERO, "engaged": ZERO, "paid": ZERO, "left": ZERO},
        )
        for name in ("voted", "engaged", "paid", "left"):
            total[name] += getattr(row["money"], name)
    return list(found.values())


def _opening(request: HttpRequest) -> Deed:
    def open_it(said: Said, _slip: Any) -> None:
        levy = get_object_or_404(Levy, subject__key=said["levy"])
        facts = {"base": said["base"], "base_source": said["base_source"]}
        actions.open_levy_year(
            levy=levy, year=said["year"], currency=queries.city_currency(), **facts, by=who(request), at=timezone.now()
        )

    return Deed("open", _("Open a year"), ("levy", "year", "base", "base_source"), open_it)


@require_http_methods(["GET", "POST"])
@for_role(Role.READER, to_write=Role.FINANCE)
def year(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """A year of a levy: what the law allows, what is voted, in which envelopes, and every entry."""
    held = get_object_or_404(
        LevyYear.objects.select_related("levy__subject", "closing", "reopening"), levy__subject__key=key, year=number
    )
    deeds, done = offered(_of_year(held, request) if at_least(request.user, Role.FINANCE) else [], request)
    if done:
        return _told(request, done, redirect("desk:money_year", key=key, number=number))
    money = queries.standing_of_year(held)
    envelopes = list(queries.envelopes_of(held))
    standings = queries.standings_of_envelopes(envelope.subject for envelope in envelopes)
    entries, around = paged(request, queries.entries_of_year(held), at="entries")
    context = {
        "held": held,
        "title": title_of(held.levy.subject),
        "money": money,
        "bar": money_bar(money, held.currency, held.ceiling),
        "room": held.ceiling - money.voted if held.ceiling is not None else None,
        "envelopes": [(each, title_of(each.subject), standings.get(each.pk, _EMPTY)) for each in envelopes],
        **_entries(request, entries),
        "listing": around,
        "lawful": queries.asked_of_levy(held),
        "plan": held.levy.plan.filter(year=number).first(),
        "may_enter": at_least(request.user, Role.OFFICER),
        "deeds": deeds,
        "open": request.POST.get("do", ""),
    }
    return render(request, "desk/money/year.html", context, status=422 if request.method == "POST" else 200)


def _of_year(held: LevyYear, request: HttpRequest) -> list[Deed]:
    asks = ("amount", "decision", "day", "note")
    unknown = [_("the own resources are not known.")] if held.rate is not None and held.ceiling is None else []

    over = [_("this year is closed.")] if held.closed else []
    early = [_("this year is not over.")] if timezone.localdate().year <= held.year else []

    def set_base(said: Said, _slip: Any) -> None:
        facts = {"base": said["base"], "base_source": said["base_source"]}
        actions.set_base(levy_year=held, **facts, by=who(request), at=timezone.now())

    today = {"day": timezone.localdate()}
    return [
        Deed("vote", _("Record a vote"), asks, lambda said, slip: actions.vote_levy(
            levy_year=held, amount=said["amount"], slip=slip), over or unknown, today),
        Deed("lower", _("Lower the vote"), asks, lambda said, slip: actions.lower_vote(
            levy_year=held, amount=said["amount"], slip=slip), first=today),
        Deed("base", _("Set the own resources"), ("base", "base_source"), set_base, over,
             {"base": held.base, "base_source": held.base_source}),
        Deed("close", _("Close the year"), ("decision", "day", "reason"), lambda _said, slip: actions.close_levy_year(
            levy_year=held, slip=slip), over or early, today, warns=_(
                "What is promised is still paid. Nothing new is given from this year: a grant that waits for it is "
                "given from another. Only a decision opens it again.")),
        *([Deed("reopen", _("Open the year again"), ("decision", "day", "reason"),
                lambda _said, slip: actions.reopen_levy_year(levy_year=held, slip=slip), first=today,
                warns=_("It was closed by mistake: money may be given from it again."))] if held.closed else []),
    ]  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_role(Role.READER, to_write=Role.FINANCE)
def envelope(request: HttpRequest, key: str) -> HttpResponse:
    """An envelope: what it holds, whom it was given to, and every entry."""
    held = get_object_or_404(Envelope.objects.select_related("subject", "levy"), subject__key=key)
    of_year = queries.year_of(held)
    deeds, done = offered(_of_envelope(held, of_year) if at_least(request.user, Role.FINANCE) else [], request)
    if done:
        return _told(request, done, redirect("desk:money_envelope", key=key))
    money = queries.standing_of_envelope(held)
    given = Grant.objects.filter(pk__in=queries.grants_of(held)).select_related("subject", "beneficiary")
    found, grants_around = paged(request, given.order_by("subject__key"), at="grants", name="grants")
    grants, closed = open_to_me(request, found, lambda grant: grant)
    named = grants_named(grants)
    entries, around = paged(request, queries.entries_of_envelope(held.subject), at="entries")
    currency = of_year.currency if of_year else queries.city_currency()
    context = {
        "held": held,
        "of_year": of_year,
        "title": title_of(held.subject),
        "levy_title": title_of(held.levy),
        "currency": currency,
        "money": money,
        "bar": money_bar(money, currency),
        "grants": [(grant, *named[grant.pk]) for grant in grants],
        "grants_listing": grants_around,
        "closed_to_me": closed,
        "exceptions": queries.exceptions_of(held),
        **_entries(request, entries),
        "listing": around,
        "deeds": deeds,
        "open": request.POST.get("do", ""),
    }
    return render(request, "desk/money/envelope.html", context, status=422 if request.method == "POST" else 200)


def _entries(request: HttpRequest, entries: Iterable[LedgerEntry]) -> dict[str, Any]:
    """Entries of the ledger, the body of each grant; the grants among them that are not to be named to this person."""
    held = list(entries)
    closed = closed_to_me(request, (each.grant_id for each in held if each.grant_id))
    told = {each.grant_id for each in held if each.grant_id} - closed
    named = grants_named(Grant.objects.filter(pk__in=told).select_related("subject", "beneficiary"))
    return {"entries": held, "closed": closed, "bodies": {pk: body for pk, (_title, body) in named.items()}}


def _of_envelope(held: Envelope, of_year: LevyYear | None) -> list[Deed]:
    asks = ("amount", "decision", "day", "note")
    closed = [] if of_year else [_("the year of this levy is not open in the ledger.")]
    over = [_("this year is closed.")] if of_year and of_year.closed else []
    later = queries.envelopes_to_draw_on().filter(levy=held.levy).exclude(year=held.year)

    def carry(said: Said, slip: Any) -> None:
        target = later.get(subject__key=said["envelope"])
        actions.carry_over(source=held, target=target, amount=said["amount"], slip=slip)

    today = {"day": timezone.localdate()}
    return [
        Deed("allot", _("Put money in"), asks, lambda said, slip: actions.allot(
            envelope=held, amount=said["amount"], slip=slip), closed or over, today),
        Deed("take_back", _("Take money back"), asks, lambda said, slip: actions.take_back(
            envelope=held, amount=said["amount"], slip=slip), closed, today),
        Deed("carry", _("Carry to another year"), ("envelope", *asks), carry,
             closed or ([] if later else [_("this levy has no envelope of another year that is open.")]), today,
             envelopes=[(each.key, f"{title_of(each.subject)} · {each.year}") for each in later]),
    ]  # fmt: skip


def _told(request: HttpRequest, done: str, answer: HttpResponse) -> HttpResponse:
    messages.success(request, _("Done: %(deed)s.") % {"deed": done}, extra_tags="saved")
    return answer
