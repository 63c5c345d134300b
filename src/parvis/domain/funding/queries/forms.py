"""A form and what is written in it: which questions stand, what each answer means, what is still missing.

Answers are kept as they were typed; reading them is done here, so that no word is lost to a mistake. Fields
are named by paths: ``summary``, ``budget.60``, ``partners.k3x9.name`` (question, line, question in the line).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from parvis.domain.funding.enums import WITH_COLUMNS, Carried, FieldType
from parvis.domain.funding.queries.budgets import BUDGET_LINES, balance_of
from parvis.foundation.values.typed import Unread, amount_typed, day_typed
from parvis.foundation.values.words import Words, in_language
from parvis.foundation.vocabulary.vocabulary import of_the_house
from parvis.register.reading import day_said, money_said, number_said, said

Answers = Mapping[str, Any]
#: Said of a line that was taken out; its words stay on the server.
GONE = "-gone"
_PATH = re.compile(r"^[a-z0-9][-\w]*(\.[-\w]{1,24}(\.[-\w]{1,40})?)?$", re.ASCII)
_COUNT = re.compile(r"^\d{1,3}([ \u202f\xa0.,']\d{3})*$|^\d+$")
#: Lists whose lines have columns of the house's own.
PLACE_COLUMNS = ("name", "country", "geoname")
#: What kinds of answers may say the theme of a file, and its country.
_CARRY = {
    Carried.THEME: frozenset({FieldType.CHOICE, FieldType.SEVERAL, FieldType.TEXT, FieldType.SDG}),
    Carried.COUNTRY: frozenset({FieldType.PLACES, FieldType.CHOICE, FieldType.TEXT}),
    Carried.DISCIPLINE: frozenset({FieldType.CHOICE}),
    Carried.MEANS: frozenset({FieldType.AMOUNT}),
}
_LONGEST = {FieldType.TEXT: 300, FieldType.AREA: 20_000}
#: The longest text a field keeps, whatever its call says; more is refused whole, never cut.
LONGEST = 200_000


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form."""

    code: str
    section: str
    type: str
    words: Words
    help: Words
    required: bool = False
    least: int | None = None
    most: int | None = None
    options: tuple[tuple[str, Words], ...] = ()
    within: str = ""
    shown_if: str = ""
    shown_value: str = ""
    carries: str = ""
    #: Lines that say who else pays: their amounts add up to the income of the budget.
    plan: bool = False
    #: Its answer tells who asks: reviewers are not given it.
    names_asker: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    code: str
    words: Words
    help: Words


@dataclass(frozen=True, slots=True)
class Form:
    """A frozen form, ready to be filled."""

    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    documents: tuple[Mapping[str, Any], ...]
    terms: Mapping[str, Any]

    def of_section(self, code: str) -> list[Question]:
        return [question for question in self.questions if question.section == code and not question.within]

    def columns(self, code: str) -> list[Question]:
        return [question for question in self.questions if question.within == code]

    def question(self, code: str) -> Question | None:
        return next((question for question in self.questions if question.code == code), None)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that keeps a form from being sent, and where."""

    field: str
    section: str
    sentence: str


def form_of(definition: Mapping[str, Any]) -> Form:
    """The form a definition describes."""
    return Form(
        sections=tuple(
            Section(row["code"], row.get("words", {}), row.get("help", {})) for row in definition["sections"]
        ),
        questions=tuple(_question(row) for row in definition["fields"]),
        documents=tuple(definition.get("documents", ())),
        terms=definition.get("terms", {}),
    )


def _question(row: Mapping[str, Any]) -> Question:
    known = {name: row[name] for name in Question.__slots__ if name in row and name not in ("options", "help", "words")}
    options = tuple((str(code), _both(words)) for code, words in dict(row.get("options") or {}).items())
    # a plan is lines like others, but for its sum; forms older than its kind call it by its code
    known["plan"] = row["type"] == FieldType.COFUNDING or (row["type"], row["code"]) == (FieldType.ROWS, "cofunding")
    if row["type"] == FieldType.COFUNDING:
        known["type"] = FieldType.ROWS
    return Question(**known, words=row.get("words", {}), help=row.get("help", {}), options=options)


def _both(words: Any) -> Words:
    """An option's words: by language, or as a clerk types them, ``Français | English``."""
    if isinstance(words, Mapping):
        return words
    return dict(zip(("fr", "en", "es", "pt"), (part.strip() for part in str(words).split("|")), strict=False))


