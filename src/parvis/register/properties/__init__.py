"""What may be said about each kind of record: properties declared as data, each with its type.

A file a noun (``place.yml``) and one for all of them (``any.yml``); a city adds its own by the same
means. Types: ``count``, ``ratio``, ``money``, ``quantity`` (numbers, with unit, scope and date),
``words`` (a short text), ``terms`` (a closed list).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from parvis.foundation.values.yaml_files import read_yaml

_HERE = Path(__file__).parent
_NUMBERS = frozenset({"count", "ratio", "money", "quantity", "number"})
_FORMS = _NUMBERS | {"words", "terms", "any"}


@dataclass(frozen=True, slots=True)
class Property:
    """A property: its label in each language, its type, and whether sources may disagree on it."""

    name: str
    label: Mapping[str, str]
    type: str
    many_sources: bool = True

    def check(self, content: Mapping[str, Any], problem: Callable[[str, Any], None]) -> None:
        """Tell ``problem`` when a statement's value is not of the property's type."""
        written = [form for form in ("number", "words", "terms") if content.get(form) not in (None, "", {}, [])]
        if len(written) != 1:
            problem("", _("A statement says one thing: a number, words, or terms."))
        elif self.type != "any" and written[0] != ("number" if self.type in _NUMBERS else self.type):
            problem(
                written[0],
                _("“%(property)s” is said otherwise: %(type)s.") % {"property": self.name, "type": self.type},
            )
        elif written == ["number"] and self.type == "money" and not content.get("currency"):
            problem("currency", _("An amount of money names its currency."))
        elif written == ["number"] and self.type == "ratio" and not _is_ratio(content["number"]):
            problem("number", _("A share is written between 0 and 1."))


@cache
def properties_of(noun: str) -> dict[str, Property]:
    """Properties a record of this noun may have statements of."""
    return _read(_HERE / "any.yml") | _read(_HERE / f"{noun}.yml")


def _read(path: Path) -> dict[str, Property]:
    if not path.exists():
        return {}
    declared = read_yaml(path) or {}
    found = {}
    for name, said in declared.items():
        if said["type"] not in _FORMS:
            raise ValueError(f"{path.name}: {name} has an unknown type {said['type']}")
        found[name] = Property(name, said["label"], said["type"], said.get("many_sources", True))
    return found


def _is_ratio(number: Any) -> bool:
    values = number if isinstance(number, list) else [number]
    return all(0 <= float(value) <= 1 for value in values)
