"""Adding the whole ledger up again, from the first entry, and naming every line that does not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from parvis.domain.funding.enums import MOVES_OF_MONEY, Act, Stage
from parvis.domain.funding.models import Grant, LedgerAccount, LedgerEntry, LedgerLine, LevyYear

ZERO = Decimal(0)


def ledger_faults() -> Iterator[str]:
    """Every place where the ledger does not hold, in words. Nothing when it is whole."""
    accounts = {account.pk: account for account in LedgerAccount.objects.select_related("levy_year__levy__subject")}
    again: dict[int, Decimal] = defaultdict(lambda: ZERO)
    entries = LedgerEntry.objects.select_related("decision").order_by("pk").prefetch_related("lines")
    for entry in entries.iterator(chunk_size=1000):
        lines = list(entry.lines.all())
        for line in lines:
            again[line.account_id] += line.amount
        yield from _faults_of(entry, lines, accounts)
    for account in accounts.values():
        yield from _faults_in(account, again[account.pk])
    yield from _years_above_their_ceiling(again, accounts)
    yield from _grants_that_say_otherwise(again, accounts)


def _faults_of(entry: LedgerEntry, lines: list[LedgerLine], accounts: dict[int, LedgerAccount]) -> Iterator[str]:
    sums: dict[int, Decimal] = defaultdict(lambda: ZERO)
    sides: dict[int, dict[bool, str]] = defaultdict(dict)
    for line in lines:
        account = accounts[line.account_id]
        sums[account.levy_year_id] += line.amount
        sides[account.levy_year_id][line.amount > 0] = account.stage
        if account.grant_id not in (None, entry.grant_id):
            yield f"entry {entry.pk}, line {line.pk}: it moves money of another grant"
    moved = sum((line.amount for line in lines if line.amount > 0), ZERO)
    if any(sums.values()):
        yield f"entry {entry.pk} ({entry.act}): its lines do not add up to nothing"
    if moved != entry.amount * len(sums):
        yield f"entry {entry.pk} ({entry.act}): it says {entry.amount} and its lines move {moved}"
    if len({accounts[line.account_id].levy_year.levy_id for line in lines}) > 1:
        yield f"entry {entry.pk} ({entry.act}): it pools two levies"
    for side in sides.values():
        if (side.get(False), side.get(True)) not in MOVES_OF_MONEY[Act(entry.act)]:
            yield f"entry {entry.pk} ({entry.act}): it moves money from {side.get(False)} to {side.get(True)}"
    if entry.decision.noun != "decision":
        yield f"entry {entry.pk} ({entry.act}): it names no decision"


def _faults_in(account: LedgerAccount, total: Decimal) -> Iterator[str]:
    if account.balance != total:
        yield f"account {account.pk} ({account}): it holds {account.balance}, and its lines add up to {total}"
    if total < 0 and account.stage != Stage.COUNCIL:
        yield f"account {account.pk} ({account}): it is below zero, at {total}"


def _years_above_their_ceiling(again: dict[int, Decimal], accounts: dict[int, LedgerAccount]) -> Iterator[str]:
    voted: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for account in accounts.values():
        if account.stage == Stage.COUNCIL:
            voted[account.levy_year_id] -= again[account.pk]
    for year in LevyYear.objects.select_related("levy__subject").order_by("pk"):
        if year.rate is not None and voted[year.pk] > (year.ceiling or ZERO):
            yield f"{year}: {voted[year.pk]} is voted, above the ceiling of {year.ceiling or ZERO}"


def _grants_that_say_otherwise(again: dict[int, Decimal], accounts: dict[int, LedgerAccount]) -> Iterator[str]:
    paid: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for account in accounts.values():
        if account.grant_id is not None and account.stage in (Stage.PAID, Stage.OWED):
            paid[account.grant_id] += again[account.pk]
    for grant in Grant.objects.select_related("subject").filter(pk__in=paid):
        if (grant.amount_paid or ZERO) != paid[grant.pk]:
            yield f"{grant.key}: its record says {grant.amount_paid} is paid, and the ledger {paid[grant.pk]}"
