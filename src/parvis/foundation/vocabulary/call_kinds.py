"""What a first call of a kind begins with, as data: that of the house, and over it that of a city.

A kind names the parts it takes; each part is written once. A kind that nobody declared here has none, and a part
that is named and not written is refused with its file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from parvis.foundation.values import Words

from .reading import BrokenVocabulary, Raw, read
from .vocabulary import Vocabulary

_FILE = Path(__file__).with_name("call_kinds.yml")
#: What a kind takes from the lists of parts.
_LISTS = ("sections", "fields", "documents", "criteria")
_PARTS = frozenset({*_LISTS, "kinds", "workflow"})
#: What a kind says in itself.
_TERMS = (
    "themes", "applicants", "seat", "least_years", "amount_rule", "amount", "least_amount", "most_rate", "currency",
    "label_months",
)  # fmt: skip
_KNOWN = frozenset({*_TERMS, *_LISTS, "said"})
_NUMBERS = ("least", "most", "weight", "least_years", "label_months")
#: Lists of a city whose words may be answers.
_OFFERED = frozenset({"disciplines", "target_groups", "themes", "areas", "priorities", "countries", "units"})
_YES = ("required", "nameless", "names_asker")


@dataclass(frozen=True, slots=True)
class CallKind:
    """The terms and the form of a first call, as its record would hold them, and what text they are of."""

    content: Mapping[str, Any]
    said: Words


def call_kind(code: str, vocabulary: Vocabulary, own: Path | None = None) -> CallKind | None:
    """What the first call of a kind begins with; nothing where nobody declared it."""
    found = _all(own)
    if code not in found["kinds"]:
        return None
    said = found["kinds"][code]
    content: dict[str, Any] = {name: _plain(name, said[name]) for name in _TERMS if name in said}
    for name in _LISTS:
        content[name] = list(_parts(found[name], said, name, vocabulary))
    return CallKind({name: value for name, value in content.items() if value}, said.get("said", {}))


def call_workflow(own: Path | None = None) -> Mapping[str, Any]:
    """The way files go where a city has none yet: its title and its steps."""
    return dict(_all(own)["workflow"])


@cache
def call_kinds(own: Path | None = None) -> frozenset[str]:
    """The kinds that are declared. Raises BrokenVocabulary with file and place."""
    return frozenset(_all(own)["kinds"])


@cache
def _all(own: Path | None) -> Mapping[str, Any]:
    """Every part by its list. Raises BrokenVocabulary: a call that cannot begin is found before somebody begins it."""
    found: dict[str, Any] = {name: dict(parts) for name, parts in read(_FILE).items()}
    file = _FILE
    if own is not None and own.exists():
        file = own
        for name, parts in read(own).items():
            if name not in _PARTS or not isinstance(parts, dict):
                raise BrokenVocabulary(file=own.name, where=name, fault=f"known: {', '.join(sorted(_PARTS))}")
            found[name] |= parts
    for code, said in found["kinds"].items():
        _hold(file, code, said, found)
    for name in _LISTS:
        for code, part in found[name].items():
            _hold_part(file, f"{name}.{code}", part)
    return found


def _hold(file: Path, code: str, said: object, found: Mapping[str, Any]) -> None:
    """Pass, or say what a kind names that is not there."""
    if not isinstance(said, dict) or (odd := sorted(set(said) - _KNOWN)):
        fault = f"unknown field {', '.join(odd)}" if isinstance(said, dict) else "a mapping is expected"
        raise BrokenVocabulary(file=file.name, where=f"kinds.{code}", fault=fault)
    for name in _LISTS:
        if odd := [one for one in said.get(name, ()) if one not in found[name]]:
            where = f"kinds.{code}.{name}"
            raise BrokenVocabulary(file=file.name, where=where, fault=f"not written: {', '.join(odd)}")

    _hold_part(file, f"kinds.{code}", said)


def _hold_part(file: Path, where: str, part: object) -> None:
    """Pass, or say what of a part cannot be read: a number in letters, a list of words that the house does not keep."""
    if not isinstance(part, dict):
        raise BrokenVocabulary(file=file.name, where=where, fault="a mapping is expected")
    for name in _NUMBERS:
        if not str(part.get(name, "0")).isdecimal():
            raise BrokenVocabulary(file=file.name, where=f"{where}.{name}", fault="a whole number is expected")
    options = part.get("options", {})
    if not isinstance(options, dict):
        raise BrokenVocabulary(file=file.name, where=f"{where}.options", fault="a mapping is expected")
    if "from" in options and (options["from"] not in _OFFERED or "codes" not in options):
        fault = f"from one of {', '.join(sorted(_OFFERED))}, with its codes"
        raise BrokenVocabulary(file=file.name, where=f"{where}.options", fault=fault)


def _parts(written: Raw, said: Raw, name: str, vocabulary: Vocabulary) -> Iterable[dict[str, Any]]:
    """The parts a kind takes. A question without a page of its own stands on that of the question before."""
    page = next(iter(said.get("sections", ())), "")
    for code in said.get(name, ()):
        part = {key: _plain(key, value) for key, value in written[code].items()}
        part = {"code": code, **part}
        if name == "fields":
            page = part["section"] = part.get("section", page)
            if "from" in part.get("options", {}):
                part["options"] = _terms(part["options"], vocabulary)
        yield part


def _terms(options: Raw, vocabulary: Vocabulary) -> dict[str, Words]:
    """Answers that are words of the city: those named, less those it does not use."""
    terms = getattr(vocabulary, options["from"])
    return {code: dict(terms.take(code).label) for code in options["codes"] if code in terms}


def _plain(name: str, value: Any) -> Any:
    if name in _YES:
        return value == "yes"
    return int(value) if name in _NUMBERS else value
