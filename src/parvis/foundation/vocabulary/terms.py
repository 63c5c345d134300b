"""A list of terms: codes, each with its label in every language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from parvis.foundation.values import Refusal, Words, fold, in_language


class UnknownCode(Refusal):
    """The list has no such code. The nearest ones are named."""

    message = "“%(code)s” is not in the list of %(list)s. %(hint)s"


@dataclass(frozen=True, slots=True)
class Term:
    """A code, what it is called, and what else the list says of it (its traits)."""

    code: str
    label: Words
    traits: Mapping[str, Any] = field(default_factory=dict)

    def in_language(self, language: str) -> str:
        """Its label in that language, or in the nearest one there is."""
        return in_language(self.label, language)[0]

    def trait(self, name: str, default: Any = "") -> Any:
        """What the list says of it under that name."""
        return self.traits.get(name, default)


@dataclass(frozen=True, slots=True)
class Terms:
    """A named list of terms, in the order they were declared."""

    name: str
    by_code: Mapping[str, Term]

    def __contains__(self, code: object) -> bool:
        return code in self.by_code

    def __iter__(self) -> Iterator[Term]:
        return iter(self.by_code.values())

    def __len__(self) -> int:
        return len(self.by_code)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(self.by_code)

    def take(self, code: str) -> Term:
        """The term of that code. Raises UnknownCode, naming the near ones."""
        if code not in self.by_code:
            raise UnknownCode(code=code, list=self.name, hint=self._hint(code))
        return self.by_code[code]

    def label(self, code: str, language: str) -> str:
        """What a code is called; a code nobody declared is shown as it stands."""
        return self.by_code[code].in_language(language) if code in self.by_code else code

    def near(self, code: str, count: int = 3) -> tuple[str, ...]:
        """Codes whose own letters or labels look like this one."""
        written = {fold(name): term.code for term in self for name in (*term.label.values(), term.code)}
        matches = get_close_matches(fold(code), written, n=count * 3, cutoff=0.6)
        return tuple(dict.fromkeys(written[match] for match in matches))[:count]

    def _hint(self, code: str) -> str:
        near = self.near(code)
        if near:
            return f"Near: {', '.join(near)}."
        return f"Known: {', '.join(self.codes[:20])}{', …' if len(self) > 20 else '.'}"
