"""A file comes in; a person says what its columns and its names mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from parvis.exchange.formats.tables.faults import Unreadable
from parvis.exchange.formats.tables.reading import Table, open_table
from parvis.exchange.inbound import keeping, standards
from parvis.exchange.inbound.enums import AT_WORK, ImportState, Why
from parvis.exchange.inbound.errors import (
    BusyImport,
    ColumnsMissing,
    ColumnTwice,
    FileUnreadable,
    NothingToRead,
    NothingToTakeIn,
    NotNow,
    NotRecognised,
    UnknownTarget,
)
from parvis.exchange.inbound.matching import how_written, matched, signature
from parvis.exchange.inbound.models import Import, RememberedMapping
from parvis.exchange.inbound.standards import Projected
from parvis.exchange.inbound.standards.standard import Standard
from parvis.exchange.inbound.targets import TARGETS, Target, headings, target_of
from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal

_LONGEST_NAME = 200
_LONGEST_SHEET = 100
#: Said in place of a kind of record: the file says it itself, by the standard it follows.
RECOGNISE = "recognise"


def receive_file(
    *,
    chunks: Iterable[bytes],
    name: str,
    target: str,
    language: str,
    spoken: str,
    speaks: str,
    by: User,
    at: datetime,
    sheet: str = "",
    standard: str = "",
) -> Import:
    """Keep a file, open it and understand its columns; ``target`` may be left to what the file is (RECOGNISE).

    ``standard`` is what a person says it follows, though its columns may not show it: its faults are then told.

    Raises UnknownTarget, NothingToRead, NotRecognised, NothingToTakeIn or FileUnreadable.
    """
    if target not in TARGETS and target != RECOGNISE:
        raise UnknownTarget
    if not name:
        raise NothingToRead
    stored, digest, size = keeping.keep(chunks)
    try:
        path, said = keeping.folder() / stored, standards.STANDARDS.get(standard)
        if target == RECOGNISE and said is not None:
            table: Table | Projected = _as_said(path, name, said, language=language, on=at.date())
        else:
            table = _open(path, name, target, sheet=sheet, language=language, on=at.date())
    except Unreadable as fault:
        keeping.forget(stored)
        raise FileUnreadable(file=name, why=_placed(fault)) from fault
    except (NotRecognised, NothingToTakeIn):
        keeping.forget(stored)
        raise
    target = table.standard.target if isinstance(table, Projected) else target
    with transaction.atomic():
        imported = Import(
            target=target, file_name=name[-_LONGEST_NAME:], stored=stored, digest=digest, size=size, language=language,
            spoken=spoken, speaks=speaks, received_at=at, received_by=by,
        )  # fmt: skip
        understand(imported, table)
        imported.save()
        journal.write("file received", about=f"import:{imported.pk}", by=by, at=at, content=digest)
    return imported


def _open(path: Path, name: str, target: str, *, sheet: str, language: str, on: date) -> Table | Projected:
    """The file by its standard, where that is asked or where nothing else can read it; else as a table."""
    if aside := standards.aside(path, name, asked=target == RECOGNISE):
        raise NothingToTakeIn(file=name, what=aside.told(_))
    standard = standards.recognise(
        path, name, trees_only=target != RECOGNISE, target="" if target == RECOGNISE else target
    )
    if standard is not None and target in (RECOGNISE, standard.target):
        return _as_said(path, name, standard, language=language, on=on)
    table = open_table(path, name, sheet=sheet, known=headings())
    if target == RECOGNISE:
        raise NotRecognised(file=name)
    return table


def _as_said(path: Path, name: str, standard: Standard, *, language: str, on: date) -> Projected:
    """The file by the standard a person says it follows. Raises Unreadable where nothing of it does."""
    known = standards.projected(path, name, standard, on=on, language=language, strict=True)
    known.sample()
    return known


def understand(imported: Import, table: Table | Projected) -> None:
    """What the file is and what its columns seem to be."""
    if isinstance(table, Projected):
        imported.mapping = table.mapping(imported.language)
        imported.how = _how(table) | {
            "standard": table.standard.name,
            "judged": table.standard.judged,
            "left": list(table.opened.left),
            "others": _beside(imported, table),
            "wrong": [fault.told(_) for fault in (one.fault for one in table.opened.wrong)],
        }
        return
    target = target_of(imported.target)
    how = table.how
    known = RememberedMapping.objects.filter(
        target=target.name, signature=signature(target.name, table.columns)
    ).first()  # fmt: skip
    imported.sheet = how.sheet[:_LONGEST_SHEET] if how.kind in ("xlsx", "ods") else ""
    imported.mapping = matched(
        target, table.columns, table.sample(), imported.language, known.columns if known else None
    )  # fmt: skip
    imported.how = _how(table) | {
        "remembered": known.name if known else "", "others": list(table.other_sheets), "choice": True,
    }  # fmt: skip


def _beside(imported: Import, table: Projected) -> list[str]:
    """The sheets of a workbook that a standard does not read: it reads the first, and some of them two."""
    if table.how.kind not in ("xlsx", "ods"):
        return []
    return list(open_table(keeping.path_of(imported), imported.file_name).other_sheets)


def _how(table: Table | Projected) -> dict[str, Any]:
    how = table.how
    return {
        "kind": how.kind,
        "encoding": how.encoding,
        "separator": how.separator,
        "sheets": list(how.sheets),
        "heading": table.heading.last_row,
        "notes": [{"row": note.row, "sentence": note.told(_)} for note in table.notes[:20]],
    }


@transaction.atomic
def choose_sheet(*, imported: Import, sheet: str, by: User, at: datetime) -> Import:
    """Read another sheet of the workbook instead. Raises BusyImport, NotNow and FileUnreadable."""
    imported = open_for(imported, ImportState.READ)
    if sheet not in imported.how.get("others", []) or not imported.how.get("choice"):
        return imported
    name = imported.file_name
    try:
        understand(
            imported, open_table(keeping.path_of(imported), name, sheet=sheet[:_LONGEST_SHEET], known=headings())
        )
    except Unreadable as fault:
        raise FileUnreadable(file=name, why=_placed(fault)) from fault
    imported.save()
    journal.write("sheet chosen", about=f"import:{imported.pk}", by=by, at=at)
    return imported


@transaction.atomic
def choose_columns(
    *,
    imported: Import,
    chosen: Mapping[str, str],
    written: Mapping[str, Mapping[str, str]],
    options: Mapping[str, str],
    remember_as: str,
    by: User,
    at: datetime,
) -> Import:
    """Say which field each column fills. Raises ColumnTwice, ColumnsMissing and BusyImport."""
    imported = open_for(imported, ImportState.READ, ImportState.JUDGED)
    target = target_of(imported.target)
    mapping = {}
    for name, before in imported.mapping.items():
        field = chosen.get(name, before["field"])
        field = field if target.take(field) else ""
        mapping[name] = _as_chosen(target, before, field, written.get(name, {}), imported.language)
    _check(target, mapping)
    imported.mapping = mapping
    imported.options = {**imported.options, **options}
    imported.state = ImportState.JUDGING
    imported.fault = ""
    imported.save()
    if remember_as.strip():
        _remember(target, mapping, remember_as.strip(), by, at)
    journal.write("columns chosen", about=f"import:{imported.pk}", by=by, at=at)
    return imported


@transaction.atomic
def settle_names(*, imported: Import, answers: Mapping[str, str], bodies: str, by: User, at: datetime) -> Import:
    """Say which record each name means. Raises BusyImport and NotNow."""
    imported = open_for(imported, ImportState.JUDGED)
    known = {ask["text"] for ask in imported.asks}
    imported.settled = {
        **imported.settled,
        **{text: answer for text, answer in answers.items() if text in known and answer},
    }
    if bodies in ("ask", "enter"):
        imported.options = {**imported.options, "bodies": bodies}
    imported.state = ImportState.JUDGING
    imported.save()
    journal.write("names settled", about=f"import:{imported.pk}", by=by, at=at, names=len(answers))
    return imported


@transaction.atomic
def choose_strictness(*, imported: Import, strict: str, by: User, at: datetime) -> Import:
    """Say whether rows that break their standard are refused. Raises BusyImport and NotNow."""
    imported = open_for(imported, ImportState.JUDGED)
    imported.options = {**imported.options, "strict": strict}
    imported.state = ImportState.JUDGING
    imported.save()
    journal.write("strictness chosen", about=f"import:{imported.pk}", by=by, at=at, strict=strict)
    return imported


@transaction.atomic
def drop_import(*, imported: Import, by: User, at: datetime) -> Import:
    """Throw a file away: its rows and the file itself go; the line in the list stays. Raises BusyImport and NotNow."""
    imported = open_for(imported, ImportState.READ, ImportState.JUDGED)
    imported.rows.all().delete()
    imported.state, imported.asks, imported.settled = ImportState.DROPPED, [], {}
    imported.decided_at, imported.decided_by = at, by
    imported.save()
    stored = imported.stored
    transaction.on_commit(lambda: keeping.forget(stored))
    journal.write("import dropped", about=f"import:{imported.pk}", by=by, at=at)
    return imported


@transaction.atomic
def give_up(*, imported: Import, why: str) -> None:
    """Put an import back where a person can act, after its work stopped."""
    imported = Import.objects.select_for_update().get(pk=imported.pk)
    if imported.state in AT_WORK:
        imported.state, imported.fault = AT_WORK[ImportState(imported.state)], why
        imported.save(update_fields=["state", "fault"])


def open_for(imported: Import, *states: ImportState) -> Import:
    """The import under lock, if it stands where this may be done."""
    if Import.objects.get(pk=imported.pk).state in AT_WORK:
        raise BusyImport  # the worker holds it: nobody waits for the lock until all is written
    imported = Import.objects.select_for_update().get(pk=imported.pk)
    if imported.state in AT_WORK:
        raise BusyImport
    if imported.state not in states:
        raise NotNow(state=imported.get_state_display())
    return imported


def _as_chosen(
    target: Target, before: Mapping[str, Any], field: str, written: Mapping[str, str], language: str
) -> dict[str, Any]:
    said = {**before, "field": field}
    if field != before["field"]:
        said["why"] = Why.PERSON.value if field else Why.NONE.value
        said |= how_written(target, field, before.get("examples", []), language)
    if written.get("decimal") in (",", "."):
        said |= {"decimal": written["decimal"], "sure": True}
    if written.get("order") in ("dmy", "mdy"):
        said |= {"order": written["order"], "sure": True}
    return said


def _check(target: Target, mapping: Mapping[str, Any]) -> None:
    filled: dict[str, list[str]] = {}
    languages: dict[str, set[str]] = {}
    for name, said in mapping.items():
        if said["field"]:
            filled.setdefault(said["field"], []).append(name)
            languages.setdefault(said["field"], set()).add(said.get("language", ""))
    for field, columns in filled.items():
        wanted = target.take(field)
        if wanted and len(columns) > len(languages[field]) and not wanted.many:
            raise ColumnTwice(field=wanted.in_language(_language()), columns=", ".join(columns))
    needed = () if "key" in filled else target.required  # a record named by its key holds what the file leaves out
    missing = [
        wanted.in_language(_language()) for wanted in needed if not filled.keys() & {wanted.name, *wanted.unless}
    ]
    if missing:
        raise ColumnsMissing(fields=", ".join(missing))


def _remember(target: Target, mapping: Mapping[str, Any], name: str, by: User, at: datetime) -> None:
    RememberedMapping.objects.update_or_create(
        target=target.name,
        signature=signature(target.name, list(mapping)),
        defaults={
            "name": name[:80],
            "columns": {column: said["field"] for column, said in mapping.items()},
            "kept_at": at,
            "kept_by": by,
        },
    )


def _placed(fault: Unreadable) -> str:
    said = fault.fault
    place = _("row %(row)s") % {"row": said.row} if said.row else ""
    if said.column:
        place += (", " if place else "") + _("column %(column)s") % {"column": said.column}
    return f"{said.told(_)} ({place})" if place else said.told(_)


def _language() -> str:
    from django.utils.translation import get_language  # noqa: PLC0415  # the reader's, asked when a refusal is said

    return (get_language() or "fr")[:2]
