"""Allocations of framework agreements as a city's files write them, each voted through its room."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from parvis.domain.funding.actions import Slip, vote_allocation
from parvis.domain.funding.enums import Direction
from parvis.domain.partnerships.models import Agreement
from parvis.foundation.accounts.models import User
from parvis.register.models import Subject

_SAID = ("agreement", "party", "year", "direction", "amount", "currency", "decision", "day")


class Unreadable(Exception):
    """What an allocation of a file does not say, or says wrongly."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


def allot(said: Mapping[str, Any], *, by: User, at: datetime) -> None:
    """What a year of a framework agreement was voted to bring. Raises Unreadable, and what the room refuses."""
    unknown = sorted(set(said) - {*_SAID, "note"})
    if unknown or not all(said.get(name) for name in _SAID):
        raise Unreadable(next(iter(unknown), ""), f"an allocation says {', '.join(_SAID)}, and may say a note")
    agreement = Agreement.objects.filter(subject__key=said["agreement"]).select_related("subject").first()
    if agreement is None:
        raise _nowhere("agreement", said)
    party, decision = _named("party", said), _named("decision", said)
    try:
        vote_allocation(
            agreement=agreement,
            party=party,
            year=int(said["year"]),
            direction=Direction(said["direction"]),
            amount=Decimal(str(said["amount"])),
            currency=str(said["currency"]),
            slip=Slip(decision, date.fromisoformat(str(said["day"])), by, at, reason=str(said.get("note") or "")),
        )
    except (ValueError, InvalidOperation) as fault:
        raise Unreadable("", "its year, its direction, its amount or its day cannot be read") from fault


def _named(name: str, said: Mapping[str, Any]) -> Subject:
    found = Subject.objects.filter(key=said[name]).first()
    if found is None:
        raise _nowhere(name, said)
    return found


def _nowhere(name: str, said: Mapping[str, Any]) -> Unreadable:
    return Unreadable(name, f"no record has the key “{said[name]}”")
