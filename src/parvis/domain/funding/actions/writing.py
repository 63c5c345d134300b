"""Writing in a file: each field on its own, and no text lost when two people write in one.

A save says which revision of the field it was written over. When the field moved on since, in another
window, both texts are kept and a person says which one stands. A save sent twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import get_language

from parvis.domain.funding.actions import quick
from parvis.domain.funding.enums import MAY_WRITE, WRITABLE, FieldType
from parvis.domain.funding.errors import FieldUnknown, FileClosed, NotMember
from parvis.domain.funding.models import Answer, Application, OtherText
from parvis.domain.funding.queries.budgets import ASKED, Balance, balance_of
from parvis.domain.funding.queries.files import form_read
from parvis.domain.funding.queries.forms import (
    Form,
    path_problem,
    reading_problem,
    refused_as_too_long,
    too_long,
)
from parvis.foundation.accounts.models import User
from parvis.foundation.values.typed import Unread, amount_typed

_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Save:
    """A field as it was typed, over the revision that was seen."""

    field: str
    value: Any
    base: int = 0


@dataclass(slots=True)
class Saved:
    """What became of a save: revisions now held, texts of others met, what cannot be read or kept, its form."""

    revisions: dict[str, int] = field(default_factory=dict)
    others: dict[str, Answer] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    #: Fields that were not saved, each with its sentence; the others were.
    refused: dict[str, str] = field(default_factory=dict)
    balance: Balance | None = None
    form: int = 0


def save_answers(*, application: UUID, saves: Sequence[Save], by: User, at: datetime, window: str) -> Saved:
    """Save fields of a file. Raises NotMember, FileClosed, FieldUnknown; then nothing of it is saved.

    A text beyond all measure is refused alone, with its sentence: it holds nothing else back.
    """
    saved = Saved()
    beyond = [save for save in saves if too_long(save.value)]
    saves = [save for save in saves if not too_long(save.value)]
    with nullcontext() if len(saves) == 1 else transaction.atomic():
        form = _written_at_once(application, saves, saved, by, at, window)
        left = [save for save in saves if save.field not in saved.revisions]
        if form is None or left:
            form = _settled(application, left, saved, by, at, window)
    for save in saves:
        saved.notes[save.field] = _note(form, save.field, save.value)
    for save in beyond:
        saved.refused[save.field] = refused_as_too_long(form, save.field, save.value, (get_language() or "fr")[:2])
    if any(save.field.startswith("budget.") for save in saves):
        rows = Answer.objects.filter(application=application, field__startswith="budget.").values_list("field", "value")
        saved.balance = balance_of(dict(rows), "budget", form.terms.get("currency") or "EUR")
    return saved


def _written_at_once(
    application: UUID, saves: Sequence[Save], saved: Saved, by: User, at: datetime, window: str
) -> Form | None:
    """Write what meets nobody, where all of it may be written. Returns the form, once something stands."""
    values = {save.field: save.value for save in saves}
    held = quick.form_held(application) if len(values) == len(saves) <= _AT_ONCE else None
    if held is None:
        return None
    form, saved.form = form_read(held), held
    if not values or any(path_problem(form, path) or not _is_writable(value) for path, value in values.items()):
        return None
    if sum(_places(path) for path in values) > 1:
        return None
    saved.revisions = quick.stand_at_once(
        application=application, form=held, values=values, bases=[save.base for save in saves],
        head=_head_in(form, values), by=by, at=at, window=window,
    )  # fmt: skip
    return form if saved.revisions else None


def _head_in(form: Form, values: Mapping[str, Any]) -> quick.Head | None:
    """What these fields change of what lists show."""
    told: dict[str, Any] = {}
    for path, value in values.items():
        told |= _told_of(form, path, value)
    placing = next((path for path in values if _places(path)), "")
    return quick.Head(**told, placing=placing, asking=f"budget.{ASKED}") if told else None


def _places(path: str) -> bool:
    return path.startswith("places.") and path.endswith(".country")


def _told_of(form: Form, path: str, value: Any) -> dict[str, Any]:
    """What one field says of the head of its file."""
    if path == "title":
        return {"title": str(value or "")[:200]}
    if path == f"budget.{ASKED}":
        return {"asked": _amount(value, form)}
    return {"country": str(value or "")[:2].upper()} if _places(path) else {}


@transaction.atomic
def _settled(application: UUID, saves: Sequence[Save], saved: Saved, by: User, at: datetime, window: str) -> Form:
    """Save fields one by one, with the file locked, setting a second text beside where two were written."""
    file = _locked(application, by)
    form, saved.form = form_read(file.form_id), file.form_id
    for save in saves:
        if path_problem(form, save.field) or not _is_writable(save.value):
            raise FieldUnknown
    if len(saves) > _AT_ONCE:
        raise FieldUnknown
    held = {row.field: row for row in Answer.objects.filter(application=file, field__in=[one.field for one in saves])}
    fresh: dict[str, Answer] = {}
    for save in saves:
        _settle(save, held.get(save.field), fresh, saved, file, by, at, window)
    _write(fresh, saved)
    _tell_head(file, form, fresh)
    return form


def _locked(application: UUID, by: User) -> Application:
    file = (
        Application.objects.select_for_update(of=("self",), no_key=True)
        .only("pk", "state", "form_id", "title", "asked", "country")
        .filter(pk=application, body__members__person=by, body__members__role__in=MAY_WRITE)
        .first()
    )
    if file is None:
        raise NotMember
    if file.state not in WRITABLE:
        raise FileClosed
    return file


def _settle(
    save: Save,
    held: Answer | None,
    fresh: dict[str, Answer],
    saved: Saved,
    file: Application,
    by: User,
    at: datetime,
    window: str,
) -> None:
    """Decide what one save does: nothing when it says what stands, a new revision, or a second text kept beside."""
    if held is not None and held.value == save.value:
        saved.revisions[save.field] = held.revision
        return
    if held is not None and held.revision != save.base and held.window != window:
        OtherText.objects.update_or_create(
            application=file,
            field=save.field,
            window=window,
            settled_at=None,
            defaults={"value": save.value, "written_at": at, "written_by": by},
        )
        saved.others[save.field] = held
        return
    fresh[save.field] = Answer(
        application=file,
        field=save.field,
        value=save.value,
        revision=held.revision + 1 if held else 1,
        saved_at=at,
        saved_by=by,
        window=window,
    )


def _write(fresh: Mapping[str, Answer], saved: Saved) -> None:
    Answer.objects.bulk_create(
        list(fresh.values()),
        update_conflicts=True,
        unique_fields=["application", "field"],
        update_fields=["value", "revision", "saved_at", "saved_by", "window"],
    )
    saved.revisions |= {name: row.revision for name, row in fresh.items()}


def _tell_head(file: Application, form: Form, fresh: Mapping[str, Answer]) -> None:
    """Repeat on the file what its lists show: its title, what it asks, its first country."""
    changed: dict[str, Any] = {}
    for path, row in fresh.items():
        changed |= _told_of(form, path, row.value)
    if changed:
        Application.objects.filter(pk=file.pk).update(**changed)


def _amount(typed: Any, form: Form) -> Any:
    try:
        return amount_typed(typed, form.terms.get("currency") or "EUR")
    except Unread:
        return None


def _note(form: Form, path: str, value: Any) -> str:
    """Why a field cannot be read as it stands. It is kept as it was typed."""
    code, _dot, rest = path.partition(".")
    question = form.question(code)
    if question is None:
        return ""
    currency = form.terms.get("currency") or "EUR"
    if question.type == FieldType.BUDGET:
        return balance_of({path: value}, code, currency).unread.get(path, "")
    if question.type == FieldType.ROWS:
        column = form.question(rest.partition(".")[2])
        return reading_problem(column, value, currency) if column else ""
    return "" if question.type == FieldType.PLACES else reading_problem(question, value, currency)


def _is_writable(value: Any) -> bool:
    if value is None or isinstance(value, bool):
        return True
    if isinstance(value, str):
        return not too_long(value) and "\0" not in value
    return isinstance(value, list) and len(value) <= 300 and all(_is_choice(one) for one in value)


def _is_choice(one: Any) -> bool:
    return isinstance(one, str) and len(one) < 200 and "\0" not in one


@transaction.atomic
def choose_text(*, application: UUID, path: str, value: Any, by: User, at: datetime, window: str) -> Answer:
    """Say which text stands in a field of which two were kept. Both remain on the server."""
    file = _locked(application, by)
    form = form_read(file.form_id)
    if path_problem(form, path) or not _is_writable(value):
        raise FieldUnknown
    held = Answer.objects.filter(application=file, field=path).first()
    if held is not None and held.value != value:
        OtherText.objects.create(
            application=file, field=path, value=held.value, window=f"was-{held.revision}",
            written_at=held.saved_at, written_by_id=held.saved_by_id, settled_at=at, settled_by=by,
        )  # fmt: skip
    row = Answer(
        application=file, field=path, value=value, revision=held.revision + 1 if held else 1,
        saved_at=at, saved_by=by, window=window,
    )  # fmt: skip
    saved = Saved()
    _write({path: row}, saved)
    _tell_head(file, form, {path: row})
    OtherText.objects.filter(application=file, field=path, settled_at__isnull=True).update(settled_at=at, settled_by=by)
    return row
