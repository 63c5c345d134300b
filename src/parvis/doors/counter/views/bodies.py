"""A body: its identity, its people, its documents."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.domain.funding import actions, queries
from parvis.domain.funding.enums import NATURAL_PERSON, BodyScheme, MemberRole
from parvis.domain.funding.models import BodyInvitation, BodyMember, VaultDocument
from parvis.doors.counter import uploads
from parvis.doors.counter.access import my_body, signed_in, who
from parvis.doors.counter.templatetags.counter import hour
from parvis.doors.counter.words import countries, kinds_of_body, tongue, vocabulary
from parvis.doors.ui.words import by_family
from parvis.foundation.accounts.actions import TooManyAsked, note_account_asked
from parvis.foundation.values.refusal import Refusal
from parvis.foundation.values.typed import Unread, day_typed
from parvis.register.reading import said

_EARLIEST = 1000


class BodyForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name of the body"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of body"))
    scheme = forms.ChoiceField(
        label=gettext_lazy("Register"), choices=[one for one in BodyScheme.choices if one[0] != BodyScheme.PERSON]
    )
    number = forms.CharField(
        label=gettext_lazy("Number in that register"),
        max_length=60,
        help_text=gettext_lazy(
            "SIRET: 14 digits. RNA: W and 9 digits. Elsewhere: register and number, GB-COH-09506232."
        ),
    )
    country = forms.ChoiceField(label=gettext_lazy("Country of the seat"), initial="FR")
    town = forms.CharField(label=gettext_lazy("Town of the seat"), max_length=120, required=False)
    founded = forms.IntegerField(
        label=gettext_lazy("Year founded"), required=False, min_value=_EARLIEST, max_value=9999
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        families = [
            (heading, [pair for pair in kinds if pair[0] != NATURAL_PERSON])
            for heading, kinds in by_family(vocabulary().kinds["body"])
        ]
        self.fields["kind"].choices = families  # type: ignore[attr-defined]  # a choice
        self.fields["country"].choices = countries()  # type: ignore[attr-defined]  # a choice
        if not self.is_bound and "association" in kinds_of_body():
            self.initial["kind"] = "association"


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Open the account of a body under its number."""
    form = BodyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            body = actions.open_body(**form.cleaned_data, by=who(request), at=timezone.now())
        except Refusal as refusal:
            form.add_error("number", str(refusal))
        else:
            return redirect("counter:body", body.pk)
    return render(request, "counter/new_body.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@signed_in
def own_name(request: HttpRequest) -> HttpResponse:
    """Ask in one's own name, as a student or a researcher does."""
    known = {code for code, _word in countries()}
    country = request.POST.get("country", "FR")
    body = actions.open_in_own_name(country=country if country in known else "FR", by=who(request), at=timezone.now())
    return redirect("counter:body", body.pk)


@require_safe
@signed_in
def body(request: HttpRequest, body: int) -> HttpResponse:
    return _page(request, body)


def _page(request: HttpRequest, body: int, status: int = 200) -> HttpResponse:
    """The page of a body. What was typed and refused stands in it again."""
    found, member = my_body(request, body)
    context = {
        "body": found,
        "member": member,
        "manages": member.role == MemberRole.MANAGER,
        "may_write": queries.may_write(MemberRole(member.role)),
        "people": found.members.select_related("person"),
        "invitations": found.invitations.all(),
        "documents": queries.vault_of(found),
        "roles": MemberRole.choices,
        "kind": kinds_of_body().get(found.kind, found.kind),
        "today": timezone.localdate(),
        "most": uploads.LARGEST // (1024 * 1024),
        "said": request.POST,
    }
    return render(request, "counter/body.html", context, status=status)


@require_POST
@signed_in
def founded(request: HttpRequest, body: int) -> HttpResponse:
    """Say the year a body was founded, which calls may ask for, where it was not said when its account was opened."""
    found, _member = my_body(request, body)
    try:
        year = BodyForm.base_fields["founded"].clean(request.POST.get("founded", ""))
        if year:
            actions.say_year_founded(body=found, year=year, by=who(request), at=timezone.now())
    except forms.ValidationError as fault:
        messages.error(request, fault.messages[0])
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("counter:body", body)


@require_POST
@signed_in
def invite(request: HttpRequest, body: int) -> HttpResponse:
    """Ask someone to join; the address gets an email with the way in."""
    (found, member), now = my_body(request, body), timezone.now()
    email = forms.EmailField(required=True)
    try:
        address = email.clean(request.POST.get("email", ""))
        role = request.POST.get("role", "")
        role = role if role in MemberRole.values else MemberRole.READER
        if member.role == MemberRole.MANAGER:
            note_account_asked(email=address, network=f"person {who(request).pk}", at=now, spelt=hour)
        text = _("%(body)s asks you to join its account. Open yours with this address, or sign in: %(address)s")
        actions.invite(
            body=found, email=address, role=role, subject=_("Invitation to the counter"), language=tongue(),
            text=text % {"body": found.name, "address": actions.LINK}, by=who(request), at=now,
        )  # fmt: skip
    except forms.ValidationError as fault:
        messages.error(request, fault.messages[0])
    except TooManyAsked as refusal:
        messages.error(request, _("Too many invitations were sent. Try again at %(hour)s.") % refusal.facts)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Invited: %(email)s") % {"email": address})
        return redirect("counter:body", body)
    return _page(request, body, 422)


@require_POST
@signed_in
def withdraw_invitation(request: HttpRequest, body: int, invitation: int) -> HttpResponse:
    """Take an invitation back that nobody took up."""
    my_body(request, body)
    row = get_object_or_404(BodyInvitation.objects.select_related("body"), pk=invitation, body=body)
    try:
        actions.withdraw_invitation(invitation=row, by=who(request), at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("counter:body", body)


@require_POST
@signed_in
def change_member(request: HttpRequest, body: int, member: int) -> HttpResponse:
    """Give a person another part, or let them go."""
    my_body(request, body)
    row = get_object_or_404(BodyMember.objects.select_related("body"), pk=member, body=body)
    try:
        if "leave" in request.POST:
            actions.leave_body(member=row, by=who(request), at=timezone.now())
        else:
            role = request.POST.get("role", "")
            if role in MemberRole.values:
                actions.change_part(member=row, role=role, by=who(request), at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    if not BodyMember.objects.filter(body=body, person=who(request)).exists():
        return redirect("counter:home")
    return redirect("counter:body", body)


@require_POST
@signed_in
def upload(request: HttpRequest, body: int) -> HttpResponse:
    """Put a document in the vault."""
    found, _member = my_body(request, body)
    try:
        until = valid_until(request)
        uploads.keep(request, found, title=request.POST.get("title", ""), valid_until=until)
    except Unread as unread:
        messages.error(request, said(unread))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The document is in your vault."))
        return redirect("counter:body", body)
    return _page(request, body, 422)


def valid_until(request: HttpRequest) -> date | None:
    """The day a document expires, as it was typed. Raises Unread."""
    typed = request.POST.get("valid_until", "").strip()
    return day_typed(typed) if typed else None


@require_safe
@signed_in
def document(request: HttpRequest, document: UUID) -> FileResponse:
    """Hand a document over to those who act for its body: always to be saved, never opened here."""
    row = get_object_or_404(VaultDocument, pk=document)
    if queries.membership(who(request), row.body) is None:
        raise Http404
    return uploads.handed_over(row)


@require_POST
@signed_in
def remove_document(request: HttpRequest, document: UUID) -> HttpResponse:
    row = get_object_or_404(VaultDocument.objects.select_related("body"), pk=document)
    if queries.membership(who(request), row.body) is None:
        raise Http404
    try:
        actions.remove_document(document=row, by=who(request), at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("counter:body", row.body_id)
