"""Whether a file concerns the person who would read it: ties they declared, and what their account tells.

Nothing here reads the database. A tie is found by number, by name or by address, however these are spelt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parvis.domain.funding.enums import InterestGround, TieKind
from parvis.foundation.values.text import fold, squeeze

#: Addresses given to anyone say nothing of the body a person belongs to.
OPEN_TO_ALL = frozenset({
    "gmail.com", "googlemail.com", "outlook.com", "outlook.fr", "hotmail.com", "hotmail.fr", "live.com", "live.fr",
    "msn.com", "yahoo.com", "yahoo.fr", "icloud.com", "me.com", "aol.com", "gmx.com", "gmx.fr", "proton.me",
    "protonmail.com", "orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "laposte.net", "bbox.fr",
})  # fmt: skip
#: A folded address or name shorter than this meets too many others.
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Tie:
    """What a reviewer declared: a mandate, an employer, an address, a grant of the past."""

    kind: str
    name: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A reviewer, as far as ties go."""

    pk: int
    email: str
    ties: tuple[Tie, ...] = ()


@dataclass(frozen=True, slots=True)
class Asker:
    """The body behind a file, as far as ties go: its names, its numbers, its people, what the file says."""

    names: tuple[str, ...]
    numbers: tuple[str, ...]
    people: frozenset[int]
    emails: tuple[str, ...]
    written: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a file concerns a person."""

    ground: InterestGround
    words: str


_GROUNDS = {
    TieKind.MANDATE: InterestGround.MANDATE,
    TieKind.EMPLOYER: InterestGround.EMPLOYER,
    TieKind.PAST_GRANT: InterestGround.PAST_GRANT,
}


def interests(person: Person, asker: Asker) -> list[Finding]:
    """Every ground on which this file is not to be read by this person."""
    found = []
    if person.pk in asker.people:
        found.append(Finding(InterestGround.MEMBER, ""))
    own = _domain(person.email)
    if own and own not in OPEN_TO_ALL and own in {_domain(email) for email in asker.emails}:
        found.append(Finding(InterestGround.EMAIL_DOMAIN, own))
    for tie in person.ties:
        if tie.kind == TieKind.ADDRESS:
            if _stands_in(tie.name, asker.written):
                found.append(Finding(InterestGround.ADDRESS, tie.name))
        elif _is_same(tie, asker):
            found.append(Finding(_GROUNDS[TieKind(tie.kind)], tie.name or tie.number))
    return found


def _domain(email: str) -> str:
    return email.rpartition("@")[2].strip().casefold()


def _is_same(tie: Tie, asker: Asker) -> bool:
    if tie.number and squeeze(tie.number) in {squeeze(number) for number in asker.numbers}:
        return True
    return bool(tie.name) and fold(tie.name) in {fold(name) for name in asker.names}


def _stands_in(address: str, written: Sequence[str]) -> bool:
    sought = f" {fold(address)} "
    return len(sought.strip()) >= _SHORTEST and any(sought in f" {fold(text)} " for text in written)
