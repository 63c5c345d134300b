"""What others hold (a film, a map): named on the page of a record, and fetched only when its reader asks for it.

The city names it in ``city.yaml``. Nobody's consent is kept: it is given for one look, by following a link, and the
answer to that link alone lets the browser open a frame of that one origin.
"""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from django.http import HttpResponse

from parvis.foundation.values import in_language

from .page import Page
from .shown.cites import Shown

ASKED = "outside"


def held_outside(page: Page, key: str) -> list[Shown]:
    """What the city names for a record, each with whether the reader asked to see it now."""
    named = [one for one in page.release.city.get("outside") or () if one["record"] == key]
    asked = page.request.GET.get(ASKED, "")
    return [_shown(page, place, one, asked) for place, one in enumerate(named, 1)]


def _shown(page: Page, place: int, one: dict[str, object], asked: str) -> Shown:
    at = urlsplit(str(one["address"]))
    query = {**page.request.GET.dict(), ASKED: str(place)}
    return {
        "title": in_language(one["title"], page.language)[0],  # type: ignore[arg-type]  # read when it was baked
        "provider": one["provider"],
        "address": one["address"],
        "terms": one["terms"],
        "origin": f"{at.scheme}://{at.netloc}",
        "place": place,
        "look": f"{page.request.path}?{urlencode(query)}#outside-{place}",
        "is_open": asked == str(place),
    }


def let_in(response: HttpResponse, held: list[Shown]) -> HttpResponse:
    """Let the browser frame what was asked for; this answer is kept nowhere, since the next one asks again."""
    origins = [str(one["origin"]) for one in held if one["is_open"]]
    if origins:
        response.framed = " ".join(origins)  # type: ignore[attr-defined]  # spelt in the policy by config.headers
        response["Cache-Control"] = "no-store"
        del response["ETag"]
    return response
