"""Browsing and editing the records of every room."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parvis.domain.funding.models import Grant
from parvis.doors.desk import words
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.closing import closed_to_me, closed_where_tied
from parvis.doors.desk.guarding import warn_of_names
from parvis.doors.desk.keying import proposed_key
from parvis.doors.desk.naming import title_of
from parvis.doors.desk.saving import Saved, put_over, save, sheet_for
from parvis.doors.desk.sheets.sheet import Sheet
from parvis.doors.desk.starting import lacks, started
from parvis.doors.desk.views.page import record_page
from parvis.exchange.inbound.entrances import NOUNS, entrances
from parvis.foundation.accounts.models import Role
from parvis.foundation.values.refusal import Refusal
from parvis.foundation.values.text import fold
from parvis.register.content import content_of
from parvis.register.entry import take_apart
from parvis.register.enums import Visibility
from parvis.register.models import Record, Subject

_A_PAGE = 50
_ORDERS = {"key": "key", "-amended": "-amended_at", "amended": "amended_at", "kind": "kind"}


@require_GET
@for_role(Role.READER)
def listing(request: HttpRequest, plural: str) -> HttpResponse:
    """Every record of one kind, by title, with the state of each."""
    noun = noun_of(plural)
    asked = request.GET.get("q", "").strip()[:100]
    visibility, kind = request.GET.get("visibility", ""), request.GET.get("kind", "")
    order = request.GET.get("order", "key")
    found = _titled(Subject.objects.filter(noun=noun, revision__gte=1))
    if asked:
        found = _matching(found, asked)
    if visibility in Visibility.values:
        found = found.filter(visibility=visibility)
    known = words.vocabulary().kinds.get(noun, ())
    if kind and kind in known:
        found = found.filter(kind=kind)
    page = Paginator(found.order_by(_ORDERS.get(order, "key"), "key"), _A_PAGE).get_page(request.GET.get("page"))
    closed = closed_to_me(request, (subject.pk for subject in page)) if noun == Grant.noun else set()
    context = {
        "noun": noun,
        "plural": plural,
        "page": page,
        "asked_here": asked,
        "visibility": visibility,
        "kind": kind,
        "order": order if order in _ORDERS else "key",
        "kinds": [(term.code, term.in_language(words.tongue())) for term in known],
        "visibilities": Visibility.choices,
        "rows": [(subject, title_of(subject)) for subject in page if subject.pk not in closed],
        "closed_to_me": len(closed),
    }
    return render(request, "desk/listing.html", context)


@require_http_methods(["GET", "POST"])
@for_role(Role.OFFICER)
def enter(request: HttpRequest, plural: str) -> HttpResponse:
    """A new record: an empty sheet, kept as written until it holds."""
    noun = noun_of(plural)
    model, enter_through_room, _amend = entrances()[noun]
    sheet = sheet_for(model, started(noun, request.GET, on=timezone.localdate()), request.POST or None)
    if request.method == "POST" and sheet.is_valid() and not lacks(sheet):
        content = sheet.content()
        content["key"] = content.get("key") or proposed_key(noun, content, on=timezone.localdate())
        taken = take_apart(model, content)
        try:
            record = enter_through_room(entry=taken.entry, facts=taken.facts, by=who(request), at=timezone.now())
        except Refusal as refusal:
            sheet.add_refusal(refusal)
        else:
            messages.success(request, _("“%(title)s” is entered.") % {"title": _title_in(sheet)}, extra_tags="saved")
            if record.subject.visibility == Visibility.PUBLIC:
                warn_of_names(request, noun, sheet.content())
            return redirect("desk:record", plural=plural, key=record.key)
    return record_page(request, noun, sheet)


@require_http_methods(["GET", "POST"])
@for_role(Role.READER, to_write=Role.OFFICER)
@closed_where_tied
def record(request: HttpRequest, plural: str, key: str) -> HttpResponse:
    """One record: its sheet, its statements, what changed meanwhile if somebody else saved first."""
    noun = noun_of(plural)
    found = record_of(noun, key)
    current = content_of(found)
    if request.method != "POST":
        return record_page(request, noun, sheet_for(type(found), current), found)
    sheet = sheet_for(type(found), current, put_over(request.POST, type(found), current))
    saved = save(request, sheet, found) if sheet.is_valid() else Saved(done=False)
    if saved.done:
        at = f"{timezone.localtime():%H:%M:%S}"
        said = (
            _("Nothing was changed: the record stands as it was.")
            if saved.same
            else _("Saved on the server at %(at)s.")
        )
        messages.success(request, said % {"at": at}, extra_tags="saved")
        if not saved.same and sheet.content().get("visibility", Visibility.PUBLIC) == Visibility.PUBLIC:
            warn_of_names(request, noun, sheet.content())
        return redirect("desk:record", plural=plural, key=key)
    return record_page(request, noun, sheet, found, meanwhile=saved.meanwhile)


def noun_of(plural: str) -> str:
    if plural not in NOUNS:
        raise Http404
    return NOUNS[plural]


def record_of(noun: str, key: str) -> Record:
    model = entrances()[noun][0]
    found = (
        model._default_manager.select_related("subject__amended_by")
        .prefetch_related("subject__texts")
        .filter(subject__key=key)
        .first()
    )
    if found is None:
        raise Http404
    return found


def _title_in(sheet: Sheet) -> str:
    titles = sheet.content().get("title", {})
    return titles.get(words.tongue()) or next(iter(titles.values()), "")


def _titled(subjects: QuerySet[Subject]) -> QuerySet[Subject]:
    return subjects.prefetch_related("texts").select_related("amended_by")


def _matching(subjects: QuerySet[Subject], asked: str) -> QuerySet[Subject]:
    names = Q(names__folded__contains=fold(asked))
    return subjects.filter(Q(key__contains=fold(asked)) | Q(texts__body__icontains=asked) | names).distinct()
