"""Reports written at the counter: their frozen form, what is written in it, the accounts beside the budget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from parvis.domain.funding.enums import FieldType, GrantState, ReportKind, ReportState
from parvis.domain.funding.models import CallForm, Grant, ReportEntry, ReportSheet
from parvis.domain.funding.queries.budgets import BUDGET_LINES, SIDES
from parvis.domain.funding.queries.duties import Compared, convention_of, report_of, untold_of
from parvis.domain.funding.queries.forms import Form, Question, Trouble, form_of, is_shown, reading_problem
from parvis.domain.funding.queries.ledger import application_of, standing_of_grant
from parvis.foundation.values.typed import Unread, amount_typed
from parvis.foundation.vocabulary import funding_rules as _beside
from parvis.foundation.vocabulary.reading import read
from parvis.foundation.vocabulary.vocabulary import of_the_house

ZERO = Decimal(0)
_FORMS = Path(_beside.__file__).with_name("report_forms.yml")
#: Of a grant given without a file, no budget was sent: what was foreseen is typed beside what was spent.
FORESEEN = "foreseen"
ACTUAL = "actual"
#: What each report is read and paid by: no form goes without.
NEEDED: Mapping[str, tuple[str, ...]] = {
    ReportKind.NARRATIVE: ("signatory",),
    ReportKind.FINANCIAL: (ACTUAL, "unspent", "signatory"),
}


@cache
def _forms() -> dict[str, Any]:
    return dict(read(_FORMS))


def house_form(kind: ReportKind) -> dict[str, Any]:
    """The City's own form of a report, which a call may replace by one of its own."""
    told = _forms()[kind]
    fields = [{**row, "required": True} if row.get("required") == "yes" else dict(row) for row in told["fields"]]
    return {"sections": [dict(row) for row in told["sections"]], "fields": fields}


def definition_of_report(grant: Grant, kind: ReportKind, *, with_budget: bool) -> dict[str, Any]:
    """The form a grant is reported on, to be frozen with the report."""
    told = _form_of_call(grant, kind) or house_form(kind)
    sections, fields = list(told["sections"]), list(told["fields"])
    if kind == ReportKind.FINANCIAL and not with_budget:
        words = {
            "fr": "Budget prévu",
            "en": "Budget foreseen",
            "es": "Presupuesto previsto",
            "pt": "Orçamento previsto",
        }
        fields.append({"code": FORESEEN, "section": _page_of_accounts(fields), "type": "budget", "words": words})
    return {"sections": sections, "fields": fields, "documents": [], "terms": {}}


def _form_of_call(grant: Grant, kind: ReportKind) -> dict[str, Any] | None:
    """The call's own form of the report, in the version its convention is bound to; before one, in the latest."""
    convention, file = convention_of(grant), application_of(grant)
    held = convention.form if convention else latest_form_of(grant)
    held = held or (file.form if file else None)
    found: dict[str, Any] | None = held.definition.get("reports", {}).get(kind) if held else None
    return found


def latest_form_of(grant: Grant) -> CallForm | None:
    """The latest version of the call a grant was asked for under."""
    file = application_of(grant)
    return CallForm.objects.filter(call=file.call_id).order_by("-version").first() if file else None


def _page_of_accounts(fields: Sequence[Mapping[str, Any]]) -> str:
    return next((str(row["section"]) for row in fields if row["code"] == ACTUAL), "accounts")


def budget_sent(grant: Grant) -> dict[str, str]:
    """The lines of the budget of the file a grant was asked for in, as amounts; empty where there is no file."""
    file = application_of(grant)
    last = file.submissions.order_by("-turn").first() if file else None
    answers = last.content["answers"] if last else {}
    found = {line: _amount(answers.get(f"budget.{line}"), grant.currency) for line in BUDGET_LINES}
    return {line: str(amount) for line, amount in found.items() if amount}


def sheet_form(sheet: ReportSheet) -> Form:
    return form_of(sheet.form)


