"""Finding the place a name means.

A name may be written any way: accents, capitals, hyphens and apostrophes are folded, and every name
GeoNames knows counts, in any script, with those the city recorded itself. One place is taken only when

- it alone answers to the name (in the country, when one is stated); or
- a country is stated, and it alone bears the name as its own there, no other there being larger; or
- it is far larger than any other: twenty times the inhabitants, and 100 000 at least. A place that
  bears the name as its own need only be larger than those known by it among other names.

Otherwise the candidates are returned, the likeliest first, and a person chooses. A name found by a
single slip of the pen (one letter more, less, changed, or two swapped) is only ever a candidate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from string import ascii_lowercase

from parvis.domain.directory.enums import Because, Match, Outcome
from parvis.domain.directory.models import GazetteerName, GazetteerPlace, GazetteerState, Place
from parvis.foundation.values.text import fold, squeeze
from parvis.register.models import Name

_FAR_LARGER = 20
_LARGE = 100_000
_SHORTEST_GUESS = 5
_TOLD = 10


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that answers to a name, and how."""

    place: GazetteerPlace
    match: Match


@dataclass(frozen=True, slots=True)
class Resolution:
    """What came of looking for a name: one place and why, or several to choose from, or none."""

    name: str
    country: str | None
    candidates: tuple[Candidate, ...] = ()
    place: GazetteerPlace | None = None
    because: Because | None = None

    @property
    def outcome(self) -> Outcome:
        if self.place:
            return Outcome.ONE
        return Outcome.SEVERAL if self.candidates else Outcome.NONE


def gazetteer() -> GazetteerState | None:
    """The gazetteer that is loaded, if one is."""
    return GazetteerState.objects.first()


def gazetteer_place(geoname: int) -> GazetteerPlace | None:
    return GazetteerPlace.objects.filter(geoname=geoname).first()


def resolve(name: str, *, country: str | None = None) -> Resolution:
    """The place a name means, by the rule above. Never a silent choice."""
    bearers = _bearers(name, country)
    taken, because = _clear_winner(bearers, country)
    if taken:
        return Resolution(name, country, tuple(bearers[:_TOLD]), taken.place, because)
    return Resolution(name, country, tuple((bearers or _near(name, country))[:_TOLD]))


def _bearers(name: str, country: str | None) -> list[Candidate]:
    """Places that answer to a name as it is written, the largest first."""
    key = squeeze(name)
    if not key:
        return []
    found = {
        row.place_id: Candidate(row.place, Match.OWN_NAME if row.own else Match.OTHER_NAME)
        for row in GazetteerName.objects.filter(squeezed=key).select_related("place")
    }
    for place in _recorded_under(name):
        found.setdefault(place.geoname, Candidate(place, Match.OTHER_NAME))
    return _largest_first(found.values(), country)


def _recorded_under(name: str) -> Iterable[GazetteerPlace]:
    """Places the city itself recorded under that name: an alias, a misspelling read in a source."""
    subjects = Name.objects.filter(folded=fold(name), subject__noun=Place.noun).values("subject")
    return GazetteerPlace.objects.filter(
        geoname__in=Place.objects.filter(subject__in=subjects, geoname__isnull=False).values("geoname")
    )


def _near(name: str, country: str | None) -> list[Candidate]:
    """Places that bear a name one slip away."""
    key = squeeze(name)
    if len(key) < _SHORTEST_GUESS:
        return []
    rows = GazetteerName.objects.filter(squeezed__in=set(_one_slip_from(key))).select_related("place")
    return _largest_first({row.place_id: Candidate(row.place, Match.NEAR) for row in rows}.values(), country)


def _one_slip_from(key: str) -> Iterator[str]:
    letters = ascii_lowercase if key.isascii() else "".join(sorted(set(key)))
    cuts = [(key[:at], key[at:]) for at in range(len(key) + 1)]
    yield from (before + after[1:] for before, after in cuts if after)
    yield from (before + after[1] + after[0] + after[2:] for before, after in cuts if len(after) > 1)
    yield from (before + letter + after[1:] for before, after in cuts if after for letter in letters)
    yield from (before + letter + after for before, after in cuts for letter in letters)


def _largest_first(found: Iterable[Candidate], country: str | None) -> list[Candidate]:
    kept = (candidate for candidate in found if country in (None, candidate.place.country))
    return sorted(
        kept,
        key=lambda one: (-one.place.population, one.match != Match.OWN_NAME, one.place.geoname),
    )


def _clear_winner(bearers: list[Candidate], country: str | None) -> tuple[Candidate | None, Because | None]:
    if len(bearers) == 1:
        return bearers[0], Because.ALONE
    if bearers and country and _alone_by_its_own_name(bearers):
        return bearers[0], Because.OWN_NAME_IN_COUNTRY
    for candidate in bearers:
        if _is_far_larger(candidate, bearers):
            return candidate, Because.FAR_LARGER
    return None, None


def _alone_by_its_own_name(bearers: list[Candidate]) -> bool:
    """Whether the largest bears the name as its own, and no other does."""
    return [one.match for one in bearers].count(Match.OWN_NAME) == 1 and bearers[0].match == Match.OWN_NAME


def _is_far_larger(candidate: Candidate, bearers: list[Candidate]) -> bool:
    size = candidate.place.population
    own = candidate.match == Match.OWN_NAME
    return size >= _LARGE and all(
        other.place.population * (1 if own and other.match != Match.OWN_NAME else _FAR_LARGER) <= size
        for other in bearers
        if other is not candidate
    )
