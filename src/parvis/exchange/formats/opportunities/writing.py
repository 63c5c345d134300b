"""A list of opportunities in the CommonGrants shape."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson

#: Identifiers are made from the address of the call, so that they never change.
_SPACE = uuid.NAMESPACE_URL
STATUSES = ("forecasted", "open", "closed")


@dataclass(frozen=True, slots=True)
class Money:
    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, and the hour where it counts."""

    day: str
    hour: str = ""


@dataclass(frozen=True, slots=True)
class Opportunity:
    """A call. ``address`` is its page, and what its identifier is made from."""

    key: str
    address: str
    title: str
    description: str
    status: str
    total: Money | None = None
    least: Money | None = None
    most: Money | None = None
    opens: Moment | None = None
    closes: Moment | None = None
    created: str = ""
    modified: str = ""


def write_opportunities(opportunities: Iterable[Opportunity], path: Path) -> int:
    """Write them all as one page. Returns how many."""
    items = [as_json(one) for one in opportunities]
    page = {"page": 1, "pageSize": max(1, len(items)), "totalItems": len(items), "totalPages": 1}
    whole = {"status": 200, "message": "OK", "items": items, "paginationInfo": page}
    path.write_bytes(orjson.dumps(whole, option=orjson.OPT_INDENT_2) + b"\n")
    return len(items)


def as_json(one: Opportunity) -> dict[str, Any]:
    dates = {"postDate": _event("Opens", one.opens), "closeDate": _event("Closes", one.closes)}
    funding = {
        "totalAmountAvailable": _money(one.total),
        "minAwardAmount": _money(one.least),
        "maxAwardAmount": _money(one.most),
    }
    told: dict[str, Any] = {
        "id": str(uuid.uuid5(_SPACE, one.address)),
        "title": one.title,
        "description": one.description,
        "status": {"value": one.status if one.status in STATUSES else "custom", "customValue": one.status},
        "funding": _known(funding),
        "keyDates": _known(dates),
        "source": one.address,
        "customFields": {"parvisRecord": {"name": "parvisRecord", "fieldType": "string", "value": one.key}},
        "createdAt": one.created,
        "lastModifiedAt": one.modified,
    }
    if one.status in STATUSES:
        del told["status"]["customValue"]
    return _known(told)


def _event(name: str, moment: Moment | None) -> dict[str, Any] | None:
    if moment is None:
        return None
    return _known({"name": name, "eventType": "singleDate", "date": moment.day, "time": moment.hour})


def _money(money: Money | None) -> dict[str, str] | None:
    return {"amount": f"{money.amount:.2f}", "currency": money.currency} if money else None


def _known(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value not in (None, "", {})}
