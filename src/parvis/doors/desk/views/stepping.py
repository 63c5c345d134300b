"""The editor of a workflow: each step on a page of its own, moved and taken out by buttons, undone at will."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from parvis.domain.funding import actions, queries
from parvis.domain.funding.enums import ApplicationState
from parvis.domain.funding.models import Workflow
from parvis.domain.funding.queries import stepping
from parvis.domain.funding.queries.stepping import Content, Row
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.naming import title_of
from parvis.doors.desk.saving import Saved, give_back, may_undo, save, seen
from parvis.doors.desk.sheets.layout import grouped
from parvis.doors.desk.sheets.sheet import Sheet
from parvis.doors.desk.walking import state_said
from parvis.doors.desk.words import tongue
from parvis.foundation.accounts.models import Role
from parvis.foundation.publishing.tables import LANGUAGES
from parvis.foundation.values.refusal import Refusal
from parvis.foundation.values.words import in_language
from parvis.register.content import content_of
from parvis.register.entry import take_apart

#: Where a step stands on its sheet: the one line of a list.
_LINE = "transitions.0."
GROUPS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "said": (gettext_lazy("What the button says"), ("words",)),
    "way": (gettext_lazy("From where to where, by whom"), ("comes_from", "goes_to", "taken_by")),
    "held": (gettext_lazy("What holds it back"), ("guards", "least_reviews", "not_before", "not_after")),
}
_IN_THE_LINE = {name: (title, tuple(_LINE + one for one in group)) for name, (title, group) in GROUPS.items()}


class StepSheet(Sheet):
    """One step of a workflow. All the others stay as they were."""

    def __init__(self, whole: Content, held: Row | None, shown: Row, data: Mapping[str, Any] | None = None) -> None:
        self.whole, self.held_row = whole, held
        super().__init__(Workflow, content={"transitions": [shown]}, data=data)
        names = {name for _title, group in GROUPS.values() for name in group}
        self.fields = {
            path: cell for path, cell in self.fields.items()
            if path.startswith(_LINE) and path.removeprefix(_LINE).partition(".")[0] in names
        }  # fmt: skip
        states = [("", "—"), *((code, state_said(code)) for code in ApplicationState.values)]
        for end in ("comes_from", "goes_to"):  # in the words a file has for them, which stand in the drawing too
            self.fields[f"{_LINE}{end}"].choices = states  # type: ignore[attr-defined]  # a list of choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not any((cleaned.get(f"{_LINE}words.{language}") or "").strip() for language in LANGUAGES):
            self.add_error(f"{_LINE}words.{LANGUAGES[0]}", _("Write the words in one language at least."))
        return cleaned

    @property
    def row(self) -> Row:
        return next(iter(super().content().get("transitions", ())), {})

    def content(self) -> dict[str, Any]:
        return stepping.written(self.whole, self.row, self.held_row)

    def _as_laid_out(self, steps: list[str]) -> list[str]:
        """Whichever step of the whole is refused, it is the one that is written here."""
        return ["transitions", "0", *steps[2:]] if steps[:1] == ["transitions"] else steps


def _workflow(key: str) -> Workflow:
    return get_object_or_404(Workflow.objects.select_related("subject__amended_by"), subject__key=key)


@require_http_methods(["GET", "POST"])
@for_role(Role.OFFICER)
def step(request: HttpRequest, key: str, state: str = "", code: str = "") -> HttpResponse:
    """Write a step anew, or a new one where none is named. A refusal stands beside its cell."""
    workflow = _workflow(key)
    whole = content_of(workflow)
    try:
        held = stepping.row_of(whole, state, code) if code else None
    except Refusal:
        raise Http404 from None
    shown = held or {"comes_from": request.GET.get("from", ""), "taken_by": "officer"}
    if request.method != "POST":
        return _page(request, workflow, StepSheet(whole, held, shown))
    sheet = StepSheet(whole, held, shown, request.POST)
    saved = save(request, sheet, workflow) if sheet.is_valid() else Saved(done=False)
    if not saved.done:
        return _page(request, workflow, sheet)
    messages.success(request, _("Nothing was changed.") if saved.same else _("Saved."), extra_tags="saved")
    return redirect(f"{reverse('desk:workflow', args=[key])}#from-{sheet.row['comes_from']}")


def _page(request: HttpRequest, workflow: Workflow, sheet: StepSheet) -> HttpResponse:
    subject = workflow.subject
    context = {
        "key": subject.key,
        "title": title_of(subject),
        "heading": in_language(sheet.held_row["words"], tongue())[0] if sheet.held_row else "",
        "sheet": sheet,
        "sections": grouped(sheet, _IN_THE_LINE),
        "seen": request.POST.get("seen_revision", subject.revision),
    }  # fmt: skip
    return render(request, "desk/workflow_step.html", context, status=422 if sheet.errors else 200)


@require_POST
@for_role(Role.OFFICER)
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Move a step among those of its state, take it out, or undo the last change."""
    workflow = _workflow(key)
    done, state, code = [*request.POST.get("do", "").split(" "), "", ""][:3]
    try:
        told = _undone(request, workflow) if done == "undo" else _changed(request, workflow, (done, state, code))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told)
    return redirect(f"{reverse('desk:workflow', args=[key])}#{f'from-{state}' if state else 'steps'}")


def _changed(request: HttpRequest, workflow: Workflow, asked: tuple[str, str, str]) -> str:
    done, state, code = asked
    content = content_of(workflow)
    row = stepping.row_of(content, state, code)
    if done in ("up", "down"):
        put, told = stepping.moved(content, row, -1 if done == "up" else 1), _("“%(words)s” is moved.")
    elif done == "remove":
        put, told = stepping.removed(content, row), _("“%(words)s” is taken out.")
    else:
        raise Http404
    taken = take_apart(Workflow, put)
    actions.amend_workflow(
        record=workflow, entry=taken.entry, facts=taken.facts, seen_revision=seen(request), by=who(request),
        at=timezone.now(),
    )  # fmt: skip
    return told % {"words": in_language(row["words"], tongue())[0]}


def _undone(request: HttpRequest, workflow: Workflow) -> str:
    subject, person, now = workflow.subject, who(request), timezone.now()
    if may_undo(subject, person, now) and seen(request) == subject.revision:
        give_back(workflow, subject.revision - 1, seen_revision=subject.revision, by=person, at=now)
        return _("Undone: the workflow is what it was before your last change.")
    return _("Too late to undo here: open the history and bring a revision back.")


@require_POST
@for_role(Role.OFFICER)
def own(request: HttpRequest, key: str) -> HttpResponse:
    """Give a call a copy of the workflow it shares, to be changed for it alone."""
    call = get_object_or_404(queries.all_calls(), subject__key=key)
    try:
        workflow = actions.own_workflow(call=call, seen_revision=seen(request), by=who(request), at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:call_terms", key)
    messages.success(request, _("This call has a workflow of its own. What you change in it touches no other call."))
    return redirect("desk:workflow", workflow.key)
