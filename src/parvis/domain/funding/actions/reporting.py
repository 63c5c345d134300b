"""A report written at the counter: each field saved on its own, sent once, and received as the desk receives one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from parvis.domain.funding.enums import EmailKind, FieldType, ReportKind
from parvis.domain.funding.errors import FieldUnknown, FileClosed, NotMember, StepHeldBack
from parvis.domain.funding.models import Grant, OutgoingEmail, ReportEntry, ReportSheet
from parvis.domain.funding.queries import (
    Writing,
    accounts_of,
    amount_note,
    application_of,
    budget_sent,
    entries_of,
    may_report,
    may_sign_for,
    may_write_for,
    open_sheet,
    sheet_form,
)
from parvis.domain.funding.queries.forms import (
    answer_said,
    is_shown,
    path_problem,
    reading_problem,
    refused_as_too_long,
    too_long,
)
from parvis.domain.funding.queries.reporting import definition_of_report
from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal
from parvis.foundation.values.typed import amount_typed
from parvis.foundation.values.words import in_language
from parvis.foundation.vocabulary.vocabulary import of_the_house
from parvis.register.naming import called

from .awards import locked_award
from .conventions import Spent, receive_report
from .post import leaves_after
from .writing import Save

_AT_ONCE = 200


@dataclass(slots=True)
class SheetSaved:
    """What became of a save of a report: revisions now held, entries of others met, what cannot be read."""

    revisions: dict[str, int] = field(default_factory=dict)
    others: dict[str, ReportEntry] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def begin_report(*, grant: Grant, kind: ReportKind, by: User, at: datetime) -> ReportSheet:
    """Begin a report, or go on with the one begun. One sent back is begun anew with its words in it."""
    held = locked_award(grant)
    if not may_write_for(by, held):
        raise NotMember
    if begun := open_sheet(held, kind):
        return begun
    if why := may_report(held, kind):
        raise StepHeldBack(why=why)
    before = held.sheets.filter(kind=kind).order_by("-turn").first()
    budget = budget_sent(held) if kind == ReportKind.FINANCIAL else {}
    sheet = ReportSheet.objects.create(
        grant=held, kind=kind, turn=before.turn + 1 if before else 1, budget=budget, begun_at=at, begun_by=by,
        form=definition_of_report(held, kind, with_budget=bool(budget)),
    )  # fmt: skip
    ReportEntry.objects.bulk_create(
        ReportEntry(sheet=sheet, field=row.field, value=row.value, saved_at=row.saved_at, saved_by_id=row.saved_by_id)
        for row in (before.entries.all() if before else ())
    )
    journal.write(f"{kind} report begun", about=held.key, by=by, at=at, turn=sheet.turn)
    return sheet


@transaction.atomic
def save_report(*, sheet: ReportSheet, saves: Sequence[Save], by: User, at: datetime, window: str) -> SheetSaved:
    """Save fields of a report. Raises NotMember, FileClosed, FieldUnknown; then nothing of it is saved.

    A text beyond all measure is refused alone, with its sentence: it holds nothing else back.
    """
    held = _locked(sheet, by)
    form, beyond = sheet_form(held), [one for one in saves if too_long(one.value)]
    saves = [one for one in saves if not too_long(one.value)]
    if len(saves) > _AT_ONCE or any(path_problem(form, one.field) or not _is_text(one.value) for one in saves):
        raise FieldUnknown
    stands, saved = entries_of(held), SheetSaved()
    for save in saves:
        _settle(held, save, stands.get(save.field), saved, by, at, window)
        saved.notes[save.field] = _note(held, save)
    for save in beyond:
        saved.refused[save.field] = refused_as_too_long(form, save.field, save.value, (get_language() or "fr")[:2])
    return saved


def _settle(
    sheet: ReportSheet, save: Save, held: ReportEntry | None, saved: SheetSaved, by: User, at: datetime, window: str
) -> None:
    """Nothing when it says what stands, a new revision, or a second text kept beside."""
    if held is None:
        held = ReportEntry(sheet=sheet, field=save.field, revision=0)
    elif held.value == save.value:
        saved.revisions[save.field] = held.revision
        return
    elif held.revision != save.base and held.window != window:
        held.others = [one for one in held.others if one["window"] != window]
        held.others.append({"window": window, "value": save.value, "at": at.isoformat(), "by": by.pk})
        held.save(update_fields=["others"])
        saved.others[save.field] = held
        return
    _put(held, save.value, by, at, window)
    saved.revisions[save.field] = held.revision


def _put(entry: ReportEntry, value: Any, by: User, at: datetime, window: str) -> None:
    entry.value, entry.revision = value, entry.revision + 1
    entry.saved_at, entry.saved_by, entry.window = at, by, window
    entry.save()


@transaction.atomic
def choose_entry(*, entry: ReportEntry, other: bool, by: User, at: datetime, window: str) -> ReportEntry:
    """Say which of two texts stands in a field of a report. The one that does not remains on the server."""
    _locked(entry.sheet, by)
    held = ReportEntry.objects.select_for_update().get(pk=entry.pk)
    open_texts = [one for one in held.others if not one.get("settled")]
    if not open_texts:
        return held
    last = open_texts[-1]
    kept = {"window": f"was-{held.revision}", "value": held.value, "at": held.saved_at.isoformat(), "settled": True}
    held.others = [{**one, "settled": True} for one in held.others] + ([kept] if other else [])
    _put(held, last["value"] if other else held.value, by, at, window)
    return held


@transaction.atomic
def send_report(*, sheet: ReportSheet, by: User, at: datetime, language: str) -> ReportSheet:
    """Send a report; sent twice, it gives the receipt it gave. Raises NotMember, StepHeldBack and UnspentAbovePaid."""
    grant = locked_award(sheet.grant)
    held = ReportSheet.objects.select_for_update(of=("self",)).select_related("grant__subject").get(pk=sheet.pk)
    if not may_sign_for(by, grant):
        raise StepHeldBack(why=_("Only a person who may sign for the body can send it."))
    if held.sent_at is not None:
        return held
    values = {name: row.value for name, row in entries_of(held).items()}
    wrong = Writing(held, values).troubles()
    if wrong:
        said = {"count": len(wrong), "first": wrong[0].sentence}
        raise StepHeldBack(why=_("To mend before sending (%(count)s): %(first)s") % said)
    content = {"grant": grant.key, "kind": held.kind, "turn": held.turn, "budget": held.budget, "answers": values}
    held.content, held.language, held.sent_at, held.sent_by = content, language, at, by
    held.digest = journal.digest_of({**content, "received_at": at.isoformat()})
    held.report = _received(held, grant, values, by, at)
    held.save()
    journal.write(f"{held.kind} report sent", about=grant.key, by=by, at=at, content=held.digest)
    _write_receipt(held, by, at)
    return held


def _received(sheet: ReportSheet, grant: Grant, values: dict[str, Any], by: User, at: datetime) -> Any:
    """The report as the desk reads it: lines of accounts, words under their questions."""
    with override(sheet.language):
        words = _words(sheet, values)
        lines = _lines(sheet, values) if sheet.kind == ReportKind.FINANCIAL else []
    day = timezone.localtime(at, timezone.get_default_timezone()).date()
    unspent = amount_typed(values["unspent"], grant.currency) if sheet.kind == ReportKind.FINANCIAL else None
    return receive_report(
        grant=grant, kind=ReportKind(sheet.kind), received=day, by=by, at=at, words=words, lines=lines,
        unspent=unspent, signed_by=str(values["signatory"])[:120],
    )  # fmt: skip


def _lines(sheet: ReportSheet, values: dict[str, Any]) -> list[Spent]:
    states = of_the_house().states
    return [
        Spent(
            line.code[:2], _label(states[f"budget.{side}"].label(line.code, sheet.language)), line.budget, line.actual
        )
        for side, lines in accounts_of(sheet, values)
        for line in lines
        if line.budget or line.actual
    ]


def _label(said: str) -> str:
    """The words of a line, without the number that stands beside them."""
    return said.partition(" ")[2] if said[:2].isdigit() else said


def _words(sheet: ReportSheet, values: dict[str, Any]) -> str:
    form = sheet_form(sheet)
    told = [
        (in_language(question.words, sheet.language)[0], answer_said(question, values, sheet.language))
        for question in form.questions
        if question.type != FieldType.BUDGET
        and question.code not in ("unspent", "signatory")
        and is_shown(form, question, values)
    ]
    return "\n\n".join(f"{asked}\n{said}" for asked, said in told if said)


def _write_receipt(sheet: ReportSheet, by: User, at: datetime) -> None:
    with override(sheet.language):
        named = {"report": ReportKind(sheet.kind).label, "grant": sheet.grant.file or called(sheet.grant.subject)}
        subject = _("%(report)s received: %(grant)s") % named
        body = _(
            "Your report is received. Its receipt waits at the counter.\n\nDigest of what you sent: %(digest)s"
        ) % {"digest": sheet.digest}
    OutgoingEmail.objects.create(
        application=application_of(sheet.grant), to=by, subject=subject[:200], body=body, language=sheet.language,
        kind=EmailKind.RECEIPT, written_at=at, leaves_at=leaves_after(at),
    )  # fmt: skip


def _locked(sheet: ReportSheet, by: User) -> ReportSheet:
    held = ReportSheet.objects.select_for_update(of=("self",)).select_related("grant__subject").get(pk=sheet.pk)
    if not may_write_for(by, held.grant):
        raise NotMember
    if held.sent_at is not None:
        raise FileClosed
    return held


def _note(sheet: ReportSheet, save: Save) -> str:
    question = sheet_form(sheet).question(save.field.partition(".")[0])
    if question is None:
        return ""
    currency = sheet.grant.currency
    if question.type == FieldType.BUDGET:
        return amount_note(save.value, currency)
    return reading_problem(question, save.value, currency)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and "\0" not in value
