"""Addresses of the office."""

from django.urls import include, path

from parvis.config.entrance import enter, front

handler400 = "parvis.config.refusing.unread"
handler500 = "parvis.config.failing.failed"

urlpatterns = [
    path("", front, name="front"),
    path("entree/<str:token>", enter, name="entrance"),
    path("compte/", include("allauth.urls")),
    path("langue/", include("django.conf.urls.i18n")),
    path("guichet/", include("parvis.doors.counter.urls")),
    path("bureau/", include("parvis.doors.desk.urls")),
]
