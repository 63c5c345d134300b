from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction

from parvis.foundation.accounts.models import User
from parvis.foundation.journal import actions
from parvis.foundation.journal.models import Line, Seal

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def clerk(db):
    return User.objects.create_user("clerk@ville.example")


@pytest.fixture
def chain(clerk):
    for verb in ("signed", "paid", "ended"):
        actions.write(verb, about="agreement-1", by=clerk, at=NOON, content="d" * 64)
    actions.seal()


def test_sealing_chains_every_line_once_in_order(chain):
    again = actions.seal()

    assert again == 0
    assert list(Seal.objects.values_list("number", "line__verb")) == [
        (1, "signed"),
        (2, "paid"),
        (3, "ended"),
    ]
    assert list(actions.faults()) == []


def test_many_lines_written_at_once_are_sealed_like_the_others(clerk):
    actions.write_many([("entered", "a", {"n": 1}), ("entered", "b", {})], by=clerk, at=NOON)

    assert actions.seal() == 2
    assert list(Line.objects.values_list("about", "digests")) == [("a", {"n": 1}), ("b", {})]


@pytest.mark.parametrize("model", [Line, Seal])
def test_the_database_lets_nobody_alter_or_erase(chain, model):
    with pytest.raises(DatabaseError, match=r"permission denied|Cannot update or delete"), transaction.atomic():
        model.objects.all().update(**({"verb": "x"} if model is Line else {"digest": "x"}))
    with pytest.raises(DatabaseError, match=r"permission denied|Cannot update or delete"), transaction.atomic():
        model.objects.all()._raw_delete("default")


def seal(number, line, digest):
    return Seal.objects.create(number=number, line=line, digest=digest)


def test_a_line_that_differs_from_its_seal_is_found(clerk):
    line = actions.write("paid", about="grant-1", by=clerk, at=NOON)
    seal(1, line, "f" * 64)

    assert list(actions.faults()) == [f"seal 1 does not match line {line.pk} (paid)"]


def test_a_seal_taken_out_of_the_chain_is_found(chain, clerk):
    line = actions.write("paid", about="grant-1", by=clerk, at=NOON)
    seal(5, line, "f" * 64)

    assert list(actions.faults()) == ["seal 4 is missing", f"seal 5 does not match line {line.pk} (paid)"]


def test_a_digest_does_not_depend_on_the_order_of_keys():
    assert actions.digest_of({"a": 1, "b": 2}) == actions.digest_of({"b": 2, "a": 1})
    assert actions.digest_of({"a": 1}) != actions.digest_of({"a": 2})
