"""The words of the city: its vocabulary over the house's, and how it calls itself. Read once a process."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from parvis.foundation.values import in_language
from parvis.foundation.values.yaml_files import read_yaml
from parvis.foundation.vocabulary import Term, Terms, Vocabulary, load


@cache
def vocabulary() -> Vocabulary:
    """The house's vocabulary with the city's over it."""
    own = _folder() / "vocabulary.yaml"
    return load(own if own.exists() else None)


@cache
def city() -> dict[str, Any]:
    """What the city says of itself."""
    file = _folder() / "city.yaml"
    told: dict[str, Any] = read_yaml(file) if file.exists() else {}
    return told or {}


def city_name() -> str:
    """The city's name in the reader's language."""
    return in_language(city().get("name", {}), tongue())[0]


def the_city() -> str:
    """The key of the body that acts for the city, as its file names it."""
    return str(city().get("the_city") or "")


def paper_mark() -> str:
    """What every paper made in a rehearsal says of itself; nothing in a city that acts."""
    return str(_("Rehearsal: this document binds nobody.")) if getattr(settings, "PARVIS_REHEARSAL", False) else ""


def tongue() -> str:
    """The reader's language, by its two letters."""
    return (get_language() or "fr")[:2]


def term_pairs(terms: Iterable[Term]) -> list[tuple[str, str]]:
    """Terms to choose from, in their order."""
    return [(term.code, capfirst(term.in_language(tongue()))) for term in terms]


def by_family(terms: Terms) -> list[tuple[str, list[tuple[str, str]]]]:
    """The same under the heading of each family, who names none among the others; nothing where the list has none."""
    families = vocabulary().states.get(f"{terms.name.partition('.')[2]}.family")
    if families is None:
        return []
    held: dict[str, list[Term]] = {code: [] for code in families.codes}
    for term in terms:
        held.setdefault(str(term.trait("family", "other")), []).append(term)
    return [(capfirst(families.label(code, tongue())), term_pairs(found)) for code, found in held.items() if found]


def _folder() -> Path:
    return Path(settings.DATA_DIR) / settings.PARVIS_CITY
