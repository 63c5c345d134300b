"""Any sequence of votes, reservations, awards, payments, recoveries and carries agrees with plain sums."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from parvis.domain.funding import actions
from parvis.domain.funding.actions import Slip, Source
from parvis.domain.funding.actions.awards import book
from parvis.domain.funding.enums import Act
from parvis.domain.funding.models import Envelope, Grant, LedgerAccount, Levy
from parvis.domain.funding.queries import ledger_faults
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.values.refusal import Refusal
from parvis.register.entry import take_apart
from parvis.register.models import Subject

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CENTS = st.integers(1, 6000).map(lambda cents: Decimal(cents) / 100)
YEARS, GRANTS = (2026, 2027), ("g1", "g2", "g3")
CEILING = {2026: Decimal("100.00"), 2027: Decimal("55.55")}


class Ledger(RuleBasedStateMachine):
    """The ledger beside a plain counter of euros. What one refuses, the other has not enough for."""

    @initialize()
    def start(self) -> None:
        self.inside = transaction.atomic()
        self.inside.__enter__()
        self.by = User.objects.create_user("clerk@ville.example", role=Role.FINANCE)
        vote = self._subject("vote", "decision")
        self._subject("body-1", "body")
        self.slip = Slip(decision=vote, day=date(2026, 3, 1), by=self.by, at=NOON)
        levy = self._enter(Levy, actions.enter_levy, key="water", rules=[{"rate": "0.01"}])
        self.years, self.envelopes = {}, {}
        for year in YEARS:
            self.years[year] = actions.open_levy_year(
                levy=levy, year=year, currency="EUR", base=CEILING[year] * 100, by=self.by, at=NOON
            )
            self.envelopes[year] = self._enter(
                Envelope, actions.enter_envelope, key=f"envelope-{year}", levy="water", year=year
            )
        facts = {"beneficiary": "body-1", "year": 2026, "currency": "EUR", "state": "asked"}
        self.grants = {key: self._enter(Grant, actions.enter_grant, key=key, **facts) for key in GRANTS}
        self.plain: Counter[tuple] = Counter()
        self.state = dict.fromkeys(GRANTS, "asked")

    def _subject(self, key: str, noun: str) -> Subject:
        moments = {"entered_at": NOON, "amended_at": NOON, "entered_by": self.by, "amended_by": self.by}
        return Subject.objects.create(key=key, noun=noun, visibility="public", **moments)

    def _enter(self, model, action, **content):
        taken = take_apart(model, {"title": {"en": content["key"]}, **content})
        return action(entry=taken.entry, facts=taken.facts, by=self.by, at=NOON)

    def _does(self, act, moves, *, may=True) -> bool:
        """Do it, and move the same in the plain counter; refused exactly where the counter has not enough."""
        enough = may and all(self.plain[place] >= less for place, less in moves if less > 0 and place[0] != "council")
        try:
            with transaction.atomic():
                act()
        except Refusal:
            assert not enough, f"refused though there was enough: {moves}"
            return False
        assert enough, f"passed though there was not enough: {moves}"
        for place, less in moves:
            self.plain[place] -= less
        return True

    @rule(year=st.sampled_from(YEARS), amount=CENTS)
    def vote(self, year, amount):
        within = -self.plain["council", year] + amount <= CEILING[year]
        self._does(
            lambda: actions.vote_levy(levy_year=self.years[year], amount=amount, slip=self.slip),
            [(("council", year), amount), (("voted", year), -amount)],
            may=within,
        )

    @rule(year=st.sampled_from(YEARS), amount=CENTS)
    def lower(self, year, amount):
        self._does(
            lambda: actions.lower_vote(levy_year=self.years[year], amount=amount, slip=self.slip),
            [(("voted", year), amount), (("council", year), -amount)],
        )

    @rule(year=st.sampled_from(YEARS), amount=CENTS)
    def allot(self, year, amount):
        self._does(
            lambda: actions.allot(envelope=self.envelopes[year], amount=amount, slip=self.slip),
            [(("voted", year), amount), (("left", year), -amount)],
        )

    @rule(year=st.sampled_from(YEARS), amount=CENTS)
    def take_back(self, year, amount):
        self._does(
            lambda: actions.take_back(envelope=self.envelopes[year], amount=amount, slip=self.slip),
            [(("left", year), amount), (("voted", year), -amount)],
        )

    @rule(amount=CENTS, forward=st.booleans())
    def carry(self, amount, forward):
        old, new = YEARS if forward else YEARS[::-1]
        within = -self.plain["council", new] + amount <= CEILING[new]
        self._does(
            lambda: actions.carry_over(
                source=self.envelopes[old], target=self.envelopes[new], amount=amount, slip=self.slip
            ),
            [
                (("left", old), amount),
                (("council", old), -amount),
                (("council", new), amount),
                (("left", new), -amount),
            ],
            may=within,
        )

    @rule(key=st.sampled_from(GRANTS), year=st.sampled_from(YEARS), amount=CENTS)
    def reserve(self, key, year, amount):
        self._does(
            lambda: actions.reserve(
                grant=self.grants[key], envelope=self.envelopes[year], amount=amount, slip=self.slip
            ),
            [(("left", year), amount), (("reserved", year, key), -amount)],
            may=self.state[key] == "asked",
        )

    @rule(key=st.sampled_from(GRANTS), year=st.sampled_from(YEARS), amount=CENTS)
    def award(self, key, year, amount):
        kept = self.plain["reserved", year, key]
        moves = [(("reserved", year, key), kept), (("left", year), amount - kept), (("committed", year, key), -amount)]
        done = self._does(
            lambda: actions.award_grant(
                grant=self.grants[key], sources=[Source(self.envelopes[year], amount)], slip=self.slip
            ),
            moves,
            may=self.state[key] == "asked",
        )
        if done:
            self.state[key] = "awarded"

    @rule(key=st.sampled_from(GRANTS), year=st.sampled_from(YEARS), amount=CENTS, more=st.booleans())
    def amend(self, key, year, amount, more):
        less = (("left", year), ("committed", year, key))[:: 1 if more else -1]
        self._does(
            lambda: actions.amend_award(
                grant=self.grants[key],
                envelope=self.envelopes[year],
                change=amount if more else -amount,
                slip=self.slip,
            ),
            [(less[0], amount), (less[1], -amount)],
            may=self.state[key] == "awarded",
        )

    @rule(key=st.sampled_from(GRANTS))
    def cancel(self, key):
        places = [place for place in list(self.plain) if place[0] in ("committed", "reserved") and place[2] == key]
        kept = sum(self.plain[name, year, key] for name in ("paid", "owed") for year in YEARS)
        moves = [(place, self.plain[place]) for place in places]
        moves += [(("left", place[1]), -self.plain[place]) for place in places]
        done = self._does(
            lambda: actions.cancel_award(grant=self.grants[key], slip=self.slip),
            moves,
            may=kept == 0 and self.state[key] in ("asked", "awarded"),
        )
        if done:
            self.state[key] = "cancelled"

    @rule(
        key=st.sampled_from(GRANTS),
        year=st.sampled_from(YEARS),
        amount=CENTS,
        move=st.sampled_from(
            [
                (Act.PAY, "committed", "paid"),
                (Act.CLAIM, "paid", "owed"),
                (Act.WAIVE, "owed", "paid"),
                (Act.RECOVER, "owed", "recovered"),
            ]
        ),
    )
    def along(self, key, year, amount, move):
        act, source, target = move
        self._does(
            lambda: book(self.grants[key], self.envelopes[year], act, amount, self.slip),
            [((source, year, key), amount), ((target, year, key), -amount)],
        )

    @invariant()
    def the_ledger_and_the_counter_agree(self):
        if not hasattr(self, "plain"):
            return
        names = {"available": "left"}
        rows = LedgerAccount.objects.values_list("stage", "levy_year__year", "grant__key", "balance")
        held = {
            (names.get(stage, stage), year, *([key] if key else [])): balance
            for stage, year, key, balance in rows
            if balance
        }
        assert held == {place: amount for place, amount in self.plain.items() if amount}

    def teardown(self) -> None:
        if not hasattr(self, "inside"):
            return
        try:
            connection.check_constraints()
            faults = [fault for fault in ledger_faults() if "its record says" not in fault]
        finally:
            transaction.set_rollback(True)
            self.inside.__exit__(None, None, None)
        assert faults == []


@pytest.mark.django_db
def test_the_ledger_agrees_with_plain_sums_whatever_is_done():
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=8,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
