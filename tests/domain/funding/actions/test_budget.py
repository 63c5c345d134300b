"""Years, ceilings, votes and envelopes: what the law allows, to the cent."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.funding import actions
from parvis.domain.funding.actions import Source, posting
from parvis.domain.funding.actions.awards import book
from parvis.domain.funding.actions.posting import Way, account_of, post
from parvis.domain.funding.enums import GIVES_ANEW, MOVES_OF_MONEY, Act, Stage
from parvis.domain.funding.errors import (
    AboveTheCeiling,
    BaseUnknown,
    CeilingBelowVoted,
    EnvelopeInUse,
    FinerThanItsCurrency,
    LeviesPooled,
    NoDecision,
    NotEnoughLeft,
    NothingMoves,
    UnknownCurrency,
    YearAlreadyOpen,
    YearNotOpen,
)
from parvis.domain.funding.errors.moving import (
    ClosedWithoutWords,
    DecidedLater,
    LevyWithoutRule,
    NoRuleThatYear,
    NotADecisionToGive,
    NotAdopted,
    OpenedBeforeItClosed,
    OpenedWithoutWords,
    StillReserved,
    YearClosed,
    YearNotOver,
    YearStillOpen,
)
from parvis.domain.funding.models import LedgerAccount, LedgerEntry, LevyYear
from parvis.domain.funding.queries import ledger_faults, standing_of_envelope, standing_of_year
from parvis.foundation.journal.models import Line


def test_the_ceiling_is_the_rate_times_the_base_down_to_the_cent(water, open_year):
    year = open_year(water, base="123456789.99")

    assert year.ceiling == Decimal("1234567.89")


@given(
    base=st.decimals(0, Decimal(10) ** 12, places=2),
    rate=st.decimals(Decimal("0.000001"), 1, places=6),
)
def test_a_ceiling_never_gives_a_cent_too_much(base, rate):
    ceiling = actions.ceiling_of(rate, base)

    assert ceiling <= rate * base < ceiling + Decimal("0.01")


def test_a_year_is_opened_once_in_a_currency(water, open_year, water_2026, clerk, noon):
    with pytest.raises(YearAlreadyOpen):
        open_year(water)
    with pytest.raises(UnknownCurrency):
        actions.open_levy_year(levy=water, year=2027, currency="EURO", by=clerk, at=noon)


def test_a_year_that_no_rule_covers_is_not_opened_and_only_the_general_budget_has_none(water, enter, open_year):
    with pytest.raises(NoRuleThatYear):
        open_year(water, 2003)
    with pytest.raises(LevyWithoutRule) as refusal:
        open_year(enter("levy", "levy-mobility", kind="mobility"))

    assert str(refusal.value).startswith("“levy-mobility” has no rule, so that nobody could say its ceiling")
    assert not LevyYear.objects.exists()


def test_money_moves_on_what_was_adopted_by_that_day(water_2026, slip, enter, subject):
    subject("council", kind="assembly")
    late = enter("decision", "vote-june", body="council", day="2026-06-02").subject
    lost = enter("decision", "vote-lost", body="council", votes_for=60, votes_against=60, voters=120, abstentions=0)
    told = subject("told", "decision", kind="communication")
    vote = {"levy_year": water_2026, "amount": Decimal(10)}

    with pytest.raises(DecidedLater) as refusal:
        actions.vote_levy(**vote, slip=replace(slip, decision=late, day=date(2026, 6, 1)))
    with pytest.raises(NotAdopted):
        actions.vote_levy(**vote, slip=replace(slip, decision=lost.subject))
    with pytest.raises(NotADecisionToGive):
        actions.vote_levy(**vote, slip=replace(slip, decision=told))

    assert str(refusal.value) == (
        "This decision is of 2 June 2026: nothing moves on it before, and 1 June 2026 was written."
    )
    assert actions.vote_levy(**vote, slip=replace(slip, decision=late, day=date(2026, 6, 2))).amount == 10


def test_a_base_nobody_knows_makes_no_ceiling_and_lets_nothing_be_voted(water, open_year, slip):
    year = open_year(water, base=None)

    with pytest.raises(BaseUnknown) as refusal:
        actions.vote_levy(levy_year=year, amount=Decimal("0.01"), slip=slip)

    assert year.ceiling is None
    assert "are not known" in str(refusal.value)
    assert LedgerEntry.objects.count() == 0


def test_no_cent_is_voted_above_the_ceiling(water_2026, slip):
    actions.vote_levy(levy_year=water_2026, amount=Decimal(1_000_000), slip=slip)

    with pytest.raises(AboveTheCeiling) as refusal:
        actions.vote_levy(levy_year=water_2026, amount=Decimal("0.01"), slip=slip)

    assert "€1,000,000.00, and €0.00 is left" in str(refusal.value)
    assert standing_of_year(water_2026).voted == 1_000_000


def test_the_general_budget_has_no_ceiling(general, slip):
    year = LevyYear.objects.get(levy__subject__key="general-budget")

    actions.vote_levy(levy_year=year, amount=Decimal(90_000_000), slip=slip)

    assert standing_of_year(year).voted == 90_300_000


def test_a_base_may_rise_and_never_fall_below_what_is_voted(envelope, water_2026, clerk, noon):
    risen = actions.set_base(levy_year=water_2026, base=Decimal(120_000_000), base_source="Budget", by=clerk, at=noon)

    for base in (Decimal(79_999_999), None):
        with pytest.raises(CeilingBelowVoted):
            actions.set_base(levy_year=water_2026, base=base, base_source="", by=clerk, at=noon)

    assert risen.ceiling == 1_200_000
    assert LevyYear.objects.get(pk=water_2026.pk).ceiling == 1_200_000


def test_an_envelope_takes_from_what_is_voted_and_no_more(envelope, water_2026, slip):
    with pytest.raises(NotEnoughLeft) as refusal:
        actions.allot(envelope=envelope, amount=Decimal("300000.01"), slip=slip)

    assert "Only €300,000.00 is left" in str(refusal.value)
    assert standing_of_envelope(envelope).left == 500_000


def test_an_envelope_is_reduced_to_what_it_has_committed_and_no_further(envelope, asked, award, slip):
    award(asked(), envelope, 400_000)

    with pytest.raises(NotEnoughLeft):
        actions.take_back(envelope=envelope, amount=Decimal(100_001), slip=slip)
    actions.take_back(envelope=envelope, amount=Decimal(100_000), slip=slip)

    assert standing_of_envelope(envelope).left == 0


def test_a_vote_is_lowered_to_what_is_in_envelopes(envelope, water_2026, slip):
    with pytest.raises(NotEnoughLeft):
        actions.lower_vote(levy_year=water_2026, amount=Decimal(300_001), slip=slip)
    actions.lower_vote(levy_year=water_2026, amount=Decimal(300_000), slip=slip)

    assert standing_of_year(water_2026).voted == 500_000


@pytest.mark.parametrize(
    ("amount", "refusal"), [("0", NothingMoves), ("-5", NothingMoves), ("1.005", FinerThanItsCurrency)]
)
def test_an_entry_moves_an_amount_of_its_currency(water_2026, slip, amount, refusal):
    with pytest.raises(refusal):
        actions.vote_levy(levy_year=water_2026, amount=Decimal(amount), slip=slip)


def test_no_money_moves_without_a_decision(water_2026, slip, subject):
    for named in (None, subject("no-vote", "body")):
        with pytest.raises(NoDecision):
            actions.vote_levy(
                levy_year=water_2026,
                amount=Decimal(1),
                slip=actions.Slip(decision=named, day=slip.day, by=slip.by, at=slip.at),
            )


def test_an_envelope_of_a_year_that_is_not_open_takes_nothing(water, enter, slip):
    made = enter("envelope", "solidae-2030", levy="levy-water", year=2030)

    with pytest.raises(YearNotOpen):
        actions.allot(envelope=made, amount=Decimal(1), slip=slip)


def test_what_is_left_is_carried_to_the_next_year_under_its_ceiling(envelope, water, open_year, enter, slip):
    next_year = open_year(water, 2027, "15000000")
    later = enter("envelope", "solidae-2027", levy="levy-water", year=2027)

    actions.carry_over(source=envelope, target=later, amount=Decimal(150_000), slip=slip)
    with pytest.raises(AboveTheCeiling):
        actions.carry_over(source=envelope, target=later, amount=Decimal("0.01"), slip=slip)

    assert standing_of_envelope(later).left == 150_000
    assert standing_of_year(next_year).voted == 150_000
    assert list(ledger_faults()) == []


def test_money_of_one_levy_is_never_carried_to_another(envelope, general, slip):
    for target in (general, envelope):
        with pytest.raises(LeviesPooled):
            actions.carry_over(source=envelope, target=target, amount=Decimal(1), slip=slip)


def test_an_envelope_with_money_keeps_its_levy_and_its_year(envelope, amend):
    with pytest.raises(EnvelopeInUse):
        amend(envelope, levy="levy-water", year=2027)

    assert amend(envelope, levy="levy-water", year=2026, line="204").line == "204"


def test_a_year_opened_without_a_rule_may_be_written_on_once_its_levy_has_one(enter, open_year, amend, clerk, noon):
    levy = enter("levy", "general-budget", kind="general")
    year = open_year(levy, base=None)
    amend(levy, rules=[{"rate": "0.02", "valid_from": "2005-02-09"}])

    held = actions.set_base(levy_year=year, base=Decimal(5), base_source="Budget", by=clerk, at=noon)

    assert (held.base, held.rate, held.ceiling) == (5, None, None)


@pytest.fixture
def over(slip):
    """On a day after the year, for a reason."""
    return replace(slip, day=date(2027, 2, 1), reason="The accounts of 2026 are voted")


@pytest.fixture
def closed(water_2026, over):
    def close():
        return actions.close_levy_year(levy_year=water_2026, slip=over)

    return close


SHUT = (
    "The year 2026 of “levy-water” was closed on 1 February 2027: nothing new is voted, reserved or given from it. "
    "What is left of it is carried to another year."
)


def test_a_year_closes_on_a_decision_once_it_is_over_for_a_reason_and_for_good(water_2026, slip, over, closed):
    with pytest.raises(YearNotOver):
        actions.close_levy_year(levy_year=water_2026, slip=replace(over, day=date(2026, 12, 31)))
    with pytest.raises(NoDecision):
        actions.close_levy_year(levy_year=water_2026, slip=replace(over, decision=None))
    with pytest.raises(ClosedWithoutWords):
        actions.close_levy_year(levy_year=water_2026, slip=replace(over, reason=" "))
    held = closed()

    line = Line.objects.get(verb="levy year closed")
    assert (held.closed, held.closing, held.closed_why) == (over.day, slip.decision, over.reason)
    assert line.digests == {"year": 2026, "day": "2027-02-01", "decision": "vote-2026"}
    with pytest.raises(YearClosed, match="was closed on 1 February 2027"):
        closed()
    with pytest.raises(IntegrityError, match="a closed year stays"), transaction.atomic():
        LevyYear.objects.update(closed=None, closing=None, closed_why="")


def test_the_resources_of_a_closed_year_stay_as_it_was_closed_with(water_2026, closed, clerk, noon):
    closed()

    with pytest.raises(YearClosed, match="was closed on 1 February 2027"):
        actions.set_base(levy_year=water_2026, base=Decimal(120_000_000), base_source="Budget", by=clerk, at=noon)

    assert LevyYear.objects.get(pk=water_2026.pk).base == Decimal(100_000_000)


def test_a_year_closed_by_mistake_opens_again_on_a_decision_for_a_reason(
    envelope, water_2026, asked, award, slip, over, closed, water, open_year
):
    again = replace(over, day=date(2027, 2, 2), reason="Closed for 2025")

    def reopen(**more):
        return actions.reopen_levy_year(levy_year=water_2026, slip=replace(again, **more))

    with pytest.raises(YearStillOpen):
        reopen()
    closed()
    with pytest.raises(OpenedBeforeItClosed):
        reopen(day=date(2027, 1, 31))
    with pytest.raises(NoDecision):
        reopen(decision=None)
    with pytest.raises(OpenedWithoutWords):
        reopen(reason=" ")
    held = reopen()

    line = Line.objects.get(verb="levy year opened again")
    assert (held.closed, held.closing, held.closed_why) == (None, None, "")
    assert (held.reopened, held.reopening, held.reopened_why) == (date(2027, 2, 2), slip.decision, "Closed for 2025")
    assert (line.about, line.digests["closed"]) == ("levy-water", "2027-02-01")
    assert award(asked(), envelope, 10).amount_voted == 10
    assert actions.close_levy_year(levy_year=water_2026, slip=again).reopened is None


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("a closed year stays", {"reopened": None}),
        ("a closed year stays", {"reopened": date(2027, 1, 31)}),
        ("a closed year stays", {"base": Decimal(200_000_000), "ceiling": Decimal(2_000_000)}),
        ("a closed year stays", {"base": None, "ceiling": None}),
        ("a closed year stays", {"rate": Decimal("0.02"), "ceiling": Decimal(2_000_000)}),
        ("a closed year stays", {"base_source": "Another"}),
        ("a closed year stays", {"currency": "USD"}),
        ("a closed year stays", {"year": 2025}),
        ("a_year_is_opened_again_on_a_decision", {"reopening": None}),
        ("a_year_is_opened_again_on_a_decision", {"reopened_why": ""}),
    ],
)
def test_the_database_opens_a_closed_year_on_a_decision_alone_and_as_it_was_closed(
    water_2026, slip, closed, rule, change
):
    closed()
    told = {"reopened": date(2027, 2, 1), "reopening": slip.decision, "reopened_why": "A mistake"}

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        LevyYear.objects.update(closed=None, closing=None, closed_why="", **{**told, **change})


#: What a closed year is of, and was closed with.
KEPT = [
    {"base": Decimal(200_000_000), "ceiling": Decimal(2_000_000)},
    {"base": None, "ceiling": None},
    {"base_source": "Another"},
    {"rate": Decimal("0.02"), "ceiling": Decimal(2_000_000)},
    {"rate": None, "ceiling": None},
    {"ceiling": Decimal("999999.99")},
    {"currency": "USD"},
    {"year": 2025},
    {"closed": date(2027, 2, 2)},
    {"closed_why": "Another"},
]


@pytest.mark.parametrize("change", KEPT)
def test_the_database_changes_nothing_of_a_closed_year_for_the_role_that_serves(water_2026, closed, change):
    closed()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user")
        role = cursor.fetchone()
    before = LevyYear.objects.values().get()

    with pytest.raises(IntegrityError, match="a closed year stays"), transaction.atomic():
        LevyYear.objects.update(**change)

    assert (role, LevyYear.objects.values().get()) == (("parvis_app", False), before)


def test_the_database_deletes_no_closed_year_even_one_without_an_account(water, open_year, over):
    year, opened = open_year(water, 2026), open_year(water, 2027)
    actions.close_levy_year(levy_year=year, slip=over)
    assert list(LedgerAccount.objects.all()) == []

    with pytest.raises(IntegrityError, match="a closed year stays"), transaction.atomic():
        year.delete()
    opened.delete()  # nothing was decided of it yet

    assert list(LevyYear.objects.all()) == [year]


def test_what_a_year_tells_of_its_opening_again_stays_and_its_resources_are_said_anew(
    water_2026, over, closed, clerk, noon
):
    told = "an opening again is told"
    with pytest.raises(IntegrityError, match=told), transaction.atomic():
        LevyYear.objects.update(reopened=over.day, reopening=over.decision, reopened_why="Never closed")
    closed()
    actions.reopen_levy_year(levy_year=water_2026, slip=over)
    with pytest.raises(IntegrityError, match=told), transaction.atomic():
        LevyYear.objects.update(reopened_why="Another")
    with pytest.raises(IntegrityError, match=told), transaction.atomic():
        LevyYear.objects.update(reopened=None, reopening=None, reopened_why="")

    held = actions.set_base(levy_year=water_2026, base=Decimal(120_000_000), base_source="2027", by=clerk, at=noon)

    assert (held.ceiling, held.reopened_why) == (Decimal(1_200_000), over.reason)
    assert closed().closed == over.day


def test_nothing_new_is_given_from_a_closed_year(
    envelope, water_2026, asked, award, over, closed, open_year, water, enter
):
    grant, left = award(asked(), envelope, 50_000), asked("asked-2")
    next_year = enter("envelope", "solidae-2027", kind="call", levy="levy-water", year=2027)
    open_year(water, 2027)
    actions.carry_over(source=envelope, target=next_year, amount=Decimal(1000), slip=over)
    before = standing_of_year(water_2026)
    closed()

    told = []
    for act, said in (
        (actions.vote_levy, {"levy_year": water_2026, "amount": Decimal(1)}),
        (actions.allot, {"envelope": envelope, "amount": Decimal(1)}),
        (actions.reserve, {"grant": left, "envelope": envelope, "amount": Decimal(1)}),
        (actions.award_grant, {"grant": left, "sources": [Source(envelope, Decimal(1))]}),
        (actions.amend_award, {"grant": grant, "envelope": envelope, "change": Decimal(1)}),
        (actions.carry_over, {"source": next_year, "target": envelope, "amount": Decimal(1)}),
    ):
        with pytest.raises(YearClosed) as refusal:
            act(**said, slip=over)
        told.append(str(refusal.value))

    assert told == [SHUT] * 6
    assert standing_of_year(water_2026) == before
    assert LevyYear.objects.filter(closed__isnull=False).count() == 1


def test_what_a_closed_year_promised_is_paid_and_what_it_has_left_leaves_it(
    envelope, water_2026, asked, award, over, closed, open_year, water, enter
):
    grant = award(asked(), envelope, 50_000)
    next_year = enter("envelope", "solidae-2027", kind="call", levy="levy-water", year=2027)
    open_year(water, 2027)
    closed()

    for act, amount in ((Act.PAY, 50_000), (Act.CLAIM, 10_000), (Act.RECOVER, 4_000), (Act.WAIVE, 6_000)):
        book(grant, envelope, act, Decimal(amount), over)
    actions.carry_over(source=envelope, target=next_year, amount=Decimal(400_000), slip=over)
    actions.take_back(envelope=envelope, amount=Decimal(50_000), slip=over)
    actions.lower_vote(levy_year=water_2026, amount=Decimal(350_000), slip=over)

    money = standing_of_year(water_2026)
    assert (money.voted, money.kept, money.recovered, money.left) == (50_000, 46_000, 4_000, 0)
    assert standing_of_envelope(next_year).left == 400_000


def test_what_is_reserved_is_given_or_released_before_its_year_closes(envelope, asked, slip, closed):
    kept = asked()
    actions.reserve(grant=kept, envelope=envelope, amount=Decimal(700), slip=slip)
    with pytest.raises(StillReserved, match=r"€700\.00 of 2026 is still reserved"):
        closed()
    actions.release(grant=kept, envelope=envelope, amount=Decimal(700), slip=slip)

    assert closed().closed


@pytest.mark.parametrize("act", sorted(GIVES_ANEW))
def test_the_database_holds_that_nothing_new_is_given_from_a_closed_year(
    act, envelope, water_2026, asked, slip, over, closed, open_year, water, enter, monkeypatch
):
    """As who closes it at the same moment: what is looked at before the entry is written says nothing of it."""
    grant, next_year = asked(), enter("envelope", "solidae-2027", kind="call", levy="levy-water", year=2027)
    opened = open_year(water, 2027)
    actions.vote_levy(levy_year=opened, amount=Decimal(9), slip=slip)
    actions.allot(envelope=next_year, amount=Decimal(9), slip=slip)
    account_of(water_2026, Stage.COMMITTED, envelope=envelope, grant=grant.subject)
    closed()
    monkeypatch.setattr(posting, "GIVES_ANEW", frozenset())
    ((source, target), *_more) = sorted(MOVES_OF_MONEY[Act(act)])
    mine = {Stage.AVAILABLE: {"envelope": envelope}, Stage.RESERVED: {"envelope": envelope, "grant": grant.subject}}
    mine |= {Stage.COMMITTED: mine[Stage.RESERVED]}
    ways = [Way(*(account_of(water_2026, stage, **mine.get(stage, {})) for stage in (source, target)))]
    if act == Act.CARRY:
        theirs = [account_of(opened, Stage.AVAILABLE, envelope=next_year), account_of(opened, Stage.COUNCIL)]
        ours = [account_of(water_2026, Stage.COUNCIL), account_of(water_2026, Stage.AVAILABLE, envelope=envelope)]
        ways = [Way(*theirs), Way(*ours)]

    with pytest.raises(YearClosed) as refusal:
        post(Act(act), Decimal(1), ways, over, grant=grant.subject if Stage.COMMITTED in (source, target) else None)

    assert str(refusal.value) == SHUT
