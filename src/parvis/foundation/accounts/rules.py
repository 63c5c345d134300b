"""Who may: one ladder of roles, asked by every room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from rules.predicates import predicate

from parvis.foundation.accounts.models import HOUSE, Role
from parvis.foundation.values.refusal import Refusal

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from parvis.foundation.accounts.models import User

_LADDER = {role: step for step, role in enumerate(Role.values)}


class NotAllowed(Refusal):
    """The person's role does not reach that far."""

    message = _("Your role does not allow this. Ask a colleague whose role does: %(role)s.")


class BindsTheCity(NotAllowed):
    """Something typed among the rest binds the city, and the person's role does not reach that far."""

    message = _(
        "“%(act)s” binds the city or speaks for it, which your role does not allow. "
        "Save the rest without it, and ask a colleague whose role does: %(role)s."
    )


def at_least(person: User | AnonymousUser | None, role: Role) -> bool:
    """Whether an active account, or the house itself, stands at this role or above."""
    if person is None or not person.is_authenticated or not (person.is_active or person.email == HOUSE):
        return False
    return _LADDER.get(person.role, -1) >= _LADDER[role]


def _predicate(role: Role) -> Any:
    def holds(person: User | AnonymousUser | None) -> bool:
        return at_least(person, role)

    return predicate(holds, name=f"is_{role.value}")


is_reader = _predicate(Role.READER)
is_officer = _predicate(Role.OFFICER)
is_finance = _predicate(Role.FINANCE)
is_publisher = _predicate(Role.PUBLISHER)
is_administrator = _predicate(Role.ADMINISTRATOR)


_ROLES = {
    is_reader: Role.READER,
    is_officer: Role.OFFICER,
    is_finance: Role.FINANCE,
    is_publisher: Role.PUBLISHER,
    is_administrator: Role.ADMINISTRATOR,
}


def role_for(may: Any) -> Role:
    """The lowest role that passes a rule of a room."""
    return _ROLES[may]


def allow_acts(
    person: User | AnonymousUser | None, before: Counter[Any], after: Counter[Any], binding: Mapping[Any, Any]
) -> None:
    """Pass, or raise BindsTheCity: an act in the city's name is told or taken back by whom its rule allows.

    ``before`` and ``after`` count the acts a record tells of, whichever way they were written there.
    """
    for act in [*(after - before), *(before - after)]:
        if act in binding:
            allow_act(person, binding[act], act.label)


def allow_act(person: User | AnonymousUser | None, may: Any, act: Any) -> None:
    """Pass, or raise BindsTheCity, for one act called by its words."""
    if not may(person):
        raise BindsTheCity(act=act, role=role_for(may).label)


def allow(person: User | AnonymousUser | None, role: Role) -> None:
    """Pass, or raise NotAllowed."""
    if not at_least(person, role):
        raise NotAllowed(role=role.label)
