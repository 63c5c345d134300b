"""What sources say about a record: record it, retract it, choose which is shown first, doubt it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from parvis.doors.desk.access import for_role
from parvis.doors.desk.choices import key_lists
from parvis.doors.desk.views.records import noun_of, record_of, title_of
from parvis.doors.desk.words import NOUNS as WORDS
from parvis.foundation.accounts.models import Role
from parvis.foundation.values.refusal import Refusal
from parvis.register.actions import doubt_statement, prefer_statement, record_statement, retract_statement
from parvis.register.enums import AmountKind, AsOfBasis, Qualifier
from parvis.register.errors import InvalidContent
from parvis.register.models import Statement
from parvis.register.properties import properties_of


class StatementForm(forms.Form):
    """A statement as a form; the register decides whether it holds."""

    property = forms.ChoiceField(label=gettext_lazy("What is said"))
    number = forms.CharField(label=gettext_lazy("Number"), required=False)
    number_to = forms.CharField(label=gettext_lazy("up to, for a range"), required=False)
    words_fr = forms.CharField(label=gettext_lazy("In words (fr)"), required=False)
    words_en = forms.CharField(label=gettext_lazy("In words (en)"), required=False)
    qualifier = forms.ChoiceField(
        label=gettext_lazy("Qualifier"), choices=[("", "—"), *Qualifier.choices], required=False
    )
    unit = forms.CharField(label=gettext_lazy("Unit"), required=False)
    scope_fr = forms.CharField(label=gettext_lazy("What it covers (fr)"), required=False)
    scope_en = forms.CharField(label=gettext_lazy("What it covers (en)"), required=False)
    amount_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of amount"), choices=[("", "—"), *AmountKind.choices], required=False
    )
    currency = forms.CharField(label=gettext_lazy("Currency"), max_length=3, required=False)
    as_of = forms.CharField(label=gettext_lazy("As of"), required=False)
    as_of_basis = forms.ChoiceField(label=gettext_lazy("How the date is known"), choices=AsOfBasis.choices)
    source = forms.CharField(
        label=gettext_lazy("Source"), required=False, widget=forms.TextInput(attrs={"list": "keys-source"})
    )
    lines = forms.CharField(label=gettext_lazy("Lines"), required=False)

    def __init__(self, noun: str, data: Any = None) -> None:
        super().__init__(data=data)
        self.fields["property"].choices = [  # type: ignore[attr-defined]
            (name, known.label.get("en", name)) for name, known in properties_of(noun).items()
        ]

    def content(self) -> dict[str, Any]:
        """The statement as it would stand in a data file."""
        said = {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}
        for name in ("words", "scope"):
            words = {code: said.pop(f"{name}_{code}") for code in ("fr", "en") if f"{name}_{code}" in said}
            if words:
                said[name] = words
        return said

    def add_problems(self, refusal: InvalidContent) -> None:
        for problem in refusal.problems:
            name = problem.path.replace(".", "_")
            near = next(
                (field for field in self.fields if field == name or field.startswith(f"{name}_")), None
            )
            self.add_error(near if name else None, problem.sentence)


@require_http_methods(["GET", "POST"])
@for_role(Role.OFFICER)
def record(request: HttpRequest, plural: str, key: str) -> HttpResponse:
    """Record what a source says about a record."""
    noun = noun_of(plural)
    found = record_of(noun, key)
    form = StatementForm(noun, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            record_statement(about=found.subject, content=form.content(), by=request.user, at=timezone.now())
        except InvalidContent as refusal:
            form.add_problems(refusal)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The statement is recorded."))
            return redirect("desk:record", plural=plural, key=key)
    context = {
        "noun": noun,
        "plural": plural,
        "words": WORDS[noun],
        "subject": found.subject,
        "title": title_of(found.subject),
        "form": form,
        "lists": key_lists(form),
    }
    return render(request, "desk/statement.html", context, status=422 if form.errors else 200)


@require_POST
@for_role(Role.OFFICER)
def retract(request: HttpRequest, statement: int) -> HttpResponse:
    """Stop holding a statement."""
    reason = request.POST.get("reason", "")
    return _decide(
        request,
        statement,
        lambda said: retract_statement(statement=said, reason=reason, **_by(request)),
        _("Retracted."),
    )


@require_POST
@for_role(Role.OFFICER)
def prefer(request: HttpRequest, statement: int) -> HttpResponse:
    """Show this statement first."""
    return _decide(
        request,
        statement,
        lambda said: prefer_statement(statement=said, reason=_reason(request), **_by(request)),
        _("This value is shown first now."),
    )


@require_POST
@for_role(Role.OFFICER)
def doubt(request: HttpRequest, statement: int) -> HttpResponse:
    """Mark a statement as doubtful."""
    return _decide(
        request,
        statement,
        lambda said: doubt_statement(statement=said, reason=_reason(request), **_by(request)),
        _("Marked as doubtful: it stays in view and leaves the totals."),
    )


def _decide(request: HttpRequest, pk: int, do: Callable[[Statement], object], done: str) -> HttpResponse:
    said = get_object_or_404(Statement.objects.select_related("subject"), pk=pk)
    try:
        do(said)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    plural = request.POST.get("plural", "")
    if noun_of(plural) != said.subject.noun:
        raise Http404
    return redirect("desk:record", plural=plural, key=said.subject.key)


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.user, "at": timezone.now()}


def _reason(request: HttpRequest) -> dict[str, str]:
    return {"fr": request.POST.get("reason", "")}
