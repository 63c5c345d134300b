"""Bringing a file in: its columns, the verdict on each row, the names to settle, accepting, undoing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.doors.desk import words
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.importing import columns_shown, kinds_shown, names_shown, rows_shown, totals_shown
from parvis.doors.desk.views.verdicts import standard_of
from parvis.exchange.inbound import actions, keeping, queries, tasks
from parvis.exchange.inbound.enums import AT_WORK, ImportState, RowVerdict
from parvis.exchange.inbound.matching import in_order
from parvis.exchange.inbound.models import Import
from parvis.exchange.inbound.refused import refused_rows
from parvis.exchange.inbound.standards import STANDARDS
from parvis.exchange.inbound.targets import TARGETS, target_of
from parvis.foundation.accounts.models import Role
from parvis.foundation.publishing.tables import LANGUAGES
from parvis.foundation.values.refusal import Refusal
from parvis.register.enums import Speaker, Visibility
from parvis.register.models import Subject

_A_PAGE = 50
_LISTED = 40
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
@for_role(Role.READER, to_write=Role.OFFICER)
def listing(request: HttpRequest) -> HttpResponse:
    """Files brought in, and the door for a new one."""
    refusal = ""
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            imported = actions.receive_file(
                chunks=file.chunks() if file else (),
                name=str(file.name) if file else "",
                target=request.POST.get("target", ""),
                standard=request.POST.get("standard", ""),
                language=_one_of(request.POST.get("language", ""), LANGUAGES, words.tongue()),
                spoken=words.tongue(),
                speaks=_one_of(request.POST.get("speaks", ""), Speaker.values, Speaker.SELF),
                by=who(request),
                at=timezone.now(),
            )
        except Refusal as fault:
            refusal = str(fault)
        else:
            return redirect("desk:import", number=imported.pk)
    tongue = words.tongue()
    context = {
        "refusal": refusal,
        "rows": [(each, target_of(each.target).in_language(tongue)) for each in queries.imports()[:_LISTED]],
        "standards": [(name, _(one.label)) for name, one in STANDARDS.items()],
        "said_standard": request.POST.get("standard", ""),
        "targets": [(name, target.in_language(tongue)) for name, target in TARGETS.items()],
        "chosen": request.POST.get("target") or request.GET.get("target", ""),
        "tongue": tongue,
        "languages": LANGUAGES,
        "speakers": Speaker.choices,
        "mappings": queries.mappings()[:_LISTED],
    }
    return render(request, "desk/imports.html", context, status=422 if refusal else 200)


@require_GET
@for_role(Role.OFFICER)
def one(request: HttpRequest, number: int) -> HttpResponse:
    """An import where it stands: its columns, the work under way, the verdicts, or what was written."""
    return _page(request, _found(number))


@require_POST
@for_role(Role.OFFICER)
def columns(request: HttpRequest, number: int) -> HttpResponse:
    """Say which field each column fills, then have every row read."""
    imported = _found(number)
    names = in_order(imported.mapping)
    chosen = {name: request.POST.get(f"column-{place}", "") for place, name in enumerate(names)}
    written = {
        name: {what: request.POST.get(f"{what}-{place}", "") for what in ("decimal", "order")}
        for place, name in enumerate(names)
    }
    options = {
        "visibility": _one_of(request.POST.get("visibility", ""), Visibility.values, Visibility.DRAFT),
        "bodies": "enter" if request.POST.get("bodies") == "enter" else "ask",
        "strict": _one_of(request.POST.get("strict", ""), ("refuse", "take"), "refuse"),
    }
    return _then_judge(
        request,
        imported,
        lambda: actions.choose_columns(
            imported=imported, chosen=chosen, written=written, options=options,
            remember_as=request.POST.get("remember", ""), by=who(request), at=timezone.now(),
        ),
    )  # fmt: skip


@require_POST
@for_role(Role.OFFICER)
def sheet(request: HttpRequest, number: int) -> HttpResponse:
    """Read another sheet of the workbook than the first."""
    imported, chosen = _found(number), request.POST.get("sheet", "")
    done = _("This import now reads the sheet “%(name)s”.") % {"name": chosen}
    return _then(
        request, number,
        lambda: actions.choose_sheet(imported=imported, sheet=chosen, by=who(request), at=timezone.now()), done,
    )  # fmt: skip


@require_POST
@for_role(Role.OFFICER)
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """Say which record each doubtful name means, then have the rows read again."""
    imported = _found(number)
    answers = {
        ask["text"]: request.POST.get(f"answer-{place}", "") for place, ask in enumerate(imported.asks)
    }  # fmt: skip
    return _then_judge(
        request,
        imported,
        lambda: actions.settle_names(
            imported=imported, answers=answers, bodies=request.POST.get("bodies", ""), by=who(request),
            at=timezone.now(),
        ),
    )  # fmt: skip


@require_POST
@for_role(Role.OFFICER)
def recognise(request: HttpRequest, number: int) -> HttpResponse:
    """Say whether a row and a record of the same name are one thing."""
    imported = _found(number)
    row = get_object_or_404(imported.rows, number=_whole(request.POST.get("row", "")))
    subject = get_object_or_404(Subject, key=request.POST.get("key", ""))
    return _then_judge(
        request,
        imported,
        lambda: actions.recognise(
            imported=imported, row=row, subject=subject, same=request.POST.get("same") == "yes", by=who(request),
            at=timezone.now(),
        ),
    )  # fmt: skip


@require_POST
@for_role(Role.OFFICER)
def recognise_each(request: HttpRequest, number: int) -> HttpResponse:
    """Say at once that each row asked about one record only is that record."""
    imported = _found(number)
    return _then_judge(
        request,
        imported,
        lambda: actions.recognise_each(imported=imported, by=who(request), at=timezone.now()),
    )


@require_POST
@for_role(Role.OFFICER)
def accept(request: HttpRequest, number: int) -> HttpResponse:
    """Accept rows: all, those that are new, those that change something, or those ticked."""
    imported = _found(number)
    numbers = [_whole(said) for said in request.POST.getlist("row")]
    chosen = _one_of(request.POST.get("chosen", ""), ("all", "new", "changed", "some"), "all")
    try:
        actions.begin_accepting(
            imported=imported, chosen=chosen, numbers=numbers, named=request.POST.get("named", ""), by=who(request),
            at=timezone.now(),
        )  # fmt: skip
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        tasks.accept.enqueue(imported.pk, who(request).pk)
    return redirect("desk:import", number=number)


@require_POST
@for_role(Role.OFFICER)
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Have the worker undo an import, as one act."""
    imported = _found(number)
    try:
        actions.begin_undoing(imported=imported, by=who(request), at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        tasks.undo.enqueue(imported.pk, who(request).pk)
    return redirect("desk:import", number=number)


@require_POST
@for_role(Role.OFFICER)
def drop(request: HttpRequest, number: int) -> HttpResponse:
    """Throw a file away before anything of it was written."""
    imported = _found(number)
    done = _("Thrown away: nothing of this file was written.")
    _then(request, number, lambda: actions.drop_import(imported=imported, by=who(request), at=timezone.now()), done)
    return redirect("desk:imports")


@require_GET
@for_role(Role.OFFICER)
def refused(request: HttpRequest, number: int) -> HttpResponse:
    """The refused rows as a spreadsheet with a column of reasons, to be mended and brought back."""
    imported = _found(number)
    try:
        taken = refused_rows(imported)
    except OSError:
        messages.error(request, _("The file is not there any more."))
        return redirect("desk:import", number=number)
    stem = imported.file_name.rpartition(".")[0] or imported.file_name
    answer = HttpResponse(taken, content_type=_SHEET)
    answer["Content-Disposition"] = f'attachment; filename="{_plain(stem)}-{number}.xlsx"'
    return answer


@require_GET
@for_role(Role.OFFICER)
def progress(_request: HttpRequest, number: int) -> JsonResponse:
    """How far the worker is, for the page that waits."""
    imported = _found(number)
    said = keeping.progress(imported)
    return JsonResponse(
        {"over": imported.state not in AT_WORK, "done": said.get("done", 0), "what": said.get("what", "")}
    )


def _page(request: HttpRequest, imported: Import, refusal: str = "") -> HttpResponse:
    target = target_of(imported.target)
    verdict = _one_of(request.GET.get("verdict", ""), RowVerdict.values, "")
    page = Paginator(queries.rows_with(imported, verdict), _A_PAGE).get_page(request.GET.get("page"))
    again = imported.state == ImportState.JUDGED and "columns" in request.GET
    at_columns = again or imported.state == ImportState.READ
    columns = columns_shown(imported, target, request.POST) if at_columns else []
    context: dict[str, Any] = {
        "imported": imported,
        "target": target.in_language(words.tongue()),
        "standard": standard_of(imported),
        "verdict_of_standard": imported.tallies.get("standard", {}),
        "verdict_kinds": kinds_shown(imported),
        "noun": target.noun,
        "private": target.private,
        "plural": words.PLURALS.get(target.noun, ""),
        "refusal": refusal or imported.fault,
        "before": queries.before_of(imported),
        "at_work": imported.state in AT_WORK,
        "at_columns": at_columns,
        "progress": keeping.progress(imported),
        "columns": columns,
        "silent": [column["name"] for column in columns if column["hidden"]],
        "totals": totals_shown(imported, target),
        "names": names_shown(imported) if imported.state == ImportState.JUDGED else [],
        "sure": len(queries.sure_doubles(imported)) if imported.state == ImportState.JUDGED else 0,
        "more_names": max(0, len(imported.asks) - 1),
        "page": page,
        "shown": rows_shown(target, page.object_list, imported.kept.get("fresh", ())),
        "verdict": verdict,
        "verdicts": [
            (code, label, imported.tallies.get("verdicts", {}).get(code, 0)) for code, label in RowVerdict.choices
        ],
        "visibilities": Visibility.choices,
        "writable": sum(imported.tallies.get("verdicts", {}).get(code, 0) for code in ("new", "changed")),
    }
    return render(request, "desk/import.html", context, status=422 if refusal else 200)


def _then_judge(request: HttpRequest, imported: Import, do: Callable[[], Any]) -> HttpResponse:
    try:
        do()
    except Refusal as refusal:
        imported.refresh_from_db()
        return _page(request, imported, str(refusal))
    tasks.judge.enqueue(imported.pk, who(request).pk)
    return redirect("desk:import", number=imported.pk)


def _then(request: HttpRequest, number: int, do: Callable[[], Any], done: str) -> HttpResponse:
    try:
        do()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("desk:import", number=number)


def _found(number: int) -> Import:
    return get_object_or_404(queries.imports(), pk=number)


def _one_of(said: str, known: Any, otherwise: Any) -> Any:
    return said if said in known else otherwise


def _whole(said: str) -> int:
    return int(said) if said.isdecimal() and len(said) < 10 else -1


def _plain(name: str) -> str:
    return "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in name)[:60].strip("-") or "import"