def open_sheet(grant: Grant, kind: ReportKind) -> ReportSheet | None:
    """The report of this kind that is being written."""
    return ReportSheet.objects.filter(grant=grant, kind=kind, sent_at__isnull=True).first()


def may_report(grant: Grant, kind: ReportKind) -> str:
    """Why a report of this kind cannot be begun; empty when it can."""
    if grant.state != GrantState.AWARDED:
        return _("This grant is closed: nothing more is reported.")
    convention = convention_of(grant)
    if not (convention and convention.signed) and not standing_of_grant(grant.subject).paid:
        return _("A report is written once the convention is signed or a first sum is paid.")
    anew = kind == ReportKind.FINANCIAL and untold_of(grant) > 0
    if report_of(grant, kind, ReportState.RECEIVED, *([] if anew else [ReportState.ACCEPTED])):
        return _("This report was sent.")
    return ""


def entries_of(sheet: ReportSheet) -> dict[str, ReportEntry]:
    return {row.field: row for row in sheet.entries.select_related("saved_by")}


def accounts_of(sheet: ReportSheet, values: Mapping[str, Any]) -> list[tuple[str, list[Compared]]]:
    """(side, lines) of a financial report: what was foreseen, what was spent, the gap."""
    states, currency = of_the_house().states, sheet.grant.currency
    found = []
    for side in SIDES:
        terms = states[f"budget.{side}"]
        lines = [
            Compared(code, "", _foreseen(sheet, values, code), _amount(values.get(f"{ACTUAL}.{code}"), currency))
            for code in terms.codes
        ]
        found.append((side, lines))
    return found


def total_of(lines: list[Compared]) -> Compared:
    return Compared("", "", sum((one.budget for one in lines), ZERO), sum((one.actual for one in lines), ZERO))


def _foreseen(sheet: ReportSheet, values: Mapping[str, Any], code: str) -> Decimal:
    return Decimal(sheet.budget.get(code) or "0") or _amount(values.get(f"{FORESEEN}.{code}"), sheet.grant.currency)


def _amount(typed: Any, currency: str) -> Decimal:
    """An amount as it was typed; nothing where it cannot be read, which is told beside its field."""
    try:
        return amount_typed(typed or "0", currency)
    except Unread:
        return ZERO


@dataclass(frozen=True, slots=True)
class Writing:
    """A report and what is written in it, ready to be judged."""

    sheet: ReportSheet
    values: Mapping[str, Any]

    def troubles(self) -> list[Trouble]:
        """All that keeps the report from being sent. Accounts need not balance: what is left is said apart."""
        form, currency, found = sheet_form(self.sheet), self.sheet.grant.currency, []
        for question in form.questions:
            if question.type == FieldType.BUDGET:
                found += list(self._unread(question.code, question.section, currency))
                continue
            if not is_shown(form, question, self.values):
                continue
            value = self.values.get(question.code)
            empty = value in (None, "", []) or not str(value).strip()
            missing = _("An answer is required here.") if question.required and empty else ""
            if sentence := missing or reading_problem(question, value, currency):
                found.append(Trouble(question.code, question.section, sentence))
        if self.sheet.kind == ReportKind.FINANCIAL and not found and not self._spent():
            found.append(Trouble(ACTUAL, self._page(), _("Write what was spent: the accounts are empty.")))
        return found

    def _unread(self, code: str, section: str, currency: str) -> list[Trouble]:
        return [
            Trouble(path, section, said)
            for path, value in self.values.items()
            if path.startswith(f"{code}.") and (said := amount_note(value, currency))
        ]

    def _page(self) -> str:
        found = sheet_form(self.sheet).question(ACTUAL)
        return found.section if found else ""

    def _spent(self) -> bool:
        return any(line.actual for _side, lines in accounts_of(self.sheet, self.values) for line in lines)


def amount_note(value: Any, currency: str) -> str:
    """Why an amount cannot be read as it stands; empty when it can."""
    return reading_problem(Question("x", "x", FieldType.AMOUNT, {}, {}), value, currency)