def path_problem(form: Form, path: str) -> str:
    """Why nothing can be written under a path; empty when something can."""
    code, _dot, rest = path.partition(".")
    question = form.question(code)
    if not _PATH.match(path) or question is None or question.within:
        return _("This form has no such field.")
    if question.type == FieldType.BUDGET:
        return "" if rest.partition(".")[0] in BUDGET_LINES else _("This form has no such field.")
    if question.type in (FieldType.ROWS, FieldType.PLACES):
        column = rest.partition(".")[2]
        known = {one.code for one in form.columns(code)} if question.type == FieldType.ROWS else set(PLACE_COLUMNS)
        return "" if column in known | {GONE} else _("This form has no such field.")
    return "" if not rest else _("This form has no such field.")


def lines_in(answers: Answers, code: str) -> list[str]:
    """The lines written under a repeated question, in the order they were begun, less those taken out."""
    return [line for line in _begun(answers, code) if not answers.get(f"{code}.{line}.{GONE}")]


def taken_out(answers: Answers, code: str) -> list[str]:
    """The lines taken out of a repeated question that hold words."""
    begun = _begun(answers, code)
    return [line for line, written in begun.items() if written and answers.get(f"{code}.{line}.{GONE}")]


def _begun(answers: Answers, code: str) -> dict[str, bool]:
    """Every line begun under a repeated question, and whether anything is written in it."""
    found: dict[str, bool] = {}
    for path, value in answers.items():
        head, _dot, rest = path.partition(".")
        line, _dot, column = rest.partition(".")
        if head == code and column:
            found[line] = found.get(line, False) or (column != GONE and bool(value))
    return found


def is_shown(form: Form, question: Question, answers: Answers) -> bool:
    """Whether a question stands, given the answers it depends on."""
    seen: set[str] = set()
    while question.shown_if and question.code not in seen:
        seen.add(question.code)
        other = form.question(question.shown_if)
        if other is None:
            return True
        given = answers.get(other.code)
        given = given if isinstance(given, list) else [given]
        wanted = {one.strip() for one in question.shown_value.split(",")} if question.shown_value else None
        if not any((one in wanted) if wanted else one not in (None, "", "no") for one in given):
            return False
        question = other
    return True


def reading_problem(question: Question, value: Any, currency: str = "EUR") -> str:
    """Why an answer cannot be read as what its question asks for; empty when it can, or when nothing is written."""
    if value in (None, "", []):
        return ""
    try:
        read_value(question, value, currency)
    except Unread as unread:
        return said(unread)
    except ValueError as fault:
        return str(fault)
    return ""


def answer_said(question: Question, values: Answers, language: str) -> str:
    """An answer as it is read: a choice by its words, anything else as it was typed."""
    value = str(values.get(question.code) or "").strip()
    if question.type == FieldType.YES_NO:
        return {"yes": _("Yes"), "no": _("No")}.get(value, value)
    words = dict(question.options).get(value)
    return in_language(words, language)[0] if words else value


def read_value(question: Question, value: Any, currency: str = "EUR") -> Any:
    """What an answer means. Raises Unread, or ValueError with a sentence."""
    match question.type:
        case FieldType.AMOUNT:
            return amount_typed(value, currency)
        case FieldType.COUNT:
            return _count(question, value)
        case FieldType.DAY:
            return day_typed(value)
        case FieldType.CHOICE | FieldType.YES_NO | FieldType.SEVERAL | FieldType.SDG:
            return _chosen(question, value)
        case FieldType.EMAIL:
            return _email(value)
        case _:
            return _text(question, value)


