import pytest

from parvis.observatory.charts.measured import Kind, NothingToDraw, UnlikeAmounts, one_kind


def test_a_ceiling_and_a_yearly_amount_do_not_share_an_axis():
    kinds = [Kind("", "EUR", "ceiling"), Kind("", "EUR", "yearly")]

    with pytest.raises(UnlikeAmounts, match="ceiling EUR, yearly EUR"):
        one_kind(kinds)


def test_two_currencies_do_not_share_an_axis():
    with pytest.raises(UnlikeAmounts):
        one_kind([Kind("", "EUR"), Kind("", "USD")])


def test_nothing_is_not_drawn():
    with pytest.raises(NothingToDraw):
        one_kind([])


def test_a_number_is_said_as_what_it_is():
    assert Kind("ratio").written(0.9, "en") == "90%"
    assert Kind("", "EUR").written(75_000, "fr") == "75\u202f000\u00a0€"
    assert [Kind("", "EUR").written(value, "fr", 1_202_000) for value in (956_800, 1_202_000, 900)] == [
        "0,96\u00a0M€", "1,2\u00a0M€", "900\u00a0€",
    ]  # fmt: skip
