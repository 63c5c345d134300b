"""Opening an account: an address, a link sent to it, then a name and a password."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from parvis.domain.funding import actions
from parvis.domain.funding.enums import EmailKind
from parvis.doors.counter.access import anyone
from parvis.doors.counter.templatetags.counter import hour
from parvis.doors.counter.words import tongue
from parvis.foundation.accounts.actions import TooManyAsked, note_account_asked
from parvis.foundation.accounts.models import User
from parvis.foundation.accounts.ways_in import address_in
from parvis.foundation.journal import keeping
from parvis.foundation.values.refusal import Refusal

_BACKEND = "parvis.foundation.accounts.sessions.SignIn"


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Email address"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class PersonForm(forms.Form):
    first_name = forms.CharField(label=gettext_lazy("First name"), max_length=150)
    last_name = forms.CharField(label=gettext_lazy("Last name"), max_length=150)
    password = forms.CharField(
        label=gettext_lazy("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("Twelve characters or more."),
        validators=[validate_password],
    )


@require_http_methods(["GET", "POST"])
@anyone
def ask(request: HttpRequest) -> HttpResponse:
    """Say an address; a link is sent to it. The answer is the same whether it has an account or not."""
    form = AddressForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        email, status = form.cleaned_data["email"].lower(), 429
        try:
            note_account_asked(email=email, network=_network(request), at=timezone.now(), spelt=hour)
        except TooManyAsked as refusal:
            form.add_error("email", str(refusal))
        else:
            _write_to(email)
            return render(request, "counter/link_sent.html", {"email": form.cleaned_data["email"]})
    status = 422 if form.errors and status == 200 else status
    return render(request, "counter/open_account.html", {"form": form}, status=status)


def _network(request: HttpRequest) -> str:
    """From where someone asks: behind a front server that speaks HTTPS, the address it saw itself."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.SECURE_PROXY_SSL_HEADER and forwarded:
        return forwarded.rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def _write_to(email: str) -> None:
    """Put the email in the outbox, where it leaves at once. Its link is made as it leaves, and stored nowhere."""
    known = User.objects.filter(email__iexact=email).exists()
    said = (
        _("You have an account already: sign in at %(address)s")
        if known
        else _("Open your account within two days: %(address)s")
    )
    actions.write_personal(
        kind=EmailKind.ACCOUNT,
        address=email,
        subject=_("Your account at the counter"),
        body=said % {"address": actions.LINK},
        language=tongue(),
        at=timezone.now(),
    )


@require_http_methods(["GET", "POST"])
@anyone
def open_account(request: HttpRequest, token: str) -> HttpResponse:
    """Give a name and a password; the link opens one account once."""
    email = address_in(token)
    if email is None:
        return render(request, "counter/link_dead.html", status=410)
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            person = keeping.open_own_account(email=email, **form.cleaned_data, at=at)
        except Refusal:
            return render(request, "counter/link_dead.html", status=410)
        actions.join_body(person=person, at=at)
        login(request, person, backend=_BACKEND)
        return redirect("counter:home")
    context = {"form": form, "email": email}
    return render(request, "counter/name_and_password.html", context, status=422 if form.errors else 200)
