"""The yearly declaration of aid: what it would say now, what it said when it was filed, and why the two differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parvis.domain.funding import actions, queries
from parvis.domain.funding.enums import AidPart
from parvis.domain.funding.models import AidCost, AidDeclaration
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.closing import keys_closed_to_me
from parvis.doors.desk.money.deeds import Deed, Said, offered
from parvis.doors.desk.naming import titles_of
from parvis.doors.desk.words import tongue, vocabulary
from parvis.exchange.formats.aid import comparing, writing
from parvis.exchange.formats.aid.comparing import Difference, Reason, differences
from parvis.exchange.formats.aid.declaration import Heading, Line, added, as_kept, declaration, digest_of, from_kept
from parvis.exchange.formats.codes.reading import labels
from parvis.exchange.outbound import aid
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.accounts.rules import at_least
from parvis.publication.bake.collecting import city_of_this_house
from parvis.publication.bake.standing import published_now

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _payments() -> list[Any]:
    """What the register says was given, year by year, as the next release would tell it."""
    now = published_now(aid.TABLES, origin=settings.PARVIS_PUBLIC_ORIGIN, moment=timezone.now())
    return list(aid.payments(now))


@require_GET
@for_role(Role.READER)
def index(request: HttpRequest) -> HttpResponse:
    """Every year something was given in: what it comes to, and what was filed."""
    payments = _payments()
    filed: dict[int, AidDeclaration] = {}
    for one in queries.filed_declarations():
        filed.setdefault(one.year, one)
    years = sorted({payment.year for payment in payments} | filed.keys(), reverse=True)
    rows = [
        {"year": year, "sums": _sums(declaration(payments, year)), "filed": filed.get(year)} for year in years
    ]  # fmt: skip
    return render(request, "desk/money/aid.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@for_role(Role.READER, to_write=Role.FINANCE)
def year(request: HttpRequest, number: int) -> HttpResponse:
    """The declaration of a year as it would be filed now, beside the last one filed."""
    lines = declaration(_payments(), number)
    before = queries.declaration_before(number)
    deeds, done = offered(_deeds(request, number, lines) if at_least(request.user, Role.FINANCE) else [], request)
    if done:
        messages.success(request, done)
        return redirect("desk:aid_year", number=number)
    found = differences(from_kept(before.lines), lines) if before else []
    closed = _closed(request, lines, found)
    told, found = _unnamed(lines, closed), _unnamed_gaps(found, closed)
    names = titles_of({key for line in told for key in line.each} | {r.key for one in found for r in one.reasons})
    names |= dict.fromkeys(closed.values(), _("a grant that is closed to you"))
    context = {
        "number": number,
        "lines": [_line(line, names, set(closed.values())) for line in told],
        "sums": _sums(lines),
        "before": before,
        "same": before is not None and before.digest == digest_of(as_kept(lines)),
        "found": [_difference(one, names) for one in found],
        "filed": queries.filed_declarations().filter(year=number),
        "due": queries.declaration_due(number),
        "law": queries.declaration_law(number),
        "costs": queries.aid_costs(number),
        "deeds": deeds,
        "open": request.POST.get("do", ""),
    }
    return render(request, "desk/money/aid_year.html", context, status=422 if request.method == "POST" else 200)


def _closed(request: HttpRequest, lines: Iterable[Line], found: Iterable[Difference] = ()) -> dict[str, str]:
    """Grants among these records that concern this person, each with what stands in its place."""
    keys = {key for line in lines for key in line.each} | {reason.key for one in found for reason in one.reasons}
    return {key: f"closed-{place}" for place, key in enumerate(sorted(keys_closed_to_me(request, keys)), 1)}


def _unnamed(lines: Iterable[Line], closed: Mapping[str, str]) -> list[Line]:
    """Lines whose sums are whole, and that name no record which is closed."""
    return [replace(line, each={closed.get(key, key): paid for key, paid in line.each.items()}) for line in lines]


def _unnamed_gaps(found: Iterable[Difference], closed: Mapping[str, str]) -> list[Difference]:
    def masked(reason: Reason) -> Reason:
        return Reason(reason.kind, closed[reason.key], None, None, reason.other) if reason.key in closed else reason

    return [replace(one, reasons=tuple(map(masked, one.reasons))) for one in found]


def _deeds(request: HttpRequest, number: int, lines: list[Line]) -> list[Deed]:
    by, at = who(request), timezone.now()

    def cost(said: Said, _slip: Any) -> None:
        facts = {name: said[name] for name in ("part", "amount", "country", "told_by")}
        actions.record_aid_cost(year=number, words=said["what"], currency=_currency(), by=by, at=at, **facts)

    def file(said: Said, _slip: Any) -> None:
        kept = as_kept(lines)
        facts = {"reference": said["reference"], "note": said["note"]}
        actions.file_aid_declaration(year=number, lines=kept, digest=digest_of(kept), by=by, at=at, **facts)

    deeds = [
        Deed("file", _("Keep this declaration as filed"), ("reference", "note"), file),
        Deed("cost", _("Add aid that is no grant"), ("part", "amount", "country", "what", "told_by"), cost),
    ]
    return deeds + [_taking_back(one, by, at) for one in queries.aid_costs(number)]


def _taking_back(cost: AidCost, by: User, at: datetime) -> Deed:
    def act(_said: Said, _slip: Any) -> None:
        actions.take_back_aid_cost(cost=cost, by=by, at=at)

    return Deed(f"drop-{cost.pk}", _("Take back: %(words)s") % {"words": cost.words}, (), act)


def _currency() -> str:
    return str(city_of_this_house().get("currency") or "EUR")


@require_GET
@for_role(Role.READER)
def paper(request: HttpRequest, number: int, what: str, form: str) -> HttpResponse:
    """The declaration, or what differs from the last one filed, as a table to take away."""
    if form not in _TYPES or what not in ("declaration", "ecarts"):
        raise Http404
    lines, words = declaration(_payments(), number), _labels()
    columns: tuple[str, ...] = writing.COLUMNS
    if what == "declaration":
        rows = writing.rows_of(_unnamed(lines, _closed(request, lines)), words)
    else:
        before = queries.declaration_before(number)
        found = differences(from_kept(before.lines), lines) if before else []
        told = _unnamed_gaps(found, _closed(request, lines, found))
        columns, rows = writing.GAP_COLUMNS, writing.rows_of_gaps(told, words)
    return _file(f"{what}-{number}", form, columns, rows)


@require_GET
@for_role(Role.READER)
def filed(request: HttpRequest, declaration: int, form: str) -> HttpResponse:
    """A declaration exactly as it was filed, but for the names of records that concern whoever reads it."""
    kept = get_object_or_404(AidDeclaration, pk=declaration)
    if form not in _TYPES:
        raise Http404
    lines = from_kept(kept.lines)
    rows = writing.rows_of(_unnamed(lines, _closed(request, lines)), _labels())
    return _file(f"declaration-{kept.year}-{kept.number}", form, writing.COLUMNS, rows)


def _file(name: str, form: str, columns: tuple[str, ...], rows: Iterable[list[Any]]) -> HttpResponse:
    if form == "csv":
        body: Any = writing.as_csv(columns, rows)
    else:
        body = writing.as_workbook(columns, [_heads().get(one, one) for one in columns], rows, name)
    answer = HttpResponse(body, content_type=_TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


def _heads() -> dict[str, str]:
    return {
        "part": _("Part"), "country": _("Country"), "sector": _("Sector"), "sector_label": _("Sector, in words"),
        "channel": _("Channel"), "channel_label": _("Channel, in words"), "levy": _("Levy"),
        "currency": _("Currency"), "paid": _("Paid"), "voted": _("Voted"), "grants": _("Grants"),
        "grants_whose_payment_is_unknown": _("Payment not known"), "records": _("Records"),
        "before": _("Declared last"), "after": _("Now"), "difference": _("Difference"), "why": _("Why"),
    }  # fmt: skip


def _labels() -> dict[tuple[str, str], str]:
    return labels("fr" if tongue() == "fr" else "en")


def _sums(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """By currency: what was paid, what was voted, and of how many records no payment is known."""
    found: dict[str, dict[str, Any]] = {}
    for line in lines:
        sums = found.setdefault(line.heading.currency, {"paid": [], "voted": [], "unknown": 0, "records": 0})
        sums["paid"].append(line.paid)
        sums["voted"].append(line.voted)
        sums["unknown"] += line.unknown
        sums["records"] += len(line.each)
    return [
        {**sums, "currency": currency, "paid": added(sums["paid"]), "voted": added(sums["voted"])}
        for currency, sums in sorted(found.items())
    ]


def _line(line: Line, names: Mapping[str, str], closed: set[str]) -> dict[str, Any]:
    records = [
        {"key": key, "title": names.get(key, ""), "paid": line.each[key], "closed": key in closed} for key in line.keys
    ]
    return {**_heading(line.heading), "line": line, "records": records}


def _heading(heading: Heading) -> dict[str, Any]:
    words, language = _labels(), tongue()
    countries, levies = vocabulary().countries, vocabulary().kinds["levy"]
    return {
        "heading": heading,
        "part": AidPart(heading.part).label,
        "country": countries.label(heading.country, language) if heading.country in countries else "",
        "sector": words.get(("sector", heading.sector), heading.sector),
        "channel": words.get(("channel", heading.channel), heading.channel),
        "levy": levies.label(heading.levy, language) if heading.levy in levies else heading.levy,
    }


def _difference(one: Difference, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        **_heading(one.heading), "one": one, "gap": one.gap,
        "reasons": [_reason(reason, names) for reason in one.reasons],
    }  # fmt: skip


def _reason(reason: Reason, names: Mapping[str, str]) -> dict[str, Any]:
    said = {
        comparing.NEW: _("not declared before"),
        comparing.GONE: _("declared before, no longer there"),
        comparing.AMOUNT: _("paid otherwise than declared"),
        comparing.NOW_KNOWN: _("its payment is known now"),
        comparing.CAME: _("declared under another line before"),
        comparing.LEFT: _("stands under another line now"),
    }[reason.kind]
    other = _heading(reason.other) if reason.other else None
    where = " · ".join(filter(None, (other["part"], other["country"], other["sector"]))) if other else ""
    return {"reason": reason, "said": said, "title": names.get(reason.key, reason.key), "where": where}
