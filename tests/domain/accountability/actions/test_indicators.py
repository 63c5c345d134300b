import pytest

from parvis.register.errors import InvalidContent


def test_a_figure_says_what_it_counts_and_in_which_unit(enter, amend):
    indicator = enter("indicator", "members", unit="cities", definition={"en": "Members"}, headline=True, order=2)

    amended = amend(indicator, unit="cities", definition={"en": "Members and groupings"})

    assert (indicator.headline, indicator.order) == (True, 2)
    assert (amended.definition, amended.headline) == ({"en": "Members and groupings"}, False)


@pytest.mark.parametrize("facts", [{"unit": ""}, {}, {"unit": "cities", "counted_as": "by-guess"}])
def test_a_figure_without_a_unit_or_counted_by_guess_is_refused(enter, facts):
    with pytest.raises(InvalidContent):
        enter("indicator", "odd", **facts)
