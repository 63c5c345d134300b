"""What the judge of a standard says of a file, record by record: kept beside it, counted by kind, told in words."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from parvis.exchange.inbound import keeping
from parvis.exchange.inbound.models import Import
from parvis.exchange.inbound.standards import Projected
from parvis.exchange.inbound.standards.standard import Read, Remark
from parvis.foundation.values.cell import as_cell

#: Kept at most: a file with more faults than this is told as such.
MOST = 200_000


@dataclass(slots=True)
class Said:
    """How many records were judged, how many are wrong, and how often by each kind and rule."""

    records: int = 0
    wrong: int = 0
    grave: int = 0
    kept: int = 0
    by: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)

    def told(self) -> dict[str, Any]:
        rules = [[*rule.split("\t"), times] for rule, times in self.rules.most_common()]
        return {
            "records": self.records, "wrong": self.wrong, "grave": self.grave, "kept": self.kept,
            "by": dict(self.by), "rules": rules,
        }  # fmt: skip


@contextmanager
def keeping_those_of(imported: Import, table: Any) -> Iterator[Said]:
    """While rows are read, write down what the judge says of each."""
    said = Said()
    if not isinstance(table, Projected):
        yield said
        return
    path = _path(imported)
    part = path.with_name(f"{path.name}.part")
    with part.open("w", encoding="utf-8") as file:
        for one in table.opened.wrong:
            _keep(file, said, one, 0, "")
        table.keep = lambda number, read: _of_record(file, said, number, read)
        yield said
    part.replace(path)


def _of_record(file: IO[str], said: Said, number: int, read: Read) -> None:
    said.records += 1
    grave = sum(1 for one in read.wrong if one.grave)
    said.wrong += bool(grave)
    for one in read.wrong:
        _keep(file, said, one, number, read.named)


def _keep(file: IO[str], said: Said, one: Remark, number: int, named: str) -> None:
    said.by[one.by] += 1
    said.rules[f"{one.by}\t{one.rule}"] += 1
    said.grave += one.grave
    if said.kept >= MOST:
        return
    said.kept += 1
    kept = {
        "number": number, "named": named, "by": one.by, "rule": one.rule, "grave": one.grave,
        "line": one.fault.row, "column": one.fault.column, "sentence": one.fault.sentence,
        "facts": {name: _plain(value) for name, value in one.fault.facts.items()},
    }  # fmt: skip
    file.write(json.dumps(kept, ensure_ascii=False) + "\n")


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool) else str(value)


def verdicts_of(imported: Import, *, by: str = "", rule: str = "") -> Iterator[dict[str, Any]]:
    """Every verdict kept, in the order of the file; only those of a kind or a rule where one is named."""
    try:
        with _path(imported).open(encoding="utf-8") as file:
            for line in file:
                said = json.loads(line)
                if (not by or said["by"] == by) and (not rule or said["rule"] == rule):
                    sentence = said["sentence"]
                    said["told"] = _(sentence) % said["facts"]
                    yield said
    except OSError:
        return


def kinds() -> dict[str, str]:
    """What each kind of verdict is called."""
    return {
        "heading": _("Headings"), "schema": _("Schema"), "list": _("Code lists"), "rule": _("Rules"),
        "row": _("Rows"), "cell": _("Cells"),
    }  # fmt: skip


def as_csv_rows(imported: Import, *, by: str = "", rule: str = "") -> Iterator[list[str]]:
    """The verdicts as the rows of a table, its headings first; no cell is taken for a formula."""
    yield [_("Record"), _("Identifier"), _("Line"), _("Where"), _("Kind"), _("Rule"), _("Gravity"), _("What is wrong")]
    called = kinds()
    for said in verdicts_of(imported, by=by, rule=rule):
        yield [
            str(said["number"] or ""), as_cell(said["named"]), str(said["line"] or ""), as_cell(said["column"]),
            called.get(said["by"], said["by"]), as_cell(said["rule"]), gravity(grave=said["grave"]),
            as_cell(said["told"]),
        ]  # fmt: skip


def gravity(*, grave: bool) -> str:
    return _("Error") if grave else _("Warning")


def _path(imported: Import) -> Path:
    return keeping.folder() / f"{imported.stored}.verdicts"
