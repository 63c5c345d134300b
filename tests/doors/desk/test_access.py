"""Every role on every address and every verb of the desk: the table is made from the addresses themselves."""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from parvis.foundation.accounts.models import Role

LADDER = list(Role.values)
PATTERNS = {pattern.name: pattern for pattern in get_resolver("parvis.doors.desk.urls").url_patterns}
VERBS = ("get", "post", "put", "delete")
#: Roles stand on one ladder (tests/foundation/accounts): the last refused and the first let in tell all of an address.
#: One address in eight is tried by every role, so that the ladder itself is.
WHOLE_LADDER = sorted(PATTERNS)[::8]


def lowest_role(view, verb):
    return view.role if verb == "get" else view.to_write


def address_of(name, /, **known):
    wanted = PATTERNS[name].pattern.converters
    return reverse(f"desk:{name}", kwargs={key: known[key] for key in wanted})


def known(source, statement, people):
    return {
        "plural": "sources",
        "key": source.key,
        "revision": 1,
        "statement": statement.pk,
        "proposal": 999_999,
        "number": 999_999,
        "judgement": 999_999,
        "state": "no-such-state",
        "question": 999_999,
        "email": 999_999,
        "file": UUID(int=1),
        "document": UUID(int=1),
        "code": "no-such-step",
        "kept": UUID(int=1),
        "review": "00000000-0000-4000-8000-000000000000",
        "selection": 999_999,
        "line": 999_999,
        "form": "pdf",
        "declaration": 999_999,
        "what": "no-such-paper",
        "page": "form",
        "name": "no-such-list",
        "pk": 999_999,
        "user": people[Role.READER].pk,
    }


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_every_address_names_the_lowest_role_it_opens_to(name):
    view = PATTERNS[name].callback

    assert view.role in LADDER
    assert LADDER.index(view.to_write) >= LADDER.index(view.role)


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_each_role_meets_the_door_it_should_by_every_verb(name, at_desk, source, statement, people):
    address = address_of(name, **known(source, statement, people))

    for verb in VERBS:
        lowest = LADDER.index(lowest_role(PATTERNS[name].callback, verb))
        for role in LADDER if name in WHOLE_LADDER else LADDER[max(0, lowest - 1) : lowest + 1]:
            status = getattr(at_desk(role), verb)(address).status_code

            if status != 405:  # an address that does not know the verb answers so to everyone
                assert (status == 403) == (LADDER.index(role) < lowest), f"{role} {verb} {address}: {status}"
                assert status < 500, f"{role} {verb} {address}: {status}"


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_nobody_is_let_in_unsigned_by_any_verb(name, source, statement, people):
    address = address_of(name, **known(source, statement, people))

    for verb in VERBS:
        answer = getattr(Client(), verb)(address)

        if answer.status_code != 405:
            assert answer.status_code == 302, f"{verb} {address}: {answer.status_code}"
            assert answer["Location"].startswith("/compte/login/")


def test_a_refusal_says_which_role_would_do(at_desk):
    answer = at_desk(Role.READER).get(reverse("desk:accounts"))

    assert answer.status_code == 403
    assert "Administrat" in answer.content.decode()
