"""One transaction from a city's files to its records; every problem is told with its file and line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import translation

from parvis.exchange.formats.city_files import Located, UnreadableFile, fingerprint, read_yaml, record_files
from parvis.exchange.inbound.entrances import NOUNS, Entrance, entrances
from parvis.foundation.accounts.models import User
from parvis.foundation.values.refusal import Refusal
from parvis.foundation.vocabulary import BrokenVocabulary, Vocabulary, load
from parvis.foundation.vocabulary.call_kinds import call_kinds
from parvis.foundation.vocabulary.funding_rules import funding_rules
from parvis.foundation.vocabulary.paper_texts import paper_texts
from parvis.register.actions import record_statement, reserve_keys, tie_records
from parvis.register.entry import Entry, take_apart
from parvis.register.errors import InvalidContent, KeyTaken
from parvis.register.models import Conflict, Subject

from .allocations import Unreadable, allot

#: More problems than this are not read by anyone in one go.
_TOLD_AT_ONCE = 60

Tell = Callable[[str, int, int], None]


class CityRefused(Exception):
    """The city's files do not hold; nothing of them was loaded."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems[:_TOLD_AT_ONCE]))


@dataclass(slots=True)
class Loaded:
    """What became of a city's files."""

    records: dict[str, int] = field(default_factory=dict)
    statements: int = 0
    ties: int = 0
    allocations: int = 0
    facts: dict[str, set[str]] = field(default_factory=dict)
    left_out: dict[str, dict[str, str]] = field(default_factory=dict)
    fingerprint: str = ""


@dataclass(slots=True)
class _Waiting:
    """A record read from a file, before it is entered."""

    noun: str
    content: Located
    entrance: Entrance


