"""Files of persons before their term: what will be erased by itself, when, and what was."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from parvis.domain.funding.queries import retention
from parvis.doors.desk.access import for_role
from parvis.doors.desk.naming import title_of
from parvis.foundation.accounts.models import Role

_A_PAGE = 50


@require_safe
@for_role(Role.OFFICER)
def terms(request: HttpRequest) -> HttpResponse:
    """The dry run: each file by its number, never by a name, with the rows that go."""
    on = timezone.localdate()
    coming = retention.terms_of_persons(on)
    page = Paginator(coming, _A_PAGE).get_page(request.GET.get("page"))
    context = {
        "months": retention.personal_months(on),
        "due": sum(term.erased_from <= on for term in coming),
        "count": len(coming),
        "page": page,
        "rows": [_told(term, due=term.erased_from <= on) for term in page],
        "erased": [(file, title_of(file.call.subject)) for file in retention.files_erased()[:_A_PAGE]],
    }
    return render(request, "desk/terms.html", context)


def _told(term: retention.Term, *, due: bool) -> dict[str, Any]:
    return {
        "term": term,
        "due": due,
        "call": title_of(term.file.call.subject),
        "goes": [(str(retention.GOES[what]), count) for what, count in term.goes.items()],
    }
