"""Rows become records: all that were chosen, in one transaction, or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from parvis.exchange.inbound import contacts, keeping
from parvis.exchange.inbound.actions.judging import register_totals
from parvis.exchange.inbound.actions.receiving import open_for
from parvis.exchange.inbound.comparing import same
from parvis.exchange.inbound.entrances import entrances, entrances_of_many
from parvis.exchange.inbound.enums import ImportState, RowVerdict
from parvis.exchange.inbound.errors import NamedNotSaid, NothingChosen, OtherThanSeen, RowsRefusedAtLast
from parvis.exchange.inbound.gathering import adds_no_line, joined
from parvis.exchange.inbound.judging import enter_fresh, strings_in, write_row
from parvis.exchange.inbound.models import Import, ImportRow, Recognition
from parvis.exchange.inbound.naming import OPENED, opens_named
from parvis.exchange.inbound.resolving import Fresh, title_of
from parvis.exchange.inbound.stating import state, unsaid
from parvis.exchange.inbound.targets import Target, target_of
from parvis.exchange.inbound.words import the_city
from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal
from parvis.foundation.values.refusal import Refusal
from parvis.register.actions import judge
from parvis.register.content import content_of, with_ties
from parvis.register.entry import take_apart
from parvis.register.enums import Verdict
from parvis.register.errors import JudgedAlready, ManyInvalid
from parvis.register.models import Subject

_AT_ONCE = 1000
#: What a person may choose: everything, what is new, what changed, or rows by their numbers.
ALL, NEW, CHANGED, SOME = "all", "new", "changed", "some"


def accept_import(*, imported: Import, by: User, at: datetime) -> Import:
    """Write the rows that were chosen (``options["chosen"]``). A refusal leaves everything as it was, and is told."""
    with translation.override(imported.spoken):
        try:
            return _accept(imported, by=by, at=at)
        except Refusal as refusal:
            imported.state, imported.fault = ImportState.JUDGED, str(refusal)
            imported.save(update_fields=["state", "fault"])
            return imported


@transaction.atomic
def _accept(imported: Import, *, by: User, at: datetime) -> Import:
    imported = Import.objects.select_for_update().get(pk=imported.pk)
    if imported.state != ImportState.ACCEPTING:
        return imported  # somebody did it meanwhile
    target = target_of(imported.target)
    rows = chosen_rows(imported)
    if not rows.exists():
        raise NothingChosen
    writer = _Writer(imported, target, by, at)
    writer.begin()
    some = iter(rows.order_by("number").iterator(chunk_size=_AT_ONCE))
    while batch := list(islice(some, _AT_ONCE)):
        writer.write(batch)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    filled = {said["field"] for said in imported.mapping.values()}
    imported.tallies |= {"after": register_totals(target, filled), "written": writer.done}
    imported.kept = {
        "source": writer.source, "fresh": writer.entered, "contacts": writer.contacts, "stated": writer.stated,
        "corrected": writer.corrected, "named": imported.kept.get("named", {}),
    }  # fmt: skip
    imported.state, imported.decided_at, imported.decided_by, imported.fault = ImportState.ACCEPTED, at, by, ""
    if target.private:
        _forget_what_was_in_confidence(imported)
    imported.save()
    journal.write(
        "import accepted", about=f"import:{imported.pk}", by=by, at=at, rows=writer.done, file=imported.digest
    )
    return imported


def chosen_rows(imported: Import) -> Any:
    """The rows a person chose, among those that may be written."""
    rows = imported.rows.filter(verdict__in=(RowVerdict.NEW, RowVerdict.CHANGED))
    chosen = imported.options.get("chosen", ALL)
    if chosen in (NEW, CHANGED):
        return rows.filter(verdict=chosen)
    return rows.filter(number__in=imported.options.get("rows", [])) if chosen == SOME else rows


class _Writer:
    """Writes rows batch by batch, and remembers what undoing will need."""

    def __init__(self, imported: Import, target: Target, by: User, at: datetime) -> None:
        self.imported, self.target, self.by, self.at = imported, target, by, at
        self.many = entrances_of_many().get(target.noun)
        self.fresh = {key: Fresh(noun, key, content) for noun, key, content in imported.kept.get("fresh", [])}
        self.opens = opens_named(imported)
        self.done = 0
        self.source = ""
        self.entered: list[list[str]] = []
        self.contacts: list[int] = []
        self.stated: list[int] = []
        self.corrected: list[int] = []
        #: Where a record may have several rows: what those written so far left of it.
        self.left: dict[str, tuple[dict[str, Any], int]] = {}

    def begin(self) -> None:
        """Enter the file as a source: each record cites the row it comes from."""
        if not self.target.private:
            self.source = _enter_source(self.imported, opens=self.opens, by=self.by, at=self.at)

    def write(self, rows: Sequence[ImportRow]) -> None:
        self._enter_those_named(rows)
        for row in rows:
            row.accepted = True
            if self.source:
                cite = {"source": self.source, "lines": str(row.number)}
                row.content["cites"] = [*row.content.get("cites", []), cite]
        fresh = [row for row in rows if row.verdict == RowVerdict.NEW]
        if self.many and len(fresh) > 1:
            self._write_many(fresh)
            rows = [row for row in rows if row.verdict != RowVerdict.NEW]
            these = chosen_rows(self.imported).filter(number__range=(fresh[0].number, fresh[-1].number))
            these.filter(verdict=RowVerdict.NEW).update(accepted=True, left_revision=1)
            self._state(fresh)
        for row in rows:
            self._write_one(row)
        self._state(rows)
        ImportRow.objects.bulk_update(rows, ["accepted", "left_revision"], batch_size=_AT_ONCE)
        self.done += len(fresh) + sum(1 for row in rows if row.verdict != RowVerdict.NEW) if self.many else len(rows)
        keeping.tell_progress(self.imported, self.done, what=_("rows written"))

    def _enter_those_named(self, rows: Sequence[ImportRow]) -> None:
        """Bodies and places that nobody knew and that these rows name."""
        if self.fresh:
            named = {key for row in rows for key in strings_in(row.content)} & set(self.fresh)
            fresh = [self._as_named(self.fresh.pop(key), rows) for key in sorted(named)]
            self.entered += [list(pair) for pair in enter_fresh(fresh, by=self.by, at=self.at)]

    def _as_named(self, one: Fresh, rows: Sequence[ImportRow]) -> Fresh:
        """Public with the rows that name it, where a person said so; with the first of them as its source."""
        if self.opens and one.noun in OPENED:
            line = next(str(row.number) for row in rows if one.key in strings_in(row.content))
            one.content |= {"visibility": "public", "cites": [{"source": self.source, "lines": line}]}
        return one

    def _write_many(self, rows: Sequence[ImportRow]) -> None:
        assert self.many is not None
        model = entrances()[self.target.noun][0]
        try:
            self.many([take_apart(model, row.content) for row in rows], by=self.by, at=self.at)
        except ManyInvalid as refusal:
            place, problems = next(iter(refusal.wrong.items()))
            raise RowsRefusedAtLast(row=rows[place].number, why=str(problems[0].sentence)) from refusal
        for row in rows:
            row.left_revision = 1

    def _write_one(self, row: ImportRow) -> None:
        try:
            if self.target.private:
                self.contacts += contacts.write(row.content, by=self.by, at=self.at)
                return
            if row.key in self.left:
                self._join(row)
                return
            if row.verdict == RowVerdict.CHANGED:
                self._still_as_seen(row)
            row.left_revision = write_row(
                self.target, row.content, row.key, row.seen_revision, by=self.by, at=self.at
            )  # fmt: skip
        except Refusal as refusal:
            raise RowsRefusedAtLast(row=row.number, why=str(refusal)) from refusal
        if self.target.several:
            self.left[row.key] = (row.content, row.left_revision)
        if row.verdict == RowVerdict.NEW:
            self._told_apart(row)

    def _join(self, row: ImportRow) -> None:
        """One more row about a record that this file has written: it is put beside what the others left."""
        before, revision = self.left[row.key]
        content = joined(before, row.content)
        if not adds_no_line(before, content):
            revision = write_row(self.target, content, row.key, revision, by=self.by, at=self.at)
        row.left_revision = revision
        self.left[row.key] = (content, revision)

    def _state(self, rows: Sequence[ImportRow]) -> None:
        """Record what these rows say about their records, with the file as its source."""
        if not self.target.states:
            return
        said = [unsaid(row.number, row.key, row.content, row.before or {}) for row in rows]
        stated, corrected = state(said, source=self.source, by=self.by, at=self.at)
        self.stated += stated
        self.corrected += corrected

    def _still_as_seen(self, row: ImportRow) -> None:
        """A record taken out and entered anew meanwhile bears the same revision, not the same words."""
        record = with_ties(entrances()[self.target.noun][0]).get(subject__key=row.key)
        seen = {name: value for name, value in (row.before or {}).items() if name != "statements"}
        if record.subject.revision != row.seen_revision or not same(seen, content_of(record)):
            raise OtherThanSeen

    def _told_apart(self, row: ImportRow) -> None:
        """A person said this is another thing than a record of the same name: the register keeps that judgement."""
        others = Recognition.objects.filter(noun=self.target.noun, token=row.token, same=False)
        for said in others.select_related("subject", "said_by"):
            one = Subject.objects.get(key=row.key)
            try:
                judge(
                    one=one, other=said.subject, verdict=Verdict.DIFFERENT, by=said.said_by, at=self.at,
                    reason=_("Said while bringing in %(file)s.") % {"file": self.imported.file_name},
                )  # fmt: skip
            except JudgedAlready:
                continue


def _enter_source(imported: Import, *, opens: bool, by: User, at: datetime) -> str:
    """The file as a source: each record cites the row it comes from.

    Kept at the desk under the name of who brought it in; public with its records, where a person said so, under the
    name of the city.
    """
    model, enter, _amend = entrances()["source"]
    key = f"import-{at:%Y-%m-%d}-{imported.pk}"
    content = {
        "key": key, "visibility": "public" if opens else "internal", "title": {imported.language: imported.file_name},
        "publisher": {imported.language: title_of(the_city(), imported.language) if opens else str(by)},
        "date": f"{at:%Y-%m-%d}", "date_basis": "page",
        "language": imported.language, "speaks": imported.speaks, "original": imported.language,
    }  # fmt: skip
    taken = take_apart(model, content)
    enter(entry=taken.entry, facts=taken.facts, by=by, at=at)
    return key


def _forget_what_was_in_confidence(imported: Import) -> None:
    imported.rows.all().delete()
    imported.asks, imported.settled, imported.mapping = [], {}, {}
    stored = imported.stored
    transaction.on_commit(lambda: keeping.forget(stored))


def begin_accepting(
    *, imported: Import, chosen: str, numbers: Iterable[int], by: User, at: datetime, named: str = "draft"
) -> Import:
    """Choose which rows are written, and what becomes of bodies and places that come with them; the worker writes.

    Raises BusyImport, NotNow, NothingChosen and NamedNotSaid.
    """
    with transaction.atomic():
        imported = open_for(imported, ImportState.JUDGED)
        imported.options = {**imported.options, "chosen": chosen, "rows": sorted(set(numbers)), "named": named}
        if named not in ("public", "draft") and imported.tallies.get("named", {}).get("fresh"):
            raise NamedNotSaid
        if not chosen_rows(imported).exists():
            raise NothingChosen
        imported.state, imported.fault = ImportState.ACCEPTING, ""
        imported.save()
        journal.write("rows chosen", about=f"import:{imported.pk}", by=by, at=at)
    return imported
