"""The days of a rehearsal: all of a call lies behind the day it is set up, and one call is open on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

#: From the last day of June on, the reports of the year before are due: what is missing then is late.
_MONTH_OF_REPORTS = 7


@dataclass(frozen=True, slots=True)
class Calendar:
    """The call opens in September, the council answers in February, all is paid by December, accounted for by June."""

    today: date

    @property
    def year(self) -> int:
        """The year the council votes and the City pays."""
        return self.today.year - (1 if self.today.month >= _MONTH_OF_REPORTS else 2)

    @property
    def opens(self) -> date:
        return date(self.year - 1, 9, 2)

    @property
    def closes(self) -> date:
        return date(self.year - 1, 10, 31)

    @property
    def filed(self) -> datetime:
        return _noon(date(self.year - 1, 10, 15))

    @property
    def read(self) -> datetime:
        return _noon(date(self.year - 1, 12, 1))

    @property
    def proposed(self) -> datetime:
        """When the selection is put before the council: in the year the grants count in."""
        return _noon(date(self.year, 1, 14))

    @property
    def council(self) -> datetime:
        return _noon(date(self.year, 2, 11))

    @property
    def signed(self) -> datetime:
        return _noon(date(self.year, 3, 10))

    @property
    def paid(self) -> datetime:
        return _noon(date(self.year, 4, 7))

    @property
    def told(self) -> datetime:
        """When what was done is told."""
        return _noon(date(self.year, 9, 15))

    @property
    def paid_again(self) -> datetime:
        return _noon(date(self.year, 10, 6))

    @property
    def accounted(self) -> datetime:
        return _noon(date(self.year + 1, 3, 24))

    @property
    def settled(self) -> datetime:
        return _noon(date(self.year + 1, 5, 19))

    def words(self) -> dict[str, str]:
        """The days as the records of the stage name them."""
        return {
            "year": str(self.year),
            "next_year": str(self.today.year + 1),
            "council": self.council.date().isoformat(),
            "opens": self.opens.isoformat(),
            "closes": self.closes.isoformat(),
            "open_from": (self.today - timedelta(days=20)).isoformat(),
            "open_until": (self.today + timedelta(days=40)).isoformat(),
        }


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
