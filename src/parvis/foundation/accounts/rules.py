"""Who may: one ladder of roles, asked by every room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from rules.predicates import predicate

from parvis.foundation.accounts.models import Role
from parvis.foundation.values.refusal import Refusal

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from parvis.foundation.accounts.models import User

_LADDER = {role: step for step, role in enumerate(Role.values)}


class NotAllowed(Refusal):
    """The person's role does not reach that far."""

    message = _("Your role does not allow this. Ask a colleague whose role does: %(role)s.")


def at_least(person: User | AnonymousUser | None, role: Role) -> bool:
    """Whether an active account stands at this role or above."""
    if person is None or not person.is_authenticated or not person.is_active:
        return False
    return _LADDER.get(person.role, -1) >= _LADDER[role]


def _predicate(role: Role) -> Any:
    def holds(person: User | AnonymousUser | None) -> bool:
        return at_least(person, role)

    return predicate(holds, name=f"is_{role.value}")


is_reader = _predicate(Role.READER)
is_officer = _predicate(Role.OFFICER)
is_publisher = _predicate(Role.PUBLISHER)
is_administrator = _predicate(Role.ADMINISTRATOR)


def allow(person: User | AnonymousUser | None, role: Role) -> None:
    """Pass, or raise NotAllowed."""
    if not at_least(person, role):
        raise NotAllowed(role=role.label)
