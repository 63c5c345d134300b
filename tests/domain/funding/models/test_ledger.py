"""The laws of the ledger, held by the database against whoever writes, as the application that serves."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from parvis.domain.funding.actions.posting import broken_rule
from parvis.domain.funding.enums import Stage
from parvis.domain.funding.models import Envelope, LedgerAccount, LedgerEntry, LedgerLine, LevyYear


@pytest.fixture
def accounts(envelope, general):
    """The accounts of water and of the general budget, by levy and stage."""
    return {(each.levy_year.levy.key, each.stage): each for each in LedgerAccount.objects.select_related("levy_year")}


@pytest.fixture
def written(slip):
    """Write an entry with any lines, and let the database judge it."""

    def write(act, amount, lines, **more):
        with transaction.atomic():
            entry = LedgerEntry.objects.create(
                act=act,
                amount=amount,
                **{"decision": slip.decision, **more},
                day=slip.day,
                written_by=slip.by,
                written_at=slip.at,
            )
            LedgerLine.objects.bulk_create(
                [LedgerLine(entry=entry, account=account, amount=moved) for account, moved in lines]
            )
            connection.check_constraints()
        return entry

    return write


@pytest.mark.parametrize("table", ["funding_ledgeraccount", "funding_ledgerentry", "funding_ledgerline"])
@pytest.mark.parametrize("words", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_application_may_alter_no_row_of_the_ledger(accounts, table, words):
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(words.format(table))


@pytest.mark.parametrize(
    ("act", "amount", "lines", "rule"),
    [
        ("allot", 10, [("levy-water", Stage.VOTED, -10)], "an_entry_adds_up"),
        ("allot", 10, [("levy-water", Stage.VOTED, -10), ("levy-water", Stage.AVAILABLE, 9)], "an_entry_adds_up"),
        ("allot", 11, [("levy-water", Stage.VOTED, -10), ("levy-water", Stage.AVAILABLE, 10)], "an_entry_adds_up"),
        ("allot", 10, [], "an_entry_adds_up"),
        (
            "allot",
            10,
            [("levy-water", Stage.AVAILABLE, -10), ("levy-water", Stage.VOTED, 10)],
            "an_entry_does_what_it_says",
        ),
        (
            "allot",
            10,
            [("levy-water", Stage.VOTED, -10), ("general-budget", Stage.AVAILABLE, 10)],
            "levies_are_never_pooled",
        ),
        (
            "vote",
            200_001,
            [("levy-water", Stage.COUNCIL, -200_001), ("levy-water", Stage.VOTED, 200_001)],
            "voted_within_the_ceiling",
        ),
        (
            "allot",
            300_001,
            [("levy-water", Stage.VOTED, -300_001), ("levy-water", Stage.AVAILABLE, 300_001)],
            "ledger_account_never_below_zero",
        ),
    ],
)
def test_an_entry_that_breaks_a_law_is_never_kept(accounts, written, act, amount, lines, rule):
    before = LedgerEntry.objects.count()

    with pytest.raises(IntegrityError) as fault:
        written(act, amount, [(accounts[levy, stage], moved) for levy, stage, moved in lines])

    assert broken_rule(fault.value) == rule
    assert LedgerEntry.objects.count() == before


def test_no_line_is_added_to_an_older_entry(accounts, written):
    voted, left = accounts["levy-water", Stage.VOTED], accounts["levy-water", Stage.AVAILABLE]
    entry = written("allot", 10, [(voted, -10), (left, 10)])
    more = [(accounts["general-budget", Stage.AVAILABLE], -5), (accounts["general-budget", Stage.VOTED], 5)]

    LedgerLine.objects.bulk_create([LedgerLine(entry=entry, account=account, amount=moved) for account, moved in more])
    with pytest.raises(IntegrityError) as fault, transaction.atomic():
        connection.check_constraints()

    assert broken_rule(fault.value) == "levies_are_never_pooled"
    transaction.set_rollback(True)


def test_an_entry_names_a_decision_and_nothing_else_for_one(accounts, written, envelope):
    voted, left = accounts["levy-water", Stage.VOTED], accounts["levy-water", Stage.AVAILABLE]

    with pytest.raises(IntegrityError) as fault:
        written("allot", 10, [(voted, -10), (left, 10)], decision=envelope.subject)

    assert broken_rule(fault.value) == "an_entry_names_a_decision"


def test_money_of_a_grant_is_moved_by_entries_of_that_grant(envelope, asked, award, accounts, written):
    one, other = award(asked(), envelope, 100), award(asked("asked-2"), envelope, 100)
    committed = LedgerAccount.objects.get(grant=one.subject, stage=Stage.COMMITTED)
    left = accounts["levy-water", Stage.AVAILABLE]

    with pytest.raises(IntegrityError) as fault:
        written("cancel", 10, [(committed, -10), (left, 10)], grant=other.subject)

    assert broken_rule(fault.value) == "an_entry_adds_up"


def test_an_account_starts_empty_in_the_year_of_its_envelope(envelope, water_2026, general):
    for facts, rule in (
        ({"envelope": general.subject}, "an_envelope_is_of_one_levy_and_year"),
        ({"envelope": envelope.subject, "balance": 5}, "an_account_starts_empty"),
    ):
        with pytest.raises(IntegrityError) as fault, transaction.atomic():
            LedgerAccount.objects.create(levy_year=water_2026, stage=Stage.AVAILABLE, **facts)
        assert broken_rule(fault.value) == rule


@pytest.mark.parametrize(
    "change",
    [
        {"rate": None, "ceiling": None},
        {"ceiling": Decimal(2_000_000)},
        {"rate": Decimal(1), "ceiling": Decimal(100_000_000)},
        {"year": 2030},
    ],
)
def test_a_year_keeps_the_ceiling_the_law_gives_it(envelope, water_2026, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        LevyYear.objects.filter(pk=water_2026.pk).update(**change)


def test_a_levy_with_a_rule_never_opens_a_year_without_ceiling(water):
    with pytest.raises(IntegrityError) as fault, transaction.atomic():
        LevyYear.objects.create(levy=water, year=2027, currency="EUR")

    assert broken_rule(fault.value) == "a_levy_with_a_rule_has_a_rate"


def test_a_year_opens_at_the_rate_of_a_rule_and_at_no_other(water):
    with pytest.raises(IntegrityError) as fault, transaction.atomic():
        LevyYear.objects.create(levy=water, year=2027, currency="EUR", rate=Decimal("0.5"))

    assert broken_rule(fault.value) == "a_rate_is_of_a_rule"


def test_an_envelope_with_money_is_moved_to_no_other_year_whoever_asks(envelope):
    with pytest.raises(IntegrityError), transaction.atomic():
        Envelope.objects.filter(pk=envelope.pk).update(year=2027)
