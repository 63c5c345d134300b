"""Orders to pay handed to finance, its answers read back, and the reports awaited."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.domain.funding import actions, queries
from parvis.domain.funding.actions import Answer
from parvis.domain.funding.models import PaymentFile, PaymentOrder
from parvis.doors.desk.access import for_role, who
from parvis.doors.desk.closing import open_to_me
from parvis.doors.desk.money.named import grants_named
from parvis.doors.desk.naming import titles_of
from parvis.doors.desk.paging import paged
from parvis.doors.desk.words import quoted
from parvis.foundation.accounts.models import Role
from parvis.foundation.accounts.rules import at_least
from parvis.foundation.values import as_cell
from parvis.foundation.values.typed import Unread, amount_typed, day_typed
from parvis.register.reading import said

Typed = TypeVar("Typed")
_SHOWN = 200
_LARGEST = 2_000_000
#: Columns of finance's answers, as its system names them, each with what stands in it.
_ANSWER = {
    "order": gettext_lazy("number of the order"),
    "paid_on": gettext_lazy("day it was paid"),
    "amount": gettext_lazy("amount paid"),
    "reference": gettext_lazy("number finance gave the payment"),
    "refused": gettext_lazy("why it was refused"),
    "sent_back_on": gettext_lazy("day the bank sent it back"),
    "sent_back_why": gettext_lazy("why the bank sent it back"),
}
_ORDER = ("order", "issued", "grant", "beneficiary", "siret", "amount", "currency", "envelope", "decision")


@require_GET
@for_role(Role.READER)
def listing(request: HttpRequest) -> HttpResponse:
    """Every order to pay, what waits to be handed over, and what finance answered."""
    return _page(request, [])


@require_POST
@for_role(Role.FINANCE)
def export(request: HttpRequest) -> HttpResponse:
    """The orders not handed over yet, as a file for the finance system."""
    on, at = timezone.localdate(), timezone.now()
    handed = actions.hand_over_orders(on=on, by=who(request), at=at, write=_spelt)
    left = queries.orders_under_way().filter(state="issued").count()
    if left:
        messages.warning(request, _left_for_a_colleague(left))
    if handed is None:
        if not left:
            messages.info(request, _("No order waits to be handed over. A file handed over is taken again below."))
        return redirect("desk:payments")
    return _as_file(handed.content, f"payments-{on}-{handed.pk}.csv")


@require_GET
@for_role(Role.FINANCE)
def handed_over(request: HttpRequest, pk: int) -> HttpResponse:
    """A copy of a file that was handed over: the very bytes, under a name that says that it is a copy."""
    file = get_object_or_404(PaymentFile, pk=pk)
    if queries.file_concerns(file, who(request), timezone.localdate()):
        messages.error(request, _("This file pays a body you have a tie to: a colleague takes it again."))
        return redirect("desk:payments")
    return _as_file(file.content, f"copy-payments-{file.day}-{file.pk}.csv")


def _as_file(content: bytes | memoryview, name: str) -> HttpResponse:
    answer = HttpResponse(bytes(content), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _spelt(orders: list[PaymentOrder]) -> bytes:
    """Orders as the finance system reads them."""
    titles = titles_of(order.instalment.grant.beneficiary.key for order in orders if order.instalment.grant.beneficiary)
    told = io.StringIO(newline="")
    writer = csv.writer(told)
    writer.writerow(_ORDER)
    writer.writerows(_exported(order, titles) for order in orders)
    return told.getvalue().encode()


def _left_for_a_colleague(left: int) -> str:
    return ngettext(
        "%(n)s order pays a body you have a tie to: a colleague hands it over.",
        "%(n)s orders pay bodies you have a tie to: a colleague hands them over.",
        left,
    ) % {"n": left}


def _exported(order: PaymentOrder, titles: Any) -> list[str]:
    grant = order.instalment.grant
    body = grant.beneficiary
    told = [
        order.number,
        order.issued.isoformat(),
        grant.key,
        titles.get(body.key, body.key) if body else grant.file,
        _siret(body),
        str(order.amount),
        grant.currency,
        order.instalment.envelope.key,
        order.decision.key,
    ]
    return [as_cell(cell) for cell in told]


def _siret(body: Any) -> str:
    record = getattr(body, "body", None) if body else None
    return str((record.identifiers or {}).get("siret", "")) if record else ""


@require_http_methods(["POST"])
@for_role(Role.FINANCE)
def answers(request: HttpRequest) -> HttpResponse:
    """What finance answers, row by row: paid, refused, sent back by the bank, or not taken and why.

    The same file twice changes nothing.
    """
    given = request.FILES.get("answers")
    if given is None or not given.size or given.size > _LARGEST:
        messages.error(request, _("Choose the file of answers: a CSV of two megabytes at most."))
        return redirect("desk:payments")
    read, faults = _read(given.read())
    outcomes = actions.take_answers(answers=read, by=who(request), at=timezone.now())
    rows = [(each.answer.line, each.answer.number, each.taken, each.why) for each in outcomes]
    return _page(request, sorted([*faults, *rows]))


def _read(raw: bytes) -> tuple[list[Answer], list[tuple[int, str, bool, str]]]:
    """The rows that can be read, and those that cannot, each with its line and the reason."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    first = text.partition("\n")[0]
    between = ";" if first.count(";") > first.count(",") else ","
    rows = csv.DictReader(io.StringIO(text), delimiter=between, strict=True)  # a mark left open is an error
    read: list[Answer] = []
    faults: list[tuple[int, str, bool, str]] = []
    line = 1
    try:
        if [name for name in ("order", "paid_on", "amount") if name not in (rows.fieldnames or ())]:
            return [], [(1, "", False, _("Columns expected: %(names)s.") % {"names": _columns_said()})]
        for line, row in enumerate(rows, start=2):
            number = (row.get("order") or "").replace("\0", "").strip()
            try:
                read.append(_answer(line, number, row))
            except _YetToCome:
                faults.append((line, number, False, _("This day is yet to come: nothing is paid on it.")))
            except _Unreadable as cell:
                faults.append((line, number, False, f"{quoted(cell.typed)} · {said(cell.why)}"))
    except csv.Error:  # a cell without end: what was read before it stands
        faults.append((line + 1, "", False, _("From here on the file cannot be read: a quotation mark is not closed.")))
    return read, faults


