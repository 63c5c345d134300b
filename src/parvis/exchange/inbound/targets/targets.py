"""The fields a column may fill, read from one file a kind of record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from parvis.foundation.values import Words, in_language
from parvis.foundation.values.text import fold, squeeze
from parvis.foundation.values.yaml_files import read_yaml

_HERE = Path(__file__).parent
#: In the order an officer thinks of them.
NAMES = (
    "places", "bodies", "agreements", "memberships", "projects", "programmes", "events", "missions", "grants",
    "decisions", "honours", "memorials", "promises", "claims", "indicators", "offices", "sources", "contacts",
)  # fmt: skip


class Meaning(StrEnum):
    """What the cells of a field are."""

    WORDS = "words"
    CODE = "code"
    DAY = "day"
    PERIOD = "period"
    MONEY = "money"
    COUNT = "count"
    DECIMAL = "decimal"
    ANSWER = "answer"
    GRANTED = "granted"
    TERM = "term"
    REF = "ref"
    COUNTRY = "country"
    IDENTIFIER = "identifier"
    EMAIL = "email"
    TELEPHONE = "telephone"
    MONEY_ON_A_DAY = "money_on_a_day"
    SHARE = "share"
    PAPER = "paper"
    TAG = "tag"
    FIGURE = "figure"
    AIM = "aim"
    RESULT = "result"
    DEADLINE = "deadline"
    ACTION = "action"
    AID_TERM = "aid_term"
    SAID = "said"


#: What fills a line of a record, or a statement about it, and is read from a text with several parts.
LINES = frozenset(
    {Meaning.MONEY_ON_A_DAY, Meaning.SHARE, Meaning.PAPER, Meaning.TAG, Meaning.FIGURE, Meaning.AIM, Meaning.RESULT,
     Meaning.DEADLINE, Meaning.ACTION, Meaning.AID_TERM, Meaning.SAID}
)  # fmt: skip


#: Between the words of a heading, in four languages.
_SMALL = frozenset(
    (
        "de", "del", "du", "des", "d", "da", "do", "das", "dos", "of", "the", "la", "le", "les", "l", "el", "los",
        "las", "o", "os", "a", "as", "un", "une", "em", "en", "no", "na", "n",
    )
)  # fmt: skip


def without_small_words(name: str, *, nor: frozenset[str] = frozenset()) -> str:
    """A name without the small words between its words, nor some others."""
    return "".join(word for word in fold(name).split() if word not in _SMALL and word not in nor)


@dataclass(frozen=True)
class Wanted:
    """A field a column may fill: what it is called, what it means, where it goes in a record's content.

    ``into`` is a path: ``signed``, ``title.*`` (words, in the language of the file), ``parties.[]`` (one more line),
    ``identifiers.siret``. ``also`` are names met in the tables of others, ``values``
    words met there for a code. ``required`` ``unless`` others are filled, from any of which it follows.
    ``span`` is the field of the last day, where a cell may hold both; an end that is ``open`` may not have come yet;
    one that is ``excluded`` is the day after the last.
    """

    name: str
    meaning: Meaning
    into: str
    label: Words
    also: tuple[str, ...] = ()
    required: bool = False
    unless: tuple[str, ...] = ()
    many: bool = False
    nouns: tuple[str, ...] = ()
    terms: str = ""
    scheme: str = ""
    longest: int = 0
    sums: bool = True
    span: str = ""
    open: bool = False
    excluded: bool = False
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def in_language(self, language: str) -> str:
        return in_language(self.label, language)[0]

    @cached_property
    def names(self) -> frozenset[str]:
        """Every way this field may be called, folded."""
        return frozenset(squeeze(name) for name in (self.name, *self.label.values(), *self.also))

    @cached_property
    def plain_names(self) -> frozenset[str]:
        """The same without the small words between: “date de la signature” as “date signature”."""
        return frozenset(without_small_words(name) for name in (self.name, *self.label.values(), *self.also))

    @property
    def adds_up(self) -> bool:
        """Whether its cells can be summed as a control."""
        return self.sums and self.meaning in (Meaning.MONEY, Meaning.COUNT)


@dataclass(frozen=True, slots=True)
class Target:
    """What a table may hold: the noun of its records, the fields, and what tells one record from another.

    ``identity`` are fields, each list tried in turn until one is filled: the same identity is the same record.
    ``several`` are fields that a record has more than once, a row each: values of a figure, holders of an office.
    ``called`` are words for the records themselves: “type of agreement” is their type.
    ``private`` records leave nothing behind in the import once they are in.
    """

    name: str
    noun: str
    label: Words
    wanted: tuple[Wanted, ...]
    identity: tuple[tuple[str, ...], ...]
    title_tells: bool = True
    private: bool = False
    several: tuple[str, ...] = ()
    called: frozenset[str] = frozenset()
    kept: Mapping[str, Any] = field(default_factory=dict)

    def take(self, name: str) -> Wanted | None:
        return next((wanted for wanted in self.wanted if wanted.name == name), None)

    @property
    def states(self) -> bool:
        """Whether a row may say things about its record, beside what the record holds."""
        return any(wanted.into.startswith("statements.") for wanted in self.wanted)

    @property
    def required(self) -> tuple[Wanted, ...]:
        return tuple(wanted for wanted in self.wanted if wanted.required)

    def in_language(self, language: str) -> str:
        return in_language(self.label, language)[0]


def _read(name: str) -> Target:
    said = read_yaml(_HERE / f"{name}.yml")
    return Target(
        name=name,
        noun=said["noun"],
        label=said["label"],
        wanted=tuple(_wanted(field_name, spec) for field_name, spec in said["fields"].items()),
        identity=tuple(tuple(fields) for fields in said["identity"]),
        title_tells=said.get("title_tells", True),
        private=said.get("private", False),
        several=tuple(said.get("several", ())),
        called=frozenset(fold(word) for word in said.get("called", ())),
        kept=said.get("always", {}),
    )


def _wanted(name: str, said: Mapping[str, Any]) -> Wanted:
    return Wanted(
        name=name,
        meaning=Meaning(said["meaning"]),
        into=said.get("into", name),
        label=said["label"],
        also=tuple(str(word) for word in said.get("also", ())),
        required=said.get("required", False),
        unless=tuple([said["unless"]] if isinstance(said.get("unless"), str) else said.get("unless", ())),
        many=said.get("many", False),
        nouns=tuple(said.get("nouns", ())),
        terms=said.get("terms", ""),
        scheme=said.get("scheme", ""),
        longest=said.get("longest", 0),
        sums=said.get("sums", True),
        span=said.get("span", ""),
        open=said.get("open", False),
        excluded=said.get("excluded", False),
        values={code: tuple(words) for code, words in said.get("values", {}).items()},
    )


@cache
def _all() -> Mapping[str, Target]:
    return {name: _read(name) for name in NAMES if (_HERE / f"{name}.yml").exists()}


TARGETS = _all()


@cache
def headings() -> frozenset[str]:
    """Every word that names a column, of any kind of record, folded."""
    return frozenset(name for target in TARGETS.values() for wanted in target.wanted for name in wanted.names)


def target_of(name: str) -> Target:
    """The target of that name. Raises KeyError."""
    return TARGETS[name]
