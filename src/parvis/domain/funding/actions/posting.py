"""Writing one entry of the ledger. The database judges; what it refuses is said in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import DEFAULT_DB_ALIAS, IntegrityError, transaction

from parvis.domain.council.models import Decision
from parvis.domain.funding.enums import GIVES_ANEW, Act, Stage
from parvis.domain.funding.errors import (
    AboveTheCeiling,
    BaseUnknown,
    CeilingBelowVoted,
    EnvelopeInUse,
    FinerThanItsCurrency,
    NoDecision,
    NotEnoughLeft,
    NothingMoves,
    PaidAboveConvention,
    YearNotOpen,
    spelt,
)
from parvis.domain.funding.errors.choosing import GrantConcernsYou
from parvis.domain.funding.errors.moving import DecidedLater, NotADecisionToGive, NotAdopted, StillReserved, YearClosed
from parvis.domain.funding.models import Envelope, Grant, Interest, LedgerAccount, LedgerEntry, LevyYear
from parvis.domain.funding.queries import standing_of_year, year_of
from parvis.domain.funding.queries.told import MONEY, told_of
from parvis.domain.funding.rules import may_move_money
from parvis.foundation.accounts.models import User
from parvis.foundation.accounts.prepared import rows_of
from parvis.foundation.accounts.rules import allow_act
from parvis.foundation.journal import actions as journal
from parvis.foundation.values.money import smallest_unit
from parvis.foundation.values.refusal import Refusal
from parvis.register.models import Subject
from parvis.register.naming import called
from parvis.register.ordering import known_date
from parvis.register.reading import day_said

#: Kinds of decision that vote no money.
_GIVE_NOTHING = frozenset({"judgment", "communication"})


@dataclass(frozen=True, slots=True)
class Slip:
    """What every entry says of itself: the decision it stands on, its day, who writes it and when."""

    decision: Subject
    day: date
    by: User
    at: datetime
    reason: str = ""
    reference: str = ""
    foreign: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Way:
    """Where money goes from and to."""

    source: LedgerAccount
    target: LedgerAccount


def account_of(
    year: LevyYear, stage: Stage, *, envelope: Envelope | None = None, grant: Subject | None = None
) -> LedgerAccount:
    """The account where money of this kind stands, opened the first time it is needed."""
    found, _new = LedgerAccount.objects.get_or_create(
        levy_year=year, stage=stage, envelope_id=envelope.pk if envelope else None, grant=grant
    )
    found.levy_year = year
    return found


def open_year_of(envelope: Envelope) -> LevyYear:
    """The year an envelope draws on. Raises YearNotOpen."""
    year = year_of(envelope)
    if year is None:
        raise YearNotOpen(levy=called(envelope.levy), year=envelope.year)
    return year


#: An entry, its lines, which lock their accounts in this order, and what the journal is told of it. A trigger moves the
#: accounts once all three are written: who waits for an account holds up nobody with its line of the journal.
_ENTRY = """
WITH entry AS (
    INSERT INTO funding_ledgerentry
        (act, amount, decision_id, grant_id, day, reason, reference, foreign_amount, foreign_currency, rate,
         rate_source, written_by_id, written_at)
    VALUES (%(act)s, %(amount)s, %(decision)s, %(grant)s, %(day)s, %(reason)s, %(reference)s, %(foreign_amount)s,
            %(foreign_currency)s, %(rate)s, %(rate_source)s, %(by)s, %(at)s)
    RETURNING id
), lines AS (
    INSERT INTO funding_ledgerline (entry_id, account_id, amount)
    SELECT entry.id, line.account, line.amount
    FROM entry, unnest(%(accounts)s::bigint[], %(amounts)s::numeric[]) WITH ORDINALITY AS line (account, amount, place)
    ORDER BY line.place
), told AS (
    INSERT INTO journal_line (verb, about, actor_id, at, digests)
    SELECT %(verb)s, %(about)s, %(by)s, %(at)s, jsonb_build_object('entry', entry.id) || %(told)s::jsonb FROM entry
)
SELECT id FROM entry
"""


def post(
    act: Act,
    amount: Decimal,
    ways: Sequence[Way],
    slip: Slip,
    *,
    grant: Subject | None = None,
    about: Subject | None = None,
) -> LedgerEntry:
    """Write one entry: so much, along each way, and tell the journal of it. Raises what the ledger refuses.

    Lines are written in the order of their accounts, so that two who write at once never wait for each other.
    """
    judge(act, amount, ways[0].source.levy_year.currency, slip, grant)
    into = ways[-1].target.levy_year
    if into.closed and act in GIVES_ANEW:
        raise closed_refusal(into)
    return _written(act, amount, ways, slip, grant, about or grant or slip.decision)


def judge(act: Act, amount: Decimal, currency: str, slip: Slip, grant: Subject | None) -> None:
    """Pass, or raise what an entry is refused for before any account is looked at."""
    may_write(slip.by, act)
    is_an_amount(amount, currency)
    stands_on(slip.decision, slip.day)
    _is_nothing_to(slip.by, grant)


def stands_on(decision: Subject | None, day: date) -> None:
    """Pass, or raise NoDecision, NotADecisionToGive, NotAdopted or DecidedLater."""
    if decision is None or decision.noun != "decision":
        raise NoDecision
    _decided(decision, day)


def _written(
    act: Act, amount: Decimal, ways: Sequence[Way], slip: Slip, grant: Subject | None, about: Subject
) -> LedgerEntry:
    entry = LedgerEntry(
        act=act, amount=amount, decision=slip.decision, grant=grant, day=slip.day, reason=slip.reason,
        reference=slip.reference, written_by=slip.by, written_at=slip.at, **slip.foreign,
    )  # fmt: skip
    sides = [(way.source.pk, -amount) for way in ways] + [(way.target.pk, amount) for way in ways]
    accounts, amounts = zip(*sorted(sides), strict=True)
    told = journal.canonical(told_of(entry, sides)).decode()
    said = {
        "act": str(act), "amount": amount, "decision": entry.decision_id, "grant": entry.grant_id, "day": entry.day,
        "reason": entry.reason, "reference": entry.reference, "foreign_amount": entry.foreign_amount,
        "foreign_currency": entry.foreign_currency, "rate": entry.rate, "rate_source": entry.rate_source,
        "by": entry.written_by_id, "at": entry.written_at, "accounts": list(accounts), "amounts": list(amounts),
        "verb": f"{MONEY}{act}", "about": about.key, "told": told,
    }  # fmt: skip
    try:
        with transaction.atomic():
            [(entry.pk,)] = rows_of(_ENTRY, said)
    except IntegrityError as fault:
        raise _in_words(fault, amount, ways) from fault
    entry._state.adding, entry._state.db = False, DEFAULT_DB_ALIAS
    return entry


def _decided(decision: Subject, day: date) -> None:
    """Pass, or raise NotADecisionToGive, NotAdopted or DecidedLater: an entry stands on what was voted by its day."""
    if decision.kind in _GIVE_NOTHING:
        raise NotADecisionToGive
    told = Decision.objects.filter(subject=decision).first()
    if told is None:
        return
    if told.votes_for is not None and told.votes_against is not None and told.votes_for <= told.votes_against:
        raise NotAdopted(votes_for=told.votes_for, votes_against=told.votes_against)
    on = known_date(told.day)
    if on and on.earliest and on.earliest > day:
        raise DecidedLater(decided=day_said(on.earliest), day=day_said(day))


def decided_by(slip: Slip) -> date:
    """The day a decision was taken, as far as it is known; that of the entry otherwise."""
    told = Decision.objects.filter(subject=slip.decision).first() if slip.decision else None
    on = known_date(told.day) if told else None
    return min(on.latest, slip.day) if on and on.latest else slip.day


def _is_nothing_to(by: User, grant: Subject | None) -> None:
    """Pass, or raise GrantConcernsYou: money is not moved by whom the file behind it concerns."""
    if grant is None:
        return
    files = Grant.objects.filter(subject=grant).exclude(file="").values("file")
    if Interest.objects.filter(person=by, application__number__in=files).exists():
        raise GrantConcernsYou


def may_write(by: User, act: Act) -> None:
    """Pass, or raise BindsTheCity: who moves money has the role for it, whatever the door."""
    allow_act(by, may_move_money, act.label)


def broken_rule(fault: IntegrityError) -> str:
    """The name of the rule of the database that was broken."""
    diagnosis = getattr(fault.__cause__, "diag", None)
    return str(getattr(diagnosis, "constraint_name", "") or "")


def is_an_amount(amount: Decimal, currency: str) -> None:
    """Pass, or raise NothingMoves or FinerThanItsCurrency."""
    if amount <= 0:
        raise NothingMoves
    if amount % smallest_unit(currency):
        raise FinerThanItsCurrency(amount=amount, currency=currency)


def _in_words(fault: IntegrityError, amount: Decimal, ways: Sequence[Way]) -> Exception:
    """The refusal a broken rule stands for; the fault itself where it stands for none."""
    source = ways[-1].source
    year = LevyYear.objects.select_related("levy__subject").get(pk=source.levy_year_id)
    said = {"levy": called(year.levy.subject), "year": year.year}
    rule = broken_rule(fault)
    if rule == "nothing_is_voted_on_an_unknown_base":
        return BaseUnknown(**said)
    if rule == "voted_within_the_ceiling":
        ceiling = year.ceiling or Decimal(0)
        left = ceiling - standing_of_year(year).voted
        return AboveTheCeiling(**said, ceiling=spelt(ceiling, year.currency), left=spelt(left, year.currency))
    if rule == "ledger_account_never_below_zero":
        short = next((way.source for way in ways if way.source.stage != Stage.COUNCIL), source)
        left = LedgerAccount.objects.get(pk=short.pk).balance
        return NotEnoughLeft(
            left=spelt(left, year.currency), asked=spelt(amount, year.currency), where=short.get_stage_display()
        )
    if rule == "nothing_new_of_a_closed_year":
        return closed_refusal(ways[-1].target.levy_year)
    return _GROUND.get(rule, fault)


def closed_refusal(year: LevyYear) -> YearClosed:
    """What is said of a year that is closed, as it stands now: somebody may have closed it meanwhile."""
    held = LevyYear.objects.select_related("levy__subject").get(pk=year.pk)
    return YearClosed(levy=called(held.levy.subject), year=held.year, day=day_said(held.closed) if held.closed else "")


#: Rules about what the ledger stands on.
_GROUND: dict[str, Refusal] = {
    "an_envelope_is_of_one_levy_and_year": EnvelopeInUse(),
    "paid_within_the_convention": PaidAboveConvention(),
}


def ground_refusal(fault: IntegrityError, year: LevyYear) -> Exception:
    """The refusal of a change to what the ledger stands on; the fault itself where it is none."""
    if broken_rule(fault) == "ceiling_below_what_is_voted":
        return CeilingBelowVoted(voted=spelt(standing_of_year(year).voted, year.currency), year=year.year)
    if broken_rule(fault) == "nothing_is_reserved_in_a_closed_year":
        return StillReserved(reserved=spelt(standing_of_year(year).reserved, year.currency), year=year.year)
    return _GROUND.get(broken_rule(fault), fault)
