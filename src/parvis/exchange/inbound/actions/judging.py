"""Reading every row of a file and keeping the verdicts, with the control totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Count, Sum
from django.utils import translation
from django.utils.translation import gettext as _

from parvis.exchange.formats.tables.faults import Unreadable
from parvis.exchange.inbound import keeping, verdicts
from parvis.exchange.inbound.actions.receiving import _placed
from parvis.exchange.inbound.entrances import OF_MONEY, entrances
from parvis.exchange.inbound.enums import ImportState, RowVerdict
from parvis.exchange.inbound.judged import Judged
from parvis.exchange.inbound.judging import Judge, strings_in
from parvis.exchange.inbound.matching import in_order
from parvis.exchange.inbound.models import Import, ImportRow
from parvis.exchange.inbound.naming import Named
from parvis.exchange.inbound.standards import Projected, source_of
from parvis.exchange.inbound.targets import Target, target_of
from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions as journal
from parvis.foundation.journal.pouring import pour_lines
from parvis.foundation.values.naming import visible
from parvis.foundation.values.shortened import announced

_ASKS_SHOWN = 200
_ROWS_SHOWN = 50
_WRITTEN = (RowVerdict.NEW, RowVerdict.CHANGED)
_KEPT = (
    "number", "verdict", "title", "token", "content", "before", "seen_revision", "problems", "doubles",
)  # fmt: skip


def judge_import(*, imported: Import, by: User, at: datetime) -> Import:
    """Give each row its verdict. A file that cannot be read goes back to its columns, with the reason."""
    with translation.override(imported.spoken):
        imported.rows.all().delete()
        target = target_of(imported.target)
        counted, named, announcing = _Counted(target), Named(target), _Announcing(target)
        try:
            table = source_of(imported, on=at.date())
            judge = Judge(imported, table, by=by, at=at)
            with verdicts.keeping_those_of(imported, table) as said:
                for judged in judge.judge():
                    _keep(imported, judged)
                    counted.add(judged)
                    named.add(judged)
                    announcing.add(judged)
                    keeping.tell_progress(imported, counted.rows, what=_("rows read"))
        except (Unreadable, OSError) as fault:
            imported.rows.all().delete()
            imported.fault = _placed(fault) if isinstance(fault, Unreadable) else _("The file is not there any more.")
            imported.state = ImportState.READ
            imported.save(update_fields=["fault", "state"])
            return imported
        imported.asks = _asks(judge)
        imported.kept = {
            "fresh": [[one.noun, one.key, one.content] for one in judge.resolver.fresh.values()],
            "named": {} if judge.target.private else judge.resolver.named,
        }
        imported.tallies = counted.told(imported) | {"standard": said.told()}
        imported.tallies["named"] = named.told(imported, judge.resolver.fresh.values())
        imported.tallies["announcing"] = announcing.told()
        if isinstance(table, Projected):
            imported.tallies["unclaimed"] = [*imported.tallies["unclaimed"], *table.left_aside()]
        imported.state, imported.fault = ImportState.JUDGED, ""
        imported.save()
        journal.write("rows judged", about=f"import:{imported.pk}", by=by, at=at, rows=counted.rows)
    return imported


def _keep(imported: Import, judged: Iterable[Judged]) -> None:
    pour_lines(
        ImportRow,
        ("owner", "key", *_KEPT, "accepted"),
        ([imported.pk, one.key[:120], *(getattr(one, name) for name in _KEPT), False] for one in judged),
    )


def _asks(judge: Judge) -> list[dict[str, Any]]:
    asks = sorted(judge.resolver.asks.values(), key=lambda ask: (-ask.times, ask.text))[:_ASKS_SHOWN]
    return [
        {"text": ask.text, "nouns": list(ask.nouns), "row": ask.row, "times": ask.times, "candidates": ask.candidates}
        for ask in asks
    ]


class _Counted:
    """Rows by verdict, and the sum of each column that adds up, by verdict."""

    def __init__(self, target: Target) -> None:
        self.target, self.rows = target, 0
        self.verdicts: Counter[str] = Counter()
        self.sums: dict[str, Counter[str]] = {wanted.name: Counter() for wanted in target.wanted if wanted.adds_up}

    def add(self, judged: Iterable[Judged]) -> None:
        for one in judged:
            self.rows += 1
            self.verdicts[one.verdict.value] += 1
            for name, amount in one.amounts.items():
                self.sums[name][one.verdict.value] += Decimal(amount)  # type: ignore[assignment]  # exact sums

    def told(self, imported: Import) -> dict[str, Any]:
        filled = {said["field"] for said in imported.mapping.values()}
        return {
            "rows": self.rows,
            "verdicts": {verdict: self.verdicts[verdict] for verdict in RowVerdict.values},
            "sums": {
                name: {verdict: str(sums[verdict]) for verdict in RowVerdict.values}
                for name, sums in self.sums.items()
                if name in filled
            },
            "before": register_totals(self.target, filled),
            "unclaimed": [name for name in in_order(imported.mapping) if not imported.mapping[name]["field"]],
        }


class _Announcing:
    """Rows of money whose texts announce somebody behind a title: how many, and the first of them."""

    def __init__(self, target: Target) -> None:
        self.looks, self.rows = target.noun in OF_MONEY and not target.private, 0
        self.first: list[int] = []

    def add(self, judged: Iterable[Judged]) -> None:
        for one in judged if self.looks else ():
            if one.verdict in _WRITTEN and any(announced(visible(text)) for text in strings_in(one.content)):
                self.rows += 1
                if len(self.first) < _ROWS_SHOWN:
                    self.first.append(one.number)

    def told(self) -> dict[str, Any]:
        return {"rows": self.rows, "first": self.first}


def register_totals(target: Target, fields: Iterable[str]) -> dict[str, Any]:
    """What the register holds of this kind: how many records, and the sum of each column."""
    if target.private:
        return {}
    model = entrances()[target.noun][0]
    columns = {field.name: field for field in model._meta.concrete_fields}
    wanted = [name for name in fields if isinstance(columns.get(name), models.DecimalField)]
    found = model._default_manager.filter(subject__revision__gte=1).aggregate(
        records=Count("pk"), **{f"sum_{name}": Sum(name) for name in wanted}
    )
    return {"records": found["records"]} | {name: str(found[f"sum_{name}"] or 0) for name in wanted}
