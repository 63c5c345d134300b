"""The persons of a rehearsal: invented, said to be so in their very name, and at addresses that lead nowhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from parvis.foundation.accounts.actions import house_account
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.journal import keeping

#: No mail is ever delivered under this name.
WHERE = "rehearsal.invalid"
REVIEWERS = 6


@dataclass(slots=True)
class Cast:
    """Who plays the office, and who reads."""

    at: datetime
    house: User
    officer: User
    finance: User
    publisher: User
    reviewers: list[User] = field(default_factory=list)


def cast(at: datetime) -> Cast:
    """Open the accounts of the office; whoever has one already keeps it."""
    house = house_account()
    office = {
        role: account(role.value, role, by=house, at=at)
        for role in (Role.OFFICER, Role.FINANCE, Role.PUBLISHER, Role.READER)
    }
    readers = [account(f"reviewer{number}", Role.REVIEWER, by=house, at=at) for number in range(1, REVIEWERS + 1)]
    return Cast(at, house, office[Role.OFFICER], office[Role.FINANCE], office[Role.PUBLISHER], readers)


def account(name: str, role: Role, *, by: User, at: datetime) -> User:
    """An invented person with this name."""
    address = f"{name}@{name}.{WHERE}"  # a shared domain is a tie, and closes files to readers
    return User.objects.filter(email=address).first() or keeping.open_account(email=address, role=role, by=by, at=at)


def applicant(line: int, *, by: User, at: datetime) -> User:
    """The invented person who acts for the body of a request."""
    return account(f"body-of-line-{line}", Role.APPLICANT, by=by, at=at)
