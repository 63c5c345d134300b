"""What the law asks of a grant: convention, contract, reports, and what an instalment still waits for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Max, Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.domain.funding.enums import (
    Act,
    ClaimState,
    Condition,
    GrantState,
    OrderState,
    ReportKind,
    ReportState,
    Stage,
)
from parvis.domain.funding.errors import spelt
from parvis.domain.funding.models import (
    Amendment,
    BodyStanding,
    Convention,
    ConventionPaper,
    ConventionSignature,
    Envelope,
    Grant,
    Instalment,
    LedgerAccount,
    LedgerEntry,
    PaymentOrder,
    RecoveryClaim,
    Report,
    ReportLine,
)
from parvis.domain.funding.queries.ledger import standing, standing_of_grant
from parvis.domain.funding.queries.limits import funding_rule
from parvis.domain.funding.queries.yearly import convention_threshold, yearly_total
from parvis.foundation.values import Precision
from parvis.foundation.values.months import months_after
from parvis.register.models import Subject
from parvis.register.naming import called
from parvis.register.ordering import known_date
from parvis.register.reading import day_said

ZERO = Decimal(0)
#: Kinds of body under private law that commit themselves by contract before they receive anything.
UNDER_CONTRACT = frozenset({"association", "ngo", "foundation", "professional_association", "cultural_operator"})
#: Kinds of body under public law: no convention of the law of 2000 is asked of them.
PUBLIC = frozenset(
    {
        "city", "metropolis", "region", "federated_state", "state", "ministry", "embassy", "assembly", "city_unit",
        "city_body", "eu_institution", "un_body", "intergovernmental", "court", "agency",
    }
)  # fmt: skip


def needs_convention(grant: Grant) -> bool:
    """Whether what its body receives in the year passes the threshold, strictly."""
    body = grant.beneficiary
    if body is None or body.kind in PUBLIC:
        return False
    return yearly_total(body, grant.year) > convention_threshold(date(grant.year, 12, 31))


def convention_of(grant: Grant) -> Convention | None:
    return Convention.objects.filter(grant=grant).first()


def has_its_contract(body: Subject | None, on: date) -> bool:
    """Whether a body may receive anything: its contract is signed and kept, or it needs none."""
    if body is None or body.kind not in UNDER_CONTRACT or not funding_rule("republican_contract", on).value:
        return True
    held = BodyStanding.objects.filter(body=body).first()
    if held is None or (held.contract_broken and held.contract_broken <= on):
        return False
    return held.approved or held.public_interest or bool(held.contract_signed and held.contract_signed <= on)


def report_due(grant: Grant) -> date:
    """The last day for the financial report: six months after the (last) year the grant was given for."""
    return _end_of(*report_counts_from(grant))


def report_counts_from(grant: Grant) -> tuple[int, int]:
    """The (last) year a grant was given for, and how many months after it the financial report is due."""
    convention = convention_of(grant)
    told = known_date(grant.ends)
    last = convention.ends.year if convention else (told.latest.year if told and told.latest else grant.year)
    return last, int(funding_rule("report_months", date(last, 12, 31)).value)


def report_day(grant: Grant) -> date | None:
    """The day the financial report is due; none while nothing is paid: there is nothing to account for."""
    return report_due(grant) if grant.amount_paid else None


def report_awaits_payment(grant: Grant) -> str:
    """When the report of a grant that nothing is paid of will be due, in words."""
    year, months = report_counts_from(grant)
    return ngettext(
        "within %(n)s month of the end of %(year)s, once a sum is paid",
        "within %(n)s months of the end of %(year)s, once a sum is paid",
        months,
    ) % {"n": months, "year": year}


def new_report_due(grant: Grant) -> date:
    """The last day for a report that tells of more than the accepted one did.

    It is that of the first, or six months after the year in which something was last paid, where that is later.
    """
    paid = PaymentOrder.objects.filter(instalment__grant=grant, state=OrderState.PAID)
    last: date | None = paid.aggregate(last=Max("paid"))["last"]
    first = report_due(grant)
    return _months_after(last.year) if last and last > first else first


def _months_after(last: int) -> date:
    """The end of the months a report may take, from the end of a year."""
    return _end_of(last, int(funding_rule("report_months", date(last, 12, 31)).value))


def _end_of(last: int, months: int) -> date:
    return months_after(date(last, 12, 31), months)


def report_of(grant: Grant, kind: ReportKind, *states: ReportState) -> Report | None:
    return grant.reports.filter(kind=kind, state__in=states or list(ReportState)).order_by("-pk").first()


def reports_about(grant: Grant, paid: date, state: ReportState) -> QuerySet[Report]:
    """Financial reports of a state that account for what was paid on a day: received since."""
    return grant.reports.filter(kind=ReportKind.FINANCIAL, state=state, received__gte=paid)


def sent_back_since(grant: Grant | None = None) -> QuerySet[PaymentOrder]:
    """Payments that an accepted report accounts for, that the bank sent back, and that are not made again since."""
    again = PaymentOrder.objects.filter(state=OrderState.PAID).values("instalment")
    told = PaymentOrder.objects.filter(state=OrderState.RETURNED, told_in__state=ReportState.ACCEPTED)
    told = told.filter(instalment__grant=grant) if grant else told.filter(instalment__grant__state=GrantState.AWARDED)
    return told.exclude(instalment__in=again).select_related("told_in__grant__subject").order_by("returned", "pk")


def untold_of(grant: Grant) -> Decimal:
    """What was paid and is kept, and that the accepted financial report tells nothing of: neither spent nor left.

    Nothing while no report is accepted. Help in kind is no spending of money.
    """
    return untold_by_grant(Grant.objects.filter(pk=grant.pk)).get(grant.pk, ZERO)


def untold_by_grant(grants: QuerySet[Grant]) -> dict[int, Decimal]:
    """The same of many grants, by grant; those of which everything is told are left out."""
    accepted = Report.objects.filter(grant__in=grants, kind=ReportKind.FINANCIAL, state=ReportState.ACCEPTED)
    latest = {report.pk: report for report in accepted.order_by("grant", "-pk").distinct("grant")}
    spent: dict[int, Decimal] = {}
    for line in ReportLine.objects.filter(report__in=latest):
        if not line.code.startswith(_NO_SPENDING):
            spent[line.report_id] = spent.get(line.report_id, ZERO) + line.actual
    held = [report.grant_id for report in latest.values()]
    accounts = LedgerAccount.objects.filter(grant__in=held, stage__in=(Stage.PAID, Stage.OWED)).order_by()
    kept = dict(accounts.values_list("grant").annotate(Sum("balance")))
    found = {
        report.grant_id: kept.get(report.grant_id, ZERO) - spent.get(report.pk, ZERO) - (report.unspent or ZERO)
        for report in latest.values()
    }
    return {grant: untold for grant, untold in found.items() if untold > 0}


#: Classes of what comes in, and of help in kind.
_NO_SPENDING = ("7", "8")


@dataclass(frozen=True, slots=True)
class Due:
    """A report that is awaited, and whether it is late. ``untold`` is what a new one is asked to tell of."""

    grant: Grant
    due: date
    late: bool
    kind: ReportKind = ReportKind.FINANCIAL
    untold: Decimal = ZERO

    @property
    def holds_back(self) -> bool:
        """Whether something of the grant is still to be paid, which waits for this report."""
        waits = self.late and self.kind == ReportKind.FINANCIAL
        return waits and (self.grant.amount_voted or ZERO) > (self.grant.amount_paid or ZERO)


def awaited_reports(
    on: date,
    body: Subject | None = None,
    *,
    kind: ReportKind = ReportKind.FINANCIAL,
    among: Iterable[Grant] | None = None,
) -> list[Due]:
    """Reports of a kind not received yet for money that was paid, the earliest due first; ``among`` some grants alone.

    The first of a grant, and a new one where the accepted one tells nothing of what was paid since.
    """
    grants = Grant.objects.filter(state=GrantState.AWARDED, amount_paid__gt=0, instalments__isnull=False)
    if body is not None:
        grants = grants.filter(beneficiary=body)
    if among is not None:
        grants = grants.filter(pk__in=[grant.pk for grant in among])
    of_kind = Report.objects.filter(kind=kind)
    held = of_kind.filter(state__in=(ReportState.RECEIVED, ReportState.ACCEPTED))
    found = [(grant, report_due(grant), ZERO) for grant in _named(grants.exclude(reports__in=held))]
    if kind == ReportKind.FINANCIAL:
        told = grants.exclude(reports__in=of_kind.filter(state=ReportState.RECEIVED))
        untold = untold_by_grant(told)
        again = _named(told.filter(pk__in=untold))
        found += [(grant, new_report_due(grant), untold[grant.pk]) for grant in again]
    dues = (Due(grant, due, due < on, kind, more) for grant, due, more in found)
    return sorted(dues, key=lambda each: (each.due, each.grant.key))


def _named(grants: QuerySet[Grant]) -> QuerySet[Grant]:
    return grants.select_related("subject", "beneficiary").distinct()


def report_awaited(grant: Grant, kind: ReportKind = ReportKind.FINANCIAL) -> date | None:
    """The day a report of a grant is due; nothing where none is owed: not awarded, not paid, received, or all told."""
    if grant.state != GrantState.AWARDED or report_of(grant, kind, ReportState.RECEIVED):
        return None
    if not report_of(grant, kind, ReportState.ACCEPTED):
        return report_day(grant)
    return new_report_due(grant) if kind == ReportKind.FINANCIAL and untold_of(grant) else None


def all_awaited_reports(on: date) -> list[Due]:
    """Every report that is awaited, of each kind, the earliest due first."""
    found = [each for kind in ReportKind for each in awaited_reports(on, kind=kind)]
    return sorted(found, key=lambda each: (each.due, each.grant.key))


def blocks_of(instalment: Instalment, on: date) -> list[str]:
    """Everything an instalment still waits for, in words; nothing where it can be paid."""
    return list(_blocks_of(instalment, on))


def _blocks_of(instalment: Instalment, on: date) -> Iterator[str]:
    grant = instalment.grant
    if instalment.set_aside:
        yield _("it was replaced in the plan on %(day)s.") % {"day": day_said(instalment.set_aside)}
        return
    if grant.state == GrantState.CLOSED:
        yield _("the grant is closed: this is no longer paid.")
        return
    if grant.state != GrantState.AWARDED:
        yield _("the grant is not awarded.")
    yield from _convention_blocks(grant, instalment)
    kind = {Condition.NARRATIVE: ReportKind.NARRATIVE, Condition.FINANCIAL: ReportKind.FINANCIAL}.get(
        Condition(instalment.condition)
    )
    if kind and not report_of(grant, kind, ReportState.ACCEPTED):
        yield _("no %(report)s is accepted.") % {"report": str(kind.label).lower()}
    if instalment.not_before and on < instalment.not_before:
        yield _("it is due from %(day)s.") % {"day": day_said(instalment.not_before)}
    for late in awaited_reports(on, grant.beneficiary) if grant.beneficiary else []:
        if late.late:
            said = {"grant": late.grant.file or called(late.grant.subject), "day": day_said(late.due)}
            yield _("the financial report of “%(grant)s” was due on %(day)s.") % said
    if not has_its_contract(grant.beneficiary, on):
        yield _("the republican-commitment contract is missing or broken.")


def _convention_blocks(grant: Grant, instalment: Instalment) -> Iterator[str]:
    convention = convention_of(grant)
    signed = bool(convention and convention.signed)
    if not signed and signed_by_beneficiary(convention):
        yield _("the beneficiary has signed the convention, and the City has not yet.")
    elif needs_convention(grant) and not signed:
        yield _("a signed convention is needed.")
    elif instalment.condition == Condition.SIGNATURE and convention and not signed:
        yield _("the convention is not signed.")
    if convention and unsigned_amendments(grant).exists():
        yield _("an amendment is not signed.")


def signed_by_beneficiary(convention: Convention | None) -> bool:
    """Whether the paper of a convention last put up bears its beneficiary's signature."""
    papers = ConventionPaper.objects.filter(convention=convention, amendment=None) if convention else None
    last = papers.order_by("-pk").first() if papers is not None else None
    return last is not None and ConventionSignature.objects.filter(paper=last).exists()


