"""A file as the office follows it: what it lacks, rule by rule, what was asked of the applicant, what came back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from parvis.domain.funding import queries
from parvis.domain.funding.models import Application, Attachment, Submission
from parvis.domain.funding.queries.budgets import SIDES
from parvis.domain.funding.queries.completing import Turn
from parvis.domain.funding.queries.forms import Form
from parvis.domain.funding.queries.verdicts import verdict_on
from parvis.doors.desk.comparing import Difference
from parvis.doors.desk.winners import won_by
from parvis.doors.desk.words import tongue, vocabulary
from parvis.foundation.values.words import in_language


def followed(file: Application, form: Form, sent: Submission | None) -> dict[str, Any]:
    """What the page of a file says of its completeness and its eligibility."""
    if sent is None:
        return {}
    now = timezone.now()
    named = _names(form, tongue())
    waiting = queries.waiting_for(file)
    return {
        "lacks": [(named.get(one.code, one.code), one.sentence) for one in queries.lacks_of(file, sent, now)],
        "rules": [
            (verdict.met, verdict.sentence, _known(file, verdict.rule))
            for verdict in queries.rules_met(file, sent, _kinds())
        ],
        "turns": [
            (turn.sent, _changes(turn, named), [named.get(code, code) for code in turn.documents])
            for turn in queries.turns_of(file)
        ],
        "waiting": waiting,
        "waited": (now - waiting.since).days if waiting else None,
        "to_ask": _to_ask(file, form, sent),
        "papers": _papers(file, form),
        "won": won_by(file),
    }


def _changes(turn: Turn, named: Mapping[str, str]) -> list[Difference]:
    """What each question said before a sending, and what it says since."""
    return [
        Difference(code, named.get(code, code), _told(before), _told(after))
        for code in turn.changed
        for texts in [turn.texts_of(code)]
        for before, after in [({path: old for path, old, _new in texts}, {path: new for path, _old, new in texts})]
    ]


def _told(texts: Mapping[str, Any]) -> str:
    """The texts under a question, those of a budget each with its line."""
    lines = {
        code: term.label(code, tongue())
        for side in SIDES
        for term in [vocabulary().states[f"budget.{side}"]]
        for code in term.codes
    }
    said = {path.partition(".")[2]: _in_words(value) for path, value in texts.items() if value}
    return "\n".join(f"{lines[line]}: {text}" if line in lines else text for line, text in said.items())


def _in_words(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _kinds() -> dict[str, str]:
    return {term.code: term.in_language(tongue()) for term in vocabulary().kinds["body"]}


def _known(file: Application, rule: str) -> str:
    """What the file says, beside a rule."""
    body, language = file.body, tongue()
    known = {
        "applicants": vocabulary().kind_label("body", body.kind, language),
        "seat": vocabulary().countries.label(body.country, language),
        "years": str(body.founded) if body.founded else _("year of foundation not said"),
    }
    return str(known.get(rule, ""))


def _to_ask(file: Application, form: Form, sent: Submission) -> str:
    """What is missing, ready to be sent to the applicant in the language of their file."""
    with override(sent.language):
        named = _names(form, sent.language)
        lacks = queries.lacks_of(file, sent, timezone.now())
        return "\n".join(f"– {named.get(one.code, one.code)} : {one.sentence}" for one in lacks)


def _papers(file: Application, form: Form) -> list[dict[str, Any]]:
    """Each document the call asks for, and what was given; then what was given that it did not ask for."""
    given, today = queries.attached(file), timezone.localdate()
    named = _names(form, tongue())
    asked = {one["code"]: one for one in form.documents}
    found = []
    for code in {**asked, **given}:
        told, held = asked.get(code), given.get(code)
        until = held.document.valid_until if held else None
        found.append({
            "label": named.get(code, code),
            "given": held,
            "required": told is not None and told.get("required", True),
            "code": code,
            "nameless": bool(told and told.get("nameless")),
            "through": _let_through(file, code, held) if told and told.get("nameless") else None,
            "expired": until is not None and until < today,
        })  # fmt: skip
    return found


def _let_through(file: Application, code: str, held: Attachment | None) -> bool | None:
    """Whether reviewers read a paper; nothing while nobody has said."""
    verdict = verdict_on(file, code, held.document.sha256) if held else None
    return verdict.shown if verdict else None


def _names(form: Form, language: str) -> Mapping[str, str]:
    """Questions and documents in words."""
    documents = {one["code"]: in_language(one.get("words") or {}, language)[0] for one in form.documents}
    questions = {one.code: in_language(one.words, language)[0] for one in form.questions if one.words}
    return documents | questions
