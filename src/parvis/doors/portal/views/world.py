"""Where, and of what kind."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from parvis.doors.portal.page import Page

from .towns import towns_page

#: Every row of the list is a point of the map: more than a screen of them, and no more than a map can bear.
POINTS = 500


def index(page: Page) -> HttpResponse:
    return towns_page(page, "portal/map.html", size=POINTS, moving=moving(page))


def moving(page: Page) -> dict[str, str]:
    """What the moving map is told: where the city lies, and every word it says."""
    home = page.card(str(page.release.city.get("place"))) or {}
    city = {"name": home.get("title", ""), "lon": home.get("lon"), "lat": home.get("lat")}
    return {"city": json.dumps(city, ensure_ascii=False), "words": json.dumps(_words(), ensure_ascii=False)}


def _words() -> dict[str, Any]:
    return {
        "region": _(
            "Map. Arrow keys move it, plus and minus change the scale, Tab goes from point to point, Escape leaves."
        ),
        "opened": _("The map is open."),
        "failed": _("This browser cannot draw the moving map. The drawing and the list say the same."),
        "cluster": _("%n places, show them"),
        "zoom_in": _("Closer"),
        "zoom_out": _("Farther"),
        "whole": _("Whole world"),
        "views": {
            _("Europe"): [14, 49, 3.4],
            _("Africa"): [18, 3, 2.5],
            _("Americas"): [-80, 12, 1.8],
            _("Asia"): [110, 28, 2.3],
        },
    }
