"""Two contents of a record side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two contents differ."""

    path: str
    before: str
    after: str

    @property
    def how(self) -> str:
        if not self.before:
            return "added"
        return "removed" if not self.after else "changed"


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Every place where two contents differ, in order."""
    old, new = dict(_leaves(before, "")), dict(_leaves(after, ""))
    return [
        Difference(path, old.get(path, ""), new.get(path, ""))
        for path in sorted(set(old) | set(new))
        if old.get(path, "") != new.get(path, "")
    ]


def _leaves(content: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(content, Mapping):
        for name, value in content.items():
            yield from _leaves(value, f"{path}.{name}" if path else str(name))
    elif isinstance(content, list | tuple):
        for place, value in enumerate(content, 1):
            yield from _leaves(value, f"{path}.{place}")
    elif content not in (None, "", False) and path != "original":
        yield path, str(content)
