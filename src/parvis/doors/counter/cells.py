"""A form laid out as an applicant fills it: one cell a field, with what is written, who wrote it, what is wrong."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from parvis.domain.funding.actions import Save
from parvis.domain.funding.enums import FieldType
from parvis.domain.funding.models import Answer, OtherText
from parvis.domain.funding.queries.forms import (
    Form,
    Question,
    is_shown,
    lines_in,
    reading_problem,
    signs_at_most,
    taken_out,
)
from parvis.doors.counter.posted import candidates, mark_of
from parvis.doors.counter.words import budget_lines, countries, sdg_groups, tongue, yes_no
from parvis.foundation.values.words import in_language

#: Lines of a list offered empty, so that one can be added without a script.
SPARE = 1


@dataclass(slots=True)
class Cell:
    """One field of the page."""

    path: str
    type: str
    label: str
    help: str = ""
    value: Any = ""
    revision: int = 0
    required: bool = False
    note: str = ""
    saved: Answer | None = None
    options: tuple[tuple[str, str], ...] = ()
    others: list[OtherText] = field(default_factory=list)
    #: A mark of what the field shows; nothing where it shows words that were refused, which are to be sent again.
    shown: str = ""
    #: How many signs a text may have; nothing for what is not one.
    limit: int | None = None

    @property
    def used(self) -> int:
        return len(self.value) if isinstance(self.value, str) else 0

    @property
    def id(self) -> str:
        return id_of(self.path)

    def said_of(self, value: Any) -> str:
        """A value in the words of its choices, or as it was typed."""
        said = dict(self.options)
        given = value if isinstance(value, list) else [value]
        return ", ".join(said.get(one, str(one)) for one in given if one not in (None, ""))

    @property
    def held_said(self) -> str:
        return self.said_of(self.saved.value if self.saved else "")

    @property
    def texts(self) -> list[tuple[OtherText, str]]:
        """The texts that wait beside the one that stands, each as it is read."""
        return [(other, self.said_of(other.value)) for other in self.others]

    @property
    def values(self) -> list[str]:
        return self.value if isinstance(self.value, list) else []


@dataclass(slots=True)
class Line:
    id: str
    cells: list[Cell]
    gone: Cell
    fresh: bool = False
    candidates: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class Block:
    """A question on the page: a cell, a list of lines, or a budget."""

    question: Question
    label: str
    help: str
    cell: Cell | None = None
    lines: list[Line] = field(default_factory=list)
    spare: list[Line] = field(default_factory=list)
    #: Lines that were taken out with words in them: what one reads of each, and the way to put it back.
    taken_out: list[tuple[str, str]] = field(default_factory=list)
    sides: list[tuple[str, list[Cell]]] = field(default_factory=list)
    groups: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)
    shown: bool = True

    @property
    def code(self) -> str:
        return self.question.code

    @property
    def type(self) -> str:
        return self.question.type


class Sheet:
    """A section of a file, with what stands in each of its fields."""

    def __init__(
        self,
        form: Form,
        answers: Mapping[str, Answer],
        others: list[OtherText],
        typed: Mapping[str, Save] | None = None,
        refused: Mapping[str, str] | None = None,
    ) -> None:
        """What stands, and over it what was just typed and could not be saved: no word leaves the page."""
        self.form, self.answers, self.others = form, answers, others
        self.typed, self.refused = typed or {}, refused or {}
        self.values = {path: row.value for path, row in answers.items()}
        self.values |= {path: save.value for path, save in self.typed.items()}
        self.currency = form.terms.get("currency") or "EUR"

    def blocks(self, section: str) -> list[Block]:
        """The questions of a page, with those that an answer on this very page would open, hidden until then."""
        asked = self.form.of_section(section)
        here = {question.code for question in asked}
        blocks = []
        for question in asked:
            shown = is_shown(self.form, question, self.values)
            if shown or question.shown_if in here:
                blocks.append(self._block(question))
                blocks[-1].shown = shown
        return blocks

    def _block(self, question: Question) -> Block:
        block = Block(question, _said(question.words), _said(question.help))
        if question.type == FieldType.BUDGET:
            block.sides = [
                (side, [self._budget_cell(question, code, label) for code, label in lines])
                for side, lines in budget_lines()
            ]
        elif question.type in (FieldType.ROWS, FieldType.PLACES):
            block.lines = [self._line(question, line) for line in lines_in(self.values, question.code)]
            block.taken_out = [
                (line.gone.path, ", ".join(filter(None, (cell.held_said for cell in line.cells))))
                for line in (self._line(question, one, fresh=True) for one in taken_out(self.values, question.code))
            ]
            block.spare = [self._line(question, secrets.token_hex(3), fresh=True) for _turn in range(SPARE)]
        else:
            block.cell = self._cell(question, question.code)
            block.groups = sdg_groups() if question.type == FieldType.SDG else []
        return block

    def _cell(self, question: Question, path: str, label: str = "") -> Cell:
        row, typed = self.answers.get(path), self.typed.get(path)
        nothing: Any = [] if question.type in (FieldType.SEVERAL, FieldType.SDG) else ""
        value = typed.value if typed else row.value if row else nothing
        options = tuple((code, _said(words)) for code, words in question.options)
        return Cell(
            path=path,
            type=question.type,
            label=label or _said(question.words),
            help=_said(question.help),
            value="" if value is None else value,
            revision=typed.base if typed else row.revision if row else 0,
            required=question.required,
            note=self.refused.get(path) or reading_problem(question, value, self.currency),
            saved=row,
            shown="" if typed else mark_of("" if value is None else value),
            options=yes_no() if question.type == FieldType.YES_NO else options,
            others=[other for other in self.others if other.field == path],
            limit=limit_of(question),
        )

    def _budget_cell(self, question: Question, code: str, label: str) -> Cell:
        as_amount = Question(question.code, question.section, FieldType.AMOUNT, {}, {})
        return self._cell(as_amount, f"{question.code}.{code}", label)

    def _line(self, question: Question, line: str, *, fresh: bool = False) -> Line:
        prefix = f"{question.code}.{line}"
        plain = Question(question.code, question.section, FieldType.TEXT, {}, {})
        if question.type == FieldType.PLACES:
            cells = [self._cell(plain, f"{prefix}.{name}") for name in ("name", "country", "geoname")]
            cells[1].options = tuple(countries())
        else:
            cells = [self._cell(column, f"{prefix}.{column.code}") for column in self.form.columns(question.code)]
        found = Line(line, cells, self._cell(plain, f"{prefix}.-gone"), fresh)
        if question.type == FieldType.PLACES and not fresh:
            found.candidates = candidates(str(cells[0].value), str(cells[1].value))
            cells[2].options = tuple((one["geoname"], one["said"]) for one in found.candidates)
        return found


def id_of(path: str) -> str:
    """Where a field stands on its page, for whoever is led to it."""
    return "f-" + path.replace(".", "-")


def limit_of(question: Question) -> int | None:
    """How many signs a text may have; nothing for a question that asks for no text."""
    return signs_at_most(question) if question.type in (FieldType.TEXT, FieldType.AREA) else None


def _said(words: Mapping[str, str]) -> str:
    return in_language(words, tongue())[0]
