"""Who may sign in, with which role: the administrator's page. And the one-time link."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from parvis.doors.desk.access import for_role
from parvis.foundation.accounts.actions import HOUSE, one_time_link
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.journal import keeping
from parvis.foundation.values.refusal import Refusal


class AccountForm(forms.Form):
    email = forms.EmailField(label=gettext_lazy("Address"))
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)


@require_http_methods(["GET", "POST"])
@for_role(Role.ADMINISTRATOR)
def listing(request: HttpRequest) -> HttpResponse:
    """Every account; open a new one and hand over its first link."""
    form = AccountForm(request.POST or None)
    link = ""
    if request.method == "POST" and form.is_valid():
        try:
            user = keeping.open_account(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            link = request.build_absolute_uri(f"/entree/{one_time_link(user)}")
            form = AccountForm()
    people = User.objects.exclude(Q(email=HOUSE)).order_by("-is_active", "email")
    context: dict[str, Any] = {"form": form, "people": people, "roles": Role.choices, "link": link}
    return render(request, "desk/accounts.html", context, status=422 if form.errors else 200)


@require_POST
@for_role(Role.ADMINISTRATOR)
def change(request: HttpRequest, user: int) -> HttpResponse:
    """Change the role of an account, or close it."""
    person = get_object_or_404(User.objects.exclude(email=HOUSE), pk=user)
    try:
        if request.POST.get("close"):
            keeping.close_account(user=person, by=request.user, at=timezone.now())
        else:
            keeping.change_role(
                user=person, role=request.POST.get("role", ""), by=request.user, at=timezone.now()
            )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done."))
    return redirect("desk:accounts")