def unsigned_amendments(grant: Grant) -> QuerySet[Amendment]:
    """Amendments that both have not signed: while there is one, nothing is paid and nothing is closed."""
    return Amendment.objects.filter(convention__grant=grant, signed__isnull=True, given_up__isnull=True)


def waiting_amendments(grant: Grant) -> QuerySet[Amendment]:
    """Of these, those that are not in effect yet."""
    return unsigned_amendments(grant).filter(effective__isnull=True)


def unordered_of(grant: Grant, envelope: Subject) -> Decimal:
    """What an envelope is committed to a grant for, and that no order is to pay."""
    ordered = PaymentOrder.objects.filter(instalment__grant=grant, instalment__envelope=envelope, state__in=_UNDER_WAY)
    held = standing(LedgerAccount.objects.filter(grant=grant.subject, envelope=envelope))
    return held.to_pay - (ordered.aggregate(total=Sum("amount"))["total"] or ZERO)


def closing_lacks(grant: Grant) -> list[str]:
    """Everything a grant still lacks before it is closed, in words."""
    return list(_closing_lacks(grant))


def _closing_lacks(grant: Grant) -> Iterator[str]:
    if PaymentOrder.objects.filter(instalment__grant=grant, state__in=_UNDER_WAY).exists():
        yield _("a payment is under way.")
    if unsigned_amendments(grant).exists():
        yield _("an amendment is not signed.")
    if grant.claims.filter(state=ClaimState.ISSUED).exists():
        yield _("a claim is not settled.")
    money = standing_of_grant(grant.subject)
    report = report_of(grant, ReportKind.FINANCIAL, ReportState.ACCEPTED)
    if money.kept and report is None:
        yield _("no financial report is accepted.")
    if untold := untold_of(grant):
        said = {"untold": spelt(untold, grant.currency)}
        yield _("the accepted financial report does not tell of %(untold)s that was paid: a new one does.") % said
    if money.kept and (back := sent_back_since(grant).first()):
        said = {"amount": spelt(back.amount, grant.currency)}
        yield (
            _(
                "the accepted financial report accounts for %(amount)s that the bank sent back: it is paid again, or "
                "another report is asked for."
            )
            % said
        )
    if not report_of(grant, ReportKind.NARRATIVE, ReportState.ACCEPTED) and money.kept:
        yield _("no narrative report is accepted.")
    left = unsettled(grant)
    if left > 0:
        yield _("%(left)s unspent is neither recovered nor carried.") % {"left": spelt(left, grant.currency)}


