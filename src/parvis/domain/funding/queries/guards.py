"""The guards of a workflow: each has its name in the data and its test here, and says why it holds a step back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.domain.funding.enums import FEWEST_REVIEWS, ApplicationState, FieldType, Guard, MemberRole, ReviewState
from parvis.domain.funding.models import Application, Attachment, Call, Envelope
from parvis.domain.funding.queries.budgets import Balance, balance_of, plan_problem
from parvis.domain.funding.queries.eligibility import verdicts
from parvis.domain.funding.queries.files import answers_of, expiries, form_read, may_sign, role_on
from parvis.domain.funding.queries.forms import Form, Trouble, amount_problem, is_shown, lines_in, troubles
from parvis.domain.funding.queries.ledger import standing_of_envelope
from parvis.domain.funding.queries.means import means_of, means_problem
from parvis.domain.funding.queries.workflows import Step
from parvis.foundation.accounts.models import User
from parvis.foundation.values.typed import moment_typed
from parvis.register.reading import day_said, moment_said, money_said


@dataclass(frozen=True, slots=True)
class Attempt:
    """A step someone wants to take."""

    application: Application
    by: User
    at: datetime
    reason: str = ""
    answers: Mapping[str, Any] | None = None
    documents: Mapping[str, Attachment] | None = None
    role: MemberRole | None = None
    step: Step | None = None

    @property
    def given(self) -> Mapping[str, date | None]:
        """The documents in the file, by the place they fill, with the day each expires."""
        if self.documents is None:
            return expiries(self.application)
        return {code: row.document.valid_until for code, row in self.documents.items()}

    @property
    def written(self) -> Mapping[str, Any]:
        return answers_of(self.application) if self.answers is None else self.answers


def lateness(application: Application, at: datetime) -> dict[str, str]:
    """When the call closed and when the file arrived, in the city's zone; empty when it is not late."""
    closes = application.call.closes_at
    if closes is None or at < closes:
        return {}
    zone = timezone.get_default_timezone()
    return {
        "closed": timezone.localtime(closes, zone).strftime("%H:%M:%S"),
        "arrived": timezone.localtime(at, zone).strftime("%H:%M:%S"),
        "day": day_said(timezone.localtime(closes, zone).date()),
    }


def _call_open(attempt: Attempt) -> str:
    call = attempt.application.call
    if attempt.application.state != ApplicationState.DRAFT:
        return ""  # asked for corrections, an applicant answers after the closing
    if call.opens_at is None or call.closes_at is None:
        return _("The dates of this call are not known: nothing can be sent yet.")
    if attempt.at < call.opens_at:
        return _("This call is not open yet.")
    if late := lateness(attempt.application, attempt.at):
        return _("The call closed at %(closed)s. Yours arrived at %(arrived)s: it stays here as a draft.") % late
    return ""


def all_troubles(application: Application, at: datetime, answers: Mapping[str, Any] | None = None) -> list[Trouble]:
    """All that keeps a file from being sent, in the order of its form."""
    written = answers_of(application) if answers is None else answers
    return _all(application, at, written, expiries(application))


def _troubles_of(attempt: Attempt) -> list[Trouble]:
    return _all(attempt.application, attempt.at, attempt.written, attempt.given)


def _all(
    application: Application, at: datetime, written: Mapping[str, Any], given: Mapping[str, date | None]
) -> list[Trouble]:
    form = form_read(application.form_id)
    on = timezone.localtime(at, timezone.get_default_timezone()).date()
    found = troubles(form, written, given, on)
    for question in form.questions:
        if question.type == FieldType.BUDGET:
            currency = form.terms.get("currency") or "EUR"
            balance = balance_of(written, question.code, currency)
            if sentence := amount_problem(form, balance.asked, balance.costs):
                found.append(Trouble(f"{question.code}.74-city", question.section, sentence))
            if (means := means_of(form, written)) and (above := means_problem(means, balance.asked, currency)):
                found.append(Trouble(means.question.code, means.question.section, above))
            found += _of_plans(form, written, balance, currency)
    return found


def _of_plans(form: Form, written: Mapping[str, Any], balance: Balance, currency: str) -> Iterator[Trouble]:
    """A co-funding plan whose sum is not the budget's income, whatever its code and its columns are called."""
    for question in form.questions:
        sums = [one.code for one in form.columns(question.code) if one.type == FieldType.AMOUNT]
        if not question.plan or not sums or not is_shown(form, question, written):
            continue
        paths = [f"{question.code}.{line}.{sums[0]}" for line in lines_in(written, question.code)]
        if sentence := plan_problem(written, balance, paths, currency):
            yield Trouble(question.code, question.section, sentence)


def _count_of(found: list[Trouble]) -> str:
    if not found:
        return ""
    return _("To mend before sending (%(count)s): %(first)s") % {
        "count": len(found),
        "first": found[0].sentence,
    }


def _form_complete(attempt: Attempt) -> str:
    return _count_of(_troubles_of(attempt))


def _budget_balanced(attempt: Attempt) -> str:
    form = form_read(attempt.application.form_id)
    currency = form.terms.get("currency") or "EUR"
    codes = [question.code for question in form.questions if question.type == FieldType.BUDGET]
    return next((said for code in codes if (said := balance_of(attempt.written, code, currency).sentence())), "")


def _amount_allowed(attempt: Attempt) -> str:
    form = form_read(attempt.application.form_id)
    if not any(question.type == FieldType.BUDGET for question in form.questions):
        return ""
    currency = form.terms.get("currency") or "EUR"
    balance = balance_of(attempt.written, "budget", currency)
    means = means_of(form, attempt.written)
    return amount_problem(form, balance.asked, balance.costs) or means_problem(means, balance.asked, currency)