def _count(question: Question, value: Any) -> int:
    text = str(value).strip()
    if not _COUNT.match(text):
        raise ValueError(_("This is not a whole number: write digits, as in 1 250."))
    number = int(re.sub(r"\D", "", text))
    if question.least is not None and number < question.least:
        raise ValueError(_("Write %(least)s or more.") % {"least": question.least})
    if question.most is not None and number > question.most:
        raise ValueError(_("Write %(most)s at most.") % {"most": question.most})
    return number


def _chosen(question: Question, value: Any) -> Any:
    match question.type:
        case FieldType.YES_NO:
            known = frozenset(("yes", "no"))
        case FieldType.SDG:
            known = frozenset(of_the_house().sdg_targets.codes)
        case _:
            known = frozenset(code for code, _words in question.options)
    given = value if isinstance(value, list) else [value]
    if odd := [str(one) for one in given if one not in known]:
        raise ValueError(_("“%(value)s” is not in the list.") % {"value": odd[0]})
    return value


def _email(value: Any) -> str:
    try:
        validate_email(str(value).strip())
    except ValidationError:
        raise ValueError(_("This is not an email address: write it as name@body.org.")) from None
    return str(value).strip()


def signs_at_most(question: Question) -> int:
    """How many signs an answer may have: as its call says, or as its kind of question does."""
    return question.most or _LONGEST.get(question.type, 20_000)  # type: ignore[call-overload]  # codes are its keys


def _text(question: Question, value: Any) -> str:
    text, longest = str(value), signs_at_most(question)
    if len(text) > longest:
        facts = signs_over(len(text), longest)
        raise ValueError(
            _("Too long: %(over)s too many, %(most)s characters at most, there are %(now)s. Nothing was cut.") % facts
        )
    return text


def signs_over(now: int, most: int) -> dict[str, str]:
    return {"over": number_said(now - most), "most": number_said(most), "now": number_said(now)}


def too_long(value: Any) -> bool:
    """Whether a text is longer than any field keeps."""
    return isinstance(value, str) and len(value) > LONGEST


def refused_as_too_long(form: Form, path: str, value: str, language: str) -> str:
    """Why a text is not saved: which field it stands in, and how many signs are too many."""
    code, _dot, rest = path.partition(".")
    question = form.question(rest.partition(".")[2]) or form.question(code)
    if question is None or path_problem(form, path):
        return _("This form has no such field.")
    most = signs_at_most(question)
    facts = {**signs_over(len(value), most), "field": in_language(question.words, language)[0] or code}
    return _(
        "“%(field)s” is too long: %(over)s characters too many, %(most)s at most. It stays in the page as you typed "
        "it, and is saved once it is shorter."
    ) % facts  # fmt: skip


def troubles(form: Form, answers: Answers, attached: Mapping[str, date | None], on: date) -> list[Trouble]:
    """All that keeps a form from being sent: what is missing, what cannot be read, what does not balance."""
    currency = form.terms.get("currency") or "EUR"
    found: list[Trouble] = []
    for question in form.questions:
        if question.within or not is_shown(form, question, answers):
            continue
        found += _of_question(form, question, answers, currency)
    found += _of_documents(form, attached, on)
    return found


def _of_question(form: Form, question: Question, answers: Answers, currency: str) -> Iterator[Trouble]:
    if question.type == FieldType.BUDGET:
        yield from _of_budget(question, answers, currency)
    elif question.type in (FieldType.ROWS, FieldType.PLACES):
        yield from _of_lines(form, question, answers, currency)
    else:
        value = answers.get(question.code)
        if sentence := _missing(question, value) or reading_problem(question, value, currency):
            yield Trouble(question.code, question.section, sentence)


