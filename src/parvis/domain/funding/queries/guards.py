"""The guards of a workflow: each has its name in the data and its test here, and says why it holds a step back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.domain.funding.enums import FEWEST_REVIEWS, ApplicationState, FieldType, Guard, MemberRole
from parvis.domain.funding.models import Application, Attachment
from parvis.domain.funding.queries.budgets import Balance, balance_of, plan_problem
from parvis.domain.funding.queries.files import answers_of, expiries, form_read, may_sign, role_on
from parvis.domain.funding.queries.forms import Form, Trouble, amount_problem, is_shown, lines_in, troubles
from parvis.foundation.accounts.models import User
from parvis.register.reading import day_said


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
    codes = [question.code for question in form.questions if question.type == FieldType.BUDGET]
    return next((said for code in codes if (said := balance_of(attempt.written, code).sentence())), "")


def _amount_allowed(attempt: Attempt) -> str:
    form = form_read(attempt.application.form_id)
    if not any(question.type == FieldType.BUDGET for question in form.questions):
        return ""
    balance = balance_of(attempt.written, "budget", form.terms.get("currency") or "EUR")
    return amount_problem(form, balance.asked, balance.costs)


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


TESTS: dict[Guard, Callable[[Attempt], str]] = {
    Guard.CALL_OPEN: _call_open,
    Guard.FORM_COMPLETE: _form_complete,
    Guard.BUDGET_BALANCED: _budget_balanced,
    Guard.AMOUNT_ALLOWED: _amount_allowed,
    Guard.DOCUMENTS_GIVEN: _documents_given,
    Guard.SIGNATORY: _signatory,
    Guard.REASON_GIVEN: _reason_given,
    Guard.TWO_REVIEWS: _two_reviews,
}


def held_back(guards: tuple[str, ...], attempt: Attempt) -> str:
    """The first reason a step is held back; empty when every guard lets it pass."""
    return next((said for name in guards if (said := TESTS[Guard(name)](attempt))), "")
