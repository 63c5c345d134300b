"""Addresses of the office."""

from django.urls import include, path
from django.views.generic import RedirectView

from parvis.config.entrance import enter

handler400 = "parvis.config.refusing.unread"
handler500 = "parvis.config.failing.failed"

urlpatterns = [
    path("", RedirectView.as_view(url="/bureau/")),
    path("entree/<str:token>", enter, name="entrance"),
    path("compte/", include("allauth.urls")),
    path("langue/", include("django.conf.urls.i18n")),
    path("guichet/", include("parvis.doors.counter.urls")),
    path("bureau/", include("parvis.doors.desk.urls")),
]
