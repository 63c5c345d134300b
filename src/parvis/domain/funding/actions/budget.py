"""The years of levies, their votes, and what is put into envelopes."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_FLOOR, Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from parvis.domain.funding.enums import Act, Stage
from parvis.domain.funding.errors import LeviesPooled, UnknownCurrency, YearAlreadyOpen
from parvis.domain.funding.errors.moving import (
    ClosedWithoutWords,
    LevyWithoutRule,
    NoRuleThatYear,
    OpenedBeforeItClosed,
    OpenedWithoutWords,
    RateAboveTheLaw,
    YearNotOver,
    YearStillOpen,
)
from parvis.domain.funding.models import Envelope, LedgerEntry, Levy, LevyYear
from parvis.domain.funding.queries import rule_of
from parvis.domain.funding.queries.limits import levy_limit
from parvis.domain.funding.rules import may_move_money
from parvis.foundation.accounts.models import User
from parvis.foundation.accounts.rules import allow_act
from parvis.foundation.journal import actions as journal
from parvis.foundation.values.money import smallest_unit
from parvis.register.naming import called
from parvis.register.reading import day_said, percent_said

from .posting import Slip, Way, account_of, closed_refusal, ground_refusal, open_year_of, post, stands_on

_S = Stage
#: Kinds of levy that give without a ceiling, because no law sets one.
WITHOUT_CEILING = frozenset({"general"})


@transaction.atomic
def open_levy_year(
    *,
    levy: Levy,
    year: int,
    currency: str,
    by: User,
    at: datetime,
    base: Decimal | None = None,
    base_source: str = "",
) -> LevyYear:
    """Open a year of a levy under the rule of its first day.

    Raises YearAlreadyOpen, UnknownCurrency, NoRuleThatYear, LevyWithoutRule, RateAboveTheLaw.
    """
    _known_currency(currency)
    if LevyYear.objects.filter(levy=levy, year=year).exists():
        raise YearAlreadyOpen(levy=called(levy.subject), year=year)
    rule = rule_of(levy, date(year, 1, 1)) or rule_of(levy, date(year, 12, 31))
    if rule is None and levy.rules.exists():
        raise NoRuleThatYear(levy=called(levy.subject), year=year)
    if rule is None and levy.subject.kind not in WITHOUT_CEILING:
        raise LevyWithoutRule(levy=called(levy.subject))
    rate = rule.rate if rule else None
    limit = levy_limit(levy, date(year, 12, 31))
    if rate is not None and limit is not None and rate > limit.value:
        said = {"rate": percent_said(rate), "limit": percent_said(limit.value), "law": limit.said}
        raise RateAboveTheLaw(levy=called(levy.subject), **said)
    opened = LevyYear.objects.create(
        levy=levy,
        year=year,
        currency=currency,
        rate=rate,
        base=base,
        base_source=base_source,
        ceiling=ceiling_of(rate, base),
    )
    journal.write("levy year opened", about=levy.key, by=by, at=at, year=year)
    return opened


@transaction.atomic
def set_base(*, levy_year: LevyYear, base: Decimal | None, base_source: str, by: User, at: datetime) -> LevyYear:
    """Say what the service's own resources are. The ceiling follows. Raises CeilingBelowVoted, YearClosed."""
    found = LevyYear.objects.select_for_update(of=("self",)).select_related("levy__subject").get(pk=levy_year.pk)
    if found.closed:
        raise closed_refusal(found)
    found.base, found.base_source = base, base_source
    found.ceiling = ceiling_of(found.rate, base)
    try:
        with transaction.atomic():
            found.save(update_fields=["base", "base_source", "ceiling"])
    except IntegrityError as fault:
        raise ground_refusal(fault, found) from fault
    journal.write("levy base set", about=found.levy.key, by=by, at=at, year=found.year, base=str(base))
    return found


@transaction.atomic
def close_levy_year(*, levy_year: LevyYear, slip: Slip) -> LevyYear:
    """Close a year that is over, on a decision and for a reason: what is promised is paid, nothing new is given.

    Raises YearNotOver, YearClosed, StillReserved, ClosedWithoutWords, and what an entry is refused for of its decision.
    """
    allow_act(slip.by, may_move_money, _("Closing of a year"))
    stands_on(slip.decision, slip.day)
    found = (
        LevyYear.objects.select_for_update(of=("self",), no_key=True)
        .select_related("levy__subject")
        .get(pk=levy_year.pk)
    )
    if found.closed:
        raise closed_refusal(found)
    if slip.day.year <= found.year:
        raise YearNotOver(year=found.year)
    if not slip.reason.strip():
        raise ClosedWithoutWords
    found.closed, found.closing, found.closed_why = slip.day, slip.decision, slip.reason.strip()
    found.reopened, found.reopening, found.reopened_why = None, None, ""
    try:
        with transaction.atomic():
            found.save(update_fields=_CLOSING)
    except IntegrityError as fault:
        raise ground_refusal(fault, found) from fault
    journal.write(
        "levy year closed", about=found.levy.key, by=slip.by, at=slip.at,
        year=found.year, day=slip.day.isoformat(), decision=slip.decision.key,
    )  # fmt: skip
    return found


