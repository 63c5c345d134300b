"""Any sequence of votes, reservations, awards, amendments, payments, claims and carries agrees with plain sums."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from parvis.domain.funding import actions
from parvis.domain.funding.actions import Answer, Slip, Source
from parvis.domain.funding.actions.awards import book
from parvis.domain.funding.enums import Act
from parvis.domain.funding.models import (
    Amendment,
    Envelope,
    Grant,
    Instalment,
    LedgerAccount,
    Levy,
    PaymentOrder,
    RecoveryClaim,
)
from parvis.domain.funding.queries import ledger_faults
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.values.refusal import Refusal
from parvis.register.entry import take_apart
from parvis.register.models import Subject

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CENTS = st.integers(1, 3000).map(lambda cents: Decimal(cents) / 100)
SMALL = st.integers(1, 500).map(lambda cents: Decimal(cents) / 100)
PICKS = st.integers(0, 5)
ALONG = {
    "pay": ("committed", "paid"),
    "claim": ("paid", "owed"),
    "waive": ("owed", "paid"),
    "recover": ("owed", "recovered"),
}
#: What is paid here without an order, or told on no record, is told so: it is moved by hand.
BY_HAND = ("its record says", "its orders say")
ENGAGED = ("committed", "paid", "owed", "recovered")
YEARS, GRANTS = (2026, 2027), ("g1", "g2", "g3", "g4")
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
        self.hall = self._enter(Grant, actions.enter_grant, key="hall", form="in_kind", kind="in_kind", **facts)
        self.last = replace(self.slip, day=date(2028, 1, 1), reason="Voted")
        self.plain: Counter[tuple] = Counter()
        self.closed: set[int] = set()
        self.state = dict.fromkeys((*GRANTS, "hall"), "asked")
        self.worth = Decimal(0)
        self.waiting: dict[str, tuple[Amendment, int]] = {}
        self.claims: list[tuple[str, int, RecoveryClaim, Decimal]] = []
        self.orders: list[tuple[str, int, PaymentOrder, str]] = []
        self.aside: set[Instalment] = set()  # planned again: see test_planning
        for year, amount in ((2026, Decimal(80)), (2027, Decimal(40))):  # most of what follows needs money to be there
            self.vote(year=year, amount=amount)
            self.allot(year=year, amount=amount)
        self.award(pick=0, year=2026, amount=Decimal(20))
        self.convene(pick=0)
        self.along(pick=0, amount=Decimal(12), whole=False, act="pay")
        self.pay_an_order(pick=0, amount=Decimal(5), whole=False, refused=False)
        assert self.orders, "nothing was paid: nothing could be sent back"

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
        within = -self.plain["council", year] + amount <= CEILING[year] and year not in self.closed
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
            may=year not in self.closed,
        )

    @rule(year=st.sampled_from(YEARS), turn=st.integers(0, 7))
    def close(self, year, turn):
        """A year ends: not too often, since nothing new is given from it afterwards."""
        if turn:
            return
        kept = any(self.plain["reserved", year, key] for key in GRANTS)
        done = self._does(
            lambda: actions.close_levy_year(levy_year=self.years[year], slip=self.last),
            [], may=year not in self.closed and not kept,
        )  # fmt: skip
        if done:
            self.closed.add(year)

    @precondition(lambda self: self.closed)
    @rule(year=st.sampled_from(YEARS))
    def reopen(self, year):
        """A year closed by mistake opens again: money is given from it as before."""
        done = self._does(
            lambda: actions.reopen_levy_year(levy_year=self.years[year], slip=self.last), [], may=year in self.closed
        )
        if done:
            self.closed.discard(year)

    @rule(year=st.sampled_from(YEARS), amount=CENTS)
    def take_back(self, year, amount):
        self._does(
            lambda: actions.take_back(envelope=self.envelopes[year], amount=amount, slip=self.slip),
            [(("left", year), amount), (("voted", year), -amount)],
        )

    @rule(amount=CENTS, forward=st.booleans())
    def carry(self, amount, forward):
        old, new = YEARS if forward else YEARS[::-1]
        within = -self.plain["council", new] + amount <= CEILING[new] and new not in self.closed
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

    @precondition(lambda self: self._among("asked"))
    @rule(pick=PICKS, year=st.sampled_from(YEARS), amount=CENTS)
    def reserve(self, pick, year, amount):
        keys = self._among("asked")
        key = keys[pick % len(keys)] if pick else GRANTS[0]
        self._does(
            lambda: actions.reserve(
                grant=self.grants[key], envelope=self.envelopes[year], amount=amount, slip=self.slip
            ),
            [(("left", year), amount), (("reserved", year, key), -amount)],
            may=self.state[key] == "asked" and year not in self.closed,
        )

    @precondition(lambda self: self._among("asked"))
    @rule(pick=PICKS, year=st.sampled_from(YEARS), amount=CENTS)
    def award(self, pick, year, amount):
        keys = self._among("asked")
        key = keys[pick % len(keys)] if pick else GRANTS[0]
        kept = self.plain["reserved", year, key]
        moves = [(("reserved", year, key), kept), (("left", year), amount - kept), (("committed", year, key), -amount)]
        done = self._does(
            lambda: actions.award_grant(
                grant=self.grants[key], sources=[Source(self.envelopes[year], amount)], slip=self.slip
            ),
            moves,
            may=self.state[key] == "asked" and year not in self.closed,
        )
        if done:
            self.state[key] = "awarded"

    @precondition(lambda self: self._among("awarded"))
    @rule(pick=PICKS, year=st.sampled_from(YEARS), amount=SMALL, more=st.booleans())
    def amend(self, pick, year, amount, more):
        keys = self._among("awarded")  # one under convention is amended by a paper, which both sign
        key = keys[pick % len(keys)] if pick else next(iter(self._among("asked")), keys[0])
        less = (("left", year), ("committed", year, key))[:: 1 if more else -1]
        self._does(
            lambda: actions.amend_award(
                grant=self.grants[key],
                envelope=self.envelopes[year],
                change=amount if more else -amount,
                slip=self.slip,
            ),
            [(less[0], amount), (less[1], -amount)],
            may=self.state[key] == "awarded" and not (more and year in self.closed),
        )

    def _among(self, *states: str) -> list[str]:
        return [key for key in GRANTS if self.state[key] in states]

    def _where(self, stage: str, key: str) -> int:
        """The year in which a grant has money at this stage; the first where it has none."""
        return next((year for year in YEARS if self.plain[stage, year, key]), YEARS[0])

    def _engaged(self, key: str) -> Decimal:
        return sum((self.plain[stage, year, key] for stage in ENGAGED for year in YEARS), Decimal(0))

    @precondition(lambda self: len(self._among("awarded", "signed", "cancelled")) > 1)
    @rule(pick=st.integers(0, 12))
    def cancel(self, pick):
        keys = self._among("awarded", "signed", "cancelled")
        if pick >= len(keys):  # it ends the story of a grant: not too often
            return
        key = keys[pick]
        places = [place for place in list(self.plain) if place[0] in ("committed", "reserved") and place[2] == key]
        kept = sum(self.plain[name, year, key] for name in ("paid", "owed") for year in YEARS)
        moves = [(place, self.plain[place]) for place in places]
        moves += [(("left", place[1]), -self.plain[place]) for place in places]
        done = self._does(
            lambda: actions.cancel_award(grant=self.grants[key], slip=self.slip),
            moves,
            may=kept == 0 and self.state[key] in ("asked", "awarded", "signed"),
        )
        if done:
            self.state[key] = "cancelled"
            self.waiting.pop(key, None)

    def _signed(self, key, grant):
        facts = {"number": f"C-{key}", "regranting": False, "starts": date(2026, 1, 1), "ends": date(2027, 12, 31)}
        actions.draw_up_convention(grant=grant, **facts, by=self.by, at=NOON)
        actions.sign_convention(grant=grant, signed=date(2026, 3, 1), by=self.by, at=NOON)

    @precondition(lambda self: self._among("awarded"))
    @rule(pick=PICKS)
    def convene(self, pick):
        """Both sign a convention of what is committed; nothing moves."""
        keys = self._among("awarded")
        key = keys[pick % len(keys)]
        if self._engaged(key):
            self._signed(key, self.grants[key])
            self.state[key] = "signed"

    @precondition(lambda self: self._among("signed"))
    @rule(pick=PICKS, year=st.sampled_from(YEARS), amount=SMALL, more=st.booleans())
    def make_amendment(self, pick, year, amount, more):
        """What it adds is kept for it; what it takes moves when it is signed."""
        keys = self._among("signed")
        key = keys[pick % len(keys)]
        left = self._engaged(key) - amount
        may = self.state[key] == "signed" and key not in self.waiting
        may = may and not (more and year in self.closed)
        may = may and (more or (left > 0 and self.plain["committed", year, key] >= amount))

        def make():
            self.made = actions.amend_convention(
                grant=self.grants[key], slip=self.slip, reason="So", envelope=self.envelopes[year],
                change=amount if more else -amount,
            )  # fmt: skip

        moves = [(("left", year), amount), (("reserved", year, key), -amount)] if more else []
        if self._does(make, moves, may=may):
            self.waiting[key] = (self.made, year)

    @precondition(lambda self: self.waiting)
    @rule(pick=PICKS, signed=st.booleans())
    def settle_amendment(self, pick, signed):
        """Both sign it, and it holds; or it is given up, and all is as it was."""
        key = sorted(self.waiting)[pick % len(self.waiting)]
        amendment, year = self.waiting.pop(key)
        change, less = amendment.change, self.plain["committed", year, key] < -amendment.change
        kept, committed, left = ("reserved", year, key), ("committed", year, key), ("left", year)
        if signed:
            moves = [(kept, change), (committed, -change)] if change > 0 else [(committed, -change), (left, change)]
            act = actions.sign_amendment
            told = {"signed": date(2026, 3, 2)}
        else:
            moves = [(kept, change), (left, -change)] if change > 0 else []
            act, told = actions.give_up_amendment, {"on": date(2026, 3, 2)}
        done = self._does(
            lambda: act(amendment=amendment, **told, by=self.by, at=NOON), moves, may=not (signed and less)
        )
        if not done:
            self.waiting[key] = (amendment, year)

    @precondition(lambda self: self._among("awarded", "signed"))
    @rule(pick=PICKS, amount=CENTS, whole=st.booleans())
    def claim(self, pick, amount, whole):
        keys = self._among("awarded", "signed")
        key = keys[pick % len(keys)]
        year = self._where("paid", key)
        amount = self.plain["paid", year, key] if whole and self.plain["paid", year, key] else amount

        def claim():
            self.made = actions.claim_back(
                grant=self.grants[key], envelope=self.envelopes[year], amount=amount, reason="Not spent", slip=self.slip
            )

        moves = [(("paid", year, key), amount), (("owed", year, key), -amount)]
        if self._does(claim, moves, may=self.state[key] in ("awarded", "signed")):
            self.claims.append((key, year, self.made, amount))

    @precondition(lambda self: self.claims)
    @rule(pick=PICKS, part=st.none() | CENTS, back=st.booleans())
    def settle_claim(self, pick, part, back):
        """Something comes back on a claim, or what is left of it is given up."""
        place = pick % len(self.claims)
        key, year, claim, left = self.claims[place]
        moved = part if back and part else left
        done = self._does(
            lambda: actions.settle_claim(claim=claim, recovered=back, slip=self.slip, amount=part),
            [(("owed", year, key), moved), (("recovered" if back else "paid", year, key), -moved)],
            may=left > 0 and moved <= left,
        )
        if done:
            self.claims[place] = (key, year, claim, left - moved)

    @precondition(lambda self: self._among("awarded", "signed"))
    @rule(pick=PICKS, amount=CENTS, whole=st.booleans(), refused=st.booleans())
    def pay_an_order(self, pick, amount, whole, refused):
        """An instalment is ordered, handed over, and finance says that it is paid, or refuses it."""
        keys = self._among("awarded", "signed")
        key = keys[pick % len(keys)]
        year = self._where("committed", key)
        amount = self.plain["committed", year, key] if whole and self.plain["committed", year, key] else amount

        def pay():
            count = max(self.grants[key].instalments.values_list("position", flat=True), default=0)
            facts = {"envelope": self.envelopes[year].subject, "amount": amount, "condition": "signature"}
            due = Instalment.objects.create(grant=self.grants[key], position=count + 1, **facts)
            self.made = self._ordered(due, refused=refused)

        moves = [] if refused else [(("committed", year, key), amount), (("paid", year, key), -amount)]
        if self._does(pay, moves, may=key not in self.waiting):
            self.orders.append((key, year, self.made, "refused" if refused else "paid"))

    def _ordered(self, due, *, refused=False) -> PaymentOrder:
        made = actions.order_payment(instalment=due, slip=self.slip)
        actions.export_orders(on=self.slip.day, by=self.by, at=NOON)
        said = {"refused": "Closed"} if refused else {"paid": self.slip.day, "amount": due.amount}
        answer = Answer(line=1, number=made.number, **said)
        (outcome,) = actions.take_answers(answers=[answer], by=self.by, at=NOON)
        if not outcome.taken:
            raise Refusal
        return made

    @precondition(lambda self: self.orders)
    @rule(pick=PICKS)
    def send_back(self, pick):
        """The bank sends a transfer back; told again, nothing moves."""
        place = pick % len(self.orders)
        key, year, order, told = self.orders[place]
        moves = [(("paid", year, key), order.amount), (("committed", year, key), -order.amount)]
        done = self._does(
            lambda: actions.return_payment(order=order, on=self.slip.day, why="Wrong IBAN", by=self.by, at=NOON),
            moves if told == "paid" else [],
            may=told != "refused",
        )
        if done:
            self.orders[place] = (key, year, order, "returned")

    @precondition(lambda self: {"refused", "returned"} & {told for *_order, told in self.orders})
    @rule(pick=PICKS, mistaken=st.booleans(), stands=st.integers(0, 7))
    def pay_after_all(self, pick, mistaken, stands):
        """What was refused or sent back is paid: told by mistake, or ordered again. Seldom what stands."""
        orders = [each for each in self.orders if stands == 0 or each[3] != "paid"]
        key, year, order, _told = orders[pick % len(orders)]
        due = order.instalment

        def pay():
            again = {"order": order, "why": "Another was meant", "paid": self.slip.day, "by": self.by, "at": NOON}
            self.made = actions.restore_payment(**again) if mistaken else self._ordered(due)

        moves = [(("committed", year, key), order.amount), (("paid", year, key), -order.amount)]
        paid = any(each.instalment == due and said == "paid" for _key, _year, each, said in self.orders)
        may = self.state[key] in ("awarded", "signed") and key not in self.waiting and not paid
        if self._does(pay, moves, may=may and (mistaken or due not in self.aside)):
            self.aside.discard(due)
            self.orders.append((key, year, self.made, "paid"))

    @rule(value=CENTS, more=st.booleans())
    def help_in_kind(self, value, more):
        """It is worth so much, and no account of money moves."""
        if self.state["hall"] == "asked":
            self.hall = actions.award_in_kind(grant=self.hall, value=value, slip=self.slip)
            self._signed("hall", self.hall)
            self.state["hall"], self.worth = "signed", value
            return
        change = value if more else -value

        def amend():
            made = actions.amend_convention(grant=self.hall, slip=self.slip, reason="So", change=change)
            actions.sign_amendment(amendment=made, signed=date(2026, 3, 2), by=self.by, at=NOON)

        if self._does(amend, [], may=self.worth + change > 0):
            self.worth += change

    @precondition(lambda self: self._among("awarded", "signed"))
    @rule(pick=PICKS, amount=CENTS, whole=st.booleans(), act=st.sampled_from(sorted(ALONG)))
    def along(self, pick, amount, whole, act):
        keys = self._among("awarded", "signed")
        key = keys[pick % len(keys)]
        year = self._where(ALONG[act][0], key)
        source, target = ((name, year, key) for name in ALONG[act])
        amount = self.plain[source] if whole and self.plain[source] else amount
        self._does(
            lambda: book(self.grants[key], self.envelopes[year], Act(act), amount, self.slip),
            [(source, amount), (target, -amount)],
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
            faults = [fault for fault in ledger_faults() if not any(said in fault for said in BY_HAND)]
            faults += [
                grant.key
                for grant in Grant.objects.filter(state="awarded")
                if grant.amount_voted != self._voted(grant.key)
            ]
        finally:
            transaction.set_rollback(True)
            self.inside.__exit__(None, None, None)
        assert faults == []

    def _voted(self, key: str) -> Decimal:
        """What the record of an award should say was voted: all that is engaged, or what help in kind is worth."""
        return self.worth if key == "hall" else self._engaged(key)


@pytest.mark.django_db
def test_the_ledger_agrees_with_plain_sums_whatever_is_done():
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=6,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
