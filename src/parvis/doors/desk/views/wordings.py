"""The texts of official papers: letters, conventions, amendments, written by officers, each change a version."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from parvis.domain.funding import actions, queries
from parvis.domain.funding.actions.wordings import LONGEST_TEXT
from parvis.domain.funding.enums import LETTERS, PaperKind
from parvis.domain.funding.models import Wording
from parvis.domain.funding.queries import Served
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.naming import title_of
from parvis.doors.desk.words import kind_label, tongue, vocabulary
from parvis.doors.ui import spelling
from parvis.foundation.accounts.models import Role
from parvis.foundation.values.refusal import Refusal
from parvis.foundation.vocabulary.paper_texts import PaperText, places_of
from parvis.register.models import Subject

_LANGUAGES = ("fr", "en", "es", "pt")


def served_said(served: Served) -> str:
    """What a text is written for, in words."""
    if served.about:
        return title_of(served.about)
    return kind_label("grant", served.kind) if served.kind else _("the whole city")


@require_safe
@for_role(Role.OFFICER)
def listing(request: HttpRequest) -> HttpResponse:
    """Every paper with the text the city uses, and those written for one call, fund or kind."""
    special = Wording.objects.exclude(about=None, kind="").select_related("about").order_by("paper", "about", "kind")
    others: dict[str, dict[Served, None]] = {}
    for row in special:
        others.setdefault(row.paper, {}).setdefault(Served(row.about, row.kind))
    papers = [
        (paper, queries.text_in_force(paper), [(one, served_said(one)) for one in others.get(paper, {})])
        for paper in PaperKind
    ]
    return render(request, "desk/wordings.html", {"papers": papers})


@require_http_methods(["GET", "POST"])
@for_role(Role.OFFICER)
def wording(request: HttpRequest, code: str) -> HttpResponse:
    """One paper's text in one language: read, written, refused where a place between braces is unknown."""
    if code not in PaperKind.values:
        raise Http404
    paper, served, language = PaperKind(code), _served(request), _language(request)
    now = queries.text_in_force(paper, [served])
    said, found = now.in_language(language)
    refusal = ""
    if request.method == "POST":
        said = PaperText(request.POST.get("title", ""), request.POST.get("text", ""))
        try:
            actions.write_wording(
                paper=paper, served=served, language=language, said=said, by=who(request), at=timezone.now()
            )
        except Refusal as fault:
            refusal = str(fault)
        else:
            messages.success(request, _("Kept. Papers made from now on are made from this text."))
            return redirect(request.get_full_path())
    context = {
        "paper": paper,
        "served": served,
        "served_said": served_said(served),
        "now": now,
        "said": said,
        "found": found,
        "language": language,
        "languages": [(one, spelling.language_name(one, tongue()), _to(request, one)) for one in _LANGUAGES],
        "places": [words.get(language) or words["en"] for words in places_of(paper).values()],
        "versions": [(row, queries.texts_of(row).get(language)) for row in queries.wordings(paper, served)[:30]],
        "longest": LONGEST_TEXT,
        "choices": [] if served != Served() else _choices(paper),
        "refusal": refusal,
    }
    return render(request, "desk/wording.html", context, status=422 if refusal else 200)


def _served(request: HttpRequest) -> Served:
    key, kind = request.GET.get("pour", ""), request.GET.get("type", "")
    if key:
        return Served(get_object_or_404(Subject, noun__in=("call", "programme"), key=key))
    if kind and kind not in vocabulary().kinds["grant"]:
        raise Http404
    return Served(kind=kind)


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("langue", "")
    return asked if asked in _LANGUAGES else tongue() if tongue() in _LANGUAGES else settings.LANGUAGE_CODE


def _to(request: HttpRequest, language: str) -> str:
    kept = {name: request.GET[name] for name in ("pour", "type") if request.GET.get(name)}
    return f"{request.path}?{urlencode({**kept, 'langue': language})}"


def _choices(paper: PaperKind) -> list[tuple[str, list[tuple[str, str]]]]:
    """What another text of this paper may be written for."""
    records: dict[str, list[tuple[str, str]]] = {"call": [], "programme": []}
    rows = Subject.objects.filter(noun__in=records, revision__gte=1).prefetch_related("texts")
    for row in rows:
        records[row.noun].append((f"pour={row.key}", title_of(row)))
    found: list[tuple[str, Any]] = [(_("Calls"), sorted(records["call"], key=lambda one: one[1]))]
    found.append((_("Funds"), sorted(records["programme"], key=lambda one: one[1])))
    if paper not in LETTERS:
        found.append(
            (
                _("Kinds of grants"),
                [(f"type={code}", kind_label("grant", code)) for code in vocabulary().kinds["grant"].by_code],
            )
        )
    return [(label, some) for label, some in found if some]