def _documents_given(attempt: Attempt) -> str:
    return _count_of([one for one in _troubles_of(attempt) if one.section == "documents"])


def _signatory(attempt: Attempt) -> str:
    if may_sign(attempt.role or role_on(attempt.by, attempt.application)):
        return ""
    return _("Only a person who may sign for the body can send it.")


def _reason_given(attempt: Attempt) -> str:
    return "" if attempt.reason.strip() else _("Give the reason.")


def _two_reviews(attempt: Attempt) -> str:
    signed = attempt.application.reviews.signed().count()
    return "" if signed >= FEWEST_REVIEWS else _("This file does not have two signed reviews.")


def least_reviews(step: Step | None) -> int:
    """How many signed reviews a step waits for."""
    return step.least_reviews if step is not None and step.least_reviews else FEWEST_REVIEWS


def too_few_reviews(signed: int, step: Step | None) -> str:
    """Why a file with so many signed reviews waits."""
    least = least_reviews(step)
    if signed >= least:
        return ""
    return _("Signed reviews: %(signed)s; this step waits for %(least)s.") % {"signed": signed, "least": least}


def _reviews(attempt: Attempt) -> str:
    return too_few_reviews(attempt.application.reviews.signed().count(), attempt.step)


def _eligible(attempt: Attempt) -> str:
    file = attempt.application
    year = (file.submitted_at or attempt.at).year
    met = verdicts(
        form_read(file.form_id).terms, kind=file.body.kind, country=file.body.country, founded=file.body.founded,
        year=year, kinds={},
    )  # fmt: skip
    unmet = [one.sentence for one in met if one.met is False]
    return _("Not met: %(rules)s") % {"rules": " ".join(unmet)} if unmet else ""


def _no_conflict(attempt: Attempt) -> str:
    file = attempt.application
    if file.interests.filter(person=attempt.by).exists():
        return _("This file concerns you.")
    aside = file.reviews.filter(state=ReviewState.SET_ASIDE).exists()
    if aside and file.reviews.standing().count() < least_reviews(attempt.step):
        return conflict_left_open()
    return ""


def conflict_left_open() -> str:
    return _("A reading was set aside for a conflict of interest, and nobody has taken its place.")


def _within_envelope(attempt: Attempt) -> str:
    return beyond_envelope(attempt.application.call, attempt.application.asked)


def beyond_envelope(call: Call, asked: Decimal | None) -> str:
    """Why the envelope of a call does not hold what is asked."""
    if call.envelope_id is None:
        return _("This call names no envelope.")
    left = standing_of_envelope(Envelope.objects.get(pk=call.envelope_id)).left
    if (asked or 0) <= left:
        return ""
    currency = call.currency or "EUR"
    return _("Asked: %(asked)s; the envelope has %(left)s left.") % {
        "asked": money_said(asked, currency),
        "left": money_said(left, currency),
    }


def _call_closed(attempt: Attempt) -> str:
    return still_open(attempt.application.call, attempt.at)


def still_open(call: Call, at: datetime) -> str:
    """Why a step that waits for the closing of a call waits still."""
    if call.closes_at is None:
        return _("The dates of this call are not known.")
    if at >= call.closes_at:
        return ""
    return _("The call closes on %(moment)s.") % {
        "moment": moment_said(call.closes_at, timezone.get_default_timezone_name())
    }


def _in_its_time(attempt: Attempt) -> str:
    return out_of_time(attempt.step, attempt.at)


def out_of_time(step: Step | None, at: datetime) -> str:
    """Why a step is not taken at that moment: too early, or too late."""
    if step is None:
        return ""
    zone = timezone.get_default_timezone_name()
    if step.not_before and at < (opens := moment_typed(step.not_before, zone)):
        return _("This step opens on %(moment)s.") % {"moment": moment_said(opens, zone)}
    if step.not_after and at > (closed := moment_typed(step.not_after, zone)):
        return _("This step closed on %(moment)s.") % {"moment": moment_said(closed, zone)}
    return ""


TESTS: dict[Guard, Callable[[Attempt], str]] = {
    Guard.CALL_OPEN: _call_open,
    Guard.FORM_COMPLETE: _form_complete,
    Guard.BUDGET_BALANCED: _budget_balanced,
    Guard.AMOUNT_ALLOWED: _amount_allowed,
    Guard.DOCUMENTS_GIVEN: _documents_given,
    Guard.SIGNATORY: _signatory,
    Guard.REASON_GIVEN: _reason_given,
    Guard.TWO_REVIEWS: _two_reviews,
    Guard.REVIEWS: _reviews,
    Guard.ELIGIBLE: _eligible,
    Guard.NO_CONFLICT: _no_conflict,
    Guard.WITHIN_ENVELOPE: _within_envelope,
    Guard.CALL_CLOSED: _call_closed,
    Guard.IN_ITS_TIME: _in_its_time,
}


def held_back(step: Step, attempt: Attempt) -> str:
    """The first reason a step is held back; empty when every guard lets it pass."""
    return next((said for _guard, said in _run(step, attempt) if said), "")


def guards_run(step: Step, attempt: Attempt) -> list[tuple[str, str]]:
    """Each guard of a step with why it holds this file back; empty where it lets it pass."""
    return list(_run(step, attempt))


def _run(step: Step, attempt: Attempt) -> Iterator[tuple[str, str]]:
    held = replace(attempt, step=step)
    return ((name, TESTS[Guard(name)](held)) for name in step.guards)
