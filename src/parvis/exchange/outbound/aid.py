"""What each year's aid declaration is made of."""

from __future__ import annotations

from collections.abc import Iterator

from parvis.exchange.formats.aid.declaration import Heading, Payment
from parvis.exchange.formats.codes.reading import code_of
from parvis.foundation.values import PartialDate

from .awards import Award, awards
from .published import Published

#: The tables a declaration is read from.
TABLES = frozenset(
    {"subjects", "texts", "places", "bodies", "decisions", "levies", "conventions", "grants", "grant_payments",
     "statements", "aid_costs"}
)  # fmt: skip


def payments(published: Published) -> Iterator[Payment]:
    """Each grant, in each year something was paid for it; in the year of its vote when no record says. Then costs."""
    home = published.country_of(str(published.city.get("place") or ""))
    for award in awards(published):
        heading = Heading(
            _part(published, award, home), award.country, award.sector, award.channel, award.levy,
            str(award.row.get("currency") or ""),
        )  # fmt: skip
        yield from _of(award, heading)
    yield from _costs(published)


def _part(published: Published, award: Award, home: str) -> str:
    """What is told apart, from the grant's own kind, form and theme; refugees are those received at home."""
    if award.row.get("form") == "in_kind":
        return "in_kind"
    if award.kind == "mobility":
        return "scholarships"
    if "refugees" in published.themes_say(award.key, "aid") and award.country in ("", home):
        return "refugees"
    return "projects"


def _of(award: Award, heading: Heading) -> Iterator[Payment]:
    if not award.instalments:
        yield Payment(award.year, heading, award.paid, award.voted, award.key)
        return
    years = sorted({PartialDate.parse(one.day).earliest.year for one in award.instalments})  # type: ignore[union-attr]  # a payment has its day
    for year in years:
        paid = [one.amount for one in award.instalments if one.day.startswith(f"{year}")]
        voted = award.voted if year == award.year else None
        yield Payment(year, heading, sum(paid, paid[0] * 0), voted, award.key)


def _costs(published: Published) -> Iterator[Payment]:
    """Aid that is no grant: what was paid is all that is told of it."""
    for row in published.rows("aid_costs"):
        part = str(row["part"])
        heading = Heading(
            part, str(row["country"] or ""), code_of("part", part, "sector") or "99810",
            code_of("part", part, "channel"), "", str(row["currency"]),
        )  # fmt: skip
        yield Payment(int(row["year"]), heading, row["amount"], None, f"cost-{row['cost']}")
