"""Emergency aid at the counter: three answers, sent at once, and a clock that both sides see."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parvis.domain.funding import actions, queries
from parvis.domain.funding.enums import MAY_SIGN
from parvis.domain.funding.models import Crisis
from parvis.doors.counter.access import my_body, signed_in, who
from parvis.doors.counter.naming import title_said
from parvis.doors.counter.views.amendments import TypedField
from parvis.foundation.values.refusal import Refusal
from parvis.foundation.values.typed import amount_typed


def _amount(typed: str) -> Decimal:
    """An amount in the currency of the city."""
    return amount_typed(typed, queries.city_currency())


class EmergencyForm(forms.Form):
    amount = TypedField(_amount, label=gettext_lazy("How much"), needed=True)
    purpose = forms.CharField(
        label=gettext_lazy("What the money will do"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 1000}),
    )
    place = forms.CharField(label=gettext_lazy("Where"), max_length=200)


def _crisis(key: str) -> Crisis:
    crisis = next((each for each in queries.open_crises(timezone.localdate()) if each.subject.key == key), None)
    if crisis is None:
        raise Http404
    return crisis


@require_http_methods(["GET", "POST"])
@signed_in
def ask(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for aid in an open crisis. What is refused stays in the form, word for word."""
    crisis, form = _crisis(key), EmergencyForm(request.POST or None)
    members = [member for member in queries.bodies_of(who(request)) if member.role in MAY_SIGN]
    if request.method == "POST" and form.is_valid():
        chosen = request.POST.get("body", "")
        body, _member = my_body(request, int(chosen) if chosen.isdecimal() and len(chosen) < 10 else 0)
        try:
            language = (get_language() or "fr")[:2]
            sent = actions.ask_emergency_aid(
                crisis=crisis, body=body, **form.cleaned_data, language=language, by=who(request), at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Received under number %(number)s.") % {"number": sent.number})
            return redirect("counter:home")
    lowest, highest = actions.bounds_of(crisis, timezone.localdate())
    context = {
        "crisis": crisis,
        "title": title_said(crisis.subject),
        "lowest": lowest,
        "highest": highest,
        "currency": queries.city_currency(),
        "by_decision": crisis.decision_id is not None,
        "members": members,
        "chosen": request.POST.get("body", ""),
        "form": form,
    }
    return render(request, "counter/emergency.html", context, status=422 if form.errors else 200)
