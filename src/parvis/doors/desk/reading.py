"""A file laid out to be read: its sections with each question and what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from parvis.domain.funding.enums import FieldType
from parvis.domain.funding.queries.budgets import SIDES
from parvis.domain.funding.queries.forms import Form, Question, is_shown, lines_in
from parvis.doors.desk.words import tongue, vocabulary
from parvis.foundation.values import in_language

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """A question, and its answer: words, or a table."""

    label: str
    text: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def sections_read(form: Form, answers: Answers) -> list[tuple[str, list[Said]]]:
    """Each section with what was answered in it; questions that do not stand are left out."""
    return [
        (
            _in_words(section.words),
            [_said(form, one, answers) for one in form.of_section(section.code) if is_shown(form, one, answers)],
        )
        for section in form.sections
    ]


def _said(form: Form, question: Question, answers: Answers) -> Said:
    label = _in_words(question.words)
    if question.type == FieldType.BUDGET:
        return Said(label, heads=(_("Line"), _("Amount")), rows=_budget(question, answers))
    if question.type in (FieldType.ROWS, FieldType.PLACES):
        return _table(form, question, answers, label)
    value = answers.get(question.code)
    given = value if isinstance(value, list) else [] if value in (None, "") else [value]
    options = {code: _in_words(words) for code, words in question.options}
    options |= {"yes": _("yes"), "no": _("no")} if question.type == FieldType.YES_NO else {}
    return Said(label, text=", ".join(options.get(str(one), str(one)) for one in given))


def _budget(question: Question, answers: Answers) -> tuple[tuple[str, ...], ...]:
    known = [vocabulary().states[f"budget.{side}"] for side in SIDES]
    pairs = [(code, terms.label(code, tongue())) for terms in known for code in terms.codes]
    return tuple((name, str(answers[path])) for code, name in pairs if answers.get(path := f"{question.code}.{code}"))


def _table(form: Form, question: Question, answers: Answers, label: str) -> Said:
    columns = form.columns(question.code)
    names = [one.code for one in columns] or ["name", "country"]
    heads = tuple(_in_words(one.words) for one in columns) or (_("Place"), _("Country"))
    rows = tuple(
        tuple(str(answers.get(f"{question.code}.{line}.{name}") or "") for name in names)
        for line in lines_in(answers, question.code)
    )
    return Said(label, heads=heads, rows=rows)


def _in_words(words: Mapping[str, str]) -> str:
    return in_language(words, tongue())[0] if words else ""
