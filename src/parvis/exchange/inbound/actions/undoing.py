"""An import undone as one act: what it entered is taken out, what it changed is given back. All of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby, islice
from operator import itemgetter

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from parvis.exchange.inbound import contacts, keeping
from parvis.exchange.inbound.actions.receiving import open_for
from parvis.exchange.inbound.entrances import entrances
from parvis.exchange.inbound.enums import ImportState, RowVerdict
from parvis.exchange.inbound.errors import ChangedSince
from parvis.exchange.inbound.judging import write_row
from parvis.exchange.inbound.models import Import, ImportRow
from parvis.exchange.inbound.stating import say_again, take_back
from parvis.exchange.inbound.targets import Target, target_of
from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal
from parvis.foundation.values.refusal import Refusal
from parvis.register.actions import take_back_entries, undo_judgement
from parvis.register.errors import StillNeeded
from parvis.register.models import Judgement, Subject

_AT_ONCE = 1000
_TOLD = 6
#: What comes with a file and never names another record that comes with it: taken back together.
_REST_ON_NONE = frozenset({"body", "person"})


@transaction.atomic
def begin_undoing(*, imported: Import, by: User, at: datetime) -> Import:
    """Ask the worker to undo an import. Raises BusyImport, NotNow, and ChangedSince as far as it is seen now."""
    imported = open_for(imported, ImportState.ACCEPTED)
    if not target_of(imported.target).private:
        _refuse_what_changed(imported, target_of(imported.target))
    imported.state, imported.fault = ImportState.UNDOING, ""
    imported.save(update_fields=["state", "fault"])
    journal.write("undoing asked", about=f"import:{imported.pk}", by=by, at=at)
    return imported


def finish_undoing(*, imported: Import, by: User, at: datetime) -> Import:
    """Undo what was asked. A refusal leaves everything as it was, and is told."""
    with translation.override(imported.spoken):
        try:
            return undo_import(imported=imported, by=by, at=at)
        except Refusal as refusal:
            imported.state, imported.fault = ImportState.ACCEPTED, str(refusal)
            imported.save(update_fields=["state", "fault"])
            return imported


@transaction.atomic
def undo_import(*, imported: Import, by: User, at: datetime) -> Import:
    """Undo an import. Raises ChangedSince when a record was changed after it, or others rest on one."""
    if imported.state != ImportState.UNDOING:
        imported = open_for(imported, ImportState.ACCEPTED)
    target = target_of(imported.target)
    if target.private:
        contacts.take_back(imported.kept.get("contacts", []), by=by, at=at)
    else:
        _refuse_what_changed(imported, target)
        take_back(imported.kept.get("stated", []), by=by, at=at)
        say_again(imported.kept.get("corrected", []), by=by, at=at)
        try:
            _give_back(imported, target, by, at)
            _take_out(imported, target, by, at)
        except StillNeeded as refusal:
            raise ChangedSince(count=1, keys=str(refusal.facts["by"])) from refusal
    imported.rows.filter(accepted=True).update(accepted=False)
    imported.state, imported.undone_at, imported.undone_by = ImportState.UNDONE, at, by
    imported.fault = ""
    imported.save()
    journal.write("import undone", about=f"import:{imported.pk}", by=by, at=at)
    return imported


def _refuse_what_changed(imported: Import, target: Target) -> None:
    rows = imported.rows.filter(accepted=True).order_by("number")  # the last row of a record says how it was left
    left = dict(rows.values_list("key", "left_revision"))
    changed = []
    keys = iter(left)
    while some := list(islice(keys, _AT_ONCE)):
        now = dict(Subject.objects.filter(key__in=some, noun=target.noun).values_list("key", "revision"))
        changed += [key for key in some if now.get(key) != left[key]]
    if changed:
        raise ChangedSince(count=len(changed), keys=", ".join(sorted(changed)[:_TOLD]))


def _give_back(imported: Import, target: Target, by: User, at: datetime) -> None:
    met: set[str] = set()  # a record that several rows changed is given back once, from the last of them
    rows = imported.rows.filter(accepted=True, verdict=RowVerdict.CHANGED).order_by("-number")
    for done, row in enumerate(rows, 1):
        if row.key in met:
            continue
        met.add(row.key)
        given = write_row(target, row.before or {}, row.key, row.left_revision, by=by, at=at)
        # the record is again what an earlier import left: that one may be undone in its turn
        earlier = ImportRow.objects.filter(key=row.key, owner__target=target.name, accepted=True)
        earlier.filter(left_revision=row.seen_revision).update(left_revision=given)
        if not done % _AT_ONCE:
            keeping.tell_progress(imported, done, what=_("rows taken back"))


def _take_out(imported: Import, target: Target, by: User, at: datetime) -> None:
    model = entrances()[target.noun][0]
    entered = imported.rows.filter(accepted=True, verdict=RowVerdict.NEW).values_list("key", flat=True)
    keys = iter(dict.fromkeys(entered.order_by("-number").iterator(chunk_size=_AT_ONCE)))
    done = 0
    while some := list(islice(keys, _AT_ONCE)):
        _undo_judgements(some, by, at)
        take_back_entries(model, some, by=by, at=at)
        done += len(some)
        keeping.tell_progress(imported, done, what=_("rows taken back"))
    for noun, named in groupby(reversed(imported.kept.get("fresh", [])), key=itemgetter(0)):
        keys = (key for _noun, key in named)
        while some := list(islice(keys, _AT_ONCE if noun in _REST_ON_NONE else 1)):
            take_back_entries(entrances()[noun][0], some, by=by, at=at)
            done += len(some)
            keeping.tell_progress(imported, done, what=_("records taken back"))
    if imported.kept.get("source"):
        take_back_entries(entrances()["source"][0], [imported.kept["source"]], by=by, at=at)


def _undo_judgements(keys: Sequence[str], by: User, at: datetime) -> None:
    """Judgements on records that were never to be are undone with them; they stay written."""
    standing = Judgement.objects.filter(undone_at__isnull=True)
    pks = list(Subject.objects.filter(key__in=keys).values_list("pk", flat=True))
    for judgement in standing.filter(left__in=pks) | standing.filter(right__in=pks):
        undo_judgement(judgement=judgement, by=by, at=at)
