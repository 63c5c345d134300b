"""Reading a vocabulary file strictly: every field known, no code twice, every text a text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from parvis.foundation.values import Refusal, Words

from .terms import Term, Terms

#: Languages a label may be given in.
LANGUAGES = ("fr", "en", "es", "pt")

#: What each list may say of a term besides its label.
_TRAITS: Mapping[str, frozenset[str]] = {
    "themes": frozenset({"token", "notice", "sector", "aid", "shelters"}),
    "units": frozenset({"one", "measure"}),
    "nouns": frozenset({"many"}),
    "amount_kinds": frozenset({"adds"}),
    "sdg_targets": frozenset({"goal"}),
    "matters": frozenset({"under"}),
    "kinds": frozenset({"stages", "roles", "required", "family"}),
}
_WORDS = frozenset({"one", "many", "notice"})
_LISTS = frozenset({"stages", "roles", "required"})

#: Written in place of a term by a city that does not use it.
_NOT_USED = "off"

Raw = Mapping[str, Any]


class BrokenVocabulary(Refusal):
    """A vocabulary file does not hold. Nothing of it is used."""

    message = "%(file)s, %(where)s: %(fault)s"


class _Reader(yaml.CBaseLoader):
    """Every scalar is a text (so that NO is Norway), and a key stands once."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        seen: set[str] = set()
        for key, _value in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"“{key.value}” stands twice", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def read(path: Path) -> Raw:
    """The content of a file. Raises BrokenVocabulary with the line."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), _Reader)  # noqa: S506  # builds texts only
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        raise BrokenVocabulary(file=path.name, where=f"line {line}", fault=fault.problem) from fault
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise BrokenVocabulary(file=path.name, where="whole file", fault=fault) from fault
    content = content or {}
    if not isinstance(content, dict):
        raise BrokenVocabulary(file=path.name, where="line 1", fault="a mapping is expected")
    return content


class Shelf:
    """Takes the terms of one file, and says where a fault stands."""

    def __init__(self, file: str) -> None:
        self.file = file

    def terms(self, name: str, raw: object, *, over: Terms | None = None) -> Terms:
        """Terms of a list, put over those there were: a code is changed, left out, or added."""
        known = dict(over.by_code) if over else {}
        for code, said in self.mapping(name, raw).items():
            if said == _NOT_USED and code in known:
                del known[code]
            else:
                known[code] = self._term(name, code, said, known.get(code))
        return Terms(over.name if over else name, known)

    def mapping(self, where: str, raw: object) -> Raw:
        if not isinstance(raw, dict):
            self.refuse(where, "a mapping is expected")
        return raw  # type: ignore[return-value]  # refused above

    def refuse(self, where: str, fault: str) -> None:
        raise BrokenVocabulary(file=self.file, where=where, fault=fault)

    def _term(self, name: str, code: str, raw: object, before: Term | None) -> Term:
        where = f"{name}.{code}"
        said = dict(self.mapping(where, raw))
        label = self._words(where, said.pop("label", {}))
        allowed = _TRAITS.get(name.partition(".")[0], frozenset())
        if odd := sorted(set(said) - allowed):
            self.refuse(where, f"unknown field {', '.join(odd)}")
        traits = {trait: self._trait(f"{where}.{trait}", trait, value) for trait, value in said.items()}
        if before:
            return Term(code, {**before.label, **label}, {**before.traits, **traits})
        if not label:
            self.refuse(where, "a new code needs a label")
        return Term(code, label, traits)

    def _trait(self, where: str, trait: str, value: object) -> object:
        if trait in _WORDS:
            return self._words(where, value)
        if trait in _LISTS:
            if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
                self.refuse(where, "a list of codes is expected")
            return tuple(value)  # type: ignore[arg-type]  # refused above
        if not isinstance(value, str):
            self.refuse(where, "a text is expected")
        return value

    def _words(self, where: str, raw: object) -> Words:
        words = self.mapping(where, raw)
        if odd := sorted(set(words) - set(LANGUAGES)):
            self.refuse(where, f"unknown language {', '.join(odd)}")
        if not all(isinstance(text, str) and text.strip() for text in words.values()):
            self.refuse(where, "a label is a text")
        return dict(words)
