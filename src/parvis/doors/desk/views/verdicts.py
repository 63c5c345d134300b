"""What the judge of a standard says of a file brought in: fault by fault, with its line, and as a CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_POST

from parvis.doors.desk import words
from parvis.doors.desk.access import for_role, who
from parvis.exchange.inbound import actions, queries, tasks, verdicts
from parvis.exchange.inbound.models import Import
from parvis.exchange.inbound.standards import STANDARDS
from parvis.foundation.accounts.models import Role
from parvis.foundation.values.refusal import Refusal

_A_PAGE = 100


@require_GET
@for_role(Role.OFFICER)
def listing(request: HttpRequest, number: int) -> HttpResponse:
    """Every fault of a file by its standard, a hundred at a time; by kind or by rule where asked."""
    imported = get_object_or_404(queries.imports(), pk=number)
    by, rule = request.GET.get("by", ""), request.GET.get("rule", "")
    start = _whole(request.GET.get("start", ""))
    found = list(islice(verdicts.verdicts_of(imported, by=by, rule=rule), start, start + _A_PAGE + 1))
    said, called = imported.tallies.get("standard", {}), verdicts.kinds()
    context = {
        "imported": imported,
        "standard": standard_of(imported),
        "said": said,
        "all_said": sum(said.get("by", {}).values()),
        "kinds": [(code, label, said["by"][code]) for code, label in called.items() if said.get("by", {}).get(code)],
        "rules": [tuple(one) for one in said.get("rules", []) if not by or one[0] == by],
        "by": by,
        "rule": rule,
        "shown": [
            one | {"kind": called.get(one["by"], one["by"]), "gravity": verdicts.gravity(grave=one["grave"])}
            for one in found[:_A_PAGE]
        ],
        "start": start,
        "before": max(0, start - _A_PAGE),
        "after": start + _A_PAGE,
        "more": len(found) > _A_PAGE,
    }
    return render(request, "desk/import_verdicts.html", context)


@require_GET
@for_role(Role.OFFICER)
def as_csv(request: HttpRequest, number: int) -> StreamingHttpResponse:
    """The same faults as a CSV, in the reader's language."""
    imported = get_object_or_404(queries.imports(), pk=number)
    rows = verdicts.as_csv_rows(imported, by=request.GET.get("by", ""), rule=request.GET.get("rule", ""))
    answer = StreamingHttpResponse(_written(rows, words.tongue()), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="verdict-{number}.csv"'
    return answer


@require_POST
@for_role(Role.OFFICER)
def strictness(request: HttpRequest, number: int) -> HttpResponse:
    """Say whether rows that break the standard are refused, then have the file read again."""
    imported = get_object_or_404(queries.imports(), pk=number)
    strict = "take" if request.POST.get("strict") == "take" else "refuse"
    try:
        actions.choose_strictness(imported=imported, strict=strict, by=who(request), at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        tasks.judge.enqueue(imported.pk, who(request).pk)
    return redirect("desk:import", number=number)


def standard_of(imported: Import) -> str:
    """What the standard of a file is called; nothing where it is a table."""
    known = STANDARDS.get(imported.how.get("standard", ""))
    return _(known.label) if known else ""


class _Line:
    """A file that hands back what is written in it."""

    def write(self, text: str) -> bytes:
        return text.encode()


def _written(rows: Iterator[list[str]], tongue: str) -> Iterator[bytes]:
    """Written while it is sent, when the language of the request is no longer the one in force."""
    writer = csv.writer(_Line(), delimiter=";")
    yield b"\xef\xbb\xbf"
    while True:
        with override(tongue):
            some = list(islice(rows, 500))
        if not some:
            return
        yield b"".join(writer.writerow(row) for row in some)


def _whole(said: str) -> int:
    return int(said) if said.isdecimal() and len(said) < 9 else 0
