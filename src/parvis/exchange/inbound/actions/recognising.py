"""A person says whether a row and a record are one thing. Said once, it holds for every file to come."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from parvis.exchange.inbound.actions.receiving import open_for
from parvis.exchange.inbound.enums import ImportState
from parvis.exchange.inbound.models import Import, ImportRow, Recognition
from parvis.exchange.inbound.queries import sure_doubles
from parvis.exchange.inbound.targets import target_of
from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal
from parvis.register.models import Subject


@transaction.atomic
def recognise(*, imported: Import, row: ImportRow, subject: Subject, same: bool, by: User, at: datetime) -> Recognition:
    """Say that a row speaks of a record, or of another. The rows are judged again after. Raises BusyImport, NotNow."""
    imported = open_for(imported, ImportState.JUDGED)
    noun = target_of(imported.target).noun
    if same:
        Recognition.objects.filter(noun=noun, token=row.token, same=True).exclude(subject=subject).delete()
    said, _made = Recognition.objects.update_or_create(
        noun=noun, token=row.token, subject=subject, defaults={"same": same, "said_at": at, "said_by": by}
    )
    imported.state = ImportState.JUDGING
    imported.save(update_fields=["state"])
    journal.write(
        "row recognised" if same else "row told apart", about=subject.key, by=by, at=at, row=row.number
    )  # fmt: skip
    return said


@transaction.atomic
def recognise_each(*, imported: Import, by: User, at: datetime) -> int:
    """Say that every row asked about one record only is that record. Returns how many. Raises BusyImport, NotNow."""
    imported = open_for(imported, ImportState.JUDGED)
    noun = target_of(imported.target).noun
    rows = sure_doubles(imported)
    subjects = {subject.key: subject for subject in Subject.objects.filter(key__in=[key for _token, key in rows])}
    Recognition.objects.filter(noun=noun, token__in=[token for token, _key in rows]).delete()
    Recognition.objects.bulk_create(
        Recognition(noun=noun, token=token, subject=subjects[key], same=True, said_at=at, said_by=by)
        for token, key in rows
        if key in subjects
    )
    imported.state = ImportState.JUDGING
    imported.save(update_fields=["state"])
    journal.write("rows recognised", about=f"import:{imported.pk}", by=by, at=at, rows=len(rows))
    return len(rows)
