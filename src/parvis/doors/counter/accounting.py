"""A report laid out as its beneficiary fills it: cells as in a file, and the accounts beside the budget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from parvis.domain.funding import queries
from parvis.domain.funding.actions import Save
from parvis.domain.funding.enums import FieldType
from parvis.domain.funding.models import ReportEntry, ReportSheet
from parvis.domain.funding.queries.duties import Compared
from parvis.domain.funding.queries.forms import Question, is_shown, reading_problem
from parvis.domain.funding.queries.reporting import ACTUAL, FORESEEN
from parvis.doors.counter.cells import Cell, id_of, limit_of
from parvis.doors.counter.posted import mark_of
from parvis.doors.counter.words import budget_lines, tongue, yes_no
from parvis.foundation.values.words import in_language


@dataclass(frozen=True, slots=True)
class Other:
    """A text written beside the one that stands, as the page's cells show it."""

    pk: int
    value: Any


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a report as it is filled."""

    cell: Cell
    question: Question
    shown: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the accounts: what was foreseen, typed or not, what was spent, and the gap between."""

    label: str
    compared: Compared
    actual: Cell
    foreseen: Cell | None


@dataclass(frozen=True, slots=True)
class Side:
    code: str
    rows: list[Row]
    total: Compared


class ReportPage:
    """A report with what stands in each of its fields."""

    def __init__(
        self,
        sheet: ReportSheet,
        typed: Mapping[str, Save] | None = None,
        refused: Mapping[str, str] | None = None,
    ) -> None:
        """What stands, and over it what was just typed and could not be saved: no word leaves the page."""
        self.sheet, self.form, self.entries = sheet, queries.sheet_form(sheet), queries.entries_of(sheet)
        self.typed, self.refused = typed or {}, refused or {}
        self.values = {name: row.value for name, row in self.entries.items()}
        self.values |= {path: save.value for path, save in self.typed.items()}

    def asked(self, section: str) -> list[Asked]:
        """The questions of a part, those that wait for an answer hidden until it is given."""
        return [
            Asked(self._cell(one, one.code), one, shown=is_shown(self.form, one, self.values))
            for one in self.form.of_section(section)
            if one.type != FieldType.BUDGET
        ]

    def wrong(self) -> list[tuple[str, str, str]]:
        """(label, place, sentence) of each field that was refused, for whoever looks for it on a long page."""
        lines = {code: label for _side, rows in budget_lines() for code, label in rows}
        return [(self._label(path, lines), id_of(path), sentence) for path, sentence in self.refused.items()]

    def _label(self, path: str, lines: Mapping[str, str]) -> str:
        head, _dot, line = path.partition(".")
        found = self.form.question(head)
        return lines.get(line) or (in_language(found.words, tongue())[0] if found else path)

    def has_accounts(self, section: str) -> bool:
        """Whether the table of accounts stands in a part."""
        found = self.form.question(ACTUAL)
        return found is not None and found.section == section

    def sides(self) -> list[Side]:
        """The accounts, side by side; empty for a report in words."""
        if self.form.question(ACTUAL) is None:
            return []
        labels = {code: label for _side, lines in budget_lines() for code, label in lines}
        typed = self.form.question(FORESEEN) is not None
        return [
            Side(side, [self._row(line, labels[line.code], typed=typed) for line in lines], queries.total_of(lines))
            for side, lines in queries.accounts_of(self.sheet, self.values)
        ]

    def _row(self, line: Compared, label: str, *, typed: bool) -> Row:
        foreseen = self._amount(f"{FORESEEN}.{line.code}", label) if typed else None
        return Row(label, line, self._amount(f"{ACTUAL}.{line.code}", label), foreseen)

    def _amount(self, path: str, label: str) -> Cell:
        return self._cell(Question("x", "accounts", FieldType.AMOUNT, {}, {}), path, label)

    def _cell(self, question: Question, path: str, label: str = "") -> Cell:
        row, typed = self.entries.get(path), self.typed.get(path)
        value = typed.value if typed else row.value if row and row.value is not None else ""
        return Cell(
            path=path,
            type=question.type,
            label=label or in_language(question.words, tongue())[0],
            help=in_language(question.help, tongue())[0] if question.help else "",
            value=value,
            revision=typed.base if typed else row.revision if row else 0,
            required=question.required,
            limit=limit_of(question),
            note=self.refused.get(path) or reading_problem(question, value, self.sheet.grant.currency),
            options=yes_no() if question.type == FieldType.YES_NO else _options(question),
            shown="" if typed else mark_of(value),
            saved=row,  # type: ignore[arg-type]  # an entry says who and when, as an answer does
            others=_open_texts(row),  # type: ignore[arg-type]  # as above
        )


def _options(question: Question) -> tuple[tuple[str, str], ...]:
    return tuple((code, in_language(words, tongue())[0]) for code, words in question.options)


def _open_texts(row: ReportEntry | None) -> list[Other]:
    """The last text that waits beside an entry."""
    waiting = [one for one in (row.others if row else []) if not one.get("settled")]
    return [Other(row.pk, waiting[-1]["value"])] if row and waiting else []
