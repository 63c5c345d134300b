"""All the words a city chooses from: those of the house, with those of the city put over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from . import lookups
from .reading import Raw, Shelf, read
from .terms import Term, Terms, UnknownCode

_HERE = Path(__file__).parent
#: Lists that stand each in a file of its own, and that a city may change.
_LISTS = (
    "languages", "themes", "priorities", "areas", "units", "qualifiers", "amount_kinds", "nouns",
    "sdg_goals", "sdg_targets", "matters", "target_groups", "disciplines",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every list of terms of a city.

    ``kinds`` are the kinds of records by noun (``kinds["agreement"]``); ``states`` the states, roles and
    levels by noun and field (``states["promise.state"]``).
    """

    languages: Terms
    countries: Terms
    currencies: Terms
    sdg_goals: Terms
    sdg_targets: Terms
    matters: Terms
    target_groups: Terms
    disciplines: Terms
    themes: Terms
    priorities: Terms
    areas: Terms
    units: Terms
    qualifiers: Terms
    amount_kinds: Terms
    nouns: Terms
    kinds: Mapping[str, Terms]
    states: Mapping[str, Terms]

    def kind(self, noun: str, code: str) -> Term:
        """A kind of record. Raises UnknownCode, naming the near ones."""
        return self._named("kinds", noun).take(code)

    def kind_label(self, noun: str, code: str, language: str) -> str:
        """What a kind is called; as it stands when it is not declared."""
        return self.kinds[noun].label(code, language) if noun in self.kinds else code

    def state_label(self, noun: str, field: str, code: str, language: str) -> str:
        """What a state is called; as it stands when it is not declared."""
        name = f"{noun}.{field}"
        return self.states[name].label(code, language) if name in self.states else code

    def state(self, noun: str, field: str, code: str) -> Term:
        """A state, role or level. Raises UnknownCode, naming the near ones."""
        return self._named("states", f"{noun}.{field}").take(code)

    def _named(self, group: str, name: str) -> Terms:
        lists: Mapping[str, Terms] = getattr(self, group)
        if name not in lists:
            raise UnknownCode(code=name, list=group, hint=f"Known: {', '.join(lists)}.")
        return lists[name]


def _read_list(name: str) -> Terms:
    file = f"{name}.yml"
    return Shelf(file).terms(name, read(_HERE / file))


def _read_kinds() -> dict[str, Terms]:
    files = sorted((_HERE / "kinds").glob("*.yml"))
    return {file.stem: Shelf(file.name).terms(f"kinds.{file.stem}", read(file)) for file in files}


def _read_states() -> dict[str, Terms]:
    return {
        f"{file.stem}.{field}": Shelf(file.name).terms(f"states.{file.stem}.{field}", terms)
        for file in sorted((_HERE / "states").glob("*.yml"))
        for field, terms in read(file).items()
    }


@cache
def of_the_house() -> Vocabulary:
    """The vocabulary before any city has touched it."""
    countries = Shelf("countries.yml").terms("countries", read(_HERE / "countries.yml"), over=lookups.countries())
    return Vocabulary(
        countries=countries,
        currencies=lookups.currencies(),
        kinds=_read_kinds(),
        states=_read_states(),
        **{name: _read_list(name) for name in _LISTS},
    )


def _put_over(house: Vocabulary, said: Raw, shelf: Shelf) -> Vocabulary:
    changes: dict[str, object] = {}
    for name, raw in said.items():
        if name in (*_LISTS, "countries"):
            changes[name] = shelf.terms(name, raw, over=getattr(house, name))
        elif name in ("kinds", "states"):
            changes[name] = _group_put_over(name, getattr(house, name), shelf.mapping(name, raw), shelf)
        else:
            shelf.refuse(name, "there is no such list")
    return replace(house, **changes)  # type: ignore[arg-type]  # names are those of its fields


def _group_put_over(group: str, before: Mapping[str, Terms], said: Raw, shelf: Shelf) -> dict[str, Terms]:
    changed = dict(before)
    for name, raw in said.items():
        if name not in before:
            near = Terms(group, {known: Term(known, {}) for known in before}).near(name)
            shelf.refuse(
                f"{group}.{name}",
                f"there is no such list{' (near: ' + ', '.join(near) + ')' if near else ''}",
            )
        changed[name] = shelf.terms(f"{group}.{name}", raw, over=before[name])
    return changed


def with_words(said: Raw) -> Vocabulary:
    """The house's vocabulary with a city's words over it, as a release carries them. Raises BrokenVocabulary."""
    return _put_over(of_the_house(), said, Shelf("the release"))


@cache
def load(city_overrides: Path | None = None) -> Vocabulary:
    """The vocabulary of a city: that of the house, with the city's own file put over it.

    A city changes a label, adds a code with its label, or leaves one out (``code: off``). A file that is
    not there changes nothing. Raises BrokenVocabulary with file and place.
    """
    house = of_the_house()
    if city_overrides is None or not city_overrides.exists():
        return house
    return _put_over(house, read(city_overrides), Shelf(city_overrides.name))
