"""The ledger added up again from its first entry; a line that does not add up is named."""

from dataclasses import replace
from decimal import Decimal
from importlib import import_module

import psycopg
import pytest
from django.core.management import CommandError, call_command

from parvis.config.settings.database import OWNER
from parvis.domain.funding import actions
from parvis.domain.funding.actions import Answer, Part
from parvis.domain.funding.models import Grant, LedgerAccount, LedgerEntry, LedgerLine
from parvis.domain.funding.queries import ledger_faults
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.journal import actions as journal
from parvis.register.models import Subject
from tests.support import databases

SPOILT = (
    "ALTER TABLE funding_ledgerline DISABLE TRIGGER USER",
    "ALTER TABLE funding_ledgerentry DISABLE TRIGGER USER",
    "ALTER TABLE funding_ledgeraccount DISABLE TRIGGER USER",
)
ON = "on 2026-03-01 by vote-2026"
EVE, APRIL, OTHER = "on 2026-02-28 by vote-2026", "on 2026-04-01 by vote-2026", "on 2026-03-01 by vote-2025"
ELSE = "the journal was told another grant, account, reason, reference, currency, author or moment"


@pytest.fixture
def clerk(own_database):
    """Outside any transaction: what the owner spoils is seen by all."""
    return User.objects.create_user("clerk@ville.example", role=Role.FINANCE)


@pytest.fixture
def spoil(own_database):
    """Do with the ledger, as its owner and with its guards off, what the application cannot."""

    def spoilt(*words):
        with psycopg.connect(
            databases.address(OWNER, own_database), autocommit=True, options="-c lock_timeout=5000"
        ) as owner:
            for sentence in (*SPOILT, *words):
                owner.execute(sentence)

    return spoilt


@pytest.fixture
def kept(own_database, envelope, asked, award):
    grant = award(asked(), envelope, 50_000)
    return grant, LedgerEntry.objects.get(act="award"), LedgerAccount.objects.get(stage="available")


def test_each_way_of_spoiling_a_ledger_is_named(kept, spoil):
    _grant, entry, account = kept
    whole = list(ledger_faults())

    spoil(
        f"UPDATE funding_ledgerline SET amount = amount + 1 WHERE entry_id = {entry.pk} AND amount > 0",
        f"UPDATE funding_ledgeraccount SET balance = balance - 7 WHERE id = {account.pk}",
        "UPDATE funding_ledgerentry SET act = 'raise' WHERE act = 'allot'",
    )
    faults = list(ledger_faults())

    committed = LedgerAccount.objects.get(stage="committed")
    allotted = LedgerEntry.objects.get(pk__lt=entry.pk, act="raise")
    assert whole == []
    assert faults == [
        f"entry {allotted.pk} (raise): it moves money from voted to available",
        f"entry {entry.pk} (award): its lines do not add up to nothing",
        f"entry {entry.pk} (award): it says 50000.00 and its lines move 50001.00",
        f"account {account.pk} (solidae-2026 available): it holds 449993.00, and its lines add up to 450000.00",
        f"account {committed.pk} (asked-1 committed): it holds 50000.00, and its lines add up to 50001.00",
        "asked-1: its record says 50000.00 is voted, and the ledger 50001.00",
        f"entry {allotted.pk}: the journal says allot of 500000.00 {ON}, and the ledger raise of 500000.00 {ON}",
        f"entry {entry.pk} (award): {ELSE}",
    ]
    with pytest.raises(CommandError, match=rf"entry {entry.pk} \(award\): its lines do not add up to nothing"):
        call_command("verify_ledger")


