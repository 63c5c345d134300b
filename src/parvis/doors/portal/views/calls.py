"""Can one apply, and by when? What a call asks, how it is judged, and what it funded."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal import wording
from parvis.doors.portal.page import Page
from parvis.doors.portal.shown.cites import Shown
from parvis.doors.portal.shown.docs import Doc, children, fact, text
from parvis.doors.portal.shown.rows import row_of
from parvis.doors.portal.shown.sheet import found
from parvis.doors.ui import spelling
from parvis.doors.ui.calls import gives, shares
from parvis.foundation.values.typed import Unread, day_typed

from .lists import List, list_page
from .sheets import record_page


def moments(page: Page, doc: Doc) -> Shown:
    """Where the call stands at this minute of the server's clock, and its moments in the city's zone."""
    opens, closes = (_moment(fact(doc, name)) for name in ("opens_at", "closes_at"))
    if opens is None or closes is None:
        return {"state": "undated"}
    zone = page.release.city.get("time_zone", "UTC")
    state = "coming" if page.now < opens else "open" if page.now < closes else "closed"
    return {
        "state": state,
        "opens": spelling.moment(opens, page.language, zone),
        "closes": spelling.moment(closes, page.language, zone),
        "zone": _("%(city)s time") % {"city": spelling.place_of_zone(zone, page.language)},
        "days": (closes - page.now).days if state == "open" else None,
    }


def _moment(said: str | None) -> datetime | None:
    return datetime.fromisoformat(said) if said else None


def row(page: Page, card: dict[str, Any]) -> Shown:
    doc = card["doc"]
    return row_of(page, card) | {"moments": moments(page, doc), "how_much": how_much(page, doc)}


def index(page: Page) -> HttpResponse:
    plan = List(("call",), facets=("kind", "theme"), sort="date", row=row, template="portal/calls.html")
    intro = _("Calls in which bodies ask the City for a grant. An edition whose days no source gives is shown as such.")
    return list_page(page, plan, intro=intro)


def how_much(page: Page, doc: Doc) -> str:
    """What the call gives, in words that say what the amount is."""
    amount, least, rate = (
        Decimal(str(value)) if (value := fact(doc, name)) else None for name in ("amount", "least_amount", "most_rate")
    )
    rule, currency = fact(doc, "amount_rule") or "", fact(doc, "currency") or "EUR"
    return gives(rule=rule, amount=amount, least=least, rate=rate, currency=currency, language=page.language)


def show(page: Page, key: str) -> HttpResponse:
    doc = found(page, key, ("call",))
    glance = (
        ("edition", _("Edition"), "?text"),
        ("programme", _("Programme"), "?record"),
        ("seat", _("Seated in"), "?record"),
        ("follows", _("Edition before"), "?record"),
    )
    kinds = [(code, wording.kind("body", code, page.language)) for code in fact(doc, "applicants") or ()]
    when, criteria = moments(page, doc), _criteria(doc)
    return record_page(
        page,
        doc,
        glance,
        template="portal/call.html",
        moments=when,
        how_much=how_much(page, doc),
        kinds=kinds,
        criteria=criteria,
        alike=when["state"] != "undated" and not any(one["share"] for one in criteria),
        bands=_bands(doc),
        documents=children(doc, "documents"),
        duties=duties(page, key) if when["state"] != "closed" else [],
        questions=page.rows("call_questions", call=key),
        funded=funded(page, doc),
        test=eligibility(page, doc, [code for code, _word in kinds]),
        body=text(doc, "conditions"),
        body_title=_("Conditions"),
        apply_at=f"{settings.PARVIS_OFFICE_ORIGIN}/guichet/appels/{key}/",
    )


def duties(page: Page, key: str) -> list[Shown]:
    """What will be asked of those whose request is granted, each with the text that says so."""
    return sorted(page.rows("call_duties", call=key), key=lambda row: row["place"])


def _criteria(doc: Doc) -> list[Shown]:
    """What files are judged on, each with the share of the mark it counts for."""
    rows = children(doc, "criteria")
    return [row | {"share": share} for row, share in zip(rows, shares([row["weight"] for row in rows]), strict=True)]


def _bands(doc: Doc) -> list[Shown]:
    """The share of the amount that the city pays, band by band, the last without an end."""
    rows = [
        {
            "most": None if row["most"] is None else Decimal(str(row["most"])),
            "share": Decimal(str(row["share"])) / 100,
            "currency": fact(doc, "currency") or "EUR",
        }
        for row in children(doc, "bands")
    ]
    return sorted(rows, key=lambda row: (row["most"] is None, row["most"] or 0))


def eligibility(page: Page, doc: Doc, kinds: list[str]) -> Shown:
    """The test in one minute: a kind of body, a year, a country; the rules answer one by one."""
    asked = {name: page.request.GET.get(name, "").strip()[:40] for name in ("body", "founded", "country")}
    if asked["body"] not in wording.kinds_of("body"):
        asked["body"] = ""  # an address that somebody wrote: nothing is judged of it
    least, seat = fact(doc, "least_years"), fact(doc, "seat")
    rules: list[tuple[bool | None, str]] = []
    if asked["body"] and kinds:
        named = ", ".join(wording.kind("body", code, page.language) for code in kinds)
        rules.append((asked["body"] in kinds, _("This call is for: %(kinds)s.") % {"kinds": named}))
    if least:
        year = _year(asked["founded"])
        met = None if year is None else page.now.year - year >= int(least)
        rules.append((met, _("The body exists for %(years)s years at least.") % {"years": least}))
    if seat:
        place = page.card(seat) or {}
        met = None if not asked["country"] else asked["country"] == place.get("country")
        rules.append((met, _("The body has its seat in %(country)s.") % {"country": place.get("title", seat)}))
    return {
        "kinds": wording.kinds_by_family("body", page.language),
        "asked": asked,
        "countries": wording.countries(page.language) if seat else [],
        "unread": bool(least and asked["founded"] and _year(asked["founded"]) is None),
        "least": least,
        "seat": bool(seat),
        "done": bool(asked["body"]),
        "rules": rules,
        "refused": any(met is False for met, _said in rules),
        "unsure": any(met is None for met, _said in rules),
    }


def _year(typed: str) -> int | None:
    """The year in what is typed: a year, or a day in any of the forms that a day is typed in."""
    if typed.isdecimal() and len(typed) == 4:
        return int(typed)
    try:
        return day_typed(typed).year
    except Unread:
        return None


def funded(page: Page, doc: Doc) -> list[Shown]:
    """Grants of the call's programme in the year of its edition, where the release holds some."""
    programme, edition = fact(doc, "programme"), fact(doc, "edition")
    if not programme or not str(edition or "").isdecimal():
        return []
    rows = page.rows("grants", programme=programme, year=int(edition))
    shown = []
    for grant in rows:
        if grant.get("amount_voted") in (None, "", 0):
            continue
        amount = spelling.money(grant["amount_voted"], grant.get("currency") or "EUR", page.language)
        shown.append({"link": page.link(grant["key"]), "body": page.link(grant.get("beneficiary")), "amount": amount})
    return shown
