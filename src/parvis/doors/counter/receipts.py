"""The receipt of a sending, put in words in the language it was sent in."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from parvis.domain.funding import queries
from parvis.domain.funding.enums import FieldType
from parvis.domain.funding.models import Submission
from parvis.domain.funding.queries.forms import Form, Question, is_shown, lines_in
from parvis.doors.counter.words import budget_lines
from parvis.doors.ui import spelling
from parvis.doors.ui.words import city_name, paper_mark
from parvis.exchange.formats.papers import receipt
from parvis.foundation.values.words import in_language


def receipt_pdf(given: Submission) -> bytes:
    """The PDF of a submission. It rests on what was stored and on nothing of today."""
    with override(given.language):
        return receipt(_facts(given), given.received_at)


def _facts(given: Submission) -> dict[str, Any]:
    content, language = given.content, given.language
    local = timezone.localtime(given.received_at, timezone.get_default_timezone())
    day, hour = spelling.day(local.date(), language), local.strftime("%H:%M:%S")
    form = queries.form_read(content["form"])
    call = {text.language: text.body for text in given.application.call.subject.texts.filter(field="title")}
    named = {one["code"]: in_language(one.get("words", {}), language)[0] for one in form.documents}
    return {
        "language": language,
        "mark": paper_mark(),
        "title": _("Receipt %(number)s") % {"number": content["number"]},
        "number": content["number"],
        "city": city_name(),
        "sentence": _("Application %(number)s received on %(day)s at %(hour)s. Nothing else to do.")
        % {"number": content["number"], "day": day, "hour": hour},
        "rows": [
            [_("Call"), in_language(call, language)[0]],
            [_("Body"), content["body"]["name"]],
            [_("Number of the body"), content["body"]["number"]],
            [_("Received"), f"{day} {hour} ({timezone.get_default_timezone_name()})"],
        ],
        "documents_title": _("Documents"),
        "documents": [[named.get(one["code"], one["code"]), one["sha256"]] for one in content["documents"]],
        "sections": _sections(form, content["answers"], language),
        "digest_title": _("Digest of what was sent (SHA-256)"),
        "digest": given.digest,
    }


def _sections(form: Form, answers: dict[str, Any], language: str) -> list[dict[str, Any]]:
    found = []
    for section in form.sections:
        lines = [
            line
            for question in form.of_section(section.code)
            if is_shown(form, question, answers)
            for line in _lines(form, question, answers, language)
        ]
        if lines:
            found.append({"title": in_language(section.words, language)[0], "lines": lines})
    return found


def _lines(form: Form, question: Question, answers: dict[str, Any], language: str) -> list[list[str]]:
    label = in_language(question.words, language)[0]
    if question.type == FieldType.BUDGET:
        pairs = [pair for _side, lines in budget_lines() for pair in lines]
        return [[name, str(answers[path])] for code, name in pairs if answers.get(path := f"{question.code}.{code}")]
    if question.type in (FieldType.ROWS, FieldType.PLACES):
        names = [one.code for one in form.columns(question.code)] or ["name", "country"]
        rows = [
            ", ".join(str(answers[path]) for name in names if answers.get(path := f"{question.code}.{line}.{name}"))
            for line in lines_in(answers, question.code)
        ]
        return [[label, row] for row in rows if row]
    value = answers.get(question.code)
    if value in (None, "", []):
        return []
    options = {code: in_language(words, language)[0] for code, words in question.options}
    given = [str(one) for one in value] if isinstance(value, list) else [str(value)]
    said = ", ".join(options.get(one, one) for one in given)
    if question.type == FieldType.YES_NO:
        said = {"yes": _("yes"), "no": _("no")}.get(str(value), str(value))
    return [[label, str(said)]]
