"""The means test of a call."""

from decimal import Decimal

import pytest

from parvis.domain.funding.queries.forms import form_of
from parvis.domain.funding.queries.means import means_of, means_problem, means_sentence

BANDS = [{"share": "40"}, {"most": "12000", "share": "100"}, {"most": "18000", "share": "75"}]


def form(bands, amount="2000"):
    fields = [{"code": "income", "section": "s", "type": "amount", "words": {"en": "Income"}, "carries": "means"}]
    terms = {"amount": amount, "currency": "EUR", "bands": bands}
    return form_of({"sections": [{"code": "s", "words": {}}], "fields": fields, "documents": [], "terms": terms})


@pytest.mark.parametrize(
    ("income", "share", "part"),
    [("12 000", 100, 2000), ("12000,01", 75, 1500), ("18000", 75, 1500), ("90000", 40, 800)],
)
def test_the_first_band_that_holds_the_means_says_the_share_and_the_part(income, share, part):
    means = means_of(form(BANDS), {"income": income})

    assert (means.share, means.part) == (Decimal(share), Decimal(part))


def test_no_more_is_asked_than_the_part_of_the_band():
    means = means_of(form(BANDS), {"income": "15000"})

    assert means_problem(means, Decimal(1500), "EUR") == ""
    assert (
        means_problem(means, Decimal("1500.01"), "EUR") == "In your band the City pays 75 per cent: €1,500.00 at most."
    )
    assert means_sentence(means, "EUR") == "€15,000.00: the City pays 75 per cent, €1,500.00."


def test_means_above_every_band_are_refused_with_the_sum():
    means = means_of(form(BANDS[1:]), {"income": "18000.01"})

    assert means_problem(means, Decimal(10), "EUR") == "€18,000.01 is above every band of this call."


def test_without_bands_or_an_answer_nobody_s_means_are_tested():
    assert means_of(form([]), {"income": "1"}) is None
    assert means_of(form(BANDS), {"income": "plenty"}) is None
