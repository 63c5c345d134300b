"""Dated figures with their source, ready to cite."""

from django.http import HttpResponse

from parvis.doors.portal.answers import answer
from parvis.doors.portal.page import Page
from parvis.doors.portal.shown import values

from .data import licence_of


def index(page: Page) -> HttpResponse:
    docs = page.release.each("indicator", lang=page.language, docs=True)
    headline = sorted((card["doc"] for card in docs if card["doc"]["facts"].get("headline")), key=lambda doc: (doc["facts"].get("order") or 0, doc["key"]))
    figures = [figure for doc in headline if (figure := values.figure(page, doc))]
    return answer(page, "portal/press.html", {"figures": figures, "licence": licence_of(page), "origin": page.request.build_absolute_uri("/").rstrip("/")})
