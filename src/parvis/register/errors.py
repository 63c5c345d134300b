"""What the register refuses, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from parvis.foundation.values.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with what was handed in: where (``parties.0.party``), and why, as a sentence."""

    path: str
    sentence: Any

    def __str__(self) -> str:
        return f"{self.path}: {self.sentence}" if self.path else str(self.sentence)


class InvalidContent(Refusal):
    """A record's content does not hold. Every problem is listed; nothing was recorded."""

    message = _("Nothing was recorded. %(problems)s")

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(problems=" ".join(str(problem) for problem in problems))

    def __str__(self) -> str:
        self.facts["problems"] = " ".join(str(problem) for problem in self.problems)
        return super().__str__()


class KeyTaken(Refusal):
    """A record has this key already; keys are never reused."""

    message = _("The key “%(key)s” is taken: a key is never reused.")


class ChangedMeanwhile(Refusal):
    """Somebody else changed the record since it was read."""

    message = _(
        "%(who)s changed this record on %(when)s, after you opened it. Your words are kept: compare, then save."
    )


class UnknownProperty(Refusal):
    """No property of that name is declared for such a record."""

    message = _("“%(property)s” is not a property of a %(noun)s. Known ones: %(known)s.")


class AlreadyRetracted(Refusal):
    message = _("This statement was already retracted.")


class ReasonMissing(Refusal):
    """A choice between sources, a doubt or a retraction says why."""

    message = _("Say why, in French or in English: a choice without a reason is not kept.")


class ReasonTooLong(Refusal):
    """A reason is read beside what it explains: it is kept whole, or not at all."""

    message = _("Too long: %(over)s too many, %(most)s characters at most, there are %(now)s. Nothing was cut.")


class SameRecord(Refusal):
    message = _("These are one and the same record already.")


class JudgedAlready(Refusal):
    message = _("A judgement on these two records stands already. Undo it first.")


class AlreadyUndone(Refusal):
    message = _("This judgement was already undone.")


class AlreadyDecided(Refusal):
    message = _("This proposal was already decided.")


class NoSuchRecord(Refusal):
    message = _("No record has the key “%(key)s”.")


class ManyInvalid(Refusal):
    """Of many records handed in together, some do not hold. Nothing was recorded."""

    message = _("Nothing was recorded: %(count)s of these records do not hold. %(first)s")

    def __init__(self, wrong: Mapping[int, list[Problem]]) -> None:
        self.wrong = wrong
        first = next(iter(wrong.values()))[0]
        super().__init__(count=len(wrong), first=str(first))


class StillNeeded(Refusal):
    """Others rest on what was to be taken back."""

    message = _("Nothing was taken back: others rest on these records (%(by)s).")