_UNDER_WAY = (OrderState.ISSUED, OrderState.EXPORTED)


def unsettled(grant: Grant) -> Decimal:
    """What a beneficiary left unspent, and that no claim is about. A claim given up was given up on a decision.

    What the bank sent back was never in its hands: nothing of it is left there.
    """
    report = report_of(grant, ReportKind.FINANCIAL, ReportState.ACCEPTED)
    if report is None or not report.unspent:
        return ZERO
    had = min(report.unspent, standing_of_grant(grant.subject).paid)
    return max(had - sum((each.amount for each in grant.claims.all()), ZERO), ZERO)


def recovered_of(claim: RecoveryClaim) -> Decimal:
    """What came back on a claim, as the ledger says. One settled before it named its claims came back whole."""
    if claim.state == ClaimState.RECOVERED:
        return claim.amount
    entries = LedgerEntry.objects.filter(grant=claim.grant_id, act=Act.RECOVER, reference=claim.reference)
    return entries.aggregate(total=Sum("amount"))["total"] or ZERO


def left_of_claim(claim: RecoveryClaim) -> Decimal:
    """What is still to come back on a claim; nothing once it is settled."""
    return claim.amount - recovered_of(claim) if claim.state == ClaimState.ISSUED else ZERO


@dataclass(frozen=True, slots=True)
class Compared:
    """A line of a financial report: budget beside actual, the gap in money and in per cent."""

    code: str
    label: str
    budget: Decimal
    actual: Decimal

    @property
    def gap(self) -> Decimal:
        return self.actual - self.budget

    @property
    def percent(self) -> Decimal | None:
        """The gap as a share of the budget; none where nothing was foreseen."""
        return (self.gap * 100 / self.budget).quantize(Decimal("0.1")) if self.budget else None


