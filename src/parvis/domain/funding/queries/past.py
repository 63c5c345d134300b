"""What those who ask won before: how often and how much, in earlier editions of the call.

A body is the one its number names, whatever its establishment, and every record judged to be the same thing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from parvis.domain.directory.models import Body
from parvis.domain.funding.enums import BodyScheme, GrantState
from parvis.domain.funding.models import ApplicantBody, Application, Call, Grant
from parvis.domain.funding.queries.limits import funding_rule
from parvis.register.queries import judged_same

_GIVEN = (GrantState.AWARDED, GrantState.CLOSED)
_SIREN = 9


@dataclass(frozen=True, slots=True)
class Wins:
    """The grants a body won in earlier editions, the latest first; ``alike`` of them in the discipline it asks for."""

    grants: tuple[Grant, ...]
    alike: int
    repeated: bool

    @property
    def years(self) -> list[int]:
        return sorted({grant.year for grant in self.grants})

    def amount(self, currency: str) -> Decimal:
        """All it was voted then, in one currency."""
        voted = (grant.amount_voted or Decimal(0) for grant in self.grants if grant.currency == currency)
        return sum(voted, Decimal(0))


def wins_of(call: Call, disciplines: Mapping[str, str], files: Iterable[Application] | None = None) -> dict[str, Wins]:
    """What the body behind each file won before; nothing for a file whose body won nothing.

    ``disciplines`` are those the files say: where a call asks for one, a grant of any discipline counts.
    """
    rows = call.applications.select_related("body") if files is None else files
    held = {str(file.pk): file.body for file in rows}
    earlier = _earlier(call, by_discipline=bool(disciplines))
    by_subject: dict[int, list[Grant]] = defaultdict(list)
    for grant in earlier:
        if grant.beneficiary_id is not None:
            by_subject[grant.beneficiary_id].append(grant)
    if not by_subject:
        return {}
    known = _Known()
    least = funding_rule("repeat_wins", _day_of(call)).value
    found = {}
    for file, body in held.items():
        grants = [grant for subject in sorted(known.subjects_of(body)) for grant in by_subject.get(subject, ())]
        if grants:
            alike = sum(bool(grant.discipline) and grant.discipline == disciplines.get(file) for grant in grants)
            ordered = tuple(sorted(grants, key=lambda grant: (-grant.year, grant.key)))
            found[file] = Wins(ordered, alike, len(grants) >= least)
    return found


def _day_of(call: Call) -> date:
    """The day an edition is judged by: that of its closing, or the last of its year."""
    if call.closes_at is not None:
        return call.closes_at.date()
    year = call.edition if call.edition.isdecimal() and len(call.edition) == 4 else "9999"
    return date(int(year), 12, 31)


def _earlier(call: Call, *, by_discipline: bool) -> QuerySet[Grant]:
    """Grants of earlier editions: of the same programme, of the calls this one follows, of any art or field."""
    same = Q(file__in=Application.objects.filter(call__in=_editions_before(call)).values("number"))
    if call.programme_id is not None:
        same |= Q(programme=call.programme)
    if by_discipline:
        same |= ~Q(discipline="")
    year = _day_of(call).year
    since = year - int(funding_rule("repeat_years", _day_of(call)).value)
    own = call.applications.filter(number__isnull=False).values("number")
    grants = Grant.objects.filter(same, beneficiary__isnull=False, state__in=_GIVEN, year__gte=since, year__lte=year)
    return grants.exclude(file__in=own).select_related("subject").prefetch_related("subject__texts")


def _editions_before(call: Call) -> list[int]:
    """The calls that this one follows, however far back."""
    found: list[int] = []
    before = call.follows_id
    while before is not None and before not in found:
        found.append(before)
        before = Call.objects.filter(pk=before).values_list("follows", flat=True).first()
    return found


class _Known:
    """The records that stand for a body, read once."""

    def __init__(self) -> None:
        self.same = judged_same()
        self.numbers: dict[tuple[str, str], set[int]] = defaultdict(set)
        for subject, identifiers in Body.objects.exclude(identifiers={}).values_list("pk", "identifiers"):
            for scheme, number in identifiers.items():
                self.numbers[_legal(scheme, str(number))].add(subject)

    def subjects_of(self, body: ApplicantBody) -> set[int]:
        named = set(self.numbers.get(_legal(body.scheme, body.number), ()))
        if body.record_id is not None:
            named.add(body.record_id)
        return named.union(*(self.same.get(one, frozenset()) for one in named))


def _legal(scheme: str, number: str) -> tuple[str, str]:
    """The legal body behind a number: establishments of one share the first nine digits of their SIRET."""
    return ("siren", number[:_SIREN]) if scheme in (BodyScheme.SIRET, "siren") else (scheme, number)
