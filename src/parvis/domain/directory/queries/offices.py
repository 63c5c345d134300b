"""Who held which office on a day.

A holding is *attested* on a day that lies within what its sources date. It is *likely* when the last
thing known before that day is that this person held the office, and nothing says it ended: what is
known only from later never colours the past. Acting for another is of that day, and likely on no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import QuerySet

from parvis.domain.directory.enums import Certainty
from parvis.domain.directory.models import Holding, Office
from parvis.foundation.values.partial_date import PartialDate, Precision
from parvis.register.models import Subject
from parvis.register.ordering import known_date


@dataclass(frozen=True, slots=True)
class Held:
    """An office held by a person on a day, and how sure that is."""

    holding: Holding
    certainty: Certainty

    @property
    def office(self) -> Office:
        return self.holding.owner

    @property
    def person(self) -> Subject:
        return self.holding.person

    @property
    def acting_for(self) -> Subject | None:
        """The person represented that day, if this one spoke for another."""
        return self.holding.acting_for


def all_holdings() -> QuerySet[Holding]:
    return Holding.objects.select_related("owner__subject", "owner__body", "person", "acting_for", "source")


def holder(office: Office, on: date) -> tuple[Held, ...]:
    """Who held an office on a day: those attested, or else the likeliest. Empty when nobody is known."""
    return _holding_on(all_holdings().filter(owner=office), on)


def role_on(person: Subject, on: date) -> tuple[Held, ...]:
    """The offices a person held on a day. A later role does not change the past."""
    offices = Office.objects.filter(holdings__person=person).distinct().order_by("subject__key")
    return tuple(held for office in offices for held in holder(office, on) if held.person == person)


def represented_by(person: Subject, on: date) -> tuple[Held, ...]:
    """Those who acted for a person on a day."""
    acting = all_holdings().filter(acting_for=person).order_by("owner__subject__key", "position")
    return tuple(
        Held(holding, Certainty.ATTESTED) for holding in acting if _certainty(holding, on) == Certainty.ATTESTED
    )


def ended_offices(on: date) -> Iterator[Holding]:
    """The last holding of each office that had ended by that day with nobody known after: it may be stale."""
    rows = all_holdings().order_by("owner__subject__key", "position")
    for _office, held in groupby(rows, key=lambda holding: holding.owner_id):
        holdings = list(held)
        if all(_last_day(holding) and _last_day(holding) < on for holding in holdings):  # type: ignore[operator]  # a day here
            yield max(holdings, key=lambda holding: (_last_day(holding), holding.position))


def undated_since(on: date, years: int = 2) -> Iterator[Holding]:
    """Holdings without an end whose last news is older than so many years: someone should look."""
    for holding in all_holdings().filter(valid_to="").order_by("owner__subject__key", "position"):
        news = _last_news(holding)
        if news and _years_between(news, on) >= years:
            yield holding


def _holding_on(holdings: Iterable[Holding], on: date) -> tuple[Held, ...]:
    known = [(holding, certainty) for holding in holdings if (certainty := _certainty(holding, on))]
    attested = [Held(holding, sure) for holding, sure in known if sure == Certainty.ATTESTED]
    if attested:
        return tuple(attested)
    latest = max((news for holding, _sure in known if (news := _news_before(holding, on))), default=None)
    return tuple(Held(holding, sure) for holding, sure in known if _news_before(holding, on) == latest)


def _certainty(holding: Holding, on: date) -> Certainty | None:
    """How sure it is that the office was held that day; None when it was not, or nothing was known yet."""
    start, end, seen = (known_date(text) for text in (holding.valid_from, holding.valid_to, holding.as_of))
    if (start and start.earliest and on < start.earliest) or (end and end.latest and on > end.latest):
        return None
    if _is_the_day_seen(seen, on) or _is_between(start or seen, end or seen, on):
        return Certainty.ATTESTED
    if holding.acting_for or not _news_before(holding, on):
        return None
    return Certainty.LIKELY


def _is_the_day_seen(seen: PartialDate | None, on: date) -> bool:
    """Whether the source speaks of that day, of that month or of that year."""
    if seen is None or seen.precision == Precision.INTERVAL or seen.earliest is None or seen.latest is None:
        return False
    return seen.earliest <= on <= seen.latest


def _is_between(start: PartialDate | None, end: PartialDate | None, on: date) -> bool:
    """Whether the day lies between two dates, whatever day they turn out to be."""
    if start is None or end is None or start.latest is None or end.earliest is None:
        return False
    return start.latest <= on <= end.earliest


def _news_before(holding: Holding, on: date) -> date | None:
    """The last day by then on which the office is known held; None when sources speak only of later."""
    days = [day for day in _days_of(holding) if day <= on]
    return max(days, default=None)


def _last_news(holding: Holding) -> date | None:
    return max(_days_of(holding), default=None)


def _days_of(holding: Holding) -> list[date]:
    dates = (known_date(text) for text in (holding.valid_from, holding.as_of, holding.valid_to))
    return [known.earliest for known in dates if known and known.earliest]


def _last_day(holding: Holding) -> date | None:
    end = known_date(holding.valid_to)
    return end.latest if end else None


def _years_between(first: date, last: date) -> int:
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))
