"""Calls for projects as opportunities. While no room publishes calls, there are none."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from parvis.exchange.formats.opportunities.writing import Moment, Money, Opportunity

from .published import Published, Row, in_one


def opportunities(published: Published) -> Iterator[Opportunity]:
    """Every published call."""
    for row in published.rows("calls"):
        key, currency = row["key"], str(row.get("currency") or published.city.get("currency") or "EUR")
        title = in_one(published.title(key), published.language)
        opens, closes = _moment(row, "opens"), _moment(row, "closes")
        yield Opportunity(
            key=key,
            address=published.page(key),
            title=title,
            description=in_one(published.said(key, "summary", "purpose"), published.language) or title,
            status=_status(published.day, opens, closes),
            total=_money(row.get("amount"), currency),
            least=_money(row.get("minimum"), currency),
            most=_money(row.get("maximum"), currency),
            opens=opens,
            closes=closes,
            created=published.moment,
            modified=published.moment,
        )


def _moment(row: Row, name: str) -> Moment | None:
    """A day with its hour, from a moment or a day."""
    text = str(row.get(name) or row.get(f"{name}_at") or "")
    if not text:
        return None
    day, _t, hour = text.partition("T")
    return Moment(day, hour[:8])


def _money(amount: Decimal | None, currency: str) -> Money | None:
    return None if amount is None else Money(Decimal(amount), currency)


def _status(today: str, opens: Moment | None, closes: Moment | None) -> str:
    if closes and closes.day < today:
        return "closed"
    return "forecasted" if opens and opens.day > today else "open"
