"""What the law asks of a grant, each in a sentence with the text that says so, and whether it is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parvis.domain.funding.enums import GrantForm, GrantState, ReportKind, ReportState
from parvis.domain.funding.models import Convention, Grant, LevyYear
from parvis.domain.funding.queries.duties import (
    PUBLIC,
    UNDER_CONTRACT,
    convention_of,
    has_its_contract,
    needs_convention,
    report_awaits_payment,
    report_day,
    report_of,
)
from parvis.domain.funding.queries.ledger import kept_by_ledger
from parvis.domain.funding.queries.limits import city_currency, funding_rule, levy_limit
from parvis.domain.funding.queries.yearly import yearly_beside, yearly_total
from parvis.foundation.values.months import months_after
from parvis.foundation.vocabulary.funding_rules import FundingRule
from parvis.register.models import Statement
from parvis.register.reading import day_said, money_said, percent_said


@dataclass(frozen=True, slots=True)
class Lawful:
    """One thing the law, or the city, asks of a grant. ``done`` is nothing where no record here can tell.

    ``asked`` is false for what the law asks of others and not of this grant; ``of_city`` is true for what it is the
    city's turn to do.
    """

    sentence: str
    rule: FundingRule
    done: bool | None = None
    late: bool = False
    asked: bool = True
    of_city: bool = False
    by: date | None = None

    @property
    def standing(self) -> str:
        """Where it stands, in one word of the code."""
        if not self.asked:
            return "not_asked"
        if self.late:
            return "late"
        if self.done:
            return "done"
        if self.of_city:
            return "of_city"
        return "untold" if self.done is None else "not_yet"


def told_here(grant: Grant) -> bool:
    """Whether what was done for a grant stands here; of one that is history, it stands in papers that are not here."""
    return kept_by_ledger(grant.subject) or bool(grant.form == GrantForm.IN_KIND and grant.decision_id)


def asked_by_law(grant: Grant, on: date, *, shown: date | None = None) -> list[Lawful]:
    """Everything asked of a grant. ``shown`` is the day of the release that shows it; nothing where none does.

    Of a grant that is history, what was done stands in papers that are not here: nothing is said of it.
    """
    if not told_here(grant):
        return []
    body, year = grant.beneficiary, date(grant.year, 12, 31)
    vote = funding_rule("council_vote", year)
    found = [Lawful(_("A vote of the council."), vote, done=grant.decision_id is not None)] if vote.value else []
    found += _on_its_agreement(grant, on)
    if body is None:
        return [*found, *_on_its_report(grant, on)]
    contract = funding_rule("republican_contract", on)
    if body.kind in UNDER_CONTRACT and contract.value:
        said = _("A contract of republican commitment, signed before the decision.")
        found.append(Lawful(said, contract, done=has_its_contract(body, on)))
    return [*found, *_on_its_convention(grant, on, shown), *_on_its_report(grant, on), *_on_its_accounts(grant, year)]


def _on_its_agreement(grant: Grant, on: date) -> Iterator[Lawful]:
    """Under an agreement with an authority abroad, which holds once the State has it."""
    rule = funding_rule("agreement_sent", on)
    if grant.agreement_id is None or not rule.value:
        return
    sent = Statement.objects.held().filter(subject=grant.agreement_id, property="sent_to_prefect").exists()
    yield Lawful(_("The agreement sent to the State’s representative: it holds from then on."), rule, done=sent)


def _on_its_convention(grant: Grant, on: date, shown: date | None) -> Iterator[Lawful]:
    convention, signed = convention_of(grant), None
    if grant.beneficiary is not None and grant.beneficiary.kind not in PUBLIC:
        rule = funding_rule("convention_above", date(grant.year, 12, 31))
        beside = yearly_beside(grant.beneficiary, grant.year)
        said = {"limit": money_said(rule.value, city_currency()), "year": grant.year, "beside": beside}
        if needs_convention(grant):
            signed = convention.signed if convention else None
            sentence = _("A written convention: in %(year)s the body receives more than %(limit)s, cash and in kind.")
            yield Lawful(sentence % said, rule, done=signed is not None)
        elif beside:
            sentence = _(
                "A written convention: in %(year)s the body receives %(limit)s at most, cash and in kind, and besides"
                " %(beside)s, which is not counted: no rate of exchange is kept. The City says whether one is needed."
            )
            yield Lawful(sentence % said, rule, of_city=True)
        else:
            sentence = _("No written convention: in %(year)s the body receives %(limit)s at most, cash and in kind.")
            yield Lawful(sentence % said, rule, asked=False)
    if convention and (due := essential_data_due(convention)) and signed:
        sentence = _("The essential data of the convention made public by %(day)s.")
        done = shown is not None and shown >= signed
        yield Lawful(
            sentence % {"day": day_said(due)}, essential_rule(convention), done=done, late=not done and due < on
        )
    if convention and convention.regranting and (rule := funding_rule("regrant_accounts", convention.starts)).value:
        yield Lawful(_("Certified accounts from the beneficiary, since it may hand part of the grant on."), rule)


def _on_its_report(grant: Grant, on: date) -> Iterator[Lawful]:
    if grant.form == GrantForm.IN_KIND:
        return
    due = report_day(grant)
    held = report_of(grant, ReportKind.FINANCIAL, ReportState.RECEIVED, ReportState.ACCEPTED)
    if due:
        sentence = _("A financial report by %(day)s, signed by who represents the body.") % {"day": day_said(due)}
    else:
        sentence = _("A financial report %(when)s, signed by who represents the body.")
        sentence %= {"when": report_awaits_payment(grant)}
    late = held is None and due is not None and due < on
    yield Lawful(sentence, funding_rule("report_months", date(grant.year, 12, 31)), done=held is not None, late=late)


def _on_its_accounts(grant: Grant, year: date) -> Iterator[Lawful]:
    """What a body that receives much publishes itself. Only what this city gives is known here."""
    if grant.beneficiary is None or grant.beneficiary.kind not in UNDER_CONTRACT:
        return
    total = yearly_total(grant.beneficiary, grant.year)
    accounts, pay, budget = (
        funding_rule(name, year) for name in ("accounts_published_above", "pay_told_above", "pay_told_budget")
    )

    def said(amount: Decimal) -> str:
        return money_said(amount, city_currency())

    if total > accounts.value:
        sentence = _("Audited accounts, published by the body: it receives more than %(limit)s in the year.")
        yield Lawful(sentence % {"limit": said(accounts.value)}, accounts)
    if total > pay.value:
        sentence = _(
            "What its three best paid leaders receive, published by the body if its budget passes %(budget)s: it"
            " receives more than %(limit)s."
        )
        yield Lawful(sentence % {"limit": said(pay.value), "budget": said(budget.value)}, pay)
    beside = yearly_beside(grant.beneficiary, grant.year)
    if beside and total <= max(accounts.value, pay.value):
        sentence = _(
            "What asks for published accounts from %(limit)s on: %(beside)s that the body receives besides in the year"
            " is not counted, since no rate of exchange is kept."
        )
        yield Lawful(sentence % {"limit": said(accounts.value), "beside": beside}, accounts)


def essential_rule(convention: Convention) -> FundingRule:
    """How many months after its signature the essential data of a convention are to be public."""
    return funding_rule("essential_data_months", convention.signed or convention.starts)


def essential_data_due(convention: Convention) -> date | None:
    """The last day to make the essential data of a convention public; none where the duty did not hold yet."""
    rule = essential_rule(convention)
    if convention.signed is None or convention.signed < rule.since:
        return None
    return months_after(convention.signed, int(rule.value))


def conventions_to_show() -> QuerySet[Convention]:
    """Signed conventions of grants that stand, the earliest signed first: what the law asks to make public."""
    found = Convention.objects.filter(signed__isnull=False, grant__state__in=(GrantState.AWARDED, GrantState.CLOSED))
    return found.select_related("grant__subject", "grant__beneficiary").order_by("signed", "pk")


#: What the money of a levy may serve, by its kind.
_SERVES = {
    "water": gettext_lazy("Its money serves water and sanitation: no farming, livestock, industry or drainage."),
    "energy": gettext_lazy("Its money serves the public supply of electricity and gas."),
    "waste": gettext_lazy("Its money serves the collection and treatment of household waste."),
    "mobility": gettext_lazy("Its money serves mobility."),
}
_SERVES["sanitation"] = _SERVES["water"]


def asked_of_levy(held: LevyYear) -> list[Lawful]:
    """What the law asks of a levy in a year; nothing where it has no ceiling."""
    limit = levy_limit(held.levy, date(held.year, 12, 31))
    if limit is None or held.rate is None:
        return []
    told = _("%(share)s of its own resources at most, for this service alone; above, from the general budget.")
    found = [Lawful(told % {"share": percent_said(limit.value)}, limit, done=held.ceiling is not None)]
    base = funding_rule("levy_base", date(held.year, 12, 31))
    if base.value:
        told = _("Own resources are what is paid for the service: no loan, no subsidy received.")
        found.append(Lawful(told, base, done=held.base is not None and bool(held.base_source)))
    if serves := _SERVES.get(held.levy.subject.kind):
        found.append(Lawful(str(serves), limit))
    return found
