"""Framework agreements: what each year was voted to bring, both ways, and what the city paid under them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from parvis.domain.funding.enums import Direction, GrantForm, GrantState
from parvis.domain.funding.errors import spelt
from parvis.domain.funding.models import Allocation, Grant
from parvis.domain.funding.queries.limits import own_body
from parvis.domain.partnerships.models import Agreement
from parvis.register.models import Subject
from parvis.register.ordering import known_date
from parvis.register.sharing import shared_key

ZERO = Decimal(0)
_KIND = "framework"


@dataclass(slots=True)
class FrameworkYear:
    """A year of a framework agreement in one currency: its allocations both ways, and what its grants came to."""

    year: int
    currency: str
    lines: list[Allocation] = field(default_factory=list)
    voted: Decimal = ZERO
    paid: Decimal = ZERO

    def _sum(self, direction: Direction) -> Decimal:
        return sum((line.amount for line in self.lines if line.direction == direction), ZERO)

    @property
    def given(self) -> Decimal:
        return self._sum(Direction.GIVEN)

    @property
    def received(self) -> Decimal:
        return self._sum(Direction.RECEIVED)

    @property
    def left(self) -> Decimal:
        """Of what the city allotted, what no grant has taken yet."""
        return self.given - self.voted


def frameworks() -> list[Agreement]:
    """Framework agreements, and every other that has allocations, by key."""
    told = Allocation.objects.values("agreement")
    found = Agreement.objects.filter(subject__revision__gte=1).select_related("subject")
    return list((found.filter(subject__kind=_KIND) | found.filter(subject__in=told)).order_by("subject__key"))


def years_of_framework(agreement: Agreement) -> list[FrameworkYear]:
    """The years of an agreement, the latest first; amounts of two currencies never add up."""
    found: dict[tuple[int, str], FrameworkYear] = {}
    lines = Allocation.objects.filter(agreement=agreement.subject).select_related("party", "decision")
    for line in lines:
        key = (line.year, line.currency)
        found.setdefault(key, FrameworkYear(*key)).lines.append(line)
    given = _given_under(agreement.subject)
    for row in given.values("year", "currency").annotate(voted=Sum("amount_voted"), paid=Sum("amount_paid")):
        key = (row["year"], row["currency"])
        of_year = found.setdefault(key, FrameworkYear(*key))
        of_year.voted, of_year.paid = row["voted"] or ZERO, row["paid"] or ZERO
    return [found[key] for key in sorted(found, reverse=True)]


def allocation_stays(line: Allocation) -> str:
    """Why an allocation is not taken out: something is given under it. Empty where it may be."""
    if line.direction != Direction.GIVEN:
        return ""
    given = _given_under(line.agreement).filter(year=line.year, currency=line.currency)
    others = Allocation.objects.filter(
        agreement=line.agreement, year=line.year, currency=line.currency, direction=Direction.GIVEN
    ).exclude(pk=line.pk)
    left = others.aggregate(total=Sum("amount"))["total"] or ZERO
    taken = given.aggregate(total=Sum("amount_voted"))["total"] or ZERO
    if given.filter(beneficiary=line.party).exists() or taken > left:
        said = {"taken": spelt(taken, line.currency), "year": line.year}
        return (
            _("%(taken)s is given under this agreement in %(year)s: note another vote, which replaces this one.") % said
        )
    return ""


def _given_under(agreement: Subject) -> QuerySet[Grant]:
    given = Grant.objects.filter(agreement=agreement, form=GrantForm.CASH)
    return given.filter(state__in=(GrantState.AWARDED, GrantState.CLOSED)).order_by()


def parties_of(agreement: Agreement) -> list[Subject]:
    """Those an agreement binds."""
    return [row.party for row in agreement.parties.select_related("party")]


def others_of(agreement: Agreement) -> list[Subject]:
    """Those the city gives to or receives from under an agreement: its parties, less the city itself."""
    return [party for party in parties_of(agreement) if party.key != own_body()]


def outside_its_term(agreement: Agreement, year: int) -> bool:
    """Whether a year lies before an agreement is signed, or after it ends, as far as both are known."""
    starts, until = known_date(agreement.in_force_from or agreement.signed), known_date(agreement.until)
    early = starts is not None and starts.earliest is not None and year < starts.earliest.year
    late = until is not None and until.latest is not None and date(year, 1, 1) >= until.latest
    return early or late


def allocations_to_share() -> Iterator[dict[str, Any]]:
    """Allocations whose agreement, party and decision may all be known."""
    rows = Allocation.objects.select_related("agreement", "party", "decision")
    for row in rows.order_by("agreement__key", "year", "direction", "party__key"):
        keys = {name: shared_key(getattr(row, name)) for name in ("agreement", "party", "decision")}
        if all(keys.values()):
            facts = {name: getattr(row, name) for name in ("year", "direction", "amount", "currency", "voted")}
            yield keys | facts
