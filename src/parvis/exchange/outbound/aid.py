"""What each year's aid declaration is made of."""

from __future__ import annotations

from collections.abc import Iterator

from parvis.exchange.formats.aid.declaration import Heading, Payment
from parvis.foundation.values import PartialDate

from .awards import Award, awards
from .published import Published


def payments(published: Published) -> Iterator[Payment]:
    """Each grant, in each year something was paid for it; in the year of its vote when no record says."""
    for award in awards(published):
        heading = Heading(
            "scholarships" if award.kind == "mobility" else "projects",
            award.country, award.sector, award.channel, award.levy, str(award.row.get("currency") or ""),
        )  # fmt: skip
        yield from _of(award, heading)


def _of(award: Award, heading: Heading) -> Iterator[Payment]:
    if not award.instalments:
        yield Payment(award.year, heading, award.paid, award.voted, award.key)
        return
    years = sorted({PartialDate.parse(one.day).earliest.year for one in award.instalments})  # type: ignore[union-attr]  # a payment has its day
    for year in years:
        paid = [one.amount for one in award.instalments if one.day.startswith(f"{year}")]
        voted = award.voted if year == award.year else None
        yield Payment(year, heading, sum(paid, paid[0] * 0), voted, award.key)
