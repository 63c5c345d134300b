"""Whether a file concerns a person: ties they declared, offices of the register, their account, grants of the past.

Nothing here reads the database. A tie is found by number, by name or by address, however these are spelt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

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
#: The number of a body has as many signs at least, in any register.
_A_NUMBER = 8


@dataclass(frozen=True, slots=True)
class Tie:
    """What a person declared: a mandate, an employer, an address, a grant of the past, their name in the register."""

    kind: str
    name: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A body of the register, by all that tells it: its record, its names, its numbers."""

    record: int
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seat:
    """An office of the register held by a person, and the body it is in. ``words`` name it for the minutes."""

    body: Named
    words: str


@dataclass(frozen=True, slots=True)
class Past:
    """A grant that was given: what it is known by, how it is told, and who else had a part in the same project."""

    words: str
    known_as: tuple[str, ...] = ()
    others: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may act on a file, as far as ties go.

    ``acted`` are the applicants they acted for at the counter, whatever they are now; ``records`` the records of
    those.
    """

    pk: int
    email: str
    ties: tuple[Tie, ...] = ()
    seats: tuple[Seat, ...] = ()
    acted: frozenset[int] = frozenset()
    records: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Asker:
    """The body behind a file, as far as ties go: its names, its numbers, its people, what the file says."""

    names: tuple[str, ...]
    numbers: tuple[str, ...]
    people: frozenset[int]
    emails: tuple[str, ...]
    written: tuple[str, ...] = ()
    body: int | None = None
    records: frozenset[int] = frozenset()
    grants: tuple[Past, ...] = ()
    #: Those the file names as partners of the project, as it spells them.
    partners: tuple[str, ...] = ()


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
_LONGEST = 1000


def interests(person: Person, asker: Asker, *, shared: frozenset[str] = frozenset()) -> list[Finding]:
    """Every ground on which this file is closed to this person, each once.

    ``shared`` are domains that tell nothing: those of the office itself, where the person works for the office.
    """
    found: dict[InterestGround, list[str]] = {}
    for one in _found(person, asker, shared):
        words = found.setdefault(one.ground, [])
        if one.words and one.words not in words:
            words.append(one.words)
    return [Finding(ground, "; ".join(words)[:_LONGEST]) for ground, words in found.items()]


def _found(person: Person, asker: Asker, shared: frozenset[str]) -> Iterator[Finding]:
    if person.pk in asker.people:
        yield Finding(InterestGround.MEMBER, "")
    own = domain_of(person.email)
    if own and not _tells_nothing(own, shared) and own in {domain_of(email) for email in asker.emails}:
        yield Finding(InterestGround.EMAIL_DOMAIN, own)
    for seat in person.seats:
        if _is_body(seat.body, asker):
            yield Finding(InterestGround.MANDATE, seat.words)
    for tie in person.ties:
        if tie.kind == TieKind.ADDRESS:
            if _stands_in(tie.name, asker.written):
                yield Finding(InterestGround.ADDRESS, tie.name)
        elif tie.kind in _GROUNDS and _is_same(tie, asker.names, asker.numbers):
            yield Finding(_GROUNDS[TieKind(tie.kind)], tie.name or tie.number)
    yield from _of_partners(person, asker)
    yield from _of_the_past(person, asker)


def _of_partners(person: Person, asker: Asker) -> Iterator[Finding]:
    """A mandate or an employer that the file names among its partners, by name, or by number among other words."""
    if not asker.partners:
        return
    names = {fold(name) for name in asker.partners} - {""}
    said = squeeze(" ".join(asker.partners))
    for tie in person.ties:
        number = squeeze(tie.number)
        if tie.kind in (TieKind.MANDATE, TieKind.EMPLOYER) and (
            fold(tie.name) in names or (len(number) >= _A_NUMBER and number in said)
        ):
            told = _("%(body)s, partner in the project") % {"body": tie.name or tie.number}
            yield Finding(_GROUNDS[TieKind(tie.kind)], told)
    for seat in person.seats:
        if names & {fold(name) for name in seat.body.names}:
            yield Finding(InterestGround.MANDATE, _("%(body)s, partner in the project") % {"body": seat.words})


def _tells_nothing(domain: str, shared: frozenset[str]) -> bool:
    """Whether a domain is open to all, or is the office's own or a part of it."""
    return domain in OPEN_TO_ALL or any(domain == own or domain.endswith(f".{own}") for own in shared)


def _of_the_past(person: Person, asker: Asker) -> Iterator[Finding]:
    """What the ledger and the grants of history tell: a part the person had, or a body of theirs."""
    if (asker.body in person.acted or person.records & asker.records) and person.pk not in asker.people:
        told = asker.grants[0].words if asker.grants else _("acted for it before")
        yield Finding(InterestGround.PAST_GRANT if asker.grants else InterestGround.MEMBER, told)
    for grant in asker.grants:
        known = {fold(name) for name in grant.known_as if name}
        if any(
            tie.kind == TieKind.PAST_GRANT and known & {fold(said) for said in (tie.name, tie.number) if said}
            for tie in person.ties
        ) or any(_had_a_part(person, other) for other in grant.others):
            yield Finding(InterestGround.PAST_GRANT, grant.words)


def _had_a_part(person: Person, other: Named) -> bool:
    """Whether a person sits in, works for or acted for a body that shared a project paid by a grant."""
    return (
        other.record in person.records
        or any(seat.body.record == other.record for seat in person.seats)
        or any(tie.kind in _GROUNDS and _is_same(tie, other.names, other.numbers) for tie in person.ties)
    )


def _is_body(body: Named, asker: Asker) -> bool:
    if body.record in asker.records:
        return True
    numbers = {squeeze(number) for number in asker.numbers if number}
    if numbers & {squeeze(number) for number in body.numbers}:
        return True
    return bool({fold(name) for name in asker.names} & {fold(name) for name in body.names})


def domain_of(email: str) -> str:
    return email.rpartition("@")[2].strip().casefold()


def _is_same(tie: Tie, names: Sequence[str], numbers: Sequence[str]) -> bool:
    if tie.number and squeeze(tie.number) in {squeeze(number) for number in numbers}:
        return True
    return bool(tie.name) and fold(tie.name) in {fold(name) for name in names}


def _stands_in(address: str, written: Sequence[str]) -> bool:
    sought = f" {fold(address)} "
    return len(sought.strip()) >= _SHORTEST and any(sought in f" {fold(text)} " for text in written)
