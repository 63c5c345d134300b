"""What does the city do about one subject: its networks, agreements, projects, promises, figures."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal import wording
from parvis.doors.portal.answers import NotHere, answer
from parvis.doors.portal.page import Page
from parvis.doors.portal.shown.cites import Shown
from parvis.doors.portal.shown.rows import row_of, rows_of
from parvis.doors.portal.shown.sheet import notices, section_word, theme_shown
from parvis.publication.reader import Filters

from . import claims, figures, networks, promises

#: What a theme gathers, in the order it is read, and how many of each are shown before the rest is a list.
GATHERED = ("agreement", "programme", "project", "promise", "event", "indicator", "claim", "story", "memorial")
FIRST = 6
MOST_NETWORKS = 200
#: Sections that can be narrowed to a theme by their address.
_SECTION_OF = {
    "agreement": "agreements",
    "programme": "programmes",
    "project": "projects",
    "promise": "promises",
    "event": "agenda",
    "indicator": "figures",
    "claim": "claims",
    "story": "stories",
}


def index(page: Page) -> HttpResponse:
    """Every theme the city uses, with what it holds."""
    known = [_counted(page, code) for code in wording.themes()]
    intro = _("The subjects of the city’s international action. Each page gathers all that is on record about one.")
    facts = {"title": section_word("themes"), "intro": intro, "themes": [theme for theme in known if theme["counts"]]}
    return answer(page, "portal/themes.html", facts)


def _counted(page: Page, code: str) -> Shown:
    counts = []
    for noun in ("network", *GATHERED):
        total = page.release.listing(noun, lang=page.language, filters=Filters(themes=(code,)), size=1).total
        if total:
            counts.append({"word": wording.noun(noun, page.language, total), "count": total})
    return {**theme_shown(page, code), "counts": counts}


def show(page: Page, key: str) -> HttpResponse:
    if key not in wording.themes():
        raise NotHere
    filters = Filters(themes=(key,))
    listing = page.release.listing(
        "network", lang=page.language, filters=filters, on=page.on, docs=True, size=MOST_NETWORKS
    )
    groups = [group for noun in GATHERED if (group := _group(page, noun, filters, key))]
    if not listing.total and not groups:
        raise NotHere
    latest = page.release.listing(("network", *GATHERED), lang=page.language, filters=filters, sort="updated", size=1)
    facts = {
        "theme": theme_shown(page, key),
        "changed": (latest.rows[0]["updated"] or "")[:10] if latest.rows else "",
        "notices": notices(page, [key]),
        "networks": rows_of(page, listing.rows, networks.row),
        "network_count": listing.total,
        "groups": groups,
        "trail": [
            {"word": section_word("themes"), "address": page.to("themes")},
            {"word": wording.theme(key, page.language), "address": ""},
        ],
    }
    return answer(page, "portal/theme.html", facts)


def _group(page: Page, noun: str, filters: Filters, theme: str) -> Shown | None:
    """The first records of a noun, the latest first, and the way to the others."""
    listing = page.release.listing(
        noun, lang=page.language, filters=filters, on=page.on, sort="date", docs=True, size=FIRST
    )
    if not listing.total:
        return None
    section = _SECTION_OF.get(noun)
    return {
        "word": wording.noun(noun, page.language, listing.total).capitalize(),
        "count": listing.total,
        "rows": rows_of(page, listing.rows, _ROWS.get(noun, row_of)),
        "all": page.to(section, theme=theme) if section and listing.total > FIRST else "",
    }


_ROWS: dict[str, Any] = {"promise": promises.row, "claim": claims.row, "indicator": figures.row}