class CityLoader:
    """Reads a city's folder and enters everything in it, or nothing."""

    def __init__(self, folder: Path, *, by: User, at: datetime, tell: Tell = lambda *_: None) -> None:
        self.folder, self.by, self.at, self.tell = folder, by, at, tell
        self.problems: list[str] = []
        self.loaded = Loaded(fingerprint=fingerprint(folder))
        self.entrances = entrances()
        self.original = "fr"
        self.words = self._vocabulary()

    def load(self) -> Loaded:
        """Load the city. Raises CityRefused with every problem found; then nothing was loaded."""
        waiting, statements, allocations = self._read()
        self._refuse_any()
        with transaction.atomic():
            self._reserve(waiting)
            self._refuse_any()
            before = [one for one in waiting if one.noun != Conflict.noun]
            self._enter_all(before)
            self._refuse_any()
            self._speak(before, statements)
            for row in allocations:
                self._trying(row, self._allot, row)
            self._refuse_any()
            self._enter_all([one for one in waiting if one.noun == Conflict.noun])
            self._refuse_any()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        return self.loaded

    def _read(self) -> tuple[list[_Waiting], list[Located], list[Located]]:
        waiting: list[_Waiting] = []
        apart: dict[str, list[Located]] = {"statements": [], "allocations": []}
        self._read_config()
        self._check_limits()
        for path in record_files(self.folder):
            try:
                document = read_yaml(path, self.folder)
            except UnreadableFile as fault:
                self.problems.append(str(fault))
                continue
            for plural in document.value or {}:
                rows = document.part(plural)
                if plural in apart:
                    apart[plural].extend(rows.items())
                elif plural not in NOUNS:
                    self._problem(rows, "", f"“{plural}” is not a kind of record")
                else:
                    noun = NOUNS[plural]
                    waiting.extend(_Waiting(noun, row, self.entrances[noun]) for row in rows.items())
        places = {noun: place for place, noun in enumerate(NOUNS.values())}
        waiting.sort(key=lambda one: places[one.noun])
        return waiting, apart["statements"], apart["allocations"]

    def _read_config(self) -> None:
        try:
            config = read_yaml(self.folder / "city.yaml", self.folder).value
            self.original = config.get("default_language", "fr")
            left_out = self.folder / "left_out.yaml"
            rows = read_yaml(left_out, self.folder).value if left_out.exists() else []
        except UnreadableFile as fault:
            self.problems.append(str(fault))
            return
        except FileNotFoundError:
            self.problems.append(f"{self.folder.name} has no city.yaml")
            return
        self.loaded.left_out = {row["fact"]: row["reason"] for row in rows or []}

    def _check_limits(self) -> None:
        """Read the limits of money, the texts of papers and what calls begin with now, not on the day of the first."""
        own = (
            (funding_rules, "funding_rules.yaml"), (paper_texts, "paper_texts.yaml"), (call_kinds, "call_kinds.yaml"),
        )  # fmt: skip
        for read_own, name in own:
            try:
                read_own(self.folder / name)
            except BrokenVocabulary as fault:
                self.problems.append(f"{self.folder.name}/{fault}")

    def _vocabulary(self) -> Vocabulary:
        own = self.folder / "vocabulary.yaml"
        try:
            return load(own if own.exists() else None)
        except BrokenVocabulary as fault:
            self.problems.append(f"{self.folder.name}/vocabulary.yaml: {fault}")
            return load(None)

    def _reserve(self, waiting: list[_Waiting]) -> None:
        keys: dict[str, str] = {}
        for one in waiting:
            key = str((one.content.value or {}).get("key") or "")
            if not key:
                self._problem(one.content, "", "a record has a key")
            elif key in keys:
                self._problem(one.content, "key", f"the key “{key}” is used twice")
            keys[key] = one.noun
        if not self.problems:
            try:
                reserve_keys(keys.items(), by=self.by, at=self.at)
            except KeyTaken as refusal:
                self.problems.append(str(refusal))

    def _enter_all(self, waiting: list[_Waiting]) -> None:
        for place, one in enumerate(waiting, 1):
            self.tell(one.noun, place, len(waiting))
            self._trying(one.content, self._enter, one)

    def _enter(self, one: _Waiting) -> None:
        model, enter, _amend = one.entrance
        content = take_apart(model, one.content.value, original=self.original)
        if not content.entry.cites and not _cited_within(one.content.value) and not _is_a_tool(one.noun, content.entry):
            self._problem(one.content, "", f"“{content.entry.key}” names no source")
        self._check_words(one, content.entry)
        enter(entry=content.entry, facts=content.facts, by=self.by, at=self.at)
        self.loaded.records[one.noun] = self.loaded.records.get(one.noun, 0) + 1
        for fact in _facts_in({**one.content.value, "statements": None}):
            self.loaded.facts.setdefault(fact, set()).add(_becomes(one.noun))

    def _check_words(self, one: _Waiting, entry: Entry) -> None:
        """The kind, themes and priorities of a record are words of the city's vocabulary."""
        kinds = self.words.kinds.get(one.noun, ())
        if entry.kind and entry.kind not in kinds:
            self._problem(one.content, "kind", f"“{entry.kind}” is not a kind of {one.noun} in the vocabulary")
        said = {
            "themes": entry.themes,
            "priorities": entry.priorities,
            "target_groups": one.content.value.get("groups"),
            "disciplines": [code] if (code := one.content.value.get("discipline")) else [],
        }
        for name, codes in said.items():
            terms = getattr(self.words, name)
            for code in codes or ():
                if code not in terms:
                    self._problem(one.content, name, f"“{code}” is not one of the {name} of the vocabulary")

    def _speak(self, waiting: list[_Waiting], statements: list[Located]) -> None:
        for one in waiting:
            subject = Subject.objects.get(key=one.content.value["key"])
            for name, record in (("statements", self._state), ("led_to", self._tie)):
                if one.content.value.get(name):
                    for row in one.content.part(name).items():
                        self._trying(row, record, subject, row.value, row)
        for row in statements:
            subject_of = Subject.objects.filter(key=row.value.get("about", "")).first()
            if subject_of is None:
                self._problem(row, "about", f"no record has the key “{row.value.get('about')}”")
                continue
            said = {name: value for name, value in row.value.items() if name != "about"}
            self._trying(row, self._state, subject_of, said, row)

    def _state(self, subject: Subject, said: dict[str, Any], where: Located) -> None:
        if said.get("unit") and said["unit"] not in self.words.units:
            self._problem(where, "unit", f"“{said['unit']}” is not a unit of the vocabulary")
        record_statement(about=subject, content=said, by=self.by, at=self.at)
        self.loaded.statements += 1
        for fact in _facts_in(said):
            self.loaded.facts.setdefault(fact, set()).add("statement")

    def _tie(self, subject: Subject, said: dict[str, Any], _where: Located) -> None:
        tie_records(cause=subject, content=said, by=self.by, at=self.at)
        self.loaded.ties += 1

    def _allot(self, where: Located) -> None:
        try:
            allot(where.value or {}, by=self.by, at=self.at)
        except Unreadable as fault:
            self._problem(where, fault.field, str(fault))
        else:
            self.loaded.allocations += 1

    def _trying(self, where: Located, do: Callable[..., None], *given: Any) -> None:
        try:
            with transaction.atomic(), translation.override("en"):  # what stands on a terminal is in one language
                do(*given)
        except Refusal as refusal:
            with translation.override("en"):
                self._tell_refusal(where, refusal)

    def _tell_refusal(self, where: Located, refusal: Refusal) -> None:
        if isinstance(refusal, InvalidContent):
            for problem in refusal.problems:
                self._problem(where, problem.path, str(problem.sentence), problem.path)
        else:
            self._problem(where, "", str(refusal))

    def _problem(self, where: Located, path: str, sentence: str, said: str = "") -> None:
        name = f" ({said})" if said else ""
        self.problems.append(f"{self.folder.name}/{where.file}, line {where.line_of(path)}{name}: {sentence}")

    def _refuse_any(self) -> None:
        if self.problems:
            raise CityRefused(self.problems)


def records_of(loaded: Loaded) -> Iterator[tuple[str, int]]:
    """What the facts became, in the words of the report: first match of the four."""
    for name in ("claim", "contradiction", "statement", "record"):
        yield name, sum(1 for became in loaded.facts.values() if _first(became) == name)


def _first(became: set[str]) -> str:
    return next(name for name in ("claim", "contradiction", "statement", "record") if name in became)


def _becomes(noun: str) -> str:
    return {"claim": "claim", "conflict": "contradiction"}.get(noun, "record")


def _facts_in(content: Any) -> Iterator[str]:
    """Every fact a content says it restates, at any depth."""
    if isinstance(content, dict):
        for name, value in content.items():
            if name == "fact" and value:
                yield str(value)
            else:
                yield from _facts_in(value)
    elif isinstance(content, list):
        for value in content:
            yield from _facts_in(value)


def _is_a_tool(noun: str, entry: Entry) -> bool:
    """Whether a record tells no fact: a source, a way files go, a form kept inside to start from."""
    return noun in ("source", "workflow") or (noun == "call" and entry.visibility == "internal")


def _cited_within(content: dict[str, Any]) -> bool:
    """Whether a line of the record, or a statement on it, names a source."""
    return any(
        isinstance(line, dict) and line.get("source")
        for value in content.values()
        if isinstance(value, list)
        for line in value
    )
