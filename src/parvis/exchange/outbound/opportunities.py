"""Calls for projects as opportunities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from parvis.exchange.formats.opportunities.writing import Moment, Money, Opportunity

from .published import Published, in_one


def opportunities(published: Published) -> Iterator[Opportunity]:
    """Every published call."""
    zone = ZoneInfo(str(published.city.get("time_zone") or "UTC"))
    there_is = _totals(published)
    for row in published.rows("calls"):
        key, currency = row["key"], str(row.get("currency") or published.city.get("currency") or "EUR")
        title = in_one(published.title(key), published.language)
        opens, closes = _moment(row.get("opens_at"), zone), _moment(row.get("closes_at"), zone)
        yield Opportunity(
            key=key,
            address=published.page(key),
            title=title,
            description=in_one(published.said(key, "summary", "purpose"), published.language) or title,
            status=_status(published.day, opens, closes),
            total=_money(there_is.get(row.get("envelope") or ""), currency),
            least=_money(row.get("least_amount"), currency),
            most=_money(row.get("amount"), currency),
            opens=opens,
            closes=closes,
            created=published.moment,
            modified=published.moment,
        )


def _totals(published: Published) -> dict[str, Decimal]:
    """What was voted for each envelope that one call alone draws on: shared, it is the total of neither."""
    drawn = Counter(str(row.get("envelope") or "") for row in published.rows("calls"))
    voted = {row["envelope"]: row["voted"] for row in published.rows("envelope_totals")}
    return {envelope: voted[envelope] for envelope, times in drawn.items() if times == 1 and voted.get(envelope)}


def _moment(told: str | None, zone: ZoneInfo) -> Moment | None:
    """A day with its hour, as the clocks of the city show it."""
    if not told:
        return None
    here = datetime.fromisoformat(told).astimezone(zone)
    return Moment(here.date().isoformat(), here.strftime("%H:%M:%S"))


def _money(amount: Decimal | None, currency: str) -> Money | None:
    return None if amount is None else Money(Decimal(amount), currency)


def _status(today: str, opens: Moment | None, closes: Moment | None) -> str:
    if closes and closes.day < today:
        return "closed"
    return "forecasted" if opens and opens.day > today else "open"
