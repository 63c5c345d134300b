"""Browsing and editing the records of every room."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parvis.doors.desk.access import for_role
from parvis.doors.desk.choices import key_lists
from parvis.doors.desk.comparing import differences
from parvis.doors.desk.sheets.sheet import Sheet
from parvis.doors.desk.words import NOUNS as WORDS
from parvis.exchange.inbound.entrances import NOUNS, entrances
from parvis.foundation.accounts.models import Role
from parvis.foundation.accounts.rules import at_least
from parvis.foundation.values.refusal import Refusal
from parvis.foundation.values.text import fold
from parvis.register.content import content_of
from parvis.register.entry import take_apart
from parvis.register.enums import Visibility
from parvis.register.errors import ChangedMeanwhile, InvalidContent
from parvis.register.models import Record, Subject

_A_PAGE = 50


@for_role(Role.READER)
def listing(request: HttpRequest, plural: str) -> HttpResponse:
    """Every record of one kind, by title, with the state of each."""
    noun = noun_of(plural)
    asked = request.GET.get("q", "").strip()
    visibility = request.GET.get("visibility", "")
    found = _titled(Subject.objects.filter(noun=noun, revision__gte=1))
    if asked:
        found = _matching(found, asked)
    if visibility in Visibility.values:
        found = found.filter(visibility=visibility)
    page = Paginator(found.order_by("key"), _A_PAGE).get_page(request.GET.get("page"))
    context = {
        "noun": noun,
        "plural": plural,
        "words": WORDS[noun],
        "page": page,
        "asked": asked,
        "visibility": visibility,
        "visibilities": Visibility.choices,
        "rows": [(subject, title_of(subject)) for subject in page],
    }
    return render(request, "desk/listing.html", context)


@require_http_methods(["GET", "POST"])
@for_role(Role.OFFICER)
def enter(request: HttpRequest, plural: str) -> HttpResponse:
    """A new record: an empty sheet, kept as written until it holds."""
    noun = noun_of(plural)
    model, enter_through_room, _amend = entrances()[noun]
    sheet = Sheet(model, content={"visibility": "draft"}, data=request.POST or None)
    if request.method == "POST" and sheet.is_valid():
        content = sheet.content()
        taken = take_apart(model, content)
        try:
            record = enter_through_room(
                entry=taken.entry, facts=taken.facts, by=request.user, at=timezone.now()
            )
        except InvalidContent as refusal:
            sheet.add_problems(refusal)
        except Refusal as refusal:
            sheet.add_error(None, str(refusal))
        else:
            messages.success(request, _("“%(key)s” is entered.") % {"key": record.key})
            return redirect("desk:record", plural=plural, key=record.key)
    return _sheet_page(request, noun, plural, sheet, None)


@require_http_methods(["GET", "POST"])
@for_role(Role.READER, to_write=Role.OFFICER)
def record(request: HttpRequest, plural: str, key: str) -> HttpResponse:
    """One record: its sheet, its statements, what changed meanwhile if somebody else saved first."""
    noun = noun_of(plural)
    found = record_of(noun, key)
    current = content_of(found)
    if request.method == "GET":
        return _sheet_page(request, noun, plural, Sheet(type(found), content=current), found)
    sheet = Sheet(type(found), content=current, data=request.POST)
    if sheet.is_valid():
        answer = _save(request, sheet, found)
        if answer is None:
            messages.success(
                request, _("Saved on the server at %(at)s.") % {"at": f"{timezone.localtime():%H:%M:%S}"}
            )
            return redirect("desk:record", plural=plural, key=key)
        if answer:
            return _sheet_page(request, noun, plural, sheet, found, meanwhile=answer)
    return _sheet_page(request, noun, plural, sheet, found)


def noun_of(plural: str) -> str:
    if plural not in NOUNS:
        raise Http404
    return NOUNS[plural]


def record_of(noun: str, key: str) -> Record:
    model = entrances()[noun][0]
    found = model._default_manager.select_related("subject__amended_by").filter(subject__key=key).first()
    if found is None:
        raise Http404
    return found


def title_of(subject: Subject) -> str:
    """The title of a record in the reader's language, or in the one there is; its key at worst."""
    titles = {text.language: text.body for text in subject.texts.all() if text.field == "title"}
    return titles.get("fr") or titles.get("en") or next(iter(titles.values()), subject.key)


def _titled(subjects: QuerySet[Subject]) -> QuerySet[Subject]:
    return subjects.prefetch_related("texts").select_related("amended_by")


def _matching(subjects: QuerySet[Subject], asked: str) -> QuerySet[Subject]:
    names = Q(names__folded__contains=fold(asked))
    return subjects.filter(Q(key__contains=fold(asked)) | Q(texts__body__icontains=asked) | names).distinct()


def _save(request: HttpRequest, sheet: Sheet, found: Record) -> list[Any] | None:
    """Save through the room. None when it is saved; what changed meanwhile, or an empty list, when not."""
    content = sheet.content()
    taken = take_apart(type(found), content)
    amend = entrances()[found.noun][2]
    try:
        amend(
            record=found,
            entry=taken.entry,
            facts=taken.facts,
            seen_revision=_seen(request),
            by=request.user,
            at=timezone.now(),
        )
    except InvalidContent as refusal:
        sheet.add_problems(refusal)
    except ChangedMeanwhile as refusal:
        sheet.add_error(None, str(refusal))
        return differences(content_of(record_of(found.noun, found.key)), content)
    except Refusal as refusal:
        sheet.add_error(None, str(refusal))
    else:
        return None
    return []


def _seen(request: HttpRequest) -> int:
    seen = request.POST.get("seen_revision", "")
    return int(seen) if seen.isdigit() and len(seen) < 10 else -1


def _sheet_page(
    request: HttpRequest,
    noun: str,
    plural: str,
    sheet: Sheet,
    found: Record | None,
    meanwhile: list[Any] | None = None,
) -> HttpResponse:
    subject = found.subject if found else None
    if subject is not None:
        subject = Subject.objects.select_related("amended_by").get(pk=subject.pk)
    context = {
        "noun": noun,
        "plural": plural,
        "words": WORDS[noun],
        "sheet": sheet,
        "subject": subject,
        "title": title_of(subject) if subject else "",
        "meanwhile": meanwhile,
        "lists": key_lists(sheet),
        "statements": _statements(subject),
        "may_write": _may_write(request),
    }
    return render(request, "desk/record.html", context, status=422 if sheet.errors else 200)


def _statements(subject: Subject | None) -> Any:
    if subject is None:
        return ()
    return subject.statements.select_related("source__subject", "said_by").order_by("property", "as_of", "pk")


def _may_write(request: HttpRequest) -> bool:
    return at_least(request.user, Role.OFFICER)
