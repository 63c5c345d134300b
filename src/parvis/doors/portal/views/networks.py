"""Which networks, since when, at what cost, in what role."""

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
from parvis.doors.portal.shown.years import in_time

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
    """Figures published about a network, its size first: each with its dates and sources."""
    links = page.release.links(key, lang=page.language, noun="indicator")
    docs = (page.release.record(link["key"]) for link in {link["key"]: link for link in links}.values())
    figures = [(doc["kind"] != "size", values.figure(page, doc)) for doc in docs if doc]
    return [shown for _rank, shown in sorted(figures, key=lambda pair: pair[0]) if shown]


def row(page: Page, card: dict[str, Any]) -> Shown:
    """A network with the day the city joined, and its size with the pill that says sources differ."""
    membership = membership_of(page, card["key"])
    figures = sizes(page, card["key"])
    return row_of(page, card) | {
        "joined": fact(membership, "joined") or "" if membership else "",
        "state": wording.pill("membership", fact(membership, "state"), page.language) if membership else None,
        "size": figures[0] if figures else None,
        "member": membership is not None,
    }


def index(page: Page) -> HttpResponse:
    plan = List(("network",), facets=("kind", "theme"), row=row, template="portal/networks.html")
    return list_page(page, plan, timeline=plate(page, "networks"), published=counted_as(page, "networks_joined"))


def statuses(page: Page, membership: Doc) -> list[Shown]:
    return [
        {
            "when": row.get("valid_from") or "",
            "until": row.get("valid_to") or "",
            "state": wording.pill("membership", row["status"], page.language),
            "words": row.get("how") or {},
            "cites": cite_row(page, row),
        }
        for row in children(membership, "statuses") or children(membership, "periods")
    ]


def offices(page: Page, doc: Doc) -> list[Shown]:
    """Offices of the network, or of the body behind it, with a sentence on each holder."""
    found_: dict[str, Shown] = {}
    for key in filter(None, (doc["key"], fact(doc, "body"))):
        for link in page.release.links(key, lang=page.language, noun="office"):
            office, named = page.release.record(link["key"]), page.link(link["key"])
            if office and named and link["role"] == "body":
                found_[link["key"]] = {**named, "holders": held(page, office)}
    return list(found_.values())


def standings(page: Page, key: str) -> list[Shown]:
    """Every status of every member on record, in order of time: an observer who becomes a member is seen to."""
    found_ = []
    for link in page.release.links(key, lang=page.language, noun="membership", size=MOST_MEMBERS):
        membership = page.release.record(link["key"])
        if membership:
            who = page.link(fact(membership, "member"))
            found_ += [{**row, "link": who} for row in statuses(page, membership)]
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
    membership = membership_of(page, key)
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
