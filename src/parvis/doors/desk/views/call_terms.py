"""The terms of a call on one page of its editor: its name, its moments, for whom, how much, the way of its files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from parvis.domain.funding import queries
from parvis.domain.funding.enums import Carried
from parvis.domain.funding.models import Call
from parvis.doors.desk import composing as parts
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.mending import before_opening
from parvis.doors.desk.naming import keys_in, title_of, titles_of
from parvis.doors.desk.saving import Saved, may_undo, put_over, save, tell_rules_too
from parvis.doors.desk.sheets.layout import Section, grouped, listed
from parvis.doors.desk.sheets.sheet import Sheet
from parvis.foundation.accounts.models import Role
from parvis.foundation.publishing.tables import LANGUAGES
from parvis.register.content import content_of

#: What stands on the page, under which heading. All the rest of a call has pages of its own, or its record.
GROUPS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "named": (gettext_lazy("What it is called"), ("title", "visibility", "kind", "edition", "code")),
    "when": (gettext_lazy("When"), ("opens_at", "closes_at")),
    "whom": (gettext_lazy("Who may ask"), ("applicants", "seat", "least_years")),
    "money": (
        gettext_lazy("How much"),
        ("amount_rule", "amount", "least_amount", "most_rate", "currency", "envelope", "programme", "label_months"),
    ),
    "way": (gettext_lazy("The way its files go"), ("workflow",)),
    "read": (gettext_lazy("What applicants read first"), ("summary", "conditions")),
}
_SHOWN = tuple(name for _title, names in GROUPS.values() for name in names)


#: The bands of a means test, asked for where a question of the form asks for means.
_BANDS = "bands"


class TermsSheet(Sheet):
    """The sheet of a call with its terms alone. What does not stand on it stays as it was."""

    keys_sought = True

    def __init__(self, content: Mapping[str, Any], data: Mapping[str, Any] | None = None) -> None:
        self.whole = dict(content)
        by_means = any(row.get("carries") == Carried.MEANS for row in content.get("fields", ()))
        self.shown = (*_SHOWN, _BANDS) if by_means or content.get(_BANDS) else _SHOWN
        shown = {name: value for name, value in content.items() if name in (*self.shown, "key")}
        super().__init__(Call, content=shown, data=data, titles=titles_of(keys_in(shown)))
        paths = {*_SHOWN, *(f"{name}.{language}" for name in _SHOWN for language in LANGUAGES)}
        if content.get("kind") != "label" and not content.get("label_months"):
            paths.discard("label_months")  # only a label holds for a time
        in_lines = tuple(f"{name}." for name in self.shown if name == _BANDS)
        self.fields = {path: cell for path, cell in self.fields.items() if path in paths or path.startswith(in_lines)}

    def content(self) -> dict[str, Any]:
        said = super().content()
        kept = {name: value for name, value in self.whole.items() if name not in self.shown}
        return kept | {name: value for name, value in said.items() if name in self.shown}

    @property
    def sections(self) -> list[Section]:
        """The terms under their headings, with the bands where means are asked for."""
        return [*grouped(self, GROUPS), *([listed(self, _BANDS)] if _BANDS in self.shown else [])]


@require_http_methods(["GET", "POST"])
@for_role(Role.OFFICER)
def terms(request: HttpRequest, key: str) -> HttpResponse:
    """The terms of a call, changed together; a refusal stands beside its cell, and what was typed stays."""
    call = get_object_or_404(queries.all_calls().select_related("subject__amended_by"), subject__key=key)
    current = content_of(call)
    if request.method != "POST":
        return _page(request, call, TermsSheet(current))
    sheet = TermsSheet(current, put_over(request.POST, Call, current))
    if not sheet.is_valid():
        tell_rules_too(sheet, call)
        return _page(request, call, sheet)
    saved = save(request, sheet, call)
    if not saved.done:
        return _page(request, call, sheet, saved)
    messages.success(request, _("Nothing was changed.") if saved.same else _("Saved."), extra_tags="saved")
    return redirect("desk:call_terms", key)


def _page(request: HttpRequest, call: Call, sheet: TermsSheet, saved: Saved | None = None) -> HttpResponse:
    meanwhile = saved.meanwhile if saved else None
    if meanwhile is not None:
        call.subject.refresh_from_db()
    context = {
        "call": call,
        "title": title_of(call.subject),
        "page_title": parts.TITLES["terms"],
        "tabs": parts.tabs("terms"),
        "sheet": sheet,
        "sections": sheet.sections,
        "meanwhile": meanwhile,
        "shared": Call.objects.filter(workflow=call.workflow).exclude(pk=call.pk).count() if call.workflow else 0,
        "may_undo": may_undo(call.subject, who(request), timezone.now()),
        **before_opening(call),
    }
    return render(request, "desk/call_terms.html", context, status=422 if sheet.errors else 200)
