"""The yearly declaration of aid: what is kept of it, and costs that are no grant."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from parvis.domain.funding import actions, queries
from parvis.domain.funding.errors import NothingToDeclare, SameAsFiled
from parvis.domain.funding.models import AidDeclaration
from parvis.foundation.journal.models import Line

NOON = datetime(2026, 4, 20, 12, tzinfo=UTC)
STAFF = {"year": 2025, "part": "staff", "amount": Decimal("1200.50"), "currency": "EUR", "words": "Two officers",
         "told_by": "Payroll of 2025"}  # fmt: skip


def kept(year=2025, digest="d1", by=None, **more):
    return actions.file_aid_declaration(year=year, lines=[{"paid": "1.00"}], digest=digest, by=by, at=NOON, **more)


def test_a_cost_that_is_no_grant_says_what_it_is_and_who_says_so(clerk):
    cost = actions.record_aid_cost(**STAFF, by=clerk, at=NOON)

    assert list(queries.aid_costs(2025)) == [cost]
    assert Line.objects.last().verb == "aid cost recorded"
    for lacking in ({"told_by": ""}, {"words": ""}, {"amount": Decimal(0)}, {"country": "Mali"}, {"part": "other"}):
        with pytest.raises(ValidationError):
            actions.record_aid_cost(**{**STAFF, **lacking}, by=clerk, at=NOON)


def test_a_cost_taken_back_is_kept_and_no_longer_counts(clerk):
    cost = actions.record_aid_cost(**STAFF, by=clerk, at=NOON)

    taken = actions.take_back_aid_cost(cost=cost, by=clerk, at=NOON)

    assert (list(queries.aid_costs(2025)), taken.taken_back_by) == ([], clerk)


def test_declarations_of_a_year_are_numbered_and_the_last_one_is_set_beside_the_next(clerk):
    kept(2024, by=clerk)
    first = kept(by=clerk, reference="DS-77")
    second = kept(digest="d2", by=clerk)

    assert (first.number, second.number) == (1, 2)
    assert queries.declaration_before(2025) == second
    assert queries.declaration_before(2026) == second
    assert queries.declaration_before(2024).year == 2024
    assert queries.declaration_before(2023) is None


def test_what_was_filed_is_not_filed_again_unchanged_nor_is_nothing(clerk):
    kept(by=clerk)

    with pytest.raises(SameAsFiled) as same:
        kept(by=clerk)
    with pytest.raises(NothingToDeclare) as nothing:
        actions.file_aid_declaration(year=1999, lines=[], digest="d", by=clerk, at=NOON)

    assert str(same.value) == "Nothing has changed since declaration 1 was kept."
    assert str(nothing.value) == "Nothing is recorded for 1999: there is nothing to declare."
    assert AidDeclaration.objects.count() == 1


@pytest.mark.parametrize("deed", [lambda rows: rows.update(note="other"), lambda rows: rows.delete()])
def test_not_even_the_database_alters_what_was_filed(clerk, deed):
    kept(by=clerk)

    with pytest.raises(DatabaseError), transaction.atomic():
        deed(AidDeclaration.objects.all())

    assert AidDeclaration.objects.get().note == ""


def test_the_aid_of_last_year_is_to_declare_until_a_declaration_is_kept(clerk):
    nothing = queries.aid_to_declare(date(2026, 4, 20))
    actions.record_aid_cost(**STAFF, by=clerk, at=NOON)
    due = queries.aid_to_declare(date(2026, 4, 20))
    kept(by=clerk)

    after = queries.aid_to_declare(date(2026, 4, 20))

    assert (nothing, due, after) == (None, date(2026, 5, 31), None)
    assert queries.declaration_law(2025).startswith("Code général des collectivités territoriales, art. L1115-6")
