"""Where, and of what kind?"""

from django.http import HttpResponse

from parvis.doors.portal.page import Page

from .towns import towns_page


def index(page: Page) -> HttpResponse:
    return towns_page(page, "portal/map.html")
