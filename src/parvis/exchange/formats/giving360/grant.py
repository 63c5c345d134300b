"""A grant as 360Giving tells it, version 1.4.3, and why a grant may not fit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

VERSION = "1.4"


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who gives or receives. ``id`` is an org-id, or one made from the giver's own key."""

    id: str
    name: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Location:
    """Where those helped are."""

    name: str = ""
    country: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Classification:
    """A word of a vocabulary."""

    vocabulary: str
    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Disbursement:
    """A payment."""

    id: str
    day: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Grant:
    """A grant to one organisation. ``key`` is ours; ``url`` its page."""

    key: str
    id: str
    title: str
    description: str
    currency: str
    awarded: Decimal | None
    awarded_on: str
    funder: Organisation
    recipient: Organisation | None
    asked: Decimal | None = None
    paid: Decimal | None = None
    url: str = ""
    starts: str = ""
    ends: str = ""
    programme: tuple[str, str] | None = None
    locations: tuple[Location, ...] = ()
    classifications: tuple[Classification, ...] = ()
    disbursements: tuple[Disbursement, ...] = ()
    modified: str = ""


def why_not(grant: Grant) -> list[str]:
    """Fields the standard needs and this grant cannot fill; none when it fits."""
    needed = {
        "title": grant.title,
        "description": grant.description,
        "currency": grant.currency,
        "recipientOrganization": grant.recipient and grant.recipient.name,
        "fundingOrganization": grant.funder.id,
    }
    lacking = [field for field, told in needed.items() if not told]
    if grant.awarded is None:
        lacking.append("amountAwarded")
    if not is_day(grant.awarded_on):
        lacking.append("awardDate")
    return lacking


def is_day(text: str) -> bool:
    """Whether a date is known to its day: nothing less has a place here."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
