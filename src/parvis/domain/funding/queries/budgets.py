"""The budget of a project: what it costs against what pays for it, in money and in kind, each on its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from parvis.foundation.values.typed import Unread, Why, amount_typed
from parvis.foundation.vocabulary.vocabulary import of_the_house
from parvis.register.reading import money_said, said

#: The sides of a budget, as the vocabulary lists their lines. In-kind lines balance on their own.
SIDES = ("costs", "income", "costs_in_kind", "income_in_kind")
#: Every line of a budget, with its side.
BUDGET_LINES: Mapping[str, str] = {
    code: side for side in SIDES for code in of_the_house().states[f"budget.{side}"].codes
}
#: The line that says what is asked of the city.
ASKED = "74-city"
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Balance:
    """The totals of a budget, and the lines that could not be read."""

    costs: Decimal = _NOTHING
    income: Decimal = _NOTHING
    costs_in_kind: Decimal = _NOTHING
    income_in_kind: Decimal = _NOTHING
    asked: Decimal | None = None
    currency: str = "EUR"
    unread: dict[str, str] = field(default_factory=dict)
    #: Whether anything is entered at all: a budget that is empty neither balances nor fails to.
    entered: bool = False

    @property
    def gap(self) -> Decimal:
        return self.income - self.costs

    @property
    def gap_in_kind(self) -> Decimal:
        return self.income_in_kind - self.costs_in_kind

    def sentence(self) -> str:
        """Why the budget does not balance, in money and in kind; empty when it does."""
        told = []
        if self.gap:
            what = _("costs exceed income") if self.gap < 0 else _("income exceeds costs")
            told.append(_("Gap of %(gap)s: %(what)s.") % {"gap": self._said(self.gap), "what": what})
        if self.gap_in_kind:
            kind = _("Contributions in kind (86 and 87) do not balance: gap of %(gap)s.")
            told.append(kind % {"gap": self._said(self.gap_in_kind)})
        return " ".join(told)

    def _said(self, gap: Decimal) -> str:
        return money_said(abs(gap), self.currency)


def balance_of(answers: Mapping[str, Any], code: str = "budget", currency: str = "EUR") -> Balance:
    """The totals of what is typed under a budget. A line that cannot be read counts for nothing and is told."""
    totals = dict.fromkeys(SIDES, _NOTHING)
    unread: dict[str, str] = {}
    asked, entered = None, False
    for line, side in BUDGET_LINES.items():
        path = f"{code}.{line}"
        typed = answers.get(path)
        if typed in (None, ""):
            continue
        try:
            amount = amount_typed(typed, currency)
        except Unread as unreadable:
            if unreadable.why != Why.EMPTY:
                unread[path], entered = said(unreadable), True
            continue
        entered = True
        totals[side] += amount
        asked = amount if line == ASKED else asked
    return Balance(**totals, asked=asked, currency=currency, unread=unread, entered=entered)


def plan_problem(answers: Mapping[str, Any], balance: Balance, paths: list[str], currency: str = "EUR") -> str:
    """Why the co-funding plan and the budget's income differ; empty when they do not."""
    total = _NOTHING
    for path in paths:
        try:
            total += amount_typed(answers.get(path) or "0", currency)
        except Unread:
            return ""
    if not paths or total == balance.income:
        return ""
    return _("The co-funding plan adds up to %(total)s, and the budget's income to %(income)s.") % {
        "total": money_said(total, currency),
        "income": money_said(balance.income, currency),
    }