def _missing(question: Question, value: Any) -> str:
    empty = value in (None, "", []) or (isinstance(value, str) and not value.strip())
    return _("An answer is required here.") if question.required and empty else ""


def _of_lines(form: Form, question: Question, answers: Answers, currency: str) -> Iterator[Trouble]:
    lines = lines_in(answers, question.code)
    least = question.least if question.least is not None else int(question.required)
    if len(lines) < least:
        sentence = ngettext("At least %(least)s line is expected.", "At least %(least)s lines are expected.", least)
        yield Trouble(question.code, question.section, sentence % {"least": least})
    for line in lines:
        for column in form.columns(question.code):
            path = f"{question.code}.{line}.{column.code}"
            value = answers.get(path)
            if sentence := _missing(column, value) or reading_problem(column, value, currency):
                yield Trouble(path, question.section, sentence)
        if question.type == FieldType.PLACES and not answers.get(f"{question.code}.{line}.geoname"):
            path = f"{question.code}.{line}.name"
            yield Trouble(path, question.section, _("Choose which place is meant."))


def _of_budget(question: Question, answers: Answers, currency: str) -> Iterator[Trouble]:
    balance = balance_of(answers, question.code, currency)
    for path, sentence in balance.unread.items():
        yield Trouble(path, question.section, sentence)
    if balance.unread:
        return
    if not balance.costs and question.required:
        yield Trouble(question.code, question.section, _("The budget is empty."))
    if sentence := balance.sentence():
        yield Trouble(question.code, question.section, sentence)


def _of_documents(form: Form, attached: Mapping[str, date | None], on: date) -> Iterator[Trouble]:
    for document in form.documents:
        code = document["code"]
        if code not in attached:
            if document.get("required", True):
                yield Trouble(code, "documents", _("This document is missing."))
        elif (until := attached[code]) is not None and until < on:
            yield Trouble(code, "documents", _("This document expired on %(day)s.") % {"day": day_said(until)})


def amount_problem(form: Form, asked: Decimal | None, cost: Decimal) -> str:
    """Why an amount may not be asked under the call; empty when it may."""
    if asked is None:
        return _("Say how much you ask of the City.")
    terms = form.terms
    rule = terms.get("amount_rule")
    most, least, rate = (_decimal(terms.get(name)) for name in ("amount", "least_amount", "most_rate"))
    currency = terms.get("currency") or "EUR"
    broken = (
        (cost > 0 and asked > cost, _("You ask %(asked)s, more than the project costs.")),
        (
            rule == "flat" and asked != most,
            _("Grants of this call are of %(most)s each; you ask %(asked)s."),
        ),
        (
            rule in ("maximum", "range") and most is not None and asked > most,
            _("This call gives %(most)s at most; you ask %(asked)s."),
        ),
        (
            rule == "range" and least is not None and asked < least,
            _("This call gives %(least)s at least; you ask %(asked)s."),
        ),
        (
            rate is not None and cost > 0 and asked * 100 > cost * rate,
            _("This call pays %(rate)s per cent of the cost at most; you ask more."),
        ),
    )
    sentence = next((sentence for holds, sentence in broken if holds), "")
    if not sentence:
        return ""
    told = {name: money_said(one, currency) for name, one in (("asked", asked), ("most", most), ("least", least))}
    return sentence % {**told, "rate": rate}


def _decimal(value: Any) -> Decimal | None:
    return Decimal(str(value)) if value not in (None, "") else None


class Fault(NamedTuple):
    """What keeps the form of a call from being opened: on which page of the call, at which part of it, and why."""

    page: str
    at: str
    sentence: str


def definition_problems(definition: Mapping[str, Any]) -> list[str]:
    """What keeps a form from being opened, for the officer who writes it."""
    return [fault.sentence for fault in form_faults(definition)]