def compared(report: Report) -> list[Compared]:
    """The lines of a financial report, and their total: that of what was spent, and that of what came in."""
    lines = [Compared(line.code, line.label, line.budget, line.actual) for line in report.lines.all()]
    came_in = [line for line in lines if line.code.startswith(_COMES_IN)]
    spent = [line for line in lines if not line.code.startswith(_COMES_IN)]
    if not came_in or not spent:
        return [*lines, _total(_("Total"), lines)]
    return [*lines, _total(_("Total spent"), spent), _total(_("Total received"), came_in)]


#: Classes of what comes in: income, and help in kind received.
_COMES_IN = ("7", "87")


def _total(label: str, lines: list[Compared]) -> Compared:
    return Compared("", label, sum((line.budget for line in lines), ZERO), sum((line.actual for line in lines), ZERO))


def instalments_to_move(grant: Grant) -> QuerySet[Instalment]:
    """Instalments of a grant whose payment nobody has ordered: their day may still change."""
    return grant.instalments.in_plan().exclude(pk__in=grant.instalments.under_order()).order_by("position")


def orders_under_way() -> QuerySet[PaymentOrder]:
    """Orders neither paid nor refused yet, with whom they pay."""
    return _orders().filter(state__in=_UNDER_WAY)


def all_orders() -> QuerySet[PaymentOrder]:
    return _orders().order_by("-pk")


