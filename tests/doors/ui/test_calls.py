"""What a call says of itself, in the words both sites use."""

from decimal import Decimal

from parvis.doors.ui.calls import shares


def test_criteria_count_by_the_share_of_their_weight_whatever_weights_add_up_to():
    assert shares([60, 30, None, 30]) == [Decimal("0.5"), Decimal("0.25"), None, Decimal("0.25")]


def test_no_share_is_told_where_no_weight_is_known():
    assert shares([None, None]) == [None, None]