def form_faults(definition: Mapping[str, Any]) -> list[Fault]:
    """The same, each with the page and the part that mend it: the form, or the report it stands in."""
    found = [Fault("form", *one) for one in _problems_in(definition)]
    if not any(row["type"] == FieldType.BUDGET and row["code"] == "budget" for row in definition["fields"]):
        found.append(Fault("form", "", _("The form has no budget table: nobody could say how much they ask.")))
    for kind, report in definition.get("reports", {}).items():
        found += [Fault(kind, *one) for one in _problems_in(report)]
    return found


def _problems_in(definition: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each part that does not hold, and why."""
    sections = {row["code"] for row in definition["sections"]}
    fields = {row["code"]: row for row in definition["fields"]}
    for row in fields.values():
        for sentence in _problems_of(row, sections, fields):
            yield row["code"], sentence
    if not fields:
        yield "", _("The form has no question yet.")
    for row in definition["sections"]:
        if all(one["section"] != row["code"] for one in fields.values()):
            yield row["code"], _("Section “%(code)s” has no question.") % {"code": named(row)}


def _problems_of(row: Mapping[str, Any], sections: set[str], fields: Mapping[str, Any]) -> Iterator[str]:
    said_of = {"code": named(row)}
    if row["section"] not in sections:
        yield _("Question “%(code)s” names a section that does not exist.") % said_of
    parent = row.get("within")
    if parent and fields.get(parent, {}).get("type") not in WITH_COLUMNS:
        yield _("Question “%(code)s” stands in lines that do not exist.") % said_of
    yield from _of_its_condition(row, fields)
    if row.get("carries") and (row["type"] not in _CARRY[row["carries"]] or parent):
        sentence = _("Question “%(code)s” cannot say that of its file: choose another kind of answer.")
        yield sentence % said_of
    if row["type"] in (FieldType.CHOICE, FieldType.SEVERAL) and not row.get("options"):
        yield _("Question “%(code)s” has no list to choose from.") % said_of
    columns = [one["type"] for one in fields.values() if one.get("within") == row["code"]]
    if row["type"] in WITH_COLUMNS and not columns:
        yield _("Question “%(code)s” has lines without a column.") % said_of
    elif row["type"] == FieldType.COFUNDING and columns.count(FieldType.AMOUNT) != 1:
        yield _("The co-funding plan “%(code)s” needs one column of amounts, and one only.") % said_of


def _of_its_condition(row: Mapping[str, Any], fields: Mapping[str, Any]) -> Iterator[str]:
    """What would keep a question from ever being shown."""
    waits_for = row.get("shown_if")
    if not waits_for:
        return
    other = fields.get(waits_for)
    if other is None:
        yield _("Question “%(code)s” depends on one that does not exist.") % {"code": named(row)}
        return
    both = {"code": named(row), "other": named(other)}
    if other.get("within"):
        yield _("Question “%(code)s” depends on “%(other)s”, a column: its answers differ from line to line.") % both
    if depends_on(fields, waits_for, row["code"]):
        yield _("Question “%(code)s” depends on its own answer, through “%(other)s”: it would never be shown.") % both
    waited = {one.strip() for one in row.get("shown_value", "").split(",") if one.strip()}
    offered = {"yes", "no"} if other["type"] == FieldType.YES_NO else set(dict(other.get("options") or {}))
    if offered and not waited <= offered:
        yield _("Question “%(code)s” waits for an answer that “%(other)s” does not offer.") % both


def depends_on(fields: Mapping[str, Any], start: str, code: str) -> bool:
    """Whether a question, or one that it waits for, waits for that other."""
    seen: set[str] = set()
    while start and start not in seen:
        if start == code:
            return True
        seen.add(start)
        start = fields.get(start, {}).get("shown_if", "")
    return False


def named(row: Mapping[str, Any]) -> str:
    """The words of a part in the officer's language, or its code."""
    return in_language(row.get("words") or {}, (get_language() or "fr")[:2])[0] or str(row["code"])
