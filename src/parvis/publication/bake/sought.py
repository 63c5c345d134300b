"""Persons looked for in texts: by their whole name, or by their family name beside an initial or a title."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

from parvis.domain.directory.enums import Known
from parvis.foundation.values.naming import Finder, Name, name_of, spellings, spellings_of, visible
from parvis.foundation.values.rereading import readings
from parvis.foundation.values.shortened import FoundShort, Short, Shortened, parts_of
from parvis.foundation.values.text import fold

_HARDEST = list(Known)
#: A title, or a given name further off, and a family name are not one person: a reason may let them stand.
_BY_TITLE = Known.IN_OWN_NAME

_LONG_ENOUGH = 8
_ways = lru_cache(maxsize=50_000)(spellings_of)


@dataclass(frozen=True, slots=True)
class Hit:
    """A person found in a text: what they are known by there, how, whose name it may be, and where it stands."""

    name: Name
    how: Known
    start: int
    end: int
    short: FoundShort | None = None


class PassOver(Protocol):
    """Whether a name found is that of somebody, or something, rightly public."""

    def __call__(self, hit: Hit, *, of_persons: bool) -> bool: ...


class Sought:
    """The persons one looks for, and how each is known."""

    def __init__(
        self, persons: Mapping[tuple[str, str], Known], *, folding: Callable[[str], str] = fold, also: str = ""
    ) -> None:
        self._persons = persons
        self._folding = folding
        self._how: dict[Name, Known] = {}
        ways: set[tuple[str, ...]] = set()
        for (given, family), how in persons.items():
            for way in _ways(given, family):
                for written in (way, _joined(way)):
                    ways.add(written)
                    name = name_of(written)
                    self._how[name] = max(how, self._how.get(name, how), key=_HARDEST.index)
        typed = tuple(fold(also).split())
        self._typed = {name_of(way) for way in ({typed} | _spellings(also) if typed else ())}
        if typed:
            ways |= {typed} | _spellings(also)
        self._whole = Finder(ways, folding=folding)
        self._short = Shortened(persons)

    def __bool__(self) -> bool:
        return bool(self._whole) or bool(self._persons)

    def is_typed(self, hit: Hit) -> bool:
        """Whether this is who was typed, whoever else is called so."""
        return hit.short is None and hit.name in self._typed

    def may_stand_in(self, text: str) -> bool:
        """Whether a text is worth a closer look."""
        seen = visible(text)
        return any(map(self._may_stand_in, (seen, *(read for read, _places in readings(seen)))))

    def _may_stand_in(self, seen: str) -> bool:
        words = self._folding(seen).split()
        return self._short.may_stand_in(words) or self._whole.may_stand_in(words)

    def hits(self, text: str) -> Iterator[Hit]:
        """Each name once, whole ones first; then those of another reading. The text is ``visible``."""
        found = list(self._hits(text))
        yield from found
        for read, places in readings(text):
            for hit in self._hits(read):
                start, end = places[hit.start], places[hit.end - 1] + 1
                if not any(one.start < end and start < one.end for one in found):
                    found.append(replace(hit, start=start, end=end))
                    yield found[-1]

    def _hits(self, text: str) -> Iterator[Hit]:
        whole = [
            Hit(found.name, self._how.get(found.name, Known.BY_NAME), found.start, found.end)
            for found in self._whole.find(text)
        ]
        yield from whole
        short: dict[Name, Hit] = {}
        for found in self._short.find(text):
            if any(hit.start < found.end and found.start < hit.end for hit in whole):
                continue
            how = self._persons[found.person]
            if found.beside != Short.INITIAL:  # a reason may let it stand
                how = min(how, _BY_TITLE, key=_HARDEST.index)
            hit = Hit((found.beside, *fold(text[found.start : found.end]).split()), how, found.start, found.end, found)
            if hit.name not in short or _HARDEST.index(how) > _HARDEST.index(short[hit.name].how):
                short[hit.name] = hit
        yield from short.values()

    def passing(self, called: Iterable[tuple[str, bool]]) -> PassOver:
        """What to pass over, from what is called so in public, and whether that is a person.

        An account may bear the name of a service or a place; who asks in their own name may have a namesake in public,
        whom the records about persons alone may name.
        """
        names: dict[Name, bool] = {}
        families: set[tuple[str, ...]] = set()
        initials: set[tuple[str, tuple[str, ...]]] = set()
        givens: set[tuple[str, str]] = set()
        for said, is_person in called:
            for name in (*names_of(said), *map(_joined, _spellings(said))):
                names[name] = names.get(name, False) or is_person
            for first, last in parts_of(said, "") if is_person else ():
                families.add(last)
                initials.add((first[0][0], last))
                givens.add((first[0], last[0][0]))

        def pass_over(hit: Hit, *, of_persons: bool) -> bool:
            if hit.short is None:
                return hit.name in names if hit.how == Known.BY_NAME else of_persons and names.get(hit.name, False)
            if hit.how != Known.BY_NAME and not of_persons:
                return False
            if hit.how == Known.BY_NAME and any(name_of(way) in names for way in _ways(*hit.short.person)):
                return True
            if hit.short.beside == Short.TITLE:
                return hit.short.family in families
            if hit.short.beside == Short.LETTER:
                return (hit.short.given, hit.short.family[0][0]) in givens
            return (hit.short.initial, hit.short.family) in initials

        return pass_over


def _joined(way: tuple[str, ...]) -> tuple[str, ...]:
    """A name written in one, as in an address or the name of a file; a short one stays as it is."""
    one = "".join(way)
    return (one,) if len(one) >= _LONG_ENOUGH else way


def names_of(said: str) -> frozenset[Name]:
    """What something is known by, under each of its spellings."""
    return frozenset(map(name_of, _spellings(said)))


_spellings = lru_cache(maxsize=50_000)(spellings)
