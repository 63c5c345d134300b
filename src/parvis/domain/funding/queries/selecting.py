"""A what-if over ranked files: who would be chosen under a threshold, an envelope and shares. It decides nothing.

Nothing here reads the database; amounts are decimals of the currency of the call.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from parvis.domain.funding.enums import LeftOut
from parvis.domain.funding.queries.ranking import Reading, scores_without_each

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A ranked file, as far as choosing goes."""

    file: str
    score: Decimal
    asked: Decimal
    country: str = ""
    theme: str = ""
    discipline: str = ""
    #: How often its body won in earlier editions.
    past: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """What a scenario sets. ``amounts`` stand in place of those asked; ``kept`` and ``out`` are chosen by hand.

    ``envelope`` is one that is imagined; without it, the call's own counts. ``less_a_win`` is taken off the score
    for each grant won before, for the order alone: the threshold looks at the score that was given.
    """

    threshold: Decimal | None = None
    envelope: Decimal | None = None
    most_a_country: int | None = None
    most_a_theme: int | None = None
    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()
    out: frozenset[str] = frozenset()
    most_a_discipline: int | None = None
    less_a_win: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A candidate in the scenario. ``over`` is by how much it would pass the envelope.

    ``even`` says that the envelope leaves it out and takes another of the very same score: the figures do not choose
    between them, somebody does.
    """

    candidate: Candidate
    proposed: Decimal
    chosen: bool
    why: LeftOut | None = None
    over: Decimal = Decimal(0)
    even: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """A scenario worked out."""

    lines: tuple[Line, ...]
    total: Decimal
    left: Decimal

    @property
    def chosen(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.chosen)

    @property
    def next_over(self) -> Line | None:
        """The first file that only the envelope leaves out."""
        return next((line for line in self.lines if line.why == LeftOut.ENVELOPE), None)


@dataclass(frozen=True, slots=True)
class Share:
    """What a theme, a country or a discipline asks in all, and what a scenario gives it."""

    code: str
    files: int
    asked: Decimal
    chosen: int
    given: Decimal


def shares_by(outcome: Outcome, name: str) -> list[Share]:
    """Sums by theme, by country or by discipline, those given most first; files that say none come last."""
    groups: dict[str, list[Line]] = {}
    for line in outcome.lines:
        groups.setdefault(getattr(line.candidate, name), []).append(line)
    found = [
        Share(
            code,
            len(lines),
            sum((line.candidate.asked for line in lines), ZERO),
            sum(line.chosen for line in lines),
            sum((line.proposed for line in lines if line.chosen), ZERO),
        )
        for code, lines in groups.items()
    ]
    return sorted(found, key=lambda one: (not one.code, -one.given, one.code))


@dataclass(frozen=True, slots=True)
class Without:
    """What a scenario would choose without one reader: who comes in, who falls out, and the sum."""

    reviewer: int
    comes_in: tuple[str, ...]
    falls_out: tuple[str, ...]
    total: Decimal

    @property
    def same(self) -> bool:
        return not self.comes_in and not self.falls_out


def without_each(
    readings: Sequence[Reading], candidates: Sequence[Candidate], terms: Terms, envelope: Decimal
) -> list[Without]:
    """The scenario worked out once more without each reader. A file nobody else read is not chosen then."""
    known = {candidate.file: candidate for candidate in candidates}
    chosen = {line.candidate.file for line in simulate(candidates, terms, envelope).chosen}
    found, left = [], scores_without_each(readings)
    for reviewer in sorted({reading.reviewer for reading in readings if reading.file in known}):
        others = [replace(known[file], score=score) for file, score in left[reviewer] if file in known]
        outcome = simulate(others, terms, envelope)
        then = {line.candidate.file for line in outcome.chosen}
        found.append(Without(reviewer, tuple(sorted(then - chosen)), tuple(sorted(chosen - then)), outcome.total))
    return found


def simulate(candidates: Sequence[Candidate], terms: Terms, envelope: Decimal) -> Outcome:
    """Go down the ranking and choose what fits.

    A file kept by hand passes the threshold and the shares, never the envelope.
    """
    left, lines = envelope, []
    countries: Counter[str] = Counter()
    themes: Counter[str] = Counter()
    disciplines: Counter[str] = Counter()
    for candidate in _in_turn(candidates, terms):
        proposed = terms.amounts.get(candidate.file, candidate.asked)
        why = _left_out(candidate, terms, countries, themes, disciplines)
        over = Decimal(0)
        if why is None and proposed > left:
            why, over = LeftOut.ENVELOPE, proposed - left
        if why is None:
            left -= proposed
            countries[candidate.country] += 1
            themes[candidate.theme] += 1
            disciplines[candidate.discipline] += 1
        lines.append(Line(candidate, proposed, chosen=why is None, why=why, over=over))
    return Outcome(tuple(_evened(lines)), envelope - left, left)


def _evened(lines: Sequence[Line]) -> list[Line]:
    taken = {line.candidate.score for line in lines if line.chosen}
    return [
        replace(line, even=True) if line.why == LeftOut.ENVELOPE and line.candidate.score in taken else line
        for line in lines
    ]


def _in_turn(candidates: Sequence[Candidate], terms: Terms) -> Sequence[Candidate]:
    """The order files are looked at: the ranking, unless grants won before count against it."""
    less = terms.less_a_win
    if not less:
        return candidates
    return sorted(candidates, key=lambda one: one.past * less - one.score)


def _left_out(
    candidate: Candidate,
    terms: Terms,
    countries: Mapping[str, int],
    themes: Mapping[str, int],
    disciplines: Mapping[str, int],
) -> LeftOut | None:
    if candidate.file in terms.out:
        return LeftOut.BY_HAND
    if candidate.file in terms.kept:
        return None
    if terms.threshold is not None and candidate.score < terms.threshold:
        return LeftOut.THRESHOLD
    shares = (
        (LeftOut.COUNTRY, terms.most_a_country, candidate.country, countries),
        (LeftOut.THEME, terms.most_a_theme, candidate.theme, themes),
        (LeftOut.DISCIPLINE, terms.most_a_discipline, candidate.discipline, disciplines),
    )
    full = (why for why, most, code, taken in shares if most is not None and code and taken[code] >= most)
    return next(full, None)
