"""What drawing on one envelope needs inside: an envelope and grants, a process of those who draw, the adding up."""

from __future__ import annotations

import json
import random
import resource
import sys
import threading
import time
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import django

django.setup()

from django.db import connection, connections  # noqa: E402

from parvis.domain.funding import actions, queries  # noqa: E402
from parvis.domain.funding.actions import Slip, Source  # noqa: E402
from parvis.domain.funding.models import Envelope, Grant, Levy  # noqa: E402
from parvis.foundation.accounts.actions import house_account  # noqa: E402
from parvis.foundation.values import Refusal  # noqa: E402
from parvis.register.entry import take_apart  # noqa: E402
from parvis.register.models import Subject  # noqa: E402

CONNECTIONS, PROCESSES = 32, 4
#: Attempts on one grant: reserved in parts, awarded, raised.
_TURNS, _AWARD_AT = 20, 6
_MEAN, _ENOUGH_FOR = Decimal("5.00"), Decimal("0.65")
_DAY = date(2026, 3, 1)


def prepare(attempts: int) -> dict[str, Any]:
    by, at = house_account(), datetime.now(UTC)
    mark = f"{at:%H%M%S}"

    def enter(model: Any, action: Any, **content: Any) -> Any:
        taken = take_apart(model, {"title": {"en": content["key"]}, **content})
        return action(entry=taken.entry, facts=taken.facts, by=by, at=at)

    def subject(key: str, noun: str) -> Subject:
        moments = {"entered_at": at, "amended_at": at, "entered_by": by, "amended_by": by}
        return Subject.objects.create(key=key, noun=noun, visibility="draft", **moments)

    voted = (attempts * _MEAN * _ENOUGH_FOR).quantize(Decimal("1.00"))
    slip = Slip(decision=subject(f"bench-vote-{mark}", "decision"), day=_DAY, by=by, at=at)
    body = subject(f"bench-body-{mark}", "body")
    levy = enter(Levy, actions.enter_levy, key=f"bench-water-{mark}", rules=[{"rate": "0.01"}])
    year = actions.open_levy_year(levy=levy, year=2026, currency="EUR", base=voted * 100, by=by, at=at)
    envelope = enter(Envelope, actions.enter_envelope, key=f"bench-envelope-{mark}", levy=levy.key, year=2026)
    actions.vote_levy(levy_year=year, amount=voted, slip=slip)
    actions.allot(envelope=envelope, amount=voted, slip=slip)
    facts = {"beneficiary": body.key, "year": 2026, "currency": "EUR", "state": "asked"}
    several = -(-attempts // (_TURNS * CONNECTIONS)) * CONNECTIONS
    grants = [enter(Grant, actions.enter_grant, key=f"bench-grant-{mark}-{n}", **facts).pk for n in range(several)]
    return {"envelope": envelope.pk, "decision": slip.decision.pk, "grants": grants, "voted": str(voted)}


def draw(place: int, plan: dict[str, Any]) -> dict[str, Any]:
    """Eight connections of the thirty-two, each with grants of its own, all on the one envelope."""
    each = CONNECTIONS // PROCESSES
    came_to: Counter[str] = Counter()
    waits: list[float] = []
    ready = threading.Barrier(each)

    def one(number: int) -> None:
        chance = random.Random(number)
        slip = Slip(
            decision=Subject.objects.get(pk=plan["decision"]), day=_DAY, by=house_account(), at=datetime.now(UTC)
        )
        envelope = Envelope.objects.get(pk=plan["envelope"])
        grants = [Grant.objects.get(pk=pk) for pk in plan["grants"][number::CONNECTIONS]]
        ready.wait(60)
        for turn in range(_TURNS):
            for grant in grants:
                amount = (_MEAN * 2 * Decimal(chance.random())).quantize(Decimal("0.01")) + Decimal("0.01")
                begun = time.monotonic()
                came_to[_tried(grant, envelope, amount, turn, slip)] += 1
                waits.append(time.monotonic() - begun)
        connections.close_all()

    threads = [threading.Thread(target=one, args=[place * each + n]) for n in range(each)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {"outcomes": came_to, "waits": waits, "work": used.ru_utime + used.ru_stime}


def _tried(grant: Grant, envelope: Envelope, amount: Decimal, turn: int, slip: Slip) -> str:
    try:
        if turn < _AWARD_AT:
            actions.reserve(grant=grant, envelope=envelope, amount=amount, slip=slip)
        elif turn == _AWARD_AT:
            actions.award_grant(grant=grant, sources=[Source(envelope, amount)], slip=slip)
        else:
            actions.amend_award(grant=grant, envelope=envelope, change=amount, slip=slip)
    except Refusal as refusal:
        return type(refusal).__name__
    except Exception as fault:  # noqa: BLE001  # what it was is what is counted
        return f"fault {type(fault).__name__}: {fault}"[:120]
    return "done"


def check(plan: dict[str, Any]) -> dict[str, Any]:
    money = queries.standing_of_envelope(Envelope.objects.get(pk=plan["envelope"]))
    voted, faults = Decimal(plan["voted"]), list(queries.ledger_faults())
    if money.left < 0 or money.left + money.reserved + money.engaged != voted:
        faults.append(f"left {money.left}, reserved {money.reserved}, engaged {money.engaged} of {voted}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, deadlocks FROM pg_stat_database WHERE datname = current_database()")
        role, deadlocks = cursor.fetchone()
    if deadlocks or role != "parvis_app":
        faults.append(f"{deadlocks} deadlocks, as {role}")
    told = {"voted": voted, "left": money.left, "reserved": money.reserved, "engaged": money.engaged}
    return {name: str(amount) for name, amount in told.items()} | {"faults": faults}


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        print(json.dumps(prepare(int(sys.argv[2]))))
    elif sys.argv[1] == "draw":
        print(json.dumps(draw(int(sys.argv[2]), json.loads(sys.stdin.readline()))))
    else:
        print(json.dumps(check(json.loads(sys.argv[2]))))