def _columns_said() -> str:
    """The columns of finance's answers, each name with what it means in the reader's language."""
    return ", ".join(f"{name} ({meaning})" for name, meaning in _ANSWER.items())


class _YetToCome(Exception):  # what the row says, and no error of ours
    """A payment is told of a day that has not come."""


class _Unreadable(Exception):  # what a cell says, and no error of ours
    """A cell that holds no day, or no amount, with the reason."""

    def __init__(self, typed: str, why: Unread) -> None:
        super().__init__(typed)
        self.typed, self.why = typed, why


def _typed(row: dict[str, Any], name: str, read: Callable[[str], Typed]) -> Typed | None:
    """What a cell says, written as its writer writes it; None where it is empty. Raises _Unreadable."""
    typed = (row.get(name) or "").strip()
    try:
        return read(typed) if typed else None
    except Unread as why:
        raise _Unreadable(typed, why) from None


def _answer(line: int, number: str, row: dict[str, Any]) -> Answer:
    refused = (row.get("refused") or "").strip()
    day = _typed(row, "paid_on", day_typed)
    if day and day > timezone.localdate():
        raise _YetToCome
    return Answer(
        line=line,
        number=number,
        paid=day,
        amount=_typed(row, "amount", amount_typed),
        reference=(row.get("reference") or "").replace("\0", "").strip()[:80],
        refused=refused.replace("\0", ""),
        returned=_typed(row, "sent_back_on", day_typed),
        returned_why=(row.get("sent_back_why") or "").strip(),
    )


def _page(request: HttpRequest, outcomes: list[tuple[int, str, bool, str]]) -> HttpResponse:
    orders, closed = open_to_me(request, queries.all_orders()[:_SHOWN], lambda order: order.instalment.grant)
    named = grants_named(order.instalment.grant for order in orders)
    files, around = paged(request, queries.payment_files(), at="files", name="files")
    context = {
        "files": files,
        "listing": around,
        "orders": [(order, *named[order.instalment.grant_id]) for order in orders],
        "closed_to_me": closed,
        "waiting": sum(1 for order in queries.orders_under_way() if order.state == "issued"),
        "outcomes": outcomes,
        "taken": sum(1 for _line, _number, taken, _why in outcomes if taken),
        "columns": _columns_said(),
        "may_pay": at_least(request.user, Role.FINANCE),
    }
    return render(request, "desk/money/payments.html", context)


@require_GET
@for_role(Role.READER)
def reports(request: HttpRequest) -> HttpResponse:
    """Reports awaited, the late ones first; those received that wait for a reading."""
    awaited, late = open_to_me(request, queries.all_awaited_reports(timezone.localdate()), lambda each: each.grant)
    received, unread = open_to_me(request, queries.reports_to_review(), lambda each: each.grant)
    named = grants_named([*(each.grant for each in awaited), *(each.grant for each in received)])
    context = {
        "awaited": [(each, *named[each.grant.pk]) for each in awaited],
        "received": [(each, *named[each.grant.pk]) for each in received],
        "closed_to_me": late + unread,
    }
    return render(request, "desk/money/reports.html", context)
