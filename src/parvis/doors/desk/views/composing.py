"""The editor of a call: its form, criteria, documents and reports, changed part by part, each change undone at will."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.domain.funding import actions, queries
from parvis.domain.funding.enums import Carried, FieldType, ReportKind
from parvis.domain.funding.models import Call
from parvis.domain.funding.queries import composing
from parvis.domain.funding.queries.composing import Content
from parvis.doors.desk import composing as parts
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.mending import before_opening, editor_at
from parvis.doors.desk.naming import title_of
from parvis.doors.desk.saving import give_back, may_undo, seen
from parvis.doors.ui.words import tongue, vocabulary
from parvis.foundation.accounts.models import Role
from parvis.foundation.publishing.tables import LANGUAGES
from parvis.foundation.values.refusal import Refusal
from parvis.register.content import content_of
from parvis.register.entry import take_apart
from parvis.register.errors import ChangedMeanwhile

_LISTS = ("sections", "fields", "criteria", "documents")


def _call(key: str) -> Call:
    return get_object_or_404(queries.all_calls().select_related("subject__amended_by"), subject__key=key)


def _page(page: str) -> tuple[str, str]:
    if page not in parts.PAGES:
        raise Http404
    return parts.PAGES[page]


@require_safe
@for_role(Role.OFFICER)
def compose(request: HttpRequest, key: str, page: str) -> HttpResponse:
    """One page of the editor: its parts in order, each with what can be done to it."""
    name, report = _page(page)
    call = _call(key)
    own = content = content_of(call)
    if report and not composing.rows_of(content, "sections", report):
        content = composing.with_house_form(content, ReportKind(report))
    context = {
        "call": call,
        "title": title_of(call.subject),
        "page": page,
        "page_title": parts.TITLES[page],
        "tabs": parts.tabs(page),
        "name": name,
        "report": report,
        "is_house": content is not own,
        "pages": parts.pages_of(content, report) if name == "fields" else [],
        "rows": parts.listed(content, name) if name != "fields" else [],
        "weights": parts.weight_said(content) if name == "criteria" else "",
        **before_opening(call),
        "may_undo": may_undo(call.subject, who(request), timezone.now()),
        "touched": request.GET.get("at", "")[:60],
    }
    return render(request, "desk/compose.html", context)


@require_POST
@for_role(Role.OFFICER)
def change(request: HttpRequest, key: str, page: str) -> HttpResponse:
    """Do one thing to one part: move it, double it, take it out; or undo the last change."""
    _name, report = _page(page)
    call = _call(key)
    done, name, code, beside = [*request.POST.get("do", "").split(" "), "", "", ""][:4]
    at = code
    if done == "undo":
        return _undone(request, call, page)
    content = content_of(call)
    try:
        if done == "own":
            put, told = composing.with_house_form(content, ReportKind(report)), _("This form is now the call's own.")
        elif done == "house":
            put, told = (
                composing.without_form(content, ReportKind(report)),
                _("This report is made on the City's form."),
            )
        elif name not in _LISTS:
            raise Http404
        else:
            put, at, told = _part_changed(content, (done, name, report, code, beside))
    except (Refusal, ValueError) as refusal:
        messages.error(request, str(refusal))
        return redirect(editor_at(key, page, at))
    return _kept(request, call, put, told, editor_at(key, page, at))


def _part_changed(content: Content, asked: tuple[str, str, str, str, str]) -> tuple[Content, str, str]:
    """The content as it would be, the part to look at, and what to say."""
    done, name, report, code, beside = asked
    row = composing.row_of(content, name, report, code)
    said = {"words": composing.said(row)}
    match done:
        case "up" | "down":
            steps = -1 if done == "up" else 1
            return composing.moved(content, name, report, code, steps), code, _("“%(words)s” is moved.") % said
        case "before" | "after":
            put = composing.placed(content, name, report, code, beside, after=done == "after")
            return put, code, _("“%(words)s” is moved.") % said
        case "double":
            put, twin = composing.doubled(content, name, report, code)
            return put, twin, _("“%(words)s” is doubled: change the copy's words.") % said
        case "remove":
            return composing.removed(content, name, report, code), "", _("“%(words)s” is taken out.") % said
    raise Http404


def _undone(request: HttpRequest, call: Call, page: str) -> HttpResponse:
    subject, person, now = call.subject, who(request), timezone.now()
    back = editor_at(call.key, page)
    if not may_undo(subject, person, now) or seen(request) != subject.revision:
        messages.error(request, _("Too late to undo here: open the history and bring a revision back."))
        return redirect(back)
    try:
        give_back(call, subject.revision - 1, seen_revision=subject.revision, by=person, at=now)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Undone: the form is what it was before your last change."))
    return redirect(back)


def _kept(request: HttpRequest, call: Call, put: Content, told: str, back: str) -> HttpResponse:
    """Amend the call with its new content, over the revision that was seen."""
    try:
        amended(request, call, put)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told)
    return redirect(back)


def amended(request: HttpRequest, call: Call, put: Content) -> None:
    taken = take_apart(Call, put)
    actions.amend_call(
        record=call, entry=taken.entry, facts=taken.facts, seen_revision=seen(request), by=who(request),
        at=timezone.now(),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_role(Role.OFFICER)
def part(request: HttpRequest, key: str, page: str, name: str, code: str) -> HttpResponse:
    """Write a part anew, or a new one where its code is ``new``. What is refused is told beside its field."""
    shown, report = _page(page)
    if name not in ((shown, "sections") if shown == "fields" else (shown,)):
        raise Http404
    call = _call(key)
    content, new = content_of(call), code == "new"
    sent, now, refusal, meanwhile = request.POST, call.subject.revision, "", False
    wrong: dict[str, str] = {}
    if request.method != "POST":
        row = _row(request, content, (name, report, code))
    else:
        row, wrong = parts.row_posted(request.POST, name)
        try:
            put, held = composing.written(content, name, report, row, "" if new else code)
            if not wrong:
                amended(request, call, put)
                messages.success(request, _("Saved."))
                return redirect(_after(request, key, page, (name, held)))
        except Refusal as why:
            wrong = dict(why.facts.get("beside") or {}) | wrong  # type: ignore[call-overload]  # sentences by field
            refusal, meanwhile = "" if wrong else str(why), isinstance(why, ChangedMeanwhile)
    context = {
        "call": call, "page": page, "page_title": parts.TITLES[page], "name": name, "code": code, "new": new,
        "row": row, "refusal": refusal, "seen": now if meanwhile else sent.get("seen_revision", now),
        "wrong": wrong, "wrongs": _led_to(wrong), "typed": _typed(sent, row),
        **_standing(content, (name, report, code), meanwhile=meanwhile),
        "heading": _("New") if new else composing.said({**row, "code": code}),
        **_asked(content, (name, report, "" if new else code), row, wrong),
    }  # fmt: skip
    status = 409 if refusal else 422 if wrong else 200
    return render(request, "desk/compose_part.html", context, status=status)


def _led_to(wrong: Mapping[str, str]) -> list[tuple[Any, str, str]]:
    """Each refusal with what its field is called and its place in the page, for the list above."""
    told = []
    for name, why in wrong.items():
        part, _dot, language = name.partition(".")
        label, at = parts.BESIDE.get(part, ("", ""))
        told.append((label, f"{part[0]}-{language}" if language else at, why))
    return told


def _typed(sent: Mapping[str, str], row: Mapping[str, Any]) -> dict[str, Any]:
    """Numbers as they were typed, even where they are none."""
    held = {name: row.get(name) for name in ("weight", "least", "most")}
    return {name: sent.get(name, "" if value is None else value) for name, value in held.items()}


def _standing(content: Content, part: tuple[str, str, str], *, meanwhile: bool) -> dict[str, Any]:
    """What stands of a part that was changed while it was written, to compare; or that it is gone."""
    held = next((row for row in composing.rows_of(content, *part[:2]) if row["code"] == part[2]), None)
    words = [(one, text) for one, text in ((held or {}).get("words") or {}).items() if text] if meanwhile else []
    return {"stands": words, "gone": held is None and part[2] != "new"}


def _row(request: HttpRequest, content: Content, part: tuple[str, str, str]) -> dict[str, Any]:
    name, report, code = part
    if code != "new":
        try:
            return composing.row_of(content, name, report, code)
        except Refusal:
            raise Http404 from None
    begun: dict[str, Any] = {"words": {}, "type": FieldType.TEXT.value, "required": name == "documents"}
    return begun | {"section": request.GET.get("section", ""), "within": request.GET.get("within", "")}


def _after(request: HttpRequest, key: str, page: str, part: tuple[str, str]) -> str:
    """Back to the list, or to the part again where more answers are to be written."""
    return (
        reverse("desk:compose_part", args=[key, page, *part])
        if "stay" in request.POST
        else editor_at(key, page, part[1])
    )


def _asked(
    content: Content, part: tuple[str, str, str], row: dict[str, Any], wrong: Mapping[str, str]
) -> dict[str, Any]:
    """What the form of a part offers to choose from."""
    name, report, code = part
    words = [
        {
            "language": one,
            **{part: (row.get(part) or {}).get(one, "") for part in ("words", "help")},
            **{f"{part}_wrong": wrong.get(f"{part}.{one}", "") for part in ("words", "help")},
        }
        for one in LANGUAGES
    ]
    if name == "criteria":
        groups, held = vocabulary().target_groups, row.get("groups") or ()
        named = sorted(((term.code, term.in_language(tongue())) for term in groups), key=lambda pair: pair[1])
        return {"words": words, "groups": [(one, said, one in held) for one, said in named]}
    if name != "fields":
        return {"words": words}
    waited = {one.strip() for one in row.get("shown_value", "").split(",") if one.strip()}
    conditions = [
        (
            composing.said(one),
            [
                (f"{one['code']}={answer}", said, row.get("shown_if") == one["code"] and answer in waited)
                for answer, said in answers
            ],
        )
        for one, answers in composing.waited_for(content, report, code)
    ]
    return {
        "words": words,
        "kinds": parts.kinds_for(report, in_lines=bool(row.get("within")), now=row.get("type", "")),
        "options": parts.options_offered(row),
        "sections": [(one["code"], composing.said(one)) for one in composing.rows_of(content, "sections", report)],
        "within": next(
            (
                composing.said(one)
                for one in composing.rows_of(content, "fields", report)
                if one["code"] == row.get("within")
            ),
            "",
        ),
        "conditions": conditions if not row.get("within") else [],
        "carried": [] if report or row.get("within") else Carried.choices,
        "languages": LANGUAGES,
    }
