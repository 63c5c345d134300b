"""Days from a request to its first payment, where both days are known: each grant's, and what they come to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from parvis.doors.portal.page import Page
from parvis.doors.ui import spelling
from parvis.foundation.values.spread import Spread, spread
from parvis.publication.reader import Filters

from .cites import Shown

#: A grant that was given; what was asked, refused or cancelled is paid to nobody.
GIVEN = Filters(states=("awarded", "closed"))


@dataclass(frozen=True, slots=True)
class Wait:
    """The days one grant waited, and where it is counted."""

    grant: str
    days: int
    year: tuple[str, ...]
    kind: tuple[str, ...]
    fund: tuple[str, ...]


def waits_of(page: Page) -> list[Wait]:
    """Each grant both of whose days are known, paid by the day shown."""
    day = page.shown_day.isoformat()
    days = {row["grant"]: int(row["days"]) for row in page.rows("grant_waits") if str(row.get("paid") or "") <= day}
    if not days:
        return []
    columns = page.release.columns("grants", "key", "year", "programme", "levy", "crisis")
    kinds = {row["key"]: row.get("kind") or "" for row in page.release.cards(days, lang=page.language).values()}
    return [
        Wait(key, days[key], (str(year),), _named(kinds.get(key)), _named(*funds))
        for key, year, *funds in columns
        if key in days
    ]


def _named(*values: str | None) -> tuple[str, ...]:
    return tuple(value for value in values if value)


def given_in_all(page: Page) -> int:
    """How many grants were given, paid or not."""
    told = page.release.summed("grant", filters=GIVEN, on=page.on)
    return told.counted + told.silent if told else 0


def told_in_brief(page: Page) -> Shown:
    """The one figure, for pages about something else."""
    waits = waits_of(page)
    given = given_in_all(page)
    return {"told": told_of(page, spread(wait.days for wait in waits)), "given": given, "unknown": given - len(waits)}


def told_of(page: Page, told: Spread | None, longest: int = 0) -> Shown | None:
    if told is None:
        return None
    most = longest or told.most or 1
    return {
        "count": told.count,
        "median": spelling.number(_decimal(told.median), page.language),
        "ninth": told.ninth_decile,
        "most": told.most,
        "width": str(round(told.median / most * 1000)),
        "tick": str(round(Fraction(told.ninth_decile, most) * 1000)),
    }


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)
