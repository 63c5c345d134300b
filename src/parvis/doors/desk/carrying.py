"""Every field of many files as tables: one row a file, one row a repeated line, one row a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.domain.funding.actions import place_of
from parvis.domain.funding.enums import FieldType
from parvis.domain.funding.queries import WholeFile
from parvis.domain.funding.queries.budgets import SIDES
from parvis.domain.funding.queries.forms import PLACE_COLUMNS, Form, Question, lines_in, read_value
from parvis.doors.desk.words import tongue, vocabulary
from parvis.exchange.formats import carried
from parvis.foundation.values.words import in_language

_REPEATED = (FieldType.ROWS, FieldType.PLACES)
_READ = (FieldType.AMOUNT, FieldType.COUNT, FieldType.DAY)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it is called, and how it is read from a file."""

    name: str
    label: str
    read: Callable[[WholeFile], Any]


def columns_of(forms: Iterable[Form]) -> list[Column]:
    """What every file has, then each question of every form, once."""
    found = {column.name: column for column in _heads()}
    for form in forms:
        for question in form.questions:
            if not question.within:
                for column in _of_question(question):
                    found.setdefault(column.name, column)
    return _told_apart(list(found.values()))


def _told_apart(columns: list[Column]) -> list[Column]:
    """Columns that are called alike bear their own names besides."""
    labels = [column.label for column in columns]
    return [
        Column(one.name, f"{one.label} ({one.name})", one.read) if labels.count(one.label) > 1 else one
        for one in columns
    ]


def _heads() -> list[Column]:
    known, language, zone = vocabulary(), tongue(), timezone.get_default_timezone()
    reads: dict[str, tuple[str, Callable[[WholeFile], Any]]] = {
        "number": (_("Number"), lambda one: one.file.number),
        "call": (_("Call"), lambda one: one.file.call.key),
        "state": (_("State"), lambda one: known.state_label("application", "state", one.file.state, language)),
        "file-title": (_("Title"), lambda one: one.file.title),
        "body": (_("Body"), lambda one: one.file.body.name),
        "kind": (_("Kind of body"), lambda one: known.kind_label("body", one.file.body.kind, language)),
        "scheme": (_("Register"), lambda one: one.file.body.get_scheme_display()),
        "register-number": (_("Number in the register"), lambda one: one.file.body.number),
        "seat": (_("Country of the seat"), lambda one: one.file.body.country),
        "town": (_("Town"), lambda one: one.file.body.town),
        "founded": (_("Founded in"), lambda one: one.file.body.founded),
        "country": (_("Country"), lambda one: one.file.country),
        "asked": (_("Amount asked"), lambda one: one.file.asked),
        "currency": (_("Currency"), lambda one: one.form.terms.get("currency") or "EUR"),
        "received": (_("Received"), lambda one: timezone.localtime(one.file.submitted_at, zone).replace(microsecond=0)),
        "turns": (_("Times sent"), lambda one: one.turns),
        "version": (_("Version of the form"), lambda one: one.file.form.version),
        "documents": (_("Documents"), lambda one: ", ".join(paper.code for paper in one.documents)),
        "digest": (_("Digest of what was sent"), lambda one: one.digest),
    }
    return [Column(name, label, read) for name, (label, read) in reads.items()]


def _of_question(question: Question) -> Iterator[Column]:
    label, code = _in_words(question.words) or question.code, question.code
    if question.type == FieldType.BUDGET:
        terms = [vocabulary().states[f"budget.{side}"] for side in SIDES]
        for line, name in [(line, known.label(line, tongue())) for known in terms for line in known.codes]:
            path = f"{code}.{line}"
            amount = Question(path, "", FieldType.AMOUNT, {}, {})
            yield Column(path, f"{label}: {name}", _reader(amount, path))
    elif question.type in _REPEATED:
        yield Column(code, label, lambda one: _joined(one, code))
    else:
        yield Column(code, label, _reader(question, code))


