"""Addresses of the public site: machines first, so that a section word never hides a file."""

from django.urls import include, path

urlpatterns = [
    path("", include("parvis.doors.feeds.urls")),
    path("", include("parvis.doors.portal.urls")),
]

handler400 = "parvis.doors.portal.door.unreadable"
handler404 = "parvis.doors.portal.door.lost"
handler500 = "parvis.doors.portal.door.failed"