def test_what_stands_above_a_ceiling_below_zero_or_elsewhere_is_named(kept, spoil):
    grant, entry, account = kept
    line = LedgerLine.objects.get(entry=entry, account=account)
    Grant.objects.filter(pk=grant.pk).update(amount_paid=Decimal(12))

    spoil(
        f"UPDATE funding_ledgerline SET amount = -600000 WHERE id = {line.pk}",
        f"UPDATE funding_ledgerentry SET grant_id = NULL, decision_id = {grant.pk} WHERE id = {entry.pk}",
        "ALTER TABLE funding_levyyear DISABLE TRIGGER USER",
        "UPDATE funding_levyyear SET base = 100, ceiling = 1",
        "INSERT INTO funding_ledgeraccount (levy_year_id, envelope_id, grant_id, stage, balance) "
        f"SELECT levy_year_id, envelope_id, {grant.pk}, 'paid', 0 FROM funding_ledgeraccount WHERE id = {account.pk}",
    )
    faults = list(ledger_faults())

    assert f"entry {entry.pk} (award): it names no decision" in faults
    assert any("it moves money of another grant" in fault for fault in faults)
    assert f"account {account.pk} (solidae-2026 available): it is below zero, at -100000.00" in faults
    assert "levy-water 2026: 800000.00 is voted, above the ceiling of 1.00" in faults
    assert "asked-1: its record says 12.00 is paid, and the ledger 0" in faults


BALANCED = (
    "UPDATE funding_ledgeraccount AS account SET balance = "
    "coalesce((SELECT sum(amount) FROM funding_ledgerline WHERE account_id = account.id), 0)"
)


def test_a_lie_that_adds_up_is_told_by_the_record_the_orders_and_the_journal(kept, spoil, envelope, act, slip):
    grant, entry, _account = kept
    vote = LedgerEntry.objects.get(act="vote")
    terms = {"number": "1", "regranting": False, "starts": slip.day, "ends": slip.day}
    act(actions.draw_up_convention, grant=grant, **terms)
    act(actions.sign_convention, grant=grant, signed=slip.day)
    (instalment,) = act(actions.plan_instalments, grant=grant, parts=[Part(envelope, Decimal(50_000))])
    order = actions.order_payment(instalment=instalment, slip=slip)

    spoil(
        f"DELETE FROM funding_ledgerline WHERE entry_id = {entry.pk}",
        f"DELETE FROM funding_ledgerentry WHERE id = {entry.pk}",
        f"UPDATE funding_ledgerline SET amount = amount + sign(amount) WHERE entry_id = {vote.pk}",
        f"UPDATE funding_ledgerentry SET amount = amount + 1 WHERE id = {vote.pk}",
        f"UPDATE funding_paymentorder SET state = 'paid', paid = '2026-03-02' WHERE id = {order.pk}",
        BALANCED,
    )

    assert list(ledger_faults()) == [
        "asked-1: its record says 50000.00 is voted, and the ledger 0",
        "asked-1: its orders say 50000.00 is paid, and the ledger 0",
        f"entry {vote.pk}: the journal says vote of 800000.00 {ON}, and the ledger vote of 800001.00 {ON}",
        f"entry {entry.pk}: the journal says award of 50000.00 {ON}, and the ledger nothing",
    ]


def test_an_order_sent_back_and_its_entry_are_told_where_one_says_otherwise(kept, spoil, envelope, act, slip):
    grant, _entry, _account = kept
    terms = {"number": "1", "regranting": False, "starts": slip.day, "ends": slip.day}
    act(actions.draw_up_convention, grant=grant, **terms)
    act(actions.sign_convention, grant=grant, signed=slip.day)
    parts = [Part(envelope, Decimal(20_000)), Part(envelope, Decimal(30_000))]
    orders = [
        actions.order_payment(instalment=due, slip=slip)
        for due in act(actions.plan_instalments, grant=grant, parts=parts)
    ]
    act(actions.export_orders, on=slip.day)
    said = [Answer(1, order.number, paid=slip.day, amount=order.amount) for order in orders]
    act(actions.take_answers, answers=said)
    for order in orders:
        act(actions.return_payment, order=order, on=slip.day, why="Account closed")
    whole = list(ledger_faults())
    first, second = LedgerEntry.objects.filter(act="return").order_by("pk")

    spoil(
        "ALTER TABLE funding_paymentorder DISABLE TRIGGER USER",
        f"UPDATE funding_ledgerentry SET day = '2026-04-01' WHERE id = {first.pk}",
        f"DELETE FROM funding_ledgerline WHERE entry_id = {second.pk}",
        f"DELETE FROM funding_ledgerentry WHERE id = {second.pk}",
        BALANCED,
    )

    assert whole == []
    assert list(ledger_faults()) == [
        "asked-1: its record says 0.00 is paid, and the ledger 30000.00",
        "asked-1: its orders say 0 is paid, and the ledger 30000.00",
        f"entry {first.pk} (return): no order sent back says the same as it does of {orders[0].number}",
        f"order {orders[1].number}: it says that it was sent back, and the ledger does not",
        f"entry {first.pk}: the journal says return of 20000.00 {ON}, and the ledger return of 20000.00 {APRIL}",
        f"entry {second.pk}: the journal says return of 30000.00 {ON}, and the ledger nothing",
    ]


