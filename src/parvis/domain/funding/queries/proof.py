"""Adding the whole ledger up again, from the first entry, and naming every line that does not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum

from parvis.domain.funding.enums import MOVES_OF_MONEY, Act, GrantState, OrderState, Stage
from parvis.domain.funding.models import Grant, LedgerAccount, LedgerEntry, LedgerLine, LevyYear, PaymentOrder
from parvis.domain.funding.queries.told import MONEY, told_of
from parvis.foundation.journal.models import Line
from parvis.register.models import Subject

ZERO = Decimal(0)


def ledger_faults() -> Iterator[str]:
    """Every place where the ledger does not hold, in words. Nothing when it is whole."""
    accounts = {account.pk: account for account in LedgerAccount.objects.select_related("levy_year__levy__subject")}
    again: dict[int, Decimal] = defaultdict(lambda: ZERO)
    told = _told()
    otherwise: list[str] = []
    entries = LedgerEntry.objects.select_related("decision").order_by("pk").prefetch_related("lines")
    for entry in entries.iterator(chunk_size=1000):
        lines = list(entry.lines.all())
        for line in lines:
            again[line.account_id] += line.amount
        yield from _faults_of(entry, lines, accounts)
        otherwise += _told_otherwise(entry, lines, told.pop(entry.pk, []))
    for account in accounts.values():
        yield from _faults_in(account, again[account.pk])
    yield from _years_above_their_ceiling(again, accounts)
    yield from _grants_that_say_otherwise(again, accounts)
    yield from _sent_back_otherwise()
    yield from otherwise
    yield from _taken_out(told)


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


_KEPT = frozenset({Stage.PAID, Stage.OWED})
_PAID = _KEPT | {Stage.RECOVERED}
_ENGAGED = _PAID | {Stage.COMMITTED}


def _grants_that_say_otherwise(again: dict[int, Decimal], accounts: dict[int, LedgerAccount]) -> Iterator[str]:
    """Grants whose record, or whose orders, say another amount than the ledger: an entry was taken out or put in."""
    kept, engaged, paid = (_by_grant(again, accounts, stages) for stages in (_KEPT, _ENGAGED, _PAID))
    ordered = _paid_by_orders()
    for grant in Grant.objects.select_related("subject").filter(pk__in=engaged).order_by("pk"):
        if (grant.amount_paid or ZERO) != kept[grant.pk]:
            yield f"{grant.key}: its record says {grant.amount_paid} is paid, and the ledger {kept[grant.pk]}"
        if grant.state == GrantState.AWARDED and grant.amount_voted != engaged[grant.pk]:
            yield f"{grant.key}: its record says {grant.amount_voted} is voted, and the ledger {engaged[grant.pk]}"
        if grant.pk in ordered and ordered[grant.pk] != paid[grant.pk]:
            yield f"{grant.key}: its orders say {ordered[grant.pk]} is paid, and the ledger {paid[grant.pk]}"


def _by_grant(
    again: dict[int, Decimal], accounts: dict[int, LedgerAccount], stages: frozenset[Stage]
) -> dict[int, Decimal]:
    found: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for account in accounts.values():
        if account.grant_id is not None and account.stage in _ENGAGED:
            found[account.grant_id] += again[account.pk] if account.stage in stages else ZERO
    return found


def _paid_by_orders() -> dict[int, Decimal]:
    """What the orders of each grant say was paid; a grant without any is not named."""
    paid = Sum("amount", filter=Q(state=OrderState.PAID), default=ZERO)
    return dict(PaymentOrder.objects.order_by().values_list("instalment__grant").annotate(paid=paid))


def _sent_back_otherwise() -> Iterator[str]:
    """Orders the bank sent back, beside the entries that undid their payments."""
    orders = {order.number: order for order in PaymentOrder.objects.filter(state=OrderState.RETURNED)
              .select_related("instalment")}  # fmt: skip
    for entry in LedgerEntry.objects.filter(act=Act.RETURN).order_by("pk"):
        order = orders.pop(entry.reference, None)
        said = (entry.amount, entry.day, entry.decision_id, entry.grant_id)
        if order is None or said != (order.amount, order.returned, order.decision_id, order.instalment.grant_id):
            yield f"entry {entry.pk} (return): no order sent back says the same as it does of {entry.reference}"
    for number in orders:
        yield f"order {number}: it says that it was sent back, and the ledger does not"


def _told() -> dict[int, list[Line]]:
    """What the journal tells of each entry, by its number."""
    found: dict[int, list[Line]] = defaultdict(list)
    lines = Line.objects.filter(verb__startswith=MONEY).order_by("pk").only("verb", "digests")
    for line in lines.iterator(chunk_size=1000):
        found[line.digests["entry"]].append(line)
    return found


def _told_otherwise(entry: LedgerEntry, lines: list[LedgerLine], told: list[Line]) -> Iterator[str]:
    """An entry beside what the journal was told of it. One changed since says something else."""
    says = {**told_of(entry, [(line.account_id, line.amount) for line in lines]), "act": str(entry.act)}
    for line in told:
        heard = {"act": line.verb.removeprefix(MONEY), **line.digests}
        heard["amount"] = f"{Decimal(heard['amount']):.2f}"
        if any(heard[name] != says[name] for name in _IN_CLEAR if name in heard):
            yield f"entry {entry.pk}: the journal says {_spelt(heard)}, and the ledger {_spelt(says)}"
        elif heard.get("content", says["content"]) != says["content"]:
            yield f"entry {entry.pk} ({entry.act}): {_ELSE}"
    if not any("day" in line.digests for line in told):
        yield f"entry {entry.pk} ({entry.act}): the journal does not tell of it"


def _spelt(told: dict[str, Any]) -> str:
    said = f"{told['act']} of {told['amount']}"
    if "day" not in told:
        return said
    key = Subject.objects.filter(pk=told["decision"]).values_list("key", flat=True).first()
    return f"{said} on {told['day']} by {key or 'no decision there is'}"


def _taken_out(told: dict[int, list[Line]]) -> Iterator[str]:
    """Entries the journal told of, which the ledger has no more."""
    for pk, lines in told.items():
        heard = {"act": lines[-1].verb.removeprefix(MONEY), **lines[-1].digests}
        yield f"entry {pk}: the journal says {_spelt(heard)}, and the ledger nothing"


_IN_CLEAR = ("act", "amount", "day", "decision")
_ELSE = "the journal was told another grant, account, reason, reference, currency, author or moment"
