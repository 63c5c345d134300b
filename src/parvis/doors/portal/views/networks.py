"""Which networks, since when, at what cost, in what role."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal import wording
from parvis.doors.portal.page import Page
from parvis.doors.portal.shown import values
from parvis.doors.portal.shown.cites import Shown, cite_row
from parvis.doors.portal.shown.docs import Doc, children, fact
from parvis.doors.portal.shown.plates import plate
from parvis.doors.portal.shown.published import counted_as
from parvis.doors.portal.shown.rows import row_of
from parvis.doors.portal.shown.sheet import Glance, found

from .lists import List, list_page
from .sheets import record_page


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
    """Offices of the body behind the network, with who held them."""
    body = fact(doc, "body")
    links = page.release.links(body, lang=page.language, noun="office") if body else []
    return [page.link(key) for key in dict.fromkeys(link["key"] for link in links)]  # type: ignore[misc]  # they were just read


def show(page: Page, key: str) -> HttpResponse:
    doc = found(page, key, ("network", "membership"))
    if doc["noun"] == "membership":
        glance: Glance = (
            ("network", _("Network"), "record"),
            ("member", _("Member"), "record"),
            ("joined", _("Joined"), "date"),
        )
        return record_page(page, doc, glance, steps=statuses(page, doc), steps_title=_("Statuses"))
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
        offices=offices(page, doc),
    )
