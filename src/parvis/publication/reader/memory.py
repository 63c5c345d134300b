"""Answers that cannot change while a release is served, kept in bounded number."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

_KEPT = 64
Answer = TypeVar("Answer")


class Memory:
    """What was worked out not long ago, by the question it answers."""

    def __init__(self) -> None:
        self._answers: dict[Hashable, object] = {}

    def kept(self, question: Hashable, answer: Callable[[], Answer]) -> Answer:
        """The answer, worked out if the same was not asked before."""
        if question not in self._answers:
            made = answer()
            if len(self._answers) >= _KEPT:
                self._answers.clear()
            self._answers[question] = made
            return made
        return cast("Answer", self._answers[question])