@transaction.atomic
def reopen_levy_year(*, levy_year: LevyYear, slip: Slip) -> LevyYear:
    """Open again a year that was closed by mistake, on a decision and for a reason: money may be given from it anew.

    Raises YearStillOpen, OpenedBeforeItClosed, OpenedWithoutWords, and what an entry is refused for of its decision.
    """
    allow_act(slip.by, may_move_money, _("Opening of a closed year"))
    stands_on(slip.decision, slip.day)
    rows = LevyYear.objects.select_for_update(of=("self",), no_key=True).select_related("levy__subject")
    found = rows.get(pk=levy_year.pk)
    if found.closed is None:
        raise YearStillOpen(levy=called(found.levy.subject), year=found.year)
    if slip.day < found.closed:
        raise OpenedBeforeItClosed(year=found.year, day=day_said(found.closed))
    if not slip.reason.strip():
        raise OpenedWithoutWords
    closed, found.closed, found.closing, found.closed_why = found.closed, None, None, ""
    found.reopened, found.reopening, found.reopened_why = slip.day, slip.decision, slip.reason.strip()
    found.save(update_fields=_CLOSING)
    journal.write(
        "levy year opened again", about=found.levy.key, by=slip.by, at=slip.at,
        year=found.year, day=slip.day.isoformat(), closed=closed.isoformat(), decision=slip.decision.key,
    )  # fmt: skip
    return found


#: What closing and opening again write of a year.
_CLOSING = ("closed", "closing", "closed_why", "reopened", "reopening", "reopened_why")


def ceiling_of(rate: Decimal | None, base: Decimal | None) -> Decimal | None:
    """The rate times the base, down to the cent; nothing where one of them is not known."""
    if rate is None or base is None:
        return None
    return (rate * base).quantize(Decimal("0.01"), ROUND_FLOOR)


@transaction.atomic
def vote_levy(*, levy_year: LevyYear, amount: Decimal, slip: Slip) -> LedgerEntry:
    """Record what the council votes for a year of a levy. Raises BaseUnknown and AboveTheCeiling."""
    return _moved(Act.VOTE, amount, levy_year, (_S.COUNCIL, _S.VOTED), slip)


@transaction.atomic
def lower_vote(*, levy_year: LevyYear, amount: Decimal, slip: Slip) -> LedgerEntry:
    """Give back part of what was voted and put in no envelope. Raises NotEnoughLeft."""
    return _moved(Act.LOWER, amount, levy_year, (_S.VOTED, _S.COUNCIL), slip)


@transaction.atomic
def allot(*, envelope: Envelope, amount: Decimal, slip: Slip) -> LedgerEntry:
    """Put voted money in an envelope. Raises YearNotOpen and NotEnoughLeft."""
    return _moved(Act.ALLOT, amount, open_year_of(envelope), (_S.VOTED, _S.AVAILABLE), slip, envelope)


@transaction.atomic
def take_back(*, envelope: Envelope, amount: Decimal, slip: Slip) -> LedgerEntry:
    """Reduce an envelope, never below what it has reserved and committed. Raises NotEnoughLeft."""
    return _moved(Act.TAKE_BACK, amount, open_year_of(envelope), (_S.AVAILABLE, _S.VOTED), slip, envelope)


@transaction.atomic
def carry_over(*, source: Envelope, target: Envelope, amount: Decimal, slip: Slip) -> LedgerEntry:
    """Carry what is left of an envelope to another year of its levy; it counts under that year's ceiling.

    Raises LeviesPooled, NotEnoughLeft and AboveTheCeiling.
    """
    if source.levy_id != target.levy_id or source.year == target.year:
        raise LeviesPooled
    old, new = open_year_of(source), open_year_of(target)
    ways = [
        Way(account_of(old, _S.AVAILABLE, envelope=source), account_of(old, _S.COUNCIL)),
        Way(account_of(new, _S.COUNCIL), account_of(new, _S.AVAILABLE, envelope=target)),
    ]
    return post(Act.CARRY, amount, ways, slip, about=source.subject)


def _moved(
    act: Act, amount: Decimal, year: LevyYear, stages: tuple[Stage, Stage], slip: Slip, envelope: Envelope | None = None
) -> LedgerEntry:
    source, target = (account_of(year, stage, envelope=envelope if stage == _S.AVAILABLE else None) for stage in stages)
    return post(act, amount, [Way(source, target)], slip, about=envelope.subject if envelope else year.levy.subject)


def _known_currency(currency: str) -> None:
    try:
        smallest_unit(currency)
    except ValueError as fault:
        raise UnknownCurrency(currency=currency) from fault
