"""Thirty-two who draw on one envelope at the same moment, as the serving role: never a cent over, never stuck."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from parvis.domain.funding import actions, queries
from parvis.domain.funding.actions import Slip, Source
from parvis.domain.funding.errors import AboveTheCeiling, CeilingBelowVoted, NotAwarded, NotEnoughLeft
from parvis.domain.funding.errors.moving import YearClosed
from parvis.domain.funding.models import Envelope, Grant, LedgerEntry, Levy, LevyYear
from parvis.foundation.accounts.models import Role, User
from parvis.register.entry import take_apart
from parvis.register.models import Subject
from tests.attacks.test_two_at_once import outcomes, together

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
CONNECTIONS, TURNS = 32, 8
LEFT = Decimal("250.00")


@pytest.fixture
def clerk(own_database) -> User:
    return User.objects.create_user("clerk@ville.example", role=Role.ADMINISTRATOR)


@pytest.fixture
def slip(clerk) -> Slip:
    return Slip(decision=subject("vote", "decision", clerk), day=date(2026, 3, 1), by=clerk, at=NOON)


@pytest.fixture
def year(clerk) -> LevyYear:
    levy = enter(Levy, actions.enter_levy, clerk, key="water", rules=[{"rate": "0.01"}])
    return actions.open_levy_year(levy=levy, year=2026, currency="EUR", base=LEFT * 100, by=clerk, at=NOON)


@pytest.fixture
def envelope(year, slip) -> Envelope:
    made: Envelope = enter(Envelope, actions.enter_envelope, slip.by, key="solidae", levy="water", year=2026)
    actions.vote_levy(levy_year=year, amount=LEFT, slip=slip)
    actions.allot(envelope=made, amount=LEFT, slip=slip)
    return made


def subject(key: str, noun: str, by: User) -> Subject:
    moments = {"entered_at": NOON, "amended_at": NOON, "entered_by": by, "amended_by": by}
    return Subject.objects.create(key=key, noun=noun, visibility="public", **moments)


def enter(model: Any, action: Callable[..., Any], by: User, **content: Any) -> Any:
    taken = take_apart(model, {"title": {"en": content["key"]}, **content})
    return action(entry=taken.entry, facts=taken.facts, by=by, at=NOON)


def asked(key: str, by: User) -> Grant:
    facts = {"beneficiary": "solthis", "year": 2026, "currency": "EUR", "state": "asked"}
    grant: Grant = enter(Grant, actions.enter_grant, by, key=key, **facts)
    return grant


def test_thirty_two_who_draw_on_one_envelope_take_what_it_has_and_no_cent_more(envelope, slip):
    subject("solthis", "body", slip.by)
    grants = [asked(f"grant-{place}", slip.by) for place in range(CONNECTIONS)]

    def draw(place: int) -> Callable[[], list[str]]:
        def turns() -> list[str]:
            came_to = []
            for turn in range(TURNS):
                try:
                    _one(grants[place], envelope, Decimal(217 + place * 7 + turn) / 100, turn, slip)
                except NotEnoughLeft:
                    came_to.append("refused")
                else:
                    came_to.append("done")
            return came_to

        return turns

    came_to = together(*(draw(place) for place in range(CONNECTIONS)))

    told = [one for each in came_to for one in each]  # a fault is no list, and would stop here
    money = queries.standing_of_envelope(envelope)
    drawn = sum(entry.amount for entry in LedgerEntry.objects.filter(act__in=("reserve", "award", "raise")))
    given = sum(entry.amount for entry in LedgerEntry.objects.filter(act="release"))
    assert len(told) == CONNECTIONS * TURNS
    assert "refused" in told
    assert money.left >= 0
    assert money.left + money.reserved + money.engaged == LEFT
    assert drawn - given - _from_reserve() == LEFT - money.left
    assert list(queries.ledger_faults()) == []


def _one(grant: Grant, envelope: Envelope, amount: Decimal, turn: int, slip: Slip) -> None:
    """Reserve until the middle, award, then raise: every way money leaves an envelope."""
    if turn < TURNS // 2:
        actions.reserve(grant=grant, envelope=envelope, amount=amount, slip=slip)
    elif turn == TURNS // 2:
        actions.award_grant(grant=grant, sources=[Source(envelope, amount)], slip=slip)
    else:
        actions.amend_award(grant=grant, envelope=envelope, change=amount, slip=slip)


def _from_reserve() -> Decimal:
    """What awards took from reservations: it had left the envelope before."""
    rows = LedgerEntry.objects.filter(act="award", lines__account__stage="reserved")
    return sum((row.amount for row in rows), Decimal(0))


def test_who_closes_a_year_while_eight_draw_on_it_sees_all_they_took_and_they_take_no_more(envelope, slip, year):
    subject("solthis", "body", slip.by)
    grants = [asked(f"grant-{place}", slip.by) for place in range(8)]
    over = replace(slip, day=date(2027, 2, 1), reason="Voted")

    def draw(grant: Grant) -> Callable[[], list[str]]:
        def turns() -> list[str]:
            came_to = []
            for turn in range(TURNS):
                try:
                    _one(grant, envelope, Decimal(1), TURNS // 2 + turn, over)
                except (YearClosed, NotAwarded) as refusal:
                    came_to.append(type(refusal).__name__)
                else:
                    came_to.append("done")
            return came_to

        return turns

    def close() -> Decimal:
        while not LedgerEntry.objects.filter(act="award").exists():
            pass
        actions.close_levy_year(levy_year=year, slip=over)
        return queries.standing_of_year(year).engaged

    at_closing, *told = together(close, *(draw(grant) for grant in grants))

    said = [one for each in told for one in each]
    assert len(said) == 8 * TURNS
    assert at_closing == said.count("done") == queries.standing_of_year(year).engaged
    assert {"done", "YearClosed"} <= set(said) <= {"done", "YearClosed", "NotAwarded"}
    assert list(queries.ledger_faults()) == []


def test_two_awards_from_two_envelopes_in_opposite_order_never_wait_for_each_other(envelope, year, slip):
    subject("solthis", "body", slip.by)
    other: Envelope = enter(Envelope, actions.enter_envelope, slip.by, key="direct", levy="water", year=2026)
    actions.take_back(envelope=envelope, amount=LEFT / 2, slip=slip)
    actions.allot(envelope=other, amount=LEFT / 2, slip=slip)
    both = [Source(envelope, Decimal(5)), Source(other, Decimal(5))]
    grants = [asked(f"grant-{place}", slip.by) for place in range(16)]

    came_to = together(
        *(
            lambda grant=grant, way=way: actions.award_grant(grant=grant, sources=both[::way], slip=slip)
            for grant, way in zip(grants, (1, -1) * 8, strict=True)
        )
    )

    assert outcomes(came_to) == {"done": 16}
    assert queries.standing_of_year(year).engaged == 160


def test_eight_who_award_one_grant_are_one_who_did(envelope, slip):
    subject("solthis", "body", slip.by)
    grant = asked("grant-1", slip.by)

    came_to = together(
        *(
            lambda: actions.award_grant(grant=grant, sources=[Source(envelope, Decimal(10))], slip=slip)
            for _ in range(8)
        )
    )

    assert outcomes(came_to) == {"done": 1, "GrantMoveRefused": 7}
    assert queries.standing_of_envelope(envelope).engaged == 10


def test_a_base_that_falls_while_the_council_votes_leaves_one_of_them_told(year, slip):
    half = Decimal(LEFT * 50)

    came_to = together(
        lambda: actions.set_base(levy_year=year, base=half, base_source="", by=slip.by, at=NOON),
        *(lambda: actions.vote_levy(levy_year=year, amount=LEFT / 4, slip=slip) for _ in range(6)),
    )

    held = LevyYear.objects.get(pk=year.pk)
    refused = [one for one in came_to if isinstance(one, Exception)]
    assert {type(one) for one in refused} <= {AboveTheCeiling, CeilingBelowVoted}
    assert not any(isinstance(one, IntegrityError) for one in came_to)
    assert queries.standing_of_year(held).voted <= held.ceiling
    assert list(queries.ledger_faults()) == []


def test_one_form_of_money_pressed_eight_times_at_the_same_moment_is_done_once(year, slip):
    desk, address = Client(), f"/bureau/argent/water/{year.year}/"
    desk.force_login(slip.by)
    form = re.search(r'name="do" value="vote"><input type="hidden" name="-once" value="([^"]+)"', shown(desk, address))
    vote = {"do": "vote", "-once": form[1], "amount": "10", "decision": "vote", "day": "2026-03-01"}

    def press() -> int:
        hand = Client()
        hand.cookies = desk.cookies
        return hand.post(address, vote).status_code

    came_to = together(*(press for _hand in range(8)))

    assert (came_to, queries.standing_of_year(year).voted) == ([302] * 8, Decimal(10))


def shown(desk: Client, address: str) -> str:
    return desk.get(address).content.decode()