def test_a_day_a_decision_or_a_word_swapped_for_another_that_is_valid_is_named(kept, spoil, clerk, slip):
    _grant, award, _account = kept
    moments = {"entered_at": slip.at, "amended_at": slip.at, "entered_by": clerk, "amended_by": clerk}
    other = Subject.objects.create(key="vote-2025", noun="decision", visibility="public", **moments)
    vote, allotted = LedgerEntry.objects.get(act="vote"), LedgerEntry.objects.get(act="allot")

    spoil(
        f"UPDATE funding_ledgerentry SET day = '2026-02-28' WHERE id = {award.pk}",
        f"UPDATE funding_ledgerentry SET decision_id = {other.pk} WHERE id = {vote.pk}",
        f"UPDATE funding_ledgerentry SET reason = 'As agreed' WHERE id = {allotted.pk}",
    )

    assert list(ledger_faults()) == [
        f"entry {vote.pk}: the journal says vote of 800000.00 {ON}, and the ledger vote of 800000.00 {OTHER}",
        f"entry {allotted.pk} (allot): {ELSE}",
        f"entry {award.pk}: the journal says award of 50000.00 {ON}, and the ledger award of 50000.00 {EVE}",
    ]


def test_who_swaps_it_in_the_journal_too_is_told_by_the_chain(kept, spoil):
    _grant, award, _account = kept
    journal.head()
    whole = list(ledger_faults())

    spoil(
        "ALTER TABLE journal_line DISABLE TRIGGER USER",
        f"UPDATE funding_ledgerentry SET day = '2026-02-28' WHERE id = {award.pk}",
        "UPDATE journal_line SET digests = jsonb_set(digests, '{day}', '\"2026-02-28\"') "
        f"WHERE verb = 'money: award' AND digests->>'entry' = '{award.pk}'",
    )

    assert whole == list(ledger_faults()) == []
    with pytest.raises(CommandError, match=r"the journal: seal \d+ does not match line \d+ \(money: award\)"):
        call_command("verify_ledger")


def test_entries_older_than_what_the_journal_tells_are_told_once_as_they_stand(kept, spoil):
    _grant, award, _account = kept
    told = import_module("parvis.domain.funding.migrations.0043_the_journal_tells_of_every_entry")._TELL
    spoil("ALTER TABLE journal_line DISABLE TRIGGER USER", "DELETE FROM journal_line WHERE verb LIKE 'money: %'")
    untold = list(ledger_faults())

    spoil(told)
    whole = list(ledger_faults())
    spoil(f"UPDATE funding_ledgerentry SET day = '2026-02-28' WHERE id = {award.pk}")

    assert len(untold) == LedgerEntry.objects.count()
    assert untold[-1] == f"entry {award.pk} (award): the journal does not tell of it"
    assert whole == []
    assert list(ledger_faults()) == [
        f"entry {award.pk}: the journal says award of 50000.00 {ON}, and the ledger award of 50000.00 {EVE}",
    ]


def test_an_amount_of_another_currency_is_told_as_the_database_keeps_it(envelope, slip):
    abroad = {
        "foreign_amount": Decimal("12.34567"),
        "foreign_currency": "USD",
        "rate": Decimal("0.9"),
        "rate_source": "ECB",
    }
    spelt = replace(slip, foreign=abroad, reason="É\u2019 so", reference="A-1")

    actions.take_back(envelope=envelope, amount=Decimal("1.5"), slip=spelt)

    assert list(ledger_faults()) == []
