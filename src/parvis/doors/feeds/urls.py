"""Addresses of machines: those of the portal with a suffix, and the files of releases under ``/data``."""

from django.urls import include, path, re_path

from parvis.foundation.vocabulary.addresses import word_pattern

from . import door, files
from .api import routes

_FORMAT = r"\.(?P<suffix>json|csv|geojson|ics|atom|rss|xlsx)$"

urlpatterns = [
    path("api/v1/", include(routes.addresses())),
    re_path(r"^id/(?P<key>[-a-z0-9_]+)\.json$", door.record_by_key, name="record_json"),
    re_path(r"^(?:r/(?P<number>[0-9]+)/)?(?P<language>[a-z]{2})" + _FORMAT, door.home, name="home_feed"),
    re_path(
        r"^(?:r/(?P<number>[0-9]+)/)?(?P<language>[a-z]{2})/" + word_pattern() + _FORMAT,
        door.listed,
        name="list_feed",
    ),
    re_path(
        r"^(?:r/(?P<number>[0-9]+)/)?(?P<language>[a-z]{2})/" + word_pattern() + "/(?P<key>[^/.]+)" + _FORMAT,
        door.within,
        name="record_feed",
    ),
    re_path(r"^data/catalogue(?:\.(?P<suffix>ttl|jsonld|rdf))?$", files.catalogue, name="catalogue"),
    path("data/dictionary.json", files.dictionary, name="dictionary"),
    path("data/current/<path:path>", files.current_file, name="current_file"),
    re_path(r"^data/(?P<number>[0-9]+)/(?P<path>.+)$", files.release_file, name="release_file"),
]
