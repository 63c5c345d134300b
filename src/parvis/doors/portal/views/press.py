"""Dated figures with their source, ready to cite."""

from django.http import HttpResponse

from parvis.doors.portal.answers import answer
from parvis.doors.portal.page import Page
from parvis.doors.portal.shown.published import headline

from .data import licence_of


def index(page: Page) -> HttpResponse:
    origin = page.request.build_absolute_uri("/").rstrip("/")
    return answer(page, "portal/press.html", {"figures": headline(page), "licence": licence_of(page), "origin": origin})
