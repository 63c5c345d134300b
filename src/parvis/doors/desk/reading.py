"""A file laid out to be read: its sections with each question and what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from parvis.domain.funding.enums import FieldType
from parvis.domain.funding.queries.budgets import SIDES
from parvis.domain.funding.queries.forms import Form, Question, is_shown, lines_in, reading_problem
from parvis.doors.desk.words import tongue, vocabulary
from parvis.doors.ui import spelling
from parvis.foundation.values import in_language
from parvis.foundation.values.typed import Unread, amount_typed, day_typed

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """A question, and its answer: words, or a table."""

    label: str
    text: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    #: The last column holds sums of money.
    sums: bool = False


def sections_read(form: Form, answers: Answers, currency: str = "EUR") -> list[tuple[str, list[Said]]]:
    """Each section with what was answered in it; questions that do not stand are left out."""
    return [
        (
            _in_words(section.words),
            [
                _said(form, one, answers, currency)
                for one in form.of_section(section.code)
                if is_shown(form, one, answers)
            ],
        )
        for section in form.sections
    ]


def _said(form: Form, question: Question, answers: Answers, currency: str) -> Said:
    label = _in_words(question.words)
    if question.type == FieldType.BUDGET:
        return Said(label, heads=(_("Line"), _("Amount")), rows=_budget(question, answers, currency), sums=True)
    if question.type in (FieldType.ROWS, FieldType.PLACES):
        return _table(form, question, answers, label, currency)
    return Said(label, text=in_clear(question, answers.get(question.code), currency))


def in_clear(question: Question, value: Any, currency: str) -> str:
    """An answer in the reader's own words and signs; as it was typed where it cannot be read."""
    given = value if isinstance(value, list) else [] if value in (None, "") else [value]
    if given and not reading_problem(question, value, currency):
        if question.type == FieldType.AMOUNT:
            return _sum(value, currency)
        if question.type == FieldType.DAY:
            return spelling.day(day_typed(value), tongue())
    options = {code: _in_words(words) for code, words in question.options}
    options |= {"yes": _("yes"), "no": _("no")} if question.type == FieldType.YES_NO else {}
    return ", ".join(options.get(str(one), str(one)) for one in given)


def _sum(typed: Any, currency: str) -> str:
    try:
        return spelling.money(amount_typed(typed, currency), currency, tongue())
    except Unread:
        return str(typed)


def _budget(question: Question, answers: Answers, currency: str) -> tuple[tuple[str, ...], ...]:
    known = [vocabulary().states[f"budget.{side}"] for side in SIDES]
    pairs = [(code, terms.label(code, tongue())) for terms in known for code in terms.codes]
    return tuple(
        (name, _sum(answers[path], currency)) for code, name in pairs if answers.get(path := f"{question.code}.{code}")
    )


def _table(form: Form, question: Question, answers: Answers, label: str, currency: str) -> Said:
    columns = form.columns(question.code)
    if not columns:
        return Said(label, heads=(_("Place"), _("Country")), rows=_places(question, answers))
    rows = tuple(
        tuple(in_clear(one, answers.get(f"{question.code}.{line}.{one.code}"), currency) for one in columns)
        for line in lines_in(answers, question.code)
    )
    return Said(label, heads=tuple(_in_words(one.words) for one in columns), rows=rows)


def _places(question: Question, answers: Answers) -> tuple[tuple[str, ...], ...]:
    """Each place with its country in words."""
    lines = [f"{question.code}.{line}" for line in lines_in(answers, question.code)]
    told = ((answers.get(f"{line}.name"), answers.get(f"{line}.country")) for line in lines)
    return tuple((str(name or ""), country_said(str(country or ""))) for name, country in told)


def country_said(code: str) -> str:
    return vocabulary().countries.label(code, tongue()) if code else ""


def _in_words(words: Mapping[str, str]) -> str:
    return in_language(words, tongue())[0] if words else ""
