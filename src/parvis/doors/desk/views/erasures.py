"""Erasing an applicant: what goes, what stays and why, shown before it is done and kept after."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from parvis.domain.funding import actions
from parvis.domain.funding.enums import Asker
from parvis.domain.funding.queries import erasing
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.money.deeds import DayCell
from parvis.foundation.accounts.models import ERASED, Role, User
from parvis.foundation.values.refusal import Refusal
from parvis.publication.bake import preparing


class ErasureForm(forms.Form):
    asker = forms.ChoiceField(label=gettext_lazy("Who asked"), choices=Asker.choices)
    asked_on = DayCell(label=gettext_lazy("Asked on"))
    successor = forms.EmailField(
        label=gettext_lazy("Who manages the body from now on"),
        required=False,
        help_text=gettext_lazy("Only where the person managed it alone: this address is invited to."),
    )


@require_http_methods(["GET", "POST"])
@for_role(Role.ADMINISTRATOR)
def erase(request: HttpRequest, user: int) -> HttpResponse:
    """Show what an erasure would take and leave; posted, do it."""
    person = get_object_or_404(User.objects.exclude(email__endswith=ERASED), pk=user, role=Role.APPLICANT)
    form = ErasureForm(request.POST or None, initial={"asked_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.erase_applicant(person=person, **form.cleaned_data, by=who(request), at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            preparing.forget()  # a preview may show their name
            messages.success(request, _("Erased. What was kept, and why, is noted below."), extra_tags="saved")
            return redirect("desk:erasures")
    context = {
        "person": person,
        "form": form,
        "taken": _told(erasing.taken_of(person), erasing.TAKEN),
        "kept": _told(erasing.kept_of(person), erasing.WHY_KEPT),
    }
    return render(request, "desk/erase.html", context, status=422 if form.errors else 200)


@require_safe
@for_role(Role.ADMINISTRATOR)
def erasures(request: HttpRequest) -> HttpResponse:
    """Everybody who was erased: by number, never by name."""
    rows = [
        (each, _told(each.erased, erasing.TAKEN), _told(each.kept, erasing.WHY_KEPT)) for each in erasing.erasures()
    ]
    return render(request, "desk/erasures.html", {"rows": rows})


def _told(counts: dict[str, int], words: dict[str, Any]) -> list[tuple[str, int]]:
    return [(str(words[what]), count) for what, count in counts.items()]
