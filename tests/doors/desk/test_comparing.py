"""Two officers' changes side by side: the same amount is spelt the same, whoever wrote it and however."""

import pytest
from django.utils import translation

from parvis.domain.directory.models import Place
from parvis.domain.funding.models import Call, Levy
from parvis.doors.desk.comparing import clashes, differences

B, N = "\u00a0", "\u202f"


def beside(model, theirs, mine, seen=None):
    """What the comparison shows: the field, theirs, mine."""
    found = clashes(model, seen=seen or {}, theirs=theirs, mine=mine, titles={})
    return [(row.path, row.before, row.after) for row in found]


@pytest.mark.parametrize(
    ("language", "theirs", "mine"),
    [
        ("fr", f"45{N}000,00", f"50{N}000,00"),
        ("en", "45,000.00", "50,000.00"),
        ("es", "45.000,00", "50.000,00"),
        ("pt", f"45{B}000,00", f"50{B}000,00"),
    ],
)
def test_an_amount_typed_plain_is_spelt_as_the_one_beside_it(language, theirs, mine):
    with translation.override(language):
        shown = beside(Call, {"amount": "45000.00"}, {"amount": "50000"})

    assert shown == [("amount", theirs, mine)]


@pytest.mark.parametrize(
    ("model", "column", "theirs", "mine", "shown"),
    [
        (Call, "amount", "45000.00", "50000.005", ("45,000.00", "50000.005")),  # refused on saving: not rounded here
        (Call, "amount", "45000.00", "a lot", ("45,000.00", "a lot")),
        (Call, "least_years", 2, 3, ("2", "3")),
        (Place, "latitude", "48.85661", "48.8", ("48.85661", "48.8")),
    ],
)
def test_what_is_no_amount_is_told_as_it_was_typed(model, column, theirs, mine, shown):
    with translation.override("en"):
        assert beside(model, {column: theirs}, {column: mine}) == [(column, *shown)]


def test_the_rate_of_a_levy_is_told_in_per_cent_on_both_sides():
    with translation.override("en"):
        shown = beside(Levy, {"rules": [{"rate": "0.0100"}]}, {"rules": [{"rate": "0.02"}]})

    assert shown == [("rules.0.rate", "1%", "2%")]


def test_the_same_amount_written_otherwise_is_no_clash():
    assert beside(Call, {"amount": "50000.00"}, {"amount": "50000"}, seen={"amount": "45000.00"}) == []


def test_an_amount_only_one_of_them_has_stands_beside_nothing():
    with translation.override("en"):
        assert beside(Call, {"amount": "45000.00"}, {}) == [("amount", "45,000.00", "")]


def test_a_change_kept_in_the_history_spells_both_amounts():
    with translation.override("en"):
        (row,) = differences(Call, {"amount": "45000.00"}, {"amount": "50000"})

    assert (row.before, row.after, row.how) == ("45,000.00", "50,000.00", "changed")
