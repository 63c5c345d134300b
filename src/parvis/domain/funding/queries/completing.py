"""Whether a file is complete and may be given to: each rule of its form with its answer, and each time it was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from parvis.domain.funding.enums import ApplicationState, FieldType
from parvis.domain.funding.models import Application, Submission
from parvis.domain.funding.queries.budgets import balance_of
from parvis.domain.funding.queries.eligibility import Verdict, verdicts
from parvis.domain.funding.queries.files import form_read
from parvis.domain.funding.queries.forms import amount_problem
from parvis.domain.funding.queries.guards import all_troubles
from parvis.domain.funding.queries.means import means_of, means_problem, means_sentence


@dataclass(frozen=True, slots=True)
class Lack:
    """What a file lacks or says wrongly, and at which question or document."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One sending: which questions and documents it changed since the one before, and what these said before."""

    sent: Submission
    changed: tuple[str, ...]
    documents: tuple[str, ...]
    before: Mapping[str, Any]

    def texts_of(self, code: str) -> list[tuple[str, Any, Any]]:
        """(path, before, after) of all that differs under a question."""
        after = self.sent.content["answers"]
        paths = [path for path in {**after, **self.before} if path.partition(".")[0] == code]
        pairs = [(path, self.before.get(path), after.get(path)) for path in paths]
        return [(path, old, new) for path, old, new in pairs if old != new]


@dataclass(frozen=True, slots=True)
class Waiting:
    """The applicant was asked to correct, when and why, and has not answered."""

    since: datetime
    reason: str


def lacks_of(file: Application, sent: Submission, at: datetime) -> list[Lack]:
    """What keeps a file from being complete today, whatever it was on the day it was sent."""
    found = all_troubles(file, at, sent.content["answers"])
    return [Lack(one.field.partition(".")[0], one.sentence) for one in found]


def rules_met(file: Application, sent: Submission, kinds: Mapping[str, str]) -> list[Verdict]:
    """Every rule of a file's own form, applied to what it was when it was sent, each with its sentence."""
    form, body, answers = form_read(file.form_id), file.body, sent.content["answers"]
    year = (file.submitted_at or sent.received_at).year
    found = verdicts(form.terms, kind=body.kind, country=body.country, founded=body.founded, year=year, kinds=kinds)
    found += _in_time(file)
    currency = form.terms.get("currency") or "EUR"
    for question in form.questions:
        if question.type == FieldType.BUDGET:
            balance = balance_of(answers, question.code, currency)
            wrong = amount_problem(form, balance.asked, balance.costs)
            found.append(Verdict("amount", not wrong, wrong or _("The amount asked is one that the call gives.")))
            if means := means_of(form, answers):
                above = means_problem(means, balance.asked, currency)
                found.append(Verdict("means", not above, above or means_sentence(means, currency)))
            uneven = balance.sentence()
            found.append(Verdict("budget", not uneven, uneven or _("The budget balances.")))
    return found


def _in_time(file: Application) -> list[Verdict]:
    """The first sending counts: one that was asked for corrections is not late."""
    closes, received = file.call.closes_at, file.submitted_at
    if closes is None or received is None:
        return []
    return [Verdict("in_time", received < closes, _("It was received before the call closed."))]


def turns_of(file: Application) -> list[Turn]:
    """Each sending in order, with what changed since the one before."""
    found: list[Turn] = []
    before: Submission | None = None
    for sent in file.submissions.order_by("turn"):
        answers, documents = _parts(sent)
        then, held = _parts(before) if before else (answers, documents)
        found.append(Turn(sent, _differing(then, answers), _differing(held, documents), then))
        before = sent
    return found


def _parts(sent: Submission) -> tuple[dict[str, Any], dict[str, Any]]:
    return sent.content["answers"], {one["code"]: one["sha256"] for one in sent.content["documents"]}


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Heads of the paths under which two contents differ, once each, in the order of the later."""
    paths = [path for path in {**after, **before} if before.get(path) != after.get(path)]
    return tuple(dict.fromkeys(path.partition(".")[0] for path in paths))


def waiting_for(file: Application) -> Waiting | None:
    """Since when an applicant was asked to correct; nothing where none was, or where the answer came."""
    if file.state != ApplicationState.TO_COMPLETE:
        return None
    asked = file.steps.filter(goes_to=ApplicationState.TO_COMPLETE).order_by("-taken_at").first()
    return Waiting(asked.taken_at, asked.reason) if asked else None
