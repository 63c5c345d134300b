"""Addresses of the portal. Section words are data (``addresses.yml``), so one pattern serves all."""

from django.conf import settings
from django.urls import path, re_path

from parvis.doors.ui.gallery import gallery
from parvis.foundation.vocabulary.addresses import word_pattern

from . import door
from .views import robots

urlpatterns = [
    path("", door.root, name="root"),
    path("robots.txt", robots.robots, name="robots"),
    path("favicon.ico", robots.favicon, name="favicon"),
    path("id/<slug:key>", door.by_key, name="by_key"),
    re_path(
        r"^(?:r/(?P<release>[0-9]+)/)?(?P<language>[a-z]{2})"
        rf"(?:/{word_pattern()})?(?:/(?P<key>[^/.]+))?/?$",
        door.enter,
        name="page",
    ),
]

if settings.DEBUG:
    urlpatterns.insert(0, path("gallery", gallery, name="gallery"))
