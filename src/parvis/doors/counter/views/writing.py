"""Writing in a file: page by page, saved at each pause by the script, or by [Save] without one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.domain.funding import actions, queries
from parvis.domain.funding.errors import FileClosed
from parvis.domain.funding.models import Answer, Application, OtherText
from parvis.domain.funding.queries.budgets import Balance, balance_of
from parvis.domain.funding.queries.forms import GONE, LONGEST, Form
from parvis.domain.funding.queries.versions import changes_between
from parvis.doors.counter import posted
from parvis.doors.counter.access import for_script, fresh_token, my_file, signed_in, who
from parvis.doors.counter.cells import Sheet
from parvis.doors.counter.naming import person_named
from parvis.doors.counter.pages import file_context, onwards_from, step_list, told_of_call
from parvis.doors.counter.plates import plate_of
from parvis.doors.counter.words import countries, tongue
from parvis.foundation.accounts.models import User
from parvis.foundation.values.refusal import Refusal

#: The largest save that is read; a form is far smaller.
_LARGEST_SAVE = 2_000_000
#: A field of a repeated line: its question, its line, its column.
_OF_A_LINE = 2


@require_safe
@signed_in
def write(request: HttpRequest, file: UUID) -> HttpResponse:
    """Go to the first page of a file."""
    found = my_file(request, file)
    first = queries.form_read(found.form_id).sections[0].code
    return redirect("counter:page", file, first)


@require_http_methods(["GET", "POST"])
@signed_in
def page(request: HttpRequest, file: UUID, section: str) -> HttpResponse:
    """One page of the form. Posted without a script, it is saved and comes back with what is wrong in it."""
    found = my_file(request, file)
    form = queries.form_read(found.form_id)
    if section not in {one.code for one in form.sections}:
        raise Http404
    done = _posted(request, file) if request.method == "POST" else posted.Outcome()
    if done.onwards and done.status == 200:
        return redirect(done.onwards)
    answers = queries.revisions_of(found)
    sheet = Sheet(form, answers, queries.other_texts(found), done.typed, done.refused)
    balance = balance_of(sheet.values, "budget", sheet.currency)
    context = file_context(request, found) | {
        "section": next(one for one in form.sections if one.code == section),
        "steps": step_list(found, form, {path: row.value for path, row in answers.items()}, section),
        "blocks": sheet.blocks(section),
        "currency": sheet.currency,
        "balance": balance,
        "gap": balance.sentence(),
        "told": done.told,
        "refused": done.status != 200,
        "longest": LONGEST,
        "countries": countries(),
        "lawful": _law_at_the_head(found, form, section),
        "onwards": onwards_from(found, form, section),
        "plate": plate_of(sheet.values),
        "newest": max((row.saved_at for row in answers.values()), default=None),
    }
    return render(request, "counter/page.html", context, status=done.status)


def _law_at_the_head(file: Application, form: Form, section: str) -> list[queries.Lawful]:
    """On the first page of a form, what the law will ask of a body of this kind if the request is granted."""
    if section != form.sections[0].code:
        return []
    return queries.asked_if_granted(timezone.localdate(), [file.body.kind])


def _posted(request: HttpRequest, file: UUID) -> posted.Outcome:
    """Save what a page posted: what became of it, where to go on, and the words that could not be saved."""
    saves, now = posted.saves_in(request.POST), timezone.now()
    saves += _put_back(file, request) + posted.names_of_places(saves, request.POST)
    window = request.POST.get("-window", "")[:40] or f"form-{who(request).pk}"
    refused: dict[str, str] = {}
    try:
        if saves:
            refused = actions.save_answers(
                application=file, saves=saves, by=who(request), at=now, window=window
            ).refused
        if choice := request.POST.get("-choose", ""):
            _choose(file, choice, request, window)
    except Refusal as refusal:
        return posted.Outcome(str(refusal), 409, typed={save.field: save for save in saves})
    if refused:
        return posted.outcome_of(saves, refused)
    hour = timezone.localtime(now).strftime("%H:%M:%S")
    onwards = request.POST.get("-onwards", "")
    safe = onwards if onwards.startswith(request.path.rpartition("/dossiers/")[0] + "/dossiers/") else ""
    return posted.Outcome(_("Saved on the server at %(hour)s") % {"hour": hour}, onwards=safe)


def _put_back(file: UUID, request: HttpRequest) -> list[actions.Save]:
    """A line that was taken out, and is wanted again."""
    path = request.POST.get("-back", "")
    held = Answer.objects.filter(application=file, field=path).first() if path.endswith(f".{GONE}") else None
    return [actions.Save(path, "", held.revision)] if held else []


def _choose(file: UUID, choice: str, request: HttpRequest, window: str) -> None:
    """Which of two texts stands: ``12:other`` or ``12:held``."""
    number, _colon, side = choice.partition(":")
    if not number.isdecimal() or len(number) > 15:
        return
    other = OtherText.objects.filter(pk=int(number), application=file, settled_at__isnull=True).first()
    if other is None:
        return
    held = Answer.objects.filter(application=file, field=other.field).first()
    value = other.value if side == "other" or held is None else held.value
    actions.choose_text(
        application=file, path=other.field, value=value, by=who(request), at=timezone.now(), window=window
    )


@require_POST
@for_script
def save(request: HttpRequest, file: UUID) -> JsonResponse:
    """Save fields as they are typed: JSON in, JSON out, a sentence with every refusal."""
    now = timezone.now()
    try:
        if int(request.headers.get("Content-Length") or 0) > _LARGEST_SAVE:
            return JsonResponse({"refused": _("This is too much to save at once.")}, status=413)
        said = orjson.loads(request.body)
        saves, window = posted.saves_of(said)
        known, closing = posted.version_known(said), posted.closing_known(said)
    except (ValueError, TypeError, RawPostDataException, UnreadablePostError):
        return JsonResponse({"refused": _("This request cannot be read.")}, status=400)
    try:
        saved = actions.save_answers(application=file, saves=saves, by=who(request), at=now, window=window)
    except FileClosed as refusal:
        return JsonResponse({"closed": str(refusal)}, status=409)
    except Refusal as refusal:
        return JsonResponse({"refused": str(refusal)}, status=403)
    return JsonResponse(
        {
            "at": timezone.localtime(now).strftime("%H:%M:%S"),
            "revisions": saved.revisions,
            "notes": saved.notes,
            "refusals": saved.refused,
            "others": {path: _other(file, path, window, row) for path, row in saved.others.items()},
            "gone": _gone(file, saves, who(request)),
            **_balance(saved.balance),
            **told_of_call(file, saved.form, known, closing),
        }
    )


def _gone(file: UUID, saves: Sequence[actions.Save], person: User) -> dict[str, Any]:
    """Of the lines just written in, those that were taken out meanwhile."""
    lines = {f"{save.field.rpartition('.')[0]}.{GONE}" for save in saves if save.field.count(".") == _OF_A_LINE}
    if not lines:
        return {}
    rows = Answer.objects.filter(application=file, field__in=lines).select_related("saved_by")
    return {row.field: _row_told(row, person) for row in rows if row.value}


def _row_told(row: Answer, person: User) -> dict[str, Any]:
    """What stands in a field, and who wrote it."""
    return {
        "value": row.value,
        "revision": row.revision,
        "mine": row.saved_by_id == person.pk,
        "who": person_named(row.saved_by),
        "hour": timezone.localtime(row.saved_at).strftime("%H:%M"),
    }


def _other(file: UUID, path: str, window: str, held: Answer) -> dict[str, Any]:
    kept = OtherText.objects.filter(application=file, field=path, window=window, settled_at__isnull=True).first()
    return {
        "id": kept.pk if kept else 0,
        "held": held.value,
        "revision": held.revision,
        "who": person_named(held.saved_by),
        "hour": timezone.localtime(held.saved_at).strftime("%H:%M"),
    }


def _balance(balance: Balance | None) -> dict[str, Any]:
    if balance is None:
        return {}
    return {"balance": {"gap": str(balance.gap), "gap_in_kind": str(balance.gap_in_kind), "said": balance.sentence()}}


@require_POST
@for_script
def choose(request: HttpRequest, file: UUID) -> JsonResponse:
    """Say which of two texts stands, from the page's script."""
    try:
        _choose(file, request.POST.get("choice", ""), request, request.POST.get("window", "")[:40])
    except Refusal as refusal:
        return JsonResponse({"refused": str(refusal)}, status=403)
    path = request.POST.get("field", "")
    row = get_object_or_404(Answer.objects.filter(application=my_file(request, file)), field=path)
    return JsonResponse({"value": row.value, "revision": row.revision})