def _reader(question: Question, path: str) -> Callable[[WholeFile], Any]:
    options = {code: _in_words(words) for code, words in question.options}
    if question.type == FieldType.YES_NO:
        options = {"yes": _("yes"), "no": _("no")}
    return lambda one: _value(question, one.answers.get(path), options, one.form.terms.get("currency") or "EUR")


def _value(question: Question, raw: Any, options: Mapping[str, str], currency: str) -> Any:
    """An answer as what it means; as it was typed where it cannot be read."""
    if raw in (None, "", []):
        return ""
    if question.type in _READ:
        try:
            return read_value(question, raw, currency)
        except ValueError:
            return str(raw)
    given = raw if isinstance(raw, list) else [raw]
    return "; ".join(options.get(str(one), str(one)) for one in given)


def _joined(one: WholeFile, code: str) -> str:
    """Repeated lines in one cell; the sheet of lines holds them apart."""
    names = [column.code for column in one.form.columns(code)] or list(PLACE_COLUMNS)
    lines = [
        ", ".join(str(value) for name in names if (value := one.answers.get(f"{code}.{line}.{name}")))
        for line in lines_in(one.answers, code)
    ]
    return "\n".join(lines)


def file_rows(columns: list[Column], files: Iterable[WholeFile]) -> Iterator[list[Any]]:
    """One row a file, under a row of heads."""
    yield [column.label for column in columns]
    for one in files:
        yield [column.read(one) for column in columns]


def line_rows(files: Iterable[WholeFile]) -> Iterator[list[Any]]:
    """One row for each cell of a repeated line."""
    yield [_("Number"), _("Question"), _("Line"), _("Column"), _("Answer")]
    for one in files:
        currency = one.form.terms.get("currency") or "EUR"
        for question in one.form.questions:
            if question.type not in _REPEATED:
                continue
            columns = one.form.columns(question.code) or [
                Question(name, "", FieldType.TEXT, {}, {}) for name in PLACE_COLUMNS
            ]
            for place, line in enumerate(lines_in(one.answers, question.code), 1):
                for column in columns:
                    options = {code: _in_words(words) for code, words in column.options}
                    raw = one.answers.get(f"{question.code}.{line}.{column.code}")
                    label = _in_words(column.words) or column.code
                    if (value := _value(column, raw, options, currency)) != "":
                        yield [one.file.number, _in_words(question.words), place, label, value]


def document_rows(files: Iterable[WholeFile]) -> Iterator[list[Any]]:
    """One row a document, with where it stands in the ZIP."""
    yield [_("Number"), _("Document"), _("Title"), _("File name"), _("Size"), _("Valid until"), "sha256", "ZIP"]
    for one in files:
        for paper in one.documents:
            held = paper.document
            yield [
                one.file.number, paper.code, held.title, held.file_name, held.size, held.valid_until, held.sha256,
                _place(one, paper),
            ]  # fmt: skip


def _place(one: WholeFile, paper: Any) -> str:
    """The name of a document in the ZIP: its file's number and its part there, never a name someone chose."""
    _stem, dot, ending = paper.document.file_name.rpartition(".")
    ending = carried.plain_name(ending.lower())[:5] if dot else "bin"
    return f"documents/{carried.plain_name(one.file.number or '')}/{carried.plain_name(paper.code)}.{ending}"


def zip_parts(
    columns: list[Column], files: Callable[[], Iterator[WholeFile]]
) -> Iterator[tuple[str, Iterable[bytes], bool]]:
    """The tables, then each document; what is not in the vault is named in a list of its own."""
    yield "files.csv", carried.csv_chunks(file_rows(columns, files())), True
    yield "lines.csv", carried.csv_chunks(line_rows(files())), True
    yield "documents.csv", carried.csv_chunks(document_rows(files())), True
    lacking = []
    for one in files():
        for paper in one.documents:
            place = place_of(settings.VAULT_DIR, paper.document.sha256)
            if place.exists():
                yield _place(one, paper), carried.chunks_of(place), False
            else:
                lacking.append(_place(one, paper))
    if lacking:
        yield "missing.txt", ["\n".join(lacking).encode()], True


def _in_words(words: Mapping[str, str]) -> str:
    return in_language(words, tongue())[0] if words else ""
