"""Who may do what in each room, role by role."""

from importlib import import_module

import pytest

from parvis.foundation.accounts.models import Role, User

READER, OFFICER, PUBLISHER = Role.READER, Role.OFFICER, Role.PUBLISHER

#: The lowest role that may, for every permission of the six rooms.
LOWEST = {
    "council.read": READER,
    "council.enter": OFFICER,
    "council.amend": OFFICER,
    "council.adopt": PUBLISHER,
    "council.repeal": PUBLISHER,
    "partnerships.read": READER,
    "partnerships.enter": OFFICER,
    "partnerships.amend": OFFICER,
    "partnerships.join": OFFICER,
    "partnerships.leave": OFFICER,
    "partnerships.sign": PUBLISHER,
    "partnerships.end": PUBLISHER,
    "partnerships.grade": PUBLISHER,
    "projects.read": READER,
    "projects.enter": OFFICER,
    "projects.amend": OFFICER,
    "projects.move": OFFICER,
    "funding.read": READER,
    "funding.enter": OFFICER,
    "funding.amend": OFFICER,
    "funding.move_money": Role.FINANCE,
    "funding.sign_for_city": PUBLISHER,
    "encounters.read": READER,
    "encounters.enter": OFFICER,
    "encounters.amend": OFFICER,
    "encounters.hold": OFFICER,
    "honours.read": READER,
    "honours.enter": OFFICER,
    "honours.amend": OFFICER,
    "honours.award": PUBLISHER,
    "accountability.read": READER,
    "accountability.enter": OFFICER,
    "accountability.amend": OFFICER,
    "accountability.answer": OFFICER,
    "accountability.settle": PUBLISHER,
}
_LADDER = list(Role)


@pytest.mark.parametrize("role", _LADDER)
@pytest.mark.parametrize("permission", LOWEST)
def test_each_role_may_what_its_place_on_the_ladder_gives(permission, role):
    room, verb = permission.split(".")
    may = getattr(import_module(f"parvis.domain.{room}.rules"), f"may_{verb}")

    allowed = may(User(role=role, is_active=True))

    assert allowed is (_LADDER.index(role) >= _LADDER.index(LOWEST[permission]))


@pytest.mark.parametrize("permission", LOWEST)
def test_a_closed_account_may_nothing(permission):
    room, verb = permission.split(".")
    may = getattr(import_module(f"parvis.domain.{room}.rules"), f"may_{verb}")

    assert may(User(role=Role.ADMINISTRATOR, is_active=False)) is False


@pytest.mark.parametrize("room", sorted({permission.split(".")[0] for permission in LOWEST}))
def test_the_table_above_names_every_permission_of_the_room(room):
    module = import_module(f"parvis.domain.{room}.rules")

    found = {f"{room}.{name[4:]}" for name in vars(module) if name.startswith("may_")}

    assert found == {permission for permission in LOWEST if permission.startswith(f"{room}.")}