def orders_of(grant: Grant) -> QuerySet[PaymentOrder]:
    """Every order to pay an instalment of a grant, from the first."""
    return _orders().filter(instalment__grant=grant).order_by("pk")


def _orders() -> QuerySet[PaymentOrder]:
    ties = ("instalment__grant__subject", "instalment__grant__beneficiary", "instalment__envelope", "decision")
    return PaymentOrder.objects.select_related(*ties)


def days_to_pay(grant: Grant) -> int | None:
    """Days from the request to the first payment; none while one of them is not known to the day."""
    asked = _asked_day(grant)
    first = PaymentOrder.objects.filter(Q(instalment__grant=grant), state=OrderState.PAID).order_by("paid").first()
    if asked is None or first is None or first.paid is None:
        return None
    return (first.paid - asked).days


def waiting_since(grant: Grant, on: date) -> int | None:
    """Days since the request, while nothing is paid and something may be."""
    asked = _asked_day(grant)
    if asked is None or grant.state not in _MAY_BE_PAID or days_to_pay(grant) is not None:
        return None
    return (on - asked).days


_MAY_BE_PAID = (GrantState.ASKED, GrantState.AWARDED)


def _asked_day(grant: Grant) -> date | None:
    """The day of the request; none where a month or a year is all that is known."""
    asked = known_date(grant.asked_on)
    return asked.earliest if asked is not None and asked.precision is Precision.DAY else None


def reports_to_review() -> QuerySet[Report]:
    """Reports received and not read yet, the oldest first."""
    found = Report.objects.filter(state=ReportState.RECEIVED).select_related("grant__subject", "grant__beneficiary")
    return found.order_by("received", "pk")


def warn_share(year: int) -> Decimal:
    """The share of a ceiling from which one is warned."""
    return funding_rule("warn_at", date(year, 12, 31)).value


@dataclass(frozen=True, slots=True)
class Exceptions:
    """What an envelope gave beyond its usual scope: how many grants, how much, and which share of all it gave."""

    count: int
    amount: Decimal
    share: Decimal | None


def exceptions_of(envelope: Envelope) -> Exceptions:
    """What an envelope gave beyond its usual scope."""
    engaged = LedgerAccount.objects.filter(envelope=envelope.subject, stage__in=_ENGAGED)
    beyond = engaged.filter(grant__in=Grant.objects.filter(exception=True).values("pk"))
    whole = engaged.aggregate(total=Sum("balance"))["total"] or ZERO
    amount = beyond.aggregate(total=Sum("balance"))["total"] or ZERO
    count = beyond.filter(balance__gt=0).values("grant").distinct().count()
    return Exceptions(count, amount, (amount / whole).quantize(Decimal("0.001")) if whole else None)


_ENGAGED = (Stage.COMMITTED, Stage.PAID, Stage.OWED, Stage.RECOVERED)
