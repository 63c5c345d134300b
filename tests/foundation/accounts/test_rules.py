import pytest
from django.contrib.auth.models import AnonymousUser

from parvis.foundation.accounts import rules
from parvis.foundation.accounts.models import Role, User

LADDER = list(Role)


@pytest.mark.parametrize("held", LADDER)
@pytest.mark.parametrize("asked", LADDER)
def test_each_role_may_do_what_the_one_before_may(held, asked):
    assert rules.at_least(User(role=held), asked) == (LADDER.index(held) >= LADDER.index(asked))


@pytest.mark.parametrize("person", [None, AnonymousUser(), User(role="administrator", is_active=False), User(role="x")])
def test_nobody_else_may_anything(person):
    assert not rules.at_least(person, Role.READER)
    assert not rules.is_reader(person)


def test_a_refusal_names_the_role_that_would_do():
    with pytest.raises(rules.NotAllowed, match=str(Role.PUBLISHER.label)):
        rules.allow(User(role=Role.OFFICER), Role.PUBLISHER)

    rules.allow(User(role=Role.ADMINISTRATOR), Role.PUBLISHER)


def test_predicates_follow_the_ladder():
    officer = User(role=Role.OFFICER)

    assert [rules.is_reader(officer), rules.is_officer(officer)] == [True, True]
    assert [rules.is_publisher(officer), rules.is_administrator(officer)] == [False, False]
