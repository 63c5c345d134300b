"""Addresses of the public site: machines first, so that a section word never hides a file."""

from importlib.util import find_spec

from django.urls import include, path

urlpatterns = [
    path("", include(urls))
    for urls in ("parvis.doors.feeds.urls", "parvis.doors.portal.urls")
    if find_spec(urls.rpartition(".")[0]) and find_spec(urls)
]
