"""Which networks, since when, at what cost, in what role."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal import wording
from parvis.doors.portal.page import Page
from parvis.doors.portal.shown import values
from parvis.doors.portal.shown.cites import Shown, cite_row
from parvis.doors.portal.shown.docs import Doc, children, fact
from parvis.doors.portal.shown.filed import filed_in
from parvis.doors.portal.shown.plates import plate
from parvis.doors.portal.shown.published import counted_as
from parvis.doors.portal.shown.rows import row_of
from parvis.doors.portal.shown.sheet import Glance, found, links_by_noun
from parvis.doors.portal.shown.then import as_it_stood
from parvis.doors.portal.shown.years import begun_by, in_time
from parvis.foundation.values import PartialDate

from .bodies import grants_of_body
from .lists import List, list_page
from .offices import held
from .sheets import record_page

#: Members of a network told one by one; beyond, its own page says how many there are.
MOST_MEMBERS = 200


def membership_of(page: Page, key: str) -> Doc | None:
    """The membership of the city itself in a network."""
    ours = (page.release.city.get("the_city"), page.release.city.get("place"))
    for link in page.release.links(key, lang=page.language, noun="membership"):
        doc = page.release.record(link["key"])
        if doc and fact(doc, "member") in ours:
            return doc
    return None


def sizes(page: Page, key: str) -> list[Shown]:
    """Figures published about a network by the day read, its size first: each with its dates and sources."""
    links = page.release.links(key, lang=page.language, noun="indicator")
    docs = (page.release.record(link["key"]) for link in {link["key"]: link for link in links}.values())
    told = [{**doc, "statements": begun_by(page.on, doc["statements"], "as_of")} for doc in docs if doc]
    figures = [(doc["kind"] != "size", values.figure(page, doc)) for doc in told if doc["statements"]]
    return [shown for _rank, shown in sorted(figures, key=lambda pair: pair[0]) if shown]


def standing_on(membership: Doc, day: date) -> str:
    """What the city was on a day: a status, "not_yet", or "not_known" where no date tells."""
    told = children(membership, "statuses") or children(membership, "periods")
    dated = [(PartialDate.parse(row["valid_from"]), row) for row in told if row.get("valid_from")]
    begun = [row for since, row in dated if since.latest and since.latest <= day and not _over(row, day)]
    if begun:
        return str(max(begun, key=lambda row: in_time(row["valid_from"]))["status"])
    if dated and len(dated) == len(told) and all(since.earliest and since.earliest > day for since, _row in dated):
        return "not_yet"
    return "not_known"


def _over(row: dict[str, Any], day: date) -> bool:
    end = PartialDate.parse(row["valid_to"]).earliest if row.get("valid_to") else None
    return end is not None and end <= day


def _state(page: Page, membership: Doc | None) -> Shown:
    """The state of a membership as a pill, or in words where no status is known to have held on the day read."""
    if membership is None:
        return {}
    code = standing_on(membership, page.on) if page.on else fact(membership, "state")
    if code == "not_yet":
        return {"then": _("not yet on that day")}
    if code == "not_known":
        return {"then": _("not known on that day")}
    return {"state": wording.pill("membership", code, page.language)}


def row(page: Page, card: dict[str, Any]) -> Shown:
    """A network with the day the city joined, and its size with the pill that says sources differ."""
    membership = membership_of(page, card["key"])
    figures = sizes(page, card["key"])
    return row_of(page, card) | {
        "joined": fact(as_it_stood(page, membership), "joined") or "" if membership else "",
        "state": None,
        "then": "",
        "size": figures[0] if figures else None,
        "member": membership is not None,
        **_state(page, membership),
    }


def index(page: Page) -> HttpResponse:
    plan = List(("network",), facets=("kind", "theme"), row=row, template="portal/networks.html")
    if page.on:  # the timeline and the count it is compared with are those of the day of the release
        return list_page(page, plan)
    return list_page(page, plan, timeline=plate(page, "networks"), published=counted_as(page, "networks_joined"))


def _told_by_then(page: Page, membership: Doc) -> list[dict[str, Any]]:
    told = children(membership, "statuses") or children(membership, "periods")
    undated = [row for row in told if not row.get("valid_from")]
    return begun_by(page.on, [row for row in told if row.get("valid_from")], "valid_from") + undated


def statuses(page: Page, membership: Doc) -> list[Shown]:
    return [
        {
            "when": row.get("valid_from") or "",
            "until": row.get("valid_to") or "",
            "state": wording.pill("membership", row["status"], page.language),
            "words": row.get("how") or {},
            "cites": cite_row(page, row),
        }
        for row in _told_by_then(page, membership)
    ]


def offices(page: Page, doc: Doc) -> list[Shown]:
    """Offices of the network, or of the body behind it, with a sentence on each holder."""
    found_: dict[str, Shown] = {}
    for key in filter(None, (doc["key"], fact(doc, "body"))):
        for link in page.release.links(key, lang=page.language, noun="office"):
            office, named = page.release.record(link["key"]), page.link(link["key"])
            if office and named and link["role"] == "body":
                holders = held(page, as_it_stood(page, office))
                if holders or not page.on:
                    found_[link["key"]] = {**named, "holders": holders}
    return list(found_.values())


def standings(page: Page, key: str) -> list[Shown]:
    """Every status of every member on record, in order of time: an observer who becomes a member is seen to."""
    found_ = []
    for link in page.release.links(key, lang=page.language, noun="membership", size=MOST_MEMBERS):
        membership = page.release.record(link["key"])
        if membership:
            who = page.link(fact(membership, "member"))
            found_ += [{**row, "link": who} for row in statuses(page, as_it_stood(page, membership))]
    dated = [row for row in found_ if row["when"]]
    dated.sort(key=lambda row: in_time(row["when"]))
    return [*dated, *(row for row in found_ if not row["when"])]


def show(page: Page, key: str) -> HttpResponse:
    doc = found(page, key, ("network", "membership"))
    if doc["noun"] == "membership":
        glance: Glance = (
            ("network", _("Network"), "record"),
            ("member", _("Member"), "record"),
            ("joined", _("Joined"), "date"),
        )
        return record_page(
            page, doc, glance, steps=statuses(page, doc), steps_title=_("Statuses"),
            filed=filed_in(page, doc), filed_title=_("Filed in its register"),
        )  # fmt: skip
    glance = (
        ("founded", _("Founded"), "date"),
        ("founder", _("Founder"), "?record"),
        ("managed_by", _("Managed by"), "?record"),
        ("body", _("Body"), "?record"),
    )
    ours = membership_of(page, key)
    membership = as_it_stood(page, ours) if ours else None
    return record_page(
        page,
        doc,
        glance,
        figures=sizes(page, key),
        steps=statuses(page, membership) if membership else [],
        steps_title=_("Standing of the city"),
        filed=filed_in(page, membership) if membership else [],
        filed_title=_("Filed in its register"),
        offices=offices(page, doc),
        standings=standings(page, key),
        groups=links_by_noun(page, doc, leave=("source", "conflict", "membership", "office", "indicator", "grant")),
        grants=grants_of_body(page, key),
    )
