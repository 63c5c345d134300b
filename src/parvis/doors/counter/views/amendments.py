"""Asking at the counter for an amendment of a signed convention, and taking the request back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from parvis.domain.funding import actions, queries
from parvis.domain.funding.enums import RequestState
from parvis.domain.funding.models import Instalment
from parvis.doors.counter.access import my_grant, signed_in, who
from parvis.doors.counter.naming import title_said
from parvis.doors.counter.words import tongue
from parvis.doors.ui import spelling
from parvis.foundation.values.refusal import Refusal
from parvis.foundation.values.typed import Unread, amount_typed, day_typed
from parvis.register.reading import said

#: Before the number of an instalment whose day is to be moved.
_DAY_OF = "instalment-"


class TypedField(forms.CharField):
    """A day or an amount as people write it; what cannot be read says why."""

    def __init__(self, read: Any, *, needed: bool = False, **more: Any) -> None:
        self.read = read
        super().__init__(required=needed, widget=forms.TextInput(attrs={"maxlength": 60}), **more)

    def to_python(self, value: Any) -> Any:
        typed = str(super().to_python(value) or "").strip()
        try:
            return self.read(typed) if typed else None
        except Unread as unread:
            raise ValidationError(said(unread)) from unread


class AmendmentForm(forms.Form):
    new_end = TypedField(day_typed, label=gettext_lazy("New end of the convention"), help_text="31/12/2027")
    reduction = TypedField(amount_typed, label=gettext_lazy("Amount given up"), help_text="2 500,00")
    increase = TypedField(
        amount_typed,
        label=gettext_lazy("Amount asked for besides"),
        help_text=gettext_lazy("Within what its envelope holds, by a new decision."),
    )
    carried = TypedField(
        amount_typed,
        label=gettext_lazy("Unspent money carried to the new end"),
        help_text=gettext_lazy("Of what was paid."),
    )
    purpose = forms.CharField(label=gettext_lazy("New purpose"), max_length=300, required=False)
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300})
    )

    def __init__(self, *args: Any, movable: list[Instalment], currency: str, **kwargs: Any) -> None:
        """Each instalment that is not ordered yet may be asked for another day."""
        super().__init__(*args, **kwargs)
        reason = self.fields.pop("reason")
        for each in movable:
            said = {"n": each.position, "amount": spelling.money(each.amount, currency, tongue())}
            now = spelling.day(each.not_before, tongue()) if each.not_before else ""
            self.fields[f"{_DAY_OF}{each.position}"] = TypedField(
                day_typed,
                label=_("New day of instalment %(n)s (%(amount)s)") % said,
                help_text=_("Now: not before %(day)s.") % {"day": now} if now else _("Now: no day is set."),
            )
        self.fields["reason"] = reason

    def asked(self) -> dict[str, Any]:
        """What is to change, as the room takes it."""
        said, days = dict(self.cleaned_data), {}
        for name in [name for name in said if name.startswith(_DAY_OF)]:
            if day := said.pop(name):
                days[int(name.removeprefix(_DAY_OF))] = day
        return {**said, "dates": days}


@require_http_methods(["GET", "POST"])
@signed_in
def ask(request: HttpRequest, grant: str) -> HttpResponse:
    """Say what is to change, and why. What is refused stays in the form, word for word."""
    held = my_grant(request, grant)
    form = AmendmentForm(request.POST or None, movable=list(queries.instalments_to_move(held)), currency=held.currency)
    if request.method == "POST" and form.is_valid():
        try:
            language = (get_language() or "fr")[:2]
            actions.ask_amendment(grant=held, **form.asked(), language=language, by=who(request), at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your request is with the office; you are told of its answer."))
            return redirect("counter:grant", grant)
    context = {
        "held": held,
        "title": title_said(held.subject),
        "convention": queries.convention_of(held),
        "money": queries.standing_of_grant(held.subject),
        "form": form,
    }
    return render(request, "counter/amendment.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def withdraw(request: HttpRequest, grant: str) -> HttpResponse:
    """Take back the request that waits."""
    waiting = queries.amendments_asked(my_grant(request, grant)).filter(state=RequestState.WAITING).first()
    if waiting is None:
        raise Http404
    try:
        actions.withdraw_request(request=waiting, by=who(request), at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("counter:grant", grant)
