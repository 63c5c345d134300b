"""Who may sign in, with which role: the administrator's page. And the one-time link, shown once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from parvis.doors.desk.access import for_role, who
from parvis.foundation.accounts.actions import LINK_MINUTES, one_time_link
from parvis.foundation.accounts.models import ERASED, HOUSE, Role, User
from parvis.foundation.journal import keeping
from parvis.foundation.values.refusal import Refusal

#: What each role may do, in the words of the page.
MAY = {
    Role.APPLICANT: gettext_lazy("Has the counter alone: bodies that ask for grants. Sees nothing of the desk."),
    Role.REVIEWER: gettext_lazy("Reads the files of calls they are given, without names. Sees nothing of the desk."),
    Role.READER: gettext_lazy("Reads everything at the desk, drafts included. Changes nothing."),
    Role.OFFICER: gettext_lazy("Enters and amends records, records statements, decides on proposals and doubles."),
    Role.FINANCE: gettext_lazy(
        "Also moves money in the ledger: votes, envelopes, awards, payments, money claimed back."
    ),
    Role.PUBLISHER: gettext_lazy(
        "Also signs, ends and settles in the city's name, publishes, rolls back and withdraws."
    ),
    Role.ADMINISTRATOR: gettext_lazy("Also opens and closes accounts and gives their roles."),
}


class AccountForm(forms.Form):
    email = forms.EmailField(label=gettext_lazy("Address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)


@require_http_methods(["GET", "POST"])
@for_role(Role.ADMINISTRATOR)
def listing(request: HttpRequest) -> HttpResponse:
    """Every account; open a new one and hand over its first link."""
    form = AccountForm(request.POST or None)
    link: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            user = keeping.open_account(**form.cleaned_data, by=who(request), at=timezone.now())
        except Refusal as refusal:
            form.add_error("email", str(refusal))
        else:
            link, form = _link(request, user), AccountForm()
    return _page(request, form, link)


@require_POST
@for_role(Role.ADMINISTRATOR)
def change(request: HttpRequest, user: int) -> HttpResponse:
    """Change the role of an account, close it, or make it a new link."""
    person = get_object_or_404(User.objects.exclude(email=HOUSE), pk=user)
    if request.POST.get("link") and person.is_active:
        return _page(request, AccountForm(), _link(request, person))
    try:
        if request.POST.get("close"):
            keeping.close_account(user=person, by=who(request), at=timezone.now())
            said = _("The account of %(who)s is closed.") % {"who": person}
        else:
            role = request.POST.get("role", "")
            keeping.change_role(user=person, role=role, by=who(request), at=timezone.now())
            said = _("%(who)s is now: %(role)s.") % {"who": person, "role": person.get_role_display()}
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("desk:accounts")


def _link(request: HttpRequest, user: User) -> dict[str, Any]:
    address = request.build_absolute_uri(reverse("entrance", args=[one_time_link(user)]))
    return {"address": address, "for": user.email, "minutes": LINK_MINUTES}


def _page(request: HttpRequest, form: AccountForm, link: dict[str, Any]) -> HttpResponse:
    people = User.objects.exclude(Q(email=HOUSE) | Q(email__endswith=ERASED)).order_by("-is_active", "email")
    context = {
        "form": form,
        "people": people,
        "roles": Role.choices,
        "may": [(role.label, MAY[role]) for role in Role],
        "link": link,
    }
    return render(request, "desk/accounts.html", context, status=422 if form.errors else 200)
