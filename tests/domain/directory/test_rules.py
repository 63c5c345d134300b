import pytest

from parvis.domain.directory import rules
from parvis.foundation.accounts.models import Role, User


@pytest.mark.parametrize(
    ("rule", "roles"),
    [
        ("may_read", {Role.READER, Role.OFFICER, Role.FINANCE, Role.PUBLISHER, Role.ADMINISTRATOR}),
        ("may_enter", {Role.OFFICER, Role.FINANCE, Role.PUBLISHER, Role.ADMINISTRATOR}),
        ("may_amend", {Role.OFFICER, Role.FINANCE, Role.PUBLISHER, Role.ADMINISTRATOR}),
        ("may_read_contacts", {Role.OFFICER, Role.FINANCE, Role.PUBLISHER, Role.ADMINISTRATOR}),
        ("may_keep_contacts", {Role.OFFICER, Role.FINANCE, Role.PUBLISHER, Role.ADMINISTRATOR}),
        ("may_let_names_stand", {Role.PUBLISHER, Role.ADMINISTRATOR}),
    ],
)
def test_each_role_may_do_what_it_may(rule, roles):
    assert {role for role in Role if getattr(rules, rule)(User(email="a@b.example", role=role))} == roles