@require_safe
@for_script
def now(request: HttpRequest, file: UUID) -> JsonResponse:
    """What stands in a file now: for a page that comes back after a cut, and to see a colleague's words."""
    found = my_file(request, file)
    rows = Answer.objects.filter(application=found).select_related("saved_by")
    if since := _digits(request.GET.get("since", ""), 14):
        rows = rows.filter(saved_at__gt=datetime.fromtimestamp(since / 1000, tz=UTC))
    known = request.GET.get("version", "")
    return JsonResponse(
        {
            **told_of_call(file, found.form_id, _digits(known, 5), _digits(request.GET.get("closes", ""), 14)),
            "token": fresh_token(request),
            "state": found.state,
            "fields": {row.field: _row_told(row, who(request)) for row in rows},
        }
    )


def _digits(typed: str, most: int) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= most else 0


@require_safe
@signed_in
def changes(request: HttpRequest, file: UUID) -> HttpResponse:
    """All that the call says otherwise since the file was begun. Nothing of the file changes."""
    found = my_file(request, file)
    context = file_context(request, found)
    later = context["later"]
    told = changes_between(found.form_id, later.form, tongue()) if later else []
    first = queries.form_read(found.form_id).sections[0].code
    return render(request, "counter/changes.html", context | {"told": told, "first": first})


@require_safe
@for_script
def places(request: HttpRequest, file: UUID) -> JsonResponse:
    """Places that answer to a name, for a person to choose from: never one chosen in silence."""
    my_file(request, file)
    name, country = request.GET.get("name", "")[:120], request.GET.get("country", "")[:2].upper()
    return JsonResponse({"places": posted.candidates(name, country)})
